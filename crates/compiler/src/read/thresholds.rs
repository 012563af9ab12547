//! The numbers that computed values turn on.

use care::{Cutoff, Place, Threshold};
use toml::de::DeValue;

use super::Reader;
use crate::block::Block;
use crate::fields::Fields;
use crate::suggest::did_you_mean;

/// Books of before December 2026 gave no thresholds: of them these held.
const OF_BEFORE: [(Cutoff, f64); Cutoff::ALL.len()] = [
    (Cutoff::LikelyShare, 0.5),
    (Cutoff::PossibleShare, 0.05),
    (Cutoff::MostRatio, 50.0),
    (Cutoff::AdultFrom, 16.0),
    (Cutoff::WellUpTo, 1.0),
    (Cutoff::WellDays, 7.0),
    (Cutoff::LongestSilence, 7.0),
    (Cutoff::Rise, 2.0),
    (Cutoff::RiseHours, 24.0),
    (Cutoff::KnownStart, 72.0),
    (Cutoff::LookBack, 7.0),
    (Cutoff::WellEarly, 14.0),
    (Cutoff::WellLate, 84.0),
    (Cutoff::FewestEntries, 4.0),
    (Cutoff::HighPain, 5.0),
    (Cutoff::LowPain, 3.0),
    (Cutoff::LeastChange, 0.3),
    (Cutoff::DaysPause, 48.0),
    (Cutoff::RunsOn, 72.0),
    (Cutoff::HelpNowDays, 7.0),
    (Cutoff::DailyDoses, 2.0),
    (Cutoff::DosesInDay, 6.0),
    (Cutoff::KindShut, 24.0),
    (Cutoff::DaysToCompare, 3.0),
];

/// The thresholds of a book, or those of before where it has none.
pub(super) fn or_of_before(thresholds: Vec<Threshold>) -> Vec<Threshold> {
    if !thresholds.is_empty() {
        return thresholds;
    }
    let of_before = OF_BEFORE.into_iter();
    of_before
        .map(|(cutoff, value)| Threshold { cutoff, place: Place::default(), value, sources: Vec::new() })
        .collect()
}

/// A threshold. Its id is what it is of.
pub(super) fn threshold(reader: &mut Reader<'_, '_>, _: usize, block: &Block<'_>) -> Threshold {
    let mut fields = Fields::of(block, reader.log);
    let cutoff = Cutoff::ALL.into_iter().find(|cutoff| cutoff.id() == block.id);
    if cutoff.is_none() {
        let ids = Cutoff::ALL.map(Cutoff::id);
        let help = did_you_mean(&block.id, ids, format!("the thresholds are {}", ids.join(", ")));
        fields.problem_at_header(format!("nothing turns on a threshold `{}`", block.id), help);
    }
    let cutoff = cutoff.unwrap_or(Cutoff::LikelyShare);
    let threshold = Threshold {
        cutoff,
        place: block.place.clone(),
        value: value(&mut fields, cutoff),
        sources: fields.sources(&reader.names),
    };
    fields.require_prose(block);
    fields.finish();
    threshold
}

/// A number in the range of the threshold; its least where there is none.
fn value(fields: &mut Fields<'_, '_>, cutoff: Cutoff) -> f64 {
    let (least, most, is_whole) = cutoff.range();
    let kind = if is_whole { "a whole number" } else { "a number" };
    let help = format!("it is {}: {kind} from {least} to {most}", cutoff.meaning());
    let Some(value) = fields.value("value") else {
        fields.missing("value", help);
        return least;
    };
    let number: Option<f64> = match value.get_ref() {
        DeValue::Float(float) => float.as_str().parse().ok(),
        DeValue::Integer(integer) => integer.as_str().parse().ok(),
        _ => None,
    };
    number.filter(|number| cutoff.takes(*number)).unwrap_or_else(|| {
        fields.problem(fields.span(value), format!("{} cannot be that", fields.name), help);
        least
    })
}
