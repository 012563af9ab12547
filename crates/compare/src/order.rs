//! In which order diagrams ask: what stands together in a rule stands together here, or they
//! would have to remember too much.

use std::collections::BTreeMap;

use care::{Book, Condition, FindingId, findings_in};

/// So many times each finding moves to the middle of the rules that it stands in.
const ROUNDS: usize = 100;

/// Every finding that any condition can turn on, each with the book that it is of.
pub(crate) fn order(books: [&Book; 2]) -> Vec<(usize, FindingId)> {
    let mut items: Vec<(usize, FindingId)> = Vec::new();
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rules: Vec<Vec<usize>> = Vec::new();
    for (which, book) in books.into_iter().enumerate().rev() {
        for rule in &book.rules {
            let place = |finding: FindingId| {
                *known.entry(&book.findings[finding.index()].id).or_insert_with(|| {
                    items.push((which, finding));
                    items.len() - 1
                })
            };
            rules.push(behind(book, &rule.when).into_iter().map(place).collect());
        }
    }
    let mut order: Vec<(usize, FindingId)> =
        arranged(items.len(), &rules).into_iter().map(|item| items[item]).collect();
    // The same finding may take other answers in the other version; what no rule asks comes last.
    for (which, book) in books.into_iter().enumerate().rev() {
        order.extend(order.clone().iter().filter_map(|(of, finding)| {
            let name = &books[*of].findings[finding.index()].id;
            let same = (0..).map(FindingId).zip(&book.findings).find(|(_, other)| other.id == *name);
            same.map(|(id, _)| (which, id))
        }));
        order.extend(
            book.conditions().flat_map(|(_, condition)| behind(book, condition)).map(|id| (which, id)),
        );
    }
    order
}

/// An order in which the members of each group are near each other: each moves to the middle of
/// its groups, and again, and the best that was met is taken (FORCE; Aloul, Markov and Sakallah 2003).
fn arranged(count: usize, groups: &[Vec<usize>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut best = (usize::MAX, order.clone());
    for _ in 0..ROUNDS {
        let mut place = vec![0; count];
        for (at, item) in order.iter().enumerate() {
            place[*item] = at;
        }
        let places = |group: &Vec<usize>| group.iter().map(|item| place[*item]).collect::<Vec<_>>();
        let span = groups.iter().map(|group| {
            let places = places(group);
            places.iter().max().zip(places.iter().min()).map_or(0, |(last, first)| last - first)
        });
        best = best.min((span.sum(), order.clone()));
        let (mut sums, mut numbers) = (vec![0; count], vec![0; count]);
        for group in groups.iter().filter(|group| !group.is_empty()) {
            let middle = places(group).iter().sum::<usize>() * 1_000 / group.len();
            for item in group {
                sums[*item] += middle;
                numbers[*item] += 1;
            }
        }
        order.sort_by_key(|item| sums[*item] / numbers[*item].max(1));
    }
    best.1
}

/// Everything that a condition can turn on: what it tests, what opens the questions for that, and
/// what follows a "not sure" about it.
fn behind(book: &Book, condition: &Condition) -> Vec<FindingId> {
    let mut findings = Vec::new();
    findings_in(book, condition, &mut findings);
    let mut next = 0;
    while let Some(finding) = findings.get(next).copied() {
        next += 1;
        let asked = book.questions.iter().find(|question| question.shows.contains(&finding));
        if let Some(gate) = asked.and_then(|question| question.only_if.as_ref()) {
            findings_in(book, &gate.condition, &mut findings);
        }
        let by = (0..).map(FindingId).zip(&book.findings);
        let by = by.filter(|(_, other)| other.follows_up == Some(finding)).map(|(id, _)| id);
        for other in book.findings[finding.index()].follows_up.into_iter().chain(by) {
            if !findings.contains(&other) {
                findings.push(other);
            }
        }
    }
    findings
}
