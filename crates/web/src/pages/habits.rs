//! Staying well: habits that fit the person, how often they were done, and a calendar of them.
//!
//! Nothing here counts what was missed. A day without is a day without.

mod calendar;
mod one;
mod week;
mod zone;

use askama::Template;
use care::habits::{Rest, plan_habits, rests};
use care::{Finished, Habit, HabitId, sentence_case};
use jiff::civil::Time;
use store::{HabitChoice, Record};
use tell::{Citations, HabitToBegin, LeftOut, Message, habit_left_out, habit_to_begin, habits_lead};

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::evidence::{OfStrength, by_strength};
use crate::parts::onward::elsewhere;
use crate::parts::sources::{SourceLine, source_lines};
use crate::parts::subject::Subject;
use crate::response::Response;
use crate::visitor::Visitor;

pub(crate) use calendar::{Titles, download};
pub(crate) use one::{choose, done, show as one, stop};
use week::Week;

/// The questions of this page.
pub(crate) const SUBJECT: Subject = Subject {
    home: "/habits",
    question: "/habits/question",
    caption: "Staying well",
    here: Here::Habits,
    next: care::habits::next_question,
};

#[derive(Template)]
#[template(path = "pages/habits.html")]
struct HabitsPage<'v> {
    frame: Frame<'v>,
    /// A question would tell more.
    has_question: bool,
    /// What the person does.
    chosen: Vec<ChosenLine<'v>>,
    /// What they chose and what is not right for them now.
    resting: Vec<LeftOut<'v>>,
    /// What stands above what they could begin.
    lead: Message<'v>,
    /// What they could begin, by what studies say of it.
    offered: Vec<OfStrength<OfferedLine<'v>>>,
    left_out: Vec<LeftOut<'v>>,
    /// The time zone of the calendar, where there is anything to put in it.
    calendar: Option<String>,
    sources: Vec<SourceLine<'v>>,
}

/// What the person does, while the book has something to ask before it can propose anything.
#[derive(Template)]
#[template(path = "pages/own_habits.html")]
struct OwnHabitsPage<'v> {
    frame: Frame<'v>,
    chosen: Vec<ChosenLine<'v>>,
    /// The danger questions were never answered.
    is_before_check: bool,
}

/// A habit that is on.
struct ChosenLine<'v> {
    id: &'v str,
    name: &'v str,
    when: String,
    week: Week,
}

/// A habit that could be begun.
struct OfferedLine<'v> {
    told: HabitToBegin<'v>,
    when: String,
    was_on: bool,
}

/// `GET /habits`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    let guideline = visitor.guideline();
    let today = visitor.now.date();
    let chosen = |id: &HabitId| choice_of(visitor.record, guideline.habit(*id)).filter(|choice| choice.on);
    let line = |id: HabitId| {
        let (habit, choice) = (guideline.habit(id), chosen(&id)?);
        let (when, week) = (when(habit, choice), Week::of(choice, today));
        Some(ChosenLine { id: &habit.id, name: &habit.name, when, week })
    };
    let frame = Frame::new(visitor, Here::Habits, "Staying well").with_scripts(&["files.js"]);
    let Some(finished) = case.manageable() else {
        let is_before_check = case.is_before_check(visitor.record);
        if !case.keeps_what_is_theirs() && !is_before_check {
            return Ok(elsewhere(case));
        }
        let chosen: Vec<ChosenLine<'_>> = guideline.habits().filter_map(line).collect();
        if is_before_check && chosen.is_empty() {
            return Ok(Response::see("/help/well"));
        }
        let page = OwnHabitsPage { frame, chosen, is_before_check };
        return page.frame.around(&page);
    };
    let plan = plan_habits(finished);
    let citations = Citations::default();
    let to_begin = || plan.items.iter().filter(|item| chosen(&item.habit()).is_none());
    let offered = to_begin().map(|item| {
        let told = habit_to_begin(finished, item, &citations);
        let when = sentence_case(&told.when.to_string());
        let was_on = choice_of(visitor.record, told.habit).is_some_and(|choice| 0 < choice.changes);
        OfferedLine { told, when, was_on }
    });
    let offered = by_strength(offered.collect(), |line: &OfferedLine<'_>| line.told.habit.strength);
    let page = HabitsPage {
        frame,
        has_question: SUBJECT.ask(guideline, case).is_some(),
        chosen: guideline.habits().filter(|id| rests(finished, *id).is_none()).filter_map(line).collect(),
        resting: guideline
            .habits()
            .filter(|id| chosen(id).is_some())
            .filter_map(|id| Some(resting(finished, id, &rests(finished, id)?)))
            .collect(),
        lead: habits_lead(finished, &plan),
        offered,
        left_out: plan
            .withheld
            .iter()
            .filter(|withheld| chosen(&withheld.habit).is_none())
            .map(|withheld| habit_left_out(finished, withheld.habit, &withheld.because))
            .collect(),
        calendar: visitor
            .record
            .habits()
            .values()
            .any(|choice| 0 < choice.changes)
            .then(|| visitor.now.time_zone().iana_name().unwrap_or("where you are").to_owned()),
        sources: source_lines(guideline, &citations),
    };
    page.frame.around(&page)
}

/// A habit that is on and is not for now.
fn resting<'g>(finished: &Finished<'g>, habit: HabitId, why: &Rest) -> LeftOut<'g> {
    match why {
        Rest::TooUrgent => {
            let first = care::what_to_do(finished).title;
            LeftOut { because: first, ..habit_left_out(finished, habit, &[]) }
        }
        Rest::NotCalledFor(because) => LeftOut { because: "", ..habit_left_out(finished, habit, because) },
        Rest::NotSafe(because) => habit_left_out(finished, habit, because),
    }
}

/// What the record has of a habit.
fn choice_of<'r>(record: &'r Record, habit: &Habit) -> Option<&'r HabitChoice> {
    record.habits().get(&habit.id)
}

/// When the person does it, in words.
fn when(habit: &Habit, choice: &HabitChoice) -> String {
    let days = habit.schedule.days_words();
    let times: Vec<Time> = habit.schedule.times(choice.time).into_iter().flatten().collect();
    let words = match times.as_slice() {
        [first, .., last] => {
            format!("{days}, {} times from {} to {}", times.len(), clock(*first), clock(*last))
        }
        [only] => format!("{days} at {}", clock(*only)),
        [] => days,
    };
    sentence_case(&words)
}

/// A time as a form and a sentence have it: `08:00`.
fn clock(time: Time) -> String {
    time.strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests;
