//! The calendar file, read back with another library.

use std::collections::BTreeMap;

use calcard::common::timezone::Tz;
use calcard::icalendar::ICalendar;
use jiff::civil::{Date, DateTime, Time, date, time};
use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use proptest::prelude::*;

use super::{CALM, choose, sitter};
use crate::pages::habits::zone;
use crate::parts::ics::Lines;
use crate::testing::{Person, guideline};

/// Zones of many sorts: both ways round the year, half an hour of summer time, none, summer as the norm.
const ZONES: [&str; 6] = [
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Europe/Dublin",
    "America/Santiago",
];

fn file(person: &Person) -> String {
    let response = person.get("/habits/calendar.ics");
    assert_eq!(response.status, 200, "{:?}", response.header("location"));
    response.text().to_owned()
}

fn unfolded(file: &str) -> Vec<String> {
    file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

/// The events of a file, each with the values of its properties, without parameters.
fn events(file: &str) -> Vec<BTreeMap<String, String>> {
    let mut events = Vec::new();
    let mut is_alarm = false;
    for line in unfolded(file) {
        let (name, value) = line.split_once(':').unwrap();
        let name = name.split(';').next().unwrap();
        match (name, value) {
            ("BEGIN", "VEVENT") => events.push(BTreeMap::new()),
            ("BEGIN", "VALARM") => is_alarm = true,
            ("END", "VALARM") => is_alarm = false,
            _ => {
                let name = if is_alarm { format!("ALARM-{name}") } else { name.to_owned() };
                if let Some(event) = events.last_mut() {
                    event.insert(name, value.to_owned());
                }
            }
        }
    }
    events
}

/// Every time of the first `limit` of a file, as another library reads it: the instant
/// and what the clock of the zone shows.
fn expanded(file: &str, limit: usize) -> Vec<(Timestamp, DateTime)> {
    let calendar = ICalendar::parse(file).expect("another library reads it");
    let expanded = calendar.expand_dates(Tz::Floating, limit);
    assert!(expanded.errors.is_empty(), "{:?}", expanded.errors);
    let mut times: Vec<(Timestamp, DateTime)> = expanded
        .events
        .iter()
        .map(|event| {
            let instant = Timestamp::from_second(event.start.timestamp()).unwrap();
            let local = event.start.naive_local().format("%Y-%m-%dT%H:%M:%S").to_string();
            (instant, local.parse().unwrap())
        })
        .collect();
    times.sort_unstable();
    times
}

fn person_with_calm(zone: &str, at: &str, time: &str) -> Person {
    let mut person = Person::at(at, zone).triaged(&crate::testing::plain_spasm());
    choose(&mut person, CALM, time, "10");
    person
}

#[test]
fn a_file_ends_its_lines_as_the_standard_has_it_and_folds_them() {
    let mut person = sitter();
    choose(&mut person, "sitting_breaks", "09:00", "0");
    choose(&mut person, CALM, "07:30", "10");
    for path in ["/habits/calendar.ics", "/habits/calendar-named.ics"] {
        let response = person.get(path);
        assert_eq!(response.header("content-type"), Some("text/calendar; charset=utf-8; method=PUBLISH"));
        let name = "attachment; filename=\"unclench-habits.ics\"";
        assert_eq!(response.header("content-disposition"), Some(name));
        let file = response.text();
        assert!(file.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(file.matches('\n').count(), file.matches("\r\n").count());
        assert!(file.split("\r\n").all(|line| line.len() <= 75));
        assert!(ICalendar::parse(file).is_ok());
    }
}

#[test]
fn titles_say_nothing_of_health_unless_asked_for() {
    let mut person = sitter();
    choose(&mut person, "sitting_breaks", "09:00", "0");
    choose(&mut person, CALM, "07:30", "10");
    let neutral = file(&person);
    for event in events(&neutral) {
        assert!(["Reminder", "A short break"].contains(&event["SUMMARY"].as_str()));
        assert_eq!(event["SUMMARY"], event["ALARM-DESCRIPTION"]);
        assert_eq!(event["CLASS"], "PRIVATE");
        assert!(!event.contains_key("DESCRIPTION"));
    }
    let names = guideline().book().habits.iter().flat_map(|habit| [&habit.id, &habit.name]);
    for word in names.map(String::as_str).chain(["habit.", "spasm", "pain", "sitting"]) {
        assert!(!neutral.to_lowercase().contains(&word.to_lowercase()), "{word}");
    }
    let with_names = person.get("/habits/calendar-named.ics");
    assert!(unfolded(with_names.text()).contains(&"SUMMARY:Five calm minutes".to_owned()));
}

#[test]
fn ids_stay_the_same_and_a_change_raises_the_sequence() {
    let mut person = Person::with_a_plain_spasm();
    choose(&mut person, CALM, "07:30", "10");
    let first = events(&file(&person)).remove(0);
    person.wait(SignedDuration::from_hours(30));
    let again = events(&file(&person)).remove(0);
    let sequence = |event: &BTreeMap<String, String>| event["SEQUENCE"].parse::<u64>().unwrap();
    assert_eq!(first["UID"], again["UID"]);
    assert!(sequence(&first) < sequence(&again));
    assert_eq!(first["DTSTART"], again["DTSTART"]);
    assert!(first["DTSTAMP"] < again["DTSTAMP"]);
    choose(&mut person, CALM, "21:00", "none");
    let changed = events(&file(&person)).remove(0);
    assert_eq!(changed["UID"], first["UID"]);
    assert!(sequence(&again) < sequence(&changed));
    assert!(changed["DTSTART"].ends_with("T210000"));
    assert!(!changed.contains_key("ALARM-TRIGGER"));
    person.post("/habits/calm_time/stop", &[]);
    let stopped = events(&file(&person)).remove(0);
    assert_eq!(stopped["STATUS"], "CANCELLED");
    assert!(sequence(&changed) < sequence(&stopped));
    person.wait(SignedDuration::from_secs(1));
    choose(&mut person, CALM, "21:00", "30");
    let back = events(&file(&person)).remove(0);
    assert_eq!(back["UID"], first["UID"]);
    assert!(sequence(&stopped) < sequence(&back));
    assert_eq!((back["STATUS"].as_str(), back["ALARM-TRIGGER"].as_str()), ("CONFIRMED", "-PT30M"));
}

#[test]
fn ids_differ_between_habits_and_between_people() {
    let mut person = sitter();
    choose(&mut person, "sitting_breaks", "09:00", "0");
    choose(&mut person, CALM, "07:30", "10");
    let mut ids: Vec<String> = events(&file(&person)).iter().map(|event| event["UID"].clone()).collect();
    let other = person_with_calm("Europe/London", "2026-11-24T11:00:00Z", "07:30");
    ids.extend(events(&file(&other)).iter().map(|event| event["UID"].clone()));
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), all), (18, 18));
}

