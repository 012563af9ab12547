//! The body with marked places, as outlines that a page and a sheet of paper draw alike.

/// How wide a view is, in the units of its outlines.
pub const BODY_WIDTH: f32 = 360.0;
/// How high.
pub const BODY_HEIGHT: f32 = 400.0;

/// The body seen from one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyView {
    /// What lies behind comes first, and the marked places last.
    pub shapes: Vec<BodyShape>,
    /// What stands at the left and at the right edge.
    pub edges: [&'static str; 2],
}

/// A piece of the body, or a marked place on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyShape {
    /// Its outline, as the path data of an SVG.
    pub outline: &'static str,
    /// It is the mirror image of that, from left to right.
    pub is_mirrored: bool,
    /// It is a place that is marked.
    pub is_marked: bool,
}
