//! Finding a medicine by whatever it is called, and the country whose limits count.

use super::amount::{Amount, AmountError};
use super::dose::Dose;
use super::named::medicine_for;
use super::naming::{bare, is_beginning, is_slip, key};
use crate::book::{Medicine, OtherMedicine, PackLimits, Product, Region, RegionId};
use crate::decision::guideline::Guideline;
use crate::printable;
use crate::typed::Count;

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found<'g> {
    /// A pack, counted in its units.
    Product(&'g Product),
    /// A bare ingredient, counted in milligrams or applications.
    Ingredient(&'g Medicine),
    /// A medicine without doses, counted in doses of whatever size.
    Other(&'g OtherMedicine),
}

impl<'g> Found<'g> {
    /// The same ingredient, or the pack of the same name, in a region; unchanged where the region has none.
    #[must_use]
    pub fn in_region(self, guideline: &'g Guideline, region: &str) -> Self {
        match self {
            Self::Product(product) => {
                let sold_here = |other: &&Product| {
                    key(&other.name) == key(&product.name) && is_sold(guideline, other, region)
                };
                Self::Product(guideline.book().products.iter().find(sold_here).unwrap_or(product))
            }
            Self::Ingredient(medicine) => {
                Self::Ingredient(medicine_for(guideline, region, &medicine.ingredient).unwrap_or(medicine))
            }
            Self::Other(other) => Self::Other(other),
        }
    }

    /// Its id in the book: `advil`, or `ibuprofen_us`.
    pub fn id(&self) -> &'g str {
        match self {
            Self::Product(product) => &product.id,
            Self::Ingredient(medicine) => &medicine.id,
            Self::Other(other) => &other.id,
        }
    }

    /// The name a person reads.
    pub fn name(&self) -> String {
        match self {
            Self::Product(product) => product.name.clone(),
            Self::Ingredient(medicine) => medicine.plain_name(),
            Self::Other(other) => other.name(),
        }
    }

    /// Whether it is to be had in a region.
    pub fn is_in(&self, guideline: &Guideline, region: &str) -> bool {
        match self {
            Self::Product(product) => is_sold(guideline, product, region),
            Self::Ingredient(medicine) => guideline.region(medicine.region).id == region,
            Self::Other(_) => true,
        }
    }

    /// One unit of a pack, or the usual dose of an ingredient.
    pub fn usual_amount(&self) -> Amount {
        Amount::Plain(match self {
            Self::Product(_) | Self::Other(_) => Count::ONE,
            Self::Ingredient(medicine) => Count::whole(medicine.single_usual),
        })
    }

    /// So much of it.
    ///
    /// # Errors
    ///
    /// An amount that is not counted in what this is counted in, or that must be a slip of the finger.
    pub fn dose(&self, amount: Amount) -> Result<Dose, AmountError> {
        let dose = match *self {
            Self::Product(product) => Dose::of_part(product, amount.units_of(product)?),
            Self::Other(other) => Dose::of_other(other, amount.doses()),
            Self::Ingredient(medicine) => Dose::of_ingredient(medicine, amount.of_ingredient(medicine)?),
        };
        Ok(dose?)
    }

    /// The regions that have it.
    fn regions(&self, guideline: &Guideline) -> Vec<RegionId> {
        let mut regions: Vec<RegionId> = match self {
            Self::Product(product) => {
                // The same name may stand on a pack of another country, with other amounts.
                let same_name =
                    guideline.book().products.iter().filter(|other| key(&other.name) == key(&product.name));
                same_name.flat_map(|product| product.regions.clone()).collect()
            }
            Self::Ingredient(medicine) => {
                let medicines = guideline.book().medicines.iter();
                let same = medicines.filter(|other| other.ingredient == medicine.ingredient);
                same.map(|medicine| medicine.region).collect()
            }
            Self::Other(_) => Vec::new(),
        };
        regions.sort_unstable();
        regions.dedup();
        let has_limits =
            |region: &RegionId| guideline.book().medicines.iter().any(|medicine| medicine.region == *region);
        regions.retain(has_limits);
        regions
    }
}

fn is_sold(guideline: &Guideline, product: &Product, region: &str) -> bool {
    guideline.region_named(region).is_some_and(|region| product.regions.contains(&region))
}

/// Every name by which something can be found.
fn names(guideline: &Guideline) -> impl Iterator<Item = (String, Found<'_>)> {
    let book = guideline.book();
    let products = book.products.iter().flat_map(|product| {
        let names = [&product.name, &product.id].into_iter().chain(&product.also);
        names.map(|name| (name.clone(), Found::Product(product)))
    });
    let ingredients = book.medicines.iter().flat_map(|medicine| {
        let names =
            [medicine.plain_name(), medicine.ingredient.clone()].into_iter().chain(medicine.also.clone());
        names.map(|name| (name, Found::Ingredient(medicine)))
    });
    let others = book.other_medicines.iter().flat_map(|other| {
        other.names.iter().chain([&other.id]).map(|name| (name.clone(), Found::Other(other)))
    });
    products.chain(ingredients).chain(others)
}

/// A name that stands for nothing in the book, or for more than one pack.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownMedicine {
    /// The book does not know it.
    #[error("`{}` is not a medicine of this book", printable(.name))]
    Unknown {
        /// The name that was given.
        name: String,
        /// Names it may be a slip for, all of the same ingredients and strength.
        did_you_mean: Vec<String>,
    },
    /// Several packs go by it, and they do not hold the same.
    #[error("`{}` is on more than one pack", printable(.name))]
    WhichPack {
        /// The name that was given.
        name: String,
        /// The packs that go by it, those of other countries with the country: `Disprin (UK)`.
        packs: Vec<String>,
        /// None of them is sold where the person is.
        abroad: bool,
    },
}

