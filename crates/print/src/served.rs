//! The same book among the pages of the server: no frame of its own, and links
//! that lead there.

use care::ProsePage;
use compiler::{Compiled, Page};

use crate::cards::Desk;
use crate::links::{Links, on_the_web, page_of};
use crate::{PrintError, each_once, pages, prose};

/// The chapter of what stands in no chapter.
const ABOUT: &str = "About this book";

/// Every page of the book in reading order: first what it is, last what it assumes.
///
/// # Errors
///
/// If two pages would have one address, or a template fails.
pub fn pages_for_web(library: &Compiled) -> Result<Vec<ProsePage>, PrintError> {
    let guideline = &library.guideline;
    let topics = &library.pages;
    let chapters = topics.first().map(|readme| prose::chapters(readme, topics)).unwrap_or_default();
    let chapter = |page: &Page| {
        let of_it = chapters.iter().find(|(_, paths)| paths.contains(&page.path));
        of_it.map_or(ABOUT, |(title, _)| title.as_str()).to_owned()
    };
    let mut pages = Vec::with_capacity(topics.len() + 1);
    for page in topics {
        let file = page_of(&page.path);
        let desk = Desk::new(guideline, Links::on_the_web(&file));
        pages.push(ProsePage {
            path: on_the_web(&file).to_owned(),
            chapter: chapter(page),
            title: page.title.clone(),
            html: prose::below_title(desk, page, topics)?,
        });
    }
    let file = "assumptions.html";
    pages.push(ProsePage {
        path: on_the_web(file).to_owned(),
        chapter: ABOUT.to_owned(),
        title: pages::ASSUMPTIONS.to_owned(),
        html: pages::assumption_list(Desk::new(guideline, Links::on_the_web(file)))?,
    });
    each_once(pages.iter().map(|page| format!("/learn/book/{}", page.path)))?;
    Ok(pages)
}
