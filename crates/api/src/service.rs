use std::sync::OnceLock;

use care::{AnswerSearch, Guideline};
use serde_json::Value;

use crate::limits::{Limits, Rate};
use crate::metrics::Metrics;

/// A book that is asked by other programs.
pub struct Service {
    pub(crate) guideline: &'static Guideline,
    pub(crate) search: AnswerSearch<'static>,
    pub(crate) limits: Limits,
    pub(crate) metrics: Metrics,
    /// What is large and the same for everybody, made when it is first asked for.
    pub(crate) questionnaires: [OnceLock<Value>; 2],
}

impl Service {
    /// What this book decides, for so many requests a second of each client.
    pub fn new(guideline: &'static Guideline, rate: Rate) -> Self {
        let search = AnswerSearch::new(guideline);
        // What it prepares at the first question nobody waits for later.
        search.ask("", 1);
        Self {
            guideline,
            search,
            limits: Limits::new(rate),
            metrics: Metrics::default(),
            questionnaires: Default::default(),
        }
    }
}
