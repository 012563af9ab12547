//! `unclench explain`: from which sentence and source something comes.

use std::path::Path;

use anyhow::Context;
use care::{
    Answers, Block, BlockId, BlockKind, Cause, Disagreement, Finding, Guideline, HelpLine, Outcome, Place,
    Question, Reference, Region, Remedy, Rule, SourceId, Step, next, reasons, sentence_case,
};

use crate::exit::{BadInput, Exit};
use crate::{input, page};

mod more;

/// Explains every block of the book with this id, a source, or a vignette by its path.
pub(crate) fn run(guideline: &Guideline, what: &str) -> anyhow::Result<Exit> {
    if Path::new(what).extension().is_some_and(|ending| ending == "md") {
        return vignette(guideline, what);
    }
    // A rule and a finding may share an id: every block of that name is explained.
    let mut is_explained = false;
    for (id, found) in guideline.book().blocks().filter(|(_, block)| block.name() == what) {
        block(guideline, id, found);
        is_explained = true;
    }
    if source(guideline, what) || is_explained {
        return Ok(Exit::Ok);
    }
    Err(BadInput::because(format!(
        "the book has no block and no source `{}`; `unclench findings` and `unclench graph` list ids",
        care::printable(what)
    )))
}

/// Where a block stands, what it says, and what it rests on.
fn block(guideline: &Guideline, id: BlockId, block: Block<'_>) {
    page::heading(heading(block));
    stands(block.place());
    match block {
        Block::Finding(block) => finding(guideline, id, block),
        Block::Question(block) => question(guideline, block),
        Block::Rule(block) => rule(guideline, block),
        Block::Cause(block) => cause(guideline, id, block),
        Block::Remedy(block) => remedy(guideline, block),
        // The sources stand with their sides.
        Block::Disagreement(block) => return disagreement(guideline, block),
        Block::Outcome(block) => outcome(block),
        Block::ComeBack(block) => more::come_back(guideline, block),
        Block::Region(block) => region(block),
        Block::Medicine(block) => more::medicine(guideline, block),
        Block::Product(block) => more::product(block),
        Block::OtherMedicine(block) => more::other_medicine(block),
        Block::MedicineClass(block) => more::medicine_class(block),
        Block::Habit(block) => more::habit(guideline, block),
        Block::Referral(block) => more::referral(guideline, block),
        Block::Answer(block) => more::answer(guideline, block),
        Block::BodyPlace(block) => more::body_place(guideline, block),
        Block::Curve(block) => more::curve(block),
        Block::Checkpoint(block) => more::checkpoint(block),
        Block::Threshold(block) => {
            page::point("•", format!("{}: {}", sentence_case(block.cutoff.meaning()), block.value));
        }
        Block::Pose(block) => {
            for (key, words) in block.facts() {
                page::point("•", format!("{key}: {words}"));
            }
        }
        Block::NotFollowed(block) => page::point("•", &block.because),
    }
    claims(block.claims());
    let mut cited: Vec<SourceId> = Vec::new();
    for source in block.sources() {
        if !cited.contains(&source) {
            cited.push(source);
        }
    }
    sources(guideline, &cited);
}

/// Its kind and name, and what it is called where that says more.
fn heading(block: Block<'_>) -> String {
    let name = block.name();
    match block {
        Block::Finding(_) => format!("Finding {name}"),
        Block::Question(_) => format!("Question {name}"),
        Block::Rule(_) => format!("Rule {name}"),
        Block::Cause(_) => format!("Cause {name}"),
        Block::Remedy(_) => format!("Remedy {name}"),
        Block::Disagreement(block) => format!("Disagreement {name}: {}", block.topic),
        Block::Outcome(block) => format!("Outcome {name}: {}", block.title),
        Block::ComeBack(block) => format!("Come back if {}", block.says),
        Block::Region(block) => format!("Region {name}: {}", block.name),
        Block::Medicine(block) => format!("Medicine {name}: {}", block.name),
        Block::Product(block) => format!("Product {name}: {}", block.name),
        Block::OtherMedicine(block) => format!("Medicine {name}: {}", block.name()),
        Block::MedicineClass(block) => format!("Class {name}: {}", block.name),
        Block::Habit(block) => format!("Habit {name}: {}", block.name),
        Block::Referral(block) => format!("Referral {name}: {}", block.name),
        Block::Answer(_) => format!("Answer {name}"),
        Block::BodyPlace(block) => format!("Place {name}: {}", block.name),
        Block::Curve(_) => format!("Curve {name}: an edge of the expected course"),
        Block::Checkpoint(block) => format!("Checkpoint {name}: {}", block.name),
        Block::Threshold(_) => format!("Threshold {name}"),
        Block::Pose(_) => format!("Pose {name}"),
        Block::NotFollowed(_) => format!("Not followed {name}"),
    }
}

