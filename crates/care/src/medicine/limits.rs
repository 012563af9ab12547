//! What holds for a dose: the limits of its ingredients and of its pack, the stricter of the two.

use jiff::SignedDuration;

use super::course::length;
use super::dose::Dose;
use super::named::{medicine_for, product_with};
use crate::book::{Medicine, Product, SourceId};
use crate::decision::guideline::Guideline;

/// An ingredient of a dose with what holds for it.
#[derive(Clone, Copy, Debug)]
pub struct Limited<'g> {
    /// Its limits where the person is.
    pub medicine: &'g Medicine,
    /// The pack, where it was one.
    pub(super) product: Option<&'g Product>,
    /// How much of the ingredient is asked for, in its unit.
    pub(super) asked: u32,
    /// The most at one time, in its unit.
    pub most: u32,
}

impl<'g> Limited<'g> {
    /// Each ingredient of a dose that has limits in a region.
    pub fn all<'a>(
        guideline: &'g Guideline,
        region: &'a str,
        dose: &'a Dose,
    ) -> impl Iterator<Item = Limited<'g>> + use<'g, 'a> {
        let product = dose.product().and_then(|id| product_with(guideline, id));
        dose.amounts().filter_map(move |(ingredient, asked)| {
            let medicine = medicine_for(guideline, region, ingredient)?;
            let most = medicine.single_most.min(medicine.max_24h);
            Some(Limited { medicine, product, asked, most })
        })
    }

    /// The pause between doses.
    pub fn interval(&self) -> SignedDuration {
        let pack = self.product.and_then(|product| product.limits.interval);
        length(pack.map_or(self.medicine.interval, |pack| pack.max(self.medicine.interval)))
    }

    /// Days in a row without a clinician.
    pub fn max_days(&self) -> u32 {
        let pack = self.product.and_then(|product| product.limits.max_days);
        pack.map_or(self.medicine.max_days, |pack| pack.min(self.medicine.max_days))
    }

    /// Years.
    pub(super) fn min_age(&self) -> u32 {
        let pack = self.product.and_then(|product| product.limits.min_age);
        pack.map_or(self.medicine.min_age, |pack| pack.max(self.medicine.min_age))
    }

    /// Whether the pack itself allows so much at one time, or the label at times.
    pub(super) fn pack_allows(&self, dose: &Dose) -> bool {
        let most = self.product.and_then(|product| product.limits.most);
        most.is_some_and(|most| dose.units() <= most)
    }

    /// What the pack holds may stand on the pack's own label.
    pub fn sources(&self) -> Vec<SourceId> {
        let mut sources = vec![self.medicine.label_source];
        sources.extend(self.product.and_then(|product| product.limits.label_source));
        sources.dedup();
        sources
    }
}
