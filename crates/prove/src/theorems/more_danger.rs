//! Theorem 2: more danger never lowers the level.

use care::{Answer, FindingId, FindingKind, RuleId};

use super::{Subject, behind_rule};
use crate::formula::{Bit, Formulas};
use crate::meaning::{Meaning, findings, levels, rules};
use crate::person::{Person, size};
use crate::theorem::Theorem;

pub(super) fn theorem(subject: Subject<'_>) -> Theorem<'_> {
    let Subject { text: book, guideline } = subject;
    let mut formulas = Formulas::default();
    let person = Person::anybody(book, &mut formulas, "");
    let behind: Vec<(RuleId, Vec<FindingId>)> = rules(book)
        .map(|rule| {
            let mut behind = Vec::new();
            behind_rule(book, rule, &mut behind);
            (rule, behind)
        })
        .collect();
    let statement = "Whatever else was answered or left open, to change the answer about a danger sign from no to \
                     \"not sure\", or from \"not sure\" to yes, never lowers the level that is certain, nor the \
                     highest one that is possible.";
    let mut theorem = Theorem::new(2, statement, guideline, Formulas::default(), person.clone());
    for finding in findings(book) {
        let words = &book.findings[finding.index()];
        if !words.danger || words.kind != FindingKind::YesNo {
            continue;
        }
        // Rules that it is not behind are the same on both sides, and can only help.
        let touched: Vec<RuleId> =
            behind.iter().filter(|(_, behind)| behind.contains(&finding)).map(|(rule, _)| *rule).collect();
        let steps = [Answer::No, Answer::NotSure, Answer::Yes].map(|answer| {
            let person = person.who_says(finding, Some(answer));
            bounds(&mut formulas, &mut Meaning::of(book, &person), &touched)
        });
        let mut lowered = Bit::NO;
        for (before, after) in [(0, 1), (1, 2)] {
            for (was, is) in steps[before].iter().zip(&steps[after]) {
                let falls = formulas.and(*was, !*is);
                lowered = formulas.or(lowered, falls);
            }
        }
        theorem.never(format!("finding {}", words.id), lowered);
    }
    theorem.size = size(book, findings(book), true);
    theorem.is_complete = false;
    theorem.formulas = formulas;
    theorem
}

/// For each level, where it is certain by these rules and where it is possible.
fn bounds(formulas: &mut Formulas, meaning: &mut Meaning<'_>, rules: &[RuleId]) -> Vec<Bit> {
    let mut bounds = Vec::new();
    for level in levels() {
        let certain: Vec<Bit> =
            rules.iter().map(|rule| meaning.rule_certainly_gives(formulas, *rule, level)).collect();
        let possible: Vec<Bit> =
            rules.iter().map(|rule| meaning.rule_may_give(formulas, *rule, level)).collect();
        bounds.extend([formulas.any(certain), formulas.any(possible)]);
    }
    bounds
}
