//! What helps right now: the plan of this person, in order, with how well each
//! step is supported, what was left out, and where sources differ.

use askama::Template;
use care::first_hour::{self, Tried, turns};
use care::{Block, Guideline, Plan, RemedyId, Spot, Stage, Strength, Urgency};
use jiff::Timestamp;
use tell::{Citations, Clock, Difference, LeftOut, Message, differences, said};

use crate::case::Case;
use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::evidence;
use crate::parts::figures::Figure;
use crate::parts::onward::elsewhere;
use crate::parts::remedies::{Start, length, plan_by_what_helped, start, tried, tried_words, turns_from};
use crate::parts::sources::{SourceLine, source_lines};
use crate::response::Response;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/relief.html")]
struct ReliefPage<'v> {
    frame: Frame<'v>,
    /// What comes before any of this: being seen, where that is due.
    seen_first: Option<&'v str>,
    start: Option<Start<'v>>,
    /// Where the person may be, and whether they said so.
    spots: [(Spot, bool); Spot::ALL.len()],
    now: Vec<Row<'v>>,
    later: Vec<(&'static str, Vec<Row<'v>>)>,
    of_most: Option<Strength>,
    left_out: Vec<LeftOut<'v>>,
    strengths: Vec<(&'static str, Message<'static>)>,
    disagreements: Vec<Difference<'v>>,
    sources: Vec<SourceLine<'v>>,
}

/// One remedy in the list.
struct Row<'v> {
    id: &'v str,
    name: &'v str,
    figure: Option<Figure<'v>>,
    /// What studies say of it, where that is not what they say of most.
    strength: Option<&'static str>,
    length: Option<String>,
    /// When it was last tried and how that went.
    tried: Option<String>,
    /// Not before then.
    wait: Option<String>,
}

/// `GET /relief`, `GET /relief/from/SPOT`: what helps, to begin where the person is.
pub(crate) fn show(visitor: &Visitor<'_>, spot: Option<&str>) -> Result<Response, PageError> {
    let case = visitor.standing();
    let here = match spot {
        Some(id) => Some(Spot::ALL.into_iter().find(|spot| spot.id() == id).ok_or(PageError::NotFound)?),
        None => None,
    };
    let Some(plan) = plan_by_what_helped(visitor) else { return Ok(elsewhere(case)) };
    let page = page(visitor, &plan, here);
    page.frame.around(&page)
}

fn page<'v>(visitor: &'v Visitor<'_>, plan: &Plan, here: Option<Spot>) -> ReliefPage<'v> {
    let case = visitor.standing();
    let guideline = visitor.guideline();
    let now = visitor.now.timestamp();
    let tried = tried(guideline, visitor.record);
    let citations = Citations::default();
    let of_most = evidence::of_most(plan.items.iter().map(|item| guideline.remedy(item.remedy()).strength));
    let lister = Lister { guideline, tried: &tried, clock: Clock::of(visitor.now), now, of_most };
    let of_stage = |stage: Stage| -> Vec<Row<'v>> {
        let ids = plan.items.iter().map(care::PlanItem::remedy);
        ids.filter(|id| guideline.remedy(*id).stage == stage).map(|id| lister.row(id)).collect()
    };
    let turns = turns(guideline, plan, &tried, now);
    let turns = here.map_or_else(|| turns.clone(), |spot| turns_from(guideline, turns.clone(), spot));
    let start = start(guideline, &turns, here);
    // What to start with stands above the list.
    let mut rows = of_stage(Stage::Now);
    rows.retain(|row| start.as_ref().is_none_or(|start| start.id != row.id));
    let later = Stage::ALL.into_iter().filter(|stage| *stage != Stage::Now);
    let later: Vec<_> = later.map(|stage| (stage.title(), of_stage(stage))).collect();
    let used = |strength: &Strength| {
        plan.items.iter().any(|item| guideline.remedy(item.remedy()).strength == *strength)
    };
    let strengths = Strength::ALL.into_iter().filter(used);
    let disagreements = differences(first_hour::disagreements_in(guideline, plan), &citations);
    let seen_first = case.finished().filter(|finished| finished.urgency() > Urgency::SelfCare);
    ReliefPage {
        frame: Frame::new(visitor, Here::Relief, "Relief"),
        seen_first: seen_first.map(|finished| care::what_to_do(finished).title),
        start,
        spots: Spot::ALL.map(|spot| (spot, here == Some(spot))),
        now: rows,
        of_most,
        later: later.into_iter().filter(|(_, rows)| !rows.is_empty()).collect(),
        left_out: plan.withheld.iter().map(|withheld| left_out(guideline, case, withheld)).collect(),
        strengths: strengths.map(|strength| (strength.words(), tell::strength_meaning(strength))).collect(),
        disagreements,
        sources: source_lines(guideline, &citations),
    }
}

fn left_out<'g>(guideline: &'g Guideline, case: &Case<'_>, withheld: &care::Withheld) -> LeftOut<'g> {
    let remedy = guideline.remedy(withheld.remedy);
    LeftOut {
        id: &remedy.id,
        name: &remedy.name,
        because: remedy.avoid_because.as_deref().unwrap_or_default(),
        said: withheld.because.iter().map(|finding| said(guideline, &case.answers, *finding)).collect(),
    }
}

/// What every row of the list needs.
struct Lister<'l, 'g> {
    guideline: &'g Guideline,
    tried: &'l [Tried],
    clock: Clock,
    now: Timestamp,
    of_most: Option<Strength>,
}

impl<'g> Lister<'_, 'g> {
    fn row(&self, id: RemedyId) -> Row<'g> {
        let remedy = self.guideline.remedy(id);
        let wait = first_hour::wait_until(self.guideline, id, self.tried, self.now);
        Row {
            id: &remedy.id,
            name: &remedy.name,
            figure: Figure::first(self.guideline.book(), Block::Remedy(remedy)),
            strength: evidence::of_one(remedy.strength, self.of_most),
            length: length(remedy),
            tried: first_hour::last(id, self.tried, self.now).map(|last| tried_words(&self.clock, &last)),
            wait: wait.map(|until| self.clock.words(until)),
        }
    }
}
