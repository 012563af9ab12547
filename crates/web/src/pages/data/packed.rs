//! A file on its way through a form, made small.
//!
//! The text of an import stands in a hidden field between its two steps. As it is, each
//! of its quotes would take five letters there, and 64 MiB would become half as much again.

use std::io::{Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

/// A text in letters that a form does not escape.
pub(crate) fn pack(text: &str) -> String {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    // Writing into memory does not fail; were it to, nothing would come back.
    let bytes = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish()).unwrap_or_default();
    STANDARD.encode(bytes)
}

/// The text again; none if it is no packed text, or one longer than any import.
pub(crate) fn unpack(packed: &str) -> Option<String> {
    let bytes = STANDARD.decode(packed).ok()?;
    let most = u64::try_from(store::MOST_BYTES).ok()?;
    let mut text = Vec::new();
    DeflateDecoder::new(bytes.as_slice()).take(most + 1).read_to_end(&mut text).ok()?;
    if store::MOST_BYTES < text.len() { None } else { String::from_utf8(text).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_and_what_is_none_does_not() {
        for text in ["", "{}", "\"pain\": \"7\"\n \u{feff} ä"] {
            assert_eq!(unpack(&pack(text)).as_deref(), Some(text));
        }
        let long = "{\"events\": [0, 0, 0]}".repeat(1_000);
        assert!(pack(&long).len() * 10 < long.len());
        for bad in ["!", "abc", "AAAA", "{\"schema\": 1}"] {
            assert_eq!(unpack(bad), None, "{bad}");
        }
        let bomb = pack(&" ".repeat(store::MOST_BYTES + 1));
        assert_eq!(unpack(&bomb), None, "longer than any import");
    }
}
