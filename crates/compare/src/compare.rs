//! The comparison itself.

use care::{
    Answer, Answers, Book, ConditionKey, FindingId, FindingKind, Guideline, QuestionId, RemedyId, RuleId,
    State, Step, Urgency,
};

use crate::count::Count;
use crate::diagram::{Diagrams, Path, Set};
use crate::difference::{ByRule, Difference, Example, Fate, OfferChange, OutcomeChange, Share, Version};
use crate::listed::{come_back, doses, texts};
use crate::order::order;
use crate::reading::Reading;
use crate::space::{Cell, Space, Variable};
use crate::vignette::vignette;

/// What is assumed of people, in words, and the share of each answer by it.
type Assumption = (&'static str, fn(&Variable) -> Vec<f64>);

const ASSUMED: [Assumption; 2] = [
    ("every answer is as likely as any other", Variable::uniform),
    (
        "of each danger sign 2 in 1,000 have it and as many are not sure, of anything else 200 and 50; numbers and choices \
         as likely as any other",
        Variable::plain_people,
    ),
];

/// An example that the program itself decides otherwise than the diagrams: a fault of this crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement(pub String);

impl std::fmt::Display for Disagreement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "an example was not confirmed by the program: {}", self.0)
    }
}

impl std::error::Error for Disagreement {}

/// What the new version tells otherwise than the old one.
///
/// A person has an answer to everything that either version can ask, and each version hears what
/// it asks them.
///
/// # Errors
///
/// If the program does not confirm an example.
pub fn compare(old: &Guideline, new: &Guideline) -> Result<Difference, Disagreement> {
    let books = [old.book(), new.book()];
    let space = Space::of(books, &order(books));
    let weights = space.variables.iter().map(Variable::weights).collect();
    let shares = ASSUMED.map(|(_, share)| space.variables.iter().map(share).collect());
    let costs = space.variables.iter().map(Variable::costs).collect();
    let mut comparison = Comparison {
        guidelines: [old, new],
        space: &space,
        diagrams: Diagrams::new(),
        readings: books.map(|book| Reading::new(book, &space)),
        weights,
        shares,
        costs,
    };
    comparison.difference()
}

