//! The records that are in memory, kept in step with the file.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use store::{Appended, Database, Once, Record, RecordId, StoreError};
use tokio::sync::Mutex;

use crate::response::{Effect, Response};

/// Above this the records that nobody is looking at are dropped from memory.
const MOST: usize = 4_096;

/// Somebody else may write to the same record meanwhile; then the page is made
/// again, from what is there by then, but not for ever.
const TRIES: u32 = 5;

/// Records in memory. What is here is only ever a copy of what the file holds.
pub(super) struct Records {
    database: Database,
    known: Mutex<HashMap<RecordId, Arc<Mutex<Record>>>>,
}

impl Records {
    pub(super) fn new(database: Database) -> Self {
        Self { database, known: Mutex::default() }
    }

    /// Makes a page from a record as it is now, and keeps what the page wants kept
    /// before giving it back.
    ///
    /// # Errors
    ///
    /// If the record cannot be read or written; nothing was written then.
    pub(super) async fn visit(
        &self,
        id: &RecordId,
        once: Option<Once>,
        now: Timestamp,
        respond: &(dyn Fn(&Record) -> Response + Send + Sync),
    ) -> Result<Response, StoreError> {
        let record = self.known(id).await;
        // One request of a person at a time: the next sees what this one has kept.
        let mut record = record.lock().await;
        let mut tries = 0;
        loop {
            self.catch_up(id, &mut record).await?;
            let mut response = respond(&record);
            let (events, once) = match std::mem::take(&mut response.effect) {
                Effect::None => return Ok(response),
                Effect::Erase => {
                    self.database.erase(id).await?;
                    *record = Record::default();
                    return Ok(response);
                }
                // Kept with the very time that the page was made for, so that it can be replayed.
                Effect::Append(events) => {
                    (events.into_iter().map(|event| (now, event)).collect::<Vec<_>>(), once.clone())
                }
                Effect::Import(events) => (events, once.clone()),
            };
            if events.is_empty() {
                return Ok(response);
            }
            match self.database.append_after(id, record.last(), once, events).await {
                Ok(Appended::Stored(stored)) => {
                    for event in stored {
                        record.push(event);
                    }
                    return Ok(response);
                }
                Ok(Appended::SeenBefore) => return Ok(response),
                Err(StoreError::Overtaken { .. } | StoreError::Erased) if tries < TRIES => tries += 1,
                Err(error) => return Err(error),
            }
        }
    }

    /// Reads what another program added or erased.
    async fn catch_up(&self, id: &RecordId, record: &mut Record) -> Result<(), StoreError> {
        let new = match self.database.since(id, record.last()).await {
            Err(StoreError::Erased) => {
                *record = Record::default();
                self.database.since(id, record.last()).await?
            }
            new => new?,
        };
        for event in new {
            record.push(event);
        }
        Ok(())
    }

    async fn known(&self, id: &RecordId) -> Arc<Mutex<Record>> {
        let mut known = self.known.lock().await;
        if known.len() >= MOST {
            // Whoever is being served holds a second handle, and stays.
            known.retain(|_, record| Arc::strong_count(record) > 1);
        }
        known.entry(id.clone()).or_default().clone()
    }
}
