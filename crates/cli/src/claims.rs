//! `unclench claims`: where each statement of the source articles lives, and what tests it.

use std::collections::BTreeMap;
use std::path::Path;

use care::{Block, Book, Claim, Guideline};
use compiler::{Vignette, claimed};

use crate::exit::{BadInput, Exit};
use crate::{library, page};

/// A table of every claim, or one claim with everything that acts on it.
///
/// # Errors
///
/// [`BadInput`] if there is no claim with this id; otherwise if the vignettes
/// cannot be read.
pub(crate) fn run(guideline: &Guideline, id: Option<&str>, vignettes: Option<&Path>) -> anyhow::Result<Exit> {
    let book = guideline.book();
    let tests = tests(guideline, vignettes)?;
    match id {
        None => table(book, &tests),
        Some(id) => {
            let wanted = id.to_uppercase();
            let claim = book.claims.iter().find(|claim| claim.id == wanted).ok_or_else(|| {
                let (first, last) = (book.claims.first(), book.claims.last());
                let range = first
                    .zip(last)
                    .map(|(first, last)| format!("; they run from {} to {}", first.id, last.id));
                BadInput::because(format!(
                    "there is no claim `{}`{}",
                    care::printable(id),
                    range.unwrap_or_default()
                ))
            })?;
            one(book, claim, tests.get(&claim.id).map_or(&[][..], Vec::as_slice));
        }
    }
    Ok(Exit::Ok)
}

/// For each claim the vignettes that test it, in the order of their names.
///
/// A vignette that cannot be read is left out; `unclench check` reports it.
fn tests(guideline: &Guideline, dir: Option<&Path>) -> anyhow::Result<BTreeMap<String, Vec<Vignette>>> {
    let mut tests: BTreeMap<String, Vec<Vignette>> = BTreeMap::new();
    for file in library::read_vignettes(dir)? {
        let Ok(vignette) = compiler::vignette(&file.path, &file.text, guideline) else { continue };
        for claim in &vignette.claims {
            tests.entry(claim.clone()).or_default().push(vignette.clone());
        }
    }
    Ok(tests)
}

/// The blocks that act on a claim.
fn acts_on<'b>(book: &'b Book, id: &str) -> Vec<Block<'b>> {
    claimed(book).into_iter().filter(|block| block.claims().iter().any(|claim| claim == id)).collect()
}

fn table(book: &Book, tests: &BTreeMap<String, Vec<Vignette>>) {
    let mut acted_on = 0;
    for claim in &book.claims {
        let blocks = acts_on(book, &claim.id);
        acted_on += usize::from(!blocks.is_empty());
        let mut places: Vec<String> = blocks.into_iter().map(place).collect();
        places.extend(left_out(book, &claim.id).map(|(place, _)| format!("not followed: {place}")));
        let tested: Vec<&str> =
            tests.get(&claim.id).into_iter().flatten().map(|test| test.path.as_str()).collect();
        crate::page::say!("{}\t{}\t{}", claim.id, places.join(", "), tested.join(", "));
    }
    let left_out: usize = book.not_followed.iter().map(|block| block.claims.len()).sum();
    let with_vignette = book.claims.iter().filter(|claim| tests.contains_key(&claim.id)).count();
    let all = book.claims.len();
    page::note(&format!(
        "{} of {all} claims: {acted_on} acted on, {left_out} not followed and said why; {with_vignette} tested by a vignette",
        acted_on + left_out
    ));
}

fn one(book: &Book, claim: &Claim, tests: &[Vignette]) {
    page::heading(format!("{} ({}, under \"{}\")", claim.id, claim.kind.replace('_', " "), claim.section));
    page::paragraph(&claim.statement);
    if !claim.parameters.is_empty() {
        page::point("•", &claim.parameters);
    }
    page::heading("What the system does with it");
    page::paragraph(&claim.system_behaviour);
    let blocks = acts_on(book, &claim.id);
    if !blocks.is_empty() {
        page::heading("Where");
        for block in &blocks {
            page::point("•", place(*block));
            if !block.place().prose.is_empty() {
                page::paragraph(&block.place().prose);
            }
        }
    }
    if let Some((place, because)) = left_out(book, &claim.id) {
        page::heading("Not followed");
        page::point("•", &place);
        page::paragraph(because);
    }
    page::heading("Tested by");
    if tests.is_empty() {
        page::point("•", "no vignette");
    }
    for test in tests {
        page::point("•", format!("vignettes/{}: {}", test.path, test.title));
    }
}

/// `rule.fever danger/infection.md:12`
fn place(block: Block<'_>) -> String {
    format!("{} {}:{}", block.full_name(), block.place().file, block.place().line)
}

/// Where it is said that a claim is not followed, and why.
fn left_out<'b>(book: &'b Book, id: &str) -> Option<(String, &'b str)> {
    let block = book.not_followed.iter().find(|block| block.claims.iter().any(|claim| claim == id))?;
    Some((place(Block::NotFollowed(block)), block.because.as_str()))
}
