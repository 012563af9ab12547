//! The paper version of the triage, filled in by a person made up of random
//! answers, gives the level that the program gives.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking, its helpers too")]

mod printed;
mod support;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use care::{Answer, Answers, Comparison, FindingId, FindingKind, Step, Urgency, next};
use printed::{has_class, page, text_of, with_class};
use proptest::prelude::*;
use roxmltree::Node;
use support::guideline;

/// What the paper says, read back from its page.
struct Paper {
    boxes: Vec<PaperBox>,
    combinations: Vec<(String, Urgency, Urgency)>,
}

struct PaperBox {
    gate: Option<String>,
    rows: Vec<Row>,
}

struct Row {
    kind: String,
    finding: FindingId,
    code: String,
    words: String,
    yes: Urgency,
    not_sure: Urgency,
}

static PAPER: LazyLock<Paper> = LazyLock::new(|| {
    let document = page("paper.html");
    let boxes = with_class(document.root(), "box").map(read_box).collect();
    let mut combinations = Vec::new();
    for table in with_class(document.root(), "together") {
        let urgency = level(table.descendants().find(|node| node.has_tag_name("thead")).unwrap());
        let body = table.descendants().find(|node| node.has_tag_name("tbody")).unwrap();
        for row in body.children().filter(|node| node.has_tag_name("tr")) {
            let cells: Vec<_> = row.children().filter(Node::is_element).collect();
            combinations.push((text_of(cells[1]), urgency, level(cells[2])));
        }
    }
    Paper { boxes, combinations }
});

fn read_box(section: Node<'_, '_>) -> PaperBox {
    let gate = with_class(section, "box__gate")
        .next()
        .map(|gate| text_of(gate).trim_start_matches("Only if ").trim_end_matches(" (yes or ?)").to_owned());
    let mut rows: Vec<Row> = Vec::new();
    let body = section.descendants().find(|node| node.has_tag_name("tbody")).unwrap();
    for row in body.children().filter(|node| node.has_tag_name("tr") && !has_class(*node, "lines__none")) {
        let cells: Vec<_> = row.children().filter(Node::is_element).collect();
        let named = row.attribute("id").map(|id| id.trim_start_matches("line-"));
        let finding = match named {
            Some(id) => guideline().finding_named(id).unwrap(),
            None => rows.last().unwrap().finding,
        };
        rows.push(Row {
            kind: row.attribute("class").unwrap().trim_start_matches("lines__").to_owned(),
            finding,
            code: text_of(cells[0]),
            words: text_of(cells[1]),
            yes: level(cells[2]),
            not_sure: level(cells[3]),
        });
    }
    PaperBox { gate, rows }
}

/// The level named in a cell; none is self-care.
fn level(cell: Node<'_, '_>) -> Urgency {
    with_class(cell, "level")
        .next()
        .map(|level| level.attribute("class").unwrap().trim_start_matches("level level--").parse().unwrap())
        .unwrap_or_default()
}

/// What a person has written at a code. Nothing there is a no.
#[derive(Clone, Copy)]
enum Written {
    Tick(Option<bool>),
    Number(Option<i64>),
}

/// The level that a person with these answers reads off the paper.
fn level_on_paper(person: &Answers) -> Urgency {
    let mut written = BTreeMap::new();
    let mut level = Urgency::SelfCare;
    for each in &PAPER.boxes {
        let is_sent = each.gate.as_deref().is_none_or(|gate| holds(gate, &written) != Some(false));
        if !is_sent {
            continue;
        }
        let mut option = 0;
        for row in &each.rows {
            let answer = person.get(row.finding).unwrap();
            let tick = match (row.kind.as_str(), answer) {
                ("tick" | "number" | "choice", Answer::NotSure) => None,
                ("tick", answer) => Some(answer == Answer::Yes),
                ("range", Answer::Number(value)) => {
                    Some(range(&row.words).0.holds(value, range(&row.words).1))
                }
                ("option", Answer::NotSure) => Some(false),
                ("option", answer) => Some(answer == Answer::Option(option)),
                _ => Some(false),
            };
            level = level.max(match tick {
                Some(true) => row.yes,
                Some(false) => Urgency::SelfCare,
                None => row.not_sure,
            });
            match (row.kind.as_str(), answer) {
                ("tick", _) => written.insert(row.code.as_str(), Written::Tick(tick)),
                ("number", Answer::Number(value)) => written.insert(&row.code, Written::Number(Some(value))),
                ("number", _) => written.insert(&row.code, Written::Number(None)),
                ("choice", _) => {
                    option = 0;
                    None
                }
                ("option", answer) => {
                    option += 1;
                    let tick = if answer == Answer::NotSure { None } else { tick };
                    written.insert(&row.code, Written::Tick(tick))
                }
                _ => None,
            };
        }
    }
    for (phrase, yes, not_sure) in &PAPER.combinations {
        level = level.max(match holds(phrase, &written) {
            Some(true) => *yes,
            Some(false) => Urgency::SelfCare,
            None => *not_sure,
        });
    }
    level
}

