//! The medicines as a person goes through them, with the real book.

use care::medicine::{next_question, standings};
use care::{Dose, DoseLevel, State, Urgency, medicine_for};
use jiff::SignedDuration;
use proptest::prelude::*;
use serde_json::{Value, json};
use store::{Event, Sequence};

use crate::case::Case;
use crate::parts::entry::{of_clearance, of_dose};
use crate::testing::{Person, answers_for, asked_on, guideline, plain_spasm};
use crate::{Form, Response};

const ALLOWED: &str = "verdict--allowed";
const WAIT: &str = "verdict--wait";
const ASK_FIRST: &str = "verdict--ask_first";
const NEVER: &str = "verdict--never";

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// Somebody with a plain spasm whose packs are from this country.
fn person_in(region: &str) -> Person {
    person_with(region, &plain_spasm())
}

fn person_with(region: &str, answers: &Value) -> Person {
    let mut person = Person::new().triaged(answers);
    person.post("/medicines/region", &[("dose_region", region)]);
    person
}

/// Asks about so many, answering whatever is asked as `answers` say, until there is a verdict.
fn ask(person: &mut Person, medicine: &str, units: u32, answers: &Value) -> Response {
    let units = units.to_string();
    let pending = [("medicine", medicine), ("units", units.as_str())];
    let mut page = person.post_then("/medicines/check", &pending);
    for _ in 0..30 {
        if !page.text().contains("action=\"/medicines/question/") {
            return page;
        }
        page = answer_screen(person, &pending, answers);
    }
    panic!("the questions never end: {}", page.text());
}

fn answer_screen(person: &mut Person, pending: &[(&str, &str)], answers: &Value) -> Response {
    let form: Form = pending.iter().copied().collect();
    let found = super::cabinet::found(guideline(), &form).expect("it is in the book");
    let dose = super::cabinet::dose(&found, form.text("units")).expect("it can be counted");
    let case = Case::at(guideline(), &person.record, person.now.timestamp());
    let case = case.for_a_dose(guideline(), &person.record, person.now.timestamp());
    let region = person.record.settings().dose_region.clone().expect("it was chosen");
    let ask = next_question(guideline(), &region, &dose, &case.answers).expect("something is asked");
    let given = answers_for(guideline(), &ask, answers);
    let fields = given.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let fields: Vec<(&str, &str)> = fields.chain(pending.iter().copied()).collect();
    let to = format!("/medicines/question/{}", guideline().question(ask.question).id);
    person.post_then(&to, &fields)
}

/// Takes so many now, and sees what is said then.
fn take(person: &mut Person, medicine: &str, units: u32) -> Response {
    let units = units.to_string();
    person.post_then("/medicines/log", &[("medicine", medicine), ("units", &units), ("when", "now")])
}

fn verdict_on(person: &mut Person, medicine: &str, units: u32) -> &'static str {
    let page = ask(person, medicine, units, &json!({}));
    let verdicts = [ALLOWED, WAIT, ASK_FIRST, NEVER];
    verdicts.into_iter().find(|verdict| page.text().contains(verdict)).expect("there is a verdict")
}

#[test]
fn a_dose_is_refused_until_the_stated_minute_and_allowed_at_it() {
    let mut person = person_in("us");
    assert_eq!(verdict_on(&mut person, "advil", 2), ALLOWED);
    let page = take(&mut person, "advil", 2);
    assert!(page.text().contains("today at 14:00"), "{}", page.text());
    person.wait(hours(4) - SignedDuration::from_secs(1));
    let page = ask(&mut person, "advil", 2, &json!({}));
    assert!(page.text().contains(WAIT) && page.text().contains("Wait until today at 14:00"));
    assert!(page.text().contains("data-left=\"1\">1 min<"));
    person.wait(SignedDuration::from_secs(1));
    assert_eq!(verdict_on(&mut person, "advil", 2), ALLOWED);
    assert!(person.get("/medicines").text().contains("may be taken now"));
}

#[test]
fn two_anti_inflammatories_are_never_allowed_within_a_day() {
    let mut person = person_in("us");
    take(&mut person, "advil", 1);
    person.wait(hours(12));
    assert_eq!(verdict_on(&mut person, "aleve", 1), NEVER);
    person.wait(hours(12) - SignedDuration::from_secs(1));
    assert_eq!(verdict_on(&mut person, "aleve", 1), NEVER);
    person.wait(SignedDuration::from_secs(1));
    assert_eq!(verdict_on(&mut person, "aleve", 1), ALLOWED);
}

#[test]
fn packs_are_counted_by_what_is_in_them() {
    let mut person = person_in("us");
    take(&mut person, "advil_dual_action", 2);
    assert_eq!(verdict_on(&mut person, "motrin", 1), WAIT);
    assert_eq!(verdict_on(&mut person, "tylenol_extra_strength", 1), WAIT);
    let found = person.post_then("/medicines/search", &[("name", "motrinn")]);
    assert!(found.text().contains("has ibuprofen, which you took today at 10:00"), "{}", found.text());
    let found = person.post_then("/medicines/search", &[("name", "aleve")]);
    assert!(found.text().contains("the same kind as ibuprofen, which you took today at 10:00"));
}

