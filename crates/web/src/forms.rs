//! The forms of the person on their way to the pages that show them.
//!
//! They are in memory only, and go with the program: no answer that was not accepted is
//! ever written to the disk.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;

use crate::carried::{Beginning, Carried};
use crate::request::Request;
use crate::response::Response;

/// The forms that wait.
#[derive(Default)]
pub(crate) struct Forms(Mutex<Carried>);

impl Forms {
    /// Those that still wait, now and over a record that begins so.
    pub(crate) fn waiting(&self, now: Timestamp, of: Option<Beginning>) -> Carried {
        let mut all = self.all();
        all.forget(now, of);
        all.clone()
    }

    /// Takes in what a response carries on, at a time and over a record that begins so.
    pub(crate) fn follow(
        &self,
        request: &Request,
        response: &Response,
        now: Timestamp,
        of: Option<Beginning>,
    ) {
        self.all().follow(request, response, now, of);
    }

    /// Nothing here can be half done, so a panic elsewhere leaves it whole.
    fn all(&self) -> MutexGuard<'_, Carried> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::Forms;
    use crate::request::{Form, Request};
    use crate::response::Response;

    #[test]
    fn a_form_waits_for_its_page() {
        let forms = Forms::default();
        let form: Form = [("note", "sore")].into_iter().collect();
        let response = Response { carries: Some(form.clone()), ..Response::see("/diary") };
        let now = Timestamp::UNIX_EPOCH;
        forms.follow(&Request::post("/diary", form), &response, now, None);
        let waiting = forms.waiting(now, None);
        assert_eq!(waiting.form("/diary").map(|form| form.text("note")), Some("sore"));
        assert!(waiting.form("/habits").is_none());
    }
}
