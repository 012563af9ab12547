//! Pain against the expected band, as a drawing that needs no script.
//!
//! It is told apart by shapes, dashes and words, never by colour alone, and the
//! table below it says the same.

use std::fmt::Write;

use askama::Template;
use care::recovery::{Course, Episode, Hours, PainSeries, expected};
use jiff::Timestamp;

use super::entries::{taken, tried};
use crate::spell::Spell;
use crate::visitor::Visitor;

/// The drawing is so wide and high, in units of its own; on a narrow phone one is a pixel.
const WIDTH: f64 = 360.0;
/// Where pain is drawn.
const LEFT: f64 = 26.0;
const RIGHT: f64 = 350.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 184.0;
/// Below the days: a row of marks for painkillers and one for remedies, where there are any.
const ROWS: f64 = 222.0;
const ROW: f64 = 32.0;

/// How many days a chart shows: the first of these that holds the spell so far.
const SPANS: [u32; 8] = [14, 28, 42, 84, 182, 365, 1_825, 3_660];

/// How many steps the edges of the band are drawn with.
const STEPS: u32 = 48;

/// Points of the line: as many as its width has.
const MOST_POINTS: usize = 700;

/// Of more dots each is drawn smaller.
const MANY: usize = 28;

/// More dots than this lie on each other, and the line alone says the same.
const MOST_DOTS: usize = 180;

/// Labels of the band are left out where they would lie on each other.
const APART: f64 = 12.0;

