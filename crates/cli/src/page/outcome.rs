//! The outcome of an assessment, as a person reads it: what to do first, why,
//! when to come back, what helps.

use care::{
    Advice, Answer, Answers, Ask, Citations, Disagreement, Finished, Guideline, Instructions, Reason, Region,
    Remedy, Stage, State, Urgency, advise, said, what_to_do,
};

use crate::page::style::{ALARM, BOLD, DIM, HEADING, styled};
use crate::page::text::{aside, heading, paragraph, point, quiet_point, say};

/// One outcome, shown in parts: a short page first, details when asked for.
pub(crate) struct Outcome<'f, 'g> {
    finished: &'f Finished<'g>,
    guideline: &'g Guideline,
    region: &'f Region,
    advice: Advice,
    citations: Citations,
}

impl<'f, 'g> Outcome<'f, 'g> {
    /// The outcome of a finished interview, with the phone numbers of a region.
    pub(crate) fn new(finished: &'f Finished<'g>, region: &'f Region) -> Self {
        let guideline = finished.state().guideline();
        Self { finished, guideline, region, advice: advise(finished), citations: Citations::default() }
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
        matches!(self.advice, Advice::GetHelpNow { .. })
    }

    /// What to do first, and whom to call.
    pub(crate) fn what_to_do(&self) {
        let urgency = self.advice.urgency();
        let told = what_to_do(self.finished);
        let style = if urgency >= Urgency::SameDay { ALARM } else { HEADING };
        say!("\n{}", styled(style, &told.title.to_uppercase()));
        show_what_to_do(self.region, urgency, &told);
        say!("");
        paragraph(&format!("{} {}", told.say.join(" "), self.citations.mark(&told.sources)));
    }

    /// The rules that decided, with the answers behind them; then, in short, what else was found.
    pub(crate) fn why(&self) {
        heading("Why");
        let (decisive, others): (Vec<&Reason>, Vec<&Reason>) =
            self.advice.because().iter().partition(|reason| reason.urgency == self.advice.urgency());
        if decisive.is_empty() {
            let state = self.finished.state();
            let has_sign = state.answers().iter().any(|(finding, answer)| {
                self.guideline.finding(finding).danger && matches!(answer, Answer::Yes | Answer::NotSure)
            });
            paragraph(if has_sign {
                "Nothing you told us calls for a visit by itself. Tell a doctor or nurse of it when you see one."
            } else {
                "None of the danger signs we asked about fit your answers."
            });
        }
        let answers = self.finished.state().answers();
        for reason in decisive {
            let rule = self.guideline.rule(reason.rule);
            let words = reason.words(self.guideline);
            point("•", &format!("{words} {}", self.citations.mark(&rule.sources)));
            for finding in &reason.findings {
                quiet_point(&said(self.guideline, answers, *finding));
            }
            if let Some(cause) = rule.suspect.map(|id| self.guideline.cause(id)) {
                quiet_point(&format!("It could be: {}.", cause.full_name()));
            }
        }
        if !others.is_empty() {
            say!("{}", styled(BOLD, "Tell the doctor this too"));
            for reason in others {
                let rule = self.guideline.rule(reason.rule);
                let words = reason.words(self.guideline);
                point("•", &format!("{words} {}", self.citations.mark(&rule.sources)));
            }
        }
    }

    /// What to keep in mind, and what to do then.
    pub(crate) fn come_back(&self) {
        if let Advice::Manage { card, .. } = &self.advice {
            let lines: Vec<(Urgency, &str)> =
                card.iter().map(|line| (line.urgency, line.text.as_str())).collect();
            self.come_back_lines("Your come-back card", &lines);
        }
    }

    /// Everything that would raise the urgency, and what to do then.
    pub(crate) fn whole_come_back(&self) {
        if let Advice::Manage { come_back_if, .. } = &self.advice {
            let lines: Vec<(Urgency, &str)> =
                come_back_if.iter().map(|change| (change.urgency, change.text.as_str())).collect();
            self.come_back_lines("Everything to come back for", &lines);
        }
    }

    fn come_back_lines(&self, title: &str, lines: &[(Urgency, &str)]) {
        if lines.is_empty() {
            return;
        }
        heading(title);
        for urgency in Urgency::ALL.into_iter().rev() {
            let texts: Vec<&str> =
                lines.iter().filter(|(level, _)| *level == urgency).map(|(_, text)| *text).collect();
            if texts.is_empty() {
                continue;
            }
            let action = match urgency {
                Urgency::Emergency => format!("Call {} if", self.region.emergency),
                _ => format!("{} if", self.guideline.outcome(urgency).title),
            };
            say!("{}", styled(BOLD, &action));
            for text in texts {
                point("•", text);
            }
        }
    }

