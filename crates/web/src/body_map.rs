//! The places of the body, and the map on which they are marked.
//!
//! The map is a picture beside a checklist and never more than that: each place
//! is a label of a checkbox, so that it works without scripts, and it is hidden
//! from a screen reader, which reads the list. Places exist only here.

use askama::Template;

/// A place on the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Its id, as the diary keeps it: `low_back_left`.
    pub(crate) id: &'static str,
    /// In words: "Low back, left".
    pub(crate) label: &'static str,
    /// The finding of the book that it belongs to: `pain_low_back`.
    pub(crate) finding: &'static str,
    /// Which side of the person's own body.
    pub(crate) side: Side,
    part: Part,
}

/// A side of the person's own body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Their left.
    Left,
    /// Between the two.
    Middle,
    /// Their right.
    Right,
}

/// A part of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Neck,
    UpperBack,
    Spine,
    LowBack,
    LowSpine,
    Flank,
    Hip,
    Thigh,
    BelowKnee,
    Arm,
}

const fn place(
    id: &'static str,
    label: &'static str,
    finding: &'static str,
    side: Side,
    part: Part,
) -> Place {
    Place { id, label, finding, side, part }
}

/// Every place, from the neck down.
pub(crate) const PLACES: [Place; 17] = [
    place("neck", "Neck", "pain_neck", Side::Middle, Part::Neck),
    place("arm_left", "Shoulder or arm, left", "pain_arm", Side::Left, Part::Arm),
    place("arm_right", "Shoulder or arm, right", "pain_arm", Side::Right, Part::Arm),
    place("upper_back_left", "Upper back, left", "pain_upper_back", Side::Left, Part::UpperBack),
    place("upper_back_middle", "Upper back, middle", "pain_upper_back", Side::Middle, Part::Spine),
    place("upper_back_right", "Upper back, right", "pain_upper_back", Side::Right, Part::UpperBack),
    place("flank_left", "Side under the ribs, left", "pain_flank", Side::Left, Part::Flank),
    place("flank_right", "Side under the ribs, right", "pain_flank", Side::Right, Part::Flank),
    place("low_back_left", "Low back, left", "pain_low_back", Side::Left, Part::LowBack),
    place("low_back_middle", "Low back, middle", "pain_low_back", Side::Middle, Part::LowSpine),
    place("low_back_right", "Low back, right", "pain_low_back", Side::Right, Part::LowBack),
    place("buttock_left", "Buttock or hip, left", "pain_buttock", Side::Left, Part::Hip),
    place("buttock_right", "Buttock or hip, right", "pain_buttock", Side::Right, Part::Hip),
    place("thigh_left", "Thigh, left", "pain_thigh", Side::Left, Part::Thigh),
    place("thigh_right", "Thigh, right", "pain_thigh", Side::Right, Part::Thigh),
    place("below_knee_left", "Leg below the knee, left", "pain_below_knee", Side::Left, Part::BelowKnee),
    place("below_knee_right", "Leg below the knee, right", "pain_below_knee", Side::Right, Part::BelowKnee),
];

/// The place with this id.
pub(crate) fn place_named(id: &str) -> Option<&'static Place> {
    PLACES.iter().find(|place| place.id == id)
}

/// From where the body is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    FromBehind,
    FromTheFront,
}

