//! How long a form may be.

use crate::request::Form;

/// No form of ours is longer, in bytes, but for an import.
pub(crate) const LONGEST_FORM: usize = 256 * 1024;

/// Longer notes and triggers of the person's own are refused, never cut.
pub(crate) const LONGEST_NOTE: usize = 2_000;
pub(crate) const LONGEST_TRIGGER: usize = 80;

/// A record that is brought back, with what a form adds around it, in bytes.
pub(crate) const LONGEST_IMPORT: usize = store::MOST_BYTES + LONGEST_FORM;

/// No form of ours has more fields: the longest screen has some 40 lines.
pub(crate) const MOST_FIELDS: usize = 2_000;

/// The most bytes of a form that is sent to a path.
pub(crate) fn longest(path: &str) -> usize {
    if takes_a_file(path) { LONGEST_IMPORT } else { LONGEST_FORM }
}

/// Whether a form that was read is too long for where it was sent.
pub fn is_too_long(path: &str, form: &Form) -> bool {
    form.len() > MOST_FIELDS || form.size() > longest(path)
}

/// Whether a path takes a file.
pub(crate) fn takes_a_file(path: &str) -> bool {
    path == "/data/import" || path == "/data/import/confirm"
}

/// Whether a path takes a file, or gives one.
#[cfg(feature = "server")]
pub(crate) fn is_a_file(path: &str) -> bool {
    takes_a_file(path) || path.starts_with("/data/export.")
}
