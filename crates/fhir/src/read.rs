//! A document or a `QuestionnaireResponse` as events of a record.
//!
//! Only what this program would write itself is read: answers by the ids of the book, entries of
//! the diary, painkillers, and the certificate. What a foreign system adds is left where it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use care::medicine::Found;
use care::{
    Certificate, Count, Dose, DoseLevel, FindingId, FindingKind, Guideline, Role, strict_json, verify,
};
use jiff::Timestamp;
use serde_json::Value;
use store::{
    Activity, CheckIn, DoseTaken, Event, KeptCertificate, NewDanger, Reason, RegionPain, Restart, Sequence,
    Shown, Sleep, Stored,
};

use crate::codes::{
    ANSWERED, BEGAN, DIARY, DOCUMENT, FINDING, GUIDELINE_HASH, KNOWN_OF_RESOURCE, LIMITS_OF, MEDICINE,
    METHOD, NO_DATA, NONE, NOT_KNOWN, NOT_SURE, OPTION, PACK, PLACE, QUESTIONNAIRE, SUBSETTED, TICKED, TICKS,
    TICKS_NOT_SURE, VERDICT, YES_NO,
};
use crate::resources::{activity_id, sleep_id};

/// 8 MiB: a hand-off has some 100 kB, and one with an entry of the diary each day for ten years 4 MB.
pub const MOST_BYTES: usize = 8 << 20;

/// What a file holds, as events. Nothing of it has been checked against what could have been typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// When it was made.
    pub made: Timestamp,
    /// The hash of the book that it was made with, where it says so.
    pub guideline_hash: Option<String>,
    /// It says of itself that it is not all that there is.
    pub is_incomplete: bool,
    /// What happened, in order and numbered from 1.
    pub events: Vec<Stored>,
    /// Where in the file each of them stands: `entry 7 (Observation)`.
    pub places: Vec<String>,
}

/// Why a text is nothing that can be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FhirError {
    /// It is too long.
    #[error("the file has {bytes} bytes, more than the {MOST_BYTES} of FHIR that can be imported")]
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// It is not JSON.
    #[error("the file is not JSON ({0}); FHIR is read as JSON only")]
    NotJson(String),
    /// It is another resource.
    #[error("the file is neither a Bundle nor a QuestionnaireResponse")]
    OtherResource,
    /// It is not the answers of one person.
    #[error("the resource is not a QuestionnaireResponse")]
    NoResponse,
    /// It has nothing in it that is ours.
    #[error("nothing in the file answers a question of this book")]
    Nothing,
    /// Something in it cannot be right.
    #[error("{place} of the file cannot be right: {problem}; nothing was added")]
    Entry {
        /// Where it stands.
        place: String,
        /// What is wrong.
        problem: String,
    },
}

/// Reads a Bundle or a `QuestionnaireResponse`. `now` is when it is read, for a file that does
/// not say when it was made.
///
/// # Errors
///
/// [`FhirError`] says what is wrong and where.
///
/// ```
/// # let book = care::Book::default();
/// # let outcomes = care::Urgency::ALL;
/// # fn read(text: &str, guideline: &care::Guideline) {
/// let now = "2026-11-24T12:00:00Z".parse().unwrap();
/// assert_eq!(fhir::read(guideline, r#"{"resourceType": "Patient"}"#, now), Err(fhir::FhirError::OtherResource));
/// # }
/// ```
pub fn read(guideline: &Guideline, text: &str, now: Timestamp) -> Result<Read, FhirError> {
    if MOST_BYTES < text.len() {
        return Err(FhirError::TooLong { bytes: text.len() });
    }
    // Of a member that is there twice the last would win, whichever was meant.
    let whole = strict_json(text).map_err(|error| FhirError::NotJson(error.to_string()))?;
    let mut reader = Reader::new(guideline, now);
    let made = match whole["resourceType"].as_str() {
        Some("QuestionnaireResponse") => {
            reader.response("the QuestionnaireResponse", &whole)?;
            time(&whole["authored"])
        }
        Some("Bundle") => {
            for (number, entry) in (1..).zip(list(&whole["entry"])) {
                let resource = &entry["resource"];
                let kind = resource["resourceType"].as_str().unwrap_or("without a resourceType");
                reader.resource(&format!("entry {number} ({})", shortened(kind)), kind, resource)?;
            }
            time(&whole["timestamp"])
        }
        _ => return Err(FhirError::OtherResource),
    };
    reader.finish(made.unwrap_or(now))
}

