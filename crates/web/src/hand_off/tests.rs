//! What is handed over comes back as it was, says what the page says, and is believed no more
//! than anything else that comes in.

use std::path::Path;

use care::Urgency;
use jiff::SignedDuration;
use jiff::tz::TimeZoneDatabase;
use serde_json::{Value, json};
use store::{CheckIn, NewDanger, RegionPain, Sleep, to_import};
use tell::Message;

use super::*;
use crate::events::assessed;
use crate::incoming::read_import;
use crate::replay::{ReplayResult, replay};
use crate::testing::{Person, guideline, plain_spasm};

fn anywhere() -> &'static Region {
    &guideline().book().regions[0]
}

fn bundle_of(record: &Record, now: &Zoned) -> Option<String> {
    fhir_bundle(guideline(), record, anywhere(), now, Confided::PutOn)
}

fn import(text: &str, now: &Zoned) -> Result<Record, String> {
    let zones = TimeZoneDatabase::bundled().into();
    let import =
        read_import(guideline(), &zones, text, now.timestamp()).map_err(|error| error.to_string())?;
    let mut record = Record::default();
    for (at, event) in to_import(&Record::default(), &import) {
        record.add(at, event);
    }
    Ok(record)
}

#[test]
fn an_excess_that_nobody_cleared_is_handed_on_however_long_ago_it_was() {
    let mut person = Person::with_a_plain_spasm();
    let at = person.now.timestamp();
    person.record.add(
        at,
        Event::DoseTaken(DoseTaken {
            at,
            product: None,
            name: "Paracetamol, 9,750 mg".to_owned(),
            units: 9_750,
            hundredths: None,
            amounts: vec![("acetaminophen".to_owned(), 9_750)],
            region: "uk".to_owned(),
            verdict: care::DoseLevel::Never,
            time_unknown: false,
        }),
    );
    person.wait(SignedDuration::from_hours(9 * 24));
    let back = import(&bundle_of(&person.record, &person.now).unwrap(), &person.now).unwrap();
    let paracetamol = care::medicine_for(guideline(), "uk", "acetaminophen").unwrap();
    let next = care::Dose::of_ingredient(paracetamol, 500).unwrap();
    let level = |record: &Record| {
        let (log, answers) = (record.dose_log(), Answers::none(guideline()));
        care::may_take(guideline(), "uk", &log, &next, &answers, person.now.timestamp()).level()
    };
    assert_eq!(level(&person.record), care::DoseLevel::Never);
    assert_eq!(level(&back), care::DoseLevel::Never);
}

/// How somebody stands: the answers that they gave, those that the decision rests on, and why.
fn stands(record: &Record, now: &Zoned) -> Option<(Certificate, Vec<(FindingId, Answer)>)> {
    let (at, known) = (now.timestamp(), WorkedOut::default());
    let case = Case::at(guideline(), record, at);
    let standing = case.until_concluded(guideline(), record, at, &known).unwrap_or(case);
    with_hand_off(guideline(), record, &standing, now, |to_hand_over| {
        let given = to_hand_over
            .given(Confided::PutOn)
            .answers
            .iter()
            .map(|(id, answer, _)| (*id, *answer))
            .collect();
        (to_hand_over.certificate.clone(), given)
    })
}

/// Hands a record over, reads it back into an empty one, and looks that nothing is lost of what
/// was answered and of what follows.
fn comes_back(record: &Record, now: &Zoned, name: &str) -> Record {
    let text = bundle_of(record, now).unwrap_or_else(|| panic!("{name} has no outcome"));
    let back = import(&text, now).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(stands(&back, now), stands(record, now), "{name}");
    let replayed = replay(guideline(), &back);
    assert!(replayed.iter().all(|one| one.result == ReplayResult::Same), "{name}: {replayed:?}");
    assert_eq!(replayed.len(), 1, "{name}");
    back
}

