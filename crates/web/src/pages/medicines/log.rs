//! What was taken: written down, looked at, taken back. What was taken was taken,
//! so whatever the guard says of it, it is written down.

use askama::Template;
use care::medicine::Found;
use care::{DoseLevel, DoseWarning, after_taking, medicine_for, standings};
use jiff::SignedDuration;
use store::{DoseCleared, DoseTaken, Event, Sequence, Timed};
use tell::medicine::{self, when_taken};
use tell::{Citations, Message};

use super::cabinet::{Cabinet, Calls, Marked, apart, dose, found, keeping};
use super::overview::{Row, clock_name};
use super::when::{self, When};
use crate::events::judged_dose;
use crate::frame::Frame;
use crate::page_error::PageError;
use crate::parts::entry;
use crate::parts::sources::{SourceLine, source_lines};
use crate::parts::today::limits;
use crate::request::Form;
use crate::response::Response;
use crate::screen::Problem;
use crate::visitor::Visitor;

/// How far back the list of doses goes.
const LISTED: SignedDuration = SignedDuration::from_hours(7 * 24);

#[derive(Template)]
#[template(path = "pages/medicine_took.html")]
struct TookPage<'v> {
    frame: Frame<'v>,
    medicine: &'v str,
    name: String,
    /// What the amount is counted in.
    unit: Message<'v>,
    units: String,
    is_earlier: bool,
    is_unknown: bool,
    days: Vec<when::Choice>,
    time: String,
    /// The two times that the clock showed alike.
    twice: Vec<when::Choice>,
    clock: String,
    problems: Vec<Problem>,
}

impl TookPage<'_> {
    fn problem(&self, field: &str) -> Option<&str> {
        self.problems.iter().find(|problem| problem.field == field).map(|problem| problem.message.as_str())
    }
}

/// Where a dose that was taken is written down.
const DOSE: &str = "/medicines/dose";

/// `POST /medicines/took`: this one; on to how much it was, and when.
pub(crate) fn took(visitor: &Visitor<'_>, form: &Form) -> Result<Response, PageError> {
    found(visitor.guideline(), form)?;
    let (_, events) = visitor.by_own_clock(form);
    Ok(keeping(Response::see(DOSE).carrying(form), events))
}

/// `GET /medicines/dose`: how much was it, and when?
pub(crate) fn dose_taken(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open_log(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let Some(form) = visitor.sent(DOSE) else { return Ok(Response::see("/medicines/took")) };
    let (problems, twice) =
        if form.has(WRONG) { problems(visitor, &cabinet.found(form)?, form) } else { Default::default() };
    let page = took_page(&cabinet, form, twice, problems)?;
    page.frame.around(&page)
}

/// The field by which a form that waits says that it was sent and refused.
const WRONG: &str = "wrong";

/// What is wrong with a form of a dose that was taken, and the times it may mean where the
/// clock showed one twice.
fn problems(visitor: &Visitor<'_>, found: &Found<'_>, form: &Form) -> (Vec<Problem>, Vec<when::Choice>) {
    let amount = dose(found, form.text("units")).err();
    let amount = amount.map(|message| Problem { field: "units".to_owned(), message });
    let mut problems: Vec<Problem> = amount.into_iter().collect();
    let mut twice = Vec::new();
    match when::read(form, visitor.now) {
        When::At(_) | When::Unknown(_) => {}
        When::Unclear(problem) => problems.push(problem),
        When::Twice(choices) => {
            let message = "The clocks were put back that night, so this time came twice. Which one was it?";
            problems.push(Problem { field: "which".to_owned(), message: message.to_owned() });
            twice = choices;
        }
    }
    (problems, twice)
}

fn took_page<'v>(
    cabinet: &Cabinet<'v, '_>,
    form: &Form,
    twice: Vec<when::Choice>,
    problems: Vec<Problem>,
) -> Result<TookPage<'v>, PageError> {
    let found = cabinet.found(form)?;
    let usual = found.usual_units(cabinet.guideline(), &cabinet.limits.id).to_string();
    let is_wrong = !problems.is_empty();
    let title = format!("Write down: {}", found.name());
    Ok(TookPage {
        frame: cabinet.frame(title).with_error(is_wrong),
        medicine: found.id(),
        name: found.name(),
        unit: medicine::count_label(&found),
        units: if form.has("units") { form.text("units").to_owned() } else { usual },
        is_earlier: form.text("when") == "earlier",
        is_unknown: form.text("when") == "unknown",
        days: when::days(cabinet.visitor.now, form.text("day")),
        time: form.text("taken_at").to_owned(),
        twice,
        clock: clock_name(cabinet.visitor),
        problems,
    })
}

