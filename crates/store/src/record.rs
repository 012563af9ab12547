//! What the events of one person add up to.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde_json::Value;

use crate::certificate::KeptCertificate;
use crate::event::{
    CheckIn, DoseCleared, DoseTaken, Event, Helped, Proposal, Reason, Restart, Sequence, Settings, Shown,
    Stored,
};
use crate::fault::Fault;

/// The record of one person: every event, and what they add up to.
///
/// Folding does not look at the guideline: a record means the same with any book.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    events: Vec<Stored>,
    /// Where among them those of interviews and outcomes are: few beside a long diary.
    conversation: Vec<usize>,
    interview: Interview,
    assessments: Vec<Assessment>,
    /// For each of them the time by which they are ordered.
    assessment_order: Vec<Timestamp>,
    /// The latest of those.
    newest_assessment: Option<Timestamp>,
    doses: Vec<Timed<DoseTaken>>,
    cleared: Vec<Timed<DoseCleared>>,
    check_ins: Vec<Timed<CheckIn>>,
    /// The latest time that any entry was ever about, taken out or not.
    newest_entry: Option<Timestamp>,
    /// An entry was ever written after one about a later time.
    is_diary_mixed: bool,
    trials: Vec<Timed<Trial>>,
    habits: BTreeMap<String, HabitChoice>,
    settings: Settings,
    last_copy: Option<Timestamp>,
    lost_before: Option<Timestamp>,
    faults: Vec<Fault>,
}

/// No book has a tenth as many screens; more come of a file that somebody made up.
const MOST_SCREENS: usize = 1_000;

/// What a run of events leaves to be put in its place once, after all of them.
#[derive(Default)]
struct Late {
    withdrawn: HashSet<Sequence>,
}

/// Something that was written down, with its place in the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed<T> {
    /// Its place, by which it can be withdrawn.
    pub sequence: Sequence,
    /// When it was written down.
    pub written: Timestamp,
    /// What.
    pub what: T,
}

/// The interview that is under way, or the last one.
#[derive(Clone, Debug, PartialEq)]
pub struct Interview {
    /// Its place in the record: the event that began it, or 0.
    pub began: Sequence,
    /// When it began; none before the first event.
    pub at: Option<Timestamp>,
    /// Why it began.
    pub because: Restart,
    /// The answers, by finding.
    pub answers: BTreeMap<String, Value>,
    /// What to show as a starting point where a screen is asked: never an answer.
    pub before: BTreeMap<String, Value>,
    /// The screens answered so far, in the order they were answered.
    pub screens: Vec<String>,
    /// What the person wrote in their own words.
    pub own_words: Option<(String, Vec<Proposal>)>,
    /// Whom it is about, where somebody answers for another.
    pub about: Option<Helped>,
    /// The place of the assessment that finished it; none while it is under way
    /// or after an answer was changed.
    pub assessed: Option<Sequence>,
}

impl Default for Interview {
    fn default() -> Self {
        Self {
            began: Sequence::default(),
            at: None,
            because: Restart::First,
            answers: BTreeMap::new(),
            before: BTreeMap::new(),
            screens: Vec::new(),
            own_words: None,
            about: None,
            assessed: None,
        }
    }
}

impl Interview {
    /// Takes in a text in the place of an earlier one. What that one suggested and nobody
    /// confirmed goes with it.
    fn replace_own_words(&mut self, text: &str, proposals: &[Proposal], about: Option<Helped>) {
        if let Some((_, earlier)) = self.own_words.take() {
            for Proposal { finding, answer, .. } in earlier {
                let is_suggested = self.before.get(&finding) == Some(&answer);
                if is_suggested && !self.answers.contains_key(&finding) {
                    self.before.remove(&finding);
                }
            }
        }
        for proposal in proposals.iter().filter(|proposal| proposal.answer != "no") {
            self.before.insert(proposal.finding.clone(), proposal.answer.clone());
        }
        self.own_words = Some((text.to_owned(), proposals.to_vec()));
        self.about = about;
    }
}

