//! Theorem 10: whatever single change would raise the level is on the come-back card.

use care::{ComeBackLine, FindingKind, Guideline, MOST_ON_CARD, Role, RuleId};

use super::{Subject, answered_all, of_triage, opened_with, touched};
use crate::formula::{Bit, Formulas};
use crate::machine::Machine;
use crate::meaning::{Meaning, levels, rules};
use crate::person::{Person, size};
use crate::solver::Solver;
use crate::theorem::Theorem;

pub(super) fn theorem(subject: Subject<'_>) -> Theorem<'_> {
    let Subject { text: book, guideline } = subject;
    let mut formulas = Formulas::default();
    let person = Person::anybody(book, &mut formulas, "");
    let later = Person::anybody(book, &mut formulas, "later ");
    let statement = "Whoever has answered every question of the triage, and then gets one danger sign that was asked \
                     about and is no lasting fact, so that the level rises, finds it in the list of what to come back \
                     for; and no number in this list raises the level as it falls.";
    let mut theorem = Theorem::new(10, statement, guideline, Formulas::default(), person.clone());
    let triage = of_triage(book);
    let machine = Machine::run(guideline, &person, &mut formulas);
    let level_now: Vec<Bit> = levels().map(|level| machine.lower(&mut formulas, level)).collect();
    for bit in &level_now {
        formulas.share(*bit);
    }
    let mut now = Meaning::of(book, &person);
    let complete = answered_all(&mut formulas, &mut now, &triage);
    let outcome: Vec<Bit> = levels()
        .map(|level| {
            let gives: Vec<Bit> =
                rules(book).map(|rule| now.rule_certainly_gives(&mut formulas, rule, level)).collect();
            formulas.any(gives)
        })
        .collect();
    for bit in outcome.iter().chain([&complete]) {
        formulas.share(*bit);
    }

    // What the card is made from is the program's own book.
    let lines = &guideline.book().come_back;
    let (mut only_in_list, mut in_neither) = (Vec::new(), Vec::new());
    let mut line_applies = vec![Bit::NO; lines.len()];
    for finding in triage.iter().copied() {
        let words = &book.findings[finding.index()];
        if words.derived.is_some() || words.lasting || words.follows_up.is_some() {
            continue;
        }
        // Only this changes, and what it opens is absent as before.
        let mut changed = person.with(finding, &later);
        let opened = opened_with(book, finding);
        for other in opened.iter().filter(|other| **other != finding) {
            changed = changed.who_denies(&mut formulas, *other);
        }
        let mut then = Meaning::of(book, &changed);
        let touched = touched(book, &opened);
        let mut rises = Bit::NO;
        for (level, before) in levels().zip(&outcome) {
            for rule in touched.iter().copied() {
                let gives = then.rule_certainly_gives(&mut formulas, rule, level);
                let new = formulas.and(gives, !*before);
                rises = formulas.or(rises, new);
            }
        }
        let applies = !now.does_not_apply(&mut formulas, finding);
        let happens = formulas.all([complete, applies, later.told(finding).sure, rises]);
        let is_told = guideline.finding(finding).come_back.is_some();
        let covers = |line: &ComeBackLine| is_told && line.covers.contains(&finding);
        if words.danger && !is_told {
            theorem.never(format!("finding {}", words.id), happens);
        } else if !lines.iter().any(covers) && Solver::new().find(&formulas, &[happens]).is_some() {
            if is_told { only_in_list.push(words.id.as_str()) } else { in_neither.push(words.id.as_str()) }
        }
        if is_told {
            let mut tried = person.with(finding, &later);
            for other in triage.iter().filter(|other| **other != finding) {
                tried = tried.who_denies(&mut formulas, *other);
            }
            let is_listed = is_listed(&mut formulas, guideline, &tried, &level_now, &touched);
            let missed = formulas.and(happens, !is_listed);
            theorem.never(format!("finding {}", words.id), missed);
        }
        // Days only grow.
        let can_fall = matches!(words.kind, FindingKind::Number { .. }) && words.role != Some(Role::Days);
        if is_told && can_fall {
            let falls = person.told(finding).is_as_high_as(&mut formulas, later.told(finding));
            let wrong = formulas.all([happens, person.told(finding).sure, falls]);
            theorem.never(format!("finding {} as it falls", words.id), wrong);
        }
        for (line, applies) in lines.iter().zip(&mut line_applies) {
            if covers(line) {
                *applies = formulas.or(*applies, happens);
            }
        }
    }
    let most = (1..=lines.len()).rev().find(|count| {
        let so_many = formulas.at_least(*count, &line_applies);
        Solver::new().find(&formulas, &[so_many]).is_some()
    });
    theorem.notes.push(format!(
        "of the {} lines, as many as {} can apply at once; the short card shows the {} most urgent of them, and the \
         view in groups every one",
        lines.len(),
        most.unwrap_or(0),
        MOST_ON_CARD
    ));
    theorem.notes.push(format!(
        "in the list, but under none of these lines: {}; in neither, since the book has no words for how they would change: \
         {}",
        only_in_list.join(", "),
        in_neither.join(", ")
    ));
    theorem.size = size(book, triage, false);
    theorem.formulas = formulas;
    theorem
}

/// Where the list of the program has a change: it looks at it alone, with no to all that does
/// not apply, and whether the level is then above the one now.
fn is_listed(
    formulas: &mut Formulas,
    guideline: &Guideline,
    tried: &Person,
    level_now: &[Bit],
    touched: &[RuleId],
) -> Bit {
    let machine = Machine::run(guideline, tried, formulas);
    let mut is_listed = Bit::NO;
    for (level, before) in levels().zip(level_now) {
        for rule in touched {
            let gives = machine.rule_certainly_gives(formulas, *rule, level);
            let new = formulas.and(gives, !*before);
            is_listed = formulas.or(is_listed, new);
        }
    }
    is_listed
}
