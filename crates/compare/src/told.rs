//! A difference as text, and as lines for the changelog.

use std::fmt::Write as _;

use crate::count::Count;
use crate::difference::{Difference, Fate, OfferChange, OutcomeChange};

/// What is said where nobody is told anything else.
const SAME: &str =
    "No outcome changes, and neither does a plan, a condition, a limit or a line of when to come back";

/// A share as people read it.
pub(crate) fn share(of: f64) -> String {
    if of == 0.0 {
        return "none".to_owned();
    }
    if of < 1e-4 {
        return format!("1 in {:.0e}", 1.0 / of).replace('e', " × 10^");
    }
    format!("{:.2} %", of * 100.0)
}

pub(crate) fn fate(is: Fate) -> &'static str {
    match is {
        Fate::Gone => "gone",
        Fate::New => "new",
        Fate::Changed => "changed",
    }
}

pub(crate) fn person(answers: &[(String, String)]) -> String {
    if answers.is_empty() {
        return "no to everything".to_owned();
    }
    let told = answers.iter().map(|(finding, answer)| format!("{finding} = {answer}"));
    told.collect::<Vec<_>>().join(", ")
}

pub(crate) fn direction(change: &OutcomeChange) -> &'static str {
    if change.to < change.from { "LOWER" } else { "higher" }
}

/// Everything, for a terminal.
pub fn text(difference: &Difference) -> String {
    let mut text = String::new();
    // Writing to a text cannot fail.
    let _ = writeln!(text, "Guideline {} to {}", difference.old.version, difference.new.version);
    if difference.is_wording_only() {
        let _ = writeln!(text, "{SAME}; {} texts are others.", difference.texts);
        return text;
    }
    let _ = writeln!(
        text,
        "{} of {} answer sets to {} findings have another outcome, {} a less urgent one.",
        difference.changed.about(),
        difference.sets.about(),
        difference.findings,
        none_or(&difference.lowered),
    );
    for of in &difference.shares {
        let (changed, lowered) = (share(of.changed), share(of.lowered));
        let _ = writeln!(text, "Of people: {changed} change, {lowered} to less urgent, if {}.", of.assuming);
    }
    for change in &difference.outcomes {
        let _ = writeln!(
            text,
            "\n{}: {} to {}, {} answer sets",
            direction(change),
            change.from.id(),
            change.to.id(),
            change.sets.about()
        );
        for by in &change.by {
            let _ = writeln!(text, "  rule {} ({}): {} of them", by.rule, fate(by.is), by.sets.about());
            for (word, condition) in [("was", &by.was), ("now", &by.now)] {
                if let Some(condition) = condition {
                    let _ = writeln!(text, "    {word} {condition}");
                }
            }
            let _ = writeln!(text, "    for example: {}", person(&by.example.answers));
        }
    }
    offers(&mut text, "Plans", &difference.plans);
    offers(&mut text, "Conditions", &difference.conditions);
    if !difference.doses.is_empty() {
        text.push_str("\nDoses\n");
    }
    for change in &difference.doses {
        let loose = if change.is_looser { "LOOSER: " } else { "" };
        let (was, now) = (or_none(change.was.as_ref()), or_none(change.now.as_ref()));
        let _ = writeln!(text, "  {loose}{} of {}: {was} to {now}", change.what, change.medicine);
    }
    if !difference.come_back.is_empty() {
        text.push_str("\nWhen to come back\n");
    }
    for change in &difference.come_back {
        let _ = writeln!(text, "  {} ({})", change.line, fate(change.is));
        for (word, line) in [("was", &change.was), ("now", &change.now)] {
            if let Some(line) = line {
                let _ = writeln!(text, "    {word} {line}");
            }
        }
    }
    let _ = writeln!(text, "\n{} texts are others.", difference.texts);
    text
}

fn none_or(count: &Count) -> String {
    if count.is_zero() { "none".to_owned() } else { count.about() }
}

fn or_none(text: Option<&String>) -> &str {
    text.map_or("none", String::as_str)
}

fn offers(text: &mut String, title: &str, changes: &[OfferChange]) {
    if !changes.is_empty() {
        let _ = writeln!(text, "\n{title}");
    }
    for change in changes {
        let _ = writeln!(text, "  {} ({})", change.what, fate(change.is));
        let sides = [
            ("for more", &change.more, &change.example_more),
            ("for fewer", &change.fewer, &change.example_fewer),
        ];
        for (word, count, example) in sides {
            if let Some(example) = example {
                let _ = writeln!(
                    text,
                    "    {word}: {} answer sets, for example {}",
                    count.about(),
                    person(example)
                );
            }
        }
    }
}

/// One line for each change to advice, as the changelog has them: what is less urgent first.
pub fn changelog(difference: &Difference) -> String {
    let mut lines = Vec::new();
    for change in &difference.outcomes {
        for by in &change.by {
            let word = if change.to < change.from { "lower" } else { "higher" };
            lines.push(format!(
                "- Triage, {word}: `{}` ({}) makes {} of what was {}, for example for {}.",
                by.rule,
                fate(by.is),
                change.to.id(),
                change.from.id(),
                person(&by.example.answers)
            ));
        }
    }
    for change in &difference.plans {
        let who = match (&change.example_more, &change.example_fewer) {
            (Some(_), Some(_)) => "in other plans",
            (Some(_), None) => "in more plans",
            _ => "in fewer plans",
        };
        lines.push(format!("- Plans: `{}` ({}) is {who}.", change.what, fate(change.is)));
    }
    for change in &difference.conditions {
        lines.push(format!("- Conditions: `{}` ({}) is true of other people.", change.what, fate(change.is)));
    }
    for change in &difference.doses {
        let (was, now) = (or_none(change.was.as_ref()), or_none(change.now.as_ref()));
        let loose = if change.is_looser { ", looser" } else { "" };
        lines.push(format!(
            "- Doses{loose}: `{}` of `{}` is {now} and was {was}.",
            change.what, change.medicine
        ));
    }
    for change in &difference.come_back {
        lines.push(format!("- When to come back: `{}` ({}).", change.line, fate(change.is)));
    }
    if lines.is_empty() {
        lines.push(format!("- {SAME}; {} texts are others.", difference.texts));
    }
    lines.push(String::new());
    lines.join("\n")
}
