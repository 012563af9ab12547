//! What comes in with a record of elsewhere is checked like what is typed here, and an
//! export says with which book it was made, so that this can be done.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use care::medicine::Found;
use care::{Count, Dose, FindingKind, Guideline, Product, answer_from_json};
use fhir::FhirError;
use jiff::Timestamp;
use serde_json::Value;
use store::{
    DoseCleared, DoseTaken, Event, ExportBook, Import, ImportError, Record, Shown, Trigger, from_json,
    to_json_with,
};

use crate::events::LONGEST_OWN_WORDS;
use crate::limits::{LONGEST_NOTE, LONGEST_TRIGGER};
use crate::zones::Zones;

/// The export of a record, with the book that this program has.
pub fn export(guideline: &Guideline, record: &Record, now: Timestamp) -> String {
    let book = ExportBook { hash: guideline.book().hash.clone(), former: former(guideline, record) };
    to_json_with(record.events(), now, Some(&book), record.missing())
}

/// What the record names that this book does not have, and what it holds answers to that do
/// not fit the book.
fn former(guideline: &Guideline, record: &Record) -> Vec<String> {
    let mut former = BTreeSet::new();
    for stored in record.events() {
        let answers = answers(&stored.event);
        let unfit = answers.filter(|(name, value)| problem(guideline, name, value).is_some());
        former.extend(unfit.map(|(name, _)| name));
        former.extend(unknown(guideline, &stored.event).into_iter().map(|(_, id)| id));
        former.extend(elsewhere(guideline, &stored.event));
    }
    former.into_iter().map(str::to_owned).collect()
}

/// Why a file cannot be taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IncomingError {
    /// As the export of a record.
    #[error(transparent)]
    Record(#[from] ImportError),
    /// As FHIR.
    #[error(transparent)]
    Fhir(#[from] FhirError),
}

/// Reads the export of a record, or a hand-off as FHIR: everything in it could have been
/// written here.
///
/// # Errors
///
/// [`IncomingError`] with what is wrong, and where.
pub fn read_import(
    guideline: &Guideline,
    zones: &Zones,
    text: &str,
    now: Timestamp,
) -> Result<Import, IncomingError> {
    // Windows editors put a mark at the front that JSON does not know.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !fhir::is_fhir(text) {
        let import = from_json(text)?;
        check_import(guideline, zones, &import, now)?;
        return Ok(import);
    }
    let read = fhir::read(guideline, text, now)?;
    // A response by itself does not say with which book; it answers the one of here.
    let hash = read.guideline_hash.unwrap_or_else(|| guideline.book().hash.clone());
    let book = ExportBook { hash, former: Vec::new() };
    // As if it were an export, so that nothing comes in by another way.
    let missing = u64::from(read.is_incomplete);
    let import = from_json(&to_json_with(&read.events, read.made, Some(&book), missing))?;
    match check_import(guideline, zones, &import, now) {
        Ok(()) => Ok(import),
        Err(ImportError::Value { position, problem }) => {
            let place = read.places.get(position - 1).cloned().unwrap_or_default();
            Err(FhirError::Entry { place, problem }.into())
        }
        Err(other) => Err(other.into()),
    }
}

/// Looks whether everything in a file could have been written here: within the ranges
/// of this program, at a time that has come, as answers to questions of the book.
///
/// An answer to what this book does not ask is taken in where an earlier book asked it:
/// the file says so, or is older than that it could say it. It counts for nothing.
///
/// # Errors
///
/// [`ImportError::Value`] with the first event that could not.
pub fn check_import(
    guideline: &Guideline,
    zones: &Zones,
    import: &Import,
    now: Timestamp,
) -> Result<(), ImportError> {
    import.check(now)?;
    let book = import.book.as_ref();
    let this_book = book.filter(|book| book.hash == guideline.book().hash);
    let is_former = |id: &str| this_book.is_none_or(|book| book.former.iter().any(|former| former == id));
    let mut ingredients = BTreeSet::new();
    for (position, stored) in (1..).zip(import.events()) {
        let event = &stored.event;
        if let Event::DoseTaken(dose) = event {
            ingredients.extend(dose.amounts.iter().map(|(name, _)| name));
        }
        let wrong = answers(event)
            .find_map(|(name, value)| wrong_answer(guideline, book, name, value))
            .or_else(|| wrong_screen(guideline, book, event))
            .or_else(|| wrong_keeps(guideline, event))
            .or_else(|| wrong_outcome(guideline, event))
            .or_else(|| ids(event).into_iter().find_map(wrong_id))
            .or_else(|| texts(event).into_iter().find_map(wrong_text))
            .or_else(|| wrong_name(event))
            .or_else(|| wrong_settings(guideline, zones, event))
            .or_else(|| wrong_places(guideline, event))
            .or_else(|| too_many(ingredients.len()))
            .or_else(|| {
                let mut unknown = unknown(guideline, event).into_iter();
                let (what, id) = unknown.find(|(_, id)| !is_former(id))?;
                Some(format!("`{}` is not {what} of the book", shortened(id)))
            })
            .or_else(|| wrong_dose(guideline, event));
        if let Some(problem) = wrong {
            return Err(ImportError::Value { position, problem });
        }
    }
    Ok(())
}

