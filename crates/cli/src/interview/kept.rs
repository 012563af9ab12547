//! An interview that a program drives, kept whole in the record that it names.

use care::{Answer, Answers, FindingId, Guideline, QuestionId};
use jiff::Timestamp;
use store::{Event, Record, Restart};
use web::Situation;

use crate::own_record::OwnRecord;

/// The answers that the decision rests on: those that were given, with what the diary of the
/// record says, if there is one.
pub(super) fn with_diary(guideline: &Guideline, own: Option<&OwnRecord>, given: &Answers) -> Answers {
    let Some(own) = own else { return given.clone() };
    let now = Timestamp::now();
    let ahead = ahead(own.record(), now, events(guideline, own.record(), now, given));
    Situation::of(guideline, &ahead, now).given_with_diary().clone()
}

/// Keeps the answers as an interview of their own, with its outcome.
///
/// # Errors
///
/// If they could not be written. Nothing of them is there then.
pub(super) fn keep(guideline: &Guideline, own: &mut OwnRecord, given: &Answers) -> anyhow::Result<()> {
    own.keep(|record, now| {
        let mut events = events(guideline, record, now, given);
        let ahead = ahead(record, now, events.clone());
        events.extend(Situation::of(guideline, &ahead, now).confirmed());
        events.into_iter().map(|event| (now, event)).collect()
    })?;
    Ok(())
}

/// A new interview, in which nothing of an earlier one is taken for granted.
fn events(guideline: &Guideline, record: &Record, now: Timestamp, given: &Answers) -> Vec<Event> {
    let mut screens: Vec<(QuestionId, Vec<(FindingId, Answer)>)> = Vec::new();
    for (finding, answer) in given.iter() {
        let Some(question) = guideline.asked_by(finding) else { continue };
        match screens.iter_mut().find(|(known, _)| *known == question) {
            Some((_, given)) => given.push((finding, answer)),
            None => screens.push((question, vec![(finding, answer)])),
        }
    }
    let is_first = record.conversation().next().is_none();
    let begun = (!is_first).then(|| Situation::of(guideline, record, now).begun_again(Restart::StartOver));
    let answered = screens.into_iter().map(|(question, given)| answered(guideline, question, &given));
    begun.into_iter().chain(answered).collect()
}

fn answered(guideline: &Guideline, question: QuestionId, given: &[(FindingId, Answer)]) -> Event {
    let named = |(finding, answer): &(FindingId, Answer)| {
        let value = care::answer_to_json(guideline, *finding, *answer);
        (guideline.finding(*finding).id.clone(), value)
    };
    Event::Answered {
        question: guideline.question(question).id.clone(),
        answers: given.iter().map(named).collect(),
        dropped: Vec::new(),
        after_triage: false,
    }
}

/// The record as it will be.
fn ahead(record: &Record, now: Timestamp, events: Vec<Event>) -> Record {
    let mut ahead = record.clone();
    for event in events {
        ahead.add(now, event);
    }
    ahead
}
