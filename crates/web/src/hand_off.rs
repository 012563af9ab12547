//! What is handed to a doctor: the page, and the same for another system. Both are made here of
//! the record and the outcome that stands, so that they cannot differ.

use std::collections::BTreeMap;

use care::medicine::{Excess, LOSS_MATTERS, excesses};
use care::recovery::PainSeries;
use care::{Answer, Answers, BodyPlace, Certificate, FindingId, Finished, Guideline, Region, Role, certify};
use fhir::{Given, HandOff};
use jiff::{SignedDuration, Timestamp, Zoned};
use serde_json::Value;
use store::{DoseTaken, Event, Record, Sequence, Timed};
use tell::{BodyView, Clock, Confided, DoctorPage, DoseLine, ForDoctor, Score, TAKEN_WITHIN};

use crate::body_map::BodyMarks;
use crate::case::{Case, read_answer};
use crate::parts::onward::elsewhere;
use crate::parts::remedies::sessions;
use crate::response::Response;
use crate::spell::{Spell, began_after, last_answered, reported_new};
use crate::view::View;
use crate::worked_out::WorkedOut;

/// An excess over days running began at most so long before the day that ended it.
const BEFORE_AN_EXCESS: SignedDuration = SignedDuration::from_hours(72);

/// What is handed over of somebody who has an outcome.
pub(crate) struct ToHandOver<'p> {
    guideline: &'p Guideline,
    record: &'p Record,
    now: Zoned,
    finished: &'p Finished<'p>,
    /// The answers that it rests on, without what the diary adds.
    answered: &'p Answers,
    /// When it was worked out, where something was said since that it does not rest on.
    worked_out: Option<Timestamp>,
    /// Something may be new, and is still to be asked about.
    is_asked_again: bool,
    /// When the person was told, or gave the answer that made it what it is.
    told: Timestamp,
    series: Option<&'p PainSeries>,
    view: View<'p>,
    spell: Option<Spell<'p>>,
    certificate: Certificate,
}

/// The hand-off for another system, as FHIR; none before there is an outcome.
pub fn fhir_bundle(
    guideline: &Guideline,
    record: &Record,
    region: &Region,
    now: &Zoned,
    confided: Confided,
) -> Option<String> {
    for_the_doctor(guideline, record, region, now, confided, |made| made.bundle.clone())
}

/// What becomes a file for a doctor.
#[cfg_attr(not(feature = "server"), allow(dead_code, reason = "a browser makes no file of paper"))]
pub(crate) struct ForPaper<'p> {
    /// The page.
    pub(crate) page: &'p DoctorPage<'p>,
    /// The body with the places that are marked on it; empty where none is.
    pub(crate) body: Vec<BodyView>,
    /// The same as FHIR.
    pub(crate) bundle: String,
    /// The certificate as JSON, where no answer is left off.
    pub(crate) certificate: Option<String>,
}

/// Makes something of what is handed to a doctor; nothing before there is an outcome.
pub(crate) fn for_the_doctor<T>(
    guideline: &Guideline,
    record: &Record,
    region: &Region,
    now: &Zoned,
    confided: Confided,
    make: impl FnOnce(&ForPaper<'_>) -> T,
) -> Option<T> {
    let (at, known) = (now.timestamp(), WorkedOut::default());
    let case = Case::at(guideline, record, at);
    let standing = case.until_concluded(guideline, record, at, &known);
    with_hand_off(guideline, record, standing.as_ref().unwrap_or(&case), now, |to_hand_over| {
        // Maps with text keys only, which cannot fail.
        let certificate =
            to_hand_over.proof(confided).map(|of| serde_json::to_string(of).unwrap_or_default());
        let (page, marked) = to_hand_over.page(region, confided);
        let body = BodyMarks::of(guideline, &marked).map(|marks| marks.body_views()).unwrap_or_default();
        make(&ForPaper { page: &page, body, bundle: to_hand_over.bundle(region, confided), certificate })
    })
}

/// Where a person goes of whom nothing can be handed over: to the questions, also where an outcome
/// stands that what they said since speaks against.
pub(crate) fn first_of_all(standing: &Case<'_>) -> Response {
    if standing.concluded().is_some() { Response::see("/question") } else { elsewhere(standing) }
}

/// Does something with what is handed over; nothing before there is an outcome, or while what
/// was answered since speaks against it: a paper would deny what the person has told.
pub(crate) fn with_hand_off<'p, T>(
    guideline: &'p Guideline,
    record: &'p Record,
    standing: &Case<'p>,
    now: &Zoned,
    with: impl FnOnce(&ToHandOver<'_>) -> T,
) -> Option<T> {
    let finished = standing.concluded().filter(|_| !standing.speaks_against_what_stands(guideline))?;
    // While questions are answered again the outcome is that of the answers before, unless
    // something that was said since counts already.
    let told =
        Case::at_last_outcome(guideline, record, &WorkedOut::default()).filter(|_| standing.is_standing);
    let is_of_told = |told: &Case<'_>| {
        told.finished().is_some_and(|told| told.state().answers() == finished.state().answers())
    };
    let told = told.filter(is_of_told);
    let view = standing.view(record);
    let spell = Spell::seen(guideline, &view, now.timestamp());
    let is_since = standing.is_standing && told.is_none();
    let last_told = record.assessments().last().map(|last| last.at);
    let since = last_answered(record).filter(|_| is_since);
    let to_hand_over = ToHandOver {
        told: since.or(last_told).unwrap_or_else(|| now.timestamp()),
        is_asked_again: standing.is_asked_again() || reported_new(record).is_some(),
        guideline,
        record,
        now: now.clone(),
        finished,
        answered: told.as_ref().map_or(&standing.given, |told| &told.given),
        worked_out: record.assessments().iter().map(|told| told.at).max().filter(|_| told.is_some()),
        series: standing.series.as_deref(),
        view,
        spell,
        certificate: certify(finished),
    };
    Some(with(&to_hand_over))
}

