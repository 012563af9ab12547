//! How near the cohort comes to the speed of the memory, and one person to no time at all.
//!
//! Every figure stands beside the one it is held against, measured in the same run: take the
//! ratios and leave the rest. `cargo bench -p cohort --features columnar` prints them;
//! `UNCLENCH_PEOPLE` says for how many people files are made.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a benchmark prints, and fails by panicking"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use care::circuit::{Bits, Circuit, Keeps, Told, Work};
use care::{Answer, Answers, Bounds, FindingId, Lanes, RuleId, State, naive};
use cohort::{Block, CHUNKS, PEOPLE, Width};
use support::{Random, guideline, somebody};

fn main() {
    one_person();
    rows_to_planes();
    planes_to_urgency();
    #[cfg(feature = "columnar")]
    files::in_and_out();
}

/// The median of some runs.
fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[runs / 2]
}

/// Nanoseconds each.
fn each(time: Duration, count: usize) -> f64 {
    time.as_secs_f64() * 1e9 / count as f64
}

/// Most of what people are asked is not so, some is, some are not sure and some was not asked.
const USUAL: [u64; 3] = [8, 10, 10];

fn some_people(count: usize) -> Vec<Answers> {
    let mut random = Random::new(20_260_101);
    (0..count).map(|_| somebody(&mut random, USUAL)).collect()
}

fn one_person() {
    let guideline = guideline();
    let people = some_people(500);
    println!("one person, median of {} people", people.len());
    let rules = || (0..guideline.book().rules.len()).map(|rule| RuleId(u16::try_from(rule).unwrap()));
    let of = |name: &str, decide: &dyn Fn(&Answers) -> Bounds| {
        let mut times: Vec<Duration> = Vec::new();
        for _ in 0..5 {
            for answers in &people {
                let start = Instant::now();
                black_box(decide(black_box(answers)));
                times.push(start.elapsed());
            }
        }
        times.sort_unstable();
        let nanoseconds = each(times[times.len() / 2], 1);
        let slowest = each(times[times.len() * 99 / 100], 1);
        println!("  {name:<48} {nanoseconds:>9.0} ns   99 of 100: {slowest:>9.0} ns");
        nanoseconds
    };
    let by_naive = of("naive evaluator, bounds", &|answers| naive::bounds(guideline, answers));
    let by_lanes = of("a block of lanes for one (bounds as they were)", &|answers| {
        let mut lanes = Lanes::<1>::new(guideline);
        lanes.load(0, answers);
        lanes.run();
        black_box(answers.clone());
        lanes.bounds(0)
    });
    let now = of("bounds and the rules that hold", &|answers| {
        let state = State::of(guideline, answers);
        black_box(rules().filter(|rule| state.rule(*rule).is_true).count());
        state.bounds()
    });
    println!(
        "  {:.1} times the naive evaluator, {:.1} times the bounds as they were\n",
        by_naive / now,
        by_lanes / now
    );
}

fn rows_to_planes() {
    let guideline = guideline();
    let rows: Vec<Vec<(FindingId, Answer)>> =
        some_people(PEOPLE).iter().map(|answers| answers.iter().collect()).collect();
    let circuit = Circuit::new(guideline, Keeps::Rules);
    let mut block = Block::new(guideline, &circuit);
    let time = median(21, || {
        for row in &rows {
            block.add(row);
        }
        black_box(block.planes());
    });
    println!(
        "records to planes, {} findings, {} inputs",
        guideline.book().findings.len(),
        circuit.inputs().len()
    );
    let answers: usize = rows.iter().map(Vec::len).sum();
    println!(
        "  from rows of {} answers                        {:>9.1} ns a person\n",
        answers / PEOPLE,
        each(time, PEOPLE)
    );
}

/// So many people as fill the caches more than once.
const MANY: usize = 8 << 20;

