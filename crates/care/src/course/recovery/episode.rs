//! One spell of pain after another, by the rules of evidence 3.3.

use super::series::{CheckIn, Hours, PainSeries};

/// Pain up to this counts as well (Williams 2014: 0-1/10 for 7 days in a row).
const WELL: u8 = 1;

/// Seven days in a row: from the first to the seventh are six days.
const WELL_FOR: u32 = 6 * 24;

/// A diary that is silent for longer than a week does not show days in a row.
/// Our own choice, so that a weekly diary can still show that someone is well.
const LONGEST_SILENCE: u32 = 7 * 24;

/// A rise that counts: the smallest change that people call one (Ostelo 2008).
pub(super) const RISE: u8 = 2;

/// How long a rise lasts before it is a new spell.
const RISE_FOR: u32 = 24;

/// One spell of pain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Episode {
    /// Its check-ins, as positions in the series. Those of the pause after it
    /// belong to it as well.
    pub check_ins: std::ops::Range<usize>,
    /// When it began: the start of the diary for the first one.
    pub onset: Hours,
    /// When it ended, if it did.
    pub recovered: Option<Recovered>,
}

/// The end of a spell: pain 0 to 1 on 7 days in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// The first of those days.
    pub from: Hours,
    /// When the seven days were full.
    pub known: Hours,
}

/// The spells of a diary, in order of time; never empty.
///
/// A spell ends with 7 days in a row of pain 0 to 1. A new one begins when pain
/// is then up by 2 or more for 24 hours or more; its clock starts with the first
/// check-in of that rise.
pub fn episodes(series: &PainSeries) -> Vec<Episode> {
    let check_ins = series.check_ins();
    let mut episodes =
        vec![Episode { check_ins: 0..check_ins.len(), onset: Hours::default(), recovered: None }];
    let mut well_from: Option<usize> = None;
    let mut rise_from: Option<usize> = None;
    // The pain when the person was well last.
    let mut level: Option<u8> = None;
    for (index, check_in) in check_ins.iter().enumerate() {
        let current = episodes.len() - 1;
        if check_in.pain.get() <= WELL {
            let silent = index > 0 && check_in.at.since(check_ins[index - 1].at).get() > LONGEST_SILENCE;
            let from = well_from.filter(|_| !silent).unwrap_or(index);
            (well_from, rise_from, level) = (Some(from), None, Some(check_in.pain.get()));
            let well = check_ins[from].at;
            if episodes[current].recovered.is_none() && check_in.at.since(well).get() >= WELL_FOR {
                episodes[current].recovered = Some(Recovered { from: well, known: check_in.at });
            }
            continue;
        }
        well_from = None;
        if episodes[current].recovered.is_none() {
            continue;
        }
        if check_in.pain.get() < level.unwrap_or(WELL) + RISE {
            rise_from = None;
            continue;
        }
        let from = *rise_from.get_or_insert(index);
        if check_in.at.since(check_ins[from].at).get() >= RISE_FOR {
            episodes[current].check_ins.end = from;
            let onset = check_ins[from].at;
            episodes.push(Episode { check_ins: from..check_ins.len(), onset, recovered: None });
            rise_from = None;
        }
    }
    episodes
}

/// Days in a row with pain of 0 or 1 up to the last check-in, both ends counted; 0 where it
/// is higher. At seven of them a spell is over.
///
/// ```
/// use care::recovery::{CheckIn, Hours, PainScore, PainSeries, well_days};
/// let entry = |day, pain| CheckIn { at: day, pain, function: None, place: None };
/// let diary = PainSeries::new(vec![
///     entry(Hours::default(), PainScore::new(6)?),
///     entry(Hours::from_days(4.0)?, PainScore::new(1)?),
///     entry(Hours::from_days(6.5)?, PainScore::new(0)?),
/// ])?;
/// assert_eq!(well_days(&diary), 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn well_days(series: &PainSeries) -> u32 {
    let check_ins = series.check_ins();
    let mut from = None;
    for (index, check_in) in check_ins.iter().enumerate() {
        let silent = index > 0 && check_in.at.since(check_ins[index - 1].at).get() > LONGEST_SILENCE;
        if check_in.pain.get() > WELL {
            from = None;
        } else if from.is_none() || silent {
            from = Some(check_in.at);
        }
    }
    from.map_or(0, |from| series.last().at.since(from).whole_days() + 1)
}

impl Episode {
    /// Its check-ins.
    pub fn of<'s>(&self, series: &'s PainSeries) -> &'s [CheckIn] {
        &series.check_ins()[self.check_ins.clone()]
    }

    /// Whether there was pain that counts: a diary may begin before the first spell.
    pub fn has_pain(&self, series: &PainSeries) -> bool {
        self.of(series).iter().any(|check_in| check_in.pain.get() > WELL)
    }
}

/// Whether pain has been at least [`RISE`] above `level` for 24 hours or more up to the last check-in.
pub(super) fn is_up_for_a_day(check_ins: &[CheckIn], level: u8) -> bool {
    let run = check_ins.iter().rev().take_while(|check_in| check_in.pain.get() >= level.saturating_add(RISE));
    match (check_ins.last(), run.last()) {
        (Some(now), Some(first)) => now.at.since(first.at).get() >= RISE_FOR,
        _ => false,
    }
}
