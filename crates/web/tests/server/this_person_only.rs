//! Without the secret nothing is read or changed, and whoever has it is never shut out.

use store::Database;
use web::server::Secret;

use crate::running::{Answer, Running};
use crate::{NERVES, NONE, SCREEN, events};

/// Some address of every part, also those that change things.
const PATHS: [&str; 16] = [
    "/",
    "/question",
    "/check",
    "/outcome",
    "/diary",
    "/diary/entries",
    "/medicines",
    "/medicines/log",
    "/habits",
    "/habits/calendar.ics",
    "/data",
    "/data/export.json",
    "/data/export.csv",
    "/data/erase",
    "/settings",
    "/nothing/here",
];

fn is_locked(page: &Answer) -> bool {
    page.status() == 403 && page.0.contains("This browser has not been let in yet")
}

async fn somebody() -> Running {
    let server = Running::start(Database::in_memory().await.unwrap()).await;
    let page = server.get(NERVES, &server.cookie()).await;
    let form = format!("{}&own_words=My+zebra+back", page.tokens());
    assert_eq!(server.post("/start", &server.cookie(), &form).await.status(), 303);
    server
}

#[tokio::test]
async fn nothing_of_the_person_is_read_without_the_secret() {
    let server = somebody().await;
    let other = format!("unclench_{}={}", server.address.port(), Secret::new().as_str());
    let name_only = format!("unclench_{}=", server.address.port());
    for cookie in ["", "unclench=x", &other, &name_only] {
        for path in PATHS {
            let page = server.get(path, cookie).await;
            assert!(is_locked(&page), "{path} with {cookie}: {}", page.0);
            assert!(!page.0.contains("zebra") && page.header("set-cookie").is_none(), "{path}");
            assert!(!page.0.contains(server.secret.as_str()), "{path}");
            assert_eq!(page.header("connection"), Some("close"), "a stranger holds no connection");
        }
    }
    assert!(server.get("/data/export.json", &server.cookie()).await.0.contains("zebra"));
    server.stop().await;
}

#[tokio::test]
async fn nothing_is_changed_without_the_secret_not_even_with_a_token() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let server = Running::own(&path).await;
    let tokens = server.get(NERVES, &server.cookie()).await.tokens();
    for (path, fields) in [
        (NERVES, format!("{tokens}&{SCREEN}&{NONE}")),
        ("/data/erase", format!("{tokens}&sure=yes")),
        ("/settings", format!("{tokens}&region=uk")),
        ("/start", format!("{tokens}&own_words=x")),
    ] {
        let page = server.post(path, "", &fields).await;
        assert!(is_locked(&page), "{path}: {}", page.0);
    }
    server.stop().await;
    assert!(events(&path).await.events().is_empty());
}

#[tokio::test]
async fn the_address_with_the_secret_lets_a_browser_in_and_no_other_does() {
    let server = somebody().await;
    let opened = server.get(&server.secret.path(), "").await;
    assert_eq!((opened.status(), opened.header("location")), (303, Some("/")));
    let set = opened.header("set-cookie").unwrap().to_owned();
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    let cookie = set.split(';').next().unwrap();
    assert!(server.get("/data/export.json", cookie).await.0.contains("zebra"));
    for path in [Secret::new().path(), "/open/".to_owned(), "/open/x".to_owned()] {
        let page = server.get(&path, "").await;
        assert!(is_locked(&page) && page.header("set-cookie").is_none(), "{path}");
    }
    server.stop().await;
}

#[tokio::test]
async fn a_stray_or_second_cookie_shuts_nobody_out_and_writes_nowhere_else() {
    let server = somebody().await;
    let own = server.cookie();
    let name = format!("unclench_{}", server.address.port());
    let planted = format!("{name}={}", "0".repeat(64));
    for cookie in [
        format!("{name}=x; {own}"),
        format!("{planted}; {own}"),
        format!("{own}; {planted}"),
        format!("unclench=y; {own}"),
        format!("a={}; {own}", "b".repeat(300_000)),
    ] {
        assert!(server.get("/data/export.json", &cookie).await.0.contains("zebra"), "{}", &cookie[..40]);
    }
    server.stop().await;
}

#[tokio::test]
async fn when_to_call_for_help_is_shown_to_anyone() {
    let server = somebody().await;
    let page = server.get("/emergency", "").await;
    assert_eq!(page.status(), 200);
    assert!(page.0.contains("When to call for help"), "{}", page.0);
    assert!(server.get("/", "").await.0.contains("href=\"/emergency\""));
    server.stop().await;
}
