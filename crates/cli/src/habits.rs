//! `unclench habits`: what keeps spasms away, chosen for one person, with a schedule.

use care::habits::{BEGIN_WITH, HabitItem, HabitPlan, next_question, none_fits, plan_habits, when_words};
use care::{Citations, Finished, Guideline, schedule_words};
use serde_json::{Value, json};

use crate::after_triage::{self, Given, head, print_json, show_next_question, show_sources, show_withheld};
use crate::exit::Exit;
use crate::page;
use crate::view;

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
    page::heading("What keeps spasms away, for you");
    if plan.items.is_empty() {
        page::paragraph(&none_fits(finished));
    } else {
        page::paragraph(BEGIN_WITH);
    }
    for item in &plan.items {
        let habit = guideline.habit(item.habit());
        page::heading(&format!("{} ({})", habit.name, habit.strength.words()));
        page::point("•", &format!("When: {}", when_words(habit)));
        let causes: Vec<&str> = item.acts_on().iter().map(|id| guideline.cause(*id).name.as_str()).collect();
        if !causes.is_empty() {
            page::point("•", &format!("It acts on: {}", causes.join("; ")));
        }
        page::paragraph(&format!("{} {}", habit.why, citations.mark(&habit.sources)));
        for (number, step) in (1..).zip(&habit.steps) {
            let timer = step.timer.map(|timer| format!(" [{timer}]")).unwrap_or_default();
            page::point(&format!("{number}."), &format!("{}{timer}", step.text));
        }
    }
    let withheld = plan.withheld.iter().map(|withheld| {
        let habit = guideline.habit(withheld.habit);
        (&*habit.name, habit.avoid_because.as_deref())
    });
    show_withheld("Left out for you", withheld);
    show_sources(guideline, &citations);
}

fn item_json(guideline: &Guideline, item: &HabitItem) -> Value {
    let habit = guideline.habit(item.habit());
    let acts_on: Vec<&str> = item.acts_on().iter().map(|id| guideline.cause(*id).id.as_str()).collect();
    json!({
        "habit": habit.id,
        "name": habit.name,
        "schedule": habit.schedule,
        "when": schedule_words(&habit.schedule),
        "seconds_each_time": habit.duration.get(),
        "acts_on": acts_on,
        "why": habit.why,
        "strength": habit.strength.id(),
        "steps": view::steps(&habit.steps),
        "fit_because": view::names(guideline, item.fit_because()),
        "sources": view::sources(guideline, &habit.sources),
    })
}

fn withheld_json(guideline: &Guideline, plan: &HabitPlan) -> Value {
    let withheld = plan.withheld.iter().map(|withheld| {
        let habit = guideline.habit(withheld.habit);
        let because = habit.avoid_because.as_deref();
        view::withheld(guideline, "habit", (&*habit.id, &*habit.name), because, &withheld.because)
    });
    withheld.collect()
}
