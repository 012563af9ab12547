//! The definitions as `FHIRPath` over a `QuestionnaireResponse`.

use care::{FindingKind, Guideline};
use serde_json::{Value as Json, json};

use crate::definitions::{definitions, used};
use crate::expression::{Language, Value, quoted, string, sum};

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
            Value::Truth(truth) => truth.written::<FhirPath>(guideline),
            Value::FirstOf(cases, otherwise) => {
                cases.iter().rev().fold(string(otherwise), |otherwise, (when, word)| {
                    format!("iif({}, {}, {otherwise})", when.written::<FhirPath>(guideline), string(word))
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

/// As `FHIRPath` writes it.
struct FhirPath;

impl Language for FhirPath {
    fn name(of: &str) -> String {
        name(of)
    }

    fn not_sure(finding: &str) -> String {
        name(&is_not_sure(finding))
    }

    fn unanswered(finding: &str) -> String {
        format!("({}.empty() and {}.not())", name(finding), Self::not_sure(finding))
    }

    fn not(inner: &str) -> String {
        format!("{inner}.not()")
    }

    fn is_known(value: bool, inner: &str) -> String {
        let is_so = if value { inner.to_owned() } else { Self::not(inner) };
        Self::choose(&is_so, "true", "false")
    }

    fn choose(when: &str, then: &str, otherwise: &str) -> String {
        format!("iif({when}, {then}, {otherwise})")
    }

    fn at_least(needed: usize, parts: &[String]) -> String {
        let known = sum(parts, |part| format!("iif({part}, 1, 0)"));
        let possible = sum(parts, |part| format!("iif({part}.not(), 0, 1)"));
        format!("iif({known} >= {needed}, true, iif({possible} < {needed}, false, {{}}))")
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
    format!("%{}", quoted(of, '`'))
}
