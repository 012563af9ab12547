//! Whether the parts of a book fit together.

use crate::book::{
    Block, BlockKind, Book, Condition, CurveLine, Cutoff, Edge, Finding, FindingId, FindingKind, Index,
    QuestionId, Rule, RuleId, Urgency, findings_in, of_words as references_of_words,
};

/// A book whose parts do not fit together. `compiler` never makes one; it
/// reports the same faults with their line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BrokenBook {
    /// Something refers to what is not there, or a test does not fit its finding.
    #[error("the {in_what} `{id}` refers to something that the book does not have")]
    Dangling {
        /// The kind of block.
        in_what: &'static str,
        /// Its id.
        id: String,
    },
    /// A list is too long for ids of 16 bits.
    #[error("there are more than 65,535 blocks of the kind `{0}`")]
    TooMany(&'static str),
    /// Two questions show the same finding.
    #[error("the finding `{0}` is shown by two questions")]
    ShownTwice(String),
    /// A question depends on what is asked later, or on itself.
    #[error("the question `{0}` depends on something that is not asked before it")]
    AskedTooEarly(String),
    /// Rules refer to each other in a circle.
    #[error("the rule `{0}` refers to itself")]
    Circular(String),
    /// A rule refers to a rule that refers to a rule, and so on, farther than anyone follows.
    #[error("the rule `{0}` rests on more than {FARTHEST} rules behind each other")]
    TooFar(String),
    /// A level that the type of block does not allow: "not sure" above "yes", a rule
    /// of no urgency, or a remedy in an emergency.
    #[error("the {in_what} `{id}` has a level that it cannot have")]
    Level {
        /// The kind of block.
        in_what: &'static str,
        /// Its id.
        id: String,
    },
    /// A level of urgency has no outcome, or has two.
    #[error("there must be exactly one outcome for `{0}`")]
    Outcome(Urgency),
    /// A finding of a kind that cannot have its role, or one of two with the same.
    #[error("the finding `{0}` cannot have its role")]
    Role(String),
    /// An edge of the expected band that is there twice, that is missing beside others, or
    /// that has numbers nobody can reckon with.
    #[error("the edge `{0}` of the expected band is not there once, as a curve")]
    Curve(&'static str),
    /// A number that something computed turns on is not there once, or cannot be that.
    #[error("the threshold `{0}` is not there once, with a number that it can be")]
    Threshold(&'static str),
    /// A follow-up that does not follow up one yes/no finding, on a screen of its own
    /// that comes later; or one that a condition uses.
    #[error("the finding `{0}` cannot settle a \"not sure\"")]
    FollowUp(String),
}

/// Everything that any part of the book refers to is there.
pub(super) fn check_references(book: &Book) -> Result<(), BrokenBook> {
    for kind in BlockKind::ALL {
        if book.block(kind.nth(u16::MAX)).is_some() {
            return Err(BrokenBook::TooMany(kind.id()));
        }
    }
    if book.sources.len() > usize::from(u16::MAX) {
        return Err(BrokenBook::TooMany("source"));
    }
    let index = Index::of(book);
    for (id, block) in book.blocks() {
        let is_empty = match block {
            Block::Question(question) => question.shows.is_empty(),
            Block::ComeBack(line) => line.covers.is_empty(),
            _ => false,
        };
        if is_empty || !block.references(id).into_iter().all(|reference| index.has(reference)) {
            let (in_what, id) = (block.kind().id(), block.name().to_owned());
            return Err(BrokenBook::Dangling { in_what, id });
        }
    }
    // What is not read yet was checked before it was packed, and whoever reads it leaves out
    // what does not fit.
    for (part, reference) in book.words.known().map(references_of_words).unwrap_or_default() {
        if !index.has(reference) {
            return Err(BrokenBook::Dangling { in_what: "words", id: part.to_owned() });
        }
    }
    Ok(())
}

/// Rules and remedies have levels that they can have.
pub(super) fn check_levels(book: &Book) -> Result<(), BrokenBook> {
    let wrong = |in_what, id: &str| Err(BrokenBook::Level { in_what, id: id.to_owned() });
    for rule in &book.rules {
        let told_at = rule.tells.and_then(|outcome| book.outcomes.get(outcome.index()));
        let is_told_elsewhere = told_at.is_some_and(|outcome| outcome.urgency != rule.urgency);
        if rule.if_not_sure > rule.urgency || rule.urgency == Urgency::SelfCare || is_told_elsewhere {
            return wrong("rule", &rule.id);
        }
    }
    for remedy in &book.remedies {
        if remedy.up_to == Urgency::Emergency {
            return wrong("remedy", &remedy.id);
        }
    }
    Ok(())
}

/// Each role has one finding at most, of a kind that fits and that is asked.
pub(super) fn check_roles(book: &Book) -> Result<(), BrokenBook> {
    let mut seen = Vec::new();
    for finding in &book.findings {
        let Some(role) = finding.role else { continue };
        if finding.derived.is_some() || !role.fits(&finding.kind) || seen.contains(&role) {
            return Err(BrokenBook::Role(finding.id.clone()));
        }
        seen.push(role);
    }
    Ok(())
}

/// The number of each threshold, in the order of [`Cutoff::ALL`].
pub(super) fn thresholds(book: &Book) -> Result<[f64; Cutoff::ALL.len()], BrokenBook> {
    let mut values = [0.0; Cutoff::ALL.len()];
    for (value, cutoff) in values.iter_mut().zip(Cutoff::ALL) {
        let mut all = book.thresholds.iter().filter(|threshold| threshold.cutoff == cutoff);
        *value = match (all.next(), all.next()) {
            (Some(threshold), None) if cutoff.takes(threshold.value) => threshold.value,
            _ => return Err(BrokenBook::Threshold(cutoff.id())),
        };
    }
    Ok(values)
}

/// The band in which pain is expected has every edge once, or none, in numbers that one can
/// reckon with.
pub(super) fn check_curves(book: &Book) -> Result<(), BrokenBook> {
    for edge in Edge::ALL.into_iter().filter(|_| !book.curves.is_empty()) {
        let mut curves = book.curves.iter().filter(|curve| curve.edge == edge);
        let (Some(curve), None) = (curves.next(), curves.next()) else {
            return Err(BrokenBook::Curve(edge.id()));
        };
        if curve.lines.is_empty() || !curve.lines.iter().all(CurveLine::is_sound) {
            return Err(BrokenBook::Curve(edge.id()));
        }
    }
    Ok(())
}

/// For each finding, the one that settles its "not sure": a yes/no finding on a
/// screen of its own, after the finding it follows, and in no condition.
pub(super) fn follow_ups(
    book: &Book,
    asked_by: &[Option<QuestionId>],
) -> Result<Vec<Option<FindingId>>, BrokenBook> {
    let is_yes_no = |finding: &Finding| finding.kind == FindingKind::YesNo && finding.derived.is_none();
    let mut followed_up_by: Vec<Option<FindingId>> = vec![None; book.findings.len()];
    for (id, finding) in (0..).map(FindingId).zip(&book.findings) {
        let Some(follows) = finding.follows_up else { continue };
        let question = asked_by[id.index()];
        let is_alone = question.is_some_and(|id| {
            let question = &book.questions[id.index()];
            question.shows.len() == 1 && question.only_if.is_none()
        });
        let target = book.findings.get(follows.index());
        let fits = target.is_some_and(|target| is_yes_no(target) && target.follows_up.is_none())
            && is_yes_no(finding)
            && !finding.danger
            && is_alone
            && asked_by[follows.index()] < question
            && asked_by[follows.index()].is_some()
            && followed_up_by[follows.index()].replace(id).is_none();
        if !fits {
            return Err(BrokenBook::FollowUp(finding.id.clone()));
        }
    }
    for (_, condition) in book.conditions() {
        let mut used = None;
        condition.walk(&mut |part| {
            let follow_up = part.finding().filter(|id| book.findings[id.index()].follows_up.is_some());
            used = used.or(follow_up);
        });
        if let Some(finding) = used {
            return Err(BrokenBook::FollowUp(book.findings[finding.index()].id.clone()));
        }
    }
    Ok(followed_up_by)
}

/// A question may only depend on what was asked before it, and a rule not on itself.
pub(super) fn check_order(book: &Book, asked_by: &[Option<QuestionId>]) -> Result<(), BrokenBook> {
    let mut known = vec![None; book.rules.len()];
    for rule in (0..).map(RuleId).take(book.rules.len()) {
        rules_behind(book, rule, &mut Vec::new(), &mut known)?;
    }
    for (question_index, question) in book.questions.iter().enumerate() {
        let Some(gate) = &question.only_if else { continue };
        let mut findings = Vec::new();
        findings_in(book, &gate.condition, &mut findings);
        let asked_before = |finding: &FindingId| {
            asked_by[finding.index()].is_none_or(|question| question.index() < question_index)
        };
        if !findings.iter().all(asked_before) {
            return Err(BrokenBook::AskedTooEarly(question.id.clone()));
        }
    }
    Ok(())
}

/// Whoever follows a rule into the rules behind it, and those into theirs, goes no farther.
const FARTHEST: usize = 16;

/// How many rules stand behind each other behind this one. `path` leads to it.
fn rules_behind(
    book: &Book,
    rule: RuleId,
    path: &mut Vec<RuleId>,
    known: &mut [Option<usize>],
) -> Result<usize, BrokenBook> {
    if let Some(behind) = known[rule.index()] {
        return Ok(behind);
    }
    let Rule { id, when, .. } = &book.rules[rule.index()];
    if path.contains(&rule) {
        return Err(BrokenBook::Circular(id.clone()));
    }
    let mut next = Vec::new();
    when.walk(&mut |part| {
        if let Condition::Rule(rule) = part {
            next.push(*rule);
        }
    });
    path.push(rule);
    let mut behind = 0;
    for rule in next {
        if path.len() > FARTHEST {
            return Err(BrokenBook::TooFar(id.clone()));
        }
        behind = behind.max(1 + rules_behind(book, rule, path, known)?);
    }
    path.pop();
    if behind > FARTHEST {
        return Err(BrokenBook::TooFar(id.clone()));
    }
    known[rule.index()] = Some(behind);
    Ok(behind)
}
