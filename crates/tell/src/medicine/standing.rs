//! Where one painkiller stands.

use care::medicine::{Excess, Standing};
use care::{Because, DoseLevel, DoseUnit, DoseVerdict, Guideline, Medicine};

use super::amount::of_unit;
use super::verdict::why;
use super::{Told, kind, name};
use crate::clock::Clock;
use crate::line::Words;
use crate::message::Message;

/// Where one ingredient stands, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingTold<'g> {
    /// When the next dose is, by time and amount: `the next 400 mg may be taken now`. No full stop.
    pub next: Words<'g>,
    /// The total of 24 hours and what is left of it. No full stop.
    pub total: Option<Told<'g>>,
    /// What speaks against the next dose, where that is never, or to ask first.
    pub against: Vec<Told<'g>>,
    /// What else holds.
    pub notes: Vec<Message<'g>>,
    /// The log cannot be relied on: a dose in it is still to come.
    pub is_wrong: bool,
    /// More than is allowed was taken, so the poison line belongs on the page.
    pub is_over: bool,
    /// So much that help is needed now.
    pub is_overdose: bool,
    /// The ingredient that a clinician must clear before it may be taken again.
    pub to_clear: Option<String>,
}

/// Where an ingredient of the log stands.
pub fn standing<'g>(guideline: &'g Guideline, standing: &Standing<'g>, clock: &Clock) -> StandingTold<'g> {
    let mut told = StandingTold {
        next: Message::NextNoDoseHere.into(),
        total: None,
        against: Vec::new(),
        notes: Vec::new(),
        is_wrong: false,
        is_over: false,
        is_overdose: false,
        to_clear: standing.shut_by.as_ref().map(|excess| excess.medicine.ingredient.clone()),
    };
    if let Some(at) = standing.in_future {
        told.is_wrong = true;
        told.next = Message::NextInFuture { at: clock.words(at).into() }.into();
        return told;
    }
    let no_other = standing.no_other_nsaid_before;
    told.notes.extend(no_other.map(|at| Message::NextNoOtherOfKind { until: clock.words_after(at).into() }));
    if let Some(class) = standing.counts_as {
        told.next = Message::NextNoDose { kind: kind(guideline, class) }.into();
        return told;
    }
    let Some(medicine) = standing.medicine else { return told };
    if let Some(daily) = medicine.daily.as_ref().filter(|_| standing.is_daily) {
        told.next = daily.says.trim_end_matches('.').into();
        return told;
    }
    let own = standing.shut_by.as_ref().filter(|excess| excess.medicine.ingredient == medicine.ingredient);
    told.is_overdose = own.is_some_and(|excess| excess.is_overdose);
    let is_on_skin = medicine.unit == DoseUnit::Applications;
    told.is_over = own.is_some() || is_on_skin && standing.total_24h > medicine.max_24h;
    told.next = next(standing, medicine, own, told.is_over, clock).into();
    if own.is_some() {
        return told;
    }
    if let Some(verdict) = &standing.verdict {
        match against(standing, verdict, clock) {
            Some(next) => {
                told.next = next.into();
                told.against = why(guideline, verdict, clock).decisive;
            }
            None if verdict.level() == DoseLevel::AskFirst => told.notes.push(Message::NextNotChecked),
            None => {}
        }
    }
    let words = |amount| of_unit(medicine.unit, amount).to_string().into();
    let total = Message::NextTotal {
        had: words(standing.total_24h),
        most: words(medicine.max_24h),
        left: words(medicine.max_24h.saturating_sub(standing.total_24h)),
    };
    told.total = Some(Told { text: total.into(), sources: vec![medicine.label_source] });
    let days = medicine.max_days.into();
    if standing.too_long_since.is_some() {
        told.notes.push(Message::NextDaysUsedUp { days });
    } else if standing.day_in_a_row > 1 {
        told.notes.push(Message::NextDayInARow { day: standing.day_in_a_row.into(), days });
    }
    told
}

/// What is said in the place of a next dose that is not for the person, or that they should ask
/// about; nothing where only answers are missing.
fn against(standing: &Standing<'_>, verdict: &DoseVerdict<'_>, clock: &Clock) -> Option<Message<'static>> {
    let is_against =
        |because: &Because<'_>| because.level() == DoseLevel::AskFirst && !because.is_unanswered();
    match verdict {
        DoseVerdict::Never { .. } => Some(Message::NextNotSafe),
        DoseVerdict::AskFirst { because, .. } if because.iter().any(is_against) => {
            Some(match standing.next.filter(|at| clock.now() < *at) {
                Some(at) => Message::NextAskAndNotBefore { at: clock.words(at).into() },
                None => Message::NextAsk,
            })
        }
        _ => None,
    }
}

/// What is said everywhere while help is needed for an overdose.
pub fn overdosed(excess: &Excess<'_>) -> Message<'static> {
    let total = of_unit(excess.medicine.unit, excess.total).to_string().into();
    Message::Overdosed { total, name: name(excess.medicine) }
}

/// When the next dose is, or why there is none. `own` is the excess of the ingredient itself.
fn next(
    standing: &Standing<'_>,
    medicine: &Medicine,
    own: Option<&Excess<'_>>,
    is_over: bool,
    clock: &Clock,
) -> Message<'static> {
    let words = |amount| of_unit(medicine.unit, amount).to_string().into();
    let usual = words(medicine.single_usual);
    match (&standing.shut_by, standing.next) {
        (Some(excess), _) if own.is_none() => Message::NextSameKindTooMuch { name: name(excess.medicine) },
        (Some(excess), _) if excess.is_overdose => Message::NextHelpNow { total: words(excess.total) },
        (Some(excess), _) => {
            Message::NextCallToday { total: words(excess.total), most: words(medicine.max_24h) }
        }
        (None, _) if is_over => Message::NextNoMoreOnSkin,
        (None, None) if standing.lacks_doses && medicine.not_for_because.is_none() => {
            Message::NextLogIncomplete
        }
        (None, None) => Message::NextNotForBack,
        (None, Some(at)) if at <= clock.now() => Message::NextNow { amount: usual },
        (None, Some(at)) => Message::NextAt { amount: usual, at: clock.words(at).into() },
    }
}
