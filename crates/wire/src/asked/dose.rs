//! A pack and what was taken in, whether it may be taken now out.

use care::medicine::{Found, find, less_now, next_question, region_of_limits, regions_with_limits};
use care::{DoseLog, Guideline, Region, Taken, may_take};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::Value;

use super::{Given, read_answers, region};
use crate::dose::{Checked, DoseCheck};
use crate::problem::Problem;

/// May this be taken now?
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Dose {
    /// A brand or an ingredient.
    #[cfg_attr(feature = "schema", schema(max_length = 200, example = "advil"))]
    product: String,
    /// How many tablets, or milligrams: `2`, `1.5`, `400mg`; the usual amount where it is left out.
    #[cfg_attr(
        feature = "schema",
        schema(max_length = 40, pattern = "^[1-9][0-9]{0,2}(\\.5)?$|^[1-9][0-9]{0,3}mg$", example = "2")
    )]
    amount: Option<String>,
    /// By the limits of which country; where it is left out, the only one that sells the pack.
    #[cfg_attr(feature = "schema", schema(value_type = Option<crate::schema::RegionId>, example = "us"))]
    region: Option<String>,
    /// Answers by the ids of the findings; what is left out is unknown, never "no".
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::AnswersOfTheBook))]
    answers: Given,
    /// What was taken in the last ten days at least; empty where nothing was: what is not known is never taken for nothing.
    #[cfg_attr(feature = "schema", schema(max_items = 1000))]
    log: Vec<Logged>,
    /// For when; now where it is left out.
    #[cfg_attr(feature = "schema", schema(value_type = Option<String>, format = DateTime))]
    at: Option<Timestamp>,
}

/// A dose that was taken.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Logged {
    /// When.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    at: Timestamp,
    /// A brand or an ingredient.
    #[cfg_attr(feature = "schema", schema(max_length = 200))]
    product: String,
    /// How much of it, as above.
    #[cfg_attr(
        feature = "schema",
        schema(max_length = 40, pattern = "^[1-9][0-9]{0,2}(\\.5)?$|^[1-9][0-9]{0,3}mg$")
    )]
    amount: Option<String>,
}

/// The most doses of a log, and the longest name of a pack and text of an amount.
const MOST_DOSES: usize = 1_000;
const LONGEST_NAME: usize = 200;
const LONGEST_AMOUNT: usize = 40;

/// A pack and how much of it, at a place of the request.
struct Pack<'r> {
    below: &'r str,
    product: &'r str,
    amount: Option<&'r str>,
    region: Option<&'r str>,
}

impl Pack<'_> {
    fn find<'g>(&self, guideline: &'g Guideline) -> Result<(Found<'g>, care::Dose, &'g Region), Problem> {
        let at = |name: &str| format!("{}/{name}", self.below);
        if LONGEST_NAME < self.product.chars().count() {
            return Err(Problem::at(at("product"), format!("has at most {LONGEST_NAME} letters")));
        }
        let chosen = region(guideline, self.region)?;
        let found = find(guideline, chosen, self.product)
            .map_err(|error| Problem::of_medicine(at("product"), &error))?;
        let limits = region_of_limits(guideline, chosen, Some(&found), None).map_err(|_| {
            let with_limits = regions_with_limits(guideline);
            let known: Vec<&str> = with_limits.iter().map(|region| region.id.as_str()).collect();
            let detail = format!("has no limits of its own in this book; those of {} are", known.join(", "));
            Problem::at("/region", detail).of_a_conflict()
        })?;
        let found = found.in_region(guideline, &limits.id);
        let amount = match self.amount {
            None => found.usual_amount(),
            Some(text) if LONGEST_AMOUNT < text.chars().count() => {
                return Err(Problem::of_text_of_amount(at("amount")));
            }
            Some(text) => text.parse().map_err(|_| Problem::of_text_of_amount(at("amount")))?,
        };
        let dose = found.dose(amount).map_err(|error| Problem::of_amount(at("amount"), &error))?;
        Ok((found, dose, limits))
    }
}

impl Dose {
    /// May it be taken, by the label of its country, what was taken and what is known of the
    /// person? `now` is when, where the request does not say.
    ///
    /// # Errors
    ///
    /// If the book does not know the pack, or something does not fit.
    pub fn check(&self, guideline: &Guideline, now: Timestamp) -> Result<Value, Problem> {
        let answers = read_answers(guideline, &self.answers)?;
        let region = self.region.as_deref();
        let pack = Pack { below: "", product: &self.product, amount: self.amount.as_deref(), region };
        let (found, dose, region) = pack.find(guideline)?;
        let now = self.at.unwrap_or(now);
        let log = self.log(guideline, &region.id, now)?;
        let verdict = may_take(guideline, &region.id, &log, &dose, &answers, now);
        let ask = next_question(guideline, &region.id, &dose, &answers);
        let less_now = less_now(guideline, &region.id, &log, &dose, &answers, now);
        let now = now.to_zoned(TimeZone::UTC);
        let checked =
            Checked { guideline, region, found, dose, verdict, less_now, log, log_given: true, ask, now };
        // Maps with text keys only, which cannot fail.
        Ok(serde_json::to_value(DoseCheck::of(&checked)).unwrap_or_default())
    }

    fn log(&self, guideline: &Guideline, region: &str, now: Timestamp) -> Result<DoseLog, Problem> {
        if MOST_DOSES < self.log.len() {
            return Err(Problem::at("/log", format!("has at most {MOST_DOSES} doses")));
        }
        let mut log = DoseLog::default();
        for (place, taken) in self.log.iter().enumerate() {
            let below = &format!("/log/{place}");
            if now < taken.at {
                let late = Problem::at(format!("{below}/at"), "is after the time that is asked about");
                return Err(late.of_a_conflict());
            }
            let (product, amount) = (taken.product.as_str(), taken.amount.as_deref());
            let (_, dose, _) = Pack { below, product, amount, region: Some(region) }.find(guideline)?;
            log.push(Taken::new(taken.at, &dose));
        }
        Ok(log)
    }
}