impl<'p> ToHandOver<'p> {
    /// The page for the doctor, and the places of the body that are marked on it.
    pub(crate) fn page<'r>(
        &'r self,
        region: &'r Region,
        confided: Confided,
    ) -> (DoctorPage<'r>, Vec<&'r BodyPlace>) {
        let dose_line = |dose: &&'p Timed<DoseTaken>| {
            let DoseTaken { name, at, time_unknown, amounts, .. } = &dose.what;
            DoseLine { name, at: *at, time_unknown: *time_unknown, amounts }
        };
        let sessions = sessions(self.record);
        let entries = self.spell.iter().flat_map(|spell| &spell.entries);
        let places = entries.rev().find(|entry| !entry.what.regions.is_empty());
        let places = places.iter().flat_map(|entry| &entry.what.regions);
        let record = ForDoctor {
            told: self.told,
            scores: self.scores(),
            series: self.series,
            places: places.map(|place| (place.region.as_str(), place.pain)).collect(),
            doses: self.doses().iter().map(dose_line).collect(),
            is_incomplete: self.is_incomplete(),
            reported_new: reported_new(self.record),
            excesses: self.excesses(),
            tried: &sessions,
            seal: self.proof(confided).map(|certificate| certificate.seal.as_str()),
            confided,
        };
        let page = tell::doctor_page(self.finished, region, &record, &Clock::of(&self.now));
        (page, tell::marked_places(self.finished, &record))
    }

    /// The same with the values behind it, as FHIR.
    pub(crate) fn bundle(&self, region: &Region, confided: Confided) -> String {
        fhir::bundle(&HandOff {
            finished: self.finished,
            page: &self.page(region, confided).0,
            certificate: &self.certificate,
            confided,
            given: self.given(confided),
            worked_out: self.worked_out,
            before: self.before(),
            entries: self.spell.iter().flat_map(|spell| &spell.entries).copied().collect(),
            doses: self.doses(),
            is_incomplete: self.is_incomplete() || self.leaves_out(),
            now: self.now.timestamp(),
        })
    }

    /// Pain as it was scored in this spell, oldest first.
    fn scores(&self) -> Vec<Score> {
        let Some(spell) = &self.spell else { return Vec::new() };
        let asked = spell.scores.iter().map(|(at, pain)| Score { at: *at, now: pain.get(), worst: None });
        let entries = spell.entries.iter().map(|entry| Score {
            at: entry.what.at,
            now: entry.what.pain_now,
            worst: entry.what.pain_worst,
        });
        let mut scores: Vec<Score> = asked.chain(entries).collect();
        scores.sort_by_key(|score| score.at);
        scores
    }

    /// What was too much and no clinician has cleared, by the limits of any country: where the
    /// person lives when they hand it on is not known here.
    fn excesses(&self) -> Vec<Excess<'p>> {
        let (log, now) = (self.record.dose_log(), self.now.timestamp());
        let mut all: Vec<Excess<'p>> = Vec::new();
        for region in &self.guideline.book().regions {
            for excess in excesses(self.guideline, &region.id, &log, now) {
                let is_known = |known: &Excess<'_>| known.medicine.ingredient == excess.medicine.ingredient;
                if !all.iter().any(is_known) {
                    all.push(excess);
                }
            }
        }
        all
    }

    /// Whether a dose that counts, or an answer of then, may be missing in the record.
    fn is_incomplete(&self) -> bool {
        self.record.dose_log().lacks_doses(self.now.timestamp())
    }

    /// Whether the record shuts a painkiller by something that is not handed over: danger questions
    /// that are open again, or doses of before the last days.
    fn leaves_out(&self) -> bool {
        let now = self.now.timestamp();
        let is_left_out = |dose: &Timed<DoseTaken>| {
            let ago = now.duration_since(dose.what.at);
            TAKEN_WITHIN < ago && ago <= LOSS_MATTERS
        };
        self.is_asked_again || self.record.doses().iter().any(is_left_out)
    }

    /// The painkillers of the last days, oldest first, and of any time those of an excess that
    /// nobody has cleared: whoever reads this elsewhere must not take it for safe.
    fn doses(&self) -> Vec<&'p Timed<DoseTaken>> {
        let now = self.now.timestamp();
        let shut = self.excesses();
        let since =
            |from: Timestamp, at: Timestamp, within: SignedDuration| at.duration_since(from) <= within;
        let matters = |dose: &DoseTaken| {
            let shuts = |excess: &Excess<'_>| {
                let is_of_it = |(name, _): &(String, u32)| *name == excess.medicine.ingredient;
                since(dose.at, excess.at, BEFORE_AN_EXCESS) && dose.amounts.iter().any(is_of_it)
            };
            dose.at <= now && (since(dose.at, now, TAKEN_WITHIN) || shut.iter().any(shuts))
        };
        let mut doses: Vec<_> = self.record.doses().iter().filter(|dose| matters(&dose.what)).collect();
        doses.sort_by_key(|dose| dose.what.at);
        doses
    }

    /// The certificate, which holds every answer.
    fn proof(&self, confided: Confided) -> Option<&Certificate> {
        (confided == Confided::PutOn).then_some(&self.certificate)
    }

    /// What was answered, each with when it was said last.
    fn given(&self, confided: Confided) -> Given {
        let mut said: BTreeMap<FindingId, (Answer, Timestamp)> = BTreeMap::new();
        let rests_on = |at: Timestamp| self.worked_out.is_none_or(|worked_out| at <= worked_out);
        for stored in self.record.conversation().filter(|stored| rests_on(stored.at)) {
            let (Event::Answered { answers, .. } | Event::InterviewStarted { keeps: answers, .. }) =
                &stored.event
            else {
                continue;
            };
            for (finding, answer) in read(self.guideline, answers) {
                let is_shown = confided.shows(self.guideline, finding);
                if is_shown && self.answered.get(finding) == Some(answer) {
                    said.insert(finding, (answer, stored.at));
                }
            }
        }
        let answers: Vec<_> = said.into_iter().map(|(finding, (answer, at))| (finding, answer, at)).collect();
        let first = answers.iter().map(|(.., at)| *at).min();
        let began = self.view.interview.at.into_iter().chain(first).min();
        Given { began: began.unwrap_or_else(|| self.now.timestamp()), answers }
    }

    /// What was told of the pain and of its start in earlier interviews of this spell.
    fn before(&self) -> Vec<Given> {
        let roles = [Role::Pain, Role::Days].map(|role| self.guideline.with_role(role));
        let since = began_after(&self.view);
        let until = self.view.interview.began;
        let mut all: Vec<Given> = Vec::new();
        let is_before = |sequence: Sequence| since <= sequence && sequence < until;
        for stored in self.view.conversation().filter(|stored| is_before(stored.sequence)) {
            if all.is_empty() || matches!(stored.event, Event::InterviewStarted { .. }) {
                all.push(Given { began: stored.at, answers: Vec::new() });
            }
            let Some(last) = all.last_mut() else { continue };
            let gone = match &stored.event {
                Event::Answered { dropped, .. } => dropped.as_slice(),
                Event::TakenBack { findings, .. } => findings.as_slice(),
                _ => &[],
            };
            last.answers.retain(|(finding, ..)| !gone.contains(&self.guideline.finding(*finding).id));
            let Event::Answered { answers, .. } = &stored.event else { continue };
            for (finding, answer) in read(self.guideline, answers) {
                if roles.contains(&Some(finding)) {
                    last.answers.retain(|(known, ..)| *known != finding);
                    last.answers.push((finding, answer, stored.at));
                }
            }
        }
        all.retain(|given| !given.answers.is_empty());
        all
    }
}

/// The answers that this book knows.
fn read<'a>(
    guideline: &'a Guideline,
    answers: &'a BTreeMap<String, Value>,
) -> impl Iterator<Item = (FindingId, Answer)> + 'a {
    answers.iter().filter_map(|(name, value)| read_answer(guideline, name, value))
}

#[cfg(test)]
mod tests;
