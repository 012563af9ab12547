//! What an import would add to a record that may know part of it already.
//!
//! An event is the same as another if both were written at the same moment and say
//! the same; a withdrawal says *which entry* is withdrawn, not where it stands. Two
//! equal events of one moment count twice. So to import one's own export adds nothing.
//!
//! An empty record takes every event as it is. One that is not empty keeps what it
//! says now wherever that is newer, as if both had been written in one record:
//!
//! - Doses, entries of the diary, remedies tried and withdrawals are added.
//! - An interview is taken whole if it began after everything that was answered here but
//!   about painkillers, or if it continues the one that is under way here; but an emergency
//!   that stands here gives way to answers that are given here. Otherwise it is left out, and
//!   its triages are added as history ([`Event::AssessedEarlier`]).
//! - What a clinician allowed comes in where the file holds every dose of it that this record
//!   has from before: they cleared what they were told of.
//! - Settings, choices of habits and marks of days are left out where this record has
//!   newer ones.
//! - That a copy of the other record was saved is left out.
//!
//! Whoever knows the guideline may leave out more ([`LeavingOut`]): what would make something
//! here less urgent than it stands, which no event tells by itself.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use care::Urgency;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::Import;
use super::range::AHEAD;
use crate::event::{DoseCleared, Event, Restart, Sequence, Settings, Stored};
use crate::record::Record;

/// What is left out of an import beside what this record has newer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeavingOut {
    /// Interviews: their outcomes come in as history only.
    pub answers: bool,
    /// Entries of the diary, and that some were taken back.
    pub diary: bool,
}

/// What an import would do, to be shown before it is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// Events in the file.
    pub events: usize,
    /// When the earliest was written; none in an empty file.
    pub from: Option<Timestamp>,
    /// When the latest was written.
    pub to: Option<Timestamp>,
    /// Events that the record has already.
    pub already_there: usize,
    /// Events that are left out because the record has something newer.
    pub outdated: usize,
    /// Events that are left out as [`LeavingOut`] says, and clearances.
    pub left_out: usize,
    /// What clinicians allowed without knowing of all that was taken here: among those.
    pub unknowing: usize,
    /// Events that would be added, those below included.
    pub added: usize,
    /// Painkillers taken that would be added.
    pub doses: usize,
    /// Entries of the diary that would be added.
    pub check_ins: usize,
    /// Triages that would be added.
    pub assessments: usize,
    /// Remedies tried that would be added.
    pub trials: usize,
    /// What clinicians said may be taken again that would be added.
    pub cleared: usize,
    /// Painkillers of the record that would be taken out of its log, each with when it was
    /// taken: the next one may be allowed sooner.
    pub doses_taken_back: Vec<(String, Timestamp)>,
    /// Other entries of the record that would be taken back.
    pub taken_back: usize,
    /// Entries that would be added and are dated later than the file was made: by a clock that
    /// was ahead.
    pub ahead: usize,
    /// Whose telephone numbers would be shown then: a region of the book; none for no change.
    pub region: Option<String>,
    /// Whose limits of medicines would count then.
    pub dose_region: Option<String>,
    /// The time zone that would be set.
    pub time_zone: Option<String>,
}

impl Preview {
    /// An entry that the record has would be taken back.
    fn take_back(&mut self, withdrawal: &Stored, import: &Import, there: &HashSet<Sequence>) {
        let Event::Withdrawn { entry } = withdrawal.event else { return };
        if !there.contains(&entry) {
            return;
        }
        match import.events.iter().find(|stored| stored.sequence == entry).map(|stored| &stored.event) {
            Some(Event::DoseTaken(dose)) => self.doses_taken_back.push((dose.name.clone(), dose.at)),
            _ => self.taken_back += 1,
        }
    }
}

/// What [`to_import`] would do.
pub fn preview(existing: &Record, import: &Import) -> Preview {
    preview_without(existing, import, LeavingOut::default())
}

