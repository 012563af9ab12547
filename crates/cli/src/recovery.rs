//! `unclench recovery`: a diary against the expected course, and what the checkpoints say.

use std::path::PathBuf;

use care::recovery::{Course, DerivedValue, PainSeries, Trajectory, band_sources, checks, derived};
use care::{Answers, Guideline, Reason, Region, Step, Urgency, next};
use jiff::civil::Date;
use jiff::{SignedDuration, Zoned};
use serde_json::{Map, Value, json};
use store::{Diary, Moment, Record, read_diary};
use tell::{Citations, LastEntry, Message};
use web::Situation;

use crate::after_triage::{print_json, read_answers};
use crate::exit::{BadInput, Exit};
use crate::own_record::{OwnRecord, Wants, WhichRecord, is_export, now_of, read_export};
use crate::{input, library, page};

/// Which diary, and what goes with it.
#[derive(Debug, clap::Args)]
pub(crate) struct RecoveryArgs {
    /// The diary; left out: that of your record
    #[arg(value_name = "DIARY", conflicts_with = "record")]
    diary: Option<PathBuf>,
    /// Answers to the questions, or - for standard input: then the whole triage is run again with them
    #[arg(long, value_name = "FILE")]
    answers: Option<String>,
    /// The file with the record, or an export of it; left out: your own, see `unclench record where`
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

/// A diary, and how the triage stands with it.
struct Followed<'g> {
    series: PainSeries,
    last: Option<Date>,
    answers: Answers,
    /// How the triage of these answers stands; none where nobody has answered.
    step: Option<Step<'g>>,
}

/// Reads a diary and prints where the person is.
///
/// # Errors
///
/// If the diary or the answers cannot be used.
pub(crate) fn run(guideline: &Guideline, region: &Region, arguments: &RecoveryArgs) -> anyhow::Result<Exit> {
    let given = arguments.answers.as_deref().map(|source| read_answers(guideline, source)).transpose()?;
    let read = |path| -> anyhow::Result<_> { Ok((path, input::read_file(path, MOST)?)) };
    let own = match arguments.diary.as_deref().map(read).transpose()? {
        Some((path, text)) if !is_export(&text) => {
            let named = |error: String| format!("{}: {error}", care::printable(&path.display().to_string()));
            let diary = read_diary(&text).map_err(|error| BadInput::because(named(error.to_string())))?;
            if let Some(problem) = wrong_entry(guideline, &diary, &Zoned::now()) {
                return Err(BadInput::because(named(problem)));
            }
            let followed = Followed::of(guideline, diary.series, diary.last, given);
            return print(guideline, region, &followed, arguments.json);
        }
        Some((path, text)) => OwnRecord::of_export(read_export(guideline, &text, path)?),
        None => {
            let which = WhichRecord { record: arguments.record.clone(), no_record: false };
            which.need_named(arguments.json)?;
            OwnRecord::open(guideline, &which, Wants::Reading)?
        }
    };
    let region = library::chosen(guideline, region, [&own.record().settings().region]);
    let followed = Followed::of_record(guideline, own.record(), given)?;
    print(guideline, region, &followed, arguments.json)
}

/// An entry of a place that nobody has, or of a time that has not come.
fn wrong_entry(guideline: &Guideline, diary: &Diary, now: &Zoned) -> Option<String> {
    let places = &guideline.book().body_places;
    let is_known =
        |words: &str| places.iter().any(|known| known.id == words || known.name.to_lowercase() == words);
    let entries = diary.lines.iter().zip(diary.series.check_ins());
    let places = entries.filter_map(|(line, entry)| Some((line, entry.place.as_deref()?)));
    if let Some((line, place)) = places.into_iter().find(|(_, place)| !is_known(place)) {
        let example = &guideline.book().body_places.first()?.id;
        let place = care::printable(place);
        return Some(format!("line {line}: `{place}` is no place of the body map; write one as `{example}`"));
    }
    let latest = now.timestamp() + AHEAD;
    let is_ahead = match diary.last_time {
        Some(Moment::Exact(at)) => latest < at,
        Some(Moment::Local(local)) => latest.to_zoned(now.time_zone().clone()).datetime() < local,
        None => diary.last.is_some_and(|last| now.date() < last),
    };
    let line = diary.lines.last().filter(|_| is_ahead)?;
    Some(format!("line {line}: the entry is of a time that is still to come"))
}

/// Clocks of two devices differ by less.
const AHEAD: SignedDuration = SignedDuration::from_mins(10);

/// The longest diary or export.
const MOST: u64 = store::MOST_BYTES as u64;

impl<'g> Followed<'g> {
    fn of(guideline: &'g Guideline, series: PainSeries, last: Option<Date>, given: Option<Answers>) -> Self {
        let is_asked = given.is_some();
        let answers =
            care::recovery::tell(guideline, &series, &given.unwrap_or_else(|| Answers::none(guideline)));
        let step = next(guideline, &answers);
        // What the diary alone makes an emergency is one whether something was asked or not.
        let step = Some(step).filter(|step| is_asked || matches!(step, Step::Done(_)));
        Self { series, last, answers, step }
    }