/// The heading of what a person was told: in the words of then where they are known, else
/// in those of this book for what is as urgent.
pub fn told_title<'a>(guideline: &'a Guideline, told: &'a Shown) -> &'a str {
    if told.title.is_empty() { &guideline.outcome(told.urgency).title } else { &told.title }
}

/// Every answer in an event, with the name of its finding.
fn answers(event: &Event) -> impl Iterator<Item = (&str, &Value)> {
    let empty: &BTreeMap<String, Value> = const { &BTreeMap::new() };
    let (first, second) = match event {
        Event::InterviewStarted { keeps, starts_with, .. } => (keeps, starts_with),
        Event::Answered { answers, .. } => (answers, empty),
        _ => (empty, empty),
    };
    let proposals = match event {
        Event::OwnWords { proposals, .. } => proposals.as_slice(),
        _ => &[],
    };
    let proposals = proposals.iter().map(|proposal| (proposal.finding.as_str(), &proposal.answer));
    first.iter().chain(second).map(|(name, value)| (name.as_str(), value)).chain(proposals)
}

/// Why this is no answer to a question of the book.
fn problem(guideline: &Guideline, name: &str, value: &Value) -> Option<String> {
    let Some(finding) = guideline.finding_named(name) else {
        return Some(format!("`{name}` is not a finding of the book"));
    };
    answer_from_json(guideline, finding, value).err().map(|error| error.to_string())
}

fn wrong_answer(
    guideline: &Guideline,
    book: Option<&ExportBook>,
    name: &str,
    value: &Value,
) -> Option<String> {
    if !is_id(name) {
        return Some("it answers to something that is no name of a finding".to_owned());
    }
    let finding = guideline.finding_named(name);
    let may_be_of_another_book = match book {
        Some(book) if book.hash == guideline.book().hash => book.former.iter().any(|former| former == name),
        Some(_) => true,
        // Of a program that did not say. What this book asks, it asked the same way.
        None => finding.is_none(),
    };
    // Another book may have offered another choice. What is a number and what is yes or no
    // it asked the same way, within the same range.
    let may_be_another_choice = match finding.map(|finding| &guideline.finding(finding).kind) {
        Some(FindingKind::Choice(_)) => value.as_str().is_some_and(is_id),
        Some(FindingKind::YesNo | FindingKind::Number { .. }) => false,
        None => match value {
            Value::String(word) => is_id(word) || word == "not sure",
            Value::Number(number) => number.as_i64().is_some_and(|number| number.abs() <= MOST_OF_ANY),
            Value::Bool(_) => true,
            _ => false,
        },
    };
    problem(guideline, name, value).filter(|_| !(may_be_of_another_book && may_be_another_choice))
}

/// An answer under a question that does not ask for it. Another book may ask elsewhere.
fn wrong_screen(guideline: &Guideline, book: Option<&ExportBook>, event: &Event) -> Option<String> {
    let book = book.filter(|book| book.hash == guideline.book().hash)?;
    let name = elsewhere(guideline, event).find(|name| !book.former.iter().any(|former| former == name))?;
    Some(format!("`{}` is not asked by the question that it stands under", shortened(name)))
}

/// The findings that an event answers, and that its question does not ask for in this book.
fn elsewhere<'e>(guideline: &'e Guideline, event: &'e Event) -> impl Iterator<Item = &'e str> {
    let asked = match event {
        Event::Answered { question, answers, .. } => {
            guideline.question_named(question).map(|id| (&guideline.question(id).shows, answers))
        }
        _ => None,
    };
    asked.into_iter().flat_map(|(shows, answers)| {
        let is_asked = |name: &str| shows.iter().any(|id| guideline.finding(*id).id == name);
        answers.keys().map(String::as_str).filter(move |name| !is_asked(name))
    })
}

/// An answer that counts though nobody gave it in this interview. The program carries over
/// what lasts and what was named of danger, and never that there is none.
fn wrong_keeps(guideline: &Guideline, event: &Event) -> Option<String> {
    let Event::InterviewStarted { keeps, .. } = event else { return None };
    let is_kept = |name: &str, value: &Value| {
        // What this book does not ask counts for nothing.
        let Some(finding) = guideline.finding_named(name).map(|id| guideline.finding(id)) else {
            return true;
        };
        if finding.danger { value != "no" } else { finding.lasting || finding.steady }
    };
    let (name, _) = keeps.iter().find(|(name, value)| !is_kept(name, value))?;
    Some(format!("it carries an answer to `{}` over, which is always asked again", shortened(name)))
}

