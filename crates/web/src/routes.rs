//! Which page answers what.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::Record;
use tell::Confided;

use crate::base::rebased;
use crate::carried::Carried;
use crate::page_error::PageError;
use crate::pages;
use crate::pages::habits::Titles;
use crate::pages::medicines::purpose::Purpose;
use crate::pages::medicines::questions;
#[cfg(feature = "server")]
use crate::paper;
use crate::request::{Method, Request};
use crate::response::Response;
use crate::site::Site;
use crate::visit::{Home, Visit, Whereabouts};
use crate::visitor::Visitor;
use crate::worked_out::WorkedOut;

impl Site<'_> {
    /// What a static site has beside the program and its worker, each with its path in the
    /// folder: the first page, which stands for every address that is none, the manifest and
    /// the assets. The site stands at `base`, `/` or `/name/`. None if the book has no question.
    pub fn static_files(&self, base: &str) -> Option<Vec<(String, Vec<u8>)>> {
        let nothing = Record::default();
        let visit = Visit {
            record: &nothing,
            now: Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC),
            token: "",
            once: "",
            home: &Home::Browser,
            region: Whereabouts::Language(care::Region::ANYWHERE),
            carried: Carried::nothing(),
            worked_out: WorkedOut::default(),
        };
        let visitor = Visitor::new(self, &visit);
        let first = pages::boot::page(&visitor).ok()?;
        let made = [
            ("index.html", Response::page(first.clone())),
            ("404.html", Response::page(first)),
            ("manifest.webmanifest", self.assets().manifest()?),
        ];
        let made = made.into_iter().map(|(name, response)| (name.to_owned(), response));
        // Nothing draws the pictures of the first page yet.
        let drawn = |(question, number): (&str, String)| {
            let still = pages::figures::still(&visitor, "question", question, &number).ok()?;
            Some((format!("figures/question/{question}/{number}/still.svg"), still))
        };
        let made = made.chain(pages::boot::pictures(&visitor).filter_map(drawn));
        let files =
            made.chain(self.assets().all()).map(|(path, file)| (path, rebased(file, base).body.into_owned()));
        Some(files.collect())
    }

    /// Answers a request. Never fails: what goes wrong becomes a page.
    pub fn respond(&self, request: &Request, visit: &Visit<'_>) -> Response {
        respond_to(&Visitor::new(self, visit), request)
    }

    /// The page about something that went wrong.
    pub(crate) fn error(&self, visit: &Visit<'_>, error: &PageError) -> Response {
        pages::error(&Visitor::new(self, visit), error)
    }

    /// The page about a form that was not kept.
    pub(crate) fn not_kept(&self, visit: &Visit<'_>, error: String, sent: &Request) -> Response {
        pages::not_kept(&Visitor::new(self, visit), error, sent)
    }
}

/// Answers a request of somebody.
pub(crate) fn respond_to(visitor: &Visitor<'_>, request: &Request) -> Response {
    if request.method == Method::Get
        && let Some(response) = visitor.site.public(&request.path)
    {
        return response;
    }
    let is_repeated = request.once().is_some_and(|once| visitor.record.has_seen(&once));
    match route(visitor, request) {
        // A form sent twice leads to the same place and counts once.
        Ok(response) if is_repeated => pages::again::instead(request, visitor, response),
        Ok(response) => response,
        Err(error) => pages::error(visitor, &error),
    }
}

