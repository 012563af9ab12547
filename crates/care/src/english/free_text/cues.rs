//! What stands around a mention: "no", "if", "last year", "my mother".
//!
//! A cue has a kind, a place and a scope. Scopes end where a new statement
//! begins (`clauses`). A cue that belongs to the phrasing itself does not count
//! against it: the "cannot" of "cannot move my leg".

use std::ops::Range;

use crate::english::free_text::Sense;
use crate::english::free_text::clauses::{ends_sentence, part, sentence, turns};
use crate::english::free_text::cue::{Cue, Kind};
use crate::english::free_text::cue_words::{
    BELIEVED, GONE, JUDGEMENT, NOT, NOT_A_DENIAL, PAST, QUESTION, SUPPOSED,
};
use crate::english::free_text::matching::is_filler;
use crate::english::free_text::persons::{self, Patient};
use crate::english::words::{Mark, Word};

/// What time does to a finding.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nature {
    /// It stays true for ever once it was: an illness one had.
    pub(super) lasts: bool,
    /// It matters also where it is over: a face that drooped, a faint.
    pub(super) counts_when_gone: bool,
}

/// The cues of a text.
#[derive(Debug)]
pub(crate) struct Cues {
    list: Vec<Cue>,
    /// For each word the cues that act on it.
    over: Vec<Vec<usize>>,
}

impl Cues {
    /// Finds the cues of a text; `list` are those that need more than its words.
    pub(super) fn of(words: &[Word], patient: Patient, mut list: Vec<Cue>) -> Self {
        let mut at = 0;
        while at < words.len() {
            at += denial(words, at, &mut list);
        }
        answered_questions(words, &mut list);
        for at in 0..words.len() {
            let rest = sentence(words, at);
            if let Some(length) = any_at(&SUPPOSED, words, at)
                && !is_even_if(words, at)
                && !is_whenever(words, at)
            {
                let end = next_but(words, at..rest.end);
                list.push(Cue { kind: Kind::Supposed, at: at..at + length, scope: at..end });
            }
            if let Some(length) = any_at(&BELIEVED, words, at) {
                let ends = |next: &usize| {
                    words[*next].mark == Mark::Comma
                        || matches!(words[*next].text.as_str(), "and" | "but" | "then")
                };
                let end = (at + length..rest.end).find(ends).unwrap_or(rest.end);
                list.push(Cue { kind: Kind::Supposed, at: at..at + length, scope: at..end });
            }
            list.extend(is_well(words, at));
            if patient == Patient::Writer {
                list.extend(guess(words, at));
            }
            question(words, at, &mut list);
            // "When I was just sitting" is how it began.
            let follows = words.get(at + 3).map_or("", |word| word.text.as_str());
            let is_story = words[at].text == "when"
                && (follows.ends_with("ing")
                    || matches!(follows, "just" | "only" | "still" | "at" | "in" | "on"));
            let before = at.checked_sub(1).map_or("", |before| words[before].text.as_str());
            // "Low back then go to the thigh" is a place, not a time.
            let is_place = words[at].text == "back"
                && matches!(before, "low" | "lower" | "upper" | "mid" | "my" | "the" | "his" | "her" | "of");
            // "I never used to" tells of something new.
            let is_new = words[at].text == "used" && matches!(before, "never" | "not");
            let is_compared =
                is_story || is_place || is_new || matches!(before, "as" | "like" | "than" | "since");
            if let Some(length) =
                any_at(&PAST, words, at).or_else(|| year(words, at)).filter(|_| !is_compared)
            {
                let scope = past_scope(words, at, at + length);
                list.push(Cue { kind: Kind::Past, at: at..at + length, scope });
            }
            // "My back is gone" is how it began.
            let is_back = at > 0 && matches!(words[at - 1].text.as_str(), "back" | "neck");
            if let Some(length) = any_at(&GONE, words, at).filter(|_| !is_back) {
                list.push(Cue { kind: Kind::Gone, at: at..at + length, scope: rest.start..at });
            }
        }
        list.extend(persons::cues(words, patient));
        let mut over = vec![Vec::new(); words.len()];
        for (index, cue) in list.iter().enumerate() {
            for cues in &mut over[cue.scope.clone()] {
                cues.push(index);
            }
        }
        Self { list, over }
    }