/// What a name stands for: by name or other spelling, never by likeness. A pack
/// of the chosen country comes before one of another; a pack before an ingredient,
/// and both before a medicine without doses, whose strength and form may stand
/// with its name.
///
/// # Errors
///
/// An unknown name, with the names it may be a slip for, or a name of several packs.
pub fn find<'g>(guideline: &'g Guideline, region: &Region, name: &str) -> Result<Found<'g>, UnknownMedicine> {
    let wanted = key(name);
    let found: Vec<Found<'g>> =
        names(guideline).filter(|(name, _)| key(name) == wanted).map(|(_, found)| found).collect();
    let here: Vec<Found<'g>> =
        found.iter().filter(|found| found.is_in(guideline, &region.id)).copied().collect();
    // A name of other countries alone may stand for another thing in each of them.
    let abroad = here.is_empty();
    let meant = if abroad { found } else { here };
    let packs = different_packs(&meant);
    if !packs.is_empty() {
        let named = |pack: &Product| if abroad { with_countries(guideline, pack) } else { pack.name.clone() };
        let packs = packs.into_iter().map(named).collect();
        return Err(UnknownMedicine::WhichPack { name: name.to_owned(), packs, abroad });
    }
    meant.first().copied().or_else(|| without_strength(guideline, name)).ok_or_else(|| {
        UnknownMedicine::Unknown { name: name.to_owned(), did_you_mean: suggestions(guideline, region, name) }
    })
}

/// The name of a pack with the countries that sell it: `Disprin (UK)`.
fn with_countries(guideline: &Guideline, product: &Product) -> String {
    let regions = product.regions.iter().map(|region| guideline.region(*region).id.to_uppercase());
    format!("{} ({})", product.name, regions.collect::<Vec<_>>().join(", "))
}

/// The packs, each once, where they do not all hold the same; none where they do.
fn different_packs<'g>(found: &[Found<'g>]) -> Vec<&'g Product> {
    let mut packs: Vec<&'g Product> = Vec::new();
    for found in found {
        if let Found::Product(product) = found
            && !packs.iter().any(|pack| pack.id == product.id)
        {
            packs.push(product);
        }
    }
    let Some(first) = packs.first() else { return Vec::new() };
    if packs.iter().all(|pack| holds_the_same(first, pack)) {
        return Vec::new();
    }
    packs
}

