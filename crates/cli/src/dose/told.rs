//! What is asked about a dose, and what a page or a program is told of it.

use care::medicine::{Amount, Found};
use care::{Dose, DoseWarning, Guideline, Region, Standing, Taken};
use jiff::Zoned;

/// What was typed about a dose.
pub(super) struct Asked<'a> {
    pub(super) product: &'a str,
    pub(super) amount: Option<Amount>,
    pub(super) at: Option<&'a str>,
    pub(super) json: bool,
}

/// A dose that was written down, with what to say about it.
pub(crate) struct Written<'w, 'g> {
    pub(crate) guideline: &'g Guideline,
    pub(crate) region: &'g Region,
    pub(crate) found: Found<'g>,
    pub(crate) dose: &'w Dose,
    pub(crate) taken: &'w Taken,
    pub(crate) at: &'w Zoned,
    pub(crate) warnings: &'w [DoseWarning<'g>],
    pub(crate) standings: &'w [Standing<'g>],
    pub(crate) now: &'w Zoned,
}
