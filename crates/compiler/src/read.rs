//! Blocks to the values of a [`care::Book`], key by key.
//!
//! Nothing here stops at a problem: what cannot be read becomes something
//! harmless and a line in the log, and a book with a line in the log is never
//! handed out.

mod advice;
mod interview;
mod safety_net;

use care::{Book, Condition, Urgency};

use crate::SourceFile;
use crate::block::{Block, Blocks, Kind};
use crate::fields::Fields;
use crate::names::Names;
use crate::problem::Log;
use crate::written::Written;

/// A book that may still be wrong, with what is needed to say where.
pub(crate) struct Draft<'n> {
    pub(crate) book: Book,
    pub(crate) names: Names<'n>,
    /// Every condition of the book.
    pub(crate) conditions: Vec<Written>,
}

impl Draft<'_> {
    /// The blocks of one kind; their indices are those of the book's lists.
    pub(crate) fn blocks(&self, kind: Kind) -> &[Block<'_>] {
        self.names.blocks.of(kind)
    }

    /// The condition under a key of a block, if it has one.
    pub(crate) fn condition(&self, kind: Kind, index: usize, key: &str) -> Option<&Written> {
        self.conditions
            .iter()
            .find(|written| written.kind == kind && written.index == index && written.key == key)
    }
}

/// Reads every block.
pub(crate) fn read<'n>(
    blocks: &'n Blocks<'n>,
    sources: &'n [care::Source],
    files: &'n [SourceFile],
    log: &mut Log,
) -> Draft<'n> {
    let mut reader = Reader { names: Names::new(blocks, sources), files, conditions: Vec::new(), log };
    let mut book = Book::default();
    let findings = reader.each(Kind::Finding, interview::finding);
    let kinds = findings.iter().map(|(_, kind)| kind.clone()).collect();
    reader.names.set_finding_kinds(kinds);
    book.findings = findings.into_iter().map(|(finding, _)| finding).collect();
    book.questions = reader.each(Kind::Question, interview::question);
    book.rules = reader.each(Kind::Rule, interview::rule);
    book.causes = reader.each(Kind::Cause, advice::cause);
    book.remedies = reader.each(Kind::Remedy, advice::remedy);
    book.disagreements = reader.each(Kind::Disagreement, advice::disagreement);
    book.outcomes = reader.each(Kind::Outcome, safety_net::outcome);
    book.regions = reader.each(Kind::Region, safety_net::region);
    book.sources = sources.to_vec();
    let Reader { names, conditions, .. } = reader;
    Draft { book, names, conditions }
}

/// What reading a block needs besides the block.
struct Reader<'n, 'l> {
    names: Names<'n>,
    files: &'n [SourceFile],
    conditions: Vec<Written>,
    log: &'l mut Log,
}

impl<'n> Reader<'n, '_> {
    fn each<T>(&mut self, kind: Kind, read: impl Fn(&mut Self, usize, &Block<'n>) -> T) -> Vec<T> {
        let blocks = self.names.blocks.of(kind);
        blocks.iter().enumerate().map(|(index, block)| read(self, index, block)).collect()
    }

    /// Reads the condition under a key, if the key is there.
    fn condition(
        &mut self,
        block: &Block<'_>,
        index: usize,
        key: &'static str,
    ) -> Option<(String, Condition)> {
        let text = Fields::of(block, self.log).optional_text(key)?;
        let file_text = &self.files[block.file.0].text;
        let written = Written::read((block, index), (key, text), file_text, &self.names, self.log);
        // Any condition will do in place of one with a problem.
        let condition = written.condition.clone().unwrap_or(Condition::Or(Vec::new()));
        let text = written.text.clone();
        self.conditions.push(written);
        Some((text, condition))
    }
}

/// The words for urgencies.
pub(crate) const URGENCIES: [(&str, Urgency); 5] = [
    ("self_care", Urgency::SelfCare),
    ("routine", Urgency::Routine),
    ("see_soon", Urgency::SeeSoon),
    ("same_day", Urgency::SameDay),
    ("emergency", Urgency::Emergency),
];
