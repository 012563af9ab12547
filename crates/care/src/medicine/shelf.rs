//! Finding a medicine by whatever it is called, and the country whose limits count.

use super::amount::{Amount, AmountError};
use super::dose::Dose;
use super::types::{DoseUnit, Medicine, Product, medicine_for};
use crate::guideline::{Guideline, Region};
use crate::words::{distance, slip};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found<'g> {
    /// A pack, counted in its units.
    Product(&'g Product),
    /// A bare ingredient, counted in milligrams or applications.
    Ingredient(&'g Medicine),
}

impl<'g> Found<'g> {
    /// The same ingredient, or the pack of the same name, in a region; unchanged where the region has none.
    #[must_use]
    pub fn in_region(self, guideline: &'g Guideline, region: &str) -> Self {
        match self {
            Self::Product(product) => {
                let sold_here =
                    |other: &&Product| key(&other.name) == key(&product.name) && is_sold(other, region);
                Self::Product(guideline.book().products.iter().find(sold_here).unwrap_or(product))
            }
            Self::Ingredient(medicine) => {
                Self::Ingredient(medicine_for(guideline, region, &medicine.ingredient).unwrap_or(medicine))
            }
        }
    }

    /// Its id in the book: `advil`, or `ibuprofen_us`.
    pub fn id(&self) -> &'g str {
        match self {
            Self::Product(product) => &product.id,
            Self::Ingredient(medicine) => &medicine.id,
        }
    }

    /// The name a person reads.
    pub fn name(&self) -> String {
        match self {
            Self::Product(product) => product.name.clone(),
            Self::Ingredient(medicine) => medicine.plain_name(),
        }
    }

    /// Whether it is to be had in a region.
    pub fn is_in(&self, region: &str) -> bool {
        match self {
            Self::Product(product) => is_sold(product, region),
            Self::Ingredient(medicine) => medicine.region == region,
        }
    }

    /// So much of it.
    ///
    /// # Errors
    ///
    /// An amount that is not counted in what this is counted in, or that must be a slip of the finger.
    pub fn dose(&self, amount: Amount) -> Result<Dose, AmountError> {
        let dose = match *self {
            Self::Product(product) => Dose::of_product(product, amount.units_of(product)?),
            Self::Ingredient(medicine) => Dose::of_ingredient(medicine, amount.of_ingredient(medicine)?),
        };
        Ok(dose?)
    }

    /// So many of its units: `2 tablets`, or `400 mg`.
    pub fn amount_words(&self, units: u32) -> String {
        match self {
            Self::Product(product) if units == 1 => format!("1 {}", product.unit),
            Self::Product(product) if product.unit.ends_with("ch") => format!("{units} {}es", product.unit),
            Self::Product(product) => format!("{units} {}s", product.unit),
            Self::Ingredient(medicine) => medicine.unit.words(units),
        }
    }

    /// A dose of it: `Advil, 2 tablets (400 mg of ibuprofen); limits: United States`.
    pub fn described(&self, guideline: &Guideline, region: &Region, dose: &Dose) -> String {
        let holds: Vec<String> = dose
            .amounts()
            .map(|(ingredient, amount)| {
                let medicines = &guideline.book().medicines;
                let medicine = medicine_for(guideline, &region.id, ingredient)
                    .or_else(|| medicines.iter().find(|medicine| medicine.ingredient == ingredient));
                let unit = medicine.map_or(DoseUnit::Milligrams, |medicine| medicine.unit);
                let name = medicine
                    .map_or_else(|| ingredient.to_owned(), |medicine| medicine.plain_name().to_lowercase());
                format!("{} of {name}", unit.words(amount))
            })
            .collect();
        let holds = holds.join(" and ");
        match self {
            Self::Product(product) => format!(
                "{}, {} ({holds}); limits: {}",
                product.name,
                self.amount_words(dose.units()),
                region.name
            ),
            Self::Ingredient(_) => format!("{holds}; limits: {}", region.name),
        }
    }

    /// The regions that have it.
    fn regions(&self, guideline: &Guideline) -> Vec<String> {
        let mut regions: Vec<String> = match self {
            Self::Product(product) => {
                // The same name may stand on a pack of another country, with other amounts.
                let same_name =
                    guideline.book().products.iter().filter(|other| key(&other.name) == key(&product.name));
                same_name.flat_map(|product| product.regions.clone()).collect()
            }
            Self::Ingredient(medicine) => {
                let medicines = guideline.book().medicines.iter();
                let same = medicines.filter(|other| other.ingredient == medicine.ingredient);
                same.map(|medicine| medicine.region.clone()).collect()
            }
        };
        regions.sort();
        regions.dedup();
        regions
    }
}

