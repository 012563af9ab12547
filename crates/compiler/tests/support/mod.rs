//! The small valid book, and broken files laid on top of it.

use std::fs;
use std::path::Path;

use compiler::SourceFile;

/// The book in `tests/base`.
pub(crate) fn base_book() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/base");
    let mut files: Vec<SourceFile> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            SourceFile {
                path: path.file_name().unwrap().to_str().unwrap().to_owned(),
                text: fs::read_to_string(&path).unwrap(),
            }
        })
        .collect();
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}

/// Lays files over the base book, in place of those with the same path. Each
/// begins with a line `=== path`; what stands before the first is a comment. A
/// path with a minus before it is taken away.
#[allow(dead_code, reason = "not every test lays files over it")]
pub(crate) fn lay_over(overlay: &str) -> Vec<SourceFile> {
    let mut files = base_book();
    for section in overlay.split("\n=== ").skip(1) {
        let (path, text) = section.split_once('\n').unwrap();
        if let Some(path) = path.strip_prefix('-') {
            files.retain(|file| file.path != path);
            continue;
        }
        files.retain(|file| file.path != path);
        files.push(SourceFile { path: path.to_owned(), text: text.to_owned() });
    }
    files
}
