//! What may lie behind the pain: the arithmetic, the bands and the reasons.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(
    clippy::disallowed_methods,
    reason = "the logarithms of the standard library are a second opinion here"
)]

mod support;

use care::causes::{Band, Causes, RankedCause, chance, combined_ratio, next_question, rank, shares};
use care::{
    Answer, BlockId, Book, Cause, CauseId, CauseKind, Condition, FindingId, Guideline, HabitId, RemedyId,
    Rule, Urgency,
};
use support::books::{book, question, remedy, rule, yes, yes_no};
use support::knowledge::{answers, cause, contributor, finished, guideline, habit, ranked};

/// As the books of these tests have it.
const MOST_RATIO: f64 = 50.0;

const DANGER: u16 = 0;
const SEEN: u16 = 1;
const OTHER: u16 = 2;
const THIRD: u16 = 3;
const NO: [(u16, Answer); 1] = [(DANGER, Answer::No)];

/// Four findings; a danger is an emergency, and nothing else matters to the triage.
fn with(causes: Vec<Cause>) -> Book {
    let findings = vec![yes_no("danger"), yes_no("seen"), yes_no("other"), yes_no("third")];
    let questions = vec![
        question("danger", &[DANGER]),
        question("seen", &[SEEN]),
        question("other", &[OTHER]),
        question("third", &[THIRD]),
    ];
    let rules = vec![rule("danger", yes(DANGER), Urgency::Emergency, Urgency::Emergency)];
    Book { causes, ..book(findings, questions, rules, Vec::new()) }
}

fn causes(guideline: &Guideline, given: &[(u16, Answer)]) -> Causes {
    rank(&finished(guideline, &[&NO[..], given].concat())).unwrap()
}

fn of(causes: &Causes, cause: u16) -> &RankedCause {
    causes.ranked.iter().find(|ranked| ranked.cause == CauseId(cause)).unwrap()
}

fn near(left: f64, right: f64) -> bool {
    (left - right).abs() < 0.000_5
}

#[test]
fn the_worked_checks_of_the_evidence_come_out() {
    for (base_rate, ratio, percent) in [
        (7.0, 23.7, 14.3),
        (7.0, 15.5, 9.9),
        (2.0, 15.5, 3.0),
        (7.0, 13.0, 8.4),
        (7.0, 48.0, 25.3),
        (0.4, 10.0, 0.40),
    ] {
        assert!(near(chance(base_rate, ratio), percent / 100.0), "{base_rate} x {ratio}");
        // The same by way of a book and its answers.
        let guideline = guideline(with(vec![ranked("it", base_rate, &[(yes(SEEN), ratio, 1.0)])]));
        let log_odds = of(&causes(&guideline, &[(SEEN, Answer::Yes)]), 0).log_odds;
        assert!(near(1.0 / (1.0 + (-log_odds).exp()), percent / 100.0), "{base_rate} x {ratio}");
    }
}

#[test]
fn the_ratios_of_one_cause_together_count_at_most_fifty_times() {
    let combined = |ratios: &[f64]| combined_ratio(MOST_RATIO, ratios.iter().map(|ratio| (*ratio, false)));
    assert!(near(combined(&[20.0, 20.0]), MOST_RATIO));
    assert!(near(combined(&[0.01, 0.01]), 1.0 / MOST_RATIO));
    assert!(near(combined(&[2.0, 3.0, 0.5]), 3.0));
    assert!(near(combined(&[]), 1.0));
    let evidence = [(yes(SEEN), 30.0, 1.0), (yes(OTHER), 30.0, 1.0)];
    let guideline = guideline(with(vec![ranked("it", 7.0, &evidence)]));
    let both = causes(&guideline, &[(SEEN, Answer::Yes), (OTHER, Answer::Yes)]);
    let odds = 0.007 / 0.993 * MOST_RATIO;
    assert!(near(of(&both, 0).log_odds, odds.ln()));
}

#[test]
fn one_defining_sign_counts_beyond_the_limit_where_it_is_there() {
    // The strongest one stands outside; the others, a second one too, are held back.
    assert!(near(combined_ratio(MOST_RATIO, [(300.0, true), (60.0, false)]), 300.0 * MOST_RATIO));
    assert!(near(combined_ratio(MOST_RATIO, [(300.0, true), (60.0, true)]), 300.0 * MOST_RATIO));
    assert!(near(combined_ratio(MOST_RATIO, [(300.0, true), (0.001, false)]), 300.0 / MOST_RATIO));
    let mut it = ranked("it", 1.0, &[(yes(SEEN), 300.0, 0.01), (yes(OTHER), 1.0, 0.01)]);
    it.evidence[0].defining = true;
    let guideline = guideline(with(vec![it]));
    let prior = 0.001_f64 / 0.999;
    let there = causes(&guideline, &[(SEEN, Answer::Yes)]);
    assert!(near(of(&there, 0).log_odds, (prior * 300.0).ln()));
    // Its absence is evidence like any other, and within the limit.
    let absent = causes(&guideline, &[(SEEN, Answer::No), (OTHER, Answer::No)]);
    assert!(near(of(&absent, 0).log_odds, (prior / MOST_RATIO).ln()));
    assert!(near(of(&causes(&guideline, &[(SEEN, Answer::NotSure)]), 0).log_odds, prior.ln()));
}

