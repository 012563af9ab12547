//! `/medicines`: where each ingredient of the log stands, and the way to all else.

use askama::Template;
use care::medicine::standings_for;
use care::{Guideline, Standing, sentence_case};
use jiff::Timestamp;
use tell::medicine::{self, of_unit, time_left};
use tell::{Citations, Clock, Message};

use super::cabinet::{Cabinet, Calls, Marked};
use super::find::Shelf;
use crate::frame::Frame;
use crate::page_error::PageError;
use crate::parts::at_once::{RedLine, red_lines};
use crate::parts::sources::{SourceLine, source_lines};
use crate::response::Response;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/medicines.html")]
struct Overview<'v> {
    frame: Frame<'v>,
    rows: Vec<Row>,
    /// Whom to call where more than is allowed was taken.
    calls: Option<Calls<'v>>,
    shelf: Shelf<'v>,
    /// Before any outcome: what is more urgent than any painkiller.
    red_lines: Option<Vec<RedLine<'v>>>,
    limits: &'v str,
    /// By whose clock the times are.
    clock: String,
    honest: Honest<'v>,
    sources: Vec<SourceLine<'v>>,
}

/// How far too much was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Over {
    Not,
    CallToday,
    HelpNow,
}

/// Where one ingredient stands.
pub(super) struct Row {
    pub(super) name: String,
    /// When the next one is, by time and amount.
    pub(super) next: String,
    /// When that is still to come: how long it is until then, in seconds and in words.
    pub(super) until: Option<(i64, String)>,
    pub(super) is_ready: bool,
    pub(super) is_wrong: bool,
    pub(super) over: Over,
    /// What a clinician must clear first.
    pub(super) to_clear: Option<String>,
    pub(super) total: Option<Marked>,
    pub(super) bar: Option<Bar>,
    /// Why there is no next one, or why to ask first.
    pub(super) against: Vec<Marked>,
    pub(super) notes: Vec<String>,
}

/// The total of 24 hours beside the most, in the unit of the medicine.
pub(super) struct Bar {
    pub(super) taken: u32,
    pub(super) most: u32,
    pub(super) words: String,
}

impl Row {
    /// More than is allowed was taken.
    pub(super) fn is_over(&self) -> bool {
        self.over != Over::Not
    }

    fn of(guideline: &Guideline, standing: &Standing<'_>, clock: &Clock, citations: &Citations) -> Self {
        let told = medicine::standing(guideline, standing, clock);
        let next = standing.next.filter(|_| !told.is_wrong && !told.is_over && told.to_clear.is_none());
        let bar = standing.medicine.map(|medicine| Bar {
            taken: standing.total_24h.min(medicine.max_24h),
            most: medicine.max_24h,
            words: Message::NextBar {
                had: of_unit(medicine.unit, standing.total_24h).to_string().into(),
                most: of_unit(medicine.unit, medicine.max_24h).to_string().into(),
            }
            .to_string(),
        });
        Self {
            name: standing.name.clone(),
            next: sentence_case(&told.next.to_string()),
            until: next.and_then(|at| left_until(clock.now(), at)),
            is_ready: next.is_some_and(|at| at <= clock.now())
                && standing.too_long_since.is_none()
                && told.against.is_empty(),
            is_wrong: told.is_wrong,
            over: match (told.is_over, told.is_overdose) {
                (_, true) => Over::HelpNow,
                (true, false) => Over::CallToday,
                (false, false) => Over::Not,
            },
            to_clear: told.to_clear.clone(),
            total: told.total.map(|total| Marked::of(&total, citations)),
            bar: bar.filter(|_| !told.is_wrong && !standing.is_daily),
            against: told.against.iter().map(|told| Marked::of(told, citations)).collect(),
            notes: told.notes.iter().map(Message::to_string).collect(),
        }
    }

    /// Each ingredient of the log for which `is_wanted` holds.
    pub(super) fn all(
        cabinet: &Cabinet<'_, '_>,
        citations: &Citations,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Vec<Self> {
        let Cabinet { limits, log, clock, case, .. } = cabinet;
        let guideline = cabinet.guideline();
        let standings = standings_for(guideline, &limits.id, log, &case.answers, clock.now());
        let wanted = standings.iter().filter(|standing| is_wanted(&standing.ingredient));
        wanted.map(|standing| Self::of(guideline, standing, clock, citations)).collect()
    }
}

/// What painkillers do for a back, as the book has it.
struct Honest<'v> {
    remedies: Vec<Help>,
    differs: Vec<Differ<'v>>,
}

/// What a step of the plan says of them.
struct Help {
    why: Marked,
    stop_if: Vec<Marked>,
}

/// Where sources do not agree.
struct Differ<'v> {
    id: &'v str,
    topic: &'v str,
    positions: Vec<Marked>,
    we_do: &'v str,
    because: &'v str,
}

/// The chapter of the book on painkillers.
const CHAPTER: &str = "medicines/";

impl<'v> Honest<'v> {
    fn of(guideline: &'v Guideline, citations: &Citations) -> Self {
        let book = guideline.book();
        let marked = |text: &String, sources: &[care::SourceId]| Marked {
            text: text.clone(),
            marks: citations.mark(sources),
        };
        let remedies: Vec<&care::Remedy> =
            book.remedies.iter().filter(|remedy| remedy.place.file.starts_with(CHAPTER)).collect();
        let is_about = |differ: &&care::Disagreement| {
            differ.about.iter().any(|id| guideline.remedy(*id).place.file.starts_with(CHAPTER))
        };
        let differ = |differ: &'v care::Disagreement| Differ {
            id: &differ.id,
            topic: &differ.topic,
            positions: differ.positions.iter().map(|side| marked(&side.says, &side.sources)).collect(),
            we_do: &differ.we_do,
            because: &differ.because,
        };
        Self {
            remedies: remedies
                .into_iter()
                .map(|remedy| Help {
                    why: marked(&remedy.why, &remedy.sources),
                    stop_if: remedy.stop_if.iter().map(|line| marked(line, &remedy.sources)).collect(),
                })
                .collect(),
            differs: book.disagreements.iter().filter(is_about).map(differ).collect(),
        }
    }
}

/// `GET /medicines`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let guideline = cabinet.guideline();
    let citations = Citations::default();
    let rows = Row::all(&cabinet, &citations, |_| true);
    let page = Overview {
        frame: cabinet.frame("Painkillers"),
        calls: rows
            .iter()
            .any(Row::is_over)
            .then(|| cabinet.calls(rows.iter().any(|row| row.over == Over::HelpNow))),
        rows,
        shelf: Shelf::of(&cabinet, "/medicines/check"),
        red_lines: cabinet.is_before_check.then(|| red_lines(guideline).map(RedLine::of).collect()),
        limits: &cabinet.limits.name,
        clock: clock_name(visitor),
        honest: Honest::of(guideline, &citations),
        sources: source_lines(guideline, &citations),
    };
    page.frame.around(&page)
}

/// How long it still is, in seconds for a script and in words.
pub(super) fn left_until(now: Timestamp, at: Timestamp) -> Option<(i64, String)> {
    time_left(now, at).map(|words| (at.duration_since(now).as_secs(), words.to_string()))
}

/// The clock that times are told by: `Europe/London`, else its offset.
pub(super) fn clock_name(visitor: &Visitor<'_>) -> String {
    let zone = visitor.now.time_zone();
    zone.iana_name().map_or_else(|| format!("UTC{}", visitor.now.strftime("%:z")), str::to_owned)
}
