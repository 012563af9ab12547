//! Who the text is about: the writer, or somebody whom the writer helps.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use crate::english::free_text::clauses::{sentence, turns};
use crate::english::free_text::cue::{Cue, Kind};
use crate::english::free_text::figures::numerals::is_childs_age;
use crate::english::words::{Mark, Word};

/// Whom a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Patient {
    /// The one who writes.
    Writer,
    /// Somebody for whom the writer speaks.
    He,
    /// The same.
    She,
    /// The same, where the text does not say or says "they".
    They,
}

impl Patient {
    /// Whom the questions mean by "you", where somebody answers for another.
    pub fn meant_by_you(self) -> Option<&'static str> {
        match self {
            Self::Writer => None,
            Self::He => Some(
                "You answer for the person you are helping. In each question, \u{201c}you\u{201d} means him.",
            ),
            Self::She => Some(
                "You answer for the person you are helping. In each question, \u{201c}you\u{201d} means her.",
            ),
            Self::They => Some(
                "You answer for the person you are helping. In each question, \u{201c}you\u{201d} means them.",
            ),
        }
    }
}

/// People one writes about.
const MEN: [&str; 33] = [
    "chap",
    "dad",
    "daddy",
    "father",
    "brother",
    "husband",
    "hubby",
    "boyfriend",
    "uncle",
    "grandad",
    "granddad",
    "grandpa",
    "grandfather",
    "son",
    "nephew",
    "grandson",
    "boy",
    "lad",
    "man",
    "gent",
    "gentleman",
    "bloke",
    "guy",
    "fella",
    "papa",
    "da",
    "bro",
    "fiance",
    "pop",
    "dada",
    "stepdad",
    "granda",
    "bredda",
];
const WOMEN: [&str; 32] = [
    "mother",
    "mum",
    "mom",
    "mummy",
    "mam",
    "ma",
    "sister",
    "wife",
    "girlfriend",
    "aunt",
    "auntie",
    "aunty",
    "grandma",
    "gran",
    "granny",
    "grandmother",
    "nan",
    "nana",
    "daughter",
    "niece",
    "girl",
    "woman",
    "lady",
    "missus",
    "granddaughter",
    "fiancee",
    "mama",
    "sis",
    "nanna",
    "hubbys",
    "stepmum",
    "mrs",
];
const OTHERS: [&str; 46] = [
    "ex",
    "parents",
    "parent",
    "partner",
    "cousin",
    "friend",
    "friends",
    "neighbour",
    "neighbor",
    "colleague",
    "coworker",
    "workmate",
    "boss",
    "kid",
    "kids",
    "child",
    "children",
    "flatmate",
    "roommate",
    "housemate",
    "family",
    "relative",
    "relatives",
    "half",
    "client",
    "toddler",
    "mate",
    "mates",
    "sibling",
    "patient",
    "resident",
    "stranger",
    "passenger",
    "teammate",
    "teenager",
    "teen",
    "student",
    "pupil",
    "spouse",
    "baby",
    "twin",
    "coach",
    "landlord",
    "landlady",
    "lodger",
    "supervisor",
];

/// What can hurt, and how: whose it is, is whom the text is about.
const BODY: &[&str] = &[
    "back",
    "neck",
    "spine",
    "leg",
    "legs",
    "arm",
    "arms",
    "shoulder",
    "shoulders",
    "chest",
    "belly",
    "tummy",
    "stomach",
    "pain",
    "pains",
    "hurt",
    "hurts",
    "hurting",
    "spasm",
    "spasms",
    "ache",
    "aches",
    "sore",
    "bladder",
    "bottom",
    "bum",
    "hip",
    "foot",
    "feet",
    "face",
    "hand",
    "hands",
    "head",
    "body",
    "waist",
    "side",
    "ribs",
    "stuck",
    "agony",
    "numb",
    "fever",
    "temperature",
    "screaming",
    "move",
    "moving",
    "walk",
    "stand",
    "breathing",
    "muscle",
    "muscles",
    "thigh",
    "thighs",
    "calf",
    "calves",
    "knee",
    "buttock",
    "groin",
    "flank",
    "loin",
    "fingers",
    "toes",
    "toe",
    "eyes",
    "lips",
    "jaw",
];

