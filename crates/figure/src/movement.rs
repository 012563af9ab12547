//! Movement between key poses: the moments between them, and their turns as CSS.

use std::fmt::Write as _;

use care::Pose;

use crate::point::{Point, counted, short};
use crate::side::Held;

/// How far from the line between two moments one may be that is left out, in degrees and in
/// units of length. So a hand or a foot that rests on something stays within one unit of it.
const TURN_SLACK: f64 = 0.8;
const PLACE_SLACK: f64 = 0.3;

/// For how many seconds something moves, at most, before it comes to rest.
const LONGEST: f64 = 60.0;

/// Moments from one key pose to the next, the first key pose left out: more where there are
/// only two key poses.
const MANY: &[f64] = &[0.25, 0.5, 0.75, 1.0];
const FEW: &[f64] = &[0.5, 1.0];

/// The key poses with moments between them; what is held by something stays on it.
pub(crate) fn samples(key: &[Held]) -> Vec<Held> {
    eased(key, between)
}

/// The key values with moments between them.
pub(crate) fn eased<T: Clone>(key: &[T], between: impl Fn(&T, &T, f64) -> T) -> Vec<T> {
    let mut all: Vec<T> = key.first().cloned().into_iter().collect();
    let moments = if key.len() > 2 { FEW } else { MANY };
    for pair in key.windows(2) {
        all.extend(moments.iter().map(|moment| between(&pair[0], &pair[1], *moment)));
    }
    all
}

fn between(from: &Held, to: &Held, moment: f64) -> Held {
    let mix = |a: f64, b: f64| a + (b - a) * moment;
    let turn = |a: f64, b: f64| a + (((b - a) + 540.0).rem_euclid(360.0) - 180.0) * moment;
    let each = |a: [f64; 2], b: [f64; 2]| [turn(a[0], b[0]), turn(a[1], b[1])];
    let point = |a: Point, b: Point| a + (b - a) * moment;
    let both = |a: &[Option<Point>; 2], b: &[Option<Point>; 2], limb: usize| Some(point(a[limb]?, b[limb]?));
    let mut held = Held {
        hip: Point { x: mix(from.hip.x, to.hip.x), y: mix(from.hip.y, to.hip.y) },
        trunk: [0, 1, 2].map(|index| turn(from.trunk[index], to.trunk[index])),
        head: turn(from.head, to.head),
        upper_arm: each(from.upper_arm, to.upper_arm),
        forearm: each(from.forearm, to.forearm),
        hand: each(from.hand, to.hand),
        thigh: each(from.thigh, to.thigh),
        shin: each(from.shin, to.shin),
        foot: each(from.foot, to.foot),
        ankles: [None; 2],
        wrists: [None; 2],
        carried: None,
        has_floor: to.has_floor,
    };
    held.keep_trunk_above_floor();
    for limb in 0..2 {
        let (foot, hand) = (held.foot[limb], held.hand[limb]);
        if let Some(ankle) = both(&from.ankles, &to.ankles, limb) {
            held.reach_with_leg(limb, ankle);
            held.foot[limb] = foot;
        }
        if let Some(wrist) = both(&from.wrists, &to.wrists, limb) {
            held.reach_with_arm(limb, wrist);
            held.hand[limb] = hand;
        }
    }
    held.keep_feet_above_floor();
    held
}

/// One number of a drawing through all moments.
pub(crate) struct Track(Vec<f64>);

impl Track {
    pub(crate) fn of(numbers: impl Iterator<Item = f64>) -> Self {
        let mut all: Vec<f64> = Vec::new();
        for number in numbers {
            // A turn goes the short way round.
            let before = all.last().copied().unwrap_or(number);
            let is_jump = (number - before).abs() > 180.0;
            all.push(if is_jump { number - 360.0 * ((number - before) / 360.0).round() } else { number });
        }
        Self(all)
    }

    /// Whether it changes by more than that.
    pub(crate) fn moves(&self, slack: f64) -> bool {
        let first = self.0.first().copied().unwrap_or_default();
        self.0.iter().any(|number| (number - first).abs() > slack)
    }

