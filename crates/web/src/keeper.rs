//! The person's record in memory, kept in step with whoever keeps it for good: a file,
//! or the database of a browser.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use store::{Appended, Event, Fault, Mark, Once, Reading, Record, Sequence, StoreError};
use tokio::sync::Mutex;

use crate::request::Request;
use crate::response::{Effect, Response};
use crate::worked_out::WorkedOut;

/// Keeps one person's record for good. What it has acknowledged is there after a power cut.
pub trait Keeper {
    /// What is new in the record since it was last read, and everything that is wrong
    /// with it.
    ///
    /// # Errors
    ///
    /// If it cannot be read at all.
    fn read(&self, known: &Mark) -> impl Future<Output = Result<Reading, StoreError>>;

    /// Adds events to its end, all or none, if it still ends where the caller thinks. The
    /// token is that of a form that counts once.
    ///
    /// # Errors
    ///
    /// [`StoreError::Overtaken`] if something was added meanwhile. Nothing was written then.
    fn append_after(
        &self,
        last: Sequence,
        once: Option<Once>,
        events: Vec<(Timestamp, Event)>,
    ) -> impl Future<Output = Result<Appended, StoreError>>;

    /// Deletes every event.
    ///
    /// # Errors
    ///
    /// If it cannot, or traces remain.
    fn erase(&self) -> impl Future<Output = Result<(), StoreError>>;
}

/// What makes a page of a record, with what was worked out of it before.
pub(crate) type Respond<'r> = dyn Fn(&Record, &WorkedOut) -> Response + 'r;

/// Another program may write to the same record meanwhile; then the page is made
/// again, from what is there by then, but not for ever.
const TRIES: u32 = 5;

/// The record in memory. What is here is only ever a copy of what is kept.
pub(crate) struct OwnRecord<K> {
    keeper: K,
    known: Mutex<Known>,
    /// One form at a time is written, so that forms of this program never overtake each other.
    turn: Mutex<()>,
}

/// The record as it was when it was last looked at, and how far it was read. A page is
/// made from a snapshot of it, so that one that takes long holds no other up.
#[derive(Default)]
struct Known {
    record: Arc<Record>,
    mark: Mark,
    /// Of this very record.
    worked_out: WorkedOut,
    /// Where forms were sent from whose doses or answers could not be kept, and none since: the
    /// record lacks what only the person knows.
    unkept: BTreeSet<String>,
}

/// Whether this adds to what is there.
fn is_kept_up(effect: &Effect) -> bool {
    matches!(effect, Effect::Append(_) | Effect::Import(_))
}

/// Whether it says what a dose is judged by. Where such a thing is not there, something else may be
/// allowed that should not be.
fn is_judged_by(event: &Event) -> bool {
    matches!(event, Event::DoseTaken(_) | Event::Answered { .. } | Event::CheckedIn(_))
}

/// Whether the record is sealed or closed by now, so that what was read of it is shown no more.
fn is_another_file(error: &StoreError) -> bool {
    matches!(error, StoreError::Resealed | StoreError::Closed | StoreError::Erased)
}

impl<K: Keeper> OwnRecord<K> {
    pub(crate) fn new(keeper: K) -> Self {
        Self { keeper, known: Mutex::default(), turn: Mutex::default() }
    }

    /// Makes a page from the record as it is now, and keeps what the page wants kept
    /// before giving it back.
    ///
    /// # Errors
    ///
    /// If the record cannot be read or written; nothing was written then.
    pub(crate) async fn visit(
        &self,
        request: &Request,
        now: Timestamp,
        respond: &Respond<'_>,
    ) -> Result<Response, StoreError> {
        let (mut response, mut last) = self.respond(respond).await?;
        if matches!(response.effect, Effect::None) {
            return Ok(response);
        }
        let _turn = self.turn.lock().await;
        let mut tries = 0;
        loop {
            let effect = std::mem::take(&mut response.effect);
            if is_kept_up(&effect) && self.is_put_back().await {
                return Err(StoreError::PutBack);
            }
            let says = matches!(&effect, Effect::Append(events) if events.iter().any(is_judged_by));
            match self.keep(effect, last, request.once(), now).await {
                Ok(()) => {
                    self.known.lock().await.unkept.remove(&request.path);
                    return Ok(response);
                }
                Err(StoreError::Overtaken { .. } | StoreError::Erased) if tries < TRIES => tries += 1,
                Err(error) => {
                    if says {
                        self.known.lock().await.unkept.insert(request.path.clone());
                    }
                    return Err(error);
                }
            }
            (response, last) = self.respond(respond).await?;
        }
    }

    /// Whether an older file was put over the record: what is added would follow what nobody
    /// here has seen.
    async fn is_put_back(&self) -> bool {
        let known = self.known.lock().await;
        known.record.faults().iter().any(|fault| matches!(fault, Fault::PutBack { .. }))
    }

    /// A page of the record as it is now, and where the record ends.
    async fn respond(&self, respond: &Respond<'_>) -> Result<(Response, Sequence), StoreError> {
        let (record, worked_out) = self.now().await?;
        Ok((respond(&record, &worked_out), record.last()))
    }

    /// Writes what a page wants kept, if the record still ends where the page thought.
    async fn keep(
        &self,
        effect: Effect,
        last: Sequence,
        once: Option<Once>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let events: Vec<_> = match effect {
            Effect::None => return Ok(()),
            Effect::Erase => {
                self.keeper.erase().await?;
                *self.known.lock().await = Known::default();
                return Ok(());
            }
            // Kept with the very time that the page was made for, so that it can be replayed.
            Effect::Append(events) => events.into_iter().map(|event| (now, event)).collect(),
            Effect::Import(events) => events,
        };
        if events.is_empty() {
            return Ok(());
        }
        match self.keeper.append_after(last, once, events).await? {
            // The next page reads it where it is kept, in its turn among what others add.
            Appended::Stored(_) | Appended::SeenBefore => Ok(()),
        }
    }

    /// The record with all that any program added to it or erased from it.
    async fn now(&self) -> Result<(Arc<Record>, WorkedOut), StoreError> {
        let mut known = self.known.lock().await;
        let mut reading = match self.keeper.read(&known.mark).await {
            // What was read before is still what the person gave, and they may need it now.
            Err(error) if known.mark != Mark::default() && !is_another_file(&error) => {
                known.mark.with(Fault::OutOfReach { problem: error.to_string() })
            }
            reading => reading?,
        };
        if reading.anew {
            *known = Known { unkept: std::mem::take(&mut known.unkept), ..Known::default() };
        }
        if !known.unkept.is_empty() {
            reading.faults.push(Fault::NotKept);
        }
        if !reading.events.is_empty() || reading.faults != known.record.faults() {
            // In place unless somebody is still looking at the record as it was.
            let record = Arc::make_mut(&mut known.record);
            record.extend(reading.events);
            record.note_faults(reading.faults);
            known.worked_out = WorkedOut::default();
        }
        known.mark = reading.mark;
        Ok((known.record.clone(), known.worked_out.clone()))
    }
}
