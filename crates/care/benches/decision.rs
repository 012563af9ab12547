//! How long a decision takes, on a made-up book of about the size of the real
//! one: 100 findings, 60 questions, 110 rules, 30 remedies. Everything is drawn
//! from one fixed seed. `cargo bench -p care`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what goes wrong here is a failed run")]

use std::hint::black_box;

#[path = "../tests/support/mod.rs"]
mod support;

use care::{
    Answers, Block, Comparison, Condition, Finding, FindingId, FindingKind, Guideline, State, Step, Urgency,
    advise, certify, naive, next, reasons, verify,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use support::Tape;
use support::books::{self, choice, compare, not, number, only_if, question, remedy, rule, yes, yes_no};
use support::people::{Person, left_early};

const FINDINGS: u16 = 100;
const QUESTIONS: u16 = 60;
const RULES: usize = 110;
const REMEDIES: usize = 30;
/// More words a block make each operation cheaper until the slots leave the cache.
const WORDS: usize = 8;
const LANES: usize = Block::<WORDS>::LANES;

/// Choices enough for the book and for 4,096 people (the generator of Numerical Recipes).
fn tape() -> Tape {
    let next = |state: &u32| Some(state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
    Tape::new(
        std::iter::successors(Some(44), next).take(1_000_000).map(|state| (state >> 16) as u16).collect(),
    )
}

/// Seven in ten findings are yes/no; every tenth is a number, and two are choices.
fn finding(index: u16) -> Finding {
    let id = format!("f{index}");
    match index % 10 {
        7 => number(&id, 0, 100),
        8 | 9 => choice(&id, &["one", "two", "three", "four"]),
        digit => Finding { danger: digit < 4, ..yes_no(&id) },
    }
}

/// A test of a finding among the first so many.
fn test(tape: &mut Tape, findings: u16) -> Condition {
    let indices: Vec<u16> = (0..findings).collect();
    let index = tape.one_of(&indices);
    match finding(index).kind {
        FindingKind::YesNo => yes(index),
        FindingKind::Choice(_) => Condition::Is(FindingId(index), tape.one_of(&[0, 1, 2, 3])),
        FindingKind::Number { .. } => {
            let comparison = tape.one_of(&[Comparison::GreaterOrEqual, Comparison::Less]);
            compare(index, comparison, tape.one_of(&[5, 18, 50, 65, 80]))
        }
    }
}

fn tests(tape: &mut Tape, count: usize) -> Vec<Condition> {
    (0..count).map(|_| test(tape, FINDINGS)).collect()
}

/// Half are one finding, as danger signs are; the others a handful, some nested.
fn when(tape: &mut Tape) -> Condition {
    let count = 2 + tape.pick(3);
    match tape.pick(10) {
        0..=4 => test(tape, FINDINGS),
        5 | 6 => Condition::And(tests(tape, 2)),
        7 => Condition::AtLeast(2, tests(tape, count + 1)),
        8 => Condition::And(vec![test(tape, FINDINGS), not(Condition::Or(tests(tape, count)))]),
        _ => Condition::And(vec![test(tape, FINDINGS), Condition::Or(tests(tape, count))]),
    }
}

fn guideline(tape: &mut Tape) -> Guideline {
    // The first twenty questions ask one finding, the others two; every third of those has a gate.
    let questions = (0..QUESTIONS)
        .map(|index| {
            let id = format!("q{index}");
            if index < 20 {
                return question(&id, &[index]);
            }
            let first = 20 + (index - 20) * 2;
            let screen = question(&id, &[first, first + 1]);
            if index % 3 == 0 { only_if(test(tape, 20), screen) } else { screen }
        })
        .collect();
    let urgencies = [Urgency::Routine, Urgency::SeeSoon, Urgency::SameDay, Urgency::Emergency];
    let rules = (0..RULES)
        .map(|index| {
            let urgency = tape.one_of(&urgencies);
            let if_not_sure = tape.one_of(&Urgency::ALL[..=urgency as usize]);
            rule(&format!("r{index}"), when(tape), urgency, if_not_sure)
        })
        .collect();
    let remedies = (0..REMEDIES)
        .map(|index| {
            let avoid = Some(Condition::Or(tests(tape, 4 + index % 16)));
            let offer = (index % 2 == 0).then(|| Condition::Or(tests(tape, 2)));
            remedy(&format!("m{index}"), tape.one_of(&urgencies[..3]), offer, avoid)
        })
        .collect();
    books::guideline(books::book((0..FINDINGS).map(finding).collect(), questions, rules, remedies))
}

/// Asks one person everything that matters; how many steps it took.
fn interview(guideline: &Guideline, person: &Person) -> (Answers, usize) {
    let mut answers = Answers::none(guideline);
    for steps in 0.. {
        let Step::Ask(ask) = next(guideline, &answers) else { return (answers, steps) };
        for finding in ask.findings {
            answers.set(guideline, finding, person.says(finding)).unwrap();
        }
    }
    (answers, 0)
}

fn one_person(criterion: &mut Criterion) {
    let mut tape = tape();
    let guideline = guideline(&mut tape);
    // Of a hundred people the one who is asked the most, so that all of it is used.
    let (person, (answers, _)) = (0..100)
        .map(|_| Person::random(&guideline, &mut tape))
        .map(|person| (person.clone(), interview(&guideline, &person)))
        .max_by_key(|(_, (_, steps))| *steps)
        .unwrap();
    let half = left_early(&guideline, &mut tape);
    let Step::Done(finished) = next(&guideline, &answers) else { panic!("asked everything") };
    let certificate = certify(&finished);

    let mut group = criterion.benchmark_group("one person");
    group.bench_function("bounds", |b| b.iter(|| State::of(&guideline, black_box(&answers)).bounds()));
    group.bench_function("bounds, naive", |b| {
        b.iter(|| naive::bounds(&guideline, black_box(&answers)));
    });
    group.bench_function("bounds and reasons", |b| {
        b.iter(|| reasons(&State::of(&guideline, black_box(&answers))));
    });
    group.bench_function("next", |b| b.iter(|| next(&guideline, black_box(&half))));
    group.bench_function("whole interview", |b| b.iter(|| interview(&guideline, black_box(&person))));
    group.bench_function("advice", |b| b.iter(|| advise(black_box(&finished))));
    group.bench_function("certify", |b| b.iter(|| certify(black_box(&finished))));
    group.bench_function("verify", |b| b.iter(|| verify(&guideline, black_box(&certificate)).unwrap()));
    group.finish();
}

/// The last block that so many people fill; the others are the same work again.
fn block<'g>(guideline: &'g Guideline, people: &[Answers], count: usize) -> Block<'g, WORDS> {
    let mut block = Block::new(guideline);
    for (lane, answers) in people.iter().cycle().take(count.min(LANES)).enumerate() {
        block.load(lane, answers);
    }
    block
}

