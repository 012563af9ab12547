//! A question as a form, and what was filled in.
//!
//! Every field carries the id of its question in its name and its id, so that no browser
//! ever puts what was ticked on one question into another.
//!
//! A checklist is answered in one or two steps: tick what fits, or press "none of
//! these"; who is not sure about some lines is asked which. What is then left
//! unticked is a no, because the person was asked and sent the form. Where "none of
//! these" was the answer, it stands as a ticked line, to keep or to untick.

use askama::Template;
use care::{Answer, Answers, FindingId, FindingKind, Guideline, Question, Role, State, Urgency, checklist};
use store::Sequence;

use crate::body_map::BodyMap;
use crate::parts::figures::Figure;
use crate::request::Form;

/// One screen, ready to show.
#[derive(Debug, Template)]
#[template(path = "components/screen.html")]
pub(crate) struct Screen<'g> {
    /// The question.
    pub(crate) question: &'g Question,
    /// The picture beside its list of places.
    pub(crate) body_map: Option<BodyMap<'g>>,
    /// What it asks for now, in order.
    pub(crate) fields: Vec<Field<'g>>,
    /// Every finding it asks for, by id, so that the answer knows what was shown.
    pub(crate) shows: Vec<&'g str>,
    /// What is wrong with what was filled in, each with the field it is about.
    pub(crate) problems: Vec<Problem>,
    /// Whether the screen is one field, whose label is then the heading.
    pub(crate) is_single: bool,
    /// What stood in the record about this question when the page was made.
    pub(crate) seen: Sequence,
}

/// What is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// The id of the field in the page.
    pub(crate) field: String,
    /// What is wrong and what to do.
    pub(crate) message: String,
}

/// One thing to fill in. `name` is unique to it and its question.
#[derive(Debug)]
pub(crate) enum Field<'g> {
    /// Lines to tick.
    Checklist { lines: Vec<Line<'g>>, none: &'g str, is_none: bool, is_unsure: bool, error: Option<String> },
    /// Which lines of a checklist is the person not sure about?
    Unsure { ticked: Vec<Line<'g>>, lines: Vec<Line<'g>>, error: Option<String> },
    /// One of several.
    Pick {
        id: &'g str,
        name: String,
        label: &'g str,
        options: Vec<Choice<'g>>,
        error: Option<String>,
        has_label: bool,
    },
    /// A whole number from 0 to 10.
    Scale { id: &'g str, name: String, label: &'g str, points: Vec<Choice<'g>>, error: Option<String> },
    /// A whole number.
    Number {
        id: &'g str,
        name: String,
        label: &'g str,
        unit: &'g str,
        min: i64,
        max: i64,
        value: String,
        /// The smallest numbers, each in a word to tap: `Today`; only since when it hurts.
        near: Vec<Choice<'g>>,
        is_unsure: bool,
        error: Option<String>,
    },
}

/// A line of a checklist.
#[derive(Clone, Debug)]
pub(crate) struct Line<'g> {
    pub(crate) id: &'g str,
    pub(crate) label: &'g str,
    pub(crate) checked: bool,
    /// By itself it is an emergency, which is said as soon as it is ticked.
    pub(crate) is_alarm: bool,
    /// The person's own words that suggest it.
    pub(crate) suggested_by: Option<String>,
    /// A card of lines begins with it, beside this picture.
    pub(crate) card: Option<Figure<'g>>,
}

