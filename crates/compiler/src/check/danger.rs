//! More danger must never look better: no danger finding stands under `not`.
//! Neither does a derived one: without a diary it counts as no, and a rule over
//! it must then stay silent.
//!
//! A condition under an even number of `not` is as good as one under none. A
//! rule counts with everything its own `when` tests.

use std::ops::Range;

use care::{Condition, Finding};

use crate::condition::resolve::{Complaint, Meaning, meaning};
use crate::problem::Log;
use crate::read::Draft;

pub(super) fn check(draft: &Draft<'_>, log: &mut Log) {
    let danger = Guarded {
        what: "danger",
        is: |finding| finding.danger,
        help: "a yes to a danger can then lower the urgency; say it without `not`",
    };
    let derived = Guarded {
        what: "derived finding",
        is: |finding| finding.derived.is_some(),
        help: "without a diary it counts as no, and this would then hold; say it without `not`",
    };
    for written in &draft.conditions {
        let Some(tree) = &written.tree else { continue };
        let mut found = Vec::new();
        tree.names(&mut |name, span, negated| {
            if negated {
                let guarded = [&danger, &derived].into_iter();
                found.extend(guarded.filter_map(|guarded| guarded.under_not(draft, name, span)));
            }
        });
        for (span, message, help) in found {
            log.problem(&written.spot(&span), message, help);
        }
    }
}

/// What may not stand under `not`.
struct Guarded {
    what: &'static str,
    is: fn(&Finding) -> bool,
    help: &'static str,
}

impl Guarded {
    /// What is wrong with a name under `not`, if something is.
    fn under_not(&self, draft: &Draft<'_>, name: &str, span: &Range<usize>) -> Option<Complaint> {
        let what = self.what;
        let message = match meaning(name, &draft.names)? {
            Meaning::Finding(finding) => {
                let guarded = (self.is)(&draft.book.findings[finding.index()]);
                guarded.then(|| format!("the {what} `{name}` stands under `not`"))?
            }
            Meaning::Rule(rule) => {
                let behind = &self.behind(draft, rule.index())?.id;
                format!("the {what} `{behind}` stands under `not`, through the rule `{name}`")
            }
        };
        Some((span.clone(), message, self.help.to_owned()))
    }

    /// One that the rule tests under an even number of `not`, through other
    /// rules as well. An odd number is reported where it is written.
    fn behind<'d>(&self, draft: &'d Draft<'_>, rule: usize) -> Option<&'d Finding> {
        let mut seen = vec![[false; 2]; draft.book.rules.len()];
        let mut open = vec![(&draft.book.rules[rule].when, false)];
        while let Some((condition, negated)) = open.pop() {
            match condition {
                Condition::Yes(finding) | Condition::Compare(finding, ..) | Condition::Is(finding, _) => {
                    let finding = &draft.book.findings[finding.index()];
                    if !negated && (self.is)(finding) {
                        return Some(finding);
                    }
                }
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
}
