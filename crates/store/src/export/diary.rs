//! A diary as a table: read as RFC 4180, or refused with the line and the reason.
//!
//! What spreadsheets make of such a file is read as well: a mark of the byte order,
//! semicolons or tabs between the cells, a comma in a number, columns in any order, rows
//! of nothing at the end. So is the table that [`super::to_csv`] writes, of which the
//! rows of the diary count.

use care::recovery::{BadSeries, CheckIn, FunctionScore, Hours, PainScore, PainSeries};
use care::{Count, printable};
use csv::{ReaderBuilder, StringRecord};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SpanRound, Timestamp, Unit};

use super::range::EARLIEST;

/// A diary that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diary {
    /// Its entries. Two of one hour stand an hour apart, so that they keep their order.
    pub series: PainSeries,
    /// The day of the last entry, as it is written there; none where days are numbers.
    pub last: Option<Date>,
    /// When the last entry is about, where it says a time and not only a day.
    pub last_time: Option<Moment>,
    /// The line of each entry, counted from 1.
    pub lines: Vec<u64>,
}

/// A time, as a diary says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// With its offset.
    Exact(Timestamp),
    /// By a clock, wherever that is.
    Local(DateTime),
}

/// Why a text is no diary.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiaryError {
    /// There is nothing in it.
    #[error("the diary is empty; it begins with a line `day,pain`")]
    Empty,
    /// Its first line names the columns wrongly.
    #[error("line {line}: {problem}")]
    Columns {
        /// Which line, counted from 1.
        line: u64,
        /// What is wrong, and what would be right.
        problem: String,
    },
    /// A row does not read.
    #[error("line {line}: {problem}")]
    Row {
        /// Which line, counted from 1.
        line: u64,
        /// What is wrong, and what would be right.
        problem: String,
    },
    /// Its rows make no diary.
    #[error(transparent)]
    Series(#[from] BadSeries),
}

/// Reads a diary.
///
/// # Errors
///
/// [`DiaryError`] with the line, and with what would be right.
///
/// ```
/// let diary = store::read_diary("Pain;Day\n7;0\n6;\"1,5\"\n").unwrap();
/// assert_eq!(diary.series.last().at.get(), 36);
/// assert!(store::read_diary("day,pain\n0,eleven\n").is_err());
/// ```
pub fn read_diary(text: &str) -> Result<Diary, DiaryError> {
    let text = text.trim_start_matches('\u{feff}');
    let (separator, text, skipped) = separator_of(text);
    if let Some((line, problem)) = wrong_quote(text, separator) {
        return Err(DiaryError::Row { line: line + skipped, problem: problem.to_owned() });
    }
    let reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows = reader.into_records().filter(|row| !row.as_ref().is_ok_and(is_blank));
    let line_of = |row: &StringRecord| row.position().map_or(1, csv::Position::line) + skipped;
    let unreadable = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line) + skipped;
        DiaryError::Row { line, problem: "it does not read as a row of a table".to_owned() }
    };
    let header = rows.next().ok_or(DiaryError::Empty)?.map_err(unreadable)?;
    let columns =
        Columns::of(&header).map_err(|problem| DiaryError::Columns { line: line_of(&header), problem })?;
    let mut days = Days::default();
    let mut check_ins: Vec<CheckIn> = Vec::new();
    let mut lines = Vec::new();
    for row in rows {
        let row = row.map_err(unreadable)?;
        let line = line_of(&row);
        let read = columns.check_in(&row, &mut days);
        let Some(check_in) = read.map_err(|problem| DiaryError::Row { line, problem })? else { continue };
        if let Some(before) = check_ins.last()
            && check_in.at <= before.at
        {
            let error = BadSeries::OutOfOrder { earlier: before.at, later: check_in.at };
            return Err(DiaryError::Row { line, problem: error.to_string() });
        }
        check_ins.push(check_in);
        lines.push(line);
    }
    Ok(Diary { series: PainSeries::new(check_ins)?, last: days.last, last_time: days.last_time, lines })
}

