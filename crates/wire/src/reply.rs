use care::{
    Against, Block, Guideline, Passage, Region, Reply, RuleId, Told, Urgency, told, what_to_do_about,
};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::assessment::call;
use crate::source::{Source, sources};

/// What the book says to a question.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReplyView<'g> {
    /// The question as it was asked.
    pub question: &'g str,
    /// Signs of danger in it, which come before any answer.
    pub danger: Vec<DangerItem<'g>>,
    /// What speaks against a medicine that it names, which comes before what the medicine does.
    pub against: Vec<AgainstItem<'g>>,
    /// Whether the book has an answer.
    pub answered: bool,
    /// People ask this, and the book has no source for it.
    pub has_no_source: bool,
    /// The answer.
    pub answer: Option<PassageView<'g>>,
    /// What else may have been meant.
    pub others: Vec<PassageView<'g>>,
    /// The emergency number of the region, or whom to call where it has none.
    pub emergency_number: &'g str,
}

/// A sign of danger in a question.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DangerItem<'g> {
    /// Its rule.
    pub rule: &'g str,
    /// How urgent it is.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Level))]
    pub urgency: Urgency,
    /// Why.
    pub because: &'g str,
    /// The headline.
    pub title: &'g str,
    /// What to do.
    #[serde(rename = "do")]
    pub actions: Vec<&'g str>,
    /// The lines to call beside the emergency number, by name.
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, String>))]
    pub call: Map<String, Value>,
    /// On what it rests.
    pub sources: Vec<Source<'g>>,
}

/// What speaks against a medicine.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AgainstItem<'g> {
    /// The medicine.
    pub medicine: &'g str,
    /// It is never taken then, and not only asked about first.
    pub never: bool,
    /// Why.
    pub because: &'g str,
    /// On what it rests.
    pub sources: Vec<Source<'g>>,
}

/// A passage of the book.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PassageView<'g> {
    /// Its name: `answer.ice_or_heat`.
    pub passage: String,
    /// Its title.
    pub title: String,
    /// What it says, in sentences.
    pub says: Vec<String>,
    /// A danger sign to look for before.
    pub check_first: Option<&'g str>,
    /// Where sources differ, and what the book does.
    pub disagreement: Option<Disagreement<'g>>,
    /// Blocks to read on in.
    pub see: Vec<String>,
    /// On what it rests.
    pub sources: Vec<Source<'g>>,
}

/// Where sources differ.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Disagreement<'g> {
    /// About what.
    pub topic: &'g str,
    /// The sides.
    pub positions: Vec<Position<'g>>,
    /// What the book does.
    pub we_do: &'g str,
    /// Why.
    pub because: &'g str,
}

/// A side of a disagreement.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Position<'g> {
    /// What it says.
    pub says: &'g str,
    /// Who says so.
    pub sources: Vec<Source<'g>>,
}

impl<'g> ReplyView<'g> {
    /// What is told to a question. Behind a dose it says `check`: where it is looked at whether
    /// that dose is safe for this person.
    pub fn of(
        guideline: &'g Guideline,
        region: &'g Region,
        question: &'g str,
        reply: &Reply,
        check: &str,
    ) -> Self {
        let mut passages = reply.hits.iter().map(|hit| PassageView::of(guideline, *hit, check));
        Self {
            question,
            danger: reply.danger.iter().map(|id| DangerItem::of(guideline, region, *id)).collect(),
            against: reply.against.iter().map(|row| AgainstItem::of(guideline, row)).collect(),
            answered: !reply.hits.is_empty(),
            has_no_source: reply.has_no_source,
            answer: passages.next(),
            others: passages.collect(),
            emergency_number: &region.emergency,
        }
    }
}

impl<'g> DangerItem<'g> {
    fn of(guideline: &'g Guideline, region: &Region, id: RuleId) -> Self {
        let (rule, told) = (guideline.rule(id), what_to_do_about(guideline, &[id]));
        Self {
            rule: &rule.id,
            urgency: rule.urgency,
            because: &rule.because,
            title: told.title,
            call: call(region, &told),
            actions: told.actions,
            sources: sources(guideline, &rule.sources),
        }
    }
}

impl<'g> AgainstItem<'g> {
    fn of(guideline: &'g Guideline, row: &Against) -> Self {
        let caution = row.caution(guideline);
        Self {
            medicine: &guideline.book().medicines[row.medicine].id,
            never: row.is_never,
            because: &caution.because,
            sources: sources(guideline, &caution.sources),
        }
    }
}

impl<'g> PassageView<'g> {
    fn of(guideline: &'g Guideline, passage: Passage, check: &str) -> Self {
        let told = told(guideline, passage);
        let disagreement = told.disagreement.map(|of| Disagreement {
            topic: &of.topic,
            positions: of
                .positions
                .iter()
                .map(|side| Position { says: &side.says, sources: sources(guideline, &side.sources) })
                .collect(),
            we_do: &of.we_do,
            because: &of.because,
        });
        let blocks = told.see.iter().filter_map(|id| guideline.book().block(*id));
        Self {
            passage: passage.name(guideline),
            check_first: told.check_first.map(|rule| guideline.rule(rule).id.as_str()),
            disagreement,
            see: blocks.map(Block::full_name).collect(),
            sources: sources(guideline, told.sources),
            says: says(&told, check),
            title: told.title,
        }
    }
}

/// What a passage says, with where a dose is checked behind its first sentence.
pub fn says(told: &Told<'_>, check: &str) -> Vec<String> {
    let mut says = told.says.clone();
    if told.dose_of.is_some() {
        says.insert(1.min(says.len()), check.to_owned());
    }
    says
}
