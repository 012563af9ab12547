//! `unclench habits`: what keeps spasms away, chosen for one person, with a schedule.

use care::habits::{HabitItem, HabitPlan, next_question, plan_habits};
use care::{Finished, Guideline, sentence_case};
use serde_json::{Value, json};
use tell::{Citations, HabitToBegin, Message, habit_left_out, habit_to_begin, habits_lead};

use crate::after_triage::{self, Given, head, print_json, show_next_question};
use crate::exit::Exit;
use crate::page;

/// Chooses habits for one person's answers.
///
/// # Errors
///
/// If the answers cannot be used.
pub(crate) fn run(guideline: &Guideline, given: &Given<'_>) -> anyhow::Result<Exit> {
    given.then(guideline, |finished| {
        let plan = plan_habits(finished);
        let ask = next_question(guideline, finished.state().answers(), finished.urgency());
        if given.json {
            let mut view = head(finished);
            let items = plan.items.iter().map(|item| item_json(guideline, item)).collect();
            view.insert("habits".into(), Value::Array(items));
            view.insert("withheld".into(), withheld_json(guideline, &plan));
            view.insert("next".into(), after_triage::next_question(guideline, ask.as_ref()));
            return print_json(&Value::Object(view));
        }
        show(guideline, finished, &plan);
        show_next_question(guideline, ask.as_ref());
        Ok(())
    })
}

fn show(guideline: &Guideline, finished: &Finished<'_>, plan: &HabitPlan) {
    let citations = Citations::default();
    page::heading(Message::HabitsTitle);
    page::paragraph(habits_lead(finished, plan));
    for item in &plan.items {
        let HabitToBegin { habit, why, when, acts_on } = habit_to_begin(finished, item, &citations);
        page::heading(format!("{} ({})", habit.name, habit.strength.words()));
        page::point("•", sentence_case(&when.to_string()));
        page::points("•", acts_on);
        page::paragraph(why);
        for (number, step) in (1..).zip(&habit.steps) {
            let timer = step.timer.map(|timer| format!(" [{timer}]")).unwrap_or_default();
            page::point(&format!("{number}."), format!("{}{timer}", step.text));
        }
    }
    let left_out = plan.withheld.iter().map(|of| habit_left_out(finished, of.habit, &of.because));
    page::show_left_out(Message::LeftOut, &left_out.collect::<Vec<_>>());
    page::show_sources(guideline, &citations);
}

fn item_json(guideline: &Guideline, item: &HabitItem) -> Value {
    let habit = guideline.habit(item.habit());
    let acts_on: Vec<&str> = item.acts_on().iter().map(|id| guideline.cause(*id).id.as_str()).collect();
    json!({
        "habit": habit.id,
        "name": habit.name,
        "schedule": habit.schedule,
        "when": habit.schedule.words(),
        "seconds_each_time": habit.duration.get(),
        "acts_on": acts_on,
        "why": habit.why,
        "strength": habit.strength.id(),
        "steps": wire::steps(&habit.steps),
        "fit_because": wire::names(guideline, item.fit_because()),
        "sources": wire::sources(guideline, &habit.sources),
    })
}

fn withheld_json(guideline: &Guideline, plan: &HabitPlan) -> Value {
    let withheld = plan.withheld.iter().map(|withheld| {
        let habit = guideline.habit(withheld.habit);
        let because = habit.avoid_because.as_deref();
        let findings = wire::names(guideline, &withheld.because);
        json!({ "habit": habit.id, "name": habit.name, "because": because, "findings": findings })
    });
    withheld.collect()
}
