//! The server on a real socket, asked in plain HTTP.

#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod connections;
mod running;
mod this_person_only;
mod unkept;

use std::path::Path;

use store::{Database, Record, RecordId, Sequence};

use running::Running;

pub(crate) const SCREEN: &str = "question=danger_nerves&shows=saddle_numbness&shows=bladder_change&seen=0";

/// Where the first question is asked.
pub(crate) const NERVES: &str = "/question/danger_nerves";

/// Nothing of it.
pub(crate) const NONE: &str = "danger_nerves-none=yes";

pub(crate) async fn events(path: &Path) -> Record {
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
    let page = server.get(NERVES, &server.cookie()).await;
    let (cookie, secret) = (server.cookie(), server.secret.clone());
    let sent = server.post(NERVES, &cookie, &format!("{}&{SCREEN}&{NONE}", page.tokens())).await;
    assert_eq!((sent.status(), sent.header("location")), (303, Some(NERVES)));
    server.stop().await;
    assert_eq!(events(&path).await.interview().screens, ["danger_nerves"]);

    // The browser is still let in after a restart with the same secret.
    let database = Database::open(&path, None).await.unwrap();
    let server = Running::start_with(database, secret).await;
    let cookie = server.cookie();
    let page = server.get("/", &cookie).await;
    assert!(page.0.contains("You have begun"), "{}", page.0);
    server.stop().await;
}

#[tokio::test]
async fn a_form_without_its_token_or_from_another_site_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let server = Running::own(&path).await;
    let page = server.get(NERVES, &server.cookie()).await;
    let (cookie, tokens) = (server.cookie(), page.tokens());
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let good = format!("{tokens}&{SCREEN}&{NONE}");
    let https = format!("https://{}", server.address);
    let other = format!("token={}&once=1&{SCREEN}&{NONE}", "0".repeat(64));
    for (headers, body, status) in [
        (vec![("cookie", cookie.as_str()), kind], other.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind], SCREEN, 403),
        (vec![kind], good.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind, ("origin", "https://evil.example")], good.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind, ("origin", "null")], good.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind, ("origin", "http://127.0.0.1")], good.as_str(), 403),
        (vec![("cookie", cookie.as_str()), kind, ("origin", https.as_str())], good.as_str(), 403),
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
    let put = server.ask("PUT /question", &[], "").await;
    assert_eq!((put.status(), put.header("allow")), (405, Some("GET, HEAD, POST")));
    server.stop().await;
    assert!(events(&path).await.events().is_empty());
}

#[tokio::test]
async fn every_response_carries_the_headers_that_keep_others_out() {
    let server = Running::start(Database::in_memory().await.unwrap()).await;
    for path in ["/", "/nothing/here", "/assets/0/app.css", "/manifest.webmanifest", "/emergency", "/healthz"]
    {
        let page = server.get(path, &server.cookie()).await;
        let policy = page.header("content-security-policy").unwrap_or_else(|| panic!("{path}"));
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(page.header("referrer-policy"), Some("same-origin"), "{path}");
    }
    assert_eq!(server.get("/", &server.cookie()).await.header("cache-control"), Some("no-store"));
    assert_eq!(server.get("/nothing/here", &server.cookie()).await.status(), 404);
    assert_eq!(server.get("/%2e%2e/%2e%2e/etc/passwd", "").await.status(), 400);
    let set = server.get(&server.secret.path(), "").await.header("set-cookie").unwrap().to_owned();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    server.stop().await;
}

#[tokio::test]
async fn two_programs_on_one_file_see_what_the_other_keeps() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let (one, other) = (Running::own(&path).await, Running::own(&path).await);
    let page = one.get(NERVES, &one.cookie()).await;
    one.post(NERVES, &one.cookie(), &format!("{}&{SCREEN}&{NONE}", page.tokens())).await;
    let page = other.get("/check", &other.cookie()).await;
    assert!(page.0.contains("<dd>None</dd>"), "{}", page.0);
    // A page of the other that was opened before says so, and overwrites nothing.
    let page = other.get("/settings", &other.cookie()).await;
    let form = format!("{}&{SCREEN}&danger_nerves-yes=bladder_change", page.tokens());
    let sent = other.post(NERVES, &other.cookie(), &form).await;
    assert_eq!(sent.header("location"), Some(NERVES));
    let page = other.get(NERVES, &other.cookie()).await;
    assert!(page.0.contains("This was answered in another window"), "{}", page.0);
    assert!(one.get("/check", &one.cookie()).await.0.contains("<dd>None</dd>"));
    one.stop().await;
    other.stop().await;
}

#[tokio::test]
async fn what_cannot_be_kept_is_said_so_and_not_answered_as_if_it_were() {
    let database = Database::in_memory().await.unwrap();
    let server = Running::start(database.clone()).await;
    let page = server.get(NERVES, &server.cookie()).await;
    database.close().await;
    let sent = server.post(NERVES, &server.cookie(), &format!("{}&{SCREEN}&{NONE}", page.tokens())).await;
    assert_eq!(sent.status(), 503);
    assert!(sent.0.contains("That could not be kept"), "{}", sent.0);
    server.stop().await;
}

#[cfg(unix)]
#[tokio::test]
async fn a_record_that_is_moved_or_deleted_while_it_is_served_is_not_written_to_and_every_page_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let server = Running::own(&path).await;
    let cookie = server.cookie();
    let page = server.get(NERVES, &cookie).await;
    let form = format!("{}&{SCREEN}&{NONE}", page.tokens());
    let moved = folder.path().join("moved.db");
    std::fs::rename(&path, &moved).unwrap();
    let sent = server.post(NERVES, &cookie, &form).await;
    assert_eq!(sent.status(), 503, "{}", sent.0);
    assert!(sent.0.contains("no longer at") && sent.0.contains("may not be kept"), "{}", sent.0);
    let shown = server.get("/", &cookie).await;
    assert_eq!(shown.status(), 200);
    assert!(shown.0.contains("Your record is not whole") && shown.0.contains("no longer at"), "{}", shown.0);
    assert!(!path.exists());
    // Back in its place it goes on.
    std::fs::rename(&moved, &path).unwrap();
    assert_eq!(server.post(NERVES, &cookie, &form).await.status(), 303);
    assert!(!server.get("/", &cookie).await.0.contains("Your record is not whole"));
    let page = server.get("/settings", &cookie).await;
    std::fs::remove_file(&path).unwrap();
    let form = format!("{}&region=uk", page.tokens());
    assert_eq!(server.post("/settings", &cookie, &form).await.status(), 503);
    server.stop().await;
    assert!(!path.exists());
}
