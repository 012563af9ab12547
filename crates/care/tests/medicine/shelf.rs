//! A small book with a few painkillers, and the people and instants to try them on.

use care::{
    Answer, Answers, Book, Caution, Condition, Dose, DoseLog, DoseUnit, DoseVerdict, Finding, Guideline,
    Medicine, MedicineClass, PackLimits, PackUnit, Place, Product, Region, RegionId, Seconds, Source,
    SourceId, SourceKind, Taken, Urgency, Weight, may_take,
};
use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

use crate::support::books;

pub(crate) const AGE: u16 = 0;
pub(crate) const PREGNANCY: u16 = 1;
pub(crate) const DANGER: u16 = 2;
pub(crate) const ULCER: u16 = 3;
pub(crate) const HEARTBURN: u16 = 4;
pub(crate) const LIVER: u16 = 5;
pub(crate) const FINDINGS: [&str; 6] = ["age", "pregnant_or_birth", "danger", "ulcer", "heartburn", "liver"];

fn caution(finding: u16, because: &str) -> Caution {
    Caution { condition: books::yes(finding), because: because.to_owned(), sources: vec![SourceId(0)] }
}

/// `limits` are usual, most at once, hours between, most in 24 hours, days in a row.
fn medicine(ingredient: &str, class: MedicineClass, limits: [u32; 5]) -> Medicine {
    let [single_usual, single_most, hours, max_24h, max_days] = limits;
    let swallowed = matches!(class, MedicineClass::Nsaid | MedicineClass::Paracetamol);
    Medicine {
        id: format!("{ingredient}_us"),
        place: Place::default(),
        ingredient: ingredient.to_owned(),
        name: format!("{ingredient} (brand)"),
        also: Vec::new(),
        region: region_id("us"),
        class,
        single_usual,
        single_most,
        unit: if swallowed { DoseUnit::Milligrams } else { DoseUnit::Applications },
        interval: Seconds::new(hours * 3600).unwrap(),
        max_24h,
        overdose_24h: None,
        tablet: None,
        most_says: None,
        wears: None,
        daily: None,
        max_days,
        min_age: 12,
        not_for_because: None,
        block: match class {
            MedicineClass::Paracetamol => vec![caution(LIVER, "Your liver.")],
            _ => vec![caution(ULCER, "Your ulcer.")],
        },
        ask_first: vec![caution(HEARTBURN, "Your heartburn.")],
        warn: Vec::new(),
        label_source: SourceId(0),
        label_date: Some("2026-11".to_owned()),
        sources: vec![SourceId(0)],
        claims: Vec::new(),
    }
}

fn product(id: &str, contains: &[(&str, u32)], others: &[&str]) -> Product {
    Product {
        id: id.to_owned(),
        place: Place::default(),
        name: id.to_owned(),
        also: Vec::new(),
        regions: vec![region_id("us")],
        contains: contains.iter().map(|(name, amount)| ((*name).to_owned(), *amount)).collect(),
        others: others.iter().map(|name| (*name).to_owned()).collect(),
        unit: PackUnit::Tablet,
        limits: PackLimits::default(),
        note: None,
        sources: vec![SourceId(0)],
        claims: Vec::new(),
    }
}

pub(crate) fn region(id: &str) -> Region {
    Region {
        id: id.to_owned(),
        place: Place::default(),
        name: id.to_uppercase(),
        emergency: "112".to_owned(),
        advice: None,
        crisis: None,
        poison: None,
        maternity: None,
        abuse: None,
        sources: Vec::new(),
    }
}

fn findings() -> Vec<Finding> {
    let mut findings = vec![books::number("age", 0, 120)];
    findings.extend(FINDINGS[1..].iter().map(|id| books::yes_no(id)));
    findings[usize::from(DANGER)].danger = true;
    findings
}

/// Where a region stands in the books of these tests.
pub(crate) fn region_id(id: &str) -> RegionId {
    RegionId(match id {
        "us" => 0,
        "uk" => 1,
        _ => 2,
    })
}

