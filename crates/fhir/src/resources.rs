//! The resources of a document.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use care::{Answer, Certificate, FindingId, Guideline, Role};
use serde_json::{Map, Value, json};
use store::{Activity, CheckIn, DoseTaken, NewDanger, Sleep, Timed};
use tell::{Message, Part};

use crate::codes::{
    ANSWERED, BEGAN, CERTIFICATE, DIARY, DOCUMENT, GUIDELINE, GUIDELINE_HASH, LIMITS_OF, MEDICINE, METHOD,
    NO_DATA, NOT_KNOWN, PACK, PLACE, QUESTIONNAIRE, REMEDY, URGENCY, VERDICT, YES_NO, coding, concept,
    concept_of, screen, value,
};
use crate::entries::Entries;
use crate::hand_off::{Given, HandOff};

/// References to what stands in each section; without one, in that of all answers.
pub(crate) struct Made(Vec<(Option<Part>, Value)>);

impl Made {
    /// Makes every resource of a hand-off that a section of the page names.
    pub(crate) fn make(hand_off: &HandOff<'_>, guideline: &Guideline, entries: &mut Entries) -> Self {
        let mut made = vec![
            (Some(Part::Advised), care_plan(hand_off, guideline, entries)),
            (None, outcome(hand_off, entries)),
            (None, response("response", guideline, &hand_off.given, entries)),
        ];
        for (number, before) in (1..).zip(&hand_off.before) {
            made.push((None, response(&format!("before {number}"), guideline, before, entries)));
        }
        let proof = hand_off.proof().map(|of| certificate(hand_off, of, entries));
        made.extend(proof.map(|proof| (Some(Part::Advised), proof)));
        for (finding, answer) in hand_off.answers() {
            let is_flag =
                guideline.finding(finding).danger && matches!(answer, Answer::Yes | Answer::NotSure);
            if is_flag {
                made.push((Some(Part::Danger), flag(guideline, finding, answer, entries)));
            }
        }
        let diary: Vec<Value> = (1..)
            .zip(&hand_off.entries)
            .map(|(number, entry)| observation(guideline, number, entry, entries))
            .collect();
        made.extend(worked_out(hand_off, guideline, &diary, entries).into_iter().map(|one| (None, one)));
        made.extend(diary.into_iter().map(|entry| (Some(Part::Pain), entry)));
        for (number, dose) in (1..).zip(&hand_off.doses) {
            made.push((Some(Part::Taken), taken(number, dose, entries)));
        }
        Self(made)
    }

    /// What stands in a section.
    pub(crate) fn of(&self, part: Option<Part>) -> Vec<Value> {
        self.0.iter().filter(|(of, _)| *of == part).map(|(_, reference)| reference.clone()).collect()
    }

    fn all(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|(_, reference)| reference)
    }
}

pub(crate) fn device() -> Value {
    json!({
        "deviceName": [{ "name": "Unclench", "type": "user-friendly-name" }],
        "version": [{ "value": env!("CARGO_PKG_VERSION") }],
        "type": { "text": "Decision support" },
    })
}

/// With which guideline it was made, by what, and by which certificate it can be checked.
pub(crate) fn provenance(hand_off: &HandOff<'_>, guideline: &Guideline, made: &Made, entries: &mut Entries) {
    let book = guideline.book();
    let agent = |code: &str, display: &str, who: Value| {
        let system = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
        json!({ "type": { "coding": [{ "system": system, "code": code, "display": display }] }, "who": who })
    };
    let source = |system: &str, value: &str, display: &str| {
        json!({
            "role": "source",
            "what": { "identifier": { "system": system, "value": value }, "display": display },
        })
    };
    let targets: Vec<Value> =
        [entries.reference("composition")].into_iter().chain(made.all().cloned()).collect();
    let mut provenance = json!({
        "target": targets,
        "recorded": hand_off.now.to_string(),
        "agent": [
            agent("assembler", "Assembler", entries.reference("device")),
            agent("author", "Author", entries.reference("patient")),
        ],
        "entity": [
            source(GUIDELINE, &book.version, "The version of the guideline"),
            source(GUIDELINE_HASH, &book.hash, "SHA-256 of the guideline"),
        ],
    });
    if let Some(certificate) = hand_off.proof()
        && let Some(entity) = provenance["entity"].as_array_mut()
    {
        entity.push(source(CERTIFICATE, &certificate.seal, "The seal of the certificate"));
    }
    entries.add("provenance", "Provenance", provenance);
}

