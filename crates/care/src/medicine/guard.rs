//! The guard: may this dose be taken now?

use jiff::Timestamp;

use super::course::{Course, Courses, PackCourse, earlier, is_daily_now, later};
use super::dose::Dose;
use super::excess::{help_now, help_now_for, shut_by};
use super::limits::Limited;
use super::log::{DoseLog, Taken};
use super::named::{
    block_of, class_of, class_words, hours, medicine_for, medicine_for_excess, medicine_here_or_of, name_of,
    other_of, product_with, shuts,
};
use super::verdict::{Because, DoseLevel, DoseVerdict};
use crate::book::{
    Condition, ConditionId, ConditionKey, Cutoff, DoseUnit, FindingId, Medicine, MedicineClass, Product,
    Role, Urgency, findings_in,
};
use crate::decision::answer::Answer;
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;
use crate::decision::interview::{Ask, Step, next, next_about};
use crate::decision::lanes::Bounds;
use crate::decision::reasons::reasons;
use crate::decision::state::State;
use crate::typed::Count;

/// Whether a dose may be taken now, by a person with these answers and this log.
///
/// Limits hold for each ingredient over all packs, as `region` (`us` or `uk`) has
/// them. What is not known is never taken as no: an unanswered or unsure caution,
/// an ingredient without limits, a dose in the future all mean "ask first".
/// The daily limit, the pause and the pause between two anti-inflammatories are
/// over time that has passed between the instants of the log.
///
/// The findings with the roles of the age and the pregnancy, where the book has them, are
/// read: in children and in pregnancy nothing is allowed without a clinician. So is that of
/// the daily dose: whoever has logged one takes it, whatever they said.
///
/// The daily dose itself is never judged. After an overdose help comes before
/// everything, and what was too much stays shut until a clinician has cleared it.
pub fn may_take<'g>(
    guideline: &'g Guideline,
    region: &str,
    log: &DoseLog,
    dose: &Dose,
    answers: &Answers,
    now: Timestamp,
) -> DoseVerdict<'g> {
    let courses = Courses::of(guideline, region, log);
    let state = State::of(guideline, &as_logged(&courses, answers, now));
    if state.bounds().lower == Urgency::Emergency {
        return DoseVerdict::Never { because: vec![Because::Emergency { reasons: reasons(&state) }] };
    }
    if let Some(excess) = help_now(&courses, now) {
        return DoseVerdict::Never { because: vec![Because::Overdose { excess }] };
    }
    let guard = Guard { guideline, region, courses, dose, state, now };
    if let Some(medicine) = guard.daily() {
        return DoseVerdict::Daily { medicine };
    }
    let mut because = guard.about_person();
    because.extend(guard.about_pack());
    because.extend(guard.about_log());
    because.extend(guard.about_skin());
    because.extend(guard.about_limits());
    because.extend(guard.about_pack_limits());
    // What decides comes first; within a level the order of finding stays.
    because.sort_by_key(|reason| std::cmp::Reverse(reason.level()));
    match because.first().map(Because::level) {
        Some(DoseLevel::Never) => DoseVerdict::Never { because },
        Some(DoseLevel::AskFirst) => guard.ask_first(because),
        Some(DoseLevel::Wait) => guard.wait(because),
        Some(DoseLevel::Allowed | DoseLevel::NotJudged) | None => {
            DoseVerdict::Allowed { up_to: guard.up_to(), next: guard.next() }
        }
    }
}

/// The answers, with what the log knows better: whoever took a daily dose of late takes one.
fn as_logged(courses: &Courses<'_, '_>, answers: &Answers, now: Timestamp) -> Answers {
    let guideline = courses.guideline;
    let mut answers = answers.clone();
    let since = earlier(now, hours(guideline, Cutoff::DaysPause));
    let is_taken = courses
        .ingredients()
        .iter()
        .any(|ingredient| courses.course(ingredient).last_daily(now).is_some_and(|at| at > since));
    if let Some(finding) = guideline.with_role(Role::DailyDose).filter(|_| is_taken) {
        let _ = answers.set(guideline, finding, Answer::Yes);
    }
    answers
}

