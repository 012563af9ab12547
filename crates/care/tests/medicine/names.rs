//! What a typed name and a typed amount stand for, and which country's limits count.

use care::medicine::{
    Amount, AmountError, Found, NoLimits, UnknownMedicine, find, less_now, region_of_limits,
    regions_with_limits, search,
};
use care::{Book, DoseLog, Guideline, PackLimits, Product, SourceId};

use crate::shelf::{self, region};
use crate::support::books;

/// The small shelf, with names as they stand on packs.
fn guideline() -> Guideline {
    let mut book = shelf::book();
    let pack = book.products[0].clone();
    let named = |id: &str, name: &str, regions: &[&str]| Product {
        id: id.to_owned(),
        name: name.to_owned(),
        regions: regions.iter().map(|id| shelf::region_id(id)).collect(),
        ..pack.clone()
    };
    book.products.extend([
        named("cold_us", "Cold & Flu Max", &["us"]),
        named("cold_uk", "Cold & Flu Max", &["uk"]),
        named("nurofen", "Nurofen", &["uk"]),
    ]);
    books::guideline(Book { regions: ["us", "uk", "eu", "anywhere"].map(region).into(), ..book })
}

fn listed(region_id: &str, text: &str) -> Vec<String> {
    let guideline = guideline();
    search(&guideline, &region(region_id), text, 4).iter().map(|found| found.id().to_owned()).collect()
}

#[test]
fn a_part_of_a_name_lists_what_it_may_mean_the_likeliest_first() {
    assert_eq!(listed("us", "ibuprofen"), ["ibuprofen_us"]);
    assert_eq!(listed("us", "adv"), ["advil"]);
    assert_eq!(listed("us", "gel"), ["gel", "gel_us", "knee_gel", "knee_gel_us"]);
    assert_eq!(listed("us", "flu"), ["cold_us"]);
    assert_eq!(listed("us", "profen")[..], ["ibuprofen_us"]);
    assert_eq!(listed("us", " "), [""; 0]);
    assert_eq!(listed("us", "zzzz"), [""; 0]);
}

#[test]
fn a_slip_is_found_also_before_the_name_is_typed_out() {
    assert_eq!(listed("us", "ibuprofin"), ["ibuprofen_us"]);
    assert_eq!(listed("us", "ibupor"), ["ibuprofen_us"]);
    assert_eq!(listed("us", "tylenlo"), ["tylenol"]);
}

#[test]
fn each_pack_is_listed_as_the_region_has_it_and_those_of_elsewhere_stay() {
    assert_eq!(listed("uk", "cold"), ["cold_uk"]);
    assert_eq!(listed("us", "nurofen"), ["nurofen"]);
}

#[test]
fn a_name_is_taken_by_its_letters_and_never_by_likeness() {
    let guideline = guideline();
    let us = region("us");
    assert_eq!(find(&guideline, &us, "cold and flu max").map(|found| found.id()), Ok("cold_us"));
    assert_eq!(find(&guideline, &us, "COLD-flu max").map(|found| found.id()), Ok("cold_us"));
    assert_eq!(find(&guideline, &us, "advli").unwrap_err(), unknown("advli", &["advil"]));
}

