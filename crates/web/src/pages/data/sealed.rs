//! A copy that only a passphrase opens.

use store::{Passphrase, seal_copy};

use super::file_name;
use crate::incoming;
use crate::request::Form;
use crate::response::Response;
use crate::visitor::Visitor;

/// The field of the page that says what is wrong with a passphrase; never what it was.
pub(super) const WRONG: &str = "wrong_passphrase";

/// `POST /data/export.sealed`: everything, sealed. Nothing of the passphrase stays.
pub(crate) fn export(visitor: &Visitor<'_>, form: &Form) -> Response {
    let text = incoming::export(visitor.guideline(), visitor.record, visitor.now.timestamp());
    let sealed = Passphrase::new(form.get("passphrase").unwrap_or_default().to_owned())
        .map_err(|error| error.to_string())
        .and_then(|passphrase| {
            seal_copy(&text, &passphrase, visitor.visit.once).map_err(|error| error.to_string())
        });
    match sealed {
        // A text: browsers hand no other file on.
        Ok(sealed) => {
            let name = file_name(visitor, "sealed.txt");
            Response::download("text/plain; charset=utf-8", &name, sealed.into_bytes())
        }
        Err(message) => {
            let form: Form = [(WRONG, care::sentence_case(&message))].into_iter().collect();
            Response::see("/data").carrying(&form)
        }
    }
}