impl Part {
    /// Its outline on the left half of the picture, which is 184 wide and 400
    /// high; the other half is its mirror image. None where it is not seen.
    fn outline(self, seen: Seen) -> Option<&'static str> {
        use Seen::{FromBehind, FromTheFront};
        Some(match (self, seen) {
            (Self::Neck, _) => "M79 46h26c0 14 5 22 20 28H59c15-6 20-14 20-28Z",
            (Self::Arm, _) => {
                "M59 74c-22 1-38 5-47 20C4 110 3 150 3 190c0 16-2 29 2 39 4 9 15 9 18-1 4-13 3-27 4-40l2-58 3-26c2-12 11-24 27-30Z"
            }
            (Self::UpperBack, FromBehind) => "M59 74c-16 6-25 18-27 30l-2 26v20h48V74Z",
            (Self::Spine, FromBehind) => "M78 74h28v76H78Z",
            (Self::Flank, _) => "M30 150h26v42H29c1-15 1-27 1-42Z",
            (Self::LowBack, FromBehind) => "M56 150h22v78H27c0-13 1-24 2-36h27Z",
            (Self::LowSpine, FromBehind) => "M78 150h28v78H78Z",
            (Self::Hip, FromBehind) => "M27 228h65v40c-8 8-48 10-63 2-3-14-3-28-2-42Z",
            (Self::Hip, FromTheFront) => "M28 208h32l24 64c-16 6-42 5-55-2-3-14-3-40-1-62Z",
            (Self::Thigh, FromBehind) => "M29 270c15 8 55 6 63-2l-3 51c-14 5-32 5-46 0-7-17-13-32-14-49Z",
            (Self::Thigh, FromTheFront) => {
                "M29 270c13 7 39 8 55 2l8-4-3 51c-14 5-32 5-46 0-7-17-13-32-14-49Z"
            }
            (Self::BelowKnee, _) => {
                "M43 319c14 5 32 5 46 0 1 22-6 40-7 57l2 15c0 8-32 9-36 2-2-5 5-9 6-16-5-17-13-34-11-58Z"
            }
            (Self::UpperBack | Self::Spine | Self::LowBack | Self::LowSpine, FromTheFront) => return None,
        })
    }

    /// Where its tick is drawn, on the left half.
    fn tick(self, seen: Seen) -> (u16, u16) {
        match self {
            Self::Neck => (92, 61),
            Self::Arm => (18, 120),
            Self::UpperBack => (54, 116),
            Self::Spine => (92, 116),
            Self::Flank => (43, 171),
            Self::LowBack => (56, 210),
            Self::LowSpine => (92, 190),
            Self::Hip if seen == Seen::FromTheFront => (47, 246),
            Self::Hip => (60, 250),
            Self::Thigh => (62, 296),
            Self::BelowKnee => (65, 350),
        }
    }
}

/// The picture beside a checklist of places.
#[derive(Debug, Template)]
#[template(path = "components/body_map.html")]
pub(crate) struct BodyMap {
    views: [View; 2],
    /// What the ids of the checkboxes begin with.
    prefix: &'static str,
    /// Whether left and right are one checkbox.
    is_sided: bool,
}

#[derive(Debug)]
struct View {
    id: &'static str,
    title: &'static str,
    /// What stands at the left and at the right edge of the picture.
    edges: [&'static str; 2],
    shapes: Vec<Shape>,
}

/// One place, as it is drawn.
#[derive(Debug)]
struct Shape {
    /// The id of the checkbox that it ticks.
    checkbox: &'static str,
    place: &'static str,
    outline: &'static str,
    is_mirrored: bool,
    tick: (u16, u16),
}

impl BodyMap {
    /// For a list of these findings, as the question about places asks: its checkboxes
    /// have the ids of findings behind that of the question, and left and right of a place tick the same one. A place
    /// that the list does not ask about is not drawn: there is nothing to tick.
    pub(crate) fn of_findings<'l>(listed: impl IntoIterator<Item = &'l str>) -> Self {
        let listed: Vec<&str> = listed.into_iter().collect();
        Self::new(|place| Some(place.finding).filter(|finding| listed.contains(finding)), "where-", true)
    }

    /// For a list of places, as the diary asks: its checkboxes have the ids of places.
    pub(crate) fn of_places() -> Self {
        Self::new(|place| Some(place.id), "", false)
    }

