//! The clinician's form: what was asked and answered, what to ask and examine,
//! the imaging scenario, the care ladder.

use care::clinic::{Form, FormLine, Standing, form};
use care::{
    Answer, Appropriateness, Chapter, Citations, FindingId, Finished, Guideline, ReferralKind, reasons,
};
use serde_json::{Map, Value, json};

use crate::after_triage::{head, print_json, show_sources};
use crate::page;
use crate::view;

/// Prints the form for one person.
///
/// # Errors
///
/// If it cannot be written.
pub(super) fn run(guideline: &Guideline, finished: &Finished<'_>, json: bool) -> anyhow::Result<()> {
    let form = form(finished);
    if json {
        return print_json(&as_json(guideline, finished, &form));
    }
    show(guideline, finished, &form);
    Ok(())
}

/// Findings of the danger chapter, and of the others, by what was answered.
struct Told {
    present: Vec<FindingId>,
    danger_absent: Vec<FindingId>,
    not_sure: Vec<FindingId>,
    danger_not_asked: Vec<FindingId>,
}

fn told(guideline: &Guideline, finished: &Finished<'_>) -> Told {
    let state = finished.state();
    let mut told = Told {
        present: Vec::new(),
        danger_absent: Vec::new(),
        not_sure: Vec::new(),
        danger_not_asked: Vec::new(),
    };
    for finding in guideline.findings() {
        let is_danger = guideline.finding(finding).danger
            || guideline
                .asked_by(finding)
                .is_some_and(|question| guideline.question(question).chapter == Chapter::Danger);
        match state.answers().get(finding) {
            Some(Answer::No) if is_danger => told.danger_absent.push(finding),
            Some(Answer::NotSure) => told.not_sure.push(finding),
            Some(Answer::Yes | Answer::Number(_) | Answer::Option(_)) => told.present.push(finding),
            // What does not apply was settled by another answer.
            None if is_danger && !state.not_applicable(finding) => told.danger_not_asked.push(finding),
            Some(Answer::No) | None => {}
        }
    }
    told
}

fn show(guideline: &Guideline, finished: &Finished<'_>, form: &Form) {
    let citations = Citations::default();
    page::heading("Form for the clinician");
    page::paragraph(
        "Made from the person's own answers by decision support. It names no diagnosis as certain and replaces \
         no examination.",
    );
    page::point("•", &format!("Triage: {}", care::what_to_do(finished).title));
    for reason in reasons(finished.state()) {
        let rule = guideline.rule(reason.rule);
        let how = if reason.holds { "" } else { " (not ruled out: not sure)" };
        let sources = citations.mark(&rule.sources);
        page::point("•", &format!("{} [{}]: {}{how} {sources}", rule.id, reason.urgency, rule.when_text));
    }
    show_told(guideline, finished);
    let sections = [
        ("History", &form.history),
        ("Examination", &form.examination),
        ("Imaging: in general", &form.imaging),
    ];
    for (title, lines) in sections {
        page::heading(title);
        for line in lines {
            let referral = guideline.referral(line.referral);
            let sources = citations.mark(&referral.sources);
            let standing = match line.standing {
                Standing::CalledFor if line.because.is_empty() => String::new(),
                standing => format!(" ({})", standing.words()),
            };
            page::point("[ ]", &format!("{}{standing}: {} {sources}", referral.name, referral.for_clinician));
        }
    }
    show_scenario(guideline, form, &citations);
    page::heading("Care ladder, with the evidence for and against");
    for (rung, line) in (1..).zip(&form.ladder) {
        show_rung(guideline, rung, line, &citations);
    }
    show_sources(guideline, &citations);
}

fn show_told(guideline: &Guideline, finished: &Finished<'_>) {
    let told = told(guideline, finished);
    let answers = finished.state().answers();
    page::heading("What the person told");
    for finding in &told.present {
        page::point("•", &care::stated(guideline, answers, *finding));
    }
    let lists = [
        ("Danger signs asked, and absent", &told.danger_absent),
        ("Not sure", &told.not_sure),
        ("Danger signs not asked", &told.danger_not_asked),
    ];
    for (title, findings) in lists.into_iter().filter(|(_, findings)| !findings.is_empty()) {
        let labels: Vec<&str> =
            findings.iter().map(|finding| guideline.finding(*finding).label.as_str()).collect();
        page::heading(title);
        page::paragraph(&format!("{}.", labels.join("; ")));
    }
}

