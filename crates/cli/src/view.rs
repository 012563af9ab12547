//! The values of `care` as JSON, for programs.

use care::{
    Advice, Answers, Ask, ComeBack, Finding, FindingId, FindingKind, Finished, Guideline, HelpLine,
    Instructions, PlanItem, Question, Reason, Region, RemedyStep, SourceId, State, Step, Withheld, advise,
    certify, next, what_to_do,
};
use serde_json::{Map, Value, json};

/// Everything that is known about one person's answers.
///
/// `urgency` is null until the interview is finished: an unfinished triage is
/// not a low one.
pub(crate) fn assessment(guideline: &Guideline, region: &Region, answers: &Answers) -> Value {
    let ask = match next(guideline, answers) {
        Step::Done(done) => return finished(guideline, region, &done),
        Step::Ask(ask) => ask,
    };
    let state = State::of(guideline, answers);
    let bounds = state.bounds();
    let mut view = Map::new();
    view.insert("urgency".into(), Value::Null);
    view.insert("lower".into(), json!(bounds.lower));
    view.insert("upper".into(), json!(bounds.upper));
    view.insert("finished".into(), json!(false));
    view.insert("next".into(), question(guideline, &ask));
    // What is certain already has its reasons; the rest comes with the end of the interview.
    let known = care::reasons(&state).iter().map(|because| reason(guideline, &state, because)).collect();
    view.insert("reasons".into(), Value::Array(known));
    for later in ["plan", "withheld", "come_back_card", "come_back_if", "certificate"] {
        view.insert(later.into(), Value::Null);
    }
    with_book(guideline, view)
}

/// An outcome.
pub(crate) fn finished(guideline: &Guideline, region: &Region, finished: &Finished<'_>) -> Value {
    let bounds = finished.state().bounds();
    let mut view = Map::new();
    view.insert("urgency".into(), json!(finished.urgency()));
    view.insert("lower".into(), json!(bounds.lower));
    view.insert("upper".into(), json!(bounds.upper));
    view.insert("finished".into(), json!(true));
    view.insert("next".into(), Value::Null);
    outcome(guideline, region, finished, &mut view);
    with_book(guideline, view)
}

fn with_book(guideline: &Guideline, mut view: Map<String, Value>) -> Value {
    let book = guideline.book();
    view.insert("guideline".into(), json!({ "version": book.version, "hash": book.hash }));
    Value::Object(view)
}

/// The lines to call beside the emergency number, by name, that the region has.
pub(crate) fn lines(region: &Region, told: &Instructions<'_>) -> Value {
    let lines = told.first_call.iter().chain(&told.calls);
    let number = |line: &HelpLine| Some((line.id().to_owned(), json!(region.line(*line)?)));
    lines.filter_map(number).collect::<Map<String, Value>>().into()
}

fn outcome(guideline: &Guideline, region: &Region, finished: &Finished<'_>, view: &mut Map<String, Value>) {
    let advice = advise(finished);
    let told = what_to_do(finished);
    view.insert("title".into(), json!(told.title));
    view.insert("do".into(), json!(told.actions));
    view.insert("say".into(), json!(told.say));
    view.insert("sources".into(), sources(guideline, &told.sources));
    view.insert("emergency_number".into(), json!(region.emergency));
    view.insert("call".into(), lines(region, &told));
    let state = finished.state();
    let reasons = advice.because().iter().map(|because| reason(guideline, state, because)).collect();
    view.insert("reasons".into(), Value::Array(reasons));
    let (plan, withheld, card, come_back) = match &advice {
        Advice::GetHelpNow { .. } => (Vec::new(), Vec::new(), Vec::new(), Vec::new()),
        Advice::Manage { plan, card, come_back_if, .. } => (
            plan.items.iter().map(|item| plan_item(finished, item)).collect(),
            plan.withheld.iter().map(|item| withheld_item(guideline, item)).collect(),
            card.iter().map(|line| json!({ "text": line.text, "urgency": line.urgency })).collect(),
            come_back_if.iter().map(|change| come_back_item(guideline, change)).collect(),
        ),
    };
    view.insert("plan".into(), Value::Array(plan));
    view.insert("withheld".into(), Value::Array(withheld));
    view.insert("come_back_card".into(), Value::Array(card));
    view.insert("come_back_if".into(), Value::Array(come_back));
    view.insert("certificate".into(), json!(certify(finished)));
}

/// A screen to ask.
pub(crate) fn question(guideline: &Guideline, ask: &Ask) -> Value {
    let question = guideline.question(ask.question);
    let mut view = question_words(question);
    let findings = ask.findings.iter().map(|id| finding(guideline.finding(*id))).collect();
    view.insert("findings".into(), Value::Array(findings));
    Value::Object(view)
}

/// The words of a screen, without its findings.
pub(crate) fn question_words(question: &Question) -> Map<String, Value> {
    let mut view = Map::new();
    view.insert("question".into(), json!(question.id));
    view.insert("chapter".into(), json!(question.chapter.id()));
    view.insert("ask".into(), json!(question.ask));
    view.insert("why".into(), json!(question.why));
    if let Some(help) = &question.help {
        view.insert("help".into(), json!(help));
    }
    view
}