/// Somebody with a diary of a few days, doses and a changed answer.
fn with_a_diary() -> Person {
    let mut person = Person::with_a_plain_spasm();
    for (hours, pain, worst) in [(5, 7, 8), (20, 6, 7), (24, 5, 7), (30, 4, 4)] {
        person.wait(SignedDuration::from_hours(hours));
        let entry = CheckIn {
            at: person.now.timestamp(),
            pain_now: pain,
            pain_worst: Some(worst),
            regions: vec![
                RegionPain { region: "low_back_left".to_owned(), pain: Some(pain) },
                RegionPain { region: "thigh_left".to_owned(), pain: None },
            ],
            function: Some(10 - pain),
            sleep: Some(Sleep::Broken),
            activity: Some(store::Activity::Less),
            triggers: vec![store::Trigger::Own("SECRETTRIGGER".to_owned())],
            new_danger: if pain == 7 { NewDanger::NotAsked } else { NewDanger::No },
            note: "SECRETNOTE".to_owned(),
        };
        person.record.add(person.now.timestamp(), Event::CheckedIn(entry));
    }
    let at = person.now.timestamp();
    for (name, product, units, hundredths, unknown) in [
        ("Ibuprofen", None, 400, None, false),
        ("Nurofen 200 mg, 1½ tablets", Some("nurofen_200"), 2, Some(150), true),
    ] {
        let amount = if product.is_some() { 300 } else { 400 };
        person.record.add(
            at,
            Event::DoseTaken(DoseTaken {
                at,
                product: product.map(str::to_owned),
                name: name.to_owned(),
                units,
                hundredths,
                amounts: vec![("ibuprofen".to_owned(), amount)],
                region: "uk".to_owned(),
                verdict: care::DoseLevel::Wait,
                time_unknown: unknown,
            }),
        );
    }
    person.wait(SignedDuration::from_hours(1));
    person
}

#[test]
fn every_vignette_comes_back_with_its_answers_outcome_and_certificate() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vignettes");
    let now = Person::new().now;
    let (mut seen, mut with_diary, mut levels) = (0, 0, std::collections::BTreeSet::new());
    for entry in std::fs::read_dir(folder).expect("they are there") {
        let path = entry.expect("it can be read").path();
        let name = path.file_name().expect("it has a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).expect("it is text");
        let vignette = compiler::vignette(&name, &text, guideline()).expect("it reads");
        let mut record = Record::default();
        let began = now.timestamp() - SignedDuration::from_hours(24 * 100);
        let last = vignette.diary.as_ref().map(|diary| diary.last().at.get()).unwrap_or_default();
        let at = |hours: u32| began + SignedDuration::from_hours(hours.into());
        let named = |(finding, answer): &(FindingId, Answer)| {
            (guideline().finding(*finding).id.clone(), care::answer_to_json(guideline(), *finding, *answer))
        };
        // What nobody is asked is no answer.
        let asked = vignette.answers.iter().filter(|(finding, _)| guideline().asked_by(*finding).is_some());
        let mut answers = care::Answers::none(guideline());
        asked.for_each(|(finding, answer)| drop(answers.set(guideline(), *finding, *answer)));
        while let care::Step::Ask(ask) = care::next(guideline(), &answers) {
            for finding in ask.findings {
                let is_yes_no = guideline().finding(finding).kind == care::FindingKind::YesNo;
                let answer = if is_yes_no { Answer::No } else { Answer::NotSure };
                drop(answers.set(guideline(), finding, answers.get(finding).unwrap_or(answer)));
            }
        }
        let answers: Vec<(FindingId, Answer)> = answers.iter().collect();
        let answers = answers.iter().map(named).collect();
        record.add(
            began,
            Event::Answered { question: "all".to_owned(), answers, dropped: Vec::new(), after_triage: false },
        );
        for one in vignette.diary.iter().flat_map(care::recovery::PainSeries::check_ins) {
            let entry = CheckIn {
                at: at(one.at.get()),
                pain_now: one.pain.get(),
                pain_worst: None,
                regions: Vec::new(),
                function: one.function.map(care::recovery::FunctionScore::get),
                sleep: None,
                activity: None,
                triggers: Vec::new(),
                new_danger: NewDanger::NotAsked,
                note: String::new(),
            };
            record.add(entry.at, Event::CheckedIn(entry));
            with_diary += 1;
        }
        let told = at(last.max(1));
        let case = Case::at(guideline(), &record, told);
        let Some(finished) = case.finished() else { continue };
        levels.insert(finished.urgency());
        record.add(told, assessed(finished, store::Reason::Interview));
        comes_back(&record, &now, &name);
        seen += 1;
    }
    assert!(300 < seen && 10 < with_diary, "{seen} {with_diary}");
    assert_eq!(levels.len(), Urgency::ALL.len());
}

