//! Questions in a person's own words, answered with what the book says.
//!
//! Every block that a person can read is a passage. Three signs say which of them answer a
//! question: the questions asked before that it is like (`asked` of `words/`, and the `asks`
//! of the answers), the topics of the book whose patterns it meets or nearly meets, and the
//! words that it shares with a passage, rare words counting more (BM25). Where too little
//! speaks for the best of them, or more for "no question for this book", it is not answered.
//!
//! A question with a danger sign in it gets the rule about that sign first, however and
//! whatever it asks.

mod asked_before;
mod ballot;
mod danger;
mod evidence;
mod index;
mod named;
mod near_topics;
mod passages;
mod ranking;
mod told;

use std::sync::OnceLock;

use crate::book::{Region, RuleId};
use crate::decision::guideline::Guideline;
use crate::english::free_text::FreeText;
use crate::english::passage::Passage;
use crate::english::words::{ClassId, Text};

use asked_before::{Answered, AskedBefore};
use ballot::Ballot;
use danger::Asked;
use index::Index;
use near_topics::NearTopics;
use ranking::Ranked;

pub use danger::Against;
pub use told::{Told, told};

/// Answers questions from one guideline. The first question waits until the passages of the
/// book are prepared, which is the slow part: keep it for the next.
#[derive(Debug)]
pub struct AnswerSearch<'g> {
    free_text: FreeText<'g>,
    prepared: OnceLock<Prepared>,
}

/// The passages of the book, and what tells which of them answer a question.
#[derive(Debug)]
struct Prepared {
    index: Index,
    asked_before: AskedBefore,
    near_topics: NearTopics,
    /// For each medicine of the book, the class of what names its ingredient.
    medicine_names: Vec<Option<ClassId>>,
    /// What each topic of the book shows.
    topics: Vec<Vec<Shown>>,
    /// The classes by which a question is about a back at all.
    ours: Vec<ClassId>,
    /// The words that name a region, with its place in the book.
    regions: Vec<(ClassId, usize)>,
}

/// What the book has to say to a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// Rules about danger signs in the question, the most urgent first. To be shown before anything else.
    pub danger: Vec<RuleId>,
    /// What it tells of that speaks against a medicine it names: next.
    pub against: Vec<Against>,
    /// What answers it, best first; empty where the book does not answer it.
    pub hits: Vec<Passage>,
    /// Whether it is something that people often ask and for which the book has no source.
    pub has_no_source: bool,
}

/// A part of a topic's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Passage(Passage),
    /// The labels of the medicines that the question names.
    NamedMedicines,
}

/// The classes of `words.toml` by which a question is about a back at all.
const OURS: [&str; 5] = ["back", "neck", "spine", "cramps", "hurts"];

/// What a topic says of the medicines that a question names.
const NAMED_MEDICINES: &str = "medicine";

/// Whether a topic may say that it shows this: a passage as [`Passage::name`] gives it, or
/// `medicine` for the labels of the medicines that the question names.
pub fn can_be_shown(guideline: &Guideline, name: &str) -> bool {
    shown(guideline, name).is_some()
}

fn shown(guideline: &Guideline, name: &str) -> Option<Shown> {
    if name == NAMED_MEDICINES {
        return Some(Shown::NamedMedicines);
    }
    Passage::named(guideline, name).map(Shown::Passage)
}

/// Every question that the book knows, with what answers it.
fn asked_before(guideline: &Guideline) -> impl Iterator<Item = (&str, Answered)> {
    let book = guideline.book();
    let asked = book.words.asked.iter().map(|asked| {
        let shows = asked.shows.iter().filter_map(|name| shown(guideline, name)).collect();
        let dangers = asked.dangers.iter().filter_map(|name| Passage::named(guideline, name));
        let dangers = dangers.filter_map(|passage| match passage {
            Passage::Rule(rule) => Some(rule),
            _ => None,
        });
        (asked.question.as_str(), Answered { shows, dangers: dangers.collect() })
    });
    let of_answers = book.answers.iter().enumerate().flat_map(|(index, answer)| {
        let answered =
            move || Answered { shows: vec![Shown::Passage(Passage::Answer(index))], ..Answered::default() };
        answer.asks.iter().map(move |ask| (ask.as_str(), answered()))
    });
    asked.chain(of_answers)
}

/// Counts here are far below 2^32.
fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

impl Prepared {
    fn of(free_text: &FreeText<'_>) -> Self {
        let (guideline, lexicon) = (free_text.guideline(), free_text.lexicon());
        let book = guideline.book();
        let medicines = book.medicines.iter();
        let topics = book.words.topics.iter();
        let region = |(at, region): (usize, &Region)| {
            lexicon.class(&format!("region_{}", region.id)).map(|class| (class, at))
        };
        Self {
            index: Index::new(passages::of(book, lexicon), lexicon),
            asked_before: AskedBefore::new(lexicon, asked_before(guideline)),
            near_topics: NearTopics::new(free_text.topic_patterns()),
            medicine_names: medicines.map(|medicine| free_text.ingredient(&medicine.ingredient)).collect(),
            topics: topics
                .map(|topic| topic.shows.iter().filter_map(|name| shown(guideline, name)).collect())
                .collect(),
            ours: OURS.iter().filter_map(|name| lexicon.class(name)).collect(),
            regions: book.regions.iter().enumerate().filter_map(region).collect(),
        }
    }
}

