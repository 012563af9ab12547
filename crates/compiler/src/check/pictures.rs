//! Whether the words for a picture say what its poses show.

use care::{Block, BlockId, Joint, Part, Picture, Pillow, Pose, Seen, Support, Thing};

use crate::block::Kind;
use crate::problem::Log;
use crate::read::Draft;

/// A word of an alt text, when a pose bears it out, and what is so then.
type Claim = (&'static [&'static str], fn(&Pose) -> bool, &'static str);

/// What an alt text may not say unless one of the poses bears it out.
const CLAIMS: [Claim; 26] = [
    (&["knees bent", "knees are bent", "bent knees", "knees bend"], bends_knees, "a knee angle above 30"),
    (
        &["legs are straight", "straight leg", "straight legs", "legs straight"],
        has_straight_leg,
        "a knee angle of 15 at most",
    ),
    (&["lying"], is_level, "a trunk within 10 degrees of level"),
    (&["standing", "walking", "marching"], stands, "feet that carry the body"),
    (&["sitting"], sits, "hips that rest on something"),
    (&["kneeling", "hands and knees"], kneels, "a knee that rests on something"),
    (&["leaning forward", "bending forward"], leans_forward, "a lean of 10 at least"),
    (&["to round", "round back"], |pose| pose.near(Joint::Round) >= 15, "a `round` of 15 at least"),
    (&["sag"], |pose| pose.near(Joint::Round) < 0, "a `round` below 0"),
    (&["seen from above"], |pose| pose.seen == Seen::Above, "`seen = \"above\"`"),
    (&["from the front"], |pose| pose.seen == Seen::Front, "`seen = \"front\"`"),
    (&["seen from the back"], |pose| pose.seen == Seen::Back, "`seen = \"back\"`"),
    (&["bed"], |pose| on(pose, Support::Bed) || is_in_bed(pose), "something that rests on the bed"),
    (&["chair"], |pose| on(pose, Support::Chair), "something that rests on the chair"),
    (&["table", "desk"], |pose| on(pose, Support::Table), "something that rests on the table"),
    (&["step"], |pose| on(pose, Support::Step), "something that rests on the step"),
    (&["pillow"], |pose| !pose.pillows.is_empty(), "a pillow"),
    (&["cushion"], |pose| pose.pillows.contains(&Pillow::LowBack), "a pillow at the low back"),
    (&["ball"], |pose| pose.things.contains(&Thing::Ball), "the ball"),
    (&["wall"], |pose| pose.things.contains(&Thing::Wall), "the wall"),
    (&["box"], |pose| pose.things.contains(&Thing::Box), "the box"),
    (&["glass"], |pose| pose.things.contains(&Thing::Glass), "the glass"),
    (&["screen"], |pose| pose.things.contains(&Thing::Screen), "the screen"),
    (&["mat"], |pose| pose.things.contains(&Thing::Mat), "the mat"),
    (&["cold pack"], |pose| pose.things.contains(&Thing::ColdPack), "the cold pack"),
    (&["warm pack"], |pose| pose.things.contains(&Thing::WarmPack), "the warm pack"),
];

/// Reports alt texts that contradict the poses, and poses that no picture shows.
pub(super) fn check(draft: &Draft<'_>, log: &mut Log) {
    let mut shown = vec![false; draft.book.poses.len()];
    for (id, block) in draft.book.blocks() {
        for (_, picture) in block.pictures() {
            for pose in &picture.poses {
                if let Some(shown) = shown.get_mut(pose.index()) {
                    *shown = true;
                }
            }
            check_alt(draft, (id, block), picture, log);
        }
    }
    let poses = draft.blocks(Kind::Pose).iter().zip(shown);
    for (block, _) in poses.filter(|(block, is_shown)| !is_shown && !block.is_damaged) {
        let message = format!("no picture shows {}", block.name());
        log.problem(&block.spot(), message, "show it in a `picture`, or remove it");
    }
}

fn check_alt(draft: &Draft<'_>, (id, block): (BlockId, Block<'_>), picture: &Picture, log: &mut Log) {
    let poses: Vec<&Pose> =
        picture.poses.iter().filter_map(|pose| draft.book.poses.get(pose.index())).collect();
    if poses.is_empty() {
        return;
    }
    let alt = picture.alt.to_lowercase();
    let words: Vec<&str> =
        alt.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let says = |phrase: &str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        words.windows(phrase.len()).any(|part| part == phrase)
    };
    for (phrases, holds, needs) in &CLAIMS {
        let Some(phrase) = phrases.iter().find(|phrase| says(phrase)) else { continue };
        if !poses.iter().any(|pose| holds(pose)) {
            let written = &draft.blocks(id.kind())[id.index()];
            let message = format!(
                "the picture of `{}` is said to show `{phrase}`, and none of its poses does",
                block.full_name()
            );
            log.problem(&written.spot(), message, format!("change the alt text, or give a pose {needs}"));
        }
    }
}

fn on(pose: &Pose, support: Support) -> bool {
    pose.rests.iter().any(|rest| rest.on.contains(&support))
}

fn carried_by(pose: &Pose, part: Part) -> bool {
    pose.rests.first().is_some_and(|rest| rest.part == part)
}

fn bends_knees(pose: &Pose) -> bool {
    pose.near(Joint::Knee).max(pose.far(Joint::Knee)) > 30
}

fn has_straight_leg(pose: &Pose) -> bool {
    pose.near(Joint::Knee).min(pose.far(Joint::Knee)) <= 15
}

fn is_level(pose: &Pose) -> bool {
    (pose.near(Joint::Lean).abs() - 90).abs() <= 10
}

fn stands(pose: &Pose) -> bool {
    carried_by(pose, Part::Feet)
}

fn sits(pose: &Pose) -> bool {
    carried_by(pose, Part::Hips)
}

fn kneels(pose: &Pose) -> bool {
    carried_by(pose, Part::Knees)
}

fn leans_forward(pose: &Pose) -> bool {
    pose.near(Joint::Lean) >= 10
}

/// Seen from above a body lies in bed, unless there is a mat.
fn is_in_bed(pose: &Pose) -> bool {
    pose.seen == Seen::Above && !pose.things.contains(&Thing::Mat)
}
