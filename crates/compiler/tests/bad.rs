//! Every refusal, pinned: `bad/NAME.md` is laid over the base book and must
//! give exactly `bad/NAME.txt`.
//!
//! `UPDATE_FIXTURES=1 cargo test -p compiler --test bad` writes the `.txt`
//! files; read the diff before you keep it.

mod support;

use std::fs;
use std::path::Path;

use compiler::compile;

#[test]
fn every_broken_book_is_refused_with_its_message() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".md").map(str::to_owned))
        .collect();
    names.sort();
    assert!(!names.is_empty());
    let mut differ = Vec::new();
    for name in names {
        let overlay = fs::read_to_string(folder.join(format!("{name}.md"))).unwrap();
        let actual = match compile(&support::lay_over(&overlay)) {
            Ok(_) => "accepted\n".to_owned(),
            Err(problems) => problems.to_string(),
        };
        let expected_path = folder.join(format!("{name}.txt"));
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::write(&expected_path, &actual).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_else(|_| "missing\n".to_owned());
        if actual != expected {
            differ.push(format!("bad/{name}.md\n--- expected\n{expected}--- actual\n{actual}"));
        }
        assert_ne!(actual, "accepted\n", "bad/{name}.md is a good book");
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
