//! Screens: every finding is asked once, for a reason, and in time.

use care::{ConditionKey, FindingId};

use crate::block::{Block, Kind, shifted};
use crate::condition::resolve::{Meaning, meaning};
use crate::problem::{Log, Spot};
use crate::read::Draft;
use crate::suggest::nearest;
use crate::written::Written;

pub(super) fn check(draft: &Draft<'_>, log: &mut Log) {
    let shown_by = shown_by(draft, log);
    let users = users(draft);
    if !log.has_unreadable_block && every_list_is_read(draft) {
        every_finding_is_shown(draft, &shown_by, &users, log);
    }
    if !log.has_unreadable_block && every_condition_is_read(draft) {
        every_finding_is_used(draft, &shown_by, &users, log);
    }
    gates_look_back(draft, &shown_by, log);
}

/// For each finding the question that shows it; a second one is reported.
fn shown_by(draft: &Draft<'_>, log: &mut Log) -> Vec<Option<usize>> {
    let mut shown_by: Vec<Option<usize>> = vec![None; draft.book.findings.len()];
    for (index, block) in draft.blocks(Kind::Question).iter().enumerate() {
        for (id, spot) in shown(block) {
            let Some(finding) = draft.names.blocks.find(Kind::Finding, id) else { continue };
            let slot = &mut shown_by[usize::from(finding)];
            let Some(first) = *slot else {
                *slot = Some(index);
                continue;
            };
            let message = if first == index {
                format!("`{id}` is shown twice")
            } else {
                format!("`{id}` is already shown by question `{}`", draft.book.questions[first].id)
            };
            log.problem(&spot, message, "a finding is asked once; take it out of one of the two");
        }
    }
    shown_by
}

/// The items of `shows`, as they are written.
fn shown<'b>(block: &'b Block<'_>) -> impl Iterator<Item = (&'b str, Spot)> {
    let items = block.keys.get("shows").and_then(|value| value.get_ref().as_array());
    items.into_iter().flatten().filter_map(|item| {
        let spot = Spot { file: block.file, span: shifted(item.span(), block.start) };
        Some((item.get_ref().as_str()?, spot))
    })
}

/// For each finding the first condition that mentions it, as words.
fn users(draft: &Draft<'_>) -> Vec<Option<String>> {
    let mut users = vec![None; draft.book.findings.len()];
    for written in &draft.conditions {
        for finding in &written.mentions {
            users[finding.index()].get_or_insert_with(|| {
                let block = &draft.blocks(written.kind)[written.index];
                format!("`{}` of {}", written.key, block.name())
            });
        }
    }
    users
}

/// Whether every question says what it shows, even if wrongly.
fn every_list_is_read(draft: &Draft<'_>) -> bool {
    let is_read = |block: &Block<'_>| block.keys.get("shows").is_some_and(|value| value.get_ref().is_array());
    draft.blocks(Kind::Question).iter().all(is_read)
}

/// Whether every condition is a text, even if it is a wrong one.
fn every_condition_is_read(draft: &Draft<'_>) -> bool {
    let read = |kind: Kind, index: usize, key: &str| {
        let is_here =
            |written: &&Written| written.kind == kind && written.index == index && written.key == key;
        draft.conditions.iter().filter(is_here).count()
    };
    let is_read = |kind: Kind, index: usize, block: &Block<'_>, key: ConditionKey| {
        let Some(value) = block.keys.get(key.id()) else { return kind != Kind::Rule };
        let written = match value.get_ref().as_array() {
            Some(list) if key.is_listed() => list.len(),
            None if !key.is_listed() => 1,
            _ => return false,
        };
        read(kind, index, key.id()) == written
    };
    Kind::ALL.into_iter().all(|kind| {
        let mut blocks = draft.blocks(kind).iter().enumerate();
        blocks.all(|(index, block)| kind.condition_keys().iter().all(|key| is_read(kind, index, block, *key)))
    })
}

/// The findings that a misspelt item of `shows` probably means.
fn misspelt(draft: &Draft<'_>) -> Vec<u16> {
    let names = draft.names.blocks;
    let items = draft.blocks(Kind::Question).iter().flat_map(shown);
    items
        .filter(|(id, _)| names.find(Kind::Finding, id).is_none())
        .filter_map(|(id, _)| names.find(Kind::Finding, nearest(id, names.ids(Kind::Finding))?))
        .collect()
}

