//! Vignettes: a story, the answers of the person in it, and what must come out.

mod expect;

use care::recovery::{CheckIn, FunctionScore, Hours, PainScore, PainSeries};
use care::{Answer, Book, FindingId, FindingKind, Guideline};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::SourceFile;
use crate::block::{Kind, report_damage};
use crate::fields::{Fields, whole_number};
use crate::markdown::{self, Fence};
use crate::problem::{FileId, Log, Problems, Spot};
use crate::suggest::did_you_mean;

pub use expect::Expectation;

/// Topics that are no file of the danger chapter.
const OTHER_TOPICS: [&str; 8] =
    ["benign", "story", "relief", "mimic", "recovery", "causes", "prevention", "clinic"];

/// A story with its answers and what must come out.
#[derive(Clone, Debug, PartialEq)]
pub struct Vignette {
    /// Its file.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The story, paragraphs with a blank line between.
    pub story: String,
    /// The danger topic it belongs to, by its file name without `.md`; or
    /// `benign`, `story`, `relief`, `mimic` or `recovery`.
    pub topic: String,
    /// What it shows of its topic.
    pub case: Case,
    /// Seed claims it tests.
    pub claims: Vec<String>,
    /// What the person answers, in the order written.
    pub answers: Vec<(FindingId, Answer)>,
    /// The diary the person has kept, if one; its last entry is today.
    pub diary: Option<PainSeries>,
    /// What becomes of findings that are not named.
    pub otherwise: Otherwise,
    /// What must come out.
    pub expect: Expectation,
}

/// What a vignette shows of its topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// The danger is there.
    Fires,
    /// It is nearly there, and does not count.
    Nearly,
    /// The person is not sure.
    NotSure,
    /// For topics that are no danger.
    Story,
}

impl Case {
    /// Every case.
    pub const ALL: [Self; 4] = [Self::Fires, Self::Nearly, Self::NotSure, Self::Story];

    /// The id used in vignettes.
    pub fn id(self) -> &'static str {
        match self {
            Self::Fires => "fires",
            Self::Nearly => "nearly",
            Self::NotSure => "not_sure",
            Self::Story => "story",
        }
    }
}

/// What becomes of yes/no findings that a vignette does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Otherwise {
    /// They are answered no when they are asked.
    No,
    /// They stay unanswered.
    Unanswered,
}

/// Reads a vignette.
///
/// `path` is only used in problems.
///
/// # Errors
///
/// Every problem, not just the first.
pub fn vignette(path: &str, text: &str, guideline: &Guideline) -> Result<Vignette, Problems> {
    let file = FileId(0);
    let mut log = Log::new(&[SourceFile { path: path.to_owned(), text: text.to_owned() }]);
    let document = markdown::read(text, file, &mut log);
    let title_spot = Spot { file, span: document.title_span.clone() };
    if document.paragraphs.is_empty() {
        log.problem(&title_spot, "the vignette tells no story", "tell it in a few sentences under the title");
    }
    for fence in document.fences.iter().skip(1) {
        let spot = Spot { file, span: fence.start..fence.start };
        log.problem(&spot, "a second `toml` block", "a vignette has one story and one block");
    }
    if document.fences.is_empty() {
        let help = "add a ```toml block with `topic`, `case`, `answers` and `expect`";
        log.problem(&title_spot, "the vignette has no `toml` block", help);
    }
    let read = document.fences.first().and_then(|fence| block(fence, guideline, &mut log));
    match read {
        Some(read) if log.is_empty() => Ok(Vignette {
            path: path.to_owned(),
            title: document.title,
            story: document.paragraphs.join("\n\n"),
            ..read
        }),
        _ => Err(log.into_problems()),
    }
}

