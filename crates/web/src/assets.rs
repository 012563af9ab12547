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
                style.extend(shortened(&String::from_utf8_lossy(&file.data)).into_bytes());
            }
        }
        let fingerprint = care::hex(&hash.finalize()[..6]);
        Self { fingerprint, style }
    }

    /// Changes whenever an asset does.
    pub(crate) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Every file that a page may ask for, by its path: `assets/FINGERPRINT/app.css`.
    pub(crate) fn all(&self) -> impl Iterator<Item = (String, Response)> {
        let is_page_file = |name: &Cow<'_, str>| ![MANIFEST, SERVICE_WORKER].contains(&&**name);
        let names = Files::iter().filter(is_page_file).chain(std::iter::once(Cow::Borrowed("app.css")));
        let path = |name: &str| format!("assets/{}/{name}", self.fingerprint);
        names.filter_map(move |name| Some((path(&name), self.respond(&name)?)))
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

/// A style sheet without what only its writers read: indents, empty lines, and lines that
/// are a comment from end to end.
fn shortened(style: &str) -> String {
    let lines = style.lines().map(str::trim);
    let read = lines.filter(|line| !(line.is_empty() || line.starts_with("/*") && line.ends_with("*/")));
    read.flat_map(|line| [line, "\n"]).collect()
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

/// Keeps the danger card of a server; a static site has a worker of its own.
pub(crate) const SERVICE_WORKER: &str = "service-worker.js";

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

#[cfg(test)]
mod tests {
    use super::{Assets, shortened};

    #[test]
    fn a_style_sheet_loses_what_no_browser_reads() {
        assert_eq!(shortened("/* A */\n.a {\n  b: \"/* c */\";\n\n}\n"), ".a {\nb: \"/* c */\";\n}\n");
    }

    #[test]
    fn every_rule_of_the_style_sheet_is_still_there() {
        let style = Assets::new().respond("app.css").map(|sent| sent.body).unwrap_or_default();
        let style = String::from_utf8_lossy(&style).into_owned();
        assert_eq!(style.matches('{').count(), style.matches('}').count());
        assert!(style.matches('{').count() > 200, "{}", style.len());
    }
}
