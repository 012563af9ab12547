//! What of a file comes into a record. A file may make something more urgent, and never less
//! than it stands here. How it stands no event tells by itself, only the decision that is made
//! of all of them, so that is made before and after: for pages and for a terminal.

use std::collections::{BTreeMap, BTreeSet};

use care::medicine::{Found, regions_with_limits};
use care::{
    Answer, Answers, DoseLevel, DoseLog, DoseVerdict, Finished, Guideline, QuestionId, Region, State,
    Urgency, may_take,
};
use jiff::{Timestamp, Zoned};
use store::{
    Event, Import, LeavingOut, Preview, Record, Restart, goes_on, preview_without, to_import_without,
};
use tell::{Clock, ComesIn};

use crate::situation::Situation;
use crate::spell::reported_new;

/// What a file brings into a record.
#[derive(Clone, Debug, PartialEq)]
pub struct TakenIn {
    /// The events to add, as [`store::to_import`] gives them.
    pub events: Vec<(Timestamp, Event)>,
    /// What they are.
    pub preview: Preview,
    /// What is to be known before they are added, in sentences.
    pub told: Vec<String>,
}

/// What comes in of a file now.
///
/// A file that goes on where the record ends, as any does for an empty one, comes in as it is.
/// Of every other one answers are left out where with them something would be less urgent than
/// it stands, or a painkiller less shut than by what was answered here; then its diary too. Where
/// something newer and more urgent stands in the file and cannot stand here, the danger questions
/// are opened.
pub fn to_take_in(guideline: &Guideline, record: &Record, import: &Import, now: &Zoned) -> TakenIn {
    let at = now.timestamp();
    let before = Stands::of(guideline, record, at);
    let is_theirs = goes_on(record, import);
    let answers = LeavingOut { answers: true, diary: false };
    let rungs = [LeavingOut::default(), answers, LeavingOut { diary: true, ..answers }];
    let (leaving_out, mut events, mut then, mut after) = {
        let mut rungs = rungs.into_iter();
        loop {
            let leaving_out = rungs.next().unwrap_or_default();
            let events = to_import_without(record, import, leaving_out);
            let then = with(record, &events);
            let after = Stands::of(guideline, &then, at);
            if is_theirs || rungs.len() == 0 || !after.is_less_than(&before, guideline, at) {
                break (leaving_out, events, then, after);
            }
        }
    };
    let mut preview = preview_without(record, import, leaving_out);
    let is_noted = record.lost_before().is_some_and(|noted| import.exported.min(at) <= noted);
    if import.missing > 0 && !is_noted {
        // What is made of it is no more whole than the file, also where nothing else comes in. A
        // file that is made later than now shows that the clock here is behind.
        events.push((at.max(import.exported), Event::CameInIncomplete { missing: import.missing }));
        then = with(record, &events);
        after = Stands::of(guideline, &then, at);
    }
    let mut comes_in = ComesIn {
        without_answers: leaving_out.answers,
        without_diary: leaving_out.diary,
        without_clearance: preview.unknowing > 0,
        ..ComesIn::default()
    };
    let theirs = Record::of(import.events().to_vec());
    let in_file = Stands::of(guideline, &theirs, at);
    if after.urgency < in_file.urgency {
        let newest = last_word(guideline, &theirs).max(reported_new(&theirs));
        comes_in.more_urgent = Some((in_file.urgency, newest.unwrap_or(import.exported)));
        if newest > last_word(guideline, record) {
            comes_in.asks_again = true;
            if !after.is_asked_again {
                let opened = asked_again(guideline, &then, &before, at);
                preview.added += opened.len();
                events.extend(opened.into_iter().map(|event| (at, event)));
                then = with(record, &events);
                after = Stands::of(guideline, &then, at);
            }
        }
    }
    let has_answers = import.events().iter().any(|stored| matches!(stored.event, Event::Answered { .. }));
    comes_in.emergency_stays =
        before.urgency == Urgency::Emergency && has_answers && (leaving_out.answers || preview.outdated > 0);
    comes_in.becomes = Some(after.urgency).filter(|urgency| *urgency != before.urgency);
    comes_in.may_be_new = after.is_asked_again && !before.is_asked_again && !comes_in.asks_again;
    if !events.is_empty() && !is_theirs && !after.is_asked_again && after.urgency < Urgency::Emergency {
        (comes_in.stricter, comes_in.looser) =
            painkillers_then(guideline, (record, &before), (&then, &after), at);
    }
    TakenIn { events, preview, told: comes_in.told(guideline, &Clock::of(now)) }
}

/// What opens the danger questions. The questions begin again, where an outcome stands until
/// they are done and what else was said is not lost by it; else what was denied is taken back.
fn asked_again(guideline: &Guideline, record: &Record, before: &Stands, now: Timestamp) -> Vec<Event> {
    let person = Situation::of(guideline, record, now);
    let begun = person.begun_again(Restart::SomethingChanged);
    let then = Stands::of(guideline, &with(record, &[(now, begun.clone())]), now);
    if then.is_asked_again && !then.is_less_than(before, guideline, now) {
        return vec![begun];
    }
    let mut denied: BTreeMap<QuestionId, Vec<String>> = BTreeMap::new();
    for (id, _) in person.given().iter().filter(|(_, answer)| *answer == Answer::No) {
        let finding = guideline.finding(id);
        if let Some(question) = guideline.asked_by(id).filter(|_| finding.danger) {
            denied.entry(question).or_default().push(finding.id.clone());
        }
    }
    let taken_back = denied.into_iter().map(|(question, findings)| {
        let question = guideline.question(question).id.clone();
        Event::TakenBack { question, findings, after_triage: false }
    });
    taken_back.collect()
}

