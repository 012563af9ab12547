//! A condition in words, with the labels of its findings.

use askama::Template;
use care::{Comparison, Condition, FindingId, FindingKind, Guideline, OptionIndex};

use crate::links::{Link, Links, spaced};

/// A condition, or a part of one, as a reader sees it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "book/words.html")]
pub(super) struct Words {
    /// Before the link.
    lead: String,
    /// What the part is about.
    link: Option<Link>,
    /// After the link.
    tail: String,
    /// Between the parts where they stand in one line; otherwise they are a list.
    joiner: Option<&'static str>,
    /// What it is made of.
    parts: Vec<Words>,
}

/// Puts a condition into words.
pub(super) fn words(guideline: &Guideline, links: Links<'_>, condition: &Condition) -> Words {
    Writer { guideline, links }.write(condition)
}

struct Writer<'g> {
    guideline: &'g Guideline,
    links: Links<'g>,
}

impl Writer<'_> {
    fn write(&self, condition: &Condition) -> Words {
        match condition {
            Condition::Yes(finding) => self.test(*finding, ""),
            Condition::Compare(finding, comparison, value) => {
                let unit = match &self.guideline.finding(*finding).kind {
                    FindingKind::Number { unit, .. } => unit,
                    _ => "",
                };
                self.test(*finding, &format!(": {}", range(*comparison, *value, unit)))
            }
            Condition::Is(finding, option) => self.choice(*finding, &[*option]),
            Condition::Rule(rule) => {
                let rule = self.guideline.rule(*rule);
                let link = Link { text: spaced(&rule.id), ..self.links.rule(rule) };
                Words {
                    lead: "what the rule “".into(),
                    link: Some(link),
                    tail: "” asks for".into(),
                    ..Words::default()
                }
            }
            Condition::Not(inner) => self.negated(inner),
            Condition::And(parts) if parts.is_empty() => plain("always"),
            Condition::Or(parts) if parts.is_empty() => plain("never"),
            Condition::And(parts) => group("All of these:", Some("and"), self.each(parts)),
            Condition::Or(parts) => group("One or more of these:", Some("or"), self.alternatives(parts)),
            Condition::AtLeast(count, parts) => {
                group(&format!("At least {count} of these:"), None, self.each(parts))
            }
        }
    }

    fn negated(&self, inner: &Condition) -> Words {
        match inner {
            Condition::Or(parts) => group("None of these:", None, self.alternatives(parts)),
            Condition::And(parts) => group("Not all of these together:", None, self.each(parts)),
            other => {
                let written = self.write(other);
                Words { lead: format!("not {}", written.lead), ..written }
            }
        }
    }

    fn each(&self, parts: &[Condition]) -> Vec<Words> {
        parts.iter().map(|part| self.write(part)).collect()
    }

    /// Options of one choice that stand side by side become one line.
    fn alternatives(&self, parts: &[Condition]) -> Vec<Words> {
        let mut written = Vec::new();
        let mut rest = parts;
        while let Some(first) = rest.first() {
            let same_choice = match first {
                Condition::Is(choice, _) => rest
                    .iter()
                    .take_while(|part| matches!(part, Condition::Is(other, _) if other == choice))
                    .count(),
                _ => 1,
            };
            let (run, others) = rest.split_at(same_choice);
            written.push(match first {
                Condition::Is(choice, _) => self.choice(*choice, &options(run)),
                other => self.write(other),
            });
            rest = others;
        }
        written
    }

    fn choice(&self, finding: FindingId, options: &[OptionIndex]) -> Words {
        let FindingKind::Choice(known) = &self.guideline.finding(finding).kind else {
            return self.test(finding, "");
        };
        let labels: Vec<String> = options
            .iter()
            .filter_map(|option| known.get(usize::from(*option)))
            .map(|option| format!("“{}”", option.label))
            .collect();
        self.test(finding, &format!(": {}", labels.join(" or ")))
    }

    fn test(&self, finding: FindingId, tail: &str) -> Words {
        let link = self.links.finding(self.guideline.finding(finding));
        let text = link.text.trim_end_matches([':', '.']).to_owned();
        Words {
            lead: "“".into(),
            link: Some(Link { text, ..link }),
            tail: format!("”{tail}"),
            ..Words::default()
        }
    }
}

fn options(run: &[Condition]) -> Vec<OptionIndex> {
    run.iter()
        .filter_map(|part| match part {
            Condition::Is(_, option) => Some(*option),
            _ => None,
        })
        .collect()
}

fn plain(text: &str) -> Words {
    Words { lead: text.into(), ..Words::default() }
}

/// Two simple parts stand in one line; anything more is a list under `lead`.
fn group(lead: &str, joiner: Option<&'static str>, mut parts: Vec<Words>) -> Words {
    let is_simple = parts.len() == 2 && parts.iter().all(|part| part.parts.is_empty());
    match (joiner, parts.pop()) {
        (Some(_), Some(only)) if parts.is_empty() => only,
        (_, None) => plain(lead),
        (joiner, Some(last)) => {
            parts.push(last);
            let joiner = joiner.filter(|_| is_simple);
            let lead = if joiner.is_some() { String::new() } else { lead.to_owned() };
            Words { lead, joiner, parts, ..Words::default() }
        }
    }
}

/// A range in words: `under 10 years`.
pub(super) fn range(comparison: Comparison, value: i64, unit: &str) -> String {
    let number =
        if unit.is_empty() { value.to_string() } else { format!("{value} {}", counted(unit, value)) };
    match comparison {
        Comparison::Equal => format!("exactly {number}"),
        Comparison::Less => format!("under {number}"),
        Comparison::LessOrEqual => format!("{number} or less"),
        Comparison::Greater => format!("over {number}"),
        Comparison::GreaterOrEqual => format!("{number} or more"),
    }
}

/// `1 day`, not `1 days`.
fn counted(unit: &str, value: i64) -> &str {
    if value == 1 { unit.strip_suffix('s').unwrap_or(unit) } else { unit }
}
