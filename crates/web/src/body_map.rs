//! The map on which places of the body are marked.
//!
//! The map is a picture beside a checklist and never more than that: each place
//! is a label of a checkbox, so that it works without scripts, and it is hidden
//! from a screen reader, which reads the list. The places are those of the book.

use askama::Template;
use care::{BodyPart, BodyPlace, FindingId, Guideline, Question, Side};
use tell::{BodyShape, BodyView};

/// What of the body is seen, and from where. Of the front and the legs less is asked, so they
/// are small; the back is so large that a shaking thumb hits each of its places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    Back,
    Legs,
    Front,
}

/// How wide the picture is; it is 400 high.
const WIDTH: u16 = 360;

/// A piece of the body or its clothes: the class of its colour, its outline on the left half, and
/// whether the other half is its mirror image.
type Piece = (&'static str, &'static str, bool);

impl Seen {
    /// The body, from what lies behind to what lies before.
    fn pieces(self) -> &'static [Piece] {
        match self {
            Self::Back => &[
                ("skin", "M10 400C6 330 12 250 18 196C22 160 44 152 62 168C66 240 52 330 54 400Z", true),
                ("skin", "M150 30h60v44c0 14 20 22 44 30H106c24-8 44-16 44-30Z", false),
                (
                    "shirt",
                    "M180 84C150 84 128 92 96 102C50 112 22 132 14 196C12 216 12 226 12 234C28 242 46 242 58 236L60 212C64 236 72 250 70 272C68 296 62 314 58 340H181V84Z",
                    true,
                ),
                ("trousers", "M58 330C54 352 52 376 52 400H181V326C140 336 100 338 58 330Z", true),
                (
                    "hair",
                    "M180-30C146-30 130-4 132 22C134 48 152 66 180 66S226 48 228 22C230-4 214-30 180-30Z",
                    false,
                ),
            ],
            Self::Legs => &[
                ("shirt", "M74-4C72 8 70 16 68 26H181V-4Z", true),
                (
                    "trousers",
                    "M68 20C60 56 58 82 66 116C74 150 84 186 90 216C86 254 98 300 108 352H154C160 310 162 258 158 222C164 176 172 140 177 104H181V20Z",
                    true,
                ),
                ("sock", "M108 350h46l2 18c0 16-4 24-24 24s-30-2-30-10c0-8 6-14 6-32Z", true),
            ],
            Self::Front => &[
                (
                    "skin",
                    "M132 92C122 100 114 124 106 152C98 178 88 200 80 214C76 222 84 230 90 224C102 204 116 180 124 156Z",
                    true,
                ),
                ("skin", "M168 44h24v20c0 8 8 10 14 14h-52c6-4 14-6 14-14Z", false),
                (
                    "shirt",
                    "M181 74C166 74 150 76 138 82C124 90 118 110 112 132L128 138L136 120C138 140 140 160 138 192H181Z",
                    true,
                ),
                (
                    "trousers",
                    "M138 188C134 210 134 232 140 260C144 284 144 300 146 318C148 340 150 356 152 368H172C174 340 176 318 175 300C178 270 179 250 181 226V188Z",
                    true,
                ),
                ("sock", "M152 366h20v10c0 10-4 14-14 14s-14-6-10-14Z", true),
                ("skin", "M158 32a22 26 0 0 0 44 0a22 26 0 0 0-44 0Z", false),
                (
                    "hair",
                    "M180 6C164 6 156 18 157 34C160 26 166 21 180 21S200 26 203 34C204 18 196 6 180 6Z",
                    false,
                ),
            ],
        }
    }

    /// Where a place can be hit, on the left half; the other half is its mirror image. It may
    /// reach beyond the body. None where the place is not seen.
    fn outline(self, part: BodyPart) -> Option<&'static str> {
        Some(match (self, part) {
            (Self::Back, BodyPart::Neck) => {
                "M152 52C160 64 200 64 208 52V76C208 86 214 92 226 98C206 106 154 106 134 98C146 92 152 86 152 76Z"
            }
            (Self::Back, BodyPart::Arm) => {
                "M96 102C50 112 22 132 14 196C8 250 4 330 6 400H54C52 340 56 290 60 214C60 180 66 130 96 102Z"
            }
            (Self::Back, BodyPart::UpperBack) => {
                "M134 98C120 98 108 100 98 102C70 128 62 170 61 214C90 218 130 218 157 217V104C148 103 140 100 134 98Z"
            }
            (Self::Back, BodyPart::Spine) => "M157 104C170 106 190 106 203 104V217H157Z",
            (Self::Back, BodyPart::Flank) => {
                "M61 214C78 217 94 217 108 217C118 237 118 280 108 306C94 309 78 308 64 306C68 290 70 282 70 268C69 250 63 236 61 214Z"
            }
            (Self::Back, BodyPart::LowBack) => {
                "M108 217C124 218 140 217 157 217V330C124 336 84 336 60 330L64 306C78 308 94 309 108 306C118 280 118 237 108 217Z"
            }
            (Self::Back, BodyPart::LowSpine) => "M157 217H203V330C188 333 172 333 157 330Z",
            (Self::Back, BodyPart::Hip) => "M60 330C84 336 124 337 180 331V400H52C52 376 55 350 60 330Z",
            (Self::Legs, BodyPart::Hip) => "M68 20H180V104C150 116 98 116 64 108C58 82 60 56 68 20Z",
            (Self::Legs, BodyPart::Thigh) => {
                "M64 108C98 116 146 116 177 105C172 140 164 176 158 220C136 226 112 226 90 220C82 184 70 146 64 108Z"
            }
            (Self::Legs, BodyPart::BelowKnee) => {
                "M90 220C112 226 136 226 158 220C162 256 160 310 155 354L156 372C154 388 150 394 132 394S102 392 102 380C104 370 108 364 108 352C96 300 86 252 90 220Z"
            }
            (Self::Front, BodyPart::Neck) => "M156 46H204V92H156Z",
            (Self::Front, BodyPart::Arm) => {
                "M120 86L146 96C138 120 126 136 108 172L100 232L58 214C82 180 96 140 100 112C104 98 110 90 120 86Z"
            }
            (Self::Front, BodyPart::Flank) => "M126 140H158V190H108C116 172 122 158 126 140Z",
            (Self::Front, BodyPart::Hip) => "M118 190H180V222L150 250H116Z",
            (Self::Front, BodyPart::Thigh) => "M116 250H150L180 222V302H116Z",
            (Self::Front, BodyPart::BelowKnee) => "M116 302H180V396H116Z",
            (Self::Back, BodyPart::Thigh | BodyPart::BelowKnee)
            | (
                Self::Legs,
                BodyPart::Neck
                | BodyPart::Arm
                | BodyPart::UpperBack
                | BodyPart::Spine
                | BodyPart::Flank
                | BodyPart::LowBack
                | BodyPart::LowSpine,
            )
            | (Self::Front, BodyPart::UpperBack | BodyPart::Spine | BodyPart::LowBack | BodyPart::LowSpine) =>
            {
                return None;
            }
        })
    }

    /// Where the tick of a part is drawn, on the left half.
    fn tick(self, part: BodyPart) -> (u16, u16) {
        match (self, part) {
            (Self::Front, BodyPart::Neck) => (180, 64),
            (_, BodyPart::Neck) => (180, 82),
            (Self::Front, BodyPart::Arm) => (118, 126),
            (_, BodyPart::Arm) => (34, 240),
            (_, BodyPart::UpperBack) => (110, 160),
            (_, BodyPart::Spine) => (180, 160),
            (Self::Front, BodyPart::Flank) => (149, 164),
            (_, BodyPart::Flank) => (90, 262),
            (_, BodyPart::LowBack) => (134, 276),
            (_, BodyPart::LowSpine) => (180, 276),
            (Self::Legs, BodyPart::Hip) => (120, 66),
            (Self::Front, BodyPart::Hip) => (152, 218),
            (_, BodyPart::Hip) => (116, 366),
            (Self::Front, BodyPart::Thigh) => (160, 276),
            (_, BodyPart::Thigh) => (122, 164),
            (Self::Front, BodyPart::BelowKnee) => (162, 338),
            (_, BodyPart::BelowKnee) => (130, 290),
        }
    }
}

