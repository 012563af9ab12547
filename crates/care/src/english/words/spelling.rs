//! How far apart two spellings are, and which word a slip was meant to be.

use std::hash::Hasher;

use rustc_hash::FxHasher;
use strsim::osa_distance;

use super::english::is_english;

/// The consonants as they sound: words that are misspelt by ear share it.
///
/// "cansur" and "cancer" are both `knsr`, "temprature" and "temperature" `tmprtr`.
pub(crate) fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut sound = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let next = letters.get(index + 1).copied();
        let is_silent = match letter {
            'g' => next == Some('h'),
            'h' | 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' => index > 0,
            _ => false,
        };
        if is_silent {
            continue;
        }
        let is_soft = *letter == 'z' || *letter == 'c' && matches!(next, Some('e' | 'i' | 'y'));
        let heard = match letter {
            _ if is_soft => 's',
            'c' | 'q' => 'k',
            'p' if next == Some('h') => 'f',
            other => *other,
        };
        if !sound.ends_with(heard) {
            sound.push(heard);
        }
    }
    sound
}

/// What slips are corrected towards, found without comparing a word with each of them.
#[derive(Debug)]
pub(crate) struct Speller {
    words: Vec<Box<str>>,
    /// Each spelling that lacks one letter, and the whole one, as a number, with its word.
    /// Sorted. Two spellings with one number do no harm: whoever looks compares the words.
    lacking: Vec<(u64, u32)>,
    /// The same for how each sounds.
    by_sound: Vec<(u64, u32)>,
}

/// Shorter words are too like each other.
const SHORTEST: usize = 5;

impl Speller {
    /// Corrects slips towards these lower-case words, those that are too short apart.
    pub(crate) fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let is_meant =
            |word: &&str| word.chars().count() >= SHORTEST && word.chars().all(char::is_alphabetic);
        let words: Vec<Box<str>> = words.filter(is_meant).map(Into::into).collect();
        let (mut lacking, mut by_sound) = (Vec::new(), Vec::new());
        for (index, word) in (0..).zip(&words) {
            lacking.extend(spellings(word).map(|spelling| (spelling, index)));
            by_sound.push((number([sound(word).as_str()]), index));
        }
        lacking.sort_unstable();
        by_sound.sort_unstable();
        Self { words, lacking, by_sound }
    }

    /// The word that was meant by one that is in no list of English words; `None` where
    /// it is English, or where nothing is near enough: one letter added, dropped, changed
    /// or swapped, or two where it sounds the same. The first letter is right.
    pub(crate) fn meant(&self, written: &str) -> Option<&str> {
        let length = written.chars().count();
        if !(SHORTEST..=LONGEST).contains(&length) || is_english(written) {
            return None;
        }
        let near = spellings(written).flat_map(|spelling| with(&self.lacking, spelling));
        let alike = with(&self.by_sound, number([sound(written).as_str()]));
        let first = written.chars().next();
        near.chain(alike)
            .map(|index| &*self.words[index as usize])
            .filter(|word| word.chars().next() == first)
            .filter_map(|word| {
                let edits = osa_distance(written, word);
                let most = if length > SHORTEST && sound(written) == sound(word) { 2 } else { 1 };
                (edits <= most).then_some((edits, word))
            })
            .min()
            .map(|(_, word)| word)
    }
}

/// No word of the book is longer, and what is longer is no slip.
const LONGEST: usize = 24;

/// What stands beside this number.
fn with(sorted: &[(u64, u32)], this: u64) -> impl Iterator<Item = u32> + '_ {
    let from = sorted.partition_point(|(number, _)| *number < this);
    sorted[from..].iter().take_while(move |(number, _)| *number == this).map(|(_, index)| *index)
}

/// The word as a number, and the word without each of its letters in turn.
fn spellings(word: &str) -> impl Iterator<Item = u64> + '_ {
    let without =
        word.char_indices().map(|(at, letter)| number([&word[..at], &word[at + letter.len_utf8()..]]));
    without.chain([number([word])])
}

/// The same for the same letters, in however many pieces they come.
fn number<const PIECES: usize>(pieces: [&str; PIECES]) -> u64 {
    let mut hasher = FxHasher::default();
    pieces.iter().flat_map(|piece| piece.bytes()).for_each(|byte| hasher.write_u8(byte));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{Speller, osa_distance, sound};

    #[test]
    fn a_swap_counts_once() {
        assert_eq!(osa_distance("siezed", "seized"), 1);
        assert_eq!(osa_distance("kitten", "sitting"), 3);
    }

    #[test]
    fn words_misspelt_by_ear_sound_the_same() {
        assert_eq!(sound("cansur"), sound("cancer"));
        assert_eq!(sound("nite"), sound("night"));
        assert_ne!(sound("fever"), sound("fibre"));
    }

    #[test]
    fn a_slip_is_near_and_an_english_word_is_none() {
        let speller = Speller::new(["shoulder", "yesterday", "fever", "bowel", "buttock"].into_iter());
        let meant = |written: &str| speller.meant(written).map(ToOwned::to_owned);
        assert_eq!(meant("sholder").as_deref(), Some("shoulder"));
        assert_eq!(meant("yesturday").as_deref(), Some("yesterday"));
        assert_eq!(meant("shuolder").as_deref(), Some("shoulder"));
        for other in ["never", "towel", "sever", "bowls", "elephant", "bows", "feer", "xfever"] {
            assert_eq!(meant(other), None, "{other}");
        }
    }
}
