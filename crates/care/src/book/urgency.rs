//! How soon a person needs help.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How soon a person needs help, lowest to highest.
///
/// The outcome of a triage is the maximum over all rules, so the order of the
/// variants is the meaning of the type.
///
/// ```
/// use care::Urgency;
/// assert!(Urgency::SelfCare < Urgency::Emergency);
/// assert_eq!("same_day".parse(), Ok(Urgency::SameDay));
/// assert!("urgent".parse::<Urgency>().is_err());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// Look after it at home, with a safety net.
    #[default]
    SelfCare,
    /// Mention it at a planned visit within weeks.
    Routine,
    /// Book an appointment within days (2 to 7).
    SeeSoon,
    /// Speak to a clinician today.
    SameDay,
    /// Call the emergency number now.
    Emergency,
}

impl Urgency {
    /// Every level, lowest first.
    pub const ALL: [Self; 5] = [Self::SelfCare, Self::Routine, Self::SeeSoon, Self::SameDay, Self::Emergency];

    /// The id used in the book, in JSON and in file names.
    pub fn id(self) -> &'static str {
        match self {
            Self::SelfCare => "self_care",
            Self::Routine => "routine",
            Self::SeeSoon => "see_soon",
            Self::SameDay => "same_day",
            Self::Emergency => "emergency",
        }
    }
}

impl fmt::Display for Urgency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}

/// A word that names no urgency.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is not an urgency; use one of self_care, routine, see_soon, same_day, emergency", crate::printable(.0))]
pub struct UnknownUrgency(pub String);

impl FromStr for Urgency {
    type Err = UnknownUrgency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|urgency| urgency.id() == text)
            .ok_or_else(|| UnknownUrgency(text.to_owned()))
    }
}
