//! The reasons of the guard in plain words. How a time is written is up to the caller.

use jiff::{SignedDuration, Timestamp};

use super::after::DoseWarning;
use super::verdict::Because;
use crate::book::{DoseUnit, Medicine, Product, unit_words};
use crate::typed::Count;

/// What is said where a dose may be missing in the log.
const LOG_INCOMPLETE: &str = "Part of what was written down is missing or was changed. You may have taken a dose that \
     is not in it. Ask a pharmacist or doctor before you take more, and tell them what you took.";

impl Because<'_> {
    /// One or two plain sentences; `clock` writes an instant as the person's own clock shows it.
    pub fn sentence(&self, clock: &dyn Fn(Timestamp) -> String) -> String {
        without_on(&self.told(clock))
    }

    fn told(&self, clock: &dyn Fn(Timestamp) -> String) -> String {
        match self {
            Self::Emergency { .. } => {
                "Your answers point to an emergency. Get help now. We give no advice on painkillers here."
                    .to_owned()
            }
            Self::Overdose { excess } => overdose_words(excess.medicine, excess.total, excess.is_on_days, Some(clock(excess.at))),
            Self::HelpSoon { words } => words.ask_first_because.clone().unwrap_or_default(),
            Self::DangerOpen => {
                "The questions on danger signs are not all answered yet. Answer them first.".to_owned()
            }
            Self::NotForBack { medicine } => medicine.not_for_because.clone().unwrap_or_default(),
            Self::Blocked { caution, .. } | Self::Cautioned { caution, .. } => caution.because.clone(),
            Self::Open { caution, .. } => format!("It is not known if this fits you: {}", caution.because),
            Self::TooYoung { medicine, min_age } => format!(
                "We give doses of {} for people of {min_age} years and over. A pharmacist can say what fits someone younger.",
                lower(&medicine.plain_name())
            ),
            Self::Child { known: true, .. } => {
                "Under 16 years of age? Ask a pharmacist or doctor before you take it.".to_owned()
            }
            Self::Child { known: false, medicine } => format!(
                "The age is not known. We give doses of {} for people of {} years and over, \
                 and under 16 years a pharmacist or doctor is asked first.",
                lower(&medicine.plain_name()),
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
            Self::NoDose { name, counts_as, .. } => format!(
                "This book has no dose for {}. It counts as {counts_as}. If a doctor gave it to you, take it as \
                 the doctor said. If not, ask a pharmacist first.",
                lower(name)
            ),
            Self::OtherIngredients { product } => format!(
                "{} also holds {}, which we do not check. Ask a pharmacist if it fits you, and say so if you are pregnant or breastfeed. \
                 If a doctor gave it to you, take it as the doctor said.",
                product.name,
                and(&product.others)
            ),
            Self::TwoNsaidsInOne { .. } => {
                "This pack holds two painkillers of the same kind. Two at once can make you bleed.".to_owned()
            }
            Self::OtherNsaid { medicine, asked, taken, may_be_prescribed, at, not_before } => {
                let not_before = medicine.map(|_| clock(*not_before));
                other_nsaid_words(&lower(asked), &lower(taken), *may_be_prescribed, &clock(*at), not_before)
            }
            Self::Uncounted { medicine, taken, at, until } => {
                uncounted_words(medicine, &lower(taken), &clock(*at), &clock(*until))
            }
            Self::TooMuchAtOnce { medicine, asked, most, pack_allows } => {
                too_much_words(medicine, *asked, *most, *pack_allows)
            }
            Self::PackMost { product, asked, most } => pack_most_words(product, *asked, *most),
            Self::AlreadyOver { medicine, taken, at, shuts } => already_over_words(medicine, *taken, &clock(*at), shuts.as_deref()),
            Self::TooManyDays { medicine, since, days } => format!(
                "You have taken {} on most days since {}. After {days} days in a row, a pharmacist or doctor should decide.",
                lower(&medicine.plain_name()),
                clock(*since)
            ),
            Self::FutureDose { ingredient, at } => format!(
                "The log has a dose of {} {}, which is still to come. Your clock or that entry is wrong. \
                 Put it right first, so that doses can be told apart.",
                lower(ingredient),
                clock(*at)
            ),
            Self::LogIncomplete => LOG_INCOMPLETE.to_owned(),
            Self::UnknownInLog { ingredient, at } => format!(
                "You took {ingredient} {}. This book does not know it, so it may be of the same kind.",
                clock(*at)
            ),
            Self::TooSoon { medicine, last, interval, .. } => format!(
                "You took {} {}. Leave at least {} between doses.",
                lower(&medicine.plain_name()),
                clock(*last),
                span(*interval)
            ),
            Self::Worn { taken, at, until, .. } => format!(
                "{taken} is on your skin since {}. Put nothing else on before {}, also if you took it off sooner.",
                clock(*at),
                clock(*until)
            ),
            Self::PackDailyLimit { product, taken, most, until } => {
                pack_daily_words(product, *taken, *most, &clock(*until))
            }
            Self::DailyLimit { medicine, taken, asked, until } => {
                daily_words(medicine, *taken, *asked, &clock(*until))
            }
        }
    }
}

