//! The server on a real socket, asked in plain HTTP.

#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod many_people;
mod running;

use std::path::Path;

use store::{Database, Record, RecordId, Sequence};
use web::Home;

use running::Running;

const SCREEN: &str = "question=danger_nerves&shows=saddle_numbness&shows=bladder_change&seen=0";

/// Where the first question is asked.
const NERVES: &str = "/question/danger_nerves";

/// Nothing of it.
const NONE: &str = "danger_nerves-none=yes";

async fn events(path: &Path) -> Record {
    let database = Database::open(path, None).await.unwrap();
    let record = Record::of(database.since(&RecordId::own(), Sequence::default()).await.unwrap());
    database.close().await;
    record
}

#[tokio::test]
async fn a_form_is_kept_before_it_is_answered_and_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let server = Running::own(&path).await;
    let page = server.get(NERVES, "").await;
    let cookie = page.cookie();
    let sent = server.post(NERVES, &cookie, &format!("{}&{SCREEN}&{NONE}", page.tokens())).await;
    assert_eq!((sent.status(), sent.header("location")), (303, Some(NERVES)));
    server.stop().await;
    assert_eq!(events(&path).await.interview().screens, ["danger_nerves"]);

    let server = Running::own(&path).await;
    let page = server.get("/", &cookie).await;
    assert!(page.0.contains("You have begun"), "{}", page.0);
    server.stop().await;
}

#[tokio::test]
async fn a_form_without_its_token_or_from_another_site_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let server = Running::own(&path).await;
    let page = server.get(NERVES, "").await;
    let (cookie, tokens) = (page.cookie(), page.tokens());
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let good = format!("{tokens}&{SCREEN}&{NONE}");
    let other = format!("token={}&once=1&{SCREEN}&{NONE}", "0".repeat(64));
    for (headers, body, status) in [
        (vec![("cookie", cookie.as_str()), kind], other.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind], SCREEN, 403),
        (vec![kind], good.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind, ("origin", "https://evil.example")], good.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind, ("origin", "null")], good.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind, ("sec-fetch-site", "cross-site")], good.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind, ("host", "evil.example")], good.as_str(), 421),
        (vec![("cookie", cookie.as_str())], good.as_str(), 415),
    ] {
        assert_eq!(
            server.ask(&format!("POST {NERVES}"), &headers, body).await.status(),
            status,
            "{headers:?}"
        );
    }
    assert_eq!(server.ask("PUT /question", &[], "").await.status(), 405);
    server.stop().await;
    assert!(events(&path).await.events().is_empty());
}

#[tokio::test]
async fn every_response_carries_the_headers_that_keep_others_out() {
    let server = Running::start(Database::in_memory().await.unwrap(), Home::Hosted).await;
    for path in ["/", "/nothing/here", "/assets/0/app.css", "/manifest.webmanifest", "/emergency", "/healthz"]
    {
        let page = server.get(path, "").await;
        let policy = page.header("content-security-policy").unwrap_or_else(|| panic!("{path}"));
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(page.header("referrer-policy"), Some("same-origin"), "{path}");
    }
    assert_eq!(server.get("/", "").await.header("cache-control"), Some("no-store"));
    assert_eq!(server.get("/nothing/here", "").await.status(), 404);
    assert_eq!(server.get("/%2e%2e/%2e%2e/etc/passwd", "").await.status(), 400);
    let set = server.get("/", "").await.header("set-cookie").unwrap().to_owned();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    server.stop().await;
}

#[tokio::test]
async fn two_programs_on_one_file_see_what_the_other_keeps() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let (one, other) = (Running::own(&path).await, Running::own(&path).await);
    let page = one.get(NERVES, "").await;
    one.post(NERVES, &page.cookie(), &format!("{}&{SCREEN}&{NONE}", page.tokens())).await;
    let page = other.get("/check", "").await;
    assert!(page.0.contains("None of these"), "{}", page.0);
    // A page of the other that was opened before says so, and overwrites nothing.
    let page = other.get("/settings", "").await;
    let sent = other
        .post(NERVES, &page.cookie(), &format!("{}&{SCREEN}&danger_nerves-yes=bladder_change", page.tokens()))
        .await;
    assert_eq!(sent.header("location"), Some(NERVES));
    let page = other.get(NERVES, &page.cookie()).await;
    assert!(page.0.contains("This was answered in another window"), "{}", page.0);
    assert!(one.get("/check", "").await.0.contains("None of these"));
    one.stop().await;
    other.stop().await;
}

#[tokio::test]
async fn a_session_that_is_ended_is_gone_from_the_browser() {
    let server = Running::start(Database::in_memory().await.unwrap(), Home::Hosted).await;
    let page = server.get(NERVES, "").await;
    let ended = server.post("/session/end", &page.cookie(), &page.tokens()).await;
    assert_eq!(ended.status(), 303);
    assert!(ended.header("set-cookie").unwrap().contains("Max-Age=0"));
    let refused = server.post("/session/end", &page.cookie(), "token=1").await;
    assert_eq!(refused.status(), 403);
    server.stop().await;
}

#[tokio::test]
async fn what_cannot_be_kept_is_said_so_and_not_answered_as_if_it_were() {
    let database = Database::in_memory().await.unwrap();
    let server = Running::start(database.clone(), Home::Hosted).await;
    let page = server.get(NERVES, "").await;
    database.close().await;
    let sent = server.post(NERVES, &page.cookie(), &format!("{}&{SCREEN}&{NONE}", page.tokens())).await;
    assert_eq!(sent.status(), 503);
    assert!(sent.0.contains("That could not be kept"), "{}", sent.0);
    server.stop().await;
}
