//! What an entry leads to: the whole triage again, and what changed by it.
//!
//! A "no" in the diary leaves every earlier answer standing; it takes no danger sign
//! back. A "yes" or "not sure" begins the questions again.

use care::recovery::{Course, episodes};
use care::{Answer, Chapter, FindingId, Finished, Guideline, QuestionId, State, Step, Urgency, next};
use jiff::{SignedDuration, Timestamp};
use store::{CheckIn, Event, NewDanger, Reason, Record, Restart, Stored};

use super::asked::asked_along;
use super::check_in::Filled;
use crate::asking::Given;
use crate::case::Case;
use crate::events::assessed;
use crate::parts::change::Change;
use crate::parts::onward::elsewhere;
use crate::response::Response;
use crate::spell::{Spell, answered_at};
use crate::view::View;
use crate::visitor::Visitor;
use crate::worked_out::WorkedOut;

/// For so long a "no" to the danger signs is not asked again screen by screen. It is the
/// silence after which a diary no longer shows days in a row, and our own choice.
const NO_HOLDS_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Pain from which a spell that was over counts as back: 2 above "well", the smallest
/// change that people notice.
const BACK_AGAIN: u8 = 3;

/// The page that shows what was written down, and what it changes.
const RESULT: &str = "/diary/result";

/// Stores an entry, after `events` that came with it, and works out what it changes.
pub(super) fn save(visitor: &Visitor<'_>, mut events: Vec<Event>, filled: Filled) -> Response {
    let restart = restart(visitor, &filled.entry);
    let entry = Event::CheckedIn(filled.entry);
    match restart {
        // The entry belongs to the spell that it begins.
        Some(Restart::NewSpell) => events.extend([visitor.ask_again(Restart::NewSpell), entry]),
        Some(because) => events.extend([entry, visitor.ask_again(because)]),
        None => {
            events.push(entry);
            return follow(visitor, events, &filled.answers);
        }
    }
    Response::see("/question").after(events)
}

/// Whether an entry begins the questions again, and why.
fn restart(visitor: &Visitor<'_>, entry: &CheckIn) -> Option<Restart> {
    if is_back_again(visitor, entry) {
        return Some(Restart::NewSpell);
    }
    let is_new = matches!(entry.new_danger, NewDanger::Yes | NewDanger::NotSure);
    is_new.then_some(Restart::CheckIn)
}

/// Whether it is so long since the danger signs were asked about, screen by screen or by
/// an entry before the last one, that they are offered once more.
pub(super) fn is_long_since_asked(visitor: &Visitor<'_>) -> bool {
    let guideline = visitor.guideline();
    let events = visitor.record.events();
    let entry = events.iter().rposition(|stored| matches!(stored.event, Event::CheckedIn(_)));
    let (before, since) = events.split_at(entry.unwrap_or_default());
    let is_asked_since = since.iter().skip(1).any(|stored| is_asked(guideline, stored));
    let asked = before.iter().rev().find(|stored| is_asked(guideline, stored)).map(|stored| stored.at);
    let is_long = asked.is_none_or(|asked| visitor.now.timestamp().duration_since(asked) > NO_HOLDS_FOR);
    is_long && !is_asked_since
}

/// Whether an event asked about danger signs.
fn is_asked(guideline: &Guideline, stored: &Stored) -> bool {
    match &stored.event {
        Event::Answered { question, after_triage: false, .. } => {
            let question = guideline.question_named(question);
            question.is_some_and(|question| guideline.question(question).chapter == Chapter::Danger)
        }
        Event::CheckedIn(entry) => entry.new_danger == NewDanger::No,
        _ => false,
    }
}

/// Whether the spell was over, and the pain is back: strong enough at once, or as long
/// as a new spell takes to count as one.
fn is_back_again(visitor: &Visitor<'_>, entry: &CheckIn) -> bool {
    let Some(before) = &visitor.standing().series else { return false };
    let was_over = Course::of(visitor.guideline(), before).episode.recovered.is_some();
    let is_latest = visitor.record.check_ins().last().is_none_or(|last| last.what.at <= entry.at);
    if !was_over || !is_latest {
        return false;
    }
    let after = Ahead::new(visitor, vec![Event::CheckedIn(entry.clone())]).case(visitor.guideline());
    let count = |series: &_| episodes(visitor.guideline(), series).len();
    let has_begun = after.series.is_some_and(|after| count(&after) > count(before));
    entry.pain_now >= BACK_AGAIN || has_begun
}

