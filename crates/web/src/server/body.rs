//! What comes in with a request: the path and the form.

use std::pin::Pin;
use std::time::Duration;

use http_body_util::{BodyDataStream, BodyExt, Limited};
use hyper::body::{Body, Bytes};
use hyper::{HeaderMap, StatusCode, header};
use multer::{Constraints, Multipart, SizeLimit};

use crate::limits::{LONGEST_FORM, MOST_FIELDS, longest};
use crate::request::Form;

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
pub(super) async fn form<B>(path: &str, headers: &HeaderMap, body: B) -> Result<Form, Refused>
where
    B: Body<Data = Bytes> + Send + Unpin + 'static,
    B::Error: std::error::Error + Send + Sync + 'static,
{
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let read: Pin<Box<dyn Future<Output = Result<Form, Refused>> + Send>> =
        if let Ok(boundary) = multer::parse_boundary(kind) {
            Box::pin(multipart(body, boundary, longest(path)))
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            Box::pin(urlencoded(body))
        } else {
            return Err(Refused::NotAForm);
        };
    let form = tokio::time::timeout(PATIENCE, read).await.map_err(|_| Refused::TooSlow)??;
    if form.len() > MOST_FIELDS { Err(Refused::TooLong) } else { Ok(form) }
}

async fn urlencoded<B>(body: B) -> Result<Form, Refused>
where
    B: Body<Data = Bytes> + Send + 'static,
    B::Error: std::error::Error + Send + Sync + 'static,
{
    let body = Limited::new(body, LONGEST_FORM).collect().await.map_err(|_| Refused::TooLong)?;
    Ok(Form::from_urlencoded(&body.to_bytes()))
}

async fn multipart<B>(body: B, boundary: String, longest: usize) -> Result<Form, Refused>
where
    B: Body<Data = Bytes> + Send + Unpin + 'static,
    B::Error: std::error::Error + Send + Sync + 'static,
{
    let longest = SizeLimit::new().whole_stream(u64::try_from(longest).unwrap_or(u64::MAX));
    let constraints = Constraints::new().size_limit(longest);
    let mut parts = Multipart::with_constraints(BodyDataStream::new(body), boundary, constraints);
    let mut form = Form::default();
    while let Some(mut part) = parts.next_field().await.map_err(|error| refused(&error))? {
        if form.len() >= MOST_FIELDS {
            return Err(Refused::TooLong);
        }
        let name = part.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|error| refused(&error))? {
            bytes.extend_from_slice(&chunk);
        }
        // A file of 64 MiB is not copied once more where it is the text that it should be.
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|bytes| String::from_utf8_lossy(bytes.as_bytes()).into_owned());
        form.push(name, text);
    }
    Ok(form)
}

fn refused(error: &multer::Error) -> Refused {
    match error {
        multer::Error::StreamSizeExceeded { .. } | multer::Error::FieldSizeExceeded { .. } => {
            Refused::TooLong
        }
        _ => Refused::NotAForm,
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::Full;

    use super::*;

    async fn read(path: &str, kind: &str, body: impl Into<Bytes>) -> Result<Form, Refused> {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
        form(path, &headers, Full::new(body.into())).await
    }

    const FIELDS: &str = "application/x-www-form-urlencoded";
    const PARTS: &str = "multipart/form-data; boundary=x";

    #[tokio::test]
    async fn a_form_that_is_too_long_or_none_is_refused() {
        assert_eq!(read("/diary", "text/plain", "a=1").await, Err(Refused::NotAForm));
        assert_eq!(read("/diary", FIELDS, "a=1").await.unwrap().get("a"), Some("1"));
        for path in ["/diary", "/data/import", "/data/import/confirm", "/data/importer"] {
            assert_eq!(
                read(path, FIELDS, "a".repeat(LONGEST_FORM + 1)).await,
                Err(Refused::TooLong),
                "{path}"
            );
        }
        assert_eq!(read("/diary", FIELDS, "a&".repeat(MOST_FIELDS + 1)).await, Err(Refused::TooLong));
        let body = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n\r\n{}\r\n--x--\r\n";
        assert_eq!(read("/diary", PARTS, body).await.unwrap().get("file"), Some("{}"));
        assert_eq!(read("/diary", PARTS, "--x").await, Err(Refused::NotAForm));
        let part = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
        let many = format!("{}--x--\r\n", part.repeat(MOST_FIELDS + 1));
        assert_eq!(read("/data/import", PARTS, many).await, Err(Refused::TooLong));
    }

    #[tokio::test]
    async fn a_file_of_three_mebibytes_is_read_where_one_is_taken_and_nowhere_else() {
        let text = "a".repeat(3 << 20);
        let body = format!("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n{text}\r\n--x--\r\n");
        for path in ["/data/import", "/data/import/confirm"] {
            assert_eq!(read(path, PARTS, body.clone()).await.unwrap().get("file"), Some(text.as_str()));
        }
        assert_eq!(read("/diary", PARTS, body).await, Err(Refused::TooLong));
    }
}
