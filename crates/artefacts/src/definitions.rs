//! What the conditions of a book mean, as definitions over the answers.
//!
//! It is written from the conditions as they stand in the book, without a look at the program
//! that `care` makes of them. Open questions count twice: what is *known* leaves them out, and
//! what *can* still be takes them as both yes and no. A "not sure" is neither, now and later.

use care::{Condition, FindingId, FindingKind, Guideline, QuestionId, Urgency, findings_in};

use crate::expression::{Definition, Expression, Value};

/// How urgent it is at the least.
pub(crate) const AT_LEAST: &str = "Urgency at least";
/// How urgent it is at the most.
pub(crate) const AT_MOST: &str = "Urgency at most";

/// Every definition, in an order in which each needs only what stands before it.
pub(crate) fn definitions(guideline: &Guideline) -> Vec<Definition> {
    let mut writer = Writer { guideline, done: Vec::new() };
    for question in guideline.questions() {
        writer.question(question);
    }
    for finding in used(guideline) {
        if guideline.asked_by(finding).is_none() {
            writer.finding(finding);
        }
    }
    // A rule may refer to one that stands after it in the book.
    let mut rules = vec![false; guideline.book().rules.len()];
    for rule in guideline.rules() {
        writer.rule(rule, &mut rules);
    }
    writer.bounds();
    writer.done
}

/// Every finding that a rule or the `only_if` of a question rests on, and what follows them up.
pub(crate) fn used(guideline: &Guideline) -> Vec<FindingId> {
    let book = guideline.book();
    let mut used = Vec::new();
    let gates = book.questions.iter().filter_map(|question| question.only_if.as_ref());
    for condition in gates.map(|gate| &gate.condition).chain(book.rules.iter().map(|rule| &rule.when)) {
        findings_in(book, condition, &mut used);
    }
    let followed: Vec<FindingId> =
        used.iter().filter_map(|finding| guideline.followed_up_by(*finding)).collect();
    used.extend(followed);
    used.sort_unstable();
    used.dedup();
    used
}

/// Whether a condition is looked at as true or as false.
type Wanted = bool;

struct Writer<'g> {
    guideline: &'g Guideline,
    done: Vec<Definition>,
}

