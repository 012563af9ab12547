//! How well own words and questions are understood, over labelled sets in `tests/data`.
//!
//! `fresh_*` (200 stories, 220 short texts, 270 questions; November 2026) were written by
//! people who had read neither the patterns nor the tuning. `held_*` and `tuned_*` were written
//! the same way: `held_said` is one of four that tell each danger and everything else in eight
//! ways, with near misses. All of these have been used for mending by now, so their figures
//! flatter. `held_stories_m` to `_o`, `held_questions_k` to `_m` and `held_messages_b` are
//! the last, in many kinds of English, and nobody has looked at what they miss: they say how
//! strangers fare.
//! `reviewed_*` are older still. They say that nothing slips back. `cargo xtask words` prints
//! them all, with what is asked for beside each figure.
//!
//! The bounds are what was reached, a little below it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::process::Command;

use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize)]
struct Measured {
    set: String,
    precision: f64,
    recall: f64,
    danger_recall: f64,
    false_warnings: f64,
    turned: Vec<String>,
    first: f64,
    in_three: f64,
    danger_first: f64,
    refused: f64,
    no_false_danger: f64,
}

fn unclench(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_unclench")).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn measure(sets: &[&str]) -> Vec<Measured> {
    let paths: Vec<String> =
        sets.iter().map(|set| format!("{}/tests/data/{set}.jsonl", env!("CARGO_MANIFEST_DIR"))).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    println!("{}", unclench(&[&["words"], &paths[..]].concat()));
    serde_json::from_str(&unclench(&[&["words", "--json"], &paths[..]].concat())).unwrap()
}

/// A set with the least precision, recall and share of dangers heard, and the most false
/// emergency warnings.
const TEXTS: [(&str, [f64; 4]); 29] = [
    ("fresh_sentences", [0.90, 0.90, 0.96, 0.02]),
    ("fresh_stories", [0.85, 0.78, 0.88, 0.05]),
    ("held_said", [0.81, 0.75, 0.87, 0.01]),
    ("held_stories_m", [0.92, 0.77, 0.86, 0.01]),
    // One of its 14 texts without a danger sets off an emergency warning.
    ("held_stories_n", [0.91, 0.81, 0.86, 0.08]),
    // Short first messages by another hand; nobody has looked at what the second half misses.
    ("tuned_messages_a", [0.90, 0.79, 0.99, 0.01]),
    ("held_messages_b", [0.89, 0.85, 0.97, 0.02]),
    // Labelled sparsely, in one reading: much of what counts as wrong is told all the same.
    ("held_stories_o", [0.75, 0.88, 0.93, 0.10]),
    ("tuned_stories_n", [0.77, 0.86, 0.89, 0.17]),
    ("tuned_danger_1", [0.94, 0.92, 0.99, 0.01]),
    ("tuned_danger_2", [0.92, 0.92, 0.97, 0.01]),
    ("tuned_plain", [0.93, 0.83, 0.98, 0.01]),
    ("tuned_said", [0.86, 0.93, 0.99, 0.01]),
    ("tuned_said_b", [0.81, 0.76, 0.95, 0.01]),
    ("tuned_sentences_d", [0.79, 0.92, 0.99, 0.01]),
    ("tuned_stories_a", [0.97, 0.93, 0.97, 0.01]),
    ("tuned_stories_b", [0.93, 0.85, 0.98, 0.01]),
    ("tuned_stories_c", [0.93, 0.85, 0.96, 0.01]),
    ("tuned_stories_d", [0.93, 0.79, 0.97, 0.01]),
    ("tuned_stories_e", [0.89, 0.79, 0.98, 0.01]),
    ("tuned_stories_f", [0.92, 0.79, 0.99, 0.01]),
    // No story of it is without a danger in the wider sense, so it has no false warnings.
    ("tuned_stories_g", [0.94, 0.88, 0.99, 1.00]),
    // Half of them tell of no danger, in words that could be taken for one.
    ("tuned_stories_h", [0.88, 0.87, 0.96, 0.01]),
    ("tuned_stories_i", [0.95, 0.95, 0.98, 0.01]),
    ("tuned_stories_j", [0.91, 0.82, 0.94, 0.01]),
    ("tuned_stories_k", [0.91, 0.75, 0.96, 0.01]),
    ("tuned_stories_l", [0.90, 0.82, 0.93, 0.01]),
    ("tuned_stories_m", [0.97, 0.90, 0.97, 0.01]),
    ("reviewed_sentences", [0.64, 0.91, 0.91, 0.03]),
];

#[test]
fn own_words_are_heard() {
    let sets: Vec<&str> = TEXTS.iter().map(|(set, _)| *set).collect();
    for (measured, (set, [precision, recall, dangers, warnings])) in measure(&sets).iter().zip(TEXTS) {
        assert!(measured.set.contains(set));
        let reached = [measured.precision, measured.recall, measured.danger_recall];
        for (reached, least) in reached.into_iter().zip([precision, recall, dangers]) {
            assert!(reached >= least, "{set}: {reached} is below {least}");
        }
        assert!(measured.false_warnings <= warnings, "{set}: false warnings");
        assert!(measured.turned.is_empty(), "{set}: {:?}", measured.turned);
    }
}

