//! A checked book, ready to decide.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::book::{
    Book, Cause, CauseId, ComeBackLine, ComeBackLineId, Curve, Cutoff, Edge, Finding, FindingId, Habit,
    HabitId, Outcome, OutcomeId, Question, QuestionId, Referral, ReferralId, Region, RegionId, Remedy,
    RemedyId, Role, Rule, RuleId, Source, SourceId, Urgency,
};
use crate::decision::program::Program;
use crate::decision::sound::{
    BrokenBook, check_curves, check_levels, check_order, check_references, check_roles, follow_ups,
    thresholds,
};

/// A checked book, ready to decide.
///
/// Made once at start; everything else borrows it.
#[derive(Clone, Debug)]
pub struct Guideline {
    book: Book,
    program: Program,
    /// For each finding, the question that shows it.
    asked_by: Vec<Option<QuestionId>>,
    /// For each finding, the one that settles its "not sure".
    followed_up_by: Vec<Option<FindingId>>,
    /// The finding with each role, in the order of [`Role::ALL`].
    with_role: [Option<FindingId>; Role::ALL.len()],
    /// The number of each threshold, in the order of [`Cutoff::ALL`].
    thresholds: [f64; Cutoff::ALL.len()],
    /// Each finding by its name: a record names hundreds, and every page reads them.
    findings_by_name: HashMap<String, FindingId, FxBuildHasher>,
}

impl Guideline {
    /// Checks that the parts fit together and compiles the conditions.
    ///
    /// # Errors
    ///
    /// The first [`BrokenBook`]; a book that went through `compiler` has none.
    pub fn new(book: Book) -> Result<Self, BrokenBook> {
        check_references(&book)?;
        check_levels(&book)?;
        check_roles(&book)?;
        check_curves(&book)?;
        let thresholds = thresholds(&book)?;
        let mut asked_by = vec![None; book.findings.len()];
        for (question_index, question) in (0..).zip(&book.questions) {
            for finding in &question.shows {
                let slot = &mut asked_by[finding.index()];
                if slot.replace(QuestionId(question_index)).is_some() {
                    let id = book.findings[finding.index()].id.clone();
                    return Err(BrokenBook::ShownTwice(id));
                }
            }
        }
        for urgency in Urgency::ALL {
            if book.outcomes.iter().filter(|outcome| outcome.id == urgency.id()).count() != 1 {
                return Err(BrokenBook::Outcome(urgency));
            }
        }
        check_order(&book, &asked_by)?;
        let followed_up_by = follow_ups(&book, &asked_by)?;
        let program = Program::compile(&book, &followed_up_by);
        let names = book.findings.iter().map(|finding| finding.id.clone());
        // Of two with one name the first counts.
        let findings_by_name =
            names.zip((0..).map(FindingId)).collect::<Vec<_>>().into_iter().rev().collect();
        let with_role = Role::ALL.map(|role| position(&book.findings, |finding| finding.role == Some(role)));
        let with_role = with_role.map(|index| index.map(FindingId));
        Ok(Self { book, program, asked_by, followed_up_by, with_role, thresholds, findings_by_name })
    }

    /// The book.
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// The conditions of the book as a flat program.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// A finding.
    pub fn finding(&self, id: FindingId) -> &Finding {
        &self.book.findings[id.index()]
    }

    /// Whether a finding stays off what is handed over unless the person puts it on: it or the
    /// one that it follows is private.
    pub fn is_private(&self, id: FindingId) -> bool {
        let finding = self.finding(id);
        finding.private || finding.follows_up.is_some_and(|of| self.finding(of).private)
    }

    /// A line of the come-back card.
    pub fn come_back(&self, id: ComeBackLineId) -> &ComeBackLine {
        &self.book.come_back[id.index()]
    }

    /// A question.
    pub fn question(&self, id: QuestionId) -> &Question {
        &self.book.questions[id.index()]
    }

    /// A rule.
    pub fn rule(&self, id: RuleId) -> &Rule {
        &self.book.rules[id.index()]
    }

    /// A cause.
    pub fn cause(&self, id: CauseId) -> &Cause {
        &self.book.causes[id.index()]
    }

    /// A remedy.
    pub fn remedy(&self, id: RemedyId) -> &Remedy {
        &self.book.remedies[id.index()]
    }

    /// A habit.
    pub fn habit(&self, id: HabitId) -> &Habit {
        &self.book.habits[id.index()]
    }

    /// Something a clinician may do.
    pub fn referral(&self, id: ReferralId) -> &Referral {
        &self.book.referrals[id.index()]
    }

    /// A region.
    pub fn region(&self, id: RegionId) -> &Region {
        &self.book.regions[id.index()]
    }

