//! How fast the real book decides, on one core. `cargo xtask bench` makes the README's table of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::io::Read as _;

use care::{
    Answer, AnswerSearch, Answers, FindingKind, FreeText, Guideline, Lanes, State, Step, advise, certify,
    naive, next, reasons,
};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use flate2::read::GzDecoder;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use store::{Event, Record};
use support::{files, guideline, vignettes};
use web::{Carried, Effect, Form, Home, Request, Site, Visit, Whereabouts, WorkedOut};

/// People to decide about: the vignettes, answered to the end.
fn people(guideline: &Guideline) -> Vec<Answers> {
    vignettes()
        .into_iter()
        .map(|(_, vignette)| interview(guideline, &vignette.settled_answers(guideline)))
        .collect()
}

fn interview(guideline: &Guideline, truth: &Answers) -> Answers {
    let mut answers = Answers::none(guideline);
    while let Step::Ask(ask) = next(guideline, &answers) {
        for finding in ask.findings {
            answers.set(guideline, finding, truth.get(finding).unwrap_or(Answer::NotSure)).unwrap();
        }
    }
    answers
}

/// Random people in whole blocks: filled once, outside the measurement.
fn blocks<const W: usize>(guideline: &Guideline, lanes: usize) -> Vec<Lanes<'_, W>> {
    let mut seed = 20_260_101_u64;
    let mut random = move |below: u64| {
        // SplitMix64: deterministic, and good enough to mix answers.
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    };
    (0..lanes.div_ceil(Lanes::<W>::COUNT))
        .map(|_| {
            let mut block = Lanes::new(guideline);
            for lane in 0..Lanes::<W>::COUNT.min(lanes) {
                for finding in guideline.findings() {
                    let answer = match &guideline.finding(finding).kind {
                        FindingKind::YesNo => match random(100) {
                            0..8 => Some(Answer::Yes),
                            8..80 => Some(Answer::No),
                            80..90 => Some(Answer::NotSure),
                            _ => None,
                        },
                        FindingKind::Number { min, max, .. } => {
                            let range = u64::try_from((max - min).min(100)).unwrap() + 1;
                            Some(Answer::Number(min + i64::try_from(random(range)).unwrap()))
                        }
                        FindingKind::Choice(options) => {
                            let option = random(u64::try_from(options.len()).unwrap());
                            Some(Answer::Option(u16::try_from(option).unwrap()))
                        }
                    };
                    block.set(lane, finding, answer);
                }
            }
            block
        })
        .collect()
}

fn one_person(criterion: &mut Criterion) {
    let guideline = guideline();
    let people = people(guideline);
    let mut group = criterion.benchmark_group("one person");
    let mut turn = 0;
    let mut someone = move || {
        turn += 1;
        people[turn % people.len()].clone()
    };
    let mut measure = |name: &str, work: &dyn Fn(&Answers)| {
        group.bench_function(name, |bencher| {
            bencher.iter_batched(&mut someone, |answers| work(black_box(&answers)), BatchSize::SmallInput);
        });
    };
    measure("bounds", &|answers| {
        black_box(State::of(guideline, answers).bounds());
    });
    measure("bounds, naive evaluator", &|answers| {
        black_box(naive::bounds(guideline, answers));
    });
    measure("one decision with reasons", &|answers| {
        black_box(reasons(&State::of(guideline, answers)));
    });
    measure("next", &|answers| {
        black_box(next(guideline, answers));
    });
    measure("next, nothing answered", &|_| {
        black_box(next(guideline, &Answers::none(guideline)));
    });
    measure("advice: plan and come-back card", &|answers| {
        if let Step::Done(finished) = next(guideline, answers) {
            black_box(advise(&finished));
        }
    });
    measure("certificate", &|answers| {
        if let Step::Done(finished) = next(guideline, answers) {
            black_box(certify(&finished));
        }
    });
    measure("full interview", &|answers| {
        black_box(interview(guideline, answers));
    });
}

fn lanes<const W: usize>(criterion: &mut Criterion, people: usize) {
    let mut blocks = blocks::<W>(guideline(), people);
    let mut group = criterion.benchmark_group("lanes");
    group.throughput(Throughput::Elements(u64::try_from(people).unwrap()));
    if people >= 100_000 {
        group.sample_size(10);
    }
    group.bench_function(format!("rules that fire, {people} people"), |bencher| {
        bencher.iter(|| {
            for block in &mut blocks {
                block.run_known();
            }
        });
    });
    group.bench_function(format!("bounds, {people} people"), |bencher| {
        bencher.iter(|| {
            for block in &mut blocks {
                block.run();
            }
        });
    });
}

fn many_people(criterion: &mut Criterion) {
    lanes::<1>(criterion, 1);
    lanes::<1>(criterion, 64);
    lanes::<64>(criterion, 4_096);
    lanes::<64>(criterion, 1_000_000);
}

/// Stories of strangers, one after the other, so many characters of them.
fn stories(characters: usize) -> String {
    #[derive(serde::Deserialize)]
    struct Story {
        text: String,
    }
    let lines = include_str!("../tests/data/tuned_stories_a.jsonl").lines();
    let texts: Vec<String> = lines.map(|line| serde_json::from_str::<Story>(line).unwrap().text).collect();
    texts.join(" ").chars().take(characters).collect()
}