fn show_scenario(guideline: &Guideline, form: &Form, citations: &Citations) {
    page::heading("Imaging: the scenario that fits the answers");
    let Some(line) = &form.scenario else {
        page::paragraph("None is known to fit.");
        return;
    };
    let referral = guideline.referral(line.referral);
    let scenario = referral.scenario.as_deref().unwrap_or(&referral.name);
    page::point(
        "•",
        &format!("{scenario}. {} {}", referral.for_clinician, citations.mark(&referral.sources)),
    );
    for (modality, appropriateness) in &referral.modalities {
        page::quiet_point(&format!("{}: {}", modality.replace('_', " "), words(*appropriateness)));
    }
    page::quiet_point(
        "A modality that is not named is usually not appropriate. From the answers alone: please confirm.",
    );
}

fn show_rung(guideline: &Guideline, rung: u32, line: &FormLine, citations: &Citations) {
    let referral = guideline.referral(line.referral);
    let strength = referral.strength.map(|strength| format!(" ({})", strength.words())).unwrap_or_default();
    page::point(&format!("{rung}."), &format!("{}{strength}: {}", referral.name, line.standing.words()));
    page::quiet_point(&format!("{} {}", referral.for_clinician, citations.mark(&referral.sources)));
    if let (Standing::Caution, Some(because)) = (line.standing, &referral.avoid_because) {
        page::quiet_point(&format!("Caution: {because}"));
    }
    for (words, text) in [("For", &referral.evidence_for), ("Against", &referral.evidence_against)] {
        if let Some(text) = text {
            page::quiet_point(&format!("{words}: {text}"));
        }
    }
}

fn words(appropriateness: Appropriateness) -> &'static str {
    match appropriateness {
        Appropriateness::Usually => "usually appropriate",
        Appropriateness::Maybe => "may be appropriate",
        Appropriateness::UsuallyNot => "usually not appropriate",
    }
}

/// The id of a kind in JSON.
pub(super) fn kind_id(kind: ReferralKind) -> &'static str {
    match kind {
        ReferralKind::History => "history",
        ReferralKind::Examination => "examination",
        ReferralKind::Imaging => "imaging",
        ReferralKind::Treatment => "treatment",
    }
}

fn as_json(guideline: &Guideline, finished: &Finished<'_>, form: &Form) -> Value {
    let told = told(guideline, finished);
    let answers = finished.state().answers();
    let reasons: Vec<Value> = reasons(finished.state())
        .iter()
        .map(|reason| {
            let rule = guideline.rule(reason.rule);
            json!({
                "rule": rule.id, "urgency": reason.urgency, "holds": reason.holds, "when": rule.when_text,
                "sources": view::sources(guideline, &rule.sources),
            })
        })
        .collect();
    let lines =
        |lines: &[FormLine]| -> Value { lines.iter().map(|line| line_json(guideline, line)).collect() };
    let mut view = head(finished);
    view.insert("reasons".into(), json!(reasons));
    view.insert("present".into(), view::answers_of(guideline, answers, &told.present));
    view.insert("danger_signs_absent".into(), json!(view::names(guideline, &told.danger_absent)));
    view.insert("not_sure".into(), json!(view::names(guideline, &told.not_sure)));
    view.insert("danger_signs_not_asked".into(), json!(view::names(guideline, &told.danger_not_asked)));
    view.insert("history".into(), lines(&form.history));
    view.insert("examination".into(), lines(&form.examination));
    view.insert("imaging".into(), lines(&form.imaging));
    view.insert(
        "imaging_scenario".into(),
        form.scenario.as_ref().map_or(Value::Null, |line| line_json(guideline, line)),
    );
    view.insert("care_ladder".into(), lines(&form.ladder));
    Value::Object(view)
}

fn line_json(guideline: &Guideline, line: &FormLine) -> Value {
    let referral = guideline.referral(line.referral);
    let modalities: Map<String, Value> = referral
        .modalities
        .iter()
        .map(|(modality, appropriateness)| (modality.clone(), json!(words(*appropriateness))))
        .collect();
    json!({
        "referral": referral.id,
        "name": referral.name,
        "standing": line.standing.id(),
        "because": view::names(guideline, &line.because),
        "for_clinician": referral.for_clinician,
        "scenario": referral.scenario,
        "modalities": modalities,
        "strength": referral.strength.map(care::Strength::id),
        "evidence_for": referral.evidence_for,
        "evidence_against": referral.evidence_against,
        "sources": view::sources(guideline, &referral.sources),
    })
}
