//! Findings proposed from a person's own words.
//!
//! The book says how people put each finding (`says`). A text is read for those
//! phrasings, in any form of the words, and each place is judged by what stands
//! around it: a "no", an "if", a "last year", a "my mother". The idea is that of
//! `ConText` (Harkema et al. 2009): a trigger, its scope, and what ends the scope.
//!
//! What comes out are proposals. A proposal is never an answer: the person
//! confirms it on its own screen, and a finding that is not mentioned stays
//! unanswered.

mod clauses;
mod cue_words;
mod cues;
mod figures;
mod matching;
mod own_words;
mod persons;
mod phrases;

use std::ops::Range;

use crate::answers::Answer;
use crate::guideline::{Book, FindingId, Guideline};
use crate::words::{Lexicon, Word};

use cues::Cues;
use phrases::Phrase;

pub use own_words::{OwnWords, SetAside};

/// Reads texts for the findings of one guideline. Building it is the slow part: do it once.
#[derive(Debug)]
pub struct FreeText<'g> {
    guideline: &'g Guideline,
    lexicon: Lexicon,
    phrases: Vec<Phrase>,
}

/// One place in a text that speaks of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Which finding.
    pub finding: FindingId,
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
    /// [`Answer::Yes`], a number, or [`Answer::No`] where the text denies it in so many
    /// words and it is no danger sign.
    pub answer: Answer,
    /// Bytes of the text that it was read from.
    pub span: Range<usize>,
    /// The phrasing of the book, or the pattern, that it matched.
    pub trigger: String,
}

impl<'g> FreeText<'g> {
    /// Prepares the phrasings of a guideline.
    pub fn new(guideline: &'g Guideline) -> Self {
        let lexicon = lexicon(guideline.book());
        let phrases = phrases::of(guideline.book(), &lexicon);
        Self { guideline, lexicon, phrases }
    }

    /// The guideline whose findings it knows.
    pub(crate) fn guideline(&self) -> &'g Guideline {
        self.guideline
    }

    /// The words of the book, for whoever compares more than findings.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Every place of a text that speaks of a finding, in the order of the text.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let words = self.lexicon.read(text);
        let cues = Cues::of(&words);
        let mut mentions = matching::mentions(self.guideline.book(), &self.phrases, &words, &cues);
        mentions.extend(figures::fever(self.guideline, &words, &cues));
        mentions.sort_by_key(|mention| (mention.span.start, mention.span.end, mention.finding));
        mentions
    }

    /// What a text suggests, one proposal a finding, in reading order.
    ///
    /// Present wins over absent: a text that says both is about a sign that comes and goes.
    /// A danger sign that a text denies is not proposed at all: words deny more than their
    /// writer means, and a "no" to a danger is only ever given on its own line.
    pub fn proposals(&self, text: &str) -> Vec<Proposal> {
        let mut best: Vec<Mention> = Vec::new();
        for mention in self.mentions(text) {
            let is_danger = self.guideline.finding(mention.finding).danger;
            let counts = match mention.sense {
                Sense::Present => true,
                Sense::Absent => !is_danger,
                _ => false,
            };
            if !counts {
                continue;
            }
            match best.iter_mut().find(|known| known.finding == mention.finding) {
                None => best.push(mention),
                Some(known) if mention.sense < known.sense => *known = mention,
                Some(_) => {}
            }
        }
        let mut proposals: Vec<Proposal> = best
            .into_iter()
            .map(|Mention { finding, sense, span, trigger }| Proposal {
                finding,
                answer: if sense == Sense::Present { Answer::Yes } else { Answer::No },
                span,
                trigger,
            })
            .collect();
        let words = self.lexicon.read(text);
        proposals.extend(figures::numbers(self.guideline, &words, &Cues::of(&words)));
        proposals.sort_by_key(|proposal| proposal.finding);
        proposals
    }

    /// The proposed danger signs that the text says are present, in reading order.
    pub fn dangers<'p>(&self, proposals: &'p [Proposal]) -> impl Iterator<Item = &'p Proposal> {
        let book: &'g Book = self.guideline.book();
        proposals.iter().filter(move |proposal| {
            book.findings[proposal.finding.index()].danger && proposal.answer == Answer::Yes
        })
    }
}

/// Everything the book says, so that no word of it is taken for a slip.
fn lexicon(book: &Book) -> Lexicon {
    let mut lexicon = Lexicon::new(&book.words);
    for product in
        book.products.iter().filter(|product| product.contains.len() == 1 && product.others.is_empty())
    {
        for name in std::iter::once(&product.name).chain(&product.also) {
            lexicon.alias(name, &product.contains[0].0);
        }
    }
    for cue in cue_words::all_words() {
        lexicon.recognise(cue);
    }
    for finding in &book.findings {
        for says in &finding.says {
            lexicon.learn(says);
        }
        lexicon.recognise(&finding.label);
    }
    for (_, phrases) in &book.words.fine {
        for phrase in phrases {
            lexicon.learn(phrase);
        }
    }
    crate::ask::learn(book, &mut lexicon);
    lexicon
}

/// The bytes from the first to the last of some words.
fn span_of(words: &[Word], positions: &[usize]) -> Range<usize> {
    let ends = positions.iter().map(|at| {
        let last = (*at + words[*at].length.max(1) - 1).min(words.len() - 1);
        words[last].span.end
    });
    let start = positions.iter().map(|at| words[*at].span.start).min().unwrap_or(0);
    start..ends.max().unwrap_or(start)
}
