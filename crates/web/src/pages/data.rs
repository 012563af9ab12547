//! My data: where the record is, what is in it, a copy to keep, a copy brought
//! back, and erasing it all.

pub(crate) mod erase;
pub(crate) mod import;
pub(crate) mod packed;

use askama::Template;
use care::Clock;
use store::{Record, to_csv};

use crate::frame::{Frame, Here};
use crate::incoming;
use crate::page_error::PageError;
use crate::parts::standing::Standing;
use crate::response::Response;
use crate::screen::Problem;
use crate::visit::Home;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/data.html")]
struct DataPage<'v> {
    frame: Frame<'v>,
    in_emergency: bool,
    home: &'v Home,
    entries: usize,
    /// When the first entry was made, in words.
    since: Option<String>,
    held: Vec<(&'static str, usize)>,
    is_imported: bool,
    problems: Vec<Problem>,
}

/// `GET /data`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    Ok(Response::page(page(visitor).render()?))
}

/// `GET /data/imported`: the same, once an import is in the record.
pub(crate) fn imported(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let frame = frame(visitor, "My data");
    let page = DataPage { is_imported: true, problems: Vec::new(), frame, ..page(visitor) };
    Ok(Response::page(page.render()?))
}

fn page<'v>(visitor: &'v Visitor<'_>) -> DataPage<'v> {
    let wrong = visitor.sent("/data").map(|form| form.text(import::WRONG).to_owned());
    let problems: Vec<Problem> =
        wrong.into_iter().map(|message| Problem { field: "file".to_owned(), message }).collect();
    let first = visitor.record.events().iter().map(|stored| stored.at).min();
    DataPage {
        frame: frame(visitor, "My data").with_error(!problems.is_empty()),
        in_emergency: Standing::of(visitor) == Standing::Emergency,
        home: visitor.visit.home,
        entries: visitor.record.events().len(),
        since: first.map(|at| Clock::of(visitor.now).words(at)),
        held: held(visitor.record),
        is_imported: false,
        problems,
    }
}

fn frame<'v>(visitor: &'v Visitor<'_>, title: &str) -> Frame<'v> {
    let frame = Frame::new(visitor, Here::Data, title).with_scripts(&["files.js"]);
    if Standing::of(visitor) == Standing::Emergency { frame.without_nav() } else { frame }
}

/// What a record holds, in the words of a person; without what it holds none of.
fn held(record: &Record) -> Vec<(&'static str, usize)> {
    let own_words = usize::from(record.interview().own_words.is_some());
    let all = [
        ("Answers to the questions", record.interview().answers.len()),
        ("What you wrote in your own words", own_words),
        ("Outcomes", record.assessments().len()),
        ("Diary entries", record.check_ins().len()),
        ("Painkillers taken", record.doses().len()),
        ("Steps tried", record.trials().len()),
        ("Habits", record.habits().len()),
    ];
    all.into_iter().filter(|(_, count)| *count > 0).collect()
}

/// `GET /data/export.json`: everything, to be brought back.
pub(crate) fn json(visitor: &Visitor<'_>) -> Response {
    let text = incoming::export(visitor.guideline(), visitor.record, visitor.now.timestamp());
    Response::download("application/json", &file_name(visitor, "json"), text.into_bytes())
}

/// `GET /data/export.csv`: what a spreadsheet can show.
pub(crate) fn csv(visitor: &Visitor<'_>) -> Response {
    let text = to_csv(visitor.record, visitor.now.time_zone());
    Response::download("text/csv; charset=utf-8", &file_name(visitor, "csv"), text.into_bytes())
}

