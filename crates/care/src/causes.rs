//! What may lie behind the pain: an order with reasons, never a diagnosis.
//!
//! Conditions and mimics start from a base rate and are weighed by the answers,
//! each by its likelihood ratio; what is not known adds nothing. Contributors
//! are listed where their condition is known to hold; several can act together.
//! Nothing here knows of urgency, so nothing here can lower it: a cause that is
//! less likely keeps every rule that points to it.

use crate::answers::Answers;
use crate::guideline::{CauseId, CauseKind, Evidence, FindingId, Guideline, HabitId, RemedyId};
use crate::habits::{HabitItem, acts_on, plan_habits};
use crate::interview::{Ask, Finished, next_about};
use crate::reasons::{Settled, Support, reasons};
use crate::state::State;
use crate::urgency::Urgency;

/// The most by which all answers together may raise or lower the odds of one
/// cause. Signs go together, so multiplied ratios overstate (evidence 2.3).
pub const MOST_RATIO: f64 = 50.0;

/// From this share on a cause is [`Band::Likely`]: more likely than all others together.
pub const LIKELY_SHARE: f64 = 0.5;

/// From this share on a cause is [`Band::Possible`]: 1 in 20. Our own choice,
/// awaiting clinical sign-off.
pub const POSSIBLE_SHARE: f64 = 0.05;

/// What may lie behind the pain of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Causes {
    /// Conditions and mimics with a base rate, most likely first.
    pub ranked: Vec<RankedCause>,
    /// Conditions and mimics without a base rate that a rule which counts points
    /// to, in the order of those rules.
    pub suspected: Vec<CauseId>,
    /// Contributors that are known to be there, in reading order.
    pub contributors: Vec<Contributor>,
    /// None of the ranked causes is likely, which is common and good news.
    pub no_single_cause_stands_out: bool,
}

/// A condition or a mimic, weighed by the answers.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedCause {
    /// Which.
    pub cause: CauseId,
    /// Natural logarithm of the odds that it is there, taken by itself.
    pub log_odds: f64,
    /// Its share among everything that is ranked, 0 to 1; the shares add up to 1.
    pub share: f64,
    /// What a person is told instead of a number.
    pub band: Band,
    /// A rule that counts points to it.
    pub suspected: bool,
    /// What speaks for it, strongest first.
    pub answers_for: Vec<Weighed>,
    /// What speaks against it, strongest first.
    pub answers_against: Vec<Weighed>,
}

/// How likely a cause is, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// A share of at least [`LIKELY_SHARE`].
    Likely,
    /// A share of at least [`POSSIBLE_SHARE`], or a rule that counts points to it.
    Possible,
    /// Below that.
    LessLikely,
}

impl Band {
    /// Every band, most likely first.
    pub const ALL: [Self; 3] = [Self::Likely, Self::Possible, Self::LessLikely];

    /// The id used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Possible => "possible",
            Self::LessLikely => "less_likely",
        }
    }

    /// The words a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Likely => "likely",
            Self::Possible => "possible",
            Self::LessLikely => "less likely",
        }
    }
}

/// One piece of evidence that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// Which of the cause's [`crate::Cause::evidence`].
    pub evidence: usize,
    /// Whether its condition is known to be true, or known to be false.
    pub holds: bool,
    /// The likelihood ratio that follows; above 1 speaks for the cause.
    pub ratio: f64,
    /// The answers by which it is known, in reading order.
    pub findings: Vec<FindingId>,
}

/// Something that helps to bring a spasm on, and is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contributor {
    /// Which.
    pub cause: CauseId,
    /// The answers that say so.
    pub because: Vec<FindingId>,
    /// Remedies that act on it and are fit for this person.
    pub remedies: Vec<RemedyId>,
    /// Habits that act on it and are fit for this person.
    pub habits: Vec<HabitId>,
}

/// What may lie behind the pain, in order.
///
/// `None` in an emergency: the interview then ended before the questions were
/// all asked, and there is something better to do than to read a list.
pub fn rank(finished: &Finished<'_>) -> Option<Causes> {
    if finished.urgency() == Urgency::Emergency {
        return None;
    }
    let state = finished.state();
    let mut pointed_to = Vec::new();
    for reason in reasons(state) {
        if let Some(cause) = state.guideline().rule(reason.rule).suspect
            && !pointed_to.contains(&cause)
        {
            pointed_to.push(cause);
        }
    }
    let ranked = ranked(state, &pointed_to);
    let is_ranked = |cause: &CauseId| ranked.iter().any(|ranked| ranked.cause == *cause);
    let suspected = pointed_to.into_iter().filter(|cause| !is_ranked(cause)).collect();
    let no_single_cause_stands_out = ranked.iter().all(|ranked| ranked.band != Band::Likely);
    Some(Causes { suspected, contributors: contributors(finished), no_single_cause_stands_out, ranked })
}

/// The first question, in reading order, that could still move a cause;
/// `None` once nothing unanswered matters to them.
pub fn next_question(guideline: &Guideline, answers: &Answers) -> Option<Ask> {
    let conditions = guideline.book().causes.iter().flat_map(|cause| {
        let evidence = cause.evidence.iter().filter(|_| cause.base_rate.is_some());
        evidence.map(|evidence| &evidence.condition).chain(&cause.when)
    });
    next_about(guideline, answers, conditions)
}