/// What one person answered, of a `QuestionnaireResponse`.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Whose it is: the subject, or else the id of the resource.
    pub whose: Option<String>,
    /// Each answer by its finding, as a record keeps it. None has been checked against what fits.
    pub answers: BTreeMap<String, Value>,
}

/// Reads the answers of one `QuestionnaireResponse`.
///
/// # Errors
///
/// [`FhirError`], as [`read`].
pub fn read_response(guideline: &Guideline, response: &Value) -> Result<Response, FhirError> {
    if response["resourceType"] != "QuestionnaireResponse" {
        return Err(FhirError::NoResponse);
    }
    // No time of it is used.
    let now = Timestamp::UNIX_EPOCH;
    let mut reader = Reader::new(guideline, now);
    reader.response("the QuestionnaireResponse", response)?;
    let subject = &response["subject"];
    let names = [&subject["reference"], &subject["identifier"]["value"], &response["id"]];
    Ok(Response {
        whose: names.into_iter().find_map(Value::as_str).map(str::to_owned),
        answers: reader.answers.map(|(_, answers)| answers).unwrap_or_default(),
    })
}

struct Reader<'g> {
    guideline: &'g Guideline,
    now: Timestamp,
    hash: Option<String>,
    is_incomplete: bool,
    /// The answers of the last interview, and when it began.
    answers: Option<(Timestamp, BTreeMap<String, Value>)>,
    certificate: Option<(String, Timestamp, Certificate)>,
    /// Each event with its time, its rank among those of one moment, and where it stands.
    found: Vec<(Timestamp, u8, Event, String)>,
}

fn wrong(place: &str, problem: impl Into<String>) -> FhirError {
    FhirError::Entry { place: place.to_owned(), problem: problem.into() }
}

impl<'g> Reader<'g> {
    fn new(guideline: &'g Guideline, now: Timestamp) -> Self {
        Self {
            guideline,
            now,
            hash: None,
            is_incomplete: false,
            answers: None,
            certificate: None,
            found: Vec::new(),
        }
    }

