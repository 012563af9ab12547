//! A copy of a record that its owner keeps anywhere, since only a passphrase opens it.
//!
//! ```json
//! {"schema": "unclench-sealed-record", "version": 1, "derivation": "argon2id", "memory_kib": 19456,
//!  "passes": 2, "lanes": 1, "salt": "..", "nonce": "..", "sealed": ".."}
//! ```
//!
//! Inside is the export, deflated, under XChaCha20-Poly1305 with a key that Argon2id makes of
//! the passphrase. Not hidden: how long it is, about.

use std::borrow::Cow;
use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::export::{MOST_BYTES, SEALED};
use crate::passphrase::{Cost, Passphrase};

const VERSION: u64 = 1;
const NONCE: usize = 24;
/// What the seal is bound to, beside the key.
const BOUND: &[u8] = b"unclench sealed record\n1";

/// Its fields one by one: to flatten a part into it, `serde` would first make values of
/// whatever else a file holds, twenty times its size in memory.
#[derive(Serialize, Deserialize)]
struct SealedCopy<'a> {
    schema: Cow<'a, str>,
    version: u64,
    derivation: Cow<'a, str>,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: Cow<'a, str>,
    nonce: Cow<'a, str>,
    #[serde(borrow)]
    sealed: Cow<'a, str>,
}

/// Why a sealed copy does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealedCopyError {
    /// Another passphrase, or a changed file: nobody can tell which.
    #[error("this passphrase does not open it; look for capital letters and spaces")]
    WrongPassphrase,
    /// A later program made it, or half of it is gone.
    #[error("it is sealed in a way that this version does not know, or it is not whole")]
    Unknown,
}

/// Whether a text is a sealed copy.
pub fn is_sealed_copy(text: &str) -> bool {
    read(text).is_some()
}

fn read(text: &str) -> Option<SealedCopy<'_>> {
    // Some editors put a mark of the byte order before the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).ok().filter(|copy: &SealedCopy<'_>| copy.schema == SEALED)
}

/// Seals an export. `fresh` is random text that never comes twice: 32 hexadecimal digits.
///
/// # Errors
///
/// None that a person can bring about: all that goes in is our own.
///
/// ```
/// # use store::{Passphrase, open_copy, seal_copy};
/// let passphrase = Passphrase::new("correct horse battery".to_owned()).unwrap();
/// let sealed = seal_copy("{}", &passphrase, "00112233445566778899aabbccddeeff").unwrap();
/// assert_eq!(open_copy(&sealed, &passphrase).as_deref(), Ok("{}"));
/// ```
pub fn seal_copy(export: &str, passphrase: &Passphrase, fresh: &str) -> Result<String, SealedCopyError> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    let packed = packed.write_all(export.as_bytes()).and_then(|()| packed.finish());
    let packed = packed.map_err(|_| SealedCopyError::Unknown)?;
    // Two texts never share a nonce, not even where `fresh` came twice.
    let salt = &hash(b"salt", fresh, b"")[..16];
    let mut nonce = hash(b"nonce", fresh, &packed).to_vec();
    nonce.truncate(NONCE);
    let cost = Cost::of_a_copy();
    let key = cost.key(passphrase, salt).ok_or(SealedCopyError::Unknown)?;
    let payload = Payload { msg: &packed, aad: BOUND };
    let sealed = XChaCha20Poly1305::new(key.as_slice().into())
        .encrypt(XNonce::from_slice(&nonce), payload)
        .map_err(|_| SealedCopyError::Unknown)?;
    let Cost { derivation, memory_kib, passes, lanes } = cost;
    let copy = SealedCopy {
        schema: SEALED.into(),
        version: VERSION,
        derivation: derivation.into(),
        memory_kib,
        passes,
        lanes,
        salt: BASE64.encode(salt).into(),
        nonce: BASE64.encode(nonce).into(),
        sealed: BASE64.encode(sealed).into(),
    };
    serde_json::to_string(&copy).map_err(|_| SealedCopyError::Unknown)
}

