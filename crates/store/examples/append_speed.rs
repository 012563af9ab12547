//! How fast writes are acknowledged: `cargo run --release -p store --example append_speed -- [writers] [seconds] [a second]`
//!
//! Each writer appends one check-in to its own record, waits for the answer and
//! appends the next. With a third number the writes come at that rate instead.

use std::time::{Duration, Instant};

use store::{CheckIn, Database, Event, NewDanger, RecordId};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let numbers: Vec<u32> = std::env::args().skip(1).map(|text| text.parse()).collect::<Result<_, _>>()?;
    let number = |place: usize, otherwise| numbers.get(place).copied().unwrap_or(otherwise);
    let (writers, seconds, rate) = (number(0, 64), number(1, 5), number(2, 0));
    let folder = tempfile::tempdir()?;
    let database = Database::open(&folder.path().join("record.db"), None).await?;
    // At a given rate, each writer waits its share of the time between two writes.
    let pause = if rate == 0 { Duration::ZERO } else { Duration::from_secs(1) * writers / rate };
    let begin = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for writer in 0..writers {
        let (database, record) = (database.clone(), RecordId::of_session(&format!("writer {writer}")));
        tasks.spawn(async move {
            let mut took = Vec::new();
            let mut due = begin + pause * writer / writers;
            while begin.elapsed() < Duration::from_secs(seconds.into()) {
                tokio::time::sleep_until(due.into()).await;
                let start = Instant::now();
                let once = Some(format!("{writer} {}", took.len()));
                database.append(&record, once, vec![(jiff::Timestamp::UNIX_EPOCH, event())]).await?;
                took.push(start.elapsed());
                due += pause;
            }
            Ok::<_, store::StoreError>(took)
        });
    }
    let mut took = Vec::new();
    while let Some(writer) = tasks.join_next().await {
        took.extend(writer??);
    }
    took.sort_unstable();
    let a_second = f64::from(u32::try_from(took.len())?) / begin.elapsed().as_secs_f64();
    println!("{writers} writers: {a_second:.0} writes a second, of which each took");
    for (name, part) in [("half at most", 500), ("99 % at most", 990), ("99.9 % at most", 999)] {
        println!("  {name:<14} {:.2} ms", took[(took.len() - 1) * part / 1000].as_secs_f64() * 1000.0);
    }
    Ok(())
}

fn event() -> Event {
    Event::CheckedIn(CheckIn {
        at: jiff::Timestamp::UNIX_EPOCH,
        pain_now: 4,
        pain_worst: Some(7),
        regions: Vec::new(),
        function: Some(5),
        sleep: None,
        activity: None,
        triggers: vec![store::Trigger::Own("sitting".to_owned())],
        new_danger: NewDanger::No,
        note: "a line or two of text, as people write it into a diary".to_owned(),
    })
}