#[test]
fn a_diary_and_what_was_taken_come_back_without_what_is_private() {
    let person = with_a_diary();
    let back = comes_back(&person.record, &person.now, "with a diary");
    let plain = |record: &Record| -> Vec<CheckIn> {
        let entries = record.check_ins().iter().map(|entry| entry.what.clone());
        entries.map(|entry| CheckIn { note: String::new(), triggers: Vec::new(), ..entry }).collect()
    };
    assert_eq!(plain(&back), plain(&person.record));
    let doses = |record: &Record| record.doses().iter().map(|dose| dose.what.clone()).collect::<Vec<_>>();
    assert_eq!(doses(&back), doses(&person.record));
    // And it can be handed on.
    let again = bundle_of(&back, &person.now).unwrap();
    assert_eq!(import(&again, &person.now).map(|record| doses(&record)), Ok(doses(&back)));
    let text = bundle_of(&person.record, &person.now).unwrap();
    assert!(!text.contains("SECRET"), "a note, own words or an own trigger is handed over");
}

#[test]
fn somebody_in_the_middle_of_answering_again_hands_over_what_stands() {
    let mut person = with_a_diary();
    comes_back(&person.record, &person.now, "before");
    person.post("/changed", &[]);
    person.wait(SignedDuration::from_mins(1));
    person.answer_next(&plain_spasm());
    assert!(person.standing().is_standing);
    comes_back(&person.record, &person.now, "in the middle");
    let mut worse = plain_spasm();
    worse["days_since_onset"] = json!(3);
    while person.answer_next(&worse) {}
    person.post("/check", &[]);
    person.wait(SignedDuration::from_hours(2));
    let back = comes_back(&person.record, &person.now, "a second interview in one spell");
    let begun = back.events().iter().filter(|stored| matches!(stored.event, Event::InterviewStarted { .. }));
    assert_eq!(begun.count(), 2, "the earlier one told when it began");
}

#[test]
fn the_same_hand_off_has_the_same_bytes_and_another_moment_other_names() {
    let person = with_a_diary();
    let text = bundle_of(&person.record, &person.now);
    assert_eq!(text, bundle_of(&person.record, &person.now));
    let later = person.now.checked_add(SignedDuration::from_secs(1)).unwrap();
    assert_ne!(text, bundle_of(&person.record, &later));
    assert_eq!(bundle_of(&Record::default(), &person.now), None);
}

/// The texts inside a narrative, as a person reads them.
fn read_aloud(bundle: &Value) -> String {
    let sections = bundle["entry"][0]["resource"]["section"].as_array().unwrap();
    let texts: Vec<String> = sections
        .iter()
        .map(|section| {
            let html = section["text"]["div"].as_str().unwrap();
            let document = roxmltree::Document::parse(html).expect("it is well-formed");
            let texts = document.descendants().filter_map(|node| node.text().filter(|_| node.is_text()));
            format!("{}\n{}", section["title"].as_str().unwrap(), texts.collect::<Vec<_>>().join("\n"))
        })
        .collect();
    texts.join("\n")
}

