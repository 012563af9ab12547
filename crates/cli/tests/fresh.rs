//! How well own words and questions are understood, over sets written by people who had
//! read neither the phrasings of the book nor the tuning, and left alone since.
//!
//! `data/fresh_stories.jsonl` (200 stories of 40 to 200 words), `data/fresh_sentences.jsonl`
//! (220 short texts) and `data/fresh_questions.jsonl` (270 questions), of November 2026. Ids
//! that were renamed in the book since are renamed here. `cargo xtask words` prints it all.
//!
//! The bounds are what was reached, so that nothing slips back; what is asked for stands
//! beside each figure where it is printed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod measured;
mod support;

use std::collections::BTreeMap;

use care::{Answer, AnswerSearch, FreeText, Guideline, OwnWords, Proposal, Urgency};
use measured::Share;
use serde::Deserialize;
use serde_json::Value;
use support::guideline;

const STORIES: &str = include_str!("data/fresh_stories.jsonl");
const SENTENCES: &str = include_str!("data/fresh_sentences.jsonl");
const QUESTIONS: &str = include_str!("data/fresh_questions.jsonl");

#[derive(Deserialize)]
struct Sample {
    id: String,
    text: String,
    present: BTreeMap<String, Value>,
    also: Vec<String>,
}

#[derive(Deserialize)]
struct Asked {
    id: String,
    question: String,
    kind: String,
    expected: Vec<String>,
}

