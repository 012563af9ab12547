//! A person in front of the pages, for tests: no server, no clock, the real book.

use std::path::Path;
use std::sync::OnceLock;

use care::Guideline;
use compiler::SourceFile;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp, Zoned};
use serde_json::Value;
use store::{Event, Record, Sequence, Stored};

use crate::asking::{last_answer, seen_now};
use crate::carried::beginning;
use crate::{Carried, Effect, Form, Home, Request, Response, Site, Visit, Whereabouts};

/// The real book, compiled once.
pub(crate) fn guideline() -> &'static Guideline {
    static GUIDELINE: OnceLock<Guideline> = OnceLock::new();
    GUIDELINE.get_or_init(|| compiler::compile(&book()).expect("the real book compiles").guideline)
}

/// The texts of the real book.
pub(crate) fn book() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../guideline");
    let mut files = Vec::new();
    read(&root, &root, &mut files);
    files
}

fn read(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(folder).expect("the book is there") {
        let path = entry.expect("its folder can be read").path();
        if path.is_dir() {
            read(root, &path, files);
        } else {
            let name =
                path.strip_prefix(root).expect("it is below the book").to_string_lossy().replace('\\', "/");
            files.push(SourceFile { path: name, text: std::fs::read_to_string(&path).expect("it is text") });
        }
    }
}

/// The pages of the real book, without its prose.
pub(crate) fn site() -> &'static Site<'static> {
    static SITE: OnceLock<Site<'static>> = OnceLock::new();
    SITE.get_or_init(|| site_of(guideline()))
}

