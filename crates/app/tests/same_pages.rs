//! The worker of a browser and the server of a computer give the same pages, byte for byte.
//!
//! People who press whatever there is walk through both at once: every link, every form,
//! filled in well and badly. What they did is written to the file that
//! `UNCLENCH_JOURNEYS` names, so that the program as WebAssembly can be walked through too.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use app::Worker;
use app::message::{Ask, Asked, Message, Options, Told};
use care::{Guideline, ProsePage, compiled};
use compiler::SourceFile;
use html5gum::{Token, Tokenizer};
use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use serde_json::json;
use store::{Database, KeptHead, KeptRow, KeptRows};
use web::{Arrival, Form, HEADERS, Home, Method, Request, Site, Visits};

/// People, and what each of them does.
/// So many people at least, and more until every form was sent.
const PEOPLE: u64 = 48;
const MOST_PEOPLE: u64 = 200;
const STEPS: usize = 70;

const TOKEN: &str = "1234567890abcdef1234567890abcdef1234567890abcdef1234567890abcdef";
const ZONE: &str = "Europe/London";
const LANGUAGES: &str = "en-GB,en";

/// A book, its prose, and both as the two files that a browser gets; and what clocks show.
struct Book {
    guideline: Guideline,
    prose: Vec<ProsePage>,
    file: Vec<u8>,
    rest: Vec<u8>,
    zones: Vec<u8>,
}

fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guideline");
        let mut files = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                files.push(SourceFile { path: name, text: std::fs::read_to_string(&path).unwrap() });
            }
        }
        let compiled = compiler::compile(&files).unwrap_or_else(|_| panic!("the book compiles"));
        let prose = print::pages_for_web(&compiled).unwrap();
        let (file, rest) = compiled::write_apart(&compiled.guideline, prose.clone()).unwrap();
        Book { guideline: compiled.guideline, prose, file, rest, zones: app::zones::file().unwrap() }
    })
}

/// A browser's database, as far as the worker sees it.
#[derive(Default)]
struct Kept {
    head: Option<KeptHead>,
    rows: Vec<KeptRow>,
}

impl Kept {
    fn told(&mut self, ask: Ask) -> Told {
        match ask {
            Ask::Read { start, last } => {
                let is_known = self.head.as_ref().is_some_and(|head| Some(&head.start) == start.as_ref());
                let after = if is_known { last } else { 0 };
                let rows = self.rows.iter().filter(|row| row.sequence > after).cloned().collect();
                Told::Rows(KeptRows { head: self.head.clone(), rows, all: !is_known })
            }
            Ask::Keep { expected, rows, head } => {
                let ends = self.head.as_ref().map(|head| (head.start.clone(), head.last));
                if ends != expected.map(|expected| (expected.start, expected.last)) {
                    return Told::Overtaken(true);
                }
                let once = rows.first().and_then(|row| row.once.clone());
                if once.is_some() && self.rows.iter().any(|row| row.once == once) {
                    return Told::Seen(true);
                }
                self.rows.extend(rows);
                self.head = head;
                Told::Kept(true)
            }
            Ask::Erase => {
                *self = Self::default();
                Told::Erased(true)
            }
            Ask::File { .. } | Ask::Rest | Ask::Send { .. } => {
                Told::Failed("nothing of that kind is kept".to_owned())
            }
        }
    }
}

/// A page as it is sent.
#[derive(Clone, Debug, PartialEq)]
struct Sent {
    status: u16,
    headers: BTreeSet<(String, String)>,
    body: String,
}

fn opened(rest: Option<&[u8]>) -> Worker {
    Worker::open(&book().file, &book().zones, rest, Options { base: "/".to_owned() }).unwrap()
}

/// One person after the other, at both.
struct Person {
    runtime: tokio::runtime::Runtime,
    server: Visits<'static, Database>,
    worker: Worker,
    kept: Kept,
    now: i64,
    visits: u64,
    journey: Vec<serde_json::Value>,
}

impl Person {
    fn new() -> Self {
        let Book { guideline, prose, .. } = book();
        let site = Site::new(guideline, prose.clone(), TimeZoneDatabase::bundled());
        // The server's alone: the worker has no runtime in a browser either.
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let database = runtime.block_on(Database::in_memory()).unwrap();
        let server = Visits::new(site, database, Home::Browser, None);
        let worker = opened(None);
        let now = 1_795_600_000_000;
        Self { runtime, server, worker, kept: Kept::default(), now, visits: 0, journey: Vec::new() }
    }

