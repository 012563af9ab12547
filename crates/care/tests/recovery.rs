//! A diary: spells, the band, the course, and what rules may use of them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use care::recovery::{
    BadSeries, CheckIn, Course, DerivedValue, FunctionScore, Hours, PainScore, PainSeries, Progress,
    Trajectory, band, checks, derived, episodes, expected, has_eased_since, progress, tell, trajectory,
    well_days,
};
use care::{
    Answer, Answers, Book, BrokenBook, CurveLine, Cutoff, Derived, DerivedKind, Finding, FindingId,
    Guideline, State, Step, Urgency, next,
};
use support::books::{book, choice, compare, number, question, rule, yes, yes_no};
use support::knowledge::{checkpoint, curves};

/// A diary of `(day, pain)`.
fn diary(entries: &[(f64, u8)]) -> PainSeries {
    let check_in = |(day, pain): &(f64, u8)| CheckIn {
        at: Hours::from_days(*day).unwrap(),
        pain: PainScore::new(*pain).unwrap(),
        function: None,
        place: None,
    };
    PainSeries::new(entries.iter().map(check_in).collect()).unwrap()
}

/// A book with the expected band and the days to look back, and nothing else.
fn expecting() -> Guideline {
    let empty = book(Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let checkpoints = [2, 3, 7, 14, 28, 42, 84].map(checkpoint).into();
    Guideline::new(Book { curves: curves(), checkpoints, ..empty }).unwrap()
}

fn value(series: &PainSeries, what: Derived) -> Option<DerivedValue> {
    derived(&expecting(), series).into_iter().find(|(known, _)| *known == what).map(|(_, value)| value)
}

fn number_of(series: &PainSeries, what: Derived) -> Option<i64> {
    value(series, what).map(|value| match value {
        DerivedValue::Number(number) => number,
        other => panic!("{what:?} is {other:?}"),
    })
}

fn is(series: &PainSeries, what: Derived) -> Option<bool> {
    value(series, what).map(|value| match value {
        DerivedValue::YesNo(yes) => yes,
        other => panic!("{what:?} is {other:?}"),
    })
}

/// Six, three on day 3, then well every day from day 5 to day 11.
fn well_by_day_eleven() -> Vec<(f64, u8)> {
    let mut entries = vec![(0.0, 6), (3.0, 3)];
    entries.extend((5..=11).map(|day| (f64::from(day), 1)));
    entries
}

#[test]
fn a_spell_is_over_at_the_seventh_day_in_a_row() {
    for last in 0..=8_u32 {
        let mut entries = vec![(0.0, 6)];
        entries.extend((1..=last).map(|day| (f64::from(day), 1)));
        let series = diary(&entries);
        assert_eq!(well_days(&expecting(), &series), last);
        assert_eq!(episodes(&expecting(), &series)[0].recovered.is_some(), last >= 7, "day {last}");
    }
    assert_eq!(well_days(&expecting(), &diary(&[(0.0, 1), (1.0, 2), (2.0, 1)])), 1);
    assert_eq!(well_days(&expecting(), &diary(&[(0.0, 0), (8.0, 0)])), 1);
}

#[test]
fn a_diary_is_in_order_of_time_and_not_empty() {
    assert_eq!(PainSeries::new(Vec::new()), Err(BadSeries::Empty));
    let mut entries = diary(&[(0.0, 6), (1.0, 5)]).check_ins().to_vec();
    entries.reverse();
    assert!(matches!(PainSeries::new(entries.clone()), Err(BadSeries::OutOfOrder { .. })));
    entries[1].at = entries[0].at;
    assert!(matches!(PainSeries::new(entries), Err(BadSeries::OutOfOrder { .. })));
}

#[test]
fn scores_and_times_have_a_range() {
    assert!(PainScore::new(10).is_ok() && PainScore::new(11).is_err());
    assert!(FunctionScore::new(10).is_ok() && FunctionScore::new(11).is_err());
    assert!(Hours::new(Hours::MAX).is_ok() && Hours::new(Hours::MAX + 1).is_err());
    for days in [-0.1, 3_650.1, f64::NAN, f64::INFINITY] {
        assert!(Hours::from_days(days).is_err(), "{days}");
    }
    let error = PainScore::new(11).unwrap_err().to_string();
    assert_eq!(error, "pain 11 is out of range: 0 to 10");
}

#[test]
fn the_band_of_a_spell_begins_at_its_first_entry_with_pain() {
    let series = diary(&[(0.0, 0), (2.0, 6), (9.0, 4)]);
    let spell = episodes(&expecting(), &series)[0].clone();
    let guideline = expecting();
    let at = |day| expected(&guideline, &series, &spell, Hours::from_days(day).unwrap());
    assert_eq!(at(1.0), None);
    let start = at(2.0).unwrap();
    for edge in [start.fast, start.middle_low, start.middle_high, start.slow] {
        assert!((edge - 6.0).abs() < 1e-9);
    }
    assert_eq!(at(9.0), progress(&guideline, &series, &spell).map(|(band, _)| band));
    let well = diary(&[(0.0, 1)]);
    assert_eq!(expected(&guideline, &well, &episodes(&expecting(), &well)[0], Hours::default()), None);
}

#[test]
fn the_band_is_that_of_the_evidence() {
    let guideline = expecting();
    // week, fit to Menezes Costa, fit to Wallwork, fast edge, slow edge
    for (week, menezes_costa, wallwork, fast, slow) in [
        (1.0, 0.80, 0.82, 0.59, 1.00),
        (2.0, 0.67, 0.69, 0.41, 0.90),
        (4.0, 0.51, 0.54, 0.27, 0.75),
        (6.0, 0.44, 0.46, 0.24, 0.65),
        (12.0, 0.34, 0.39, 0.19, 0.60),
        (26.0, 0.23, 0.39, 0.12, 0.55),
        (52.0, 0.11, 0.39, 0.10, 0.55),
    ] {
        let band = band(&guideline, Hours::from_days(week * 7.0).unwrap()).unwrap();
        for (is, should_be) in [
            (band.middle_low, menezes_costa),
            (band.middle_high, wallwork),
            (band.fast, fast),
            (band.slow, slow),
        ] {
            assert!((is - should_be).abs() < 0.005_1, "week {week}: {is} is not {should_be}");
        }
    }
    let halfway = band(&guideline, Hours::from_days(21.0).unwrap()).unwrap();
    assert!((halfway.fast - 0.34).abs() < 1e-9 && (halfway.slow - 0.825).abs() < 1e-9);
}

#[test]
fn a_person_is_placed_in_the_band() {
    let guideline = expecting();
    let at = |entries: &[(f64, u8)]| {
        let series = diary(entries);
        let placed = progress(&guideline, &series, &episodes(&expecting(), &series)[0]);
        placed.map(|(_, progress)| (progress, progress.words(&guideline)))
    };
    assert_eq!(at(&[(0.0, 8)]), None);
    assert_eq!(at(&[(0.0, 8), (28.0, 2)]), Some((Progress::Fast, "below fast")));
    assert_eq!(at(&[(0.0, 8), (28.0, 4)]), Some((Progress::AsMost, "below middle")));
    assert_eq!(at(&[(0.0, 8), (28.0, 6)]), Some((Progress::Slow, "below slow")));
    assert_eq!(at(&[(0.0, 8), (28.0, 7)]), Some((Progress::AboveBand, "above all")));
    // A diary begun on day 14 is measured from there: 0.75 / 0.90 of 6 is 5.
    assert_eq!(at(&[(14.0, 6), (28.0, 5)]), Some((Progress::Slow, "below slow")));
    assert_eq!(at(&[(14.0, 6), (28.0, 6)]), Some((Progress::AboveBand, "above all")));
}

#[test]
fn good_news_next_to_others_needs_entries_of_three_days_and_bad_news_does_not() {
    let guideline = expecting();
    let told = |entries: &[(f64, u8)]| {
        let band = Course::of(&guideline, &diary(entries)).band;
        band.map(|(_, progress)| progress)
    };
    assert_eq!(told(&[(0.0, 8), (0.3, 2)]), None, "two readings of one day");
    assert_eq!(told(&[(0.0, 8), (0.3, 4), (0.9, 2), (1.1, 2)]), None, "of two days");
    assert_eq!(told(&[(0.0, 8), (1.0, 4), (2.0, 2)]), Some(Progress::Fast));
    assert_eq!(told(&[(0.0, 8), (28.0, 7)]), Some(Progress::AboveBand));
}

#[test]
fn what_was_said_of_the_course_is_outdone_by_a_plain_fall_a_day_later() {
    let guideline = expecting();
    let eased = |entries: &[(f64, u8)], said: f64| {
        has_eased_since(&guideline, &diary(entries), Hours::from_days(said).unwrap())
    };
    assert!(eased(&[(5.0, 7), (6.0, 4)], 5.0));
    assert!(!eased(&[(5.0, 7), (5.5, 4)], 5.0), "of the same day");
    assert!(!eased(&[(5.0, 7), (6.0, 6)], 5.0), "by less than people notice");
    assert!(!eased(&[(5.0, 8), (6.0, 6)], 5.0), "by less than a third");
    assert!(!eased(&[(5.0, 7), (6.0, 4), (7.0, 7)], 5.0), "and up again");
    assert!(!eased(&[(3.0, 9), (5.0, 5), (6.0, 5)], 5.0), "what it was before does not count");
    assert!(!eased(&[(5.0, 7)], 5.0));
}

#[test]
fn well_on_seven_days_in_a_row_is_recovered() {
    let all = well_by_day_eleven();
    let last_but_one = diary(&all[..all.len() - 1]);
    assert_eq!(episodes(&expecting(), &last_but_one)[0].recovered, None);
    let recovered = episodes(&expecting(), &diary(&all))[0].recovered.unwrap();
    assert_eq!((recovered.from.whole_days(), recovered.known.whole_days()), (5, 11));
    // One bad day in between starts the count again.
    let mut broken = all.clone();
    broken[5].1 = 2;
    assert_eq!(episodes(&expecting(), &diary(&broken))[0].recovered, None);
    // Two days a fortnight apart are not seven in a row, two a week apart are.
    assert_eq!(episodes(&expecting(), &diary(&[(0.0, 6), (10.0, 1), (24.0, 1)]))[0].recovered, None);
    assert!(episodes(&expecting(), &diary(&[(0.0, 6), (10.0, 1), (17.0, 0)]))[0].recovered.is_some());
}

#[test]
fn a_rise_of_two_for_a_day_after_recovery_is_a_new_spell_with_its_own_clock() {
    let with = |later: &[(f64, u8)]| diary(&[&well_by_day_eleven()[..], later].concat());
    for (later, spells) in [
        (&[(40.0, 4)][..], 1),                       // not yet a day
        (&[(40.0, 4), (40.5, 4)][..], 1),            // half a day
        (&[(40.0, 2), (42.0, 2)][..], 1),            // up by one
        (&[(40.0, 4), (40.5, 1), (42.0, 4)][..], 1), // not in one piece
        (&[(40.0, 4), (41.0, 5)][..], 2),
        (&[(40.0, 3), (41.0, 3)][..], 2),
    ] {
        assert_eq!(episodes(&expecting(), &with(later)).len(), spells, "{later:?}");
    }
    let series = with(&[(40.0, 4), (43.0, 5)]);
    assert_eq!(number_of(&series, Derived::DiaryDay), Some(3));
    assert_eq!(number_of(&series, Derived::PainChange), Some(1));
    assert_eq!(number_of(&series, Derived::EpisodesThisYear), Some(2));
    assert_eq!(
        (is(&series, Derived::NewEpisode), is(&series, Derived::Recovered)),
        (Some(true), Some(false))
    );
    // Without recovery first, a rise is the same spell.
    assert_eq!(episodes(&expecting(), &diary(&[(0.0, 6), (3.0, 2), (10.0, 6), (12.0, 6)])).len(), 1);
}

#[test]
fn the_course_has_five_classes() {
    let course = |entries: &[(f64, u8)]| {
        let series = diary(entries);
        trajectory(&expecting(), &series, &episodes(&expecting(), &series)[0])
    };
    assert_eq!(course(&well_by_day_eleven()), Some(Trajectory::RecoveredByWeek2));
    let late = [(0.0, 7), (14.0, 4), (42.0, 1), (49.0, 1)];
    assert_eq!(course(&late), Some(Trajectory::RecoveredByWeek12));
    let very_late = [(0.0, 7), (14.0, 4), (90.0, 1), (97.0, 1)];
    assert_eq!(course(&very_late), Some(Trajectory::Incomplete));
    assert_eq!(course(&[(0.0, 7), (7.0, 5), (14.0, 4), (28.0, 3)]), Some(Trajectory::Incomplete));
    assert_eq!(course(&[(0.0, 7), (7.0, 3), (10.0, 6), (14.0, 3), (20.0, 6)]), Some(Trajectory::Fluctuating));
    assert_eq!(course(&[(0.0, 7), (7.0, 7), (14.0, 6), (28.0, 6)]), Some(Trajectory::PersistentHigh));
    // Nearly gone and back again is not "high all along" (Downie 2016); a small dip is.
    assert_eq!(course(&[(0.0, 7), (4.0, 1), (12.0, 1), (20.0, 6)]), Some(Trajectory::Fluctuating));
    assert_eq!(course(&[(0.0, 7), (4.0, 6), (12.0, 7), (20.0, 6)]), Some(Trajectory::PersistentHigh));
    // Low at the start and high since has not stayed high either.
    assert_eq!(course(&[(0.0, 1), (3.0, 3), (15.0, 8), (20.0, 8)]), Some(Trajectory::Incomplete));
    assert_eq!(course(&[(0.0, 8), (4.0, 2), (8.0, 3), (15.0, 8), (22.0, 8)]), Some(Trajectory::Fluctuating));
    // Too early, or too few.
    assert_eq!(course(&[(0.0, 7), (3.0, 6), (7.0, 5), (10.0, 5)]), None);
    assert_eq!(course(&[(0.0, 7), (14.0, 6), (28.0, 6)]), None);
}

#[test]
fn changes_are_measured_from_a_start_that_the_diary_knows() {
    let series = diary(&[(0.0, 7), (14.0, 5)]);
    // 2 of 7 is 28.6 %: not 30.
    assert_eq!(number_of(&series, Derived::ImprovementPercent), Some(28));
    assert_eq!(number_of(&series, Derived::PainChange), Some(-2));
    assert_eq!(number_of(&diary(&[(0.0, 3), (1.0, 4)]), Derived::ImprovementPercent), Some(-34));
    // From the first pain that counts.
    assert_eq!(number_of(&diary(&[(0.0, 1), (2.0, 6), (3.0, 3)]), Derived::ImprovementPercent), Some(50));
    for unknown in [&[(0.0, 7)][..], &[(4.0, 7), (14.0, 5)], &[(0.0, 1), (3.0, 1)]] {
        let series = diary(unknown);
        assert_eq!(value(&series, Derived::ImprovementPercent), None, "{unknown:?}");
        assert_eq!(value(&series, Derived::NoEasingYet), None, "{unknown:?}");
    }
}

#[test]
fn no_easing_and_getting_worse_are_seen() {
    assert_eq!(is(&diary(&[(0.0, 6), (1.0, 7), (2.0, 6)]), Derived::NoEasingYet), Some(true));
    assert_eq!(is(&diary(&[(0.0, 6), (1.0, 5), (2.0, 6)]), Derived::NoEasingYet), Some(false));
    assert_eq!(is(&diary(&[(0.0, 6), (3.0, 3), (4.0, 5), (5.0, 5)]), Derived::GettingWorse), Some(true));
    // Up for less than a day, up by one, or up on something long ago.
    assert_eq!(is(&diary(&[(0.0, 6), (3.0, 3), (5.0, 5)]), Derived::GettingWorse), Some(false));
    assert_eq!(is(&diary(&[(0.0, 6), (3.0, 3), (4.0, 4), (5.0, 4)]), Derived::GettingWorse), Some(false));
    assert_eq!(is(&diary(&[(0.0, 6), (3.0, 3), (11.0, 5), (12.0, 5)]), Derived::GettingWorse), Some(false));
}

#[test]
fn spells_at_the_same_place_are_counted() {
    let mut entries: Vec<CheckIn> = Vec::new();
    for (start, place) in [(0_u32, "low back"), (60, "neck"), (120, "low back")] {
        for (day, pain) in [(0, 6), (1, 6), (2, 1), (8, 1)] {
            entries.push(CheckIn {
                at: Hours::new((start + day) * 24).unwrap(),
                pain: PainScore::new(pain).unwrap(),
                function: None,
                place: Some(place.to_owned()),
            });
        }
    }
    let at = |entries: &[CheckIn]| {
        number_of(&PainSeries::new(entries.to_vec()).unwrap(), Derived::SpasmsSamePlace)
    };
    assert_eq!(at(&entries), Some(2));
    assert_eq!(at(&entries[..8]), Some(1));
    let mut nowhere = entries.clone();
    for check_in in &mut nowhere {
        check_in.place = None;
    }
    assert_eq!(at(&nowhere), None);
}

#[test]
fn what_is_derived_is_named_and_in_range() {
    let diaries: [&[(f64, u8)]; 5] = [
        &[(0.0, 6)],
        &[(0.0, 0), (1.0, 10), (2.0, 10)],
        &[(0.0, 10), (14.0, 1), (21.0, 0), (28.0, 0)],
        &[(0.0, 2), (3.0, 10), (14.0, 10), (28.0, 10), (3_650.0, 10)],
        &[(20.0, 5), (30.0, 3), (31.0, 6), (32.0, 6)],
    ];
    let guideline = expecting();
    for entries in diaries {
        for (what, value) in derived(&guideline, &diary(entries)) {
            match (value, what.kind()) {
                (DerivedValue::Number(number), DerivedKind::Number(min, max)) => {
                    assert!((min..=max).contains(&number), "{what:?} = {number}");
                }
                (DerivedValue::YesNo(_), DerivedKind::YesNo)
                | (DerivedValue::Trajectory(_), DerivedKind::Trajectory) => {}
                other => panic!("{what:?}: {other:?}"),
            }
        }
    }
}

#[test]
fn checkpoints_come_one_after_the_other() {
    let guideline = expecting();
    let next = |day| {
        let course = Course::of(&guideline, &diary(&[(0.0, 6), (day, 6)]));
        course.next_checkpoint(&guideline).map(|checkpoint| checkpoint.day)
    };
    assert_eq!((next(1.0), next(2.9), next(7.0), next(84.0)), (Some(2), Some(3), Some(14), None));
}

#[test]
fn a_threshold_is_there_once_with_a_number_that_it_can_be() {
    let with = |change: &dyn Fn(&mut Book)| {
        let mut book = book(Vec::new(), Vec::new(), Vec::new(), Vec::new());
        change(&mut book);
        Guideline::new(book)
    };
    let sound = with(&|_| {}).unwrap();
    assert_eq!((sound.threshold(Cutoff::HighPain), sound.whole_threshold(Cutoff::RiseHours)), (5.0, 24));
    for (index, cutoff) in Cutoff::ALL.into_iter().enumerate() {
        let refused = |result: Result<Guideline, BrokenBook>| {
            assert_eq!(result.err(), Some(BrokenBook::Threshold(cutoff.id())));
        };
        refused(with(&|book| drop(book.thresholds.remove(index))));
        refused(with(&|book| book.thresholds.push(book.thresholds[index].clone())));
        for value in [-1.0, 1e9, f64::NAN, f64::INFINITY] {
            refused(with(&|book| book.thresholds[index].value = value));
        }
    }
}

#[test]
fn a_band_has_all_its_edges_or_the_book_is_refused() {
    let with = |curves| {
        let empty = book(Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Guideline::new(Book { curves, ..empty })
    };
    assert!(with(Vec::new()).is_ok_and(|guideline| band(&guideline, Hours::default()).is_none()));
    for edge in 0..3 {
        let mut missing = curves();
        missing.remove(edge);
        assert!(matches!(with(missing), Err(BrokenBook::Curve(_))));
        let mut empty = curves();
        empty[edge].lines.clear();
        assert!(matches!(with(empty), Err(BrokenBook::Curve(_))));
        let mut unsound = curves();
        unsound[edge].lines.push(CurveLine::Points(vec![(0.0, 1.0), (1.0, 0.0)]));
        assert!(matches!(with(unsound), Err(BrokenBook::Curve(_))));
    }
    let twice = [curves(), curves()].concat();
    assert!(matches!(with(twice), Err(BrokenBook::Curve(_))));
}

/// Pain and days are asked; two findings come from a diary. A rule waits for each.
fn with_a_checkpoint() -> Guideline {
    let derived = |what, finding| Finding { derived: Some(what), ..finding };
    let courses: Vec<&str> = Trajectory::ALL.iter().map(|course| course.id()).collect();
    let findings = vec![
        yes_no("danger"),
        number("days_since_onset", 0, 3_650),
        number("pain_now", 0, 10),
        derived(Derived::ImprovementPercent, number("improvement_percent", -900, 100)),
        derived(Derived::NoEasingYet, yes_no("no_easing_yet")),
        derived(Derived::Trajectory, choice("trajectory", &courses)),
    ];
    let questions = vec![question("danger", &[0]), question("story", &[1, 2])];
    let slow = care::Condition::And(vec![
        compare(1, care::Comparison::GreaterOrEqual, 14),
        compare(3, care::Comparison::Less, 30),
    ]);
    let rules = vec![
        rule("danger", yes(0), Urgency::Emergency, Urgency::Emergency),
        rule("slow", slow, Urgency::SeeSoon, Urgency::SelfCare),
        rule("no_easing", yes(4), Urgency::SameDay, Urgency::SelfCare),
        rule("high", care::Condition::Is(FindingId(5), 4), Urgency::Routine, Urgency::SelfCare),
    ];
    Guideline::new(Book { ..book(findings, questions, rules, Vec::new()) }).unwrap()
}

fn urgency(guideline: &Guideline, answers: &Answers) -> Urgency {
    match next(guideline, answers) {
        Step::Done(finished) => finished.urgency(),
        Step::Ask(ask) => panic!("asks {ask:?}"),
    }
}

#[test]
fn without_a_diary_no_checkpoint_is_waited_for_and_none_counts() {
    let guideline = with_a_checkpoint();
    let mut answers = Answers::none(&guideline);
    answers.set(&guideline, FindingId(0), Answer::No).unwrap();
    // The day is not even asked for: the only rule that uses it needs a diary.
    assert_eq!(urgency(&guideline, &answers), Urgency::SelfCare);
    assert!(State::of(&guideline, &answers).not_applicable(FindingId(3)));
    let certificate = match next(&guideline, &answers) {
        Step::Done(finished) => care::certify(&finished),
        Step::Ask(ask) => panic!("asks {ask:?}"),
    };
    assert_eq!(care::verify(&guideline, &certificate), Ok(()));
}

#[test]
fn a_diary_speaks_through_ordinary_rules() {
    let guideline = with_a_checkpoint();
    let mut answers = Answers::none(&guideline);
    answers.set(&guideline, FindingId(0), Answer::No).unwrap();
    let after = |entries: &[(f64, u8)]| {
        let told = tell(&guideline, &diary(entries), &answers);
        assert_eq!(told.get(FindingId(2)), Some(Answer::Number(entries.last().unwrap().1.into())));
        urgency(&guideline, &told)
    };
    assert_eq!(after(&[(0.0, 6), (14.0, 5)]), Urgency::SeeSoon);
    assert_eq!(after(&[(0.0, 6), (14.0, 4)]), Urgency::SelfCare);
    assert_eq!(after(&[(0.0, 6), (2.0, 6)]), Urgency::SameDay);
    assert_eq!(after(&[(0.0, 6), (2.0, 5), (14.0, 5), (15.0, 5)]), Urgency::SeeSoon);
}

#[test]
fn the_checks_are_the_rules_that_the_diary_makes_count() {
    let guideline = with_a_checkpoint();
    let mut answers = Answers::none(&guideline);
    answers.set(&guideline, FindingId(0), Answer::Yes).unwrap();
    let told = tell(&guideline, &diary(&[(0.0, 6), (2.0, 6)]), &answers);
    let rules: Vec<&str> =
        checks(&guideline, &told).iter().map(|reason| guideline.rule(reason.rule).id.as_str()).collect();
    assert_eq!(rules, ["no_easing"]);
    assert!(checks(&guideline, &answers).is_empty());
}

#[test]
fn the_course_of_a_spell_that_is_over_has_no_band_and_no_next_look() {
    let over = diary(&well_by_day_eleven());
    let guideline = expecting();
    let course = Course::of(&guideline, &over);
    assert_eq!((course.spells, course.band, course.next_checkpoint(&guideline)), (1, None, None));
}

#[test]
fn a_new_entry_takes_back_what_the_last_one_said() {
    let guideline = with_a_checkpoint();
    let none = Answers::none(&guideline);
    let flat = tell(&guideline, &diary(&[(0.0, 6), (2.0, 6)]), &none);
    assert_eq!(
        (flat.get(FindingId(4)), flat.get(FindingId(1))),
        (Some(Answer::Yes), Some(Answer::Number(2)))
    );
    let well = tell(&guideline, &diary(&well_by_day_eleven()), &flat);
    assert_eq!((well.get(FindingId(4)), well.get(FindingId(3))), (None, None));
    // The spell is over: how long it has lasted is no longer told.
    assert_eq!(well.get(FindingId(2)), Some(Answer::Number(1)));
    assert_eq!(well.get(FindingId(5)), Some(Answer::Option(0)));
}

#[test]
fn a_diary_begun_late_does_not_make_the_pain_younger() {
    let guideline = with_a_checkpoint();
    let days = FindingId(1);
    let mut answers = Answers::none(&guideline);
    answers.set(&guideline, days, Answer::Number(20)).unwrap();
    let told = |entries: &[(f64, u8)]| tell(&guideline, &diary(entries), &answers).get(days);
    assert_eq!(told(&[(0.0, 6), (3.0, 5)]), Some(Answer::Number(20)));
    assert_eq!(told(&[(0.0, 6), (25.0, 5)]), Some(Answer::Number(25)));
    // A later spell has a clock of its own.
    let later = [&well_by_day_eleven()[..], &[(40.0, 5), (42.0, 5)]].concat();
    assert_eq!(told(&later), Some(Answer::Number(2)));
}
