//! The values of the guard as JSON, for programs.

use std::collections::BTreeMap;

use care::{Guideline, Region, Standing};
use jiff::Zoned;
use serde_json::{Value, json};
use store::{DoseTaken, Sequence, Timed};
use tell::Clock;
use tell::medicine;
use wire::{Calls, DoseView};

use crate::dose::told::Written;

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
        "limits": standing.medicine.map(|medicine| wire::limits(guideline, medicine)),
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
                "sources": wire::sources(written.guideline, &warning.sources()),
            })
        })
        .collect();
    let mut shown = next(written.guideline, written.region, written.standings, written.now);
    if let Some(fields) = shown.as_object_mut() {
        fields.insert("entry".to_owned(), json!(entry));
        fields.insert("logged".to_owned(), json!(DoseView::of(&written.found, written.dose)));
        fields.insert("taken_at".to_owned(), json!(clock.stamp(written.at.timestamp())));
        fields.insert("time_known".to_owned(), json!(written.taken.is_time_known()));
        let is_overdose = written.warnings.iter().any(care::DoseWarning::is_overdose);
        fields.insert("help_now".to_owned(), json!(is_overdose));
        if written.warnings.iter().any(care::DoseWarning::is_over) {
            fields.insert("call".to_owned(), json!(Calls::of(written.region, is_overdose)));
        }
        fields.insert("warnings".to_owned(), json!(warnings));
    }
    shown
}
