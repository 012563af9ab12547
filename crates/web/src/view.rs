//! A record as it counts: all of it, or without an interview that has begun and is not
//! at its end.
//!
//! Whoever begins to answer again keeps what they were told until the new answers are
//! complete. For that the record is also read as it was at its last outcome.

use std::borrow::Cow;

use store::{Event, Interview, Record, Sequence, Stored};

/// A way to read a record.
#[derive(Clone, Debug)]
pub(crate) struct View<'r> {
    pub(crate) record: &'r Record,
    /// The interview that counts.
    pub(crate) interview: Cow<'r, Interview>,
    counts: Counts,
}

/// What counts of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counts {
    Everything,
    /// Everything but what was said in an interview after this place.
    WithoutInterviewAfter(Sequence),
    /// Nothing after this place.
    UpTo(Sequence),
}

impl<'r> View<'r> {
    /// All of a record.
    pub(crate) fn whole(record: &'r Record) -> Self {
        Self { record, interview: Cow::Borrowed(record.interview()), counts: Counts::Everything }
    }

    /// Without what was said in the interview that is under way; none where there was no
    /// outcome yet.
    pub(crate) fn before_interview(record: &'r Record) -> Option<Self> {
        let assessed = last_assessed(record)?;
        let interview = Cow::Owned(interview_of(record, assessed, None));
        Some(Self { record, interview, counts: Counts::WithoutInterviewAfter(assessed) })
    }

    /// As it was when the last outcome was told; none where there was none yet.
    pub(crate) fn at_last_outcome(record: &'r Record) -> Option<Self> {
        let assessed = last_assessed(record)?;
        let interview = Cow::Owned(interview_of(record, assessed, Some(assessed)));
        Some(Self { record, interview, counts: Counts::UpTo(assessed) })
    }

    /// The events of interviews and outcomes that count, in order.
    pub(crate) fn conversation(&self) -> impl DoubleEndedIterator<Item = &'r Stored> + use<'r> {
        let counts = self.counts;
        self.record.conversation().filter(move |stored| match counts {
            Counts::Everything => true,
            Counts::WithoutInterviewAfter(place) => {
                stored.sequence <= place || !is_of_interview(&stored.event)
            }
            Counts::UpTo(place) => stored.sequence <= place,
        })
    }

    /// What counts of it.
    pub(crate) fn counts(&self) -> Counts {
        self.counts
    }

    /// Whether something that was written down at a place counts.
    pub(crate) fn has(&self, place: Sequence) -> bool {
        !matches!(self.counts, Counts::UpTo(last) if last < place)
    }
}

/// Whether an event belongs to an interview and is not one of the questions after it,
/// which count for whatever outcome stands.
fn is_of_interview(event: &Event) -> bool {
    match event {
        Event::InterviewStarted { .. } | Event::OwnWords { .. } => true,
        Event::Answered { after_triage, .. } | Event::TakenBack { after_triage, .. } => !after_triage,
        _ => false,
    }
}

/// The place of the last outcome that an interview or the diary came to: what came in with a
/// file as history is none.
pub(crate) fn last_assessed(record: &Record) -> Option<Sequence> {
    let events = record.conversation().rev();
    events
        .filter(|stored| matches!(stored.event, Event::Assessed { .. }))
        .map(|stored| stored.sequence)
        .next()
}

/// The interview that led to an outcome, with what was answered after it up to a place.
fn interview_of(record: &Record, assessed: Sequence, up_to: Option<Sequence>) -> Interview {
    let begins = |stored: &&Stored| matches!(stored.event, Event::InterviewStarted { .. });
    let before = record.conversation().rev().filter(|stored| stored.sequence <= assessed);
    let start = before.filter(begins).map(|stored| stored.sequence).next().unwrap_or_default();
    let mut interview = Interview { assessed: Some(assessed), ..Interview::default() };
    for stored in record.conversation().filter(|stored| start <= stored.sequence) {
        if up_to.is_some_and(|last| last < stored.sequence) {
            break;
        }
        if assessed < stored.sequence && is_of_interview(&stored.event) {
            continue;
        }
        match &stored.event {
            Event::InterviewStarted { because, keeps, .. } => {
                interview.began = stored.sequence;
                interview.at = Some(stored.at);
                interview.because = *because;
                interview.answers.clone_from(keeps);
            }
            Event::Answered { answers, dropped, .. } => {
                interview.at.get_or_insert(stored.at);
                interview.answers.extend(answers.clone());
                interview.answers.retain(|finding, _| !dropped.contains(finding));
            }
            Event::TakenBack { findings, .. } => {
                interview.answers.retain(|finding, _| !findings.contains(finding));
            }
            Event::OwnWords { .. } => {
                interview.at.get_or_insert(stored.at);
            }
            _ => {}
        }
    }
    interview
}