fn is_blank(row: &StringRecord) -> bool {
    row.iter().all(|cell| cell.trim().is_empty())
}

/// What stands between the cells: as Excel's own first line says it, else what makes
/// known columns of the first line, else a comma. The text without that line of Excel's,
/// and how many lines were taken away.
fn separator_of(text: &str) -> (u8, &str, u64) {
    const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(said) = first.trim_end().trim_matches('"').strip_prefix("sep=")
        && let [separator] = said.as_bytes()
        && SEPARATORS.contains(separator)
    {
        return (*separator, rest, 1);
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let known = |separator: &u8| {
        let cells = first.split(char::from(*separator));
        cells.filter(|cell| Column::named(&name(cell.trim().trim_matches('"'))).is_some()).count()
    };
    // The first of equal ones: a line with a single column is one of commas.
    let best = SEPARATORS.into_iter().rev().max_by_key(known).unwrap_or(b',');
    (best, text, 0)
}

/// The line of a quote that is wrong, and what is: where one is never closed, what follows
/// would vanish in one cell, and `"1"0` is no cell at all.
fn wrong_quote(text: &str, separator: u8) -> Option<(u64, &'static str)> {
    let mut opened = None;
    let mut line = 1;
    let mut before = separator;
    // Whether a quoted cell ended with the byte before.
    let mut is_closed = false;
    for byte in text.bytes() {
        let is_end = byte == separator || matches!(byte, b'\n' | b'\r');
        match (byte, opened) {
            // A quote that is written twice closes and opens again, and the cell goes on.
            (b'"', None) if is_closed || before == separator || matches!(before, b'\n' | b'\r') => {
                opened = Some(line);
                is_closed = false;
            }
            (b'"', Some(_)) => {
                opened = None;
                is_closed = true;
            }
            (_, None) if is_closed && byte == b' ' => {}
            (_, None) if is_closed && !is_end => {
                return Some((line, "something stands after a closing double quote"));
            }
            (_, None) => is_closed = false,
            _ => {}
        }
        before = byte;
        line += u64::from(byte == b'\n');
    }
    opened.map(|line| (line, "a double quote is opened there and never closed"))
}

fn name(cell: &str) -> String {
    cell.trim().to_lowercase()
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Day,
    Pain,
    Function,
    Place,
    /// What kind of row it is, in our own export: only check-ins are of the diary.
    Kind,
    /// Something else of our own export.
    Other,
}

impl Column {
    /// By its name in the first line.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "day" | "date" | "time" => Self::Day,
            "pain" | "pain_now" => Self::Pain,
            "function" => Self::Function,
            "place" | "places" => Self::Place,
            "type" => Self::Kind,
            name if super::csv::HEADER.contains(&name) => Self::Other,
            _ => return None,
        })
    }
}

/// Where each column stands.
struct Columns {
    count: usize,
    day: usize,
    pain: usize,
    function: Option<usize>,
    place: Option<usize>,
    kind: Option<usize>,
}

impl Columns {
    fn of(header: &StringRecord) -> Result<Self, String> {
        let mut columns = Vec::new();
        for cell in header {
            let name = name(cell);
            let Some(column) = Column::named(&name) else {
                return Err(format!(
                    "there is no column called `{}`; known are day, pain, function, place",
                    printable(&name)
                ));
            };
            if column != Column::Other && columns.contains(&column) {
                return Err(format!("the column `{}` is there twice; which one counts?", printable(&name)));
            }
            columns.push(column);
        }
        let find = |column: Column| columns.iter().position(|known| *known == column);
        let need = |column: Column, name: &str| {
            find(column)
                .ok_or_else(|| format!("there is no column `{name}`; the first line names them: `day,pain`"))
        };
        Ok(Self {
            count: columns.len(),
            day: need(Column::Day, "day")?,
            pain: need(Column::Pain, "pain")?,
            function: find(Column::Function),
            place: find(Column::Place),
            kind: find(Column::Kind),
        })
    }

