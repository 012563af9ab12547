//! Decision diagrams over answers: what is true of whom, each set of people once, so that two
//! ways of saying the same are the same diagram.
//!
//! A variable is a finding, and has as many branches as its answers can be told apart by any
//! condition of either book. The crates for diagrams know yes and no alone; there a number or a
//! choice is a handful of variables, most of whose combinations nobody can answer.

use rustc_hash::FxHashMap;

use crate::count::Count;

/// A set of people, read as it is or as everybody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Set(u32);

impl Set {
    /// Everybody.
    pub(crate) const ALL: Self = Self(0);
    /// Nobody.
    pub(crate) const NONE: Self = Self(1);

    fn node(self) -> usize {
        (self.0 >> 1) as usize
    }

    fn is_negated(self) -> bool {
        self.0 & 1 == 1
    }

    /// Negated where that is so.
    fn if_negated(self, is_negated: bool) -> Self {
        Self(self.0 ^ u32::from(is_negated))
    }
}

impl std::ops::Not for Set {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// A question to one variable.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Node {
    variable: usize,
    /// By each answer; the first is never negated.
    branches: Box<[Set]>,
}

/// All diagrams over the same variables.
pub(crate) struct Diagrams {
    nodes: Vec<Node>,
    known: FxHashMap<Node, u32>,
    both: FxHashMap<(Set, Set), Set>,
}

/// One answer to each of some variables.
pub(crate) type Path = Vec<(usize, usize)>;

impl Diagrams {
    pub(crate) fn new() -> Self {
        // The one node without a question; nothing looks at its branches.
        let everybody = Node { variable: usize::MAX, branches: Box::default() };
        Self { nodes: vec![everybody], known: FxHashMap::default(), both: FxHashMap::default() }
    }

    /// Those whose answer is one of these.
    pub(crate) fn test(&mut self, variable: usize, answers: impl IntoIterator<Item = bool>) -> Set {
        let branches = answers.into_iter().map(|is_in| if is_in { Set::ALL } else { Set::NONE });
        self.make(variable, branches.collect())
    }

