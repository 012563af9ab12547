//! Quantities with a unit and a range, checked once when they are made.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A length of time for a timer or a pause: 5 seconds to 24 hours.
///
/// Written with one unit, as in the book: `"45 s"`, `"20 min"` or `"8 h"`.
///
/// ```
/// use care::Seconds;
/// assert_eq!("20 min".parse::<Seconds>()?.get(), 1_200);
/// assert_eq!("20 min".parse::<Seconds>()?.to_string(), "20 min");
/// assert!("20".parse::<Seconds>().is_err()); // no unit
/// assert!("3 days".parse::<Seconds>().is_err()); // not a timer
/// # Ok::<(), care::BadDuration>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Seconds(u32);

impl Seconds {
    /// Below this a timer is noise.
    pub const MIN: u32 = 5;
    /// A day: nothing in the book is timed for longer.
    pub const MAX: u32 = 24 * 60 * 60;
    /// The longest there is.
    pub const DAY: Self = Self(Self::MAX);

    /// Whole seconds, 5 to 86,400.
    ///
    /// # Errors
    ///
    /// Outside that range.
    pub fn new(seconds: u32) -> Result<Self, BadDuration> {
        if (Self::MIN..=Self::MAX).contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err(BadDuration(format!("{seconds} s")))
        }
    }

    /// The whole seconds.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Seconds {
    type Error = BadDuration;

    fn try_from(seconds: u32) -> Result<Self, Self::Error> {
        Self::new(seconds)
    }
}

impl From<Seconds> for u32 {
    fn from(seconds: Seconds) -> Self {
        seconds.0
    }
}

/// A text that is no length of time from 5 s to 24 h.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a length of time from 5 s to 24 h; write it like \"45 s\", \"20 min\" or \"8 h\"")]
pub struct BadDuration(pub String);

impl FromStr for Seconds {
    type Err = BadDuration;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadDuration(text.to_owned());
        let (number, unit) = text.split_once(' ').ok_or_else(bad)?;
        let number: u32 = number.parse().map_err(|_| bad())?;
        let scale = match unit {
            "s" => 1,
            "min" => 60,
            "h" => 60 * 60,
            _ => return Err(bad()),
        };
        number.checked_mul(scale).ok_or_else(bad).and_then(|seconds| Self::new(seconds).map_err(|_| bad()))
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            hours if hours % 3600 == 0 => write!(f, "{} h", hours / 3600),
            minutes if minutes % 60 == 0 => write!(f, "{} min", minutes / 60),
            seconds => write!(f, "{seconds} s"),
        }
    }
}

/// How long a medicine keeps others of its class shut: 1 to 336 hours, two weeks.
///
/// ```
/// use care::Hours;
/// assert_eq!("72 h".parse::<Hours>()?.get(), 72);
/// assert!("3 days".parse::<Hours>().is_err());
/// assert!("0 h".parse::<Hours>().is_err());
/// # Ok::<(), care::BadHours>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Hours(u16);

impl Hours {
    /// Two weeks: nothing stays in the body for longer.
    pub const MAX: u16 = 14 * 24;
    /// A day.
    pub const DAY: Self = Self(24);

    /// Whole hours, 1 to 336.
    ///
    /// # Errors
    ///
    /// Outside that range.
    pub fn new(hours: u16) -> Result<Self, BadHours> {
        if (1..=Self::MAX).contains(&hours) { Ok(Self(hours)) } else { Err(BadHours(format!("{hours} h"))) }
    }

    /// The whole hours.
    pub fn get(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for Hours {
    type Error = BadHours;

    fn try_from(hours: u16) -> Result<Self, Self::Error> {
        Self::new(hours)
    }
}

impl From<Hours> for u16 {
    fn from(hours: Hours) -> Self {
        hours.0
    }
}

/// A text that is no number of hours from 1 to 336.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a time from 1 h to 336 h; write it like \"24 h\"")]
pub struct BadHours(pub String);

impl FromStr for Hours {
    type Err = BadHours;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || BadHours(text.to_owned());
        let hours = text.strip_suffix(" h").and_then(|number| number.parse().ok()).ok_or_else(bad)?;
        Self::new(hours).map_err(|_| bad())
    }
}
