//! Diaries as people keep them, page by page.

use care::Urgency;
use jiff::SignedDuration;
use serde_json::{Value, json};
use store::{Event, Reason, Restart, Sequence, Stored, Trigger};

use crate::case::Case;
use crate::parts::entry::of_check_in;
use crate::replay::{ReplayResult, replay};
use crate::response::Response;
use crate::testing::{Person, guideline, plain_spasm};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// What a check-in always has: pain now, and nothing new.
fn check_in(person: &mut Person, pain: u8, more: &[(&str, &str)]) -> Response {
    let pain = pain.to_string();
    let fields = [&[("pain_now", pain.as_str()), ("new_danger", "no")], more].concat();
    person.post("/diary", &fields)
}

/// Answers what an entry opened, with `answers`, and confirms.
fn answer_the_rest(person: &mut Person, answers: &Value) {
    let mut is_asked = false;
    while person.answer_next(answers) {
        is_asked = true;
    }
    if is_asked {
        person.post("/check", &[]);
    }
}

fn goes_to(response: &Response) -> &str {
    response.header("location").unwrap_or_default()
}

fn level(person: &Person) -> Urgency {
    let case = Case::at(guideline(), &person.record, person.now.timestamp());
    case.concluded().map(care::Finished::urgency).expect("the triage is finished")
}

/// A spasm that eases: day by day the pain, and how it has gone as the person sees it.
fn keep_a_diary(person: &mut Person, pains: &[u8], course: &str) {
    for pain in pains {
        person.wait(HOUR * 24);
        let sent = check_in(person, *pain, &[("course", course), ("function", "5")]);
        assert_eq!(sent.status, 303, "{}", sent.text());
        let mut answers = plain_spasm();
        answers["course"] = json!(course);
        answer_the_rest(person, &answers);
    }
}

#[test]
fn a_spasm_that_eases_over_three_weeks_stays_at_home_until_the_fourteenth_day_and_then_is_over() {
    let mut person = Person::with_a_plain_spasm();
    keep_a_diary(&mut person, &[6, 5, 5, 4, 4, 3, 3, 3, 2, 2, 2, 2, 1], "easing");
    assert_eq!(level(&person), Urgency::SelfCare);
    keep_a_diary(&mut person, &[1], "easing");
    // The book: from day 14 on it is brought up at a visit, however well it goes.
    assert_eq!(level(&person), Urgency::Routine);
    let page = person.get("/diary/result");
    assert!(page.text().contains("This changes what we advise"), "{}", page.text());
    assert!(page.text().contains("It has gone on for two weeks"));
    keep_a_diary(&mut person, &[1, 1, 0, 0, 0, 0, 0], "easing");
    let page = person.get("/diary");
    assert!(page.text().contains("You are over it"));
    assert!(page.text().contains("href=\"/habits\""));
    assert!(page.text().contains("You got well within two weeks"));
    let replayed = replay(guideline(), &person.record);
    assert!(replayed.iter().all(|one| one.result == ReplayResult::Same), "{replayed:?}");
}

#[test]
fn not_getting_better_is_no_reason_any_more_once_the_diary_says_better() {
    let mut answers = plain_spasm();
    for (finding, answer) in
        [("days_since_onset", json!(5)), ("pain_now", json!(7)), ("course", json!("same"))]
    {
        answers[finding] = answer;
    }
    let mut person = Person::new().triaged(&answers);
    let is_a_reason = |person: &Person| person.get("/outcome").text().contains("it is not getting better");
    assert_eq!(level(&person), Urgency::SeeSoon);
    assert!(is_a_reason(&person));
    person.wait(HOUR * 5);
    check_in(&mut person, 4, &[]);
    assert!(is_a_reason(&person), "a few hours say nothing of the course");
    person.wait(HOUR * 24);
    check_in(&mut person, 4, &[]);
    answer_the_rest(&mut person, &plain_spasm());
    assert!(!is_a_reason(&person), "{}", person.get("/outcome").text());
    assert_eq!(level(&person), Urgency::SelfCare);
    let replayed = replay(guideline(), &person.record);
    assert!(replayed.iter().all(|one| one.result == ReplayResult::Same), "{replayed:?}");
}

#[test]
fn on_day_three_a_spasm_that_does_not_ease_is_to_be_seen_soon_and_the_page_says_why() {
    let mut person = Person::with_a_plain_spasm();
    keep_a_diary(&mut person, &[5, 5], "same");
    assert_eq!(level(&person), Urgency::SelfCare);
    person.wait(HOUR * 24);
    let sent = check_in(&mut person, 6, &[("course", "same")]);
    assert_eq!(goes_to(&sent), "/diary/result");
    assert_eq!(level(&person), Urgency::SeeSoon);
    let page = person.get("/diary/result");
    let text = page.text();
    assert!(text.contains("This changes what we advise"));
    assert!(text.contains("Until now: At home"));
    assert!(text.contains("See a doctor in the next few days"));
    assert!(text.contains("Three days on, the pain in your diary is no lower than at the start"));
    assert!(text.contains("Some days on, it is not getting better"));
    assert!(text.contains("Sources"));
    let last = person.record.assessments().last().expect("it is kept");
    assert_eq!((last.because, last.shown.urgency), (Reason::CheckIn, Urgency::SeeSoon));
    let diary = person.get("/diary");
    assert!(diary.text().contains("What the checkpoints say"));
    assert!(!diary.text().contains("None of them asks for a visit today"));
}