#[test]
fn what_is_not_known_adds_nothing() {
    let guideline = guideline(with(vec![ranked("it", 7.0, &[(yes(SEEN), 9.0, 0.2)])]));
    let prior = (0.007_f64 / 0.993).ln();
    for given in [&[][..], &[(SEEN, Answer::NotSure)]] {
        let causes = causes(&guideline, given);
        let it = of(&causes, 0);
        assert!(near(it.log_odds, prior));
        assert!(it.answers_for.is_empty() && it.answers_against.is_empty());
    }
    assert!(near(of(&causes(&guideline, &[(SEEN, Answer::No)]), 0).log_odds, prior + 0.2_f64.ln()));
}

#[test]
fn the_shares_add_up_to_one_and_the_likeliest_comes_first() {
    let book = with(vec![
        ranked("rare", 7.0, &[(yes(SEEN), 9.0, 1.0)]),
        Cause { kind: CauseKind::Mimic, ..ranked("mimic", 20.0, &[]) },
        ranked("common", 700.0, &[(yes(SEEN), 0.5, 1.0)]),
    ]);
    let guideline = guideline(book);
    let causes = causes(&guideline, &[(SEEN, Answer::Yes)]);
    let order: Vec<u16> = causes.ranked.iter().map(|ranked| ranked.cause.0).collect();
    assert_eq!(order, [2, 0, 1]);
    assert!(near(causes.ranked.iter().map(|ranked| ranked.share).sum(), 1.0));
    let weights = [0.7 * 0.5, 0.007 * 9.0, 0.02];
    for (ranked, share) in causes.ranked.iter().zip(shares(&weights)) {
        assert!(near(ranked.share, share));
    }
}

#[test]
fn bands_follow_the_shares() {
    let guideline = guideline(with(vec![
        ranked("half", 500.0, &[]),
        ranked("some", 450.0, &[]),
        ranked("few", 49.0, &[]),
    ]));
    let causes = causes(&guideline, &[]);
    let bands: Vec<Band> = causes.ranked.iter().map(|ranked| ranked.band).collect();
    assert_eq!(bands, [Band::Likely, Band::Possible, Band::LessLikely]);
    assert!(!causes.no_single_cause_stands_out);
}

#[test]
fn it_can_be_that_no_single_cause_stands_out() {
    let guideline = guideline(with(vec![
        ranked("one", 300.0, &[]),
        ranked("two", 300.0, &[]),
        ranked("three", 300.0, &[]),
    ]));
    assert!(causes(&guideline, &[]).no_single_cause_stands_out);
    assert!(
        rank(&finished(&support::knowledge::guideline(with(Vec::new())), &NO))
            .unwrap()
            .no_single_cause_stands_out
    );
}

#[test]
fn answers_for_and_against_are_named_the_strongest_first() {
    let evidence = [
        (yes(SEEN), 2.0, 0.9),
        (yes(OTHER), 6.0, 0.3),
        (yes(THIRD), 1.0, 0.5),
        (Condition::Or(vec![]), 9.0, 1.0),
    ];
    let guideline = guideline(with(vec![ranked("it", 7.0, &evidence)]));
    let given = [(SEEN, Answer::Yes), (OTHER, Answer::Yes), (THIRD, Answer::No)];
    let causes = causes(&guideline, &given);
    let it = of(&causes, 0);
    let for_it: Vec<_> =
        it.answers_for.iter().map(|known| (known.evidence, known.findings.clone())).collect();
    assert_eq!(for_it, [(1, vec![FindingId(OTHER)]), (0, vec![FindingId(SEEN)])]);
    let against: Vec<_> = it.answers_against.iter().map(|known| (known.evidence, known.holds)).collect();
    // A ratio of 1 says nothing and is not named.
    assert_eq!(against, [(2, false)]);
}