/// What was shown, where it is not what its certificate says.
fn wrong_outcome(guideline: &Guideline, event: &Event) -> Option<String> {
    let (Event::Assessed { shown, certificate, .. } | Event::AssessedEarlier { shown, certificate, .. }) =
        event
    else {
        return None;
    };
    let Some(certificate) = certificate.read() else {
        // Of another program, which may have another format.
        let is_of_this_book = shown.guideline_hash == guideline.book().hash;
        return is_of_this_book.then(|| "its certificate does not read".to_owned());
    };
    let told = (shown.urgency, &shown.guideline_hash, &shown.seal);
    let is_so = told == (certificate.urgency, &certificate.guideline_hash, &certificate.seal);
    (!is_so).then(|| "what it says was told is not what its certificate says".to_owned())
}

/// No book asks for a larger number.
const MOST_OF_ANY: i64 = 1_000_000;

/// `saddle_numbness`
fn is_id(name: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    !name.is_empty() && name.len() <= 100 && name.chars().all(is_letter)
}

/// A place whose telephone numbers or limits nobody could show, or a clock that nobody has.
fn wrong_settings(guideline: &Guideline, zones: &Zones, event: &Event) -> Option<String> {
    let Event::SettingsChanged(settings) = event else { return None };
    let regions = [&settings.region, &settings.dose_region];
    let is_unknown = |id: &&String| !guideline.book().regions.iter().any(|region| region.id == **id);
    let unknown = regions.into_iter().flatten().find(is_unknown);
    let unknown = unknown.map(|id| format!("`{}` is not a region of the book", shortened(id)));
    let zone = settings.time_zone.as_ref().filter(|name| zones.get(name).is_none());
    unknown.or_else(|| zone.map(|name| format!("`{}` is not a time zone", shortened(name))))
}

/// Every name in an event of something that a book has.
fn ids(event: &Event) -> Vec<&str> {
    match event {
        Event::Answered { question, dropped, .. } => {
            iter::once(question).chain(dropped).map(String::as_str).collect()
        }
        Event::TakenBack { question, findings, .. } => {
            iter::once(question).chain(findings).map(String::as_str).collect()
        }
        Event::DoseTaken(DoseTaken { product, amounts, region, .. }) => {
            let names = amounts.iter().map(|(name, _)| name);
            product.iter().chain(names).chain([region]).map(String::as_str).collect()
        }
        Event::DoseCleared(DoseCleared { ingredient, .. }) => vec![ingredient],
        Event::CheckedIn(entry) => {
            let causes = entry.triggers.iter().filter_map(|trigger| match trigger {
                Trigger::Known { cause, .. } => Some(cause),
                Trigger::Own(_) => None,
            });
            entry.regions.iter().map(|place| &place.region).chain(causes).map(String::as_str).collect()
        }
        Event::RemedyTried { remedy, .. } => vec![remedy],
        Event::HabitChosen { habit, .. } | Event::HabitDone { habit, .. } => vec![habit],
        Event::Assessed { shown, .. } | Event::AssessedEarlier { shown, .. } => {
            let rules = shown.rules.iter().flatten().map(|told| &told.rule);
            rules.chain(shown.plan.iter().flatten()).map(String::as_str).collect()
        }
        _ => Vec::new(),
    }
}

fn wrong_id(id: &str) -> Option<String> {
    (!is_id(id)).then(|| format!("`{}` is no name of anything in a book", shortened(id)))
}

/// Every text in an event that somebody wrote or was shown, with the most letters it may have.
fn texts(event: &Event) -> Vec<(&str, usize)> {
    match event {
        Event::OwnWords { text, proposals, .. } => {
            let words = proposals.iter().map(|proposal| (proposal.words.as_str(), LONGEST_OWN_WORDS));
            iter::once((text.as_str(), LONGEST_OWN_WORDS)).chain(words).collect()
        }
        Event::CheckedIn(entry) => {
            let triggers = entry.triggers.iter().map(|trigger| match trigger {
                Trigger::Known { words, .. } => (words.as_str(), LONGEST_SHOWN),
                // Before December 2026 those of the book too.
                Trigger::Own(words) => (words.as_str(), LONGEST_TRIGGER.max(LONGEST_LABEL)),
            });
            iter::once((entry.note.as_str(), LONGEST_NOTE)).chain(triggers).collect()
        }
        Event::DoseTaken(dose) => vec![(&dose.name, LONGEST_LABEL)],
        Event::Assessed { shown, .. } | Event::AssessedEarlier { shown, .. } => {
            let Shown { guideline_version, guideline_hash, title, seal, actions, because, .. } = &**shown;
            let all = [guideline_version, guideline_hash, title, seal].into_iter();
            all.chain(actions).chain(because).map(|text| (text.as_str(), LONGEST_SHOWN)).collect()
        }
        _ => Vec::new(),
    }
}

/// No sentence that the program shows is as long.
const LONGEST_SHOWN: usize = 4_000;

