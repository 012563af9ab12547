//! The body seen from the side or from above: where every joint is, with contact solved.

use care::{Joint, Part, Pose, Seen, Support};

use crate::measures::{
    ARM_ROUND, BED, CHAIR, CHAIR_BACK, FOREARM, HAND, HEAD, LEG_ROUND, NECK, SHIN, SHOULDER_DOWN, SOLE, STEP,
    TABLE, THIGH, TRUNK, TRUNK_ROUND, UPPER_ARM,
};
use crate::point::{Point, at, towards};

/// The directions of all segments in degrees (0 is up, 90 to the right), and where the hip is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Held {
    pub(crate) hip: Point,
    pub(crate) trunk: [f64; 3],
    pub(crate) head: f64,
    pub(crate) upper_arm: [f64; 2],
    pub(crate) forearm: [f64; 2],
    pub(crate) hand: [f64; 2],
    pub(crate) thigh: [f64; 2],
    pub(crate) shin: [f64; 2],
    pub(crate) foot: [f64; 2],
    /// Where the ankles and wrists are held by something.
    pub(crate) ankles: [Option<Point>; 2],
    pub(crate) wrists: [Option<Point>; 2],
    /// The part that carries the body, and where on it the body is not to slip.
    pub(crate) carried: Option<(Part, Point)>,
    /// There is a floor at 0.
    pub(crate) has_floor: bool,
}

/// How far below 0, the floor, the top of a thing is; none for a part of the body.
pub(crate) fn top_of(support: Support) -> Option<f64> {
    Some(match support {
        Support::Floor => 0.0,
        Support::Bed => -BED,
        Support::Chair => -CHAIR,
        Support::ChairBack => 2.0 - CHAIR_BACK,
        Support::Table => -TABLE,
        Support::Step => -STEP,
        _ => return None,
    })
}

impl Held {
    /// The body with the angles of a pose, carried by what it rests on.
    pub(crate) fn of(pose: &Pose) -> Self {
        let mut held = Self::unsupported(pose);
        for (index, rest) in pose.rests.iter().enumerate() {
            let carries = index == 0;
            if carries {
                held.carry(rest.part, pose);
            }
            for limb in 0..2 {
                if let Some(on) = pose.rest(rest.part, limb)
                    && (!carries || rest.part == Part::Feet)
                {
                    held.settle(rest.part, limb, on);
                }
            }
        }
        held.keep_feet_above_floor();
        if let Some(rest) = pose.rests.first() {
            let limb = usize::from(pose.rest(rest.part, 0).is_none());
            let place = match rest.part {
                Part::Knees => held.knee(limb),
                Part::Feet => held.ankle(limb),
                _ => held.hip,
            };
            held.carried = Some((rest.part, place));
        }
        held
    }

    fn unsupported(pose: &Pose) -> Self {
        let each = |joint: Joint| pose.angles[joint as usize].map(f64::from);
        let one = |joint: Joint| f64::from(pose.near(joint));
        let (lean, round) = (one(Joint::Lean), one(Joint::Round));
        let trunk = [lean - round, lean, lean + round];
        let both =
            |start: [f64; 2], by: [f64; 2], sign: f64| [start[0] + sign * by[0], start[1] + sign * by[1]];
        let upper_arm = both([lean + 180.0; 2], each(Joint::Shoulder), -1.0);
        let forearm = both(upper_arm, each(Joint::Elbow), -1.0);
        let thigh = both([lean + 180.0; 2], each(Joint::Hip), -1.0);
        let shin = both(thigh, each(Joint::Knee), 1.0);
        let foot = both(shin.map(|shin| shin - 90.0), each(Joint::Ankle), -1.0);
        Self {
            hip: Point::default(),
            trunk,
            head: lean + round + one(Joint::Neck),
            upper_arm,
            forearm,
            hand: forearm,
            thigh,
            shin,
            foot,
            ankles: [None; 2],
            wrists: [None; 2],
            carried: None,
            has_floor: pose.seen != Seen::Above,
        }
    }

    /// The joints of the trunk from the hip to the top.
    pub(crate) fn spine(&self) -> [Point; 4] {
        let mut points = [self.hip; 4];
        for index in 0..3 {
            points[index + 1] = points[index] + towards(self.trunk[index], TRUNK[index]);
        }
        points
    }

    pub(crate) fn shoulder(&self) -> Point {
        self.spine()[3] - towards(self.trunk[2], SHOULDER_DOWN)
    }

    pub(crate) fn head_centre(&self) -> Point {
        self.spine()[3] + towards(self.head, NECK)
    }

    pub(crate) fn elbow(&self, limb: usize) -> Point {
        self.shoulder() + towards(self.upper_arm[limb], UPPER_ARM)
    }

    pub(crate) fn wrist(&self, limb: usize) -> Point {
        self.elbow(limb) + towards(self.forearm[limb], FOREARM)
    }

