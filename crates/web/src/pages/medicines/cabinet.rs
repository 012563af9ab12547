//! Who stands before the medicines, and what is known: read once for every page.

use care::medicine::{Amount, Found, next_question, next_question_at_once};
use care::{Ask, Chapter, Count, Dose, DoseLog, Guideline, Region, conditions_of};
use jiff::Timestamp;
use store::{DoseTaken, Event, Record, Sequence, Timed};
use tell::medicine::Told;
use tell::{Citations, Clock, dial, unusable_amount};

use crate::case::Case;
use crate::events::shown_name;
use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::at_once::needs;
use crate::parts::today::limits;
use crate::request::Form;
use crate::response::Response;
use crate::visitor::Visitor;

/// A person who may be told about medicines, with their log.
pub(super) struct Cabinet<'c, 'v> {
    pub(super) visitor: &'c Visitor<'v>,
    /// The person as they stand.
    pub(super) case: &'c Case<'v>,
    /// Whose limits count.
    pub(super) limits: &'v Region,
    pub(super) log: DoseLog,
    pub(super) clock: Clock,
    /// The danger questions were never answered: nothing is allowed, only told what speaks against it.
    pub(super) is_before_check: bool,
}

impl<'c, 'v> Cabinet<'c, 'v> {
    /// Opens it, or says where the person must go first: the questions that were left half
    /// way, the help they need now, or the question whose limits count.
    pub(super) fn open(visitor: &'c Visitor<'v>) -> Result<Self, Response> {
        let case = visitor.standing();
        if !case.keeps_what_is_theirs() && !case.is_before_check(visitor.record) {
            return Err(Response::see("/outcome"));
        }
        Self::of(visitor)
    }

    /// Opens only the log: what was taken is asked for by whoever helps, so it can be read
    /// and written in an emergency too. Nothing is said there of what may be taken.
    pub(super) fn open_log(visitor: &'c Visitor<'v>) -> Result<Self, Response> {
        let case = visitor.standing();
        if !case.opens_what_was_written(visitor.guideline(), visitor.record) {
            return Err(Response::see("/outcome"));
        }
        Self::of(visitor)
    }

    fn of(visitor: &'c Visitor<'v>) -> Result<Self, Response> {
        let case = visitor.for_a_dose();
        let Ok(limits) = limits(visitor) else {
            return Err(Response::see("/medicines/region"));
        };
        let log = visitor.record.dose_log();
        let is_before_check = case.is_before_check(visitor.record);
        Ok(Self { visitor, case, limits, log, clock: Clock::of(visitor.now), is_before_check })
    }

    /// What to ask next about a dose.
    pub(super) fn next_question(&self, wanted: &Dose) -> Option<Ask> {
        let ask = if self.is_before_check { next_question_at_once } else { next_question };
        let asked = ask(self.guideline(), &self.limits.id, wanted, &self.case.answers);
        // The danger questions are those of the interview that is under way, which goes on there.
        let is_of_interview = |ask: &Ask| self.guideline().question(ask.question).chapter == Chapter::Danger;
        asked.filter(|ask| !(self.case.is_standing && is_of_interview(ask)))
    }

    pub(super) fn guideline(&self) -> &'v Guideline {
        self.visitor.guideline()
    }

    pub(super) fn now(&self) -> Timestamp {
        self.visitor.now.timestamp()
    }

    pub(super) fn frame(&self, title: impl Into<String>) -> Frame<'c> {
        let frame = Frame::new(self.visitor, Here::Medicines, title).of_their_own(self.visitor);
        frame.with_scripts(&["medicines.js"])
    }

    /// What a form is about.
    pub(super) fn found(&self, form: &Form) -> Result<Found<'v>, PageError> {
        found(self.guideline(), form)
    }

    /// Whom to call after too much: the lines of where the person is, else of where
    /// the limits are from.
    pub(super) fn calls(&self, is_overdose: bool) -> Calls<'v> {
        let here = self.visitor.region();
        let line = |words: Option<&'v String>| words.map(|words| (words.as_str(), dial(words)));
        let poison = line(here.poison.as_ref().or(self.limits.poison.as_ref()));
        let advice = line(here.advice.as_ref()).filter(|advice| Some(*advice) != poison);
        let crisis = line(here.crisis.as_ref().or(self.limits.crisis.as_ref()));
        Calls {
            poison,
            advice: advice.filter(|_| !is_overdose),
            crisis: crisis.filter(|_| is_overdose),
            is_overdose,
        }
    }
}

