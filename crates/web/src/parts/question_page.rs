//! A question as a page: of the triage, or of a subject that asks further.

use askama::Template;
use care::{Answer, Answers, FindingKind, Guideline, QuestionId, Step, next};

use crate::frame::Frame;
use crate::screen::Screen;

/// A page with one question on it.
#[derive(Template)]
#[template(path = "pages/question.html")]
pub(crate) struct QuestionPage<'v> {
    pub(crate) frame: Frame<'v>,
    pub(crate) screen: Screen<'v>,
    /// The part of the interview, and which screen of it.
    pub(crate) caption: String,
    /// How many screens of everybody's are done, and how many there are at most, in the triage.
    pub(crate) way: Option<(usize, usize)>,
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

/// Where a screen stands in the triage.
pub(crate) struct Way {
    /// The part of the interview, and which screen of it.
    pub(crate) caption: String,
    /// How many screens come before it.
    pub(crate) done: usize,
    /// How many there are, if nothing more fits.
    pub(crate) all: usize,
}

impl Way {
    /// After these screens; `answers` are all that stand.
    pub(crate) fn of(
        guideline: &Guideline,
        answers: &Answers,
        answered: &[QuestionId],
        question: QuestionId,
    ) -> Self {
        let mut screens = answered.to_vec();
        screens.extend(ahead(guideline, answers).into_iter().filter(|screen| !answered.contains(screen)));
        let done = screens.iter().position(|screen| *screen == question).unwrap_or(answered.len());
        let chapter = guideline.question(question).chapter;
        let of_it = |screens: &[QuestionId]| {
            screens.iter().filter(|screen| guideline.question(**screen).chapter == chapter).count()
        };
        let place = of_it(&screens[..done]) + 1;
        let caption = format!("{} {place}/{}", chapter.title(), of_it(&screens).max(place));
        Self { caption, done, all: screens.len().max(done + 1) }
    }
}

/// The screens that are still asked of somebody to whom nothing more fits.
fn ahead(guideline: &Guideline, answers: &Answers) -> Vec<QuestionId> {
    let mut answers = answers.clone();
    let mut screens = Vec::new();
    while let Step::Ask(ask) = next(guideline, &answers) {
        screens.push(ask.question);
        for finding in ask.findings {
            let plain = match guideline.finding(finding).kind {
                FindingKind::YesNo => Answer::No,
                FindingKind::Choice(_) => Answer::Option(0),
                // Somewhere in between: neither a child nor very old, neither no pain nor the worst.
                FindingKind::Number { min, max, .. } => Answer::Number(min + (max - min) / 3),
            };
            let _ = answers.set(guideline, finding, plain);
        }
    }
    screens
}
