//! The record, kept by the browser: what the pages ask of it waits here until the worker
//! has done it.

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use jiff::Timestamp;
use store::{Appended, Event, Mark, Once, Reading, Sequence, StoreError, Stored};
use web::Keeper;

use crate::message::{Ask, Expected, Told};

/// A clone is the same one.
#[derive(Clone, Debug, Default)]
pub(crate) struct BrowserKeeper(Rc<Desk>);

/// Where what is asked and what is told lie.
#[derive(Debug, Default)]
struct Desk {
    asked: RefCell<Option<Ask>>,
    told: RefCell<Option<Told>>,
    /// How far the record was read.
    mark: RefCell<Mark>,
    /// What a record that begins now hangs on.
    start: RefCell<String>,
}

impl BrowserKeeper {
    /// Before a visit: what a record that begins with it hangs on. What a visit that was
    /// given up left behind is gone.
    pub(crate) fn begin(&self, random: &str) {
        self.0.start.replace(random.to_owned());
        self.0.asked.take();
        self.0.told.take();
    }

    /// What is asked for, if anything is.
    pub(crate) fn asked(&self) -> Option<Ask> {
        self.0.asked.take()
    }

    /// Takes in what became of it.
    pub(crate) fn tell(&self, told: Told) {
        self.0.told.replace(Some(told));
    }

    /// Asks, and waits until it is told.
    async fn ask(&self, ask: Ask) -> Told {
        self.0.asked.replace(Some(ask));
        poll_fn(|_| self.0.told.take().map_or(Poll::Pending, Poll::Ready)).await
    }
}

impl Keeper for BrowserKeeper {
    async fn read(&self, known: &Mark) -> Result<Reading, StoreError> {
        let (start, last) = (known.start().map(ToOwned::to_owned), known.last().0);
        let reading = match self.ask(Ask::Read { start, last }).await {
            Told::Rows(rows) => rows.reading(known)?,
            other => return Err(unexpected(other)),
        };
        self.0.mark.replace(reading.mark.clone());
        Ok(reading)
    }

    async fn append_after(
        &self,
        last: Sequence,
        once: Option<Once>,
        events: Vec<(Timestamp, Event)>,
    ) -> Result<Appended, StoreError> {
        let mark = self.0.mark.borrow().clone();
        if mark.last() != last {
            return Err(StoreError::Overtaken { last: mark.last() });
        }
        let kept = store::KeptRows::after(&mark, &self.0.start.borrow(), once.as_ref(), &events)?;
        let expected = mark.start().map(|start| Expected { start: start.to_owned(), last: last.0 });
        match self.ask(Ask::Keep { expected, rows: kept.rows, head: kept.head }).await {
            Told::Kept(_) => {
                let places = (last.0 + 1..).map(Sequence);
                let mut once = once;
                let stored = events.into_iter().zip(places).map(|((at, event), sequence)| Stored {
                    sequence,
                    at,
                    once: once.take(),
                    event,
                });
                Ok(Appended::Stored(stored.collect()))
            }
            Told::Seen(_) => Ok(Appended::SeenBefore),
            other => Err(unexpected(other)),
        }
    }

    async fn erase(&self) -> Result<(), StoreError> {
        match self.ask(Ask::Erase).await {
            Told::Erased(_) => Ok(()),
            other => Err(unexpected(other)),
        }
    }
}

/// Anything but what was hoped for.
fn unexpected(told: Told) -> StoreError {
    match told {
        Told::Overtaken(_) => StoreError::Overtaken { last: Sequence(0) },
        Told::Failed(why) if why == "no room" => StoreError::DiskFull,
        Told::Failed(why) => StoreError::Other(why),
        Told::Rows(_) | Told::Kept(_) | Told::Seen(_) | Told::Erased(_) | Told::File(_) => {
            StoreError::Other("the browser answered something else".to_owned())
        }
    }
}