fn every_finding_is_shown(
    draft: &Draft<'_>,
    shown_by: &[Option<usize>],
    users: &[Option<String>],
    log: &mut Log,
) {
    let misspelt = misspelt(draft);
    for (index, block) in draft.blocks(Kind::Finding).iter().enumerate() {
        // The second of two blocks with one id has been reported as such.
        let first = draft.names.blocks.find(Kind::Finding, &block.id);
        let is_first = first.map(usize::from) == Some(index);
        let is_settled = shown_by[index].is_some() || draft.book.findings[index].derived.is_some();
        if is_settled || !is_first || first.is_some_and(|id| misspelt.contains(&id)) {
            continue;
        }
        let message = match &users[index] {
            Some(user) => format!("no question shows `{}`, which {user} needs", block.id),
            None => format!("no question shows `{}`", block.id),
        };
        log.problem(&block.spot(), message, "add it to the `shows` of a question, or remove it");
    }
}

/// A line that no condition tests is read by someone in pain for nothing.
fn every_finding_is_used(
    draft: &Draft<'_>,
    shown_by: &[Option<usize>],
    users: &[Option<String>],
    log: &mut Log,
) {
    let help = "test it in a condition, such as a rule's `when`, or do not ask it";
    for (index, question) in draft.book.questions.iter().enumerate() {
        let block = &draft.blocks(Kind::Question)[index];
        let shown: Vec<&FindingId> =
            question.shows.iter().filter(|finding| shown_by[finding.index()] == Some(index)).collect();
        let unused: Vec<&FindingId> =
            shown.iter().copied().filter(|finding| users[finding.index()].is_none()).collect();
        let is_follow_up = |id: &&FindingId| draft.book.findings[id.index()].follows_up.is_some();
        if !shown.is_empty() && unused.len() == shown.len() && !unused.iter().any(is_follow_up) {
            let message = format!("{} can change nothing: no condition tests what it asks", block.name());
            log.problem(&block.spot(), message, help);
            continue;
        }
        // A follow-up counts as the finding that it follows.
        for finding in unused.into_iter().filter(|id| draft.book.findings[id.index()].follows_up.is_none()) {
            let block = &draft.blocks(Kind::Finding)[finding.index()];
            let message = format!("{} can change nothing: no condition tests it", block.name());
            log.problem(&block.spot(), message, help);
        }
    }
}

/// An `only_if` may test only what was asked before.
fn gates_look_back(draft: &Draft<'_>, shown_by: &[Option<usize>], log: &mut Log) {
    for written in draft.conditions.iter().filter(|written| written.key == "only_if") {
        let Some(tree) = &written.tree else { continue };
        let question = &draft.book.questions[written.index];
        let mut late = Vec::new();
        tree.names(&mut |name, span, _| {
            for finding in findings_behind(draft, name) {
                if let Some(asker) = shown_by[finding.index()].filter(|asker| *asker >= written.index) {
                    late.push((span.clone(), finding, asker));
                    break;
                }
            }
        });
        for (span, finding, asker) in late {
            let finding = &draft.book.findings[finding.index()].id;
            let (message, help) = if asker == written.index {
                (
                    format!("question `{}` depends on `{finding}`, which it asks itself", question.id),
                    "show it on an earlier screen",
                )
            } else {
                let asker = &draft.book.questions[asker].id;
                (
                    format!("question `{}` depends on `{finding}`, which `{asker}` asks later", question.id),
                    "move that question up, or this one down",
                )
            };
            log.problem(&written.spot(&span), message, help);
        }
    }
}

/// The findings that a name depends on, through rules.
fn findings_behind(draft: &Draft<'_>, name: &str) -> Vec<FindingId> {
    let mut findings = Vec::new();
    let mut seen = vec![false; draft.book.rules.len()];
    let mut rules = Vec::new();
    match meaning(name, &draft.names) {
        Some(Meaning::Finding(finding)) => findings.push(finding),
        Some(Meaning::Rule(rule)) => rules.push(rule),
        None => {}
    }
    while let Some(rule) = rules.pop() {
        if std::mem::replace(&mut seen[rule.index()], true) {
            continue;
        }
        draft.book.rules[rule.index()].when.walk(&mut |part| {
            findings.extend(part.finding());
            if let care::Condition::Rule(rule) = part {
                rules.push(*rule);
            }
        });
    }
    findings
}
