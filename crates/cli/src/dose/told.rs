//! What is asked about a dose, and what a page or a program is told of it.

use care::medicine::{Amount, Found};
use care::{Ask, Dose, DoseLog, DoseVerdict, DoseWarning, Guideline, Region, Standing, Taken};
use jiff::Zoned;

/// What was typed about a dose.
pub(super) struct Asked<'a> {
    pub(super) product: &'a str,
    pub(super) amount: Option<Amount>,
    pub(super) at: Option<&'a str>,
    pub(super) json: bool,
}

/// A dose with everything a page or a program wants to know about the verdict.
pub(crate) struct Checked<'g> {
    pub(crate) guideline: &'g Guideline,
    pub(crate) region: &'g Region,
    pub(crate) found: Found<'g>,
    pub(crate) dose: Dose,
    pub(crate) verdict: DoseVerdict<'g>,
    /// The most that may be taken at once where it is less than was asked for.
    pub(crate) less_now: Option<u32>,
    pub(crate) log: DoseLog,
    pub(crate) log_given: bool,
    pub(crate) ask: Option<Ask>,
    pub(crate) now: Zoned,
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
