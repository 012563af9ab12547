//! What several pages show or do. A page never asks another page.

pub(crate) mod at_once;
pub(crate) mod change;
pub(crate) mod copies;
pub(crate) mod entry;
pub(crate) mod evidence;
pub(crate) mod fields;
pub(crate) mod figures;
pub(crate) mod ics;
pub(crate) mod onward;
pub(crate) mod overtaken;
pub(crate) mod pacer;
pub(crate) mod question_page;
pub(crate) mod remedies;
pub(crate) mod sources;
pub(crate) mod standing;
pub(crate) mod subject;
pub(crate) mod today;
pub(crate) mod topic;
pub(crate) mod triggers;
pub(crate) mod when;
