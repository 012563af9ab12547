//! Where the person stands: their record, read with the guideline of today.
//!
//! It is what the person said last that counts, in an interview or in the diary,
//! and it counts until they say something else: time alone neither lowers a level
//! that a diary has raised nor brings back an older answer. What a page shows is
//! therefore dated.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use care::recovery::{PainSeries, has_eased_since, tell, tell_easing};
use care::{
    Answer, Answers, Chapter, FindingId, Finished, Guideline, QuestionId, Role, State, Step, Urgency,
    answer_from_json, drop_what_no_longer_applies, next,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use store::{Assessment, Event, Interview, Record};

use crate::spell::{answered_at, said_since_reported};
use crate::view::{View, last_assessed};
use crate::visit::Visit;
use crate::worked_out::{Diary, WorkedOut};

/// One person at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Case<'g> {
    /// What was answered, without what the diary adds.
    pub(crate) given: Answers,
    /// The answers that the decision rests on: with what the diary says.
    pub(crate) answers: Answers,
    /// The diary of this spell, if there is any.
    pub(crate) series: Option<Arc<PainSeries>>,
    /// What to ask next, or that the interview may stop.
    pub(crate) step: Step<'g>,
    /// Whether the person has confirmed the answers that `step` rests on.
    pub(crate) is_confirmed: bool,
    /// An interview is under way, and this is the person as they stand until it is done.
    pub(crate) is_standing: bool,
    /// When the interview was begun, where that is so long ago that its first "no" says nothing
    /// of now. It has come to no outcome yet, and begins again.
    pub(crate) out_of_date: Option<Timestamp>,
    /// Another version of the book told the person how to go on at home, and this one has
    /// more to ask first. What they have stays open; a plan waits for the answers.
    is_told_before: bool,
}

impl<'g> Case<'g> {
    /// The person now.
    pub(crate) fn of(guideline: &'g Guideline, visit: &Visit<'_>) -> Self {
        Self::seen(guideline, &View::whole(visit.record), visit.now.timestamp(), &visit.worked_out)
    }

    /// The person at a moment.
    pub(crate) fn at(guideline: &'g Guideline, record: &Record, now: Timestamp) -> Self {
        Self::seen(guideline, &View::whole(record), now, &WorkedOut::default())
    }

    /// The person as a view of their record shows them.
    pub(crate) fn seen(guideline: &'g Guideline, view: &View<'_>, now: Timestamp, known: &WorkedOut) -> Self {
        let interview = &view.interview;
        let given = read_answers(guideline, &interview.answers);
        let diary = known.diary(guideline, view, now);
        let answers =
            diary.as_ref().map_or_else(|| given.clone(), |diary| with_diary(guideline, view, diary, &given));
        let series = diary.and_then(|diary| diary.series.clone());
        let step = next(guideline, &answers);
        let is_lost =
            of_other_book(guideline, view.record, interview).is_some() && has_lost(guideline, interview);
        let is_confirmed = interview.assessed.is_some() && !is_lost;
        Self {
            given,
            answers,
            series,
            step,
            is_confirmed,
            is_standing: false,
            out_of_date: out_of_date(view, now),
            is_told_before: false,
        }
    }

    /// The person as they stand, where that is not as they are now: an interview is under
    /// way, or an entry of the diary has opened a question. The last outcome holds until
    /// there is a new one.
    pub(crate) fn until_concluded(
        &self,
        guideline: &'g Guideline,
        record: &Record,
        now: Timestamp,
        known: &WorkedOut,
    ) -> Option<Self> {
        if self.concluded().is_some() {
            return None;
        }
        let standing = self.until_it_is_done(guideline, record, now, known);
        standing.or_else(|| self.until_it_is_asked(guideline, record, now, known))
    }

    /// The person as they were when their last outcome was told, read with the guideline of today.
    pub(crate) fn at_last_outcome(
        guideline: &'g Guideline,
        record: &Record,
        known: &WorkedOut,
    ) -> Option<Self> {
        let told_at = record.assessments().iter().map(|told| told.at).max()?;
        Some(Self::seen(guideline, &View::at_last_outcome(record)?, told_at, known))
    }

    /// The person as their last outcome left them, with what they said since. That counts
    /// at once where it makes something more urgent or speaks against it; a lower level
    /// waits until all is answered and confirmed.
    fn until_it_is_done(
        &self,
        guideline: &'g Guideline,
        record: &Record,
        now: Timestamp,
        known: &WorkedOut,
    ) -> Option<Self> {
        let told = Self::at_last_outcome(guideline, record, known)?;
        let before = told.concluded()?.urgency();
        let mut standing = self.with_what_was_told(guideline, record, now, known)?;
        standing.step = match next(guideline, &standing.answers) {
            Step::Done(since) if before <= since.urgency() => Step::Done(since),
            Step::Done(_) | Step::Ask(_) => told.step,
        };
        Some(Self { is_confirmed: true, ..standing })
    }

