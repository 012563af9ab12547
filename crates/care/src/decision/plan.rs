//! What the person can do.

use crate::book::{BlockId, ConditionKey, FindingId, RemedyId, Stage, Urgency};
use crate::decision::come_back::{CardLine, ComeBack, card, come_back_if, signs};
use crate::decision::interview::Finished;
use crate::decision::reasons::{Reason, Settled, Support, reasons};
use crate::decision::state::State;

/// What a finished interview leads to.
///
/// There is no plan inside an emergency: "call now, and here are some
/// stretches" cannot be written.
#[derive(Clone, Debug)]
pub enum Advice {
    /// Call now.
    GetHelpNow {
        /// Why; never empty.
        because: Vec<Reason>,
    },
    /// There is time: what to do, and what would change it.
    Manage {
        /// How soon to be seen; below [`Urgency::Emergency`].
        urgency: Urgency,
        /// Why; empty only for self-care.
        because: Vec<Reason>,
        /// What helps meanwhile.
        plan: Plan,
        /// What to keep in mind: the short come-back card.
        card: Vec<CardLine>,
        /// The same in groups and few words.
        signs: Vec<CardLine>,
        /// What would raise the urgency: the whole list.
        come_back_if: Vec<ComeBack>,
    },
}

impl Advice {
    /// How soon to be seen.
    pub fn urgency(&self) -> Urgency {
        match self {
            Self::GetHelpNow { .. } => Urgency::Emergency,
            Self::Manage { urgency, .. } => *urgency,
        }
    }

    /// Why.
    pub fn because(&self) -> &[Reason] {
        match self {
            Self::GetHelpNow { because } | Self::Manage { because, .. } => because,
        }
    }
}

/// The remedies that are known to be fit for this person.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What to do, by stage and then in reading order.
    pub items: Vec<PlanItem>,
    /// What was left out as not safe, or not known to be safe, for this person.
    pub withheld: Vec<Withheld>,
}

/// A remedy that is known to be fit. Only [`advise`] makes one, and only where
/// its `avoid` is known to be false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanItem {
    remedy: RemedyId,
}

impl PlanItem {
    /// Which remedy.
    pub fn remedy(&self) -> RemedyId {
        self.remedy
    }

    /// The answers of the person it was made for by which its `offer` holds and its `avoid`
    /// does not. Worked out when it is asked for, since few who look at a plan ask.
    pub fn fit_because(&self, finished: &Finished<'_>) -> Vec<FindingId> {
        let program = finished.state().guideline().program();
        let support = Support::new(finished.state());
        let offered = support.of(program.offer(self.remedy), Settled::True);
        let safe = support.of(program.avoid(self.remedy), Settled::False);
        let mut because = [offered.unwrap_or_default(), safe.unwrap_or_default()].concat();
        because.sort_unstable();
        because.dedup();
        because
    }
}

/// A remedy that would have been offered, were it not for these answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Which remedy.
    pub remedy: RemedyId,
    /// The answers that speak against it or leave it open.
    pub because: Vec<FindingId>,
}

/// What a finished interview leads to.
pub fn advise(finished: &Finished<'_>) -> Advice {
    let state = finished.state();
    let because = reasons(state);
    if finished.urgency() == Urgency::Emergency {
        return Advice::GetHelpNow { because };
    }
    let come_back_if = come_back_if(state);
    Advice::Manage {
        urgency: finished.urgency(),
        because,
        plan: plan(finished),
        card: card(state, finished.urgency(), &come_back_if),
        signs: signs(state, finished.urgency(), &come_back_if),
        come_back_if,
    }
}

/// What the book opens before any question was asked, in its order, without what these answers
/// already speak against: whoever is not sure of it goes without.
pub fn open_at_once(state: &State<'_>) -> Vec<RemedyId> {
    let guideline = state.guideline();
    let support = Support::new(state);
    let is_open = |id: &RemedyId| {
        let is_avoided = support.is(guideline.program().avoid(*id), Settled::NeverFalse);
        guideline.remedy(*id).at_once.is_some() && !is_avoided
    };
    guideline.remedies().filter(is_open).collect()
}

fn plan(finished: &Finished<'_>) -> Plan {
    let state = finished.state();
    let guideline = state.guideline();
    let program = guideline.program();
    let support = Support::new(state);
    let mut plan = Plan::default();
    let has_had_its_time = |id: RemedyId| {
        let key = support.condition_under(BlockId::Remedy(id), ConditionKey::FirstWhile);
        key.and_then(|key| program.operand(key)).is_some_and(|first| support.is(first, Settled::False))
    };
    for stage in Stage::ALL {
        let begins = plan.items.len();
        for id in guideline.remedies() {
            let remedy = guideline.remedy(id);
            if remedy.stage != stage || remedy.up_to < finished.urgency() {
                continue;
            }
            if !support.is(program.offer(id), Settled::True) {
                continue;
            }
            if support.is(program.avoid(id), Settled::False) {
                plan.items.push(PlanItem { remedy: id });
            } else {
                let because = support.of(program.avoid(id), Settled::NeverFalse).unwrap_or_default();
                plan.withheld.push(Withheld { remedy: id, because });
            }
        }
        // In the order of the book but for that.
        plan.items[begins..].sort_by_key(|item| has_had_its_time(item.remedy));
    }
    plan
}
