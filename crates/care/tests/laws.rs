//! The laws of the decision core, on random small books.

mod support;

use proptest::prelude::*;
use support::books::Tested;
use support::laws::{bounds, certificate, interview, lanes, reasons, references};
use support::{Case, case, cases};

/// Each law is tried on so many random books of up to so many findings.
macro_rules! laws {
    ($($name:ident: $law:expr, $tested:ident, up to $findings:literal findings, $cases:literal cases;)*) => {
        $(
            proptest! {
                #![proptest_config(cases($cases))]

                #[test]
                fn $name(case in case(Tested::$tested, $findings)) {
                    let Case { guideline, mut tape } = case;
                    $law(&guideline, &mut tape);
                }
            }
        )*
    };
}

laws! {
    the_program_agrees_with_the_naive_evaluator:
        bounds::the_program_agrees_with_the_naive_evaluator, AnyTimes, up to 9 findings, 4000 cases;
    bounds_contain_every_completion:
        bounds::bounds_contain_every_completion, AnyTimes, up to 9 findings, 600 cases;
    bounds_are_reached_where_findings_are_tested_once:
        bounds::bounds_are_reached_where_findings_are_tested_once, Once, up to 9 findings, 300 cases;
    more_danger_never_lowers:
        bounds::more_danger_never_lowers, AnyTimes, up to 9 findings, 4000 cases;
    a_follow_up_counts_in_place_of_not_sure:
        bounds::a_follow_up_counts_in_place_of_not_sure, AnyTimes, up to 9 findings, 1000 cases;
    not_sure_is_not_no:
        bounds::not_sure_is_not_no, AnyTimes, up to 9 findings, 1000 cases;

    each_lane_of_64_is_a_person_alone:
        lanes::each_lane_is_a_person_alone::<1>, AnyTimes, up to 9 findings, 400 cases;
    each_lane_of_128_is_a_person_alone:
        lanes::each_lane_is_a_person_alone::<2>, AnyTimes, up to 9 findings, 200 cases;
    each_lane_of_512_is_a_person_alone:
        lanes::each_lane_is_a_person_alone::<8>, AnyTimes, up to 9 findings, 200 cases;
    the_short_run_counts_the_rules_that_fire:
        lanes::the_short_run_counts_the_rules_that_fire, AnyTimes, up to 9 findings, 400 cases;

    a_circuit_says_what_each_person_is_told_alone:
        lanes::a_circuit_says_what_each_person_is_told_alone, AnyTimes, up to 9 findings, 1000 cases;

    an_interview_asks_only_while_it_must:
        interview::an_interview_asks_only_while_it_must, AnyTimes, up to 9 findings, 1500 cases;
    asking_everything_changes_nothing:
        interview::asking_everything_changes_nothing, AnyTimes, up to 9 findings, 1500 cases;
    nothing_unsafe_is_recommended:
        interview::nothing_unsafe_is_recommended, AnyTimes, up to 9 findings, 1500 cases;
    changing_an_answer_is_the_same_as_having_given_it:
        interview::changing_an_answer_is_the_same_as_having_given_it, AnyTimes, up to 9 findings, 1000 cases;
    every_question_can_matter:
        interview::every_question_can_matter, Once, up to 6 findings, 600 cases;

    every_rule_that_counts_is_a_reason:
        reasons::every_rule_that_counts_is_a_reason, AnyTimes, up to 9 findings, 1500 cases;
    no_reason_names_one_answer_too_many:
        reasons::no_reason_names_one_answer_too_many, AnyTimes, up to 9 findings, 2000 cases;
    no_fewer_answers_are_a_reason_where_findings_are_tested_once:
        reasons::no_fewer_answers_are_a_reason_where_findings_are_tested_once,
        Once, up to 9 findings, 600 cases;
    the_card_holds_exactly_what_would_raise_the_outcome:
        reasons::the_card_holds_exactly_what_would_raise_the_outcome, AnyTimes, up to 9 findings, 1500 cases;

    a_broken_reference_is_refused:
        references::a_broken_reference_is_refused, AnyTimes, up to 9 findings, 1000 cases;
    a_whole_book_answers:
        references::a_whole_book_answers, AnyTimes, up to 9 findings, 100 cases;

    every_certificate_passes:
        certificate::every_certificate_passes, AnyTimes, up to 9 findings, 1000 cases;
    a_change_is_found:
        certificate::a_change_is_found, AnyTimes, up to 6 findings, 100 cases;
}