/// The pages of a book, without its prose.
pub(crate) fn site_of(guideline: &'static Guideline) -> Site<'static> {
    Site::new(guideline, Vec::new(), TimeZoneDatabase::bundled())
}

pub(crate) fn home() -> Home {
    Home::File { path: "/home/sam/.local/share/unclench/record.db".into(), sealed: false }
}

/// Somebody with a record of their own.
pub(crate) struct Person {
    /// What the record holds now.
    pub(crate) record: Record,
    /// Their time; tests move it.
    pub(crate) now: Zoned,
    /// The pages they read: of the real book, unless a test gives them another.
    pub(crate) site: &'static Site<'static>,
    /// What the browser and the clock tell of where they are.
    pub(crate) region: Whereabouts<'static>,
    /// Where their record is.
    pub(crate) home: Home,
    carried: Carried,
    forms: u32,
}

impl Person {
    /// Somebody new, on a Tuesday morning in London.
    pub(crate) fn new() -> Self {
        Self::at("2026-11-24T10:00:00Z", "Europe/London")
    }

    /// Somebody new, at a time and place.
    pub(crate) fn at(time: &str, zone: &str) -> Self {
        let zone: TimeZone = TimeZoneDatabase::bundled().get(zone).expect("the zone exists");
        let now = time.parse::<Timestamp>().expect("the time is right").to_zoned(zone);
        let region = Whereabouts::Told("anywhere");
        let (record, carried) = (Record::default(), Carried::default());
        Self { record, now, site: site(), region, home: home(), carried, forms: 0 }
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, time: SignedDuration) {
        self.now = self.now.checked_add(time).expect("time goes on");
        self.carried.forget(self.now.timestamp(), beginning(&self.record));
    }

    /// Reads a page.
    pub(crate) fn get(&self, path: &str) -> Response {
        self.respond(&Request::get(path))
    }

    /// Reads a page of another site than the one with the whole book.
    pub(crate) fn get_of(&self, site: &Site<'_>, path: &str) -> Response {
        site.respond(&Request::get(path), &self.visit())
    }

    fn respond(&self, request: &Request) -> Response {
        self.site.respond(request, &self.visit())
    }

    fn visit(&self) -> Visit<'_> {
        let now = self.now.clone();
        let (record, region, carried) = (&self.record, self.region, &self.carried);
        Visit {
            record,
            now,
            token: "t0ken",
            once: "0nce",
            home: &self.home,
            region,
            carried,
            worked_out: crate::WorkedOut::default(),
        }
    }

    /// The person as they stand.
    pub(crate) fn standing(&self) -> crate::case::Case<'static> {
        let (guideline, now) = (self.site.guideline(), self.now.timestamp());
        let case = crate::case::Case::at(guideline, &self.record, now);
        let known = crate::WorkedOut::default();
        case.until_concluded(guideline, &self.record, now, &known).unwrap_or(case)
    }

    /// Sends a form, each time a fresh one, and keeps what it leads to.
    pub(crate) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.forms += 1;
        let once = format!("form{}", self.forms);
        self.post_once(path, &once, fields)
    }

    /// Sends a form with this token.
    pub(crate) fn post_once(&mut self, path: &str, once: &str, fields: &[(&str, &str)]) -> Response {
        let mut form: Form = fields.iter().copied().collect();
        form.push("once", once);
        self.fill_in_what_the_page_says(path, &mut form);
        let request = Request::post(path, form);
        let response = self.respond(&request);
        self.carried.follow(&request, &response, self.now.timestamp(), beginning(&self.record));
        let now = self.now.timestamp();
        let events: Vec<(Timestamp, Event)> = match response.effect.clone() {
            Effect::None => Vec::new(),
            Effect::Append(events) => events.into_iter().map(|event| (now, event)).collect(),
            Effect::Import(events) => events,
            Effect::Erase => {
                self.record = Record::default();
                Vec::new()
            }
        };
        let mut once = request.once();
        for (at, event) in events {
            let sequence = Sequence(self.record.last().0 + 1);
            // As it is kept: through JSON and back.
            let kept = serde_json::to_string(&event).expect("an event is JSON");
            let event = serde_json::from_str(&kept).expect("and reads back");
            self.record.push(Stored { sequence, at, once: once.take(), event });
        }
        response
    }

    /// The hidden field by which a page says what it shows, where a test gives none: that
    /// of a page which was opened just now.
    fn fill_in_what_the_page_says(&self, path: &str, form: &mut Form) {
        if form.has("seen") {
            return;
        }
        let guideline = self.site.guideline();
        if path == "/diary" {
            form.push("seen", self.record.last().to_string());
        } else if path == "/medicines/cleared" {
            let last = self.record.doses().last().map(|dose| dose.sequence).unwrap_or_default();
            form.push("seen", last.to_string());
        } else if path == "/check" || path == "/changed" || path == "/start" && form.has("over") {
            form.push("seen", last_answer(&self.record).to_string());
        } else if let Some(question) = guideline.question_named(form.text("question")) {
            form.push("seen", seen_now(guideline, &self.record, question).to_string());
        }
    }

    /// Sends a form that is refused, and reads the page that says why: it is followed by a
    /// redirect, changes nothing and keeps what was filled in.
    pub(crate) fn refused(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let events = self.record.events().len();
        let response = self.post(path, fields);
        assert_eq!(response.status, 303, "{path}: {}", response.text());
        assert!(response.carries.is_some(), "{path} was not refused");
        assert_eq!(self.record.events().len(), events, "{path} wrote something");
        let page = self.get(response.header("location").expect("it leads somewhere"));
        assert!(page.text().contains("<title>Error: "), "{path}: {}", page.text());
        page
    }

    /// Sends a form and reads the page it leads to, through other redirects if need be.
    pub(crate) fn post_then(&mut self, path: &str, fields: &[(&str, &str)]) -> Response {
        let response = self.post(path, fields);
        self.follow(response)
    }

    /// The page that a response leads to in the end.
    pub(crate) fn follow(&self, mut response: Response) -> Response {
        for _ in 0..5 {
            let Some(to) = response.header("location").map(str::to_owned) else { return response };
            response = self.get(to.split('#').next().unwrap_or_default());
        }
        panic!("it leads in circles");
    }

    /// Answers whatever is asked next: with `answers` where they name a finding,
    /// with no, `none` or the first option elsewhere. True while there was a question.
    pub(crate) fn answer_next(&mut self, answers: &Value) -> bool {
        let guideline = self.site.guideline();
        let case = crate::case::Case::at(guideline, &self.record, self.now.timestamp());
        let care::Step::Ask(ask) = case.step else { return false };
        let given = answers_for(guideline, &ask, answers);
        let fields: Vec<(&str, &str)> =
            given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let path = format!("/question/{}", guideline.question(ask.question).id);
        let response = self.post(&path, &fields);
        assert_eq!(response.status, 303, "{}", response.text());
        true
    }

    /// Answers a question that was answered before, as its page asks it now.
    pub(crate) fn answer_again(&mut self, id: &str, answers: &Value) -> Response {
        let path = format!("/question/{id}");
        let page = self.get(&path);
        let ask = asked_on(self.site.guideline(), &page).expect("it is asked");
        let given = answers_for(self.site.guideline(), &ask, answers);
        let fields: Vec<(&str, &str)> =
            given.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&path, &fields)
    }

    /// Answers page after page of questions, from this one on, each at `to` and with these
    /// fields beside it, as [`Person::answer_next`] does. The first page that asks nothing.
    pub(crate) fn answer_all(
        &mut self,
        to: &str,
        mut page: Response,
        beside: &[(&str, &str)],
        answers: &Value,
    ) -> Response {
        for _ in 0..MOST_SCREENS {
            let Some(ask) = asked_on(self.site.guideline(), &page) else { return page };
            let given = answers_for(self.site.guideline(), &ask, answers);
            let to = format!("{to}/{}", self.site.guideline().question(ask.question).id);
            let given = given.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let fields: Vec<(&str, &str)> = given.chain(beside.iter().copied()).collect();
            self.wait(A_SCREEN_TAKES);
            page = self.post_then(&to, &fields);
            assert!(page.status < 400, "{}", page.text());
        }
        panic!("the questions never end: {}", page.text());
    }

    /// Goes through the whole interview and confirms the answers.
    pub(crate) fn triaged(mut self, answers: &Value) -> Self {
        while self.answer_next(answers) {}
        self.post("/check", &[]);
        self
    }

    /// Somebody with a plain spasm since today, at home with a plan.
    pub(crate) fn with_a_plain_spasm() -> Self {
        Self::new().triaged(&plain_spasm())
    }
}

