//! `unclench verify`: a certificate, checked again by the separate evaluator.

use care::{Certificate, Guideline, printable};
use serde_json::Value;

use crate::answers_in;
use crate::exit::{BadInput, Exit};
use crate::{input, page};

/// Checks the certificate in a file, or the one inside an assessment.
pub(crate) fn run(guideline: &Guideline, source: &str) -> anyhow::Result<Exit> {
    let text = input::read(source, input::MOST_BYTES)?;
    let source = printable(source);
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
    let certificate: Certificate = serde_json::from_value(value).map_err(|error| {
        BadInput::because(format!("{source} holds no certificate: {}", printable(&error.to_string())))
    })?;
    if let Some(stated) = stated.filter(|stated| stated.as_str() != Some(certificate.urgency.id())) {
        let stated = stated.to_string();
        page::error(&format!(
            "the assessment says {}, but its certificate proves \"{}\"",
            printable(&stated),
            certificate.urgency
        ));
        return Ok(Exit::Failed);
    }
    match care::verify(guideline, &certificate) {
        Ok(()) => {
            page::paragraph(format!(
                "The certificate holds: guideline {}, outcome {}, {} answers, {} rules, {} remedies.",
                printable(&certificate.guideline_version),
                certificate.urgency,
                certificate.answers.len(),
                certificate.rules.len(),
                certificate.plan.len()
            ));
            Ok(Exit::Ok)
        }
        Err(error) => {
            page::error(&format!("the certificate does not hold: {error}"));
            Ok(Exit::Failed)
        }
    }
}
