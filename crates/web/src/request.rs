//! What a browser asks for.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

/// How a page is asked for. Whatever changes a record is a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// To read.
    Get,
    /// To change something.
    Post,
}

/// A request, read from the wire.
#[derive(Clone, Debug)]
pub struct Request {
    /// How.
    pub method: Method,
    /// The path, percent-decoded, beginning with a slash: `/diary`.
    pub path: String,
    /// The fields of the form; empty for a get. No page reads a query: an
    /// address must never hold an answer.
    pub form: Form,
}

impl Request {
    /// A request to read a page.
    pub fn get(path: &str) -> Self {
        Self { method: Method::Get, path: path.to_owned(), form: Form::default() }
    }

    /// The key by which the same form sent twice is known: its fresh token
    /// together with all that was filled in, so that another form of the same
    /// page is never taken for it. None where the form carries no token.
    pub fn once(&self) -> Option<String> {
        self.form.get("once").filter(|_| self.method == Method::Post)?;
        let mut hash = Sha256::new();
        for text in
            [self.path.as_str()].into_iter().chain(self.form.0.iter().flat_map(|(n, v)| [n.as_str(), v]))
        {
            hash.update(text.len().to_le_bytes());
            hash.update(text);
        }
        Some(care::hex(&hash.finalize()[..16]))
    }

    /// Whether its form carries this token.
    pub(crate) fn carries(&self, token: &str) -> bool {
        is_same(self.form.get("token").unwrap_or_default(), token)
    }

    /// A form that was sent.
    pub fn post(path: &str, form: Form) -> Self {
        Self { method: Method::Post, path: path.to_owned(), form }
    }
}

/// The fields of a form, in order; a name may occur more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads `application/x-www-form-urlencoded`; what is not UTF-8 is replaced.
    ///
    /// ```
    /// use web::Form;
    /// let form = Form::from_urlencoded(b"yes=fever&yes=chills&note=a+b");
    /// assert_eq!(form.all("yes").collect::<Vec<_>>(), ["fever", "chills"]);
    /// assert_eq!(form.text("note"), "a b");
    /// assert_eq!(form.get("none"), None);
    /// ```
    pub fn from_urlencoded(bytes: &[u8]) -> Self {
        let own = |text: Cow<'_, str>| text.into_owned();
        Self(form_urlencoded::parse(bytes).map(|(name, value)| (own(name), own(value))).collect())
    }

    /// The first value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a field, in order.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> + 'f {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Whether the field is there.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// The first value of a field without the blanks around it; empty if it is not there.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes of its names and values.
    pub(crate) fn size(&self) -> usize {
        self.0.iter().map(|(name, value)| name.len() + value.len()).sum()
    }

    /// The fields in order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The fields in order, without the tokens of the page that the form stood on.
    pub(crate) fn answered(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields().filter(|(name, _)| !matches!(*name, "token" | "once"))
    }

    /// Adds a field at the end.
    pub fn push(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Form {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(fields: I) -> Self {
        Self(fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

/// A path without its percent signs; none if it is no UTF-8, has a character in it that no
/// address of ours has, or leaves the folder it is in.
pub fn decoded(path: &str) -> Option<String> {
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
    let is_inside = path.split('/').all(|part| part != "..") && !path.contains(char::is_control);
    is_inside.then_some(path)
}

/// Compared by their hashes, so that the time it takes tells nothing about what is known.
pub(crate) fn is_same(given: &str, known: &str) -> bool {
    Sha256::digest(given.as_bytes()) == Sha256::digest(known.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn a_path_is_decoded_once_and_stays_inside() {
        assert_eq!(decoded("/learn/book/danger%2Ffever").as_deref(), Some("/learn/book/danger/fever"));
        assert_eq!(decoded("/%2e%2e/etc"), None);
        assert_eq!(decoded("/%"), None);
        assert_eq!(decoded("/%zz"), None);
        assert_eq!(decoded("/%ff"), None);
        assert_eq!(decoded("/%00"), None);
        assert_eq!(decoded("/habits/a%0d%0ab/choose"), None, "no header could lead back there");
    }
}
