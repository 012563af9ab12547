//! Theorem 1: no danger sign is missed.

use care::{Condition, FindingKind, RuleId, Urgency};

use super::{Subject, answered_all, of_triage};
use crate::formula::{Bit, Formulas};
use crate::machine::Machine;
use crate::meaning::{Meaning, Side, findings, rules};
use crate::person::{Person, size};
use crate::solver::Solver;
use crate::theorem::{Claim, Theorem, Wanted};

pub(super) fn theorem(subject: Subject<'_>) -> Theorem<'_> {
    let Subject { text: book, guideline } = subject;
    let mut formulas = Formulas::default();
    let person = Person::anybody(book, &mut formulas, "");
    let mut meaning = Meaning::of(book, &person);
    let machine = Machine::run(guideline, &person, &mut formulas);
    let triage = of_triage(book);
    let complete = answered_all(&mut formulas, &mut meaning, &triage);

    let mut claims = Vec::new();
    let is_emergency = machine.lower(&mut formulas, Urgency::Emergency);
    let rules: Vec<RuleId> = rules(book).collect();
    for id in rules.iter().copied().filter(|id| book.rules[id.index()].urgency == Urgency::Emergency) {
        let holds = meaning.rule(&mut formulas, id, Side::Known).yes;
        let formula = formulas.all([complete, holds, !is_emergency]);
        let about = format!("rule {}", book.rules[id.index()].id);
        claims.push(Claim { about, formula, wanted: Wanted::None, expected: Some(Urgency::Emergency) });
    }
    let is_something = machine.lower(&mut formulas, Urgency::Routine);
    let text_says_something: Vec<Bit> =
        rules.iter().map(|rule| meaning.rule_gives(&mut formulas, *rule, Urgency::Routine)).collect();
    let text_says_something = formulas.any(text_says_something);
    let mut only_with_another = Vec::new();
    for id in findings(book) {
        let finding = &book.findings[id.index()];
        if !finding.danger || finding.kind != FindingKind::YesNo || !triage.contains(&id) {
            continue;
        }
        let holds = meaning.value(&mut formulas, &Condition::Yes(id), Side::Known).yes;
        let has_it = formulas.and(complete, holds);
        // By the text of all rules together: self-care is what comes out for somebody who has it.
        let by_itself = formulas.and(has_it, !text_says_something);
        if Solver::new().find(&formulas, &[by_itself]).is_some() {
            only_with_another.push(finding.id.as_str());
            continue;
        }
        let formula = formulas.and(has_it, !is_something);
        let about = format!("finding {}", finding.id);
        claims.push(Claim { about, formula, wanted: Wanted::None, expected: Some(Urgency::Routine) });
    }
    let statement = "Whoever has answered every question of the triage and for whom an emergency rule of the book \
                     holds is told that it is an emergency; and whoever has a danger sign that the rules count by itself is \
                     never told that self-care is enough.";
    let notes = vec![format!(
        "{} signs that the book calls a danger count only together with another one, so that the second half \
         is not about them: {}",
        only_with_another.len(),
        only_with_another.join(", ")
    )];
    let size = size(book, triage, false);
    Theorem { size, claims, notes, ..Theorem::new(1, statement, guideline, formulas, person) }
}