#[test]
fn a_cause_that_a_rule_points_to_is_at_least_possible() {
    let mut book = with(vec![
        ranked("common", 900.0, &[]),
        ranked("rare", 1.0, &[]),
        cause("unranked", CauseKind::Condition),
        cause("not_thought_of", CauseKind::Mimic),
    ]);
    for (id, suspect) in [("seen", 1), ("seen_too", 2)] {
        let when = rule(id, yes(SEEN), Urgency::Routine, Urgency::SelfCare);
        book.rules.push(Rule { suspect: Some(CauseId(suspect)), ..when });
    }
    let guideline = guideline(book);
    let without = causes(&guideline, &[(SEEN, Answer::No)]);
    assert_eq!((of(&without, 1).band, without.suspected.clone()), (Band::LessLikely, vec![]));
    let with = causes(&guideline, &[(SEEN, Answer::Yes)]);
    assert_eq!(
        (of(&with, 1).band, with.suspected.clone()),
        (Band::Possible, vec![(CauseId(2), Urgency::Routine)])
    );
    assert_eq!(of(&with, 1).suspected, Some(Urgency::Routine));
    assert!(with.is_pointed() && !without.is_pointed());
}

/// A book with a common and two rare causes, to which `seen` points at one level and `other` at another.
fn pointing(seen: Urgency, other: Urgency) -> Guideline {
    let mut book = with(vec![
        ranked("common", 900.0, &[]),
        ranked("rare", 1.0, &[(yes(THIRD), 9.0, 1.0)]),
        ranked("rarer", 0.1, &[]),
        ranked("between", 20.0, &[]),
    ]);
    for (id, finding, suspect, urgency) in [("seen", SEEN, 1, seen), ("other", OTHER, 2, other)] {
        let when = rule(id, yes(finding), urgency, Urgency::SelfCare);
        book.rules.push(Rule { suspect: Some(CauseId(suspect)), ..when });
    }
    guideline(book)
}

fn order(causes: &Causes) -> Vec<u16> {
    causes.ranked.iter().map(|ranked| ranked.cause.0).collect()
}

#[test]
fn what_a_rule_points_to_never_stands_below_what_nothing_points_to() {
    let guideline = pointing(Urgency::SeeSoon, Urgency::SeeSoon);
    let none = [(SEEN, Answer::No), (OTHER, Answer::No), (THIRD, Answer::No)];
    assert_eq!(order(&causes(&guideline, &none)), [0, 3, 1, 2]);
    assert_eq!(order(&causes(&guideline, &[(SEEN, Answer::No), (OTHER, Answer::Yes)])), [2, 0, 3, 1]);
    let both = causes(&guideline, &[(SEEN, Answer::Yes), (OTHER, Answer::Yes)]);
    // Of two at the same level the likelier stands first.
    assert_eq!(order(&both), [1, 2, 0, 3]);
    let pointed: Vec<u16> = both.pointed_to().map(|ranked| ranked.cause.0).collect();
    let others: Vec<u16> = both.others().map(|ranked| ranked.cause.0).collect();
    assert_eq!((pointed, others), (vec![1, 2], vec![0, 3]));
    assert!(near(both.ranked.iter().map(|ranked| ranked.share).sum(), 1.0));
    // Below the level of today the common one may still be called likely.
    assert_eq!((of(&both, 0).band, of(&both, 1).band), (Band::Likely, Band::Possible));
}

#[test]
fn the_more_urgent_rule_comes_first() {
    let guideline = pointing(Urgency::Routine, Urgency::SameDay);
    let both = causes(&guideline, &[(SEEN, Answer::Yes), (OTHER, Answer::Yes), (THIRD, Answer::Yes)]);
    assert_eq!(order(&both), [2, 1, 0, 3]);
    assert_eq!(of(&both, 2).suspected, Some(Urgency::SameDay));
}

#[test]
fn a_rule_that_counts_because_of_a_not_sure_points_as_well() {
    let mut book = with(vec![ranked("common", 900.0, &[]), ranked("rare", 1.0, &[])]);
    let when = rule("seen", yes(SEEN), Urgency::SameDay, Urgency::SeeSoon);
    book.rules.push(Rule { suspect: Some(CauseId(1)), ..when });
    let guideline = guideline(book);
    let causes = causes(&guideline, &[(SEEN, Answer::NotSure)]);
    assert_eq!((order(&causes), of(&causes, 1).suspected), (vec![1, 0], Some(Urgency::SeeSoon)));
}

#[test]
fn while_a_rule_of_today_counts_only_what_it_points_to_is_called_likely() {
    for (level, band) in [
        (Urgency::Routine, Band::Likely),
        (Urgency::SeeSoon, Band::Likely),
        (Urgency::SameDay, Band::Possible),
    ] {
        let guideline = pointing(level, Urgency::Routine);
        let causes = causes(&guideline, &[(SEEN, Answer::Yes)]);
        assert_eq!(of(&causes, 0).band, band, "{level}");
        assert_eq!(causes.no_single_cause_stands_out, band != Band::Likely);
    }
    let mut book = with(vec![ranked("rare", 1.0, &[]), ranked("common", 900.0, &[])]);
    let when = rule("seen", yes(SEEN), Urgency::SameDay, Urgency::SelfCare);
    book.rules.push(Rule { suspect: Some(CauseId(1)), ..when });
    let guideline = guideline(book);
    assert_eq!(of(&causes(&guideline, &[(SEEN, Answer::Yes)]), 1).band, Band::Likely);
}

