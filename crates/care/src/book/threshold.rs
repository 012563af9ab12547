//! The numbers that computed values turn on: from when a cause is called likely, when a spell is over.

use serde::{Deserialize, Serialize};

use crate::book::ids::SourceId;
use crate::book::place::Place;

/// A number that something computed turns on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    /// Which; it is also its name.
    pub cutoff: Cutoff,
    /// Where it stands.
    pub place: Place,
    /// The number.
    pub value: f64,
    /// Where it is taken from.
    pub sources: Vec<SourceId>,
}

/// Which number. Every book has each of them once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Cutoff {
    /// From this share on a cause is likely.
    LikelyShare,
    /// From this share on a cause is possible.
    PossibleShare,
    /// The most by which all answers together raise or lower the odds of one cause.
    MostRatio,
    /// Below this age no painkiller is advised without a clinician, in years.
    AdultFrom,
    /// Pain up to this counts as well.
    WellUpTo,
    /// Days in a row of being well that end a spell.
    WellDays,
    /// A silence of more days than this does not count as days in a row.
    LongestSilence,
    /// The smallest rise that people call one, in points.
    Rise,
    /// Hours that a rise lasts before it is a new spell.
    RiseHours,
    /// The start is known to a diary that was begun within so many hours of it.
    KnownStart,
    /// Days that are looked back on for a rise.
    LookBack,
    /// Well from this day or before on is well early.
    WellEarly,
    /// Well from this day or before on is well in time.
    WellLate,
    /// Fewer entries show no course.
    FewestEntries,
    /// Mean pain that counts as high.
    HighPain,
    /// Pain up to this at any time was not high throughout.
    LowPain,
    /// The smallest share of the pain that is a change people notice.
    LeastChange,
    /// Hours without a dose that end days in a row.
    DaysPause,
    /// Hours, from end to end, within which two days with too much run on.
    RunsOn,
    /// Days after an overdose on which help comes first, whatever is asked about.
    HelpNowDays,
    /// Daily doses from a doctor in 24 hours; more of them are doses against pain.
    DailyDoses,
    /// Doses in 24 hours of a medicine whose amounts the book does not have; more are an overdose.
    DosesInDay,
    /// Hours after an anti-inflammatory in which no other one is taken.
    KindShut,
    /// Days with an entry before somebody is told that they get well as fast as others, or faster.
    DaysToCompare,
}

impl Cutoff {
    /// Every one.
    pub const ALL: [Self; 24] = [
        Self::LikelyShare,
        Self::PossibleShare,
        Self::MostRatio,
        Self::AdultFrom,
        Self::WellUpTo,
        Self::WellDays,
        Self::LongestSilence,
        Self::Rise,
        Self::RiseHours,
        Self::KnownStart,
        Self::LookBack,
        Self::WellEarly,
        Self::WellLate,
        Self::FewestEntries,
        Self::HighPain,
        Self::LowPain,
        Self::LeastChange,
        Self::DaysPause,
        Self::RunsOn,
        Self::HelpNowDays,
        Self::DailyDoses,
        Self::DosesInDay,
        Self::KindShut,
        Self::DaysToCompare,
    ];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::LikelyShare => "likely_share",
            Self::PossibleShare => "possible_share",
            Self::MostRatio => "most_ratio",
            Self::AdultFrom => "adult_from",
            Self::WellUpTo => "well_up_to",
            Self::WellDays => "well_days",
            Self::LongestSilence => "longest_silence",
            Self::Rise => "rise",
            Self::RiseHours => "rise_hours",
            Self::KnownStart => "known_start",
            Self::LookBack => "look_back",
            Self::WellEarly => "well_early",
            Self::WellLate => "well_late",
            Self::FewestEntries => "fewest_entries",
            Self::HighPain => "high_pain",
            Self::LowPain => "low_pain",
            Self::LeastChange => "least_change",
            Self::DaysPause => "days_pause",
            Self::RunsOn => "excess_runs_on",
            Self::HelpNowDays => "help_now_days",
            Self::DailyDoses => "daily_doses",
            Self::DosesInDay => "doses_in_day",
            Self::KindShut => "kind_shut",
            Self::DaysToCompare => "days_to_compare",
        }
    }

    /// What it says, for whoever writes or reads the book.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::LikelyShare => "the share from which on a cause is called likely",
            Self::PossibleShare => "the share from which on a cause is called possible",
            Self::MostRatio => "the most by which all answers together raise or lower the odds of one cause",
            Self::AdultFrom => "the age in years below which a clinician is asked before any painkiller",
            Self::WellUpTo => "the points of pain up to which somebody is well",
            Self::WellDays => "the days in a row of being well that end a spell",
            Self::LongestSilence => "the days of silence that still count as days in a row",
            Self::Rise => "the points by which pain must be up to have risen",
            Self::RiseHours => "the hours that a rise lasts before it is a new spell",
            Self::KnownStart => "the hours since the start within which a diary was begun that knows it",
            Self::LookBack => "the days that are looked back on for a rise",
            Self::WellEarly => "the day up to which getting well is early",
            Self::WellLate => "the day up to which getting well is in time",
            Self::FewestEntries => "the fewest entries that show a course",
            Self::HighPain => "the mean pain from which on it is high",
            Self::LowPain => "the pain up to which it was not high throughout",
            Self::LeastChange => "the smallest share of the pain at the start that is a change",
            Self::DaysPause => "the hours without a dose that end days in a row",
            Self::RunsOn => "the hours within which two days with too much of a painkiller run on",
            Self::HelpNowDays => "the days after an overdose on which help comes first",
            Self::DailyDoses => "the most daily doses from a doctor in 24 hours",
            Self::DosesInDay => "the most doses in 24 hours of a medicine whose amounts are not known",
            Self::KindShut => "the hours after an anti-inflammatory in which no other one is taken",
            Self::DaysToCompare => {
                "the days with an entry before somebody is told that they get well as fast as others"
            }
        }
    }

    /// The least and the most that it can be, and whether it is a whole number.
    pub fn range(self) -> (f64, f64, bool) {
        match self {
            Self::LikelyShare | Self::PossibleShare | Self::LeastChange => (0.001, 1.0, false),
            Self::MostRatio => (1.0, 1_000_000.0, false),
            Self::AdultFrom => (1.0, 120.0, true),
            Self::WellUpTo | Self::LowPain => (0.0, 10.0, true),
            Self::Rise => (1.0, 10.0, true),
            Self::HighPain => (0.0, 10.0, false),
            Self::WellDays
            | Self::LongestSilence
            | Self::LookBack
            | Self::WellEarly
            | Self::WellLate
            | Self::HelpNowDays
            | Self::DaysToCompare => (1.0, 366.0, true),
            Self::RiseHours | Self::KnownStart | Self::DaysPause | Self::RunsOn | Self::KindShut => {
                (1.0, 8_784.0, true)
            }
            Self::FewestEntries | Self::DailyDoses | Self::DosesInDay => (1.0, 100.0, true),
        }
    }

    /// Whether it can be this number.
    pub fn takes(self, value: f64) -> bool {
        let (least, most, is_whole) = self.range();
        (least..=most).contains(&value) && (!is_whole || value.fract() == 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Cutoff;

    /// A number is looked up by its place in the list of all.
    #[test]
    fn every_cutoff_stands_at_its_place() {
        assert_eq!(Cutoff::ALL.map(|cutoff| cutoff as usize), std::array::from_fn(|index| index));
    }
}
