//! A topic's Markdown as HTML, with a card in place of every block.
//!
//! Raw HTML in the Markdown is shown as text, images become their words, and
//! links that lead nowhere in the printed book are taken off.

use care::BlockKind;
use compiler::Page;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::cards::{Desk, card, fold};
use crate::links::page_of;

/// Everything below the title of a topic, as HTML.
///
/// # Errors
///
/// If a template fails, which only a bug can cause.
pub(super) fn below_title(desk: Desk<'_>, page: &Page, pages: &[Page]) -> askama::Result<String> {
    let mut writer =
        Writer { desk, page, pages, events: Vec::new(), fence: None, in_title: false, kept: Vec::new() };
    for event in Parser::new_ext(&page.markdown, Options::ENABLE_TABLES) {
        writer.event(event)?;
    }
    let mut text = String::new();
    html::push_html(&mut text, writer.events.into_iter());
    Ok(text)
}

struct Writer<'b> {
    desk: Desk<'b>,
    page: &'b Page,
    pages: &'b [Page],
    events: Vec<Event<'b>>,
    /// The text of the open `toml` block.
    fence: Option<String>,
    in_title: bool,
    /// For each open link, whether it is kept.
    kept: Vec<bool>,
}

impl<'b> Writer<'b> {
    fn event(&mut self, event: Event<'b>) -> askama::Result<()> {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) if info.trim() == "toml" => {
                self.fence = Some(String::new());
            }
            Event::End(TagEnd::CodeBlock) if self.fence.is_some() => {
                let text = self.fence.take().unwrap_or_default();
                let block = self.block(&text)?;
                self.events.push(block);
            }
            Event::Text(text) if self.fence.is_some() => {
                if let Some(fence) = &mut self.fence {
                    fence.push_str(&text);
                }
            }
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => self.in_title = true,
            Event::End(TagEnd::Heading(HeadingLevel::H1)) => self.in_title = false,
            _ if self.in_title => {}
            Event::Start(Tag::Heading { level, .. }) => {
                self.desk.rank = (level as u8 + 1).min(6);
                self.events.push(event);
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let target = self.target(&dest_url);
                self.kept.push(target.is_some());
                if let Some(target) = target {
                    let dest_url = target.into();
                    self.events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
                }
            }
            Event::End(TagEnd::Link) => {
                if self.kept.pop().unwrap_or(false) {
                    self.events.push(Event::End(TagEnd::Link));
                }
            }
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => {}
            Event::Start(Tag::HtmlBlock) => self.events.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => self.events.push(Event::End(TagEnd::Paragraph)),
            Event::Html(text) | Event::InlineHtml(text) => self.events.push(Event::Text(text)),
            other => self.events.push(other),
        }
        Ok(())
    }

    /// The card of a block. A compiled book has one for every block; if it had
    /// not, the reader would see the block as it is written.
    fn block(&self, text: &str) -> askama::Result<Event<'static>> {
        let found = match header(text) {
            Some((kind, id)) => {
                let card = card(self.desk, kind, id)?;
                if self.desk.links.are_on_the_web() {
                    card.map(|card| fold(self.desk, kind, id, card)).transpose()?
                } else {
                    card
                }
            }
            None => None,
        };
        Ok(found.map_or_else(|| Event::Code(text.to_owned().into()), |html| Event::Html(html.into())))
    }

    /// Where a link of the Markdown leads in the printed book.
    fn target(&self, written: &str) -> Option<String> {
        if written.starts_with("https://") || written.starts_with("http://") {
            return Some(written.to_owned());
        }
        let path = resolve(&self.page.path, written.split('#').next().unwrap_or(written))?;
        let is_topic = self.pages.iter().any(|page| page.path == path);
        let page = match path.as_str() {
            "sources.toml" => "sources.html".to_owned(),
            topic if is_topic => page_of(topic),
            _ => return None,
        };
        Some(self.desk.links.to_page(&page))
    }
}

/// The kind and id in the table header of a block.
fn header(text: &str) -> Option<(BlockKind, &str)> {
    let line = text.lines().map(str::trim).find(|line| line.starts_with('['))?;
    let inner = line.strip_prefix('[')?.split(']').next()?;
    let (kind, id) = inner.split_once('.')?;
    let kind = BlockKind::named(kind.trim())?;
    Some((kind, id.trim()))
}

/// A relative path, seen from a file of the book; none if it leads out of the book.
fn resolve(from: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

/// The chapters of the book with their topics, as the headings and lists of its
/// first page give them: title of the chapter, paths of its topics.
pub(super) fn chapters(readme: &Page, pages: &[Page]) -> Vec<(String, Vec<String>)> {
    let mut chapters: Vec<(String, Vec<String>)> = Vec::new();
    let mut heading = String::new();
    let mut in_heading = false;
    let mut lists = 0;
    for event in Parser::new_ext(&readme.markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                heading.clear();
                in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Start(Tag::List(_)) => lists += 1,
            Event::End(TagEnd::List(_)) => lists -= 1,
            Event::Text(text) | Event::Code(text) if in_heading => heading.push_str(&text),
            Event::Start(Tag::Link { dest_url, .. }) if lists > 0 => {
                let Some(path) = resolve(&readme.path, &dest_url) else { continue };
                if !pages.iter().any(|page| page.path == path) {
                    continue;
                }
                match chapters.last_mut() {
                    Some((title, topics)) if *title == heading => topics.push(path),
                    _ => chapters.push((heading.clone(), vec![path])),
                }
            }
            _ => {}
        }
    }
    chapters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_names_kind_and_id() {
        assert_eq!(header("# note\n[rule.fever]\nwhen = \"fever\""), Some((BlockKind::Rule, "fever")));
        assert_eq!(header("nothing here"), None);
    }

    #[test]
    fn links_are_seen_from_their_file() {
        assert_eq!(resolve("danger/age.md", "../relief/cold.md").as_deref(), Some("relief/cold.md"));
        assert_eq!(resolve("danger/age.md", "cancer.md").as_deref(), Some("danger/cancer.md"));
        assert_eq!(resolve("README.md", "../secret.md"), None);
    }
}
