//! A list to tick in a terminal, with a key of its own for "none of these".
//!
//! What a key does is worked out apart from the terminal, which only `ask` knows.

use std::io::{self, Write as _};

use crossterm::event::{Event, KeyCode, KeyEventKind, KeyModifiers, read};

use crate::interview::raw::{Raw, wipe};
use crate::page;

/// The columns before the text of a row: `> [ ] `.
const MARK: usize = 6;

/// How a list was left.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Ticked {
    /// With these rows ticked, in their order.
    Rows(Vec<usize>),
    /// By going back.
    Back,
    /// By ending the program.
    Quit,
}

/// What is wrong with these rows being ticked.
type Refuse<'a> = dyn Fn(&[usize]) -> Option<String> + 'a;

/// A list while it is ticked.
pub(super) struct TickList<'a> {
    label: &'a str,
    rows: Vec<String>,
    /// The row that says that none of those before it fits, where there is one.
    none: Option<usize>,
    refuse: &'a Refuse<'a>,
    ticked: Vec<bool>,
    cursor: usize,
    /// The first row in sight, and how many are.
    offset: usize,
    fit: usize,
    /// So many rows were in sight by now.
    seen: usize,
    /// What is said in the place of the keys.
    message: Option<String>,
}

impl<'a> TickList<'a> {
    pub(super) fn new(
        label: &'a str,
        rows: impl IntoIterator<Item = &'a str>,
        none: Option<usize>,
        ticked: &[usize],
        refuse: &'a Refuse<'a>,
    ) -> Self {
        let rows: Vec<String> = rows.into_iter().map(|row| care::printable_lines(row).into_owned()).collect();
        let ticked = (0..rows.len()).map(|row| ticked.contains(&row)).collect();
        let fit = rows.len();
        Self { label, rows, none, refuse, ticked, cursor: 0, offset: 0, fit, seen: 0, message: None }
    }

    /// Lets the person tick.
    ///
    /// # Errors
    ///
    /// If the terminal cannot be used.
    pub(super) fn ask(mut self) -> io::Result<Ticked> {
        let raw = Raw::begin()?;
        let mut out = io::stdout();
        let mut drawn = 0;
        let left = loop {
            self.fits(page::lines_that_fit(self.rows.iter().map(String::as_str), MARK));
            wipe(drawn)?;
            let lines = self.lines(page::columns());
            drawn = lines.len();
            write!(out, "{}", lines.join("\r\n"))?;
            out.flush()?;
            if let Event::Key(key) = read()?
                && key.kind != KeyEventKind::Release
                && let Some(left) = self.press(key.code, key.modifiers)
            {
                break left;
            }
        };
        wipe(drawn)?;
        drop(raw);
        if let Ticked::Rows(rows) = &left {
            let told = match rows.as_slice() {
                [only] => self.rows[*only].clone(),
                more => format!("{} ticked", more.len()),
            };
            page::paragraph(format!("> {} {told}", self.label));
        }
        Ok(left)
    }

    /// So many rows fit, and the one with the cursor is among them.
    fn fits(&mut self, rows: usize) {
        self.fit = rows.clamp(1, self.rows.len().max(1));
        self.offset = self.offset.min(self.cursor).max((self.cursor + 1).saturating_sub(self.fit));
        self.seen = self.seen.max(self.offset + self.fit);
    }

    /// What stands on the screen, line by line.
    fn lines(&self, columns: usize) -> Vec<String> {
        let mut lines = vec![format!("? {}", self.label)];
        let end = (self.offset + self.fit).min(self.rows.len());
        for row in self.offset..end {
            let at = match row {
                row if row == self.cursor => '>',
                row if row == self.offset && 0 < row => '^',
                row if row + 1 == end && end < self.rows.len() => 'v',
                _ => ' ',
            };
            let tick = if self.ticked[row] { 'x' } else { ' ' };
            let parts = textwrap::wrap(&self.rows[row], columns.saturating_sub(MARK).max(20));
            lines.extend(parts.iter().enumerate().map(|(part, text)| match part {
                0 => format!("{at} [{tick}] {text}"),
                _ => format!("{:MARK$}{text}", ""),
            }));
        }
        let none = self.none.map(|none| format!("0 {} · ", care::lower_first(&self.rows[none])));
        let keys = format!("[↑↓ move · space tick · {}enter go on · esc back]", none.unwrap_or_default());
        lines.push(page::one_line(self.message.as_ref().unwrap_or(&keys)));
        lines
    }

