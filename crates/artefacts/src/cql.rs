//! The definitions as a CQL library.

use std::fmt::Write as _;

use care::{FindingId, FindingKind, Guideline};

use crate::definitions::{definitions, used};
use crate::expression::{Expression, Value};

/// The parameter with the names of the findings that the person is not sure of.
const NOT_SURE: &str = "Not sure";

/// The rules of a book as a CQL library without a model: every finding is a parameter, null
/// where it is not known, and `"Not sure"` names those that the person was asked and is not
/// sure of. `"rule ID"` says whether a rule fires, `"Urgency at least"` and `"Urgency at most"`
/// what that comes to.
pub fn cql(guideline: &Guideline) -> String {
    let book = guideline.book();
    let mut text = format!(
        "// Unclench, version {} of the guideline, SHA-256 {}.\n\
         // Decision support and self-care information, not a medical device.\n\
         // A parameter is null where the person was not asked, or is not sure; \"{NOT_SURE}\" tells these apart.\n\
         library Unclench version {}\n\n",
        plain(&book.version),
        plain(&book.hash),
        string(&book.version)
    );
    // Writing to a string cannot fail.
    for id in used(guideline) {
        let finding = guideline.finding(id);
        let kind = match &finding.kind {
            FindingKind::YesNo => "Boolean",
            FindingKind::Number { .. } => "Integer",
            FindingKind::Choice(_) => "String",
        };
        let _ = writeln!(
            text,
            "// {}\nparameter {} {kind} default null",
            plain(&finding.label),
            name(&finding.id)
        );
    }
    let _ = writeln!(text, "parameter {} List<String> default List<String>{{}}\n", name(NOT_SURE));
    text.push_str("context Unfiltered\n");
    for definition in definitions(guideline) {
        let value = match &definition.value {
            Value::Truth(truth) => written(guideline, truth),
            Value::FirstOf(cases, otherwise) => {
                let cases: Vec<String> = cases
                    .iter()
                    .map(|(when, word)| format!("when {} then {}", written(guideline, when), string(word)))
                    .collect();
                format!("case {} else {} end", cases.join(" "), string(otherwise))
            }
        };
        let about = &definition.about;
        let about = if about.is_empty() { String::new() } else { format!("\n// {}", plain(about)) };
        let _ = write!(text, "{about}\ndefine {}: {value}\n", name(&definition.name));
    }
    text
}

fn written(guideline: &Guideline, expression: &Expression) -> String {
    let id = |finding: &FindingId| name(&guideline.finding(*finding).id);
    let is_not_sure =
        |finding: &FindingId| format!("({} in {})", string(&guideline.finding(*finding).id), name(NOT_SURE));
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
        Expression::NotSure(finding) => is_not_sure(finding),
        Expression::Unanswered(finding) => {
            format!("({} is null and not {})", id(finding), is_not_sure(finding))
        }
        Expression::Named(of) => name(of),
        Expression::And(parts) => joined(parts, " and "),
        Expression::Or(parts) => joined(parts, " or "),
        Expression::Not(inner) => format!("(not {})", one(inner)),
        Expression::IsKnown(value, inner) => format!("({} is {value})", one(inner)),
        Expression::If(when, then, otherwise) => {
            format!("(if {} then {} else {})", one(when), one(then), one(otherwise))
        }
        // Counts over a query differ between engines: one drops duplicates.
        Expression::AtLeast(needed, parts) => {
            let sum = |counts: &dyn Fn(String) -> String| {
                parts.iter().map(|part| counts(one(part))).collect::<Vec<_>>().join(" + ")
            };
            let known = sum(&|part| format!("(if {part} is true then 1 else 0)"));
            let possible = sum(&|part| format!("(if {part} is false then 0 else 1)"));
            format!("(if {known} >= {needed} then true else if {possible} < {needed} then false else null)")
        }
    }
}

/// A name in quotes.
fn name(of: &str) -> String {
    format!("\"{}\"", escaped(of, '"'))
}

/// A text in quotes.
fn string(of: &str) -> String {
    format!("'{}'", escaped(of, '\''))
}

pub(crate) fn escaped(text: &str, quote: char) -> String {
    text.replace('\\', "\\\\").replace(quote, &format!("\\{quote}"))
}

/// Words that stand on one line.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
