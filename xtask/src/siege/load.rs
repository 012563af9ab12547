//! What other programs do to the server.

use std::io::Read;
use std::sync::LazyLock;
use std::thread::sleep;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::MARK;
use super::record::entry;
use super::wire::Wire;

/// One thing that goes on.
pub(super) struct Load {
    /// How many do it at the same time.
    pub(super) at_once: usize,
    /// Once; it is done again until the part is over.
    pub(super) body: fn(&Wire) -> anyhow::Result<()>,
}

/// By whoever is on the same computer and does not know the secret.
pub(super) const STRANGERS: [Load; 5] = [
    Load { at_once: 40, body: half_a_request },
    Load { at_once: 8, body: read_nothing },
    Load { at_once: 2, body: upload_as_a_stranger },
    Load { at_once: 2, body: erase_as_a_stranger },
    Load { at_once: 2, body: knock },
];

/// By programs that know it.
pub(super) const OWN: [Load; 4] = [
    Load { at_once: 2, body: upload_a_diary },
    Load { at_once: 1, body: upload_noughts },
    Load { at_once: 4, body: read_nothing_of_an_export },
    Load { at_once: 20, body: half_a_form },
];

/// The same person erases, and writes again.
pub(super) const ERASING: [Load; 1] = [Load { at_once: 1, body: erase_and_write }];

/// Between two of the same kind: each is bounded to a hundred a second, so that it is not
/// the want of a processor that is measured.
const PAUSE: Duration = Duration::from_millis(10);

/// 64 MiB, less what a form adds to it.
const UPLOAD: usize = (64 << 20) - 4096;

/// Ten connections that stop in the middle of the head.
fn half_a_request(wire: &Wire) -> anyhow::Result<()> {
    let held: Result<Vec<_>, _> = (0..10).map(|_| wire.stranger().begin("GET / HTTP/1.1\r\nx: ")).collect();
    let held = held?;
    sleep(Duration::from_millis(700));
    drop(held);
    Ok(())
}

/// Many requests on one connection, and not a byte of the answers is read.
fn read_nothing(wire: &Wire) -> anyhow::Result<()> {
    let request = format!("GET /emergency HTTP/1.1\r\nhost: {}\r\n\r\n", wire.address);
    let held = wire.begin(&request.repeat(100))?;
    sleep(Duration::from_secs(2));
    drop(held);
    Ok(())
}

fn upload_as_a_stranger(wire: &Wire) -> anyhow::Result<()> {
    sleep(PAUSE);
    wire.stranger().upload("/data/import", &NOUGHTS).map(drop)
}

fn erase_as_a_stranger(wire: &Wire) -> anyhow::Result<()> {
    sleep(PAUSE);
    wire.stranger().post("/data/erase", "&sure=yes").map(drop)
}

fn knock(wire: &Wire) -> anyhow::Result<()> {
    sleep(PAUSE);
    wire.stranger().get("/data/export.json").map(drop)
}

fn upload_a_diary(wire: &Wire) -> anyhow::Result<()> {
    wire.upload("/data/import", &DIARY).map(drop)
}

fn upload_noughts(wire: &Wire) -> anyhow::Result<()> {
    wire.upload("/data/import", &NOUGHTS).map(drop)
}

/// An export of 20 MiB or more, of which nothing is read but the first line.
fn read_nothing_of_an_export(wire: &Wire) -> anyhow::Result<()> {
    let mut held = wire.begin(&format!("{}\r\n", wire.head("GET", "/data/export.json")))?;
    held.read_exact(&mut [0; 16])?;
    sleep(Duration::from_secs(5));
    drop(held);
    Ok(())
}

/// A form that is announced and never sent.
fn half_a_form(wire: &Wire) -> anyhow::Result<()> {
    let kind = "content-type: application/x-www-form-urlencoded\r\ncontent-length: 1000";
    let held = wire.begin(&format!("{}{kind}\r\n\r\ntoken=", wire.head("POST", "/diary")))?;
    sleep(Duration::from_secs(1));
    drop(held);
    Ok(())
}

fn erase_and_write(wire: &Wire) -> anyhow::Result<()> {
    wire.post("/data/erase", "&sure=yes")?;
    for _ in 0..20 {
        wire.post("/start", &format!("&own_words=My+back+hurts+{MARK}"))?;
    }
    Ok(())
}

/// A file of nothing but noughts where events should be.
static NOUGHTS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let head = "{\"schema\": \"unclench-record\", \"version\": 1, \"exported\": \"2026-11-24T10:00:00Z\", \"events\": [";
    let noughts = "0,".repeat((UPLOAD - head.len() - 3) / 2);
    format!("{head}{noughts}0]}}").into_bytes()
});

/// A diary of long notes.
static DIARY: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let start = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 365 * 50);
    let mut text = String::from(
        "{\"schema\": \"unclench-record\", \"version\": 1, \"exported\": \"2026-11-24T10:00:00Z\", \"events\": [",
    );
    let note = "a long and private note about the day and how it went ".repeat(35);
    for number in 1.. {
        let at = start + SignedDuration::from_mins(number);
        let event = json!({ "sequence": number, "at": at, "event": entry(at, number, &note) }).to_string();
        if UPLOAD < text.len() + event.len() + 3 {
            break;
        }
        if number > 1 {
            text.push(',');
        }
        text.push_str(&event);
    }
    text.push_str("]}");
    text.into_bytes()
});
