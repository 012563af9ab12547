//! What conditions can and cannot be, over all answers.
//!
//! The search keeps, for each finding, the set of answers still possible,
//! "not sure" among them, and the set of truth values that a formula can then
//! take in Kleene's three-valued logic. While those sets leave the question
//! open, it takes one undecided test and tries each way it can turn out. So a
//! number counts by its intervals and the options of a choice exclude each
//! other, and nothing is sampled.

use std::collections::BTreeMap;

use care::{Book, Comparison, Condition, FindingId, FindingKind};

/// How many tests one question may look at, case after case. No question about
/// the real book takes 3,000; past the limit, which is a fraction of a
/// second away, the answer is [`TooLarge`] and never a guess.
const MAX_WORK: usize = 200_000;

/// How many tests all comparisons of rules may look at together. The real book takes
/// a fraction of it; it is a part of a second.
const MAX_WORK_OF_ALL: usize = 20_000_000;

/// How many tests may still be looked at.
#[derive(Debug)]
pub(super) struct Work(usize);

impl Work {
    /// For one question.
    pub(super) fn for_one() -> Self {
        Self(MAX_WORK)
    }

    /// For every comparison of a book.
    pub(super) fn for_all() -> Self {
        Self(MAX_WORK_OF_ALL)
    }

    pub(super) fn is_used_up(&self) -> bool {
        self.0 == 0
    }
}

/// The search was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// A condition with its rules written out.
#[derive(Clone, Debug)]
pub(super) enum Formula {
    /// The finding's value lies in one of these ranges.
    Test(FindingId, Ranges),
    /// At least so many of these; `and` and `or` are special cases.
    Count(usize, Vec<Formula>),
    /// The opposite.
    Not(Box<Formula>),
}

/// Values of a finding as sorted ranges that do not touch: 0 and 1 for no and
/// yes, an index for an option.
type Ranges = Vec<(i64, i64)>;

/// Which truth values are possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Truths {
    pub(super) yes: bool,
    pub(super) no: bool,
    pub(super) unsure: bool,
}

impl Truths {
    fn is_settled(self) -> bool {
        [self.yes, self.no, self.unsure].into_iter().filter(|possible| *possible).count() <= 1
    }
}

/// Which answers to a finding are still possible.
#[derive(Clone, Debug)]
struct Domain {
    values: Ranges,
    not_sure: bool,
}

/// A formula and the truth value that the search would like it to take.
pub(super) struct Wanted<'f> {
    pub(super) formula: &'f Formula,
    pub(super) yes: bool,
}

/// What the truth values say about the question.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// In every case that is left.
    Always,
    /// In none.
    Never,
    /// It depends.
    Open,
}

/// The condition with its rules written out. The rules it refers to must be sound.
pub(super) fn formula(book: &Book, condition: &Condition) -> Formula {
    let all = |parts: &[Condition]| parts.iter().map(|part| formula(book, part)).collect();
    match condition {
        Condition::Yes(finding) => Formula::Test(*finding, vec![(1, 1)]),
        Condition::Is(finding, option) => {
            let option = i64::from(*option);
            Formula::Test(*finding, vec![(option, option)])
        }
        Condition::Compare(finding, comparison, value) => {
            let (min, max) = bounds(&book.findings[finding.index()].kind);
            let range = match comparison {
                Comparison::Equal => (*value, *value),
                Comparison::Less => (min, value.saturating_sub(1)),
                Comparison::LessOrEqual => (min, *value),
                Comparison::Greater => (value.saturating_add(1), max),
                Comparison::GreaterOrEqual => (*value, max),
            };
            Formula::Test(*finding, vec![range])
        }
        Condition::AtLeast(count, parts) => Formula::Count(*count, all(parts)),
        Condition::And(parts) => Formula::Count(parts.len(), all(parts)),
        Condition::Or(parts) => Formula::Count(1, all(parts)),
        Condition::Not(inner) => Formula::Not(Box::new(formula(book, inner))),
        Condition::Rule(rule) => formula(book, &book.rules[rule.index()].when),
    }
}

fn bounds(kind: &FindingKind) -> (i64, i64) {
    match kind {
        FindingKind::YesNo => (0, 1),
        FindingKind::Number { min, max, .. } => (*min, *max),
        FindingKind::Choice(options) => (0, i64::try_from(options.len()).unwrap_or(i64::MAX) - 1),
    }
}

/// Whether some definite answers make the formula yes, or no.
pub(super) fn can_be(book: &Book, formula: &Formula, yes: bool) -> Result<bool, TooLarge> {
    let verdict = |truths: &[Truths]| {
        let (wanted, other) = if yes { (truths[0].yes, truths[0].no) } else { (truths[0].no, truths[0].yes) };
        match (wanted, other || truths[0].unsure) {
            (false, _) => Verdict::Never,
            (true, false) => Verdict::Always,
            (true, true) => Verdict::Open,
        }
    };
    find(book, &[Wanted { formula, yes }], false, &verdict, &mut Work::for_one())
}

