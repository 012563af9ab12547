//! The keys of one table, read by name and type; what is left over is unknown.

mod references;

use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::block::{Block, shifted};
use crate::limits::acting;
use crate::problem::{FileId, Log, Spot};
use crate::suggest::did_you_mean;

/// Reads the keys of a table. Every method reports what it does not like and
/// returns something harmless, so that reading goes on.
pub(crate) struct Fields<'r, 't> {
    keys: &'r DeTable<'t>,
    file: FileId,
    start: usize,
    /// Where a missing key is reported.
    header: Range<usize>,
    /// For messages: ``rule `fever` ``.
    pub(crate) name: String,
    /// Damaged tables have been reported; what is wrong with their keys is not.
    pub(crate) is_silent: bool,
    known: Vec<&'static str>,
    pub(crate) log: &'r mut Log,
}

impl<'r, 't> Fields<'r, 't> {
    /// The keys of a block.
    pub(crate) fn of(block: &'r Block<'t>, log: &'r mut Log) -> Self {
        Self {
            keys: &block.keys,
            file: block.file,
            start: block.start,
            header: block.header.clone(),
            name: block.name(),
            is_silent: block.is_damaged,
            known: Vec::new(),
            log,
        }
    }

    /// The keys of a table that is not a block of its own.
    pub(crate) fn of_table(
        keys: &'r DeTable<'t>,
        header: Spot,
        start: usize,
        name: String,
        log: &'r mut Log,
    ) -> Self {
        let Spot { file, span } = header;
        Self { keys, file, start, header: span, name, is_silent: false, known: Vec::new(), log }
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn finish(self) {
        let Self { keys, file, start, name, is_silent, known, log, .. } = self;
        if is_silent {
            return;
        }
        for key in keys.keys() {
            let word = key.get_ref().as_ref();
            if !known.contains(&word) {
                let spot = Spot { file, span: shifted(key.span(), start) };
                let others = known.iter().copied().filter(|name| keys.get(*name).is_none());
                let help = did_you_mean(word, others, format!("the keys are {}", known.join(", ")));
                log.problem(&spot, format!("{name} has no key `{word}`"), help);
            }
        }
    }

    /// The text under a key that is read elsewhere, as it stands there.
    pub(crate) fn peek_text(&self, key: &str) -> Option<&str> {
        self.keys.get(key).and_then(|value| value.get_ref().as_str())
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.get(key).is_some()
    }

    pub(crate) fn problem(
        &mut self,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if !self.is_silent {
            self.log.problem(&Spot { file: self.file, span }, message, help);
        }
    }

    /// Reports something about the table as a whole.
    pub(crate) fn problem_at_header(&mut self, message: impl Into<String>, help: impl Into<String>) {
        self.problem(self.header.clone(), message, help);
    }

    /// Reports something about the value of a key, or about the table if it has none.
    pub(crate) fn problem_at_key(&mut self, key: &str, message: impl Into<String>, help: impl Into<String>) {
        let span = self.keys.get(key).map_or(self.header.clone(), |value| self.span(value));
        self.problem(span, message, help);
    }

    /// Reports a block without the sentence that it formalises.
    pub(crate) fn require_prose(&mut self, block: &Block<'_>) {
        if block.place.prose.is_empty() {
            let message = format!("{} has no paragraph directly above it", self.name);
            let help = "write the sentence that it formalises, with nothing between it and the block";
            self.problem_at_header(message, help);
        }
    }

    /// Marks a key as known without reading it.
    pub(crate) fn know(&mut self, key: &'static str) {
        self.known.push(key);
    }

    /// The value of a key, if it is there.
    pub(crate) fn value(&mut self, key: &'static str) -> Option<&'r Spanned<DeValue<'t>>> {
        self.known.push(key);
        self.keys.get(key)
    }

    /// The bytes of a value in its file.
    pub(crate) fn span(&self, value: &Spanned<DeValue<'_>>) -> Range<usize> {
        self.file_span(value.span())
    }

    /// Bytes of the block as bytes of its file.
    pub(crate) fn file_span(&self, span: Range<usize>) -> Range<usize> {
        shifted(span, self.start)
    }

    /// Reports a key that must be there and is not.
    pub(crate) fn missing(&mut self, key: &str, help: impl Into<String>) {
        self.problem_at_header(format!("{} has no `{key}`", self.name), help);
    }

    fn wrong_type(&mut self, key: &str, wanted: &str, value: &Spanned<DeValue<'_>>) {
        let help = format!("it is {}", type_words(value.get_ref()));
        self.problem(self.span(value), format!("`{key}` must be {wanted}"), help);
    }

    /// A text that may be left out.
    pub(crate) fn optional_text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let value = self.value(key)?;
        self.as_text(key, value)
    }

