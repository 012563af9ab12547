//! After a session: was it of help, and what next?

use askama::Template;
use care::first_hour::{self, PainChange, ROUND, Tried, turns};
use care::{Answer, Guideline, Remedy, Role, Stage};
use tell::Clock;

use crate::case::Case;
use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::onward::elsewhere;
use crate::parts::remedies::{Start, plan_of, start, tried};
use crate::response::Response;
use crate::visitor::Visitor;

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
pub(crate) fn show(visitor: &Visitor<'_>, id: &str) -> Result<Response, PageError> {
    let guideline = visitor.guideline();
    let id = guideline.remedy_named(id).ok_or(PageError::NotFound)?;
    let case = visitor.standing();
    let Some(plan) = plan_of(case) else { return Ok(elsewhere(case)) };
    let remedy = guideline.remedy(id);
    let now = visitor.now.timestamp();
    let tried = tried(guideline, visitor.record);
    let last = first_hour::last(id, &tried, now).filter(|last| now.duration_since(last.ended) <= ROUND);
    let is_offered = plan.items.iter().any(|item| item.remedy() == id);
    // Without a session just now there is nothing to say here.
    let Some(last) = last.filter(|_| is_offered) else {
        return Ok(Response::see(&format!("/relief/{}", remedy.id)));
    };
    let above = above_plan(guideline, case, &last);
    let change = last.change();
    let is_much_worse = matches!(change, PainChange::MuchWorse(_)) || above.is_some();
    let clock = Clock::of(visitor.now);
    let again = first_hour::wait_until(guideline, id, &tried, now).map(|until| clock.words(until));
    let next =
        start(guideline, &turns(guideline, &plan, &tried, now), None).filter(|_| remedy.stage == Stage::Now);
    let page = AfterPage {
        frame: Frame::new(visitor, Here::Relief, title(change, above.is_some())),
        remedy,
        says: says(&last, above),
        is_worse: is_much_worse || matches!(change, PainChange::Worse(_)),
        is_much_worse,
        next: next.filter(|_| !is_much_worse),
        again,
    };
    page.frame.around(&page)
}

/// The pain that the plan rests on, where the pain is now clearly above it: the
/// plan is then for somebody who was better off, whatever this session changed.
fn above_plan(guideline: &Guideline, case: &Case<'_>, last: &Tried) -> Option<i64> {
    let Some(Answer::Number(usual)) = case.answers.get(guideline.with_role(Role::Pain)?) else {
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

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use crate::testing::Person;

    fn after(before: &str, after: &str) -> String {
        let mut person = Person::with_a_plain_spasm();
        person.post_then("/relief/rest_on_side", &[("before", before), ("after", after)]).text().to_owned()
    }

    const ASKS: &str = "Ask me the danger questions";
    const CLEAR_RISE: &str = "That is a clear rise";

    #[test]
    fn more_pain_offers_the_danger_questions_and_a_rise_by_two_says_so() {
        assert!(!after("6", "5").contains(ASKS));
        assert!(!after("6", "6").contains(ASKS));
        let a_little = after("5", "6");
        assert!(a_little.contains(ASKS) && !a_little.contains(CLEAR_RISE));
        let much = after("4", "6");
        assert!(much.contains(ASKS) && much.contains(CLEAR_RISE) && much.contains("up by 2 points"));
    }

    #[test]
    fn pain_above_what_the_plan_rests_on_asks_again_even_without_a_score_before() {
        // The plain spasm was a 6.
        for before in ["", "8", "9"] {
            let page = after(before, "8");
            assert!(page.contains(ASKS) && page.contains("In your answers it was 6"), "{before}");
            assert!(!page.contains("panel start"), "no next step before the questions");
        }
        assert!(!after("", "7").contains(ASKS));
    }

    #[test]
    fn the_next_step_is_the_next_of_the_plan_that_was_not_tried() {
        let mut person = Person::with_a_plain_spasm();
        let first = person.get("/relief");
        let start = |html: &str| {
            let panel = html.split_once("class=\"panel start\"").expect("there is a suggestion").1;
            let link = panel.split_once("href=\"/relief/").expect("it has a link").1;
            link.split_once('"').expect("it ends").0.to_owned()
        };
        let mut seen = vec![start(first.text())];
        for _ in 0..3 {
            let path = format!("/relief/{}", seen[seen.len() - 1]);
            let page = person.post_then(&path, &[("before", "6"), ("after", "6")]);
            let next = start(page.text());
            assert!(!seen.contains(&next), "{next} again");
            seen.push(next);
            person.wait(SignedDuration::from_mins(10));
        }
        // Half a day later it begins anew.
        person.wait(SignedDuration::from_hours(13));
        assert_eq!(start(person.get("/relief").text()), seen[0]);
    }

    #[test]
    fn once_all_was_tried_only_what_helped_is_suggested_again() {
        let mut person = Person::with_a_plain_spasm();
        let mut tried = Vec::new();
        for id in crate::testing::guideline().remedies() {
            let remedy = crate::testing::guideline().remedy(id);
            if remedy.stage == care::Stage::Now && care::first_hour::is_session(remedy) {
                let after = if remedy.id == "rest_sitting" { "4" } else { "6" };
                person.post(&format!("/relief/{}", remedy.id), &[("before", "6"), ("after", after)]);
                tried.push(remedy.id.as_str());
            }
        }
        assert!(tried.len() > 5);
        let page = person.get("/relief");
        assert!(page.text().contains("This helped you before"));
        assert!(page.text().contains("button--start\" href=\"/relief/rest_sitting\""));
    }

    #[test]
    fn without_a_session_there_is_no_page_about_one() {
        let mut person = Person::with_a_plain_spasm();
        assert_eq!(person.get("/relief/heat/after").header("location"), Some("/relief/heat"));
        person.post("/relief/heat", &[]);
        assert_eq!(person.get("/relief/heat/after").status, 200);
        person.wait(SignedDuration::from_hours(13));
        assert_eq!(person.get("/relief/heat/after").header("location"), Some("/relief/heat"));
    }
}
