//! The diary: check-ins in order of time.

use std::fmt;

/// A number that lies outside the range of its quantity.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{quantity} {given} is out of range: {least} to {most}")]
pub struct OutOfRange {
    /// What was measured.
    pub quantity: &'static str,
    /// The number as it was given.
    pub given: String,
    /// The smallest that is accepted.
    pub least: u32,
    /// The largest that is accepted.
    pub most: u32,
}

/// Pain as a person scores it, in whole points: 0 for none, 10 for the worst they can think of.
///
/// ```
/// use care::recovery::PainScore;
/// assert_eq!(PainScore::new(6)?.get(), 6);
/// assert!(PainScore::new(11).is_err());
/// # Ok::<(), care::recovery::OutOfRange>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PainScore(u8);

impl PainScore {
    /// The worst.
    pub const MAX: u8 = 10;

    /// Whole points, 0 to 10.
    ///
    /// # Errors
    ///
    /// Above 10.
    pub fn new(points: u8) -> Result<Self, OutOfRange> {
        if points <= Self::MAX { Ok(Self(points)) } else { Err(out_of_ten("pain", points)) }
    }

    /// The points.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// How much a person can do, in whole points: 0 for nothing, 10 for everything as before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FunctionScore(u8);

impl FunctionScore {
    /// Everything as before.
    pub const MAX: u8 = 10;

    /// Whole points, 0 to 10.
    ///
    /// # Errors
    ///
    /// Above 10.
    pub fn new(points: u8) -> Result<Self, OutOfRange> {
        if points <= Self::MAX { Ok(Self(points)) } else { Err(out_of_ten("function", points)) }
    }

    /// The points.
    pub fn get(self) -> u8 {
        self.0
    }
}

fn out_of_ten(quantity: &'static str, points: u8) -> OutOfRange {
    OutOfRange { quantity, given: points.to_string(), least: 0, most: 10 }
}

/// Time since the pain that a diary is about began, in whole hours: 0 to 10 years.
///
/// ```
/// use care::recovery::Hours;
/// assert_eq!(Hours::from_days(2.5)?.get(), 60);
/// assert_eq!(Hours::from_days(2.5)?.whole_days(), 2);
/// assert!(Hours::from_days(-1.0).is_err());
/// # Ok::<(), care::recovery::OutOfRange>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours(u32);

impl Hours {
    /// Ten years; longer than that is a slip of the finger.
    pub const MAX: u32 = 3_650 * 24;

    /// Whole hours.
    ///
    /// # Errors
    ///
    /// Above 10 years.
    pub fn new(hours: u32) -> Result<Self, OutOfRange> {
        if hours <= Self::MAX {
            Ok(Self(hours))
        } else {
            Err(OutOfRange { quantity: "hours", given: hours.to_string(), least: 0, most: Self::MAX })
        }
    }

    /// Days, which may have a fraction; rounded to the nearest hour.
    ///
    /// # Errors
    ///
    /// Below 0, above 3,650, or no number.
    pub fn from_days(days: f64) -> Result<Self, OutOfRange> {
        let most = Self::MAX / 24;
        if !(0.0..=f64::from(most)).contains(&days) {
            return Err(OutOfRange { quantity: "day", given: days.to_string(), least: 0, most });
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range was checked")]
        let hours = (days * 24.0).round() as u32;
        Ok(Self(hours))
    }

    /// The whole hours.
    pub fn get(self) -> u32 {
        self.0
    }

    /// Days that have passed in full.
    pub fn whole_days(self) -> u32 {
        self.0 / 24
    }

    /// Weeks, with their fraction.
    pub fn weeks(self) -> f64 {
        f64::from(self.0) / (7.0 * 24.0)
    }

    /// The time from `earlier` to this; 0 where `earlier` is later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / 24, self.0 % 24) {
            (days, 0) => write!(f, "day {days}"),
            (days, hours) => write!(f, "day {days}, {hours} h"),
        }
    }
}

/// One entry of a diary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckIn {
    /// When, counted from the start of the pain.
    pub at: Hours,
    /// How strong the pain is.
    pub pain: PainScore,
    /// How much the person can do.
    pub function: Option<FunctionScore>,
    /// Where it hurts, in any words that are the same for the same place.
    pub place: Option<String>,
}

/// A diary: check-ins in order of time, at least one, no two at the same hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PainSeries(Vec<CheckIn>);

/// Check-ins that make no diary.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadSeries {
    /// There is none.
    #[error("the diary has no check-in")]
    Empty,
    /// Two are out of order, or at the same hour.
    #[error("the check-in at {later} stands after the one at {earlier}; write them in order of time")]
    OutOfOrder {
        /// What stands first.
        earlier: Hours,
        /// What stands after it.
        later: Hours,
    },
}

impl PainSeries {
    /// Check-ins in order of time.
    ///
    /// # Errors
    ///
    /// If there is none, or one is not later than the one before it.
    pub fn new(check_ins: Vec<CheckIn>) -> Result<Self, BadSeries> {
        if check_ins.is_empty() {
            return Err(BadSeries::Empty);
        }
        for pair in check_ins.windows(2) {
            if pair[1].at <= pair[0].at {
                return Err(BadSeries::OutOfOrder { earlier: pair[0].at, later: pair[1].at });
            }
        }
        Ok(Self(check_ins))
    }

    /// The check-ins, in order of time; never empty.
    pub fn check_ins(&self) -> &[CheckIn] {
        &self.0
    }

    /// The last check-in, which is "now".
    pub fn last(&self) -> &CheckIn {
        &self.0[self.0.len() - 1]
    }
}
