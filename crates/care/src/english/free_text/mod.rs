//! Findings proposed from a person's own words.
//!
//! The book says how people put each finding (`hears`): patterns over classes of
//! words. A text is read for those patterns, and each place is judged by what stands
//! around it: a "no", an "if", a "last year", a "my mother". The idea is that of
//! `ConText` (Harkema et al. 2009): a trigger, its scope, and what ends the scope.
//!
//! What comes out are proposals. A proposal is never an answer: the person
//! confirms it on its own screen, and a finding that is not mentioned stays
//! unanswered.

mod clauses;
mod cue;
mod cue_words;
mod cues;
mod figures;
mod known_words;
mod matching;
mod own_words;
mod patterns;
mod persons;
mod things;
mod together;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use crate::book::{Book, FindingId, Medicine, OptionIndex};
use crate::decision::answer::Answer;
use crate::decision::guideline::Guideline;
use crate::english::passage;
use crate::english::words::{ClassId, Lexicon, Mark, Text, Word};

use cues::{Cues, Nature};
use matching::{Found, PatternIndex};
pub(crate) use patterns::{Meaning, Pattern};
use things::Things;
use together::{Sides, Together};

pub use own_words::{OwnWords, SetAside};
pub use persons::Patient;
pub use things::THINGS_AND_ACCIDENTS;

/// Reads texts for the findings of one guideline. The first text waits until the phrasings
/// of the book are prepared, which is the slow part: keep it for the next.
#[derive(Debug)]
pub struct FreeText<'g> {
    guideline: &'g Guideline,
    phrasings: OnceLock<Phrasings>,
}

/// How the book says that people put things.
#[derive(Debug)]
struct Phrasings {
    lexicon: Lexicon,
    patterns: PatternIndex,
    /// Patterns of several sides.
    together: Vec<Together>,
    topics: PatternIndex,
    /// What falls or crashes and is nobody.
    things: Option<Things>,
    /// The class of the words that name each ingredient of a medicine.
    ingredients: BTreeMap<String, ClassId>,
}

/// One place in a text that speaks of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Which finding.
    pub finding: FindingId,
    /// Which option of it, of a choice.
    pub option: Option<OptionIndex>,
    /// How it is spoken of.
    pub sense: Sense,
    /// Bytes of the text, from the first to the last word that matched.
    pub span: Range<usize>,
    /// The phrasing of the book that it matched.
    pub trigger: String,
}

/// How a text speaks of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// The person has it now.
    Present,
    /// The person has not got it, or no longer.
    Absent,
    /// It is listed after a "no", but whether the "no" reaches so far is open.
    Unclear,
    /// It was so long ago.
    Past,
    /// Someone else has it.
    SomeoneElse,
    /// A thing or an animal has it.
    OfAThing,
    /// The person asks whether it would be normal or bad.
    Asked,
    /// An "if", a worry, something read or heard.
    Supposed,
}

impl Sense {
    /// Why a mention with this sense is not proposed as present, for a reader.
    pub fn words(self) -> &'static str {
        match self {
            Self::Present => "said",
            Self::Absent => "said not to be so",
            Self::Unclear => "not clear whether it is meant",
            Self::Past => "long ago",
            Self::SomeoneElse => "about someone else",
            Self::OfAThing => "about a thing or an animal",
            Self::Asked => "asked about",
            Self::Supposed => "an if, a worry or hearsay",
        }
    }
}

/// An answer that a text suggests, for the person to confirm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Which finding.
    pub finding: FindingId,
    /// [`Answer::Yes`], a number or an option; never a no.
    pub answer: Answer,
    /// Bytes of the text that it was read from.
    pub span: Range<usize>,
    /// The phrasing of the book, or the pattern, that it matched.
    pub trigger: String,
}

impl Phrasings {
    fn of(guideline: &Guideline) -> Self {
        let book = guideline.book();
        let mut lexicon = Lexicon::new(&book.words);
        let (patterns, together) = patterns::of(guideline, &mut lexicon);
        let patterns = PatternIndex::new(patterns);
        let topics = PatternIndex::new(patterns::of_topics(book, &mut lexicon));
        learn(book, &mut lexicon);
        let mut named =
            |medicine: &Medicine| (medicine.ingredient.clone(), lexicon.class_or_word(&medicine.ingredient));
        let ingredients = book.medicines.iter().map(&mut named).collect();
        let things = Things::of(&lexicon);
        Self { lexicon, patterns, together, topics, things, ingredients }
    }
}