fn is_sold(product: &Product, region: &str) -> bool {
    product.regions.iter().any(|sold| sold == region)
}

/// Letters and digits only, in lower case: `Excedrin Back & Body` and `excedrin back&body` are one.
fn key(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Every name by which something can be found.
fn names(guideline: &Guideline) -> impl Iterator<Item = (String, Found<'_>)> {
    let book = guideline.book();
    let products = book.products.iter().flat_map(|product| {
        let names = [&product.name, &product.id].into_iter().chain(&product.also);
        names.map(|name| (name.clone(), Found::Product(product)))
    });
    let ingredients = book.medicines.iter().flat_map(|medicine| {
        let names = [medicine.plain_name(), medicine.ingredient.clone()];
        names.map(|name| (name, Found::Ingredient(medicine)))
    });
    products.chain(ingredients)
}

/// A name that the book does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is not a medicine of this book; {}", help(.did_you_mean))]
pub struct UnknownMedicine {
    /// The name that was given.
    pub name: String,
    /// The names most like it, the nearest first; at most three, none if none is near.
    pub did_you_mean: Vec<String>,
}

fn help(did_you_mean: &[String]) -> String {
    if did_you_mean.is_empty() {
        "enter the ingredients from the pack one by one, for example ibuprofen, or ask a pharmacist"
            .to_owned()
    } else {
        format!("did you mean {}?", did_you_mean.join(" or "))
    }
}

/// What a name stands for: by name or other spelling, never by likeness. A pack
/// of the chosen country comes before one of another; a pack before an ingredient.
///
/// # Errors
///
/// An unknown name, with the names most like it.
pub fn find<'g>(guideline: &'g Guideline, region: &Region, name: &str) -> Result<Found<'g>, UnknownMedicine> {
    let wanted = key(name);
    let found: Vec<Found<'g>> =
        names(guideline).filter(|(name, _)| key(name) == wanted).map(|(_, found)| found).collect();
    let here = found.iter().find(|found| found.is_in(&region.id));
    here.or(found.first()).copied().ok_or_else(|| UnknownMedicine {
        name: name.to_owned(),
        did_you_mean: suggestions(guideline, &wanted),
    })
}

fn suggestions(guideline: &Guideline, wanted: &str) -> Vec<String> {
    let mut near: Vec<(usize, String)> = names(guideline)
        .filter_map(|(name, found)| {
            let known = key(&name);
            let distance = distance(wanted, &known);
            let like = distance <= wanted.chars().count().min(known.chars().count()) / 3;
            let part =
                known.len() >= 4 && wanted.len() >= 4 && (wanted.contains(&known) || known.contains(wanted));
            (like || part).then(|| (if like { distance } else { usize::MAX }, found.name()))
        })
        .collect();
    near.sort();
    let mut suggestions: Vec<String> = Vec::new();
    for (_, name) in near {
        if !suggestions.contains(&name) {
            suggestions.push(name);
        }
    }
    suggestions.truncate(3);
    suggestions
}

