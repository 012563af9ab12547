//! Records of earlier programs open for ever, with any later book.
//!
//! The files are in `tests/old_records/`, a folder a version; [`make`] made them. Each is
//! read with the book of today and with two that lost and renamed a part of it, as a later
//! book may.

mod books;
mod files;
mod make;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use care::{Guideline, State, Step, Urgency};
use jiff::SignedDuration;
use serde_json::{Value, json};
use store::{
    Database, Event, OpenError, Passphrase, Record, RecordId, Sequence, Stored, from_json, to_csv, to_import,
};

use self::books::{A_FEW, sites};
use self::files::{events_named, events_of, exports, files, is_database, name};
use crate::case::{Case, read_answers};
use crate::pages::data::packed::pack;
use crate::replay::{ReplayResult, replay};
use crate::response::Response;
use crate::site::Site;
use crate::testing::{Person, asked_on, guideline, plain_spasm, site};

/// What each record holds: outcomes, doses, entries of the diary, remedies tried, habits.
const HOLDS: [(&str, [usize; 5]); 12] = [
    ("2026_11_2/behind_gates", [2, 2, 1, 0, 0]),
    ("2026_11_2/emergency", [1, 0, 0, 0, 0]),
    ("2026_11_2/half_way", [0, 0, 0, 0, 0]),
    ("2026_11_2/sealed", [1, 0, 0, 1, 0]),
    ("2026_11_2/spasm_over_weeks", [24, 2, 21, 7, 2]),
    ("2026_11_2/year_of_diary", [366, 0, 365, 0, 0]),
    ("2026_11_3/behind_gates", [2, 2, 1, 0, 0]),
    ("2026_11_3/emergency", [1, 0, 0, 0, 0]),
    ("2026_11_3/half_way", [0, 0, 0, 0, 0]),
    ("2026_11_3/sealed", [1, 0, 0, 1, 0]),
    ("2026_11_3/spasm_over_weeks", [24, 2, 21, 7, 2]),
    ("2026_11_3/year_of_diary", [366, 0, 365, 0, 0]),
];

/// The pages that there are whatever the record holds.
const PAGES: [&str; 39] = [
    "/",
    "/question",
    "/check",
    "/outcome",
    "/card",
    "/doctor",
    "/causes",
    "/causes/question",
    "/changed",
    "/again",
    "/clinic",
    "/clinic/question",
    "/diary",
    "/diary/entries",
    "/diary/result",
    "/helped",
    "/relief",
    "/habits",
    "/habits/question",
    "/habits/calendar.ics",
    "/habits/calendar-named.ics",
    "/emergency",
    "/medicines",
    "/medicines/took",
    "/medicines/answers",
    "/medicines/log",
    "/medicines/taken",
    "/medicines/region",
    "/learn",
    "/learn/disagreements",
    "/learn/sources",
    "/learn/book",
    "/data",
    "/data/export.json",
    "/data/export.csv",
    "/data/imported",
    "/data/erase",
    "/settings",
    "/settings/saved",
];

/// The person of these events, back an hour after the last of them.
fn back(events: &[Stored], site: &'static Site<'static>) -> Person {
    let mut person = Person::new();
    person.site = site;
    person.record = Record::of(events.iter().cloned());
    if let Some(last) = events.last() {
        person.now = (last.at + SignedDuration::from_hours(1)).to_zoned(person.now.time_zone().clone());
    }
    person
}

/// The page that a path leads to in the end.
fn follow(person: &Person, path: &str) -> Response {
    let mut page = person.get(path);
    for _ in 0..6 {
        let Some(to) = page.header("location").map(str::to_owned) else { return page };
        page = person.get(to.split('#').next().unwrap_or_default());
    }
    panic!("{path} leads nowhere");
}

fn shows_every_page(person: &Person, whose: &str) {
    for path in PAGES {
        let page = follow(person, path);
        assert_eq!(page.status, 200, "{whose}, {path}: {}", page.text());
    }
    let remedies = person.record.trials().iter().map(|trial| format!("/relief/{}", trial.what.remedy));
    let habits = person.record.habits().keys().map(|habit| format!("/habits/{habit}"));
    for path in remedies.chain(habits) {
        let page = follow(person, &path);
        assert!(matches!(page.status, 200 | 404), "{whose}, {path}: {}", page.text());
    }
}

