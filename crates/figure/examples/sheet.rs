//! Writes every picture of the book as SVG into a folder, and one sheet of them all.

#![allow(clippy::disallowed_methods, reason = "a tool for people who draw; it writes files")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use care::{Book, Picture, PoseId};
use compiler::SourceFile;
use figure::{Motion, draw};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("name a folder to write into")?);
    let guideline = PathBuf::from(arguments.next().unwrap_or_else(|| "guideline".to_owned()));
    fs::create_dir_all(&folder)?;
    let mut files = Vec::new();
    collect(&guideline, &guideline, &mut files)?;
    let compiled = compiler::compile(&files)?;
    let book = compiled.guideline.book();
    let mut sheet = String::from(
        "<!doctype html><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Figures</title><style>body{font:14px sans-serif;margin:8px;color-scheme:light dark}\
         figure{display:inline-block;vertical-align:top;width:300px;margin:6px}img{width:100%;height:auto}</style>",
    );
    for (name, picture) in pictures(book) {
        for (motion, ending) in [(Motion::Still, ""), (Motion::Moving, ".moving")] {
            if motion == Motion::Moving && picture.poses.len() == 1 {
                continue;
            }
            let drawing = draw(book, &picture, motion).ok_or("a pose is missing")?;
            fs::write(folder.join(format!("{name}{ending}.svg")), &drawing.svg)?;
            write!(
                sheet,
                "<figure><img src=\"{name}{ending}.svg\" width=\"{}\" height=\"{}\" alt=\"\"><figcaption>{name}{ending} \
                 ({} bytes): {}</figcaption></figure>",
                drawing.width,
                drawing.height,
                drawing.svg.len(),
                picture.alt,
            )?;
        }
    }
    fs::write(folder.join("sheet.html"), sheet)?;
    fs::write(folder.join("table.md"), table(book))?;
    Ok(())
}

/// The table of `docs/figures.md`: what each picture shows.
fn table(book: &Book) -> String {
    let mut table = "| Picture | Poses | What it shows |\n|---|---|---|\n".to_owned();
    for (_, block) in book.blocks() {
        for (step, picture) in block.pictures() {
            let poses = picture.poses.iter().filter_map(|id| book.poses.get(id.index()));
            let poses: Vec<String> = poses.map(|pose| format!("`{}`", pose.id)).collect();
            let row = [format!("{}.{step}", block.full_name()), poses.join(" → "), picture.alt.clone()];
            table.extend(["| ", &row.join(" | "), " |\n"]);
        }
    }
    table
}

/// Every picture by the address of what it belongs to, and every pose by itself.
fn pictures(book: &Book) -> BTreeMap<String, Picture> {
    let mut all = BTreeMap::new();
    for (_, block) in book.blocks() {
        for (step, picture) in block.pictures() {
            all.insert(format!("{}.{step}", block.full_name()), picture.clone());
        }
    }
    for (index, pose) in (0..).zip(&book.poses) {
        let picture = Picture { poses: vec![PoseId(index)], alt: String::new(), mark: None };
        all.insert(format!("pose.{}", pose.id), picture);
    }
    all
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else {
            let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            files.push(SourceFile { path: name, text: fs::read_to_string(&path)? });
        }
    }
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(())
}
