//! The body seen from the front or the back, also lying: the same lengths in one plane.

use care::{Joint, Mark, Part, Pillow, Pose, Seen, Support, Thing};

use crate::draw::{Bone, drawn};
use crate::look::{along, both_ways, circle, glow, glows, limb, path};
use crate::measures::{ARM_ROUND, BED, CHAIR, FOREARM, HAND, LEG_ROUND, SHIN, SOLE, THIGH, UPPER_ARM};
use crate::movement::eased;
use crate::point::{Point, at, row, towards};
use crate::things::{Scene, slab};
use crate::view::Bounds;

/// Half of the width between the hips and between the shoulders, and how high those are.
const HIPS: f64 = 7.5;
const SHOULDERS: f64 = 15.0;
const SHOULDER_HEIGHT: f64 = 41.0;
/// Where the neck begins, and the middle of the head above it.
const NECK_HEIGHT: f64 = 45.0;
const HEAD_HEIGHT: f64 = 15.5;

/// A body in one plane: the hip, the lean of the trunk, and the directions of the limbs in
/// the picture, that on the left first.
#[derive(Clone)]
struct Flat {
    hip: Point,
    lean: f64,
    tip: f64,
    turn: f64,
    upper_arm: [f64; 2],
    forearm: [f64; 2],
    thigh: [f64; 2],
    shin: [f64; 2],
    /// How much of the length of a thigh and a shin is seen.
    seen_of: [f64; 2],
    /// The legs hang down from an edge.
    hangs: bool,
}

/// What is around the body, the body at every moment, and the arrow.
pub(crate) fn scene(
    poses: &[&Pose],
    mark: Option<Mark>,
    moves: bool,
    bounds: &mut Bounds,
) -> (Scene, Vec<Vec<Bone>>, String) {
    let key: Vec<Flat> = poses.iter().map(|pose| Flat::of(pose)).collect();
    let moments = eased(&key, Flat::between);
    let mut scene = Scene::default();
    let is_bust = poses.iter().all(|pose| pose.rests.is_empty() && pose.things.is_empty());
    for flat in &moments {
        for circle in flat.circles(is_bust) {
            bounds.take(circle);
        }
    }
    if let (Some(pose), Some(flat)) = (poses.last(), key.last()) {
        scene.behind.push_str(&furniture(pose, flat, bounds));
    }
    let frames = drawn(&moments, moves).iter().map(|flat| flat.bones(poses[0], mark)).collect();
    let arrow = arrow(&moments, bounds);
    if is_bust {
        bounds.cut_at(-6.0);
    }
    (scene, frames, arrow)
}

impl Flat {
    fn of(pose: &Pose) -> Self {
        let each = |joint: Joint| pose.angles[joint as usize].map(f64::from);
        let one = |joint: Joint| f64::from(pose.near(joint));
        let (lean, out) = (one(Joint::Lean), each(Joint::Shoulder));
        let (elbow, spread, knee) = (each(Joint::Elbow), each(Joint::Spread), each(Joint::Knee));
        let upper_arm = [lean + 180.0 + out[0], lean + 180.0 - out[1]];
        let forearm = [upper_arm[0] - elbow[0], upper_arm[1] + elbow[1]];
        let thigh = [180.0 + spread[0], 180.0 - spread[1]];
        let shin = [0, 1].map(|side| {
            let kneels = pose.rest(Part::Knees, side).is_some();
            let inward = if thigh[side] < 180.0 { knee[side] } else { -knee[side] };
            let inward = if kneels { 0.0 } else { inward };
            lean + thigh[side] + inward
        });
        let hip = one(Joint::Hip).to_radians().cos().abs().max(0.32);
        // Whoever kneels has the shins behind the knees, away from whoever looks.
        let kneels = pose.rest(Part::Knees, 0).is_some();
        let shins = if kneels { one(Joint::Knee).to_radians().cos().abs().max(0.35) } else { 1.0 };
        let mut flat = Self {
            hip: Point::default(),
            lean,
            tip: one(Joint::Neck),
            turn: one(Joint::Turn),
            upper_arm,
            forearm,
            thigh: thigh.map(|thigh| lean + thigh),
            shin,
            seen_of: [hip, shins],
            hangs: false,
        };
        flat.hangs = pose.rest(Part::Hips, 0).is_some();
        if flat.hangs {
            // Legs over an edge hang straight down, whatever the trunk does.
            (flat.thigh, flat.shin) = ([180.0; 2], [180.0; 2]);
        }
        if let Some((part, top)) = pose.rests.first().and_then(|rest| Some((rest.part, height(rest.on[0])?)))
        {
            let lowest = match part {
                Part::Hips => 9.0,
                Part::Feet => (0..2).map(|side| flat.ankle(side).y + SOLE).fold(f64::MIN, f64::max),
                Part::Knees => (0..2).map(|side| flat.knee(side).y + LEG_ROUND[1]).fold(f64::MIN, f64::max),
                _ => {
                    flat.circles(false).iter().map(|(point, round)| point.y + round).fold(f64::MIN, f64::max)
                }
            };
            flat.hip.y = top - lowest;
        }
        if flat.hangs {
            // The shins come forward as far as the feet need to stand on the floor.
            flat.seen_of[1] = ((-SOLE - flat.knee(0).y) / SHIN).clamp(0.3, 1.0);
        }
        flat
    }

