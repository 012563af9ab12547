//! Why: the fewest answers that settle a value.

use crate::book::{BlockId, ConditionId, ConditionKey, FindingId, RuleId, Urgency};
use crate::decision::answer::Answer;
use crate::decision::op::{Op, Operand, atom_under};
use crate::decision::program::Planes;
use crate::decision::state::State;

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
    let support = Support::new(state);
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
/// several parts that would do, the one that adds the fewest answers is taken.
/// The set is smallest where no finding occurs twice in the condition; anywhere,
/// no answer in it can be left out.
pub(crate) struct Support<'s, 'g> {
    state: &'s State<'g>,
}

impl<'s, 'g> Support<'s, 'g> {
    pub(crate) fn new(state: &'s State<'g>) -> Self {
        Self { state }
    }

    /// The answers that settle `operand` in this way, in reading order; `None` if it is not so settled.
    pub(crate) fn of(&self, operand: Operand, settled: Settled) -> Option<Vec<FindingId>> {
        let (mut findings, mut met) = (Vec::new(), Met::default());
        if !self.add(operand, settled, &mut findings, &mut met) {
            return None;
        }
        findings.sort_unstable();
        if met.twice {
            self.leave_out(&mut findings, operand, settled);
        }
        Some(findings)
    }

    /// Leaves out what can be left out: what was taken for one part may do for another.
    fn leave_out(&self, findings: &mut Vec<FindingId>, operand: Operand, settled: Settled) {
        let mut until = findings.len();
        let mut can_go = self.settled_without_each(findings, operand, settled);
        // What is needed of many is needed of fewer, so nobody is asked about twice.
        while let Some(last) = (0..until).rev().find(|index| can_go[*index]) {
            findings.remove(last);
            until = last;
            if can_go[..until].contains(&true) {
                can_go = self.settled_without_each(findings, operand, settled);
            }
        }
    }

    /// The same for a condition of the book.
    pub(crate) fn of_condition(&self, condition: ConditionId, settled: Settled) -> Option<Vec<FindingId>> {
        self.of(self.state.guideline().program().operand(condition)?, settled)
    }

    /// The condition under a key of a block; `None` where it has none there.
    pub(crate) fn condition_under(&self, block: BlockId, key: ConditionKey) -> Option<ConditionId> {
        let id = block.condition(key);
        self.state.guideline().program().operand(id).map(|_| id)
    }

    /// Adds to `findings` what else is needed to settle `operand`; false if it is not so settled.
    fn add(&self, operand: Operand, settled: Settled, findings: &mut Vec<FindingId>, met: &mut Met) -> bool {
        if !self.is(operand, settled) {
            return false;
        }
        let settled = if operand.negated { settled.not() } else { settled };
        let slot = operand.index();
        let program = self.state.guideline().program();
        let Some(op) = program.filled_by(slot) else { return self.add_atom(slot, findings, met) };
        match (op, settled) {
            (Op::And(left, right), Settled::True | Settled::NeverFalse)
            | (Op::Or(left, right), Settled::False | Settled::NeverTrue) => {
                self.add(left, settled, findings, met) && self.add(right, settled, findings, met)
            }
            (Op::And(left, right) | Op::Or(left, right), _) => {
                let mut choices = [left, right].into_iter().filter_map(|part| {
                    let mut findings = findings.clone();
                    self.add(part, settled, &mut findings, met).then_some(findings)
                });
                let Some(mut fewest) = choices.next() else { return false };
                if let Some(other) = choices.next().filter(|other| other.len() < fewest.len()) {
                    fewest = other;
                }
                *findings = fewest;
                true
            }
            (Op::NotApplicable { .. } | Op::FollowUp { .. }, _) => false,
        }
    }

    /// Whether a value is settled in this way.
    pub(crate) fn is(&self, operand: Operand, settled: Settled) -> bool {
        let outlook = self.state.outlook(operand);
        match settled {
            Settled::True => outlook.is_true,
            Settled::False => outlook.is_false,
            Settled::NeverFalse => !outlook.can_be_false,
            Settled::NeverTrue => !outlook.can_be_true,
        }
    }

