//! Whose pages these are: a secret in the address that opens them, then in a cookie.
//!
//! Every user of a computer reaches its loopback address. So the pages are shown only
//! to a browser that was opened with the secret, as Jupyter does it: the program opens
//! `/open/SECRET`, which sets a cookie that no script can read and goes on to `/`.

use care::hex;
use hyper::HeaderMap;
use hyper::header;
use sha2::{Digest, Sha256};

use crate::request::is_same;

/// A year, in seconds.
const MAX_AGE: u32 = 365 * 24 * 60 * 60;

/// Letters of a secret: 256 bits in hexadecimal.
const LETTERS: usize = 64;

/// Where the secret stands in the address that opens the pages.
const OPEN: &str = "/open/";

/// The secret of one person's pages: 64 hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Default for Secret {
    fn default() -> Self {
        Self::new()
    }
}

impl Secret {
    /// A new one, out of 256 random bits.
    pub fn new() -> Self {
        Self(format!("{}{}", random(), random()))
    }

    /// One that was kept; none if it is not 64 hexadecimal digits.
    ///
    /// ```
    /// use web::server::Secret;
    /// let secret = Secret::new();
    /// assert!(Secret::kept(secret.as_str()) == Some(secret));
    /// assert!(Secret::kept("abc").is_none());
    /// ```
    pub fn kept(text: &str) -> Option<Self> {
        is_secret(text).then(|| Self(text.to_owned()))
    }

    /// Its letters, to be kept where only the person can read them.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path that opens the pages: `/open/SECRET`.
    pub fn path(&self) -> String {
        format!("{OPEN}{}", self.0)
    }

    /// Whether a path is one that opens pages; if so, whether it opens these.
    pub(super) fn opens(&self, path: &str) -> Option<bool> {
        path.strip_prefix(OPEN).map(|given| self.is(given))
    }

    /// Whether a request carries it. Every cookie of that name is looked at: one that
    /// another program left behind must not shut the person out.
    pub(super) fn is_in(&self, headers: &HeaderMap, port: u16) -> bool {
        let name = name(port);
        // Another program's may be in any letters, of which the others in its line know nothing.
        let cookies = headers
            .get_all(header::COOKIE)
            .iter()
            .flat_map(|value| value.as_bytes().split(|byte| *byte == b';'));
        let mut pairs = cookies.filter_map(|pair| str::from_utf8(pair).ok()?.trim().split_once('='));
        pairs.any(|(known, given)| known == name && self.is(given))
    }

    /// The cookie that carries it. `Lax`, so that the first page after `/open/SECRET`
    /// has it; a form from elsewhere does not carry it.
    pub(super) fn cookie(&self, port: u16) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={MAX_AGE}", name(port), self.0)
    }

    /// What the forms of its pages carry.
    pub(super) fn token(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"token of a form");
        hash.update(self.0.as_bytes());
        hex(&hash.finalize())
    }

    fn is(&self, given: &str) -> bool {
        is_secret(given) && is_same(given, &self.0)
    }
}

/// All ports of a computer share their cookies, so the name says the port: two programs
/// with two records do not overwrite each other's.
fn name(port: u16) -> String {
    format!("unclench_{port}")
}

fn is_secret(text: &str) -> bool {
    text.len() == LETTERS && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// 128 random bits in hexadecimal.
///
/// # Panics
///
/// If the operating system has no random numbers: then nothing here would be safe.
#[expect(clippy::expect_used, reason = "without random numbers no secret is safe")]
pub(super) fn random() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
    hex(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(secret: &Secret, cookies: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(header::COOKIE, cookie.parse().unwrap());
        }
        secret.is_in(&headers, 8750)
    }

    #[test]
    fn the_secret_comes_back_from_its_cookie_and_no_other_value_is_it() {
        let secret = Secret::new();
        let cookie = secret.cookie(8750);
        let pair = cookie.split(';').next().unwrap();
        assert!(is_in(&secret, &[pair]));
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
        let other = Secret::new().cookie(8750);
        for bad in ["unclench_8750=", "unclench_8750=abc", "x=1", "unclench_8750=<script>", &other] {
            assert!(!is_in(&secret, &[bad]), "{bad}");
        }
        let elsewhere = secret.cookie(8751);
        assert!(!is_in(&secret, &[&elsewhere]), "the cookie of another port");
    }

    #[test]
    fn a_stray_cookie_of_the_same_name_shuts_nobody_out() {
        let secret = Secret::new();
        let own = secret.cookie(8750);
        let own = own.split(';').next().unwrap();
        let other = Secret::new().cookie(8750);
        let other = other.split(';').next().unwrap();
        assert!(is_in(&secret, &[&format!("unclench_8750=x; {own}")]));
        assert!(is_in(&secret, &[&format!("{other}; {own}; {other}")]));
        assert!(is_in(&secret, &[other, own]));
        let mut headers = HeaderMap::new();
        let letters = format!("lang=fran\u{e7}ais; {own}; x=\u{1f600}").into_bytes();
        headers.insert(header::COOKIE, header::HeaderValue::from_bytes(&letters).unwrap());
        assert!(secret.is_in(&headers, 8750), "one in letters outside ASCII");
        headers.insert(header::COOKIE, header::HeaderValue::from_bytes(b"a=\xff; b").unwrap());
        assert!(!secret.is_in(&headers, 8750));
    }

    #[test]
    fn only_its_own_path_opens_and_only_its_own_token_fits() {
        let (one, other) = (Secret::new(), Secret::new());
        assert_eq!(one.opens(&one.path()), Some(true));
        assert_eq!(one.opens(&other.path()), Some(false));
        assert_eq!(one.opens("/open/"), Some(false));
        assert_eq!(one.opens("/diary"), None);
        assert!(one.token() != other.token() && one.token() != one.as_str());
    }
}
