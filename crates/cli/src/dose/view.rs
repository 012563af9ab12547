//! The values of the guard as JSON, for programs.

use std::collections::BTreeMap;

use care::medicine::Found;
use care::{Because, Count, DoseVerdict, Guideline, Region, Standing, medicine_for, standings};
use jiff::Zoned;
use serde_json::{Map, Value, json};
use store::{DoseTaken, Sequence, Timed};
use tell::Clock;
use tell::medicine;

use crate::dose::told::{Checked, Written};
use crate::view;

/// The verdict on a dose.
pub(crate) fn check(checked: &Checked<'_>) -> Value {
    let guideline = checked.guideline;
    let clock = Clock::of(&checked.now);
    let mut shown = Map::new();
    shown.insert("verdict".into(), json!(checked.verdict.level().id()));
    match &checked.verdict {
        DoseVerdict::Daily { medicine } => {
            shown.insert("says".into(), json!(medicine.daily.as_ref().map(|daily| &daily.says)));
        }
        DoseVerdict::Allowed { up_to, next } => {
            shown.insert("up_to".into(), number(*up_to));
            shown.insert("next".into(), json!(clock.stamp(*next)));
        }
        DoseVerdict::Wait { until, .. } => {
            shown.insert("until".into(), json!(clock.stamp(*until)));
        }
        DoseVerdict::AskFirst { not_before: Some(at), .. } => {
            shown.insert("not_before".into(), json!(clock.stamp(*at)));
        }
        DoseVerdict::AskFirst { not_before: None, .. } | DoseVerdict::Never { .. } => {}
    }
    shown.insert("less_now".into(), json!(checked.less_now));
    let why = medicine::why(guideline, &checked.verdict, &clock);
    shown.insert("help_now".into(), json!(checked.verdict.is_emergency()));
    if why.is_over || checked.verdict.is_emergency() {
        shown.insert("call".into(), calls(checked.region, why.is_overdose));
    }
    shown.insert("at".into(), json!(clock.stamp(checked.now.timestamp())));
    shown.insert("region".into(), json!(checked.region.id));
    shown.insert("dose".into(), dose(&checked.found, &checked.dose));
    let because = checked.verdict.because().iter().map(|reason| because(guideline, reason, &clock));
    shown.insert("because".into(), because.collect());
    shown.insert("ingredients".into(), ingredients(checked, &clock));
    let warn: Vec<&String> = checked
        .dose
        .per_unit()
        .iter()
        .filter_map(|(ingredient, _)| medicine_for(guideline, &checked.region.id, ingredient))
        .flat_map(|medicine| &medicine.warn)
        .collect();
    shown.insert("warn".into(), json!(warn));
    shown.insert("log_given".into(), json!(checked.log_given));
    let ask = checked.ask.as_ref().map(|ask| view::question(guideline, ask));
    shown.insert("next_question".into(), json!(ask));
    let book = guideline.book();
    shown.insert("guideline".into(), json!({ "version": book.version, "hash": book.hash }));
    Value::Object(shown)
}

/// Whom to call after too much, each under what it is for.
fn calls(region: &Region, is_overdose: bool) -> Value {
    json!({
        "poison": region.poison,
        "advice": region.advice,
        "emergency": region.emergency,
        "crisis": region.crisis.as_ref().filter(|_| is_overdose),
    })
}

fn dose(found: &Found<'_>, dose: &care::Dose) -> Value {
    let ingredients: Map<String, Value> =
        dose.amounts().map(|(ingredient, amount)| (ingredient.to_owned(), json!(amount))).collect();
    let unit = match found {
        Found::Product(product) => product.unit.id(),
        Found::Ingredient(medicine) => match medicine.unit {
            care::DoseUnit::Milligrams => "mg",
            care::DoseUnit::Applications => "application",
        },
        Found::Other(_) => "dose",
    };
    json!({
        "product": dose.product(),
        "name": found.name(),
        "amount": number(dose.count()),
        "unit": unit,
        "ingredients": ingredients,
        "others": dose.others(),
    })
}

fn because(guideline: &Guideline, because: &Because<'_>, clock: &Clock) -> Value {
    let mut shown = Map::new();
    shown.insert("kind".into(), json!(because.id()));
    shown.insert("level".into(), json!(because.level().id()));
    shown.insert("text".into(), json!(medicine::because(guideline, because, clock).to_string()));
    shown.insert("medicine".into(), json!(because.medicine().map(|medicine| &medicine.id)));
    if let Because::Open { findings, .. } = because {
        let names: Vec<&str> = findings.iter().map(|id| guideline.finding(*id).id.as_str()).collect();
        shown.insert("unknown".into(), json!(names));
    }
    let until = match because {
        Because::TooSoon { until, .. } | Because::DailyLimit { until, .. } => Some(*until),
        Because::OtherNsaid { not_before, .. } => Some(*not_before),
        _ => None,
    };
    if let Some(until) = until {
        shown.insert("not_before".into(), json!(clock.stamp(until)));
    }
    shown.insert("sources".into(), view::sources(guideline, &because.sources(guideline)));
    Value::Object(shown)
}