/// Whether a word is one of them.
fn is_body(text: &str) -> bool {
    static LISTED: LazyLock<HashSet<&str, FxBuildHasher>> = LazyLock::new(|| BODY.iter().copied().collect());
    LISTED.contains(text)
}

/// Who is hardly ever the one that a text has called by another name: "about my mama ... my
/// uncle had a stroke".
const DISTANT: &[&str] = &[
    "uncle",
    "aunt",
    "auntie",
    "aunty",
    "cousin",
    "friend",
    "neighbour",
    "neighbor",
    "colleague",
    "coworker",
    "workmate",
    "mate",
    "boss",
    "nephew",
    "niece",
];

/// Every word for a person, so that none is taken for a slip.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    MEN.into_iter().chain(WOMEN).chain(OTHERS)
}

/// Whether a word stands for somebody one writes about.
pub(super) fn is_person(text: &str) -> bool {
    // Asked of every word, again and again.
    static LISTED: LazyLock<HashSet<&str, FxBuildHasher>> = LazyLock::new(|| all().collect());
    LISTED.contains(text) || singular(text).is_some_and(|text| LISTED.contains(text))
}

/// "Mums got", "dads had": people leave the apostrophe out.
fn singular(text: &str) -> Option<&str> {
    text.strip_suffix('s').filter(|text| text.len() > 2)
}

/// Whom the text is about: whose body it speaks of. "My husband has trouble peeing and his
/// bottom is numb" is about him; "My father had cancer. My back hurts" about the writer.
pub(super) fn patient(words: &[Word]) -> Patient {
    let (mut own, mut other) = (0_usize, 0_usize);
    for at in 0..words.len() {
        if is_body(&words[at].text) {
            match owner(words, at) {
                // "My back" is seldom said of another's.
                Some(true) if at > 0 && words[at - 1].text == "my" => own += 2,
                Some(true) => own += 1,
                Some(false) => other += 1,
                None => {}
            }
        }
    }
    // "Mine came on lifting a fridge": the writer compares, and has a pain too.
    own += 2 * (0..words.len()).filter(|at| is_mine(words, *at)).count();
    let speaks_for = speaks_for_someone(words);
    let begins = begins_with_someone(words);
    let is_writer_there = words.iter().any(|word| matches!(word.text.as_str(), "i" | "im" | "ive" | "me"));
    let is_about_other = if own + other == 0 {
        speaks_for || begins && !is_writer_there
    } else {
        other > own * 2 && other > 1 || speaks_for && other >= own || begins && other > own
    };
    if !is_about_other {
        return Patient::Writer;
    }
    let count = |list: &[&str]| words.iter().filter(|word| list.contains(&word.text.as_str())).count();
    let he = count(&["he", "his", "him", "hes", "himself"])
        + first_person(words).map_or(0, |text| usize::from(MEN.contains(&text)));
    let she = count(&["she", "her", "shes", "herself"])
        + first_person(words).map_or(0, |text| usize::from(WOMEN.contains(&text)));
    match he.cmp(&she) {
        std::cmp::Ordering::Greater => Patient::He,
        std::cmp::Ordering::Less => Patient::She,
        std::cmp::Ordering::Equal => Patient::They,
    }
}

fn first_person(words: &[Word]) -> Option<&str> {
    words.iter().map(|word| word.text.as_str()).find(|text| is_person(text))
}

/// Whether what stands here is the writer's own: by the nearest word before it in the
/// sentence that says whose.
fn owner(words: &[Word], at: usize) -> Option<bool> {
    let start = sentence(words, at).start;
    for before in (start..at).rev().take(14) {
        let text = words[before].text.as_str();
        let next = words.get(before + 1).map_or("", |next| next.text.as_str());
        match text {
            "i" | "me" | "myself" | "mine" | "im" | "ive" => return Some(true),
            "my" | "our" | "mi" | "ma" if before + 3 >= at => {
                return Some(!is_person(next) || before + 1 == at);
            }
            "he" | "she" | "his" | "her" | "him" | "they" | "their" | "hes" | "shes" | "theyre" | "them" => {
                return Some(false);
            }
            _ if is_person(text) && is_named(words, before) || is_child_of_years(words, before) => {
                return Some(false);
            }
            _ => {}
        }
    }
    None
}