fn ranked(state: &State<'_>, pointed_to: &[CauseId]) -> Vec<RankedCause> {
    let guideline = state.guideline();
    let support = Support::new(state);
    let (mut ranked, mut weights) = (Vec::new(), Vec::new());
    for id in guideline.causes() {
        let cause = guideline.cause(id);
        let Some(base_rate) = cause.base_rate.and_then(share_of_base_rate) else { continue };
        if cause.kind == CauseKind::Contributor {
            continue;
        }
        let known: Vec<Weighed> = (0..)
            .zip(&cause.evidence)
            .filter_map(|(index, evidence)| weighed(&support, index, evidence))
            .collect();
        let ratio = combined_ratio(known.iter().map(|known| known.ratio));
        weights.push(base_rate * ratio);
        let log_odds = (base_rate / (1.0 - base_rate)).ln() + ratio.ln();
        let (mut answers_for, mut answers_against): (Vec<_>, Vec<_>) =
            known.into_iter().filter(|known| !says_nothing(known.ratio)).partition(|known| known.ratio > 1.0);
        answers_for.sort_by(|left, right| right.ratio.total_cmp(&left.ratio));
        answers_against.sort_by(|left, right| left.ratio.total_cmp(&right.ratio));
        let suspected = pointed_to.contains(&id);
        let (share, band) = (0.0, Band::LessLikely);
        ranked.push(RankedCause {
            cause: id,
            log_odds,
            share,
            band,
            suspected,
            answers_for,
            answers_against,
        });
    }
    for (cause, share) in ranked.iter_mut().zip(shares(&weights)) {
        cause.share = share;
        cause.band = band(share, cause.suspected);
    }
    // Stable, so that equal shares stay in reading order.
    ranked.sort_by(|left, right| right.share.total_cmp(&left.share));
    ranked
}

fn weighed(support: &Support<'_, '_>, index: usize, evidence: &Evidence) -> Option<Weighed> {
    let condition = &evidence.condition;
    let (holds, ratio, findings) = if let Some(findings) = support.of_condition(condition, Settled::True) {
        (true, evidence.yes, findings)
    } else {
        (false, evidence.no, support.of_condition(condition, Settled::False)?)
    };
    Some(Weighed { evidence: index, holds, ratio, findings })
}

fn says_nothing(ratio: f64) -> bool {
    (ratio - 1.0).abs() < 1e-9
}

fn band(share: f64, suspected: bool) -> Band {
    if share >= LIKELY_SHARE {
        Band::Likely
    } else if share >= POSSIBLE_SHARE || suspected {
        Band::Possible
    } else {
        Band::LessLikely
    }
}

/// A base rate per 1,000 as a share; `None` where it is no number between 0 and 1,000.
fn share_of_base_rate(per_thousand: f64) -> Option<f64> {
    let share = per_thousand / 1_000.0;
    (share > 0.0 && share < 1.0).then_some(share)
}

/// The product of likelihood ratios, held between 1/[`MOST_RATIO`] and [`MOST_RATIO`]; 1 for none.
///
/// ```
/// use care::causes::combined_ratio;
/// assert!((combined_ratio([3.0, 0.5]) - 1.5).abs() < 1e-9);
/// assert!((combined_ratio([30.0, 30.0]) - 50.0).abs() < 1e-9);
/// ```
pub fn combined_ratio(ratios: impl IntoIterator<Item = f64>) -> f64 {
    // Sums of logarithms: a long product would run out of range before it is held back.
    let most = MOST_RATIO.ln();
    ratios.into_iter().map(f64::ln).sum::<f64>().clamp(-most, most).exp()
}

/// The chance of a cause, 0 to 1, by itself: from its base rate per 1,000
/// (above 0, below 1,000) and a likelihood ratio (above 0).
///
/// ```
/// use care::causes::chance;
/// assert!((chance(7.0, 23.7) - 0.143).abs() < 0.000_5); // evidence 2.3
/// ```
pub fn chance(base_rate: f64, ratio: f64) -> f64 {
    let share = base_rate / 1_000.0;
    let odds = share / (1.0 - share) * ratio;
    odds / (1.0 + odds)
}

/// The shares, adding up to 1, of causes of which exactly one is there: each in
/// proportion to its base rate times its combined ratio, which is what `weights` holds.
///
/// ```
/// assert_eq!(care::causes::shares(&[3.0, 1.0]), [0.75, 0.25]);
/// ```
pub fn shares(weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / total).collect()
}

/// Whether a contributor is known to be there.
pub(crate) fn contributes(state: &State<'_>, cause: CauseId) -> bool {
    let cause = state.guideline().cause(cause);
    cause.kind == CauseKind::Contributor
        && cause.when.as_ref().is_some_and(|when| state.condition(when).is_true)
}

fn contributors(finished: &Finished<'_>) -> Vec<Contributor> {
    let state = finished.state();
    let guideline = state.guideline();
    let support = Support::new(state);
    let fit = plan_habits(finished);
    let mut contributors = Vec::new();
    for id in guideline.causes() {
        let cause = guideline.cause(id);
        if !contributes(state, id) {
            continue;
        }
        let when = cause.when.iter();
        let because = when.filter_map(|when| support.of_condition(when, Settled::True)).flatten().collect();
        let remedies = guideline
            .remedies()
            .filter(|remedy| cause.helps.contains(&guideline.remedy(*remedy).id))
            .filter(|remedy| guideline.remedy(*remedy).up_to >= finished.urgency() && state.is_fit(*remedy))
            .collect();
        let fit = fit.items.iter().map(HabitItem::habit);
        let habits = fit.filter(|habit| acts_on(guideline, *habit, id)).collect();
        contributors.push(Contributor { cause: id, because, remedies, habits });
    }
    contributors
}
