//! The pages of the book but for the paper version: topics, sources, assumptions.

use std::collections::BTreeMap;

use askama::Template;
use care::{BlockKind, Book, Source, SourceId};
use compiler::{Compiled, Page};

use crate::cards::Desk;
use crate::links::{Link, Links, external, page_of};
use crate::prose;
use crate::words::Words;
use crate::{PrintError, Sheet};

/// What every page has around its text.
struct Frame<'b> {
    /// The way to the folder of the book.
    root: String,
    title: String,
    book: &'b Book,
    /// The first characters of the hash.
    short_hash: &'b str,
    contents: Vec<Chapter>,
    previous: Option<Link>,
    next: Option<Link>,
}

/// A chapter in the table of contents.
struct Chapter {
    title: String,
    topics: Vec<Topic>,
}

struct Topic {
    link: Link,
    is_here: bool,
}

impl<'b> Frame<'b> {
    fn new(library: &'b Compiled, links: Links<'_>, title: &str) -> Self {
        let pages = &library.pages;
        let topic = |path: &String| {
            let page = pages.iter().find(|page| page.path == *path)?;
            let html = page_of(path);
            let is_here = html == links.page;
            Some(Topic { link: Link { href: links.to_page(&html), text: page.title.clone() }, is_here })
        };
        let contents = pages.first().map(|readme| prose::chapters(readme, pages)).unwrap_or_default();
        let contents = contents
            .iter()
            .map(|(title, paths)| Chapter {
                title: title.clone(),
                topics: paths.iter().filter_map(topic).collect(),
            })
            .collect();
        let book = library.guideline.book();
        Self {
            root: links.root(),
            title: title.to_owned(),
            book,
            short_hash: book.hash.get(..12).unwrap_or(&book.hash),
            contents,
            previous: None,
            next: None,
        }
    }
}

#[derive(Template)]
#[template(path = "book/index.html")]
struct IndexPage<'b> {
    frame: Frame<'b>,
    prose: String,
}

#[derive(Template)]
#[template(path = "book/topic.html")]
struct TopicPage<'b> {
    frame: Frame<'b>,
    prose: String,
}

/// One page for every file of the book; the first is the index.
///
/// # Errors
///
/// If a template fails, which only a bug can cause.
pub(super) fn topics(library: &Compiled) -> Result<Vec<Sheet>, PrintError> {
    let pages = &library.pages;
    let mut sheets = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let path = page_of(&page.path);
        let links = Links::in_folder(&path);
        let desk = Desk::new(&library.guideline, links);
        let mut prose = prose::below_title(desk, page, pages)?;
        let mut frame = Frame::new(library, links, &page.title);
        let link = |page: &Page| Link { href: links.to_page(&page_of(&page.path)), text: page.title.clone() };
        frame.previous = index.checked_sub(1).and_then(|index| pages.get(index)).map(link);
        frame.next = pages.get(index + 1).map(link);
        let text = match index {
            0 => {
                // The imprint says it already.
                let version = format!("<p>Version {}</p>", frame.book.version);
                prose = prose.replacen(&version, "", 1);
                IndexPage { frame, prose }.render()?
            }
            _ => TopicPage { frame, prose }.render()?,
        };
        sheets.push(Sheet { path, text });
    }
    Ok(sheets)
}

#[derive(Template)]
#[template(path = "book/sources.html")]
struct SourcesPage<'b> {
    frame: Frame<'b>,
    sources: Vec<SourceEntry<'b>>,
}

struct SourceEntry<'b> {
    source: &'b Source,
    document: Option<Link>,
    kind: &'static str,
    weight: &'static str,
    cited_by: Vec<(&'static str, Vec<Link>)>,
}

/// Every source, and what cites it.
///
/// # Errors
///
/// If a template fails, which only a bug can cause.
pub(super) fn sources(library: &Compiled) -> Result<Sheet, PrintError> {
    let path = "sources.html".to_owned();
    let links = Links::in_folder(&path);
    let book = library.guideline.book();
    let entry = |(id, source)| SourceEntry {
        source,
        document: external(source),
        kind: source.kind.words(),
        weight: source.weight.words(),
        cited_by: cited_by(book, links, id),
    };
    let frame = Frame::new(library, links, "Sources");
    let sources = book.whole_sources().map(entry).collect();
    let text = SourcesPage { frame, sources }.render()?;
    Ok(Sheet { path, text })
}