/// The answers of a plain spasm of today.
pub(crate) fn plain_spasm() -> Value {
    serde_json::json!({
        "age": 44, "days_since_onset": 0, "trigger": "lifting", "pain_low_back": "yes", "pain_side": "both",
        "pain_now": 6, "eases_with": "lying",
    })
}

/// Nobody answers faster than the clock can tell.
const A_SCREEN_TAKES: SignedDuration = SignedDuration::from_secs(15);

/// No interview has so many screens.
const MOST_SCREENS: usize = 80;

/// What a page asks, as its form says; none where it is no question.
pub(crate) fn asked_on(guideline: &Guideline, page: &Response) -> Option<care::Ask> {
    let hidden = |name: &str| -> Vec<String> {
        let field = format!("type=\"hidden\" name=\"{name}\" value=\"");
        let parts = page.text().split(&field).skip(1);
        parts.filter_map(|part| Some(part.split_once('"')?.0.to_owned())).collect()
    };
    let question = guideline.question_named(hidden("question").first()?)?;
    let findings = hidden("shows");
    let findings = findings.iter().filter_map(|finding| guideline.finding_named(finding)).collect();
    Some(care::Ask { question, findings })
}

/// The fields of the form for a screen.
pub(crate) fn answers_for(guideline: &Guideline, ask: &care::Ask, answers: &Value) -> Vec<(String, String)> {
    let question = guideline.question(ask.question);
    let name = |field: &str| crate::screen::field_name(question, field);
    let is_list = question.shows.len() > 1;
    let mut fields = vec![("question".to_owned(), question.id.clone())];
    let lines = care::checklist(guideline, &ask.findings);
    let mut is_any = false;
    for id in &ask.findings {
        let finding = guideline.finding(*id);
        fields.push(("shows".to_owned(), finding.id.clone()));
        let given = &answers[&finding.id];
        let text = given.as_str().map_or_else(|| given.to_string(), str::to_owned);
        if is_list && lines.contains(id) {
            match text.as_str() {
                "yes" => fields.push((name("yes"), finding.id.clone())),
                "not sure" => {
                    fields.push((name("unsure"), finding.id.clone()));
                    fields.push((name("unsure_some"), "yes".to_owned()));
                }
                _ => continue,
            }
            is_any = true;
            continue;
        }
        let value = match &finding.kind {
            _ if !given.is_null() => text,
            care::FindingKind::YesNo => "no".to_owned(),
            care::FindingKind::Number { min, .. } => min.to_string(),
            care::FindingKind::Choice(options) => options[0].id.clone(),
        };
        if value == "not sure"
            && matches!(&finding.kind, care::FindingKind::Number { min, max, .. } if (*min, *max) != (0, 10))
        {
            fields.push((name(&format!("{}_unsure", finding.id)), "yes".to_owned()));
        } else {
            fields.push((name(&finding.id), value));
        }
    }
    if is_list && !lines.is_empty() && !is_any {
        fields.push((name("none"), "yes".to_owned()));
    }
    fields
}
