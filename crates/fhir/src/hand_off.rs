//! What is handed over, before anything of FHIR is made of it.

use care::{Answer, Certificate, FindingId, Finished};
use jiff::Timestamp;
use store::{CheckIn, DoseTaken, Timed};
use tell::DoctorPage;

/// What is handed over: the page for the doctor, and the values that it was made of.
#[derive(Debug)]
pub struct HandOff<'h> {
    /// The outcome.
    pub finished: &'h Finished<'h>,
    /// What a person reads of it.
    pub page: &'h DoctorPage<'h>,
    /// Why the interview could stop.
    pub certificate: &'h Certificate,
    /// What was answered, without what the diary adds.
    pub given: Given,
    /// When the outcome was worked out, where something was said since that it does not rest on;
    /// else it rests on all of it.
    pub worked_out: Option<Timestamp>,
    /// What was told of the pain and its start in earlier interviews of this spell, which the
    /// diary goes on from; oldest first.
    pub before: Vec<Given>,
    /// The diary of this spell, in order.
    pub entries: Vec<&'h Timed<CheckIn>>,
    /// Painkillers of the last day, in order.
    pub doses: Vec<&'h Timed<DoseTaken>>,
    /// When it is handed over.
    pub now: Timestamp,
}

impl HandOff<'_> {
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
