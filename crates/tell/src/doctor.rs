//! The page for the doctor: one side that is read in a minute, as sections of marked lines,
//! so that a browser, a sheet of paper and a bundle for another system say the same.

use care::causes::Band;
use care::clinic::{FormLine, Standing, form};
use care::helped::{Tried, helped};
use care::medicine::{Excess, medicine_here_or_of, name_of};
use care::recovery::{Course, PainSeries};
use care::{
    Answer, Appropriateness, BodyPlace, Chapter, Count, FindingId, Finished, Guideline, PackUnit, Reason,
    Referral, Region, Role, sentence_case, what_to_do_for,
};
use jiff::{SignedDuration, Timestamp};

use crate::causes::{PossibleCause, possible_causes_of};
use crate::citations::Citations;
use crate::clinic_form::{ByAnswer, appropriateness, modality};
use crate::clock::{Clock, day_of_week};
use crate::confided::Confided;
use crate::course::{LastEntry, course};
use crate::helped::remedy_helped;
use crate::line::{Point, Words};
use crate::medicine::{of_pack, of_unit};
use crate::message::Message;
use crate::outcome::outcome;
use crate::reason::why;
use crate::said::stated;

/// So far back the painkillers are listed: each of the last day, and the days before by their sums.
pub const TAKEN_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);
/// In this time a dose counts against the limits of most painkillers.
const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// What a record holds of a person beside their answers, for the doctor.
#[derive(Clone, Debug)]
pub struct ForDoctor<'r> {
    /// When the answers came to the outcome.
    pub told: Timestamp,
    /// Pain as it was scored in this spell, oldest first.
    pub scores: Vec<Score>,
    /// The diary of this spell.
    pub series: Option<&'r PainSeries>,
    /// The places marked last, by their ids in the book, each with its pain.
    pub places: Vec<(&'r str, Option<u8>)>,
    /// What was taken, oldest first.
    pub doses: Vec<DoseLine<'r>>,
    /// Part of what was written down is lost: a dose or an answer may be missing.
    pub is_incomplete: bool,
    /// When the diary said that something is new, if that was not asked about since.
    pub reported_new: Option<Timestamp>,
    /// What was too much of a painkiller, and no clinician has cleared.
    pub excesses: Vec<Excess<'r>>,
    /// The guided sessions that have pain before and after.
    pub tried: &'r [Tried<'r>],
    /// The seal of the certificate, by which the answers can be checked; none where some of
    /// these are left off, since the seal could be tried against each of them.
    pub seal: Option<&'r str>,
    /// What becomes of the private answers.
    pub confided: Confided,
}

/// A painkiller that was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoseLine<'r> {
    /// Its name, with how much of it.
    pub name: &'r str,
    /// When; when it was written down where nobody knows.
    pub at: Timestamp,
    /// Nobody knows when.
    pub time_unknown: bool,
    /// Each ingredient with how much of it, in the unit of its medicine.
    pub amounts: &'r [(String, u32)],
}

/// One score of pain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// When.
    pub at: Timestamp,
    /// Pain then, 0 to 10.
    pub now: u8,
    /// The worst since the score before.
    pub worst: Option<u8>,
}

/// The page, from top to bottom.
#[derive(Clone, Debug)]
pub struct DoctorPage<'g> {
    /// What it is, and what it is not.
    pub about: Message<'g>,
    /// Its sections; none is empty but those that are filled in by hand.
    pub sections: Vec<Section<'g>>,
    /// What became of the private answers, in words that tell nothing of them.
    pub confided: Message<'g>,
    /// The guideline and the certificate.
    pub made: Message<'g>,
}

