//! A spell in time: the first hour, and what a diary says.

pub mod first_hour;
pub mod helped;
pub mod recovery;
pub mod triggers;