fn route(visitor: &Visitor<'_>, request: &Request) -> Result<Response, PageError> {
    use Method::{Get, Post};
    let parts: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
    let form = &request.form;
    match (request.method, parts.as_slice()) {
        (Get, []) => pages::home::show(visitor),
        (Post, ["start"]) => Ok(pages::home::start(visitor, form)),
        (Get, ["changed"]) => pages::changed::show(visitor),
        (Post, ["changed"]) => Ok(pages::changed::begin(visitor, form)),
        (Get, ["again"]) => pages::again::show(visitor),
        (Get, ["question"]) => Ok(Response::see(&pages::question::resume(visitor))),
        (Get, ["question", id]) => pages::question::show(visitor, id, false),
        (Get, ["question", id, "not_sure"]) => pages::question::show(visitor, id, true),
        (Post, ["question", id]) => pages::question::answer(visitor, form, id),
        (Get, ["check"]) => pages::check::show(visitor),
        (Post, ["check"]) => Ok(pages::check::confirm(visitor, form)),
        (Get, ["outcome"]) => pages::outcome::show(visitor),
        (Get, ["card"]) => pages::outcome::card(visitor),
        (Get, ["doctor"]) => pages::doctor::show(visitor, Confided::LeftOff),
        (Get, ["doctor", "in-full"]) => pages::doctor::show(visitor, Confided::PutOn),
        (Get, ["causes"]) => pages::causes::show(visitor),
        (Get, ["causes", "question"]) => Ok(Response::see(&pages::causes::SUBJECT.resume(visitor))),
        (Get, ["causes", "question", id]) => pages::causes::SUBJECT.show(visitor, id, false),
        (Get, ["causes", "question", id, "not_sure"]) => pages::causes::SUBJECT.show(visitor, id, true),
        (Post, ["causes", "question", id]) => pages::causes::SUBJECT.answer(visitor, form, id),
        (Get, ["clinic"]) => pages::clinic::show(visitor),
        (Get, ["clinic", "question"]) => Ok(Response::see(&pages::clinic::SUBJECT.resume(visitor))),
        (Get, ["clinic", "question", id]) => pages::clinic::SUBJECT.show(visitor, id, false),
        (Get, ["clinic", "question", id, "not_sure"]) => pages::clinic::SUBJECT.show(visitor, id, true),
        (Post, ["clinic", "question", id]) => pages::clinic::SUBJECT.answer(visitor, form, id),
        (Get, ["diary"]) => pages::diary::show(visitor),
        (Post, ["diary"]) => Ok(pages::diary::check_in(visitor, form)),
        (Get, ["diary", "entries"]) => pages::diary::entries(visitor),
        (Get, ["diary", "result"]) => pages::diary::result(visitor),
        (Post, ["diary", "withdraw"]) => pages::diary::withdraw(visitor, form),
        (Get, ["help"]) => pages::help::show(visitor),
        (Get, ["help", "call", outcome, number]) => pages::help::call(visitor, outcome, number),
        (Get, ["help", "well"]) => pages::help::well(visitor),
        (Get, ["help", "well", id]) => pages::help::habit(visitor, id),
        (Get, ["help", "now"]) => pages::help::first(visitor, None),
        (Get, ["help", "now", spot]) => pages::help::first(visitor, Some(spot)),
        (Get, ["help", id]) => pages::help::one(visitor, id),
        (Get, ["helped"]) => pages::helped::show(visitor),
        (Get, ["relief"]) => pages::relief::show(visitor, None),
        (Get, ["relief", "from", spot]) => pages::relief::show(visitor, Some(spot)),
        (Get, ["relief", id]) => pages::session::show(visitor, id),
        (Post, ["relief", id]) => pages::session::done(visitor, form, id),
        (Get, ["relief", id, "after"]) => pages::after_session::show(visitor, id),
        (Get, ["habits"]) => pages::habits::show(visitor),
        (Get, ["habits", "question"]) => Ok(Response::see(&pages::habits::SUBJECT.resume(visitor))),
        (Get, ["habits", "question", id]) => pages::habits::SUBJECT.show(visitor, id, false),
        (Get, ["habits", "question", id, "not_sure"]) => pages::habits::SUBJECT.show(visitor, id, true),
        (Post, ["habits", "question", id]) => pages::habits::SUBJECT.answer(visitor, form, id),
        (Get, ["habits", "calendar.ics"]) => Ok(pages::habits::download(visitor, Titles::Neutral)),
        (Get, ["habits", "calendar-named.ics"]) => Ok(pages::habits::download(visitor, Titles::Names)),
        (Get, ["habits", id]) => pages::habits::one(visitor, id),
        (Get, ["habits", id, "choose" | "stop" | "done"]) => Ok(Response::see(&format!("/habits/{id}"))),
        (Post, ["habits", id, "choose"]) => pages::habits::choose(visitor, form, id),
        (Post, ["habits", id, "stop"]) => Ok(pages::habits::stop(visitor, id)),
        (Post, ["habits", id, "done"]) => pages::habits::done(visitor, form, id),
        (Get, ["figures", kind, id, step, "still.svg"]) => pages::figures::still(visitor, kind, id, step),
        (Get, ["figures", kind, id, step, "moving.svg"]) => pages::figures::moving(visitor, kind, id, step),
        (Get, ["emergency"]) => pages::emergency::show(visitor),
        (_, ["medicines", ..]) => medicines(visitor, request, &parts),
        (Get, ["learn"]) => pages::learn::show(visitor),
        (Get, ["learn", "ask"]) => pages::learn::ask::show(visitor),
        (Post, ["learn", "ask"]) => Ok(pages::learn::ask::ask(form)),
        (Get, ["learn", "answers", id]) => pages::learn::answer(visitor, id),
        (Get, ["learn", "disagreements"]) => pages::learn::disagreements(visitor),
        (Get, ["learn", "sources"]) => pages::learn::book::sources(visitor),
        (Get, ["learn", "book"]) => pages::learn::book::contents(visitor),
        (Get, ["learn", "book", path @ ..]) => pages::learn::book::topic(visitor, path),
        (Get, ["data"] | ["data", "import"]) => pages::data::show(visitor),
        (Get, ["data", "export.json"]) => Ok(pages::data::json(visitor)),
        (Post, ["data", "export.sealed"]) => Ok(pages::data::sealed::export(visitor, form)),
        (Post, ["data", "copied"]) => pages::data::copied(visitor, form),
        (Get, ["data", "export.csv"]) => Ok(pages::data::csv(visitor)),
        (Get, ["data", "for-the-doctor.fhir.json"]) => Ok(pages::data::fhir(visitor, Confided::LeftOff)),
        (Get, ["data", "for-the-doctor-in-full.fhir.json"]) => {
            Ok(pages::data::fhir(visitor, Confided::PutOn))
        }
        #[cfg(feature = "server")]
        (Get, ["data", "for-the-doctor.pdf"]) => paper::show(visitor, Confided::LeftOff),
        #[cfg(feature = "server")]
        (Get, ["data", "for-the-doctor-in-full.pdf"]) => paper::show(visitor, Confided::PutOn),
        (Post, ["data", "import"]) => pages::data::import::preview(visitor, form),
        (Post, ["data", "import", "confirm"]) => pages::data::import::confirm(visitor, form),
        (Get, ["data", "import", "confirm"]) => Ok(Response::see("/data")),
        (Get, ["data", "imported"]) => pages::data::imported(visitor),
        (Get, ["data", "erase"]) => pages::data::erase::show(visitor),
        (Post, ["data", "erase"]) => Ok(pages::data::erase::erase(visitor, form)),
        (Get, ["data", "erased"]) => pages::data::erase::erased(visitor),
        (Get, ["settings"]) => pages::settings::show(visitor),
        (Post, ["settings"]) => pages::settings::change(visitor, form, |path| is_page(visitor, path)),
        (Get, ["settings", "saved"]) => pages::settings::saved(visitor),
        (Get, ["service-worker.js"]) => pages::emergency::service_worker(visitor.site),
        _ => Err(PageError::NotFound),
    }
}