fn rule(guideline: &Guideline, rule: &Rule) {
    page::point("•", format!("When: {}", rule.when_text));
    page::point("•", format!("Urgency: {}; if not sure: {}", rule.urgency, rule.if_not_sure));
    if let Some(cause) = rule.suspect.map(|id| guideline.cause(id)) {
        page::point("•", format!("One thinks of: {}. {}", cause.full_name(), cause.explain));
    }
    page::point("•", format!("The person reads: {}", rule.because));
    if let Some(outcome) = rule.tells {
        page::point("•", format!("The page it leads to: {}", guideline.outcome_with(outcome).id));
    }
    for line in &rule.calls {
        page::point("•", format!("Whom to call: {}", line.title()));
    }
    if !rule.evidence.is_empty() {
        page::point("•", format!("Evidence rows: {}", rule.evidence.join(", ")));
    }
}

fn finding(guideline: &Guideline, id: BlockId, finding: &Finding) {
    page::point("•", format!("On the screen: {}", finding.label));
    page::point("•", care::allowed_answers(&finding.kind));
    let book = guideline.book();
    let mut questions = book.blocks_of(BlockKind::Question);
    if let Some((_, question)) = questions.find(|(own, block)| names(*block, *own, id)) {
        page::point("•", format!("Asked by: {}", question.name()));
    }
    page::point("•", format!("Used by: {}", used_by(guideline, id)));
    if finding.private {
        page::point("•", "Stays off what is handed over, unless the person puts it on");
    }
    if finding.medicine {
        page::point("•", "Tells of a medicine");
    }
    if finding.steady {
        page::point("•", "Stays as it was answered while a spell lasts");
    }
    if let Some(age) = finding.child_up_to {
        page::point("•", format!("Told of a child of {age} years at most"));
    }
    if finding.only_one {
        page::point("•", "One option at most can be so");
    }
    if !finding.hears.is_empty() {
        let patterns: Vec<&str> = finding.hears.iter().map(|hears| hears.pattern.as_str()).collect();
        page::point("•", format!("Heard by: {}", patterns.join(" / ")));
    }
}

/// Whether a block, with its own id, names another one itself.
fn names(block: Block<'_>, own: BlockId, other: BlockId) -> bool {
    block.references(own).contains(&Reference::Block(other))
}

/// Every block that depends on a finding: by a condition, also through rules, or
/// because it names the finding itself.
fn used_by(guideline: &Guideline, id: BlockId) -> String {
    let book = guideline.book();
    let mentions = |condition: &care::Condition| {
        let mut findings = Vec::new();
        care::findings_in(book, condition, &mut findings);
        findings.into_iter().any(|finding| BlockId::Finding(finding) == id)
    };
    let depends = |(other, block): &(BlockId, Block<'_>)| {
        let is_asked_by = block.kind() == BlockKind::Question;
        block.conditions().into_iter().any(|(_, condition)| mentions(condition))
            || (!is_asked_by && names(*block, *other, id))
    };
    listed(book.blocks().filter(depends))
}

/// `rule fever, remedy heat`
fn listed<'b>(blocks: impl Iterator<Item = (BlockId, Block<'b>)>) -> String {
    let names = blocks.map(|(_, block)| format!("{} {}", block.kind().id(), block.name()));
    names.collect::<Vec<_>>().join(", ")
}

fn question(guideline: &Guideline, question: &Question) {
    page::point("•", &question.ask);
    page::point("•", format!("Why: {}", question.why));
    if let Some(changed) = &question.changed {
        page::point("•", format!("What may have changed: {changed}"));
    }
    if question.body_map {
        page::point("•", "Beside it: a map of the places of the body");
    }
    for finding in &question.shows {
        let finding = guideline.finding(*finding);
        page::point("☐", format!("{} ({})", finding.label, finding.id));
    }
    if let Some(gate) = &question.only_if {
        let condition = gate.condition.text(guideline.book());
        page::point(
            "•",
            format!("Only if: {condition}. Otherwise no, because: {}", gate.otherwise_no_because),
        );
    }
}

