//! `unclench recovery`: a diary against the expected course, and what the checkpoints say.

mod diary;

use std::path::Path;

use care::recovery::{
    Band, DerivedValue, Episode, Hours, PainSeries, Progress, SOURCES, Trajectory, derived, episodes,
    next_checkpoint, progress, tell, trajectory,
};
use care::{
    Answers, Citations, FindingId, Guideline, Reason, Region, SourceId, State, Step, Urgency, next, reasons,
};
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
    let checks = Checks::of(guideline, &answers);
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

/// What a diary says by itself.
struct Course {
    episode: Episode,
    spells: usize,
    since_onset: Hours,
    band: Option<(Band, Progress)>,
    trajectory: Option<Trajectory>,
}

impl Course {
    fn of(series: &PainSeries) -> Self {
        let all = episodes(series);
        let spells = all.iter().filter(|episode| episode.has_pain(series)).count();
        let episode = all[all.len() - 1].clone();
        let since_onset = series.last().at.since(episode.onset);
        let lasts = episode.recovered.is_none();
        let band = progress(series, &episode).filter(|_| lasts);
        Self { spells, since_onset, band, trajectory: trajectory(series, &episode), episode }
    }
}

/// The rules that the diary makes count: those that rest on nothing else.
struct Checks(Vec<Reason>);

impl Checks {
    fn of(guideline: &Guideline, answers: &Answers) -> Self {
        let told = |finding: &FindingId| {
            let finding = guideline.finding(*finding);
            finding.derived || matches!(finding.id.as_str(), "pain_now" | "days_since_onset")
        };
        let state = State::of(guideline, answers);
        Self(reasons(&state).into_iter().filter(|reason| reason.findings.iter().any(told)).collect())
    }
}

fn show(guideline: &Guideline, series: &PainSeries, course: &Course, checks: &Checks) {
    let citations = Citations::default();
    let now = series.last();
    page::heading("Your diary");
    page::point("•", &format!("Pain now: {} of 10, {}", now.pain.get(), spell(course)));
    let improvement = derived(series).into_iter().find(|(id, _)| *id == "improvement_percent");
    if let Some((_, DerivedValue::Number(percent))) = improvement {
        let way = if percent < 0 { "up" } else { "down" };
        page::point("•", &format!("{} % {way} from the start of this spell", percent.abs()));
    }
    if let Some(recovered) = course.episode.recovered {
        page::point(
            "•",
            &format!(
                "Well since {}: pain of 0 to 1 on seven days in a row. The spell is over.",
                recovered.from
            ),
        );
    }
    match course.trajectory {
        Some(trajectory) => page::point("•", trajectory.words()),
        None => {
            page::point("•", "It is too early to name the course: that takes two weeks and four entries.");
        }
    }
    if let Some((band, progress)) = &course.band {
        show_band(band, *progress);
    }
    if let Some(checkpoint) =
        next_checkpoint(course.since_onset).filter(|_| course.episode.recovered.is_none())
    {
        page::heading(&format!("Next look: {}", checkpoint.name));
        page::paragraph(&format!("By then: {}", checkpoint.expect));
    }
    page::heading("What the checkpoints say");
    if checks.0.is_empty() {
        page::paragraph("None of them asks for a visit today.");
    }
    for reason in &checks.0 {
        let rule = guideline.rule(reason.rule);
        let level = &guideline.outcome(reason.urgency).title;
        page::point("•", &format!("{} ({level}) {}", rule.because, citations.mark(&rule.sources)));
    }
    page::paragraph(&format!(
        "The expected course and its classes: {}",
        citations.mark(&band_sources(guideline))
    ));
    show_sources(guideline, &citations);
}

/// The sources of the band and the classes, as the book lists them.
fn band_sources(guideline: &Guideline) -> Vec<SourceId> {
    let sources = (0..).zip(&guideline.book().sources);
    sources
        .filter(|(_, source)| SOURCES.contains(&source.id.as_str()))
        .map(|(index, _)| SourceId(index))
        .collect()
}

fn spell(course: &Course) -> String {
    let order =
        if course.spells > 1 { format!("spell {} of this diary, ", course.spells) } else { String::new() };
    format!("{order}{} since it began", course.since_onset)
}

fn show_band(band: &Band, progress: Progress) {
    page::point("•", progress.words());
    page::point(
        "•",
        &format!(
            "Expected by now, out of 10: {:.1} if fast, about {:.1} to {:.1} on average, up to {:.1} if slow. \
             People differ a lot: this is a band, not a promise.",
            band.fast,
            band.middle_low.min(band.middle_high),
            band.middle_high.max(band.middle_low),
            band.slow
        ),
    );
}

fn as_json(
    guideline: &Guideline,
    series: &PainSeries,
    course: &Course,
    checks: &Checks,
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
        .0
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
    let checkpoint = next_checkpoint(course.since_onset).filter(|_| course.episode.recovered.is_none());
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
