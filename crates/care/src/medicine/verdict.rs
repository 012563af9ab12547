//! Whether a dose may be taken, and why not.

use jiff::Timestamp;

use super::types::{Caution, Medicine, Product};
use crate::guideline::{FindingId, Guideline, SourceId};
use crate::reasons::Reason;
use crate::urgency::Urgency;

/// Whether a dose may be taken now.
#[derive(Clone, Debug, PartialEq)]
pub enum DoseVerdict<'g> {
    /// Every question that could speak against it is answered, and no limit is touched.
    Allowed {
        /// The most that may be taken now, in units of the pack or of the ingredient;
        /// at least as much as was asked for.
        up_to: u32,
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
            Self::Allowed { .. } => DoseLevel::Allowed,
            Self::Wait { .. } => DoseLevel::Wait,
            Self::AskFirst { .. } => DoseLevel::AskFirst,
            Self::Never { .. } => DoseLevel::Never,
        }
    }

    /// Everything that speaks against it, what decides first; empty if it is allowed.
    pub fn because(&self) -> &[Because<'g>] {
        match self {
            Self::Allowed { .. } => &[],
            Self::Wait { because, .. } | Self::AskFirst { because } | Self::Never { because } => because,
        }
    }
}

/// How much speaks against a dose, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DoseLevel {
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
    /// The danger questions are not all answered, and an emergency is still possible.
    DangerOpen,
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
    },
    /// Under 16, or of unknown age.
    Child {
        /// Which medicine.
        medicine: &'g Medicine,
        /// The age is known.
        known: bool,
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
    /// Another anti-inflammatory was taken in the 24 hours before.
    OtherNsaid {
        /// The one asked about.
        medicine: &'g Medicine,
        /// The plain name of the one that was taken.
        taken: String,
        /// When it was taken last.
        at: Timestamp,
        /// 24 hours later.
        not_before: Timestamp,
    },
    /// More at one time than the label allows.
    TooMuchAtOnce {
        /// Which medicine.
        medicine: &'g Medicine,
        /// How much was asked for, in its unit.
        asked: u32,
        /// The most at one time, in its unit.
        most: u32,
    },
    /// More was taken already than 24 hours allow.
    AlreadyOver {
        /// Which medicine.
        medicine: &'g Medicine,
        /// How much, in its unit.
        taken: u32,
    },
    /// Past the days in a row without a clinician.
    TooManyDays {
        /// Which medicine.
        medicine: &'g Medicine,
        /// When the days in a row began.
        since: Timestamp,
    },
    /// The log has a dose in the future: the clock or the entry is wrong.
    FutureDose {
        /// The plain name of its ingredient.
        ingredient: String,
        /// When it is said to be taken.
        at: Timestamp,
    },
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
        /// When the pause is over.
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
            | Self::NotForBack { .. }
            | Self::Blocked { .. }
            | Self::TooYoung { .. }
            | Self::TwoNsaidsInOne { .. }
            | Self::OtherNsaid { .. }
            | Self::TooMuchAtOnce { .. } => DoseLevel::Never,
            Self::DangerOpen
            | Self::Cautioned { .. }
            | Self::Open { .. }
            | Self::Child { .. }
            | Self::Pregnancy { .. }
            | Self::NoLimitsHere { .. }
            | Self::OtherIngredients { .. }
            | Self::AlreadyOver { .. }
            | Self::TooManyDays { .. }
            | Self::FutureDose { .. }
            | Self::UnknownInLog { .. } => DoseLevel::AskFirst,
            Self::TooSoon { .. } | Self::DailyLimit { .. } => DoseLevel::Wait,
        }
    }

    /// The name in data: `other_nsaid`.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Emergency { .. } => "emergency",
            Self::DangerOpen => "danger_open",
            Self::NotForBack { .. } => "not_for_back",
            Self::Blocked { .. } => "blocked",
            Self::Cautioned { .. } => "cautioned",
            Self::Open { .. } => "open",
            Self::TooYoung { .. } => "too_young",
            Self::Child { .. } => "child",
            Self::Pregnancy { .. } => "pregnancy",
            Self::NoLimitsHere { .. } => "no_limits_here",
            Self::OtherIngredients { .. } => "other_ingredients",
            Self::TwoNsaidsInOne { .. } => "two_nsaids_in_one",
            Self::OtherNsaid { .. } => "other_nsaid",
            Self::TooMuchAtOnce { .. } => "too_much_at_once",
            Self::AlreadyOver { .. } => "already_over",
            Self::TooManyDays { .. } => "too_many_days",
            Self::FutureDose { .. } => "future_dose",
            Self::UnknownInLog { .. } => "unknown_in_log",
            Self::TooSoon { .. } => "too_soon",
            Self::DailyLimit { .. } => "daily_limit",
        }
    }

    /// The medicine it is about, where it is about one.
    pub fn medicine(&self) -> Option<&'g Medicine> {
        match self {
            Self::NotForBack { medicine }
            | Self::Blocked { medicine, .. }
            | Self::Cautioned { medicine, .. }
            | Self::Open { medicine, .. }
            | Self::TooYoung { medicine }
            | Self::Child { medicine, .. }
            | Self::Pregnancy { medicine, .. }
            | Self::TwoNsaidsInOne { medicine }
            | Self::OtherNsaid { medicine, .. }
            | Self::TooMuchAtOnce { medicine, .. }
            | Self::AlreadyOver { medicine, .. }
            | Self::TooManyDays { medicine, .. }
            | Self::TooSoon { medicine, .. }
            | Self::DailyLimit { medicine, .. } => Some(medicine),
            Self::Emergency { .. }
            | Self::DangerOpen
            | Self::NoLimitsHere { .. }
            | Self::OtherIngredients { .. }
            | Self::FutureDose { .. }
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
            Self::Blocked { caution, .. } | Self::Cautioned { caution, .. } | Self::Open { caution, .. } => {
                caution.sources.clone()
            }
            Self::OtherIngredients { product } => product.sources.clone(),
            _ => self.medicine().map(|medicine| vec![medicine.label_source]).unwrap_or_default(),
        }
    }
}
