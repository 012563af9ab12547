//! `words.toml` and `words/`: classes of words, and whether the patterns of the book fit them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use care::{
    AskedBefore, THINGS_AND_ACCIDENTS, Topic, WordClass, Words, classes_of, findings_of, words_of_passages,
};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::SourceFile;
use crate::block::{Block, Kind, shifted};
use crate::problem::{FileId, Log, Spot};
use crate::read::Draft;
use crate::suggest::did_you_mean;

/// Whether a file of the book holds words: `words.toml`, or one theme of them in `words/`.
pub(crate) fn is_path(path: &str) -> bool {
    path == "words.toml" || path.strip_prefix("words/").and_then(|name| name.strip_suffix(".toml")).is_some()
}

/// Reads every file of words; the book may have none.
pub(crate) fn read(files: &[SourceFile], draft: &Draft<'_>, log: &mut Log) -> Words {
    let mut reader = Reader { file: FileId(0), log, classes: Vec::new(), shared: Vec::new() };
    let mut words = Words::default();
    // Rules that go in a circle have no words; what is idle is only known in a sound book.
    let mut is_sound = reader.log.is_empty();
    for (index, source) in files.iter().enumerate().filter(|(_, source)| is_path(&source.path)) {
        reader.file = FileId(index);
        is_sound &= reader.file_of_words(&source.text, &mut words, draft);
    }
    reader.refuse_classes_that_are_not_there(&words);
    reader.refuse_words_of_two_classes(&words);
    if is_sound {
        reader.refuse_idle_classes(&words, draft);
    }
    words
}

/// Reports patterns over classes that the book does not have.
pub(crate) fn check_patterns(words: &Words, file: FileId, draft: &Draft<'_>, log: &mut Log) {
    for pattern in words.topics.iter().flat_map(|topic| &topic.asks) {
        for name in classes_of(pattern).unwrap_or_default() {
            if !words.classes.iter().any(|class| class.name == name) {
                let names = words.classes.iter().map(|class| class.name.as_str());
                let help = did_you_mean(name, names, "add it to `[class]`");
                let spot = Spot { file, span: 0..0 };
                log.problem(&spot, format!("`{pattern}`: there is no class `<{name}>`"), help);
            }
        }
    }
    for (pattern, spot) in draft.blocks(Kind::Finding).iter().flat_map(patterns) {
        for name in classes_of(pattern).unwrap_or_default() {
            if !words.classes.iter().any(|class| class.name == name) {
                let names = words.classes.iter().map(|class| class.name.as_str());
                let help = did_you_mean(name, names, "add it to `[class]` in words.toml");
                log.problem(&spot, format!("there is no class `<{name}>`"), help);
            }
        }
        for name in findings_of(pattern) {
            let findings = draft.blocks(Kind::Finding).iter().map(|block| block.id.as_str());
            if !findings.clone().any(|id| id == name) {
                let help = did_you_mean(name, findings, "a `[finding.ID]` of the book");
                log.problem(&spot, format!("there is no finding `[{name}]`"), help);
            }
        }
    }
}

/// Every pattern of a finding, and what keeps it from being heard, as they are written.
fn patterns<'b>(block: &'b Block<'_>) -> Vec<(&'b str, Spot)> {
    let lists = |key: &str| -> Vec<&Spanned<DeValue<'_>>> {
        let Some(value) = block.keys.get(key) else { return Vec::new() };
        value.get_ref().as_table().map_or_else(|| vec![value], |options| options.values().collect())
    };
    let lists = ["hears", "hears_not"].into_iter().flat_map(lists);
    let items = lists.filter_map(|list| list.get_ref().as_array()).flatten();
    items
        .filter_map(|item| {
            let spot = Spot { file: block.file, span: shifted(item.span(), block.start) };
            Some((item.get_ref().as_str()?, spot))
        })
        .collect()
}

struct Reader<'l> {
    file: FileId,
    log: &'l mut Log,
    /// Where the name of each class stands.
    classes: Vec<Spot>,
    /// Words that may stand in several classes of a file, and where the list stands.
    /// Each word that may stand in two classes of its file, with where it is listed.
    shared: Vec<(Spot, String)>,
}