    fn make(&mut self, variable: usize, mut branches: Box<[Set]>) -> Set {
        let first = branches[0];
        if branches.iter().all(|branch| *branch == first) {
            return first;
        }
        let is_negated = first.is_negated();
        for branch in &mut branches {
            *branch = branch.if_negated(is_negated);
        }
        let node = Node { variable, branches };
        let id = self.known.get(&node).copied().unwrap_or_else(|| {
            let id = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX >> 1);
            self.nodes.push(node.clone());
            self.known.insert(node, id);
            id
        });
        Set(id << 1).if_negated(is_negated)
    }

    fn variable(&self, set: Set) -> usize {
        self.nodes[set.node()].variable
    }

    fn branch(&self, set: Set, variable: usize, answer: usize) -> Set {
        let node = &self.nodes[set.node()];
        if node.variable == variable { node.branches[answer].if_negated(set.is_negated()) } else { set }
    }

    /// Those in both.
    pub(crate) fn and(&mut self, left: Set, right: Set) -> Set {
        match (left, right) {
            (Set::NONE, _) | (_, Set::NONE) => return Set::NONE,
            (Set::ALL, other) | (other, Set::ALL) => return other,
            _ if left == right => return left,
            _ if left == !right => return Set::NONE,
            _ => {}
        }
        let key = (left.min(right), left.max(right));
        if let Some(known) = self.both.get(&key) {
            return *known;
        }
        let variable = self.variable(left).min(self.variable(right));
        let asked = if self.variable(left) == variable { left } else { right };
        let answers = self.nodes[asked.node()].branches.len();
        let branches = (0..answers).map(|answer| {
            let (left, right) = (self.branch(left, variable, answer), self.branch(right, variable, answer));
            self.and(left, right)
        });
        let branches = branches.collect();
        let set = self.make(variable, branches);
        self.both.insert(key, set);
        set
    }

    /// Those in either.
    pub(crate) fn or(&mut self, left: Set, right: Set) -> Set {
        !self.and(!left, !right)
    }

    /// Those in any of them: from the last question up, so that what is there stays as it is.
    pub(crate) fn any(&mut self, mut sets: Vec<Set>) -> Set {
        sets.sort_by_key(|set| std::cmp::Reverse(self.variable(*set)));
        sets.into_iter().fold(Set::NONE, |any, set| self.or(any, set))
    }

    /// Those in at least so many.
    pub(crate) fn at_least(&mut self, needed: usize, sets: &[Set]) -> Set {
        // `reached[k]`: in at least k of those so far.
        let mut reached = vec![Set::NONE; needed + 1];
        reached[0] = Set::ALL;
        for set in sets {
            for k in (1..=needed).rev() {
                let with = self.and(reached[k - 1], *set);
                reached[k] = self.or(reached[k], with);
            }
        }
        reached[needed]
    }

    /// How many answer sets are in it, where each answer of each variable stands for so many.
    pub(crate) fn count(&self, set: Set, weights: &[Vec<u64>]) -> Count {
        let sums: Vec<u64> = weights.iter().map(|weights| weights.iter().sum()).collect();
        let mut known = FxHashMap::default();
        let skipped = |from: usize, to: usize, count: Count| {
            sums[from..to].iter().fold(count, |count, sum| count.times(*sum))
        };
        let count = self.counted(set, weights, &skipped, &mut known);
        skipped(0, self.variable(set).min(weights.len()), count)
    }

    /// Over the variables from that of the set on.
    fn counted(
        &self,
        set: Set,
        weights: &[Vec<u64>],
        skipped: &dyn Fn(usize, usize, Count) -> Count,
        known: &mut FxHashMap<Set, Count>,
    ) -> Count {
        if set == Set::ALL || set == Set::NONE {
            return Count::of(u64::from(set == Set::ALL));
        }
        if let Some(known) = known.get(&set) {
            return known.clone();
        }
        let node = &self.nodes[set.node()];
        let mut count = Count::default();
        for (branch, weight) in node.branches.iter().zip(&weights[node.variable]) {
            let branch = branch.if_negated(set.is_negated());
            let below = self.counted(branch, weights, skipped, known);
            let below = skipped(node.variable + 1, self.variable(branch).min(weights.len()), below);
            count = count.plus(&below.times(*weight));
        }
        known.insert(set, count.clone());
        count
    }

    /// What share of people is in it, where each answer of each variable has a probability and
    /// none depends on another.
    pub(crate) fn share(&self, set: Set, shares: &[Vec<f64>]) -> f64 {
        self.shared(set, shares, &mut FxHashMap::default())
    }

    fn shared(&self, set: Set, shares: &[Vec<f64>], known: &mut FxHashMap<Set, f64>) -> f64 {
        if set == Set::ALL || set == Set::NONE {
            return f64::from(u8::from(set == Set::ALL));
        }
        if let Some(known) = known.get(&set) {
            return *known;
        }
        let node = &self.nodes[set.node()];
        let branches = node.branches.iter().zip(&shares[node.variable]);
        let share = branches
            .map(|(branch, share)| share * self.shared(branch.if_negated(set.is_negated()), shares, known))
            .sum();
        known.insert(set, share);
        share
    }

    /// The answers of somebody in it that cost least; a variable that is not named has the answer
    /// that costs nothing. `None` where nobody is in it.
    pub(crate) fn cheapest(&self, set: Set, costs: &[Vec<u32>]) -> Option<Path> {
        let mut known = FxHashMap::default();
        self.cost(set, costs, &mut known)?;
        let (mut at, mut path) = (set, Vec::new());
        while let Some(Some((_, answer))) = known.get(&at) {
            let variable = self.variable(at);
            path.push((variable, *answer));
            at = self.branch(at, variable, *answer);
        }
        Some(path)
    }

    fn cost(
        &self,
        set: Set,
        costs: &[Vec<u32>],
        known: &mut FxHashMap<Set, Option<(u32, usize)>>,
    ) -> Option<u32> {
        if set == Set::ALL {
            return Some(0);
        }
        if set == Set::NONE {
            return None;
        }
        if let Some(known) = known.get(&set) {
            return known.map(|(cost, _)| cost);
        }
        let node = &self.nodes[set.node()];
        let ways = node.branches.iter().enumerate().filter_map(|(answer, branch)| {
            let below = self.cost(branch.if_negated(set.is_negated()), costs, known)?;
            Some((below + costs[node.variable][answer], answer))
        });
        let best = ways.min();
        known.insert(set, best);
        best.map(|(cost, _)| cost)
    }
}
