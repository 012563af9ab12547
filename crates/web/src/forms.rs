//! The forms of the person on their way to the pages that show them.
//!
//! They are in memory only, and go with the program: no answer that was not accepted is
//! ever written to the disk.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::carried::Carried;
use crate::request::Request;
use crate::response::Response;

/// The forms that wait.
#[derive(Default)]
pub(crate) struct Forms(Mutex<Carried>);

impl Forms {
    /// Those that wait now.
    pub(crate) fn waiting(&self) -> Carried {
        self.all().clone()
    }

    /// Takes in what a response carries on.
    pub(crate) fn follow(&self, request: &Request, response: &Response) {
        self.all().follow(request, response);
    }

    /// Nothing here can be half done, so a panic elsewhere leaves it whole.
    fn all(&self) -> MutexGuard<'_, Carried> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Forms;
    use crate::request::{Form, Request};
    use crate::response::Response;

    #[test]
    fn a_form_waits_for_its_page() {
        let forms = Forms::default();
        let form: Form = [("note", "sore")].into_iter().collect();
        let response = Response { carries: Some(form.clone()), ..Response::see("/diary") };
        forms.follow(&Request::post("/diary", form), &response);
        assert_eq!(forms.waiting().form("/diary").map(|form| form.text("note")), Some("sore"));
        assert!(forms.waiting().form("/habits").is_none());
    }
}
