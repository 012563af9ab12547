//! The guard: may this dose be taken now?

use jiff::Timestamp;

use super::course::{Course, DAY, earlier, later};
use super::dose::Dose;
use super::log::{DoseLog, Taken};
use super::types::{Medicine, MedicineClass, class_of, medicine_for, name_of};
use super::verdict::{Because, DoseLevel, DoseVerdict};
use crate::answers::{Answer, Answers};
use crate::condition::Condition;
use crate::guideline::{FindingId, Guideline, findings_in};
use crate::interview::{Ask, Step, next, next_about};
use crate::reasons::reasons;
use crate::state::State;
use crate::urgency::Urgency;

/// Below this age no painkiller is advised without a clinician.
const ADULT_FROM: i64 = 16;

/// Whether a dose may be taken now, by a person with these answers and this log.
///
/// Limits hold for each ingredient over all packs, as `region` (`us` or `uk`) has
/// them. What is not known is never taken as no: an unanswered or unsure caution,
/// an ingredient without limits, a dose in the future all mean "ask first".
/// The daily limit, the pause and the pause between two anti-inflammatories are
/// over time that has passed between the instants of the log.
///
/// A finding `age` and a finding `pregnancy`, where the book has them, are read by
/// name: under 16 and in pregnancy nothing is allowed without a clinician.
pub fn may_take<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    dose: &Dose,
    answers: &Answers,
    now: Timestamp,
) -> DoseVerdict<'g> {
    let state = State::of(guideline, answers);
    if state.bounds().lower == Urgency::Emergency {
        return DoseVerdict::Never { because: vec![Because::Emergency { reasons: reasons(&state) }] };
    }
    let guard = Guard { guideline, region, log, dose, state, now };
    let mut because = guard.about_person();
    because.extend(guard.about_pack());
    because.extend(guard.about_log());
    because.extend(guard.about_limits());
    // What decides comes first; within a level the order of finding stays.
    because.sort_by_key(|reason| std::cmp::Reverse(reason.level()));
    match because.first().map(Because::level) {
        Some(DoseLevel::Never) => DoseVerdict::Never { because },
        Some(DoseLevel::AskFirst) => DoseVerdict::AskFirst { because },
        Some(DoseLevel::Wait) => guard.wait(because),
        Some(DoseLevel::Allowed) | None => DoseVerdict::Allowed { up_to: guard.up_to(), next: guard.next() },
    }
}

/// The conditions that a dose depends on, for [`crate::next_about`].
pub fn conditions_of<'g>(guideline: &'g Guideline, region: &str, dose: &Dose) -> Vec<&'g Condition> {
    dose.per_unit()
        .iter()
        .filter_map(|(ingredient, _)| medicine_for(guideline, region, ingredient))
        .flat_map(|medicine| medicine.block.iter().chain(&medicine.ask_first))
        .map(|caution| &caution.condition)
        .collect()
}

/// The most units of a pack that may be taken now, where this dose of it is too
/// much or too soon; `None` where it is allowed as it is, must be asked about
/// first, or is not of a pack.
pub fn less_now(
    guideline: &Guideline,
    region: &str,
    log: &DoseLog,
    dose: &Dose,
    answers: &Answers,
    now: Timestamp,
) -> Option<u32> {
    let verdict_on = |dose: &Dose| may_take(guideline, region, log, dose, answers, now);
    if matches!(verdict_on(dose), DoseVerdict::Allowed { .. } | DoseVerdict::AskFirst { .. }) {
        return None;
    }
    let product = guideline.book().products.iter().find(|product| Some(&*product.id) == dose.product())?;
    let is_allowed = |units: &u32| {
        Dose::of_product(product, *units)
            .is_ok_and(|less| matches!(verdict_on(&less), DoseVerdict::Allowed { .. }))
    };
    (1..dose.units()).rev().find(is_allowed)
}

/// What to ask next about a dose: danger signs while an emergency is possible,
/// then what the dose depends on. `None` once nothing that is open matters.
pub fn next_question(guideline: &Guideline, region: &str, dose: &Dose, answers: &Answers) -> Option<Ask> {
    let bounds = State::of(guideline, answers).bounds();
    if bounds.lower == Urgency::Emergency {
        return None;
    }
    if bounds.upper == Urgency::Emergency
        && let Step::Ask(ask) = next(guideline, answers)
    {
        return Some(ask);
    }
    next_about(guideline, answers, conditions_of(guideline, region, dose))
}

