//! A condition as it stands in the book: its place, its tree and its meaning.

use std::ops::Range;

use care::{Condition, FindingId};
use toml::Spanned;

use crate::block::{Block, Kind};
use crate::condition::resolve::{mentions, resolve};
use crate::condition::{Tree, parse};
use crate::names::Names;
use crate::problem::{FileId, Log, Spot};

/// A condition of some block.
pub(crate) struct Written {
    /// The kind of block it belongs to.
    pub(crate) kind: Kind,
    /// Which block of that kind.
    pub(crate) index: usize,
    /// The key it is the value of.
    pub(crate) key: &'static str,
    /// The text.
    pub(crate) text: String,
    file: FileId,
    /// The value with its quotes.
    whole: Range<usize>,
    /// Where the text begins in the file, if it stands there just as it is read.
    start: Option<usize>,
    /// How it is built; `None` where it is no condition or its block is damaged.
    pub(crate) tree: Option<Tree>,
    /// What it means; `None` where something in it has been reported.
    pub(crate) condition: Option<Condition>,
    /// Findings it names, or seems to name where it cannot be read.
    pub(crate) mentions: Vec<FindingId>,
}

impl Written {
    /// Reads the condition under a key; what is wrong with it is reported.
    pub(crate) fn read(
        (block, index): (&Block<'_>, usize),
        (key, text): (&'static str, Spanned<String>),
        file_text: &str,
        names: &Names<'_>,
        log: &mut Log,
    ) -> Self {
        let whole = text.span();
        let text = text.into_inner();
        let start = text_start(&file_text[whole.clone()], &text).map(|quotes| whole.start + quotes);
        let mut written = Self {
            kind: block.kind,
            index,
            key,
            text,
            file: block.file,
            whole,
            start,
            tree: None,
            condition: None,
            mentions: Vec::new(),
        };
        // The text of a damaged block may not be what its author wrote.
        if block.is_damaged {
            written.mentions = mentions(&written.text, names);
            return written;
        }
        let mut complaints = Vec::new();
        match parse(&written.text) {
            Ok(tree) => {
                written.condition = resolve(&tree, names, &mut complaints);
                written.tree = Some(tree);
            }
            Err(error) => complaints.push((error.span, error.message, error.help)),
        }
        match &written.condition {
            Some(condition) => condition.walk(&mut |part| written.mentions.extend(part.finding())),
            None => written.mentions = mentions(&written.text, names),
        }
        for (span, message, help) in complaints {
            log.problem(&written.spot(&span), message, help);
        }
        written
    }

    /// Some bytes of the condition as bytes of the file.
    pub(crate) fn spot(&self, part: &Range<usize>) -> Spot {
        let span = self.start.map_or(self.whole.clone(), |start| start + part.start..start + part.end);
        Spot { file: self.file, span }
    }

    /// The whole condition.
    pub(crate) fn whole_spot(&self) -> Spot {
        self.spot(&(0..self.text.len()))
    }
}

/// How many bytes of quotes stand before the text of a TOML string, if the
/// text stands in the file just as it is read: not where it has escapes.
fn text_start(raw: &str, text: &str) -> Option<usize> {
    let quotes = if raw.starts_with("\"\"\"") || raw.starts_with("'''") { 3 } else { 1 };
    let inner = raw.get(quotes..raw.len().checked_sub(quotes)?)?;
    // TOML drops a line break directly after three quotes.
    let trimmed = if quotes == 3 {
        inner.strip_prefix("\r\n").or_else(|| inner.strip_prefix('\n')).unwrap_or(inner)
    } else {
        inner
    };
    (trimmed == text).then_some(quotes + inner.len() - trimmed.len())
}