    fn between(&self, to: &Self, moment: f64) -> Self {
        let mix = |a: f64, b: f64| a + (b - a) * moment;
        let each = |a: [f64; 2], b: [f64; 2]| [mix(a[0], b[0]), mix(a[1], b[1])];
        Self {
            hip: self.hip + (to.hip - self.hip) * moment,
            lean: mix(self.lean, to.lean),
            tip: mix(self.tip, to.tip),
            turn: mix(self.turn, to.turn),
            upper_arm: each(self.upper_arm, to.upper_arm),
            forearm: each(self.forearm, to.forearm),
            thigh: each(self.thigh, to.thigh),
            shin: each(self.shin, to.shin),
            seen_of: to.seen_of,
            hangs: to.hangs,
        }
    }

    fn on_trunk(&self, x: f64, up: f64) -> Point {
        self.hip + at(x, -up).turned(self.lean)
    }

    fn side(side: usize) -> f64 {
        if side == 0 { -1.0 } else { 1.0 }
    }

    fn elbow(&self, side: usize) -> Point {
        self.on_trunk(Self::side(side) * SHOULDERS, SHOULDER_HEIGHT)
            + towards(self.upper_arm[side], UPPER_ARM)
    }

    fn wrist(&self, side: usize) -> Point {
        self.elbow(side) + towards(self.forearm[side], FOREARM)
    }

    fn hip_joint(&self, side: usize) -> Point {
        let out = at(Self::side(side) * HIPS, 0.0);
        self.hip + if self.hangs { out } else { out.turned(self.lean) }
    }

    fn knee(&self, side: usize) -> Point {
        self.hip_joint(side) + towards(self.thigh[side], THIGH * self.seen_of[0])
    }

    fn ankle(&self, side: usize) -> Point {
        self.knee(side) + towards(self.shin[side], SHIN * self.seen_of[1])
    }

    fn head(&self) -> Point {
        self.on_trunk(0.0, NECK_HEIGHT) + towards(self.lean + self.tip, HEAD_HEIGHT)
    }

    fn circles(&self, is_bust: bool) -> Vec<(Point, f64)> {
        let mut all = vec![(self.head(), 12.0), (self.on_trunk(0.0, 38.0), 20.0), (self.hip, 12.0)];
        for side in 0..2 {
            all.extend([(self.elbow(side), 5.0), (self.wrist(side), 5.0)]);
            if !is_bust {
                all.extend([(self.knee(side), LEG_ROUND[1]), (self.ankle(side), SOLE)]);
            }
        }
        all
    }