fn words(criterion: &mut Criterion) {
    let guideline = guideline();
    let search = AnswerSearch::new(guideline);
    let mut group = criterion.benchmark_group("words");
    group.sample_size(20);
    for characters in [1_000, 4_000, 16_000] {
        let text = stories(characters);
        group.bench_function(format!("own words, {characters} characters"), |bencher| {
            bencher.iter(|| black_box(search.free_text().proposals(black_box(&text))));
        });
    }
    let text = stories(4_000);
    group.bench_function("a question, 4000 characters", |bencher| {
        bencher.iter(|| black_box(search.ask(black_box(&text), 3)));
    });
    group.bench_function("a question", |bencher| {
        bencher.iter(|| black_box(search.ask(black_box("can i take ibuprofen with a glass of wine"), 3)));
    });
}

fn start(criterion: &mut Criterion) {
    let files = files("guideline");
    let mut group = criterion.benchmark_group("start");
    group.sample_size(20);
    group.bench_function("compile the whole book", |bencher| {
        bencher.iter(|| black_box(compiler::compile(black_box(&files)).is_ok()));
    });
    let prose = print::pages_for_web(&support::BOOK).unwrap();
    let compiled = care::compiled::write(guideline(), prose).unwrap();
    let zones = TimeZoneDatabase::bundled();
    group.bench_function("compiled", |bencher| {
        bencher.iter(|| {
            let (book, prose) = care::compiled::read(black_box(&compiled)).unwrap();
            let guideline = Guideline::new(book).unwrap();
            black_box(Site::new(&guideline, prose, zones.clone()));
        });
    });
    group.bench_function("compiled, only reading", |bencher| {
        bencher.iter(|| black_box(care::compiled::read(black_box(&compiled)).unwrap()));
    });
    let (book, _) = care::compiled::read(&compiled).unwrap();
    group.bench_function("compiled, only checking", |bencher| {
        bencher.iter_batched(
            || book.clone(),
            |book| black_box(Guideline::new(book).unwrap()),
            BatchSize::LargeInput,
        );
    });
    group.bench_function("what the first own words wait for", |bencher| {
        bencher.iter(|| black_box(FreeText::new(guideline()).proposals("numb")));
    });
    group.bench_function("what the first question waits for", |bencher| {
        bencher.iter(|| black_box(AnswerSearch::new(guideline()).ask("heat or ice?", 3)));
    });
}

/// The pages of somebody with a year of diary, an entry and an outcome every day: a visit
/// from the request to the page, without the file and the socket.
fn pages(criterion: &mut Criterion) {
    let packed = std::fs::read(support::root().join(YEAR)).unwrap();
    let mut text = String::new();
    GzDecoder::new(packed.as_slice()).read_to_string(&mut text).unwrap();
    let mut record = Record::of(store::from_json(&text).unwrap().events().to_vec());
    let site = Site::new(guideline(), Vec::new(), TimeZoneDatabase::bundled());
    let last = record.check_ins().last().unwrap().what.at;
    let now = (last + SignedDuration::from_hours(23)).to_zoned(TimeZone::UTC);
    let home = Home::File { path: "record.db".to_owned(), sealed: false };
    let carried = Carried::default();
    let entry = |record: &Record| {
        let seen = record.last().to_string();
        let fields = [("pain_now", "3"), ("new_danger", "no"), ("course", "easing"), ("seen", seen.as_str())];
        let form = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Request::post("/diary", form.into_iter().collect::<Form>())
    };
    let visit = |record, now| Visit {
        record,
        now,
        token: "t",
        once: "o",
        home: &home,
        region: Whereabouts::Told("uk"),
        carried: &carried,
        worked_out: WorkedOut::default(),
    };
    // The year was told by an older book; what is measured is a day after the last outcome by this one.
    let before = record.clone();
    let Effect::Append(told) = site.respond(&entry(&before), &visit(&before, now.clone())).effect else {
        panic!("an entry is written down");
    };
    for event in told {
        record.add(now.timestamp(), event);
    }
    let later = &now + SignedDuration::from_hours(24);
    let spell = last_days(&record, last - SignedDuration::from_hours(14 * 24));
    let spell = visit(&spell, later.clone());
    let visit = visit(&record, later);
    let mut group = criterion.benchmark_group("pages");
    for path in ["/", "/outcome", "/relief", "/diary", "/doctor", "/data/for-the-doctor.fhir.json"] {
        let request = Request::get(path);
        assert_eq!(site.respond(&request, &visit).status, 200, "{path}");
        group.bench_function(format!("{path}, after a year of diary"), |bench| {
            bench.iter(|| black_box(site.respond(&request, &visit)));
        });
    }
    let bundle = Request::get("/data/for-the-doctor.fhir.json");
    group.bench_function("a spell of two weeks as FHIR", |bench| {
        bench.iter(|| black_box(site.respond(&bundle, &spell)));
    });
    let entry = entry(&record);
    assert!(matches!(site.respond(&entry, &visit).effect, Effect::Append(_)));
    group.throughput(Throughput::Elements(1));
    group.bench_function("an entry of the diary, after a year", |bench| {
        bench.iter(|| black_box(site.respond(&entry, &visit)));
    });
    group.finish();
}

/// The record without what the diary says of days before this time.
fn last_days(record: &Record, from: Timestamp) -> Record {
    let is_of_days = |event: &Event| {
        matches!(
            event,
            Event::CheckedIn(_) | Event::RemedyTried { .. } | Event::DoseTaken(_) | Event::Withdrawn { .. }
        )
    };
    let mut last = Record::default();
    for stored in record.events().iter().filter(|stored| from < stored.at || !is_of_days(&stored.event)) {
        last.add(stored.at, stored.event.clone());
    }
    last
}

/// The record of a year, as the tests of the pages keep it.
const YEAR: &str = "crates/web/tests/old_records/2026_11_3/year_of_diary.json.gz";

criterion_group!(benches, one_person, many_people, words, pages, start);
criterion_main!(benches);
