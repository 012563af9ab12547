//! A guided session: one remedy, step by step, for somebody who lies on the floor.
//!
//! Without scripts it is one page: pain before, the steps with their times, pain
//! after. A script shows the same page one step at a time and runs the timers.

use askama::Template;
use care::first_hour::{self, minutes_more, turns};
use care::{Answer, Citations, Clock, FindingId, Guideline, Plan, Remedy, RemedyId, Seconds, said};
use jiff::{SignedDuration, Timestamp};
use store::Event;

use crate::case::Case;
use crate::frame::{Frame, Here};
use crate::pages::PageError;
use crate::pages::diary::{Rating, elsewhere};
use crate::pages::outcome::{SourceLine, source_lines};
use crate::pages::relief::{
    Difference, Start, differences, length_words, plan_of, start, tried, tried_words,
};
use crate::request::Form;
use crate::response::Response;
use crate::site::Site;
use crate::visit::Visit;

/// Pauses, a timer made longer and the way to the freezer take time too.
const SLOWEST: SignedDuration = SignedDuration::from_hours(3);

/// The screen is kept awake for timers up to here; nobody watches a longer one.
const AWAKE_FOR: u32 = 60 * 60;

#[derive(Template)]
#[template(path = "pages/session.html")]
struct SessionPage<'v> {
    frame: Frame<'v>,
    remedy: &'v Remedy,
    marks: String,
    before: Rating,
    steps: Vec<StepView<'v>>,
    after: Rating,
    gap: Option<String>,
    /// Its pause is not over: until when, and what to do meanwhile.
    wait: Option<Wait<'v>>,
    /// When it was last tried and how that went.
    tried: Option<String>,
    /// Something that is timed or repeated; the others are to read.
    is_session: bool,
    /// The pain that the plan rests on.
    usual: Option<i64>,
    /// When this page was made, by the clock of the record.
    began: Timestamp,
    keep_awake: bool,
    differences: Vec<Difference<'v>>,
    sources: Vec<SourceLine<'v>>,
}

struct Wait<'v> {
    until: String,
    instead: Option<Start<'v>>,
}

/// One step.
struct StepView<'v> {
    text: &'v str,
    timer: Option<TimerView>,
}

struct TimerView {
    seconds: u32,
    words: String,
    /// By how many minutes it may be made longer.
    more: u32,
}

/// Somebody in front of one remedy.
struct Visitor<'g> {
    case: Case<'g>,
    plan: Plan,
    id: RemedyId,
}

impl<'g> Visitor<'g> {
    /// None where they may have no plan: they belong elsewhere.
    fn of(site: &Site<'g>, visit: &Visit<'_>, id: &str) -> Result<Result<Self, Response>, PageError> {
        let id = site.guideline().remedy_named(id).ok_or(PageError::NotFound)?;
        let case = Case::of(site, visit);
        Ok(match plan_of(&case) {
            Some(plan) => Ok(Self { case, plan, id }),
            None => Err(elsewhere(&case)),
        })
    }

    fn is_offered(&self) -> bool {
        self.plan.items.iter().any(|item| item.remedy() == self.id)
    }

    /// The pain that the plan rests on.
    fn usual(&self, guideline: &Guideline) -> Option<i64> {
        match self.case.answers.get(guideline.finding_named("pain_now")?) {
            Some(Answer::Number(pain)) => Some(pain),
            _ => None,
        }
    }
}

/// `GET /relief/ID`
pub(crate) fn show(site: &Site<'_>, visit: &Visit<'_>, id: &str) -> Result<Response, PageError> {
    let visitor = match Visitor::of(site, visit, id)? {
        Ok(visitor) => visitor,
        Err(response) => return Ok(response),
    };
    if !visitor.is_offered() {
        return not_for_you(site, visit, &visitor);
    }
    Ok(Response::page(page(site, visit, &visitor).render()?))
}

fn page<'v>(site: &'v Site<'_>, visit: &Visit<'v>, visitor: &Visitor<'v>) -> SessionPage<'v> {
    let guideline = site.guideline();
    let remedy = guideline.remedy(visitor.id);
    let now = visit.now.timestamp();
    let clock = Clock::of(&visit.now);
    let tried = tried(guideline, visit.record);
    let citations = Citations::default();
    let marks = citations.mark(&remedy.sources);
    let about = guideline.book().disagreements.iter().filter(|found| found.about.contains(&visitor.id));
    let differences = differences(about, &citations);
    let wait = first_hour::wait_until(guideline, visitor.id, &tried, now).map(|until| Wait {
        until: clock.words(until),
        instead: start(guideline, &turns(guideline, &visitor.plan, &tried, now)),
    });
    let steps: Vec<StepView<'_>> = remedy.steps.iter().map(step).collect();
    let longest = remedy.steps.iter().filter_map(|step| step.timer).map(Seconds::get).max();
    let is_session = first_hour::is_session(remedy);
    let frame = Frame::new(site, visit, Here::Relief, remedy.name.clone());
    let guided = |frame: Frame<'v>| frame.without_nav().with_scripts(&["question.js", "session.js"]);
    SessionPage {
        frame: if is_session { guided(frame) } else { frame },
        remedy,
        marks,
        before: Rating::pain("before", "First: how strong is your pain now?", true),
        after: Rating::pain("after", "And now: how strong is your pain?", true),
        gap: remedy.gap.map(|gap| length_words(gap.get())),
        wait,
        tried: first_hour::last(visitor.id, &tried, now).map(|last| tried_words(&clock, &last)),
        is_session,
        usual: visitor.usual(guideline),
        began: now,
        keep_awake: longest.is_some_and(|longest| longest <= AWAKE_FOR),
        steps,
        differences,
        sources: source_lines(guideline, &citations),
    }
}

