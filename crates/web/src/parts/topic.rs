//! The page of the book that a block stands on: its title, and the way there.

use care::ProsePage;

use crate::site::Site;

/// The path of the page made of a file of the book.
fn stem(file: &str) -> &str {
    file.strip_suffix(".md").unwrap_or(file)
}

fn page_of<'s>(site: &'s Site<'_>, path: &str) -> Option<&'s ProsePage> {
    site.book().iter().find(|page| page.path == path)
}

/// The title of a file of the book.
pub(crate) fn title(site: &Site<'_>, file: &str) -> String {
    let path = stem(file);
    // A book without its prose is still told apart by the names of its files.
    let name = path.rsplit('/').next().unwrap_or(path);
    page_of(site, path)
        .map_or_else(|| care::sentence_case(&name.replace('_', " ")), |page| page.title.clone())
}

/// Where a block stands: `remedy.heat` in the file `relief/heat.md`; with the title of the page.
pub(crate) fn page_link(site: &Site<'_>, file: &str, block: &str) -> Option<(String, String)> {
    let page = page_of(site, stem(file))?;
    Some((format!("/learn/book/{}#{}", page.path, block.replace('.', "-")), page.title.clone()))
}
