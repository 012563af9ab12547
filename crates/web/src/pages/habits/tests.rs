//! The pages as a person meets them.

mod calendar;

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::when;
use crate::testing::{Person, answers_for, guideline, plain_spasm};

/// A habit that the book offers to everyone.
const CALM: &str = "calm_time";

fn choose(person: &mut Person, habit: &str, time: &str, remind: &str) {
    let response = person.post(&format!("/habits/{habit}/choose"), &[("time", time), ("remind", remind)]);
    assert_eq!(response.status, 303, "{}", response.text());
}

/// Answers every further question about habits: with `answers` where they name a finding.
fn answer_all(person: &mut Person, answers: &Value) {
    for _ in 0..40 {
        let case = crate::case::Case::at(guideline(), &person.record, person.now.timestamp());
        let Some(ask) = super::SUBJECT.ask(guideline(), &case) else { return };
        let fields = answers_for(guideline(), &ask, answers);
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let to = format!("/habits/question/{}", guideline().question(ask.question).id);
        assert_eq!(person.post(&to, &fields).status, 303);
    }
    panic!("the questions never end");
}

/// Somebody who sits long, for whom the book has breaks.
fn sitter() -> Person {
    let mut person = Person::with_a_plain_spasm();
    answer_all(&mut person, &json!({ "sits_long": "yes" }));
    person
}

#[test]
fn only_habits_that_are_known_to_be_fit_are_offered() {
    let person = Person::with_a_plain_spasm();
    let case = crate::case::Case::at(guideline(), &person.record, person.now.timestamp());
    let plan = care::habits::plan_habits(case.manageable().unwrap());
    let page = person.get("/habits");
    for id in guideline().habits() {
        let habit = guideline().habit(id);
        let is_fit = plan.items.iter().any(|item| item.habit() == id);
        let path = format!("/habits/{}", habit.id);
        assert_eq!(page.text().contains(&format!("href=\"{path}\"")), is_fit, "{path}");
        assert_eq!(person.get(&path).status, if is_fit { 200 } else { 303 }, "{path}");
    }
    assert!(!plan.items.is_empty() && plan.items.len() < guideline().book().habits.len());
}

/// Before the danger check: only a habit against which the book knows nothing to speak.
#[test]
fn a_habit_that_harms_nobody_can_be_begun_without_any_answer() {
    let habits = || guideline().habits().map(|id| guideline().habit(id));
    for habit in habits() {
        let mut person = Person::new();
        assert_eq!(person.get("/habits").header("location"), Some("/help/well"));
        let (path, is_open) = (format!("/habits/{}", habit.id), habit.avoid.is_none());
        assert_eq!(person.get(&path).status, if is_open { 200 } else { 303 }, "{path}");
        choose(&mut person, &habit.id, "09:00", "0");
        assert_eq!(!person.record.habits().is_empty(), is_open, "{path}");
        if is_open {
            let page = person.get("/habits");
            assert!(page.text().contains(&habit.name) && page.text().contains("Help me now"));
            assert!(person.get("/help/well").text().contains("href=\"/habits\""));
            person.post(&format!("{path}/done"), &[("done", &person.now.date().to_string())]);
            assert_eq!(person.record.habits()[&habit.id].done.len(), 1);
        }
        // What calls for help closes it again.
        person.answer_next(&json!({ "saddle_numbness": "yes" }));
        assert_eq!(person.get("/habits").status, 303, "{path}");
    }
    assert!(habits().any(|habit| habit.avoid.is_none()) && habits().any(|habit| habit.avoid.is_some()));
}

#[test]
fn a_habit_that_is_not_fit_can_not_be_begun() {
    let mut person = Person::with_a_plain_spasm();
    choose(&mut person, "sitting_breaks", "09:00", "0");
    assert!(person.record.habits().is_empty());
    let mut person = sitter();
    choose(&mut person, "sitting_breaks", "09:00", "0");
    assert!(person.record.habits()["sitting_breaks"].on);
    assert_eq!(person.get("/habits/no_such_habit").status, 404);
}

#[test]
fn further_answers_bring_habits_and_leave_the_triage_finished() {
    let mut person = Person::with_a_plain_spasm();
    assert!(!person.get("/habits").text().contains("sitting_breaks"));
    assert!(person.get("/habits").text().contains("/habits/question"));
    answer_all(&mut person, &json!({ "sits_long": "yes" }));
    let page = person.get("/habits");
    assert!(page.text().contains("/habits/sitting_breaks"));
    assert!(!page.text().contains("/habits/question"));
    assert!(person.record.interview().assessed.is_some());
}