#[test]
fn what_is_not_known_means_to_ask_first() {
    let mut person = person_in("us");
    let page = person.post_then("/medicines/check", &[("medicine", "advil")]);
    assert!(page.text().contains("action=\"/medicines/question/"));
    let pending = [("medicine", "advil"), ("units", "1")];
    let stopped = person.post_then("/medicines/check", &[&pending[..], &[("stop", "yes")]].concat());
    assert!(stopped.text().contains(ASK_FIRST) && !stopped.text().contains("I took it now"));
    let unsure = ask(&mut person, "advil", 1, &json!({ "dehydrated": "not sure" }));
    assert!(unsure.text().contains(ASK_FIRST) && unsure.text().contains("Not settled yet"));
    assert!(!unsure.text().contains("I took it now"));
}

#[test]
fn a_question_about_a_dose_leaves_the_triage_finished() {
    let mut person = person_in("us");
    let assessed = person.record.interview().assessed;
    assert_eq!(verdict_on(&mut person, "advil", 1), ALLOWED);
    assert_eq!(person.record.interview().assessed, assessed);
    assert!(person.record.interview().screens.contains(&"painkiller_safety".to_owned()));
    let answers = person.get("/medicines/answers");
    assert!(answers.text().contains("href=\"/medicines/answers/painkiller_safety\""));
    let again = person.get("/medicines/answers/painkiller_safety");
    assert!(again.text().contains("action=\"/medicines/answers/painkiller_safety\""));
    assert!(!again.text().contains("name=\"units\""));
}

#[test]
fn back_asks_the_screen_before_with_the_dose_in_mind() {
    let mut person = person_in("us");
    let pending = [("medicine", "advil"), ("units", "2")];
    person.post("/medicines/check", &pending);
    let second = answer_screen(&mut person, &pending, &json!({ "other_medicines": "yes" }));
    let before = "class=\"link--back\" href=\"/medicines/question/painkiller_safety\"";
    assert!(second.text().contains(before), "{}", second.text());
    let first = person.get("/medicines/question/painkiller_safety");
    assert!(
        first.text().contains("value=\"painkiller_safety\"") && first.text().contains("Advil, 2 tablets")
    );
    assert!(first.text().contains("class=\"link--back\" href=\"/medicines\""));
    assert!(
        person.record.interview().answers.contains_key("other_medicines"),
        "going back takes nothing away"
    );
    assert!(person.record.interview().assessed.is_some());
}

#[test]
fn no_answer_and_no_medicine_is_ever_in_an_address() {
    let mut person = person_in("us");
    let forms: [(&str, &[(&str, &str)]); 3] = [
        ("/medicines/check", &[("medicine", "advil"), ("units", "1")]),
        ("/medicines/log", &[("medicine", "advil"), ("units", "1"), ("when", "now")]),
        ("/medicines/withdraw", &[("entry", "1"), ("confirm", "yes")]),
    ];
    for (path, fields) in forms {
        let to = person.post(path, fields).header("location").unwrap_or_default().to_owned();
        assert!(!to.contains('?') && !to.contains("advil"), "{to}");
    }
}

#[test]
fn a_dose_in_the_past_counts_from_when_it_was_taken() {
    let mut person = person_in("us");
    ask(&mut person, "advil", 1, &json!({}));
    let earlier = [("medicine", "advil"), ("units", "2"), ("when", "earlier"), ("day", "2026-11-24")];
    let page = person.post_then("/medicines/log", &[&earlier[..], &[("taken_at", "07:30")]].concat());
    assert!(page.text().contains("today at 07:30") && page.text().contains("today at 11:30"));
    let future = person.refused("/medicines/log", &[&earlier[..], &[("taken_at", "10:01")]].concat());
    assert!(future.text().contains("still to come"));
    let both = [("medicine", "advil"), ("units", "2"), ("when", "now"), ("taken_at", "07:30")];
    person.refused("/medicines/log", &both);
    assert_eq!(person.record.doses().len(), 1);
}

#[test]
fn an_hour_that_comes_twice_is_asked_about_and_one_that_never_was_is_refused() {
    // The clocks of New York went back at 2:00 on 1 November 2026 and forward on 8 March.
    let mut person = Person::at("2026-11-01T12:00:00Z", "America/New_York").triaged(&plain_spasm());
    person.post("/medicines/region", &[("dose_region", "us")]);
    let earlier = [("medicine", "advil"), ("units", "1"), ("when", "earlier"), ("day", "2026-11-01")];
    let form = [&earlier[..], &[("taken_at", "01:30")]].concat();
    let page = person.refused("/medicines/log", &form);
    assert!(page.text().contains("The first 01:30") && page.text().contains("The second 01:30"));
    person.post("/medicines/log", &[&form[..], &[("which", "2026-11-01T06:30:00Z")]].concat());
    assert_eq!(person.record.doses()[0].what.at.to_string(), "2026-11-01T06:30:00Z");
    person.refused("/medicines/log", &[&form[..], &[("which", "2026-11-01T09:30:00Z")]].concat());

    let mut person = Person::at("2026-03-08T12:00:00Z", "America/New_York").triaged(&plain_spasm());
    person.post("/medicines/region", &[("dose_region", "us")]);
    let never = [("medicine", "advil"), ("units", "1"), ("when", "earlier"), ("day", "2026-03-08")];
    let page = person.refused("/medicines/log", &[&never[..], &[("taken_at", "02:30")]].concat());
    assert!(page.text().contains("no clock showed it"));
    assert!(person.record.doses().is_empty());
}

