//! A question on a page and the form that answers it, the same for every part of the
//! program that asks.
//!
//! An answer is only ever what the person gave while they saw what stood before: a form
//! says what stood in the record about its question when its page was made, and one that
//! was overtaken is shown again with both, and never written.

use std::collections::BTreeMap;

use care::{
    Answer, Answers, Chapter, FindingId, Guideline, Patient, QuestionId, State, Step, answer_to_json,
};
use serde_json::Value;
use store::{Event, Helped, Record, Sequence, Stored};

use crate::case::{Case, read_answers, take_back};
use crate::page_error::PageError;
use crate::request::Form;
use crate::response::Response;
use crate::screen::{Filled, Screen};
use crate::visitor::Visitor;

/// A question, ready to show.
pub(crate) struct Asked<'g> {
    pub(crate) screen: Screen<'g>,
    /// That it was answered elsewhere since the form was made.
    pub(crate) notice: Option<String>,
}

impl<'g> Asked<'g> {
    /// The question at an address: as its form was sent last, if it waits to be put
    /// right, else as it stands. None where it does not apply, or where there is no
    /// second step.
    pub(crate) fn of(
        visitor: &Visitor<'g>,
        case: &Case<'_>,
        question: QuestionId,
        address: &str,
        is_second_step: bool,
    ) -> Option<Self> {
        let guideline = visitor.guideline();
        let findings = asked_for(guideline, case, question)?;
        let now = seen_now(guideline, visitor.record, question);
        let second = second_step(address);
        // What was sent before something else happened to the question is out of date.
        let is_current =
            |form: &&Form| form.has("shows") && place(form, OVERTAKEN).max(place(form, SEEN)) == now;
        let sent = |page: &str| visitor.sent(page).filter(is_current);
        let read = |form| Screen::read(guideline, guideline.question(question), &findings, form).0;
        let mut notice = None;
        let mut screen = if is_second_step {
            Some(read(sent(&second)?)).filter(Screen::is_second_step)?
        } else if let Some(form) = sent(address) {
            let mut screen = read(form);
            if form.has(OVERTAKEN) {
                screen.first_step();
                screen.tick_too(guideline, &case.given);
                notice = Some(overtaken(visitor, question));
            }
            screen
        } else if let Some(form) = sent(&second) {
            let mut screen = read(form);
            screen.first_step();
            screen
        } else {
            as_it_stands(visitor, case, question, &findings)
        };
        screen.seen = now;
        Some(Self { screen, notice })
    }
}

/// The field that says what stood in the record when a page was made.
const SEEN: &str = "seen";

/// The field that a form gets when it was overtaken: what stood in the record by then.
const OVERTAKEN: &str = "overtaken";

/// Whether one of these questions was answered otherwise since the page of a form was made.
pub(crate) fn is_overtaken(
    guideline: &Guideline,
    record: &Record,
    case: &Case<'_>,
    form: &Form,
    answers: &[(QuestionId, Vec<(FindingId, Answer)>)],
) -> bool {
    answers.iter().any(|(question, given)| {
        let is_new = given.iter().any(|(id, answer)| case.given.get(*id) != Some(*answer));
        is_new && place(form, SEEN) < seen_now(guideline, record, *question)
    })
}

/// A place in the record that a form names; before all events where it names none.
fn place(form: &Form, field: &str) -> Sequence {
    form.text(field).parse().map_or(Sequence(0), Sequence)
}

/// The address of the second step of a question.
fn second_step(address: &str) -> String {
    format!("{address}/not_sure")
}

/// The findings that a question asks for now: those that are open, and those that it
/// was answered with. None where it does not apply.
pub(crate) fn asked_for(
    guideline: &Guideline,
    case: &Case<'_>,
    question: QuestionId,
) -> Option<Vec<FindingId>> {
    let shows = &guideline.question(question).shows;
    let mut without = case.answers.clone();
    for finding in shows.iter().filter(|finding| case.given.get(**finding).is_some()) {
        without.clear(*finding);
    }
    if State::of(guideline, &without).does_not_apply(question) {
        return None;
    }
    let findings: Vec<FindingId> =
        shows.iter().copied().filter(|finding| without.get(*finding).is_none()).collect();
    (!findings.is_empty()).then_some(findings)
}