impl<'g> AnswerSearch<'g> {
    /// Answers from the passages of a guideline.
    pub fn new(guideline: &'g Guideline) -> Self {
        Self { free_text: FreeText::new(guideline), prepared: OnceLock::new() }
    }

    fn prepared(&self) -> &Prepared {
        self.prepared.get_or_init(|| Prepared::of(&self.free_text))
    }

    /// The reader of own words behind it, so that nobody needs to build a second one.
    pub fn free_text(&self) -> &FreeText<'g> {
        &self.free_text
    }

    /// Answers a question with at most this many passages: the best
    /// first. Of doses, those of the region that the question names come first.
    pub fn ask(&self, question: &str, most: usize) -> Reply {
        self.ask_in(None, question, most)
    }

    /// Answers a question without doses of another country than this one, or than the one
    /// that the question names, unless there is nothing else.
    pub fn ask_in(&self, region: Option<&str>, question: &str, most: usize) -> Reply {
        let text = self.free_text.lexicon().read(question);
        let named = self.prepared().regions.iter().find(|(class, _)| text.has(*class));
        let regions = &self.free_text.guideline().book().regions;
        let named = named.map(|(_, at)| regions[*at].id.as_str());
        self.answer(&text, named.or(region), most)
    }

    fn answer(&self, text: &Text, region: Option<&str>, most: usize) -> Reply {
        let asked = Asked::of(&self.free_text, text);
        let medicines = &self.free_text.guideline().book().medicines;
        let named = self.medicines_named(text);
        let votes = self.prepared().asked_before.votes(self.free_text.lexicon(), text);
        let mut danger = asked.dangers();
        // The signs themselves tell more than what the question is like.
        if danger.is_empty() {
            danger.extend(votes.danger);
        }
        let of_age = if danger.is_empty() { asked.about_age() } else { Vec::new() };
        let Ranked { mut hits, has_no_source } = self.ranked(text, &named, &of_age, &votes);
        self.in_book_order(&mut hits);
        let guideline = self.free_text.guideline();
        let is_of = |index: usize, here: &str| guideline.region(medicines[index].region).id == here;
        let is_elsewhere = |passage: &Passage| match passage {
            Passage::Medicine(index) => region.is_some_and(|here| !is_of(*index, here)),
            _ => false,
        };
        if !hits.iter().all(is_elsewhere) {
            hits.retain(|hit| !is_elsewhere(hit));
        }
        hits.truncate(most);
        Reply { danger, against: self.against(&asked, &named, region), hits, has_no_source }
    }

    /// What speaks against the medicines named, each ingredient once: as the region has it,
    /// or else as the first that has it.
    fn against(&self, asked: &Asked<'_>, named: &[usize], region: Option<&str>) -> Vec<Against> {
        let guideline = self.free_text.guideline();
        let medicines = &guideline.book().medicines;
        let mut shown: Vec<usize> = Vec::new();
        for index in named {
            let is_here = region.is_some_and(|here| guideline.region(medicines[*index].region).id == here);
            let ingredient = &medicines[*index].ingredient;
            match shown.iter().position(|known| medicines[*known].ingredient == *ingredient) {
                None => shown.push(*index),
                Some(known) if is_here => shown[known] = *index,
                Some(_) => {}
            }
        }
        shown.into_iter().flat_map(|index| asked.against(index)).collect()
    }

    fn speaks_of_a_back(&self, text: &Text) -> bool {
        text.spans.iter().any(|span| self.prepared().ours.contains(&span.class))
    }

    /// The medicines of the book that a question names, by any pack.
    fn medicines_named(&self, text: &Text) -> Vec<usize> {
        let is_named = |class: &Option<ClassId>| text.spans.iter().any(|span| Some(span.class) == *class);
        (0..)
            .zip(&self.prepared().medicine_names)
            .filter(|(_, class)| is_named(class))
            .map(|(index, _)| index)
            .collect()
    }

    /// The same ingredient stands in the book once for each country. Which of them is
    /// the most like a question says nothing, so they come in the order of the book.
    fn in_book_order(&self, hits: &mut [Passage]) {
        let medicines = &self.free_text.guideline().book().medicines;
        let medicine = |hit: &Passage| match *hit {
            Passage::Medicine(index) => Some(index),
            _ => None,
        };
        let listed: Vec<usize> = hits.iter().filter_map(medicine).collect();
        for ingredient in medicines.iter().map(|medicine| &medicine.ingredient) {
            let of_it = |index: &usize| medicines[*index].ingredient == *ingredient;
            let mut ordered: Vec<usize> = listed.iter().copied().filter(of_it).collect();
            ordered.sort_unstable();
            let mut ordered = ordered.into_iter();
            for hit in hits.iter_mut().filter(|hit| medicine(hit).is_some_and(|index| of_it(&index))) {
                if let Some(index) = ordered.next() {
                    *hit = Passage::Medicine(index);
                }
            }
        }
    }
}
