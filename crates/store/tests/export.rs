//! A record goes out and comes back as it was, and meets another without harm.
#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong in a helper is a failed test")]

use std::collections::BTreeMap;

use care::DoseLevel;
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use proptest::prelude::*;
use serde_json::{Value, json};
use store::{
    Activity, CheckIn, DoseTaken, Event, Helped, ImportError, KeptCertificate, LeavingOut, NewDanger,
    Preview, Proposal, Reason, Record, RegionPain, Restart, Sequence, Settings, Shown, Sleep, Stored,
    ToldRule, Trigger, from_json, goes_on, preview, preview_without, to_csv, to_import, to_import_without,
    to_json,
};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + second).unwrap()
}

/// A record of these events, each one second after the other from a time on.
fn record(from: i64, events: Vec<Event>) -> Record {
    add(Record::default(), events.into_iter().zip(from..).map(|(event, second)| (at(second), event)))
}

fn add(mut record: Record, events: impl IntoIterator<Item = (Timestamp, Event)>) -> Record {
    for (at, event) in events {
        let sequence = Sequence(record.last().0 + 1);
        record.push(Stored { sequence, at, once: None, event });
    }
    record
}

fn export(record: &Record) -> store::Import {
    from_json(&to_json(record.events(), at(0))).unwrap()
}

/// `theirs` imported into `ours`.
fn merged(ours: &Record, theirs: &Record) -> Record {
    add(ours.clone(), to_import(ours, &export(theirs)))
}

fn dose(name: &str) -> Event {
    Event::DoseTaken(DoseTaken {
        at: at(-60),
        product: None,
        name: name.to_owned(),
        units: 2,
        amounts: vec![("ibuprofen".to_owned(), 400)],
        region: "uk".to_owned(),
        verdict: DoseLevel::Allowed,
        hundredths: None,
        time_unknown: false,
    })
}

fn check_in(note: &str) -> Event {
    Event::CheckedIn(CheckIn {
        at: at(-30),
        pain_now: 4,
        pain_worst: Some(7),
        regions: vec![RegionPain { region: "low_back_left".to_owned(), pain: Some(6) }],
        function: Some(3),
        sleep: Some(Sleep::Broken),
        activity: Some(Activity::Less),
        triggers: vec![
            Trigger::Known { cause: "long_sitting".to_owned(), words: "sitting".to_owned() },
            Trigger::Own("lifting".to_owned()),
        ],
        new_danger: NewDanger::NotSure,
        note: note.to_owned(),
    })
}

fn begin() -> Event {
    Event::InterviewStarted {
        because: Restart::StartOver,
        keeps: BTreeMap::new(),
        starts_with: BTreeMap::new(),
    }
}

fn answer(question: &str, answer: &str) -> Event {
    Event::Answered {
        question: question.to_owned(),
        answers: BTreeMap::from([(question.to_owned(), json!(answer))]),
        dropped: Vec::new(),
        after_triage: false,
    }
}

fn assessed(title: &str) -> Event {
    assessed_as(title, care::Urgency::SameDay)
}

fn assessed_as(title: &str, urgency: care::Urgency) -> Event {
    let shown = Shown {
        guideline_version: "1".to_owned(),
        guideline_hash: "abc".to_owned(),
        urgency,
        title: title.to_owned(),
        actions: vec!["Call".to_owned()],
        because: Vec::new(),
        rules: Some(Vec::new()),
        plan: None,
        seal: title.to_owned(),
    };
    let certificate = KeptCertificate::from_json(&json!({"b": 1, "a": [0.1]}));
    Event::Assessed { because: Reason::Interview, shown: shown.into(), certificate, came_in: false }
}

fn seals(record: &Record) -> Vec<&str> {
    record.assessments().iter().map(|assessment| assessment.shown.seal.as_str()).collect()
}

