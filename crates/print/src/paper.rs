//! The triage on paper: for a pen, with no computer.
//!
//! Every rule of the book stands on it exactly once: beside a line, where one
//! tick is enough, or as a combination of ticks. So the sheet gives the level
//! that the program gives. "Not sure" has a column of its own; a line left
//! empty, or a box one is not sent to, is a no.

mod codes;
mod marks;
mod plan;

use askama::Template;
use care::{
    Book, Chapter, Condition, FindingId, FindingKind, Guideline, Outcome, Question, Region, Rule, Urgency,
};
use compiler::Compiled;

use self::codes::{Codes, Phrase};
use self::marks::{Mark, Marks, Spot};
use self::plan::PlanStage;
use crate::level::Level;
use crate::words::range;
use crate::{PrintError, Sheet};

#[derive(Template)]
#[template(path = "book/paper.html")]
struct PaperPage<'b> {
    book: &'b Book,
    short_hash: &'b str,
    region: &'b Region,
    parts: Vec<Part<'b>>,
    combinations: Vec<(Level, Vec<Combination<'b>>)>,
    levels: Vec<(Level, &'b Outcome)>,
    come_back: Vec<(Level, Vec<&'b str>)>,
    plan_boxes: Vec<PaperBox<'b>>,
    plan: Vec<PlanStage<'b>>,
}

/// The boxes of one kind, under a heading of their own.
struct Part<'b> {
    title: &'static str,
    chapter: Chapter,
    boxes: Vec<PaperBox<'b>>,
}

/// One screen as a box to fill in.
struct PaperBox<'b> {
    number: usize,
    question: &'b Question,
    only_if: Option<Phrase>,
    rows: Vec<Row>,
    /// The words for "none of these", where everyone is asked and it has a meaning.
    none: Option<&'b str>,
}

impl PaperBox<'_> {
    /// It may run over the end of a page.
    fn is_long(&self) -> bool {
        self.rows.len() > 8
    }
}

/// One line of a box.
struct Row {
    kind: RowKind,
    /// Names the finding, on its first row.
    anchor: String,
    code: String,
    words: String,
    /// The unit of a number.
    unit: String,
    level: Option<Level>,
    not_sure: Option<Level>,
    /// Further boxes to fill in.
    boxes: Vec<usize>,
    /// It can count for more together with other lines.
    combines: bool,
    /// It only matters to the plan.
    is_for_plan: bool,
    /// The rules that stand here.
    rules: String,
}

/// What is written on a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RowKind {
    /// Yes or not sure.
    Tick,
    /// A number, or not sure.
    Number,
    /// Yes, if the number above is in a range.
    Range,
    /// Not sure, for all the options below.
    Choice,
    /// Yes to one option.
    Option,
}

impl RowKind {
    /// For class names.
    fn id(self) -> &'static str {
        match self {
            Self::Tick => "tick",
            Self::Number => "number",
            Self::Range => "range",
            Self::Choice => "choice",
            Self::Option => "option",
        }
    }

    fn takes_yes(self) -> bool {
        matches!(self, Self::Tick | Self::Range | Self::Option)
    }

    /// Only the first row of a finding does.
    fn takes_not_sure(self) -> bool {
        matches!(self, Self::Tick | Self::Number | Self::Choice)
    }
}

/// A rule that needs more than one tick.
struct Combination<'b> {
    rule: &'b str,
    phrase: Phrase,
    not_sure: Option<Level>,
    because: &'b str,
}

/// The paper version, with the phone numbers of one region.
///
/// # Errors
///
/// If a template fails, which only a bug can cause.
pub(super) fn sheet(library: &Compiled, region: &Region) -> Result<Sheet, PrintError> {
    let guideline = &library.guideline;
    let book = guideline.book();
    let codes = Codes::new(guideline);
    let marks = Marks::new(guideline, &codes);
    let paper = Paper { guideline, codes: &codes, marks: &marks };
    let (plan_boxes, boxes): (Vec<_>, Vec<_>) =
        paper.boxes().into_iter().partition(|each| paper.serves_only_the_plan(each.question));
    let page = PaperPage {
        book,
        short_hash: book.hash.get(..12).unwrap_or(&book.hash),
        region,
        parts: parts(boxes),
        combinations: paper.combinations(),
        levels: Urgency::ALL
            .into_iter()
            .rev()
            .map(|urgency| (urgency.into(), guideline.outcome(urgency)))
            .collect(),
        come_back: paper.come_back(),
        plan_boxes,
        plan: plan::stages(book, &codes),
    };
    Ok(Sheet { path: "paper.html".into(), text: page.render()? })
}

/// Boxes under headings, in the order of asking. A box behind a gate stays where it is asked.
fn parts(boxes: Vec<PaperBox<'_>>) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for each in boxes {
        let chapter = each.question.chapter;
        let is_known = parts.iter().any(|part| part.chapter == chapter);
        match parts.last_mut() {
            Some(part) if each.only_if.is_some() || part.chapter == chapter => part.boxes.push(each),
            _ => {
                let title = if is_known { "More signs" } else { chapter.title() };
                parts.push(Part { title, chapter, boxes: vec![each] });
            }
        }
    }
    parts
}

#[derive(Clone, Copy)]
struct Paper<'b> {
    guideline: &'b Guideline,
    codes: &'b Codes,
    marks: &'b Marks<'b>,
}

