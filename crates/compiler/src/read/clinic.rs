//! What a clinician may ask, examine, image and do.

use care::{Appropriateness, Referral, ReferralKind, Urgency};
use toml::Spanned;

use super::Reader;
use super::advice::{BELOW_EMERGENCY, avoid_because, strengths};
use crate::block::{Block, check_id};
use crate::fields::Fields;
use crate::problem::Spot;

const KINDS: [(&str, ReferralKind); 4] = [
    ("history", ReferralKind::History),
    ("examination", ReferralKind::Examination),
    ("imaging", ReferralKind::Imaging),
    ("treatment", ReferralKind::Treatment),
];

const APPROPRIATENESS: [(&str, Appropriateness); 3] = [
    ("usually", Appropriateness::Usually),
    ("maybe", Appropriateness::Maybe),
    ("usually_not", Appropriateness::UsuallyNot),
];

/// Reads a referral. `up_to` is `same_day` where it is left out: what a
/// clinician does is worth knowing at every level but an emergency.
pub(super) fn referral(reader: &mut Reader<'_, '_>, index: usize, block: &Block<'_>) -> Referral {
    let (offer, avoid) = reader.fit(block, index);
    let mut fields = Fields::of(block, reader.log);
    let avoid_because = avoid_because(&mut fields);
    let kind = fields.word("kind", &KINDS).map(Spanned::into_inner);
    if kind.is_some_and(|kind| kind != ReferralKind::Imaging) {
        for key in ["scenario", "modalities"] {
            if fields.has(key) {
                let message = format!("{} is no image and has `{key}`", fields.name);
                fields.problem_at_key(key, message, "make it `kind = \"imaging\"`, or remove the key");
            }
        }
    }
    if fields.has("scenario") != fields.has("modalities") {
        let message = format!("{} has only one of `scenario` and `modalities`", fields.name);
        fields.problem_at_header(message, "say for which scenario which image is appropriate");
    }
    let referral = Referral {
        id: block.id.clone(),
        place: block.place.clone(),
        name: fields.text("name"),
        kind: kind.unwrap_or(ReferralKind::History),
        up_to: fields.optional_word("up_to", &BELOW_EMERGENCY).map_or(Urgency::SameDay, Spanned::into_inner),
        offer,
        avoid,
        avoid_because,
        for_person: fields.text("for_person"),
        for_clinician: fields.text("for_clinician"),
        scenario: fields.optional_text("scenario").map(Spanned::into_inner),
        modalities: modalities(&mut fields),
        strength: fields.optional_word("strength", &strengths()).map(Spanned::into_inner),
        evidence_for: fields.optional_text("evidence_for").map(Spanned::into_inner),
        evidence_against: fields.optional_text("evidence_against").map(Spanned::into_inner),
        sources: fields.sources(&reader.names),
        claims: fields.claims(&reader.names),
    };
    fields.require_prose(block);
    fields.finish();
    referral
}

fn modalities(fields: &mut Fields<'_, '_>) -> Vec<(String, Appropriateness)> {
    let Some((table, spot)) = fields.table("modalities") else { return Vec::new() };
    let mut modalities = Vec::new();
    for (key, value) in table {
        let modality = key.get_ref().as_ref();
        let span = fields.file_span(key.span());
        check_id(&Spot { file: spot.file, span }, modality, fields.log);
        let Some(text) = fields.as_text(modality, value) else { continue };
        let word = APPROPRIATENESS.iter().find(|(word, _)| word == text.get_ref());
        let Some((_, appropriateness)) = word else {
            let message = format!("`{}` is not allowed for `{modality}`", text.get_ref());
            fields.problem(text.span(), message, "use one of \"usually\", \"maybe\", \"usually_not\"");
            continue;
        };
        modalities.push((modality.to_owned(), *appropriateness));
    }
    modalities
}