/// Reads the block; title, story and path are left empty.
fn block(fence: &Fence<'_>, guideline: &Guideline, log: &mut Log) -> Option<Vignette> {
    let file = FileId(0);
    let (root, errors) = DeTable::parse_recoverable(fence.text);
    report_damage(fence, &errors, file, log);
    if !errors.is_empty() {
        return None;
    }
    let header = Spot { file, span: fence.start..fence.start };
    let name = "the vignette".to_owned();
    let mut fields = Fields::of_table(root.get_ref(), header, fence.start, name, log);

    let topic = topic(&mut fields, guideline.book());
    let cases = Case::ALL.map(|case| (case.id(), case));
    let case = fields.word("case", &cases).map(Spanned::into_inner);
    if let (Some(topic), Some(case)) = (&topic, case) {
        check_case(&mut fields, topic, case);
    }
    let otherwise = [("no", Otherwise::No), ("unanswered", Otherwise::Unanswered)];
    let otherwise = fields.optional_word("otherwise", &otherwise).map_or(Otherwise::No, Spanned::into_inner);
    let claims = claims(&mut fields, guideline.book());
    let answers = fields.table("answers").map(|table| answers(&mut fields, table, guideline));
    let diary = diary(&mut fields);
    if !fields.has("expect") {
        fields.missing("expect", "add at least `expect.urgency = \"...\"`");
    }
    let expect = fields.table("expect");
    let expect = expect.and_then(|table| {
        fields.nested("the expectation", table, |fields| expect::expectation(fields, guideline))
    });
    fields.finish();
    Some(Vignette {
        path: String::new(),
        title: String::new(),
        story: String::new(),
        topic: topic?,
        case: case?,
        claims,
        answers: answers.unwrap_or_default(),
        diary,
        otherwise,
        expect: expect?,
    })
}

/// The claims it tests; unknown ones are reported.
fn claims(fields: &mut Fields<'_, '_>, book: &Book) -> Vec<String> {
    let texts = fields.optional_texts("claims");
    let mut known = Vec::new();
    for text in texts {
        let id = text.get_ref();
        if book.claims.iter().any(|claim| claim.id == *id) {
            known.push(text.into_inner());
        } else {
            let ids = book.claims.iter().map(|claim| claim.id.as_str());
            let help = did_you_mean(id, ids, "name a claim of claims.tsv");
            fields.problem(text.span(), format!("there is no claim `{id}`"), help);
        }
    }
    known
}

/// A file of the danger chapter, or one of the other topics.
fn topic(fields: &mut Fields<'_, '_>, book: &Book) -> Option<String> {
    if !fields.has("topic") {
        fields.missing("topic", "add `topic = \"...\"`, the name of the danger's file without `.md`");
    }
    let topic = fields.optional_text("topic")?;
    let known = danger_topics(book);
    if OTHER_TOPICS.contains(&topic.get_ref().as_str()) || known.contains(&topic.get_ref().as_str()) {
        return Some(topic.into_inner());
    }
    let all = known.iter().chain(&OTHER_TOPICS).copied();
    let help =
        format!("use the name of a file in danger/ without `.md`, or one of {}", OTHER_TOPICS.join(", "));
    let help = did_you_mean(topic.get_ref(), all, help);
    fields.problem(topic.span(), format!("there is no topic `{}`", topic.get_ref()), help);
    None
}

fn danger_topics(book: &Book) -> Vec<&str> {
    let files =
        book.findings.iter().map(|finding| &finding.place).chain(book.rules.iter().map(|rule| &rule.place));
    let mut topics: Vec<&str> =
        files.filter_map(|place| place.file.strip_prefix("danger/")?.strip_suffix(".md")).collect();
    topics.sort_unstable();
    topics.dedup();
    topics
}

fn check_case(fields: &mut Fields<'_, '_>, topic: &str, case: Case) {
    let is_danger = !OTHER_TOPICS.contains(&topic);
    if is_danger && case == Case::Story {
        let help = "say what it shows of the danger: \"fires\", \"nearly\" or \"not_sure\"";
        fields.problem_at_key("case", "a danger has no case \"story\"", help);
    } else if !is_danger && case != Case::Story {
        let message = format!("`{topic}` is no danger, so nothing can fire");
        fields.problem_at_key("case", message, "write `case = \"story\"`, or name the danger's topic");
    }
}