#[test]
fn clocks_that_change_do_not_change_the_guard() {
    for (start, zone) in [
        ("2026-11-01T05:00:00Z", "America/New_York"),
        ("2026-03-08T05:00:00Z", "America/New_York"),
        ("2026-10-25T00:30:00Z", "Europe/London"),
    ] {
        let mut person = Person::at(start, zone).triaged(&plain_spasm());
        person.post("/medicines/region", &[("dose_region", "us")]);
        assert_eq!(verdict_on(&mut person, "advil", 1), ALLOWED);
        take(&mut person, "advil", 1);
        person.wait(hours(4) - SignedDuration::from_secs(1));
        assert_eq!(verdict_on(&mut person, "advil", 1), WAIT, "{start}");
        // Another place has another clock, and the same time has passed.
        let form = [("medicine", "advil"), ("units", "1"), ("time_zone", "Asia/Tokyo")];
        assert!(person.post_then("/medicines/check", &form).text().contains(WAIT));
        person.wait(SignedDuration::from_secs(1));
        assert_eq!(verdict_on(&mut person, "advil", 1), ALLOWED, "{start}");
    }
}

#[test]
fn a_double_tap_logs_once() {
    let mut person = person_in("us");
    let form = [("medicine", "advil"), ("units", "1"), ("when", "now")];
    let (first, second) =
        (person.post_once("/medicines/log", "a", &form), person.post_once("/medicines/log", "a", &form));
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(person.record.doses().len(), 1);
}

#[test]
fn an_entry_that_is_taken_back_restores_the_time() {
    let mut person = person_in("us");
    take(&mut person, "advil", 2);
    assert_eq!(verdict_on(&mut person, "advil", 2), WAIT);
    let entry = of_dose(&person.record.doses()[0]);
    let page = person.post_then("/medicines/withdraw", &[("entry", &entry)]);
    assert!(page.text().contains("Take this entry back?"));
    assert_eq!(person.record.doses().len(), 1);
    person.post("/medicines/withdraw", &[("entry", &entry), ("confirm", "yes")]);
    assert!(person.record.doses().is_empty());
    assert_eq!(verdict_on(&mut person, "advil", 2), ALLOWED);
}

#[test]
fn a_page_that_was_left_open_takes_no_other_dose_back() {
    let mut person = person_in("us");
    let now = person.now.clone();
    take(&mut person, "advil", 2);
    let stale = of_dose(&person.record.doses()[0]);
    // The record was erased and begun again: another dose is at its place, at the same time.
    person = person_in("us");
    person.now = now;
    take(&mut person, "tylenol_extra_strength", 1);
    assert!(stale.starts_with(&format!("{} ", person.record.doses()[0].sequence)), "{stale}");
    let asked = person.post_then("/medicines/withdraw", &[("entry", &stale)]);
    assert!(!asked.text().contains("Take this entry back?"), "{}", asked.text());
    person.post("/medicines/withdraw", &[("entry", &stale), ("confirm", "yes")]);
    assert_eq!(person.record.doses().len(), 1);
}

#[test]
fn only_a_dose_can_be_taken_back_here() {
    let mut person = person_in("us");
    let events = person.record.events().len();
    for entry in ["1", "999", "x", ""] {
        person.post("/medicines/withdraw", &[("entry", entry), ("confirm", "yes")]);
    }
    assert_eq!(person.record.events().len(), events);
}

#[test]
fn the_limits_of_two_countries_are_not_mixed() {
    let mut person = person_in("us");
    take(&mut person, "ibuprofen_200", 2);
    assert_eq!(person.record.doses()[0].what.region, "us");
    person.wait(hours(4));
    assert_eq!(verdict_on(&mut person, "ibuprofen_200", 2), ALLOWED);
    // In the UK the pause is 6 hours; what was taken under other limits still counts.
    person.post("/medicines/region", &[("dose_region", "uk")]);
    assert_eq!(verdict_on(&mut person, "ibuprofen_200", 2), WAIT);
    assert!(!person.get("/medicines").text().contains("United States"));
    person.wait(hours(2));
    assert_eq!(verdict_on(&mut person, "ibuprofen_200", 2), ALLOWED);
}

#[test]
fn without_a_country_it_is_asked_for_once() {
    let mut person = Person::with_a_plain_spasm();
    assert_eq!(person.get("/medicines").header("location"), Some("/medicines/region"));
    person.refused("/medicines/region", &[]);
    assert_eq!(person.post("/medicines/region", &[("dose_region", "eu")]).status, 400);
    person.post("/medicines/region", &[("dose_region", "uk")]);
    assert_eq!(person.get("/medicines").status, 200);
    // From elsewhere there are no doses, and nothing is chosen for anybody.
    let mut person = Person::with_a_plain_spasm();
    let page = person.post_then("/medicines/region", &[("dose_region", "other")]);
    assert!(page.text().contains("We have no doses for packs from other countries"), "{}", page.text());
    assert!(person.record.settings().dose_region.is_none());
    // A country with doses, chosen for its telephone numbers, is enough.
    let mut person = Person::with_a_plain_spasm();
    person.post("/settings", &[("region", "us")]);
    assert!(person.get("/medicines").text().contains("Limits of: United States"));
}