    /// The entry of a row; none where it is about something else.
    fn check_in(&self, row: &StringRecord, days: &mut Days) -> Result<Option<CheckIn>, String> {
        if row.len() > self.count && row.iter().skip(self.count).any(|cell| !cell.trim().is_empty()) {
            return Err(format!(
                "there are {} cells and {} columns; write 2.5 with a point, or put \"2,5\" in double quotes",
                row.len(),
                self.count
            ));
        }
        let cell = |index: usize| row.get(index).map(str::trim).filter(|text| !text.is_empty());
        if self.kind.is_some_and(|kind| cell(kind) != Some("check-in")) {
            return Ok(None);
        }
        let day = cell(self.day).ok_or("there is no day")?;
        let pain = points("pain", cell(self.pain).ok_or("there is no pain score")?)?;
        let function = self.function.and_then(cell).map(|text| points("function", text)).transpose()?;
        Ok(Some(CheckIn {
            at: days.since_start(day)?,
            pain: PainScore::new(pain).map_err(|error| error.to_string())?,
            function: function.map(FunctionScore::new).transpose().map_err(|error| error.to_string())?,
            place: self.place.and_then(cell).map(first_place),
        }))
    }
}

fn points(name: &str, text: &str) -> Result<u8, String> {
    let points = care::read_whole_number(text).and_then(|points| u8::try_from(points).ok());
    points
        .ok_or_else(|| format!("`{}` is no {name} score; write a whole number from 0 to 10", printable(text)))
}

/// The first place of a list; our own export has the pain there after it: `low_back 7; leg 3`.
fn first_place(text: &str) -> String {
    let first = text.split(';').next().unwrap_or_default().trim().to_lowercase();
    match first.rsplit_once(' ') {
        Some((place, pain)) if pain.parse::<u8>().is_ok() => place.to_owned(),
        _ => first,
    }
}

/// How the days of a diary are written, and where it has come to.
#[derive(Default)]
struct Days {
    start: Option<Start>,
    /// The row before: as it was read, and where it was placed.
    before: Option<(Hours, Hours)>,
    last: Option<Date>,
    last_time: Option<Moment>,
}

#[derive(Clone, Copy)]
enum Start {
    /// As numbers since the pain began.
    Counted,
    /// As dates; the first one is taken to be the day the pain began.
    Dated(Timestamp),
}

impl Days {
    /// The time of a row since the pain began; in the hour of the row before it, an hour
    /// after that one.
    fn since_start(&mut self, text: &str) -> Result<Hours, String> {
        let at = self.read(text)?;
        let hours = match self.before {
            Some((read, placed)) if read <= at && at <= placed => {
                Hours::new(placed.get() + 1).map_err(|error| error.to_string())?
            }
            _ => at,
        };
        self.before = Some((at, hours));
        Ok(hours)
    }

