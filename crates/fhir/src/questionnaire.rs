//! The questions of the book as a FHIR Questionnaire, for other people's forms.

use care::{Condition, Finding, FindingId, FindingKind, Guideline, Question, QuestionId};
use serde_json::{Value, json};

use crate::codes::{
    FINDING, NO_DATA, NONE, NOT_KNOWN, NOT_SURE, OPTION, QUESTIONNAIRE, TICKED, TICKS, TICKS_NOT_SURE,
    YES_NO, coding, concept_of, screen,
};

const EXTENSION: &str = "http://hl7.org/fhir/StructureDefinition/";

/// How the questions of one screen are put. Both lead to the same answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A list to tick with "None of these", as on our own pages: with SDC's `optionExclusive`,
    /// and `enableWhen` for what is asked of some only.
    Ticks,
    /// Every finding by itself, with yes, no and not sure, and nothing hidden: for a form that
    /// knows neither. Its answers are those of the response that a hand-off holds.
    Plain,
}

/// The questions of a book, one group a screen, in the order of asking.
pub fn questionnaire(guideline: &Guideline, form: Form) -> Value {
    let book = guideline.book();
    let (url, name) = match form {
        Form::Ticks => (TICKED, "UnclenchTicks"),
        Form::Plain => (QUESTIONNAIRE, "Unclench"),
    };
    let items: Vec<Value> = guideline.questions().map(|id| group(guideline, id, form)).collect();
    json!({
        "resourceType": "Questionnaire",
        "meta": { "profile": ["http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire"] },
        "language": "en",
        "url": url,
        "version": book.version,
        "name": name,
        "title": "Unclench: back spasm",
        "status": "active",
        "subjectType": ["Patient"],
        "description": format!(
            "The questions of the guideline, SHA-256 {}. Decision support and self-care information, not a medical device.",
            book.hash
        ),
        "item": items,
    })
}

/// One screen, inside a group for each further condition on being asked.
fn group(guideline: &Guideline, id: QuestionId, form: Form) -> Value {
    let question = guideline.question(id);
    let mut items = Vec::new();
    if let Some(help) = &question.help {
        items.push(json!({
            "extension": [control("help")],
            "linkId": format!("{}:help", question.id),
            "text": help,
            "type": "display",
        }));
    }
    if form == Form::Ticks && is_ticked(guideline, question) {
        items.extend(ticks(guideline, question));
    }
    for id in &question.shows {
        let finding = guideline.finding(*id);
        if !(form == Form::Ticks && finding.kind == FindingKind::YesNo && is_ticked(guideline, question)) {
            items.extend(asked(finding, form));
        }
    }
    let mut group =
        json!({ "linkId": screen(question), "text": question.ask, "type": "group", "item": items });
    if form == Form::Plain {
        return group;
    }
    for (number, any) in (0..).zip(asked_when(guideline, question)) {
        if number > 0 {
            let link = format!("{}:{number}", question.id);
            group = json!({ "linkId": link, "type": "group", "item": [group] });
        }
        if any.len() > 1 {
            group["enableBehavior"] = "any".into();
        }
        group["enableWhen"] = any.into();
    }
    group
}

/// Whether the signs of a screen are one list to tick.
pub(crate) fn is_ticked(guideline: &Guideline, question: &Question) -> bool {
    let is_sign = |id: &&FindingId| guideline.finding(**id).kind == FindingKind::YesNo;
    question.shows.iter().filter(is_sign).count() > 1
}

/// A list to tick, and the same list for what the person is not sure of.
fn ticks(guideline: &Guideline, question: &Question) -> [Value; 2] {
    let signs = question.shows.iter().map(|id| guideline.finding(*id));
    let signs = signs.filter(|finding| finding.kind == FindingKind::YesNo);
    let options: Vec<Value> =
        signs.map(|finding| json!({ "valueCoding": coding(FINDING, &finding.id, &finding.label) })).collect();
    let none = json!({
        "extension": [{ "url": format!("{EXTENSION}questionnaire-optionExclusive"), "valueBoolean": true }],
        "valueCoding": coding(NONE, "none", question.none.as_deref().unwrap_or("None of these")),
    });
    let list = |suffix: &str, text: &str, options: Vec<Value>| {
        json!({
            "extension": [control("check-box")],
            "linkId": format!("{}:{suffix}", question.id),
            "text": text,
            "type": "choice",
            "repeats": true,
            "answerOption": options,
        })
    };
    let with_none = options.iter().cloned().chain([none]).collect();
    [list(TICKS, "Tick all that you have", with_none), list(TICKS_NOT_SURE, "Not sure", options)]
}