struct Comparison<'g> {
    guidelines: [&'g Guideline; 2],
    space: &'g Space,
    diagrams: Diagrams,
    readings: [Reading<'g>; 2],
    weights: Vec<Vec<u64>>,
    shares: [Vec<Vec<f64>>; 2],
    costs: Vec<Vec<u32>>,
}

impl<'g> Comparison<'g> {
    fn difference(&mut self) -> Result<Difference, Disagreement> {
        let (mut changed, mut lowered) = (Set::NONE, Set::NONE);
        let mut outcomes = Vec::new();
        for (from, to) in pairs() {
            let [was, is] = [from, to];
            let was = self.readings[0].exactly(&mut self.diagrams, was);
            let is = self.readings[1].exactly(&mut self.diagrams, is);
            let set = self.diagrams.and(was, is);
            if set == Set::NONE {
                continue;
            }
            changed = self.diagrams.or(changed, set);
            if to < from {
                lowered = self.diagrams.or(lowered, set);
            }
            let by = self.by_rule(set, from, to)?;
            outcomes.push(OutcomeChange { from, to, sets: self.count(set), shares: self.shares(set), by });
        }
        let [old, new] = self.guidelines.map(Guideline::book);
        let version = |book: &Book| Version { version: book.version.clone(), hash: book.hash.clone() };
        let shares = ASSUMED.iter().zip(self.shares(changed)).zip(self.shares(lowered));
        let shares =
            shares.map(|(((assuming, _), changed), lowered)| Share { assuming, changed, lowered }).collect();
        Ok(Difference {
            old: version(old),
            new: version(new),
            sets: self.count(Set::ALL),
            findings: self.space.variables.len(),
            changed: self.count(changed),
            lowered: self.count(lowered),
            shares,
            outcomes,
            plans: self.plans(),
            conditions: self.conditions(),
            doses: doses(old, new),
            come_back: come_back(old, new),
            texts: texts(old, new),
        })
    }

    fn count(&self, set: Set) -> Count {
        self.diagrams.count(set, &self.weights)
    }

    fn shares(&self, set: Set) -> Vec<f64> {
        self.shares.iter().map(|shares| self.diagrams.share(set, shares)).collect()
    }

    /// By which rules these people come from one level to another: those that gave the old level
    /// and do so no more, or that give the new one and did not.
    fn by_rule(&mut self, set: Set, from: Urgency, to: Urgency) -> Result<Vec<ByRule>, Disagreement> {
        let mut by = Vec::new();
        for (id, [was, is]) in pairs_of_rules(self.guidelines.map(Guideline::book)) {
            let level = from.max(to);
            let given = [was, is].into_iter().zip(&mut self.readings).map(|(rule, reading)| {
                rule.map_or(Set::NONE, |rule| reading.gives(&mut self.diagrams, rule, level))
            });
            let given: Vec<Set> = given.collect();
            let turned = if to < from {
                self.diagrams.and(given[0], !given[1])
            } else {
                self.diagrams.and(given[1], !given[0])
            };
            let people = self.diagrams.and(set, turned);
            if people == Set::NONE {
                continue;
            }
            let text = |which: usize, rule: Option<RuleId>| {
                rule.map(|rule| rule_text(self.guidelines[which].book(), rule))
            };
            let (was_text, now_text) = (text(0, was), text(1, is));
            let path = self.diagrams.cheapest(people, &self.costs).unwrap_or_default();
            let example = self.example(&path, &id, [from, to])?;
            by.push(ByRule {
                rule: id,
                is: fate(was.is_some(), is.is_some()),
                was: was_text,
                now: now_text,
                sets: self.count(people),
                example,
            });
        }
        Ok(by)
    }

    /// A person on a path, confirmed by the program of both versions.
    fn example(&self, path: &Path, rule: &str, levels: [Urgency; 2]) -> Result<Example, Disagreement> {
        let told = self.told(path);
        for (guideline, level) in self.guidelines.iter().zip(levels) {
            let outcome = outcome(guideline, self.space, path);
            if outcome != level {
                let told = told.iter().map(|(finding, answer)| format!("{finding} = {answer}"));
                let told: Vec<String> = told.collect();
                return Err(Disagreement(format!(
                    "by guideline {} it is {} and not {}, of {}",
                    guideline.book().version,
                    outcome.id(),
                    level.id(),
                    told.join(", ")
                )));
            }
        }
        let answers = settled(self.guidelines[1], self.space, path);
        let vignette = vignette(self.guidelines[1], &answers, rule, levels);
        Ok(Example { answers: told, vignette })
    }

    /// What is worth telling of a person: whatever is neither no nor left open.
    fn told(&self, path: &Path) -> Vec<(String, String)> {
        let words = |(place, cell): &(usize, usize)| {
            let variable = &self.space.variables[*place];
            let answer = match &variable.cells[*cell] {
                Cell::No | Cell::Untold => return None,
                Cell::Yes => "yes".to_owned(),
                Cell::NotSure => "not sure".to_owned(),
                Cell::Between(from, to) if from == to => from.to_string(),
                Cell::Between(from, to) => format!("{from} to {to}"),
                Cell::Option(id) => id.clone(),
            };
            Some((variable.id.clone(), answer))
        };
        path.iter().filter_map(words).collect()
    }

    fn plans(&mut self) -> Vec<OfferChange> {
        let [old, new] = self.guidelines.map(Guideline::book);
        let ids = |book: &'g Book| -> Vec<(String, RemedyId)> {
            let remedies = (0..).map(RemedyId).zip(&book.remedies);
            remedies.map(|(id, remedy)| (format!("remedy.{}", remedy.id), id)).collect()
        };
        let mut changes = Vec::new();
        for (what, [was, is]) in paired(&ids(old), &ids(new)) {
            let fit = |which: usize, id: Option<RemedyId>, of: &mut Self| {
                id.map_or(Set::NONE, |id| of.readings[which].in_plan(&mut of.diagrams, id))
            };
            let (before, after) = (fit(0, was, self), fit(1, is, self));
            changes.extend(self.offered(what, fate(was.is_some(), is.is_some()), before, after));
        }
        changes
    }

    /// Conditions of neither rules, questions nor remedies: those have their say above.
    fn conditions(&mut self) -> Vec<OfferChange> {
        let [old, new] = self.guidelines.map(Guideline::book);
        let mut changes = Vec::new();
        for (what, [was, is]) in paired(&other_conditions(old), &other_conditions(new)) {
            let holds = |which: usize, condition: Option<&care::Condition>, of: &mut Self| {
                condition
                    .map_or(Set::NONE, |condition| of.readings[which].value(&mut of.diagrams, condition).yes)
            };
            let (before, after) = (holds(0, was, self), holds(1, is, self));
            changes.extend(self.offered(what, fate(was.is_some(), is.is_some()), before, after));
        }
        changes
    }

    fn offered(&mut self, what: String, is: Fate, before: Set, after: Set) -> Option<OfferChange> {
        let (more, fewer) = (self.diagrams.and(after, !before), self.diagrams.and(before, !after));
        if more == Set::NONE && fewer == Set::NONE {
            return None;
        }
        let example = |of: Set| self.diagrams.cheapest(of, &self.costs).map(|path| self.told(&path));
        Some(OfferChange {
            what,
            is,
            more: self.count(more),
            fewer: self.count(fewer),
            shares: self.shares(more).into_iter().zip(self.shares(fewer)).collect(),
            example_more: example(more),
            example_fewer: example(fewer),
        })
    }
}