/// What [`to_import_without`] would do.
pub fn preview_without(existing: &Record, import: &Import, leaving_out: LeavingOut) -> Preview {
    let mut preview = Preview {
        events: import.events.len(),
        from: import.events.iter().map(|stored| stored.at).min(),
        to: import.events.iter().map(|stored| stored.at).max(),
        ..Preview::default()
    };
    let mut there: HashSet<Sequence> = HashSet::new();
    for (stored, fate) in import.events.iter().zip(fates(existing, import, leaving_out)) {
        match fate {
            Fate::AlreadyThere(_) => {
                there.insert(stored.sequence);
                preview.already_there += 1;
            }
            Fate::Outdated => preview.outdated += 1,
            Fate::LeftOut => {
                preview.left_out += 1;
                preview.unknowing += usize::from(matches!(stored.event, Event::DoseCleared(_)));
            }
            Fate::Added(event) => {
                preview.added += 1;
                preview.ahead += usize::from(AHEAD < stored.at.duration_since(import.exported));
                match *event {
                    Event::DoseTaken(_) => preview.doses += 1,
                    Event::CheckedIn(_) => preview.check_ins += 1,
                    Event::Assessed { .. } | Event::AssessedEarlier { .. } => preview.assessments += 1,
                    Event::RemedyTried { .. } => preview.trials += 1,
                    Event::DoseCleared(_) => preview.cleared += 1,
                    // What the file both brings and takes back changes nothing.
                    Event::Withdrawn { .. } => preview.take_back(stored, import, &there),
                    Event::SettingsChanged(ref settings) => {
                        let Settings { region, dose_region, time_zone, .. } = settings;
                        preview.region = region.clone().or(preview.region.take());
                        preview.dose_region = dose_region.clone().or(preview.dose_region.take());
                        preview.time_zone = time_zone.clone().or(preview.time_zone.take());
                    }
                    _ => {}
                }
            }
        }
    }
    // What the record says already is no change.
    let now = existing.settings();
    preview.region.take_if(|region| now.region.as_ref() == Some(region));
    preview.dose_region.take_if(|region| now.dose_region.as_ref() == Some(region));
    preview.time_zone.take_if(|zone| now.time_zone.as_ref() == Some(zone));
    preview
}

/// The events to add to the end of a record, in the order in which they were written
/// down, with the time of each. They fit this record as it is: to be written only if
/// it still ends where `existing` does (`Database::append_after`).
pub fn to_import(existing: &Record, import: &Import) -> Vec<(Timestamp, Event)> {
    to_import_without(existing, import, LeavingOut::default())
}

/// The same without some of them.
pub fn to_import_without(
    existing: &Record,
    import: &Import,
    leaving_out: LeavingOut,
) -> Vec<(Timestamp, Event)> {
    let mut next = existing.last().0 + 1;
    let mut places: HashMap<Sequence, Sequence> = HashMap::new();
    let mut events = Vec::new();
    let mut headless = needs_head(existing, import);
    for (stored, fate) in import.events.iter().zip(fates(existing, import, leaving_out)) {
        let mut event = match fate {
            Fate::Outdated | Fate::LeftOut => continue,
            Fate::AlreadyThere(place) => {
                places.insert(stored.sequence, place);
                continue;
            }
            Fate::Added(event) => event.into_owned(),
        };
        if let Event::Assessed { came_in, .. } = &mut event {
            *came_in = true;
        }
        if is_interview(&event) {
            // The first interview may have begun without saying so, which would run
            // its answers into those that are here.
            let begins = matches!(event, Event::InterviewStarted { .. });
            if std::mem::take(&mut headless) && !begins {
                events.push((stored.at, beginning()));
                next += 1;
            }
        }
        if let Event::Withdrawn { entry } = &mut event {
            *entry = places.get(entry).copied().unwrap_or_default();
        }
        places.insert(stored.sequence, Sequence(next));
        next += 1;
        events.push((stored.at, event));
    }
    events
}

/// Whether a file goes on where a record ends: it begins with all that was answered, taken and
/// written down there. Then it is a later copy of that record, and of the same person.
pub fn goes_on(existing: &Record, import: &Import) -> bool {
    let counts = |event: &Event| {
        !matches!(
            event,
            Event::SettingsChanged(_)
                | Event::HabitChosen { .. }
                | Event::HabitDone { .. }
                | Event::CopySaved { .. }
                | Event::CameInIncomplete { .. }
        )
    };
    let there = there(existing, import);
    let events = import.events.iter().zip(there).filter(|(stored, _)| counts(&stored.event));
    let begins_with = events.take_while(|(_, there)| there.is_some()).count();
    begins_with == existing.events().iter().filter(|stored| counts(&stored.event)).count()
}

