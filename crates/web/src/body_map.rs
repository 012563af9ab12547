//! The map on which places of the body are marked.
//!
//! The map is a picture beside a checklist and never more than that: each place
//! is a label of a checkbox, so that it works without scripts, and it is hidden
//! from a screen reader, which reads the list. The places are those of the book.

use askama::Template;
use care::{BodyPart, BodyPlace, FindingId, Guideline, Question, Side};

/// From where the body is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    FromBehind,
    FromTheFront,
}

/// The outline of a part on the left half of the picture, which is 184 wide and 400
/// high; the other half is its mirror image. None where it is not seen.
fn outline(part: BodyPart, seen: Seen) -> Option<&'static str> {
    use Seen::{FromBehind, FromTheFront};
    Some(match (part, seen) {
        (BodyPart::Neck, _) => "M79 46h26c0 14 5 22 20 28H59c15-6 20-14 20-28Z",
        (BodyPart::Arm, _) => {
            "M59 74c-22 1-38 5-47 20C4 110 3 150 3 190c0 16-2 29 2 39 4 9 15 9 18-1 4-13 3-27 4-40l2-58 3-26c2-12 11-24 27-30Z"
        }
        (BodyPart::UpperBack, FromBehind) => "M59 74c-16 6-25 18-27 30l-2 26v20h48V74Z",
        (BodyPart::Spine, FromBehind) => "M78 74h28v76H78Z",
        (BodyPart::Flank, _) => "M30 150h26v42H29c1-15 1-27 1-42Z",
        (BodyPart::LowBack, FromBehind) => "M56 150h22v78H27c0-13 1-24 2-36h27Z",
        (BodyPart::LowSpine, FromBehind) => "M78 150h28v78H78Z",
        (BodyPart::Hip, FromBehind) => "M27 228h65v40c-8 8-48 10-63 2-3-14-3-28-2-42Z",
        (BodyPart::Hip, FromTheFront) => "M28 208h32l24 64c-16 6-42 5-55-2-3-14-3-40-1-62Z",
        (BodyPart::Thigh, FromBehind) => "M29 270c15 8 55 6 63-2l-3 51c-14 5-32 5-46 0-7-17-13-32-14-49Z",
        (BodyPart::Thigh, FromTheFront) => {
            "M29 270c13 7 39 8 55 2l8-4-3 51c-14 5-32 5-46 0-7-17-13-32-14-49Z"
        }
        (BodyPart::BelowKnee, _) => {
            "M43 319c14 5 32 5 46 0 1 22-6 40-7 57l2 15c0 8-32 9-36 2-2-5 5-9 6-16-5-17-13-34-11-58Z"
        }
        (BodyPart::UpperBack | BodyPart::Spine | BodyPart::LowBack | BodyPart::LowSpine, FromTheFront) => {
            return None;
        }
    })
}

/// Where the tick of a part is drawn, on the left half.
fn tick(part: BodyPart, seen: Seen) -> (u16, u16) {
    match part {
        BodyPart::Neck => (92, 61),
        BodyPart::Arm => (18, 120),
        BodyPart::UpperBack => (54, 116),
        BodyPart::Spine => (92, 116),
        BodyPart::Flank => (43, 171),
        BodyPart::LowBack => (56, 210),
        BodyPart::LowSpine => (92, 190),
        BodyPart::Hip if seen == Seen::FromTheFront => (47, 246),
        BodyPart::Hip => (60, 250),
        BodyPart::Thigh => (62, 296),
        BodyPart::BelowKnee => (65, 350),
    }
}

/// The picture beside a checklist of places.
#[derive(Debug, Template)]
#[template(path = "components/body_map.html")]
pub(crate) struct BodyMap<'g> {
    views: [View<'g>; 2],
    /// What the ids of the checkboxes begin with.
    prefix: String,
    /// Whether left and right are one checkbox.
    is_sided: bool,
}

#[derive(Debug)]
struct View<'g> {
    id: &'static str,
    title: &'static str,
    /// What stands at the left and at the right edge of the picture.
    edges: [&'static str; 2],
    shapes: Vec<Shape<'g>>,
}

/// One place, as it is drawn.
#[derive(Debug)]
struct Shape<'g> {
    /// The id of the checkbox that it ticks.
    checkbox: &'g str,
    place: &'g str,
    outline: &'static str,
    is_mirrored: bool,
    tick: (u16, u16),
}

impl<'g> BodyMap<'g> {
    /// For a list of these findings, as a question about places asks: its checkboxes have the
    /// ids of findings behind that of the question, and left and right of a place tick the same
    /// one. A place that the list does not ask about is not drawn: there is nothing to tick.
    pub(crate) fn of_findings(guideline: &'g Guideline, question: &Question, listed: &[FindingId]) -> Self {
        let checkbox = |place: &BodyPlace| {
            listed.contains(&place.finding).then(|| guideline.finding(place.finding).id.as_str())
        };
        Self::new(guideline, checkbox, format!("{}-", question.id), true)
    }

