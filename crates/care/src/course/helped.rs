//! What went along with less pain for one person: the change over a guided session.
//!
//! Few sessions of a noisy score say little, and the best of several short lists
//! looks better than it is. So what one remedy did is drawn towards what all of
//! them did together, the more so the fewer sessions there are:
//!
//! - a change `d` (points before, less points after) of a session of remedy `i`
//!   scatters around what that remedy does for this person: `d ~ N(theta_i, s^2)`;
//! - what remedies do scatters around what they do for this person on the whole:
//!   `theta_i ~ N(mu, t^2)`, and of `mu` nothing is known beforehand.
//!
//! For known `s` and `t` the mean and the spread of `theta_i` have a closed form,
//! which is what [`helped`] computes. `t` is fixed, because three or four remedies
//! do not show it; `s` starts from an assumed value that counts like a few sessions
//! and is then learnt from the person's own scatter.
//!
//! What it does not show is a cause. Pain falls by itself, most people begin when
//! it is at its worst, and nobody drew lots. Every page that shows a number says so.

use std::collections::BTreeMap;

use crate::course::recovery::PainScore;

/// Assumed scatter of one change, in points. Two scores of one moment differ by about
/// a point, so their difference does by about 1.5 (the root of 2, rounded up). Our own choice.
const SCATTER: f64 = 1.5;

/// How many sessions the assumption about the scatter counts for. Our own choice.
const SCATTER_COUNTS_FOR: f64 = 6.0;

/// Assumed difference between remedies, in points, as a standard deviation: nine of ten
/// lie within about 1.2 points of the person's mean. Trials of comfort measures rarely
/// find two of them further apart. Our own choice.
const APART: f64 = 0.7;

/// An interval holds eight of ten: 1.2816 standard deviations to each side.
const EIGHT_OF_TEN: f64 = 1.2816;

/// Of fewer sessions of one remedy nothing is said.
pub const FEWEST_OF_ONE: u32 = 3;

/// Of fewer sessions in all nothing is said.
pub const FEWEST_IN_ALL: u32 = 5;

/// One session with the pain before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried<'r> {
    /// The remedy.
    pub remedy: &'r str,
    /// Pain when it began.
    pub before: PainScore,
    /// Pain when it ended.
    pub after: PainScore,
}

/// Points by which pain fell, with the range that holds eight of ten; below zero where it
/// rose. All within -10 to 10, and `low <= points <= high`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The middle.
    pub points: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What went along with one remedy.
#[derive(Clone, Debug, PartialEq)]
pub struct RemedyHelped<'r> {
    /// The remedy.
    pub remedy: &'r str,
    /// Sessions with pain before and after.
    pub times: u32,
    /// By how much pain fell; none where there are too few sessions to say.
    pub eased: Option<Estimate>,
}

/// What went along with everything that was tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Helped<'r> {
    /// Sessions with pain before and after, of all remedies.
    pub times: u32,
    /// The mean of the remedies; none where there are too few sessions to say.
    pub overall: Option<Estimate>,
    /// Each remedy: those of which something can be said first, the largest change
    /// first; then by how often they were tried, then by name.
    pub remedies: Vec<RemedyHelped<'r>>,
}

/// Whole points only, so that sums do not depend on the order of the sessions.
#[derive(Clone, Copy, Default)]
struct Sums {
    times: u32,
    sum: i64,
    squares: i64,
}

impl Sums {
    fn mean(self) -> f64 {
        real(self.sum) / f64::from(self.times)
    }

    /// The squared distances from the mean, added up.
    fn scatter(self) -> f64 {
        (real(self.squares) - real(self.sum) * self.mean()).max(0.0)
    }
}

