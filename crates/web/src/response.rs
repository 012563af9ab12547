//! What a browser gets.

use std::borrow::Cow;

use jiff::Timestamp;
use store::Event;

use crate::request::Form;

/// A response, and what must be stored before it is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// 200, 303, 404.
    pub status: u16,
    /// Headers of this response; the server adds those that every response has.
    pub headers: Vec<(&'static str, String)>,
    /// The body: made for this request, or the same for everyone.
    pub body: Cow<'static, [u8]>,
    /// What must be stored first. If that fails, this response is not sent.
    pub effect: Effect,
    /// What the page that this leads to needs of the form that was sent: it waits in
    /// [`Carried`](crate::Carried), never in an address.
    pub carries: Option<Form>,
}

/// What a request does to the record.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Effect {
    /// Nothing.
    #[default]
    None,
    /// These events happened now. They are stored together or not at all.
    Append(Vec<Event>),
    /// These events happened then: an import.
    Import(Vec<(Timestamp, Event)>),
    /// Everything is deleted.
    Erase,
}

impl Response {
    /// A page.
    pub(crate) fn page(html: String) -> Self {
        Self::with_type("text/html; charset=utf-8", html.into_bytes())
    }

    /// Anything.
    pub(crate) fn with_type(content_type: &str, body: Vec<u8>) -> Self {
        Self {
            status: 200,
            headers: vec![("content-type", content_type.to_owned())],
            body: Cow::Owned(body),
            effect: Effect::None,
            carries: None,
        }
    }

    /// With another rule for how long a browser may keep it.
    #[must_use]
    pub(crate) fn cached(mut self, rule: &str) -> Self {
        self.headers.retain(|(name, _)| *name != "cache-control");
        self.headers.push(("cache-control", rule.to_owned()));
        self
    }

    /// A file to save.
    pub(crate) fn download(content_type: &str, name: &str, body: Vec<u8>) -> Self {
        let mut response = Self::with_type(content_type, body);
        response.headers.push(("content-disposition", format!("attachment; filename=\"{name}\"")));
        response
    }

    /// On to another page, which is read with a get.
    pub(crate) fn see(path: &str) -> Self {
        Self {
            status: 303,
            headers: vec![("location", path.to_owned())],
            body: Cow::Borrowed(&[]),
            effect: Effect::None,
            carries: None,
        }
    }

    /// The same, once these events are stored.
    #[must_use]
    pub(crate) fn after(mut self, events: Vec<Event>) -> Self {
        self.effect = Effect::Append(events);
        self
    }

    /// The same, and the page that it leads to gets to see this form: it says what is
    /// wrong with it, or shows what it asked for.
    #[must_use]
    pub(crate) fn carrying(mut self, form: &Form) -> Self {
        self.carries = Some(form.answered().collect());
        self
    }

    /// A header of the response.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The body as text; empty where it is none.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_default()
    }
}