    /// How a text speaks of what these words say. A cue that is one of the words does not
    /// count against them: the "cannot" of "cannot move".
    pub(super) fn sense(&self, parts: &[Range<usize>], of: Nature) -> Sense {
        let is_own = |cue: &Cue| cue.at.clone().all(|at| parts.iter().any(|part| part.contains(&at)));
        let mut over: Vec<usize> =
            parts.iter().flat_map(|part| &self.over[part.clone()]).flatten().copied().collect();
        over.sort_unstable();
        over.dedup();
        let cues: Vec<&Cue> = over.iter().map(|cue| &self.list[*cue]).filter(|cue| !is_own(cue)).collect();
        let has = |kind| cues.iter().any(|cue| cue.kind == kind);
        // Two denials of one word cancel out: "not a day without a fever".
        let denied = |at: usize| {
            let nots = cues.iter().filter(|cue| matches!(cue.kind, Kind::Not | Kind::MaybeNot));
            nots.filter(|cue| cue.scope.contains(&at)).count() % 2 == 1
        };
        if has(Kind::OfAThing) {
            Sense::OfAThing
        } else if has(Kind::SomeoneElse) {
            Sense::SomeoneElse
        } else if has(Kind::Supposed) {
            Sense::Supposed
        } else if has(Kind::Asked) {
            Sense::Asked
        } else if parts.iter().flat_map(Range::clone).any(denied) {
            if has(Kind::MaybeNot) { Sense::Unclear } else { Sense::Absent }
        } else if has(Kind::Gone) && !of.counts_when_gone {
            Sense::Absent
        } else if has(Kind::Past) && !of.lasts {
            Sense::Past
        } else {
            Sense::Present
        }
    }
}

/// Whether the "not" of "can not" stands here.
fn is_cannot(words: &[Word], at: usize) -> bool {
    at > 0 && words[at].text == "not" && matches!(words[at - 1].text.as_str(), "can" | "could")
}

/// What a "cannot" is said because of is there: "cannot sleep for the pain".
const BECAUSE: [&str; 12] =
    ["for", "because", "due", "with", "from", "when", "without", "as", "if", "cos", "cause", "cuz"];

/// What begins something that happened all the same: "not better since the crash".
const ENDS_A_DENIAL: [&str; 6] = ["since", "after", "because", "until", "till", "cos"];

/// "Not have fever, chills": a list of what is absent.
fn lists_what_is_absent(words: &[Word], from: usize) -> bool {
    words[from..].iter().take(3).any(|word| {
        matches!(
            word.text.as_str(),
            "have" | "had" | "got" | "any" | "feel" | "feeling" | "having" | "been" | "getting" | "get"
        )
    })
}

/// "If you press it, it hurts", "cannot tell if": what happens whenever, and no supposition.
/// A supposition asks about something that may be or come: "what if it is", "if I get a fever".
fn is_whenever(words: &[Word], at: usize) -> bool {
    if words[at].text != "if" {
        return false;
    }
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let before = at.checked_sub(1).map_or("", text);
    if matches!(
        before,
        "what" | "wonder" | "wondering" | "ask" | "asking" | "see" | "check" | "worried" | "unless"
    ) {
        return false;
    }
    if is_imagined(words, at) {
        return false;
    }
    let is_untold = (1..=2)
        .filter_map(|places| at.checked_sub(places))
        .map(text)
        .any(|word| matches!(word, "tell" | "know" | "sure" | "feel"));
    if is_untold {
        return words[at.saturating_sub(5)..at].iter().any(|word| word.text == "not");
    }
    !words[at + 1..].iter().take(3).take_while(|word| word.mark == Mark::Word).any(|word| {
        matches!(
            word.text.as_str(),
            "get"
                | "gets"
                | "got"
                | "getting"
                | "have"
                | "has"
                | "had"
                | "is"
                | "are"
                | "was"
                | "were"
                | "am"
                | "be"
                | "this"
                | "that"
                | "there"
                | "become"
                | "becomes"
                | "turns"
                | "start"
                | "starts"
                | "happens"
                | "could"
                | "should"
                | "would"
                | "will"
                | "can"
                | "not"
                | "need"
                | "any"
                | "anything"
                | "maybe"
                | "lose"
                | "wake"
                | "die"
                | "develop"
                | "notice"
        )
    })
}