/// The conditions that a dose depends on, for [`crate::next_about`].
pub fn conditions_of(guideline: &Guideline, region: &str, dose: &Dose) -> Vec<ConditionId> {
    dose.per_unit()
        .iter()
        .filter_map(|(ingredient, _)| block_of(guideline, medicine_for(guideline, region, ingredient)?))
        .flat_map(|medicine| guideline.book().conditions_of(medicine))
        .collect()
}

/// The most units of a pack that may be taken now, where this dose of it is too
/// much; `None` where it is allowed as it is, where less would not be, or where it
/// is not of a pack.
pub fn less_now(
    guideline: &Guideline,
    region: &str,
    log: &DoseLog,
    dose: &Dose,
    answers: &Answers,
    now: Timestamp,
) -> Option<u32> {
    let verdict_on = |dose: &Dose| may_take(guideline, region, log, dose, answers, now);
    if verdict_on(dose).level() <= DoseLevel::Allowed {
        return None;
    }
    let product = product_with(guideline, dose.product()?)?;
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
    if is_danger_open(guideline, region, dose, bounds)
        && let Step::Ask(ask) = next(guideline, answers)
    {
        return Some(ask);
    }
    next_about(guideline, answers, conditions_of(guideline, region, dose))
}

/// What to ask next about a dose of somebody whose danger questions are open: what speaks
/// against its medicines, and the age and a pregnancy, which concern each of them. The danger
/// questions wait; until they are answered a verdict is at most "ask first". `None` once
/// nothing of this is open.
pub fn next_question_at_once(
    guideline: &Guideline,
    region: &str,
    dose: &Dose,
    answers: &Answers,
) -> Option<Ask> {
    let state = State::of(guideline, answers);
    let is_open = |id: &FindingId| answers.get(*id).is_none() && !state.not_applicable(*id);
    let for_all = [Role::Age, Role::Pregnancy].into_iter().filter_map(|role| guideline.with_role(role));
    let for_all = for_all.filter(is_open).filter_map(|id| guideline.asked_by(id));
    let own = next_about(guideline, answers, conditions_of(guideline, region, dose));
    let question = for_all.chain(own.map(|ask| ask.question)).min()?;
    Some(Ask::of(guideline, answers, question))
}

/// Whether the danger questions must be answered first: an emergency is possible, or
/// it is open if a clinician is asked before any of the classes.
fn is_danger_open(guideline: &Guideline, region: &str, dose: &Dose, bounds: Bounds) -> bool {
    let soonest = ask_first_from(guideline, region, dose).unwrap_or(Urgency::Emergency);
    bounds.upper == Urgency::Emergency || bounds.upper >= soonest && bounds.lower < soonest
}

/// The lowest urgency from which on a clinician is asked before a dose, by its classes.
fn ask_first_from(guideline: &Guideline, region: &str, dose: &Dose) -> Option<Urgency> {
    let classes = dose.per_unit().iter().filter_map(|(ingredient, _)| {
        let medicine = medicine_for(guideline, region, ingredient);
        medicine.map(|medicine| medicine.class).or_else(|| class_of(guideline, ingredient))
    });
    classes.filter_map(|class| class_words(guideline, class)?.ask_first_from).min()
}

struct Guard<'g, 'a> {
    guideline: &'g Guideline,
    region: &'a str,
    courses: Courses<'g, 'a>,
    dose: &'a Dose,
    state: State<'g>,
    now: Timestamp,
}

