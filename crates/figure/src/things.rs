//! Furniture and other things, put where the body touches them.

use care::{Part, Pillow, Pose, Seen, Support, Thing};

use crate::look::{both_ways, path};
use crate::measures::{ARM_ROUND, BED, CHAIR, CHAIR_BACK, HEAD, LEG_ROUND, STEP, TABLE, TRUNK_ROUND};
use crate::point::{Point, at, capsule, row, short, towards};
use crate::side::Held;
use crate::view::Bounds;

/// What is drawn before the body, and what over it.
#[derive(Default)]
pub(crate) struct Scene {
    pub(crate) behind: String,
    pub(crate) before: String,
    /// Between the far leg and the near one.
    pub(crate) between: String,
    /// Between the near leg and the near arm.
    pub(crate) lap: String,
}

/// A box with round corners.
pub(crate) fn slab(class: &str, x: f64, y: f64, width: f64, height: f64, round: f64) -> String {
    format!(
        "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
        short(x),
        short(y),
        short(width),
        short(height),
        short(round),
    )
}

/// The path of a block with corners that are a little round.
fn block(x: f64, y: f64, width: f64, height: f64) -> String {
    let (across, down) = (short(width - 4.0), short(height - 4.0));
    format!("M{}h{across}q2 0 2 2v{down}q0 2-2 2h-{across}q-2 0-2-2v-{down}q0-2 2-2", row(&[x + 2.0, y]))
}

/// What is around the body in its poses; each thing stands where the first pose that needs it has it.
pub(crate) fn around(poses: &[&Pose], key: &[Held], bounds: &mut Bounds) -> Scene {
    let mut scene = Scene::default();
    let mut known: Vec<Support> = Vec::new();
    for (pose, held) in poses.iter().zip(key) {
        if pose.seen == Seen::Above && known.is_empty() {
            known.push(Support::Bed);
            scene.behind.push_str(&from_above(pose, held, bounds));
        }
        for rest in &pose.rests {
            for limb in 0..2 {
                let Some(on) = pose.rest(rest.part, limb) else { continue };
                if known.contains(&on) {
                    continue;
                }
                known.push(on);
                scene.behind.push_str(&furniture(pose, on, rest.part, limb, held, bounds));
            }
        }
    }
    if let (Some(pose), Some(held)) = (poses.first(), key.first()) {
        for thing in &pose.things {
            // Hands that help lie on the body.
            let layer = if *thing == Thing::Partner { &mut scene.before } else { &mut scene.behind };
            layer.push_str(&standing(*thing, pose.seen, held, bounds));
        }
        for pillow in &pose.pillows {
            let drawn = cushion(*pillow, pose, held, bounds);
            match pillow {
                Pillow::BetweenKnees => scene.between.push_str(&drawn),
                Pillow::Arm => scene.lap.push_str(&drawn),
                _ => scene.behind.push_str(&drawn),
            }
        }
    }
    scene
}

fn furniture(pose: &Pose, on: Support, part: Part, limb: usize, held: &Held, bounds: &mut Bounds) -> String {
    let sits_backwards = pose.rests.iter().any(|rest| rest.on.contains(&Support::ChairBack));
    match on {
        Support::Chair => match part {
            Part::Hips if sits_backwards => chair(held.hip.x - 12.0, 40.0, false, bounds),
            Part::Hips => chair(held.hip.x - 15.0, 40.0, true, bounds),
            Part::Calves => chair(held.ankle(limb).x - 32.0, 42.0, false, bounds),
            Part::Feet => chair(held.ankle(limb).x - 16.0, 40.0, false, bounds),
            _ => chair(held.wrist(limb).x - 1.0, 40.0, false, bounds),
        },
        Support::Table => {
            let from = match part {
                Part::Elbows => held.elbow(limb).x - 6.0,
                _ => held.wrist(limb).x - 12.0,
            };
            table(from, bounds)
        }
        Support::Step => {
            let left = held.ankle(limb).x - 12.0;
            bounds.take_box(left, -STEP, 34.0, STEP);
            slab("w", left, -STEP, 34.0, STEP, 3.0)
        }
        Support::Bed => bed(held, part, bounds),
        _ => String::new(),
    }
}

/// A chair from the side; its back is on the left where somebody sits on it.
fn chair(left: f64, width: f64, back_is_left: bool, bounds: &mut Bounds) -> String {
    let back = if back_is_left { left - 5.0 } else { left + width - 2.0 };
    bounds.take_box(left - 5.0, -CHAIR_BACK, width + 10.0, CHAIR_BACK);
    let leg = |x: f64| format!("M{}h5v{}h-5z", row(&[x, -CHAIR + 5.0]), short(CHAIR - 5.0));
    format!(
        "{}{}",
        path("W", &format!("{}{}", leg(left + 1.0), leg(left + width - 7.0))),
        path(
            "w",
            &format!(
                "{}{}",
                block(back, -CHAIR_BACK, 7.0, CHAIR_BACK - CHAIR + 4.0),
                block(left - 4.0, -CHAIR, width + 6.0, 7.0)
            )
        ),
    )
}

