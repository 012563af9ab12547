//! Theorem 3: the bounds hold for every completion.

use super::{Subject, behind_rule, completes};
use crate::formula::{Bit, Formulas};
use crate::machine::Machine;
use crate::meaning::{Meaning, findings, levels, rules};
use crate::person::{Person, size};
use crate::theorem::Theorem;

pub(super) fn theorem(subject: Subject<'_>) -> Theorem<'_> {
    let Subject { text: book, guideline } = subject;
    let mut formulas = Formulas::default();
    let person = Person::anybody(book, &mut formulas, "");
    let later = Person::anybody(book, &mut formulas, "later ");
    let completion = person.completed_by(&mut formulas, &later);
    let machine = Machine::run(guideline, &person, &mut formulas);
    let mut meaning = Meaning::of(book, &completion);
    let statement = "Whatever was answered so far, and however the questions that are open are answered after it, the \
                     outcome is never below the lower bound that the program gives now, and never above the upper \
                     one.";
    let mut theorem = Theorem::new(3, statement, guideline, Formulas::default(), person.clone());
    for rule in rules(book) {
        let mut behind = Vec::new();
        behind_rule(book, rule, &mut behind);
        let is_completion = completes(&mut formulas, &person, &mut meaning, &behind);
        let mut outside = Bit::NO;
        for level in levels() {
            let lower = machine.rule_certainly_gives(&mut formulas, rule, level);
            let upper = machine.rule_may_give(&mut formulas, rule, level);
            let comes = meaning.rule_gives(&mut formulas, rule, level);
            let below = formulas.and(lower, !comes);
            let above = formulas.and(comes, !upper);
            outside = formulas.any([outside, below, above]);
        }
        let wrong = formulas.and(is_completion, outside);
        theorem.never(format!("rule {}", book.rules[rule.index()].id), wrong);
    }
    theorem.size = size(book, findings(book), true);
    theorem.is_complete = false;
    theorem.formulas = formulas;
    theorem
}
