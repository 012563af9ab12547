//! Painkillers without a prescription: what the book knows of them, what was
//! taken, and whether another dose may be.
//!
//! [`may_take`] is the guard. Limits hold for each ingredient, over all packs,
//! and over real time that has passed: every time here is an instant, so that a
//! change of the clocks or of the time zone can never allow an early dose.
//!
//! A clock that was set back leaves doses in the future, and while there is one
//! nothing is allowed. A clock that was set forward cannot be told from time
//! that has passed; nothing here can notice it.
//!
//! [`find`] and [`search`] say what a typed name stands for, [`Amount`] how much of it
//! was meant. All of it are values; `tell::medicine` says them in words.
//!
//! In suggested reading order:

mod named;

mod dose;
mod log;

mod course;
mod excess;
mod limits;

mod guard;
mod verdict;

mod after;
mod standing;

mod amount;
mod naming;
mod shelf;

mod at_hand;

pub use after::{DoseWarning, after_taking};
pub use amount::{Amount, AmountError};
pub use at_hand::{Kin, common_packs};
pub use course::taken_of_pack;
pub use dose::{Dose, DoseError};
pub use excess::{Excess, excesses, overdose};
pub use guard::{conditions_of, less_now, may_take, next_question, next_question_at_once};
pub use limits::Limited;
pub use log::{Cleared, DoseLog, LOSS_MATTERS, Taken};
pub use named::{class_words, medicine_for, medicine_here_or_of, name_of, other_of, product_with};
pub use shelf::{Found, NoLimits, UnknownMedicine, find, region_of_limits, regions_with_limits, search};
pub use standing::{CountedDose, Standing, counted_doses, standings, standings_for};
pub use verdict::{Because, DoseLevel, DoseVerdict};