/// A part of the page.
#[derive(Clone, Debug)]
pub struct Section<'g> {
    /// Which.
    pub part: Part,
    /// Its heading.
    pub title: Message<'g>,
    /// Its lines.
    pub lines: Vec<Entry<'g>>,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What was advised, and why.
    Advised,
    /// Danger signs that are there or not settled.
    Danger,
    /// How strong the pain is, and how it goes.
    Pain,
    /// Where it hurts.
    Places,
    /// Who it is, and what happened.
    Story,
    /// What the person has.
    Health,
    /// What the person takes, and the painkillers of the last days.
    Taken,
    /// What was tried, and what went along with it.
    Tried,
    /// Danger signs that are absent.
    Absent,
    /// What may lie behind it.
    Causes,
    /// What the person wants to ask; filled in by hand.
    Ask,
    /// What to examine; filled in by hand.
    Examine,
    /// Which imaging fits, and which does not.
    Imaging,
}

/// A line with its mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<'g> {
    /// What stands before it.
    pub mark: Mark,
    /// What it says.
    pub words: Words<'g>,
    /// What is said below it.
    pub notes: Vec<Message<'g>>,
}

/// What a line is marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    Plain,
    /// A sign that is there.
    Yes,
    /// A sign that the person is not sure of.
    NotSure,
    /// Signs that nobody asked about.
    NotAsked,
    /// A box to be ticked by hand.
    Box,
}

impl Mark {
    /// The mark in a word.
    pub fn word(self) -> Option<Message<'static>> {
        match self {
            Self::Plain | Self::Box => None,
            Self::Yes => Some(Message::DoctorYes),
            Self::NotSure => Some(Message::NotSure),
            Self::NotAsked => Some(Message::DoctorNotAsked),
        }
    }

    /// The name in a style sheet.
    pub fn id(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Yes => "yes",
            Self::NotSure => "not-sure",
            Self::NotAsked => "not-asked",
            Self::Box => "box",
        }
    }
}

impl Part {
    /// The name in a style sheet.
    pub fn id(self) -> &'static str {
        match self {
            Self::Advised => "advised",
            Self::Danger => "danger",
            Self::Pain => "pain",
            Self::Places => "places",
            Self::Story => "story",
            Self::Health => "health",
            Self::Taken => "taken",
            Self::Tried => "tried",
            Self::Absent => "absent",
            Self::Causes => "causes",
            Self::Ask => "ask",
            Self::Examine => "examine",
            Self::Imaging => "imaging",
        }
    }
}

impl<'g> Entry<'g> {
    fn plain(words: impl Into<Words<'g>>) -> Self {
        Self::marked(Mark::Plain, words)
    }

    fn marked(mark: Mark, words: impl Into<Words<'g>>) -> Self {
        Self { mark, words: words.into(), notes: Vec::new() }
    }
}

/// The page of a finished triage. It is there in an emergency as well: it may travel with the
/// person.
pub fn doctor_page<'g>(
    finished: &Finished<'g>,
    region: &'g Region,
    record: &ForDoctor<'_>,
    clock: &Clock,
) -> DoctorPage<'g> {
    let guideline = finished.state().guideline();
    let confided = record.confided;
    let mut told = ByAnswer::of(finished);
    told.retain(|finding| confided.shows(guideline, finding));
    let section = |part, title, lines| Section { part, title, lines };
    let sections = [
        section(Part::Advised, Message::DoctorAdvised, advised(finished, region, record, clock)),
        section(Part::Story, Message::DoctorStory, story(finished, &told, record)),
        section(Part::Danger, Message::DoctorDanger, danger(finished, &told, record, clock)),
        section(Part::Pain, Message::DoctorPain, pain(finished, record, clock)),
        section(Part::Places, Message::DoctorWhere, places(finished, record)),
        section(Part::Health, Message::DoctorHealth, health(finished, &told)),
        section(Part::Taken, Message::DoctorTaken, taken(finished, &told, region, record, clock)),
        section(Part::Tried, Message::DoctorTried, tried(finished, record)),
        section(Part::Absent, Message::DoctorAbsent, absent(finished, &told)),
        section(Part::Causes, Message::DoctorCauses, causes(finished, confided)),
        section(Part::Ask, Message::DoctorAsk, Vec::new()),
        section(Part::Examine, Message::DoctorExamine, examine(finished)),
        section(Part::Imaging, Message::DoctorImaging, imaging(finished, &told, confided)),
    ];
    let is_said = |section: &Section<'_>| section.part == Part::Ask || !section.lines.is_empty();
    let book = guideline.book();
    let (at, version) = (clock.on_paper(clock.now()).into(), book.version.as_str().into());
    let hash = short(&book.hash).into();
    DoctorPage {
        about: Message::DoctorAbout,
        sections: sections.into_iter().filter(is_said).collect(),
        confided: match confided {
            Confided::LeftOff => Message::DoctorLeftOff,
            Confided::PutOn => Message::DoctorPutOn,
        },
        made: match record.seal {
            Some(seal) => Message::DoctorMade { at, version, hash, seal: short(seal).into() },
            None => Message::DoctorMadeUnsealed { at, version, hash },
        },
    }
}

