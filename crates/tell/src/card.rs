//! When to come back: what would change the outcome, grouped by how soon.

use care::{Advice, Guideline, Region, Urgency};

use crate::message::Message;

/// The come-back card, most urgent first; without groups in an emergency.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card<'g> {
    /// What to do, with the changes that call for it.
    pub groups: Vec<CardGroup<'g>>,
}

/// The changes that call for the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardGroup<'g> {
    /// How soon.
    pub urgency: Urgency,
    /// What to do: `Call 112 if`.
    pub action: Message<'g>,
    /// The changes.
    pub lines: Vec<String>,
}

impl<'g> Card<'g> {
    /// The short card of an advice.
    pub fn short(guideline: &'g Guideline, region: &'g Region, advice: &Advice) -> Self {
        let Advice::Manage { card, .. } = advice else { return Self::default() };
        let lines: Vec<_> = card.iter().map(|line| (line.urgency, line.text.as_str())).collect();
        Self::grouped(guideline, region, &lines)
    }

    /// The lines of the card in groups, in few words.
    pub fn signs(guideline: &'g Guideline, region: &'g Region, advice: &Advice) -> Self {
        let Advice::Manage { signs, .. } = advice else { return Self::default() };
        let lines: Vec<_> = signs.iter().map(|sign| (sign.urgency, sign.text.as_str())).collect();
        Self::grouped(guideline, region, &lines)
    }

    /// Everything that would change the outcome.
    pub fn whole(guideline: &'g Guideline, region: &'g Region, advice: &Advice) -> Self {
        let Advice::Manage { come_back_if, .. } = advice else { return Self::default() };
        let changes = come_back_if.iter().map(|change| (change.urgency, change.text.as_str()));
        Self::grouped(guideline, region, &changes.collect::<Vec<_>>())
    }

    fn grouped(guideline: &'g Guideline, region: &'g Region, lines: &[(Urgency, &str)]) -> Self {
        let group = |urgency: Urgency| {
            let of_it = lines.iter().filter(|(level, _)| *level == urgency);
            let action = match urgency {
                Urgency::Emergency => Message::CardCallIf { number: region.emergency.as_str().into() },
                _ => Message::CardIf { outcome: guideline.outcome(urgency).title.as_str().into() },
            };
            CardGroup { urgency, action, lines: of_it.map(|(_, text)| (*text).to_owned()).collect() }
        };
        let groups = Urgency::ALL.into_iter().rev().map(group);
        Self { groups: groups.filter(|group| !group.lines.is_empty()).collect() }
    }
}