/// The chart of one spell.
#[derive(Debug, Template)]
#[template(path = "components/diary_chart.html")]
pub(crate) struct Chart {
    width: f64,
    height: f64,
    left: f64,
    right: f64,
    bottom: f64,
    /// What was taken and tried: each row with its height, its name and where its marks are.
    rows: Vec<(f64, &'static str, Vec<f64>)>,
    description: String,
    /// Outlines of the band and of its middle; empty where no band is known.
    band: String,
    middle: String,
    fast: String,
    slow: String,
    labels: Vec<(f64, &'static str)>,
    line: String,
    /// Its dots; none where there are too many to tell apart.
    points: Vec<(f64, f64)>,
    /// Of the dots: smaller where there are many.
    radius: f64,
    /// The worst of an entry, and where the line to it begins.
    worst: Vec<(f64, f64, f64)>,
    days: Vec<(f64, String)>,
    unit: &'static str,
    scores: Vec<(f64, u8)>,
}

/// From days to the drawing.
#[derive(Clone, Copy)]
struct Across {
    from: u32,
    days: u32,
}

impl Across {
    fn of(self, at: Hours) -> f64 {
        let share = (f64::from(at.get()) / 24.0 - f64::from(self.from)) / f64::from(self.days);
        tenth(LEFT + share * (RIGHT - LEFT))
    }

    /// The hours at a share of the width.
    fn hours(self, step: u32) -> Hours {
        let days = f64::from(self.from) + f64::from(self.days) * f64::from(step) / f64::from(STEPS);
        Hours::from_days(days).unwrap_or_default()
    }
}

fn down(pain: f64) -> f64 {
    tenth(BOTTOM - pain.clamp(0.0, 10.0) / 10.0 * (BOTTOM - TOP))
}

/// Finer than a tenth nobody sees, and it would be many digits.
fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

impl Chart {
    /// The chart of the last spell of a diary.
    pub(super) fn of(visitor: &Visitor<'_>, spell: &Spell<'_>, series: &PainSeries, course: &Course) -> Self {
        let episode = &course.episode;
        let check_ins = episode.of(series);
        let first = check_ins.first().map_or(episode.onset, |first| first.at).since(episode.onset);
        let last = series.last().at.since(episode.onset);
        // A diary that begins late is shown from its own beginning.
        let from = if first.whole_days() < SPANS[0] { 0 } else { first.whole_days() };
        let length = last.whole_days().saturating_sub(from) + 1;
        let days = SPANS.into_iter().find(|days| *days >= length).unwrap_or(SPANS[SPANS.len() - 1]);
        let across = Across { from, days };
        let since = |at: Timestamp| spell.since_onset(at).map(|at| at.since(episode.onset));
        let on_chart = |at: Timestamp| {
            let is_of_it = spell.since_onset(at).is_some_and(|at| at >= episode.onset);
            since(at).filter(|_| is_of_it).map(|at| across.of(at)).filter(|x| (LEFT..=RIGHT).contains(x))
        };
        // Of two points in one place only one is seen.
        let shown = check_ins.iter().rev().step_by(check_ins.len() / MOST_POINTS + 1);
        let mut points: Vec<(f64, f64)> = shown
            .map(|check_in| (across.of(check_in.at.since(episode.onset)), down(check_in.pain.get().into())))
            .collect();
        points.reverse();
        let entries = spell.entries.iter().rev().step_by(spell.entries.len() / MOST_POINTS + 1);
        let worst = entries.filter_map(|entry| {
            let worst = entry.what.pain_worst.filter(|worst| *worst > entry.what.pain_now)?;
            Some((on_chart(entry.what.at)?, down(worst.into()), down(entry.what.pain_now.into())))
        });
        let line = path(&points);
        let radius = if points.len() <= MANY { 4.0 } else { 2.5 };
        if points.len() > MOST_DOTS {
            points.clear();
        }
        let (ticks, unit) = ticks(across);
        let mut chart = Self {
            width: WIDTH,
            height: ROWS,
            left: LEFT,
            right: RIGHT,
            bottom: BOTTOM,
            rows: Vec::new(),
            description: description(visitor, spell, series, course),
            band: String::new(),
            middle: String::new(),
            fast: String::new(),
            slow: String::new(),
            labels: Vec::new(),
            line,
            radius,
            worst: worst.collect(),
            points,
            days: ticks,
            unit,
            scores: [0, 2, 4, 6, 8, 10].map(|pain| (down(pain.into()), pain)).into(),
        };
        chart.draw_band(visitor.guideline(), series, episode, across);
        let doses = taken(visitor, spell).filter_map(|dose| on_chart(dose.at)).collect();
        let remedies = tried(visitor, spell).filter_map(|trial| on_chart(trial.began)).collect();
        for (name, marks) in [("painkillers", doses), ("from the plan", remedies)] {
            let marks: Vec<f64> = marks;
            if !marks.is_empty() {
                chart.height += ROW;
                chart.rows.push((chart.height - 9.0, name, marks));
            }
        }
        chart
    }

    fn draw_band(
        &mut self,
        guideline: &care::Guideline,
        series: &PainSeries,
        episode: &Episode,
        across: Across,
    ) {
        let mut edges: [Vec<(f64, f64)>; 4] = Default::default();
        for step in 0..=STEPS {
            let hours = across.hours(step);
            let at = Hours::new(hours.get() + episode.onset.get()).unwrap_or(hours);
            let Some(band) = expected(guideline, series, episode, at) else { continue };
            let heights = [
                band.slow.max(band.middle_high),
                band.middle_high.max(band.middle_low),
                band.middle_low.min(band.middle_high),
                band.fast,
            ];
            for (edge, height) in edges.iter_mut().zip(heights) {
                edge.push((across.of(hours), down(height)));
            }
        }
        let [slow, high, low, fast] = edges;
        if slow.len() < 2 {
            return;
        }
        let between = |upper: &[(f64, f64)], lower: &[(f64, f64)]| {
            let around: Vec<(f64, f64)> = upper.iter().chain(lower.iter().rev()).copied().collect();
            format!("{}Z", path(&around))
        };
        (self.band, self.middle) = (between(&slow, &fast), between(&high, &low));
        (self.slow, self.fast) = (path(&slow), path(&fast));
        let end = |edge: &[(f64, f64)]| edge.last().map_or(BOTTOM, |(_, y)| *y);
        let (slow, most, fast) = (end(&slow), end(&high), end(&fast));
        self.labels.push((tenth(slow - 4.0), "slow"));
        if most - slow >= APART && fast - most >= APART {
            self.labels.extend([(tenth(most - 4.0), "most people"), (tenth(fast - 4.0), "fast")]);
        }
    }
}

fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (index, (x, y)) in points.iter().enumerate() {
        let letter = if index == 0 { 'M' } else { 'L' };
        // Writing to a string does not fail.
        let _ = write!(path, "{letter}{x} {y}");
    }
    path
}

/// Where days or weeks are written, and which of the two they are.
fn ticks(across: Across) -> (Vec<(f64, String)>, &'static str) {
    let step = match across.days {
        0..=14 => 2,
        15..=42 => 7,
        43..=84 => 14,
        85..=182 => 28,
        183..=365 => 56,
        _ => 364,
    };
    let unit_days = if step == 2 { 1 } else { 7 };
    let first = across.from.div_ceil(step) * step;
    let ticks = (first..=across.from + across.days).step_by(step as usize).map(|day| {
        let at = Hours::new(day * 24).unwrap_or_default();
        (across.of(at), (day / unit_days).to_string())
    });
    (ticks.collect(), if unit_days == 1 { "days since it began" } else { "weeks since it began" })
}

/// What the chart shows, for who does not see it.
fn description(visitor: &Visitor<'_>, spell: &Spell<'_>, series: &PainSeries, course: &Course) -> String {
    let check_ins = course.episode.of(series);
    let mut words = String::new();
    if let (Some(first), Some(last)) = (check_ins.first(), check_ins.last()) {
        let count = check_ins.len();
        let day = |at: Hours| at.since(course.episode.onset).whole_days();
        let _ = write!(
            words,
            "{count} scores of pain, from {} of 10 on day {} to {} of 10 on day {}.",
            first.pain.get(),
            day(first.at),
            last.pain.get(),
            day(last.at)
        );
    }
    if let Some((band, progress)) = &course.band {
        let _ = write!(words, " {} {}", progress.words(visitor.guideline()), tell::course_band(band));
    }
    let (doses, remedies) = (taken(visitor, spell).count(), tried(visitor, spell).count());
    let times = |count: usize| if count == 1 { "once".to_owned() } else { format!("{count} times") };
    if doses > 0 {
        let _ = write!(words, " Painkillers were taken {}.", times(doses));
    }
    if remedies > 0 {
        let _ = write!(words, " Something from the plan was tried {}.", times(remedies));
    }
    words.push_str(" The table below says the same in numbers.");
    words
}