/// The picture beside a checklist of places.
#[derive(Debug, Template)]
#[template(path = "components/body_map.html")]
pub(crate) struct BodyMap<'g> {
    views: [View<'g>; 3],
    /// What the ids of the checkboxes begin with.
    prefix: String,
}

#[derive(Debug)]
struct View<'g> {
    id: &'static str,
    title: &'static str,
    pieces: &'static [Piece],
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
        Self::new(guideline, checkbox, format!("{}-", question.id))
    }

    /// For a list of places, as the diary asks: its checkboxes have the ids of places.
    pub(crate) fn of_places(guideline: &'g Guideline) -> Self {
        Self::new(guideline, |place| Some(place.id.as_str()), String::new())
    }

    fn new(
        guideline: &'g Guideline,
        checkbox: impl Fn(&'g BodyPlace) -> Option<&'g str>,
        prefix: String,
    ) -> Self {
        let places = &guideline.book().body_places;
        let view = |seen: Seen, id, title, edges| View {
            id,
            title,
            pieces: seen.pieces(),
            edges,
            shapes: shapes(places, seen, &checkbox),
        };
        let views = [
            view(Seen::Back, "back", "Back", ["Your left", "Your right"]),
            view(Seen::Legs, "legs", "Legs", ["Your left", "Your right"]),
            view(Seen::Front, "front", "Front", ["Your right", "Your left"]),
        ];
        Self { views, prefix }
    }
}

