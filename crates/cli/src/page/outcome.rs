//! The outcome of an assessment in a terminal: what to do first, why, when to come back,
//! what helps.

use care::{Answers, Ask, Finished, Guideline, Region, Remedy, State, Urgency};
use tell::{Card, LeftOut, Message, ToDo, Why};

use crate::page::style::{ALARM, BOLD, DIM, HEADING, styled};
use crate::page::text::{aside, heading, paragraph, point, points, quiet_point, say};

/// One outcome, shown in parts: a short page first, details when asked for.
pub(crate) struct Outcome<'g> {
    guideline: &'g Guideline,
    told: tell::Outcome<'g>,
}

impl<'g> Outcome<'g> {
    /// The outcome of a finished interview, with the phone numbers of a region.
    pub(crate) fn new(finished: &Finished<'g>, region: &'g Region) -> Self {
        Self { guideline: finished.state().guideline(), told: tell::outcome(finished, region) }
    }

    /// Everything at once, for reading from top to bottom or printing.
    pub(crate) fn all(&self) {
        self.what_to_do();
        self.why();
        self.what_helps();
        for remedy in self.remedies() {
            self.remedy(remedy);
        }
        self.disagreements();
        self.come_back();
        self.whole_come_back();
        self.sources();
        self.footer();
    }

    /// Whether there is nothing to do but to get help.
    pub(crate) fn is_emergency(&self) -> bool {
        self.told.urgency == Urgency::Emergency
    }

    /// What to do first, and whom to call; then what else is said of it.
    pub(crate) fn what_to_do(&self) {
        self.first();
        self.also_said();
    }

    /// What to do first, and whom to call: so short that it stands above a list of what is next.
    pub(crate) fn first(&self) {
        let style = if self.told.urgency >= Urgency::SameDay { ALARM } else { HEADING };
        say!("\n{}", styled(style, &self.told.to_do.title.to_uppercase()));
        if let Some(usual) = &self.told.usual {
            let likely =
                self.told.most_likely.as_ref().map(|likely| format!("{likely} ")).unwrap_or_default();
            paragraph(format!("{} {likely}{}", usual.words, usual.marks));
        }
        show_what_to_do(&self.told.to_do);
    }

    /// What else is said of the outcome.
    pub(crate) fn also_said(&self) {
        say!("");
        paragraph(format!("{} {}", self.told.say.join(" "), self.told.marks));
    }

    /// The rules that decided, with the answers behind them; then, in short, what else was found.
    pub(crate) fn why(&self) {
        heading(Message::OutcomeWhy);
        if let Some(nothing) = &self.told.nothing_decided {
            paragraph(nothing);
        }
        for Why { line, said, suspect } in &self.told.decisive {
            point("•", line);
            said.iter().chain(suspect).for_each(quiet_point);
        }
        if !self.told.others.is_empty() {
            say!("{}", styled(BOLD, &Message::OutcomeTellToo.to_string()));
            for why in &self.told.others {
                point("•", &why.line);
            }
        }
    }

    /// What to keep in mind, and what to do then.
    pub(crate) fn come_back(&self) {
        come_back_lines(Message::CardTitle, &self.told.card);
    }

    /// Everything that would raise the urgency, and what to do then.
    pub(crate) fn whole_come_back(&self) {
        come_back_lines(Message::CardWhole, &self.told.whole_card);
    }

    /// The names of what helps, by stage, and what was left out.
    pub(crate) fn what_helps(&self) {
        for of in &self.told.stages {
            heading(of.stage.title());
            for remedy in &of.remedies {
                point("•", format!("{} ({})", remedy.name, remedy.strength.words()));
            }
        }
        self.left_out();
    }

    /// What is not safe, or not known to be safe, for this person.
    pub(crate) fn left_out(&self) {
        show_left_out(Message::LeftOut, &self.told.left_out);
    }

