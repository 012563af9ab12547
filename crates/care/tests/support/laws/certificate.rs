//! Why an interview may stop, checked again.

use std::fmt::Write;

use care::naive::{self, Ends};
use care::{Answers, Certificate, Condition, Guideline, Remedy, Urgency, Verdict, certify, verify};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::interview::interview;
use super::{FALSE, TRUE};
use crate::support::Tape;
use crate::support::people::Person;

/// The seal by the documented recipe: SHA-256 over the certificate as JSON with
/// an empty seal, in hexadecimal.
pub(crate) fn sealed(certificate: Certificate) -> Certificate {
    let contents = Certificate { seal: String::new(), ..certificate };
    let digest = Sha256::digest(serde_json::to_string(&contents).unwrap());
    let mut seal = String::new();
    for byte in digest {
        write!(seal, "{byte:02x}").unwrap();
    }
    Certificate { seal, ..contents }
}

pub(crate) fn random_certificate(guideline: &Guideline, tape: &mut Tape) -> Certificate {
    certify(&interview(guideline, &Person::random(guideline, tape), |_, _| ()))
}

/// Every finished interview has a certificate that passes, also after it was kept as a text.
pub(crate) fn every_certificate_passes(guideline: &Guideline, tape: &mut Tape) {
    let certificate = random_certificate(guideline, tape);
    assert_eq!(verify(guideline, &certificate), Ok(()));
    assert_eq!(sealed(certificate.clone()), certificate, "the seal follows the recipe");
    let kept = serde_json::to_string_pretty(&certificate).unwrap();
    let read: Certificate = serde_json::from_str(&kept).unwrap();
    assert_eq!(read, certificate);
    assert_eq!(verify(guideline, &read), Ok(()));
}

/// Any change breaks the seal. With a new seal a change passes only if every
/// claim is still true; and nothing passes that says another outcome than the
/// answers do, or recommends what is not fit.
pub(crate) fn a_change_is_found(guideline: &Guideline, tape: &mut Tape) {
    let certificate = random_certificate(guideline, tape);
    let other = random_certificate(guideline, tape);
    for (what, changed) in changes(guideline, &certificate, &other, tape) {
        assert_ne!(changed, certificate, "{what} changes nothing");
        assert!(verify(guideline, &changed).is_err(), "{what} is not found by the old seal");
        let changed = sealed(changed);
        let verdict = verify(guideline, &changed);
        assert_eq!(verdict.is_ok(), every_claim_is_true(guideline, &changed), "{what}: {verdict:?}");
        if verdict.is_ok() {
            assert_outcome_and_plan_follow(guideline, &changed);
        }
    }
}

fn assert_outcome_and_plan_follow(guideline: &Guideline, certificate: &Certificate) {
    let answers =
        Answers::from_json(guideline, &Value::Object(certificate.answers.clone().into_iter().collect()))
            .unwrap();
    let bounds = naive::bounds(guideline, &answers);
    assert_eq!(bounds.lower, certificate.urgency);
    assert!(bounds.upper == bounds.lower || bounds.lower == Urgency::Emergency);
    for name in certificate.plan.keys() {
        assert!(super::is_fit(guideline, &answers, guideline.remedy_named(name).unwrap()));
    }
}

/// Each field changed in each way that may matter.
fn changes(
    guideline: &Guideline,
    certificate: &Certificate,
    other: &Certificate,
    tape: &mut Tape,
) -> Vec<(String, Certificate)> {
    let mut changes: Vec<(String, Certificate)> = Vec::new();
    let mut change = |what: String, make: &dyn Fn(&mut Certificate)| {
        let mut other = certificate.clone();
        make(&mut other);
        if other != *certificate {
            changes.push((what, other));
        }
    };
    change("the format".to_owned(), &|c| c.schema.push('0'));
    change("the version".to_owned(), &|c| c.guideline_version.push('0'));
    change("the hash".to_owned(), &|c| c.guideline_hash.push('0'));
    for urgency in Urgency::ALL {
        change(format!("the outcome to {urgency}"), &|c| c.urgency = urgency);
    }
    for finding in &guideline.book().findings {
        change(format!("{} unanswered", finding.id), &|c| drop(c.answers.remove(&finding.id)));
        let given = ["yes", "no", "not sure", "one", "two"].map(Value::from).into_iter();
        for answer in given.chain([json!(0), json!(2)]) {
            let set = |c: &mut Certificate| drop(c.answers.insert(finding.id.clone(), answer.clone()));
            change(format!("{} answered {answer}", finding.id), &set);
        }
    }
    change("the answers of another".to_owned(), &|c| c.answers.clone_from(&other.answers));
    change("an unknown finding".to_owned(), &|c| drop(c.answers.insert("nothing".to_owned(), json!("no"))));
    for index in 0..certificate.rules.len() {
        for verdict in [
            Verdict::Fires,
            Verdict::NotSure,
            Verdict::CannotFire,
            Verdict::DoesNotFire,
            Verdict::CannotRaise,
        ] {
            change(format!("rule {index} to {verdict:?}"), &|c| c.rules[index].verdict = verdict);
        }
        for reason in 0..certificate.rules[index].because.len() {
            change(format!("a reason of rule {index} left out"), &|c| {
                c.rules[index].because.remove(reason);
            });
        }
        let finding = &guideline.book().findings[tape.pick(guideline.book().findings.len())].id;
        let add = |c: &mut Certificate| c.rules[index].because.push(finding.clone());
        change(format!("rule {index} also because of {finding}"), &add);
        change(format!("rule {index} left out"), &|c| drop(c.rules.remove(index)));
        change(format!("rule {index} twice"), &|c| c.rules.push(c.rules[index].clone()));
        change(format!("rule {index} in place of the first"), &|c| c.rules[0] = c.rules[index].clone());
        if let Some(claim) = other.rules.get(index) {
            change(format!("rule {index} as of another"), &|c| c.rules[index] = claim.clone());
        }
    }
    for remedy in &guideline.book().remedies {
        change(format!("{} left out", remedy.id), &|c| drop(c.plan.remove(&remedy.id)));
        let recommend = |c: &mut Certificate, because: Vec<String>| {
            c.plan.insert(remedy.id.clone(), because);
        };
        change(format!("{} for no reason", remedy.id), &|c| recommend(c, Vec::new()));
        let all = || certificate.answers.keys().cloned().collect();
        change(format!("{} because of everything", remedy.id), &|c| recommend(c, all()));
    }
    change("an unknown remedy".to_owned(), &|c| drop(c.plan.insert("nothing".to_owned(), Vec::new())));
    changes
}

