//! What can be known about the person.

use serde::{Deserialize, Serialize};

use crate::book::condition::OptionIndex;
use crate::book::deferred::Deferred;
use crate::book::derived::Derived;
use crate::book::ids::{FindingId, SourceId};
use crate::book::place::Place;

/// Something that can be known about the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, as it stands in the book")]
pub struct Finding {
    /// The one name it has everywhere.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// What kind of answer it takes.
    pub kind: FindingKind,
    /// What the program itself knows it as.
    pub role: Option<Role>,
    /// Words on the screen.
    pub label: String,
    /// Yes can only raise urgency.
    pub danger: bool,
    /// Which value of the diary it is, where it is computed and never asked. Without a
    /// diary it does not apply, which counts as no.
    pub derived: Option<Derived>,
    /// A lasting fact that no come-back card mentions.
    pub lasting: bool,
    /// It stays off what is handed over, unless the person puts it on.
    pub private: bool,
    /// It tells of a medicine that the person takes.
    pub medicine: bool,
    /// It stays as it was answered for as long as a spell lasts.
    pub steady: bool,
    /// It is told only of a child, who is at most this old.
    pub child_up_to: Option<u32>,
    /// Words after "Come back if".
    pub come_back: Option<String>,
    /// The finding whose "not sure" this one settles: it is asked only then, and
    /// its answer counts in place of the "not sure". It stands in no condition.
    pub follows_up: Option<FindingId>,
    /// How people say it: patterns over classes of words, see `free_text::patterns`.
    pub hears: Deferred<Vec<Hears>>,
    /// Ever having had it is enough, so that what is told of long ago counts.
    pub ever: bool,
    /// Only one of its options can be so: where a text names two alike, none is proposed.
    pub only_one: bool,
    /// How it is said back to a person who told of it, with the answer for `{}`: `eased by {}`.
    pub told: Option<String>,
    /// Findings that this one takes in: where one of them is told of, so is this one.
    pub heard_with: Vec<FindingId>,
    /// ICD-10-CM codes.
    pub icd10cm: Vec<String>,
    /// LOINC codes.
    pub loinc: Vec<String>,
    /// SNOMED CT ids.
    pub snomed: Vec<String>,
    /// Where it is taken from.
    pub sources: Vec<SourceId>,
    /// Seed claims it covers.
    pub claims: Vec<String>,
}

/// What the program itself must know a finding as, whatever the book calls it: a diary
/// tells the pain, a box has a youngest age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// How old the person is, in years.
    Age,
    /// Whether they are, or may be, pregnant, or have just given birth.
    Pregnancy,
    /// How strong the pain is now, 0 to 10.
    Pain,
    /// Whole days since it began.
    Days,
    /// A fever, which is also told in figures.
    Fever,
    /// Whether a doctor gives them a small dose of a painkiller each day for something else.
    DailyDose,
    /// How it has gone since the start: easing, the same or worse.
    Course,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] =
        [Self::Age, Self::Pregnancy, Self::Pain, Self::Days, Self::Fever, Self::DailyDose, Self::Course];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Age => "age",
            Self::Pregnancy => "pregnancy",
            Self::Pain => "pain",
            Self::Days => "days",
            Self::Fever => "fever",
            Self::DailyDose => "daily_dose",
            Self::Course => "course",
        }
    }

    /// Whether a finding of this kind can have it.
    pub fn fits(self, kind: &FindingKind) -> bool {
        match self {
            Self::Pregnancy | Self::Fever | Self::DailyDose => *kind == FindingKind::YesNo,
            Self::Age | Self::Pain | Self::Days => matches!(kind, FindingKind::Number { .. }),
            Self::Course => matches!(kind, FindingKind::Choice(_)),
        }
    }
}

/// One way in which people say a finding, or one option of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hears {
    /// The option that it means; `None` for a yes/no finding.
    pub option: Option<OptionIndex>,
    /// The pattern as it stands in the book.
    pub pattern: String,
}

/// What kind of answer a finding takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FindingKind {
    /// Yes or no.
    YesNo,
    /// A whole number.
    Number {
        /// The unit in words: `years`.
        unit: String,
        /// Smallest value that is accepted.
        min: i64,
        /// Largest value that is accepted.
        max: i64,
    },
    /// One of these options, in the order shown. At least two.
    Choice(Vec<ChoiceOption>),
}

impl FindingKind {
    /// Whether a finding of this kind can be heard as this option, or as none.
    pub(crate) fn takes(&self, option: Option<OptionIndex>) -> bool {
        match (self, option) {
            (Self::Choice(options), Some(option)) => usize::from(option) < options.len(),
            (Self::YesNo | Self::Number { .. }, None) => true,
            _ => false,
        }
    }
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// The id used in answers and conditions.
    pub id: String,
    /// Words on the screen.
    pub label: String,
}

#[cfg(test)]
mod tests {
    use super::Role;

    /// What has a role is looked up by its place in the list of all.
    #[test]
    fn every_role_stands_at_its_place() {
        assert_eq!(Role::ALL.map(|role| role as usize), std::array::from_fn(|index| index));
    }
}
