//! Answers come in as JSON and go out as JSON; nothing is guessed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong in a helper is a failed test")]

mod support;

use care::{Answer, AnswerError, Answers, FindingId, Guideline};
use proptest::prelude::*;
use serde_json::{Value, json};
use support::books::{self, Tested, choice, number, question, yes_no};
use support::people::partial;
use support::{Case, case, cases};

fn guideline() -> Guideline {
    let findings =
        vec![yes_no("fever"), number("age", 0, 110), choice("trigger", &["lifting", "fall_or_blow"])];
    let questions = vec![question("all", &[0, 1, 2])];
    books::guideline(books::book(findings, questions, Vec::new(), Vec::new()))
}

fn read(value: &Value) -> Result<Vec<Answer>, Vec<AnswerError>> {
    Answers::from_json(&guideline(), value).map(|answers| answers.iter().map(|(_, answer)| answer).collect())
}

/// The value is refused, and the message names the field, the value and what would fit.
fn refused(field: &str, value: &Value, allowed: &str) {
    let errors = read(&json!({ field: value })).unwrap_err();
    let [AnswerError::DoesNotFit { field: named, given, .. }] = errors.as_slice() else {
        panic!("{field} = {value}: {errors:?}")
    };
    assert_eq!((named.as_str(), given), (field, &value.to_string()));
    let message = errors[0].to_string();
    assert!(message.contains(field) && message.contains(allowed), "{message}");
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn answers_read_back_as_they_were_written(case in case(Tested::AnyTimes, 9)) {
        let Case { guideline, mut tape } = case;
        let answers = partial(&guideline, &mut tape);
        let written = Value::Object(answers.to_json(&guideline));
        prop_assert_eq!(Answers::from_json(&guideline, &written), Ok(answers.clone()));
        let kept: Value = serde_json::from_str(&written.to_string()).unwrap();
        prop_assert_eq!(Answers::from_json(&guideline, &kept), Ok(answers));
    }

    #[test]
    fn a_number_outside_its_range_is_refused(value in any::<i64>()) {
        prop_assert_eq!(read(&json!({ "age": value })).is_ok(), (0..=110).contains(&value));
    }
}

#[test]
fn each_kind_takes_its_own_words() {
    assert_eq!(read(&json!({ "fever": "yes" })), Ok(vec![Answer::Yes]));
    assert_eq!(read(&json!({ "fever": true })), Ok(vec![Answer::Yes]));
    assert_eq!(read(&json!({ "fever": "no" })), Ok(vec![Answer::No]));
    assert_eq!(read(&json!({ "fever": false })), Ok(vec![Answer::No]));
    assert_eq!(read(&json!({ "age": 110 })), Ok(vec![Answer::Number(110)]));
    assert_eq!(read(&json!({ "trigger": "fall_or_blow" })), Ok(vec![Answer::Option(1)]));
    for field in ["fever", "age", "trigger"] {
        assert_eq!(read(&json!({ field: "not sure" })), Ok(vec![Answer::NotSure]));
    }
    assert_eq!(read(&json!({})), Ok(Vec::new()));
}

#[test]
fn nothing_is_guessed() {
    let never = [
        json!(null),
        json!(1.5),
        json!(-1),
        json!(44.0),
        json!("maybe"),
        json!(""),
        json!("YES"),
        json!(" yes"),
        json!("44"),
        json!(["yes"]),
        json!([]),
        json!({ "answer": "yes" }),
        serde_json::from_str("1000000000000000000000000000000").unwrap(),
        json!(u64::MAX),
    ];
    for value in &never {
        refused("fever", value, "\"yes\", \"no\" and \"not sure\"");
        refused("age", value, "whole numbers from 0 to 110 (points) and \"not sure\"");
        refused("trigger", value, "\"lifting\", \"fall_or_blow\" and \"not sure\"");
    }
    refused("fever", &json!(1), "\"yes\"");
    refused("fever", &json!("lifting"), "\"yes\"");
    refused("age", &json!(true), "from 0 to 110");
    refused("age", &json!("yes"), "from 0 to 110");
    refused("age", &json!(111), "from 0 to 110");
    refused("trigger", &json!("yes"), "\"lifting\"");
    refused("trigger", &json!(0), "\"lifting\"");
    refused("trigger", &json!(false), "\"lifting\"");
}

#[test]
fn every_error_is_reported_not_just_the_first() {
    let errors = read(&json!({ "fever": "maybe", "age": 44, "feber": "no", "trigger": 3 })).unwrap_err();
    let messages: Vec<String> = errors.iter().map(AnswerError::to_string).collect();
    assert_eq!(messages.len(), 3);
    assert!(messages[0].starts_with("`fever` cannot be \"maybe\""), "{messages:?}");
    assert_eq!(messages[1], "`feber` is not a finding of this guideline; did you mean `fever`?");
    assert!(messages[2].starts_with("`trigger` cannot be 3"), "{messages:?}");
}

#[test]
fn a_name_that_is_like_no_other_is_not_corrected() {
    let errors = read(&json!({ "spasm": "yes" })).unwrap_err();
    assert_eq!(errors, [AnswerError::UnknownFinding { field: "spasm".to_owned(), did_you_mean: None }]);
}

#[test]
fn answers_are_one_object() {
    for (value, found) in [
        (json!(null), "null"),
        (json!(true), "true or false"),
        (json!(3), "a number"),
        (json!("fever"), "a text"),
        (json!(["fever"]), "a list"),
    ] {
        assert_eq!(read(&value), Err(vec![AnswerError::NotAnObject(found)]));
    }
}

#[test]
fn an_answer_that_does_not_fit_leaves_the_earlier_one() {
    let guideline = guideline();
    let (fever, age, trigger) = (FindingId(0), FindingId(1), FindingId(2));
    let mut answers = Answers::none(&guideline);
    answers.set(&guideline, age, Answer::Number(44)).unwrap();
    for (finding, answer) in [
        (fever, Answer::Number(1)),
        (fever, Answer::Option(0)),
        (age, Answer::Yes),
        (age, Answer::Number(111)),
        (trigger, Answer::No),
        (trigger, Answer::Option(2)),
    ] {
        assert!(answers.set(&guideline, finding, answer).is_err(), "{finding:?} {answer:?}");
    }
    assert_eq!(answers.iter().collect::<Vec<_>>(), [(age, Answer::Number(44))]);
    answers.clear(age);
    assert!(answers.is_empty());
}
