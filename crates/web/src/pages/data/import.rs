//! Bringing a record back: first what a file would add, then adding it.
//!
//! The text of the file goes to the second step, packed, in a hidden field of the form,
//! so that the file need not be chosen twice and nothing is kept in between.

use askama::Template;
use store::{Event, Import, Passphrase, Preview, is_sealed_copy, open_copy};
use tell::Clock;

use super::frame;
use super::packed::{pack, unpack};
use crate::frame::Frame;
use crate::incoming::read_import;
use crate::page_error::PageError;
use crate::request::Form;
use crate::response::{Effect, Response};
use crate::screen::Problem;
use crate::taken_in::{TakenIn, to_take_in};
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/import.html")]
struct ImportPage<'v> {
    frame: Frame<'v>,
    preview: Preview,
    /// Painkillers that would be taken out of the log, each with when it was taken.
    taken_out: Vec<(String, String)>,
    /// When the file was made, in words.
    exported: String,
    /// From when to when its entries are.
    span: Option<(String, String)>,
    /// The country whose telephone numbers would be shown then, with its emergency number.
    numbers: Option<String>,
    /// The country whose limits of painkillers would count then.
    limits: Option<&'v str>,
    /// What is to be known of it beside its entries.
    told: Vec<String>,
    /// What would be added that has no name of its own: answers, habits, settings.
    rest: usize,
    /// Entries that the record lacked from which the file was made.
    missing: u64,
    text: String,
    /// Where the record ended when the page was made.
    last: i64,
    /// Something else was written since the preview.
    is_overtaken: bool,
}

/// `POST /data/import`: shows what the file would add. Writes nothing.
pub(crate) fn preview(visitor: &Visitor<'_>, form: &Form) -> Result<Response, PageError> {
    let text = form.get("file").unwrap_or_default();
    if !is_sealed_copy(text) {
        return looked_at(visitor, text);
    }
    let Some(passphrase) = form.get("passphrase") else { return sealed(visitor, text, None) };
    let opened = Passphrase::new(passphrase.to_owned())
        .map_err(|error| error.to_string())
        .and_then(|passphrase| open_copy(text, &passphrase).map_err(|error| error.to_string()));
    match opened {
        Ok(text) => looked_at(visitor, &text),
        Err(message) => sealed(visitor, text, Some(care::sentence_case(&message))),
    }
}

fn looked_at(visitor: &Visitor<'_>, text: &str) -> Result<Response, PageError> {
    match read(visitor, text) {
        Ok(import) => show(visitor, &import, text, false),
        Err(message) => Ok(refuse(message)),
    }
}

/// Asks for the passphrase of a sealed copy.
#[derive(Template)]
#[template(path = "pages/import_sealed.html")]
struct SealedPage<'v> {
    frame: Frame<'v>,
    text: &'v str,
    problems: Vec<Problem>,
}

fn sealed(visitor: &Visitor<'_>, text: &str, wrong: Option<String>) -> Result<Response, PageError> {
    let problems: Vec<Problem> =
        wrong.into_iter().map(|message| Problem { field: "passphrase".to_owned(), message }).collect();
    let frame = frame(visitor, "This copy is sealed").with_error(!problems.is_empty());
    let page = SealedPage { frame, text, problems };
    page.frame.around(&page)
}

/// `POST /data/import/confirm`: adds what the preview showed.
pub(crate) fn confirm(visitor: &Visitor<'_>, form: &Form) -> Result<Response, PageError> {
    let text = unpack(form.get("text").unwrap_or_default()).unwrap_or_default();
    let text = text.as_str();
    let import = match read(visitor, text) {
        Ok(import) => import,
        Err(message) => return Ok(refuse(message)),
    };
    let mut events = to_take_in(visitor.guideline(), visitor.record, &import, visitor.now).events;
    // All of it is there: nothing was new, or the form was sent twice.
    if events.is_empty() {
        return Ok(Response::see("/data/imported"));
    }
    if form.text("last") != visitor.record.last().0.to_string() {
        return show(visitor, &import, text, true);
    }
    if visitor.record.events().is_empty() {
        // All that is here then came from the file that the person has.
        let now = visitor.now.timestamp();
        events.push((now, Event::CopySaved { made: import.exported.min(now) }));
    }
    Ok(Response { effect: Effect::Import(events), ..Response::see("/data/imported") })
}

/// Reads a file; what is wrong with it, as a sentence.
fn read(visitor: &Visitor<'_>, text: &str) -> Result<Import, String> {
    if text.trim().is_empty() {
        return Err("Choose the file that you saved from here before".to_owned());
    }
    let read = read_import(visitor.guideline(), visitor.site.zones(), text, visitor.now.timestamp());
    read.map_err(|error| care::sentence_case(&error.to_string()))
}

/// Back to the page of the file, which says what is wrong with it. A browser does not keep
/// a file that was chosen, so there is nothing else to carry.
fn refuse(message: String) -> Response {
    let form: Form = [(WRONG, message)].into_iter().collect();
    Response::see("/data").carrying(&form)
}

/// The field that says what is wrong with a file.
pub(super) const WRONG: &str = "wrong";

fn show(
    visitor: &Visitor<'_>,
    import: &Import,
    text: &str,
    is_overtaken: bool,
) -> Result<Response, PageError> {
    let clock = Clock::of(visitor.now);
    let TakenIn { preview, told, .. } = to_take_in(visitor.guideline(), visitor.record, import, visitor.now);
    let taken_out: Vec<(String, String)> =
        preview.doses_taken_back.iter().map(|(name, at)| (name.clone(), clock.words(*at))).collect();
    let named = preview.doses
        + preview.check_ins
        + preview.assessments
        + preview.trials
        + preview.cleared
        + preview.taken_back
        + taken_out.len();
    let region_with = |id: &Option<String>| {
        let regions = &visitor.guideline().book().regions;
        regions.iter().find(|region| Some(&region.id) == id.as_ref())
    };
    let numbers = region_with(&preview.region);
    let page = ImportPage {
        frame: frame(visitor, "Bring a record back"),
        taken_out,
        exported: clock.words(import.exported),
        span: preview.from.zip(preview.to).map(|(from, to)| (clock.words(from), clock.words(to))),
        numbers: numbers.map(|region| format!("{} ({})", region.name, region.emergency)),
        limits: region_with(&preview.dose_region).map(|region| region.name.as_str()),
        told,
        rest: preview.added.saturating_sub(named),
        missing: import.missing,
        preview,
        text: pack(text),
        last: visitor.record.last().0,
        is_overtaken,
    };
    page.frame.around(&page)
}
