//! Theorem 7: no doses that the guard allows, however many, break a limit.
//!
//! By induction. Whatever is in the log, what must hold is that no 24 hours hold more than the
//! limit; a window of 24 hours is fullest where it ends with a dose, so one more dose can only
//! break the window that it ends. So it is enough to look at the last 24 hours before a dose. The
//! guard compares times with each other, the pause and 24 hours; so the hours fall into few
//! stretches, and each way to fill their ends up to the limit is tried with the guard itself.

use care::{
    Answer, Answers, Cutoff, Dose, DoseLog, DoseVerdict, FindingKind, Guideline, Medicine, Product, RegionId,
    Role, Taken, drop_what_no_longer_applies, may_take,
};
use jiff::{SignedDuration, Timestamp};

use super::Subject;
use crate::formula::Formulas;
use crate::person::Person;
use crate::theorem::{Fact, Theorem};

const DAY: i64 = 24 * 3600;

/// A limit is reached in about so many steps: finer ones only add equal cases.
const STEPS: u32 = 5;

/// The same for what is not even allowed to somebody who has taken nothing.
const FEW_STEPS: u32 = 2;

pub(super) fn theorem(subject: Subject<'_>) -> Theorem<'_> {
    let Subject { text: book, guideline } = subject;
    let statement = "No doses that the painkiller guard allows, in whatever number, order and packs, ever add up to more of an \
                     ingredient or of a pack in any 24 hours than the book has, or come sooner after each other than its \
                     pause, or hold more than its largest single dose; and no two anti-inflammatories are allowed within \
                     the time that the book keeps them apart. The daily dose of a doctor is not judged and not meant.";
    let mut formulas = Formulas::default();
    let person = Person::anybody(book, &mut formulas, "");
    let mut theorem = Theorem::new(7, statement, guideline, formulas, person);
    let guard = Guard { subject, answers: nothing_against(guideline), now: Timestamp::UNIX_EPOCH };
    let regions: Vec<RegionId> = (0..).map(RegionId).take(book.regions.len()).collect();
    let tried: Vec<Tried> = std::thread::scope(|scope| {
        let guard = &guard;
        let running: Vec<_> =
            regions.into_iter().map(|region| scope.spawn(move || guard.region(region))).collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).flatten().collect()
    });
    let mut cases = 0;
    let mut never = 0;
    for tried in tried {
        cases += tried.cases;
        if tried.allowed == 0 {
            never += 1;
        }
        if let Some(broken) = &tried.broken {
            theorem.notes.push(format!("{}: {broken}", tried.about));
        }
        theorem.facts.push(Fact { about: tried.about, holds: tried.broken.is_none() });
    }
    theorem.notes.push(format!(
        "{never} of these medicines and packs are allowed to nobody without asking somebody first, so that nothing can \
         break there"
    ));
    #[expect(clippy::cast_precision_loss, reason = "only its size is told")]
    let size = (cases as f64).log10();
    theorem.size = size;
    theorem.cases = "logs with a dose after them, each tried with the guard itself";
    theorem
}

/// An adult of whom nothing speaks against any painkiller: whoever may take the most.
fn nothing_against(guideline: &Guideline) -> Answers {
    let mut answers = Answers::none(guideline);
    for finding in guideline.findings() {
        let words = guideline.finding(finding);
        if words.derived.is_some() || words.follows_up.is_some() {
            continue;
        }
        let answer = match &words.kind {
            FindingKind::YesNo => Answer::No,
            FindingKind::Number { .. } if words.role == Some(Role::Age) => Answer::Number(40),
            FindingKind::Number { min, .. } => Answer::Number(*min),
            FindingKind::Choice(_) => Answer::Option(0),
        };
        // An answer of its own kind, in its range.
        let _ = answers.set(guideline, finding, answer);
    }
    drop_what_no_longer_applies(guideline, &mut answers);
    answers
}

/// What became of the doses of one medicine or pack.
struct Tried {
    about: String,
    cases: u64,
    allowed: u64,
    /// The first doses that were allowed against a limit.
    broken: Option<String>,
}

struct Guard<'g> {
    subject: Subject<'g>,
    answers: Answers,
    now: Timestamp,
}

/// What the book allows of the doses that are tried.
struct Limits {
    /// Of one: amount at a time and in 24 hours, and seconds between two, by ingredient.
    of: Vec<(String, u32, u32, i64)>,
    /// Of the pack, in its units.
    pack: Option<u32>,
}

