//! A person's record: an append-only log of events, and the state they fold to.
//!
//! [`Event`] is what can happen, [`Stored`] is one that did, and a [`Record`] is
//! what a list of them adds up to. These know neither the guideline nor a clock
//! nor a file, so a record reads the same years later and in any program.
//! With the feature `sqlite`, [`Database`] keeps the events of any number of
//! records in one file; what it has acknowledged is there after a power cut.
//!
//! In reading order: `event`, `certificate`, `fault`, `record`, `doses`,
//! `export`, `chain`, `reading` and `row` (an event as it is kept), `kept` (by somebody else),
//! `passphrase`, `sealed_copy`, `database`, `seal`.

mod certificate;
mod chain;
mod doses;
mod event;
mod export;
mod fault;
mod kept;
mod passphrase;
mod place;
mod reading;
mod record;
mod record_id;
mod row;
mod sealed_copy;
mod store_error;

#[cfg(feature = "sqlite")]
mod database;
#[cfg(feature = "seal")]
mod seal;
#[cfg(not(feature = "seal"))]
#[path = "unsealed.rs"]
mod seal;

pub use certificate::KeptCertificate;
pub use event::{
    Activity, CheckIn, Colours, DoseCleared, DoseTaken, Event, Helped, NewDanger, Once, Proposal, Reason,
    Region, RegionPain, Restart, Seal, Sequence, Settings, Shown, Sleep, Stored, ToldRule, Trigger,
};
pub use export::{
    Diary, DiaryError, EARLIEST, ExportBook, Import, ImportError, LeavingOut, MOST_BYTES, MOST_EVENTS,
    Moment, Preview, from_json, goes_on, preview, preview_without, read_diary, to_csv, to_import,
    to_import_without, to_json, to_json_with,
};
pub use fault::Fault;
pub use kept::{KeptHead, KeptRow, KeptRows};
pub use passphrase::{Passphrase, PassphraseTooShort};
pub use reading::{Appended, Mark, Reading};
pub use record::{Assessment, HabitChoice, Interview, Record, Timed, Trial};

pub use record_id::RecordId;
pub use sealed_copy::{SealedCopyError, is_sealed_copy, open_copy, seal_copy};
pub use store_error::StoreError;

#[cfg(feature = "sqlite")]
pub use database::{Database, OpenError, Salvaged};