#[test]
fn in_an_emergency_nothing_is_said_about_medicines() {
    let mut answers = plain_spasm();
    answers["saddle_numbness"] = json!("yes");
    let mut person = Person::new().triaged(&answers);
    person.post("/settings", &[("region", "us")]);
    for path in ["/medicines", "/medicines/answers", "/medicines/check", "/medicines/cleared"] {
        assert_eq!(person.get(path).header("location"), Some("/outcome"), "{path}");
    }
    let pending = [("medicine", "advil"), ("units", "1"), ("name", "advil")];
    assert!(person.post_then("/medicines/check", &pending).text().contains("Get emergency help now"));
    // What was taken was taken: it is written down, and the way leads to help.
    let page = person.post_then("/medicines/log", &[&pending[..], &[("when", "now")]].concat());
    assert!(page.text().contains("calls for help now") && page.text().contains("href=\"/outcome\""));
    assert_eq!(person.record.doses()[0].what.verdict, DoseLevel::Never);
}

/// Before any question of the check: what a dose needs is asked, and never more than "ask first" said.
#[test]
fn before_the_danger_questions_are_done_nothing_is_ever_allowed() {
    let before_check = || {
        let mut person = Person::new();
        assert_eq!(person.get("/medicines").header("location"), Some("/medicines/region"));
        person.post("/medicines/region", &[("dose_region", "uk")]);
        person
    };
    let well = json!({ "age": 44 });
    for (pack, answers, verdict) in [
        ("nurofen_200", &well, ASK_FIRST),
        ("paracetamol_500", &well, ASK_FIRST),
        ("paracetamol_500", &json!({ "age": "not sure" }), ASK_FIRST),
        ("nurofen_200", &json!({ "age": 44, "bleeds_easily": "yes" }), NEVER),
    ] {
        let mut person = before_check();
        let asked = person.get("/medicines");
        assert!(asked.text().contains("href=\"/help/call/") && asked.text().contains("danger check"));
        let page = ask_at_once(&mut person, pack, answers);
        assert!(page.text().contains(verdict), "{pack}, {answers}: {}", page.text());
        assert!(!page.text().contains("I took it now"));
        assert!(page.text().contains("href=\"/question\""));
        let clear = "Nothing that you told us speaks against it.";
        assert_eq!(page.text().contains(clear), answers == &well, "{pack}, {answers}: {}", page.text());
        // What was said counts in the check, and the check is still to come.
        assert!(person.record.assessments().is_empty());
        assert_eq!(person.get("/question").header("location"), Some("/question/danger_nerves"));
        assert!(
            person
                .record
                .events()
                .iter()
                .all(|stored| !matches!(&stored.event, Event::Answered { after_triage: true, .. }))
        );
    }
    // With nothing answered it is no yes either, and what lies for a day is asked again.
    let mut person = before_check();
    let pending = [("medicine", "paracetamol_500"), ("units", "1"), ("stop", "yes")];
    let stopped = person.post_then("/medicines/check", &pending);
    assert!(stopped.text().contains(ASK_FIRST) && !stopped.text().contains("Nothing that you told us"));
    ask_at_once(&mut person, "paracetamol_500", &well);
    person.wait(hours(25));
    assert_eq!(person.get("/medicines").header("location"), Some("/outcome"));
}

/// As [`ask`], of somebody who answered no question of the check.
fn ask_at_once(person: &mut Person, medicine: &str, answers: &Value) -> Response {
    let pending = [("medicine", medicine), ("units", "1")];
    let mut page = person.post_then("/medicines/check", &pending);
    for _ in 0..30 {
        let Some(asked) = asked_on(guideline(), &page) else { return page };
        assert!(page.text().contains("needs to know of:"), "{}", page.text());
        let question = &guideline().question(asked.question).id;
        let given = answers_for(guideline(), &asked, answers);
        let fields = given.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(pending);
        page = person.post_then(&format!("/medicines/question/{question}"), &fields.collect::<Vec<_>>());
    }
    panic!("the questions never end: {}", page.text());
}

#[test]
fn an_answer_that_is_an_emergency_leads_to_help_and_is_kept() {
    let mut person = person_in("us");
    let form = [
        ("question", "danger_nerves"),
        ("shows", "saddle_numbness"),
        ("danger_nerves-yes", "saddle_numbness"),
        ("medicine", "advil"),
        ("units", "1"),
    ];
    let page = person.post("/medicines/question/danger_nerves", &form);
    assert_eq!(page.header("location"), Some("/outcome"));
    let last = person.record.assessments().last().map(|last| last.shown.urgency);
    assert_eq!(last, Some(care::Urgency::Emergency));
    assert_eq!(person.get("/medicines").header("location"), Some("/outcome"));
}

#[test]
fn a_child_and_a_pregnancy_are_for_a_clinician() {
    for (finding, answer, region, pack) in [
        ("age", json!(14), "us", "tylenol_extra_strength"),
        ("pregnant_or_birth", json!("yes"), "uk", "paracetamol_500"),
        ("pregnant_or_birth", json!("not sure"), "uk", "paracetamol_500"),
    ] {
        let mut answers = plain_spasm();
        answers["age"] = json!(30);
        answers[finding] = answer;
        let mut person = person_with(region, &answers);
        let page = ask(&mut person, pack, 1, &json!({ "pregnancy_stage": "under_20_weeks" }));
        assert!(page.text().contains(ASK_FIRST), "{finding}: {}", page.text());
    }
}

