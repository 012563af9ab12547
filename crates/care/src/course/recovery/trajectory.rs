//! The course by its class: the five of Downie 2016.
//!
//! The study found its classes with a statistical model and published no
//! cut-offs; those are thresholds of the book.

use super::episode::Episode;
use super::series::{CheckIn, PainSeries};
use crate::book::Cutoff;
use crate::decision::guideline::Guideline;

/// The course of one spell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trajectory {
    /// Well from week 2 or before on: 36 of 100 people.
    RecoveredByWeek2,
    /// Well from week 12 or before on: 34 of 100.
    RecoveredByWeek12,
    /// Better, and not well (by week 12): 14 of 100.
    Incomplete,
    /// Up again after it had gone down, twice or more often, or once and high since: 10 of 100.
    Fluctuating,
    /// High throughout: high on average from week 2 on, not better in a way that people notice,
    /// never low, and never down and up again: 5 of 100.
    PersistentHigh,
}

impl Trajectory {
    /// Every class, best first.
    pub const ALL: [Self; 5] = [
        Self::RecoveredByWeek2,
        Self::RecoveredByWeek12,
        Self::Incomplete,
        Self::Fluctuating,
        Self::PersistentHigh,
    ];

    /// The id used in the book and in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::RecoveredByWeek2 => "recovered_by_week_2",
            Self::RecoveredByWeek12 => "recovered_by_week_12",
            Self::Incomplete => "incomplete",
            Self::Fluctuating => "fluctuating",
            Self::PersistentHigh => "persistent_high",
        }
    }
}

/// The course of a spell so far; `None` while it is too early to say: not well,
/// and less than two weeks or too few check-ins.
pub fn trajectory(guideline: &Guideline, series: &PainSeries, episode: &Episode) -> Option<Trajectory> {
    let whole = |cutoff| guideline.whole_threshold(cutoff);
    let (early, late) = (whole(Cutoff::WellEarly) * 24, whole(Cutoff::WellLate) * 24);
    if let Some(recovered) = episode.recovered {
        let after = recovered.from.since(episode.onset).get();
        return Some(if after <= early {
            Trajectory::RecoveredByWeek2
        } else if after <= late {
            Trajectory::RecoveredByWeek12
        } else {
            Trajectory::Incomplete
        });
    }
    let check_ins = episode.of(series);
    let (start, now) = (check_ins.first()?, check_ins.last()?);
    let are_few = u32::try_from(check_ins.len()).is_ok_and(|count| count < whole(Cutoff::FewestEntries));
    if are_few || now.at.since(episode.onset).get() < early {
        return None;
    }
    let late = check_ins.iter().filter(|check_in| check_in.at.since(episode.onset).get() >= early);
    let late: Vec<f64> = late.map(|check_in| f64::from(check_in.pain.get())).collect();
    #[expect(clippy::cast_precision_loss, reason = "no diary has 2^52 check-ins")]
    let mean = late.iter().sum::<f64>() / late.len() as f64;
    let change = 1.0 - f64::from(now.pain.get()) / f64::from(start.pain.get().max(1));
    let is_high =
        mean >= guideline.threshold(Cutoff::HighPain) && change < guideline.threshold(Cutoff::LeastChange);
    let was_low = check_ins.iter().any(|check_in| u32::from(check_in.pain.get()) <= whole(Cutoff::LowPain));
    let rises = rises_after_falls(check_ins, whole(Cutoff::Rise));
    Some(if rises >= 2 || is_high && rises == 1 {
        Trajectory::Fluctuating
    } else if is_high && !was_low {
        Trajectory::PersistentHigh
    } else {
        Trajectory::Incomplete
    })
}

/// How often pain went up by a rise or more after it had gone down by as much.
fn rises_after_falls(check_ins: &[CheckIn], rise: u32) -> usize {
    let mut rises = 0;
    let mut has_fallen = false;
    let mut turn = check_ins.first().map_or(0, |check_in| u32::from(check_in.pain.get()));
    for pain in check_ins.iter().map(|check_in| u32::from(check_in.pain.get())) {
        if has_fallen {
            turn = turn.min(pain);
            if pain >= turn + rise {
                rises += 1;
                (has_fallen, turn) = (false, pain);
            }
        } else {
            turn = turn.max(pain);
            if pain + rise <= turn {
                (has_fallen, turn) = (true, pain);
            }
        }
    }
    rises
}
