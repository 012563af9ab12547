//! Recovery: a diary of pain, where it should be by now, and what to look at.
//!
//! Everything is computed from a [`PainSeries`] and nothing else: no clock is
//! read, the last check-in is "now". What ordinary rules of the book may use are
//! the values of [`Derived`](crate::Derived); a person without a diary has none of
//! them, which counts as no, so that their triage is as if those rules were not there.

mod band;
mod course;
mod derived;
mod episode;
mod series;
mod trajectory;

pub use band::{Band, Progress, band, expected, progress};
pub use course::{Course, band_sources, checks};
pub use derived::{DerivedValue, derived, has_eased_since, tell, tell_easing};
pub use episode::{Episode, Recovered, episodes, well_days};
pub use series::{BadSeries, CheckIn, FunctionScore, Hours, OutOfRange, PainScore, PainSeries};
pub use trajectory::{Trajectory, trajectory};