/// "If it ever went numb I'd be in hospital": it did not happen.
fn is_imagined(words: &[Word], at: usize) -> bool {
    let rest = at + 1..sentence(words, at).end;
    rest.clone().any(|next| {
        let word = &words[next];
        // "I'd" is "I" here, but longer in the text.
        let is_shortened =
            matches!(word.text.as_str(), "i" | "he" | "she" | "they" | "we" | "id") && word.span.len() >= 2;
        let is_would = word.text == "would" || is_shortened;
        let does = words.get(next + 1).map_or("", |word| word.text.as_str());
        word.text == "ever" && next <= at + 6
            || is_would
                && matches!(does, "be" | "have" | "go" | "ring" | "phone" | "worry" | "panic" | "rush")
    })
}

/// Reads a denial at a word, if there is one; gives how many words to go on by.
fn denial(words: &[Word], at: usize, list: &mut Vec<Cue>) -> usize {
    if let Some(length) = any_at(&NOT_A_DENIAL, words, at) {
        return length;
    }
    let Some(length) = any_at(&NOT, words, at) else { return 1 };
    if is_answer(words, at, length) {
        return length;
    }
    let (mut end, open_from) = reach(words, at, at + length);
    let from = at + length;
    if is_cannot(words, at) {
        // "Cannot cough without agony" denies nothing.
        if let Some(without) = (from..end).find(|next| words[*next].text == "without") {
            return without + 1 - at;
        }
        let ends =
            |next: &usize| BECAUSE.contains(&words[*next].text.as_str()) || words[*next].mark == Mark::Comma;
        end = (from..end).find(ends).unwrap_or(end).min(from + 6);
    } else if words[at].text == "not" && !lists_what_is_absent(words, from) {
        // "Not making sense, hardly peed": what is not done ends at the pause.
        let is_list = (from..end).any(|next| matches!(words[next].text.as_str(), "or" | "nor"));
        let pause = (from..end).find(|next| words[*next].mark == Mark::Comma && !is_list);
        end = pause.unwrap_or(end);
    }
    end = (from + 1..end).find(|next| ENDS_A_DENIAL.contains(&words[*next].text.as_str())).unwrap_or(end);
    let open_from = open_from.filter(|open_from| *open_from < end);
    let cue = |kind, scope| Cue { kind, at: at..at + length, scope };
    list.push(cue(Kind::Not, at + length..open_from.unwrap_or(end)));
    if let Some(open_from) = open_from {
        list.push(cue(Kind::MaybeNot, open_from..end));
    }
    length
}

/// "No, ...", "no it is not down my leg": the "no" answers, and what follows says by itself
/// what is so.
fn is_answer(words: &[Word], at: usize, length: usize) -> bool {
    let Some(next) = words.get(at + length).filter(|next| next.mark == Mark::Word) else { return true };
    let is_no = matches!(words[at].text.as_str(), "no" | "nae");
    is_no
        && matches!(next.text.as_str(), "i" | "it" | "its" | "he" | "she" | "they" | "we" | "that" | "there")
}

