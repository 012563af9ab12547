//! Cards for what is asked and when it matters: findings, questions, rules.

use askama::Template;
use care::{BlockKind, Condition, Finding, FindingId, FindingKind, Question, Rule};

use super::desk::{Desk, Foot, Head};
use crate::level::Level;
use crate::links::{Link, spaced};
use crate::words::Words;

#[derive(Template)]
#[template(path = "book/finding.html")]
struct FindingCard<'b> {
    head: Head<'b>,
    finding: &'b Finding,
    /// The label with an everyday value in place of `{}`.
    come_back: Option<String>,
    asked_in: Option<Link>,
    rules: Vec<Link>,
    remedies: Vec<Link>,
    foot: Foot,
}

/// A finding.
pub(super) fn finding(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let guideline = desk.guideline;
    let Some(finding_id) = guideline.finding_named(id) else { return Ok(None) };
    let finding = guideline.finding(finding_id);
    let book = guideline.book();
    let rules =
        book.rules.iter().filter(|rule| tests(&rule.when, finding_id)).map(|rule| desk.links.rule(rule));
    let remedies = book
        .remedies
        .iter()
        .filter(|remedy| {
            [&remedy.offer, &remedy.avoid].into_iter().flatten().any(|condition| tests(condition, finding_id))
        })
        .map(|remedy| desk.links.remedy(remedy));
    let mut foot = desk.foot(&finding.sources, &[], &finding.claims);
    let codes = [("ICD-10-CM", &finding.icd10cm), ("LOINC", &finding.loinc), ("SNOMED CT", &finding.snomed)];
    foot.codes = codes
        .into_iter()
        .filter(|(_, codes)| !codes.is_empty())
        .map(|(system, codes)| (system, codes.join(", ")))
        .collect();
    let card = FindingCard {
        head: Head::new(desk, BlockKind::Finding, &finding.id),
        finding,
        come_back: finding.come_back.as_ref().map(|text| text.replace("{}", "…")),
        asked_in: guideline
            .asked_by(finding_id)
            .map(|question| desk.links.question(guideline.question(question))),
        rules: rules.collect(),
        remedies: remedies.collect(),
        foot,
    };
    card.render().map(Some)
}

/// Whether a condition tests a finding itself, not through another rule.
fn tests(condition: &Condition, finding: FindingId) -> bool {
    let mut found = false;
    condition.walk(&mut |part| found |= part.finding() == Some(finding));
    found
}

#[derive(Template)]
#[template(path = "book/question.html")]
struct QuestionCard<'b> {
    head: Head<'b>,
    question: &'b Question,
    lines: Vec<Line<'b>>,
    /// More than one line can be ticked, so that "none of these" has a meaning.
    is_checklist: bool,
    only_if: Option<(Words, &'b str)>,
    foot: Foot,
}

/// One finding as it looks on paper.
struct Line<'b> {
    link: Link,
    finding: &'b Finding,
}

/// A question as it looks on paper.
pub(super) fn question(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let guideline = desk.guideline;
    let Some(question) = guideline.question_named(id).map(|id| guideline.question(id)) else {
        return Ok(None);
    };
    let lines: Vec<Line<'_>> = desk
        .findings(&question.shows)
        .map(|finding| Line { link: desk.links.finding(finding), finding })
        .collect();
    let card = QuestionCard {
        head: Head::new(desk, BlockKind::Question, &question.id),
        question,
        is_checklist: lines.iter().any(|line| line.finding.kind == FindingKind::YesNo),
        lines,
        only_if: question
            .only_if
            .as_ref()
            .map(|gate| (desk.words(&gate.condition), gate.otherwise_no_because.as_str())),
        foot: desk.foot(&question.sources, &[], &[]),
    };
    card.render().map(Some)
}

#[derive(Template)]
#[template(path = "book/rule.html")]
struct RuleCard<'b> {
    head: Head<'b>,
    title: String,
    rule: &'b Rule,
    when: Words,
    level: Level,
    not_sure: Level,
    suspect: Option<(Link, Option<&'b str>)>,
    foot: Foot,
}

/// A rule.
pub(super) fn rule(desk: Desk<'_>, id: &str) -> askama::Result<Option<String>> {
    let guideline = desk.guideline;
    let Some(rule) = guideline.rule_named(id).map(|id| guideline.rule(id)) else { return Ok(None) };
    let card = RuleCard {
        head: Head::new(desk, BlockKind::Rule, &rule.id),
        title: spaced(&rule.id),
        rule,
        when: desk.words(&rule.when),
        level: rule.urgency.into(),
        not_sure: rule.if_not_sure.into(),
        suspect: rule.suspect.map(|cause| {
            let cause = guideline.cause(cause);
            (desk.links.cause(cause), cause.term.as_deref())
        }),
        foot: desk.foot(&rule.sources, &rule.evidence, &rule.claims),
    };
    card.render().map(Some)
}
