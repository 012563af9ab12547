//! `unclench causes --calibration`: does the arithmetic give back what went in?
//!
//! People are made from the model itself: one cause each, in proportion to the
//! base rates, and then each sign as often as its likelihood ratios say. If the
//! ranking says 30 % of so many of them, about 30 % should have the cause. That
//! checks the arithmetic and shows what the cap on combined ratios costs. It
//! says nothing about real people.

use care::causes::{combined_ratio, shares};
use care::{Cause, CauseKind, Evidence, Guideline};
use serde_json::json;

use crate::after_triage::print_json;
use crate::exit::{BadInput, Exit};
use crate::page;

/// Bins of the reliability table.
const BINS: usize = 10;

/// How many signs a person does not know about.
const NOT_KNOWN: f64 = 0.1;

/// How common a sign is in people without the cause, where the book does not
/// settle it: where only one of its two ratios was studied, no frequency fits both.
const COMMON: f64 = 0.05;

/// Prints the reliability table for so many made-up people.
///
/// # Errors
///
/// [`BadInput`] if nobody is asked for, or the book ranks nothing.
pub(crate) fn run(guideline: &Guideline, people: u32, seed: u64, json: bool) -> anyhow::Result<Exit> {
    let causes: Vec<Modelled> = guideline.book().causes.iter().filter_map(Modelled::of).collect();
    if people == 0 || causes.is_empty() {
        return Err(BadInput::because("there must be at least one person, and one cause with a base rate"));
    }
    let report = simulate(&causes, guideline.threshold(care::Cutoff::MostRatio), people, seed);
    if json {
        let bins = report.bins.iter().enumerate().filter(|(_, bin)| bin.count > 0).map(|(index, bin)| {
            json!({
                "from": bound(index), "to": bound(index + 1), "pairs": bin.count,
                "predicted": bin.predicted(), "observed": bin.observed(),
            })
        });
        print_json(&json!({
            "what_this_is": WHAT_THIS_IS,
            "people": people,
            "seed": seed,
            "causes": causes.len(),
            "signs": report.signs,
            "signs_with_one_ratio": report.one_sided,
            "bins": bins.collect::<Vec<_>>(),
            "brier_score": report.brier,
            "brier_score_of_base_rates_alone": report.brier_of_base_rates,
            "expected_calibration_error": report.error,
            "first_is_right": report.first_is_right,
        }))?;
        return Ok(Exit::Ok);
    }
    show(&report, people, seed, causes.len());
    Ok(Exit::Ok)
}

const WHAT_THIS_IS: &str = "A check of the arithmetic, not of reality: the people are made from the base rates \
and likelihood ratios of this book, with each sign independent of the others. Real signs go together, and \
nobody has counted the people who use this.";

fn show(report: &Report, people: u32, seed: u64, causes: usize) {
    page::heading("Does the ranking give back what went in?");
    page::paragraph(WHAT_THIS_IS);
    page::point(
        "•",
        format!("{people} made-up people (seed {seed}), {causes} ranked causes, {} signs", report.signs),
    );
    page::point(
        "•",
        format!(
            "{} signs have one studied ratio only; for them 5 in 100 without the cause are taken to have the sign",
            report.one_sided
        ),
    );
    crate::page::say!("\n  share said     pairs   said  found");
    for (index, bin) in report.bins.iter().enumerate().filter(|(_, bin)| bin.count > 0) {
        crate::page::say!(
            "  {:>3.0} to {:>3.0} %  {:>8}  {:>4.1}%  {:>4.1}%",
            bound(index) * 100.0,
            bound(index + 1) * 100.0,
            bin.count,
            bin.predicted() * 100.0,
            bin.observed() * 100.0
        );
    }
    crate::page::say!("");
    page::point(
        "•",
        format!(
            "Brier score: {:.5} (with base rates alone: {:.5}; lower is better)",
            report.brier, report.brier_of_base_rates
        ),
    );
    page::point("•", format!("Expected calibration error: {:.5}", report.error));
    page::point(
        "•",
        format!("The first of the list is the cause in {:.1} % of people", report.first_is_right * 100.0),
    );
}

#[expect(clippy::cast_precision_loss, reason = "ten bins")]
fn bound(bin: usize) -> f64 {
    bin as f64 / BINS as f64
}

/// A ranked cause, with how often each sign is there.
struct Modelled {
    base_rate: f64,
    signs: Vec<Sign>,
}

/// A sign with its ratios, and how often people with and without the cause have it.
struct Sign {
    yes: f64,
    no: f64,
    with: f64,
    without: f64,
    defining: bool,
    is_one_sided: bool,
}

impl Modelled {
    fn of(cause: &Cause) -> Option<Self> {
        let base_rate = cause.base_rate.filter(|rate| *rate > 0.0 && *rate < 1_000.0)? / 1_000.0;
        let signs = cause.evidence.iter().map(Sign::of).collect();
        (cause.kind != CauseKind::Contributor).then_some(Self { base_rate, signs })
    }
}

impl Sign {
    /// `with / without = yes` and `(1 - with) / (1 - without) = no`, solved for the two.
    fn of(evidence: &Evidence) -> Self {
        let (yes, no) = (evidence.yes, evidence.no);
        let without = (1.0 - no) / (yes - no);
        let is_one_sided = !(without > 0.0 && without < 1.0);
        let without = if is_one_sided { COMMON } else { without };
        Self { yes, no, with: (yes * without).min(1.0), without, defining: evidence.defining, is_one_sided }
    }
}

