//! `unclench explain`: whoever changes a block learns what rests on it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use care::BlockKind;
use support::{guideline, text, unclench};

/// What is printed, in one line.
fn explained(name: &str) -> String {
    let output = unclench(&["explain", name], "");
    assert!(output.status.success(), "{name}");
    text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_finding_names_a_block_of_every_kind_that_tests_it() {
    let book = guideline().book();
    let mut kinds = 0;
    for kind in BlockKind::ALL {
        let mut conditions = book.conditions().filter(|(id, _)| id.block.kind() == kind);
        let Some((id, condition)) = conditions.next() else { continue };
        let mut findings = Vec::new();
        care::findings_in(book, condition, &mut findings);
        let finding = &guideline().finding(findings[0]).id;
        let user = format!("{} {}", kind.id(), book.block(id.block).unwrap().name());
        assert!(explained(finding).contains(&user), "{finding} does not name {user}");
        kinds += 1;
    }
    assert_eq!(kinds, 7);
}

#[test]
fn a_source_names_what_cites_it_wherever_in_the_block() {
    let book = guideline().book();
    let (_, cause) = book.blocks_of(BlockKind::Cause).find(|(_, block)| block.sources().len() > 1).unwrap();
    let last = guideline().source(*cause.sources().last().unwrap());
    let user = format!("cause {}", cause.name());
    assert!(explained(&last.id).contains(&user), "{} does not name {user}", last.id);
}