#[test]
fn packs_of_one_name_that_hold_different_things_are_told_apart_by_the_country() {
    let book = shelf::book();
    let pack = book.products[0].clone();
    let sold = |id: &str, region: &str, others: &[&str], label: Option<SourceId>| Product {
        id: id.to_owned(),
        name: "Sachet".to_owned(),
        regions: vec![shelf::region_id(region)],
        others: others.iter().map(ToString::to_string).collect(),
        limits: PackLimits { label_source: label, ..PackLimits::default() },
        ..pack.clone()
    };
    let with = |ie: Product| {
        let uk = sold("sachet_uk", "uk", &["phenylephrine"], None);
        let mut products = book.products.clone();
        products.extend([uk, ie]);
        books::guideline(Book { products, ..book.clone() })
    };
    let guideline = with(sold("sachet_ie", "ie", &[], None));
    let from = |id: &str| find(&guideline, &region(id), "sachet").map(|found| found.id());
    assert_eq!(from("uk"), Ok("sachet_uk"));
    assert_eq!(from("ie"), Ok("sachet_ie"));
    assert_eq!(
        from("us"),
        Err(UnknownMedicine::WhichPack {
            name: "sachet".to_owned(),
            packs: vec!["Sachet (UK)".to_owned(), "Sachet (IE)".to_owned()],
            abroad: true,
        })
    );
    // Where only the printer of the label differs, it makes no difference which one it is.
    let same = with(sold("sachet_ie", "ie", &["phenylephrine"], Some(SourceId(0))));
    assert_eq!(find(&same, &region("us"), "sachet").map(|found| found.id()), Ok("sachet_uk"));
}

fn unknown(name: &str, meant: &[&str]) -> UnknownMedicine {
    let did_you_mean = meant.iter().map(ToString::to_string).collect();
    UnknownMedicine::Unknown { name: name.to_owned(), did_you_mean }
}

#[test]
fn the_limits_are_those_of_one_country() {
    let guideline = guideline();
    let of = |chosen: &str, pack: Option<&str>, last: Option<&str>| {
        let chosen = region(chosen);
        let found = pack.map(|name| find(&guideline, &chosen, name).unwrap());
        let counts = guideline.book().regions.iter().find(|region| region.id == chosen.id).unwrap();
        region_of_limits(&guideline, counts, found.as_ref(), last).map(|region| region.id.clone())
    };
    assert_eq!(of("uk", Some("advil"), Some("us")), Ok("uk".to_owned()));
    assert_eq!(of("anywhere", Some("advil"), None), Ok("us".to_owned()));
    assert_eq!(of("anywhere", Some("cold & flu max"), Some("uk")), Ok("uk".to_owned()));
    assert_eq!(of("anywhere", Some("cold & flu max"), None), Err(NoLimits::NotChosen));
    assert_eq!(of("eu", Some("advil"), Some("us")), Err(NoLimits::In("EU".to_owned())));
    let ids: Vec<&str> =
        regions_with_limits(&guideline).into_iter().map(|region| region.id.as_str()).collect();
    assert_eq!(ids, ["uk", "us"]);
}

#[test]
fn milligrams_of_a_pack_are_whole_units_and_tablets_of_an_ingredient_are_refused() {
    let guideline = guideline();
    let us = region("us");
    let dose = |name: &str, amount: &str| {
        let found = find(&guideline, &us, name).unwrap();
        amount.parse::<Amount>().and_then(|amount| found.dose(amount)).map(|dose| dose.units())
    };
    assert_eq!(dose("advil", "400mg"), Ok(2));
    assert_eq!(dose("ibuprofen", "400"), Ok(400));
    assert!(matches!(dose("advil", "300mg"), Err(AmountError::NotWhole { .. })));
    assert!(matches!(dose("ibuprofen", "2"), Err(AmountError::PerhapsTablets { .. })));
    assert!(matches!(dose("advil", "201"), Err(AmountError::Dose(_))));
    assert!(matches!(dose("advil", "0"), Err(AmountError::NotAnAmount(_))));
}

#[test]
fn where_two_tablets_too_many_were_asked_for_the_two_that_may_be_are_told() {
    let guideline = guideline();
    let (person, now) = (shelf::aged(&guideline, 40), shelf::new_york(6, 15, 12, 0));
    let less = |units: u32| {
        let dose = shelf::dose(&guideline, "advil", units);
        less_now(&guideline, "us", &DoseLog::default(), &dose, &person, now)
    };
    assert_eq!(less(4), Some(2));
    assert_eq!(less(2), None);
    let advil = find(&guideline, &region("us"), "advil").unwrap();
    assert!(matches!(advil, Found::Product(_)));
}