/// Stores these events of the diary and works out what they change.
pub(super) fn follow(
    visitor: &Visitor<'_>,
    events: Vec<Event>,
    answers: &[(QuestionId, Vec<(FindingId, Answer)>)],
) -> Response {
    let before = visitor.standing();
    if !before.keeps_what_is_theirs() {
        // An entry is never lost; but what was not confirmed is not taken as confirmed now.
        return elsewhere(before).after(events);
    }
    let guideline = visitor.guideline();
    // While the questions are answered again, the outcome before them stands, and what is
    // written down here is no part of them.
    let is_under_way = visitor.record.interview().assessed.is_none();
    let mut ahead = Ahead::new(visitor, events);
    let mut case = ahead.case(guideline);
    for (question, given) in answers {
        if !State::of(guideline, &case.answers).does_not_apply(*question) {
            let given = Given { question: *question, given: given.clone() };
            ahead.add(given.event(guideline, &case, is_under_way).0);
            case = ahead.case(guideline);
        }
    }
    if is_under_way {
        return Response::see(RESULT).after(ahead.events);
    }
    if let Some(event) = outdated_course(visitor, &ahead, &case, answers) {
        ahead.add(event);
        case = ahead.case(guideline);
    }
    let mut events = ahead.events;
    let to = match &case.step {
        // What is written down is shown first; what is to be asked for it is offered there.
        Step::Ask(_) => RESULT,
        Step::Done(finished) => {
            let is_emergency = finished.urgency() == Urgency::Emergency;
            if is_emergency || !case.is_confirmed || is_due(visitor, finished) {
                events.push(assessed(finished, Reason::CheckIn));
            }
            if is_emergency { "/outcome" } else { RESULT }
        }
    };
    Response::see(to).after(events)
}

/// The record as it will be once these events are stored.
struct Ahead {
    record: Record,
    now: Timestamp,
    events: Vec<Event>,
    /// The diary of it, worked out once between two events.
    worked_out: WorkedOut,
}

impl Ahead {
    fn new(visitor: &Visitor<'_>, events: Vec<Event>) -> Self {
        let mut ahead = Self {
            record: visitor.record.clone(),
            now: visitor.now.timestamp(),
            events: Vec::new(),
            worked_out: WorkedOut::default(),
        };
        for event in events {
            ahead.add(event);
        }
        ahead
    }

    fn add(&mut self, event: Event) {
        self.record.add(self.now, event.clone());
        self.events.push(event);
    }

    fn case<'g>(&self, guideline: &'g Guideline) -> Case<'g> {
        Case::seen(guideline, &View::whole(&self.record), self.now, &self.worked_out)
    }
}

/// Takes back how it has gone, as it was said on another day, where that would decide
/// something now: then it is asked.
fn outdated_course(
    visitor: &Visitor<'_>,
    ahead: &Ahead,
    case: &Case<'_>,
    answers: &[(QuestionId, Vec<(FindingId, Answer)>)],
) -> Option<Event> {
    let guideline = visitor.guideline();
    let Ahead { record, now, .. } = ahead;
    let days = Spell::of(guideline, record, *now).map(|spell| spell.days(*now));
    let course = asked_along(guideline, case, days).course?;
    let is_answered_now = answers.iter().flat_map(|(_, given)| given).any(|(finding, _)| *finding == course);
    case.given.get(course).filter(|_| !is_answered_now)?;
    let name = &guideline.finding(course).id;
    let said = answered_at(&View::whole(record), name)?.to_zoned(visitor.now.time_zone().clone()).date();
    let question = guideline.asked_by(course).filter(|_| said < visitor.now.date())?;
    let mut without = case.answers.clone();
    without.clear(course);
    let is_needed = matches!(next(guideline, &without), Step::Ask(ask) if ask.question == question);
    is_needed.then(|| Event::TakenBack {
        question: guideline.question(question).id.clone(),
        findings: vec![name.clone()],
        after_triage: false,
    })
}

/// Whether the outcome is worth keeping: it is another one than last time, in its level,
/// its reasons or its plan, or the first of the day.
fn is_due(visitor: &Visitor<'_>, finished: &Finished<'_>) -> bool {
    let Some(last) = visitor.record.assessments().last() else { return true };
    let day = last.at.to_zoned(visitor.now.time_zone().clone()).date();
    day != visitor.now.date() || Change::between(Some(last), finished).is_any()
}
