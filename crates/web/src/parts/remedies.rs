//! What may be done about the pain, as several pages show it.

use care::first_hour::{Tried, Turn, suggest};
use care::recovery::PainScore;
use care::{Advice, Answer, Block, Guideline, Plan, Remedy, Role, Seconds, Spot, advise};
use jiff::{SignedDuration, Timestamp};
use store::{Record, Trial};
use tell::Clock;

use crate::case::Case;
use crate::parts::figures::Figure;
use crate::spell::answered_at;
use crate::visitor::Visitor;

/// What to do now.
pub(crate) struct Start<'v> {
    pub(crate) id: &'v str,
    pub(crate) name: &'v str,
    /// How it looks.
    pub(crate) figure: Option<Figure<'v>>,
    pub(crate) why: &'v str,
    pub(crate) length: Option<String>,
    /// It was tried in this round, so this is another go.
    pub(crate) is_again: bool,
    /// What to do instead, for who does not want this one: its id and name.
    pub(crate) other: Option<(&'v str, &'v str)>,
}

/// The plan of somebody who may have one: who answered, confirmed, and is no emergency.
pub(crate) fn plan_of(case: &Case<'_>) -> Option<Plan> {
    match advise(case.manageable()?) {
        Advice::Manage { plan, .. } => Some(plan),
        Advice::GetHelpNow { .. } => None,
    }
}

/// What the record says was tried, as far as this book knows it.
pub(crate) fn tried(guideline: &Guideline, record: &Record) -> Vec<Tried> {
    let score = |points: Option<u8>| points.and_then(|points| PainScore::new(points).ok());
    let one = |trial: &store::Trial| {
        Some(Tried {
            remedy: guideline.remedy_named(&trial.remedy)?,
            ended: trial.ended,
            before: score(trial.before),
            after: score(trial.after),
        })
    };
    record.trials().iter().filter_map(|entry| one(&entry.what)).collect()
}

/// So long a score of pain is not asked again.
const JUST_TOLD: SignedDuration = SignedDuration::from_mins(30);

/// The pain that the person told last, and when, where that was just now: in an answer, in the
/// diary, or before or after a session.
pub(crate) fn pain_just_told(visitor: &Visitor<'_>) -> Option<(u8, Timestamp)> {
    let (record, case) = (visitor.record, visitor.standing());
    let trials = record.trials().iter().flat_map(|trial| {
        let Trial { before, after, began, ended, .. } = trial.what;
        [before.map(|pain| (pain, began)), after.map(|pain| (pain, ended))]
    });
    let entries = record.check_ins().iter().map(|entry| Some((entry.what.pain_now, entry.what.at)));
    let answered = || {
        let finding = visitor.guideline().with_role(Role::Pain)?;
        let Some(Answer::Number(pain)) = case.given.get(finding) else { return None };
        let at = answered_at(&case.view(record), &visitor.guideline().finding(finding).id)?;
        Some((u8::try_from(pain).ok()?, at))
    };
    let told = trials.chain(entries).chain([answered()]).flatten();
    let is_new = |at: Timestamp| visitor.now.timestamp().duration_since(at) <= JUST_TOLD;
    told.filter(|(_, at)| *at <= visitor.now.timestamp() && is_new(*at)).max_by_key(|(_, at)| *at)
}

/// The turns of what somebody can begin where they are; all of them where there is none.
pub(crate) fn turns_from(guideline: &Guideline, turns: Vec<Turn>, spot: Spot) -> Vec<Turn> {
    let begins = |turn: &Turn| guideline.remedy(turn.remedy).from.contains(&spot);
    let here: Vec<Turn> = turns.iter().filter(|turn| begins(turn)).copied().collect();
    if suggest(&here).is_empty() { turns } else { here }
}

/// What to do now, out of the turns of the first hour.
pub(crate) fn start<'g>(guideline: &'g Guideline, turns: &[Turn]) -> Option<Start<'g>> {
    let mut suggested = suggest(turns).into_iter();
    let id = suggested.next()?;
    let remedy = guideline.remedy(id);
    let other = suggested.next().map(|other| guideline.remedy(other));
    Some(Start {
        id: &remedy.id,
        name: &remedy.name,
        figure: Figure::first(guideline.book(), Block::Remedy(remedy)),
        why: &remedy.why,
        length: length(remedy),
        is_again: turns.iter().any(|turn| turn.remedy == id && turn.last.is_some()),
        other: other.map(|other| (other.id.as_str(), other.name.as_str())),
    })
}

/// How long all timers of a remedy take together; none without a timer.
pub(crate) fn length(remedy: &Remedy) -> Option<String> {
    let seconds: u32 = remedy.steps.iter().filter_map(|step| step.timer).map(Seconds::get).sum();
    (seconds > 0).then(|| length_words(seconds))
}

/// A length of time in words: `45 seconds`, `20 minutes`, `2 hours`.
pub(crate) fn length_words(seconds: u32) -> String {
    let words = |number: u32, unit: &str| format!("{number} {unit}{}", if number == 1 { "" } else { "s" });
    match seconds {
        hours if hours >= 3600 && hours % 3600 == 0 => words(hours / 3600, "hour"),
        minutes if minutes >= 60 => words(minutes.div_ceil(60), "minute"),
        seconds => words(seconds, "second"),
    }
}

/// When something was tried and how that went: `Today at 10:15: pain 6, then 4.`
pub(crate) fn tried_words(clock: &Clock, last: &Tried) -> String {
    let when = care::sentence_case(&clock.words(last.ended));
    match (last.before, last.after) {
        (Some(before), Some(after)) => format!("{when}: pain {}, then {}.", before.get(), after.get()),
        _ => format!("{when}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_said_in_whole_words() {
        for (seconds, words) in [
            (45, "45 seconds"),
            (60, "1 minute"),
            (90, "2 minutes"),
            (1200, "20 minutes"),
            (3600, "1 hour"),
            (7200, "2 hours"),
            (5400, "90 minutes"),
        ] {
            assert_eq!(length_words(seconds), words);
        }
    }
}
