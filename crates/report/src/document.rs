//! The file: what is drawn on each page, and the tree that says how it is read.

use std::num::NonZeroU16;

use krilla::color::luma;
use krilla::configure::{Configuration, Validator};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{ArtifactType, ContentTag, Identifier, ListNumbering, SpanTag, Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};
use tell::{BODY_HEIGHT, BODY_WIDTH, BodyView, DoctorPage, Message, Section};

use crate::blocks::{BODY, Ink, Role};
use crate::layout::{EDGE, PAGE, Placed, layout};
use crate::outline::path;
use crate::typeface::{Face, Faces};

/// A file inside the PDF.
#[derive(Clone, Debug)]
pub struct Attachment<'a> {
    /// Its name: `for-the-doctor.fhir.json`.
    pub name: &'a str,
    /// What it is, for who opens the list of attachments.
    pub says: String,
    /// Its kind: `application/json`.
    pub mime_type: &'a str,
    /// What is in it.
    pub text: String,
}

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
#[error("the PDF cannot be written: {0}")]
pub struct ReportError(String);

/// Where each text stands in the order of reading.
struct Read {
    title: String,
    heading: Vec<Identifier>,
    entries: Vec<ReadEntry>,
}

#[derive(Clone, Default)]
struct ReadEntry {
    mark: Vec<Identifier>,
    words: Vec<Identifier>,
    notes: Vec<Vec<Identifier>>,
}

/// The page as a PDF, with the marked places drawn on the body, and with files inside.
///
/// # Errors
///
/// [`ReportError`] where it would not be a PDF/UA-1 file.
pub fn pdf(
    page: &DoctorPage<'_>,
    body: &[BodyView],
    attachments: Vec<Attachment<'_>>,
) -> Result<Vec<u8>, ReportError> {
    let failed = |what: &str| ReportError(what.to_owned());
    let configuration = Configuration::new_with_validator(Validator::UA1);
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let faces = Faces::new().ok_or_else(|| failed("the typeface does not read"))?;
    let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| failed("the paper has no size"))?;
    let head = Head::of(page);
    let placed = layout(page, head.height, &faces, !body.is_empty());
    let mut read: Vec<Read> = page.sections.iter().map(Read::of).collect();
    let mut tree = TagTree::new().with_lang(Some("en".to_owned()));
    let mut outline = Outline::new();
    for number in 0..=placed.last().map_or(0, |last| last.page) {
        let mut sheet = document.start_page_with(settings.clone());
        let mut surface = sheet.surface();
        if number == 0 {
            head.draw(&mut surface, &faces, &mut tree);
        }
        for one in placed.iter().filter(|one| one.page == number) {
            draw(&mut surface, one, &faces, &mut read[one.block.section]);
            if one.block.has_body {
                draw_body(&mut surface, body, (one.left, one.top), &faces);
            }
            if one.block.is_heading() {
                let at = XyzDestination::new(number, Point::from_xy(one.left, one.top));
                outline.push_child(OutlineNode::new(read[one.block.section].title.clone(), at));
            }
        }
        foot(&mut surface, page, &faces);
        surface.finish();
        sheet.finish();
    }
    for section in read {
        tree.push(section.group());
    }
    document.set_tag_tree(tree);
    document.set_outline(outline);
    let title = Message::DoctorTitle.to_string();
    document
        .set_metadata(Metadata::new().title(title).language("en".to_owned()).creator("Unclench".to_owned()));
    for file in attachments {
        document.embed_file(EmbeddedFile {
            path: file.name.to_owned(),
            mime_type: MimeType::new(file.mime_type),
            description: Some(file.says),
            association_kind: AssociationKind::Data,
            data: file.text.into_bytes().into(),
            modification_date: None,
            compress: Some(true),
            location: None,
        });
    }
    document.finish().map_err(|error| ReportError(format!("{error:?}")))
}

impl Read {
    fn of(section: &Section<'_>) -> Self {
        let entries = vec![ReadEntry::default(); section.lines.len()];
        Self { title: section.title.to_string(), heading: Vec::new(), entries }
    }

    /// A section with its heading and a list.
    fn group(self) -> TagGroup {
        let mut section = TagGroup::new(Tag::Section);
        section.push(leaves(Tag::Hn(NonZeroU16::MIN.saturating_add(1), Some(self.title)), self.heading));
        let mut list = TagGroup::new(Tag::L(ListNumbering::None));
        let has_entries = !self.entries.is_empty();
        for entry in self.entries {
            let mut item = TagGroup::new(Tag::LI);
            if !entry.mark.is_empty() {
                item.push(leaves(Tag::Lbl, entry.mark));
            }
            let mut body = TagGroup::new(Tag::LBody);
            body.push(leaves(Tag::P, entry.words));
            for note in entry.notes {
                body.push(leaves(Tag::P, note));
            }
            item.push(body);
            list.push(item);
        }
        if has_entries {
            section.push(list);
        }
        section
    }
}

fn leaves(tag: impl Into<krilla::tagging::TagKind>, identifiers: Vec<Identifier>) -> TagGroup {
    let mut group = TagGroup::new(tag);
    for identifier in identifiers {
        group.push(identifier);
    }
    group
}

/// What stands above the sections: the title, what this is, and room for a name.
struct Head {
    title: String,
    about: [String; 2],
    fields: [(f32, String); 3],
    height: f32,
}

