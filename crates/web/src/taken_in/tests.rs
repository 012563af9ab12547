//! What stands in a record is not made less by a file: tried with the real book, by the pages.

use care::{Dose, DoseLevel, Urgency, medicine_for};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::{Value, json};
use store::{DoseCleared, DoseTaken, Event, Import, from_json, goes_on};

use super::{TakenIn, to_take_in};
use crate::export;
use crate::spell::reported_new;
use crate::testing::{Person, guideline, plain_spasm};

/// Answers beside those of a plain spasm, by finding.
type Said<'a> = &'a [(&'a str, &'a str)];

/// The answers of a plain spasm with something more.
fn spasm_with(more: Said<'_>) -> Value {
    let mut answers = plain_spasm();
    for (finding, answer) in more {
        answers[*finding] = json!(answer);
    }
    answers
}

fn hours(hours: i64) -> SignedDuration {
    SignedDuration::from_hours(hours)
}

/// Asks about ibuprofen and answers whatever is asked.
fn asks_about_ibuprofen(person: &mut Person, answers: &Value) {
    let beside = [("medicine", "advil"), ("units", "1")];
    let page = person.post_then("/medicines/check", &beside);
    person.answer_all("/medicines/question", page, &beside, answers);
}

/// Somebody who was told how to go on, and asked about ibuprofen.
fn told(answers: &Value) -> Person {
    let mut person = Person::new().triaged(answers);
    person.post("/medicines/region", &[("dose_region", "us")]);
    asks_about_ibuprofen(&mut person, answers);
    person
}

/// The same some hours later, who never heard of the other.
fn told_later(later: i64, answers: &Value) -> Person {
    let mut person = Person::new();
    person.wait(hours(later));
    let mut person = person.triaged(answers);
    person.post("/medicines/region", &[("dose_region", "us")]);
    asks_about_ibuprofen(&mut person, answers);
    person
}

/// The same record on another computer.
fn copy(person: &Person) -> Person {
    let mut copy = Person::new();
    (copy.record, copy.now) = (person.record.clone(), person.now.clone());
    copy
}

/// Some hours later the diary says that something is new, and so many screens are answered.
fn something_is_new(person: &mut Person, later: i64, screens: usize, answers: &Value) {
    person.wait(hours(later));
    person.post("/diary", &[("pain_now", "4"), ("new_danger", "yes")]);
    for _ in 0..screens {
        person.answer_next(answers);
    }
}

fn file_of(person: &Person) -> Import {
    from_json(&export(guideline(), &person.record, person.now.timestamp())).expect("an export reads")
}

/// Brings the file of one into the record of another, some hours later than the later of both.
fn brings(here: &mut Person, file: &Person) -> TakenIn {
    here.now = here.now.clone().max(file.now.clone());
    here.wait(hours(1));
    brings_now(here, file)
}

/// The same at once.
fn brings_now(here: &mut Person, file: &Person) -> TakenIn {
    let taken_in = to_take_in(guideline(), &here.record, &file_of(file), &here.now);
    here.record = super::with(&here.record, &taken_in.events);
    let again = to_take_in(guideline(), &here.record, &file_of(file), &here.now);
    assert_eq!(again.events, [], "it comes in once");
    taken_in
}

/// What is certain as the person stands, and whether something is still to be asked about.
fn stands(person: &Person) -> (Urgency, bool) {
    let standing = person.standing();
    let told = standing.concluded().map(care::Finished::urgency);
    let certain = care::State::of(guideline(), &standing.answers).bounds().lower;
    let is_open = reported_new(&person.record).is_some() || standing.is_asked_again();
    (told.map_or(certain, |told| told.max(certain)), is_open)
}

fn verdict(person: &Person, ingredient: &str) -> care::DoseVerdict<'static> {
    let medicine = medicine_for(guideline(), "us", ingredient).expect("it is sold there");
    let dose = Dose::of_ingredient(medicine, medicine.single_usual).expect("it can be counted");
    let now = person.now.timestamp();
    let answers = person.standing().for_a_dose(guideline(), &person.record, now).answers;
    care::may_take(guideline(), "us", &person.record.dose_log(), &dose, &answers, now)
}