    /// A value that should be a text with something in it.
    pub(crate) fn as_text(&mut self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Spanned<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, "a text in double quotes", value);
            return None;
        };
        if text.trim().is_empty() {
            let help = "write the words, or leave the key out where it is optional";
            self.problem(self.span(value), format!("`{key}` is empty"), help);
            return None;
        }
        if let Some(place) = acting(text) {
            let name = text[place].escape_unicode();
            let message =
                format!("`{key}` has a character that acts on a screen instead of being read: {name}");
            self.problem(self.span(value), message, "take it out");
            return None;
        }
        Some(Spanned::new(self.span(value), text.to_owned()))
    }

    /// A text that must be there; empty where it is not.
    pub(crate) fn text(&mut self, key: &'static str) -> String {
        if !self.has(key) {
            self.missing(key, format!("add `{key} = \"...\"`"));
        }
        self.optional_text(key).map(Spanned::into_inner).unwrap_or_default()
    }

    /// A list of texts that may be left out. One that stands there twice is reported.
    pub(crate) fn optional_texts(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, "a list of texts", value);
            return Vec::new();
        };
        let mut texts: Vec<Spanned<String>> = Vec::new();
        let mut known = HashSet::new();
        for item in list {
            let Some(text) = self.as_text(key, item) else { continue };
            if known.insert(text.get_ref().clone()) {
                texts.push(text);
            } else {
                let message = format!("`{}` is listed twice under `{key}`", text.get_ref());
                self.problem(text.span(), message, "list each one once");
            }
        }
        texts
    }

    /// The same without positions.
    pub(crate) fn optional_words(&mut self, key: &'static str) -> Vec<String> {
        self.optional_texts(key).into_iter().map(Spanned::into_inner).collect()
    }

    /// A list of texts with at least one in it.
    pub(crate) fn words(&mut self, key: &'static str) -> Vec<String> {
        self.require_items(key);
        self.optional_words(key)
    }

    /// Reports a table of a list that lacks its condition, which was read before.
    pub(crate) fn require_if(&mut self) {
        self.know("if");
        if !self.has("if") {
            self.missing("if", "add the condition `if = \"...\"`");
        }
    }

    /// Whether the key's value is a list.
    pub(crate) fn is_list(&self, key: &str) -> bool {
        self.keys.get(key).is_some_and(|value| value.get_ref().is_array())
    }

    /// Reports a list that is missing or empty.
    pub(crate) fn require_items(&mut self, key: &'static str) {
        match self.keys.get(key) {
            None => self.missing(key, format!("add `{key} = [...]` with at least one item")),
            Some(value) if value.get_ref().as_array().is_some_and(|list| list.is_empty()) => {
                self.problem(self.span(value), format!("`{key}` is empty"), "list at least one");
            }
            Some(_) => {}
        }
    }

    /// `true` or `false`; false where it is left out.
    pub(crate) fn flag(&mut self, key: &'static str) -> bool {
        self.optional_flag(key).unwrap_or(false)
    }

    /// `true` or `false`, if it is there.
    pub(crate) fn optional_flag(&mut self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong_type(key, "true or false", value);
        }
        flag
    }

    /// A whole number that must be there.
    pub(crate) fn number(&mut self, key: &'static str) -> Option<i64> {
        if !self.has(key) {
            self.missing(key, format!("add `{key} = ` with a whole number"));
        }
        self.optional_number(key)
    }

    /// A whole number that may be left out.
    pub(crate) fn optional_number(&mut self, key: &'static str) -> Option<i64> {
        let value = self.value(key)?;
        let number = whole_number(value.get_ref());
        if number.is_none() {
            self.wrong_type(key, "a whole number", value);
        }
        number
    }

    /// A number above 0, with or without a decimal point, that may be left out.
    pub(crate) fn optional_decimal(&mut self, key: &'static str) -> Option<f64> {
        let value = self.value(key)?;
        let number: Option<f64> = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(integer) => integer.as_str().parse().ok(),
            _ => {
                self.wrong_type(key, "a number above 0", value);
                return None;
            }
        };
        let number = number.filter(|number| number.is_finite() && *number > 0.0);
        if number.is_none() {
            let message = format!("`{key}` is no number above 0");
            self.problem(self.span(value), message, "write it like `2.0`; as a ratio, 1 says nothing");
        }
        number
    }

    /// A number above 0 that must be there; 1 where it is not.
    pub(crate) fn decimal(&mut self, key: &'static str) -> f64 {
        if !self.has(key) {
            self.missing(key, format!("add `{key} = ` with a number above 0"));
        }
        self.optional_decimal(key).unwrap_or(1.0)
    }

    /// A whole number from 1 that fits 32 bits and must be there; 1 where it is not.
    pub(crate) fn count(&mut self, key: &'static str) -> u32 {
        let number = self.number(key);
        self.counted(key, number)
    }

    /// The number as a count; one that is no count is reported at the key.
    pub(crate) fn counted(&mut self, key: &'static str, number: Option<i64>) -> u32 {
        let Some(number) = number else { return 1 };
        u32::try_from(number).ok().filter(|count| *count > 0).unwrap_or_else(|| {
            let help = "write a whole number from 1";
            self.problem_at_key(key, format!("`{key}` is {number}"), help);
            1
        })
    }

    /// One of a few words; it must be there.
    pub(crate) fn word<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<Spanned<T>> {
        if !self.has(key) {
            self.missing(key, format!("add `{key} = ` with one of {}", quoted(words)));
        }
        self.optional_word(key, words)
    }

    /// One of a few words; it may be left out.
    pub(crate) fn optional_word<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<Spanned<T>> {
        let text = self.optional_text(key)?;
        self.meaning(key, &text, words)
    }

    /// What a word stands for; one that is not allowed is reported.
    fn meaning<T: Copy>(
        &mut self,
        key: &str,
        text: &Spanned<String>,
        words: &[(&'static str, T)],
    ) -> Option<Spanned<T>> {
        let Some((_, meaning)) = words.iter().find(|(word, _)| word == text.get_ref()) else {
            let all = words.iter().map(|(word, _)| *word);
            let help = did_you_mean(text.get_ref(), all, format!("use one of {}", quoted(words)));
            let message = format!("`{}` is not allowed for `{key}`", text.get_ref());
            self.problem(text.span(), message, help);
            return None;
        };
        Some(Spanned::new(text.span(), *meaning))
    }

    /// Some of a few words: one as a text, or several as a list.
    pub(crate) fn optional_words_of<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Vec<T> {
        self.words_of(key, words, Self::optional_texts)
    }

    /// One of a few words, or a list of them in which a word may come again.
    pub(crate) fn optional_words_or_pair<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Vec<T> {
        self.words_of(key, words, Self::texts_as_written)
    }

    fn words_of<T: Copy>(
        &mut self,
        key: &'static str,
        words: &[(&'static str, T)],
        read_list: fn(&mut Self, &'static str) -> Vec<Spanned<String>>,
    ) -> Vec<T> {
        let texts = if self.is_list(key) {
            read_list(self, key)
        } else {
            self.optional_text(key).into_iter().collect()
        };
        let meanings = texts.iter().filter_map(|text| self.meaning(key, text, words));
        meanings.map(Spanned::into_inner).collect()
    }

    /// A list of texts in which one may come again.
    pub(crate) fn texts_as_written(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let list = self.value(key).and_then(|value| value.get_ref().as_array());
        list.into_iter().flatten().filter_map(|item| self.as_text(key, item)).collect()
    }

    /// The tables of a list of inline tables.
    pub(crate) fn tables(&mut self, key: &'static str) -> Vec<(&'r DeTable<'t>, Spot)> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(key, "a list of tables in braces", value);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in list {
            match item.get_ref().as_table() {
                Some(table) => tables.push((table, Spot { file: self.file, span: self.span(item) })),
                None => self.wrong_type(key, "a list of tables in braces", item),
            }
        }
        tables
    }

    /// A table under a key, if it is there.
    pub(crate) fn table(&mut self, key: &'static str) -> Option<(&'r DeTable<'t>, Spot)> {
        let value = self.value(key)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(key, "a table in braces", value);
        }
        Some((table?, Spot { file: self.file, span: self.span(value) }))
    }

    /// Reads one of those tables.
    pub(crate) fn nested<T>(
        &mut self,
        name: &str,
        (keys, spot): (&'r DeTable<'t>, Spot),
        read: impl FnOnce(&mut Fields<'_, 't>) -> T,
    ) -> T {
        let mut fields = Fields {
            keys,
            file: spot.file,
            start: self.start,
            header: spot.span,
            name: name.to_owned(),
            is_silent: self.is_silent,
            known: Vec::new(),
            log: self.log,
        };
        let value = read(&mut fields);
        fields.finish();
        value
    }
}

/// The value, if it is a whole number in range.
pub(crate) fn whole_number(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn type_words(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number, or too large for one",
        DeValue::Float(_) => "a number with a decimal point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The words in double quotes, with commas between.
fn quoted<T>(words: &[(&str, T)]) -> String {
    let quoted: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
    quoted.join(", ")
}
