//! How people say things.

use serde::{Deserialize, Serialize};

use crate::book::lines;

/// How people say things, from `words.toml` and `words/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Words and phrases that stand for one idea.
    pub classes: Vec<WordClass>,
    /// Classes whose phrases keep their words to themselves: the "bottom" of "bottom of my
    /// back" is no bottom, and "between my legs" speaks of no leg.
    #[serde(with = "lines")]
    pub sealed: Vec<String>,
    /// What people ask about.
    pub topics: Vec<Topic>,
    /// Questions as people asked them.
    pub asked: Vec<AskedBefore>,
}

/// A question as somebody asked it, for new ones to be compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedBefore {
    /// In their own words.
    pub question: String,
    /// What answers it, the best first, named as in [`Topic::shows`]; none where it is no
    /// question for this book.
    #[serde(with = "lines")]
    pub shows: Vec<String>,
    /// The rules about a danger that it tells of, as `rule.fever`.
    #[serde(with = "lines")]
    pub dangers: Vec<String>,
}

/// Something that people ask about, and which parts of the book answer it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its name in the data.
    pub id: String,
    /// How they ask: patterns over classes, anywhere in a sentence.
    #[serde(with = "lines")]
    pub asks: Vec<String>,
    /// Passages as `remedy.heat`, the best first; a medicine without its region. None
    /// where people often ask and the book has no source.
    #[serde(with = "lines")]
    pub shows: Vec<String>,
    /// Whether it is no question for this book at all: a car, a cat, a cup.
    pub off_topic: bool,
}

/// Words and phrases that stand for one idea: `saddle` for "bum", "between my legs".
///
/// A word counts in all its forms, or with `=` before it only as it is written: `=leg`
/// and `=legs` are two things. In a phrase "my" and "the" stand for anybody's or nobody's. `<other>`
/// takes in all the words of another class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordClass {
    /// What patterns call it, without the brackets.
    pub name: String,
    /// Words, phrases, and other classes as `<name>`.
    #[serde(with = "lines")]
    pub words: Vec<String>,
}

impl WordClass {
    /// The class that an entry such as `<name>` takes in; `None` for a word or a phrase.
    pub fn taken_in(entry: &str) -> Option<&str> {
        entry.strip_prefix('<')?.strip_suffix('>')
    }
}
