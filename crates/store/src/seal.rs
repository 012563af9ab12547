//! Encryption at rest.
//!
//! Each payload is sealed with a random data key (XChaCha20-Poly1305); the data
//! key is wrapped with a key that Argon2id derives from the passphrase. So the
//! passphrase can be changed without touching an event, and the wrap doubles as
//! the check of the passphrase. The place of an event goes into its seal, so that
//! events cannot be swapped, moved or dated otherwise without being found out.
//!
//! Not hidden: how many records and events there are, when each was written, and
//! its length in steps of 256 bytes. What is taken away or put in is found out by
//! the chain over the entries (`chain`), whose hashes are keyed in a sealed file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::digest::generic_array::GenericArray;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::passphrase::{Cost, Passphrase};
use crate::place::{Place, SEALED};

/// The key of a file, with the name by which another process knows it again.
pub(crate) struct Key {
    cipher: XChaCha20Poly1305,
    /// For the chain over the entries.
    chain: Zeroizing<[u8; 32]>,
    id: String,
}

/// The JSON of a payload, wiped from memory when dropped.
pub(crate) type Opened = Zeroizing<String>;

/// Why something cannot be sealed or unsealed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SealError {
    #[error("the passphrase does not open it")]
    WrongPassphrase,
    #[error("its seal does not fit")]
    Broken,
    #[error("it is sealed in a way that this version does not know")]
    Unknown,
    #[error("the system gives no random numbers ({0})")]
    NoRandomness(String),
}

/// What a passphrase opens.
pub(crate) struct Unwrapped {
    pub(crate) key: Key,
    /// The same key in a wrap of today, where it was in one of the first kind.
    pub(crate) renewed: Option<String>,
}

/// The wrapped key, as the file keeps it.
#[derive(Serialize, Deserialize)]
struct Wrap {
    /// 1: of a file that may have no chain yet. 2: of one that has. The wrap is bound to it,
    /// so that nobody without the passphrase makes a chained file look like one that never
    /// was, and has the program chain whatever they left in it.
    version: u32,
    /// Name of the key: random, and the same for as long as the file is sealed.
    id: String,
    #[serde(flatten)]
    cost: Cost,
    salt: String,
    nonce: String,
    key: String,
}

const UNCHAINED: u32 = 1;
const CHAINED: u32 = 2;

/// No wrap of ours is a tenth as long.
const LONGEST_WRAP: usize = 10_000;

/// Payloads are filled up to a multiple of this, or "yes" and "no" would differ in length.
const STEP: usize = 256;
const NONCE: usize = 24;

/// A new key, and its wrap for the file.
pub(crate) fn new_key(passphrase: &Passphrase) -> Result<(Key, String), SealError> {
    let key = Zeroizing::new(random::<32>()?);
    let id = BASE64.encode(random::<16>()?);
    let wrap = wrap(&key, &id, passphrase)?;
    Ok((Key::of(&key, id), wrap))
}

/// The key of a file.
pub(crate) fn unwrap(wrap_text: &str, passphrase: &Passphrase) -> Result<Unwrapped, SealError> {
    let (key, id, version) = unwrap_bytes(wrap_text, passphrase)?;
    let renewed = (version == UNCHAINED).then(|| wrap(&key, &id, passphrase)).transpose()?;
    Ok(Unwrapped { key: Key::of(&key, id), renewed })
}

/// The same key, with a wrap of another passphrase.
pub(crate) fn wrap_again(
    wrap_text: &str,
    old: &Passphrase,
    new: &Passphrase,
) -> Result<(Key, String), SealError> {
    let (key, id, _) = unwrap_bytes(wrap_text, old)?;
    let wrap = wrap(&key, &id, new)?;
    Ok((Key::of(&key, id), wrap))
}

impl Key {
    fn of(bytes: &[u8; 32], id: String) -> Self {
        let mut chain = Sha256::new();
        chain.update(b"unclench chain\n");
        chain.update(bytes);
        let chain = Zeroizing::new(chain.finalize().into());
        Self { cipher: XChaCha20Poly1305::new(bytes.as_slice().into()), chain, id }
    }

