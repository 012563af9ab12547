use care::medicine::Found;
use care::{
    Ask, Because, Count, Dose, DoseLog, DoseUnit, DoseVerdict, Guideline, Medicine, Region, medicine_for,
    standings,
};
use jiff::Zoned;
use serde::Serialize;
use serde_json::{Map, Value};
use tell::Clock;
use tell::medicine;

use crate::assessment::BookVersion;
use crate::question::Question;
use crate::source::{Source, sources};

/// A dose with everything that is to be known about the verdict.
pub struct Checked<'g> {
    /// By which book.
    pub guideline: &'g Guideline,
    /// By the limits of which country.
    pub region: &'g Region,
    /// The pack.
    pub found: Found<'g>,
    /// How much of it.
    pub dose: Dose,
    /// May it be taken now?
    pub verdict: DoseVerdict<'g>,
    /// The most that may be taken at once where it is less than was asked for.
    pub less_now: Option<u32>,
    /// What was taken before.
    pub log: DoseLog,
    /// Whether anything is known of what was taken before.
    pub log_given: bool,
    /// What to ask next, where an answer is missing.
    pub ask: Option<Ask>,
    /// When.
    pub now: Zoned,
}

/// The verdict on a dose.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DoseCheck<'g> {
    /// `daily`, `allowed`, `wait`, `ask_first` or `never`.
    pub verdict: &'static str,
    /// What goes with a verdict of its kind.
    #[serde(flatten)]
    pub detail: VerdictDetail,
    /// The most units that may be taken at once, where it is less than was asked for.
    pub less_now: Option<u32>,
    /// Help is needed now.
    pub help_now: bool,
    /// Whom to call after too much.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub call: Option<Calls<'g>>,
    /// For when it was looked at.
    pub at: String,
    /// By the limits of which country.
    pub region: &'g str,
    /// What was asked about.
    pub dose: DoseView,
    /// Why.
    pub because: Vec<DoseReason<'g>>,
    /// Each ingredient with its limits and what was taken.
    pub ingredients: Vec<IngredientView<'g>>,
    /// What the labels warn of.
    pub warn: Vec<&'g str>,
    /// Whether anything was known of what was taken before.
    pub log_given: bool,
    /// What to ask next, where an answer is missing.
    pub next_question: Option<Question<'g>>,
    /// By which book.
    pub guideline: BookVersion<'g>,
}

/// What goes with a verdict of its kind.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct VerdictDetail {
    /// Of `daily`: what is said of a low dose that is taken every day.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub says: Option<String>,
    /// Of `allowed`: the most that may be taken now, in the units of the dose.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false, value_type = Option<f64>))]
    pub up_to: Option<Value>,
    /// Of `allowed`: when the next may be taken after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub next: Option<String>,
    /// Of `wait`: until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub until: Option<String>,
    /// Of `ask_first`: not before this, whatever they say.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub not_before: Option<String>,
}

/// Whom to call after too much, each under what it is for.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Calls<'g> {
    /// The poison line, where the region has one.
    pub poison: Option<&'g str>,
    /// The health advice line.
    pub advice: Option<&'g str>,
    /// The emergency number.
    pub emergency: &'g str,
    /// Somebody who listens, after an overdose.
    pub crisis: Option<&'g str>,
}

/// A dose.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DoseView {
    /// The pack, by its id.
    pub product: Option<String>,
    /// What it is called.
    pub name: String,
    /// How much of it: a whole number, or one with halves.
    #[cfg_attr(feature = "schema", schema(value_type = f64))]
    pub amount: Value,
    /// In what it is counted.
    pub unit: &'static str,
    /// Each ingredient, in its unit.
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, u32>))]
    pub ingredients: Map<String, Value>,
    /// Ingredients that are not counted.
    pub others: Vec<String>,
}

/// Why a dose may be taken or not.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DoseReason<'g> {
    /// What kind of reason.
    pub kind: &'static str,
    /// What it makes of the verdict.
    pub level: &'static str,
    /// The sentence for the person.
    pub text: String,
    /// The medicine that it is about.
    pub medicine: Option<&'g str>,
    /// The findings whose answers are missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub unknown: Option<Vec<&'g str>>,
    /// It does not hold any more after this.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(nullable = false))]
    pub not_before: Option<String>,
    /// On what it rests.
    pub sources: Vec<Source<'g>>,
}

/// An ingredient of a dose.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct IngredientView<'g> {
    /// Its name.
    pub ingredient: String,
    /// Its limits, where the book has them for this country.
    pub limits: Option<Limits<'g>>,
    /// How much was taken in the last 24 hours.
    pub taken_24h: u32,
    /// When the last was taken.
    pub last: Option<String>,
}

/// The limits of an ingredient.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Limits<'g> {
    /// In what it is counted.
    pub unit: &'static str,
    /// The most at once.
    pub single_most: u32,
    /// The time between two doses, in seconds.
    pub interval_seconds: u32,
    /// The most in 24 hours.
    pub max_24h: u32,
    /// So much in 24 hours is an overdose.
    pub overdose_24h: Option<u32>,
    /// The most days in a row.
    pub max_days: u32,
    /// The youngest age, in years.
    pub min_age: u32,
    /// Of which day the label is.
    pub label_date: Option<&'g str>,
    /// The label.
    pub source: Option<Source<'g>>,
}

