//! A line of JSON: a flat object of answers, or a `QuestionnaireResponse`.

use std::fmt;

use care::{Answer, FindingId, FindingKind, Guideline, answer_from_json, strict_json};
use fhir::FhirError;
use serde::Deserializer as _;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, Unexpected, Visitor};

use crate::header::{Column, Others, column};
use crate::record::{Id, Record, does_not_fit, fits};

/// Reads one line into `record`.
///
/// # Errors
///
/// Why it is no record.
pub(crate) fn read(
    guideline: &Guideline,
    others: Others,
    line: &str,
    record: &mut Record,
) -> Result<(), String> {
    record.clear();
    if fhir::is_fhir(line) {
        return read_response(guideline, line, record);
    }
    let mut reader = serde_json::Deserializer::from_str(line);
    let object = Object { guideline, others, record };
    let read = reader.deserialize_map(object).and_then(|()| reader.end());
    read.map_err(|error| without_place(&error))
}

/// Reads what a form of this book was answered with.
fn read_response(guideline: &Guideline, line: &str, record: &mut Record) -> Result<(), String> {
    let whole = strict_json(line).map_err(|error| without_place(&error))?;
    let response = fhir::read_response(guideline, &whole).map_err(|error| match error {
        FhirError::Entry { place, problem } => format!("{} {problem}", place.trim_end_matches(',')),
        other => other.to_string(),
    })?;
    if let Some(id) = response.whose {
        record.set_id(&id)?;
    }
    for (name, value) in response.answers {
        let column = column(guideline, &name, Others::Refused).map_err(|error| error.to_string())?;
        if let Column::Answers(finding) = column {
            let answer = answer_from_json(guideline, finding, &value).map_err(|error| error.to_string())?;
            record.answers.push((finding, answer));
        }
    }
    Ok(())
}

/// The message alone: the place is that of the line, and a line has one line.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

/// A flat object of answers.
struct Object<'r> {
    guideline: &'r Guideline,
    others: Others,
    record: &'r mut Record,
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one object of answers such as {\"age\": 44, \"fever\": \"no\"}")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = Seen::default();
        while let Some(column) = map.next_key_seed(Name { guideline: self.guideline, others: self.others })? {
            match column {
                Column::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
                Column::Id => {
                    if std::mem::replace(&mut seen.id, true) {
                        return Err(A::Error::custom("`id` is there twice"));
                    }
                    self.record.id = map.next_value_seed(IdValue)?;
                }
                Column::Answers(finding) => {
                    if !seen.is_new(finding) {
                        let id = &self.guideline.finding(finding).id;
                        return Err(A::Error::custom(format_args!("`{id}` is there twice")));
                    }
                    let cell = Cell { guideline: self.guideline, finding };
                    if let Some(answer) = map.next_value_seed(cell)? {
                        self.record.answers.push((finding, answer));
                    }
                }
            }
        }
        Ok(())
    }
}

/// What an object has said already.
#[derive(Default)]
struct Seen {
    id: bool,
    findings: Vec<u64>,
}

impl Seen {
    fn is_new(&mut self, finding: FindingId) -> bool {
        let (word, bit) = (finding.index() / 64, 1 << (finding.index() % 64));
        if self.findings.len() <= word {
            self.findings.resize(word + 1, 0);
        }
        let was = self.findings[word] & bit;
        self.findings[word] |= bit;
        was == 0
    }
}

/// A name of an object.
struct Name<'r> {
    guideline: &'r Guideline,
    others: Others,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Column;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Column, D::Error> {
        from.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Column;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a finding")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Column, E> {
        column(self.guideline, name, self.others).map_err(E::custom)
    }
}

/// Whose a record is.
struct IdValue;

impl<'de> DeserializeSeed<'de> for IdValue {
    type Value = Option<Id>;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Option<Id>, D::Error> {
        from.deserialize_any(self)
    }
}

impl Visitor<'_> for IdValue {
    type Value = Option<Id>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an `id` that is a text or a whole number")
    }

    fn visit_unit<E>(self) -> Result<Option<Id>, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Option<Id>, E> {
        Ok(Some(Id::Number(number)))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Option<Id>, E> {
        let fits =
            i64::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))?;
        Ok(Some(Id::Number(fits)))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Option<Id>, E> {
        let mut record = Record::default();
        record.set_id(text).map_err(E::custom)?;
        Ok(record.id)
    }
}

/// The answer to a finding; null is an open question.
struct Cell<'r> {
    guideline: &'r Guideline,
    finding: FindingId,
}

impl Cell<'_> {
    fn refused<E: serde::de::Error>(&self, given: &str) -> E {
        E::custom(does_not_fit(self.guideline, self.finding, given))
    }
}

impl<'de> DeserializeSeed<'de> for Cell<'_> {
    type Value = Option<Answer>;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Option<Answer>, D::Error> {
        from.deserialize_any(self)
    }
}

impl Visitor<'_> for Cell<'_> {
    type Value = Option<Answer>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.guideline.finding(self.finding);
        write!(f, "an answer to `{}`; {}", finding.id, care::allowed_answers(&finding.kind))
    }

    fn visit_unit<E>(self) -> Result<Option<Answer>, E> {
        Ok(None)
    }

    fn visit_bool<E: serde::de::Error>(self, is_so: bool) -> Result<Option<Answer>, E> {
        match self.guideline.finding(self.finding).kind {
            FindingKind::YesNo => Ok(Some(if is_so { Answer::Yes } else { Answer::No })),
            _ => Err(self.refused(&is_so.to_string())),
        }
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Option<Answer>, E> {
        let fits = fits(self.guideline, self.finding, number);
        fits.map(Some).ok_or_else(|| self.refused(&number.to_string()))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Option<Answer>, E> {
        let fits = i64::try_from(number).ok().and_then(|number| fits(self.guideline, self.finding, number));
        fits.map(Some).ok_or_else(|| self.refused(&number.to_string()))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Option<Answer>, E> {
        Err(self.refused(&number.to_string()))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Option<Answer>, E> {
        // A number that is written as a text is no number.
        let finding = self.guideline.finding(self.finding);
        if matches!(finding.kind, FindingKind::Number { .. }) && text.parse::<i64>().is_ok() {
            return Err(self.refused(&format!("\"{text}\"")));
        }
        crate::record::answer_from_cell(self.guideline, self.finding, text).map_err(E::custom)
    }
}
