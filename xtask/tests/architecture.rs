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
        .args(["metadata", "--format-version", "1", "--locked", "--all-features"])
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
        ("api", &["care", "fhir", "store", "tell", "wire"][..]),
        ("artefacts", &["care"]),
        ("care", &[]),
        ("cohort", &["care", "fhir"]),
        ("compare", &["care"]),
        ("compiler", &["care"]),
        ("embed", &["care", "wire"]),
        ("fhir", &["care", "store", "tell"]),
        ("figure", &["care"]),
        ("mcp", &["care", "wire"]),
        ("print", &["care", "compiler", "tell"]),
        ("prove", &["care"]),
        ("report", &["tell"]),
        ("store", &["care"]),
        ("tell", &["care"]),
        ("web", &["care", "fhir", "figure", "report", "store", "tell"]),
        ("app", &["care", "store", "web"]),
        ("wire", &["care", "tell"]),
        (
            "cli",
            &[
                "api",
                "artefacts",
                "care",
                "cohort",
                "compare",
                "compiler",
                "fhir",
                "mcp",
                "print",
                "prove",
                "store",
                "tell",
                "web",
                "wire",
            ],
        ),
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
    for crate_name in [
        "app",
        "artefacts",
        "care",
        "compare",
        "compiler",
        "embed",
        "fhir",
        "figure",
        "print",
        "store",
        "tell",
        "web",
        "wire",
    ] {
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

/// The Rust files of a crate below its `src`, by their path there, without their tests.
fn sources(crate_name: &str) -> BTreeMap<String, String> {
    let src = root().join("crates").join(crate_name).join("src");
    let (mut folders, mut files) = (vec![src.clone()], BTreeMap::new());
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned();
            let is_test = ["tests", "testing", "old_records"].iter().any(|part| {
                name.split('/').any(|of_path| of_path.strip_suffix(".rs").unwrap_or(of_path) == *part)
            });
            if is_test {
            } else if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
                files.insert(name, text);
            }
        }
    }
    files
}

/// The paths below the crate that a file names: of `use crate::a::{b, c::d}` it is `a::b` and
/// `a::c::d`. What a file only hands on (`pub use`) is no need of its own.
fn named_paths(file: &str, text: &str) -> BTreeSet<String> {
    let mut here: Vec<&str> = file.trim_end_matches(".rs").split('/').collect();
    if ["mod", "lib", "main"].contains(here.last().unwrap()) {
        here.pop();
    }
    let own = text.lines().scan(false, |is_handed_on, line| {
        let begins = line.starts_with("pub use ") || line.starts_with("pub(crate) use ");
        let was = std::mem::replace(is_handed_on, (begins || *is_handed_on) && !line.contains(';'));
        let is_comment = line.trim_start().starts_with("//");
        Some(if begins || was || is_comment { "" } else { line })
    });
    let text = own.collect::<Vec<_>>().join("\n");
    let mut paths = BTreeSet::new();
    let starts = ["crate::", "super::", "self::"];
    for (start, up) in
        starts.iter().flat_map(|up| text.match_indices(*up)).map(|(at, up)| (at + up.len(), up))
    {
        let before = text[..start - up.len()].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == ':') {
            continue;
        }
        let mut base = match up {
            "crate::" => Vec::new(),
            "self::" => here.clone(),
            _ => here[..here.len() - 1].to_vec(),
        };
        let mut rest = &text[start..];
        while let Some(further) = rest.strip_prefix("super::") {
            base.pop();
            rest = further;
        }
        let base = base.join("::");
        let base = if base.is_empty() { base } else { format!("{base}::") };
        paths.extend(branches(rest).into_iter().map(|path| format!("{base}{path}")));
    }
    paths
}