/// Where the scope of a denial ends, and from where on it is open whether it still reaches.
fn reach(words: &[Word], cue: usize, from: usize) -> (usize, Option<usize>) {
    let end = sentence(words, cue).end;
    let mut open_from = None;
    for at in from..end {
        let joins =
            words[at].mark == Mark::Comma || matches!(words[at].text.as_str(), "and" | "or" | "nor" | "so");
        let is_new_denial = joins
            && (at + 1..(at + 4).min(end)).any(|next| {
                any_at(&NOT, words, next).is_some()
                    && (at + 1..next).all(|between| is_filler(&words[between].text))
            });
        let is_over = is_new_denial || words[at].text == "nor" || is_fresh_denial(words, at, from);
        if turns(words, at) || is_over || says_what_is(words, at) {
            return (at, open_from);
        }
        if words[at].mark == Mark::Comma && open_from.is_none() {
            let in_a_list = words[at..end].iter().any(|word| matches!(word.text.as_str(), "or" | "nor"));
            if !in_a_list {
                // "Not sleeping, shivering": a bare "not" reaches no further than the pause.
                let is_bare = words[cue].text == "not"
                    && cue.checked_sub(1).is_none_or(|before| words[before].mark != Mark::Word);
                if is_bare {
                    return (at, open_from);
                }
                open_from = Some(at);
            }
        }
    }
    (end, open_from)
}

/// "Will not put weight on it and is scooting": what follows an "and" with a verb of its own
/// is so.
fn says_what_is(words: &[Word], at: usize) -> bool {
    let next = words.get(at + 1).map_or("", |next| next.text.as_str());
    words[at].text == "and"
        && matches!(next, "is" | "are" | "was" | "were" | "has" | "had" | "keeps" | "kept")
}

/// "No fever no chills": a second "no" after what the first denies stands by itself,
/// unlike that of "I would not say I have no fever".
fn is_fresh_denial(words: &[Word], at: usize, from: usize) -> bool {
    at > from
        && matches!(words[at].text.as_str(), "no" | "not" | "never")
        && words[at - 1].mark == Mark::Word
        && (!is_filler(&words[at - 1].text) || matches!(words[at - 1].text.as_str(), "it" | "there" | "too"))
        && !matches!(words[at - 1].text.as_str(), "say" | "said" | "that")
}

/// "Chest pain? No.", "pins and needles no, headache no": the answer denies what it answers.
fn answered_questions(words: &[Word], list: &mut Vec<Cue>) {
    take_back(words, list);
    for at in 1..words.len() {
        let is_no = matches!(words[at].text.as_str(), "no" | "nope" | "never" | "none" | "nah");
        let stands_alone = words.get(at + 1).is_none_or(|next| next.mark != Mark::Word);
        if !is_no || !stands_alone {
            continue;
        }
        let from = at.saturating_sub(FURTHEST_ANSWER);
        let scope = match words[at - 1].mark {
            Mark::Question => {
                let start = words[from..at - 1].iter().rposition(ends_sentence);
                start.map_or(from, |mark| from + mark + 1)..at - 1
            }
            Mark::Word => {
                let start = words[from..at].iter().rposition(|word| word.mark != Mark::Word);
                start.map_or(from, |mark| from + mark + 1)..at
            }
            Mark::Comma | Mark::Stop => continue,
        };
        let is_short = words[at - 1].mark == Mark::Question || scope.len() <= LONGEST_LISTED;
        let is_denied = scope.clone().any(|at| any_at(&NOT, words, at).is_some());
        if is_short && !is_denied {
            list.push(Cue { kind: Kind::Not, at: at..at + 1, scope });
        }
    }
}

