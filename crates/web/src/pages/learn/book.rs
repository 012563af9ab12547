//! The book itself: its contents, its pages, its sources.

use askama::Template;
use care::{ProsePage, Source, SourceKind};

use super::frame;
use crate::frame::Frame;
use crate::page_error::PageError;
use crate::parts::standing::Standing;
use crate::response::Response;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/contents.html")]
struct ContentsPage<'v> {
    frame: Frame<'v>,
    in_emergency: bool,
    chapters: Vec<(&'v str, Vec<&'v ProsePage>)>,
}

/// `GET /learn/book`
pub(crate) fn contents(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let standing = Standing::of(visitor);
    let mut chapters: Vec<(&str, Vec<&ProsePage>)> = Vec::new();
    for page in visitor.site.book() {
        match chapters.iter_mut().find(|(title, _)| *title == page.chapter) {
            Some((_, pages)) => pages.push(page),
            None => chapters.push((&page.chapter, vec![page])),
        }
    }
    let page = ContentsPage {
        frame: frame(visitor, "The book"),
        in_emergency: standing == Standing::Emergency,
        chapters,
    };
    page.frame.around(&page)
}

#[derive(Template)]
#[template(path = "pages/topic.html")]
struct TopicPage<'v> {
    frame: Frame<'v>,
    in_emergency: bool,
    page: &'v ProsePage,
    before: Option<&'v ProsePage>,
    next: Option<&'v ProsePage>,
}

/// `GET /learn/book/PATH`
pub(crate) fn topic(visitor: &Visitor<'_>, path: &[&str]) -> Result<Response, PageError> {
    let path = path.join("/");
    let pages = visitor.site.book();
    let index = pages.iter().position(|page| page.path == path).ok_or(PageError::NotFound)?;
    let standing = Standing::of(visitor);
    let page = &pages[index];
    let page = TopicPage {
        frame: frame(visitor, page.title.clone()).with_scripts(&["unfold.js", "print.js"]),
        in_emergency: standing == Standing::Emergency,
        page,
        before: index.checked_sub(1).and_then(|index| pages.get(index)),
        next: pages.get(index + 1),
    };
    page.frame.around(&page)
}

#[derive(Template)]
#[template(path = "pages/sources.html")]
struct SourcesPage<'v> {
    frame: Frame<'v>,
    in_emergency: bool,
    kinds: Vec<(String, Vec<&'v Source>)>,
    count: usize,
}

/// `GET /learn/sources`
pub(crate) fn sources(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let standing = Standing::of(visitor);
    let all: Vec<&Source> = visitor.guideline().book().whole_sources().map(|(_, source)| source).collect();
    let kinds = SourceKind::ALL.into_iter().map(|kind| {
        let of_it: Vec<&Source> = all.iter().copied().filter(|source| source.kind == kind).collect();
        (care::sentence_case(kind.words()), of_it)
    });
    let page = SourcesPage {
        frame: frame(visitor, "Sources"),
        in_emergency: standing == Standing::Emergency,
        kinds: kinds.filter(|(_, sources)| !sources.is_empty()).collect(),
        count: all.len(),
    };
    page.frame.around(&page)
}
