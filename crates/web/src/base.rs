//! Pages below a folder: a static site may stand under `/name/`, and every link of the
//! pages begins at the root.

use std::borrow::Cow;

use crate::response::Response;

/// The attributes with an address, and what stands between their name and its first slash.
/// Quotation marks of people and of the book are escaped in a page, so no text is ever taken
/// for one of these.
const ATTRIBUTES: [&str; 3] = [" href", " src", " action"];
const BEGINS: &str = "=\"/";

/// The same response where the site stands in a folder, `/` or `/name/`.
#[must_use]
pub fn rebased(mut response: Response, base: &str) -> Response {
    let folder = base.trim_end_matches('/');
    if folder.is_empty() {
        return response;
    }
    let is_page = response.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
    let is_manifest =
        response.header("content-type").is_some_and(|kind| kind.starts_with("application/manifest"));
    for (name, value) in &mut response.headers {
        if *name == "location" && value.starts_with('/') && !value.starts_with("//") {
            value.insert_str(0, folder);
        }
    }
    if is_page {
        response.body = Cow::Owned(page(response.text(), folder).into_bytes());
    } else if is_manifest {
        response.body = Cow::Owned(response.text().replace("\"/", &format!("\"{folder}/")).into_bytes());
    }
    response
}

fn page(html: &str, folder: &str) -> String {
    let mut based = String::with_capacity(html.len() + html.len() / 16);
    let mut rest = html;
    while let Some(at) = rest.find(BEGINS) {
        let (before, after) = rest.split_at(at);
        let (begins, after) = after.split_at(BEGINS.len());
        based.push_str(before);
        let is_address = ATTRIBUTES.iter().any(|name| before.ends_with(name)) && !after.starts_with('/');
        if is_address {
            based.push_str("=\"");
            based.push_str(folder);
            based.push('/');
        } else {
            based.push_str(begins);
        }
        rest = after;
    }
    based.push_str(rest);
    based
}

#[cfg(test)]
mod tests {
    use super::rebased;
    use crate::response::Response;

    fn at(base: &str, html: &str) -> String {
        rebased(Response::page(html.to_owned()), base).text().to_owned()
    }

    #[test]
    fn every_address_of_ours_gets_the_folder_and_nothing_else_does() {
        let html = r##"<a href="/diary">="/x</a><form action="/start"><img src="/a.svg"/><a href="//other">
            <a href="https://other/">a href="/</a><a href="#top" data-href="/no">"##;
        let based = at("/name/", html);
        assert!(based.contains(r#" href="/name/diary""#) && based.contains(r#" action="/name/start""#));
        assert!(based.contains(r#" src="/name/a.svg""#) && based.contains(r#" href="//other""#));
        assert!(based.contains(r#">="/x<"#) && based.contains(r#" data-href="/no""#));
        assert_eq!(at("/", html), html);
    }

    #[test]
    fn a_redirect_stays_in_the_folder() {
        let to = |base| rebased(Response::see("/outcome"), base).header("location").map(ToOwned::to_owned);
        assert_eq!(to("/name/").as_deref(), Some("/name/outcome"));
        assert_eq!(to("/").as_deref(), Some("/outcome"));
    }
}
