//! What is handed over, before anything of FHIR is made of it.

use care::{Answer, Certificate, FindingId, Finished};
use jiff::Timestamp;
use store::{CheckIn, DoseTaken, Timed};
use tell::{Confided, DoctorPage};

/// What is handed over: the page for the doctor, and the values that it was made of.
#[derive(Debug)]
pub struct HandOff<'h> {
    /// The outcome.
    pub finished: &'h Finished<'h>,
    /// What a person reads of it.
    pub page: &'h DoctorPage<'h>,
    /// Why the interview could stop; it holds every answer, and stays here where some are left off.
    pub certificate: &'h Certificate,
    /// What becomes of the private answers.
    pub confided: Confided,
    /// What was answered, without what the diary adds and what is left off.
    pub given: Given,
    /// When the outcome was worked out, where something was said since that it does not rest on;
    /// else it rests on all of it.
    pub worked_out: Option<Timestamp>,
    /// What was told of the pain and its start in earlier interviews of this spell, which the
    /// diary goes on from; oldest first.
    pub before: Vec<Given>,
    /// The diary of this spell, in order.
    pub entries: Vec<&'h Timed<CheckIn>>,
    /// Painkillers of the last days, in order.
    pub doses: Vec<&'h Timed<DoseTaken>>,
    /// Part of what was written down is lost: a dose or an answer may be missing.
    pub is_incomplete: bool,
    /// When it is handed over.
    pub now: Timestamp,
}

impl HandOff<'_> {
    /// The certificate, where it may be handed over.
    pub(crate) fn proof(&self) -> Option<&Certificate> {
        (self.confided == Confided::PutOn).then_some(self.certificate)
    }

    /// The answers that are handed over, those of the diary among them.
    pub(crate) fn answers(&self) -> impl Iterator<Item = (FindingId, Answer)> {
        let state = self.finished.state();
        let shows = |(finding, _): &(FindingId, Answer)| self.confided.shows(state.guideline(), *finding);
        state.answers().iter().filter(shows)
    }

    /// When all was told that the outcome rests on.
    pub(crate) fn told(&self) -> Timestamp {
        let answers = self.given.answers.iter().map(|(.., at)| *at);
        let entries = self.entries.iter().map(|entry| entry.written);
        self.worked_out.or_else(|| answers.chain(entries).max()).unwrap_or(self.given.began)
    }
}

/// The answers of one interview.
#[derive(Clone, Debug)]
pub struct Given {
    /// When it began.
    pub began: Timestamp,
    /// Each answer, with when it was given.
    pub answers: Vec<(FindingId, Answer, Timestamp)>,
}
