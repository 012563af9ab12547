//! Looking for answers that make a formula true, with a SAT solver; its word is enough where it
//! finds some, and whoever doubts a "there are none" has the file that `smt` writes.

use batsat::{BasicSolver, Lit, SolverInterface, lbool};

use crate::formula::{Bit, Formulas, Node};

/// A solver that learns the formulas it is asked about.
pub(crate) struct Solver {
    inner: BasicSolver,
    /// The literal of each node that it knows.
    known: Vec<Option<Lit>>,
    truth: Lit,
}

/// Values of the variables that make a formula true.
pub(crate) struct Model {
    values: Vec<Option<bool>>,
}

impl Model {
    /// What the formula is; one that was not asked about is false.
    pub(crate) fn is_true(&self, bit: Bit) -> bool {
        let value = if bit.node() == 0 { Some(true) } else { self.values.get(bit.node()).copied().flatten() };
        value.unwrap_or(false) != bit.is_negated()
    }
}

impl Solver {
    pub(crate) fn new() -> Self {
        let mut inner = BasicSolver::default();
        let truth = Lit::new(inner.new_var_default(), true);
        inner.add_clause_reuse(&mut vec![truth]);
        Self { inner, known: Vec::new(), truth }
    }

    /// Values that make all of these true; `None` where there are none.
    pub(crate) fn find(&mut self, formulas: &Formulas, wanted: &[Bit]) -> Option<Model> {
        self.learn(formulas, wanted);
        let assumed: Vec<Lit> = wanted.iter().map(|bit| self.literal(*bit)).collect();
        // Without a budget it never gives up: the answer is one of the two.
        if self.inner.solve_limited(&assumed) != lbool::TRUE {
            return None;
        }
        let value = |lit: &Option<Lit>| lit.map(|lit| self.inner.value_lit(lit) == lbool::TRUE);
        Some(Model { values: self.known.iter().map(value).collect() })
    }

    fn literal(&self, bit: Bit) -> Lit {
        let lit = self.known.get(bit.node()).copied().flatten().unwrap_or(self.truth);
        if bit.is_negated() { !lit } else { lit }
    }

    fn learn(&mut self, formulas: &Formulas, wanted: &[Bit]) {
        self.known.resize(formulas.nodes().len(), None);
        let cone = formulas.cone(wanted);
        let mut is_new = vec![false; formulas.nodes().len()];
        for node in cone.nodes {
            if self.known[node].is_some() {
                continue;
            }
            is_new[node] = true;
            match formulas.nodes()[node] {
                Node::Truth => self.known[node] = Some(self.truth),
                Node::Variable(_) => self.known[node] = Some(Lit::new(self.inner.new_var_default(), true)),
                Node::And(left, right) => {
                    let (left, right) = (self.literal(left), self.literal(right));
                    let both = Lit::new(self.inner.new_var_default(), true);
                    self.known[node] = Some(both);
                    for mut clause in [vec![!both, left], vec![!both, right], vec![both, !left, !right]] {
                        self.inner.add_clause_reuse(&mut clause);
                    }
                }
            }
        }
        for fact in cone.facts.iter().filter(|fact| fact.iter().any(|bit| is_new[bit.node()])) {
            let mut clause = fact.iter().map(|bit| self.literal(*bit)).collect();
            self.inner.add_clause_reuse(&mut clause);
        }
    }
}