/// `POST /medicines/log`: this was taken.
pub(crate) fn log(visitor: &Visitor<'_>, form: &Form) -> Result<Response, PageError> {
    let (visit, mut events) = visitor.by_own_clock(form);
    let visitor = Visitor::new(visitor.site, &visit);
    let found = found(visitor.guideline(), form)?;
    let dose = dose(&found, form.text("units"));
    let when = when::read(form, visitor.now);
    let (dose, at, time_unknown) = match (dose, when) {
        (Ok(dose), When::At(at)) => (dose, at, false),
        (Ok(dose), When::Unknown(now)) => (dose, now, true),
        _ => {
            let mut form: Form = form.answered().filter(|(name, _)| *name != WRONG).collect();
            form.push(WRONG, "yes");
            return Ok(keeping(Response::see(DOSE).carrying(&form), events));
        }
    };
    let Ok(region) = limits(&visitor) else { return Ok(Response::see("/medicines/region")) };
    let answers = &visitor.for_a_dose().answers;
    let taken = judged_dose(visitor.guideline(), visitor.record, answers, &region.id, (&found, &dose), at);
    events.push(Event::DoseTaken(DoseTaken { time_unknown, ..taken }));
    Ok(Response::see("/medicines/taken").after(events))
}

#[derive(Template)]
#[template(path = "pages/medicine_taken.html")]
struct TakenPage<'v> {
    frame: Frame<'v>,
    name: &'v str,
    when: String,
    entry: String,
    /// More than is allowed was taken: what to do, in a few words.
    over: Option<&'static str>,
    calls: Option<Calls<'v>>,
    warnings: Vec<Marked>,
    rows: Vec<Row>,
    clock: String,
    sources: Vec<SourceLine<'v>>,
}

/// `GET /medicines/taken`: the dose that was written down last, and when the next one is.
pub(crate) fn show_taken(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open_log(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if cabinet.case.manageable().is_none() && cabinet.case.concluded().is_some() {
        // Help comes first, and no word of a next dose.
        return Ok(Response::see("/medicines/log"));
    }
    let last = visitor.record.doses().last().and_then(|dose| apart(visitor.record, dose.sequence));
    let Some((last, taken, others)) =
        last.and_then(|(last, others)| Some((last, last.what.counted()?, others)))
    else {
        return Ok(Response::see("/medicines"));
    };
    let guideline = cabinet.guideline();
    let warnings = after_taking(guideline, &cabinet.limits.id, &others, &taken, cabinet.now());
    let is_overdose = warnings.iter().any(DoseWarning::is_overdose);
    let is_over = warnings.iter().any(DoseWarning::is_over);
    let over = if is_overdose { "Get help now" } else { "Take no more, and call today" };
    let citations = Citations::default();
    let is_of_it = |ingredient: &str| taken.amount_of(ingredient) > 0;
    let page = TakenPage {
        frame: cabinet.frame("Written down"),
        name: &last.what.name,
        when: when_taken(&cabinet.clock, last.what.at, !last.what.time_unknown),
        entry: entry::of_dose(last),
        over: is_over.then_some(over),
        calls: is_over.then(|| cabinet.calls(is_overdose)),
        warnings: warnings.iter().map(|warning| marked(warning, &cabinet, &citations)).collect(),
        rows: Row::all(&cabinet, &citations, is_of_it),
        clock: clock_name(visitor),
        sources: source_lines(guideline, &citations),
    };
    page.frame.around(&page)
}

fn marked(warning: &DoseWarning<'_>, cabinet: &Cabinet<'_, '_>, citations: &Citations) -> Marked {
    let sources = warning.sources();
    Marked {
        text: medicine::warning(cabinet.guideline(), warning, &cabinet.clock).to_string(),
        marks: if sources.is_empty() { String::new() } else { citations.mark(&sources) },
    }
}

#[derive(Template)]
#[template(path = "pages/medicine_log.html")]
struct LogPage<'v> {
    frame: Frame<'v>,
    /// The days, latest first, each with its doses.
    days: Vec<(String, Vec<Line<'v>>)>,
    earlier: usize,
    /// What clinicians said of what was too much.
    cleared: Vec<Cleared>,
    clock: String,
}

struct Cleared {
    entry: String,
    name: String,
    when: String,
}

struct Line<'v> {
    entry: String,
    name: &'v str,
    when: String,
    /// What the guard said, where it was not allowed.
    verdict: Option<&'static str>,
}

