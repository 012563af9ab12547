//! The benchmarks and their table in the README.

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};
use serde_json::Value;

use crate::run::{cargo, machine, root, step, target};

const START: &str = "<!-- benchmarks: written by `cargo xtask bench` -->";
const END: &str = "<!-- end of benchmarks -->";

/// Runs the benchmarks of the real book and writes their medians into the README.
pub(crate) fn table() -> anyhow::Result<()> {
    let results = target().join("criterion");
    // Results of benchmarks that no longer exist would stay in the table for ever.
    if results.exists() {
        fs::remove_dir_all(&results).context("cannot remove the old results")?;
    }
    step("benchmarks", &mut cargo(["bench", "--package", "cli", "--bench", "book"]))?;
    let mut rows = String::from("| What | Time | People a second |\n|---|---|---|\n");
    for group in ["start", "one person", "words", "pages", "lanes"] {
        let mut lines = Vec::new();
        for entry in fs::read_dir(results.join(group)).context("no results of the benchmarks")? {
            let folder = entry?.path();
            if folder.join("new/estimates.json").exists() {
                lines.push(row(&folder)?);
            }
        }
        lines.sort_by(|left, right| left.0.total_cmp(&right.0));
        for (_, line) in lines {
            rows.push_str(&line);
        }
    }
    let readme = root().join("README.md");
    let text = fs::read_to_string(&readme)?;
    let (before, rest) = text.split_once(START).context("README.md has no place for the benchmarks")?;
    let (_, after) = rest.split_once(END).context("README.md does not end its benchmarks")?;
    let machine = machine();
    fs::write(
        &readme,
        format!("{before}{START}\n\n{rows}\nMedians on one core of: {machine}.\n\n{END}{after}"),
    )?;
    println!("{rows}\n{machine}");
    Ok(())
}

/// The median in nanoseconds and the table's line.
fn row(folder: &Path) -> anyhow::Result<(f64, String)> {
    let read = |name: &str| -> anyhow::Result<Value> {
        Ok(serde_json::from_str(&fs::read_to_string(folder.join("new").join(name))?)?)
    };
    let nanoseconds = read("estimates.json")?["median"]["point_estimate"].as_f64().context("no median")?;
    let benchmark = read("benchmark.json")?;
    let name = benchmark["function_id"].as_str().context("no name")?.to_owned();
    let people = benchmark["throughput"]["Elements"].as_f64();
    ensure!(nanoseconds > 0.0, "{name} took no time");
    let rate = people.map(|people| rate(people / nanoseconds * 1e9)).unwrap_or_default();
    Ok((nanoseconds, format!("| {name} | {} | {rate} |\n", time(nanoseconds))))
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        small if small < 1e3 => format!("{small:.0} ns"),
        small if small < 1e6 => format!("{:.1} µs", small / 1e3),
        long => format!("{:.1} ms", long / 1e6),
    }
}

fn rate(people: f64) -> String {
    if people < 1e6 {
        format!("{:.0} thousand", people / 1e3)
    } else {
        format!("{:.1} million", people / 1e6)
    }
}