/// As much of a hash as can be compared by eye.
fn short(hash: &str) -> String {
    hash.chars().take(16).collect()
}

fn advised<'g>(
    finished: &Finished<'g>,
    region: &'g Region,
    record: &ForDoctor<'_>,
    clock: &Clock,
) -> Vec<Entry<'g>> {
    let shown = record.confided.reasons(finished);
    let title = what_to_do_for(finished, &shown).title.into();
    let first = Message::DoctorLevel { title, when: clock.words(record.told).into() };
    let entry = |reason: &Reason| {
        let why = why(finished, reason, &Citations::default());
        Entry { notes: why.said.into_iter().chain(why.suspect).collect(), ..Entry::plain(why.line.words) }
    };
    // Where every reason that decides is left off, none of the words for it would be true.
    let nothing = outcome(finished, region).nothing_decided.map(Entry::plain);
    [Entry::plain(first)].into_iter().chain(shown.iter().map(entry)).chain(nothing).collect()
}

/// What is there first, then what is open, and how many nobody asked about.
fn danger<'g>(
    finished: &Finished<'g>,
    told: &ByAnswer,
    record: &ForDoctor<'_>,
    clock: &Clock,
) -> Vec<Entry<'g>> {
    let guideline = finished.state().guideline();
    let is_danger = |id: &&FindingId| guideline.finding(**id).danger;
    // What was tried at home to be surer stands in the answer that it settled.
    let is_asked_first = |id: &&FindingId| guideline.finding(**id).follows_up.is_none();
    let all = [(Mark::Yes, &told.present), (Mark::NotSure, &told.not_sure)];
    let marked = |(mark, ids): (Mark, &Vec<FindingId>)| -> Vec<Entry<'g>> {
        let ids = ids.iter().filter(is_danger);
        ids.map(|id| Entry::marked(mark, guideline.finding(*id).label.as_str())).collect()
    };
    let signs: Vec<Entry<'g>> = all.into_iter().flat_map(marked).collect();
    let none = signs.is_empty().then(|| Entry::plain(Message::DoctorDangerNone));
    let not_asked = told.danger_not_asked.iter().filter(is_asked_first).count();
    let count = i64::try_from(not_asked).unwrap_or(i64::MAX);
    let not_asked = (0 < count).then(|| Entry::marked(Mark::NotAsked, Message::DoctorMoreNotAsked { count }));
    let reported = record
        .reported_new
        .map(|at| Entry::marked(Mark::NotSure, Message::DoctorReportedNew { when: clock.words(at).into() }));
    reported.into_iter().chain(none).chain(signs).chain(not_asked).collect()
}

