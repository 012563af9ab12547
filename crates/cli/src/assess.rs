//! `unclench assess`: answers in, outcomes out, in the same order.

use std::io::{self, BufRead, BufReader};
use std::path::Path;

use care::{Guideline, Region, Step, Urgency, next, printable_json};
use serde_json::{Value, json};
use wire::Assessment;

use crate::answers_in;
use crate::exit::{BadInput, Exit};
use crate::{input, page};

/// Reads answers from a file or standard input and prints what follows from them.
pub(crate) fn run(guideline: &Guideline, region: &Region, source: &str, json: bool) -> anyhow::Result<Exit> {
    let input: Box<dyn BufRead> = if source == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(input::open(Path::new(source))?))
    };
    let mut lines = Lines { input: input::without_mark(input)?, number: 0 };
    let Some(first) = lines.next()? else {
        return Err(BadInput::because(
            "there are no answers in the input; give one JSON object, or one a line",
        ));
    };
    if is_json(&first.text) {
        return match lines.next()? {
            None => one(guideline, region, &first.text, json),
            Some(second) => many(guideline, region, vec![first, second], lines),
        };
    }
    // Either one object spread over several lines, or JSON Lines with a bad first line.
    let mut bytes = first.text.len();
    let mut all = vec![first];
    while let Some(line) = lines.next()? {
        bytes += line.text.len();
        all.push(line);
        if input::MOST_BYTES < bytes as u64 {
            // No object is that long, so these are lines, and they need not all be held.
            return many(guideline, region, all, lines);
        }
    }
    let whole: String = all.iter().map(|line| line.text.as_str()).collect();
    if !is_json(&whole) && all.iter().skip(1).any(|line| is_json(&line.text)) {
        return many(guideline, region, all, lines);
    }
    one(guideline, region, &whole, json)
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// One object: text or JSON out, and an exit code that says whether it is an emergency.
fn one(guideline: &Guideline, region: &Region, text: &str, json: bool) -> anyhow::Result<Exit> {
    let (id, answers) = answers_in::read_with_id(guideline, text);
    let answers = answers.map_err(|unusable| BadInput::because(unusable.messages().join("\n  ")))?;
    let step = next(guideline, &answers);
    if json {
        let view = json!(Assessment::of(guideline, region, &answers));
        page::json(&with_id(id, view))?;
    } else {
        match &step {
            Step::Done(finished) => page::Outcome::new(finished, region).all(),
            Step::Ask(ask) => page::unfinished(guideline, region, &answers, ask),
        }
    }
    Ok(match step {
        Step::Done(finished) => Exit::for_outcome(finished.urgency()),
        Step::Ask(_) => Exit::Ok,
    })
}

/// JSON Lines: a bad line has an error object in its place, and the run goes on.
fn many(guideline: &Guideline, region: &Region, head: Vec<Line>, mut tail: Lines) -> anyhow::Result<Exit> {
    let mut exit = Exit::Ok;
    let mut head = head.into_iter();
    while let Some(line) = head.next().map_or_else(|| tail.next(), |line| Ok(Some(line)))? {
        let (id, answers) = answers_in::read_with_id(guideline, &line.text);
        let view = match answers {
            Ok(answers) => json!(Assessment::of(guideline, region, &answers)),
            Err(unusable) => {
                exit = Exit::Failed;
                page::error(&format!("line {}: {unusable}", line.number));
                unusable.object(line.number)
            }
        };
        if exit == Exit::Ok && view.get("urgency").and_then(Value::as_str) == Some(Urgency::Emergency.id()) {
            exit = Exit::Emergency;
        }
        page::line(&printable_json(&serde_json::to_string(&with_id(id, view))?));
        if !page::is_read() {
            break;
        }
    }
    Ok(exit)
}

/// An outcome, or an error in its place, with the id of what it belongs to before it.
fn with_id(id: Option<Value>, view: Value) -> Value {
    let (Some(id), Value::Object(fields)) = (id, &view) else { return view };
    let mut whole = serde_json::Map::new();
    whole.insert(answers_in::ID.to_owned(), id);
    whole.extend(fields.clone());
    Value::Object(whole)
}

/// The lines of the input that are not blank, with their numbers.
struct Lines {
    input: Box<dyn BufRead>,
    number: usize,
}

struct Line {
    number: usize,
    text: String,
}

impl Lines {
    fn next(&mut self) -> anyhow::Result<Option<Line>> {
        loop {
            let Some(bytes) = input::line(&mut self.input)? else { return Ok(None) };
            self.number += 1;
            // A line that is not UTF-8 is not JSON either: it is reported as such, in its place.
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if !text.trim().is_empty() {
                return Ok(Some(Line { number: self.number, text }));
            }
        }
    }
}