    fn resource(&mut self, place: &str, kind: &str, resource: &Value) -> Result<(), FhirError> {
        match kind {
            "QuestionnaireResponse" => self.response(place, resource),
            "Observation" if code(&resource["method"], METHOD) == Some("diary") => {
                self.entry(place, resource)
            }
            "MedicationStatement" if is_ours(&resource["medicationCodeableConcept"]) => {
                self.dose(place, resource)
            }
            "DocumentReference" if code(&resource["type"], DOCUMENT) == Some("certificate") => {
                self.certificate(place, resource)
            }
            "Provenance" => {
                let is_hash = |entity: &&Value| entity["what"]["identifier"]["system"] == GUIDELINE_HASH;
                let told = list(&resource["entity"]).iter().find(is_hash);
                let told = told.and_then(|entity| entity["what"]["identifier"]["value"].as_str());
                self.hash = told.map(str::to_owned).or(self.hash.take());
                Ok(())
            }
            "Composition" => {
                let is_it = |tag: &&Value| tag["system"] == KNOWN_OF_RESOURCE && tag["code"] == SUBSETTED;
                self.is_incomplete |= list(&resource["meta"]["tag"]).iter().any(|tag| is_it(&tag));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// The answers of one interview, by screen and time.
    fn response(&mut self, place: &str, response: &Value) -> Result<(), FhirError> {
        let named = response["questionnaire"].as_str();
        if named.is_some_and(|named| !matches!(named.split('|').next(), Some(QUESTIONNAIRE | TICKED))) {
            return Err(wrong(place, "it answers another questionnaire"));
        }
        if response["status"] == "entered-in-error" {
            return Err(wrong(place, "it says of itself that it was entered in error"));
        }
        let authored = read_time(place, &response["authored"])?.unwrap_or(self.now);
        let mut items = Vec::new();
        leaves(&response["item"], &mut items);
        let mut answers: BTreeMap<String, Value> = BTreeMap::new();
        let mut screens: BTreeMap<(Timestamp, String), BTreeMap<String, Value>> = BTreeMap::new();
        let unsure = ticked(&items, TICKS_NOT_SURE);
        for item in items {
            let id = item["linkId"].as_str().unwrap_or_default();
            let place = format!("{place}, item `{}`,", shortened(id));
            let at = read_time(&place, &extension(item, ANSWERED)["valueDateTime"])?.unwrap_or(authored);
            let told = self.told(item, &unsure).map_err(|problem| wrong(&place, problem))?;
            for (id, value) in told {
                let finding = self.guideline.finding_named(&id);
                let asked = finding.map(|finding| self.guideline.asked_by(finding));
                if asked == Some(None) {
                    return Err(wrong(&place, "it is worked out from the diary and never answered"));
                }
                let question = asked.flatten().map_or(&id, |question| &self.guideline.question(question).id);
                screens.entry((at, question.clone())).or_default().insert(id.clone(), value.clone());
                if answers.insert(id, value).is_some() {
                    return Err(wrong(&place, "it is answered twice"));
                }
            }
        }
        let first = screens.keys().map(|(at, _)| *at).min().unwrap_or(authored);
        let began = read_time(place, &extension(response, BEGAN)["valueDateTime"])?.unwrap_or(first);
        if screens.is_empty() {
            return Ok(());
        }
        let start = Event::InterviewStarted {
            because: Restart::SomethingChanged,
            keeps: BTreeMap::new(),
            starts_with: BTreeMap::new(),
        };
        self.found.push((began, 0, start, place.to_owned()));
        for ((at, question), answers) in screens {
            let answered = Event::Answered { question, answers, dropped: Vec::new(), after_triage: false };
            self.found.push((at, 1, answered, place.to_owned()));
        }
        if self.answers.as_ref().is_none_or(|(before, _)| *before <= began) {
            self.answers = Some((began, answers));
        }
        Ok(())
    }

    /// What an item says of each finding: of one, or of all signs of a screen where it is a list
    /// to tick. `unsure` are the signs that are ticked in any list of those.
    fn told(&self, item: &Value, unsure: &[&str]) -> Result<Vec<(String, Value)>, String> {
        let link = item["linkId"].as_str().unwrap_or_default();
        let (screen, list) = match link.rsplit_once(':') {
            Some((of, list @ (TICKS | TICKS_NOT_SURE))) => (self.guideline.question_named(of), list),
            Some((of, NOT_SURE)) if answer(item)? == "not sure" => {
                return Ok(vec![(of.to_owned(), "not sure".into())]);
            }
            _ => return Ok(vec![(link.to_owned(), answer(item)?)]),
        };
        let ticks = ticked(&[item], list);
        let is_none = list == TICKS && answers_of(item).all(|coding| coding["system"] == NONE);
        if !is_none && ticks.len() < answers_of(item).count() {
            return Err("it says none of these beside one of them, or something else".to_owned());
        }
        let shows = screen.map(|screen| self.guideline.question(screen).shows.as_slice()).unwrap_or_default();
        let signs = shows.iter().map(|id| self.guideline.finding(*id));
        let signs: Vec<&str> =
            signs.filter(|sign| sign.kind == FindingKind::YesNo).map(|sign| sign.id.as_str()).collect();
        if let Some(other) = ticks.iter().find(|tick| !signs.contains(tick)) {
            return Err(format!("`{}` is no sign of this screen", shortened(other)));
        }
        let said = |sign: &&str| match (list, ticks.contains(sign)) {
            (TICKS, true) => Some("yes"),
            (_, true) => Some("not sure"),
            // What is ticked nowhere is not there: the person went through the list.
            (TICKS, false) if !unsure.contains(sign) => Some("no"),
            (_, false) => None,
        };
        Ok(signs.iter().filter_map(|sign| Some(((*sign).to_owned(), said(sign)?.into()))).collect())
    }

    /// An entry of the diary.
    fn entry(&mut self, place: &str, observation: &Value) -> Result<(), FhirError> {
        let at = needed_time(place, &observation["effectiveDateTime"])?;
        let written = read_time(place, &observation["issued"])?.unwrap_or(at);
        let points = |value: &Value| {
            let points = value["valueInteger"].as_u64().and_then(|points| u8::try_from(points).ok());
            points.ok_or_else(|| wrong(place, "a score is no whole number from 0 to 10"))
        };
        let mut entry = CheckIn {
            at,
            pain_now: points(observation)?,
            pain_worst: None,
            regions: Vec::new(),
            function: None,
            sleep: None,
            activity: None,
            triggers: Vec::new(),
            new_danger: NewDanger::NotAsked,
            note: String::new(),
        };
        for part in list(&observation["component"]) {
            if let Some(region) = code(&part["code"], PLACE) {
                let pain = if part["valueInteger"].is_null() { None } else { Some(points(part)?) };
                entry.regions.push(RegionPain { region: region.to_owned(), pain });
                continue;
            }
            let chosen = |of: &str| code(&part["valueCodeableConcept"], &format!("{DIARY}:{of}"));
            let unknown = |of: &str| wrong(place, format!("what it says of {of} is none of the choices"));
            match code(&part["code"], DIARY) {
                Some("pain_worst") => entry.pain_worst = Some(points(part)?),
                Some("function") => entry.function = Some(points(part)?),
                Some("sleep") => {
                    let all = [Sleep::Well, Sleep::Broken, Sleep::Hardly];
                    let sleep = all.into_iter().find(|sleep| chosen("sleep") == Some(sleep_id(*sleep)));
                    entry.sleep = Some(sleep.ok_or_else(|| unknown("sleep"))?);
                }
                Some("activity") => {
                    let all =
                        [Activity::Lying, Activity::Sitting, Activity::Less, Activity::Usual, Activity::More];
                    let activity = all.into_iter().find(|one| chosen("activity") == Some(activity_id(*one)));
                    entry.activity = Some(activity.ok_or_else(|| unknown("activity"))?);
                }
                Some("new_danger") => {
                    let concept = &part["valueCodeableConcept"];
                    entry.new_danger = match (code(concept, YES_NO), code(concept, NO_DATA)) {
                        (Some("Y"), _) => NewDanger::Yes,
                        (Some("N"), _) => NewDanger::No,
                        (_, Some(NOT_KNOWN)) => NewDanger::NotSure,
                        _ => return Err(unknown("something new")),
                    };
                }
                _ => return Err(wrong(place, "a part of the entry is none that a diary has")),
            }
        }
        self.found.push((written, 2, Event::CheckedIn(entry), place.to_owned()));
        Ok(())
    }

    /// A painkiller that was taken. How much it holds is told by the book and not by the file.
    fn dose(&mut self, place: &str, statement: &Value) -> Result<(), FhirError> {
        if statement["status"] != "completed" {
            return Err(wrong(place, "it is no painkiller that was taken (its status is not `completed`)"));
        }
        let concept = &statement["medicationCodeableConcept"];
        let packs: Vec<&str> = codes(concept, PACK).collect();
        let bare: Vec<&str> = codes(concept, MEDICINE).collect();
        let (id, product) = match (&packs[..], &bare[..]) {
            ([pack], []) => match Found::with_id(self.guideline, pack) {
                Some(Found::Product(product)) => (*pack, Some(product)),
                _ => return Err(wrong(place, format!("`{}` is not a pack of the book", shortened(pack)))),
            },
            ([], [ingredient]) => (*ingredient, None),
            _ => return Err(wrong(place, "it names more than one painkiller")),
        };
        let taken = read_time(place, &statement["effectiveDateTime"])?;
        let unknown = read_time(place, &statement["effectivePeriod"]["end"])?;
        let at = taken.or(unknown).ok_or_else(|| wrong(place, "it does not say when it was taken"))?;
        let written = read_time(place, &statement["dateAsserted"])?.unwrap_or(at);
        let quantity =
            list(&statement["dosage"]).first().map_or(&Value::Null, |dosage| &dosage["doseAndRate"]);
        let quantity = list(quantity).first().map_or(&Value::Null, |dose| &dose["doseQuantity"]["value"]);
        let count = count(quantity).ok_or_else(|| wrong(place, "it does not say how much was taken"))?;
        let amounts = if let Some(product) = product {
            let dose = Dose::of_part(product, count).map_err(|error| wrong(place, error.to_string()))?;
            dose.amounts().map(|(ingredient, amount)| (ingredient.to_owned(), amount)).collect()
        } else {
            let whole = count.as_whole().ok_or_else(|| wrong(place, "its amount is no whole number"))?;
            vec![(id.to_owned(), whole)]
        };
        let text = concept["text"].as_str().unwrap_or(id);
        let levels = [
            DoseLevel::NotJudged,
            DoseLevel::Allowed,
            DoseLevel::Wait,
            DoseLevel::AskFirst,
            DoseLevel::Never,
        ];
        let told = extension(statement, VERDICT)["valueCode"].as_str();
        // What the guard said then is not known of a file that does not say it.
        let verdict =
            levels.into_iter().find(|level| told == Some(level.id())).unwrap_or(DoseLevel::AskFirst);
        let region = extension(statement, LIMITS_OF)["valueCode"].as_str();
        let region = region.ok_or_else(|| wrong(place, "it does not say whose limits hold"))?;
        let dose = DoseTaken {
            at,
            product: product.map(|product| product.id.clone()),
            name: text.to_owned(),
            units: count.hundredths().div_ceil(100),
            hundredths: Some(count.hundredths()).filter(|_| count.as_whole().is_none()),
            amounts,
            region: region.to_owned(),
            verdict,
            time_unknown: taken.is_none(),
        };
        self.found.push((written, 3, Event::DoseTaken(dose), place.to_owned()));
        Ok(())
    }

    fn certificate(&mut self, place: &str, document: &Value) -> Result<(), FhirError> {
        let data =
            list(&document["content"]).first().and_then(|content| content["attachment"]["data"].as_str());
        let bytes = data.and_then(|data| STANDARD.decode(data).ok());
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.ok_or_else(|| wrong(place, "the certificate in it does not read"))?;
        let read = strict_json(&text).and_then(serde_json::from_value::<Certificate>);
        let certificate = read.map_err(|_| wrong(place, "the certificate in it does not read"))?;
        let told = needed_time(place, &document["date"])?;
        if self.certificate.replace((place.to_owned(), told, certificate)).is_some() {
            return Err(wrong(place, "it is the second certificate"));
        }
        Ok(())
    }

    fn finish(mut self, made: Timestamp) -> Result<Read, FhirError> {
        self.add_outcome()?;
        if self.found.is_empty() {
            return Err(FhirError::Nothing);
        }
        // Stable: what is of one moment and one kind stays in the order of the file.
        self.found.sort_by_key(|(at, rank, ..)| (*at, *rank));
        if let Some((_, _, Event::InterviewStarted { because, .. }, _)) =
            self.found.iter_mut().find(|(_, rank, ..)| *rank == 0)
        {
            *because = Restart::First;
        }
        let mut read = Read {
            made,
            guideline_hash: self.hash,
            is_incomplete: self.is_incomplete,
            events: Vec::new(),
            places: Vec::new(),
        };
        for (sequence, (at, _, event, place)) in (1..).map(Sequence).zip(self.found) {
            read.events.push(Stored { sequence, at, once: None, event });
            read.places.push(place);
        }
        Ok(read)
    }

    /// The outcome of the certificate: of this book it must be proved by the answers beside it.
    fn add_outcome(&mut self) -> Result<(), FhirError> {
        let Some((place, told, certificate)) = self.certificate.take() else { return Ok(()) };
        if certificate.guideline_hash == self.guideline.book().hash {
            verify(self.guideline, &certificate).map_err(|error| wrong(&place, error.to_string()))?;
            let given = self.answers.iter().flat_map(|(_, answers)| answers);
            let differs = |(id, value): &(&String, &Value)| {
                let is_known = self.guideline.finding_named(id).is_some_and(|id| !self.is_of_diary(id));
                is_known && certificate.answers.get(*id) != Some(value)
            };
            if let Some((id, _)) = given.clone().find(differs) {
                let problem =
                    format!("the certificate is of other answers: that to `{}` differs", shortened(id));
                return Err(wrong(&place, problem));
            }
        }
        let shown = Shown {
            guideline_version: certificate.guideline_version.clone(),
            guideline_hash: certificate.guideline_hash.clone(),
            urgency: certificate.urgency,
            title: String::new(),
            actions: Vec::new(),
            because: Vec::new(),
            rules: None,
            plan: None,
            seal: certificate.seal.clone(),
        };
        let event = Event::Assessed {
            because: Reason::Interview,
            shown: Arc::new(shown),
            certificate: KeptCertificate::of(&certificate),
            came_in: true,
        };
        self.found.push((told, 4, event, place));
        Ok(())
    }

    /// Whether a diary may say something newer than the person answered.
    fn is_of_diary(&self, finding: FindingId) -> bool {
        matches!(self.guideline.finding(finding).role, Some(Role::Pain | Role::Days | Role::Course))
    }
}

/// The items that have answers, however they are grouped.
fn leaves<'v>(items: &'v Value, into: &mut Vec<&'v Value>) {
    for item in list(items) {
        if !list(&item["answer"]).is_empty() {
            into.push(item);
        }
        leaves(&item["item"], into);
    }
}

/// The codes in the answers of an item.
fn answers_of(item: &Value) -> impl Iterator<Item = &Value> {
    list(&item["answer"]).iter().map(|answer| &answer["valueCoding"])
}

/// The findings that are ticked in such lists.
fn ticked<'v>(items: &[&'v Value], list: &str) -> Vec<&'v str> {
    let is_list = |item: &&&'v Value| {
        let link = item["linkId"].as_str().and_then(|link| link.rsplit_once(':'));
        link.is_some_and(|(_, of)| of == list)
    };
    let codings = items.iter().filter(is_list).flat_map(|item| answers_of(item));
    codings
        .filter(|coding| coding["system"] == FINDING)
        .filter_map(|coding| coding["code"].as_str())
        .collect()
}