/// Each ingredient of the dose with its limits and what was taken.
fn ingredients(checked: &Checked<'_>, clock: &Clock) -> Value {
    let guideline = checked.guideline;
    let standings = standings(guideline, &checked.region.id, &checked.log, checked.now.timestamp());
    let per_unit = checked.dose.per_unit().iter();
    per_unit
        .map(|(ingredient, _)| {
            let taken = standings.iter().find(|standing| standing.ingredient == *ingredient);
            let medicine = medicine_for(guideline, &checked.region.id, ingredient);
            json!({
                "ingredient": ingredient,
                "limits": medicine.map(|medicine| limits(guideline, medicine)),
                "taken_24h": taken.map_or(0, |standing| standing.total_24h),
                "last": taken.and_then(|standing| standing.last).map(|at| clock.stamp(at)),
            })
        })
        .collect()
}

fn limits(guideline: &Guideline, medicine: &care::Medicine) -> Value {
    json!({
        "unit": match medicine.unit {
            care::DoseUnit::Milligrams => "mg",
            care::DoseUnit::Applications => "application",
        },
        "single_most": medicine.single_most,
        "interval_seconds": medicine.interval.get(),
        "max_24h": medicine.max_24h,
        "overdose_24h": medicine.overdose_24h,
        "max_days": medicine.max_days,
        "min_age": medicine.min_age,
        "label_date": medicine.label_date,
        "source": view::sources(guideline, &[medicine.label_source])[0],
    })
}

/// Where the log stands.
pub(crate) fn next(guideline: &Guideline, region: &Region, standings: &[Standing<'_>], now: &Zoned) -> Value {
    let clock = Clock::of(now);
    json!({
        "at": clock.stamp(now.timestamp()),
        "region": region.id,
        "ingredients": standings.iter().map(|standing| standing_view(guideline, standing, &clock)).collect::<Vec<_>>(),
    })
}

fn standing_view(guideline: &Guideline, standing: &Standing<'_>, clock: &Clock) -> Value {
    json!({
        "ingredient": standing.ingredient,
        "name": standing.name,
        "taken_24h": standing.total_24h,
        "limits": standing.medicine.map(|medicine| limits(guideline, medicine)),
        "last": standing.last.map(|at| clock.stamp(at)),
        "next": standing.next.map(|at| clock.stamp(at)),
        "no_other_nsaid_before": standing.no_other_nsaid_before.map(|at| clock.stamp(at)),
        "too_many_days_since": standing.too_long_since.map(|at| clock.stamp(at)),
        "shut_until_cleared": standing.shut_by.as_ref().map(|excess| json!({
            "ingredient": excess.medicine.ingredient,
            "total": excess.total,
            "at": clock.stamp(excess.at),
            "overdose": excess.is_overdose,
        })),
        "counts_as": standing.counts_as.map(|class| medicine::kind(guideline, class)),
        "dose_in_future": standing.in_future.map(|at| clock.stamp(at)),
    })
}

/// A count as JSON has it: `2`, or `1.5`.
fn number(count: Count) -> Value {
    count.as_whole().map_or_else(|| json!(f64::from(count.hundredths()) / 100.0), |whole| json!(whole))
}

/// What was taken lately.
pub(crate) fn list(doses: &[&Timed<DoseTaken>], now: &Zoned) -> Value {
    let clock = Clock::of(now);
    let doses = doses.iter().map(|dose| {
        json!({
            "entry": dose.sequence,
            "name": dose.what.name,
            "product": dose.what.product,
            "taken_at": clock.stamp(dose.what.at),
            "time_known": !dose.what.time_unknown,
            "ingredients": dose.what.amounts.iter().cloned().collect::<BTreeMap<_, _>>(),
        })
    });
    doses.collect()
}

/// A dose that was written down, at this place of the record.
pub(crate) fn written(written: &Written<'_, '_>, entry: Sequence) -> Value {
    let clock = Clock::of(written.now);
    let warnings: Vec<Value> = written
        .warnings
        .iter()
        .map(|warning| {
            json!({
                "kind": warning.id(),
                "text": medicine::warning(written.guideline, warning, &clock).to_string(),
                "sources": view::sources(written.guideline, &warning.sources()),
            })
        })
        .collect();
    let mut shown = next(written.guideline, written.region, written.standings, written.now);
    if let Some(fields) = shown.as_object_mut() {
        fields.insert("entry".to_owned(), json!(entry));
        fields.insert("logged".to_owned(), dose(&written.found, written.dose));
        fields.insert("taken_at".to_owned(), json!(clock.stamp(written.at.timestamp())));
        fields.insert("time_known".to_owned(), json!(written.taken.is_time_known()));
        let is_overdose = written.warnings.iter().any(care::DoseWarning::is_overdose);
        fields.insert("help_now".to_owned(), json!(is_overdose));
        if written.warnings.iter().any(care::DoseWarning::is_over) {
            fields.insert("call".to_owned(), calls(written.region, is_overdose));
        }
        fields.insert("warnings".to_owned(), json!(warnings));
    }
    shown
}