/// Whether a question of the interview that was not answered may be: it comes next, or it is
/// asked of everybody or of somebody with such answers, and the interview is not done.
pub(crate) fn is_open(guideline: &Guideline, case: &Case<'_>, question: QuestionId) -> bool {
    let Step::Ask(next) = &case.step else { return false };
    let asked = guideline.question(question);
    let is_later = matches!(asked.chapter, Chapter::Causes | Chapter::Medicines);
    let state = State::of(guideline, &case.answers);
    let gate = guideline.program().gate(question);
    let is_gated = gate.is_some_and(|gate| !state.outlook(gate).is_true);
    next.question == question || (!is_later && !is_gated && asked_for(guideline, case, question).is_some())
}

/// A screen with its answer, or with what it starts with.
fn as_it_stands<'g>(
    visitor: &Visitor<'g>,
    case: &Case<'_>,
    question: QuestionId,
    findings: &[FindingId],
) -> Screen<'g> {
    let guideline = visitor.guideline();
    let (before, suggested) = starting_point(guideline, visitor.record, case, findings);
    Screen::new(guideline, guideline.question(question), findings, &before, &suggested)
}

/// What a screen starts with: its answer, else what was answered there earlier or said in own
/// words. Nobody starts with a "no". And the danger signs that own words suggest, with them.
pub(crate) fn starting_point(
    guideline: &Guideline,
    record: &Record,
    case: &Case<'_>,
    findings: &[FindingId],
) -> (Answers, Vec<(FindingId, String)>) {
    let interview = record.interview();
    let mut before = read_answers(guideline, &interview.before);
    for finding in findings {
        if before.get(*finding) == Some(Answer::No) {
            before.clear(*finding);
        }
        if let Some(given) = case.given.get(*finding) {
            // It is an answer to this very finding, so it fits.
            drop(before.set(guideline, *finding, given));
        }
    }
    let proposals = interview.own_words.iter().flat_map(|(_, proposals)| proposals);
    let suggested = proposals
        .filter(|proposal| proposal.answer != "no")
        .filter_map(|proposal| Some((guideline.finding_named(&proposal.finding)?, proposal.words.clone())))
        .filter(|(finding, _)| guideline.finding(*finding).danger)
        .collect();
    (before, suggested)
}

/// What became of a form that answers a question.
pub(crate) enum Taken {
    /// Answers that are new.
    Given(Given),
    /// It is answered so already.
    Same,
    /// It is shown again, at its own address.
    Refused(Response),
}

/// Reads the form of a question. Writes nothing.
///
/// # Errors
///
/// If it is no form of that question.
pub(crate) fn take(
    visitor: &Visitor<'_>,
    case: &Case<'_>,
    question: QuestionId,
    address: &str,
    form: &Form,
) -> Result<Taken, PageError> {
    let guideline = visitor.guideline();
    let findings = shown(guideline, question, form);
    if findings.is_empty() {
        return Err(PageError::BadForm("it does not say what was asked".to_owned()));
    }
    let (screen, filled) = Screen::read(guideline, guideline.question(question), &findings, form);
    let again = |to: &str| Ok(Taken::Refused(Response::see(to).carrying(form)));
    let now = seen_now(guideline, visitor.record, question);
    match filled {
        Filled::Answers(given) if given.iter().all(|(id, answer)| case.given.get(*id) == Some(*answer)) => {
            Ok(Taken::Same)
        }
        _ if place(form, SEEN) < now => {
            let fields = form.answered().filter(|(name, _)| *name != OVERTAKEN);
            let mut form: Form = fields.collect();
            form.push(OVERTAKEN, now.to_string());
            Ok(Taken::Refused(Response::see(address).carrying(&form)))
        }
        _ if screen.is_second_step() => again(&second_step(address)),
        Filled::SecondStep | Filled::Wrong => again(address),
        Filled::Answers(given) => Ok(Taken::Given(Given { question, given })),
    }
}

/// What of a question its form shows.
fn shown(guideline: &Guideline, question: QuestionId, form: &Form) -> Vec<FindingId> {
    let shows = &guideline.question(question).shows;
    let named = form.all("shows").filter_map(|name| guideline.finding_named(name));
    named.filter(|finding| shows.contains(finding)).collect()
}