/// `GET /medicines/log`: every dose of the last days.
pub(crate) fn list(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open_log(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let mut doses: Vec<_> = visitor.record.doses().iter().collect();
    doses.sort_by_key(|dose| std::cmp::Reverse((dose.what.at, dose.sequence)));
    let all = doses.len();
    doses.retain(|dose| cabinet.now().duration_since(dose.what.at) < LISTED);
    let mut days: Vec<(String, Vec<Line<'_>>)> = Vec::new();
    let earlier = all - doses.len();
    for dose in doses {
        let day =
            tell::day_of_week(dose.what.at.to_zoned(visitor.now.time_zone().clone()).date()).to_string();
        let line = Line {
            entry: entry::of_dose(dose),
            name: &dose.what.name,
            when: when_taken(&cabinet.clock, dose.what.at, !dose.what.time_unknown),
            verdict: verdict_words(dose.what.verdict),
        };
        match days.last_mut() {
            Some((known, lines)) if *known == day => lines.push(line),
            _ => days.push((day, vec![line])),
        }
    }
    let name = |ingredient: &str| {
        medicine_for(cabinet.guideline(), &cabinet.limits.id, ingredient)
            .map_or_else(|| ingredient.replace('_', " "), |medicine| medicine.plain_name().to_lowercase())
    };
    let cleared = visitor.record.cleared().iter().map(|cleared| Cleared {
        entry: entry::of_clearance(cleared),
        name: name(&cleared.what.ingredient),
        when: cabinet.clock.words(cleared.what.at),
    });
    let frame = cabinet.frame(Message::DoseTakenTitle.to_string());
    let page = LogPage { frame, days, earlier, cleared: cleared.collect(), clock: clock_name(visitor) };
    page.frame.around(&page)
}

/// What the guard said of a dose, where it was not allowed.
fn verdict_words(verdict: DoseLevel) -> Option<&'static str> {
    match verdict {
        DoseLevel::Allowed | DoseLevel::NotJudged => None,
        DoseLevel::Wait => Some("too soon or too much"),
        DoseLevel::Never => Some("not safe"),
        DoseLevel::AskFirst => Some("not checked, or to be asked about first"),
    }
}

#[derive(Template)]
#[template(path = "pages/medicine_withdraw.html")]
struct WithdrawPage<'v> {
    frame: Frame<'v>,
    entry: String,
    name: &'v str,
    when: String,
}

/// `POST /medicines/withdraw`: asks, then takes an entry back.
pub(crate) fn withdraw(visitor: &Visitor<'_>, form: &Form) -> Response {
    let named = form.text("entry");
    let mut all_cleared = visitor.record.cleared().iter();
    if let Some(cleared) = all_cleared.find(|cleared| entry::of_clearance(cleared) == named) {
        // Without it the ingredient is shut again, so there is nothing to ask.
        let event = Event::Withdrawn { entry: cleared.sequence };
        return Response::see("/medicines/log").after(vec![event]);
    }
    let Some(dose) = named_dose(visitor, form) else {
        // It was taken back already, perhaps by the same form sent twice; or it is another now.
        return Response::see("/medicines/log");
    };
    if form.has("confirm") {
        let event = Event::Withdrawn { entry: dose.sequence };
        return Response::see("/medicines/log").after(vec![event]);
    }
    Response::see("/medicines/withdraw").carrying(form)
}

