//! What a person tells in confidence, where something is handed over. A paper is read by more
//! people than it was made for.

use care::{FindingId, Finished, Guideline, Reason, reasons};

/// What becomes of the answers that the book marks as private, on what is handed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Confided {
    /// They are left off, and so is whatever would tell of them: nobody who reads the paper by
    /// chance learns of them, nor that there are any.
    #[default]
    LeftOff,
    /// The person wants them there.
    PutOn,
}

impl Confided {
    /// Whether an answer is handed over.
    pub fn shows(self, guideline: &Guideline, finding: FindingId) -> bool {
        self == Self::PutOn || !guideline.is_private(finding)
    }

    /// The reasons that are handed over, the ones that decide first.
    pub fn reasons(self, finished: &Finished<'_>) -> Vec<Reason> {
        let mut all = reasons(finished.state());
        let guideline = finished.state().guideline();
        all.retain(|reason| reason.findings.iter().all(|finding| self.shows(guideline, *finding)));
        all
    }
}