/// A finding with what it takes.
pub(crate) fn finding(finding: &Finding) -> Value {
    let mut view = Map::new();
    view.insert("id".into(), json!(finding.id));
    view.insert("label".into(), json!(finding.label));
    view.insert("danger".into(), json!(finding.danger));
    if finding.derived.is_some() {
        // Computed from a diary: no question asks for it.
        view.insert("derived".into(), json!(true));
    }
    match &finding.kind {
        FindingKind::YesNo => {
            view.insert("type".into(), json!("yes_no"));
            view.insert("allowed".into(), json!(["yes", "no", "not sure"]));
        }
        FindingKind::Number { unit, min, max } => {
            view.insert("type".into(), json!("number"));
            view.insert("unit".into(), json!(unit));
            view.insert("min".into(), json!(min));
            view.insert("max".into(), json!(max));
            view.insert("allowed".into(), json!([format!("a whole number from {min} to {max}"), "not sure"]));
        }
        FindingKind::Choice(options) => {
            view.insert("type".into(), json!("choice"));
            let words: Vec<Value> =
                options.iter().map(|option| json!({ "id": option.id, "label": option.label })).collect();
            view.insert("options".into(), Value::Array(words));
            let mut allowed: Vec<&str> = options.iter().map(|option| option.id.as_str()).collect();
            allowed.push("not sure");
            view.insert("allowed".into(), json!(allowed));
        }
    }
    Value::Object(view)
}

fn reason(guideline: &Guideline, state: &State<'_>, reason: &Reason) -> Value {
    let rule = guideline.rule(reason.rule);
    let suspect = rule.suspect.map(|id| {
        let cause = guideline.cause(id);
        json!({ "id": cause.id, "name": cause.name, "term": cause.term })
    });
    json!({
        "rule": rule.id,
        "urgency": reason.urgency,
        "holds": reason.holds,
        "because": rule.because,
        "suspect": suspect,
        "answers": answers_of(guideline, state.answers(), &reason.findings),
        "sources": sources(guideline, &rule.sources),
    })
}

/// The answers to some findings, by name.
pub(crate) fn answers_of(guideline: &Guideline, answers: &Answers, findings: &[FindingId]) -> Value {
    let all = answers.to_json(guideline);
    let some: Map<String, Value> = findings
        .iter()
        .filter_map(|id| {
            let name = &guideline.finding(*id).id;
            all.get(name).map(|answer| (name.clone(), answer.clone()))
        })
        .collect();
    Value::Object(some)
}

fn plan_item(finished: &Finished<'_>, item: &PlanItem) -> Value {
    let guideline = finished.state().guideline();
    let remedy = guideline.remedy(item.remedy());
    json!({
        "remedy": remedy.id,
        "name": remedy.name,
        "stage": remedy.stage.id(),
        "why": remedy.why,
        "strength": remedy.strength.id(),
        "steps": steps(&remedy.steps),
        "gap_seconds": remedy.gap.map(care::Seconds::get),
        "stop_if": remedy.stop_if,
        "fit_because": names(guideline, &item.fit_because(finished)),
        "sources": sources(guideline, &remedy.sources),
    })
}

/// What to do, in order, each with how long it takes.
pub(crate) fn steps(steps: &[RemedyStep]) -> Value {
    let step =
        |step: &RemedyStep| json!({ "do": step.text, "timer_seconds": step.timer.map(care::Seconds::get) });
    steps.iter().map(step).collect()
}

fn withheld_item(guideline: &Guideline, item: &Withheld) -> Value {
    let remedy = guideline.remedy(item.remedy);
    let because = remedy.avoid_because.as_deref();
    withheld(guideline, "remedy", (&*remedy.id, &*remedy.name), because, &item.because)
}

/// Something that is left out for a person: its id and name, why, and the answers behind it.
pub(crate) fn withheld(
    guideline: &Guideline,
    kind: &str,
    (id, name): (&str, &str),
    because: Option<&str>,
    findings: &[FindingId],
) -> Value {
    json!({ kind: id, "name": name, "because": because, "findings": names(guideline, findings) })
}

fn come_back_item(guideline: &Guideline, change: &ComeBack) -> Value {
    let finding = guideline.finding(change.finding);
    json!({
        "finding": finding.id,
        "answer": care::answer_to_json(guideline, change.finding, change.answer),
        "urgency": change.urgency,
        "text": change.text,
    })
}

/// The names of some findings.
pub(crate) fn names(guideline: &Guideline, findings: &[FindingId]) -> Vec<String> {
    findings.iter().map(|id| guideline.finding(*id).id.clone()).collect()
}

/// Sources with title and link, so that no sentence stands without one.
pub(crate) fn sources(guideline: &Guideline, ids: &[SourceId]) -> Value {
    ids.iter()
        .map(|id| {
            let source = guideline.source(*id);
            json!({ "id": source.id, "title": source.title, "year": source.year, "link": source.link })
        })
        .collect()
}
