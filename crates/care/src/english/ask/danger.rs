//! Danger signs in a question, and what speaks against a medicine it names.

use crate::book::{BlockKind, Caution, ConditionKey, FindingId, Role, RuleId, Urgency, findings_in};
use crate::decision::answer::Answer;
use crate::decision::guideline::Guideline;
use crate::decision::state::State;
use crate::decision::supposed::{AT_LEAST, supposing};
use crate::english::free_text::{FreeText, Patient, Sense};
use crate::english::words::Text;

/// The words of the book for a pain that is very bad, and what they stand for in a question.
const VERY_BAD: (&str, Role, i64) = ("so_strong", Role::Pain, 8);

/// The days since it began are few where none are told.
const FEW_DAYS: i64 = 1;

/// What a question tells, and what the book makes of a person of whom this is so and
/// nothing else.
///
/// It does not matter how it is told: "is it normal that", "can it cause", "what if". Only
/// what the asker says is not so, long over or a thing's is left out.
pub(super) struct Asked<'g> {
    told: Vec<(FindingId, Answer)>,
    state: State<'g>,
}

impl<'g> Asked<'g> {
    pub(super) fn of(free_text: &FreeText<'g>, text: &Text) -> Self {
        let guideline = free_text.guideline();
        let mut told: Vec<(FindingId, Answer)> = Vec::new();
        let heard = free_text.hear_read(text);
        for mention in heard.mentions {
            // "The kids have a fever, I am well": somebody beside the one who asks.
            let is_beside = mention.sense == Sense::SomeoneElse && heard.patient == Patient::Writer;
            let is_meant = !is_beside
                && !matches!(mention.sense, Sense::Absent | Sense::Past | Sense::Unclear | Sense::OfAThing);
            if is_meant && !told.iter().any(|(finding, _)| *finding == mention.finding) {
                told.push((mention.finding, mention.option.map_or(Answer::Yes, Answer::Option)));
            }
        }
        told.extend(heard.numbers.iter().map(|number| (number.finding, number.answer)));
        let (class, role, least) = VERY_BAD;
        let is_very_bad = free_text.lexicon().class(class).is_some_and(|class| text.has(class));
        if let Some(score) = guideline.with_role(role).filter(|_| is_very_bad)
            && !told.iter().any(|(finding, _)| *finding == score)
        {
            told.push((score, Answer::Number(least)));
        }
        let is_told = |sought: Option<FindingId>| told.iter().any(|(finding, _)| Some(*finding) == sought);
        let mut answers = supposing(guideline, &told);
        let of_a_child = told.iter().filter_map(|(finding, _)| guideline.finding(*finding).child_up_to);
        let childs_age = of_a_child.min().map(i64::from);
        for (role, value) in [(Role::Age, childs_age), (Role::Days, Some(FEW_DAYS))] {
            let finding = guideline.with_role(role);
            if let (Some(finding), Some(value), false) = (finding, value, is_told(finding)) {
                // What does not fit the kind of the finding is left unanswered.
                let _ = answers.set(guideline, finding, Answer::Number(value));
            }
        }
        let state = State::of(guideline, &answers);
        Self { told, state }
    }

    /// The rules about it, the most urgent first: those that are certain, and that rest on a
    /// sign the question tells of.
    pub(super) fn dangers(&self) -> Vec<RuleId> {
        let guideline = self.state.guideline();
        let rests_on_a_sign = |rule: &RuleId| {
            let mut findings = Vec::new();
            findings_in(guideline.book(), &guideline.rule(*rule).when, &mut findings);
            self.told.iter().any(|(finding, _)| {
                let known = guideline.finding(*finding);
                let counts = known.danger || self.state.certain(*rule) >= AT_LEAST;
                findings.contains(finding) && counts
            })
        };
        let mut rules: Vec<RuleId> = guideline
            .rules()
            .filter(|rule| self.state.certain(*rule) >= Urgency::SeeSoon && rests_on_a_sign(rule))
            .collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(guideline.rule(*rule).urgency));
        rules
    }

    /// The rules about the age that it tells: back pain in a child, or a first one past 50.
    pub(super) fn about_age(&self) -> Vec<RuleId> {
        let guideline = self.state.guideline();
        let Some(age) = guideline.with_role(Role::Age) else { return Vec::new() };
        if !self.told.iter().any(|(finding, _)| *finding == age) {
            return Vec::new();
        }
        let rests_on_age = |rule: &RuleId| {
            let mut findings = Vec::new();
            findings_in(guideline.book(), &guideline.rule(*rule).when, &mut findings);
            findings.contains(&age)
        };
        let certain = guideline.rules().filter(|rule| self.state.certain(*rule) >= Urgency::SeeSoon);
        certain.filter(rests_on_age).collect()
    }

    /// What speaks against a medicine of the book, by its index, in whoever the question is
    /// about: "ibuprofen with warfarin?".
    pub(super) fn against(&self, index: usize) -> Vec<Against> {
        let Ok(id) = u16::try_from(index).map(|index| BlockKind::Medicine.nth(index)) else {
            return Vec::new();
        };
        let cautions = self.state.guideline().book().conditions_of(id).into_iter();
        let certain = cautions.filter(|id| self.state.condition(*id).is_true);
        let against = certain.filter_map(|id| match id.key {
            ConditionKey::Block(caution) => Some((usize::from(caution), true)),
            ConditionKey::AskFirst(caution) => Some((usize::from(caution), false)),
            _ => None,
        });
        against.map(|(caution, is_never)| Against { medicine: index, caution, is_never }).collect()
    }
}

/// Something a question tells of that speaks against a medicine it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Against {
    /// The medicine: an index into those of the book.
    pub medicine: usize,
    /// Which of its rows: an index into `block`, or else into `ask_first`.
    caution: usize,
    /// Whether it may not be taken without a clinician; otherwise one asks first.
    pub is_never: bool,
}

impl Against {
    /// The row of the book.
    pub fn caution(self, guideline: &Guideline) -> &Caution {
        let medicine = &guideline.book().medicines[self.medicine];
        let rows = if self.is_never { &medicine.block } else { &medicine.ask_first };
        &rows[self.caution]
    }

    /// What it says of the medicine, as a heading.
    pub fn heading(self, guideline: &Guideline) -> String {
        let name = guideline.book().medicines[self.medicine].plain_name();
        if self.is_never {
            format!("{name}: not with what you tell, unless a doctor says so")
        } else {
            format!("{name}: ask a pharmacist or doctor first")
        }
    }
}
