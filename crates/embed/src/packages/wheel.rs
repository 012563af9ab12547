//! The form of a wheel: a zip file with a list of what is in it.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::File;
use super::zip::zip;

/// A package that becomes a wheel.
pub(super) struct Wheel {
    name: &'static str,
    version: &'static str,
    files: Vec<File>,
}

impl Wheel {
    pub(super) fn new(name: &'static str, version: &'static str) -> Self {
        Self { name, version, files: Vec::new() }
    }

    pub(super) fn put(&mut self, path: String, bytes: Vec<u8>) {
        self.files.push((path, bytes));
    }

    /// The wheel with its file name.
    pub(super) fn file(mut self, description: &str) -> File {
        let Self { name, version, .. } = self;
        let about = format!("{name}-{version}.dist-info");
        let form = "Wheel-Version: 1.0\nGenerator: unclench\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
        self.put(format!("{about}/METADATA"), description.as_bytes().to_vec());
        self.put(format!("{about}/WHEEL"), form.as_bytes().to_vec());
        let mut record = String::new();
        for (path, bytes) in &self.files {
            let hash = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(bytes));
            // Writing to a text cannot fail.
            let _ = writeln!(record, "{path},sha256={hash},{}", bytes.len());
        }
        // The list cannot name its own hash.
        let _ = writeln!(record, "{about}/RECORD,,");
        self.put(format!("{about}/RECORD"), record.into_bytes());
        (format!("{name}-{version}-py3-none-any.whl"), zip(&self.files))
    }
}