/// What is absent, a line for each page of the book that it stands on: what it would speak for.
fn absent<'g>(finished: &Finished<'g>, told: &ByAnswer) -> Vec<Entry<'g>> {
    let guideline = finished.state().guideline();
    // What was tried at home and settled nothing says more than the "not sure" it was tried for.
    let is_open = |of: FindingId| told.not_sure.contains(&of);
    let is_said = |id: &&FindingId| guideline.finding(**id).follows_up.is_none_or(is_open);
    let mut topics: Vec<(&'g str, Vec<&'g str>)> = Vec::new();
    for id in told.danger_absent.iter().filter(is_said) {
        let place = &guideline.finding(guideline.finding(*id).follows_up.unwrap_or(*id)).place;
        let (topic, label) = (guideline.book().title_of(place), guideline.finding(*id).label.as_str());
        match topics.iter_mut().find(|(known, _)| *known == topic) {
            Some((_, signs)) => signs.push(label),
            None => topics.push((topic, vec![label])),
        }
    }
    let line = |(topic, signs): (&'g str, Vec<&'g str>)| {
        Entry::plain(Message::DoctorAbsentTopic { topic: topic.into(), signs: signs.join("; ").into() })
    };
    topics.into_iter().map(line).collect()
}

fn pain<'g>(finished: &Finished<'g>, record: &ForDoctor<'_>, clock: &Clock) -> Vec<Entry<'g>> {
    let guideline = finished.state().guideline();
    let Some(last) = record.scores.last() else {
        let role = guideline.with_role(Role::Pain);
        let answers = finished.state().answers();
        let said = role.filter(|pain| answers.get(*pain).is_some());
        return said.map(|pain| Entry::plain(stated(guideline, answers, pain))).into_iter().collect();
    };
    let now = Message::DoctorPainNow { pain: last.now.into(), when: clock.words(last.at).into() };
    let worst = record.scores.iter().map(|score| (score.worst.unwrap_or_default().max(score.now), score.at));
    let worst = worst.max_by_key(|(pain, at)| (*pain, std::cmp::Reverse(*at)));
    // Where it was never worse, "now" says it.
    let worst = worst.filter(|(pain, _)| last.now < *pain);
    let worst =
        worst.map(|(pain, at)| Message::DoctorPainWorst { pain: pain.into(), when: clock.words(at).into() });
    let trend = record.series.map(|series| {
        let so_far = Course::of(guideline, series);
        // The first line says what stands above.
        course(guideline, &so_far, series, LastEntry::now()).into_iter().skip(1)
    });
    let first = [Some(now), worst].into_iter().flatten().map(Words::from);
    first.chain(trend.into_iter().flatten()).map(Entry::plain).collect()
}

/// The places that are marked: those of the diary, else those of the answers.
fn places<'g>(finished: &Finished<'g>, record: &ForDoctor<'_>) -> Vec<Entry<'g>> {
    let pain_in =
        |place: &BodyPlace| record.places.iter().find(|(id, _)| *id == place.id).and_then(|(_, pain)| *pain);
    let said = |place: &'g BodyPlace| match pain_in(place) {
        Some(pain) => {
            Message::DoctorPlacePain { place: place.name.as_str().into(), pain: pain.into() }.into()
        }
        None => Words::from(place.name.as_str()),
    };
    if record.places.is_empty() {
        return named_places(finished).into_iter().map(Entry::plain).collect();
    }
    marked_places(finished, record).into_iter().map(|place| Entry::plain(said(place))).collect()
}

/// The places that the answers name, which do not tell left from right.
fn named_places<'g>(finished: &Finished<'g>) -> Vec<Message<'g>> {
    let (guideline, answers) = (finished.state().guideline(), finished.state().answers());
    let mut named: Vec<FindingId> = Vec::new();
    for place in &guideline.book().body_places {
        if answers.get(place.finding) == Some(Answer::Yes) && !named.contains(&place.finding) {
            named.push(place.finding);
        }
    }
    let label = |id: FindingId| guideline.finding(id).label.as_str();
    named.into_iter().map(|id| Message::DoctorPlaceNoSide { place: label(id).into() }).collect()
}

