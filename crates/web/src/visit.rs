//! Whose page it is, and when.

use jiff::Zoned;
use store::Record;

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
    pub region: &'v str,
}

/// Where the record is kept: on the person's own computer, in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The file.
    pub file: String,
    /// Whether it is sealed with a passphrase.
    pub sealed: bool,
}
