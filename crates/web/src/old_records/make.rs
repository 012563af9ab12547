//! The people whose records are kept as test files, made by driving the pages.
//!
//! To keep one of today's program: `KEEP_RECORDS=FOLDER cargo test -p web keep_the_records`.

use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use store::{Appended, Database, Event, Once, Passphrase, RecordId};

use crate::parts::entry::{of_check_in, of_dose};
use crate::testing::{Person, plain_spasm};

/// What seals the sealed one.
pub(super) const PASSPHRASE: &str = "four random words here";

/// A larger export is packed, and its database is not kept.
const LARGE: usize = 1 << 20;

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Plain answers with these in their place.
fn plain_with(others: &Value) -> Value {
    let mut answers = plain_spasm();
    for (finding, answer) in others.as_object().into_iter().flatten() {
        answers[finding] = answer.clone();
    }
    answers
}

fn send(person: &mut Person, path: &str, fields: &[(&str, &str)]) {
    let sent = person.post(path, fields);
    assert_eq!(sent.status, 303, "{path}: {}", sent.text());
}

/// The questions of the triage, and the answers confirmed.
fn answer_the_rest(person: &mut Person, answers: &Value) {
    let page = person.follow(person.get("/question"));
    person.answer_all("/question", page, &[], answers);
    person.post("/check", &[]);
}

/// An entry of the diary, with whatever it brings up.
fn check_in(person: &mut Person, pain: u8, more: &[(&str, &str)], answers: &Value) {
    let pain = pain.to_string();
    send(person, "/diary", &[&[("pain_now", pain.as_str()), ("new_danger", "no")], more].concat());
    answer_the_rest(person, answers);
}

/// Whatever may be asked about a subject.
fn answer_about(person: &mut Person, questions: &str, answers: &Value) {
    let page = person.follow(person.get(questions));
    person.answer_all(questions, page, &[], answers);
}

/// Asks whether a dose may be taken, and writes it down.
fn take(person: &mut Person, medicine: &str, units: &str, answers: &Value) {
    let dose = [("medicine", medicine), ("units", units)];
    let page = person.post_then("/medicines/check", &dose);
    person.answer_all("/medicines/question", page, &dose, answers);
    send(person, "/medicines/log", &[&dose[..], &[("when", "now")]].concat());
}

fn session(person: &mut Person, remedy: &str, before: &str, after: &str) {
    let began = person.now.timestamp().to_string();
    person.wait(SignedDuration::from_mins(20));
    let fields = [("began", began.as_str()), ("before", before), ("after", after)];
    send(person, &format!("/relief/{remedy}"), &fields);
}

