//! Why an interview may stop: a certificate that anyone can check again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::book::{Condition, FindingId, RuleId, Urgency};
use crate::decision::answers::{AnswerError, Answers};
use crate::decision::guideline::Guideline;
use crate::decision::interview::Finished;
use crate::decision::naive::{Ends, ends_by};
use crate::decision::plan::{Advice, advise};
use crate::decision::reasons::{Settled, Support};
use crate::printable;

/// The format of [`Certificate`]; it changes whenever the meaning of a field does.
pub const SCHEMA: &str = "unclench-certificate/1";

/// Why a finished interview may stop, in names only, so that it can be kept as
/// JSON and checked years later against the same version of the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// [`SCHEMA`].
    pub schema: String,
    /// Version of the book.
    pub guideline_version: String,
    /// Hash of the book.
    pub guideline_hash: String,
    /// The outcome.
    pub urgency: Urgency,
    /// Every answer that was given.
    pub answers: BTreeMap<String, Value>,
    /// Every rule of the book, each exactly once, with what became of it.
    pub rules: Vec<RuleVerdict>,
    /// Every remedy that was recommended, with the answers by which it is fit.
    pub plan: BTreeMap<String, Vec<String>>,
    /// SHA-256 over all of the above.
    pub seal: String,
}

/// What became of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleVerdict {
    /// The rule's name.
    pub rule: String,
    /// What became of it.
    pub verdict: Verdict,
    /// The findings whose answers alone prove it.
    pub because: Vec<String>,
}

/// What became of a rule, and so why it needs no further question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Its condition is true.
    Fires,
    /// Its condition can no longer turn false: it adds its `if_not_sure`.
    NotSure,
    /// Its condition can no longer turn true, and its `if_not_sure` is no higher than the outcome.
    CannotFire,
    /// Its condition is false.
    DoesNotFire,
    /// Whatever is answered, it adds no more than the outcome.
    CannotRaise,
}

/// What is wrong with a certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// Another format.
    #[error("this certificate has the format `{}`; this program checks `{SCHEMA}`", printable(.0))]
    Schema(String),
    /// Another book.
    #[error(
        "this certificate was made with guideline {} ({}); check it with that guideline",
        printable(.version),
        printable(.hash)
    )]
    OtherGuideline {
        /// Its version.
        version: String,
        /// Its hash.
        hash: String,
    },
    /// The seal does not fit the contents.
    #[error("the contents do not fit the seal: the certificate was changed after it was made")]
    Seal,
    /// An answer that the book does not allow.
    #[error("an answer in it is not valid: {0}")]
    Answer(AnswerError),
    /// A rule is missing, named twice or not in the book.
    #[error("its list of rules is not that of the guideline (near `{}`)", printable(.0))]
    Rules(String),
    /// The named answers do not prove the verdict.
    #[error("the answers it names do not prove what it says of the rule `{}` ({verdict:?})", printable(.rule))]
    Verdict {
        /// The rule.
        rule: String,
        /// What was claimed.
        verdict: Verdict,
    },
    /// A reason that is not an answered finding.
    #[error("it names `{}` as a reason, which is not a finding with an answer", printable(.0))]
    Reason(String),
    /// No rule reaches the outcome.
    #[error("no rule in it leads to the outcome `{0}`")]
    Outcome(Urgency),
    /// A remedy that is recommended and not known to be fit, or fit and left out.
    #[error("what it says of the remedy `{}` does not follow from the answers", printable(.0))]
    Remedy(String),
}

/// Writes the certificate of a finished interview.
pub fn certify(finished: &Finished<'_>) -> Certificate {
    certify_advice(finished, &advise(finished))
}

/// The same for whoever has the advice already.
pub fn certify_advice(finished: &Finished<'_>, advice: &Advice) -> Certificate {
    let state = finished.state();
    let guideline = state.guideline();
    let names = |findings: Vec<FindingId>| -> Vec<String> {
        findings.into_iter().map(|finding| guideline.finding(finding).id.clone()).collect()
    };
    let outcome = finished.urgency();
    let support = Support::new(state);
    let rules = guideline
        .rules()
        .map(|id| {
            let (verdict, because) = prove(&support, guideline, id, outcome);
            RuleVerdict { rule: guideline.rule(id).id.clone(), verdict, because: names(because) }
        })
        .collect();
    let plan = match advice {
        Advice::GetHelpNow { .. } => BTreeMap::new(),
        Advice::Manage { plan, .. } => plan
            .items
            .iter()
            .map(|item| (guideline.remedy(item.remedy()).id.clone(), names(item.fit_because(finished))))
            .collect(),
    };
    let mut certificate = Certificate {
        schema: SCHEMA.to_owned(),
        guideline_version: guideline.book().version.clone(),
        guideline_hash: guideline.book().hash.clone(),
        urgency: outcome,
        answers: state.answers().to_json(guideline).into_iter().collect(),
        rules,
        plan,
        seal: String::new(),
    };
    certificate.seal = seal(&certificate);
    certificate
}

