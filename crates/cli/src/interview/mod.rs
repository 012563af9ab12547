//! The interview: one screen at a time, by a person or by a program.

use care::{Answer, Answers, FindingId, FindingKind, Guideline, QuestionId, Region};

use crate::exit::Exit;

mod lines;
mod screen;
mod terminal;

pub(crate) use lines::over_lines;

/// The interview in the terminal.
pub(crate) fn in_terminal(guideline: &Guideline, region: &Region) -> anyhow::Result<Exit> {
    terminal::run(guideline, region)
}

/// Takes back the answers to questions that no longer apply, after an earlier
/// answer was changed, and says which questions these were.
fn drop_what_no_longer_applies(guideline: &Guideline, answers: &mut Answers) -> Vec<QuestionId> {
    let mut dropped = Vec::new();
    // Gates are asked before what they open, so one pass in reading order settles chains of them.
    for question in guideline.questions() {
        if !care::State::of(guideline, answers).does_not_apply(question) {
            continue;
        }
        let answered: Vec<FindingId> = guideline
            .question(question)
            .shows
            .iter()
            .copied()
            .filter(|id| answers.get(*id).is_some())
            .collect();
        if !answered.is_empty() {
            for finding in answered {
                answers.clear(finding);
            }
            dropped.push(question);
        }
    }
    dropped
}

/// The yes/no findings among these: the lines of a checklist.
fn checklist(guideline: &Guideline, findings: &[FindingId]) -> Vec<FindingId> {
    findings.iter().copied().filter(|id| guideline.finding(*id).kind == FindingKind::YesNo).collect()
}

/// How a screen was answered, in words: every field, and what is present or unsure of its checklist.
fn answered(guideline: &Guideline, answers: &Answers, question: QuestionId) -> String {
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
            Some(answer) => crate::page::answer_words(guideline, *finding, answer),
        };
        is_checklist_empty &= !is_line;
        words.push(word);
    }
    if is_checklist_empty {
        words.push(question.none.clone().unwrap_or_else(|| "None of these".to_owned()));
    }
    words.join("; ")
}
