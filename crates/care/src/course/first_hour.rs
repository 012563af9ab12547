//! The first hour, in turns: what to start with, what comes next, and when
//! something may be done again.
//!
//! The order is that of the plan. What was tried already is told by whoever
//! keeps the record; nothing is remembered here.

use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};

use crate::book::{Disagreement, Remedy, RemedyId, Seconds, Stage};
use crate::course::recovery::PainScore;
use crate::decision::guideline::Guideline;
use crate::decision::plan::Plan;

/// What was tried counts for so long; after that a round begins anew. (Our
/// judgement: by then it is another day, also for somebody up at midnight.)
pub const ROUND: SignedDuration = SignedDuration::from_hours(12);

/// What seems to lie ahead of the clock by more than this was written down
/// under a wrong clock and says nothing about now.
const CLOCK_MAY_BE_OFF: SignedDuration = SignedDuration::from_hours(24);

/// From how many points on a rise of pain is more than its usual ups and downs.
/// The book's own pages on movement stop at "two points".
pub const CLEAR_RISE: u8 = 2;

/// A remedy that was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Which.
    pub remedy: RemedyId,
    /// When it ended.
    pub ended: Timestamp,
    /// Pain before; none if it was not said.
    pub before: Option<PainScore>,
    /// Pain after; none if it was not said.
    pub after: Option<PainScore>,
}

impl Tried {
    /// How the pain changed.
    pub fn change(&self) -> PainChange {
        PainChange::between(self.before, self.after)
    }
}

/// How pain changed, in points of ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PainChange {
    /// Less, by so many points.
    Better(u8),
    /// The same.
    Same,
    /// More, by less than a clear rise.
    Worse(u8),
    /// More, by a clear rise: see [`CLEAR_RISE`].
    MuchWorse(u8),
    /// Not known, because one of the two was not said.
    NotSaid,
}

impl PainChange {
    /// The change from one score to another.
    ///
    /// ```
    /// use care::first_hour::PainChange;
    /// use care::recovery::PainScore;
    /// let pain = |points| PainScore::new(points).ok();
    /// assert_eq!(PainChange::between(pain(6), pain(4)), PainChange::Better(2));
    /// assert_eq!(PainChange::between(pain(6), pain(8)), PainChange::MuchWorse(2));
    /// assert_eq!(PainChange::between(None, pain(8)), PainChange::NotSaid);
    /// ```
    pub fn between(before: Option<PainScore>, after: Option<PainScore>) -> Self {
        let (Some(before), Some(after)) = (before, after) else { return Self::NotSaid };
        let (before, after) = (before.get(), after.get());
        match after.abs_diff(before) {
            0 => Self::Same,
            by if after < before => Self::Better(by),
            by if by < CLEAR_RISE => Self::Worse(by),
            by => Self::MuchWorse(by),
        }
    }
}

/// One remedy of the first hour, as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Which.
    pub remedy: RemedyId,
    /// The last time it was tried in this round.
    pub last: Option<Tried>,
    /// Its pause is not over before then; none if it is free.
    pub wait_until: Option<Timestamp>,
}

/// Whether a remedy is done in one go, with a timer or with a pause before the
/// next time. The others are advice to read and follow through the day.
pub fn is_session(remedy: &Remedy) -> bool {
    remedy.gap.is_some() || remedy.steps.iter().any(|step| step.timer.is_some())
}

/// What can be done in the first hour, in the order of the plan.
pub fn turns(guideline: &Guideline, plan: &Plan, tried: &[Tried], now: Timestamp) -> Vec<Turn> {
    let remedies = plan.items.iter().map(crate::decision::plan::PlanItem::remedy);
    let is_turn = |remedy: &Remedy| remedy.stage == Stage::Now && is_session(remedy);
    remedies
        .filter(|id| is_turn(guideline.remedy(*id)))
        .map(|remedy| Turn {
            remedy,
            last: last(remedy, tried, now).filter(|last| now.duration_since(last.ended) <= ROUND),
            wait_until: wait_until(guideline, remedy, tried, now),
        })
        .collect()
}

/// Until when a remedy must wait, because its pause since the last time is not over.
pub fn wait_until(
    guideline: &Guideline,
    remedy: RemedyId,
    tried: &[Tried],
    now: Timestamp,
) -> Option<Timestamp> {
    let gap = SignedDuration::from_secs(guideline.remedy(remedy).gap?.get().into());
    let ended = last(remedy, tried, now)?.ended.min(now);
    ended.checked_add(gap).ok().filter(|until| now < *until)
}

