//! What the program asks next, for one person: the walk of `care` from what could still change
//! back to the questions, as formulas.

use care::{FindingId, Guideline, Op, Operand, QuestionId, Urgency};

use crate::formula::{Bit, Formulas};
use crate::machine::Machine;

/// Which values must be known further, and which way.
pub(crate) struct Needs<'m, 'g> {
    guideline: &'g Guideline,
    machine: &'m Machine<'g>,
    /// For each slot, where it matters if it becomes true, and if it becomes false.
    slots: Vec<[Bit; 2]>,
}

impl<'m, 'g> Needs<'m, 'g> {
    pub(crate) fn new(guideline: &'g Guideline, machine: &'m Machine<'g>) -> Self {
        Self { guideline, machine, slots: vec![[Bit::NO; 2]; guideline.program().slots()] }
    }

    /// Every rule that could still raise the level above what is certain.
    pub(crate) fn for_urgency(&mut self, formulas: &mut Formulas) {
        for id in self.guideline.rules() {
            let (rule, operand) = (self.guideline.rule(id), self.guideline.program().rule(id));
            if rule.urgency > rule.if_not_sure {
                let is_above = !self.machine.lower(formulas, rule.urgency);
                self.becomes_true(formulas, operand, is_above);
            }
            if rule.if_not_sure > Urgency::SelfCare {
                let is_above = !self.machine.lower(formulas, rule.if_not_sure);
                self.becomes_true(formulas, !operand, is_above);
            }
        }
        self.follow(formulas);
    }

    /// Every remedy that the level allows and that may still be fit.
    pub(crate) fn for_plan(&mut self, formulas: &mut Formulas) {
        for id in self.guideline.remedies() {
            let program = self.guideline.program();
            let (offer, avoid) = (program.offer(id), program.avoid(id));
            let up_to = self.guideline.remedy(id).up_to;
            let above = Urgency::ALL.into_iter().find(|level| *level > up_to);
            let is_allowed = above.map_or(Bit::YES, |level| !self.machine.lower(formulas, level));
            let may_be_fit = [is_allowed, self.machine.possible(offer).yes, self.machine.possible(avoid).no];
            let may_be_fit = formulas.all(may_be_fit);
            self.becomes_true(formulas, offer, may_be_fit);
            self.becomes_true(formulas, !avoid, may_be_fit);
        }
        self.follow(formulas);
    }

    fn becomes_true(&mut self, formulas: &mut Formulas, operand: Operand, wanted: Bit) {
        let can_turn =
            formulas.all([wanted, self.machine.possible(operand).yes, !self.machine.known(operand).yes]);
        let need = &mut self.slots[operand.index()][usize::from(operand.negated)];
        *need = formulas.or(*need, can_turn);
    }

    fn follow(&mut self, formulas: &mut Formulas) {
        let program = self.guideline.program();
        let mut slot = program.slots();
        for op in program.ops().iter().rev() {
            match *op {
                Op::And(left, right) | Op::Or(left, right) => {
                    slot -= 1;
                    let [becomes_true, becomes_false] = self.slots[slot];
                    for part in [left, right] {
                        self.becomes_true(formulas, part, becomes_true);
                        self.becomes_true(formulas, !part, becomes_false);
                    }
                }
                Op::NotApplicable { atom, gate } => {
                    let needed = self.needed(formulas, atom as usize);
                    self.becomes_true(formulas, !gate, needed);
                }
                Op::FollowUp { .. } => {}
            }
        }
    }

    /// Where an input must be asked for.
    pub(crate) fn needed(&self, formulas: &mut Formulas, atom: usize) -> Bit {
        let [becomes_true, becomes_false] = self.slots[atom];
        let either = formulas.or(becomes_true, becomes_false);
        formulas.and(either, self.machine.open(atom))
    }