/// How soon, and why.
fn outcome(hand_off: &HandOff<'_>, entries: &mut Entries) -> Value {
    let advised = hand_off.page.sections.iter().find(|section| section.part == Part::Advised);
    let lines: Vec<String> =
        advised.iter().flat_map(|section| &section.lines).map(|line| line.words.to_string()).collect();
    let (title, why) = lines.split_first().map_or(("", &[][..]), |(title, why)| (title.as_str(), why));
    let notes: Vec<Value> = why.iter().map(|text| json!({ "text": text })).collect();
    let mut outcome = json!({
        "status": "final",
        "code": concept(METHOD, "outcome", &Message::DoctorAdvised.to_string()),
        "subject": entries.reference("patient"),
        "effectiveDateTime": hand_off.now.to_string(),
        "performer": [entries.reference("device")],
        "valueCodeableConcept": concept(URGENCY, hand_off.finished.urgency().id(), title),
    });
    if !notes.is_empty() {
        outcome["note"] = notes.into();
    }
    entries.add("outcome", "Observation", outcome)
}

/// What to do, and what helps.
fn care_plan(hand_off: &HandOff<'_>, guideline: &Guideline, entries: &mut Entries) -> Value {
    let told = care::what_to_do_for(hand_off.finished, &hand_off.confided.reasons(hand_off.finished));
    let detail = |detail: Value| json!({ "detail": detail });
    let action = |action: &&str| detail(json!({ "status": "not-started", "description": action }));
    let remedy = |id: &String| {
        let remedy = guideline.remedy(guideline.remedy_named(id)?);
        let code = concept(REMEDY, id, &remedy.name);
        Some(detail(json!({ "code": code, "status": "not-started", "description": remedy.why })))
    };
    let remedies = hand_off.certificate.plan.keys().filter_map(remedy);
    let plan = json!({
        "status": "active",
        "intent": "plan",
        "title": told.title,
        "subject": entries.reference("patient"),
        "created": hand_off.now.to_string(),
        "author": entries.reference("device"),
        "activity": told.actions.iter().map(action).chain(remedies).collect::<Vec<_>>(),
    });
    entries.add("plan", "CarePlan", plan)
}

/// The certificate itself, so that it can be checked without us.
fn certificate(hand_off: &HandOff<'_>, certificate: &Certificate, entries: &mut Entries) -> Value {
    // Maps with text keys only, which cannot fail.
    let text = serde_json::to_string(certificate).unwrap_or_default();
    let document = json!({
        "status": "current",
        "identifier": [{ "system": CERTIFICATE, "value": certificate.seal }],
        "type": concept(DOCUMENT, "certificate", "Certificate of the outcome"),
        "subject": entries.reference("patient"),
        "date": hand_off.told().to_string(),
        "author": [entries.reference("device")],
        "content": [{ "attachment": {
            "contentType": "application/json",
            "data": STANDARD.encode(&text),
            "size": text.len(),
            "title": "certificate.json",
        } }],
    });
    entries.add("certificate", "DocumentReference", document)
}

/// A danger sign that is there, or that the person is not sure of.
fn flag(guideline: &Guideline, finding: FindingId, answer: Answer, entries: &mut Entries) -> Value {
    let of = guideline.finding(finding);
    let mark = if answer == Answer::Yes { Message::DoctorYes } else { Message::NotSure };
    // A doubt has no code: another system would read it as the thing itself.
    let mut code = if answer == Answer::Yes { concept_of(of) } else { json!({}) };
    code["text"] = format!("{mark}: {}", of.label).into();
    let category = "http://terminology.hl7.org/CodeSystem/flag-category";
    let flag = json!({
        "status": "active",
        "category": [{ "coding": [coding(category, "safety", "Safety")] }],
        "code": code,
        "subject": entries.reference("patient"),
        "author": entries.reference("device"),
    });
    entries.add(&format!("flag {}", of.id), "Flag", flag)
}

