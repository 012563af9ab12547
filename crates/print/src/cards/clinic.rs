//! Cards for what a clinician may ask, examine, image and do.

use askama::Template;
use care::{Appropriateness, BlockId, BlockKind, Referral, ReferralId, ReferralKind};

use super::desk::{Desk, Foot, Head};
use crate::level::Level;
use crate::links::{Link, spaced};
use crate::words::Words;

#[derive(Template)]
#[template(path = "book/referral.html")]
struct ReferralCard<'b> {
    head: Head<'b>,
    referral: &'b Referral,
    kind: &'static str,
    up_to: Level,
    strength: Option<&'static str>,
    offer: Option<Words>,
    avoid: Option<Words>,
    modalities: Vec<(String, &'static str)>,
    disagreements: Vec<Link>,
    foot: Foot,
}

/// What a clinician may do.
pub(super) fn referral(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let mut referrals = (0..).map(ReferralId).zip(&desk.guideline.book().referrals);
    let Some((id, referral)) = referrals.find(|(_, referral)| referral.id == id) else { return Ok(None) };
    let modality =
        |(modality, how): &(String, Appropriateness)| (spaced(modality), appropriateness_words(*how));
    let card = ReferralCard {
        head: Head::new(desk, BlockKind::Referral, &referral.id),
        referral,
        kind: match referral.kind {
            ReferralKind::History => "a question of the history",
            ReferralKind::Examination => "a test at the bedside",
            ReferralKind::Imaging => "imaging",
            ReferralKind::Treatment => "a treatment",
        },
        up_to: referral.up_to.into(),
        strength: referral.strength.map(care::Strength::words),
        offer: referral.offer.as_ref().map(|condition| desk.words(condition)),
        avoid: referral.avoid.as_ref().map(|condition| desk.words(condition)),
        modalities: referral.modalities.iter().map(modality).collect(),
        disagreements: desk.disagreements_about(BlockId::Referral(id)),
        foot: desk.foot(&referral.sources, &[], &referral.claims),
    };
    card.render().map(Some)
}

fn appropriateness_words(appropriateness: Appropriateness) -> &'static str {
    match appropriateness {
        Appropriateness::Usually => "usually appropriate",
        Appropriateness::Maybe => "may be appropriate",
        Appropriateness::UsuallyNot => "usually not appropriate",
    }
}