    /// A source.
    pub fn source(&self, id: SourceId) -> &Source {
        &self.book.sources[id.index()]
    }

    /// What a person is told at this urgency as a rule.
    pub fn outcome(&self, urgency: Urgency) -> &Outcome {
        let outcomes = &self.book.outcomes;
        outcomes.iter().find(|outcome| outcome.id == urgency.id()).unwrap_or(&outcomes[0])
    }

    /// The page that a rule leads to: its own, or the usual one of its urgency.
    pub fn outcome_told_by(&self, rule: RuleId) -> &Outcome {
        let rule = self.rule(rule);
        rule.tells.map_or_else(|| self.outcome(rule.urgency), |own| self.outcome_with(own))
    }

    /// What is told for a rule of this name in place of the outcome of its urgency.
    pub fn outcome_with(&self, id: OutcomeId) -> &Outcome {
        &self.book.outcomes[id.index()]
    }

    /// The finding with this name.
    pub fn finding_named(&self, id: &str) -> Option<FindingId> {
        self.findings_by_name.get(id).copied()
    }

    /// The finding with this role.
    pub fn with_role(&self, role: Role) -> Option<FindingId> {
        self.with_role[role as usize]
    }

    /// A number that something computed turns on.
    pub fn threshold(&self, cutoff: Cutoff) -> f64 {
        self.thresholds[cutoff as usize]
    }

    /// The same of one that is a whole number.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is in its range, from 0 on"
    )]
    pub fn whole_threshold(&self, cutoff: Cutoff) -> u32 {
        self.threshold(cutoff) as u32
    }

    /// An edge of the band in which pain is expected; a book has all of them or none.
    pub fn curve(&self, edge: Edge) -> Option<&Curve> {
        self.book.curves.iter().find(|curve| curve.edge == edge)
    }

    /// The question with this name.
    pub fn question_named(&self, id: &str) -> Option<QuestionId> {
        position(&self.book.questions, |question| question.id == id).map(QuestionId)
    }

    /// The rule with this name.
    pub fn rule_named(&self, id: &str) -> Option<RuleId> {
        position(&self.book.rules, |rule| rule.id == id).map(RuleId)
    }

    /// The remedy with this name.
    pub fn remedy_named(&self, id: &str) -> Option<RemedyId> {
        position(&self.book.remedies, |remedy| remedy.id == id).map(RemedyId)
    }

    /// The region with this name.
    pub fn region_named(&self, id: &str) -> Option<RegionId> {
        position(&self.book.regions, |region| region.id == id).map(RegionId)
    }

    /// The question that shows a finding; derived findings have none.
    pub fn asked_by(&self, finding: FindingId) -> Option<QuestionId> {
        self.asked_by[finding.index()]
    }

    /// The finding that settles a "not sure" about another one.
    pub fn followed_up_by(&self, finding: FindingId) -> Option<FindingId> {
        self.followed_up_by[finding.index()]
    }

    /// Every finding, in reading order.
    pub fn findings(&self) -> impl Iterator<Item = FindingId> + use<> {
        (0..count(&self.book.findings)).map(FindingId)
    }

    /// Every question, in the order of asking.
    pub fn questions(&self) -> impl Iterator<Item = QuestionId> + use<> {
        (0..count(&self.book.questions)).map(QuestionId)
    }

    /// Every rule, in reading order.
    pub fn rules(&self) -> impl Iterator<Item = RuleId> + use<> {
        (0..count(&self.book.rules)).map(RuleId)
    }

    /// Every cause, in reading order.
    pub fn causes(&self) -> impl Iterator<Item = CauseId> + use<> {
        (0..count(&self.book.causes)).map(CauseId)
    }

    /// Every habit, in reading order.
    pub fn habits(&self) -> impl Iterator<Item = HabitId> + use<> {
        (0..count(&self.book.habits)).map(HabitId)
    }

    /// Everything a clinician may do, in reading order.
    pub fn referrals(&self) -> impl Iterator<Item = ReferralId> + use<> {
        (0..count(&self.book.referrals)).map(ReferralId)
    }

    /// Every remedy, in reading order.
    pub fn remedies(&self) -> impl Iterator<Item = RemedyId> + use<> {
        (0..count(&self.book.remedies)).map(RemedyId)
    }
}

fn position<T>(list: &[T], matches: impl Fn(&T) -> bool) -> Option<u16> {
    list.iter().position(matches).and_then(|index| u16::try_from(index).ok())
}

/// Lists are at most 65,535 long: `check_references` refuses longer ones.
fn count<T>(list: &[T]) -> u16 {
    u16::try_from(list.len()).unwrap_or(u16::MAX)
}
