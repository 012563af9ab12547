//! Rules that refer to rules: no circles, and no rule that grows out of hand.

use care::Condition;

use crate::block::Kind;
use crate::problem::Log;
use crate::read::Draft;

/// How many tests a condition may have once the rules it refers to are written out.
///
/// The largest one that a page of guideline calls for has about sixty.
pub(super) const MAX_TESTS: usize = 1_000;

/// For each rule, whether its condition is known, free of circles and small
/// enough to be reasoned about. The others have been reported.
pub(super) fn open(draft: &Draft<'_>, log: &mut Log) -> Vec<bool> {
    let mut walk = Walk { draft, sizes: vec![Size::Unknown; draft.book.rules.len()], path: Vec::new(), log };
    for rule in 0..draft.book.rules.len() {
        walk.rule(rule);
    }
    let sound = |size: &Size| matches!(size, Size::Tests(tests) if *tests <= MAX_TESTS);
    walk.sizes.iter().map(sound).collect()
}

/// Whether a condition of some block is known and refers to sound rules only;
/// if it is too large, that is reported.
pub(super) fn is_sound(written: &crate::written::Written, sound_rules: &[bool]) -> bool {
    let Some(condition) = &written.condition else { return false };
    let mut is_sound = true;
    condition.walk(&mut |part| {
        if let Condition::Rule(rule) = part {
            is_sound &= sound_rules[rule.index()];
        }
    });
    is_sound
}

#[derive(Clone, Copy)]
enum Size {
    Unknown,
    /// Being measured: meeting it again closes a circle.
    Open,
    /// This many tests, with everything written out.
    Tests(usize),
    /// Not known, circular, or too large, and reported.
    Broken,
}

struct Walk<'w, 'n> {
    draft: &'w Draft<'n>,
    sizes: Vec<Size>,
    /// The rules from the outermost to the one being measured.
    path: Vec<usize>,
    log: &'w mut Log,
}

impl Walk<'_, '_> {
    /// Rules form chains as long as the book, so this must not recurse.
    fn rule(&mut self, start: usize) {
        self.path.push(start);
        while let Some(rule) = self.path.last().copied() {
            todo!()
        }
    }
}
