//! What can happen in a record.
//!
//! Every kind of event is kept for ever: fields may be added with a default,
//! never removed or given another meaning, so that old records stay readable.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::certificate::KeptCertificate;

/// The place of an event in its record: 1 for the first, without gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sequence(pub i64);

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A token that a form carries, so that a form sent twice counts once. Random, at most 64 characters.
pub type Once = String;

/// An event of a record, with when it was written and its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stored {
    /// Its place in the record.
    pub sequence: Sequence,
    /// When it was written down, by the clock of the machine that did.
    pub at: Timestamp,
    /// The token of the form it came from; at most one batch of events has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub once: Option<Once>,
    /// What happened.
    pub event: Event,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// An interview began; the one before is over, finished or not.
    InterviewStarted {
        /// Why.
        because: Restart,
        /// Answers carried over from the interview before: lasting facts, by finding.
        #[serde(default)]
        keeps: BTreeMap<String, Value>,
        /// Answers to show as a starting point, to be confirmed, by finding.
        #[serde(default)]
        starts_with: BTreeMap<String, Value>,
    },
    /// The person said in their own words what is wrong, or only whom they help. Suggests, never
    /// answers.
    OwnWords {
        /// As typed. Stays in the record; no hand-off shows it.
        text: String,
        /// What the words suggest.
        proposals: Vec<Proposal>,
        /// Whom they are about, where that is not the writer; also said without any words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<Helped>,
    },
    /// One screen was answered.
    Answered {
        /// The question, by its id in the book.
        question: String,
        /// The answer to each of its findings: `"yes"`, `"no"`, `"not sure"`, a number or an option id.
        answers: BTreeMap<String, Value>,
        /// Findings whose earlier answers no longer apply because of these.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        dropped: Vec<String>,
        /// Asked once the triage was finished, for causes or medicines: it stays finished.
        #[serde(default)]
        after_triage: bool,
    },
    /// The answers to one screen were taken back, to go back or to change them.
    TakenBack {
        /// The question.
        question: String,
        /// Its findings, and those that no longer apply without them.
        findings: Vec<String>,
        /// It was asked once the triage was finished, which stays finished.
        #[serde(default)]
        after_triage: bool,
    },
    /// A triage was finished.
    Assessed {
        /// Why it was made.
        because: Reason,
        /// What was shown to the person, so that old advice stays readable.
        shown: Arc<Shown>,
        /// The certificate, as `care::Certificate` in JSON.
        certificate: KeptCertificate,
        /// It came in with a file, and nobody here knows who wrote its words.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        came_in: bool,
    },
    /// A triage that was finished in another copy of the record and came in with an
    /// import after a newer interview had begun here: history, whatever is under way.
    AssessedEarlier {
        /// Why it was made.
        because: Reason,
        /// What was shown to the person.
        shown: Arc<Shown>,
        /// The certificate.
        certificate: KeptCertificate,
    },
    /// A painkiller was taken.
    DoseTaken(DoseTaken),
    /// A clinician said that what was too much may be taken again.
    DoseCleared(DoseCleared),
    /// An entry of the diary.
    CheckedIn(CheckIn),
    /// A remedy was tried in a guided session.
    RemedyTried {
        /// The remedy, by its id in the book.
        remedy: String,
        /// When it was begun.
        began: Timestamp,
        /// When it ended.
        ended: Timestamp,
        /// Pain before, 0 to 10.
        #[serde(default)]
        before: Option<u8>,
        /// Pain after, 0 to 10.
        #[serde(default)]
        after: Option<u8>,
    },
    /// A habit was chosen, changed or given up.
    HabitChosen {
        /// The habit, by its id in the book.
        habit: String,
        /// Whether it is on from now.
        on: bool,
        /// At what time of day.
        #[serde(default)]
        time: Option<Time>,
        /// Minutes before it at which the calendar reminds; none for no reminder.
        #[serde(default)]
        remind_minutes: Option<u16>,
    },
    /// A habit was done on a day, or a day was unmarked.
    HabitDone {
        /// The habit.
        habit: String,
        /// The day, by the person's own calendar.
        on: Date,
        /// False to take an earlier mark back.
        done: bool,
    },
    /// An earlier entry was a mistake: it no longer counts, and stays in the log.
    Withdrawn {
        /// Which: a dose, a clearance, a check-in, or a remedy that was tried.
        entry: Sequence,
    },
    /// Settings were changed; only what is named changes.
    SettingsChanged(Settings),
    /// A copy of the record was handed over: it was shared, or the person said that they
    /// have the file, or brought the record back from it.
    CopySaved {
        /// When it was made: it holds what was written down until then.
        made: Timestamp,
    },
    /// What came in with a file is not all that was written in the record it was made from:
    /// a dose or an answer of before may be missing.
    CameInIncomplete {
        /// How many entries the file lacks, at least.
        missing: u64,
    },
}

