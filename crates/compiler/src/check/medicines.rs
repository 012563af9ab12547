//! Doses are counted by ingredient: one medicine says what holds for it in a region.

use crate::block::Kind;
use crate::problem::Log;
use crate::read::Draft;

pub(super) fn check(draft: &Draft<'_>, log: &mut Log) {
    let medicines = &draft.book.medicines;
    for (index, medicine) in medicines.iter().enumerate() {
        let same = |other: &&care::Medicine| {
            other.ingredient == medicine.ingredient
                && other.region == medicine.region
                && other.id != medicine.id
        };
        // What is left out has been reported as missing.
        let region = draft.book.regions.get(medicine.region.index()).map(|region| &region.id);
        let Some(region) = region.filter(|_| !medicine.ingredient.is_empty()) else { continue };
        if let Some(first) = medicines[..index].iter().find(same) {
            let block = &draft.blocks(Kind::Medicine)[index];
            let ingredient = &medicine.ingredient;
            let message = format!("`{}` already says what holds for {ingredient} in `{region}`", first.id);
            log.problem(&block.spot(), message, "keep one of the two, or name another ingredient or region");
        }
    }
    for (index, other) in draft.book.other_medicines.iter().enumerate() {
        let block = &draft.blocks(Kind::OtherMedicine)[index];
        if medicines.iter().any(|medicine| medicine.ingredient == other.id) {
            let message = format!("`{}` is the ingredient of a medicine, which has doses", other.id);
            log.problem(&block.spot(), message, "a log could not tell the two apart; use another id");
        }
    }
}
