//! What is wrong with the book: every problem, each at its place with a way out.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};

use crate::SourceFile;

/// One thing that is wrong, where, and what to do about it.
///
/// Displayed it is its message alone; [`Problem::plain`] adds the line and the help.
#[derive(Clone, Debug, thiserror::Error, Diagnostic)]
#[error("{message}")]
pub struct Problem {
    message: String,
    #[help]
    help: String,
    #[source_code]
    text: NamedSource<Arc<str>>,
    #[label]
    span: SourceSpan,
}

impl Problem {
    /// What is wrong, without a final full stop.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    pub fn help(&self) -> &str {
        &self.help
    }

    /// The file, relative to the book's folder.
    pub fn path(&self) -> &str {
        self.text.name()
    }

    /// The bytes of the file it is about; may be empty.
    pub fn span(&self) -> Range<usize> {
        self.span.offset()..self.span.offset() + self.span.len()
    }

    /// Line and column, both counted from 1; the column counts characters.
    pub fn line_column(&self) -> (usize, usize) {
        let before = &self.text.inner()[..self.span.offset()];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (line_of(before, before.len()), before[line_start..].chars().count() + 1)
    }

    /// Whether its lines are short and plain enough to be drawn with it. A drawing of a
    /// line of thousands of letters is of no use, and miette cannot make it.
    pub fn is_drawn_well(&self) -> bool {
        let text = self.text.inner();
        let is_short = text.lines().all(|line| line.len() <= LONGEST_SHOWN * 2);
        let is_plain = |text: &str| care::printable_lines(text) == text;
        is_short && is_plain(text) && is_plain(&self.message) && is_plain(&self.help) && is_plain(self.path())
    }

    /// The problem as plain text: place and message, the line, carets under it, the help.
    ///
    /// ```text
    /// danger/cauda_equina.md:12:8: there is no finding `saddle_numness`
    ///   | when = "saddle_numness"
    ///   |         ^^^^^^^^^^^^^^
    ///   help: did you mean `saddle_numbness`?
    /// ```
    pub fn plain(&self) -> String {
        let (line, column) = self.line_column();
        let text = self.text.inner();
        let line_start = text[..self.span.offset()].rfind('\n').map_or(0, |newline| newline + 1);
        let line_text = text[line_start..].lines().next().unwrap_or_default();
        let (shown, before) = window(line_text, column - 1);
        let line_end = line_start + line_text.len();
        let span = self.span();
        let carets = text.get(span.start..span.end.min(line_end)).map_or(0, |part| part.chars().count());
        let shown = shown.replace('\t', " ");
        format!(
            "{path}:{line}:{column}: {message}\n{shown}\n{blank}{marks}\n  help: {help}\n",
            path = self.path(),
            message = self.message,
            shown = format!("  | {shown}").trim_end(),
            blank = format_args!("  | {}", " ".repeat(before)),
            marks = "^".repeat(carets.clamp(1, LONGEST_SHOWN)),
            help = self.help,
        )
    }
}

/// Everything that is wrong, in reading order; never empty.
///
/// Displayed it is the plain rendering of each problem, with a blank line between.
#[derive(Clone, Debug, thiserror::Error)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Each problem, in reading order.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// How many; at least 1.
    #[allow(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl<'p> IntoIterator for &'p Problems {
    type Item = &'p Problem;
    type IntoIter = std::slice::Iter<'p, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            f.write_str(&problem.plain())?;
        }
        Ok(())
    }
}

impl Diagnostic for Problems {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.iter().map(|problem| problem as &dyn Diagnostic)))
    }
}

/// Which of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FileId(pub(crate) usize);

/// Some bytes of a file.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) file: FileId,
    pub(crate) span: Range<usize>,
}

/// Problems that are kept: nobody reads more, and each may be as long as what it quotes.
const MOST_PROBLEMS: usize = 2_000;

/// Characters of a message.
const LONGEST_MESSAGE: usize = 2_000;

