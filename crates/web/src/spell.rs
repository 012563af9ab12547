//! The spell of pain that a record is about now: when it began, and its diary.
//!
//! A spell that the person calls new begins a new diary; what came before is
//! asked about like anything else. Without that, the diary goes on, and
//! [`care::recovery`] sees by itself when a spell ended and another began.

use std::collections::BTreeSet;

use care::recovery::{CheckIn, FunctionScore, Hours, PainScore, PainSeries};
use care::{Cutoff, Guideline, Role};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use store::{Event, NewDanger, Reason, Record, Restart, Sequence, Stored, Timed};

use crate::view::{View, last_assessed};

/// Two statements of when it began that are less than this apart are taken for
/// the same: "two days ago" is said in the morning and in the evening.
const SAME_START: SignedDuration = SignedDuration::from_hours(48);

/// "Today" may be said in the evening of a day whose morning is in the diary.
const EARLIER_THAT_DAY: SignedDuration = SignedDuration::from_hours(24);

/// The spell of now.
#[derive(Clone, Debug)]
pub(crate) struct Spell<'r> {
    /// When it began: as the person said last, else with the first entry.
    pub(crate) onset: Timestamp,
    /// Its entries, in the order of what they are about.
    pub(crate) entries: Vec<&'r Timed<store::CheckIn>>,
    /// Pain as it was scored in interviews of this spell, in order.
    pub(crate) scores: Vec<(Timestamp, PainScore)>,
    /// Whether the person has said when it began.
    pub(crate) is_start_told: bool,
}

/// Entries of an hour, or of several.
type Hour<'e, 'r> = &'e [&'r Timed<store::CheckIn>];

impl<'r> Spell<'r> {
    /// The spell of a record at a moment; none where nothing is known of any.
    pub(crate) fn of(guideline: &Guideline, record: &'r Record, now: Timestamp) -> Option<Self> {
        Self::seen(guideline, &View::whole(record), now)
    }

    /// The spell that a view of a record shows.
    pub(crate) fn seen(guideline: &Guideline, view: &View<'r>, now: Timestamp) -> Option<Self> {
        let record = view.record;
        let name = |role| guideline.with_role(role).map(|finding| guideline.finding(finding).id.as_str());
        let (days, pain) = (name(Role::Days), name(Role::Pain));
        let new = newest(view);
        let since = new.map_or(Sequence(0), |stored| stored.sequence);
        let events = || view.conversation().filter(move |stored| stored.sequence > since);
        let told = days.and_then(|days| told(days, events()));
        let onset = told.or_else(|| assessed(days?, view, new.map(|stored| stored.at)));
        let earliest = onset.and_then(|onset| onset.checked_sub(EARLIER_THAT_DAY).ok());
        // A long diary is not looked at one by one for that.
        let diary = record.check_ins();
        let end = diary.partition_point(|entry| entry.what.at <= now);
        let start = earliest.map_or(0, |earliest| diary.partition_point(|entry| entry.what.at < earliest));
        let of_this_time = &diary[start.min(end)..end];
        let entries: Vec<&Timed<store::CheckIn>> = if record.is_diary_as_written() {
            let start = of_this_time.partition_point(|entry| entry.sequence <= since);
            let of_spell = &of_this_time[start..];
            of_spell[..of_spell.partition_point(|entry| view.has(entry.sequence))].iter().collect()
        } else {
            let belongs = |entry: &&Timed<store::CheckIn>| since < entry.sequence && view.has(entry.sequence);
            of_this_time.iter().filter(belongs).collect()
        };
        let first = entries.first().map(|entry| entry.what.at);
        let onset = onset.into_iter().chain(first).min()?;
        let scores = pain.map(|pain| scores(pain, events())).unwrap_or_default();
        Some(Self { onset, entries, scores, is_start_told: told.is_some() })
    }

    /// Whole days since it began.
    pub(crate) fn days(&self, now: Timestamp) -> i64 {
        now.duration_since(self.onset).as_hours().max(0) / 24
    }

    /// Whether the diary has the pain at the start, so that the next entry shows how it has gone.
    pub(crate) fn knows_start(&self, guideline: &Guideline) -> bool {
        let scores = self.scores.iter().map(|(at, pain)| (*at, pain.get()));
        let entries = self.entries.iter().map(|entry| (entry.what.at, entry.what.pain_now));
        let start = scores.chain(entries).filter(|(_, pain)| 2 <= *pain).map(|(at, _)| at).min();
        let hours = start.and_then(|at| self.since_onset(at));
        hours.is_some_and(|hours| hours.get() <= guideline.whole_threshold(Cutoff::KnownStart))
    }

