//! Cards for the poses that the pictures are drawn from.

use askama::Template;
use care::{BlockKind, Pose};

use super::desk::{Desk, Foot, Head};
use crate::links::spaced;

#[derive(Template)]
#[template(path = "book/pose.html")]
struct PoseCard<'b> {
    head: Head<'b>,
    title: String,
    pose: &'b Pose,
    foot: Foot,
}

/// How a body is held.
pub(super) fn pose(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let poses = &desk.guideline.book().poses;
    let Some(pose) = poses.iter().find(|pose| pose.id == id) else { return Ok(None) };
    let head = Head::new(desk, BlockKind::Pose, &pose.id);
    PoseCard { head, title: spaced(&pose.id), pose, foot: desk.foot(&[], &[], &[]) }.render().map(Some)
}
