//! After a session: was it of help, and what next?

use askama::Template;
use care::first_hour::{self, PainChange, ROUND, Tried, turns};
use care::{Answer, Clock, Guideline, Remedy, Stage};

use crate::case::Case;
use crate::frame::{Frame, Here};
use crate::pages::PageError;
use crate::pages::diary::elsewhere;
use crate::pages::relief::{Start, plan_of, start, tried};
use crate::response::Response;
use crate::site::Site;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "pages/after_session.html")]
struct AfterPage<'v> {
    frame: Frame<'v>,
    remedy: &'v Remedy,
    /// What the two numbers say, in plain words.
    says: String,
    /// The pain went up, so that the danger questions come first.
    is_worse: bool,
    /// By enough to say so plainly.
    is_much_worse: bool,
    next: Option<Start<'v>>,
    again: Option<String>,
}

/// `GET /relief/ID/after`
pub(crate) fn show(site: &Site<'_>, visit: &Visit<'_>, id: &str) -> Result<Response, PageError> {
    let guideline = site.guideline();
    let id = guideline.remedy_named(id).ok_or(PageError::NotFound)?;
    let case = Case::of(site, visit);
    let Some(plan) = plan_of(&case) else { return Ok(elsewhere(&case)) };
    let remedy = guideline.remedy(id);
    let now = visit.now.timestamp();
    let tried = tried(guideline, visit.record);
    let last = first_hour::last(id, &tried, now).filter(|last| now.duration_since(last.ended) <= ROUND);
    let is_offered = plan.items.iter().any(|item| item.remedy() == id);
    // Without a session just now there is nothing to say here.
    let Some(last) = last.filter(|_| is_offered) else {
        return Ok(Response::see(&format!("/relief/{}", remedy.id)));
    };
    let above = above_plan(guideline, &case, &last);
    let change = last.change();
    let is_much_worse = matches!(change, PainChange::MuchWorse(_)) || above.is_some();
    let clock = Clock::of(&visit.now);
    let again = first_hour::wait_until(guideline, id, &tried, now).map(|until| clock.words(until));
    let next = start(guideline, &turns(guideline, &plan, &tried, now)).filter(|_| remedy.stage == Stage::Now);
    let page = AfterPage {
        frame: Frame::new(site, visit, Here::Relief, title(change, above.is_some())),
        remedy,
        says: says(&last, above),
        is_worse: is_much_worse || matches!(change, PainChange::Worse(_)),
        is_much_worse,
        next: next.filter(|_| !is_much_worse),
        again,
    };
    Ok(Response::page(page.render()?))
}

/// The pain that the plan rests on, where the pain is now clearly above it: the
/// plan is then for somebody who was better off, whatever this session changed.
fn above_plan(guideline: &Guideline, case: &Case<'_>, last: &Tried) -> Option<i64> {
    let Some(Answer::Number(usual)) = case.answers.get(guideline.finding_named("pain_now")?) else {
        return None;
    };
    let after = i64::from(last.after?.get());
    (usual + i64::from(first_hour::CLEAR_RISE) <= after).then_some(usual)
}

fn title(change: PainChange, is_above_plan: bool) -> &'static str {
    match change {
        PainChange::MuchWorse(_) => "Your pain went up",
        _ if is_above_plan => "Your pain is stronger than at first",
        PainChange::Worse(_) => "A little worse",
        PainChange::Better(1) => "A little better",
        PainChange::Better(_) => "Good: your pain went down",
        PainChange::Same => "About the same",
        PainChange::NotSaid => "Done",
    }
}

fn says(last: &Tried, above: Option<i64>) -> String {
    let (Some(before), Some(after)) = (last.before, last.after) else {
        let now = last.after.map(|after| format!(" You said your pain is {} now.", after.get()));
        let above = above.map(|usual| format!(" In your answers it was {usual}."));
        return format!("It is written down.{}{}", now.unwrap_or_default(), above.unwrap_or_default());
    };
    let (before, after) = (before.get(), after.get());
    let points = |by: u8| if by == 1 { "1 point".to_owned() } else { format!("{by} points") };
    let change = match last.change() {
        PainChange::Better(by) => format!("Your pain went from {before} to {after}, down by {}.", points(by)),
        PainChange::Worse(by) | PainChange::MuchWorse(by) => {
            format!("Your pain went from {before} to {after}, up by {}.", points(by))
        }
        PainChange::Same | PainChange::NotSaid => format!("Your pain is still {after}."),
    };
    let above = above.map(|usual| format!(" In your answers it was {usual}.")).unwrap_or_default();
    format!("{change}{above}")
}
