//! Why a dose is not for now.

use std::borrow::Cow;

use care::medicine::Excess;
use care::{Because, Count, DoseUnit, Guideline, Medicine, Product};
use jiff::Timestamp;

use super::amount::{of_pack, of_unit, span};
use super::{and, comma, inside, kind, list, name};
use crate::clock::Clock;
use crate::line::{Paragraph, Words};
use crate::message::Message;

/// A reason in one or a few plain sentences.
pub fn because<'g>(guideline: &'g Guideline, because: &Because<'g>, clock: &Clock) -> Paragraph<'g> {
    let at = |at: Timestamp| Cow::<str>::from(clock.words(at));
    let after = |at: Timestamp| Cow::<str>::from(clock.words_after(at));
    let said = |message: Message<'g>| Paragraph::from(message);
    match because {
        Because::Emergency { .. } => said(Message::GuardEmergency),
        Because::Overdose { excess } => overdose(excess, clock),
        Because::HelpSoon { words } => written(words.ask_first_because.as_deref()),
        Because::DangerOpen => said(Message::GuardDangerOpen),
        Because::NotForBack { medicine } => written(medicine.not_for_because.as_deref()),
        Because::Blocked { caution, .. } | Because::Cautioned { caution, .. } => {
            written(Some(&caution.because))
        }
        Because::Open { caution, .. } => {
            said(Message::GuardOpen { because: caution.because.as_str().into() })
        }
        Because::TooYoung { medicine, min_age } => {
            said(Message::GuardTooYoung { name: name(medicine), age: (*min_age).into() })
        }
        Because::Child { known: true, adult_from, .. } => {
            said(Message::GuardChild { age: (*adult_from).into() })
        }
        Because::Child { known: false, medicine, adult_from } => said(Message::GuardAgeNotKnown {
            name: name(medicine),
            age: medicine.min_age.into(),
            adult: (*adult_from).into(),
        }),
        Because::Pregnancy { known: true, .. } => said(Message::GuardPregnant),
        Because::Pregnancy { known: false, .. } => said(Message::GuardPregnancyNotKnown),
        Because::NoLimitsHere { ingredient } => no_dose_here(ingredient).and(Message::GuardAskPharmacist),
        Because::NoDose { name, class, .. } => {
            let no_dose = Message::GuardNoDose { name: inside(name), kind: kind(guideline, *class) };
            said(no_dose).and(Message::GuardAsDoctorSaid).and(Message::GuardIfNotAsk)
        }
        Because::OtherIngredients { product } => said(Message::GuardOtherIngredients {
            pack: product.name.as_str().into(),
            others: and_last(&product.others).into(),
        })
        .and(Message::GuardAsDoctorSaid),
        Because::TwoNsaidsInOne { .. } => said(Message::GuardTwoInOne),
        Because::OtherNsaid { medicine, asked, taken, may_be_prescribed, at: when, not_before } => {
            let (asked, taken) = (inside(asked), inside(taken));
            let both =
                Message::GuardTookSameKind { taken: taken.clone(), at: at(*when), asked: asked.clone() };
            // What has no limits here may be from a doctor.
            let then = match medicine {
                None => Message::GuardAskBeforeBoth,
                Some(_) => Message::GuardTakeNoneBefore { name: asked, until: after(*not_before) },
            };
            let keep = may_be_prescribed.then_some(Message::GuardFromDoctorKeep { name: taken });
            said(both).and(then).and_maybe(keep)
        }
        Because::Uncounted { medicine, taken, at: when, until } => said(Message::GuardTookUnknownAmount {
            taken: inside(taken),
            at: at(*when),
            name: name(medicine),
            until: after(*until),
        })
        .and(Message::GuardAsDoctorSaid),
        Because::TooMuchAtOnce { medicine, asked, most, pack_allows } => {
            too_much(medicine, *asked, *most, *pack_allows)
        }
        Because::PackMost { product, asked, most } => pack_most(product, *asked, *most),
        Because::AlreadyOver { medicine, taken, at, shuts } => {
            already_over(medicine, *taken, *at, shuts.as_deref(), clock)
        }
        Because::TooManyDays { medicine, since, days } => {
            said(Message::GuardMostDaysSince { name: name(medicine), since: after(*since) })
                .and(Message::GuardDaysToDecide { days: (*days).into() })
        }
        Because::FutureDose { ingredient, at: when } => {
            said(Message::GuardStillToCome { name: inside(ingredient), at: at(*when) })
        }
        Because::LogIncomplete => said(Message::GuardLogIncomplete),
        Because::UnknownInLog { ingredient, at: when } => {
            said(Message::GuardUnknownTaken { name: ingredient.clone().into(), at: at(*when) })
        }
        Because::TooSoon { medicine, last, interval, .. } => said(Message::GuardTooSoon {
            name: name(medicine),
            at: at(*last),
            interval: span(*interval).to_string().into(),
        }),
        Because::Worn { taken, at: when, until, .. } => {
            on_your_skin(taken, *when, clock).and(Message::GuardNothingElseOnSkin { until: after(*until) })
        }
        Because::PackDailyLimit { product, taken, most, until } => {
            let (taken, most) = (of_pack(product.unit, *taken), of_pack(product.unit, Count::whole(*most)));
            said(Message::GuardHadInLastDay {
                total: taken.to_string().into(),
                name: product.name.as_str().into(),
            })
            .and(Message::GuardPackMostInDay { most: most.to_string().into() })
            .and(Message::GuardRoomAgain { at: at(*until) })
        }
        Because::DailyLimit { medicine, taken, asked, until } => {
            let amount = |amount| of_unit(medicine.unit, amount).to_string().into();
            said(Message::GuardHadInLastDay { total: amount(*taken), name: name(medicine) })
                .and(Message::GuardOverWithMore { asked: amount(*asked), most: amount(medicine.max_24h) })
                .and(Message::GuardRoomAgain { at: at(*until) })
        }
    }
}

