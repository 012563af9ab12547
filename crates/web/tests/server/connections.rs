//! What other programs on the computer can do to the server: not much, and not for long.

use std::time::{Duration, Instant};

use store::Database;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::running::Running;

/// A file of the person's own, as long as this, in a form with its tokens.
fn upload(tokens: &str, text: &str) -> String {
    let part = |name: &str, value: &str| {
        format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields = tokens.split('&').filter_map(|pair| pair.split_once('='));
    let fields: String = fields.map(|(name, value)| part(name, value)).collect();
    format!("{fields}{}--x--\r\n", part("file", text))
}

async fn server() -> Running {
    Running::start(Database::in_memory().await.unwrap()).await
}

#[tokio::test]
async fn half_a_request_is_cut_off() {
    let server = server().await;
    let mut sockets = Vec::new();
    for text in ["", "GET / HTTP/1.1\r\nHost: x\r\nX-a: "] {
        let mut socket = TcpStream::connect(server.address).await.unwrap();
        socket.write_all(text.as_bytes()).await.unwrap();
        sockets.push(socket);
    }
    // And one that was served and then says nothing more.
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    let request =
        format!("GET /healthz HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\n\r\n", server.address, server.cookie());
    idle.write_all(request.as_bytes()).await.unwrap();
    sockets.push(idle);
    let start = Instant::now();
    for mut socket in sockets {
        let mut rest = Vec::new();
        let ended = tokio::time::timeout(Duration::from_secs(15), socket.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "still open after {:?}", start.elapsed());
    }
    server.stop().await;
}

#[tokio::test]
async fn many_who_say_nothing_do_not_keep_the_person_waiting() {
    let server = server().await;
    let mut silent = Vec::new();
    for _ in 0..400 {
        let mut socket = TcpStream::connect(server.address).await.unwrap();
        socket.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
        silent.push(socket);
    }
    let start = Instant::now();
    assert_eq!(server.get("/", &server.cookie()).await.status(), 200);
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    drop(silent);
    server.stop().await;
}

#[tokio::test]
async fn who_reads_nothing_and_who_sends_nothing_do_not_hold_up_the_end() {
    let server = server().await;
    let mut held = Vec::new();
    for head in [
        format!("GET / HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\n\r\n", server.address, server.cookie()),
        format!(
            "POST /data/import HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\ncontent-type: multipart/form-data; boundary=x\r\ncontent-length: 99\r\n\r\n--x",
            server.address,
            server.cookie()
        ),
        "GET / HT".to_owned(),
    ] {
        let mut socket = TcpStream::connect(server.address).await.unwrap();
        socket.write_all(head.as_bytes()).await.unwrap();
        held.push(socket);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    let start = Instant::now();
    server.stop().await;
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
}

#[tokio::test]
async fn an_export_of_more_than_three_mebibytes_is_brought_back_in_the_browser() {
    let at: jiff::Timestamp = "2026-11-24T10:00:00Z".parse().unwrap();
    let own_words = |number: i64| store::Stored {
        sequence: store::Sequence(number),
        at,
        once: None,
        event: store::Event::OwnWords {
            text: "back \"pain\" ".repeat(200),
            proposals: Vec::new(),
            about: None,
        },
    };
    let events: Vec<store::Stored> = (1..=1_500).map(own_words).collect();
    let text = store::to_json(&events, at);
    assert!(text.len() > 3 << 20, "{}", text.len());
    let server = server().await;
    let page = server.get("/data", &server.cookie()).await;
    let kind = ("content-type", "multipart/form-data; boundary=x");
    let cookie = server.cookie();
    let headers = [("cookie", cookie.as_str()), kind];
    let preview = server.ask("POST /data/import", &headers, &upload(&page.tokens(), &text)).await;
    assert_eq!(preview.status(), 200, "{}", &preview.0[..200]);
    assert!(preview.0.contains("1500"), "the preview counts them");
    assert!(preview.0.len() < text.len(), "the text comes back packed");
    let form = format!("{}&last={}", preview.tokens(), preview.hidden("last"));
    let confirm = upload(&form, "")
        .replace("name=\"file\"\r\n\r\n", &format!("name=\"text\"\r\n\r\n{}", preview.hidden("text")));
    let added = server.ask("POST /data/import/confirm", &headers, &confirm).await;
    assert_eq!(
        (added.status(), added.header("location")),
        (303, Some("/data/imported")),
        "{}",
        &added.0[..300]
    );
    assert!(server.get("/data/export.json", &cookie).await.0.len() > text.len());
    server.stop().await;
}

#[tokio::test]
async fn a_file_of_nothing_but_noughts_costs_no_memory_and_is_refused() {
    let server = server().await;
    let page = server.get("/data", &server.cookie()).await;
    let noughts = format!(
        "{{\"schema\": \"unclench-record\", \"version\": 1, \"exported\": \"2026-11-24T10:00:00Z\", \"events\": [{}0]}}",
        "0,".repeat(8 << 20)
    );
    let cookie = server.cookie();
    let headers = [("cookie", cookie.as_str()), ("content-type", "multipart/form-data; boundary=x")];
    let refused = server.ask("POST /data/import", &headers, &upload(&page.tokens(), &noughts)).await;
    assert_eq!((refused.status(), refused.header("location")), (303, Some("/data")));
    let page = server.get("/data", &cookie).await;
    assert!(page.0.contains("Your record is as it was"), "{}", page.0);
    assert!(page.0.len() < 100_000, "what was sent is not sent back");
    server.stop().await;
}

#[tokio::test]
async fn erasing_nothing_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("record.db");
    let server = Running::own(&path).await;
    let page = server.get("/settings", &server.cookie()).await;
    let bytes = || {
        let mut files: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        // The file that readers and writers share in memory says nothing of a record.
        files.retain(|file| !file.to_string_lossy().ends_with("-shm"));
        files.into_iter().map(|file| (std::fs::read(&file).unwrap(), file)).collect::<Vec<_>>()
    };
    let before = bytes();
    for _ in 0..3 {
        let erased =
            server.post("/data/erase", &server.cookie(), &format!("{}&sure=yes", page.tokens())).await;
        assert_eq!(erased.header("location"), Some("/data/erased"));
    }
    assert!(bytes() == before, "the file was written for nothing");
    server.stop().await;
}
