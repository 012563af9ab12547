//! Replaying a record: does every finished triage come out as it did?

use care::{Guideline, certify};
use jiff::Timestamp;
use store::{Event, Record, Sequence};

use crate::case::Case;

/// One finished triage of a record, worked out again from the events before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Its place in the record.
    pub sequence: Sequence,
    /// When it was made.
    pub at: Timestamp,
    /// What came out.
    pub result: ReplayResult,
}

/// What came out of working out a triage again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplayResult {
    /// The same certificate, to the last letter.
    Same,
    /// Another certificate, or none.
    Different,
    /// It was made with another version of the book, by which alone it can be replayed.
    OtherGuideline {
        /// That version.
        version: String,
    },
}

/// Works out every finished triage of a record again, each from the events that
/// came before it and at its own time.
pub fn replay(guideline: &Guideline, record: &Record) -> Vec<Replayed> {
    let mut so_far = Record::default();
    let mut replayed = Vec::new();
    for stored in record.events() {
        if let Event::Assessed { shown, certificate, .. } = &stored.event {
            let result = if shown.guideline_hash == guideline.book().hash {
                let case = Case::at(guideline, &so_far, stored.at);
                let again = case.finished().map(certify);
                if again.is_some() && again == certificate.read() {
                    ReplayResult::Same
                } else {
                    ReplayResult::Different
                }
            } else {
                ReplayResult::OtherGuideline { version: shown.guideline_version.clone() }
            };
            replayed.push(Replayed { sequence: stored.sequence, at: stored.at, result });
        }
        so_far.push(stored.clone());
    }
    replayed
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::{Person, guideline, plain_spasm};

    #[test]
    fn every_outcome_of_a_record_comes_out_the_same_again() {
        let mut person = Person::with_a_plain_spasm();
        person.post("/changed", &[]);
        person.wait(jiff::SignedDuration::from_hours(30));
        let mut worse = plain_spasm();
        worse["saddle_numbness"] = json!("not sure");
        worse["saddle_touch"] = json!("not sure");
        while person.answer_next(&worse) {}
        let replayed = replay(guideline(), &person.record);
        assert_eq!(replayed.len(), 2);
        assert!(replayed.iter().all(|one| one.result == ReplayResult::Same), "{replayed:?}");
    }

    #[test]
    fn a_certificate_of_other_answers_is_noticed() {
        let person = Person::with_a_plain_spasm();
        let mut forged = Record::default();
        for stored in person.record.events() {
            let mut stored = stored.clone();
            if let Event::Answered { answers, .. } = &mut stored.event
                && answers.contains_key("age")
            {
                answers.insert("age".to_owned(), json!(80));
            }
            forged.push(stored);
        }
        let replayed = replay(guideline(), &forged);
        assert_eq!(replayed.iter().map(|one| &one.result).collect::<Vec<_>>(), [&ReplayResult::Different]);
    }
}
