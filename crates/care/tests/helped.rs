//! What went along with less pain: drawn to the mean, no more sure than the sessions allow.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use care::helped::{Estimate, FEWEST_IN_ALL, FEWEST_OF_ONE, Helped, RemedyHelped, Tried, helped};
use care::recovery::PainScore;
use proptest::prelude::*;

const REMEDIES: [&str; 4] = ["breathing", "cold", "heat", "walks"];

fn tried(remedy: &'static str, before: u8, after: u8) -> Tried<'static> {
    Tried { remedy, before: PainScore::new(before).unwrap(), after: PainScore::new(after).unwrap() }
}

/// Sessions of one remedy that each eased the pain by so many points.
fn eased(remedy: &'static str, points: &[i8]) -> Vec<Tried<'static>> {
    let session = |points: &i8| {
        let before = 5 + points.max(&0);
        tried(remedy, before.unsigned_abs(), (before - points).unsigned_abs())
    };
    points.iter().map(session).collect()
}

fn of<'h>(helped: &'h Helped<'_>, remedy: &str) -> &'h RemedyHelped<'h> {
    helped.remedies.iter().find(|one| one.remedy == remedy).unwrap()
}

fn width(estimate: Estimate) -> f64 {
    estimate.high - estimate.low
}

#[test]
fn of_too_few_sessions_nothing_is_said() {
    assert_eq!(helped(&[]), Helped { times: 0, overall: None, remedies: Vec::new() });
    let four = helped(&eased("heat", &[2, 2, 2, 2]));
    assert_eq!((four.times, four.overall, four.remedies[0].eased), (4, None, None));
    let mut sessions = eased("heat", &[2, 2, 2]);
    sessions.extend(eased("cold", &[2, 2]));
    let helped = helped(&sessions);
    assert!(helped.overall.is_some());
    assert!(of(&helped, "heat").eased.is_some());
    assert!(of(&helped, "cold").eased.is_none());
}

#[test]
fn the_numbers_are_those_of_the_closed_form() {
    // Three sessions of heat ease by 3, two of cold by 0; all exactly, so that only the
    // assumed scatter remains: 6 * 2.25 / (6 + 3) = 1.5.
    let mut sessions = eased("heat", &[3, 3, 3]);
    sessions.extend(eased("cold", &[0, 0]));
    let helped = helped(&sessions);
    let (weight_heat, weight_cold) = (1.0 / (0.49 + 0.5), 1.0 / (0.49 + 0.75));
    let mean = 3.0 * weight_heat / (weight_heat + weight_cold);
    assert!((helped.overall.unwrap().points - mean).abs() < 1e-9);
    let drawn = 0.5 / (0.5 + 0.49);
    let heat = of(&helped, "heat").eased.unwrap();
    assert!((heat.points - (drawn * mean + (1.0 - drawn) * 3.0)).abs() < 1e-9);
    let variance = (1.0 - drawn) * 0.5 + drawn * drawn / (weight_heat + weight_cold);
    assert!((width(heat) - 2.0 * 1.2816 * variance.sqrt()).abs() < 1e-9);
}

#[test]
fn one_remedy_alone_is_its_own_mean() {
    let helped = helped(&eased("heat", &[1, 2, 3, 2, 2, 2]));
    assert!((of(&helped, "heat").eased.unwrap().points - 2.0).abs() < 1e-9);
}

#[test]
fn the_largest_change_comes_first_and_the_untold_last() {
    let mut sessions = eased("heat", &[1, 1, 1]);
    sessions.extend(eased("walks", &[3, 3, 3]));
    sessions.extend(eased("cold", &[5]));
    let order: Vec<&str> = helped(&sessions).remedies.iter().map(|one| one.remedy).collect();
    assert_eq!(order, ["walks", "heat", "cold"]);
}

fn sessions() -> impl Strategy<Value = Vec<Tried<'static>>> {
    let one = (0..REMEDIES.len(), 0..=10_u8, 0..=10_u8);
    prop::collection::vec(
        one.prop_map(|(remedy, before, after)| tried(REMEDIES[remedy], before, after)),
        0..40,
    )
}

