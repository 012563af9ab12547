//! What holds for every picture of the real book.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use care::{Book, Part, Picture, Pose, Seen};
use compiler::SourceFile;

use crate::draw::align;
use crate::measures::{ARM_ROUND, LEG_ROUND, SOLE, TRUNK_ROUND};
use crate::movement::{is_round, samples};
use crate::side::{Held, top_of};
use crate::{Motion, draw, sign, sign_size, size};

/// The largest file of a picture that stands still, and of one that moves.
const LARGEST: [usize; 2] = [3 * 1024, 4 * 1024 + 512];

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push(SourceFile { path: name, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guideline");
        let mut files = Vec::new();
        collect(&root, &root, &mut files);
        files.sort_by(|left, right| left.path.cmp(&right.path));
        compiler::compile(&files).unwrap_or_else(|problems| panic!("{problems}")).guideline.book().clone()
    })
}

fn pictures() -> Vec<(String, &'static Picture)> {
    let blocks = book().blocks();
    let of_each = |block: care::Block<'static>| {
        block
            .pictures()
            .into_iter()
            .map(move |(step, picture)| (format!("{}.{step}", block.full_name()), picture))
    };
    blocks.flat_map(|(_, block)| of_each(block)).collect()
}

fn poses_of(picture: &Picture) -> Vec<&'static Pose> {
    picture.poses.iter().map(|id| &book().poses[id.index()]).collect()
}

#[test]
fn the_size_of_a_picture_is_known_without_drawing_it() {
    for (name, picture) in pictures() {
        for motion in [Motion::Still, Motion::Moving] {
            let drawing = draw(book(), picture, motion).unwrap();
            assert_eq!(size(book(), picture), Some((drawing.width, drawing.height)), "{name}");
        }
    }
}

#[test]
fn every_picture_is_small_and_whole_xml_without_anything_from_elsewhere() {
    for (name, picture) in pictures() {
        for (motion, largest) in [Motion::Still, Motion::Moving].into_iter().zip(LARGEST) {
            let drawing = draw(book(), picture, motion).unwrap();
            let svg = &drawing.svg;
            assert!(svg.len() <= largest, "{name} {motion:?}: {} bytes", svg.len());
            let read = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{name}: {error}"));
            for node in read.descendants() {
                let hrefs = node.attributes().filter(|attribute| attribute.name() == "href");
                for href in hrefs {
                    assert!(svg.contains(&format!("id=\"{}\"", &href.value()[1..])), "{name}");
                }
            }
            assert!(!svg.contains("NaN") && !svg.contains("<script"), "{name}");
            assert_eq!(
                svg.contains("@keyframes"),
                motion == Motion::Moving && picture.poses.len() > 1,
                "{name}"
            );
        }
    }
}

#[test]
fn a_small_picture_beside_words_is_the_body_alone_with_its_place() {
    let beside_lines = |(name, _): &(String, _)| name.starts_with("question.");
    let mut marked = 0;
    for (name, picture) in pictures().into_iter().filter(beside_lines) {
        let drawing = sign(book(), picture).unwrap();
        assert!(drawing.svg.len() <= LARGEST[0], "{name}: {} bytes", drawing.svg.len());
        assert_eq!(sign_size(book(), picture), Some((drawing.width, drawing.height)), "{name}");
        assert!(drawing.width < drawing.height, "{name} is upright");
        assert!(
            !drawing.svg.contains("<rect") && !drawing.svg.contains("class=\"f\""),
            "{name} stands on nothing"
        );
        assert_eq!(drawing.svg.contains("url(#q)"), picture.mark.is_some(), "{name}");
        marked += usize::from(picture.mark.is_some());
    }
    assert!(6 <= marked, "{marked}");
}

#[test]
fn what_moves_stands_still_where_motion_is_not_wanted() {
    let mut moving = 0;
    for (name, picture) in pictures().into_iter().filter(|(_, picture)| picture.poses.len() > 1) {
        let svg = draw(book(), picture, Motion::Moving).unwrap().svg;
        let (before, after) = svg.split_once("@media(prefers-reduced-motion:no-preference){").unwrap();
        assert!(!before.contains("animation:") && after.contains("g{animation:"), "{name}");
        assert!(!svg.contains("infinite"), "{name} comes to rest");
        moving += 1;
    }
    assert!(12 <= moving, "{moving}");
}

