//! `unclench recovery`: a diary against the expected course, and what the checkpoints say.

mod diary;

use std::path::Path;

use care::recovery::{Course, DerivedValue, PainSeries, Trajectory, band_sources, checks, derived, tell};
use care::{Answers, Citations, Guideline, Reason, Region, Step, Urgency, next};
use serde_json::{Map, Value, json};

use crate::after_triage::{print_json, read_answers, show_sources};
use crate::exit::Exit;
use crate::page;
use crate::view;

/// Reads a diary and prints where the person is.
///
/// # Errors
///
/// If the diary or the answers cannot be used.
pub(crate) fn run(
    guideline: &Guideline,
    region: &Region,
    path: &Path,
    answers: Option<&str>,
    json: bool,
) -> anyhow::Result<Exit> {
    let series = diary::read(path)?;
    let given = answers.map(|source| read_answers(guideline, source)).transpose()?;
    let answers = tell(guideline, &series, &given.clone().unwrap_or_else(|| Answers::none(guideline)));
    let course = Course::of(&series);
    let checks = checks(guideline, &answers);
    let urgency = match next(guideline, &answers) {
        Step::Done(finished) => Some(finished.urgency()),
        Step::Ask(_) => None,
    };
    if json {
        print_json(&as_json(guideline, &series, &course, &checks, urgency))?;
    } else {
        let step = next(guideline, &answers);
        if let Step::Done(finished) = &step
            && finished.urgency() == Urgency::Emergency
        {
            // What to do now, and no chart.
            page::Outcome::new(finished, region).all();
            return Ok(Exit::Emergency);
        }
        show(guideline, &series, &course, &checks);
        match step {
            Step::Done(finished) => page::Outcome::new(&finished, region).all(),
            Step::Ask(ask) if given.is_some() => page::unfinished(guideline, region, &answers, &ask),
            Step::Ask(_) => page::paragraph(
                "This looks at the diary only. Danger signs were not asked: run `unclench`, or give your answers \
                 with --answers, and do so again with each entry.",
            ),
        }
    }
    Ok(urgency.map_or(Exit::Ok, Exit::for_outcome))
}

fn show(guideline: &Guideline, series: &PainSeries, course: &Course, checks: &[Reason]) {
    let citations = Citations::default();
    page::heading("Your diary");
    for line in course.words(series) {
        page::point("•", &line);
    }
    if let Some(checkpoint) = course.next_checkpoint() {
        page::heading(&format!("Next look: {}", checkpoint.name));
        page::paragraph(&format!("By then: {}", checkpoint.expect));
    }
    page::heading("What the checkpoints say");
    if checks.is_empty() {
        page::paragraph("None of them asks for a visit today.");
    }
    for reason in checks {
        let rule = guideline.rule(reason.rule);
        let level = &guideline.outcome(reason.urgency).title;
        page::point("•", &format!("{} ({level}) {}", reason.words(guideline), citations.mark(&rule.sources)));
    }
    page::paragraph(&format!(
        "The expected course and its classes: {}",
        citations.mark(&band_sources(guideline))
    ));
    show_sources(guideline, &citations);
}

fn as_json(
    guideline: &Guideline,
    series: &PainSeries,
    course: &Course,
    checks: &[Reason],
    urgency: Option<Urgency>,
) -> Value {
    let values: Map<String, Value> = derived(series)
        .into_iter()
        .map(|(id, value)| {
            let value = match value {
                DerivedValue::YesNo(yes) => json!(yes),
                DerivedValue::Number(number) => json!(number),
                DerivedValue::Trajectory(course) => json!(course.id()),
            };
            (id.to_owned(), value)
        })
        .collect();
    let checks: Vec<Value> = checks
        .iter()
        .map(|reason| {
            let rule = guideline.rule(reason.rule);
            json!({
                "rule": rule.id, "urgency": reason.urgency, "because": rule.because,
                "sources": view::sources(guideline, &rule.sources),
            })
        })
        .collect();
    let band = course.band.map(|(band, progress)| {
        json!({
            "fast": band.fast, "middle_low": band.middle_low, "middle_high": band.middle_high,
            "slow": band.slow, "where": progress.id(),
        })
    });
    let checkpoint = course.next_checkpoint();
    json!({
        "band_sources": view::sources(guideline, &band_sources(guideline)),
        "pain_now": series.last().pain.get(),
        "days_since_onset": course.since_onset.whole_days(),
        "spells": course.spells,
        "recovered_since_day": course.episode.recovered.map(|recovered| recovered.from.whole_days()),
        "trajectory": course.trajectory.map(Trajectory::id),
        "band_in_points": band,
        "next_checkpoint": checkpoint.map(|checkpoint| json!({
            "day": checkpoint.day, "name": checkpoint.name, "expect": checkpoint.expect,
        })),
        "derived": values,
        "checks": checks,
        "finished": urgency.is_some(),
        "urgency": urgency,
    })
}