    fn read(&mut self, text: &str) -> Result<Hours, String> {
        let mixed = "days are either all numbers or all dates";
        // Three digits after the mark may be thousands, whichever of the two it is.
        let is_digits = |after: &str| after.bytes().all(|byte| byte.is_ascii_digit());
        if text.split_once(',').is_some_and(|(_, after)| after.len() > 2 && is_digits(after))
            || text
                .split_once('.')
                .is_some_and(|(whole, after)| after.len() == 3 && is_digits(whole) && is_digits(after))
        {
            return Err(format!("`{}` can be read in two ways; write 2.5 or 2,5", printable(text)));
        }
        let with_comma = || Count::read(text).filter(|_| text.contains(','));
        let days =
            text.parse().ok().or_else(|| with_comma().map(|days| f64::from(days.hundredths()) / 100.0));
        if let Some(days) = days {
            return match self.start.get_or_insert(Start::Counted) {
                Start::Counted => Hours::from_days(days).map_err(|error| error.to_string()),
                Start::Dated(_) => Err(mixed.to_owned()),
            };
        }
        let shown = printable(text);
        let moment = moment(text).ok_or_else(|| {
            format!("`{shown}` is no day; write 3, 2.5, 2026-11-22 or 2026-11-22T08:00+01:00")
        })?;
        let at = match moment {
            Moment::Exact(at) => at,
            // All are taken to be of one place, and an hour more or less in a night of clock
            // change does not matter here.
            Moment::Local(local) => TimeZone::UTC.to_timestamp(local).map_err(|error| error.to_string())?,
        };
        if at < EARLIEST {
            return Err(format!("`{shown}` is before the year 1970"));
        }
        let start = match self.start.get_or_insert(Start::Dated(at)) {
            Start::Dated(start) => *start,
            Start::Counted => return Err(mixed.to_owned()),
        };
        let elapsed = (at - start)
            .round(SpanRound::new().largest(Unit::Hour).smallest(Unit::Hour))
            .map_err(|error| error.to_string())?;
        let hours =
            u32::try_from(elapsed.get_hours()).map_err(|_| format!("`{shown}` is before the first entry"))?;
        self.last = text.get(..10).and_then(|date| date.parse().ok());
        self.last_time = Some(moment).filter(|_| text.len() > 10);
        Hours::new(hours).map_err(|error| error.to_string())
    }
}