fn table(left: f64, bounds: &mut Bounds) -> String {
    let width = 72.0;
    bounds.take_box(left, -TABLE, width, TABLE);
    let leg = |x: f64| format!("M{}h6v{}h-6z", row(&[x, -TABLE + 5.0]), short(TABLE - 5.0));
    format!("{}{}", path("W", &leg(left + width - 13.0)), slab("w", left, -TABLE, width, 7.0, 3.0))
}

/// A bed from the side, with its head where the head is; short where somebody sits on its edge.
fn bed(held: &Held, part: Part, bounds: &mut Bounds) -> String {
    let head = held.head_centre();
    let (left, right) = if part == Part::Hips {
        (held.hip.x - 92.0, held.hip.x + 12.0)
    } else {
        let all = held.circles();
        let left = all.iter().map(|(point, round)| point.x - round).fold(f64::MAX, f64::min);
        let right = all.iter().map(|(point, round)| point.x + round).fold(f64::MIN, f64::max);
        (left - 9.0, right + 9.0)
    };
    bounds.take_box(left - 5.0, -BED, right - left + 10.0, BED);
    let head_is_left = part == Part::Hips || head.x < held.hip.x;
    let board = if head_is_left { left - 5.0 } else { right - 2.0 };
    let leg = |x: f64| format!("M{}h6v9h-6z", row(&[x, -9.0]));
    bounds.take_box(board, -BED - 26.0, 7.0, 20.0);
    format!(
        "{}{}{}",
        path("W", &format!("{}{}", leg(left + 4.0), leg(right - 10.0))),
        path(
            "w",
            &format!(
                "{}{}",
                block(board, -BED - 26.0, 7.0, BED + 20.0),
                block(left - 3.0, -15.0, right - left + 6.0, 8.0)
            )
        ),
        slab("l", left, -BED, right - left, 18.0, 6.0),
    )
}

/// A bed or a mat from above.
fn from_above(pose: &Pose, held: &Held, bounds: &mut Bounds) -> String {
    let mut around = Bounds::default();
    for circle in held.circles() {
        around.take(circle);
    }
    let (left, top) = (around.left - 16.0, around.top - 16.0);
    let (width, height) = (around.right - left + 14.0, around.bottom - top + 16.0);
    bounds.take_box(left - 6.0, top, width + 6.0, height);
    if pose.things.contains(&Thing::Mat) {
        return slab("l", left, top, width, height, 8.0);
    }
    format!(
        "{}{}",
        slab("w", left - 6.0, top - 2.0, 10.0, height + 4.0, 4.0),
        slab("l", left, top, width, height, 8.0)
    )
}

fn standing(thing: Thing, seen: Seen, held: &Held, bounds: &mut Bounds) -> String {
    match thing {
        Thing::Wall | Thing::Ball => {
            let spine = held.spine();
            let back = spine[1] - towards(held.trunk[1] + 90.0, TRUNK_ROUND[1]);
            if thing == Thing::Ball {
                let middle = back - at(6.5, 0.0);
                return crate::look::circle("b", middle, 7.0);
            }
            let left = back.x - 13.5 - 10.0;
            bounds.take_box(left, -150.0, 10.0, 150.0);
            slab("w", left, -150.0, 10.0, 150.0, 2.0)
        }
        Thing::Mat if seen == Seen::Above => String::new(),
        Thing::Partner => partner(held, bounds),
        Thing::Mat => {
            let all = held.circles();
            let left = all.iter().map(|(point, round)| point.x - round).fold(f64::MAX, f64::min) - 6.0;
            let right = all.iter().map(|(point, round)| point.x + round).fold(f64::MIN, f64::max) + 6.0;
            bounds.take_box(left, -2.0, right - left, 4.0);
            slab("l", left, -1.4, right - left, 4.8, 2.4)
        }
        Thing::Screen => {
            let middle = held.head_centre();
            let left = held.wrist(0).x + 16.0;
            bounds.take_box(left, middle.y - 16.0, 8.0, 30.0);
            format!(
                "{}{}",
                path(
                    "W",
                    &format!(
                        "M{}v{}h-6v3h16v-3h-6v{}z",
                        row(&[left + 2.0, middle.y + 10.0]),
                        short(-TABLE - 3.0 - middle.y - 10.0),
                        short(TABLE + 3.0 + middle.y + 10.0)
                    )
                ),
                slab("h", left, middle.y - 14.0, 5.0, 32.0, 2.0),
            )
        }
        _ => String::new(),
    }
}

