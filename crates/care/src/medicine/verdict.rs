//! Whether a dose may be taken, and why not.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::excess::Excess;
use crate::book::{
    Caution, ClassWords, DoseUnit, FindingId, Medicine, MedicineClass, Product, SourceId, Urgency,
};
use crate::decision::guideline::Guideline;
use crate::decision::reasons::Reason;
use crate::typed::Count;

/// Whether a dose may be taken now.
#[derive(Clone, Debug, PartialEq)]
pub enum DoseVerdict<'g> {
    /// The daily dose that a doctor gives for something else: it is not judged, and
    /// nobody is told to leave it off.
    Daily {
        /// Which medicine; its `daily` is there.
        medicine: &'g Medicine,
    },
    /// Every question that could speak against it is answered, and no limit is touched.
    Allowed {
        /// The most that may be taken now, in units of the pack or of the ingredient;
        /// at least as much as was asked for.
        up_to: Count,
        /// When the same amount may be taken again, if it is taken now.
        next: Timestamp,
    },
    /// Not yet: at `until` it is allowed, and one second before it is not.
    Wait {
        /// From when on.
        until: Timestamp,
        /// Why; never empty.
        because: Vec<Because<'g>>,
    },
    /// A pharmacist or doctor must be asked first.
    AskFirst {
        /// Where time speaks against it too: the earliest that it could be taken.
        not_before: Option<Timestamp>,
        /// Why, what decides first; never empty.
        because: Vec<Because<'g>>,
    },
    /// Not at all.
    Never {
        /// Why, what decides first; never empty.
        because: Vec<Because<'g>>,
    },
}

impl<'g> DoseVerdict<'g> {
    /// How much speaks against it.
    pub fn level(&self) -> DoseLevel {
        match self {
            Self::Daily { .. } => DoseLevel::NotJudged,
            Self::Allowed { .. } => DoseLevel::Allowed,
            Self::Wait { .. } => DoseLevel::Wait,
            Self::AskFirst { .. } => DoseLevel::AskFirst,
            Self::Never { .. } => DoseLevel::Never,
        }
    }

    /// Everything that speaks against it, what decides first; empty if it is allowed.
    pub fn because(&self) -> &[Because<'g>] {
        match self {
            Self::Daily { .. } | Self::Allowed { .. } => &[],
            Self::Wait { because, .. } | Self::AskFirst { because, .. } | Self::Never { because } => because,
        }
    }

    /// Whether the person needs help and no painkiller.
    pub fn is_emergency(&self) -> bool {
        self.because()
            .iter()
            .any(|because| matches!(because, Because::Emergency { .. } | Because::Overdose { .. }))
    }

    /// The ingredient that a clinician must clear before it may be taken again.
    pub fn to_clear(&self) -> Option<&str> {
        self.because().iter().find_map(|because| match because {
            Because::Overdose { excess } => Some(excess.medicine.ingredient.as_str()),
            Because::AlreadyOver { medicine, .. } if medicine.unit == DoseUnit::Milligrams => {
                Some(medicine.ingredient.as_str())
            }
            _ => None,
        })
    }

    /// Whether nothing that is known speaks against it more than time does: only
    /// what was not answered yet, or not surely.
    pub fn waits_for_answers(&self) -> bool {
        let is_open = |because: &Because<'_>| {
            matches!(
                because,
                Because::Open { .. }
                    | Because::DangerOpen
                    | Because::Child { known: false, .. }
                    | Because::Pregnancy { known: false, .. }
            )
        };
        let mut asks = self.because().iter().filter(|because| because.level() == DoseLevel::AskFirst);
        self.level() == DoseLevel::AskFirst && asks.all(is_open)
    }
}

/// How much speaks against a dose, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DoseLevel {
    /// It is the daily dose from a doctor, and not for us to judge.
    NotJudged,
    /// Nothing does.
    Allowed,
    /// Only time.
    Wait,
    /// Something that a pharmacist or doctor must weigh, or that is not known.
    AskFirst,
    /// It is known to be unsafe.
    Never,
}

impl DoseLevel {
    /// The name in data: `ask_first`.
    pub fn id(self) -> &'static str {
        match self {
            Self::NotJudged => "not_judged",
            Self::Allowed => "allowed",
            Self::Wait => "wait",
            Self::AskFirst => "ask_first",
            Self::Never => "never",
        }
    }
}