/// The dose that a form means, as long as it is the one that its page showed.
fn named_dose<'v>(visitor: &Visitor<'v>, form: &Form) -> Option<&'v Timed<DoseTaken>> {
    visitor.record.doses().iter().find(|dose| entry::of_dose(dose) == form.text("entry"))
}

/// `GET /medicines/withdraw`: asks whether an entry is to be taken back.
pub(crate) fn ask_to_withdraw(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open_log(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let dose = visitor.sent("/medicines/withdraw").and_then(|form| named_dose(visitor, form));
    let Some(dose) = dose else {
        return Ok(Response::see("/medicines/log"));
    };
    let page = WithdrawPage {
        frame: cabinet.frame("Take this entry back?"),
        entry: entry::of_dose(dose),
        name: &dose.what.name,
        when: when_taken(&cabinet.clock, dose.what.at, !dose.what.time_unknown),
    };
    page.frame.around(&page)
}

#[derive(Template)]
#[template(path = "pages/medicine_cleared.html")]
struct ClearedPage<'v> {
    frame: Frame<'v>,
    ingredient: String,
    name: String,
    calls: Calls<'v>,
    /// The last dose that stood in the log when the page was made.
    seen: Sequence,
    /// More was written down since an older page was opened, on which it was confirmed.
    is_overtaken: bool,
}

/// The last dose in the log: a clinician who said that more may be taken knew of no later one.
fn last_dose(visitor: &Visitor<'_>) -> Sequence {
    visitor.record.doses().last().map(|dose| dose.sequence).unwrap_or_default()
}

/// `POST /medicines/cleared`: asks, then writes down that a clinician said that what
/// was too much may be taken again.
pub(crate) fn cleared(visitor: &Visitor<'_>, form: &Form) -> Response {
    let cabinet = match Cabinet::open(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return elsewhere,
    };
    let Some((excess, _)) = shut(&cabinet, form.text("ingredient")) else {
        // Nothing of it is shut any more, perhaps by the same form sent twice.
        return Response::see("/medicines");
    };
    if form.has("confirm") && form.text("seen") == last_dose(visitor).to_string() {
        let event = Event::DoseCleared(DoseCleared { at: cabinet.now(), ingredient: excess });
        return Response::see("/medicines").after(vec![event]);
    }
    Response::see("/medicines/cleared").carrying(form)
}

/// `GET /medicines/cleared`: asks whether a clinician said so.
pub(crate) fn ask_to_clear(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let form = visitor.sent("/medicines/cleared");
    let Some((ingredient, (name, is_overdose))) =
        form.and_then(|form| shut(&cabinet, form.text("ingredient")))
    else {
        return Ok(Response::see("/medicines"));
    };
    let frame = cabinet.frame(format!("May you take {name} again?"));
    let page = ClearedPage {
        frame,
        ingredient,
        name,
        calls: cabinet.calls(is_overdose),
        seen: last_dose(visitor),
        is_overtaken: form.is_some_and(|form| form.has("confirm")),
    };
    page.frame.around(&page)
}

/// The ingredient that is shut by too much of one, with the name of that one in plain
/// words and whether it was an overdose.
fn shut(cabinet: &Cabinet<'_, '_>, ingredient: &str) -> Option<(String, (String, bool))> {
    let standings = standings(cabinet.guideline(), &cabinet.limits.id, &cabinet.log, cabinet.now());
    let shut = standings.iter().filter_map(|standing| standing.shut_by.as_ref());
    let excess = shut.into_iter().find(|excess| excess.medicine.ingredient == ingredient)?;
    let name = excess.medicine.plain_name().to_lowercase();
    Some((excess.medicine.ingredient.clone(), (name, excess.is_overdose)))
}
