//! What can be computed from a diary, so that ordinary rules of the book can use it.

use serde::{Deserialize, Serialize};

/// A value that is computed from a diary and never asked; see [`crate::recovery`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Derived {
    /// Days since this spell began, while it lasts.
    DiaryDay,
    /// Points of pain now, less those at its start.
    PainChange,
    /// How much of the pain at its start is gone, in percent.
    ImprovementPercent,
    /// No check-in of this spell was below its start.
    NoEasingYet,
    /// Up by 2 or more on the lowest of the last 7 days, for 24 hours.
    GettingWorse,
    /// Pain is above the slow edge of the expected band.
    AboveSlowEdge,
    /// How much the person can do now.
    FunctionNow,
    /// The spell is over, and no new one has begun.
    Recovered,
    /// This spell began after another one had ended.
    NewEpisode,
    /// Spells that began in the last 365 days.
    EpisodesThisYear,
    /// Spells at the place of this one.
    SpasmsSamePlace,
    /// The course of this spell so far.
    Trajectory,
}

/// What kind of value a derived finding takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DerivedKind {
    /// Yes or no.
    YesNo,
    /// A whole number from the first to the second.
    Number(i64, i64),
    /// The id of a [`Trajectory`](crate::recovery::Trajectory).
    Trajectory,
}

/// The most that an improvement can be below zero, in percent: from 1 to 10.
const WORST_CHANGE: i64 = -900;

impl Derived {
    /// Everything that can be computed.
    pub const ALL: [Self; 12] = [
        Self::DiaryDay,
        Self::PainChange,
        Self::ImprovementPercent,
        Self::NoEasingYet,
        Self::GettingWorse,
        Self::AboveSlowEdge,
        Self::FunctionNow,
        Self::Recovered,
        Self::NewEpisode,
        Self::EpisodesThisYear,
        Self::SpasmsSamePlace,
        Self::Trajectory,
    ];

    /// The id used in the book and in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::DiaryDay => "diary_day",
            Self::PainChange => "pain_change",
            Self::ImprovementPercent => "improvement_percent",
            Self::NoEasingYet => "no_easing_yet",
            Self::GettingWorse => "getting_worse",
            Self::AboveSlowEdge => "above_slow_edge",
            Self::FunctionNow => "function_now",
            Self::Recovered => "recovered",
            Self::NewEpisode => "new_episode",
            Self::EpisodesThisYear => "episodes_this_year",
            Self::SpasmsSamePlace => "spasms_same_place",
            Self::Trajectory => "trajectory",
        }
    }

    /// What kind of value it takes.
    pub fn kind(self) -> DerivedKind {
        match self {
            Self::DiaryDay => DerivedKind::Number(0, 3_650),
            Self::PainChange => DerivedKind::Number(-10, 10),
            Self::ImprovementPercent => DerivedKind::Number(WORST_CHANGE, 100),
            Self::FunctionNow => DerivedKind::Number(0, 10),
            Self::EpisodesThisYear | Self::SpasmsSamePlace => DerivedKind::Number(0, 365),
            Self::NoEasingYet
            | Self::GettingWorse
            | Self::AboveSlowEdge
            | Self::Recovered
            | Self::NewEpisode => DerivedKind::YesNo,
            Self::Trajectory => DerivedKind::Trajectory,
        }
    }

    /// What it means, for whoever writes the book.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::DiaryDay => "days since this spell began, while it lasts",
            Self::PainChange => "points of pain now, less those at its start",
            Self::ImprovementPercent => "how much of the pain at its start is gone, in percent, rounded down",
            Self::NoEasingYet => "no check-in of this spell was below its start",
            Self::GettingWorse => "up by 2 or more on the lowest of the last 7 days, for 24 hours",
            Self::AboveSlowEdge => "pain is above the slow edge of the expected band",
            Self::FunctionNow => "how much the person can do now, 0 to 10",
            Self::Recovered => "pain 0 to 1 on 7 days in a row, and no new spell since",
            Self::NewEpisode => "this spell began after another one had ended",
            Self::EpisodesThisYear => "spells that began in the last 365 days",
            Self::SpasmsSamePlace => "spells at the place of this one, itself included",
            Self::Trajectory => "the course of this spell so far",
        }
    }
}
