//! What would change the outcome: the person's "come back if" card, computed.
//!
//! [`come_back_if`] is the whole list. [`card`] is what a person can keep in mind:
//! at most [`MOST_ON_CARD`] lines, each of which stands for several of them. [`signs`] is
//! what fits into one view: the lines in groups, at most [`MOST_SIGNS`].

use std::collections::HashMap;

use crate::book::{ComeBackLine, ComeBackLineId, FindingId, FindingKind, Urgency, findings_in};
use crate::decision::answer::Answer;
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;
use crate::decision::lanes::Lanes;
use crate::decision::op::Atom;
use crate::decision::state::State;

/// One single change that would raise the outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComeBack {
    /// What would change.
    pub finding: FindingId,
    /// To what.
    pub answer: Answer,
    /// The new symptom that comes with it, where its question is closed without one.
    pub with: Option<FindingId>,
    /// The outcome then.
    pub urgency: Urgency,
    /// The words after "Come back if", without a final full stop.
    pub text: String,
}

/// The most lines of the short card; the cards that hospitals hand out have five or six.
pub const MOST_ON_CARD: usize = 10;

/// A line of the short card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardLine {
    /// The line of the book; where several are told together, the one that leads.
    pub line: ComeBackLineId,
    /// The words after "Come back if", without a final full stop.
    pub text: String,
    /// The highest outcome of the changes it stands for.
    pub urgency: Urgency,
}

/// The most groups that the lines of the card are told in, where there is little room.
pub const MOST_SIGNS: usize = 6;

/// The short card of a person whose outcome is `now`: of the book's lines those that
/// stand for at least one change of the whole list, or always; most urgent first, then
/// in the order of the book, and the first [`MOST_ON_CARD`] of them.
pub fn card(state: &State<'_>, now: Urgency, all: &[ComeBack]) -> Vec<CardLine> {
    let lines = that_apply(state.guideline(), now, all);
    let told = |line: &ComeBackLine| said_to(state.answers(), line, &line.says);
    let mut lines: Vec<CardLine> =
        lines.map(|(id, line, urgency)| CardLine { line: id, text: told(line), urgency }).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.urgency));
    lines.truncate(MOST_ON_CARD);
    lines
}

/// Every line that applies to a person whose outcome is `now`, each in its few words, those
/// of a group and a level together; most urgent first, then in the order of the book.
pub fn signs(state: &State<'_>, now: Urgency, all: &[ComeBack]) -> Vec<CardLine> {
    let mut groups: Vec<(ComeBackLineId, CardLine)> = Vec::new();
    for (id, line, urgency) in that_apply(state.guideline(), now, all) {
        let lead = line.joins.unwrap_or(id);
        let words = said_to(state.answers(), line, line.short.as_ref().unwrap_or(&line.says));
        match groups.iter_mut().find(|(known, group)| (*known, group.urgency) == (lead, urgency)) {
            Some((_, group)) => group.text = format!("{}, or {words}", group.text),
            None => groups.push((lead, CardLine { line: lead, text: words, urgency })),
        }
    }
    groups.sort_by_key(|(_, group)| std::cmp::Reverse(group.urgency));
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Words of a line as they are said to somebody with these answers: of what is there already, that
/// it gets worse.
fn said_to(answers: &Answers, line: &ComeBackLine, words: &str) -> String {
    let is_there = |finding: &FindingId| answers.get(*finding) == Some(Answer::Yes);
    let there = line.already.iter().filter(|part| part.covers.iter().any(is_there));
    there.fold(words.to_owned(), |words, part| words.replace(&part.says, &part.instead))
}

/// The lines of the book that stand for at least one change of the whole list, or always, in
/// the order of the book, each with the highest outcome of what it stands for.
fn that_apply<'g>(
    guideline: &'g Guideline,
    now: Urgency,
    all: &[ComeBack],
) -> impl Iterator<Item = (ComeBackLineId, &'g ComeBackLine, Urgency)> {
    (0..).map(ComeBackLineId).zip(&guideline.book().come_back).filter_map(move |(id, line)| {
        let covered = all.iter().filter(|change| line.covers.contains(&change.finding));
        let standing = line.standing.filter(|urgency| *urgency > now);
        let urgency = covered.map(|change| change.urgency).chain(standing).max()?;
        Some((id, line, urgency))
    })
}

/// How many changes are tried at once.
const WORDS: usize = 4;

