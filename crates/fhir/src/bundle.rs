//! One document of everything that is handed over.

use care::{Answer, Certificate, FindingId, Finished, Guideline, hex};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use store::{CheckIn, DoseTaken, Timed};
use tell::{DoctorPage, Message, Part};

use crate::codes::{CERTIFICATE, LOINC, NO_DATA_EXTENSION};
use crate::narrative::{narrative, sentence};
use crate::resources;

/// The profile of a document that is an International Patient Summary.
const PATIENT_SUMMARY: &str = "http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips";

/// What is handed over: the page for the doctor, and the values that it was made of.
#[derive(Debug)]
pub struct HandOff<'h> {
    /// The outcome.
    pub finished: &'h Finished<'h>,
    /// What a person reads of it.
    pub page: &'h DoctorPage<'h>,
    /// Why the interview could stop.
    pub certificate: &'h Certificate,
    /// What was answered, without what the diary adds.
    pub given: Given,
    /// When the outcome was worked out, where something was said since that it does not rest on;
    /// else it rests on all of it.
    pub worked_out: Option<Timestamp>,
    /// What was told of the pain and its start in earlier interviews of this spell, which the
    /// diary goes on from; oldest first.
    pub before: Vec<Given>,
    /// The diary of this spell, in order.
    pub entries: Vec<&'h Timed<CheckIn>>,
    /// Painkillers of the last day, in order.
    pub doses: Vec<&'h Timed<DoseTaken>>,
    /// When it is handed over.
    pub now: Timestamp,
}

impl HandOff<'_> {
    /// When all was told that the outcome rests on.
    pub(crate) fn told(&self) -> Timestamp {
        let answers = self.given.answers.iter().map(|(.., at)| *at);
        let entries = self.entries.iter().map(|entry| entry.written);
        self.worked_out.or_else(|| answers.chain(entries).max()).unwrap_or(self.given.began)
    }
}

/// The answers of one interview.
#[derive(Clone, Debug)]
pub struct Given {
    /// When it began.
    pub began: Timestamp,
    /// Each answer, with when it was given.
    pub answers: Vec<(FindingId, Answer, Timestamp)>,
}

/// The resources of a document so far.
pub(crate) struct Entries {
    /// Names are made from this, so that one hand-off has the same names each time.
    seed: String,
    list: Vec<Value>,
}

impl Entries {
    fn name(&self, what: &str) -> String {
        let hash = hex(&Sha256::digest(format!("{} {what}", self.seed)));
        // A UUID of version 8: one whose bits are the maker's own.
        format!("{}-{}-8{}-8{}-{}", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32])
    }

    /// How to refer to what `add` puts in under this name, now or later.
    pub(crate) fn reference(&self, what: &str) -> Value {
        json!({ "reference": format!("urn:uuid:{}", self.name(what)) })
    }

    /// Puts a resource in under a name that no other has; how to refer to it.
    pub(crate) fn add(&mut self, what: &str, kind: &str, resource: Value) -> Value {
        let id = self.name(what);
        let mut whole = json!({ "resourceType": kind, "id": id });
        if let (Some(whole), Value::Object(resource)) = (whole.as_object_mut(), resource) {
            whole.extend(resource);
        }
        self.list.push(json!({ "fullUrl": format!("urn:uuid:{id}"), "resource": whole }));
        self.reference(what)
    }
}

