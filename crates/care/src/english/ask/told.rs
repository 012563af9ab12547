//! A passage of the book in words.

use crate::book::{BlockId, Disagreement, DoseUnit, Medicine, RuleId, SourceId};
use crate::decision::guideline::Guideline;
use crate::english::passage::Passage;

/// A passage in words.
#[derive(Clone, Debug)]
pub struct Told<'g> {
    /// What it is about.
    pub title: String,
    /// What the book says, a paragraph each; never empty. Of a dose first the
    /// numbers of the label, then what to keep in mind.
    pub says: Vec<String>,
    /// What it stands on; empty where each of the positions of `disagreement` has its own.
    pub sources: &'g [SourceId],
    /// A rule to look at before acting on it.
    pub check_first: Option<RuleId>,
    /// Where sources differ on it.
    pub disagreement: Option<&'g Disagreement>,
    /// Other parts of the book.
    pub see: Vec<BlockId>,
    /// Whose dose it tells. It is not safe for everyone, so whoever shows it says
    /// where the person's own answers are looked at.
    pub dose_of: Option<&'g Medicine>,
}

/// What a passage says.
pub fn told(guideline: &Guideline, passage: Passage) -> Told<'_> {
    let book = guideline.book();
    let plain = |title: &str, says: Vec<String>, sources| Told {
        title: title.to_owned(),
        says,
        sources,
        check_first: None,
        disagreement: None,
        see: Vec::new(),
        dose_of: None,
    };
    match passage {
        Passage::Answer(index) => {
            let answer = &book.answers[index];
            Told {
                check_first: answer.danger,
                disagreement: answer.disagreement.map(|id| &book.disagreements[id.index()]),
                see: answer.see.clone(),
                ..plain(
                    answer.asks.first().map_or("", String::as_str),
                    vec![answer.says.clone()],
                    &answer.sources,
                )
            }
        }
        Passage::Rule(id) => {
            let rule = guideline.rule(id);
            let title = &guideline.outcome_told_by(id).title;
            plain(title, vec![rule.because.clone()], &rule.sources)
        }
        Passage::Remedy(id) => {
            let remedy = guideline.remedy(id);
            let mut says = vec![remedy.why.clone()];
            says.extend(remedy.steps.iter().map(|step| step.text.clone()));
            let about = |disagreement: &&Disagreement| disagreement.about.contains(&id);
            Told {
                disagreement: book.disagreements.iter().find(about),
                ..plain(&remedy.name, says, &remedy.sources)
            }
        }
        Passage::Cause(id) => {
            let cause = guideline.cause(id);
            let mut says = vec![cause.explain.clone()];
            says.extend(cause.confirm.clone());
            plain(&cause.name, says, &cause.sources)
        }
        Passage::Habit(index) => {
            let habit = &book.habits[index];
            let mut says = vec![habit.why.clone()];
            says.extend(habit.steps.iter().map(|step| step.text.clone()));
            plain(&habit.name, says, &habit.sources)
        }
        Passage::Referral(index) => {
            let referral = &book.referrals[index];
            plain(&referral.name, vec![referral.for_person.clone()], &referral.sources)
        }
        Passage::Medicine(index) => {
            let medicine = &book.medicines[index];
            Told {
                dose_of: Some(medicine).filter(|medicine| medicine.not_for_because.is_none()),
                ..plain(&medicine.name, medicine_words(guideline, medicine), &medicine.sources)
            }
        }
        Passage::Disagreement(index) => {
            let disagreement = &book.disagreements[index];
            let says = vec![disagreement.we_do.clone(), disagreement.because.clone()];
            Told { disagreement: Some(disagreement), ..plain(&disagreement.topic, says, &[]) }
        }
    }
}

/// The numbers of the label, each with its unit, and what to keep in mind.
fn medicine_words(guideline: &Guideline, medicine: &Medicine) -> Vec<String> {
    if let Some(because) = &medicine.not_for_because {
        return vec![because.clone()];
    }
    let unit = match medicine.unit {
        DoseUnit::Milligrams => "mg",
        DoseUnit::Applications => "times",
    };
    let hours = medicine.interval.get() / 3600;
    let mut says = vec![format!(
        "On the label ({}): {} {unit} at a time, {} {unit} at most. At least {hours} hours between. \
         At most {} {unit} in any 24 hours. At most {} days in a row. From age {}.",
        guideline.region(medicine.region).id.to_uppercase(),
        medicine.single_usual,
        medicine.single_most,
        medicine.max_24h,
        medicine.max_days,
        medicine.min_age,
    )];
    says.extend(medicine.warn.iter().cloned());
    says
}
