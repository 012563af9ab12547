//! What to tell about a dose: the same words in the terminal and on a page.

use jiff::{SignedDuration, Timestamp};

use super::course::PackCourse;
use super::dose::Dose;
use super::limits::Limited;
use super::log::DoseLog;
use super::named::{medicine_for, product_with};
use super::shelf::Found;
use super::standing::{Standing, counted_doses, standings};
use super::verdict::{Because, DoseLevel, DoseVerdict};
use super::words::{lower, span, without_on};
use crate::book::{DoseUnit, SourceId, unit_words};
use crate::clock::Clock;
use crate::decision::guideline::Guideline;
use crate::typed::Count;

/// A sentence and where it is taken from; no sources where it is about the log itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// One or two plain sentences.
    pub text: String,
    /// Where they are taken from.
    pub sources: Vec<SourceId>,
}

/// What speaks against a dose, sorted for a reader. Each sentence stands once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Why {
    /// What decides.
    pub decisive: Vec<Told>,
    /// Where something must be asked first: cautions that are not settled.
    pub open: Vec<Told>,
    /// What speaks against it as well, but less.
    pub also: Vec<Told>,
    /// More was taken, or asked about, than is allowed, so the poison line belongs on the page.
    pub is_over: bool,
    /// So much that help is needed now, and the line for a crisis belongs there too.
    pub is_overdose: bool,
}

impl DoseVerdict<'_> {
    /// The verdict in a few words: `Not yet. Wait until today at 18:00`.
    pub fn heading(&self, clock: &Clock) -> String {
        match self {
            Self::Daily { medicine } => format!("Your daily {}", lower(&medicine.plain_name())),
            Self::Allowed { .. } => "Yes, you may take it now".to_owned(),
            Self::Wait { until, .. } => without_on(&format!("Not yet. Wait until {}", clock.words(*until))),
            Self::AskFirst { not_before: Some(at), .. } => {
                without_on(&format!("Not before {}, and ask a pharmacist first", clock.words(*at)))
            }
            Self::AskFirst { not_before: None, .. } => "Ask a pharmacist or doctor first".to_owned(),
            Self::Never { .. } if self.is_emergency() => "Get help now".to_owned(),
            Self::Never { .. } => "No, do not take it".to_owned(),
        }
    }

    /// How much and for how long, where it is allowed.
    pub fn then(&self, found: &Found<'_>, clock: &Clock) -> Option<String> {
        match self {
            Self::Daily { medicine } => medicine.daily.as_ref().map(|daily| daily.says.clone()),
            Self::Allowed { up_to, next } => Some(without_on(&format!(
                "At most {} now. Then no more before {}.",
                found.amount_words(*up_to),
                clock.words(*next)
            ))),
            _ => None,
        }
    }

    /// Whether limits belong beside the verdict: not beside a plain no, where they would
    /// read like a dose, unless something was taken that counts.
    pub fn shows(&self, counts: &CountsTogether) -> bool {
        self.level() < DoseLevel::Never || !counts.doses.is_empty()
    }

    /// Whether the person needs help and no painkiller.
    pub fn is_emergency(&self) -> bool {
        self.because()
            .iter()
            .any(|because| matches!(because, Because::Emergency { .. } | Because::Overdose { .. }))
    }

    /// The ingredient that a clinician must clear before it may be taken again.
    pub fn to_clear(&self) -> Option<&str> {
        self.because().iter().find_map(|because| match because {
            Because::Overdose { excess } => Some(excess.medicine.ingredient.as_str()),
            Because::AlreadyOver { medicine, .. } if medicine.unit == DoseUnit::Milligrams => {
                Some(medicine.ingredient.as_str())
            }
            _ => None,
        })
    }

    /// Whether nothing that is known speaks against it more than time does: only
    /// what was not answered yet, or not surely.
    pub fn waits_for_answers(&self) -> bool {
        let is_open = |because: &Because<'_>| {
            matches!(
                because,
                Because::Open { .. }
                    | Because::DangerOpen
                    | Because::Child { known: false, .. }
                    | Because::Pregnancy { known: false, .. }
            )
        };
        let mut asks = self.because().iter().filter(|because| because.level() == DoseLevel::AskFirst);
        self.level() == DoseLevel::AskFirst && asks.all(is_open)
    }

    /// Why not, what decides first.
    pub fn why(&self, guideline: &Guideline, clock: &Clock) -> Why {
        let mut why = Why::default();
        let Some(decisive) = self.because().first().map(Because::level) else { return why };
        let mut said: Vec<String> = Vec::new();
        let mut tell = |because: &Because<'_>, lines: &mut Vec<Told>| {
            let text = because.sentence(&|at| clock.words(at));
            if !said.contains(&text) {
                said.push(text.clone());
                lines.push(Told { text, sources: because.sources(guideline) });
            }
        };
        let (open, known): (Vec<&Because<'_>>, Vec<&Because<'_>>) =
            self.because().iter().partition(|because| matches!(because, Because::Open { .. }));
        for because in known.iter().filter(|because| because.level() == decisive) {
            tell(because, &mut why.decisive);
        }
        if decisive == DoseLevel::AskFirst {
            for because in open {
                tell(because, &mut why.open);
            }
        }
        for because in known.iter().filter(|because| because.level() < decisive) {
            tell(because, &mut why.also);
        }
        why.is_overdose = self.because().iter().any(Because::is_far_over);
        let is_over = |because: &Because<'_>| matches!(because, Because::AlreadyOver { .. });
        why.is_over = why.is_overdose || self.because().iter().any(is_over);
        why
    }
}

