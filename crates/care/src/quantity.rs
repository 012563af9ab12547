//! Quantities with a unit and a range, checked once when they are made.

use std::fmt;
use std::str::FromStr;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