#[test]
fn an_overdose_is_written_down_with_whom_to_call() {
    let mut person = person_in("us");
    let page = take(&mut person, "tylenol_extra_strength", 20);
    assert_eq!(person.record.doses()[0].what.amounts, [("acetaminophen".to_owned(), 10_000)]);
    assert_ne!(person.record.doses()[0].what.verdict, DoseLevel::Allowed);
    let text = page.text();
    assert!(
        text.contains("Get help now")
            && text.contains("on purpose")
            && text.contains("tel:988")
            && text.contains("tel:18002221222"),
        "{text}"
    );
    let overview = person.get("/medicines");
    assert!(overview.text().contains("Take no more of it") && overview.text().contains("tel:18002221222"));
    assert!(!overview.text().contains("data-left"));
    let most = (Dose::MOST_UNITS + 1).to_string();
    let form = [("medicine", "tylenol_extra_strength"), ("units", most.as_str()), ("when", "now")];
    person.refused("/medicines/log", &form);
}

#[test]
fn an_overdose_is_told_on_every_page_until_help_is_no_longer_due() {
    let mut person = person_in("us");
    let says = |person: &Person, path: &str| {
        let page = person.get(path);
        let text = page.text();
        text.contains("<strong>Get help now.</strong> You took 9,750 mg of acetaminophen in 24 hours.")
    };
    assert!(!says(&person, "/outcome"));
    person.post_then("/medicines/log", &[("medicine", "tylenol_regular"), ("units", "30"), ("when", "now")]);
    for path in ["/", "/outcome", "/relief", "/diary", "/doctor", "/causes"] {
        assert!(says(&person, path), "{path}");
    }
    person.now = person.now.checked_add(hours(26)).expect("it is in range");
    assert!(says(&person, "/outcome"));
}

#[test]
fn nothing_is_allowed_while_something_new_is_still_to_be_asked_about() {
    for said in ["yes", "not sure"] {
        let mut person = person_in("us");
        assert_eq!(verdict_on(&mut person, "advil", 1), ALLOWED);
        person.post("/diary", &[("pain_now", "4"), ("new_danger", said), ("course", "easing")]);
        let page = person.post_then("/medicines/check", &[("medicine", "advil"), ("units", "1")]);
        assert!(page.text().contains(ASK_FIRST), "{said}: {}", page.text());
        assert!(page.text().contains("href=\"/question\">Check the danger signs"), "{}", page.text());
        let home = person.get("/");
        assert!(home.text().contains("does not know of it yet") && !home.text().contains(" holds: "));
        person = person.triaged(&plain_spasm());
        assert_eq!(verdict_on(&mut person, "advil", 1), ALLOWED, "{said}");
    }
}

/// What the person is asked and told about one tablet of acetaminophen, so many hours later.
fn shut_after(person: &mut Person, wait: i64) -> String {
    person.now = person.now.checked_add(hours(wait)).expect("it is in range");
    ask(person, "acetaminophen_500", 1, &json!({})).text().to_owned()
}

#[test]
fn what_was_too_much_stays_shut_until_a_clinician_cleared_it() {
    let mut person = person_in("us");
    take(&mut person, "acetaminophen_500", 7);
    assert!(person.get("/medicines/taken").text().contains("Take no more, and call today"));
    let text = shut_after(&mut person, 60);
    assert!(text.contains(NEVER) && text.contains("/medicines/cleared"), "{text}");
    let asked = person.post_then("/medicines/cleared", &[("ingredient", "acetaminophen")]);
    assert!(asked.text().contains("They told me that I may take it again"), "{}", asked.text());
    assert!(person.record.cleared().is_empty());
    person.post("/medicines/cleared", &[("ingredient", "acetaminophen"), ("confirm", "yes")]);
    assert_eq!(person.record.cleared().len(), 1);
    assert!(shut_after(&mut person, 0).contains(ALLOWED));
    assert!(person.get("/medicines/log").text().contains("What clinicians said"));
    // What nobody told the clinician of shuts it again, and so does taking the clearance back.
    let entry = of_clearance(&person.record.cleared()[0]);
    person.post("/medicines/withdraw", &[("entry", entry.as_str())]);
    assert!(shut_after(&mut person, 0).contains(NEVER));
}

#[test]
fn a_clinician_cleared_no_dose_that_was_written_down_after_they_were_asked() {
    let mut person = person_in("us");
    take(&mut person, "acetaminophen_500", 7);
    shut_after(&mut person, 60);
    let seen = person.record.doses().last().expect("it was taken").sequence.to_string();
    take(&mut person, "acetaminophen_500", 7);
    let stale = [("ingredient", "acetaminophen"), ("confirm", "yes"), ("seen", seen.as_str())];
    let page = person.post_then("/medicines/cleared", &stale);
    assert!(page.text().contains("More painkillers were written down"), "{}", page.text());
    assert!(person.record.cleared().is_empty());
    assert!(shut_after(&mut person, 0).contains(NEVER));
}

#[test]
fn nothing_is_cleared_that_is_not_shut() {
    let mut person = person_in("us");
    take(&mut person, "acetaminophen_500", 2);
    for ingredient in ["acetaminophen", "ibuprofen", ""] {
        person.post("/medicines/cleared", &[("ingredient", ingredient), ("confirm", "yes")]);
    }
    assert!(person.record.cleared().is_empty());
}