fn mean(sessions: &[Tried<'_>], remedy: &str) -> f64 {
    let of: Vec<f64> = sessions
        .iter()
        .filter(|session| session.remedy == remedy)
        .map(|session| f64::from(session.before.get()) - f64::from(session.after.get()))
        .collect();
    of.iter().sum::<f64>() / f64::from(u32::try_from(of.len()).unwrap())
}

proptest! {
    #[test]
    fn every_estimate_is_finite_in_range_and_inside_its_interval(sessions in sessions()) {
        let helped = helped(&sessions);
        prop_assert_eq!(helped.times as usize, sessions.len());
        prop_assert_eq!(helped.overall.is_some(), helped.times >= FEWEST_IN_ALL);
        for one in &helped.remedies {
            let says = helped.times >= FEWEST_IN_ALL && one.times >= FEWEST_OF_ONE;
            prop_assert_eq!(one.eased.is_some(), says);
        }
        for estimate in helped.remedies.iter().filter_map(|one| one.eased).chain(helped.overall) {
            let Estimate { points, low, high } = estimate;
            prop_assert!(-10.0 <= low && low <= points && points <= high && high <= 10.0, "{estimate:?}");
        }
    }

    #[test]
    fn each_remedy_is_drawn_from_its_own_mean_towards_the_overall_one(sessions in sessions()) {
        let helped = helped(&sessions);
        let Some(overall) = helped.overall else { return Ok(()) };
        for one in &helped.remedies {
            let Some(eased) = one.eased else { continue };
            let own = mean(&sessions, one.remedy);
            let (low, high) = (own.min(overall.points), own.max(overall.points));
            prop_assert!(low - 1e-9 <= eased.points && eased.points <= high + 1e-9);
            prop_assert!((own - overall.points).abs() < 1e-9 || (eased.points - own).abs() > 1e-12);
        }
    }

    #[test]
    fn the_order_of_the_sessions_makes_no_difference(
        (sessions, shuffled) in sessions().prop_flat_map(|s| (Just(s.clone()), Just(s).prop_shuffle()))
    ) {
        prop_assert_eq!(helped(&sessions), helped(&shuffled));
    }

    #[test]
    fn the_same_again_makes_it_surer(sessions in sessions(), times in 1..5_usize) {
        let (less, more) = (sessions.repeat(times), sessions.repeat(times + 1));
        let (less, more) = (helped(&less), helped(&more));
        for one in &less.remedies {
            let (Some(less), Some(more)) = (one.eased, of(&more, one.remedy).eased) else { continue };
            // At the very ends of the scale the range is cut off.
            let is_cut = less.low <= -10.0 || less.high >= 10.0;
            prop_assert!(is_cut || width(more) < width(less));
        }
    }

    #[test]
    fn a_session_that_eased_more_never_lowers_its_remedy(sessions in sessions(), index in any::<prop::sample::Index>()) {
        let before = helped(&sessions);
        let mut better = sessions.clone();
        if better.is_empty() { return Ok(()) }
        // All sessions of one remedy a point better, so that the scatter stays as it is.
        let remedy = better[index.index(better.len())].remedy;
        let can = better.iter().filter(|s| s.remedy == remedy).all(|s| s.after.get() > 0);
        prop_assume!(can);
        for session in better.iter_mut().filter(|session| session.remedy == remedy) {
            session.after = PainScore::new(session.after.get() - 1).unwrap();
        }
        let after = helped(&better);
        for one in &before.remedies {
            let (Some(was), Some(is)) = (one.eased, of(&after, one.remedy).eased) else { continue };
            prop_assert!(is.points >= was.points - 1e-9);
        }
    }
}
