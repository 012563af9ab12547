//! How the body looks from the side: one shape for each segment, in its own frame.

use std::fmt::Write as _;

use care::{Mark, Pose, Thing};

use crate::draw::Bone;
use crate::measures::{
    ARM_ROUND, FOREARM, HAND, LEG_ROUND, SHIN, SHOULDER_DOWN, THIGH, TRUNK, TRUNK_ROUND, UPPER_ARM,
};
use crate::movement::is_round;
use crate::point::{Point, at, capsule, row, short, towards};
use crate::side::Held;
use crate::things::{Scene, slab};
use crate::view::Bounds;

/// A path in a colour.
pub(crate) fn path(class: &str, shape: &str) -> String {
    format!("<path class=\"{class}\" d=\"{shape}\"/>")
}

/// A circle in a colour.
pub(crate) fn circle(class: &str, middle: Point, round: f64) -> String {
    let (x, y) = (short(middle.x), short(middle.y));
    format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>", short(round))
}

/// A segment that starts at 0 and goes up, with these radii at its ends. An arc whose radius is
/// too small grows to fit, so it is written as 1. What follows a start without a letter is a line.
pub(crate) fn limb(class: &str, length: f64, rounds: [f64; 2]) -> String {
    let [start, end] = rounds.map(short);
    let length = short(-length);
    let shape = format!("M-{start} 0-{end}{length}A1 1 0 01{end}{length}L{start} 0A1 1 0 01-{start} 0");
    path(class, &shape)
}

/// A soft warm light on a place.
pub(crate) fn glow(middle: Point, round: f64) -> String {
    glows(&[middle], round)
}

/// The same on several places.
pub(crate) fn glows(middles: &[Point], round: f64) -> String {
    let mut all = String::from(
        "<radialGradient id=\"q\"><stop stop-color=\"#ff7a2e\" stop-opacity=\".95\"/><stop offset=\".45\" stop-color=\"#ff8a3c\" \
         stop-opacity=\".6\"/><stop offset=\"1\" stop-color=\"#ffa25c\" stop-opacity=\"0\"/></radialGradient>",
    );
    for middle in middles {
        let place = [middle.x, middle.y, round].map(short);
        let [x, y, round] = place;
        let _ = write!(all, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{round}\" fill=\"url(#q)\"/>");
    }
    all
}

/// Whether the far arm and the far leg are always right behind the near ones.
pub(crate) fn hidden(moments: &[Held]) -> [bool; 2] {
    let same = |pair: [f64; 2]| (pair[0] - pair[1]).abs() < 0.7;
    let all = |of: fn(&Held) -> [[f64; 2]; 3]| moments.iter().all(|held| of(held).into_iter().all(same));
    [all(|held| [held.upper_arm, held.forearm, held.hand]), all(|held| [held.thigh, held.shin, held.foot])]
}

/// The body as segments in segments, far side first. What is between the limbs is drawn between them.
pub(crate) fn body(
    held: &Held,
    pose: &Pose,
    mark: Option<Mark>,
    hidden: [bool; 2],
    scene: &Scene,
) -> Vec<Bone> {
    let bare = || [String::new(), String::new(), String::new()];
    let mut then = Vec::new();
    if !hidden[1] {
        then.push(leg(held, 1, mark));
    }
    let mut on_chest = vec![head(held, mark)];
    if !hidden[0] {
        on_chest.insert(0, arm(held, 1, pose, mark));
    }
    then.push(trunk(held, shirt(pose, mark), on_chest));
    then.push(Bone {
        joint: Point::default() - held.hip,
        turn: 0.0,
        shape: scene.between.clone(),
        then: Vec::new(),
    });
    then.push(leg(held, 0, mark));
    if pose.things.contains(&Thing::Box) {
        let shape =
            format!("{}{}", slab("w", -12.0, -11.0, 25.0, 20.0, 2.5), slab("W", -12.0, -4.0, 25.0, 4.0, 0.0));
        then.push(Bone {
            joint: held.fingers(0) + at(8.0, 2.0) - held.hip,
            turn: 0.0,
            shape,
            then: Vec::new(),
        });
    }
    then.push(Bone {
        joint: Point::default() - held.hip,
        turn: 0.0,
        shape: scene.lap.clone(),
        then: Vec::new(),
    });
    then.push(trunk(held, bare(), vec![arm(held, 0, pose, mark)]));
    vec![Bone { joint: held.hip, turn: 0.0, shape: String::new(), then }]
}

