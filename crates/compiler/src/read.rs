//! Blocks to the values of a [`care::Book`], key by key.
//!
//! Nothing here stops at a problem: what cannot be read becomes something
//! harmless and a line in the log, and a book with a line in the log is never
//! handed out.

mod advice;
mod answers;
mod causes;
mod clinic;
mod course;
mod disagreements;
mod interview;
mod medicines;
mod pictures;
mod safety_net;
mod thresholds;

use care::{Book, Condition, Urgency};

use crate::SourceFile;
use crate::block::{Block, Blocks, Kind, shifted};
use crate::claims::Claims;
use crate::fields::Fields;
use crate::names::Names;
use crate::problem::{Log, Spot};
use crate::written::Written;

/// A book that may still be wrong, with what is needed to say where.
pub(crate) struct Draft<'n> {
    pub(crate) book: Book,
    pub(crate) names: Names<'n>,
    /// Every condition of the book.
    pub(crate) conditions: Vec<Written>,
}

impl Draft<'_> {
    /// The blocks of one kind; their indices are those of the book's lists.
    pub(crate) fn blocks(&self, kind: Kind) -> &[Block<'_>] {
        self.names.blocks.of(kind)
    }

    /// The condition under a key of a block, if it has one.
    pub(crate) fn condition(&self, kind: Kind, index: usize, key: &str) -> Option<&Written> {
        self.conditions
            .iter()
            .find(|written| written.kind == kind && written.index == index && written.key == key)
    }
}

/// Reads every block.
pub(crate) fn read<'n>(
    blocks: &'n Blocks<'n>,
    sources: &'n [care::Source],
    claims: &'n Claims,
    files: &'n [SourceFile],
    log: &mut Log,
) -> Draft<'n> {
    let mut reader =
        Reader { names: Names::new(blocks, sources, claims), files, conditions: Vec::new(), log };
    let mut book = Book::default();
    let findings = reader.each(Kind::Finding, interview::finding);
    let kinds = findings.iter().map(|(_, kind)| kind.clone()).collect();
    reader.names.set_finding_kinds(kinds);
    book.findings = findings.into_iter().map(|(finding, _)| finding).collect();
    book.questions = reader.each(Kind::Question, interview::question);
    book.rules = reader.each(Kind::Rule, interview::rule);
    book.causes = reader.each(Kind::Cause, causes::cause);
    book.remedies = reader.each(Kind::Remedy, advice::remedy);
    book.disagreements = reader.each(Kind::Disagreement, disagreements::disagreement);
    book.outcomes = reader.each(Kind::Outcome, safety_net::outcome);
    book.come_back = reader.each(Kind::ComeBack, safety_net::come_back);
    book.regions = reader.each(Kind::Region, safety_net::region);
    book.medicines = medicines::with_shared(reader.each(Kind::Medicine, medicines::medicine));
    book.products = reader.each(Kind::Product, medicines::product);
    book.other_medicines = reader.each(Kind::OtherMedicine, medicines::other);
    book.medicine_classes = reader.each(Kind::MedicineClass, medicines::class);
    book.habits = reader.each(Kind::Habit, advice::habit);
    book.referrals = reader.each(Kind::Referral, clinic::referral);
    book.answers = reader.each(Kind::Answer, answers::answer);
    book.body_places = reader.each(Kind::BodyPlace, course::body_place);
    book.curves = reader.each(Kind::Curve, course::curve);
    book.checkpoints = reader.each(Kind::Checkpoint, course::checkpoint);
    book.thresholds = thresholds::or_of_before(reader.each(Kind::Threshold, thresholds::threshold));
    book.poses = reader.each(Kind::Pose, pictures::pose);
    book.not_followed = reader.each(Kind::NotFollowed, answers::not_followed);
    book.claims.clone_from(&claims.list);
    let Reader { names, conditions, .. } = reader;
    book.sources = names.all_sources();
    Draft { book, names, conditions }
}

/// What reading a block needs besides the block.
struct Reader<'n, 'l> {
    names: Names<'n>,
    files: &'n [SourceFile],
    conditions: Vec<Written>,
    log: &'l mut Log,
}

impl<'n> Reader<'n, '_> {
    fn each<T>(&mut self, kind: Kind, read: impl Fn(&mut Self, usize, &Block<'n>) -> T) -> Vec<T> {
        let blocks = self.names.blocks.of(kind);
        blocks.iter().enumerate().map(|(index, block)| read(self, index, block)).collect()
    }

    /// Reads the condition under a key, if the key is there.
    fn condition(
        &mut self,
        block: &Block<'_>,
        index: usize,
        key: &'static str,
    ) -> Option<(String, Condition)> {
        let text = Fields::of(block, self.log).optional_text(key)?;
        let file_text = &self.files[block.file.0].text;
        let written = Written::read((block, index), (key, text), file_text, &self.names, self.log);
        // Any condition will do in place of one with a problem.
        let condition = written.condition.clone().unwrap_or(Condition::Or(Vec::new()));
        let text = written.text.clone();
        self.conditions.push(written);
        Some((text, condition))
    }

    /// Reads for whom something fits: where it is offered, and where it is to be avoided.
    fn fit(&mut self, block: &Block<'_>, index: usize) -> (Option<Condition>, Option<Condition>) {
        let mut under = |key| self.condition(block, index, key).map(|(_, condition)| condition);
        (under("offer"), under("avoid"))
    }

    /// Reads the condition under `if` in each table of a list; one for each
    /// table, also where it has none, which is reported where the table is read.
    fn listed_conditions(&mut self, block: &Block<'_>, index: usize, key: &'static str) -> Vec<Condition> {
        let list = block.keys.get(key).and_then(|value| value.get_ref().as_array());
        let tables =
            list.into_iter().flatten().filter_map(|item| Some((item.span(), item.get_ref().as_table()?)));
        let mut conditions = Vec::new();
        for (span, table) in tables {
            let header = Spot { file: block.file, span: shifted(span, block.start) };
            let mut fields = Fields::of_table(table, header, block.start, String::new(), self.log);
            fields.is_silent = block.is_damaged;
            let condition = fields.optional_text("if").and_then(|text| {
                let file_text = &self.files[block.file.0].text;
                let written = Written::read((block, index), (key, text), file_text, &self.names, self.log);
                let condition = written.condition.clone();
                self.conditions.push(written);
                condition
            });
            conditions.push(condition.unwrap_or(Condition::Or(Vec::new())));
        }
        conditions
    }
}

/// The words for urgencies.
pub(crate) const URGENCIES: [(&str, Urgency); 5] = [
    ("self_care", Urgency::SelfCare),
    ("routine", Urgency::Routine),
    ("see_soon", Urgency::SeeSoon),
    ("same_day", Urgency::SameDay),
    ("emergency", Urgency::Emergency),
];
