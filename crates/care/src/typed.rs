//! Numbers as people type them.
//!
//! A wrong reading of a number can be a wrong dose, so what can be read in two
//! ways is not read at all: `1,5` is one and a half and never fifteen, a comma is
//! a mark of thousands only before exactly three digits, and `1.000` is refused.

use std::fmt;

/// A number from a person, to the hundredth: `1`, `1.5`, `0.25`.
///
/// ```
/// use care::Count;
/// let read = |text: &str| Count::read(text).map(|count| count.to_string());
/// assert_eq!(read("1,5").as_deref(), Some("1.5"));
/// assert_eq!(read("1,000").as_deref(), Some("1000"));
/// assert_eq!(read("1 1/2").as_deref(), Some("1.5"));
/// assert_eq!(read("1.000"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(u32);

impl Count {
    /// One.
    pub const ONE: Self = Self(PARTS);
    /// More is a slip of the finger, whatever it counts.
    const MOST: u32 = 10_000_000;

    /// So many whole ones; the largest number there is, where that is too many.
    pub fn whole(number: u32) -> Self {
        Self(number.min(Self::MOST).saturating_mul(PARTS))
    }

    /// A number as it was typed: whole, with one or two decimals after a point or
    /// a comma, with marks of thousands, or with a half or a quarter. `None` for
    /// everything else, and for what can be read in two ways.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (whole, part) = split_fraction(text)?;
        let hundredths = match (whole, part) {
            ("", Some(part)) => part,
            (whole, None) => decimal(whole)?,
            (whole, Some(part)) => digits(whole)?.checked_mul(PARTS)?.checked_add(part)?,
        };
        (hundredths / PARTS <= Self::MOST).then_some(Self(hundredths))
    }

    /// The number, where it is a whole one.
    pub fn as_whole(self) -> Option<u32> {
        self.0.is_multiple_of(PARTS).then_some(self.0 / PARTS)
    }

    /// The next whole number, or this one where it is whole.
    pub fn rounded_up(self) -> u32 {
        self.0.div_ceil(PARTS)
    }

    /// So many hundredths.
    pub fn hundredths(self) -> u32 {
        self.0
    }

    /// From hundredths.
    pub fn from_hundredths(hundredths: u32) -> Self {
        Self(hundredths)
    }

    /// So many times an amount, where that is a whole number.
    pub fn times(self, amount: u32) -> Option<u32> {
        let parts = u64::from(self.0) * u64::from(amount);
        let whole = parts.is_multiple_of(u64::from(PARTS)).then_some(parts / u64::from(PARTS))?;
        u32::try_from(whole).ok()
    }

    /// As a person reads it beside a word: `1½`, `2`, `0.1`.
    pub fn words(self) -> String {
        let part = match self.0 % PARTS {
            25 => "¼",
            50 => "½",
            75 => "¾",
            _ => return self.to_string(),
        };
        match self.0 / PARTS {
            0 => part.to_owned(),
            whole => format!("{whole}{part}"),
        }
    }
}

/// As it can be typed again: `1.5`.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0 / PARTS, self.0 % PARTS) {
            (whole, 0) => write!(f, "{whole}"),
            (whole, part) if part % 10 == 0 => write!(f, "{whole}.{}", part / 10),
            (whole, part) => write!(f, "{whole}.{part:02}"),
        }
    }
}

/// A whole number as it was typed, also as `7.0`; `None` for anything else, so
/// that `7,5` is never 75.
///
/// ```
/// use care::read_whole_number;
/// assert_eq!(read_whole_number(" 44 "), Some(44));
/// assert_eq!(read_whole_number("7,0"), Some(7));
/// assert_eq!(read_whole_number("7,5"), None);
/// assert_eq!(read_whole_number("-3"), None);
/// ```
pub fn read_whole_number(text: &str) -> Option<u32> {
    Count::read(text)?.as_whole()
}

/// A count is kept in hundredths.
const PARTS: u32 = 100;

