//! How an interview in a terminal begins: anew, where it was left, or with what is wrong in
//! the person's own words.

use std::fmt;

use care::OwnWords;
use inquire::validator::MaxLengthValidator;
use inquire::{InquireError, Select, Text};
use store::Restart;
use tell::Message;
use web::LONGEST_OWN_WORDS;

/// What can be done where something was answered before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// On with it: with the questions, or to the outcome.
    GoOn,
    /// The questions begin again.
    Again(Restart),
}

impl Start {
    /// Lets the person choose, where there is an outcome or not; none to stop.
    ///
    /// # Errors
    ///
    /// If the terminal cannot be used.
    pub(super) fn choose(is_concluded: bool) -> anyhow::Result<Option<Self>> {
        let rows = if is_concluded {
            vec![
                Row(Self::GoOn, "Show it again"),
                Row(Self::Again(Restart::SomethingChanged), "Something changed: answer the questions again"),
                Row(Self::Again(Restart::NewSpell), "It is a new spasm"),
            ]
        } else {
            vec![Row(Self::GoOn, "Go on with them"), Row(Self::Again(Restart::StartOver), "Start over")]
        };
        let picked = Select::new("What now?", rows)
            .without_filtering()
            .with_help_message("↑↓ move · enter choose · esc stop")
            .prompt_skippable();
        match picked {
            Ok(row) => Ok(row.map(|Row(start, _)| start)),
            Err(InquireError::OperationCanceled | InquireError::OperationInterrupted) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

struct Row(Start, &'static str);

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.1)
    }
}

/// What is wrong, as it is typed; empty where it is skipped, and none to stop.
///
/// # Errors
///
/// If the terminal cannot be used.
pub(super) fn own_words() -> anyhow::Result<Option<String>> {
    let too_long = format!("We read at most {LONGEST_OWN_WORDS} letters; please shorten it");
    let typed = Text::new("Tell us in your own words what is wrong (or press enter to skip)")
        .with_help_message("it only fills in the questions for you to check")
        .with_validator(MaxLengthValidator::new(LONGEST_OWN_WORDS).with_message(too_long))
        .prompt_skippable();
    match typed {
        Ok(text) => Ok(Some(text.unwrap_or_default())),
        Err(InquireError::OperationCanceled) => Ok(Some(String::new())),
        Err(InquireError::OperationInterrupted) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What a text was understood as, and what was not understood.
pub(super) fn heard(read: &OwnWords<'_, '_>) -> String {
    let Some(said_back) = read.said_back() else {
        return Message::OwnWordsNotUnderstood.to_string();
    };
    let right = format!("{said_back} Right? You check each of it on its screen.");
    match &read.not_understood()[..] {
        [] => right,
        sentences => format!("{right} Not understood: \"{}\".", sentences.join("\", \"")),
    }
}
