//! What a diary says by itself, in one piece.

use super::band::{Band, Progress, SOURCES, progress};
use super::checkpoint::{Checkpoint, next_checkpoint};
use super::episode::{Episode, episodes};
use super::series::{Hours, PainSeries};
use super::trajectory::{Trajectory, trajectory};
use crate::book::{FindingId, Role, SourceId};
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
    /// Where pain is expected to be and where it is; `None` once the spell is over,
    /// and before there are two check-ins to compare.
    pub band: Option<(Band, Progress)>,
    /// The course so far; `None` while it is too early to name.
    pub trajectory: Option<Trajectory>,
}

impl Course {
    /// The course that a diary shows.
    ///
    /// ```
    /// use care::recovery::{CheckIn, Course, Hours, PainScore, PainSeries};
    /// let entry = |day, pain| CheckIn { at: day, pain, function: None, place: None };
    /// let diary = PainSeries::new(vec![
    ///     entry(Hours::default(), PainScore::new(8)?),
    ///     entry(Hours::from_days(3.0)?, PainScore::new(4)?),
    /// ])?;
    /// let course = Course::of(&diary);
    /// assert_eq!(course.spells, 1);
    /// assert_eq!(course.next_checkpoint().map(|next| next.name), Some("day 7"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(series: &PainSeries) -> Self {
        let all = episodes(series);
        let spells = all.iter().filter(|episode| episode.has_pain(series)).count();
        let episode = all[all.len() - 1].clone();
        let since_onset = series.last().at.since(episode.onset);
        let band = progress(series, &episode).filter(|_| episode.recovered.is_none());
        Self { spells, since_onset, band, trajectory: trajectory(series, &episode), episode }
    }

    /// The day to look next; `None` once the spell is over, and past the last.
    pub fn next_checkpoint(&self) -> Option<Checkpoint> {
        next_checkpoint(self.since_onset).filter(|_| self.episode.recovered.is_none())
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

/// The sources of the band and the classes of course, as far as the book lists them.
pub fn band_sources(guideline: &Guideline) -> Vec<SourceId> {
    let sources = guideline.book().whole_sources();
    sources.filter(|(_, source)| SOURCES.contains(&source.id.as_str())).map(|(id, _)| id).collect()
}
