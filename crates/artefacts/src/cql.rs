//! The definitions as a CQL library.

use std::fmt::Write as _;

use care::{FindingKind, Guideline};

use crate::definitions::{definitions, used};
use crate::expression::{Language, Value, quoted, string, sum};

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
            Value::Truth(truth) => truth.written::<Cql>(guideline),
            Value::FirstOf(cases, otherwise) => {
                let cases: Vec<String> = cases
                    .iter()
                    .map(|(when, word)| {
                        format!("when {} then {}", when.written::<Cql>(guideline), string(word))
                    })
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

/// As CQL writes it.
struct Cql;

impl Language for Cql {
    fn name(of: &str) -> String {
        name(of)
    }

    fn not_sure(finding: &str) -> String {
        format!("({} in {})", string(finding), name(NOT_SURE))
    }

    fn unanswered(finding: &str) -> String {
        format!("({} is null and not {})", name(finding), Self::not_sure(finding))
    }

    fn not(inner: &str) -> String {
        format!("(not {inner})")
    }

    fn is_known(value: bool, inner: &str) -> String {
        format!("({inner} is {value})")
    }

    fn choose(when: &str, then: &str, otherwise: &str) -> String {
        format!("(if {when} then {then} else {otherwise})")
    }

    // Counts over a query differ between engines: one drops duplicates.
    fn at_least(needed: usize, parts: &[String]) -> String {
        let known = sum(parts, |part| format!("(if {part} is true then 1 else 0)"));
        let possible = sum(parts, |part| format!("(if {part} is false then 0 else 1)"));
        format!("(if {known} >= {needed} then true else if {possible} < {needed} then false else null)")
    }
}

/// A name in quotes.
fn name(of: &str) -> String {
    quoted(of, '"')
}

/// Words that stand on one line.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