/// What becomes of an event of the file.
#[allow(clippy::large_enum_variant, reason = "nearly all of them are added, and few live at a time")]
enum Fate<'a> {
    /// The record has it, at this place.
    AlreadyThere(Sequence),
    /// The record has something newer.
    Outdated,
    /// It would make something here less urgent, or less shut.
    LeftOut,
    /// It is added, perhaps in part.
    Added(Cow<'a, Event>),
}

fn fates<'a>(existing: &Record, import: &'a Import, leaving_out: LeavingOut) -> Vec<Fate<'a>> {
    let there = there(existing, import);
    if existing.events().is_empty() {
        return import.events.iter().map(|stored| Fate::Added(Cow::Borrowed(&stored.event))).collect();
    }
    let known = Known::of(existing);
    let mut untold = Untold::of(existing);
    let mut left_out: HashSet<Sequence> = HashSet::new();
    let is_check_in = |entry: &Sequence| {
        let named = usize::try_from(entry.0 - 1).ok().and_then(|index| import.events.get(index));
        named.is_some_and(|named| matches!(named.event, Event::CheckedIn(_)))
    };
    let mut fates = Vec::with_capacity(import.events.len());
    for interview in interviews(&import.events) {
        let taken = known.takes(&import.events[interview.clone()], &there[interview.clone()]);
        for (stored, there) in import.events[interview.clone()].iter().zip(&there[interview]) {
            if let Some(place) = there {
                untold.tell(&stored.event, *place);
                fates.push(Fate::AlreadyThere(*place));
                continue;
            }
            let is_left_out = match &stored.event {
                Event::DoseCleared(cleared) => untold.has(cleared),
                Event::CheckedIn(_) => leaving_out.diary,
                Event::Withdrawn { entry } => {
                    left_out.contains(entry) || leaving_out.diary && is_check_in(entry)
                }
                Event::Assessed { .. } => false,
                event => is_interview(event) && taken && leaving_out.answers,
            };
            if is_left_out {
                left_out.insert(stored.sequence);
                fates.push(Fate::LeftOut);
            } else {
                fates.push(known.fate(stored, taken && !leaving_out.answers));
            }
        }
    }
    fates
}

/// The doses of a record by ingredient that a file has not told of so far.
struct Untold<'a>(HashMap<&'a str, BTreeSet<(Timestamp, Sequence)>>);

impl<'a> Untold<'a> {
    fn of(existing: &'a Record) -> Self {
        let mut untold: HashMap<&str, BTreeSet<_>> = HashMap::new();
        for dose in existing.doses() {
            for (ingredient, _) in &dose.what.amounts {
                untold.entry(ingredient).or_default().insert((dose.what.at, dose.sequence));
            }
        }
        Self(untold)
    }

    /// The file tells of what the record has at a place.
    fn tell(&mut self, event: &Event, place: Sequence) {
        let Event::DoseTaken(dose) = event else { return };
        for (ingredient, _) in &dose.amounts {
            if let Some(doses) = self.0.get_mut(ingredient.as_str()) {
                doses.remove(&(dose.at, place));
            }
        }
    }

    /// Whether one of what was cleared was taken before that.
    fn has(&self, cleared: &DoseCleared) -> bool {
        let doses = self.0.get(cleared.ingredient.as_str());
        doses.and_then(BTreeSet::first).is_some_and(|(at, _)| *at <= cleared.at)
    }
}

/// For each event of the file, where the record has it.
fn there(existing: &Record, import: &Import) -> Vec<Option<Sequence>> {
    let mut places: HashMap<Identity, Vec<Sequence>> = HashMap::new();
    // The last of equal ones first, so that `pop` gives them in order.
    for (stored, identity) in existing.events().iter().zip(identities(existing.events())).rev() {
        places.entry(identity).or_default().push(stored.sequence);
    }
    identities(&import.events)
        .into_iter()
        .map(|identity| places.get_mut(&identity).and_then(Vec::pop))
        .collect()
}

type Identity = [u8; 32];

