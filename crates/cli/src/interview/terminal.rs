//! The interview of a person in a terminal.

use std::fmt;
use std::io::{self, IsTerminal};

use care::{
    Answer, Answers, Ask, FindingId, FreeText, Guideline, OwnWords, QuestionId, Region, Step, Urgency,
    answered_words,
};
use inquire::{InquireError, Select};
use jiff::{Timestamp, Zoned};
use store::{Event, Restart, Sequence};
use tell::Message;
use web::Situation;

use crate::exit::{BadInput, Exit};
use crate::interview::kept;
use crate::interview::outcome::turn_pages;
use crate::interview::screen::{self, Left};
use crate::interview::start::{self, Start};
use crate::library;
use crate::own_record::{OwnRecord, Wants, WhichRecord};
use crate::page;

/// Asks, one screen at a time, and shows the outcome. What is answered goes into the record,
/// where it is kept, and the interview goes on from what is there.
///
/// # Errors
///
/// Without a terminal to ask in; the message names the ways that need none. If the record
/// cannot be read or written.
pub(crate) fn run(guideline: &Guideline, region: &Region, which: &WhichRecord) -> anyhow::Result<Exit> {
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
    let own = OwnRecord::open(guideline, which, Wants::Adding)?;
    let region = library::chosen(guideline, region, [&own.record().settings().region]);
    let mut interview = Interview { guideline, region, own, at: At::Next, from_words: None, notice: None };
    if interview.begin()? == Shown::Quit {
        return Ok(interview.stopped());
    }
    loop {
        interview.own.refresh()?;
        match interview.next() {
            Next::Ask(screen) => {
                if interview.show(&screen)? == Shown::Quit {
                    return Ok(interview.stopped());
                }
            }
            Next::Check => interview.check_answers()?,
            Next::Outcome => {
                if let Some(exit) = interview.conclude()? {
                    return Ok(exit);
                }
            }
        }
    }
}

struct Interview<'g> {
    guideline: &'g Guideline,
    region: &'g Region,
    own: OwnRecord,
    at: At,
    /// What the person's own words say, for the first screens.
    from_words: Option<FromWords>,
    /// What the next screen says first.
    notice: Option<String>,
}

/// Where the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// At whatever comes next.
    Next,
    /// Back at a screen that was answered.
    Back(QuestionId),
    /// At one whose answer is to be changed: from the list of all answers.
    Change(QuestionId),
}

/// What the person's own words say.
struct FromWords {
    /// What must be known at once.
    warning: Option<String>,
    /// What they wrote, said back.
    heard: Option<String>,
}

/// What comes now.
enum Next {
    Ask(Screen),
    Check,
    Outcome,
}

/// A screen as it is shown.
struct Screen {
    ask: Ask,
    /// Where it is among those answered, from 1.
    number: usize,
    /// What it starts with.
    before: Answers,
    /// Danger signs that the person's own words suggest, each with those words.
    suggested: Vec<(FindingId, String)>,
    /// Whom "you" means, where somebody answers for another.
    about: Option<&'static str>,
    /// What the record says of the question.
    seen: Sequence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    GoOn,
    Quit,
}

