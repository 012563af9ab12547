//! What to expect of a visit, and the clinician's form.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use care::clinic::{Standing, form, next_question, to_expect};
use care::{Answer, Book, Condition, FindingId, Referral, ReferralId, ReferralKind, Urgency};
use support::books::{book, question, rule, yes, yes_no};
use support::knowledge::{answers, finished, guideline, referral};

const DANGER: (u16, Answer) = (0, Answer::No);
const LONG: u16 = 1;
const FRAIL: u16 = 2;

fn with(referrals: Vec<Referral>) -> Book {
    let findings = vec![yes_no("danger"), yes_no("long"), yes_no("frail")];
    let questions = vec![question("danger", &[0]), question("long", &[LONG]), question("frail", &[FRAIL])];
    let rules = vec![rule("danger", yes(0), Urgency::Emergency, Urgency::Emergency)];
    Book { referrals, ..book(findings, questions, rules, Vec::new()) }
}

fn scan(id: &str, offer: Option<Condition>) -> Referral {
    Referral { scenario: Some(id.to_owned()), offer, ..referral(id, ReferralKind::Imaging) }
}

fn rungs() -> Book {
    with(vec![
        referral("doctor", ReferralKind::Treatment),
        Referral {
            offer: Some(yes(LONG)),
            avoid: Some(yes(FRAIL)),
            ..referral("hands", ReferralKind::Treatment)
        },
        referral("asks", ReferralKind::History),
        scan("new", Some(Condition::Not(Box::new(yes(LONG))))),
        scan("lasting", Some(yes(LONG))),
        scan("frail", Some(yes(FRAIL))),
        referral("scans", ReferralKind::Imaging),
        referral("legs", ReferralKind::Examination),
    ])
}

#[test]
fn a_person_sees_what_is_known_to_be_for_them_in_the_order_of_a_visit() {
    let guideline = guideline(rungs());
    let expect = |long, frail| to_expect(&finished(&guideline, &[DANGER, (LONG, long), (FRAIL, frail)]));
    let ids = |long, frail| -> Vec<u16> {
        expect(long, frail).items.iter().map(|item| item.referral().0).collect()
    };
    assert_eq!(ids(Answer::Yes, Answer::No), [2, 7, 4, 6, 0, 1]);
    assert_eq!(ids(Answer::No, Answer::No), [2, 7, 3, 6, 0]);
    for frail in [Answer::Yes, Answer::NotSure] {
        let expect = expect(Answer::Yes, frail);
        assert_eq!(expect.withheld.len(), 1, "{frail:?}");
        assert_eq!(expect.withheld[0].referral, ReferralId(1));
        assert_eq!(expect.withheld[0].because, [FindingId(FRAIL)]);
    }
}

#[test]
fn of_several_imaging_scenarios_the_last_one_counts() {
    let guideline = guideline(rungs());
    let scenario = |long, frail| {
        form(&finished(&guideline, &[DANGER, (LONG, long), (FRAIL, frail)]))
            .scenario
            .map(|line| line.referral.0)
    };
    assert_eq!(scenario(Answer::No, Answer::No), Some(3));
    assert_eq!(scenario(Answer::Yes, Answer::No), Some(4));
    assert_eq!(scenario(Answer::Yes, Answer::Yes), Some(5));
    assert_eq!(scenario(Answer::NotSure, Answer::NotSure), None);
}

#[test]
fn the_form_leaves_nothing_out_and_says_where_each_rung_stands() {
    let guideline = guideline(rungs());
    let hands = |long, frail| {
        let form = form(&finished(&guideline, &[DANGER, (LONG, long), (FRAIL, frail)]));
        assert_eq!((form.history.len(), form.examination.len(), form.imaging.len()), (1, 1, 1));
        assert_eq!(form.ladder[0].standing, Standing::CalledFor);
        form.ladder[1].standing
    };
    assert_eq!(hands(Answer::Yes, Answer::No), Standing::CalledFor);
    assert_eq!(hands(Answer::Yes, Answer::Yes), Standing::Caution);
    assert_eq!(hands(Answer::Yes, Answer::NotSure), Standing::Caution);
    assert_eq!(hands(Answer::No, Answer::Yes), Standing::NotCalledFor);
    assert_eq!(hands(Answer::NotSure, Answer::No), Standing::Open);
}

#[test]
fn in_an_emergency_there_is_a_form_and_nothing_to_read() {
    let guideline = guideline(rungs());
    let emergency = finished(&guideline, &[(0, Answer::Yes)]);
    assert_eq!(to_expect(&emergency).items, []);
    assert_eq!(form(&emergency).ladder.len(), 2);
}

#[test]
fn questions_about_the_clinic_end_once_nothing_matters() {
    let guideline = guideline(rungs());
    let ask = |given: &[_]| next_question(&guideline, &answers(&guideline, given)).map(|ask| ask.findings);
    assert_eq!(ask(&[DANGER]), Some(vec![FindingId(LONG)]));
    assert_eq!(ask(&[DANGER, (LONG, Answer::No)]), Some(vec![FindingId(FRAIL)]));
    assert_eq!(ask(&[DANGER, (LONG, Answer::No), (FRAIL, Answer::No)]), None);
}
