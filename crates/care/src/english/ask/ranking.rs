//! Which passages answer a question, from three signs: the questions asked before that it is
//! like, the topics that its words are patterns of, and the words that it shares with a
//! passage. Each errs in its own way, so what two of them point to stands first.

use crate::book::RuleId;
use crate::english::ask::asked_before::Votes;
use crate::english::ask::ballot::Ballot;
use crate::english::ask::{AnswerSearch, Shown};
use crate::english::passage::Passage;
use crate::english::words::Text;

// How they were chosen is told in `asked_before`.

/// What earlier questions count.
const EARLIER: f64 = 1.5;
/// What it counts that the very question was asked before: more than all other signs.
const SAME_QUESTION: f64 = 4.0;
/// How many votes must speak for something to count for half of it.
const HALF_OF_VOTES: f64 = 0.5;
/// How like a question must be to one that the book answers for a topic without an answer to
/// be wrong about it: that very question, but for a slip. What was only nearly asked is
/// refused: with 0.6 instead, of 386 that are none for this book 6 more were answered, each
/// set held out in turn, and of 934 others 2 more were right first.
const ASKED: f64 = 0.9;
/// What a topic counts whose pattern is met in full, and one whose pattern is met in part.
const TOPIC: f64 = 1.0;
const NEAR_TOPIC: f64 = 0.5;
/// What must be told of a topic for it to count for half.
const HALF_OF_TOPIC: f64 = 6.0;
/// What a second topic adds that shows the same.
const SECOND_TOPIC: f64 = 0.2;
/// What the words of a passage count.
const WORDS: f64 = 0.7;
/// What words must be shared for them to count for half.
const HALF_OF_WORDS: f64 = 10.0;
/// How many passages are looked at for their words: what is less like it than these is chance.
const MOST_BY_WORDS: usize = 20;
/// What it counts that a medicine is named, where no topic fits.
const NAMED: f64 = 0.5;
/// What it counts that a rule is about the age told.
const OF_AGE: f64 = 1.2;
/// What must speak for a passage where a topic of the book is met; where only a back or a
/// medicine is named; and where nothing says that it is a question for this book. Each set
/// of questions held out in turn, these lost 3 of 646, and answered 7 of the 29 that are
/// none for the book and that no topic had refused.
const FLOOR_OF_TOPIC: f64 = 0.3;
const FLOOR_OF_OURS: f64 = 0.7;
const FLOOR: f64 = 1.0;
/// Where nothing says that it is a question for this book, what speaks for "none" counts so
/// many times.
const NONE_OF_OURS: f64 = 2.5;
/// The same where a topic is met all the same: "will it snow at christmas" meets that of
/// shovelling. Each set held out in turn, this lost 1 of 800, and refused 4 more of 120 that
/// are none.
const NONE_BESIDE_A_TOPIC: f64 = 1.5;
/// How much of a question a passage must have to answer it by its words alone.
const COVERED: f64 = 0.7;

/// The passages for a question, and whether the book has no source for it.
#[derive(Debug, Default)]
pub(super) struct Ranked {
    pub(super) hits: Vec<Passage>,
    pub(super) has_no_source: bool,
}

impl AnswerSearch<'_> {
    /// What answers a question that names these medicines and tells an age that these rules
    /// are about, best first.
    pub(super) fn ranked(&self, text: &Text, named: &[usize], of_age: &[RuleId], votes: &Votes) -> Ranked {
        let listed = &self.free_text.guideline().book().words.topics;
        let topics = self.free_text.topics_of(text);
        // The nearest topic may be one that the book has nothing on, or that is none for it.
        if let Some(first) = topics.first().filter(|first| self.prepared().topics[**first].is_empty())
            && votes.nearest_answered < ASKED
        {
            return Ranked { hits: Vec::new(), has_no_source: !listed[*first].off_topic };
        }
        // That very question was asked before, and is none for this book, whatever topic it meets.
        if votes.nearest_refused >= ASKED {
            return Ranked::default();
        }
        let all_votes = votes.shown.most() + HALF_OF_VOTES;
        let none = EARLIER * votes.none / all_votes;
        let mut ballot = self.of_topics(text, &topics);
        for (shown, vote) in votes.shown.each() {
            ballot.add(shown, EARLIER * vote / all_votes);
        }
        if let Some(same) = votes.same {
            ballot.add(same, SAME_QUESTION);
        }
        for rule in of_age {
            ballot.add(Shown::Passage(Passage::Rule(*rule)), OF_AGE);
        }
        if topics.is_empty() && !named.is_empty() {
            ballot.add(Shown::NamedMedicines, NAMED);
        }
        let fits = self.prepared().index.best(&text.words, MOST_BY_WORDS);
        // The dose of a medicine is never found by its words: only by its name.
        for fit in fits.iter().filter(|fit| !matches!(fit.passage, Passage::Medicine(_))) {
            let counts = WORDS * fit.score / (fit.score + HALF_OF_WORDS);
            ballot.add(Shown::Passage(fit.passage), counts);
        }
        let is_ours = !named.is_empty() || self.speaks_of_a_back(text);
        let (floor, none) = if !topics.is_empty() {
            (FLOOR_OF_TOPIC, if is_ours { none } else { NONE_BESIDE_A_TOPIC * none })
        } else if is_ours {
            // What has nearly all that is asked for needs no other sign.
            let is_covered = fits.first().is_some_and(|fit| fit.covered >= COVERED);
            (if is_covered { 0.0 } else { FLOOR_OF_OURS }, none)
        } else {
            (FLOOR, NONE_OF_OURS * none)
        };
        if ballot.most() < floor.max(none) {
            return Ranked::default();
        }
        Ranked { hits: passages(ballot, named), has_no_source: false }
    }

    /// What the topics speak for, those met in full and those that are near.
    fn of_topics(&self, text: &Text, met: &[usize]) -> Ballot {
        let mut ballot = Ballot::default();
        for (topic, near) in
            self.prepared().near_topics.of(text).into_iter().enumerate().filter(|(_, near)| *near > 0.0)
        {
            let weight = if met.contains(&topic) { TOPIC } else { NEAR_TOPIC };
            let counts = weight * near / (near + HALF_OF_TOPIC);
            ballot.raise_list(&self.prepared().topics[topic], counts, SECOND_TOPIC);
        }
        ballot
    }
}

/// Each passage once, the best first, with the labels of the medicines named.
fn passages(ballot: Ballot, named: &[usize]) -> Vec<Passage> {
    let mut hits: Vec<Passage> = Vec::new();
    for shown in ballot.best_first() {
        let passages = match shown {
            Shown::Passage(passage) => vec![passage],
            Shown::NamedMedicines => named.iter().map(|index| Passage::Medicine(*index)).collect(),
        };
        for passage in passages {
            if !hits.contains(&passage) {
                hits.push(passage);
            }
        }
    }
    hits
}
