//! Who is who: a random secret in a cookie that no script can read.
//!
//! The token in each form is a hash of the secret, so nothing has to be kept and a
//! restart logs nobody out.

use axum::http::{HeaderMap, header};
use care::hex;
use sha2::{Digest, Sha256};

const NAME: &str = "unclench";

/// A year, in seconds.
const MAX_AGE: u32 = 365 * 24 * 60 * 60;

/// The session of a browser.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Session(String);

impl Session {
    /// A new one, out of 256 random bits.
    pub(super) fn new() -> Self {
        Self(format!("{}{}", random(), random()))
    }

    /// The one in the cookie of a request; none if it is missing or no secret of ours.
    pub(super) fn of(headers: &HeaderMap) -> Option<Self> {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let (_, secret) = pairs.find(|(name, _)| *name == NAME)?;
        let is_ours = secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_ours.then(|| Self(secret.to_owned()))
    }

    /// What its forms carry.
    pub(super) fn token(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"token of a form");
        hash.update(self.0.as_bytes());
        hex(&hash.finalize())
    }

    /// Whether a form carries its token. Compared by their hashes, so that the time
    /// it takes tells nothing about the token.
    pub(super) fn is_token(&self, given: &str) -> bool {
        Sha256::digest(given.as_bytes()) == Sha256::digest(self.token().as_bytes())
    }

    /// The cookie that carries it. `Lax`, so that a link from elsewhere still finds
    /// the record; a form from elsewhere does not carry it.
    pub(super) fn cookie(&self) -> String {
        format!("{NAME}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={MAX_AGE}", self.0)
    }
}

/// 128 random bits in hexadecimal.
///
/// # Panics
///
/// If the operating system has no random numbers: then nothing here would be safe.
#[expect(clippy::expect_used, reason = "without random numbers no session is safe")]
pub(super) fn random() -> String {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system gives random numbers");
    hex(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(cookie: &str) -> Option<Session> {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        Session::of(&headers)
    }

    #[test]
    fn a_session_comes_back_from_its_cookie_and_no_other_value_is_one() {
        let session = Session::new();
        let cookie = session.cookie();
        let pair = cookie.split(';').next().unwrap();
        assert!(sent(&format!("other=1; {pair}")).unwrap() == session);
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
        for bad in ["unclench=", "unclench=abc", "x=1", "unclench=<script>"] {
            assert!(sent(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn only_its_own_token_fits() {
        let (one, other) = (Session::new(), Session::new());
        assert!(one.is_token(&one.token()));
        assert!(!one.is_token(&other.token()) && !one.is_token(""));
    }
}
