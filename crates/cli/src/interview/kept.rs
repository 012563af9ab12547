//! An interview that a program drives, kept whole in the record that it names.

use care::{Answer, Answers, FindingId, Guideline, QuestionId, Region, Urgency};
use jiff::Timestamp;
use serde_json::{Value, json};
use store::{Event, Record, Restart, Sequence};
use web::Situation;
use wire::Assessment;

use crate::own_record::OwnRecord;

/// Where what was asked, answered and told ended when an interview began; none where nothing
/// was. What came later was not seen by whoever is asked, so nothing of theirs may replace it.
pub(super) type Began = Option<(Sequence, Timestamp)>;

/// Where it ends now: another place also once it was erased and begun again.
pub(super) fn end(record: &Record) -> Began {
    record.conversation().next_back().map(|stored| (stored.sequence, stored.at))
}

/// The emergency that stands in a record; none where there is no such outcome.
pub(super) fn emergency(guideline: &Guideline, region: &Region, record: &Record) -> Option<Value> {
    let situation = Situation::of(guideline, record, Timestamp::now());
    if let Some(finished) = situation.outcome() {
        let is_emergency = finished.urgency() == Urgency::Emergency;
        return is_emergency.then(|| json!(Assessment::finished(guideline, region, finished)));
    }
    // Another version of the book told it, and this one has more to ask before it can.
    let told = record.assessments().last().filter(|told| told.shown.urgency == Urgency::Emergency)?;
    let title = web::told_title(guideline, &told.shown);
    let number = &region.emergency;
    Some(
        json!({ "urgency": told.shown.urgency, "title": title, "do": told.shown.actions, "emergency_number": number }),
    )
}

/// The answers that the decision rests on: those that were given, with what the diary of the
/// record says, if there is one.
pub(super) fn with_diary(guideline: &Guideline, own: Option<&OwnRecord>, given: &Answers) -> Answers {
    let Some(own) = own else { return given.clone() };
    let now = Timestamp::now();
    let ahead = ahead(own.record(), now, events(guideline, own.record(), now, given));
    Situation::of(guideline, &ahead, now).given_with_diary().clone()
}

/// Keeps the answers as an interview of their own, with its outcome. False, and nothing of
/// them is kept, where something was answered or told since it began.
///
/// # Errors
///
/// If they could not be written. Nothing of them is there then.
pub(super) fn keep(
    guideline: &Guideline,
    own: &mut OwnRecord,
    began: Began,
    given: &Answers,
) -> anyhow::Result<bool> {
    let kept = own.keep(|record, now| {
        if end(record) != began {
            return Vec::new();
        }
        let mut events = events(guideline, record, now, given);
        let ahead = ahead(record, now, events.clone());
        events.extend(Situation::of(guideline, &ahead, now).confirmed());
        events.into_iter().map(|event| (now, event)).collect()
    })?;
    Ok(!kept.is_empty())
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