fn holds(record: &Record) -> [usize; 5] {
    let doses_and_diary = (record.doses().len(), record.check_ins().len());
    let (assessments, trials, habits) = (record.assessments(), record.trials(), record.habits());
    [assessments.len(), doses_and_diary.0, doses_and_diary.1, trials.len(), habits.len()]
}

fn concluded(person: &Person) -> Option<Urgency> {
    let case = Case::at(person.site.guideline(), &person.record, person.now.timestamp());
    case.concluded().map(care::Finished::urgency)
}

/// Through all that is still open, with no, none and the first option, to an outcome.
fn goes_on_to_an_outcome(person: &mut Person, whose: &str) {
    let page = follow(person, "/question");
    person.answer_all("/question", page, &[], &json!({}));
    let sent = person.post("/check", &[]);
    assert_eq!(sent.header("location"), Some("/outcome"), "{whose}");
    assert_eq!(person.get("/outcome").status, 200, "{whose}");
    assert!(concluded(person).is_some(), "{whose}");
}

#[test]
fn every_old_record_holds_what_it_held() {
    let exports = exports();
    assert_eq!(exports.len(), HOLDS.len(), "each export has its line");
    for (name, export) in exports {
        let record = Record::of(events_of(&export));
        let (_, held) = HOLDS.into_iter().find(|(known, _)| *known == name).expect("it has its line");
        assert_eq!(holds(&record), held, "{name}");
        let shown: Vec<&Arc<store::Shown>> = record
            .events()
            .iter()
            .filter_map(|stored| match &stored.event {
                Event::Assessed { shown, .. } => Some(shown),
                _ => None,
            })
            .collect();
        assert!(shown.iter().all(|shown| !shown.title.is_empty() && !shown.actions.is_empty()), "{name}");
        assert!(record.assessments().iter().map(|made| &made.shown).eq(shown), "{name}");
        let rows = to_csv(&record, &jiff::tz::TimeZone::UTC).lines().count();
        assert!(rows > record.doses().len() + record.check_ins().len() + record.trials().len(), "{name}");
    }
}

#[tokio::test]
async fn every_old_file_opens_and_holds_the_same_as_its_export() {
    let exports = exports();
    let databases: Vec<PathBuf> = files().into_iter().filter(|path| is_database(path)).collect();
    assert!(!databases.is_empty());
    for path in databases {
        let name = name(&path);
        let folder = tempfile::tempdir().expect("there is room");
        let copy = folder.path().join("record.db");
        std::fs::copy(&path, &copy).expect("it can be copied");
        let database = match Database::open(&copy, None).await {
            Err(OpenError::PassphraseNeeded { .. }) => {
                let passphrase = Passphrase::new(make::PASSPHRASE.to_owned()).expect("it is long");
                Database::open(&copy, Some(&passphrase)).await
            }
            opened => opened,
        };
        let database = database.unwrap_or_else(|error| panic!("{name}: {error}"));
        let events = database.since(&RecordId::own(), Sequence(0)).await.expect("it reads");
        let plain: Vec<Stored> = events.into_iter().map(|stored| Stored { once: None, ..stored }).collect();
        let (_, export) = exports.iter().find(|(known, _)| *known == name).expect("it has its export");
        assert_eq!(plain, events_of(export), "{name}");
        database.close().await;
    }
}

#[test]
fn every_old_record_can_be_read_and_gone_on_with_with_any_book() {
    for (name, export) in exports() {
        let events = events_of(&export);
        let replayed_before = Record::of(events.iter().cloned());
        for (book, site) in sites() {
            let whose = format!("{name}, {book}");
            let mut person = back(&events, site);
            shows_every_page(&person, &whose);
            let held = holds(&person.record);
            for stored in replay(site.guideline(), &replayed_before) {
                assert_ne!(stored.result, ReplayResult::Different, "{whose}");
            }
            goes_on_to_an_outcome(&mut person, &whose);
            shows_every_page(&person, &whose);
            let now = holds(&person.record);
            assert!(held[0] <= now[0] && held[1..] == now[1..], "{whose}");
        }
    }
}

