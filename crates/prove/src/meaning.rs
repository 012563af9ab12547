//! What the conditions mean as they stand in the book: Kleene's three values, written without
//! a look at the program that `care` makes of them.

use std::collections::HashMap;

use care::{Book, Condition, FindingId, QuestionId, RuleId, Urgency};

use crate::formula::{Bit, Formulas};
use crate::person::Person;

/// One value out of three: true, false, or unknown where neither is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) yes: Bit,
    pub(crate) no: Bit,
}

impl Value {
    fn not(self) -> Self {
        Self { yes: self.no, no: self.yes }
    }
}

/// From which side a condition is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Side {
    /// What is certain: an open question leaves its test unknown.
    Known,
    /// What may still come: an open question counts as both yes and no.
    Possible,
}

/// The conditions of a book for one person, each worked out once.
pub(crate) struct Meaning<'b> {
    book: &'b Book,
    person: Person,
    asked_by: Vec<Option<QuestionId>>,
    followed_up_by: Vec<Option<FindingId>>,
    rules: HashMap<(RuleId, Side), Value>,
    gates: HashMap<QuestionId, Bit>,
}

impl<'b> Meaning<'b> {
    pub(crate) fn of(book: &'b Book, person: &Person) -> Self {
        let mut asked_by = vec![None; book.findings.len()];
        for (question, shows) in
            (0..).map(QuestionId).zip(book.questions.iter().map(|question| &question.shows))
        {
            for finding in shows {
                asked_by[finding.index()] = Some(question);
            }
        }
        let mut followed_up_by = vec![None; book.findings.len()];
        for (finding, follows) in
            (0..).map(FindingId).zip(book.findings.iter().map(|finding| finding.follows_up))
        {
            if let Some(follows) = follows {
                followed_up_by[follows.index()] = Some(finding);
            }
        }
        let (rules, gates) = (HashMap::new(), HashMap::new());
        Self { book, person: person.clone(), asked_by, followed_up_by, rules, gates }
    }

    pub(crate) fn person(&self) -> &Person {
        &self.person
    }

    /// Where a finding need not be asked: its `only_if` is false, it follows a "not sure" that
    /// was not said, or it comes from a diary.
    pub(crate) fn does_not_apply(&mut self, formulas: &mut Formulas, finding: FindingId) -> Bit {
        let book = self.book;
        let words = &book.findings[finding.index()];
        if words.derived.is_some() {
            return Bit::YES;
        }
        if let Some(follows) = words.follows_up {
            return !self.person.told(follows).not_sure(formulas);
        }
        self.asked_by[finding.index()].map_or(Bit::NO, |question| self.is_closed(formulas, question))
    }

    /// Where the `only_if` of a question is known to be false.
    pub(crate) fn is_closed(&mut self, formulas: &mut Formulas, question: QuestionId) -> Bit {
        if let Some(known) = self.gates.get(&question) {
            return *known;
        }
        let book = self.book;
        let gate = book.questions[question.index()].only_if.as_ref();
        let closed = gate.map_or(Bit::NO, |gate| self.value(formulas, &gate.condition, Side::Known).no);
        self.gates.insert(question, closed);
        closed
    }

    /// Where a finding is still to be asked.
    pub(crate) fn is_open(&mut self, formulas: &mut Formulas, finding: FindingId) -> Bit {
        let not_applicable = self.does_not_apply(formulas, finding);
        let told = self.person.told(finding).clone();
        let unanswered = formulas.and(!told.answered, !not_applicable);
        let Some(by) = self.followed_up_by[finding.index()] else { return unanswered };
        let not_sure = told.not_sure(formulas);
        let waits = formulas.and(not_sure, !self.person.told(by).answered);
        formulas.or(unanswered, waits)
    }

    /// What becomes of a condition.
    pub(crate) fn value(&mut self, formulas: &mut Formulas, condition: &Condition, side: Side) -> Value {
        match condition {
            Condition::Not(inner) => self.value(formulas, inner, side).not(),
            Condition::Rule(rule) => self.rule(formulas, *rule, side),
            Condition::And(parts) => self.at_least(formulas, parts.len(), parts, side),
            Condition::Or(parts) => self.at_least(formulas, 1, parts, side),
            Condition::AtLeast(needed, parts) => self.at_least(formulas, *needed, parts, side),
            Condition::Yes(finding) | Condition::Compare(finding, ..) | Condition::Is(finding, _) => {
                self.test(formulas, *finding, condition, side)
            }
        }
    }

    /// What becomes of a rule's `when`.
    pub(crate) fn rule(&mut self, formulas: &mut Formulas, rule: RuleId, side: Side) -> Value {
        if let Some(known) = self.rules.get(&(rule, side)) {
            return *known;
        }
        let book = self.book;
        let value = self.value(formulas, &book.rules[rule.index()].when, side);
        self.rules.insert((rule, side), value);
        value
    }

