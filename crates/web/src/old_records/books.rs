//! Books that a later one may be like: the real one with a part of it renamed.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use compiler::SourceFile;

use crate::site::Site;
use crate::testing::{book, guideline, site, site_of};

/// Findings that are renamed by themselves, with the screens that show them.
pub(super) const A_FEW: [&str; 4] = ["leg_mild_weakness", "cold_leg", "rare_condition", "medicine_change"];

/// Findings that the program itself knows by name.
const KNOWN_BY_NAME: [&str; 2] = ["pain_now", "days_since_onset"];

/// The book of today, one that renamed a few findings and the screens with them, and
/// one that renamed half of everything.
pub(super) fn sites() -> [(&'static str, &'static Site<'static>); 3] {
    static FEW: OnceLock<Site<'static>> = OnceLock::new();
    static HALF: OnceLock<Site<'static>> = OnceLock::new();
    let few = FEW.get_or_init(|| {
        let guideline = guideline();
        let findings = A_FEW.iter().filter_map(|id| guideline.finding_named(id));
        let screens = findings.filter_map(|finding| guideline.asked_by(finding));
        let screens = screens.map(|question| guideline.question(question).id.as_str());
        renamed(&screens.chain(A_FEW).collect())
    });
    let half = HALF.get_or_init(|| {
        let book = guideline().book();
        let findings =
            book.findings.iter().filter(|finding| finding.derived.is_none()).map(|finding| &finding.id);
        let ids = findings.chain(book.questions.iter().map(|question| &question.id));
        let ids = ids.chain(book.rules.iter().map(|rule| &rule.id));
        let ids = ids.chain(book.remedies.iter().map(|remedy| &remedy.id));
        let ids: BTreeSet<&str> =
            ids.chain(book.habits.iter().map(|habit| &habit.id)).map(String::as_str).collect();
        // A word without an underscore may stand in a sentence too.
        let ids = ids.into_iter().filter(|id| id.contains('_') && !KNOWN_BY_NAME.contains(id));
        renamed(&ids.step_by(2).collect())
    });
    [("today", site()), ("a few renamed", few), ("half renamed", half)]
}

/// The pages of the real book with other ids in place of these.
fn renamed(ids: &BTreeSet<&str>) -> Site<'static> {
    let files: Vec<SourceFile> =
        book().into_iter().map(|file| SourceFile { text: with_other_ids(&file.text, ids), ..file }).collect();
    let compiled = compiler::compile(&files).unwrap_or_else(|problems| panic!("{problems:?}"));
    site_of(Box::leak(Box::new(compiled.guideline)))
}

/// Each of these words with an ending; a name of a file stays.
fn with_other_ids(text: &str, ids: &BTreeSet<&str>) -> String {
    let is_of_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut changed = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        changed.push_str(word);
        if ids.contains(word) && !after.starts_with(".md") {
            changed.push_str("_anew");
        }
        let next = after.find(is_of_word).unwrap_or(after.len());
        changed.push_str(&after[..next]);
        rest = &after[next..];
    }
    changed
}
