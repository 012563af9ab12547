//! A diary as a CSV file: `day,pain[,function][,place]`.

use std::path::Path;

use care::Count;
use care::recovery::{CheckIn, FunctionScore, Hours, PainScore, PainSeries};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SpanRound, Timestamp, Unit};

use crate::exit::BadInput;

/// Reads a diary.
///
/// # Errors
///
/// [`BadInput`] with the line and what would be right.
pub(super) fn read(path: &Path) -> anyhow::Result<PainSeries> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| BadInput::because(format!("cannot read {}: {error}", path.display())))?;
    parse(&text).map_err(|message| BadInput::because(format!("{}: {message}", path.display())))
}

fn parse(text: &str) -> Result<PainSeries, String> {
    // A spreadsheet may put a mark before the first line.
    let mut lines =
        (1..).zip(text.trim_start_matches('\u{feff}').lines()).filter(|(_, line)| !line.trim().is_empty());
    let (_, header) = lines.next().ok_or("the diary is empty; it begins with a line `day,pain`")?;
    let columns = Columns::of(header)?;
    let mut check_ins = Vec::new();
    let mut first = None;
    for (number, line) in lines {
        let cells = cells(line);
        let check_in =
            columns.check_in(&cells, &mut first).map_err(|message| format!("line {number}: {message}"))?;
        check_ins.push(check_in);
    }
    PainSeries::new(check_ins).map_err(|error| error.to_string())
}

/// The cells of a line. One in double quotes may hold commas, and a quote written twice.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, is_quoted) {
            ('"', true) if letters.next_if_eq(&'"').is_some() => push(&mut cells, '"'),
            ('"', _) => is_quoted = !is_quoted,
            (',', false) => cells.push(String::new()),
            (letter, _) => push(&mut cells, letter),
        }
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

fn push(cells: &mut [String], letter: char) {
    if let Some(cell) = cells.last_mut() {
        cell.push(letter);
    }
}

/// Where each column stands.
struct Columns {
    count: usize,
    day: usize,
    pain: usize,
    function: Option<usize>,
    place: Option<usize>,
}

impl Columns {
    fn of(header: &str) -> Result<Self, String> {
        if header.contains(';') && !header.contains(',') {
            return Err("the columns are separated by semicolons; separate them by commas, as in `day,pain`"
                .to_owned());
        }
        let names: Vec<String> = cells(header).iter().map(|name| name.to_lowercase()).collect();
        let find = |name: &str| names.iter().position(|known| known == name);
        let need = |name: &str| {
            find(name)
                .ok_or_else(|| format!("there is no column `{name}`; the first line names them: `day,pain`"))
        };
        let known = ["day", "pain", "function", "place"];
        if let Some(name) = names.iter().find(|name| !known.contains(&name.as_str())) {
            return Err(format!("there is no column called `{name}`; known are {}", known.join(", ")));
        }
        Ok(Self {
            count: names.len(),
            day: need("day")?,
            pain: need("pain")?,
            function: find("function"),
            place: find("place"),
        })
    }

    fn check_in(&self, cells: &[String], first: &mut Option<Start>) -> Result<CheckIn, String> {
        if cells.len() > self.count {
            return Err(format!(
                "there are {} cells and {} columns; write 2.5 with a point, or put \"2,5\" in double quotes",
                cells.len(),
                self.count
            ));
        }
        let cell = |index: usize| cells.get(index).map(String::as_str).filter(|text| !text.is_empty());
        let points = |name: &str, text: &str| {
            care::read_whole_number(text)
                .and_then(|points| u8::try_from(points).ok())
                .ok_or_else(|| format!("`{text}` is no {name} score; write a whole number from 0 to 10"))
        };
        let day = cell(self.day).ok_or("there is no day")?;
        let pain = points("pain", cell(self.pain).ok_or("there is no pain score")?)?;
        let function = self.function.and_then(cell).map(|text| points("function", text)).transpose()?;
        Ok(CheckIn {
            at: since_start(day, first)?,
            pain: PainScore::new(pain).map_err(|error| error.to_string())?,
            function: function.map(FunctionScore::new).transpose().map_err(|error| error.to_string())?,
            place: self.place.and_then(cell).map(str::to_lowercase),
        })
    }
}

/// How the days of a diary are written.
#[derive(Clone, Copy)]
enum Start {
    /// As numbers since the pain began.
    Counted,
    /// As dates; the first one is taken to be the day the pain began.
    Dated(Timestamp),
}

