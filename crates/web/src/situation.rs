//! Where a person stands, for a program that shows no pages: their record with the guideline
//! of today, what to ask them next, and the events that keep what they say.

use std::cell::OnceCell;

use care::medicine::Found;
use care::recovery::PainSeries;
use care::{
    Answer, Answers, Ask, Dose, FindingId, Finished, Guideline, OwnWords, QuestionId, Step, Urgency, next,
};
use jiff::Timestamp;
use store::{Assessment, DoseTaken, Event, Reason, Record, Restart, Sequence};

use crate::asking::{Given, about, asked_for, last_answer, seen_now, starting_point};
use crate::case::Case;
use crate::events::{assessed, begun_again, helped_in, judged_dose, said_in_own_words};
use crate::spell::reported_new;
use crate::worked_out::WorkedOut;

/// A person at a moment.
#[derive(Debug)]
pub struct Situation<'p> {
    guideline: &'p Guideline,
    record: &'p Record,
    now: Timestamp,
    case: Case<'p>,
    /// None where the case is also how they stand. Worked out once.
    standing: OnceCell<Option<Case<'p>>>,
}

impl<'p> Situation<'p> {
    /// Whoever has this record, now.
    pub fn of(guideline: &'p Guideline, record: &'p Record, now: Timestamp) -> Self {
        let case = Case::at(guideline, record, now);
        Self { guideline, record, now, case, standing: OnceCell::new() }
    }

    fn standing(&self) -> &Case<'p> {
        let standing = self.standing.get_or_init(|| {
            self.case.until_concluded(self.guideline, self.record, self.now, &WorkedOut::default())
        });
        standing.as_ref().unwrap_or(&self.case)
    }

    /// The answers that decisions rest on: with what the diary says, and while questions are
    /// answered again with those before.
    pub fn answers(&self) -> &Answers {
        &self.standing().answers
    }

    /// The answers by which a dose is judged now: without a "no" that is too old to hold.
    pub fn answers_for_a_dose(&self) -> Answers {
        self.standing().for_a_dose(self.guideline, self.record, self.now).answers
    }

    /// The outcome that stands; none before the person has confirmed one.
    pub fn outcome(&self) -> Option<&Finished<'p>> {
        self.standing().concluded()
    }

    /// What another version of the book told them, while this one has more to ask.
    pub fn told_before(&self) -> Option<&'p Assessment> {
        self.standing().told_before(self.guideline, self.record)
    }

    /// Whether something is new, or may be, that is still to be asked about.
    pub(crate) fn is_asked_again(&self) -> bool {
        self.standing().is_asked_again() || reported_new(self.record).is_some()
    }

    /// The diary of the spell that they have now; none before there is an entry.
    pub fn series(&self) -> Option<&PainSeries> {
        self.standing().series.as_deref()
    }

    /// What the interview that is under way asks next, or that it may stop.
    pub fn step(&self) -> &Step<'p> {
        &self.case.step
    }

    /// Whether that interview has come to its outcome.
    pub fn is_concluded(&self) -> bool {
        self.case.concluded().is_some()
    }

    /// The screens that it has the answers of, in the order in which they were first answered.
    pub fn screens(&self) -> Vec<QuestionId> {
        self.case.screens(self.guideline, self.record)
    }

    /// The answers of that interview.
    pub fn given(&self) -> &Answers {
        &self.case.given
    }

    /// The same, with what the diary says.
    pub fn given_with_diary(&self) -> &Answers {
        &self.case.answers
    }

    /// A screen of it, to be answered or answered again; none where it does not apply.
    pub fn ask(&self, question: QuestionId) -> Option<Ask> {
        Some(Ask { question, findings: asked_for(self.guideline, &self.case, question)? })
    }

    /// What a screen starts with, and the danger signs that own words suggest, with them.
    pub fn starting_point(&self, ask: &Ask) -> (Answers, Vec<(FindingId, String)>) {
        starting_point(self.guideline, self.record, &self.case, &ask.findings)
    }

    /// What stands in the record about a question: another place, once it was answered elsewhere.
    pub fn seen(&self, question: QuestionId) -> Sequence {
        seen_now(self.guideline, self.record, question)
    }

    /// The place of the last event that changed an answer: whoever confirms has seen it.
    pub fn last_answer(&self) -> Sequence {
        last_answer(self.record)
    }

    /// Whom the questions mean by "you", where somebody answers for another.
    pub fn about(&self) -> Option<&'static str> {
        about(self.record)
    }

    /// A screen was answered. An emergency is an outcome at once.
    pub fn answered(&self, question: QuestionId, given: Vec<(FindingId, Answer)>) -> Vec<Event> {
        let (answered, answers) = Given { question, given }.event(self.guideline, &self.case, false);
        let emergency = match next(self.guideline, &answers) {
            Step::Done(finished) if finished.urgency() == Urgency::Emergency => Some(finished),
            Step::Done(_) | Step::Ask(_) => None,
        };
        let outcome = emergency.map(|finished| assessed(&finished, Reason::Interview));
        [answered].into_iter().chain(outcome).collect()
    }

    /// The answers are right, so the outcome is kept; nothing where it is already, or there
    /// is none yet.
    pub fn confirmed(&self) -> Option<Event> {
        let finished = self.case.finished().filter(|_| !self.case.is_confirmed)?;
        Some(assessed(finished, Reason::Interview))
    }

    /// The questions begin again.
    pub fn begun_again(&self, because: Restart) -> Event {
        begun_again(self.guideline, self.record, (self.standing(), &self.case), because, self.now)
    }

    /// The person said in their own words what is wrong.
    pub fn said(&self, text: &str, read: &OwnWords<'_, '_>) -> Event {
        said_in_own_words(self.guideline, text, read, helped_in(read))
    }

    /// A dose was taken, and this is what the guard says of it by the limits of a region.
    pub fn dose_taken(&self, region: &str, found: &Found<'_>, dose: &Dose, at: Timestamp) -> DoseTaken {
        judged_dose(self.guideline, self.record, &self.answers_for_a_dose(), region, (found, dose), at)
    }
}