    /// What helps this person, in the order of the plan.
    pub(crate) fn remedies(&self) -> impl Iterator<Item = &'g Remedy> {
        self.told.stages.iter().flat_map(|of| of.remedies.iter().copied())
    }

    /// One remedy with its steps, cautions and sources.
    pub(crate) fn remedy(&self, remedy: &Remedy) {
        let strength = format!("({})", remedy.strength.words());
        say!("\n{} {}", styled(HEADING, &remedy.name), styled(DIM, &strength));
        paragraph(format!("{} {}", remedy.why, self.told.citations.mark(&remedy.sources)));
        for (number, step) in (1..).zip(&remedy.steps) {
            let timer = step.timer.map(|timer| format!(" [{timer}]")).unwrap_or_default();
            point(&format!("{number}."), format!("{}{timer}", step.text));
        }
        if let Some(gap) = remedy.gap {
            point("•", Message::WaitAtLeast { gap: gap.to_string().into() });
        }
        for stop in &remedy.stop_if {
            point("!", stop);
        }
    }

    /// One remedy, its sources spelled out below.
    pub(crate) fn remedy_with_sources(&self, remedy: &Remedy) {
        self.remedy(remedy);
        say!("");
        for (number, source) in self.told.citations.list(self.guideline) {
            if remedy.sources.iter().any(|id| self.told.citations.number(*id) == Some(number)) {
                quiet_point(format!("{number}. {source}"));
            }
        }
    }

    /// Where sources differ on something in the plan.
    fn disagreements(&self) {
        let shown = self.told.disagreements.iter().copied();
        let shown = tell::differences(shown, &self.told.citations);
        if shown.is_empty() {
            return;
        }
        heading(Message::WhereSourcesDiffer);
        for difference in shown {
            say!("\n{}", styled(BOLD, difference.topic));
            points("•", &difference.positions);
            paragraph(format!("{} {} {}", Message::WhatWeDo, difference.we_do, difference.because));
        }
    }

    /// The sources behind the numbers so far.
    pub(crate) fn sources(&self) {
        show_sources(self.guideline, &self.told.citations);
    }

    /// Which guideline spoke, and what this is not.
    pub(crate) fn footer(&self) {
        let book = self.guideline.book();
        say!("");
        aside(&format!(
            "Unclench guideline {} ({}). Decision support and self-care information, not a medical device. \
             It never replaces a clinician who can examine you.",
            book.version,
            book.hash.chars().take(12).collect::<String>()
        ));
    }
}

fn come_back_lines(title: Message<'_>, card: &Card<'_>) {
    if card.groups.is_empty() {
        return;
    }
    heading(title);
    for group in &card.groups {
        say!("{}", styled(BOLD, &group.action.to_string()));
        points("•", &group.lines);
    }
}

/// What is left out for this person, each by its name with why.
pub(crate) fn show_left_out(title: Message<'_>, left_out: &[LeftOut<'_>]) {
    if !left_out.is_empty() {
        heading(title);
        points("•", left_out);
    }
}

/// The numbered sources of a page.
pub(crate) fn show_sources(guideline: &Guideline, citations: &tell::Citations) {
    heading(Message::Sources);
    for (number, source) in citations.list(guideline) {
        point(&format!("{number}."), source);
    }
}

/// What was known so far, where the questions are not all answered.
pub(crate) fn unfinished(guideline: &Guideline, region: &Region, answers: &Answers, ask: &Ask) {
    let bounds = State::of(guideline, answers).bounds();
    heading("Not finished");
    paragraph(format!(
        "So far the outcome lies between \"{}\" and \"{}\". It is not known to be safe until the questions are answered.",
        guideline.outcome(bounds.lower).title,
        guideline.outcome(bounds.upper).title
    ));
    paragraph(format!("In an emergency call {}.", region.emergency));
    heading("The next question");
    question(guideline, ask);
}

/// A question, with the name of each answer and what it may be.
pub(crate) fn question(guideline: &Guideline, ask: &Ask) {
    paragraph(&guideline.question(ask.question).ask);
    for finding in &ask.findings {
        let finding = guideline.finding(*finding);
        point("•", format!("{} ({}; {})", finding.label, finding.id, care::allowed_answers(&finding.kind)));
    }
}

/// Whom to call, most urgent first, and what to do; below its own heading.
pub(crate) fn show_what_to_do(told: &ToDo<'_>) {
    if let Some(call) = &told.first_call {
        say!("{}", styled(ALARM, &format!("{}: {}", call.what, call.number)));
    }
    if let Some(call) = &told.emergency {
        say!("{}", styled(ALARM, &format!("{} {}", call.what, call.number)));
    }
    for call in &told.calls {
        point("•", format!("{}: {}", call.what, call.number));
    }
    for action in &told.actions {
        point("•", action);
    }
    if let Some(call) = &told.advice {
        point("•", format!("{}: {}", call.what, call.number));
    }
}