    fn bones(&self, pose: &Pose, mark: Option<Mark>) -> Vec<Bone> {
        let is_back = pose.seen == Seen::Back;
        let mut then: Vec<Bone> = (0..2).map(|side| self.leg(side)).collect();
        let mut shirt =
            path("s", "M-13 2L-12-18Q-13-30-19-37Q-19-44-9-46Q0-42 9-46Q19-44 19-37Q13-30 12-18L13 2Z");
        shirt.push_str(&path("t", "M-13-4Q0-1 13-4Q17 8 10 12L0 8L-10 12Q-17 8-13-4Z"));
        let mut around = String::new();
        let mut beside = String::new();
        match mark {
            Some(Mark::Head) => shirt.push_str(&glow(at(0.0, -NECK_HEIGHT - HEAD_HEIGHT), 17.0)),
            Some(Mark::Chest) => shirt.push_str(&glow(at(0.0, -32.0), 17.0)),
            Some(Mark::BetweenLegs) => shirt.push_str(&glow(at(0.0, 9.0), 14.0)),
            Some(Mark::Legs) => shirt.push_str(&glows(&[at(-9.0, 36.0), at(9.0, 36.0)], 15.0)),
            Some(Mark::Arm) => beside = glow(at(Self::side(1) * 20.0, 3.0 - SHOULDER_HEIGHT / 2.0), 15.0),
            Some(Mark::WholeBody) => around = glow(at(0.0, 2.0), 74.0),
            Some(Mark::LowBack | Mark::Belly) => shirt.push_str(&glow(at(0.0, -9.0), 15.0)),
            Some(Mark::UpperBack) => shirt.push_str(&glow(at(0.0, -33.0), 16.0)),
            Some(Mark::Neck) => shirt.push_str(&glow(at(0.0, -46.0), 13.0)),
            Some(Mark::Hip) => shirt.push_str(&glow(at(-9.0, 3.0), 13.0)),
            Some(Mark::BackOfThigh) | None => {}
        }
        then.insert(0, Bone { joint: Point::default(), turn: self.lean, shape: around, then: Vec::new() });
        let trunk =
            Bone { joint: Point::default(), turn: self.lean, shape: shirt, then: vec![self.face(is_back)] };
        then.push(trunk);
        let arms = (0..2).map(|side| self.arm(side)).collect();
        then.push(Bone { joint: Point::default(), turn: self.lean, shape: beside, then: arms });
        vec![Bone { joint: self.hip, turn: 0.0, shape: String::new(), then }]
    }

    /// The head: turned, its nose and its hair move over the face.
    fn face(&self, is_back: bool) -> Bone {
        let neck = limb("K", 11.0, [6.0, 5.0]);
        let head = if is_back {
            format!(
                "{neck}{}",
                path("h", "M0-27A11.2 11.2 0 0 1 11.2-15.5Q11-7 6-5H-6Q-11-7-11.2-15.5A11.2 11.2 0 0 1 0-27")
            )
        } else {
            let round = circle("k", at(0.0, -HEAD_HEIGHT), 10.2);
            let hair = "M-10.6-7.5Q-12.5-27 0-27Q12.5-27 10.6-7.5Q8-7 8.6-14Q8.5-20 2-22Q-7-20.5-8.6-14Q-8-7-10.6-7.5";
            let back = path("h", "M-11-10Q-12-27 0-27Q12-27 11-10Q9-6 0-6Q-9-6-11-10");
            format!("{back}{neck}{round}{}", path("h", hair))
        };
        let nose = Bone {
            joint: at(self.turn / 80.0 * 9.5, 0.0),
            turn: 0.0,
            shape: if is_back {
                String::new()
            } else {
                path("K", "M-1.6-17.5Q0-19 1.6-17.5Q2.6-13 0-12.6Q-2.6-13-1.6-17.5")
            },
            then: Vec::new(),
        };
        // The hair is drawn before what moves over it.
        let whole = Bone { joint: Point::default(), turn: 0.0, shape: head, then: Vec::new() };
        Bone { joint: at(0.0, -NECK_HEIGHT), turn: self.tip, shape: String::new(), then: vec![whole, nose] }
    }

    fn arm(&self, side: usize) -> Bone {
        let [shoulder, elbow, wrist, _] = ARM_ROUND;
        let joint = at(Self::side(side) * SHOULDERS, -SHOULDER_HEIGHT);
        let fore = Bone {
            joint: at(0.0, -UPPER_ARM),
            turn: self.forearm[side] - self.upper_arm[side],
            shape: limb("k", FOREARM + HAND - 1.0, [elbow, wrist]),
            then: Vec::new(),
        };
        let upper = format!(
            "{}{}",
            limb("k", UPPER_ARM, [shoulder - 0.5, elbow]),
            limb("s", UPPER_ARM * 0.52, [shoulder + 0.5, shoulder])
        );
        Bone { joint, turn: self.upper_arm[side] - self.lean, shape: upper, then: vec![fore] }
    }

    fn leg(&self, side: usize) -> Bone {
        let [hip, knee, ankle] = LEG_ROUND;
        let joint = self.hip_joint(side) - self.hip;
        let foot = Bone {
            joint: at(0.0, -SHIN * self.seen_of[1]),
            turn: 0.0,
            shape: path("o", "M-4.5 2Q-6-5.5-4-5.5H4Q6-5.5 4.5 2Z"),
            then: Vec::new(),
        };
        let shin = Bone {
            joint: at(0.0, -THIGH * self.seen_of[0]),
            turn: self.shin[side] - self.thigh[side],
            shape: limb("t", SHIN * self.seen_of[1] - 3.0, [knee, ankle]),
            then: vec![foot],
        };
        Bone {
            joint,
            turn: self.thigh[side],
            shape: limb("t", THIGH * self.seen_of[0], [hip - 0.5, knee]),
            then: vec![shin],
        }
    }
}