/// The label of a trigger of the book, or the name of a dose: no room for advice.
const LONGEST_LABEL: usize = 200;

fn wrong_text((text, most): (&str, usize)) -> Option<String> {
    let length = text.chars().count();
    (most < length)
        .then(|| format!("a text of {length} letters is longer than the {most} that can be written"))
}

/// The name of a dose is shown on many pages and in files of other kinds.
fn wrong_name(event: &Event) -> Option<String> {
    let Event::DoseTaken(dose) = event else { return None };
    let is_shown_as_it_is = care::printable_lines(&dose.name) == dose.name;
    (!is_shown_as_it_is).then(|| "the name of its dose has a character that nobody types".to_owned())
}

/// Each painkiller is looked at beside each other one.
const MOST_PAINKILLERS: usize = 200;

fn too_many(painkillers: usize) -> Option<String> {
    (MOST_PAINKILLERS < painkillers)
        .then(|| format!("there are {painkillers} painkillers in the file by then"))
}

/// A place that the map of the body does not have, or has twice.
fn wrong_places(guideline: &Guideline, event: &Event) -> Option<String> {
    let Event::CheckedIn(entry) = event else { return None };
    let places: Vec<&str> = entry.regions.iter().map(|place| place.region.as_str()).collect();
    let is_known = |id: &&str| guideline.book().body_places.iter().any(|place| place.id == **id);
    let unknown = places.iter().find(|id| !is_known(id));
    let unknown = unknown.map(|id| format!("`{}` is no place of the body map", shortened(id)));
    unknown.or_else(|| {
        let twice = (1..places.len()).find(|place| places[..*place].contains(&places[*place]))?;
        Some(format!("`{}` is named twice", places[twice]))
    })
}

/// What an event names that is not in the book, and what it would be. Answers apart.
fn unknown<'e>(guideline: &Guideline, event: &'e Event) -> Vec<(&'static str, &'e str)> {
    let book = guideline.book();
    let is_question = |id: &str| book.questions.iter().any(|known| known.id == id);
    let is_habit = |id: &str| book.habits.iter().any(|known| known.id == id);
    let is_region = |id: &str| book.regions.iter().any(|known| known.id == id);
    let is_pack = |id: &str| held_by(guideline, id).is_some();
    let is_remedy = |id: &str| guideline.remedy_named(id).is_some();
    let named: Vec<(bool, &'static str, &String)> = match event {
        Event::Answered { question, .. } | Event::TakenBack { question, .. } => {
            vec![(is_question(question), "a question", question)]
        }
        Event::RemedyTried { remedy, .. } => vec![(is_remedy(remedy), "a remedy", remedy)],
        Event::HabitChosen { habit, .. } | Event::HabitDone { habit, .. } => {
            vec![(is_habit(habit), "a habit", habit)]
        }
        Event::DoseCleared(DoseCleared { ingredient, .. }) => {
            vec![(counts(guideline, ingredient), "a painkiller", ingredient)]
        }
        Event::DoseTaken(DoseTaken { product, amounts, region, .. }) => {
            let amounts = amounts.iter().map(|(name, _)| (counts(guideline, name), "a painkiller", name));
            let packs = product.iter().map(|pack| (is_pack(pack), "a pack", pack));
            amounts.chain([(is_region(region), "a region", region)]).chain(packs).collect()
        }
        _ => Vec::new(),
    };
    let unknown = named.into_iter().filter(|(is_known, ..)| !is_known);
    unknown.map(|(_, what, id)| (what, id.as_str())).collect()
}

/// Whether doses of this are counted.
pub fn counts(guideline: &Guideline, ingredient: &str) -> bool {
    let book = guideline.book();
    book.medicines.iter().any(|medicine| medicine.ingredient == ingredient)
        || book.other_medicines.iter().any(|other| other.id == ingredient)
        || book.products.iter().any(|product| product.contains.iter().any(|(name, _)| name == ingredient))
}

fn held_by<'g>(guideline: &'g Guideline, pack: &str) -> Option<&'g Product> {
    match Found::with_id(guideline, pack) {
        Some(Found::Product(product)) => Some(product),
        _ => None,
    }
}

/// Amounts that are not those of what was taken. An id means the same in every book, so it
/// does not matter with which book the file was made: what would be counted as too little
/// would be allowed again too soon.
fn wrong_dose(guideline: &Guideline, event: &Event) -> Option<String> {
    let Event::DoseTaken(dose) = event else { return None };
    if dose.hundredths.is_some_and(|hundredths| hundredths.div_ceil(100) != dose.units) {
        return Some("its units are told in two ways that do not fit".to_owned());
    }
    let Some(pack) = dose.product.as_deref() else { return wrong_bare_dose(dose) };
    let product = held_by(guideline, pack)?;
    let units = dose.hundredths.map_or_else(|| Count::whole(dose.units), Count::from_hundredths);
    let held = match Dose::of_part(product, units) {
        Ok(held) => held,
        Err(problem) => return Some(problem.to_string()),
    };
    let held: Vec<(&str, u32)> = held.amounts().collect();
    let mut told: Vec<(&str, u32)> =
        dose.amounts.iter().map(|(name, amount)| (name.as_str(), *amount)).collect();
    told.sort_by_key(|(name, _)| held.iter().position(|(known, _)| known == name));
    let count = tell::medicine::amount(&Found::Product(product), units);
    (held != told).then(|| format!("its amounts are not what {count} of {} hold", product.name))
}

