//! One screen of the terminal interview: its words, its prompts and what was answered.

use std::fmt;

use care::{Answer, Answers, Ask, ChoiceOption, FindingId, FindingKind, Guideline, Question, checklist};
use inquire::validator::Validation;
use inquire::{InquireError, Select, Text};
use tell::Message;

use crate::interview::tick_list::{TickList, Ticked};
use crate::page;

/// How a person left a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Left {
    /// With an answer to everything on it.
    Answered(Vec<(FindingId, Answer)>),
    /// By going back.
    Back,
    /// By ending the program.
    Quit,
}

/// What one prompt gave.
enum Given<T> {
    Value(T),
    Why,
    Back,
    Quit,
}

/// Asks everything on one screen. `before` holds what was answered here
/// earlier, shown again as the starting point.
///
/// # Errors
///
/// If the terminal cannot be used.
pub(crate) fn ask(guideline: &Guideline, ask: &Ask, before: &Answers) -> anyhow::Result<Left> {
    let question = guideline.question(ask.question);
    let lines = checklist(guideline, &ask.findings);
    if let ([only], [_]) = (&lines[..], &question.shows[..]) {
        // Yes and no alone would not say what they answer.
        page::paragraph(&guideline.finding(*only).label);
    }
    // The checklist is answered with its first line.
    let prompts: Vec<FindingId> = ask
        .findings
        .iter()
        .copied()
        .filter(|finding| !lines.contains(finding) || lines.first() == Some(finding))
        .collect();
    let mut so_far = before.clone();
    let mut given: Vec<Vec<(FindingId, Answer)>> = Vec::new();
    while let Some(finding) = prompts.get(given.len()).copied() {
        let answered = if lines.contains(&finding) && question.shows.len() > 1 {
            ticks(guideline, question, &lines, &so_far)?
        } else {
            until_answered(question, || {
                Ok(field(guideline, finding, &so_far)?.map(|answer| vec![(finding, answer)]))
            })?
        };
        match answered {
            Given::Value(answers) => {
                for (finding, answer) in &answers {
                    so_far.set(guideline, *finding, *answer)?;
                }
                given.push(answers);
            }
            Given::Quit => return Ok(Left::Quit),
            // Back to the field before, and from the first one to the screen before.
            Given::Back | Given::Why => {
                if given.pop().is_none() {
                    return Ok(Left::Back);
                }
            }
        }
    }
    Ok(Left::Answered(given.concat()))
}

/// Repeats a prompt for as long as the person asks why.
fn until_answered<T>(
    question: &Question,
    mut prompt: impl FnMut() -> anyhow::Result<Given<T>>,
) -> anyhow::Result<Given<T>> {
    loop {
        match prompt()? {
            Given::Why => page::why_we_ask(&question.why),
            given => return Ok(given),
        }
    }
}

/// A number or a choice.
fn field(guideline: &Guideline, id: FindingId, before: &Answers) -> anyhow::Result<Given<Answer>> {
    let finding = guideline.finding(id);
    match &finding.kind {
        FindingKind::YesNo => yes_or_no(before.get(id)),
        FindingKind::Number { unit, min, max } => {
            number(&format!("{} ({unit}, {min} to {max})", finding.label), *min, *max, before.get(id))
        }
        FindingKind::Choice(options) => choice(&finding.label, options, before.get(id)),
    }
}

fn number(label: &str, min: i64, max: i64, before: Option<Answer>) -> anyhow::Result<Given<Answer>> {
    let refuse = move |typed: &str| {
        Ok(match read_number(typed, min, max) {
            Some(_) => Validation::Valid,
            None => Validation::Invalid(
                format!("Type a whole number from {min} to {max}, or n for not sure, or ? for why we ask")
                    .into(),
            ),
        })
    };
    let initial = match before {
        Some(Answer::Number(value)) => value.to_string(),
        _ => String::new(),
    };
    let typed = Text::new(label)
        .with_initial_value(&initial)
        .with_help_message("type a number · n not sure · ? why we ask · esc back")
        .with_validator(refuse)
        .prompt_skippable();
    Ok(given(typed)?.and_then(|typed| read_number(&typed, min, max).unwrap_or(Given::Value(Answer::NotSure))))
}

