//! What to ask next, and when to stop.

use crate::book::{ConditionId, FindingId, FindingKind, QuestionId, Urgency};
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;
use crate::decision::op::{Op, Operand};
use crate::decision::state::State;

/// What to do next.
#[derive(Clone, Debug)]
pub enum Step<'g> {
    /// Ask this.
    Ask(Ask),
    /// Nothing that is unanswered could still matter.
    Done(Finished<'g>),
}

/// One screen to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The question.
    pub question: QuestionId,
    /// Those of its findings that are unanswered, in the order of the screen; never empty.
    pub findings: Vec<FindingId>,
}

/// An interview that may stop. Only [`next`] makes one.
///
/// Either an emergency is certain, or no open question can change the urgency
/// or the plan.
#[derive(Clone, Debug)]
pub struct Finished<'g> {
    state: State<'g>,
}

impl<'g> Finished<'g> {
    /// The outcome.
    pub fn urgency(&self) -> Urgency {
        self.state.bounds().lower
    }

    /// Where the person stands.
    pub fn state(&self) -> &State<'g> {
        &self.state
    }
}

/// The first question, in reading order, whose answer can still change
/// something: the urgency while the bounds differ, then what the plan needs.
///
/// An emergency ends the interview at once. Changing an earlier answer simply
/// means calling this again.
pub fn next<'g>(guideline: &'g Guideline, answers: &Answers) -> Step<'g> {
    let state = State::of(guideline, answers);
    if state.bounds().lower == Urgency::Emergency {
        return Step::Done(Finished { state });
    }
    let mut needs = Needs::new(&state);
    needs.for_urgency();
    let question = needs.first_question().or_else(|| {
        needs.for_plan();
        needs.first_question()
    });
    match question {
        None => Step::Done(Finished { state }),
        Some(question) => Step::Ask(Ask::of(guideline, answers, question)),
    }
}

impl Ask {
    /// What of a question is not answered yet.
    pub(crate) fn of(guideline: &Guideline, answers: &Answers, question: QuestionId) -> Self {
        let shows = guideline.question(question).shows.iter().copied();
        Self { question, findings: shows.filter(|finding| answers.get(*finding).is_none()).collect() }
    }
}

/// The first question, in reading order, whose answer can still settle one of
/// these conditions; `None` once nothing unanswered matters to them.
///
/// For what is worked out after the triage, when the person asks for it: what
/// may lie behind the pain, what may be taken against it.
pub fn next_about(
    guideline: &Guideline,
    answers: &Answers,
    conditions: impl IntoIterator<Item = ConditionId>,
) -> Option<Ask> {
    let state = State::of(guideline, answers);
    let mut needs = Needs::new(&state);
    for condition in conditions {
        if let Some(operand) = guideline.program().operand(condition) {
            needs.becomes_true(operand);
            needs.becomes_false(operand);
        }
    }
    needs.follow();
    needs.first_question().map(|question| Ask::of(guideline, answers, question))
}

/// Every finding, in reading order, whose answer could still change the urgency; none once it
/// is certain. The first of them is on the screen that [`next`] asks.
pub fn missing(state: &State<'_>) -> Vec<FindingId> {
    let mut needs = Needs::new(state);
    needs.for_urgency();
    let guideline = state.guideline();
    let mut missing: Vec<FindingId> = needs.asked_for().collect();
    missing.retain(|finding| guideline.asked_by(*finding).is_some());
    missing.sort_unstable();
    missing.dedup();
    missing
}

/// Takes back the answers to questions that no longer apply, after an earlier
/// answer was changed, and says which questions these were.
pub fn drop_what_no_longer_applies(guideline: &Guideline, answers: &mut Answers) -> Vec<QuestionId> {
    let mut dropped = Vec::new();
    let mut state: Option<State<'_>> = None;
    // Gates are asked before what they open, so one pass in reading order settles chains of them.
    for question in guideline.questions() {
        let shows = guideline.question(question).shows.iter().copied();
        let answered: Vec<FindingId> = shows.filter(|id| answers.get(*id).is_some()).collect();
        if answered.is_empty() {
            continue;
        }
        let here = state.get_or_insert_with(|| State::of(guideline, answers));
        if here.does_not_apply(question) {
            for finding in answered {
                answers.clear(finding);
            }
            dropped.push(question);
            state = None;
        }
    }
    dropped
}