/// A set with the least share of questions answered first and in the first three, with the
/// danger first, refused, and free of false alarms.
///
/// The questions of the tuned sets a to f and of the reviewed set stand in the book, so they
/// only show that nothing got lost; those of the others do not.
const QUESTIONS: [(&str, [f64; 5]); 18] = [
    ("fresh_questions", [0.84, 0.93, 0.98, 0.98, 0.97]),
    ("held_questions_g", [0.80, 0.99, 0.99, 0.99, 0.97]),
    ("held_questions_k", [0.88, 0.91, 1.00, 0.86, 0.96]),
    ("held_questions_l", [0.79, 0.84, 0.94, 0.99, 0.94]),
    ("held_questions_m", [0.78, 0.87, 0.98, 0.99, 0.94]),
    ("tuned_questions_l", [0.95, 0.96, 0.99, 0.96, 0.98]),
    ("tuned_questions_a", [0.98, 0.99, 0.99, 0.99, 0.99]),
    ("tuned_questions_b", [0.98, 0.99, 0.99, 0.99, 0.99]),
    ("tuned_questions_c", [0.95, 0.99, 0.99, 0.99, 0.98]),
    ("tuned_questions_d", [0.99, 0.99, 0.99, 0.99, 0.99]),
    ("tuned_questions_e", [0.98, 0.99, 0.99, 0.99, 0.99]),
    ("tuned_questions_f", [0.97, 0.99, 0.99, 0.99, 0.97]),
    ("tuned_questions_g", [0.98, 0.99, 0.99, 0.99, 0.99]),
    ("tuned_questions_h", [0.82, 0.96, 0.99, 0.99, 0.95]),
    ("tuned_questions_i", [0.89, 0.95, 0.99, 0.99, 0.97]),
    ("tuned_questions_j", [0.90, 0.97, 0.99, 0.99, 0.99]),
    ("tuned_questions_k", [0.89, 0.92, 0.99, 0.99, 0.98]),
    ("reviewed_questions", [0.98, 0.99, 0.99, 0.97, 0.99]),
];

#[test]
fn questions_are_answered() {
    let sets: Vec<&str> = QUESTIONS.iter().map(|(set, _)| *set).collect();
    for (measured, (set, least)) in measure(&sets).iter().zip(QUESTIONS) {
        let reached = [
            measured.first,
            measured.in_three,
            measured.danger_first,
            measured.refused,
            measured.no_false_danger,
        ];
        for (reached, least) in reached.into_iter().zip(least) {
            assert!(reached >= least, "{set}: {reached} is below {least}");
        }
    }
}

/// A set of messages, each with the danger that it tells of, if any.
fn measure_messages<'m>(messages: impl Iterator<Item = (&'m str, Option<&'m str>)>) -> Measured {
    let rows = messages.enumerate().map(|(line, (text, danger))| {
        let present: serde_json::Map<_, _> =
            danger.into_iter().map(|id| (id.to_owned(), json!("yes"))).collect();
        let id = (line + 1).to_string();
        json!({ "id": id, "text": text, "present": present, "denied": [], "also": [] }).to_string()
    });
    let folder = tempfile::tempdir().unwrap();
    let set = folder.path().join("messages.jsonl");
    std::fs::write(&set, rows.collect::<Vec<_>>().join("\n")).unwrap();
    let set = set.to_str().unwrap();
    println!("{}", unclench(&["words", "--misses", set]));
    let mut measured: Vec<Measured> = serde_json::from_str(&unclench(&["words", "--json", set])).unwrap();
    measured.remove(0)
}

/// Plain messages with words in them that also tell of a danger: a knife that is a pain, the cold of
/// an ice pack, a child's age, somebody else's pregnancy. Whoever mended with them wrote them: they
/// say that nothing slips back, and nothing about strangers.
#[test]
fn no_plain_message_sets_off_an_emergency_warning() {
    let messages = include_str!("data/no_alarm.txt");
    let measured = measure_messages(messages.lines().map(|text| (text, None)));
    assert!(measured.false_warnings < f64::EPSILON, "{}", measured.false_warnings);
    assert!(messages.lines().count() > 150);
}

/// What keeps a plain message quiet keeps no danger quiet that is told with the same words.
#[test]
fn a_danger_is_heard_beside_the_words_that_quiet_a_plain_message() {
    let told = [
        ("i sat with a knife in my hand thinking about ending it", "self_harm_thoughts"),
        ("calf hot red and swollen after football", "swollen_leg"),
        ("my hands are shaking and cramping into claws", "widespread_cramps"),
        ("arm numb since i fell on the ice yesterday", "arm_weak_or_numb"),
        ("bad tummy pain and black poo from too much ibuprofen", "gut_bleeding"),
        ("chest hurts when i breathe in and my inhaler does nothing", "breath_pain"),
        ("shivering with a high fever standing in the rain", "fever"),
        ("locked jaw since this morning, the dentist sent me home", "jaw_or_body_stiff"),
        ("collapsed before the end of the ultra and my pee is brown", "muscle_breakdown_signs"),
        ("lost my balance and cant walk straight since yesterday", "balance_loss"),
    ];
    let measured = measure_messages(told.into_iter().map(|(text, danger)| (text, Some(danger))));
    assert!((measured.recall - 1.0).abs() < f64::EPSILON, "{}", measured.recall);
}
