//! A person drawn as SVG from the angles of the joints, at most 3 KB a picture.
//!
//! Pure: from a picture of the book and the poses it names to one text.

#![allow(clippy::similar_names, reason = "a body is held and has a head")]

mod draw;
mod front;
mod look;
mod measures;
mod movement;
mod point;
mod side;
mod things;
mod view;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests read the real book")]
mod tests;

use care::{Book, Picture, Pose};

pub use view::Drawing;

/// Whether a picture with several poses moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// Its last pose, with arrows that say what moved.
    Still,
    /// It moves, a few times, and then rests.
    Moving,
}

/// Draws a picture; none if the book lacks a pose of it.
pub fn draw(book: &Book, picture: &Picture, motion: Motion) -> Option<Drawing> {
    draw::picture(&poses(book, picture)?, picture.mark, motion)
}

/// How wide and how high the drawing of a picture is, for less than drawing it.
pub fn size(book: &Book, picture: &Picture) -> Option<(u32, u32)> {
    draw::size(&poses(book, picture)?)
}

/// Draws the body of a picture and nothing around it, small beside words.
pub fn sign(book: &Book, picture: &Picture) -> Option<Drawing> {
    draw::sign(&poses(book, picture)?, picture.mark)
}

/// How wide and how high that is.
pub fn sign_size(book: &Book, picture: &Picture) -> Option<(u32, u32)> {
    draw::sign_size(&poses(book, picture)?)
}

fn poses<'b>(book: &'b Book, picture: &Picture) -> Option<Vec<&'b Pose>> {
    picture.poses.iter().map(|id| book.poses.get(id.index())).collect()
}
