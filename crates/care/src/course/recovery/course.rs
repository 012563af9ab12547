//! What a diary says by itself, in one piece.

use super::band::{Band, Progress, can_compare, progress};
use super::episode::{Episode, episodes};
use super::series::{Hours, PainSeries};
use super::trajectory::{Trajectory, trajectory};
use crate::book::{Checkpoint, Derived, FindingId, Role, SourceId};
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;
use crate::decision::reasons::{Reason, reasons};
use crate::decision::state::State;

/// Where a person is in the course of the pain, at the last check-in.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The last spell of the diary.
    pub episode: Episode,
    /// How many spells with pain the diary has.
    pub spells: usize,
    /// Since this spell began.
    pub since_onset: Hours,
    /// Where pain is expected to be and where it is; `None` once the spell is over, and before
    /// there are two check-ins to compare, or enough days of them for good news.
    pub band: Option<(Band, Progress)>,
    /// The course so far; `None` while it is too early to name.
    pub trajectory: Option<Trajectory>,
}

impl Course {
    /// The course that a diary shows.
    pub fn of(guideline: &Guideline, series: &PainSeries) -> Self {
        let all = episodes(guideline, series);
        let spells = all.iter().filter(|episode| episode.has_pain(guideline, series)).count();
        let episode = all[all.len() - 1].clone();
        let since_onset = series.last().at.since(episode.onset);
        let can_compare = can_compare(guideline, series, &episode);
        let band = progress(guideline, series, &episode)
            .filter(|(_, progress)| can_compare || Progress::Slow <= *progress)
            .filter(|_| episode.recovered.is_none());
        Self { spells, since_onset, band, trajectory: trajectory(guideline, series, &episode), episode }
    }

    /// The day to look next; `None` once the spell is over, and past the last.
    pub fn next_checkpoint<'g>(&self, guideline: &'g Guideline) -> Option<&'g Checkpoint> {
        let later =
            guideline.book().checkpoints.iter().filter(|next| next.day > self.since_onset.whole_days());
        later.min_by_key(|next| next.day).filter(|_| self.episode.recovered.is_none())
    }
}

/// The rules that a diary makes count, in the order of [`crate::reasons`]: those that hold
/// because of a derived finding, of the pain now or of the days since it began.
///
/// `answers` are those that [`super::tell`] returned.
pub fn checks(guideline: &Guideline, answers: &Answers) -> Vec<Reason> {
    let from_diary = |finding: &FindingId| {
        let finding = guideline.finding(*finding);
        finding.derived.is_some() || matches!(finding.role, Some(Role::Pain | Role::Days))
    };
    let state = State::of(guideline, answers);
    reasons(&state).into_iter().filter(|reason| reason.findings.iter().any(from_diary)).collect()
}

/// The sources of the band and the classes of course, each once.
pub fn band_sources(guideline: &Guideline) -> Vec<SourceId> {
    let book = guideline.book();
    let classes = book.findings.iter().filter(|finding| finding.derived == Some(Derived::Trajectory));
    let classes = classes.flat_map(|finding| &finding.sources);
    let mut sources: Vec<SourceId> =
        book.curves.iter().flat_map(|curve| &curve.sources).chain(classes).copied().collect();
    sources.sort_unstable();
    sources.dedup();
    sources
}
