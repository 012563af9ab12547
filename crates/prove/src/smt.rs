//! A theorem as SMT-LIB, so that a solver that is not ours can look for a counterexample.

use std::fmt::Write as _;

use crate::formula::{Bit, Formulas, Node};
use crate::solver::Solver;
use crate::theorem::{Claim, Theorem, Wanted};

impl Theorem<'_> {
    /// The theorem in SMT-LIB 2: every part is asked about by itself, and says before the
    /// question which answer is claimed. None where no part is a formula.
    pub fn to_smt_lib(&self) -> Option<String> {
        if self.claims.is_empty() {
            return None;
        }
        let roots: Vec<Bit> = self.claims.iter().map(|claim| claim.formula).collect();
        let cone = self.formulas.cone(&roots);
        let mut text = format!(
            "; Theorem {}. {}\n; `sat` after a part means that such answers exist, `unsat` that there are none.\n\
             (set-logic QF_UF)\n",
            self.number, self.statement
        );
        // Writing to a string cannot fail.
        for node in &cone.nodes {
            let _ = match &self.formulas.nodes()[*node] {
                Node::Truth => Ok(()),
                Node::Variable(name) => writeln!(text, "(declare-const |{name}| Bool)"),
                Node::And(left, right) if self.formulas.is_shared(*node) => {
                    let (left, right) = (self.term(*left), self.term(*right));
                    writeln!(text, "(declare-const n{node} Bool)\n(assert (= n{node} (and {left} {right})))")
                }
                Node::And(left, right) => {
                    let (left, right) = (self.term(*left), self.term(*right));
                    writeln!(text, "(define-fun n{node} () Bool (and {left} {right}))")
                }
            };
        }
        for fact in &cone.facts {
            let any: Vec<String> = fact.iter().map(|bit| self.term(*bit)).collect();
            let _ = writeln!(text, "(assert (or {}))", any.join(" "));
        }
        for claim in &self.claims {
            let (formula, status) = (self.term(claim.formula), status(claim));
            let example = self.example(claim);
            let _ = writeln!(
                text,
                "; {}\n(push 1)\n{example}(assert {formula})\n(set-info :status {status})\n(check-sat)\n(pop 1)",
                claim.about
            );
        }
        Some(text)
    }

    /// What a solver must say of the parts, in order.
    pub fn expected_of_solver(&self) -> Vec<&'static str> {
        self.claims.iter().map(status).collect()
    }

    /// Where it is claimed that something is possible: answers of which it is so. To check an
    /// example is easier than to look for one.
    fn example(&self, claim: &Claim) -> String {
        if claim.wanted == Wanted::None {
            return String::new();
        }
        let Some(model) = Solver::new().find(&self.formulas, &[claim.formula]) else { return String::new() };
        let nodes = self.formulas.cone(&[claim.formula]).nodes;
        let variables = nodes.into_iter().filter_map(|node| match &self.formulas.nodes()[node] {
            Node::Variable(name) => Some((name, model.is_true(Bit::of(node)))),
            _ => None,
        });
        let terms: Vec<String> = variables
            .map(|(name, is_true)| if is_true { format!("|{name}|") } else { format!("(not |{name}|)") })
            .collect();
        format!("(assert (and {}))\n", terms.join(" "))
    }

    fn term(&self, bit: Bit) -> String {
        term(&self.formulas, bit)
    }
}

fn status(claim: &Claim) -> &'static str {
    match claim.wanted {
        Wanted::None => "unsat",
        Wanted::Some => "sat",
    }
}

fn term(formulas: &Formulas, bit: Bit) -> String {
    let positive = match &formulas.nodes()[bit.node()] {
        Node::Truth => "true".to_owned(),
        Node::Variable(name) => format!("|{name}|"),
        Node::And(..) => format!("n{}", bit.node()),
    };
    if bit.is_negated() { format!("(not {positive})") } else { positive }
}