/// Whether some answers, "not sure" among them if `not_sure`, give the verdict
/// "always". Verdicts are asked for the truth values of the formulas in order.
pub(super) fn find(
    book: &Book,
    formulas: &[Wanted<'_>],
    not_sure: bool,
    verdict: &impl Fn(&[Truths]) -> Verdict,
    work: &mut Work,
) -> Result<bool, TooLarge> {
    let mut domains = BTreeMap::new();
    for wanted in formulas {
        collect(wanted.formula, book, not_sure, &mut domains);
    }
    let mut open = vec![domains];
    let work_a_case: usize = formulas.iter().map(|wanted| tests(wanted.formula)).sum();
    for _ in 0..=MAX_WORK.min(work.0) / work_a_case.max(1) {
        work.0 = work.0.saturating_sub(work_a_case);
        let Some(domains) = open.pop() else { return Ok(false) };
        let truths: Vec<Truths> = formulas.iter().map(|wanted| truths(wanted.formula, &domains)).collect();
        match verdict(&truths) {
            Verdict::Always => return Ok(true),
            Verdict::Never => continue,
            Verdict::Open => {}
        }
        let undecided = formulas
            .iter()
            .zip(&truths)
            .filter(|(_, truths)| !truths.is_settled())
            .find_map(|(wanted, _)| undecided(wanted.formula, wanted.yes, &domains));
        if let Some((finding, test, yes)) = undecided {
            // The case looked at next is the one that is pushed last.
            let cases = cases(&domains[&finding], test);
            let order = if yes { [1, 2, 0] } else { [0, 2, 1] };
            for case in order {
                if !cases[case].values.is_empty() || cases[case].not_sure {
                    let mut domains = domains.clone();
                    domains.insert(finding, cases[case].clone());
                    open.push(domains);
                }
            }
        }
    }
    Err(TooLarge)
}

fn tests(formula: &Formula) -> usize {
    match formula {
        Formula::Test(..) => 1,
        Formula::Count(_, parts) => parts.iter().map(tests).sum(),
        Formula::Not(inner) => tests(inner),
    }
}

/// The test is true; is false; cannot be told.
fn cases(domain: &Domain, test: &Ranges) -> [Domain; 3] {
    [
        Domain { values: within(&domain.values, test), not_sure: false },
        Domain { values: without(&domain.values, test), not_sure: false },
        Domain { values: Vec::new(), not_sure: domain.not_sure },
    ]
}

fn collect(formula: &Formula, book: &Book, not_sure: bool, domains: &mut BTreeMap<FindingId, Domain>) {
    match formula {
        Formula::Test(finding, _) => {
            let values = vec![bounds(&book.findings[finding.index()].kind)];
            domains.entry(*finding).or_insert(Domain { values, not_sure });
        }
        Formula::Count(_, parts) => {
            for part in parts {
                collect(part, book, not_sure, domains);
            }
        }
        Formula::Not(inner) => collect(inner, book, not_sure, domains),
    }
}

/// Which truth values the formula can take. Parts are taken one by one, so it
/// may allow too much while tests are undecided, and never too little.
fn truths(formula: &Formula, domains: &BTreeMap<FindingId, Domain>) -> Truths {
    match formula {
        Formula::Test(finding, test) => {
            let domain = &domains[finding];
            Truths {
                yes: !within(&domain.values, test).is_empty(),
                no: !without(&domain.values, test).is_empty(),
                unsure: domain.not_sure,
            }
        }
        Formula::Not(inner) => {
            let inner = truths(inner, domains);
            Truths { yes: inner.no, no: inner.yes, unsure: inner.unsure }
        }
        Formula::Count(count, parts) => {
            let parts: Vec<Truths> = parts.iter().map(|part| truths(part, domains)).collect();
            let how_many = |is: fn(&Truths) -> bool| parts.iter().filter(|part| is(part)).count();
            let surely_yes = how_many(|part| part.yes && !part.no && !part.unsure);
            let never_no = how_many(|part| !part.no);
            let maybe_unsure = how_many(|part| part.unsure);
            let yes_if_not_unsure = how_many(|part| part.yes && !part.unsure);
            Truths {
                yes: how_many(|part| part.yes) >= *count,
                no: never_no < *count,
                // Fewer than `count` are yes, but with the unsure ones there are enough.
                unsure: surely_yes < *count
                    && maybe_unsure + yes_if_not_unsure.min(count.saturating_sub(1)) >= *count,
            }
        }
    }
}

/// The first test that is not decided, and how it should turn out for the
/// formula to be `yes`.
fn undecided<'f>(
    formula: &'f Formula,
    yes: bool,
    domains: &BTreeMap<FindingId, Domain>,
) -> Option<(FindingId, &'f Ranges, bool)> {
    if truths(formula, domains).is_settled() {
        return None;
    }
    match formula {
        Formula::Test(finding, test) => Some((*finding, test, yes)),
        Formula::Not(inner) => undecided(inner, !yes, domains),
        Formula::Count(_, parts) => parts.iter().find_map(|part| undecided(part, yes, domains)),
    }
}

/// The values that lie in the ranges.
fn within(values: &Ranges, ranges: &Ranges) -> Ranges {
    let pairs = values.iter().flat_map(|value| ranges.iter().map(move |range| (value, range)));
    pairs
        .map(|(value, range)| (value.0.max(range.0), value.1.min(range.1)))
        .filter(|(low, high)| low <= high)
        .collect()
}

/// The values that lie in none of the ranges.
fn without(values: &Ranges, ranges: &Ranges) -> Ranges {
    ranges.iter().fold(values.clone(), |left, range| {
        let pieces = left.into_iter().flat_map(|(low, high)| {
            let below = (low, high.min(range.0.saturating_sub(1)));
            let above = (low.max(range.1.saturating_add(1)), high);
            if range.1 < low || high < range.0 { [(low, high), (1, 0)] } else { [below, above] }
        });
        pieces.filter(|(low, high)| low <= high).collect()
    })
}

#[cfg(test)]
mod tests;
