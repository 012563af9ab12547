//! What to know about a dose that was taken.

use std::borrow::Cow;

use care::{DoseUnit, DoseWarning, Guideline, Medicine};
use jiff::Timestamp;

use super::amount::{of_pack, of_unit, span};
use super::because::{
    already_over, far_over, most, no_dose_here, on_your_skin, pack_most, pack_says, too_much,
};
use super::{inside, kind, name};
use crate::clock::Clock;
use crate::line::Paragraph;
use crate::message::Message;

/// A warning in one or a few plain sentences.
pub fn warning<'g>(guideline: &'g Guideline, warning: &DoseWarning<'g>, clock: &Clock) -> Paragraph<'g> {
    let at = |at: Timestamp| Cow::<str>::from(clock.words(at));
    let after = |at: Timestamp| Cow::<str>::from(clock.words_after(at));
    let said = |message: Message<'g>| Paragraph::from(message);
    match warning {
        DoseWarning::Overdose { medicine, total: had, is_on_days } => {
            said(total(medicine, *had)).and_all(far_over(medicine, *is_on_days))
        }
        DoseWarning::OverDailyLimit { medicine, total } if medicine.unit == DoseUnit::Applications => {
            said(Message::LoggedTotalOnSkin {
                total: of_unit(medicine.unit, *total).to_string().into(),
                name: name(medicine),
                most: of_unit(medicine.unit, medicine.max_24h).to_string().into(),
            })
        }
        DoseWarning::OverDailyLimit { medicine, total: had } => said(total(medicine, *had))
            .and(most(medicine))
            .and(Message::LoggedNoMoreFromShop)
            .and(Message::GuardCallToday),
        DoseWarning::StillShut { medicine, total, at } => already_over(medicine, *total, *at, None, clock),
        DoseWarning::TooMuchAtOnce { medicine, amount, pack_allows } => {
            too_much(medicine, *amount, medicine.single_most, *pack_allows)
        }
        DoseWarning::PackMost { product, taken, most } => pack_most(product, *taken, *most),
        DoseWarning::PackDailyLimit { product, taken, most } => said(Message::LoggedTotal {
            total: of_pack(product.unit, *taken).to_string().into(),
            name: product.name.as_str().into(),
        })
        .and(pack_says(product, *most))
        .and(Message::LoggedNoMoreForNow),
        DoseWarning::OtherNsaid { logged, other, may_be_prescribed, at: when, .. } => {
            let then =
                if *may_be_prescribed { Message::LoggedShopOneNoMore } else { Message::LoggedNeitherForNow };
            let (name, other) = (logged.clone().into(), inside(other));
            said(Message::LoggedTwoOfKind { name, other, at: at(*when) })
                .and(then)
                .and(Message::LoggedBleeding)
        }
        DoseWarning::TooSoon { medicine, other, interval, early_by } => said(Message::LoggedTooClose {
            early: span(*early_by).to_string().into(),
            at: at(*other),
            interval: span(*interval).to_string().into(),
            name: name(medicine),
        }),
        DoseWarning::TooManyDays { medicine, since, days } => {
            said(Message::GuardMostDaysSince { name: name(medicine), since: after(*since) })
                .and(Message::GuardDaysToAsk { days: (*days).into() })
        }
        DoseWarning::Worn { other, at, .. } => on_your_skin(other, *at, clock).and(Message::LoggedOneAtATime),
        DoseWarning::NoDose { name, class, until, .. } => {
            let (name, kind) = (inside(name), kind(guideline, *class));
            said(Message::GuardNoDose { name, kind })
                .and(Message::GuardNoneOfKindBefore { until: after(*until) })
                .and(Message::GuardAsDoctorSaid)
        }
        DoseWarning::ManyDoses { name, total, .. } => {
            said(Message::LoggedManyDoses { total: (*total).into(), name: inside(name) })
        }
        DoseWarning::TimeUnknown => said(Message::LoggedTimeNotKnown),
        DoseWarning::SameIngredient { ingredient, other, .. } => {
            said(Message::LoggedSameIngredient { pack: other.clone().into(), name: inside(ingredient) })
        }
        DoseWarning::NoLimitsHere { ingredient } => no_dose_here(ingredient).and(Message::GuardNotChecked),
        DoseWarning::InFuture => said(Message::LoggedInFuture),
        DoseWarning::OutOfOrder { latest } => said(Message::LoggedOutOfOrder { at: at(*latest) }),
    }
}

/// How much it makes in a day.
fn total<'g>(medicine: &Medicine, total: u32) -> Message<'g> {
    Message::LoggedTotal { total: of_unit(medicine.unit, total).to_string().into(), name: name(medicine) }
}