    fn at(&self, index: usize) -> f64 {
        self.0.get(index).copied().unwrap_or_default()
    }

    /// Whether the moment lies on the line between two others, nearly.
    fn is_between(&self, from: usize, index: usize, to: usize, slack: f64) -> bool {
        let share = counted(index - from) / counted(to - from);
        (self.at(from) + (self.at(to) - self.at(from)) * share - self.at(index)).abs() < slack
    }
}

/// The CSS of everything that moves, each way of moving once.
pub(crate) struct Tracks {
    known: Vec<Known>,
    seconds: f64,
    times: f64,
    key_poses: usize,
    is_round: bool,
}

/// A way of moving.
struct Known {
    /// Its turns, for others that move the same half a round later.
    turns: Vec<f64>,
    /// Its stops as CSS; or whose stops it shares, and whether half a round later.
    stops: Result<String, (usize, bool)>,
    /// How it is at rest.
    rest: String,
}

impl Tracks {
    pub(crate) fn new(poses: &[&Pose]) -> Self {
        let is_round = is_round(poses);
        let steps = counted(poses.len().saturating_sub(1).max(1));
        // A step of a walk is quick, a way through several poses slow, and all last a minute.
        let seconds = match poses.len() {
            0..=2 => 2.2,
            _ if is_round => 0.5 * steps,
            _ => 1.7 * steps,
        };
        // There and back it ends where it leads to, which takes an odd number.
        let times = ((LONGEST / seconds - 1.0) / 2.0).floor() * 2.0 + 1.0;
        Self { known: Vec::new(), seconds, times, key_poses: poses.len(), is_round }
    }

    /// The class of something that turns, and has its joint in this place.
    pub(crate) fn turning(&mut self, turns: &Track, place: Point) -> String {
        let turn = |index: usize| format!("rotate:{}deg", short(turns.at(index).round()));
        let rest = turn(turns.0.len().saturating_sub(1));
        let rest = if place.length() < 0.05 {
            rest
        } else {
            format!("translate:{} {};{rest}", px(place.x), px(place.y))
        };
        if self.is_round
            && let Some(other) = self.known.iter().position(|known| is_half_later(&known.turns, &turns.0))
        {
            return self.class(Known { turns: Vec::new(), stops: Err((other, true)), rest });
        }
        // A walk touches the floor with one foot after the other, and needs less.
        let stops = self.stops(&[turns], if self.is_round { 2.5 * TURN_SLACK } else { TURN_SLACK });
        let stops =
            self.written(&stops.iter().map(|(at, index)| (at.clone(), turn(*index))).collect::<Vec<_>>());
        self.class(Known { turns: turns.0.clone(), stops: Ok(stops), rest })
    }

    /// The class of something that changes its place.
    pub(crate) fn wandering(&mut self, across: &Track, down: &Track) -> String {
        let place = |index: usize| format!("translate:{} {}", px(across.at(index)), px(down.at(index)));
        let stops = self.stops(&[across, down], PLACE_SLACK);
        let rest = place(across.0.len().saturating_sub(1));
        let stops =
            self.written(&stops.iter().map(|(at, index)| (at.clone(), place(*index))).collect::<Vec<_>>());
        self.class(Known { turns: Vec::new(), stops: Ok(stops), rest })
    }

    /// The moments that are not on the line between their neighbours, with their share of the time.
    fn stops(&self, tracks: &[&Track], slack: f64) -> Vec<(String, usize)> {
        let last = tracks.iter().map(|track| track.0.len()).max().unwrap_or(1).saturating_sub(1).max(1);
        let mut kept = vec![0];
        let mut from = 0;
        for index in 1..last {
            let fits = (from + 1..=index)
                .all(|between| tracks.iter().all(|track| track.is_between(from, between, index + 1, slack)));
            if !fits {
                kept.push(index);
                from = index;
            }
        }
        kept.push(last);
        kept.into_iter().map(|index| (self.share(index, last), index)).collect()
    }