#[test]
fn it_says_what_the_page_says_and_a_not_sure_is_no_no() {
    let mut answers = plain_spasm();
    answers["bladder_change"] = json!("not sure");
    for person in [with_a_diary(), Person::new().triaged(&answers)] {
        let bundle: Value = serde_json::from_str(&bundle_of(&person.record, &person.now).unwrap()).unwrap();
        let said = read_aloud(&bundle);
        let page = person.get("/doctor/in-full");
        let standing = person.standing();
        let sections = with_hand_off(guideline(), &person.record, &standing, &person.now, |to_hand_over| {
            let lines = |section: &tell::Section<'_>| -> Vec<String> {
                let lines = section.lines.iter();
                lines
                    .flat_map(|line| {
                        let notes = line.notes.iter().map(ToString::to_string);
                        [line.words.to_string()].into_iter().chain(notes)
                    })
                    .collect()
            };
            to_hand_over
                .page(anywhere(), Confided::PutOn)
                .0
                .sections
                .iter()
                .flat_map(lines)
                .collect::<Vec<_>>()
        });
        let sections = sections.unwrap();
        assert!(20 < sections.len());
        for line in sections {
            assert!(said.contains(&line), "the bundle lacks {line}");
            let shown = line.replace('&', "&#38;").replace('"', "&#34;").replace('\'', "&#39;");
            let shown = shown.replace('<', "&#60;").replace('>', "&#62;");
            assert!(page.text().contains(&shown), "the page lacks {shown}");
        }
    }
    let unsure = Person::new().triaged(&answers);
    let bundle = bundle_of(&unsure.record, &unsure.now).unwrap();
    let given = bundle.split("\"linkId\":\"bladder_change\"").nth(1).unwrap();
    assert!(given[..400].contains("asked-unknown"), "{}", &given[..400]);
    assert!(bundle.contains("Not sure: "), "it is flagged");
}

/// A bundle with one thing changed, and what is said of it.
fn refused(bundle: &str, from: &str, to: &str) -> String {
    assert!(bundle.contains(from), "it has no {from}");
    let now = with_a_diary().now;
    import(&bundle.replacen(from, to, 1), &now).expect_err(from)
}

#[test]
fn what_could_not_have_been_typed_is_refused_with_its_entry() {
    let person = with_a_diary();
    let bundle = bundle_of(&person.record, &person.now).unwrap();
    let age = r#""linkId":"age","text":"Age","answer":[{"valueInteger":44}]"#;
    let age = if bundle.contains(age) { age.to_owned() } else { part(&bundle, "\"linkId\":\"age\"", "]}") };
    for (from, to, says) in [
        (age.as_str(), age.replace("44", "999").as_str(), "age"),
        (age.as_str(), age.replace("Integer\":44", "String\":\"old\"").as_str(), "item `age`"),
        (age.as_str(), age.replace("\"age\"", "\"no_such\"").as_str(), "`no_such` is not a finding"),
        (age.as_str(), age.replace("44}", "44},{\"valueInteger\":45}").as_str(), "more than one answer"),
        ("\"valueInteger\":7,\"method\"", "\"valueInteger\":70,\"method\"", "pain 70"),
        ("\"effectiveDateTime\":\"2026-11-24T15", "\"effectiveDateTime\":\"2027-11-24T15", "still to come"),
        ("\"code\":\"nurofen_200\"", "\"code\":\"nurofen_999\"", "not a pack of the book"),
        ("\"code\":\"low_back_left\"", "\"code\":\"left_wing\"", "`left_wing` is no place"),
        ("\"value\":1.5", "\"value\":-1.5", "how much was taken"),
        ("urn:unclench:questionnaire|", "urn:other|", "another questionnaire"),
    ] {
        let said = refused(&bundle, from, to);
        assert!(said.contains(says) && said.contains("nothing was added"), "{to}: {said}");
        assert!(said.contains("entry "), "{to}: {said}");
    }
    // An answer that was changed is not the one that the certificate proves.
    let said = refused(&bundle, &age, &age.replace("44", "45"));
    assert!(said.contains("the certificate is of other answers: that to `age`"), "{said}");
    for (text, says) in [
        ("{\"resourceType\": \"Patient\"}", "neither a Bundle nor a QuestionnaireResponse"),
        ("{\"resourceType\": \"Bundle\", \"entry\": []}", "nothing in the file"),
        ("{\"resourceType\": \"Bundle\", ", "not JSON"),
        ("{\"resourceType\": \"Bundle\", \"resourceType\": \"Bundle\"}", "twice"),
    ] {
        let said = import(text, &person.now).unwrap_err();
        assert!(said.contains(says), "{text}: {said}");
    }
    let long = format!("{{\"resourceType\": \"Bundle\", \"x\": \"{}\"}}", "x".repeat(fhir::MOST_BYTES));
    assert!(import(&long, &person.now).unwrap_err().contains("more than the"));
}

