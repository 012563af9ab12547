//! The shape of the workspace, as ARCHITECTURE.md draws it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Normal dependencies of each package, by package id.
fn graph(metadata: &Value) -> BTreeMap<String, Vec<String>> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    nodes
        .iter()
        .map(|node| {
            let dependencies = node["deps"].as_array().unwrap();
            let normal = dependencies.iter().filter(|dependency| {
                let kinds = dependency["dep_kinds"].as_array().unwrap();
                kinds.iter().any(|kind| kind["kind"].is_null() && kind["target"].is_null())
            });
            let ids = normal.map(|dependency| dependency["pkg"].as_str().unwrap().to_owned()).collect();
            (node["id"].as_str().unwrap().to_owned(), ids)
        })
        .collect()
}

fn names(metadata: &Value) -> BTreeMap<String, String> {
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            (package["id"].as_str().unwrap().to_owned(), package["name"].as_str().unwrap().to_owned())
        })
        .collect()
}

/// Every package that building a crate for wasm32 pulls in, macros and build scripts aside.
fn pulled_in_for_wasm32(crate_name: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package", crate_name, "--no-default-features"])
        .args(["--edges", "normal,no-proc-macro"])
        .args(["--target", "wasm32-unknown-unknown", "--prefix", "none", "--format", "{p}"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

#[test]
fn arrows_between_our_crates_run_only_as_drawn() {
    let drawn: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("care", &[][..]),
        ("compiler", &["care"]),
        ("print", &["care", "compiler"]),
        ("store", &["care"]),
        ("web", &["care", "store"]),
        ("app", &["care", "store", "web"]),
        ("cli", &["care", "compiler", "print", "store", "web"]),
        ("xtask", &[]),
    ]);
    let metadata = metadata();
    let (graph, names) = (graph(&metadata), names(&metadata));
    let members: BTreeSet<&str> =
        metadata["workspace_members"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    assert_eq!(members.len(), drawn.len(), "draw the new crate's arrows here and in ARCHITECTURE.md");
    for member in &members {
        let ours: BTreeSet<&str> = graph[*member]
            .iter()
            .filter(|id| members.contains(id.as_str()))
            .map(|id| names[id].as_str())
            .collect();
        let allowed: BTreeSet<&str> = drawn[names[*member].as_str()].iter().copied().collect();
        assert_eq!(ours, allowed, "arrows of {}", names[*member]);
    }
}

#[test]
fn the_pure_crates_depend_only_on_crates_that_build_for_wasm32() {
    // Each of these was built for wasm32-unknown-unknown. A new one is added after building it:
    // see "Why do the pure crates have a list of dependencies?" in docs/why.md.
    let known: BTreeSet<&str> = include_str!("builds_for_wasm32.txt").lines().collect();
    // Without their default features `store` and `web` are the parts that need no file and no socket.
    for crate_name in ["app", "care", "compiler", "print", "store", "web"] {
        let reached = pulled_in_for_wasm32(crate_name);
        let unknown: Vec<&String> = reached.iter().filter(|name| !known.contains(name.as_str())).collect();
        assert!(unknown.is_empty(), "{crate_name} pulls in {unknown:?}");
    }
}

#[test]
fn the_code_map_names_every_crate() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    for entry in std::fs::read_dir(root().join("crates")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(text.contains(&format!("`crates/{name}`")), "ARCHITECTURE.md does not name crates/{name}");
    }
    for line in text.lines().filter(|line| line.starts_with("| `crates/")) {
        let name = line.split('`').nth(1).unwrap();
        assert!(root().join(name).is_dir(), "ARCHITECTURE.md names {name}, which is gone");
    }
}

#[test]
fn the_tests_named_by_the_invariants_exist() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let invariants = text.split("## What must always hold?").nth(1).unwrap();
    let paths: Vec<&str> = invariants
        .split('`')
        .filter(|part| Path::new(part).extension().is_some_and(|ending| ending == "rs" || ending == "toml"))
        .collect();
    assert!(paths.len() >= 5);
    for path in paths {
        assert!(root().join(path).exists(), "ARCHITECTURE.md names {path}, which does not exist");
    }
}