/// What the decision rests on and nobody answered: the diary says it.
fn worked_out(
    hand_off: &HandOff<'_>,
    guideline: &Guideline,
    diary: &[Value],
    entries: &mut Entries,
) -> Vec<Value> {
    let is_given = |finding: FindingId, answer: Answer| {
        hand_off.given.answers.iter().any(|(of, given, _)| (*of, *given) == (finding, answer))
    };
    // The pain of an entry is the observation of that entry already.
    let is_in_diary =
        |finding: FindingId| !diary.is_empty() && guideline.finding(finding).role == Some(Role::Pain);
    let derived =
        hand_off.answers().filter(|(finding, answer)| !is_given(*finding, *answer) && !is_in_diary(*finding));
    let all = derived.map(|(finding, answer)| {
        let of = guideline.finding(finding);
        let mut observation = json!({
            "status": "final",
            "code": concept_of(of),
            "subject": entries.reference("patient"),
            "effectiveDateTime": hand_off.now.to_string(),
            "performer": [entries.reference("device")],
            "method": concept(METHOD, "worked-out", "Worked out from the diary"),
        });
        match value(guideline, finding, answer) {
            ("Coding", coding) => observation["valueCodeableConcept"] = json!({ "coding": [coding] }),
            (kind, value) => observation[format!("value{kind}")] = value,
        }
        if !diary.is_empty() {
            observation["derivedFrom"] = diary.to_vec().into();
        }
        entries.add(&format!("derived {}", of.id), "Observation", observation)
    });
    all.collect()
}

/// One entry of the diary.
fn observation(guideline: &Guideline, number: usize, entry: &Timed<CheckIn>, entries: &mut Entries) -> Value {
    let CheckIn { at, pain_now, pain_worst, regions, function, sleep, activity, new_danger, .. } =
        &entry.what;
    let score = |code: &str, text: &str, score: Option<u8>| {
        Some(json!({ "code": concept(DIARY, code, text), "valueInteger": score? }))
    };
    let choice = |code: &str, text: &str, chosen: Option<&str>| {
        let value = concept(&format!("{DIARY}:{code}"), chosen?, chosen?);
        Some(json!({ "code": concept(DIARY, code, text), "valueCodeableConcept": value }))
    };
    let answer = match new_danger {
        NewDanger::NotAsked => None,
        NewDanger::No => Some(coding(YES_NO, "N", "No")),
        NewDanger::Yes => Some(coding(YES_NO, "Y", "Yes")),
        NewDanger::NotSure => Some(coding(NO_DATA, NOT_KNOWN, "Asked But Unknown")),
    };
    let answer = answer.map(|coding| {
        let code = concept(DIARY, "new_danger", "Something new since the entry before");
        json!({ "code": code, "valueCodeableConcept": { "coding": [coding] } })
    });
    let place = |place: &store::RegionPain| {
        let named = guideline.book().body_places.iter().find(|known| known.id == place.region);
        let name = named.map_or(place.region.as_str(), |known| known.name.as_str());
        let mut component = json!({ "code": concept(PLACE, &place.region, name) });
        match place.pain {
            Some(pain) => component["valueInteger"] = pain.into(),
            None => {
                component["dataAbsentReason"] =
                    json!({ "coding": [coding(NO_DATA, "not-asked", "Not Asked")] });
            }
        }
        component
    };
    let first = [
        score("pain_worst", "Worst pain since the entry before", *pain_worst),
        score("function", "How much the person can do, 0 to 10", *function),
        choice("sleep", "Sleep", sleep.map(sleep_id)),
        choice("activity", "Activity", activity.map(activity_id)),
        answer,
    ];
    let components: Vec<Value> = first.into_iter().flatten().chain(regions.iter().map(place)).collect();
    let pain = guideline.with_role(Role::Pain).map(|pain| concept_of(guideline.finding(pain)));
    let mut observation = json!({
        "status": "final",
        "code": pain.unwrap_or_else(|| json!({ "text": "Pain" })),
        "subject": entries.reference("patient"),
        "effectiveDateTime": at.to_string(),
        "issued": entry.written.to_string(),
        "performer": [entries.reference("patient")],
        "valueInteger": pain_now,
        "method": concept(METHOD, "diary", "Entry of the diary"),
    });
    if !components.is_empty() {
        observation["component"] = components.into();
    }
    entries.add(&format!("entry {number}"), "Observation", observation)
}