/// An ingredient with its limits, and the doses that count towards them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountsTogether {
    /// What was had of it, and its limits.
    pub told: Told,
    /// Each dose of the last 24 hours with its pack.
    pub doses: Vec<String>,
}

/// What counts together with a dose: each ingredient of it, over all packs.
pub fn counts_together(
    guideline: &Guideline,
    region: &str,
    log: &DoseLog,
    dose: &Dose,
    clock: &Clock,
) -> Vec<CountsTogether> {
    let standings = standings(guideline, region, log, clock.now());
    let of_ingredient = |limited: Limited<'_>| {
        let medicine = limited.medicine;
        let taken = standings.iter().find(|standing| standing.ingredient == medicine.ingredient);
        let words = |amount| medicine.unit.words(amount);
        let text = format!(
            "{}: you had {} in the last 24 hours. The most is {} in 24 hours, {} at one time, {} apart, \
             for {} days.",
            medicine.plain_name(),
            words(taken.map_or(0, |standing| standing.total_24h)),
            words(medicine.max_24h),
            words(limited.most),
            span(limited.interval()),
            limited.max_days()
        );
        let doses = counted_doses(guideline, log, &medicine.ingredient, clock.now());
        CountsTogether {
            told: Told { text, sources: limited.sources() },
            doses: doses
                .iter()
                .map(|dose| {
                    let when = when_words(clock, dose.at, dose.is_time_known);
                    format!("{when}: {}, {}", dose.pack(), words(dose.amount))
                })
                .collect(),
        }
    };
    let ingredients = Limited::all(guideline, region, dose).map(of_ingredient);
    ingredients.chain(of_the_pack(guideline, log, dose, clock)).collect()
}

/// What the pack itself says, where it says anything.
fn of_the_pack(guideline: &Guideline, log: &DoseLog, dose: &Dose, clock: &Clock) -> Option<CountsTogether> {
    let product = dose.product().and_then(|id| product_with(guideline, id))?;
    let limits = product.limits_words();
    if limits.is_empty() {
        return None;
    }
    let had = Count::from_hundredths(PackCourse::of(log, product).total(clock.now()));
    let had = unit_words(&product.unit, had);
    let text = format!("The pack of {} says: {limits}. You had {had} in the last 24 hours.", product.name);
    Some(CountsTogether { told: Told { text, sources: product.limit_sources() }, doses: Vec::new() })
}

/// When a dose was taken, or that nobody knows.
pub fn when_words(clock: &Clock, at: jiff::Timestamp, is_time_known: bool) -> String {
    if is_time_known { clock.words(at) } else { format!("time not known, counted as {}", clock.words(at)) }
}

/// What people get wrong about a pack, or about a medicine without doses.
pub fn note_on(found: &Found<'_>) -> Option<Told> {
    let (note, sources) = match found {
        Found::Product(product) => (&product.note, &product.sources),
        Found::Other(other) => (&other.note, &other.sources),
        Found::Ingredient(_) => return None,
    };
    note.clone().map(|text| Told { text, sources: sources.clone() })
}

/// What to keep in mind with a dose, each line once.
pub fn keep_in_mind(guideline: &Guideline, region: &str, dose: &Dose) -> Vec<Told> {
    let mut lines: Vec<Told> = Vec::new();
    for (ingredient, _) in dose.per_unit() {
        let Some(medicine) = medicine_for(guideline, region, ingredient) else { continue };
        for text in &medicine.warn {
            if !lines.iter().any(|line| line.text == *text) {
                lines.push(Told { text: text.clone(), sources: vec![medicine.label_source] });
            }
        }
    }
    lines
}

