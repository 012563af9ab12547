//! Numbers in digits and in words.

use super::candidate::Words;

/// A number and the place after it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numeral {
    pub(super) value: f64,
    pub(super) end: usize,
    /// "44", not "forty four": a word such as "one" is often no number.
    pub(super) is_digits: bool,
}

impl Numeral {
    /// As a whole number, halves down; `None` above a thousand.
    #[allow(clippy::cast_possible_truncation, reason = "between 0 and 1000")]
    pub(super) fn whole(self) -> Option<i64> {
        (0.0..=1000.0).contains(&self.value).then_some(self.value.floor() as i64)
    }
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&[&str]; 8] = [
    &["twenty"],
    &["thirty"],
    &["forty", "fourty"],
    &["fifty", "fivety"],
    &["sixty"],
    &["seventy"],
    &["eighty"],
    &["ninety"],
];

/// The number that begins at a place: "44", "6.5", "forty six", "seventy-three".
pub(super) fn numeral(words: &Words<'_>, at: usize) -> Option<Numeral> {
    let text = words.at(at);
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        let value: f64 = text.replace(',', ".").parse().ok()?;
        return Some(Numeral { value, end: at + 1, is_digits: true });
    }
    if let Some(tens) = position(&TENS, text) {
        let tens = f64::from(tens * 10 + 20);
        let unit = small(words.at(at + 1)).filter(|unit| (1..10).contains(unit));
        let (value, end) = unit.map_or((tens, at + 1), |unit| (tens + f64::from(unit), at + 2));
        return Some(Numeral { value, end, is_digits: false });
    }
    small(text).map(|value| Numeral { value: f64::from(value), end: at + 1, is_digits: false })
}

/// "A", "one", "2", "two": how many of something.
pub(super) fn count(words: &Words<'_>, at: usize) -> Option<Numeral> {
    if matches!(words.at(at), "a" | "an") {
        return Some(Numeral { value: 1.0, end: at + 1, is_digits: false });
    }
    let of = |end: usize| if words.at(end) == "of" { end + 1 } else { end };
    match (words.at(at), words.at(at + 1)) {
        ("couple", _) => Some(Numeral { value: 2.0, end: of(at + 1), is_digits: false }),
        _ => numeral(words, at),
    }
}

/// Every word for a number, so that none is taken for a slip.
pub(in crate::english::free_text) fn names() -> impl Iterator<Item = &'static str> {
    SMALL.into_iter().chain(TENS.into_iter().flatten().copied())
}

/// Whether one word, in digits or letters, is the age of a child.
pub(in crate::english::free_text) fn is_childs_age(text: &str) -> bool {
    text.parse().ok().or_else(|| small(text)).is_some_and(|age: u8| (1..18).contains(&age))
}

fn small(text: &str) -> Option<u8> {
    let known = SMALL.iter().position(|name| *name == text).or(match text {
        "seeven" => Some(7),
        "fower" => Some(4),
        _ => None,
    });
    known.and_then(|value| u8::try_from(value).ok())
}

fn position(list: &[&[&str]], text: &str) -> Option<u8> {
    list.iter().position(|names| names.contains(&text)).and_then(|at| u8::try_from(at).ok())
}