    /// A hash that only the holder of the key can make (HMAC-SHA-256).
    pub(crate) fn authenticate(&self, message: &[u8]) -> [u8; 32] {
        // HMAC fills a shorter key up with zeros.
        let mut block = GenericArray::default();
        block[..self.chain.len()].copy_from_slice(self.chain.as_slice());
        <Hmac<Sha256> as Mac>::new(&block).chain_update(message).finalize().into_bytes().into()
    }

    /// Whether this wrap holds this key, with whatever passphrase.
    pub(crate) fn is_in(&self, wrap: &str) -> bool {
        serde_json::from_str::<Wrap>(wrap).is_ok_and(|wrap| wrap.id == self.id)
    }

    /// Seals a JSON text.
    pub(crate) fn seal(&self, place: Place<'_>, json: &str) -> Result<String, SealError> {
        // JSON takes spaces at its end.
        let filled = Zeroizing::new(format!("{json:<width$}", width = width(json)));
        let nonce = random::<NONCE>()?;
        let payload = Payload { msg: filled.as_bytes(), aad: &place.bytes() };
        let sealed =
            self.cipher.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| SealError::Broken)?;
        Ok(format!("{SEALED}{}", BASE64.encode([nonce.as_slice(), &sealed].concat())))
    }

    /// Opens what [`Key::seal`] made at the same place.
    pub(crate) fn open(&self, place: Place<'_>, sealed: &str) -> Result<Zeroizing<String>, SealError> {
        let text = sealed.strip_prefix(SEALED).ok_or(SealError::Broken)?;
        let bytes = BASE64.decode(text).map_err(|_| SealError::Broken)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or(SealError::Broken)?;
        let payload = Payload { msg: sealed, aad: &place.bytes() };
        let json = self.cipher.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| SealError::Broken)?;
        String::from_utf8(json).map(Zeroizing::new).map_err(|_| SealError::Broken)
    }
}

impl Place<'_> {
    /// No part holds the separator, so no two places have the same bytes.
    fn bytes(self) -> Vec<u8> {
        format!("unclench event\n{}\n{}\n{}", self.record, self.sequence, self.written_at).into_bytes()
    }
}

/// `format!` counts characters and the length that shows is in bytes.
fn width(json: &str) -> usize {
    let continuation = json.len() - json.chars().count();
    json.len().next_multiple_of(STEP) - continuation
}

fn wrap(key: &[u8; 32], id: &str, passphrase: &Passphrase) -> Result<String, SealError> {
    let (salt, nonce) = (random::<16>()?, random::<NONCE>()?);
    let cost = Cost::of_a_file();
    let derived = cost.key(passphrase, &salt).ok_or(SealError::Unknown)?;
    let bound = wrap_bytes(CHAINED, id);
    let payload = Payload { msg: key, aad: &bound };
    let wrapped = XChaCha20Poly1305::new(derived.as_slice().into())
        .encrypt(XNonce::from_slice(&nonce), payload)
        .map_err(|_| SealError::Broken)?;
    let wrap = Wrap {
        version: CHAINED,
        id: id.to_owned(),
        cost,
        salt: BASE64.encode(salt),
        nonce: BASE64.encode(nonce),
        key: BASE64.encode(wrapped),
    };
    serde_json::to_string(&wrap).map_err(|_| SealError::Unknown)
}

/// The key, its name, and the version of its wrap.
fn unwrap_bytes(
    wrap: &str,
    passphrase: &Passphrase,
) -> Result<(Zeroizing<[u8; 32]>, String, u32), SealError> {
    if LONGEST_WRAP < wrap.len() {
        return Err(SealError::Unknown);
    }
    let wrap: Wrap = serde_json::from_str(wrap).map_err(|_| SealError::Unknown)?;
    if !matches!(wrap.version, UNCHAINED | CHAINED) {
        return Err(SealError::Unknown);
    }
    let bytes = |text: &str| BASE64.decode(text).map_err(|_| SealError::Unknown);
    let (salt, nonce, wrapped) = (bytes(&wrap.salt)?, bytes(&wrap.nonce)?, bytes(&wrap.key)?);
    if nonce.len() != NONCE {
        return Err(SealError::Unknown);
    }
    let bound = wrap_bytes(wrap.version, &wrap.id);
    let opened = |derived: Option<Zeroizing<[u8; 32]>>| {
        let Some(derived) = derived else { return Some(Err(SealError::Unknown)) };
        let payload = Payload { msg: &wrapped, aad: &bound };
        let cipher = XChaCha20Poly1305::new(derived.as_slice().into());
        cipher.decrypt(XNonce::from_slice(&nonce), payload).ok().map(|key| Ok(Zeroizing::new(key)))
    };
    let key = wrap.cost.keys(passphrase, &salt).find_map(opened);
    let key = key.unwrap_or(Err(SealError::WrongPassphrase))?;
    let key: [u8; 32] = key.as_slice().try_into().map_err(|_| SealError::Unknown)?;
    Ok((Zeroizing::new(key), wrap.id, wrap.version))
}

