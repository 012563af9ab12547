//! Conditions that never or always hold, and rules that add nothing.

use care::{Book, Condition, FindingId, Urgency, findings_in};

use super::logic::{Formula, TooLarge, Truths, Verdict, Wanted, Work, can_be, find, formula};
use super::references::Sound;
use crate::block::Kind;
use crate::problem::Log;
use crate::read::Draft;
use crate::written::Written;

pub(super) fn check(draft: &Draft<'_>, sound: &Sound, log: &mut Log) {
    let mut rules = Vec::new();
    for written in draft.conditions.iter().filter(|written| sound.contains(written)) {
        let Some(condition) = &written.condition else { continue };
        let formula = formula(&draft.book, condition);
        let depends = report_constant(draft, written, &formula, log);
        // The second of two rules with one id has been reported as such.
        let id = &draft.blocks(written.kind)[written.index].id;
        let is_first = draft.names.blocks.find(written.kind, id).map(usize::from) == Some(written.index);
        if depends && is_first && written.kind == Kind::Rule {
            let mut findings = Vec::new();
            findings_in(&draft.book, condition, &mut findings);
            rules.push(Candidate { index: written.index, written, formula, findings });
        }
    }
    let mut work = Work::for_all();
    for rule in &rules {
        // Once there are too many long rules to compare, that is said once.
        if !work.is_used_up() {
            report_covered(draft, rule, &rules, &mut work, log);
        }
        report_opened_by_danger(draft, rule, log);
    }
}

/// A rule that sometimes fires.
struct Candidate<'d> {
    index: usize,
    written: &'d Written,
    formula: Formula,
    findings: Vec<FindingId>,
}

/// Whether the condition depends on the answers; if not, that is reported.
fn report_constant(draft: &Draft<'_>, written: &Written, formula: &Formula, log: &mut Log) -> bool {
    let block = &draft.blocks(written.kind)[written.index];
    let can_hold = can_be(&draft.book, formula, true);
    let can_fail = can_be(&draft.book, formula, false);
    let (message, help) = match (can_hold, can_fail) {
        (Ok(true), Ok(true)) => return true,
        (Ok(false), _) if written.kind == Kind::Rule => (
            format!("{} can never fire", block.name()),
            "its parts contradict each other; look at `and`, `not` and the ranges of numbers",
        ),
        (Ok(false), _) => (
            format!("`{}` of {} can never hold", written.key, block.name()),
            "its parts contradict each other; look at `and`, `not` and the ranges of numbers",
        ),
        (_, Ok(false)) => (
            format!("`{}` of {} always holds", written.key, block.name()),
            "whatever is answered, it is true; look at `or`, `not` and the ranges of numbers",
        ),
        (Err(TooLarge), _) | (_, Err(TooLarge)) => (
            format!("`{}` of {} is too large to be checked", written.key, block.name()),
            "split it into rules that each stand for one sentence",
        ),
    };
    log.problem(&written.whole_spot(), message, help);
    false
}

