//! Pages: one function from a request and a record to a response.
//!
//! [`Site::respond`] is the heart. It is free of sockets, clocks, randomness and
//! databases: a [`Request`] and a [`Visit`] (the person's record, the time, the
//! tokens of this visit) go in, a [`Response`] comes out, with the events that
//! are to be stored before it is sent. So the same pages can run in a server
//! and, later, inside a browser.
//!
//! The feature `server` adds a small server around it: sockets, cookies,
//! headers and the database.
//!
//! In reading order: `request`, `visit`, `response`, `carried` (forms on their way to a page),
//! `site` (what every page needs), `visitor` (whom every page is made for), `view`, `spell` and `case`
//! (where the person stands), `events` (what is written of them), `situation` (all of that for a program
//! without pages), `screen` and `asking` (a question as a form), `frame` (what every page has),
//! `parts` (what several pages show or do), then `pages`, one module a page, and `routes` (which
//! page answers what); `incoming` (what an import may say), `taken_in` (what of it comes in) and `hand_off` (what a doctor gets); last `server`.

mod asking;
mod assets;
mod base;
mod body_map;
mod carried;
mod case;
mod events;
mod forms;
mod frame;
mod hand_off;
mod headers;
mod incoming;
mod keeper;
mod limits;
mod numbers;
mod page_error;
mod pages;
#[cfg(feature = "server")]
mod paper;
mod parts;
mod replay;
mod request;
mod response;
mod routes;
mod screen;
mod site;
mod situation;
mod spell;
mod taken_in;
mod view;
mod visit;
mod visitor;
mod visits;
mod whereabouts;
mod worked_out;
mod zones;

#[cfg(feature = "server")]
pub mod server;

#[cfg(test)]
#[allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
mod testing;

#[cfg(all(test, feature = "server"))]
#[allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
mod old_records;

pub use base::rebased;
pub use carried::Carried;
pub use events::{LONGEST_OWN_WORDS, shown_name};
pub use hand_off::fhir_bundle;
pub use headers::{CACHE_CONTROL, HEADERS};
pub use incoming::{IncomingError, check_import, counts, export, read_import, told_title};
pub use keeper::Keeper;
pub use limits::is_too_long;
#[cfg(feature = "server")]
pub use paper::doctor_pdf;
pub use replay::{ReplayResult, Replayed, replay};
pub use request::{Form, Method, Request, decoded};
pub use response::{Effect, Response};
pub use site::Site;
pub use situation::Situation;
pub use spell::reported_new;
pub use taken_in::{TakenIn, to_take_in};
pub use visit::{Home, Visit, Whereabouts};
pub use visits::{Arrival, Visited, Visits};
pub use worked_out::WorkedOut;
pub use zones::Zones;
