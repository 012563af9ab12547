//! The wire format of the MMVB, the benchmark of symptom checkers of the ITU/WHO focus group
//! FG-AI4H: one case, one answer. A finding that a case does not state is unknown, and the answer
//! holds for all that it may be, or is `UNCERTAIN`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use care::{Answer, Answers, FindingId, FindingKind, Guideline, Role, Step, Urgency, next};
use serde::{Deserialize, Serialize};
use serde_json::{Number, Value, json};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;
use wire::Problem;

use crate::problem::Refused;
use crate::request::Body;
use crate::service::Service;

/// A case; what it holds beside is ignored, as the benchmark has it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Solve {
    case_data: CaseData,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CaseData {
    profile_information: Profile,
    #[serde(default)]
    presenting_complaints: Vec<Feature>,
    #[serde(default)]
    other_features: Vec<Feature>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct Profile {
    /// In years.
    #[schema(value_type = Option<i64>)]
    age: Option<Number>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct Feature {
    /// As `GET /mmvb/features` lists it.
    id: String,
    state: Stated,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Stated {
    Present,
    Absent,
    Unsure,
}

/// The answer to a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct Solved {
    /// `SC`, `PC`, `EC`, or `UNCERTAIN` where not all that a case leaves open leads to one of them.
    pub triage: &'static str,
    /// What one thinks of, first what makes it most urgent.
    conditions: Vec<Condition>,
    /// It is this at least.
    #[schema(value_type = wire::Level)]
    lower: Urgency,
    /// It is this at most.
    #[schema(value_type = wire::Level)]
    upper: Urgency,
    /// The proof, where nothing that is open can change the outcome.
    #[schema(value_type = Option<Object>)]
    certificate: Option<care::Certificate>,
    /// How many features of the case the book does not know.
    pub unknown_features: usize,
}

#[derive(Debug, Serialize, ToSchema)]
struct Condition {
    id: String,
    name: &'static str,
}

/// It answers.
#[utoipa::path(get, path = "/mmvb/health-check", tag = "exchange", responses((status = 200, body = Object)))]
pub(crate) async fn health_check() -> Json<Value> {
    Json(json!({ "data": "OK from Unclench" }))
}

/// The triage of a case of the benchmark.
#[utoipa::path(post, path = "/mmvb/solve-case", tag = "exchange", request_body = Solve, responses(
    (status = 200, body = Solved),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
pub(crate) async fn solve_case(
    State(service): State<Arc<Service>>,
    Body(Solve { case_data }): Body<Solve>,
) -> Result<Json<Solved>, Refused> {
    Ok(Json(solved(service.guideline, &case_data)?))
}

/// The triage of a case, as a request of the benchmark has it: JSON with `caseData`.
///
/// # Errors
///
/// If it is no such request.
pub fn solve(guideline: &'static Guideline, case: &str) -> Result<Solved, Problem> {
    solved(guideline, &wire::read::<Solve>(case)?.case_data)
}

fn solved(guideline: &'static Guideline, case_data: &CaseData) -> Result<Solved, Problem> {
    let mut answers = Answers::none(guideline);
    if let Some((finding, age)) =
        guideline.with_role(Role::Age).zip(case_data.profile_information.age.clone())
    {
        let age = care::answer_from_json(guideline, finding, &Value::Number(age));
        age.and_then(|age| answers.set(guideline, finding, age))
            .map_err(|_| Problem::at("/caseData/profileInformation/age", "is no age that the book knows"))?;
    }
    let mut unknown_features = 0;
    for feature in case_data.presenting_complaints.iter().chain(&case_data.other_features) {
        let Some((finding, option)) = meant(guideline, &feature.id) else {
            unknown_features += 1;
            continue;
        };
        let answer = match (feature.state, option) {
            (Stated::Present, None) => Answer::Yes,
            (Stated::Present, Some(option)) => Answer::Option(option),
            (Stated::Absent, None) => Answer::No,
            (Stated::Unsure, _) => Answer::NotSure,
            // That it is not this option says nothing of the others.
            (Stated::Absent, Some(_)) => continue,
        };
        // It is an answer of this finding's kind.
        drop(answers.set(guideline, finding, answer));
    }
    let state = care::State::of(guideline, &answers);
    let (lower, upper) = (state.bounds().lower, state.bounds().upper);
    let certificate = match next(guideline, &answers) {
        Step::Done(finished) => Some(care::certify(&finished)),
        Step::Ask(_) => None,
    };
    let mut causes = Vec::new();
    for reason in care::reasons(&state) {
        let cause = guideline.rule(reason.rule).suspect.map(|id| guideline.cause(id));
        if let Some(cause) =
            cause.filter(|cause| causes.iter().all(|known: &Condition| known.name != cause.name))
        {
            causes.push(Condition { id: id_of("cause", &cause.id), name: &cause.name });
        }
    }
    let triage = if level(lower) == level(upper) { level(lower) } else { "UNCERTAIN" };
    Ok(Solved { triage, conditions: causes, lower, upper, certificate, unknown_features })
}

/// The level of the benchmark: emergency care, primary care, self-care.
fn level(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Emergency => "EC",
        Urgency::SameDay | Urgency::SeeSoon | Urgency::Routine => "PC",
        Urgency::SelfCare => "SC",
    }
}

/// A feature that a case can state.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Listed {
    /// 32 hexadecimal digits that stay the same from version to version.
    id: String,
    /// The finding, and the option where it is a choice: `course.worse`.
    name: String,
    /// In words.
    label: String,
}

/// What a case can state, with the ids that are understood.
#[utoipa::path(get, path = "/mmvb/features", tag = "exchange", responses((status = 200, body = Vec<Listed>)))]
pub(crate) async fn features(State(service): State<Arc<Service>>) -> Json<Vec<Listed>> {
    let guideline = service.guideline;
    let listed = stateable(guideline).map(|(finding, option, name)| {
        let of = guideline.finding(finding);
        let label = match (&of.kind, option) {
            (FindingKind::Choice(options), Some(option)) => {
                format!("{}: {}", of.label, options[usize::from(option)].label)
            }
            _ => of.label.clone(),
        };
        Listed { id: id_of("feature", &name), name, label }
    });
    Json(listed.collect())
}

type Stateable = (FindingId, Option<care::OptionIndex>, String);

/// Every finding that can be present, and every option of a choice, with its name.
fn stateable(guideline: &Guideline) -> impl Iterator<Item = Stateable> + '_ {
    guideline.findings().filter(|id| guideline.finding(*id).derived.is_none()).flat_map(|id| {
        let finding = guideline.finding(id);
        match &finding.kind {
            FindingKind::YesNo => vec![(id, None, finding.id.clone())],
            FindingKind::Number { .. } => Vec::new(),
            FindingKind::Choice(options) => (0..)
                .zip(options)
                .map(|(index, option)| (id, Some(index), format!("{}.{}", finding.id, option.id)))
                .collect(),
        }
    })
}

fn meant(guideline: &Guideline, id: &str) -> Option<(FindingId, Option<care::OptionIndex>)> {
    let is_meant = |(.., name): &Stateable| name == id || id_of("feature", name) == id;
    stateable(guideline).find(is_meant).map(|(finding, option, _)| (finding, option))
}

fn id_of(kind: &str, name: &str) -> String {
    care::hex(&Sha256::digest(format!("unclench {kind} {name}"))[..16])
}