/// The yes/no findings among these: the lines of a checklist.
pub fn checklist(guideline: &Guideline, findings: &[FindingId]) -> Vec<FindingId> {
    findings.iter().copied().filter(|id| guideline.finding(*id).kind == FindingKind::YesNo).collect()
}

/// Which values must be known further, and which way.
///
/// Walks the program backwards: a value that must be known needs those of its
/// parts that can still turn it. A part that is settled, or that can only stay
/// open because of a "not sure", cannot turn anything and is not followed.
struct Needs<'s, 'g> {
    state: &'s State<'g>,
    /// For each slot: whether it matters if the slot becomes true, or becomes false.
    slots: Vec<Need>,
    followed: Vec<FindingId>,
}

#[derive(Clone, Copy, Default)]
struct Need {
    becomes_true: bool,
    becomes_false: bool,
}

impl<'s, 'g> Needs<'s, 'g> {
    fn new(state: &'s State<'g>) -> Self {
        let slots = vec![Need::default(); state.guideline().program().slots()];
        Self { state, slots, followed: Vec::new() }
    }

    /// Every rule that could still raise the urgency above what is certain.
    fn for_urgency(&mut self) {
        let guideline = self.state.guideline();
        let lower = self.state.bounds().lower;
        for id in guideline.rules() {
            let rule = guideline.rule(id);
            let operand = guideline.program().rule(id);
            // Where "not sure" counts as much as "yes", only becoming false matters.
            if rule.urgency > lower.max(rule.if_not_sure) {
                self.becomes_true(operand);
            }
            if rule.if_not_sure > lower {
                self.becomes_false(operand);
            }
        }
        self.follow();
    }

    /// Every remedy that this urgency allows and that may still be fit, or still be unfit.
    fn for_plan(&mut self) {
        let guideline = self.state.guideline();
        let program = guideline.program();
        for id in guideline.remedies() {
            let (offer, avoid) = (program.offer(id), program.avoid(id));
            let could_be_fit =
                self.state.outlook(offer).can_be_true && self.state.outlook(avoid).can_be_false;
            if guideline.remedy(id).up_to >= self.state.bounds().lower && could_be_fit {
                self.becomes_true(offer);
                self.becomes_false(avoid);
            }
        }
        self.follow();
    }

    fn becomes_true(&mut self, operand: Operand) {
        let outlook = self.state.outlook(operand);
        if outlook.can_be_true && !outlook.is_true {
            let need = &mut self.slots[operand.index()];
            if operand.negated {
                need.becomes_false = true;
            } else {
                need.becomes_true = true;
            }
        }
    }

    fn becomes_false(&mut self, operand: Operand) {
        self.becomes_true(!operand);
    }

    /// Carries the needs from the results back to the atoms.
    fn follow(&mut self) {
        let program = self.state.guideline().program();
        let mut slot = program.slots();
        for op in program.ops().iter().rev() {
            match *op {
                Op::And(left, right) | Op::Or(left, right) => {
                    slot -= 1;
                    let need = self.slots[slot];
                    for part in [left, right] {
                        if need.becomes_true {
                            self.becomes_true(part);
                        }
                        if need.becomes_false {
                            self.becomes_false(part);
                        }
                    }
                }
                Op::NotApplicable { atom, gate } => {
                    // Whether the question applies at all must be known first.
                    if self.is_needed(atom as usize) {
                        self.becomes_false(gate);
                    }
                }
                // Whether the "not sure" is settled shows in the atom itself, which then is open.
                Op::FollowUp { .. } => {}
            }
        }
        self.followed = (0..program.atoms().len())
            .filter(|slot| self.is_needed(*slot))
            .map(|slot| program.atoms()[slot].finding())
            .collect();
    }

    fn is_needed(&self, atom: usize) -> bool {
        let need = self.slots[atom];
        (need.becomes_true || need.becomes_false) && self.state.is_open(atom)
    }

    fn first_question(&self) -> Option<QuestionId> {
        self.asked_for().filter_map(|finding| self.state.guideline().asked_by(finding)).min()
    }

    /// The findings that are needed, as they are asked for.
    fn asked_for(&self) -> impl Iterator<Item = FindingId> {
        self.followed.iter().filter_map(|finding| {
            // An answer that leaves its finding open is a "not sure" whose follow-up was not asked yet.
            let is_answered = self.state.answers().get(*finding).is_some();
            if is_answered { self.state.guideline().followed_up_by(*finding) } else { Some(*finding) }
        })
    }
}
