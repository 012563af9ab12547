//! My data: where the record is, what is in it, a copy to keep, a copy brought
//! back, and erasing it all.

pub(crate) mod erase;
pub(crate) mod import;
pub(crate) mod packed;
pub(crate) mod sealed;

use askama::Template;
use jiff::Timestamp;
use store::{Event, Record, to_csv};
use tell::{Clock, Confided};

use crate::frame::{Frame, Here};
use crate::hand_off::{first_of_all, with_hand_off};
use crate::incoming;
use crate::page_error::PageError;
use crate::parts::copies::Copies;
use crate::parts::standing::Standing;
use crate::request::Form;
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
    /// How its copies stand; none where it is a file of their own.
    copies: Option<Copies>,
    /// There is an outcome to hand over.
    has_outcome: bool,
    /// When this page was made, in milliseconds: a copy made from it holds all until then.
    made: i64,
    is_imported: bool,
    problems: Vec<Problem>,
    /// What is wrong with the file that was chosen.
    wrong_file: Option<String>,
    /// What is wrong with the passphrase for a sealed copy.
    wrong_passphrase: Option<String>,
}

/// `GET /data`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let page = page(visitor);
    page.frame.around(&page)
}

/// `GET /data/imported`: the same, once an import is in the record.
pub(crate) fn imported(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let frame = frame(visitor, "My data");
    let page = DataPage {
        is_imported: true,
        problems: Vec::new(),
        wrong_file: None,
        wrong_passphrase: None,
        frame,
        ..page(visitor)
    };
    page.frame.around(&page)
}

fn page<'v>(visitor: &'v Visitor<'_>) -> DataPage<'v> {
    let wrong = |field| visitor.sent("/data").and_then(|form| form.get(field)).map(ToOwned::to_owned);
    let (wrong_file, wrong_passphrase) = (wrong(import::WRONG), wrong(sealed::WRONG));
    let problem = |field: &str, message| Problem { field: field.to_owned(), message };
    let of_file = wrong_file.clone().map(|message| problem("file", message));
    let of_passphrase = wrong_passphrase.clone().map(|message| problem("passphrase", message));
    let problems: Vec<Problem> = of_passphrase.into_iter().chain(of_file).collect();
    let first = visitor.record.events().iter().map(|stored| stored.at).min();
    DataPage {
        frame: frame(visitor, "My data").with_error(!problems.is_empty()),
        in_emergency: Standing::of(visitor) == Standing::Emergency,
        home: visitor.visit.home,
        entries: visitor.record.events().len(),
        since: first.map(|at| Clock::of(visitor.now).words(at)),
        held: held(visitor.record),
        copies: Copies::of(visitor),
        has_outcome: visitor.standing().concluded().is_some(),
        made: visitor.now.timestamp().as_millisecond(),
        is_imported: false,
        problems,
        wrong_file,
        wrong_passphrase,
    }
}