/// A finding by itself; beside a number, which has no place for it, "not sure".
fn asked(finding: &Finding, form: Form) -> Vec<Value> {
    let not_sure = json!({ "valueCoding": coding(NO_DATA, NOT_KNOWN, "Not sure") });
    let choice = |options: Vec<Value>| {
        let options: Vec<Value> = options.into_iter().chain([not_sure.clone()]).collect();
        json!({
            "extension": [control("radio-button")],
            "linkId": finding.id,
            "code": concept_of(finding)["coding"],
            "text": finding.label,
            "type": "choice",
            "answerOption": options,
        })
    };
    let option =
        |system: &str, code: &str, words: &str| json!({ "valueCoding": coding(system, code, words) });
    match &finding.kind {
        FindingKind::YesNo => vec![choice(vec![option(YES_NO, "Y", "Yes"), option(YES_NO, "N", "No")])],
        FindingKind::Choice(options) => {
            let system = format!("{OPTION}{}", finding.id);
            vec![choice(options.iter().map(|one| option(&system, &one.id, &one.label)).collect())]
        }
        FindingKind::Number { unit, min, max } => {
            let bound = |name: &str, value: &i64| json!({ "url": format!("{EXTENSION}{name}"), "valueInteger": value });
            let number = json!({
                "extension": [bound("minValue", min), bound("maxValue", max)],
                "linkId": finding.id,
                "code": concept_of(finding)["coding"],
                "text": format!("{} ({unit})", finding.label),
                "type": "integer",
            });
            let mut beside = json!({
                "extension": [control("radio-button")],
                "linkId": format!("{}:{NOT_SURE}", finding.id),
                "text": format!("{}: not sure", finding.label),
                "type": "choice",
                "answerOption": [not_sure],
            });
            if form == Form::Ticks {
                beside["enableWhen"] = json!([is_empty(&finding.id)]);
            }
            vec![number, beside]
        }
    }
}

fn control(name: &str) -> Value {
    json!({
        "url": format!("{EXTENSION}questionnaire-itemControl"),
        "valueCodeableConcept": {
            "coding": [{ "system": "http://hl7.org/fhir/questionnaire-item-control", "code": name }],
        },
    })
}

/// When a question is asked: all of these, each of them any of several answers. Left out is
/// what cannot be written so; then it is asked of more people, which changes no outcome.
fn asked_when(guideline: &Guideline, question: &Question) -> Vec<Vec<Value>> {
    let follows = question.shows.iter().find_map(|id| guideline.finding(*id).follows_up);
    if let Some(follows) = follows {
        return vec![vec![not_sure_of(guideline, follows)]];
    }
    let Some(gate) = &question.only_if else { return Vec::new() };
    let all = match &gate.condition {
        Condition::And(parts) => parts.iter().collect(),
        one => vec![one],
    };
    all.into_iter().filter_map(|part| not_known_to_fail(guideline, part)).collect()
}

/// The answers beside which a condition may still hold, where any of them is enough.
fn not_known_to_fail(guideline: &Guideline, condition: &Condition) -> Option<Vec<Value>> {
    if let Condition::Or(parts) = condition {
        let parts = parts.iter().map(|part| not_known_to_fail(guideline, part));
        let mut any: Vec<Value> = Vec::new();
        for one in parts.collect::<Option<Vec<_>>>()?.into_iter().flatten() {
            if !any.contains(&one) {
                any.push(one);
            }
        }
        return Some(any);
    }
    let id = condition.finding()?;
    // What is worked out from a diary stands in no form.
    let question = guideline.question(guideline.asked_by(id)?);
    let finding = guideline.finding(id);
    let answered = match condition {
        Condition::Yes(_) if is_ticked(guideline, question) => {
            let ticks = format!("{}:{TICKS}", question.id);
            return Some(vec![
                is_empty(&ticks),
                is(&ticks, &coding(FINDING, &finding.id, &finding.label)),
                not_sure_of(guideline, id),
            ]);
        }
        Condition::Yes(_) => is(&finding.id, &coding(YES_NO, "Y", "Yes")),
        Condition::Compare(_, comparison, value) => {
            json!({ "question": finding.id, "operator": comparison.symbol(), "answerInteger": value })
        }
        Condition::Is(_, option) => {
            let FindingKind::Choice(options) = &finding.kind else { return None };
            let option = options.get(usize::from(*option))?;
            is(&finding.id, &coding(&format!("{OPTION}{}", finding.id), &option.id, &option.label))
        }
        _ => return None,
    };
    let mut any = vec![is_empty(&finding.id), answered];
    if !matches!(finding.kind, FindingKind::Number { .. }) {
        any.push(not_sure_of(guideline, id));
    }
    Some(any)
}

/// "Not sure" of a yes/no finding or a choice.
fn not_sure_of(guideline: &Guideline, id: FindingId) -> Value {
    let finding = guideline.finding(id);
    let screen = guideline.asked_by(id).map(|question| guideline.question(question));
    match screen.filter(|screen| finding.kind == FindingKind::YesNo && is_ticked(guideline, screen)) {
        Some(screen) => {
            let link = format!("{}:{TICKS_NOT_SURE}", screen.id);
            is(&link, &coding(FINDING, &finding.id, &finding.label))
        }
        None => is(&finding.id, &coding(NO_DATA, NOT_KNOWN, "Not sure")),
    }
}

fn is(link: &str, answer: &Value) -> Value {
    json!({ "question": link, "operator": "=", "answerCoding": answer })
}

fn is_empty(link: &str) -> Value {
    json!({ "question": link, "operator": "exists", "answerBoolean": false })
}
