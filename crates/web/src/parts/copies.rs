//! How the copies stand of a record that a browser keeps, and may lose: when the last was
//! made, what came since, and a word about it on the first page.

use jiff::Timestamp;

use crate::visit::Home;
use crate::visitor::Visitor;

/// So many entries without a copy are worth a word.
const MANY: usize = 5;

/// The copies of a record.
pub(crate) struct Copies {
    /// When the last was made: `today`, `9 days ago`; none where nobody has one.
    pub(crate) last: Option<String>,
    /// Entries that it does not hold.
    pub(crate) entries: usize,
}

impl Copies {
    /// Of the record of this person; none where that is a file of their own.
    pub(crate) fn of(visitor: &Visitor<'_>) -> Option<Self> {
        let made = visitor.record.last_copy().map(|made| days_ago(days_since(visitor, made)));
        let copies = Self { last: made, entries: visitor.record.entries_since_copy() };
        (*visitor.visit.home == Home::Browser).then_some(copies)
    }

    /// Whether enough came since to say so unasked.
    pub(crate) fn is_due(&self) -> bool {
        MANY <= self.entries
    }
}

/// Days from that of a moment to today, by the calendar of the person.
pub(crate) fn days_since(visitor: &Visitor<'_>, at: Timestamp) -> i64 {
    let day = at.to_zoned(visitor.now.time_zone().clone()).date();
    day.duration_until(visitor.now.date()).as_hours() / 24
}

/// `today`, `yesterday`, `9 days ago`; of a day that is still to come, by a clock that went wrong,
/// only that it is another one.
pub(crate) fn days_ago(days: i64) -> String {
    match days {
        ..0 => "on another day".to_owned(),
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        _ => format!("{days} days ago"),
    }
}