    /// For each question, where something that it shows must be asked for. An answer that leaves
    /// its finding open is a "not sure", whose follow-up is asked then.
    pub(crate) fn questions(&self, formulas: &mut Formulas, answered: &dyn Fn(FindingId) -> Bit) -> Vec<Bit> {
        let mut questions = vec![Bit::NO; self.guideline.book().questions.len()];
        for (atom, tested) in self.guideline.program().atoms().iter().enumerate() {
            let needed = self.needed(formulas, atom);
            let finding = tested.finding();
            let is_answered = answered(finding);
            let asks = [(Some(finding), !is_answered), (self.guideline.followed_up_by(finding), is_answered)];
            for (asked, when) in asks {
                let question: Option<QuestionId> = asked.and_then(|asked| self.guideline.asked_by(asked));
                if let Some(question) = question {
                    let is_asked = formulas.and(needed, when);
                    questions[question.index()] = formulas.or(questions[question.index()], is_asked);
                }
            }
        }
        questions
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::path::Path;

    use care::{Answer, Answers, FindingKind, Step, next};
    use compiler::SourceFile;

    use super::*;
    use crate::formula::Node;
    use crate::meaning::levels;
    use crate::person::Person;

    fn read(dir: &Path, root: &Path, files: &mut Vec<SourceFile>) {
        for path in std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                read(&path, root, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.push(SourceFile { path: name, text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }

    /// Every formula, where the person gives these answers.
    fn values(formulas: &Formulas, guideline: &Guideline, person: &Person, answers: &Answers) -> Vec<bool> {
        let mut given = std::collections::HashMap::new();
        for finding in guideline.findings() {
            for (bit, is_so) in person.bits_for(finding, answers.get(finding)) {
                given.insert(bit.node(), is_so);
            }
        }
        let mut values = Vec::with_capacity(formulas.nodes().len());
        for (index, node) in formulas.nodes().iter().enumerate() {
            let read = |bit: Bit| values[bit.node()] != bit.is_negated();
            let value = match node {
                Node::Truth => true,
                Node::Variable(_) => given[&index],
                Node::And(left, right) => read(*left) && read(*right),
            };
            values.push(value);
        }
        values
    }

    /// What is proved is what runs: bounds and the next question of the formulas are those of
    /// `care`, all along the interviews of many different people.
    #[test]
    fn the_formulas_decide_as_care_does() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guideline");
        let mut files = Vec::new();
        read(&root, &root, &mut files);
        let guideline = compiler::compile(&files).unwrap().guideline;
        let mut formulas = Formulas::default();
        let person = Person::anybody(guideline.book(), &mut formulas, "");
        let machine = Machine::run(&guideline, &person, &mut formulas);
        let lower: Vec<Bit> = levels().map(|level| machine.lower(&mut formulas, level)).collect();
        let upper: Vec<Bit> = levels().map(|level| machine.upper(&mut formulas, level)).collect();
        let answered = |finding: FindingId| person.told(finding).answered;
        let mut needs = Needs::new(&guideline, &machine);
        needs.for_urgency(&mut formulas);
        let for_urgency = needs.questions(&mut formulas, &answered);
        needs.for_plan(&mut formulas);
        let for_plan = needs.questions(&mut formulas, &answered);

        let mut seed = 44_u64;
        let mut random = move |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        let mut screens = 0;
        for _ in 0..120 {
            // Some people have much, some little, and some are sure of little.
            let (has, unsure) = (1 + random(12), 1 + random(8));
            let mut answers = Answers::none(&guideline);
            loop {
                let values = values(&formulas, &guideline, &person, &answers);
                let is = |bit: &Bit| values[bit.node()] != bit.is_negated();
                let bounds = care::State::of(&guideline, &answers).bounds();
                for (level, (lower, upper)) in levels().zip(lower.iter().zip(&upper)) {
                    assert_eq!((is(lower), is(upper)), (bounds.lower >= level, bounds.upper >= level));
                }
                let first = |asked: &[Bit]| asked.iter().position(&is);
                let asked =
                    if is(lower.last().unwrap()) { None } else { first(&for_urgency).or(first(&for_plan)) };
                let Step::Ask(ask) = next(&guideline, &answers) else {
                    assert_eq!(asked, None);
                    break;
                };
                assert_eq!(asked, Some(ask.question.index()));
                screens += 1;
                for finding in ask.findings {
                    let answer = match &guideline.finding(finding).kind {
                        _ if random(60) < unsure => Answer::NotSure,
                        FindingKind::YesNo if random(300) < has => Answer::Yes,
                        FindingKind::YesNo => Answer::No,
                        FindingKind::Number { min, max, .. } => Answer::Number(
                            min + i64::try_from(random((max - min + 1).unsigned_abs())).unwrap(),
                        ),
                        FindingKind::Choice(options) => {
                            Answer::Option(u16::try_from(random(options.len() as u64)).unwrap())
                        }
                    };
                    answers.set(&guideline, finding, answer).unwrap();
                }
            }
        }
        assert!(screens > 300, "{screens}");
    }
}
