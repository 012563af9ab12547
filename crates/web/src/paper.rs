//! The page for the doctor as a file of its own. A browser prints the page by itself, so only
//! the program for a computer makes one.

use care::{Guideline, Region, printable_json};
use jiff::Zoned;
use report::{Attachment, ReportError, pdf};
use store::Record;
use tell::{Confided, Message};

use crate::hand_off::{first_of_all, for_the_doctor};
use crate::page_error::PageError;
use crate::response::Response;
use crate::visitor::Visitor;

/// The page as a tagged PDF with the hand-off as FHIR inside, and the certificate where no answer
/// is left off; nothing before there is an outcome.
///
/// # Errors
///
/// [`ReportError`] where no such file can be made.
pub fn doctor_pdf(
    guideline: &Guideline,
    record: &Record,
    region: &Region,
    now: &Zoned,
    confided: Confided,
) -> Option<Result<Vec<u8>, ReportError>> {
    for_the_doctor(guideline, record, region, now, confided, |made| {
        let attached = |name, says: Message<'_>, mime_type, text: &str| {
            // Names of painkillers may have come in with a file.
            Attachment { name, says: says.to_string(), mime_type, text: printable_json(text).into_owned() }
        };
        let fhir = (Message::DoctorAttachedFhir, "application/fhir+json");
        let mut files = vec![attached("for-the-doctor.fhir.json", fhir.0, fhir.1, &made.bundle)];
        files.extend(made.certificate.as_ref().map(|certificate| {
            let says = Message::DoctorAttachedCertificate;
            attached("certificate.json", says, "application/json", certificate)
        }));
        pdf(made.page, &made.body, files)
    })
}

/// `GET /data/for-the-doctor.pdf`, and with what is private `GET /data/for-the-doctor-in-full.pdf`.
pub(crate) fn show(visitor: &Visitor<'_>, confided: Confided) -> Result<Response, PageError> {
    let made = doctor_pdf(visitor.guideline(), visitor.record, visitor.region(), visitor.now, confided);
    let Some(made) = made else { return Ok(first_of_all(visitor.standing())) };
    let name = format!("for-the-doctor-{}.pdf", visitor.now.date());
    Ok(Response::download("application/pdf", &name, made.map_err(|_| PageError::Template)?))
}

#[cfg(test)]
mod tests {
    use crate::testing::Person;
    use crate::visit::Home;

    #[test]
    fn it_is_a_button_where_the_record_is_a_file_and_never_in_a_browser() {
        let mut person = Person::with_a_plain_spasm();
        let made = person.get("/data/for-the-doctor.pdf");
        assert_eq!((made.status, made.header("content-type")), (200, Some("application/pdf")));
        assert!(made.body.starts_with(b"%PDF-"));
        assert_eq!(Person::new().get("/data/for-the-doctor.pdf").header("location"), Some("/question"));
        let link = "href=\"/data/for-the-doctor.pdf\"";
        assert!(person.get("/doctor").text().contains(link));
        assert!(person.get("/doctor/in-full").text().contains("for-the-doctor-in-full.pdf"));
        person.home = Home::Browser;
        assert!(!person.get("/doctor").text().contains(link));
    }
}