/// Where one ingredient stands, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandingTold {
    /// When the next dose is, by time and amount: `the next 400 mg may be taken now`. No full stop.
    pub next: String,
    /// The total of 24 hours and what is left of it. No full stop.
    pub total: Option<Told>,
    /// What else holds.
    pub notes: Vec<String>,
    /// The log cannot be relied on: a dose in it is still to come.
    pub is_wrong: bool,
    /// More than is allowed was taken, so the poison line belongs on the page.
    pub is_over: bool,
    /// So much that help is needed now.
    pub is_overdose: bool,
    /// The ingredient that a clinician must clear before it may be taken again.
    pub to_clear: Option<String>,
}

impl Standing<'_> {
    /// In words.
    pub fn told(&self, clock: &Clock) -> StandingTold {
        let mut told = StandingTold {
            next: String::new(),
            total: None,
            notes: Vec::new(),
            is_wrong: false,
            is_over: false,
            is_overdose: false,
            to_clear: self.shut_by.as_ref().map(|excess| excess.medicine.ingredient.clone()),
        };
        if let Some(at) = self.in_future {
            told.is_wrong = true;
            told.next = format!(
                "the log has a dose {}, which is still to come. Put your clock or that entry right first",
                clock.words(at)
            );
            return told;
        }
        if let Some(at) = self.no_other_nsaid_before {
            let words = format!("No other painkiller of this kind before {}.", clock.words(at));
            told.notes.push(without_on(&words));
        }
        if let Some(counts_as) = &self.counts_as {
            told.next = format!(
                "this book has no dose of it. It counts as {counts_as}. If a doctor gave it to you, take it as \
                 the doctor said"
            );
            return told;
        }
        let Some(medicine) = self.medicine else {
            "the book has no dose of it for this country. Ask a pharmacist".clone_into(&mut told.next);
            return told;
        };
        let words = |amount| medicine.unit.words(amount);
        if let Some(daily) = medicine.daily.as_ref().filter(|_| self.is_daily) {
            daily.says.trim_end_matches('.').clone_into(&mut told.next);
            return told;
        }
        let own = self.shut_by.as_ref().filter(|excess| excess.medicine.ingredient == medicine.ingredient);
        told.is_overdose = own.is_some_and(|excess| excess.is_overdose);
        let is_on_skin = medicine.unit == DoseUnit::Applications;
        told.is_over = own.is_some() || is_on_skin && self.total_24h > medicine.max_24h;
        told.next = match (&self.shut_by, self.next) {
            (Some(excess), _) if own.is_none() => format!(
                "take none of it. You had too much {}, which is the same kind",
                lower(&excess.medicine.plain_name())
            ),
            (Some(excess), _) if excess.is_overdose => format!(
                "take no more of it. You had {} in 24 hours, which can harm you. Get help now, even if you feel well",
                words(excess.total)
            ),
            (Some(excess), _) => format!(
                "take no more of it from a shop. You had {} in 24 hours, and the most is {}. Call a poison line or \
                 your doctor today",
                words(excess.total),
                words(medicine.max_24h)
            ),
            (None, _) if told.is_over => "put no more of it on today. Ask a pharmacist".to_owned(),
            (None, None) if self.lacks_doses && medicine.not_for_because.is_none() => {
                "ask a pharmacist first. A dose may be missing in what was written down".to_owned()
            }
            (None, None) => "not for your back: ask a pharmacist".to_owned(),
            (None, Some(at)) if at <= clock.now() => {
                format!("the next {} may be taken now", words(medicine.single_usual))
            }
            (None, Some(at)) => format!("the next {} {}", words(medicine.single_usual), clock.words(at)),
        };
        if own.is_some() {
            return told;
        }
        let left = medicine.max_24h.saturating_sub(self.total_24h);
        told.total = Some(Told {
            text: format!(
                "You had {} of {} in the last 24 hours, so {} is left",
                words(self.total_24h),
                words(medicine.max_24h),
                words(left)
            ),
            sources: vec![medicine.label_source],
        });
        if self.too_long_since.is_some() {
            told.notes.push(format!(
                "{} days in a row are used up. Ask a pharmacist or doctor first.",
                medicine.max_days
            ));
        } else if self.day_in_a_row > 1 {
            told.notes.push(format!(
                "Day {} in a row. After {} days, ask a pharmacist or doctor.",
                self.day_in_a_row, medicine.max_days
            ));
        }
        told
    }
}

/// How long it is until then, up to the minute: `2 h 13 min`; `None` once it has come.
pub fn time_left(now: Timestamp, until: Timestamp) -> Option<String> {
    let left = until.duration_since(now);
    (left > SignedDuration::ZERO).then(|| span(left))
}
