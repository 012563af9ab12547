//! May this be taken now? The verdict first, then why.

use askama::Template;
use care::medicine::{Found, less_now};
use care::{Because, Count, Dose, DoseLevel, DoseVerdict, may_take};
use tell::medicine::{self, CountsTogether, counts_together, keep_in_mind, note_on};
use tell::{Citations, Message, Words};

use super::cabinet::{Cabinet, Calls, Marked, Pending, dose, keeping};
use super::overview::left_until;
use super::purpose::Purpose;
use crate::frame::Frame;
use crate::page_error::PageError;
use crate::parts::copies::days_since;
use crate::parts::sources::{SourceLine, source_lines};
use crate::request::Form;
use crate::response::Response;
use crate::screen::Problem;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/medicine_check.html")]
struct CheckPage<'v> {
    frame: Frame<'v>,
    /// `not_judged`, `allowed`, `wait`, `ask_first` or `never`.
    level: &'static str,
    /// It may be taken, or is not for us to judge.
    may_log: bool,
    heading: String,
    then: Option<Words<'v>>,
    /// When it may be taken, and how long that is from now.
    until: Option<(i64, String)>,
    pending: Pending<'v>,
    asked_about: Message<'v>,
    /// Fewer that may be taken now.
    less: Option<Pending<'v>>,
    /// One less and one more, of a pack.
    fewer: Option<Pending<'v>>,
    more: Option<Pending<'v>>,
    unit: Message<'v>,
    decisive: Vec<Marked>,
    open: Vec<Marked>,
    also: Vec<Marked>,
    counts: Vec<Counts>,
    keep_in_mind: Vec<Marked>,
    /// Something may still be answered.
    can_ask: bool,
    /// When the answers were given that it rests on, where that is not today.
    answers_of: Option<String>,
    /// Said beside the way to the danger questions, where they were never answered.
    before_check: Option<&'static str>,
    /// Something changed, and the danger questions are not answered again yet.
    is_danger_open: bool,
    /// Whom to call, where too much was taken or asked about.
    calls: Option<Calls<'v>>,
    /// What a clinician must clear first.
    to_clear: Option<String>,
    problems: Vec<Problem>,
    sources: Vec<SourceLine<'v>>,
}

/// An ingredient with the doses that count.
struct Counts {
    told: Marked,
    doses: Vec<String>,
}

/// Where the verdict on a dose is shown.
pub(super) const CHECK: &str = "/medicines/check";

/// `POST /medicines/check`: may this be taken? First what must be known for it.
pub(crate) fn check(visitor: &Visitor<'_>, form: &Form) -> Result<Response, PageError> {
    let (visit, events) = visitor.by_own_clock(form);
    let visitor = Visitor::new(visitor.site, &visit);
    let cabinet = match Cabinet::open(&visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(keeping(elsewhere, events)),
    };
    let found = cabinet.found(form)?;
    let response = match wanted(&cabinet, &found, form)? {
        (_, Some(_)) => Response::see(CHECK).carrying(form),
        (wanted, None) => {
            let asks = if form.has("stop") {
                Asks::Never
            } else if form.has("ask") {
                Asks::Always
            } else {
                Asks::WhereItMatters
            };
            answer(&cabinet, &found, &wanted, asks)
        }
    };
    Ok(keeping(response, events))
}

/// `GET /medicines/check`: the verdict on the dose that was asked about, as it is now.
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let cabinet = match Cabinet::open(visitor) {
        Ok(cabinet) => cabinet,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let Some(form) = visitor.sent(CHECK) else { return Ok(Response::see("/medicines")) };
    let found = cabinet.found(form)?;
    let (wanted, problem) = wanted(&cabinet, &found, form)?;
    verdict_page(&cabinet, found, &wanted, problem.into_iter().collect())
}

/// The dose that a form asks about: the usual one where it names none, or one that is no
/// amount, which is a problem.
fn wanted(
    cabinet: &Cabinet<'_, '_>,
    found: &Found<'_>,
    form: &Form,
) -> Result<(Dose, Option<Problem>), PageError> {
    let usual = found.usual_units(cabinet.guideline(), &cabinet.limits.id).to_string();
    let typed = if form.has("units") { form.text("units") } else { &usual };
    Ok(match dose(found, typed) {
        Ok(wanted) => (wanted, None),
        Err(message) => {
            let problem = Problem { field: "units".to_owned(), message };
            let usual = dose(found, &usual).map_err(PageError::BadForm)?;
            (usual, Some(problem))
        }
    })
}

/// Whether what is not answered is asked before the verdict is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// Where nothing else stands in the way of the dose.
    WhereItMatters,
    /// As long as there is something to ask.
    Always,
    /// The person does not want to be asked.
    Never,
}