#[test]
fn a_break_that_a_later_start_pushes_past_midnight_is_withdrawn() {
    let mut person = sitter();
    choose(&mut person, "sitting_breaks", "09:00", "0");
    choose(&mut person, "sitting_breaks", "20:00", "0");
    let (cancelled, kept): (Vec<_>, Vec<_>) =
        events(&file(&person)).into_iter().partition(|event| event["STATUS"] == "CANCELLED");
    assert_eq!((kept.len(), cancelled.len()), (8, 8));
    assert!(kept.iter().all(|event| "T200000" <= &event["DTSTART"][8..]));
}

#[test]
fn a_habit_that_is_no_longer_right_is_withdrawn() {
    assert_eq!(events(&file(&super::yogi()))[0]["STATUS"], "CONFIRMED");
    assert_eq!(events(&file(&super::yogi_in_pain()))[0]["STATUS"], "CANCELLED");
}

#[test]
fn breaks_become_one_event_for_each_time_of_day() {
    let mut person = sitter();
    choose(&mut person, "sitting_breaks", "09:00", "0");
    let file = file(&person);
    for refused in ["MINUTELY", "HOURLY", "BYHOUR", "BYMINUTE"] {
        assert!(!file.contains(refused), "{refused}");
    }
    let events = events(&file);
    assert_eq!(events.len(), 16);
    assert!(events.iter().all(|event| event["RRULE"] == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"));
    // Chosen on a Tuesday at 10:00: that day's breaks begin with the one at 10:00.
    let of_first_day = |event: &&BTreeMap<String, String>| event["DTSTART"].starts_with("20261124");
    assert_eq!(events.iter().filter(of_first_day).count(), 14);
    let first = expanded(&file, 16 * 5);
    assert!(
        first.iter().all(|(_, local)| !["Saturday", "Sunday"].contains(&&*local.strftime("%A").to_string()))
    );
}

#[test]
fn no_rule_is_one_that_common_calendars_refuse() {
    let mut person = Person::with_a_plain_spasm();
    super::answer_all(&mut person, &serde_json::json!({ "sits_long": "yes", "stands_long": "yes" }));
    for habit in &guideline().book().habits {
        let path = format!("/habits/{}/choose", habit.id);
        person.post(&path, &[("time", "07:30"), ("remind", "0")]);
    }
    let events = events(&file(&person));
    assert!(events.len() > 20);
    let known = ["FREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=1"];
    for event in events {
        let rule = &event["RRULE"];
        assert!(known.contains(&rule.as_str()) || rule.starts_with("FREQ=WEEKLY;BYDAY="), "{rule}");
    }
}

#[test]
fn half_past_seven_stays_half_past_seven_across_both_changes_of_the_clocks() {
    for name in ZONES {
        let zone = TimeZoneDatabase::bundled().get(name).unwrap();
        let person = person_with_calm(name, "2026-11-24T10:00:00Z", "07:30");
        let times = expanded(&file(&person), 400);
        assert_eq!(times.len(), 400);
        let first = person.now.date();
        let first = if person.now.time() <= time(7, 30, 0, 0) { first } else { first.tomorrow().unwrap() };
        for (day, (instant, local)) in (0_i64..).zip(times) {
            let wanted = first.checked_add(day.days()).unwrap().at(7, 30, 0, 0);
            assert_eq!(local, wanted, "{name}");
            assert_eq!(instant, wanted.to_zoned(zone.clone()).unwrap().timestamp(), "{name} {wanted}");
        }
    }
}

#[test]
fn the_first_event_is_a_real_one() {
    // New York skips 02:30 on 14 March 2027; the day after has it.
    let person = person_with_calm("America/New_York", "2027-03-14T05:30:00Z", "02:30");
    assert_eq!(events(&file(&person))[0]["DTSTART"], "20270315T023000");
}

#[test]
fn a_clock_without_a_name_is_left_to_the_calendar() {
    let mut person = Person::with_a_plain_spasm();
    choose(&mut person, CALM, "07:30", "10");
    let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
    person.now = person.now.with_time_zone(zone);
    let file = file(&person);
    assert!(!file.contains("TZID"));
    assert!(unfolded(&file).iter().any(|line| line.starts_with("DTSTART:") && line.ends_with("T073000")));
}

#[test]
fn without_a_choice_there_is_no_file() {
    let person = Person::with_a_plain_spasm();
    assert_eq!(person.get("/habits/calendar.ics").header("location"), Some("/habits"));
    assert!(!person.get("/habits").text().contains("calendar.ics"));
}

/// A change of the clocks as the file has it.
struct Observance {
    /// Each time it comes into force.
    onsets: Vec<Timestamp>,
    after: Offset,
}

/// Reads the clocks of a file with nothing but the file.
fn observances(file: &str) -> Vec<Observance> {
    let mut observances = Vec::new();
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    for line in unfolded(file) {
        let (name, value) = line.split_once(':').unwrap();
        match (name, value) {
            ("BEGIN", "STANDARD" | "DAYLIGHT") => lines.clear(),
            ("END", "STANDARD" | "DAYLIGHT") => {
                let before = offset(&lines["TZOFFSETFROM"]);
                let rule = lines.get("RRULE").map(|rule| format!("RRULE:{rule}\r\n")).unwrap_or_default();
                let start = &lines["DTSTART"];
                let event = format!(
                    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:{start}\r\n{rule}\
                     END:VEVENT\r\nEND:VCALENDAR\r\n"
                );
                let onsets = expanded(&event, 14);
                let onsets = onsets.iter().map(|(_, local)| before.to_timestamp(*local).unwrap());
                observances
                    .push(Observance { onsets: onsets.collect(), after: offset(&lines["TZOFFSETTO"]) });
            }
            _ => drop(lines.insert(name.to_owned(), value.to_owned())),
        }
    }
    observances
}

fn offset(text: &str) -> Offset {
    let part = |from: usize| text.get(from..from + 2).map_or(0, |part| part.parse::<i32>().unwrap());
    let seconds = part(1) * 3_600 + part(3) * 60 + part(5);
    Offset::from_seconds(if text.starts_with('-') { -seconds } else { seconds }).unwrap()
}

fn offset_at(observances: &[Observance], at: Timestamp) -> Offset {
    let started = observances.iter().flat_map(|one| one.onsets.iter().map(|onset| (*onset, one.after)));
    started.filter(|(onset, _)| *onset <= at).max_by_key(|(onset, _)| *onset).unwrap().1
}

fn written(name: &str, from: Timestamp) -> (String, Vec<Observance>) {
    let zone = TimeZoneDatabase::bundled().get(name).unwrap();
    let mut lines = Lines::default();
    zone::write(&mut lines, name, &zone, from);
    let file = String::from_utf8(lines.into_bytes()).unwrap();
    let observances = observances(&file);
    (file, observances)
}

#[test]
fn where_the_clocks_change_by_a_rule_the_rule_is_written() {
    let from = "2026-11-24T10:00:00Z".parse().unwrap();
    for (name, rules) in [
        ("America/New_York", ["BYMONTH=3;BYDAY=2SU", "BYMONTH=11;BYDAY=1SU"]),
        ("Europe/London", ["BYMONTH=3;BYDAY=-1SU", "BYMONTH=10;BYDAY=-1SU"]),
        ("Australia/Lord_Howe", ["BYMONTH=4;BYDAY=1SU", "BYMONTH=10;BYDAY=1SU"]),
        ("Europe/Dublin", ["BYMONTH=3;BYDAY=-1SU", "BYMONTH=10;BYDAY=-1SU"]),
    ] {
        let (file, observances) = written(name, from);
        assert_eq!(observances.len(), 2, "{name}: {file}");
        for rule in rules {
            assert!(file.contains(&format!("RRULE:FREQ=YEARLY;{rule}\r\n")), "{name}: {file}");
        }
    }
    let (file, observances) = written("Asia/Kolkata", from);
    assert_eq!(observances.len(), 1);
    assert!(file.contains("TZOFFSETTO:+0530\r\n"));
}

#[test]
fn every_zone_there_is_has_the_right_clock_for_ten_years() {
    let from: Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
    let mut zones = 0;
    for name in TimeZoneDatabase::bundled().available() {
        let zone = TimeZoneDatabase::bundled().get(name.as_str()).unwrap();
        let (file, observances) = written(name.as_str(), from);
        // Close to each change as well as between them.
        let mut instants: Vec<Timestamp> =
            (0_i64..130).map(|month| from + SignedDuration::from_hours(month * 28 * 24)).collect();
        for change in zone.following(from).take_while(|change| change.timestamp() < from + 87_600.hours()) {
            instants.extend([change.timestamp() - 1.second(), change.timestamp()]);
        }
        for at in instants {
            assert_eq!(offset_at(&observances, at), zone.to_offset(at), "{} at {at}: {file}", name.as_str());
        }
        zones += 1;
    }
    assert!(zones > 400);
}

/// The first day from now on whose clock shows this time.
fn first_day(now: &Zoned, wanted: Time) -> Date {
    let from = if wanted < now.time() { now.date().tomorrow().unwrap() } else { now.date() };
    // Neither skipped nor shown twice, when it begins and when it ends.
    let calm = guideline().habits().find(|id| guideline().habit(*id).id == CALM).unwrap();
    let minutes = SignedDuration::from_secs(guideline().habit(calm).duration.get().into());
    let is_clear = |at: DateTime| now.time_zone().to_ambiguous_zoned(at).unambiguous().is_ok();
    let shows = |day: &Date| {
        let start = day.to_datetime(wanted);
        is_clear(start) && is_clear(start.checked_add(minutes).unwrap())
    };
    (0_i64..3).map(|day| from.checked_add(day.days()).unwrap()).find(shows).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_daily_habit_keeps_its_time_of_day_in_every_zone(
        zone in prop::sample::select(ZONES.to_vec()),
        minutes in 0_i8..60,
        hours in 0_i8..24,
        second in 1_767_225_600_i64..1_893_456_000,
    ) {
        let wanted = time(hours, minutes, 0, 0);
        let at = Timestamp::from_second(second - second.rem_euclid(60)).unwrap();
        let person = person_with_calm(zone, &at.to_string(), &wanted.strftime("%H:%M").to_string());
        let first = first_day(&person.now, wanted);
        let zone = person.now.time_zone().clone();
        for (day, (instant, local)) in (0_i64..).zip(expanded(&file(&person), 370)) {
            let expected = first.checked_add(day.days()).unwrap().to_datetime(wanted);
            prop_assert_eq!(local, expected);
            // Of a time that comes twice or never the other library tells no instant.
            if let Ok(expected) = zone.to_ambiguous_zoned(expected).unambiguous() {
                prop_assert_eq!(instant, expected.timestamp());
            }
        }
    }

    #[test]
    fn the_clock_of_any_year_is_right(
        zone in prop::sample::select(ZONES.to_vec()),
        start in 1_767_225_600_i64..1_893_456_000,
        later in 0_i64..315_000_000,
    ) {
        let (start, at) = (Timestamp::from_second(start).unwrap(), Timestamp::from_second(start + later).unwrap());
        let (_, observances) = written(zone, start);
        let real = TimeZoneDatabase::bundled().get(zone).unwrap();
        prop_assert_eq!(offset_at(&observances, at), real.to_offset(at));
    }
}

#[test]
fn the_first_day_of_the_month_is_every_first_day() {
    let mut person = sitter();
    choose(&mut person, "desk_setup", "09:00", "30");
    let days: Vec<Date> = expanded(&file(&person), 3).iter().map(|(_, local)| local.date()).collect();
    assert_eq!(days, [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]);
}

#[test]
fn a_calendar_does_not_begin_with_an_hour_that_comes_twice_or_never() {
    for (zone, at, wanted, first) in [
        // The clocks go back from 2 to 1 on 25 October, and on from 1 to 2 on 29 March.
        ("Europe/London", "2026-10-24T12:00:00Z", "01:30", date(2026, 10, 26)),
        ("Europe/London", "2026-10-24T12:00:00Z", "00:58", date(2026, 10, 26)),
        ("Europe/London", "2026-10-24T12:00:00Z", "02:30", date(2026, 10, 25)),
        ("Europe/London", "2027-03-27T12:00:00Z", "01:30", date(2027, 3, 29)),
    ] {
        let person = person_with_calm(zone, at, wanted);
        let (_, local) = expanded(&file(&person), 3)[0];
        assert_eq!(local.date(), first, "{wanted} from {at}");
    }
}

/// Whoever travels has chosen no zone: only the clock of the device is another.
#[test]
fn another_time_zone_raises_the_sequence_too() {
    let mut person = person_with_calm("Europe/London", "2026-11-24T12:00:00Z", "07:30");
    let sequence = |person: &Person| events(&file(person))[0]["SEQUENCE"].parse::<u64>().unwrap();
    let first = sequence(&person);
    person.wait(SignedDuration::from_hours(1));
    person.now = person.now.in_tz("America/New_York").unwrap();
    assert!(first < sequence(&person));
}

#[test]
fn a_clock_that_is_put_back_never_lowers_the_sequence_of_what_was_changed() {
    let mut person = person_with_calm("Europe/London", "2026-11-24T12:00:00Z", "07:30");
    let sequence = |person: &Person| events(&file(person))[0]["SEQUENCE"].parse::<u64>().unwrap();
    let first = sequence(&person);
    person.now = person.now.checked_sub(SignedDuration::from_hours(72)).unwrap();
    choose(&mut person, CALM, "21:00", "none");
    assert!(first < sequence(&person));
}
