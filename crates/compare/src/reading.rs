//! A book as diagrams: of whom each condition is true, of whom it is not, and whom each rule
//! raises how far, once all that is asked of somebody was answered.

use std::collections::HashMap;

use care::{Book, Condition, FindingId, FindingKind, QuestionId, RemedyId, RuleId, Urgency};

use crate::diagram::{Diagrams, Set};
use crate::space::{Cell, Space};

/// Of whom something is true, and of whom it is not; the rest are not sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) yes: Set,
    pub(crate) no: Set,
}

/// The levels above self-care, from low to high.
pub(crate) fn levels() -> impl DoubleEndedIterator<Item = Urgency> {
    Urgency::ALL.into_iter().filter(|level| *level > Urgency::SelfCare)
}

/// A book over the answers of everybody.
pub(crate) struct Reading<'b> {
    pub(crate) book: &'b Book,
    space: &'b Space,
    asked_by: Vec<Option<QuestionId>>,
    followed_up_by: Vec<Option<FindingId>>,
    heard: HashMap<FindingId, Set>,
    rules: HashMap<RuleId, Value>,
    /// Where the outcome is at least this.
    reached: HashMap<Urgency, Set>,
}

impl<'b> Reading<'b> {
    pub(crate) fn new(book: &'b Book, space: &'b Space) -> Self {
        let mut asked_by = vec![None; book.findings.len()];
        for (question, words) in (0..).map(QuestionId).zip(&book.questions) {
            for finding in &words.shows {
                asked_by[finding.index()] = Some(question);
            }
        }
        let mut followed_up_by = vec![None; book.findings.len()];
        for (finding, words) in (0..).map(FindingId).zip(&book.findings) {
            if let Some(follows) = words.follows_up {
                followed_up_by[follows.index()] = Some(finding);
            }
        }
        let (heard, rules, reached) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { book, space, asked_by, followed_up_by, heard, rules, reached }
    }

    /// Those who answer so to a finding, if they are asked.
    fn told(&self, diagrams: &mut Diagrams, finding: FindingId, is_so: impl Fn(&Cell) -> bool) -> Set {
        let words = &self.book.findings[finding.index()];
        let Some(place) = self.space.place(words) else { return Set::NONE };
        diagrams.test(place, self.space.variables[place].cells.iter().map(is_so))
    }

    /// An answer that this version knows; another one is none to it.
    fn is_known(&self, finding: FindingId, cell: &Cell) -> bool {
        match (cell, &self.book.findings[finding.index()].kind) {
            (Cell::NotSure | Cell::Untold, _) => false,
            (Cell::Option(id), FindingKind::Choice(options)) => options.iter().any(|option| option.id == *id),
            _ => true,
        }
    }

    /// Those of whom a finding is asked.
    fn heard(&mut self, diagrams: &mut Diagrams, finding: FindingId) -> Set {
        if let Some(known) = self.heard.get(&finding) {
            return *known;
        }
        let words = &self.book.findings[finding.index()];
        let heard = if words.derived.is_some() {
            self.told(diagrams, finding, |cell| *cell != Cell::Untold)
        } else if let Some(follows) = words.follows_up {
            self.not_sure(diagrams, follows)
        } else {
            let question = self.asked_by[finding.index()];
            let gate = question.and_then(|question| self.book.questions[question.index()].only_if.as_ref());
            gate.map_or(Set::ALL, |gate| !self.value(diagrams, &gate.condition).no)
        };
        self.heard.insert(finding, heard);
        heard
    }

    fn sure(&mut self, diagrams: &mut Diagrams, finding: FindingId) -> Set {
        let heard = self.heard(diagrams, finding);
        let known = self.told(diagrams, finding, |cell| self.is_known(finding, cell));
        diagrams.and(heard, known)
    }

    fn not_sure(&mut self, diagrams: &mut Diagrams, finding: FindingId) -> Set {
        let (heard, sure) = (self.heard(diagrams, finding), self.sure(diagrams, finding));
        diagrams.and(heard, !sure)
    }

    /// Of whom a condition is true, and of whom not.
    pub(crate) fn value(&mut self, diagrams: &mut Diagrams, condition: &Condition) -> Value {
        match condition {
            Condition::Not(inner) => {
                let Value { yes, no } = self.value(diagrams, inner);
                Value { yes: no, no: yes }
            }
            Condition::Rule(rule) => self.rule(diagrams, *rule),
            Condition::And(parts) => self.at_least(diagrams, parts.len(), parts),
            Condition::Or(parts) => self.at_least(diagrams, 1, parts),
            Condition::AtLeast(needed, parts) => self.at_least(diagrams, *needed, parts),
            Condition::Yes(finding) => self.test(diagrams, *finding, &|cell| *cell == Cell::Yes),
            Condition::Compare(finding, comparison, value) => {
                let (min, max) = match self.book.findings[finding.index()].kind {
                    FindingKind::Number { min, max, .. } => (min, max),
                    _ => (0, 0),
                };
                let holds = |cell: &Cell| {
                    // A number out of the range of this version is told as its end.
                    matches!(cell, Cell::Between(from, _) if comparison.holds((*from).clamp(min, max), *value))
                };
                self.test(diagrams, *finding, &holds)
            }
            Condition::Is(finding, option) => {
                let id = match &self.book.findings[finding.index()].kind {
                    FindingKind::Choice(options) => {
                        options.get(usize::from(*option)).map(|option| option.id.clone())
                    }
                    _ => None,
                };
                self.test(
                    diagrams,
                    *finding,
                    &|cell| matches!(cell, Cell::Option(other) if Some(other) == id.as_ref()),
                )
            }
        }
    }

