//! Playing a vignette: the interview of its person, and what came out compared with what must.

use care::{
    Advice, Answer, Answers, Finished, Guideline, RemedyId, RuleId, State, Step, advise, next, reasons,
};

use crate::vignette::{Otherwise, Vignette};

impl Vignette {
    /// What is true of the person, whatever is asked: the answers of the story,
    /// and no to every yes/no finding it does not name, unless they stay unanswered.
    pub fn settled_answers(&self, guideline: &Guideline) -> Answers {
        let mut answers = Answers::none(guideline);
        if self.otherwise == Otherwise::No {
            for finding in guideline.findings() {
                // A number or a choice does not take "no" and stays open: it is not sure when asked.
                let _ = answers.set(guideline, finding, Answer::No);
            }
        }
        for (finding, answer) in &self.answers {
            // Each answer was checked against its finding when the vignette was read.
            let _ = answers.set(guideline, *finding, *answer);
        }
        answers
    }

    /// Interviews the person and compares what comes out with what must; one
    /// message for each difference, none if all is as expected.
    pub fn check(&self, guideline: &Guideline) -> Vec<String> {
        let (answers, finished) = self.interview(guideline);
        let state = State::of(guideline, &answers);
        let mut differences = Vec::new();
        if finished.is_some() != self.expect.finished {
            let what = if self.expect.finished { "does not finish" } else { "finishes" };
            differences.push(format!("the interview {what}"));
        }
        if state.bounds().lower != self.expect.urgency {
            differences.push(format!("the outcome is {}, not {}", state.bounds().lower, self.expect.urgency));
        }
        self.compare_reasons(&state, &mut differences);
        self.compare_advice(guideline, finished.as_ref(), &mut differences);
        differences
    }

    /// Asks until nothing matters any more, or until the story has no answer left to give.
    fn interview<'g>(&self, guideline: &'g Guideline) -> (Answers, Option<Finished<'g>>) {
        let truth = self.settled_answers(guideline);
        let mut answers = Answers::none(guideline);
        loop {
            let ask = match next(guideline, &answers) {
                Step::Done(finished) => return (answers, Some(finished)),
                Step::Ask(ask) => ask,
            };
            let is_silent = ask.findings.iter().all(|finding| truth.get(*finding).is_none());
            if self.otherwise == Otherwise::Unanswered && is_silent {
                return (answers, None);
            }
            for finding in ask.findings {
                let _ = answers.set(guideline, finding, truth.get(finding).unwrap_or(Answer::NotSure));
            }
        }
    }

    fn compare_reasons(&self, state: &State<'_>, differences: &mut Vec<String>) {
        let guideline = state.guideline();
        let fired = reasons(state);
        let counts = |rule: &RuleId| fired.iter().any(|reason| reason.rule == *rule);
        let name = |rule: &RuleId| &guideline.rule(*rule).id;
        for rule in self.expect.because.iter().filter(|rule| !counts(rule)) {
            differences.push(format!("the rule `{}` is not among the reasons", name(rule)));
        }
        for rule in self.expect.not_because.iter().filter(|rule| counts(rule)) {
            differences.push(format!("the rule `{}` is among the reasons", name(rule)));
        }
        if !differences.is_empty() {
            let names: Vec<&str> = fired.iter().map(|reason| name(&reason.rule).as_str()).collect();
            differences.push(format!("the reasons are: {}", names.join(", ")));
        }
    }

    fn compare_advice(
        &self,
        guideline: &Guideline,
        finished: Option<&Finished<'_>>,
        differences: &mut Vec<String>,
    ) {
        let advice = finished.map(advise);
        let (plan, cards) = match &advice {
            Some(Advice::Manage { plan, come_back_if, .. }) => (&plan.items[..], &come_back_if[..]),
            Some(Advice::GetHelpNow { .. }) | None => (&[][..], &[][..]),
        };
        let is_planned = |remedy: &RemedyId| plan.iter().any(|item| item.remedy() == *remedy);
        for remedy in self.expect.offers.iter().filter(|remedy| !is_planned(remedy)) {
            differences.push(format!("the remedy `{}` is not in the plan", guideline.remedy(*remedy).id));
        }
        for remedy in self.expect.withholds.iter().filter(|remedy| is_planned(remedy)) {
            differences.push(format!("the remedy `{}` is in the plan", guideline.remedy(*remedy).id));
        }
        for finding in &self.expect.come_back_if {
            if !cards.iter().any(|card| card.finding == *finding) {
                differences
                    .push(format!("`{}` is not on the come-back card", guideline.finding(*finding).id));
            }
        }
    }
}