impl Reader<'_> {
    /// Reads one file; whether it is TOML.
    fn file_of_words(&mut self, text: &str, words: &mut Words, draft: &Draft<'_>) -> bool {
        let (root, errors) = DeTable::parse_recoverable(text);
        let help = "write it as `class = [\"word\", \"some words\"]`, all in double quotes";
        self.log.not_toml(self.file, text, &errors, help);
        for (key, value) in root.get_ref() {
            match key.get_ref().as_ref() {
                "shared" => {
                    let spans = value.get_ref().as_array().into_iter().flatten().map(Spanned::span);
                    let spots: Vec<Spot> = spans.map(|span| Spot { file: self.file, span }).collect();
                    let words = self.list(value);
                    self.shared.extend(spots.into_iter().zip(words));
                }
                "sealed" => words.sealed.extend(self.list(value)),
                "class" => {
                    for (name, list) in self.table(value) {
                        let class = WordClass { name: name.get_ref().to_string(), words: self.list(list) };
                        if words.classes.iter().any(|known| known.name == class.name) {
                            let message = format!("there are two classes `{}`", class.name);
                            self.problem(name.span(), message, "add the words to the first one");
                            continue;
                        }
                        self.classes.push(Spot { file: self.file, span: name.span() });
                        words.classes.push(class);
                    }
                }
                "topic" => {
                    for (id, table) in self.table(value) {
                        let topic = self.topic(id.get_ref(), table, draft);
                        words.topics.extend(topic);
                    }
                }
                "asked" => {
                    for (question, list) in self.table(value) {
                        let is_none = list.get_ref().as_array().is_some_and(|list| list.is_empty());
                        let shows = if is_none { Vec::new() } else { self.passages(list, draft) };
                        let question = question.get_ref().to_string();
                        words.asked.push(AskedBefore { question, shows, ..AskedBefore::default() });
                    }
                }
                "asked_danger" => {
                    for (question, list) in self.table(value) {
                        let dangers = self.rules(list, draft);
                        let question = question.get_ref().to_string();
                        words.asked.push(AskedBefore { question, dangers, ..AskedBefore::default() });
                    }
                }
                other => {
                    let tables = ["class", "shared", "sealed", "topic", "asked", "asked_danger"];
                    let help = did_you_mean(
                        other,
                        tables,
                        "the keys are `class`, `shared`, `sealed`, `topic`, `asked` and `asked_danger`",
                    );
                    self.problem(key.span(), format!("unknown table `{other}`"), help);
                }
            }
        }
        errors.is_empty()
    }

    fn problem(&mut self, span: Range<usize>, message: String, help: impl Into<String>) {
        self.log.problem(&Spot { file: self.file, span }, message, help);
    }

    fn table<'t, 'i>(
        &mut self,
        value: &'t Spanned<DeValue<'i>>,
    ) -> Vec<(&'t Spanned<toml::de::DeString<'i>>, &'t Spanned<DeValue<'i>>)> {
        let Some(table) = value.get_ref().as_table() else {
            self.problem(value.span(), "expected a table".to_owned(), "write `[class]` on a line of its own");
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

    /// What people ask about: `{ asks = ["<heat> <cold>"], shows = ["answer.ice_or_heat"] }`.
    fn topic(&mut self, id: &str, value: &Spanned<DeValue<'_>>, draft: &Draft<'_>) -> Option<Topic> {
        let Some(table) = value.get_ref().as_table() else {
            let help = "write `topic = { asks = [\"<heat> <cold>\"], shows = [\"answer.ice_or_heat\"] }`";
            self.problem(value.span(), format!("the topic `{id}` is no table"), help);
            return None;
        };
        let mut topic = Topic { id: id.to_owned(), ..Topic::default() };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "asks" => topic.asks = self.patterns(value),
                "shows" if value.get_ref().as_array().is_some_and(|list| list.is_empty()) => {}
                "shows" => topic.shows = self.passages(value, draft),
                "off_topic" => topic.off_topic = value.get_ref().as_bool().unwrap_or_default(),
                other => {
                    let keys = ["asks", "shows", "off_topic"];
                    let help =
                        did_you_mean(other, keys, "a topic has `asks`, `shows` and perhaps `off_topic`");
                    self.problem(key.span(), format!("unknown key `{other}`"), help);
                }
            }
        }
        if topic.asks.is_empty() {
            let help = "add `asks = [\"<class> word\"]`: patterns of how people ask it";
            self.problem(value.span(), format!("the topic `{id}` has no `asks`"), help);
        }
        Some(topic)
    }

    fn patterns(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        let patterns = self.list(value);
        for pattern in &patterns {
            let help = "write `<class>`, words, `<a>+word` or `!<class>`, with spaces between";
            if let Err(bad) = classes_of(pattern) {
                self.problem(value.span(), format!("`{pattern}`: {bad}"), help);
            } else if pattern.contains('&') {
                self.problem(value.span(), format!("`{pattern}`: a question has no sides with `&`"), help);
            }
        }
        patterns
    }

    /// Passages that are all rules.
    fn rules(&mut self, value: &Spanned<DeValue<'_>>, draft: &Draft<'_>) -> Vec<String> {
        let rules = self.passages(value, draft);
        for other in rules.iter().filter(|passage| !passage.starts_with("rule.")) {
            let help = "name the rules about the danger, as `rule.fever`";
            self.problem(value.span(), format!("`{other}` is no rule"), help);
        }
        rules
    }

    fn passages(&mut self, value: &Spanned<DeValue<'_>>, draft: &Draft<'_>) -> Vec<String> {
        let passages = self.list(value);
        for passage in &passages {
            let kind = passage
                .split_once('.')
                .and_then(|(kind, id)| Some((Kind::ALL.into_iter().find(|known| known.id() == kind)?, id)));
            let is_there = kind.is_some_and(|(kind, id)| draft.names.blocks.find(kind, id).is_some());
            if !is_there && passage != "medicine" {
                let help =
                    "name a block as `answer.ice_or_heat`, or `medicine` for those that the question names";
                self.problem(value.span(), format!("there is no `{passage}` to show"), help);
            }
        }
        passages
    }

    fn refuse_classes_that_are_not_there(&mut self, words: &Words) {
        for (class, spot) in words.classes.iter().zip(self.classes.clone()) {
            for name in class.words.iter().filter_map(|entry| WordClass::taken_in(entry)) {
                if !words.classes.iter().any(|other| other.name == name) {
                    let names = words.classes.iter().map(|class| class.name.as_str());
                    let help = did_you_mean(name, names, "add it, or take it out");
                    self.log.problem(
                        &spot,
                        format!("`{}` takes in `<{name}>`, which is not there", class.name),
                        help,
                    );
                }
            }
        }
    }

    /// A word in two classes of one file means two things, which may be meant or a slip.
    fn refuse_words_of_two_classes(&mut self, words: &Words) {
        let mut first_of: BTreeMap<(FileId, &str), &str> = BTreeMap::new();
        let mut twice: BTreeSet<(FileId, &str)> = BTreeSet::new();
        let shared = std::mem::take(&mut self.shared);
        let may_be: BTreeSet<(FileId, &str)> =
            shared.iter().map(|(spot, word)| (spot.file, word.as_str())).collect();
        for (class, spot) in words.classes.iter().zip(self.classes.clone()) {
            for word in class.words.iter().filter(|entry| WordClass::taken_in(entry).is_none()) {
                let key = (spot.file, word.as_str());
                let Some(first) = first_of.get(&key) else {
                    first_of.insert(key, &class.name);
                    continue;
                };
                twice.insert(key);
                if !may_be.contains(&key) || *first == class.name {
                    let message = format!("`{word}` stands in `{first}` and in `{}`", class.name);
                    let help = "leave it in one of them, take one class into the other as `<class>`, or list the word under `shared`";
                    self.log.problem(&spot, message, help);
                }
            }
        }
        for (spot, word) in shared.iter().filter(|(spot, word)| !twice.contains(&(spot.file, word.as_str())))
        {
            let message = format!(
                "`{word}` is listed under `shared` and stands in fewer than two classes of this file"
            );
            self.log.problem(spot, message, "take it out of the list");
        }
    }

    /// A class that no pattern asks for, and of which no passage has a word, does nothing.
    fn refuse_idle_classes(&mut self, words: &Words, draft: &Draft<'_>) {
        let blocks = draft.blocks(Kind::Finding);
        let asked_for: BTreeSet<&str> = blocks
            .iter()
            .flat_map(patterns)
            .flat_map(|(pattern, _)| classes_of(pattern).unwrap_or_default())
            .chain(
                words
                    .topics
                    .iter()
                    .flat_map(|topic| &topic.asks)
                    .flat_map(|pattern| classes_of(pattern).unwrap_or_default()),
            )
            .collect();
        let taken_in: BTreeSet<&str> = words
            .classes
            .iter()
            .flat_map(|class| class.words.iter().filter_map(|entry| WordClass::taken_in(entry)))
            .collect();
        let in_passages = words_of_passages(&draft.book);
        for (class, spot) in words.classes.iter().zip(self.classes.clone()) {
            let is_used = asked_for.contains(class.name.as_str())
                || taken_in.contains(class.name.as_str())
                || THINGS_AND_ACCIDENTS.contains(&class.name.as_str())
                || class
                    .name
                    .strip_prefix("region_")
                    .is_some_and(|id| draft.book.regions.iter().any(|region| region.id == id))
                || class.words.iter().any(|word| in_passages.contains(word));
            if !is_used {
                let message = format!("the class `{}` is used by no pattern and no passage", class.name);
                self.log.problem(&spot, message, "use it in a `hears`, or take it out");
            }
        }
    }
}