fn fate(was: bool, is: bool) -> Fate {
    match (was, is) {
        (true, false) => Fate::Gone,
        (false, true) => Fate::New,
        _ => Fate::Changed,
    }
}

/// From one level to another: the lowered first, from the highest and furthest down; then the raised.
fn pairs() -> Vec<(Urgency, Urgency)> {
    let all = || Urgency::ALL.into_iter();
    let lowered = all().rev().flat_map(|from| all().filter(move |to| *to < from).map(move |to| (from, to)));
    let raised = all().flat_map(|from| all().rev().filter(move |to| *to > from).map(move |to| (from, to)));
    lowered.chain(raised).collect()
}

/// Things of two versions, by their names: in the order of the old one, then what is new.
fn paired<T: Copy>(old: &[(String, T)], new: &[(String, T)]) -> Vec<(String, [Option<T>; 2])> {
    let find =
        |list: &[(String, T)], name: &str| list.iter().find(|(other, _)| other == name).map(|(_, of)| *of);
    let mut pairs: Vec<(String, [Option<T>; 2])> =
        old.iter().map(|(name, was)| (name.clone(), [Some(*was), find(new, name)])).collect();
    pairs.extend(
        new.iter()
            .filter(|(name, _)| find(old, name).is_none())
            .map(|(name, is)| (name.clone(), [None, Some(*is)])),
    );
    pairs
}

fn pairs_of_rules(books: [&Book; 2]) -> Vec<(String, [Option<RuleId>; 2])> {
    let [old, new] = books.map(|book| {
        (0..).map(RuleId).zip(&book.rules).map(|(id, rule)| (rule.id.clone(), id)).collect::<Vec<_>>()
    });
    paired(&old, &new)
}