    /// The person whose outcome came from another version of the book, while this one has
    /// more to ask, or to confirm; none where they were told to get help.
    fn until_it_is_asked(
        &self,
        guideline: &'g Guideline,
        record: &Record,
        now: Timestamp,
        known: &WorkedOut,
    ) -> Option<Self> {
        let told = self.told_before(guideline, record)?;
        let is_kept = told.shown.urgency < Urgency::Emergency;
        let standing = self.with_what_was_told(guideline, record, now, known).filter(|_| is_kept)?;
        Some(Self { is_told_before: true, ..standing })
    }

    /// The person as they were before the interview that is under way, with what they said in it.
    fn with_what_was_told(
        &self,
        guideline: &'g Guideline,
        record: &Record,
        now: Timestamp,
        known: &WorkedOut,
    ) -> Option<Self> {
        let mut standing = Self::seen(guideline, &View::before_interview(record)?, now, known);
        for (finding, given) in self.given.iter() {
            // Both are answers to the same finding, so they fit.
            drop(standing.given.set(guideline, finding, given));
            drop(standing.answers.set(guideline, finding, self.answers.get(finding).unwrap_or(given)));
        }
        take_back(guideline, &mut standing.given, &mut standing.answers);
        Some(Self { is_standing: true, ..standing })
    }

    /// What was answered since the outcome that stands, in an interview that is not finished, and
    /// speaks against it: a sign that the outcome was told without.
    pub(crate) fn speaks_against_what_stands(&self, guideline: &Guideline) -> bool {
        let Some(told) = self.finished().filter(|_| self.is_standing) else { return false };
        let told = told.state().answers();
        let mut dangers = guideline.findings().filter(|id| guideline.finding(*id).danger);
        dangers.any(|id| {
            let now = self.answers.get(id);
            now != told.get(id) && matches!(now, Some(Answer::Yes | Answer::NotSure | Answer::Option(_)))
        })
    }

    /// The person as a dose is judged for them: what they denied when they were asked about
    /// painkillers holds a day where it may be about today, and a month else. Then it is asked
    /// once more. A "yes" holds. While something that changed is still to be asked about, no danger
    /// sign is denied but those of which it was said since.
    pub(crate) fn for_a_dose(&self, guideline: &Guideline, record: &Record, now: Timestamp) -> Self {
        let mut case = self.clone();
        let view = self.view(record);
        let began = view.interview.began;
        let events = view.conversation().rev().take_while(|stored| stored.sequence > began);
        // A danger that was told holds until all is answered: a "no" of an interview that is under
        // way lifts it no sooner than it lifts the outcome.
        if let Some(told) = self.finished().filter(|_| self.is_standing) {
            for (finding, told) in told.state().answers().iter() {
                let is_lifted = told == Answer::Yes && case.answers.get(finding) == Some(Answer::No);
                if is_lifted && guideline.finding(finding).danger {
                    // Both are answers to the same finding, so they fit.
                    drop(case.given.set(guideline, finding, told));
                    drop(case.answers.set(guideline, finding, told));
                }
            }
        }
        // Where the diary says that something is new, but no interview began since, what was said
        // since is what stands behind that entry.
        let said_since: Option<BTreeSet<&str>> = if self.is_asked_again() {
            Some(record.interview().answers.keys().map(String::as_str).collect())
        } else {
            said_since_reported(record)
        };
        if let Some(said_since) = said_since {
            for finding in guideline.findings().filter(|id| guideline.finding(*id).danger) {
                let is_old = !said_since.contains(guideline.finding(finding).id.as_str());
                if is_old && case.answers.get(finding) == Some(Answer::No) {
                    case.given.clear(finding);
                    case.answers.clear(finding);
                }
            }
        }
        let mut looked_at = BTreeSet::new();
        for stored in events {
            let Event::Answered { answers, .. } = &stored.event else { continue };
            for finding in answers.keys().filter_map(|name| guideline.finding_named(name)) {
                let asked = guideline.asked_by(finding).filter(|id| {
                    guideline.question(*id).chapter == Chapter::Medicines && looked_at.insert(finding)
                });
                let Some(question) = asked.filter(|_| case.given.get(finding) == Some(Answer::No)) else {
                    continue;
                };
                let is_first = guideline.program().gate(question).is_none();
                let holds = if is_first { DENIAL_OF_TODAY } else { OTHER_DENIAL };
                if is_too_old(stored.at, holds, now) {
                    case.given.clear(finding);
                    case.answers.clear(finding);
                }
            }
        }
        case
    }

    /// Whether something changed and is still to be asked about, while an outcome stands.
    pub(crate) fn is_asked_again(&self) -> bool {
        self.is_standing && !self.is_told_before
    }