/// A triage that was finished.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// Its place in the record.
    pub sequence: Sequence,
    /// When.
    pub at: Timestamp,
    /// Why it was made.
    pub because: Reason,
    /// What was shown; without its words where it came in with a file.
    pub shown: Arc<Shown>,
    /// The certificate, shared with the event.
    pub certificate: KeptCertificate,
}

impl Assessment {
    fn new(
        stored: &Stored,
        because: Reason,
        shown: &Arc<Shown>,
        certificate: &KeptCertificate,
        came_in: bool,
    ) -> Self {
        Self {
            sequence: stored.sequence,
            at: stored.at,
            because,
            shown: if came_in { without_words(shown) } else { shown.clone() },
            certificate: certificate.clone(),
        }
    }
}

/// What was shown, without its words: whoever makes a file could have us say anything with them.
fn without_words(shown: &Shown) -> Arc<Shown> {
    let (title, actions, because) = Default::default();
    Arc::new(Shown { title, actions, because, ..shown.clone() })
}

/// A remedy that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The remedy.
    pub remedy: String,
    /// When it was begun.
    pub began: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// Pain before, 0 to 10.
    pub before: Option<u8>,
    /// Pain after, 0 to 10.
    pub after: Option<u8>,
}

/// A habit that was chosen at some time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HabitChoice {
    /// Whether it is on now.
    pub on: bool,
    /// When it was first chosen.
    pub since: Option<Timestamp>,
    /// At what time of day.
    pub time: Option<Time>,
    /// Minutes before it at which the calendar reminds.
    pub remind_minutes: Option<u16>,
    /// How often it was chosen, changed or given up: grows with each change.
    pub changes: u32,
    /// The days on which it was done, in order.
    pub done: Vec<Date>,
}

impl Record {
    /// A record of these events, which are in order.
    pub fn of(events: impl IntoIterator<Item = Stored>) -> Self {
        let mut record = Self::default();
        record.extend(events);
        record
    }

    /// Adds an event that was stored after all the others.
    pub fn push(&mut self, stored: Stored) {
        self.extend([stored]);
    }

    /// Adds an event as it will stand once it is stored: for whoever looks ahead.
    pub fn add(&mut self, at: Timestamp, event: Event) {
        let sequence = Sequence(self.last().0 + 1);
        self.push(Stored { sequence, at, once: None, event });
    }

    /// Adds events that were stored after all the others, in order. The work grows as
    /// their number times its logarithm, whatever they say.
    pub fn extend(&mut self, events: impl IntoIterator<Item = Stored>) {
        let mut late = Late::default();
        for stored in events {
            self.fold(&stored, &mut late);
            if stored.event.is_of_conversation() {
                self.conversation.push(self.events.len());
            }
            self.events.push(stored);
        }
        self.settle(late);
    }

    /// Puts what does not belong at the end where it belongs.
    fn settle(&mut self, late: Late) {
        let Late { withdrawn } = late;
        if !self.check_ins.is_sorted_by_key(|entry| entry.what.at) {
            // Stable: two entries about one time stay in the order in which they were written.
            self.check_ins.sort_by_key(|entry| entry.what.at);
        }
        if !withdrawn.is_empty() {
            self.doses.retain(|dose| !withdrawn.contains(&dose.sequence));
            self.cleared.retain(|cleared| !withdrawn.contains(&cleared.sequence));
            self.check_ins.retain(|check_in| !withdrawn.contains(&check_in.sequence));
            self.trials.retain(|trial| !withdrawn.contains(&trial.sequence));
        }
        if !self.assessment_order.is_sorted() {
            let order = std::mem::take(&mut self.assessment_order);
            let mut both: Vec<_> = order.into_iter().zip(std::mem::take(&mut self.assessments)).collect();
            both.sort_by_key(|(order, _)| *order);
            (self.assessment_order, self.assessments) = both.into_iter().unzip();
        }
    }

    fn add_assessment(&mut self, order: Timestamp, assessment: Assessment) {
        self.newest_assessment = self.newest_assessment.max(Some(order));
        self.assessment_order.push(order);
        self.assessments.push(assessment);
    }