/// Whether the lines of a list stand in cards.
fn is_in_cards(lines: &[Line<'_>]) -> bool {
    lines.iter().any(|line| line.card.is_some())
}

/// Whether a line of a list is ticked: a list that is folded under a picture is then open.
fn is_any_ticked(lines: &[Line<'_>]) -> bool {
    lines.iter().any(|line| line.checked)
}

/// An option of a field.
#[derive(Clone, Debug)]
pub(crate) struct Choice<'g> {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) checked: bool,
    /// Words below the label, at the ends of a scale.
    pub(crate) note: Option<&'g str>,
}

/// What a form gave.
pub(crate) enum Filled {
    /// An answer to everything that was shown.
    Answers(Vec<(FindingId, Answer)>),
    /// Lines that the person is not sure about, which they have still to name.
    SecondStep,
    /// Something that is wrong; the screen says what.
    Wrong,
}

/// What the second step of a checklist asks.
const NOT_SURE: &str = "Which of these are you not sure about?";

const NOTHING_TICKED: &str = "Tick every line that fits";

/// The name of a field: `danger_nerves-none`.
pub(crate) fn field_name(question: &Question, field: &str) -> String {
    format!("{}-{field}", question.id)
}

impl<'g> Screen<'g> {
    /// A screen that asks for these findings. `before` fills it in; `suggested`
    /// are words of the person that speak for a line.
    pub(crate) fn new(
        guideline: &'g Guideline,
        question: &'g Question,
        findings: &[FindingId],
        before: &Answers,
        suggested: &[(FindingId, String)],
    ) -> Self {
        let lines = checklist(guideline, findings);
        let is_list = question.shows.len() > 1;
        let mut fields = Vec::new();
        for id in findings {
            if lines.contains(id) && is_list {
                if lines.first() == Some(id) {
                    fields.push(checklist_field(guideline, question, &lines, before, suggested));
                }
                continue;
            }
            fields.push(field(guideline, question, *id, before.get(*id), is_list));
        }
        let shows = findings.iter().map(|id| guideline.finding(*id).id.as_str()).collect();
        let is_single = fields.len() == 1;
        let body_map = question.body_map.then(|| BodyMap::of_findings(guideline, question, &lines));
        Self { question, body_map, fields, shows, problems: Vec::new(), is_single, seen: Sequence::default() }
    }

    /// Reads a form that was sent for this screen: the screen filled in with it, and what it gave.
    pub(crate) fn read(
        guideline: &'g Guideline,
        question: &'g Question,
        findings: &[FindingId],
        form: &Form,
    ) -> (Self, Filled) {
        let mut screen = Self::new(guideline, question, findings, &Answers::none(guideline), &[]);
        let mut answers = Vec::new();
        let mut is_second_step = false;
        let reader = Reader { guideline, question, form };
        for field in &mut screen.fields {
            match field.read(&reader) {
                Read::Answers(given) => answers.extend(given),
                Read::Problem(problem) => screen.problems.push(problem),
                Read::SecondStep => is_second_step = true,
            }
        }
        let filled = match (screen.problems.is_empty(), is_second_step) {
            (true, false) => Filled::Answers(answers),
            (true, true) => Filled::SecondStep,
            (false, _) => Filled::Wrong,
        };
        (screen, filled)
    }

    /// Shows one list of lines again where a form has come to its second step.
    pub(crate) fn first_step(&mut self) {
        self.problems.clear();
        let none = none_of(self.question);
        for field in &mut self.fields {
            if let Field::Unsure { ticked, lines, .. } = field {
                let mut all: Vec<Line<'g>> = ticked.drain(..).chain(lines.drain(..)).collect();
                all.sort_by_key(|line| self.shows.iter().position(|id| *id == line.id));
                *field = Field::Checklist { lines: all, none, is_none: false, is_unsure: true, error: None };
            }
        }
    }

    /// Ticks what stands in the record as well: what is ticked in either of two windows
    /// stays ticked, and "none of these" only where it is so in both.
    pub(crate) fn tick_too(&mut self, guideline: &Guideline, stands: &Answers) {
        let of = |id: &str| guideline.finding_named(id).and_then(|finding| stands.get(finding));
        for field in &mut self.fields {
            let Field::Checklist { lines, is_none, is_unsure, .. } = field else { continue };
            for line in lines.iter_mut() {
                line.checked |= of(line.id) == Some(Answer::Yes);
                *is_unsure |= of(line.id) == Some(Answer::NotSure);
            }
            *is_none &= !*is_unsure && !lines.iter().any(|line| line.checked);
        }
    }

    /// The lines that are ticked.
    pub(crate) fn ticked(&self, guideline: &Guideline) -> impl Iterator<Item = (FindingId, Answer)> {
        let lines = self.fields.iter().flat_map(|field| match field {
            Field::Checklist { lines, .. } => lines.as_slice(),
            Field::Unsure { ticked, .. } => ticked.as_slice(),
            _ => &[],
        });
        let ticked = lines.filter(|line| line.checked);
        ticked.filter_map(|line| Some((guideline.finding_named(line.id)?, Answer::Yes)))
    }

    /// The button that says "none of these", where that is not what stands: its name and its words.
    pub(crate) fn none(&self) -> Option<(String, &'g str)> {
        self.fields.iter().find_map(|field| match field {
            Field::Checklist { none, is_none: false, .. } => Some((field_name(self.question, "none"), *none)),
            _ => None,
        })
    }

    /// Whether a line of it is an emergency by itself.
    pub(crate) fn has_alarm(&self) -> bool {
        self.fields.iter().any(|field| match field {
            Field::Checklist { lines, .. } => lines.iter().any(|line| line.is_alarm),
            _ => false,
        })
    }

    /// What it asks, as its heading says.
    pub(crate) fn asks(&self) -> &str {
        if self.is_single && self.is_second_step() { NOT_SURE } else { &self.question.ask }
    }

    /// Whether the lines that the person is not sure about are asked for.
    pub(crate) fn is_second_step(&self) -> bool {
        self.fields.iter().any(|field| matches!(field, Field::Unsure { .. }))
    }
}

/// The words of "none of these".
fn none_of(question: &Question) -> &str {
    question.none.as_deref().unwrap_or("None of these")
}

fn checklist_field<'g>(
    guideline: &'g Guideline,
    question: &'g Question,
    lines: &[FindingId],
    before: &Answers,
    suggested: &[(FindingId, String)],
) -> Field<'g> {
    let was = |id: &FindingId, answer| before.get(*id) == Some(answer);
    let place = |id: &FindingId| question.shows.iter().position(|shown| shown == id);
    // The card that a line stands on: the last one that has begun by then.
    let card = |id: &FindingId| {
        let begun = question.cards.iter().rposition(|card| place(&card.from) <= place(id));
        begun.unwrap_or_default()
    };
    let mut card_before = None;
    let line = |id: &FindingId| {
        let begins = Some(card(id)).filter(|card| card_before.replace(*card) != Some(*card));
        let finding = guideline.finding(*id);
        let suggested_by = suggested.iter().find(|(known, _)| known == id).map(|(_, words)| words.clone());
        Line {
            id: &finding.id,
            label: &finding.label,
            checked: was(id, Answer::Yes),
            is_alarm: is_alarm(guideline, *id),
            suggested_by,
            card: begins.and_then(|card| Figure::of_card(guideline.book(), question, card)),
        }
    };
    Field::Checklist {
        lines: lines.iter().map(line).collect(),
        none: none_of(question),
        is_none: lines.iter().all(|id| was(id, Answer::No)),
        is_unsure: lines.iter().any(|id| was(id, Answer::NotSure)),
        error: None,
    }
}