/// An ingredient without a pack: its amount is written three times.
fn wrong_bare_dose(dose: &DoseTaken) -> Option<String> {
    let (_, amount) = dose.amounts.first()?;
    let shown = dose.name.split_once(" mg").and_then(|(before, _)| {
        let digits = before.rsplit(|letter: char| letter != ',' && !letter.is_ascii_digit()).next()?;
        digits.replace(',', "").parse::<u32>().ok()
    });
    let is_so = dose.units == *amount && shown.is_none_or(|shown| shown == *amount);
    (!is_so).then(|| "its amount is not the one that its name and its units say".to_owned())
}

/// As much of a text as fits into a message.
fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZoneDatabase;

    use serde_json::json;
    use store::{CheckIn, DoseTaken, NewDanger, Sequence, Settings, Stored, from_json};

    use super::*;
    use crate::testing::{Person, guideline};

    fn now() -> Timestamp {
        "2026-11-24T12:00:00Z".parse().unwrap()
    }

    /// An answer to the question that asks for it, or for what no question asks, to the first.
    fn answered(name: &str, value: Value) -> Event {
        let questions = &guideline().book().questions;
        let asks =
            |question: &&care::Question| question.shows.iter().any(|id| guideline().finding(*id).id == name);
        answered_to(questions.iter().find(asks).unwrap_or(&questions[0]), name, value)
    }

    fn answered_to(question: &care::Question, name: &str, value: Value) -> Event {
        Event::Answered {
            question: question.id.clone(),
            answers: BTreeMap::from([(name.to_owned(), value)]),
            dropped: Vec::new(),
            after_triage: false,
        }
    }

    fn check_in() -> CheckIn {
        CheckIn {
            at: now(),
            pain_now: 4,
            pain_worst: None,
            regions: Vec::new(),
            function: None,
            sleep: None,
            activity: None,
            triggers: Vec::new(),
            new_danger: NewDanger::No,
            note: String::new(),
        }
    }

    fn dose() -> DoseTaken {
        DoseTaken {
            at: now(),
            product: None,
            name: "Ibuprofen".to_owned(),
            units: 400,
            hundredths: None,
            amounts: vec![("ibuprofen".to_owned(), 400)],
            region: "uk".to_owned(),
            verdict: care::DoseLevel::Allowed,
            time_unknown: false,
        }
    }

    /// A file of this program with one good event and then this one.
    fn check(event: Event) -> Result<(), ImportError> {
        let events = [Event::CheckedIn(check_in()), event];
        let events = (1..).map(Sequence).zip(events);
        let events = events.map(|(sequence, event)| Stored { sequence, at: now(), once: None, event });
        let book = ExportBook { hash: guideline().book().hash.clone(), former: Vec::new() };
        let text = to_json_with(&events.collect::<Vec<_>>(), now(), Some(&book), 0);
        check_import(guideline(), &TimeZoneDatabase::bundled().into(), &from_json(&text).unwrap(), now())
    }

    #[test]
    fn what_could_not_have_been_typed_is_refused_with_its_entry() {
        let later: Timestamp = "2026-11-26T12:00:00Z".parse().unwrap();
        let before: Timestamp = "0001-01-01T00:00:00Z".parse().unwrap();
        let tried = |began, ended, pain| Event::RemedyTried {
            remedy: "cold".to_owned(),
            began,
            ended,
            before: pain,
            after: None,
        };
        let settings = |region: &str, zone: &str| {
            Event::SettingsChanged(Settings {
                region: Some(region.to_owned()),
                time_zone: Some(zone.to_owned()),
                ..Settings::default()
            })
        };
        let place = store::RegionPain { region: "low_back_left".to_owned(), pain: Some(11) };
        let cases = [
            (Event::CheckedIn(CheckIn { pain_now: 200, ..check_in() }), "pain 200 is out of range: 0 to 10"),
            (Event::CheckedIn(CheckIn { pain_worst: Some(11), ..check_in() }), "out of range"),
            (Event::CheckedIn(CheckIn { function: Some(99), ..check_in() }), "function 99"),
            (Event::CheckedIn(CheckIn { regions: vec![place], ..check_in() }), "pain of a place 11"),
            (Event::CheckedIn(CheckIn { at: later, ..check_in() }), "still to come"),
            (Event::CheckedIn(CheckIn { at: before, ..check_in() }), "before the year 1970"),
            (Event::DoseTaken(DoseTaken { at: later, ..dose() }), "still to come"),
            (Event::DoseTaken(DoseTaken { amounts: Vec::new(), ..dose() }), "cannot be counted"),
            (
                Event::DoseTaken(DoseTaken { amounts: vec![("ibuprofen".to_owned(), 0)], ..dose() }),
                "cannot be counted",
            ),
            (
                Event::DoseTaken(DoseTaken { amounts: vec![("ibuprofen".to_owned(), u32::MAX)], ..dose() }),
                "out of range",
            ),
            (Event::DoseTaken(DoseTaken { units: u32::MAX, ..dose() }), "out of range"),
            (tried(now(), before, None), "before the year 1970"),
            (tried(now(), "2026-11-24T11:00:00Z".parse().unwrap(), None), "ended before it began"),
            (tried(now(), now(), Some(11)), "pain before 11"),
            (Event::Withdrawn { entry: Sequence(0) }, ""),
            (answered("age", json!(999)), "age"),
            (answered("age", json!("old")), "age"),
            (answered("saddle_numbness", json!("perhaps")), "saddle_numbness"),
            (answered("never_asked", json!("yes")), "`never_asked` is not a finding of the book"),
            (answered("<script>", json!("yes")), "no name of a finding"),
            (settings("atlantis", "Europe/London"), "`atlantis` is not a region"),
            (settings("uk", "\u{1b}[2J"), "time zone"),
            (
                Event::HabitDone {
                    habit: "walking".to_owned(),
                    on: jiff::civil::date(2030, 1, 1),
                    done: true,
                },
                "still to come",
            ),
        ];
        for (event, says) in cases {
            let said = check(event.clone()).map_err(|error| error.to_string());
            if says.is_empty() {
                assert_eq!(said, Ok(()), "{event:?}");
                continue;
            }
            let said = said.unwrap_err();
            assert!(said.starts_with("event 2 of the file cannot be right: "), "{event:?}: {said}");
            assert!(said.contains(says), "{event:?}: {said}");
        }
        let long_ago = Event::DoseTaken(DoseTaken { at: before, ..dose() });
        for event in
            [Event::CheckedIn(check_in()), Event::DoseTaken(dose()), answered("age", json!(44)), long_ago]
        {
            assert_eq!(check(event.clone()), Ok(()), "{event:?}");
        }
    }

    #[test]
    fn lists_are_no_longer_than_a_form_can_make_them() {
        let own = |count: usize| (0..count).map(|number| Trigger::Own(format!("t{number}"))).collect();
        let of = |triggers: Vec<Trigger>| Event::CheckedIn(CheckIn { triggers, ..check_in() });
        let place = store::RegionPain { region: "low_back_left".to_owned(), pain: None };
        let amounts = vec![("ibuprofen".to_owned(), 1); 9_000];
        let many = |count: usize| (0..count).map(|number| format!("f{number}")).collect();
        for (event, says) in [
            (of(own(60_000)), "it has 60000 triggers, more than the 100"),
            (of(vec![Trigger::Own("wet".to_owned()); 2]), "trigger 2 is there twice"),
            (Event::CheckedIn(CheckIn { regions: vec![place; 9_000], ..check_in() }), "9000 places"),
            (Event::DoseTaken(DoseTaken { amounts, ..dose() }), "9000 ingredients"),
            (
                Event::TakenBack { question: "a".to_owned(), findings: many(9_000), after_triage: false },
                "9000 findings",
            ),
        ] {
            let said = check(event).unwrap_err().to_string();
            assert!(said.starts_with("event 2 of the file cannot be right: "), "{said}");
            assert!(said.contains(says), "{said}");
        }
        assert_eq!(check(of(own(20))), Ok(()));
    }

    #[test]
    fn no_answer_comes_in_that_nobody_gave() {
        let begun = |name: &str, value: &str| Event::InterviewStarted {
            because: store::Restart::SomethingChanged,
            keeps: BTreeMap::from([(name.to_owned(), value.into())]),
            starts_with: BTreeMap::new(),
        };
        let said = check(begun("bladder_change", "no")).unwrap_err().to_string();
        assert!(said.contains("carries an answer to `bladder_change` over"), "{said}");
        let said = check(begun("course", "easing")).unwrap_err().to_string();
        assert!(said.contains("carries an answer to `course` over"), "{said}");
        // What was named of danger goes on, as the program itself writes it.
        assert_eq!(check(begun("bladder_change", "yes")), Ok(()));

        let person = Person::with_a_plain_spasm();
        let text = person.get("/data/export.json").text().to_owned();
        let check = |text: &str| {
            let import = from_json(text)?;
            check_import(guideline(), &TimeZoneDatabase::bundled().into(), &import, person.now.timestamp())
        };
        assert_eq!(check(&text), Ok(()));
        let doubled = text.replacen(
            r#""bladder_change": "no""#,
            r#""bladder_change": "yes", "bladder_change": "no""#,
            1,
        );
        let said = check(&doubled).unwrap_err().to_string();
        assert!(said.contains("`bladder_change` is there twice"), "{said}");
        let at = text.find(r#""shown": {"#).unwrap();
        let forged = text[at..].replacen(r#""urgency": "self_care""#, r#""urgency": "routine""#, 1);
        let said = check(&format!("{}{forged}", &text[..at])).unwrap_err().to_string();
        assert!(said.contains("not what its certificate says"), "{said}");
    }

    #[test]
    fn a_dose_counts_as_what_it_was_whichever_book_the_file_names() {
        let nurofen = |amounts: &[(&str, u32)]| {
            let amounts = amounts.iter().map(|(name, amount)| ((*name).to_owned(), *amount)).collect();
            let (product, name) = (Some("nurofen_200".to_owned()), "Nurofen 200 mg, 2 tablets".to_owned());
            DoseTaken { product, name, units: 2, amounts, ..dose() }
        };
        let other = ExportBook { hash: "0".repeat(64), former: Vec::new() };
        let check = |dose: DoseTaken| {
            let event = Event::DoseTaken(dose);
            let stored = Stored { sequence: Sequence(1), at: now(), once: None, event };
            let text = to_json_with(&[stored], now(), Some(&other), 0);
            check_import(guideline(), &TimeZoneDatabase::bundled().into(), &from_json(&text).unwrap(), now())
        };
        assert_eq!(check(nurofen(&[("ibuprofen", 400)])), Ok(()));
        assert_eq!(check(dose()), Ok(()));
        let bare = |name: &str, amount| DoseTaken {
            name: name.to_owned(),
            amounts: vec![("ibuprofen".to_owned(), amount)],
            ..dose()
        };
        for (dose, says) in [
            (nurofen(&[("ibuprofen", 1)]), "not what 2 tablets of Nurofen"),
            (nurofen(&[("no_such", 400)]), "not what 2 tablets of Nurofen"),
            (nurofen(&[("ibuprofen", 200), ("ibuprofen", 200)]), "not what 2 tablets of Nurofen"),
            (DoseTaken { hundredths: Some(250), ..nurofen(&[("ibuprofen", 500)]) }, "in two ways"),
            (bare("Ibuprofen", 1), "not the one that its name and its units say"),
            (DoseTaken { units: 1, ..bare("Ibuprofen 400 mg", 1) }, "its name and its units say"),
        ] {
            let said = check(dose.clone()).unwrap_err().to_string();
            assert!(said.contains(says), "{dose:?}: {said}");
        }
    }

    #[test]
    fn what_a_clock_wrote_that_was_ahead_comes_back_and_the_guard_asks_first() {
        let mut person = Person::with_a_plain_spasm();
        let right = person.now.clone();
        person.now = right.checked_add(jiff::SignedDuration::from_hours(72)).unwrap();
        let ahead = person.now.timestamp();
        let event = Event::DoseTaken(DoseTaken { at: ahead, ..dose() });
        let sequence = Sequence(person.record.last().0 + 1);
        person.record.push(Stored { sequence, at: ahead, once: None, event });
        let text = export(guideline(), &person.record, right.timestamp());
        let mut kim = Person::new();
        kim.now = right.clone();
        let preview = kim.post("/data/import", &[("file", text.as_str())]);
        assert!(preview.text().contains("a clock was ahead then"), "{}", preview.text());
        let import = from_json(&text).unwrap();
        for (at, event) in store::to_import(&kim.record, &import) {
            kim.record.add(at, event);
        }
        let answers = care::Answers::none(guideline());
        let ibuprofen = care::medicine_for(guideline(), "uk", "ibuprofen").unwrap();
        let dose = Dose::of_ingredient(ibuprofen, 200).unwrap();
        let verdict =
            care::may_take(guideline(), "uk", &kim.record.dose_log(), &dose, &answers, right.timestamp());
        assert_eq!(verdict.level(), care::DoseLevel::AskFirst);
        // A clock that showed another century is no clock.
        let far = text.replace(&ahead.to_string(), "2099-01-01T00:00:00Z");
        let refused = check_import(
            guideline(),
            &TimeZoneDatabase::bundled().into(),
            &from_json(&far).unwrap(),
            right.timestamp(),
        );
        assert!(refused.unwrap_err().to_string().contains("still to come"));
    }

    #[test]
    fn what_is_missing_behind_the_last_entry_is_told_by_an_export_too() {
        let mut sam = Person::with_a_plain_spasm();
        let last = sam.record.last().0;
        let missing = |first, last| store::Fault::Missing { first: Sequence(first), last: Sequence(last) };
        let now = sam.now.timestamp();
        assert_eq!(from_json(&export(guideline(), &sam.record, now)).unwrap().missing, 0);
        for (faults, count) in [
            (vec![missing(last + 1, last + 2)], 2),
            (vec![store::Fault::NoEnd], 1),
            (vec![store::Fault::PutBack { known: Sequence(last) }], 1),
            (vec![store::Fault::PutIn { sequence: Sequence(last) }], 1),
        ] {
            sam.record.note_faults(faults);
            assert_eq!(from_json(&export(guideline(), &sam.record, now)).unwrap().missing, count);
        }
        sam.record.note_faults(vec![missing(last + 1, last + 2)]);
        let text = export(guideline(), &sam.record, now);
        let preview = Person::new().post("/data/import", &[("file", text.as_str())]);
        assert!(preview.text().contains("2 entries are missing in this file"), "{}", preview.text());
    }

    #[test]
    fn ones_own_export_is_taken_in_also_with_answers_of_an_earlier_book() {
        let mut person = Person::with_a_plain_spasm();
        let sequence = Sequence(person.record.last().0 + 1);
        let event = answered("sign_of_old", json!("yes"));
        person.record.push(Stored { sequence, at: person.now.timestamp(), once: None, event });
        let now = person.now.timestamp();
        let text = export(guideline(), &person.record, now);
        let import = from_json(&text).unwrap();
        assert_eq!(import.book.as_ref().unwrap().former, ["sign_of_old"]);
        assert_eq!(check_import(guideline(), &TimeZoneDatabase::bundled().into(), &import, now), Ok(()));
        // Put in by hand, it is named.
        let forged = text.replacen("\"former\": [\n", "\"former\": [], \"x\": [\n", 1);
        let refused =
            check_import(guideline(), &TimeZoneDatabase::bundled().into(), &from_json(&forged).unwrap(), now);
        assert!(matches!(refused, Err(ImportError::Value { .. })), "{refused:?}");
        // Files of earlier programs do not say with which book they were made.
        let old = store::to_json(person.record.events(), now);
        assert_eq!(
            check_import(guideline(), &TimeZoneDatabase::bundled().into(), &from_json(&old).unwrap(), now),
            Ok(())
        );
    }

    #[test]
    fn what_an_earlier_book_named_comes_back_and_what_no_book_named_does_not() {
        let tried = |remedy: &str| Event::RemedyTried {
            remedy: remedy.to_owned(),
            began: now(),
            ended: now(),
            before: None,
            after: None,
        };
        let question = |id: &str| Event::Answered {
            question: id.to_owned(),
            answers: BTreeMap::new(),
            dropped: Vec::new(),
            after_triage: false,
        };
        for event in [tried("remedy_of_old"), question("question_of_old")] {
            let said = check(event.clone()).unwrap_err().to_string();
            assert!(said.contains("_of_old` is not a"), "{said}");
            let mut person = Person::with_a_plain_spasm();
            let sequence = Sequence(person.record.last().0 + 1);
            let now = now().max(person.now.timestamp());
            person.record.push(Stored { sequence, at: now, once: None, event });
            let import = from_json(&export(guideline(), &person.record, now)).unwrap();
            assert_eq!(check_import(guideline(), &TimeZoneDatabase::bundled().into(), &import, now), Ok(()));
        }
        let advice = DoseTaken { name: "Take ten more of these. ".repeat(20), ..dose() };
        assert!(check(Event::DoseTaken(advice)).unwrap_err().to_string().contains("a text of"));
        for name in ["Ibuprofen\u{1b}[2J", "\u{202e}Ibuprofen"] {
            let dose = DoseTaken { name: name.to_owned(), ..dose() };
            assert!(check(Event::DoseTaken(dose)).unwrap_err().to_string().contains("nobody types"));
        }
    }

    #[test]
    fn an_answer_under_another_question_is_refused_unless_an_earlier_book_asked_there() {
        let wrong = answered_to(&guideline().book().questions[0], "age", json!(44));
        let said = check(wrong.clone()).unwrap_err().to_string();
        assert!(said.contains("`age` is not asked by the question"), "{said}");
        let mut person = Person::with_a_plain_spasm();
        let now = person.now.timestamp();
        let sequence = Sequence(person.record.last().0 + 1);
        person.record.push(Stored { sequence, at: now, once: None, event: wrong });
        let import = from_json(&export(guideline(), &person.record, now)).unwrap();
        assert_eq!(check_import(guideline(), &TimeZoneDatabase::bundled().into(), &import, now), Ok(()));
    }

    #[test]
    fn nothing_of_a_file_with_one_wrong_entry_is_added() {
        let sam = Person::with_a_plain_spasm();
        let text = sam.get("/data/export.json").text().replacen("\"age\": 44", "\"age\": 999", 1);
        let mut kim = Person::new();
        kim.now = sam.now.clone();
        for (path, field) in [("/data/import", "file"), ("/data/import/confirm", "text")] {
            let page = kim.refused(path, &[(field, text.as_str()), ("last", "0")]);
            let is_first = field == "file";
            assert!(!is_first || page.text().contains("of the file cannot be right"), "{}", page.text());
            assert!(kim.record.events().is_empty());
        }
    }
}