fn many_people(criterion: &mut Criterion) {
    let mut tape = tape();
    let guideline = guideline(&mut tape);
    let people: Vec<Answers> = (0..LANES).map(|_| left_early(&guideline, &mut tape)).collect();

    let mut group = criterion.benchmark_group("people a second");
    for count in [1_usize, 64, 4_096, 1_000_000] {
        group.throughput(Throughput::Elements(count as u64));
        group.sample_size(if count > 4_096 { 10 } else { 100 });
        let mut loaded = block(&guideline, &people, count);
        let blocks = count.div_ceil(LANES);
        group.bench_function(format!("{count}: known only"), |b| {
            b.iter(|| (0..blocks).for_each(|_| black_box(&mut loaded).run_known()));
        });
        group.bench_function(format!("{count}: bounds"), |b| {
            b.iter(|| (0..blocks).for_each(|_| black_box(&mut loaded).run()));
        });
    }
    group.throughput(Throughput::Elements(LANES as u64));
    group.bench_function("load, bounds and read back", |b| {
        let mut block = Block::<WORDS>::new(&guideline);
        b.iter(|| {
            for (lane, answers) in people.iter().enumerate() {
                block.load(lane, answers);
            }
            block.run();
            (0..LANES).filter(|lane| block.bounds(*lane).lower == Urgency::Emergency).count()
        });
    });
    group.bench_function("bounds, naive", |b| {
        b.iter(|| people.iter().map(|answers| naive::bounds(&guideline, answers).lower as u64).sum::<u64>());
    });
    group.finish();

    widths::<1>(criterion, &guideline, &people);
    widths::<2>(criterion, &guideline, &people);
    widths::<4>(criterion, &guideline, &people);
    widths::<8>(criterion, &guideline, &people);
    widths::<16>(criterion, &guideline, &people);
    widths::<32>(criterion, &guideline, &people);
}

/// Which width is good: the choice of [`WORDS`].
fn widths<const W: usize>(criterion: &mut Criterion, guideline: &Guideline, people: &[Answers]) {
    let mut group = criterion.benchmark_group("width of a block");
    let mut block = Block::<W>::new(guideline);
    for (lane, answers) in people.iter().cycle().take(Block::<W>::LANES).enumerate() {
        block.load(lane, answers);
    }
    group.throughput(Throughput::Elements(Block::<W>::LANES as u64));
    group.bench_function(format!("{W} words"), |b| b.iter(|| black_box(&mut block).run_known()));
    group.finish();
}

criterion_group!(benches, one_person, many_people);
criterion_main!(benches);