impl Event {
    /// Whether it is something that a person would miss, and that no other event came with.
    pub(crate) fn is_entry(&self) -> bool {
        match self {
            Self::Assessed { because, .. } => *because == Reason::Interview,
            Self::DoseTaken(_) | Self::CheckedIn(_) | Self::RemedyTried { .. } => true,
            _ => false,
        }
    }

    /// Whether it can have been a mistake, as a [`Event::Withdrawn`] says.
    pub(crate) fn can_be_withdrawn(&self) -> bool {
        matches!(
            self,
            Self::DoseTaken(_) | Self::DoseCleared(_) | Self::CheckedIn(_) | Self::RemedyTried { .. }
        )
    }

    /// Whether it is part of what is asked, answered and told: of an interview, or an outcome.
    pub(crate) fn is_of_conversation(&self) -> bool {
        match self {
            Self::InterviewStarted { .. }
            | Self::OwnWords { .. }
            | Self::Answered { .. }
            | Self::TakenBack { .. }
            | Self::Assessed { .. }
            | Self::AssessedEarlier { .. } => true,
            Self::DoseTaken(_)
            | Self::DoseCleared(_)
            | Self::CheckedIn(_)
            | Self::RemedyTried { .. }
            | Self::HabitChosen { .. }
            | Self::HabitDone { .. }
            | Self::Withdrawn { .. }
            | Self::SettingsChanged(_)
            | Self::CopySaved { .. }
            | Self::CameInIncomplete { .. } => false,
        }
    }
}

/// Why an interview began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Restart {
    /// The first one.
    First,
    /// The person wants to start over.
    StartOver,
    /// Something changed since the last one.
    SomethingChanged,
    /// A check-in of the diary named something new.
    CheckIn,
    /// A new spell of pain.
    NewSpell,
}

/// The person whom somebody helps, as the helper speaks of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Helped {
    /// "He".
    He,
    /// "She".
    She,
    /// "They", or not said.
    They,
}

/// Why a triage was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The interview was finished.
    Interview,
    /// The diary was added to.
    CheckIn,
}

/// What free text suggested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The finding.
    pub finding: String,
    /// The answer it suggests.
    pub answer: Value,
    /// The words it was read from.
    pub words: String,
}

/// What a person was told, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// Version of the book.
    pub guideline_version: String,
    /// Hash of the book.
    pub guideline_hash: String,
    /// `self_care`, `routine`, `see_soon`, `same_day` or `emergency`.
    pub urgency: care::Urgency,
    /// The heading.
    pub title: String,
    /// What to do, in order.
    pub actions: Vec<String>,
    /// Why, in order.
    pub because: Vec<String>,
    /// The rule behind each of `because`: what comes later is compared with these and never
    /// with words. None in records of before December 2026, whose certificates name them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Vec<ToldRule>>,
    /// The remedies of the plan, by their ids in the book; none in records of before
    /// December 2026, whose certificates name them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Vec<String>>,
    /// The seal of the certificate.
    pub seal: Seal,
}

/// A rule that a person was told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldRule {
    /// The rule, by its id in the book.
    pub rule: String,
    /// Whether it held, or only could not be ruled out.
    pub holds: bool,
}

/// SHA-256 of a certificate in hexadecimal.
pub type Seal = String;

