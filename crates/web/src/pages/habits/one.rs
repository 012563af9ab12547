//! One habit: what to do, when to be reminded, and the days on which it was done.

use askama::Template;
use care::habits::{plan_habits, rests};
use care::{Block, BlockId, CauseId, Habit, HabitId, sentence_case};
use jiff::civil::{Date, Time};
use store::{Event, HabitChoice, Settings};
use tell::Citations;

use super::week::{self, Week};
use super::{choice_of, clock, when};
use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::figures::Figure;
use crate::parts::onward::elsewhere;
use crate::parts::sources::{SourceLine, source_lines};
use crate::request::Form;
use crate::response::Response;
use crate::screen::Problem;
use crate::visitor::Visitor;

/// When the calendar may remind, by what a form sends.
const REMINDERS: [(&str, Option<u16>, &str); 4] = [
    ("none", None, "No reminder"),
    ("0", Some(0), "At that time"),
    ("10", Some(10), "10 minutes before"),
    ("30", Some(30), "30 minutes before"),
];

#[derive(Template)]
#[template(path = "pages/habit.html")]
struct HabitPage<'v> {
    frame: Frame<'v>,
    id: &'v str,
    name: &'v str,
    why: &'v str,
    marks: String,
    strength: &'static str,
    /// When the book proposes it.
    proposed: String,
    acts_on: Vec<&'v str>,
    /// What all of it looks like.
    whole: Option<Figure<'v>>,
    /// What to do, each with how long it takes and how it looks.
    steps: Vec<(&'v str, Option<String>, Option<Figure<'v>>)>,
    /// Where the person does it: when, and the last days.
    chosen: Option<(String, Week)>,
    /// Whether the time of day is that of the first of several.
    is_within_day: bool,
    time: String,
    reminders: Vec<(&'static str, &'static str, bool)>,
    problems: Vec<Problem>,
    /// The danger questions were never answered.
    is_before_check: bool,
    /// It was changed in another window meanwhile.
    is_overtaken: bool,
    /// How often it was chosen or changed when the page was made.
    changes: u32,
    /// Where sources differ about it: the id and the topic of each.
    differ: Vec<(&'v str, String)>,
    sources: Vec<SourceLine<'v>>,
}

/// A habit that is for the person now: known to be fit, or done already and nothing speaks against
/// it; before the danger check, one against which the book knows nothing to speak.
struct Fit<'g> {
    id: HabitId,
    habit: &'g Habit,
    /// What of this person it acts on.
    acts_on: Vec<CauseId>,
}

/// The habit with this id; where it is not to be shown, where to go instead.
fn fit<'g>(visitor: &Visitor<'g>, id: &str) -> Result<Result<Fit<'g>, Response>, PageError> {
    let case = visitor.standing();
    let guideline = visitor.guideline();
    let known = guideline.habits().find(|known| guideline.habit(*known).id == id);
    let known = known.ok_or(PageError::NotFound)?;
    let habit = guideline.habit(known);
    if case.is_before_check(visitor.record) && habit.avoid.is_none() {
        return Ok(Ok(Fit { id: known, habit, acts_on: Vec::new() }));
    }
    let Some(finished) = case.manageable() else { return Ok(Err(elsewhere(case))) };
    let item = plan_habits(finished).items.into_iter().find(|item| item.habit() == known);
    let is_on = choice_of(visitor.record, habit).is_some_and(|choice| choice.on);
    let goes_on = is_on && rests(finished, known).is_none();
    if item.is_none() && !goes_on {
        return Ok(Err(Response::see("/habits")));
    }
    let acts_on = item.map(|item| item.acts_on().to_vec()).unwrap_or_default();
    Ok(Ok(Fit { id: known, habit, acts_on }))
}

