//! One spell of pain after another, by the rules of evidence 3.3.

use super::series::{CheckIn, Hours, PainSeries};
use crate::book::Cutoff;
use crate::decision::guideline::Guideline;

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

/// The end of a spell: well on so many days in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// The first of those days.
    pub from: Hours,
    /// When those days were full.
    pub known: Hours,
}

/// The spells of a diary, in order of time; never empty.
///
/// A spell ends with days in a row of being well. A new one begins when pain has then
/// risen for long enough; its clock starts with the first check-in of that rise. How long and
/// how much that is, the thresholds of the book say.
pub fn episodes(guideline: &Guideline, series: &PainSeries) -> Vec<Episode> {
    let whole = |cutoff| guideline.whole_threshold(cutoff);
    let (rise, rise_for) = (whole(Cutoff::Rise), whole(Cutoff::RiseHours));
    // From the first to the seventh of seven days are six days.
    let well_for = (whole(Cutoff::WellDays) - 1) * 24;
    let check_ins = series.check_ins();
    let mut episodes =
        vec![Episode { check_ins: 0..check_ins.len(), onset: Hours::default(), recovered: None }];
    let mut well_from: Option<usize> = None;
    let mut rise_from: Option<usize> = None;
    // The pain when the person was well last.
    let mut level: Option<u32> = None;
    for (index, check_in) in check_ins.iter().enumerate() {
        let current = episodes.len() - 1;
        let pain = u32::from(check_in.pain.get());
        if is_well(guideline, check_in) {
            let silent = index > 0 && is_silent(guideline, &check_ins[index - 1], check_in);
            let from = well_from.filter(|_| !silent).unwrap_or(index);
            (well_from, rise_from, level) = (Some(from), None, Some(pain));
            let well = check_ins[from].at;
            if episodes[current].recovered.is_none() && check_in.at.since(well).get() >= well_for {
                episodes[current].recovered = Some(Recovered { from: well, known: check_in.at });
            }
            continue;
        }
        well_from = None;
        if episodes[current].recovered.is_none() {
            continue;
        }
        if pain < level.unwrap_or(whole(Cutoff::WellUpTo)) + rise {
            rise_from = None;
            continue;
        }
        let from = *rise_from.get_or_insert(index);
        if check_in.at.since(check_ins[from].at).get() >= rise_for {
            episodes[current].check_ins.end = from;
            let onset = check_ins[from].at;
            episodes.push(Episode { check_ins: from..check_ins.len(), onset, recovered: None });
            rise_from = None;
        }
    }
    episodes
}

/// Whether somebody is well at a check-in.
fn is_well(guideline: &Guideline, check_in: &CheckIn) -> bool {
    u32::from(check_in.pain.get()) <= guideline.whole_threshold(Cutoff::WellUpTo)
}

/// Whether a diary says nothing for too long between two check-ins to show days in a row: a
/// weekly one can still show that someone is well.
fn is_silent(guideline: &Guideline, before: &CheckIn, after: &CheckIn) -> bool {
    after.at.since(before.at).get() > guideline.whole_threshold(Cutoff::LongestSilence) * 24
}

/// Days in a row of being well up to the last check-in, both ends counted; 0 where the pain is
/// higher. At the last of them a spell is over.
pub fn well_days(guideline: &Guideline, series: &PainSeries) -> u32 {
    let check_ins = series.check_ins();
    let mut from = None;
    for (index, check_in) in check_ins.iter().enumerate() {
        let silent = index > 0 && is_silent(guideline, &check_ins[index - 1], check_in);
        if !is_well(guideline, check_in) {
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
    pub fn has_pain(&self, guideline: &Guideline, series: &PainSeries) -> bool {
        self.of(series).iter().any(|check_in| !is_well(guideline, check_in))
    }
}

/// Whether pain has risen above `level` and stayed there for as long as a rise lasts, up to the
/// last check-in.
pub(super) fn has_risen(guideline: &Guideline, check_ins: &[CheckIn], level: u8) -> bool {
    let high = u32::from(level) + guideline.whole_threshold(Cutoff::Rise);
    let run = check_ins.iter().rev().take_while(|check_in| u32::from(check_in.pain.get()) >= high);
    match (check_ins.last(), run.last()) {
        (Some(now), Some(first)) => {
            now.at.since(first.at).get() >= guideline.whole_threshold(Cutoff::RiseHours)
        }
        _ => false,
    }
}
