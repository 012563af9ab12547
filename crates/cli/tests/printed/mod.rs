//! The printed book, written once by the program and read back, for tests.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail by panicking, its helpers too")]
#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use roxmltree::{Document, Node, ParsingOptions};

pub(crate) fn unclench(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_unclench"))
        .args(arguments)
        .env_remove("UNCLENCH_REGION")
        .output()
        .unwrap()
}

/// A folder of its own for one test; not there yet.
pub(crate) fn folder(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}", std::process::id()));
    if dir.exists() {
        std::fs::remove_dir_all(&dir).unwrap();
    }
    dir
}

/// Writes a book into a folder of its own and reads it back: path to text.
pub(crate) fn write(name: &str, more: &[&str]) -> BTreeMap<String, String> {
    let dir = folder(name);
    let mut arguments = vec!["book", dir.to_str().unwrap()];
    arguments.extend(more);
    let output = unclench(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = read(&dir);
    std::fs::remove_dir_all(&dir).unwrap();
    files
}

/// Every file below a folder.
pub(crate) fn read(dir: &Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let relative = path.strip_prefix(dir).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(relative, std::fs::read_to_string(path).unwrap());
            }
        }
    }
    files
}

/// The book inside the program, with the numbers of the United States.
pub(crate) static PRINTED: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| write("printed", &["--region", "us"]));

/// The pages, without the style sheet.
pub(crate) fn pages() -> impl Iterator<Item = (&'static str, Document<'static>)> {
    PRINTED
        .iter()
        .filter(|(path, _)| *path != "book.css")
        .map(|(path, text)| (path.as_str(), parse(path, text)))
}

pub(crate) fn page(path: &str) -> Document<'static> {
    parse(path, &PRINTED[path])
}

/// Our pages are also well-formed XML, so that an XML reader can take them apart.
pub(crate) fn parse<'t>(path: &str, text: &'t str) -> Document<'t> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options)
        .unwrap_or_else(|error| panic!("{path} is not well-formed: {error}"))
}

/// All the text inside a node, with single spaces.
pub(crate) fn text_of(node: Node<'_, '_>) -> String {
    let text: String = node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn has_class(node: Node<'_, '_>, class: &str) -> bool {
    node.attribute("class").is_some_and(|classes| classes.split(' ').any(|each| each == class))
}

pub(crate) fn with_class<'a, 'd: 'a>(
    node: Node<'a, 'd>,
    class: &'a str,
) -> impl Iterator<Item = Node<'a, 'd>> {
    node.descendants().filter(move |node| has_class(*node, class))
}
