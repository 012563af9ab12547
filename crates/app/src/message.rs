//! What goes between the worker's JavaScript and the program: JSON, one message at a time.

use serde::{Deserialize, Serialize};
use store::{KeptHead, KeptRow, KeptRows};

/// What the program is told when it is opened.
#[derive(Clone, Debug, Deserialize)]
pub struct Options {
    /// The folder of the site: `/`, or `/name/`.
    pub base: String,
}

/// What the program is told.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// Somebody asks for a page, or sends a form.
    Visit(Box<Asked>),
    /// What became of what it asked for.
    Told(Told),
}

/// A request as the browser has it.
#[derive(Clone, Debug, Deserialize)]
pub struct Asked {
    /// `GET` or `POST`.
    pub method: String,
    /// The path below the base, still with its percent signs: `/diary`.
    pub path: String,
    /// The fields of the form in order; a file is its text.
    #[serde(default)]
    pub form: Vec<(String, String)>,
    /// The time, in milliseconds since 1970.
    pub now: i64,
    /// The time zone of the device by its IANA name.
    pub zone: String,
    /// The languages of the browser, the preferred first: `en-GB,en`.
    pub languages: String,
    /// 64 hexadecimal digits, fresh for each visit.
    pub random: String,
    /// 64 hexadecimal digits, the same for as long as there is this record.
    pub token: String,
}

/// What became of what the program asked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// What is kept.
    Rows(KeptRows),
    /// It is kept for good.
    Kept(bool),
    /// A form with this token is kept already; nothing was written.
    Seen(bool),
    /// The record ends elsewhere by now; nothing was written.
    Overtaken(bool),
    /// Nothing is left of it.
    Erased(bool),
    /// The text of a file.
    File(String),
    /// It failed, and nothing was written: `no room`, or what the browser says.
    Failed(String),
}

/// What the program asks for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Ask {
    /// What is kept after a place, if the record still hangs on this start; else all of it.
    Read {
        /// None where nothing was there.
        start: Option<String>,
        /// The last row that is known.
        last: i64,
    },
    /// To keep rows and end in one transaction, if the record still ends as expected.
    Keep {
        /// None where there is no record yet.
        expected: Option<Expected>,
        /// The rows.
        rows: Vec<KeptRow>,
        /// Where the record ends then.
        head: Option<KeptHead>,
    },
    /// To delete everything.
    Erase,
    /// To be opened anew, with the rest of the book, and to be asked again. Nothing was kept.
    Rest,
    /// To read a file of this release.
    File {
        /// Its path in the folder of the site.
        name: String,
    },
    /// To send this. What it says is kept is kept.
    Send {
        /// 200, 303, 404.
        status: u16,
        /// Names and values.
        headers: Vec<(String, String)>,
        /// The body as text; no page has another.
        body: String,
    },
}

/// Where a record is thought to end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expected {
    /// What it hangs on.
    pub start: String,
    /// Its last row.
    pub last: i64,
}
