//! A site: the guideline, and what every page of it needs.

use care::{AnswerSearch, Deferred, FreeText, Guideline, ProsePage};

use crate::assets::Assets;
use crate::response::Response;
use crate::zones::Zones;

/// The pages of one guideline. Made once; every request borrows it.
#[derive(Debug)]
pub struct Site<'g> {
    guideline: &'g Guideline,
    search: AnswerSearch<'g>,
    book: Deferred<Vec<ProsePage>>,
    zones: Zones,
    assets: Assets,
}

impl<'g> Site<'g> {
    /// The pages of a guideline. `book` is its prose, in reading order; `zones`
    /// are the time zones that a person may choose.
    pub fn new(
        guideline: &'g Guideline,
        book: impl Into<Deferred<Vec<ProsePage>>>,
        zones: impl Into<Zones>,
    ) -> Self {
        let (book, zones) = (book.into(), zones.into());
        Self { guideline, search: AnswerSearch::new(guideline), book, zones, assets: Assets::new() }
    }

    /// The guideline.
    pub fn guideline(&self) -> &'g Guideline {
        self.guideline
    }

    pub(crate) fn free_text(&self) -> &FreeText<'g> {
        self.search.free_text()
    }

    pub(crate) fn search(&self) -> &AnswerSearch<'g> {
        &self.search
    }

    pub(crate) fn book(&self) -> &[ProsePage] {
        &self.book
    }

    /// The time zones that a person may choose.
    pub fn zones(&self) -> &Zones {
        &self.zones
    }

    pub(crate) fn assets(&self) -> &Assets {
        &self.assets
    }

    /// What is the same for everyone and knows of no record: assets, the icon, the manifest.
    pub(crate) fn public(&self, path: &str) -> Option<Response> {
        if let Some(named) = path.strip_prefix("/assets/") {
            return self.assets.respond(named.split_once('/')?.1);
        }
        match path {
            "/manifest.webmanifest" => self.assets.manifest(),
            "/favicon.ico" => self.assets.respond("icon.svg").map(|icon| icon.cached("max-age=86400")),
            _ => None,
        }
    }
}