pub(crate) fn book() -> Book {
    use MedicineClass::{Nsaid, NsaidTopical, Paracetamol};
    let medicines = vec![
        medicine("ibuprofen", Nsaid, [200, 400, 4, 1200, 10]),
        medicine("naproxen", Nsaid, [220, 440, 12, 660, 10]),
        medicine("aspirin", Nsaid, [325, 650, 4, 3900, 10]),
        medicine("acetaminophen", Paracetamol, [650, 1000, 6, 3000, 3]),
        medicine("gel", NsaidTopical, [1, 1, 6, 4, 7]),
        Medicine {
            not_for_because: Some("Not for the back.".to_owned()),
            ..medicine("knee_gel", NsaidTopical, [1, 1, 6, 4, 7])
        },
        Medicine {
            id: "codeine_uk".to_owned(),
            region: region_id("uk"),
            ..medicine("uk_only", Paracetamol, [500, 500, 6, 2000, 3])
        },
    ];
    let products = vec![
        product("advil", &[("ibuprofen", 200)], &[]),
        product("motrin", &[("ibuprofen", 200)], &[]),
        product("aleve", &[("naproxen", 220)], &[]),
        product("tylenol", &[("acetaminophen", 500)], &[]),
        product("nyquil", &[("acetaminophen", 650)], &["doxylamine"]),
        product("dual", &[("ibuprofen", 125), ("acetaminophen", 250)], &[]),
        Product {
            limits: PackLimits { most: Some(1), max_24h: Some(3), ..PackLimits::default() },
            ..product("headache", &[("aspirin", 250), ("acetaminophen", 250)], &[])
        },
        product("gel", &[("gel", 1)], &[]),
        product("knee_gel", &[("knee_gel", 1)], &[]),
        product("abroad", &[("uk_only", 500)], &[]),
        product("both_kinds", &[("aspirin", 100), ("ibuprofen", 100)], &[]),
        product("empty", &[], &["herbs"]),
    ];
    let shows: Vec<u16> = (0..).take(FINDINGS.len()).collect();
    let danger = Condition::Yes(care::FindingId(DANGER));
    Book {
        regions: ["us", "uk", "ie"].map(region).into(),
        medicines,
        products,
        sources: vec![Source {
            id: "label".to_owned(),
            at: None,
            title: "The label".to_owned(),
            year: None,
            link: String::new(),
            kind: SourceKind::Label,
            weight: Weight::High,
        }],
        ..books::book(
            findings(),
            vec![books::question("all", &shows)],
            vec![books::rule("danger", danger, Urgency::Emergency, Urgency::Emergency)],
            Vec::new(),
        )
    }
}

pub(crate) fn guideline() -> Guideline {
    books::guideline(book())
}

/// A person of this age to whom nothing else applies.
pub(crate) fn aged(guideline: &Guideline, age: i64) -> Answers {
    let mut answers = Answers::none(guideline);
    for finding in guideline.findings() {
        let answer = if finding.0 == AGE { Answer::Number(age) } else { Answer::No };
        answers.set(guideline, finding, answer).unwrap();
    }
    answers
}

/// The same person, who gives another answer.
pub(crate) fn but(guideline: &Guideline, answers: &Answers, finding: u16, answer: Option<Answer>) -> Answers {
    let mut answers = answers.clone();
    match answer {
        Some(answer) => answers.set(guideline, care::FindingId(finding), answer).unwrap(),
        None => answers.clear(care::FindingId(finding)),
    }
    answers
}

pub(crate) fn dose(guideline: &Guideline, product: &str, units: u32) -> Dose {
    let product = guideline.book().products.iter().find(|other| other.id == product).unwrap();
    Dose::of_product(product, units).unwrap()
}

/// What a healthy adult is told.
pub(crate) fn adult<'g>(
    guideline: &'g Guideline,
    log: &DoseLog,
    product: &str,
    units: u32,
    now: Timestamp,
) -> DoseVerdict<'g> {
    may_take(guideline, "us", log, &dose(guideline, product, units), &aged(guideline, 40), now)
}

pub(crate) fn log(guideline: &Guideline, taken: &[(Timestamp, &str, u32)]) -> DoseLog {
    taken.iter().map(|(at, product, units)| Taken::new(*at, &dose(guideline, product, *units))).collect()
}

/// An instant by the clock on a wall in New York; in the hour that comes twice, the first.
pub(crate) fn new_york(month: i8, day: i8, hour: i8, minute: i8) -> Timestamp {
    let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
    civil::date(2026, month, day).at(hour, minute, 0, 0).to_zoned(zone).unwrap().timestamp()
}
