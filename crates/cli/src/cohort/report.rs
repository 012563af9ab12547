//! What a run over many records is told to have done.

use ::cohort::{Changes, Counts, Levels, Options, Report};
use care::{Guideline, Urgency, printable};
use serde_json::{Map, Value, json};

use crate::page;

/// What a run did.
///
/// # Errors
///
/// If it cannot be made JSON, which only a bug can cause.
pub(super) fn run(
    guideline: &Guideline,
    options: &Options,
    report: &Report,
    json: bool,
) -> anyhow::Result<()> {
    let counts = &report.counts;
    let rules = fired(guideline, counts);
    let rejects = report.rejects.as_ref().map(|path| printable(&path.display().to_string()).into_owned());
    if json {
        let rules: Map<String, Value> =
            rules.into_iter().map(|(rule, count)| (rule.to_owned(), count.into())).collect();
        return page::json(&json!({
            "records": counts.records,
            "outcomes": counts.outcomes,
            "rejects": counts.rejects,
            "rejects_file": rejects,
            "resumed_after": report.resumed_after,
            "bounds": bounds(counts).map(|((lower, upper), people)| {
                json!({ "lower": lower, "upper": upper, "people": people })
            }).collect::<Vec<_>>(),
            "rules": rules,
            "guideline": wire::BookVersion::of(guideline),
        }));
    }
    if let Some(records) = report.resumed_after {
        page::point("•", format!("Went on after {} records of a run that was stopped", number(records)));
    }
    let line = format!(
        "{} records in = {} outcomes + {} refused",
        number(counts.records),
        number(counts.outcomes),
        number(counts.rejects)
    );
    page::point("•", line);
    page::point("•", format!("Outcomes: {}", printable(&options.out.display().to_string())));
    if let Some(rejects) = rejects {
        page::point("•", format!("Refused: {rejects}"));
    }
    page::heading("Urgency");
    for ((lower, upper), people) in bounds(counts) {
        page::line(&format!("{:>13}  {}", number(people), shown((lower, upper))));
    }
    page::heading("Rules that hold");
    for (rule, people) in rules {
        page::line(&format!("{:>13}  {rule}", number(people)));
    }
    Ok(())
}

/// What another book changes.
///
/// # Errors
///
/// As [`run`].
pub(super) fn diff(changes: &Changes, json: bool) -> anyhow::Result<()> {
    let levels = |(lower, upper): Levels| json!({ "lower": lower, "upper": upper });
    if json {
        let rows = changes.changes.iter().map(|change| {
            json!({
                "from": levels(change.from),
                "to": levels(change.to),
                "people": change.people,
                "is_lowering": change.is_lowering(),
                "no_longer": change.no_longer,
                "newly": change.newly,
            })
        });
        return page::json(&json!({
            "records": changes.records,
            "rejects": changes.rejects,
            "same": changes.same,
            "changes": rows.collect::<Vec<_>>(),
        }));
    }
    let moved: u64 = changes.changes.iter().map(|change| change.people).sum();
    let line = format!(
        "{} records in = {} the same + {} changed + {} refused by one of the books",
        number(changes.records),
        number(changes.same),
        number(moved),
        number(changes.rejects)
    );
    page::point("•", line);
    for (title, is_lowering) in [("Less urgent than before", true), ("More urgent than before", false)] {
        let of_kind = || changes.changes.iter().filter(|change| change.is_lowering() == is_lowering);
        if of_kind().next().is_none() {
            continue;
        }
        page::heading(title);
        for change in of_kind() {
            let way = format!("{} → {}", shown(change.from), shown(change.to));
            page::line(&format!("{:>13}  {way}", number(change.people)));
            for (mark, rules) in [('-', &change.no_longer), ('+', &change.newly)] {
                for (rule, people) in rules {
                    page::line(&format!("{:>13}    {mark} {rule}", number(*people)));
                }
            }
        }
    }
    Ok(())
}

/// How many people have which bounds, the most urgent first; those of nobody are left out.
fn bounds(counts: &Counts) -> impl Iterator<Item = (Levels, u64)> {
    let all = Urgency::ALL.into_iter().rev();
    let pairs = all.clone().flat_map(move |lower| all.clone().map(move |upper| (lower, upper)));
    pairs
        .map(|(lower, upper)| ((lower, upper), counts.bounds[lower as usize][upper as usize]))
        .filter(|(_, people)| *people > 0)
}

/// The rules that hold for somebody, the most frequent first.
fn fired<'g>(guideline: &'g Guideline, counts: &Counts) -> Vec<(&'g str, u64)> {
    let rules = guideline.book().rules.iter().map(|rule| rule.id.as_str());
    let mut fired: Vec<(&str, u64)> =
        rules.zip(counts.rules.iter().copied()).filter(|(_, people)| *people > 0).collect();
    fired.sort_by_key(|(_, people)| std::cmp::Reverse(*people));
    fired
}

/// Bounds as words: one where it is certain.
fn shown((lower, upper): Levels) -> String {
    if lower == upper { lower.id().to_owned() } else { format!("{} to {}", lower.id(), upper.id()) }
}

/// A number with its thousands apart.
fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
