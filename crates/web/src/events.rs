//! The events that whatever asks, pages or a terminal, writes of a person: made in one
//! place, so that the record does not tell by whom.

use std::collections::BTreeMap;
use std::sync::Arc;

use care::medicine::Found;
use care::{
    Advice, Answer, Answers, Chapter, Count, Dose, Finished, Guideline, OwnWords, Patient, advise,
    answer_to_json, certify_advice, may_take, what_to_do,
};
use jiff::Timestamp;
use serde_json::Value;
use store::{DoseTaken, Event, Helped, KeptCertificate, Proposal, Reason, Record, Restart, Shown, ToldRule};

use crate::case::Case;
use crate::spell::Spell;

/// A longer text is sent back whole with a word of why; none of it is left out.
pub const LONGEST_OWN_WORDS: usize = 10_000;

/// Begins the interview again. What was ticked and what lasts is shown as a starting point;
/// no earlier "no" is taken for granted, and nothing counts before it is sent once more: but
/// for the danger signs and for what lasts (the age, a blood thinner) that they named since
/// their last outcome. Those count already, and to begin once more takes none of them back.
pub(crate) fn begun_again(
    guideline: &Guideline,
    record: &Record,
    (standing, now_asked): (&Case<'_>, &Case<'_>),
    because: Restart,
    now: Timestamp,
) -> Event {
    let since = Some(&now_asked.given).filter(|_| now_asked.concluded().is_none());
    let days = Spell::seen(guideline, &standing.view(record), now).map(|spell| spell.days(now));
    let (mut keeps, mut starts_with): (BTreeMap<String, Value>, _) = (BTreeMap::new(), BTreeMap::new());
    for (id, answer) in standing.given.iter().filter(|(_, answer)| *answer != Answer::No) {
        let finding = guideline.finding(id);
        let mut value = answer_to_json(guideline, id, answer);
        let is_named_since = since.is_some_and(|since| since.get(id) == Some(answer));
        if is_named_since && (finding.danger || finding.lasting) {
            keeps.insert(finding.id.clone(), value);
            continue;
        }
        // What was ticked of another spell is no starting point for this one, but what speaks
        // against a medicine: an ulcer is not gone because a pain came back.
        let is_other_spell = matches!(because, Restart::NewSpell | Restart::StartOver);
        let asked = guideline.asked_by(id).map(|question| guideline.question(question).chapter);
        if is_other_spell && !finding.lasting && asked != Some(Chapter::Medicines) {
            continue;
        }
        if because == Restart::CheckIn && finding.steady {
            keeps.insert(finding.id.clone(), value);
            continue;
        }
        if let Some(days) = days.filter(|_| finding.role == Some(care::Role::Days) && value.is_number()) {
            // "Two days ago" was said some days ago.
            value = days.into();
        }
        starts_with.insert(finding.id.clone(), value);
    }
    Event::InterviewStarted { because, keeps, starts_with }
}

/// What somebody wrote in their own words, with what was read in it.
pub(crate) fn said_in_own_words(
    guideline: &Guideline,
    text: &str,
    read: &OwnWords<'_, '_>,
    about: Option<Helped>,
) -> Event {
    let proposals = read.proposals().iter().map(|proposal| Proposal {
        finding: guideline.finding(proposal.finding).id.clone(),
        answer: answer_to_json(guideline, proposal.finding, proposal.answer),
        words: text[proposal.span.clone()].to_owned(),
    });
    Event::OwnWords { text: text.to_owned(), proposals: proposals.collect(), about }
}

/// Whom own words are about, where that is not the writer.
pub(crate) fn helped_in(read: &OwnWords<'_, '_>) -> Option<Helped> {
    match read.patient() {
        Patient::Writer => None,
        Patient::He => Some(Helped::He),
        Patient::She => Some(Helped::She),
        Patient::They => Some(Helped::They),
    }
}

/// The event of a finished triage: its certificate and what the person was told.
pub(crate) fn assessed(finished: &Finished<'_>, because: Reason) -> Event {
    let guideline = finished.state().guideline();
    let book = guideline.book();
    let advice = advise(finished);
    let told = what_to_do(finished);
    let certificate = certify_advice(finished, &advice);
    let reasons = advice.because().iter().map(|why| tell::because(guideline, why).to_string()).collect();
    let shown = Shown {
        guideline_version: book.version.clone(),
        guideline_hash: book.hash.clone(),
        urgency: finished.urgency(),
        title: told.title.to_owned(),
        actions: told.actions.iter().map(|action| (*action).to_owned()).collect(),
        because: reasons,
        rules: Some(advice.because().iter().map(|why| told_rule(guideline, why)).collect()),
        plan: Some(planned(guideline, &advice).map(str::to_owned).collect()),
        seal: certificate.seal.clone(),
    };
    let certificate = KeptCertificate::of(&certificate);
    Event::Assessed { because, shown: Arc::new(shown), certificate, came_in: false }
}

/// A reason as a record names it.
pub(crate) fn told_rule(guideline: &Guideline, reason: &care::Reason) -> ToldRule {
    ToldRule { rule: guideline.rule(reason.rule).id.clone(), holds: reason.holds }
}

/// The remedies that an advice brings, by their ids.
pub(crate) fn planned<'g>(guideline: &'g Guideline, advice: &Advice) -> impl Iterator<Item = &'g str> {
    let items = match advice {
        Advice::Manage { plan, .. } => plan.items.as_slice(),
        Advice::GetHelpNow { .. } => &[],
    };
    items.iter().map(|item| guideline.remedy(item.remedy()).id.as_str())
}

/// A dose that was taken, with what the guard says of it at that time by what was taken before.
pub(crate) fn judged_dose(
    guideline: &Guideline,
    record: &Record,
    answers: &Answers,
    region: &str,
    (found, dose): (&Found<'_>, &Dose),
    at: Timestamp,
) -> DoseTaken {
    let before = record.dose_log().only(|taken| taken.at() <= at);
    let verdict = may_take(guideline, region, &before, dose, answers, at).level();
    DoseTaken::new(dose, shown_name(found, dose.count()), at, region, verdict)
}

/// How a dose is named in the record: `Advil, 2 tablets`.
pub fn shown_name(found: &Found<'_>, count: Count) -> String {
    tell::medicine::named(found, count).to_string()
}