/// From a text on, up to the end of what begins there.
fn part(text: &str, from: &str, until: &str) -> String {
    let start = text.find(from).expect("it is there");
    let end = text[start..].find(until).expect("it ends") + until.len();
    text[start..start + end].to_owned()
}

/// Everything that is handed over of a person: the page, its lines and the file.
fn handed_over(person: &Person, confided: Confided) -> String {
    let (page, bundle) = match confided {
        Confided::LeftOff => ("/doctor", "/data/for-the-doctor.fhir.json"),
        Confided::PutOn => ("/doctor/in-full", "/data/for-the-doctor-in-full.fhir.json"),
    };
    let lines = for_the_doctor(guideline(), &person.record, anywhere(), &person.now, confided, |made| {
        format!("{:?} {:?}", made.page, made.certificate)
    });
    format!("{}\n{}\n{}", person.get(page).text(), person.get(bundle).text(), lines.unwrap())
}

#[test]
fn what_was_told_in_confidence_leaves_no_trace_unless_the_person_puts_it_on() {
    let private: Vec<_> = guideline().findings().filter(|id| guideline().is_private(*id)).collect();
    let is_asked_at_once = |id: &FindingId| guideline().finding(*id).danger;
    let mut seen = 0;
    for id in private.iter().copied().filter(is_asked_at_once) {
        let finding = guideline().finding(id);
        let mut answers = plain_spasm();
        // Opens the question for some of them.
        answers["medicine_change"] = json!("yes");
        let before = Person::new().triaged(&answers);
        answers[finding.id.as_str()] = json!("yes");
        let told = Person::new().triaged(&answers);
        let level = told.standing().finished().unwrap().urgency();
        let rule = guideline().rules().map(|rule| guideline().rule(rule));
        let because = rule.filter(|rule| rule.when_text == finding.id).map(|rule| &rule.because);
        let because: Vec<&String> = because.collect();
        assert_eq!(because.len(), 1, "{}", finding.id);
        let outcome = care::what_to_do(told.standing().finished().unwrap()).title.to_owned();
        let usual = guideline().outcome(level).title.as_str();
        let without = handed_over(&told, Confided::LeftOff);
        for word in [&finding.id, &finding.label, because[0]] {
            assert!(!without.contains(word.as_str()), "{}: {word}", finding.id);
        }
        assert!(outcome == usual || !without.contains(&outcome), "{}: {outcome}", finding.id);
        assert!(without.contains(usual), "{}: how soon is said all the same", finding.id);
        assert!(!without.contains(&certify(told.standing().finished().unwrap()).seal[..16]));
        // Of somebody who said no, the page says the same of it.
        let no = before.get("/doctor");
        let left_off = Message::DoctorLeftOff.to_string();
        assert!(no.text().contains(&left_off) && without.contains(&left_off));
        assert!(!no.text().contains(&finding.label) && !no.text().contains("certificate"));
        let with = handed_over(&told, Confided::PutOn);
        assert!(with.contains(&finding.label) && with.contains(because[0].as_str()), "{}", finding.id);
        // The record and its certificate keep it.
        let kept = serde_json::to_value(certify(told.standing().finished().unwrap())).unwrap();
        assert_eq!(kept["answers"][&finding.id], json!("yes"));
        seen += 1;
    }
    assert_eq!(seen, 5);
}

#[test]
fn without_what_is_private_the_file_brings_back_the_other_answers_and_no_outcome() {
    let person = with_a_diary();
    let text = fhir_bundle(guideline(), &person.record, anywhere(), &person.now, Confided::LeftOff).unwrap();
    let back = import(&text, &person.now).unwrap();
    let case = Case::at(guideline(), &back, person.now.timestamp());
    let given = person.standing();
    for (finding, answer) in given.given.iter() {
        let expected = (!guideline().is_private(finding)).then_some(answer);
        assert_eq!(case.given.get(finding), expected, "{}", guideline().finding(finding).id);
    }
    assert!(case.finished().is_none(), "unknown is never no: what was left off is asked again");
    assert_eq!(stands(&back, &person.now), None);
}

