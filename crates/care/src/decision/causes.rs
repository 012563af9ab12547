//! What may lie behind the pain: an order with reasons, never a diagnosis.
//!
//! Conditions and mimics start from a base rate and are weighed by the answers,
//! each by its likelihood ratio; what is not known adds nothing. Contributors
//! are listed where their condition is known to hold; several can act together.
//! Nothing here can lower the urgency: a cause that is less likely keeps every
//! rule that points to it. But the rules that count shape the order. What they
//! point to stands above everything that nothing points to, however rare it is;
//! and while one of them sends the person to be seen today, nothing else is
//! called likely.

use crate::book::{
    BlockId, CauseId, CauseKind, ConditionKey, Cutoff, Evidence, FindingId, HabitId, RemedyId, Urgency,
};
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;
use crate::decision::habits::{HabitItem, acts_on, plan_habits};
use crate::decision::interview::{Ask, Finished, next_about};
use crate::decision::reasons::{Settled, Support, reasons};
use crate::decision::state::State;

/// The most names of less likely causes; a long list frightens and helps nobody.
pub const MOST_LESS_LIKELY: usize = 5;

/// What may lie behind the pain of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Causes {
    /// Conditions and mimics with a base rate: first those that a rule which counts
    /// points to, the most urgent first, then all others; each most likely first.
    pub ranked: Vec<RankedCause>,
    /// Conditions and mimics without a base rate that a rule which counts points
    /// to, in the order of those rules, each with the highest level of them. They
    /// have no place in the order of the others.
    pub suspected: Vec<(CauseId, Urgency)>,
    /// Contributors that are known to be there, in reading order.
    pub contributors: Vec<Contributor>,
    /// None of the ranked causes is likely, which is common and good news.
    pub no_single_cause_stands_out: bool,
}

impl Causes {
    /// The ranked causes that a rule which counts points to, in order.
    pub fn pointed_to(&self) -> impl Iterator<Item = &RankedCause> {
        self.ranked.iter().filter(|cause| cause.suspected.is_some())
    }

    /// All that a rule which counts points to, the most urgent first; at one level
    /// what can be ranked stands above what cannot.
    pub fn to_look_at(&self) -> Vec<Pointed<'_>> {
        let ranked = self.pointed_to().map(|cause| (cause.suspected, Pointed::Ranked(cause)));
        let unranked = self.suspected.iter().map(|(cause, level)| (Some(*level), Pointed::Unranked(*cause)));
        let mut all: Vec<_> = ranked.chain(unranked).collect();
        all.sort_by_key(|(level, _)| std::cmp::Reverse(*level));
        all.into_iter().map(|(_, pointed)| pointed).collect()
    }

    /// The few of the less likely ones that are worth a name: at most
    /// [`MOST_LESS_LIKELY`], each with a chance of 1 in 100.
    pub fn less_likely(&self) -> impl Iterator<Item = &RankedCause> {
        let worth_a_name = |cause: &&RankedCause| cause.band == Band::LessLikely && cause.share >= 0.01;
        self.ranked.iter().filter(worth_a_name).take(MOST_LESS_LIKELY)
    }

    /// The ranked causes that nothing points to, in order; below all others.
    pub fn others(&self) -> impl Iterator<Item = &RankedCause> {
        self.ranked.iter().filter(|cause| cause.suspected.is_none())
    }

    /// A rule that counts points to some cause.
    pub fn is_pointed(&self) -> bool {
        !self.suspected.is_empty() || self.pointed_to().next().is_some()
    }
}

/// Something that a rule which counts points to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pointed<'c> {
    /// It has a base rate, and so a place in the order.
    Ranked(&'c RankedCause),
    /// It has none.
    Unranked(CauseId),
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
    /// The highest level of the rules that count and point to it.
    pub suspected: Option<Urgency>,
    /// What speaks for it, strongest first; what says next to nothing is left out.
    pub answers_for: Vec<Weighed>,
    /// What speaks against it, strongest first.
    pub answers_against: Vec<Weighed>,
}