    /// The finding itself; what does not apply rests on the answers that say so.
    fn add_atom(&self, slot: usize, findings: &mut Vec<FindingId>, met: &mut Met) -> bool {
        let guideline = self.state.guideline();
        let Some(atom) = guideline.program().atoms().get(slot) else {
            return true; // the constant true
        };
        let finding = atom.finding();
        if self.state.not_applicable(finding) {
            if guideline.finding(finding).derived.is_some() {
                return true; // there is no diary, whatever is answered
            }
            return guideline
                .asked_by(finding)
                .and_then(|question| guideline.program().gate(question))
                .is_some_and(|gate| self.add(gate, Settled::False, findings, met));
        }
        met.twice |= met.findings.contains(&finding);
        met.findings.push(finding);
        if !findings.contains(&finding) {
            findings.push(finding);
        }
        // A "not sure" that was followed up rests on both answers.
        let answers = self.state.answers();
        if answers.get(finding) == Some(Answer::NotSure)
            && let Some(by) = guideline.followed_up_by(finding)
            && answers.get(by).is_some()
            && !findings.contains(&by)
        {
            findings.push(by);
        }
        true
    }

    /// For each of these findings, whether the answers to the others alone settle a value,
    /// whatever all else was. Each is tried in a lane of its own.
    fn settled_without_each(&self, findings: &[FindingId], operand: Operand, settled: Settled) -> Vec<bool> {
        let mut without = Vec::with_capacity(findings.len());
        for from in (0..findings.len()).step_by(LANES) {
            let lanes = self.settled_without(findings, from, operand, settled);
            let tried = LANES.min(findings.len() - from);
            without.extend((0..tried).map(|lane| lanes >> lane & 1 != 0));
        }
        without
    }

    /// The lanes in which a value is settled: in each, one finding from this place on is left out.
    fn settled_without(
        &self,
        findings: &[FindingId],
        from: usize,
        operand: Operand,
        settled: Settled,
    ) -> u64 {
        let guideline = self.state.guideline();
        let program = guideline.program();
        let mut known = vec![Planes::<1>::UNKNOWN; program.slots()];
        // Open to the program is what may turn out not to apply: never what was answered.
        let mut open = vec![[0]; program.atoms().len()];
        let mut unnamed = vec![0; program.atoms().len()];
        let named = |finding: FindingId| match findings.iter().position(|named| *named == finding) {
            Some(place) if (from..from + LANES).contains(&place) => !(1 << (place - from)),
            Some(_) => u64::MAX,
            None => 0,
        };
        for (slot, atom) in program.atoms().iter().enumerate() {
            let Some(answer) = self.state.answers().get(atom.finding()) else {
                open[slot] = [u64::MAX];
                continue;
            };
            // The answer to a follow-up says nothing without the "not sure" that it follows.
            let follows = guideline.finding(atom.finding()).follows_up;
            let is_named = named(atom.finding()) & follows.map_or(u64::MAX, named);
            match atom_under(*atom, answer) {
                Some(true) => known[slot].yes = [is_named],
                Some(false) => known[slot].no = [is_named],
                None => {}
            }
            unnamed[slot] = !is_named;
        }
        program.run_for(Some(operand), &mut known, &mut open);
        let value = known[operand.index()].read(operand);
        match settled {
            Settled::True => return value.yes[0],
            Settled::False => return value.no[0],
            Settled::NeverFalse | Settled::NeverTrue => {}
        }
        let mut possible = known;
        for (slot, unnamed) in unnamed.into_iter().enumerate() {
            possible[slot].yes[0] |= open[slot][0] | unnamed;
            possible[slot].no[0] |= open[slot][0] | unnamed;
        }
        program.run_for(Some(operand), &mut possible, &mut vec![[0]; program.atoms().len()]);
        let value = possible[operand.index()].read(operand);
        if settled == Settled::NeverFalse { !value.no[0] } else { !value.yes[0] }
    }
}

/// How many findings are left out at once, each in a lane of its own.
const LANES: usize = 64;

/// The findings met on the way, each time they were met.
#[derive(Default)]
struct Met {
    findings: Vec<FindingId>,
    twice: bool,
}
