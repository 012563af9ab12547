//! The files in `tests/old_records/`: one export a record, and a database file of the small ones.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use store::{Stored, from_json};

/// Every export, after the name of its file without the ending.
pub(super) fn exports() -> Vec<(String, String)> {
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).expect("it can be read");
        let packed = path.extension().is_some_and(|ending| ending == "gz");
        let mut text = String::new();
        if packed {
            GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).expect("it unpacks");
        } else {
            text = String::from_utf8(bytes).expect("it is text");
        }
        (name(&path), text)
    };
    files().into_iter().filter(|path| !is_database(path)).map(read).collect()
}

pub(super) fn files() -> Vec<PathBuf> {
    let inside = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).expect("the folder is there");
        entries.map(|entry| entry.expect("it can be read").path()).collect()
    };
    let versions = inside(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/old_records"));
    let files = versions.iter().flat_map(|version| inside(version));
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|it| it != "md")).collect();
    files.sort();
    files
}

pub(super) fn is_database(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "db")
}

/// `2026_11_2/emergency`
pub(super) fn name(path: &Path) -> String {
    let part = |path: Option<&std::ffi::OsStr>| path.expect("it has a name").to_string_lossy().into_owned();
    let file = part(path.file_name());
    let stem = file.split('.').next().unwrap_or_default();
    format!("{}/{stem}", part(path.parent().expect("it is in a folder").file_name()))
}

pub(super) fn events_of(export: &str) -> Vec<Stored> {
    from_json(export).expect("an old export reads").events().to_vec()
}

/// The events of one old record.
pub(super) fn events_named(wanted: &str) -> Vec<Stored> {
    let (_, export) = exports().into_iter().find(|(name, _)| name == wanted).expect("it is kept");
    events_of(&export)
}