/// "Writing for my nan", "asking for a friend", "about my colleague", "for my uncle 60".
fn speaks_for_someone(words: &[Word]) -> bool {
    (0..words.len().min(20)).any(|at| {
        let is_for = matches!(words[at].text.as_str(), "for" | "about" | "behalf" | "regarding" | "re");
        let near = (at + 1..words.len()).take(4).take_while(|near| words[*near].mark == Mark::Word);
        is_for && near.into_iter().any(|near| is_person(&words[near].text) || is_child_of_years(words, near))
    })
}

/// "My husband is on the kitchen floor": somebody else does the first thing that is done.
fn begins_with_someone(words: &[Word]) -> bool {
    let first = (0..words.len().min(8)).find(|at| {
        let text = words[*at].text.as_str();
        matches!(text, "i" | "im" | "ive" | "me" | "he" | "she" | "they" | "hes" | "shes")
            || is_named(words, *at)
            || is_child_of_years(words, *at)
    });
    // "My mother had cancer" says nothing of today, "had the baby and has a headache" does.
    let is_own = |at: usize| match words[at].text.as_str() {
        "mine" | "i" => true,
        "my" => words.get(at + 1).is_none_or(|next| !is_person(&next.text)),
        _ => false,
    };
    let is_now = |at: usize| {
        matches!(words[at].text.as_str(), "has" | "is" | "now" | "keeps" | "today" | "tonight")
            && !sentence(words, at).any(is_own)
    };
    let had = first.is_some_and(|at| {
        let had = words.iter().skip(at + 1).take(3).any(|next| next.text == "had");
        had && !(at..words.len()).any(is_now)
    });
    let is_late = had || (0..words.len()).any(|at| is_dead(words, at));
    first.is_some_and(|at| !matches!(words[at].text.as_str(), "i" | "im" | "ive" | "me")) && !is_late
}

/// The "old" of "my 8 year old", or "my 8yo": a child that is named by its years.
fn is_child_of_years(words: &[Word], at: usize) -> bool {
    let text = |places: usize| at.checked_sub(places).map_or("", |at| words[at].text.as_str());
    let (years, whose) = match text(0) {
        "old" if matches!(text(1), "year" | "years" | "yr" | "yrs" | "y") => (text(2), text(3)),
        "yo" => (text(1), text(2)),
        _ => (text(0).strip_suffix("yo").unwrap_or(""), text(1)),
    };
    is_childs_age(years) && (is_determiner(whose) || whose == "an" || whose == "for")
}

/// "Died", "passed away", "my late father"; not "passed urine" nor "too late".
fn is_dead(words: &[Word], at: usize) -> bool {
    let next = words.get(at + 1);
    match words[at].text.as_str() {
        "died" | "dying" => true,
        "passed" => {
            next.is_none_or(|next| next.mark != Mark::Word || matches!(next.text.as_str(), "away" | "on"))
        }
        "late" => next.is_some_and(|next| is_person(&next.text)),
        _ => false,
    }
}

/// Whether a word stands for somebody else: "my mate", "mum"; not the "woman" of "woman, 66",
/// nor "mate" as an address.
fn is_named(words: &[Word], at: usize) -> bool {
    const KIN: &[&str] = &[
        "mum", "mom", "mam", "dad", "daddy", "mummy", "gran", "granny", "nan", "nana", "grandad", "granddad",
        "grandpa", "grandma", "hubby", "husband", "wife", "son", "daughter", "brother", "sister", "mother",
        "father", "missus",
    ];
    let text = words[at].text.as_str();
    let before = at.checked_sub(1).map_or("", |before| words[before].text.as_str());
    // "Neighbour had a stroke", "uncle of mine had": who stands first needs no "my".
    let after = words.get(at + 1).map_or("", |next| next.text.as_str());
    // "Patient of mine, 55" is the one to be helped.
    let is_in_care = matches!(text, "patient" | "client" | "resident" | "pupil" | "student");
    let is_mine = !is_in_care && words.get(at + 2).is_some_and(|next| next.text == "mine");
    let stands_first = before.is_empty()
        && (matches!(after, "had" | "has" | "in" | "got" | "at" | "on" | "fell" | "down" | "next")
            || is_mine);
    // "The wee one had the chickenpox".
    let is_small = text == "one" && matches!(before, "wee" | "little" | "youngest" | "eldest" | "oldest");
    KIN.contains(&text)
        || singular(text).is_some_and(|text| KIN.contains(&text))
        || is_small
        || is_person(text)
            && (stands_first
                || is_determiner(before)
                || is_person(before)
                || matches!(before, "this" | "that" | "old" | "of" | "little" | "for"))
}

