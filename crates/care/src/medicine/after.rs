//! After a dose was taken: what was not as it should be. Logging itself is always possible.

use jiff::{SignedDuration, Timestamp};

use super::course::{Course, Courses, DAY, PackCourse, later, units};
use super::excess::{excess, shut_by};
use super::limits::Limited;
use super::log::{DoseLog, Taken};
use super::named::{
    class_of, medicine_for, medicine_for_excess, medicine_here_or_of, name_of, other_of, product_with, shuts,
};
use crate::book::{Cutoff, DoseUnit, Medicine, MedicineClass, Product, SourceId};
use crate::decision::guideline::Guideline;
use crate::typed::Count;

/// Something to know about a dose that was taken.
#[derive(Clone, Debug, PartialEq)]
pub enum DoseWarning<'g> {
    /// So much in 24 hours, or over the limit on days running, that help is needed now.
    Overdose {
        /// Which medicine.
        medicine: &'g Medicine,
        /// How much in the fullest 24 hours around the dose, in its unit.
        total: u32,
        /// It was over the limit on two days running or more.
        is_on_days: bool,
    },
    /// More in 24 hours than the label allows.
    OverDailyLimit {
        /// Which medicine.
        medicine: &'g Medicine,
        /// How much in the fullest 24 hours around the dose, in its unit.
        total: u32,
    },
    /// Too much was taken before, and no clinician has cleared it.
    StillShut {
        /// Which medicine was too much.
        medicine: &'g Medicine,
        /// How much, in its unit.
        total: u32,
        /// When.
        at: Timestamp,
    },
    /// More at one time than we count.
    TooMuchAtOnce {
        /// Which medicine.
        medicine: &'g Medicine,
        /// How much, in its unit.
        amount: u32,
        /// The pack itself allows it, and we count less.
        pack_allows: bool,
    },
    /// More of a pack at one time than it says itself.
    PackMost {
        /// Which pack.
        product: &'g Product,
        /// How many units.
        taken: Count,
        /// The most at one time.
        most: u32,
    },
    /// More of a pack in 24 hours than it says itself.
    PackDailyLimit {
        /// Which pack.
        product: &'g Product,
        /// How many units in the fullest 24 hours around the dose.
        taken: Count,
        /// The most in 24 hours.
        most: u32,
    },
    /// Another anti-inflammatory within 24 hours.
    OtherNsaid {
        /// The plain name of the one just logged.
        logged: String,
        /// The plain name of the other.
        other: String,
        /// One of the two may be from a doctor.
        may_be_prescribed: bool,
        /// When the other was taken.
        at: Timestamp,
        /// The labels that speak against it.
        sources: Vec<SourceId>,
    },
    /// Too close to another dose of the same ingredient.
    TooSoon {
        /// Which medicine.
        medicine: &'g Medicine,
        /// The other dose.
        other: Timestamp,
        /// How long the pause is, by the ingredient or a pack.
        interval: SignedDuration,
        /// By how much the pause was too short.
        early_by: SignedDuration,
    },
    /// Past the days in a row without a clinician.
    TooManyDays {
        /// Which medicine.
        medicine: &'g Medicine,
        /// When the days in a row began.
        since: Timestamp,
        /// How many there may be.
        days: u32,
    },
    /// Something else is still worn on the skin.
    Worn {
        /// Its plain name.
        other: String,
        /// When it was put on.
        at: Timestamp,
        /// The labels behind it.
        sources: Vec<SourceId>,
    },
    /// The book has no doses of it: it was written down as one of its class.
    NoDose {
        /// Its plain name.
        name: String,
        /// What it counts as.
        class: MedicineClass,
        /// Until when others of its class are shut.
        until: Timestamp,
        /// Where that is taken from.
        sources: Vec<SourceId>,
    },
    /// More doses in 24 hours of something without limits than any pack allows.
    ManyDoses {
        /// Its plain name.
        name: String,
        /// How many doses.
        total: u32,
        /// Where its kind is taken from.
        sources: Vec<SourceId>,
    },
    /// Nobody knows when it was taken: it counts as taken when it was written down.
    TimeUnknown,
    /// Another pack with the same ingredient within 24 hours: they were counted together.
    SameIngredient {
        /// The plain name of the ingredient.
        ingredient: String,
        /// The name of the other pack.
        other: String,
        /// Where it is known from what the packs hold.
        sources: Vec<SourceId>,
    },
    /// The region has no limits for an ingredient: it was counted, but not checked.
    NoLimitsHere {
        /// Its plain name.
        ingredient: String,
    },
    /// The dose is in the future: the clock or the entry is wrong.
    InFuture,
    /// A later dose is in the log already; this one was put in its place in time.
    OutOfOrder {
        /// The latest dose in the log.
        latest: Timestamp,
    },
}