/// The places of the body that can be drawn: those of the last entry of a diary that names any.
/// The answers do not tell left from right, and a drawing of both sides would say more.
pub fn marked_places<'g>(finished: &Finished<'g>, record: &ForDoctor<'_>) -> Vec<&'g BodyPlace> {
    let all = finished.state().guideline().book().body_places.iter();
    all.filter(|place| record.places.iter().any(|(id, _)| *id == place.id)).collect()
}

fn is_story(chapter: Chapter) -> bool {
    matches!(chapter, Chapter::Story | Chapter::Causes)
}

fn is_health(chapter: Chapter) -> bool {
    matches!(chapter, Chapter::AboutYou | Chapter::Plan | Chapter::Medicines | Chapter::Danger)
}

/// Who it is and when it began come first; how strong the pain is stands with the pain, where it
/// was scored.
fn story<'g>(finished: &Finished<'g>, told: &ByAnswer, record: &ForDoctor<'_>) -> Vec<Entry<'g>> {
    let (guideline, answers) = (finished.state().guideline(), finished.state().answers());
    let pain = guideline.with_role(Role::Pain).filter(|_| !record.scores.is_empty());
    let first = [Role::Age, Role::Days].map(|role| guideline.with_role(role));
    let is_told = |id: &FindingId| told.present.contains(id) || told.not_sure.contains(id);
    let who = first.into_iter().flatten().filter(is_told);
    let who = who.map(|id| Entry::plain(stated(guideline, answers, id)));
    let is_rest = |id: FindingId, chapter| {
        is_story(chapter) && Some(id) != pain && !first.contains(&Some(id)) && !guideline.finding(id).medicine
    };
    who.chain(present(finished, told, is_rest)).collect()
}

/// What the person has; what they take stands with the painkillers.
fn health<'g>(finished: &Finished<'g>, told: &ByAnswer) -> Vec<Entry<'g>> {
    let guideline = finished.state().guideline();
    let age = guideline.with_role(Role::Age);
    present(finished, told, |id, chapter| {
        is_health(chapter) && Some(id) != age && !guideline.finding(id).medicine
    })
}

/// What is there or not sure and no danger sign, where it passes with its chapter.
fn present<'g>(
    finished: &Finished<'g>,
    told: &ByAnswer,
    is_of_it: impl Fn(FindingId, Chapter) -> bool,
) -> Vec<Entry<'g>> {
    let (guideline, answers) = (finished.state().guideline(), finished.state().answers());
    let chapter = |id: FindingId| {
        let asked = guideline.asked_by(id).map(|question| guideline.question(question).chapter);
        // What is computed from the diary stands with the pain.
        asked.unwrap_or(Chapter::Story)
    };
    let is_shown = |id: &FindingId| !guideline.finding(*id).danger && is_of_it(*id, chapter(*id));
    let all = guideline.findings().filter(|id| told.present.contains(id) || told.not_sure.contains(id));
    all.filter(is_shown).map(|id| Entry::plain(stated(guideline, answers, id))).collect()
}