/// `back-diary-2026-11-22.csv`, by the day of the person.
fn file_name(visitor: &Visitor<'_>, ending: &str) -> String {
    format!("back-diary-{}.{ending}", visitor.now.date())
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use roxmltree::{Document, ParsingOptions};
    use serde_json::json;
    use store::{CheckIn, DoseTaken, Event, NewDanger, Sequence, Settings, Stored};

    use super::*;
    use crate::Effect;
    use crate::testing::Person;

    /// Somebody with a bit of everything.
    fn somebody() -> Person {
        let mut person = Person::with_a_plain_spasm();
        person.wait(SignedDuration::from_mins(90));
        let at = person.now.timestamp();
        let check_in = CheckIn {
            at,
            pain_now: 4,
            pain_worst: Some(7),
            regions: Vec::new(),
            function: None,
            sleep: None,
            activity: None,
            triggers: vec![store::Trigger::Own("\"lifting\", <heavy>".into())],
            new_danger: NewDanger::No,
            note: "a line\nand another & more".into(),
        };
        let dose = DoseTaken {
            at,
            product: None,
            name: "Ibuprofen".into(),
            units: 400,
            amounts: vec![("ibuprofen".into(), 400)],
            region: "uk".into(),
            verdict: care::DoseLevel::Allowed,
            hundredths: None,
            time_unknown: false,
        };
        let settings = Settings { region: Some("uk".into()), ..Settings::default() };
        for event in [Event::CheckedIn(check_in), Event::DoseTaken(dose), Event::SettingsChanged(settings)] {
            let sequence = Sequence(person.record.last().0 + 1);
            person.record.push(Stored { sequence, at, once: None, event });
        }
        person
    }

    /// The hidden fields of the form on a page, as a browser would send them back.
    fn fields(page: &Response) -> Vec<(String, String)> {
        let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let document = Document::parse_with_options(page.text(), options).expect("it is well-formed");
        let hidden = document.descendants().filter(|node| node.attribute("type") == Some("hidden"));
        let text = |node: roxmltree::Node<'_, '_>, name| node.attribute(name).unwrap_or_default().to_owned();
        hidden
            .map(|node| (text(node, "name"), text(node, "value")))
            .filter(|(name, _)| !["token", "once"].contains(&name.as_str()))
            .collect()
    }

    fn confirm(person: &mut Person, preview: &Response) -> Response {
        let fields = fields(preview);
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        person.post("/data/import/confirm", &fields)
    }

    #[test]
    fn an_export_brought_back_into_an_empty_record_gives_the_same_record() {
        let sam = somebody();
        let export = sam.get("/data/export.json");
        let mut kim = Person::new();
        kim.now = sam.now.clone();
        let preview = kim.post("/data/import", &[("file", export.text())]);
        assert!(preview.text().contains("Nothing has been written yet"), "{}", preview.text());
        assert!(kim.record.events().is_empty(), "a preview writes nothing");
        let done = confirm(&mut kim, &preview);
        assert_eq!(done.header("location"), Some("/data/imported"));
        let plain = |record: &Record| {
            let events = record.events().iter().cloned();
            events.map(|stored| Stored { once: None, ..stored }).collect::<Vec<_>>()
        };
        assert_eq!(plain(&kim.record), plain(&sam.record));
        assert_eq!(kim.record.check_ins(), sam.record.check_ins());
        assert_eq!(kim.record.assessments(), sam.record.assessments());
        assert_eq!(kim.get("/outcome").text(), sam.get("/outcome").text());
        assert!(kim.get("/data/imported").text().contains("It is in your record now"));
    }

    #[test]
    fn a_preview_says_what_is_new_and_what_is_there_already() {
        let mut sam = somebody();
        let export = sam.get("/data/export.json").text().to_owned();
        let preview = sam.post("/data/import", &[("file", &export)]);
        assert!(preview.text().contains("There is nothing new in this file"));
        assert!(fields(&preview).is_empty(), "there is nothing to confirm");
        let mut kim = Person::new();
        let preview = kim.post("/data/import", &[("file", &export)]);
        for line in
            ["Outcomes: 1", "Diary entries: 1", "Painkillers taken: 1", "Answers, habits and settings:"]
        {
            assert!(preview.text().contains(line), "{line}");
        }
    }

    #[test]
    fn adding_twice_counts_once() {
        let export = somebody().get("/data/export.json").text().to_owned();
        let mut kim = Person::new();
        let preview = kim.post("/data/import", &[("file", &export)]);
        confirm(&mut kim, &preview);
        let count = kim.record.events().len();
        assert_eq!(confirm(&mut kim, &preview).header("location"), Some("/data/imported"));
        assert_eq!(kim.record.events().len(), count);
    }

    #[test]
    fn what_was_written_since_the_preview_is_looked_at_again() {
        let export = somebody().get("/data/export.json").text().to_owned();
        let mut kim = Person::new();
        let preview = kim.post("/data/import", &[("file", &export)]);
        kim.answer_next(&json!({}));
        let count = kim.record.events().len();
        let again = confirm(&mut kim, &preview);
        assert_eq!((again.status, kim.record.events().len()), (200, count));
        assert!(again.text().contains("Your record has changed since you looked"));
        confirm(&mut kim, &again);
        assert!(kim.record.events().len() > count);
    }

    #[test]
    fn a_broken_file_says_what_is_wrong_and_where_and_changes_nothing() {
        let mut sam = somebody();
        let export = sam.get("/data/export.json").text().to_owned();
        let before = sam.record.events().len();
        let cut = &export[..export.len() / 2];
        let other = export.replacen("\"kind\": \"dose_taken\"", "\"kind\": \"dose_token\"", 1);
        for (file, says) in [
            ("", "Choose the file"),
            ("hello", "line 1 column 1"),
            (cut, "not JSON (EOF"),
            ("{}", "not an export of a record"),
            (other.as_str(), "dose_token"),
        ] {
            let page = sam.refused("/data/import", &[("file", file)]);
            assert!(page.text().contains(says), "no {says:?}");
            assert!(page.text().contains("<title>Error: ") && page.text().contains("href=\"#file\""));
            sam.refused("/data/import/confirm", &[("text", &packed::pack(file)), ("last", "0")]);
        }
        assert!(sam.refused("/data/import", &[("file", &other)]).text().contains("Event "), "it says which");
        assert_eq!(sam.record.events().len(), before);
    }

    #[test]
    fn a_byte_order_mark_does_no_harm() {
        let export = format!("\u{feff}{}", somebody().get("/data/export.json").text());
        assert_eq!(Person::new().post("/data/import", &[("file", &export)]).status, 200);
    }

    #[test]
    fn the_files_have_the_name_of_the_day_where_the_person_is() {
        let mut person = Person::at("2026-11-21T23:30:00Z", "Asia/Tokyo");
        person.answer_next(&json!({}));
        let name = |path: &str| person.get(path).header("content-disposition").map(str::to_owned);
        assert_eq!(
            name("/data/export.csv").as_deref(),
            Some("attachment; filename=\"back-diary-2026-11-22.csv\"")
        );
        assert_eq!(
            name("/data/export.json").as_deref(),
            Some("attachment; filename=\"back-diary-2026-11-22.json\"")
        );
    }

    #[test]
    fn the_table_has_the_diary_and_the_doses_at_the_time_of_the_person() {
        let table = somebody().get("/data/export.csv").text().to_owned();
        assert_eq!(
            table.lines().filter(|line| line.starts_with("check-in,2026-11-24T11:30:00+00:00")).count(),
            1
        );
        assert_eq!(table.lines().filter(|line| line.starts_with("dose,")).count(), 1);
    }

    #[test]
    fn erasing_is_asked_for_twice_and_then_everything_is_gone() {
        let mut sam = somebody();
        let page = sam.get("/data/erase");
        assert!(page.text().contains("/data/export.json"), "a copy is offered first");
        assert!(page.text().contains("<li>Ibuprofen, today at 11:30</li>"), "the next dose depends on it");
        let page = sam.post("/data/erase", &[]);
        assert_eq!((page.header("location"), &page.effect), (Some("/data/erase"), &Effect::None));
        sam.refused("/data/erase", &[]);
        assert!(!sam.record.events().is_empty());
        assert_eq!(sam.get("/data/erased").header("location"), Some("/data"), "it is not gone yet");
        let page = sam.post("/data/erase", &[("sure", "yes")]);
        assert_eq!((page.header("location"), &page.effect), (Some("/data/erased"), &Effect::Erase));
        assert!(sam.record.events().is_empty());
        assert!(sam.get("/data/erased").text().contains("Everything is erased"));
        assert!(sam.get("/data").text().contains("Nothing yet"));
    }

    #[test]
    fn the_page_says_where_the_record_is_and_how_to_seal_it() {
        let page = somebody().get("/data");
        assert!(page.text().contains("/home/sam/.local/share/unclench/record.db"));
        assert!(page.text().contains("unclench record seal"));
    }

    #[test]
    fn in_an_emergency_the_call_for_help_comes_first() {
        let mut person = Person::new();
        person.answer_next(&json!({ "saddle_numbness": "yes" }));
        for path in ["/data", "/settings"] {
            let page = person.get(path);
            let place = |words: &str| page.text().find(words).expect("it is there");
            assert!(place("calls for help now") < place("<h1>"), "{path}");
            assert!(!page.text().contains("aria-label=\"Main\""), "{path}");
        }
    }
}
