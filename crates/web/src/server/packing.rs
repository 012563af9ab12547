//! The style sheet and the scripts, packed once each for browsers that unpack them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use flate2::Compression;
use flate2::write::GzEncoder;
use hyper::HeaderMap;
use hyper::header;

use crate::response::Response;

/// Files that are the same for everybody, by the end of their address: however often a
/// stranger asks, each is packed once.
#[derive(Debug, Default)]
pub(super) struct Packed(Mutex<BTreeMap<String, Vec<u8>>>);

impl Packed {
    /// The same file, packed if the browser can unpack it and it grows no longer by that.
    pub(super) fn sent_to(&self, headers: &HeaderMap, path: &str, file: Response) -> Response {
        let Some(name) = packable(path).filter(|_| file.status == 200 && unpacks(headers)) else {
            return file;
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(packed) = known
            .get(name)
            .cloned()
            .or_else(|| gzip(&file.body).inspect(|bytes| drop(known.insert(name.to_owned(), bytes.clone()))))
        else {
            return file;
        };
        let mut headers = file.headers;
        headers.push(("content-encoding", "gzip".to_owned()));
        headers.push(("vary", "accept-encoding".to_owned()));
        Response { headers, body: packed.into(), ..file }
    }
}

/// The end of the address of a style sheet or script; pictures are packed already or small.
fn packable(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    let ending = name.rsplit('.').next()?;
    matches!(ending, "css" | "js").then_some(name)
}

fn unpacks(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|list| list.split(',')).any(|coding| coding.trim().eq_ignore_ascii_case("gzip"))
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).ok()?;
    packed.finish().ok()
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use hyper::header::HeaderValue;

    use super::*;

    fn headers(accepted: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted))])
    }

    #[test]
    fn a_browser_that_unpacks_gets_a_quarter_of_the_style_sheet_and_reads_the_same() {
        let style = || Response::with_type("text/css", ".a { color: red; }\n".repeat(100).into_bytes());
        let packed = Packed::default();
        for _ in 0..2 {
            let sent = packed.sent_to(&headers("br, gzip"), "/assets/1/app.css", style());
            assert!(sent.headers.contains(&("content-encoding", "gzip".to_owned())));
            assert!(sent.body.len() < style().body.len() / 4);
            let mut read = Vec::new();
            flate2::read::GzDecoder::new(&*sent.body).read_to_end(&mut read).expect("it unpacks");
            assert_eq!(read, *style().body);
        }
    }

    #[test]
    fn others_get_it_as_it_is() {
        let style = || Response::with_type("text/css", b"a{}".to_vec());
        let packed = Packed::default();
        let as_it_is = |accepted, path| packed.sent_to(&headers(accepted), path, style()) == style();
        assert!(as_it_is("identity", "/assets/1/app.css"));
        assert!(as_it_is("gzip", "/assets/1/icon.png"));
        assert!(as_it_is("gzip", "/learn"));
    }
}