impl<'g> FreeText<'g> {
    /// A reader for the findings of a guideline.
    pub fn new(guideline: &'g Guideline) -> Self {
        Self { guideline, phrasings: OnceLock::new() }
    }

    fn phrasings(&self) -> &Phrasings {
        self.phrasings.get_or_init(|| Phrasings::of(self.guideline))
    }

    /// The guideline whose findings it knows.
    pub(crate) fn guideline(&self) -> &'g Guideline {
        self.guideline
    }

    /// The words of the book, for whoever compares more than findings.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.phrasings().lexicon
    }

    /// Reads a text once, for everything that is asked of it.
    pub(crate) fn hear(&self, text: &str) -> Heard {
        self.hear_read(&self.lexicon().read(text))
    }

    /// The same for a text whose words were read.
    pub(crate) fn hear_read(&self, read: &Text) -> Heard {
        let patient = persons::patient(&read.words);
        let things = self.phrasings().things.map_or_else(Vec::new, |things| things.cues(read));
        let cues = Cues::of(&read.words, patient, things);
        let (mut mentions, sides) = self.mentions_in(read, &cues);
        let is_helper = patient != Patient::Writer;
        let numbers = figures::numbers(self.guideline, &read.words, is_helper, &cues);
        mentions.extend(sides.joined(&self.phrasings().together, self.guideline, &mentions, &numbers));
        mentions.sort_by_key(|mention| (mention.span.start, mention.span.end, mention.finding));
        Heard { patient, mentions, numbers, sentences: sentences(&read.words) }
    }

    /// Every place of a text that speaks of a finding, in the order of the text.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        self.hear(text).mentions
    }

    fn mentions_in(&self, text: &Text, cues: &Cues) -> (Vec<Mention>, Sides) {
        let may_be_guessed = |pattern: &Pattern| match pattern.meaning {
            Meaning::Finding(finding, _) => !self.guideline.finding(finding).danger,
            Meaning::Topic(_) => true,
        };
        let mut known = BTreeSet::new();
        let mut mentions: Vec<Mention> = Vec::new();
        let mut sides = Sides::default();
        for Found { pattern, parts } in self.phrasings().patterns.find(text, may_be_guessed) {
            let Meaning::Finding(finding, option) = pattern.meaning else { continue };
            let said_of = self.guideline.finding(finding);
            let lasts = said_of.ever;
            let of = Nature { lasts, counts_when_gone: said_of.danger || said_of.lasting || lasts };
            let (sense, span) = (cues.sense(&parts, of), span_of(&text.words, &parts));
            if let Some(side) = pattern.side {
                sides.found(side, sense, span);
            } else if known.insert((finding, option, sense, span.start, span.end)) {
                mentions.push(Mention { finding, option, sense, span, trigger: pattern.written.clone() });
            }
        }
        mentions.extend(figures::fever(self.guideline, text, cues));
        (mentions, sides)
    }

    /// What a text suggests, one proposal a finding, in reading order.
    ///
    /// Only what is there is proposed, never a "no": words deny more than their writer means,
    /// and a "no" is only ever given on its own line. A text that says both is about a sign
    /// that comes and goes.
    pub fn proposals(&self, text: &str) -> Vec<Proposal> {
        self.proposals_of(&self.hear(text))
    }

    /// The proposals of a text that was heard.
    pub(crate) fn proposals_of(&self, heard: &Heard) -> Vec<Proposal> {
        let mut proposals = said(self.guideline, &heard.mentions);
        proposals.extend(heard.numbers.iter().cloned());
        self.take_in(&mut proposals);
        proposals.sort_by_key(|proposal| proposal.finding);
        proposals
    }

    /// The topics that a question asks about, the nearest first.
    pub(crate) fn topics_of(&self, question: &Text) -> Vec<usize> {
        let nearest = self.phrasings().topics.nearest(question).into_iter();
        let mut topics: Vec<(usize, f64)> = nearest
            .filter_map(|(meaning, near)| match meaning {
                Meaning::Topic(topic) => Some((topic, near)),
                Meaning::Finding(..) => None,
            })
            .collect();
        topics.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        topics.into_iter().map(|(topic, _)| topic).collect()
    }

    /// The patterns of the topics.
    pub(crate) fn topic_patterns(&self) -> &[Pattern] {
        self.phrasings().topics.all()
    }

    /// The class of the words that name an ingredient.
    pub(crate) fn ingredient(&self, name: &str) -> Option<ClassId> {
        self.phrasings().ingredients.get(name).copied()
    }

    /// Whom a text is about.
    pub fn patient(&self, text: &str) -> Patient {
        self.hear(text).patient
    }

    /// A finding that takes in others is told of wherever one of them is.
    fn take_in(&self, proposals: &mut Vec<Proposal>) {
        let wider: Vec<Proposal> = self
            .guideline
            .findings()
            .filter(|finding| !proposals.iter().any(|known| known.finding == *finding))
            .filter_map(|finding| {
                let narrower = &self.guideline.finding(finding).heard_with;
                let told = proposals.iter().find(|known| narrower.contains(&known.finding))?;
                Some(Proposal { finding, answer: Answer::Yes, ..told.clone() })
            })
            .collect();
        proposals.extend(wider);
    }

    /// The proposed danger signs that the text says are present, in reading order.
    pub fn dangers<'p>(&self, proposals: &'p [Proposal]) -> impl Iterator<Item = &'p Proposal> {
        let book: &'g Book = self.guideline.book();
        proposals.iter().filter(move |proposal| book.findings[proposal.finding.index()].danger)
    }
}

