//! A Markdown file taken apart: its title, its links and its fenced blocks.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::problem::{FileId, Log, Spot};

/// What the compiler needs of one Markdown file.
pub(crate) struct Document<'t> {
    /// Text of the `# Title`; empty if it is missing, which is then reported.
    pub(crate) title: String,
    /// Where the title stands.
    pub(crate) title_span: Range<usize>,
    /// The first paragraph, if it stands directly under the title.
    pub(crate) first_paragraph: Option<(String, Range<usize>)>,
    /// Every paragraph that stands by itself, in order.
    pub(crate) paragraphs: Vec<String>,
    /// Targets of the links inside lists, in order.
    pub(crate) list_links: Vec<(String, Range<usize>)>,
    /// Targets of all other links.
    pub(crate) links: Vec<(String, Range<usize>)>,
    /// The `toml` blocks, in order.
    pub(crate) fences: Vec<Fence<'t>>,
}

/// One fenced `toml` block.
pub(crate) struct Fence<'t> {
    /// Where its text begins in the file.
    pub(crate) start: usize,
    /// What stands between the fences.
    pub(crate) text: &'t str,
    /// Plain text of the paragraph directly above; empty if there is none.
    pub(crate) prose: String,
}

/// Takes a file apart; what breaks the format is reported.
pub(crate) fn read<'t>(text: &'t str, file: FileId, log: &mut Log) -> Document<'t> {
    let mut reader = Reader {
        text,
        file,
        document: Document {
            title: String::new(),
            title_span: 0..0,
            first_paragraph: None,
            paragraphs: Vec::new(),
            list_links: Vec::new(),
            links: Vec::new(),
            fences: Vec::new(),
        },
        depth: 0,
        lists: 0,
        titles: 0,
        top_level_blocks: 0,
        prose: String::new(),
        above: String::new(),
        fence: None,
    };
    for (event, span) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        reader.event(event, span, log);
    }
    if reader.titles == 0 {
        log.problem(
            &Spot { file, span: 0..text.lines().next().map_or(0, str::len) },
            "the file has no title",
            "start it with one line `# Title`",
        );
    }
    reader.document
}

struct Reader<'t> {
    text: &'t str,
    file: FileId,
    document: Document<'t>,
    /// How many elements are open.
    depth: usize,
    /// How many lists are open.
    lists: usize,
    /// How many first-level headings there were.
    titles: usize,
    /// How many elements of the outermost level there were.
    top_level_blocks: usize,
    /// Plain text of the open heading or paragraph.
    prose: String,
    /// The paragraph that has just ended, while nothing else follows it.
    above: String,
    /// The text of the open code block, and where it stands.
    fence: Option<(String, Option<Range<usize>>)>,
}

impl<'t> Reader<'t> {
    fn event(&mut self, event: Event<'t>, span: Range<usize>, log: &mut Log) {
        match event {
            Event::Start(tag) => self.start(&tag, span, log),
            Event::End(tag) => self.end(tag, span, log),
            Event::Text(text) => match &mut self.fence {
                Some((fenced, fenced_span)) => {
                    fenced.push_str(&text);
                    let start = fenced_span.as_ref().map_or(span.start, |known| known.start);
                    *fenced_span = Some(start..span.end);
                }
                None => self.prose.push_str(&text),
            },
            Event::Code(code) => self.prose.push_str(&code),
            Event::SoftBreak | Event::HardBreak => self.prose.push(' '),
            Event::Rule | Event::Html(_) if self.depth == 0 => self.above.clear(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'t>, span: Range<usize>, log: &mut Log) {
        if self.depth == 0 {
            self.prose.clear();
            self.top_level_blocks += 1;
        }
        self.depth += 1;
        match tag {
            Tag::Heading { level: HeadingLevel::H1, .. } => {
                self.titles += 1;
                if self.titles > 1 {
                    let help = "a file has one `# Title`; use `##` for its parts, or make a file of its own";
                    log.problem(&self.spot(span), "the file has a second title", help);
                } else if self.top_level_blocks > 1 {
                    let help = "move the line `# Title` to the top of the file";
                    log.problem(&self.spot(span), "the file does not start with its title", help);
                }
            }
            Tag::List(_) => self.lists += 1,
            Tag::Link { dest_url, .. } => {
                let Document { list_links, links, .. } = &mut self.document;
                let links = if self.lists > 0 { list_links } else { links };
                links.push((dest_url.to_string(), span));
            }
            Tag::CodeBlock(kind) => self.fence_start(kind, span, log),
            _ => {}
        }
    }

    /// A misspelt fence would drop a rule without a word, so only two kinds are allowed.
    fn fence_start(&mut self, kind: &CodeBlockKind<'t>, span: Range<usize>, log: &mut Log) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.trim(),
            CodeBlockKind::Indented => "",
        };
        if language == "toml" {
            self.fence = Some((String::new(), None));
        } else if language != "text" {
            let message = "a block that is neither `toml` nor `text`";
            let help = "open it with ```toml, or with ```text if it is only to be read";
            log.problem(&self.first_line(span), message, help);
            log.has_unreadable_block = true;
        }
    }

    fn end(&mut self, tag: TagEnd, span: Range<usize>, log: &mut Log) {
        self.depth = self.depth.saturating_sub(1);
        let is_top_level = self.depth == 0;
        match tag {
            TagEnd::List(_) => self.lists = self.lists.saturating_sub(1),
            TagEnd::Heading(HeadingLevel::H1) if self.titles == 1 => {
                self.document.title = self.prose.trim().to_owned();
                self.document.title_span = self.spot(span.clone()).span;
            }
            TagEnd::CodeBlock => self.fence_end(&span, log),
            _ => {}
        }
        if is_top_level {
            self.above.clear();
            if tag == TagEnd::Paragraph {
                self.above = self.prose.trim().to_owned();
                self.document.paragraphs.push(self.above.clone());
                if self.top_level_blocks == 2 {
                    self.document.first_paragraph = Some((self.above.clone(), span));
                }
            }
        }
    }

    fn fence_end(&mut self, span: &Range<usize>, log: &mut Log) {
        let Some((fenced, fenced_span)) = self.fence.take() else { return };
        let fenced_span = fenced_span.unwrap_or(span.start..span.start);
        let text = &self.text[fenced_span.clone()];
        // Positions inside the block are positions in the file only while nothing was cut away.
        if text == fenced || text.replace("\r\n", "\n") == fenced {
            let prose = std::mem::take(&mut self.above);
            self.document.fences.push(Fence { start: fenced_span.start, text, prose });
        } else {
            let help = "move it to the start of the line, outside lists and quotes";
            log.problem(&self.first_line(span.clone()), "an indented `toml` block", help);
            log.has_unreadable_block = true;
        }
    }

    fn spot(&self, span: Range<usize>) -> Spot {
        let text = &self.text[span.clone()];
        Spot { file: self.file, span: span.start..span.start + text.trim_end().len() }
    }

    fn first_line(&self, span: Range<usize>) -> Spot {
        let text = self.text[span.clone()].lines().next().unwrap_or_default();
        Spot { file: self.file, span: span.start..span.start + text.trim_end().len() }
    }
}
