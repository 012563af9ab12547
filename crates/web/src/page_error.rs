//! Why there is no page.

/// Why there is no page.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PageError {
    /// No page has this address.
    #[error("there is no such page")]
    NotFound,
    /// A form had a field that no form of ours has, or lacked one that ours has.
    #[error("the form was not complete: {0}")]
    BadForm(String),
    /// A form came without the token of its page: the page is old, or another site sent it.
    #[error("the page was open for too long, or this browser keeps no cookies; open it again and repeat")]
    Stale,
    /// A form came, and the record could not be read or written.
    #[error("{0}")]
    NotKept(String),
    /// The record could not be read.
    #[error("{0}")]
    OutOfReach(String),
    /// A template failed, which only a bug can cause.
    #[error("the page could not be made")]
    Template,
}

impl PageError {
    /// The heading a person reads.
    pub(crate) fn title(&self) -> &'static str {
        match self {
            Self::NotFound => "This page does not exist",
            Self::BadForm(_) => "That did not arrive whole",
            Self::Stale => "Please send that again",
            Self::NotKept(_) => "That could not be kept",
            Self::OutOfReach(_) => "Your record cannot be opened now",
            Self::Template => "Something went wrong",
        }
    }

    /// What became of what was sent.
    pub(crate) fn lead(&self) -> &'static str {
        match self {
            Self::NotKept(_) => {
                "What you have now sent may not be kept. Did you take a painkiller? Write it down on paper until \
                 this works again."
            }
            Self::OutOfReach(_) => {
                "Nothing was sent, and nothing is changed. Until it opens again, write down on paper what you take."
            }
            _ => "Nothing was lost.",
        }
    }

    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::BadForm(_) => 400,
            Self::Stale => 403,
            Self::NotKept(_) | Self::OutOfReach(_) => 503,
            Self::Template => 500,
        }
    }
}

impl From<askama::Error> for PageError {
    fn from(_: askama::Error) -> Self {
        Self::Template
    }
}
