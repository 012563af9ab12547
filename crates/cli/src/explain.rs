//! `unclench explain`: from which sentence and source something comes.

use std::path::Path;

use anyhow::Context;
use care::{Answers, Guideline, HelpLine, Place, SourceId, Step, next, reasons};

use crate::exit::{BadInput, Exit};
use crate::{input, page};

mod more;

/// Explains every block of the book with this id, a source, or a vignette by its path.
pub(crate) fn run(guideline: &Guideline, what: &str) -> anyhow::Result<Exit> {
    if Path::new(what).extension().is_some_and(|ending| ending == "md") {
        return vignette(guideline, what);
    }
    // A rule and a finding may share an id: every block of that name is explained.
    let core = [rule, finding, question, remedy, cause, disagreement, outcome, region, source];
    let explainers = core.into_iter().chain(more::EXPLAINERS);
    let explained: Vec<bool> = explainers.map(|kind| kind(guideline, what)).collect();
    if explained.contains(&true) {
        return Ok(Exit::Ok);
    }
    Err(BadInput::because(format!(
        "the book has no block and no source `{}`; `unclench findings` and `unclench graph` list ids",
        care::printable(what)
    )))
}

fn rule(guideline: &Guideline, name: &str) -> bool {
    let Some(id) = guideline.rule_named(name) else { return false };
    let rule = guideline.rule(id);
    page::heading(&format!("Rule {name}"));
    stands(&rule.place);
    page::point("•", &format!("When: {}", rule.when_text));
    page::point("•", &format!("Urgency: {}; if not sure: {}", rule.urgency, rule.if_not_sure));
    if let Some(cause) = rule.suspect.map(|id| guideline.cause(id)) {
        page::point("•", &format!("One thinks of: {}. {}", cause.full_name(), cause.explain));
    }
    page::point("•", &format!("The person reads: {}", rule.because));
    if rule.tells.is_some() {
        page::point("•", &format!("The page it leads to: {}", guideline.outcome_told_by(id).id));
    }
    for line in &rule.calls {
        page::point("•", &format!("Whom to call: {}", line.title()));
    }
    if !rule.evidence.is_empty() {
        page::point("•", &format!("Evidence rows: {}", rule.evidence.join(", ")));
    }
    claims(&rule.claims);
    sources(guideline, &rule.sources);
    true
}

fn finding(guideline: &Guideline, name: &str) -> bool {
    let Some(id) = guideline.finding_named(name) else { return false };
    let finding = guideline.finding(id);
    page::heading(&format!("Finding {name}"));
    stands(&finding.place);
    page::point("•", &format!("On the screen: {}", finding.label));
    page::point("•", &care::allowed_answers(&finding.kind));
    if let Some(question) = guideline.asked_by(id) {
        page::point("•", &format!("Asked by: {}", guideline.question(question).id));
    }
    let mentions = |condition: &care::Condition| {
        let mut findings = Vec::new();
        care::findings_in(guideline.book(), condition, &mut findings);
        findings.contains(&id)
    };
    let book = guideline.book();
    let mut used: Vec<String> = Vec::new();
    used.extend(
        book.rules.iter().filter(|rule| mentions(&rule.when)).map(|rule| format!("rule {}", rule.id)),
    );
    used.extend(
        book.questions
            .iter()
            .filter(|question| question.only_if.as_ref().is_some_and(|gate| mentions(&gate.condition)))
            .map(|question| format!("question {}", question.id)),
    );
    used.extend(
        book.remedies
            .iter()
            .filter(|remedy| [&remedy.offer, &remedy.avoid].into_iter().flatten().any(mentions))
            .map(|remedy| format!("remedy {}", remedy.id)),
    );
    page::point("•", &format!("Used by: {}", used.join(", ")));
    if !finding.hears.is_empty() {
        let patterns: Vec<&str> = finding.hears.iter().map(|hears| hears.pattern.as_str()).collect();
        page::point("•", &format!("Heard by: {}", patterns.join(" / ")));
    }
    claims(&finding.claims);
    sources(guideline, &finding.sources);
    true
}

fn question(guideline: &Guideline, name: &str) -> bool {
    let Some(id) = guideline.question_named(name) else { return false };
    let question = guideline.question(id);
    page::heading(&format!("Question {name}"));
    stands(&question.place);
    page::point("•", &question.ask);
    page::point("•", &format!("Why: {}", question.why));
    for finding in &question.shows {
        let finding = guideline.finding(*finding);
        page::point("☐", &format!("{} ({})", finding.label, finding.id));
    }
    if let Some(gate) = &question.only_if {
        let condition = gate.condition.text(guideline.book());
        page::point(
            "•",
            &format!("Only if: {condition}. Otherwise no, because: {}", gate.otherwise_no_because),
        );
    }
    sources(guideline, &question.sources);
    true
}

fn remedy(guideline: &Guideline, name: &str) -> bool {
    let Some(id) = guideline.remedy_named(name) else { return false };
    let remedy = guideline.remedy(id);
    page::heading(&format!("Remedy {name}"));
    stands(&remedy.place);
    page::point("•", &format!("{}: {}", remedy.name, remedy.why));
    let print = |condition: &care::Condition| condition.text(guideline.book());
    page::point("•", &format!("Stage: {}; shown up to: {}", remedy.stage.title(), remedy.up_to));
    if let Some(offer) = &remedy.offer {
        page::point("•", &format!("Only if: {}", print(offer)));
    }
    if let Some(avoid) = &remedy.avoid {
        page::point("•", &format!("Not if: {}", print(avoid)));
    }
    page::point("•", &format!("Strength: {}", remedy.strength.words()));
    claims(&remedy.claims);
    sources(guideline, &remedy.sources);
    true
}

