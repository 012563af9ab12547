//! Whose page it is, and when.

use jiff::Zoned;
use store::Record;

use crate::carried::Carried;
use crate::worked_out::WorkedOut;

/// Everything about a visit that a page may depend on, beside the request.
#[derive(Clone, Debug)]
pub struct Visit<'v> {
    /// The person's record as it is now.
    pub record: &'v Record,
    /// The time, in the person's time zone.
    pub now: Zoned,
    /// Stands in every form, so that no other site can send one in the person's name.
    pub token: &'v str,
    /// A fresh random token for the forms of this page: a form sent twice counts once.
    pub once: &'v str,
    /// Where the record is.
    pub home: &'v Home,
    /// Whose phone numbers to show where the person has not said.
    pub region: Whereabouts<'v>,
    /// The forms that wait for a page of this visitor.
    pub carried: &'v Carried,
    /// What was worked out of this record; empty for a new one.
    pub worked_out: WorkedOut,
}

/// What is known of where somebody is, before they say so: a region of the book by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts<'v> {
    /// Whoever started the program said so.
    Told(&'v str),
    /// The language of the browser suggests it, which needs a second witness.
    Language(&'v str),
}

/// Where the record is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// On the person's own computer, in one file.
    File {
        /// The file.
        path: String,
        /// Whether it is sealed with a passphrase.
        sealed: bool,
    },
    /// In the database of the browser that shows the pages.
    Browser,
}