impl Guard<'_> {
    fn region(&self, region: RegionId) -> Vec<Tried> {
        let book = self.subject.text;
        let id = &book.regions[region.index()].id;
        let here: Vec<&Medicine> =
            book.medicines.iter().filter(|medicine| medicine.region == region).collect();
        let mut tried = Vec::new();
        for medicine in &here {
            tried.push(self.medicine(id, medicine));
        }
        let mut shapes: Vec<&Product> = Vec::new();
        for product in book.products.iter().filter(|product| product.regions.contains(&region)) {
            let is_same = |other: &&Product| {
                (&other.contains, &other.others) == (&product.contains, &product.others)
                    && (other.limits.most, other.limits.max_24h, other.limits.interval)
                        == (product.limits.most, product.limits.max_24h, product.limits.interval)
            };
            if !shapes.iter().any(is_same) {
                shapes.push(product);
            }
        }
        tried.extend(shapes.into_iter().filter_map(|product| self.product(id, product)));
        if !here.is_empty() {
            tried.push(self.two_kinds(id, &here));
        }
        tried
    }

    fn medicine(&self, region: &str, medicine: &Medicine) -> Tried {
        let dose = |amount: u32| Dose::of_ingredient(medicine, amount).ok();
        let most = medicine.single_most;
        let asked = [1, medicine.single_usual, most, most.saturating_add(1), medicine.max_24h];
        let limits = Limits { of: vec![limits_of(medicine)], pack: None };
        let about = format!("medicine.{}", medicine.id);
        // A small dose is that of a doctor, which waits for nothing.
        let daily = medicine.daily.as_ref().map_or(0, |daily| daily.up_to);
        let steps = self.steps(region, dose(medicine.single_usual));
        let step = medicine.single_usual.max(medicine.max_24h / steps).max(daily.saturating_add(1));
        self.tries(about, region, &dose, step, &asked, &limits)
    }

    fn product(&self, region: &str, product: &Product) -> Option<Tried> {
        let limits: Vec<_> = product
            .contains
            .iter()
            .filter_map(|(ingredient, _)| {
                let medicines = &self.subject.text.medicines;
                let here = |medicine: &&Medicine| {
                    medicine.ingredient == *ingredient
                        && self.subject.text.regions[medicine.region.index()].id == region
                };
                medicines.iter().find(here).map(limits_of)
            })
            .collect();
        let most_units = product.contains.iter().filter_map(|(ingredient, amount)| {
            let limit = limits.iter().find(|(of, ..)| of == ingredient)?;
            Some(limit.2 / (*amount).max(1))
        });
        let most_units = most_units.chain(product.limits.max_24h).min()?;
        let dose = |units: u32| Dose::of_product(product, units).ok();
        let asked =
            [1, 2, product.limits.most.unwrap_or(3), product.limits.most.unwrap_or(3) + 1, most_units];
        let limits = Limits { of: limits, pack: product.limits.max_24h };
        let step = (most_units / self.steps(region, dose(1))).max(1);
        Some(self.tries(format!("product.{}", product.id), region, &dose, step, &asked, &limits))
    }

    fn steps(&self, region: &str, dose: Option<Dose>) -> u32 {
        let is_allowed = dose.is_some_and(|dose| {
            let (log, answers) = (DoseLog::default(), &self.answers);
            let verdict = may_take(self.subject.guideline, region, &log, &dose, answers, self.now);
            matches!(verdict, DoseVerdict::Allowed { .. })
        });
        if is_allowed { STEPS } else { FEW_STEPS }
    }

    /// Fills the ends of the stretches of time in every way, and asks for each dose after it.
    fn tries(
        &self,
        about: String,
        region: &str,
        dose: &dyn Fn(u32) -> Option<Dose>,
        step: u32,
        asked: &[u32],
        limits: &Limits,
    ) -> Tried {
        let mut tried = Tried { about, cases: 0, allowed: 0, broken: None };
        let pause = limits.of.iter().map(|(_, _, _, pause)| *pause).max().unwrap_or(0);
        let mut ages = vec![pause - 1, pause, DAY - 1, DAY];
        ages.retain(|age| (0..=DAY).contains(age));
        ages.sort_unstable();
        ages.dedup();
        // A window may also end with a dose that is written down for later: then nothing is allowed.
        for dose in asked.iter().filter_map(|amount| dose(*amount)) {
            let log: DoseLog = [Taken::new(self.before(-1), &dose)].into_iter().collect();
            let verdict = may_take(self.subject.guideline, region, &log, &dose, &self.answers, self.now);
            tried.cases += 1;
            if matches!(verdict, DoseVerdict::Allowed { .. }) {
                tried.broken = Some(format!(
                    "{} is allowed before one that is written down for later",
                    spoken(0, &dose)
                ));
            }
        }
        let mut filled = vec![0_u32; ages.len()];
        loop {
            let taken: Vec<(i64, Dose)> = ages
                .iter()
                .zip(&filled)
                .filter(|(_, count)| **count > 0)
                .filter_map(|(age, count)| Some((*age, dose(count.checked_mul(step)?)?)))
                .collect();
            let holds = Self::is_within(limits, &taken);
            if holds {
                let mut log = DoseLog::default();
                for (age, dose) in taken.iter().rev() {
                    log.push(Taken::new(self.before(*age), dose));
                }
                for dose in asked.iter().filter_map(|amount| dose(*amount)) {
                    tried.cases += 1;
                    let verdict =
                        may_take(self.subject.guideline, region, &log, &dose, &self.answers, self.now);
                    if !matches!(verdict, DoseVerdict::Allowed { .. }) {
                        continue;
                    }
                    tried.allowed += 1;
                    let mut after = taken.clone();
                    after.push((0, dose.clone()));
                    let is_broken = !Self::is_within(limits, &after) || breaks_alone(limits, &taken, &dose);
                    if is_broken && tried.broken.is_none() {
                        let words: Vec<String> = taken.iter().map(|(age, dose)| spoken(*age, dose)).collect();
                        tried.broken =
                            Some(format!("{} is allowed after {}", spoken(0, &dose), words.join(" and ")));
                    }
                }
            }
            // The next way: what went over the limit at the first place goes on at the next.
            let Some(place) = filled.iter().position(|count| holds || *count > 0) else { break };
            if holds {
                filled[0] += 1;
                continue;
            }
            filled[place] = 0;
            let Some(next) = filled.get_mut(place + 1) else { break };
            *next += 1;
        }
        tried
    }

    /// Whether no 24 hours hold more than the limits.
    fn is_within(limits: &Limits, taken: &[(i64, Dose)]) -> bool {
        let total = |end: i64, of: &dyn Fn(&Dose) -> u32| -> u64 {
            let window = taken.iter().filter(|(age, _)| end <= *age && *age < end + DAY);
            window.map(|(_, dose)| u64::from(of(dose))).sum()
        };
        taken.iter().all(|(end, _)| {
            let by_ingredient = limits.of.iter().all(|(ingredient, _, most, _)| {
                total(*end, &|dose| amount_of(dose, ingredient)) <= u64::from(*most)
            });
            let by_pack = limits.pack.is_none_or(|most| total(*end, &Dose::units) <= u64::from(most));
            by_ingredient && by_pack
        })
    }

    /// Two anti-inflammatories within the time that keeps them apart.
    fn two_kinds(&self, region: &str, here: &[&Medicine]) -> Tried {
        let book = self.subject.text;
        let shut = book.thresholds.iter().find(|threshold| threshold.cutoff == Cutoff::KindShut);
        #[expect(clippy::cast_possible_truncation, reason = "it is a whole number of hours")]
        let shut = shut.map_or(0, |threshold| threshold.value as i64 * 3600);
        let mut tried = Tried {
            about: format!("two anti-inflammatories, region.{region}"),
            cases: 0,
            allowed: 0,
            broken: None,
        };
        let nsaids = || here.iter().filter(|medicine| medicine.class.is_nsaid());
        for (first, second) in nsaids().flat_map(|first| nsaids().map(move |second| (first, second))) {
            if first.ingredient == second.ingredient {
                continue;
            }
            let (Ok(before), Ok(asked)) = (
                Dose::of_ingredient(first, first.single_most),
                Dose::of_ingredient(second, second.single_usual),
            ) else {
                continue;
            };
            for age in [0, 1, shut / 2, shut - 1, shut] {
                let log: DoseLog = [Taken::new(self.before(age), &before)].into_iter().collect();
                let verdict = may_take(self.subject.guideline, region, &log, &asked, &self.answers, self.now);
                tried.cases += 1;
                if matches!(verdict, DoseVerdict::Allowed { .. }) {
                    tried.allowed += 1;
                    if age < shut && tried.broken.is_none() {
                        tried.broken =
                            Some(format!("{} is allowed after {}", spoken(0, &asked), spoken(age, &before)));
                    }
                }
            }
        }
        tried
    }

    fn before(&self, seconds: i64) -> Timestamp {
        self.now.checked_sub(SignedDuration::from_secs(seconds)).unwrap_or(self.now)
    }
}

fn limits_of(medicine: &Medicine) -> (String, u32, u32, i64) {
    let interval = i64::from(medicine.interval.get());
    (medicine.ingredient.clone(), medicine.single_most, medicine.max_24h, interval)
}

fn amount_of(dose: &Dose, ingredient: &str) -> u32 {
    dose.amounts().filter(|(name, _)| *name == ingredient).map(|(_, amount)| amount).sum()
}

/// Whether a dose is too large by itself, or comes too soon after one of these.
fn breaks_alone(limits: &Limits, taken: &[(i64, Dose)], dose: &Dose) -> bool {
    limits.of.iter().any(|(ingredient, most, _, pause)| {
        let is_too_large = amount_of(dose, ingredient) > *most;
        let is_too_soon = taken.iter().any(|(age, before)| amount_of(before, ingredient) > 0 && age < pause);
        is_too_large || is_too_soon && amount_of(dose, ingredient) > 0
    })
}

fn spoken(age: i64, dose: &Dose) -> String {
    let amounts: Vec<String> =
        dose.amounts().map(|(ingredient, amount)| format!("{amount} of {ingredient}")).collect();
    format!("{} {age} s ago", amounts.join(", "))
}
