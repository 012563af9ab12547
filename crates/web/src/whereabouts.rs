//! Where somebody is, as far as two witnesses agree.
//!
//! A number that is dialled in an emergency is chosen, not guessed. Until the person
//! has chosen, the language of their browser and the time zone of their clock must
//! point to the same region of the book; English of the United States is spoken by
//! browsers everywhere.

use care::Region;

/// The region that the languages of a browser suggest, by its id in the book: `en-GB,en;q=0.9`
/// is `uk`.
pub(crate) fn suggested_by(languages: &str) -> &'static str {
    // A weight of nought says which language is not wanted.
    let is_wanted = |language: &&str| {
        let weight = language.split_once("q=").map(|(_, weight)| weight.trim());
        weight.is_none_or(|weight| weight.bytes().any(|digit| (b'1'..=b'9').contains(&digit)))
    };
    let country = languages.split(',').filter(is_wanted).find_map(|language| {
        let tag = language.split(';').next().unwrap_or_default().trim();
        let country = tag.split('-').skip(1).find(|part| part.len() == 2)?;
        Some(country.to_ascii_uppercase())
    });
    match country.as_deref().unwrap_or_default() {
        "GB" => "uk",
        "US" => "us",
        "IE" => "ie",
        "AU" => "au",
        "CA" => "ca",
        "IN" => "in",
        "NZ" => "nz",
        country if MEMBERS.contains(&country) => "eu",
        _ => Region::ANYWHERE,
    }
}

/// Whether the clock of a time zone, by its IANA name, is one of a region of the book.
pub(crate) fn is_clock_of(region: &str, zone: &str) -> bool {
    let is_in = |area: &str| zone.strip_prefix(area).is_some_and(|rest| rest.starts_with('/'));
    match region {
        "us" => {
            is_in("US")
                || is_in("America/Indiana")
                || is_in("America/Kentucky")
                || is_in("America/North_Dakota")
                || UNITED_STATES.contains(&zone)
        }
        "uk" => ["Europe/London", "Europe/Belfast", "GB", "GB-Eire"].contains(&zone),
        "ie" => ["Europe/Dublin", "Eire"].contains(&zone),
        "eu" => EUROPEAN_UNION.contains(&zone),
        "au" => is_in("Australia"),
        "ca" => is_in("Canada") || CANADA.contains(&zone),
        "in" => ["Asia/Kolkata", "Asia/Calcutta"].contains(&zone),
        "nz" => ["Pacific/Auckland", "Pacific/Chatham", "NZ", "NZ-CHAT"].contains(&zone),
        _ => false,
    }
}

/// Members of the European Union without a region of their own in the book.
const MEMBERS: [&str; 26] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IT", "LT", "LU",
    "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// Zones of the United States that no folder of the database holds together.
const UNITED_STATES: [&str; 22] = [
    "America/Adak",
    "America/Anchorage",
    "America/Atka",
    "America/Boise",
    "America/Chicago",
    "America/Denver",
    "America/Detroit",
    "America/Fort_Wayne",
    "America/Indianapolis",
    "America/Juneau",
    "America/Los_Angeles",
    "America/Louisville",
    "America/Menominee",
    "America/Metlakatla",
    "America/New_York",
    "America/Nome",
    "America/Phoenix",
    "America/Shiprock",
    "America/Sitka",
    "America/Yakutat",
    "Navajo",
    "Pacific/Honolulu",
];

/// Zones of Canada.
const CANADA: [&str; 28] = [
    "America/Atikokan",
    "America/Blanc-Sablon",
    "America/Cambridge_Bay",
    "America/Creston",
    "America/Dawson",
    "America/Dawson_Creek",
    "America/Edmonton",
    "America/Fort_Nelson",
    "America/Glace_Bay",
    "America/Goose_Bay",
    "America/Halifax",
    "America/Inuvik",
    "America/Iqaluit",
    "America/Moncton",
    "America/Montreal",
    "America/Nipigon",
    "America/Pangnirtung",
    "America/Rainy_River",
    "America/Rankin_Inlet",
    "America/Regina",
    "America/Resolute",
    "America/St_Johns",
    "America/Swift_Current",
    "America/Thunder_Bay",
    "America/Toronto",
    "America/Vancouver",
    "America/Whitehorse",
    "America/Winnipeg",
];

/// Zones of the members of the European Union that have no region of their own.
const EUROPEAN_UNION: [&str; 36] = [
    "Africa/Ceuta",
    "America/Cayenne",
    "America/Guadeloupe",
    "America/Martinique",
    "Asia/Famagusta",
    "Asia/Nicosia",
    "Atlantic/Azores",
    "Atlantic/Canary",
    "Atlantic/Madeira",
    "Europe/Amsterdam",
    "Europe/Athens",
    "Europe/Berlin",
    "Europe/Bratislava",
    "Europe/Brussels",
    "Europe/Bucharest",
    "Europe/Budapest",
    "Europe/Busingen",
    "Europe/Copenhagen",
    "Europe/Helsinki",
    "Europe/Lisbon",
    "Europe/Ljubljana",
    "Europe/Luxembourg",
    "Europe/Madrid",
    "Europe/Malta",
    "Europe/Mariehamn",
    "Europe/Nicosia",
    "Europe/Paris",
    "Europe/Prague",
    "Europe/Riga",
    "Europe/Rome",
    "Europe/Sofia",
    "Europe/Stockholm",
    "Europe/Tallinn",
    "Europe/Vienna",
    "Europe/Vilnius",
    "Europe/Zagreb",
];

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZoneDatabase;

    use super::*;
    use crate::testing::guideline;

    #[test]
    fn every_zone_is_in_one_region_at_most_and_every_region_with_a_number_has_one() {
        let zones = TimeZoneDatabase::bundled();
        let names: Vec<String> = zones.available().map(|name| name.to_string()).collect();
        let regions: Vec<&str> = guideline().book().regions.iter().map(|region| region.id.as_str()).collect();
        for name in &names {
            let of = regions.iter().filter(|region| is_clock_of(region, name)).count();
            assert!(of <= 1, "{name}");
        }
        for region in regions.iter().filter(|region| **region != "anywhere") {
            assert!(names.iter().any(|name| is_clock_of(region, name)), "{region}");
        }
        for name in UNITED_STATES.iter().chain(&CANADA).chain(&EUROPEAN_UNION) {
            assert!(zones.get(name).is_ok(), "{name} is no zone");
        }
    }

    #[test]
    fn a_language_without_a_country_suggests_none() {
        assert_eq!(suggested_by("en-US,en;q=0.9"), "us");
        assert_eq!(suggested_by("en-GB"), "uk");
        assert_eq!(suggested_by("en-GB;q=0, en-IE"), "ie");
        assert_eq!(suggested_by("en, de-AT;q=0.8"), "eu");
        assert_eq!(suggested_by("zh-Hans-CN"), "anywhere");
        assert_eq!(suggested_by("en"), "anywhere");
        assert_eq!(suggested_by(""), "anywhere");
    }

    #[test]
    fn a_clock_that_belongs_to_no_country_is_no_witness() {
        for zone in ["UTC", "Etc/UTC", "America/Mexico_City", "Europe/Zurich", "Asia/Tokyo", ""] {
            for region in &guideline().book().regions {
                assert!(!is_clock_of(&region.id, zone), "{zone} in {}", region.id);
            }
        }
    }
}