/// "My legs are fine", "the temperature is normal", "bladder and bowels, all normal": what is
/// well denies the sign before it.
fn is_well(words: &[Word], at: usize) -> Option<Cue> {
    // "Fever is not there".
    let is_not_there = words[at].text == "there" && at > 1 && words[at - 1].text == "not";
    if is_not_there && words.get(at + 1).is_none_or(|next| next.mark != Mark::Word) {
        // "Though I did fall as the leg was not there" denies no fall.
        let scope = part(words, at).start.max(at.saturating_sub(4))..at - 1;
        return Some(Cue { kind: Kind::Not, at: at - 1..at + 1, scope });
    }
    let is_state = matches!(
        words[at].text.as_str(),
        "normal" | "fine" | "okay" | "ok" | "alright" | "perfect" | "grand" | "clear" | "unused"
    );
    let before = at.checked_sub(1).map_or("", |before| words[before].text.as_str());
    let is_said =
        matches!(before, "is" | "are" | "was" | "were" | "all" | "perfectly" | "completely" | "totally");
    let ends = words.get(at + 1).is_none_or(|next| next.mark != Mark::Word);
    if !is_state || !ends || ends_as_a_question(words, at) {
        return None;
    }
    let own = part(words, at);
    // A pause stands between the sign and what is said of it.
    let stands_alone = (own.start..at).all(|at| matches!(words[at].text.as_str(), "all" | "is"));
    let is_measured = matches!(words[at].text.as_str(), "normal" | "clear" | "perfect");
    let scope = if stands_alone && is_measured && own.start > sentence(words, at).start {
        part(words, own.start - 1).start.min(own.start - 1)..at
    } else if is_said {
        own.start..at
    } else {
        return None;
    };
    let is_denied = scope.clone().any(|at| any_at(&NOT, words, at).is_some());
    (!is_denied).then_some(Cue { kind: Kind::Not, at: at..at + 1, scope })
}

/// "The missus says it's a slipped disc", "my mate reckons it is just a pulled muscle": what
/// people around the writer take it for.
fn guess(words: &[Word], at: usize) -> Option<Cue> {
    let text = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let says = matches!(
        text(at),
        "say" | "says" | "said" | "think" | "thinks" | "reckon" | "reckons" | "swears" | "insists"
    );
    if !says || !at.checked_sub(1).is_some_and(|before| persons::is_person(text(before))) {
        return None;
    }
    // "My friend said numbness down there is bad".
    let rest = sentence(words, at).end;
    if matches!(text(rest - 1), "bad" | "serious" | "dangerous")
        && matches!(text(rest.saturating_sub(2)), "is" | "are")
    {
        return Some(Cue { kind: Kind::Supposed, at: at..at + 1, scope: at + 1..rest });
    }
    let skip = |at: usize, list: &[&str]| at + usize::from(list.contains(&text(at)));
    let it = skip(at + 1, &["that"]);
    let is = skip(it, &["it", "its", "this"]);
    let what = skip(skip(is, &["is", "was", "must"]), &["be"]);
    let is_taken_for =
        matches!(text(what), "a" | "an" | "my" | "just" | "only" | "probably" | "all" | "muscle" | "nothing");
    (is > it && is_taken_for).then(|| Cue {
        kind: Kind::Supposed,
        at: at..what,
        scope: what..part(words, what).end,
    })
}

/// "No diabetes? Actually yes": the answer takes back what was denied.
fn take_back(words: &[Word], list: &mut Vec<Cue>) {
    for at in 1..words.len() {
        let answer = words.get(at).filter(|_| words[at - 1].mark == Mark::Question);
        let answer = match answer.map(|word| word.text.as_str()) {
            Some("actually" | "well" | "oh" | "hmm") => words.get(at + 1),
            _ => answer,
        };
        let is_yes = answer.is_some_and(|word| {
            matches!(word.text.as_str(), "yes" | "yep" | "yeah" | "aye" | "yup" | "yea" | "yh")
        });
        if is_yes {
            let start = sentence(words, at - 1).start;
            let is_taken_back =
                |cue: &Cue| matches!(cue.kind, Kind::Not | Kind::MaybeNot) && cue.at.start >= start;
            list.retain(|cue| !(is_taken_back(cue) && cue.at.start < at));
        }
    }
}

