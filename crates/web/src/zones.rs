//! Time zones by their names.

use jiff::tz::{TimeZone, TimeZoneDatabase};

/// The time zones that a person may choose: those of the machine, or where there is none to
/// ask, as in a browser, a list that somebody brought.
#[derive(Debug)]
pub struct Zones(Known);

#[derive(Debug)]
enum Known {
    Database(TimeZoneDatabase),
    /// Each by its name and as a file of the tz database has it.
    Listed(Vec<(String, Vec<u8>)>),
}

impl From<TimeZoneDatabase> for Zones {
    fn from(database: TimeZoneDatabase) -> Self {
        Self(Known::Database(database))
    }
}

impl Zones {
    /// Those of a list: each by its name and as a file of the tz database has it (`TZif`).
    pub fn listed(zones: Vec<(String, Vec<u8>)>) -> Self {
        Self(Known::Listed(zones))
    }

    /// The zone with an IANA name, in whatever letters.
    pub fn get(&self, name: &str) -> Option<TimeZone> {
        match &self.0 {
            Known::Database(database) => database.get(name).ok(),
            Known::Listed(zones) => {
                let (name, file) = zones.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
                TimeZone::tzif(name, file).ok()
            }
        }
    }

    /// Every name.
    pub(crate) fn names(&self) -> Vec<String> {
        match &self.0 {
            Known::Database(database) => database.available().map(|name| name.to_string()).collect(),
            Known::Listed(zones) => zones.iter().map(|(name, _)| name.clone()).collect(),
        }
    }
}
