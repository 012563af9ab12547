//! `unclench causes`: what may lie behind the pain, in order, with reasons.

mod calibration;

use care::causes::{Causes, RankedCause, next_question, rank};
use care::{Answers, Ask, Cause, Finished, Guideline, Urgency, sentence_case};
use serde_json::{Map, Value, json};
use tell::{Helped, Message, PossibleCause, PossibleCauses, possible_causes};

use crate::after_triage;
use crate::after_triage::{Given, head, print_json, show_next_question};
use crate::exit::Exit;
use crate::page;

pub(crate) use calibration::run as calibrate;

/// Ranks the causes for one person's answers.
///
/// # Errors
///
/// If the answers cannot be used.
pub(crate) fn run(guideline: &Guideline, given: &Given<'_>) -> anyhow::Result<Exit> {
    given.then(guideline, |finished| {
        let ask = next_question(guideline, finished.state().answers());
        // There is a ranking for every finished triage that is no emergency.
        if given.json {
            let Some(causes) = rank(finished) else { return Ok(()) };
            return print_json(&as_json(guideline, finished, &causes, ask.as_ref()));
        }
        let Some(told) = possible_causes(finished) else { return Ok(()) };
        show(guideline, &told);
        show_next_question(guideline, ask.as_ref());
        Ok(())
    })
}

fn show(guideline: &Guideline, told: &PossibleCauses<'_>) {
    page::heading(Message::CausesTitle);
    page::paragraph(Message::CausesAreGuesses);
    if told.pointed_to.is_empty() {
        page::heading(Message::CausesWhat);
        told.none_stands_out.iter().for_each(page::paragraph);
    } else {
        page::heading(Message::CausesLookAt);
        page::paragraph(Message::CausesLookAtWhy);
        told.pointed_to.iter().for_each(show_cause);
        page::heading(Message::CausesWhatElse);
    }
    told.others.iter().for_each(show_cause);
    if !told.contributors.is_empty() {
        page::heading(Message::Contributors);
        told.contributors.iter().for_each(show_contributor);
    }
    if !told.less_likely.is_empty() {
        page::heading(Message::CausesLessLikely);
        page::paragraph(format!("{}.", told.less_likely.join("; ")));
    }
    page::show_sources(guideline, &told.citations);
}

fn show_cause(cause: &PossibleCause<'_>) {
    match cause.band {
        Some(band) => page::heading(format!("{}: {}", sentence_case(band), cause.name)),
        None => page::heading(sentence_case(&cause.name)),
    }
    page::paragraph(&cause.explain);
    for (title, points) in
        [(Message::CauseSpeaksFor, &cause.points_for), (Message::CauseSpeaksAgainst, &cause.points_against)]
    {
        if !points.is_empty() {
            page::paragraph(title);
            page::points("•", points);
        }
    }
    cause.confirm.iter().for_each(page::paragraph);
}

fn show_contributor(it: &Helped<'_>) {
    page::point("•", format!("{}. {}", sentence_case(it.name), it.explain));
    it.said.iter().for_each(page::quiet_point);
    let remedies = it.remedies.iter().map(|remedy| remedy.name.as_str());
    let helps: Vec<&str> = remedies.chain(it.habits.iter().map(|habit| habit.name.as_str())).collect();
    if !helps.is_empty() {
        page::quiet_point(format!("{}: {}.", Message::ContributorHelps, helps.join("; ")));
    }
}

fn as_json(guideline: &Guideline, finished: &Finished<'_>, causes: &Causes, ask: Option<&Ask>) -> Value {
    let answers = finished.state().answers();
    let mut view = head(finished);
    view.insert("no_single_cause_stands_out".into(), json!(causes.no_single_cause_stands_out));
    let ranked = causes.ranked.iter().map(|ranked| ranked_json(guideline, answers, ranked)).collect();
    view.insert("ranked".into(), Value::Array(ranked));
    let suspected =
        causes.suspected.iter().map(|(id, _)| Value::Object(cause_json(guideline, guideline.cause(*id))));
    view.insert("suspected".into(), suspected.collect());
    let contributors = causes.contributors.iter().map(|contributor| {
        let mut view = cause_json(guideline, guideline.cause(contributor.cause));
        view.insert("answers".into(), wire::answers_of(guideline, answers, &contributor.because).into());
        let remedies: Vec<&str> =
            contributor.remedies.iter().map(|id| guideline.remedy(*id).id.as_str()).collect();
        let habits: Vec<&str> =
            contributor.habits.iter().map(|id| guideline.habit(*id).id.as_str()).collect();
        view.insert("remedies".into(), json!(remedies));
        view.insert("habits".into(), json!(habits));
        Value::Object(view)
    });
    view.insert("contributors".into(), contributors.collect());
    view.insert("next".into(), after_triage::next_question(guideline, ask));
    Value::Object(view)
}

fn cause_json(guideline: &Guideline, cause: &Cause) -> Map<String, Value> {
    let mut view = Map::new();
    view.insert("cause".into(), json!(cause.id));
    view.insert("name".into(), json!(cause.name));
    view.insert("term".into(), json!(cause.term));
    view.insert("explain".into(), json!(cause.explain));
    view.insert("sources".into(), json!(wire::sources(guideline, &cause.sources)));
    view
}

fn ranked_json(guideline: &Guideline, answers: &Answers, ranked: &RankedCause) -> Value {
    let cause = guideline.cause(ranked.cause);
    let mut view = cause_json(guideline, cause);
    view.insert("band".into(), json!(ranked.band.id()));
    view.insert("share".into(), json!(ranked.share));
    view.insert("log_odds".into(), json!(ranked.log_odds));
    view.insert("base_rate_per_1000".into(), json!(cause.base_rate));
    view.insert("base_rate_sources".into(), json!(wire::sources(guideline, &cause.base_rate_sources)));
    view.insert("suspected_by_a_rule".into(), json!(ranked.suspected.is_some()));
    view.insert("suspected_at".into(), json!(ranked.suspected.map(Urgency::id)));
    for (key, known) in [("for", &ranked.answers_for), ("against", &ranked.answers_against)] {
        let known = known.iter().map(|weighed| {
            let evidence = &cause.evidence[weighed.evidence];
            json!({
                "if": evidence.condition.text(guideline.book()),
                "holds": weighed.holds,
                "likelihood_ratio": weighed.ratio,
                "defining": evidence.defining,
                "answers": wire::answers_of(guideline, answers, &weighed.findings),
                "sources": wire::sources(guideline, &evidence.sources),
            })
        });
        view.insert(key.into(), known.collect());
    }
    view.insert("confirm".into(), json!(cause.confirm));
    Value::Object(view)
}
