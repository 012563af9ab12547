//! The painkillers of a record, as the guard counts them.

use care::{Dose, DoseLevel, DoseLog, Taken};
use jiff::Timestamp;

use crate::event::{DoseCleared, DoseTaken, Sequence};
use crate::record::{Record, Timed};

impl DoseTaken {
    /// A dose as it is written down. `name` is what was shown, and `at` is when it is
    /// written down where nobody knows when it was taken.
    pub fn new(dose: &Dose, name: String, at: Timestamp, region: &str, verdict: DoseLevel) -> Self {
        let count = dose.count();
        Self {
            at,
            product: dose.product().map(str::to_owned),
            name,
            units: dose.units(),
            hundredths: Some(count.hundredths()).filter(|_| count.as_whole().is_none()),
            amounts: dose.amounts().map(|(ingredient, amount)| (ingredient.to_owned(), amount)).collect(),
            region: region.to_owned(),
            verdict,
            time_unknown: false,
        }
    }

    /// As it counts; none only if it holds nothing that can be counted.
    pub fn counted(&self) -> Option<Taken> {
        let amounts = self.amounts.iter().filter(|(_, amount)| *amount > 0).cloned().collect();
        let taken = Taken::restore(self.at, self.product.clone(), amounts).ok()?;
        Some(if self.time_unknown { taken.at_unknown_time() } else { taken })
    }
}

impl Record {
    /// The log for the guard: doses and what clinicians said of them, in the order in which
    /// they were written down.
    pub fn dose_log(&self) -> DoseLog {
        self.dose_log_without(None)
    }

    /// The log without one of its entries.
    pub fn dose_log_without(&self, without: Option<Sequence>) -> DoseLog {
        let mut log = DoseLog::default();
        if !self.faults().is_empty() {
            log.note_loss();
        }
        if let Some(time) = self.lost_before() {
            log.note_loss_before(time);
        }
        let mut cleared = self.cleared().iter().peekable();
        let clear = |log: &mut DoseLog, cleared: &Timed<DoseCleared>| {
            log.clear(cleared.what.at, cleared.what.ingredient.clone());
        };
        for dose in self.doses() {
            while let Some(cleared) = cleared.next_if(|cleared| cleared.sequence < dose.sequence) {
                clear(&mut log, cleared);
            }
            if let Some(taken) = dose.what.counted().filter(|_| Some(dose.sequence) != without) {
                log.push(taken);
            }
        }
        cleared.for_each(|cleared| clear(&mut log, cleared));
        log
    }
}
