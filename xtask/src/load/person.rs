//! Somebody who goes through the interview, again and again.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};

use super::wire::{Answer, Wire};

/// A page may send a reader on, but not in circles.
const MOST_HOPS: u32 = 5;

/// One step: an answer is sent and kept, and the page it leads to is read.
pub(super) struct Step {
    /// Until the answer was kept, from when it was sent.
    pub(super) kept: Duration,
    /// Until the page after it was there, from when it was asked for.
    pub(super) page: Duration,
    /// All of it, from when it was due.
    pub(super) whole: Duration,
    /// When it was over.
    pub(super) end: Instant,
    /// How many requests it took.
    pub(super) requests: u32,
}

/// A browser: its cookie, the token of its forms and the page it shows.
pub(super) struct Person {
    cookie: String,
    token: String,
    page: String,
}

impl Person {
    /// Opens the first page and begins.
    pub(super) fn arrive(address: SocketAddr) -> anyhow::Result<Self> {
        let mut wire = Wire::connect(address)?;
        let first = wire.get("/", "")?;
        let cookie = first.cookie.context("the first page sets no cookie")?;
        let token = inputs(&first.page).find(|input| input.name == "token");
        let token = token.context("the first page has no form")?.value.to_owned();
        let mut person = Self { cookie, token, page: first.page };
        person.step(&mut wire, Instant::now())?;
        Ok(person)
    }

    /// Sends what is asked for on the page and reads what comes next.
    pub(super) fn step(&mut self, wire: &mut Wire, due: Instant) -> anyhow::Result<Step> {
        let (path, form) = self.filled_in();
        let sent = Instant::now();
        let mut answer = wire.post(&path, &self.cookie, &form)?;
        let kept = sent.elapsed();
        ensure!(answer.status == 303, "{path} answered {}:\n{}", answer.status, answer.page);
        let asked = Instant::now();
        let mut requests = 1;
        while let Some(to) = answer.location.take() {
            ensure!(requests <= MOST_HOPS, "{path} leads in circles, at {to}");
            answer = wire.get(&to, &self.cookie)?;
            requests += 1;
        }
        let Answer { status, page, .. } = answer;
        ensure!(status == 200, "{path} leads to a {status}:\n{page}");
        self.page = page;
        let end = Instant::now();
        Ok(Step { kept, page: end - asked, whole: end - due, end, requests })
    }

    /// Where the form of the page goes, and the form.
    fn filled_in(&self) -> (String, String) {
        for start in ["/question/", "/check"] {
            if let Some((_, rest)) = self.page.split_once(&format!("method=\"post\" action=\"{start}")) {
                let path = format!("{start}{}", rest.split('"').next().unwrap_or_default());
                let form = rest.split("</form>").next().unwrap_or_default();
                return (path, answers(form));
            }
        }
        // The outcome was read, or nothing has begun.
        ("/start".to_owned(), format!("token={}&over=yes", self.token))
    }
}

/// An input of a form.
struct Input<'p> {
    kind: &'p str,
    name: &'p str,
    value: &'p str,
}

fn inputs(html: &str) -> impl Iterator<Item = Input<'_>> {
    html.split("<input ").skip(1).filter_map(|rest| {
        let tag = rest.split('>').next()?;
        let attribute = |name: &str| {
            let (_, rest) = tag.split_once(&format!("{name}=\""))?;
            rest.split('"').next()
        };
        let value = attribute("value").unwrap_or_default();
        Some(Input { kind: attribute("type")?, name: attribute("name")?, value })
    })
}

/// The form with the answers of a plain spasm. No value needs to be escaped: they are all ids.
fn answers(form: &str) -> String {
    let mut fields: Vec<(&str, &str)> = Vec::new();
    for input in inputs(form) {
        let given = fields.iter_mut().find(|(name, _)| *name == input.name);
        match (input.kind, given) {
            ("hidden", _) | ("radio", None) => fields.push((input.name, input.value)),
            ("checkbox", _) if input.name.ends_with("-none") => fields.push((input.name, input.value)),
            ("text", _) => fields.push((input.name, if input.name.ends_with("-age") { "44" } else { "0" })),
            ("radio", Some(given)) if input.value == "no" => given.1 = input.value,
            _ => {}
        }
    }
    let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_filled_in_with_none_no_and_the_first() {
        let form = r#"<input type="hidden" name="question" value="q"/>
            <input type="checkbox" id="q-fever" name="q-yes" value="fever"/>
            <input type="checkbox" id="q-none" name="q-none" value="yes" data-none/>
            <input type="radio" id="q-a_1" name="q-a" value="yes"/><input type="radio" id="q-a_2" name="q-a" value="no"/>
            <input type="radio" id="q-b_1" name="q-b" value="left"/><input type="radio" id="q-b_2" name="q-b" value="right"/>
            <input class="number" type="text" id="q-age" name="q-age" value=""/>"#;
        assert_eq!(answers(form), "question=q&q-none=yes&q-a=no&q-b=left&q-age=44");
    }
}