/// The verdict on one rule and the answers that prove it.
fn prove(
    support: &Support<'_, '_>,
    guideline: &Guideline,
    id: RuleId,
    outcome: Urgency,
) -> (Verdict, Vec<FindingId>) {
    let rule = guideline.rule(id);
    let operand = guideline.program().rule(id);
    let could_raise = rule.urgency > outcome;
    if let Some(because) = support.of(operand, Settled::True) {
        return (Verdict::Fires, because);
    }
    if rule.if_not_sure > Urgency::SelfCare
        && let Some(mut because) = support.of(operand, Settled::NeverFalse)
    {
        if could_raise {
            because.extend(support.of(operand, Settled::NeverTrue).unwrap_or_default());
            because.sort_unstable();
            because.dedup();
        }
        return (Verdict::NotSure, because);
    }
    if could_raise {
        if let Some(because) = support.of(operand, Settled::False) {
            return (Verdict::DoesNotFire, because);
        }
        if let Some(because) = support.of(operand, Settled::NeverTrue) {
            return (Verdict::CannotFire, because);
        }
    }
    // `next` ends an interview only when each rule has a proof, so this is the last one left.
    (Verdict::CannotRaise, Vec::new())
}

/// Checks a certificate again, by the naive evaluator only: from the answers it
/// names, and no others, each verdict must follow.
///
/// # Errors
///
/// The first thing that is wrong.
pub fn verify(guideline: &Guideline, certificate: &Certificate) -> Result<(), CertificateError> {
    let book = guideline.book();
    if certificate.schema != SCHEMA {
        return Err(CertificateError::Schema(certificate.schema.clone()));
    }
    if (&certificate.guideline_version, &certificate.guideline_hash) != (&book.version, &book.hash) {
        return Err(CertificateError::OtherGuideline {
            version: certificate.guideline_version.clone(),
            hash: certificate.guideline_hash.clone(),
        });
    }
    if seal(certificate) != certificate.seal {
        return Err(CertificateError::Seal);
    }
    let answers =
        Answers::from_json(guideline, &Value::Object(certificate.answers.clone().into_iter().collect()))
            .map_err(|errors| {
                errors.into_iter().next().map_or(CertificateError::Seal, CertificateError::Answer)
            })?;
    if certificate.rules.len() != book.rules.len() {
        return Err(CertificateError::Rules(format!("{} rules", certificate.rules.len())));
    }
    let mut reached = Urgency::SelfCare;
    for (claim, rule) in certificate.rules.iter().zip(&book.rules) {
        if claim.rule != rule.id {
            return Err(CertificateError::Rules(claim.rule.clone()));
        }
        let known = only(guideline, &answers, &claim.because)?;
        let Ends { yes, no, unknown } = ends_by(guideline, &answers, &known, &rule.when);
        let could_raise = rule.urgency > certificate.urgency;
        let (proved, adds) = match claim.verdict {
            Verdict::Fires => (yes && !no && !unknown, rule.urgency),
            // With all the answers it must not turn out to be true: then it fires.
            Verdict::NotSure => {
                (!no && (!yes || !could_raise) && !holds(guideline, &answers, &rule.when), rule.if_not_sure)
            }
            Verdict::DoesNotFire => (no && !yes && !unknown, Urgency::SelfCare),
            Verdict::CannotFire => (!yes && rule.if_not_sure <= certificate.urgency, Urgency::SelfCare),
            Verdict::CannotRaise => (!could_raise, Urgency::SelfCare),
        };
        if !proved || adds > certificate.urgency {
            return Err(CertificateError::Verdict { rule: claim.rule.clone(), verdict: claim.verdict });
        }
        reached = reached.max(adds);
    }
    if reached != certificate.urgency {
        return Err(CertificateError::Outcome(certificate.urgency));
    }
    for remedy in &book.remedies {
        let because = certificate.plan.get(&remedy.id);
        let known = because.map(|because| only(guideline, &answers, because)).transpose()?;
        let certain = |condition: &Option<_>, known: &Answers, value: bool| {
            condition.as_ref().is_none_or(|condition| {
                let Ends { yes, no, unknown } = ends_by(guideline, &answers, known, condition);
                (yes, no, unknown) == (value, !value, false)
            })
        };
        let fits_by = |known: &Answers| {
            certificate.urgency <= remedy.up_to
                && certificate.urgency < Urgency::Emergency
                && certain(&remedy.offer, known, true)
                && certain(&remedy.avoid, known, false)
        };
        // What is recommended is fit by the answers it names, and all that is fit is recommended.
        if known.map_or_else(|| fits_by(&answers), |known| !fits_by(&known)) {
            return Err(CertificateError::Remedy(remedy.id.clone()));
        }
    }
    let unknown_remedy = certificate.plan.keys().find(|name| guideline.remedy_named(name).is_none());
    unknown_remedy.map_or(Ok(()), |name| Err(CertificateError::Remedy(name.clone())))
}

/// Whether a condition is certainly true by all the answers.
fn holds(guideline: &Guideline, answers: &Answers, condition: &Condition) -> bool {
    let Ends { yes, no, unknown } = ends_by(guideline, answers, answers, condition);
    yes && !no && !unknown
}

/// Only the named answers.
fn only(guideline: &Guideline, answers: &Answers, names: &[String]) -> Result<Answers, CertificateError> {
    let mut known = Answers::none(guideline);
    for name in names {
        let not_a_reason = || CertificateError::Reason(name.clone());
        let finding = guideline.finding_named(name).ok_or_else(not_a_reason)?;
        let answer = answers.get(finding).ok_or_else(not_a_reason)?;
        known.set(guideline, finding, answer).map_err(CertificateError::Answer)?;
    }
    Ok(known)
}

/// SHA-256 over everything but the seal, as canonical JSON.
fn seal(certificate: &Certificate) -> String {
    let contents = Certificate { seal: String::new(), ..certificate.clone() };
    // Only maps with text keys are serialised, which cannot fail.
    let text = serde_json::to_string(&contents).unwrap_or_default();
    hex(&Sha256::digest(text.as_bytes()))
}

/// Bytes in lower-case hexadecimal, as seals, fingerprints and tokens are written.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