    /// Asks both, and says what both answer.
    fn asks(&mut self, method: Method, path: &str, form: Vec<(String, String)>) -> Sent {
        self.visits += 1;
        let random = format!("{:064x}", self.visits * 7_919);
        let verb = if method == Method::Get { "GET" } else { "POST" };
        let asked = json!({
            "method": verb, "path": path, "form": form, "now": self.now, "zone": ZONE,
            "languages": LANGUAGES, "random": random, "token": TOKEN,
        });
        let of_server = {
            let arrival = Arrival {
                request: Request { method, path: path.to_owned(), form: form.into_iter().collect::<Form>() },
                now: Timestamp::from_millisecond(self.now).unwrap(),
                zone: TimeZone::get(ZONE).unwrap(),
                languages: LANGUAGES,
                token: TOKEN,
                once: &random[..32],
            };
            let response = self.runtime.block_on(self.server.visit(&arrival)).response;
            let own = response.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
            let all = HEADERS.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            let mut headers: BTreeSet<_> = own.chain(all).collect();
            if response.header("cache-control").is_none() {
                headers.insert(("cache-control".to_owned(), "no-store".to_owned()));
            }
            Sent { status: response.status, headers, body: response.text().to_owned() }
        };
        let asked_once: Asked = serde_json::from_value(asked.clone()).unwrap();
        let mut ask = self.worker.call(Message::Visit(Box::new(asked_once)));
        let of_worker = loop {
            if let Ask::Send { status, headers, body } = ask {
                break Sent { status, headers: headers.into_iter().collect(), body };
            }
            let next = if ask == Ask::Rest {
                self.worker = opened(Some(&book().rest));
                Message::Visit(Box::new(serde_json::from_value(asked.clone()).unwrap()))
            } else {
                Message::Told(self.kept.told(ask))
            };
            ask = self.worker.call(next);
        };
        assert_eq!(of_worker, of_server, "{verb} {path}");
        let location = location(&of_server);
        self.journey.push(json!({
            "visit": asked, "status": of_server.status, "location": location, "body": of_server.body,
        }));
        of_server
    }

    /// Erases the record, for the next one.
    fn leaves(&mut self) {
        let fields =
            [("token", TOKEN), ("sure", "yes")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let sent = self.asks(Method::Post, "/data/erase", fields.to_vec());
        assert_eq!(location(&sent).as_deref(), Some("/data/erased"));
    }

    /// Opens a page, and goes where it leads.
    fn opens(&mut self, path: &str) -> (String, Sent) {
        let mut path = path.to_owned();
        for _ in 0..8 {
            let sent = self.asks(Method::Get, &path, Vec::new());
            match location(&sent) {
                Some(next) => path = next,
                None => return (path, sent),
            }
        }
        panic!("{path} leads round in circles");
    }
}

fn location(sent: &Sent) -> Option<String> {
    let location = sent.headers.iter().find(|(name, _)| name == "location")?;
    Some(location.1.split('#').next().unwrap_or_default().to_owned())
}

/// Dice that fall the same each time (Knuth's linear congruential generator).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides.max(1) as u64).unwrap()
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.roll(all.len()))
    }
}

/// What somebody may type into a field of words or of a number: well, and badly.
const TYPED: [&str; 12] = [
    "3",
    "7",
    "42",
    "200",
    "-1",
    "2.5",
    "",
    "since this morning, after lifting",
    "<b>\"bold\"</b> & 'so'",
    "ibuprofen",
    "my leg is numb and I cannot wee",
    "08:30",
];

/// A tag with its attributes, by their names.
struct Tag {
    name: String,
    attributes: BTreeMap<String, String>,
}

impl Tag {
    fn of(&self, attribute: &str) -> String {
        self.attributes.get(attribute).cloned().unwrap_or_default()
    }

    fn has(&self, attribute: &str) -> bool {
        self.attributes.contains_key(attribute)
    }
}

/// The tags of a page in their order.
fn tags(html: &str) -> Vec<Tag> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let tags = Tokenizer::new(html).flatten().filter_map(|token| match token {
        Token::StartTag(tag) => {
            let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
            Some(Tag { name: text(&tag.name), attributes })
        }
        Token::EndTag(tag) => {
            Some(Tag { name: format!("/{}", text(&tag.name)), attributes: BTreeMap::new() })
        }
        _ => None,
    });
    tags.collect()
}

/// The addresses that a page leads to, but to files and what deletes everything.
fn links(page: &[Tag]) -> Vec<String> {
    let hrefs = page.iter().filter(|tag| tag.name == "a").map(|tag| tag.of("href"));
    // A second way to a place that every page leads to is no other way.
    let ours = hrefs.filter(|href| href.starts_with('/') && !href.starts_with("/data#"));
    ours.map(|href| href.split('#').next().unwrap_or_default().to_owned()).collect()
}

/// Forms that are always there. Everybody sends them in the end, so that they take no turn
/// from one that is seldom seen.
const ALWAYS: [&str; 2] = ["/data/export.sealed", "/data/copied"];

