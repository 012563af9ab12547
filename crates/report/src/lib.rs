//! The doctor's page as a tagged PDF.
//!
//! The crate exists so that only the program for a computer carries a writer of PDF: a browser
//! prints the page by itself. It puts the lines of [`tell::DoctorPage`] on one side of paper,
//! marks for a screen reader what is a heading and what a list (PDF/UA-1), and attaches files.
//!
//! In suggested reading order: `typeface` (how wide is a word?), `blocks` (what stands together),
//! `layout` (what stands where), `document` (the file).

mod blocks;
mod document;
mod layout;
mod outline;
mod typeface;

pub use document::{Attachment, ReportError, pdf};