impl Interview<'_> {
    fn situation(&self) -> Situation<'_> {
        Situation::of(self.guideline, self.own.record(), Timestamp::now())
    }

    /// Says where the answers go, and begins: anew, or where the person left.
    fn begin(&mut self) -> anyhow::Result<Shown> {
        let keeps = if self.own.is_kept() {
            "Your answers go into your record, and nothing leaves this computer."
        } else {
            "This is a try: nothing is kept, and nothing leaves this computer."
        };
        let lacks = if self.own.record().faults().is_empty() {
            ""
        } else {
            "Your record is not whole, and an answer may be missing in it: `unclench record export` says more. "
        };
        self.notice = Some(format!("{lacks}{keeps} Information, not a medical device."));
        let seen = kept::end(self.own.record());
        let situation = self.situation();
        if !situation.is_concluded() && situation.screens().is_empty() {
            drop(situation);
            return self.in_own_words();
        }
        let is_concluded = situation.is_concluded();
        let says = if is_concluded {
            self.outcome_words()
        } else {
            let count = situation.screens().len();
            let s = if count == 1 { "" } else { "s" };
            format!("You have answered {count} screen{s} of the questions.")
        };
        drop(situation);
        page::clear()?;
        page::aside(&format!("In an emergency call {}", self.region.emergency));
        if let Some(stands) = self.standing_words() {
            page::alarm(&stands);
        }
        page::paragraph(&says);
        let because = match Start::choose(is_concluded)? {
            Some(Start::GoOn) => return Ok(Shown::GoOn),
            Some(Start::Again(because)) => because,
            None => return Ok(Shown::Quit),
        };
        let guideline = self.guideline;
        let is_kept = self.own.keep(|record, now| {
            // Nothing begins again over what was not shown.
            let begun = (kept::end(record) == seen)
                .then(|| Situation::of(guideline, record, now).begun_again(because));
            begun.map(|event| (now, event)).into_iter().collect()
        })?;
        if is_kept.is_empty() {
            let notice = "Something was answered or told in another window meanwhile, so the questions did not \
                          begin again.";
            self.notice = Some(notice.to_owned());
            return Ok(Shown::GoOn);
        }
        if because == Restart::SomethingChanged { Ok(Shown::GoOn) } else { self.in_own_words() }
    }

    /// What the person was told last, and when.
    fn outcome_words(&self) -> String {
        let told = self.own.record().assessments().last();
        let told = told.map(|told| {
            (web::told_title(self.guideline, &told.shown), tell::Clock::of(&Zoned::now()).words(told.at))
        });
        told.map(|(title, when)| format!("Your last outcome, {when}: {title}.")).unwrap_or_default()
    }

    /// What is urgent and stands until all is answered.
    fn standing_words(&self) -> Option<String> {
        let situation = self.situation();
        let stands = situation.outcome().filter(|_| !situation.is_concluded())?;
        let title = care::what_to_do(stands).title;
        match stands.urgency() {
            Urgency::Emergency => Some(format!(
                "{title}. Call {}. That holds until all the questions are answered.",
                self.region.emergency
            )),
            Urgency::SameDay => Some(format!("{title}. That holds until all the questions are answered.")),
            _ => None,
        }
    }

    /// Keeps what these events say; false if there was nothing to keep.
    fn keep(&mut self, events: impl Fn(&Situation<'_>) -> Vec<Event>) -> anyhow::Result<bool> {
        let guideline = self.guideline;
        let kept = self.own.keep(|record, now| {
            let events = events(&Situation::of(guideline, record, now));
            events.into_iter().map(|event| (now, event)).collect()
        })?;
        Ok(!kept.is_empty())
    }

    /// The first screen: what is wrong, in the person's own words. What they
    /// suggest only fills in the later screens, where it is confirmed or taken back.
    fn in_own_words(&mut self) -> anyhow::Result<Shown> {
        page::clear()?;
        page::aside(&format!("In an emergency call {}", self.region.emergency));
        let Some(text) = start::own_words()? else { return Ok(Shown::Quit) };
        if text.trim().is_empty() {
            return Ok(Shown::GoOn);
        }
        let free_text = FreeText::new(self.guideline);
        let read = OwnWords::read(&free_text, &text);
        self.keep(|situation| vec![situation.said(&text, &read)])?;
        let (warning, heard) = (read.warning(self.region), Some(start::heard(&read)));
        self.from_words = Some(FromWords { warning, heard });
        Ok(Shown::GoOn)
    }

    /// What comes now, by the record.
    fn next(&mut self) -> Next {
        let situation = self.situation();
        let asked = match self.at {
            At::Back(question) | At::Change(question) => situation.ask(question),
            At::Next => None,
        };
        let ask = match (asked, situation.step()) {
            (Some(ask), _) => ask,
            (None, Step::Ask(ask)) => ask.clone(),
            (None, Step::Done(_)) if situation.is_concluded() => return Next::Outcome,
            (None, Step::Done(_)) => return Next::Check,
        };
        let screens = situation.screens();
        let place = screens.iter().position(|screen| *screen == ask.question).unwrap_or(screens.len());
        let (before, suggested) = situation.starting_point(&ask);
        let (about, seen) = (situation.about(), situation.seen(ask.question));
        Next::Ask(Screen { ask, number: place + 1, before, suggested, about, seen })
    }

    /// What a screen says first.
    fn notice_of(&mut self, screen: &Screen) -> Option<String> {
        let from_words = self.from_words.as_mut();
        let warning = from_words.and_then(|words| words.warning.take());
        // A warning must be in sight on a small screen, so the rest waits for the next one.
        let is_warned = warning.is_some();
        let heard = self.from_words.as_mut().filter(|_| !is_warned).and_then(|words| words.heard.take());
        let mut lines: Vec<String> = self.standing_words().into_iter().chain(warning).chain(heard).collect();
        lines.extend(screen.about.map(ToOwned::to_owned));
        for (finding, words) in &screen.suggested {
            let is_open = screen.before.get(*finding).is_some_and(|before| before != Answer::No);
            if screen.ask.findings.contains(finding) && is_open {
                lines.push(format!(
                    "You wrote \"{words}\". It is ticked below: \"{}\". Please check that this is right.",
                    self.guideline.finding(*finding).label
                ));
            }
        }
        lines.extend(self.notice.take_if(|_| !is_warned));
        (!lines.is_empty()).then(|| lines.join(" "))
    }

    fn show(&mut self, screen: &Screen) -> anyhow::Result<Shown> {
        let question = self.guideline.question(screen.ask.question);
        let notice = self.notice_of(screen);
        page::screen_head(question, screen.number, self.region, notice.as_deref())?;
        match screen::ask(self.guideline, &screen.ask, &screen.before)? {
            Left::Quit => return Ok(Shown::Quit),
            Left::Back => self.back(screen.ask.question),
            Left::Answered(given) => self.answered(screen, &given)?,
        }
        Ok(Shown::GoOn)
    }

    fn answered(&mut self, screen: &Screen, given: &[(FindingId, Answer)]) -> anyhow::Result<()> {
        self.at = At::Next;
        let situation = self.situation();
        let is_so_already = given.iter().all(|(id, answer)| situation.given().get(*id) == Some(*answer));
        drop(situation);
        if is_so_already {
            return Ok(());
        }
        let (question, seen) = (screen.ask.question, screen.seen);
        let is_kept = self.keep(|situation| {
            let is_overtaken = situation.seen(question) != seen;
            if is_overtaken { Vec::new() } else { situation.answered(question, given.to_vec()) }
        })?;
        if !is_kept {
            self.at = At::Back(question);
            let notice = "This was answered in another window meanwhile, so what you chose here was not kept. \
                          Please look at it again.";
            self.notice = Some(notice.to_owned());
        }
        Ok(())
    }

    /// One screen back, or to the list of answers from where it was changed. Takes nothing away.
    fn back(&mut self, from: QuestionId) {
        let screens = self.situation().screens();
        let place = screens.iter().position(|screen| *screen == from).unwrap_or(screens.len());
        let before = place.checked_sub(1).map(|before| screens[before]);
        self.at = match (self.at, before) {
            (At::Change(_), _) => At::Next,
            (_, Some(before)) => At::Back(before),
            (at, None) => at,
        };
    }

    /// Shows every answer and lets the person confirm them, or change any.
    fn check_answers(&mut self) -> anyhow::Result<()> {
        page::clear()?;
        if let Some(notice) = self.notice.take() {
            page::paragraph(&notice);
        }
        let seen = self.situation().last_answer();
        if !self.choose_change("All correct? Or pick an answer to change it")? {
            return Ok(());
        }
        let is_kept = self.keep(|situation| {
            // Only what was seen is confirmed.
            let confirmed = situation.confirmed().filter(|_| situation.last_answer() == seen);
            confirmed.into_iter().collect()
        })?;
        if !is_kept {
            let notice = "An answer was changed in another window meanwhile, so nothing was confirmed. Please look \
                          at the answers again.";
            self.notice = Some(notice.to_owned());
        }
        Ok(())
    }

    /// Shows the outcome, one page at a time. The exit code at the end; none where
    /// something is answered again.
    fn conclude(&mut self) -> anyhow::Result<Option<Exit>> {
        loop {
            let situation = self.situation();
            let Some(finished) = situation.outcome() else { return Ok(None) };
            let exit = Exit::for_outcome(finished.urgency());
            if turn_pages(finished, self.region)? {
                return Ok(Some(exit));
            }
            drop(situation);
            if exit == Exit::Emergency {
                if let Some(last) = self.situation().screens().last() {
                    self.at = At::Back(*last);
                }
                return Ok(None);
            }
            page::clear()?;
            if !self.choose_change("Pick an answer to change it")? {
                return Ok(None);
            }
        }
    }

    /// Lists every answer. True if they are all correct; else the person is where they chose
    /// to change one.
    fn choose_change(&mut self, label: &str) -> anyhow::Result<bool> {
        page::heading(Message::CheckTitle);
        let situation = self.situation();
        let screens = situation.screens();
        let rows: Vec<Row> = [Row { question: None, text: Message::CheckAllCorrect.to_string() }]
            .into_iter()
            .chain(screens.iter().map(|question| {
                let words = answered_words(self.guideline, situation.given(), *question);
                let ask = &self.guideline.question(*question).ask;
                Row { question: Some(*question), text: page::one_line(&format!("{words} · {ask}")) }
            }))
            .collect();
        drop(situation);
        let picked = Select::new(label, rows)
            .with_page_size(page::short_lines_that_fit())
            .without_filtering()
            .with_help_message("↑↓ move · enter choose · esc back")
            .prompt_skippable();
        match picked {
            Ok(Some(Row { question: Some(question), .. })) => self.at = At::Change(question),
            Ok(Some(_)) | Err(InquireError::OperationInterrupted) => return Ok(true),
            Ok(None) | Err(InquireError::OperationCanceled) => {
                self.at = screens.last().map_or(At::Next, |last| At::Back(*last));
            }
            Err(error) => return Err(error.into()),
        }
        Ok(false)
    }

    /// Says that nothing new came of it.
    fn stopped(&self) -> Exit {
        let situation = self.situation();
        if let Some(stands) = self.standing_words() {
            page::alarm(&stands);
        }
        page::paragraph(if situation.outcome().is_some() {
            "Stopped. What you were told last stands until the questions are answered again."
        } else {
            "Stopped. No result was reached, so do not take this as a sign that all is well."
        });
        if self.own.is_there() && !situation.screens().is_empty() {
            page::paragraph("What you answered is kept: `unclench interview` goes on with it.");
        }
        page::paragraph(format!("In an emergency call {}.", self.region.emergency));
        Exit::Failed
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
