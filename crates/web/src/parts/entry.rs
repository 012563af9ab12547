//! How a form names an entry that it takes back: by its place, and by what stood there when the
//! page was shown. A page that was left open while the record was erased and begun again names
//! nothing, and not whatever is at that place now.

use std::fmt;

use store::{CheckIn, DoseCleared, DoseTaken, Timed};

/// A painkiller that was taken.
pub(crate) fn of_dose(entry: &Timed<DoseTaken>) -> String {
    let DoseTaken { at, name, .. } = &entry.what;
    named(entry, format_args!("{at} {name}"))
}

/// What a clinician said.
pub(crate) fn of_clearance(entry: &Timed<DoseCleared>) -> String {
    let DoseCleared { at, ingredient } = &entry.what;
    named(entry, format_args!("{at} {ingredient}"))
}

/// An entry of the diary.
pub(crate) fn of_check_in(entry: &Timed<CheckIn>) -> String {
    let CheckIn { at, pain_now, .. } = &entry.what;
    named(entry, format_args!("{at} {pain_now}"))
}

fn named<T>(entry: &Timed<T>, what: fmt::Arguments<'_>) -> String {
    format!("{} {} {what}", entry.sequence, entry.written)
}