/// A range in words, with or without a unit.
fn range(words: &str) -> (Comparison, i64) {
    let number = words.split(' ').find_map(|word| word.parse().ok()).unwrap();
    let comparison = match words {
        _ if words.starts_with("under ") => Comparison::Less,
        _ if words.starts_with("over ") => Comparison::Greater,
        _ if words.ends_with(" or more") => Comparison::GreaterOrEqual,
        _ if words.ends_with(" or less") => Comparison::LessOrEqual,
        _ => Comparison::Equal,
    };
    (comparison, number)
}

/// Whether a phrase like `3f and any of 1i, (3a is 60 or more)` fits what is written.
fn holds(phrase: &str, written: &BTreeMap<&str, Written>) -> Option<bool> {
    let mut reader = Reader { rest: phrase, written };
    let holds = reader.all();
    assert_eq!(reader.rest, "", "cannot read `{phrase}`");
    holds
}

struct Reader<'t> {
    rest: &'t str,
    written: &'t BTreeMap<&'t str, Written>,
}

impl Reader<'_> {
    fn eat(&mut self, words: &str) -> bool {
        let found = self.rest.strip_prefix(words);
        self.rest = found.unwrap_or(self.rest);
        found.is_some()
    }

    fn all(&mut self) -> Option<bool> {
        let mut parts = vec![self.one()];
        while self.eat(" and ") {
            parts.push(self.one());
        }
        at_least(parts.len(), &parts)
    }

    fn one(&mut self) -> Option<bool> {
        if self.eat("any of ") {
            at_least(1, &self.list())
        } else if self.eat("at least ") {
            let end = self.rest.find(' ').unwrap_or(self.rest.len());
            let (count, rest) = self.rest.split_at(end);
            self.rest = rest;
            assert!(self.eat(" of "), "no list before `{}`", self.rest);
            at_least(count.parse().unwrap(), &self.list())
        } else if self.eat("none of ") {
            at_least(1, &self.list()).map(|any| !any)
        } else if self.eat("not ") {
            self.part().map(|holds| !holds)
        } else {
            self.part()
        }
    }

    fn list(&mut self) -> Vec<Option<bool>> {
        let mut parts = vec![self.part()];
        while self.eat(", ") {
            parts.push(self.part());
        }
        parts
    }

    fn part(&mut self) -> Option<bool> {
        if self.eat("(") {
            let holds = self.all();
            assert!(self.eat(")"), "an open parenthesis before `{}`", self.rest);
            return holds;
        }
        let end = self.rest.find([' ', ',', ')']).unwrap_or(self.rest.len());
        let (code, rest) = self.rest.split_at(end);
        self.rest = rest;
        let written = self.written.get(code).copied();
        if !self.eat(" is ") {
            return match written {
                Some(Written::Tick(tick)) => tick,
                None => Some(false),
                Some(Written::Number(_)) => panic!("{code} is a number"),
            };
        }
        let end = self.rest.find([',', ')']).unwrap_or(self.rest.len());
        let end = self.rest.find(" and ").map_or(end, |and| and.min(end));
        let (words, rest) = self.rest.split_at(end);
        self.rest = rest;
        let (comparison, limit) = range(words);
        match written {
            Some(Written::Number(value)) => value.map(|value| comparison.holds(value, limit)),
            None => Some(false),
            Some(Written::Tick(_)) => panic!("{code} is no number"),
        }
    }
}

fn at_least(count: usize, parts: &[Option<bool>]) -> Option<bool> {
    let yes = parts.iter().filter(|part| **part == Some(true)).count();
    let open = parts.iter().filter(|part| part.is_none()).count();
    match (yes >= count, yes + open >= count) {
        (true, _) => Some(true),
        (false, true) => None,
        (false, false) => Some(false),
    }
}