/// How far before a "no" its question may begin.
const FURTHEST_ANSWER: usize = 60;

/// How many words a sign in a list has at most: "pins and needles no".
const LONGEST_LISTED: usize = 5;

fn question(words: &[Word], at: usize, list: &mut Vec<Cue>) {
    let Some(length) = any_at(&QUESTION, words, at) else { return };
    let begins = at == 0
        || words[at - 1].mark != Mark::Word
        || matches!(words[at - 1].text.as_str(), "and" | "but" | "then" | "or")
        || words[at - 1].text == "so"
            && !matches!(
                words[at].text.as_str(),
                "did" | "do" | "does" | "is" | "are" | "am" | "has" | "will"
            );
    let Some(next) = words.get(at + length) else { return };
    let can_follow = match words[at].text.as_str() {
        "can" | "could" | "will" | "would" | "should" => next.text != "not",
        "does" | "do" | "did" | "has" => matches!(
            next.text.as_str(),
            "i" | "you"
                | "u"
                | "he"
                | "she"
                | "it"
                | "this"
                | "that"
                | "they"
                | "we"
                | "my"
                | "the"
                | "a"
                | "anyone"
                | "anybody"
                | "people"
                | "back"
                | "spasms"
                | "these"
                | "everyone"
        ),
        "is" | "are" | "am" => matches!(
            next.text.as_str(),
            "it" | "this"
                | "that"
                | "my"
                | "the"
                | "there"
                | "a"
                | "an"
                | "he"
                | "she"
                | "i"
                | "they"
                | "these"
        ),
        "when" => matches!(next.text.as_str(), "is" | "should" | "do" | "does" | "can" | "will" | "would"),
        // "What I've got now is zingers down both legs" asks nothing.
        "what" | "how" | "where" | "which" | "who" => {
            !TOLD_AFTER_WHAT.contains(&next.text.as_str()) || ends_as_a_question(words, at)
        }
        _ => true,
    };
    // "My mother (72) has been taking": a pause before "has" begins no question.
    let is_after_pause = at > 0 && words[at - 1].mark == Mark::Comma;
    if is_after_pause
        && matches!(words[at].text.as_str(), "has" | "did" | "do" | "am" | "when" | "where" | "which" | "who")
    {
        return;
    }
    // "Can barely turn my head", "did the glass test and they stay", "any step hurts" ask nothing.
    let is_told = match words[at].text.as_str() {
        "can" | "could" | "will" | "would" => matches!(
            next.text.as_str(),
            "barely"
                | "only"
                | "hardly"
                | "scarcely"
                | "just"
                | "still"
                | "never"
                | "no"
                | "feel"
                | "see"
                | "hear"
        ),
        "did" | "do" | "has" => matches!(next.text.as_str(), "a" | "the" | "my" | "back"),
        "any" => true,
        _ => false,
    };
    // "Why is my leg numb" takes the sign for granted, so "why" is not among the words.
    if !begins || !can_follow || is_told && !ends_as_a_question(words, at) {
        return;
    }
    let rest = sentence(words, at);
    let end = (at + 1..rest.end).find(|next| turns(words, *next)).unwrap_or(rest.end);
    let judges = words[at..rest.end].iter().any(|word| JUDGEMENT.contains(&word.text.as_str()));
    let own = words[at..end].iter().any(|word| word.text == "my");
    let kind = if judges || own { Kind::Asked } else { Kind::Supposed };
    list.push(Cue { kind, at: at..at + length, scope: at..end });
}

/// What follows a "what" that tells: "what hurts is my back".
const TOLD_AFTER_WHAT: [&str; 16] = [
    "i", "he", "she", "we", "they", "it", "my", "gets", "bothers", "hurts", "hurt", "worries", "scares",
    "happened", "started", "set",
];