/// The document as JSON. The same hand-off gives the same bytes.
pub fn bundle(hand_off: &HandOff<'_>) -> String {
    let guideline: &Guideline = hand_off.finished.state().guideline();
    let seal = &hand_off.certificate.seal;
    let mut entries = Entries { seed: format!("{seal} {}", hand_off.now), list: Vec::new() };
    entries.add("patient", "Patient", patient());
    entries.add("device", "Device", resources::device());
    let made = resources::Made::make(hand_off, guideline, &mut entries);
    let sections = sections(hand_off, &made);
    let composition = json!({
        "status": "final",
        "type": loinc("60591-5", "Patient summary Document"),
        "subject": entries.reference("patient"),
        "date": hand_off.now.to_string(),
        "author": [entries.reference("device"), entries.reference("patient")],
        "title": Message::DoctorTitle.to_string(),
        "text": sentence(&format!("{} {}", hand_off.page.about, hand_off.page.made)),
        "section": sections,
    });
    entries.add("composition", "Composition", composition);
    resources::provenance(hand_off, guideline, &made, &mut entries);
    // A document begins with what says how it is read.
    let mut list = entries.list;
    if let Some(place) = list.iter().position(|entry| entry["resource"]["resourceType"] == "Composition") {
        list[..=place].rotate_right(1);
    }
    let bundle = json!({
        "resourceType": "Bundle",
        "meta": { "profile": [PATIENT_SUMMARY] },
        "identifier": { "system": CERTIFICATE, "value": format!("{seal}/{}", hand_off.now) },
        "type": "document",
        "timestamp": hand_off.now.to_string(),
        "entry": list,
    });
    bundle.to_string()
}

/// Somebody who is not named: who gives a name writes it on the paper.
fn patient() -> Value {
    let not_asked = json!({ "extension": [{ "url": NO_DATA_EXTENSION, "valueCode": "not-asked" }] });
    json!({ "name": [{ "_text": not_asked }], "_birthDate": not_asked })
}

fn loinc(code: &str, display: &str) -> Value {
    json!({ "coding": [{ "system": LOINC, "code": code, "display": display }] })
}

/// The sections of the page, and the three that a patient summary must have.
fn sections(hand_off: &HandOff<'_>, made: &resources::Made) -> Vec<Value> {
    let of_page = hand_off.page.sections.iter().filter(|section| !section.lines.is_empty());
    let of_page = of_page.map(|section| {
        let mut value = json!({
            "title": section.title.to_string(),
            "code": code_of(section.part),
            "text": narrative(section),
        });
        let entries = made.of(Some(section.part));
        if !entries.is_empty() {
            value["entry"] = entries.into();
        } else if section.part == Part::Taken {
            value["emptyReason"] = empty("unavailable", "Unavailable");
        }
        value
    });
    let not_asked = |title: Message<'_>, code: Value, says: Message<'_>| {
        json!({
            "title": title.to_string(),
            "code": code,
            "text": sentence(&says.to_string()),
            "emptyReason": empty("notasked", "Not Asked"),
        })
    };
    let problems = loinc("11450-4", "Problem list - Reported");
    let allergies = loinc("48765-2", "Allergies and adverse reactions Document");
    let more = [
        not_asked(Message::DoctorProblems, problems, Message::DoctorProblemsNotAsked),
        not_asked(Message::DoctorAllergies, allergies, Message::DoctorAllergiesNotAsked),
    ];
    let answers = json!({
        "title": Message::DoctorAnswers.to_string(),
        "code": { "text": "answers" },
        "text": sentence(&Message::DoctorAnswersAbout.to_string()),
        "entry": made.of(None),
    });
    of_page.chain(more).chain([answers]).collect()
}

fn empty(code: &str, display: &str) -> Value {
    let system = "http://terminology.hl7.org/CodeSystem/list-empty-reason";
    json!({ "coding": [{ "system": system, "code": code, "display": display }] })
}

fn code_of(part: Part) -> Value {
    match part {
        Part::Advised => loinc("18776-5", "Plan of care note"),
        Part::Danger => json!({ "coding": [
            { "system": LOINC, "code": "10187-3", "display": "Review of systems Narrative - Reported" },
            { "system": LOINC, "code": "104605-1", "display": "Alert" },
        ] }),
        Part::Story => loinc("10164-2", "History of Present illness Narrative"),
        Part::Health => loinc("11348-0", "History of Past illness note"),
        Part::Taken => loinc("10160-0", "History of Medication use Narrative"),
        Part::Causes => loinc("51848-0", "Evaluation note"),
        Part::Examine => loinc("29545-1", "Physical findings Narrative"),
        Part::Pain | Part::Places | Part::Tried | Part::Ask | Part::Imaging => json!({ "text": part.id() }),
    }
}
