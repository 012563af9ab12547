//! A follow-up settles the "not sure" of one yes/no finding, on a screen of its own.

use care::{FindingId, FindingKind};

use crate::block::Kind;
use crate::problem::Log;
use crate::read::Draft;

pub(super) fn check(draft: &Draft<'_>, log: &mut Log) {
    let book = &draft.book;
    let asked_by = |id: FindingId| book.questions.iter().position(|question| question.shows.contains(&id));
    let mut followed: Vec<FindingId> = Vec::new();
    for (index, finding) in book.findings.iter().enumerate() {
        let Some(follows) = finding.follows_up else { continue };
        let target = &book.findings[follows.index()];
        let block = &draft.blocks(Kind::Finding)[index];
        let own = u16::try_from(index).ok().map(FindingId);
        let asked = own.and_then(asked_by).map(|question| (question, &book.questions[question]));
        let is_plain =
            |finding: &care::Finding| finding.kind == FindingKind::YesNo && finding.derived.is_none();
        let (message, help) = if !is_plain(finding) || !is_plain(target) || target.follows_up.is_some() {
            (
                format!("{} cannot follow up `{}`", block.name(), target.id),
                "both must be yes_no findings that are asked, and the second no follow-up itself",
            )
        } else if followed.contains(&follows) {
            (format!("`{}` is followed up twice", target.id), "one follow-up settles a \"not sure\"")
        } else if finding.danger {
            (
                format!("{} is a follow-up and a danger", block.name()),
                "leave `danger` out: it counts as the finding that it follows",
            )
        } else if asked.is_some_and(|(_, question)| question.shows.len() > 1 || question.only_if.is_some()) {
            (
                format!("{} is not asked on a screen of its own", block.name()),
                "give it a question that shows nothing else and has no `only_if`",
            )
        } else if asked.is_some_and(|(question, _)| asked_by(follows) >= Some(question)) {
            (
                format!("{} is asked before what it follows up", block.name()),
                "move its question below the one that asks for the finding",
            )
        } else {
            followed.push(follows);
            continue;
        };
        log.problem(&block.spot(), message, help);
    }
    for written in &draft.conditions {
        for finding in &written.mentions {
            if book.findings[finding.index()].follows_up.is_some() {
                let id = &book.findings[finding.index()].id;
                let message = format!("`{id}` is a follow-up and stands in a condition");
                log.problem(&written.whole_spot(), message, "test the finding that it follows up");
            }
        }
    }
}