/// Every block that cites a source, by kind.
fn cited_by(book: &Book, links: Links<'_>, id: SourceId) -> Vec<(&'static str, Vec<Link>)> {
    let mut all: BTreeMap<(u8, &'static str), Vec<Link>> = BTreeMap::new();
    for (_, block) in book.blocks().filter(|(_, block)| book.cites(&block.sources(), id)) {
        all.entry(section(block.kind())).or_default().push(links.to(block));
    }
    all.into_iter().map(|((_, heading), links)| (heading, links)).collect()
}

/// The heading under which a kind of block is listed, with its rank: what a source
/// is looked up for most stands first.
fn section(kind: BlockKind) -> (u8, &'static str) {
    match kind {
        BlockKind::Rule => (0, "Rules"),
        BlockKind::Remedy => (1, "Remedies"),
        BlockKind::Disagreement => (2, "Disagreements"),
        BlockKind::Cause => (3, "Causes"),
        BlockKind::Finding => (4, "Findings"),
        BlockKind::Question => (5, "Questions"),
        BlockKind::Medicine => (6, "Medicines"),
        BlockKind::Product => (7, "Products"),
        BlockKind::OtherMedicine => (8, "Medicines without doses"),
        BlockKind::MedicineClass => (9, "Classes of medicines"),
        BlockKind::Habit => (10, "Habits"),
        BlockKind::Referral => (11, "The clinic"),
        BlockKind::Answer => (12, "Answers"),
        BlockKind::Outcome => (13, "What we tell a person"),
        BlockKind::ComeBack => (14, "Come back if"),
        BlockKind::Region => (15, "Whom to call"),
        BlockKind::Curve => (16, "The expected course"),
        BlockKind::Checkpoint => (17, "Looks back"),
        BlockKind::BodyPlace => (18, "Places of the body"),
        BlockKind::Threshold => (19, "Thresholds"),
        BlockKind::Pose => (20, "Poses of the pictures"),
        BlockKind::NotFollowed => (21, "Claims not followed"),
    }
}

/// The title of the page that lists what is assumed.
pub(super) const ASSUMPTIONS: &str = "Assumptions";

#[derive(Template)]
#[template(path = "book/assumptions.html")]
struct AssumptionsPage<'b> {
    frame: Frame<'b>,
    list: AssumptionList<'b>,
}

#[derive(Template)]
#[template(path = "book/assumption_list.html")]
struct AssumptionList<'b> {
    assumptions: Vec<Assumption<'b>>,
}

struct Assumption<'b> {
    question: Link,
    words: Words,
    because: &'b str,
    shows: Vec<Link>,
}

/// Every question that is not asked of everyone, and why "no" is then sound.
///
/// # Errors
///
/// If a template fails, which only a bug can cause.
pub(super) fn assumptions(library: &Compiled) -> Result<Sheet, PrintError> {
    let path = "assumptions.html".to_owned();
    let desk = Desk::new(&library.guideline, Links::in_folder(&path));
    let frame = Frame::new(library, desk.links, ASSUMPTIONS);
    let text = AssumptionsPage { frame, list: AssumptionList::new(desk) }.render()?;
    Ok(Sheet { path, text })
}

/// The same below its title, as HTML.
///
/// # Errors
///
/// If a template fails, which only a bug can cause.
pub(super) fn assumption_list(desk: Desk<'_>) -> askama::Result<String> {
    AssumptionList::new(desk).render()
}

impl<'b> AssumptionList<'b> {
    fn new(desk: Desk<'b>) -> Self {
        let guideline = desk.guideline;
        let assumption = |question: &'b care::Question| {
            let gate = question.only_if.as_ref()?;
            let finding = |id: &care::FindingId| desk.links.finding(guideline.finding(*id));
            Some(Assumption {
                question: desk.links.question(question),
                words: desk.words(&gate.condition),
                because: &gate.otherwise_no_because,
                shows: question.shows.iter().map(finding).collect(),
            })
        };
        Self { assumptions: guideline.book().questions.iter().filter_map(assumption).collect() }
    }
}