/// The paths of a tree of names: `a::{b, c::{d}}` are `a::b` and `a::c::d`.
fn branches(tree: &str) -> Vec<String> {
    let is_of_path = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    let end = tree.find(|letter| !is_of_path(letter)).unwrap_or(tree.len());
    let (path, rest) = tree.split_at(end);
    let Some(mut inside) = rest.strip_prefix('{').filter(|_| path.is_empty() || path.ends_with("::")) else {
        return vec![path.to_owned()];
    };
    let mut all = Vec::new();
    loop {
        inside = inside.trim_start_matches([' ', '\n', ',']);
        if inside.is_empty() || inside.starts_with('}') {
            return all;
        }
        all.extend(branches(inside).into_iter().map(|branch| format!("{path}{branch}")));
        let mut depth = 0;
        let end = inside.char_indices().find(|(_, letter)| {
            depth += i32::from(*letter == '{') - i32::from(*letter == '}');
            depth < 0 || (depth == 0 && *letter == ',')
        });
        inside = &inside[end.map_or(inside.len(), |(at, _)| at)..];
    }
}

/// Which files of a crate each file needs.
fn needs(crate_name: &str) -> BTreeMap<String, BTreeSet<String>> {
    let files = sources(crate_name);
    let file_of = |path: &str| {
        let parts: Vec<&str> = path.split("::").collect();
        (1..=parts.len()).rev().find_map(|length| {
            let path = parts[..length].join("/");
            [format!("{path}.rs"), format!("{path}/mod.rs")].into_iter().find(|file| files.contains_key(file))
        })
    };
    let of = |(file, text): (&String, &String)| {
        let needed = named_paths(file, text).into_iter().filter_map(|path| file_of(&path));
        (file.clone(), needed.filter(|needed| needed != file).collect())
    };
    files.iter().map(of).collect()
}

/// The files on a way from this one back to itself, where there is one.
fn circle<'n>(needs: &'n BTreeMap<String, BTreeSet<String>>, from: &'n str) -> Option<Vec<&'n str>> {
    let mut ways: Vec<Vec<&str>> = vec![vec![from]];
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop() {
        for next in needs.get(*way.last()?).into_iter().flatten() {
            let further = [&way[..], &[next.as_str()]].concat();
            if next == from {
                return Some(further);
            }
            if seen.insert(next.as_str()) {
                ways.push(further);
            }
        }
    }
    None
}

#[test]
fn no_files_of_a_crate_need_each_other_in_a_circle() {
    for crate_name in [
        "app",
        "artefacts",
        "care",
        "cli",
        "cohort",
        "compare",
        "compiler",
        "embed",
        "fhir",
        "print",
        "report",
        "store",
        "tell",
        "web",
        "wire",
    ] {
        let needs = needs(crate_name);
        assert!(
            needs.values().map(BTreeSet::len).sum::<usize>() >= needs.len() / 2,
            "{crate_name}: {needs:?}"
        );
        let circles: Vec<Vec<&str>> = needs.keys().filter_map(|file| circle(&needs, file)).collect();
        assert!(circles.is_empty(), "{crate_name}: {circles:#?}");
    }
}

#[test]
fn no_page_needs_another_page() {
    let pages = |file: &str| {
        file.strip_prefix("pages/").map(|page| page.split(['/', '.']).next().unwrap().to_owned())
    };
    let mut seen = BTreeSet::new();
    for (file, needed) in needs("web") {
        let Some(page) = pages(&file).filter(|page| page != "mod") else { continue };
        for other in needed.iter().filter_map(|needed| pages(needed)) {
            assert_eq!(other, page, "{file}");
        }
        seen.insert(page);
    }
    assert!(seen.len() >= 15, "{seen:?}");
}

#[test]
fn within_care_each_idea_rests_only_on_those_below_it() {
    let ideas: [(&str, &[&str]); 6] = [
        ("book", &[]),
        ("decision", &["book"]),
        ("medicine", &["book", "decision"]),
        ("course", &["book", "decision"]),
        ("english", &["book", "decision"]),
        ("compiled", &["book", "decision"]),
    ];
    let idea_of = |file: &str| file.split(['/', '.']).next().unwrap().to_owned();
    let mut arrows = 0;
    for (file, needed) in needs("care") {
        let Some((idea, allowed)) = ideas.iter().find(|(idea, _)| *idea == idea_of(&file)) else {
            // Below all of them: how something is typed, sent, printed or told on a clock.
            let ground = ["lib.rs", "typed.rs", "json.rs", "printable.rs", "casing.rs", "clock.rs"];
            assert!(ground.contains(&file.as_str()), "{file} belongs to no idea");
            continue;
        };
        for other in needed.iter().map(|needed| idea_of(needed)).filter(|other| other != idea) {
            let is_idea = ideas.iter().any(|(known, _)| *known == other);
            assert!(!is_idea || allowed.contains(&other.as_str()), "{file} needs {other}");
            arrows += 1;
        }
    }
    assert!(arrows > 50, "{arrows}");
}

