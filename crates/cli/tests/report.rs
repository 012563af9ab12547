//! The doctor's page of every vignette as a PDF: on how many sides it stands.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeMap;

use care::{Answer, Answers, Finished, Step, next};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use lopdf::Document;
use report::pdf;
use support::guideline;
use tell::{BodyShape, BodyView, Clock, Confided, DoseLine, ForDoctor, Score, doctor_page};

/// Asks what the interview asks.
fn finished(truth: &Answers) -> Finished<'static> {
    let mut answers = Answers::none(guideline());
    loop {
        match next(guideline(), &answers) {
            Step::Done(finished) => return finished,
            Step::Ask(ask) => {
                for finding in ask.findings {
                    let answer = truth.get(finding).unwrap_or(Answer::NotSure);
                    answers.set(guideline(), finding, answer).unwrap();
                }
            }
        }
    }
}

#[test]
fn the_page_of_a_usual_case_is_one_side_and_of_no_case_more_than_two() {
    let now: Timestamp = "2026-11-30T12:00:00Z".parse().unwrap();
    let at = |hours: i64| now - SignedDuration::from_hours(hours);
    let amounts = [("ibuprofen".to_owned(), 400)];
    let dose =
        |hours| DoseLine { name: "Ibuprofen, 400 mg", at: at(hours), time_unknown: false, amounts: &amounts };
    let region = &guideline().book().regions[2];
    let clock = Clock::of(&now.to_zoned(TimeZone::UTC));
    let place = guideline().book().body_places[0].id.as_str();
    let shape = BodyShape { outline: "M10 10H350V390H10Z", is_mirrored: false, is_marked: true };
    let body = [BodyView { shapes: vec![shape], edges: ["Your left", "Your right"] }];
    let mut sides: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (name, vignette) in support::vignettes() {
        let finished = finished(&vignette.settled_answers(guideline()));
        let record = ForDoctor {
            told: at(30),
            scores: [(30, 7), (20, 6), (5, 6)]
                .map(|(hours, pain)| Score { at: at(hours), now: pain, worst: None })
                .into(),
            series: None,
            places: vec![(place, Some(6))],
            doses: [40, 20, 12, 4].map(dose).into(),
            is_incomplete: true,
            reported_new: None,
            excesses: Vec::new(),
            tried: &[],
            seal: None,
            confided: Confided::LeftOff,
        };
        let page = doctor_page(&finished, region, &record, &clock);
        let file = pdf(&page, &body, Vec::new()).unwrap();
        let pages = Document::load_mem(&file).unwrap().get_pages().len();
        if let Some(folder) = std::env::var_os("KEEP_REPORTS") {
            std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), &file).unwrap();
        }
        sides.entry(pages).or_default().push(name);
    }
    let count = |pages: usize| sides.get(&pages).map_or(0, Vec::len);
    assert!(sides.keys().all(|pages| *pages <= 2), "{sides:?}");
    assert!(count(2) * 20 <= count(1), "one: {}, two: {:?}", count(1), sides.get(&2));
}
