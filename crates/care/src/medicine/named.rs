//! What the book has under a name: an ingredient in a region, a pack, a class.

use jiff::SignedDuration;

use crate::book::{BlockId, ClassWords, Cutoff, Medicine, MedicineClass, MedicineId, OtherMedicine, Product};
use crate::decision::guideline::Guideline;

/// The limits of an ingredient in a region (`us` or `uk`), where the book has them.
pub fn medicine_for<'g>(guideline: &'g Guideline, region: &str, ingredient: &str) -> Option<&'g Medicine> {
    let region = guideline.region_named(region)?;
    let medicines = &guideline.book().medicines;
    medicines.iter().find(|medicine| medicine.region == region && medicine.ingredient == ingredient)
}

/// Which block of the book a medicine of it is.
pub(super) fn block_of(guideline: &Guideline, medicine: &Medicine) -> Option<BlockId> {
    let mut medicines = guideline.book().medicines.iter();
    let index = medicines.position(|other| std::ptr::eq(other, medicine))?;
    u16::try_from(index).ok().map(|index| BlockId::Medicine(MedicineId(index)))
}

/// What the region says of an ingredient, or else any region.
pub fn medicine_here_or_of<'g>(
    guideline: &'g Guideline,
    region: &str,
    ingredient: &str,
) -> Option<&'g Medicine> {
    medicine_for(guideline, region, ingredient).or_else(|| medicine_of(guideline, ingredient))
}

/// By what an excess of an ingredient is judged: the limits of the region, or else the
/// strictest of any region, since too much is too much also where the book has no doses.
pub(super) fn medicine_for_excess<'g>(
    guideline: &'g Guideline,
    region: &str,
    ingredient: &str,
) -> Option<&'g Medicine> {
    let strictest = || {
        let medicines = guideline.book().medicines.iter();
        let of_it = medicines.filter(|medicine| medicine.ingredient == ingredient);
        of_it.min_by_key(|medicine| (medicine.overdose_24h.unwrap_or(u32::MAX), medicine.max_24h))
    };
    medicine_for(guideline, region, ingredient).or_else(strictest)
}

/// What any region says of an ingredient.
fn medicine_of<'g>(guideline: &'g Guideline, ingredient: &str) -> Option<&'g Medicine> {
    guideline.book().medicines.iter().find(|medicine| medicine.ingredient == ingredient)
}

/// The pack with this id.
pub fn product_with<'g>(guideline: &'g Guideline, id: &str) -> Option<&'g Product> {
    guideline.book().products.iter().find(|product| product.id == id)
}

/// The medicine without doses that a log names so.
pub fn other_of<'g>(guideline: &'g Guideline, ingredient: &str) -> Option<&'g OtherMedicine> {
    guideline.book().other_medicines.iter().find(|other| other.id == ingredient)
}

/// What holds for a class, where the book says anything.
pub fn class_words(guideline: &Guideline, class: MedicineClass) -> Option<&ClassWords> {
    guideline.book().medicine_classes.iter().find(|words| words.class == class)
}

/// What sort of medicine an ingredient is, as any region has it; `None` for an
/// ingredient the book does not know.
pub(super) fn class_of(guideline: &Guideline, ingredient: &str) -> Option<MedicineClass> {
    let medicine = medicine_of(guideline, ingredient).map(|medicine| medicine.class);
    medicine.or_else(|| other_of(guideline, ingredient).map(|other| other.class))
}

/// For how long after a dose of an ingredient others of its class are shut.
pub(super) fn shuts(guideline: &Guideline, ingredient: &str) -> SignedDuration {
    other_of(guideline, ingredient).map_or_else(
        || hours(guideline, Cutoff::KindShut),
        |other| SignedDuration::from_hours(i64::from(other.shuts.get())),
    )
}

/// A threshold of the book that is in hours.
pub(super) fn hours(guideline: &Guideline, cutoff: Cutoff) -> SignedDuration {
    SignedDuration::from_hours(i64::from(guideline.whole_threshold(cutoff)))
}

/// The plain name of an ingredient: the region's own where it has one.
pub fn name_of(guideline: &Guideline, region: &str, ingredient: &str) -> String {
    let medicine = medicine_here_or_of(guideline, region, ingredient);
    let other = || other_of(guideline, ingredient).map(OtherMedicine::name);
    medicine.map(Medicine::plain_name).or_else(other).unwrap_or_else(|| ingredient.to_owned())
}
