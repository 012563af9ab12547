//! How hard the words are that a person in pain reads.
//!
//! Measured as the Flesch-Kincaid grade: about the school year in which a text
//! is read with ease. It counts words, sentences and syllables and nothing
//! else, so it is a smoke alarm and no judge: a low grade is not yet clear, but
//! a high one is nearly always hard.

mod syllables;

use care::{Block, BlockId, Book, Place, TextFor};

pub use syllables::syllables;

/// No block may be harder than this.
pub const MAX_GRADE: f64 = 8.0;
/// Half of all blocks may be no harder than this.
pub const MAX_MEDIAN: f64 = 6.0;

/// The grade of every block that has text for the person, in reading order by kind.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadingReport {
    /// One entry a block.
    pub blocks: Vec<BlockGrade>,
}

/// How hard one block is.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockGrade {
    /// Which block of the [`Book`].
    pub block: BlockId,
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// What was counted.
    pub counts: Counts,
}

impl ReadingReport {
    /// The grade that half of the blocks do not exceed; 0 for none.
    pub fn median(&self) -> f64 {
        let mut grades: Vec<f64> = self.blocks.iter().map(|block| block.counts.grade()).collect();
        grades.sort_by(f64::total_cmp);
        match grades.len() {
            0 => 0.0,
            odd if odd % 2 == 1 => grades[odd / 2],
            even => f64::midpoint(grades[even / 2 - 1], grades[even / 2]),
        }
    }

    /// The hardest block's grade; 0 for none.
    pub fn max(&self) -> f64 {
        self.blocks.iter().map(|block| block.counts.grade()).fold(0.0, f64::max)
    }
}

/// What the formula counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many sentences.
    pub sentences: u32,
    /// How many words.
    pub words: u32,
    /// How many syllables, by [`syllables`].
    pub syllables: u32,
}

impl Counts {
    /// Counts texts; each ends a sentence.
    ///
    /// ```
    /// use compiler::reading::Counts;
    /// let counts = Counts::of(["Rest. Then walk a little", "It gets better."]);
    /// assert_eq!((counts.sentences, counts.words, counts.syllables), (3, 8, 10));
    /// ```
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut counts = Self::default();
        for text in texts {
            for sentence in sentences(text) {
                let mut words = 0;
                for word in words_of(sentence) {
                    words += 1;
                    counts.syllables += syllables(word);
                }
                counts.words += words;
                counts.sentences += u32::from(words > 0);
            }
        }
        counts
    }

    /// The Flesch-Kincaid grade; 0 without words, and may be below 0 for very
    /// short words.
    ///
    /// 0.39 x words a sentence + 11.8 x syllables a word - 15.59 (Kincaid and
    /// others 1975, fitted to school years).
    pub fn grade(&self) -> f64 {
        if self.words == 0 {
            return 0.0;
        }
        let (sentences, words) = (f64::from(self.sentences), f64::from(self.words));
        0.39 * words / sentences + 11.8 * f64::from(self.syllables) / words - 15.59
    }
}

/// Sentences end at `.`, `!`, `?` or `:` before a space or the end.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let is_end = |(index, mark): &(usize, char)| {
            matches!(mark, '.' | '!' | '?' | ':')
                && rest[index + 1..].chars().next().is_none_or(char::is_whitespace)
        };
        let end = rest.char_indices().find(is_end).map_or(rest.len(), |(index, _)| index + 1);
        let (sentence, after) = rest.split_at(end);
        rest = after;
        Some(sentence)
    })
}

/// Words are cut at spaces, hyphens, dashes and slashes. An id such as
/// `saddle_numbness` is not a word.
pub(crate) fn words_of(sentence: &str) -> impl Iterator<Item = &str> {
    sentence
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '/' | '\u{2013}' | '\u{2014}'))
        .filter(|word| word.chars().any(char::is_alphanumeric) && !word.contains('_'))
}

/// The texts of a block that the person reads.
pub(crate) fn patient_texts(block: Block<'_>) -> impl Iterator<Item = &str> {
    block.texts().into_iter().filter(|text| text.reader == TextFor::Person).map(|text| text.words)
}

/// Measures every block.
pub(crate) fn report(book: &Book) -> ReadingReport {
    let measured = book.blocks().map(|(block_id, block)| BlockGrade {
        block: block_id,
        id: block.name().to_owned(),
        place: block.place().clone(),
        counts: Counts::of(patient_texts(block)),
    });
    ReadingReport { blocks: measured.filter(|graded| graded.counts.words > 0).collect() }
}

#[cfg(test)]
mod tests {
    use care::RuleId;

    use super::{BlockGrade, BlockId, Counts, ReadingReport};

    #[track_caller]
    fn check(text: &str, expected: (u32, u32, u32)) {
        let counts = Counts::of([text]);
        assert_eq!((counts.sentences, counts.words, counts.syllables), expected);
    }

    #[test]
    fn labels_without_a_full_stop_are_sentences() {
        check("Numb between the legs", (1, 4, 5));
        check("", (0, 0, 0));
        check(" ... ", (0, 0, 0));
    }

    #[test]
    fn decimals_do_not_end_a_sentence_and_ids_are_no_words() {
        check("Walk 1.5 miles. See saddle_numbness.", (2, 4, 5));
    }

    #[test]
    fn the_grade_is_that_of_the_formula() {
        let counts = Counts { sentences: 2, words: 20, syllables: 26 };
        assert!((counts.grade() - (0.39 * 10.0 + 11.8 * 1.3 - 15.59)).abs() < 1e-9);
        assert!(Counts::default().grade().abs() < 1e-9);
    }

    #[test]
    fn the_median_is_the_middle_one_or_the_mean_of_two() {
        let block = |words| BlockGrade {
            block: BlockId::Rule(RuleId(0)),
            id: String::new(),
            place: care::Place::default(),
            counts: Counts { sentences: 1, words, syllables: 2 * words },
        };
        let median =
            |words: &[u32]| ReadingReport { blocks: words.iter().copied().map(block).collect() }.median();
        assert!(median(&[]).abs() < 1e-9);
        assert!((median(&[30, 10, 20]) - block(20).counts.grade()).abs() < 1e-9);
        assert!((median(&[30, 10]) - block(20).counts.grade()).abs() < 1e-9);
    }
}
