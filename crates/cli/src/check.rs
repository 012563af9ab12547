//! `unclench check`: is the book sound?

use std::path::Path;

use care::{Guideline, SourceKind};
use compiler::{Compiled, Problems};
use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::exit::Exit;
use crate::{library, page};

/// Problems that are shown: nobody mends more at once.
const MOST_SHOWN: usize = 200;

/// Reports every problem of the book, then of the vignettes, then what was measured.
pub(crate) fn run(dir: Option<&Path>, vignettes: Option<&Path>) -> anyhow::Result<Exit> {
    let compiled = match compiler::compile(&library::read(dir)?) {
        Ok(compiled) => compiled,
        Err(problems) => {
            report(&problems)?;
            return Ok(Exit::Failed);
        }
    };
    summary(&compiled);
    let mut exit = Exit::Ok;
    if vignettes.is_some() || dir.is_none() {
        exit = run_vignettes(&compiled.guideline, vignettes)?;
    }
    Ok(exit)
}

fn report(problems: &Problems) -> anyhow::Result<()> {
    let theme = if std::env::var_os("NO_COLOR").is_some() {
        GraphicalTheme::unicode_nocolor()
    } else {
        GraphicalTheme::unicode()
    };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(100);
    for problem in problems.iter().take(MOST_SHOWN) {
        if problem.is_drawn_well() {
            let mut text = String::new();
            handler.render_report(&mut text, problem)?;
            page::note(&text);
        } else {
            page::note(&care::printable_lines(&problem.plain()));
        }
    }
    let count = problems.iter().count();
    if MOST_SHOWN < count {
        page::error(&format!("{} more are not shown; mend these first", count - MOST_SHOWN));
    }
    let s = if count == 1 { "" } else { "s" };
    page::error(&format!("{count} problem{s}"));
    Ok(())
}

fn summary(compiled: &Compiled) {
    let book = compiled.guideline.book();
    page::heading(format!("Guideline {} is sound", book.version));
    page::point(
        "•",
        format!(
            "{} findings, {} questions, {} rules, {} causes, {} remedies, {} disagreements, {} sources",
            book.findings.len(),
            book.questions.len(),
            book.rules.len(),
            book.causes.len(),
            book.remedies.len(),
            book.disagreements.len(),
            book.whole_sources().count()
        ),
    );
    page::point(
        "•",
        format!(
            "{} medicines, {} products, {} habits, {} referrals, {} answers",
            book.medicines.len(),
            book.products.len(),
            book.habits.len(),
            book.referrals.len(),
            book.answers.len()
        ),
    );
    let left_out: usize = book.not_followed.iter().map(|block| block.claims.len()).sum();
    page::point(
        "•",
        format!(
            "Claims of the source articles: {} acted on, {left_out} not, each with its reason",
            book.claims.len() - left_out
        ),
    );
    page::point(
        "•",
        format!(
            "Reading grade of what a person reads: median {:.1}, highest {:.1}, over {} blocks",
            compiled.reading.median(),
            compiled.reading.max(),
            compiled.reading.blocks.len()
        ),
    );
    let is_ours = |id: &care::SourceId| {
        matches!(compiled.guideline.source(*id).kind, SourceKind::Knowledge | SourceKind::Judgement)
    };
    page::point(
        "•",
        format!(
            "Rules that rest on common teaching or our own judgement alone: {}",
            book.rules.iter().filter(|rule| rule.sources.iter().all(is_ours)).count()
        ),
    );
    let assumptions = book.questions.iter().filter(|question| question.only_if.is_some()).count();
    page::point("•", format!("Assumptions (\"does not apply\" counts as no): {assumptions}"));
    page::point("•", format!("Hash {}", book.hash));
}

fn run_vignettes(guideline: &Guideline, dir: Option<&Path>) -> anyhow::Result<Exit> {
    let files = library::read_vignettes(dir)?;
    anyhow::ensure!(!files.is_empty(), "there are no vignettes to run");
    let (mut passed, mut failed) = (0, 0);
    for file in files {
        match compiler::vignette(&file.path, &file.text, guideline) {
            Err(problems) => {
                failed += 1;
                report(&problems)?;
            }
            Ok(vignette) => {
                let failures = vignette.check(guideline);
                if failures.is_empty() {
                    passed += 1;
                } else {
                    failed += 1;
                    let failures: Vec<String> =
                        failures.iter().map(|failure| format!("\n  {failure}")).collect();
                    page::error(&format!("vignettes/{}{}", file.path, failures.concat()));
                }
            }
        }
    }
    page::point("•", format!("Vignettes: {passed} as expected, {failed} not"));
    Ok(if failed == 0 { Exit::Ok } else { Exit::Failed })
}
