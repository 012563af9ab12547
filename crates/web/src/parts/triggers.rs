//! What may bring the pain on, to be ticked and looked at again.

use care::{Guideline, sentence_case};

/// The contributors that a diary offers, in reading order: the id of each cause, and how the
/// page has it.
pub(crate) fn known_triggers(guideline: &Guideline) -> Vec<(String, String)> {
    let causes = guideline.causes().map(|id| guideline.cause(id)).filter(|cause| cause.daily);
    causes.map(|cause| (cause.id.clone(), sentence_case(&cause.name))).collect()
}