/// Where somebody else than the one with the pain is spoken of.
pub(super) fn cues(words: &[Word], patient: Patient) -> Vec<Cue> {
    let is_writer = patient == Patient::Writer;
    (0..words.len())
        .filter(|at| is_named(words, *at) || words[*at].text == "family")
        .filter_map(|at| {
            let scope = if is_writer { scope(words, at) } else { relation_of_the_patient(words, at) };
            scope.map(|scope| Cue { kind: Kind::SomeoneElse, at: at..at + 1, scope })
        })
        .collect()
}

/// "His father had cancer", "runs in the family", "my uncle had a stroke" where somebody
/// else is helped.
fn relation_of_the_patient(words: &[Word], at: usize) -> Option<Range<usize>> {
    let whole = sentence(words, at);
    if words[at].text == "family" {
        return Some(whole);
    }
    let before = at.checked_sub(1).map_or("", |before| words[before].text.as_str());
    if matches!(before, "my" | "our")
        && DISTANT.contains(&words[at].text.as_str())
        && first_person(words) != Some(&words[at].text)
    {
        return scope(words, at);
    }
    if !matches!(before, "his" | "her" | "their") {
        return None;
    }
    let begins = at < 2
        || whole.start + 1 == at
        || turns(words, at - 1)
        || matches!(words[at - 2].text.as_str(), "and" | "but" | "because" | "since");
    // "His mate had the same and it was a tumour": what "it" was is his as well.
    let is_of_it = |turn: usize| words.get(turn + 1).is_some_and(|next| next.text == "it");
    let end = (at + 1..whole.end).find(|next| turns(words, *next) && !is_of_it(*next)).unwrap_or(whole.end);
    begins.then_some(at - 1..end)
}

fn scope(words: &[Word], at: usize) -> Option<Range<usize>> {
    let whole = sentence(words, at);
    if words[at].text == "family" {
        return Some(whole); // "cancer runs in my family"
    }
    // Only who does or has something counts: not "lifting my son".
    let belongs = |before: usize| {
        let text = words[before].text.as_str();
        is_determiner(text)
            || is_person(text)
            || matches!(text, "wee" | "little" | "old" | "youngest" | "eldest" | "oldest")
    };
    let start = (whole.start..at).rev().take(3).take_while(|before| belongs(*before)).last().unwrap_or(at);
    let is_subject = start == whole.start
        || turns(words, start)
        || matches!(
            words[start - 1].text.as_str(),
            "and"
                | "but"
                | "that"
                | "because"
                | "since"
                | "when"
                | "cos"
                | "cause"
                | "like"
                | "lost"
                | "buried"
                | "so"
                | "then"
                | "well"
                | "anyway"
                | "after"
                | "while"
                | ""
        );
    // "Me and my cousins went on it": the writer went too.
    let with = start.checked_sub(2).map(|me| (words[me].text.as_str(), words[me + 1].text.as_str()));
    let is_writer_with_them = matches!(with, Some(("me" | "i" | "myself", "and" | "n")));
    if !is_subject || is_writer_with_them {
        return None;
    }
    // "My wife says it is a knot": who says or does something has nothing.
    let verb =
        (at + 1..whole.end.min(at + 6)).find(|next| !is_whereabouts(&words[*next].text)).unwrap_or(at + 1);
    let next = words.get(verb).map_or("", |next| next.text.as_str());
    // "My neighbour Pat had": a name may stand between.
    let after = words.get(verb + 1).map_or("", |next| next.text.as_str());
    let is_called = words.get(verb).is_some_and(|name| name.mark == Mark::Word)
        && matches!(after, "had" | "has" | "is" | "was" | "got" | "ended" | "died")
        && !REPORTS.contains(&next);
    // "My sister's 30 weeks pregnant".
    let is_counted = next.starts_with(|first: char| first.is_ascii_digit());
    let gives_birth = next == "gave" && words.get(verb + 1).is_some_and(|next| next.text == "birth");
    let is_afflicted = words.get(verb).is_none_or(|next| next.mark != Mark::Word)
        || is_body(next)
        || AFFLICTED.contains(&next)
        || gives_birth
        || is_called
        || is_counted;
    if !is_afflicted {
        return None;
    }
    // "My wife has it too but my eyes are yellow" speaks of the writer again.
    let own = |next: usize| match words[next].text.as_str() {
        "me" => true,
        "my" => words.get(next + 1).is_none_or(|word| !is_person(&word.text)),
        "mine" => is_mine(words, next),
        _ => turns_to_the_writer(words, next),
    };
    let end = (at + 1..whole.end).find(|next| own(*next)).unwrap_or(whole.end);
    // "My flatmate did the glass test on my legs": what somebody does to the writer.
    let does = words[end - 1].text.as_str();
    let is_done_to_the_writer = end < whole.end
        && (matches!(next, "did" | "does" | "took" | "takes" | "just" | "used" | "put") || is_a_deed(does))
        && !(at + 1..=end).any(|next| turns(words, next));
    (!is_done_to_the_writer).then_some(start..end)
}