fn wrap_bytes(version: u32, id: &str) -> Vec<u8> {
    let of = if version == UNCHAINED { "unclench key" } else { "unclench key of a chained file" };
    format!("{of}\n{id}").into_bytes()
}

/// A text that nobody can guess and that never comes twice.
pub(crate) fn fresh() -> Result<String, SealError> {
    random::<16>().map(|bytes| care::hex(&bytes))
}

fn random<const N: usize>() -> Result<[u8; N], SealError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| SealError::NoRandomness(error.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned()).unwrap()
    }

    const PLACE: Place<'_> = Place { record: "own", sequence: 7, written_at: "2026-11-24T10:00:00Z" };

    #[test]
    fn a_payload_opens_only_where_it_was_sealed() {
        let (key, _) = new_key(&passphrase("correct horse")).unwrap();
        let sealed = key.seal(PLACE, r#"{"a":"é"}"#).unwrap();
        assert_eq!(key.open(PLACE, &sealed).unwrap().trim_end(), r#"{"a":"é"}"#);
        for elsewhere in [
            Place { record: "other", ..PLACE },
            Place { sequence: 8, ..PLACE },
            Place { written_at: "2026-11-24T10:00:01Z", ..PLACE },
        ] {
            assert!(matches!(key.open(elsewhere, &sealed), Err(SealError::Broken)));
        }
    }

    #[test]
    fn yes_and_no_have_the_same_length() {
        let (key, _) = new_key(&passphrase("correct horse")).unwrap();
        let length = |json: &str| key.seal(PLACE, json).unwrap().len();
        assert_eq!(length(r#"{"a":"yes"}"#), length(r#"{"a":"no"}"#));
        assert_eq!(length(r#"{"a":"éééé"}"#), length(r#"{"a":"e"}"#));
        assert!(length(&"x".repeat(257)) > length(&"x".repeat(256)));
    }

    #[test]
    fn a_changed_passphrase_opens_the_same_key() {
        let (old, new) = (passphrase("correct horse"), passphrase("battery staple"));
        let (key, first) = new_key(&old).unwrap();
        let (again, second) = wrap_again(&first, &old, &new).unwrap();
        assert_eq!(again.authenticate(b"x"), key.authenticate(b"x"));
        assert!(key.is_in(&first) && key.is_in(&second));
        let sealed = key.seal(PLACE, "{}").unwrap();
        assert_eq!(unwrap(&second, &new).unwrap().key.open(PLACE, &sealed).unwrap().trim_end(), "{}");
        assert!(matches!(unwrap(&second, &old), Err(SealError::WrongPassphrase)));
    }

    #[test]
    fn a_wrap_says_that_the_file_is_chained_and_nobody_takes_that_back() {
        let passphrase = passphrase("correct horse");
        let (_, wrap) = new_key(&passphrase).unwrap();
        assert!(unwrap(&wrap, &passphrase).unwrap().renewed.is_none());
        let taken_back = wrap.replace("\"version\":2", "\"version\":1");
        assert_ne!(taken_back, wrap);
        assert!(matches!(unwrap(&taken_back, &passphrase), Err(SealError::WrongPassphrase)));
    }

    #[test]
    fn a_file_cannot_ask_for_all_the_memory() {
        let (_, wrap) = new_key(&passphrase("correct horse")).unwrap();
        let greedy = wrap.replace("47104", "4000000000");
        assert!(matches!(unwrap(&greedy, &passphrase("correct horse")), Err(SealError::Unknown)));
    }
}
