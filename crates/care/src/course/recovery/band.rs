//! Where pain is expected to be by now: the published curves of evidence 3.1 and 3.3.
//!
//! The pooled studies have no data between the start and six weeks, so the first
//! weeks are interpolated, and the means hide five very different courses. The
//! band is shown; it is never a promise.

use super::episode::Episode;
use super::series::{Hours, PainSeries};

/// Shares of the pain at the start that are expected at one time, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Of people who get well fast (after the PACE trial, Williams 2014).
    pub fast: f64,
    /// The lower of the two fits to the pooled means (Menezes Costa 2012, Wallwork 2024).
    pub middle_low: f64,
    /// The higher of the two.
    pub middle_high: f64,
    /// Above this someone should have a look. Our own choice.
    pub slow: f64,
}

/// The sources of the band and of the classes of course, by their ids in the book.
pub const SOURCES: [&str; 5] =
    ["menezes_costa_2012", "wallwork_2024", "williams_2014", "downie_2016", "design_judgement"];

/// `(week, share)` of the fast edge; straight lines between.
const FAST: [(f64, f64); 8] = [
    (0.0, 1.0),
    (1.0, 0.59),
    (2.0, 0.41),
    (4.0, 0.27),
    (6.0, 0.24),
    (12.0, 0.19),
    (26.0, 0.12),
    (52.0, 0.10),
];

/// `(week, share)` of the slow edge; straight lines between.
const SLOW: [(f64, f64); 8] = [
    (0.0, 1.0),
    (1.0, 1.00),
    (2.0, 0.90),
    (4.0, 0.75),
    (6.0, 0.65),
    (12.0, 0.60),
    (26.0, 0.55),
    (52.0, 0.55),
];

/// The band at a time since the pain began. Past a year it stays as it is then.
///
/// ```
/// use care::recovery::{Hours, band};
/// let at_week_4 = band(Hours::from_days(28.0)?);
/// assert!((at_week_4.middle_low - 0.51).abs() < 0.005); // evidence 3.3
/// assert!((at_week_4.slow - 0.75).abs() < 1e-9);
/// # Ok::<(), care::recovery::OutOfRange>(())
/// ```
pub fn band(since_onset: Hours) -> Band {
    let weeks = since_onset.weeks().min(52.0);
    let menezes_costa = 0.525 * libm::exp(-weeks / 2.25) + 0.475 * libm::exp(-weeks / 36.0);
    let wallwork = 0.385 + 0.615 * libm::exp(-weeks / 2.9);
    Band {
        fast: on_line(&FAST, weeks),
        middle_low: menezes_costa.min(wallwork),
        middle_high: menezes_costa.max(wallwork),
        slow: on_line(&SLOW, weeks),
    }
}

fn on_line(points: &[(f64, f64)], weeks: f64) -> f64 {
    for pair in points.windows(2) {
        let ((from, high), (to, low)) = (pair[0], pair[1]);
        if weeks <= to {
            return high + (low - high) * (weeks - from) / (to - from);
        }
    }
    points.last().map_or(1.0, |(_, share)| *share)
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

    /// The words a person reads.
    pub fn words(self) -> &'static str {
        match self {
            Self::Fast => "You are getting better faster than most people.",
            Self::AsMost => "You are getting better about as fast as most people.",
            Self::Slow => "You are getting better more slowly than most people, as many do.",
            Self::AboveBand => "Your pain is higher than we would expect by now. Someone should have a look.",
        }
    }
}

/// The band of a spell at a time, in points of pain.
///
/// It runs through the first check-in with pain of 2 or more, at its own time, so
/// that a diary begun late is not measured by a start it does not know. `None`
/// without one, and before it.
pub fn expected(series: &PainSeries, episode: &Episode, at: Hours) -> Option<Band> {
    let start = episode.of(series).iter().find(|check_in| check_in.pain.get() >= 2)?;
    if at < start.at {
        return None;
    }
    let (then, at) = (band(start.at.since(episode.onset)), band(at.since(episode.onset)));
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
pub fn progress(series: &PainSeries, episode: &Episode) -> Option<(Band, Progress)> {
    let check_ins = episode.of(series);
    let start = check_ins.iter().find(|check_in| check_in.pain.get() >= 2)?;
    let now = check_ins.last().filter(|now| now.at > start.at)?;
    let expected = expected(series, episode, now.at)?;
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