struct Guard<'g, 'a> {
    guideline: &'g Guideline,
    region: &'a str,
    log: &'a DoseLog,
    dose: &'a Dose,
    state: State<'g>,
    now: Timestamp,
}

impl<'g> Guard<'g, '_> {
    /// Each ingredient that has limits here, with how much of it is asked for.
    fn medicines(&self) -> impl Iterator<Item = (&'g Medicine, u32)> {
        let (guideline, region) = (self.guideline, self.region);
        self.dose.amounts().filter_map(move |(ingredient, amount)| {
            medicine_for(guideline, region, ingredient).map(|medicine| (medicine, amount))
        })
    }

    fn about_person(&self) -> Vec<Because<'g>> {
        let mut because = Vec::new();
        if self.state.bounds().upper == Urgency::Emergency {
            because.push(Because::DangerOpen);
        }
        for (medicine, _) in self.medicines() {
            if medicine.not_for_because.is_some() {
                because.push(Because::NotForBack { medicine });
            }
            because.extend(self.age(medicine));
            because.extend(self.pregnancy(medicine));
            because.extend(self.cautions(medicine));
        }
        because
    }

    fn age(&self, medicine: &'g Medicine) -> Option<Because<'g>> {
        let age = self.guideline.finding_named("age").and_then(|age| self.state.answers().get(age));
        match age {
            Some(Answer::Number(age)) if age < i64::from(medicine.min_age) => {
                Some(Because::TooYoung { medicine })
            }
            Some(Answer::Number(age)) if age < ADULT_FROM => Some(Because::Child { medicine, known: true }),
            Some(Answer::Number(_)) => None,
            _ => Some(Because::Child { medicine, known: false }),
        }
    }

    fn pregnancy(&self, medicine: &'g Medicine) -> Option<Because<'g>> {
        let pregnancy = self.guideline.finding_named("pregnancy")?;
        match self.state.answers().get(pregnancy) {
            Some(Answer::No) => None,
            None if self.state.not_applicable(pregnancy) => None,
            Some(Answer::Yes) => Some(Because::Pregnancy { medicine, known: true }),
            _ => Some(Because::Pregnancy { medicine, known: false }),
        }
    }

    fn cautions(&self, medicine: &'g Medicine) -> Vec<Because<'g>> {
        let blocks = medicine.block.iter().map(|caution| (caution, true));
        let asks = medicine.ask_first.iter().map(|caution| (caution, false));
        blocks
            .chain(asks)
            .filter_map(|(caution, blocks)| {
                let outlook = self.state.condition(&caution.condition);
                if outlook.is_false {
                    None
                } else if outlook.is_true && blocks {
                    Some(Because::Blocked { medicine, caution })
                } else if outlook.is_true {
                    Some(Because::Cautioned { medicine, caution })
                } else {
                    let findings = self.unknown_in(&caution.condition);
                    Some(Because::Open { medicine, caution, blocks, findings })
                }
            })
            .collect()
    }

    /// What of a condition is unanswered or not sure.
    fn unknown_in(&self, condition: &Condition) -> Vec<FindingId> {
        let mut findings = Vec::new();
        findings_in(self.guideline.book(), condition, &mut findings);
        findings.retain(|finding| {
            matches!(self.state.answers().get(*finding), None | Some(Answer::NotSure))
                && !self.state.not_applicable(*finding)
        });
        findings
    }

    fn about_pack(&self) -> Vec<Because<'g>> {
        let mut because = Vec::new();
        for (ingredient, _) in self.dose.per_unit() {
            if medicine_for(self.guideline, self.region, ingredient).is_none() {
                let ingredient = name_of(self.guideline, self.region, ingredient);
                because.push(Because::NoLimitsHere { ingredient });
            }
        }
        let product =
            self.guideline.book().products.iter().find(|product| Some(&*product.id) == self.dose.product());
        if let Some(product) = product.filter(|_| !self.dose.others().is_empty()) {
            because.push(Because::OtherIngredients { product });
        }
        let mut nsaids = self.medicines().filter(|(medicine, _)| medicine.class.is_nsaid());
        if let (Some(_), Some((medicine, _))) = (nsaids.next(), nsaids.next()) {
            because.push(Because::TwoNsaidsInOne { medicine });
        }
        because
    }

    /// What the log says of other anti-inflammatories, and where it cannot be relied on.
    fn about_log(&self) -> Vec<Because<'g>> {
        let mut because = Vec::new();
        let nsaid = self.medicines().map(|(medicine, _)| medicine).find(|medicine| medicine.class.is_nsaid());
        let since = earlier(self.now, DAY);
        for ingredient in self.log.ingredients() {
            let class = class_of(self.guideline, ingredient);
            let asked_for = self.dose.per_unit().iter().any(|(asked, _)| asked == ingredient);
            let another_nsaid = nsaid.filter(|_| !asked_for && class.is_none_or(MedicineClass::is_nsaid));
            if !asked_for && another_nsaid.is_none() {
                continue;
            }
            let course = Course::of(self.log, ingredient);
            if let Some((at, _)) = course.next(self.now) {
                let ingredient = name_of(self.guideline, self.region, ingredient);
                because.push(Because::FutureDose { ingredient, at });
            }
            let (Some(medicine), Some((at, _))) = (another_nsaid, course.last(self.now)) else { continue };
            if at > since {
                because.push(match class {
                    Some(_) => Because::OtherNsaid {
                        medicine,
                        taken: name_of(self.guideline, self.region, ingredient),
                        at,
                        not_before: later(at, DAY),
                    },
                    None => Because::UnknownInLog { ingredient: ingredient.to_owned(), at },
                });
            }
        }
        because
    }

    fn about_limits(&self) -> Vec<Because<'g>> {
        let mut because = Vec::new();
        for (medicine, asked) in self.medicines() {
            let course = Course::of(self.log, &medicine.ingredient);
            let most = medicine.single_most.min(medicine.max_24h);
            if asked > most {
                because.push(Because::TooMuchAtOnce { medicine, asked, most });
            }
            let taken = course.total(self.now);
            if taken > medicine.max_24h {
                because.push(Because::AlreadyOver { medicine, taken });
            }
            if let Some(since) = course.too_long_since(medicine, self.now) {
                because.push(Because::TooManyDays { medicine, since });
            }
            let until = course.interval_over(medicine, self.now);
            if let Some((last, _)) = course.last(self.now).filter(|_| until > self.now) {
                because.push(Because::TooSoon { medicine, last, until });
            }
            let until = course.room_for(medicine, asked, self.now);
            if until > self.now {
                because.push(Because::DailyLimit { medicine, taken, asked, until });
            }
        }
        because
    }

    /// Only time speaks against it, unless the wait leads past the days in a row.
    fn wait(&self, mut because: Vec<Because<'g>>) -> DoseVerdict<'g> {
        let until = self.soonest(self.log, self.now);
        let too_long = |medicine: &'g Medicine| {
            let since = Course::of(self.log, &medicine.ingredient).too_long_since(medicine, until)?;
            Some(Because::TooManyDays { medicine, since })
        };
        let days: Vec<Because<'g>> =
            self.medicines().filter_map(|(medicine, _)| too_long(medicine)).collect();
        if days.is_empty() {
            DoseVerdict::Wait { until, because }
        } else {
            because.splice(..0, days);
            DoseVerdict::AskFirst { because }
        }
    }

    /// When pause and daily limit of every ingredient allow the dose.
    fn soonest(&self, log: &DoseLog, now: Timestamp) -> Timestamp {
        self.medicines()
            .map(|(medicine, asked)| {
                let course = Course::of(log, &medicine.ingredient);
                course.interval_over(medicine, now).max(course.room_for(medicine, asked, now))
            })
            .fold(now, Timestamp::max)
    }

    /// The most units that fit now.
    fn up_to(&self) -> u32 {
        let fits = |(ingredient, amount): &(String, u32)| {
            let medicine = medicine_for(self.guideline, self.region, ingredient)?;
            let left = medicine.max_24h.saturating_sub(Course::of(self.log, ingredient).total(self.now));
            Some(left.min(medicine.single_most) / (*amount).max(1))
        };
        self.dose.per_unit().iter().filter_map(fits).min().unwrap_or(0)
    }

    /// When the same dose may be taken again after this one.
    fn next(&self) -> Timestamp {
        let mut log = self.log.clone();
        log.push(Taken::new(self.now, self.dose));
        self.soonest(&log, self.now)
    }
}