/// A number in words, and what a telephone dials.
pub(super) type Line<'v> = (&'v str, Option<&'v str>);

/// Whom to call after too much.
pub(super) struct Calls<'v> {
    pub(super) poison: Option<Line<'v>>,
    pub(super) advice: Option<Line<'v>>,
    /// In case it was on purpose.
    pub(super) crisis: Option<Line<'v>>,
    /// Help is needed now.
    pub(super) is_overdose: bool,
}

/// What a form is about, by its id in the book.
pub(super) fn found<'g>(guideline: &'g Guideline, form: &Form) -> Result<Found<'g>, PageError> {
    Found::with_id(guideline, form.text("medicine"))
        .ok_or_else(|| PageError::BadForm("it names no medicine of the book".to_owned()))
}

/// So much of something, as it was typed or as a button has it.
///
/// # Errors
///
/// What is wrong with it, in words.
pub(super) fn dose(found: &Found<'_>, units: &str) -> Result<Dose, String> {
    let dose = units.parse::<Amount>().and_then(|amount| found.dose(amount));
    dose.map_err(|error| unusable_amount(&error).to_string())
}

/// The log without one of its entries, and that entry.
pub(super) fn apart(record: &Record, entry: Sequence) -> Option<(&Timed<DoseTaken>, DoseLog)> {
    let one = record.doses().iter().find(|dose| dose.sequence == entry)?;
    Some((one, record.dose_log_without(Some(entry))))
}

/// The record as it will be once these events are kept, for a page that is shown
/// together with what it leads to.
pub(super) fn with_events(visitor: &Visitor<'_>, events: &[Event]) -> Record {
    let mut record = visitor.record.clone();
    for event in events {
        record.add(visitor.now.timestamp(), event.clone());
    }
    record
}

/// A response that first keeps these events, if there are any.
pub(super) fn keeping(response: Response, events: Vec<Event>) -> Response {
    if events.is_empty() { response } else { response.after(events) }
}

/// A sentence with the numbers of its sources.
pub(super) struct Marked {
    pub(super) text: String,
    pub(super) marks: String,
}

impl Marked {
    pub(super) fn of(told: &Told<'_>, citations: &Citations) -> Self {
        let marks = if told.sources.is_empty() { String::new() } else { citations.mark(&told.sources) };
        Self { text: told.text.to_string(), marks }
    }

    pub(super) fn all(told: &[Told<'_>], citations: &Citations) -> Vec<Self> {
        told.iter().map(|told| Self::of(told, citations)).collect()
    }
}

/// A dose that somebody thinks of, on its way from page to page.
#[derive(Clone, Debug)]
pub(super) struct Pending<'g> {
    /// Its id in the book.
    pub(super) medicine: &'g str,
    /// As typed.
    pub(super) units: String,
    /// `Advil, 2 tablets`.
    pub(super) name: String,
}

impl<'g> Pending<'g> {
    pub(super) fn of(found: &Found<'g>, units: Count) -> Self {
        Self { medicine: found.id(), units: units.to_string(), name: shown_name(found, units) }
    }

    /// The fields that carry it on.
    pub(super) fn form(&self) -> Form {
        [("medicine", self.medicine), ("units", &*self.units)].into_iter().collect()
    }

    /// The dose that a form carries; none where it carries none.
    pub(super) fn read(guideline: &'g Guideline, form: &Form) -> Result<Option<Self>, PageError> {
        if form.text("medicine").is_empty() {
            return Ok(None);
        }
        let found = found(guideline, form)?;
        let dose = dose(&found, form.text("units"));
        let dose = dose.map_err(PageError::BadForm)?;
        Ok(Some(Self::of(&found, dose.count())))
    }

    /// What it needs to know of: the questions that may speak against it.
    pub(super) fn needs(&self, cabinet: &Cabinet<'_, '_>) -> String {
        let guideline = cabinet.guideline();
        let found = Found::with_id(guideline, self.medicine);
        let dose = found.and_then(|found| dose(&found, &self.units).ok());
        let ids = dose.map(|dose| conditions_of(guideline, &cabinet.limits.id, &dose)).unwrap_or_default();
        needs(guideline, ids.into_iter().filter_map(|id| guideline.book().condition(id)))
    }

    /// The hidden fields. Ids and numbers need no escaping.
    pub(super) fn hidden(&self) -> String {
        format!(
            r#"<input type="hidden" name="medicine" value="{}"/><input type="hidden" name="units" value="{}"/>"#,
            self.medicine, self.units
        )
    }
}
