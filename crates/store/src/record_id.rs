//! Whose record it is.

use sha2::{Digest as _, Sha256};

/// Whose record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(String);

impl RecordId {
    /// The single record of a person's own machine.
    pub fn own() -> Self {
        Self("own".to_owned())
    }

    /// The record of a session. The file holds the SHA-256 of the secret, so that
    /// whoever reads the file cannot take the session over. The secret is random and
    /// long, which is why a plain hash of it cannot be guessed back.
    pub fn of_session(secret: &str) -> Self {
        Self(format!("{:x}", Sha256::digest(secret.as_bytes())))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
