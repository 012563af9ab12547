//! What comes out, and how it is written down.

use care::{Guideline, Urgency};
use serde_json::json;

use crate::csv::write_cell;
use crate::engine::{Lists, Verdicts};
use crate::record::Id;

/// The outcome of each person of some records, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// Whose it is.
    pub ids: Vec<Id>,
    /// The urgency that is certain.
    pub lower: Vec<Urgency>,
    /// The highest that is possible.
    pub upper: Vec<Urgency>,
    /// The rules that hold.
    pub fired: Lists,
    /// The findings that could still change the urgency.
    pub missing: Lists,
}

/// The columns of a table of outcomes. `urgency` is empty while the bounds differ: an unfinished
/// triage is no low one.
pub const COLUMNS: [&str; 6] = ["id", "urgency", "lower", "upper", "fired", "missing"];

/// The words of a book that stand in a table.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) rules: Vec<String>,
    pub(crate) findings: Vec<String>,
}

impl Words {
    /// Those of a book.
    pub(crate) fn new(guideline: &Guideline) -> Self {
        let book = guideline.book();
        Self {
            rules: book.rules.iter().map(|rule| rule.id.clone()).collect(),
            findings: book.findings.iter().map(|finding| finding.id.clone()).collect(),
        }
    }
}

impl Table {
    /// Adds the people of a block.
    pub(crate) fn add(&mut self, ids: &mut Vec<Id>, verdicts: Verdicts) {
        self.ids.append(ids);
        self.lower.extend(verdicts.lower);
        self.upper.extend(verdicts.upper);
        append(&mut self.fired, &verdicts.fired);
        append(&mut self.missing, &verdicts.missing);
    }

    /// How many people.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The urgency of a person, once it is certain.
    pub(crate) fn urgency(&self, person: usize) -> Option<Urgency> {
        (self.lower[person] == self.upper[person]).then_some(self.lower[person])
    }

    /// As lines of a table with commas; what there are several of has spaces between.
    pub(crate) fn csv(&self, words: &Words) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.len() * 64);
        for person in 0..self.len() {
            write_cell(&self.ids[person].text(), &mut out);
            let urgency = self.urgency(person).map(Urgency::id).unwrap_or_default();
            for cell in [urgency, self.lower[person].id(), self.upper[person].id()] {
                out.push(b',');
                out.extend(cell.bytes());
            }
            for (list, names) in [(&self.fired, &words.rules), (&self.missing, &words.findings)] {
                out.push(b',');
                for (place, item) in list.of(person).iter().enumerate() {
                    if place > 0 {
                        out.push(b' ');
                    }
                    out.extend(names[usize::from(*item)].bytes());
                }
            }
            out.push(b'\n');
        }
        out
    }

    /// As JSON, an object a line.
    pub(crate) fn ndjson(&self, words: &Words) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.len() * 128);
        for person in 0..self.len() {
            let id = match &self.ids[person] {
                Id::Text(text) => json!(text),
                Id::Number(number) => json!(number),
            };
            out.extend(format!("{{\"id\":{id},\"urgency\":").bytes());
            match self.urgency(person) {
                Some(urgency) => out.extend(format!("\"{}\"", urgency.id()).bytes()),
                None => out.extend(b"null"),
            }
            let (lower, upper) = (self.lower[person].id(), self.upper[person].id());
            out.extend(format!(",\"lower\":\"{lower}\",\"upper\":\"{upper}\"").bytes());
            let lists = [("fired", &self.fired, &words.rules), ("missing", &self.missing, &words.findings)];
            for (key, list, names) in lists {
                out.extend(format!(",\"{key}\":[").bytes());
                for (place, item) in list.of(person).iter().enumerate() {
                    out.extend(if place > 0 { &b",\""[..] } else { &b"\""[..] });
                    // Ids of a book are words without quotes.
                    out.extend(names[usize::from(*item)].bytes());
                    out.push(b'"');
                }
                out.push(b']');
            }
            out.extend(b"}\n");
        }
        out
    }
}

fn append(lists: &mut Lists, more: &Lists) {
    if lists.starts.is_empty() {
        lists.starts.push(0);
    }
    let first = lists.starts.last().copied().unwrap_or_default();
    lists.starts.extend(more.starts.iter().skip(1).map(|start| first + start));
    lists.items.extend(&more.items);
}
