//! `unclench causes`: what may lie behind the pain, in order, with reasons.

mod calibration;

use care::causes::{Band, Causes, Contributor, Pointed, RankedCause, Weighed, next_question, rank};
use care::{Answers, Ask, Cause, Citations, Finished, Guideline, Urgency, sentence_case};
use serde_json::{Map, Value, json};

use crate::after_triage::{Given, head, print_json, show_next_question, show_sources};
use crate::exit::Exit;
use crate::page;
use crate::{after_triage, view};

pub(crate) use calibration::run as calibrate;

/// Ranks the causes for one person's answers.
///
/// # Errors
///
/// If the answers cannot be used.
pub(crate) fn run(guideline: &Guideline, given: &Given<'_>) -> anyhow::Result<Exit> {
    given.then(guideline, |finished| {
        // There is a ranking for every finished triage that is no emergency.
        let Some(causes) = rank(finished) else { return Ok(()) };
        let ask = next_question(guideline, finished.state().answers());
        if given.json {
            return print_json(&as_json(guideline, finished, &causes, ask.as_ref()));
        }
        show(guideline, finished.state().answers(), &causes);
        show_next_question(guideline, ask.as_ref());
        Ok(())
    })
}

fn show(guideline: &Guideline, answers: &Answers, causes: &Causes) {
    let citations = Citations::default();
    page::heading("What may lie behind it");
    page::paragraph(
        "These are guesses, each with its reasons. Only a doctor who sees you can name the cause. What you were \
         told to do, and how soon, stays the same.",
    );
    if causes.is_pointed() {
        page::heading("Have these looked at");
        page::paragraph(
            "Something you said points to them. They come first so that they are not missed, even where \
             something else is more likely.",
        );
        for pointed in causes.to_look_at() {
            match pointed {
                Pointed::Ranked(ranked) => show_ranked(guideline, answers, ranked, &citations),
                Pointed::Unranked(id) => {
                    let cause = guideline.cause(id);
                    page::heading(&sentence_case(&cause.full_name()));
                    page::paragraph(&format!("{} {}", cause.explain, citations.mark(&cause.sources)));
                }
            }
        }
        page::heading("What else it may be");
    } else if causes.no_single_cause_stands_out {
        page::paragraph("No single cause stands out. That is common, and good news.");
    }
    for ranked in causes.others().filter(|ranked| ranked.band != Band::LessLikely) {
        show_ranked(guideline, answers, ranked, &citations);
    }
    let less_likely: Vec<&str> =
        causes.less_likely().map(|ranked| guideline.cause(ranked.cause).name.as_str()).collect();
    if !less_likely.is_empty() {
        page::heading("Less likely");
        page::paragraph(&format!("{}.", less_likely.join("; ")));
    }
    if !causes.contributors.is_empty() {
        page::heading("What may have helped to bring it on");
        for contributor in &causes.contributors {
            show_contributor(guideline, answers, contributor, &citations);
        }
    }
    show_sources(guideline, &citations);
}

fn show_ranked(guideline: &Guideline, answers: &Answers, ranked: &RankedCause, citations: &Citations) {
    let cause = guideline.cause(ranked.cause);
    page::heading(&format!("{}: {}", sentence_case(ranked.band.words()), cause.full_name()));
    page::paragraph(&format!("{} {}", cause.explain, citations.mark(&cause.sources)));
    for (words, known) in [("For it", &ranked.answers_for), ("Against it", &ranked.answers_against)] {
        for weighed in known {
            let sources = citations.mark(&cause.evidence[weighed.evidence].sources);
            page::point("•", &format!("{words}: {} {sources}", said(guideline, answers, weighed)));
        }
    }
    if ranked.suspected.is_some() {
        page::point("•", "Something you said points to it, so have it looked at.");
    }
    if let Some(confirm) = &cause.confirm {
        page::point("?", &format!("What would confirm it: {confirm}"));
    }
}

fn said(guideline: &Guideline, answers: &Answers, weighed: &Weighed) -> String {
    let said = weighed.findings.iter().map(|finding| care::said(guideline, answers, *finding));
    said.collect::<Vec<_>>().join("; ")
}

fn show_contributor(
    guideline: &Guideline,
    answers: &Answers,
    contributor: &Contributor,
    citations: &Citations,
) {
    let cause = guideline.cause(contributor.cause);
    let name = sentence_case(&cause.name);
    page::point("•", &format!("{name}. {} {}", cause.explain, citations.mark(&cause.sources)));
    for finding in &contributor.because {
        page::quiet_point(&care::said(guideline, answers, *finding));
    }
    let remedies = contributor.remedies.iter().map(|id| guideline.remedy(*id).name.as_str());
    let habits = contributor.habits.iter().map(|id| guideline.habit(*id).name.as_str());
    let helps: Vec<&str> = remedies.chain(habits).collect();
    if !helps.is_empty() {
        page::quiet_point(&format!("What helps: {}.", helps.join("; ")));
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
        view.insert("answers".into(), view::answers_of(guideline, answers, &contributor.because));
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
    view.insert("sources".into(), view::sources(guideline, &cause.sources));
    view
}

fn ranked_json(guideline: &Guideline, answers: &Answers, ranked: &RankedCause) -> Value {
    let cause = guideline.cause(ranked.cause);
    let mut view = cause_json(guideline, cause);
    view.insert("band".into(), json!(ranked.band.id()));
    view.insert("share".into(), json!(ranked.share));
    view.insert("log_odds".into(), json!(ranked.log_odds));
    view.insert("base_rate_per_1000".into(), json!(cause.base_rate));
    view.insert("base_rate_sources".into(), view::sources(guideline, &cause.base_rate_sources));
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
                "answers": view::answers_of(guideline, answers, &weighed.findings),
                "sources": view::sources(guideline, &evidence.sources),
            })
        });
        view.insert(key.into(), known.collect());
    }
    view.insert("confirm".into(), json!(cause.confirm));
    Value::Object(view)
}