/// Whether it makes no difference which of two packs it is, whoever printed the labels.
fn holds_the_same(one: &Product, other: &Product) -> bool {
    let sorted = |product: &Product| {
        let mut contains = product.contains.clone();
        contains.sort();
        contains
    };
    let limits =
        |product: &Product| PackLimits { label_source: None, label_date: None, ..product.limits.clone() };
    sorted(one) == sorted(other) && one.others == other.others && limits(one) == limits(other)
}

/// The medicine without doses that a name with a strength or a form stands for:
/// only the class of these counts, so both are left off.
fn without_strength<'g>(guideline: &'g Guideline, name: &str) -> Option<Found<'g>> {
    let wanted = bare(name);
    let of_it = |other: &&OtherMedicine| {
        other.names.iter().chain([&other.id]).any(|name| !wanted.is_empty() && bare(name) == wanted)
    };
    guideline.book().other_medicines.iter().find(of_it).map(Found::Other)
}

/// What a typed name may be a slip for, as the region has it: only where every name
/// that is so near stands for the same ingredients and strength, or where all are one
/// name, of which the person is then asked which pack it is. A guess between two
/// medicines is no help.
fn suggestions(guideline: &Guideline, region: &Region, name: &str) -> Vec<String> {
    let near = slips(guideline, region, name);
    let mut suggestions: Vec<String> = Vec::new();
    for name in if_one_medicine(near.iter().map(|(_, found)| *found).collect()).iter().map(Found::name) {
        if !suggestions.contains(&name) {
            suggestions.push(name);
        }
    }
    if suggestions.is_empty() {
        suggestions.extend(if_one_name(&near));
    }
    suggestions.truncate(3);
    suggestions
}