/// The places that somebody marked, as a drawing for whoever reads it: nothing can be pressed.
#[derive(Debug, Template)]
#[template(path = "components/body_marks.html")]
pub(crate) struct BodyMarks<'g> {
    views: Vec<View<'g>>,
}

impl<'g> BodyMarks<'g> {
    /// Of these places; only the sides of the body on which one of them is seen. None where
    /// nothing is marked.
    pub(crate) fn of(guideline: &'g Guideline, marked: &[&BodyPlace]) -> Option<Self> {
        let is_marked =
            |place: &'g BodyPlace| marked.iter().any(|one| one.id == place.id).then_some(place.id.as_str());
        let views = BodyMap::new(guideline, is_marked, String::new()).views.into_iter();
        let views: Vec<View<'_>> = views.filter(|view| !view.shapes.is_empty()).collect();
        (!views.is_empty()).then_some(Self { views })
    }

    /// The same for whoever draws it elsewhere.
    pub(crate) fn body_views(&self) -> Vec<BodyView> {
        let view = |view: &View<'_>| {
            let pieces = view.pieces.iter().flat_map(|(_, outline, is_paired)| {
                let sides: &[bool] = if *is_paired { &[false, true] } else { &[false] };
                sides.iter().map(move |is_mirrored| (*outline, *is_mirrored, false))
            });
            let marked = view.shapes.iter().map(|shape| (shape.outline, shape.is_mirrored, true));
            let shape = |(outline, is_mirrored, is_marked)| BodyShape { outline, is_mirrored, is_marked };
            BodyView { shapes: pieces.chain(marked).map(shape).collect(), edges: view.edges }
        };
        self.views.iter().map(view).collect()
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
            Seen::Back | Seen::Legs => place.side == Side::Right,
            Seen::Front => place.side == Side::Left,
        };
        let (across, down) = seen.tick(place.part);
        Some(Shape {
            checkbox: checkbox(place)?,
            place: &place.id,
            outline: seen.outline(place.part)?,
            is_mirrored,
            tick: (if is_mirrored { WIDTH - across } else { across }, down),
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
            let is_of_findings = !map.prefix.is_empty();
            for place in places.filter(|place| !is_of_findings || listed.contains(&place.finding)) {
                let id = if is_of_findings { &guideline().finding(place.finding).id } else { &place.id };
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
        assert!(across(0, "low_back_left") < across(0, "low_back_right"));
        assert!(across(1, "thigh_left") < across(1, "thigh_right"));
        assert!(across(2, "thigh_left") > across(2, "thigh_right"));
    }

    #[test]
    fn the_map_is_hidden_from_who_reads_the_list() {
        let html = BodyMap::of_places(guideline()).render().expect("it is made");
        assert!(html.trim_start().starts_with("<div class=\"body-map\" aria-hidden=\"true\""));
    }
}
