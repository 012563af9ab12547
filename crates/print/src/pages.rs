//! The pages of the book but for the paper version: topics, sources, assumptions.

use askama::Template;
use care::{Book, Source, SourceId};
use compiler::{Compiled, Kind, Page};

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
    let cites = |sources: &[SourceId]| book.cites(sources, id);
    let findings = book.findings.iter().filter(|finding| cites(&finding.sources));
    let questions = book.questions.iter().filter(|question| cites(&question.sources));
    let rules = book.rules.iter().filter(|rule| cites(&rule.sources));
    let causes = book.causes.iter().filter(|cause| {
        let evidence = cause.evidence.iter().any(|evidence| cites(&evidence.sources));
        cites(&cause.sources) || cites(&cause.base_rate_sources) || evidence
    });
    let medicines = book.medicines.iter().filter(|medicine| {
        let mut cautions = medicine.block.iter().chain(&medicine.ask_first);
        cites(&medicine.sources)
            || cites(&[medicine.label_source])
            || cautions.any(|caution| cites(&caution.sources))
    });
    let products = book
        .products
        .iter()
        .filter(|product| cites(&product.sources) || cites(product.limits.label_source.as_slice()));
    let other_medicines = book.other_medicines.iter().filter(|other| cites(&other.sources));
    let classes = book.medicine_classes.iter().filter(|class| cites(&class.sources));
    let habits = book.habits.iter().filter(|habit| cites(&habit.sources));
    let referrals = book.referrals.iter().filter(|referral| cites(&referral.sources));
    let answers = book.answers.iter().filter(|answer| cites(&answer.sources));
    let named = |kind: Kind, id: &str, place: &care::Place, text: &str| links.named(kind, id, place, text);
    let remedies = book.remedies.iter().filter(|remedy| cites(&remedy.sources));
    let disagreements = book
        .disagreements
        .iter()
        .filter(|disagreement| disagreement.positions.iter().any(|position| cites(&position.sources)));
    let outcomes = book.outcomes.iter().filter(|outcome| cites(&outcome.sources));
    let come_back = book.come_back.iter().filter(|line| cites(&line.sources));
    let regions = book.regions.iter().filter(|region| cites(&region.sources));
    let outcome = |outcome: &care::Outcome| {
        links.named(Kind::Outcome, &outcome.id, &outcome.place, outcome.title.as_str())
    };
    let region =
        |region: &care::Region| links.named(Kind::Region, &region.id, &region.place, region.name.as_str());
    let all = [
        ("Rules", rules.map(|rule| links.rule(rule)).collect::<Vec<_>>()),
        ("Remedies", remedies.map(|remedy| links.remedy(remedy)).collect()),
        ("Disagreements", disagreements.map(|disagreement| links.disagreement(disagreement)).collect()),
        ("Causes", causes.map(|cause| links.cause(cause)).collect()),
        ("Findings", findings.map(|finding| links.finding(finding)).collect()),
        ("Questions", questions.map(|question| links.question(question)).collect()),
        ("Medicines", medicines.map(|m| named(Kind::Medicine, &m.id, &m.place, &m.name)).collect()),
        ("Products", products.map(|p| named(Kind::Product, &p.id, &p.place, &p.name)).collect()),
        (
            "Medicines without doses",
            other_medicines.map(|o| named(Kind::OtherMedicine, &o.id, &o.place, &o.name())).collect(),
        ),
        (
            "Classes of medicines",
            classes.map(|c| named(Kind::MedicineClass, c.class.id(), &c.place, &c.name)).collect(),
        ),
        ("Habits", habits.map(|h| named(Kind::Habit, &h.id, &h.place, &h.name)).collect()),
        ("The clinic", referrals.map(|r| named(Kind::Referral, &r.id, &r.place, &r.name)).collect()),
        (
            "Answers",
            answers.map(|a| named(Kind::Answer, &a.id, &a.place, &crate::links::spaced(&a.id))).collect(),
        ),
        ("What we tell a person", outcomes.map(outcome).collect()),
        ("Come back if", come_back.map(|l| named(Kind::ComeBack, &l.id, &l.place, &l.says)).collect()),
        ("Whom to call", regions.map(region).collect()),
    ];
    all.into_iter().filter(|(_, links)| !links.is_empty()).collect()
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