/// One thing that speaks against a dose.
#[derive(Clone, Debug, PartialEq)]
pub enum Because<'g> {
    /// The answers are an emergency: then nothing is said about medicines.
    Emergency {
        /// The rules behind it.
        reasons: Vec<Reason>,
    },
    /// Far too much of something was taken lately, and no clinician has cleared it.
    Overdose {
        /// Of what, how much and when.
        excess: Excess<'g>,
    },
    /// The danger questions are not all answered, and an emergency is still possible,
    /// or for some medicines help on the same day.
    DangerOpen,
    /// The answers call for help so soon that a clinician is asked before any of its class.
    HelpSoon {
        /// The class.
        words: &'g ClassWords,
    },
    /// The label does not cover the back.
    NotForBack {
        /// Which medicine.
        medicine: &'g Medicine,
    },
    /// A caution that blocks is known to hold.
    Blocked {
        /// Which medicine.
        medicine: &'g Medicine,
        /// The caution.
        caution: &'g Caution,
    },
    /// A caution to ask about is known to hold.
    Cautioned {
        /// Which medicine.
        medicine: &'g Medicine,
        /// The caution.
        caution: &'g Caution,
    },
    /// Whether a caution holds is not known.
    Open {
        /// Which medicine.
        medicine: &'g Medicine,
        /// The caution.
        caution: &'g Caution,
        /// It blocks where it holds.
        blocks: bool,
        /// What is unanswered or not sure.
        findings: Vec<FindingId>,
    },
    /// Below the age on the label.
    TooYoung {
        /// Which medicine.
        medicine: &'g Medicine,
        /// From which age on it is for, by the ingredient or the pack.
        min_age: u32,
    },
    /// Too young for any painkiller without a clinician, or of unknown age.
    Child {
        /// Which medicine.
        medicine: &'g Medicine,
        /// The age is known.
        known: bool,
        /// From which age on none is asked, in years.
        adult_from: u32,
    },
    /// Pregnant, or it is not known.
    Pregnancy {
        /// Which medicine.
        medicine: &'g Medicine,
        /// It is known.
        known: bool,
    },
    /// The book has no limits for an ingredient in this region.
    NoLimitsHere {
        /// Its plain name.
        ingredient: String,
    },
    /// The book has no doses of a medicine and only knows what it counts as.
    NoDose {
        /// Its plain name.
        name: String,
        /// What it counts as.
        class: MedicineClass,
        /// Where that is taken from.
        sources: Vec<SourceId>,
    },
    /// The pack holds something else, of which the book has no limits.
    OtherIngredients {
        /// The pack.
        product: &'g Product,
    },
    /// The pack holds two anti-inflammatories.
    TwoNsaidsInOne {
        /// One of them.
        medicine: &'g Medicine,
    },
    /// Another anti-inflammatory was taken, and its time is not over.
    OtherNsaid {
        /// The one asked about, where it has limits here; else it is asked about.
        medicine: Option<&'g Medicine>,
        /// The plain name of the one asked about.
        asked: String,
        /// The plain name of the one that was taken.
        taken: String,
        /// The book has no doses of the one that was taken: it may be from a doctor.
        may_be_prescribed: bool,
        /// When it was taken last.
        at: Timestamp,
        /// When its time is over.
        not_before: Timestamp,
    },
    /// Something that counts as the same, and of which the book has no amounts, was taken.
    Uncounted {
        /// The one asked about.
        medicine: &'g Medicine,
        /// The plain name of the one that was taken.
        taken: String,
        /// When it was taken last.
        at: Timestamp,
        /// When its time is over.
        until: Timestamp,
    },
    /// More at one time than we count.
    TooMuchAtOnce {
        /// Which medicine.
        medicine: &'g Medicine,
        /// How much was asked for, in its unit.
        asked: u32,
        /// The most at one time, in its unit.
        most: u32,
        /// The pack itself allows it, and we count less.
        pack_allows: bool,
    },
    /// More of a pack at one time than it says itself.
    PackMost {
        /// Which pack.
        product: &'g Product,
        /// How many units were asked for.
        asked: Count,
        /// The most at one time.
        most: u32,
    },
    /// More was taken already than 24 hours allow, and no clinician has cleared it.
    AlreadyOver {
        /// The limits it was over.
        medicine: &'g Medicine,
        /// How much, in its unit.
        taken: u32,
        /// When those 24 hours ended.
        at: Timestamp,
        /// The plain name of the one asked about, where that is another of its class.
        shuts: Option<String>,
    },
    /// Past the days in a row without a clinician.
    TooManyDays {
        /// Which medicine.
        medicine: &'g Medicine,
        /// When the days in a row began.
        since: Timestamp,
        /// How many there may be.
        days: u32,
    },
    /// The log has a dose in the future: the clock or the entry is wrong.
    FutureDose {
        /// The plain name of its ingredient.
        ingredient: String,
        /// When it is said to be taken.
        at: Timestamp,
    },
    /// Something that was written down is lost, so that a dose may be missing in the log.
    LogIncomplete,
    /// The log has an ingredient that this book does not know.
    UnknownInLog {
        /// As written in the log.
        ingredient: String,
        /// When it was taken.
        at: Timestamp,
    },
    /// Too soon after the last dose of the ingredient.
    TooSoon {
        /// Which medicine.
        medicine: &'g Medicine,
        /// When it was taken last.
        last: Timestamp,
        /// How long the pause is, by the ingredient or a pack.
        interval: SignedDuration,
        /// When the pause is over.
        until: Timestamp,
    },
    /// A patch or rub that is still on the skin.
    Worn {
        /// Its plain name.
        taken: String,
        /// When it was put on.
        at: Timestamp,
        /// When it has been worn long enough.
        until: Timestamp,
        /// The labels behind it.
        sources: Vec<SourceId>,
    },
    /// More of a pack than it says itself for 24 hours.
    PackDailyLimit {
        /// Which pack.
        product: &'g Product,
        /// How many units were taken in the last 24 hours.
        taken: Count,
        /// The most in 24 hours.
        most: u32,
        /// When there is room for as much as was asked for.
        until: Timestamp,
    },
    /// More than 24 hours allow.
    DailyLimit {
        /// Which medicine.
        medicine: &'g Medicine,
        /// How much was taken in the last 24 hours, in its unit.
        taken: u32,
        /// How much was asked for, in its unit.
        asked: u32,
        /// When there is room for that much.
        until: Timestamp,
    },
}

