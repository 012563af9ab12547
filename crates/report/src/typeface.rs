//! The two cuts of the one typeface, and how wide text is in them.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider as _};

/// Noto Sans under the SIL Open Font License (`fonts/OFL.txt`), its Latin letters only.
const REGULAR: &[u8] = include_bytes!("../fonts/noto-sans-regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/noto-sans-bold.ttf");

/// A cut of the typeface.
pub(crate) struct Face {
    pub(crate) font: Font,
    shapes: FontRef<'static>,
    units: f32,
}

/// Both cuts.
pub(crate) struct Faces {
    pub(crate) regular: Face,
    pub(crate) bold: Face,
}

impl Faces {
    /// None only if the files of the program were changed.
    pub(crate) fn new() -> Option<Self> {
        Some(Self { regular: Face::new(REGULAR)?, bold: Face::new(BOLD)? })
    }
}

impl Face {
    fn new(data: &'static [u8]) -> Option<Self> {
        let font = Font::new(data.into(), 0)?;
        let units = font.units_per_em();
        Some(Self { font, shapes: FontRef::new(data).ok()?, units })
    }

    /// A text as it is drawn; a letter that the typeface lacks is a question mark.
    pub(crate) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let letters = self.shapes.charmap();
        let widths = self.shapes.glyph_metrics(Size::unscaled(), LocationRef::default());
        let glyph = |(at, letter): (usize, char)| {
            let known = letters.map(letter).or_else(|| letters.map('?')).unwrap_or_default();
            let width = widths.advance_width(known).unwrap_or_default() / self.units;
            let range = at..at + letter.len_utf8();
            KrillaGlyph::new(GlyphId::new(known.to_u32()), width, 0.0, 0.0, 0.0, range, None)
        };
        text.char_indices().map(glyph).collect()
    }

    pub(crate) fn width(&self, text: &str, size: f32) -> f32 {
        self.glyphs(text).iter().map(|glyph| glyph.x_advance * size).sum()
    }

    /// A text in lines that are no wider; each but the last ends in a space, so that whoever
    /// copies or listens keeps the words apart.
    pub(crate) fn wrapped(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let (mut lines, mut line) = (Vec::new(), String::new());
        for word in text.split_whitespace() {
            if !line.is_empty() && width < self.width(&format!("{line}{word}"), size) {
                lines.push(std::mem::take(&mut line));
            }
            line.push_str(word);
            line.push(' ');
        }
        lines.push(line.trim_end().to_owned());
        lines
    }
}