/// Whether a form may send the reader on to this: an address without a host,
/// that is one of our pages to read.
fn is_page(visitor: &Visitor<'_>, path: &str) -> bool {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "/-_.".contains(letter);
    if !path.starts_with('/') || path.contains("//") || !path.chars().all(is_plain) {
        return false;
    }
    let page = respond_to(visitor, &Request::get(path));
    let is_html = page.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    page.status == 303 || (page.status == 200 && is_html)
}

/// Who answers what about medicines.
fn medicines(visitor: &Visitor<'_>, request: &Request, parts: &[&str]) -> Result<Response, PageError> {
    use Method::{Get, Post};
    use pages::medicines::{check, find, log, next, overview, region};
    let form = &request.form;
    match (request.method, parts) {
        (Get, ["medicines"]) => overview::show(visitor),
        (Post, ["medicines", "search"]) => Ok(find::find(visitor, form)),
        (Get, ["medicines", "found"]) => find::found(visitor),
        (Post, ["medicines", "check"]) => check::check(visitor, form),
        (Get, ["medicines", "check"]) => check::show(visitor),
        (Get, ["medicines", "question", id]) => questions::show(visitor, Purpose::Dose, id, false),
        (Get, ["medicines", "question", id, "not_sure"]) => questions::show(visitor, Purpose::Dose, id, true),
        (Post, ["medicines", "question", id]) => questions::answer(visitor, form, Purpose::Dose, id),
        (Get, ["medicines", "answers", id]) => questions::show(visitor, Purpose::Change, id, false),
        (Get, ["medicines", "answers", id, "not_sure"]) => {
            questions::show(visitor, Purpose::Change, id, true)
        }
        (Post, ["medicines", "answers", id]) => questions::answer(visitor, form, Purpose::Change, id),
        (Get, ["medicines", "answers"]) => questions::answers(visitor),
        (Get, ["medicines", "took"]) => find::took(visitor),
        (Post, ["medicines", "took"]) => log::took(visitor, form),
        (Get, ["medicines", "dose"]) => log::dose_taken(visitor),
        (Post, ["medicines", "log"]) => log::log(visitor, form),
        (Get, ["medicines", "log"]) => log::list(visitor),
        (Get, ["medicines", "taken"]) => log::show_taken(visitor),
        (Post, ["medicines", "withdraw"]) => Ok(log::withdraw(visitor, form)),
        (Get, ["medicines", "withdraw"]) => log::ask_to_withdraw(visitor),
        (Post, ["medicines", "cleared"]) => Ok(log::cleared(visitor, form)),
        (Get, ["medicines", "cleared"]) => log::ask_to_clear(visitor),
        (Get, ["medicines", "next.ics"]) => Ok(next::download(visitor)),
        (Get, ["medicines", "region"]) => region::show(visitor),
        (Post, ["medicines", "region"]) => region::choose(visitor, form),
        // Where only forms are sent: whoever opens the address begins at the beginning.
        (Get, ["medicines", _]) => Ok(Response::see("/medicines")),
        _ => Err(PageError::NotFound),
    }
}