fn planes_to_urgency() {
    let guideline = guideline();
    let circuit = Circuit::new(guideline, Keeps::Rules);
    let mut block = Block::new(guideline, &circuit);
    let people = some_people(8 * PEOPLE);
    let some: Vec<Vec<Told>> = people
        .chunks(PEOPLE)
        .map(|people| {
            for answers in people {
                block.add(&answers.iter().collect::<Vec<_>>());
            }
            block.planes().to_vec()
        })
        .collect();
    let size = some[0].len();
    let mut planes: Vec<Told> = Vec::with_capacity(MANY / PEOPLE * size);
    for number in 0..MANY / PEOPLE {
        planes.extend(&some[number % some.len()]);
    }
    let bytes = planes.len() * size_of::<Told>();
    let gigabytes = |time: Duration| bytes as f64 / time.as_secs_f64() / 1e9;
    println!(
        "planes in memory, {MANY} people of {:.1} bytes, {} steps, {} slots",
        bytes as f64 / MANY as f64,
        circuit.length(),
        circuit.slots()
    );
    let stream = (0..3)
        .map(|_| {
            median(3, || {
                let all = planes.iter().fold([Bits::NONE; 2], |[left, right], told| {
                    [left | told.yes_or_open, right | told.yes_or_unsure]
                });
                black_box(all);
            })
        })
        .min()
        .unwrap();
    println!(
        "  read as a stream                                 {:>9.2} ns a person  {:.1} GB/s",
        each(stream, MANY),
        gigabytes(stream)
    );
    for width in Width::all() {
        let mut work = Work::new(&circuit, CHUNKS);
        let cached = median(5, || {
            for block in some.iter().cycle().take(256) {
                width.run(&mut work, &circuit, &block[..]);
            }
        });
        let time = median(5, || {
            for block in planes.chunks_exact(size) {
                width.run(&mut work, &circuit, block);
            }
        });
        black_box(work.counts());
        println!(
            "  {:<10} urgency and the count of each rule    {:>9.2} ns a person  {:.0} % of the stream; from the cache {:.2} ns",
            width.name(),
            each(time, MANY),
            100.0 * stream.as_secs_f64() / time.as_secs_f64(),
            each(cached, 256 * PEOPLE)
        );
    }
    let full = Circuit::new(guideline, Keeps::Everything);
    let (askable, width) = (full.askable(), Width::widest());
    let mut work = Work::new(&full, CHUNKS);
    let mut levels = vec![0; PEOPLE];
    let time = median(3, || {
        for block in planes.chunks_exact(size).take(512) {
            width.run_in_full(&mut work, &full, &askable, block);
            work.lower(&mut levels);
            black_box(&levels);
            work.upper(&mut levels);
            black_box(&levels);
        }
    });
    println!(
        "  with every fired bit, both levels a person and what is missing {:.2} ns a person",
        each(time, 512 * PEOPLE)
    );
    let few = &people[..2_000];
    let by_naive = median(3, || {
        for answers in few {
            black_box(naive::bounds(guideline, answers));
        }
    });
    println!(
        "  naive evaluator {:.0} ns a person: {:.0} times\n",
        each(by_naive, few.len()),
        each(by_naive, few.len()) / each(time, 512 * PEOPLE)
    );
}

/// A file of records against copying its columns.
#[cfg(feature = "columnar")]
mod files {
    use std::fs::File;
    use std::path::Path;
    use std::sync::Arc;
    use std::time::Duration;

    use arrow_array::{ArrayRef, BooleanArray, Int32Array, RecordBatch, StringArray};
    use care::FindingKind;
    use cohort::{Options, Others};
    use parquet::arrow::ArrowWriter;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use parquet::basic::Compression;
    use parquet::file::properties::WriterProperties;

    use super::support::{Random, guideline};
    use super::{each, median};