/// Whether the finding by itself, whatever else is answered, is an emergency.
fn is_alarm(guideline: &Guideline, finding: FindingId) -> bool {
    let mut alone = Answers::none(guideline);
    let is_set = alone.set(guideline, finding, Answer::Yes).is_ok();
    is_set && State::of(guideline, &alone).bounds().lower == Urgency::Emergency
}

fn field<'g>(
    guideline: &'g Guideline,
    question: &Question,
    id: FindingId,
    before: Option<Answer>,
    has_label: bool,
) -> Field<'g> {
    let finding = guideline.finding(id);
    let name = field_name(question, &finding.id);
    let (id, label) = (finding.id.as_str(), finding.label.as_str());
    let choice = |value: &str, label: &str, checked| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        checked,
        note: None,
    };
    let not_sure = choice("not sure", "Not sure", before == Some(Answer::NotSure));
    match &finding.kind {
        FindingKind::YesNo => {
            let options = vec![
                choice("yes", "Yes", before == Some(Answer::Yes)),
                choice("no", "No", before == Some(Answer::No)),
                not_sure,
            ];
            // Yes and no alone would not say what they answer.
            Field::Pick { id, name, label, options, error: None, has_label: true }
        }
        FindingKind::Choice(options) => {
            let mut options: Vec<Choice<'_>> = (0..)
                .zip(options)
                .map(|(index, option)| {
                    choice(&option.id, &option.label, before == Some(Answer::Option(index)))
                })
                .collect();
            options.push(not_sure);
            Field::Pick { id, name, label, options, error: None, has_label }
        }
        FindingKind::Number { min: 0, max: 10, .. } => {
            let mut points: Vec<Choice<'_>> = (0..=10)
                .map(|point: i64| Choice {
                    note: match point {
                        0 => Some("none"),
                        10 => Some("worst"),
                        _ => None,
                    },
                    ..choice(&point.to_string(), &point.to_string(), before == Some(Answer::Number(point)))
                })
                .collect();
            points.push(not_sure);
            Field::Scale { id, name, label, points, error: None }
        }
        FindingKind::Number { unit, min, max } => {
            let words: &[&str] = if finding.role == Some(Role::Days) { &NEAR } else { &[] };
            let near: Vec<Choice<'_>> = (0..)
                .zip(words)
                .map(|(days, words)| choice(&days.to_string(), words, before == Some(Answer::Number(days))))
                .collect();
            let is_near = near.iter().any(|day| day.checked);
            Field::Number {
                id,
                name,
                label,
                unit,
                min: *min,
                max: *max,
                value: match before {
                    Some(Answer::Number(value)) if !is_near => value.to_string(),
                    _ => String::new(),
                },
                near,
                is_unsure: before == Some(Answer::NotSure),
                error: None,
            }
        }
    }
}

