//! What a package answers is what `wire` says and what the HTTP service answers, and what it
//! refuses, it refuses with the same problem.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use api::{Rate, Service};
use axum::body::{Body, to_bytes};
use axum::http::Request;
use care::{Answers, Guideline, Region, compiled};
use compiler::SourceFile;
use embed::packages::{Parts, npm, wheel};
use embed::{Engine, OpenError};
use jiff::Timestamp;
use serde_json::{Value, json};
use tower::ServiceExt as _;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files(dir: &Path, below: &Path, found: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, below, found);
        } else if ["md", "toml", "tsv"].map(Some).contains(&path.extension().and_then(|end| end.to_str())) {
            let name = path.strip_prefix(below).unwrap().to_str().unwrap().to_owned();
            found.push(SourceFile { path: name, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
}

static GUIDELINE: LazyLock<&'static Guideline> = LazyLock::new(|| {
    let mut found = Vec::new();
    files(&root().join("guideline"), &root().join("guideline"), &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    Box::leak(Box::new(compiler::compile(&found).unwrap().guideline))
});

/// As a package has it: without the pages.
static BOOK: LazyLock<Vec<u8>> = LazyLock::new(|| compiled::write(&GUIDELINE, Vec::new()).unwrap());

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::open(&BOOK).unwrap());

static SERVICE: LazyLock<Arc<Service>> =
    LazyLock::new(|| Arc::new(Service::new(&GUIDELINE, Rate(NonZeroU32::new(1_000_000).unwrap()))));

fn vignettes() -> Vec<Answers> {
    let mut found = Vec::new();
    files(&root().join("vignettes"), &root(), &mut found);
    let read = |file: &SourceFile| compiler::vignette(&file.path, &file.text, &GUIDELINE).ok();
    found.iter().filter_map(read).map(|vignette| vignette.settled_answers(&GUIDELINE)).collect()
}

/// What the service answers to a request, word for word.
async fn posted(path: &str, body: &str) -> String {
    let request = Request::post(path).header("content-type", "application/json");
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let response = api::router(SERVICE.clone()).oneshot(request).await.unwrap();
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn every_vignette_is_answered_in_the_words_of_wire_and_of_the_service() {
    let vignettes = vignettes();
    assert!(vignettes.len() > 400, "{}", vignettes.len());
    for answers in vignettes {
        let request = json!({ "answers": answers.to_json(&GUIDELINE) }).to_string();
        let told = ENGINE.call("assess", &request, Timestamp::UNIX_EPOCH).unwrap();
        let region = GUIDELINE.region_named(Region::ANYWHERE).unwrap();
        let assessment = wire::Assessment::of(&GUIDELINE, GUIDELINE.region(region), &answers);
        assert_eq!(told, serde_json::to_string(&assessment).unwrap());
        for (call, path) in [("assess", "/v1/assess"), ("next", "/v1/next"), ("explain", "/v1/explain")] {
            let told = ENGINE.call(call, &request, Timestamp::UNIX_EPOCH).unwrap();
            assert_eq!(told, posted(path, &request).await);
        }
    }
}

#[tokio::test]
async fn a_dose_is_judged_as_by_the_service() {
    let at = "2026-11-30T12:00:00Z";
    let taken = json!({ "at": "2026-11-30T09:00:00Z", "product": "advil", "amount": "2" });
    for log in [json!([]), json!([taken])] {
        let dose =
            json!({ "product": "advil", "region": "us", "answers": { "age": 44 }, "log": log, "at": at });
        let told = ENGINE.call("dose", &dose.to_string(), Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(told, posted("/v1/dose", &dose.to_string()).await);
    }
    // Without a time of its own it is asked about the time of the caller, who has a clock.
    let dose = json!({ "product": "advil", "region": "us", "log": [] }).to_string();
    let told: Value =
        serde_json::from_str(&ENGINE.call("dose", &dose, at.parse().unwrap()).unwrap()).unwrap();
    assert!(told["at"].as_str().unwrap().starts_with("2026-11-30T12:00"), "{told}");
}

#[tokio::test]
async fn what_does_not_fit_is_the_same_problem_and_repeats_nothing() {
    let requests = [
        ("assess", json!({ "answers": { "fever": "SECRET" } }).to_string()),
        ("assess", json!({ "answers": { "fevr/~": "SECRET" } }).to_string()),
        ("next", json!({ "answers": "SECRET" }).to_string()),
        ("explain", json!({ "answers": {}, "region": "SECRET" }).to_string()),
        ("assess", json!({ "answers": {}, "regio": "SECRET" }).to_string()),
        ("assess", json!({ "answers": {}, "id": "SECRET".repeat(1_000) }).to_string()),
        ("assess", "{\"answers\": {\"SECRET\": 1, \"SECRET\": 2}}".to_owned()),
        ("next", "SECRET".to_owned()),
        ("next", format!("\"{}\"", "SECRET".repeat(400_000))),
        ("next", "[".repeat(100_000)),
        ("dose", json!({ "product": "no such SECRET", "log": [] }).to_string()),
        ("dose", json!({ "product": "advil", "region": "us", "amount": "SECRET", "log": [] }).to_string()),
        ("dose", json!({ "product": "advil" }).to_string()),
        ("verify", json!({ "certificate": "SECRET" }).to_string()),
    ];
    for (call, request) in requests {
        let problem = ENGINE.call(call, &request, Timestamp::UNIX_EPOCH).unwrap_err();
        let problem = serde_json::to_string(&problem).unwrap();
        assert!(!problem.contains("SECRET"), "{problem}");
        assert_eq!(problem, posted(&format!("/v1/{call}"), &request).await);
    }
    let unknown = ENGINE.call("advise", "{}", Timestamp::UNIX_EPOCH).unwrap_err();
    assert!(unknown.detail.contains("assess, next, explain, dose, verify, questions"));
}

#[test]
fn a_book_that_is_none_does_not_open() {
    assert!(matches!(Engine::open(b"no book"), Err(OpenError::File(compiled::Unreadable::NotABook))));
    let mut damaged = BOOK.clone();
    *damaged.last_mut().unwrap() ^= 1;
    assert!(matches!(Engine::open(&damaged), Err(OpenError::File(compiled::Unreadable::Damaged))));
}

#[test]
fn the_types_name_every_finding_with_its_answers() {
    let parts = Parts { module: b"module", book: &BOOK, guideline: &GUIDELINE, notices: "notices" };
    let files = npm(&parts);
    let typed = files.iter().find(|(name, _)| name == "index.d.ts").unwrap();
    let typed = std::str::from_utf8(&typed.1).unwrap();
    let answers = typed.split("export interface Answers {").nth(1).unwrap().split("\n}").next().unwrap();
    for finding in GUIDELINE.book().findings.iter().filter(|finding| finding.derived.is_none()) {
        assert!(answers.contains(&format!("  {}?: ", finding.id)), "{}", finding.id);
    }
    assert!(!typed.contains("unknown;"), "something has no type");
    let (name, wheel) = wheel(&parts);
    assert_eq!(name, format!("unclench-{}-py3-none-any.whl", env!("CARGO_PKG_VERSION")));
    // The same parts make the same file.
    assert_eq!(again(&parts), wheel);
}

fn again(parts: &Parts<'_>) -> Vec<u8> {
    wheel(parts).1
}
