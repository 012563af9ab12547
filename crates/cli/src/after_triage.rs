//! What is read once the triage is finished: causes, habits, what to expect of a clinic.

use std::path::PathBuf;

use care::{Answers, Ask, Finished, Guideline, Region, Step, Urgency, next};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use web::Situation;

use crate::exit::{BadInput, Exit};
use crate::own_record::{OwnRecord, Wants, WhichRecord};
use crate::{answers_in, input, library, page};

/// Whose answers, and how to print what follows from them.
#[derive(Debug, clap::Args)]
pub(crate) struct GivenArgs {
    /// A file with the answers, or - for standard input; left out: those of your record, and with --json standard input
    #[arg(long, value_name = "FILE", conflicts_with = "record")]
    answers: Option<String>,
    /// The file with the record, or an export of it; left out: your own, see `unclench record where`
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Print JSON instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

/// The same, with whose telephone numbers to show.
pub(crate) struct Given<'i> {
    pub(crate) region: &'i Region,
    source: Source<'i>,
    pub(crate) json: bool,
}

/// Where the answers are.
enum Source<'i> {
    /// In a file, or `-` for standard input.
    File(&'i str),
    /// In a record.
    Record(WhichRecord),
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

impl<'i> Given<'i> {
    /// What was typed.
    pub(crate) fn new(region: &'i Region, arguments: &'i GivenArgs) -> Self {
        let GivenArgs { answers, record, json } = arguments;
        let which = WhichRecord { record: record.clone(), no_record: false };
        let source = match answers {
            Some(file) => Source::File(file),
            None if which.is_used(*json) => Source::Record(which),
            None => Source::File("-"),
        };
        Self { region, source, json: *json }
    }

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
        self.on_outcome(guideline, |finished, region| {
            if finished.urgency() < Urgency::Emergency {
                return show(finished);
            }
            if self.json {
                return print_json(&Value::Object(head(finished)));
            }
            page::Outcome::new(finished, region).what_to_do();
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
        self.on_outcome(guideline, |finished, _| show(finished))
    }

    fn on_outcome(
        &self,
        guideline: &Guideline,
        show: impl FnOnce(&Finished<'_>, &Region) -> anyhow::Result<()>,
    ) -> anyhow::Result<Exit> {
        let which = match &self.source {
            Source::Record(which) => which,
            Source::File(source) => {
                let answers = read_answers(guideline, source)?;
                let exit = match next(guideline, &answers) {
                    Step::Done(finished) => {
                        show(&finished, self.region)?;
                        Exit::for_outcome(finished.urgency())
                    }
                    Step::Ask(ask) => self.unfinished(guideline, self.region, &answers, &ask)?,
                };
                if !self.json {
                    page::aside("This goes by the answers you gave. Your record was not looked at.");
                }
                return Ok(exit);
            }
        };
        let own = OwnRecord::open(guideline, which, Wants::Reading)?;
        let region = library::chosen(guideline, self.region, [&own.record().settings().region]);
        let situation = Situation::of(guideline, own.record(), Timestamp::now());
        if let Some(finished) = situation.outcome() {
            show(finished, region)?;
            return Ok(Exit::for_outcome(finished.urgency()));
        }
        match situation.step() {
            Step::Ask(ask) => self.unfinished(guideline, region, situation.answers(), ask),
            Step::Done(_) => {
                if self.json {
                    print_json(&json!({ "finished": false, "urgency": null, "next": null }))?;
                } else {
                    page::heading("Not confirmed");
                    page::paragraph(
                        "Every question is answered. Look at your answers and confirm them: `unclench interview`, \
                         or the pages of `unclench`.",
                    );
                }
                Ok(Exit::Ok)
            }
        }
    }

    fn unfinished(
        &self,
        guideline: &Guideline,
        region: &Region,
        answers: &Answers,
        ask: &Ask,
    ) -> anyhow::Result<Exit> {
        if self.json {
            let next = wire::Question::of(guideline, ask);
            print_json(&json!({ "finished": false, "urgency": null, "next": next }))?;
        } else {
            page::unfinished(guideline, region, answers, ask);
            page::paragraph("This page comes after the danger questions. Nothing is shown before them.");
            if matches!(self.source, Source::Record(_)) {
                page::paragraph("`unclench interview` asks them, and so do the pages of `unclench`.");
            }
        }
        Ok(Exit::Ok)
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
    json!(ask.map(|ask| wire::Question::of(guideline, ask)))
}

/// A question that would tell more, as text.
pub(crate) fn show_next_question(guideline: &Guideline, ask: Option<&Ask>) {
    let Some(ask) = ask else { return };
    page::heading("One more question would tell more");
    page::question(guideline, ask);
}

/// Prints an object, indented.
///
/// # Errors
///
/// If it cannot be written.
pub(crate) fn print_json(view: &Value) -> anyhow::Result<()> {
    page::json(view)
}
