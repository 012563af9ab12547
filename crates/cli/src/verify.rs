//! `unclench verify`: a certificate, checked again by the separate evaluator.

use std::io::Read;

use care::{Certificate, Guideline};
use serde_json::Value;

use crate::answers_in;
use crate::exit::{BadInput, Exit};
use crate::page;

/// Checks the certificate in a file, or the one inside an assessment.
pub(crate) fn run(guideline: &Guideline, source: &str) -> anyhow::Result<Exit> {
    let text = read(source)?;
    let value = answers_in::json(&text)
        .map_err(|error| BadInput::because(format!("{source} cannot be read: {error}")))?;
    let stated = value.get("certificate").and(value.get("urgency")).cloned();
    let value = match value.get("certificate") {
        Some(Value::Null) => {
            return Err(BadInput::because(format!(
                "{source} is an unfinished assessment: it has no certificate yet"
            )));
        }
        Some(certificate) => certificate.clone(),
        None => value,
    };
    let certificate: Certificate = serde_json::from_value(value)
        .map_err(|error| BadInput::because(format!("{source} holds no certificate: {error}")))?;
    if let Some(stated) = stated.filter(|stated| stated.as_str() != Some(certificate.urgency.id())) {
        anstream::eprintln!(
            "{} the assessment says {stated}, but its certificate proves \"{}\"",
            page::error_word(),
            certificate.urgency
        );
        return Ok(Exit::Failed);
    }
    match care::verify(guideline, &certificate) {
        Ok(()) => {
            page::paragraph(&format!(
                "The certificate holds: guideline {}, outcome {}, {} answers, {} rules, {} remedies.",
                certificate.guideline_version,
                certificate.urgency,
                certificate.answers.len(),
                certificate.rules.len(),
                certificate.plan.len()
            ));
            Ok(Exit::Ok)
        }
        Err(error) => {
            anstream::eprintln!("{} the certificate does not hold: {error}", page::error_word());
            Ok(Exit::Failed)
        }
    }
}

/// The text of a file, or of standard input for `-`.
fn read(source: &str) -> anyhow::Result<String> {
    let mut text = String::new();
    if source == "-" {
        std::io::stdin().lock().read_to_string(&mut text)
    } else {
        std::fs::File::open(source).and_then(|mut file| file.read_to_string(&mut text))
    }
    .map_err(|error| BadInput::because(format!("cannot read {source}: {error}")))?;
    Ok(text)
}
