//! One record: whose it is, and what was answered.

use care::{Answer, FindingId, FindingKind, Guideline, allowed_answers};

/// By what a record says whose it is: a text, or a number as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Id {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl Id {
    /// As a cell of a table.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        match self {
            Self::Text(text) => text.into(),
            Self::Number(number) => number.to_string().into(),
        }
    }
}

/// The name of the column that says whose a record is.
pub(crate) const ID: &str = "id";

/// Longer ones are no ids.
pub(crate) const MOST_OF_AN_ID: usize = 1_000;

/// One record as it was read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    /// Whose it is; where it does not say, it gets the number of its row.
    pub id: Option<Id>,
    /// Each answer once, and each fits its finding.
    pub answers: Vec<(FindingId, Answer)>,
}

impl Record {
    /// Nothing read yet.
    pub(crate) fn clear(&mut self) {
        self.id = None;
        self.answers.clear();
    }

    /// Takes a text as the id.
    ///
    /// # Errors
    ///
    /// Why it is none.
    pub(crate) fn set_id(&mut self, text: &str) -> Result<(), String> {
        if MOST_OF_AN_ID < text.chars().count() {
            return Err(format!("`{ID}` is longer than {MOST_OF_AN_ID} letters"));
        }
        self.id = (!text.is_empty()).then(|| Id::Text(text.to_owned()));
        Ok(())
    }
}

/// Reads one cell of a table: `yes`, `no`, `unsure` or `not sure`, `true` or `false`, a whole
/// number, the id of an option; an empty cell is an open question. Nothing is guessed.
///
/// # Errors
///
/// What was there, and what would fit.
pub(crate) fn answer_from_cell(
    guideline: &Guideline,
    id: FindingId,
    cell: &str,
) -> Result<Option<Answer>, String> {
    let cell = cell.trim_matches(' ');
    if cell.is_empty() {
        return Ok(None);
    }
    let finding = guideline.finding(id);
    let is = |word: &str| cell.eq_ignore_ascii_case(word);
    let answer = match &finding.kind {
        _ if is("unsure") || is("not sure") => Some(Answer::NotSure),
        FindingKind::YesNo if is("no") || is("false") => Some(Answer::No),
        FindingKind::YesNo if is("yes") || is("true") => Some(Answer::Yes),
        FindingKind::YesNo => None,
        FindingKind::Number { .. } => cell.parse().ok().and_then(|number| fits(guideline, id, number)),
        FindingKind::Choice(options) => {
            (0..).zip(options).find(|(_, option)| option.id == cell).map(|(place, _)| Answer::Option(place))
        }
    };
    answer.map(Some).ok_or_else(|| does_not_fit(guideline, id, cell))
}

/// A number as an answer, where it is in range.
pub(crate) fn fits(guideline: &Guideline, id: FindingId, number: i64) -> Option<Answer> {
    match guideline.finding(id).kind {
        FindingKind::Number { min, max, .. } if (min..=max).contains(&number) => Some(Answer::Number(number)),
        _ => None,
    }
}

/// Why an answer cannot be one.
pub(crate) fn does_not_fit(guideline: &Guideline, id: FindingId, given: &str) -> String {
    let finding = guideline.finding(id);
    let given: String = given.chars().take(LONGEST_SHOWN).collect();
    format!("`{}` cannot be `{given}`; {}", finding.id, allowed_answers(&finding.kind))
}

/// So much of what does not fit is shown.
const LONGEST_SHOWN: usize = 80;
