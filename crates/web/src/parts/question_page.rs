//! A question as a page: of the triage, or of a subject that asks further.

use askama::Template;

use crate::frame::{Frame, Here};
use crate::screen::Screen;

/// A page with one question on it.
#[derive(Template)]
#[template(path = "pages/question.html")]
pub(crate) struct QuestionPage<'v> {
    pub(crate) frame: Frame<'v>,
    pub(crate) screen: Screen<'v>,
    /// The part of the interview, and the number of the screen.
    pub(crate) caption: String,
    /// Where the form goes: the address of the question.
    pub(crate) to: String,
    /// The page before it.
    pub(crate) back: String,
    /// What must be known at once, from the person's own words.
    pub(crate) warning: Option<String>,
    /// What the person wrote, said back.
    pub(crate) heard: Option<Heard>,
    /// Whom "you" means, where somebody answers for another.
    pub(crate) about: Option<&'static str>,
    /// Why the question comes now, or that it was answered elsewhere meanwhile.
    pub(crate) notice: Option<String>,
}

/// What the person wrote in their own words, as it was understood.
pub(crate) struct Heard {
    /// One sentence; none where nothing was understood.
    pub(crate) said_back: Option<String>,
    pub(crate) not_understood: Vec<String>,
}