/// A habit that the person may mark as done: one that is for them now, or one that they have
/// while the book has more to ask before it can say.
fn theirs<'g>(visitor: &Visitor<'g>, id: &str) -> Result<Result<&'g Habit, Response>, PageError> {
    let case = visitor.standing();
    let waits = case.manageable().is_none() && case.keeps_what_is_theirs();
    let mut all = visitor.guideline().habits().map(|known| visitor.guideline().habit(known));
    match all.find(|known| waits && known.id == id) {
        Some(habit) => Ok(Ok(habit)),
        None => Ok(fit(visitor, id)?.map(|fit| fit.habit)),
    }
}

/// `GET /habits/ID`
pub(crate) fn show(visitor: &Visitor<'_>, id: &str) -> Result<Response, PageError> {
    match fit(visitor, id)? {
        Ok(fit) => {
            let page = page(visitor, &fit)?;
            page.frame.around(&page)
        }
        Err(response) => Ok(response),
    }
}

fn page<'v>(visitor: &'v Visitor<'_>, fit: &Fit<'v>) -> Result<HabitPage<'v>, PageError> {
    let guideline = visitor.guideline();
    let habit = fit.habit;
    let choice = choice_of(visitor.record, habit);
    let recurrence = &habit.schedule;
    let picture = |number| Figure::at(guideline.book(), Block::Habit(habit), number);
    let citations = Citations::default();
    let time = choice.and_then(|choice| choice.time).unwrap_or_else(|| recurrence.first_time());
    // Who chose it before has chosen a reminder too.
    let remind = choice.filter(|choice| 0 < choice.changes).map_or(Some(0), |choice| choice.remind_minutes);
    let differ = guideline.book().disagreements.iter();
    // A time that was sent and refused.
    let sent = visitor.sent(&format!("/habits/{}", habit.id));
    let remind = sent.map(remind_minutes).transpose()?.unwrap_or(remind);
    let message = "Write a time of day, such as 08:00".to_owned();
    let is_wrong = sent.is_some_and(|form| read_time(form).is_none());
    let problem = is_wrong.then(|| Problem { field: "time".to_owned(), message });
    let changes = choice.map_or(0, |choice| choice.changes);
    Ok(HabitPage {
        frame: Frame::new(visitor, Here::Habits, habit.name.clone()).with_error(is_wrong),
        id: &habit.id,
        name: &habit.name,
        why: &habit.why,
        marks: citations.mark(&habit.sources),
        strength: habit.strength.words(),
        proposed: sentence_case(&tell::habit_when(habit).to_string()),
        acts_on: fit.acts_on.iter().map(|id| guideline.cause(*id).name.as_str()).collect(),
        whole: picture(0),
        steps: (1..)
            .zip(&habit.steps)
            .map(|(number, step)| {
                (step.text.as_str(), step.timer.map(|timer| timer.to_string()), picture(number))
            })
            .collect(),
        chosen: choice
            .filter(|choice| choice.on)
            .map(|choice| (when(habit, choice), Week::of(choice, visitor.now.date()))),
        is_within_day: recurrence.is_within_day(),
        time: sent.map_or_else(|| clock(time), |form| form.text("time").to_owned()),
        reminders: reminders(remind),
        problems: problem.into_iter().collect(),
        is_before_check: visitor.standing().is_before_check(visitor.record),
        is_overtaken: sent.is_some_and(|form| is_overtaken(form, changes)),
        changes,
        differ: differ
            .filter(|differ| differ.about_others.contains(&BlockId::Habit(fit.id)))
            .map(|differ| (differ.id.as_str(), sentence_case(&differ.topic)))
            .collect(),
        sources: source_lines(guideline, &citations),
    })
}

/// The time of day of a form; none where it is no time.
fn read_time(form: &Form) -> Option<Time> {
    Time::strptime("%H:%M", form.text("time")).ok()
}

/// Whether the habit was changed since the page of a form was made.
fn is_overtaken(form: &Form, changes: u32) -> bool {
    form.get("seen").is_some_and(|seen| seen != changes.to_string())
}

