//! The shelf of medicines in the real book: what is on it, from which document, and
//! by which names it is found.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use care::medicine::{Found, UnknownMedicine, find};
use care::{Product, Region, SourceKind, medicine_for};
use support::guideline;

fn region(id: &str) -> &'static Region {
    guideline().book().regions.iter().find(|region| region.id == id).unwrap()
}

fn sold_in(product: &Product, regions: &[&str]) -> bool {
    product.regions.iter().any(|sold| regions.contains(&guideline().region(*sold).id.as_str()))
}

/// Whether it was read in a document, not only known or judged.
fn has_document(product: &Product) -> bool {
    product.sources.iter().any(|source| {
        !matches!(guideline().source(*source).kind, SourceKind::Knowledge | SourceKind::Judgement)
    })
}

#[test]
fn packs_of_the_us_and_the_uk_stand_on_documents() {
    let products = &guideline().book().products;
    let here: Vec<&Product> = products.iter().filter(|product| sold_in(product, &["us", "uk"])).collect();
    let read = here.iter().filter(|product| has_document(product)).count();
    assert!(read >= 150, "{read} of {}", here.len());
    let label = |product: &&&Product| product.limits.label_source.is_some();
    let labels = here.iter().filter(label).count();
    assert!(labels >= 120, "{labels} of {}", here.len());
}

#[test]
fn six_countries_have_doses_of_the_common_painkillers() {
    for region in ["us", "uk", "ie", "au", "ca", "nz"] {
        for ingredient in ["ibuprofen", "acetaminophen"] {
            let medicine = medicine_for(guideline(), region, ingredient);
            let medicine = medicine.unwrap_or_else(|| panic!("no {ingredient} in {region}"));
            // The same cautions in every country, whoever printed them.
            let us = medicine_for(guideline(), "us", ingredient).unwrap();
            assert!(medicine.block.len() >= us.block.len(), "{}", medicine.id);
            assert!(medicine.ask_first.len() >= us.ask_first.len(), "{}", medicine.id);
        }
    }
}

/// What people say who take two things of one kind.
#[test]
#[expect(clippy::too_many_lines, reason = "a table of names")]
fn common_brands_are_found_by_name() {
    let brands: &[(&str, &[&str])] = &[
        (
            "us",
            &[
                "Advil",
                "Motrin",
                "Aleve",
                "Aleve PM",
                "Advil PM",
                "Advil Dual Action",
                "Tylenol PM",
                "Midol",
                "Excedrin Migraine",
                "Excedrin Back & Body",
                "BC Powder",
                "Goody's Extra Strength",
                "Alka-Seltzer",
                "Alka-Seltzer Plus",
                "Percogesic",
                "Percocet",
                "Vicodin",
                "Norco",
                "Ultracet",
                "Tylenol with Codeine",
                "Theraflu ExpressMax",
                "DayQuil",
                "NyQuil",
                "Mucinex Fast-Max",
                "Coricidin HBP Cold & Flu",
                "Sudafed PE Pressure + Pain",
                "Doan's",
                "Pepto-Bismol",
                "Salonpas",
                "Aspercreme Lidocaine",
                "Bengay",
                "Icy Hot",
                "Voltaren Gel",
                "Vanquish",
                "Kirkland ibuprofen",
                "Equate PM",
            ],
        ),
        (
            "uk",
            &[
                "Nurofen",
                "Nurofen Plus",
                "Nuromol",
                "Cuprofen",
                "Feminax Ultra",
                "Anadin",
                "Anadin Extra",
                "Anadin Original",
                "Aspro Clear",
                "Disprin",
                "Alka-Seltzer",
                "Beechams Powders",
                "Beechams Powders Capsules",
                "Lemsip",
                "Lemsip Max",
                "Night Nurse",
                "Day Nurse",
                "Panadol",
                "Panadol Extra",
                "Panadol Night",
                "Solpadeine",
                "Solpadeine Max",
                "Syndol",
                "Paramol",
                "co-codamol",
                "co-dydramol",
                "Tramacet",
                "Migraleve",
                "Combogesic",
                "Calpol",
                "Voltarol",
                "Ibuleve",
                "Deep Heat",
                "Deep Relief",
                "Tiger Balm",
                "Benylin Four Flu",
            ],
        ),
        ("ie", &["Nurofen", "Nurofen Plus", "Disprin", "Anadin", "Panadol", "Lemsip Max", "Alka-Seltzer"]),
        ("au", &["Nurofen", "Panadol", "Panadol Night", "Panadol Osteo", "Nuromol", "Tylenol"]),
        ("ca", &["Advil", "Aleve", "Motrin", "Tylenol", "Robaxacet", "Robaxisal", "Robax Platinum"]),
        ("nz", &["Nurofen", "Panadol", "Nurofen Plus", "Maxigesic"]),
    ];
    let mut missing: Vec<String> = Vec::new();
    for (place, names) in brands {
        for name in *names {
            let found = find(guideline(), region(place), name);
            let here = match &found {
                Ok(found @ Found::Product(_)) => found.is_in(guideline(), place),
                Err(UnknownMedicine::WhichPack { .. }) => true,
                _ => false,
            };
            if !here {
                missing.push(format!("{name} in {place}: {found:?}").chars().take(160).collect());
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_bare_brand_of_several_strengths_is_asked_about() {
    for (place, name) in [
        ("us", "tylenol"),
        ("us", "nyquil"),
        ("us", "bayer"),
        ("us", "theraflu"),
        ("us", "excedrin"),
        ("uk", "anadin"),
        ("uk", "lemsip"),
        ("uk", "beechams"),
        ("uk", "co-codamol"),
        ("uk", "nurofen"),
        ("ca", "tylenol"),
        // Sold in other countries only, with other amounts.
        ("nz", "tylenol"),
        ("us", "lemsip"),
    ] {
        let found = find(guideline(), region(place), name);
        assert!(matches!(found, Err(UnknownMedicine::WhichPack { .. })), "{name} in {place}: {found:?}");
    }
}

/// By the name of the substance and by brands of several countries.
#[test]
fn every_anti_inflammatory_can_be_written_down() {
    for name in [
        "diclofenac",
        "Cataflam",
        "Voltarol tablets",
        "meloxicam",
        "Mobic",
        "celecoxib",
        "Celebrex",
        "etoricoxib",
        "Arcoxia",
        "indomethacin",
        "indometacin",
        "ketoprofen",
        "dexketoprofen",
        "Enantyum",
        "piroxicam",
        "Feldene",
        "etodolac",
        "nabumetone",
        "sulindac",
        "mefenamic acid",
        "Ponstan",
        "Ponstel",
        "tolfenamic acid",
        "flurbiprofen",
        "fenoprofen",
        "tiaprofenic acid",
        "aceclofenac",
        "nimesulide",
        "metamizole",
        "Novalgin",
        "ketorolac",
        "Toradol",
        "diflunisal",
        "salsalate",
        "oxaprozin",
        "lornoxicam",
        "Vimovo",
        "Naprosyn",
        "anti-inflammatory",
        "NSAID",
    ] {
        let found = find(guideline(), region("uk"), name);
        assert!(found.is_ok(), "{name}: {found:?}");
    }
    for name in ["acetylsalicylic acid", "ASA", "ASS", "aspirin"] {
        let found = find(guideline(), region("us"), name).unwrap();
        assert!(found.ingredients().contains(&"aspirin"), "{name}: {found:?}");
    }
}
