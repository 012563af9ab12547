//! What pages share that are open before the questions: the red lines, and what something
//! waits for.

use care::{
    Condition, Guideline, Outcome, QuestionId, Remedy, RemedyId, Spot, State, Urgency, findings_in,
    open_at_once,
};

use crate::parts::figures::Figure;
use crate::visitor::Visitor;

/// A red line, and where its help stands.
pub(crate) struct RedLine<'v> {
    pub(crate) says: &'v str,
    pub(crate) to: String,
}

impl<'v> RedLine<'v> {
    /// One of [`red_lines`].
    pub(crate) fn of((outcome, number, says): (&Outcome, usize, &'v str)) -> Self {
        Self { says, to: format!("/help/call/{}/{number}", outcome.id) }
    }
}

/// The red lines of the book, each with the outcome that it leads to and its number there.
pub(crate) fn red_lines(guideline: &Guideline) -> impl Iterator<Item = (&Outcome, usize, &str)> {
    guideline.book().outcomes.iter().flat_map(|outcome| {
        (1..).zip(&outcome.red_lines).map(move |(number, signs)| (outcome, number, signs.says.as_str()))
    })
}

/// What is open to somebody before the questions are done. What they have said counts.
pub(crate) fn open_to(visitor: &Visitor<'_>) -> Vec<RemedyId> {
    let state = State::of(visitor.guideline(), &visitor.case().answers);
    if state.bounds().lower == Urgency::Emergency { Vec::new() } else { open_at_once(&state) }
}

/// Of what is open, the first position that is for everybody, begins where the person is, and
/// has a picture.
pub(crate) fn first_position<'v>(
    guideline: &'v Guideline,
    open: &[RemedyId],
    here: Option<Spot>,
) -> Option<(&'v Remedy, Figure<'v>)> {
    let remedies = open.iter().map(|id| guideline.remedy(*id));
    let harms_nobody = |remedy: &&Remedy| remedy.at_once.as_ref().is_some_and(Vec::is_empty);
    let begins_here = |remedy: &&Remedy| here.is_none_or(|here| remedy.from.contains(&here));
    let mut positions = remedies.filter(harms_nobody).filter(begins_here);
    positions.find_map(|remedy| Some((remedy, Figure::of_remedy(guideline.book(), remedy, here)?)))
}

/// What something needs to know of first: the parts of the interview that it waits for, as the
/// interview names them. What only some answers open is not named, unless there is nothing else.
pub(crate) fn needs<'c>(
    guideline: &Guideline,
    conditions: impl IntoIterator<Item = &'c Condition>,
) -> String {
    let mut findings = Vec::new();
    for condition in conditions {
        findings_in(guideline.book(), condition, &mut findings);
    }
    let mut questions: Vec<_> = findings.into_iter().filter_map(|id| guideline.asked_by(id)).collect();
    questions.sort_unstable();
    questions.dedup();
    let is_for_all = |id: &QuestionId| guideline.question(*id).only_if.is_none();
    if questions.iter().any(is_for_all) {
        questions.retain(is_for_all);
    }
    let mut parts: Vec<&str> = Vec::new();
    for title in questions.into_iter().map(|id| guideline.question(id).chapter.title()) {
        if !parts.contains(&title) {
            parts.push(title);
        }
    }
    parts.join("; ")
}
