//! The clinician's form, printed.

use care::clinic::{Form, FormLine, form};
use care::{Finished, Guideline, ReferralKind, reasons};
use serde_json::{Map, Value, json};
use tell::{ByAnswer, ClinicForm, Message, Rung, Scenario, appropriateness, clinic_form};

use crate::after_triage::{head, print_json};
use crate::page;

/// Prints the form for one person.
///
/// # Errors
///
/// If it cannot be written.
pub(super) fn run(guideline: &Guideline, finished: &Finished<'_>, json: bool) -> anyhow::Result<()> {
    if json {
        return print_json(&as_json(guideline, finished, &form(finished)));
    }
    show(guideline, &clinic_form(finished));
    Ok(())
}

fn show(guideline: &Guideline, form: &ClinicForm<'_>) {
    page::heading(Message::FormTitle);
    page::paragraph(Message::FormAbout);
    page::point("•", &form.triage);
    page::points("•", &form.reasons);
    page::heading(Message::FormTold);
    page::points("•", &form.present);
    for (title, labels) in &form.others {
        page::heading(title);
        page::paragraph(format!("{}.", labels.join("; ")));
    }
    for (title, lines) in &form.sections {
        page::heading(title);
        page::points("[ ]", lines);
    }
    page::heading(Message::FormImagingScenario);
    if let Some(Scenario { line, modalities }) = &form.scenario {
        page::point("•", line);
        modalities.iter().for_each(page::quiet_point);
        page::quiet_point(Message::FormModalityNotNamed);
    } else {
        page::paragraph(Message::FormNoScenario);
    }
    page::heading(Message::FormLadder);
    for (number, Rung { title, line, notes }) in (1..).zip(&form.ladder) {
        page::point(&format!("{number}."), title);
        page::quiet_point(line);
        notes.iter().for_each(page::quiet_point);
    }
    page::show_sources(guideline, &form.citations);
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
    let told = ByAnswer::of(finished);
    let answers = finished.state().answers();
    let reasons: Vec<Value> = reasons(finished.state())
        .iter()
        .map(|reason| {
            let rule = guideline.rule(reason.rule);
            json!({
                "rule": rule.id, "urgency": reason.urgency, "holds": reason.holds, "when": rule.when_text,
                "sources": wire::sources(guideline, &rule.sources),
            })
        })
        .collect();
    let lines =
        |lines: &[FormLine]| -> Value { lines.iter().map(|line| line_json(guideline, line)).collect() };
    let mut view = head(finished);
    view.insert("reasons".into(), json!(reasons));
    view.insert("present".into(), wire::answers_of(guideline, answers, &told.present).into());
    view.insert("danger_signs_absent".into(), json!(wire::names(guideline, &told.danger_absent)));
    view.insert("not_sure".into(), json!(wire::names(guideline, &told.not_sure)));
    view.insert("danger_signs_not_asked".into(), json!(wire::names(guideline, &told.danger_not_asked)));
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
        .map(|(modality, fits)| (modality.clone(), json!(appropriateness(*fits).to_string())))
        .collect();
    json!({
        "referral": referral.id,
        "name": referral.name,
        "standing": line.standing.id(),
        "because": wire::names(guideline, &line.because),
        "for_clinician": referral.for_clinician,
        "scenario": referral.scenario,
        "modalities": modalities,
        "strength": referral.strength.map(care::Strength::id),
        "evidence_for": referral.evidence_for,
        "evidence_against": referral.evidence_against,
        "sources": wire::sources(guideline, &referral.sources),
    })
}
