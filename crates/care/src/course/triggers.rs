//! What stood in a diary before a worse day: counts, and nothing that they would prove.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::course::recovery::PainScore;

/// One day of a diary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// By the person's own calendar.
    pub on: Date,
    /// The strongest pain that was noted that day.
    pub pain: PainScore,
    /// What the person thought may have set it off.
    pub triggers: Vec<Noted>,
}

/// A trigger as an entry has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Two with the same key are one trigger: an id, or words without their capitals. One
    /// that is empty counts nowhere.
    pub key: String,
    /// As the person saw or wrote it.
    pub words: String,
}

impl Noted {
    /// A trigger in the person's own words: capitals make no difference.
    pub fn in_words(words: &str) -> Self {
        let words = words.trim();
        Self { key: words.to_lowercase(), words: words.to_owned() }
    }
}

/// How often pain was higher on the day after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NextDay {
    /// Days that have an entry on the day after.
    pub known: u32,
    /// Those on which the day after was worse.
    pub higher: u32,
}

/// One trigger of a diary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriggerSeen {
    /// In the words of the first entry that has it.
    pub trigger: String,
    /// Days on which it was noted.
    pub days: u32,
    /// The days after those.
    pub with: NextDay,
    /// The days after all others.
    pub without: NextDay,
}

/// Every trigger of a diary, the most frequent first, then by name. Days may come in any
/// order; of two entries about one day the stronger pain and the triggers of both count.
pub fn triggers_seen(days: &[Day]) -> Vec<TriggerSeen> {
    let mut by_day: ByDay = BTreeMap::new();
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for day in days {
        let (pain, keys) = by_day.entry(day.on).or_insert((day.pain, BTreeSet::new()));
        *pain = (*pain).max(day.pain);
        for trigger in &day.triggers {
            if !trigger.key.is_empty() && keys.insert(trigger.key.clone()) {
                names.entry(trigger.key.clone()).or_insert(&trigger.words);
            }
        }
    }
    let (all, by_trigger) = count(&by_day);
    let mut seen: Vec<TriggerSeen> = names
        .into_iter()
        .map(|(key, name)| {
            let (days, with) = by_trigger.get(key.as_str()).copied().unwrap_or_default();
            let without = NextDay { known: all.known - with.known, higher: all.higher - with.higher };
            TriggerSeen { trigger: name.to_owned(), days, with, without }
        })
        .collect();
    seen.sort_by_key(|seen| std::cmp::Reverse(seen.days));
    seen
}

/// Days with their pain and what was noted on them.
type ByDay = BTreeMap<Date, (PainScore, BTreeSet<String>)>;

/// What came after every day, and by trigger on how many days it was noted and what came
/// after those. Each note is looked at once.
fn count(by_day: &ByDay) -> (NextDay, BTreeMap<&str, (u32, NextDay)>) {
    let mut all = NextDay::default();
    let mut by_trigger: BTreeMap<&str, (u32, NextDay)> = BTreeMap::new();
    for (on, (pain, keys)) in by_day {
        let next = on.tomorrow().ok().and_then(|tomorrow| by_day.get(&tomorrow));
        let known = u32::from(next.is_some());
        let higher = u32::from(next.is_some_and(|(next, _)| next > pain));
        all.known += known;
        all.higher += higher;
        for key in keys {
            let (days, with) = by_trigger.entry(key).or_default();
            *days += 1;
            with.known += known;
            with.higher += higher;
        }
    }
    (all, by_trigger)
}