/// The name of a night in data.
pub(crate) fn sleep_id(sleep: Sleep) -> &'static str {
    match sleep {
        Sleep::Well => "well",
        Sleep::Broken => "broken",
        Sleep::Hardly => "hardly",
    }
}

/// The name of a day in data.
pub(crate) fn activity_id(activity: Activity) -> &'static str {
    match activity {
        Activity::Lying => "lying",
        Activity::Sitting => "sitting",
        Activity::Less => "less",
        Activity::Usual => "usual",
        Activity::More => "more",
    }
}

/// What was answered, by the screens that ask it.
fn response(name: &str, guideline: &Guideline, given: &Given, entries: &mut Entries) -> Value {
    let time = |url: &str, at: jiff::Timestamp| json!({ "url": url, "valueDateTime": at.to_string() });
    let mut items: Vec<Value> = Vec::new();
    for question in guideline.questions() {
        let asks = guideline.question(question);
        let is_here = |finding: &FindingId| guideline.asked_by(*finding) == Some(question);
        let here = given.answers.iter().filter(|(finding, ..)| is_here(finding));
        let item = |(finding, answer, at): &(FindingId, Answer, jiff::Timestamp)| {
            let of = guideline.finding(*finding);
            let (kind, value) = value(guideline, *finding, *answer);
            let answer = Map::from_iter([(format!("value{kind}"), value)]);
            let (id, text) = (&of.id, &of.label);
            json!({ "extension": [time(ANSWERED, *at)], "linkId": id, "text": text, "answer": [answer] })
        };
        let inside: Vec<Value> = here.map(item).collect();
        if !inside.is_empty() {
            items.push(json!({ "linkId": screen(asks), "text": asks.ask, "item": inside }));
        }
    }
    let last = given.answers.iter().map(|(.., at)| *at).max().unwrap_or(given.began);
    let mut response = json!({
        "extension": [time(BEGAN, given.began)],
        "questionnaire": format!("{QUESTIONNAIRE}|{}", guideline.book().version),
        "status": "completed",
        "subject": entries.reference("patient"),
        "authored": last.to_string(),
        "author": entries.reference("patient"),
        "source": entries.reference("patient"),
    });
    if !items.is_empty() {
        response["item"] = items.into();
    }
    entries.add(name, "QuestionnaireResponse", response)
}

/// A painkiller that was taken.
fn taken(number: usize, dose: &Timed<DoseTaken>, entries: &mut Entries) -> Value {
    let DoseTaken { at, product, name, units, hundredths, amounts, region, verdict, time_unknown } =
        &dose.what;
    let codes: Vec<Value> = match product {
        Some(pack) => vec![json!({ "system": PACK, "code": pack })],
        None => amounts.iter().map(|(of, _)| json!({ "system": MEDICINE, "code": of })).collect(),
    };
    let quantity = match hundredths {
        Some(hundredths) => json!(f64::from(*hundredths) / 100.0),
        None => json!(units),
    };
    let unit = if product.is_some() { "of the pack" } else { "mg or applications" };
    let mut statement = json!({
        "extension": [
            { "url": LIMITS_OF, "valueCode": region },
            { "url": VERDICT, "valueCode": verdict.id() },
        ],
        "status": "completed",
        "medicationCodeableConcept": { "coding": codes, "text": name },
        "subject": entries.reference("patient"),
    });
    if *time_unknown {
        // Nobody knows when: by the time that it was written down.
        statement["effectivePeriod"] = json!({ "end": at.to_string() });
    } else {
        statement["effectiveDateTime"] = at.to_string().into();
    }
    statement["dateAsserted"] = dose.written.to_string().into();
    statement["informationSource"] = entries.reference("patient");
    statement["dosage"] =
        json!([{ "text": name, "doseAndRate": [{ "doseQuantity": { "value": quantity, "unit": unit } }] }]);
    entries.add(&format!("dose {number}"), "MedicationStatement", statement)
}