fn ends_as_a_question(words: &[Word], at: usize) -> bool {
    words.get(sentence(words, at).end).is_some_and(|mark| mark.mark == Mark::Question)
}

/// "In 2015", "Krakow 2009".
fn year(words: &[Word], at: usize) -> Option<usize> {
    let is_year =
        |text: &str| text.len() == 4 && text.parse::<u32>().is_ok_and(|year| (1930..2100).contains(&year));
    let is_counted = |word: &Word| {
        matches!(
            word.text.as_str(),
            "mg" | "ml"
                | "mcg"
                | "steps"
                | "calories"
                | "kcal"
                | "words"
                | "miles"
                | "rpm"
                | "m"
                | "feet"
                | "of"
        )
    };
    let is_long_ago = |text: &str| is_year(text) && text < "2024";
    // "In '98".
    let is_short_year = |text: &str| text.len() == 2 && text.parse::<u32>().is_ok_and(|year| year >= 60);
    let before = at.checked_sub(1).map_or("", |before| words[before].text.as_str());
    if words[at].text == "in"
        && !matches!(before, "died" | "born")
        && words.get(at + 1).is_some_and(|year| is_short_year(&year.text))
        && words
            .get(at + 2)
            .is_none_or(|next| next.mark != Mark::Word || matches!(next.text.as_str(), "and" | "when"))
    {
        return Some(2);
    }
    if is_long_ago(&words[at].text) && !words.get(at + 1).is_some_and(is_counted) {
        return Some(1);
    }
    let next = words.get(at + 1)?;
    (matches!(words[at].text.as_str(), "in" | "of" | "around") && is_year(&next.text)).then_some(2)
}

fn is_even_if(words: &[Word], at: usize) -> bool {
    words[at].text == "if" && at > 0 && matches!(words[at - 1].text.as_str(), "even" | "as")
}

/// What a time long ago dates: its part of the statement, and the statement after it where
/// it stands in front: "in 2018 I had ...", "years ago, my leg went numb".
fn past_scope(words: &[Word], at: usize, end: usize) -> Range<usize> {
    let own = part(words, at);
    // "On a thinner after a clot last year": what came before is so now.
    let is_dated = |before: &usize| matches!(words[*before].text.as_str(), "after" | "since" | "following");
    if let Some(from) = (own.start + 1..at).rev().take(5).find(is_dated) {
        return from..end;
    }
    // "I had shingles at uni, twenty years ago": a time by itself dates what stands before it.
    let is_alone = own.end == end && at <= own.start + 2 && own.start > sentence(words, at).start + 1;
    let begins = words.get(end).is_none_or(|word| word.mark != Mark::Word);
    if is_alone && begins && words[own.start - 1].mark == Mark::Comma {
        return part(words, own.start - 2).start.min(own.start - 2)..end;
    }
    let next = if words.get(end).is_some_and(|word| word.mark == Mark::Comma) { end + 1 } else { end };
    let is_subject = |word: &Word| matches!(word.text.as_str(), "i" | "he" | "she" | "my" | "his" | "her");
    if own.end != end || !words.get(next).is_some_and(is_subject) {
        return own;
    }
    own.start..part(words, next).end.max(own.end)
}

fn next_but(words: &[Word], range: Range<usize>) -> usize {
    let end = range.end;
    range.clone().skip(1).find(|at| matches!(words[*at].text.as_str(), "but" | "however")).unwrap_or(end)
}

/// How many words one of these takes at a place, if one stands there.
fn any_at(list: &[&str], words: &[Word], at: usize) -> Option<usize> {
    let first = words[at].text.as_bytes().first();
    list.iter()
        .filter(|cue| cue.as_bytes().first() == first)
        .filter_map(|cue| {
            let mut length = 0;
            for (offset, part) in cue.split(' ').enumerate() {
                if words.get(at + offset)?.text != part {
                    return None;
                }
                length = offset + 1;
            }
            Some(length)
        })
        .max()
}
