//! What may bring the pain on, to be ticked and looked at again.

use care::{Guideline, sentence_case};

/// The contributors of the book that can be there on one day and not on the next,
/// by their ids; those that are not in it are left out.
const TRIGGERS: [&str; 8] = [
    "doing_too_much",
    "tired_muscles",
    "long_sitting",
    "posture",
    "too_little_movement",
    "dehydration",
    "stress",
    "poor_sleep",
];

/// The triggers of the book that a diary offers: the id of each cause, and how the page has it.
pub(crate) fn known_triggers(guideline: &Guideline) -> Vec<(String, String)> {
    let causes = guideline.causes().map(|id| guideline.cause(id));
    let causes: Vec<&care::Cause> = causes.filter(|cause| TRIGGERS.contains(&cause.id.as_str())).collect();
    TRIGGERS
        .iter()
        .filter_map(|id| causes.iter().find(|cause| cause.id == *id))
        .map(|cause| (cause.id.clone(), sentence_case(&cause.name)))
        .collect()
}
