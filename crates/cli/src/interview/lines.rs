//! The interview driven by a program: a question object out, an answer object in.

use std::io;

use care::{
    Answer, Answers, Ask, FreeText, Guideline, OwnWords, QuestionId, Region, Step, answer_from_json,
    checklist, drop_what_no_longer_applies, next,
};
use serde_json::{Value, json};
use wire::{Assessment, Question};

use crate::answers_in;
use crate::exit::{BadInput, Exit};
use crate::interview::kept;
use crate::own_record::{OwnRecord, Wants, WhichRecord};
use crate::{own_words, page};

/// Prints `{"type": "question", ...}`, reads a line such as `{"fever": "no"}`,
/// and so on until `{"type": "result", ...}`.
///
/// `{"own_words": "my back went this morning"}` says in own words what is wrong, at any
/// time: `{"type": "heard", ...}` tells what was understood and what was not, and the same
/// question comes again, or the one about the most urgent sign that was told of. Nothing of
/// it is an answer.
///
/// `{"none": true}` answers every line of a checklist that was not named with
/// no; `{"back": true}` takes the last line of answers back. Findings that are
/// not on the screen may be answered too. Where a changed answer closes a gate,
/// what was answered behind it before is dropped, and `{"type": "dropped", ...}`
/// names it. A line that cannot be used gets `{"type": "error", ...}` and the
/// same question again: nothing is lost. What is printed to a line that has an `id` has the
/// same one.
///
/// Where a record is named, its diary counts, and the interview is kept there once it is
/// finished. An emergency that stands there comes first, as `{"type": "standing", ...}`. Where
/// something is answered or told there meanwhile, nothing of the interview is kept, and a last
/// `{"type": "error", ...}` holds its answers.
pub(crate) fn over_lines(
    guideline: &Guideline,
    region: &Region,
    which: &WhichRecord,
) -> anyhow::Result<Exit> {
    let own = which.is_used(true).then(|| OwnRecord::open(guideline, which, Wants::Adding));
    let mut own = own.transpose()?;
    let began = own.as_ref().and_then(|own| kept::end(own.record()));
    for standing in own.iter().filter_map(|own| kept::emergency(guideline, region, own.record())) {
        print(&tagged(None, "standing", standing))?;
    }
    let mut input = io::stdin().lock();
    let mut answers = Answers::none(guideline);
    let mut before: Vec<Answers> = Vec::new();
    let mut free_text = None;
    let mut first = None;
    let mut id = None;
    loop {
        if let Some(own) = &mut own {
            own.refresh()?;
            if kept::end(own.record()) != began {
                return overtaken(guideline, region, own, &answers, id);
            }
        }
        let decisive = kept::with_diary(guideline, own.as_ref(), &answers);
        let ask = match next(guideline, &decisive) {
            Step::Ask(ask) => first.take().unwrap_or(ask),
            Step::Done(finished) => {
                if let Some(own) = &mut own
                    && !kept::keep(guideline, own, began, &answers)?
                {
                    return overtaken(guideline, region, own, &answers, id);
                }
                print(&tagged(id, "result", json!(Assessment::of(guideline, region, &decisive))))?;
                return Ok(Exit::for_outcome(finished.urgency()));
            }
        };
        print(&tagged(id, "question", json!(Question::of(guideline, &ask))))?;
        if !page::is_read() {
            // Nobody sees the questions any more, so nobody can answer them.
            return Ok(Exit::Ok);
        }
        let Some(bytes) = crate::input::line(&mut input)? else {
            return Err(BadInput::because("the input ended before the interview was finished"));
        };
        // What is not UTF-8 is not JSON either, and is answered like other garbage.
        let replied;
        (id, replied) = reply(guideline, &ask, &String::from_utf8_lossy(&bytes));
        let id = || id.clone();
        match replied {
            Ok(Reply::OwnWords(text)) => {
                let free_text = free_text.get_or_insert_with(|| FreeText::new(guideline));
                let read = OwnWords::read(free_text, &text);
                print(&tagged(id(), "heard", own_words::as_json(guideline, region, &read)))?;
                // Before anything was answered, the most urgent sign is asked first.
                first = if answers.is_empty() { read.next_question() } else { Some(ask) };
            }
            Ok(Reply::Back) => answers = before.pop().unwrap_or(answers),
            Ok(Reply::Answers(given)) => {
                before.push(answers.clone());
                if MOST_BACK < before.len() {
                    before.remove(0);
                }
                for dropped in take_in(guideline, &mut answers, &given)? {
                    let dropped = json!({ "question": guideline.question(dropped).id });
                    print(&tagged(id(), "dropped", dropped))?;
                }
            }
            Err(messages) => print(&tagged(id(), "error", json!({ "messages": messages })))?,
        }
    }
}

