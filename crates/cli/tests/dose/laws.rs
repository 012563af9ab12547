//! Laws of the guard on the real book: every pack, every caution, the real limits.

use care::{
    Answer, Answers, Dose, DoseLevel, DoseLog, DoseVerdict, FindingId, FindingKind, Medicine, Taken,
    may_take, naive,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::limits::broken_limit;
use crate::support::guideline;
use crate::{but, now};

/// The packs of a region that a plain adult may have at all.
fn packs(region: &str) -> Vec<Dose> {
    let book = guideline().book();
    let sold = book
        .products
        .iter()
        .filter(|product| product.regions.iter().any(|sold| guideline().region(*sold).id == region));
    let one = sold.map(|product| Dose::of_product(product, 1).unwrap());
    let allowed = |dose: &Dose| {
        may_take(guideline(), region, &DoseLog::default(), dose, &but(&[]), now()).level()
            == DoseLevel::Allowed
    };
    one.filter(allowed).collect()
}

/// Tries each pack after so many minutes, forwards or back, and takes what is allowed.
fn accepted(region: &str, packs: &[Dose], tries: &[(i64, usize)]) -> DoseLog {
    let (mut log, mut at, plain) = (DoseLog::default(), now(), but(&[]));
    for (minutes, choice) in tries {
        at = at.checked_add(SignedDuration::from_mins(*minutes)).unwrap();
        let dose = &packs[choice % packs.len()];
        if let DoseVerdict::Allowed { .. } = may_take(guideline(), region, &log, dose, &plain, at) {
            log.push(Taken::new(at, dose));
        }
    }
    log
}

fn tries() -> impl Strategy<Value = Vec<(i64, usize)>> {
    let minutes = prop_oneof![9 => 0_i64..600, 1 => -2000_i64..0];
    // Few packs at a time, so that their limits are reached.
    (0_usize..40, 1_usize..3).prop_flat_map(move |(first, kinds)| {
        proptest::collection::vec((minutes.clone(), first..first + kinds), 30..60)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn no_allowed_doses_of_real_packs_break_a_real_limit(tries in tries(), uk: bool) {
        let region = if uk { "uk" } else { "us" };
        let log = accepted(region, &packs(region), &tries);
        prop_assert!(!log.doses().is_empty());
        prop_assert_eq!(broken_limit(guideline(), region, &log), None, "{:?}", log);
    }
}

#[test]
fn the_shelf_of_each_country_has_something_for_a_plain_adult() {
    for region in ["us", "uk"] {
        assert!(packs(region).len() >= 10, "{region}: {}", packs(region).len());
    }
}

fn one_dose(medicine: &Medicine, answers: &Answers, at: Timestamp) -> DoseLevel {
    let dose = Dose::of_ingredient(medicine, medicine.single_usual).unwrap();
    may_take(guideline(), &guideline().region(medicine.region).id, &DoseLog::default(), &dose, answers, at)
        .level()
}

/// Every answer that a finding may have, and none.
fn answers_to(finding: FindingId) -> Vec<Option<Answer>> {
    let mut answers = vec![None, Some(Answer::NotSure)];
    match &guideline().finding(finding).kind {
        FindingKind::YesNo => answers.extend([Some(Answer::Yes), Some(Answer::No)]),
        FindingKind::Number { min, max, .. } => {
            let values = [*min, 11, 12, 15, 16, 17, 18, 59, 60, 64, 65, 74, 75, 76, *max];
            let fit = values.into_iter().filter(|value| (*min..=*max).contains(value));
            answers.extend(fit.map(|value| Some(Answer::Number(value))));
        }
        FindingKind::Choice(options) => {
            answers.extend((0..).take(options.len()).map(|option| Some(Answer::Option(option))));
        }
    }
    answers
}

#[test]
fn no_single_answer_gets_past_a_caution_that_the_naive_evaluator_sees() {
    let book = guideline().book();
    let mut held_back = 0;
    for finding in guideline().findings() {
        for answer in answers_to(finding) {
            let mut answers = but(&[]);
            match answer {
                Some(answer) => answers.set(guideline(), finding, answer).unwrap(),
                None => answers.clear(finding),
            }
            for medicine in book.medicines.iter().filter(|medicine| medicine.not_for_because.is_none()) {
                let ends = |condition| naive::ends(guideline(), &answers, condition);
                let blocked = medicine
                    .block
                    .iter()
                    .map(|caution| ends(&caution.condition))
                    .any(|ends| !ends.no && !ends.unknown);
                let mut cautions =
                    medicine.block.iter().chain(&medicine.ask_first).map(|caution| ends(&caution.condition));
                let least = if blocked {
                    DoseLevel::Never
                } else if cautions.any(|ends| ends.yes || ends.unknown) {
                    DoseLevel::AskFirst
                } else {
                    DoseLevel::Allowed
                };
                let level = one_dose(medicine, &answers, now());
                let said = || format!("{} = {answer:?}, {}", guideline().finding(finding).id, medicine.id);
                assert!(level >= least, "{}: {level:?} but {least:?}", said());
                held_back += usize::from(least > DoseLevel::Allowed);
            }
        }
    }
    // Else the cautions were never tried.
    assert!(held_back > 500, "{held_back}");
}
