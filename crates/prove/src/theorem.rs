//! A theorem: what is claimed, in words and as formulas, and what became of it.

use std::time::{Duration, Instant};

use care::{FindingId, Guideline, State, Urgency, answer_to_json};

use crate::formula::{Bit, Formulas};
use crate::person::Person;
use crate::solver::{Model, Solver};

/// How many parts that fail are shown with a counterexample.
const MOST_SHOWN: usize = 5;

/// Something that holds of every set of answers.
pub struct Theorem<'g> {
    /// Its number in the safety case.
    pub number: u8,
    /// What it says, in plain words.
    pub statement: String,
    /// How many cases that is, as a power of ten.
    pub size: f64,
    /// What the cases are.
    pub cases: &'static str,
    pub(crate) guideline: &'g Guideline,
    pub(crate) formulas: Formulas,
    /// Whose answers a counterexample tells.
    pub(crate) person: Person,
    /// Whether that person answered everything, so that what is not told is no.
    pub(crate) is_complete: bool,
    pub(crate) claims: Vec<Claim>,
    /// What was found without formulas: what it is about, and whether it holds.
    pub(crate) facts: Vec<Fact>,
    /// What was computed along the way, in words.
    pub(crate) notes: Vec<String>,
}

/// One part of a theorem.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    /// What it is about.
    pub(crate) about: String,
    /// Answers that make this true are looked for.
    pub(crate) formula: Bit,
    /// Whether there must be some, or none.
    pub(crate) wanted: Wanted,
    /// What should come out for whoever it is wrong of, where that is one level.
    pub(crate) expected: Option<Urgency>,
}

/// Whether answers must be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// None: they would refute it.
    None,
    /// Some: it is possible.
    Some,
}

/// A part of a theorem that is no formula over answers.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    pub(crate) about: String,
    pub(crate) holds: bool,
}

/// What became of a theorem.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its number.
    pub number: u8,
    /// What it says.
    pub statement: String,
    /// How many cases that is, as a power of ten.
    pub size: f64,
    /// What the cases are.
    pub cases: &'static str,
    /// Whether the cases were tried one by one, in all parts together.
    pub(crate) is_tried: bool,
    /// How many parts it has.
    pub parts: usize,
    /// The parts that do not hold.
    pub failures: Vec<Failure>,
    /// What was computed along the way.
    pub notes: Vec<String>,
    /// How long it took.
    pub time: Duration,
}

impl Report {
    /// How much was looked at, in words.
    pub fn extent(&self) -> String {
        let Self { parts, size, cases, .. } = self;
        if self.is_tried {
            format!("{parts} parts, in all about 10^{size:.0} {cases}")
        } else {
            format!("{parts} parts, each over all of about 10^{size:.0} {cases}")
        }
    }

    /// Whether it holds.
    pub fn holds(&self) -> bool {
        self.failures.is_empty()
    }
}

/// A part of a theorem that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What it is about.
    pub about: String,
    /// The smallest counterexample as the text of a vignette; none where nothing was found that
    /// should be there, and after the first few.
    pub vignette: Option<String>,
}

impl<'g> Theorem<'g> {
    pub(crate) fn new(
        number: u8,
        statement: impl Into<String>,
        guideline: &'g Guideline,
        formulas: Formulas,
        person: Person,
    ) -> Self {
        Self {
            number,
            statement: statement.into(),
            size: 0.0,
            cases: "sets of answers",
            guideline,
            formulas,
            person,
            is_complete: true,
            claims: Vec::new(),
            facts: Vec::new(),
            notes: Vec::new(),
        }
    }

    pub(crate) fn never(&mut self, about: impl Into<String>, formula: Bit) {
        self.claims.push(Claim { about: about.into(), formula, wanted: Wanted::None, expected: None });
    }

    pub(crate) fn possible(&mut self, about: impl Into<String>, formula: Bit) {
        self.claims.push(Claim { about: about.into(), formula, wanted: Wanted::Some, expected: None });
    }

    /// Looks at every case of every part.
    pub fn prove(mut self, began: Instant) -> Report {
        let parts = self.claims.len() + self.facts.len();
        let mut failures = Vec::new();
        for claim in std::mem::take(&mut self.claims) {
            // A solver of its own for each: it need not decide what only others turn on.
            let mut solver = Solver::new();
            let found = solver.find(&self.formulas, &[claim.formula]);
            let vignette = match (claim.wanted, found) {
                (Wanted::None, None) | (Wanted::Some, Some(_)) => continue,
                // Nobody mends more at once, and each takes its time.
                (Wanted::None, Some(_)) if failures.len() >= MOST_SHOWN => None,
                (Wanted::None, Some(model)) => Some(self.counterexample(&claim, model, &mut solver)),
                (Wanted::Some, None) => None,
            };
            failures.push(Failure { about: claim.about, vignette });
        }
        let wrong = self.facts.iter().filter(|fact| !fact.holds);
        failures.extend(wrong.map(|fact| Failure { about: fact.about.clone(), vignette: None }));
        Report {
            number: self.number,
            statement: self.statement,
            size: self.size,
            cases: self.cases,
            is_tried: parts == self.facts.len(),
            parts,
            failures,
            notes: self.notes,
            time: began.elapsed(),
        }
    }

    /// The counterexample in which as few findings as possible are told.
    fn counterexample(&mut self, claim: &Claim, found: Model, solver: &mut Solver) -> String {
        let cone = self.formulas.cone(&[claim.formula]).nodes;
        let findings: Vec<FindingId> = self.guideline.findings().collect();
        let mut told = Vec::new();
        for finding in findings {
            let bits = self.person.bits_of(finding);
            if bits.iter().all(|bit| bit.node() == 0 || cone.binary_search(&bit.node()).is_err()) {
                continue;
            }
            told.push(if self.is_complete {
                let kind = &self.guideline.finding(finding).kind;
                self.person.says_something(&mut self.formulas, finding, kind)
            } else {
                self.person.told(finding).answered
            });
        }
        let smallest = (0..told.len()).find_map(|most| {
            let too_many = self.formulas.at_least(most + 1, &told);
            solver.find(&self.formulas, &[claim.formula, !too_many])
        });
        self.vignette(claim, &smallest.unwrap_or(found))
    }

    fn vignette(&self, claim: &Claim, model: &Model) -> String {
        use std::fmt::Write as _;
        let answers = self.person.answers(self.guideline, &|bit| model.is_true(bit));
        let mut text = format!(
            "# A counterexample to theorem {}\n\nIt is about {}.\nThe theorem: {}\n\n```toml\ntopic = \"story\"\ncase = \"story\"\n",
            self.number, claim.about, self.statement
        );
        for (finding, answer) in answers.iter() {
            if self.is_complete && answer == care::Answer::No {
                continue;
            }
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "answers.{} = {}",
                self.guideline.finding(finding).id,
                answer_to_json(self.guideline, finding, answer)
            );
        }
        let otherwise = if self.is_complete { "no" } else { "unanswered" };
        let urgency = claim.expected.unwrap_or_else(|| State::of(self.guideline, &answers).bounds().lower);
        let _ = write!(text, "otherwise = \"{otherwise}\"\nexpect.urgency = \"{}\"\n", urgency.id());
        if !self.is_complete {
            text.push_str("expect.finished = false\n");
        }
        text.push_str("```\n");
        text
    }
}
