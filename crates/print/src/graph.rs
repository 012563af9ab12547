//! What leads where, as DOT or as a drawing.
//!
//! Both are read off the compiled book: screens show findings, findings enter
//! rules through conditions, rules lead to a level, and a gate leads from a
//! finding back to a screen.

mod dot;
mod svg;

pub use dot::write as dot;
pub use svg::draw as svg;

use care::{Condition, FindingId, RuleId};

/// What a condition names itself, each once, in the order of writing.
#[derive(Default)]
struct Named {
    findings: Vec<FindingId>,
    rules: Vec<RuleId>,
}

impl Named {
    fn by(condition: &Condition) -> Self {
        let mut named = Self::default();
        condition.walk(&mut |part| {
            if let Condition::Rule(rule) = part {
                if !named.rules.contains(rule) {
                    named.rules.push(*rule);
                }
            } else if let Some(finding) = part.finding()
                && !named.findings.contains(&finding)
            {
                named.findings.push(finding);
            }
        });
        named
    }
}