/// The last time that a remedy was tried.
pub fn last(remedy: RemedyId, tried: &[Tried], now: Timestamp) -> Option<Tried> {
    let is_of_it =
        |other: &&Tried| other.remedy == remedy && other.ended.duration_since(now) <= CLOCK_MAY_BE_OFF;
    tried.iter().filter(is_of_it).max_by_key(|other| other.ended).copied()
}

/// What to do now, best first: what was not tried yet in the order of the plan,
/// then again what helped, most of all first. Never what must wait, and never
/// again what did not help.
pub fn suggest(turns: &[Turn]) -> Vec<RemedyId> {
    let free = || turns.iter().filter(|turn| turn.wait_until.is_none());
    let fresh = free().filter(|turn| turn.last.is_none()).map(|turn| turn.remedy);
    let mut helped: Vec<(u8, RemedyId)> = free()
        .filter_map(|turn| match turn.last?.change() {
            PainChange::Better(by) => Some((by, turn.remedy)),
            _ => None,
        })
        .collect();
    // A stable order: of two that helped alike the earlier in the plan comes first.
    helped.sort_by_key(|(by, _)| Reverse(*by));
    fresh.chain(helped.into_iter().map(|(_, remedy)| remedy)).collect()
}

/// By how many minutes in all a timer may be made longer: by a third of its
/// time and at least by one. The book's 15 minutes of warmth or cold then end
/// at 20 at most, which is its limit for the skin.
///
/// ```
/// use care::{Seconds, first_hour::minutes_more};
/// assert_eq!(minutes_more("15 min".parse::<Seconds>()?), 5);
/// assert_eq!(minutes_more("45 s".parse::<Seconds>()?), 1);
/// # Ok::<(), care::BadDuration>(())
/// ```
pub fn minutes_more(timer: Seconds) -> u32 {
    (timer.get() / 180).max(1)
}

/// Where sources differ on something in a plan.
pub fn disagreements_in<'g>(guideline: &'g Guideline, plan: &Plan) -> Vec<&'g Disagreement> {
    let in_plan = |id: &RemedyId| plan.items.iter().any(|item| item.remedy() == *id);
    let all = guideline.book().disagreements.iter();
    all.filter(|disagreement| disagreement.about.iter().any(in_plan)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_763_985_600;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(NOON + 60 * minutes).unwrap()
    }

    fn tried(remedy: u16, ended: i64, pain: (u8, u8)) -> Tried {
        let score = |points| PainScore::new(points).ok();
        Tried { remedy: RemedyId(remedy), ended: at(ended), before: score(pain.0), after: score(pain.1) }
    }

    fn turn(last: Option<Tried>, remedy: u16, wait_until: Option<Timestamp>) -> Turn {
        Turn { remedy: RemedyId(remedy), last, wait_until }
    }

    #[test]
    fn what_was_not_tried_comes_first_in_the_order_of_the_plan() {
        let done = turn(Some(tried(0, -5, (6, 2))), 0, None);
        let turns = [done, turn(None, 1, Some(at(30))), turn(None, 2, None), turn(None, 3, None)];
        assert_eq!(suggest(&turns), [RemedyId(2), RemedyId(3), RemedyId(0)]);
    }

    #[test]
    fn then_what_helped_most_and_never_what_made_it_worse_or_must_wait() {
        let turns = [
            turn(Some(tried(0, -50, (5, 6))), 0, None),
            turn(Some(tried(1, -40, (6, 5))), 1, None),
            turn(Some(tried(2, -30, (6, 4))), 2, None),
            turn(Some(tried(3, -25, (6, 4))), 3, None),
            turn(Some(tried(4, -20, (6, 1))), 4, Some(at(40))),
        ];
        assert_eq!(suggest(&turns), [RemedyId(2), RemedyId(3), RemedyId(1)]);
        assert_eq!(suggest(&turns[..1]), []);
    }

    #[test]
    fn the_last_time_counts_and_a_wrong_clock_does_not() {
        let log = [tried(0, -90, (5, 5)), tried(0, -20, (4, 4)), tried(0, 60 * 24 * 400, (3, 3))];
        assert_eq!(last(RemedyId(0), &log, at(0)), Some(log[1]));
        assert_eq!(last(RemedyId(1), &log, at(0)), None);
    }

    #[test]
    fn a_change_is_told_from_its_size() {
        let change = |before, after| tried(0, 0, (before, after)).change();
        assert_eq!(change(5, 5), PainChange::Same);
        assert_eq!(change(5, 6), PainChange::Worse(1));
        assert_eq!(change(5, 7), PainChange::MuchWorse(2));
        assert_eq!(change(10, 0), PainChange::Better(10));
    }
}
