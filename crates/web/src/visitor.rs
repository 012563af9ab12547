//! Whom a page is made for: a visit to a site, with what every page of it asks again.

use std::cell::OnceCell;

use care::{Guideline, Region};
use jiff::Zoned;
use store::{Event, Record, Restart, Settings, Stored};
use tell::{Clock, dial};

use crate::case::Case;
use crate::events::begun_again;
use crate::request::Form;
use crate::site::Site;
use crate::visit::{Visit, Whereabouts};
use crate::whereabouts::is_clock_of;

/// A person at a site, at the moment of one request. It lives as long as the request;
/// whoever changes the visit makes a new one.
#[derive(Debug)]
pub(crate) struct Visitor<'v> {
    pub(crate) site: &'v Site<'v>,
    pub(crate) visit: &'v Visit<'v>,
    /// Their record as it is now.
    pub(crate) record: &'v Record,
    /// The time, in their time zone.
    pub(crate) now: &'v Zoned,
    case: OnceCell<Case<'v>>,
    /// None where the case is also how they stand.
    standing: OnceCell<Option<Case<'v>>>,
    for_a_dose: OnceCell<Case<'v>>,
}

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

impl<'v> Visitor<'v> {
    /// Whoever visits a site.
    pub(crate) fn new(site: &'v Site<'v>, visit: &'v Visit<'v>) -> Self {
        let Visit { record, now, .. } = visit;
        Self {
            site,
            visit,
            record,
            now,
            case: OnceCell::new(),
            standing: OnceCell::new(),
            for_a_dose: OnceCell::new(),
        }
    }

    /// The guideline of the site.
    pub(crate) fn guideline(&self) -> &'v Guideline {
        self.site.guideline()
    }

    /// The form that waits for a page.
    pub(crate) fn sent(&self, page: &str) -> Option<&'v Form> {
        self.visit.carried.form(page)
    }

    /// The visit by the clock of the person's own device, which a form tells where it has
    /// scripts, and the events that keep its time zone where it is new, so that pages show
    /// times by the clock they were typed by. Who chose a zone in the settings goes by that one.
    pub(crate) fn by_own_clock(&self, form: &Form) -> (Visit<'v>, Vec<Event>) {
        let is_chosen = self.record.settings().zone_is_chosen == Some(true);
        let told = Some(form.text("time_zone")).filter(|name| !name.is_empty() && !is_chosen);
        let zone = told.and_then(|name| self.site.zones().get(name));
        let Some((zone, name)) = zone.and_then(|zone| Some((zone.clone(), zone.iana_name()?.to_owned())))
        else {
            return (self.visit.clone(), Vec::new());
        };
        let is_new = self.record.settings().time_zone.as_ref() != Some(&name);
        let settings = Settings { time_zone: Some(name), ..Settings::default() };
        let visit = Visit { now: self.now.with_time_zone(zone), ..self.visit.clone() };
        (visit, is_new.then_some(Event::SettingsChanged(settings)).into_iter().collect())
    }

    /// The person now, with all that they have answered. Worked out once.
    pub(crate) fn case(&self) -> &Case<'v> {
        self.case.get_or_init(|| Case::of(self.guideline(), self.visit))
    }

    /// The person as they stand: while questions are answered again, the last outcome
    /// holds until there is a new one. Worked out once.
    pub(crate) fn standing(&self) -> &Case<'v> {
        let standing = self.standing.get_or_init(|| {
            let (now, known) = (self.now.timestamp(), &self.visit.worked_out);
            self.case().until_concluded(self.guideline(), self.record, now, known)
        });
        standing.as_ref().unwrap_or_else(|| self.case())
    }

    /// The person as they stand, as a dose is judged for them. Worked out once.
    pub(crate) fn for_a_dose(&self) -> &Case<'v> {
        let (record, now) = (self.record, self.now.timestamp());
        self.for_a_dose.get_or_init(|| self.standing().for_a_dose(self.guideline(), record, now))
    }

    /// When the person's answers came to the outcome that stands, in words.
    pub(crate) fn worked_out(&self) -> String {
        let is_told = |stored: &&Stored| matches!(stored.event, Event::Assessed { .. });
        let last = self.record.conversation().rev().find(is_told).map(|last| last.at);
        Clock::of(self.now).words(last.unwrap_or_else(|| self.now.timestamp()))
    }

    /// The event that begins the interview again.
    pub(crate) fn ask_again(&self, because: Restart) -> Event {
        begun_again(
            self.guideline(),
            self.record,
            (self.standing(), self.case()),
            because,
            self.now.timestamp(),
        )
    }

    /// Whose phone numbers to show: the person's choice, else where they are as far as two
    /// witnesses agree, the language of their browser and the zone of their clock.
    pub(crate) fn region(&self) -> &'v Region {
        self.region_and_whose().0
    }

    /// How sure it is that these are the numbers of where the person is.
    pub(crate) fn whose(&self) -> Whose {
        self.region_and_whose().1
    }

    fn region_and_whose(&self) -> (&'v Region, Whose) {
        let regions = &self.guideline().book().regions;
        let named = |id: &str| regions.iter().find(|region| region.id == id);
        if let Some(chosen) = self.record.settings().region.as_deref().and_then(named) {
            return (chosen, Whose::Chosen);
        }
        let (suggested, whose) = match self.visit.region {
            Whereabouts::Told(id) => (named(id), Whose::Chosen),
            Whereabouts::Language(id) => {
                let zone = self.now.time_zone().iana_name().unwrap_or_default();
                (named(id).filter(|_| is_clock_of(id, zone)), Whose::Supposed)
            }
        };
        let has_number = |region: &&Region| dial(&region.emergency).is_some();
        suggested.filter(has_number).map_or((&regions[0], Whose::Unknown), |region| (region, whose))
    }
}
