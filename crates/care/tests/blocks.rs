//! The blocks of a book: what each says, and by which key.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use care::{Block, BlockId, BlockKind, Book, ConditionKey, QuestionId, RemedyId, TextFor, Urgency};
use support::books::{book, choice, only_if, question, remedy, rule, yes, yes_no};

fn small() -> Book {
    let findings = vec![yes_no("fever"), choice("trigger", &["lifting", "fall"])];
    let questions = vec![question("fever", &[0]), only_if(yes(0), question("trigger", &[1]))];
    let rules = vec![rule("fever", yes(0), Urgency::SameDay, Urgency::Routine)];
    book(findings, questions, rules, vec![remedy("heat", Urgency::Routine, None, Some(yes(0)))])
}

/// The texts of a block as `key: words`, of one sort of reader.
fn texts(block: Block<'_>, reader: TextFor) -> Vec<String> {
    let texts = block.texts().into_iter().filter(|text| text.reader == reader);
    texts.map(|text| format!("{}: {}", text.key, text.words)).collect()
}

#[test]
fn every_block_has_one_name_and_is_found_by_it() {
    let book = small();
    let names: Vec<String> = book.blocks().map(|(_, block)| block.full_name()).collect();
    assert_eq!(
        names[..5],
        ["finding.fever", "finding.trigger", "question.fever", "question.trigger", "rule.fever"]
    );
    assert_eq!(book.block_named("remedy.heat"), Some(BlockId::Remedy(RemedyId(0))));
    assert_eq!(book.find(BlockKind::Question, "trigger"), Some(BlockId::Question(QuestionId(1))));
    for nobody in ["remedy.cold", "remedy", "heat", "thing.heat", "remedy.heat.steps"] {
        assert_eq!(book.block_named(nobody), None, "{nobody}");
    }
}

#[test]
fn texts_are_named_by_key_and_say_who_reads_them() {
    let book = small();
    let block = |name: &str| book.block(book.block_named(name).unwrap()).unwrap();
    assert_eq!(texts(block("remedy.heat"), TextFor::Person), ["name: heat", "why: ", "steps.1: heat"]);
    let trigger = texts(block("finding.trigger"), TextFor::Person);
    assert_eq!(trigger[2..], ["options.lifting: lifting", "options.fall: fall"]);
    let gate = texts(block("question.trigger"), TextFor::Clinician);
    assert_eq!(gate, ["otherwise_no_because: It cannot be there without it."]);
}

#[test]
fn every_condition_has_a_name_of_its_own() {
    let book = small();
    let names: Vec<String> = book
        .conditions()
        .map(|(id, _)| format!("{}.{}", book.block(id.block).unwrap().full_name(), id.key.id()))
        .collect();
    assert_eq!(names, ["question.trigger.only_if", "rule.fever.when", "remedy.heat.avoid"]);
    let heat = BlockId::Remedy(RemedyId(0));
    assert_eq!(book.condition(heat.condition(ConditionKey::Avoid)), Some(&yes(0)));
    assert_eq!(book.condition(heat.condition(ConditionKey::Offer)), None);
}
