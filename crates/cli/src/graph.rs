//! What leads where: `unclench graph`, as DOT or as a drawing.
//!
//! Both are read off the compiled book: screens show findings, findings enter
//! rules through conditions, rules lead to a level, and a gate leads from a
//! finding back to a screen.

mod dot;
mod svg;

use care::{Condition, FindingId, Guideline, RuleId};

use crate::exit::Exit;
use crate::page;

/// Prints the graph to standard output.
///
/// # Errors
///
/// If a template fails, which only a bug can cause.
pub(crate) fn run(guideline: &Guideline, svg: bool) -> anyhow::Result<Exit> {
    let graph = if svg { svg::draw(guideline)? } else { dot::write(guideline) };
    page::data(graph.trim_end());
    Ok(Exit::Ok)
}

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
