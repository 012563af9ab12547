//! Topics that a question says much of, though not all that one of their patterns asks for.
//!
//! A pattern that is met in full is the best sign that we have. But people leave out what
//! goes without saying ("frozen peas, how long?"), so a topic is also near where the rare
//! parts of a pattern are there: "frozen peas" says more than "how long".

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::english::ask::number;
use crate::english::free_text::{Meaning, Pattern};
use crate::english::words::{ClassId, Text};

/// The patterns of the topics, by their parts.
#[derive(Debug)]
pub(super) struct NearTopics {
    patterns: Vec<Near>,
    /// The patterns that each class is a part of.
    by_class: HashMap<ClassId, Vec<usize>, FxBuildHasher>,
    /// How much each part tells: the fewer topics ask for it, the more.
    rarity: HashMap<ClassId, f64, FxBuildHasher>,
    topics: usize,
}

#[derive(Debug)]
struct Near {
    topic: usize,
    /// How much all its parts tell.
    weight: f64,
    excluded: Vec<ClassId>,
}

impl NearTopics {
    pub(super) fn new(patterns: &[Pattern]) -> Self {
        let of_topics: Vec<(usize, &Pattern)> = patterns
            .iter()
            .filter_map(|pattern| match pattern.meaning {
                Meaning::Topic(topic) => Some((topic, pattern)),
                Meaning::Finding(..) => None,
            })
            .collect();
        let topics = of_topics.iter().map(|(topic, _)| topic + 1).max().unwrap_or(0);
        let mut asked_by: HashMap<ClassId, Vec<usize>> = HashMap::new();
        let mut by_class: HashMap<ClassId, Vec<usize>, FxBuildHasher> = HashMap::default();
        for (index, (topic, pattern)) in of_topics.iter().enumerate() {
            for class in parts(pattern) {
                by_class.entry(class).or_default().push(index);
                let asked_by = asked_by.entry(class).or_default();
                if asked_by.last() != Some(topic) {
                    asked_by.push(*topic);
                }
            }
        }
        let tells = |asked_by: &Vec<usize>| libm::log1p(number(topics) / number(asked_by.len()));
        let rarity: HashMap<ClassId, f64, FxBuildHasher> =
            asked_by.iter().map(|(class, asked_by)| (*class, tells(asked_by))).collect();
        let near = |(topic, pattern): (usize, &Pattern)| Near {
            topic,
            weight: parts(pattern).iter().map(|class| rarity[class]).sum(),
            excluded: pattern.excluded.clone(),
        };
        let patterns = of_topics.into_iter().map(near).collect();
        Self { patterns, by_class, rarity, topics }
    }

    /// How near a text is to each topic, by index: what its nearest pattern tells, the less
    /// the more of it is missing.
    pub(super) fn of(&self, text: &Text) -> Vec<f64> {
        let mut classes: Vec<ClassId> = text.spans.iter().map(|span| span.class).collect();
        classes.sort_unstable();
        classes.dedup();
        let mut there = vec![0.0; self.patterns.len()];
        for class in &classes {
            for pattern in self.by_class.get(class).into_iter().flatten() {
                there[*pattern] += self.rarity[class];
            }
        }
        let mut near = vec![0.0_f64; self.topics];
        for (pattern, there) in self.patterns.iter().zip(there) {
            let nearer = there * there / pattern.weight;
            let is_excluded = |class: &ClassId| classes.binary_search(class).is_ok();
            if nearer > near[pattern.topic] && !pattern.excluded.iter().any(is_excluded) {
                near[pattern.topic] = nearer;
            }
        }
        near
    }
}

/// What a pattern asks for, each once.
fn parts(pattern: &Pattern) -> Vec<ClassId> {
    let mut parts = pattern.elements.clone();
    parts.sort_unstable();
    parts.dedup();
    parts
}