#[test]
fn every_old_record_can_be_written_to_with_any_book() {
    for (name, export) in exports() {
        // A year is long to go through so often.
        let events = events_of(&export);
        let events = &events[..events.len().min(200)];
        for (book, site) in sites() {
            let whose = format!("{name}, {book}");
            let entry = [("pain_now", "4"), ("new_danger", "no"), ("course", "same")];
            let forms: [(&str, &[(&str, &str)]); 7] = [
                ("/medicines/check", &[("medicine", "advil"), ("units", "1")]),
                ("/diary", &entry),
                ("/changed", &[]),
                ("/start", &[("over", "yes")]),
                ("/start", &[("over", "yes"), ("new_spell", "yes")]),
                ("/habits/calm_time/stop", &[]),
                ("/settings", &[("colours", "light")]),
            ];
            for (path, fields) in forms {
                let mut person = back(events, site);
                let sent = person.post(path, fields);
                assert!(sent.status < 400, "{whose}, {path}: {}", sent.text());
                goes_on_to_an_outcome(&mut person, &format!("{whose}, after {path}"));
            }
        }
    }
}

#[test]
fn every_old_export_comes_into_an_empty_record_as_it_was() {
    for (name, export) in exports() {
        let events = events_of(&export);
        for (book, site) in sites() {
            let mut person = back(&events, site);
            person.record = Record::default();
            if export.len() > 2_000_000 {
                // As the page does, without sending so much text to and fro.
                let import = from_json(&export).expect("it reads");
                for ((at, event), sequence) in to_import(&person.record, &import).into_iter().zip(1..) {
                    person.record.push(Stored { sequence: Sequence(sequence), at, once: None, event });
                }
            } else {
                assert_eq!(person.post("/data/import", &[("file", &export)]).status, 200, "{name}, {book}");
                let sent = person.post("/data/import/confirm", &[("text", &pack(&export)), ("last", "0")]);
                assert_eq!(sent.header("location"), Some("/data/imported"), "{name}, {book}");
            }
            let mut imported = person.record.events().to_vec();
            // That it came from a copy is new.
            imported.retain(|stored| !matches!(stored.event, Event::CopySaved { .. }));
            for stored in &mut imported {
                stored.once = None;
                if let Event::Assessed { came_in, .. } = &mut stored.event {
                    *came_in = false;
                }
            }
            assert_eq!(imported, events, "{name}, {book}");
            assert_eq!(follow(&person, "/").status, 200, "{name}, {book}");
        }
    }
}

#[test]
fn a_record_of_another_book_is_not_worked_out_again() {
    let [_, (_, few), _] = sites();
    for (name, export) in exports() {
        let record = Record::of(events_of(&export));
        let replayed = replay(few.guideline(), &record);
        assert_eq!(replayed.len(), record.assessments().len(), "{name}");
        let is_other = |result: &ReplayResult| matches!(result, ReplayResult::OtherGuideline { .. });
        assert!(replayed.iter().all(|one| is_other(&one.result)), "{name}: {replayed:?}");
    }
}

#[test]
fn a_vanished_answer_is_open_again_and_stands_for_nothing_else() {
    for (name, export) in exports() {
        let record = Record::of(events_of(&export));
        let said = &record.interview().answers;
        for (book, site) in sites() {
            let guideline = site.guideline();
            let given = read_answers(guideline, said);
            for finding in guideline.findings() {
                let id = &guideline.finding(finding).id;
                let was = said.get(id).filter(|_| given.get(finding).is_some());
                let is = given.get(finding).map(|answer| care::answer_to_json(guideline, finding, answer));
                assert_eq!(is.as_ref(), was, "{name}, {book}, {id}");
            }
        }
    }
}

