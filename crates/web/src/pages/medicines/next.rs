//! `GET /medicines/next.ics`: when the next tablet may be, for any calendar (RFC 5545). It
//! names no medicine, since others may see a calendar.

use care::hex;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use tell::Message;

use crate::parts::ics::{Lines, instant};
use crate::parts::today::next_doses;
use crate::response::Response;
use crate::visitor::Visitor;

/// How long the entry is in the calendar.
const LASTS: SignedDuration = SignedDuration::from_mins(15);

/// The file; the page about painkillers where none has to wait.
pub(crate) fn download(visitor: &Visitor<'_>) -> Response {
    let doses = next_doses(visitor);
    if doses.is_empty() {
        return Response::see("/medicines");
    }
    let mut lines = Lines::default();
    lines.part("VCALENDAR", |lines| {
        lines.add("VERSION", "2.0");
        lines.text("PRODID", "-//Unclench//Next tablet//EN");
        lines.add("CALSCALE", "GREGORIAN");
        lines.add("METHOD", "PUBLISH");
        for (name, at) in &doses {
            write(lines, name, *at, visitor.now.timestamp());
        }
    });
    let kind = "text/calendar; charset=utf-8; method=PUBLISH";
    Response::download(kind, "unclench-next-tablet.ics", lines.into_bytes())
}

fn write(lines: &mut Lines, name: &str, at: Timestamp, now: Timestamp) {
    // Nobody can read the medicine in it, and the file read in again changes what is there.
    let id = Sha256::digest(format!("unclench dose {name} {at}"));
    lines.part("VEVENT", |lines| {
        lines.text("UID", &format!("{}@unclench", hex(&id[..16])));
        lines.add("DTSTAMP", &instant(now));
        lines.add("DTSTART", &instant(at));
        lines.add("DTEND", &instant(at.saturating_add(LASTS).unwrap_or(at)));
        lines.text("SUMMARY", &Message::HomeCalendarTitle.to_string());
        lines.text("DESCRIPTION", &Message::HomeCalendarNotes.to_string());
        lines.add("CLASS", "PRIVATE");
        lines.add("TRANSP", "TRANSPARENT");
        lines.part("VALARM", |lines| {
            lines.add("ACTION", "DISPLAY");
            lines.add("TRIGGER", "PT0S");
            lines.text("DESCRIPTION", &Message::HomeCalendarTitle.to_string());
        });
    });
}

#[cfg(test)]
mod tests {
    use crate::testing::Person;

    #[test]
    fn the_next_tablet_goes_into_the_calendar_and_is_not_named_there() {
        let mut person = Person::with_a_plain_spasm();
        assert_eq!(person.get("/medicines/next.ics").header("location"), Some("/medicines"));
        person.post("/medicines/region", &[("dose_region", "us")]);
        person.post("/medicines/log", &[("medicine", "advil"), ("units", "1"), ("when", "now")]);
        let home = person.get("/");
        assert!(home.text().contains("href=\"/medicines/next.ics\""), "{}", home.text());
        let file = person.get("/medicines/next.ics");
        assert!(file.text().contains("DTSTART:20261124T") && file.text().contains("BEGIN:VALARM"));
        assert!(!file.text().to_lowercase().contains("ibuprofen"), "{}", file.text());
    }
}
