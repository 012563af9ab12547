//! What today is for the person: which day of the pain, how it stands, when the next painkiller
//! may be by the clock, and what comes first now.

use care::medicine::{NoLimits, region_of_limits, standings_for};
use care::recovery::Course;
use care::{Because, DoseLevel, DoseVerdict, Region};
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use tell::{Clock, Message};

use super::copies::days_since;
use super::remedies::{Start, helped_most, start_now};
use crate::spell::Spell;
use crate::visitor::Visitor;

/// A day with the pain.
pub(crate) struct Today<'v> {
    /// The day and how it stands, in sentences; empty without a diary.
    pub(crate) stands: Vec<String>,
    /// Each painkiller that must wait, and until when.
    pub(crate) waits: Vec<String>,
    /// The diary has no entry of today, and the outcome is not of today.
    pub(crate) is_check_in_due: bool,
    /// When to check in next, where it is not due, and on which days to look back.
    pub(crate) next: Vec<Message<'static>>,
    /// What helped the person most so far.
    pub(crate) best: Option<Message<'v>>,
    /// What to do about the pain now.
    pub(crate) start: Option<Start<'v>>,
}

/// Before this hour "tonight" is still to come.
const EVENING: i8 = 18;

impl<'v> Today<'v> {
    /// Of whoever visits.
    pub(crate) fn of(visitor: &Visitor<'v>) -> Self {
        let is_today = |at| days_since(visitor, at) == 0;
        let has_entry = visitor.record.check_ins().iter().any(|entry| is_today(entry.what.at));
        let is_told = visitor.record.assessments().last().is_some_and(|told| is_today(told.at));
        let is_tonight = !has_entry && visitor.now.hour() < EVENING;
        let check_in = if is_tonight { Message::HomeCheckInTonight } else { Message::HomeCheckInTomorrow };
        let check_in = Some(check_in).filter(|_| has_entry || is_told);
        let waits = next_doses(visitor).into_iter().map(|(name, at)| {
            let at = Clock::of(visitor.now).words(at);
            Message::HomeNextDose { name: name.into(), at: at.into() }.to_string()
        });
        Self {
            stands: stands(visitor),
            waits: waits.collect(),
            is_check_in_due: !has_entry && !is_told,
            next: check_in.into_iter().chain(look_again(visitor)).collect(),
            best: helped_most(visitor),
            start: start_now(visitor),
        }
    }
}

fn stands(visitor: &Visitor<'_>) -> Vec<String> {
    let case = visitor.standing();
    let entries = visitor.record.check_ins();
    let Some((series, last)) = case.series.as_deref().zip(entries.iter().max_by_key(|entry| entry.what.at))
    else {
        return Vec::new();
    };
    let course = Course::of(visitor.guideline(), series);
    let since = visitor.now.timestamp().duration_since(last.what.at).as_hours().max(0);
    let day = (i64::from(course.since_onset.get()) + since) / 24;
    let pain = i64::from(last.what.pain_now);
    let when = Clock::of(visitor.now).words(last.what.at);
    let first =
        series.check_ins().get(course.episode.check_ins.start).map(|first| i64::from(first.pain.get()));
    let stands = Message::HomeDay { day, pain, when: when.into() };
    let was = first.filter(|first| *first != pain).map(|first| Message::HomeFirst { first });
    let said = [Some(stands), was].into_iter().flatten().map(|sentence| sentence.to_string());
    let band = course.band.iter().map(|(_, progress)| progress.words(visitor.guideline()).to_owned());
    said.chain(band.filter(|_| course.episode.recovered.is_none())).collect()
}

/// The days on which someone should look back next, by their dates; none before it is known
/// when the pain began, and past the last of them.
pub(crate) fn look_again(visitor: &Visitor<'_>) -> Option<Message<'static>> {
    let (guideline, now) = (visitor.guideline(), visitor.now);
    let view = visitor.standing().view(visitor.record);
    let onset = Spell::seen(guideline, &view, now.timestamp())?.onset;
    let began = onset.to_zoned(now.time_zone().clone()).date();
    let days =
        guideline.book().checkpoints.iter().map(|look| began.saturating_add(i64::from(look.day).days()));
    let mut days: Vec<Date> = days.filter(|day| now.date() < *day).collect();
    days.sort_unstable();
    let mut next = days.into_iter().map(|day| tell::day_of_week(day).to_string());
    let days = match (next.next()?, next.next()) {
        (first, Some(second)) => Message::TwoDays { first: first.into(), second: second.into() }.to_string(),
        (only, None) => only,
    };
    Some(Message::OutcomeLookAgain { days: days.into() })
}

/// Each painkiller that must wait, and until when; none that is not safe for the person, or that
/// they should ask about first.
pub(crate) fn next_doses(visitor: &Visitor<'_>) -> Vec<(String, Timestamp)> {
    let (log, now) = (visitor.record.dose_log(), visitor.now.timestamp());
    let Some(limits) = limits(visitor).ok().filter(|_| !log.doses().is_empty()) else { return Vec::new() };
    let answers = &visitor.for_a_dose().answers;
    let mut standings = standings_for(visitor.guideline(), &limits.id, &log, answers, now);
    let is_against =
        |because: &Because<'_>| DoseLevel::AskFirst <= because.level() && !because.is_unanswered();
    standings.retain(|standing| !standing.verdict.iter().flat_map(DoseVerdict::because).any(is_against));
    let waits = standings.into_iter().filter_map(|standing| Some((standing.name.clone(), standing.next?)));
    waits.filter(|(_, at)| now < *at).collect()
}

/// Whose limits for painkillers hold: those that were chosen, else those of where the person is.
///
/// # Errors
///
/// If the book has none there, and the person has to say.
pub(crate) fn limits<'g>(visitor: &Visitor<'g>) -> Result<&'g Region, NoLimits> {
    let guideline = visitor.guideline();
    let named = |id: &str| guideline.book().regions.iter().find(|region| region.id == id);
    let chosen = visitor.record.settings().dose_region.as_deref().and_then(named);
    let region = chosen.unwrap_or_else(|| visitor.region());
    let last = visitor.record.doses().last().map(|dose| dose.what.region.as_str());
    region_of_limits(guideline, region, None, last)
}
