//! The forms of everybody who is here, on their way to the pages that show them.
//!
//! They are in memory only, and go with the program: no answer that was not accepted is
//! ever written to the disk.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::carried::Carried;
use crate::request::Request;
use crate::response::Response;

/// So many visitors at once have forms that wait; of more, those who came first lose them.
const MOST: usize = 16;

/// The forms that wait, by the token of the visitor.
#[derive(Default)]
pub(super) struct Forms(Mutex<Vec<(String, Carried)>>);

impl Forms {
    /// Those of one visitor.
    pub(super) fn of(&self, token: &str) -> Carried {
        self.all()
            .iter()
            .find(|(known, _)| known == token)
            .map(|(_, forms)| forms.clone())
            .unwrap_or_default()
    }

    /// Takes in what a response carries on.
    pub(super) fn follow(&self, token: &str, request: &Request, response: &Response) {
        let mut all = self.all();
        let known = all.iter().position(|(known, _)| known == token);
        if known.is_none() && response.carries.is_none() {
            return;
        }
        let mut forms = known.map(|place| all.remove(place).1).unwrap_or_default();
        forms.follow(request, response);
        if !forms.is_empty() {
            all.push((token.to_owned(), forms));
        }
        if all.len() > MOST {
            all.remove(0);
        }
    }

    /// Nothing here can be half done, so a panic elsewhere leaves it whole.
    fn all(&self) -> MutexGuard<'_, Vec<(String, Carried)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::Form;

    fn refused(forms: &Forms, token: &str) {
        let form: Form = [("note", token)].into_iter().collect();
        let response = Response { carries: Some(form.clone()), ..Response::see("/diary") };
        forms.follow(token, &Request::post("/diary", form), &response);
    }

    #[test]
    fn nobody_sees_the_forms_of_another_and_the_oldest_go_first() {
        let forms = Forms::default();
        refused(&forms, "sam");
        assert!(forms.of("kim").is_empty());
        assert_eq!(forms.of("sam").form("/diary").map(|form| form.text("note")), Some("sam"));
        for other in 0..MOST {
            refused(&forms, &other.to_string());
        }
        assert!(forms.of("sam").is_empty() && !forms.of("15").is_empty());
    }
}
