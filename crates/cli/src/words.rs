//! `unclench words`: how well own words and questions are understood, over labelled sets.
//!
//! A set is JSON Lines. A text says what is `present` (finding to value) and what may be
//! proposed `also`; a question is of the kind `answer`, `danger` or `refuse`, with the
//! `expected` passages. Whoever writes a set should not have read the patterns.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use care::{Answer, AnswerSearch, Guideline, OwnWords, Proposal, Urgency};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::exit::{BadInput, Exit};
use crate::input;
use crate::page::say;

/// One row of a set.
#[derive(Deserialize)]
#[serde(untagged)]
enum Row {
    Text {
        id: String,
        text: String,
        present: BTreeMap<String, Value>,
        #[serde(default)]
        also: Vec<String>,
    },
    Question {
        id: String,
        question: String,
        kind: Kind,
        #[serde(default)]
        expected: Vec<String>,
    },
}

#[derive(Deserialize, PartialEq, Eq, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Answer,
    Danger,
    Refuse,
}

/// How many of how many.
#[derive(Clone, Copy, Default)]
struct Share {
    hits: u32,
    of: u32,
}

impl Share {
    fn count(&mut self, hit: bool) {
        self.hits += u32::from(hit);
        self.of += 1;
    }
}

impl Share {
    /// 1 where there is nothing to count.
    fn value(self) -> f64 {
        if self.of == 0 { 1.0 } else { f64::from(self.hits) / f64::from(self.of) }
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:.3} ({} of {})", self.value(), self.hits, self.of)
    }
}

impl Serialize for Share {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

/// What came out for one set.
#[derive(Default, Serialize)]
struct Measured {
    set: String,
    precision: Share,
    recall: Share,
    danger_recall: Share,
    /// Texts that tell of no danger and get an emergency warning.
    false_warnings: Share,
    /// Something told of that is proposed as a no.
    turned: Vec<String>,
    /// Heard, told of, proposed and wrong.
    by_finding: BTreeMap<String, [u32; 3]>,
    first: Share,
    in_three: Share,
    danger_first: Share,
    refused: Share,
    no_false_danger: Share,
    misses: Vec<String>,
}

/// Measures each set and prints the figures; with `misses` every one of them.
///
/// # Errors
///
/// If a set cannot be read, or a row of it is no row.
pub(crate) fn run(guideline: &Guideline, sets: &[PathBuf], misses: bool, json: bool) -> anyhow::Result<Exit> {
    let search = AnswerSearch::new(guideline);
    let measured: anyhow::Result<Vec<Measured>> =
        sets.iter().map(|set| measure(guideline, &search, set)).collect();
    let mut measured = measured?;
    if json {
        crate::page::json(&measured)?;
        return Ok(Exit::Ok);
    }
    for measured in &mut measured {
        measured.print(misses);
    }
    Ok(Exit::Ok)
}

fn measure(guideline: &Guideline, search: &AnswerSearch<'_>, set: &Path) -> anyhow::Result<Measured> {
    let text = input::read_file(set, input::MOST_BYTES)?;
    let mut measured = Measured { set: set.display().to_string(), ..Measured::default() };
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let row: Row = serde_json::from_str(line).map_err(|error| {
            BadInput::because(format!("{}:{number}: this is no row of a set: {error}", set.display()))
        })?;
        match row {
            Row::Text { id, text, present, also } => {
                let read = OwnWords::read(search.free_text(), &text);
                measured.text(guideline, &id, &text, &read, &present, &also);
            }
            Row::Question { id, question, kind, expected } => {
                measured.question(guideline, search, &id, &question, kind, &expected);
            }
        }
    }
    Ok(measured)
}

