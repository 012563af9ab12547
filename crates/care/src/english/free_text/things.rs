//! What falls, crashes or collapses and is nobody: "the phone fell", "our dog collapsed", "my
//! cat is limping on her back leg".

use std::ops::Range;

use crate::english::free_text::clauses::{sentence, turns};
use crate::english::free_text::cue::{Cue, Kind};
use crate::english::free_text::persons::is_person;
use crate::english::words::{ClassId, Lexicon, Mark, Span, Text, Word};

/// The classes of the book that tell what a thing or a pet is, what an accident, and what is
/// an animal of a house.
pub const THINGS_AND_ACCIDENTS: [&str; 3] = ["thing_or_pet", "has_an_accident", "pet"];

/// Words between a thing and what happens to it: "the phone then just fell".
const BETWEEN: [&str; 13] =
    ["has", "had", "have", "was", "is", "got", "just", "then", "also", "all", "suddenly", "nearly", "almost"];

/// What of a person a thing can fall on.
const HIT: [&str; 10] =
    ["back", "head", "neck", "spine", "shoulder", "shoulders", "chest", "leg", "legs", "hip"];

/// The things and the accidents that a book names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Things {
    objects: ClassId,
    accidents: ClassId,
    pets: ClassId,
}

impl Things {
    /// `None` where the book names none.
    pub(super) fn of(lexicon: &Lexicon) -> Option<Self> {
        let [objects, accidents, pets] = THINGS_AND_ACCIDENTS.map(|name| lexicon.class(name));
        Some(Self { objects: objects?, accidents: accidents?, pets: pets? })
    }

    /// Where a thing has an accident, and nobody.
    pub(super) fn cues(self, text: &Text) -> Vec<Cue> {
        let things = text.spans.iter().filter(|span| span.class == self.objects);
        let cue = |thing: &Span| {
            let accident = self.accident_of(text, thing)?;
            let rest = accident.end..sentence(&text.words, thing.start).end;
            let scope = thing.start..accident.end;
            (!hits_somebody(&text.words, rest)).then_some(Cue {
                kind: Kind::OfAThing,
                at: thing.start..thing.end,
                scope,
            })
        };
        let pets = text.spans.iter().filter(|span| span.class == self.pets);
        things.filter_map(cue).chain(pets.filter_map(|pet| cue_of_pet(&text.words, pet))).collect()
    }

    /// What happens to a thing, right after it: "the dog had a fit", "the cat then fell".
    fn accident_of(self, text: &Text, thing: &Span) -> Option<Range<usize>> {
        let skipped = text.words[thing.end..].iter();
        let between = skipped.take_while(|word| BETWEEN.contains(&word.text.as_str())).count();
        let near = thing.end..=thing.end + between;
        let first = text.spans.partition_point(|span| span.start < thing.end);
        let here = text.spans[first..].iter().take_while(|span| near.contains(&span.start));
        let accidents = here.filter(|span| span.class == self.accidents);
        accidents.map(|span| span.start..span.end).max_by_key(|accident| accident.end)
    }
}

/// "My dog's back legs go wobbly", "my cat is limping": what is told of a pet, up to where the
/// sentence turns to somebody, is not about the one who writes.
fn cue_of_pet(words: &[Word], pet: &Span) -> Option<Cue> {
    let whole = sentence(words, pet.start);
    let is_somebody = |at: &usize| match words[*at].text.as_str() {
        "i" | "me" | "mine" | "myself" | "we" | "us" => true,
        "my" | "our" => *at + 1 != pet.start,
        text => is_person(text),
    };
    // "The dog is old and leaks and I carry him" turns to somebody; "the dog pulled me" does not.
    let somebody = (pet.end..whole.end).find(is_somebody);
    let is_over = somebody.is_none_or(|at| turns(words, at) || turns(words, at - 1));
    let scope = whole.start..somebody.unwrap_or(whole.end);
    let leads_on = |at: usize| {
        matches!(
            words[at].text.as_str(),
            "my" | "our" | "the" | "a" | "his" | "her" | "poor" | "old" | "wee" | "little"
        )
    };
    let begins = (whole.start..pet.start).all(leads_on);
    // "Dog groomer, 37".
    let is_a_trade = words.get(pet.end).is_some_and(|next| next.text.ends_with("er"));
    (begins && !is_a_trade && is_over).then_some(Cue { kind: Kind::OfAThing, at: pet.start..pet.end, scope })
}

/// "The shelf fell on me", "onto my head": then it is a blow.
fn hits_somebody(words: &[Word], rest: Range<usize>) -> bool {
    let near = rest.start..rest.end.min(rest.start + 5);
    let said = words[near].iter().take_while(|word| word.mark == Mark::Word);
    let said: Vec<&str> = said.map(|word| word.text.as_str()).collect();
    said.iter().enumerate().any(|(at, word)| {
        let part = said.get(at + 1).is_some_and(|part| HIT.contains(part));
        matches!(*word, "me" | "him" | "us") || matches!(*word, "my" | "his" | "her") && part
    })
}