fn says(taken_in: &TakenIn, words: &str) -> bool {
    taken_in.told.iter().any(|line| line.contains(words))
}

#[test]
fn what_stands_without_an_outcome_of_its_own_outlasts_a_later_calm_file() {
    let fever = json!({ "fever": "yes" });
    let weak = json!({ "arm_weak_or_numb": "yes" });
    let cases: [(Said<'_>, usize, &Value); 3] =
        [(&[], 0, &fever), (&[], 2, &fever), (&[("bleeds_easily", "yes")], 1, &weak)];
    let mut one_screen = Person::new();
    one_screen.wait(hours(6));
    one_screen.answer_next(&json!({}));
    for (before, screens, answers) in cases {
        for file in [told_later(6, &plain_spasm()), copy(&one_screen)] {
            let mut here = told(&spasm_with(before));
            something_is_new(&mut here, 3, screens, answers);
            let was = stands(&here);
            assert!(was.1 || was.0 == Urgency::Emergency, "{was:?}");
            let taken_in = brings(&mut here, &file);
            assert_eq!(stands(&here), was, "{before:?}, {screens}");
            assert!(DoseLevel::Allowed < verdict(&here, "ibuprofen").level());
            assert!(says(&taken_in, "Answers of this file are left out"), "{:?}", taken_in.told);
        }
    }
}

#[test]
fn an_answer_about_painkillers_makes_no_danger_sign_of_another_computer_older() {
    for (screens, sign) in [(2, "fever"), (1, "saddle_numbness")] {
        let laptop = Person::new().triaged(&plain_spasm());
        let mut phone = copy(&laptop);
        something_is_new(&mut phone, 3, screens, &json!({ sign: "yes" }));
        let mut laptop = copy(&laptop);
        laptop.wait(hours(4));
        laptop.post("/medicines/region", &[("dose_region", "us")]);
        asks_about_ibuprofen(&mut laptop, &json!({}));
        assert_eq!(verdict(&laptop, "ibuprofen").level(), DoseLevel::Allowed);
        let taken_in = brings(&mut laptop, &phone);
        assert_eq!(stands(&laptop), stands(&phone), "{sign}");
        assert!(DoseLevel::Allowed < verdict(&laptop, "ibuprofen").level());
        assert!(says(&taken_in, "Your outcome will then be:"), "{:?}", taken_in.told);
    }
}

#[test]
fn a_file_is_told_by_what_stands_in_it() {
    let mut fever = told(&plain_spasm());
    something_is_new(&mut fever, 3, 2, &json!({ "fever": "yes" }));
    let mut weak = told(&spasm_with(&[("bleeds_easily", "yes")]));
    something_is_new(&mut weak, 3, 1, &json!({ "arm_weak_or_numb": "yes" }));
    for file in [fever, weak] {
        let urgency = stands(&file).0;
        let mut here = told_later(6, &plain_spasm());
        let taken_in = brings(&mut here, &file);
        let title = &guideline().outcome(urgency).title;
        let line = taken_in.told.iter().find(|line| line.contains("What this file says is more urgent"));
        assert!(line.is_some_and(|line| line.contains(title.as_str())), "{title}: {:?}", taken_in.told);
    }
}

#[test]
fn a_newer_danger_that_cannot_stand_here_opens_the_danger_questions() {
    let ulcer = spasm_with(&[("stomach_trouble", "yes"), ("ulcer_or_bleed", "yes")]);
    let mut here = told(&ulcer);
    let shut = verdict(&here, "ibuprofen").level();
    let file = told_later(3, &spasm_with(&[("fever", "yes")]));
    assert!(stands(&here).0 < stands(&file).0);
    let taken_in = brings(&mut here, &file);
    let is_taken = stands(&here).0 == stands(&file).0;
    assert!(is_taken || stands(&here).1 && says(&taken_in, "the danger questions are open again"));
    assert!(shut <= verdict(&here, "ibuprofen").level(), "{:?}", taken_in.told);
    assert!(DoseLevel::Allowed < verdict(&here, "acetaminophen").level(), "{:?}", taken_in.told);
}

#[test]
fn no_file_opens_what_an_answer_shut() {
    for more in [
        [("stomach_trouble", "yes"), ("ulcer_or_bleed", "yes")],
        [("pregnant_or_birth", "yes"), ("age", "30")],
        [("other_medicines", "yes"), ("anti_clot_pill", "yes")],
    ] {
        let mut here = told(&spasm_with(&more));
        let shut = verdict(&here, "ibuprofen").level();
        assert!(DoseLevel::Allowed < shut, "{more:?}");
        let taken_in = brings(&mut here, &told_later(6, &plain_spasm()));
        assert_eq!(verdict(&here, "ibuprofen").level(), shut, "{more:?}");
        assert!(says(&taken_in, "Answers of this file are left out"), "{:?}", taken_in.told);
    }
}

#[test]
fn answers_that_nobody_gave_here_come_in_and_what_they_open_is_said() {
    let mut here = Person::new();
    here.post("/medicines/region", &[("dose_region", "us")]);
    takes(&mut here, "2026-11-24T04:00:00Z", 200, "ibuprofen");
    let taken_in = brings(&mut here, &told(&plain_spasm()));
    assert_eq!(verdict(&here, "ibuprofen").level(), DoseLevel::Allowed, "{:?}", taken_in.told);
    assert!(says(&taken_in, "Less will speak against"), "{:?}", taken_in.told);
    // What goes on from a record is the same person's, who answered again there.
    let mut laptop = told(&plain_spasm());
    something_is_new(&mut laptop, 3, 0, &json!({}));
    let mut phone = copy(&laptop);
    while phone.answer_next(&plain_spasm()) {}
    phone.post("/check", &[]);
    assert!(!stands(&phone).1);
    brings(&mut laptop, &phone);
    assert_eq!(stands(&laptop), stands(&phone));
    let own = copy(&laptop);
    assert_eq!(brings(&mut laptop, &own).told, [""; 0]);
}

fn takes(person: &mut Person, at: &str, amount: u32, ingredient: &str) {
    let at: Timestamp = at.parse().expect("it is a time");
    let dose = DoseTaken {
        at,
        product: None,
        name: format!("{ingredient} {amount} mg"),
        units: amount,
        hundredths: None,
        amounts: vec![(ingredient.to_owned(), amount)],
        region: "us".to_owned(),
        verdict: DoseLevel::Allowed,
        time_unknown: false,
    };
    person.record.add(at.max(person.now.timestamp()), Event::DoseTaken(dose));
}

#[test]
fn a_clearance_opens_no_dose_that_the_clinician_was_not_told_of() {
    let overdose = |person: &mut Person, hours: &[u32]| {
        for hour in hours {
            takes(person, &format!("2026-11-21T{hour:02}:00:00Z"), 1_000, "acetaminophen");
        }
    };
    let cleared = |person: &mut Person| {
        let at = "2026-11-22T20:00:00Z".parse().expect("it is a time");
        let cleared = DoseCleared { at, ingredient: "acetaminophen".to_owned() };
        person.record.add(person.now.timestamp(), Event::DoseCleared(cleared));
    };
    let mut laptop = told(&plain_spasm());
    overdose(&mut laptop, &[8, 12, 16, 20]);
    let mut phone = copy(&laptop);
    cleared(&mut phone);
    let (mut knows, mut more) = (copy(&laptop), laptop);
    brings(&mut knows, &phone);
    assert_eq!(verdict(&knows, "acetaminophen").level(), DoseLevel::Allowed, "they knew of all of it");
    overdose(&mut more, &[22]);
    let taken_in = brings(&mut more, &phone);
    assert_eq!(verdict(&more, "acetaminophen").level(), DoseLevel::Never, "{:?}", taken_in.told);
    assert!(says(&taken_in, "they did not know of all you took"), "{:?}", taken_in.told);
}

/// What somebody does with the pages.
#[derive(Clone, Debug)]
enum Step {
    Waits(i64),
    Asks(usize, usize),
    Writes(u8, bool),
    AsksAboutADose(usize),
    Takes,
}

const SPASMS: [Said<'_>; 7] = [
    &[],
    &[("fever", "yes")],
    &[("saddle_numbness", "yes")],
    &[("bleeds_easily", "yes")],
    &[("arm_weak_or_numb", "yes")],
    &[("stomach_trouble", "yes"), ("ulcer_or_bleed", "yes")],
    &[("other_medicines", "yes"), ("anti_clot_pill", "yes"), ("fever", "not sure")],
];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let of_spasms = 0..SPASMS.len();
    let step = prop_oneof![
        (1..30_i64).prop_map(Step::Waits),
        (of_spasms.clone(), prop_oneof![1..4_usize, Just(60)]).prop_map(|(of, most)| Step::Asks(of, most)),
        (0..10_u8, any::<bool>()).prop_map(|(pain, new)| Step::Writes(pain, new)),
        of_spasms.prop_map(Step::AsksAboutADose),
        Just(Step::Takes),
    ];
    prop::collection::vec(step, 1..4)
}

fn does(person: &mut Person, steps: &[Step]) {
    for step in steps {
        person.wait(SignedDuration::from_mins(7));
        match step {
            Step::Waits(some) => person.wait(hours(*some)),
            Step::Asks(of, most) => {
                if person.standing().concluded().is_some() {
                    person.post("/changed", &[]);
                }
                let answers = spasm_with(SPASMS[*of]);
                let mut asked = 0;
                while asked < *most && person.answer_next(&answers) {
                    asked += 1;
                }
                person.post("/check", &[]);
            }
            Step::Writes(pain, new) => {
                let new = if *new { "yes" } else { "no" };
                person.post("/diary", &[("pain_now", &pain.to_string()), ("new_danger", new)]);
            }
            Step::AsksAboutADose(of) => {
                person.post("/medicines/region", &[("dose_region", "us")]);
                asks_about_ibuprofen(person, &spasm_with(SPASMS[*of]));
            }
            Step::Takes => {
                let at = person.now.timestamp().to_string();
                takes(person, &at, 200, "ibuprofen");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn after_an_import_nothing_that_stands_is_less(
        (both, ours, theirs) in (prop::option::of(steps()), steps(), steps())
    ) {
        let mut ours_now = Person::new();
        does(&mut ours_now, &both.clone().unwrap_or_default());
        let mut file = if both.is_some() { copy(&ours_now) } else { Person::new() };
        does(&mut ours_now, &ours);
        does(&mut file, &theirs);
        let mut here = copy(&ours_now);
        here.now = ours_now.now.clone().max(file.now.clone());
        here.wait(hours(1));
        // A later copy of the same record says what its person said since.
        prop_assume!(!goes_on(&here.record, &file_of(&file)));
        let was = stands(&here);
        let painkillers = ["ibuprofen", "acetaminophen", "naproxen", "aspirin"];
        let verdicts = painkillers.map(|ingredient| verdict(&here, ingredient));
        let taken_in = brings_now(&mut here, &file);
        let is = stands(&here);
        prop_assert!(was.0 <= is.0, "{was:?}, {is:?}: {:?}", taken_in.told);
        prop_assert!(is.1 || !was.1 || is.0 == Urgency::Emergency, "still to be asked: {:?}", taken_in.told);
        for (ingredient, was) in painkillers.into_iter().zip(verdicts) {
            let is = verdict(&here, ingredient);
            let is_looser = is.level() < was.level();
            prop_assert!(!is_looser || was.waits_for_answers(), "{ingredient}: {was:?}, {is:?}");
            prop_assert!(!is_looser || says(&taken_in, "Less will speak against"), "{:?}", taken_in.told);
        }
        let unheard = stands(&file).0;
        let is_told = ["What this file says is more urgent", "Your outcome will then be:"];
        prop_assert!(unheard <= was.0 || is_told.iter().any(|line| says(&taken_in, line)));
    }
}

#[test]
fn what_came_in_with_a_gap_gets_no_yes_for_a_month_wherever_it_goes() {
    let mut kim = told(&plain_spasm());
    assert_eq!(verdict(&kim, "ibuprofen").level(), DoseLevel::Allowed);
    kim.record.note_faults(vec![store::Fault::Missing {
        first: store::Sequence(kim.record.last().0 + 1),
        last: store::Sequence(kim.record.last().0 + 2),
    }]);
    assert_eq!(verdict(&kim, "ibuprofen").level(), DoseLevel::AskFirst);
    // Into a new record, and from there into another.
    let mut sam = Person::new();
    let taken_in = brings(&mut sam, &kim);
    assert_eq!(taken_in.events.last().map(|(_, event)| event), Some(&Event::CameInIncomplete { missing: 2 }));
    assert_eq!(verdict(&sam, "ibuprofen").level(), DoseLevel::AskFirst);
    let mut lee = Person::new();
    brings(&mut lee, &sam);
    assert_eq!(verdict(&lee, "ibuprofen").level(), DoseLevel::AskFirst);
    assert_eq!(brings_now(&mut lee, &sam).events, []);
    // By then no dose of that time counts any more.
    let lacks = |sam: &Person| sam.record.dose_log().lacks_doses(sam.now.timestamp());
    sam.wait(care::medicine::LOSS_MATTERS - hours(1));
    assert!(lacks(&sam));
    sam.wait(hours(1));
    assert!(!lacks(&sam));
}

/// The mark of a loss is no older than the file: a clock that is put right ends it no sooner.
#[test]
fn a_gap_that_came_in_by_a_clock_that_was_behind_counts_from_when_the_file_was_made() {
    let mut kim = told(&plain_spasm());
    kim.record.note_faults(vec![store::Fault::NoEnd]);
    let mut sam = Person::new();
    sam.wait(-hours(90 * 24));
    brings_now(&mut sam, &kim);
    sam.wait(hours(100 * 24));
    assert!(sam.record.dose_log().lacks_doses(sam.now.timestamp()));
    sam.wait(hours(30 * 24));
    assert!(!sam.record.dose_log().lacks_doses(sam.now.timestamp()));
}

#[test]
fn no_dose_counts_longer_than_a_loss_matters() {
    let book = guideline().book();
    let medicines = book.medicines.iter().map(|medicine| medicine.max_days);
    let packs = book.products.iter().filter_map(|product| product.limits.max_days);
    let longest = medicines.chain(packs).max().expect("the book has medicines");
    let pause = guideline().whole_threshold(care::Cutoff::DaysPause);
    let pause = SignedDuration::from_hours(i64::from(pause));
    assert!(hours(24 * i64::from(longest)) + pause < care::medicine::LOSS_MATTERS);
}

#[test]
fn something_new_in_a_file_shuts_painkillers_though_no_questions_were_begun() {
    let mut kim = told(&plain_spasm());
    kim.wait(hours(1));
    kim.post("/diary", &[("pain_now", "4"), ("new_danger", "yes")]);
    assert_eq!(verdict(&kim, "ibuprofen").level(), DoseLevel::AskFirst);
    // The same file, but that it says nothing of the questions which were opened by that.
    let text = export(guideline(), &kim.record, kim.now.timestamp());
    let mut file: Value = serde_json::from_str(&text).unwrap();
    let events = file["events"].as_array_mut().unwrap();
    let last = events.pop().unwrap();
    assert_eq!(last["event"]["kind"], "interview_started");
    let import = from_json(&file.to_string()).unwrap();
    let mut sam = Person::new();
    sam.now = kim.now.clone();
    let taken_in = to_take_in(guideline(), &sam.record, &import, &sam.now);
    sam.record = super::with(&sam.record, &taken_in.events);
    assert!(reported_new(&sam.record).is_some());
    assert_eq!(verdict(&sam, "ibuprofen").level(), DoseLevel::AskFirst);
}

#[test]
fn that_a_file_lacks_entries_is_written_down_also_where_nothing_else_comes_in() {
    let kim = told(&plain_spasm());
    let mut sam = copy(&kim);
    let mut damaged = copy(&kim);
    let next = store::Sequence(damaged.record.last().0 + 1);
    damaged.record.note_faults(vec![store::Fault::Missing { first: next, last: next }]);
    assert_eq!(verdict(&sam, "ibuprofen").level(), DoseLevel::Allowed);
    let taken_in = brings(&mut sam, &damaged);
    assert_eq!(taken_in.events.len(), 1);
    assert_eq!(verdict(&sam, "ibuprofen").level(), DoseLevel::AskFirst);
}