/// The forms of a page, each from its own tag to its end, but the one that deletes everything.
fn forms(page: &[Tag]) -> Vec<&[Tag]> {
    let begins = page.iter().enumerate().filter(|(_, tag)| tag.name == "form" && tag.has("action"));
    let whole = begins.filter_map(|(at, _)| {
        let length = page[at..].iter().position(|tag| tag.name == "/form")?;
        Some(&page[at..at + length])
    });
    whole.filter(|form| form[0].of("action") != "/data/erase").collect()
}

/// How somebody fills in a form.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    /// Ticks much, and writes anything.
    Hasty,
    /// Ticks little, and writes what can be read.
    Careful,
    /// The same of somebody who has nothing but a spasm, and so comes to a plan.
    Plain,
}

/// A form filled in by the dice: where it goes, and its fields.
fn filled(form: &[Tag], dice: &mut Dice, manner: Manner) -> (String, Vec<(String, String)>) {
    let is_careful = manner != Manner::Hasty;
    let one_in = match manner {
        Manner::Hasty => 6,
        Manner::Careful => 60,
        Manner::Plain => 1_000,
    };
    let mut fields = Vec::new();
    let mut choices: Vec<(String, Vec<String>)> = Vec::new();
    let mut select = String::new();
    for tag in form {
        let (name, value) = (tag.of("name"), tag.of("value"));
        match (tag.name.as_str(), tag.of("type").as_str()) {
            ("select", _) => select = name,
            ("option", _) => choose(&mut choices, &select, value),
            ("input", "radio") => choose(&mut choices, &name, value),
            ("input", "hidden") => fields.push((name, value)),
            ("input", "checkbox") if dice.roll(one_in) == 0 => {
                fields.push((name, value));
            }
            ("input", "checkbox" | "submit" | "button") => {}
            ("input", "search") => fields.push((name, "ibuprofen".to_owned())),
            // Of every day there is such a time, and it is over soon.
            ("input", "time") if is_careful => fields.push((name, "00:05".to_owned())),
            // A day that was tapped is not written as well.
            ("input", "text")
                if is_careful && form.iter().any(|tag| tag.of("name") == format!("{name}_near")) => {}
            ("input", _) if is_careful && !value.is_empty() => fields.push((name, value)),
            ("input" | "textarea", _) if is_careful => {
                fields.push((name, ["40", "4"][dice.roll(2)].to_owned()));
            }
            ("input" | "textarea", _) => {
                fields.push((name, dice.one_of(&TYPED).map(ToString::to_string).unwrap_or_default()));
            }
            _ => {}
        }
    }
    for (name, values) in choices {
        if is_careful || dice.roll(8) > 0 {
            fields.extend(dice.one_of(&values).map(|value| (name, value.clone())));
        }
    }
    // "None of these", where it was the answer, is a line of its own; else it is a button.
    let none = fields.iter().all(|(name, _)| !name.ends_with("-yes")) && (is_careful || dice.roll(4) > 0);
    let marked = form.iter().find(|tag| tag.name == "input" && tag.has("data-none")).filter(|_| none);
    fields.extend(marked.map(|tag| (tag.of("name"), tag.of("value"))));
    let is_pressed = |tag: &&Tag| tag.name == "button" && tag.has("name") && (none || !tag.has("data-none"));
    let buttons: Vec<&Tag> = form.iter().filter(is_pressed).collect();
    if is_careful || dice.roll(2) == 0 {
        fields.extend(dice.one_of(&buttons).map(|tag| (tag.of("name"), tag.of("value"))));
    }
    (form[0].of("action"), fields)
}

/// One more value that a name may have.
fn choose(choices: &mut Vec<(String, Vec<String>)>, name: &str, value: String) {
    match choices.iter_mut().find(|(known, _)| known == name) {
        Some((_, values)) => values.push(value),
        None => choices.push((name.to_owned(), vec![value])),
    }
}

/// The kind of an address, without the names of questions, remedies and habits.
fn kind(path: &str) -> String {
    let named = ["question", "relief", "habits", "answers"];
    let mut parts: Vec<&str> = path.split('/').collect();
    for at in 1..parts.len() {
        let is_word = ["question", "calendar.ics", "calendar-named.ics"].contains(&parts[at]);
        if named.contains(&parts[at - 1]) && !is_word {
            parts[at] = "ID";
        }
    }
    parts.join("/")
}

/// How often people went to each kind of address. Mostly they go where hardly anybody was.
#[derive(Debug, Default)]
struct Trodden(BTreeMap<String, usize>);