    /// What becomes of a rule's `when`.
    pub(crate) fn rule(&mut self, diagrams: &mut Diagrams, rule: RuleId) -> Value {
        if let Some(known) = self.rules.get(&rule) {
            return *known;
        }
        let book = self.book;
        let value = self.value(diagrams, &book.rules[rule.index()].when);
        self.rules.insert(rule, value);
        value
    }

    fn test(&mut self, diagrams: &mut Diagrams, finding: FindingId, is_so: &dyn Fn(&Cell) -> bool) -> Value {
        let (heard, sure) = (self.heard(diagrams, finding), self.sure(diagrams, finding));
        let so = self.told(diagrams, finding, is_so);
        let mut yes = diagrams.and(sure, so);
        // What is not asked counts as no.
        let denied = diagrams.and(sure, !so);
        let mut no = diagrams.or(!heard, denied);
        if let Some(by) = self.followed_up_by[finding.index()] {
            let not_sure = self.not_sure(diagrams, finding);
            let by_sure = self.sure(diagrams, by);
            let by_yes = self.told(diagrams, by, |cell| *cell == Cell::Yes);
            let says_yes = diagrams.and(by_sure, by_yes);
            let says_no = diagrams.and(by_sure, !by_yes);
            let (turned_yes, turned_no) = (diagrams.and(not_sure, says_yes), diagrams.and(not_sure, says_no));
            (yes, no) = (diagrams.or(yes, turned_yes), diagrams.or(no, turned_no));
        }
        Value { yes, no }
    }

    /// "At least so many": true once so many are true, false once too few are left.
    fn at_least(&mut self, diagrams: &mut Diagrams, needed: usize, parts: &[Condition]) -> Value {
        let parts: Vec<Value> = parts.iter().map(|part| self.value(diagrams, part)).collect();
        let true_ones: Vec<Set> = parts.iter().map(|part| part.yes).collect();
        let false_ones: Vec<Set> = parts.iter().map(|part| part.no).collect();
        let yes = diagrams.at_least(needed, &true_ones);
        let no = (parts.len() + 1).checked_sub(needed);
        Value { yes, no: no.map_or(Set::ALL, |many| diagrams.at_least(many, &false_ones)) }
    }

    /// Whom a rule gives at least this level.
    pub(crate) fn gives(&mut self, diagrams: &mut Diagrams, id: RuleId, level: Urgency) -> Set {
        let Value { yes, no } = self.rule(diagrams, id);
        let rule = &self.book.rules[id.index()];
        let holds = if rule.urgency >= level { yes } else { Set::NONE };
        if rule.if_not_sure < level {
            return holds;
        }
        let unknown = diagrams.and(!yes, !no);
        diagrams.or(holds, unknown)
    }

    /// Those whose outcome is at least this.
    pub(crate) fn reached(&mut self, diagrams: &mut Diagrams, level: Urgency) -> Set {
        if level == Urgency::SelfCare {
            return Set::ALL;
        }
        if let Some(known) = self.reached.get(&level) {
            return *known;
        }
        let rules = (0..).map(RuleId).take(self.book.rules.len());
        let gives: Vec<Set> = rules.map(|rule| self.gives(diagrams, rule, level)).collect();
        let reached = diagrams.any(gives);
        self.reached.insert(level, reached);
        reached
    }

    /// Those whose outcome is this.
    pub(crate) fn exactly(&mut self, diagrams: &mut Diagrams, level: Urgency) -> Set {
        let reached = self.reached(diagrams, level);
        let above = levels().find(|other| *other > level);
        let above = above.map_or(Set::NONE, |above| self.reached(diagrams, above));
        diagrams.and(reached, !above)
    }

    /// Those in whose plan a remedy stands.
    pub(crate) fn in_plan(&mut self, diagrams: &mut Diagrams, id: RemedyId) -> Set {
        let book = self.book;
        let remedy = &book.remedies[id.index()];
        let offered = remedy.offer.as_ref().map_or(Set::ALL, |offer| self.value(diagrams, offer).yes);
        let safe = remedy.avoid.as_ref().map_or(Set::ALL, |avoid| self.value(diagrams, avoid).no);
        let above = levels().find(|level| *level > remedy.up_to);
        let too_urgent = above.map_or(Set::NONE, |above| self.reached(diagrams, above));
        let fit = diagrams.and(offered, safe);
        diagrams.and(fit, !too_urgent)
    }
}