#[test]
fn a_response_by_itself_is_taken_in_and_then_waits_to_be_confirmed() {
    let person = Person::with_a_plain_spasm();
    let bundle: Value = serde_json::from_str(&bundle_of(&person.record, &person.now).unwrap()).unwrap();
    let entries = bundle["entry"].as_array().unwrap();
    let response = entries.iter().map(|entry| &entry["resource"]);
    let mut response = response
        .clone()
        .find(|resource| resource["resourceType"] == "QuestionnaireResponse")
        .unwrap()
        .clone();
    // As another program fills it in: without our times, and yes and no as such.
    let text = response.to_string();
    let text = text.replace(
        r#""valueCoding":{"system":"http://terminology.hl7.org/CodeSystem/v2-0136","code":"N","display":"No"}"#,
        r#""valueBoolean":false"#,
    );
    response = serde_json::from_str(&text).unwrap();
    response.as_object_mut().unwrap().remove("extension");
    let record = import(&response.to_string(), &person.now).unwrap();
    let case = Case::at(guideline(), &record, person.now.timestamp());
    assert_eq!(case.given, person.standing().given);
    assert!(case.finished().is_some() && case.concluded().is_none());
    assert_eq!(stands(&record, &person.now), None);
}

#[test]
fn it_comes_in_by_the_page_too() {
    let sam = with_a_diary();
    let download = sam.get("/data/for-the-doctor-in-full.fhir.json");
    assert_eq!(download.header("content-type"), Some("application/fhir+json"));
    let mut kim = Person::new();
    kim.now = sam.now.clone();
    assert_eq!(kim.get("/data/for-the-doctor.fhir.json").header("location"), Some("/question"));
    let preview = kim.post("/data/import", &[("file", download.text())]);
    assert!(preview.text().contains("Nothing has been written yet"), "{}", preview.text());
    let wrong = download.text().replacen("\"valueInteger\":7,", "\"valueInteger\":11,", 1);
    let page = kim.refused("/data/import", &[("file", wrong.as_str())]);
    assert!(page.text().contains("(Observation) of the file cannot be right"), "{}", page.text());
}

/// Fills in the questionnaire with lists to tick as these answers would, screen by screen.
fn ticked(items: &Value, answers: &Answers) -> Vec<Value> {
    let answer_to = |code: &Value| answers.get(guideline().finding_named(code.as_str().unwrap_or_default())?);
    let mut filled = Vec::new();
    for item in items.as_array().into_iter().flatten() {
        let link = item["linkId"].as_str().unwrap();
        let options = item["answerOption"].as_array().map(Vec::as_slice).unwrap_or_default();
        let chosen = |wanted: &dyn Fn(&Value) -> bool| -> Vec<Value> {
            options.iter().filter(|option| wanted(&option["valueCoding"])).cloned().collect()
        };
        let of = |coding: &Value| answer_to(&coding["code"]);
        let answer = match (link.rsplit_once(':'), answer_to(&item["linkId"])) {
            (Some((_, "ticks")), _) if chosen(&|coding| of(coding).is_some()).is_empty() => Vec::new(),
            (Some((_, "ticks")), _) => {
                let yes = chosen(&|coding| of(coding) == Some(Answer::Yes));
                if yes.is_empty() { chosen(&|coding| coding["code"] == "none") } else { yes }
            }
            (Some((_, "ticks_not_sure")), _) => chosen(&|coding| of(coding) == Some(Answer::NotSure)),
            (Some((id, "not_sure")), _) if answer_to(&id.into()) == Some(Answer::NotSure) => options.to_vec(),
            (_, Some(Answer::Number(number))) => vec![json!({ "valueInteger": number })],
            (_, Some(Answer::Yes)) => chosen(&|coding| coding["code"] == "Y"),
            (_, Some(Answer::No)) => chosen(&|coding| coding["code"] == "N"),
            (_, Some(Answer::NotSure)) => chosen(&|coding| coding["code"] == "asked-unknown"),
            (_, Some(Answer::Option(option))) => vec![options[usize::from(option)].clone()],
            _ => Vec::new(),
        };
        if !answer.is_empty() {
            filled.push(json!({ "linkId": link, "answer": answer }));
        }
        filled.extend(ticked(&item["item"], answers));
    }
    filled
}

