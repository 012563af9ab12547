//! `sources.toml`: every source once.

use care::{Source, SourceKind, Weight};
use toml::Spanned;
use toml::de::DeTable;

use crate::block::check_id;
use crate::fields::Fields;
use crate::problem::{FileId, Log, Spot};

/// Where the sources stand.
pub(crate) const PATH: &str = "sources.toml";

const KINDS: [(&str, SourceKind); 8] = [
    ("article", SourceKind::Article),
    ("guideline", SourceKind::Guideline),
    ("study", SourceKind::Study),
    ("review", SourceKind::Review),
    ("label", SourceKind::Label),
    ("agency", SourceKind::Agency),
    ("knowledge", SourceKind::Knowledge),
    ("judgement", SourceKind::Judgement),
];

const WEIGHTS: [(&str, Weight); 3] =
    [("high", Weight::High), ("moderate", Weight::Moderate), ("low", Weight::Low)];

/// Reads the whole file.
pub(crate) fn read(text: &str, file: FileId, log: &mut Log) -> Vec<Source> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let help = "write it as `key = value`, texts in double quotes; each source is a table of its own";
    log.not_toml(file, text, &errors, help);
    let damaged: Vec<usize> = errors.iter().filter_map(|error| Some(error.span()?.start)).collect();
    let starts: Vec<usize> = root.get_ref().keys().map(|key| key.span().start).collect();
    let mut sources = Vec::new();
    for (index, (key, value)) in root.get_ref().iter().enumerate() {
        let id = key.get_ref().to_string();
        let spot = Spot { file, span: key.span() };
        check_id(&spot, &id, log);
        let Some(table) = value.get_ref().as_table() else {
            log.problem(&spot, format!("`{id}` stands outside a source"), "start a source with `[some_id]`");
            continue;
        };
        if sources.len() > usize::from(u16::MAX) {
            log.problem(&spot, "there are more than 65,536 sources", "remove some");
            break;
        }
        let end = starts.get(index + 1).copied().unwrap_or(usize::MAX);
        let is_damaged = damaged.iter().any(|error| (starts[index]..end).contains(error));
        let mut fields = Fields::of_table(table, spot, 0, format!("source `{id}`"), log);
        fields.is_silent = is_damaged;
        let source = source(id, &mut fields);
        fields.finish();
        sources.push(source);
    }
    sources
}

fn source(id: String, fields: &mut Fields<'_, '_>) -> Source {
    let year = fields.optional_number("year");
    let is_year = |year: i64| u16::try_from(year).ok().filter(|year| (1800..=2100).contains(year));
    if let Some(number) = year
        && is_year(number).is_none()
    {
        fields.problem_at_key("year", format!("{number} is no year"), "write a year from 1800 to 2100");
    }
    Source {
        id,
        at: None,
        title: fields.text("title"),
        year: year.and_then(is_year),
        link: fields.text("link"),
        kind: fields.word("kind", &KINDS).map_or(SourceKind::Knowledge, Spanned::into_inner),
        weight: fields.word("weight", &WEIGHTS).map_or(Weight::Low, Spanned::into_inner),
    }
}
