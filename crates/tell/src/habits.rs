//! What keeps spasms away: habits that fit a person.

use care::habits::{HabitItem, HabitPlan};
use care::{FindingId, Finished, Habit, HabitId, what_to_do};

use crate::citations::Citations;
use crate::line::{LeftOut, Line};
use crate::message::Message;
use crate::said::said;

/// A habit that could be begun.
#[derive(Clone, Debug)]
pub struct HabitToBegin<'g> {
    /// The habit.
    pub habit: &'g Habit,
    /// Why.
    pub why: Line<'g>,
    /// When it is done and how long it takes.
    pub when: Message<'g>,
    /// What of this person it acts on.
    pub acts_on: Option<Message<'g>>,
}

/// What stands above the habits: few people keep many new habits at once.
pub fn habits_lead<'g>(finished: &Finished<'g>, plan: &HabitPlan) -> Message<'g> {
    if plan.items.is_empty() {
        Message::HabitsNoneFits { first: what_to_do(finished).title.into() }
    } else {
        Message::HabitsBeginWith
    }
}

/// A habit of a plan.
pub fn habit_to_begin<'g>(
    finished: &Finished<'g>,
    item: &HabitItem,
    citations: &Citations,
) -> HabitToBegin<'g> {
    let guideline = finished.state().guideline();
    let habit = guideline.habit(item.habit());
    let acts_on: Vec<&str> = item.acts_on().iter().map(|id| guideline.cause(*id).name.as_str()).collect();
    HabitToBegin {
        habit,
        why: Line { words: habit.why.as_str().into(), marks: citations.mark(&habit.sources) },
        when: habit_when(habit),
        acts_on: (!acts_on.is_empty()).then(|| Message::HabitActsOn { causes: acts_on.join("; ").into() }),
    }
}

/// When a habit is done and how long it takes: `every morning, 5 minutes each time`.
pub fn habit_when(habit: &Habit) -> Message<'_> {
    Message::HabitWhen { days: habit.schedule.words().into(), length: habit.duration.to_string().into() }
}

/// A habit that is not safe, or not known to be safe, with the answers that speak against it.
pub fn habit_left_out<'g>(finished: &Finished<'g>, habit: HabitId, because: &[FindingId]) -> LeftOut<'g> {
    let (guideline, answers) = (finished.state().guideline(), finished.state().answers());
    let habit = guideline.habit(habit);
    LeftOut {
        id: &habit.id,
        name: &habit.name,
        because: habit.avoid_because.as_deref().unwrap_or_default(),
        said: because.iter().map(|finding| said(guideline, answers, *finding)).collect(),
    }
}