impl Measured {
    fn text(
        &mut self,
        guideline: &Guideline,
        id: &str,
        text: &str,
        read: &OwnWords<'_, '_>,
        present: &BTreeMap<String, Value>,
        also: &[String],
    ) {
        let name = |proposal: &Proposal| guideline.finding(proposal.finding).id.as_str();
        let is_danger =
            |name: &str| guideline.finding_named(name).is_some_and(|id| guideline.finding(id).danger);
        let value_of =
            |proposal: &Proposal| care::answer_to_json(guideline, proposal.finding, proposal.answer);
        for proposal in read.proposals() {
            let name = name(proposal);
            let told = present.get(name);
            // What takes in a finding that was told of is told of too.
            let narrower = &guideline.finding(proposal.finding).heard_with;
            let takes_in = narrower.iter().any(|finding| {
                let name = &guideline.finding(*finding).id;
                present.contains_key(name) || also.contains(name)
            });
            let is_right = told.is_some_and(|value| *value == value_of(proposal))
                || also.iter().any(|also| also == name)
                || takes_in;
            self.precision.count(is_right);
            if !is_right {
                self.by_finding.entry(name.to_owned()).or_default()[2] += 1;
                self.misses.push(format!(
                    "WRONG {id} {name} = {} by {}: \"{}\"",
                    value_of(proposal),
                    proposal.trigger,
                    read.words_of(proposal)
                ));
            }
            if proposal.answer == Answer::No && told.is_some() {
                self.turned.push(format!("{id} {name}"));
            }
        }
        for (told, value) in present {
            let is_heard = read
                .proposals()
                .iter()
                .any(|proposal| name(proposal) == told && value_of(proposal) == *value);
            self.recall.count(is_heard);
            let counts = self.by_finding.entry(told.clone()).or_default();
            counts[0] += u32::from(is_heard);
            counts[1] += 1;
            if is_danger(told) {
                self.danger_recall.count(is_heard);
            }
            if !is_heard {
                let mut aside = read.set_aside().into_iter();
                let aside = aside.find(|aside| guideline.finding(aside.finding).id == *told);
                let why = aside.map_or_else(String::new, |aside| {
                    format!(" (set aside: {}, \"{}\")", aside.sense.words(), aside.words)
                });
                let danger = if is_danger(told) { " DANGER" } else { "" };
                self.misses.push(format!("MISSED{danger} {id} {told} = {value}{why}: {text}"));
            }
        }
        if !present.keys().chain(also).any(|name| is_danger(name)) {
            let warned: Vec<_> = read.dangers();
            let emergency = warned.iter().find(|(_, rule)| rule.urgency == Urgency::Emergency);
            self.false_warnings.count(emergency.is_some());
            if let Some((proposal, _)) = emergency {
                self.misses.push(format!("ALARM {id} {} by {}: {text}", name(proposal), proposal.trigger));
            }
        }
    }

    fn question(
        &mut self,
        guideline: &Guideline,
        search: &AnswerSearch<'_>,
        id: &str,
        question: &str,
        kind: Kind,
        expected: &[String],
    ) {
        let reply = search.ask(question, 3);
        let hits: Vec<String> = reply.hits.iter().map(|hit| hit.name(guideline)).collect();
        let is_expected = |hit: &String| expected.contains(hit);
        let is_right = match kind {
            Kind::Danger => {
                self.danger_first.count(!reply.danger.is_empty());
                !reply.danger.is_empty()
            }
            Kind::Refuse => {
                self.no_false_danger.count(reply.danger.is_empty());
                self.refused.count(reply.danger.is_empty() && hits.is_empty());
                reply.danger.is_empty() && hits.is_empty()
            }
            Kind::Answer => {
                self.no_false_danger.count(reply.danger.is_empty());
                let is_first = reply.danger.is_empty() && hits.first().is_some_and(is_expected);
                self.first.count(is_first);
                self.in_three.count(hits.iter().any(is_expected));
                is_first
            }
        };
        if !is_right {
            let danger: Vec<&str> =
                reply.danger.iter().map(|rule| guideline.rule(*rule).id.as_str()).collect();
            let word = match kind {
                Kind::Answer => "answer",
                Kind::Danger => "DANGER",
                Kind::Refuse => "refuse",
            };
            self.misses.push(format!("{word} {id} {question} -> {danger:?} {hits:?}, not {expected:?}"));
        }
    }

    fn print(&self, misses: bool) {
        say!("{}", self.set);
        if self.recall.of > 0 {
            say!("  precision {} (asked for: 0.93)", self.precision);
            say!("  recall {} (0.75)", self.recall);
            say!("  dangers heard {} (0.85)", self.danger_recall);
            say!("  false emergency warnings {} (at most 0.01)", self.false_warnings);
            say!("  told of and turned into a no: {:?} (none)", self.turned);
        }
        if self.first.of + self.danger_first.of > 0 {
            say!("  right first {} (asked for: 0.82)", self.first);
            say!("  right in the first three {} (0.92)", self.in_three);
            say!("  danger first {} (1.00)", self.danger_first);
            say!("  off-topic refused {} (0.95)", self.refused);
            say!("  no danger page without a danger {} (0.99)", self.no_false_danger);
        }
        if misses {
            for line in &self.misses {
                say!("  {line}");
            }
        } else {
            say!("  finding: heard, told of, wrong");
            for (finding, [heard, told, wrong]) in &self.by_finding {
                if heard < told || *wrong > 0 {
                    say!("    {finding}: {heard}, {told}, {wrong}");
                }
            }
        }
    }
}
