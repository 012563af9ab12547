//! What to expect at a visit, and what to ask for.

use care::clinic::to_expect;
use care::{Finished, Referral, ReferralKind};

use crate::citations::Citations;
use crate::line::{LeftOut, Line};
use crate::message::Message;
use crate::said::said;

/// The page for a visit, in the order in which it is read.
#[derive(Debug)]
pub struct Visit<'g> {
    /// What to expect, by kind; no kind is empty.
    pub kinds: Vec<(ReferralKind, Vec<ToExpect<'g>>)>,
    /// Treatments that are not safe, or not known to be safe, for this person.
    pub left_out: Vec<LeftOut<'g>>,
    /// The sources, in the order in which they were cited.
    pub citations: Citations,
}

/// Something to expect or to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToExpect<'g> {
    /// Its name.
    pub name: &'g str,
    /// How well it is supported, in words.
    pub strength: Option<&'static str>,
    /// What to expect and to ask.
    pub says: Line<'g>,
    /// Of a treatment: what speaks for it, then what speaks against it.
    pub evidence: Vec<Message<'g>>,
}

/// What to expect at a visit; nothing in an emergency.
pub fn visit<'g>(finished: &Finished<'g>) -> Visit<'g> {
    let (guideline, answers) = (finished.state().guideline(), finished.state().answers());
    let expect = to_expect(finished);
    let citations = Citations::default();
    let of_kind = |kind: ReferralKind| -> Vec<ToExpect<'g>> {
        let referrals = expect.items.iter().map(|item| guideline.referral(item.referral()));
        referrals.filter(|referral| referral.kind == kind).map(|of| to_ask(of, &citations)).collect()
    };
    let kinds = ReferralKind::ALL.into_iter().map(|kind| (kind, of_kind(kind)));
    let kinds = kinds.filter(|(_, items)| !items.is_empty()).collect();
    let left_out = expect.withheld.iter().map(|withheld| {
        let referral = guideline.referral(withheld.referral);
        LeftOut {
            id: &referral.id,
            name: &referral.name,
            because: referral.avoid_because.as_deref().unwrap_or_default(),
            said: withheld.because.iter().map(|finding| said(guideline, answers, *finding)).collect(),
        }
    });
    Visit { kinds, left_out: left_out.collect(), citations }
}

fn to_ask<'g>(referral: &'g Referral, citations: &Citations) -> ToExpect<'g> {
    let supports = referral.evidence_for.as_deref().map(|text| Message::EvidenceFor { text: text.into() });
    let opposes =
        referral.evidence_against.as_deref().map(|text| Message::EvidenceAgainst { text: text.into() });
    let is_treatment = referral.kind == ReferralKind::Treatment;
    ToExpect {
        name: &referral.name,
        strength: referral.strength.map(care::Strength::words),
        says: Line { words: referral.for_person.as_str().into(), marks: citations.mark(&referral.sources) },
        evidence: supports.into_iter().chain(opposes).filter(|_| is_treatment).collect(),
    }
}
