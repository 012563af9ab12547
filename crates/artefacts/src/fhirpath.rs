//! The definitions as `FHIRPath` over a `QuestionnaireResponse`.

use care::{FindingId, FindingKind, Guideline};
use serde_json::{Value as Json, json};

use crate::cql::escaped;
use crate::definitions::{definitions, used};
use crate::expression::{Expression, Value};

/// What says in an answer that it is none.
const NO_DATA: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

/// The rules of a book as `FHIRPath`: names and expressions, in an order in which each needs only
/// what stands before it, as SDC's `variable` extension has them. The expressions look at a
/// `QuestionnaireResponse` to the plain questionnaire, which `export fhir` also writes.
pub fn fhirpath(guideline: &Guideline) -> Json {
    let used = used(guideline);
    let mut variables = Vec::new();
    for question in &guideline.book().questions {
        if question.shows.iter().any(|finding| used.contains(finding)) {
            variables.push((
                screen(&question.id),
                format!("item.where(linkId = {})", string(&format!("{}:screen", question.id))),
            ));
        }
    }
    for id in used {
        let finding = guideline.finding(id);
        // What is worked out from a diary has no screen.
        let screen = guideline.asked_by(id).map(|question| name(&screen(&guideline.question(question).id)));
        let path = |id: &str| {
            let item = format!("item.where(linkId = {}).answer.value", string(id));
            match &screen {
                Some(screen) => format!("{screen}.{item}"),
                None => item,
            }
        };
        let answered = name(&answer(&finding.id));
        let is_no_data = format!("system = {}", string(NO_DATA));
        let not_sure = format!("{answered}.where({is_no_data}).exists()");
        let known = format!("{answered}.where(({is_no_data}).not()).code");
        let (known, not_sure) = match finding.kind {
            FindingKind::YesNo => (format!("{known} = 'Y'"), not_sure),
            FindingKind::Choice(_) => (known, not_sure),
            FindingKind::Number { .. } => {
                let beside = path(&format!("{}:not_sure", finding.id));
                let number = format!("{}.ofType(integer)", path(&finding.id));
                (number, format!("{not_sure} or {beside}.exists()"))
            }
        };
        variables.push((answer(&finding.id), path(&finding.id)));
        variables.push((finding.id.clone(), known));
        variables.push((is_not_sure(&finding.id), not_sure));
    }
    for definition in definitions(guideline) {
        let expression = match &definition.value {
            Value::Truth(truth) => written(guideline, truth),
            Value::FirstOf(cases, otherwise) => {
                cases.iter().rev().fold(string(otherwise), |otherwise, (when, word)| {
                    format!("iif({}, {}, {otherwise})", written(guideline, when), string(word))
                })
            }
        };
        variables.push((definition.name, expression));
    }
    let variables =
        variables.into_iter().map(|(name, expression)| json!({ "name": name, "expression": expression }));
    json!({
        "guideline": { "version": guideline.book().version, "hash": guideline.book().hash },
        "variables": variables.collect::<Vec<_>>(),
    })
}

fn written(guideline: &Guideline, expression: &Expression) -> String {
    let id = |finding: &FindingId| name(&guideline.finding(*finding).id);
    let not_sure = |finding: &FindingId| name(&is_not_sure(&guideline.finding(*finding).id));
    let one = |part: &Expression| written(guideline, part);
    let joined = |parts: &[Expression], word: &str| {
        let parts: Vec<String> = parts.iter().map(one).collect();
        format!("({})", parts.join(word))
    };
    match expression {
        Expression::Always(value) => value.to_string(),
        Expression::Answer(finding) => id(finding),
        Expression::Compare(finding, comparison, value) => {
            format!("({} {} {value})", id(finding), comparison.symbol())
        }
        Expression::Is(finding, option) => format!("({} = {})", id(finding), string(option)),
        Expression::NotSure(finding) => not_sure(finding),
        Expression::Unanswered(finding) => {
            format!("({}.empty() and {}.not())", id(finding), not_sure(finding))
        }
        Expression::Named(of) => name(of),
        Expression::And(parts) => joined(parts, " and "),
        Expression::Or(parts) => joined(parts, " or "),
        Expression::Not(inner) => format!("{}.not()", one(inner)),
        Expression::IsKnown(true, inner) => format!("iif({}, true, false)", one(inner)),
        Expression::IsKnown(false, inner) => format!("iif({}.not(), true, false)", one(inner)),
        Expression::If(when, then, otherwise) => {
            format!("iif({}, {}, {})", one(when), one(then), one(otherwise))
        }
        Expression::AtLeast(needed, parts) => {
            let sum = |counts: &dyn Fn(String) -> String| {
                parts.iter().map(|part| counts(one(part))).collect::<Vec<_>>().join(" + ")
            };
            let known = sum(&|part| format!("iif({part}, 1, 0)"));
            let possible = sum(&|part| format!("iif({part}.not(), 0, 1)"));
            format!("iif({known} >= {needed}, true, iif({possible} < {needed}, false, {{}}))")
        }
    }
}

fn screen(question: &str) -> String {
    format!("screen {question}")
}

fn answer(finding: &str) -> String {
    format!("answer to {finding}")
}

fn is_not_sure(finding: &str) -> String {
    format!("{finding} is not sure")
}

/// A variable.
fn name(of: &str) -> String {
    format!("%`{}`", escaped(of, '`'))
}

/// A text in quotes.
fn string(of: &str) -> String {
    format!("'{}'", escaped(of, '\''))
}