#[test]
fn a_habit_is_chosen_changed_and_stopped_and_what_was_done_stays() {
    let mut person = Person::with_a_plain_spasm();
    choose(&mut person, CALM, "07:30", "10");
    assert!(person.get("/habits").text().contains("Every day at 07:30"));
    person.post("/habits/calm_time/done", &[("done", "2026-11-24")]);
    choose(&mut person, CALM, "21:00", "none");
    let choice = &person.record.habits()[CALM];
    assert_eq!((choice.changes, choice.remind_minutes, choice.done.len()), (2, None, 1));
    person.post("/habits/calm_time/stop", &[]);
    let choice = &person.record.habits()[CALM];
    assert_eq!((choice.on, choice.changes, choice.done.len()), (false, 3, 1));
    assert!(person.get("/habits").text().contains("You did this before"));
    // Stopped twice is stopped once.
    person.post("/habits/calm_time/stop", &[]);
    assert_eq!(person.record.habits()[CALM].changes, 3);
}

#[test]
fn saved_again_without_a_change_is_no_change() {
    let mut person = Person::with_a_plain_spasm();
    choose(&mut person, CALM, "07:30", "10");
    choose(&mut person, CALM, "07:30", "10");
    assert_eq!(person.record.habits()[CALM].changes, 1);
}

#[test]
fn a_time_that_is_none_is_refused_and_what_was_filled_in_stays() {
    let mut person = Person::with_a_plain_spasm();
    for time in ["", "noon", "25:00", "07:61"] {
        let page = person.refused("/habits/calm_time/choose", &[("time", time), ("remind", "30")]);
        assert!(page.text().contains("<title>Error: "));
        assert!(page.text().contains("value=\"30\" checked"));
        assert!(page.text().contains(&format!("name=\"time\" value=\"{time}\"")));
    }
    assert!(person.record.habits().is_empty());
}

#[test]
fn a_time_that_was_changed_in_another_window_is_not_overwritten() {
    let mut person = Person::with_a_plain_spasm();
    choose(&mut person, CALM, "07:30", "10");
    let fields = [("seen", "0"), ("time", "21:00"), ("remind", "0")];
    let page = person.post_then("/habits/calm_time/choose", &fields);
    assert!(page.text().contains("changed in another window"), "{}", page.text());
    assert!(
        page.text().contains("name=\"time\" value=\"21:00\"")
            && page.text().contains("name=\"seen\" value=\"1\"")
    );
    assert_eq!(person.record.habits()[CALM].remind_minutes, Some(10));
}

#[test]
fn one_tap_marks_today_and_another_takes_it_back() {
    let mut person = Person::with_a_plain_spasm();
    choose(&mut person, CALM, "07:30", "0");
    assert!(person.get("/habits").text().contains("name=\"done\" value=\"2026-11-24\""));
    person.post("/habits/calm_time/done", &[("done", "2026-11-24")]);
    let page = person.get("/habits");
    assert!(page.text().contains("Once in the last 7 days"));
    assert!(page.text().contains("name=\"undo\" value=\"2026-11-24\""));
    person.post("/habits/calm_time/done", &[("undo", "2026-11-24")]);
    assert!(person.record.habits()[CALM].done.is_empty());
    assert!(person.get("/habits").text().contains("name=\"done\" value=\"2026-11-24\""));
}

#[test]
fn what_was_done_is_counted_over_the_last_seven_days() {
    let mut person = Person::with_a_plain_spasm();
    choose(&mut person, CALM, "07:30", "0");
    for day in ["2026-11-18", "2026-11-20", "2026-11-23"] {
        person.post("/habits/calm_time/done", &[("done", day)]);
    }
    assert!(person.get("/habits").text().contains("3 times in the last 7 days"));
    // A page left open past midnight still means its own day.
    person.wait(SignedDuration::from_hours(24));
    person.post("/habits/calm_time/done", &[("done", "2026-11-24")]);
    assert!(person.get("/habits").text().contains("3 times in the last 7 days"));
    assert_eq!(person.record.habits()[CALM].done.len(), 4);
}

#[test]
fn a_day_to_come_or_long_past_can_not_be_marked() {
    let mut person = Person::with_a_plain_spasm();
    choose(&mut person, CALM, "07:30", "0");
    for day in ["2026-11-25", "2026-11-17"] {
        assert_eq!(person.post("/habits/calm_time/done", &[("done", day)]).status, 303);
    }
    assert!(person.record.habits()[CALM].done.is_empty());
    assert_eq!(person.post("/habits/calm_time/done", &[("done", "today")]).status, 400);
}

/// Somebody whose pain has eased and who began gentle yoga.
fn yogi() -> Person {
    let mut answers = plain_spasm();
    answers["pain_now"] = json!(2);
    let mut person = Person::new().triaged(&answers);
    answer_all(&mut person, &json!({ "mind_or_sleep": "yes", "stressed": "yes" }));
    choose(&mut person, "yoga_later", "18:00", "0");
    assert!(person.record.habits()["yoga_later"].on);
    person
}

/// The same person, asked again: something now speaks against it.
fn yogi_in_pain() -> Person {
    let mut person = yogi();
    person.post("/changed", &[]);
    person.triaged(&plain_spasm())
}