fn read_number(typed: &str, min: i64, max: i64) -> Option<Given<Answer>> {
    match typed.trim() {
        "?" => Some(Given::Why),
        "n" | "N" | "not sure" => Some(Given::Value(Answer::NotSure)),
        digits => care::read_whole_number(digits)
            .map(i64::from)
            .filter(|value| (min..=max).contains(value))
            .map(|value| Given::Value(Answer::Number(value))),
    }
}

/// A line of a list that picks one.
#[derive(Clone, Debug)]
enum Pick {
    Answer(Answer, String),
    Why,
}

impl Pick {
    fn text(&self) -> &str {
        match self {
            Self::Answer(_, label) => label,
            Self::Why => "Why do we ask?",
        }
    }
}

impl fmt::Display for Pick {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&page::row_of_a_list(self.text(), PICK_MARK))
    }
}

fn choice(label: &str, options: &[ChoiceOption], before: Option<Answer>) -> anyhow::Result<Given<Answer>> {
    let picks = (0..)
        .zip(options)
        .map(|(index, option)| Pick::Answer(Answer::Option(index), option.label.clone()))
        .chain([Pick::Answer(Answer::NotSure, "Not sure".to_owned())])
        .collect();
    pick_one(label, picks, before)
}

fn yes_or_no(before: Option<Answer>) -> anyhow::Result<Given<Answer>> {
    let picks = [(Answer::Yes, "Yes"), (Answer::No, "No"), (Answer::NotSure, "Not sure")]
        .map(|(answer, label)| Pick::Answer(answer, label.to_owned()))
        .to_vec();
    pick_one("Your answer", picks, before)
}

fn pick_one(label: &str, mut picks: Vec<Pick>, before: Option<Answer>) -> anyhow::Result<Given<Answer>> {
    let start = picks
        .iter()
        .position(|pick| matches!(pick, Pick::Answer(answer, _) if Some(*answer) == before))
        .unwrap_or_default();
    picks.push(Pick::Why);
    let fit = page::lines_that_fit(picks.iter().map(Pick::text), PICK_MARK);
    let picked = Select::new(label, picks)
        .with_starting_cursor(start)
        .with_page_size(fit)
        .without_filtering()
        .with_help_message("↑↓ move · enter choose · esc back")
        .prompt_skippable();
    Ok(given(picked)?.and_then(|pick| match pick {
        Pick::Answer(answer, _) => Given::Value(answer),
        Pick::Why => Given::Why,
    }))
}

/// A line of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tick {
    Finding(FindingId, String),
    None(String),
    NotSure,
    Why,
}

impl Tick {
    fn finding(&self) -> Option<FindingId> {
        match self {
            Self::Finding(finding, _) => Some(*finding),
            Self::None(_) | Self::NotSure | Self::Why => None,
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Finding(_, label) | Self::None(label) => label,
            Self::NotSure => "Not sure about some of these",
            Self::Why => "Why do we ask?",
        }
    }
}

/// The columns before the text of a line that is picked: `> `.
const PICK_MARK: usize = 2;

/// The checklist of a screen, and for "not sure" a second one that asks of which
/// lines. Asking why, or going back from the second list, loses no tick.
fn ticks(
    guideline: &Guideline,
    question: &Question,
    lines: &[FindingId],
    before: &Answers,
) -> anyhow::Result<Given<Vec<(FindingId, Answer)>>> {
    let none = question.none.clone().unwrap_or_else(|| "None of these".to_owned());
    let was = |finding: &FindingId, answer| before.get(*finding) == Some(answer);
    let mut yes: Vec<FindingId> = lines.iter().copied().filter(|finding| was(finding, Answer::Yes)).collect();
    let mut unsure: Vec<FindingId> =
        lines.iter().copied().filter(|finding| was(finding, Answer::NotSure)).collect();
    let mut is_none = lines.iter().all(|finding| was(finding, Answer::No));
    let mut is_unsure = !unsure.is_empty();
    loop {
        let mut rows = rows_of(guideline, lines);
        rows.extend([Tick::None(none.clone()), Tick::NotSure, Tick::Why]);
        let ticked: Vec<usize> = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| match row {
                Tick::Finding(finding, _) => yes.contains(finding),
                Tick::None(_) => is_none,
                Tick::NotSure => is_unsure,
                Tick::Why => false,
            })
            .map(|(index, _)| index)
            .collect();
        let nothing = format!("Nothing is ticked. Press space to tick what fits, or \"{none}\"");
        let both = format!("\"{none}\" and another line are both ticked. Untick one with space");
        let picked = match tick_list(&Message::TickAllThatFit.to_string(), &rows, &ticked, &nothing, &both)? {
            Given::Value(picked) => picked,
            Given::Back | Given::Why => return Ok(Given::Back),
            Given::Quit => return Ok(Given::Quit),
        };
        yes = picked.iter().filter_map(Tick::finding).collect();
        is_none = picked.iter().any(|tick| matches!(tick, Tick::None(_)));
        is_unsure = picked.contains(&Tick::NotSure);
        if picked.contains(&Tick::Why) {
            page::why_we_ask(&question.why);
            continue;
        }
        let rest: Vec<FindingId> = lines.iter().copied().filter(|finding| !yes.contains(finding)).collect();
        unsure.retain(|finding| is_unsure && rest.contains(finding));
        if is_unsure {
            match which_are_unsure(guideline, &rest, &unsure)? {
                Given::Value(findings) => unsure = findings,
                Given::Back | Given::Why => continue,
                Given::Quit => return Ok(Given::Quit),
            }
        }
        let answer = |finding: &FindingId| match finding {
            finding if yes.contains(finding) => Answer::Yes,
            finding if unsure.contains(finding) => Answer::NotSure,
            _ => Answer::No,
        };
        return Ok(Given::Value(lines.iter().map(|finding| (*finding, answer(finding))).collect()));
    }
}

