//! What is open to a person before any question was asked says for whom it is not.

use care::{FindingId, Urgency, findings_in};

use crate::block::Kind;
use crate::problem::Log;
use crate::read::Draft;

pub(super) fn check(draft: &Draft<'_>, log: &mut Log) {
    let book = &draft.book;
    let names = |findings: &[FindingId]| {
        let ids = findings.iter().filter_map(|id| book.findings.get(id.index()));
        ids.map(|finding| format!("`{}`", finding.id)).collect::<Vec<_>>().join(", ")
    };
    for (remedy, block) in book.remedies.iter().zip(draft.blocks(Kind::Remedy)) {
        let Some(lines) = &remedy.at_once else { continue };
        let said: Vec<FindingId> = lines.iter().flat_map(|signs| &signs.covers).copied().collect();
        let mut avoided = Vec::new();
        if let Some(avoid) = &remedy.avoid {
            findings_in(book, avoid, &mut avoided);
        }
        let unsaid: Vec<FindingId> = avoided.iter().filter(|id| !said.contains(id)).copied().collect();
        let idle: Vec<FindingId> = said.iter().filter(|id| !avoided.contains(id)).copied().collect();
        if !unsaid.is_empty() {
            let message = format!("{} opens at once and does not say of {}", block.name(), names(&unsaid));
            log.problem(&block.spot(), message, "`at_once` stands for all that `avoid` tests");
        }
        if !idle.is_empty() {
            let message =
                format!("{} is not for {}, and `avoid` does not test that", block.name(), names(&idle));
            log.problem(&block.spot(), message, "add it to `avoid`, or leave it out of `at_once`");
        }
        if remedy.up_to < Urgency::SameDay {
            let message =
                format!("{} opens at once, and is not for everybody below an emergency", block.name());
            log.problem(&block.spot(), message, "write `up_to = \"same_day\"`, or leave `at_once` out");
        }
    }
    for (outcome, block) in book.outcomes.iter().zip(draft.blocks(Kind::Outcome)) {
        if !outcome.red_lines.is_empty() && outcome.urgency < Urgency::Emergency {
            let message = format!("{} has red lines and is no emergency", block.name());
            log.problem(&block.spot(), message, "a red line leads to help at once");
        }
    }
}