fn height(on: Support) -> Option<f64> {
    crate::side::top_of(on)
}

/// A bed behind somebody who lies or sits on its edge, a chair, a mat, a pillow.
fn furniture(pose: &Pose, flat: &Flat, bounds: &mut Bounds) -> String {
    let mut all = String::new();
    let on = |support: Support| pose.rests.iter().any(|rest| rest.on.contains(&support));
    if on(Support::Bed) {
        let (left, right) = (flat.hip.x - 96.0, flat.hip.x + 62.0);
        bounds.take_box(left - 5.0, -BED - 24.0, right - left + 8.0, BED + 24.0);
        all.push_str(&slab("w", left - 5.0, -BED - 24.0, 8.0, BED + 20.0, 3.0));
        all.push_str(&slab("w", left, -15.0, right - left + 3.0, 8.0, 2.0));
        all.push_str(&slab("l", left + 2.0, -BED, right - left - 2.0, 18.0, 6.0));
    }
    if on(Support::Chair) {
        bounds.take_box(flat.hip.x - 22.0, -CHAIR, 44.0, CHAIR);
        let legs = format!(
            "M{}h6v{CHAIR}h-6zM{}h6v{CHAIR}h-6z",
            row(&[flat.hip.x - 20.0, -CHAIR]),
            row(&[flat.hip.x + 14.0, -CHAIR])
        );
        all.push_str(&path("W", &legs));
        all.push_str(&slab("w", flat.hip.x - 22.0, -CHAIR, 44.0, 7.0, 3.0));
    }
    if pose.things.contains(&Thing::Mat) {
        let mut around = Bounds::default();
        for circle in flat.circles(false) {
            around.take(circle);
        }
        let (left, right) = (around.left, around.right);
        if pose.rests.is_empty() {
            let (top, high) = (around.top - 4.0, around.bottom - around.top + 8.0);
            bounds.take_box(left - 8.0, top, right - left + 16.0, high);
            all.push_str(&slab("l", left - 8.0, top, right - left + 16.0, high, 8.0));
        } else {
            all.push_str(&slab("l", left - 4.0, -1.4, right - left + 8.0, 4.8, 2.4));
        }
    }
    if pose.pillows.contains(&Pillow::Head) {
        let head = flat.head();
        all.push_str(&slab("p", head.x - 14.0, head.y - 20.0, 26.0, 40.0, 10.0));
    }
    all
}

fn arrow(moments: &[Flat], bounds: &mut Bounds) -> String {
    let (Some(first), Some(last)) = (moments.first(), moments.last()) else { return String::new() };
    let places: [fn(&Flat) -> Point; 4] =
        [Flat::head, |flat| flat.on_trunk(0.0, 38.0), |flat| flat.knee(1), |flat| flat.wrist(1)];
    let gone = |place: &fn(&Flat) -> Point| (place(last) - place(first)).length();
    let Some(place) = places.into_iter().max_by(|a, b| gone(a).total_cmp(&gone(b))) else {
        return String::new();
    };
    if moments.len() < 2 {
        return String::new();
    }
    let tipped = last.tip - first.tip;
    if (last.turn - first.turn).abs() > 5.0 || tipped.abs() > 5.0 {
        // The head is turned or tipped to both sides.
        let head = last.on_trunk(0.0, NECK_HEIGHT + HEAD_HEIGHT);
        let way = [-32.0, 0.0, 32.0].map(|angle| head + at(0.0, -19.0).turned(angle));
        return both_ways(&way, bounds);
    }
    let rubs = gone(&places[3]);
    if rubs > 8.0 && places[..3].iter().all(|place| gone(place) < 2.0) {
        // Only the hands move: they rub up and down.
        let rub = |side: usize| {
            let middle = (first.wrist(side) + last.wrist(side)) * 0.5;
            [18.0, 0.0, -18.0].map(|down| middle + at(Flat::side(side) * 2.0, down))
        };
        return (0..2).map(|side| both_ways(&rub(side), bounds)).collect();
    }
    let outward = |point: Point| {
        let out = point - last.hip;
        point + out * (17.0 / out.length().max(1.0))
    };
    let ways: Vec<Point> = moments.iter().map(place).map(outward).collect();
    along(&ways, bounds)
}
