//! `words.toml`: words that mean the same, and how people say that all is well.

use std::ops::Range;

use care::{Finding, FindingId, FindingKind, SameWords, Words};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::problem::{FileId, Log, Spot, line_of};
use crate::suggest::did_you_mean;

/// Where they stand. The file may be missing.
pub(crate) const PATH: &str = "words.toml";

/// Reads the whole file.
pub(crate) fn read(text: &str, file: FileId, findings: &[Finding], log: &mut Log) -> Words {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut last_line = 0;
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let line = line_of(text, span.start);
        if line != last_line {
            let help = "write it as `word = [\"other\", \"words\"]`, all in double quotes";
            log.problem(&Spot { file, span }, format!("this is not TOML: {}", error.message()), help);
        }
        last_line = line;
    }
    let mut reader = Reader { file, log };
    let mut words = Words::default();
    for (key, value) in root.get_ref() {
        match key.get_ref().as_ref() {
            "correct" => words.correct = reader.list(value),
            "same" => {
                for (word, also) in reader.table(value) {
                    let group = SameWords { word: word.get_ref().to_string(), also: reader.list(also) };
                    reader.refuse_words_of_other_groups(&group, &words.same, &word.span());
                    words.same.push(group);
                }
            }
            "fine" => {
                for (id, phrases) in reader.table(value) {
                    let phrases = reader.list(phrases);
                    if let Some(finding) = reader.finding(id.get_ref(), id.span(), findings) {
                        words.fine.push((finding, phrases));
                    }
                }
            }
            other => {
                let help = did_you_mean(
                    other,
                    ["same", "fine", "correct"],
                    "the tables are `same`, `fine` and `correct`",
                );
                reader.problem(key.span(), format!("unknown table `{other}`"), help);
            }
        }
    }
    words
}

struct Reader<'l> {
    file: FileId,
    log: &'l mut Log,
}

impl Reader<'_> {
    fn problem(&mut self, span: Range<usize>, message: String, help: impl Into<String>) {
        self.log.problem(&Spot { file: self.file, span }, message, help);
    }

    fn table<'t, 'i>(
        &mut self,
        value: &'t Spanned<DeValue<'i>>,
    ) -> Vec<(&'t Spanned<toml::de::DeString<'i>>, &'t Spanned<DeValue<'i>>)> {
        let Some(table) = value.get_ref().as_table() else {
            self.problem(value.span(), "expected a table".to_owned(), "write `[same]` on a line of its own");
            return Vec::new();
        };
        table.iter().collect()
    }

    fn list(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        let items = value.get_ref().as_array();
        let words: Option<Vec<String>> = items.and_then(|items| {
            items
                .iter()
                .map(|item| {
                    item.get_ref().as_str().filter(|word| !word.trim().is_empty()).map(ToOwned::to_owned)
                })
                .collect()
        });
        words.filter(|words| !words.is_empty()).unwrap_or_else(|| {
            let help = "write `[\"one\", \"another\"]`";
            self.problem(value.span(), "expected a list of words".to_owned(), help);
            Vec::new()
        })
    }

    fn finding(&mut self, id: &str, span: Range<usize>, findings: &[Finding]) -> Option<FindingId> {
        let position =
            findings.iter().position(|finding| finding.id == id && finding.kind == FindingKind::YesNo);
        if position.is_none() {
            let ids = findings
                .iter()
                .filter(|finding| finding.kind == FindingKind::YesNo)
                .map(|finding| finding.id.as_str());
            let help = did_you_mean(id, ids, "`unclench findings` lists them all");
            self.problem(span, format!("there is no yes/no finding `{id}`"), help);
        }
        position.and_then(|index| u16::try_from(index).ok()).map(FindingId)
    }

    /// A word in two groups would mean two things.
    fn refuse_words_of_other_groups(
        &mut self,
        group: &SameWords,
        earlier: &[SameWords],
        span: &Range<usize>,
    ) {
        for word in std::iter::once(&group.word).chain(&group.also) {
            if let Some(other) = earlier.iter().find(|other| other.word == *word || other.also.contains(word))
            {
                let message = format!("`{word}` stands under `{}` and under `{}`", other.word, group.word);
                self.problem(span.clone(), message, "leave it in one of them");
            }
        }
    }
}
