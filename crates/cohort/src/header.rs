//! What the columns of a table are.

use care::{FindingId, Guideline, printable};
use strsim::osa_distance;

use crate::record::ID;

/// What one column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Column {
    /// Whose the record is.
    Id,
    /// The answers to a finding.
    Answers(FindingId),
    /// Something else, which is left out.
    Other,
}

/// What is done with columns that are none of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Others {
    /// They are an error: a misspelt danger sign would go unseen.
    Refused,
    /// They are left out.
    LeftOut,
}

/// Why a table cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// A column is none of the book.
    #[error("{}", unknown(.name, .did_you_mean.as_deref()))]
    Unknown {
        /// Its name.
        name: String,
        /// A finding with a name much like it.
        did_you_mean: Option<String>,
    },
    /// A column is there twice.
    #[error("the column `{}` is there twice", printable(.0))]
    Twice(String),
    /// No column is a finding of the book.
    #[error("no column is a finding of this book; `unclench findings` lists them")]
    NoFinding,
}

fn unknown(name: &str, did_you_mean: Option<&str>) -> String {
    let meant = did_you_mean.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default();
    format!(
        "`{}` is not a finding of this book{meant} Columns that are none are left out with --ignore-others",
        printable(name)
    )
}

/// What each of these columns holds.
///
/// # Errors
///
/// [`HeaderError`] for the first column that cannot be.
pub(crate) fn columns<'n>(
    guideline: &Guideline,
    names: impl IntoIterator<Item = &'n str>,
    others: Others,
) -> Result<Vec<Column>, HeaderError> {
    let mut columns = Vec::new();
    for name in names {
        let column = column(guideline, name, others)?;
        if column != Column::Other && columns.contains(&column) {
            return Err(HeaderError::Twice(name.to_owned()));
        }
        columns.push(column);
    }
    let has_finding = columns.iter().any(|column| matches!(column, Column::Answers(_)));
    if has_finding { Ok(columns) } else { Err(HeaderError::NoFinding) }
}

/// What a column of this name holds.
///
/// # Errors
///
/// If it is none of the book, where those are refused.
pub(crate) fn column(guideline: &Guideline, name: &str, others: Others) -> Result<Column, HeaderError> {
    match guideline.finding_named(name) {
        Some(finding) => Ok(Column::Answers(finding)),
        // A book may ask for something of that name.
        None if name == ID => Ok(Column::Id),
        None if others == Others::LeftOut => Ok(Column::Other),
        None => Err(HeaderError::Unknown {
            name: name.chars().take(LONGEST_NAME).collect(),
            did_you_mean: closest(guideline, name),
        }),
    }
}

/// A longer name is no slip of the finger, and is shortened in messages.
const LONGEST_NAME: usize = 80;

/// The finding whose name is nearest, if one is near enough to be a slip of the finger.
fn closest(guideline: &Guideline, name: &str) -> Option<String> {
    if LONGEST_NAME < name.len() {
        return None;
    }
    let findings = guideline.book().findings.iter();
    let near = findings
        .map(|finding| (osa_distance(&finding.id, name), &finding.id))
        .filter(|(distance, id)| *distance <= id.len().min(name.len()) / 3)
        .min();
    near.map(|(_, id)| id.clone())
}