/// Kinds of blocks whose ids are words of a closed list that the program has to know: levels,
/// classes of medicines, edges and thresholds.
const CLOSED: [&str; 4] = ["outcome", "medicine_class", "curve", "threshold"];

/// Where ids of the book may stand in the program, and why.
const KNOWN_BY_NAME: [(&str, &str); 7] = [
    ("care/src/english/", "words that people say; of them only ids of several words are looked at"),
    ("care/src/book/", "keys of blocks, and the names of roles and of what a diary gives"),
    ("cli/src/burden.rs", "the story that is measured; a book that does not have it is refused"),
    ("store/src/export/", "columns of a table, which are never renamed"),
    ("web/src/pages/diary/check_in.rs", "fields of a form"),
    ("web/src/whereabouts.rs", "the languages and clocks of each region"),
    ("web/src/pages/settings.rs", "fields of a form"),
];

/// Every id of the book, but for those of closed lists.
fn ids_of_the_book() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let mut folders = vec![root().join("guideline")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let headers = text.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'));
            for header in headers {
                match header.split_once('.') {
                    Some((kind, _)) if CLOSED.contains(&kind) || kind == "come_back" || kind == "topic" => {}
                    Some((_, id)) => drop(ids.insert(id.to_owned())),
                    None if path.ends_with("sources.toml") => drop(ids.insert(header.to_owned())),
                    None => {}
                }
            }
        }
    }
    ids
}

/// Texts in double quotes that stand alone, and so may be meant as an id: no key of JSON and
/// no word that a value of the program is written as.
fn texts_alone(line: &str) -> Vec<&str> {
    if line.trim_start().starts_with("//") || line.contains("Self::") && line.contains("=> \"") {
        return Vec::new();
    }
    let parts: Vec<&str> = line.split('"').collect();
    let is_key = |at: usize| parts[at + 1].starts_with(':') || parts[at - 1].ends_with(".insert(");
    let quoted = (1..parts.len().saturating_sub(1)).step_by(2);
    quoted.filter(|at| !is_key(*at)).map(|at| parts[at]).collect()
}

#[test]
fn the_program_knows_nothing_of_the_book_by_name() {
    let ids = ids_of_the_book();
    assert!(ids.len() > 1_000 && ids.contains("fever") && ids.contains("who_2023"), "{}", ids.len());
    let mut used: BTreeSet<&str> = BTreeSet::new();
    let mut known_by_name = Vec::new();
    for crate_name in ["app", "artefacts", "care", "cli", "print", "store", "tell", "web"] {
        for (file, text) in sources(crate_name) {
            let path = format!("{crate_name}/src/{file}");
            let excuse =
                KNOWN_BY_NAME.iter().find(|(place, _)| path.starts_with(place)).map(|(place, _)| *place);
            for (number, line) in text.lines().enumerate() {
                for id in texts_alone(line).into_iter().filter(|text| ids.contains(*text)) {
                    match excuse {
                        Some("care/src/english/") if id.contains('_') => {}
                        Some(place) => {
                            used.insert(place);
                            continue;
                        }
                        None => {}
                    }
                    known_by_name.push(format!("{path}:{}: {id}", number + 1));
                }
            }
        }
    }
    assert!(known_by_name.is_empty(), "give it a role or a key in the book: {known_by_name:#?}");
    let idle = KNOWN_BY_NAME.iter().filter(|(place, _)| !used.contains(place));
    assert_eq!(idle.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new(), "no excuse is needed there");
}
