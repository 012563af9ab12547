//! What can only be seen by looking at the book as a whole.

mod before_questions;
mod claims;
mod completeness;
mod course;
mod danger;
mod derived;
mod follow_ups;
mod logic;
mod medicines;
mod pictures;
pub(crate) mod reading;
mod references;
mod rules;
mod screens;

use crate::problem::{Log, Spot};
use crate::read::Draft;

/// Reports everything that is wrong with the book as a whole, except how it reads.
/// What has no place of its own is reported at the book's title.
pub(crate) fn check(draft: &Draft<'_>, title: &Spot, log: &mut Log) {
    if !log.has_unreadable_block {
        completeness::check(draft, title, log);
        claims::check(draft, draft.names.claims, log);
    }
    screens::check(draft, log);
    danger::check(draft, log);
    course::check(draft, log);
    derived::check(draft, log);
    follow_ups::check(draft, log);
    medicines::check(draft, log);
    pictures::check(draft, log);
    before_questions::check(draft, log);
    let sound = references::check(draft, log);
    rules::check(draft, &sound, log);
}
