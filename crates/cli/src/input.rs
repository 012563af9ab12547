//! Files and standard input, read whole, but never for ever.
//!
//! A pipe that nobody writes to never ends, nor does `/dev/zero`. So only files are
//! read by name, and only so much of them and of standard input as any honest input has.

use std::fs::File;
use std::io::{BufRead, Read};
use std::path::Path;

use crate::exit::BadInput;

/// Answers, a certificate, a diary, doses, a vignette: 16 MiB, hundreds of times the
/// longest that this program makes.
pub(crate) const MOST_BYTES: u64 = 16 << 20;

/// The text of a file, or of standard input for `-`.
///
/// # Errors
///
/// [`BadInput`] says what is wrong with it.
pub(crate) fn read(source: &str, most: u64) -> anyhow::Result<String> {
    if source == "-" {
        return text_of(std::io::stdin().lock(), "standard input", most);
    }
    read_file(Path::new(source), most)
}

/// The text of a file of at most so many bytes, without a mark of the byte order; `-` is
/// standard input.
///
/// # Errors
///
/// [`BadInput`] if it cannot be read, is no file but a pipe or a device, is longer, or
/// is not text.
pub(crate) fn read_file(path: &Path, most: u64) -> anyhow::Result<String> {
    if path.as_os_str() == "-" {
        return text_of(std::io::stdin().lock(), "standard input", most);
    }
    text_of(open(path)?, &care::printable(&path.display().to_string()), most)
}

/// The next line of an input, with its end; none at the end of the input.
///
/// # Errors
///
/// [`BadInput`] if it cannot be read, or is longer than any honest line.
pub(crate) fn line(input: &mut impl BufRead) -> anyhow::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = input.take(MOST_BYTES + 1).read_until(b'\n', &mut bytes);
    let read = read.map_err(|error| BadInput::because(format!("cannot read the input: {error}")))?;
    if MOST_BYTES < bytes.len() as u64 {
        return Err(BadInput::because(format!("a line of the input has more than {MOST_BYTES} bytes")));
    }
    Ok((read > 0).then_some(bytes))
}

/// A file that is read line by line.
///
/// # Errors
///
/// As [`read_file`].
pub(crate) fn open(path: &Path) -> anyhow::Result<File> {
    let name = path.display().to_string();
    let name = care::printable(&name);
    let cannot = |error: std::io::Error| BadInput::because(format!("cannot read {name}: {error}"));
    // Looked at before it is opened: opening a pipe waits for somebody to write to it.
    let metadata = std::fs::metadata(path).map_err(cannot)?;
    if metadata.is_dir() {
        return Err(BadInput::because(format!("cannot read {name}: it is a folder")));
    }
    if !metadata.is_file() {
        return Err(BadInput::because(format!(
            "cannot read {name}: it is a pipe or a device and no file; give a file, or `-` for standard input"
        )));
    }
    File::open(path).map_err(cannot)
}

/// What a file holds that is no text.
///
/// # Errors
///
/// As [`read_file`].
pub(crate) fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    let name = path.display().to_string();
    let name = care::printable(&name);
    let mut bytes = Vec::new();
    let read = open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes);
    read.map_err(|error| BadInput::because(format!("cannot read {name}: {error}")))?;
    if MOST_BYTES < bytes.len() as u64 {
        return Err(BadInput::because(format!("{name} is too long: more than {MOST_BYTES} bytes")));
    }
    Ok(bytes)
}

fn text_of(input: impl Read, name: &str, most: u64) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    let read = input.take(most + 1).read_to_end(&mut bytes);
    read.map_err(|error| BadInput::because(format!("cannot read {name}: {error}")))?;
    if most < bytes.len() as u64 {
        return Err(BadInput::because(format!("{name} is too long: more than {most} bytes")));
    }
    decoded(bytes).map_err(|byte| {
        BadInput::because(format!("{name} is not text in UTF-8, from byte {byte} on; save it as UTF-8"))
    })
}

/// A text without the mark of the byte order that some editors, spreadsheets and shells
/// put before it. Where the mark says so it is in UTF-16, as shells of Windows
/// write.
///
/// # Errors
///
/// The first byte, counted from 1, that is no text.
fn decoded(bytes: Vec<u8>) -> Result<String, usize> {
    let utf_16 = |pair: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|chunk| pair([chunk[0], chunk[1]]));
        let text: Result<String, _> = char::decode_utf16(units).collect();
        text.ok().filter(|_| bytes.len().is_multiple_of(2)).ok_or(3)
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => return utf_16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => return utf_16(u16::from_be_bytes),
        _ => {}
    }
    let text = String::from_utf8(bytes).map_err(|error| error.utf8_error().valid_up_to() + 1)?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// An input that is read line by line, without the mark of the byte order before it.
///
/// # Errors
///
/// [`BadInput`] if it is in UTF-16, which has to be read whole, and is no text or too long.
pub(crate) fn without_mark(mut input: Box<dyn BufRead>) -> anyhow::Result<Box<dyn BufRead>> {
    let first = input.fill_buf();
    let first = first.map_err(|error| BadInput::because(format!("cannot read the input: {error}")))?;
    match first {
        [0xef, 0xbb, 0xbf, ..] => input.consume(3),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            let text = text_of(input, "the input", MOST_BYTES)?;
            return Ok(Box::new(std::io::Cursor::new(text.into_bytes())));
        }
        _ => {}
    }
    Ok(input)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn a_text_is_read_with_any_mark_of_the_byte_order() {
        let text = "{\"trigger\": \"épaule\"}";
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark.to_vec(), bytes].concat();
        let little = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(&[0xef, 0xbb, 0xbf], text.as_bytes().to_vec()),
            marked(&[0xff, 0xfe], little),
            marked(&[0xfe, 0xff], big),
        ] {
            assert_eq!(decoded(bytes).as_deref(), Ok(text));
        }
        for bytes in [&[0xff, 0xfe, 0x00][..], &[0xfe, 0xff, 0xd8, 0x00], b"ab\xff"] {
            assert_eq!(decoded(bytes.to_vec()), Err(3));
        }
    }
}
