//! What people mean who write or ask in their own words. Another language would be another room.

pub(crate) mod ask;
pub(crate) mod free_text;
pub(crate) mod passage;
pub(crate) mod words;