    fn fold(&mut self, stored: &Stored, late: &mut Late) {
        let (sequence, at) = (stored.sequence, stored.at);
        match &stored.event {
            Event::InterviewStarted { because, keeps, starts_with } => {
                self.interview = Interview {
                    began: sequence,
                    at: Some(at),
                    because: *because,
                    answers: keeps.clone(),
                    before: starts_with.clone(),
                    // Who helps stays the helper.
                    about: self.interview.about,
                    ..Interview::default()
                };
            }
            Event::OwnWords { text, proposals, about } => {
                self.interview.at.get_or_insert(at);
                self.interview.replace_own_words(text, proposals, *about);
            }
            Event::Answered { question, answers, dropped, after_triage } => {
                let interview = &mut self.interview;
                interview.at.get_or_insert(at);
                interview.assessed = interview.assessed.filter(|_| *after_triage);
                interview.answers.extend(answers.clone());
                interview.before.extend(answers.clone());
                for finding in dropped {
                    interview.answers.remove(finding);
                }
                interview.screens.retain(|screen| screen != question);
                interview.screens.push(question.clone());
                if MOST_SCREENS < interview.screens.len() {
                    interview.screens.remove(0);
                }
            }
            Event::TakenBack { question, findings, after_triage } => {
                let interview = &mut self.interview;
                interview.assessed = interview.assessed.filter(|_| *after_triage);
                for finding in findings {
                    interview.answers.remove(finding);
                }
                interview.screens.retain(|screen| screen != question);
            }
            Event::Assessed { because, shown, certificate, came_in } => {
                self.interview.assessed = Some(sequence);
                // The newest, also where the clock was put back meanwhile.
                let order = self.newest_assessment.map_or(at, |newest| newest.max(at));
                self.add_assessment(order, Assessment::new(stored, *because, shown, certificate, *came_in));
            }
            Event::AssessedEarlier { because, shown, certificate } => {
                // It came in late, so it is put where it belongs: oldest first.
                self.add_assessment(at, Assessment::new(stored, *because, shown, certificate, true));
            }
            Event::DoseTaken(dose) => {
                self.doses.push(Timed { sequence, written: at, what: dose.clone() });
            }
            Event::DoseCleared(cleared) => {
                self.cleared.push(Timed { sequence, written: at, what: cleared.clone() });
            }
            Event::CheckedIn(check_in) => {
                // Seen entry by entry, so that it does not depend on how many are read at once.
                self.is_diary_mixed |= Some(check_in.at) < self.newest_entry;
                self.newest_entry = self.newest_entry.max(Some(check_in.at));
                self.check_ins.push(Timed { sequence, written: at, what: check_in.clone() });
            }
            Event::RemedyTried { remedy, began, ended, before, after } => {
                let trial = Trial {
                    remedy: remedy.clone(),
                    began: *began,
                    ended: *ended,
                    before: *before,
                    after: *after,
                };
                self.trials.push(Timed { sequence, written: at, what: trial });
            }
            Event::HabitChosen { habit, on, time, remind_minutes } => {
                let choice = self.habits.entry(habit.clone()).or_default();
                choice.on = *on;
                choice.since.get_or_insert(at);
                choice.time = *time;
                choice.remind_minutes = *remind_minutes;
                choice.changes += 1;
            }
            Event::HabitDone { habit, on, done } => {
                let days = &mut self.habits.entry(habit.clone()).or_default().done;
                match (days.binary_search(on), *done) {
                    (Err(place), true) => days.insert(place, *on),
                    (Ok(place), false) => drop(days.remove(place)),
                    (Ok(_), true) | (Err(_), false) => {}
                }
            }
            Event::Withdrawn { entry } => {
                // Only what is there already can be withdrawn.
                if *entry < sequence {
                    late.withdrawn.insert(*entry);
                }
            }
            Event::SettingsChanged(changed) => self.settings.take_over(changed.clone()),
            Event::CopySaved { made } => self.last_copy = self.last_copy.max(Some(*made)),
            Event::CameInIncomplete { .. } => self.lost_before = self.lost_before.max(Some(at)),
        }
    }