    /// What a key does; how the list is left, if it does that.
    fn press(&mut self, key: KeyCode, with: KeyModifiers) -> Option<Ticked> {
        let last = self.rows.len().saturating_sub(1);
        self.message = None;
        match key {
            KeyCode::Char('c') if with.contains(KeyModifiers::CONTROL) => return Some(Ticked::Quit),
            KeyCode::Esc => return Some(Ticked::Back),
            KeyCode::Enter => {
                let rows: Vec<usize> = (0..self.rows.len()).filter(|row| self.ticked[*row]).collect();
                self.message = (self.refuse)(&rows);
                return self.message.is_none().then_some(Ticked::Rows(rows));
            }
            KeyCode::Char('0') => return self.says_none(),
            KeyCode::Char(' ') => {
                if let Some(tick) = self.ticked.get_mut(self.cursor) {
                    *tick = !*tick;
                }
            }
            KeyCode::Up => self.cursor = self.cursor.checked_sub(1).unwrap_or(last),
            KeyCode::Down => self.cursor = if self.cursor < last { self.cursor + 1 } else { 0 },
            KeyCode::PageUp => self.cursor = self.cursor.saturating_sub(self.fit),
            KeyCode::PageDown => self.cursor = (self.cursor + self.fit).min(last),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = last,
            _ => {}
        }
        None
    }

    /// "None of these" by its key: only where every line was in sight and none is ticked.
    fn says_none(&mut self) -> Option<Ticked> {
        let none = self.none?;
        let is_other = |(row, ticked): (usize, &bool)| *ticked && row != none;
        if self.ticked.iter().enumerate().any(is_other) {
            self.message = Some("Something is ticked. Untick it with space, or go on with enter".to_owned());
            return None;
        }
        if self.seen < none {
            self.message = Some("There are more lines. Please look at them first".to_owned());
            self.cursor = (self.seen + self.fit).min(none);
            return None;
        }
        Some(Ticked::Rows(vec![none]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [&str; 5] = ["numb", "weak", "a fever", "None of these", "Why?"];

    fn nothing_wrong(_: &[usize]) -> Option<String> {
        None
    }

    fn list(fit: usize) -> TickList<'static> {
        let mut list = TickList::new("Tick", ROWS, Some(3), &[], &nothing_wrong);
        list.fits(fit);
        list
    }

    fn press(list: &mut TickList<'_>, key: KeyCode) -> Option<Ticked> {
        let fit = list.fit;
        let left = list.press(key, KeyModifiers::NONE);
        list.fits(fit);
        left
    }

    #[test]
    fn one_key_says_none_of_these_where_every_line_was_seen() {
        assert_eq!(press(&mut list(5), KeyCode::Char('0')), Some(Ticked::Rows(vec![3])));
        let mut short = list(2);
        assert_eq!(press(&mut short, KeyCode::Char('0')), None);
        assert!(short.lines(80).iter().any(|line| line.contains("There are more lines")));
        assert_eq!(press(&mut short, KeyCode::Char('0')), Some(Ticked::Rows(vec![3])));
    }

    #[test]
    fn it_never_says_so_of_a_line_that_is_ticked() {
        let mut list = list(5);
        press(&mut list, KeyCode::Char(' '));
        assert_eq!(press(&mut list, KeyCode::Char('0')), None);
        assert_eq!(press(&mut list, KeyCode::Enter), Some(Ticked::Rows(vec![0])));
    }

    #[test]
    fn the_cursor_is_always_in_sight_and_lines_break_between_words() {
        let mut list = list(2);
        for _ in 0..7 {
            let lines = list.lines(80);
            assert_eq!(lines.iter().filter(|line| line.starts_with('>')).count(), 1, "{lines:?}");
            assert_eq!(lines.len(), 4);
            press(&mut list, KeyCode::Down);
        }
        let rows = ["a line that is longer than it can be"];
        let long = TickList::new("Tick", rows, None, &[], &nothing_wrong);
        let lines = long.lines(30);
        assert_eq!(lines[1..3], ["> [ ] a line that is longer", "      than it can be"]);
    }

    #[test]
    fn what_is_refused_is_said_and_escape_goes_back() {
        let refuse = |rows: &[usize]| rows.is_empty().then(|| "Nothing is ticked".to_owned());
        let mut list = TickList::new("Tick", ROWS, Some(3), &[], &refuse);
        assert_eq!(press(&mut list, KeyCode::Enter), None);
        assert!(list.lines(80).iter().any(|line| line == "Nothing is ticked"));
        assert_eq!(press(&mut list, KeyCode::Esc), Some(Ticked::Back));
        assert_eq!(list.press(KeyCode::Char('c'), KeyModifiers::CONTROL), Some(Ticked::Quit));
    }
}