#[test]
fn a_dose_of_which_nobody_knows_when_counts_as_now_and_says_so() {
    let mut person = person_in("us");
    let form = [("medicine", "advil"), ("units", "1"), ("when", "unknown")];
    person.post("/medicines/log", &form);
    assert!(person.record.doses()[0].what.time_unknown);
    let text = person.get("/medicines/taken").text().to_owned();
    assert!(text.contains("time not known") && text.contains("count it as taken now"), "{text}");
    assert_eq!(verdict_on(&mut person, "advil", 1), WAIT);
    let both = [("medicine", "advil"), ("units", "1"), ("when", "unknown"), ("taken_at", "08:00")];
    person.refused("/medicines/log", &both);
}

#[test]
fn a_decimal_comma_is_a_half_and_never_fifteen() {
    let mut person = person_in("us");
    let form = |units| [("medicine", "advil"), ("units", units), ("when", "now")];
    person.post("/medicines/log", &form("1,5"));
    assert_eq!(person.record.doses()[0].what.amounts, [("ibuprofen".to_owned(), 300)]);
    assert_eq!(person.record.doses()[0].what.hundredths, Some(150));
    assert!(person.record.doses()[0].what.name.contains("1½ tablets"));
    for unclear in ["1,5000", "1.000", "1 5", ",5", "2-3"] {
        let page = person.refused("/medicines/log", &form(unclear));
        assert!(page.text().contains(&format!("value=\"{unclear}\"")), "{unclear}");
    }
    assert_eq!(person.record.doses().len(), 1);
}

#[test]
fn a_daily_aspirin_is_not_judged_and_an_unknown_tablet_can_be_logged() {
    let mut person = person_in("us");
    let page = person.post_then("/medicines/check", &[("medicine", "aspirin_81"), ("units", "1")]);
    let text = page.text();
    assert!(text.contains("Take it as your doctor said") && text.contains("verdict--not_judged"), "{text}");
    let found =
        person.post_then("/medicines/search", &[("name", "Diclofenac 50 mg tablets"), ("took", "yes")]);
    assert!(found.text().contains("value=\"diclofenac\""), "{}", found.text());
    take(&mut person, "diclofenac", 1);
    assert_eq!(verdict_on(&mut person, "advil", 1), NEVER);
}

#[test]
fn the_usual_amount_is_asked_about_and_no_more_than_can_be_believed() {
    let mut person = person_in("us");
    ask(&mut person, "acetaminophen_325", 1, &json!({}));
    let page = person.post_then("/medicines/check", &[("medicine", "acetaminophen_325")]);
    assert!(page.text().contains("Acetaminophen 325 mg, 2 tablets"), "{}", page.text());
    let page = ask(&mut person, "acetaminophen_325", Dose::MOST_UNITS, &json!({}));
    assert!(page.text().contains("One less") && !page.text().contains("One more"));
    assert!(page.text().contains(NEVER));
    person.refused("/medicines/check", &[("medicine", "acetaminophen_325"), ("units", "201")]);
}

#[test]
fn a_name_that_nobody_knows_is_said_so() {
    let mut person = person_in("us");
    for name in ["", "zzzzqqq"] {
        let page = person.refused("/medicines/search", &[("name", name)]);
        assert!(page.text().contains("Error: "));
    }
    let page = person.post_then("/medicines/search", &[("name", "tilenol")]);
    assert!(page.text().contains("value=\"tylenol_extra_strength\""), "{}", page.text());
}

#[test]
fn the_zone_of_the_browser_is_kept_once_and_an_unknown_one_never() {
    let mut person = person_in("us");
    let form = |zone| [("medicine", "advil"), ("units", "1"), ("when", "now"), ("time_zone", zone)];
    person.post("/medicines/log", &form("Nowhere/Land"));
    assert_eq!(person.record.settings().time_zone, None);
    person.post("/medicines/log", &form("America/New_York"));
    assert_eq!(person.record.settings().time_zone.as_deref(), Some("America/New_York"));
    let events = person.record.events().len();
    person.post("/medicines/log", &form("America/New_York"));
    assert_eq!(person.record.events().len(), events + 1);
}

#[test]
fn what_was_taken_is_listed_for_seven_days() {
    let mut person = person_in("us");
    take(&mut person, "advil", 2);
    person.wait(hours(7 * 24) - SignedDuration::from_secs(1));
    assert!(person.get("/medicines/log").text().contains("Advil, 2 tablets"));
    person.wait(SignedDuration::from_secs(1));
    let page = person.get("/medicines/log");
    assert!(!page.text().contains("Advil, 2 tablets") && page.text().contains("One earlier dose"));
}

#[test]
fn the_last_of_several_days_in_a_row_is_named() {
    let mut person = person_in("uk");
    for _ in 0..3 {
        assert_eq!(verdict_on(&mut person, "paracetamol_500", 1), ALLOWED);
        take(&mut person, "paracetamol_500", 1);
        person.wait(hours(24));
    }
    assert_eq!(verdict_on(&mut person, "paracetamol_500", 1), ASK_FIRST);
    assert!(person.get("/medicines").text().contains("3 days in a row are used up"));
}