/// "Cracked my neck", "kicked me": what somebody does to another.
fn is_a_deed(text: &str) -> bool {
    text.len() > 4
        && text.ends_with("ed")
        && !matches!(text, "died" | "helped" | "warned" | "asked" | "called")
        || matches!(
            text,
            "hit" | "threw" | "broke" | "hurt" | "gave" | "shook" | "struck" | "bent" | "hits" | "beats"
        )
}

/// "Mine came on lifting": the writer's own pain, not that of "an uncle of mine".
fn is_mine(words: &[Word], at: usize) -> bool {
    words[at].text == "mine" && (at == 0 || words[at - 1].text != "of")
}

/// What somebody does about the writer's pain, without one.
const REPORTS: &[&str] = &[
    "says", "said", "say", "thinks", "thought", "reckons", "reckoned", "told", "tells", "asked", "wants",
    "noticed", "knows", "swears", "believes", "insists", "that", "who", "and", "or", "to",
];

/// Words between somebody and what that one has: "the bloke next door had", "my brother in
/// law nearly fainted".
fn is_whereabouts(text: &str) -> bool {
    matches!(
        text,
        "next"
            | "door"
            | "law"
            | "across"
            | "road"
            | "street"
            | "mine"
            | "upstairs"
            | "downstairs"
            | "nearly"
            | "almost"
            | "recently"
            | "actually"
            | "apparently"
            | "then"
            | "also"
    )
}

/// What tells of a state of the person before it.
const AFFLICTED: &[&str] = &[
    "has",
    "had",
    "have",
    "is",
    "was",
    "were",
    "are",
    "takes",
    "take",
    "took",
    "got",
    "gets",
    "get",
    "panicked",
    "suffers",
    "suffered",
    "died",
    "dies",
    "who",
    "with",
    "lives",
    "lived",
    "needs",
    "needed",
    "on",
    "and",
    "also",
    "too",
    "diagnosed",
    "lost",
    "loses",
    "smokes",
    "smoked",
    "drinks",
    "drank",
    "wet",
    "broke",
    "breaks",
    "fell",
    "in",
    "used",
    "did",
    "does",
    "never",
    "always",
    "once",
    "could",
    "can",
    "cannot",
    "ended",
    "went",
    "passed",
    "being",
    "developed",
    "just",
    "both",
    "or",
    "having",
    "sees",
    "collapsed",
    "fainted",
    "or",
    "whose",
    "since",
    "of",
    "from",
    "at",
    "keeps",
    "pregnant",
    "expecting",
    "diabetic",
    "coughing",
    "coughs",
    "overdosed",
    "suffering",
    "reacted",
];

fn is_determiner(text: &str) -> bool {
    matches!(text, "my" | "the" | "a" | "our" | "his" | "her" | "their" | "one" | "ex" | "mi")
}

/// A new statement about "I" or "my" begins here.
fn turns_to_the_writer(words: &[Word], at: usize) -> bool {
    if !turns(words, at) {
        return false;
    }
    let subject = if matches!(words[at].text.as_str(), "i" | "my") { at } else { at + 1 };
    match words.get(subject).map(|word| word.text.as_str()) {
        Some("i") => true,
        Some("my") => words.get(subject + 1).is_some_and(|next| !is_person(&next.text)),
        _ => false,
    }
}
