//! What a person reads in the terminal.
//!
//! Colour and bold are dropped where the output is not a terminal or `NO_COLOR`
//! is set; nothing is said by colour alone.

use anstyle::{AnsiColor, Style};
use care::{
    Advice, Answer, Answers, Ask, ComeBack, FindingId, FindingKind, Finished, Guideline, HelpLine, Question, Reason, Region,
    Remedy, SourceId, Stage, State, Urgency, advise,
};

/// Longer lines are hard to read.
const WIDTH: usize = 78;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const ALARM: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const HEADING: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan)));

/// The word before an error.
pub(crate) fn error_word() -> String {
    styled(ALARM, "error:")
}

fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// A heading with a blank line before it.
pub(crate) fn heading(text: &str) {
    anstream::println!("\n{}", styled(HEADING, text));
}

/// A paragraph, wrapped.
pub(crate) fn paragraph(text: &str) {
    anstream::println!("{}", wrap(text, "", ""));
}

/// A paragraph in a quieter tone, wrapped.
pub(crate) fn aside(text: &str) {
    for line in wrap(text, "", "").lines() {
        anstream::println!("{}", styled(DIM, line));
    }
}

/// A point of a list, wrapped.
pub(crate) fn point(mark: &str, text: &str) {
    let indent = " ".repeat(mark.chars().count() + 3);
    anstream::println!("{}", wrap(text, &format!("  {mark} "), &indent));
}

fn quiet_point(text: &str) {
    for line in wrap(text, "      ", "      ").lines() {
        anstream::println!("{}", styled(DIM, line));
    }
}

fn wrap(text: &str, first: &str, others: &str) -> String {
    let options = textwrap::Options::new(WIDTH).initial_indent(first).subsequent_indent(others);
    textwrap::fill(text, options)
}

/// Clears the terminal for the next screen.
///
/// # Errors
///
/// If the terminal cannot be written to.
pub(crate) fn clear() -> anyhow::Result<()> {
    use crossterm::cursor::MoveTo;
    use crossterm::terminal::{Clear, ClearType};
    crossterm::execute!(std::io::stdout(), Clear(ClearType::All), MoveTo(0, 0))?;
    Ok(())
}

/// The top of a screen: where we are, whom to call, the question.
///
/// # Errors
///
/// If the terminal cannot be written to.
pub(crate) fn screen_head(
    question: &Question,
    number: usize,
    region: &Region,
    notice: Option<&str>,
) -> anyhow::Result<()> {
    clear()?;
    aside(&format!("Screen {number} · {} · In an emergency call {}", question.chapter.title(), region.emergency));
    if let Some(notice) = notice {
        anstream::println!();
        paragraph(notice);
    }
    anstream::println!();
    for line in wrap(&question.ask, "", "").lines() {
        anstream::println!("{}", styled(BOLD, line));
    }
    if let Some(help) = &question.help {
        aside(help);
    }
    anstream::println!();
    Ok(())
}

/// Why a question is asked, between two prompts.
pub(crate) fn why_we_ask(why: &str) {
    anstream::println!();
    paragraph(&format!("Why we ask: {why}"));
    anstream::println!();
}

/// How many lines a list may take, so that it fits under the top of the screen.
pub(crate) fn rows_for_a_list() -> usize {
    let rows = crossterm::terminal::size().map_or(24, |(_, rows)| usize::from(rows));
    rows.saturating_sub(9).clamp(5, 24)
}

/// A text cut to one line of the terminal.
pub(crate) fn one_line(text: &str) -> String {
    let width = crossterm::terminal::size().map_or(WIDTH, |(columns, _)| usize::from(columns)).saturating_sub(6);
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let cut: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{cut}…")
}

/// How much of an outcome to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What to do, why, and the names of what helps.
    Short,
    /// Every step with its sources.
    Full,
}

