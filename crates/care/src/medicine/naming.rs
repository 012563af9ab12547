//! When two spellings are one name, and when one may be a slip for the other.
//!
//! Names of medicines lie close together: Migraleve holds no naproxen, and Motrin
//! 800 is not the pack of the shop. So a slip is a slip in the spelling of each
//! word: no word more, no number other, the first letter right.

use strsim::osa_distance;

/// Letters and digits only, in lower case and without `and`: `Excedrin Back & Body`,
/// `excedrin back&body` and `Excedrin back and body` are one.
pub(super) fn key(name: &str) -> String {
    words(name).concat()
}

/// The words of a name, in lower case and without `and`.
fn words(name: &str) -> Vec<String> {
    name.split(|letter: char| !letter.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty() && word != "and")
        .collect()
}

/// Words that say how strong a medicine is or in what form, and not which it is.
const FORMS: [&str; 40] = [
    "mg",
    "g",
    "milligrams",
    "tablet",
    "tablets",
    "tab",
    "tabs",
    "pill",
    "pills",
    "capsule",
    "capsules",
    "cap",
    "caps",
    "caplet",
    "caplets",
    "sr",
    "xr",
    "er",
    "cr",
    "mr",
    "ec",
    "dr",
    "retard",
    "slow",
    "release",
    "extended",
    "modified",
    "prolonged",
    "enteric",
    "gastro",
    "resistant",
    "coated",
    "oral",
    "dispersible",
    "effervescent",
    "sachet",
    "sachets",
    "suppository",
    "suppositories",
    "rapid",
];

/// The words of a name without its strength and form: `Diclofenac 50 mg tablets` is `diclofenac`.
pub(super) fn bare(name: &str) -> String {
    let is_strength = |word: &str| {
        let number = word.strip_suffix("mg").or_else(|| word.strip_suffix('g')).unwrap_or(word);
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let kept: Vec<String> = words(name)
        .into_iter()
        .filter(|word| !is_strength(word) && !FORMS.contains(&word.as_str()))
        .collect();
    kept.concat()
}

/// Whether a typed name may be a slip for a known one.
pub(super) fn is_slip(typed: &str, known: &str) -> bool {
    let (typed, known) = (words(typed), words(known));
    typed.len() == known.len() && typed.iter().zip(&known).all(|(typed, known)| is_word_slip(typed, known))
}

/// Whether a typed text may be a slip in the beginning of a name of one word.
pub(super) fn is_beginning(typed: &str, known: &str) -> bool {
    let (typed, known) = (words(typed), words(known));
    let ([typed], [known]) = (typed.as_slice(), known.as_slice()) else { return false };
    let length = typed.chars().count();
    let beginning: String = known.chars().take(length).collect();
    length >= SHORTEST && length < known.chars().count() && is_word_slip(typed, &beginning)
}

/// A shorter word with a slip in it could be anything.
const SHORTEST: usize = 5;

/// From so many letters on, a second slip is allowed.
const LONG: usize = 8;

fn is_word_slip(typed: &str, known: &str) -> bool {
    if typed == known {
        return true;
    }
    let has_digit = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
    let length = known.chars().count().min(typed.chars().count());
    if has_digit(typed)
        || has_digit(known)
        || length + 1 < SHORTEST
        || typed.chars().next() != known.chars().next()
    {
        return false;
    }
    osa_distance(typed, known) <= if length < LONG { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::{bare, is_beginning, is_slip};

    #[test]
    fn a_slip_is_in_the_spelling_and_never_in_the_name() {
        for (typed, known) in [
            ("advli", "Advil"),
            ("ibuprofn", "ibuprofen"),
            ("ibuprofin", "ibuprofen"),
            ("Tylenlo", "tylenol"),
            ("exedrin", "excedrin"),
            ("acetomenophen", "acetaminophen"),
            ("nurofen expres", "Nurofen Express"),
            ("aleve pm", "Aleve PM"),
        ] {
            assert!(is_slip(typed, known), "{typed} {known}");
        }
        for (typed, known) in [
            ("Migraleve", "Aleve"),
            ("Motrin 800", "Motrin"),
            ("Motrin 800", "Motrin 200"),
            ("Tylenol Cold", "Tylenol"),
            ("panadol extra", "Anadin Extra"),
            ("alka-seltzer plus", "Alka-Seltzer"),
            ("voltarol 12 hour", "Voltarol gel"),
            ("Disprol", "Disprin"),
            ("Paramol", "Panadol"),
            ("Anadin Ultra", "Anadin Extra"),
            ("acetaminophen 650", "acetaminophen 500"),
            ("diclofenac 50 mg", "Diclofenac gel"),
            ("Panadol", "Anadol"),
        ] {
            assert!(!is_slip(typed, known), "{typed} {known}");
        }
        assert!(is_beginning("ibupor", "ibuprofen"));
        assert!(!is_beginning("ibupor", "ibuprofen gel"));
    }

    #[test]
    fn a_strength_and_a_form_are_no_part_of_a_name() {
        assert_eq!(bare("Diclofenac 50 mg tablets"), "diclofenac");
        assert_eq!(bare("diclofenac-sodium SR 75mg"), "diclofenacsodium");
        assert_eq!(bare("Diclofenac gel"), "diclofenacgel");
        assert_eq!(bare("500 mg"), "");
    }
}