/// Somebody who stands behind and has both hands on the back.
fn partner(held: &Held, bounds: &mut Bounds) -> String {
    let spine = held.spine();
    let hand = spine[1] - towards(held.trunk[1] + 90.0, TRUNK_ROUND[1] + 1.0);
    let hip = at(hand.x - 46.0, -80.0);
    let (top, head) = (hip + at(13.0, -42.0), hip + at(20.0, -60.0));
    let elbow = top + at(10.0, 23.0);
    let away = towards(held.trunk[1] - 90.0, 9.0);
    bounds.take_box(hip.x - 14.0, head.y - 12.0, 40.0, 80.0);
    let part = |class: &str, from: (Point, f64), to: (Point, f64)| path(class, &capsule(from, to));
    [
        part("K", (top, 5.0), (head, 4.5)),
        crate::look::circle("k", head, 10.0),
        path(
            "W",
            &format!("M{}a10.6 10.6 0 00-20.6 3q0 7 5 8q5-9 15.6-11z", row(&[head.x + 10.2, head.y - 3.0])),
        ),
        part("P", (hip, 9.5), (top, 8.5)),
        part("h", (hip, 9.5), (hip + at(-2.0, 72.0), 5.0)),
        part("W", (hip + at(-1.0, 76.0), 3.8), (hip + at(11.0, 77.0), 2.6)),
        part("P", (top, 6.0), (elbow, 4.8)),
        part("k", (elbow, 4.5), (hand, 3.4)),
        // The hands stroke up and down beside the spine.
        both_ways(&[-20.0, 0.0, 20.0].map(|along| hand + towards(held.trunk[1], along) + away), bounds),
    ]
    .concat()
}

/// A pillow under or behind a part of the body.
fn cushion(pillow: Pillow, pose: &Pose, held: &Held, bounds: &mut Bounds) -> String {
    let spine = held.spine();
    let (from, to, round) = match pillow {
        Pillow::Head if pose.seen == Seen::Above => {
            let head = held.head_centre();
            (head + at(-3.0, -12.0), head + at(-3.0, 14.0), 12.0)
        }
        Pillow::Head => {
            let head = held.head_centre();
            let low = head.y + HEAD;
            let floor =
                spine.iter().zip(TRUNK_ROUND).map(|(point, round)| point.y + round).fold(f64::MIN, f64::max);
            let round = ((floor - low) / 2.0 + 3.5).max(5.0);
            (at(head.x - 13.0, floor - round), at(head.x + 8.0, floor - round), round)
        }
        Pillow::Knees => {
            let knee = held.knee(0);
            let floor = held.hip.y + TRUNK_ROUND[0];
            let round = ((floor - knee.y - LEG_ROUND[1]) / 2.0 + 2.5).max(5.0);
            (at(knee.x - 9.0, floor - round), at(knee.x + 8.0, floor - round), round)
        }
        Pillow::BetweenKnees => {
            let knee = held.knee(0);
            let middle = knee + towards(held.shin[0], 12.0);
            (middle - towards(held.shin[0], 16.0), middle + towards(held.shin[0], 12.0), 12.0)
        }
        Pillow::LowBack => {
            let back = spine[1] - towards(held.trunk[0] + 90.0, TRUNK_ROUND[1] + 3.5);
            (back - towards(held.trunk[0], 9.0), back + towards(held.trunk[0], 9.0), 5.5)
        }
        Pillow::Arm => {
            let elbow = held.elbow(0);
            let wrist = held.wrist(0);
            let under = at(0.0, ARM_ROUND[1] + 4.0);
            (elbow + under + at(2.0, 0.0), wrist + under + at(3.0, 0.0), 7.0)
        }
        Pillow::Hands => {
            let hand = held.wrist(0);
            (hand + at(-10.0, 6.0), hand + at(14.0, 6.0), 6.0)
        }
    };
    bounds.take((from, round));
    bounds.take((to, round));
    let line = capsule_line(from, to);
    format!("{}{line}", path("p", &capsule((from, round), (to, round - 0.01))))
}

/// A fold in the linen.
fn capsule_line(from: Point, to: Point) -> String {
    let middle = (from + to) * 0.5;
    let way = to - from;
    let bend = middle + at(-way.y, way.x) * (0.2 * way.x.signum());
    format!(
        "<path d=\"M{}Q{}\" fill=\"none\" stroke=\"#dcbf80\" stroke-width=\"2\"/>",
        row(&[from.x, from.y]),
        row(&[bend.x, bend.y, to.x, to.y]),
    )
}