#[test]
fn pain_that_had_eased_and_is_up_for_a_day_is_to_be_seen_soon() {
    let mut person = Person::with_a_plain_spasm();
    keep_a_diary(&mut person, &[5, 4, 3, 3], "easing");
    assert_eq!(level(&person), Urgency::SelfCare);
    keep_a_diary(&mut person, &[5, 5], "easing");
    assert_eq!(level(&person), Urgency::SeeSoon);
    assert!(person.get("/diary/result").text().contains("it has been up again for a day or more"));
}

/// Somebody with a spasm of today that nothing set off.
fn with_a_spasm_out_of_nothing() -> Person {
    let mut answers = plain_spasm();
    answers["trigger"] = json!("nothing");
    Person::new().triaged(&answers)
}

#[test]
fn pain_of_eight_counts_at_once_without_a_reason_and_from_the_next_day_with_one() {
    let mut person = with_a_spasm_out_of_nothing();
    assert_eq!(level(&person), Urgency::SelfCare);
    person.wait(HOUR * 2);
    check_in(&mut person, 8, &[]);
    answer_the_rest(&mut person, &plain_spasm());
    assert_eq!(level(&person), Urgency::SeeSoon);
    assert!(person.get("/diary/result").text().contains("The pain is very strong, and nothing set it off"));
    let mut person = Person::with_a_plain_spasm();
    person.wait(HOUR * 2);
    check_in(&mut person, 8, &[]);
    answer_the_rest(&mut person, &plain_spasm());
    assert_eq!(level(&person), Urgency::SelfCare);
    person.wait(HOUR * 22);
    check_in(&mut person, 8, &[("course", "same")]);
    answer_the_rest(&mut person, &plain_spasm());
    answer_the_rest(&mut person, &plain_spasm());
    assert_eq!(level(&person), Urgency::SeeSoon);
    assert!(person.get("/diary/result").text().contains("The pain is still very strong a day later"));
}

#[test]
fn when_pain_of_eight_falls_the_page_says_what_no_longer_counts() {
    let mut person = with_a_spasm_out_of_nothing();
    person.wait(HOUR * 2);
    check_in(&mut person, 8, &[]);
    answer_the_rest(&mut person, &plain_spasm());
    assert_eq!(level(&person), Urgency::SeeSoon);
    person.wait(HOUR * 2);
    check_in(&mut person, 5, &[]);
    assert_eq!(level(&person), Urgency::SelfCare);
    let page = person.get("/diary/result");
    let (_, gone) = page.text().split_once("What no longer counts").expect("it is said");
    assert!(gone.contains("The pain is very strong, and nothing set it off"));
}

#[test]
fn an_entry_that_changes_nothing_says_so_and_the_triage_is_kept_once_a_day() {
    let mut person = Person::with_a_plain_spasm();
    person.wait(HOUR);
    let page = person.post_then("/diary", &[("pain_now", "6"), ("new_danger", "no")]);
    assert!(page.text().contains("What we advise stays the same"), "{}", page.text());
    assert_eq!(person.record.assessments().len(), 1);
    // One hour before midnight, then past it.
    person.wait(HOUR * 12);
    check_in(&mut person, 6, &[]);
    assert_eq!(person.record.assessments().len(), 1);
    person.wait(HOUR * 2);
    check_in(&mut person, 6, &[]);
    assert_eq!(person.record.assessments().len(), 2);
}

#[test]
fn something_new_or_unsure_begins_the_questions_again_and_no_earlier_no_is_taken_for_granted() {
    for (answer, said) in [("yes", "Something is new"), ("not sure", "never take that as no")] {
        let mut person = Person::with_a_plain_spasm();
        person.wait(HOUR);
        let sent = person.post("/diary", &[("pain_now", "2"), ("new_danger", answer)]);
        assert_eq!(goes_to(&sent), "/question");
        assert_eq!(person.record.check_ins().len(), 1);
        assert_eq!(person.record.interview().because, Restart::CheckIn);
        assert_eq!(person.record.interview().answers.keys().collect::<Vec<_>>(), ["age", "trigger"]);
        assert!(person.follow(person.get("/question")).text().contains(said));
        // What was told before stays in sight meanwhile, and so does the diary.
        let page = person.get("/diary");
        assert!(page.text().contains("Something may be new."), "{}", page.text());
        assert!(page.text().contains("Pain 2 of 10"), "the entry is there");
    }
}

#[test]
fn a_danger_sign_found_after_an_entry_is_an_emergency_at_once() {
    let mut person = Person::with_a_plain_spasm();
    person.wait(HOUR);
    person.post("/diary", &[("pain_now", "2"), ("new_danger", "yes")]);
    // Not sure is asked about once more, and a second time it counts.
    let unsure = json!({ "saddle_numbness": "not sure", "saddle_touch": "not sure" });
    person.answer_next(&unsure);
    assert!(person.get("/outcome").text().contains("You can look after this at home"), "until it is known");
    while person.answer_next(&unsure) {}
    let screens = &person.record.interview().screens;
    assert_eq!(screens.last().map(String::as_str), Some("follow_saddle_touch"));
    assert!(!screens.iter().any(|screen| screen == "started"), "the story comes after the danger signs");
    let page = person.get("/outcome");
    assert!(page.text().contains("Get emergency help now"));
    assert_eq!(goes_to(&person.get("/diary")), "/outcome");
}

