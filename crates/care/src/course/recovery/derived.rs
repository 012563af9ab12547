//! Findings that are computed from a diary, for ordinary rules to use.

use super::band::{Progress, progress};
use super::episode::{Episode, episodes, has_risen};
use super::series::{CheckIn, Hours, PainSeries};
use super::trajectory::{Trajectory, trajectory};
use crate::book::{Cutoff, Derived, FindingId, FindingKind, Role};
use crate::decision::answer::Answer;
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;

/// A value that was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DerivedValue {
    /// Yes or no.
    YesNo(bool),
    /// A whole number.
    Number(i64),
    /// The course.
    Trajectory(Trajectory),
}

/// What a diary says at its last check-in: each value that can be known.
///
/// What cannot be known is left out: a change needs a start within three days of
/// the onset and a second check-in; a day count needs a spell that lasts.
pub fn derived(guideline: &Guideline, series: &PainSeries) -> Vec<(Derived, DerivedValue)> {
    let all = episodes(guideline, series);
    let spells: Vec<&Episode> = all.iter().filter(|episode| episode.has_pain(guideline, series)).collect();
    let episode = &all[all.len() - 1];
    let (check_ins, now) = (episode.of(series), series.last());
    let lasts = episode.recovered.is_none();
    let mut values = vec![
        (Derived::Recovered, DerivedValue::YesNo(!lasts)),
        (Derived::NewEpisode, DerivedValue::YesNo(lasts && spells.len() > 1)),
        (
            Derived::EpisodesThisYear,
            DerivedValue::Number(count(spells.iter().filter(|spell| began_this_year(spell, now)))),
        ),
    ];
    if let Some(place) = place(check_ins) {
        let same = spells.iter().filter(|spell| self::place(spell.of(series)) == Some(place));
        values.push((Derived::SpasmsSamePlace, DerivedValue::Number(count(same))));
    }
    if let Some(function) = now.function {
        values.push((Derived::FunctionNow, DerivedValue::Number(function.get().into())));
    }
    if let Some(course) = trajectory(guideline, series, episode) {
        values.push((Derived::Trajectory, DerivedValue::Trajectory(course)));
    }
    if !lasts {
        return values;
    }
    let day = now.at.since(episode.onset).whole_days();
    values.push((Derived::DiaryDay, DerivedValue::Number(day.into())));
    let look_back = guideline.whole_threshold(Cutoff::LookBack) * 24;
    let since = now.at.get().saturating_sub(look_back);
    let last_week = check_ins.iter().filter(|check_in| check_in.at.get() >= since);
    if let Some(lowest) = last_week.map(|check_in| check_in.pain.get()).min() {
        values.push((Derived::GettingWorse, DerivedValue::YesNo(has_risen(guideline, check_ins, lowest))));
    }
    let Some(start) = check_ins.iter().position(|check_in| check_in.pain.get() >= 2) else { return values };
    let since_start = &check_ins[start..];
    let start = &check_ins[start];
    let is_known = start.at.since(episode.onset).get() <= guideline.whole_threshold(Cutoff::KnownStart);
    if is_known && since_start.len() > 1 {
        changes(start, since_start, now, &mut values);
    }
    if (is_known || now.at.since(start.at).get() >= look_back)
        && let Some((_, progress)) = progress(guideline, series, episode)
    {
        values.push((Derived::AboveSlowEdge, DerivedValue::YesNo(progress == Progress::AboveBand)));
    }
    values
}

fn changes(
    start: &CheckIn,
    since_start: &[CheckIn],
    now: &CheckIn,
    values: &mut Vec<(Derived, DerivedValue)>,
) {
    let (was, is) = (i64::from(start.pain.get()), i64::from(now.pain.get()));
    let percent = ((was - is) * 100).div_euclid(was);
    values.push((Derived::PainChange, DerivedValue::Number(is - was)));
    values.push((Derived::ImprovementPercent, DerivedValue::Number(percent)));
    let no_easing = since_start.iter().all(|check_in| check_in.pain >= start.pain);
    values.push((Derived::NoEasingYet, DerivedValue::YesNo(no_easing)));
}

/// The first place that a spell names.
fn place(check_ins: &[CheckIn]) -> Option<&str> {
    check_ins.iter().find_map(|check_in| check_in.place.as_deref())
}

fn began_this_year(episode: &Episode, now: &CheckIn) -> bool {
    now.at.since(episode.onset).whole_days() <= 365
}

fn count<T>(items: impl Iterator<Item = T>) -> i64 {
    i64::try_from(items.count()).unwrap_or(i64::MAX)
}

/// The option of [`Role::Course`] that says that it is clearly better.
const EASING: &str = "easing";

