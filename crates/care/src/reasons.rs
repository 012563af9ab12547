//! Why: the fewest answers that settle a value.

use crate::guideline::{FindingId, RuleId};
use crate::program::{Op, Operand};
use crate::state::State;
use crate::urgency::Urgency;

/// Why a rule counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rule.
    pub rule: RuleId,
    /// The urgency it adds.
    pub urgency: Urgency,
    /// Whether it holds, or only cannot be ruled out because of answers that are not sure.
    pub holds: bool,
    /// The fewest answers that settle it, in reading order.
    pub findings: Vec<FindingId>,
}

/// Every rule that adds something, the ones that decide the outcome first,
/// and among those the one with the fewest answers first.
///
/// Empty only where the outcome is self-care.
pub fn reasons(state: &State<'_>) -> Vec<Reason> {
    let guideline = state.guideline();
    let mut support = Support::new(state);
    let mut reasons: Vec<Reason> = guideline
        .rules()
        .filter_map(|rule| {
            let urgency = state.certain(rule);
            if urgency == Urgency::SelfCare {
                return None;
            }
            let holds = state.rule(rule).is_true;
            let settled = if holds { Settled::True } else { Settled::NeverFalse };
            let findings = support.of(guideline.program().rule(rule), settled)?;
            Some(Reason { rule, urgency, holds, findings })
        })
        .collect();
    reasons.sort_by_key(|reason| (std::cmp::Reverse(reason.urgency), !reason.holds, reason.findings.len()));
    reasons
}

/// In which way a value is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settled {
    /// It is true.
    True,
    /// It is false.
    False,
    /// It is true or stays open for ever.
    NeverFalse,
    /// It is false or stays open for ever.
    NeverTrue,
}

impl Settled {
    fn not(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::NeverFalse => Self::NeverTrue,
            Self::NeverTrue => Self::NeverFalse,
        }
    }
}

/// Finds, for any value of the program, a set of answers that alone settle it.
///
/// An "and" is true because of all its parts and false because of any one; of
/// several parts that would do, the one with the fewest answers is taken. The
/// set is smallest where no finding occurs twice in the condition, and can
/// never be shortened by leaving one answer out of a part that is needed.
pub(crate) struct Support<'s, 'g> {
    state: &'s State<'g>,
    /// The operation that fills each slot; `None` for atoms and the constant.
    filled_by: Vec<Option<Op>>,
}

impl<'s, 'g> Support<'s, 'g> {
    pub(crate) fn new(state: &'s State<'g>) -> Self {
        let program = state.guideline().program();
        let mut filled_by = vec![None; program.atoms().len() + 1];
        filled_by.extend(program.ops().iter().filter_map(|op| match op {
            Op::And(..) | Op::Or(..) => Some(Some(*op)),
            Op::NotApplicable { .. } => None,
        }));
        Self { state, filled_by }
    }

    /// The answers that settle `operand` in this way, in reading order; `None` if it is not so settled.
    pub(crate) fn of(&mut self, operand: Operand, settled: Settled) -> Option<Vec<FindingId>> {
        if !self.is(operand, settled) {
            return None;
        }
        let settled = if operand.negated { settled.not() } else { settled };
        let slot = operand.index();
        let Some(op) = self.filled_by[slot] else { return self.of_atom(slot) };
        match (op, settled) {
            (Op::And(left, right), Settled::True | Settled::NeverFalse)
            | (Op::Or(left, right), Settled::False | Settled::NeverTrue) => {
                let left = self.of(left, settled)?;
                let right = self.of(right, settled)?;
                Some(union(left, right))
            }
            (Op::And(left, right) | Op::Or(left, right), _) => {
                match (self.of(left, settled), self.of(right, settled)) {
                    (Some(left), Some(right)) if right.len() < left.len() => Some(right),
                    (Some(left), _) => Some(left),
                    (None, right) => right,
                }
            }
            (Op::NotApplicable { .. }, _) => None,
        }
    }

    fn is(&self, operand: Operand, settled: Settled) -> bool {
        let outlook = self.state.outlook(operand);
        match settled {
            Settled::True => outlook.is_true,
            Settled::False => outlook.is_false,
            Settled::NeverFalse => !outlook.can_be_false,
            Settled::NeverTrue => !outlook.can_be_true,
        }
    }

    /// The finding itself; what does not apply rests on the answers that say so.
    fn of_atom(&mut self, slot: usize) -> Option<Vec<FindingId>> {
        let guideline = self.state.guideline();
        let Some(atom) = guideline.program().atoms().get(slot) else {
            return Some(Vec::new()); // the constant true
        };
        let finding = atom.finding();
        if self.state.not_applicable(finding) {
            let gate = guideline.asked_by(finding).and_then(|question| guideline.program().gate(question))?;
            return self.of(gate, Settled::False);
        }
        Some(vec![finding])
    }
}

fn union(mut left: Vec<FindingId>, right: Vec<FindingId>) -> Vec<FindingId> {
    left.extend(right);
    left.sort_unstable();
    left.dedup();
    left
}
