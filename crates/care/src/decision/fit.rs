//! Whether something is for this person: offered, and known not to be wrong for them.

use crate::book::{BlockId, ConditionId, ConditionKey, FindingId};
use crate::decision::reasons::{Settled, Support};

/// What becomes of an `offer` and an `avoid` together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Known to be offered and known not to be avoided, by these answers.
    Known(Vec<FindingId>),
    /// Offered, but to be avoided or not known to be safe, by these answers; they
    /// are empty where a question is still open.
    Withheld(Vec<FindingId>),
    /// Known not to be called for, by these answers.
    NotCalledFor(Vec<FindingId>),
    /// Not known to be called for.
    Open,
}

/// Judges the `offer` of a block (without one always offered) and its `avoid` (without one never avoided).
pub(crate) fn fit(support: &Support<'_, '_>, block: BlockId) -> Fit {
    let offer = support.condition_under(block, ConditionKey::Offer);
    let avoid = support.condition_under(block, ConditionKey::Avoid);
    let settled = |condition: Option<ConditionId>, settled| match condition {
        None => Some(Vec::new()),
        Some(condition) => support.of_condition(condition, settled),
    };
    let Some(offered) = settled(offer, Settled::True) else {
        return offer
            .and_then(|offer| support.of_condition(offer, Settled::False))
            .map_or(Fit::Open, Fit::NotCalledFor);
    };
    match settled(avoid, Settled::False) {
        Some(safe) => {
            let mut because = [offered, safe].concat();
            because.sort_unstable();
            because.dedup();
            Fit::Known(because)
        }
        None => Fit::Withheld(settled(avoid, Settled::NeverFalse).unwrap_or_default()),
    }
}
