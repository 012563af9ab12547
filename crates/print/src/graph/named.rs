//! What a condition names.

use care::{Condition, FindingId, RuleId};

/// What a condition names itself, each once, in the order of writing.
#[derive(Default)]
pub(super) struct Named {
    pub(super) findings: Vec<FindingId>,
    pub(super) rules: Vec<RuleId>,
}

impl Named {
    pub(super) fn by(condition: &Condition) -> Self {
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