    /// The diary as a series of pain since it began; none before there is an entry,
    /// since an interview alone is no diary. The pain of an interview counts like an
    /// entry, so that the first night is not lost. Of two in one hour the later counts, but
    /// the very first stays; how much the person can do is that of the last entry that says it.
    pub(crate) fn series(&self) -> Option<PainSeries> {
        if self.entries.is_empty() {
            return None;
        }
        let mut check_ins: Vec<CheckIn> = Vec::new();
        let mut function = None;
        let mut asked = self.scores.iter().peekable();
        let mut entries = self.entries.as_slice();
        while let Some((hour, rest)) = self.split_off_an_hour(entries) {
            entries = rest;
            let pain = |entry: &&&Timed<store::CheckIn>| PainScore::new(entry.what.pain_now).ok();
            let scored = hour.iter().rev().find_map(|entry| Some((entry, pain(&entry)?)));
            let until = scored.map_or(hour[0].what.at, |(entry, _)| entry.what.at);
            while let Some((at, pain)) = asked.next_if(|(at, _)| *at <= until) {
                self.add(&mut check_ins, *at, *pain, function, None);
            }
            let told = |entry: &&Timed<store::CheckIn>| FunctionScore::new(entry.what.function?).ok();
            function = hour.iter().rev().find_map(told).or(function);
            // How it began is never overwritten.
            let first = hour.iter().find_map(|entry| Some((entry, pain(&entry)?)));
            let is_other = |entry: &Timed<store::CheckIn>| {
                scored.is_some_and(|(last, _)| last.sequence != entry.sequence)
            };
            if let Some((entry, pain)) = first.filter(|(entry, _)| check_ins.is_empty() && is_other(entry)) {
                self.add(&mut check_ins, entry.what.at, pain, function, entry.what.regions.first());
            }
            if let Some((entry, pain)) = scored {
                self.add(&mut check_ins, entry.what.at, pain, function, entry.what.regions.first());
            }
        }
        for (at, pain) in asked {
            self.add(&mut check_ins, *at, *pain, function, None);
        }
        PainSeries::new(check_ins).ok()
    }

    /// The entries of the first hour that has any, and those after it. Looks at few of the
    /// entries of an hour, however many it has.
    fn split_off_an_hour<'e>(
        &self,
        entries: &'e [&'r Timed<store::CheckIn>],
    ) -> Option<(Hour<'e, 'r>, Hour<'e, 'r>)> {
        let hour = self.since_onset(entries.first()?.what.at);
        let is_same = |entry: &&Timed<store::CheckIn>| self.since_onset(entry.what.at) == hour;
        let mut reach = 1;
        while entries.get(reach).is_some_and(is_same) {
            reach *= 2;
        }
        let end = entries[..reach.min(entries.len())].partition_point(is_same);
        Some(entries.split_at(end))
    }

    /// Adds what was said at a time to those before it.
    fn add(
        &self,
        check_ins: &mut Vec<CheckIn>,
        at: Timestamp,
        pain: PainScore,
        function: Option<FunctionScore>,
        place: Option<&store::RegionPain>,
    ) {
        let Some(at) = self.since_onset(at) else { return };
        // What follows in the hour of the first one stands an hour after it.
        let first = check_ins.first().map(|first| first.at);
        let later = first.filter(|first| at <= *first).and_then(|first| Hours::new(first.get() + 1).ok());
        let at = later.unwrap_or(at);
        check_ins.pop_if(|last| last.at == at);
        check_ins.push(CheckIn { at, pain, function, place: place.map(|place| place.region.clone()) });
    }

    /// When the person said last how strong the pain is; else when it began.
    pub(crate) fn last(&self) -> Timestamp {
        let written = self.entries.last().map(|entry| entry.what.at);
        let asked = self.scores.last().map(|(at, _)| *at);
        written.into_iter().chain(asked).max().unwrap_or(self.onset)
    }

    /// Hours from the start to a time; none before it, and more than ten years after it.
    pub(crate) fn since_onset(&self, at: Timestamp) -> Option<Hours> {
        let time = at.duration_since(self.onset);
        if time.is_negative() {
            return None;
        }
        Hours::new(u32::try_from(time.as_hours()).ok()?).ok()
    }
}

/// Where a spell began that the person called new.
fn newest<'r>(view: &View<'r>) -> Option<&'r Stored> {
    let is_new = |stored: &&Stored| {
        matches!(&stored.event, Event::InterviewStarted { because: Restart::NewSpell, .. })
    };
    view.conversation().rev().find(is_new)
}

