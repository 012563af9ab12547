//! The search against trying every combination of answers.

use std::collections::BTreeMap;

use care::{Book, ChoiceOption, Finding, FindingId, FindingKind, Place};
use proptest::prelude::*;

use super::{Formula, Ranges, Truths, Verdict, Wanted, Work, bounds, can_be, find, within, without};

/// Two yes/no findings, a number from 0 to 4 and a choice of three.
fn book() -> Book {
    let option = |id: &str| ChoiceOption { id: id.to_owned(), label: id.to_owned() };
    let kinds = [
        FindingKind::YesNo,
        FindingKind::YesNo,
        FindingKind::Number { unit: "days".to_owned(), min: 0, max: 4 },
        FindingKind::Choice(vec![option("a"), option("b"), option("c")]),
    ];
    Book { findings: kinds.map(finding).to_vec(), ..Book::default() }
}

fn finding(kind: FindingKind) -> Finding {
    Finding {
        id: String::new(),
        place: Place::default(),
        kind,
        role: None,
        label: String::new(),
        danger: false,
        derived: None,
        lasting: false,
        private: false,
        medicine: false,
        steady: false,
        child_up_to: None,
        come_back: None,
        follows_up: None,
        hears: Vec::new().into(),
        heard_with: Vec::new(),
        ever: false,
        only_one: false,
        told: None,
        icd10cm: Vec::new(),
        loinc: Vec::new(),
        snomed: Vec::new(),
        sources: Vec::new(),
        claims: Vec::new(),
    }
}

type People = Vec<BTreeMap<FindingId, Option<i64>>>;

/// Every way to answer; `None` is "not sure".
fn everyone(book: &Book, not_sure: bool) -> People {
    let mut people: People = vec![BTreeMap::new()];
    for (index, finding) in (0..).zip(&book.findings) {
        let (low, high) = bounds(&finding.kind);
        let values = (low..=high).map(Some).chain(not_sure.then_some(None));
        let with = |value: Option<i64>| {
            people.iter().map(move |person| {
                let mut person = person.clone();
                person.insert(FindingId(index), value);
                person
            })
        };
        people = values.flat_map(with).collect();
    }
    people
}

/// Kleene's logic for one person: `None` is unknown.
fn holds(formula: &Formula, person: &BTreeMap<FindingId, Option<i64>>) -> Option<bool> {
    match formula {
        Formula::Test(finding, ranges) => {
            person[finding].map(|value| ranges.iter().any(|(low, high)| (*low..=*high).contains(&value)))
        }
        Formula::Not(inner) => holds(inner, person).map(|holds| !holds),
        Formula::Count(count, parts) => {
            let parts: Vec<Option<bool>> = parts.iter().map(|part| holds(part, person)).collect();
            let yes = parts.iter().filter(|part| **part == Some(true)).count();
            let not_no = parts.iter().filter(|part| **part != Some(false)).count();
            if yes >= *count {
                Some(true)
            } else if not_no < *count {
                Some(false)
            } else {
                None
            }
        }
    }
}

fn formulas() -> impl Strategy<Value = Formula> {
    let test = (0_u16..4).prop_flat_map(|finding| {
        let (low, high) = bounds(&book().findings[usize::from(finding)].kind);
        (low..=high, low..=high)
            .prop_map(move |(a, b)| Formula::Test(FindingId(finding), vec![(a.min(b), a.max(b))]))
    });
    test.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|inner| Formula::Not(Box::new(inner))),
            (0_usize..5, prop::collection::vec(inner, 0..4))
                .prop_map(|(count, parts)| Formula::Count(count, parts)),
        ]
    })
}

/// What one person's truth values say: 2 for yes, 1 for unsure, 0 for no.
fn level(truth: Option<bool>) -> u8 {
    match truth {
        Some(true) => 2,
        None => 1,
        Some(false) => 0,
    }
}

/// "The first gives more than the second", as `covers` asks it.
fn gives_more(truths: &[Truths]) -> Verdict {
    let range = |truths: Truths| {
        let levels: Vec<u8> = [(truths.no, 0), (truths.unsure, 1), (truths.yes, 2)]
            .into_iter()
            .filter_map(|(possible, level)| possible.then_some(level))
            .collect();
        (*levels.iter().min().unwrap(), *levels.iter().max().unwrap())
    };
    let ((first_low, first_high), (second_low, second_high)) = (range(truths[0]), range(truths[1]));
    if first_high <= second_low {
        Verdict::Never
    } else if first_low > second_high {
        Verdict::Always
    } else {
        Verdict::Open
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn whether_a_formula_can_hold_or_fail_is_what_trying_everyone_finds(formula in formulas()) {
        let book = book();
        let everyone = everyone(&book, false);
        for wanted in [true, false] {
            let someone = everyone.iter().any(|person| holds(&formula, person) == Some(wanted));
            prop_assert_eq!(can_be(&book, &formula, wanted), Ok(someone));
        }
    }

    #[test]
    fn whether_one_formula_gives_more_is_what_trying_everyone_finds(first in formulas(), second in formulas()) {
        let book = book();
        let more = |person: &BTreeMap<_, _>| level(holds(&first, person)) > level(holds(&second, person));
        let someone = everyone(&book, true).iter().any(more);
        let formulas = [Wanted { formula: &first, yes: true }, Wanted { formula: &second, yes: false }];
        prop_assert_eq!(find(&book, &formulas, true, &gives_more, &mut Work::for_one()), Ok(someone));
    }

    #[test]
    fn ranges_are_split_without_loss(values in ranges(), other in ranges()) {
        for value in -1..12 {
            let lies_in = |ranges: &Ranges| ranges.iter().any(|(low, high)| (*low..=*high).contains(&value));
            prop_assert_eq!(lies_in(&within(&values, &other)), lies_in(&values) && lies_in(&other));
            prop_assert_eq!(lies_in(&without(&values, &other)), lies_in(&values) && !lies_in(&other));
        }
    }
}

/// Sorted ranges that do not touch.
fn ranges() -> impl Strategy<Value = Ranges> {
    prop::collection::btree_set(0_i64..11, 0..6).prop_map(|ends| {
        let ends: Vec<i64> = ends.into_iter().collect();
        ends.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
    })
}
