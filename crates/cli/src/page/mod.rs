//! What a person reads in the terminal.

mod outcome;
mod screen;
mod style;
pub(crate) mod text;

pub(crate) use outcome::{Outcome, question, show_left_out, show_sources, show_what_to_do, unfinished};
pub(crate) use screen::{
    clear, columns, lines_that_fit, one_line, row_of_a_list, screen_head, short_lines_that_fit, why_we_ask,
};
pub(crate) use text::{
    alarm, aside, data, error, has_kept, heading, is_read, json, line, note, paragraph, point, points,
    quiet_point, say,
};
