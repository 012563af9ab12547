//! Each target, or one of them, for some minutes: `long MINUTES [TARGET]`.
//!
//! The inputs are mutations of the seeds, other ones on every run. An input that makes a
//! target panic, or keeps it busy for longer than a reader would wait, is written to
//! `crashes/`, and the run fails.

use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use unclench_fuzz::mutate::Inputs;
use unclench_fuzz::targets::{TARGETS, Target};

/// An input that takes longer hangs.
const LONGEST: Duration = Duration::from_secs(20);

/// What is being looked at, since when.
type Current = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let minutes = words.first().and_then(|word| word.parse::<f64>().ok()).filter(|minutes| *minutes > 0.0);
    let Some(minutes) = minutes else {
        eprintln!("usage: long MINUTES [TARGET]");
        return ExitCode::from(2);
    };
    let is_wanted = |target: &&Target| words.get(1).is_none_or(|name| *name == target.name);
    let targets: Vec<&Target> = TARGETS.iter().filter(is_wanted).collect();
    if targets.is_empty() {
        eprintln!("the targets are {}", TARGETS.map(|target| target.name).join(", "));
        return ExitCode::from(2);
    }
    let is_well: Vec<bool> =
        targets.into_iter().map(|target| run(target, Duration::from_secs_f64(minutes * 60.0))).collect();
    if is_well.contains(&false) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn run(target: &Target, time: Duration) -> bool {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let start = since.map_or(1, |since| since.as_secs() ^ u64::from(since.subsec_nanos()));
    let mut inputs = Inputs::new(target, start);
    let current = Current::default();
    watch(target.name, current.clone());
    let (begun, mut count, mut longest) = (Instant::now(), 0_u64, Duration::ZERO);
    while begun.elapsed() < time {
        let input = inputs.next();
        let asked = Instant::now();
        *current.lock().unwrap_or_else(PoisonError::into_inner) = Some((asked, input.clone()));
        if std::panic::catch_unwind(|| (target.body)(&input)).is_err() {
            keep(target.name, &input);
            return false;
        }
        longest = longest.max(asked.elapsed());
        count += 1;
    }
    *current.lock().unwrap_or_else(PoisonError::into_inner) = None;
    println!(
        "{:14}{count:>12} inputs in {:>5.0} s, the slowest {:>6.0} ms, memory at most {:>4} MiB",
        target.name,
        begun.elapsed().as_secs_f64(),
        longest.as_secs_f64() * 1000.0,
        memory().map_or_else(|| "?".to_owned(), |bytes| (bytes >> 20).to_string()),
    );
    true
}

/// Ends the program where an input takes for ever.
fn watch(name: &'static str, current: Current) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let held = current.lock().unwrap_or_else(PoisonError::into_inner);
            let Some((since, input)) = held.as_ref() else { return };
            if LONGEST < since.elapsed() {
                keep(name, input);
                eprintln!("{name} hangs");
                std::process::exit(1);
            }
        }
    });
}

fn keep(name: &str, input: &[u8]) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("crashes");
    let path = folder.join(name);
    match std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&path, input)) {
        Ok(()) => eprintln!("the input is in {}", path.display()),
        Err(error) => eprintln!("the input could not be kept: {error}"),
    }
}

/// The most memory that this process has had, where Linux tells it.
fn memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().split(' ').next()?.parse::<u64>().ok()? << 10)
}