fn frame<'v>(visitor: &'v Visitor<'_>, title: &str) -> Frame<'v> {
    let frame = Frame::new(visitor, Here::Data, title).with_scripts(&["files.js", "install.js"]);
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

/// `GET /data/for-the-doctor.fhir.json`, and with what is private
/// `GET /data/for-the-doctor-in-full.fhir.json`: the page for the doctor, for another system.
pub(crate) fn fhir(visitor: &Visitor<'_>, confided: Confided) -> Response {
    let case = visitor.standing();
    let bundle = with_hand_off(visitor.guideline(), visitor.record, case, visitor.now, |to_hand_over| {
        to_hand_over.bundle(visitor.region(), confided)
    });
    let Some(bundle) = bundle else { return first_of_all(case) };
    let name = format!("for-the-doctor-{}.fhir.json", visitor.now.date());
    Response::download("application/fhir+json", &name, bundle.into_bytes())
}

/// `POST /data/copied`: the person has the copy. Nothing else tells that a file was saved,
/// so it is only noted when they say so, or when a share went through.
pub(crate) fn copied(visitor: &Visitor<'_>, form: &Form) -> Result<Response, PageError> {
    let made = form.text("made").parse().ok().and_then(|made| Timestamp::from_millisecond(made).ok());
    let made = made.filter(|made| *made <= visitor.now.timestamp());
    let made = made.ok_or_else(|| PageError::BadForm("it does not say when the copy was made".to_owned()))?;
    Ok(Response::see("/data").after(vec![Event::CopySaved { made }]))
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

    /// An outcome as it stands where it was worked out.
    fn as_written_here(mut stored: Stored) -> Stored {
        if let Event::Assessed { came_in, .. } = &mut stored.event {
            *came_in = false;
        }
        stored
    }

    /// What the outcomes say, apart from their words, which nobody can vouch for in a file.
    fn told(record: &Record) -> Vec<(Timestamp, care::Urgency, &str, &store::KeptCertificate)> {
        let all = record.assessments().iter();
        all.map(|told| (told.at, told.shown.urgency, told.shown.seal.as_str(), &told.certificate)).collect()
    }

    /// Somebody new, at a time when an export of [`somebody`] was made.
    fn kim() -> Person {
        let mut kim = Person::new();
        kim.wait(SignedDuration::from_mins(90));
        kim
    }

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
        let mut kim = kim();
        kim.now = sam.now.clone();
        let preview = kim.post("/data/import", &[("file", export.text())]);
        assert!(preview.text().contains("Nothing has been written yet"), "{}", preview.text());
        assert!(kim.record.events().is_empty(), "a preview writes nothing");
        let done = confirm(&mut kim, &preview);
        assert_eq!(done.header("location"), Some("/data/imported"));
        let plain = |record: &Record| {
            // That it was brought back is new.
            let is_of_both = |stored: &Stored| !matches!(stored.event, Event::CopySaved { .. });
            let events = record.events().iter().filter(|stored| is_of_both(stored)).cloned();
            events.map(|stored| as_written_here(Stored { once: None, ..stored })).collect::<Vec<_>>()
        };
        assert_eq!(plain(&kim.record), plain(&sam.record));
        assert_eq!(kim.record.check_ins(), sam.record.check_ins());
        assert_eq!(told(&kim.record), told(&sam.record));
        assert_eq!(kim.get("/outcome").text(), sam.get("/outcome").text());
        assert!(kim.get("/data/imported").text().contains("It is in your record now"));
    }

    /// Somebody whose record is in their browser.
    fn in_browser(mut person: Person) -> Person {
        person.home = Home::Browser;
        person
    }

    /// Says that a copy was saved, as the page that was open then does.
    fn has_copy(person: &mut Person) {
        let page = person.get("/data");
        let made = page.text().split("name=\"made\" value=\"").nth(1).expect("it is asked");
        let made = made.split('"').next().unwrap_or_default().to_owned();
        let sent = person.post("/data/copied", &[("made", made.as_str())]);
        assert_eq!(sent.header("location"), Some("/data"));
    }

    #[test]
    fn where_a_browser_keeps_the_record_a_copy_is_asked_for_after_five_entries_and_no_sooner() {
        let mut person = in_browser(Person::with_a_plain_spasm());
        person.post("/settings", &[("colours", "dark")]);
        for number in 1..=4 {
            assert!(!person.get("/").text().contains("Save a copy"), "{number}");
            person.wait(SignedDuration::from_hours(1));
            person.post("/diary", &[("pain_now", "4"), ("new_danger", "no")]);
        }
        assert!(
            person.get("/").text().contains("You have made 5 entries, and there is no copy of them yet.")
        );
        assert!(person.get("/data").text().contains("none that we know of. 5 entries are in no copy."));
        person.wait(SignedDuration::from_hours(1));
        has_copy(&mut person);
        assert!(!person.get("/").text().contains("Save a copy"), "it rests");
        let page = person.get("/data");
        assert!(page.text().contains("<strong>Last copy:</strong> today.</p>"), "{}", page.text());
        person.wait(SignedDuration::from_hours(9 * 24));
        assert!(person.get("/data").text().contains("<strong>Last copy:</strong> 9 days ago.</p>"));
        for _ in 0..5 {
            person.post("/diary", &[("pain_now", "3"), ("new_danger", "no")]);
            person.wait(SignedDuration::from_hours(1));
        }
        let page = person.get("/");
        assert!(page.text().contains("9 days ago. Since then you have made 5 entries."), "{}", page.text());
        // A file of one's own is no browser's to delete.
        person.home = crate::testing::home();
        assert!(!person.get("/").text().contains("Save a copy"));
        assert!(!person.get("/data").text().contains("Last copy"));
    }

    #[test]
    fn a_copy_that_nobody_can_have_is_not_noted() {
        let mut person = in_browser(somebody());
        let later = (person.now.timestamp().as_millisecond() + 1).to_string();
        for made in ["", "yesterday", later.as_str()] {
            assert_eq!(person.post("/data/copied", &[("made", made)]).status, 400, "{made}");
        }
        assert_eq!(person.record.last_copy(), None);
    }

    #[test]
    fn what_was_brought_from_a_file_is_in_a_copy() {
        let export = somebody().get("/data/export.json").text().to_owned();
        let mut kim = in_browser(Person::new());
        kim.now = somebody().now;
        let preview = kim.post("/data/import", &[("file", &export)]);
        confirm(&mut kim, &preview);
        assert_eq!(kim.record.entries_since_copy(), 0);
        // Where there was something before, the file does not hold it.
        let mut sam = in_browser(Person::with_a_plain_spasm());
        sam.now = somebody().now;
        has_copy(&mut sam);
        let mine = sam.get("/data/export.json").text().to_owned();
        let preview = kim.post("/data/import", &[("file", &mine)]);
        confirm(&mut kim, &preview);
        let copies = kim.record.events().iter().filter(|one| matches!(one.event, Event::CopySaved { .. }));
        assert_eq!(copies.count(), 1);
    }

    #[test]
    fn a_sealed_copy_opens_with_its_passphrase_only_and_brings_the_record_back() {
        let mut sam = somebody();
        let short = sam.refused("/data/export.sealed", &[("passphrase", "short")]);
        assert!(short.text().contains("A passphrase has at least 8 characters"), "{}", short.text());
        assert!(!short.text().contains("value=\"short\""), "it goes nowhere again");
        let sealed = sam.post("/data/export.sealed", &[("passphrase", "correct horse battery")]);
        let name = sealed.header("content-disposition");
        assert_eq!(name, Some("attachment; filename=\"back-diary-2026-11-24.sealed.txt\""));
        assert!(!sealed.text().contains("ibuprofen") && sam.record == somebody().record);
        let mut kim = kim();
        kim.now = sam.now.clone();
        let page = kim.post("/data/import", &[("file", sealed.text())]);
        assert!(page.text().contains("<h1>This copy is sealed</h1>"), "{}", page.text());
        for wrong in ["", "correct horse", "correct horse battery "] {
            let page = kim.post("/data/import", &[("file", sealed.text()), ("passphrase", wrong)]);
            assert!(page.text().contains("<title>Error: This copy is sealed"), "{wrong}");
        }
        let again = fields(&page);
        let file = again.iter().find(|(name, _)| name == "file").map(|(_, text)| text.as_str());
        assert_eq!(file, Some(sealed.text()), "it need not be chosen twice");
        let open = [("file", sealed.text()), ("passphrase", "correct horse battery")];
        let preview = kim.post("/data/import", &open);
        assert!(preview.text().contains("Nothing has been written yet"), "{}", preview.text());
        confirm(&mut kim, &preview);
        assert_eq!(told(&kim.record), told(&sam.record));
        assert_eq!(kim.get("/outcome").text(), sam.get("/outcome").text());
        let cut = &sealed.text()[..sealed.text().len() / 2];
        kim.refused("/data/import", &[("file", cut)]);
    }

    #[test]
    fn installing_is_offered_before_the_diary_begins_and_only_where_a_browser_keeps_it() {
        let offer = "aria-labelledby=\"install\"";
        let mut person = Person::with_a_plain_spasm();
        assert!(!person.get("/diary").text().contains(offer) && !person.get("/data").text().contains(offer));
        person.home = Home::Browser;
        assert!(person.get("/diary").text().contains(offer) && person.get("/data").text().contains(offer));
        person.post("/diary", &[("pain_now", "4"), ("new_danger", "no")]);
        assert!(!person.get("/diary").text().contains(offer), "it has begun");
        assert!(person.get("/data").text().contains("Move to another phone"));
        assert!(person.get("/data").text().contains("Here, share or save \"Everything\""));
        let empty = in_browser(Person::new()).get("/data");
        assert!(!empty.text().contains("Here, share"), "there is nothing to save yet: {}", empty.text());
        assert!(in_browser(Person::new()).get("/").text().contains("href=\"/data#back\""));
        assert!(!Person::new().get("/").text().contains("href=\"/data#back\""));
    }

    #[test]
    fn a_preview_says_what_is_new_and_what_is_there_already() {
        let mut sam = somebody();
        let export = sam.get("/data/export.json").text().to_owned();
        let preview = sam.post("/data/import", &[("file", &export)]);
        assert!(preview.text().contains("There is nothing new in this file"));
        assert!(fields(&preview).is_empty(), "there is nothing to confirm");
        let mut kim = kim();
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
        let mut kim = kim();
        let preview = kim.post("/data/import", &[("file", &export)]);
        confirm(&mut kim, &preview);
        let count = kim.record.events().len();
        assert_eq!(confirm(&mut kim, &preview).header("location"), Some("/data/imported"));
        assert_eq!(kim.record.events().len(), count);
    }

    #[test]
    fn what_was_written_since_the_preview_is_looked_at_again() {
        let export = somebody().get("/data/export.json").text().to_owned();
        let mut kim = kim();
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
        assert_eq!(kim().post("/data/import", &[("file", &export)]).status, 200);
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