/// A day as a number since the pain began, or as a date with or without a time.
fn since_start(text: &str, first: &mut Option<Start>) -> Result<Hours, String> {
    let mixed = "days are either all numbers or all dates";
    let with_comma = || Count::read(text).filter(|_| text.contains(','));
    let days = text.parse().ok().or_else(|| with_comma().map(|days| f64::from(days.hundredths()) / 100.0));
    if let Some(days) = days {
        return match first.get_or_insert(Start::Counted) {
            Start::Counted => Hours::from_days(days).map_err(|error| error.to_string()),
            Start::Dated(_) => Err(mixed.to_owned()),
        };
    }
    let at = instant(text)
        .ok_or_else(|| format!("`{text}` is no day; write 3, 2.5, 2026-11-22 or 2026-11-22T08:00+01:00"))?;
    let start = match first.get_or_insert(Start::Dated(at)) {
        Start::Dated(start) => *start,
        Start::Counted => return Err(mixed.to_owned()),
    };
    let elapsed = (at - start)
        .round(SpanRound::new().largest(Unit::Hour).smallest(Unit::Hour))
        .map_err(|error| error.to_string())?;
    let hours =
        u32::try_from(elapsed.get_hours()).map_err(|_| format!("`{text}` is before the first entry"))?;
    Hours::new(hours).map_err(|error| error.to_string())
}

/// A time with its offset; without one all times are taken to be of one place,
/// and an hour more or less in a night of clock change does not matter here.
fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(timestamp);
    }
    let local: DateTime = text.parse().ok()?;
    TimeZone::UTC.to_timestamp(local).ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn hours(text: &str) -> Vec<u32> {
        parse(text).unwrap_or_else(|error| panic!("{error}")).check_ins().iter().map(|c| c.at.get()).collect()
    }

    #[test]
    fn days_are_numbers_or_dates() {
        assert_eq!(hours("day,pain\n0,7\n2.5,6\n\n3,5\n"), [0, 60, 72]);
        assert_eq!(hours("day,pain\n2026-11-01,7\n2026-11-03,6\n"), [0, 48]);
        assert_eq!(hours("\u{feff}pain,day\r\n7,2026-11-01T08:00\r\n6,2026-11-02T20:10\r\n"), [0, 36]);
        // The clocks went back in between: 25 hours have passed.
        assert_eq!(hours("day,pain\n2026-10-24T12:00+02:00,7\n2026-10-25T12:00+01:00,6\n"), [0, 25]);
    }

    #[test]
    fn a_decimal_comma_is_read_in_quotes_and_never_taken_for_a_column() {
        assert_eq!(hours("day,pain\n0,7\n\"2,5\",6\n"), [0, 60]);
        assert_eq!(hours("\"day\",\"pain\"\n\"0\",\"7\"\n"), [0]);
        for (text, expected) in [
            ("day,pain\n2,5,6\n", "line 2: there are 3 cells and 2 columns"),
            ("day,pain\n0,\"7,5\"\n", "line 2: `7,5` is no pain score"),
            ("day;pain\n0;7\n", "separated by semicolons"),
        ] {
            let error = parse(text).err().unwrap_or_else(|| panic!("{text:?} is accepted"));
            assert!(error.contains(expected), "{text:?}: {error}");
        }
    }

    #[test]
    fn function_and_place_may_be_left_out() {
        let series =
            parse("day,pain,function,place\n0,7,2,Low back\n1,6,,\n2,5\n").unwrap_or_else(|e| panic!("{e}"));
        let of = |index: usize| {
            let check_in = &series.check_ins()[index];
            (check_in.function.map(care::recovery::FunctionScore::get), check_in.place.clone())
        };
        assert_eq!(
            (of(0), of(1), of(2)),
            ((Some(2), Some("low back".to_owned())), (None, None), (None, None))
        );
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, expected) in [
            ("", "the diary is empty"),
            ("0,7\n", "there is no column"),
            ("day,pain,mood\n", "no column called `mood`"),
            ("day\n0\n", "there is no column `pain`"),
            ("day,pain\n", "the diary has no check-in"),
            ("day,pain\n0,11\n", "line 2: pain 11 is out of range: 0 to 10"),
            ("day,pain\n0,7\n1,bad\n", "line 3: `bad` is no pain score"),
            ("day,pain\n0\n", "line 2: there is no pain score"),
            ("day,pain\n-1,7\n", "line 2: day -1 is out of range"),
            ("day,pain\nyesterday,7\n", "line 2: `yesterday` is no day"),
            ("day,pain\n0,7\n2026-11-01,6\n", "line 3: days are either"),
            ("day,pain\n2026-11-02,7\n2026-11-01,6\n", "line 3: `2026-11-01` is before"),
            ("day,pain\n3,7\n2,6\n", "in order of time"),
            ("day,pain\nNaN,7\n", "line 2: day NaN is out of range"),
        ] {
            let error = parse(text).err().unwrap_or_else(|| panic!("{text:?} is accepted"));
            assert!(error.contains(expected), "{text:?}: {error}");
        }
    }
}