fn remedy(guideline: &Guideline, remedy: &Remedy) {
    page::point("•", format!("{}: {}", remedy.name, remedy.why));
    let print = |condition: &care::Condition| condition.text(guideline.book());
    if remedy.leads {
        page::point("•", "What an outcome says first");
    }
    if remedy.painkillers {
        page::point("•", "Leads on to the check of painkillers");
    }
    page::point("•", format!("Stage: {}; shown up to: {}", remedy.stage.title(), remedy.up_to));
    if let Some(offer) = &remedy.offer {
        page::point("•", format!("Only if: {}", print(offer)));
    }
    if let Some(avoid) = &remedy.avoid {
        page::point("•", format!("Not if: {}", print(avoid)));
    }
    page::point("•", format!("Strength: {}", remedy.strength.words()));
}

fn cause(guideline: &Guideline, id: BlockId, cause: &Cause) {
    page::point("•", format!("{}: {}", cause.full_name(), cause.explain));
    if cause.daily {
        page::point("•", "Offered in the diary as what may have brought the pain on");
    }
    let rules = guideline.book().blocks_of(BlockKind::Rule);
    let suspects = rules.filter(|(own, block)| names(*block, *own, id));
    let suspects: Vec<&str> = suspects.map(|(_, rule)| rule.name()).collect();
    page::point("•", format!("Thought of by the rules: {}", suspects.join(", ")));
}

fn disagreement(guideline: &Guideline, disagreement: &Disagreement) {
    for position in &disagreement.positions {
        page::point("•", &position.says);
        sources(guideline, &position.sources);
    }
    page::point("•", format!("What we do: {} {}", disagreement.we_do, disagreement.because));
}

fn outcome(outcome: &Outcome) {
    if let Some(line) = outcome.first_call {
        page::point("•", format!("To call first: {}", line.title()));
    }
    for line in outcome.actions.iter().chain(&outcome.say) {
        page::point("•", line);
    }
    for line in &outcome.also {
        page::point("•", format!("Where another page leads: {line}"));
    }
}

fn region(region: &Region) {
    page::point("•", format!("Emergency: {}", region.emergency));
    if let Some(number) = &region.advice {
        page::point("•", format!("Health advice line: {number}"));
    }
    for line in HelpLine::ALL {
        if let Some(number) = region.line(line) {
            page::point("•", format!("{}: {number}", line.title()));
        }
    }
}

fn source(guideline: &Guideline, name: &str) -> bool {
    let all = &guideline.book().sources;
    let position = all.iter().position(|source| source.id == name).map(u16::try_from);
    let Some(Ok(index)) = position else { return false };
    page::heading(format!("Source {name}"));
    sources(guideline, &[SourceId(index)]);
    let book = guideline.book();
    let rests_on_it = |(_, block): &(BlockId, Block<'_>)| book.cites(&block.sources(), SourceId(index));
    page::point("•", format!("Cited by: {}", listed(book.blocks().filter(rests_on_it))));
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
    page::point("•", format!("Outcome: {} after {} screens", finished.urgency(), interview.screens.len()));
    explain_reasons(guideline, asked, &finished);
    Ok(Exit::Ok)
}

fn explain_reasons(guideline: &Guideline, asked: &Answers, finished: &care::Finished<'_>) {
    for reason in reasons(finished.state()) {
        let rule = guideline.rule(reason.rule);
        page::heading(format!("{} ({})", rule.id, reason.urgency));
        stands(&rule.place);
        page::point("•", format!("When: {}", rule.when_text));
        for finding in &reason.findings {
            page::point("•", tell::said(guideline, asked, *finding));
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
        page::paragraph(format!("“{}”", place.prose));
    }
}

fn claims(claims: &[String]) {
    if !claims.is_empty() {
        page::point("•", format!("Claims of the articles: {}", claims.join(", ")));
    }
}

fn sources(guideline: &Guideline, ids: &[SourceId]) {
    for id in ids {
        let source = guideline.source(*id);
        let year = source.year.map(|year| format!(" ({year})")).unwrap_or_default();
        page::point("§", format!("{}{year}. {}", source.title, source.link));
    }
}
