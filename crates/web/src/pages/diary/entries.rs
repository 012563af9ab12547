//! The entries of a diary in words: as a list, and as the table that says what the chart shows.

use care::Guideline;
use care::recovery::{Episode, PainSeries, expected};
use jiff::Timestamp;
use store::{Activity, CheckIn, NewDanger, RegionPain, Sleep, Timed, Trigger};
use tell::Clock;

use crate::parts::entry;
use crate::spell::Spell;
use crate::visitor::Visitor;

/// One entry.
pub(super) struct EntryLine<'v> {
    /// How a form names it.
    pub(super) name: String,
    pub(super) when: String,
    pub(super) pain: u8,
    pub(super) worst: Option<u8>,
    /// Everything else that was filled in, each with what it is.
    pub(super) facts: Vec<(&'static str, String)>,
    pub(super) note: &'v str,
}

/// These entries, the newest first.
pub(super) fn entry_lines<'v>(visitor: &'v Visitor<'_>, entries: &'v [Timed<CheckIn>]) -> Vec<EntryLine<'v>> {
    let clock = Clock::of(visitor.now);
    let line = |entry: &'v Timed<CheckIn>| EntryLine {
        name: entry::of_check_in(entry),
        when: clock.words(entry.what.at),
        pain: entry.what.pain_now,
        worst: entry.what.pain_worst,
        facts: facts(visitor.guideline(), &entry.what),
        note: &entry.what.note,
    };
    entries.iter().rev().map(line).collect()
}

fn facts(guideline: &Guideline, entry: &CheckIn) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    let places = entry.regions.iter().map(|place| place_words(guideline, place));
    if !entry.regions.is_empty() {
        facts.push(("Where", places.collect::<Vec<_>>().join("; ")));
    }
    if let Some(points) = entry.function {
        facts.push(("What you can do", format!("{points} of 10")));
    }
    if let Some(sleep) = entry.sleep {
        facts.push(("Night", sleep_words(sleep).to_owned()));
    }
    if let Some(activity) = entry.activity {
        facts.push(("Activity", activity_words(activity).to_owned()));
    }
    if !entry.triggers.is_empty() {
        let triggers: Vec<&str> = entry.triggers.iter().map(Trigger::words).collect();
        facts.push(("What may have set it off", triggers.join("; ")));
    }
    let danger = match entry.new_danger {
        NewDanger::NotAsked => "not asked",
        NewDanger::No => "no",
        NewDanger::Yes => "yes",
        NewDanger::NotSure => "not sure",
    };
    facts.push(("Something new", danger.to_owned()));
    facts
}

fn place_words(guideline: &Guideline, place: &RegionPain) -> String {
    let mut known = guideline.book().body_places.iter();
    // A place that this book does not know is shown by its id.
    let label = known.find(|known| known.id == place.region).map_or(&place.region, |known| &known.name);
    match place.pain {
        Some(points) => format!("{label} ({points} of 10)"),
        None => label.clone(),
    }
}

/// How a night was, as a person reads it.
pub(super) fn sleep_words(sleep: Sleep) -> &'static str {
    match sleep {
        Sleep::Well => "The pain did not wake me",
        Sleep::Broken => "It woke me, and I slept again",
        Sleep::Hardly => "I hardly slept",
    }
}

/// How active a day was, as a person reads it.
pub(super) fn activity_words(activity: Activity) -> &'static str {
    match activity {
        Activity::Lying => "Mostly lying down",
        Activity::Sitting => "Mostly sitting",
        Activity::Less => "Up and about, less than usual",
        Activity::Usual => "As usual",
        Activity::More => "More than usual",
    }
}

/// One row of the table below the chart.
pub(super) struct Row {
    pub(super) day: u32,
    pub(super) when: String,
    pub(super) what: String,
    pub(super) pain: String,
    pub(super) expected: String,
}

/// Everything that the chart shows, in order of time.
pub(super) fn rows(
    visitor: &Visitor<'_>,
    spell: &Spell<'_>,
    series: &PainSeries,
    episode: &Episode,
) -> (Vec<Row>, usize) {
    let guideline = visitor.guideline();
    let clock = Clock::of(visitor.now);
    let row = |at: Timestamp, what: String| Row {
        day: spell.since_onset(at).unwrap_or_default().whole_days(),
        when: clock.words(at),
        what,
        pain: String::new(),
        expected: String::new(),
    };
    let band = |at: Timestamp| {
        let band = spell.since_onset(at).and_then(|at| expected(guideline, series, episode, at));
        band.map(|band| format!("{:.1} to {:.1}", band.fast, band.slow.max(band.middle_high)))
            .unwrap_or_default()
    };
    let taken: Vec<_> = taken(visitor, spell).collect();
    let tried: Vec<_> = tried(visitor, spell).collect();
    let all = spell.entries.len() + spell.scores.len() + taken.len() + tried.len();
    let entries = newest(&spell.entries).iter().map(|entry| {
        let (at, what) = (entry.what.at, "Entry".to_owned());
        let worst = entry.what.pain_worst.map(|worst| format!(", worst {worst}")).unwrap_or_default();
        let pain = format!("{}{worst}", entry.what.pain_now);
        (at, Row { pain, expected: band(at), ..row(at, what) })
    });
    let scores = newest(&spell.scores).iter().map(|(at, pain)| {
        let what = "When you answered the questions".to_owned();
        (*at, Row { pain: pain.get().to_string(), expected: band(*at), ..row(*at, what) })
    });
    let doses =
        newest(&taken).iter().map(|dose| (dose.at, row(dose.at, format!("Painkiller: {}", dose.name))));
    let trials = newest(&tried).iter().map(|trial| {
        let remedy = guideline.remedy_named(&trial.remedy).map(|id| guideline.remedy(id).name.as_str());
        let name = remedy.unwrap_or(&trial.remedy);
        let change = match (trial.before, trial.after) {
            (Some(before), Some(after)) => format!(" (pain {before} before, {after} after)"),
            _ => String::new(),
        };
        (trial.began, row(trial.began, format!("{name}{change}")))
    });
    let mut rows: Vec<(Timestamp, Row)> = entries.chain(scores).chain(doses).chain(trials).collect();
    rows.sort_by_key(|(at, _)| *at);
    let older = rows.len().saturating_sub(MOST_ROWS);
    (rows.drain(older..).map(|(_, row)| row).collect(), all.saturating_sub(MOST_ROWS))
}

/// So many lines are in the table: more than a year of days, and no browser's undoing.
const MOST_ROWS: usize = 400;

fn newest<T>(all: &[T]) -> &[T] {
    &all[all.len().saturating_sub(MOST_ROWS)..]
}

/// The painkillers of this spell.
pub(super) fn taken<'s>(
    visitor: &'s Visitor<'_>,
    spell: &'s Spell<'_>,
) -> impl Iterator<Item = &'s store::DoseTaken> {
    let now = visitor.now.timestamp();
    visitor
        .record
        .doses()
        .iter()
        .map(|dose| &dose.what)
        .filter(move |dose| spell.onset <= dose.at && dose.at <= now)
}

/// The remedies that were tried in this spell.
pub(super) fn tried<'s>(
    visitor: &'s Visitor<'_>,
    spell: &'s Spell<'_>,
) -> impl Iterator<Item = &'s store::Trial> {
    visitor.record.trials().iter().map(|trial| &trial.what).filter(move |trial| spell.onset <= trial.began)
}