#[test]
fn a_forged_form_changes_nothing() {
    let mut person = person_in("us");
    let events = person.record.events().len();
    let forged: [(&str, &[(&str, &str)]); 6] = [
        ("/medicines/check", &[("medicine", "heroin")]),
        ("/medicines/log", &[("medicine", "heroin"), ("units", "1"), ("when", "now")]),
        ("/medicines/log", &[("medicine", "advil"), ("units", "-1"), ("when", "now")]),
        ("/medicines/log", &[("medicine", "advil"), ("units", "1"), ("when", "never")]),
        ("/medicines/question/none", &[("question", "none"), ("medicine", "advil"), ("units", "1")]),
        ("/medicines/question/painkiller_safety", &[("shows", "saddle_numbness")]),
    ];
    for (path, fields) in forged {
        let sent = person.post(path, fields);
        assert!(sent.status == 400 || sent.carries.is_some(), "{path}: {}", sent.status);
    }
    assert_eq!(person.record.events().len(), events);
}

/// Packs with one and with two ingredients, of different kinds.
const PACKS: [&str; 8] = [
    "advil",
    "motrin",
    "aleve",
    "aspirin_325",
    "tylenol_extra_strength",
    "acetaminophen_325",
    "advil_dual_action",
    "excedrin_back_and_body",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn whoever_logs_only_what_is_allowed_never_exceeds_a_limit(
        steps in prop::collection::vec((0..PACKS.len(), 1_u32..4, 0_i64..9 * 3_600, prop::bool::weighted(0.1)), 1..24)
    ) {
        let mut person = person_in("us");
        for pack in PACKS {
            ask(&mut person, pack, 1, &json!({}));
        }
        for (pack, units, seconds, takes_back) in steps {
            person.wait(SignedDuration::from_secs(seconds));
            let units = units.to_string();
            let form = [("medicine", PACKS[pack]), ("units", units.as_str())];
            let page = person.post_then("/medicines/check", &form);
            if page.text().contains(ALLOWED) {
                person.post("/medicines/log", &[&form[..], &[("when", "now")]].concat());
                let last = &person.record.doses().last().expect("it was written down").what;
                prop_assert_eq!(last.verdict, DoseLevel::Allowed);
            }
            let log = person.record.dose_log();
            for standing in standings(guideline(), "us", &log, person.now.timestamp()) {
                let medicine = medicine_for(guideline(), "us", &standing.ingredient).expect("it has limits");
                prop_assert!(standing.total_24h <= medicine.max_24h, "{}", standing.name);
            }
            if takes_back && let Some(entry) = person.record.doses().last().map(of_dose) {
                // Somebody who wrote down by mistake; then it was not taken.
                person.post("/medicines/withdraw", &[("entry", entry.as_str()), ("confirm", "yes")]);
            }
        }
        let withdrawn: Vec<Sequence> = person.record.events().iter().filter_map(|stored| match stored.event {
            Event::Withdrawn { entry } => Some(entry),
            _ => None,
        }).collect();
        prop_assert!(person.record.doses().iter().all(|dose| !withdrawn.contains(&dose.sequence)));
    }
}

/// The ambulance asks what was taken and when, and what is taken now counts.
#[test]
fn in_an_emergency_the_log_can_be_read_and_written_and_nothing_is_allowed() {
    let mut person = person_in("us");
    person.post("/medicines/log", &[("medicine", "advil"), ("units", "1"), ("when", "now")]);
    person.post("/changed", &[("what", "danger_nerves")]);
    let mut numb = plain_spasm();
    numb["saddle_numbness"] = serde_json::json!("yes");
    person.answer_again("danger_nerves", &numb);
    assert!(person.get("/outcome").text().contains("/medicines/log"));
    for path in ["/medicines/log", "/medicines/took", "/diary/entries"] {
        let page = person.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("What you told us calls for help now"), "{path}: {}", page.text());
        assert!(!page.text().contains("<nav"), "{path}");
    }
    person.post("/medicines/log", &[("medicine", "advil"), ("units", "2"), ("when", "now")]);
    assert_eq!(person.record.doses().len(), 2);
    assert_eq!(person.get("/medicines/taken").header("location"), Some("/medicines/log"), "no next dose");
    for path in ["/medicines", "/medicines/check", "/relief", "/habits"] {
        assert_eq!(person.get(path).header("location"), Some("/outcome"), "{path}");
    }
}

#[test]
fn where_an_entry_of_the_record_is_missing_no_dose_gets_a_yes() {
    let mut person = person_in("us");
    person.post("/medicines/log", &[("medicine", "advil"), ("units", "1"), ("when", "now")]);
    person.wait(hours(30));
    let page = ask(&mut person, "advil", 1, &plain_spasm());
    assert!(page.text().contains(ALLOWED), "{}", page.text());
    assert!(person.get("/medicines").text().contains("may be taken now"));
    let lost = store::Fault::Missing { first: Sequence(5), last: Sequence(5) };
    person.record.note_faults(vec![lost]);
    for (medicine, units) in [("advil", 1), ("tylenol_extra_strength", 1), ("aleve", 1)] {
        let page = ask(&mut person, medicine, units, &plain_spasm());
        assert!(page.text().contains(ASK_FIRST), "{medicine}: {}", page.text());
        assert!(page.text().contains("Part of what was written down is missing"), "{}", page.text());
    }
    let overview = person.get("/medicines");
    assert!(!overview.text().contains("may be taken now"), "{}", overview.text());
    assert!(overview.text().contains("A dose may be missing"), "{}", overview.text());
    person.post("/medicines/log", &[("medicine", "advil"), ("units", "1"), ("when", "now")]);
    let taken = person.get("/medicines/taken");
    assert!(!taken.text().contains("may be taken now"), "{}", taken.text());
    for path in ["/", "/medicines", "/diary", "/outcome", "/data"] {
        let page = person.get(path);
        assert!(page.text().contains("Entry 5 is missing"), "{path}");
    }
}

