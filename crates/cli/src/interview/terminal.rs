//! The interview of a person in a terminal.

use std::fmt;
use std::io::{self, IsTerminal};

use care::{
    Answers, Ask, FindingId, Finished, FreeText, Guideline, OwnWords, QuestionId, Region, Remedy, Step,
    Urgency, answered_words, drop_what_no_longer_applies, next,
};
use inquire::{InquireError, Select, Text};

use crate::exit::{BadInput, Exit};
use crate::interview::screen::{self, Left};
use crate::page::{self, Outcome};

/// Asks, one screen at a time, and shows the outcome.
///
/// # Errors
///
/// Without a terminal to ask in; the message names the ways that need none.
pub(crate) fn run(guideline: &Guideline, region: &Region) -> anyhow::Result<Exit> {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Err(BadInput::because(
            "there is no terminal to ask questions in\n  \
             For answers you already have: unclench assess --answers FILE\n  \
             For an interview driven by a program: unclench interview --jsonl\n  \
             For all commands: unclench --help",
        ));
    }
    #[cfg(unix)]
    crate::terminal_state::restore_on_signals();
    let mut interview = Interview::new(guideline, region);
    if interview.in_own_words()? == Shown::Quit {
        return Ok(Exit::Failed);
    }
    let mut notice = Some("Nothing you answer leaves this computer. Information, not a medical device.");
    loop {
        match next(guideline, &interview.answers) {
            Step::Ask(ask) => {
                if interview.show(&ask, notice.take())? == Shown::Quit {
                    page::paragraph(
                        "Stopped. No result was reached, so do not take this as a sign that all is well.",
                    );
                    page::paragraph(&format!("In an emergency call {}.", region.emergency));
                    return Ok(Exit::Failed);
                }
            }
            Step::Done(finished) => {
                let checked =
                    finished.urgency() == Urgency::Emergency || interview.check_answers(&finished)?;
                if checked && interview.conclude(&finished)? {
                    return Ok(Exit::for_outcome(finished.urgency()));
                }
            }
        }
    }
}

struct Interview<'g> {
    guideline: &'g Guideline,
    region: &'g Region,
    answers: Answers,
    /// What was answered before going back or changing: the starting point when asked again.
    before: Answers,
    /// The screens so far, in the order they were answered.
    screens: Vec<QuestionId>,
    /// Danger signs that the person's own words suggest, each with those words.
    suggested: Vec<(FindingId, String)>,
    /// What must be known at once, from the person's own words.
    warning: Option<String>,
    /// What they wrote, said back on the first screen.
    heard: Option<String>,
    /// Whom "you" means, where somebody answers for another.
    about: Option<&'static str>,
    /// While one answer is being changed: what to return to if the person goes back.
    unchanged: Option<(Answers, Vec<QuestionId>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    GoOn,
    Quit,
}

impl<'g> Interview<'g> {
    fn new(guideline: &'g Guideline, region: &'g Region) -> Self {
        Self {
            guideline,
            region,
            answers: Answers::none(guideline),
            before: Answers::none(guideline),
            screens: Vec::new(),
            suggested: Vec::new(),
            warning: None,
            heard: None,
            about: None,
            unchanged: None,
        }
    }

    /// The first screen: what is wrong, in the person's own words. What they
    /// suggest only fills in the later screens, where it is confirmed or taken back.
    fn in_own_words(&mut self) -> anyhow::Result<Shown> {
        page::clear()?;
        page::aside(&format!("In an emergency call {}", self.region.emergency));
        let typed = Text::new("Tell us in your own words what is wrong (or press enter to skip)")
            .with_help_message("it only fills in the questions for you to check")
            .prompt_skippable();
        let text = match typed {
            Ok(text) => text.unwrap_or_default(),
            Err(InquireError::OperationCanceled) => String::new(),
            Err(InquireError::OperationInterrupted) => return Ok(Shown::Quit),
            Err(error) => return Err(error.into()),
        };
        if text.trim().is_empty() {
            return Ok(Shown::GoOn);
        }
        let free_text = FreeText::new(self.guideline);
        let read = OwnWords::read(&free_text, &text);
        for (finding, answer) in read.to_start_with() {
            self.before.set(self.guideline, finding, answer)?;
        }
        self.about = read.patient().meant_by_you();
        self.heard = Some(heard(&read));
        self.warning = read.warning(self.region);
        self.suggested = read
            .dangers()
            .into_iter()
            .map(|(proposal, _)| (proposal.finding, read.words_of(proposal).to_owned()))
            .collect();
        Ok(Shown::GoOn)
    }