/// The level the program finds when it asks this person, who stays not sure when
/// asked again: paper does not ask again.
fn level_in_interview(person: &Answers) -> Urgency {
    let mut answers = Answers::none(guideline());
    loop {
        match next(guideline(), &answers) {
            Step::Done(finished) => return finished.urgency(),
            Step::Ask(ask) => {
                for finding in ask.findings {
                    let asks_again = guideline().finding(finding).follows_up.is_some();
                    let answer = if asks_again { Answer::NotSure } else { person.get(finding).unwrap() };
                    answers.set(guideline(), finding, answer).unwrap();
                }
            }
        }
    }
}

/// Any answer that fits a finding; no is `absent` times as likely as yes.
fn answer(finding: FindingId, absent: u32) -> BoxedStrategy<Answer> {
    match &guideline().finding(finding).kind {
        FindingKind::YesNo => {
            prop_oneof![absent => Just(Answer::No), 1 => Just(Answer::Yes), 1 => Just(Answer::NotSure)]
                .boxed()
        }
        FindingKind::Number { min, max, .. } => {
            let max = (*max).min(*min + 110);
            prop_oneof![8 => (*min..=max).prop_map(Answer::Number), 1 => Just(Answer::NotSure)].boxed()
        }
        FindingKind::Choice(options) => {
            let options = u16::try_from(options.len()).unwrap();
            prop_oneof![8 => (0..options).prop_map(Answer::Option), 1 => Just(Answer::NotSure)].boxed()
        }
    }
}

/// People from nearly well to very ill, so that every level turns up.
fn person() -> impl Strategy<Value = Answers> {
    prop_oneof![Just(12), Just(40), Just(150), Just(400)].prop_flat_map(|absent| {
        guideline().findings().map(|finding| answer(finding, absent)).collect::<Vec<_>>().prop_map(|given| {
            let mut answers = Answers::none(guideline());
            for (finding, answer) in guideline().findings().zip(given) {
                answers.set(guideline(), finding, answer).unwrap();
            }
            answers
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn paper_and_program_give_the_same_level(person in person()) {
        prop_assert_eq!(level_on_paper(&person), level_in_interview(&person));
    }
}

/// A person of 40 with nothing at all.
fn well() -> Answers {
    let mut well = Answers::none(guideline());
    for finding in guideline().findings() {
        let answer = match &guideline().finding(finding).kind {
            FindingKind::YesNo => Answer::No,
            FindingKind::Number { min, max, .. } => Answer::Number(40.clamp(*min, *max)),
            FindingKind::Choice(_) => Answer::Option(0),
        };
        well.set(guideline(), finding, answer).unwrap();
    }
    well
}

/// Answers a line, and yes to the lines that lead to it.
fn mark(person: &mut Answers, finding: FindingId, answer: Answer) {
    let question = guideline().asked_by(finding).map(|id| guideline().question(id));
    if let Some(gate) = question.and_then(|question| question.only_if.as_ref()) {
        let mut leading = Vec::new();
        care::findings_in(guideline().book(), &gate.condition, &mut leading);
        for id in leading.into_iter().filter(|id| guideline().finding(*id).kind == FindingKind::YesNo) {
            mark(person, id, Answer::Yes);
        }
    }
    person.set(guideline(), finding, answer).unwrap();
}

/// Whether some rule tests both.
fn are_together(first: FindingId, second: FindingId) -> bool {
    guideline().book().rules.iter().any(|rule| {
        let mut findings = Vec::new();
        care::findings_in(guideline().book(), &rule.when, &mut findings);
        findings.contains(&first) && findings.contains(&second)
    })
}

#[test]
fn paper_and_program_agree_on_every_line_and_every_pair_within_a_rule() {
    let well = well();
    let signs: Vec<FindingId> =
        guideline().findings().filter(|id| guideline().finding(*id).kind == FindingKind::YesNo).collect();
    let mut count = 0;
    for first in &signs {
        for second in signs.iter().filter(|second| *second == first || are_together(*first, **second)) {
            for (one, other) in [
                (Answer::Yes, Answer::Yes),
                (Answer::Yes, Answer::NotSure),
                (Answer::NotSure, Answer::NotSure),
            ] {
                let mut person = well.clone();
                mark(&mut person, *first, one);
                mark(&mut person, *second, other);
                let names = [first, second].map(|id| &guideline().finding(*id).id);
                assert_eq!(
                    level_on_paper(&person),
                    level_in_interview(&person),
                    "{names:?} {one:?} {other:?}"
                );
                count += 1;
            }
        }
    }
    assert!(count > 500, "only {count} people");
}