    fn new(checkbox: impl Fn(&Place) -> Option<&'static str>, prefix: &'static str, is_sided: bool) -> Self {
        let behind = View {
            id: "back",
            title: "Your back",
            edges: ["Your left", "Your right"],
            shapes: shapes(Seen::FromBehind, &checkbox),
        };
        let front = View {
            id: "front",
            title: "Your front",
            edges: ["Your right", "Your left"],
            shapes: shapes(Seen::FromTheFront, &checkbox),
        };
        Self { views: [behind, front], prefix, is_sided }
    }
}

fn shapes(seen: Seen, checkbox: &impl Fn(&Place) -> Option<&'static str>) -> Vec<Shape> {
    let shape = |place: &'static Place| {
        // Seen from behind the person's left is on the left of the picture.
        let is_mirrored = match seen {
            Seen::FromBehind => place.side == Side::Right,
            Seen::FromTheFront => place.side == Side::Left,
        };
        let (across, down) = place.part.tick(seen);
        Some(Shape {
            checkbox: checkbox(place)?,
            place: place.id,
            outline: place.part.outline(seen)?,
            is_mirrored,
            tick: (if is_mirrored { 184 - across } else { across }, down),
        })
    };
    PLACES.iter().filter_map(shape).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::testing::guideline;

    /// The lines of a screen of the interview.
    fn listed(question: &str) -> BTreeSet<&'static str> {
        let guideline = guideline();
        let question = guideline.question(guideline.question_named(question).expect("it is in the book"));
        let lines = care::checklist(guideline, &question.shows);
        lines.iter().map(|id| guideline.finding(*id).id.as_str()).collect()
    }

    #[test]
    fn the_map_and_the_list_of_the_interview_name_the_same_places() {
        let listed = listed("where");
        let map = BodyMap::of_findings(listed.iter().copied());
        let shapes = map.views.iter().flat_map(|view| &view.shapes);
        let mapped: BTreeSet<&str> = shapes.map(|shape| shape.checkbox).collect();
        assert_eq!(mapped, listed);
    }

    #[test]
    fn every_place_of_the_diary_is_asked_about_somewhere() {
        let asked: BTreeSet<&str> = listed("where").union(&listed("where_else")).copied().collect();
        let places: BTreeSet<&str> = PLACES.iter().map(|place| place.finding).collect();
        assert_eq!(places, asked);
    }

    #[test]
    fn every_place_can_be_seen_and_is_shown_as_ticked_by_the_style() {
        let style = include_str!("../assets/styles/25-body-map.css");
        let listed = listed("where");
        for map in [BodyMap::of_findings(listed.iter().copied()), BodyMap::of_places()] {
            let html = map.render().expect("it is made");
            for place in PLACES.iter().filter(|place| !map.is_sided || listed.contains(place.finding)) {
                let id = if map.is_sided { place.finding } else { place.id };
                assert!(html.contains(&format!("for=\"{}{id}\"", map.prefix)), "{id} has no label");
                assert!(html.contains(&format!("data-place=\"{}\"", place.id)), "{} is not drawn", place.id);
                let rule = format!("form:has(#{}{id}:checked) .body-map__at--{id}", map.prefix);
                assert!(style.contains(&rule), "the style lacks {rule}");
            }
        }
    }

    #[test]
    fn the_left_of_the_person_is_on_the_left_from_behind_and_on_the_right_from_the_front() {
        let map = BodyMap::of_places();
        let across = |view: usize, place: &str| {
            let shape = map.views[view].shapes.iter().find(|shape| shape.place == place);
            shape.expect("it is drawn").tick.0
        };
        assert!(across(0, "thigh_left") < across(0, "thigh_right"));
        assert!(across(1, "thigh_left") > across(1, "thigh_right"));
    }

    #[test]
    fn the_map_is_hidden_from_who_reads_the_list() {
        let html = BodyMap::of_places().render().expect("it is made");
        assert!(html.trim_start().starts_with("<div class=\"body-map\" aria-hidden=\"true\""));
    }
}
