//! Playing a vignette: the interview of its person, and what came out compared with what must.

use care::causes::Band;
use care::recovery::tell;
use care::{
    Advice, Answer, Answers, Ask, CauseId, Finished, Guideline, HabitId, ReferralId, RemedyId, RuleId, State,
    Step, advise, causes, clinic, habits, next, reasons,
};

use crate::vignette::{Otherwise, Vignette};

impl Vignette {
    /// What is true of the person, whatever is asked: the answers of the story,
    /// what its diary says, and no to every yes/no finding it does not name, unless they stay unanswered.
    pub fn settled_answers(&self, guideline: &Guideline) -> Answers {
        let mut answers = Answers::none(guideline);
        if self.otherwise == Otherwise::No {
            // What is derived is told by a diary or not at all.
            for finding in
                guideline.findings().filter(|finding| guideline.finding(*finding).derived.is_none())
            {
                // A number or a choice does not take "no" and stays open: it is not sure when asked.
                let _ = answers.set(guideline, finding, Answer::No);
            }
        }
        for (finding, answer) in &self.answers {
            // Each answer was checked against its finding when the vignette was read.
            let _ = answers.set(guideline, *finding, *answer);
        }
        match &self.diary {
            Some(diary) => tell(guideline, diary, &answers),
            None => answers,
        }
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
        self.compare_what_follows(guideline, answers, &mut differences);
        differences
    }

    /// Asks until nothing matters any more, or until the story has no answer left to give.
    fn interview<'g>(&self, guideline: &'g Guideline) -> (Answers, Option<Finished<'g>>) {
        let truth = self.settled_answers(guideline);
        let mut answers = Answers::none(guideline);
        if let Some(diary) = &self.diary {
            // What the diary says is known before anything is asked.
            answers = tell(guideline, diary, &answers);
        }
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

    /// Causes, habits and what to expect of a clinician, once the person has
    /// been asked what they need beyond the triage.
    fn compare_what_follows(
        &self,
        guideline: &Guideline,
        mut answers: Answers,
        differences: &mut Vec<String>,
    ) {
        let expect = &self.expect;
        let causes_named = [
            &expect.contributors,
            &expect.not_contributors,
            &expect.possible,
            &expect.less_likely,
            &expect.not_likely,
            &expect.first_three,
        ];
        let is_silent = causes_named.iter().all(|list| list.is_empty())
            && expect.first.is_none()
            && expect.habits.is_empty()
            && expect.not_habits.is_empty()
            && expect.clinic.is_empty()
            && expect.not_clinic.is_empty();
        if is_silent {
            return;
        }
        let truth = self.settled_answers(guideline);
        let later = |answers: &Answers| -> Option<Ask> {
            causes::next_question(guideline, answers)
                .or_else(|| habits::next_question(guideline, answers, expect.urgency))
                .or_else(|| clinic::next_question(guideline, answers))
        };
        while let Some(ask) = later(&answers) {
            for finding in ask.findings {
                let _ = answers.set(guideline, finding, truth.get(finding).unwrap_or(Answer::NotSure));
            }
        }
        let Step::Done(finished) = next(guideline, &answers) else {
            differences.push("the triage asks again after the questions about causes".to_owned());
            return;
        };
        self.compare_causes(guideline, &finished, differences);
        let habits = habits::plan_habits(&finished);
        let is_planned = |habit: &HabitId| habits.items.iter().any(|item| item.habit() == *habit);
        let name = |habit: &HabitId| format!("the habit `{}`", guideline.habit(*habit).id);
        compare(
            &expect.habits,
            &expect.not_habits,
            is_planned,
            name,
            "in the plan for staying well",
            differences,
        );
        let to_expect = clinic::to_expect(&finished);
        let is_expected =
            |referral: &ReferralId| to_expect.items.iter().any(|item| item.referral() == *referral);
        let name = |referral: &ReferralId| format!("the referral `{}`", guideline.referral(*referral).id);
        compare(&expect.clinic, &expect.not_clinic, is_expected, name, "among what to expect", differences);
    }

    fn compare_causes(&self, guideline: &Guideline, finished: &Finished<'_>, differences: &mut Vec<String>) {
        let expect = &self.expect;
        let causes = causes::rank(finished);
        let is_listed = |cause: &CauseId| {
            causes
                .iter()
                .flat_map(|causes| &causes.contributors)
                .any(|contributor| contributor.cause == *cause)
        };
        let name = |cause: &CauseId| format!("the cause `{}`", guideline.cause(*cause).id);
        compare(
            &expect.contributors,
            &expect.not_contributors,
            is_listed,
            name,
            "among the contributors",
            differences,
        );
        let band = |cause: &CauseId| {
            let mut ranked = causes.iter().flat_map(|causes| &causes.ranked);
            ranked.find(|ranked| ranked.cause == *cause).map(|ranked| ranked.band)
        };
        for cause in &expect.possible {
            if !matches!(band(cause), Some(Band::Likely | Band::Possible)) {
                differences.push(format!("{} is {}, not possible", name(cause), band_words(band(cause))));
            }
        }
        for cause in expect.not_likely.iter().filter(|cause| band(cause) == Some(Band::Likely)) {
            differences.push(format!("{} is likely", name(cause)));
        }
        let ranked: Vec<CauseId> =
            causes.iter().flat_map(|causes| &causes.ranked).map(|ranked| ranked.cause).collect();
        let place = |cause: &CauseId| ranked.iter().position(|ranked| ranked == cause);
        let leaders = || {
            let leaders: Vec<&str> =
                ranked.iter().take(3).map(|cause| guideline.cause(*cause).id.as_str()).collect();
            leaders.join(", ")
        };
        for cause in expect.first.iter().filter(|cause| place(cause) != Some(0)) {
            differences.push(format!("{} is not the first; the first are {}", name(cause), leaders()));
        }
        for cause in expect.first_three.iter().filter(|cause| place(cause).is_none_or(|place| place > 2)) {
            differences.push(format!("{} is not among the first three; they are {}", name(cause), leaders()));
        }
        for cause in &expect.less_likely {
            if band(cause) != Some(Band::LessLikely) {
                differences.push(format!("{} is {}, not less likely", name(cause), band_words(band(cause))));
            }
        }
    }
}

fn band_words(band: Option<Band>) -> &'static str {
    band.map_or("not ranked", Band::words)
}

/// One difference for each thing that must be there and is not, or the other way round.
fn compare<T>(
    wanted: &[T],
    unwanted: &[T],
    is_there: impl Fn(&T) -> bool,
    name: impl Fn(&T) -> String,
    place: &str,
    differences: &mut Vec<String>,
) {
    let missing = wanted.iter().filter(|item| !is_there(item));
    differences.extend(missing.map(|item| format!("{} is not {place}", name(item))));
    let extra = unwanted.iter().filter(|item| is_there(item));
    differences.extend(extra.map(|item| format!("{} is {place}", name(item))));
}