    pub(crate) fn fingers(&self, limb: usize) -> Point {
        self.wrist(limb) + towards(self.hand[limb], HAND)
    }

    pub(crate) fn knee(&self, limb: usize) -> Point {
        self.hip + towards(self.thigh[limb], THIGH)
    }

    pub(crate) fn ankle(&self, limb: usize) -> Point {
        self.knee(limb) + towards(self.shin[limb], SHIN)
    }

    /// Heel and toes, as the middles of the two circles that the foot is drawn with.
    pub(crate) fn foot_ends(&self, limb: usize) -> [(Point, f64); 2] {
        let ankle = self.ankle(limb);
        let place = |way: Point| ankle + way.turned(self.foot[limb]);
        [(place(at(1.4, 3.0)), 4.0), (place(at(2.8, -11.5)), 2.6)]
    }

    /// Every circle that the body is drawn with.
    pub(crate) fn circles(&self) -> Vec<(Point, f64)> {
        let mut all: Vec<(Point, f64)> = self.spine().into_iter().zip(TRUNK_ROUND).collect();
        all.push((self.head_centre(), HEAD + 1.0));
        for limb in 0..2 {
            all.extend([
                (self.shoulder(), ARM_ROUND[0]),
                (self.elbow(limb), ARM_ROUND[1]),
                (self.wrist(limb), ARM_ROUND[2]),
                (self.fingers(limb), ARM_ROUND[3]),
                (self.hip, LEG_ROUND[0]),
                (self.knee(limb), LEG_ROUND[1]),
                (self.ankle(limb), LEG_ROUND[2]),
            ]);
            all.extend(self.foot_ends(limb));
        }
        all
    }

    /// The leg that a hand is at: of shins both hands hold the one that is lifted higher.
    pub(crate) fn leg_held(&self, on: Support, limb: usize) -> usize {
        if on == Support::Shin { usize::from(self.knee(1).y < self.knee(0).y) } else { limb }
    }

    /// A point on the outline of the body that a hand can be at.
    pub(crate) fn on_body(&self, on: Support, limb: usize) -> Option<Point> {
        let spine = self.spine();
        let front = |segment: usize, out: f64| towards(self.trunk[segment] + 90.0, out);
        Some(match on {
            Support::Belly => spine[1] + front(1, 9.5),
            Support::LowBack => spine[1] - front(1, 10.5),
            Support::Thigh => {
                self.hip + towards(self.thigh[limb], 25.0) + towards(self.thigh[limb] - 90.0, 8.5)
            }
            Support::Shin => {
                self.knee(limb) + towards(self.shin[limb], 7.0) + towards(self.shin[limb] - 90.0, 5.0)
            }
            Support::Neck => spine[3] + towards(self.head, 5.0) - front(2, 7.0),
            Support::Mouth => self.head_centre() + towards(self.head + 100.0, 17.0),
            _ => return None,
        })
    }

    /// Lets a part rest by moving the last joints that lead to it.
    fn settle(&mut self, part: Part, limb: usize, on: Support) {
        let Some(top) = top_of(on) else {
            if part == Part::Hands
                && let Some(target) = self.on_body(on, self.leg_held(on, limb))
            {
                self.reach_with_arm(limb, target);
                // A hand that holds a shin lies around it, and one on the belly lies along it.
                self.hand[limb] = match on {
                    Support::Shin => self.forearm[limb] + 75.0,
                    Support::Belly => self.trunk[1] + 188.0,
                    _ => self.forearm[limb],
                };
            }
            return;
        };
        match part {
            Part::Feet => {
                self.reach_with_leg(limb, at(self.ankle(limb).x, top - SOLE));
                self.foot[limb] = 90.0;
            }
            Part::Heels => {
                let chord = (self.ankle(limb) - self.hip).length();
                self.ankle_at_height(limb, top - LEG_ROUND[2], chord);
                self.foot[limb] = self.shin[limb] - 90.0;
            }
            Part::Calves => {
                let down = top - LEG_ROUND[1] - self.hip.y;
                let side = (self.knee(limb) - self.hip).x.signum();
                let across = (THIGH * THIGH - down * down).max(0.0).sqrt() * side;
                self.thigh[limb] = at(across, down).direction();
                let foot = self.foot[limb] - self.shin[limb];
                let sink = ((LEG_ROUND[1] - LEG_ROUND[2]) / SHIN).asin().to_degrees();
                self.shin[limb] = 90.0 + sink;
                self.foot[limb] = self.shin[limb] + foot;
                self.ankles[limb] = Some(self.ankle(limb));
            }
            Part::Knees => {
                let down = top - LEG_ROUND[1] - self.hip.y;
                let side = (self.knee(limb) - self.hip).x.signum();
                let turn = self.shin[limb] - self.thigh[limb];
                self.thigh[limb] = at((THIGH * THIGH - down * down).max(0.0).sqrt() * side, down).direction();
                self.shin[limb] = self.thigh[limb] + turn;
            }
            Part::Elbows => {
                let down = top - ARM_ROUND[1] - self.shoulder().y;
                let side = (self.elbow(limb) - self.shoulder()).x.signum();
                let across = (UPPER_ARM * UPPER_ARM - down * down).max(0.0).sqrt() * side;
                self.upper_arm[limb] = at(across, down).direction();
                let sink = ((ARM_ROUND[1] - ARM_ROUND[2]) / FOREARM).asin().to_degrees();
                self.forearm[limb] = 90.0 + sink;
                self.hand[limb] = 90.0;
            }
            Part::Hands => {
                // The back of a chair is in one place only.
                let across = if on == Support::ChairBack { self.hip.x + 29.0 } else { self.wrist(limb).x };
                self.reach_with_arm(limb, at(across, top - ARM_ROUND[2]));
                self.hand[limb] = if self.wrist(limb).x < self.shoulder().x - 30.0 { 270.0 } else { 90.0 };
            }
            Part::Back | Part::Front | Part::Hips => {}
        }
    }

