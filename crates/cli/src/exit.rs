//! How the program ends.

use std::process::ExitCode;

use care::Urgency;

/// The exit codes of `unclench`, as its help lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything went well.
    Ok,
    /// The work was done and found something wrong, or could not be done.
    Failed,
    /// What was typed or given cannot be used.
    BadInput,
    /// The outcome is an emergency.
    Emergency,
}

impl Exit {
    /// For an outcome of an assessment or interview.
    pub(crate) fn for_outcome(urgency: Urgency) -> Self {
        if urgency == Urgency::Emergency { Self::Emergency } else { Self::Ok }
    }

    /// For an error that ended the program.
    pub(crate) fn of(error: &anyhow::Error) -> Self {
        if error.is::<BadInput>() { Self::BadInput } else { Self::Failed }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Ok => 0,
            Exit::Failed => 1,
            Exit::BadInput => 2,
            Exit::Emergency => 10,
        })
    }
}

/// An error that is the input's fault; the program then ends with exit code 2.
#[derive(Debug)]
pub(crate) struct BadInput(String);

impl BadInput {
    pub(crate) fn because(message: impl Into<String>) -> anyhow::Error {
        anyhow::Error::new(Self(message.into()))
    }
}

impl std::fmt::Display for BadInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadInput {}