    /// The names of what helps, by stage, and what was left out.
    pub(crate) fn what_helps(&self) {
        for stage in Stage::ALL {
            let remedies: Vec<&Remedy> = self.remedies().filter(|remedy| remedy.stage == stage).collect();
            if remedies.is_empty() {
                continue;
            }
            heading(stage.title());
            for remedy in remedies {
                point("•", &format!("{} ({})", remedy.name, remedy.strength.words()));
            }
        }
        self.left_out();
    }

    /// What is not safe, or not known to be safe, for this person.
    pub(crate) fn left_out(&self) {
        let withheld = match &self.advice {
            Advice::Manage { plan, .. } => plan.withheld.as_slice(),
            Advice::GetHelpNow { .. } => &[],
        };
        if !withheld.is_empty() {
            heading("Left out for you");
            for withheld in withheld {
                let remedy = self.guideline.remedy(withheld.remedy);
                let because = remedy.avoid_because.as_deref().unwrap_or_default();
                point("•", &format!("{}. {because}", remedy.name));
            }
        }
    }

    /// What helps this person, in the order of the plan.
    pub(crate) fn remedies(&self) -> impl Iterator<Item = &'g Remedy> {
        let items = match &self.advice {
            Advice::Manage { plan, .. } => plan.items.as_slice(),
            Advice::GetHelpNow { .. } => &[],
        };
        let guideline = self.guideline;
        items.iter().map(|item| guideline.remedy(item.remedy()))
    }

    /// One remedy with its steps, cautions and sources.
    pub(crate) fn remedy(&self, remedy: &Remedy) {
        let strength = format!("({})", remedy.strength.words());
        say!("\n{} {}", styled(HEADING, &remedy.name), styled(DIM, &strength));
        paragraph(&format!("{} {}", remedy.why, self.citations.mark(&remedy.sources)));
        for (number, step) in (1..).zip(&remedy.steps) {
            let timer = step.timer.map(|timer| format!(" [{timer}]")).unwrap_or_default();
            point(&format!("{number}."), &format!("{}{timer}", step.text));
        }
        if let Some(gap) = remedy.gap {
            point("•", &format!("Wait at least {gap} before you do it again."));
        }
        for stop in &remedy.stop_if {
            point("!", stop);
        }
    }

    /// One remedy, its sources spelled out below.
    pub(crate) fn remedy_with_sources(&self, remedy: &Remedy) {
        self.remedy(remedy);
        say!("");
        for (number, source) in self.citations.list(self.guideline) {
            if remedy.sources.iter().any(|id| self.citations.number(*id) == Some(number)) {
                quiet_point(&format!("{number}. {source}"));
            }
        }
    }

    fn disagreements_shown(&self) -> Vec<&'g Disagreement> {
        let Advice::Manage { plan, .. } = &self.advice else { return Vec::new() };
        care::first_hour::disagreements_in(self.guideline, plan)
    }

    /// Where sources differ on something in the plan.
    fn disagreements(&self) {
        let shown = self.disagreements_shown();
        if shown.is_empty() {
            return;
        }
        heading("Where sources differ");
        for disagreement in shown {
            say!("\n{}", styled(BOLD, &disagreement.topic));
            for position in &disagreement.positions {
                point("•", &format!("{} {}", position.says, self.citations.mark(&position.sources)));
            }
            paragraph(&format!("What we do: {} {}", disagreement.we_do, disagreement.because));
        }
    }

    /// The sources behind the numbers so far.
    pub(crate) fn sources(&self) {
        heading("Sources");
        for (number, source) in self.citations.list(self.guideline) {
            point(&format!("{number}."), &source);
        }
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
    heading("The next question");
    question(guideline, ask);
}

/// A question, with the name of each answer and what it may be.
pub(crate) fn question(guideline: &Guideline, ask: &Ask) {
    paragraph(&guideline.question(ask.question).ask);
    for finding in &ask.findings {
        let finding = guideline.finding(*finding);
        point("•", &format!("{} ({}; {})", finding.label, finding.id, care::allowed_answers(&finding.kind)));
    }
}

/// Whom to call, most urgent first, and what to do; below its own heading.
pub(crate) fn show_what_to_do(region: &Region, urgency: Urgency, told: &Instructions<'_>) {
    let first = told.first_call.and_then(|line| Some((line, region.line(line)?)));
    if let Some((line, number)) = first {
        say!("{}", styled(ALARM, &format!("{}: {number}", line.title())));
    }
    if urgency == Urgency::Emergency {
        let when = if first.is_some() { "In danger now: call" } else { "Call" };
        say!("{}", styled(ALARM, &format!("{when} {}", region.emergency)));
    }
    for line in told.calls.iter().filter(|line| first.is_none_or(|(first, _)| first != **line)) {
        let number = region.line(*line).unwrap_or("ask the emergency number for it");
        point("•", &format!("{}: {number}", line.title()));
    }
    for action in &told.actions {
        point("•", action);
    }
    if let (Urgency::SameDay, Some(advice)) = (urgency, &region.advice) {
        point("•", &format!("Health advice line in {}: {advice}", region.name));
    }
}
