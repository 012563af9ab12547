//! What is said of a decision: pages of typed lines, which a terminal, a browser and JSON render.
//!
//! A line holds words of the book or a [`Message`], a sentence of the program with its
//! arguments. The English of every message stands in one catalogue, `words/en.ftl`, and
//! nowhere else; a renderer adds where a line stands and how it looks.
//!
//! In suggested reading order: `line` (what every page is made of) and [`Citations`], [`outcome`] and its parts
//! ([`to_do`], [`said`], [`because`], [`Card`], [`differences`]); [`possible_causes`];
//! [`visit`], [`clinic_form`] and [`doctor_page`]; the habits ([`habit_to_begin`]); [`course`] and [`remedy_helped`]; [`medicine`], and the
//! times of a [`Clock`].

mod body_view;
mod card;
mod causes;
mod citations;
mod clinic_form;
mod clock;
mod confided;
mod course;
mod differences;
mod doctor;
mod habits;
mod helped;
mod incoming;
mod line;
pub mod medicine;
mod message;
mod outcome;
mod reason;
mod said;
mod to_do;
mod unusable;
mod visit;

pub use body_view::{BODY_HEIGHT, BODY_WIDTH, BodyShape, BodyView};
pub use card::{Card, CardGroup};
pub use causes::{Helped, PossibleCause, PossibleCauses, possible_causes};
pub use citations::Citations;
pub use clinic_form::{ByAnswer, ClinicForm, Rung, Scenario, appropriateness, clinic_form};
pub use clock::{Clock, day_of_week, weekday_short};
pub use confided::Confided;
pub use course::{LastEntry, course, course_band, course_in_short};
pub use differences::{Difference, differences};
pub use doctor::{
    DoctorPage, DoseLine, Entry, ForDoctor, Mark, Part, Score, Section, TAKEN_WITHIN, doctor_page,
    marked_places,
};
pub use habits::{HabitToBegin, habit_left_out, habit_to_begin, habit_when, habits_lead};
pub use helped::{helped_overall, remedy_helped, strength_meaning, trigger_seen};
pub use incoming::ComesIn;
pub use line::{LeftOut, Line, Paragraph, Point, Words};
pub use message::{ENGLISH, English, Message};
pub use outcome::{Outcome, StageOfPlan, outcome};
pub use reason::{Why, because, why};
pub use said::{said, stated};
pub use to_do::{Call, ToDo, dial, to_do};
pub use unusable::{no_limits, unknown_medicine, unusable_amount, unusable_time};
pub use visit::{ToExpect, Visit, visit};