impl DoseWarning<'_> {
    /// One or two plain sentences; `clock` writes an instant as the person's own clock shows it.
    pub fn sentence(&self, clock: &dyn Fn(Timestamp) -> String) -> String {
        without_on(&self.told(clock))
    }

    fn told(&self, clock: &dyn Fn(Timestamp) -> String) -> String {
        match self {
            Self::Overdose { medicine, total, is_on_days } => {
                overdose_words(medicine, *total, *is_on_days, None)
            }
            Self::OverDailyLimit { medicine, total } if medicine.unit == DoseUnit::Applications => format!(
                "That makes {} of {} in 24 hours, and the most is {}. Put on no more today. Ask a pharmacist if your \
                 skin hurts.",
                medicine.unit.words(*total),
                lower(&medicine.plain_name()),
                medicine.unit.words(medicine.max_24h)
            ),
            Self::OverDailyLimit { medicine, total } => format!(
                "That makes {} of {} in 24 hours. The most is {}. Take no more from a shop. Call a poison line or your \
                 doctor today, even if you feel well.",
                medicine.unit.words(*total),
                lower(&medicine.plain_name()),
                medicine.unit.words(medicine.max_24h)
            ),
            Self::StillShut { medicine, total, at } => {
                already_over_words(medicine, *total, &clock(*at), None)
            }
            Self::TooMuchAtOnce { medicine, amount, pack_allows } => {
                too_much_words(medicine, *amount, medicine.single_most, *pack_allows)
            }
            Self::PackMost { product, taken, most } => pack_most_words(product, *taken, *most),
            Self::PackDailyLimit { product, taken, most } => format!(
                "That makes {} of {} in 24 hours. The pack says {} at most. Take no more of it for now.",
                unit_words(&product.unit, *taken),
                product.name,
                unit_words(&product.unit, Count::whole(*most))
            ),
            Self::OtherNsaid { logged, other, may_be_prescribed, at, .. } => {
                let then = if *may_be_prescribed {
                    "Take no more of the shop one for now, and ask a pharmacist. If a doctor gave you one of them, take \
                     that one as the doctor said."
                } else {
                    "Take no more of either for now, and ask a pharmacist."
                };
                format!(
                    "{logged} and {} ({}) are the same kind of painkiller. Two of the kind can make you bleed. {then} \
                     Black or bloody poo, or blood in vomit, is an emergency.",
                    lower(other),
                    clock(*at)
                )
            }
            Self::TooSoon { medicine, other, interval, early_by } => format!(
                "This is {} too close to the dose {}. Leave at least {} between doses of {}.",
                span(*early_by),
                clock(*other),
                span(*interval),
                lower(&medicine.plain_name())
            ),
            Self::TooManyDays { medicine, since, days } => format!(
                "You have taken {} on most days since {}. After {days} days in a row, ask a pharmacist or doctor.",
                lower(&medicine.plain_name()),
                clock(*since)
            ),
            Self::Worn { other, at, .. } => format!(
                "{other} is on your skin since {}. Wear one at a time: take one of the two off.",
                clock(*at)
            ),
            Self::NoDose { name, counts_as, until, .. } => format!(
                "This book has no dose for {}. It counts as {counts_as}. Take no other of the kind from a shop before {}. \
                 If a doctor gave it to you, take it as the doctor said.",
                lower(name),
                clock(*until)
            ),
            Self::ManyDoses { name, total, .. } => format!(
                "That makes {total} doses of {} in 24 hours, which is too many. This can harm you, even if you feel \
                 well. Get help now. Take no more of it, and nothing of its kind, until a doctor has said that you may.",
                lower(name)
            ),
            Self::TimeUnknown => {
                "You do not know when you took it. So we count it as taken now, to be safe.".to_owned()
            }
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

/// Two of a kind. Without a time the one asked about has no limits here, and may be from a doctor.
fn other_nsaid_words(
    asked: &str,
    taken: &str,
    may_be_prescribed: bool,
    at: &str,
    not_before: Option<String>,
) -> String {
    let then = not_before.map_or_else(
        || "Ask a doctor or pharmacist before you take both.".to_owned(),
        |not_before| format!("Take no {asked} before {not_before}."),
    );
    let keep = if may_be_prescribed {
        format!(" If a doctor gave you the {taken}, take that as the doctor said.")
    } else {
        String::new()
    };
    format!(
        "You took {taken} {at}. It is the same kind of painkiller as {asked}, and two of the kind can make you bleed. \
         {then}{keep}"
    )
}

/// Something of its kind was taken, and nobody knows how much it held.
fn uncounted_words(medicine: &Medicine, taken: &str, at: &str, until: &str) -> String {
    format!(
        "You took {taken} {at}. It counts as {}, and we do not know how much it held. Ask a pharmacist before {until}. \
         If a doctor gave it to you, take it as the doctor said.",
        lower(&medicine.plain_name())
    )
}

/// Far too much: help now. `when` is `None` for what was just written down.
fn overdose_words(medicine: &Medicine, total: u32, is_on_days: bool, when: Option<String>) -> String {
    let (total, name) = (medicine.unit.words(total), lower(&medicine.plain_name()));
    let had = when.map_or_else(
        || format!("That makes {total} of {name} in 24 hours."),
        |when| format!("You had {total} of {name} in the 24 hours that end {when}."),
    );
    let most = medicine.unit.words(medicine.max_24h);
    let days = if is_on_days { " That was too much on more than one day." } else { "" };
    format!(
        "{had} The most is {most}.{days} This can harm you, even if you feel well. Get help now. Take no more of it \
         until a doctor has said that you may."
    )
}

/// Too much, by less: a call today. `shuts` is another of the class that is asked about.
fn already_over_words(medicine: &Medicine, taken: u32, at: &str, shuts: Option<&str>) -> String {
    let name = lower(&medicine.plain_name());
    let (had, most) = (medicine.unit.words(taken), medicine.unit.words(medicine.max_24h));
    if medicine.unit == DoseUnit::Applications {
        return format!(
            "You have put on {had} of {name} in the last 24 hours, and the most is {most}. Put on no more today."
        );
    }
    let kind = shuts.map(|other| format!(" {other} is the same kind.")).unwrap_or_default();
    format!(
        "You had {had} of {name} in the 24 hours that end {at}. The most is {most}.{kind} Call a poison line or your doctor \
         today, even if you feel well. Take no more from a shop before that."
    )
}

fn too_much_words(medicine: &Medicine, asked: u32, most: u32, pack_allows: bool) -> String {
    let name = lower(&medicine.plain_name());
    let (asked_words, most_words) = (medicine.unit.words(asked), medicine.unit.words(most));
    let label = medicine.most_says.as_ref().filter(|_| asked <= medicine.max_24h);
    match label {
        Some(says) => format!(
            "{asked_words} of {name} at one time is more than we count. The most here is {most_words}. {says}"
        ),
        None if pack_allows => format!(
            "The pack allows {asked_words} of {name} at one time. We count {most_words} at most, to be safe with other \
             packs. Ask a pharmacist before you take more."
        ),
        None => format!("{asked_words} of {name} at one time is too much. The most is {most_words}."),
    }
}

/// The limit of 24 hours, and when there is room.
fn daily_words(medicine: &Medicine, taken: u32, asked: u32, until: &str) -> String {
    let (taken, asked) = (medicine.unit.words(taken), medicine.unit.words(asked));
    let (name, most) = (lower(&medicine.plain_name()), medicine.unit.words(medicine.max_24h));
    format!(
        "You have had {taken} of {name} in the last 24 hours. With {asked} more it would be over the most, {most} in \
         24 hours. There is room for it {until}."
    )
}

/// The same of a pack.
fn pack_daily_words(product: &Product, taken: Count, most: u32, until: &str) -> String {
    let (taken, most) = (unit_words(&product.unit, taken), unit_words(&product.unit, Count::whole(most)));
    format!(
        "You have had {taken} of {} in the last 24 hours. The pack says {most} in 24 hours at most. There is room for \
         it {until}.",
        product.name
    )
}

fn pack_most_words(product: &Product, asked: Count, most: u32) -> String {
    format!(
        "{} of {} at one time is too much. The pack says {} at most.",
        unit_words(&product.unit, asked),
        product.name,
        unit_words(&product.unit, Count::whole(most))
    )
}

/// A time of another day begins with "on", which goes after "before", "since" and "until".
pub(super) fn without_on(sentence: &str) -> String {
    let mut tidy = sentence.to_owned();
    for word in ["before", "since", "until"] {
        tidy = tidy.replace(&format!("{word} on "), &format!("{word} "));
    }
    tidy
}

/// The first letter small, for the middle of a sentence.
pub(super) fn lower(name: &str) -> String {
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
