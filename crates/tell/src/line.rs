//! What pages are made of.

use std::borrow::Cow;
use std::fmt;

use crate::message::Message;

/// Words that a person reads, by who says them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words<'g> {
    /// The book, as it is written there or filled in.
    Book(Cow<'g, str>),
    /// The program.
    Program(Message<'g>),
}

/// Words, and the marks of the sources behind them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'g> {
    /// What it says.
    pub words: Words<'g>,
    /// Where it is taken from: `[1, 2]`.
    pub marks: String,
}

/// Whole sentences, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraph<'g>(Vec<Words<'g>>);

impl<'g> Paragraph<'g> {
    /// With one more sentence.
    pub(crate) fn and(self, sentence: impl Into<Words<'g>>) -> Self {
        self.and_maybe(Some(sentence))
    }

    /// With one more sentence, where there is one.
    pub(crate) fn and_maybe(mut self, sentence: Option<impl Into<Words<'g>>>) -> Self {
        self.0.extend(sentence.map(Into::into));
        self
    }

    /// With the sentences of another one.
    pub(crate) fn and_all(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }
}

impl<'g, W: Into<Words<'g>>> From<W> for Paragraph<'g> {
    fn from(sentence: W) -> Self {
        Self(vec![sentence.into()])
    }
}

impl fmt::Display for Paragraph<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, sentence) in self.0.iter().enumerate() {
            let before = if index == 0 { "" } else { " " };
            write!(f, "{before}{sentence}")?;
        }
        Ok(())
    }
}

/// Answers that speak for or against something, and the marks of why they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point<'g> {
    /// What was said.
    pub said: Vec<Message<'g>>,
    /// Where it is taken from that it counts.
    pub marks: String,
}

/// Something that is left out for a person, because it is not safe or not known to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut<'g> {
    /// Its id in the book.
    pub id: &'g str,
    /// Its name.
    pub name: &'g str,
    /// What the book says of it; may be empty.
    pub because: &'g str,
    /// The answers that speak against it.
    pub said: Vec<Message<'g>>,
}

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Book(words) => f.write_str(words),
            Self::Program(message) => message.fmt(f),
        }
    }
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.words, self.marks)
    }
}

impl fmt::Display for Point<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, said) in self.said.iter().enumerate() {
            let before = if index == 0 { "" } else { "; " };
            write!(f, "{before}{said}")?;
        }
        write!(f, " {}", self.marks)
    }
}

impl fmt::Display for LeftOut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}. {}", self.name, self.because)
    }
}

impl<'g> From<&'g str> for Words<'g> {
    fn from(words: &'g str) -> Self {
        Self::Book(Cow::Borrowed(words))
    }
}

impl<'g> From<Message<'g>> for Words<'g> {
    fn from(message: Message<'g>) -> Self {
        Self::Program(message)
    }
}