/// The three segments of the trunk, with what hangs on the last of them.
fn trunk(held: &Held, shapes: [String; 3], then: Vec<Bone>) -> Bone {
    let [low, waist, chest] = shapes;
    let chest = Bone { joint: at(0.0, -TRUNK[1]), turn: held.trunk[2] - held.trunk[1], shape: chest, then };
    let waist = Bone {
        joint: at(0.0, -TRUNK[0]),
        turn: held.trunk[1] - held.trunk[0],
        shape: waist,
        then: vec![chest],
    };
    Bone { joint: Point::default(), turn: held.trunk[0], shape: low, then: vec![waist] }
}

fn shirt(pose: &Pose, mark: Option<Mark>) -> [String; 3] {
    let [hip, waist, chest, top] = TRUNK_ROUND;
    let pelvis = path("t", "M-10 0A10 10 0 0 0 10 0L9.6-5.5Q0-3.5-9.6-5.5Z");
    let mut low = format!("{}{pelvis}", limb("s", TRUNK[0], [hip, waist]));
    let middle = limb("s", TRUNK[1], [waist, chest]);
    let mut high = limb("s", TRUNK[2], [chest, top]);
    if pose.things.contains(&Thing::Wrap) {
        low.push_str(&path("b", "M-9.7-8L-9.1-19.5Q0-22 9.100-19.5L9.700-8Q0-11-9.700-8Z"));
    }
    for (thing, class) in [(Thing::ColdPack, "x"), (Thing::WarmPack, "b")] {
        if pose.things.contains(&thing) {
            low.push_str(&path(class, &capsule((at(-11.5, -4.0), 4.0), (at(-11.5, -22.0), 4.0))));
        }
    }
    if pose.things.iter().any(|thing| matches!(thing, Thing::Wrap | Thing::WarmPack)) {
        low.push_str(&warmth());
    }
    match mark {
        Some(Mark::LowBack) => low.push_str(&glow(at(-5.0, -14.0), 15.0)),
        Some(Mark::Belly) => low.push_str(&glow(at(5.0, -12.0), 14.0)),
        Some(Mark::UpperBack) => high.push_str(&glow(at(-4.0, -5.0), 15.0)),
        Some(Mark::Hip) => low.push_str(&glow(at(-3.0, 0.0), 13.0)),
        _ => {}
    }
    [low, middle, high]
}

/// Waves that go out from what warms the back.
fn warmth() -> String {
    let wave = |up: f64| format!("M{}q-3-4-6 0t-6 0", row(&[-18.0, up]));
    format!("<path d=\"{}{}\" fill=\"none\" stroke=\"#d06a2a\" stroke-width=\"2\"/>", wave(-8.0), wave(-17.0))
}

fn head(held: &Held, mark: Option<Mark>) -> Bone {
    let neck = limb("K", 11.0, [5.4, 4.6]);
    let face = path("k", "M9-14.8A10.1 10.1 0 119-21.5Q13.2-17.6 12.6-16.2Q12-15 9-14.8");
    let hair = path(
        "h",
        "M9.2-24.2A11.2 11.2 0 00-10.3-13.5Q-9.5-8.5-6-8.2Q-2-8.5-1.5-14Q-1-20 2.5-21.5Q7-22 9.2-24.2",
    );
    let ear = circle("K", at(-0.7, -16.6), 2.0);
    let mark = if mark == Some(Mark::Neck) { glow(at(-3.5, -5.0), 12.0) } else { String::new() };
    Bone {
        joint: at(0.0, -TRUNK[2]),
        turn: held.head - held.trunk[2],
        shape: format!("{neck}{face}{hair}{ear}{mark}"),
        then: Vec::new(),
    }
}

