//! What is read once the triage is finished: causes, habits, what to expect of a clinic.

use care::{Answers, Ask, Finished, Guideline, Region, Step, Urgency, next};
use serde_json::{Map, Value, json};

use crate::exit::{BadInput, Exit};
use crate::{answers_in, input, page, view};

/// A file with answers, or `-` for standard input, and how to print what follows from them.
pub(crate) struct Given<'i> {
    pub(crate) region: &'i Region,
    pub(crate) answers: &'i str,
    pub(crate) json: bool,
}

/// The answers in a file or on standard input: one JSON object.
///
/// # Errors
///
/// [`BadInput`] if they cannot be read or do not fit the book.
pub(crate) fn read_answers(guideline: &Guideline, source: &str) -> anyhow::Result<Answers> {
    answers_in::read(guideline, &input::read(source, input::MOST_BYTES)?)
        .map_err(|unusable| BadInput::because(unusable.messages().join("\n  ")))
}

impl Given<'_> {
    /// Goes on with `show` if the triage is finished and no emergency; says how
    /// it stands otherwise.
    ///
    /// # Errors
    ///
    /// [`BadInput`] if the answers cannot be read, and whatever `show` fails with.
    pub(crate) fn then(
        &self,
        guideline: &Guideline,
        show: impl FnOnce(&Finished<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<Exit> {
        self.also_in_an_emergency(guideline, |finished| {
            if finished.urgency() < Urgency::Emergency {
                return show(finished);
            }
            if self.json {
                return print_json(&Value::Object(head(finished)));
            }
            page::Outcome::new(finished, self.region).what_to_do();
            page::paragraph("What else there is to know can wait until you have been seen.");
            Ok(())
        })
    }

    /// The same, for what is of use in an emergency too.
    ///
    /// # Errors
    ///
    /// [`BadInput`] if the answers cannot be read, and whatever `show` fails with.
    pub(crate) fn also_in_an_emergency(
        &self,
        guideline: &Guideline,
        show: impl FnOnce(&Finished<'_>) -> anyhow::Result<()>,
    ) -> anyhow::Result<Exit> {
        let answers = read_answers(guideline, self.answers)?;
        match next(guideline, &answers) {
            Step::Done(finished) => {
                show(&finished)?;
                Ok(Exit::for_outcome(finished.urgency()))
            }
            Step::Ask(ask) => {
                if self.json {
                    let next = view::question(guideline, &ask);
                    print_json(&json!({ "finished": false, "urgency": null, "next": next }))?;
                } else {
                    page::unfinished(guideline, self.region, &answers, &ask);
                    page::paragraph(
                        "This page comes after the danger questions. Nothing is shown before them.",
                    );
                }
                Ok(Exit::Ok)
            }
        }
    }
}

/// The first keys of every JSON object: the triage is finished, and what came of it.
pub(crate) fn head(finished: &Finished<'_>) -> Map<String, Value> {
    let mut view = Map::new();
    view.insert("finished".into(), json!(true));
    view.insert("urgency".into(), json!(finished.urgency()));
    view
}

/// A question that would tell more, as JSON; null if there is none.
pub(crate) fn next_question(guideline: &Guideline, ask: Option<&Ask>) -> Value {
    ask.map_or(Value::Null, |ask| view::question(guideline, ask))
}

/// A question that would tell more, as text.
pub(crate) fn show_next_question(guideline: &Guideline, ask: Option<&Ask>) {
    let Some(ask) = ask else { return };
    page::heading("One more question would tell more");
    page::paragraph(&guideline.question(ask.question).ask);
    for finding in &ask.findings {
        let finding = guideline.finding(*finding);
        page::point(
            "•",
            &format!("{} ({}; {})", finding.label, finding.id, care::allowed_answers(&finding.kind)),
        );
    }
}

/// The numbered sources of a page.
pub(crate) fn show_sources(guideline: &Guideline, citations: &care::Citations) {
    page::heading("Sources");
    for (number, source) in citations.list(guideline) {
        page::point(&format!("{number}."), &source);
    }
}

/// Prints an object, indented.
///
/// # Errors
///
/// If it cannot be written.
pub(crate) fn print_json(view: &Value) -> anyhow::Result<()> {
    page::json(view)
}
