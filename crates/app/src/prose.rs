//! The prose of the book, beside the program: half of all bytes, and read by few.
//!
//! In the book of a site each page of prose is a mark that names its file; the worker asks
//! for the file when the page is read.

#[cfg(not(target_arch = "wasm32"))]
use care::ProsePage;

const BEGINS: &str = "<!--prose:";
const ENDS: &str = "-->";

/// The page with a mark in the place of its text, and the file with the text.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn apart(page: ProsePage) -> (ProsePage, (String, Vec<u8>)) {
    let name = format!("prose/{}.html", page.path);
    let mark = format!("{BEGINS}{name}{ENDS}");
    let file = (name, page.html.into_bytes());
    (ProsePage { html: mark, ..page }, file)
}

/// The file that a page waits for. No person can write a mark: what they write is escaped.
pub(crate) fn wanted(html: &str) -> Option<&str> {
    let (_, after) = html.split_once(BEGINS)?;
    after.split_once(ENDS).map(|(name, _)| name)
}

/// The page with its text.
pub(crate) fn whole(html: &str, name: &str, text: &str) -> String {
    html.replace(&format!("{BEGINS}{name}{ENDS}"), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_apart_comes_together_again() {
        let page = ProsePage {
            path: "danger/fever".to_owned(),
            chapter: "Danger".to_owned(),
            title: "Fever".to_owned(),
            html: "<p>Fever and back pain.</p>".to_owned(),
        };
        let (marked, (name, text)) = apart(page.clone());
        assert_eq!(name, "prose/danger/fever.html");
        let around = format!("<main>{}</main>", marked.html);
        assert_eq!(wanted(&around), Some(name.as_str()));
        let text = String::from_utf8(text).unwrap();
        assert_eq!(whole(&around, &name, &text), format!("<main>{}</main>", page.html));
        assert_eq!(wanted("<main></main>"), None);
    }
}