fn rows_of(guideline: &Guideline, findings: &[FindingId]) -> Vec<Tick> {
    findings
        .iter()
        .map(|finding| Tick::Finding(*finding, guideline.finding(*finding).label.clone()))
        .collect()
}

/// "Not sure about some": which ones? All the others are then a no.
fn which_are_unsure(
    guideline: &Guideline,
    rest: &[FindingId],
    before: &[FindingId],
) -> anyhow::Result<Given<Vec<FindingId>>> {
    if rest.len() <= 1 {
        return Ok(Given::Value(rest.to_vec()));
    }
    let ticked: Vec<usize> = (0..rest.len()).filter(|index| before.contains(&rest[*index])).collect();
    let nothing = "Press space to tick each line you are not sure about";
    let picked =
        tick_list("Which are you not sure about?", &rows_of(guideline, rest), &ticked, nothing, nothing)?;
    Ok(picked.map(|picked| picked.iter().filter_map(Tick::finding).collect()))
}

/// A list to tick; `nothing` is said where nothing is ticked, `both` where "none" and something are.
fn tick_list(
    label: &str,
    rows: &[Tick],
    ticked: &[usize],
    nothing: &str,
    both: &str,
) -> anyhow::Result<Given<Vec<Tick>>> {
    let none = rows.iter().position(|row| matches!(row, Tick::None(_)));
    let refuse = |picked: &[usize]| {
        let has_none = none.is_some_and(|none| picked.contains(&none));
        let is_other = |row: &usize| !matches!(rows.get(*row), Some(Tick::None(_) | Tick::Why));
        if picked.is_empty() {
            Some(nothing.to_owned())
        } else {
            (has_none && picked.iter().any(is_other)).then(|| both.to_owned())
        }
    };
    let list = TickList::new(label, rows.iter().map(Tick::text), none, ticked, &refuse);
    Ok(match list.ask()? {
        Ticked::Rows(picked) => {
            Given::Value(picked.into_iter().filter_map(|row| rows.get(row).cloned()).collect())
        }
        Ticked::Back => Given::Back,
        Ticked::Quit => Given::Quit,
    })
}

impl<T> Given<T> {
    /// Goes on with the value, if there is one.
    fn and_then<U>(self, go_on: impl FnOnce(T) -> Given<U>) -> Given<U> {
        match self {
            Self::Value(value) => go_on(value),
            Self::Why => Given::Why,
            Self::Back => Given::Back,
            Self::Quit => Given::Quit,
        }
    }

    fn map<U>(self, make: impl FnOnce(T) -> U) -> Given<U> {
        self.and_then(|value| Given::Value(make(value)))
    }
}

/// What a prompt of the library gave: escape goes back, ctrl-c ends.
fn given<T>(result: Result<Option<T>, InquireError>) -> anyhow::Result<Given<T>> {
    match result {
        Ok(Some(value)) => Ok(Given::Value(value)),
        Ok(None) | Err(InquireError::OperationCanceled) => Ok(Given::Back),
        Err(InquireError::OperationInterrupted) => Ok(Given::Quit),
        Err(error) => Err(error.into()),
    }
}
