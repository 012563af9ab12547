//! The second opinion: a deliberately simple evaluator that shares nothing with
//! the program, and by which certificates are verified.
//!
//! It walks the conditions as they stand in the book. For each it computes the
//! set of values that the condition may still end with.

use crate::book::{Condition, FindingId, Urgency};
use crate::decision::answer::Answer;
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;
use crate::decision::lanes::Bounds;

/// The values a condition may end with once every open question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// It may end true.
    pub yes: bool,
    /// It may end false.
    pub no: bool,
    /// It may end unknown, because of answers that are not sure.
    pub unknown: bool,
}

impl Ends {
    const YES: Self = Self { yes: true, no: false, unknown: false };
    const NO: Self = Self { yes: false, no: true, unknown: false };
    const UNKNOWN: Self = Self { yes: false, no: false, unknown: true };
    const ANY: Self = Self { yes: true, no: true, unknown: true };

    fn known(value: bool) -> Self {
        if value { Self::YES } else { Self::NO }
    }

    fn not(self) -> Self {
        Self { yes: self.no, no: self.yes, unknown: self.unknown }
    }

    /// The urgencies a rule may end with.
    fn contributions(self, urgency: Urgency, if_not_sure: Urgency) -> impl Iterator<Item = Urgency> {
        [
            self.yes.then_some(urgency),
            self.unknown.then_some(if_not_sure),
            self.no.then_some(Urgency::SelfCare),
        ]
        .into_iter()
        .flatten()
    }
}

/// What may still become of a condition.
pub fn ends(guideline: &Guideline, answers: &Answers, condition: &Condition) -> Ends {
    ends_by(guideline, answers, answers, condition)
}

/// What the answers in `named` alone say of a condition, out of `all` that were
/// given. The others could be anything; but they were given, so that none of
/// them counts as no because its question does not apply.
pub fn ends_by(guideline: &Guideline, all: &Answers, named: &Answers, condition: &Condition) -> Ends {
    Given { guideline, all, named }.ends(condition)
}

/// Whether the question for a finding need not be asked: its `only_if` is certain
/// to be false, or it has none because the finding is computed from a diary.
pub fn does_not_apply(guideline: &Guideline, answers: &Answers, finding: FindingId) -> bool {
    Given { guideline, all: answers, named: answers }.does_not_apply(finding)
}

/// The answers from which a condition is judged.
#[derive(Clone, Copy)]
struct Given<'a> {
    guideline: &'a Guideline,
    all: &'a Answers,
    named: &'a Answers,
}

impl Given<'_> {
    fn ends(self, condition: &Condition) -> Ends {
        match condition {
            Condition::Yes(finding) => self.test(*finding, |answer| answer == Answer::Yes),
            Condition::Compare(finding, comparison, value) => self.test(
                *finding,
                |answer| matches!(answer, Answer::Number(number) if comparison.holds(number, *value)),
            ),
            Condition::Is(finding, option) => self.test(*finding, |answer| answer == Answer::Option(*option)),
            Condition::Not(inner) => self.ends(inner).not(),
            Condition::Rule(rule) => self.ends(&self.guideline.rule(*rule).when),
            Condition::And(parts) => self.at_least(parts.len(), parts),
            Condition::Or(parts) => self.at_least(1, parts),
            Condition::AtLeast(needed, parts) => self.at_least(*needed, parts),
        }
    }

    fn test(self, finding: FindingId, holds: impl Fn(Answer) -> bool) -> Ends {
        match self.named.get(finding) {
            Some(Answer::NotSure) => self.follow_up(finding, holds),
            Some(answer) => Ends::known(holds(answer)),
            None if self.all.get(finding).is_none() && self.does_not_apply(finding) => Ends::NO,
            None => Ends::ANY,
        }
    }

    /// What becomes of a "not sure": the follow-up's answer counts in its place, where there is one.
    fn follow_up(self, finding: FindingId, holds: impl Fn(Answer) -> bool) -> Ends {
        let Some(by) = self.guideline.followed_up_by(finding) else { return Ends::UNKNOWN };
        match self.named.get(by) {
            Some(Answer::NotSure) => Ends::UNKNOWN,
            Some(answer) => Ends::known(holds(answer)),
            None => Ends::ANY,
        }
    }

    fn does_not_apply(self, finding: FindingId) -> bool {
        if self.guideline.finding(finding).derived.is_some() {
            return true;
        }
        if let Some(follows) = self.guideline.finding(finding).follows_up {
            return self.all.get(follows) != Some(Answer::NotSure);
        }
        self.guideline
            .asked_by(finding)
            .and_then(|question| self.guideline.question(question).only_if.as_ref())
            .is_some_and(|gate| self.ends(&gate.condition) == Ends::NO)
    }

    /// "At least so many": true once enough parts are true, false once too few can
    /// be, and otherwise unknown if parts end unknown.
    fn at_least(self, needed: usize, parts: &[Condition]) -> Ends {
        let parts: Vec<Ends> = parts.iter().map(|part| self.ends(part)).collect();
        let count = |picks: &dyn Fn(&Ends) -> bool| parts.iter().filter(|part| picks(part)).count();
        let most_true = count(&|part| part.yes);
        let least_true = count(&|part| part.yes && !part.no && !part.unknown);
        let most_not_false = count(&|part| part.yes || part.unknown);
        let least_not_false = count(&|part| !part.no);
        Ends {
            yes: most_true >= needed,
            no: least_not_false < needed,
            // Unknown: enough parts are not false, but too few are true.
            unknown: most_not_false >= needed && least_true < needed && ends_unknown(&parts, needed),
        }
    }
}

/// Whether some completion leaves at least `needed` parts not false but fewer than `needed` true.
fn ends_unknown(parts: &[Ends], needed: usize) -> bool {
    // Make as many parts as possible unknown; the rest true only where they must be.
    let forced_true = parts.iter().filter(|part| part.yes && !part.no && !part.unknown).count();
    let can_be_unknown = parts.iter().filter(|part| part.unknown).count();
    let only_yes_or_no = parts.iter().filter(|part| part.yes && part.no && !part.unknown).count();
    // True ones: the forced, plus as many of the yes-or-no parts as are needed, but fewer than `needed`.
    let room = needed.saturating_sub(1).saturating_sub(forced_true).min(only_yes_or_no);
    can_be_unknown > 0 && forced_true + room + can_be_unknown >= needed
}

/// The bounds of the outcome, by definition.
pub fn bounds(guideline: &Guideline, answers: &Answers) -> Bounds {
    let mut bounds = Bounds { lower: Urgency::SelfCare, upper: Urgency::SelfCare };
    for rule in &guideline.book().rules {
        let ends = ends(guideline, answers, &rule.when);
        let contributions = || ends.contributions(rule.urgency, rule.if_not_sure);
        bounds.lower = bounds.lower.max(contributions().min().unwrap_or_default());
        bounds.upper = bounds.upper.max(contributions().max().unwrap_or_default());
    }
    bounds
}
