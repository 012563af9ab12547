//! Theorem 6: nothing in the triage is dead.

use care::{BlockKind, Book, FindingId, Urgency, findings_in};

use super::{Subject, answered_all, close, of_triage, opened_with, touched};
use crate::formula::{Bit, Formulas};
use crate::meaning::{Meaning, Side, levels, rules};
use crate::person::{Person, size};
use crate::theorem::Theorem;

pub(super) fn theorem(subject: Subject<'_>) -> Theorem<'_> {
    let Subject { text: book, guideline } = subject;
    let mut formulas = Formulas::default();
    let person = Person::anybody(book, &mut formulas, "");
    let other = Person::anybody(book, &mut formulas, "other ");
    let statement = "No rule of the book is dead or covered by all the others together, every level comes out for \
                     somebody, and every answer that is asked for can change the level, or what else \
                     somebody is told.";
    let mut theorem = Theorem::new(6, statement, guideline, Formulas::default(), person.clone());
    let triage = of_triage(book);
    let mut meaning = Meaning::of(book, &person);
    let complete = answered_all(&mut formulas, &mut meaning, &triage);

    let gives: Vec<Vec<Bit>> = levels()
        .map(|level| rules(book).map(|rule| meaning.rule_gives(&mut formulas, rule, level)).collect())
        .collect();
    for bit in gives.iter().flatten().chain([&complete]) {
        formulas.share(*bit);
    }
    for rule in rules(book) {
        let mut alone = Bit::NO;
        for gives in &gives {
            let others = gives.iter().enumerate().filter(|(index, _)| *index != rule.index());
            let covered = formulas.any(others.map(|(_, gives)| *gives));
            let only = formulas.and(gives[rule.index()], !covered);
            alone = formulas.or(alone, only);
        }
        let counts = formulas.and(complete, alone);
        theorem.possible(format!("rule {}", book.rules[rule.index()].id), counts);
    }

    let reached: Vec<Bit> = gives.iter().map(|gives| formulas.any(gives.clone())).collect();
    for bit in &reached {
        formulas.share(*bit);
    }
    for (index, level) in Urgency::ALL.into_iter().enumerate() {
        let at_least = if index == 0 { Bit::YES } else { reached[index - 1] };
        let above = reached.get(index).copied().unwrap_or(Bit::NO);
        let exactly = formulas.all([complete, at_least, !above]);
        theorem.possible(format!("level {level}"), exactly);
    }

    let mut matters =
        Matters { book, person: &person, other: &other, meaning: &mut meaning, gives, reached, complete };
    for finding in book.questions.iter().flat_map(|question| &question.shows) {
        let changed = opened_with(book, *finding);
        let can_change = if triage.contains(finding) {
            matters.in_level(&mut formulas, &changed, &triage)
        } else {
            matters.in_anything_else(&mut formulas, &changed)
        };
        theorem.possible(format!("finding {}", book.findings[finding.index()].id), can_change);
    }
    theorem.size = size(book, triage, false);
    theorem.formulas = formulas;
    theorem
}

/// Two people who differ in one answer, and in those to the questions that it opens.
struct Matters<'m, 'b> {
    book: &'b Book,
    person: &'m Person,
    other: &'m Person,
    meaning: &'m mut Meaning<'b>,
    /// For each level, where each rule gives it to the first of them.
    gives: Vec<Vec<Bit>>,
    /// For each level, where any rule does.
    reached: Vec<Bit>,
    complete: Bit,
}

impl<'b> Matters<'_, 'b> {
    fn twin(&self, changed: &[FindingId]) -> Meaning<'b> {
        let twin = changed.iter().fold(self.person.clone(), |twin, finding| twin.with(*finding, self.other));
        Meaning::of(self.book, &twin)
    }

    /// Where both answered everything and have another outcome.
    fn in_level(&mut self, formulas: &mut Formulas, changed: &[FindingId], triage: &[FindingId]) -> Bit {
        let mut twin = self.twin(changed);
        let of_triage: Vec<FindingId> =
            changed.iter().copied().filter(|finding| triage.contains(finding)).collect();
        let complete = answered_all(formulas, &mut twin, &of_triage);
        let touched = touched(self.book, changed);
        let mut differs = Bit::NO;
        for ((level, gives), is) in levels().zip(&self.gives).zip(&self.reached) {
            let mut theirs = gives.clone();
            for rule in &touched {
                theirs[rule.index()] = twin.rule_gives(formulas, *rule, level);
            }
            let would_be = formulas.any(theirs);
            let differ = formulas.differ(*is, would_be);
            differs = formulas.or(differs, differ);
        }
        formulas.all([self.complete, complete, differs])
    }

    /// Where a condition of the book that is no rule, and opens no question, comes out otherwise.
    fn in_anything_else(&mut self, formulas: &mut Formulas, changed: &[FindingId]) -> Bit {
        let mut twin = self.twin(changed);
        let mut matters = Bit::NO;
        for (id, condition) in self.book.conditions() {
            let mut behind = Vec::new();
            findings_in(self.book, condition, &mut behind);
            if matches!(id.block.kind(), BlockKind::Rule | BlockKind::Question)
                || !behind.iter().any(|finding| changed.contains(finding))
            {
                continue;
            }
            close(self.book, &mut behind);
            let complete = answered_all(formulas, self.meaning, &behind);
            let complete_too = answered_all(formulas, &mut twin, &behind);
            let is = self.meaning.value(formulas, condition, Side::Known).yes;
            let would_be = twin.value(formulas, condition, Side::Known).yes;
            let differ = formulas.differ(is, would_be);
            let differs = formulas.all([complete, complete_too, differ]);
            matters = formulas.or(matters, differs);
        }
        matters
    }
}
