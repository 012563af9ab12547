//! Which pack is meant, and by the limits of which country.

use care::medicine::{Found, UnknownMedicine, find, region_of_limits, regions_with_limits};
use care::{Guideline, Region};
use store::Record;

use crate::exit::BadInput;
use crate::library;

/// What a name stands for. Where no country was chosen, that of the last dose tells packs of one name apart.
pub(super) fn find_pack<'g>(
    guideline: &'g Guideline,
    region: &'g Region,
    name: &str,
    record: &Record,
) -> anyhow::Result<Found<'g>> {
    let region = chosen(guideline, region, record);
    let found = find(guideline, region, name);
    let last = region_of_limits(guideline, region, None, last_region(record));
    let found = match (found, last) {
        (Err(UnknownMedicine::WhichPack { .. }), Ok(last)) => find(guideline, last, name),
        (found, _) => found,
    };
    found.map_err(|error| BadInput::because(tell::unknown_medicine(&error).to_string()))
}

/// The country by whose limits the last dose was looked at.
fn last_region(record: &Record) -> Option<&str> {
    record.doses().last().map(|dose| dose.what.region.as_str())
}

/// The country that was chosen: here, else in the settings of the record.
pub(super) fn chosen<'g>(guideline: &'g Guideline, region: &'g Region, record: &Record) -> &'g Region {
    let settings = record.settings();
    library::chosen(guideline, region, [&settings.dose_region, &settings.region])
}

/// The country whose limits count: see [`region_of_limits`]. The messages say which option chooses one.
pub(super) fn limits_of<'g>(
    guideline: &'g Guideline,
    region: &'g Region,
    found: Option<&Found<'_>>,
    record: &Record,
) -> anyhow::Result<&'g Region> {
    let chosen = chosen(guideline, region, record);
    region_of_limits(guideline, chosen, found, last_region(record)).map_err(|error| {
        let with_limits: Vec<&str> =
            regions_with_limits(guideline).into_iter().map(|region| region.id.as_str()).collect();
        BadInput::because(tell::no_limits(&error, &with_limits).to_string())
    })
}
