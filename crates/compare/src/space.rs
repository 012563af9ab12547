//! What can be answered in either of two books, as the variables of a diagram.

use std::collections::BTreeMap;

use care::{Book, Comparison, Condition, Finding, FindingId, FindingKind};

/// An answer, or several that no condition of either book tells apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    No,
    Yes,
    NotSure,
    /// A number from the first to the second.
    Between(i64, i64),
    /// An option, by its id.
    Option(String),
    /// Nothing, of what only a diary tells.
    Untold,
}

/// A finding of either book.
#[derive(Clone, Debug)]
pub(crate) struct Variable {
    pub(crate) id: String,
    /// A yes can only raise urgency, by either book.
    is_danger: bool,
    pub(crate) cells: Vec<Cell>,
}

impl Variable {
    /// How many answers each cell stands for.
    pub(crate) fn weights(&self) -> Vec<u64> {
        let weight = |cell: &Cell| match cell {
            Cell::Between(from, to) => to.abs_diff(*from).saturating_add(1),
            _ => 1,
        };
        self.cells.iter().map(weight).collect()
    }

    /// What each cell costs in an example: what is told as no, or has to be told anyway, nothing.
    pub(crate) fn costs(&self) -> Vec<u32> {
        let cost = |cell: &Cell| match cell {
            Cell::No | Cell::Untold | Cell::Between(..) | Cell::Option(_) => 0,
            Cell::Yes => 2,
            Cell::NotSure => 3,
        };
        self.cells.iter().map(cost).collect()
    }

    /// The share of each cell where every answer is as likely as any other.
    pub(crate) fn uniform(&self) -> Vec<f64> {
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        let weights: Vec<f64> = self.weights().into_iter().map(|weight| weight as f64).collect();
        let sum: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| weight / sum).collect()
    }

    /// The share of each cell where few have a sign of danger, and some have anything else; numbers
    /// and choices as [`Self::uniform`], among those who know.
    pub(crate) fn plain_people(&self) -> Vec<f64> {
        let (yes, not_sure) = if self.is_danger { (0.002, 0.002) } else { (0.2, 0.05) };
        let uniform = self.uniform();
        let is_value = |cell: &Cell| !matches!(cell, Cell::No | Cell::Yes | Cell::NotSure);
        let values: f64 =
            self.cells.iter().zip(&uniform).filter(|(cell, _)| is_value(cell)).map(|(_, share)| share).sum();
        let unknown = if self.cells.contains(&Cell::NotSure) { not_sure } else { 0.0 };
        let share = |(cell, share): (&Cell, &f64)| match cell {
            Cell::Yes => yes,
            Cell::NotSure => unknown,
            Cell::No => 1.0 - yes - unknown,
            _ => share / values * (1.0 - unknown),
        };
        self.cells.iter().zip(&uniform).map(share).collect()
    }
}

/// Every variable, in the order in which diagrams ask for them.
#[derive(Clone, Debug)]
pub(crate) struct Space {
    pub(crate) variables: Vec<Variable>,
    /// By id and kind: two versions of a finding that take other kinds of answers are two.
    places: BTreeMap<(String, &'static str), usize>,
}

fn kind(finding: &Finding) -> &'static str {
    match finding.kind {
        FindingKind::YesNo => "yes_no",
        FindingKind::Number { .. } => "number",
        FindingKind::Choice(_) => "choice",
    }
}

impl Space {
    /// Of these books, with the findings in the order of `order`, which may name some twice.
    pub(crate) fn of(books: [&Book; 2], order: &[(usize, FindingId)]) -> Self {
        let mut space = Self { variables: Vec::new(), places: BTreeMap::new() };
        for (which, id) in order {
            let finding = &books[*which].findings[id.index()];
            let key = (finding.id.clone(), kind(finding));
            if !space.places.contains_key(&key) {
                let cells = cells(books, &finding.id, kind(finding));
                let all = books.into_iter().flat_map(|book| &book.findings);
                let is_danger = all.into_iter().any(|other| other.id == finding.id && other.danger);
                space.places.insert(key, space.variables.len());
                space.variables.push(Variable { id: finding.id.clone(), is_danger, cells });
            }
        }
        space
    }

    pub(crate) fn place(&self, finding: &Finding) -> Option<usize> {
        self.places.get(&(finding.id.clone(), kind(finding))).copied()
    }
}

/// What the answers to a finding can be told apart by, in either book.
fn cells(books: [&Book; 2], id: &str, of_kind: &str) -> Vec<Cell> {
    let both: Vec<(&Book, FindingId, &Finding)> = books
        .into_iter()
        .flat_map(|book| {
            (0..).map(FindingId).zip(&book.findings).map(move |(id, finding)| (book, id, finding))
        })
        .filter(|(_, _, finding)| finding.id == id && kind(finding) == of_kind)
        .collect();
    let is_derived = both.iter().all(|(.., finding)| finding.derived.is_some());
    let mut cells = match of_kind {
        "yes_no" if is_derived => vec![Cell::Untold, Cell::Yes],
        "yes_no" => vec![Cell::No, Cell::Yes],
        "number" => numbers(&both),
        _ => options(&both),
    };
    if !is_derived {
        cells.push(Cell::NotSure);
    } else if of_kind != "yes_no" {
        cells.insert(0, Cell::Untold);
    }
    cells
}

fn numbers(both: &[(&Book, FindingId, &Finding)]) -> Vec<Cell> {
    let (mut starts, mut last) = (Vec::new(), i64::MIN);
    for (book, id, finding) in both {
        let FindingKind::Number { min, max, .. } = finding.kind else { continue };
        starts.push(min);
        last = last.max(max);
        for (_, condition) in book.conditions() {
            condition.walk(&mut |part| {
                if let Condition::Compare(tested, comparison, value) = part
                    && tested == id
                {
                    let above = value.saturating_add(1);
                    starts.extend(match comparison {
                        Comparison::GreaterOrEqual | Comparison::Less => vec![*value],
                        Comparison::Greater | Comparison::LessOrEqual => vec![above],
                        Comparison::Equal => vec![*value, above],
                    });
                }
            });
        }
        // Where one book ends and the other goes on.
        starts.push(max.saturating_add(1));
    }
    let first = both
        .iter()
        .filter_map(|(.., finding)| match finding.kind {
            FindingKind::Number { min, .. } => Some(min),
            _ => None,
        })
        .min()
        .unwrap_or_default();
    starts.retain(|start| first <= *start && *start <= last);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|next| next - 1).chain([last]);
    starts.iter().zip(ends).map(|(start, end)| Cell::Between(*start, end)).collect()
}

fn options(both: &[(&Book, FindingId, &Finding)]) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (.., finding) in both {
        let FindingKind::Choice(options) = &finding.kind else { continue };
        for option in options {
            let cell = Cell::Option(option.id.clone());
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
    }
    cells
}