/// The name, where all that was found goes by one.
fn if_one_name(near: &[(String, Found<'_>)]) -> Option<String> {
    let (first, _) = near.first()?;
    near.iter().all(|(name, _)| key(name) == key(first)).then(|| first.clone())
}

/// What was found, where all of it is one medicine; else nothing. A bare ingredient
/// stands for its own packs, because its milligrams are asked for.
fn if_one_medicine(mut near: Vec<Found<'_>>) -> Vec<Found<'_>> {
    let bare: Option<&Medicine> = near.iter().find_map(|found| match found {
        Found::Ingredient(medicine) => Some(*medicine),
        _ => None,
    });
    if let Some(bare) = bare {
        let is_pure = |product: &Product| {
            product.others.is_empty()
                && matches!(&product.contains[..], [(ingredient, _)] if *ingredient == bare.ingredient)
        };
        near.retain(|found| !matches!(found, Found::Product(product) if is_pure(product)));
    }
    let is_one = near.first().is_some_and(|first| near.iter().all(|found| is_same_medicine(first, found)));
    if is_one { near } else { Vec::new() }
}

/// Everything a name may be a slip for, with that name: what the region has, else what others have.
fn slips<'g>(guideline: &'g Guideline, region: &Region, name: &str) -> Vec<(String, Found<'g>)> {
    let near: Vec<(String, Found<'g>)> = names(guideline)
        .filter(|(known, _)| is_slip(name, known))
        .map(|(known, found)| (known, found.in_region(guideline, &region.id)))
        .collect();
    let here: Vec<(String, Found<'g>)> =
        near.iter().filter(|(_, found)| found.is_in(guideline, &region.id)).cloned().collect();
    if here.is_empty() { near } else { here }
}

/// Whether two names stand for the same ingredients and strength.
fn is_same_medicine(one: &Found<'_>, other: &Found<'_>) -> bool {
    match (one, other) {
        (Found::Product(one), Found::Product(other)) => one.id == other.id || holds_the_same(one, other),
        (Found::Ingredient(one), Found::Ingredient(other)) => one.ingredient == other.ingredient,
        (Found::Other(one), Found::Other(other)) => one.id == other.id,
        _ => false,
    }
}

/// Every pack and ingredient that a part of a name may mean, the likeliest first
/// and at most so many: for a box in which somebody types.
///
/// A name that is the text comes before one that begins with it, then one of
/// whose words begins with it, then one that holds it. Only where there is none of
/// these it may be a slip, and then all that it may be is one medicine. Among equals,
/// what the region has comes first, then the order of the book. Each is shown as
/// the region has it. Nothing is found for no text.
pub fn search<'g>(guideline: &'g Guideline, region: &Region, text: &str, most: usize) -> Vec<Found<'g>> {
    let wanted = key(text);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(Likeness, bool, Found<'g>)> = names(guideline)
        .filter_map(|(name, found)| {
            let likeness = Likeness::of(&wanted, &name)?;
            let found = found.in_region(guideline, &region.id);
            Some((likeness, !found.is_in(guideline, &region.id), found))
        })
        .collect();
    hits.sort_by_key(|(likeness, abroad, _)| (*likeness, *abroad));
    let mut found: Vec<Found<'g>> = hits.into_iter().map(|(.., found)| found).collect();
    if found.is_empty() {
        found.extend(without_strength(guideline, text));
    }
    if found.is_empty() {
        found = maybe_slips(guideline, region, text);
    }
    let mut listed: Vec<Found<'g>> = Vec::new();
    for found in found {
        if listed.len() < most && !listed.iter().any(|known| known.id() == found.id()) {
            listed.push(found);
        }
    }
    listed
}

/// What a text may be a slip for, also before it is typed out; nothing where that
/// could be two medicines.
fn maybe_slips<'g>(guideline: &'g Guideline, region: &Region, text: &str) -> Vec<Found<'g>> {
    let mut near = slips(guideline, region, text);
    if near.is_empty() {
        let begun = names(guideline).filter(|(known, _)| is_beginning(text, known));
        near = begun.map(|(known, found)| (known, found.in_region(guideline, &region.id))).collect();
    }
    let found: Vec<Found<'g>> = near.iter().map(|(_, found)| *found).collect();
    if if_one_name(&near).is_some() { found } else { if_one_medicine(found) }
}

/// How a name holds a typed text, most alike first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Same,
    Begins,
    WordBegins,
    Holds,
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
        let mut words = name.split(|letter: char| !letter.is_alphanumeric()).map(key);
        if words.any(|word| word.starts_with(wanted)) {
            return Some(Self::WordBegins);
        }
        (wanted.chars().count() >= Self::SHORTEST_PART && known.contains(wanted)).then_some(Self::Holds)
    }
}

/// Why no limits can be gone by.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoLimits {
    /// The chosen region has none in the book.
    #[error("the book has no doses for {0}")]
    In(String),
    /// No region was chosen, and nothing tells which it could be.
    #[error("no country was chosen by whose doses one could go")]
    NotChosen,
}

/// The regions with doses in the book, in the order of their ids.
pub fn regions_with_limits(guideline: &Guideline) -> Vec<&Region> {
    let book = guideline.book();
    let has_limits = |region: RegionId| book.medicines.iter().any(|medicine| medicine.region == region);
    let regions = (0..).map(RegionId).zip(&book.regions).filter(|(id, _)| has_limits(*id));
    let mut regions: Vec<&Region> = regions.map(|(_, region)| region).collect();
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
    if chosen.id != Region::ANYWHERE {
        return Err(NoLimits::In(chosen.name.clone()));
    }
    let regions = found.map(|found| found.regions(guideline)).unwrap_or_default();
    let region = match regions.as_slice() {
        [only] => Some(*only),
        _ => last.and_then(|last| guideline.region_named(last)),
    };
    region.map(|region| guideline.region(region)).ok_or(NoLimits::NotChosen)
}
