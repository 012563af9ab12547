//! What a single tick on the paper leads to.

use care::{Comparison, Condition, FindingId, Guideline, OptionIndex, Rule, Urgency};

use super::codes::{Codes, opened, rules};

/// A place for a tick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// Yes to a line.
    Yes(FindingId),
    /// A number in a range.
    Range(FindingId, Comparison, i64),
    /// An option of a choice.
    Option(FindingId, OptionIndex),
}

impl Spot {
    fn of(test: &Condition) -> Option<Self> {
        match test {
            Condition::Yes(id) => Some(Self::Yes(*id)),
            Condition::Compare(id, comparison, value) => Some(Self::Range(*id, *comparison, *value)),
            Condition::Is(id, option) => Some(Self::Option(*id, *option)),
            _ => None,
        }
    }

    fn finding(self) -> FindingId {
        match self {
            Self::Yes(id) | Self::Range(id, ..) | Self::Option(id, _) => id,
        }
    }
}

/// What a tick leads to by itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Mark<'b> {
    /// The level of a tick.
    pub(super) level: Option<Urgency>,
    /// The level of "not sure".
    pub(super) not_sure: Option<Urgency>,
    /// Further boxes to fill in, for either.
    pub(super) boxes: Vec<usize>,
    /// It can lead to a higher level together with others.
    pub(super) combines: bool,
    /// The rules that stand here.
    pub(super) rules: Vec<&'b str>,
}

/// What every tick leads to, and the rules that need more than one.
pub(super) struct Marks<'b> {
    by_spot: Vec<(Spot, Mark<'b>)>,
    combinations: Vec<&'b Rule>,
    /// By finding: some rule or gate depends on it.
    matters: Vec<bool>,
}

impl<'b> Marks<'b> {
    /// Sorts the rules and gates of a book to their lines.
    pub(super) fn new(guideline: &'b Guideline, codes: &Codes) -> Self {
        let book = guideline.book();
        let matters = vec![false; book.findings.len()];
        let mut marks = Self { by_spot: Vec::new(), combinations: Vec::new(), matters };
        for rule in rules(guideline) {
            marks.add_rule(guideline, rule);
        }
        for question in &book.questions {
            let Some(gate) = &question.only_if else { continue };
            let Some(number) = question.shows.iter().find_map(|id| codes.box_of(*id)) else { continue };
            let condition = opened(book, &gate.condition);
            marks.note(&condition);
            for spot in alternatives(&condition).unwrap_or_default() {
                let boxes = &mut marks.at_mut(spot).boxes;
                if !boxes.contains(&number) {
                    boxes.push(number);
                }
            }
        }
        marks.note_combinations(guideline);
        marks
    }

    fn add_rule(&mut self, guideline: &'b Guideline, rule: &'b Rule) {
        let condition = opened(guideline.book(), &rule.when);
        self.note(&condition);
        let spots = alternatives(&condition).or_else(|| behind_its_gate(guideline, rule, &condition));
        let Some(spots) = spots else {
            self.combinations.push(rule);
            return;
        };
        for spot in spots {
            let mark = self.at_mut(spot);
            mark.level = mark.level.max(Some(rule.urgency));
            mark.not_sure =
                mark.not_sure.max(Some(rule.if_not_sure).filter(|level| *level > Urgency::SelfCare));
            mark.rules.push(&rule.id);
        }
    }

    /// Marks the lines that count for more together with others than alone.
    fn note_combinations(&mut self, guideline: &Guideline) {
        for index in 0..self.combinations.len() {
            let rule = self.combinations[index];
            let condition = opened(guideline.book(), &rule.when);
            let mut spots = Vec::new();
            condition.walk(&mut |part| spots.extend(Spot::of(part)));
            for spot in spots {
                let mark = self.at_mut(spot);
                mark.combines |= mark.level < Some(rule.urgency);
            }
        }
    }

    fn note(&mut self, condition: &Condition) {
        condition.walk(&mut |part| {
            if let Some(id) = part.finding() {
                self.matters[id.index()] = true;
            }
        });
    }

    fn at_mut(&mut self, spot: Spot) -> &mut Mark<'b> {
        let index = self.by_spot.iter().position(|(known, _)| *known == spot).unwrap_or_else(|| {
            self.by_spot.push((spot, Mark::default()));
            self.by_spot.len() - 1
        });
        &mut self.by_spot[index].1
    }

    /// What a tick leads to.
    pub(super) fn at(&self, spot: Spot) -> Mark<'b> {
        self.by_spot
            .iter()
            .find(|(known, _)| *known == spot)
            .map(|(_, mark)| mark.clone())
            .unwrap_or_default()
    }

    /// What "not sure" leads to for a number or a choice: the most that any of its ticks would.
    pub(super) fn unknown(&self, id: FindingId) -> Mark<'b> {
        let mut unknown = Mark::default();
        for (_, mark) in self.by_spot.iter().filter(|(spot, _)| spot.finding() == id) {
            unknown.not_sure = unknown.not_sure.max(mark.not_sure);
            unknown.combines |= mark.combines;
            for number in &mark.boxes {
                if !unknown.boxes.contains(number) {
                    unknown.boxes.push(*number);
                }
            }
        }
        unknown.boxes.sort_unstable();
        unknown
    }

    /// The ranges of a number that lead to something by themselves, lowest first.
    pub(super) fn ranges(&self, id: FindingId) -> Vec<(Comparison, i64)> {
        let mut ranges: Vec<(Comparison, i64)> = self
            .by_spot
            .iter()
            .filter_map(|(spot, mark)| match spot {
                Spot::Range(known, comparison, value) if *known == id => {
                    (mark.level.is_some() || !mark.boxes.is_empty()).then_some((*comparison, *value))
                }
                _ => None,
            })
            .collect();
        ranges.sort_by_key(|(_, value)| *value);
        ranges
    }

    /// The rules that need more than one tick, in reading order.
    pub(super) fn combinations(&self) -> &[&'b Rule] {
        &self.combinations
    }

    /// Whether some rule or gate depends on a finding.
    pub(super) fn matters_to_level(&self, id: FindingId) -> bool {
        self.matters[id.index()]
    }
}

/// The ticks of which each is enough; none if the condition needs more than one.
fn alternatives(condition: &Condition) -> Option<Vec<Spot>> {
    match condition {
        Condition::Or(parts) if !parts.is_empty() => parts.iter().map(Spot::of).collect(),
        other => Spot::of(other).map(|spot| vec![spot]),
    }
}

/// `fever and sepsis_signs` is the tick at "sepsis signs" alone, as only people
/// who ticked fever are sent to that box. It is left a combination where a gate
/// that is only "not sure" would give another level.
fn behind_its_gate(guideline: &Guideline, rule: &Rule, condition: &Condition) -> Option<Vec<Spot>> {
    let Condition::And(parts) = condition else { return None };
    let [first, second] = parts.as_slice() else { return None };
    if rule.urgency != rule.if_not_sure {
        return None;
    }
    let opens = |gate: &Condition, test: &Condition| {
        let question = guideline.question(guideline.asked_by(test.finding()?)?);
        let known = opened(guideline.book(), &question.only_if.as_ref()?.condition);
        (known == *gate).then(|| Spot::of(test)).flatten()
    };
    opens(first, second).or_else(|| opens(second, first)).map(|spot| vec![spot])
}