/// What was read in a text.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) patient: Patient,
    /// In the order of the text.
    pub(crate) mentions: Vec<Mention>,
    /// Ages, days and scores.
    pub(crate) numbers: Vec<Proposal>,
    /// Bytes of each sentence that holds a word.
    pub(crate) sentences: Vec<Range<usize>>,
}

/// What is said to be there, one proposal a finding.
fn said(guideline: &Guideline, mentions: &[Mention]) -> Vec<Proposal> {
    let mut by_finding: BTreeMap<FindingId, Vec<&Mention>> = BTreeMap::new();
    for mention in mentions.iter().filter(|mention| mention.sense == Sense::Present) {
        by_finding.entry(mention.finding).or_default().push(mention);
    }
    let best = by_finding.into_values().filter_map(|mentions| {
        // Of two options that a text names, the one named more often, or else first.
        let named = |option| mentions.iter().filter(|mention| mention.option == option).count();
        let most = mentions.iter().map(|mention| named(mention.option)).max()?;
        let mut best = mentions.iter().filter(|mention| named(mention.option) == most);
        let first = best.next()?;
        let is_tied = best.any(|mention| mention.option != first.option);
        // Where only one can be so, half of what would be proposed is wrong.
        let is_open = is_tied && guideline.finding(first.finding).only_one;
        (!is_open).then_some(*first)
    });
    best.map(|Mention { finding, option, span, trigger, .. }| Proposal {
        finding: *finding,
        answer: option.map_or(Answer::Yes, Answer::Option),
        span: span.clone(),
        trigger: trigger.clone(),
    })
    .collect()
}

/// The sentences of a text, as bytes of it, without those that hold no word.
fn sentences(words: &[Word]) -> Vec<Range<usize>> {
    let ends = (0..words.len()).filter(|at| clauses::ends_sentence(&words[*at])).chain([words.len()]);
    let mut sentences = Vec::new();
    let mut from = 0;
    for end in ends {
        let within: Vec<&Word> = words[from..end].iter().filter(|word| word.mark == Mark::Word).collect();
        if let (Some(first), Some(last)) = (within.first(), within.last()) {
            sentences.push(first.span.start..last.span.end);
        }
        from = (end + 1).min(words.len());
    }
    sentences
}

/// Everything the book says, so that no word of it is taken for a slip.
fn learn(book: &Book, lexicon: &mut Lexicon) {
    for medicine in &book.medicines {
        let ingredient = lexicon.class_or_word(&medicine.ingredient);
        lexicon.alias(&medicine.name, ingredient);
    }
    for product in
        book.products.iter().filter(|product| product.contains.len() == 1 && product.others.is_empty())
    {
        let ingredient = lexicon.class_or_word(&product.contains[0].0);
        for name in std::iter::once(&product.name).chain(&product.also) {
            lexicon.alias(name, ingredient);
        }
    }
    for cue in known_words::all_words() {
        lexicon.learn(cue);
    }
    for finding in &book.findings {
        lexicon.learn(&finding.label);
    }
    passage::learn(book, lexicon);
}

/// The bytes from the first to the last of some words.
fn span_of(words: &[Word], parts: &[Range<usize>]) -> Range<usize> {
    let start = parts.iter().map(|part| words[part.start].span.start).min().unwrap_or(0);
    let end = parts.iter().map(|part| words[part.end - 1].span.end).max();
    start..end.unwrap_or(start)
}
