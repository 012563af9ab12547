//! Who answers what.

use care::{AnswerSearch, FreeText, Guideline, Region};
use jiff::tz::TimeZoneDatabase;

use crate::assets::Assets;
use crate::frame::{Frame, Here, dial};
use crate::pages::habits::Titles;
use crate::pages::medicines::questions::{self, Purpose};
use crate::pages::{self, PageError};
use crate::request::{Method, Request};
use crate::response::Response;
use crate::visit::{Visit, Whereabouts};
use crate::whereabouts::is_clock_of;

/// How sure it is that a number is that of where the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// They said so.
    Chosen,
    /// Two witnesses agree.
    Supposed,
    /// Nobody knows.
    Unknown,
}

/// The pages of one guideline. Made once; every request borrows it.
#[derive(Debug)]
pub struct Site<'g> {
    guideline: &'g Guideline,
    search: AnswerSearch<'g>,
    book: Vec<BookPage>,
    zones: TimeZoneDatabase,
    assets: Assets,
}

/// A page of the book, as HTML made from its Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookPage {
    /// Its address below `/learn/book/`: `danger/fever`.
    pub path: String,
    /// The chapter it belongs to, as a heading.
    pub chapter: String,
    /// Its title.
    pub title: String,
    /// What stands below the title. Trusted: it is made from the book only.
    pub html: String,
}

impl<'g> Site<'g> {
    /// The pages of a guideline. `book` is its prose, in reading order; `zones`
    /// are the time zones that a person may choose.
    pub fn new(guideline: &'g Guideline, book: Vec<BookPage>, zones: TimeZoneDatabase) -> Self {
        Self { guideline, search: AnswerSearch::new(guideline), book, zones, assets: Assets::new() }
    }

