//! What helps right now: the plan of this person, in order, with how well each
//! step is supported, what was left out, and where sources differ.

use askama::Template;
use care::first_hour::{self, Tried, Turn, suggest, turns};
use care::recovery::PainScore;
use care::{
    Advice, Citations, Clock, Guideline, Plan, Remedy, RemedyId, Seconds, Stage, Strength, Urgency, advise,
    said,
};
use jiff::Timestamp;
use store::Record;

use crate::case::Case;
use crate::frame::{Frame, Here};
use crate::pages::PageError;
use crate::pages::diary::elsewhere;
use crate::pages::outcome::{SourceLine, source_lines};
use crate::response::Response;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/relief.html")]
struct ReliefPage<'v> {
    frame: Frame<'v>,
    /// What comes before any of this: being seen, where that is due.
    seen_first: Option<&'v str>,
    start: Option<Start<'v>>,
    now: Vec<Row<'v>>,
    later: Vec<(&'static str, Vec<Row<'v>>)>,
    left_out: Vec<LeftOut<'v>>,
    strengths: Vec<(&'static str, &'static str)>,
    disagreements: Vec<Difference<'v>>,
    sources: Vec<SourceLine<'v>>,
}

/// What to do now.
pub(crate) struct Start<'v> {
    pub(crate) id: &'v str,
    pub(crate) name: &'v str,
    pub(crate) why: &'v str,
    pub(crate) length: Option<String>,
    /// It was tried in this round, so this is another go.
    pub(crate) is_again: bool,
    /// What to do instead, for who does not want this one: its id and name.
    pub(crate) other: Option<(&'v str, &'v str)>,
}

/// One remedy in the list.
struct Row<'v> {
    id: &'v str,
    name: &'v str,
    why: &'v str,
    marks: String,
    strength: &'static str,
    length: Option<String>,
    /// When it was last tried and how that went.
    tried: Option<String>,
    /// Not before then.
    wait: Option<String>,
}

/// A remedy that is not safe, or not known to be safe, for this person.
struct LeftOut<'v> {
    name: &'v str,
    because: &'v str,
    said: Vec<String>,
}

/// Where sources differ.
pub(crate) struct Difference<'v> {
    pub(crate) topic: &'v str,
    pub(crate) positions: Vec<(&'v str, String)>,
    pub(crate) we_do: &'v str,
    pub(crate) because: &'v str,
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

/// What to do now, out of the turns of the first hour.
pub(crate) fn start<'g>(guideline: &'g Guideline, turns: &[Turn]) -> Option<Start<'g>> {
    let mut suggested = suggest(turns).into_iter();
    let id = suggested.next()?;
    let remedy = guideline.remedy(id);
    let other = suggested.next().map(|other| guideline.remedy(other));
    Some(Start {
        id: &remedy.id,
        name: &remedy.name,
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

/// Where sources differ, with the marks of who says what.
pub(crate) fn differences<'g>(
    all: impl IntoIterator<Item = &'g care::Disagreement>,
    citations: &Citations,
) -> Vec<Difference<'g>> {
    let one = |found: &'g care::Disagreement| Difference {
        topic: &found.topic,
        positions: found
            .positions
            .iter()
            .map(|position| (position.says.as_str(), citations.mark(&position.sources)))
            .collect(),
        we_do: &found.we_do,
        because: &found.because,
    };
    all.into_iter().map(one).collect()
}

/// `GET /relief`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    let Some(plan) = plan_of(case) else { return Ok(elsewhere(case)) };
    Ok(Response::page(page(visitor, &plan).render()?))
}

fn page<'v>(visitor: &'v Visitor<'_>, plan: &Plan) -> ReliefPage<'v> {
    let case = visitor.standing();
    let guideline = visitor.guideline();
    let now = visitor.now.timestamp();
    let tried = tried(guideline, visitor.record);
    let citations = Citations::default();
    let lister =
        Lister { guideline, citations: &citations, tried: &tried, clock: Clock::of(visitor.now), now };
    let of_stage = |stage: Stage| -> Vec<Row<'v>> {
        let ids = plan.items.iter().map(care::PlanItem::remedy);
        ids.filter(|id| guideline.remedy(*id).stage == stage).map(|id| lister.row(id)).collect()
    };
    let rows = of_stage(Stage::Now);
    let later = Stage::ALL.into_iter().filter(|stage| *stage != Stage::Now);
    let later: Vec<_> = later.map(|stage| (stage.title(), of_stage(stage))).collect();
    let used = |strength: &Strength| {
        plan.items.iter().any(|item| guideline.remedy(item.remedy()).strength == *strength)
    };
    let strengths = Strength::ALL.into_iter().filter(used);
    let disagreements = differences(first_hour::disagreements_in(guideline, plan), &citations);
    let seen_first = case.finished().filter(|finished| finished.urgency() > Urgency::SelfCare);
    ReliefPage {
        frame: Frame::new(visitor, Here::Relief, "Ease it now"),
        seen_first: seen_first.map(|finished| care::what_to_do(finished).title),
        start: start(guideline, &turns(guideline, plan, &tried, now)),
        now: rows,
        later: later.into_iter().filter(|(_, rows)| !rows.is_empty()).collect(),
        left_out: plan.withheld.iter().map(|withheld| left_out(guideline, case, withheld)).collect(),
        strengths: strengths.map(|strength| (strength.words(), strength.meaning())).collect(),
        disagreements,
        sources: source_lines(guideline, &citations),
    }
}

fn left_out<'g>(guideline: &'g Guideline, case: &Case<'_>, withheld: &care::Withheld) -> LeftOut<'g> {
    let remedy = guideline.remedy(withheld.remedy);
    LeftOut {
        name: &remedy.name,
        because: remedy.avoid_because.as_deref().unwrap_or_default(),
        said: withheld.because.iter().map(|finding| said(guideline, &case.answers, *finding)).collect(),
    }
}

/// What every row of the list needs.
struct Lister<'l, 'g> {
    guideline: &'g Guideline,
    citations: &'l Citations,
    tried: &'l [Tried],
    clock: Clock,
    now: Timestamp,
}

impl<'g> Lister<'_, 'g> {
    fn row(&self, id: RemedyId) -> Row<'g> {
        let remedy = self.guideline.remedy(id);
        let wait = first_hour::wait_until(self.guideline, id, self.tried, self.now);
        Row {
            id: &remedy.id,
            name: &remedy.name,
            why: &remedy.why,
            marks: self.citations.mark(&remedy.sources),
            strength: remedy.strength.words(),
            length: length(remedy),
            tried: first_hour::last(id, self.tried, self.now).map(|last| tried_words(&self.clock, &last)),
            wait: wait.map(|until| self.clock.words(until)),
        }
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