fn rows<T: for<'d> Deserialize<'d>>(set: &str) -> Vec<T> {
    set.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[derive(Default)]
struct Heard {
    precision: Share,
    recall: Share,
    danger_recall: Share,
    /// Texts that tell of no danger and get an emergency warning.
    false_warnings: Share,
    /// Something told of that is proposed as a no.
    turned: Vec<String>,
    /// By finding: right, told of, proposed and wrong.
    by_finding: BTreeMap<String, [u32; 3]>,
}

impl Heard {
    fn of(set: &str) -> Self {
        let guideline = guideline();
        let free_text = FreeText::new(guideline);
        let mut heard = Self::default();
        for text in rows::<Sample>(set) {
            let read = OwnWords::read(&free_text, &text.text);
            heard.text(guideline, &text, &read);
        }
        heard
    }

    fn text(&mut self, guideline: &Guideline, text: &Sample, read: &OwnWords<'_, '_>) {
        let id = |proposal: &Proposal| guideline.finding(proposal.finding).id.as_str();
        let is_danger =
            |name: &str| guideline.finding_named(name).is_some_and(|id| guideline.finding(id).danger);
        let is_told = |proposal: &Proposal| {
            text.present.get(id(proposal)).is_some_and(|value| is_value(guideline, proposal, value))
        };
        for proposal in read.proposals() {
            let name = id(proposal);
            let is_right = is_told(proposal)
                || text.also.iter().any(|also| also == name)
                || proposal.answer == Answer::No && !text.present.contains_key(name);
            self.precision.count(is_right);
            self.by_finding.entry(name.to_owned()).or_default()[2] += u32::from(!is_right);
            if proposal.answer == Answer::No && text.present.contains_key(name) {
                self.turned.push(format!("{} {name}", text.id));
            }
        }
        for name in text.present.keys() {
            let is_heard = read.proposals().iter().any(|proposal| id(proposal) == name && is_told(proposal));
            self.recall.count(is_heard);
            let counts = self.by_finding.entry(name.clone()).or_default();
            counts[0] += u32::from(is_heard);
            counts[1] += 1;
            if is_danger(name) {
                self.danger_recall.count(is_heard);
            }
        }
        if !text.present.keys().chain(&text.also).any(|name| is_danger(name)) {
            let is_warned = read.dangers().iter().any(|(_, rule)| rule.urgency == Urgency::Emergency);
            self.false_warnings.count(is_warned);
        }
    }

    fn print(&self, name: &str) {
        println!("{name}");
        println!("  precision {} (asked for: 0.93)", self.precision);
        println!("  recall {} (0.75)", self.recall);
        println!("  dangers heard {} (0.85)", self.danger_recall);
        println!("  false emergency warnings {} (at most 0.01)", self.false_warnings);
        println!("  told of and turned into a no {:?} (none)", self.turned);
        println!("  finding: heard, told of, wrong");
        for (finding, [heard, told, wrong]) in &self.by_finding {
            if heard < told || *wrong > 0 {
                println!("    {finding}: {heard}, {told}, {wrong}");
            }
        }
    }
}

/// Whether a proposal has the value of the label: yes, a number, or an option.
fn is_value(guideline: &Guideline, proposal: &Proposal, value: &Value) -> bool {
    care::answer_to_json(guideline, proposal.finding, proposal.answer) == *value
}

#[test]
fn own_words_are_heard() {
    let (stories, sentences) = (Heard::of(STORIES), Heard::of(SENTENCES));
    stories.print("Stories");
    sentences.print("Sentences");
    for heard in [&stories, &sentences] {
        assert!(heard.turned.is_empty(), "{:?}", heard.turned);
    }
    assert!(stories.precision.value() >= STORIES_REACHED.0);
    assert!(stories.danger_recall.value() >= STORIES_REACHED.1);
    assert!(sentences.precision.value() >= SENTENCES_REACHED.0);
    assert!(sentences.danger_recall.value() >= SENTENCES_REACHED.1);
}

/// Precision and dangers heard.
const STORIES_REACHED: (f64, f64) = (0.62, 0.16);
const SENTENCES_REACHED: (f64, f64) = (0.80, 0.39);

#[test]
fn questions_are_answered() {
    let guideline = guideline();
    let search = AnswerSearch::new(guideline);
    let mut first = Share::default();
    let mut in_three = Share::default();
    let mut danger_first = Share::default();
    let mut refused = Share::default();
    let mut no_danger_page = Share::default();
    let mut missed = Vec::new();
    for question in rows::<Asked>(QUESTIONS) {
        let reply = search.ask(&question.question, 3);
        let hits: Vec<String> = reply.hits.iter().map(|hit| hit.passage.name(guideline)).collect();
        let is_expected = |hit: &String| question.expected.contains(hit);
        let is_right = match question.kind.as_str() {
            "danger" => {
                danger_first.count(!reply.danger.is_empty());
                !reply.danger.is_empty()
            }
            "refuse" => {
                no_danger_page.count(reply.danger.is_empty());
                refused.count(reply.danger.is_empty() && hits.is_empty());
                hits.is_empty()
            }
            _ => {
                no_danger_page.count(reply.danger.is_empty());
                let is_first = reply.danger.is_empty() && hits.first().is_some_and(is_expected);
                first.count(is_first);
                in_three.count(hits.iter().any(is_expected));
                is_first
            }
        };
        if !is_right {
            missed.push(format!(
                "{} {} {}: {hits:?} {:?}",
                question.id, question.kind, question.question, reply.danger
            ));
        }
    }
    println!("Questions");
    println!("  right first {first} (asked for: 0.82)");
    println!("  right in the first three {in_three} (0.92)");
    println!("  danger first {danger_first} (1.00)");
    println!("  off-topic refused {refused} (0.95)");
    println!("  no danger page without a danger {no_danger_page} (0.99)");
    for line in missed {
        println!("    {line}");
    }
    assert!(first.value() >= QUESTIONS_REACHED[0]);
    assert!(in_three.value() >= QUESTIONS_REACHED[1]);
    assert!(danger_first.value() >= QUESTIONS_REACHED[2]);
    assert!(refused.value() >= QUESTIONS_REACHED[3]);
    assert!(no_danger_page.value() >= QUESTIONS_REACHED[4]);
}

/// First, in three, danger first, refused, no danger page.
const QUESTIONS_REACHED: [f64; 5] = [0.30, 0.40, 0.45, 0.98, 0.98];