    /// The guideline.
    pub fn guideline(&self) -> &'g Guideline {
        self.guideline
    }

    pub(crate) fn free_text(&self) -> &FreeText<'g> {
        self.search.free_text()
    }

    pub(crate) fn search(&self) -> &AnswerSearch<'g> {
        &self.search
    }

    pub(crate) fn book(&self) -> &[BookPage] {
        &self.book
    }

    pub(crate) fn zones(&self) -> &TimeZoneDatabase {
        &self.zones
    }

    pub(crate) fn assets(&self) -> &Assets {
        &self.assets
    }

    /// Whose phone numbers to show: the person's choice, else where they are as far as two
    /// witnesses agree, the language of their browser and the zone of their clock.
    pub(crate) fn region(&self, visit: &Visit<'_>) -> &'g Region {
        self.region_and_whose(visit).0
    }

    /// How sure it is that these are the numbers of where the person is.
    pub(crate) fn whose(&self, visit: &Visit<'_>) -> Whose {
        self.region_and_whose(visit).1
    }

    fn region_and_whose(&self, visit: &Visit<'_>) -> (&'g Region, Whose) {
        let regions = &self.guideline.book().regions;
        let named = |id: &str| regions.iter().find(|region| region.id == id);
        if let Some(chosen) = visit.record.settings().region.as_deref().and_then(named) {
            return (chosen, Whose::Chosen);
        }
        let (suggested, whose) = match visit.region {
            Whereabouts::Told(id) => (named(id), Whose::Chosen),
            Whereabouts::Language(id) => {
                let zone = visit.now.time_zone().iana_name().unwrap_or_default();
                (named(id).filter(|_| is_clock_of(id, zone)), Whose::Supposed)
            }
        };
        let has_number = |region: &&Region| dial(&region.emergency).is_some();
        suggested.filter(has_number).map_or((&regions[0], Whose::Unknown), |region| (region, whose))
    }

    /// What is the same for everyone and knows of no record: assets, the icon, the manifest.
    pub(crate) fn public(&self, path: &str) -> Option<Response> {
        if let Some(named) = path.strip_prefix("/assets/") {
            return self.assets.respond(named.split_once('/')?.1);
        }
        match path {
            "/manifest.webmanifest" => self.assets.manifest(),
            "/favicon.ico" => self.assets.respond("icon.svg").map(|icon| icon.cached("max-age=86400")),
            _ => None,
        }
    }

    /// Answers a request. Never fails: what goes wrong becomes a page.
    pub fn respond(&self, request: &Request, visit: &Visit<'_>) -> Response {
        if request.method == Method::Get
            && let Some(response) = self.public(&request.path)
        {
            return response;
        }
        let is_repeated = request.once().is_some_and(|once| visit.record.has_seen(&once));
        match self.route(request, visit) {
            // A form sent twice leads to the same place and counts once.
            Ok(response) if is_repeated => pages::again::instead(request, visit, response),
            Ok(response) => response,
            Err(error) => self.error(visit, &error),
        }
    }

    fn route(&self, request: &Request, visit: &Visit<'_>) -> Result<Response, PageError> {
        use Method::{Get, Post};
        let parts: Vec<&str> = request.path.split('/').filter(|part| !part.is_empty()).collect();
        let form = &request.form;
        match (request.method, parts.as_slice()) {
            (Get, []) => pages::home::show(self, visit),
            (Post, ["start"]) => Ok(pages::home::start(self, visit, form)),
            (Get, ["changed"]) => pages::changed::show(self, visit),
            (Post, ["changed"]) => Ok(pages::changed::begin(self, visit, form)),
            (Get, ["again"]) => pages::again::show(self, visit),
            (Get, ["question"]) => Ok(Response::see(&pages::question::resume(self, visit))),
            (Get, ["question", id]) => pages::question::show(self, visit, id, false),
            (Get, ["question", id, "not_sure"]) => pages::question::show(self, visit, id, true),
            (Post, ["question", id]) => pages::question::answer(self, visit, form, id),
            (Get, ["check"]) => pages::check::show(self, visit),
            (Post, ["check"]) => Ok(pages::check::confirm(self, visit, form)),
            (Get, ["outcome"]) => pages::outcome::show(self, visit),
            (Get, ["card"]) => pages::outcome::card(self, visit),
            (Get, ["causes"]) => pages::causes::show(self, visit),
            (Get, ["causes", "question"]) => Ok(Response::see(&pages::causes::SUBJECT.resume(self, visit))),
            (Get, ["causes", "question", id]) => pages::causes::SUBJECT.show(self, visit, id, false),
            (Get, ["causes", "question", id, "not_sure"]) => {
                pages::causes::SUBJECT.show(self, visit, id, true)
            }
            (Post, ["causes", "question", id]) => pages::causes::SUBJECT.answer(self, visit, form, id),
            (Get, ["clinic"]) => pages::clinic::show(self, visit),
            (Get, ["clinic", "question"]) => Ok(Response::see(&pages::clinic::SUBJECT.resume(self, visit))),
            (Get, ["clinic", "question", id]) => pages::clinic::SUBJECT.show(self, visit, id, false),
            (Get, ["clinic", "question", id, "not_sure"]) => {
                pages::clinic::SUBJECT.show(self, visit, id, true)
            }
            (Post, ["clinic", "question", id]) => pages::clinic::SUBJECT.answer(self, visit, form, id),
            (Get, ["diary"]) => pages::diary::show(self, visit),
            (Post, ["diary"]) => Ok(pages::diary::check_in(self, visit, form)),
            (Get, ["diary", "entries"]) => pages::diary::entries(self, visit),
            (Get, ["diary", "result"]) => pages::diary::result(self, visit),
            (Post, ["diary", "withdraw"]) => pages::diary::withdraw(self, visit, form),
            (Get, ["helped"]) => pages::helped::show(self, visit),
            (Get, ["relief"]) => pages::relief::show(self, visit),
            (Get, ["relief", id]) => pages::session::show(self, visit, id),
            (Post, ["relief", id]) => pages::session::done(self, visit, form, id),
            (Get, ["relief", id, "after"]) => pages::after_session::show(self, visit, id),
            (Get, ["habits"]) => pages::habits::show(self, visit),
            (Get, ["habits", "question"]) => Ok(Response::see(&pages::habits::SUBJECT.resume(self, visit))),
            (Get, ["habits", "question", id]) => pages::habits::SUBJECT.show(self, visit, id, false),
            (Get, ["habits", "question", id, "not_sure"]) => {
                pages::habits::SUBJECT.show(self, visit, id, true)
            }
            (Post, ["habits", "question", id]) => pages::habits::SUBJECT.answer(self, visit, form, id),
            (Get, ["habits", "calendar.ics"]) => Ok(pages::habits::download(self, visit, Titles::Neutral)),
            (Get, ["habits", "calendar-named.ics"]) => {
                Ok(pages::habits::download(self, visit, Titles::Names))
            }
            (Get, ["habits", id]) => pages::habits::one(self, visit, id),
            (Get, ["habits", id, "choose" | "stop" | "done"]) => Ok(Response::see(&format!("/habits/{id}"))),
            (Post, ["habits", id, "choose"]) => pages::habits::choose(self, visit, form, id),
            (Post, ["habits", id, "stop"]) => Ok(pages::habits::stop(self, visit, id)),
            (Post, ["habits", id, "done"]) => pages::habits::done(self, visit, form, id),
            (Get, ["emergency"]) => pages::emergency::show(self, visit),
            (_, ["medicines", ..]) => self.medicines(request, visit, &parts),
            (Get, ["learn"]) => pages::learn::show(self, visit),
            (Get, ["learn", "ask"]) => pages::learn::ask::show(self, visit),
            (Post, ["learn", "ask"]) => Ok(pages::learn::ask::ask(form)),
            (Get, ["learn", "answers", id]) => pages::learn::answer(self, visit, id),
            (Get, ["learn", "disagreements"]) => pages::learn::disagreements(self, visit),
            (Get, ["learn", "sources"]) => pages::learn::book::sources(self, visit),
            (Get, ["learn", "book"]) => pages::learn::book::contents(self, visit),
            (Get, ["learn", "book", path @ ..]) => pages::learn::book::topic(self, visit, path),
            (Get, ["data"] | ["data", "import"]) => pages::data::show(self, visit),
            (Get, ["data", "export.json"]) => Ok(pages::data::json(self, visit)),
            (Get, ["data", "export.csv"]) => Ok(pages::data::csv(visit)),
            (Post, ["data", "import"]) => pages::data::import::preview(self, visit, form),
            (Post, ["data", "import", "confirm"]) => pages::data::import::confirm(self, visit, form),
            (Get, ["data", "import", "confirm"]) => Ok(Response::see("/data")),
            (Get, ["data", "imported"]) => pages::data::imported(self, visit),
            (Get, ["data", "erase"]) => pages::data::erase::show(self, visit),
            (Post, ["data", "erase"]) => Ok(pages::data::erase::erase(form)),
            (Get, ["data", "erased"]) => pages::data::erase::erased(self, visit),
            (Get, ["settings"]) => pages::settings::show(self, visit),
            (Post, ["settings"]) => pages::settings::change(self, visit, form),
            (Get, ["settings", "saved"]) => pages::settings::saved(self, visit),
            (Get, ["service-worker.js"]) => pages::emergency::service_worker(self),
            _ => Err(PageError::NotFound),
        }
    }

    /// Who answers what about medicines.
    fn medicines(&self, request: &Request, visit: &Visit<'_>, parts: &[&str]) -> Result<Response, PageError> {
        use Method::{Get, Post};
        use pages::medicines::{check, find, log, overview, region};
        let form = &request.form;
        match (request.method, parts) {
            (Get, ["medicines"]) => overview::show(self, visit),
            (Post, ["medicines", "search"]) => Ok(find::find(self, visit, form)),
            (Get, ["medicines", "found"]) => find::found(self, visit),
            (Post, ["medicines", "check"]) => check::check(self, visit, form),
            (Get, ["medicines", "check"]) => check::show(self, visit),
            (Get, ["medicines", "question", id]) => questions::show(self, visit, Purpose::Dose, id, false),
            (Get, ["medicines", "question", id, "not_sure"]) => {
                questions::show(self, visit, Purpose::Dose, id, true)
            }
            (Post, ["medicines", "question", id]) => questions::answer(self, visit, form, Purpose::Dose, id),
            (Get, ["medicines", "answers", id]) => questions::show(self, visit, Purpose::Change, id, false),
            (Get, ["medicines", "answers", id, "not_sure"]) => {
                questions::show(self, visit, Purpose::Change, id, true)
            }
            (Post, ["medicines", "answers", id]) => questions::answer(self, visit, form, Purpose::Change, id),
            (Get, ["medicines", "answers"]) => questions::answers(self, visit),
            (Get, ["medicines", "took"]) => find::took(self, visit),
            (Post, ["medicines", "took"]) => log::took(self, visit, form),
            (Get, ["medicines", "dose"]) => log::dose_taken(self, visit),
            (Post, ["medicines", "log"]) => log::log(self, visit, form),
            (Get, ["medicines", "log"]) => log::list(self, visit),
            (Get, ["medicines", "taken"]) => log::show_taken(self, visit),
            (Post, ["medicines", "withdraw"]) => Ok(log::withdraw(visit, form)),
            (Get, ["medicines", "withdraw"]) => log::ask_to_withdraw(self, visit),
            (Post, ["medicines", "cleared"]) => Ok(log::cleared(self, visit, form)),
            (Get, ["medicines", "cleared"]) => log::ask_to_clear(self, visit),
            (Get, ["medicines", "region"]) => region::show(self, visit),
            (Post, ["medicines", "region"]) => region::choose(self, visit, form),
            // Where only forms are sent: whoever opens the address begins at the beginning.
            (Get, ["medicines", _]) => Ok(Response::see("/medicines")),
            _ => Err(PageError::NotFound),
        }
    }

    /// The page about something that went wrong.
    pub(crate) fn error(&self, visit: &Visit<'_>, error: &PageError) -> Response {
        let frame = Frame::new(self, visit, Here::Elsewhere, error.title());
        pages::error(frame, error)
    }
}