    /// Notes what is wrong with the record, in the place of what was known before.
    pub fn note_faults(&mut self, faults: Vec<Fault>) {
        self.faults = faults;
    }

    /// What is known to be wrong with the record: where there is anything, a dose or an
    /// answer may be missing. Nothing that it says means that something was not said.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// What was written down before this may not all be here: it came in with a file that lacked
    /// a part of its record. None where nothing of the kind came in.
    pub fn lost_before(&self) -> Option<Timestamp> {
        self.lost_before
    }

    /// Every event, in order.
    pub fn events(&self) -> &[Stored] {
        &self.events
    }

    /// The events of interviews and outcomes, in order.
    pub fn conversation(&self) -> impl DoubleEndedIterator<Item = &Stored> {
        self.conversation.iter().map(|place| &self.events[*place])
    }

    /// The place of the last event that was written, whether it is there or not; 0
    /// where there is none.
    pub fn last(&self) -> Sequence {
        let there = self.events.last().map(|stored| stored.sequence).unwrap_or_default();
        self.faults.iter().fold(there, |last, fault| match fault {
            Fault::Missing { last: missing, .. } => last.max(*missing),
            Fault::Changed { sequence } => last.max(*sequence),
            _ => last,
        })
    }

    /// Whether a form with this token was taken in already.
    pub fn has_seen(&self, once: &str) -> bool {
        self.events.iter().rev().any(|stored| stored.once.as_deref() == Some(once))
    }

    /// How many entries are known to be missing, at least.
    pub fn missing(&self) -> u64 {
        let missing = |fault: &Fault| match fault {
            Fault::Missing { first, last } => u64::try_from(last.0 - first.0 + 1).unwrap_or_default(),
            // What was put in is left out, and may be an entry all the same; nobody knows what else
            // was there where the file is another one.
            Fault::Changed { .. }
            | Fault::NoEnd
            | Fault::Unreadable
            | Fault::PutIn { .. }
            | Fault::PutBack { .. }
            | Fault::OutOfReach { .. }
            | Fault::Gone { .. }
            | Fault::NotKept => 1,
        };
        self.faults.iter().map(missing).fold(0, u64::saturating_add)
    }

    /// The interview that is under way, or the last one.
    pub fn interview(&self) -> &Interview {
        &self.interview
    }

    /// When the last copy was made that the person is known to have.
    pub fn last_copy(&self) -> Option<Timestamp> {
        self.last_copy
    }

    /// How many entries were written down that no such copy holds: outcomes, doses, the diary
    /// and what was tried.
    pub fn entries_since_copy(&self) -> usize {
        let is_new = |stored: &&Stored| self.last_copy.is_none_or(|made| made < stored.at);
        self.events.iter().filter(is_new).filter(|stored| stored.event.is_entry()).count()
    }

    /// Every triage that was finished, oldest first.
    pub fn assessments(&self) -> &[Assessment] {
        &self.assessments
    }

    /// Every painkiller that was taken, in the order in which it was written down.
    pub fn doses(&self) -> &[Timed<DoseTaken>] {
        &self.doses
    }

    /// What clinicians said of what was too much, in the order in which it was written down.
    pub fn cleared(&self) -> &[Timed<DoseCleared>] {
        &self.cleared
    }

    /// The diary, in the order of what the entries are about.
    pub fn check_ins(&self) -> &[Timed<CheckIn>] {
        &self.check_ins
    }

    /// Whether the diary was written in the order of what its entries are about, so that the
    /// place of an entry in the record tells where in the diary it is.
    pub fn is_diary_as_written(&self) -> bool {
        !self.is_diary_mixed
    }

    /// Every remedy that was tried, in the order in which it was written down.
    pub fn trials(&self) -> &[Timed<Trial>] {
        &self.trials
    }

    /// Every habit that was ever chosen or done, by its id.
    pub fn habits(&self) -> &BTreeMap<String, HabitChoice> {
        &self.habits
    }

    /// The settings.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }
}
