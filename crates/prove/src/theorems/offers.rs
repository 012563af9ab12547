//! Theorem 5: nothing is offered to somebody who should not have it.

use care::{BlockId, ConditionId, ConditionKey, HabitId, RemedyId, Urgency, findings_in};

use super::{Subject, answered_all, close, completes, name, of_triage};
use crate::formula::{Bit, Formulas};
use crate::machine::Machine;
use crate::meaning::{Meaning, Side, findings, rules};
use crate::person::{Person, size};
use crate::theorem::{Fact, Theorem};

pub(super) fn theorem(subject: Subject<'_>) -> Theorem<'_> {
    let Subject { text: book, guideline } = subject;
    let mut formulas = Formulas::default();
    let person = Person::anybody(book, &mut formulas, "");
    let later = Person::anybody(book, &mut formulas, "later ");
    let completion = person.completed_by(&mut formulas, &later);
    let machine = Machine::run(guideline, &person, &mut formulas);
    let mut meaning = Meaning::of(book, &completion);
    let statement = "Whatever was answered so far, no remedy, exercise or habit is offered, and no painkiller allowed, \
                     to somebody for whom a reason against it holds, may hold, or can still turn out to hold; nor is \
                     a remedy or habit offered above the level up to which the book has it, and none in an emergency.";
    let mut theorem = Theorem::new(5, statement, guideline, Formulas::default(), person.clone());
    for (id, condition) in book.conditions() {
        let speaks_against =
            matches!(id.key, ConditionKey::Avoid | ConditionKey::Block(_) | ConditionKey::AskFirst(_));
        if !speaks_against {
            continue;
        }
        let about = format!("`{}` of {}", id.key.id(), name(book, id.block));
        let known = |key| {
            let operand = guideline.program().operand(ConditionId { block: id.block, key });
            operand.map(|operand| machine.known(operand))
        };
        // What is done about it: it must be known to be false, and `offer` known to be true.
        let Some(ruled_out) = known(id.key).map(|value| value.no) else {
            theorem.facts.push(Fact { about, holds: false });
            continue;
        };
        let offered = known(ConditionKey::Offer).map_or(Bit::YES, |value| value.yes);
        let mut behind = Vec::new();
        findings_in(book, condition, &mut behind);
        close(book, &mut behind);
        let is_completion = completes(&mut formulas, &person, &mut meaning, &behind);
        let ends_false = meaning.value(&mut formulas, condition, Side::Known).no;
        let wrong = formulas.all([offered, ruled_out, is_completion, !ends_false]);
        theorem.never(about, wrong);
    }

    let triage = of_triage(book);
    let mut now = Meaning::of(book, &person);
    let complete = answered_all(&mut formulas, &mut now, &triage);
    let remedies =
        book.remedies.iter().zip(0..).map(|(remedy, index)| (BlockId::Remedy(RemedyId(index)), remedy.up_to));
    let habits =
        book.habits.iter().zip(0..).map(|(habit, index)| (BlockId::Habit(HabitId(index)), habit.up_to));
    for (block, up_to) in remedies.chain(habits) {
        let shown_up_to = match block {
            BlockId::Remedy(id) => guideline.remedy(id).up_to,
            BlockId::Habit(id) => guideline.habit(id).up_to,
            _ => up_to,
        };
        let about = format!("`up_to` of {}", name(book, block));
        let Some(above) = Urgency::ALL.into_iter().find(|level| *level > up_to) else {
            theorem.facts.push(Fact { about, holds: false });
            continue;
        };
        let too_high = Urgency::ALL.into_iter().find(|level| *level > shown_up_to);
        let is_shown = too_high.map_or(Bit::YES, |level| !machine.lower(&mut formulas, level));
        let levels: Vec<Bit> = rules(book).map(|rule| now.rule_gives(&mut formulas, rule, above)).collect();
        let is_above = formulas.any(levels);
        let wrong = formulas.all([complete, is_shown, is_above]);
        theorem.never(about, wrong);
    }
    theorem.size = size(book, findings(book), true);
    theorem.is_complete = false;
    theorem.formulas = formulas;
    theorem
}
