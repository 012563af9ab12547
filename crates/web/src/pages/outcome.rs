//! The outcome: what to do first, why, what was asked and absent, when to come back.

use askama::Template;
use care::{
    Advice, Answer, Citations, Finished, Guideline, Instructions, Reason, Remedy, Stage, Urgency, advise,
    answered_words, said, what_to_do,
};

use crate::frame::{Frame, Here, level_word};
use crate::page_error::PageError;
use crate::parts::change::NewBook;
use crate::parts::come_back::Card;
use crate::parts::sources::{SourceLine, source_lines};
use crate::response::Response;
use crate::visitor::Visitor;
use crate::what_to_do::WhatToDo;

#[derive(Template)]
#[template(path = "pages/outcome.html")]
struct OutcomePage<'v> {
    frame: Frame<'v>,
    level: &'static str,
    level_word: &'static str,
    is_emergency: bool,
    told: Instructions<'v>,
    marks: String,
    what_to_do: WhatToDo<'v>,
    decisive: Vec<Why>,
    others: Vec<Why>,
    /// No rule decided, and yet there was a danger sign.
    has_sign: bool,
    absent: Vec<&'v str>,
    unsure: Vec<&'v str>,
    stages: Vec<(&'static str, Vec<Step<'v>>)>,
    left_out: Vec<(&'v str, &'v str)>,
    card: Card,
    sources: Vec<SourceLine<'v>>,
    when: String,
    /// What a new version of the book says else.
    new_book: Option<NewBook<'v>>,
}

/// One reason.
struct Why {
    because: String,
    marks: String,
    said: Vec<String>,
    suspect: Option<String>,
}

/// One step of the plan.
struct Step<'v> {
    id: &'v str,
    name: &'v str,
    strength: &'static str,
}

/// `GET /outcome`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    if let Some(finished) = case.concluded() {
        return Ok(Response::page(page(visitor, finished).render()?));
    }
    if let Some(told) = case.told_before(visitor.guideline(), visitor.record) {
        return Ok(Response::page(before_page(visitor, told).render()?));
    }
    Ok(Response::see(if case.finished().is_some() { "/check" } else { "/question" }))
}

/// What another version of the book told the person, in the words of then: it holds until
/// what is new is answered.
#[derive(Template)]
#[template(path = "pages/outcome_before.html")]
struct BeforePage<'v> {
    frame: Frame<'v>,
    level_word: &'static str,
    told: &'v store::Shown,
    when: String,
}

fn before_page<'v>(visitor: &'v Visitor<'_>, told: &'v store::Assessment) -> BeforePage<'v> {
    let frame = Frame::new(visitor, Here::Home, told.shown.title.clone()).with_scripts(&["print.js"]);
    BeforePage {
        frame,
        level_word: level_word(told.shown.urgency),
        told: &told.shown,
        when: visitor.worked_out(),
    }
}