    /// What a screen says because of the person's own words.
    fn notice(&mut self, ask: &Ask) -> Option<String> {
        // A warning must be in sight on a small screen, so what was heard waits for the next one.
        let first = self.warning.take().or_else(|| self.heard.take());
        let mut lines: Vec<String> = first.into_iter().collect();
        lines.extend(self.about.map(ToOwned::to_owned));
        for (finding, words) in &self.suggested {
            if ask.findings.contains(finding) {
                lines.push(format!(
                    "You wrote \"{words}\". It is ticked below: \"{}\". Please check that this is right.",
                    self.guideline.finding(*finding).label
                ));
            }
        }
        (!lines.is_empty()).then(|| lines.join(" "))
    }

    fn show(&mut self, ask: &Ask, notice: Option<&str>) -> anyhow::Result<Shown> {
        let question = self.guideline.question(ask.question);
        let notice = notice.filter(|_| self.warning.is_none());
        let from_own_words = self.notice(ask);
        let notice: Vec<&str> = from_own_words.as_deref().into_iter().chain(notice).collect();
        let notice = (!notice.is_empty()).then(|| notice.join(" "));
        page::screen_head(question, self.screens.len() + 1, self.region, notice.as_deref())?;
        match screen::ask(self.guideline, ask, &self.before)? {
            Left::Quit => return Ok(Shown::Quit),
            Left::Back => self.back(),
            Left::Answered(given) => {
                self.unchanged = None;
                for (finding, answer) in given {
                    self.answers.set(self.guideline, finding, answer)?;
                    self.before.set(self.guideline, finding, answer)?;
                }
                self.screens.push(ask.question);
                self.forget_what_no_longer_applies();
            }
        }
        Ok(Shown::GoOn)
    }

    fn back(&mut self) {
        if let Some((answers, screens)) = self.unchanged.take() {
            (self.answers, self.screens) = (answers, screens);
        } else if let Some(question) = self.screens.pop() {
            self.take_back(question);
        }
    }

    fn take_back(&mut self, question: QuestionId) {
        for finding in &self.guideline.question(question).shows {
            self.answers.clear(*finding);
        }
        self.screens.retain(|screen| *screen != question);
        self.forget_what_no_longer_applies();
    }

    fn forget_what_no_longer_applies(&mut self) {
        let dropped = drop_what_no_longer_applies(self.guideline, &mut self.answers);
        self.screens.retain(|screen| !dropped.contains(screen));
    }

    /// Shows every answer and lets the person change any. True to go on to the outcome.
    fn check_answers(&mut self, finished: &Finished<'_>) -> anyhow::Result<bool> {
        page::clear()?;
        page::heading("Check your answers");
        let rows: Vec<Row> = [Row { question: None, text: "All correct: show me what to do".to_owned() }]
            .into_iter()
            .chain(self.screens.iter().map(|question| {
                let words = answered_words(self.guideline, finished.state().answers(), *question);
                let ask = &self.guideline.question(*question).ask;
                Row { question: Some(*question), text: page::one_line(&format!("{words} · {ask}")) }
            }))
            .collect();
        self.choose_change("All correct? Or pick an answer to change it", rows)
    }

    /// Shows the outcome, one page at a time. True to end, false to work it out
    /// again after a change.
    fn conclude(&mut self, finished: &Finished<'_>) -> anyhow::Result<bool> {
        let outcome = Outcome::new(finished, self.region);
        let mut part = Part::Outcome;
        page::clear()?;
        part.show(&outcome);
        loop {
            crate::page::say!("");
            let picked = Select::new("What next?", part.choices(&outcome))
                .with_page_size(page::short_lines_that_fit())
                .without_filtering()
                .with_help_message("↑↓ move · enter choose · esc back")
                .prompt_skippable();
            let choice = match picked {
                Ok(Some(choice)) => choice,
                Err(InquireError::OperationInterrupted) => Choice::End,
                Ok(None) | Err(InquireError::OperationCanceled) => match part {
                    Part::Outcome => Choice::End,
                    Part::Remedy(_) => Choice::Turn(Part::Plan),
                    Part::Why | Part::Plan | Part::Card => Choice::Turn(Part::Outcome),
                    Part::WholeCard => Choice::Turn(Part::Card),
                },
                Err(error) => return Err(error.into()),
            };
            match choice {
                Choice::Turn(to) => {
                    part = to;
                    page::clear()?;
                    part.show(&outcome);
                }
                Choice::Everything => outcome.all(),
                Choice::Sources => outcome.sources(),
                Choice::Change => {
                    if finished.urgency() == Urgency::Emergency {
                        self.back();
                        return Ok(false);
                    }
                    if !self.check_answers(finished)? {
                        return Ok(false);
                    }
                    page::clear()?;
                    part.show(&outcome);
                }
                Choice::End => {
                    outcome.footer();
                    return Ok(true);
                }
            }
        }
    }

