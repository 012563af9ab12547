//! Cards for painkillers and for what is in which box.

use askama::Template;
use care::{
    BlockId, BlockKind, Caution, ClassWords, DoseUnit, Medicine, MedicineClass, MedicineId, OtherMedicine,
    Product, RegionId,
};

use super::desk::{Cite, Desk, Foot, Head};
use crate::links::Link;
use crate::words::Words;

#[derive(Template)]
#[template(path = "book/medicine.html")]
struct MedicineCard<'b> {
    head: Head<'b>,
    medicine: &'b Medicine,
    region: &'b str,
    class: &'static str,
    usual: String,
    most: String,
    max_24h: String,
    overdose: Option<String>,
    /// Heading and rows: never, ask first.
    cautions: Vec<(&'static str, Vec<CautionRow<'b>>)>,
    label: Vec<Cite>,
    foot: Foot,
}

/// One reason not to take it, or to ask first.
struct CautionRow<'b> {
    condition: Words,
    because: &'b str,
    sources: Vec<Cite>,
}

/// A painkiller in one region.
pub(super) fn medicine(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let book = desk.guideline.book();
    let Some(medicine) = book.medicines.iter().find(|medicine| medicine.id == id) else { return Ok(None) };
    let row = |caution| caution_row(desk, caution);
    let card = MedicineCard {
        head: Head::new(desk, BlockKind::Medicine, &medicine.id),
        medicine,
        region: &desk.guideline.region(medicine.region).name,
        class: class_words(medicine.class),
        usual: amount(medicine.single_usual, medicine.unit),
        most: amount(medicine.single_most, medicine.unit),
        max_24h: amount(medicine.max_24h, medicine.unit),
        overdose: medicine.overdose_24h.map(|overdose| amount(overdose, medicine.unit)),
        cautions: [
            ("Never if", medicine.block.iter().map(row).collect::<Vec<_>>()),
            ("Ask first if", medicine.ask_first.iter().map(row).collect()),
        ]
        .into_iter()
        .filter(|(_, rows)| !rows.is_empty())
        .collect(),
        label: desk.cites(&[medicine.label_source]),
        foot: desk.foot(&medicine.sources, &[], &medicine.claims),
    };
    card.render().map(Some)
}

fn caution_row<'b>(desk: Desk<'b>, caution: &'b Caution) -> CautionRow<'b> {
    CautionRow {
        condition: desk.words(&caution.condition),
        because: &caution.because,
        sources: desk.cites(&caution.sources),
    }
}

fn amount(amount: u32, unit: DoseUnit) -> String {
    match (unit, amount) {
        (DoseUnit::Milligrams, _) => format!("{amount} mg"),
        (DoseUnit::Applications, 1) => "1 application".to_owned(),
        (DoseUnit::Applications, _) => format!("{amount} applications"),
    }
}

fn class_words(class: MedicineClass) -> &'static str {
    match class {
        MedicineClass::Nsaid => "an anti-inflammatory (NSAID), swallowed; never two of them",
        MedicineClass::Paracetamol => "acetaminophen, also called paracetamol",
        MedicineClass::SalicylateTopical => "a salicylate on the skin",
        MedicineClass::NsaidTopical => "an anti-inflammatory (NSAID) on the skin",
        MedicineClass::LocalAnaesthetic => "a numbing medicine on the skin",
    }
}

#[derive(Template)]
#[template(path = "book/product.html")]
struct ProductCard<'b> {
    head: Head<'b>,
    product: &'b Product,
    contains: Vec<Ingredient>,
    others: String,
    also: String,
    regions: String,
    /// What the pack itself says.
    limits: String,
    label: Vec<Cite>,
    foot: Foot,
}

/// One ingredient of a product with its amount and the medicines that say what holds for it.
struct Ingredient {
    name: String,
    amount: String,
    medicines: Vec<Link>,
}

/// What is in a box.
pub(super) fn product(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let book = desk.guideline.book();
    let Some(product) = book.products.iter().find(|product| product.id == id) else { return Ok(None) };
    let ingredient = |(name, count): &(String, u32)| {
        let medicines: Vec<(MedicineId, &Medicine)> = (0..)
            .map(MedicineId)
            .zip(&book.medicines)
            .filter(|(_, medicine)| medicine.ingredient == *name)
            .collect();
        let unit = medicines.first().map_or(DoseUnit::Milligrams, |(_, medicine)| medicine.unit);
        let here = medicines.iter().filter(|(_, medicine)| product.regions.contains(&medicine.region));
        Ingredient {
            name: crate::links::spaced(name),
            amount: amount(*count, unit),
            medicines: here.filter_map(|(id, _)| desk.block(BlockId::Medicine(*id))).collect(),
        }
    };
    let regions = (0..).map(RegionId).zip(&book.regions).filter(|(id, _)| product.regions.contains(id));
    let card = ProductCard {
        head: Head::new(desk, BlockKind::Product, &product.id),
        product,
        contains: product.contains.iter().map(ingredient).collect(),
        others: product.others.join(", "),
        also: product.also.join(", "),
        regions: regions.map(|(_, region)| region.name.as_str()).collect::<Vec<_>>().join(", "),
        limits: tell::medicine::limits_of(product).unwrap_or_default(),
        label: product.limits.label_source.map(|label| desk.cites(&[label])).unwrap_or_default(),
        foot: desk.foot(&product.sources, &[], &product.claims),
    };
    card.render().map(Some)
}

#[derive(Template)]
#[template(path = "book/other_medicine.html")]
struct OtherCard<'b> {
    head: Head<'b>,
    other: &'b OtherMedicine,
    also: String,
    class: &'static str,
    foot: Foot,
}

/// A medicine without doses.
pub(super) fn other(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let others = &desk.guideline.book().other_medicines;
    let Some(other) = others.iter().find(|other| other.id == id) else { return Ok(None) };
    let card = OtherCard {
        head: Head::new(desk, BlockKind::OtherMedicine, &other.id),
        other,
        also: other.names.iter().skip(1).cloned().collect::<Vec<_>>().join(", "),
        class: class_words(other.class),
        foot: desk.foot(&other.sources, &[], &other.claims),
    };
    card.render().map(Some)
}

#[derive(Template)]
#[template(path = "book/medicine_class.html")]
struct ClassCard<'b> {
    head: Head<'b>,
    class: &'b ClassWords,
    foot: Foot,
}

/// What holds for a class of medicines.
pub(super) fn class(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let classes = &desk.guideline.book().medicine_classes;
    let Some(class) = classes.iter().find(|class| class.class.id() == id) else { return Ok(None) };
    let head = Head::new(desk, BlockKind::MedicineClass, class.class.id());
    ClassCard { head, class, foot: desk.foot(&class.sources, &[], &[]) }.render().map(Some)
}
