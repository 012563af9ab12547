//! What somebody may have at hand: packs that are common, how much of one is
//! usual, and whether the same was taken already today.

use jiff::Timestamp;

use super::log::{DoseLog, Taken};
use super::named::{class_of, medicine_for, product_with, shuts};
use super::shelf::Found;
use super::standing::Standing;
use crate::book::{MedicineClass, Product};
use crate::decision::guideline::Guideline;

/// More packs of one ingredient would make the others hard to find.
const PACKS_OF_ONE: usize = 3;

/// Packs that were taken lately and stand first.
const TAKEN_FIRST: usize = 3;

impl<'g> Found<'g> {
    /// What has this id in the book: `advil`, or `ibuprofen_us`.
    pub fn with_id(guideline: &'g Guideline, id: &str) -> Option<Self> {
        let book = guideline.book();
        let product = product_with(guideline, id).map(Self::Product);
        let medicine = || book.medicines.iter().find(|medicine| medicine.id == id).map(Self::Ingredient);
        let other = || book.other_medicines.iter().find(|other| other.id == id).map(Self::Other);
        product.or_else(medicine).or_else(other)
    }

    /// Each ingredient that counts.
    pub fn ingredients(&self) -> Vec<&'g str> {
        match *self {
            Self::Product(product) => product.contains.iter().map(|(name, _)| name.as_str()).collect(),
            Self::Ingredient(medicine) => vec![&medicine.ingredient],
            Self::Other(other) => vec![&other.id],
        }
    }

    /// How many units are one usual dose, at least 1: as many as hold the usual
    /// amount of each ingredient and no more.
    pub fn usual_units(&self, guideline: &Guideline, region: &str) -> u32 {
        match self {
            Self::Ingredient(medicine) => medicine.single_usual,
            Self::Other(_) => 1,
            Self::Product(product) => product
                .contains
                .iter()
                .filter_map(|(ingredient, amount)| {
                    let medicine = medicine_for(guideline, region, ingredient)?;
                    Some(medicine.single_usual / (*amount).max(1))
                })
                .chain(product.limits.most)
                .min()
                .unwrap_or(1)
                .max(1),
        }
    }

    /// What it has in common with a dose whose time is not over; the nearest kinship
    /// and its latest dose.
    pub fn kin_taken(
        &self,
        guideline: &Guideline,
        standings: &[Standing<'_>],
        now: Timestamp,
    ) -> Option<Kin> {
        let mut kin: Vec<Kin> = Vec::new();
        let is_nsaid =
            |ingredient: &str| class_of(guideline, ingredient).is_some_and(MedicineClass::is_nsaid);
        for standing in standings {
            let (taken, Some(at)) = (standing.ingredient.as_str(), standing.last) else { continue };
            if now.duration_since(at) >= shuts(guideline, taken) {
                continue;
            }
            let taken_name = standing.name.clone();
            if self.ingredients().contains(&taken) {
                kin.push(Kin::Same { ingredient: taken_name, at });
            } else if is_nsaid(taken) && self.ingredients().into_iter().any(is_nsaid) {
                kin.push(Kin::SameKind { ingredient: taken_name, at });
            }
        }
        // The same ingredient comes before one of the same kind, a later dose before an earlier one.
        kin.into_iter().min_by_key(|kin| match kin {
            Kin::Same { at, .. } => (0, std::cmp::Reverse(*at)),
            Kin::SameKind { at, .. } => (1, std::cmp::Reverse(*at)),
        })
    }
}

/// How something is like a dose that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kin {
    /// It holds the same ingredient.
    Same {
        /// Its plain name.
        ingredient: String,
        /// When it was taken last.
        at: Timestamp,
    },
    /// It is an anti-inflammatory as well.
    SameKind {
        /// The plain name of the one that was taken.
        ingredient: String,
        /// When it was taken last.
        at: Timestamp,
    },
}

/// The packs to offer at once: those taken lately, the latest first, then what is
/// sold in the region for pain, has one ingredient and is swallowed, in the order
/// of the book. No pack twice.
pub fn common_packs<'g>(guideline: &'g Guideline, region: &str, log: &DoseLog) -> Vec<&'g Product> {
    let products = &guideline.book().products;
    let mut doses: Vec<&Taken> = log.doses().iter().collect();
    doses.sort_by_key(|taken| std::cmp::Reverse(taken.at()));
    let mut packs: Vec<&Product> = Vec::new();
    for id in doses.into_iter().filter_map(Taken::product) {
        let Some(product) = products.iter().find(|product| product.id == id) else { continue };
        if packs.len() < TAKEN_FIRST && !packs.iter().any(|pack| pack.id == product.id) {
            packs.push(product);
        }
    }
    let here = guideline.region_named(region);
    let mut sold: Vec<&Product> = Vec::new();
    for product in products {
        let [(ingredient, amount)] = product.contains.as_slice() else { continue };
        let is_simple = product.others.is_empty() && here.is_some_and(|here| product.regions.contains(&here));
        let fits = medicine_for(guideline, region, ingredient).is_some_and(|medicine| {
            let is_daily = medicine.daily.as_ref().is_some_and(|daily| *amount <= daily.up_to);
            !is_daily
                && medicine.not_for_because.is_none()
                && matches!(medicine.class, MedicineClass::Nsaid | MedicineClass::Paracetamol)
        });
        let of_it = |pack: &&&Product| pack.contains.iter().any(|(other, _)| other == ingredient);
        if is_simple && fits && sold.iter().filter(of_it).count() < PACKS_OF_ONE {
            sold.push(product);
        }
    }
    sold.retain(|product| !packs.iter().any(|pack| pack.id == product.id));
    packs.extend(sold);
    packs
}
