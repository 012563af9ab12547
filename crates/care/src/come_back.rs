//! What would change the outcome: the person's "come back if" card, computed.

use crate::answers::{Answer, Answers};
use crate::guideline::{FindingId, FindingKind, findings_in};
use crate::lanes::Block;
use crate::program::Atom;
use crate::state::State;
use crate::urgency::Urgency;

/// One single change that would raise the outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComeBack {
    /// What would change.
    pub finding: FindingId,
    /// To what.
    pub answer: Answer,
    /// The outcome then.
    pub urgency: Urgency,
    /// The words after "Come back if", without a final full stop.
    pub text: String,
}

/// How many changes are tried at once.
const WORDS: usize = 4;

/// Every single change of an answer that would raise the outcome, most urgent
/// first, then in reading order.
///
/// Left out are lasting facts, which do not change from day to day, findings the
/// book gives no words for, and what only applies to people with a lasting fact
/// that this person does not have.
/// Where a change opens a question, what that question asks for is taken to be
/// absent as before, so the urgency is that of the change alone.
pub fn come_back_if(state: &State<'_>) -> Vec<ComeBack> {
    let guideline = state.guideline();
    let changes: Vec<(FindingId, Answer)> = guideline
        .findings()
        .filter(|finding| {
            let words = guideline.finding(*finding);
            let can_apply = !state.not_applicable(*finding) || opens_from_day_to_day(state, *finding);
            words.come_back.is_some() && !words.lasting && can_apply
        })
        .flat_map(|finding| worse_answers(state, finding).into_iter().map(move |answer| (finding, answer)))
        .collect();
    let now = with_absent_what_does_not_apply(state);
    let mut block = Block::<WORDS>::new(guideline);
    let mut cards: Vec<ComeBack> = Vec::new();
    for some_changes in changes.chunks(Block::<WORDS>::LANES) {
        block.load(0, &now);
        block.spread(0);
        for (lane, (finding, answer)) in some_changes.iter().enumerate() {
            block.set(lane, *finding, Some(*answer));
        }
        block.run();
        for (lane, (finding, answer)) in some_changes.iter().enumerate() {
            let urgency = block.bounds(lane).lower;
            // A number that climbs further passes the thresholds before; an option is a change of its own.
            let already = matches!(answer, Answer::Number(_))
                && cards.iter().any(|card| card.finding == *finding && urgency <= card.urgency);
            if urgency > state.bounds().lower && !already {
                let text = words(state, *finding, *answer);
                cards.push(ComeBack { finding: *finding, answer: *answer, urgency, text });
            }
        }
    }
    cards.sort_by_key(|card| std::cmp::Reverse(card.urgency));
    cards
}

/// Whether the question for a finding is opened by nothing but things that can
/// change from day to day: who gets a fever may get a stiff neck with it.
fn opens_from_day_to_day(state: &State<'_>, finding: FindingId) -> bool {
    let guideline = state.guideline();
    let gate = guideline.asked_by(finding).and_then(|question| guideline.question(question).only_if.as_ref());
    gate.is_some_and(|gate| {
        let mut openers = Vec::new();
        findings_in(guideline.book(), &gate.condition, &mut openers);
        openers.iter().all(|opener| guideline.finding(*opener).come_back.is_some())
    })
}

/// The answers, and no to every yes/no finding whose question does not apply.
fn with_absent_what_does_not_apply(state: &State<'_>) -> Answers {
    let guideline = state.guideline();
    let mut answers = state.answers().clone();
    for finding in guideline.findings().filter(|finding| state.not_applicable(*finding)) {
        // A number or a choice does not take "no" and stays open.
        let _ = answers.set(guideline, finding, Answer::No);
    }
    answers
}

/// The answers that are not given now: the opposite of a yes or no, the next thresholds
/// up, the other options. A number that falls is left out: no number in a book gets more
/// dangerous as it falls, apart from age, which is lasting.
fn worse_answers(state: &State<'_>, finding: FindingId) -> Vec<Answer> {
    let guideline = state.guideline();
    let now = state.answers().get(finding);
    match &guideline.finding(finding).kind {
        FindingKind::YesNo if now == Some(Answer::Yes) => vec![Answer::No],
        FindingKind::YesNo => vec![Answer::Yes],
        FindingKind::Number { min, max, .. } => {
            let program = guideline.program();
            let mut thresholds: Vec<i64> = program
                .atoms_of(finding)
                .filter_map(|slot| match program.atoms()[slot] {
                    Atom::AtLeast(_, threshold) | Atom::Below(_, threshold) => Some(threshold),
                    Atom::Yes(_) | Atom::Is(..) => None,
                })
                // At the smallest value nothing is passed.
                .filter(|threshold| *min < *threshold && *threshold <= *max)
                .filter(|threshold| !matches!(now, Some(Answer::Number(value)) if value >= *threshold))
                .collect();
            thresholds.sort_unstable();
            thresholds.dedup();
            thresholds.into_iter().map(Answer::Number).collect()
        }
        FindingKind::Choice(options) => (0..)
            .zip(options)
            .map(|(option, _)| Answer::Option(option))
            .filter(|answer| now != Some(*answer))
            .collect(),
    }
}

/// The book's words; `{}` stands for the number, or for the words of the option.
fn words(state: &State<'_>, finding: FindingId, answer: Answer) -> String {
    let finding = state.guideline().finding(finding);
    let template = finding.come_back.as_deref().unwrap_or(&finding.label);
    let value = match (answer, &finding.kind) {
        (Answer::Number(value), _) => value.to_string(),
        (Answer::Option(option), FindingKind::Choice(options)) => {
            options.get(usize::from(option)).map(|option| option.label.clone()).unwrap_or_default()
        }
        _ => String::new(),
    };
    template.replace("{}", &value)
}