/// SHA-256 of the moment and of what is said.
fn identities(events: &[Stored]) -> Vec<Identity> {
    let mut of: HashMap<Sequence, Identity> = HashMap::new();
    events
        .iter()
        .map(|stored| {
            let mut hash = Sha256::new();
            hash.update(stored.at.to_string());
            match &stored.event {
                Event::Withdrawn { entry } => {
                    hash.update("withdrawn");
                    hash.update(of.get(entry).copied().unwrap_or_default());
                }
                // Having come in with an import does not make it another triage.
                Event::AssessedEarlier { because, shown, certificate }
                | Event::Assessed { because, shown, certificate, .. } => hash_event(
                    &mut hash,
                    &Event::Assessed {
                        because: *because,
                        shown: shown.clone(),
                        certificate: certificate.clone(),
                        came_in: false,
                    },
                ),
                event => hash_event(&mut hash, event),
            }
            let identity = hash.finalize().into();
            // Nothing else can be withdrawn, so to name something else is to name nothing.
            if stored.event.can_be_withdrawn() {
                of.insert(stored.sequence, identity);
            }
            identity
        })
        .collect()
}

fn hash_event(hash: &mut Sha256, event: &Event) {
    // Sorted, because a program that stores the file again may sort the keys.
    let mut value = serde_json::to_value(event).unwrap_or_default();
    value.sort_all_objects();
    hash.update(value.to_string());
}

/// How urgent the outcome is that was told last; none before there was one.
fn standing(existing: &Record) -> Option<Urgency> {
    existing.events().iter().rev().find_map(|stored| match &stored.event {
        Event::Assessed { shown, .. } => Some(shown.urgency),
        _ => None,
    })
}

/// Whether an event belongs to the interview that is under way.
fn is_interview(event: &Event) -> bool {
    matches!(
        event,
        Event::InterviewStarted { .. }
            | Event::OwnWords { .. }
            | Event::Answered { .. }
            | Event::TakenBack { .. }
            | Event::Assessed { .. }
    )
}

/// Whether an event is about what is asked while an outcome stands: painkillers, habits.
fn is_after_triage(event: &Event) -> bool {
    matches!(event, Event::Answered { after_triage: true, .. } | Event::TakenBack { after_triage: true, .. })
}

/// Cuts the events where an interview begins.
fn interviews(events: &[Stored]) -> Vec<std::ops::Range<usize>> {
    let begins = |index: &usize| matches!(events[*index].event, Event::InterviewStarted { .. });
    let mut cuts = vec![0];
    cuts.extend((1..events.len()).filter(begins));
    let ends = cuts.iter().skip(1).copied().chain([events.len()]);
    cuts.iter().copied().zip(ends).map(|(from, to)| from..to).collect()
}

/// What a beginning that was not written down would have said.
fn beginning() -> Event {
    Event::InterviewStarted {
        because: Restart::First,
        keeps: std::collections::BTreeMap::new(),
        starts_with: std::collections::BTreeMap::new(),
    }
}

/// Whether the first interview of the file is new and does not say that it began,
/// while there is one here already.
fn needs_head(existing: &Record, import: &Import) -> bool {
    let there = there(existing, import);
    let first = import.events.iter().zip(there).find(|(stored, _)| is_interview(&stored.event));
    existing.events().iter().any(|stored| is_interview(&stored.event))
        && first.is_some_and(|(stored, there)| {
            there.is_none() && !matches!(stored.event, Event::InterviewStarted { .. })
        })
}

/// What the record has, and since when.
#[derive(Default)]
struct Known<'a> {
    /// The outcome that was told last is an emergency.
    is_emergency: bool,
    /// When something was last answered.
    answered: Option<Timestamp>,
    /// When an interview was last begun, answered in or finished.
    interview: Option<Timestamp>,
    /// The places of the interview that is under way, without what was asked after it.
    under_way: Vec<Sequence>,
    region: Option<Timestamp>,
    dose_region: Option<Timestamp>,
    time_zone: Option<Timestamp>,
    colours: Option<Timestamp>,
    habits: HashMap<&'a str, Timestamp>,
    days: HashMap<(&'a str, jiff::civil::Date), Timestamp>,
}