/// Reports the rule if another one always gives at least the same urgency,
/// also where answers are "not sure". Of two that say the same, the later.
fn report_covered(
    draft: &Draft<'_>,
    rule: &Candidate<'_>,
    all: &[Candidate<'_>],
    work: &mut Work,
    log: &mut Log,
) {
    let block = &draft.blocks(Kind::Rule)[rule.index];
    for other in all.iter().filter(|other| other.index != rule.index) {
        let verdict = covers(draft, other, rule, work).and_then(|covers_rule| {
            let is_other_way = covers_rule && rule.index < other.index && covers(draft, rule, other, work)?;
            Ok(covers_rule && !is_other_way)
        });
        let other_id = &draft.book.rules[other.index].id;
        let (message, help) = match verdict {
            Ok(false) => continue,
            Ok(true) => (
                format!("{} adds nothing: `{other_id}` always gives at least the same urgency", block.name()),
                format!("remove it, raise its urgency, or make `{other_id}` narrower"),
            ),
            Err(TooLarge) if work.is_used_up() => (
                format!("{} and the rules after it cannot be compared with the others", block.name()),
                "the book has too many long rules; make them shorter or fewer".to_owned(),
            ),
            Err(TooLarge) => (
                format!("{} and `{other_id}` are too large to be compared", block.name()),
                "split them into rules that each stand for one sentence".to_owned(),
            ),
        };
        log.problem(&rule.written.whole_spot(), message, help);
        return;
    }
}

/// Whether `other` gives at least the urgency of `rule` for all answers.
fn covers(
    draft: &Draft<'_>,
    other: &Candidate<'_>,
    rule: &Candidate<'_>,
    work: &mut Work,
) -> Result<bool, TooLarge> {
    let levels = |index: usize| {
        let rule = &draft.book.rules[index];
        Levels { yes: rule.urgency, unsure: rule.if_not_sure }
    };
    let (rule_levels, other_levels) = (levels(rule.index), levels(other.index));
    if rule_levels.yes > other_levels.yes || rule_levels.unsure > other_levels.unsure {
        return Ok(false);
    }
    // Both depend on the answers. Without a finding in common one can hold while the other does not.
    if !rule.findings.iter().any(|finding| other.findings.contains(finding)) {
        return Ok(false);
    }
    let verdict = |truths: &[Truths]| {
        let (rule_low, rule_high) = rule_levels.range(truths[0]);
        let (other_low, other_high) = other_levels.range(truths[1]);
        if rule_high <= other_low {
            Verdict::Never
        } else if rule_low > other_high {
            Verdict::Always
        } else {
            Verdict::Open
        }
    };
    // `a or b` gives what the more urgent of its parts gives, so each part is
    // looked at alone: a long list then takes a few cases instead of millions.
    let mut parts = Vec::new();
    alternatives(&rule.formula, &mut parts);
    for part in parts {
        let formulas = [Wanted { formula: part, yes: true }, Wanted { formula: &other.formula, yes: false }];
        if find(&draft.book, &formulas, true, &verdict, work)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn alternatives<'f>(formula: &'f Formula, parts: &mut Vec<&'f Formula>) {
    match formula {
        Formula::Count(1, inner) => inner.iter().for_each(|part| alternatives(part, parts)),
        _ => parts.push(formula),
    }
}

/// What a rule gives; self-care where it does not hold.
#[derive(Clone, Copy)]
struct Levels {
    yes: Urgency,
    unsure: Urgency,
}

impl Levels {
    /// The least and the most urgent that is possible.
    fn range(self, truths: Truths) -> (Urgency, Urgency) {
        let possible = [(truths.no, Urgency::SelfCare), (truths.unsure, self.unsure), (truths.yes, self.yes)];
        let levels = possible.into_iter().filter(|(is_possible, _)| *is_possible).map(|(_, level)| level);
        let low = levels.clone().min().unwrap_or_default();
        (low, levels.max().unwrap_or_default())
    }
}

/// Reports a finding under `not` that is asked only because of a danger, where
/// the rule can hold without that danger: a yes to the danger would open the
/// question, and the answer to it could then lower the urgency.
fn report_opened_by_danger(draft: &Draft<'_>, rule: &Candidate<'_>, log: &mut Log) {
    let book = &draft.book;
    let when = &book.rules[rule.index].when;
    let mut negated = Vec::new();
    under_not(book, when, false, &mut negated);
    for finding in negated {
        let asked = book.questions.iter().find(|question| question.shows.contains(&finding));
        let Some(gate) = asked.and_then(|question| question.only_if.as_ref()) else { continue };
        let mut opens = Vec::new();
        findings_in(book, &gate.condition, &mut opens);
        if !opens.iter().any(|finding| book.findings[finding.index()].danger) {
            continue;
        }
        let closed = Condition::Not(Box::new(gate.condition.clone()));
        let without = formula(book, &Condition::And(vec![when.clone(), closed]));
        if can_be(book, &without, true) != Ok(false) {
            let id = &book.findings[finding.index()].id;
            let message = format!("`{id}` stands under `not`, but is asked only because of a danger");
            let gate = gate.condition.text(book);
            let help =
                format!("require the danger too, `{gate} and not {id}`, or its yes could lower the urgency");
            log.problem(&rule.written.whole_spot(), message, help);
        }
    }
}

/// The findings tested under an odd number of `not`, through other rules as well.
fn under_not(book: &Book, condition: &Condition, negated: bool, found: &mut Vec<FindingId>) {
    match condition {
        Condition::Yes(finding) | Condition::Compare(finding, ..) | Condition::Is(finding, _) => {
            if negated && !found.contains(finding) {
                found.push(*finding);
            }
        }
        Condition::AtLeast(_, parts) | Condition::And(parts) | Condition::Or(parts) => {
            for part in parts {
                under_not(book, part, negated, found);
            }
        }
        Condition::Not(inner) => under_not(book, inner, !negated, found),
        Condition::Rule(rule) => under_not(book, &book.rules[rule.index()].when, negated, found),
    }
}
