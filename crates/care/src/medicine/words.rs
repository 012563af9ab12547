//! The reasons of the guard in plain words. How a time is written is up to the caller.

use jiff::{SignedDuration, Timestamp};

use super::after::DoseWarning;
use super::verdict::Because;

impl Because<'_> {
    /// One or two plain sentences; `clock` writes an instant as the person's own clock shows it.
    pub fn sentence(&self, clock: &dyn Fn(Timestamp) -> String) -> String {
        match self {
            Self::Emergency { .. } => {
                "Your answers point to an emergency. Get help now. We give no advice on painkillers here."
                    .to_owned()
            }
            Self::DangerOpen => {
                "The questions on danger signs are not all answered yet. Answer them first.".to_owned()
            }
            Self::NotForBack { medicine } => medicine.not_for_because.clone().unwrap_or_default(),
            Self::Blocked { caution, .. } | Self::Cautioned { caution, .. } => caution.because.clone(),
            Self::Open { caution, .. } => format!("It is not known if this fits you: {}", caution.because),
            Self::TooYoung { medicine } => format!(
                "{} from a shop is for people of {} years and over. A pharmacist can say what fits someone younger.",
                medicine.plain_name(),
                medicine.min_age
            ),
            Self::Child { known: true, .. } => {
                "Under 16 years of age? Ask a pharmacist or doctor before you take it.".to_owned()
            }
            Self::Child { known: false, medicine } => format!(
                "The age is not known. {} from a shop is for people of {} years and over, \
                 and under 16 years a pharmacist or doctor is asked first.",
                medicine.plain_name(),
                medicine.min_age
            ),
            Self::Pregnancy { known: true, .. } => {
                "Pregnant, or gave birth in the last 6 weeks? Ask a midwife, doctor or pharmacist before any painkiller."
                    .to_owned()
            }
            Self::Pregnancy { known: false, .. } => {
                "It is not known if there is a pregnancy. Ask a midwife, doctor or pharmacist first.".to_owned()
            }
            Self::NoLimitsHere { ingredient } => format!(
                "This book has no dose of {} for this country. Ask a pharmacist.",
                lower(ingredient)
            ),
            Self::OtherIngredients { product } => format!(
                "{} also holds {}, which we do not check. Ask a pharmacist if it fits you. \
                 If a doctor gave it to you, take it as the doctor said.",
                product.name,
                and(&product.others)
            ),
            Self::TwoNsaidsInOne { .. } => {
                "This pack holds two painkillers of the same kind. Two at once can make you bleed.".to_owned()
            }
            Self::OtherNsaid { medicine, taken, at, not_before } => format!(
                "You took {} {}. It is the same kind of painkiller as {}, and two of the kind can make you bleed. \
                 Take none before {}.",
                lower(taken),
                clock(*at),
                lower(&medicine.plain_name()),
                clock(*not_before)
            ),
            Self::TooMuchAtOnce { medicine, asked, most } => format!(
                "{} of {} at one time is too much. The most is {}.",
                medicine.unit.words(*asked),
                lower(&medicine.plain_name()),
                medicine.unit.words(*most)
            ),
            Self::AlreadyOver { medicine, taken } => format!(
                "You have had {} of {} in the last 24 hours, and the most is {}. Take no more. \
                 Call a poison line, pharmacist or doctor now, even if you feel well.",
                medicine.unit.words(*taken),
                lower(&medicine.plain_name()),
                medicine.unit.words(medicine.max_24h)
            ),
            Self::TooManyDays { medicine, since } => format!(
                "You have taken {} on most days since {}. After {} days in a row, a pharmacist or doctor should decide.",
                lower(&medicine.plain_name()),
                clock(*since),
                medicine.max_days
            ),
            Self::FutureDose { ingredient, at } => format!(
                "The log has a dose of {} {}, which is still to come. Your clock or that entry is wrong. \
                 Put it right first, so that doses can be told apart.",
                lower(ingredient),
                clock(*at)
            ),
            Self::UnknownInLog { ingredient, at } => format!(
                "You took {ingredient} {}. This book does not know it, so it may be of the same kind.",
                clock(*at)
            ),
            Self::TooSoon { medicine, last, .. } => format!(
                "You took {} {}. Leave at least {} between doses.",
                lower(&medicine.plain_name()),
                clock(*last),
                medicine.interval
            ),
            Self::DailyLimit { medicine, taken, asked, until } => format!(
                "You have had {} of {} in the last 24 hours. With {} more it would be over the most, {} in 24 hours. \
                 There is room for it {}.",
                medicine.unit.words(*taken),
                lower(&medicine.plain_name()),
                medicine.unit.words(*asked),
                medicine.unit.words(medicine.max_24h),
                clock(*until)
            ),
        }
    }
}

impl DoseWarning<'_> {
    /// One or two plain sentences; `clock` writes an instant as the person's own clock shows it.
    pub fn sentence(&self, clock: &dyn Fn(Timestamp) -> String) -> String {
        match self {
            Self::OverDailyLimit { medicine, total } => format!(
                "That makes {} of {} in 24 hours. The most is {}. Take no more of it. \
                 Call a poison line, pharmacist or doctor now, even if you feel well.",
                medicine.unit.words(*total),
                lower(&medicine.plain_name()),
                medicine.unit.words(medicine.max_24h)
            ),
            Self::TooMuchAtOnce { medicine, amount } => format!(
                "{} of {} at one time is more than the pack allows. The most is {}.",
                medicine.unit.words(*amount),
                lower(&medicine.plain_name()),
                medicine.unit.words(medicine.single_most)
            ),
            Self::OtherNsaid { logged, other, at, .. } => format!(
                "{logged} and {} ({}) are the same kind of painkiller. Two of the kind can make you bleed. \
                 Take no more of either for now, and ask a pharmacist. Black or bloody poo, or blood in vomit, \
                 is an emergency.",
                lower(other),
                clock(*at)
            ),
            Self::TooSoon { medicine, other, early_by } => format!(
                "This is {} too close to the dose {}. Leave at least {} between doses of {}.",
                span(*early_by),
                clock(*other),
                medicine.interval,
                lower(&medicine.plain_name())
            ),
            Self::TooManyDays { medicine, since } => format!(
                "You have taken {} on most days since {}. After {} days in a row, ask a pharmacist or doctor.",
                lower(&medicine.plain_name()),
                clock(*since),
                medicine.max_days
            ),
            Self::SameIngredient { ingredient, other, .. } => {
                format!("{other} holds {} too. We count the two together.", lower(ingredient))
            }
            Self::NoLimitsHere { ingredient } => format!(
                "This book has no dose of {} for this country. It is written down, but not checked.",
                lower(ingredient)
            ),
            Self::InFuture => "This dose is in the future. Your clock or the time you gave is wrong. \
                 Until then no dose of the kind is allowed here; put the entry right in the log."
                .to_owned(),
            Self::OutOfOrder { latest } => {
                format!(
                    "A later dose ({}) is in the log already. This one was put in its place.",
                    clock(*latest)
                )
            }
        }
    }
}

/// The first letter small, for the middle of a sentence.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn and(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// Hours and minutes, rounded up to the minute.
pub(super) fn span(length: SignedDuration) -> String {
    let minutes =
        length.as_secs().max(0) / 60 + i64::from(length.as_secs() % 60 > 0 || length.subsec_nanos() > 0);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}