#[test]
fn what_was_denied_about_today_is_asked_again_the_next_day() {
    let mut person = person_in("uk");
    assert_eq!(verdict_on(&mut person, "nurofen_200", 1), ALLOWED);
    let pending = [("medicine", "nurofen_200"), ("units", "1")];
    person.wait(hours(23));
    assert!(person.post_then("/medicines/check", &pending).text().contains(ALLOWED));
    person.wait(hours(2));
    let page = person.post_then("/medicines/check", &pending);
    assert!(page.text().contains("action=\"/medicines/question/"), "{}", page.text());
    assert!(!page.text().contains("-none\" value=\"yes\" checked"), "{}", page.text());
    let page = ask(&mut person, "nurofen_200", 1, &json!({}));
    assert!(page.text().contains(ALLOWED), "{}", page.text());
    assert!(page.text().contains("This rests on what you told us yesterday"), "{}", page.text());
}

/// Nobody knows how long ago an answer was given that is dated ahead.
#[test]
fn what_was_denied_by_a_clock_that_was_ahead_is_asked_again_once_it_is_right() {
    let mut person = person_in("uk");
    assert_eq!(verdict_on(&mut person, "nurofen_200", 1), ALLOWED);
    let pending = [("medicine", "nurofen_200"), ("units", "1")];
    person.wait(-SignedDuration::from_mins(9));
    assert!(person.post_then("/medicines/check", &pending).text().contains(ALLOWED));
    person.wait(-hours(400 * 24));
    let page = person.post_then("/medicines/check", &pending);
    assert!(page.text().contains("action=\"/medicines/question/"), "{}", page.text());
}

#[test]
fn what_is_not_safe_has_no_next_time_anywhere() {
    let mut person = person_in("uk");
    take(&mut person, "nurofen_200", 1);
    assert!(person.get("/").text().contains("the next one today at"), "{}", person.get("/").text());
    assert!(person.get("/medicines/taken").text().contains("not checked yet"));
    ask(&mut person, "nurofen_200", 1, &json!({ "stomach_trouble": "yes", "ulcer_or_bleed": "yes" }));
    person.wait(hours(1));
    let taken = take(&mut person, "nurofen_200", 1);
    assert!(taken.text().contains("It is not safe for you"), "{}", taken.text());
    assert!(!taken.text().contains("may be taken"), "{}", taken.text());
    for page in ["/", "/medicines"] {
        let page = person.get(page);
        assert!(!page.text().contains("the next one today at") && !page.text().contains("data-left"));
    }
    assert_eq!(person.get("/medicines/next.ics").header("location"), Some("/medicines"));
}

/// A "no" of questions that have begun again lifts an emergency no sooner for a dose than for the person.
#[test]
fn while_an_emergency_stands_no_dose_and_no_calendar_forgets_it() {
    let mut person = person_in("uk");
    take(&mut person, "nurofen_200", 1);
    assert_eq!(person.get("/medicines/next.ics").status, 200);
    let mut answers = plain_spasm();
    answers["saddle_numbness"] = json!("yes");
    person.post("/start", &[("over", "yes")]);
    assert!(person.answer_next(&answers));
    let emergency = |person: &Person| {
        let case = crate::situation::Situation::of(guideline(), &person.record, person.now.timestamp());
        State::of(guideline(), &case.answers_for_a_dose()).bounds().lower
    };
    assert_eq!(emergency(&person), Urgency::Emergency);
    person.post("/start", &[("over", "yes")]);
    assert!(person.answer_next(&plain_spasm()), "nothing of the first screen");
    assert_eq!(person.get("/").header("location"), Some("/outcome"));
    assert!(person.get("/outcome").text().contains("Get emergency help now"));
    assert_eq!(emergency(&person), Urgency::Emergency);
    assert_eq!(person.get("/medicines/next.ics").header("location"), Some("/medicines"));
}

/// An ulcer is not gone because a pain came back.
#[test]
fn what_speaks_against_a_painkiller_is_filled_in_after_a_new_spell() {
    for over in [&[("over", "yes"), ("new_spell", "yes")][..], &[("over", "yes")]] {
        let mut person = person_in("uk");
        ask(&mut person, "nurofen_200", 1, &json!({ "stomach_trouble": "yes", "ulcer_or_bleed": "yes" }));
        person.wait(hours(24 * 40));
        person.post("/start", over);
        let begun = person.record.events().iter().rev().find_map(|stored| match &stored.event {
            Event::InterviewStarted { starts_with, .. } => Some(starts_with),
            _ => None,
        });
        assert_eq!(begun.unwrap().get("ulcer_or_bleed"), Some(&json!("yes")), "{over:?}");
    }
}
