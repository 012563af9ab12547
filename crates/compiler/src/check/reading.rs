//! Whether the words are easy enough.

use crate::block::Block;
use crate::problem::{Log, Spot};
use crate::read::Draft;
use crate::reading::{BlockGrade, MAX_GRADE, MAX_MEDIAN, ReadingReport, patient_texts, syllables, words_of};

/// Reports every block over [`MAX_GRADE`], a median over [`MAX_MEDIAN`], and every id
/// that stands where a person reads.
pub(crate) fn check(draft: &Draft<'_>, report: &ReadingReport, title: &Spot, log: &mut Log) {
    for graded in &report.blocks {
        let block = written(draft, graded);
        let texts = draft.book.block(graded.block).into_iter().flat_map(patient_texts);
        let mut words = texts.flat_map(str::split_whitespace);
        if let Some(id) = words.find(|word| word.contains('_')) {
            let id = id.trim_matches(|c: char| !c.is_alphanumeric());
            let message = format!("{} shows `{id}` to the person who reads it", block.name());
            log.problem(&block.spot(), message, "write what it stands for");
        }
    }
    for graded in &report.blocks {
        let grade = graded.counts.grade();
        let block = written(draft, graded);
        if grade > MAX_GRADE && !block.is_damaged {
            let message = format!("{} reads at grade {grade:.1}, above {MAX_GRADE}", block.name());
            log.problem(&block.spot(), message, help(draft, graded));
        }
    }
    let median = report.median();
    if median > MAX_MEDIAN {
        let message = format!("half of all blocks read above grade {median:.1}; the limit is {MAX_MEDIAN}");
        let help = "shorten sentences and use everyday words, in the hardest blocks first";
        log.problem(title, message, help);
    }
}

/// The block as it is written.
fn written<'d>(draft: &'d Draft<'_>, graded: &BlockGrade) -> &'d Block<'d> {
    &draft.blocks(graded.block.kind())[graded.block.index()]
}

/// Names what weighs most: the longest words, or else the length of the sentences.
fn help(draft: &Draft<'_>, graded: &BlockGrade) -> String {
    let texts = draft.book.block(graded.block).into_iter().flat_map(patient_texts);
    let mut words: Vec<(u32, &str)> = Vec::new();
    for word in texts.flat_map(words_of) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let long = (syllables(word), word);
        if long.0 >= 3 && word.chars().any(char::is_alphabetic) && !words.contains(&long) {
            words.push(long);
        }
    }
    words.sort_by_key(|(syllables, _)| std::cmp::Reverse(*syllables));
    let longest: Vec<String> = words.iter().take(3).map(|(_, word)| format!("`{word}`")).collect();
    let per_sentence = graded.counts.words / graded.counts.sentences.max(1);
    let start = format!("use shorter sentences (now {per_sentence} words on average) and shorter words");
    if longest.is_empty() { start } else { format!("{start} than {}", longest.join(", ")) }
}