/// Whether everything a certificate says is so: each verdict and each remedy
/// follows from the answers it names, the outcome from the verdicts, and all
/// that is fit is recommended.
fn every_claim_is_true(guideline: &Guideline, certificate: &Certificate) -> bool {
    let book = guideline.book();
    let Ok(answers) =
        Answers::from_json(guideline, &Value::Object(certificate.answers.clone().into_iter().collect()))
    else {
        return false;
    };
    let by = |names: &[String], condition: &Condition| -> Option<Ends> {
        let mut named = Answers::none(guideline);
        for name in names {
            let finding = guideline.finding_named(name)?;
            named.set(guideline, finding, answers.get(finding)?).unwrap();
        }
        Some(naive::ends_by(guideline, &answers, &named, condition))
    };
    let outcome = certificate.urgency;
    let names: Vec<&String> = certificate.rules.iter().map(|claim| &claim.rule).collect();
    let verdicts_hold = certificate.rules.iter().zip(&book.rules).all(|(claim, rule)| {
        let Some(ends) = by(&claim.because, &rule.when) else { return false };
        // The most that the rule may still add must not exceed the outcome.
        let most = if ends.yes { rule.urgency } else { rule.if_not_sure };
        match claim.verdict {
            Verdict::Fires => ends == TRUE && rule.urgency <= outcome,
            Verdict::NotSure => {
                !ends.no && most <= outcome && naive::ends(guideline, &answers, &rule.when) != TRUE
            }
            Verdict::CannotFire => !ends.yes && rule.if_not_sure <= outcome,
            Verdict::DoesNotFire => ends == FALSE,
            Verdict::CannotRaise => rule.urgency <= outcome,
        }
    });
    let adds = certificate.rules.iter().zip(&book.rules).map(|(claim, rule)| match claim.verdict {
        Verdict::Fires => rule.urgency,
        Verdict::NotSure => rule.if_not_sure,
        Verdict::CannotFire | Verdict::DoesNotFire | Verdict::CannotRaise => Urgency::SelfCare,
    });
    let plan_holds = certificate.plan.iter().all(|(name, because)| {
        let Some(id) = guideline.remedy_named(name) else { return false };
        let Remedy { up_to, offer, avoid, .. } = guideline.remedy(id);
        let (always, never) = (Condition::And(Vec::new()), Condition::Or(Vec::new()));
        outcome <= *up_to
            && by(because, offer.as_ref().unwrap_or(&always)) == Some(TRUE)
            && by(because, avoid.as_ref().unwrap_or(&never)) == Some(FALSE)
    });
    let plan_is_whole = guideline.remedies().all(|id| {
        let remedy = guideline.remedy(id);
        let allowed = outcome <= remedy.up_to && outcome < Urgency::Emergency;
        !allowed || !super::is_fit(guideline, &answers, id) || certificate.plan.contains_key(&remedy.id)
    });
    certificate.schema == care::CERTIFICATE_SCHEMA
        && (&certificate.guideline_version, &certificate.guideline_hash) == (&book.version, &book.hash)
        && names == book.rules.iter().map(|rule| &rule.id).collect::<Vec<_>>()
        && verdicts_hold
        && adds.max().unwrap_or_default() == outcome
        && plan_holds
        && plan_is_whole
}
