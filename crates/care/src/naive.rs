//! The second opinion: a deliberately simple evaluator that shares nothing with
//! the program, and by which certificates are verified.
//!
//! It walks the conditions as they stand in the book. For each it computes the
//! set of values that the condition may still end with.

use crate::answers::{Answer, Answers};
use crate::condition::Condition;
use crate::guideline::{FindingId, Guideline};
use crate::lanes::Bounds;
use crate::urgency::Urgency;

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
    match condition {
        Condition::Yes(finding) => test(guideline, answers, *finding, |answer| answer == Answer::Yes),
        Condition::Compare(finding, comparison, value) => test(
            guideline,
            answers,
            *finding,
            |answer| matches!(answer, Answer::Number(number) if comparison.holds(number, *value)),
        ),
        Condition::Is(finding, option) => {
            test(guideline, answers, *finding, |answer| answer == Answer::Option(*option))
        }
        Condition::Not(inner) => ends(guideline, answers, inner).not(),
        Condition::Rule(rule) => ends(guideline, answers, &guideline.rule(*rule).when),
        Condition::And(parts) => at_least(guideline, answers, parts.len(), parts),
        Condition::Or(parts) => at_least(guideline, answers, 1, parts),
        Condition::AtLeast(needed, parts) => at_least(guideline, answers, *needed, parts),
    }
}

fn test(
    guideline: &Guideline,
    answers: &Answers,
    finding: FindingId,
    holds: impl Fn(Answer) -> bool,
) -> Ends {
    match answers.get(finding) {
        Some(Answer::NotSure) => Ends::UNKNOWN,
        Some(answer) => Ends::known(holds(answer)),
        None if does_not_apply(guideline, answers, finding) => Ends::NO,
        None => Ends::ANY,
    }
}

/// Whether the question for a finding need not be asked: its `only_if` is certain to be false.
pub fn does_not_apply(guideline: &Guideline, answers: &Answers, finding: FindingId) -> bool {
    guideline
        .asked_by(finding)
        .and_then(|question| guideline.question(question).only_if.as_ref())
        .is_some_and(|gate| ends(guideline, answers, &gate.condition) == Ends::NO)
}

/// "At least so many": true once enough parts are true, false once too few can
/// be, and otherwise unknown if parts end unknown.
fn at_least(guideline: &Guideline, answers: &Answers, needed: usize, parts: &[Condition]) -> Ends {
    let parts: Vec<Ends> = parts.iter().map(|part| ends(guideline, answers, part)).collect();
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