#[test]
fn an_interview_left_half_way_goes_on_with_what_is_open() {
    let events = events_named("2026_11_2/half_way");
    let [_, (_, few), _] = sites();
    let guideline = few.guideline();
    let anew: Vec<_> = A_FEW.iter().filter_map(|id| guideline.finding_named(&format!("{id}_anew"))).collect();
    let mut person = back(&events, few);
    let case = Case::at(guideline, &person.record, person.now.timestamp());
    let state = State::of(guideline, &case.answers);
    for finding in &anew {
        assert_eq!(case.given.get(*finding), None);
        assert!(!state.not_applicable(*finding), "it counts as no");
    }
    // Everything that is still known has its line, also where its screen has another name.
    let check = person.get("/check");
    let rows = check.text().matches("class=\"answers__row\"").count();
    let screens = case.screens(guideline, &person.record);
    assert_eq!(rows, screens.len());
    let known: BTreeSet<_> =
        case.given.iter().filter_map(|(finding, _)| guideline.asked_by(finding)).collect();
    assert!(!known.is_empty());
    assert_eq!(screens.len(), known.len(), "a screen has more than one line");
    assert_eq!(screens.into_iter().collect::<BTreeSet<_>>(), known);
    // Only what is open is asked.
    let mut asked = Vec::new();
    while let Step::Ask(ask) = Case::at(guideline, &person.record, person.now.timestamp()).step {
        asked.extend(ask.findings.clone());
        let known = ask.findings.iter().any(|finding| case.given.get(*finding).is_some());
        assert!(!known, "what was answered is asked again");
        assert!(person.answer_next(&plain_spasm()));
    }
    // What is new of the danger questions comes first, and nothing of them later.
    let is_danger = |finding: &care::FindingId| {
        let question = guideline.asked_by(*finding).expect("it was asked");
        guideline.question(question).chapter == care::Chapter::Danger
    };
    let (first, then) = asked.split_at(asked.iter().take_while(|finding| is_danger(finding)).count());
    assert!(!then.is_empty() && !then.iter().any(is_danger));
    // Whatever everyone is asked is asked anew; the rest stays behind its gate.
    let of_everyone = |finding: &care::FindingId| {
        let question = guideline.asked_by(*finding).expect("it can be asked");
        guideline.question(question).only_if.is_none()
    };
    let anew_of_everyone: Vec<_> = anew.iter().filter(|finding| of_everyone(finding)).collect();
    assert!(!anew_of_everyone.is_empty());
    assert!(anew_of_everyone.into_iter().all(|finding| first.contains(finding)));
    person.post("/check", &[]);
    assert!(concluded(&person).is_some());
}

#[test]
fn a_sign_that_vanished_counts_once_it_is_said_anew() {
    let events = events_named("2026_11_2/half_way");
    let [_, (_, few), _] = sites();
    let mut person = back(&events, few);
    assert!(few.guideline().finding_named("cold_leg_anew").is_some(), "it is in the book of today");
    // The answer to the old name was no, and the new one is asked all the same.
    let answers = json!({ "leg_cold_or_swollen": "yes", "cold_leg_anew": "yes" });
    while concluded(&person).is_none() && person.answer_next(&answers) {}
    assert_eq!(concluded(&person), Some(Urgency::Emergency));
}

/// Somebody with an outcome that an earlier book gave them, which asked this too.
fn told_by_another_book(finding: &str, answer: &Value) -> Person {
    let mut person = Person::with_a_plain_spasm();
    let mut events = person.record.events().to_vec();
    for stored in &mut events {
        match &mut stored.event {
            Event::Answered { answers, .. } if answers.contains_key("age") => {
                answers.insert(finding.to_owned(), answer.clone());
            }
            Event::Assessed { shown, .. } => {
                let shown = Arc::make_mut(shown);
                "of another book".clone_into(&mut shown.guideline_hash);
                "See somebody about that sign".clone_into(&mut shown.title);
            }
            _ => {}
        }
    }
    person.record = Record::of(events);
    person
}

#[test]
fn who_said_something_that_the_book_has_no_more_confirms_the_answers_once_more() {
    let mut person = told_by_another_book("sign_of_old", &json!("yes"));
    assert_eq!(concluded(&person), None);
    for path in ["/", "/check", "/outcome", "/diary", "/medicines", "/relief"] {
        let page = follow(&person, path);
        assert!(page.text().contains("See somebody about that sign"), "{path}: {}", page.text());
    }
    let sent = person.post("/check", &[]);
    assert_eq!(sent.header("location"), Some("/outcome"));
    assert_eq!(concluded(&person), Some(Urgency::SelfCare));
    assert_eq!(person.record.assessments().len(), 2);
    assert!(!person.get("/check").text().contains("Our questions have changed"));
    assert_eq!(person.get("/diary").status, 200);
}

