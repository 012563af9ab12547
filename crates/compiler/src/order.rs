//! `README.md`: the version of the book and the order in which it is read.

use std::collections::HashMap;
use std::ops::Range;

use crate::SourceFile;
use crate::claims;
use crate::markdown::Document;
use crate::problem::{FileId, Log, Spot};
use crate::sources;
use crate::suggest::did_you_mean;
use crate::words;

/// Where the reading order stands.
pub(crate) const PATH: &str = "README.md";

/// The Markdown files in reading order, `README.md` first. Files that it does
/// not list are reported and come last, so that their blocks can be referred to.
pub(crate) fn reading_order(
    files: &[SourceFile],
    readme: FileId,
    document: &Document<'_>,
    log: &mut Log,
) -> Vec<FileId> {
    let mut by_path: HashMap<&str, FileId> = HashMap::new();
    for (index, file) in files.iter().enumerate() {
        if by_path.insert(&file.path, FileId(index)).is_some() {
            let spot = Spot { file: FileId(index), span: 0..0 };
            log.problem(&spot, format!("`{}` is given twice", file.path), "give each file once");
        }
    }
    let mut order = vec![readme];
    for (target, span) in &document.list_links {
        let path = target.split('#').next().unwrap_or_default();
        let is_elsewhere = path.contains(':') || path.starts_with("../") || path.starts_with('/');
        if is_elsewhere
            || path.is_empty()
            || [sources::PATH, claims::PATH].contains(&path)
            || words::is_path(path)
        {
            continue;
        }
        let path = path.strip_prefix("./").unwrap_or(path);
        let spot = Spot { file: readme, span: span.clone() };
        match by_path.get(path) {
            None => {
                let paths = files.iter().map(|file| file.path.as_str());
                let help = did_you_mean(path, paths, "add the file, or remove the line");
                log.problem(&spot, format!("there is no file `{path}`"), help);
            }
            Some(file) if order.contains(file) => {
                log.problem(&spot, format!("`{path}` is listed twice"), "list each file once");
            }
            Some(file) => order.push(*file),
        }
    }
    for (rank, file) in order.iter().enumerate() {
        log.set_rank(*file, rank);
    }
    let mut unlisted: Vec<FileId> =
        (0..files.len()).map(FileId).filter(|file| !order.contains(file)).collect();
    unlisted.sort_by_key(|file| &files[file.0].path);
    for file in unlisted {
        let path = &files[file.0].path;
        let is_markdown = path.rsplit_once('.').is_some_and(|(_, extension)| extension == "md");
        let spot = Spot { file, span: first_line(&files[file.0].text) };
        if is_markdown {
            let help = format!("add the line `- [Title]({path})` where it should be read");
            log.problem(&spot, format!("README.md does not list `{path}`"), help);
            order.push(file);
        } else if ![sources::PATH, claims::PATH].contains(&path.as_str()) && !words::is_path(path) {
            let help = "the book consists of Markdown files, sources.toml, words.toml, words/ and claims.tsv; move it elsewhere";
            log.problem(&spot, format!("`{path}` is not part of the book"), help);
        }
    }
    order
}

/// Reports links to files that the book does not have. Links out of the book are left alone.
pub(crate) fn check_links<'d>(
    files: &[SourceFile],
    file: FileId,
    links: impl Iterator<Item = &'d (String, Range<usize>)>,
    log: &mut Log,
) {
    let here = &files[file.0].path;
    let folder: Vec<&str> =
        here.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect());
    for (target, span) in links {
        let path = target.split('#').next().unwrap_or_default();
        if path.is_empty() || path.contains(':') || path.starts_with('/') {
            continue;
        }
        let Some(path) = inside(&folder, path) else { continue };
        if files.iter().all(|file| file.path != path) {
            let paths = files.iter().map(|file| file.path.as_str());
            let help = did_you_mean(&path, paths, "add the file, or take the link away");
            log.problem(&Spot { file, span: span.clone() }, format!("there is no file `{path}`"), help);
        }
    }
}

/// Where a link leads from a folder; `None` if that is outside the book.
fn inside(folder: &[&str], link: &str) -> Option<String> {
    let mut path = folder.to_vec();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                path.pop()?;
            }
            name => path.push(name),
        }
    }
    Some(path.join("/"))
}

/// The version, from the paragraph under the title; empty where it is missing,
/// which is then reported.
pub(crate) fn version(readme: FileId, document: &Document<'_>, log: &mut Log) -> String {
    let help = "write a paragraph of its own under the title, like `Version 2026.11.1`";
    let Some((text, span)) = &document.first_paragraph else {
        let spot = Spot { file: readme, span: document.title_span.clone() };
        log.problem(&spot, "the book has no version", help);
        return String::new();
    };
    let version = text.strip_prefix("Version ").unwrap_or_default();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if version.split('.').count() != 3 || !version.split('.').all(is_number) {
        let spot = Spot { file: readme, span: span.start..span.start + first_line_length(text) };
        log.problem(&spot, "the book has no version", help);
    }
    version.to_owned()
}

fn first_line_length(text: &str) -> usize {
    text.lines().next().map_or(0, str::len)
}

fn first_line(text: &str) -> std::ops::Range<usize> {
    0..first_line_length(text)
}
