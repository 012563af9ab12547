//! The decision for a language model that talks with somebody: tools of the Model Context
//! Protocol, over standard input and output.
//!
//! A tool asks the next question of the guideline, or gives an outcome with its certificate; none
//! answers in its own words. Whatever is asked, an emergency comes first. A session knows nothing:
//! the answers come with each call, and every answer names the guideline that gave it.

mod answer;
mod server;
mod tools;

pub use server::{Server, serve};