impl Trodden {
    /// The place of an address among these, and counts it.
    fn least(&mut self, dice: &mut Dice, addresses: impl Iterator<Item = String>) -> usize {
        let kinds: Vec<String> = addresses.map(|address| kind(&address)).collect();
        let often = |kind: &String| self.0.get(kind).copied().unwrap_or_default();
        let least = kinds.iter().map(often).min();
        let rare: Vec<usize> = (0..kinds.len()).filter(|at| Some(often(&kinds[*at])) == least).collect();
        let at = if dice.roll(3) > 0 { rare.get(dice.roll(rare.len())).copied() } else { None };
        let at = at.unwrap_or_else(|| dice.roll(kinds.len()));
        if let Some(kind) = kinds.into_iter().nth(at) {
            *self.0.entry(kind).or_default() += 1;
        }
        at
    }
}

/// Every place that a form of the pages goes to.
const FORMS: [&str; 26] = [
    "/start",
    "/changed",
    "/question/ID",
    "/check",
    "/causes/question/ID",
    "/clinic/question/ID",
    "/habits/question/ID",
    "/diary",
    "/diary/withdraw",
    "/relief/ID",
    "/habits/ID/choose",
    "/habits/ID/stop",
    "/habits/ID/done",
    "/medicines/search",
    "/medicines/check",
    "/medicines/question/ID",
    "/medicines/answers/ID",
    "/medicines/took",
    "/medicines/log",
    "/medicines/withdraw",
    "/medicines/region",
    "/learn/ask",
    "/settings",
    "/data/import",
    "/data/export.sealed",
    "/data/copied",
];

/// Addresses that people have kept: some begin where others come only late.
const KEPT: [&str; 13] = [
    "/",
    "/medicines",
    "/medicines/answers",
    "/medicines/log",
    "/medicines/region",
    "/diary",
    "/habits",
    "/causes",
    "/causes/question",
    "/clinic",
    "/clinic/question",
    "/relief",
    "/learn",
];

#[test]
fn whatever_people_press_both_give_the_same_pages() {
    let mut sent_to = Trodden::default();
    let mut opened = Trodden::default();
    let mut file = std::env::var_os("UNCLENCH_JOURNEYS").map(|path| std::fs::File::create(path).unwrap());
    let mut person = Person::new();
    let mut people = 0;
    for number in 0..MOST_PEOPLE {
        if PEOPLE <= number && FORMS.iter().all(|form| sent_to.0.contains_key(*form)) {
            break;
        }
        people = number + 1;
        let mut dice = Dice(number);
        let manner = [Manner::Hasty, Manner::Plain, Manner::Careful, Manner::Plain][(number % 4) as usize];
        let is_careful = manner != Manner::Hasty;
        person.leaves();
        let (mut path, mut sent) = person.opens(KEPT[0]);
        for _ in 0..STEPS {
            let page = tags(&sent.body);
            let mut forms = forms(&page);
            forms.retain(|form| !ALWAYS.contains(&form[0].of("action").as_str()));
            let is_asked = path.contains("/question/");
            // Seconds, minutes, and now and then days, after which questions begin again.
            let longest = if is_asked && is_careful { 3 } else { 4 };
            person.now += [5_000, 90_000, 3_600_000, 200_000_000][dice.roll(longest)];
            let is_form = !forms.is_empty() && (is_asked && is_careful || dice.roll(10) < 6);
            let next = if is_form {
                let at = sent_to.least(&mut dice, forms.iter().map(|form| form[0].of("action")));
                let (action, fields) = filled(forms[at], &mut dice, manner);
                let answer = person.asks(Method::Post, &action, fields);
                location(&answer).unwrap_or(action)
            } else {
                let mut links = links(&page);
                if !is_asked {
                    links.extend(KEPT.map(ToOwned::to_owned));
                }
                let at = opened.least(&mut dice, links.iter().cloned());
                links.get(at).cloned().unwrap_or_else(|| "/".to_owned())
            };
            (path, sent) = person.opens(&next);
        }
        let page = tags(&person.opens("/data").1.body);
        for form in forms(&page).into_iter().filter(|form| ALWAYS.contains(&form[0].of("action").as_str())) {
            let (action, fields) = filled(form, &mut dice, manner);
            person.asks(Method::Post, &action, fields);
            *sent_to.0.entry(action).or_default() += 1;
        }
        if let Some(file) = &mut file {
            writeln!(file, "{}", json!(std::mem::take(&mut person.journey))).unwrap();
        }
    }
    let places = sent_to.0.len();
    println!(
        "{people} people, {} requests, forms to {places} places, links to {}",
        person.visits,
        opened.0.len()
    );
    let missed: Vec<&&str> = FORMS.iter().filter(|form| !sent_to.0.contains_key(**form)).collect();
    assert!(missed.is_empty(), "nobody sent a form to {missed:?}; they were sent to {sent_to:?}");
}