/// Medicines that were told of, then the painkillers: what they add up to in the last day, each dose
/// of it, and the sums of the days before.
fn taken<'g>(
    finished: &Finished<'g>,
    told: &ByAnswer,
    region: &Region,
    record: &ForDoctor<'_>,
    clock: &Clock,
) -> Vec<Entry<'g>> {
    let (guideline, answers) = (finished.state().guideline(), finished.state().answers());
    let medicines: Vec<FindingId> =
        guideline.findings().filter(|id| guideline.finding(*id).medicine).collect();
    let is_told = |id: &FindingId| told.present.contains(id) || told.not_sure.contains(id);
    let named = medicines.iter().filter(|id| is_told(id));
    let named = named.map(|id| Entry::plain(stated(guideline, answers, *id)));
    let is_no =
        |id: &&FindingId| answers.get(**id) == Some(Answer::No) && record.confided.shows(guideline, **id);
    let no = medicines.iter().filter(is_no).map(|id| guideline.finding(*id).label.as_str());
    let no = no.collect::<Vec<_>>().join("; ");
    let no = (!no.is_empty()).then(|| Entry::plain(Message::DoctorAnsweredNo { signs: no.into() }));
    let is_of_last_day = |dose: &&DoseLine<'_>| clock.now().duration_since(dose.at) <= A_DAY;
    let (last_day, before): (Vec<&DoseLine<'_>>, Vec<_>) = record.doses.iter().partition(is_of_last_day);
    let total = (!last_day.is_empty())
        .then(|| Entry::plain(Message::DoctorTotal { total: summed(guideline, region, &last_day).into() }));
    let dose = |dose: &DoseLine<'_>| {
        let (name, when) = (dose.name.to_owned().into(), clock.words(dose.at).into());
        Entry::plain(if dose.time_unknown {
            Message::DoctorDoseNoTime { name, when }
        } else {
            Message::DoctorDose { name, when }
        })
    };
    let days = before.chunk_by(|one, next| clock.date(one.at) == clock.date(next.at)).rev();
    let day = |doses: &[&DoseLine<'_>]| {
        let total = summed(guideline, region, doses).into();
        let day = day_of_week(clock.date(doses.first()?.at)).to_string().into();
        Some(Entry::plain(Message::DoctorDayTotal { day, total }))
    };
    let none = record.doses.is_empty().then(|| Entry::plain(Message::DoctorTakenNone));
    let doses = total.into_iter().chain(last_day.iter().rev().map(|one| dose(one)));
    let doses = doses.chain(days.filter_map(day)).chain(none);
    let too_much = record.excesses.iter().map(|excess| {
        let Excess { medicine, total, at, .. } = excess;
        Entry::plain(Message::DoctorTooMuch {
            name: name_of(guideline, &region.id, &medicine.ingredient).into(),
            total: of_unit(medicine.unit, *total).to_string().into(),
            when: clock.words(*at).into(),
        })
    });
    let incomplete = record.is_incomplete.then(|| Entry::plain(Message::DoctorIncomplete));
    too_much.chain(incomplete).chain(named).chain(no).chain(doses).collect()
}

/// What doses add up to: `ibuprofen 1,200 mg, paracetamol 1,000 mg`.
fn summed(guideline: &Guideline, region: &Region, doses: &[&DoseLine<'_>]) -> String {
    let mut sums: Vec<(&str, u32)> = Vec::new();
    for (ingredient, amount) in doses.iter().flat_map(|dose| dose.amounts) {
        match sums.iter_mut().find(|(known, _)| known == ingredient) {
            Some((_, sum)) => *sum = sum.saturating_add(*amount),
            None => sums.push((ingredient, *amount)),
        }
    }
    let said = |(ingredient, sum): &(&str, u32)| {
        let name = name_of(guideline, &region.id, ingredient).to_lowercase();
        let medicine = medicine_here_or_of(guideline, &region.id, ingredient);
        // One without doses here is counted in doses.
        let amount = match medicine {
            Some(medicine) => of_unit(medicine.unit, *sum),
            None => of_pack(PackUnit::Dose, Count::whole(*sum)),
        };
        format!("{name} {amount}")
    };
    sums.iter().map(said).collect::<Vec<_>>().join(", ")
}

fn tried<'g>(finished: &Finished<'g>, record: &ForDoctor<'_>) -> Vec<Entry<'g>> {
    let guideline = finished.state().guideline();
    let helped = helped(record.tried);
    let line = |one: &care::helped::RemedyHelped<'_>| {
        // A remedy that the book has no more has no name here.
        let remedy = guideline.remedy(guideline.remedy_named(one.remedy)?);
        let words = Message::DoctorTriedTimes { name: remedy.name.as_str().into(), times: one.times.into() };
        Some(Entry { notes: remedy_helped(one).into_iter().collect(), ..Entry::plain(words) })
    };
    helped.remedies.iter().filter_map(line).collect()
}