/// A plain spasm over weeks: relief, doses, a diary, habits, what helped, asked again, and once more.
fn spasm_over_weeks() -> Person {
    let mut person = Person::at("2026-03-02T08:30:00Z", "Europe/London");
    let settings = [("region", "uk"), ("dose_region", "uk"), ("colours", "dark")];
    send(&mut person, "/settings", &settings);
    let words = "I lifted a heavy box this morning and now my low back has locked up, pain 6 of 10";
    send(&mut person, "/start", &[("own_words", words)]);
    answer_the_rest(&mut person, &plain_spasm());
    session(&mut person, "rest_on_side", "6", "5");
    take(&mut person, "nurofen_200", "2", &json!({}));
    session(&mut person, "heat", "5", "4");
    person.wait(HOUR * 6);
    take(&mut person, "paracetamol_500", "2", &json!({}));
    take(&mut person, "nurofen_200", "1", &json!({}));
    let mistake = of_dose(person.record.doses().last().expect("it was written"));
    send(&mut person, "/medicines/withdraw", &[("entry", mistake.as_str()), ("confirm", "yes")]);
    let about_causes =
        json!({ "did_too_much": "yes", "sits_long": "yes", "mind_or_sleep": "yes", "sleeps_badly": "yes" });
    answer_about(&mut person, "/causes/question", &about_causes);
    answer_about(&mut person, "/habits/question", &about_causes);
    answer_about(&mut person, "/clinic/question", &json!({}));
    send(&mut person, "/habits/calm_time/choose", &[("time", "21:00"), ("remind", "10")]);
    send(&mut person, "/habits/sitting_breaks/choose", &[("time", "09:00"), ("remind", "none")]);
    let full = [
        ("pain_worst", "7"),
        ("function", "4"),
        ("place", "low_back_left"),
        ("pain_low_back_left", "6"),
        ("place", "hip_left"),
        ("sleep", "broken"),
        ("activity", "lying"),
        ("trigger", "Long sitting"),
        ("own_trigger", "the long drive"),
        ("note", "Slept on the floor; \"heat\" helped.\nÜber Nacht besser."),
        ("course", "easing"),
    ];
    let short = [("function", "6"), ("course", "easing")];
    for (day, pain) in
        [6, 5, 5, 4, 4, 3, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0, 0_u8].into_iter().enumerate()
    {
        person.wait(DAY - SignedDuration::from_mins(20));
        if day < 5 {
            session(&mut person, ["heat", "rest_on_side"][day % 2], "5", "4");
        } else {
            person.wait(SignedDuration::from_mins(20));
        }
        let more = if day % 5 == 0 { &full[..] } else { &short };
        check_in(&mut person, pain, more, &plain_with(&json!({ "course": "easing" })));
        let today = person.now.date().to_string();
        send(&mut person, "/habits/calm_time/done", &[("done", today.as_str())]);
        if day == 2 {
            let mistake = of_check_in(person.record.check_ins().last().expect("it was written"));
            send(&mut person, "/diary/withdraw", &[("entry", mistake.as_str())]);
            answer_the_rest(&mut person, &plain_with(&json!({ "course": "easing" })));
        }
        if day == 9 {
            // Something changed: asked again, and to be seen the same day.
            send(&mut person, "/changed", &[]);
            let worse =
                json!({ "course": "easing", "leg_weak_or_numb": "yes", "leg_mild_weakness": "not sure" });
            answer_the_rest(&mut person, &plain_with(&worse));
        }
    }
    send(&mut person, "/habits/sitting_breaks/stop", &[]);
    // Two months later it is back.
    person.wait(DAY * 60);
    send(&mut person, "/start", &[("over", "yes"), ("new_spell", "yes")]);
    answer_the_rest(&mut person, &plain_with(&json!({ "had_before": "yes", "pain_now": 5 })));
    check_in(&mut person, 5, &[], &plain_with(&json!({ "had_before": "yes" })));
    person
}

/// Help now, from the first screen.
fn emergency() -> Person {
    let mut person = Person::at("2026-05-04T22:10:00Z", "America/New_York");
    person.answer_next(&json!({ "saddle_numbness": "yes", "bladder_change": "not sure" }));
    person
}

/// Stopped half way, with an answer of each kind.
fn half_way() -> Person {
    let mut person = Person::at("2026-06-01T06:00:00Z", "Asia/Kolkata");
    let answers = plain_with(&json!({
        "leg_weak_or_numb": "yes", "leg_mild_weakness": "not sure", "long_illness": "yes", "sickle_cell": "no",
        "medicine_change": "yes", "statin_muscle_pain": "not sure", "leg_cold_or_swollen": "not sure",
        "cold_leg": "no",
    }));
    while person.record.interview().screens.len() < 7 {
        person.wait(SignedDuration::from_secs(20));
        assert!(person.answer_next(&answers), "it is not half way any more");
    }
    person
}

