//! `unclench clinic`: what to expect and ask, or the clinician's form.

mod form;

use care::clinic::{ToExpect, next_question, to_expect};
use care::{Citations, Guideline, ReferralKind};
use clap::ValueEnum;
use serde_json::{Value, json};

use crate::after_triage::{self, Given, head, print_json, show_next_question, show_sources, show_withheld};
use crate::exit::Exit;
use crate::page;
use crate::view;

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
            let expect = to_expect(finished);
            let ask = next_question(guideline, finished.state().answers());
            if given.json {
                let mut view = head(finished);
                view.insert("expect".into(), items_json(guideline, &expect));
                view.insert("withheld".into(), withheld_json(guideline, &expect));
                view.insert("next".into(), after_triage::next_question(guideline, ask.as_ref()));
                return print_json(&Value::Object(view));
            }
            show(guideline, &expect);
            show_next_question(guideline, ask.as_ref());
            Ok(())
        }),
        Reader::Clinician => {
            given.also_in_an_emergency(guideline, |finished| form::run(guideline, finished, given.json))
        }
    }
}

fn show(guideline: &Guideline, expect: &ToExpect) {
    let citations = Citations::default();
    for kind in ReferralKind::ALL {
        let items = expect.items.iter().map(|item| guideline.referral(item.referral()));
        let items: Vec<_> = items.filter(|referral| referral.kind == kind).collect();
        if items.is_empty() {
            continue;
        }
        page::heading(kind.title());
        for referral in items {
            let strength = referral.strength.map(|strength| format!(" ({})", strength.words()));
            let strength = strength.unwrap_or_default();
            let sources = citations.mark(&referral.sources);
            page::point("•", &format!("{}{strength}. {} {sources}", referral.name, referral.for_person));
            let evidence = [("For it", &referral.evidence_for), ("Against it", &referral.evidence_against)];
            for (words, text) in evidence.into_iter().filter(|_| kind == ReferralKind::Treatment) {
                if let Some(text) = text {
                    page::quiet_point(&format!("{words}: {text}"));
                }
            }
        }
    }
    let withheld = expect.withheld.iter().map(|withheld| {
        let referral = guideline.referral(withheld.referral);
        (&*referral.name, referral.avoid_because.as_deref())
    });
    show_withheld("Not for you now, or not known to be safe", withheld);
    show_sources(guideline, &citations);
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
            "because": view::names(guideline, item.because()),
            "sources": view::sources(guideline, &referral.sources),
        })
    });
    items.collect()
}

fn withheld_json(guideline: &Guideline, expect: &ToExpect) -> Value {
    let withheld = expect.withheld.iter().map(|withheld| {
        let referral = guideline.referral(withheld.referral);
        let because = referral.avoid_because.as_deref();
        let named = (&*referral.id, &*referral.name);
        view::withheld(guideline, "referral", named, because, &withheld.because)
    });
    withheld.collect()
}
