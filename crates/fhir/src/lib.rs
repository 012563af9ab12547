//! A hand-off as FHIR R4, and back.
//!
//! The crate exists so that the names of FHIR stand in one place: no other crate knows any, but
//! for the path to an answer in the `FHIRPath` of `artefacts`.
//! [`bundle`] makes one document, which is also an International Patient Summary, of the lines
//! of the doctor's page ([`tell::DoctorPage`]) and of the values behind them. [`read`] makes
//! events of such a document, or of a `QuestionnaireResponse`, and believes none of them: whoever
//! takes them in checks them like any import. [`questionnaire`] is what such a response answers.
//!
//! In suggested reading order: `codes` (our names beside those of others), `narrative` (lines as
//! XHTML), `hand_off`, `entries`, `resources`, `bundle`, `questionnaire`, `read`.

mod bundle;
mod codes;
mod entries;
mod hand_off;
mod narrative;
mod questionnaire;
mod read;
mod resources;

pub use bundle::bundle;
pub use codes::is_fhir;
pub use hand_off::{Given, HandOff};
pub use questionnaire::{Form, questionnaire};
pub use read::{FhirError, MOST_BYTES, Read, Response, read, read_response};
