//! Finding a medicine by whatever it is called, and the country whose limits count.

use care::{Guideline, Medicine, Product, Region, medicine_for};

use crate::dose::log_file::Entry;
use crate::exit::BadInput;

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Found<'g> {
    /// A pack, counted in its units.
    Product(&'g Product),
    /// A bare ingredient, counted in milligrams or applications.
    Ingredient(&'g Medicine),
}

impl<'g> Found<'g> {
    /// The regions that have it.
    fn regions(&self, guideline: &Guideline) -> Vec<String> {
        match self {
            Found::Product(product) => {
                // The same name may stand on a pack of another country, with other amounts.
                let same_name =
                    guideline.book().products.iter().filter(|other| key(&other.name) == key(&product.name));
                same_name.flat_map(|product| product.regions.clone()).collect()
            }
            Found::Ingredient(medicine) => {
                let medicines = guideline.book().medicines.iter();
                let same = medicines.filter(|other| other.ingredient == medicine.ingredient);
                same.map(|medicine| medicine.region.clone()).collect()
            }
        }
    }

    /// The same ingredient, or the pack of the same name, in a region; unchanged where the region has none.
    pub(crate) fn in_region(self, guideline: &'g Guideline, region: &str) -> Self {
        match self {
            Found::Product(product) => {
                let sold_here = |other: &&Product| {
                    key(&other.name) == key(&product.name) && other.regions.iter().any(|sold| sold == region)
                };
                Found::Product(guideline.book().products.iter().find(sold_here).unwrap_or(product))
            }
            Found::Ingredient(medicine) => {
                Found::Ingredient(medicine_for(guideline, region, &medicine.ingredient).unwrap_or(medicine))
            }
        }
    }

    /// The name a person reads.
    pub(crate) fn name(&self) -> String {
        match self {
            Found::Product(product) => product.name.clone(),
            Found::Ingredient(medicine) => medicine.plain_name(),
        }
    }
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

/// What a name stands for: by name or other spelling, never by likeness. A pack
/// of the chosen country comes before one of another; a pack before an ingredient.
///
/// # Errors
///
/// An unknown name, with the names most like it.
pub(crate) fn find<'g>(guideline: &'g Guideline, region: &Region, name: &str) -> anyhow::Result<Found<'g>> {
    let wanted = key(name);
    let found: Vec<Found<'g>> =
        names(guideline).filter(|(name, _)| key(name) == wanted).map(|(_, found)| found).collect();
    let here = found.iter().find(|found| match found {
        Found::Product(product) => product.regions.contains(&region.id),
        Found::Ingredient(medicine) => medicine.region == region.id,
    });
    here.or(found.first()).copied().ok_or_else(|| unknown(guideline, name))
}

fn unknown(guideline: &Guideline, name: &str) -> anyhow::Error {
    let wanted = key(name);
    let mut near: Vec<(usize, String)> = names(guideline)
        .filter_map(|(name, found)| {
            let known = key(&name);
            let distance = distance(&wanted, &known);
            let like = distance <= wanted.chars().count().min(known.chars().count()) / 3;
            let part =
                known.len() >= 4 && wanted.len() >= 4 && (wanted.contains(&known) || known.contains(&wanted));
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
    let help = if suggestions.is_empty() {
        "enter the ingredients from the pack one by one, for example ibuprofen, or ask a pharmacist"
            .to_owned()
    } else {
        format!("did you mean {}?", suggestions.join(" or "))
    };
    BadInput::because(format!("`{name}` is not a medicine of this book; {help}"))
}

/// Edits from one word to another, a swap of neighbours counting as one.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut rows = vec![(0..=right.len()).collect::<Vec<usize>>()];
    for (row, letter) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let mut best = (rows[row][column] + usize::from(letter != other))
                .min(rows[row][column + 1] + 1)
                .min(current[column] + 1);
            if row > 0 && column > 0 && *letter == right[column - 1] && left[row - 1] == *other {
                best = best.min(rows[row - 1][column - 1] + 1);
            }
            current.push(best);
        }
        rows.push(current);
    }
    rows[left.len()][right.len()]
}

/// The country whose limits count: the chosen one; without a choice the only one
/// that has the pack; else that of the last dose in the log. Never a mix.
///
/// # Errors
///
/// A country without limits in the book, or none to go by.
pub(crate) fn region<'g>(
    guideline: &'g Guideline,
    chosen: &'g Region,
    found: Option<&Found<'_>>,
    entries: &[Entry],
) -> anyhow::Result<&'g Region> {
    let book = guideline.book();
    let has_limits = |id: &str| book.medicines.iter().any(|medicine| medicine.region == id);
    if has_limits(&chosen.id) {
        return Ok(chosen);
    }
    let mut with_limits: Vec<&str> =
        book.regions.iter().map(|region| region.id.as_str()).filter(|id| has_limits(id)).collect();
    with_limits.sort_unstable();
    let help = format!("give --region {}", with_limits.join(" or --region "));
    if chosen.id != "anywhere" {
        return Err(BadInput::because(format!(
            "the book has no doses for {}; ask a pharmacist there, or {help} if your pack comes from there",
            chosen.name
        )));
    }
    let mut regions = found.map(|found| found.regions(guideline)).unwrap_or_default();
    regions.sort();
    regions.dedup();
    let only = match regions.as_slice() {
        [only] => Some(only.clone()),
        _ => entries.iter().rev().find_map(|entry| entry.region.clone()),
    };
    only.and_then(|id| book.regions.iter().find(|region| region.id == id))
        .ok_or_else(|| BadInput::because(format!("doses differ from country to country; {help}")))
}
