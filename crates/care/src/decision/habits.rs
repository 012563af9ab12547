//! What keeps spasms away, chosen for one person.

use crate::book::{BlockId, CauseId, ConditionKey, FindingId, HabitId, Strength, Urgency};
use crate::decision::answers::Answers;
use crate::decision::fit::{Fit, fit};
use crate::decision::guideline::Guideline;
use crate::decision::interview::{Ask, Finished, next_about};
use crate::decision::reasons::{Settled, Support};

/// The habits that are known to be fit for this person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HabitPlan {
    /// Those that act on something this person has first, then by strength of
    /// evidence, then in reading order.
    pub items: Vec<HabitItem>,
    /// What was left out as not safe, or not known to be safe, in reading order.
    pub withheld: Vec<HabitWithheld>,
}

/// A habit that is known to be fit. Only [`plan_habits`] makes one, and only
/// where its `avoid` is known to be false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HabitItem {
    habit: HabitId,
    fit_because: Vec<FindingId>,
    acts_on: Vec<CauseId>,
}

impl HabitItem {
    /// Which habit.
    pub fn habit(&self) -> HabitId {
        self.habit
    }

    /// The answers by which its `offer` holds and its `avoid` does not.
    pub fn fit_because(&self) -> &[FindingId] {
        &self.fit_because
    }

    /// The contributors of this person that it acts on, in reading order.
    pub fn acts_on(&self) -> &[CauseId] {
        &self.acts_on
    }
}

/// A habit that would have been offered, were it not for these answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HabitWithheld {
    /// Which habit.
    pub habit: HabitId,
    /// The answers that speak against it or leave it open; empty where a question is still open.
    pub because: Vec<FindingId>,
}

/// The habits for one person; empty in an emergency.
pub fn plan_habits(finished: &Finished<'_>) -> HabitPlan {
    let state = finished.state();
    let guideline = state.guideline();
    let support = Support::new(state);
    let mut plan = HabitPlan::default();
    for id in may_be_shown(guideline, finished.urgency()) {
        match fit(&support, BlockId::Habit(id)) {
            Fit::Known(fit_because) => {
                let acts_on = guideline
                    .causes()
                    .filter(|cause| acts_on(guideline, id, *cause) && state.contributes(*cause))
                    .collect();
                plan.items.push(HabitItem { habit: id, fit_because, acts_on });
            }
            Fit::Withheld(because) => plan.withheld.push(HabitWithheld { habit: id, because }),
            Fit::NotCalledFor(_) | Fit::Open => {}
        }
    }
    // Stable, so that equals stay in reading order.
    plan.items.sort_by_key(|item| {
        (std::cmp::Reverse(item.acts_on.len()), rank_of(guideline.habit(item.habit).strength))
    });
    plan
}

/// The first question, in reading order, whose answer could still add or remove
/// a habit; `None` once nothing unanswered matters to them.
pub fn next_question(guideline: &Guideline, answers: &Answers, urgency: Urgency) -> Option<Ask> {
    let habits = may_be_shown(guideline, urgency).map(BlockId::Habit);
    let habits = habits.flat_map(|habit| guideline.book().conditions_of(habit));
    let causes = guideline.causes().map(|cause| BlockId::Cause(cause).condition(ConditionKey::When));
    next_about(guideline, answers, habits.chain(causes))
}

/// Why a habit that a person already does is not for now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Something else comes first.
    TooUrgent,
    /// It is known not to be called for, by these answers.
    NotCalledFor(Vec<FindingId>),
    /// It is to be avoided or not known to be safe, by these answers; they are
    /// empty where a question is still open.
    NotSafe(Vec<FindingId>),
}

/// Why a habit that a person already does should rest; `None` where it may go on.
///
/// To go on it need not be known to be called for, as in [`plan_habits`]: that was
/// known when it was begun, and is not asked again in every interview. That it is
/// safe must be known each time.
pub fn rests(finished: &Finished<'_>, habit: HabitId) -> Option<Rest> {
    let state = finished.state();
    if finished.urgency() > state.guideline().habit(habit).up_to {
        return Some(Rest::TooUrgent);
    }
    let support = Support::new(state);
    let offer = BlockId::Habit(habit).condition(ConditionKey::Offer);
    if let Some(because) = support.of_condition(offer, Settled::False) {
        return Some(Rest::NotCalledFor(because));
    }
    let avoid = support.condition_under(BlockId::Habit(habit), ConditionKey::Avoid)?;
    if support.of_condition(avoid, Settled::False).is_some() {
        return None;
    }
    Some(Rest::NotSafe(support.of_condition(avoid, Settled::NeverFalse).unwrap_or_default()))
}

/// Whether a habit says, or a contributor says, that the one acts on the other.
pub fn acts_on(guideline: &Guideline, habit: HabitId, cause: CauseId) -> bool {
    guideline.cause(cause).helps.contains(&BlockId::Habit(habit))
        || guideline.habit(habit).for_causes.contains(&cause)
}

fn may_be_shown(guideline: &Guideline, urgency: Urgency) -> impl Iterator<Item = HabitId> {
    guideline.habits().filter(move |id| guideline.habit(*id).up_to >= urgency)
}

/// Position in [`Strength::ALL`], best first.
fn rank_of(strength: Strength) -> usize {
    Strength::ALL.iter().position(|known| *known == strength).unwrap_or(Strength::ALL.len())
}