fn page<'v>(visitor: &'v Visitor<'_>, finished: &Finished<'v>) -> OutcomePage<'v> {
    let guideline = visitor.guideline();
    let region = visitor.region();
    let urgency = finished.urgency();
    let advice = advise(finished);
    let told = what_to_do(finished);
    let citations = Citations::default();
    let marks = citations.mark(&told.sources);
    let (decisive, others): (Vec<&Reason>, Vec<&Reason>) =
        advice.because().iter().partition(|reason| reason.urgency == urgency);
    let answers = finished.state().answers();
    let why = |reason: &&Reason| {
        let rule = guideline.rule(reason.rule);
        Why {
            because: reason.words(guideline),
            marks: citations.mark(&rule.sources),
            said: reason.findings.iter().map(|finding| said(guideline, answers, *finding)).collect(),
            suspect: rule.suspect.map(|id| guideline.cause(id).full_name()),
        }
    };
    let (decisive, others) = (decisive.iter().map(why).collect(), others.iter().map(why).collect());
    let dangers = |wanted| {
        answers
            .iter()
            .filter(move |(finding, answer)| guideline.finding(*finding).danger && *answer == wanted)
            .map(|(finding, _)| guideline.finding(finding).label.as_str())
    };
    let is_emergency = urgency == Urgency::Emergency;
    let title = told.title.to_owned();
    let frame = Frame::new(visitor, Here::Home, title).with_scripts(&["print.js"]);
    OutcomePage {
        // The call comes first there; that the questions go on is said below it.
        frame: if is_emergency { frame.of_interview() } else { frame },
        level: urgency.id(),
        level_word: level_word(urgency),
        is_emergency,
        what_to_do: WhatToDo::of(region, urgency, &told),
        told,
        marks,
        has_sign: dangers(Answer::Yes).next().is_some() || dangers(Answer::NotSure).next().is_some(),
        decisive,
        others,
        absent: dangers(Answer::No).collect(),
        unsure: dangers(Answer::NotSure).collect(),
        stages: stages(guideline, &advice),
        left_out: left_out(guideline, &advice),
        card: Card::of(guideline, region, &advice),
        sources: source_lines(guideline, &citations),
        when: visitor.worked_out(),
        new_book: NewBook::of(visitor),
    }
}

/// The remedies that fit this person, in the order of the plan.
pub(crate) fn remedies<'g>(guideline: &'g Guideline, advice: &Advice) -> Vec<&'g Remedy> {
    match advice {
        Advice::Manage { plan, .. } => {
            plan.items.iter().map(|item| guideline.remedy(item.remedy())).collect()
        }
        Advice::GetHelpNow { .. } => Vec::new(),
    }
}

fn stages<'g>(guideline: &'g Guideline, advice: &Advice) -> Vec<(&'static str, Vec<Step<'g>>)> {
    let remedies = remedies(guideline, advice);
    let of_stage = |stage: Stage| -> Vec<Step<'g>> {
        let steps = remedies.iter().filter(|remedy| remedy.stage == stage);
        steps
            .map(|remedy| Step { id: &remedy.id, name: &remedy.name, strength: remedy.strength.words() })
            .collect()
    };
    let stages = Stage::ALL.into_iter().map(|stage| (stage.title(), of_stage(stage)));
    stages.filter(|(_, steps)| !steps.is_empty()).collect()
}

fn left_out<'g>(guideline: &'g Guideline, advice: &Advice) -> Vec<(&'g str, &'g str)> {
    let Advice::Manage { plan, .. } = advice else { return Vec::new() };
    let words = |withheld: &care::Withheld| {
        let remedy = guideline.remedy(withheld.remedy);
        (remedy.name.as_str(), remedy.avoid_because.as_deref().unwrap_or_default())
    };
    plan.withheld.iter().map(words).collect()
}

#[derive(Template)]
#[template(path = "pages/card.html")]
struct CardPage<'v> {
    frame: Frame<'v>,
    card: Card,
    whole: Card,
    title: &'v str,
    when: String,
    /// The story in answers, for whoever helps.
    answers: Vec<(&'v str, String)>,
}

/// `GET /card`: the come-back card alone, to print or keep open.
pub(crate) fn card(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    let Some(finished) = case.manageable() else { return Ok(Response::see("/outcome")) };
    let guideline = visitor.guideline();
    let screens = case.screens(guideline, visitor.record).into_iter();
    let answers =
        screens.map(|id| (guideline.question(id).ask.as_str(), answered_words(guideline, &case.given, id)));
    let advice = advise(finished);
    let page = CardPage {
        frame: Frame::new(visitor, Here::Home, "Your come-back card")
            .with_scripts(&["print.js", "unfold.js"]),
        card: Card::of(guideline, visitor.region(), &advice),
        whole: Card::whole(guideline, visitor.region(), &advice),
        title: what_to_do(finished).title,
        when: visitor.worked_out(),
        answers: answers.collect(),
    };
    Ok(Response::page(page.render()?))
}
