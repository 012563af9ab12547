use care::{
    Advice, Answers, Certificate, ComeBack, FindingId, Finished, Guideline, HelpLine, Instructions,
    PlanItem as Planned, Region, State, Step, Urgency, Withheld, advise, certify, next, what_to_do,
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::question::{Question, Timed, steps};
use crate::source::{Source, sources};

/// Everything that is known about one person's answers.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Assessment<'g> {
    /// The outcome; null until the interview is finished: an unfinished triage is no low one.
    #[cfg_attr(feature = "schema", schema(value_type = Option<crate::schema::Level>))]
    pub urgency: Option<Urgency>,
    /// It will be this at least, however the rest is answered.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Level))]
    pub lower: Urgency,
    /// It will be this at most.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Level))]
    pub upper: Urgency,
    /// Whether nothing that is open can change the outcome or the plan.
    pub finished: bool,
    /// What to ask next; null once it is finished.
    pub next: Option<Question<'g>>,
    /// What an outcome tells; nothing until the interview is finished.
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::OutcomeTextIfAny))]
    pub outcome: Option<OutcomeText<'g>>,
    /// What makes it as urgent as it is certain to be.
    pub reasons: Vec<Reason<'g>>,
    /// What helps, in order; null until the interview is finished.
    pub plan: Option<Vec<PlanItem<'g>>>,
    /// What is left out, and why; null until then.
    pub withheld: Option<Vec<WithheldItem<'g>>>,
    /// When to come back, in few lines; null until then.
    pub come_back_card: Option<Vec<CardLine>>,
    /// Every later change that would make it more urgent; null until then.
    pub come_back_if: Option<Vec<ComeBackItem<'g>>>,
    /// The proof of the outcome, which anybody can check; null until then.
    #[cfg_attr(feature = "schema", schema(value_type = Option<crate::schema::Certificate>))]
    pub certificate: Option<Certificate>,
    /// By which book.
    pub guideline: BookVersion<'g>,
}

/// What an outcome tells a person.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OutcomeText<'g> {
    /// Its headline.
    pub title: &'g str,
    /// What to do.
    #[serde(rename = "do")]
    pub actions: Vec<&'g str>,
    /// What to say to whoever answers the phone.
    pub say: Vec<&'g str>,
    /// On what that rests.
    pub sources: Vec<Source<'g>>,
    /// The emergency number of the region, or whom to call where it has none.
    pub emergency_number: &'g str,
    /// The lines to call beside it, by name.
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, String>))]
    pub call: Map<String, Value>,
}

/// Which book decided.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BookVersion<'g> {
    /// Its version.
    pub version: &'g str,
    /// The hash of all its files.
    pub hash: &'g str,
}

/// A rule that makes it as urgent.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reason<'g> {
    /// Its id.
    pub rule: &'g str,
    /// How urgent it makes it.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Level))]
    pub urgency: Urgency,
    /// It is so, and not only not ruled out.
    pub holds: bool,
    /// The sentence for the person.
    pub because: &'g str,
    /// What one thinks of.
    pub suspect: Option<Suspect<'g>>,
    /// The answers behind it.
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub answers: Map<String, Value>,
    /// On what it rests.
    pub sources: Vec<Source<'g>>,
}

/// A cause that one thinks of.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Suspect<'g> {
    /// Its id.
    pub id: &'g str,
    /// In everyday words.
    pub name: &'g str,
    /// The medical term.
    pub term: Option<&'g str>,
}

/// Something that helps.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlanItem<'g> {
    /// Its id.
    pub remedy: &'g str,
    /// What it is called.
    pub name: &'g str,
    /// When in a spell.
    pub stage: &'static str,
    /// Why.
    pub why: &'g str,
    /// How well it is shown to help.
    pub strength: &'static str,
    /// How.
    pub steps: Vec<Timed<'g>>,
    /// How long to wait until it is done again, in seconds.
    pub gap_seconds: Option<u32>,
    /// When to stop.
    pub stop_if: &'g [String],
    /// The findings by whose answers it is known to be fit.
    pub fit_because: Vec<String>,
    /// On what it rests.
    pub sources: Vec<Source<'g>>,
}

/// A remedy that is left out for this person.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WithheldItem<'g> {
    /// Its id.
    pub remedy: &'g str,
    /// What it is called.
    pub name: &'g str,
    /// Why it is left out.
    pub because: Option<&'g str>,
    /// The findings behind it.
    pub findings: Vec<String>,
}

/// A line of the card to keep.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CardLine {
    /// What it says.
    pub text: String,
    /// How urgent that would be.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Level))]
    pub urgency: Urgency,
}

/// A later change that would make it more urgent.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ComeBackItem<'g> {
    /// What would change.
    pub finding: &'g str,
    /// The answer that it would have.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Answer))]
    pub answer: Value,
    /// How urgent that would be.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Level))]
    pub urgency: Urgency,
    /// Words after "come back if".
    pub text: String,
}

impl<'g> Assessment<'g> {
    /// How somebody stands who answered this.
    pub fn of(guideline: &'g Guideline, region: &'g Region, answers: &Answers) -> Self {
        match next(guideline, answers) {
            Step::Done(finished) => Self::finished(guideline, region, &finished),
            Step::Ask(ask) => {
                let state = State::of(guideline, answers);
                let next = Question::of(guideline, &ask);
                // What is certain already has its reasons; the rest comes with the end of the interview.
                let reasons = care::reasons(&state);
                Self { next: Some(next), ..Self::without_plan(&state, reasons.iter()) }
            }
        }
    }