impl DoseWarning<'_> {
    /// The name in data: `over_daily_limit`.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Overdose { .. } => "overdose",
            Self::OverDailyLimit { .. } => "over_daily_limit",
            Self::StillShut { .. } => "still_shut",
            Self::PackMost { .. } => "pack_most",
            Self::PackDailyLimit { .. } => "pack_daily_limit",
            Self::Worn { .. } => "worn",
            Self::NoDose { .. } => "no_dose",
            Self::ManyDoses { .. } => "many_doses",
            Self::TimeUnknown => "time_unknown",
            Self::TooMuchAtOnce { .. } => "too_much_at_once",
            Self::OtherNsaid { .. } => "other_nsaid",
            Self::TooSoon { .. } => "too_soon",
            Self::TooManyDays { .. } => "too_many_days",
            Self::SameIngredient { .. } => "same_ingredient",
            Self::NoLimitsHere { .. } => "no_limits_here",
            Self::InFuture => "in_future",
            Self::OutOfOrder { .. } => "out_of_order",
        }
    }

    /// Where it is taken from; empty for what is about the log itself.
    pub fn sources(&self) -> Vec<SourceId> {
        match self {
            Self::Overdose { medicine, .. }
            | Self::OverDailyLimit { medicine, .. }
            | Self::StillShut { medicine, .. }
            | Self::TooMuchAtOnce { medicine, .. }
            | Self::TooSoon { medicine, .. }
            | Self::TooManyDays { medicine, .. } => vec![medicine.label_source],
            Self::PackMost { product, .. } | Self::PackDailyLimit { product, .. } => product.limit_sources(),
            Self::OtherNsaid { sources, .. }
            | Self::SameIngredient { sources, .. }
            | Self::Worn { sources, .. }
            | Self::NoDose { sources, .. }
            | Self::ManyDoses { sources, .. } => sources.clone(),
            Self::NoLimitsHere { .. } | Self::TimeUnknown | Self::InFuture | Self::OutOfOrder { .. } => {
                Vec::new()
            }
        }
    }
}

impl DoseWarning<'_> {
    /// So much was taken that help is needed now.
    pub fn is_overdose(&self) -> bool {
        matches!(self, Self::Overdose { .. } | Self::ManyDoses { .. })
    }

    /// More was taken than a day allows: no more, and a call today.
    pub fn is_over(&self) -> bool {
        self.is_overdose() || matches!(self, Self::OverDailyLimit { .. } | Self::StillShut { .. })
    }
}

/// What to tell the person about a dose just taken. `log` holds everything else;
/// `now` is when it is written down, which may be long after it was taken.
///
/// Of the daily dose from a doctor nothing is said but what is about the log itself
/// and about too much in all.
pub fn after_taking<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    taken: &Taken,
    now: Timestamp,
) -> Vec<DoseWarning<'g>> {
    let mut with_it = log.clone();
    with_it.push(taken.clone());
    let look = Look {
        guideline,
        region,
        before: Courses::of(guideline, region, log),
        with_it: Courses::of(guideline, region, &with_it),
        taken,
        now: now.max(taken.at()),
    };
    let mut warnings = Vec::new();
    if taken.at() > now {
        warnings.push(DoseWarning::InFuture);
    }
    if !taken.is_time_known() {
        warnings.push(DoseWarning::TimeUnknown);
    }
    let latest = log.doses().iter().map(Taken::at).max();
    if let Some(latest) = latest.filter(|latest| *latest > taken.at()) {
        warnings.push(DoseWarning::OutOfOrder { latest });
    }
    let mut seen: Vec<&str> = Vec::new();
    for (ingredient, _) in taken.amounts() {
        if seen.contains(&ingredient.as_str()) {
            continue;
        }
        seen.push(ingredient);
        look.limits(ingredient, &mut warnings);
        look.same_ingredient(ingredient, &mut warnings);
        look.other_nsaid(ingredient, &mut warnings);
    }
    look.pack(&mut warnings);
    look.skin(&mut warnings);
    // Help comes first.
    warnings.sort_by_key(|warning| !warning.is_overdose());
    warnings
}

/// One dose beside all the others.
struct Look<'g, 'a> {
    guideline: &'g Guideline,
    region: &'a str,
    before: Courses<'g, 'a>,
    with_it: Courses<'g, 'a>,
    taken: &'a Taken,
    now: Timestamp,
}