/// So many days ago, from none on, as people say it.
const NEAR: [&str; 4] = ["Today", "Yesterday", "2 days", "3 days"];

enum Read {
    Answers(Vec<(FindingId, Answer)>),
    Problem(Problem),
    SecondStep,
}

/// What a form says of the fields of one question.
struct Reader<'r> {
    guideline: &'r Guideline,
    question: &'r Question,
    form: &'r Form,
}

impl Reader<'_> {
    fn name(&self, field: &str) -> String {
        field_name(self.question, field)
    }

    fn has(&self, field: &str) -> bool {
        self.form.has(&self.name(field))
    }

    /// Whether a field that may come more than once has this value.
    fn has_value(&self, field: &str, value: &str) -> bool {
        self.form.all(&self.name(field)).any(|given| given == value)
    }

    fn answer(&self, id: &str, answer: Answer) -> Option<(FindingId, Answer)> {
        self.guideline.finding_named(id).map(|finding| (finding, answer))
    }
}

impl Field<'_> {
    /// Reads what was filled in, and keeps it in the field in case it is shown again.
    fn read(&mut self, reader: &Reader<'_>) -> Read {
        match self {
            Self::Checklist { .. } => self.read_checklist(reader),
            // Only ever made by reading a checklist.
            Self::Unsure { .. } => Read::SecondStep,
            Self::Pick { id, name, options, error, .. }
            | Self::Scale { id, name, points: options, error, .. } => {
                let given = reader.form.text(name);
                for option in options.iter_mut() {
                    option.checked = option.value == given;
                }
                if let Some(answer) = pick(reader.guideline, id, given) {
                    return Read::Answers(vec![answer]);
                }
                let message = "Choose the answer that fits best, or \"Not sure\"".to_owned();
                *error = Some(message.clone());
                Read::Problem(Problem { field: name.clone(), message })
            }
            Self::Number { id, name, unit, min, max, value, near, is_unsure, error, .. } => {
                let tapped = reader.form.text(&format!("{name}_near"));
                let written = reader.form.text(name);
                *is_unsure = reader.form.has(&format!("{name}_unsure")) || tapped == "not sure";
                // Of a day and another number none counts before the person says which.
                let is_torn = !*is_unsure && ![tapped, written].contains(&"") && tapped != written;
                for day in near.iter_mut() {
                    day.checked = !is_torn && day.value == tapped;
                }
                let is_near = near.iter().any(|day| day.checked);
                if is_near && written.is_empty() { tapped } else { written }.clone_into(value);
                let number = care::read_whole_number(value)
                    .map(i64::from)
                    .filter(|number| (*min..=*max).contains(number));
                let message = match (value.is_empty(), *is_unsure, number) {
                    _ if is_torn => "You chose a day and wrote another number. Leave one of them".to_owned(),
                    (true, true, _) => {
                        return Read::Answers(reader.answer(id, Answer::NotSure).into_iter().collect());
                    }
                    (false, false, Some(number)) => {
                        return Read::Answers(
                            reader.answer(id, Answer::Number(number)).into_iter().collect(),
                        );
                    }
                    (false, true, _) => {
                        "You gave a number and ticked \"not sure\". Leave one of them".to_owned()
                    }
                    _ => format!("Write a whole number of {unit} from {min} to {max}, or tick \"not sure\""),
                };
                *error = Some(message.clone());
                Read::Problem(Problem { field: name.clone(), message })
            }
        }
    }

    fn read_checklist(&mut self, reader: &Reader<'_>) -> Read {
        let Self::Checklist { lines, none, is_none, is_unsure, error, .. } = self else {
            return Read::SecondStep;
        };
        for line in lines.iter_mut() {
            line.checked = reader.has_value("yes", line.id);
        }
        (*is_none, *is_unsure) = (reader.has_value("none", "yes"), reader.has("unsure_some"));
        let is_foreign = |given: &str| !lines.iter().any(|line| line.id == given);
        let has_foreign = reader.form.all(&reader.name("yes")).any(is_foreign);
        let is_any = lines.iter().any(|line| line.checked);
        let rest = lines.iter().filter(|line| !line.checked).count();
        let second = reader.has("second_step");
        let is_named = reader.has("unsure");
        let problem = if has_foreign {
            // Never a "no" to a screen on which somebody ticked something.
            Some("Something was ticked that is not on this page. Please look at each line again".to_owned())
        } else if *is_none && (is_any || *is_unsure) {
            Some(format!("You ticked \"{none}\" and another line. Untick what does not fit"))
        } else if !*is_none && !is_any && !*is_unsure {
            Some(format!("{NOTHING_TICKED}, or \"{none}\""))
        } else if *is_unsure && second && rest > 1 && !is_named {
            Some("Tick each line that you are not sure about".to_owned())
        } else {
            None
        };
        let field = reader.name("list");
        if *is_unsure && !*is_none && rest > 1 && !is_named {
            let (ticked, lines) = lines.drain(..).partition(|line: &Line<'_>| line.checked);
            let error = problem.clone().filter(|_| second);
            *self = Self::Unsure { ticked, lines, error };
            return problem
                .filter(|_| second)
                .map_or(Read::SecondStep, |message| Read::Problem(Problem { field, message }));
        }
        if let Some(message) = problem {
            *error = Some(message.clone());
            return Read::Problem(Problem { field, message });
        }
        let is_unsure = |id: &str| reader.has_value("unsure", id) || (*is_unsure && rest == 1);
        let answer = |line: &Line<'_>| {
            if line.checked {
                Answer::Yes
            } else if is_unsure(line.id) {
                Answer::NotSure
            } else {
                Answer::No
            }
        };
        Read::Answers(lines.iter().filter_map(|line| reader.answer(line.id, answer(line))).collect())
    }
}

/// One answer by its value in a form.
fn pick(guideline: &Guideline, id: &str, given: &str) -> Option<(FindingId, Answer)> {
    let finding = guideline.finding_named(id)?;
    let value = match guideline.finding(finding).kind {
        FindingKind::Number { .. } if given != "not sure" => {
            serde_json::Value::from(given.parse::<i64>().ok()?)
        }
        _ => serde_json::Value::from(given),
    };
    care::answer_from_json(guideline, finding, &value).ok().map(|answer| (finding, answer))
}