#[test]
fn both_questionnaires_bring_back_the_same_answers() {
    for person in [Person::with_a_plain_spasm(), with_a_diary()] {
        let given = person.standing().given.clone();
        for form in [fhir::Form::Ticks, fhir::Form::Plain] {
            let questionnaire = fhir::questionnaire(guideline(), form);
            let response = json!({
                "resourceType": "QuestionnaireResponse",
                "questionnaire": questionnaire["url"],
                "status": "completed",
                "item": ticked(&questionnaire["item"], &given),
            });
            let record = import(&response.to_string(), &person.now).unwrap();
            let case = Case::at(guideline(), &record, person.now.timestamp());
            assert_eq!(case.given, given, "{form:?}");
        }
    }
}

#[test]
fn a_list_that_contradicts_itself_is_refused_and_one_that_is_empty_says_nothing() {
    let questionnaire = fhir::questionnaire(guideline(), fhir::Form::Ticks);
    let items = questionnaire["item"].as_array().unwrap();
    let list = items.iter().find(|item| item["item"][0]["repeats"] == true).unwrap();
    let [ticks, unsure] = [&list["item"][0], &list["item"][1]];
    let options = ticks["answerOption"].as_array().unwrap();
    let (first, none) = (&options[0], options.last().unwrap());
    let now = with_a_diary().now;
    let read = |answers: &[(&Value, &[&Value])]| {
        let items: Vec<Value> = answers
            .iter()
            .map(|(item, answer)| json!({ "linkId": item["linkId"], "answer": answer }))
            .collect();
        let response = json!({ "resourceType": "QuestionnaireResponse", "item": items });
        let record = import(&response.to_string(), &now)?;
        Ok(Case::at(guideline(), &record, now.timestamp()).given)
    };
    let refused: Result<Answers, String> = read(&[(ticks, &[first, none])]);
    assert!(refused.unwrap_err().contains("none of these"));
    let refused = read(&[(ticks, &[first]), (unsure, &[first])]);
    assert!(refused.unwrap_err().contains("answered twice"));
    // Of the signs beside one that is not sure, nothing is known.
    let given = read(&[(unsure, &[first])]).unwrap();
    assert_eq!(given.iter().map(|(_, answer)| answer).collect::<Vec<_>>(), [Answer::NotSure]);
    let given = read(&[(ticks, &[none])]).unwrap();
    assert_eq!(given.iter().count(), options.len() - 1);
    assert!(given.iter().all(|(_, answer)| answer == Answer::No));
}

#[test]
fn that_a_dose_may_be_missing_is_handed_over_too() {
    let mut person = Person::with_a_plain_spasm();
    let says = "There may be doses and answers that are not on this page";
    let page = person.get("/doctor");
    assert!(!page.text().contains(says), "{}", page.text());
    let bundle = bundle_of(&person.record, &person.now).unwrap();
    assert!(!bundle.contains("SUBSETTED") && !bundle.contains(says));
    let next = Sequence(person.record.last().0 + 1);
    person.record.note_faults(vec![store::Fault::Missing { first: next, last: next }]);
    let page = person.get("/doctor");
    assert!(page.text().contains(says), "{}", page.text());
    let bundle = bundle_of(&person.record, &person.now).unwrap();
    assert!(bundle.contains("SUBSETTED") && bundle.contains(says));
    let zones = TimeZoneDatabase::bundled().into();
    let import = read_import(guideline(), &zones, &bundle, person.now.timestamp()).unwrap();
    assert_eq!(import.missing, 1);
}