/// Every pack and ingredient that a part of a name may mean, the likeliest first
/// and at most so many: for a box in which somebody types.
///
/// A name that is the text comes before one that begins with it, then one of
/// whose words begins with it, then one that holds it, then one that it may be a
/// slip for. Among equals, what the region has comes first, then the order of
/// the book. Each is shown as the region has it. Nothing is found for no text.
pub fn search<'g>(guideline: &'g Guideline, region: &Region, text: &str, most: usize) -> Vec<Found<'g>> {
    let wanted = key(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(Likeness, bool, Found<'g>)> = names(guideline)
        .filter_map(|(name, found)| {
            let likeness = Likeness::of(&wanted, &name)?;
            let found = found.in_region(guideline, &region.id);
            Some((likeness, !found.is_in(&region.id), found))
        })
        .collect();
    hits.sort_by_key(|(likeness, abroad, _)| (*likeness, *abroad));
    let mut listed: Vec<Found<'g>> = Vec::new();
    for (.., found) in hits {
        if listed.len() < most && !listed.iter().any(|known| known.id() == found.id()) {
            listed.push(found);
        }
    }
    listed
}

/// How a typed text is like a name, most alike first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Same,
    Begins,
    WordBegins,
    Holds,
    Slip(usize),
}

impl Likeness {
    /// A shorter text stands in the middle of too many names.
    const SHORTEST_PART: usize = 3;

    fn of(wanted: &str, name: &str) -> Option<Self> {
        let known = key(name);
        if known == wanted {
            return Some(Self::Same);
        }
        if known.starts_with(wanted) {
            return Some(Self::Begins);
        }
        let words: Vec<String> = name.split(|letter: char| !letter.is_alphanumeric()).map(key).collect();
        if words.iter().any(|word| word.starts_with(wanted)) {
            return Some(Self::WordBegins);
        }
        let length = wanted.chars().count();
        if length >= Self::SHORTEST_PART && known.contains(wanted) {
            return Some(Self::Holds);
        }
        // Whoever is still typing has slipped in the beginning of the name.
        let beginning: String = known.chars().take(length).collect();
        let meant = words.iter().chain([&known, &beginning]);
        meant.filter_map(|word| slip(wanted, word)).min().map(Self::Slip)
    }
}

/// Why no limits can be gone by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoLimits {
    /// The chosen region has none in the book.
    #[error("the book has no doses for {0}; ask a pharmacist there")]
    In(String),
    /// No region was chosen, and nothing tells which it could be.
    #[error("doses differ from country to country; say which country the pack is from")]
    NotChosen,
}

/// The regions with doses in the book, in the order of their ids.
pub fn regions_with_limits(guideline: &Guideline) -> Vec<&Region> {
    let book = guideline.book();
    let has_limits = |region: &&Region| book.medicines.iter().any(|medicine| medicine.region == region.id);
    let mut regions: Vec<&Region> = book.regions.iter().filter(has_limits).collect();
    regions.sort_by(|left, right| left.id.cmp(&right.id));
    regions
}

/// The country whose limits count: the chosen one; without a choice the only one
/// that has the pack; else the one that counted for the last dose. Never a mix.
///
/// # Errors
///
/// A country without limits in the book, or none to go by.
pub fn region_of_limits<'g>(
    guideline: &'g Guideline,
    chosen: &'g Region,
    found: Option<&Found<'_>>,
    last: Option<&str>,
) -> Result<&'g Region, NoLimits> {
    if regions_with_limits(guideline).iter().any(|region| region.id == chosen.id) {
        return Ok(chosen);
    }
    if chosen.id != ANYWHERE {
        return Err(NoLimits::In(chosen.name.clone()));
    }
    let regions = found.map(|found| found.regions(guideline)).unwrap_or_default();
    let id = match regions.as_slice() {
        [only] => Some(only.as_str()),
        _ => last,
    };
    let region = id.and_then(|id| guideline.book().regions.iter().find(|region| region.id == id));
    region.ok_or(NoLimits::NotChosen)
}

/// The region of whoever has chosen none.
const ANYWHERE: &str = "anywhere";
