//! What must come out of a vignette.

use care::{CauseId, FindingId, Guideline, HabitId, ReferralId, RemedyId, RuleId, Urgency};

use crate::block::Kind;
use crate::fields::Fields;
use crate::read::URGENCIES;

/// What must come out.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// The outcome.
    pub urgency: Urgency,
    /// Rules that must be among the reasons.
    pub because: Vec<RuleId>,
    /// Rules that must not fire.
    pub not_because: Vec<RuleId>,
    /// Remedies that must be in the plan.
    pub offers: Vec<RemedyId>,
    /// Remedies that must not be in the plan.
    pub withholds: Vec<RemedyId>,
    /// Findings that must be on the come-back card.
    pub come_back_if: Vec<FindingId>,
    /// Contributors that must be listed.
    pub contributors: Vec<CauseId>,
    /// Contributors that must not be listed.
    pub not_contributors: Vec<CauseId>,
    /// Conditions and mimics that must be called possible or likely.
    pub possible: Vec<CauseId>,
    /// Conditions and mimics that must be called less likely.
    pub less_likely: Vec<CauseId>,
    /// Conditions and mimics that must not be called likely.
    pub not_likely: Vec<CauseId>,
    /// The condition or mimic that must stand first of those that are ranked.
    pub first: Option<CauseId>,
    /// Conditions and mimics that must be among the first three of those that are ranked.
    pub first_three: Vec<CauseId>,
    /// Habits that must be in the plan for staying well.
    pub habits: Vec<HabitId>,
    /// Habits that must not be in it.
    pub not_habits: Vec<HabitId>,
    /// What a clinician may do that must be among what to expect.
    pub clinic: Vec<ReferralId>,
    /// What a clinician may do that must not be among it.
    pub not_clinic: Vec<ReferralId>,
    /// Whether the interview must come to its end.
    pub finished: bool,
}

/// Reads what must come out; `None` where the urgency is missing or wrong.
pub(super) fn expectation(fields: &mut Fields<'_, '_>, guideline: &Guideline) -> Option<Expectation> {
    let book = guideline.book();
    let urgency = fields.word("urgency", &URGENCIES);
    let mut rules = |key| {
        let ids = || book.rules.iter().map(|rule| rule.id.as_str());
        named(fields, key, Kind::Rule, |id| guideline.rule_named(id), ids)
    };
    let (because, not_because) = (rules("because"), rules("not_because"));
    let mut remedies = |key| {
        let ids = || book.remedies.iter().map(|remedy| remedy.id.as_str());
        named(fields, key, Kind::Remedy, |id| guideline.remedy_named(id), ids)
    };
    let (offers, withholds) = (remedies("offers"), remedies("withholds"));
    let ids = || book.findings.iter().map(|finding| finding.id.as_str());
    let come_back_if = named(fields, "come_back_if", Kind::Finding, |id| guideline.finding_named(id), ids);
    let ids: Vec<&str> = book.causes.iter().map(|cause| cause.id.as_str()).collect();
    let mut causes = |key| listed(fields, key, Kind::Cause, &ids, CauseId);
    let (contributors, not_contributors) = (causes("contributors"), causes("not_contributors"));
    let (possible, less_likely) = (causes("possible"), causes("less_likely"));
    let (not_likely, first_three) = (causes("not_likely"), causes("first_three"));
    let first = fields.optional_text("first");
    let first = first.and_then(|text| {
        let find = |id: &str| book.causes.iter().position(|cause| cause.id == id);
        let index = fields.look_up(&text, Kind::Cause, find, ids.iter().copied())?;
        u16::try_from(index).ok().map(CauseId)
    });
    let ids: Vec<&str> = book.habits.iter().map(|habit| habit.id.as_str()).collect();
    let mut habits = |key| listed(fields, key, Kind::Habit, &ids, HabitId);
    let (habits, not_habits) = (habits("habits"), habits("not_habits"));
    let ids: Vec<&str> = book.referrals.iter().map(|referral| referral.id.as_str()).collect();
    let mut referrals = |key| listed(fields, key, Kind::Referral, &ids, ReferralId);
    let (clinic, not_clinic) = (referrals("clinic"), referrals("not_clinic"));
    let finished = fields.optional_flag("finished").unwrap_or(true);
    let urgency = urgency?.into_inner();
    Some(Expectation {
        urgency,
        because,
        not_because,
        offers,
        withholds,
        come_back_if,
        contributors,
        not_contributors,
        possible,
        less_likely,
        not_likely,
        first,
        first_three,
        habits,
        not_habits,
        clinic,
        not_clinic,
        finished,
    })
}

/// The blocks that a list names, by their place in the list of all ids of their kind.
fn listed<T>(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    kind: Kind,
    ids: &[&str],
    make: fn(u16) -> T,
) -> Vec<T> {
    let find = |id: &str| {
        let index = ids.iter().position(|known| *known == id)?;
        u16::try_from(index).ok().map(make)
    };
    named(fields, key, kind, find, || ids.iter().copied())
}

/// The blocks that a list names.
fn named<'i, T, I: Iterator<Item = &'i str>>(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    kind: Kind,
    find: impl Fn(&str) -> Option<T>,
    ids: impl Fn() -> I,
) -> Vec<T> {
    let texts = fields.optional_texts(key);
    texts.iter().filter_map(|text| fields.look_up(text, kind, &find, ids())).collect()
}
