//! The words of the cues.

use crate::free_text::{figures, persons};

/// Words that deny what follows.
pub(super) const NOT: [&str; 20] = [
    "nae",
    "nil",
    "nuh",
    "zero",
    "not",
    "no",
    "never",
    "without",
    "deny",
    "denies",
    "denied",
    "neither",
    "nor",
    "nobody",
    "nothing",
    "ruled out",
    "rule out",
    "free of",
    "nowhere near",
    "no one",
];

/// Beginnings with a "no" that deny nothing about the person's signs.
pub(super) const NOT_A_DENIAL: [&str; 60] = [
    "nae matter",
    "nae better",
    "nae relief",
    "nae sleep",
    "zero relief",
    "zero sleep",
    "nuh better",
    "never getting better",
    "never get better",
    "never gets better",
    "never going to get",
    "never a minute peace",
    "never a moment peace",
    "never trained",
    "never known",
    "never been so",
    "never been this",
    "never such",
    "never so",
    "never in my life",
    "not stop",
    "not quit",
    "not help",
    "not ease",
    "not settle",
    "not shift",
    "not only",
    "not just my",
    "not just the",
    "not just in",
    "not just a",
    "no doubt",
    "no wonder",
    "no idea",
    "no way",
    "not to mention",
    "no matter",
    "not know",
    "no relief",
    "no help",
    "no position",
    "no painkiller",
    "no painkillers",
    "no medicine",
    "no tablet",
    "no pill",
    "no better",
    "no use",
    "no rest",
    "no sleep",
    "nothing helps",
    "nothing works",
    "nothing eases",
    "nothing touches",
    "nothing to",
    "nothing i",
    "not getting better",
    "not easing",
    "not better",
    "not going away",
];

/// What may come true, is feared, or was read somewhere. To the end of the sentence.
pub(super) const SUPPOSED: [&str; 48] = [
    "not sure about the",
    "unsure about the",
    "not sure how to answer",
    "google says",
    "google said",
    "googled and it says",
    "what if",
    "if",
    "in case",
    "worried about",
    "worried that",
    "worry about",
    "worrying about",
    "afraid of",
    "afraid that",
    "scared of",
    "scared that",
    "scared it",
    "afraid it",
    "fear of",
    "fear it",
    "terrified of",
    "not want to end up",
    "not want to get",
    "not want to be",
    "not want to become",
    "hope it",
    "hopefully",
    "might be",
    "may be",
    "could be",
    "watch for",
    "watch out for",
    "look out for",
    "looking out for",
    "signs of",
    "sign of",
    "symptoms of",
    "warning sign",
    "leaflet",
    "read that",
    "read about",
    "i read",
    "heard that",
    "what happens",
    "risk of",
    "chance of",
    "wonder if",
];

/// Words that begin a question, where a statement begins with them.
pub(super) const QUESTION: [&str; 22] = [
    "can", "could", "does", "do", "is", "are", "will", "would", "should", "how", "what", "which", "where",
    "who", "may", "did", "am", "shall", "has", "any", "when", "tell me",
];

/// Words that ask for a judgement on something that is there.
pub(super) const JUDGEMENT: [&str; 13] = [
    "normal",
    "ok",
    "okay",
    "dangerous",
    "serious",
    "bad",
    "worrying",
    "emergency",
    "fine",
    "safe",
    "worry",
    "concern",
    "common",
];

/// Long ago.
pub(super) const PAST: [&str; 25] = [
    "years ago",
    "year ago",
    "years back",
    "last year",
    "used to",
    "long ago",
    "decades ago",
    "back then",
    "as a child",
    "as a kid",
    "as a teenager",
    "as a teen",
    "as a boy",
    "as a girl",
    "as a baby",
    "as a student",
    "in my teens",
    "in my twenties",
    "in my thirties",
    "in my forties",
    "in my youth",
    "when i was",
    "years before",
    "in childhood",
    "as a young",
];

/// Over by now. Acts on what stands before it in the sentence.
pub(super) const GONE: [&str; 18] = [
    "gone now",
    "is gone",
    "are gone",
    "went away",
    "gone away",
    "has gone away",
    "back to normal",
    "better now",
    "fine now",
    "normal now",
    "settled",
    "cleared up",
    "is over",
    "has passed",
    "has stopped",
    "disappeared",
    "fine again",
    "normal again",
];

/// Every word of the cues, so that none is taken for a slip.
pub(crate) fn all_words() -> impl Iterator<Item = &'static str> {
    [&NOT[..], &NOT_A_DENIAL, &SUPPOSED, &QUESTION, &JUDGEMENT, &PAST, &GONE]
        .into_iter()
        .flatten()
        .copied()
        .chain(persons::all())
        .chain(figures::names())
        .chain([
            "but however though although except apart because yet whereas unless until only just despite hardly \
             barely yes nope nah my his her their our the there this that both now mine years months weeks days \
             hours minutes morning evening night today yesterday tonight monday tuesday wednesday thursday friday \
             saturday sunday old says said told week month day hour since always often sometimes ever",
        ])
}
