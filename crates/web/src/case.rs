//! Where the person stands: their record, read with the guideline of today.

use std::collections::BTreeMap;

use care::recovery::{CheckIn, FunctionScore, Hours, PainScore, PainSeries, tell};
use care::{Answers, Finished, Guideline, QuestionId, Step, Urgency, answer_from_json, next};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use store::{Record, Timed};

use crate::site::Site;
use crate::visit::Visit;

/// A diary speaks for now for so long after its last entry; the triage of
/// somebody who stopped writing must not rest on it. (Our judgement.)
const DIARY_SPEAKS_FOR: SignedDuration = SignedDuration::from_hours(48);

/// One person at one moment.
pub(crate) struct Case<'g> {
    /// What was answered, without what the diary adds.
    pub(crate) given: Answers,
    /// The answers that the decision rests on: with what a fresh diary says.
    pub(crate) answers: Answers,
    /// The whole diary, if there is any.
    pub(crate) series: Option<PainSeries>,
    /// What to ask next, or that the interview may stop.
    pub(crate) step: Step<'g>,
    /// Whether the person has confirmed the answers that `step` rests on.
    pub(crate) is_confirmed: bool,
}

impl<'g> Case<'g> {
    /// The person now.
    pub(crate) fn of(site: &Site<'g>, visit: &Visit<'_>) -> Self {
        Self::at(site.guideline(), visit.record, visit.now.timestamp())
    }

    /// The person at a moment.
    pub(crate) fn at(guideline: &'g Guideline, record: &Record, now: Timestamp) -> Self {
        let interview = record.interview();
        let given = read_answers(guideline, &interview.answers);
        let series = series(record, now);
        let last = record.check_ins().last().map(|entry| entry.what.at);
        let is_fresh = last.is_some_and(|at| now.duration_since(at) <= DIARY_SPEAKS_FOR);
        let answers = match series.as_ref().filter(|_| is_fresh) {
            Some(series) => {
                let mut told = tell(guideline, series, &given);
                // An interview after the last entry knows better how strong the pain is.
                let is_newer = interview.at.is_some_and(|at| Some(at) > last);
                if is_newer && let Some(pain) = guideline.finding_named("pain_now") {
                    match given.get(pain) {
                        Some(answer) => drop(told.set(guideline, pain, answer)),
                        None => told.clear(pain),
                    }
                }
                told
            }
            None => given.clone(),
        };
        let step = next(guideline, &answers);
        Self { given, answers, series, step, is_confirmed: interview.assessed.is_some() }
    }

    /// The screens that were answered and still apply, in the order they were
    /// answered: a changed answer may have dropped all that one of them asked.
    pub(crate) fn screens(&self, guideline: &Guideline, record: &Record) -> Vec<QuestionId> {
        let screens = record.interview().screens.iter().filter_map(|id| guideline.question_named(id));
        let is_answered = |id: &QuestionId| {
            guideline.question(*id).shows.iter().any(|finding| self.given.get(*finding).is_some())
        };
        screens.filter(is_answered).collect()
    }

    /// The outcome, where the interview may stop.
    pub(crate) fn finished(&self) -> Option<&Finished<'g>> {
        match &self.step {
            Step::Done(finished) => Some(finished),
            Step::Ask(_) => None,
        }
    }

    /// The outcome, where the person has also seen and confirmed the answers.
    /// An emergency needs no confirmation.
    pub(crate) fn concluded(&self) -> Option<&Finished<'g>> {
        self.finished().filter(|finished| self.is_confirmed || finished.urgency() == Urgency::Emergency)
    }

    /// The outcome, where there is a plan for it: confirmed and no emergency.
    pub(crate) fn manageable(&self) -> Option<&Finished<'g>> {
        self.concluded().filter(|finished| finished.urgency() < Urgency::Emergency)
    }
}

/// Answers by name; what this book does not know, or does not allow, is left out
/// and so asked again.
pub(crate) fn read_answers(guideline: &Guideline, named: &BTreeMap<String, Value>) -> Answers {
    let mut answers = Answers::none(guideline);
    for (name, value) in named {
        let Some(finding) = guideline.finding_named(name) else { continue };
        if let Ok(answer) = answer_from_json(guideline, finding, value) {
            // It was read for this finding, so it fits.
            drop(answers.set(guideline, finding, answer));
        }
    }
    answers
}

/// When the pain of this record began: as the earliest assessment has it, else
/// with the first entry of the diary.
pub(crate) fn onset(record: &Record) -> Option<Timestamp> {
    let assessed = record.assessments().iter().map(|assessment| {
        let days =
            assessment.certificate["answers"]["days_since_onset"].as_i64().unwrap_or(0).clamp(0, 3_650);
        assessment.at.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(assessment.at)
    });
    let written = record.check_ins().first().map(|entry| entry.what.at);
    assessed.chain(written).min()
}

/// The diary as a series of pain since the onset. Of two entries in one hour the later counts.
pub(crate) fn series(record: &Record, now: Timestamp) -> Option<PainSeries> {
    let onset = onset(record)?;
    let ten_years_ago =
        now.checked_sub(SignedDuration::from_hours(i64::from(Hours::MAX) - 24)).unwrap_or(onset);
    let onset = onset.max(ten_years_ago);
    let mut check_ins: Vec<CheckIn> = Vec::new();
    for entry in record.check_ins().iter().filter(|entry| onset <= entry.what.at && entry.what.at <= now) {
        let Some(check_in) = check_in(onset, entry) else { continue };
        if check_ins.last().is_some_and(|last| last.at == check_in.at) {
            check_ins.pop();
        }
        check_ins.push(check_in);
    }
    PainSeries::new(check_ins).ok()
}

fn check_in(onset: Timestamp, entry: &Timed<store::CheckIn>) -> Option<CheckIn> {
    let hours = entry.what.at.duration_since(onset).as_hours();
    Some(CheckIn {
        at: Hours::new(u32::try_from(hours).ok()?).ok()?,
        pain: PainScore::new(entry.what.pain_now).ok()?,
        function: entry.what.function.and_then(|points| FunctionScore::new(points).ok()),
        place: entry.what.regions.first().map(|place| place.region.clone()),
    })
}