    /// When in the time a moment comes. With two key poses both are held for a while.
    fn share(&self, index: usize, last: usize) -> String {
        let share = counted(index) / counted(last);
        let share = if self.key_poses == 2 { 0.12 + share * 0.76 } else { share };
        format!("{}%", short((share * 100.0).round()))
    }

    fn written(&self, stops: &[(String, String)]) -> String {
        let mut css = String::new();
        let last = stops.len().saturating_sub(1);
        for (index, (at, value)) in stops.iter().enumerate() {
            let at = match (self.key_poses == 2, index) {
                (true, 0) => format!("0%,{at}"),
                (true, index) if index == last => format!("{at},to"),
                _ => at.clone(),
            };
            let _ = write!(css, "{at}{{{value}}}");
        }
        css
    }

    fn class(&mut self, new: Known) -> String {
        let stops_of = |known: &Known| match &known.stops {
            Ok(stops) => Ok(stops.clone()),
            Err((other, false)) => {
                self.known.get(*other).map_or(Err(0), |other| other.stops.clone().map_err(|_| 0))
            }
            Err((other, true)) => Err(other + 1),
        };
        let wanted = stops_of(&new);
        let same = |known: &Known| known.rest == new.rest && stops_of(known) == wanted;
        let index = self.known.iter().position(same).unwrap_or_else(|| {
            // Two that move alike in different places share the movement.
            let alike = self.known.iter().position(|known| known.stops.is_ok() && known.stops == new.stops);
            self.known.push(match alike {
                Some(other) => Known { stops: Err((other, false)), ..new },
                None => new,
            });
            self.known.len() - 1
        });
        name(index).to_string()
    }

    /// The rules: at rest everything stands as at the end.
    pub(crate) fn css(&self) -> String {
        if self.known.is_empty() {
            return String::new();
        }
        let mut rules = String::new();
        let mut later: Vec<String> = Vec::new();
        for (index, known) in self.known.iter().enumerate() {
            let (name, rest) = (name(index), &known.rest);
            match &known.stops {
                Ok(stops) => {
                    let _ =
                        write!(rules, ".{name}{{{rest};animation-name:{name}}}@keyframes {name}{{{stops}}}");
                }
                Err((other, is_later)) => {
                    let _ = write!(rules, ".{name}{{{rest};animation-name:{}}}", self::name(*other));
                    later.extend(is_later.then(|| format!(".{name}")));
                }
            }
        }
        let (seconds, times) = (short(self.seconds), short(self.times));
        let back = if self.key_poses == 2 { " alternate" } else { "" };
        let later = if later.is_empty() {
            String::new()
        } else {
            let (start, times) = (short(-self.seconds / 2.0), short(self.times + 0.5));
            format!("{}{{animation-delay:{start}s;animation-iteration-count:{times}}}", later.join(","))
        };
        format!(
            "{rules}@media(prefers-reduced-motion:no-preference){{g{{animation:{seconds}s linear {times}{back} both}}{later}}}"
        )
    }
}

/// Whether a movement ends where it began, so that it goes round and round.
pub(crate) fn is_round(poses: &[&Pose]) -> bool {
    poses.len() > 2 && poses.first().map(|pose| &pose.id) == poses.last().map(|pose| &pose.id)
}

/// Whether one goes through the same turns as the other, half a round later.
fn is_half_later(of: &[f64], other: &[f64]) -> bool {
    let round = of.len().saturating_sub(1);
    round > 0
        && of.len() == other.len()
        && (0..round).all(|index| {
            let apart = of[(index + round / 2) % round] - other[index];
            ((apart + 540.0).rem_euclid(360.0) - 180.0).abs() < 2.5
        })
}

/// A length in CSS.
fn px(number: f64) -> String {
    let number = short(number);
    if number == "0" { number } else { format!("{number}px") }
}

/// The names of ways of moving: letters that no colour has.
const NAMES: &[u8] = b"ABCDEFGHIJLMNQRUVXYZadeijmnquvyz";

fn name(index: usize) -> char {
    NAMES.get(index).copied().map_or('_', char::from)
}
