//! What a clinician may ask, examine, image and do: for the person as what to
//! expect and ask, for the clinician as a form.

use crate::book::{BlockId, FindingId, ReferralId, ReferralKind, Urgency};
use crate::decision::answers::Answers;
use crate::decision::fit::{Fit, fit};
use crate::decision::guideline::Guideline;
use crate::decision::interview::{Ask, Finished, next_about};
use crate::decision::reasons::Support;
use crate::decision::state::State;

/// What to expect and ask at a visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ToExpect {
    /// By kind and then in reading order.
    pub items: Vec<ReferralItem>,
    /// Treatments left out as not safe, or not known to be safe.
    pub withheld: Vec<ReferralWithheld>,
}

/// Something worth knowing or asking for. Only [`to_expect`] makes one, and only
/// where its `avoid` is known to be false.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferralItem {
    referral: ReferralId,
    because: Vec<FindingId>,
}

impl ReferralItem {
    /// Which.
    pub fn referral(&self) -> ReferralId {
        self.referral
    }

    /// The answers by which its `offer` holds and its `avoid` does not; empty
    /// where it is worth knowing for everyone.
    pub fn because(&self) -> &[FindingId] {
        &self.because
    }
}

/// A treatment that would have been named, were it not for these answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferralWithheld {
    /// Which.
    pub referral: ReferralId,
    /// The answers that speak against it or leave it open; empty where a question is still open.
    pub because: Vec<FindingId>,
}

/// The form of a clinician. Nothing is left out of it, so that they see what
/// was thought of; each entry says where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// What to ask.
    pub history: Vec<FormLine>,
    /// What to examine.
    pub examination: Vec<FormLine>,
    /// What the book says about imaging in general.
    pub imaging: Vec<FormLine>,
    /// The imaging scenario that fits the answers, if one is known to.
    pub scenario: Option<FormLine>,
    /// The care ladder, first rung first.
    pub ladder: Vec<FormLine>,
}

/// One entry of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormLine {
    /// Which.
    pub referral: ReferralId,
    /// Where it stands for this person.
    pub standing: Standing,
    /// The answers that say so.
    pub because: Vec<FindingId>,
}

/// Where an entry of the form stands for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Called for, and nothing known speaks against it.
    CalledFor,
    /// Called for, but something speaks against it or is not known.
    Caution,
    /// Not called for now.
    NotCalledFor,
    /// Not known.
    Open,
}

impl Standing {
    /// The id used in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::CalledFor => "called_for",
            Self::Caution => "caution",
            Self::NotCalledFor => "not_called_for",
            Self::Open => "open",
        }
    }

    /// The words on the form.
    pub fn words(self) -> &'static str {
        match self {
            Self::CalledFor => "fits the answers",
            Self::Caution => "caution: something speaks against it, or is not known",
            Self::NotCalledFor => "not called for now",
            Self::Open => "not known: more answers needed",
        }
    }
}

/// What to expect and ask; nothing in an emergency, where there is no time to read it.
pub fn to_expect(finished: &Finished<'_>) -> ToExpect {
    let mut expect = ToExpect::default();
    if finished.urgency() == Urgency::Emergency {
        return expect;
    }
    let state = finished.state();
    let guideline = state.guideline();
    let support = Support::new(state);
    let scenario = scenario(state, &support).map(|line| line.referral);
    for kind in ReferralKind::ALL {
        for id in guideline.referrals() {
            let referral = guideline.referral(id);
            let is_other_scenario = referral.scenario.is_some() && Some(id) != scenario;
            if referral.kind != kind || referral.up_to < finished.urgency() || is_other_scenario {
                continue;
            }
            match fit(&support, BlockId::Referral(id)) {
                Fit::Known(because) => expect.items.push(ReferralItem { referral: id, because }),
                Fit::Withheld(because) => expect.withheld.push(ReferralWithheld { referral: id, because }),
                Fit::NotCalledFor(_) | Fit::Open => {}
            }
        }
    }
    expect
}

/// The clinician's form. It is there in an emergency as well: it may travel with the person.
pub fn form(finished: &Finished<'_>) -> Form {
    let state = finished.state();
    let guideline = state.guideline();
    let support = Support::new(state);
    let lines = |kind: ReferralKind| {
        guideline
            .referrals()
            .filter(|id| guideline.referral(*id).kind == kind && guideline.referral(*id).scenario.is_none())
            .map(|id| form_line(&support, id))
            .collect()
    };
    Form {
        history: lines(ReferralKind::History),
        examination: lines(ReferralKind::Examination),
        imaging: lines(ReferralKind::Imaging),
        scenario: scenario(state, &support),
        ladder: lines(ReferralKind::Treatment),
    }
}

/// The first question, in reading order, that could still move an entry;
/// `None` once nothing unanswered matters to them.
pub fn next_question(guideline: &Guideline, answers: &Answers) -> Option<Ask> {
    let referrals = guideline.referrals().map(BlockId::Referral);
    next_about(guideline, answers, referrals.flat_map(|referral| guideline.book().conditions_of(referral)))
}

/// The imaging scenario that is known to apply; of several the last of the book,
/// which goes from the common to the grave.
fn scenario(state: &State<'_>, support: &Support<'_, '_>) -> Option<FormLine> {
    let guideline = state.guideline();
    guideline
        .referrals()
        .filter(|id| guideline.referral(*id).scenario.is_some())
        .map(|id| form_line(support, id))
        .filter(|line| line.standing == Standing::CalledFor)
        .last()
}

fn form_line(support: &Support<'_, '_>, id: ReferralId) -> FormLine {
    let (standing, because) = match fit(support, BlockId::Referral(id)) {
        Fit::Known(because) => (Standing::CalledFor, because),
        Fit::Withheld(because) => (Standing::Caution, because),
        Fit::NotCalledFor(because) => (Standing::NotCalledFor, because),
        Fit::Open => (Standing::Open, Vec::new()),
    };
    FormLine { referral: id, standing, because }
}