/// What went along with what was tried, by the model of this module.
///
/// ```
/// use care::helped::{Tried, helped};
/// use care::recovery::PainScore;
/// let tried = |before, after| -> Result<_, care::recovery::OutOfRange> {
///     Ok(Tried { remedy: "heat", before: PainScore::new(before)?, after: PainScore::new(after)? })
/// };
/// let sessions = [tried(6, 4)?, tried(5, 4)?, tried(7, 5)?, tried(6, 6)?, tried(4, 3)?];
/// let helped = helped(&sessions);
/// assert_eq!(helped.remedies[0].eased.map(|eased| (eased.points * 10.0).round()), Some(12.0));
/// # Ok::<(), care::recovery::OutOfRange>(())
/// ```
pub fn helped<'r>(sessions: &[Tried<'r>]) -> Helped<'r> {
    let mut sums: BTreeMap<&str, Sums> = BTreeMap::new();
    for session in sessions {
        let eased = i64::from(session.before.get()) - i64::from(session.after.get());
        let sums = sums.entry(session.remedy).or_default();
        sums.times += 1;
        sums.sum += eased;
        sums.squares += eased * eased;
    }
    let times = sums.values().map(|sums| sums.times).sum();
    let model = Model::of(&sums);
    let says_something = times >= FEWEST_IN_ALL;
    let mut remedies: Vec<RemedyHelped<'r>> = sums
        .into_iter()
        .map(|(remedy, sums)| RemedyHelped {
            remedy,
            times: sums.times,
            eased: (says_something && sums.times >= FEWEST_OF_ONE).then(|| model.of_remedy(sums)),
        })
        .collect();
    remedies.sort_by(|one, other| {
        let points = |helped: &RemedyHelped<'_>| helped.eased.map_or(f64::NEG_INFINITY, |eased| eased.points);
        let by_points = points(other).total_cmp(&points(one));
        by_points.then(other.times.cmp(&one.times)).then(one.remedy.cmp(other.remedy))
    });
    Helped { times, overall: says_something.then(|| model.overall()), remedies }
}

/// The two levels of the model with what is known of them.
struct Model {
    /// Variance of one change.
    scatter: f64,
    /// The mean of the remedies.
    mean: f64,
    /// Its variance.
    variance: f64,
}

impl Model {
    fn of(sums: &BTreeMap<&str, Sums>) -> Self {
        let freedom: f64 = sums.values().map(|sums| f64::from(sums.times) - 1.0).sum();
        let squares: f64 = sums.values().map(|sums| sums.scatter()).sum();
        let scatter = (SCATTER_COUNTS_FOR * SCATTER * SCATTER + squares) / (SCATTER_COUNTS_FOR + freedom);
        let weight = |sums: &Sums| 1.0 / (APART * APART + scatter / f64::from(sums.times));
        let weights: f64 = sums.values().map(weight).sum();
        let total: f64 = sums.values().map(|sums| weight(sums) * sums.mean()).sum();
        if weights > 0.0 {
            Self { scatter, mean: total / weights, variance: 1.0 / weights }
        } else {
            Self { scatter, mean: 0.0, variance: 0.0 }
        }
    }

    fn overall(&self) -> Estimate {
        Estimate::around(self.mean, self.variance)
    }

    fn of_remedy(&self, sums: Sums) -> Estimate {
        let noise = self.scatter / f64::from(sums.times);
        // The share of the person's mean; the rest is the remedy's own.
        let drawn = noise / (noise + APART * APART);
        let points = drawn * self.mean + (1.0 - drawn) * sums.mean();
        Estimate::around(points, (1.0 - drawn) * noise + drawn * drawn * self.variance)
    }
}

impl Estimate {
    fn around(points: f64, variance: f64) -> Self {
        let most = f64::from(PainScore::MAX);
        let half = EIGHT_OF_TEN * variance.max(0.0).sqrt();
        Self {
            points: points.clamp(-most, most),
            low: (points - half).clamp(-most, most),
            high: (points + half).clamp(-most, most),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no diary adds up to 2^52 points")]
fn real(points: i64) -> f64 {
    points as f64
}
