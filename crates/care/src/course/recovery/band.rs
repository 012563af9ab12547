//! Where pain is expected to be by now: the curves of the book.
//!
//! The pooled studies have no data between the start and six weeks, so the first
//! weeks are interpolated, and the means hide five very different courses. The
//! band is shown; it is never a promise.

use super::episode::Episode;
use super::series::{Hours, PainSeries};
use crate::book::{CurveLine, Cutoff, Edge};
use crate::decision::guideline::Guideline;

/// Shares of the pain at the start that are expected at one time, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Of people who get well fast.
    pub fast: f64,
    /// The lowest of the lines of most people.
    pub middle_low: f64,
    /// The highest of them.
    pub middle_high: f64,
    /// Above this someone should have a look.
    pub slow: f64,
}

/// The band at a time since the pain began; `None` where the book has no curves. Where its
/// points end it stays as it is then.
pub fn band(guideline: &Guideline, since_onset: Hours) -> Option<Band> {
    let [fast, middle, slow] = Edge::ALL.map(|edge| guideline.curve(edge));
    let (fast, middle, slow) = (&fast?.lines, &middle?.lines, &slow?.lines);
    let ends = [fast, middle, slow].into_iter().flatten().filter_map(CurveLine::end);
    let weeks = ends.reduce(f64::max).map_or(since_onset.weeks(), |end| since_onset.weeks().min(end));
    let lowest =
        |lines: &[CurveLine]| lines.iter().map(|line| line.share(weeks)).fold(f64::INFINITY, f64::min);
    let highest = |lines: &[CurveLine]| lines.iter().map(|line| line.share(weeks)).fold(0.0, f64::max);
    Some(Band {
        fast: lowest(fast),
        middle_low: lowest(middle),
        middle_high: highest(middle),
        slow: highest(slow),
    })
}

/// Where a person is in the band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Progress {
    /// Below the fast edge.
    Fast,
    /// Up to the higher of the two middle curves.
    AsMost,
    /// Above the middle, up to the slow edge.
    Slow,
    /// Above the slow edge.
    AboveBand,
}

impl Progress {
    /// The id used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::AsMost => "as_most",
            Self::Slow => "slow",
            Self::AboveBand => "above_band",
        }
    }

    /// The words a person reads, as the curves of the book have them.
    pub fn words(self, guideline: &Guideline) -> &str {
        let below = |edge| guideline.curve(edge).map(|curve| curve.below.as_str());
        let words = match self {
            Self::Fast => below(Edge::Fast),
            Self::AsMost => below(Edge::Middle),
            Self::Slow => below(Edge::Slow),
            Self::AboveBand => guideline.curve(Edge::Slow).and_then(|curve| curve.above.as_deref()),
        };
        words.unwrap_or_default()
    }
}

/// The band of a spell at a time, in points of pain.
///
/// It runs through the first check-in with pain of 2 or more, at its own time, so
/// that a diary begun late is not measured by a start it does not know. `None`
/// without one, before it, and where the book has no curves.
pub fn expected(guideline: &Guideline, series: &PainSeries, episode: &Episode, at: Hours) -> Option<Band> {
    let start = episode.of(series).iter().find(|check_in| check_in.pain.get() >= 2)?;
    if at < start.at {
        return None;
    }
    let (then, at) =
        (band(guideline, start.at.since(episode.onset))?, band(guideline, at.since(episode.onset))?);
    let points = |at: f64, then: f64| f64::from(start.pain.get()) * at / then;
    Some(Band {
        fast: points(at.fast, then.fast),
        middle_low: points(at.middle_low, then.middle_low),
        middle_high: points(at.middle_high, then.middle_high),
        slow: points(at.slow, then.slow),
    })
}

/// The band of a spell at its last check-in, in points of pain, and where the person is in it.
/// `None` before there is a second check-in after the one it runs through.
pub fn progress(guideline: &Guideline, series: &PainSeries, episode: &Episode) -> Option<(Band, Progress)> {
    let check_ins = episode.of(series);
    let start = check_ins.iter().find(|check_in| check_in.pain.get() >= 2)?;
    let now = check_ins.last().filter(|now| now.at > start.at)?;
    let expected = expected(guideline, series, episode, now.at)?;
    let pain = f64::from(now.pain.get());
    // Each edge is scaled by itself, and of a late start the scaled edges may cross.
    let progress = if pain > expected.slow.max(expected.middle_high) {
        Progress::AboveBand
    } else if pain > expected.middle_high.max(expected.middle_low) {
        Progress::Slow
    } else if pain >= expected.fast {
        Progress::AsMost
    } else {
        Progress::Fast
    };
    Some((expected, progress))
}

/// Whether a spell has entries on so many days that somebody may be told that they do as well as
/// others, or better. That they do worse is told sooner.
pub(super) fn can_compare(guideline: &Guideline, series: &PainSeries, episode: &Episode) -> bool {
    let mut days: Vec<u32> = episode.of(series).iter().map(|check_in| check_in.at.whole_days()).collect();
    days.dedup();
    u32::try_from(days.len()).is_ok_and(|days| guideline.whole_threshold(Cutoff::DaysToCompare) <= days)
}