#[test]
fn who_said_no_to_something_that_the_book_has_no_more_goes_on_as_before() {
    let person = told_by_another_book("sign_of_old", &json!("no"));
    assert_eq!(concluded(&person), Some(Urgency::SelfCare));
    assert!(!follow(&person, "/").text().contains("Our questions have changed"));
}

#[test]
fn new_questions_of_the_book_lock_nothing_away() {
    let events = events_named("2026_11_2/spasm_over_weeks");
    let mut person = back(&events, site());
    assert_eq!(concluded(&person), None, "the book has asked more since");
    let told = &person.record.assessments().last().unwrap().shown;
    let holds = "Our questions have changed since you were here. Please go through what is new. Until then, what we \
                 told you";
    let title = told.title.clone();
    assert!(person.get("/").text().contains("Your back today"));
    for path in
        ["/", "/outcome", "/diary", "/diary/entries", "/medicines", "/medicines/log", "/helped", "/habits"]
    {
        let page = person.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains(holds) && page.text().contains(&title), "{path}");
    }
    person.wait(SignedDuration::from_hours(2));
    // What goes to a doctor waits for the answers as well, and the question says why it is asked.
    assert_eq!(person.get("/doctor").header("location"), Some("/question"));
    let question = follow(&person, "/doctor");
    assert!(question.text().contains(holds), "{}", question.text());
    assert!(!question.text().contains("Your entry is saved"), "{}", question.text());
    // A plan waits for the answers, and so does a medicine that they may speak against.
    assert_eq!(person.get("/relief").header("location"), Some("/question"));
    let verdict =
        person.post_then("/medicines/check", &[("medicine", "advil"), ("units", "1"), ("stop", "yes")]);
    assert!(verdict.text().contains("verdict--ask_first"), "{}", verdict.text());
    // A habit goes on, and nothing new is proposed.
    let own = person.get("/habits");
    assert!(
        own.text().contains("I did it today") && !own.text().contains("href=\"/habits/"),
        "{}",
        own.text()
    );
    let today = person.now.date();
    assert_eq!(person.post("/habits/calm_time/done", &[("done", &today.to_string())]).status, 303);
    assert!(person.record.habits()["calm_time"].done.contains(&today));
    assert_eq!(person.get("/habits/calm_time").header("location"), Some("/question"));
    // An entry is written down with all that it answers, and then what is new is asked.
    person.wait(SignedDuration::from_hours(3 * 24));
    // How it has gone is known by the diary, and counts all the same where it is told.
    assert!(!person.get("/diary").text().contains("name=\"course\""));
    let entries = person.record.check_ins().len();
    let page = person.post_then("/diary", &[("pain_now", "2"), ("new_danger", "no"), ("course", "easing")]);
    assert!(page.text().contains("Your entry is saved"), "{}", page.text());
    assert_eq!(person.record.check_ins().len(), entries + 1);
    assert_eq!(person.record.interview().answers["course"], "easing");
    assert_eq!(concluded(&person), None);
    goes_on_to_an_outcome(&mut person, "what is new");
    assert!(!person.get("/").text().contains(holds));
}

#[test]
fn an_emergency_whose_sign_the_book_has_no_more_holds_until_the_questions_are_answered_anew() {
    let mut events = events_named("2026_11_2/emergency");
    for stored in &mut events {
        match &mut stored.event {
            Event::Answered { answers, .. } => {
                answers.retain(|_, answer| answer == "no");
                answers.insert("sign_of_old".to_owned(), json!("yes"));
            }
            Event::Assessed { shown, .. } => {
                "of another book".clone_into(&mut Arc::make_mut(shown).guideline_hash);
            }
            _ => {}
        }
    }
    let mut person = back(&events, site());
    assert_eq!(concluded(&person), None, "there is no reason for it that this book knows");
    let told = person.record.assessments()[0].shown.title.clone();
    for path in ["/", "/question", "/outcome"] {
        let page = follow(&person, path);
        assert!(page.text().contains(&format!("still holds: {told}")), "{path}: {}", page.text());
    }
    goes_on_to_an_outcome(&mut person, "the emergency");
    assert_eq!(person.record.assessments()[0].shown.title, told);
}

