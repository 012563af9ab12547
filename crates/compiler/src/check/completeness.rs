//! What every book must have.

use care::{MOST_SIGNS, Urgency};

use crate::block::{Block, Kind};
use crate::problem::{Log, Spot};
use crate::read::Draft;
use crate::suggest::nearest;

/// An outcome for each urgency, and numbers to call for people anywhere.
pub(super) fn check(draft: &Draft<'_>, title: &Spot, log: &mut Log) {
    let names = &draft.names.blocks;
    let spot = |kind| {
        let first = names.of(kind).first();
        first.map_or_else(|| title.clone(), Block::spot)
    };
    for urgency in Urgency::ALL {
        let id = urgency.id();
        let is_misspelt = names.ids(Kind::Outcome).any(|outcome| nearest(outcome, [id]).is_some());
        if !is_misspelt {
            let help = format!("add a block `[outcome.{id}]`: what a person is told at that level");
            log.problem(&spot(Kind::Outcome), format!("there is no outcome `{id}`"), help);
        }
    }
    own_outcomes(draft, log);
    groups_of_signs(draft, log);
    leading_remedies(draft, log);
    roles(draft, log);
    if names.find(Kind::Region, "anywhere").is_none() {
        let help = "add a block `[region.anywhere]`: whom to call where no other region fits";
        log.problem(&spot(Kind::Region), "there is no region `anywhere`", help);
    }
}

/// No two findings are the same to the program.
fn roles(draft: &Draft<'_>, log: &mut Log) {
    let findings = &draft.book.findings;
    for (index, finding) in findings.iter().enumerate() {
        let Some(role) = finding.role else { continue };
        let Some(first) = findings[..index].iter().find(|other| other.role == Some(role)) else { continue };
        let block = &draft.blocks(Kind::Finding)[index];
        let message = format!("{} is the {}, and so is `{}`", block.name(), role.id(), first.id);
        log.problem(&block.spot(), message, "take `role` out of one of them");
    }
}

/// The lines of the come-back card are told in few groups, each of which has one lead.
fn groups_of_signs(draft: &Draft<'_>, log: &mut Log) {
    let lines = &draft.book.come_back;
    let mut leads = 0;
    for (line, block) in lines.iter().zip(draft.blocks(Kind::ComeBack)) {
        let lead = line.joins.map(|lead| &lines[lead.index()]);
        leads += usize::from(lead.is_none());
        if let Some(lead) = lead.filter(|lead| lead.joins.is_some()) {
            let message = format!("{} joins `{}`, which joins another line itself", block.name(), lead.id);
            log.problem(&block.spot(), message, "let it join the line that leads the group");
        }
        if lead.is_none() && leads > MOST_SIGNS {
            let message = format!("{} leads a group, and {MOST_SIGNS} others do already", block.name());
            log.problem(&block.spot(), message, "let it join one of them: `joins = \"...\"`");
        }
    }
}

/// An outcome begins with one thing.
fn leading_remedies(draft: &Draft<'_>, log: &mut Log) {
    let leads = draft.book.remedies.iter().zip(draft.blocks(Kind::Remedy)).filter(|(remedy, _)| remedy.leads);
    for (remedy, block) in leads.skip(1) {
        let message = format!("`{}` leads, and so does another remedy", remedy.id);
        log.problem(&block.spot(), message, "take `leads` out of one of them");
    }
}

/// An outcome of its own is told by a rule, at the urgency of that rule.
fn own_outcomes(draft: &Draft<'_>, log: &mut Log) {
    let book = &draft.book;
    for (index, rule) in book.rules.iter().enumerate() {
        let Some(outcome) = rule.tells.map(|id| &book.outcomes[id.index()]) else { continue };
        if outcome.urgency != rule.urgency {
            let block = &draft.blocks(Kind::Rule)[index];
            let message = format!(
                "{} is {} and tells `{}`, which is {}",
                block.name(),
                rule.urgency.id(),
                outcome.id,
                outcome.urgency.id()
            );
            log.problem(&block.spot(), message, "tell an outcome of the rule's own urgency");
        }
    }
    for (index, outcome) in book.outcomes.iter().enumerate() {
        let is_told = book.rules.iter().any(|rule| rule.tells.is_some_and(|id| id.index() == index));
        if outcome.id != outcome.urgency.id() && !is_told {
            let block = &draft.blocks(Kind::Outcome)[index];
            let help = format!("add `tells = \"{}\"` to a rule, or remove it", outcome.id);
            log.problem(&block.spot(), format!("no rule tells {}", block.name()), help);
        }
    }
}
