//! The outcome: what to do first, why, what was asked and absent, when to come back.

use askama::Template;
use care::{Finished, Remedy, Strength, Urgency, advise, answered_words, what_to_do};
use tell::{Card, Message, Outcome, outcome};

use crate::frame::{Frame, Here, level_word};
use crate::incoming::told_title;
use crate::page_error::PageError;
use crate::parts::change::NewBook;
use crate::parts::evidence;
use crate::parts::remedies::{Start, start_now};
use crate::parts::sources::{SourceLine, source_lines};
use crate::parts::today::look_again;
use crate::response::Response;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/outcome.html")]
struct OutcomePage<'v> {
    frame: Frame<'v>,
    told: Outcome<'v>,
    /// What studies say of most of the plan.
    of_most: Option<Strength>,
    level_word: &'static str,
    is_emergency: bool,
    /// Being seen today comes before all else, with whom to call.
    is_urgent: bool,
    /// What to do about the pain now.
    start: Option<Start<'v>>,
    /// What stands above it.
    lead: &'static str,
    /// On which days to look again.
    look_again: Option<Message<'static>>,
    sources: Vec<SourceLine<'v>>,
    when: String,
    /// Painkillers are written down, which whoever helps asks for.
    has_log: bool,
    /// What a new version of the book says else.
    new_book: Option<NewBook<'v>>,
}

impl OutcomePage<'_> {
    /// What studies say of a step, where that is not what they say of most.
    fn evidence(&self, step: &Remedy) -> Option<&'static str> {
        evidence::of_one(step.strength, self.of_most)
    }
}

/// `GET /outcome`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    if let Some(finished) = case.concluded() {
        let page = page(visitor, finished);
        return page.frame.around(&page);
    }
    if let Some(told) = case.told_before(visitor.guideline(), visitor.record) {
        let page = before_page(visitor, told);
        return page.frame.around(&page);
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
    title: &'v str,
    actions: &'v [String],
    told: &'v store::Shown,
    when: String,
}

fn before_page<'v>(visitor: &'v Visitor<'_>, told: &'v store::Assessment) -> BeforePage<'v> {
    let title = told_title(visitor.guideline(), &told.shown);
    let of_book = &visitor.guideline().outcome(told.shown.urgency).actions;
    let frame = Frame::new(visitor, Here::Home, title.to_owned()).with_scripts(&["print.js"]);
    BeforePage {
        frame,
        title,
        // Those that came in with a file are not ours to repeat.
        actions: if told.shown.actions.is_empty() { of_book } else { &told.shown.actions },
        level_word: level_word(told.shown.urgency),
        told: &told.shown,
        when: visitor.worked_out(),
    }
}

fn page<'v>(visitor: &'v Visitor<'_>, finished: &Finished<'v>) -> OutcomePage<'v> {
    let told = outcome(finished, visitor.region());
    let is_emergency = told.urgency == Urgency::Emergency;
    let is_urgent = told.urgency >= Urgency::SameDay || told.to_do.asks_to_call();
    let frame = Frame::new(visitor, Here::Home, told.to_do.title).with_scripts(&["print.js"]);
    OutcomePage {
        // The call comes first there; that the questions go on is said below it.
        frame: if is_emergency { frame.of_interview() } else { frame },
        level_word: level_word(told.urgency),
        is_emergency,
        is_urgent,
        start: start_now(visitor),
        lead: if is_urgent { "Until then" } else { "Do this now" },
        look_again: look_again(visitor),
        sources: source_lines(visitor.guideline(), &told.citations),
        of_most: evidence::of_most(
            told.stages.iter().flat_map(|of| &of.remedies).map(|remedy| remedy.strength),
        ),
        told,
        when: visitor.worked_out(),
        has_log: !visitor.record.doses().is_empty(),
        new_book: NewBook::of(visitor),
    }
}

#[derive(Template)]
#[template(path = "pages/card.html")]
struct CardPage<'v> {
    frame: Frame<'v>,
    card: Card<'v>,
    whole: Card<'v>,
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
        frame: Frame::new(visitor, Here::Home, Message::CardTitle.to_string())
            .with_scripts(&["print.js", "unfold.js"]),
        card: Card::short(guideline, visitor.region(), &advice),
        whole: Card::whole(guideline, visitor.region(), &advice),
        title: what_to_do(finished).title,
        when: visitor.worked_out(),
        answers: answers.collect(),
    };
    page.frame.around(&page)
}
