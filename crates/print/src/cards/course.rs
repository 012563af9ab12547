//! Cards for what is expected in time, and for the places of the body.

use askama::Template;
use care::{BlockKind, BodyPlace, Checkpoint, Curve, CurveLine, Threshold};

use super::desk::{Desk, Foot, Head};
use crate::links::Link;

#[derive(Template)]
#[template(path = "book/body_place.html")]
struct BodyPlaceCard<'b> {
    head: Head<'b>,
    place: &'b BodyPlace,
    finding: Link,
    foot: Foot,
}

/// A place of the body.
pub(super) fn body_place(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let places = &desk.guideline.book().body_places;
    let Some(place) = places.iter().find(|place| place.id == id) else { return Ok(None) };
    let card = BodyPlaceCard {
        head: Head::new(desk, BlockKind::BodyPlace, &place.id),
        place,
        finding: desk.links.finding(desk.guideline.finding(place.finding)),
        foot: desk.foot(&[], &[], &[]),
    };
    card.render().map(Some)
}

#[derive(Template)]
#[template(path = "book/curve.html")]
struct CurveCard<'b> {
    head: Head<'b>,
    curve: &'b Curve,
    lines: Vec<String>,
    foot: Foot,
}

/// An edge of the band in which pain is expected.
pub(super) fn curve(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let curves = &desk.guideline.book().curves;
    let Some(curve) = curves.iter().find(|curve| curve.edge.id() == id) else { return Ok(None) };
    let card = CurveCard {
        head: Head::new(desk, BlockKind::Curve, curve.edge.id()),
        curve,
        lines: curve.lines.iter().map(line).collect(),
        foot: desk.foot(&curve.sources, &[], &[]),
    };
    card.render().map(Some)
}

/// `week 0: 1.00, week 1: 0.59` or `0.385, and 0.615 that falls to 37 % in 2.9 weeks`.
fn line(line: &CurveLine) -> String {
    match line {
        CurveLine::Points(points) => {
            let points = points.iter().map(|(week, share)| format!("week {week}: {share:.2}"));
            points.collect::<Vec<_>>().join(", ")
        }
        CurveLine::Falls { stays, parts } => {
            let stays = Some(format!("{stays} that stays")).filter(|_| *stays > 0.0);
            let parts =
                parts.iter().map(|(share, weeks)| format!("{share} that falls to 37 % in {weeks} weeks"));
            stays.into_iter().chain(parts).collect::<Vec<_>>().join(", and ")
        }
    }
}

#[derive(Template)]
#[template(path = "book/checkpoint.html")]
struct CheckpointCard<'b> {
    head: Head<'b>,
    checkpoint: &'b Checkpoint,
    foot: Foot,
}

/// A day on which someone should look back.
pub(super) fn checkpoint(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let checkpoints = &desk.guideline.book().checkpoints;
    let Some(checkpoint) = checkpoints.iter().find(|checkpoint| checkpoint.id == id) else { return Ok(None) };
    let head = Head::new(desk, BlockKind::Checkpoint, &checkpoint.id);
    CheckpointCard { head, checkpoint, foot: desk.foot(&checkpoint.sources, &[], &[]) }.render().map(Some)
}

#[derive(Template)]
#[template(path = "book/threshold.html")]
struct ThresholdCard<'b> {
    head: Head<'b>,
    threshold: &'b Threshold,
    foot: Foot,
}

/// A number that something computed turns on.
pub(super) fn threshold(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let thresholds = &desk.guideline.book().thresholds;
    let Some(threshold) = thresholds.iter().find(|threshold| threshold.cutoff.id() == id) else {
        return Ok(None);
    };
    let head = Head::new(desk, BlockKind::Threshold, threshold.cutoff.id());
    ThresholdCard { head, threshold, foot: desk.foot(&threshold.sources, &[], &[]) }.render().map(Some)
}
