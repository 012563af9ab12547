//! `unclench clinic`: what to expect and ask, or the clinician's form.

mod form;

use care::Guideline;
use care::clinic::{ToExpect, next_question, to_expect};
use clap::ValueEnum;
use serde_json::{Value, json};
use tell::{Message, Visit, visit};

use crate::after_triage::{self, Given, head, print_json, show_next_question};
use crate::exit::Exit;
use crate::page;

/// Who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reader {
    /// The person: what to expect and ask
    Person,
    /// The clinician: a form
    Clinician,
}

/// Shows one person's answers for a visit.
///
/// # Errors
///
/// If the answers cannot be used.
pub(crate) fn run(guideline: &Guideline, given: &Given<'_>, reader: Reader) -> anyhow::Result<Exit> {
    match reader {
        Reader::Person => given.then(guideline, |finished| {
            let ask = next_question(guideline, finished.state().answers());
            if given.json {
                let expect = to_expect(finished);
                let mut view = head(finished);
                view.insert("expect".into(), items_json(guideline, &expect));
                view.insert("withheld".into(), withheld_json(guideline, &expect));
                view.insert("next".into(), after_triage::next_question(guideline, ask.as_ref()));
                return print_json(&Value::Object(view));
            }
            show(guideline, &visit(finished));
            show_next_question(guideline, ask.as_ref());
            Ok(())
        }),
        Reader::Clinician => {
            given.also_in_an_emergency(guideline, |finished| form::run(guideline, finished, given.json))
        }
    }
}

fn show(guideline: &Guideline, told: &Visit<'_>) {
    for (kind, items) in &told.kinds {
        page::heading(kind.title());
        for item in items {
            let strength = item.strength.map(|strength| format!(" ({strength})")).unwrap_or_default();
            page::point("•", format!("{}{strength}. {}", item.name, item.says));
            item.evidence.iter().for_each(page::quiet_point);
        }
    }
    page::show_left_out(Message::VisitNotForYou, &told.left_out);
    page::show_sources(guideline, &told.citations);
}

fn items_json(guideline: &Guideline, expect: &ToExpect) -> Value {
    let items = expect.items.iter().map(|item| {
        let referral = guideline.referral(item.referral());
        json!({
            "referral": referral.id,
            "kind": form::kind_id(referral.kind),
            "name": referral.name,
            "what_to_expect_and_ask": referral.for_person,
            "strength": referral.strength.map(care::Strength::id),
            "evidence_for": referral.evidence_for,
            "evidence_against": referral.evidence_against,
            "because": wire::names(guideline, item.because()),
            "sources": wire::sources(guideline, &referral.sources),
        })
    });
    items.collect()
}

fn withheld_json(guideline: &Guideline, expect: &ToExpect) -> Value {
    let withheld = expect.withheld.iter().map(|withheld| {
        let referral = guideline.referral(withheld.referral);
        let because = referral.avoid_because.as_deref();
        let findings = wire::names(guideline, &withheld.because);
        json!({ "referral": referral.id, "name": referral.name, "because": because, "findings": findings })
    });
    withheld.collect()
}
