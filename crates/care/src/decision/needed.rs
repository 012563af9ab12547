//! What of a program its rules rest on.

use crate::decision::op::{Op, Operand};

/// Which operations and which slots some values rest on.
#[derive(Clone, Debug)]
pub(crate) struct Needed {
    /// For each operation, in their order.
    pub(crate) ops: Vec<bool>,
    /// For each slot.
    pub(crate) slots: Vec<bool>,
}

impl Needed {
    /// What these values rest on, by operations that fill so many slots.
    pub(crate) fn by(values: impl IntoIterator<Item = Operand>, all: &[Op], slots: usize) -> Self {
        let mut is_needed = vec![false; slots];
        for value in values {
            is_needed[value.index()] = true;
        }
        let mut ops = vec![false; all.len()];
        let mut slot = slots;
        for (op_is_needed, op) in ops.iter_mut().zip(all).rev() {
            let parts = match *op {
                Op::And(left, right) | Op::Or(left, right) => {
                    slot -= 1;
                    *op_is_needed = is_needed[slot];
                    [left.index(), right.index()]
                }
                Op::NotApplicable { atom, gate } => {
                    *op_is_needed = is_needed[atom as usize];
                    [gate.index(), gate.index()]
                }
                Op::FollowUp { atom, by } => {
                    *op_is_needed = is_needed[atom as usize];
                    [by as usize, by as usize]
                }
            };
            if *op_is_needed {
                for part in parts {
                    is_needed[part] = true;
                }
            }
        }
        Self { ops, slots: is_needed }
    }
}
