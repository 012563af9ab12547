//! The program in a worker: one visit at a time, in steps.

use std::borrow::Cow;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use care::{Guideline, compiled};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use web::{
    Arrival, CACHE_CONTROL, Form, HEADERS, Home, Method, Request, Response, Site, Visits, decoded,
    is_too_long, rebased,
};

use crate::keeper::BrowserKeeper;
use crate::message::{Ask, Asked, Message, Options, Told};
use crate::prose;
use crate::zones;

/// A book does not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its file is not what it should be.
    #[error(transparent)]
    File(#[from] compiled::Unreadable),
    /// The book refers to something that it does not have.
    #[error("the book is broken: {0}")]
    Book(String),
}

/// A visit that waits for what it asked.
type UnderWay = Pin<Box<dyn Future<Output = Response>>>;

/// The pages of one book, for the person in front of this browser.
pub struct Worker {
    guideline: &'static Guideline,
    /// It was opened without the rest of its book.
    lacks_rest: bool,
    visits: &'static Visits<'static, BrowserKeeper>,
    keeper: BrowserKeeper,
    options: Options,
    /// The visit that waits for what it asked.
    under_way: Option<UnderWay>,
    /// The page that waits for a file, by its name.
    unfinished: Option<(Response, String)>,
}

impl Worker {
    /// Opens a compiled book with the time zones, and the rest of the book if it is there. Without,
    /// a visit that needs it asks for it before anything is kept ([`Ask::Rest`]): it is more
    /// than half of the book, and the first page needs none of it.
    ///
    /// # Errors
    ///
    /// [`OpenError`] if it is none, or of another version of this program.
    pub fn open(book: &[u8], zones: &[u8], rest: Option<&[u8]>, options: Options) -> Result<Self, OpenError> {
        let (mut book, prose) = compiled::read(book)?;
        if let Some(rest) = rest {
            compiled::add_rest(&mut book, rest)?;
        }
        let guideline = Guideline::new(book).map_err(|broken| OpenError::Book(broken.to_string()))?;
        // Both live as long as the worker.
        let guideline: &'static Guideline = Box::leak(Box::new(guideline));
        let keeper = BrowserKeeper::default();
        let site = Site::new(guideline, prose, zones::read(zones));
        let visits = Box::leak(Box::new(Visits::new(site, keeper.clone(), Home::Browser, None)));
        let lacks_rest = rest.is_none();
        Ok(Self { guideline, lacks_rest, visits, keeper, options, under_way: None, unfinished: None })
    }

    /// Takes in a message, and says what to do next.
    pub fn call(&mut self, message: Message) -> Ask {
        match message {
            Message::Visit(asked) => match self.begin(*asked) {
                Ok(visit) => {
                    self.unfinished = None;
                    self.under_way = Some(visit);
                }
                Err((status, words)) => return plain(status, words),
            },
            Message::Told(told) => match self.unfinished.take() {
                Some((response, name)) => return self.finish(response, &name, told),
                None => self.keeper.tell(told),
            },
        }
        self.go_on()
    }

    /// A visit, not yet begun; or why there is none.
    fn begin(&self, asked: Asked) -> Result<UnderWay, (u16, &'static str)> {
        let Asked { method, path, form, now, zone, languages, random, token } = asked;
        let method = match method.as_str() {
            "GET" | "HEAD" => Method::Get,
            "POST" => Method::Post,
            _ => return Err((405, "Only GET and POST.\n")),
        };
        let path = decoded(&path).ok_or((400, "The address is not readable.\n"))?;
        let form: Form = form.into_iter().collect();
        if is_too_long(&path, &form) {
            return Err((413, "That is too long; nothing was kept.\n"));
        }
        let now = Timestamp::from_millisecond(now).map_err(|_| (400, "The clock is not readable.\n"))?;
        let zone = self.visits.site().zones().get(&zone).unwrap_or(TimeZone::UTC);
        let is_random = |text: &str| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_random(&random) || !is_random(&token) {
            return Err((400, "There is no random number.\n"));
        }
        self.keeper.begin(&random);
        let visits = self.visits;
        Ok(Box::pin(async move {
            let request = Request { method, path, form };
            let (once, languages, token) = (&random[..32], &*languages, &*token);
            let arrival = Arrival { request, now, zone, languages, token, once };
            visits.visit(&arrival).await.response
        }))
    }

    /// As far as it goes without anything from outside.
    fn go_on(&mut self) -> Ask {
        let Some(visit) = &mut self.under_way else { return plain(409, "Nothing was asked for.\n") };
        let so_far = visit.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        if self.lacks_rest && compiled::wants_rest(self.guideline.book()) {
            self.under_way = None;
            return Ask::Rest;
        }
        match so_far {
            Poll::Ready(response) => {
                self.under_way = None;
                let Some(name) = prose::wanted(response.text()).map(ToOwned::to_owned) else {
                    return self.send(response);
                };
                self.unfinished = Some((response, name.clone()));
                Ask::File { name }
            }
            Poll::Pending => self.keeper.asked().unwrap_or_else(|| {
                self.under_way = None;
                plain(500, "Something went wrong. In an emergency call your emergency number.\n")
            }),
        }
    }

    /// A page with its text, or without where that could not be read.
    fn finish(&self, mut response: Response, name: &str, told: Told) -> Ask {
        let text = match told {
            Told::File(text) => text,
            _ => "<p>This page could not be read. Open it again when you have a connection.</p>".to_owned(),
        };
        response.body = Cow::Owned(prose::whole(response.text(), name, &text).into_bytes());
        self.send(response)
    }

    fn send(&self, response: Response) -> Ask {
        let response = rebased(response, &self.options.base);
        let mut headers: Vec<(String, String)> =
            HEADERS.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        if response.header("cache-control").is_none() {
            headers.push(("cache-control".to_owned(), CACHE_CONTROL.to_owned()));
        }
        headers.extend(response.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        Ask::Send { status: response.status, headers, body: response.text().to_owned() }
    }
}

fn plain(status: u16, words: &str) -> Ask {
    let headers = vec![("content-type".to_owned(), "text/plain; charset=utf-8".to_owned())];
    Ask::Send { status, headers, body: words.to_owned() }
}
