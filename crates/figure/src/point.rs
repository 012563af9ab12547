//! Points of a drawing, directions, and shapes with round ends.

use std::fmt::Write as _;
use std::ops::{Add, Mul, Sub};

/// A point, or the way from one to another. Down is positive, as in SVG.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// The point with these coordinates.
pub(crate) fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        at(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        at(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f64> for Point {
    type Output = Self;
    fn mul(self, by: f64) -> Self {
        at(self.x * by, self.y * by)
    }
}

impl Point {
    pub(crate) fn length(self) -> f64 {
        self.x.hypot(self.y)
    }

    /// The direction of this way in degrees: 0 is up, 90 to the right.
    pub(crate) fn direction(self) -> f64 {
        self.x.atan2(-self.y).to_degrees()
    }

    /// Turned clockwise.
    pub(crate) fn turned(self, degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        at(self.x * cos - self.y * sin, self.x * sin + self.y * cos)
    }
}

/// The way of a length in a direction in degrees: 0 is up, 90 to the right.
pub(crate) fn towards(degrees: f64, length: f64) -> Point {
    at(0.0, -length).turned(degrees)
}

/// A number with one decimal at most, as short as SVG reads it.
pub(crate) fn short(number: f64) -> String {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    let text = text.replacen("0.", ".", usize::from(text.starts_with("0.") || text.starts_with("-0.")));
    if text == "-0" || text.is_empty() { "0".to_owned() } else { text }
}

/// A count as a length or a share.
pub(crate) fn counted(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// Numbers in a row, with no more between them than is needed.
pub(crate) fn row(numbers: &[f64]) -> String {
    let mut all = String::new();
    for number in numbers {
        let number = short(*number);
        let needs_gap = !all.is_empty() && !number.starts_with('-');
        let _ = write!(all, "{}{number}", if needs_gap { " " } else { "" });
    }
    all
}

/// The path around two circles and their tangents: a limb that gets thinner.
pub(crate) fn capsule(from: (Point, f64), to: (Point, f64)) -> String {
    let ((a, ra), (b, rb)) = (from, to);
    let way = b - a;
    let along = way.direction();
    // Where the tangents leave the circles, against the way between them.
    let lean = ((ra - rb) / way.length().max(0.1)).clamp(-1.0, 1.0).acos().to_degrees();
    let (left, right) = (along - lean, along + lean);
    let points =
        [a + towards(left, ra), b + towards(left, rb), b + towards(right, rb), a + towards(right, ra)];
    let far = u8::from(ra > rb);
    let near = u8::from(rb > ra);
    format!(
        "M{}A{}{}A{}Z",
        row(&[points[0].x, points[0].y, points[1].x, points[1].y]),
        arc(rb, near, points[2]),
        format_args!("L{}", row(&[points[3].x, points[3].y])),
        arc(ra, far, points[0]),
    )
}

fn arc(radius: f64, is_large: u8, to: Point) -> String {
    // The two flags are one digit each, and need no space after them.
    format!("{} 0 {is_large}1{}", row(&[radius, radius]), row(&[to.x, to.y]))
}