#[test]
fn the_book_can_keep_a_cause_from_being_called_likely() {
    let common = Cause { not_likely_if: Some(yes(SEEN)), ..ranked("common", 900.0, &[]) };
    let guideline = guideline(with(vec![common, ranked("rare", 1.0, &[])]));
    for (answer, band) in
        [(Answer::Yes, Band::Possible), (Answer::No, Band::Likely), (Answer::NotSure, Band::Possible)]
    {
        let causes = causes(&guideline, &[(SEEN, answer)]);
        assert_eq!((order(&causes), of(&causes, 0).band), (vec![0, 1], band));
    }
    // The question is asked, since its answer matters.
    let ask = next_question(&guideline, &answers(&guideline, &NO)).unwrap();
    assert_eq!(ask.findings, [FindingId(SEEN)]);
}

#[test]
fn what_goes_with_a_cause_is_pointed_to_with_it() {
    let with_it = Cause { goes_with: vec![CauseId(2)], ..ranked("with_it", 1.0, &[]) };
    let mut book = with(vec![ranked("common", 900.0, &[]), with_it, cause("unranked", CauseKind::Condition)]);
    let when = rule("seen", yes(SEEN), Urgency::SeeSoon, Urgency::SelfCare);
    book.rules.push(Rule { suspect: Some(CauseId(2)), ..when });
    let guideline = guideline(book);
    let causes_with = causes(&guideline, &[(SEEN, Answer::Yes)]);
    assert_eq!(
        (order(&causes_with), causes_with.suspected.clone()),
        (vec![1, 0], vec![(CauseId(2), Urgency::SeeSoon)])
    );
    assert_eq!(of(&causes_with, 1).suspected, Some(Urgency::SeeSoon));
    assert_eq!(order(&causes(&guideline, &[(SEEN, Answer::No)])), [0, 1]);
}

#[test]
fn nothing_is_ranked_in_an_emergency() {
    let guideline = guideline(with(vec![ranked("it", 7.0, &[])]));
    assert_eq!(rank(&finished(&guideline, &[(DANGER, Answer::Yes)])), None);
}

#[test]
fn contributors_are_listed_where_they_are_known_with_what_is_fit_to_help() {
    let safe = BlockId::Remedy(RemedyId(0));
    let mut book = with(vec![
        contributor("known", yes(SEEN), &[safe, BlockId::Remedy(RemedyId(1)), BlockId::Habit(HabitId(0))]),
        contributor("open", yes(OTHER), &[safe]),
    ]);
    book.remedies = vec![
        remedy("safe", Urgency::SameDay, None, Some(yes(THIRD))),
        remedy("unsafe", Urgency::SameDay, None, Some(yes(SEEN))),
    ];
    book.habits = vec![habit("walks", None, None), habit("swims", None, Some(yes(SEEN)))];
    book.habits[1].for_causes = vec![CauseId(0)];
    let guideline = guideline(book);
    let causes = causes(&guideline, &[(SEEN, Answer::Yes), (THIRD, Answer::No)]);
    assert_eq!(causes.contributors.len(), 1);
    let known = &causes.contributors[0];
    assert_eq!((known.cause, &known.because[..]), (CauseId(0), &[FindingId(SEEN)][..]));
    assert_eq!((&known.remedies[..], &known.habits[..]), (&[RemedyId(0)][..], &[HabitId(0)][..]));
    assert!(causes.ranked.is_empty());
}

#[test]
fn questions_about_causes_go_on_after_the_triage_until_nothing_matters() {
    let evidence = [(yes(OTHER), 2.0, 0.5)];
    let guideline =
        guideline(with(vec![ranked("it", 7.0, &evidence), contributor("tired", yes(THIRD), &[])]));
    let mut asked = Vec::new();
    let mut given = NO.to_vec();
    while let Some(ask) = next_question(&guideline, &answers(&guideline, &given)) {
        asked.extend(ask.findings.clone());
        given.extend(ask.findings.iter().map(|finding| (finding.0, Answer::NotSure)));
    }
    assert_eq!(asked, [FindingId(OTHER), FindingId(THIRD)]);
}

#[test]
fn evidence_about_causes_never_moves_the_triage() {
    let evidence = [(yes(SEEN), 50.0, 0.02)];
    let guideline = guideline(with(vec![ranked("it", 500.0, &evidence)]));
    for answer in [Answer::Yes, Answer::No, Answer::NotSure] {
        assert_eq!(finished(&guideline, &[NO[0], (SEEN, answer)]).urgency(), Urgency::SelfCare);
    }
}