    fn test(&mut self, formulas: &mut Formulas, finding: FindingId, test: &Condition, side: Side) -> Value {
        let holds = self.person.holds(formulas, self.book, test).unwrap_or(Bit::NO);
        let told = self.person.told(finding).clone();
        let mut yes = holds;
        let mut no = formulas.and(told.sure, !holds);
        if let Some(by) = self.followed_up_by[finding.index()] {
            let by = self.person.told(by).clone();
            let not_sure = told.not_sure(formulas);
            let said_no = formulas.and(by.sure, !by.yes());
            for (side, said) in [(&mut yes, by.yes()), (&mut no, said_no)] {
                let settled = formulas.and(not_sure, said);
                *side = formulas.or(*side, settled);
            }
        }
        let not_applicable = self.does_not_apply(formulas, finding);
        let not_asked = formulas.and(!told.answered, not_applicable);
        no = formulas.or(no, not_asked);
        if side == Side::Possible {
            let open = self.is_open(formulas, finding);
            (yes, no) = (formulas.or(yes, open), formulas.or(no, open));
        }
        Value { yes, no }
    }

    /// "At least so many": true once so many are true, false once too few are left.
    fn at_least(&mut self, formulas: &mut Formulas, needed: usize, parts: &[Condition], side: Side) -> Value {
        let parts: Vec<Value> = parts.iter().map(|part| self.value(formulas, part, side)).collect();
        let true_ones: Vec<Bit> = parts.iter().map(|part| part.yes).collect();
        let false_ones: Vec<Bit> = parts.iter().map(|part| part.no).collect();
        let yes = formulas.at_least(needed, &true_ones);
        let no = (parts.len() + 1).checked_sub(needed);
        Value { yes, no: no.map_or(Bit::YES, |many| formulas.at_least(many, &false_ones)) }
    }

    /// Where a rule of somebody who answered everything gives at least this level.
    pub(crate) fn rule_gives(&mut self, formulas: &mut Formulas, id: RuleId, level: Urgency) -> Bit {
        let rule = &self.book.rules[id.index()];
        let value = self.rule(formulas, id, Side::Known);
        gives(formulas, rule.urgency, rule.if_not_sure, level, value.yes, value.no)
    }

    /// Where a rule certainly gives at least this level, whatever is still answered.
    pub(crate) fn rule_certainly_gives(
        &mut self,
        formulas: &mut Formulas,
        id: RuleId,
        level: Urgency,
    ) -> Bit {
        let rule = &self.book.rules[id.index()];
        let holds = if rule.urgency >= level { self.rule(formulas, id, Side::Known).yes } else { Bit::NO };
        let cannot_fail =
            if rule.if_not_sure >= level { !self.rule(formulas, id, Side::Possible).no } else { Bit::NO };
        formulas.or(holds, cannot_fail)
    }

    /// Where a rule may still give at least this level.
    pub(crate) fn rule_may_give(&mut self, formulas: &mut Formulas, id: RuleId, level: Urgency) -> Bit {
        let rule = &self.book.rules[id.index()];
        let may_hold =
            if rule.urgency >= level { self.rule(formulas, id, Side::Possible).yes } else { Bit::NO };
        let undecided = if rule.if_not_sure >= level {
            let known = self.rule(formulas, id, Side::Known);
            formulas.and(!known.yes, !known.no)
        } else {
            Bit::NO
        };
        formulas.or(may_hold, undecided)
    }

    /// Where something was answered that was never asked of this person.
    pub(crate) fn answers_unasked(&mut self, formulas: &mut Formulas, finding: FindingId) -> Bit {
        if self.book.findings[finding.index()].derived.is_some() {
            return Bit::NO;
        }
        let not_applicable = self.does_not_apply(formulas, finding);
        formulas.and(self.person.told(finding).answered, not_applicable)
    }
}

/// Where a rule with these levels gives at least `level`, if it is true or neither.
pub(crate) fn gives(
    formulas: &mut Formulas,
    urgency: Urgency,
    if_not_sure: Urgency,
    level: Urgency,
    yes: Bit,
    no: Bit,
) -> Bit {
    let holds = if urgency >= level { yes } else { Bit::NO };
    if if_not_sure < level {
        return holds;
    }
    let unknown = formulas.and(!yes, !no);
    formulas.or(holds, unknown)
}

/// Every rule.
pub(crate) fn rules(book: &Book) -> impl Iterator<Item = RuleId> + use<> {
    (0..u16::try_from(book.rules.len()).unwrap_or(u16::MAX)).map(RuleId)
}

/// Every finding.
pub(crate) fn findings(book: &Book) -> impl Iterator<Item = FindingId> + use<> {
    (0..u16::try_from(book.findings.len()).unwrap_or(u16::MAX)).map(FindingId)
}

/// The levels above self-care, from low to high.
pub(crate) fn levels() -> impl Iterator<Item = Urgency> {
    Urgency::ALL.into_iter().filter(|level| *level > Urgency::SelfCare)
}