    /// An outcome.
    pub fn finished(guideline: &'g Guideline, region: &'g Region, finished: &Finished<'g>) -> Self {
        let (state, advice, told) = (finished.state(), advise(finished), what_to_do(finished));
        let view = Self {
            urgency: Some(finished.urgency()),
            finished: true,
            outcome: Some(OutcomeText {
                title: told.title,
                sources: sources(guideline, &told.sources),
                emergency_number: &region.emergency,
                call: call(region, &told),
                actions: told.actions,
                say: told.say,
            }),
            certificate: Some(certify(finished)),
            ..Self::without_plan(state, advice.because().iter())
        };
        let (plan, withheld, card, come_back) = match advice {
            Advice::GetHelpNow { .. } => Default::default(),
            Advice::Manage { plan, card, come_back_if, .. } => (
                plan.items.iter().map(|item| PlanItem::of(finished, item)).collect(),
                plan.withheld.iter().map(|item| WithheldItem::of(guideline, item)).collect(),
                card.into_iter().map(|line| CardLine { text: line.text, urgency: line.urgency }).collect(),
                come_back_if.into_iter().map(|change| ComeBackItem::of(guideline, change)).collect(),
            ),
        };
        Self {
            plan: Some(plan),
            withheld: Some(withheld),
            come_back_card: Some(card),
            come_back_if: Some(come_back),
            ..view
        }
    }

    fn without_plan<'r>(state: &State<'g>, reasons: impl Iterator<Item = &'r care::Reason>) -> Self {
        let guideline = state.guideline();
        let bounds = state.bounds();
        Self {
            urgency: None,
            lower: bounds.lower,
            upper: bounds.upper,
            finished: false,
            next: None,
            outcome: None,
            reasons: reasons.map(|reason| Reason::of(guideline, state, reason)).collect(),
            plan: None,
            withheld: None,
            come_back_card: None,
            come_back_if: None,
            certificate: None,
            guideline: BookVersion::of(guideline),
        }
    }
}

impl<'g> BookVersion<'g> {
    /// The version of a book.
    pub fn of(guideline: &'g Guideline) -> Self {
        Self { version: &guideline.book().version, hash: &guideline.book().hash }
    }
}

impl<'g> Reason<'g> {
    /// A reason with the answers behind it.
    pub fn of(guideline: &'g Guideline, state: &State<'_>, reason: &care::Reason) -> Self {
        let rule = guideline.rule(reason.rule);
        let suspect = rule.suspect.map(|id| {
            let cause = guideline.cause(id);
            Suspect { id: &cause.id, name: &cause.name, term: cause.term.as_deref() }
        });
        Self {
            rule: &rule.id,
            urgency: reason.urgency,
            holds: reason.holds,
            because: &rule.because,
            suspect,
            answers: answers_of(guideline, state.answers(), &reason.findings),
            sources: sources(guideline, &rule.sources),
        }
    }
}

impl<'g> PlanItem<'g> {
    fn of(finished: &Finished<'g>, item: &Planned) -> Self {
        let guideline = finished.state().guideline();
        let remedy = guideline.remedy(item.remedy());
        Self {
            remedy: &remedy.id,
            name: &remedy.name,
            stage: remedy.stage.id(),
            why: &remedy.why,
            strength: remedy.strength.id(),
            steps: steps(&remedy.steps),
            gap_seconds: remedy.gap.map(care::Seconds::get),
            stop_if: &remedy.stop_if,
            fit_because: names(guideline, &item.fit_because(finished)),
            sources: sources(guideline, &remedy.sources),
        }
    }
}

impl<'g> WithheldItem<'g> {
    fn of(guideline: &'g Guideline, item: &Withheld) -> Self {
        let remedy = guideline.remedy(item.remedy);
        Self {
            remedy: &remedy.id,
            name: &remedy.name,
            because: remedy.avoid_because.as_deref(),
            findings: names(guideline, &item.because),
        }
    }
}

impl<'g> ComeBackItem<'g> {
    fn of(guideline: &'g Guideline, change: ComeBack) -> Self {
        Self {
            finding: &guideline.finding(change.finding).id,
            answer: care::answer_to_json(guideline, change.finding, change.answer),
            urgency: change.urgency,
            text: change.text,
        }
    }
}

/// The lines to call beside the emergency number, by name, that the region has.
pub fn call(region: &Region, told: &Instructions<'_>) -> Map<String, Value> {
    let lines = told.first_call.iter().chain(&told.calls);
    lines.filter_map(|line: &HelpLine| Some((line.id().to_owned(), region.line(*line)?.into()))).collect()
}

/// The answers to some findings, by name.
pub fn answers_of(guideline: &Guideline, answers: &Answers, findings: &[FindingId]) -> Map<String, Value> {
    let all = answers.to_json(guideline);
    let of = |id: &FindingId| {
        let name = &guideline.finding(*id).id;
        all.get(name).map(|answer| (name.clone(), answer.clone()))
    };
    findings.iter().filter_map(of).collect()
}

/// The names of some findings.
pub fn names(guideline: &Guideline, findings: &[FindingId]) -> Vec<String> {
    findings.iter().map(|id| guideline.finding(*id).id.clone()).collect()
}