/// What something points to, and what is likely; nothing in an emergency.
fn causes<'g>(finished: &Finished<'g>, confided: Confided) -> Vec<Entry<'g>> {
    let Some(causes) = possible_causes_of(finished, confided) else { return Vec::new() };
    let points = |points: Vec<Point<'g>>| -> Option<String> {
        let said: Vec<String> =
            points.iter().flat_map(|point| &point.said).map(ToString::to_string).collect();
        (!said.is_empty()).then(|| said.join("; "))
    };
    let likely = Band::Likely.words();
    let entry = |cause: PossibleCause<'g>| {
        let name = sentence_case(&cause.name).into();
        let words = match cause.band {
            Some(band) => Message::DoctorCause { name, band: band.into() }.into(),
            None => Words::Book(name),
        };
        let speaks_for = points(cause.points_for).map(|said| Message::EvidenceFor { text: said.into() });
        let against = points(cause.points_against).map(|said| Message::EvidenceAgainst { text: said.into() });
        Entry { notes: speaks_for.into_iter().chain(against).collect(), ..Entry::plain(words) }
    };
    let others = causes.others.into_iter();
    let (likely, rest): (Vec<_>, Vec<_>) = others.partition(|cause| cause.band == Some(likely));
    let all = causes.pointed_to.into_iter().chain(likely).chain(rest).take(MOST_CAUSES).map(entry);
    causes.none_stands_out.map(Entry::plain).into_iter().chain(all).collect()
}

/// More possibilities say less.
const MOST_CAUSES: usize = 4;

/// What to examine in everybody and in this case, what the answers call for first.
fn examine<'g>(finished: &Finished<'g>) -> Vec<Entry<'g>> {
    let guideline = finished.state().guideline();
    let mut lines = form(finished).examination;
    lines.retain(|line| matches!(line.standing, Standing::CalledFor | Standing::Caution));
    lines.sort_by_key(|line| line.because.is_empty());
    let name = |line: &FormLine| guideline.referral(line.referral).name.as_str();
    lines.iter().map(|line| Entry::marked(Mark::Box, name(line))).collect()
}

/// Where a danger sign is there or not settled, no scenario is named in which no imaging is usual.
fn imaging<'g>(finished: &Finished<'g>, told: &ByAnswer, confided: Confided) -> Vec<Entry<'g>> {
    let guideline = finished.state().guideline();
    let is_danger = |id: &FindingId| guideline.finding(*id).danger;
    let is_open = told.present.iter().chain(&told.not_sure).any(is_danger);
    let fits =
        |of: &&Referral| !is_open || of.modalities.iter().any(|(_, fits)| *fits == Appropriateness::Usually);
    let is_shown = |line: &FormLine| line.because.iter().all(|id| confided.shows(guideline, *id));
    let scenario = form(finished).scenario.filter(is_shown);
    let scenario = scenario.map(|line| guideline.referral(line.referral));
    let Some(of) = scenario.filter(fits) else { return vec![Entry::plain(Message::FormNoScenario)] };
    let scenario = of.scenario.as_deref().unwrap_or(&of.name);
    let fits = |fits: &Appropriateness| -> Option<Message<'g>> {
        let modalities = of.modalities.iter().filter(|(_, of_it)| of_it == fits);
        let names: Vec<String> = modalities.map(|(name, _)| modality(name)).collect();
        let fits = sentence_case(&appropriateness(*fits).to_string()).into();
        (!names.is_empty()).then(|| Message::DoctorModalities { fits, modalities: names.join(", ").into() })
    };
    let all = [Appropriateness::Usually, Appropriateness::Maybe, Appropriateness::UsuallyNot];
    let notes = all.iter().filter_map(fits).chain([Message::FormModalityNotNamed]).collect();
    vec![Entry { notes, ..Entry::plain(Words::Book(sentence_case(scenario).into())) }]
}