    /// Moves the whole body so that it is carried by this part.
    fn carry(&mut self, part: Part, pose: &Pose) {
        let spine = self.spine().into_iter().zip(TRUNK_ROUND);
        let lowest_of_trunk = spine.map(|(point, round)| point.y + round).fold(f64::MIN, f64::max);
        let bottom = |limb: usize| match part {
            Part::Back | Part::Front => lowest_of_trunk,
            Part::Hips => self.hip.y + TRUNK_ROUND[0] - 1.0,
            Part::Knees | Part::Calves => self.knee(limb).y + LEG_ROUND[1],
            _ => self.ankle(limb).y + SOLE,
        };
        let below = (0..2).filter_map(|limb| Some(bottom(limb) - top_of(pose.rest(part, limb)?)?));
        if let Some(below) = below.reduce(f64::max) {
            self.hip.y -= below;
        }
    }

    pub(crate) fn reach_with_leg(&mut self, limb: usize, target: Point) {
        let (thigh, shin) = two_links(target - self.hip, THIGH, SHIN);
        let foot = self.foot[limb] - self.shin[limb];
        (self.thigh[limb], self.shin[limb]) = (thigh, shin);
        self.foot[limb] = shin + foot;
        self.ankles[limb] = Some(self.ankle(limb));
    }

    /// Elbows bend the other way than knees.
    pub(crate) fn reach_with_arm(&mut self, limb: usize, target: Point) {
        let (upper, fore) = two_links(mirrored(target - self.shoulder()), UPPER_ARM, FOREARM);
        let hand = self.hand[limb] - self.forearm[limb];
        (self.upper_arm[limb], self.forearm[limb]) = (-upper, -fore);
        self.hand[limb] = self.forearm[limb] + hand;
        self.wrists[limb] = Some(self.wrist(limb));
    }

    /// Lifts the trunk and the head if they would be below the floor.
    pub(crate) fn keep_trunk_above_floor(&mut self) {
        let trunk = self.spine().into_iter().zip(TRUNK_ROUND);
        let all = trunk.chain([(self.head_centre(), HEAD + 0.5)]);
        let below = all.map(|(point, round)| point.y + round).fold(0.0, f64::max);
        if self.has_floor {
            self.hip.y -= below;
        }
    }

    /// Lifts the feet if they would be below the floor.
    pub(crate) fn keep_feet_above_floor(&mut self) {
        let limbs = if self.has_floor { 0..2 } else { 0..0 };
        for limb in limbs {
            let ends = self.foot_ends(limb).into_iter().chain([(self.ankle(limb), LEG_ROUND[2])]);
            let below = ends.map(|(point, round)| point.y + round).fold(0.0, f64::max);
            if below > 0.2 {
                let foot = self.foot[limb];
                self.reach_with_leg(limb, self.ankle(limb) - at(0.0, below));
                self.foot[limb] = foot;
                self.ankles[limb] = None;
            }
        }
    }

    fn ankle_at_height(&mut self, limb: usize, height: f64, chord: f64) {
        let down = height - self.hip.y;
        let side = (self.ankle(limb) - self.hip).x.signum();
        let across = (chord * chord - down * down).max(0.0).sqrt() * side;
        self.reach_with_leg(limb, self.hip + at(across, down));
    }
}

fn mirrored(way: Point) -> Point {
    at(-way.x, way.y)
}

/// The directions of two links that reach a target, the first turned against the clock and
/// the second with it, as a leg bends. What is too far is reached for as far as it goes.
fn two_links(way: Point, first: f64, second: f64) -> (f64, f64) {
    let distance = way.length().clamp((first - second).abs() + 0.5, first + second - 0.05);
    let angle = |near: f64, far: f64| {
        let cosine = (near * near + distance * distance - far * far) / (2.0 * near * distance);
        cosine.clamp(-1.0, 1.0).acos().to_degrees()
    };
    (way.direction() - angle(first, second), way.direction() + angle(second, first))
}
