//! The words that reading rests on, so that none of them is taken for a slip.

use crate::english::free_text::cue_words::{GONE, JUDGEMENT, NOT, NOT_A_DENIAL, PAST, QUESTION, SUPPOSED};
use crate::english::free_text::figures::numerals;
use crate::english::free_text::persons;

/// Every word of the cues, so that none is taken for a slip.
pub(super) fn all_words() -> impl Iterator<Item = &'static str> {
    [&NOT[..], &NOT_A_DENIAL, &SUPPOSED, &QUESTION, &JUDGEMENT, &PAST, &GONE]
        .into_iter()
        .flatten()
        .copied()
        .chain(persons::all())
        .chain(numerals::names())
        .chain([
            "but however though although except apart because yet whereas unless until only just despite hardly \
             barely yes nope nah my his her their our the there this that both now mine years months weeks days \
             hours minutes morning evening night today yesterday tonight monday tuesday wednesday thursday friday \
             saturday sunday old says said told week month day hour since always often sometimes ever",
        ])
}