/// What the form of a question says, also one that cannot be used whole, other than "no".
pub(crate) fn said(guideline: &Guideline, question: QuestionId, form: &Form) -> Vec<(FindingId, Answer)> {
    let findings = shown(guideline, question, form);
    let (screen, filled) = Screen::read(guideline, guideline.question(question), &findings, form);
    let given = match filled {
        Filled::Answers(given) => given,
        Filled::SecondStep | Filled::Wrong => screen.ticked(guideline).collect(),
    };
    given.into_iter().filter(|(_, answer)| *answer != Answer::No).collect()
}

/// The last event that changed what stands about a question.
fn touched<'r>(guideline: &Guideline, record: &'r Record, question: QuestionId) -> Option<&'r Stored> {
    let shows = &guideline.question(question).shows;
    let is_of_it =
        |name: &String| guideline.finding_named(name).is_some_and(|finding| shows.contains(&finding));
    record.conversation().rev().find(|stored| match &stored.event {
        Event::InterviewStarted { .. } => true,
        Event::Answered { answers, dropped, .. } => answers.keys().chain(dropped).any(is_of_it),
        Event::TakenBack { findings, .. } => findings.iter().any(is_of_it),
        _ => false,
    })
}

/// The place in the record of what stands about a question, as its form carries it.
pub(crate) fn seen_now(guideline: &Guideline, record: &Record, question: QuestionId) -> Sequence {
    touched(guideline, record, question).map_or(Sequence(0), |stored| stored.sequence)
}

/// The place of the last event that changed an answer.
pub(crate) fn last_answer(record: &Record) -> Sequence {
    let is_answer = |event: &Event| {
        matches!(event, Event::InterviewStarted { .. } | Event::Answered { .. } | Event::TakenBack { .. })
    };
    let last = record.conversation().rev().find(|stored| is_answer(&stored.event));
    last.map(|stored| stored.sequence).unwrap_or_default()
}

/// Whom the questions mean by "you", where somebody answers for another.
pub(crate) fn about(record: &Record) -> Option<&'static str> {
    let patient = match record.interview().about? {
        Helped::He => Patient::He,
        Helped::She => Patient::She,
        Helped::They => Patient::They,
    };
    patient.meant_by_you()
}

fn overtaken(visitor: &Visitor<'_>, question: QuestionId) -> String {
    let stored = touched(visitor.guideline(), visitor.record, question);
    let when = stored.map(|stored| tell::Clock::of(visitor.now).words(stored.at)).unwrap_or_default();
    let what = match stored.map(|stored| &stored.event) {
        Some(Event::InterviewStarted { .. }) => "The questions were begun again in another window",
        _ => "This was answered in another window",
    };
    format!(
        "{what}, {when}. So what you sent here was not kept. What you ticked in either of them is ticked below. \
         Please check it and press Continue."
    )
}

/// A screen that was answered.
pub(crate) struct Given {
    pub(crate) question: QuestionId,
    pub(crate) given: Vec<(FindingId, Answer)>,
}

impl Given {
    /// The event, and the answers that the decision then rests on.
    pub(crate) fn event(
        &self,
        guideline: &Guideline,
        case: &Case<'_>,
        after_triage: bool,
    ) -> (Event, Answers) {
        let (mut given, mut answers) = (case.given.clone(), case.answers.clone());
        let mut named: BTreeMap<String, Value> = BTreeMap::new();
        for (finding, answer) in &self.given {
            // The form was read for these findings, so the answers fit.
            drop(given.set(guideline, *finding, *answer));
            drop(answers.set(guideline, *finding, *answer));
            named
                .insert(guideline.finding(*finding).id.clone(), answer_to_json(guideline, *finding, *answer));
        }
        let dropped = take_back(guideline, &mut given, &mut answers);
        let dropped = dropped.into_iter().map(|finding| guideline.finding(finding).id.clone()).collect();
        let question = guideline.question(self.question).id.clone();
        (Event::Answered { question, answers: named, dropped, after_triage }, answers)
    }
}
