//! What today is for the person: which day of the pain, how it stands, when the next painkiller
//! may be by the clock, and what comes first now.

use care::Region;
use care::medicine::{NoLimits, region_of_limits, standings};
use care::recovery::Course;
use tell::{Clock, Message};

use super::copies::days_since;
use crate::visitor::Visitor;

/// A day with the pain.
pub(crate) struct Today {
    /// The day and how it stands, in sentences; empty without a diary.
    pub(crate) stands: Vec<String>,
    /// Each painkiller that must wait, and until when.
    pub(crate) waits: Vec<String>,
    /// The diary has no entry of today, and the outcome is not of today.
    pub(crate) is_check_in_due: bool,
}

impl Today {
    /// Of whoever visits.
    pub(crate) fn of(visitor: &Visitor<'_>) -> Self {
        let is_today = |at| days_since(visitor, at) == 0;
        let has_entry = visitor.record.check_ins().iter().any(|entry| is_today(entry.what.at));
        let is_told = visitor.record.assessments().last().is_some_and(|told| is_today(told.at));
        Self { stands: stands(visitor), waits: waits(visitor), is_check_in_due: !has_entry && !is_told }
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
    [Some(stands), was].into_iter().flatten().map(|sentence| sentence.to_string()).collect()
}

fn waits(visitor: &Visitor<'_>) -> Vec<String> {
    let (log, now) = (visitor.record.dose_log(), visitor.now.timestamp());
    let Some(limits) = limits(visitor).ok().filter(|_| !log.doses().is_empty()) else { return Vec::new() };
    let clock = Clock::of(visitor.now);
    let standings = standings(visitor.guideline(), &limits.id, &log, now);
    let wait = |standing: care::medicine::Standing<'_>| {
        let at = standing.next.filter(|at| *at > now)?;
        Some(Message::HomeNextDose { name: standing.name.into(), at: clock.words(at).into() }.to_string())
    };
    standings.into_iter().filter_map(wait).collect()
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
