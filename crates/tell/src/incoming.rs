//! What a file that is brought back does to what stands, for a page and a terminal.

use care::{Guideline, Urgency};
use jiff::Timestamp;

use crate::clock::Clock;
use crate::message::Message;

/// What adding a file would change beside its entries, to be known before it is added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sentence that is said or not")]
pub struct ComesIn {
    /// An emergency stands here, and answers of the file do not count beside it.
    pub emergency_stays: bool,
    /// What stands in the file where that is more urgent and does not count, and of when it is.
    pub more_urgent: Option<(Urgency, Timestamp)>,
    /// The danger questions are open again because of that.
    pub asks_again: bool,
    /// What would stand, where that is another outcome.
    pub becomes: Option<Urgency>,
    /// Something may be new then, and is to be asked about.
    pub may_be_new: bool,
    /// Answers of the file are left out.
    pub without_answers: bool,
    /// Entries of its diary are left out.
    pub without_diary: bool,
    /// A clearance of it is left out.
    pub without_clearance: bool,
    /// The painkillers that more would speak against.
    pub stricter: Vec<String>,
    /// The painkillers that less would speak against.
    pub looser: Vec<String>,
}

impl ComesIn {
    /// In sentences, the most urgent first.
    pub fn told(&self, guideline: &Guideline, clock: &Clock) -> Vec<String> {
        let title = |urgency| guideline.outcome(urgency).title.as_str().into();
        let names = |names: &[String]| Some(names.join(", ").into()).filter(|_| !names.is_empty());
        let urgent = self.more_urgent.map(|(urgency, at)| {
            let (when, title) = (clock.words(at).into(), title(urgency));
            if self.asks_again {
                Message::ImportAsksAgain { when, title }
            } else {
                Message::ImportMoreUrgent { when, title }
            }
        });
        let messages = [
            self.emergency_stays.then_some(Message::ImportEmergencyStays),
            urgent,
            self.becomes.map(|of| Message::ImportOutcomeBecomes { title: title(of) }),
            self.may_be_new.then_some(Message::ImportMayBeNew),
            self.without_answers.then_some(Message::ImportAnswersLeftOut),
            self.without_diary.then_some(Message::ImportDiaryLeftOut),
            self.without_clearance.then_some(Message::ImportClearanceLeftOut),
            names(&self.stricter).map(|names| Message::ImportStricter { names }),
            names(&self.looser).map(|names| Message::ImportLooser { names }),
        ];
        messages.into_iter().flatten().map(|message| message.to_string()).collect()
    }
}
