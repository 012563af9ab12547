//! Derived findings: computed by a named function from a diary, and never asked.

use care::recovery::Trajectory;
use care::{Derived, DerivedKind, Finding, FindingId, FindingKind};

use crate::block::{Block, Kind};
use crate::problem::Log;
use crate::read::Draft;

/// Conditions that protect: what counts as no without a diary protects no one there.
const PROTECTING: [&str; 4] = ["only_if", "avoid", "block", "ask_first"];

pub(super) fn check(draft: &Draft<'_>, log: &mut Log) {
    let mut seen: Vec<Derived> = Vec::new();
    for (index, finding) in draft.book.findings.iter().enumerate() {
        let Some(derived) = finding.derived else { continue };
        let block = &draft.blocks(Kind::Finding)[index];
        // What cannot be computed was reported where it was read.
        if name_of(block) == Some(derived.id()) {
            check_kind(block, finding, derived, log);
            if seen.contains(&derived) {
                let message = format!("two findings are `{}` of the diary", derived.id());
                log.problem(&block.spot(), message, "test the other one, and remove this");
            }
            seen.push(derived);
        }
        if finding.danger {
            let help = "a danger is asked of everyone; state the danger in a rule";
            log.problem(&block.spot(), format!("{} is both derived and a danger", block.name()), help);
        }
        check_use(draft, block, index, log);
    }
}

/// What a block says that it is computed as.
fn name_of<'b>(block: &'b Block<'_>) -> Option<&'b str> {
    let value = block.keys.get("derived")?.get_ref();
    value.as_str().or_else(|| value.as_bool().map(|_| block.id.as_str()))
}

fn check_kind(block: &Block<'_>, finding: &Finding, derived: Derived, log: &mut Log) {
    let (fits, help) = match (derived.kind(), &finding.kind) {
        (DerivedKind::YesNo, kind) => (*kind == FindingKind::YesNo, "make it `type = \"yes_no\"`".to_owned()),
        (DerivedKind::Number(least, most), kind) => {
            let fits = matches!(kind, FindingKind::Number { min, max, .. } if (*min, *max) == (least, most));
            (fits, format!("make it `type = \"number\"` with `min = {least}` and `max = {most}`"))
        }
        (DerivedKind::Trajectory, kind) => {
            let ids: Vec<&str> = Trajectory::ALL.iter().map(|course| course.id()).collect();
            let fits = matches!(kind, FindingKind::Choice(options)
                if options.iter().map(|option| option.id.as_str()).eq(ids.iter().copied()));
            (fits, format!("make it `type = \"choice\"` with the options {}", ids.join(", ")))
        }
    };
    if !fits && !block.is_damaged {
        let message = format!("`{}` is computed as something else: {}", finding.id, derived.meaning());
        log.problem(&block.spot(), message, help);
    }
}

/// It is not asked, is used, and is not what someone's safety rests on.
fn check_use(draft: &Draft<'_>, block: &Block<'_>, index: usize, log: &mut Log) {
    let is_it = |finding: &FindingId| finding.index() == index;
    if let Some(question) = draft.book.questions.iter().find(|question| question.shows.iter().any(is_it)) {
        let message = format!("question `{}` shows `{}`, which is derived", question.id, block.id);
        log.problem(&block.spot(), message, "take it out of `shows`, or ask it and remove `derived`");
        return;
    }
    let mut is_used = false;
    for written in draft.conditions.iter().filter(|written| written.mentions.iter().any(is_it)) {
        is_used = true;
        if PROTECTING.contains(&written.key) {
            let message = format!("`{}` tests the derived finding `{}`", written.key, block.id);
            let help =
                "without a diary it counts as no, so it would protect no one; test what is asked instead";
            log.problem(&written.whole_spot(), message, help);
        }
    }
    if !is_used && !log.has_unreadable_block {
        let message = format!("{} can change nothing: no condition tests it", block.name());
        log.problem(&block.spot(), message, "test it in a condition, such as a rule's `when`, or remove it");
    }
}