    /// The record as it counts for this case.
    pub(crate) fn view<'r>(&self, record: &'r Record) -> View<'r> {
        let standing = if self.is_standing { View::before_interview(record) } else { None };
        standing.unwrap_or_else(|| View::whole(record))
    }

    /// The screens that were answered and still apply, in the order in which they were
    /// first answered: a changed answer may have dropped all that one of them asked.
    ///
    /// They go by what they asked and not by their names: where this book asks the same
    /// on another screen, it is that one.
    pub(crate) fn screens(&self, guideline: &Guideline, record: &Record) -> Vec<QuestionId> {
        self.answered(guideline, record, |_| true)
    }

    /// Those of them that were answered, or answered anew, while an outcome stood.
    pub(crate) fn answered_after_triage(&self, guideline: &Guideline, record: &Record) -> Vec<QuestionId> {
        self.answered(guideline, record, |is_after| is_after)
    }

    fn answered(
        &self,
        guideline: &Guideline,
        record: &Record,
        counts: impl Fn(bool) -> bool,
    ) -> Vec<QuestionId> {
        let view = self.view(record);
        let began = view.interview.began;
        let mut screens = Vec::new();
        for stored in view.conversation().filter(|stored| stored.sequence > began) {
            let Event::Answered { answers, after_triage, .. } = &stored.event else { continue };
            if !counts(*after_triage) {
                continue;
            }
            let findings = answers.keys().filter_map(|name| guideline.finding_named(name));
            for finding in findings.filter(|finding| self.given.get(*finding).is_some()) {
                let Some(question) = guideline.asked_by(finding) else { continue };
                if !screens.contains(&question) {
                    screens.push(question);
                }
            }
        }
        screens
    }

    /// The outcome, where the interview may stop.
    pub(crate) fn finished(&self) -> Option<&Finished<'g>> {
        match &self.step {
            Step::Done(finished) => Some(finished),
            Step::Ask(_) => None,
        }
    }

    /// The outcome, where the person has also seen and confirmed the answers.
    /// An emergency needs no confirmation.
    pub(crate) fn concluded(&self) -> Option<&Finished<'g>> {
        self.finished().filter(|finished| self.is_confirmed || finished.urgency() == Urgency::Emergency)
    }

    /// What another version of the book told the person, while this one has still to be
    /// told something before there is an outcome.
    pub(crate) fn told_before<'r>(
        &self,
        guideline: &Guideline,
        record: &'r Record,
    ) -> Option<&'r Assessment> {
        let view = View::before_interview(record)?;
        of_other_book(guideline, record, &view.interview).filter(|_| self.concluded().is_none())
    }

    /// The outcome, where there is a plan for it: confirmed and no emergency.
    pub(crate) fn manageable(&self) -> Option<&Finished<'g>> {
        self.concluded().filter(|finished| finished.urgency() < Urgency::Emergency)
    }

    /// Whether the person may read what they wrote down, and write down what they take: in an
    /// emergency too, since whoever helps asks for it.
    pub(crate) fn opens_what_was_written(&self, guideline: &Guideline, record: &Record) -> bool {
        self.concluded().is_some()
            || self.keeps_what_is_theirs()
            || self.is_before_check(record)
            || self.told_before(guideline, record).is_some()
    }

    /// Whether the person has had no outcome yet, and no answer so far calls for help. What
    /// does no harm is open to them, and the rest behind the questions that it needs.
    pub(crate) fn is_before_check(&self, record: &Record) -> bool {
        let is_asked = matches!(self.step, Step::Ask(_)) && self.out_of_date.is_none();
        is_asked && record.assessments().is_empty()
    }

    /// Whether what the person writes down is open to them: their diary and their medicines.
    pub(crate) fn keeps_what_is_theirs(&self) -> bool {
        self.manageable().is_some() || self.is_told_before
    }
}

/// So long a "no" holds that may be about today ("too little to drink today"). A design judgement.
const DENIAL_OF_TODAY: SignedDuration = SignedDuration::from_hours(24);

/// So long a "no" holds to what is known for longer, such as an ulcer. A design judgement.
const OTHER_DENIAL: SignedDuration = SignedDuration::from_hours(30 * 24);

/// So long an interview may rest: a "no" to a danger sign was true on the day it was given.
const LONGEST_REST: SignedDuration = SignedDuration::from_hours(24);

/// Clocks of two devices that the network sets differ by less.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(10);

/// When the first answer was given of an interview that has no outcome, where that is longer
/// ago than a rest may be.
fn out_of_date(view: &View<'_>, now: Timestamp) -> Option<Timestamp> {
    let began = view.interview.began;
    let is_told = last_assessed(view.record).is_some_and(|told| told > began);
    let is_answer = |event: &Event| matches!(event, Event::Answered { after_triage: false, .. });
    let mut answers =
        view.conversation().filter(|stored| stored.sequence > began && is_answer(&stored.event));
    let first = answers.next().filter(|_| !is_told)?.at;
    is_too_old(first, LONGEST_REST, now).then_some(first)
}