fn arm(held: &Held, limb_index: usize, pose: &Pose, mark: Option<Mark>) -> Bone {
    let [shoulder, elbow, wrist, fingers] = ARM_ROUND;
    let (skin, shirt) = if limb_index == 0 { ("k", "s") } else { ("K", "S") };
    let mut palm = limb(skin, HAND, [wrist, fingers]);
    if limb_index == 0 && pose.things.contains(&Thing::Glass) {
        palm.insert_str(0, &path("x", "M-4-12L9-13.5L8-3.5L-3-3Z"));
    }
    let bent = held.hand[limb_index] - held.forearm[limb_index];
    let hand = Bone { joint: at(0.0, -FOREARM), turn: bent, shape: palm, then: Vec::new() };
    let forearm = Bone {
        joint: at(0.0, -UPPER_ARM),
        turn: held.forearm[limb_index] - held.upper_arm[limb_index],
        shape: limb(skin, FOREARM, [elbow, wrist]),
        then: vec![hand],
    };
    let bare = limb(skin, UPPER_ARM, [shoulder - 0.5, elbow]);
    let sleeve = limb(shirt, UPPER_ARM * 0.52, [shoulder + 0.5, shoulder]);
    let mark =
        if limb_index == 0 && mark == Some(Mark::Arm) { glow(at(0.0, -10.0), 14.0) } else { String::new() };
    Bone {
        joint: at(0.0, SHOULDER_DOWN - TRUNK[2]),
        turn: held.upper_arm[limb_index] - held.trunk[2],
        shape: format!("{bare}{sleeve}{mark}"),
        then: vec![forearm],
    }
}

fn leg(held: &Held, limb_index: usize, mark: Option<Mark>) -> Bone {
    let [hip, knee, ankle] = LEG_ROUND;
    let (cloth, sock) = if limb_index == 0 { ("t", "o") } else { ("T", "O") };
    let foot = Bone {
        joint: at(0.0, -SHIN),
        turn: held.foot[limb_index] - held.shin[limb_index],
        shape: path(sock, &capsule((at(1.4, 3.0), 4.0), (at(2.8, -11.5), 2.6))),
        then: Vec::new(),
    };
    let shin = Bone {
        joint: at(0.0, -THIGH),
        turn: held.shin[limb_index] - held.thigh[limb_index],
        shape: limb(cloth, SHIN - 4.0, [knee, ankle]),
        then: vec![foot],
    };
    let mark = if limb_index == 0 && mark == Some(Mark::BackOfThigh) {
        glow(at(4.0, -18.0), 14.0)
    } else {
        String::new()
    };
    Bone {
        joint: Point::default(),
        turn: held.thigh[limb_index],
        shape: format!("{}{mark}", limb(cloth, THIGH, [hip, knee])),
        then: vec![shin],
    }
}

/// How far beside what moves its arrow is.
const BESIDE: f64 = 17.0;

