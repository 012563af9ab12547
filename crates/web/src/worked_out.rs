//! What was worked out of the diary for one visit: a page looks at the person more than
//! once, and a diary of years is gone through once.

use std::cell::RefCell;
use std::rc::Rc;

use care::recovery::PainSeries;
use jiff::Timestamp;
use store::{Sequence, Timed};

use crate::spell::Spell;
use crate::view::{Counts, View};

/// The diaries of the records that one visit looks at, as their views show them. They differ
/// by where the record ends, since an event that is added is all that changes one.
#[derive(Clone, Debug, Default)]
pub struct WorkedOut(Rc<RefCell<Vec<Known>>>);

/// A diary that was worked out: of the record that ends here, in this view, at this moment.
type Known = ((Sequence, Counts, Timestamp), Option<Rc<Diary>>);

/// What a case needs of the spell and its diary.
#[derive(Debug)]
pub(crate) struct Diary {
    /// None before there is an entry.
    pub(crate) series: Option<Rc<PainSeries>>,
    /// What the last entry is about, and its place in the record.
    pub(crate) last: Option<(Timestamp, Sequence)>,
    /// Whether the person has said when the spell began.
    pub(crate) is_start_told: bool,
}

impl WorkedOut {
    /// The diary that a view shows at a moment; none where nothing is known of any spell.
    pub(crate) fn diary(&self, view: &View<'_>, now: Timestamp) -> Option<Rc<Diary>> {
        let key = (view.record.last(), view.counts(), now);
        if let Some((_, known)) = self.0.borrow().iter().find(|(known, _)| *known == key) {
            return known.clone();
        }
        let diary = Spell::seen(view, now).map(|spell| {
            let last =
                spell.entries.last().map(|entry: &&Timed<store::CheckIn>| (entry.what.at, entry.sequence));
            Rc::new(Diary { series: spell.series().map(Rc::new), last, is_start_told: spell.is_start_told })
        });
        self.0.borrow_mut().push((key, diary.clone()));
        diary
    }
}
