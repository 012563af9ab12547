//! The program once more, laid out for thousands of people at once.
//!
//! It is the same program, and what comes out is the same to the last bit; only how it runs
//! differs. What the rules do not need is left out. The answers are read where they lie and are
//! not changed: an atom that a gate or a follow-up may settle gets a slot of its own. A slot whose
//! value nothing reads any more holds the next one, so that all of them stay in the cache next to
//! the processor. One step works on a whole block, so that choosing the step costs nothing
//! against doing it.

mod bits;
mod missing;
mod steps;
mod work;

pub use bits::{Bits, Told, Value};
pub use steps::{Circuit, Keeps};
pub use work::Work;
