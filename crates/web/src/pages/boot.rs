//! The first page of a static site, before the program is there: useful by itself.
//!
//! It is made once, for nobody and nowhere: the first danger screen, what to do if any of
//! it fits, and the numbers. Its links lead nowhere but inside itself, since no other page
//! exists until the worker does. A script gives the form its tokens then.

use askama::Template;
use care::{QuestionId, Urgency};

use crate::asking::Asked;
use crate::frame::{Frame, Here};
use crate::numbers::{RegionLine, danger_signs, region_lines};
use crate::page_error::PageError;
use crate::parts::onward::{address, goes_on};
use crate::parts::question_page::Way;
use crate::screen::Screen;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/boot.html")]
struct BootPage<'v> {
    frame: Frame<'v>,
    screen: Screen<'v>,
    /// Where the form goes: the address of the question.
    to: String,
    caption: String,
    signs: Vec<&'v str>,
    actions: &'v [String],
    regions: Vec<RegionLine<'v>>,
}

/// The question on it.
fn first(visitor: &Visitor<'_>) -> Option<QuestionId> {
    let guideline = visitor.guideline();
    let to = goes_on(guideline, visitor.case());
    guideline.questions().find(|question| address(guideline, *question) == to)
}

/// The pictures on it: the question, and the number of each.
pub(crate) fn pictures<'v>(visitor: &'v Visitor<'_>) -> impl Iterator<Item = (&'v str, String)> {
    let question = first(visitor).map(|first| visitor.guideline().question(first));
    let numbers = question.map_or(0, |question| question.cards.len());
    (1..=numbers).filter_map(move |number| Some((question?.id.as_str(), number.to_string())))
}

/// The page, as HTML.
pub(crate) fn page(visitor: &Visitor<'_>) -> Result<String, PageError> {
    let guideline = visitor.guideline();
    let to = goes_on(guideline, visitor.case());
    let first = first(visitor).ok_or(PageError::NotFound)?;
    let asked = Asked::of(visitor, visitor.case(), first, &to, false).ok_or(PageError::NotFound)?;
    let frame = Frame::new(visitor, Here::Home, "Is this back spasm dangerous?");
    let page = BootPage {
        caption: Way::of(guideline, &visitor.case().answers, &[], first).caption,
        signs: danger_signs(visitor.site),
        actions: &guideline.outcome(Urgency::Emergency).actions,
        regions: region_lines(&frame, guideline.book()),
        screen: asked.screen,
        frame,
        to,
    };
    Ok(page.render()?)
}
