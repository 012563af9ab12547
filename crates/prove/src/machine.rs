//! What the compiled program does, for one person: its operations as formulas.

use care::{Atom, Guideline, Op, Operand, RuleId, Urgency};

use crate::formula::{Bit, Formulas};
use crate::meaning::Value;
use crate::person::Person;

/// The program of a guideline, run on the answers of one person.
pub(crate) struct Machine<'g> {
    guideline: &'g Guideline,
    /// What is known: one value a slot.
    known: Vec<Value>,
    /// What is still possible.
    possible: Vec<Value>,
    /// Where an input was never answered and does apply.
    open: Vec<Bit>,
}

impl<'g> Machine<'g> {
    pub(crate) fn run(guideline: &'g Guideline, person: &Person, formulas: &mut Formulas) -> Self {
        let program = guideline.program();
        let unknown = Value { yes: Bit::NO, no: Bit::NO };
        let mut known = vec![unknown; program.slots()];
        let mut open = Vec::new();
        for (slot, atom) in program.atoms().iter().enumerate() {
            let told = person.told(atom.finding()).clone();
            let book = guideline.book();
            let is_so = match *atom {
                Atom::Yes(_) => told.yes(),
                Atom::AtLeast(finding, threshold) => person.reaches(book, finding, threshold),
                Atom::Below(finding, threshold) => {
                    let reached = person.reaches(book, finding, threshold);
                    formulas.and(told.sure, !reached)
                }
                Atom::Is(finding, option) => person.chose(finding, option),
            };
            let is_not_so = formulas.and(told.sure, !is_so);
            known[slot] = Value { yes: is_so, no: is_not_so };
            open.push(!told.answered);
        }
        execute(guideline, formulas, &mut known, &mut open);
        let mut possible = known.clone();
        for (value, open) in possible.iter_mut().zip(&open) {
            *value = Value { yes: formulas.or(value.yes, *open), no: formulas.or(value.no, *open) };
        }
        execute(guideline, formulas, &mut possible, &mut vec![Bit::NO; open.len()]);
        Self { guideline, known, possible, open }
    }

    /// What is known of a value.
    pub(crate) fn known(&self, operand: Operand) -> Value {
        read(&self.known, operand)
    }

    /// What it may still turn out to be.
    pub(crate) fn possible(&self, operand: Operand) -> Value {
        read(&self.possible, operand)
    }

    /// Where an input was never answered and does apply.
    pub(crate) fn open(&self, slot: usize) -> Bit {
        self.open[slot]
    }

    /// Where a rule certainly gives at least this level.
    pub(crate) fn rule_certainly_gives(&self, formulas: &mut Formulas, id: RuleId, level: Urgency) -> Bit {
        let (rule, operand) = (self.guideline.rule(id), self.guideline.program().rule(id));
        let holds = if rule.urgency >= level { self.known(operand).yes } else { Bit::NO };
        let stays_open = if rule.if_not_sure >= level { !self.possible(operand).no } else { Bit::NO };
        formulas.or(holds, stays_open)
    }

    /// Where a rule may still give at least this level.
    pub(crate) fn rule_may_give(&self, formulas: &mut Formulas, id: RuleId, level: Urgency) -> Bit {
        let (rule, operand) = (self.guideline.rule(id), self.guideline.program().rule(id));
        let may_hold = if rule.urgency >= level { self.possible(operand).yes } else { Bit::NO };
        if rule.if_not_sure < level {
            return may_hold;
        }
        let known = self.known(operand);
        let undecided = formulas.and(!known.yes, !known.no);
        formulas.or(may_hold, undecided)
    }

    /// Where the lower bound is at least this level: the outcome, once all is answered.
    pub(crate) fn lower(&self, formulas: &mut Formulas, level: Urgency) -> Bit {
        let rules: Vec<Bit> =
            self.guideline.rules().map(|rule| self.rule_certainly_gives(formulas, rule, level)).collect();
        formulas.any(rules)
    }

    /// Where the upper bound is at least this level.
    pub(crate) fn upper(&self, formulas: &mut Formulas, level: Urgency) -> Bit {
        let rules: Vec<Bit> =
            self.guideline.rules().map(|rule| self.rule_may_give(formulas, rule, level)).collect();
        formulas.any(rules)
    }
}

fn read(slots: &[Value], operand: Operand) -> Value {
    let value = slots[operand.index()];
    if operand.negated { Value { yes: value.no, no: value.yes } } else { value }
}

/// The four operations, as `care` describes them.
fn execute(guideline: &Guideline, formulas: &mut Formulas, slots: &mut [Value], open: &mut [Bit]) {
    let program = guideline.program();
    let mut next = program.atoms().len();
    // The slot after the atoms is the constant.
    slots[next] = Value { yes: Bit::YES, no: Bit::NO };
    next += 1;
    for op in program.ops() {
        match *op {
            Op::And(left, right) => {
                let (left, right) = (read(slots, left), read(slots, right));
                slots[next] =
                    Value { yes: formulas.and(left.yes, right.yes), no: formulas.or(left.no, right.no) };
                next += 1;
            }
            Op::Or(left, right) => {
                let (left, right) = (read(slots, left), read(slots, right));
                slots[next] =
                    Value { yes: formulas.or(left.yes, right.yes), no: formulas.and(left.no, right.no) };
                next += 1;
            }
            Op::NotApplicable { atom, gate } => {
                let (atom, closed) = (atom as usize, read(slots, gate).no);
                let unasked = formulas.and(closed, open[atom]);
                slots[atom].no = formulas.or(slots[atom].no, unasked);
                open[atom] = formulas.and(open[atom], !unasked);
            }
            Op::FollowUp { atom, by } => {
                let (atom, by) = (atom as usize, by as usize);
                let settled = formulas.or(slots[atom].yes, slots[atom].no);
                let settled_or_open = formulas.or(settled, open[atom]);
                let not_sure = !settled_or_open;
                let unanswered = open[by];
                let said = slots[by];
                let (yes, no) = (formulas.and(not_sure, said.yes), formulas.and(not_sure, said.no));
                slots[atom] =
                    Value { yes: formulas.or(slots[atom].yes, yes), no: formulas.or(slots[atom].no, no) };
                let waits = formulas.and(not_sure, unanswered);
                open[atom] = formulas.or(open[atom], waits);
                let not_followed = formulas.and(!not_sure, unanswered);
                slots[by].no = formulas.or(slots[by].no, not_followed);
                open[by] = formulas.and(open[by], not_sure);
            }
        }
    }
}