    pub(super) fn in_and_out() {
        let people = std::env::var("UNCLENCH_PEOPLE").ok().and_then(|people| people.parse().ok());
        let people: usize = people.unwrap_or(1_000_000);
        let folder = tempfile::TempDir::new().unwrap();
        let records = folder.path().join("people.parquet");
        write_people(&records, people);
        println!("a Parquet file of {people} people, every finding a column");
        let copied = folder.path().join("copied.parquet");
        let copy = median(1, || copy(&records, &copied));
        println!(
            "  its columns copied through Arrow                 {:>9.0} ns a person",
            each(copy, people)
        );
        let planes = folder.path().join("people.planes");
        let of = |name: &str, input: &Path, out: &str, threads, keep_planes| {
            let options = Options {
                input: input.to_owned(),
                out: folder.path().join(out),
                keep_planes,
                others: Others::Refused,
                overwrite: true,
                threads,
                batches_a_checkpoint: 64,
            };
            let time: Duration = median(1, || {
                let report = cohort::run(guideline(), &options, &mut |_| {}).unwrap();
                assert_eq!(report.counts.outcomes, people as u64);
            });
            let times = time.as_secs_f64() / copy.as_secs_f64();
            println!("  {name:<48} {:>9.0} ns a person: {times:.2} times copying", each(time, people));
        };
        of("to Parquet, one core", &records, "1.parquet", 1, None);
        of("to Parquet, two cores", &records, "2.parquet", 2, None);
        of("to CSV, two cores, planes kept", &records, "2.csv", 2, Some(planes.clone()));
        of("from kept planes to Parquet, two cores", &planes, "3.parquet", 2, None);
    }

    fn write_people(path: &Path, people: usize) {
        let guideline = guideline();
        let mut random = Random::new(20_261_130);
        let mut writer: Option<ArrowWriter<File>> = None;
        for first in (0..people).step_by(1 << 16) {
            let there = || first..people.min(first + (1 << 16));
            let ids: StringArray = there().map(|id| Some(format!("p-{id}"))).collect();
            let mut columns: Vec<(String, ArrayRef, bool)> = vec![("id".to_owned(), Arc::new(ids), true)];
            for finding in &guideline.book().findings {
                let column: ArrayRef = match &finding.kind {
                    FindingKind::YesNo => {
                        let told = there().map(|_| match random.below(100) {
                            0..10 => None,
                            10..18 => Some(true),
                            _ => Some(false),
                        });
                        Arc::new(told.collect::<BooleanArray>())
                    }
                    FindingKind::Number { min, max, .. } => {
                        let range = u64::try_from((max - min).min(120)).unwrap() + 1;
                        let told = there().map(|_| {
                            i32::try_from(*min).unwrap() + i32::try_from(random.below(range)).unwrap()
                        });
                        Arc::new(told.collect::<Int32Array>())
                    }
                    FindingKind::Choice(options) => {
                        let told = there().map(|_| {
                            let option = random.below(options.len() as u64);
                            Some(options[usize::try_from(option).unwrap()].id.clone())
                        });
                        Arc::new(told.collect::<StringArray>())
                    }
                };
                columns.push((finding.id.clone(), column, true));
            }
            let rows = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
            let writer = writer.get_or_insert_with(|| new_writer(path, &rows));
            writer.write(&rows).unwrap();
        }
        writer.unwrap().close().unwrap();
    }

    fn new_writer(path: &Path, rows: &RecordBatch) -> ArrowWriter<File> {
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        ArrowWriter::try_new(File::create(path).unwrap(), rows.schema(), Some(properties)).unwrap()
    }

    fn copy(from: &Path, to: &Path) {
        let builder = ParquetRecordBatchReaderBuilder::try_new(File::open(from).unwrap()).unwrap();
        let mut writer: Option<ArrowWriter<File>> = None;
        for rows in builder.with_batch_size(1 << 14).build().unwrap().map(Result::unwrap) {
            writer.get_or_insert_with(|| new_writer(to, &rows)).write(&rows).unwrap();
        }
        writer.unwrap().close().unwrap();
    }
}