fn step(step: &care::RemedyStep) -> StepView<'_> {
    let timer = step.timer.map(|timer| TimerView {
        seconds: timer.get(),
        words: length_words(timer.get()),
        more: minutes_more(timer),
    });
    StepView { text: &step.text, timer }
}

#[derive(Template)]
#[template(path = "pages/not_for_you.html")]
struct NotForYouPage<'v> {
    frame: Frame<'v>,
    name: &'v str,
    because: String,
    said: Vec<String>,
}

/// The page about a remedy that is not in the plan: why, and never its steps.
fn not_for_you(site: &Site<'_>, visit: &Visit<'_>, visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let guideline = site.guideline();
    let remedy = guideline.remedy(visitor.id);
    let withheld = visitor.plan.withheld.iter().find(|withheld| withheld.remedy == visitor.id);
    let urgency = visitor.case.finished().map(care::Finished::urgency).unwrap_or_default();
    let (because, findings) = match withheld {
        Some(withheld) => (remedy.avoid_because.clone().unwrap_or_default(), withheld.because.clone()),
        None if remedy.up_to < urgency => {
            let first = &guideline.outcome(urgency).title;
            (format!("First things first: {first}. This one can wait until then."), Vec::new())
        }
        None => ("It does not fit what you told us.".to_owned(), offered_for(guideline, remedy)),
    };
    let page = NotForYouPage {
        frame: Frame::new(site, visit, Here::Relief, "Not for you just now"),
        name: &remedy.name,
        because,
        said: findings.iter().map(|finding| said(guideline, &visitor.case.answers, *finding)).collect(),
    };
    Ok(Response::page(page.render()?))
}

/// The findings on which it depends whether a remedy is offered.
fn offered_for(guideline: &Guideline, remedy: &Remedy) -> Vec<FindingId> {
    let mut findings = Vec::new();
    if let Some(offer) = &remedy.offer {
        care::findings_in(guideline.book(), offer, &mut findings);
    }
    findings
}

/// `POST /relief/ID`: it was done. What happened is kept even if the plan
/// changed meanwhile; what is shown next depends on the plan.
pub(crate) fn done(site: &Site<'_>, visit: &Visit<'_>, form: &Form, id: &str) -> Result<Response, PageError> {
    let guideline = site.guideline();
    let remedy = guideline.remedy(guideline.remedy_named(id).ok_or(PageError::NotFound)?);
    let ended = visit.now.timestamp();
    let event = Event::RemedyTried {
        remedy: remedy.id.clone(),
        began: began(form.text("began"), remedy, ended),
        ended,
        before: pain(form, "before")?,
        after: pain(form, "after")?,
    };
    let case = Case::of(site, visit);
    let response = match plan_of(&case) {
        Some(_) => Response::see(&format!("/relief/{}/after", remedy.id)),
        None => elsewhere(&case),
    };
    Ok(response.after(vec![event]))
}

/// When the session began, as its form says: the page was made, or its first
/// button pressed. A page that lay open for longer than the session can take,
/// or a field that is no such time, says nothing; the end is then all we know.
fn began(field: &str, remedy: &Remedy, ended: Timestamp) -> Timestamp {
    let timers: u32 = remedy.steps.iter().filter_map(|step| step.timer).map(Seconds::get).sum();
    let longest = SLOWEST + SignedDuration::from_secs(timers.into());
    let is_sane = |began: &Timestamp| *began <= ended && ended.duration_since(*began) <= longest;
    field.parse().ok().filter(is_sane).unwrap_or(ended)
}

/// A pain score of the form; none where it was skipped.
fn pain(form: &Form, name: &str) -> Result<Option<u8>, PageError> {
    match form.text(name) {
        "" => Ok(None),
        text => {
            let points = text.parse().ok().filter(|points| *points <= care::recovery::PainScore::MAX);
            points.map(Some).ok_or_else(|| PageError::BadForm(format!("`{name}` is no number from 0 to 10")))
        }
    }
}