/// The text before a half or a quarter, and that part in hundredths.
fn split_fraction(text: &str) -> Option<(&str, Option<u32>)> {
    for (sign, part) in [('½', 50), ('¼', 25), ('¾', 75)] {
        if let Some(whole) = text.strip_suffix(sign) {
            return Some((whole.trim_end(), Some(part)));
        }
    }
    let Some((before, below)) = text.split_once('/') else { return Some((text, None)) };
    let (whole, above) = before.trim_end().rsplit_once(' ').unwrap_or(("", before));
    let part = match (above.trim(), below.trim()) {
        ("1", "2") | ("2", "4") => 50,
        ("1", "4") => 25,
        ("3", "4") => 75,
        _ => return None,
    };
    Some((whole.trim(), Some(part)))
}

/// Digits only, in hundredths where there is a decimal part.
fn decimal(text: &str) -> Option<u32> {
    if let Some((whole, part)) = text.rsplit_once('.') {
        return with_decimals(thousands(whole)?, part);
    }
    if let Some(whole) = thousands(text) {
        return whole.checked_mul(PARTS);
    }
    let (whole, part) = text.split_once(',')?;
    with_decimals(digits(whole)?, part)
}

fn with_decimals(whole: u32, part: &str) -> Option<u32> {
    let part = match part.len() {
        1 => digits(part)?.checked_mul(10)?,
        2 => digits(part)?,
        _ => return None,
    };
    whole.checked_mul(PARTS)?.checked_add(part)
}

/// Digits, with a comma before every three from the right or with none.
fn thousands(text: &str) -> Option<u32> {
    let mut groups = text.split(',');
    let first = groups.next()?;
    let others: Vec<&str> = groups.collect();
    if others.is_empty() {
        return digits(first);
    }
    let is_grouped = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && others.iter().all(|group| group.len() == 3);
    if is_grouped { digits(&text.replace(',', "")) } else { None }
}

fn digits(text: &str) -> Option<u32> {
    let are_digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::Count;

    fn read(text: &str) -> Option<u32> {
        Count::read(text).map(Count::hundredths)
    }

    #[test]
    fn a_comma_is_a_mark_of_thousands_only_before_exactly_three_digits() {
        for (text, hundredths) in [
            ("2", 200),
            ("1,5", 150),
            ("1.5", 150),
            ("1,50", 150),
            ("0,5", 50),
            ("1,000", 100_000),
            ("12,000", 1_200_000),
            ("1,000.5", 100_050),
            ("½", 50),
            ("1½", 150),
            ("1 1/2", 150),
            ("1/4", 25),
            ("007", 700),
        ] {
            assert_eq!(read(text), Some(hundredths), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not_read() {
        for text in [
            "",
            " ",
            ",",
            ".",
            "1,",
            ",5",
            "1.",
            ".5",
            "1.000",
            "1,0000",
            "0,500",
            "1,00,000",
            "1.000,5",
            "1,5,5",
            "1..5",
            "-1",
            "+1",
            "1e3",
            "1 000",
            "1 5",
            "1'000",
            "1-2",
            "2x",
            "1/3",
            "1/0",
            "5/4",
            "½½",
            "1½½",
            "١",
            "99999999999",
            "0x10",
            "1_000",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_count_is_written_as_it_can_be_typed_again() {
        for text in ["1", "1.5", "0.25", "0.1", "200"] {
            assert_eq!(Count::read(text).map(|count| count.to_string()).as_deref(), Some(text));
        }
        let words = |text: &str| Count::read(text).map(Count::words);
        assert_eq!(words("1.5").as_deref(), Some("1½"));
        assert_eq!(words("0.5").as_deref(), Some("½"));
        assert_eq!(words("1.1").as_deref(), Some("1.1"));
    }

    #[test]
    fn a_part_of_an_amount_is_whole_or_none() {
        let half = Count::from_hundredths(50);
        assert_eq!(half.times(500), Some(250));
        assert_eq!(half.times(325), None);
        assert_eq!(Count::whole(3).times(200), Some(600));
    }
}
