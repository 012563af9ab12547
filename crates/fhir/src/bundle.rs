//! One document of everything that is handed over.

use care::{Guideline, hex};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tell::{Message, Part};

use crate::codes::{CERTIFICATE, HAND_OFF, KNOWN_OF_RESOURCE, LOINC, NO_DATA_EXTENSION, SUBSETTED};
use crate::entries::Entries;
use crate::hand_off::HandOff;
use crate::narrative::{narrative, sentence};
use crate::resources;

/// The profile of a document that is an International Patient Summary.
const PATIENT_SUMMARY: &str = "http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips";

/// The document as JSON. The same hand-off gives the same bytes.
pub fn bundle(hand_off: &HandOff<'_>) -> String {
    let guideline: &Guideline = hand_off.finished.state().guideline();
    // Without a certificate nothing is made of what was left off, which could be found by trying.
    let seed = hand_off.proof().map_or_else(
        || hex(&Sha256::digest(format!("{} {:?}", guideline.book().hash, hand_off.given))),
        |certificate| certificate.seal.clone(),
    );
    let mut entries = Entries::new(format!("{seed} {}", hand_off.now));
    entries.add("patient", "Patient", patient());
    entries.add("device", "Device", resources::device());
    let made = resources::Made::make(hand_off, guideline, &mut entries);
    let sections = sections(hand_off, &made);
    let mut composition = json!({
        "status": "final",
        "type": loinc("60591-5", "Patient summary Document"),
        "subject": entries.reference("patient"),
        "date": hand_off.now.to_string(),
        "author": [entries.reference("device"), entries.reference("patient")],
        "title": Message::DoctorTitle.to_string(),
        "text": sentence(&format!(
            "{} {} {}",
            hand_off.page.about, hand_off.page.confided, hand_off.page.made
        )),
        "section": sections,
    });
    if hand_off.is_incomplete {
        composition["meta"] = json!({ "tag": [{ "system": KNOWN_OF_RESOURCE, "code": SUBSETTED }] });
    }
    entries.add("composition", "Composition", composition);
    resources::provenance(hand_off, guideline, &made, &mut entries);
    let identifier = if hand_off.proof().is_some() { CERTIFICATE } else { HAND_OFF };
    let bundle = json!({
        "resourceType": "Bundle",
        "meta": { "profile": [PATIENT_SUMMARY] },
        "identifier": { "system": identifier, "value": format!("{seed}/{}", hand_off.now) },
        "type": "document",
        "timestamp": hand_off.now.to_string(),
        "entry": entries.composition_first(),
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
        // What is still to be examined is no finding, and has no code.
        Part::Pain
        | Part::Places
        | Part::Tried
        | Part::Absent
        | Part::Ask
        | Part::Examine
        | Part::Imaging => json!({ "text": part.id() }),
    }
}