#[test]
fn a_good_entry_never_lowers_a_level_that_rests_on_a_danger_sign() {
    let guideline = guideline();
    let signs = guideline.findings().map(|id| guideline.finding(id));
    let plain = Person::with_a_plain_spasm();
    let mut seen = 0;
    for sign in signs.filter(|sign| sign.danger && sign.kind == care::FindingKind::YesNo) {
        for answer in ["yes", "not sure"] {
            let mut person = Person::new();
            let mut is_asked = false;
            for stored in plain.record.events() {
                let mut stored = stored.clone();
                match &mut stored.event {
                    Event::Answered { answers, .. } if answers.contains_key(&sign.id) => {
                        answers.insert(sign.id.clone(), json!(answer));
                        is_asked = true;
                    }
                    Event::Assessed { .. } => continue,
                    _ => {}
                }
                person.record.push(stored);
            }
            if !is_asked {
                continue;
            }
            // What the sign opens is answered too.
            let mut person = person.triaged(&plain_spasm());
            let before = level(&person);
            if before == Urgency::SelfCare || before == Urgency::Emergency {
                continue;
            }
            seen += 1;
            person.wait(HOUR * 5);
            check_in(&mut person, 0, &[("function", "10")]);
            assert_eq!(level(&person), before, "{}: {answer}", sign.id);
            let page = person.get("/diary/result");
            assert!(page.text().contains("Answer the questions again"));
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn neither_time_nor_a_missing_entry_lowers_what_the_diary_raised() {
    let mut person = Person::with_a_plain_spasm();
    keep_a_diary(&mut person, &[6, 6, 6], "same");
    for _ in 0..5 {
        person.wait(HOUR * 24);
        assert_eq!(level(&person), Urgency::SeeSoon);
    }
}

#[test]
fn how_much_one_can_do_counts_until_it_is_said_anew() {
    let mut answers = plain_spasm();
    answers["days_since_onset"] = json!(50);
    answers["course"] = json!("easing");
    let mut person = Person::new().triaged(&answers);
    let checks =
        |person: &Person| person.get("/diary").text().matches("you are not back to your usual self").count();
    check_in(&mut person, 2, &[("function", "5"), ("course", "easing")]);
    assert_eq!(checks(&person), 1);
    person.wait(HOUR * 20);
    check_in(&mut person, 2, &[("course", "easing")]);
    assert_eq!(checks(&person), 1);
    person.wait(HOUR * 4);
    check_in(&mut person, 2, &[("function", "9"), ("course", "easing")]);
    assert_eq!(checks(&person), 0);
}

#[test]
fn after_more_than_a_week_of_silence_the_danger_signs_are_asked_once_more() {
    let mut person = Person::with_a_plain_spasm();
    person.wait(HOUR * 24 * 7);
    let sent = check_in(&mut person, 2, &[("course", "easing")]);
    assert_eq!(person.record.interview().because, Restart::First);
    assert_eq!(goes_to(&sent), "/diary/result", "what is saved is shown first");
    let page = person.get("/diary/result");
    assert!(page.text().contains("Pain 2 of 10, today at 10:00"), "{}", page.text());
    assert!(page.text().contains("There is a bit more to ask"), "day 7 opens questions");
    answer_the_rest(&mut person, &plain_spasm());
    person.wait(HOUR * 24 * 8);
    let sent = check_in(&mut person, 2, &[("course", "easing")]);
    assert_eq!(goes_to(&sent), "/diary/result");
    assert_eq!(person.record.interview().because, Restart::First, "nobody is sent to the questions");
    let page = person.get("/diary/result");
    assert!(page.text().contains("more than a week"), "{}", page.text());
    assert!(page.text().contains("name=\"late\" value=\"yes\""));
    for path in ["/", "/diary", "/relief", "/medicines/region", "/habits", "/card"] {
        assert_eq!(person.get(path).status, 200, "{path} is open");
    }
    person.post("/changed", &[("late", "yes")]);
    assert_eq!(person.record.interview().because, Restart::CheckIn);
    // The days are counted on, not begun anew.
    assert_eq!(person.record.interview().before["days_since_onset"], json!(15));
    answer_the_rest(&mut person, &plain_spasm());
    assert!(!person.get("/diary/result").text().contains("more than a week"));
}

#[test]
fn pain_after_the_spell_was_over_begins_a_new_one_with_a_new_diary() {
    let mut person = Person::with_a_plain_spasm();
    keep_a_diary(&mut person, &[3, 1, 1, 1, 1, 1, 1, 1], "easing");
    assert!(person.get("/diary").text().contains("You are over it"));
    person.wait(HOUR * 24);
    let sent = check_in(&mut person, 5, &[]);
    assert_eq!(goes_to(&sent), "/question");
    assert_eq!(person.record.interview().because, Restart::NewSpell);
    // Only what lasts is a starting point.
    assert_eq!(person.record.interview().before.keys().collect::<Vec<_>>(), ["age"]);
    assert!(person.follow(person.get("/question")).text().contains("the pain is back"));
    assert!(person.get("/diary").text().contains("You are over it"), "the diary of before stays until then");
    let mut answers = plain_spasm();
    answers["had_before"] = json!("yes");
    answer_the_rest(&mut person, &answers);
    // The days of the spell before count for nothing, and the pain is not asked twice.
    assert_eq!(person.record.interview().answers["days_since_onset"], json!(0));
    assert!(!person.record.interview().answers.contains_key("pain_now"));
    assert_eq!(level(&person), Urgency::SelfCare);
    let page = person.get("/diary");
    assert!(page.text().contains("Pain now: 5 of 10, day 0 since it began"), "{}", page.text());
}

#[test]
fn mild_pain_after_the_spell_was_over_is_a_new_one_once_it_has_lasted_a_day() {
    let mut person = Person::with_a_plain_spasm();
    keep_a_diary(&mut person, &[3, 0, 0, 0, 0, 0, 0, 0], "easing");
    person.wait(HOUR * 24);
    check_in(&mut person, 2, &[("course", "easing")]);
    assert_eq!(person.record.interview().because, Restart::First);
    person.wait(HOUR * 24);
    check_in(&mut person, 2, &[("course", "easing")]);
    assert_eq!(person.record.interview().because, Restart::NewSpell);
}

#[test]
fn a_newer_interview_counts_before_an_older_entry_and_asks_for_the_pain() {
    let mut person = Person::with_a_plain_spasm();
    person.wait(HOUR);
    check_in(&mut person, 2, &[]);
    person.wait(HOUR);
    person.post("/changed", &[]);
    let mut answers = plain_spasm();
    answers["pain_now"] = json!(9);
    answers["trigger"] = json!("nothing");
    answer_the_rest(&mut person, &answers);
    assert_eq!(person.record.interview().answers["pain_now"], json!(9));
    assert_eq!(level(&person), Urgency::SeeSoon);
    // An entry about an earlier time does not push it away.
    person.wait(HOUR);
    check_in(&mut person, 3, &[("when", "earlier"), ("about_time", "10:30")]);
    assert_eq!(level(&person), Urgency::SeeSoon);
    person.wait(HOUR);
    check_in(&mut person, 3, &[]);
    // Milder pain opens steps of the plan, and with them questions.
    answer_the_rest(&mut person, &plain_spasm());
    assert_eq!(level(&person), Urgency::SelfCare);
}

#[test]
fn not_sure_when_it_began_is_not_replaced_by_the_first_entry_of_the_diary() {
    let mut answers = plain_spasm();
    answers["days_since_onset"] = json!("not sure");
    answers["course"] = json!("easing");
    let mut person = Person::new().triaged(&answers);
    assert_eq!(level(&person), Urgency::Routine);
    person.wait(HOUR);
    check_in(&mut person, 1, &[("course", "easing")]);
    assert_eq!(level(&person), Urgency::Routine);
}

#[test]
fn what_one_could_not_do_is_asked_again_and_counts_until_then() {
    let mut person = Person::with_a_plain_spasm();
    person.wait(HOUR * 48);
    check_in(&mut person, 5, &[("course", "easing")]);
    let mut answers = plain_spasm();
    answers["cannot_wash_or_dress"] = json!("yes");
    answer_the_rest(&mut person, &answers);
    assert_eq!(level(&person), Urgency::SeeSoon);
    person.wait(HOUR * 24);
    assert!(person.get("/diary").text().contains("name=\"cannot_wash_or_dress\""));
    check_in(&mut person, 3, &[("course", "easing")]);
    assert_eq!(level(&person), Urgency::SeeSoon);
    check_in(&mut person, 3, &[("course", "easing"), ("cannot_wash_or_dress", "no")]);
    assert_eq!(level(&person), Urgency::SelfCare);
    assert!(!person.get("/diary").text().contains("name=\"cannot_wash_or_dress\""));
}

#[test]
fn how_it_has_gone_is_an_answer_of_its_day() {
    let mut person = Person::with_a_plain_spasm();
    keep_a_diary(&mut person, &[5, 5], "easing");
    person.wait(HOUR * 24);
    // Left empty on day 3, where it decides: from 6 to 5 is less than a diary can tell.
    let sent = check_in(&mut person, 5, &[]);
    assert_eq!(goes_to(&sent), "/diary/result");
    assert!(person.get("/diary/result").text().contains("There is a bit more to ask"));
    let page = person.follow(person.get("/question"));
    assert!(page.text().contains("Since the start, the pain is:"), "{}", page.text());
    let mut answers = plain_spasm();
    answers["course"] = json!("same");
    answer_the_rest(&mut person, &answers);
    assert_eq!(level(&person), Urgency::SeeSoon);
}

#[test]
fn pain_now_and_the_question_about_danger_are_needed_and_what_was_filled_in_is_kept() {
    let mut person = Person::with_a_plain_spasm();
    let fields = [("sleep", "hardly"), ("note", "bad <night>"), ("place", "neck")];
    let page = person.refused("/diary", &fields);
    assert!(person.get("/").text().contains("Your diary entry is not saved yet"), "it is offered again");
    let text = page.text();
    assert!(text.contains("<title>Error: Your diary"));
    assert!(text.contains("href=\"#pain_now\"") && text.contains("href=\"#new_danger\""));
    assert!(text.contains("value=\"hardly\" checked") && text.contains("bad &#60;night&#62;"));
    assert!(text.contains("id=\"neck\" name=\"place\" value=\"neck\" checked"));
    let wrong = [("pain_now", "6"), ("new_danger", "no"), ("pain_worst", "4")];
    let page = person.refused("/diary", &wrong);
    assert!(page.text().contains("The worst cannot be less than the pain now, which is 6"));
    assert!(person.record.check_ins().is_empty());
}

#[test]
fn what_was_refused_is_not_the_pain_of_another_day() {
    let mut person = Person::with_a_plain_spasm();
    person.post("/diary", &[("pain_now", "9"), ("note", "bad night")]);
    assert!(person.get("/diary").text().contains("bad night"));
    person.wait(jiff::SignedDuration::from_hours(9 * 24));
    let page = person.get("/diary");
    assert!(!page.text().contains("bad night") && !page.text().contains("value=\"9\" checked"));
    assert!(!person.get("/").text().contains("not saved yet"));
}

#[test]
fn yesterday_stays_that_day_where_the_form_is_sent_after_midnight() {
    let mut person = Person::with_a_plain_spasm();
    person.wait(jiff::SignedDuration::from_hours(13) + jiff::SignedDuration::from_mins(50));
    let page = person.get("/diary");
    assert!(page.text().contains("value=\"2026-11-23\"") && !page.text().contains("value=\"yesterday\""));
    person.wait(jiff::SignedDuration::from_mins(20));
    check_in(&mut person, 4, &[("when", "earlier"), ("day", "2026-11-23"), ("about_time", "20:00")]);
    assert_eq!(person.record.check_ins()[0].what.at.to_string(), "2026-11-23T20:00:00Z");
}

#[test]
fn what_cannot_be_read_is_said_and_nothing_of_it_is_cut_off() {
    let mut person = Person::with_a_plain_spasm();
    let (long, long_trigger) = ("n".repeat(2_001), "t".repeat(81));
    let wrong: [(&str, &[&str]); 10] = [
        ("pain_worst", &["11"]),
        ("function", &["99"]),
        ("sleep", &["x"]),
        ("activity", &["lying", "more"]),
        ("new_danger", &["no", "yes"]),
        ("pain_neck", &["200"]),
        ("place", &["neck", "xyz"]),
        ("note", &[&long]),
        ("own_trigger", &[&long_trigger]),
        ("trigger", &[&long_trigger]),
    ];
    for (field, values) in wrong {
        let mut fields = vec![("pain_now", "4"), ("new_danger", "no")];
        fields.retain(|(name, _)| *name != field);
        fields.extend(values.iter().map(|value| (field, *value)));
        let page = person.post_then("/diary", &fields);
        assert!(page.text().contains("There is a problem"), "{field}");
        assert!(person.record.check_ins().is_empty(), "{field}");
        let kept = values.iter().find(|value| value.len() > 80);
        assert!(kept.is_none_or(|text| page.text().contains(*text)), "{field} was cut off");
    }
    // A trigger of their own that is on the list no more is kept.
    check_in(&mut person, 4, &[("trigger", "the new saddle"), ("sleep", ""), ("pain_worst", "")]);
    assert_eq!(person.record.check_ins()[0].what.triggers, [Trigger::Own("the new saddle".to_owned())]);
}

#[test]
fn what_an_entry_asks_along_is_not_overwritten_by_a_page_left_open() {
    let mut person = Person::with_a_plain_spasm();
    keep_a_diary(&mut person, &[5, 4, 4], "same");
    let old = person.record.last().to_string();
    person.wait(HOUR);
    check_in(&mut person, 4, &[("course", "worse")]);
    let entries = person.record.check_ins().len();
    let stale = [("pain_now", "2"), ("new_danger", "no"), ("course", "easing"), ("seen", old.as_str())];
    let page = person.post_then("/diary", &stale);
    assert!(page.text().contains("answered in another window"), "{}", page.text());
    assert_eq!(person.record.check_ins().len(), entries);
    assert_eq!(person.record.interview().answers["course"], json!("worse"));
    assert!(page.text().contains("value=\"easing\" checked"), "and nothing of it is lost");
}

#[test]
fn nothing_is_chosen_beforehand() {
    let person = Person::with_a_plain_spasm();
    let page = person.get("/diary");
    let checked: Vec<&str> = page.text().lines().filter(|line| line.contains(" checked")).collect();
    // Which side of the body is seen is no answer.
    let is_answer = |line: &&str| !line.contains("body-map__turn");
    let checked: Vec<&str> = checked.into_iter().filter(is_answer).collect();
    assert_eq!(checked.len(), 1, "{checked:?}");
    assert!(checked[0].contains("id=\"when_now\""));
}

#[test]
fn everything_that_was_filled_in_is_kept_and_read_back() {
    let mut person = Person::with_a_plain_spasm();
    check_in(
        &mut person,
        4,
        &[
            ("pain_worst", "7"),
            ("function", "3"),
            ("place", "neck"),
            ("place", "low_back_left"),
            ("pain_low_back_left", "6"),
            ("sleep", "broken"),
            ("activity", "less"),
            ("trigger", "Sitting for long"),
            ("own_trigger", "Gardening"),
            ("note", "felt low"),
        ],
    );
    let entry = &person.record.check_ins()[0].what;
    assert_eq!((entry.pain_now, entry.pain_worst, entry.function), (4, Some(7), Some(3)));
    let places: Vec<(&str, Option<u8>)> =
        entry.regions.iter().map(|place| (place.region.as_str(), place.pain)).collect();
    assert_eq!(places, [("low_back_left", Some(6)), ("neck", None)]);
    let sitting = Trigger::Known { cause: "long_sitting".to_owned(), words: "Sitting for long".to_owned() };
    assert_eq!(entry.triggers, [sitting, Trigger::Own("Gardening".to_owned())]);
    let page = person.get("/diary");
    for words in ["Low back, left (6 of 10); Neck", "It woke me, and I slept again", "felt low", "worst 7"] {
        assert!(page.text().contains(words), "{words}");
    }
    // One's own trigger is offered the next time.
    assert!(page.text().contains("name=\"trigger\" value=\"Gardening\""));
}

#[test]
fn entries_about_the_past_are_put_where_they_belong_and_two_in_an_hour_count_once() {
    let mut person = Person::with_a_plain_spasm();
    person.wait(HOUR * 6);
    check_in(&mut person, 4, &[]);
    check_in(&mut person, 7, &[("when", "earlier"), ("day", "today"), ("about_time", "12:10")]);
    check_in(&mut person, 5, &[("when", "earlier"), ("day", "today"), ("about_time", "12:40")]);
    let pains: Vec<u8> = person.record.check_ins().iter().map(|entry| entry.what.pain_now).collect();
    assert_eq!(pains, [7, 5, 4]);
    let case = Case::at(guideline(), &person.record, person.now.timestamp());
    let series = case.series.expect("there is a diary");
    // With the pain of the interview at 10:00 as the first.
    let series: Vec<(u32, u8)> =
        series.check_ins().iter().map(|entry| (entry.at.get(), entry.pain.get())).collect();
    assert_eq!(series, [(0, 6), (2, 5), (6, 4)]);
    assert_eq!(person.get("/diary").text().matches("class=\"entry\"").count(), 3);
    for hour in 6..12 {
        check_in(&mut person, 4, &[("when", "earlier"), ("about_time", &format!("{hour}:00"))]);
    }
    assert_eq!(person.get("/diary").text().matches("class=\"entry\"").count(), 7);
    assert!(person.get("/diary").text().contains("All 9 entries"));
    assert_eq!(person.get("/diary/entries").text().matches("class=\"entry\"").count(), 9);
}

#[test]
fn an_entry_of_the_morning_before_the_interview_is_not_lost() {
    let mut person = Person::with_a_plain_spasm();
    check_in(&mut person, 7, &[("when", "earlier"), ("about_time", "8:15")]);
    let case = Case::at(guideline(), &person.record, person.now.timestamp());
    let series = case.series.expect("there is a diary");
    assert_eq!(series.check_ins().len(), 2);
    assert_eq!((series.check_ins()[0].pain.get(), series.last().pain.get()), (7, 6));
}

#[test]
fn days_are_counted_through_a_night_in_which_the_clocks_change() {
    let mut person = Person::at("2026-10-24T08:00:00Z", "Europe/London").triaged(&plain_spasm());
    check_in(&mut person, 6, &[]);
    // The same time of day on the wall, 25 hours later.
    person.wait(HOUR * 25);
    assert_eq!(person.now.strftime("%H:%M").to_string(), "09:00");
    // 1:30 came twice that night, and which of the two it was is not guessed.
    let entry = [("pain_now", "5"), ("new_danger", "no"), ("course", "easing"), ("when", "earlier")];
    let sent = [&entry[..], &[("about_time", "01:30")]].concat();
    assert!(person.refused("/diary", &sent).text().contains("this time came twice"));
    check_in(&mut person, 5, &[("course", "easing"), ("when", "earlier"), ("about_time", "02:30")]);
    let case = Case::at(guideline(), &person.record, person.now.timestamp());
    let series = case.series.expect("there is a diary");
    assert_eq!(series.last().at.get(), 18);
}

#[test]
fn a_wrong_entry_is_taken_out_and_the_advice_worked_out_again() {
    let mut person = with_a_spasm_out_of_nothing();
    person.wait(HOUR);
    check_in(&mut person, 9, &[]);
    answer_the_rest(&mut person, &plain_spasm());
    assert_eq!(level(&person), Urgency::SeeSoon);
    let entry = of_check_in(&person.record.check_ins()[0]);
    assert!(person.get("/diary").text().contains(&format!("name=\"entry\" value=\"{entry}\"")));
    // A page that was left open while the record was erased and begun again.
    let other = entry.replace(" 9", " 8");
    assert_eq!(goes_to(&person.post("/diary/withdraw", &[("entry", &other)])), "/diary");
    assert_eq!(person.record.check_ins().len(), 1);
    person.wait(HOUR);
    let page = person.post_then("/diary/withdraw", &[("entry", &entry)]);
    assert!(page.text().contains("Until now: In the next days"), "{}", page.text());
    assert!(person.record.check_ins().is_empty());
    assert_eq!(level(&person), Urgency::SelfCare);
    // Again, from a page that was left open; or something that is no entry.
    let events = person.record.events().len();
    for entry in [entry.as_str(), "1", "x"] {
        assert_eq!(goes_to(&person.post("/diary/withdraw", &[("entry", entry)])), "/diary");
    }
    assert_eq!(person.post("/diary/withdraw", &[("entry", "")]).status, 400);
    assert_eq!(person.record.events().len(), events);
}

#[test]
fn a_private_note_and_own_words_of_the_diary_are_on_no_page_that_is_handed_on() {
    let mut person = Person::with_a_plain_spasm();
    check_in(&mut person, 4, &[("note", "SECRETNOTE"), ("own_trigger", "OWNTRIGGER")]);
    assert!(person.get("/diary").text().contains("SECRETNOTE"));
    assert!(person.get("/diary").text().contains("Where you stood today at 10:00"));
    for path in ["/", "/outcome", "/card", "/check", "/emergency", "/diary/result", "/helped"] {
        let page = person.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(!page.text().contains("SECRETNOTE"), "{path}");
    }
    let assessed =
        serde_json::to_string(&person.record.assessments().last().expect("it is kept").certificate);
    assert!(!assessed.expect("it is JSON").contains("SECRETNOTE"));
}

#[test]
fn an_entry_sent_twice_counts_once() {
    let mut person = Person::with_a_plain_spasm();
    let entry = [("pain_now", "5"), ("new_danger", "no"), ("seen", "0")];
    let sent = [person.post_once("/diary", "a", &entry), person.post_once("/diary", "a", &entry)];
    assert_eq!(sent.each_ref().map(goes_to), ["/diary/result", "/diary/result"]);
    assert_eq!(person.record.check_ins().len(), 1);
}

#[test]
fn the_time_zone_of_the_device_is_kept_and_read_for_earlier_times() {
    let mut person = Person::with_a_plain_spasm();
    person.wait(HOUR * 3);
    check_in(
        &mut person,
        5,
        &[("time_zone", "America/New_York"), ("when", "earlier"), ("about_time", "07:30")],
    );
    assert_eq!(person.record.settings().time_zone.as_deref(), Some("America/New_York"));
    assert_eq!(person.record.check_ins()[0].what.at.to_string(), "2026-11-24T12:30:00Z");
    check_in(&mut person, 5, &[("time_zone", "Nowhere/Else")]);
    assert_eq!(person.record.settings().time_zone.as_deref(), Some("America/New_York"));
}

#[test]
fn before_there_is_an_outcome_the_diary_leads_to_the_questions_and_loses_no_entry() {
    let mut person = Person::new();
    assert_eq!(goes_to(&person.get("/diary")), "/question");
    assert_eq!(goes_to(&person.get("/helped")), "/question");
    let sent = check_in(&mut person, 5, &[]);
    assert_eq!(goes_to(&sent), "/question");
    assert_eq!(person.record.check_ins().len(), 1);
    assert!(person.record.assessments().is_empty());
}

#[test]
fn answers_that_were_not_confirmed_are_not_confirmed_by_an_entry() {
    let mut person = Person::new();
    while person.answer_next(&plain_spasm()) {}
    let sent = check_in(&mut person, 5, &[]);
    assert_eq!(goes_to(&sent), "/check");
    assert!(person.record.assessments().is_empty());
}

#[test]
fn the_chart_is_well_formed_and_says_in_words_what_it_shows() {
    let mut person = Person::with_a_plain_spasm();
    keep_a_diary(&mut person, &[6, 5, 4], "easing");
    check_in(&mut person, 4, &[("pain_worst", "8")]);
    let page = person.get("/diary");
    let (_, from) = page.text().split_once("<svg class=\"chart\"").expect("there is a chart");
    let (inside, _) = from.split_once("</svg>").expect("it ends");
    let drawing = format!("<svg class=\"chart\"{inside}</svg>");
    let drawing = roxmltree::Document::parse(&drawing).expect("it is well-formed");
    let root = drawing.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let names = root.attribute("aria-labelledby").expect("it has a name");
    for name in names.split(' ') {
        let node =
            drawing.descendants().find(|node| node.attribute("id") == Some(name)).expect("it is there");
        assert!(!node.text().unwrap_or_default().is_empty());
    }
    let of = |class| drawing.descendants().filter(|node| node.attribute("class") == Some(class)).count();
    // The interview and three days; the second entry of the last hour replaces the first.
    assert_eq!((of("chart__point"), of("chart__worst"), of("chart__band")), (4, 1, 1));
    assert!(drawing.descendants().all(|node| node.attribute("style").is_none()));
    // The table: the interview and four entries.
    let (_, table) = page.text().split_once("<tbody>").expect("there is a table");
    let (table, _) = table.split_once("</tbody>").expect("it ends");
    assert_eq!(table.matches("<tr>").count(), 5);
}

#[test]
fn what_was_taken_and_tried_is_marked_on_the_chart_and_named_in_the_table() {
    let mut person = Person::with_a_plain_spasm();
    check_in(&mut person, 5, &[]);
    let now = person.now.timestamp();
    let dose = store::DoseTaken {
        at: now,
        product: None,
        name: "Ibuprofen 200 mg".to_owned(),
        units: 200,
        amounts: vec![("ibuprofen".to_owned(), 200)],
        region: "uk".to_owned(),
        verdict: care::DoseLevel::Allowed,
        hundredths: None,
        time_unknown: false,
    };
    happened(&mut person, Event::DoseTaken(dose));
    try_out(&mut person, "heat", 5, 3);
    let page = person.get("/diary");
    assert!(page.text().contains("class=\"chart__dose\"") && page.text().contains("class=\"chart__remedy\""));
    assert!(page.text().contains("Painkiller: Ibuprofen 200 mg"));
    assert!(page.text().contains("Warmth (pain 5 before, 3 after)"));
    assert!(page.text().contains("Painkillers were taken once."));
}

/// Something that another page stored.
fn happened(person: &mut Person, event: Event) {
    let sequence = Sequence(person.record.last().0 + 1);
    person.record.push(Stored { sequence, at: person.now.timestamp(), once: None, event });
}

fn try_out(person: &mut Person, remedy: &str, before: u8, after: u8) {
    let now = person.now.timestamp();
    let (before, after) = (Some(before), Some(after));
    happened(person, Event::RemedyTried { remedy: remedy.to_owned(), began: now, ended: now, before, after });
}

#[test]
fn what_helped_is_told_only_from_enough_tries() {
    let mut person = Person::with_a_plain_spasm();
    assert!(person.get("/helped").text().contains("Nothing to show yet"));
    for _ in 0..4 {
        try_out(&mut person, "heat", 6, 4);
    }
    assert!(person.get("/helped").text().contains("4 of 5 tries so far"));
    try_out(&mut person, "cold", 6, 6);
    let page = person.get("/helped");
    assert!(page.text().contains("After this your pain went down by about"), "{}", page.text());
    assert!(page.text().contains("does not prove what did it"));
    assert!(page.text().contains("Too few tries to say"));
    // A remedy that the book has no more is not advised.
    try_out(&mut person, "leeches", 9, 0);
    assert!(!person.get("/helped").text().contains("leeches"));
}

#[test]
fn triggers_are_only_counted() {
    let mut person = Person::with_a_plain_spasm();
    check_in(&mut person, 3, &[("own_trigger", "Gardening")]);
    person.wait(HOUR * 24);
    check_in(&mut person, 6, &[]);
    answer_the_rest(&mut person, &plain_spasm());
    let page = person.get("/helped");
    assert!(page.text().contains("Gardening"));
    assert!(page.text().contains("On 1 day. The next day was worse that time."), "{}", page.text());
    assert!(page.text().contains("do not show that one led to the other"));
}

#[test]
fn a_gap_is_met_kindly() {
    let mut person = Person::with_a_plain_spasm();
    check_in(&mut person, 3, &[]);
    assert!(!person.get("/diary").text().contains("A gap does no harm"));
    person.wait(HOUR * 24 * 3);
    assert!(person.get("/diary").text().contains("Your last entry was 3 days ago. That is fine."));
}

#[test]
fn the_lines_that_call_for_help_stand_by_the_question_about_them() {
    let person = Person::with_a_plain_spasm();
    let page = person.get("/diary");
    let card = person.get("/card");
    let lines = |text: &str| {
        let (_, from) = text.split_once("comeback--emergency").expect("there are emergency lines");
        let (list, _) = from.split_once("</ul>").expect("they end");
        list.matches("<li>").count()
    };
    assert!(lines(page.text()) > 3);
    assert_eq!(lines(page.text()), lines(card.text()));
}

/// How it has gone, as it counts, and whether the person said so.
fn course_of(person: &Person) -> (Option<Value>, bool) {
    let course = guideline().finding_named("course").expect("it is in the book");
    let counts = person.standing().answers.get(course);
    let is_given = person.record.interview().answers.contains_key("course");
    (counts.map(|now| care::answer_to_json(guideline(), course, now)), is_given)
}

#[test]
fn what_the_diary_knows_is_not_asked_and_is_nobodys_answer() {
    let mut person = Person::with_a_plain_spasm();
    for (day, pain) in [(1, 4), (2, 3), (3, 3)] {
        person.wait(HOUR * 24);
        assert!(!person.get("/diary").text().contains("Since the start, the pain is"), "day {day}");
        let sent = check_in(&mut person, pain, &[]);
        assert_eq!(goes_to(&sent), "/diary/result");
        assert_eq!(course_of(&person), (Some(json!("easing")), false), "day {day}");
        // The rest of that screen is new, and is asked once.
        answer_the_rest(&mut person, &plain_spasm());
        assert_eq!(course_of(&person), (Some(json!("easing")), false), "day {day}");
    }
}

#[test]
fn less_than_people_notice_only_the_person_can_judge() {
    let mut person = Person::with_a_plain_spasm();
    person.wait(HOUR * 24);
    check_in(&mut person, 5, &[]);
    assert_eq!(course_of(&person), (None, false), "down from 6 to 5");
    person.wait(HOUR * 24);
    check_in(&mut person, 5, &[("course", "worse")]);
    assert_eq!(course_of(&person), (Some(json!("worse")), true));
    check_in(&mut person, 4, &[]);
    assert_eq!(course_of(&person), (Some(json!("worse")), true), "their own word of today stands");
}

#[test]
fn the_result_is_two_sentences() {
    let mut person = Person::with_a_plain_spasm();
    person.wait(HOUR * 24);
    check_in(&mut person, 4, &[]);
    let page = person.get("/diary/result");
    assert!(page.text().contains("Your pain is down from 6 to 4."), "{}", page.text());
    assert!(!page.text().contains("than most people"), "two days say nothing of how fast");
    let page = person.get("/diary");
    assert!(page.text().contains("Yesterday") || page.text().contains("Earlier today: 4."));
}

#[test]
fn how_it_began_is_never_overwritten_and_later_entries_of_that_hour_follow_it() {
    let mut person = Person::with_a_plain_spasm();
    let pains = |person: &Person| -> Vec<u8> {
        let series = person.standing().series.expect("there is an entry");
        series.check_ins().iter().map(|entry| entry.pain.get()).collect()
    };
    let first = person.record.interview().answers["pain_now"].as_u64().expect("it was asked");
    let first = u8::try_from(first).expect("it is at most ten");
    for (pain, all) in [(5, vec![first, 5]), (9, vec![first, 9]), (2, vec![first, 2])] {
        person.wait(SignedDuration::from_mins(10));
        check_in(&mut person, pain, &[]);
        assert_eq!(pains(&person), all);
    }
    person.wait(HOUR * 2);
    check_in(&mut person, 4, &[]);
    assert_eq!(pains(&person), [first, 2, 4]);
}
