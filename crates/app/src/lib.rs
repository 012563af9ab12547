//! The whole program inside a browser.
//!
//! A service worker answers each request of a page. Its JavaScript only moves bytes: the
//! request goes in as JSON ([`message`]), and what comes out says what to read from the
//! browser's database, what to keep in it, or what to send. All that is decided is decided
//! by the same code as on a server, [`web::Visits`].
//!
//! In reading order: `message` (what goes in and out), `keeper` (the record, kept by the
//! browser), `prose` (the pages of the book, which are files), `zones` (what clocks show where),
//! `worker` (one visit at a time), `boundary` (pointers, and nothing else), `folder` (the files
//! around it all).

#[cfg(target_arch = "wasm32")]
mod boundary;
#[cfg(not(target_arch = "wasm32"))]
pub mod folder;
mod keeper;
pub mod message;
mod prose;
mod worker;
pub mod zones;

pub use worker::{OpenError, Worker};