/// The limits of a medicine.
pub fn limits<'g>(guideline: &'g Guideline, medicine: &'g Medicine) -> Limits<'g> {
    Limits {
        unit: unit(medicine.unit),
        single_most: medicine.single_most,
        interval_seconds: medicine.interval.get(),
        max_24h: medicine.max_24h,
        overdose_24h: medicine.overdose_24h,
        max_days: medicine.max_days,
        min_age: medicine.min_age,
        label_date: medicine.label_date.as_deref(),
        source: sources(guideline, &[medicine.label_source]).pop(),
    }
}

fn unit(unit: DoseUnit) -> &'static str {
    match unit {
        DoseUnit::Milligrams => "mg",
        DoseUnit::Applications => "application",
    }
}

/// A count as JSON has it: `2`, or `1.5`.
pub fn count(count: Count) -> Value {
    count.as_whole().map_or_else(|| (f64::from(count.hundredths()) / 100.0).into(), Into::into)
}

impl<'g> Calls<'g> {
    /// Whom to call; after an overdose also who listens.
    pub fn of(region: &'g Region, is_overdose: bool) -> Self {
        Self {
            poison: region.poison.as_deref(),
            advice: region.advice.as_deref(),
            emergency: &region.emergency,
            crisis: region.crisis.as_deref().filter(|_| is_overdose),
        }
    }
}

impl DoseView {
    /// A dose of a pack.
    pub fn of(found: &Found<'_>, dose: &Dose) -> Self {
        let unit = match found {
            Found::Product(product) => product.unit.id(),
            Found::Ingredient(medicine) => unit(medicine.unit),
            Found::Other(_) => "dose",
        };
        Self {
            product: dose.product().map(str::to_owned),
            name: found.name().clone(),
            amount: count(dose.count()),
            unit,
            ingredients: dose.amounts().map(|(name, amount)| (name.to_owned(), amount.into())).collect(),
            others: dose.others().to_vec(),
        }
    }
}

impl<'g> DoseReason<'g> {
    fn of(guideline: &'g Guideline, because: &Because<'g>, clock: &Clock) -> Self {
        let until = match because {
            Because::TooSoon { until, .. } | Because::DailyLimit { until, .. } => Some(*until),
            Because::OtherNsaid { not_before, .. } => Some(*not_before),
            _ => None,
        };
        let unknown = match because {
            Because::Open { findings, .. } => {
                Some(findings.iter().map(|id| guideline.finding(*id).id.as_str()).collect())
            }
            _ => None,
        };
        Self {
            kind: because.id(),
            level: because.level().id(),
            text: medicine::because(guideline, because, clock).to_string(),
            medicine: because.medicine().map(|medicine| medicine.id.as_str()),
            unknown,
            not_before: until.map(|until| clock.stamp(until)),
            sources: sources(guideline, &because.sources(guideline)),
        }
    }
}

impl<'g> DoseCheck<'g> {
    /// The verdict on what was asked.
    pub fn of(checked: &'g Checked<'g>) -> Self {
        let Checked { guideline, region, verdict, .. } = checked;
        let clock = Clock::of(&checked.now);
        let why = medicine::why(guideline, verdict, &clock);
        let is_called = why.is_over || verdict.is_emergency();
        let medicines = checked.dose.per_unit().iter();
        let medicines = medicines.filter_map(|(name, _)| medicine_for(guideline, &region.id, name));
        Self {
            verdict: verdict.level().id(),
            detail: detail(verdict, &clock),
            less_now: checked.less_now,
            help_now: verdict.is_emergency(),
            call: is_called.then(|| Calls::of(region, why.is_overdose)),
            at: clock.stamp(checked.now.timestamp()),
            region: &region.id,
            dose: DoseView::of(&checked.found, &checked.dose),
            because: verdict.because().iter().map(|of| DoseReason::of(guideline, of, &clock)).collect(),
            ingredients: ingredients(checked, &clock),
            warn: medicines.flat_map(|medicine| &medicine.warn).map(String::as_str).collect(),
            log_given: checked.log_given,
            next_question: checked.ask.as_ref().map(|ask| Question::of(guideline, ask)),
            guideline: BookVersion::of(guideline),
        }
    }
}

fn detail(verdict: &DoseVerdict<'_>, clock: &Clock) -> VerdictDetail {
    let mut detail = VerdictDetail::default();
    match verdict {
        DoseVerdict::Daily { medicine } => {
            detail.says = medicine.daily.as_ref().map(|daily| daily.says.clone());
        }
        DoseVerdict::Allowed { up_to, next } => {
            (detail.up_to, detail.next) = (Some(count(*up_to)), Some(clock.stamp(*next)));
        }
        DoseVerdict::Wait { until, .. } => detail.until = Some(clock.stamp(*until)),
        DoseVerdict::AskFirst { not_before, .. } => {
            detail.not_before = not_before.map(|at| clock.stamp(at));
        }
        DoseVerdict::Never { .. } => {}
    }
    detail
}

fn ingredients<'g>(checked: &'g Checked<'g>, clock: &Clock) -> Vec<IngredientView<'g>> {
    let Checked { guideline, region, .. } = checked;
    let standings = standings(guideline, &region.id, &checked.log, checked.now.timestamp());
    let view = |name: &String| {
        let taken = standings.iter().find(|standing| standing.ingredient == *name);
        IngredientView {
            ingredient: name.clone(),
            limits: medicine_for(guideline, &region.id, name).map(|medicine| limits(guideline, medicine)),
            taken_24h: taken.map_or(0, |standing| standing.total_24h),
            last: taken.and_then(|standing| standing.last).map(|at| clock.stamp(at)),
        }
    };
    checked.dose.per_unit().iter().map(|(name, _)| view(name)).collect()
}
