//! From solved bodies to one SVG: segments in segments, each turned about its joint.

use std::fmt::Write as _;

use care::{Mark, Pose, Seen};

use crate::Motion;
use crate::movement::{Track, Tracks, is_round, samples};
use crate::point::{Point, row, short};
use crate::side::Held;
use crate::things::Scene;
use crate::view::{Bounds, Drawing};
use crate::{front, look, things};

/// A segment of the body as it is drawn: in its own frame it starts at 0 and points up.
pub(crate) struct Bone {
    /// Where its joint is in the frame of the segment before.
    pub(crate) joint: Point,
    /// How far it is turned in that frame, clockwise.
    pub(crate) turn: f64,
    /// What it looks like.
    pub(crate) shape: String,
    pub(crate) then: Vec<Bone>,
}

/// Draws the key poses of a picture.
pub(crate) fn picture(poses: &[&Pose], mark: Option<Mark>, motion: Motion) -> Option<Drawing> {
    let Composed { bounds, seen, movement, parts } = composed(poses, mark, motion)?;
    Some(bounds.card(seen).drawing(&movement, &parts))
}

/// Draws the last of them with nothing around it.
pub(crate) fn sign(poses: &[&Pose], mark: Option<Mark>) -> Option<Drawing> {
    let Composed { bounds, parts, .. } = composed(poses, mark, Motion::Still)?;
    Some(bounds.bare().drawing("", &parts))
}

/// What a picture is made of.
struct Composed {
    bounds: Bounds,
    seen: Seen,
    movement: String,
    parts: String,
}

fn composed(poses: &[&Pose], mark: Option<Mark>, motion: Motion) -> Option<Composed> {
    let last = poses.last()?;
    let moves = poses.len() > 1 && motion == Motion::Moving;
    let mut bounds = Bounds::default();
    let (scene, frames, arrow) = if is_in_depth(last) {
        let Staged { scene, moments, arrow } = staged(poses, &mut bounds);
        let hidden = look::hidden(&moments);
        let shown = drawn(&moments, moves).iter();
        let frames = shown.map(|held| look::body(held, last, mark, hidden, &scene)).collect();
        (scene, frames, arrow)
    } else {
        front::scene(poses, mark, moves, &mut bounds)
    };
    let mut tracks = Tracks::new(poses);
    let frames: Vec<&[Bone]> = frames.iter().map(Vec::as_slice).collect();
    let body = bones(&frames, (Point::default(), 0.0), &mut tracks);
    let arrow = if moves || poses.len() == 1 { String::new() } else { arrow };
    let parts = once_each(&format!("{}{body}{}{arrow}", scene.behind, scene.before));
    Some(Composed { bounds, seen: last.seen, movement: tracks.css(), parts })
}

/// How wide and how high [`picture`] is, without the body being drawn.
pub(crate) fn size(poses: &[&Pose]) -> Option<(u32, u32)> {
    Some(bounds(poses)?.card(poses.last()?.seen).size())
}

/// The same of [`sign`].
pub(crate) fn sign_size(poses: &[&Pose]) -> Option<(u32, u32)> {
    Some(bounds(poses)?.bare().size())
}

fn bounds(poses: &[&Pose]) -> Option<Bounds> {
    let mut bounds = Bounds::default();
    if is_in_depth(poses.last()?) {
        staged(poses, &mut bounds);
    } else {
        front::scene(poses, None, false, &mut bounds);
    }
    Some(bounds)
}

/// Whether one side of the body is nearer than the other.
fn is_in_depth(pose: &Pose) -> bool {
    matches!(pose.seen, Seen::Side | Seen::Above)
}

/// What is known of a picture before its body is drawn.
struct Staged {
    scene: Scene,
    moments: Vec<Held>,
    arrow: String,
}

fn staged(poses: &[&Pose], bounds: &mut Bounds) -> Staged {
    let mut key: Vec<Held> = poses.iter().map(|pose| Held::of(pose)).collect();
    align(&mut key, is_round(poses));
    let scene = things::around(poses, &key, bounds);
    let moments = samples(&key);
    for circle in moments.iter().flat_map(Held::circles) {
        bounds.take(circle);
    }
    let arrow = look::arrow(poses, &key, &moments, bounds);
    Staged { scene, moments, arrow }
}

/// The moments that are drawn: all of a movement, and else the last.
pub(crate) fn drawn<T>(moments: &[T], moves: bool) -> &[T] {
    if moves { moments } else { &moments[moments.len().saturating_sub(1)..] }
}