fn answers(
    fields: &mut Fields<'_, '_>,
    (table, _): (&DeTable<'_>, Spot),
    guideline: &Guideline,
) -> Vec<(FindingId, Answer)> {
    let mut answers = Vec::new();
    for (key, value) in table {
        let id = Spanned::new(fields.file_span(key.span()), key.get_ref().to_string());
        let ids = guideline.book().findings.iter().map(|finding| finding.id.as_str());
        let found = fields.look_up(&id, Kind::Finding, |id| guideline.finding_named(id), ids);
        let Some(finding) = found else { continue };
        match answer(&guideline.finding(finding).kind, value.get_ref()) {
            Ok(answer) => answers.push((finding, answer)),
            Err(allowed) => {
                let message = format!("`{}` cannot be answered so", id.get_ref());
                fields.problem(fields.span(value), message, allowed);
            }
        }
    }
    answers
}

/// The check-ins under `diary`, if it is there: `[[day, pain], [day, pain, function, "place"], ...]`.
fn diary(fields: &mut Fields<'_, '_>) -> Option<PainSeries> {
    let value = fields.value("diary")?;
    let help = "write it like `diary = [[0, 7], [1.5, 6], [3, 4, 8, \"neck\"]]`: day, pain, function, place";
    let Some(list) = value.get_ref().as_array() else {
        fields.problem(fields.span(value), "`diary` must be a list of check-ins", help);
        return None;
    };
    let mut check_ins = Vec::new();
    for item in list {
        match check_in(item.get_ref()) {
            Ok(check_in) => check_ins.push(check_in),
            Err(message) => {
                fields.problem(fields.span(item), message, help);
                return None;
            }
        }
    }
    let series = PainSeries::new(check_ins);
    if let Err(error) = &series {
        fields.problem(fields.span(value), error.to_string(), help);
    }
    series.ok()
}

/// One check-in, or what is wrong with it.
fn check_in(value: &DeValue<'_>) -> Result<CheckIn, String> {
    let list = value.as_array().filter(|list| (2..=4).contains(&list.len()));
    let list =
        list.ok_or("a check-in has a day and a pain score, and at most a function score and a place")?;
    let item = |index: usize| list.get(index).map(Spanned::get_ref);
    let points = |index: usize| {
        let points =
            item(index).map(|value| whole_number(value).and_then(|points| u8::try_from(points).ok()));
        points.map(|points| points.ok_or("a score is a whole number from 0 to 10")).transpose()
    };
    let day = item(0).and_then(|day| match day {
        DeValue::Float(day) => day.as_str().parse().ok(),
        day => whole_number(day).and_then(|day| u32::try_from(day).ok()).map(f64::from),
    });
    let place =
        item(3).map(|place| place.as_str().ok_or("a place is a text in double quotes")).transpose()?;
    Ok(CheckIn {
        at: Hours::from_days(day.ok_or("a day is a number, such as 3 or 2.5")?)
            .map_err(|error| error.to_string())?,
        pain: PainScore::new(points(1)?.unwrap_or_default()).map_err(|error| error.to_string())?,
        function: points(2)?.map(FunctionScore::new).transpose().map_err(|error| error.to_string())?,
        place: place.map(str::to_owned),
    })
}

/// The answer, or what would be one.
fn answer(kind: &FindingKind, value: &DeValue<'_>) -> Result<Answer, String> {
    let text = value.as_str();
    if text == Some("not sure") {
        return Ok(Answer::NotSure);
    }
    match kind {
        FindingKind::YesNo => match text {
            Some("yes") => Ok(Answer::Yes),
            Some("no") => Ok(Answer::No),
            _ => Err("write \"yes\", \"no\" or \"not sure\"".to_owned()),
        },
        FindingKind::Number { unit, min, max } => whole_number(value)
            .filter(|number| (min..=max).contains(&number))
            .map(Answer::Number)
            .ok_or_else(|| format!("write a whole number from {min} to {max} ({unit}), or \"not sure\"")),
        FindingKind::Choice(options) => options
            .iter()
            .position(|option| Some(option.id.as_str()) == text)
            .and_then(|index| u16::try_from(index).ok())
            .map(Answer::Option)
            .ok_or_else(|| {
                let ids: Vec<String> = options.iter().map(|option| format!("\"{}\"", option.id)).collect();
                format!("write one of {}, or \"not sure\"", ids.join(", "))
            }),
    }
}
