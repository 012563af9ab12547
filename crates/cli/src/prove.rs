//! `unclench prove`: does it hold for every possible set of answers?

use std::path::Path;

use ::prove::{NUMBERS, Report, Subject};
use anyhow::Context as _;

use crate::exit::{BadInput, Exit};
use crate::{library, page};

/// Proves one theorem or all of them, or writes them for another solver.
pub(crate) fn run(
    dir: Option<&Path>,
    number: Option<u8>,
    export: Option<&Path>,
    safety_case: Option<&Path>,
) -> anyhow::Result<Exit> {
    let compiled = library::open(dir)?;
    let subject = Subject::of(&compiled.guideline);
    let numbers: Vec<u8> =
        NUMBERS.into_iter().filter(|known| number.is_none_or(|wanted| wanted == *known)).collect();
    if numbers.is_empty() {
        let known: Vec<String> = NUMBERS.iter().map(u8::to_string).collect();
        return Err(BadInput::because(format!("there is no such theorem; known are {}", known.join(", "))));
    }
    if let Some(folder) = export {
        return write(subject, &numbers, folder);
    }
    let reports = numbers.into_iter().filter_map(|number| ::prove::prove(subject, number));
    if let Some(file) = safety_case {
        let text = ::prove::safety_case(subject, &reports.collect::<Vec<_>>());
        std::fs::write(file, text).with_context(|| format!("cannot write {}", file.display()))?;
        return Ok(Exit::Ok);
    }
    let mut exit = Exit::Ok;
    for report in reports {
        show(&report);
        if !report.holds() {
            exit = Exit::Failed;
        }
    }
    Ok(exit)
}

fn show(report: &Report) {
    page::heading(format!("Theorem {}", report.number));
    page::paragraph(&report.statement);
    let result = if report.holds() { "It holds" } else { "It does not hold" };
    page::point("•", format!("{result}: {}, in {:.1} s", report.extent(), report.time.as_secs_f64()));
    for note in &report.notes {
        page::point("•", note);
    }
    for failure in &report.failures {
        page::error(&format!("not so: {}", failure.about));
        if let Some(vignette) = &failure.vignette {
            page::data(vignette);
        }
    }
}

fn write(subject: Subject<'_>, numbers: &[u8], folder: &Path) -> anyhow::Result<Exit> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for theorem in numbers.iter().filter_map(|number| ::prove::theorem(subject, *number)) {
        let Some(text) = theorem.to_smt_lib() else {
            page::point("•", format!("Theorem {} is no formula and is not written", theorem.number));
            continue;
        };
        let file = folder.join(format!("theorem_{:02}.smt2", theorem.number));
        std::fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        page::point("•", format!("Theorem {}: z3 {}", theorem.number, file.display()));
    }
    Ok(Exit::Ok)
}
