//! Answers in words, as a person reads them back.

use crate::book::{FindingId, FindingKind, QuestionId};
use crate::decision::answer::Answer;
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;
use crate::decision::interview::checklist;

/// An answer in words: `yes`, `7 points`, or the label of an option.
pub fn answer_words(guideline: &Guideline, finding: FindingId, answer: Answer) -> String {
    match (answer, &guideline.finding(finding).kind) {
        (Answer::Yes, _) => "yes".to_owned(),
        (Answer::No, _) => "no".to_owned(),
        (Answer::NotSure, _) => "not sure".to_owned(),
        // A score is read with its end: `6 of 10`.
        (Answer::Number(value), FindingKind::Number { unit, max, .. }) if unit == "points" => {
            format!("{value} of {max}")
        }
        // Units are written in the plural: `1 day`.
        (Answer::Number(1), FindingKind::Number { unit, .. }) => {
            format!("1 {}", unit.strip_suffix('s').unwrap_or(unit))
        }
        (Answer::Number(value), FindingKind::Number { unit, .. }) => format!("{value} {unit}"),
        (Answer::Option(option), FindingKind::Choice(options)) => {
            options.get(usize::from(option)).map(|option| option.label.clone()).unwrap_or_default()
        }
        (Answer::Number(value), _) => value.to_string(),
        (Answer::Option(option), _) => option.to_string(),
    }
}

/// How a screen was answered: every field, and what is present or unsure of its checklist.
///
/// Empty where nothing on it was answered and it has no checklist.
pub fn answered_words(guideline: &Guideline, answers: &Answers, question: QuestionId) -> String {
    let question = guideline.question(question);
    let single = question.shows.len() == 1;
    let mut words: Vec<String> = Vec::new();
    let mut is_checklist_empty = !checklist(guideline, &question.shows).is_empty() && !single;
    for finding in &question.shows {
        let label = &guideline.finding(*finding).label;
        let is_line = guideline.finding(*finding).kind == FindingKind::YesNo && !single;
        let word = match answers.get(*finding) {
            None => continue,
            Some(Answer::No) if is_line => continue,
            Some(Answer::Yes) if is_line => label.clone(),
            Some(Answer::NotSure) if is_line => format!("Not sure: {label}"),
            Some(answer) => answer_words(guideline, *finding, answer),
        };
        is_checklist_empty &= !is_line;
        words.push(word);
    }
    if is_checklist_empty {
        let none = if words.is_empty() { "None" } else { "nothing else" };
        words.push(question.none.clone().unwrap_or_else(|| none.to_owned()));
    }
    words.join("; ")
}