impl<'g> Guard<'g, '_> {
    /// Each ingredient that has limits here.
    fn limited(&self) -> impl Iterator<Item = Limited<'g>> {
        Limited::all(self.guideline, self.region, self.dose)
    }

    /// Each ingredient that has limits here, with how much of it is asked for.
    fn medicines(&self) -> impl Iterator<Item = (&'g Medicine, u32)> {
        self.limited().map(|limited| (limited.medicine, limited.asked))
    }

    fn log(&self) -> &DoseLog {
        self.courses.log
    }

    fn course(&self, ingredient: &str) -> &Course {
        self.courses.course(ingredient)
    }

    fn product(&self) -> Option<&'g Product> {
        self.dose.product().and_then(|id| product_with(self.guideline, id))
    }

    /// The medicine, where the dose is the daily one from a doctor. A child is not
    /// given one from a shop, so there a doctor is asked as for any other dose.
    fn daily(&self) -> Option<&'g Medicine> {
        let mut amounts = self.dose.amounts();
        let (Some((ingredient, amount)), None) = (amounts.next(), amounts.next()) else { return None };
        let medicine = medicine_here_or_of(self.guideline, self.region, ingredient)?;
        let is_child = matches!(self.age(), Some(age) if age < i64::from(self.adult_from()));
        let is_daily = self.dose.others().is_empty()
            && !is_child
            && is_daily_now(self.guideline, self.log(), medicine, amount, self.now);
        is_daily.then_some(medicine)
    }

    fn about_person(&self) -> Vec<Because<'g>> {
        let mut because = Vec::new();
        if is_danger_open(self.guideline, self.region, self.dose, self.state.bounds()) {
            because.push(Because::DangerOpen);
        }
        because.extend(self.help_soon());
        for limited in self.limited() {
            let medicine = limited.medicine;
            if medicine.not_for_because.is_some() {
                because.push(Because::NotForBack { medicine });
            }
            because.extend(self.too_young(&limited));
            because.extend(self.pregnancy(medicine));
            because.extend(self.cautions(medicine));
        }
        // Where the book has no doses for the country, the person is the same.
        for (ingredient, _) in self.dose.per_unit() {
            let is_here = medicine_for(self.guideline, self.region, ingredient).is_some();
            let elsewhere = medicine_for_excess(self.guideline, self.region, ingredient);
            if let Some(medicine) = elsewhere.filter(|_| !is_here) {
                because.extend(self.already_over(medicine, self.course(ingredient).total(self.now)));
                because.extend(self.pregnancy(medicine));
                because.extend(self.cautions(medicine));
            }
        }
        because
    }

    /// Classes before which a clinician is asked, because help is needed soon.
    fn help_soon(&self) -> Vec<Because<'g>> {
        let mut because: Vec<Because<'g>> = Vec::new();
        let mut told: Vec<MedicineClass> = Vec::new();
        for (ingredient, _) in self.dose.per_unit() {
            let here = medicine_for(self.guideline, self.region, ingredient).map(|medicine| medicine.class);
            let Some(class) = here.or_else(|| class_of(self.guideline, ingredient)) else { continue };
            let Some(words) = class_words(self.guideline, class) else { continue };
            let is_soon = words.ask_first_from.is_some_and(|from| self.state.bounds().lower >= from);
            if is_soon && !told.contains(&class) {
                told.push(class);
                because.push(Because::HelpSoon { words });
            }
        }
        because
    }

    fn age(&self) -> Option<i64> {
        let age = self.guideline.with_role(Role::Age).and_then(|age| self.state.answers().get(age));
        match age {
            Some(Answer::Number(age)) => Some(age),
            _ => None,
        }
    }

    /// Below this age no painkiller is advised without a clinician.
    fn adult_from(&self) -> u32 {
        self.guideline.whole_threshold(Cutoff::AdultFrom)
    }

    fn too_young(&self, limited: &Limited<'g>) -> Option<Because<'g>> {
        let (medicine, min_age) = (limited.medicine, limited.min_age());
        match self.age() {
            Some(age) if age < i64::from(min_age) => Some(Because::TooYoung { medicine, min_age }),
            Some(age) if age < i64::from(self.adult_from()) => {
                Some(Because::Child { medicine, known: true, adult_from: self.adult_from() })
            }
            Some(_) => None,
            None => Some(Because::Child { medicine, known: false, adult_from: self.adult_from() }),
        }
    }

    fn pregnancy(&self, medicine: &'g Medicine) -> Option<Because<'g>> {
        let pregnancy = self.guideline.with_role(Role::Pregnancy)?;
        match self.state.answers().get(pregnancy) {
            Some(Answer::No) => None,
            None if self.state.not_applicable(pregnancy) => None,
            Some(Answer::Yes) => Some(Because::Pregnancy { medicine, known: true }),
            _ => Some(Because::Pregnancy { medicine, known: false }),
        }
    }

    fn cautions(&self, medicine: &'g Medicine) -> Vec<Because<'g>> {
        let block = block_of(self.guideline, medicine);
        let blocks = (0..).map(ConditionKey::Block).zip(&medicine.block);
        let asks = (0..).map(ConditionKey::AskFirst).zip(&medicine.ask_first);
        blocks
            .chain(asks)
            .filter_map(|(key, caution)| {
                let blocks = matches!(key, ConditionKey::Block(_));
                let outlook = self.state.condition(block?.condition(key));
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
            if medicine_for(self.guideline, self.region, ingredient).is_some() {
                continue;
            }
            because.push(match other_of(self.guideline, ingredient) {
                Some(other) => {
                    Because::NoDose { name: other.name(), class: other.class, sources: other.sources.clone() }
                }
                None => {
                    Because::NoLimitsHere { ingredient: name_of(self.guideline, self.region, ingredient) }
                }
            });
        }
        if let Some(product) = self.product().filter(|_| !self.dose.others().is_empty()) {
            because.push(Because::OtherIngredients { product });
        }
        let mut nsaids = self.medicines().filter(|(medicine, _)| medicine.class.is_nsaid());
        if let (Some(_), Some((medicine, _))) = (nsaids.next(), nsaids.next()) {
            because.push(Because::TwoNsaidsInOne { medicine });
        }
        because
    }

    /// The anti-inflammatory in the dose, where it holds one: as it has limits here, and its name.
    fn nsaid(&self) -> Option<(Option<&'g Medicine>, String)> {
        let with_limits =
            self.medicines().map(|(medicine, _)| medicine).find(|medicine| medicine.class.is_nsaid());
        if let Some(medicine) = with_limits {
            return Some((Some(medicine), medicine.plain_name()));
        }
        let is_nsaid =
            |ingredient: &&str| class_of(self.guideline, ingredient).is_some_and(MedicineClass::is_nsaid);
        let ingredient =
            self.dose.per_unit().iter().map(|(ingredient, _)| ingredient.as_str()).find(is_nsaid)?;
        Some((None, name_of(self.guideline, self.region, ingredient)))
    }

    /// What the log says of others of the class, and where it cannot be relied on.
    fn about_log(&self) -> Vec<Because<'g>> {
        let mut because = Vec::new();
        if self.log().lacks_doses(self.now) {
            because.push(Because::LogIncomplete);
        }
        let nsaid = self.nsaid();
        for ingredient in self.courses.ingredients() {
            let class = class_of(self.guideline, ingredient);
            let asked_for = self.dose.per_unit().iter().any(|(asked, _)| asked == ingredient);
            let another_nsaid =
                nsaid.as_ref().filter(|_| !asked_for && class.is_none_or(MedicineClass::is_nsaid));
            let uncounted = self.uncounted(ingredient).filter(|_| !asked_for);
            if !asked_for && another_nsaid.is_none() && uncounted.is_none() {
                continue;
            }
            let course = self.course(ingredient);
            if let Some((at, _)) = course.next(self.now) {
                let ingredient = name_of(self.guideline, self.region, ingredient);
                because.push(Because::FutureDose { ingredient, at });
            }
            let Some((at, _)) = course.last(self.now) else { continue };
            let most = self.guideline.whole_threshold(Cutoff::DosesInDay);
            let is_many =
                other_of(self.guideline, ingredient).is_some() && course.busiest_day_around(at) > most;
            let shuts =
                if is_many { help_now_for(self.guideline) } else { shuts(self.guideline, ingredient) };
            let not_before = later(at, shuts);
            if not_before <= self.now {
                continue;
            }
            let taken = name_of(self.guideline, self.region, ingredient);
            match (another_nsaid, uncounted) {
                (Some((medicine, asked)), _) => because.push(match class {
                    Some(_) => Because::OtherNsaid {
                        medicine: *medicine,
                        asked: asked.clone(),
                        taken,
                        may_be_prescribed: other_of(self.guideline, ingredient).is_some(),
                        at,
                        not_before,
                    },
                    None => Because::UnknownInLog { ingredient: (*ingredient).to_owned(), at },
                }),
                (None, Some(medicine)) => {
                    because.push(Because::Uncounted { medicine, taken, at, until: not_before });
                }
                (None, None) => {}
            }
        }
        because
    }

    /// The medicine of the dose that has the class of something in the log without amounts.
    fn uncounted(&self, ingredient: &str) -> Option<&'g Medicine> {
        let class = other_of(self.guideline, ingredient)?.class;
        self.medicines().map(|(medicine, _)| medicine).find(|medicine| medicine.class == class)
    }

    /// What is still worn on the skin, where the dose goes on the skin too.
    fn about_skin(&self) -> Vec<Because<'g>> {
        let on_skin =
            |ingredient: &str| class_of(self.guideline, ingredient).is_some_and(MedicineClass::is_on_skin);
        if !self.dose.per_unit().iter().any(|(ingredient, _)| on_skin(ingredient)) {
            return Vec::new();
        }
        let mut because = Vec::new();
        for ingredient in self.courses.ingredients() {
            let worn = medicine_here_or_of(self.guideline, self.region, ingredient);
            let Some(medicine) = worn.filter(|medicine| medicine.wears.is_some()) else { continue };
            let course = self.course(ingredient);
            let taken = name_of(self.guideline, self.region, ingredient);
            // What is asked for itself was looked at with the log.
            let is_another = !self.dose.per_unit().iter().any(|(asked, _)| asked == ingredient);
            if let Some((at, _)) = course.next(self.now).filter(|_| is_another) {
                because.push(Because::FutureDose { ingredient: taken.clone(), at });
            }
            if let Some((at, until)) = course.worn_until(medicine, self.now).filter(|worn| worn.1 > self.now)
            {
                because.push(Because::Worn { taken, at, until, sources: vec![medicine.label_source] });
            }
        }
        because
    }

    fn about_limits(&self) -> Vec<Because<'g>> {
        let mut because = Vec::new();
        for limited in self.limited() {
            let Limited { medicine, asked, most, .. } = limited;
            let course = self.course(&medicine.ingredient);
            if asked > most {
                let pack_allows = limited.pack_allows(self.dose) && asked <= medicine.max_24h;
                because.push(Because::TooMuchAtOnce { medicine, asked, most, pack_allows });
            }
            let taken = course.total(self.now);
            because.extend(self.already_over(medicine, taken));
            let days = limited.max_days();
            if let Some(since) = course.too_long_since(days, self.now) {
                because.push(Because::TooManyDays { medicine, since, days });
            }
            let until = course.interval_over(limited.interval(), self.now);
            if let Some((last, _)) = course.last(self.now).filter(|_| until > self.now) {
                let interval = until.duration_since(last).max(limited.interval());
                because.push(Because::TooSoon { medicine, last, interval, until });
            }
            let until = course.room_for(medicine.max_24h, asked, self.now);
            if until > self.now {
                because.push(Because::DailyLimit { medicine, taken, asked, until });
            }
        }
        because
    }

    /// Too much was taken, of it or of its class, and nobody has cleared it.
    fn already_over(&self, medicine: &'g Medicine, taken: u32) -> Option<Because<'g>> {
        let is_nsaid = medicine.class.is_nsaid();
        if let Some(excess) = shut_by(&self.courses, &medicine.ingredient, is_nsaid, self.now) {
            let shuts = (excess.medicine.ingredient != medicine.ingredient).then(|| medicine.plain_name());
            return Some(Because::AlreadyOver {
                medicine: excess.medicine,
                taken: excess.total,
                at: excess.at,
                shuts,
            });
        }
        // What is put on the skin is shut by time alone.
        let is_over = medicine.unit == DoseUnit::Applications && taken > medicine.max_24h;
        is_over.then_some(Because::AlreadyOver { medicine, taken, at: self.now, shuts: None })
    }

    /// What the pack itself says.
    fn about_pack_limits(&self) -> Vec<Because<'g>> {
        let mut because = Vec::new();
        let Some(product) = self.product() else { return because };
        let asked = self.dose.count();
        if let Some(most) = product.limits.most.filter(|most| asked > Count::whole(*most)) {
            because.push(Because::PackMost { product, asked, most });
        }
        if let Some(most) = product.limits.max_24h {
            let taken = Count::from_hundredths(PackCourse::of(self.log(), product).total(self.now));
            let until = self.pack_room();
            if until > self.now {
                because.push(Because::PackDailyLimit { product, taken, most, until });
            }
        }
        because
    }

    /// When the pack's own limit of 24 hours has room for the dose.
    fn pack_room(&self) -> Timestamp {
        let limit = self.product().and_then(|product| Some((product, product.limits.max_24h?)));
        limit.map_or(self.now, |(product, most)| {
            let asked = self.dose.count().hundredths();
            PackCourse::of(self.log(), product).room_for(Count::whole(most).hundredths(), asked, self.now)
        })
    }

    /// Only time speaks against it, unless the wait leads past the days in a row.
    fn wait(&self, mut because: Vec<Because<'g>>) -> DoseVerdict<'g> {
        let until = self.soonest();
        let too_long = |limited: Limited<'g>| {
            let (medicine, days) = (limited.medicine, limited.max_days());
            let since = self.course(&medicine.ingredient).too_long_since(days, until)?;
            Some(Because::TooManyDays { medicine, since, days })
        };
        let days: Vec<Because<'g>> = self.limited().filter_map(too_long).collect();
        if days.is_empty() {
            DoseVerdict::Wait { until, because }
        } else {
            because.splice(..0, days);
            DoseVerdict::AskFirst { not_before: Some(until), because }
        }
    }

    /// Someone must be asked, and time may speak against it besides.
    fn ask_first(&self, because: Vec<Because<'g>>) -> DoseVerdict<'g> {
        let soonest = self.soonest();
        DoseVerdict::AskFirst { not_before: Some(soonest).filter(|at| *at > self.now), because }
    }

    /// When the pause, the daily limits of every ingredient and of the pack, and what
    /// is worn on the skin allow the dose.
    fn soonest(&self) -> Timestamp {
        let now = self.now;
        let of_ingredients = self.limited().map(|limited| {
            let medicine = limited.medicine;
            let course = self.course(&medicine.ingredient);
            let room = course.room_for(medicine.max_24h, limited.asked, now);
            course.interval_over(limited.interval(), now).max(room)
        });
        let of_skin = self.about_skin().into_iter().filter_map(|because| match because {
            Because::Worn { until, .. } => Some(until),
            _ => None,
        });
        of_ingredients.chain(of_skin).fold(now.max(self.pack_room()), Timestamp::max)
    }

    /// The most units that fit now.
    fn up_to(&self) -> Count {
        let fits = |(ingredient, amount): &(String, u32)| {
            let medicine = medicine_for(self.guideline, self.region, ingredient)?;
            let left = medicine.max_24h.saturating_sub(self.course(ingredient).total(self.now));
            Some(left.min(medicine.single_most) / (*amount).max(1))
        };
        let of_ingredients = self.dose.per_unit().iter().filter_map(fits);
        let pack = self.product().and_then(|product| {
            let taken = PackCourse::of(self.log(), product).total(self.now);
            let left = product.limits.max_24h.map(|most| most.saturating_sub(taken.div_ceil(100)));
            [product.limits.most, left].into_iter().flatten().min()
        });
        let whole = of_ingredients.chain(pack).min().unwrap_or(0);
        Count::whole(whole).max(self.dose.count())
    }

    /// When the same dose may be taken again after this one.
    fn next(&self) -> Timestamp {
        let mut log = self.log().clone();
        log.push(Taken::new(self.now, self.dose));
        let courses = Courses::of(self.guideline, self.region, &log);
        Guard { courses, state: self.state.clone(), ..*self }.soonest()
    }
}