/// Cancer, a blood thinner and a fever: every gate, then causes and painkillers.
fn behind_gates() -> Person {
    let mut person = Person::at("2026-07-10T15:00:00Z", "Europe/Berlin");
    let answers = plain_with(&json!({
        "age": 58, "days_since_onset": 3, "course": "same", "fever": "no", "cancer_history": "yes",
        "bleeds_easily": "yes", "medicine_change": "yes", "long_illness": "yes", "osteoporosis": "not sure",
        "pain_thigh": "yes", "other_medicines": "yes", "anti_clot_pill": "yes", "stomach_trouble": "yes", "heartburn": "not sure",
        "known_condition": "yes", "known_arthritis": "not sure",
    }));
    answer_the_rest(&mut person, &answers);
    send(&mut person, "/medicines/region", &[("dose_region", "uk")]);
    answer_about(&mut person, "/causes/question", &answers);
    answer_about(&mut person, "/clinic/question", &answers);
    take(&mut person, "nurofen_200", "1", &answers);
    take(&mut person, "paracetamol_500", "2", &answers);
    person.wait(HOUR * 3);
    check_in(&mut person, 5, &[("note", "hot and cold")], &answers);
    person
}

/// An entry every day for a year, and little more.
fn year_of_diary() -> Person {
    let mut person = Person::at("2025-11-20T07:00:00Z", "Europe/London");
    answer_the_rest(&mut person, &plain_spasm());
    let answers = plain_with(&json!({ "course": "same", "days_since_onset": 1 }));
    for day in 0..365_u32 {
        person.wait(DAY);
        let pain = u8::try_from(2 + (day / 9 + day % 5) % 4).expect("it is small");
        check_in(&mut person, pain, &[], &answers);
    }
    person
}

/// A short one.
fn short() -> Person {
    let mut person = Person::at("2026-08-20T19:45:00Z", "Europe/London");
    answer_the_rest(&mut person, &plain_spasm());
    session(&mut person, "heat", "6", "4");
    person
}

/// Somebody's record, by the name of its file.
type Story = (&'static str, fn() -> Person);

const STORIES: [Story; 6] = [
    ("spasm_over_weeks", spasm_over_weeks),
    ("emergency", emergency),
    ("half_way", half_way),
    ("behind_gates", behind_gates),
    ("year_of_diary", year_of_diary),
    ("sealed", short),
];

/// What one form wrote down, with its token.
type Written = (Option<Once>, Vec<(Timestamp, Event)>);

/// Writes the record as the program's own file, form by form.
async fn write_database(person: &Person, path: &Path, passphrase: Option<&Passphrase>) {
    let database = Database::open(path, passphrase).await.expect("a new file");
    let mut forms: Vec<Written> = Vec::new();
    for stored in person.record.events() {
        let event = (stored.at, stored.event.clone());
        match forms.last_mut() {
            Some((_, events)) if stored.once.is_none() => events.push(event),
            _ => forms.push((stored.once.clone(), vec![event])),
        }
    }
    for (once, events) in forms {
        let kept = database.append(&RecordId::own(), once, events).await.expect("it can be written");
        assert!(matches!(kept, Appended::Stored(_)));
    }
    database.close().await;
}

#[tokio::test]
async fn keep_the_records_of_today() {
    let Some(folder) = std::env::var_os("KEEP_RECORDS") else { return };
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).expect("the folder can be made");
    for (name, story) in STORIES {
        let person = story();
        let export = person.get("/data/export.json").body;
        if export.len() > LARGE {
            let file = std::fs::File::create(folder.join(format!("{name}.json.gz"))).expect("a new file");
            let mut packed = GzEncoder::new(file, Compression::best());
            packed.write_all(&export).and_then(|()| packed.try_finish()).expect("it can be written");
            continue;
        }
        std::fs::write(folder.join(format!("{name}.json")), export).expect("it can be written");
        let passphrase =
            (name == "sealed").then(|| Passphrase::new(PASSPHRASE.to_owned()).expect("it is long"));
        write_database(&person, &folder.join(format!("{name}.db")), passphrase.as_ref()).await;
    }
}