/// A record as it would be then.
fn with(record: &Record, events: &[(Timestamp, Event)]) -> Record {
    let mut then = record.clone();
    then.extend((record.last().0 + 1..).zip(events).map(|(sequence, (at, event))| {
        let (sequence, event) = (store::Sequence(sequence), event.clone());
        store::Stored { sequence, at: *at, once: None, event }
    }));
    then
}

/// What stands in a record.
struct Stands {
    /// What is certain, or was told and holds.
    urgency: Urgency,
    /// Something may be new and is still to be asked about.
    is_asked_again: bool,
    /// The answers by which a dose is judged.
    answers: Answers,
}

impl Stands {
    fn of(guideline: &Guideline, record: &Record, now: Timestamp) -> Self {
        let person = Situation::of(guideline, record, now);
        let certain = |answers: &Answers| State::of(guideline, answers).bounds().lower;
        let told = person.outcome().map(Finished::urgency);
        let told_before = person.told_before().map(|told| told.shown.urgency);
        let certain = certain(person.answers()).max(certain(person.given_with_diary()));
        let urgency = told.into_iter().chain(told_before).chain([certain]).max().unwrap_or(certain);
        Self { urgency, is_asked_again: person.is_asked_again(), answers: person.answers_for_a_dose() }
    }

    /// Whether something is less urgent than there, or a painkiller less shut by the answers:
    /// but for what was only not answered there, and not "not sure" either.
    fn is_less_than(&self, before: &Self, guideline: &Guideline, now: Timestamp) -> bool {
        if self.urgency < before.urgency || before.is_asked_again && !self.is_asked_again {
            return true;
        }
        if self.answers == before.answers {
            return false;
        }
        // What is to be asked here is denied here.
        let is_denied = |answers: &Answers, finding| answers.get(finding) == Some(Answer::No);
        let mut signs = guideline.findings().filter(|id| guideline.finding(*id).danger);
        if before.is_asked_again
            && signs.any(|id| is_denied(&self.answers, id) && !is_denied(&before.answers, id))
        {
            return true;
        }
        let is_unsure = before.answers.iter().any(|(_, answer)| answer == Answer::NotSure);
        // What was taken is the same before and after: only the answers are looked at.
        let nothing_taken = DoseLog::default();
        let verdict = |region: &Region, found: &Found<'_>, answers: &Answers| {
            let dose = found.dose(found.usual_amount()).ok()?;
            Some(judged(&may_take(guideline, &region.id, &nothing_taken, &dose, answers, now)))
        };
        regions_with_limits(guideline).into_iter().any(|region| {
            painkillers(guideline, region).any(|found| {
                let (was, is) =
                    (verdict(region, &found, &before.answers), verdict(region, &found, &self.answers));
                let may_be_answered = !is_unsure && was == Some(WAITS_FOR_ANSWERS);
                is < was && !may_be_answered
            })
        })
    }
}

/// How shut a dose is, and whether by something that is known.
type Judged = (DoseLevel, bool);

const WAITS_FOR_ANSWERS: Judged = (DoseLevel::AskFirst, false);

fn judged(verdict: &DoseVerdict<'_>) -> Judged {
    (verdict.level(), !verdict.waits_for_answers())
}

/// Every painkiller of a region: by ingredient, and by pack.
fn painkillers<'g>(guideline: &'g Guideline, region: &'g Region) -> impl Iterator<Item = Found<'g>> {
    let book = guideline.book();
    let all = book.medicines.iter().map(Found::Ingredient).chain(book.products.iter().map(Found::Product));
    all.filter(|found| found.is_in(guideline, &region.id))
}

/// The painkillers that more would speak against then than now, and those that less would.
fn painkillers_then(
    guideline: &Guideline,
    (record, before): (&Record, &Stands),
    (then, after): (&Record, &Stands),
    now: Timestamp,
) -> (Vec<String>, Vec<String>) {
    let settings = then.settings();
    let own = [&settings.dose_region, &settings.region].into_iter().flatten();
    let mut regions = regions_with_limits(guideline);
    if let Some(own) = own.into_iter().find_map(|id| regions.iter().copied().find(|region| region.id == *id))
    {
        regions = vec![own];
    }
    let (log_before, log_then) = (record.dose_log(), then.dose_log());
    let (mut stricter, mut looser) = (BTreeSet::new(), BTreeSet::new());
    for region in regions {
        let ingredients =
            painkillers(guideline, region).filter(|found| matches!(found, Found::Ingredient(_)));
        for found in ingredients {
            let Ok(dose) = found.dose(found.usual_amount()) else { continue };
            let level = |log: &DoseLog, answers: &Answers| {
                may_take(guideline, &region.id, log, &dose, answers, now).level()
            };
            let (was, is) = (level(&log_before, &before.answers), level(&log_then, &after.answers));
            if was < is {
                stricter.insert(found.name());
            } else if is < was {
                looser.insert(found.name());
            }
        }
    }
    (stricter.into_iter().collect(), looser.into_iter().collect())
}

/// When danger signs were asked about last, or everything was opened to be asked again.
fn last_word(guideline: &Guideline, record: &Record) -> Option<Timestamp> {
    let is_danger = |name: &String| {
        guideline.finding_named(name).is_some_and(|finding| guideline.finding(finding).danger)
    };
    let words = record.conversation().filter(|stored| match &stored.event {
        Event::Answered { answers, .. } => answers.keys().any(is_danger),
        Event::InterviewStarted { .. } | Event::TakenBack { .. } => true,
        _ => false,
    });
    words.map(|stored| stored.at).max()
}

#[cfg(test)]
mod tests;