/// An arrow that says what moves from the first key pose to the last, and where to.
pub(crate) fn arrow(poses: &[&Pose], key: &[Held], moments: &[Held], bounds: &mut Bounds) -> String {
    let (Some(first), Some(last), true) = (key.first(), key.last(), poses.len() > 1) else {
        return String::new();
    };
    if is_round(poses) {
        let front = moments.iter().map(|held| held.hip.x).fold(f64::MIN, f64::max) + 34.0;
        let middle = last.hip.y - 14.0;
        return along(&[0.0, 10.0, 20.0].map(|x| at(front + x, middle)), bounds);
    }
    let gone = |place: fn(&Held) -> Point| place(last) - place(first);
    let back = gone(|held| held.spine()[2]);
    let rounds = (last.trunk[2] - last.trunk[0]) - (first.trunk[2] - first.trunk[0]);
    if rounds.abs() > 25.0 {
        // The back is pushed out, or sinks.
        let middle = (last.spine()[1] + last.spine()[2]) * 0.5;
        let out = towards(last.trunk[1] - 90.0, 1.0);
        let (near, far) = (middle + out * 14.0, middle + out * 32.0);
        return along(&[near, (near + far) * 0.5, far], bounds);
    }
    let hip = gone(|held| held.hip);
    if poses.iter().any(|pose| pose.things.contains(&Thing::Wall)) {
        // Where there is a wall there is room only in front.
        let front = at(34.0, -16.0);
        return along(&[first.hip + front, (first.hip + last.hip) * 0.5 + front, last.hip + front], bounds);
    }
    let limbs: [fn(&Held) -> Point; 5] = [
        |held| held.head_centre(),
        |held| held.knee(0),
        |held| held.knee(1),
        |held| held.wrist(0),
        |held| held.ankle(0),
    ];
    let has_box = poses.iter().any(|pose| pose.things.contains(&Thing::Box));
    // What goes up counts for more: a lifted leg, not the one that is put down. So does the
    // head, which takes the body with it, unless it is about something that is lifted.
    let counts = |index: usize| {
        let way = gone(limbs[index]);
        let weight = match index {
            0 if !has_box => 1.8,
            4 => 0.6,
            _ => 1.0,
        };
        (way.length() - 0.5 * way.y) * weight
    };
    let most = (0..limbs.len()).max_by(|a, b| counts(*a).total_cmp(&counts(*b))).unwrap_or_default();
    let gone_most = gone(limbs[most]).length();
    if hip.length() > 8.0 && gone(limbs[0]).length() < 0.6 * hip.length() {
        // The hips are lifted: from below them.
        let below = at(0.0, TRUNK_ROUND[0] + 5.0);
        return along(&[first.hip + below, (first.hip + last.hip) * 0.5 + below, last.hip + below], bounds);
    }
    if gone_most < 12.0 && back.length() < 12.0 {
        // Too small to be seen: an arrow from outside onto the low back.
        let place = last.spine()[1] + towards(last.trunk[1] + 90.0, 15.0);
        let way = towards(last.trunk[1] - 90.0, 9.0);
        return along(&[place - way * 2.0, place - way, place], bounds);
    }
    // Beside the way, on the side away from the rest of the body.
    let place = limbs[most];
    let middle = (first.spine()[1] + last.spine()[1]) * 0.5;
    let beside = if has_box {
        2.0 * BESIDE
    } else if most == 0 {
        BESIDE
    } else {
        1.5 * BESIDE
    };
    let way: Vec<Point> = if poses.len() == 2 {
        moments.iter().map(place).collect()
    } else {
        vec![place(first), (place(first) + place(last)) * 0.5, place(last)]
    };
    let out = way[way.len() / 2] - middle;
    let side = gone(place).turned(90.0);
    let side = side * (beside / side.length().max(1.0));
    let away = if out.x * side.x + out.y * side.y < 0.0 { side * -1.0 } else { side };
    // No arrow comes out of the floor.
    let lowest = if last.has_floor { -4.0 } else { f64::MAX };
    let away = |point: Point| at(point.x + away.x, (point.y + away.y).min(lowest));
    let way: Vec<Point> = way.into_iter().map(away).collect();
    along(&way, bounds)
}

/// An arrow with two heads.
pub(crate) fn both_ways(way: &[Point; 3], bounds: &mut Bounds) -> String {
    let ([first, _, last], bend) = (*way, bend(way));
    // The heads cover both ends of the line.
    let line = line(way, "", bounds);
    format!("{line}{}", path("r", &format!("{}{}", tip(last, last - bend), tip(first, first - bend))))
}

/// An arrow through points.
pub(crate) fn along(way: &[Point], bounds: &mut Bounds) -> String {
    let [_, .., last] = way else { return String::new() };
    let line = line(way, " stroke-linecap=\"round\"", bounds);
    format!("{line}{}", path("r", &tip(*last, *last - bend(way))))
}

/// Where a curve bends that goes through the middle point.
fn bend(way: &[Point]) -> Point {
    let [first, .., last] = way else { return Point::default() };
    way[way.len() / 2] * 2.0 - (*first + *last) * 0.5
}

fn line(way: &[Point], cap: &str, bounds: &mut Bounds) -> String {
    let [first, .., last] = way else { return String::new() };
    for point in way {
        bounds.take((*point, 5.0));
    }
    let (middle, bend) = ((*first + *last) * 0.5, bend(way));
    let way = if (bend - middle).length() < 0.5 {
        format!("L{}", row(&[last.x, last.y]))
    } else {
        format!("Q{}", row(&[bend.x, bend.y, last.x, last.y]))
    };
    let start = row(&[first.x, first.y]);
    format!("<path d=\"M{start}{way}\" fill=\"none\" stroke=\"#d06a2a\" stroke-width=\"3.2\"{cap}/>")
}

/// The head of an arrow.
fn tip(end: Point, way: Point) -> String {
    let direction = way.direction();
    let point = end + towards(direction, 5.0);
    let (left, right) = (end + towards(direction - 90.0, 5.5), end + towards(direction + 90.0, 5.5));
    format!("M{}Z", row(&[left.x, left.y, point.x, point.y, right.x, right.y]))
}