/// The whole outcome of a finished interview.
pub(crate) fn outcome(finished: &Finished<'_>, region: &Region, detail: Detail) {
    let state = finished.state();
    let guideline = state.guideline();
    let advice = advise(finished);
    let text = guideline.outcome(advice.urgency());
    let style = if advice.urgency() >= Urgency::SameDay { ALARM } else { HEADING };
    anstream::println!("\n{}", styled(style, &text.title));
    if advice.urgency() == Urgency::Emergency {
        anstream::println!("{}", styled(BOLD, &format!("Call {}", region.emergency)));
    }
    for action in &text.actions {
        point("•", action);
    }
    if let (Urgency::SameDay, Some(advice)) = (advice.urgency(), &region.advice) {
        point("•", &format!("Health advice line in {}: {advice}", region.name));
    }
    for line in HelpLine::ALL {
        let is_called_for = advice.because().iter().any(|reason| guideline.rule(reason.rule).call == Some(line));
        if let (true, Some(number)) = (is_called_for, region.line(line)) {
            point("•", &format!("{}: {number}", line.title()));
        }
    }
    for line in &text.say {
        paragraph(line);
    }
    sources(guideline, &text.sources);
    why(state, advice.because());
    if let Advice::Manage { plan, come_back_if, .. } = &advice {
        come_back(guideline, come_back_if, region);
        for stage in Stage::ALL {
            let items: Vec<&Remedy> = plan
                .items
                .iter()
                .map(|item| guideline.remedy(item.remedy()))
                .filter(|remedy| remedy.stage == stage)
                .collect();
            if items.is_empty() {
                continue;
            }
            heading(stage.title());
            for remedy in items {
                remedy_text(guideline, remedy, detail);
            }
        }
        if !plan.withheld.is_empty() {
            heading("Left out for you");
            for withheld in &plan.withheld {
                let remedy = guideline.remedy(withheld.remedy);
                let because = remedy.avoid_because.as_deref().unwrap_or_default();
                point("•", &format!("{}. {because}", remedy.name));
            }
        }
        disagreements(guideline, plan, detail);
    }
    footer(guideline);
}

fn why(state: &State<'_>, because: &[Reason]) {
    let guideline = state.guideline();
    heading("Why");
    if because.is_empty() {
        paragraph("None of the danger signs we asked about fit your answers.");
    }
    for reason in because {
        let rule = guideline.rule(reason.rule);
        point("•", &rule.because);
        if !reason.holds {
            quiet_point("You were not sure, and we do not take that as a no.");
        }
        if let Some(cause) = rule.suspect.map(|id| guideline.cause(id)) {
            let term = cause.term.as_ref().map(|term| format!(" ({term})")).unwrap_or_default();
            quiet_point(&format!("We think of: {}{term}.", cause.name));
        }
        for finding in &reason.findings {
            quiet_point(&format!("You said: {}", said(guideline, state.answers(), *finding)));
        }
        sources(guideline, &rule.sources);
    }
}

fn come_back(guideline: &Guideline, changes: &[ComeBack], region: &Region) {
    if changes.is_empty() {
        return;
    }
    heading("Come back if");
    for urgency in Urgency::ALL.into_iter().rev() {
        let texts: Vec<&str> = changes
            .iter()
            .filter(|change| change.urgency == urgency)
            .map(|change| change.text.as_str())
            .collect();
        if texts.is_empty() {
            continue;
        }
        let action = match urgency {
            Urgency::Emergency => format!("Call {} if", region.emergency),
            _ => format!("{} if", guideline.outcome(urgency).title),
        };
        anstream::println!("{}", styled(BOLD, &action));
        for text in texts {
            point("•", text);
        }
    }
}