fn moment(text: &str) -> Option<Moment> {
    text.parse().map(Moment::Exact).or_else(|_| text.parse().map(Moment::Local)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u32, u8)> {
        let diary = read_diary(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        diary.series.check_ins().iter().map(|entry| (entry.at.get(), entry.pain.get())).collect()
    }

    fn hours(text: &str) -> Vec<u32> {
        read(text).into_iter().map(|(at, _)| at).collect()
    }

    fn check_refused(text: &str, expected: &str) {
        let error = read_diary(text).err().unwrap_or_else(|| panic!("{text:?} is accepted")).to_string();
        assert!(error.contains(expected), "{text:?}: {error}");
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
    fn a_decimal_comma_is_read_where_it_cannot_be_a_column() {
        assert_eq!(hours("day,pain\n0,7\n\"2,5\",6\n"), [0, 60]);
        assert_eq!(hours("\"day\",\"pain\"\n\"0\",\"7\"\n"), [0]);
        assert_eq!(hours("day;pain\n0;7\n2,5;6\n"), [0, 60]);
        check_refused("day;pain\n0;7\n1,250;6\n", "line 3: `1,250` can be read in two ways");
        check_refused("day,pain\n0,7\n\"2,500\",6\n", "in two ways");
        check_refused("day,pain\n2,5,6\n", "line 2: there are 3 cells and 2 columns");
        check_refused("day,pain\n0,\"7,5\"\n", "line 2: `7,5` is no pain score");
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        for text in [
            "day;pain\r\n0;7\r\n1;6\r\n",
            "\u{feff}sep=;\r\nday;pain\r\n0;7\r\n1;6\r\n",
            "day\tpain\n0\t7\n1\t6\n",
            "\"Day\";\"Pain\"\n\"0\";\"7\"\n\"1\";\"6\"\n;\n;\n",
            "pain,place,day\n7,\"low back, \"\"here\"\"\",0\n6,\"two\nlines\",1\n",
            "Date, Pain \n 2026-11-01 , 7 \n 2026-11-02 , 6 \n,,\n",
            "day,pain\r0,7\r1,6\r",
        ] {
            assert_eq!(read(text), [(0, 7), (24, 6)], "{text:?}");
        }
    }

    #[test]
    fn two_entries_of_a_day_keep_their_order() {
        assert_eq!(read("day,pain\n0,7\n0,4\n0,6\n1,3\n"), [(0, 7), (1, 4), (2, 6), (24, 3)]);
        let dated = "day,pain\n2026-11-01,7\n2026-11-01,4\n2026-11-02,3\n";
        assert_eq!(read(dated), [(0, 7), (1, 4), (24, 3)]);
        let timed =
            "day,pain\n2026-11-01T08:00,7\n2026-11-01T08:10,4\n2026-11-01T09:00,5\n2026-11-01T09:20,6\n";
        assert_eq!(read(timed), [(0, 7), (1, 4), (2, 5), (3, 6)]);
    }

    #[test]
    fn function_and_place_may_be_left_out() {
        let diary = read_diary("day,pain,function,place\n0,7,2,Low back\n1,6,,\n2,5\n").unwrap();
        let of = |index: usize| {
            let check_in = &diary.series.check_ins()[index];
            (check_in.function.map(FunctionScore::get), check_in.place.clone())
        };
        assert_eq!(
            (of(0), of(1), of(2)),
            ((Some(2), Some("low back".to_owned())), (None, None), (None, None))
        );
    }

    #[test]
    fn the_day_of_the_last_entry_is_known_where_days_are_dates() {
        let last = |text: &str| read_diary(text).unwrap().last.map(|day| day.to_string());
        assert_eq!(last("day,pain\n0,7\n"), None);
        let text = "day,pain\n2026-11-01,7\n2026-11-03T23:30:00-05:00,6\n";
        assert_eq!(last(text).as_deref(), Some("2026-11-03"));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, expected) in [
            ("", "the diary is empty"),
            ("\n\n,,\n", "the diary is empty"),
            ("0,7\n", "there is no column"),
            ("day,pain,mood\n", "no column called `mood`"),
            ("day,pain,day\n", "line 1: the column `day` is there twice"),
            ("day,date,pain\n", "the column `date` is there twice"),
            ("day\n0\n", "there is no column `pain`"),
            ("day,pain\n", "the diary has no check-in"),
            ("day,pain\n0,11\n", "line 2: pain 11 is out of range: 0 to 10"),
            ("day,pain\n0,7\n1,bad\n", "line 3: `bad` is no pain score"),
            ("day,pain\n0\n", "line 2: there is no pain score"),
            ("day,pain\n-1,7\n", "line 2: day -1 is out of range"),
            ("day,pain\nyesterday,7\n", "line 2: `yesterday` is no day"),
            ("day,pain\n22.11.2026,7\n", "line 2: `22.11.2026` is no day"),
            ("day,pain\n0,7\n2026-11-01,6\n", "line 3: days are either"),
            ("day,pain\n2026-11-02,7\n2026-11-01,6\n", "line 3: `2026-11-01` is before"),
            ("day,pain\n3,7\n2,6\n", "line 3: "),
            ("day,pain\n3,7\n\n2,6\n", "write them in order of time"),
            ("day;pain\n0;\"1\"0\n", "line 2: something stands after a closing double quote"),
            ("day,pain\n0,7\n1.250,6\n", "line 3: `1.250` can be read in two ways"),
            ("day,pain\n\"0,250\",6\n", "line 2: `0,250` can be read in two ways"),
            ("day,pain\nNaN,7\n", "line 2: day NaN is out of range"),
            ("day,pain\n0,7\n1,\"6\n2,5\n3,4\n", "line 3: a double quote is opened there and never closed"),
            ("sep=;\nday;pain\n0;7\n1;bad\n", "line 4: `bad` is no pain score"),
            ("day,pain\n0,\u{1b}[2J\n", "line 2: `\\u{1b}[2J` is no pain score"),
            ("day,pain\n1926-11-22,7\n", "line 2: `1926-11-22` is before the year 1970"),
            ("day,pain\n\"0\n1\",7\n2,x\n", "line 2: `0\\n1` is no day"),
        ] {
            check_refused(text, expected);
        }
    }
}