impl<'g> Because<'g> {
    /// How much it speaks against the dose.
    pub fn level(&self) -> DoseLevel {
        match self {
            Self::Emergency { .. }
            | Self::Overdose { .. }
            | Self::NotForBack { .. }
            | Self::Blocked { .. }
            | Self::TooYoung { .. }
            | Self::TwoNsaidsInOne { .. }
            | Self::OtherNsaid { medicine: Some(_), .. }
            | Self::TooMuchAtOnce { pack_allows: false, .. }
            | Self::PackMost { .. } => DoseLevel::Never,
            Self::AlreadyOver { medicine, .. } if medicine.unit == DoseUnit::Milligrams => DoseLevel::Never,
            Self::DangerOpen
            | Self::HelpSoon { .. }
            | Self::Cautioned { .. }
            | Self::Open { .. }
            | Self::Child { .. }
            | Self::Pregnancy { .. }
            | Self::NoLimitsHere { .. }
            | Self::NoDose { .. }
            | Self::OtherIngredients { .. }
            | Self::OtherNsaid { medicine: None, .. }
            | Self::Uncounted { .. }
            | Self::TooMuchAtOnce { pack_allows: true, .. }
            | Self::AlreadyOver { .. }
            | Self::TooManyDays { .. }
            | Self::FutureDose { .. }
            | Self::LogIncomplete
            | Self::UnknownInLog { .. } => DoseLevel::AskFirst,
            Self::TooSoon { .. }
            | Self::Worn { .. }
            | Self::DailyLimit { .. }
            | Self::PackDailyLimit { .. } => DoseLevel::Wait,
        }
    }

    /// It speaks against the dose only as long as something is not answered.
    pub fn is_unanswered(&self) -> bool {
        matches!(
            self,
            Self::DangerOpen
                | Self::Open { .. }
                | Self::Child { known: false, .. }
                | Self::Pregnancy { known: false, .. }
        )
    }

    /// So much was taken, or asked about, that help belongs on the page.
    pub fn is_far_over(&self) -> bool {
        match self {
            Self::Overdose { .. } => true,
            Self::TooMuchAtOnce { medicine, asked, .. } => {
                medicine.overdose_24h.is_some_and(|most| *asked > most)
            }
            _ => false,
        }
    }