/// A message that is not endless, since it may quote what is.
fn cut(message: String) -> String {
    match message.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}...", &message[..end]),
        None => message,
    }
}

/// Collects problems while the book is read.
pub(crate) struct Log {
    files: Vec<(String, Arc<str>)>,
    /// For each file, its place in reading order.
    rank: Vec<usize>,
    found: Vec<(Spot, String, String)>,
    /// Some block could not be read at all, so nothing may be concluded from
    /// what the book seems to lack.
    pub(crate) has_unreadable_block: bool,
}

impl Log {
    /// Reports where a file is no TOML, the first place of each line.
    pub(crate) fn not_toml(&mut self, file: FileId, text: &str, errors: &[toml::de::Error], help: &str) {
        let mut last_line = 0;
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let line = line_of(text, span.start);
            if line != last_line {
                self.problem(&Spot { file, span }, format!("this is not TOML: {}", error.message()), help);
            }
            last_line = line;
        }
    }

    pub(crate) fn new(files: &[SourceFile]) -> Self {
        let shared = |file: &SourceFile| (file.path.clone(), Arc::from(file.text.as_str()));
        Self {
            files: files.iter().map(shared).collect(),
            rank: vec![usize::MAX; files.len()],
            found: Vec::new(),
            has_unreadable_block: false,
        }
    }

    /// A file that should exist and does not, so that problems can point at its path.
    pub(crate) fn add_missing_file(&mut self, path: &str) -> FileId {
        self.files.push((path.to_owned(), Arc::from("")));
        self.rank.push(usize::MAX);
        FileId(self.files.len() - 1)
    }

    /// Reading order: problems are sorted by it.
    pub(crate) fn set_rank(&mut self, file: FileId, rank: usize) {
        self.rank[file.0] = rank;
    }

    pub(crate) fn path(&self, file: FileId) -> &str {
        &self.files[file.0].0
    }

    pub(crate) fn problem(&mut self, spot: &Spot, message: impl Into<String>, help: impl Into<String>) {
        if self.found.len() < MOST_PROBLEMS {
            self.found.push((spot.clone(), cut(message.into()), cut(help.into())));
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether nothing was found in this part of a file.
    pub(crate) fn is_empty_in(&self, file: FileId, part: Range<usize>) -> bool {
        !self.found.iter().any(|(spot, ..)| spot.file == file && part.contains(&spot.span.start))
    }

    /// Everything that was found, in reading order. Call it only if something was.
    pub(crate) fn into_problems(self) -> Problems {
        let Self { files, rank, mut found, .. } = self;
        found.sort_by(|(left, ..), (right, ..)| {
            let key = |spot: &Spot| (rank[spot.file.0], &files[spot.file.0].0, spot.span.start);
            key(left).cmp(&key(right))
        });
        let problem = |(spot, message, help): (Spot, String, String)| {
            let (path, text) = &files[spot.file.0];
            let span = SourceSpan::from(within(text, spot.span));
            Problem { message, help, text: NamedSource::new(path, Arc::clone(text)), span }
        };
        Problems(found.into_iter().map(problem).collect())
    }
}

/// Characters of a line that are shown with a problem.
const LONGEST_SHOWN: usize = 400;

/// The part of a line that is shown around a column, counted in characters from 0, and
/// how many characters of it stand before that column.
fn window(line: &str, column: usize) -> (String, usize) {
    if line.len() <= LONGEST_SHOWN {
        return (line.to_owned(), column);
    }
    let from = column.saturating_sub(LONGEST_SHOWN / 4);
    (line.chars().skip(from).take(LONGEST_SHOWN).collect(), column - from)
}

/// The line of a byte, counted from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// The span, moved to the nearest character boundaries inside the text.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let boundary = |offset: usize| {
        (0..=offset.min(text.len())).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0)
    };
    let start = boundary(span.start);
    start..boundary(span.end).max(start)
}
