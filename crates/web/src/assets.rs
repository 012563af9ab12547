//! The style sheet, the scripts and the icons, embedded in the program.
//!
//! Their path holds a fingerprint of them all, so that a browser may keep them
//! for ever and still never shows a page with the style of another version.

use std::borrow::Cow;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::response::Response;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// The order in which the style sheet is put together: later ones may lean on earlier ones.
const STYLES: &str = "styles/";

/// Every asset, ready to send.
#[derive(Debug)]
pub(crate) struct Assets {
    fingerprint: String,
    style: Vec<u8>,
}

impl Assets {
    /// Reads the embedded files and puts the style sheet together.
    pub(crate) fn new() -> Self {
        let mut names: Vec<Cow<'static, str>> = Files::iter().collect();
        names.sort_unstable();
        let mut hash = Sha256::new();
        let mut style = Vec::new();
        for name in names {
            let Some(file) = Files::get(&name) else { continue };
            hash.update(name.as_bytes());
            hash.update(&file.data);
            if name.starts_with(STYLES) {
                style.extend_from_slice(&file.data);
            }
        }
        let fingerprint = care::hex(&hash.finalize()[..6]);
        Self { fingerprint, style }
    }

    /// Changes whenever an asset does.
    pub(crate) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// `/assets/FINGERPRINT/NAME`; the fingerprint is not checked, since an old
    /// page is better served with a new style than with none.
    pub(crate) fn respond(&self, name: &str) -> Option<Response> {
        let body = match name {
            "app.css" => Cow::Owned(self.style.clone()),
            _ if name.starts_with(STYLES) => return None,
            _ => Files::get(name)?.data,
        };
        Some(Response {
            status: 200,
            headers: vec![
                ("content-type", content_type(name).to_owned()),
                ("cache-control", "public, max-age=31536000, immutable".to_owned()),
            ],
            body,
            effect: crate::response::Effect::None,
            carries: None,
        })
    }
}

impl Assets {
    /// What a browser reads to install the pages. Its address stays the same over
    /// versions, so it is asked for again each time.
    pub(crate) fn manifest(&self) -> Option<Response> {
        let text = String::from_utf8(Files::get(MANIFEST)?.data.into_owned()).ok()?;
        let text = text.replace("/assets/0/", &format!("/assets/{}/", self.fingerprint));
        Some(Response::with_type(content_type(MANIFEST), text.into_bytes()).cached("no-cache"))
    }
}

const MANIFEST: &str = "manifest.webmanifest";

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
