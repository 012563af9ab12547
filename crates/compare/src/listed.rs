//! What is no condition, and so is compared as it is written: limits of medicines, lines of when
//! to come back, words.

use std::collections::BTreeMap;

use care::{Book, Finding, Medicine};

use crate::difference::{DoseChange, Fate, LineChange};

/// Every number of a medicine by which a dose is judged, and whether more of it allows more.
fn numbers(medicine: &Medicine) -> [(&'static str, Option<u32>, bool); 7] {
    [
        ("single_usual", Some(medicine.single_usual), true),
        ("single_most", Some(medicine.single_most), true),
        ("interval (seconds)", Some(medicine.interval.get()), false),
        ("max_24h", Some(medicine.max_24h), true),
        ("overdose_24h", medicine.overdose_24h, true),
        ("max_days", Some(medicine.max_days), true),
        ("min_age", Some(medicine.min_age), false),
    ]
}

/// Numbers of medicines that are others, the looser first.
pub(crate) fn doses(old: &Book, new: &Book) -> Vec<DoseChange> {
    let mut changes = Vec::new();
    for was in &old.medicines {
        let is = new.medicines.iter().find(|other| other.id == was.id);
        for (at, (what, before, more_allows)) in numbers(was).into_iter().enumerate() {
            let after = is.map(|is| numbers(is)[at].1);
            if after == Some(before) {
                continue;
            }
            let after = after.flatten();
            // Without a limit nothing holds anybody back.
            let is_looser = match (before, after) {
                (Some(before), Some(after)) => (before < after) == more_allows,
                (before, _) => before.is_some(),
            };
            let [was_text, now] = [before, after].map(|number| number.map(|number| number.to_string()));
            changes.push(DoseChange { medicine: was.id.clone(), what, was: was_text, now, is_looser });
        }
    }
    for is in new.medicines.iter().filter(|is| old.medicines.iter().all(|was| was.id != is.id)) {
        for (what, after, _) in numbers(is) {
            let now = after.map(|number| number.to_string());
            changes.push(DoseChange { medicine: is.id.clone(), what, was: None, now, is_looser: false });
        }
    }
    changes.sort_by_key(|change| !change.is_looser);
    changes
}

/// Lines of the card, and findings that are told on the list, whose words or whose reach are others.
pub(crate) fn come_back(old: &Book, new: &Book) -> Vec<LineChange> {
    let [old, new] = [old, new].map(lines);
    let names: Vec<&String> = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name))).collect();
    let change = |name: &String| {
        let (was, now) = (old.get(name).cloned(), new.get(name).cloned());
        let is = match (&was, &now) {
            (Some(was), Some(now)) if was == now => return None,
            (Some(_), None) => Fate::Gone,
            (None, _) => Fate::New,
            _ => Fate::Changed,
        };
        Some(LineChange { line: name.clone(), is, was, now })
    };
    names.into_iter().filter_map(change).collect()
}

/// Everything that says when to come back, by its name.
fn lines(book: &Book) -> BTreeMap<String, String> {
    let told = |finding: &Finding| Some((format!("finding.{}", finding.id), finding.come_back.clone()?));
    let of_findings = book.findings.iter().filter_map(told);
    let of_card = book.come_back.iter().map(|line| {
        let covers: Vec<&str> =
            line.covers.iter().map(|finding| book.findings[finding.index()].id.as_str()).collect();
        let standing = line.standing.map(|level| format!("; always {}", level.id())).unwrap_or_default();
        (format!("come_back.{}", line.id), format!("{} (for {}{standing})", line.says, covers.join(", ")))
    });
    of_card.chain(of_findings).collect()
}

/// How many texts are in one version and not, or not so, in the other.
pub(crate) fn texts(old: &Book, new: &Book) -> usize {
    let [old, new] = [old, new].map(|book| {
        let texts = book.blocks().flat_map(|(_, block)| {
            let name = block.full_name();
            block.texts().into_iter().map(move |text| (format!("{name}.{}", text.key), text.words.to_owned()))
        });
        texts.collect::<BTreeMap<String, String>>()
    });
    let of_old = old.iter().filter(|(name, text)| new.get(*name) != Some(*text)).count();
    of_old + new.keys().filter(|name| !old.contains_key(*name)).count()
}
