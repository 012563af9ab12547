//! Where one person stands: what is certain, and what is still possible.

use std::sync::OnceLock;

use crate::book::{
    BlockId, CauseId, CauseKind, ConditionId, ConditionKey, FindingId, QuestionId, RemedyId, RuleId, Urgency,
};
use crate::decision::answer::Answer;
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;
use crate::decision::lanes::Bounds;
use crate::decision::op::Operand;
use crate::decision::packed::{OnePerson, Packed};

/// One person's answers, run through the guideline.
#[derive(Clone, Debug)]
pub struct State<'g> {
    guideline: &'g Guideline,
    answers: Answers,
    /// Every value that the rules need.
    of_rules: OnePerson,
    /// Every value: what medicines, habits and the clinic rest on is worked out when it is asked for.
    all: OnceLock<OnePerson>,
    bounds: Bounds,
}

/// What may still become of a value: it is one or more of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one plane of the program")]
pub struct Outlook {
    /// It is known to be true.
    pub is_true: bool,
    /// It is known to be false.
    pub is_false: bool,
    /// Some answers to open questions would make it true.
    pub can_be_true: bool,
    /// Some answers to open questions would make it false.
    pub can_be_false: bool,
}

impl<'g> State<'g> {
    /// Runs one person's answers through the guideline.
    pub fn of(guideline: &'g Guideline, answers: &Answers) -> Self {
        let values = guideline.program().run_one(|finding| answers.get(finding));
        let bounds = bounds(guideline, &values);
        Self { guideline, answers: answers.clone(), of_rules: values, all: OnceLock::new(), bounds }
    }

    /// The guideline.
    pub fn guideline(&self) -> &'g Guideline {
        self.guideline
    }

    /// The answers.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// The urgency that is certain and the highest that is possible.
    pub fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// What may still become of a value of the program.
    pub fn outlook(&self, operand: Operand) -> Outlook {
        let value = self.value(operand);
        Outlook {
            is_true: value.is_true(),
            is_false: value.is_false(),
            can_be_true: value.can_be_true(),
            can_be_false: value.can_be_false(),
        }
    }

    fn value(&self, operand: Operand) -> Packed {
        let program = self.guideline.program();
        if program.needed_by_rules().slots[operand.index()] {
            return self.of_rules.of(operand);
        }
        let all = self.all.get_or_init(|| {
            let mut all = self.of_rules.clone();
            program.run_one_to_the_end(&mut all, |finding| self.answers.get(finding));
            all
        });
        all.of(operand)
    }

    /// What may still become of a condition of the book; of one that the book does
    /// not have nothing is known.
    pub fn condition(&self, condition: ConditionId) -> Outlook {
        let nothing = Outlook { is_true: false, is_false: false, can_be_true: true, can_be_false: true };
        self.guideline.program().operand(condition).map_or(nothing, |operand| self.outlook(operand))
    }

    /// What may still become of a rule's condition.
    pub fn rule(&self, rule: RuleId) -> Outlook {
        self.outlook(self.guideline.program().rule(rule))
    }

    /// The urgency a rule certainly adds, whatever else is answered.
    pub fn certain(&self, rule: RuleId) -> Urgency {
        let outlook = self.rule(rule);
        let rule = self.guideline.rule(rule);
        if outlook.is_true {
            rule.urgency
        } else if outlook.can_be_false {
            Urgency::SelfCare
        } else {
            rule.if_not_sure
        }
    }

    /// Whether a remedy is known to be fit for this person: offered, and not to be avoided.
    pub fn is_fit(&self, remedy: RemedyId) -> bool {
        let program = self.guideline.program();
        self.outlook(program.offer(remedy)).is_true && self.outlook(program.avoid(remedy)).is_false
    }

    /// Whether a contributor is known to be there.
    pub(crate) fn contributes(&self, cause: CauseId) -> bool {
        self.guideline.cause(cause).kind == CauseKind::Contributor
            && self.condition(BlockId::Cause(cause).condition(ConditionKey::When)).is_true
    }

    /// Whether a question is settled without being asked: by its `only_if`, or
    /// because it follows up a "not sure" that was not said.
    pub fn does_not_apply(&self, question: QuestionId) -> bool {
        let is_not_followed = |finding: &FindingId| {
            let follows = self.guideline.finding(*finding).follows_up;
            follows.is_some_and(|follows| self.answers.get(follows) != Some(Answer::NotSure))
        };
        self.guideline.program().gate(question).is_some_and(|gate| self.outlook(gate).is_false)
            || self.guideline.question(question).shows.iter().any(is_not_followed)
    }

    /// Whether a finding went unanswered because its question does not apply, or
    /// because it is computed from a diary and there is none.
    pub fn not_applicable(&self, finding: FindingId) -> bool {
        self.answers.get(finding).is_none()
            && (self.guideline.finding(finding).derived.is_some()
                || self.guideline.asked_by(finding).is_some_and(|question| self.does_not_apply(question)))
    }

    /// Whether an atom's slot was never answered and does apply.
    pub(crate) fn is_open(&self, slot: usize) -> bool {
        self.value(Operand::of(u32::try_from(slot).unwrap_or(u32::MAX))) == Packed::OPEN
    }
}

/// What the rules make certain and possible.
fn bounds(guideline: &Guideline, values: &OnePerson) -> Bounds {
    let (mut lower, mut upper) = (0, 0);
    // Reckoned and not chosen: no processor can guess which rules hold for somebody.
    for rule in guideline.program().rules() {
        let value = values.of(rule.operand);
        let (urgency, if_not_sure) = (rule.urgency as u8, rule.if_not_sure as u8);
        let certain = u8::from(value.is_true()) * urgency;
        // It can no longer turn out false: at the least it stays open for ever.
        let never_false = u8::from(!value.can_be_false()) * if_not_sure;
        let possible = u8::from(value.can_be_true()) * urgency;
        let not_false = u8::from(!value.is_false()) * if_not_sure;
        lower = lower.max(certain).max(never_false);
        upper = upper.max(possible).max(not_false);
    }
    Bounds { lower: Urgency::ALL[usize::from(lower)], upper: Urgency::ALL[usize::from(upper)] }
}
