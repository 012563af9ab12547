//! Every claim of the source articles is acted on or left out for a reason, and
//! enough of them are tested: by a vignette, by what a block says, by a question.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::collections::BTreeSet;

use care::{AnswerSearch, Passage};
use compiler::claimed;
use support::{BOOK, files, guideline, root, vignettes};

/// The rows of a table of tests, without its first line.
fn rows<const N: usize>(name: &str) -> Vec<[String; N]> {
    let text = std::fs::read_to_string(root().join("crates/cli/tests/data").join(name)).unwrap();
    text.lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
            cells.try_into().unwrap_or_else(|cells| panic!("{name}: {cells:?}"))
        })
        .collect()
}

/// `article_s0` for `S0-001`.
fn article(claim: &str) -> String {
    format!("article_{}", claim[..2].to_lowercase())
}

/// The text of a block as it stands in the book, by `kind.id`.
fn block_text(block: &str) -> String {
    let header = format!("[{block}]\n");
    let page = BOOK.pages.iter().find(|page| page.markdown.contains(&header));
    let page = page.unwrap_or_else(|| panic!("the book has no block `{block}`"));
    let start = page.markdown.find(&header).unwrap();
    page.markdown[start..].split("\n```").next().unwrap().to_lowercase()
}

#[track_caller]
fn has_words(what: &str, text: &str, words: &str) {
    for word in words.split(';').map(|word| word.trim().to_lowercase()) {
        assert!(text.contains(&word), "{what} does not say \"{word}\":\n{text}");
    }
}

#[test]
fn all_372_claims_are_acted_on_or_left_out_for_a_reason() {
    let book = guideline().book();
    let mut covered: BTreeSet<&str> =
        claimed(book).iter().flat_map(|block| block.claims()).map(String::as_str).collect();
    assert!(covered.len() >= 360, "only {} are acted on", covered.len());
    covered.extend(book.not_followed.iter().flat_map(|block| &block.claims).map(String::as_str));
    assert_eq!(book.claims.len(), 372);
    assert_eq!(covered.len(), 372);
}

#[test]
fn a_book_without_one_of_its_claims_is_refused() {
    let mut book = files("guideline");
    let heat = book.iter_mut().find(|file| file.path == "relief/heat.md").unwrap();
    heat.text = heat.text.replace(", \"S4-014\"", "");
    let Err(problems) = compiler::compile(&book) else { panic!("the claim S4-014 is not missed") };
    let problems = problems.to_string();
    assert!(problems.contains("claims.tsv:"), "{problems}");
    assert!(problems.contains("no block acts on the claim `S4-014`"), "{problems}");
}

#[test]
fn what_a_claim_asks_a_block_to_say_is_said_with_its_article_beside_it() {
    for [claim, block, words] in rows("claims_in_the_book.tsv") {
        let text = block_text(&block);
        has_words(&block, &text, &words);
        for named in [claim.to_lowercase(), article(&claim)] {
            assert!(text.contains(&format!("\"{named}\"")), "{block} does not name {named}");
        }
    }
}

#[test]
fn a_question_that_a_claim_names_is_answered_with_its_article_beside_it() {
    let search = AnswerSearch::new(guideline());
    let book = guideline().book();
    for [claim, question, expected, words] in rows("claims_asked.tsv") {
        let reply = search.ask(&question, 1);
        let Some(Passage::Answer(index)) = reply.hits.first().copied() else {
            panic!("{claim}: no answer to \"{question}\": {reply:?}");
        };
        let answer = &book.answers[index];
        assert_eq!(format!("answer.{}", answer.id), expected, "{claim}: {question}");
        has_words(&expected, &answer.says.to_lowercase(), &words);
        let sources: Vec<&str> =
            answer.sources.iter().map(|id| guideline().source(*id).id.as_str()).collect();
        assert!(sources.contains(&article(&claim).as_str()), "{claim}: {expected} does not cite its article");
    }
}

#[test]
fn at_least_150_claims_have_a_test_that_names_them() {
    let mut tested: BTreeSet<String> =
        vignettes().into_iter().flat_map(|(_, vignette)| vignette.claims.clone()).collect();
    let by_vignette = tested.len();
    tested.extend(rows::<3>("claims_in_the_book.tsv").into_iter().map(|[claim, ..]| claim));
    tested.extend(rows::<4>("claims_asked.tsv").into_iter().map(|[claim, ..]| claim));
    let known: BTreeSet<&str> = guideline().book().claims.iter().map(|claim| claim.id.as_str()).collect();
    assert!(tested.iter().all(|claim| known.contains(claim.as_str())), "{tested:?}");
    assert!(by_vignette >= 150, "{by_vignette} claims have a vignette");
    assert!(tested.len() >= 250, "{} claims have a test", tested.len());
}