fn other_conditions(book: &Book) -> Vec<(String, &care::Condition)> {
    use care::BlockKind::{Question, Remedy, Rule};
    let is_other = |id: &care::ConditionId| {
        let kind = id.block.kind();
        !matches!(kind, Question | Rule) && (kind != Remedy || id.key == ConditionKey::FirstWhile)
    };
    let name = |id: care::ConditionId| {
        let block = book.block(id.block).map(care::Block::full_name).unwrap_or_default();
        let place = match id.key {
            ConditionKey::Evidence(place) | ConditionKey::Block(place) | ConditionKey::AskFirst(place) => {
                format!(".{}", place + 1)
            }
            _ => String::new(),
        };
        format!("{block} {}{place}", id.key.id())
    };
    book.conditions().filter(|(id, _)| is_other(id)).map(|(id, condition)| (name(id), condition)).collect()
}

/// A rule in one line.
fn rule_text(book: &Book, id: RuleId) -> String {
    let rule = &book.rules[id.index()];
    let not_sure = if rule.if_not_sure == rule.urgency {
        String::new()
    } else {
        format!(", if not sure {}", rule.if_not_sure.id())
    };
    format!("{} when {}{not_sure}", rule.urgency.id(), rule.when.text(book))
}

/// The answer that a person on this path gives to a finding of a book.
fn answer(guideline: &Guideline, space: &Space, path: &Path, finding: FindingId) -> Answer {
    let words = guideline.finding(finding);
    let place = space.place(words);
    let cell = place.and_then(|place| {
        let on_path = path.iter().find(|(other, _)| *other == place).map(|(_, cell)| *cell);
        space.variables[place].cells.get(on_path.unwrap_or(0))
    });
    match (&words.kind, cell) {
        (FindingKind::YesNo, Some(Cell::Yes)) => Answer::Yes,
        (FindingKind::Number { min, max, .. }, Some(Cell::Between(from, to))) => {
            // In the middle, where nobody wonders about an edge.
            Answer::Number((from + (to - from) / 2).clamp(*min, *max))
        }
        (FindingKind::Number { min, .. }, None) => Answer::Number(*min),
        (FindingKind::Choice(options), Some(Cell::Option(id))) => (0..)
            .zip(options)
            .find(|(_, option)| option.id == *id)
            .map_or(Answer::NotSure, |(index, _)| Answer::Option(index)),
        (FindingKind::Choice(_), None) => Answer::Option(0),
        (_, Some(Cell::NotSure)) => Answer::NotSure,
        _ => Answer::No,
    }
}

/// What a person on this path answers to everything that a version asks, and what a diary tells.
fn settled(guideline: &Guideline, space: &Space, path: &Path) -> Answers {
    let mut answers = Answers::none(guideline);
    for finding in guideline.findings().filter(|id| guideline.finding(*id).derived.is_some()) {
        let place = space.place(guideline.finding(finding));
        let on_path = path.iter().find(|(other, cell)| Some(*other) == place && *cell > 0);
        if on_path.is_some() {
            // Every value was read off the finding itself.
            let _ = answers.set(guideline, finding, answer(guideline, space, path, finding));
        }
    }
    loop {
        let state = State::of(guideline, &answers);
        // One screen after the other: what opens a question is asked before it.
        let is_open = |id: &FindingId| answers.get(*id).is_none() && !state.not_applicable(*id);
        let asks = |id: QuestionId| -> Vec<FindingId> {
            guideline.question(id).shows.iter().copied().filter(is_open).collect()
        };
        let Some(open) = guideline.questions().map(asks).find(|open| !open.is_empty()) else {
            return answers;
        };
        for finding in open {
            let _ = answers.set(guideline, finding, answer(guideline, space, path, finding));
        }
    }
}

/// What a version says to a person on this path.
fn outcome(guideline: &Guideline, space: &Space, path: &Path) -> Urgency {
    let answers = settled(guideline, space, path);
    match care::next(guideline, &answers) {
        Step::Done(finished) => finished.urgency(),
        Step::Ask(_) => State::of(guideline, &answers).bounds().lower,
    }
}