/// To the next question about a dose where one stands in its way, else to the verdict.
pub(super) fn answer(cabinet: &Cabinet<'_, '_>, found: &Found<'_>, wanted: &Dose, asks: Asks) -> Response {
    let is_asked = match asks {
        Asks::WhereItMatters => verdict(cabinet, wanted).waits_for_answers(),
        Asks::Always => true,
        Asks::Never => false,
    };
    let asked = cabinet.next_question(wanted).filter(|_| is_asked);
    let to = asked.map(|ask| Purpose::Dose.address(cabinet.guideline(), ask.question));
    let pending = Pending::of(found, wanted.count()).form();
    Response::see(to.as_deref().unwrap_or(CHECK)).carrying(&pending)
}

fn verdict<'g>(cabinet: &Cabinet<'_, 'g>, wanted: &Dose) -> DoseVerdict<'g> {
    let Cabinet { case, limits, log, .. } = cabinet;
    may_take(cabinet.guideline(), &limits.id, log, wanted, &case.answers, cabinet.now())
}

fn verdict_page(
    cabinet: &Cabinet<'_, '_>,
    found: Found<'_>,
    wanted: &Dose,
    problems: Vec<Problem>,
) -> Result<Response, PageError> {
    let Cabinet { case, limits, log, clock, .. } = cabinet;
    let (guideline, region) = (cabinet.guideline(), limits.id.as_str());
    let verdict = verdict(cabinet, wanted);
    let why = medicine::why(guideline, &verdict, clock);
    let citations = Citations::default();
    let counts = counts_together(guideline, region, log, wanted, clock);
    let counts = counts.iter().filter(|counts| counts.belongs_to(&verdict));
    let counts = counts.map(|counts| Counts::of(counts, &citations));
    let note = note_on(&found).map(|note| Counts { told: Marked::of(&note, &citations), doses: Vec::new() });
    let level = verdict.level();
    let units = wanted.units();
    let of = |units: u32| Pending::of(&found, Count::whole(units));
    let is_pack = !matches!(found, Found::Ingredient(_));
    let is_wrong = !problems.is_empty();
    let heading = medicine::heading(&verdict, clock).to_string();
    let less = less_now(guideline, region, log, wanted, &case.answers, cabinet.now());
    let open = cabinet.next_question(wanted);
    let page = CheckPage {
        frame: cabinet.frame(heading.clone()).with_error(is_wrong),
        level: level.id(),
        may_log: level <= DoseLevel::Allowed,
        heading,
        then: medicine::then(&verdict, &found, clock),
        until: match &verdict {
            DoseVerdict::Wait { until, .. } | DoseVerdict::AskFirst { not_before: Some(until), .. } => {
                left_until(cabinet.now(), *until)
            }
            _ => None,
        },
        asked_about: Message::DoseAskedAbout {
            dose: medicine::described(guideline, limits, &found, wanted).to_string().into(),
        },
        less: less.map(of),
        fewer: (is_pack && units > 1).then(|| of(units - 1)),
        more: (is_pack && units < Dose::MOST_UNITS).then(|| of(units + 1)),
        unit: medicine::count_label(&found),
        pending: Pending::of(&found, wanted.count()),
        decisive: Marked::all(&why.decisive, &citations),
        open: Marked::all(&why.open, &citations),
        also: Marked::all(&why.also, &citations),
        counts: if level == DoseLevel::NotJudged { Vec::new() } else { counts.chain(note).collect() },
        keep_in_mind: if matches!(level, DoseLevel::Never | DoseLevel::NotJudged) {
            Vec::new()
        } else {
            Marked::all(&keep_in_mind(guideline, region, wanted), &citations)
        },
        can_ask: level == DoseLevel::AskFirst && open.is_some(),
        answers_of: answers_of(cabinet),
        before_check: cabinet.is_before_check.then(|| before_check(&verdict)),
        is_danger_open: !cabinet.is_before_check
            && verdict.because().iter().any(|because| matches!(because, Because::DangerOpen)),
        calls: why.is_over.then(|| cabinet.calls(why.is_overdose)),
        to_clear: verdict.to_clear().map(str::to_owned),
        problems,
        sources: source_lines(guideline, &citations),
    };
    page.frame.around(&page)
}

/// Before any danger question was answered: what the verdict waits for.
fn before_check(verdict: &DoseVerdict<'_>) -> &'static str {
    let is_only_that = verdict.because().iter().all(|because| matches!(because, Because::DangerOpen));
    if is_only_that {
        "Nothing that you told us speaks against it. We say yes only after the danger check."
    } else {
        "We say yes only after the danger check."
    }
}

/// When the danger questions were answered last, where that is not today.
fn answers_of(cabinet: &Cabinet<'_, '_>) -> Option<String> {
    let told = cabinet.visitor.record.assessments().last()?;
    (0 < days_since(cabinet.visitor, told.at)).then(|| cabinet.visitor.worked_out())
}

impl Counts {
    fn of(counts: &CountsTogether<'_>, citations: &Citations) -> Self {
        Self {
            told: Marked::of(&counts.told, citations),
            doses: counts.doses.iter().map(Message::to_string).collect(),
        }
    }
}
