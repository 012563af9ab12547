//! What comes in with a request: the path and the form.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Multipart, Request as Incoming};
use axum::http::{HeaderMap, StatusCode, header};
use std::time::Duration;

use crate::request::Form;

/// No form of ours is longer, but for an import.
const LONGEST_FORM: usize = 256 * 1024;

/// A record that is brought back, with what a form adds around it.
const LONGEST_IMPORT: usize = store::MOST_BYTES + LONGEST_FORM;

/// Whoever takes longer to send a form is cut off.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why a form was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    TooLong,
    TooSlow,
    NotAForm,
}

impl Refused {
    pub(super) fn status(self) -> StatusCode {
        match self {
            Self::TooLong => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::NotAForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }

    pub(super) fn message(self) -> &'static str {
        match self {
            Self::TooLong => "That is too long; nothing was kept.\n",
            Self::TooSlow => "That took too long to arrive; nothing was kept.\n",
            Self::NotAForm => "That is not a form of these pages; nothing was kept.\n",
        }
    }
}

/// Reads a form. A file that is uploaded becomes a field with its text.
pub(super) async fn form(path: &str, headers: &HeaderMap, body: Body) -> Result<Form, Refused> {
    let longest = if path.starts_with("/data/import") { LONGEST_IMPORT } else { LONGEST_FORM };
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_multipart = kind.starts_with("multipart/form-data");
    if !is_multipart && !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Refused::NotAForm);
    }
    let bytes =
        tokio::time::timeout(PATIENCE, to_bytes(body, longest)).await.map_err(|_| Refused::TooSlow)?;
    let bytes = bytes.map_err(|_| Refused::TooLong)?;
    if !is_multipart {
        return Ok(Form::from_urlencoded(&bytes));
    }
    let request = Incoming::builder().header(header::CONTENT_TYPE, kind).body(Body::from(bytes));
    let request = request.map_err(|_| Refused::NotAForm)?;
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Refused::NotAForm)?;
    let mut form = Form::default();
    while let Some(part) = parts.next_field().await.map_err(|_| Refused::NotAForm)? {
        let name = part.name().unwrap_or_default().to_owned();
        let bytes = part.bytes().await.map_err(|_| Refused::NotAForm)?;
        form.push(name, String::from_utf8_lossy(&bytes));
    }
    Ok(form)
}

/// A path without its percent signs; none if it is no UTF-8 or leaves the folder it is in.
pub(super) fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
            bytes.push(digit(rest.next()?)? * 16 + digit(rest.next()?)?);
        } else {
            bytes.push(byte);
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    let is_inside = path.split('/').all(|part| part != "..") && !path.contains('\0');
    is_inside.then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_once_and_stays_inside() {
        assert_eq!(decoded("/learn/book/danger%2Ffever").as_deref(), Some("/learn/book/danger/fever"));
        assert_eq!(decoded("/%2e%2e/etc"), None);
        assert_eq!(decoded("/%"), None);
        assert_eq!(decoded("/%zz"), None);
        assert_eq!(decoded("/%ff"), None);
        assert_eq!(decoded("/%00"), None);
    }

    #[tokio::test]
    async fn a_form_that_is_too_long_or_none_is_refused() {
        let mut headers = HeaderMap::new();
        let read = |headers: HeaderMap, body: String| async move {
            form("/diary", &headers, Body::from(body)).await
        };
        assert_eq!(read(headers.clone(), "a=1".into()).await, Err(Refused::NotAForm));
        headers.insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
        assert_eq!(read(headers.clone(), "a=1".into()).await.unwrap().get("a"), Some("1"));
        assert_eq!(read(headers.clone(), "a".repeat(LONGEST_FORM + 1)).await, Err(Refused::TooLong));
        headers.insert(header::CONTENT_TYPE, "multipart/form-data; boundary=x".parse().unwrap());
        let body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n{}\r\n--x--\r\n";
        assert_eq!(read(headers.clone(), body.into()).await.unwrap().get("file"), Some("{}"));
        assert_eq!(read(headers, "--x".into()).await, Err(Refused::NotAForm));
    }
}
