//! `unclench recovery`: a diary against the expected course, and what the checkpoints say.

use std::path::Path;

use care::recovery::{Course, DerivedValue, PainSeries, Trajectory, band_sources, checks, derived, tell};
use care::{Answers, Citations, Guideline, Reason, Region, Step, Urgency, next};
use jiff::Zoned;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use store::{Diary, read_diary};

use crate::after_triage::{print_json, read_answers, show_sources};
use crate::exit::{BadInput, Exit};
use crate::{input, page, view};

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
    let diary = read(path)?;
    let series = diary.series;
    let age = diary.last.and_then(Age::of);
    let given = answers.map(|source| read_answers(guideline, source)).transpose()?;
    let answers = tell(guideline, &series, &given.clone().unwrap_or_else(|| Answers::none(guideline)));
    let course = Course::of(&series);
    let checks = checks(guideline, &answers);
    let urgency = match next(guideline, &answers) {
        Step::Done(finished) => Some(finished.urgency()),
        Step::Ask(_) => None,
    };
    if json {
        let mut view = as_json(guideline, &series, &course, &checks, urgency);
        view["last_entry"] = json!(diary.last);
        view["days_since_last_entry"] = json!(age.as_ref().map(|age| age.days));
        print_json(&view)?;
    } else {
        let step = next(guideline, &answers);
        if let Step::Done(finished) = &step
            && finished.urgency() == Urgency::Emergency
        {
            // What to do now, and no chart.
            page::Outcome::new(finished, region).all();
            return Ok(Exit::Emergency);
        }
        show(guideline, &series, &course, &checks, age.as_ref());
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

/// Reads a diary from a file.
fn read(path: &Path) -> anyhow::Result<Diary> {
    let text = input::read_file(path, input::MOST_BYTES)?;
    let named = |error| format!("{}: {error}", care::printable(&path.display().to_string()));
    read_diary(&text).map_err(|error| BadInput::because(named(error)))
}

/// How old a diary is.
struct Age {
    /// Days since its last entry, from 1 on.
    days: i32,
    /// The pain of the last entry, in words: `Pain on 3 November, 26 days ago`.
    pain: String,
}

impl Age {
    /// Since a day; none where that is today, or still to come.
    fn of(last: Date) -> Option<Self> {
        let today = Zoned::now().date();
        let days = today.since(last).ok()?.get_days();
        let ago = if days == 1 { "yesterday".to_owned() } else { format!("{days} days ago") };
        let year = if last.year() == today.year() { "" } else { " %Y" };
        let on = last.strftime(&format!("%-d %B{year}")).to_string();
        (days > 0).then(|| Self { days, pain: format!("Pain on {on}, {ago}") })
    }
}

fn show(guideline: &Guideline, series: &PainSeries, course: &Course, checks: &[Reason], age: Option<&Age>) {
    let citations = Citations::default();
    page::heading("Your diary");
    if let Some(age) = age.filter(|age| age.days > 1) {
        page::paragraph(&format!(
            "The last entry is {} days old. What follows is how it stood then. Write how it is now, and look again.",
            age.days
        ));
    }
    let pain = age.map_or("Pain now", |age| age.pain.as_str());
    for line in course.words_of(series, pain) {
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