/// When the calendar reminds, as a form says.
fn remind_minutes(form: &Form) -> Result<Option<u16>, PageError> {
    let known = REMINDERS.into_iter().find(|(value, _, _)| *value == form.text("remind"));
    let known = known.ok_or_else(|| PageError::BadForm("it does not say when to remind".to_owned()))?;
    Ok(known.1)
}

fn reminders(chosen: Option<u16>) -> Vec<(&'static str, &'static str, bool)> {
    REMINDERS.into_iter().map(|(value, minutes, label)| (value, label, minutes == chosen)).collect()
}

/// `POST /habits/ID/choose`: begins it, or changes its time.
pub(crate) fn choose(visitor: &Visitor<'_>, form: &Form, id: &str) -> Result<Response, PageError> {
    let fit = match fit(visitor, id)? {
        Ok(fit) => fit,
        Err(response) => return Ok(response),
    };
    let remind_minutes = remind_minutes(form)?;
    let again = || Ok(Response::see(&format!("/habits/{id}")).carrying(form));
    let Some(time) = read_time(form) else { return again() };
    let choice = choice_of(visitor.record, fit.habit);
    let is_same = choice.is_some_and(|choice| {
        choice.on && choice.time == Some(time) && choice.remind_minutes == remind_minutes
    });
    if !is_same && is_overtaken(form, choice.map_or(0, |choice| choice.changes)) {
        return again();
    }
    let habit = fit.habit.id.clone();
    let chosen = Event::HabitChosen { habit, on: true, time: Some(time), remind_minutes };
    // Saved again without a change, it is no change to the calendar either.
    let chosen = (!is_same).then_some(chosen);
    Ok(Response::see("/habits").after(zone_told(visitor, form).into_iter().chain(chosen).collect()))
}

/// The time zone of the person's own device, where the record has none yet: the
/// calendar is written for it.
fn zone_told(visitor: &Visitor<'_>, form: &Form) -> Option<Event> {
    let name = form.text("time_zone");
    let is_open = visitor.record.settings().time_zone.is_none() && visitor.site.zones().get(name).is_some();
    is_open
        .then(|| Event::SettingsChanged(Settings { time_zone: Some(name.to_owned()), ..Settings::default() }))
}

/// `POST /habits/ID/stop`: what was done stays, and it can be begun again. Also
/// for a habit that is no longer right for the person.
pub(crate) fn stop(visitor: &Visitor<'_>, id: &str) -> Response {
    let case = visitor.standing();
    if !case.keeps_what_is_theirs() && !case.is_before_check(visitor.record) {
        return elsewhere(case);
    }
    let on = visitor.record.habits().get(id).filter(|choice| choice.on);
    let stopped = |choice: &HabitChoice| Event::HabitChosen {
        habit: id.to_owned(),
        on: false,
        time: choice.time,
        remind_minutes: choice.remind_minutes,
    };
    Response::see("/habits").after(on.map(stopped).into_iter().collect())
}

/// `POST /habits/ID/done`: marks one of the last days, or takes the mark back.
pub(crate) fn done(visitor: &Visitor<'_>, form: &Form, id: &str) -> Result<Response, PageError> {
    let habit = match theirs(visitor, id)? {
        Ok(habit) => habit,
        Err(response) => return Ok(response),
    };
    let (on, done) = form
        .get("done")
        .map(|day| (day, true))
        .or_else(|| form.get("undo").map(|day| (day, false)))
        .ok_or_else(|| PageError::BadForm("it does not say what was done".to_owned()))?;
    let on: Date = on.parse().map_err(|_| PageError::BadForm("it names no day".to_owned()))?;
    let to = if form.has("stay") { format!("/habits/{id}") } else { format!("/habits#{id}") };
    let is_shown = week::days(visitor.now.date()).any(|day| day == on);
    let choice = choice_of(visitor.record, habit).filter(|choice| choice.on && is_shown);
    let is_new = choice.is_some_and(|choice| choice.done.contains(&on) != done);
    let event = Event::HabitDone { habit: habit.id.clone(), on, done };
    Ok(Response::see(&to).after(is_new.then_some(event).into_iter().collect()))
}
