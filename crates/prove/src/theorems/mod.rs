//! The theorems, each in a file of its own.

mod asked_only;
mod bounds;
mod come_back;
mod danger;
mod doses;
mod interview;
mod more_danger;
mod offers;
mod rules;
mod same;

use std::time::Instant;

use care::{BlockId, Book, FindingId, Guideline, RuleId, findings_in};

use crate::formula::{Bit, Formulas};
use crate::meaning::{Meaning, findings as every_finding, rules as every_rule};
use crate::person::Person;
use crate::theorem::{Report, Theorem};

/// The theorems by their numbers.
pub const NUMBERS: [u8; 10] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/// What theorems are about: the book as its text was read, and the guideline that decides. They
/// are of one book, but where somebody tries whether a fault in one of the two is found.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'g> {
    /// What the book says.
    pub text: &'g Book,
    /// What decides.
    pub guideline: &'g Guideline,
}

impl<'g> Subject<'g> {
    /// A guideline and its own book.
    pub fn of(guideline: &'g Guideline) -> Self {
        Self { text: guideline.book(), guideline }
    }
}

/// The theorem with this number.
pub fn theorem(subject: Subject<'_>, number: u8) -> Option<Theorem<'_>> {
    Some(match number {
        1 => danger::theorem(subject),
        2 => more_danger::theorem(subject),
        3 => bounds::theorem(subject),
        4 => interview::theorem(subject),
        5 => offers::theorem(subject),
        6 => rules::theorem(subject),
        7 => doses::theorem(subject),
        8 => same::theorem(subject),
        9 => asked_only::theorem(subject),
        10 => come_back::theorem(subject),
        _ => return None,
    })
}

/// States a theorem and proves it, or finds what is wrong with it.
pub fn prove(subject: Subject<'_>, number: u8) -> Option<Report> {
    let began = Instant::now();
    Some(theorem(subject, number)?.prove(began))
}

/// Everything that the outcome can turn on: what rules test, what opens the questions for it,
/// and what follows a "not sure" about it.
pub(crate) fn of_triage(book: &Book) -> Vec<FindingId> {
    let mut findings = Vec::new();
    for rule in every_rule(book) {
        behind_rule(book, rule, &mut findings);
    }
    findings.sort_unstable();
    findings
}

/// Everything that one rule can turn on.
pub(crate) fn behind_rule(book: &Book, rule: RuleId, findings: &mut Vec<FindingId>) {
    findings_in(book, &book.rules[rule.index()].when, findings);
    close(book, findings);
}

/// Adds what opens the questions for these findings, and what follows them up.
pub(crate) fn close(book: &Book, findings: &mut Vec<FindingId>) {
    let mut next = 0;
    while let Some(finding) = findings.get(next).copied() {
        next += 1;
        let asked = book.questions.iter().find(|question| question.shows.contains(&finding));
        if let Some(gate) = asked.and_then(|question| question.only_if.as_ref()) {
            findings_in(book, &gate.condition, findings);
        }
        let follows = book.findings[finding.index()].follows_up;
        let followed_by = (0..).map(FindingId).zip(&book.findings);
        let followed_by =
            followed_by.filter(|(_, other)| other.follows_up == Some(finding)).map(|(id, _)| id);
        for other in follows.into_iter().chain(followed_by) {
            if !findings.contains(&other) {
                findings.push(other);
            }
        }
    }
}

/// Where a person answered every question about these findings that applies, and no other.
pub(crate) fn answered_all(
    formulas: &mut Formulas,
    meaning: &mut Meaning<'_>,
    findings: &[FindingId],
) -> Bit {
    let mut all = Bit::YES;
    for finding in findings {
        let open = meaning.is_open(formulas, *finding);
        let unasked = meaning.answers_unasked(formulas, *finding);
        all = formulas.all([all, !open, !unasked]);
    }
    all
}

/// Where somebody answered all that was open about these findings before, and nothing that
/// does not apply to them.
pub(crate) fn completes(
    formulas: &mut Formulas,
    before: &Person,
    after: &mut Meaning<'_>,
    findings: &[FindingId],
) -> Bit {
    let mut all = Bit::YES;
    for finding in findings {
        let open = after.is_open(formulas, *finding);
        let not_applicable = after.does_not_apply(formulas, *finding);
        let told = after.person().told(*finding).answered;
        let new = formulas.all([not_applicable, told, !before.told(*finding).answered]);
        all = formulas.all([all, !open, !new]);
    }
    all
}

/// A finding, and everything whose question it can open.
pub(crate) fn opened_with(book: &Book, finding: FindingId) -> Vec<FindingId> {
    let is_opened = |other: &FindingId| {
        let mut behind = vec![*other];
        close(book, &mut behind);
        behind.contains(&finding)
    };
    every_finding(book).filter(is_opened).collect()
}

/// The rules that can turn on any of these findings.
pub(crate) fn touched(book: &Book, findings: &[FindingId]) -> Vec<RuleId> {
    let is_touched = |rule: &RuleId| {
        let mut behind = Vec::new();
        behind_rule(book, *rule, &mut behind);
        behind.iter().any(|finding| findings.contains(finding))
    };
    every_rule(book).filter(is_touched).collect()
}

/// A block by its kind and name.
pub(crate) fn name(book: &Book, block: BlockId) -> String {
    book.block(block).map(care::Block::full_name).unwrap_or_default()
}