impl<'g> Look<'g, '_> {
    fn others(&self, ingredient: &str) -> &Course {
        self.before.course(ingredient)
    }

    fn all(&self, ingredient: &str) -> &Course {
        self.with_it.course(ingredient)
    }

    fn product(&self) -> Option<&'g Product> {
        self.taken.product().and_then(|id| product_with(self.guideline, id))
    }

    /// Whether the dose is the daily one from a doctor.
    fn is_daily(&self, ingredient: &str) -> bool {
        self.all(ingredient).is_daily(self.before.log.doses().len())
    }

    fn limits(&self, ingredient: &str, warnings: &mut Vec<DoseWarning<'g>>) {
        let Some(medicine) = medicine_for(self.guideline, self.region, ingredient) else {
            warnings.push(self.without_limits(ingredient));
            warnings.extend(self.many_doses(ingredient));
            if let Some(medicine) = medicine_for_excess(self.guideline, self.region, ingredient) {
                self.totals(medicine, warnings);
            }
            return;
        };
        let amount = self.taken.amount_of(ingredient);
        let most = medicine.single_most;
        let limited = Limited { medicine, product: self.product(), asked: amount, most };
        self.totals(medicine, warnings);
        if self.is_daily(ingredient) {
            return;
        }
        if amount > most {
            let pack = self.product().and_then(|product| Some((product, product.limits.most?)));
            let pack_allows = pack.is_some_and(|(product, most)| {
                units(product, self.taken) <= Count::whole(most).hundredths() && amount <= medicine.max_24h
            });
            warnings.push(DoseWarning::TooMuchAtOnce { medicine, amount, pack_allows });
        }
        if self.taken.is_time_known() {
            self.too_soon(&limited, warnings);
        }
        let days = limited.max_days();
        if let Some(since) = self.all(ingredient).too_long_since(days, self.taken.at()) {
            warnings.push(DoseWarning::TooManyDays { medicine, since, days });
        }
    }

    /// How much it makes in a day, and whether that needs help.
    fn totals(&self, medicine: &'g Medicine, warnings: &mut Vec<DoseWarning<'g>>) {
        let total = self.all(&medicine.ingredient).busiest_day_around(self.taken.at());
        let is_over = total > medicine.max_24h;
        let excess = excess(&self.with_it, &medicine.ingredient, self.now);
        let is_on_days = is_over && excess.as_ref().is_some_and(|excess| excess.is_on_days);
        let is_far_over = medicine.overdose_24h.is_some_and(|most| total > most);
        if is_on_days || is_far_over {
            warnings.push(DoseWarning::Overdose { medicine, total, is_on_days });
        } else if is_over {
            warnings.push(DoseWarning::OverDailyLimit { medicine, total });
        } else if !self.is_daily(&medicine.ingredient) {
            let is_nsaid = medicine.class.is_nsaid();
            let shut = shut_by(&self.before, &medicine.ingredient, is_nsaid, self.now);
            warnings.extend(shut.map(|excess| DoseWarning::StillShut {
                medicine: excess.medicine,
                total: excess.total,
                at: excess.at,
            }));
        }
    }

    fn too_soon(&self, limited: &Limited<'g>, warnings: &mut Vec<DoseWarning<'g>>) {
        let (medicine, at) = (limited.medicine, self.taken.at());
        let others = self.others(&medicine.ingredient);
        let before = others.last(at).filter(|_| others.interval_over(limited.interval(), at) > at);
        if let Some((other, _)) = before {
            let over = others.interval_over(limited.interval(), at);
            let interval = over.duration_since(other);
            warnings.push(DoseWarning::TooSoon {
                medicine,
                other,
                interval,
                early_by: over.duration_since(at),
            });
        }
        if let Some((other, _)) = others.next_for_pain(at) {
            let early_by = limited.interval() - other.duration_since(at);
            if early_by > SignedDuration::ZERO {
                let interval = limited.interval();
                warnings.push(DoseWarning::TooSoon { medicine, other, interval, early_by });
            }
        }
    }

    /// What is said of an ingredient that has no limits in the region.
    fn without_limits(&self, ingredient: &str) -> DoseWarning<'g> {
        let Some(other) = other_of(self.guideline, ingredient) else {
            return DoseWarning::NoLimitsHere {
                ingredient: name_of(self.guideline, self.region, ingredient),
            };
        };
        DoseWarning::NoDose {
            name: other.name(),
            class: other.class,
            until: later(self.taken.at(), shuts(self.guideline, ingredient)),
            sources: other.sources.clone(),
        }
    }

    /// So many doses in a day of something without limits that it must be too much.
    fn many_doses(&self, ingredient: &str) -> Option<DoseWarning<'g>> {
        let other = other_of(self.guideline, ingredient)?;
        let total = self.all(ingredient).busiest_day_around(self.taken.at());
        (total > self.guideline.whole_threshold(Cutoff::DosesInDay)).then(|| DoseWarning::ManyDoses {
            name: other.name(),
            total,
            sources: other.sources.clone(),
        })
    }

    /// What the pack itself says.
    fn pack(&self, warnings: &mut Vec<DoseWarning<'g>>) {
        let Some(product) = self.product() else { return };
        let taken = Count::from_hundredths(units(product, self.taken));
        // What an ingredient forbids already need not be said of the pack too.
        let is_too_much = |warning: &DoseWarning<'_>| {
            matches!(warning, DoseWarning::TooMuchAtOnce { pack_allows: false, .. })
        };
        let is_said = warnings.iter().any(is_too_much);
        if let Some(most) = product.limits.most.filter(|most| !is_said && taken > Count::whole(*most)) {
            warnings.push(DoseWarning::PackMost { product, taken, most });
        }
        let is_over = warnings.iter().any(DoseWarning::is_over);
        if let Some(most) = product.limits.max_24h.filter(|_| !is_over) {
            let course = PackCourse::of(self.with_it.log, product);
            let taken = Count::from_hundredths(course.busiest_day_around(self.taken.at()));
            if taken > Count::whole(most) {
                warnings.push(DoseWarning::PackDailyLimit { product, taken, most });
            }
        }
    }

    /// What else is on the skin.
    fn skin(&self, warnings: &mut Vec<DoseWarning<'g>>) {
        let on_skin =
            |ingredient: &str| class_of(self.guideline, ingredient).is_some_and(MedicineClass::is_on_skin);
        if !self.taken.amounts().iter().any(|(ingredient, _)| on_skin(ingredient)) {
            return;
        }
        for ingredient in self.before.ingredients() {
            let worn = medicine_here_or_of(self.guideline, self.region, ingredient);
            let Some(medicine) = worn else { continue };
            // The same one again is too soon, and has been said.
            if self.taken.amount_of(ingredient) > 0 || medicine.unit != DoseUnit::Applications {
                continue;
            }
            let at = self.taken.at();
            let worn = self.others(ingredient).worn_until(medicine, at);
            if let Some((at, _)) = worn.filter(|(_, until)| *until > at) {
                let other = name_of(self.guideline, self.region, ingredient);
                warnings.push(DoseWarning::Worn { other, at, sources: vec![medicine.label_source] });
            }
        }
    }

    fn same_ingredient(&self, ingredient: &str, warnings: &mut Vec<DoseWarning<'g>>) {
        let mut named: Vec<&str> = Vec::new();
        for other in self.before.log.doses() {
            let Some(id) = other.product().filter(|_| other.product() != self.taken.product()) else {
                continue;
            };
            let is_near = within(other.at(), self.taken.at(), DAY);
            if other.amount_of(ingredient) == 0 || !is_near || named.contains(&id) {
                continue;
            }
            named.push(id);
            let product = product_with(self.guideline, id);
            warnings.push(DoseWarning::SameIngredient {
                ingredient: name_of(self.guideline, self.region, ingredient),
                other: product.map_or_else(|| id.to_owned(), |product| product.name.clone()),
                sources: product.map(|product| product.sources.clone()).unwrap_or_default(),
            });
        }
    }

    fn other_nsaid(&self, ingredient: &str, warnings: &mut Vec<DoseWarning<'g>>) {
        let is_nsaid =
            |ingredient: &str| class_of(self.guideline, ingredient).is_some_and(MedicineClass::is_nsaid);
        if !is_nsaid(ingredient) || self.is_daily(ingredient) {
            return;
        }
        let at = self.taken.at();
        for other in self.with_it.ingredients().iter().copied() {
            if other == ingredient || !is_nsaid(other) {
                continue;
            }
            let course = self.all(other);
            let before = course.last(at).filter(|(near, _)| within(*near, at, shuts(self.guideline, other)));
            let after = course
                .next_for_pain(at)
                .filter(|(near, _)| within(*near, at, shuts(self.guideline, ingredient)));
            if let Some((near, _)) = before.or(after) {
                let may_be_prescribed =
                    [ingredient, other].into_iter().any(|name| other_of(self.guideline, name).is_some());
                warnings.push(DoseWarning::OtherNsaid {
                    logged: name_of(self.guideline, self.region, ingredient),
                    other: name_of(self.guideline, self.region, other),
                    may_be_prescribed,
                    at: near,
                    sources: self.labels([ingredient, other]),
                });
            }
        }
    }

    /// What the book says of these ingredients.
    fn labels(&self, ingredients: [&str; 2]) -> Vec<SourceId> {
        let label = |ingredient: &str| -> Vec<SourceId> {
            let medicine =
                medicine_for(self.guideline, self.region, ingredient).map(|one| vec![one.label_source]);
            let other = || other_of(self.guideline, ingredient).map(|other| other.sources.clone());
            medicine.or_else(other).unwrap_or_default()
        };
        let mut labels: Vec<SourceId> = ingredients.into_iter().flat_map(label).collect();
        labels.dedup();
        labels
    }
}

fn within(one: Timestamp, other: Timestamp, span: SignedDuration) -> bool {
    one.duration_since(other).abs() < span
}
