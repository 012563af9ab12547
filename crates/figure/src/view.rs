//! The finished drawing: its frame, its colours, its size.

use care::Seen;

use crate::point::{Point, row, short};

/// A picture as SVG.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The whole text of the file.
    pub svg: String,
    /// How wide it is, against its height.
    pub width: u32,
    /// How high it is.
    pub height: u32,
}

/// What has been drawn so far reaches from here to there.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    is_cut: bool,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { left: f64::MAX, right: f64::MIN, top: f64::MAX, bottom: f64::MIN, is_cut: false }
    }
}

/// Every colour by the letter of its class: in the light, and in the dark where it is another.
///
/// s shirt, t trousers, k skin, h hair, o socks, each with a capital for the far side;
/// w wood, p pillow, l linen, f floor, c the card, r arrows, x cold and other things.
const COLOURS: [(&str, &str, &str); 20] = [
    ("c", "#faf6ef", "#1c2827"),
    ("f", "#9a8f7c66", ""),
    ("s", "#33897f", ""),
    ("S", "#276a63", ""),
    ("t", "#579", ""),
    ("T", "#3f5b79", ""),
    ("k", "#d99e76", ""),
    ("K", "#b97f5a", ""),
    ("h", "#5c4338", "#7a5a4b"),
    ("o", "#e9e3da", ""),
    ("O", "#c6bfb4", ""),
    ("w", "#c19d6e", ""),
    ("W", "#a07d52", ""),
    ("p", "#f3ddab", ""),
    ("P", "#dcbf80", ""),
    ("l", "#d3dfe4", "#35464c"),
    ("r", "#d0622a", "#f08a4e"),
    ("x", "#6fb1dc", ""),
    ("b", "#e07a3f", ""),
    ("g", "#ff8a3c", ""),
];

impl Bounds {
    pub(crate) fn take(&mut self, (middle, round): (Point, f64)) {
        self.left = self.left.min(middle.x - round);
        self.right = self.right.max(middle.x + round);
        self.top = self.top.min(middle.y - round);
        self.bottom = self.bottom.max(middle.y + round);
    }

    /// Shows nothing below a height.
    pub(crate) fn cut_at(&mut self, height: f64) {
        self.bottom = self.bottom.min(height) - 10.0;
        self.is_cut = true;
    }

    pub(crate) fn take_box(&mut self, left: f64, top: f64, width: f64, height: f64) {
        self.take((Point { x: left, y: top }, 0.0));
        self.take((Point { x: left + width, y: top + height }, 0.0));
    }

    /// What is drawn and nothing around it, to stand beside words.
    pub(crate) fn bare(&self) -> Card {
        let (left, right, top) = (self.left - 2.0, self.right + 2.0, self.top - 2.0);
        let (width, height) = ((right - left).ceil(), (self.bottom + 2.0 - top).ceil());
        Card { left, right, top, width, height, has_ground: false, has_floor: false }
    }

    /// The card that all of it stands on, with floor where the body is not seen from above.
    pub(crate) fn card(&self, seen: Seen) -> Card {
        let has_floor = seen != Seen::Above && self.bottom < 12.0 && !self.is_cut;
        let bottom = if has_floor { 14.0 } else { self.bottom + 10.0 };
        let (top, left, right) = (self.top - 10.0, self.left - 10.0, self.right + 10.0);
        let (least_height, least_width) = if self.is_cut { (72.0, 104.0) } else { (104.0, 170.0) };
        let height = (bottom - top).max(least_height).ceil();
        let width = (right - left).max(height * 1.18).max(least_width).ceil();
        let slack = (width - (right - left)) / 2.0;
        let top = (bottom - height).floor();
        let height = (bottom - top).ceil();
        Card { left: left - slack, right: right + slack, top, width, height, has_ground: true, has_floor }
    }
}

/// What a picture stands on.
pub(crate) struct Card {
    left: f64,
    right: f64,
    top: f64,
    width: f64,
    height: f64,
    has_ground: bool,
    has_floor: bool,
}

impl Card {
    /// How wide and how high it is.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small whole numbers above 0")]
    pub(crate) fn size(&self) -> (u32, u32) {
        (self.width as u32, self.height as u32)
    }

    /// Puts the parts on it.
    pub(crate) fn drawing(&self, movement: &str, parts: &str) -> Drawing {
        let floor = if self.has_floor {
            format!(
                "<path class=\"f\" d=\"M{}h{}v3.4h-{1}z\"/>",
                row(&[self.left + 7.0, 0.0]),
                short(self.right - self.left - 14.0)
            )
        } else {
            String::new()
        };
        let style = style(&format!("{floor}{parts}"));
        let Self { top, width, height, .. } = *self;
        let left = self.left.floor();
        let view = row(&[left, top, width, height]);
        let ground = if self.has_ground {
            let [x, y, width, height] = [left, top, width, height].map(short);
            format!("<rect class=\"c\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"14\"/>")
        } else {
            String::new()
        };
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{view}\"><style>{style}{movement}</style>\
             {ground}{floor}{parts}</svg>"
        );
        let (width, height) = self.size();
        Drawing { svg, width, height }
    }
}

/// The colours that are used, in the light and in the dark.
fn style(parts: &str) -> String {
    let is_used = |class: &str| class == "c" || parts.contains(&format!("class=\"{class}\""));
    let mut light = String::new();
    let mut dark = String::new();
    for (class, in_light, in_dark) in COLOURS.iter().filter(|(class, ..)| is_used(class)) {
        let of = |colour: &str| format!(".{class}{{fill:{colour}}}");
        light.push_str(&of(in_light));
        if !in_dark.is_empty() {
            dark.push_str(&of(in_dark));
        }
    }
    format!("{light}@media(prefers-color-scheme:dark){{{dark}}}@media print{{.c{{fill:none}}}}")
}
