//! Where a person is in the course of the pain, by their diary.

use std::borrow::Cow;

use care::recovery::{Band, Course, DerivedValue, Hours, PainSeries, Trajectory, derived};
use care::{Derived, Guideline};
use jiff::civil::Date;

use crate::clock::day_seen_from;
use crate::line::Words;
use crate::message::Message;

/// When the last entry of a diary was made, seen from today: an old one says nothing of now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastEntry {
    days: i32,
    date: String,
}

impl LastEntry {
    /// Made on a day.
    pub fn on(date: Date, today: Date) -> Self {
        let days = today.since(date).map_or(0, |since| since.get_days()).max(0);
        Self { days, date: day_seen_from(date, today).to_string() }
    }

    /// Made today.
    pub fn now() -> Self {
        Self { days: 0, date: String::new() }
    }

    /// How many days ago; 0 for today, and for a day that is still to come.
    pub fn days(&self) -> i32 {
        self.days
    }
}

/// The course in short lines: the pain, the change, whether it is over, its class, and where it
/// is in the band. `series` is the diary that the course was made from.
pub fn course<'g>(
    guideline: &'g Guideline,
    course: &Course,
    series: &PainSeries,
    last: LastEntry,
) -> Vec<Words<'g>> {
    let pain = Message::CoursePain {
        days: last.days.into(),
        date: last.date.into(),
        points: series.last().pain.get().into(),
        spell: i64::try_from(course.spells).unwrap_or(i64::MAX),
        day: day_of_spell(course.since_onset).to_string().into(),
    };
    let improvement =
        derived(guideline, series).into_iter().find(|(id, _)| *id == Derived::ImprovementPercent);
    let change = improvement.and_then(|(_, value)| match value {
        DerivedValue::Number(0) => Some(Message::CourseSame),
        DerivedValue::Number(percent @ ..0) => Some(Message::CourseUp { percent: -percent }),
        DerivedValue::Number(percent) => Some(Message::CourseDown { percent }),
        DerivedValue::YesNo(_) | DerivedValue::Trajectory(_) => None,
    });
    let recovered = course.episode.recovered.as_ref();
    let over = recovered
        .map(|recovered| Message::CourseOver { day: day_of_spell(recovered.from).to_string().into() });
    let class = course.trajectory.map_or(Message::CourseTooEarly, course_class);
    let band = course
        .band
        .iter()
        .flat_map(|(band, progress)| [Words::from(progress.words(guideline)), course_band(band).into()]);
    let first = [Some(pain), change, over].into_iter().flatten().map(Words::from);
    first.chain([class.into()]).chain(band).collect()
}

/// The course in two sentences at most: from where to where the pain went, and how that
/// is next to others. `series` is the diary that the course was made from.
pub fn course_in_short<'g>(
    guideline: &'g Guideline,
    course: &Course,
    series: &PainSeries,
) -> impl Iterator<Item = Words<'g>> {
    let pain = |at: usize| series.check_ins().get(at).map(|entry| i64::from(entry.pain.get()));
    let now = i64::from(series.last().pain.get());
    let change = pain(course.episode.check_ins.start).map(|first| match first {
        first if now < first => Message::CourseFell { first, now },
        first if first < now => Message::CourseRose { first, now },
        first => Message::CourseStayed { first },
    });
    let over = course.episode.recovered.is_some().then_some(Message::CourseIsOver).map(Words::from);
    let band = course.band.iter().map(|(_, progress)| Words::from(progress.words(guideline)));
    change.map(Words::from).into_iter().chain(over.into_iter().chain(band).take(1))
}

/// The class of a course, as a person reads it.
fn course_class(class: Trajectory) -> Message<'static> {
    match class {
        Trajectory::RecoveredByWeek2 => Message::CourseWellByWeekTwo,
        Trajectory::RecoveredByWeek12 => Message::CourseWellByWeekTwelve,
        Trajectory::Incomplete => Message::CourseNotYetWell,
        Trajectory::Fluctuating => Message::CourseComesAndGoes,
        Trajectory::PersistentHigh => Message::CourseStayedHigh,
    }
}

/// `day 3`, and with the hours where it is no whole day.
fn day_of_spell(at: Hours) -> Message<'static> {
    match (i64::from(at.whole_days()), i64::from(at.get() % 24)) {
        (days, 0) => Message::CourseDay { days },
        (days, hours) => Message::CourseDayAndHours { days, hours },
    }
}

/// Where the pain is expected to be.
pub fn course_band(band: &Band) -> Message<'static> {
    let points = |points: f64| Cow::Owned(format!("{points:.1}"));
    let (low, high) = (band.middle_low.min(band.middle_high), band.middle_high.max(band.middle_low));
    let (fast, low, high, slow) = (points(band.fast), points(low), points(high), points(band.slow));
    if low == high {
        Message::CourseExpectedAbout { fast, average: low, slow }
    } else {
        Message::CourseExpected { fast, low, high, slow }
    }
}
