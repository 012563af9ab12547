//! When to come back: what would change the outcome, grouped by how soon.

use care::{Advice, Guideline, Region, Urgency};

/// The come-back card: what would change the outcome, most urgent first.
pub(crate) struct Card {
    pub(crate) groups: Vec<(String, &'static str, Vec<String>)>,
}

impl Card {
    /// The short card of an advice; empty in an emergency.
    pub(crate) fn of(guideline: &Guideline, region: &Region, advice: &Advice) -> Self {
        let Advice::Manage { card, .. } = advice else { return Self { groups: Vec::new() } };
        let lines: Vec<_> = card.iter().map(|line| (line.urgency, line.text.as_str())).collect();
        Self::grouped(guideline, region, &lines)
    }

    /// Everything that would change the outcome.
    pub(crate) fn whole(guideline: &Guideline, region: &Region, advice: &Advice) -> Self {
        let Advice::Manage { come_back_if, .. } = advice else { return Self { groups: Vec::new() } };
        let changes: Vec<_> =
            come_back_if.iter().map(|change| (change.urgency, change.text.as_str())).collect();
        Self::grouped(guideline, region, &changes)
    }

    fn grouped(guideline: &Guideline, region: &Region, lines: &[(Urgency, &str)]) -> Self {
        let group = |urgency: Urgency| {
            let of_it = lines.iter().filter(|(level, _)| *level == urgency);
            let texts: Vec<String> = of_it.map(|(_, text)| (*text).to_owned()).collect();
            let action = match urgency {
                Urgency::Emergency => format!("Call {} if", region.emergency),
                _ => format!("{} if", guideline.outcome(urgency).title),
            };
            (action, urgency.id(), texts)
        };
        let groups = Urgency::ALL.into_iter().rev().map(group);
        Self { groups: groups.filter(|(_, _, texts)| !texts.is_empty()).collect() }
    }
}
