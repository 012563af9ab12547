//! Sentences with the findings they mention.

use std::collections::BTreeMap;

use care::{Answer, FindingKind, FreeText, Guideline};

use super::{Half, Share, names, rows};

/// What came out for one sentence.
pub struct Row<'t> {
    pub sentence: &'t str,
    pub half: Half,
    pub note: &'t str,
    /// Finding and whether it is present: expected and proposed.
    pub right: Vec<(String, bool)>,
    /// Expected, not proposed.
    pub missed: Vec<(String, bool)>,
    /// Proposed, neither expected nor also right.
    pub wrong: Vec<(String, bool)>,
    /// Proposed as present, said to be absent.
    pub denied_but_proposed: Vec<String>,
    /// Denied danger signs that were expected to be left alone or denied.
    pub denied_dangers: u32,
}

/// Reads every sentence and compares.
///
/// Columns: sentence, findings present, findings denied, a note which may end
/// in "also right: ..." and "also no: ..." for what may be proposed as well. The
/// line that opens the question of a sign is also right when the sign is.
pub fn read<'t>(guideline: &Guideline, set: &'t str) -> Vec<Row<'t>> {
    let free_text = FreeText::new(guideline);
    rows(set).map(|columns| row(guideline, &free_text, &columns)).collect()
}

fn row<'t>(guideline: &Guideline, free_text: &FreeText<'_>, columns: &[&'t str]) -> Row<'t> {
    let column = |index: usize| columns.get(index).copied().unwrap_or_default();
    let (sentence, note) = (column(0), column(3));
    let listed = |label: &str| -> Vec<&str> {
        let rest = note.split_once(label).map_or("", |(_, rest)| rest);
        names(rest.split(';').next().unwrap_or_default())
    };
    let denied = names(column(2));
    let is_danger = |name: &str| guideline.finding_named(name).is_some_and(|id| guideline.finding(id).danger);
    // A danger sign that is denied is left open.
    let denied_openly: Vec<&str> = denied.iter().copied().filter(|name| !is_danger(name)).collect();
    let expected: Vec<(String, bool)> =
        pairs(names(column(1)), true).chain(pairs(denied_openly, false)).collect();
    let mut allowed: Vec<(String, bool)> =
        pairs(listed("also right:"), true).chain(pairs(listed("also no:"), false)).collect();
    let present = expected.iter().chain(&allowed).filter(|(_, present)| *present);
    let opening: Vec<String> = present.flat_map(|(name, _)| opening(guideline, name)).collect();
    allowed.extend(opening.into_iter().map(|name| (name, true)));
    let proposed: Vec<(String, bool)> = free_text
        .proposals(sentence)
        .into_iter()
        .filter(|proposal| guideline.finding(proposal.finding).kind == FindingKind::YesNo)
        .map(|proposal| (guideline.finding(proposal.finding).id.clone(), proposal.answer == Answer::Yes))
        .collect();
    let denied_too: Vec<&str> = denied.iter().copied().chain(listed("also no:")).collect();
    Row {
        sentence,
        half: Half::of(sentence),
        note,
        right: expected.iter().filter(|pair| proposed.contains(pair)).cloned().collect(),
        missed: expected.iter().filter(|pair| !proposed.contains(pair)).cloned().collect(),
        wrong: proposed
            .iter()
            .filter(|pair| !expected.contains(pair) && !allowed.contains(pair))
            .cloned()
            .collect(),
        denied_but_proposed: proposed
            .iter()
            .filter(|(name, present)| *present && denied_too.contains(&name.as_str()) && is_danger(name))
            .map(|(name, _)| name.clone())
            .collect(),
        denied_dangers: u32::try_from(denied_too.iter().filter(|name| is_danger(name)).count())
            .unwrap_or(u32::MAX),
    }
}

/// The findings that lead to the question in which this one is asked.
fn opening(guideline: &Guideline, name: &str) -> Vec<String> {
    let question = guideline.finding_named(name).and_then(|finding| guideline.asked_by(finding));
    let mut leading = Vec::new();
    if let Some(gate) = question.and_then(|question| guideline.question(question).only_if.as_ref()) {
        care::findings_in(guideline.book(), &gate.condition, &mut leading);
    }
    leading.into_iter().map(|finding| guideline.finding(finding).id.clone()).collect()
}

fn pairs(names: Vec<&str>, present: bool) -> impl Iterator<Item = (String, bool)> {
    names.into_iter().map(move |name| (name.to_owned(), present))
}

/// Precision and recall over some rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Figures {
    pub precision: Share,
    pub recall: Share,
    /// Of the findings said to be present only.
    pub recall_present: Share,
    pub recall_denied: Share,
    pub precision_present: Share,
    /// Denied danger signs that were not proposed as present.
    pub denied_dangers_kept: Share,
}

pub fn figures<'r, 't: 'r>(rows: impl Iterator<Item = &'r Row<'t>>) -> Figures {
    let mut figures = Figures::default();
    for row in rows {
        for (pairs, hit) in [(&row.right, true), (&row.missed, false)] {
            for (_, present) in pairs {
                figures.recall.count(hit);
                let one = if *present { &mut figures.recall_present } else { &mut figures.recall_denied };
                one.count(hit);
            }
        }
        for (pairs, hit) in [(&row.right, true), (&row.wrong, false)] {
            for (_, present) in pairs {
                figures.precision.count(hit);
                if *present {
                    figures.precision_present.count(hit);
                }
            }
        }
        let broken = u32::try_from(row.denied_but_proposed.len()).unwrap_or(u32::MAX);
        figures.denied_dangers_kept.of += row.denied_dangers;
        figures.denied_dangers_kept.hits += row.denied_dangers - broken;
    }
    figures
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            f,
            "  precision {}, of those proposed as present {}",
            self.precision, self.precision_present
        )?;
        writeln!(
            f,
            "  recall    {}, present {}, denied {}",
            self.recall, self.recall_present, self.recall_denied
        )?;
        write!(f, "  denied danger signs never proposed as present: {}", self.denied_dangers_kept)
    }
}

/// Precision and recall of each finding.
pub fn by_finding(rows: &[Row<'_>]) -> BTreeMap<String, (Share, Share)> {
    let mut all: BTreeMap<String, (Share, Share)> = BTreeMap::new();
    for row in rows {
        for (name, _) in &row.right {
            let (precision, recall) = all.entry(name.clone()).or_default();
            precision.count(true);
            recall.count(true);
        }
        for (name, _) in &row.missed {
            all.entry(name.clone()).or_default().1.count(false);
        }
        for (name, _) in &row.wrong {
            all.entry(name.clone()).or_default().0.count(false);
        }
    }
    all
}