/// Whether more than so much time has passed since. A time that is still to come was written by a
/// clock that went wrong, so nobody knows how long ago that was.
fn is_too_old(at: Timestamp, holds: SignedDuration, now: Timestamp) -> bool {
    let passed = now.duration_since(at);
    holds < passed || passed < -CLOCKS_DIFFER
}

/// Takes back what no longer applies, by the answers that the decision rests on: from them,
/// and from what was given. The findings that were given until then.
pub(crate) fn take_back(guideline: &Guideline, given: &mut Answers, answers: &mut Answers) -> Vec<FindingId> {
    let before = answers.clone();
    drop_what_no_longer_applies(guideline, answers);
    let is_dropped = |finding: FindingId| before.get(finding).is_some() && answers.get(finding).is_none();
    let dropped: Vec<FindingId> =
        given.iter().map(|(finding, _)| finding).filter(|finding| is_dropped(*finding)).collect();
    for finding in &dropped {
        given.clear(*finding);
    }
    dropped
}

/// Answers by name; what this book does not know, or does not allow, is left out
/// and so asked again.
pub(crate) fn read_answers(guideline: &Guideline, named: &BTreeMap<String, Value>) -> Answers {
    let mut answers = Answers::none(guideline);
    for (name, value) in named {
        if let Some((finding, answer)) = read_answer(guideline, name, value) {
            // It was read for this finding, so it fits.
            drop(answers.set(guideline, finding, answer));
        }
    }
    answers
}

/// One answer by name; none where this book does not know or allow it.
pub(crate) fn read_answer(guideline: &Guideline, name: &str, value: &Value) -> Option<(FindingId, Answer)> {
    let finding = guideline.finding_named(name)?;
    answer_from_json(guideline, finding, value).ok().map(|answer| (finding, answer))
}

/// The outcome of the interview, where another version of the book made it.
fn of_other_book<'r>(
    guideline: &Guideline,
    record: &'r Record,
    interview: &Interview,
) -> Option<&'r Assessment> {
    let assessed = interview.assessed;
    let made = record.assessments().iter().rev().find(|made| Some(made.sequence) == assessed)?;
    (made.shown.guideline_hash != guideline.book().hash).then_some(made)
}

/// Whether this book no longer knows something that the person said, other than a
/// "no". What was confirmed together with it may now say less than they meant.
fn has_lost(guideline: &Guideline, interview: &Interview) -> bool {
    let said = interview.answers.iter().filter(|(_, value)| *value != "no");
    said.into_iter().any(|(name, value)| read_answer(guideline, name, value).is_none())
}

/// The answers with what the diary says of the pain and of its course. Where an
/// interview says something newer of the same, that counts; where it has still to
/// ask, it asks.
fn with_diary(guideline: &Guideline, view: &View<'_>, diary: &Diary, given: &Answers) -> Answers {
    let Some(series) = &diary.series else { return given.clone() };
    let mut answers = tell(guideline, series, given);
    let Some((last_at, last)) = diary.last else { return answers };
    let interview = &view.interview;
    let said_later =
        |finding| answered_at(view, &guideline.finding(finding).id).is_some_and(|at| at > last_at);
    if let Some(pain) = guideline.with_role(Role::Pain) {
        match given.get(pain) {
            Some(answer) if said_later(pain) => drop(answers.set(guideline, pain, answer)),
            None if interview.at.is_some_and(|at| at > last_at) => answers.clear(pain),
            _ => {}
        }
    }
    if diary.course_said.is_some_and(|said| has_eased_since(guideline, series, said)) {
        tell_easing(guideline, &mut answers);
    }
    if let Some(days) = guideline.with_role(Role::Days) {
        match given.get(days) {
            // The diary counts from its own first entry, which may be late.
            Some(Answer::NotSure) => answers = more_urgent(guideline, answers, days),
            Some(answer) if said_later(days) => drop(answers.set(guideline, days, answer)),
            None if !diary.is_start_told || interview.began > last => answers.clear(days),
            _ => {}
        }
    }
    answers
}

/// These answers, or the same with "not sure" for one of them: whichever is more urgent.
fn more_urgent(guideline: &Guideline, answers: Answers, finding: FindingId) -> Answers {
    let mut unsure = answers.clone();
    // Every asked finding may be not sure.
    drop(unsure.set(guideline, finding, Answer::NotSure));
    let certain = |answers: &Answers| State::of(guideline, answers).bounds().lower;
    if certain(&answers) > certain(&unsure) { answers } else { unsure }
}