/// The record went on without this interview, which can therefore not be kept: what it would
/// replace was not shown to whoever answered. They keep their answers, and see what stands.
fn overtaken(
    guideline: &Guideline,
    region: &Region,
    own: &OwnRecord,
    answers: &Answers,
    id: Option<Value>,
) -> anyhow::Result<Exit> {
    let standing = kept::emergency(guideline, region, own.record());
    let exit = if standing.is_some() { Exit::Emergency } else { Exit::Failed };
    if let Some(standing) = standing {
        print(&tagged(id.clone(), "standing", standing))?;
    }
    let message = "something was answered or told in this record since the interview began, so nothing of the \
                   interview was kept; these are its answers: look at the record, and begin again";
    let error = json!({ "messages": [message], "answers": answers.to_json(guideline) });
    print(&tagged(id, "error", error))?;
    Ok(exit)
}

/// How far one can go back: many times as far as an interview is long.
const MOST_BACK: usize = 1_000;

enum Reply {
    OwnWords(String),
    Answers(Answers),
    Back,
}

/// Takes in a line of answers. A changed answer may close gates: what was
/// answered behind them earlier is dropped, but never what this line says.
fn take_in(guideline: &Guideline, answers: &mut Answers, given: &Answers) -> anyhow::Result<Vec<QuestionId>> {
    let changes =
        given.iter().any(|(finding, answer)| answers.get(finding).is_some_and(|earlier| earlier != answer));
    let set = |answers: &mut Answers| -> anyhow::Result<()> {
        for (finding, answer) in given.iter() {
            answers.set(guideline, finding, answer)?;
        }
        Ok(())
    };
    set(answers)?;
    if !changes {
        return Ok(Vec::new());
    }
    let dropped = drop_what_no_longer_applies(guideline, answers);
    set(answers)?;
    Ok(dropped)
}

/// What a line says, with the id that it has.
fn reply(guideline: &Guideline, ask: &Ask, line: &str) -> (Option<Value>, Result<Reply, Vec<String>>) {
    let read =
        answers_in::json(line).and_then(|mut value| Ok((answers_in::take_id(guideline, &mut value)?, value)));
    match read {
        Ok((id, value)) => (id, read_reply(guideline, ask, value)),
        Err(unusable) => (None, Err(unusable.messages())),
    }
}

fn read_reply(guideline: &Guideline, ask: &Ask, value: Value) -> Result<Reply, Vec<String>> {
    let Value::Object(mut fields) = value else {
        return Err(vec!["expected one object of answers, such as {\"fever\": \"no\"}".to_owned()]);
    };
    if let Some(back) = fields.remove("back") {
        return if back == Value::Bool(true) && fields.is_empty() {
            Ok(Reply::Back)
        } else {
            Err(vec!["`back` stands alone: {\"back\": true}".to_owned()])
        };
    }
    if let Some(words) = fields.remove("own_words") {
        return match words {
            Value::String(text) if fields.is_empty() && !text.trim().is_empty() => Ok(Reply::OwnWords(text)),
            _ => Err(vec![
                "`own_words` stands alone, with a text: {\"own_words\": \"my back went this morning\"}"
                    .to_owned(),
            ]),
        };
    }
    let none = match fields.remove("none") {
        None => false,
        Some(Value::Bool(none)) => none,
        Some(_) => return Err(vec!["`none` is true or false".to_owned()]),
    };
    let mut answers = Answers::none(guideline);
    let mut errors = Vec::new();
    for (name, value) in &fields {
        let read = match guideline.finding_named(name) {
            Some(finding) => answer_from_json(guideline, finding, value)
                .and_then(|answer| answers.set(guideline, finding, answer))
                .map_err(|error| vec![error.to_string()]),
            None => Answers::from_json(guideline, &json!({ name: value }))
                .map(|_| ())
                .map_err(|errors| errors.iter().map(ToString::to_string).collect()),
        };
        if let Err(messages) = read {
            errors.extend(messages);
        }
    }
    if none {
        for finding in checklist(guideline, &ask.findings) {
            if answers.get(finding).is_none() {
                answers.set(guideline, finding, Answer::No).map_err(|error| vec![error.to_string()])?;
            }
        }
    }
    if answers.is_empty() && errors.is_empty() {
        errors
            .push("no answer was given; name a finding of the question, or say {\"none\": true}".to_owned());
    }
    if errors.is_empty() { Ok(Reply::Answers(answers)) } else { Err(errors) }
}

fn tagged(id: Option<Value>, kind: &str, view: Value) -> Value {
    let mut tagged = serde_json::Map::new();
    tagged.extend(id.map(|id| (answers_in::ID.to_owned(), id)));
    tagged.insert("type".to_owned(), json!(kind));
    if let Value::Object(fields) = view {
        tagged.extend(fields);
    }
    Value::Object(tagged)
}

fn print(view: &Value) -> anyhow::Result<()> {
    page::line(&care::printable_json(&serde_json::to_string(view)?));
    Ok(())
}