impl Writer<'_> {
    fn define(&mut self, name: String, about: &str, truth: Expression) {
        self.done.push(Definition { name, about: about.to_owned(), value: Value::Truth(truth) });
    }

    /// Whether a question applies, and what is known of the findings that it asks for.
    fn question(&mut self, id: QuestionId) {
        let guideline = self.guideline;
        let question = guideline.question(id);
        if let Some(gate) = &question.only_if {
            let value = self.known(&gate.condition);
            self.define(applies(&question.id), &question.ask, value);
        }
        let used = used(guideline);
        for finding in question.shows.iter().filter(|finding| used.contains(finding)) {
            self.finding(*finding);
        }
    }

    /// What is known of a finding where that is more than its answer, and whether it is open.
    fn finding(&mut self, id: FindingId) {
        let guideline = self.guideline;
        let finding = guideline.finding(id);
        if finding.follows_up.is_some() {
            // It counts only in place of another one's "not sure".
            return;
        }
        let closed = self.closed(id);
        let is_closed_to_some = closed.is_some();
        if let Some(closed) = closed {
            let value = Expression::all([Expression::Unanswered(id)].into_iter().chain(closed).collect());
            self.define(not_applicable(&finding.id), "", value);
        }
        let follow_up = guideline.followed_up_by(id);
        if finding.kind == FindingKind::YesNo && (is_closed_to_some || follow_up.is_some()) {
            let mut value = Expression::Answer(id);
            if let Some(by) = follow_up {
                let [not_sure, by] = [Expression::NotSure(id), Expression::Answer(by)];
                value = Expression::If(Box::new(not_sure), Box::new(by), Box::new(value));
            }
            if is_closed_to_some {
                let applies = Expression::named(not_applicable(&finding.id)).not();
                value = Expression::all(vec![applies, value]);
            }
            self.define(known(&finding.id), &finding.label, value);
        }
        if finding.derived.is_some() {
            return;
        }
        let mut open = vec![Expression::Unanswered(id)];
        open.extend(is_closed_to_some.then(|| Expression::named(not_applicable(&finding.id)).not()));
        let mut open = Expression::all(open);
        if let Some(by) = follow_up {
            let waits = Expression::all(vec![Expression::NotSure(id), Expression::Unanswered(by)]);
            open = Expression::any(vec![open, waits]);
        }
        self.define(is_open(&finding.id), "", open);
    }

    /// Where a finding that is not answered counts as no: nowhere, or where all of these hold.
    fn closed(&self, id: FindingId) -> Option<Vec<Expression>> {
        if self.guideline.finding(id).derived.is_some() {
            return Some(Vec::new());
        }
        let question = self.guideline.question(self.guideline.asked_by(id)?);
        question.only_if.as_ref()?;
        Some(vec![Expression::named(applies(&question.id)).known_to_be(false)])
    }

    fn rule(&mut self, id: care::RuleId, done: &mut [bool]) {
        if std::mem::replace(&mut done[id.index()], true) {
            return;
        }
        let rule = self.guideline.rule(id);
        let mut before = Vec::new();
        rule.when.walk(&mut |part| {
            if let Condition::Rule(other) = part {
                before.push(*other);
            }
        });
        for other in before {
            self.rule(other, done);
        }
        let known = self.known(&rule.when);
        self.define(fires(&rule.id), &rule.because, known);
        for wanted in [true, false] {
            let possible = self.possible(&rule.when, wanted);
            self.define(can_be(&rule.id, wanted), "", possible);
        }
    }

    /// What is known of a condition.
    fn known(&self, condition: &Condition) -> Expression {
        let all = |parts: &[Condition]| parts.iter().map(|part| self.known(part)).collect();
        match condition {
            Condition::And(parts) => Expression::all(all(parts)),
            Condition::Or(parts) => Expression::any(all(parts)),
            Condition::AtLeast(needed, parts) => Expression::AtLeast(*needed, all(parts)),
            Condition::Not(inner) => self.known(inner).not(),
            Condition::Rule(rule) => Expression::named(fires(&self.guideline.rule(*rule).id)),
            Condition::Yes(id) => {
                let finding = &self.guideline.finding(*id);
                let is_more = self.closed(*id).is_some() || self.guideline.followed_up_by(*id).is_some();
                if is_more { Expression::named(known(&finding.id)) } else { Expression::Answer(*id) }
            }
            Condition::Compare(id, comparison, value) => {
                self.applied(*id, Expression::Compare(*id, *comparison, *value))
            }
            Condition::Is(id, option) => {
                let option = match &self.guideline.finding(*id).kind {
                    FindingKind::Choice(options) => options.get(usize::from(*option)),
                    FindingKind::YesNo | FindingKind::Number { .. } => None,
                };
                let option = option.map(|option| option.id.clone()).unwrap_or_default();
                self.applied(*id, Expression::Is(*id, option))
            }
        }
    }

    /// A test of a number or a choice, which is false where nobody is asked for it.
    fn applied(&self, id: FindingId, test: Expression) -> Expression {
        if self.closed(id).is_none() {
            return test;
        }
        let applies = Expression::named(not_applicable(&self.guideline.finding(id).id)).not();
        Expression::all(vec![applies, test])
    }

    /// Whether answers to open questions can make a condition true, or false.
    fn possible(&self, condition: &Condition, wanted: Wanted) -> Expression {
        let all = |parts: &[Condition]| parts.iter().map(|part| self.possible(part, wanted)).collect();
        match (condition, wanted) {
            (Condition::And(parts), true) | (Condition::Or(parts), false) => Expression::all(all(parts)),
            (Condition::And(parts), false) | (Condition::Or(parts), true) => Expression::any(all(parts)),
            (Condition::AtLeast(needed, parts), true) => Expression::AtLeast(*needed, all(parts)),
            // So many of the others that too few are left.
            (Condition::AtLeast(needed, parts), false) => match (parts.len() + 1).checked_sub(*needed) {
                Some(many) => Expression::AtLeast(many, all(parts)),
                None => Expression::Always(true),
            },
            (Condition::Not(inner), _) => self.possible(inner, !wanted),
            (Condition::Rule(rule), _) => Expression::named(can_be(&self.guideline.rule(*rule).id, wanted)),
            (Condition::Yes(id) | Condition::Compare(id, ..) | Condition::Is(id, _), _) => {
                let finding = self.guideline.finding(*id);
                let known = self.known(condition).known_to_be(wanted);
                if finding.derived.is_some() {
                    return known;
                }
                Expression::any(vec![Expression::named(is_open(&finding.id)), known])
            }
        }
    }

    /// How urgent it is at the least and at the most: the highest level that any rule gives.
    fn bounds(&mut self) {
        let book = self.guideline.book();
        let levels = || Urgency::ALL.into_iter().rev().filter(|level| *level > Urgency::SelfCare);
        let (mut least, mut most) = (Vec::new(), Vec::new());
        for level in levels() {
            let (mut certain, mut possible) = (Vec::new(), Vec::new());
            for rule in &book.rules {
                let fires = || Expression::named(fires(&rule.id));
                let [can_fire, can_fail] =
                    [true, false].map(|wanted| Expression::named(can_be(&rule.id, wanted)));
                if rule.urgency == level {
                    certain.push(fires().known_to_be(true));
                    possible.push(can_fire);
                }
                if rule.if_not_sure == level {
                    // It can no longer turn out false: at the least it stays open for ever.
                    certain.push(can_fail.not());
                    let decided = [true, false].map(|value| fires().known_to_be(value)).to_vec();
                    possible.push(Expression::any(decided).not());
                }
            }
            for (word, parts, into) in [("certain", certain, &mut least), ("possible", possible, &mut most)] {
                let name = format!("{} is {word}", level.id());
                self.define(name.clone(), "", Expression::any(parts));
                into.push((Expression::named(name), level.id()));
            }
        }
        for (name, about, levels) in [
            (AT_LEAST, "No further answer makes it less urgent.", least),
            (AT_MOST, "No further answer makes it more urgent.", most),
        ] {
            let value = Value::FirstOf(levels, Urgency::SelfCare.id());
            self.done.push(Definition { name: name.to_owned(), about: about.to_owned(), value });
        }
    }
}

/// Whether a rule fires.
pub(crate) fn fires(rule: &str) -> String {
    format!("rule {rule}")
}

/// Whether a rule can still turn out true, or false.
pub(crate) fn can_be(rule: &str, wanted: Wanted) -> String {
    format!("rule {rule} can {}", if wanted { "fire" } else { "fail" })
}

fn applies(question: &str) -> String {
    format!("question {question} applies")
}

fn not_applicable(finding: &str) -> String {
    format!("{finding} does not apply")
}

fn known(finding: &str) -> String {
    format!("{finding} is so")
}

fn is_open(finding: &str) -> String {
    format!("{finding} is open")
}