/// Whether the numbers say plainly that it is getting better: the pain is lower by as much as
/// people notice. False where the start is not known. Where it is the same or worse the rules
/// about the diary speak for the numbers, and the person is asked what they say themselves.
fn is_easing(guideline: &Guideline, series: &PainSeries) -> bool {
    let values = derived(guideline, series);
    let number = |wanted| {
        values.iter().find_map(|(what, value)| match value {
            DerivedValue::Number(number) if *what == wanted => Some(*number),
            _ => None,
        })
    };
    let (Some(change), Some(percent)) = (number(Derived::PainChange), number(Derived::ImprovementPercent))
    else {
        return false;
    };
    let rise = i64::from(guideline.whole_threshold(Cutoff::Rise));
    let least = guideline.threshold(Cutoff::LeastChange) * 100.0;
    change <= -rise && i32::try_from(percent).is_ok_and(|percent| least <= f64::from(percent))
}

/// Whether the diary says plainly that it is better than it was at an earlier time: a day or more
/// later the pain is lower by as much as people notice. What somebody said then of how it has gone
/// is no longer so.
pub fn has_eased_since(guideline: &Guideline, series: &PainSeries, since: Hours) -> bool {
    let check_ins = series.check_ins();
    let before = check_ins.iter().rev().find(|check_in| check_in.at <= since);
    let Some(was) = before.or_else(|| check_ins.first()) else { return false };
    let now = series.last();
    let fall = f64::from(was.pain.get()) - f64::from(now.pain.get());
    let least = guideline.threshold(Cutoff::LeastChange) * f64::from(was.pain.get());
    guideline.whole_threshold(Cutoff::RiseHours) <= now.at.since(since.max(was.at)).get()
        && guideline.threshold(Cutoff::Rise).max(least) <= fall
}

/// Puts into a person's answers that it is easing, over what they said of it before.
pub fn tell_easing(guideline: &Guideline, answers: &mut Answers) {
    if let Some(course) = guideline.with_role(Role::Course)
        && let FindingKind::Choice(options) = &guideline.finding(course).kind
        && let Some((at, _)) = (0..).zip(options).find(|(_, option)| option.id == EASING)
    {
        // It was found among the options just now.
        let _ = answers.set(guideline, course, Answer::Option(at));
    }
}

/// Puts what a diary says into a person's answers, over what was there: every
/// derived finding of the book, and of the asked ones the pain now, that it is easing where
/// the numbers say so plainly and the person said nothing, and, while the
/// spell lasts, the days since it began; in the first spell the longer of what was
/// answered and what the diary says, since a diary may have been begun late.
///
/// Returns the answers; asked findings with those roles that the book does not
/// have, or whose range does not hold the value, stay as they were.
#[must_use]
pub fn tell(guideline: &Guideline, series: &PainSeries, answers: &Answers) -> Answers {
    let said = guideline.with_role(Role::Days).and_then(|finding| match answers.get(finding) {
        Some(Answer::Number(days)) => Some(days),
        _ => None,
    });
    let mut answers = answers.clone();
    let computed = |finding: &FindingId| guideline.finding(*finding).derived;
    for finding in guideline.findings().filter(|finding| computed(finding).is_some()) {
        // From an earlier day, perhaps.
        answers.clear(finding);
    }
    let mut set = |finding: Option<FindingId>, value: DerivedValue| {
        let Some(finding) = finding else { return };
        let answer = match (value, &guideline.finding(finding).kind) {
            (DerivedValue::YesNo(true), _) => Some(Answer::Yes),
            (DerivedValue::YesNo(false), _) => Some(Answer::No),
            (DerivedValue::Number(number), FindingKind::Number { min, max, .. }) => {
                Some(Answer::Number(number.clamp(*min, *max)))
            }
            (DerivedValue::Trajectory(course), FindingKind::Choice(options)) => (0..)
                .zip(options)
                .find(|(_, option)| option.id == course.id())
                .map(|(index, _)| Answer::Option(index)),
            _ => None,
        };
        if let Some(answer) = answer {
            // The compiler has checked that each derived finding takes such a value.
            let _ = answers.set(guideline, finding, answer);
        }
    };
    for (what, value) in derived(guideline, series) {
        set(guideline.findings().find(|finding| computed(finding) == Some(what)), value);
    }
    set(guideline.with_role(Role::Pain), DerivedValue::Number(series.last().pain.get().into()));
    let all = episodes(guideline, series);
    let episode = &all[all.len() - 1];
    if episode.recovered.is_none() {
        let diary = i64::from(series.last().at.since(episode.onset).whole_days());
        // Who says that it began before the diary did knows better than the diary.
        let days = if all.len() == 1 { said.unwrap_or_default().max(diary) } else { diary };
        set(guideline.with_role(Role::Days), DerivedValue::Number(days));
    }
    let is_unasked = guideline.with_role(Role::Course).is_some_and(|course| answers.get(course).is_none());
    if is_unasked && is_easing(guideline, series) {
        tell_easing(guideline, &mut answers);
    }
    answers
}
