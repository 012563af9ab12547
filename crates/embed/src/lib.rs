//! The decision inside another program: a compiled book is opened once, and then each call is a
//! function of the request and of that book, JSON in and JSON out, in the shapes of `wire`.
//!
//! As WebAssembly it needs nothing from its host: no clock, no file, no network, no randomness.
//! The packages for npm and Python are that module, the compiled book, and a few lines that hand
//! texts over; [`packages`] puts them together.

mod boundary;
mod engine;
#[cfg(not(target_arch = "wasm32"))]
pub mod packages;

pub use engine::{CALLS, Engine, OpenError};
