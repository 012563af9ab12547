//! What may be done about the pain, as several pages show it.

use care::first_hour::{Tried, Turn, suggest, turns};
use care::helped::helped;
use care::recovery::PainScore;
use care::{Advice, Answer, Guideline, Plan, Remedy, RemedyId, Role, Seconds, Spot, advise};
use jiff::{SignedDuration, Timestamp};
use store::{Record, Trial};
use tell::{Clock, Message};

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

/// The guided sessions that have pain before and after.
pub(crate) fn sessions(record: &Record) -> Vec<care::helped::Tried<'_>> {
    let score = |points: Option<u8>| points.and_then(|points| PainScore::new(points).ok());
    let trials = record.trials().iter().map(|trial| &trial.what);
    let session = |trial: &'_ store::Trial| Some((score(trial.before)?, score(trial.after)?));
    trials
        .filter_map(|trial| {
            let (before, after) = session(trial)?;
            Some(care::helped::Tried { remedy: &trial.remedy, before, after })
        })
        .collect()
}

/// The plan of somebody, by what helped them: what clearly did comes first, most of all first,
/// and what did not, often as it was tried, last. The rest stays in the order of the book.
pub(crate) fn plan_by_what_helped(visitor: &Visitor<'_>) -> Option<Plan> {
    let mut plan = plan_of(visitor.standing())?;
    let guideline = visitor.guideline();
    let sessions = sessions(visitor.record);
    let helped = helped(&sessions);
    let place = |id: RemedyId| {
        let of_it = helped.remedies.iter().find(|one| one.remedy == guideline.remedy(id).id);
        match of_it.and_then(|one| one.eased) {
            Some(eased) if eased.low > 0.0 => (0, -eased.points),
            Some(_) => (2, 0.0),
            None => (1, 0.0),
        }
    };
    plan.items.sort_by(|one, other| {
        let ((group, points), (other_group, other_points)) = (place(one.remedy()), place(other.remedy()));
        group.cmp(&other_group).then(points.total_cmp(&other_points))
    });
    Some(plan)
}

/// What clearly helped this person most so far, and is fit for them.
pub(crate) fn helped_most<'v>(visitor: &Visitor<'v>) -> Option<Message<'v>> {
    let sessions = sessions(visitor.record);
    let helped = helped(&sessions);
    let best = helped.remedies.first().filter(|one| one.eased.is_some_and(|eased| eased.low > 0.0))?;
    let id = visitor.guideline().remedy_named(best.remedy)?;
    let plan = plan_of(visitor.standing())?;
    plan.items.iter().find(|item| item.remedy() == id)?;
    Some(Message::HomeBest { name: visitor.guideline().remedy(id).name.as_str().into() })
}

/// What to do now, for whoever has a plan.
pub(crate) fn start_now<'v>(visitor: &Visitor<'v>) -> Option<Start<'v>> {
    let guideline = visitor.guideline();
    let tried = tried(guideline, visitor.record);
    let plan = plan_by_what_helped(visitor)?;
    start(guideline, &turns(guideline, &plan, &tried, visitor.now.timestamp()), None)
}

/// What to do now, out of the turns of the first hour; its picture is that for where the person
/// is, if they said so.
pub(crate) fn start<'g>(guideline: &'g Guideline, turns: &[Turn], here: Option<Spot>) -> Option<Start<'g>> {
    let mut suggested = suggest(turns).into_iter();
    let id = suggested.next()?;
    let remedy = guideline.remedy(id);
    let other = suggested.next().map(|other| guideline.remedy(other));
    Some(Start {
        id: &remedy.id,
        name: &remedy.name,
        figure: Figure::of_remedy(guideline.book(), remedy, here),
        length: length(remedy),
        is_again: turns.iter().any(|turn| turn.remedy == id && turn.last.is_some()),
        other: other.map(|other| (other.id.as_str(), other.name.as_str())),
    })
}

/// How long all timers of a remedy take together, at the longest of the places where somebody may
/// begin; none without a timer.
pub(crate) fn length(remedy: &Remedy) -> Option<String> {
    let of_place = |place: Option<Spot>| -> u32 {
        let steps = remedy.steps.iter().filter(|step| step.only_from == place);
        steps.filter_map(|step| step.timer).map(Seconds::get).sum()
    };
    let longest = Spot::ALL.into_iter().map(|spot| of_place(Some(spot))).max().unwrap_or_default();
    let seconds = of_place(None) + longest;
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
    use jiff::SignedDuration;

    use super::*;
    use crate::testing::Person;

    #[test]
    fn what_helped_most_comes_first_and_what_did_not_sinks() {
        let mut person = Person::with_a_plain_spasm();
        let order = |person: &Person| -> Vec<String> {
            let page = person.get("/relief");
            let links = page.text().split("href=\"/relief/").skip(1);
            let mut ids: Vec<String> =
                links.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect();
            ids.retain(|id| !id.contains('/'));
            ids.dedup();
            ids
        };
        let before = order(&person);
        let (first, last) = (before[0].clone(), "self_massage");
        assert_ne!(first, last);
        for _ in 0..4 {
            for (id, after) in [(last, "2"), (first.as_str(), "6")] {
                person.post(&format!("/relief/{id}"), &[("before", "6"), ("after", after)]);
                person.wait(SignedDuration::from_hours(13));
            }
        }
        let after = order(&person);
        assert_eq!(after[0], last, "{after:?}");
        let place = |order: &[String], id: &str| order.iter().rposition(|other| other == id);
        assert!(place(&after, &first) > place(&before, &first), "{before:?} {after:?}");
        assert!(person.get("/").text().contains("What helped you most so far: "));
    }

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
