//! A tree to a [`care::Condition`]: every name becomes a finding or a rule of the book.

use std::ops::Range;

use care::{Comparison, Condition, FindingId, FindingKind, RuleId};

use super::{Node, Tree, Word};
use crate::block::Kind;
use crate::names::Names;
use crate::suggest::{did_you_mean, nearest};

/// A problem with some bytes of the condition's text: span, message, help.
pub(crate) type Complaint = (Range<usize>, String, String);

/// What a name in a condition stands for. A finding wins over a rule.
pub(crate) enum Meaning {
    Finding(FindingId),
    Rule(RuleId),
}

pub(crate) fn meaning(name: &str, names: &Names<'_>) -> Option<Meaning> {
    let finding = names.blocks.find(Kind::Finding, name).map(|id| Meaning::Finding(FindingId(id)));
    finding.or_else(|| names.blocks.find(Kind::Rule, name).map(|id| Meaning::Rule(RuleId(id))))
}

/// The findings that a text seems to mention, right or wrong. A condition that
/// cannot be read should not make its findings look unused as well.
pub(crate) fn mentions(text: &str, names: &Names<'_>) -> Vec<FindingId> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.split(|c: char| !is_letter(c))
        .filter_map(|word| {
            let known = names.blocks.find(Kind::Finding, word);
            known.or_else(|| {
                let near = nearest(word, names.blocks.ids(Kind::Finding))?;
                names.blocks.find(Kind::Finding, near)
            })
        })
        .map(FindingId)
        .collect()
}

/// Settles every name. `None` if some part has no meaning; then there is a
/// complaint, or the finding it tests has one of its own.
pub(crate) fn resolve(tree: &Tree, names: &Names<'_>, complaints: &mut Vec<Complaint>) -> Option<Condition> {
    match &tree.node {
        Node::Name(name) => plain_name(name, tree, names, complaints),
        Node::Compare(word, comparison, value) => {
            compare(tree, word, (*comparison, *value), names, complaints)
        }
        Node::Is(word, option) => is(word, option, names, complaints),
        Node::AtLeast(count, parts) => at_least(tree, *count, parts, names, complaints),
        Node::And(parts) => resolve_all(parts, names, complaints).map(Condition::And),
        Node::Or(parts) => resolve_all(parts, names, complaints).map(Condition::Or),
        Node::Not(inner) => {
            let inner = resolve(inner, names, complaints)?;
            Some(Condition::Not(Box::new(inner)))
        }
    }
}

/// Every part is looked at, also after one without meaning.
fn resolve_all(parts: &[Tree], names: &Names<'_>, complaints: &mut Vec<Complaint>) -> Option<Vec<Condition>> {
    let resolved: Vec<_> = parts.iter().map(|part| resolve(part, names, complaints)).collect();
    resolved.into_iter().collect()
}

fn plain_name(
    name: &str,
    tree: &Tree,
    names: &Names<'_>,
    complaints: &mut Vec<Complaint>,
) -> Option<Condition> {
    let mut complain = |message: String, help: String| complaints.push((tree.span.clone(), message, help));
    match meaning(name, names) {
        Some(Meaning::Rule(rule)) => Some(Condition::Rule(rule)),
        Some(Meaning::Finding(finding)) => match names.finding_kind(finding)? {
            FindingKind::YesNo => Some(Condition::Yes(finding)),
            FindingKind::Number { .. } => {
                let help = format!("compare it with a whole number: `{name} >= 3`");
                complain(format!("`{name}` is a number and holds neither yes nor no"), help);
                None
            }
            FindingKind::Choice(options) => {
                let option = options.first().map_or("option", |option| option.id.as_str());
                let help = format!("compare it with one of its options: `{name} = '{option}'`");
                complain(format!("`{name}` is a choice and holds neither yes nor no"), help);
                None
            }
        },
        None => {
            let known = names.blocks.ids(Kind::Finding).chain(names.blocks.ids(Kind::Rule));
            let help = did_you_mean(name, known, format!("add a block `[finding.{name}]`, or use another"));
            complain(format!("there is no finding or rule `{name}`"), help);
            None
        }
    }
}

/// The finding of a comparison.
fn compared(word: &Word, names: &Names<'_>, complaints: &mut Vec<Complaint>) -> Option<FindingId> {
    let name = &word.text;
    let (message, help) = match meaning(name, names) {
        Some(Meaning::Finding(finding)) => return Some(finding),
        Some(Meaning::Rule(_)) => {
            (format!("`{name}` is a rule and cannot be compared"), format!("write `{name}` alone"))
        }
        None => {
            let findings = names.blocks.ids(Kind::Finding);
            let help =
                did_you_mean(name, findings, format!("add a block `[finding.{name}]`, or use another"));
            (format!("there is no finding `{name}`"), help)
        }
    };
    complaints.push((word.span.clone(), message, help));
    None
}