impl Head {
    fn of(page: &DoctorPage<'_>) -> Self {
        let third = (PAGE.0 - 2.0 * EDGE) / 4.0;
        let fields = [
            (EDGE, Message::DoctorName.to_string()),
            (EDGE + 2.0 * third, Message::DoctorBorn.to_string()),
            (EDGE + 3.0 * third, Message::DoctorDate.to_string()),
        ];
        let title = Message::DoctorTitle.to_string();
        Self {
            title,
            about: [page.about.to_string(), page.confided.to_string()],
            fields,
            height: EDGE + 66.0,
        }
    }

    fn draw(&self, surface: &mut Surface<'_>, faces: &Faces, tree: &mut TagTree) {
        let title = text(surface, &faces.bold, 14.0, (EDGE, EDGE + 12.0), &self.title);
        tree.push(leaves(Tag::Hn(NonZeroU16::MIN, Some(self.title.clone())), vec![title]));
        for (about, base) in self.about.iter().zip([22.0, 30.0]) {
            let about = text(surface, &faces.regular, 6.8, (EDGE, EDGE + base), about);
            tree.push(leaves(Tag::P, vec![about]));
        }
        let third = (PAGE.0 - 2.0 * EDGE) / 4.0;
        for (number, (left, label)) in self.fields.iter().enumerate() {
            let label = text(surface, &faces.regular, 6.8, (*left, EDGE + 42.0), label);
            tree.push(leaves(Tag::P, vec![label]));
            let width = if number == 0 { 2.0 * third } else { third };
            ink(surface, (*left, EDGE + 60.0, width - 10.0, 0.6));
        }
    }
}

/// The line of the guideline, which stands on every page and is read nowhere twice.
fn foot(surface: &mut Surface<'_>, page: &DoctorPage<'_>, faces: &Faces) {
    let made = page.made.to_string();
    surface.start_tagged(ContentTag::Artifact(ArtifactType::Other));
    let at = Point::from_xy(EDGE, PAGE.1 - EDGE);
    surface.draw_glyphs(at, &faces.regular.glyphs(&made), faces.regular.font.clone(), &made, 6.5, false);
    surface.end_tagged();
}

fn draw(surface: &mut Surface<'_>, placed: &Placed, faces: &Faces, read: &mut Read) {
    for (left, top, width, height) in &placed.block.inks {
        ink(surface, (placed.left + left, placed.top + top, *width, *height));
    }
    for piece in &placed.block.pieces {
        let face = if piece.is_bold { &faces.bold } else { &faces.regular };
        let at = (placed.left + piece.left, placed.top + piece.base);
        let identifier = text(surface, face, piece.size, at, &piece.text);
        let entry = placed.block.entry.and_then(|entry| read.entries.get_mut(entry));
        match (piece.role, entry) {
            (Role::Mark, Some(entry)) => entry.mark.push(identifier),
            (Role::Words, Some(entry)) => entry.words.push(identifier),
            (Role::Note(number), Some(entry)) => {
                if entry.notes.len() <= number {
                    entry.notes.resize_with(number + 1, Vec::new);
                }
                entry.notes[number].push(identifier);
            }
            _ => read.heading.push(identifier),
        }
    }
}

/// Draws the body with its marks. The list above it says the same places, so nobody hears it twice.
fn draw_body(surface: &mut Surface<'_>, body: &[BodyView], (left, top): (f32, f32), faces: &Faces) {
    let scale = BODY / BODY_HEIGHT;
    let (line, mark) = (luma::Color::new(120), luma::Color::new(60));
    surface.start_tagged(ContentTag::Artifact(ArtifactType::Other));
    let mut left = left;
    for view in body {
        for shape in &view.shapes {
            let mirrored_in = shape.is_mirrored.then_some(BODY_WIDTH);
            let Some(path) = path(shape.outline, scale, (left, top), mirrored_in) else { continue };
            surface.set_fill(shape.is_marked.then(|| Fill { paint: mark.into(), ..Fill::default() }));
            surface.set_stroke(Some(Stroke { paint: line.into(), width: 0.5, ..Stroke::default() }));
            surface.draw_path(&path);
        }
        surface.set_stroke(None);
        surface.set_fill(Some(Fill::default()));
        let size = 5.0;
        let width = scale * BODY_WIDTH;
        for (edge, at) in
            [(view.edges[0], 0.0), (view.edges[1], width - faces.regular.width(view.edges[1], size))]
        {
            let at = Point::from_xy(left + at, top + size);
            let glyphs = faces.regular.glyphs(edge);
            surface.draw_glyphs(at, &glyphs, faces.regular.font.clone(), edge, size, false);
        }
        left += width + 10.0;
    }
    surface.end_tagged();
}

/// Draws a line of text; where it stands in the order of reading.
fn text(surface: &mut Surface<'_>, face: &Face, size: f32, at: (f32, f32), text: &str) -> Identifier {
    let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
    surface.draw_glyphs(Point::from_xy(at.0, at.1), &face.glyphs(text), face.font.clone(), text, size, false);
    surface.end_tagged();
    identifier
}

/// Draws what nobody reads.
fn ink(surface: &mut Surface<'_>, (left, top, width, height): Ink) {
    let Some(rect) = Rect::from_xywh(left, top, width, height) else { return };
    let mut path = PathBuilder::new();
    path.push_rect(rect);
    let Some(path) = path.finish() else { return };
    surface.start_tagged(ContentTag::Artifact(ArtifactType::Other));
    surface.draw_path(&path);
    surface.end_tagged();
}
