//! `unclench assess --text`: what a person's own words suggest, for confirmation. Never an outcome.

use care::{FreeText, Guideline, OwnWords, Proposal, Region, printable};
use serde_json::{Value, json};

use crate::exit::{BadInput, Exit};
use crate::page;

/// Prints the proposals, and the question to ask next.
///
/// # Errors
///
/// If the text is empty.
pub(crate) fn run(guideline: &Guideline, region: &Region, text: &str, json: bool) -> anyhow::Result<Exit> {
    if text.trim().is_empty() {
        return Err(BadInput::because("there is no text; say in a sentence or two what is wrong"));
    }
    let free_text = FreeText::new(guideline);
    let read = OwnWords::read(&free_text, text);
    if json {
        crate::page::json(&as_json(guideline, region, &read))?;
    } else {
        show(guideline, region, &read);
    }
    // Nothing here is confirmed, so nothing is an outcome, not even an emergency.
    Ok(Exit::Ok)
}

fn show(guideline: &Guideline, region: &Region, read: &OwnWords<'_, '_>) {
    if let Some(warning) = read.warning(region) {
        page::alarm(&warning);
    }
    page::heading("What we read in your words");
    match read.said_back() {
        Some(said_back) => page::paragraph(format!("{said_back} Right?")),
        None => page::paragraph("Nothing that we know. The questions will find out."),
    }
    if let Some(about) = read.patient().meant_by_you() {
        page::paragraph(about);
    }
    for proposal in read.proposals() {
        let finding = guideline.finding(proposal.finding);
        let answer = care::answer_words(guideline, proposal.finding, proposal.answer);
        page::point(
            "•",
            format!("{}: {answer}? (\"{}\")", finding.label, printable(read.words_of(proposal))),
        );
    }
    for aside in read.set_aside() {
        let id = &guideline.finding(aside.finding).id;
        page::aside(&format!("Left aside: {id} (\"{}\": {})", printable(aside.words), aside.sense.words()));
    }
    for words in read.not_understood() {
        page::aside(&format!("Not understood: \"{}\"", printable(words)));
    }
    page::paragraph("None of this counts until you confirm it. What you did not mention is not known.");
    if let Some(ask) = read.next_question() {
        page::heading("The next question");
        page::paragraph(&guideline.question(ask.question).ask);
        for finding in &ask.findings {
            page::point("•", &guideline.finding(*finding).label);
        }
    }
    page::paragraph("`unclench` asks this and the rest.");
    page::aside(&format!("In an emergency call {}.", region.emergency));
}

/// What a text was understood as, for a program.
pub(crate) fn as_json(guideline: &Guideline, region: &Region, read: &OwnWords<'_, '_>) -> Value {
    let proposals: Vec<Value> =
        read.proposals().iter().map(|proposal| proposal_json(guideline, read, proposal)).collect();
    let set_aside: Vec<Value> = read
        .set_aside()
        .into_iter()
        .map(|aside| {
            let id = &guideline.finding(aside.finding).id;
            json!({ "finding": id, "words": aside.words, "because": aside.sense.words() })
        })
        .collect();
    let danger: Vec<Value> = read
        .dangers()
        .into_iter()
        .map(|(proposal, rule)| {
            json!({
                "finding": guideline.finding(proposal.finding).id,
                "rule": rule.id,
                "may_be": rule.urgency,
                "because": rule.because,
                "sources": wire::sources(guideline, &rule.sources),
            })
        })
        .collect();
    json!({
        "urgency": null,
        "finished": false,
        "about": read.patient(),
        "said_back": read.said_back(),
        "not_understood": read.not_understood(),
        "warning": read.warning(region),
        "danger": danger,
        "proposals": proposals,
        "set_aside": set_aside,
        "next": read.next_question().map(|ask| wire::Question::of(guideline, &ask)),
        "emergency_number": region.emergency,
    })
}

fn proposal_json(guideline: &Guideline, read: &OwnWords<'_, '_>, proposal: &Proposal) -> Value {
    let finding = guideline.finding(proposal.finding);
    json!({
        "finding": finding.id,
        "label": finding.label,
        "answer": care::answer_to_json(guideline, proposal.finding, proposal.answer),
        "danger": finding.danger,
        "confirmed": false,
        "words": read.words_of(proposal),
        "from": proposal.span.start,
        "to": proposal.span.end,
        "trigger": proposal.trigger,
    })
}
