//! What waits for answers, and what somebody has at hand.

use care::medicine::{Found, Kin, common_packs};
use care::{Answer, DoseLog, may_take, standings};

use crate::at;
use crate::shelf::{HEARTBURN, ULCER, aged, but, dose, guideline, log, new_york};

#[test]
fn only_what_is_open_waits_for_answers() {
    let guideline = guideline();
    let waits = |finding, answer| {
        let answers = but(&guideline, &aged(&guideline, 40), finding, answer);
        let dose = dose(&guideline, "advil", 1);
        may_take(&guideline, "us", &DoseLog::default(), &dose, &answers, at(12, 0)).waits_for_answers()
    };
    assert!(waits(ULCER, None));
    assert!(waits(ULCER, Some(Answer::NotSure)));
    assert!(!waits(HEARTBURN, Some(Answer::Yes)));
    assert!(!waits(ULCER, Some(Answer::Yes)));
    assert!(!waits(ULCER, Some(Answer::No)));
}

#[test]
fn the_days_in_a_row_begin_anew_after_a_pause() {
    let guideline = guideline();
    let day = |day| new_york(6, day, 12, 0);
    let log = log(&guideline, &[(day(1), "advil", 1), (day(4), "advil", 1), (day(5), "advil", 1)]);
    let which = |now| standings(&guideline, "us", &log, now)[0].day_in_a_row;
    assert_eq!([day(1), day(4), day(5), day(6), day(7)].map(which), [1, 1, 2, 3, 0]);
}

#[test]
fn the_same_ingredient_is_nearer_kin_than_the_same_kind() {
    let guideline = guideline();
    let log = log(&guideline, &[(at(8, 0), "motrin", 1), (at(9, 0), "aleve", 1)]);
    let kin = |id, now| {
        let standings = standings(&guideline, "us", &log, now);
        Found::with_id(&guideline, id).unwrap().kin_taken(&guideline, &standings, now)
    };
    assert!(matches!(kin("advil", at(12, 0)), Some(Kin::Same { at: taken, .. }) if taken == at(8, 0)));
    assert!(matches!(kin("gel", at(12, 0)), Some(Kin::SameKind { at: taken, .. }) if taken == at(9, 0)));
    assert_eq!(kin("tylenol", at(12, 0)), None);
    assert_eq!(kin("advil", new_york(6, 16, 9, 0)), None);
}

#[test]
fn what_was_taken_last_stands_first_among_the_packs_at_hand() {
    let guideline = guideline();
    let packs = |log: &DoseLog| -> Vec<&str> {
        common_packs(&guideline, "us", log).into_iter().map(|pack| pack.id.as_str()).collect()
    };
    assert_eq!(packs(&DoseLog::default()), ["advil", "motrin", "aleve", "tylenol"]);
    let log = log(&guideline, &[(at(8, 0), "tylenol", 1), (at(9, 0), "nyquil", 1), (at(7, 0), "gel", 1)]);
    assert_eq!(packs(&log), ["nyquil", "tylenol", "gel", "advil", "motrin", "aleve"]);
}

#[test]
fn the_usual_amount_of_a_pack_is_at_least_one() {
    let guideline = guideline();
    let usual = |id| Found::with_id(&guideline, id).unwrap().usual_units(&guideline, "us");
    assert_eq!(["advil", "dual", "headache", "gel", "abroad"].map(usual), [1, 1, 1, 1, 1]);
    assert_eq!(usual("ibuprofen_us"), 200);
}
