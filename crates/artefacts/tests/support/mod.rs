//! The guideline of this repository.

use std::path::Path;

use care::Guideline;
use compiler::SourceFile;

pub(crate) fn guideline() -> Guideline {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guideline");
    let mut files = Vec::new();
    read(&root, &root, &mut files);
    compiler::compile(&files).unwrap_or_else(|problems| panic!("{problems:?}")).guideline
}

fn read(dir: &Path, root: &Path, files: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, root, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.push(SourceFile { path: name, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
}
