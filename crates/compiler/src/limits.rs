//! How large a book may be.
//!
//! Some checks compare everything with everything, and a message shows its line. So a
//! book that is ten times as large as the real one, or has a line that nobody could read,
//! is refused before it costs anything; so is a character that would act on a screen
//! instead of being read.

use std::ops::Range;

use crate::SourceFile;
use crate::problem::{FileId, Log, Spot};

/// Bytes of one file; the longest has some 200,000.
const MOST_BYTES: usize = 2 << 20;

/// Bytes of all files; the real ones have 2.3 million, vignettes included.
const MOST_BYTES_IN_ALL: usize = 16 << 20;

/// Bytes of one line; the longest has some 600.
const LONGEST_LINE: usize = 8_000;

/// Blocks; there are some 1,100.
const MOST_BLOCKS: usize = 6_000;

/// Rules; there are 171, and each is compared with each.
const MOST_RULES: usize = 1_000;

/// Tables of a TOML file, such as the sources, of which there are 565.
const MOST_TABLES: usize = 5_000;

/// Whether a book can be looked at; if not, what is too large is reported.
pub(crate) fn check(files: &[SourceFile], log: &mut Log) -> bool {
    let mut counts = Counts::default();
    for (file, source) in (0..).map(FileId).zip(files) {
        counts.bytes += source.text.len();
        if MOST_BYTES < source.text.len() {
            let message = format!("this file has more than {MOST_BYTES} bytes");
            log.problem(&Spot { file, span: 0..0 }, message, "cut it into several");
            continue;
        }
        check_lines(file, &source.text, &mut counts, log);
    }
    for (count, most, what) in [
        (counts.bytes, MOST_BYTES_IN_ALL, "bytes"),
        (counts.blocks, MOST_BLOCKS, "blocks"),
        (counts.rules, MOST_RULES, "rules"),
        (counts.tables, MOST_TABLES, "tables in one TOML file"),
    ] {
        if most < count {
            let message = format!("the book has {count} {what}, more than the {most} that can be checked");
            log.problem(&Spot { file: FileId(0), span: 0..0 }, message, "no book needs so many; remove some");
        }
    }
    log.is_empty()
}

/// What a book has too many of.
#[derive(Default)]
struct Counts {
    bytes: usize,
    blocks: usize,
    rules: usize,
    tables: usize,
}

fn check_lines(file: FileId, text: &str, counts: &mut Counts, log: &mut Log) {
    let (mut start, mut tables) = (0, 0);
    for line in text.split_inclusive('\n') {
        let span = start..start + line.len();
        start = span.end;
        let bare = line.trim_start();
        counts.blocks += usize::from(bare.starts_with("```toml") || bare.starts_with("~~~toml"));
        counts.rules += usize::from(bare.starts_with("[rule"));
        tables += usize::from(bare.starts_with('['));
        if LONGEST_LINE < line.len() {
            let spot = Spot { file, span: span.start..span.start };
            let message = format!("this line has {} bytes, more than {LONGEST_LINE}", line.len());
            log.problem(&spot, message, "nobody can read it; break it, or say it in parts");
        }
        if let Some(place) = acting(line) {
            let spot = Spot { file, span: span.start + place.start..span.start + place.end };
            let name = line[place].escape_unicode();
            let message = format!("a character that acts on a screen instead of being read: {name}");
            log.problem(&spot, message, "take it out");
        }
    }
    counts.tables = counts.tables.max(tables);
}

/// The first character of a line that acts instead of being read.
pub(crate) fn acting(line: &str) -> Option<Range<usize>> {
    // A mark of the byte order at the start of a file, and the end of a line, say nothing.
    let is_fine = |letter: char| matches!(letter, '\t' | '\r' | '\n' | '\u{feff}');
    let found = line.char_indices().find(|(_, letter)| care::is_acting(*letter) && !is_fine(*letter));
    found.map(|(at, letter)| at..at + letter.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> String {
        let files = [SourceFile { path: "README.md".into(), text: text.into() }];
        let mut log = Log::new(&files);
        if check(&files, &mut log) { String::new() } else { log.into_problems().to_string() }
    }

    #[test]
    fn what_is_too_large_is_refused_at_once() {
        assert_eq!(messages("# A book\n\tof one line\r\n"), "");
        for (text, says) in [
            (format!("a\n{}\n", "b".repeat(8_001)), "README.md:2:1: this line has 8002 bytes"),
            ("a\n".repeat(1 << 20) + "b", "more than 2097152 bytes"),
            ("[rule.a]\n".repeat(1_001), "the book has 1001 rules"),
            ("[a]\n".repeat(5_001), "5001 tables in one TOML file"),
            ("```toml\n```\n".repeat(6_001), "6001 blocks"),
            ("a\u{1b}[2J\n".to_owned(), "README.md:1:2: a character that acts on a screen"),
            ("title\na\u{202e}b\n".to_owned(), "README.md:2:2: a character that acts on a screen"),
        ] {
            let messages = messages(&text);
            assert!(messages.contains(says), "{says}: {}", &messages[..messages.len().min(400)]);
            assert!(messages.len() < 10_000, "{says}: {} bytes of messages", messages.len());
        }
    }
}