/// How likely a cause is, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// A share of at least [`Cutoff::LikelyShare`], unless the book or a rule that sends the
    /// person to be seen today keeps it from being called so.
    Likely,
    /// A share of at least [`Cutoff::PossibleShare`], or a rule that counts points to it.
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
    let pointed_to = pointed_to(state);
    let ranked = ranked(state, finished.urgency(), &pointed_to);
    let is_ranked = |cause: CauseId| ranked.iter().any(|ranked| ranked.cause == cause);
    let suspected = pointed_to.into_iter().filter(|(cause, _)| !is_ranked(*cause)).collect();
    let no_single_cause_stands_out = ranked.iter().all(|ranked| ranked.band != Band::Likely);
    Some(Causes { suspected, contributors: contributors(finished), no_single_cause_stands_out, ranked })
}

/// The first question, in reading order, that could still move a cause;
/// `None` once nothing unanswered matters to them.
pub fn next_question(guideline: &Guideline, answers: &Answers) -> Option<Ask> {
    let is_weighed = |id: &CauseId| {
        let cause = guideline.cause(*id);
        cause.base_rate.is_some() || cause.kind == CauseKind::Contributor
    };
    let weighed = guideline.causes().filter(is_weighed).map(BlockId::Cause);
    next_about(guideline, answers, weighed.flat_map(|cause| guideline.book().conditions_of(cause)))
}

/// The causes that rules which count point to, each with the highest level of
/// those rules, in the order of the rules. What goes with a cause follows it.
fn pointed_to(state: &State<'_>) -> Vec<(CauseId, Urgency)> {
    let guideline = state.guideline();
    let mut pointed_to: Vec<(CauseId, Urgency)> = Vec::new();
    // The reasons come with the most urgent first, so the first level met is the highest.
    for reason in reasons(state) {
        let Some(cause) = guideline.rule(reason.rule).suspect else { continue };
        let with_it = guideline.causes().filter(|other| guideline.cause(*other).goes_with.contains(&cause));
        for cause in std::iter::once(cause).chain(with_it) {
            if pointed_to.iter().all(|(known, _)| *known != cause) {
                pointed_to.push((cause, reason.urgency));
            }
        }
    }
    pointed_to
}

fn ranked(state: &State<'_>, urgency: Urgency, pointed_to: &[(CauseId, Urgency)]) -> Vec<RankedCause> {
    let guideline = state.guideline();
    let support = Support::new(state);
    let most = guideline.threshold(Cutoff::MostRatio);
    let (mut ranked, mut weights) = (Vec::new(), Vec::new());
    for id in guideline.causes() {
        let cause = guideline.cause(id);
        let Some(base_rate) = cause.base_rate.and_then(share_of_base_rate) else { continue };
        if cause.kind == CauseKind::Contributor {
            continue;
        }
        let known: Vec<Weighed> = (0..)
            .zip(&cause.evidence)
            .filter_map(|(index, evidence)| weighed(&support, id, index, evidence))
            .collect();
        let is_defining = |known: &Weighed| known.holds && cause.evidence[known.evidence].defining;
        let ratio = combined_ratio(most, known.iter().map(|known| (known.ratio, is_defining(known))));
        weights.push(base_rate * ratio);
        let log_odds = libm::log(base_rate / (1.0 - base_rate)) + libm::log(ratio);
        let (mut answers_for, mut answers_against): (Vec<_>, Vec<_>) =
            known.into_iter().filter(|known| !says_nothing(known.ratio)).partition(|known| known.ratio > 1.0);
        answers_for.sort_by(|left, right| right.ratio.total_cmp(&left.ratio));
        answers_against.sort_by(|left, right| left.ratio.total_cmp(&right.ratio));
        let suspected = pointed_to.iter().find(|(cause, _)| *cause == id).map(|(_, urgency)| *urgency);
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
        let not_likely_if = support.condition_under(BlockId::Cause(cause.cause), ConditionKey::NotLikelyIf);
        let may_be_likely = not_likely_if.is_none_or(|condition| state.condition(condition).is_false)
            && (urgency < Urgency::SameDay || cause.suspected >= Some(Urgency::SameDay));
        cause.band = band(guideline, share, cause.suspected.is_some(), may_be_likely);
    }
    // Stable, so that equal shares stay in reading order. No level is the lowest level.
    ranked.sort_by(|left, right| {
        right.suspected.cmp(&left.suspected).then_with(|| right.share.total_cmp(&left.share))
    });
    ranked
}