/// What came out of a simulation.
struct Report {
    bins: [Bin; BINS],
    signs: usize,
    one_sided: usize,
    brier: f64,
    brier_of_base_rates: f64,
    error: f64,
    first_is_right: f64,
}

/// Pairs of a person and a cause whose share lies in one range.
#[derive(Clone, Copy, Default)]
struct Bin {
    count: u64,
    said: f64,
    found: f64,
}

#[expect(clippy::cast_precision_loss, reason = "people times causes is far below 2^52")]
impl Bin {
    fn predicted(&self) -> f64 {
        self.said / self.count as f64
    }

    fn observed(&self) -> f64 {
        self.found / self.count as f64
    }
}

fn simulate(causes: &[Modelled], most: f64, people: u32, seed: u64) -> Report {
    let mut random = SplitMix64(seed);
    let rates: Vec<f64> = causes.iter().map(|cause| cause.base_rate).collect();
    let base_rates = shares(&rates);
    let mut bins = [Bin::default(); BINS];
    let (mut squares, mut squares_of_base_rates, mut right) = (0.0, 0.0, 0.0);
    for _ in 0..people {
        let truth = random.one_of(&base_rates);
        let weights: Vec<f64> = causes
            .iter()
            .enumerate()
            .map(|(index, cause)| {
                let known: Vec<(f64, bool)> =
                    cause.signs.iter().filter_map(|sign| random.sign(sign, index == truth)).collect();
                cause.base_rate * combined_ratio(most, known)
            })
            .collect();
        let said = shares(&weights);
        let first = said.iter().enumerate().max_by(|left, right| left.1.total_cmp(right.1));
        right += f64::from(u8::from(first.is_some_and(|(index, _)| index == truth)));
        for (index, (share, base_rate)) in said.iter().zip(&base_rates).enumerate() {
            let found = f64::from(u8::from(index == truth));
            squares += (share - found).powi(2);
            squares_of_base_rates += (base_rate - found).powi(2);
            let bin = (0..BINS).rev().find(|bin| *share >= bound(*bin)).unwrap_or_default();
            bins[bin].count += 1;
            bins[bin].said += share;
            bins[bin].found += found;
        }
    }
    let signs = || causes.iter().flat_map(|cause| &cause.signs);
    #[expect(clippy::cast_precision_loss, reason = "there are some dozens of causes")]
    let pairs = f64::from(people) * causes.len() as f64;
    Report {
        bins,
        signs: signs().count(),
        one_sided: signs().filter(|sign| sign.is_one_sided).count(),
        brier: squares / pairs,
        brier_of_base_rates: squares_of_base_rates / pairs,
        error: bins.iter().map(|bin| (bin.said - bin.found).abs()).sum::<f64>() / pairs,
        first_is_right: right / f64::from(people),
    }
}

/// A small generator that gives the same numbers everywhere (Steele, Lea and Flood 2014).
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to just below 1: the upper 53 bits.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit exactly")]
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// An index, drawn in proportion to these shares.
    fn one_of(&mut self, shares: &[f64]) -> usize {
        let mut left = self.share();
        for (index, share) in shares.iter().enumerate() {
            left -= share;
            if left < 0.0 {
                return index;
            }
        }
        shares.len() - 1
    }

    /// The ratio that a sign gives for one person, and whether it defines the cause;
    /// `None` where they do not know.
    fn sign(&mut self, sign: &Sign, has_the_cause: bool) -> Option<(f64, bool)> {
        let is_known = self.share() >= NOT_KNOWN;
        let is_there = self.share() < if has_the_cause { sign.with } else { sign.without };
        is_known.then_some(if is_there { (sign.yes, sign.defining) } else { (sign.no, false) })
    }
}

#[cfg(test)]
mod tests {
    use super::{Modelled, Sign, SplitMix64, simulate};

    fn sign(yes: f64, no: f64) -> Sign {
        let without = (1.0 - no) / (yes - no);
        Sign { yes, no, with: yes * without, without, defining: false, is_one_sided: false }
    }

    #[test]
    fn the_generator_gives_its_published_numbers() {
        // The first outputs for the seed 1234567 in the reference implementation.
        let mut random = SplitMix64(1_234_567);
        let numbers: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn what_goes_in_comes_out() {
        let causes = [
            Modelled { base_rate: 0.7, signs: vec![sign(1.5, 0.6), sign(0.6, 1.1)] },
            Modelled { base_rate: 0.2, signs: vec![sign(3.0, 0.3)] },
            Modelled { base_rate: 0.05, signs: vec![sign(6.0, 0.5), sign(2.0, 0.8)] },
        ];
        let report = simulate(&causes, 50.0, 20_000, 44);
        assert!(report.error < 0.01, "{}", report.error);
        assert!(report.brier < report.brier_of_base_rates);
    }

    #[test]
    fn ratios_that_do_not_fit_the_model_are_seen_as_such() {
        let mut causes = [
            Modelled { base_rate: 0.5, signs: Vec::new() },
            Modelled { base_rate: 0.5, signs: vec![sign(3.0, 0.3), sign(3.0, 0.3)] },
        ];
        for sign in &mut causes[1].signs {
            // It says much and means nothing.
            sign.with = sign.without;
        }
        assert!(simulate(&causes, 50.0, 20_000, 44).error > 0.05);
    }
}
