//! A fenced `toml` block: its kind, its id and its keys, before their meaning is known.

use std::collections::HashMap;
use std::ops::Range;

/// What a block is; in this crate there are no other kinds.
pub(crate) use care::BlockKind as Kind;
use care::Place;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::markdown::Fence;
use crate::problem::{FileId, Log, Spot, line_of};
use crate::suggest::did_you_mean;

/// One block.
pub(crate) struct Block<'t> {
    pub(crate) kind: Kind,
    pub(crate) id: String,
    pub(crate) file: FileId,
    /// Where the block's text begins in its file.
    pub(crate) start: usize,
    /// Where the id stands in its file.
    pub(crate) header: Range<usize>,
    pub(crate) place: Place,
    pub(crate) keys: DeTable<'t>,
    /// Some of it was no TOML, so that keys may be missing for that reason only.
    pub(crate) is_damaged: bool,
}

impl Block<'_> {
    /// Its table header.
    pub(crate) fn spot(&self) -> Spot {
        Spot { file: self.file, span: self.header.clone() }
    }

    /// For messages: ``rule `fever` ``.
    pub(crate) fn name(&self) -> String {
        format!("{} `{}`", self.kind.id(), self.id)
    }
}

/// Every block of the book by kind, each list in reading order. A block's
/// index in its list is its id in the [`care::Book`].
#[derive(Default)]
pub(crate) struct Blocks<'t> {
    lists: HashMap<Kind, Vec<Block<'t>>>,
    first: HashMap<(Kind, String), u16>,
}

impl<'t> Blocks<'t> {
    /// Adds a block; a second one with the same id is reported.
    pub(crate) fn add(&mut self, block: Block<'t>, log: &mut Log) {
        let list = self.lists.entry(block.kind).or_default();
        let Ok(index) = u16::try_from(list.len()) else {
            let message = format!("there are more than 65,536 blocks of the kind `{}`", block.kind.id());
            log.problem(&block.spot(), message, "remove some");
            return;
        };
        let key = (block.kind, block.id.clone());
        if let Some(first) = self.first.get(&key) {
            let place = &list[usize::from(*first)].place;
            let message = format!("{} is already at {}:{}", block.name(), place.file, place.line);
            log.problem(&block.spot(), message, "give it another id; ids are never used twice");
        } else {
            self.first.insert(key, index);
        }
        list.push(block);
    }

    /// The blocks of one kind, in reading order.
    pub(crate) fn of(&self, kind: Kind) -> &[Block<'t>] {
        self.lists.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The index of the block with this id.
    pub(crate) fn find(&self, kind: Kind, id: &str) -> Option<u16> {
        self.first.get(&(kind, id.to_owned())).copied()
    }

    /// The ids of one kind, in reading order.
    pub(crate) fn ids(&self, kind: Kind) -> impl Iterator<Item = &str> {
        self.of(kind).iter().map(|block| block.id.as_str())
    }
}

/// Reads the blocks of a fence. There should be exactly one; further ones are
/// reported, and still read so that nothing else is reported because of it.
pub(crate) fn read<'t>(fence: &Fence<'t>, file: FileId, file_text: &str, log: &mut Log) -> Vec<Block<'t>> {
    let spot = |span: Range<usize>| Spot { file, span: shifted(span, fence.start) };
    let (root, errors) = DeTable::parse_recoverable(fence.text);
    let is_damaged = !errors.is_empty();
    report_damage(fence, &errors, file, log);

    let mut blocks = Vec::new();
    let block = |kind, id: String, header: Range<usize>, keys, log: &Log| {
        let header = shifted(header, fence.start);
        let place = Place {
            file: log.path(file).to_owned(),
            line: line_of(file_text, header.start),
            prose: fence.prose.clone(),
        };
        let start = fence.start;
        Block { kind, id, file, start, header, place, keys, is_damaged }
    };
    for (kind_key, value) in root.into_inner() {
        let Some(kind) = Kind::named(kind_key.get_ref()) else {
            if !is_damaged {
                report_unknown_kind(&spot(kind_key.span()), kind_key.get_ref(), &value, log);
            }
            continue;
        };
        let DeValue::Table(tables) = value.into_inner() else {
            report_missing_id(&spot(kind_key.span()), kind, log);
            continue;
        };
        if !tables.values().all(|table| table.get_ref().is_table()) || tables.is_empty() {
            report_missing_id(&spot(kind_key.span()), kind, log);
            continue;
        }
        for (id_key, value) in tables {
            let DeValue::Table(keys) = value.into_inner() else { continue };
            check_id(&spot(id_key.span()), id_key.get_ref(), log);
            if !blocks.is_empty() && !is_damaged {
                let help = "close the fence before it and give it a fence of its own";
                log.problem(&spot(id_key.span()), "a second table in one `toml` block", help);
            }
            blocks.push(block(kind, id_key.get_ref().to_string(), id_key.span(), keys, log));
        }
    }
    if is_damaged
        && blocks.is_empty()
        && let Some((kind, id, header)) = header_at_first_sight(fence.text)
    {
        blocks.push(block(kind, id.to_owned(), header, DeTable::new(), log));
    }
    if blocks.is_empty() {
        log.has_unreadable_block = true;
        if log.is_empty_in(file, fence.start..fence.start + fence.text.len() + 1) {
            let help = "start it with a table header like `[rule.fever]`";
            log.problem(&spot(0..0), "an empty `toml` block", help);
        }
    }
    blocks
}

