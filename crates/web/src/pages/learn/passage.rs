//! A passage of the book as a part of a page.

use care::{BlockId, Disagreement, Guideline, Passage, SourceId, Urgency, told};
use tell::Citations;

use crate::parts::topic;
use crate::site::Site;

/// A passage, ready to show below a heading.
pub(super) struct PassageView<'v> {
    pub(super) heading: String,
    /// The first paragraph.
    pub(super) says: String,
    /// Steps, or what to keep in mind.
    pub(super) more: Vec<String>,
    pub(super) marks: String,
    /// What to do if it fits the reader: for a passage about a danger sign.
    pub(super) if_it_fits: Option<&'v str>,
    /// A danger sign to look at first, with its sources.
    pub(super) first: Option<(&'v str, String)>,
    /// It tells a dose, which is not safe for everyone.
    pub(super) is_dose: bool,
    /// Why it is left out for some people.
    pub(super) not_for_all: Option<&'v str>,
    pub(super) differ: Option<Differ<'v>>,
    /// Other parts of the book: where they are, and what they are about.
    pub(super) see: Vec<(String, String)>,
    /// The page of the book it stands on.
    pub(super) page: Option<(String, String)>,
}

impl<'v> PassageView<'v> {
    /// `shown` is how urgent the danger signs are that the page shows already:
    /// only a more urgent one is looked at before them.
    pub(super) fn of(
        site: &'v Site<'_>,
        passage: Passage,
        shown: Option<Urgency>,
        citations: &Citations,
    ) -> Self {
        let guideline = site.guideline();
        let told = told(guideline, passage);
        let first = told.check_first.map(|rule| guideline.rule(rule));
        let first = first
            .filter(|rule| Some(rule.urgency) > shown)
            .map(|rule| (rule.because.as_str(), citations.mark(&rule.sources)));
        let marks = if told.sources.is_empty() { String::new() } else { citations.mark(told.sources) };
        // Of a disagreement, what we do stands below the positions.
        let says = if matches!(passage, Passage::Disagreement(_)) { Vec::new() } else { told.says };
        let mut says = says.into_iter();
        Self {
            heading: passage.heading(guideline),
            says: says.next().unwrap_or_default(),
            more: says.collect(),
            marks,
            if_it_fits: match passage {
                Passage::Rule(rule) => Some(&guideline.outcome_told_by(rule).title),
                _ => None,
            },
            first,
            is_dose: told.dose_of.is_some(),
            not_for_all: match passage {
                Passage::Remedy(id) => guideline.remedy(id).avoid_because.as_deref(),
                Passage::Habit(index) => guideline.book().habits[index].avoid_because.as_deref(),
                Passage::Referral(index) => guideline.book().referrals[index].avoid_because.as_deref(),
                _ => None,
            },
            differ: told.disagreement.map(|disagreement| Differ::of(site, disagreement)),
            see: see(site, &told.see),
            page: topic::page_link(site, &passage.place(guideline).file, &passage.name(guideline)),
        }
    }
}

/// Links to other parts of the book, as far as they have a page.
fn see(site: &Site<'_>, blocks: &[BlockId]) -> Vec<(String, String)> {
    let guideline = site.guideline();
    let link = |block: &BlockId| {
        let passage = Passage::of(*block)?;
        let href = match passage {
            Passage::Answer(index) => format!("/learn/answers/{}", guideline.book().answers[index].id),
            Passage::Disagreement(index) => {
                format!("/learn/disagreements#{}", guideline.book().disagreements[index].id)
            }
            _ => topic::page_link(site, &passage.place(guideline).file, &passage.name(guideline))?.0,
        };
        Some((href, passage.heading(guideline)))
    };
    blocks.iter().filter_map(link).collect()
}

/// Where sources differ: who says what, what we do, and why.
pub(super) struct Differ<'v> {
    pub(super) id: &'v str,
    pub(super) topic: String,
    pub(super) positions: Vec<(&'v str, Vec<Named<'v>>)>,
    pub(super) we_do: &'v str,
    pub(super) because: &'v str,
}

/// A source by its name: here it matters who speaks, so a number would not do.
pub(super) struct Named<'v> {
    pub(super) id: &'v str,
    pub(super) title: &'v str,
    pub(super) year: String,
}

impl<'v> Differ<'v> {
    pub(super) fn of(site: &'v Site<'_>, disagreement: &'v Disagreement) -> Self {
        let guideline = site.guideline();
        let position = |position: &'v care::Position| {
            let sources = position.sources.iter().map(|id| Named::of(guideline, *id));
            (position.says.as_str(), sources.collect())
        };
        Self {
            id: &disagreement.id,
            topic: care::sentence_case(&disagreement.topic),
            positions: disagreement.positions.iter().map(position).collect(),
            we_do: &disagreement.we_do,
            because: &disagreement.because,
        }
    }
}

impl<'v> Named<'v> {
    fn of(guideline: &'v Guideline, id: SourceId) -> Self {
        let source = guideline.source(id);
        let year = source.year.map(|year| format!(" ({year})")).unwrap_or_default();
        Self { id: &source.id, title: &source.title, year }
    }
}
