//! `unclench ask`: a question in the person's own words, and what the book says.

use care::medicine::region_of_limits;
use care::{
    Against, AnswerSearch, Guideline, Region, Reply, RuleId, SourceId, sentence_case, told, what_to_do_about,
};
use tell::{Citations, Message};
use wire::ReplyView;

use crate::exit::{BadInput, Exit};
use crate::page;

/// The first is the answer, the others are offered below it.
const MOST: usize = 4;

/// Said behind a dose.
const CHECK: &str = "It is not safe for everyone: `unclench dose check` looks at your answers first.";

/// Answers a question.
///
/// # Errors
///
/// If the question is empty.
pub(crate) fn run(
    guideline: &Guideline,
    region: &Region,
    question: &str,
    json: bool,
) -> anyhow::Result<Exit> {
    if question.trim().is_empty() {
        return Err(BadInput::because("there is no question; try: unclench ask \"ice or heat?\""));
    }
    let limits = region_of_limits(guideline, region, None, None).ok();
    let here = limits.map(|region| region.id.as_str());
    let reply = AnswerSearch::new(guideline).ask_in(here, question, MOST);
    if json {
        page::json(&ReplyView::of(guideline, region, question, &reply, CHECK))?;
    } else {
        show(guideline, region, &reply);
    }
    Ok(Exit::Ok)
}

fn show(guideline: &Guideline, region: &Region, reply: &Reply) {
    let citations = Citations::default();
    show_danger(guideline, region, &reply.danger, &citations);
    show_against(guideline, &reply.against, &citations);
    let Some(first) = reply.hits.first() else {
        if reply.danger.is_empty() && reply.against.is_empty() {
            not_answered(region, reply.has_no_source);
        } else {
            show_sources(guideline, &citations);
        }
        return;
    };
    let told_first = told(guideline, *first);
    page::heading(sentence_case(&told_first.title));
    let says = wire::says(&told_first, CHECK);
    for (index, line) in says.iter().enumerate() {
        // All of a passage is taken from the same sources.
        let is_last = index + 1 == says.len();
        let marks = if is_last { cited(&citations, told_first.sources) } else { String::new() };
        page::paragraph(format!("{line} {marks}").trim_end());
    }
    if let Some(rule) = told_first.check_first.filter(|rule| !reply.danger.contains(rule)) {
        let rule = guideline.rule(rule);
        page::paragraph(format!(
            "{} {} {} `unclench` asks about this and the other danger signs.",
            Message::AskFirstOfAll,
            rule.because,
            citations.mark(&rule.sources)
        ));
    }
    if let Some(disagreement) = told_first.disagreement {
        page::heading(format!("Sources differ: {}", disagreement.topic));
        for position in &disagreement.positions {
            page::point("•", format!("{} {}", position.says, citations.mark(&position.sources)));
        }
        page::paragraph(format!("{} {}", disagreement.we_do, disagreement.because));
    }
    if !told_first.see.is_empty() {
        page::heading(Message::AskSeeAlso);
        for block in told_first.see.iter().filter_map(|id| guideline.book().block(*id)) {
            page::point("•", format!("unclench explain {}", block.name()));
        }
    }
    if reply.hits.len() > 1 {
        page::heading(Message::AskOrDidYouMean);
        for hit in &reply.hits[1..] {
            page::point("•", sentence_case(&told(guideline, *hit).title));
        }
    }
    show_sources(guideline, &citations);
    page::aside(&format!(
        "Information, not a medical device; it knows nothing of you. `unclench` asks. In an emergency call {}.",
        region.emergency
    ));
}

/// Signs of danger come before any answer.
fn show_danger(guideline: &Guideline, region: &Region, rules: &[RuleId], citations: &Citations) {
    let Some(first) = rules.first() else { return };
    let told = what_to_do_about(guideline, rules);
    let told = tell::to_do(region, guideline.rule(*first).urgency, &told);
    page::alarm(&Message::AskFirst { title: told.title.into() }.to_string());
    for rule in rules {
        let rule = guideline.rule(*rule);
        page::paragraph(format!("{} {}", rule.because, citations.mark(&rule.sources)));
    }
    page::show_what_to_do(&told);
}

/// What speaks against a medicine comes before what the medicine does.
fn show_against(guideline: &Guideline, against: &[Against], citations: &Citations) {
    let mut heading = String::new();
    for row in against {
        let next = row.heading(guideline);
        if next != heading {
            page::heading(&next);
            heading = next;
        }
        let caution = row.caution(guideline);
        page::paragraph(format!("{} {}", caution.because, citations.mark(&caution.sources)));
    }
}

fn not_answered(region: &Region, has_no_source: bool) {
    if has_no_source {
        page::heading(Message::AskNoSource);
        page::paragraph(Message::AskNoSourceWhy);
    } else {
        page::heading(Message::AskNotAnswered);
        page::paragraph(Message::AskNotAnsweredWhy);
    }
    page::paragraph(format!(
        "To find out whether your back needs help, run `unclench`. In an emergency call {}.",
        region.emergency
    ));
}

fn cited(citations: &Citations, sources: &[SourceId]) -> String {
    if sources.is_empty() { String::new() } else { citations.mark(sources) }
}

fn show_sources(guideline: &Guideline, citations: &Citations) {
    page::heading(Message::Sources);
    for (number, line) in citations.list(guideline) {
        page::point(&format!("[{number}]"), &line);
    }
}
