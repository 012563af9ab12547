//! Theorem 9: the outcome turns on nothing but what the triage asks.

use super::{Subject, of_triage};
use crate::formula::{Bit, Formulas};
use crate::machine::Machine;
use crate::meaning::{findings, levels};
use crate::person::{Person, size};
use crate::theorem::Theorem;

pub(super) fn theorem(subject: Subject<'_>) -> Theorem<'_> {
    let Subject { text: book, guideline } = subject;
    let mut formulas = Formulas::default();
    let person = Person::anybody(book, &mut formulas, "");
    let other = Person::anybody(book, &mut formulas, "other ");
    let triage = of_triage(book);
    let twin = triage.iter().fold(other, |twin, finding| twin.with(*finding, &person));
    let machine = Machine::run(guideline, &person, &mut formulas);
    let machine_of_twin = Machine::run(guideline, &twin, &mut formulas);
    let statement = format!(
        "Two people who say the same about the {} findings of the triage have the same level, certain and possible, \
         whatever they say about the {} others, and whether they answered those at all.",
        triage.len(),
        book.findings.len() - triage.len()
    );
    let mut theorem = Theorem::new(9, statement, guideline, Formulas::default(), person);
    for rule in guideline.rules() {
        let mut differs = Bit::NO;
        for level in levels() {
            for (mine, theirs) in [
                (
                    machine.rule_certainly_gives(&mut formulas, rule, level),
                    machine_of_twin.rule_certainly_gives(&mut formulas, rule, level),
                ),
                (
                    machine.rule_may_give(&mut formulas, rule, level),
                    machine_of_twin.rule_may_give(&mut formulas, rule, level),
                ),
            ] {
                let differ = formulas.differ(mine, theirs);
                differs = formulas.or(differs, differ);
            }
        }
        theorem.never(format!("rule {}", guideline.rule(rule).id), differs);
    }
    theorem.notes.push(
        "that what decides is given the book and the answers, and nothing else, is how it is written (`State::of`), \
         and no formula; that own words become answers only once they are confirmed is tested"
            .to_owned(),
    );
    theorem.size =
        size(book, findings(book), true) + size(book, findings(book), true) - size(book, triage, true);
    theorem.cases = "pairs of such people";
    theorem.is_complete = false;
    theorem.formulas = formulas;
    theorem
}
