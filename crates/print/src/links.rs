//! Anchors and links: every block and every source has one place in the book.

use care::{Block, BlockKind, Cause, Disagreement, Finding, Place, Question, Remedy, Rule, Source};

/// Where a link leads and what it says.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) text: String,
}

/// The anchor of a block.
pub(super) fn anchor(kind: BlockKind, id: &str) -> String {
    format!("{}-{id}", kind.id())
}

/// The page made of a file of the book.
pub(super) fn page_of(file: &str) -> String {
    match file.strip_suffix(".md") {
        Some("README") => "index.html".to_owned(),
        Some(stem) => format!("{stem}.html"),
        None => format!("{file}.html"),
    }
}

/// The address of a page below `/learn/book/`; the first page says what the book is.
pub(super) fn on_the_web(page: &str) -> &str {
    let stem = page.strip_suffix(".html").unwrap_or(page);
    if stem == "index" { "about" } else { stem }
}

/// An id as words.
pub(super) fn spaced(id: &str) -> String {
    id.replace('_', " ")
}

/// Makes links for one page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Links<'p> {
    /// Path of the page that the links stand on, in the folder.
    pub(super) page: &'p str,
    shelf: Shelf,
}

/// Where the book is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shelf {
    /// As files in a folder, wherever that is.
    Folder,
    /// Among the pages of the server.
    Web,
}

impl<'p> Links<'p> {
    /// Links between the files of a folder.
    pub(super) fn in_folder(page: &'p str) -> Self {
        Self { page, shelf: Shelf::Folder }
    }

    /// Links between the pages of the server. `page` is named as in a folder.
    pub(super) fn on_the_web(page: &'p str) -> Self {
        Self { page, shelf: Shelf::Web }
    }

    /// Whether these are links between the pages of the server.
    pub(super) fn are_on_the_web(self) -> bool {
        self.shelf == Shelf::Web
    }

    /// The way from this page to the folder of the book: empty, or `../` as often as needed.
    pub(super) fn root(self) -> String {
        "../".repeat(self.page.matches('/').count())
    }

    /// The way from this page to another.
    pub(super) fn to_page(self, page: &str) -> String {
        match self.shelf {
            Shelf::Folder => format!("{}{page}", self.root()),
            Shelf::Web if page == "sources.html" => "/learn/sources".to_owned(),
            Shelf::Web => format!("/learn/book/{}", on_the_web(page)),
        }
    }

    fn to_anchor(self, page: &str, anchor: &str) -> String {
        if page == self.page { format!("#{anchor}") } else { format!("{}#{anchor}", self.to_page(page)) }
    }

    fn block(self, kind: BlockKind, id: &str, place: &Place, text: &str) -> Link {
        let href = self.to_anchor(&page_of(&place.file), &anchor(kind, id));
        Link { href, text: text.to_owned() }
    }

    /// To a block, by what it is called where others speak of it.
    pub(super) fn to(self, block: Block<'_>) -> Link {
        let text = match block {
            Block::Finding(finding) => finding.label.clone(),
            Block::Question(question) => question.ask.clone(),
            Block::Cause(cause) => cause.name.clone(),
            Block::Remedy(remedy) => remedy.name.clone(),
            Block::Disagreement(disagreement) => disagreement.topic.clone(),
            Block::Outcome(outcome) => outcome.title.clone(),
            Block::ComeBack(line) => line.says.clone(),
            Block::Region(region) => region.name.clone(),
            Block::Medicine(medicine) => medicine.name.clone(),
            Block::Product(product) => product.name.clone(),
            Block::OtherMedicine(other) => other.name(),
            Block::MedicineClass(class) => class.name.clone(),
            Block::Habit(habit) => habit.name.clone(),
            Block::Referral(referral) => referral.name.clone(),
            Block::BodyPlace(place) => place.name.clone(),
            Block::Curve(curve) => format!("the {} edge", curve.edge.id()),
            Block::Checkpoint(checkpoint) => checkpoint.name.clone(),
            Block::Rule(_)
            | Block::Answer(_)
            | Block::Threshold(_)
            | Block::Pose(_)
            | Block::NotFollowed(_) => spaced(block.name()),
        };
        self.block(block.kind(), block.name(), block.place(), &text)
    }

    /// To a finding, by its label.
    pub(super) fn finding(self, finding: &Finding) -> Link {
        self.to(Block::Finding(finding))
    }

    /// To a question, by its words.
    pub(super) fn question(self, question: &Question) -> Link {
        self.to(Block::Question(question))
    }

    /// To a rule, by its id in words.
    pub(super) fn rule(self, rule: &Rule) -> Link {
        self.to(Block::Rule(rule))
    }

    /// To a cause, by its plain name.
    pub(super) fn cause(self, cause: &Cause) -> Link {
        self.to(Block::Cause(cause))
    }

    /// To a remedy, by its name.
    pub(super) fn remedy(self, remedy: &Remedy) -> Link {
        self.to(Block::Remedy(remedy))
    }

    /// To a disagreement, by its topic.
    pub(super) fn disagreement(self, disagreement: &Disagreement) -> Link {
        self.to(Block::Disagreement(disagreement))
    }

    /// To a block of any kind, with words of your own.
    pub(super) fn named(self, kind: BlockKind, id: &str, place: &Place, text: impl Into<String>) -> Link {
        Link { text: text.into(), ..self.block(kind, id, place, "") }
    }

    /// To a source in the list of sources, by its title.
    pub(super) fn source(self, source: &Source) -> Link {
        let year = source.year.map(|year| format!(", {year}")).unwrap_or_default();
        let href = self.to_anchor("sources.html", &format!("source-{}", source.id));
        Link { href, text: format!("{}{year}", source.title) }
    }
}

/// The link of a source, where it is one, with the name of the site.
pub(super) fn external(source: &Source) -> Option<Link> {
    let address = source.link.strip_prefix("https://").or_else(|| source.link.strip_prefix("http://"))?;
    let site = address.split('/').next().unwrap_or(address);
    Some(Link { href: source.link.clone(), text: site.strip_prefix("www.").unwrap_or(site).to_owned() })
}