    fn choose_change(&mut self, label: &str, rows: Vec<Row>) -> anyhow::Result<bool> {
        let picked = Select::new(label, rows)
            .with_page_size(page::short_lines_that_fit())
            .without_filtering()
            .with_help_message("↑↓ move · enter choose · esc back")
            .prompt_skippable();
        match picked {
            Ok(Some(Row { question: Some(question), .. })) => {
                self.unchanged = Some((self.answers.clone(), self.screens.clone()));
                self.take_back(question);
                Ok(false)
            }
            Ok(Some(_)) | Err(InquireError::OperationInterrupted) => Ok(true),
            Ok(None) | Err(InquireError::OperationCanceled) => {
                self.back();
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// What a text was understood as, and what was not understood.
fn heard(read: &OwnWords<'_, '_>) -> String {
    let Some(said_back) = read.said_back() else {
        return "We did not understand what you wrote. The questions will find out.".to_owned();
    };
    let right = format!("{said_back} Right? You check each of it on its screen.");
    match &read.not_understood()[..] {
        [] => right,
        sentences => format!("{right} Not understood: \"{}\".", sentences.join("\", \"")),
    }
}

/// A page of the outcome.
#[derive(Clone, Copy)]
enum Part<'g> {
    Outcome,
    Why,
    Plan,
    Remedy(&'g Remedy),
    Card,
    WholeCard,
}

impl<'g> Part<'g> {
    fn show(self, outcome: &Outcome<'_, '_>) {
        match self {
            Self::Outcome => {
                outcome.what_to_do();
                if !outcome.is_emergency() {
                    outcome.why();
                }
            }
            Self::Why => outcome.why(),
            Self::Plan => {
                outcome.left_out();
                page::heading("What helps");
                page::paragraph("Pick one to see its steps. Start with what feels best to you.");
            }
            Self::Remedy(remedy) => outcome.remedy_with_sources(remedy),
            Self::Card => outcome.come_back(),
            Self::WholeCard => outcome.whole_come_back(),
        }
    }

    /// What can be done next; the first line is what most people want.
    fn choices(self, outcome: &Outcome<'_, 'g>) -> Vec<Choice<'g>> {
        let has_plan = outcome.remedies().next().is_some();
        let mut choices = match self {
            // In an emergency the page holds what to do and nothing that could push it out of sight.
            Self::Outcome if outcome.is_emergency() => vec![Choice::Turn(Self::Why), Choice::End],
            Self::Outcome if !has_plan => vec![Choice::End],
            Self::Why => vec![Choice::Turn(Self::Outcome), Choice::End],
            Self::Outcome | Self::Remedy(_) => vec![Choice::Turn(Self::Plan), Choice::Turn(Self::Card)],
            Self::Plan => vec![Choice::Turn(Self::Card)],
            Self::Card => vec![
                Choice::End,
                Choice::Turn(Self::WholeCard),
                Choice::Turn(Self::Outcome),
                Choice::Turn(Self::Plan),
            ],
            Self::WholeCard => vec![Choice::End, Choice::Turn(Self::Card), Choice::Turn(Self::Outcome)],
        };
        match self {
            Self::Plan => choices.extend(outcome.remedies().map(|remedy| Choice::Turn(Self::Remedy(remedy)))),
            Self::Remedy(_) | Self::Why => {}
            Self::Outcome if outcome.is_emergency() => {}
            Self::Outcome | Self::Card | Self::WholeCard => choices.push(Choice::Everything),
        }
        choices.extend([Choice::Sources, Choice::Change]);
        if !choices.iter().any(|choice| matches!(choice, Choice::End)) {
            choices.push(Choice::End);
        }
        choices
    }
}

/// What can be done at the end of a page of the outcome.
enum Choice<'g> {
    Turn(Part<'g>),
    Everything,
    Sources,
    Change,
    End,
}

impl fmt::Display for Choice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Turn(Part::Outcome) => f.write_str("The outcome again"),
            Self::Turn(Part::Why) => f.write_str("Why we say this"),
            Self::Turn(Part::Plan) => f.write_str("What helps: pick a step"),
            Self::Turn(Part::Card) => f.write_str("Your come-back card: when to get help"),
            Self::Turn(Part::WholeCard) => f.write_str("Everything to come back for"),
            Self::Turn(Part::Remedy(remedy)) => {
                write!(f, "{}: {} ({})", remedy.stage.title(), remedy.name, remedy.strength.words())
            }
            Self::Everything => f.write_str("Everything on one page, with where sources differ"),
            Self::Sources => f.write_str("The sources behind the numbers"),
            Self::Change => f.write_str("Change an answer"),
            Self::End => f.write_str("Done"),
        }
    }
}

/// A line of the list of answers.
struct Row {
    question: Option<QuestionId>,
    text: String,
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
