//! Where pain is expected to be by when, and when someone should look back.

use serde::{Deserialize, Serialize};

use crate::book::ids::SourceId;
use crate::book::place::Place;

/// One edge of the band in which pain is expected to be. A book has all of them or none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// Which edge; it is also its name.
    pub edge: Edge,
    /// Where it stands.
    pub place: Place,
    /// The shares of the pain at the start, as one source or several have them; never empty.
    pub lines: Vec<CurveLine>,
    /// What is said of pain that is below it, and above the edge before.
    pub below: String,
    /// Of the last edge: what is said of pain above it.
    pub above: Option<String>,
    /// Never empty.
    pub sources: Vec<SourceId>,
}

/// An edge of the band, the lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Edge {
    /// Of people who get well fast.
    Fast,
    /// Of most people.
    Middle,
    /// Above it someone should have a look.
    Slow,
}

impl Edge {
    /// Every edge.
    pub const ALL: [Self; 3] = [Self::Fast, Self::Middle, Self::Slow];

    /// The id used in the book.
    pub fn id(self) -> &'static str {
        match self {
            Self::Fast => "fast",
            Self::Middle => "middle",
            Self::Slow => "slow",
        }
    }
}

/// How a share of the pain at the start falls with time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CurveLine {
    /// `(week, share)`, from week 0 on, with straight lines between; after the last it stays.
    Points(Vec<(f64, f64)>),
    /// A share that stays, and others that fall, each with the weeks in which it falls to 37 %.
    Falls {
        /// What stays.
        stays: f64,
        /// `(share, weeks)`.
        parts: Vec<(f64, f64)>,
    },
}

impl CurveLine {
    /// The share after so many weeks.
    pub fn share(&self, weeks: f64) -> f64 {
        match self {
            Self::Points(points) => {
                for pair in points.windows(2) {
                    let ((from, high), (to, low)) = (pair[0], pair[1]);
                    if weeks <= to {
                        return high + (low - high) * (weeks - from) / (to - from);
                    }
                }
                points.last().map_or(1.0, |(_, share)| *share)
            }
            Self::Falls { stays, parts } => {
                parts.iter().fold(*stays, |sum, (share, falls)| sum + share * libm::exp(-weeks / falls))
            }
        }
    }

    /// The week after which it says nothing new, where it has one.
    pub fn end(&self) -> Option<f64> {
        match self {
            Self::Points(points) => points.last().map(|(week, _)| *week),
            Self::Falls { .. } => None,
        }
    }

    /// Whether it begins with all of the pain and stays above none of it, in numbers that one
    /// can reckon with.
    pub fn is_sound(&self) -> bool {
        let is_share = |share: f64| share > 0.0 && share <= 1.0;
        match self {
            Self::Points(points) => {
                let rises = points.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[1].0.is_finite());
                let starts = points.first() == Some(&(0.0, 1.0));
                starts && rises && points.iter().all(|(_, share)| is_share(*share))
            }
            Self::Falls { stays, parts } => {
                let all = parts.iter().fold(*stays, |sum, (share, _)| sum + share);
                let falls =
                    |(share, weeks): &(f64, f64)| is_share(*share) && weeks.is_finite() && *weeks > 0.0;
                *stays >= 0.0 && !parts.is_empty() && parts.iter().all(falls) && (all - 1.0).abs() < 1e-9
            }
        }
    }
}

/// A day on which someone should look back.
///
/// What follows from it stands in the book as ordinary rules over derived findings; this says
/// when to look next, and what should be so by then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Its name in the data.
    pub id: String,
    /// Where it stands.
    pub place: Place,
    /// Days since the pain began.
    pub day: u32,
    /// What it is called: `week 2`.
    pub name: String,
    /// What should be so by then.
    pub expect: String,
    /// Never empty.
    pub sources: Vec<SourceId>,
}

#[cfg(test)]
mod tests {
    use super::CurveLine;

    #[test]
    fn a_line_is_sound_where_it_begins_with_all_of_the_pain_and_can_be_reckoned_with() {
        let points = |points: &[(f64, f64)]| CurveLine::Points(points.to_vec()).is_sound();
        assert!(points(&[(0.0, 1.0), (6.0, 0.4)]));
        for bad in
            [&[][..], &[(1.0, 1.0)], &[(0.0, 0.9)], &[(0.0, 1.0), (0.0, 0.5)], &[(0.0, 1.0), (1.0, 0.0)]]
        {
            assert!(!points(bad), "{bad:?}");
        }
        assert!(!points(&[(0.0, 1.0), (f64::INFINITY, 0.5)]) && !points(&[(0.0, 1.0), (1.0, f64::NAN)]));
        let falls =
            |stays, parts: &[(f64, f64)]| CurveLine::Falls { stays, parts: parts.to_vec() }.is_sound();
        assert!(falls(0.0, &[(0.525, 2.25), (0.475, 36.0)]) && falls(0.385, &[(0.615, 2.9)]));
        for (stays, parts) in
            [(1.0, &[][..]), (0.5, &[(0.4, 2.0)]), (0.5, &[(0.5, 0.0)]), (-1.0, &[(2.0, 2.0)])]
        {
            assert!(!falls(stays, parts), "{stays} {parts:?}");
        }
    }
}