    /// The name in data: `other_nsaid`.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Emergency { .. } => "emergency",
            Self::Overdose { .. } => "overdose",
            Self::DangerOpen => "danger_open",
            Self::HelpSoon { .. } => "help_soon",
            Self::NotForBack { .. } => "not_for_back",
            Self::Blocked { .. } => "blocked",
            Self::Cautioned { .. } => "cautioned",
            Self::Open { .. } => "open",
            Self::TooYoung { .. } => "too_young",
            Self::Child { .. } => "child",
            Self::Pregnancy { .. } => "pregnancy",
            Self::NoLimitsHere { .. } => "no_limits_here",
            Self::NoDose { .. } => "no_dose",
            Self::OtherIngredients { .. } => "other_ingredients",
            Self::TwoNsaidsInOne { .. } => "two_nsaids_in_one",
            Self::OtherNsaid { .. } => "other_nsaid",
            Self::Uncounted { .. } => "uncounted",
            Self::TooMuchAtOnce { .. } => "too_much_at_once",
            Self::PackMost { .. } => "pack_most",
            Self::AlreadyOver { .. } => "already_over",
            Self::TooManyDays { .. } => "too_many_days",
            Self::FutureDose { .. } => "future_dose",
            Self::LogIncomplete => "log_incomplete",
            Self::UnknownInLog { .. } => "unknown_in_log",
            Self::TooSoon { .. } => "too_soon",
            Self::Worn { .. } => "worn",
            Self::DailyLimit { .. } => "daily_limit",
            Self::PackDailyLimit { .. } => "pack_daily_limit",
        }
    }

    /// The medicine it is about, where it is about one.
    pub fn medicine(&self) -> Option<&'g Medicine> {
        match self {
            Self::NotForBack { medicine }
            | Self::Blocked { medicine, .. }
            | Self::Cautioned { medicine, .. }
            | Self::Open { medicine, .. }
            | Self::TooYoung { medicine, .. }
            | Self::Child { medicine, .. }
            | Self::Pregnancy { medicine, .. }
            | Self::TwoNsaidsInOne { medicine }
            | Self::Uncounted { medicine, .. }
            | Self::TooMuchAtOnce { medicine, .. }
            | Self::AlreadyOver { medicine, .. }
            | Self::TooManyDays { medicine, .. }
            | Self::TooSoon { medicine, .. }
            | Self::DailyLimit { medicine, .. } => Some(medicine),
            Self::OtherNsaid { medicine, .. } => *medicine,
            Self::Overdose { excess } => Some(excess.medicine),
            Self::Emergency { .. }
            | Self::DangerOpen
            | Self::HelpSoon { .. }
            | Self::NoLimitsHere { .. }
            | Self::NoDose { .. }
            | Self::OtherIngredients { .. }
            | Self::PackMost { .. }
            | Self::Worn { .. }
            | Self::PackDailyLimit { .. }
            | Self::FutureDose { .. }
            | Self::LogIncomplete
            | Self::UnknownInLog { .. } => None,
        }
    }

    /// Where it is taken from. Empty only for faults of the log and for what the book lacks.
    pub fn sources(&self, guideline: &Guideline) -> Vec<SourceId> {
        match self {
            Self::Emergency { reasons } => {
                let mut sources: Vec<SourceId> =
                    reasons.iter().flat_map(|reason| guideline.rule(reason.rule).sources.clone()).collect();
                sources.sort_unstable();
                sources.dedup();
                sources
            }
            Self::DangerOpen => guideline.outcome(Urgency::Emergency).sources.clone(),
            Self::HelpSoon { words } => words.sources.clone(),
            Self::NoDose { sources, .. } | Self::Worn { sources, .. } => sources.clone(),
            Self::PackMost { product, .. } | Self::PackDailyLimit { product, .. } => product.limit_sources(),
            Self::Blocked { caution, .. } | Self::Cautioned { caution, .. } | Self::Open { caution, .. } => {
                caution.sources.clone()
            }
            Self::OtherIngredients { product } => product.sources.clone(),
            _ => self.medicine().map(|medicine| vec![medicine.label_source]).unwrap_or_default(),
        }
    }
}