fn weighed(support: &Support<'_, '_>, cause: CauseId, index: u16, evidence: &Evidence) -> Option<Weighed> {
    let condition = BlockId::Cause(cause).condition(ConditionKey::Evidence(index));
    let (holds, ratio, findings) = if let Some(findings) = support.of_condition(condition, Settled::True) {
        (true, evidence.yes, findings)
    } else {
        (false, evidence.no, support.of_condition(condition, Settled::False)?)
    };
    Some(Weighed { evidence: usize::from(index), holds, ratio, findings })
}

/// Whether a ratio is too near 1 to be worth a line.
fn says_nothing(ratio: f64) -> bool {
    (0.8..=1.25).contains(&ratio)
}

fn band(guideline: &Guideline, share: f64, suspected: bool, may_be_likely: bool) -> Band {
    if share >= guideline.threshold(Cutoff::LikelyShare) && may_be_likely {
        Band::Likely
    } else if share >= guideline.threshold(Cutoff::PossibleShare) || suspected {
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

/// The product of likelihood ratios, each with whether it is that of a defining
/// sign that is there; 1 for none.
///
/// It is held between 1/`most` and `most`, but for the strongest
/// defining sign, which multiplies what the others come to.
///
/// ```
/// use care::causes::combined_ratio;
/// let near = |left: f64, right: f64| (left - right).abs() < 1e-9;
/// assert!(near(combined_ratio(50.0, [(3.0, false), (0.5, false)]), 1.5));
/// assert!(near(combined_ratio(50.0, [(30.0, false), (30.0, false)]), 50.0));
/// assert!(near(combined_ratio(50.0, [(200.0, true), (0.5, false)]), 100.0));
/// assert!(near(combined_ratio(50.0, [(200.0, true), (100.0, true)]), 200.0 * 50.0));
/// ```
pub fn combined_ratio(most: f64, ratios: impl IntoIterator<Item = (f64, bool)>) -> f64 {
    // Sums of logarithms: a long product would run out of range before it is held back.
    let (mut all, mut defining) = (0.0, 0.0_f64);
    for (ratio, is_defining) in ratios {
        all += libm::log(ratio);
        if is_defining {
            defining = defining.max(libm::log(ratio));
        }
    }
    let most = libm::log(most);
    libm::exp(defining + (all - defining).clamp(-most, most))
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

fn contributors(finished: &Finished<'_>) -> Vec<Contributor> {
    let state = finished.state();
    let guideline = state.guideline();
    let support = Support::new(state);
    let fit = plan_habits(finished);
    let mut contributors = Vec::new();
    for id in guideline.causes() {
        let cause = guideline.cause(id);
        if !state.contributes(id) {
            continue;
        }
        let when = BlockId::Cause(id).condition(ConditionKey::When);
        let because = support.of_condition(when, Settled::True).unwrap_or_default();
        let remedies = guideline
            .remedies()
            .filter(|remedy| cause.helps.contains(&BlockId::Remedy(*remedy)))
            .filter(|remedy| guideline.remedy(*remedy).up_to >= finished.urgency() && state.is_fit(*remedy))
            .collect();
        let fit = fit.items.iter().map(HabitItem::habit);
        let habits = fit.filter(|habit| acts_on(guideline, *habit, id)).collect();
        contributors.push(Contributor { cause: id, because, remedies, habits });
    }
    contributors
}
