//! Our names of things in FHIR, beside those that others gave.
//!
//! Ours are URNs and no addresses, since nothing is to be fetched from anywhere.

use care::{Answer, Finding, FindingKind, Guideline};
use serde_json::{Value, json};

/// Findings, by their ids in the book.
pub(crate) const FINDING: &str = "urn:unclench:finding";
/// The options of a finding are codes of this system with the id of the finding behind it.
pub(crate) const OPTION: &str = "urn:unclench:option:";
/// The questions of the book, as one questionnaire; its version is that of the book.
pub(crate) const QUESTIONNAIRE: &str = "urn:unclench:questionnaire";
/// The same questions with lists to tick.
pub(crate) const TICKED: &str = "urn:unclench:questionnaire-ticks";
/// "None of these", in a list to tick.
pub(crate) const NONE: &str = "urn:unclench:none";
/// What stands behind the name of a screen, for its list to tick.
pub(crate) const TICKS: &str = "ticks";
/// The same, for the list of those that the person is not sure of.
pub(crate) const TICKS_NOT_SURE: &str = "ticks_not_sure";
/// What stands behind the name of a number that the person is not sure of.
pub(crate) const NOT_SURE: &str = "not_sure";
/// What an entry of the diary says beside the pain.
pub(crate) const DIARY: &str = "urn:unclench:diary";
/// The places of the body map.
pub(crate) const PLACE: &str = "urn:unclench:place";
/// Packs of painkillers.
pub(crate) const PACK: &str = "urn:unclench:pack";
/// Ingredients, and medicines without doses.
pub(crate) const MEDICINE: &str = "urn:unclench:medicine";
/// How soon.
pub(crate) const URGENCY: &str = "urn:unclench:urgency";
/// The remedies of the plan.
pub(crate) const REMEDY: &str = "urn:unclench:remedy";
/// How an observation was made.
pub(crate) const METHOD: &str = "urn:unclench:method";
/// What kind of document is attached.
pub(crate) const DOCUMENT: &str = "urn:unclench:document";
/// Versions of the book.
pub(crate) const GUIDELINE: &str = "urn:unclench:guideline";
/// Hashes of the book.
pub(crate) const GUIDELINE_HASH: &str = "urn:unclench:guideline-hash";
/// Seals of certificates.
pub(crate) const CERTIFICATE: &str = "urn:unclench:certificate";
/// What was handed over without its certificate.
pub(crate) const HAND_OFF: &str = "urn:unclench:hand-off";

/// HL7's codes of what is known of a resource by itself.
pub(crate) const KNOWN_OF_RESOURCE: &str = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";
/// It is not all that there is.
pub(crate) const SUBSETTED: &str = "SUBSETTED";

/// When an answer was given, where a response holds several times.
pub(crate) const ANSWERED: &str = "urn:unclench:answered";
/// When an interview began.
pub(crate) const BEGAN: &str = "urn:unclench:began";
/// Whose limits of painkillers were shown.
pub(crate) const LIMITS_OF: &str = "urn:unclench:limits-of";
/// What the guard said of a dose.
pub(crate) const VERDICT: &str = "urn:unclench:verdict";

pub(crate) const LOINC: &str = "http://loinc.org";
pub(crate) const SNOMED: &str = "http://snomed.info/sct";
pub(crate) const ICD10CM: &str = "http://hl7.org/fhir/sid/icd-10-cm";
/// HL7's "yes" and "no".
pub(crate) const YES_NO: &str = "http://terminology.hl7.org/CodeSystem/v2-0136";
/// Why there is no value. HL7's value set of yes, no and "don't know" takes its last from here.
pub(crate) const NO_DATA: &str = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
pub(crate) const NO_DATA_EXTENSION: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
/// Asked, and the person did not know.
pub(crate) const NOT_KNOWN: &str = "asked-unknown";

/// The name of the group of a screen: one of its findings may be called like the screen.
pub(crate) fn screen(question: &care::Question) -> String {
    format!("{}:screen", question.id)
}

/// Whether a text is meant as FHIR, and no export of a record.
pub fn is_fhir(text: &str) -> bool {
    // Every resource says what it is, in whatever order its members are. An export never does:
    // in what somebody wrote the quotes have a backslash before them.
    text.contains("\"resourceType\"")
}

/// A code with its words.
pub(crate) fn coding(system: &str, code: &str, display: &str) -> Value {
    json!({ "system": system, "code": code, "display": display })
}

/// A concept of one code, in words.
pub(crate) fn concept(system: &str, code: &str, text: &str) -> Value {
    json!({ "coding": [coding(system, code, text)], "text": text })
}

/// A finding with every code that the book has for it.
pub(crate) fn concept_of(finding: &Finding) -> Value {
    let ours = [coding(FINDING, &finding.id, &finding.label)];
    // Their own words for a code are not ours to say.
    let theirs = [(ICD10CM, &finding.icd10cm), (LOINC, &finding.loinc), (SNOMED, &finding.snomed)];
    let theirs = theirs
        .into_iter()
        .flat_map(|(system, codes)| codes.iter().map(move |code| json!({ "system": system, "code": code })));
    json!({ "coding": ours.into_iter().chain(theirs).collect::<Vec<_>>(), "text": finding.label })
}

/// An answer as the value of an item or an observation: the last part of its name, and it.
pub(crate) fn value(
    guideline: &Guideline,
    finding: care::FindingId,
    answer: Answer,
) -> (&'static str, Value) {
    let finding = guideline.finding(finding);
    match (answer, &finding.kind) {
        (Answer::Yes, _) => ("Coding", coding(YES_NO, "Y", "Yes")),
        (Answer::No, _) => ("Coding", coding(YES_NO, "N", "No")),
        (Answer::Number(number), _) => ("Integer", number.into()),
        (Answer::Option(index), FindingKind::Choice(options)) if usize::from(index) < options.len() => {
            let option = &options[usize::from(index)];
            ("Coding", coding(&format!("{OPTION}{}", finding.id), &option.id, &option.label))
        }
        (Answer::NotSure | Answer::Option(_), _) => {
            ("Coding", coding(NO_DATA, NOT_KNOWN, "Asked But Unknown"))
        }
    }
}