/// One problem a line: what follows on the same line is mostly a consequence.
pub(crate) fn report_damage(fence: &Fence<'_>, errors: &[toml::de::Error], file: FileId, log: &mut Log) {
    let mut last_line = 0;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let line = line_of(fence.text, span.start);
        if line != last_line {
            let spot = Spot { file, span: shifted(span, fence.start) };
            let message = format!("this is not TOML: {}", error.message());
            log.problem(&spot, message, "write it as `key = value`, texts in double quotes");
        }
        last_line = line;
        log.has_unreadable_block = true;
    }
}

fn report_unknown_kind(spot: &Spot, word: &str, value: &Spanned<DeValue<'_>>, log: &mut Log) {
    let kinds = Kind::ALL.map(Kind::id);
    let help = did_you_mean(word, kinds, format!("the kinds are {}", kinds.join(", ")));
    if value.get_ref().is_table() {
        log.problem(spot, format!("there is no kind of block called `{word}`"), help);
    } else {
        let help = "start the block with a table header like `[rule.fever]`";
        log.problem(spot, format!("`{word}` stands outside a table"), help);
    }
    log.has_unreadable_block = true;
}

fn report_missing_id(spot: &Spot, kind: Kind, log: &mut Log) {
    let kind = kind.id();
    log.problem(spot, format!("this {kind} has no id"), format!("write `[{kind}.some_id]`"));
    log.has_unreadable_block = true;
}

/// Letters, digits and single underscores, and no word of the condition language.
pub(crate) fn check_id(spot: &Spot, id: &str, log: &mut Log) {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    let starts_well = id.starts_with(|first: char| first.is_ascii_lowercase());
    if !starts_well || !id.split('_').all(is_part) {
        let help = "an id is in snake_case: small letters and digits in words joined by `_`, a letter first";
        log.problem(spot, format!("`{id}` is no id"), help);
    } else if matches!(id, "yes" | "no" | "not_sure" | "none" | "back") {
        let help = "\"yes\", \"no\", \"not sure\", \"none\" and \"back\" are words of the interview; \
                    choose another id";
        log.problem(spot, format!("`{id}` is no id"), help);
    } else if matches!(id, "and" | "or" | "not") {
        let help = "`and`, `or` and `not` are words of the condition language; choose another id";
        log.problem(spot, format!("`{id}` is no id"), help);
    }
}

/// The header of a block that is no TOML, so that others may still refer to it.
fn header_at_first_sight(text: &str) -> Option<(Kind, &str, Range<usize>)> {
    let inner_start = text.find('[')? + 1;
    let (word, rest) = text[inner_start..].split_once('.')?;
    let kind = Kind::named(word)?;
    let is_id = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let length = rest.find(|c| !is_id(c)).unwrap_or(rest.len());
    let start = inner_start + word.len() + 1;
    (length > 0).then(|| (kind, &rest[..length], start..start + length))
}

/// A span inside a block as a span of its file.
pub(crate) fn shifted(span: Range<usize>, start: usize) -> Range<usize> {
    span.start + start..span.end + start
}