#[test]
fn a_habit_that_is_no_longer_right_rests_and_can_be_taken_off() {
    let mut person = yogi_in_pain();
    let page = person.get("/habits");
    assert_eq!(page.status, 200, "{:?}", page.header("location"));
    assert!(page.text().contains("Resting for now"));
    assert!(!page.text().contains("href=\"/habits/yoga_later\""));
    person.post("/habits/yoga_later/done", &[("done", "2026-11-24")]);
    assert!(person.record.habits()["yoga_later"].done.is_empty());
    person.post("/habits/yoga_later/stop", &[]);
    assert!(!person.get("/habits").text().contains("Resting for now"));
}

#[test]
fn a_habit_that_is_now_unsafe_rests_and_says_why() {
    let mut answers = plain_spasm();
    (answers["pain_now"], answers["pregnant_or_birth"]) = (json!(2), json!("yes"));
    let mut person = yogi();
    person.post("/changed", &[]);
    let person = person.triaged(&answers);
    let page = person.get("/habits");
    assert_eq!(page.status, 200, "{:?}", page.header("location"));
    let habit = guideline().book().habits.iter().find(|habit| habit.id == "yoga_later").unwrap();
    let (_, resting) = page.text().split_once("Resting for now").expect("it rests");
    assert!(resting.contains(habit.avoid_because.as_deref().unwrap()));
}

#[test]
fn a_page_that_was_sent_can_be_opened_again() {
    let person = Person::with_a_plain_spasm();
    for action in ["choose", "stop", "done"] {
        let page = person.get(&format!("/habits/calm_time/{action}"));
        assert_eq!(page.header("location"), Some("/habits/calm_time"));
    }
}

#[test]
fn a_habit_goes_on_where_the_next_interview_does_not_ask_again_what_it_is_for() {
    let mut person = sitter();
    choose(&mut person, "sitting_breaks", "09:00", "0");
    person.post("/changed", &[]);
    let mut person = person.triaged(&plain_spasm());
    assert!(!person.record.interview().answers.contains_key("sits_long"));
    let page = person.get("/habits");
    assert!(page.text().contains("16 times from 09:00"));
    assert!(!page.text().contains("Resting for now"));
    person.post("/habits/sitting_breaks/done", &[("done", "2026-11-24")]);
    assert_eq!(person.record.habits()["sitting_breaks"].done.len(), 1);
}

#[test]
fn nothing_of_this_is_shown_in_an_emergency_or_before_the_answers_are_confirmed() {
    let mut person = Person::with_a_plain_spasm();
    choose(&mut person, CALM, "07:30", "0");
    let pages = ["/habits", "/habits/calm_time", "/habits/calendar.ics", "/habits/calendar-named.ics"];
    let mut unconfirmed = Person::new();
    while unconfirmed.answer_next(&plain_spasm()) {}
    for path in pages {
        assert_eq!(unconfirmed.get(path).header("location"), Some("/check"), "{path}");
    }
    // While the danger questions are asked again, all of it stays open.
    person.post("/changed", &[]);
    for path in pages {
        assert_eq!(person.get(path).status, 200, "{path}");
    }
    let fields = [("done", "2026-11-24")];
    assert_eq!(person.post("/habits/calm_time/done", &fields).header("location"), Some("/habits#calm_time"));
    assert_eq!(person.record.habits()[CALM].done.len(), 1);
    person.answer_next(&json!({ "saddle_numbness": "yes" }));
    for path in pages {
        assert_eq!(person.get(path).header("location"), Some("/outcome"), "{path}");
    }
    let events = person.record.events().len();
    for path in ["/habits/calm_time/choose", "/habits/calm_time/stop", "/habits/calm_time/done"] {
        let fields = [("time", "09:00"), ("remind", "0"), ("done", "2026-11-24")];
        assert_eq!(person.post(path, &fields).header("location"), Some("/outcome"), "{path}");
    }
    assert_eq!(person.record.events().len(), events);
}

#[test]
fn the_time_zone_of_the_device_is_kept_once() {
    let mut person = Person::with_a_plain_spasm();
    let fields = |zone| [("time", "07:30"), ("remind", "0"), ("time_zone", zone)];
    person.post("/habits/calm_time/choose", &fields("Nowhere/Else"));
    assert_eq!(person.record.settings().time_zone, None);
    person.post("/habits/calm_time/choose", &fields("America/New_York"));
    person.post("/habits/calm_time/choose", &fields("Asia/Kolkata"));
    assert_eq!(person.record.settings().time_zone.as_deref(), Some("America/New_York"));
}

#[test]
fn the_time_of_several_breaks_is_told_by_the_first_and_the_last() {
    let habit = guideline().book().habits.iter().find(|habit| habit.id == "sitting_breaks").unwrap();
    let at = |time| store::HabitChoice { time, ..store::HabitChoice::default() };
    assert_eq!(when(habit, &at(None)), "On Monday to Friday, 16 times from 09:00 to 16:30");
    assert_eq!(
        when(habit, &at(Some(jiff::civil::time(8, 15, 0, 0)))),
        "On Monday to Friday, 16 times from 08:15 to 15:45"
    );
    assert!(habit.schedule.is_within_day());
}