    /// For a list of places, as the diary asks: its checkboxes have the ids of places.
    pub(crate) fn of_places(guideline: &'g Guideline) -> Self {
        Self::new(guideline, |place| Some(place.id.as_str()), String::new(), false)
    }

    fn new(
        guideline: &'g Guideline,
        checkbox: impl Fn(&'g BodyPlace) -> Option<&'g str>,
        prefix: String,
        is_sided: bool,
    ) -> Self {
        let places = &guideline.book().body_places;
        let behind = View {
            id: "back",
            title: "Your back",
            edges: ["Your left", "Your right"],
            shapes: shapes(places, Seen::FromBehind, &checkbox),
        };
        let front = View {
            id: "front",
            title: "Your front",
            edges: ["Your right", "Your left"],
            shapes: shapes(places, Seen::FromTheFront, &checkbox),
        };
        Self { views: [behind, front], prefix, is_sided }
    }
}

fn shapes<'g>(
    places: &'g [BodyPlace],
    seen: Seen,
    checkbox: &impl Fn(&'g BodyPlace) -> Option<&'g str>,
) -> Vec<Shape<'g>> {
    let shape = |place: &'g BodyPlace| {
        // Seen from behind the person's left is on the left of the picture.
        let is_mirrored = match seen {
            Seen::FromBehind => place.side == Side::Right,
            Seen::FromTheFront => place.side == Side::Left,
        };
        let (across, down) = tick(place.part, seen);
        Some(Shape {
            checkbox: checkbox(place)?,
            place: &place.id,
            outline: outline(place.part, seen)?,
            is_mirrored,
            tick: (if is_mirrored { 184 - across } else { across }, down),
        })
    };
    places.iter().filter_map(shape).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::testing::guideline;

    /// The question with the map, and the places that it asks about.
    fn asked() -> (&'static Question, Vec<FindingId>) {
        let guideline = guideline();
        let mut questions = guideline.questions().map(|id| guideline.question(id));
        let question = questions.find(|question| question.body_map).expect("one has a map");
        (question, care::checklist(guideline, &question.shows))
    }

    #[test]
    fn the_map_and_the_list_of_the_interview_name_the_same_places() {
        let (question, listed) = asked();
        let map = BodyMap::of_findings(guideline(), question, &listed);
        let shapes = map.views.iter().flat_map(|view| &view.shapes);
        let mapped: BTreeSet<&str> = shapes.map(|shape| shape.checkbox).collect();
        let listed: BTreeSet<&str> = listed.iter().map(|id| guideline().finding(*id).id.as_str()).collect();
        assert_eq!(mapped, listed);
    }

    #[test]
    fn every_place_of_the_diary_is_asked_about_somewhere() {
        let places = &guideline().book().body_places;
        assert_eq!(places.len(), 17);
        assert!(places.iter().all(|place| guideline().asked_by(place.finding).is_some()));
    }

    #[test]
    fn every_place_can_be_seen_and_is_shown_as_ticked_by_the_style() {
        let style = include_str!("../assets/styles/25-body-map.css");
        let (question, listed) = asked();
        let maps = [BodyMap::of_findings(guideline(), question, &listed), BodyMap::of_places(guideline())];
        for map in maps {
            let html = map.render().expect("it is made");
            let places = guideline().book().body_places.iter();
            for place in places.filter(|place| !map.is_sided || listed.contains(&place.finding)) {
                let id = if map.is_sided { &guideline().finding(place.finding).id } else { &place.id };
                assert!(html.contains(&format!("for=\"{}{id}\"", map.prefix)), "{id} has no label");
                assert!(html.contains(&format!("data-place=\"{}\"", place.id)), "{} is not drawn", place.id);
                let rule = format!("form:has(#{}{id}:checked) .body-map__at--{id}", map.prefix);
                assert!(style.contains(&rule), "the style lacks {rule}");
            }
        }
    }

    #[test]
    fn the_left_of_the_person_is_on_the_left_from_behind_and_on_the_right_from_the_front() {
        let map = BodyMap::of_places(guideline());
        let across = |view: usize, place: &str| {
            let shape = map.views[view].shapes.iter().find(|shape| shape.place == place);
            shape.expect("it is drawn").tick.0
        };
        assert!(across(0, "thigh_left") < across(0, "thigh_right"));
        assert!(across(1, "thigh_left") > across(1, "thigh_right"));
    }

    #[test]
    fn the_map_is_hidden_from_who_reads_the_list() {
        let html = BodyMap::of_places(guideline()).render().expect("it is made");
        assert!(html.trim_start().starts_with("<div class=\"body-map\" aria-hidden=\"true\""));
    }
}