fn titles(record: &Record) -> Vec<&str> {
    record.assessments().iter().map(|assessment| assessment.shown.title.as_str()).collect()
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("a number of JSON", |number| number.is_finite()).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(("\\PC{0,5}", inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

fn answers() -> impl Strategy<Value = BTreeMap<String, Value>> {
    prop::collection::btree_map("[a-d]", value(), 0..3)
}

fn moment() -> impl Strategy<Value = Timestamp> {
    (0..100_000_i64, 0..1_000_000_000_i32)
        .prop_map(|(second, nanosecond)| Timestamp::new(1_795_000_000 + second, nanosecond).unwrap())
}

fn shown() -> impl Strategy<Value = Shown> {
    (any::<String>(), prop::collection::vec(any::<String>(), 0..3)).prop_map(|(title, lines)| Shown {
        guideline_version: "1".to_owned(),
        guideline_hash: "abc".to_owned(),
        urgency: care::Urgency::Emergency,
        title,
        actions: lines.clone(),
        rules: Some(lines.iter().map(|rule| ToldRule { rule: rule.clone(), holds: true }).collect()),
        plan: Some(lines.clone()),
        because: lines,
        seal: "def".to_owned(),
    })
}

fn event() -> impl Strategy<Value = Event> {
    let restart = prop_oneof![Just(Restart::First), Just(Restart::CheckIn), Just(Restart::NewSpell)];
    let pain = || prop::option::of(0..=10_u8);
    prop_oneof![
        (restart, answers(), answers()).prop_map(|(because, keeps, starts_with)| Event::InterviewStarted {
            because,
            keeps,
            starts_with
        }),
        (any::<String>(), "[a-d]", value()).prop_map(|(text, finding, answer)| Event::OwnWords {
            proposals: vec![Proposal { finding, answer, words: text.clone() }],
            about: text.starts_with('a').then_some(Helped::They),
            text,
        }),
        ("[a-d]", answers(), prop::collection::vec("[a-d]", 0..2), any::<bool>()).prop_map(
            |(question, answers, dropped, after_triage)| Event::Answered {
                question,
                answers,
                dropped,
                after_triage
            }
        ),
        ("[a-d]", prop::collection::vec("[a-d]", 0..2), any::<bool>()).prop_map(
            |(question, findings, after_triage)| Event::TakenBack { question, findings, after_triage }
        ),
        (shown(), value()).prop_map(|(shown, certificate)| Event::Assessed {
            because: Reason::CheckIn,
            shown: shown.into(),
            certificate: KeptCertificate::from_json(&certificate),
            came_in: false,
        }),
        (shown(), value()).prop_map(|(shown, certificate)| Event::AssessedEarlier {
            because: Reason::Interview,
            shown: shown.into(),
            certificate: KeptCertificate::from_json(&certificate)
        }),
        (moment(), any::<String>(), any::<u32>()).prop_map(|(at, name, units)| Event::DoseTaken(DoseTaken {
            at,
            product: Some(name.clone()),
            amounts: vec![(name.clone(), units)],
            name,
            units,
            region: "us".to_owned(),
            verdict: DoseLevel::Wait,
            hundredths: None,
            time_unknown: false,
        })),
        (moment(), 0..=10_u8, pain(), any::<String>()).prop_map(|(at, pain_now, pain_worst, note)| {
            Event::CheckedIn(CheckIn {
                at,
                pain_now,
                pain_worst,
                regions: vec![RegionPain { region: note.clone(), pain: pain_worst }],
                function: pain_worst,
                sleep: Some(Sleep::Hardly),
                activity: None,
                triggers: vec![Trigger::Own(note.clone())],
                new_danger: NewDanger::NotSure,
                note,
            })
        }),
        ("[a-d]", moment(), moment(), pain(), pain()).prop_map(|(remedy, began, ended, before, after)| {
            Event::RemedyTried { remedy, began, ended, before, after }
        }),
        ("[a-d]", any::<bool>(), 0..24_i8, prop::option::of(any::<u16>())).prop_map(
            |(habit, on, hour, remind_minutes)| Event::HabitChosen {
                habit,
                on,
                time: Some(jiff::civil::time(hour, 5, 0, 0)),
                remind_minutes
            }
        ),
        ("[a-d]", 1..28_i8, any::<bool>()).prop_map(|(habit, day, done)| Event::HabitDone {
            habit,
            on: jiff::civil::date(2026, 11, day),
            done
        }),
        // Also some that name nothing, or what comes later.
        (0..30_i64).prop_map(|entry| Event::Withdrawn { entry: Sequence(entry) }),
        (prop::option::of("[a-d]"), prop::option::of("[a-d]")).prop_map(|(region, time_zone)| {
            Event::SettingsChanged(Settings { region, time_zone, ..Settings::default() })
        }),
    ]
}

/// A record as it may be: mostly in order of time, now and then with a clock set back.
fn any_record() -> impl Strategy<Value = Record> {
    prop::collection::vec((moment(), event()), 0..25).prop_map(|mut events| {
        let clocks = events.len() / 5;
        events[clocks..].sort_by_key(|(at, _)| *at);
        add(Record::default(), events)
    })
}

/// What a record says, wherever its entries stand.
fn without_events_that_name_nothing(record: &Record) -> Vec<Stored> {
    let mut events = record.events().to_vec();
    for stored in &mut events {
        if let Event::Withdrawn { entry } = &mut stored.event
            && *entry >= stored.sequence
        {
            *entry = Sequence(0);
        }
    }
    events
}

/// The same as it stands where it came in with a file.
fn come_in(mut stored: Stored) -> Stored {
    if let Event::Assessed { came_in, .. } = &mut stored.event {
        *came_in = true;
    }
    stored
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn an_export_comes_back_as_the_same_record(record in any_record()) {
        let import = export(&record);
        let expected = without_events_that_name_nothing(&record);
        prop_assert_eq!(import.events(), &expected[..]);
        let new = add(Record::default(), to_import(&Record::default(), &import));
        prop_assert_eq!(new, Record::of(expected.into_iter().map(come_in)));
    }

    #[test]
    fn to_import_ones_own_export_changes_nothing(record in any_record()) {
        let import = export(&record);
        prop_assert_eq!(to_import(&record, &import), vec![]);
        let preview = preview(&record, &import);
        prop_assert_eq!((preview.already_there, preview.added), (record.events().len(), 0));
    }

    #[test]
    fn an_import_counts_once_and_as_announced((ours, theirs) in (any_record(), any_record())) {
        let before = preview(&ours, &export(&theirs));
        let both = merged(&ours, &theirs);
        // At most one event more than was announced: the beginning that was never written down.
        let grown = both.events().len() - ours.events().len();
        prop_assert!(grown == before.added || grown == before.added + 1);
        prop_assert_eq!(before.already_there + before.outdated + before.left_out + before.added, before.events);
        prop_assert_eq!(both.assessments().len() - ours.assessments().len(), before.assessments);
        let again = preview(&both, &export(&theirs));
        prop_assert_eq!(again.added, 0);
        prop_assert_eq!(&both.events()[..ours.events().len()], ours.events());
    }

    #[test]
    fn a_table_has_a_row_for_each_entry(record in any_record()) {
        let csv = to_csv(&record, &TimeZone::UTC);
        let rows = parse(&csv);
        let entries = record.doses().len() + record.check_ins().len() + record.trials().len();
        prop_assert_eq!(rows.len(), entries + 1);
        for row in &rows {
            prop_assert_eq!(row.len(), rows[0].len());
            for cell in row {
                prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{:?}", cell);
            }
        }
    }
}

/// RFC 4180, read by other rules than it was written by.
fn parse(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = csv.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'));
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    assert!(!quoted && row.is_empty() && cell.is_empty(), "it ends with a line break");
    rows
}

#[test]
fn a_withdrawal_still_names_its_entry() {
    let theirs =
        record(0, vec![check_in("kept"), dose("a"), dose("b"), Event::Withdrawn { entry: Sequence(2) }]);
    let ours = record(100, vec![dose("ours"), check_in("ours")]);
    let both = merged(&ours, &theirs);
    let names: Vec<&str> = both.doses().iter().map(|dose| dose.what.name.as_str()).collect();
    assert_eq!(names, ["ours", "b"]);
    assert_eq!(both.check_ins().len(), 2);
    // The entry is here already and only the withdrawal is new.
    let here = record(0, vec![check_in("kept"), dose("a")]);
    let here = add(here, [(at(50), dose("ours"))]);
    assert_eq!(merged(&here, &theirs).doses().len(), 2);
}

#[test]
fn a_dose_that_a_file_takes_back_is_named_before_anything_is_added() {
    let ours = record(0, vec![dose("Nurofen"), check_in("stiff")]);
    let mut theirs = ours.clone();
    for entry in [Sequence(1), Sequence(2)] {
        theirs = add(theirs, [(at(90), Event::Withdrawn { entry })]);
    }
    // Brought and taken back by the file itself: the record loses nothing by it.
    theirs = add(theirs, [(at(91), dose("Advil")), (at(92), Event::Withdrawn { entry: Sequence(5) })]);
    let preview = store::preview(&ours, &export(&theirs));
    let names: Vec<&str> = preview.doses_taken_back.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((names, preview.taken_back), (vec!["Nurofen"], 1));
    assert!(store::preview(&theirs, &export(&theirs)).doses_taken_back.is_empty());
}

#[test]
fn numbers_with_gaps_are_numbered_anew() {
    let whole = record(0, vec![check_in("a"), check_in("b"), check_in("c")]);
    let left: Vec<Stored> = [0, 2].map(|place: usize| whole.events()[place].clone()).to_vec();
    assert_eq!(from_json(&to_json(&left, at(0))).unwrap().missing, 1, "and what they lack is told");
    let events = record(0, vec![dose("a"), dose("b"), dose("c"), Event::Withdrawn { entry: Sequence(3) }]);
    let events: Vec<Stored> = events.events()[1..].to_vec();
    let import = from_json(&to_json(&events, at(0))).unwrap();
    assert_eq!(import.events().iter().map(|stored| stored.sequence.0).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(import.events()[2].event, Event::Withdrawn { entry: Sequence(2) });
}

#[test]
fn an_emergency_that_stands_gives_way_to_no_answers_of_a_file() {
    use care::Urgency::{Emergency, SameDay, SelfCare};
    let triage = |from, numb, urgency| {
        record(from, vec![begin(), answer("numb", numb), assessed_as(&format!("{urgency:?}"), urgency)])
    };
    let (danger, later) = (triage(0, "yes", Emergency), triage(100, "no", SelfCare));
    let both = merged(&danger, &later);
    assert_eq!(both.interview(), danger.interview(), "it is lifted here or not at all");
    assert_eq!(both.assessments().len(), 2, "and what the file told is kept");
    // Anything less gives way here to what was answered later: whether it may, only who knows
    // the guideline can tell.
    let less = triage(0, "no", SameDay);
    assert_eq!(merged(&less, &later).interview().answers, later.interview().answers);
    let without = LeavingOut { answers: true, diary: false };
    let left = add(less.clone(), to_import_without(&less, &export(&later), without));
    assert_eq!((left.interview(), left.assessments().len()), (less.interview(), 2));
    let looked = preview_without(&less, &export(&later), without);
    assert_eq!((looked.left_out, looked.added, looked.assessments), (2, 1, 1));
    assert_eq!(to_import_without(&left, &export(&later), without), [], "once");
}

#[test]
fn what_was_asked_after_an_outcome_makes_no_danger_sign_older() {
    let after = |question, said: &str| match answer(question, said) {
        Event::Answered { question, answers, dropped, .. } => {
            Event::Answered { question, answers, dropped, after_triage: true }
        }
        other => other,
    };
    let both = record(0, vec![begin(), answer("numb", "no"), assessed("calm")]);
    let ours = add(both.clone(), [(at(50), after("ulcer", "no"))]);
    let theirs = add(both.clone(), [(at(30), begin()), (at(31), answer("numb", "yes"))]);
    assert_eq!(merged(&ours, &theirs).interview().answers, theirs.interview().answers);
    // And what was asked after it goes on by itself.
    assert_eq!(merged(&both, &ours).interview().answers, ours.interview().answers);
}

#[test]
fn a_clinician_clears_what_they_were_told_of_and_a_file_is_a_later_copy_where_it_begins_with_all_of_it() {
    let cleared =
        || Event::DoseCleared(store::DoseCleared { at: at(-10), ingredient: "ibuprofen".to_owned() });
    let theirs = record(0, vec![dose("a"), dose("b"), cleared()]);
    let withdrawn = add(theirs.clone(), [(at(20), Event::Withdrawn { entry: Sequence(3) })]);
    let ours = record(0, vec![dose("a"), dose("b")]);
    assert_eq!(merged(&ours, &theirs).cleared().len(), 1, "they knew of both");
    assert!(goes_on(&ours, &export(&theirs)) && !goes_on(&theirs, &export(&ours)));
    let ours = add(ours, [(at(9), dose("of ours"))]);
    assert!(!goes_on(&ours, &export(&theirs)));
    for theirs in [theirs, withdrawn] {
        let both = merged(&ours, &theirs);
        assert_eq!((both.cleared().len(), both.doses().len()), (0, 3));
        let looked = preview(&ours, &export(&theirs));
        assert_eq!((looked.unknowing, looked.cleared, looked.added), (1, 0, 0));
        assert_eq!(to_import(&both, &export(&theirs)), []);
    }
}

#[test]
fn only_what_a_page_can_take_back_is_taken_back_by_a_file() {
    let taking_back =
        |entry| record(0, vec![begin(), dose("a"), Event::Withdrawn { entry: Sequence(entry) }]);
    let check = |entry| export(&taking_back(entry)).check(at(60)).map_err(|error| error.to_string());
    assert_eq!(check(2), Ok(()));
    assert_eq!(check(0), Ok(()), "of a record with a gap: it names nothing");
    assert!(
        check(1).unwrap_err().contains("event 3 of the file cannot be right: it takes back entry 1, which")
    );
}

#[test]
fn an_old_interview_leaves_the_one_under_way_alone() {
    let theirs = record(0, vec![begin(), answer("numb", "yes"), assessed("old"), dose("old")]);
    let ours = record(100, vec![begin(), answer("numb", "no")]);
    let both = merged(&ours, &theirs);
    assert_eq!(both.interview(), ours.interview());
    assert_eq!(both.interview().assessed, None, "an old triage does not finish a new interview");
    assert_eq!(seals(&both), ["old"]);
    let ours = add(ours, [(at(110), assessed("new"))]);
    let both = merged(&ours, &theirs);
    assert_eq!(seals(&both), ["old", "new"], "the newest stays the last");
    assert_eq!(both.interview(), ours.interview());
    let preview = preview(&ours, &export(&theirs));
    let (events, outdated, added) = (4, 2, 2);
    let (from, to) = (Some(at(0)), Some(at(3)));
    let expected =
        Preview { events, from, to, outdated, added, doses: 1, assessments: 1, ..Preview::default() };
    assert_eq!(preview, expected);
}

/// Whoever makes a file could have us say anything with words of theirs.
#[test]
fn what_was_told_elsewhere_is_told_here_without_its_words() {
    let theirs = record(0, vec![begin(), answer("numb", "no"), assessed("take twenty tablets")]);
    let new = add(Record::default(), to_import(&Record::default(), &export(&theirs)));
    assert_eq!(titles(&new), [""]);
    assert!(new.assessments()[0].shown.actions.is_empty());
    let both = merged(&record(100, vec![begin(), assessed("ours")]), &theirs);
    assert_eq!(titles(&both), ["", "ours"]);
    assert!(to_json(new.events(), at(0)).contains("take twenty tablets"), "an export loses nothing");
}

#[test]
fn a_newer_interview_takes_over() {
    let ours = record(0, vec![answer("numb", "yes"), assessed("old")]);
    let theirs = record(100, vec![begin(), answer("numb", "no"), assessed("new")]);
    let both = merged(&ours, &theirs);
    assert_eq!(both.interview().answers, theirs.interview().answers);
    assert_eq!(seals(&both), ["old", "new"]);
    assert_eq!(both.interview().assessed, Some(Sequence(5)));
}

#[test]
fn a_first_interview_does_not_run_into_the_one_that_is_here() {
    let ours = record(0, vec![begin(), answer("numb", "yes")]);
    let theirs = record(100, vec![dose("a"), answer("fever", "no")]);
    let both = merged(&ours, &theirs);
    assert_eq!(both.interview().answers, theirs.interview().answers);
    // And goes on, when the other copy is exported again later.
    let theirs = add(theirs, [(at(110), answer("weak", "no")), (at(111), assessed("both"))]);
    let both = merged(&both, &theirs);
    assert_eq!(both.interview().answers, theirs.interview().answers);
    assert!(both.interview().assessed.is_some());
}

#[test]
fn an_interview_goes_on_where_the_other_copy_took_it() {
    let ours = record(0, vec![begin(), answer("numb", "no")]);
    let theirs = add(ours.clone(), [(at(10), answer("fever", "no"))]);
    assert_eq!(merged(&ours, &theirs).interview(), theirs.interview());
    // Not where this copy has gone on itself.
    let ours = add(ours, [(at(20), answer("weak", "yes"))]);
    assert_eq!(merged(&ours, &theirs).interview(), ours.interview());
}

#[test]
fn newer_settings_and_habits_stay() {
    let settings = |region: &str, time_zone: Option<&str>| {
        Event::SettingsChanged(Settings {
            dose_region: Some(region.to_owned()),
            time_zone: time_zone.map(str::to_owned),
            ..Settings::default()
        })
    };
    let habit = |on| Event::HabitChosen { habit: "walk".to_owned(), on, time: None, remind_minutes: None };
    let done =
        |done| Event::HabitDone { habit: "walk".to_owned(), on: jiff::civil::date(2026, 11, 24), done };
    let theirs = record(0, vec![settings("us", Some("America/New_York")), habit(true), done(true)]);
    let ours = record(100, vec![settings("uk", None), habit(false), done(false)]);
    let both = merged(&ours, &theirs);
    assert_eq!(both.settings().dose_region.as_deref(), Some("uk"));
    assert_eq!(both.settings().time_zone.as_deref(), Some("America/New_York"), "not named here yet");
    assert_eq!(both.habits(), ours.habits());
    assert_eq!(merged(&theirs, &ours).settings().dose_region.as_deref(), Some("uk"));
}

#[test]
fn a_file_saved_by_another_program_is_known_again() {
    let ours = record(0, vec![assessed("a"), check_in("b")]);
    let export: Value = serde_json::from_str(&to_json(ours.events(), at(0))).unwrap();
    let mut sorted = export.clone();
    sorted.sort_all_objects();
    assert_ne!(sorted.to_string(), export.to_string());
    assert_eq!(to_import(&ours, &from_json(&sorted.to_string()).unwrap()), []);
}

#[test]
fn an_export_has_no_tokens() {
    let stored =
        Stored { sequence: Sequence(1), at: at(0), once: Some("a token".to_owned()), event: dose("a") };
    assert!(!to_json(&[stored], at(0)).contains("a token"));
}

#[test]
fn what_is_no_export_is_refused_with_its_reason() {
    let check = |text: &str, expected: &str| {
        let error = from_json(text).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    let with = |part: &str, value: Value| {
        let mut export: Value =
            serde_json::from_str(&to_json(record(0, vec![dose("a"), dose("b")]).events(), at(0))).unwrap();
        *export.pointer_mut(part).unwrap() = value;
        export.to_string()
    };
    check("{", "the file is not JSON (EOF while parsing an object at line 1 column 1)");
    check("[]", "the file is not an export of a record");
    check(&with("/schema", json!("fhir")), "the file is not an export of a record");
    check(
        &with("/version", json!(2)),
        "made by a newer version of this program (format 2, this one knows 1); install the newer version",
    );
    check(&with("/version", json!("1")), "the file has no version that reads");
    check(&with("/version", json!(0)), "the file has no version that reads");
    check(&with("/exported", json!("yesterday")), "the file has no time of export that reads");
    check(&with("/events", json!({})), "the file has no list of events that reads");
    check(
        &with("/events/1/event/kind", json!("dreamt")),
        "event 2 of the file does not read: unknown variant `dreamt`",
    );
    check(&with("/events/0/event/units", json!(-1)), "event 1 of the file does not read: invalid value");
    check(&with("/events/0/at", json!("noon")), "event 1 of the file does not read: ");
    check(
        &with("/events/1/sequence", json!(1)),
        "event 2 of the file has the number 1, which is not after the one before it",
    );
    check(&with("/events", json!(vec![0; 100_001])), "the file has 100001 events, more than the 100000");
    let bytes = store::MOST_BYTES + 1;
    assert_eq!(from_json(&" ".repeat(bytes)), Err(ImportError::TooLong { bytes }));
}

#[test]
fn a_table_reads_in_a_spreadsheet() {
    let record = record(
        0,
        vec![
            check_in("=HYPERLINK(\"x\"), said \"ouch\"\nand sat down"),
            dose("Advil, 2 tablets"),
            Event::RemedyTried {
                remedy: "heat".to_owned(),
                began: at(-90),
                ended: at(-80),
                before: Some(6),
                after: None,
            },
        ],
    );
    let csv = to_csv(&record, &TimeZone::fixed(Offset::constant(-5)));
    assert_eq!(
        csv,
        "type,time,written,pain_now,pain_worst,places,function,sleep,activity,triggers,new_danger,note,medicine,\
         units,amounts,limits,verdict,remedy,ended,pain_before,pain_after,number\r\n\
         remedy,2026-11-18T06:05:10-05:00,2026-11-18T06:06:42-05:00,,,,,,,,,,,,,,,heat,\
         2026-11-18T06:05:20-05:00,6,,3\r\n\
         dose,2026-11-18T06:05:40-05:00,2026-11-18T06:06:41-05:00,,,,,,,,,,\"Advil, 2 tablets\",2,\
         ibuprofen 400,uk,allowed,,,,,2\r\n\
         check-in,2026-11-18T06:06:10-05:00,2026-11-18T06:06:40-05:00,4,7,low_back_left 6,3,broken,less,\
         sitting; lifting,not_sure,\"'=HYPERLINK(\"\"x\"\"), said \"\"ouch\"\"\nand sat down\",,,,,,,,,,1\r\n"
    );
}

#[test]
fn the_table_is_read_as_a_diary_again() {
    let entry = |number: i64, at: &str, pain: u8| Stored {
        sequence: Sequence(number),
        at: at.parse().unwrap(),
        once: None,
        event: Event::CheckedIn(CheckIn {
            at: at.parse().unwrap(),
            pain_now: pain,
            pain_worst: Some(9),
            regions: vec![RegionPain { region: "low_back".into(), pain: Some(pain) }],
            function: Some(4),
            sleep: None,
            activity: None,
            triggers: vec![Trigger::Own("a;=1+1".into()), Trigger::Own("sitting".into())],
            new_danger: NewDanger::No,
            note: "two\nlines, \"quoted\"".into(),
        }),
    };
    let record = Record::of([
        entry(1, "2026-11-20T08:00:00Z", 7),
        entry(2, "2026-11-20T08:10:00Z", 4),
        entry(3, "2026-11-22T20:00:00Z", 5),
    ]);
    let diary = store::read_diary(&store::to_csv(&record, &jiff::tz::TimeZone::UTC)).unwrap();
    let read: Vec<(u32, u8)> =
        diary.series.check_ins().iter().map(|entry| (entry.at.get(), entry.pain.get())).collect();
    assert_eq!(read, [(0, 7), (1, 4), (60, 5)]);
    let last = diary.series.last();
    assert_eq!(
        (last.place.as_deref(), last.function.map(care::recovery::FunctionScore::get)),
        (Some("low_back"), Some(4))
    );
    assert_eq!(diary.last.map(|day| day.to_string()).as_deref(), Some("2026-11-22"));
}

#[test]
fn a_diary_that_was_mixed_is_so_however_many_events_are_read_at_once() {
    let entry = |second: i64| match check_in("") {
        Event::CheckedIn(entry) => Event::CheckedIn(CheckIn { at: at(second), ..entry }),
        other => other,
    };
    let events: Vec<Stored> = [entry(10), Event::Withdrawn { entry: Sequence(1) }, entry(5)]
        .into_iter()
        .zip(1..)
        .map(|(event, number)| Stored { sequence: Sequence(number), at: at(60), once: None, event })
        .collect();
    let mut grown = Record::default();
    for event in &events {
        grown.push(event.clone());
    }
    assert!(!grown.is_diary_as_written());
    assert_eq!(grown, Record::of(events));
}

#[test]
fn a_record_that_grows_event_by_event_is_the_one_that_is_read_whole_and_in_good_time() {
    // In reverse order, each second one taken back: what made a fold quadratic.
    let time = |minute: i64| jiff::Timestamp::from_second(1_700_000_000 - 60 * minute).unwrap();
    let entry = |minute: i64| {
        Event::CheckedIn(CheckIn {
            at: time(minute),
            pain_now: 5,
            pain_worst: None,
            regions: Vec::new(),
            function: None,
            sleep: None,
            activity: None,
            triggers: Vec::new(),
            new_danger: NewDanger::No,
            note: String::new(),
        })
    };
    let events = |many: i64| {
        (1..=many).map(move |number| Stored {
            sequence: Sequence(number),
            at: time(-number),
            once: None,
            event: if number % 3 == 0 {
                Event::Withdrawn { entry: Sequence(number - 1) }
            } else {
                entry(number)
            },
        })
    };
    let mut grown = Record::default();
    events(300).for_each(|stored| grown.push(stored));
    assert_eq!(grown, Record::of(events(300)));
    let start = std::time::Instant::now();
    let record = Record::of(events(99_999));
    assert_eq!(record.check_ins().len(), 33_333);
    assert!(record.check_ins().is_sorted_by_key(|entry| entry.what.at));
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