fn hash(of: &[u8], fresh: &str, text: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [b"unclench sealed record", of, fresh.as_bytes(), text] {
        hash.update(part.len().to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

/// The export in a sealed copy.
///
/// # Errors
///
/// [`SealedCopyError`] says whether another passphrase may help.
pub fn open_copy(text: &str, passphrase: &Passphrase) -> Result<String, SealedCopyError> {
    let copy = read(text).filter(|copy| copy.version == VERSION).ok_or(SealedCopyError::Unknown)?;
    let bytes = |text: &str| BASE64.decode(text).map_err(|_| SealedCopyError::Unknown);
    let (salt, nonce, sealed) = (bytes(&copy.salt)?, bytes(&copy.nonce)?, bytes(&copy.sealed)?);
    if nonce.len() != NONCE {
        return Err(SealedCopyError::Unknown);
    }
    let SealedCopy { derivation, memory_kib, passes, lanes, .. } = copy;
    let cost = Cost { derivation: derivation.into_owned(), memory_kib, passes, lanes };
    let opened = |key: Option<Zeroizing<[u8; 32]>>| {
        let Some(key) = key else { return Some(Err(SealedCopyError::Unknown)) };
        let payload = Payload { msg: &sealed, aad: BOUND };
        let cipher = XChaCha20Poly1305::new(key.as_slice().into());
        cipher.decrypt(XNonce::from_slice(&nonce), payload).ok().map(Ok)
    };
    let packed = cost.keys(passphrase, &salt).find_map(opened);
    let packed = packed.unwrap_or(Err(SealedCopyError::WrongPassphrase))?;
    let mut export = String::new();
    let longest = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    DeflateDecoder::new(packed.as_slice())
        .take(longest)
        .read_to_string(&mut export)
        .map_err(|_| SealedCopyError::Unknown)?;
    Ok(export)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRESH: &str = "00112233445566778899aabbccddeeff";

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned()).unwrap()
    }

    #[test]
    fn only_its_passphrase_opens_it_and_nothing_of_it_can_be_read_before() {
        let text = "{\"note\": \"my bum is numb\"}";
        let sealed = seal_copy(text, &passphrase("correct horse"), FRESH).unwrap();
        assert!(is_sealed_copy(&sealed) && is_sealed_copy(&format!("\u{feff}{sealed}")));
        assert!(!sealed.contains("numb"));
        assert_eq!(open_copy(&sealed, &passphrase("correct horse")).unwrap(), text);
        assert_eq!(open_copy(&sealed, &passphrase("correct house")), Err(SealedCopyError::WrongPassphrase));
    }

    #[test]
    fn the_same_text_never_looks_the_same_twice() {
        let once = seal_copy("{}", &passphrase("correct horse"), FRESH).unwrap();
        let again =
            seal_copy("{}", &passphrase("correct horse"), "ffeeddccbbaa99887766554433221100").unwrap();
        let other = seal_copy("[]", &passphrase("correct horse"), FRESH).unwrap();
        let nonce = |text: &str| read(text).unwrap().nonce.into_owned();
        assert!(nonce(&once) != nonce(&again) && nonce(&once) != nonce(&other));
    }

    #[test]
    fn what_was_changed_cut_or_asks_for_too_much_is_refused() {
        let sealed = seal_copy("{\"events\": []}", &passphrase("correct horse"), FRESH).unwrap();
        let key = passphrase("correct horse");
        let greedy = sealed.replace("19456", "200000");
        let slow = sealed.replace("\"passes\":2", "\"passes\":64");
        let wide = sealed.replace("\"lanes\":1", "\"lanes\":4294967295");
        let later = sealed.replace("\"version\":1", "\"version\":2");
        for bad in [&*greedy, &*slow, &*wide, &*later, &sealed[..sealed.len() - 9], "{}", "", "hello"] {
            assert_eq!(open_copy(bad, &key), Err(SealedCopyError::Unknown), "{bad}");
        }
        let at = sealed.find("\"sealed\":\"").unwrap() + 12;
        let flipped = if &sealed[at..=at] == "A" { "B" } else { "A" };
        let changed = format!("{}{flipped}{}", &sealed[..at], &sealed[at + 1..]);
        assert_eq!(open_copy(&changed, &key), Err(SealedCopyError::WrongPassphrase));
        assert!(!is_sealed_copy("{\"schema\": \"unclench-record\"}"));
    }
}