/// When something was answered last.
pub(crate) fn last_answered(record: &Record) -> Option<Timestamp> {
    let is_answer = |stored: &&Stored| matches!(stored.event, Event::Answered { .. });
    record.conversation().rev().find(is_answer).map(|stored| stored.at)
}

/// When the diary said last that something is new, or may be, and no outcome came after it.
pub fn reported_new(record: &Record) -> Option<Timestamp> {
    open_reports(record).map(|entry| entry.what.at).max()
}

/// The findings that were answered since the diary said last that something is new, if that was
/// not asked about since.
pub(crate) fn said_since_reported(record: &Record) -> Option<BTreeSet<&str>> {
    let reported = open_reports(record).map(|entry| entry.sequence).max()?;
    let since = record.conversation().rev().take_while(|stored| stored.sequence > reported);
    let answers = since.filter_map(|stored| match &stored.event {
        Event::Answered { answers, .. } => Some(answers),
        _ => None,
    });
    Some(answers.flat_map(|answers| answers.keys().map(String::as_str)).collect())
}

fn open_reports(record: &Record) -> impl Iterator<Item = &Timed<store::CheckIn>> {
    let told = last_assessed(record);
    record.check_ins().iter().filter(move |entry| {
        matches!(entry.what.new_danger, NewDanger::Yes | NewDanger::NotSure)
            && told.is_none_or(|told| told < entry.sequence)
    })
}

/// The place in the record after which everything is of the spell of now.
pub(crate) fn began_after(view: &View<'_>) -> Sequence {
    newest(view).map_or(Sequence(0), |stored| stored.sequence)
}

/// When it began, as the person said last. Within one interview a later answer
/// corrects the one before; in a later interview one that says about the same
/// leaves the start where it was.
fn told<'r>(name: &str, events: impl Iterator<Item = &'r Stored>) -> Option<Timestamp> {
    let (mut settled, mut told) = (None, None);
    for stored in events {
        match &stored.event {
            Event::InterviewStarted { .. } => settled = told.or(settled),
            Event::Answered { answers, .. } => {
                let Some(at) = days_before(stored.at, answers.get(name)) else { continue };
                let same =
                    settled.filter(|settled: &Timestamp| at.duration_since(*settled).abs() < SAME_START);
                told = same.or(Some(at));
            }
            _ => {}
        }
    }
    told.or(settled)
}

fn days_before(at: Timestamp, days: Option<&Value>) -> Option<Timestamp> {
    let days = days?.as_i64()?.clamp(0, i64::from(Hours::MAX / 24) - 1);
    at.checked_sub(SignedDuration::from_hours(24 * days)).ok()
}

/// When it began by the earliest triage of the spell, for a record whose answers
/// are not there: one that came in with an import.
fn assessed(name: &str, view: &View<'_>, since: Option<Timestamp>) -> Option<Timestamp> {
    let of_spell = view.record.assessments().iter().filter(|assessment| {
        view.has(assessment.sequence)
            && assessment.because == Reason::Interview
            && since.is_none_or(|since| since < assessment.at)
    });
    of_spell
        .filter_map(|assessment| {
            let certificate = assessment.certificate.read()?;
            days_before(assessment.at, certificate.answers.get(name))
        })
        .min()
}

/// The pain of each interview, as it was answered last there.
fn scores<'r>(name: &str, events: impl Iterator<Item = &'r Stored>) -> Vec<(Timestamp, PainScore)> {
    let mut scores = Vec::new();
    let mut of_this: Option<(Timestamp, PainScore)> = None;
    for stored in events {
        match &stored.event {
            Event::InterviewStarted { .. } => scores.extend(of_this.take()),
            Event::Answered { answers, dropped, .. } => {
                if dropped.iter().any(|finding| finding == name) {
                    of_this = None;
                }
                if let Some(answer) = answers.get(name) {
                    let pain = answer.as_u64().and_then(|points| u8::try_from(points).ok());
                    let pain = pain.and_then(|points| PainScore::new(points).ok());
                    of_this = pain.map(|pain| (stored.at, pain));
                }
            }
            Event::TakenBack { findings, .. } if findings.iter().any(|finding| finding == name) => {
                of_this = None;
            }
            _ => {}
        }
    }
    scores.extend(of_this);
    scores
}

/// When a finding was answered last in the interview that is under way, or the last one.
pub(crate) fn answered_at(view: &View<'_>, finding: &str) -> Option<Timestamp> {
    let began = view.interview.began;
    let events = view.conversation().rev().take_while(|stored| stored.sequence > began);
    events
        .filter(|stored| {
            matches!(&stored.event, Event::Answered { answers, .. } if answers.contains_key(finding))
        })
        .map(|stored| stored.at)
        .next()
}