/// Every single change that would raise the outcome, most urgent first, then in
/// reading order.
///
/// Left out are lasting facts, which do not change from day to day, findings the
/// book gives no words for, and what cannot apply to this person: what only follows
/// a lasting fact that is absent. Where a new symptom opens the question of a yes/no
/// finding, the symptom comes with it, and the finding is named if the two are more
/// urgent than the symptom alone; of several such symptoms the least urgent counts.
/// Where a change opens a question, what else that question asks for is taken to be
/// absent as before, so the urgency is that of the change alone.
pub fn come_back_if(state: &State<'_>) -> Vec<ComeBack> {
    let guideline = state.guideline();
    let opened = Opened::by_each_symptom(state);
    let changes: Vec<Change> = guideline
        .findings()
        .filter(|finding| {
            let words = guideline.finding(*finding);
            words.come_back.is_some() && !words.lasting
        })
        .flat_map(|finding| changes_of(state, &opened, finding))
        .collect();
    let now = with_absent_what_does_not_apply(state);
    let mut block = Lanes::<WORDS>::new(guideline);
    let mut cards: Vec<ComeBack> = Vec::new();
    for some_changes in changes.chunks(Lanes::<WORDS>::COUNT / 2) {
        block.load(0, &now);
        block.spread(0);
        for (index, change) in some_changes.iter().enumerate() {
            // Beside each change what opens it, alone.
            for lane in [2 * index, 2 * index + 1] {
                if let Some(opener) = change.with {
                    block.set(lane, opener, Some(Answer::Yes));
                }
            }
            block.set(2 * index, change.finding, Some(change.answer));
        }
        block.run();
        for (index, change) in some_changes.iter().enumerate() {
            let (urgency, without) = (block.bounds(2 * index).lower, block.bounds(2 * index + 1).lower);
            if urgency <= without.max(state.bounds().lower) {
                continue;
            }
            let (finding, answer) = (change.finding, change.answer);
            // A number that climbs further passes the thresholds before; an option is a change of its own.
            let already = matches!(answer, Answer::Number(_))
                && cards.iter().any(|card| card.finding == finding && urgency <= card.urgency);
            let same = cards.iter_mut().find(|card| (card.finding, card.answer) == (finding, answer));
            if let Some(card) = same {
                // Of the symptoms that it can come with, the least urgent counts.
                if urgency < card.urgency {
                    (card.urgency, card.with) = (urgency, change.with);
                }
            } else if !already {
                let text = words(state, finding, answer);
                cards.push(ComeBack { finding, answer, with: change.with, urgency, text });
            }
        }
    }
    cards.sort_by_key(|card| std::cmp::Reverse(card.urgency));
    cards
}

/// One change that is tried.
struct Change {
    finding: FindingId,
    answer: Answer,
    /// The new symptom that comes with it and opens its question.
    with: Option<FindingId>,
}

/// The changes of a finding: alone where its question applies or time opens it, else a
/// yes with each symptom that opens it; none where only a lasting fact would.
fn changes_of(state: &State<'_>, opened: &Opened<'_, '_>, finding: FindingId) -> Vec<Change> {
    if !state.not_applicable(finding) || opens_with_time(state, finding) {
        let alone = |answer| Change { finding, answer, with: None };
        return worse_answers(state, finding).into_iter().map(alone).collect();
    }
    if state.guideline().finding(finding).kind != FindingKind::YesNo {
        return Vec::new();
    }
    let with = |opener| Change { finding, answer: Answer::Yes, with: Some(opener) };
    openers(state, finding).into_iter().filter(|opener| opened.applies(*opener, finding)).map(with).collect()
}

/// The findings that lead to the question for this one.
fn openers(state: &State<'_>, finding: FindingId) -> Vec<FindingId> {
    let guideline = state.guideline();
    let gate = guideline.asked_by(finding).and_then(|question| guideline.question(question).only_if.as_ref());
    let mut openers = Vec::new();
    if let Some(gate) = gate {
        findings_in(guideline.book(), &gate.condition, &mut openers);
    }
    openers
}

/// Whether the question for a finding is opened by nothing but numbers that grow
/// by themselves, as the days since the start do.
fn opens_with_time(state: &State<'_>, finding: FindingId) -> bool {
    let openers = openers(state, finding);
    !openers.is_empty()
        && openers.into_iter().all(|opener| {
            let opener = state.guideline().finding(opener);
            !opener.lasting && matches!(opener.kind, FindingKind::Number { .. })
        })
}

/// What applies once one symptom more is there, for every symptom that may come up.
struct Opened<'s, 'g> {
    state: &'s State<'g>,
    /// The symptoms, each with its place: that of one person who has it too.
    places: HashMap<FindingId, usize>,
    lanes: Vec<Lanes<'g, 1>>,
}

impl<'s, 'g> Opened<'s, 'g> {
    fn by_each_symptom(state: &'s State<'g>) -> Self {
        let guideline = state.guideline();
        let can_come_up = |opener: &FindingId| {
            let words = guideline.finding(*opener);
            let is_symptom = words.kind == FindingKind::YesNo && !words.lasting && words.derived.is_none();
            is_symptom && state.answers().get(*opener) != Some(Answer::Yes) && !state.not_applicable(*opener)
        };
        let symptoms: Vec<FindingId> = guideline.findings().filter(can_come_up).collect();
        let places = symptoms.iter().enumerate().map(|(place, symptom)| (*symptom, place)).collect();
        let lanes = symptoms.chunks(Lanes::<1>::COUNT).map(|some| {
            let mut people = Lanes::<1>::new(guideline);
            people.load(0, state.answers());
            people.spread(0);
            for (lane, symptom) in some.iter().enumerate() {
                people.set(lane, *symptom, Some(Answer::Yes));
            }
            people.run_known();
            people
        });
        Self { state, places, lanes: lanes.collect() }
    }

    /// Whether the question for a finding applies once this symptom is there.
    fn applies(&self, symptom: FindingId, finding: FindingId) -> bool {
        let guideline = self.state.guideline();
        let (Some(place), Some(question)) = (self.places.get(&symptom), guideline.asked_by(finding)) else {
            return false;
        };
        // What follows a "not sure" does not apply beside a yes.
        let is_not_followed = |shown: &FindingId| {
            let follows = guideline.finding(*shown).follows_up;
            let is_not_sure = |to| to != symptom && self.state.answers().get(to) == Some(Answer::NotSure);
            follows.is_some_and(|to| !is_not_sure(to))
        };
        if guideline.question(question).shows.iter().any(is_not_followed) {
            return false;
        }
        let Some(gate) = guideline.program().gate(question) else { return true };
        let people = &self.lanes[place / Lanes::<1>::COUNT];
        people.known(gate).no[0] >> (place % Lanes::<1>::COUNT) & 1 == 0
    }
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