/// Every moment of every picture that is seen from the side.
fn moments() -> Vec<(String, Vec<&'static Pose>, Vec<Held>)> {
    let mut all = Vec::new();
    for (name, picture) in pictures() {
        let poses = poses_of(picture);
        if poses[0].seen == Seen::Side {
            let mut key: Vec<Held> = poses.iter().map(|pose| Held::of(pose)).collect();
            align(&mut key, is_round(&poses));
            all.push((name, poses, samples(&key)));
        }
    }
    all
}

#[test]
fn nothing_of_the_body_is_below_the_floor() {
    for (name, _, moments) in moments() {
        for (index, held) in moments.iter().enumerate() {
            let lowest = held.circles().iter().map(|(point, round)| point.y + round).fold(f64::MIN, f64::max);
            assert!(lowest <= 1.0, "{name} at moment {index}: {lowest}");
        }
    }
}

#[test]
fn what_rests_on_something_touches_it() {
    for pose in book().poses.iter().filter(|pose| pose.seen == Seen::Side) {
        let held = Held::of(pose);
        for (rest, limb) in pose.rests.iter().flat_map(|rest| [(rest, 0), (rest, 1)]) {
            let Some(on) = pose.rest(rest.part, limb) else { continue };
            let gap = if let Some(top) = top_of(on) {
                let bottom = match rest.part {
                    Part::Back | Part::Front => {
                        let spine = held.spine().into_iter().zip(TRUNK_ROUND);
                        spine.map(|(point, round)| point.y + round).fold(f64::MIN, f64::max)
                    }
                    Part::Hips => held.hip.y + TRUNK_ROUND[0] - 1.0,
                    Part::Knees | Part::Calves => held.knee(limb).y + LEG_ROUND[1],
                    Part::Heels => held.ankle(limb).y + LEG_ROUND[2],
                    Part::Feet => held.ankle(limb).y + SOLE,
                    Part::Elbows => held.elbow(limb).y + ARM_ROUND[1],
                    Part::Hands => held.wrist(limb).y + ARM_ROUND[2],
                };
                top - bottom
            } else {
                let target = held.on_body(on, held.leg_held(on, limb)).unwrap();
                (held.wrist(limb) - target).length()
            };
            assert!(gap.abs() <= 1.0, "{}: {} on {} is off by {gap}", pose.id, rest.part.id(), on.id());
        }
    }
}

#[test]
fn what_stays_in_its_place_does_so_in_between() {
    for (name, poses, moments) in moments() {
        if is_round(&poses) {
            continue;
        }
        let (first, last) = (&moments[0], &moments[moments.len() - 1]);
        for limb in 0..2 {
            let (Some(start), Some(end)) = (first.ankles[limb], last.ankles[limb]) else { continue };
            if poses.len() == 2 && (start - end).length() < 1.0 {
                for held in &moments {
                    assert!((held.ankle(limb) - start).length() <= 1.5, "{name}: a foot slips");
                }
            }
        }
    }
}

#[test]
fn no_joint_is_bent_the_wrong_way_where_contact_was_solved() {
    for pose in book().poses.iter().filter(|pose| pose.seen == Seen::Side) {
        let held = Held::of(pose);
        for limb in 0..2 {
            let turn = |from: f64, to: f64| (to - from + 540.0).rem_euclid(360.0) - 180.0;
            let knee = turn(held.thigh[limb], held.shin[limb]);
            let elbow = turn(held.forearm[limb], held.upper_arm[limb]);
            assert!((-3.0..=155.0).contains(&knee), "{}: knee {knee}", pose.id);
            assert!((-3.0..=155.0).contains(&elbow), "{}: elbow {elbow}", pose.id);
        }
    }
}

#[test]
fn the_table_of_pictures_lists_each_with_its_words() {
    let table = include_str!("../../../docs/figures.md");
    for (name, picture) in pictures() {
        let row = table.lines().find(|line| line.starts_with(&format!("| {name} |")));
        let row = row.unwrap_or_else(|| panic!("docs/figures.md lacks {name}: see `cargo xtask figures`"));
        assert!(row.ends_with(&format!("| {} |", picture.alt)), "{name}");
    }
}
