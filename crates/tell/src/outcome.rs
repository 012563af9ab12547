//! The outcome: what to do first, why, what was asked and absent, what helps, when to come back.

use care::causes::{Band, rank};
use care::{
    Advice, Answer, Disagreement, Finished, Guideline, Reason, Region, Remedy, Stage, Urgency, Withheld,
    advise, first_hour, what_to_do,
};

use crate::card::Card;
use crate::citations::Citations;
use crate::line::{LeftOut, Line};
use crate::message::Message;
use crate::reason::{Why, why};
use crate::said::said;
use crate::to_do::{ToDo, to_do};

/// What a finished triage comes to, as a person reads it from top to bottom.
#[derive(Debug)]
pub struct Outcome<'g> {
    /// How soon.
    pub urgency: Urgency,
    /// What to do first, and whom to call.
    pub to_do: ToDo<'g>,
    /// How it usually goes, where the plan begins with that: said before all else.
    pub usual: Option<Line<'g>>,
    /// What it most likely is, where one cause is likely and nothing points elsewhere.
    pub most_likely: Option<Message<'g>>,
    /// What else holds.
    pub say: Vec<&'g str>,
    /// Where what to do is taken from; stands after the last of `say`.
    pub marks: String,
    /// What is said where no reason decides.
    pub nothing_decided: Option<Message<'g>>,
    /// The reasons that decide.
    pub decisive: Vec<Why<'g>>,
    /// What was found as well, for whoever sees the person.
    pub others: Vec<Why<'g>>,
    /// Danger signs that were said to be absent.
    pub absent: Vec<&'g str>,
    /// Danger signs that they were not sure about.
    pub unsure: Vec<&'g str>,
    /// What helps, by stage; no stage is empty.
    pub stages: Vec<StageOfPlan<'g>>,
    /// What is not safe, or not known to be safe, for this person.
    pub left_out: Vec<LeftOut<'g>>,
    /// When to get help, in few lines.
    pub signs: Card<'g>,
    /// What to keep in mind.
    pub card: Card<'g>,
    /// Everything to come back for.
    pub whole_card: Card<'g>,
    /// Where sources differ on something in the plan.
    pub disagreements: Vec<&'g Disagreement>,
    /// The sources so far, in the order in which they were cited; what is shown below,
    /// such as the steps of a remedy, goes on from there.
    pub citations: Citations,
}

/// What helps at one time.
#[derive(Clone, Debug)]
pub struct StageOfPlan<'g> {
    /// When.
    pub stage: Stage,
    /// What, in the order of the plan.
    pub remedies: Vec<&'g Remedy>,
}

/// The page of a finished triage, with the phone numbers of a region.
pub fn outcome<'g>(finished: &Finished<'g>, region: &'g Region) -> Outcome<'g> {
    let guideline = finished.state().guideline();
    let answers = finished.state().answers();
    let urgency = finished.urgency();
    let told = what_to_do(finished);
    let advice = advise(finished);
    let citations = Citations::default();
    // In the order in which they are shown, since each numbers its sources.
    let usual = usual(guideline, &advice, &citations);
    let marks = citations.mark(&told.sources);
    let (decisive, others): (Vec<&Reason>, Vec<&Reason>) =
        advice.because().iter().partition(|reason| reason.urgency == urgency);
    let why = |reason: &Reason| why(finished, reason, &citations);
    let decisive: Vec<Why<'_>> = decisive.into_iter().map(why).collect();
    let others = others.into_iter().map(why).collect();
    let dangers = |wanted| -> Vec<&'g str> {
        let signs = answers.iter().filter(|(_, answer)| *answer == wanted);
        let signs = signs.map(|(finding, _)| guideline.finding(finding)).filter(|finding| finding.danger);
        signs.map(|finding| finding.label.as_str()).collect()
    };
    let unsure = dangers(Answer::NotSure);
    let has_sign = !unsure.is_empty() || !dangers(Answer::Yes).is_empty();
    let nothing = if has_sign { Message::OutcomeNoneDecides } else { Message::OutcomeNoneFit };
    let left_out = |withheld: &Withheld| {
        let remedy = guideline.remedy(withheld.remedy);
        LeftOut {
            id: &remedy.id,
            name: &remedy.name,
            because: remedy.avoid_because.as_deref().unwrap_or_default(),
            said: withheld.because.iter().map(|finding| said(guideline, answers, *finding)).collect(),
        }
    };
    let (stages, withheld, disagreements) = match &advice {
        Advice::GetHelpNow { .. } => (Vec::new(), Vec::new(), Vec::new()),
        Advice::Manage { plan, .. } => {
            let remedies = plan.items.iter().map(|item| guideline.remedy(item.remedy()));
            let of_stage = |stage: Stage| StageOfPlan {
                stage,
                remedies: remedies.clone().filter(|remedy| remedy.stage == stage).collect(),
            };
            let stages = Stage::ALL.into_iter().map(of_stage);
            (
                stages.filter(|stage| !stage.remedies.is_empty()).collect(),
                plan.withheld.iter().map(left_out).collect(),
                first_hour::disagreements_in(guideline, plan),
            )
        }
    };
    Outcome {
        urgency,
        to_do: to_do(region, urgency, &told),
        usual,
        most_likely: most_likely(finished),
        say: told.say,
        marks,
        nothing_decided: decisive.is_empty().then_some(nothing),
        decisive,
        others,
        absent: dangers(Answer::No),
        unsure,
        stages,
        left_out: withheld,
        signs: Card::signs(guideline, region, &advice),
        card: Card::short(guideline, region, &advice),
        whole_card: Card::whole(guideline, region, &advice),
        disagreements,
        citations,
    }
}

/// Why the remedy that leads is in the plan: how it usually goes.
fn usual<'g>(guideline: &'g Guideline, advice: &Advice, citations: &Citations) -> Option<Line<'g>> {
    let Advice::Manage { plan, .. } = advice else { return None };
    let mut remedies = plan.items.iter().map(|item| guideline.remedy(item.remedy()));
    let leads = remedies.find(|remedy| remedy.leads)?;
    Some(Line { words: leads.why.as_str().into(), marks: citations.mark(&leads.sources) })
}

/// The cause that is likely, unless a rule that counts points to some cause.
fn most_likely<'g>(finished: &Finished<'g>) -> Option<Message<'g>> {
    let causes = rank(finished).filter(|causes| !causes.is_pointed())?;
    let likely = causes.others().next().filter(|cause| cause.band == Band::Likely)?;
    let cause = finished.state().guideline().cause(likely.cause).name.as_str();
    Some(Message::OutcomeMostLikely { cause: cause.into() })
}
