//! What an entry changed.

use askama::Template;
use care::recovery::Course;
use care::{Guideline, Instructions, Urgency, advise, what_to_do};
use jiff::SignedDuration;
use store::{Event, Stored};
use tell::{Citations, LastEntry, Line, Message, Words, because};

use super::triage::is_long_since_asked;
use crate::frame::{Frame, Here, level_word};
use crate::page_error::PageError;
use crate::parts::change::Change;
use crate::parts::onward::{elsewhere, goes_on};
use crate::parts::sources::{SourceLine, source_lines};
use crate::response::Response;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/diary_result.html")]
struct ResultPage<'v> {
    frame: Frame<'v>,
    /// What was written down, in words; none where it was taken out.
    entry: Option<String>,
    /// There is more to ask before it is known what it changes, and where.
    more: Option<String>,
    /// It is long since the danger signs were asked about.
    is_long: bool,
    level: &'static str,
    level_word: &'static str,
    told: Instructions<'v>,
    marks: String,
    /// The level before, where it was another one.
    before: Option<(&'static str, &'v str)>,
    is_lower: bool,
    is_home: bool,
    change: Change<'v>,
    reasons: Vec<(Line<'v>, bool)>,
    /// The course in two sentences, and all of it.
    short: Vec<Words<'v>>,
    lines: Vec<Words<'v>>,
    next_look: Option<(&'v str, &'v str)>,
    sources: Vec<SourceLine<'v>>,
}

/// `GET /diary/result`: what the last entry changed.
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    let Some(finished) = case.manageable() else { return Ok(elsewhere(case)) };
    let Some(last) = visitor.record.events().iter().rev().find(|stored| is_of_diary(stored)) else {
        return Ok(Response::see("/diary"));
    };
    let guideline = visitor.guideline();
    let assessments = visitor.record.assessments();
    let before = assessments.iter().rev().find(|assessment| assessment.sequence < last.sequence);
    let change = Change::between(before, finished);
    let told = what_to_do(finished);
    let citations = Citations::default();
    let marks = citations.mark(&told.sources);
    let advice = advise(finished);
    let when = |at| tell::Clock::of(visitor.now).words(at);
    let entry = match &last.event {
        Event::CheckedIn(entry) => Some(format!("Pain {} of 10, {}.", entry.pain_now, when(entry.at))),
        _ => None,
    };
    let more = case.is_standing.then(|| goes_on(visitor.guideline(), visitor.case()));
    let reasons = advice.because().iter().enumerate().map(|(index, reason)| {
        let rule = guideline.rule(reason.rule);
        let line = Line { words: because(guideline, reason), marks: citations.mark(&rule.sources) };
        (line, change.new_reasons.contains(&index))
    });
    let reasons = reasons.collect();
    let course = case.series.as_deref().map(|series| Course::of(guideline, series));
    let diary = case.series.as_deref().zip(course.as_ref());
    let short = diary.iter().flat_map(|(series, course)| tell::course_in_short(guideline, course, series));
    let short = short.collect();
    let lines = diary.map(|(series, course)| tell::course(guideline, course, series, LastEntry::now()));
    let title = if change.before.is_some() && !case.is_standing {
        "This changes what we advise"
    } else {
        "Your entry is saved"
    };
    let page = ResultPage {
        frame: Frame::new(visitor, Here::Diary, title).with_scripts(&["keep.js"]),
        entry,
        is_long: more.is_none() && is_long_since_asked(visitor),
        more,
        level: finished.urgency().id(),
        level_word: level_word(finished.urgency()),
        told,
        marks,
        before: change
            .before
            .filter(|_| !case.is_standing)
            .map(|(urgency, title)| (level_word(urgency), title)),
        is_lower: change.before.is_some_and(|(urgency, _)| finished.urgency() < urgency),
        is_home: finished.urgency() == Urgency::SelfCare,
        change,
        reasons,
        short,
        lines: lines.unwrap_or_default(),
        next_look: course.and_then(|course| next_look(guideline, &course)),
        sources: source_lines(guideline, &citations),
    };
    page.frame.around(&page)
}

/// The day to look next, with what should be so by then.
pub(super) fn next_look<'g>(guideline: &'g Guideline, course: &Course) -> Option<(&'g str, &'g str)> {
    course.next_checkpoint(guideline).map(|next| (next.name.as_str(), next.expect.as_str()))
}

fn is_of_diary(stored: &Stored) -> bool {
    matches!(stored.event, Event::CheckedIn(_) | Event::Withdrawn { .. })
}

/// A kind word where the diary has a gap.
pub(super) fn after_a_gap(since: SignedDuration) -> Option<String> {
    let days = since.as_hours() / 24;
    match days {
        ..=1 => None,
        2..=6 => Some(format!("Your last entry was {days} days ago. That is fine. A gap does no harm: just go on from today.")),
        _ => Some("It has been a while since your last entry. That is fine, and often a good sign. Just go on from today.".to_owned()),
    }
}