/// An answer as a record keeps it.
fn answer(item: &Value) -> Result<Value, String> {
    let [answer] = list(&item["answer"]) else { return Err("it has more than one answer".to_owned()) };
    if let Some(yes) = answer["valueBoolean"].as_bool() {
        return Ok(if yes { "yes" } else { "no" }.into());
    }
    for number in [&answer["valueInteger"], &answer["valueDecimal"]] {
        match number.as_i64() {
            Some(number) => return Ok(number.into()),
            None if number.is_null() => {}
            None => return Err("its answer is no whole number".to_owned()),
        }
    }
    let coding = &answer["valueCoding"];
    let (system, code) = (coding["system"].as_str().unwrap_or_default(), coding["code"].as_str());
    match (system, code) {
        (YES_NO, Some("Y")) => Ok("yes".into()),
        (YES_NO, Some("N")) => Ok("no".into()),
        (NO_DATA, Some(NOT_KNOWN)) => Ok("not sure".into()),
        (system, Some(code)) if system.strip_prefix(OPTION) == item["linkId"].as_str() => Ok(code.into()),
        _ => Err("its answer is none that the question offers".to_owned()),
    }
}

/// So many of something, in hundredths.
fn count(value: &Value) -> Option<Count> {
    let hundredths = (value.as_f64()? * 100.0).round();
    if !(1.0..=f64::from(u32::MAX)).contains(&hundredths) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it was looked at")]
    let hundredths = hundredths as u32;
    Some(Count::from_hundredths(hundredths))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The code of a system in a concept.
fn code<'v>(concept: &'v Value, system: &str) -> Option<&'v str> {
    codes(concept, system).next()
}