/// The same elements, with a shape that comes again used and not written again.
fn once_each(parts: &str) -> String {
    let shape_of = |element: &str| -> Option<String> {
        let start = element.find(" d=\"")?;
        element.starts_with("<path ").then(|| element[start..].trim_end_matches("/>").to_owned())
    };
    let elements: Vec<&str> = parts.split_inclusive('>').collect();
    let mut known: Vec<(String, char)> = Vec::new();
    let mut all = String::new();
    for (index, element) in elements.iter().enumerate() {
        let Some(shape) = shape_of(element).filter(|shape| shape.len() > 40) else {
            all.push_str(element);
            continue;
        };
        let before = &element[.."<path".len()];
        let between = &element[before.len()..element.len() - shape.len() - "/>".len()];
        if let Some((_, name)) = known.iter().find(|(other, _)| *other == shape) {
            let _ = write!(all, "<use href=\"#{name}\"{between}/>");
            continue;
        }
        let comes_again = elements[index + 1..].iter().any(|other| shape_of(other).as_ref() == Some(&shape));
        let name = u32::try_from(known.len()).ok().and_then(|nth| char::from_u32(u32::from(b'a') + nth));
        match name.filter(|_| comes_again) {
            Some(name) => {
                // Its place and its colour are not used with it.
                let _ = write!(all, "<g{between}><path id=\"{name}\"{shape}/></g>");
                known.push((shape, name));
            }
            None => all.push_str(element),
        }
    }
    all
}

/// Moves the bodies sideways so that what rests in two poses rests in the same place.
pub(crate) fn align(key: &mut [Held], is_round: bool) {
    if is_round {
        // Whoever walks stays in the middle of the picture.
        for held in key {
            (held.hip.x, held.ankles, held.wrists) = (0.0, [None; 2], [None; 2]);
        }
        return;
    }
    for index in 1..key.len() {
        let (before, after) = key.split_at_mut(index);
        let (before, after) = (&before[index - 1], &mut after[0]);
        let shared = |a: &[Option<Point>; 2], b: &[Option<Point>; 2]| {
            (0..2).find_map(|limb| Some(a[limb]?.x - b[limb]?.x))
        };
        let carried =
            before.carried.zip(after.carried).filter(|(a, b)| a.0 == b.0).map(|(a, b)| a.1.x - b.1.x);
        let by = carried
            .or_else(|| shared(&before.ankles, &after.ankles))
            .or_else(|| shared(&before.wrists, &after.wrists));
        let by = by.unwrap_or(before.hip.x - after.hip.x);
        after.hip.x += by;
        for point in after.ankles.iter_mut().chain(&mut after.wrists).flatten() {
            point.x += by;
        }
        if let Some((_, place)) = &mut after.carried {
            place.x += by;
        }
    }
}

/// The same bones in every frame. What never turns is drawn in its place; what does is a group
/// of its own. `place` and `turn` say where the frame of these bones is.
fn bones(frames: &[&[Bone]], (place, turn): (Point, f64), tracks: &mut Tracks) -> String {
    let Some(first) = frames.first() else { return String::new() };
    let mut all = String::new();
    for (index, bone) in first.iter().enumerate() {
        let of_each: Vec<&Bone> = frames.iter().filter_map(|frame| frame.get(index)).collect();
        let then: Vec<&[Bone]> = of_each.iter().map(|bone| bone.then.as_slice()).collect();
        let turns = Track::of(of_each.iter().map(|bone| bone.turn));
        let across = Track::of(of_each.iter().map(|bone| bone.joint.x));
        let down = Track::of(of_each.iter().map(|bone| bone.joint.y));
        let (wanders, turns_too) = (across.moves(0.5) || down.moves(0.5), turns.moves(1.0));
        let joint = place + bone.joint.turned(turn);
        if !wanders && !turns_too {
            let here = (joint, turn + bone.turn);
            all.push_str(&bones(&then, here, tracks));
            all.push_str(&placed(&bone.shape, here));
            continue;
        }
        let start = if turns_too { 0.0 } else { bone.turn };
        let here = (Point::default(), start);
        let mut inner = format!("{}{}", bones(&then, here, tracks), placed(&bone.shape, here));
        if inner.is_empty() {
            continue;
        }
        // Where the frame is not turned, the class that turns a segment also puts it in its place.
        let is_upright = turn.abs() < 0.05;
        let fixed = if wanders || !is_upright { Point::default() } else { joint };
        if turns_too {
            inner = format!("<g class=\"{}\">{inner}</g>", tracks.turning(&turns, fixed));
        }
        if wanders {
            inner = format!("<g class=\"{}\">{inner}</g>", tracks.wandering(&across, &down));
            all.push_str(&placed(&inner, (place, turn)));
        } else if is_upright {
            all.push_str(&inner);
        } else {
            all.push_str(&placed(&inner, (joint, turn)));
        }
    }
    all
}

/// Elements in their place. One alone is moved itself, several as a group.
fn placed(elements: &str, (place, turn): (Point, f64)) -> String {
    let mut transform = String::new();
    if place.length() > 0.05 {
        transform = format!("translate({})", row(&[place.x, place.y]));
    }
    if turn.rem_euclid(360.0) > 0.05 && turn.rem_euclid(360.0) < 359.95 {
        let turn = (turn + 180.0).rem_euclid(360.0) - 180.0;
        transform = format!("{transform}rotate({})", short(turn));
    }
    if transform.is_empty() || elements.is_empty() {
        return elements.to_owned();
    }
    let is_one = elements.matches('<').count() == 1 && elements.starts_with("<path ");
    if is_one {
        elements.replacen("<path ", &format!("<path transform=\"{transform}\" "), 1)
    } else {
        format!("<g transform=\"{transform}\">{elements}</g>")
    }
}
