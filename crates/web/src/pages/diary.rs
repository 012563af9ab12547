//! The diary: the course so far, a check-in of ten seconds, every entry.

mod asked;
mod chart;
mod check_in;
mod entries;
mod fields;
mod result;
mod triage;
mod when;

use askama::Template;
use care::advise;
use care::recovery::{Course, PainSeries, band_sources, checks, well_days};
use store::Event;
use tell::{Card, Citations, Clock, LastEntry, Message, Words};

use self::chart::Chart;
use self::check_in::{CheckInForm, Filled};
use self::entries::{EntryLine, Row, entry_lines, rows};
use self::triage::{follow, save};
use crate::asking::is_overtaken;
use crate::frame::{Frame, Here, level_word};
use crate::page_error::PageError;
use crate::parts::entry;
use crate::parts::onward::elsewhere;
use crate::parts::sources::{SourceLine, source_lines};
use crate::request::Form;
use crate::response::Response;
use crate::spell::Spell;
use crate::visitor::Visitor;

pub(crate) use self::result::show as result;

/// So many entries are on one page: no browser shows a hundred thousand.
const MOST: usize = 1_000;

/// So many entries are shown below the chart; all of them have a page of their own.
const NEWEST: usize = 7;

#[derive(Template)]
#[template(path = "pages/diary.html")]
struct DiaryPage<'v> {
    frame: Frame<'v>,
    form: CheckInForm<'v>,
    gap: Option<String>,
    /// Something may be new, and the entry cannot be saved yet: the danger signs come first.
    is_danger_first: bool,
    /// Who is well need not write, so the form steps back.
    is_folded: bool,
    course: Option<CourseSoFar<'v>>,
    newest: Vec<EntryLine<'v>>,
    /// How many there are in all.
    count: usize,
    has_tried: bool,
    sources: Vec<SourceLine<'v>>,
}

/// What the diary of this spell shows.
struct CourseSoFar<'v> {
    chart: Chart,
    rows: Vec<Row>,
    /// How many older ones are not in the table.
    older_rows: usize,
    /// When the person said last how strong it is.
    as_of: String,
    /// The same in two sentences.
    short: Vec<Words<'v>>,
    lines: Vec<Words<'v>>,
    marks: String,
    next_look: Option<(&'v str, &'v str)>,
    checks: Vec<(Words<'v>, &'static str, String)>,
    is_over: bool,
    well_days: u32,
}

/// `GET /diary`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    if !case.keeps_what_is_theirs() {
        return Ok(elsewhere(case));
    }
    let mut form = empty(visitor);
    if let Some(sent) = visitor.sent(DIARY) {
        // What is right with it by now is filled in all the same, and nothing of it is lost.
        let filled = form.read(visitor.guideline(), sent, &visitor.by_own_clock(sent).0.now);
        form.is_overtaken = filled.is_some();
    }
    let page = page(visitor, form);
    page.frame.around(&page)
}

const DIARY: &str = "/diary";

fn empty<'v>(visitor: &'v Visitor<'_>) -> CheckInForm<'v> {
    let finished = visitor.standing().manageable();
    let cards = finished.map(|finished| {
        let (guideline, region, advice) = (visitor.guideline(), visitor.region(), advise(finished));
        (Card::signs(guideline, region, &advice), Card::short(guideline, region, &advice))
    });
    let hidden = Frame::new(visitor, Here::Diary, "").hidden();
    CheckInForm::new(visitor, cards.unwrap_or_default(), hidden)
}

fn page<'v>(visitor: &'v Visitor<'_>, form: CheckInForm<'v>) -> DiaryPage<'v> {
    let case = visitor.standing();
    let guideline = visitor.guideline();
    let now = visitor.now.timestamp();
    let citations = Citations::default();
    let spell = Spell::seen(visitor.guideline(), &case.view(visitor.record), now);
    let course = spell.as_ref().zip(case.series.as_ref());
    let course = course.map(|(spell, series)| course_so_far(visitor, spell, series, &citations));
    let last = visitor.record.check_ins().last();
    let is_over = course.as_ref().is_some_and(|course| course.is_over);
    let gap =
        last.filter(|_| !is_over).and_then(|last| result::after_a_gap(now.duration_since(last.what.at)));
    let entries = visitor.record.check_ins();
    let is_wrong = !form.problems.is_empty();
    let frame = Frame::new(visitor, Here::Diary, "Your diary").with_error(is_wrong);
    DiaryPage {
        frame: frame.with_scripts(&["question.js", "print.js", "install.js"]),
        is_danger_first: is_wrong && matches!(form.danger.chosen(), Some("yes" | "not sure")),
        form,
        gap,
        is_folded: is_over,
        course,
        newest: entry_lines(visitor, &entries[entries.len().saturating_sub(NEWEST)..]),
        count: entries.len(),
        has_tried: !visitor.record.trials().is_empty(),
        sources: source_lines(guideline, &citations),
    }
}