fn remedy_text(guideline: &Guideline, remedy: &Remedy, detail: Detail) {
    anstream::println!("\n{} {}", styled(BOLD, &remedy.name), styled(DIM, &format!("({})", remedy.strength.words())));
    paragraph(&remedy.why);
    if detail == Detail::Short {
        return;
    }
    for (number, step) in (1..).zip(&remedy.steps) {
        let timer = step.timer.map(|timer| format!(" [{timer}]")).unwrap_or_default();
        point(&format!("{number}."), &format!("{}{timer}", step.text));
    }
    if let Some(gap) = remedy.gap {
        quiet_point(&format!("Wait at least {gap} before you do it again."));
    }
    for stop in &remedy.stop_if {
        point("!", stop);
    }
    sources(guideline, &remedy.sources);
}

fn disagreements(guideline: &Guideline, plan: &care::Plan, detail: Detail) {
    let in_plan = |remedy: &care::RemedyId| plan.items.iter().any(|item| item.remedy() == *remedy);
    let shown: Vec<_> = guideline
        .book()
        .disagreements
        .iter()
        .filter(|disagreement| disagreement.about.iter().any(in_plan))
        .collect();
    if shown.is_empty() || detail == Detail::Short {
        return;
    }
    heading("Where sources differ");
    for disagreement in shown {
        anstream::println!("\n{}", styled(BOLD, &disagreement.topic));
        for position in &disagreement.positions {
            point("•", &position.says);
            sources(guideline, &position.sources);
        }
        paragraph(&format!("What we do: {} {}", disagreement.we_do, disagreement.because));
    }
}

/// What was known so far, where the questions are not all answered.
pub(crate) fn unfinished(guideline: &Guideline, region: &Region, answers: &Answers, ask: &Ask) {
    let bounds = State::of(guideline, answers).bounds();
    heading("Not finished");
    paragraph(&format!(
        "So far the outcome lies between \"{}\" and \"{}\". It is not known to be safe until the questions are answered.",
        guideline.outcome(bounds.lower).title,
        guideline.outcome(bounds.upper).title
    ));
    paragraph(&format!("In an emergency call {}.", region.emergency));
    let question = guideline.question(ask.question);
    heading("The next question");
    paragraph(&question.ask);
    for finding in &ask.findings {
        let finding = guideline.finding(*finding);
        point("•", &format!("{} ({}; {})", finding.label, finding.id, care::allowed_answers(&finding.kind)));
    }
    footer(guideline);
}

fn footer(guideline: &Guideline) {
    anstream::println!();
    aside(&format!(
        "Unclench guideline {} ({}). Decision support and self-care information, not a medical device. \
         It never replaces a clinician who can examine you.",
        guideline.book().version,
        &guideline.book().hash.chars().take(12).collect::<String>()
    ));
}

/// One line of sources, by title.
fn sources(guideline: &Guideline, ids: &[SourceId]) {
    let titles: Vec<String> = ids
        .iter()
        .map(|id| {
            let source = guideline.source(*id);
            let year = source.year.map(|year| format!(", {year}")).unwrap_or_default();
            format!("{}{year}", source.title)
        })
        .collect();
    quiet_point(&format!("Source: {}", titles.join("; ")));
}

/// A finding with its answer, in words.
pub(crate) fn said(guideline: &Guideline, answers: &Answers, finding: FindingId) -> String {
    let label = &guideline.finding(finding).label;
    match answers.get(finding) {
        Some(answer) => format!("{label}: {}", answer_words(guideline, finding, answer)),
        None => format!("{label}: does not apply"),
    }
}

/// An answer in words.
pub(crate) fn answer_words(guideline: &Guideline, finding: FindingId, answer: Answer) -> String {
    match (answer, &guideline.finding(finding).kind) {
        (Answer::Yes, _) => "yes".to_owned(),
        (Answer::No, _) => "no".to_owned(),
        (Answer::NotSure, _) => "not sure".to_owned(),
        (Answer::Number(value), FindingKind::Number { unit, .. }) => format!("{value} {unit}"),
        (Answer::Option(option), FindingKind::Choice(options)) => {
            options.get(usize::from(option)).map(|option| option.label.clone()).unwrap_or_default()
        }
        (Answer::Number(value), _) => value.to_string(),
        (Answer::Option(option), _) => option.to_string(),
    }
}
