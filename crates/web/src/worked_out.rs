//! What was worked out of the diary: a diary of years is gone through once, and not for
//! every look at it.

use std::sync::{Arc, Mutex, PoisonError};

use care::recovery::{Hours, PainSeries};
use care::{Guideline, Role};
use jiff::Timestamp;
use store::{Sequence, Timed};

use crate::spell::{Spell, answered_at};
use crate::view::{Counts, View};

/// The diary of one record, as its views show it. A record that anything is added to or
/// taken from needs a new one.
#[derive(Clone, Debug, Default)]
pub struct WorkedOut(Arc<Mutex<Vec<Known>>>);

/// A diary that was worked out: of the record that ends here, in this view, with so many
/// entries about the time until then.
type Known = ((Sequence, Counts, usize), Option<Arc<Diary>>);

/// As many as the views of one moment; older ones are not asked for again.
const MOST: usize = 8;

/// What a case needs of the spell and its diary.
#[derive(Debug)]
pub(crate) struct Diary {
    /// None before there is an entry.
    pub(crate) series: Option<Arc<PainSeries>>,
    /// What the last entry is about, and its place in the record.
    pub(crate) last: Option<(Timestamp, Sequence)>,
    /// Whether the person has said when the spell began.
    pub(crate) is_start_told: bool,
    /// When the person said last how it has gone.
    pub(crate) course_said: Option<Hours>,
}

impl WorkedOut {
    /// The diary that a view shows at a moment; none where nothing is known of any spell.
    pub(crate) fn diary(&self, guideline: &Guideline, view: &View<'_>, now: Timestamp) -> Option<Arc<Diary>> {
        let until_now = view.record.check_ins().partition_point(|entry| entry.what.at <= now);
        let key = (view.record.last(), view.counts(), until_now);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = all.iter().find(|(known, _)| *known == key) {
            return known.clone();
        }
        let diary = Spell::seen(guideline, view, now).map(|spell| {
            let last =
                spell.entries.last().map(|entry: &&Timed<store::CheckIn>| (entry.what.at, entry.sequence));
            let course = guideline.with_role(Role::Course).map(|course| &guideline.finding(course).id);
            let said = course.and_then(|course| answered_at(view, course));
            Arc::new(Diary {
                series: spell.series().map(Arc::new),
                last,
                is_start_told: spell.is_start_told,
                course_said: said.and_then(|at| spell.since_onset(at)),
            })
        });
        if all.len() == MOST {
            all.remove(0);
        }
        all.push((key, diary.clone()));
        diary
    }
}
