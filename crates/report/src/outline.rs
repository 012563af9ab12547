//! Outlines of the body, from the path data of an SVG to a path of the PDF.
//!
//! Only what the outlines of the body are made of is read: straight lines, cubic curves and
//! arcs; an outline with anything else is not drawn.

use krilla::geom::{Path, PathBuilder};

/// The outline, `scale` times as large, with its left upper corner at `at`; where it is mirrored,
/// left and right change places within `width`.
pub(crate) fn path(data: &str, scale: f32, at: (f32, f32), mirrored_in: Option<f32>) -> Option<Path> {
    let mut numbers = Reader { rest: data };
    let mut builder = PathBuilder::new();
    let place = |(x, y): (f32, f32)| {
        let x = mirrored_in.map_or(x, |width| width - x);
        (at.0 + scale * x, at.1 + scale * y)
    };
    let (mut now, mut first, mut before) = ((0.0, 0.0), (0.0, 0.0), None);
    while let Some(command) = numbers.command() {
        // A command may be followed by several sets of numbers.
        loop {
            let from = if command.is_ascii_lowercase() { now } else { (0.0, 0.0) };
            let mut point = || Some((from.0 + numbers.number()?, from.1 + numbers.number()?));
            let mut bend = None;
            match command.to_ascii_uppercase() {
                'M' => {
                    now = point()?;
                    first = now;
                    let (x, y) = place(now);
                    builder.move_to(x, y);
                }
                'C' | 'S' => {
                    let start = if command.eq_ignore_ascii_case(&'C') {
                        point()?
                    } else {
                        let (x, y) = before.unwrap_or(now);
                        (2.0 * now.0 - x, 2.0 * now.1 - y)
                    };
                    let (end, to) = (point()?, point()?);
                    let ((x1, y1), (x2, y2), (x, y)) = (place(start), place(end), place(to));
                    builder.cubic_to(x1, y1, x2, y2, x, y);
                    (now, bend) = (to, Some(end));
                }
                'L' => now = line(&mut builder, point()?, &place),
                'H' => now = line(&mut builder, (from.0 + numbers.number()?, now.1), &place),
                'V' => now = line(&mut builder, (now.0, from.1 + numbers.number()?), &place),
                'A' => {
                    // The arcs of the body are the lower half of an ellipse around its middle.
                    let (across, down) = (numbers.number()?, numbers.number()?);
                    for _ in 0..3 {
                        numbers.number()?;
                    }
                    let to = (from.0 + numbers.number()?, from.1 + numbers.number()?);
                    now = half_ellipse(&mut builder, now, to, (across, down), &place);
                }
                'Z' => {
                    builder.close();
                    now = first;
                }
                _ => return None,
            }
            before = bend;
            if !numbers.has_number() {
                break;
            }
        }
    }
    builder.finish()
}

fn line(builder: &mut PathBuilder, to: (f32, f32), place: &impl Fn((f32, f32)) -> (f32, f32)) -> (f32, f32) {
    let (x, y) = place(to);
    builder.line_to(x, y);
    to
}

/// The way below from one end of the width to the other, in two curves of a quarter each.
fn half_ellipse(
    builder: &mut PathBuilder,
    from: (f32, f32),
    to: (f32, f32),
    (across, down): (f32, f32),
    place: &impl Fn((f32, f32)) -> (f32, f32),
) -> (f32, f32) {
    // So far out the handles of a quarter of a circle are.
    const HANDLE: f32 = 0.5523;
    let middle = (f32::midpoint(from.0, to.0), from.1 + down);
    let mut quarter = |start: (f32, f32), end: (f32, f32), to: (f32, f32)| {
        let ((x1, y1), (x2, y2), (x, y)) = (place(start), place(end), place(to));
        builder.cubic_to(x1, y1, x2, y2, x, y);
    };
    quarter((from.0, from.1 + HANDLE * down), (middle.0 - HANDLE * across, middle.1), middle);
    quarter((middle.0 + HANDLE * across, middle.1), (to.0, to.1 + HANDLE * down), to);
    to
}

/// Reads commands and numbers, one after the other.
struct Reader<'d> {
    rest: &'d str,
}

impl Reader<'_> {
    fn skip(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', ',']);
    }

    fn command(&mut self) -> Option<char> {
        self.skip();
        let command = self.rest.chars().next()?;
        self.rest = &self.rest[command.len_utf8()..];
        Some(command)
    }

    fn has_number(&mut self) -> bool {
        self.skip();
        self.rest.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-' || letter == '.')
    }

    fn number(&mut self) -> Option<f32> {
        self.skip();
        let is_part = |(at, letter): (usize, char)| {
            letter.is_ascii_digit() || letter == '.' || letter == '-' && at == 0
        };
        let end = self.rest.char_indices().find(|part| !is_part(*part)).map_or(self.rest.len(), |(at, _)| at);
        let (number, rest) = self.rest.split_at(end);
        self.rest = rest;
        number.parse().ok()
    }
}
