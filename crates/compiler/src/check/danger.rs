//! More danger must never look better: no danger finding stands under `not`.
//!
//! A condition under an even number of `not` is as good as one under none. A
//! rule counts with everything its own `when` tests.

use care::{Condition, FindingId};

use crate::condition::resolve::{Meaning, meaning};
use crate::problem::Log;
use crate::read::Draft;

pub(super) fn check(draft: &Draft<'_>, log: &mut Log) {
    let help = "a yes to a danger can then lower the urgency; say it without `not`";
    for written in &draft.conditions {
        let Some(tree) = &written.tree else { continue };
        let mut found = Vec::new();
        tree.names(&mut |name, span, negated| match meaning(name, &draft.names) {
            Some(Meaning::Finding(finding)) if negated && is_danger(draft, finding) => {
                found.push((span.clone(), format!("the danger `{name}` stands under `not`")));
            }
            Some(Meaning::Rule(rule)) if negated => {
                if let Some(danger) = danger_behind(draft, rule.index()) {
                    let danger = &draft.book.findings[danger.index()].id;
                    let message =
                        format!("the danger `{danger}` stands under `not`, through the rule `{name}`");
                    found.push((span.clone(), message));
                }
            }
            _ => {}
        });
        for (span, message) in found {
            log.problem(&written.spot(&span), message, help);
        }
    }
}

fn is_danger(draft: &Draft<'_>, finding: FindingId) -> bool {
    draft.book.findings[finding.index()].danger
}

/// A danger that the rule tests under an even number of `not`, through other
/// rules as well. An odd number is reported where it is written.
fn danger_behind(draft: &Draft<'_>, rule: usize) -> Option<FindingId> {
    let mut seen = vec![[false; 2]; draft.book.rules.len()];
    let mut open = vec![(&draft.book.rules[rule].when, false)];
    while let Some((condition, negated)) = open.pop() {
        match condition {
            Condition::Yes(finding) if !negated && is_danger(draft, *finding) => return Some(*finding),
            Condition::Yes(_) | Condition::Compare(..) | Condition::Is(..) => {}
            Condition::AtLeast(_, parts) | Condition::And(parts) | Condition::Or(parts) => {
                open.extend(parts.iter().map(|part| (part, negated)));
            }
            Condition::Not(inner) => open.push((inner, !negated)),
            Condition::Rule(rule) => {
                let seen = &mut seen[rule.index()][usize::from(negated)];
                if !std::mem::replace(seen, true) {
                    open.push((&draft.book.rules[rule.index()].when, negated));
                }
            }
        }
    }
    None
}
