//! Whether something is for this person: offered, and known not to be wrong for them.

use crate::condition::Condition;
use crate::guideline::FindingId;
use crate::reasons::{Settled, Support};

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

/// Judges an `offer` (without one always offered) and an `avoid` (without one never avoided).
pub(crate) fn fit(support: &Support<'_, '_>, offer: Option<&Condition>, avoid: Option<&Condition>) -> Fit {
    let settled = |condition: Option<&Condition>, settled| match condition {
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
