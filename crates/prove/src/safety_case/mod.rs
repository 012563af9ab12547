//! The hazard log, so that whoever must judge the safety of the guideline finds in one place what
//! could go wrong, what prevents it, what shows that, and what is left to judge.

mod hazards;

use std::fmt::Write as _;

use care::SourceKind;
use hazards::{Evidence, HAZARDS, Hazard};

use crate::theorem::Report;
use crate::theorems::Subject;

/// The hazard log as Markdown, with what became of the theorems.
pub fn safety_case(subject: Subject<'_>, reports: &[Report]) -> String {
    let mut text = String::from(HEAD);
    for (index, hazard) in HAZARDS.iter().enumerate() {
        write_hazard(&mut text, index + 1, hazard, reports);
    }
    text.push_str("## What is proved\n\n");
    for report in reports {
        write_theorem(&mut text, report);
    }
    write_assumptions(&mut text, subject);
    text
}

const HEAD: &str = "# Safety case: hazard log

<!-- Written by `cargo run -p cli -- prove --safety-case docs/safety-case.md`; a test fails where it is stale. -->

This log has the shape that DCB0129 asks of a manufacturer of health software.
It is not a claim to meet that standard: there is no clinical safety officer yet, and nobody outside has judged any of it.
So no hazard has a severity, a likelihood or an accepted risk here: where the standard asks for them, this log says who must judge.
What is written under \"shown by\" can be run by anybody: a theorem with `unclench prove`, a test with `cargo xtask test`.
A theorem is about the guideline as it is written and as the program decides by it, for every possible set of answers.
It says nothing about whether the guideline is right, or whether people answer as they would want to.

";

fn write_hazard(text: &mut String, number: usize, hazard: &Hazard, reports: &[Report]) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "## Hazard {number}: {}\n", hazard.name);
    let _ = writeln!(text, "- **Effect:** {}", hazard.effect);
    let _ = writeln!(text, "- **Causes:** {}", hazard.causes);
    let _ = writeln!(text, "- **What prevents it:** {}", hazard.prevented_by);
    text.push_str("- **Shown by:**\n");
    for evidence in hazard.shown_by {
        let _ = match evidence {
            Evidence::Theorem(number) => {
                let report = reports.iter().find(|report| report.number == *number);
                let result = report.map_or("is not proved", result);
                writeln!(text, "  - [theorem {number}](#theorem-{number}), which {result}")
            }
            Evidence::Test(path, what) => writeln!(text, "  - `{path}`: {what}"),
        };
    }
    let _ = writeln!(text, "- **What is left:** {}", hazard.left);
    let _ = writeln!(text, "- **Who must judge it:** {}", hazard.judge);
    text.push_str("- **Severity, likelihood, risk accepted by:** not judged yet\n\n");
}

fn result(report: &Report) -> &'static str {
    if report.holds() { "holds" } else { "does not hold" }
}

fn write_theorem(text: &mut String, report: &Report) {
    let _ = writeln!(text, "### Theorem {}\n\n{}\n", report.number, report.statement);
    let _ = writeln!(text, "- It {}: {}.", result(report), report.extent());
    for note in &report.notes {
        let _ = writeln!(text, "- Not claimed, or worth knowing: {note}.");
    }
    for failure in &report.failures {
        let _ = writeln!(text, "- It fails for {}.", failure.about);
    }
    text.push('\n');
}

fn write_assumptions(text: &mut String, subject: Subject<'_>) {
    let book = subject.text;
    text.push_str(
        "## What is assumed\n\nWhere a question does not apply, what it asks for counts as no.\nThe book says for each \
         why that is sound; a clinician must agree.\n\n",
    );
    for question in &book.questions {
        if let Some(gate) = &question.only_if {
            let _ = writeln!(
                text,
                "- `{}` is asked only if `{}`: {}",
                question.id,
                gate.condition.text(book),
                gate.otherwise_no_because
            );
        }
    }
    text.push_str("\n## What rests on our own judgement\n\nThese rules have no source but common teaching or our own choice.\n\n");
    for rule in &book.rules {
        let is_ours = |source: &care::SourceId| {
            let kind = subject.guideline.source(*source).kind;
            matches!(kind, SourceKind::Knowledge | SourceKind::Judgement)
        };
        if rule.sources.iter().all(is_ours) {
            let _ = writeln!(text, "- `{}` ({}): `{}`", rule.id, rule.urgency, rule.when_text);
        }
    }
}