impl<'b> Paper<'b> {
    fn boxes(self) -> Vec<PaperBox<'b>> {
        self.guideline
            .book()
            .questions
            .iter()
            .filter_map(|question| {
                let rows: Vec<Row> = question.shows.iter().flat_map(|finding| self.rows(*finding)).collect();
                let number = question.shows.iter().find_map(|finding| self.codes.box_of(*finding))?;
                let ticks = rows.iter().filter(|row| row.kind == RowKind::Tick).count();
                Some(PaperBox {
                    number,
                    question,
                    only_if: question.only_if.as_ref().map(|gate| self.phrase(&gate.condition)),
                    rows,
                    none: (ticks > 1 && question.only_if.is_none())
                        .then(|| question.none.as_deref().unwrap_or("None of these")),
                })
            })
            .collect()
    }

    fn phrase(self, condition: &Condition) -> Phrase {
        self.codes.phrase(self.guideline.book(), condition)
    }

    /// Nothing on this screen matters to a level, so it may wait until the level is known.
    fn serves_only_the_plan(self, question: &Question) -> bool {
        question.shows.iter().all(|finding| !self.marks.matters_to_level(*finding))
            && question.chapter == Chapter::Plan
    }

    /// The lines of one finding; none if it is not on the paper.
    fn rows(self, id: FindingId) -> Vec<Row> {
        if self.codes.box_of(id).is_none() {
            return Vec::new();
        }
        let finding = self.guideline.finding(id);
        let label = finding.label.as_str();
        match &finding.kind {
            FindingKind::YesNo => vec![self.row(RowKind::Tick, id, label, &self.marks.at(Spot::Yes(id)))],
            FindingKind::Number { unit, .. } => {
                let number = self.row(RowKind::Number, id, label, &self.marks.unknown(id));
                let ranges = self.marks.ranges(id).into_iter().map(|(comparison, value)| {
                    let mark = self.marks.at(Spot::Range(id, comparison, value));
                    self.row(RowKind::Range, id, &range(comparison, value, unit), &mark)
                });
                std::iter::once(Row { unit: unit.clone(), ..number }).chain(ranges).collect()
            }
            FindingKind::Choice(options) => {
                let choice = self.row(RowKind::Choice, id, label, &self.marks.unknown(id));
                let options = (0..).zip(options).map(|(index, option)| {
                    let mark = self.marks.at(Spot::Option(id, index));
                    let code = self.codes.option(id, index).unwrap_or_default().to_owned();
                    Row { code, ..self.row(RowKind::Option, id, &option.label, &mark) }
                });
                std::iter::once(Row { combines: false, ..choice }).chain(options).collect()
            }
        }
    }

    /// A row with what its ticks lead to.
    fn row(self, kind: RowKind, id: FindingId, words: &str, mark: &Mark<'_>) -> Row {
        let line = self.guideline.finding(id).id.as_str();
        let code = self.codes.line(id).filter(|_| kind != RowKind::Range);
        Row {
            kind,
            anchor: if kind.takes_not_sure() { format!("line-{line}") } else { String::new() },
            code: code.unwrap_or_default().to_owned(),
            words: words.to_owned(),
            unit: String::new(),
            level: mark.level.filter(|_| kind.takes_yes()).map(Level::from),
            not_sure: mark.not_sure.filter(|_| kind.takes_not_sure()).map(Level::from),
            boxes: mark.boxes.clone(),
            combines: mark.combines,
            is_for_plan: kind.takes_not_sure() && !self.marks.matters_to_level(id),
            rules: mark.rules.join(" "),
        }
    }

    /// The rules that need more than one tick, most urgent first, then by their first line.
    fn combinations(self) -> Vec<(Level, Vec<Combination<'b>>)> {
        let mut rules = self.marks.combinations().to_vec();
        rules.sort_by_key(|rule| self.codes.rank(self.guideline.book(), &rule.when));
        Urgency::ALL
            .into_iter()
            .rev()
            .map(|urgency| {
                let rules = rules.iter().filter(|rule| rule.urgency == urgency);
                (Level::from(urgency), rules.flat_map(|rule| self.rows_of_rule(rule)).collect::<Vec<_>>())
            })
            .filter(|(_, combinations)| !combinations.is_empty())
            .collect()
    }

    /// Alternatives become rows of their own, which are easier to read.
    fn rows_of_rule(self, rule: &'b Rule) -> impl Iterator<Item = Combination<'b>> {
        self.codes.alternatives(self.guideline.book(), &rule.when).into_iter().map(|phrase| Combination {
            rule: &rule.id,
            phrase,
            not_sure: Some(Level::from(rule.if_not_sure)).filter(|level| level.counts()),
            because: &rule.because,
        })
    }

    /// For each level from today on, what should bring a person back, where one sign is enough.
    fn come_back(self) -> Vec<(Level, Vec<&'b str>)> {
        [Urgency::Emergency, Urgency::SameDay]
            .into_iter()
            .map(|urgency| {
                let texts = self.guideline.findings().filter_map(|id| {
                    let finding = self.guideline.finding(id);
                    let is_here = self.marks.at(Spot::Yes(id)).level == Some(urgency);
                    finding.come_back.as_deref().filter(|_| is_here)
                });
                (Level::from(urgency), texts.collect::<Vec<_>>())
            })
            .filter(|(_, texts)| !texts.is_empty())
            .collect()
    }
}
