//! One person's visits: what stands between a request that was read and its response.
//!
//! It knows no socket and no file: a server on the person's own computer and a worker
//! inside their browser bring a request here, and send what comes back.

use std::cell::Cell;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::{Record, StoreError};

use crate::carried::{Carried, beginning};
use crate::forms::Forms;
use crate::keeper::{Keeper, OwnRecord};
use crate::page_error::PageError;
use crate::request::{Method, Request};
use crate::response::Response;
use crate::site::Site;
use crate::visit::{Home, Visit, Whereabouts};
use crate::whereabouts::suggested_by;
use crate::worked_out::WorkedOut;

/// The pages of one person: the site, their record, and their forms that wait for a page.
pub struct Visits<'g, K> {
    site: Site<'g>,
    record: OwnRecord<K>,
    forms: Forms,
    home: Home,
    region: Option<String>,
}

/// A request, and all that a page may depend on beside it and the record.
#[derive(Clone, Debug)]
pub struct Arrival<'a> {
    /// What is asked for.
    pub request: Request,
    /// The time.
    pub now: Timestamp,
    /// The time zone of the device: it holds where the person has chosen none.
    pub zone: TimeZone,
    /// The languages of the browser, the preferred first: `en-GB,en;q=0.9`.
    pub languages: &'a str,
    /// What the forms of this person's pages carry, in hexadecimal: a form without it
    /// changes nothing.
    pub token: &'a str,
    /// Fresh random hexadecimal for the forms of this page.
    pub once: &'a str,
}

/// What became of a visit.
#[derive(Debug)]
pub struct Visited {
    /// What to send. What it says is kept is kept.
    pub response: Response,
    /// Why nothing could be read or kept, if so; the response says it to the person.
    pub failed: Option<StoreError>,
}

impl<'g, K: Keeper> Visits<'g, K> {
    /// Of whoever's record is kept there. `region` is where the numbers to call are of, if
    /// whoever started the program said so.
    pub fn new(site: Site<'g>, keeper: K, home: Home, region: Option<String>) -> Self {
        Self { site, record: OwnRecord::new(keeper), forms: Forms::default(), home, region }
    }

    /// The pages.
    pub fn site(&self) -> &Site<'g> {
        &self.site
    }

    /// Makes the page that is asked for, and keeps what it wants kept.
    pub async fn visit(&self, arrival: &Arrival<'_>) -> Visited {
        let request = &arrival.request;
        let is_stale = request.method == Method::Post && !request.carries(arrival.token);
        let begins = Cell::new(None);
        let respond = |record: &Record, worked_out: &WorkedOut| {
            begins.set(beginning(record));
            let carried = self.forms.waiting(arrival.now, begins.get());
            let worked_out = worked_out.clone();
            let visit = Visit { carried: &carried, worked_out, ..self.visit_of(arrival, record) };
            if is_stale {
                self.site.error(&visit, &PageError::Stale)
            } else {
                self.site.respond(request, &visit)
            }
        };
        let (response, failed) = match self.record.visit(request, arrival.now, &respond).await {
            Ok(response) => (response, None),
            Err(error) => {
                let page = |visit: &Visit<'_>| {
                    if is_of_nobody(request) {
                        self.site.respond(request, visit)
                    } else {
                        self.site.not_kept(visit, error.to_string(), request)
                    }
                };
                (self.of_nobody(arrival, page), Some(error))
            }
        };
        self.forms.follow(request, &response, arrival.now, begins.get());
        Visited { response, failed }
    }

    /// A page for a visit by nobody in particular.
    pub(crate) fn of_nobody(
        &self,
        arrival: &Arrival<'_>,
        page: impl FnOnce(&Visit<'_>) -> Response,
    ) -> Response {
        let nothing = Record::default();
        let nobody = Arrival { token: "", once: "", ..arrival.clone() };
        page(&self.visit_of(&nobody, &nothing))
    }

    fn visit_of<'v>(&'v self, arrival: &'v Arrival<'_>, record: &'v Record) -> Visit<'v> {
        let chosen = record.settings().time_zone.as_deref();
        let zone = chosen.and_then(|name| self.site.zones().get(name));
        let suggested = Whereabouts::Language(suggested_by(arrival.languages));
        Visit {
            record,
            now: arrival.now.to_zoned(zone.unwrap_or_else(|| arrival.zone.clone())),
            token: arrival.token,
            once: arrival.once,
            home: &self.home,
            region: self.region.as_deref().map_or(suggested, Whereabouts::Told),
            carried: Carried::nothing(),
            worked_out: WorkedOut::default(),
        }
    }
}

/// Whether a page says nothing of the person, so that it is there when their record is not.
fn is_of_nobody(request: &Request) -> bool {
    let is_of_the_book = |path: &str| path == "/learn" || path.starts_with("/learn/");
    request.method == Method::Get && (request.path == "/emergency" || is_of_the_book(&request.path))
}