fn cause(guideline: &Guideline, name: &str) -> bool {
    let Some(cause) = guideline.book().causes.iter().find(|cause| cause.id == name) else { return false };
    page::heading(&format!("Cause {name}"));
    stands(&cause.place);
    page::point("•", &format!("{}: {}", cause.full_name(), cause.explain));
    let rules = guideline.book().rules.iter();
    let suspects = rules.filter(|rule| rule.suspect.is_some_and(|id| guideline.cause(id).id == name));
    let suspects: Vec<&str> = suspects.map(|rule| rule.id.as_str()).collect();
    page::point("•", &format!("Thought of by the rules: {}", suspects.join(", ")));
    claims(&cause.claims);
    sources(guideline, &cause.sources);
    true
}

fn disagreement(guideline: &Guideline, name: &str) -> bool {
    let Some(found) = guideline.book().disagreements.iter().find(|other| other.id == name) else {
        return false;
    };
    page::heading(&format!("Disagreement {name}: {}", found.topic));
    stands(&found.place);
    for position in &found.positions {
        page::point("•", &position.says);
        sources(guideline, &position.sources);
    }
    page::point("•", &format!("What we do: {} {}", found.we_do, found.because));
    true
}

fn outcome(guideline: &Guideline, name: &str) -> bool {
    let outcomes = &guideline.book().outcomes;
    let Some(outcome) = outcomes.iter().find(|outcome| outcome.id == name) else { return false };
    page::heading(&format!("Outcome {name}: {}", outcome.title));
    stands(&outcome.place);
    if let Some(line) = outcome.first_call {
        page::point("•", &format!("To call first: {}", line.title()));
    }
    for line in outcome.actions.iter().chain(&outcome.say) {
        page::point("•", line);
    }
    for line in &outcome.also {
        page::point("•", &format!("Where another page leads: {line}"));
    }
    claims(&outcome.claims);
    sources(guideline, &outcome.sources);
    true
}

fn region(guideline: &Guideline, name: &str) -> bool {
    let Some(region) = guideline.book().regions.iter().find(|region| region.id == name) else { return false };
    page::heading(&format!("Region {name}: {}", region.name));
    stands(&region.place);
    page::point("•", &format!("Emergency: {}", region.emergency));
    if let Some(number) = &region.advice {
        page::point("•", &format!("Health advice line: {number}"));
    }
    for line in HelpLine::ALL {
        if let Some(number) = region.line(line) {
            page::point("•", &format!("{}: {number}", line.title()));
        }
    }
    sources(guideline, &region.sources);
    true
}

fn source(guideline: &Guideline, name: &str) -> bool {
    let all = &guideline.book().sources;
    let position = all.iter().position(|source| source.id == name).map(u16::try_from);
    let Some(Ok(index)) = position else { return false };
    page::heading(&format!("Source {name}"));
    sources(guideline, &[SourceId(index)]);
    let book = guideline.book();
    let cited = book.rules.iter().filter(|rule| book.cites(&rule.sources, SourceId(index)));
    let cited: Vec<&str> = cited.map(|rule| rule.id.as_str()).collect();
    page::point("•", &format!("Rules that rest on it: {}", cited.join(", ")));
    true
}

/// Which rules fire in a vignette, from which sentence and source.
fn vignette(guideline: &Guideline, path: &str) -> anyhow::Result<Exit> {
    let text = input::read_file(Path::new(path), input::MOST_BYTES)?;
    let vignette = compiler::vignette(path, &text, guideline)
        .map_err(|problems| BadInput::because(problems.to_string()))
        .with_context(|| format!("{path} is not a vignette"))?;
    page::heading(&vignette.title);
    page::paragraph(&vignette.story);
    let answers = vignette.settled_answers(guideline);
    let interview = crate::burden::walk(guideline, &answers);
    let asked = &interview.answers;
    let Step::Done(finished) = next(guideline, asked) else {
        page::paragraph("The interview does not finish with these answers.");
        return Ok(Exit::Failed);
    };
    page::point("•", &format!("Outcome: {} after {} screens", finished.urgency(), interview.screens.len()));
    explain_reasons(guideline, asked, &finished);
    Ok(Exit::Ok)
}

fn explain_reasons(guideline: &Guideline, asked: &Answers, finished: &care::Finished<'_>) {
    for reason in reasons(finished.state()) {
        let rule = guideline.rule(reason.rule);
        page::heading(&format!("{} ({})", rule.id, reason.urgency));
        stands(&rule.place);
        page::point("•", &format!("When: {}", rule.when_text));
        for finding in &reason.findings {
            page::point("•", &care::said(guideline, asked, *finding));
        }
        if !reason.holds {
            page::point(
                "•",
                "Not known to hold: it cannot be ruled out because of answers that are not sure.",
            );
        }
        sources(guideline, &rule.sources);
    }
}

fn stands(place: &Place) {
    page::aside(&format!("{}:{}", place.file, place.line));
    if !place.prose.is_empty() {
        page::paragraph(&format!("“{}”", place.prose));
    }
}

fn claims(claims: &[String]) {
    if !claims.is_empty() {
        page::point("•", &format!("Claims of the articles: {}", claims.join(", ")));
    }
}

fn sources(guideline: &Guideline, ids: &[SourceId]) {
    for id in ids {
        let source = guideline.source(*id);
        let year = source.year.map(|year| format!(" ({year})")).unwrap_or_default();
        page::point("§", &format!("{}{year}. {}", source.title, source.link));
    }
}