#[test]
fn only_what_fits_the_book_is_carried_into_the_next_interview() {
    let guideline = guideline();
    let mut kinds = BTreeMap::new();
    for finding in
        guideline.findings().map(|id| guideline.finding(id)).filter(|finding| finding.derived.is_none())
    {
        match &finding.kind {
            care::FindingKind::YesNo => kinds.entry("yes_no").or_insert((finding, json!(3))),
            care::FindingKind::Choice(_) => kinds.entry("choice").or_insert((finding, json!("yes"))),
            care::FindingKind::Number { max, .. } => {
                kinds.entry("number").or_insert((finding, json!(max + 1)))
            }
        };
    }
    assert_eq!(kinds.len(), 3);
    let mut person = Person::new();
    let mut keeps: BTreeMap<String, Value> =
        kinds.values().map(|(finding, other)| (finding.id.clone(), other.clone())).collect();
    keeps.insert("sign_of_old".to_owned(), json!("yes"));
    let known = guideline.finding_named("age").expect("the age is asked");
    keeps.entry("age".to_owned()).or_insert_with(|| json!(44));
    let began =
        Event::InterviewStarted { because: store::Restart::StartOver, starts_with: keeps.clone(), keeps };
    person.record.push(Stored {
        sequence: Sequence(1),
        at: person.now.timestamp(),
        once: None,
        event: began,
    });
    let given = read_answers(guideline, &person.record.interview().answers);
    for (finding, _) in kinds.values().filter(|(finding, _)| finding.id != "age") {
        assert_eq!(
            given.get(guideline.finding_named(&finding.id).expect("it is known")),
            None,
            "{}",
            finding.id
        );
    }
    person.post("/changed", &[]);
    let Some(Event::InterviewStarted { keeps, starts_with, .. }) =
        person.record.events().last().map(|stored| &stored.event)
    else {
        panic!("it begins again");
    };
    let carried: BTreeSet<&String> = keeps.keys().chain(starts_with.keys()).collect();
    let fits = given.get(known).map(|_| "age".to_owned());
    assert_eq!(carried, fits.iter().collect());
    assert_eq!(follow(&person, "/question").status, 200);
}

#[test]
fn a_form_of_an_old_page_says_nothing_about_what_it_did_not_show() {
    // The page was open while the program was replaced: of its lines only some are left.
    let mut person = Person::new();
    let page = follow(&person, "/question");
    let ask = asked_on(guideline(), &page).expect("it asks");
    let question = guideline().question(ask.question).id.clone();
    let left = guideline().finding(ask.findings[0]).id.clone();
    let fields = [("question", question.as_str()), ("shows", &left), ("shows", "line_of_old")];
    let to = format!("/question/{question}");
    let name = |field: &str| format!("{question}-{field}");
    let sent = person.post(&to, &[&fields[..], &[(name("none").as_str(), "yes")]].concat());
    assert_eq!(sent.status, 303);
    assert_eq!(person.record.interview().answers.keys().collect::<Vec<_>>(), [&left]);
    // Who ticked a line that is gone is asked again.
    let mut person = Person::new();
    person.refused(&to, &[&fields[..], &[(name("yes").as_str(), "line_of_old")]].concat());
    assert!(person.record.events().is_empty());
}

/// The names stay as they are, or the changed books are no changed books.
#[test]
fn the_changed_books_are_changed() {
    let [(_, today), (_, few), (_, half)] = sites();
    let lost = |site: &Site<'_>| {
        let ids = |guideline: &Guideline| -> BTreeSet<String> {
            guideline.book().findings.iter().map(|finding| finding.id.clone()).collect()
        };
        ids(today.guideline()).difference(&ids(site.guideline())).count()
    };
    let a_few = A_FEW.iter().filter(|id| today.guideline().finding_named(id).is_some()).count();
    assert_eq!(lost(few), a_few);
    assert!(lost(half) > 50);
}
