//! What a file that is brought back does to the outcome that stands, for a page and a terminal.

use care::{Guideline, Urgency};
use jiff::Timestamp;

use crate::clock::Clock;
use crate::message::Message;

/// What is to be known of outcomes before a file is added, the most urgent first: that an
/// emergency stays, an outcome of the file that is more urgent and does not count, and the
/// outcome that would stand in place of another.
pub fn outcomes_then(
    guideline: &Guideline,
    emergency_stays: bool,
    more_urgent: Option<(Urgency, Timestamp)>,
    becomes: Option<Urgency>,
    clock: &Clock,
) -> Vec<String> {
    let title = |urgency| guideline.outcome(urgency).title.as_str().into();
    let stays = emergency_stays.then(|| Message::ImportEmergencyStays.to_string());
    let urgent = more_urgent.map(|(urgency, at)| {
        Message::ImportMoreUrgent { when: clock.words(at).into(), title: title(urgency) }.to_string()
    });
    let becomes = becomes.map(|of| Message::ImportOutcomeBecomes { title: title(of) }.to_string());
    [stays, urgent, becomes].into_iter().flatten().collect()
}