fn compare(
    tree: &Tree,
    word: &Word,
    (comparison, value): (Comparison, i64),
    names: &Names<'_>,
    complaints: &mut Vec<Complaint>,
) -> Option<Condition> {
    let name = &word.text;
    let finding = compared(word, names, complaints)?;
    let (message, help) = match names.finding_kind(finding)? {
        FindingKind::YesNo => (
            format!("`{name}` is answered yes or no and cannot be compared with a number"),
            format!("write `{name}` or `not {name}`"),
        ),
        FindingKind::Choice(_) => (
            format!("`{name}` is a choice and cannot be compared with a number"),
            format!("compare it with an option: `{name} = '...'`"),
        ),
        FindingKind::Number { unit, min, max } => {
            let (always, never) = extremes(comparison, value, *min, *max);
            if !always && !never {
                return Some(Condition::Compare(finding, comparison, value));
            }
            let verdict = if always { "always" } else { "never" };
            (
                format!("`{name} {} {value}` is {verdict} true", comparison.symbol()),
                format!(
                    "`{name}` runs from {min} to {max} {unit}; compare it with a number inside that range"
                ),
            )
        }
    };
    complaints.push((tree.span.clone(), message, help));
    None
}

/// Whether a comparison is true, or false, for every value from `min` to `max`.
fn extremes(comparison: Comparison, value: i64, min: i64, max: i64) -> (bool, bool) {
    let at_min = comparison.holds(min, value);
    let at_max = comparison.holds(max, value);
    match comparison {
        // `min < max` is checked elsewhere, so equality is never always true.
        Comparison::Equal => (false, !(min..=max).contains(&value)),
        _ => (at_min && at_max, !at_min && !at_max),
    }
}

fn is(word: &Word, option: &Word, names: &Names<'_>, complaints: &mut Vec<Complaint>) -> Option<Condition> {
    let name = &word.text;
    let finding = compared(word, names, complaints)?;
    match names.finding_kind(finding)? {
        FindingKind::Choice(options) => {
            let index = options.iter().position(|known| known.id == option.text);
            if let Some(index) = index.and_then(|index| u16::try_from(index).ok()) {
                return Some(Condition::Is(finding, index));
            }
            let ids: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
            let help = did_you_mean(
                &option.text,
                ids.iter().copied(),
                format!("its options are {}", ids.join(", ")),
            );
            let message = format!("`{name}` has no option `{}`", option.text);
            complaints.push((option.span.clone(), message, help));
        }
        FindingKind::YesNo => {
            let message = format!("`{name}` is answered yes or no and has no options");
            complaints.push((word.span.clone(), message, format!("write `{name}` or `not {name}`")));
        }
        FindingKind::Number { .. } => {
            let message = format!("`{name}` is a number and has no options");
            let help = format!("compare it with a whole number: `{name} >= 3`");
            complaints.push((word.span.clone(), message, help));
        }
    }
    None
}

/// How many things `AtLeast` may count. Reasons weigh the ways to choose among
/// them, which double with each one more: 12 are worked out in microseconds.
const MAX_COUNTED: usize = 12;

fn at_least(
    tree: &Tree,
    count: i64,
    parts: &[Tree],
    names: &Names<'_>,
    complaints: &mut Vec<Complaint>,
) -> Option<Condition> {
    let mut complain =
        |message: String, help: &str| complaints.push((tree.span.clone(), message, help.to_owned()));
    if parts.len() < 2 {
        complain(
            format!("`AtLeast` with {} to count", things(parts.len())),
            "list two or more after the number",
        );
    }
    if parts.len() > MAX_COUNTED {
        complain(
            format!("`AtLeast` with {} to count; the most is {MAX_COUNTED}", things(parts.len())),
            "split it into rules, or ask whether so long a list says anything",
        );
    }
    let wanted = usize::try_from(count).ok().filter(|wanted| *wanted > 0);
    match wanted {
        None => complain(format!("`AtLeast({count}, ...)` is always true"), "count from 1"),
        Some(wanted) if wanted > parts.len() && parts.len() >= 2 => complain(
            format!("`AtLeast({count}, ...)` with {} can never be true", things(parts.len())),
            "ask for fewer, or list more",
        ),
        Some(_) => {}
    }
    let parts = resolve_all(parts, names, complaints)?;
    let wanted = wanted.filter(|wanted| *wanted <= parts.len())?;
    if !(2..=MAX_COUNTED).contains(&parts.len()) {
        return None;
    }
    Some(Condition::AtLeast(wanted, parts))
}

fn things(count: usize) -> String {
    match count {
        0 => "nothing".to_owned(),
        1 => "one thing".to_owned(),
        more => format!("{more} things"),
    }
}