/// A sentence of the book.
fn written(words: Option<&str>) -> Paragraph<'_> {
    words.map(|words| Paragraph::from(Words::from(words))).unwrap_or_default()
}

/// `a, b and c`.
fn and_last(names: &[String]) -> String {
    match names {
        [others @ .., last] if !others.is_empty() => and(list(others, comma), last),
        names => list(names, comma),
    }
}

/// The region has no limits for an ingredient.
pub(super) fn no_dose_here<'g>(ingredient: &str) -> Paragraph<'g> {
    Message::GuardNoDoseHere { name: inside(ingredient) }.into()
}

/// Far too much in a day that is over: help now.
fn overdose<'g>(excess: &Excess<'g>, clock: &Clock) -> Paragraph<'g> {
    had(excess.medicine, excess.total, excess.at, clock).and_all(far_over(excess.medicine, excess.is_on_days))
}

/// What follows far too much of a medicine.
pub(super) fn far_over<'g>(medicine: &Medicine, is_on_days: bool) -> Paragraph<'g> {
    let days = is_on_days.then_some(Message::GuardOnMoreDays);
    Paragraph::from(most(medicine)).and_maybe(days).and(Message::GuardHelpNow)
}

/// What was had in the fullest 24 hours.
fn had<'g>(medicine: &Medicine, total: u32, at: Timestamp, clock: &Clock) -> Paragraph<'g> {
    Message::GuardHadUntil {
        total: of_unit(medicine.unit, total).to_string().into(),
        name: name(medicine),
        at: clock.words(at).into(),
    }
    .into()
}

pub(super) fn most<'g>(medicine: &Medicine) -> Message<'g> {
    Message::GuardMost { most: of_unit(medicine.unit, medicine.max_24h).to_string().into() }
}

/// Too much, by less: a call today. `shuts` is another of the class that is asked about.
pub(super) fn already_over<'g>(
    medicine: &Medicine,
    taken: u32,
    at: Timestamp,
    shuts: Option<&str>,
    clock: &Clock,
) -> Paragraph<'g> {
    if medicine.unit == DoseUnit::Applications {
        return Message::GuardPutOnTooOften {
            total: of_unit(medicine.unit, taken).to_string().into(),
            name: name(medicine),
            most: of_unit(medicine.unit, medicine.max_24h).to_string().into(),
        }
        .into();
    }
    had(medicine, taken, at, clock)
        .and(most(medicine))
        .and_maybe(shuts.map(|other| Message::GuardIsSameKind { name: other.to_owned().into() }))
        .and(Message::GuardCallToday)
        .and(Message::GuardNoMoreBeforeThat)
}

/// More at one time than is counted.
pub(super) fn too_much(medicine: &Medicine, asked: u32, most: u32, pack_allows: bool) -> Paragraph<'_> {
    let name = name(medicine);
    let words = |amount| of_unit(medicine.unit, amount).to_string().into();
    match medicine.most_says.as_deref().filter(|_| asked <= medicine.max_24h) {
        Some(says) => {
            let more = Message::GuardMoreThanWeCount { amount: words(asked), name, most: words(most) };
            Paragraph::from(more).and_all(written(Some(says)))
        }
        None if pack_allows => {
            Message::GuardPackAllowsMore { amount: words(asked), name, most: words(most) }.into()
        }
        None => Paragraph::from(Message::GuardTooMuchAtOnce { amount: words(asked), name })
            .and(Message::GuardMost { most: words(most) }),
    }
}

/// More of a pack at one time than it says itself.
pub(super) fn pack_most(product: &Product, asked: Count, most: u32) -> Paragraph<'_> {
    let (asked, name) = (of_pack(product.unit, asked), product.name.as_str().into());
    Paragraph::from(Message::GuardTooMuchAtOnce { amount: asked.to_string().into(), name })
        .and(pack_says(product, most))
}

pub(super) fn pack_says<'g>(product: &Product, most: u32) -> Message<'g> {
    Message::GuardPackMost { most: of_pack(product.unit, Count::whole(most)).to_string().into() }
}

/// A patch or rub that is still worn.
pub(super) fn on_your_skin<'g>(taken: &str, at: Timestamp, clock: &Clock) -> Paragraph<'g> {
    Message::GuardOnYourSkin { name: taken.to_owned().into(), since: clock.words_after(at).into() }.into()
}