/// A painkiller that was taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoseTaken {
    /// When it was taken, which may be before it was written down.
    pub at: Timestamp,
    /// The pack by its id; none for a bare ingredient.
    #[serde(default)]
    pub product: Option<String>,
    /// The name that was shown, such as `Advil, 2 tablets`.
    pub name: String,
    /// How many units of the pack, a part counted as a whole one, or how much of the ingredient.
    pub units: u32,
    /// How many units in hundredths, where that is no whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hundredths: Option<u32>,
    /// Each ingredient with how much of it was taken, in the unit of its medicine.
    pub amounts: Vec<(String, u32)>,
    /// Whose limits were shown: `us` or `uk`.
    pub region: String,
    /// The verdict of the guard at that time.
    pub verdict: care::DoseLevel,
    /// Nobody knows when it was taken: `at` is when it was written down.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub time_unknown: bool,
}

/// What a clinician said of an ingredient that was too much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoseCleared {
    /// When they said so.
    pub at: Timestamp,
    /// The ingredient that may be taken again.
    pub ingredient: String,
}

/// An entry of the diary. Higher is worse for pain; function is better when higher.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckIn {
    /// When it is about.
    pub at: Timestamp,
    /// Pain now, 0 to 10.
    pub pain_now: u8,
    /// The worst pain since the last entry, or in the last 24 hours, 0 to 10.
    #[serde(default)]
    pub pain_worst: Option<u8>,
    /// Where it hurts, the worst place first.
    #[serde(default)]
    pub regions: Vec<RegionPain>,
    /// How much the person can do, 0 for nothing to 10 for everything as before.
    #[serde(default)]
    pub function: Option<u8>,
    /// How the night was.
    #[serde(default)]
    pub sleep: Option<Sleep>,
    /// How active the day was.
    #[serde(default)]
    pub activity: Option<Activity>,
    /// What may have set the pain off.
    #[serde(default)]
    pub triggers: Vec<Trigger>,
    /// Whether something new came up.
    #[serde(default)]
    pub new_danger: NewDanger,
    /// A private note. No hand-off shows it.
    #[serde(default)]
    pub note: String,
}

/// What may have set the pain off, as the person ticked or wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Trigger {
    /// One of the book.
    Known {
        /// The cause, by its id in the book.
        cause: String,
        /// As the page had it.
        words: String,
    },
    /// In words alone: one of the person's own. Before December 2026 those of the book too.
    Own(String),
}

impl Trigger {
    /// As the person saw or wrote it.
    pub fn words(&self) -> &str {
        match self {
            Self::Known { words, .. } | Self::Own(words) => words,
        }
    }
}

/// A place that hurts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegionPain {
    /// Where.
    pub region: Region,
    /// How much, 0 to 10; none if only the place was marked.
    #[serde(default)]
    pub pain: Option<u8>,
}

/// A place on the body map, by its id there: `low_back_left`.
pub type Region = String;

/// How a night was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sleep {
    /// The pain did not wake me.
    Well,
    /// It woke me, and I slept again.
    Broken,
    /// I hardly slept.
    Hardly,
}

/// How active a day was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Activity {
    /// Mostly lying.
    Lying,
    /// Mostly sitting.
    Sitting,
    /// Up and about, less than usual.
    Less,
    /// As usual.
    Usual,
    /// More than usual.
    More,
}

/// Whether something new came up since the last entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewDanger {
    /// Not asked.
    #[default]
    NotAsked,
    /// No.
    No,
    /// Yes.
    Yes,
    /// Not sure, which is never taken as no.
    NotSure,
}

/// Settings; none for "not named".
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Whose phone numbers to show: a region of the book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Whose limits of medicines count: `us` or `uk`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose_region: Option<String>,
    /// IANA name of the time zone: `Europe/London`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Whether the person chose that zone, so that the clock of their device changes it no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone_is_chosen: Option<bool>,
    /// Light, dark or as the device says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colours: Option<Colours>,
}

impl Settings {
    /// What is named becomes another; the rest stays.
    pub(crate) fn take_over(&mut self, changed: Self) {
        let Self { region, dose_region, time_zone, zone_is_chosen, colours } = changed;
        self.region = region.or(self.region.take());
        self.dose_region = dose_region.or(self.dose_region.take());
        self.time_zone = time_zone.or(self.time_zone.take());
        self.zone_is_chosen = zone_is_chosen.or(self.zone_is_chosen);
        self.colours = colours.or(self.colours);
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colours {
    /// As the device says.
    #[default]
    Device,
    /// Dark text on light.
    Light,
    /// Light text on dark.
    Dark,
}