    fn of_record(guideline: &'g Guideline, record: &Record, given: Option<Answers>) -> anyhow::Result<Self> {
        let now = now_of(record);
        let situation = Situation::of(guideline, record, now.timestamp());
        let last =
            record.check_ins().last().map(|last| last.what.at.to_zoned(now.time_zone().clone()).date());
        let Some(series) = situation.series().cloned() else {
            return Err(BadInput::because(
                "the record has no entry of a diary yet; `unclench` opens the pages where it is written",
            ));
        };
        if given.is_some() {
            return Ok(Self::of(guideline, series, last, given));
        }
        let answers = situation.answers().clone();
        let step = situation.outcome().is_some().then(|| next(guideline, &answers));
        Ok(Self { series, last, answers, step })
    }
}

fn print(
    guideline: &Guideline,
    region: &Region,
    followed: &Followed<'_>,
    json: bool,
) -> anyhow::Result<Exit> {
    let Followed { series, last, answers, step } = followed;
    let today = Zoned::now().date();
    let told = last.map(|last| LastEntry::on(last, today));
    let course = Course::of(guideline, series);
    let checks = checks(guideline, answers);
    let urgency = match step {
        Some(Step::Done(finished)) => Some(finished.urgency()),
        Some(Step::Ask(_)) | None => None,
    };
    let exit = urgency.map_or(Exit::Ok, Exit::for_outcome);
    if json {
        let mut view = as_json(guideline, series, &course, &checks, urgency);
        view["last_entry"] = json!(last);
        view["days_since_last_entry"] = json!(told.as_ref().map(LastEntry::days).filter(|days| *days > 0));
        print_json(&view)?;
        return Ok(exit);
    }
    if let Some(Step::Done(finished)) = step
        && finished.urgency() == Urgency::Emergency
    {
        // What to do now, and no chart.
        page::Outcome::new(finished, region).all();
        return Ok(exit);
    }
    show(guideline, series, &course, &checks, told.as_ref());
    match step {
        Some(Step::Done(finished)) => page::Outcome::new(finished, region).all(),
        Some(Step::Ask(ask)) => page::unfinished(guideline, region, answers, ask),
        None => page::paragraph(
            "This looks at the diary only. Danger signs were not asked, or not to the end: run `unclench`, or give \
             your answers with --answers, and do so again with each entry.",
        ),
    }
    Ok(exit)
}

fn show(
    guideline: &Guideline,
    series: &PainSeries,
    course: &Course,
    checks: &[Reason],
    last: Option<&LastEntry>,
) {
    let citations = Citations::default();
    page::heading("Your diary");
    if let Some(last) = last.filter(|last| last.days() > 1) {
        page::paragraph(format!(
            "The last entry is {} days old. What follows is how it stood then. Write how it is now, and look again.",
            last.days()
        ));
    }
    let last = last.cloned().unwrap_or_else(LastEntry::now);
    page::points("•", tell::course(guideline, course, series, last));
    if let Some(checkpoint) = course.next_checkpoint(guideline) {
        page::heading(format!("{} {}", Message::NextLook, checkpoint.name));
        page::paragraph(format!("{} {}", Message::NextLookExpect, checkpoint.expect));
    }
    page::heading(Message::CheckpointsTitle);
    if checks.is_empty() {
        page::paragraph(Message::CheckpointsNone);
    }
    for reason in checks {
        let marks = citations.mark(&guideline.rule(reason.rule).sources);
        let level = &guideline.outcome(reason.urgency).title;
        page::point("•", format!("{} ({level}) {marks}", tell::because(guideline, reason)));
    }
    page::paragraph(format!(
        "The expected course and its classes: {}",
        citations.mark(&band_sources(guideline))
    ));
    page::show_sources(guideline, &citations);
}

fn as_json(
    guideline: &Guideline,
    series: &PainSeries,
    course: &Course,
    checks: &[Reason],
    urgency: Option<Urgency>,
) -> Value {
    let values: Map<String, Value> = derived(guideline, series)
        .into_iter()
        .map(|(what, value)| {
            let value = match value {
                DerivedValue::YesNo(yes) => json!(yes),
                DerivedValue::Number(number) => json!(number),
                DerivedValue::Trajectory(course) => json!(course.id()),
            };
            (what.id().to_owned(), value)
        })
        .collect();
    let checks: Vec<Value> = checks
        .iter()
        .map(|reason| {
            let rule = guideline.rule(reason.rule);
            json!({
                "rule": rule.id, "urgency": reason.urgency, "because": rule.because,
                "sources": wire::sources(guideline, &rule.sources),
            })
        })
        .collect();
    let band = course.band.map(|(band, progress)| {
        json!({
            "fast": band.fast, "middle_low": band.middle_low, "middle_high": band.middle_high,
            "slow": band.slow, "where": progress.id(),
        })
    });
    let checkpoint = course.next_checkpoint(guideline);
    json!({
        "band_sources": wire::sources(guideline, &band_sources(guideline)),
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