fn course_so_far<'v>(
    visitor: &'v Visitor<'_>,
    spell: &Spell<'_>,
    series: &PainSeries,
    citations: &Citations,
) -> CourseSoFar<'v> {
    let guideline = visitor.guideline();
    let course = Course::of(guideline, series);
    let last = spell.last().to_zoned(visitor.now.time_zone().clone()).date();
    let check = |reason: care::Reason| {
        let rule = guideline.rule(reason.rule);
        (tell::because(guideline, &reason), level_word(reason.urgency), citations.mark(&rule.sources))
    };
    let (rows, older_rows) = rows(visitor, spell, series, &course.episode);
    CourseSoFar {
        chart: Chart::of(visitor, spell, series, &course),
        rows,
        older_rows,
        as_of: Clock::of(visitor.now).words(spell.last()),
        short: tell::course_in_short(guideline, &course, series).collect(),
        lines: tell::course(guideline, &course, series, LastEntry::on(last, visitor.now.date())),
        marks: citations.mark(&band_sources(guideline)),
        next_look: result::next_look(guideline, &course),
        checks: checks(guideline, &visitor.standing().answers).into_iter().map(check).collect(),
        is_over: course.episode.recovered.is_some(),
        well_days: well_days(guideline, series),
    }
}

#[derive(Template)]
#[template(path = "pages/diary_entries.html")]
struct EntriesPage<'v> {
    frame: Frame<'v>,
    entries: Vec<EntryLine<'v>>,
    /// How many are not shown.
    older: usize,
}

/// `GET /diary/entries`: every entry.
pub(crate) fn entries(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    // Whoever helps in an emergency may want to read them.
    if !case.opens_what_was_written(visitor.guideline(), visitor.record) {
        return Ok(elsewhere(case));
    }
    let frame = Frame::new(visitor, Here::Diary, "All your entries").of_their_own(visitor);
    let frame = frame.with_scripts(&["print.js"]);
    let entries = visitor.record.check_ins();
    let older = entries.len().saturating_sub(MOST);
    let page = EntriesPage { frame, entries: entry_lines(visitor, &entries[older..]), older };
    page.frame.around(&page)
}

/// `POST /diary`: an entry.
pub(crate) fn check_in(visitor: &Visitor<'_>, form: &Form) -> Response {
    let case = visitor.standing();
    let (visit, zone) = visitor.by_own_clock(form);
    // It is read and not shown, so it needs no card.
    let mut read = CheckInForm::new(visitor, Default::default(), String::new());
    let is_overtaken =
        |filled: &Filled| is_overtaken(visitor.guideline(), visitor.record, case, form, &filled.answers);
    match read.read(visitor.guideline(), form, &visit.now) {
        Some(filled) if is_overtaken(&filled) => Response::see(DIARY).carrying(form),
        Some(filled) => save(visitor, zone, filled),
        None if !case.keeps_what_is_theirs() => elsewhere(case),
        None => Response::see(DIARY).carrying(form),
    }
}

/// `POST /diary/withdraw`: an entry was a mistake.
pub(crate) fn withdraw(visitor: &Visitor<'_>, form: &Form) -> Result<Response, PageError> {
    let named = form.text("entry");
    if named.is_empty() {
        return Err(PageError::BadForm("it names no entry".to_owned()));
    }
    let entry = visitor.record.check_ins().iter().find(|entry| entry::of_check_in(entry) == named);
    // Taken out already, in another window perhaps; or it is another by now.
    let Some(entry) = entry else { return Ok(Response::see("/diary")) };
    Ok(follow(visitor, vec![Event::Withdrawn { entry: entry.sequence }], &[]))
}

#[cfg(test)]
mod tests;
