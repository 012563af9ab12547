//! Formulas over yes-or-no variables, in which everything that is claimed is written.
//!
//! Equal parts are not shared: two encodings of one condition stay two formulas, so that
//! whoever is asked whether they agree has to find out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Not;

/// A formula, read as it is or negated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Bit(u32);

impl Bit {
    /// Always true.
    pub(crate) const YES: Self = Self(0);
    /// Never true.
    pub(crate) const NO: Self = Self(1);

    /// A node, read as it is.
    pub(crate) fn of(node: usize) -> Self {
        Self(u32::try_from(node).unwrap_or(u32::MAX >> 1) << 1)
    }

    /// Which node.
    pub(crate) fn node(self) -> usize {
        (self.0 >> 1) as usize
    }

    /// Whether the node is negated.
    pub(crate) fn is_negated(self) -> bool {
        self.0 & 1 == 1
    }

    /// One of the two constants.
    pub(crate) fn constant(value: bool) -> Self {
        if value { Self::YES } else { Self::NO }
    }
}

impl Not for Bit {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// What a formula is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    /// True.
    Truth,
    /// Something that may be either, by its name.
    Variable(String),
    /// Both.
    And(Bit, Bit),
}

/// All formulas of one theorem, and what holds of their variables.
#[derive(Clone, Debug)]
pub(crate) struct Formulas {
    nodes: Vec<Node>,
    /// One of each holds: a number that is at least 50 is at least 16. Each by its first
    /// variable; the variables of one fact belong to one finding.
    facts: BTreeMap<usize, Vec<Vec<Bit>>>,
    /// What many claims share.
    shared: BTreeSet<usize>,
}

impl Default for Formulas {
    fn default() -> Self {
        Self { nodes: vec![Node::Truth], facts: BTreeMap::new(), shared: BTreeSet::new() }
    }
}

impl Formulas {
    /// Every node; those of a formula stand before it.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    fn push(&mut self, node: Node) -> Bit {
        self.nodes.push(node);
        Bit::of(self.nodes.len() - 1)
    }

    /// A new variable.
    pub(crate) fn variable(&mut self, name: String) -> Bit {
        self.push(Node::Variable(name))
    }

    /// Says that one of these variables, as they are read, is true.
    pub(crate) fn fact(&mut self, any_of: &[Bit]) {
        for bit in any_of {
            self.facts.entry(bit.node()).or_default().push(any_of.to_vec());
        }
    }

    /// Notes that many claims share a formula, so that another solver need only read it once.
    pub(crate) fn share(&mut self, bit: Bit) {
        self.shared.insert(bit.node());
    }

    /// Whether many claims share it.
    pub(crate) fn is_shared(&self, node: usize) -> bool {
        self.shared.contains(&node)
    }

    /// Both.
    pub(crate) fn and(&mut self, left: Bit, right: Bit) -> Bit {
        match (left, right) {
            (Bit::NO, _) | (_, Bit::NO) => Bit::NO,
            (Bit::YES, other) | (other, Bit::YES) => other,
            _ if left == right => left,
            _ if left == !right => Bit::NO,
            _ => self.push(Node::And(left, right)),
        }
    }

    /// Either.
    pub(crate) fn or(&mut self, left: Bit, right: Bit) -> Bit {
        !self.and(!left, !right)
    }

    /// All of them.
    pub(crate) fn all(&mut self, bits: impl IntoIterator<Item = Bit>) -> Bit {
        bits.into_iter().fold(Bit::YES, |all, bit| self.and(all, bit))
    }

    /// Any of them.
    pub(crate) fn any(&mut self, bits: impl IntoIterator<Item = Bit>) -> Bit {
        bits.into_iter().fold(Bit::NO, |any, bit| self.or(any, bit))
    }

    /// Exactly one of the two.
    pub(crate) fn differ(&mut self, left: Bit, right: Bit) -> Bit {
        let (only_left, only_right) = (self.and(left, !right), self.and(!left, right));
        self.or(only_left, only_right)
    }

    /// At least so many, by going through them one by one.
    pub(crate) fn at_least(&mut self, needed: usize, bits: &[Bit]) -> Bit {
        if needed == 0 {
            return Bit::YES;
        }
        // `reached[k]`: at least k of those so far.
        let mut reached = vec![Bit::NO; needed + 1];
        reached[0] = Bit::YES;
        for bit in bits {
            for k in (1..=needed).rev() {
                let with = self.and(reached[k - 1], *bit);
                reached[k] = self.or(reached[k], with);
            }
        }
        reached[needed]
    }

    /// The nodes that these formulas are made of, each after its parts, and the facts about
    /// their variables.
    pub(crate) fn cone(&self, roots: &[Bit]) -> Cone<'_> {
        let mut is_in = vec![false; self.nodes.len()];
        let mut facts: Vec<&Vec<Bit>> = Vec::new();
        let mut open: Vec<usize> = roots.iter().map(|root| root.node()).collect();
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut is_in[node], true) {
                continue;
            }
            if let Node::And(left, right) = self.nodes[node] {
                open.extend([left.node(), right.node()]);
            }
            for fact in self.facts.get(&node).into_iter().flatten() {
                facts.push(fact);
                open.extend(fact.iter().map(|bit| bit.node()));
            }
        }
        facts.sort_unstable();
        facts.dedup();
        let nodes = (0..self.nodes.len()).filter(|node| is_in[*node]).collect();
        Cone { nodes, facts }
    }
}

/// What some formulas rest on.
pub(crate) struct Cone<'f> {
    /// Each after its parts.
    pub(crate) nodes: Vec<usize>,
    /// One of each holds.
    pub(crate) facts: Vec<&'f Vec<Bit>>,
}