fn codes<'v>(concept: &'v Value, system: &str) -> impl Iterator<Item = &'v str> {
    let of_it = list(&concept["coding"]).iter().filter(move |coding| coding["system"] == system);
    of_it.filter_map(|coding| coding["code"].as_str())
}

fn is_ours(concept: &Value) -> bool {
    code(concept, PACK).or_else(|| code(concept, MEDICINE)).is_some()
}

fn extension<'v>(of: &'v Value, url: &str) -> &'v Value {
    list(&of["extension"]).iter().find(|one| one["url"] == url).unwrap_or(&Value::Null)
}

fn time(value: &Value) -> Option<Timestamp> {
    value.as_str()?.parse().ok()
}

/// A time, where there is one.
fn read_time(place: &str, value: &Value) -> Result<Option<Timestamp>, FhirError> {
    if value.is_null() {
        return Ok(None);
    }
    let problem = "a time in it is no day with an hour and a zone, such as 2026-11-24T10:00:00Z";
    time(value).map(Some).ok_or_else(|| wrong(place, problem))
}

fn needed_time(place: &str, value: &Value) -> Result<Timestamp, FhirError> {
    read_time(place, value)?.ok_or_else(|| wrong(place, "it does not say when"))
}

/// As much of a name as fits into a message.
fn shortened(text: &str) -> String {
    text.chars().take(60).collect()
}