impl<'a> Known<'a> {
    fn of(existing: &'a Record) -> Self {
        let is_emergency = standing(existing) == Some(Urgency::Emergency);
        let mut known = Self { is_emergency, ..Self::default() };
        for Stored { sequence, at, event, .. } in existing.events() {
            let at = *at;
            let later = |time: &mut Option<Timestamp>| *time = (*time).max(Some(at));
            if is_interview(event) {
                later(&mut known.answered);
            }
            if is_interview(event) && !is_after_triage(event) {
                later(&mut known.interview);
                if matches!(event, Event::InterviewStarted { .. }) {
                    known.under_way.clear();
                }
                known.under_way.push(*sequence);
            }
            match event {
                Event::SettingsChanged(Settings { region, dose_region, time_zone, colours, .. }) => {
                    if region.is_some() {
                        later(&mut known.region);
                    }
                    if dose_region.is_some() {
                        later(&mut known.dose_region);
                    }
                    if time_zone.is_some() {
                        later(&mut known.time_zone);
                    }
                    if colours.is_some() {
                        later(&mut known.colours);
                    }
                }
                Event::HabitChosen { habit, .. } => {
                    let time = known.habits.entry(habit).or_insert(at);
                    *time = (*time).max(at);
                }
                Event::HabitDone { habit, on, .. } => {
                    let time = known.days.entry((habit, *on)).or_insert(at);
                    *time = (*time).max(at);
                }
                _ => {}
            }
        }
        known
    }

    /// Whether an interview of the file becomes, or continues, the one that is under way.
    fn takes(&self, interview: &[Stored], there: &[Option<Sequence>]) -> bool {
        let events: Vec<(&Stored, &Option<Sequence>)> =
            interview.iter().zip(there).filter(|(stored, _)| is_interview(&stored.event)).collect();
        let (after, asked): (Vec<_>, Vec<_>) =
            events.into_iter().partition(|(stored, _)| is_after_triage(&stored.event));
        let known: Vec<Sequence> = asked.iter().map_while(|(_, there)| **there).collect();
        let new = &asked[known.len()..];
        let is_under_way = !known.is_empty() && self.under_way.ends_with(&known);
        let Some((first, _)) = new.first() else {
            // Only something that was asked after an outcome, at the latest of which both have.
            let first = after.iter().find(|(_, there)| there.is_none());
            return first.is_some_and(|(first, _)| {
                self.answered.is_none_or(|newest| is_under_way && first.at >= newest)
            });
        };
        let comes_after = if known.is_empty() {
            self.interview.is_none_or(|newest| first.at > newest && !self.is_emergency)
        } else {
            // What is under way here is how it began.
            is_under_way && self.interview.is_none_or(|newest| first.at >= newest)
        };
        comes_after && new.iter().all(|(_, there)| there.is_none())
    }

    fn fate<'s>(&self, stored: &'s Stored, interview_taken: bool) -> Fate<'s> {
        let at = stored.at;
        let newer = |time: Option<Timestamp>| time.is_some_and(|time| time >= at);
        match &stored.event {
            Event::Assessed { because, shown, certificate, .. } if !interview_taken => {
                let (because, shown, certificate) = (*because, shown.clone(), certificate.clone());
                Fate::Added(Cow::Owned(Event::AssessedEarlier { because, shown, certificate }))
            }
            event if is_interview(event) && !interview_taken => Fate::Outdated,
            Event::SettingsChanged(settings) => {
                let mut settings = settings.clone();
                settings.region.take_if(|_| newer(self.region));
                settings.dose_region.take_if(|_| newer(self.dose_region));
                settings.time_zone.take_if(|_| newer(self.time_zone));
                settings.zone_is_chosen.take_if(|_| settings.time_zone.is_none());
                settings.colours.take_if(|_| newer(self.colours));
                if settings == Settings::default() {
                    Fate::Outdated
                } else {
                    Fate::Added(Cow::Owned(Event::SettingsChanged(settings)))
                }
            }
            Event::HabitChosen { habit, .. } if newer(self.habits.get(habit.as_str()).copied()) => {
                Fate::Outdated
            }
            Event::HabitDone { habit, on, .. } if newer(self.days.get(&(habit.as_str(), *on)).copied()) => {
                Fate::Outdated
            }
            // It holds nothing of what this record has beside the file.
            Event::CopySaved { .. } => Fate::Outdated,
            event => Fate::Added(Cow::Borrowed(event)),
        }
    }
}
