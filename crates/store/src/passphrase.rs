//! What a person seals something with, and the key that is made of it: by the file of a
//! record and by a copy alike, so that both are as hard to guess.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// What a person chose to seal a record with. Wiped from memory when dropped, and
/// never shown.
#[derive(Clone)]
pub struct Passphrase {
    /// In Unicode's composed form (NFC): two keyboards write one "é" in different ways.
    composed: Zeroizing<String>,
    /// As it was typed, where that is not the same: so it was taken before, and what was sealed
    /// with it opens for ever.
    typed: Option<Zeroizing<String>>,
}

impl Passphrase {
    /// At least 8 characters, in whichever of Unicode's forms a keyboard writes them.
    ///
    /// # Errors
    ///
    /// Shorter than that: a machine tries all of those in an afternoon.
    ///
    /// ```
    /// # use store::Passphrase;
    /// assert!(Passphrase::new("correct horse battery".to_owned()).is_ok());
    /// assert!(Passphrase::new("horse".to_owned()).is_err());
    /// ```
    pub fn new(text: String) -> Result<Self, PassphraseTooShort> {
        let text = Zeroizing::new(text);
        // Room for all of it at once: a text that grew would leave its beginning behind in memory.
        let mut composed = Zeroizing::new(String::with_capacity(3 * text.len()));
        composed.extend(text.nfc());
        if text.chars().count() < 8 {
            return Err(PassphraseTooShort);
        }
        let typed = (composed != text).then_some(text);
        Ok(Self { composed, typed })
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(..)")
    }
}

/// A passphrase is shorter than 8 characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a passphrase has at least 8 characters; four random words make a good one")]
pub struct PassphraseTooShort;

/// What each guess of a passphrase costs, as it is written down beside what is sealed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Cost {
    /// `argon2id`.
    pub(crate) derivation: String,
    pub(crate) memory_kib: u32,
    pub(crate) passes: u32,
    pub(crate) lanes: u32,
}

/// Whatever was sealed by us asks for 46 MiB at most. A file that asks for far more was made to
/// take the memory and the time of whoever opens it, perhaps on a phone: 128 MiB and 8 passes
/// are a second of one core.
const MOST_MEMORY_KIB: u32 = 1 << 17;
const MOST_PASSES: u32 = 8;
/// We ask for one; `argon2` multiplies them without looking.
const MOST_LANES: u32 = 4;

impl Cost {
    /// 46 MiB, one pass: the first choice of the OWASP Password Storage Cheat Sheet.
    #[cfg(feature = "seal")]
    pub(crate) fn of_a_file() -> Self {
        Self::argon2id(47_104, 1)
    }

    /// 19 MiB, two passes: its second choice, as hard to guess, for a phone with little memory.
    pub(crate) fn of_a_copy() -> Self {
        Self::argon2id(19_456, 2)
    }

    fn argon2id(memory_kib: u32, passes: u32) -> Self {
        Self { derivation: "argon2id".to_owned(), memory_kib, passes, lanes: 1 }
    }

    /// The key that seals; none where this program does not know how, or it would cost too much.
    pub(crate) fn key(&self, passphrase: &Passphrase, salt: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
        self.key_of(&passphrase.composed, salt)
    }

    /// The keys that may open, as [`Cost::key`]: one, or two where the passphrase was typed in
    /// another form than the one in which it seals.
    pub(crate) fn keys(
        &self,
        passphrase: &Passphrase,
        salt: &[u8],
    ) -> impl Iterator<Item = Option<Zeroizing<[u8; 32]>>> {
        let texts = [Some(&passphrase.composed), passphrase.typed.as_ref()];
        texts.into_iter().flatten().map(move |text| self.key_of(text, salt))
    }

    fn key_of(&self, text: &str, salt: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
        let is_bounded =
            self.memory_kib <= MOST_MEMORY_KIB && self.passes <= MOST_PASSES && self.lanes <= MOST_LANES;
        if self.derivation != "argon2id" || !is_bounded {
            return None;
        }
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).ok()?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(text.as_bytes(), salt, key.as_mut_slice())
            .ok()?;
        Some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_never_shows() {
        let passphrase = Passphrase::new("correct horse".to_owned()).unwrap();
        assert_eq!(format!("{passphrase:?}"), "Passphrase(..)");
    }

    #[test]
    fn a_passphrase_opens_whichever_keyboard_wrote_it() {
        let of = |text: &str| Passphrase::new(text.to_owned()).unwrap();
        let (composed, decomposed) = (of("caf\u{e9} noir"), of("cafe\u{301} noir"));
        let (cost, salt) = (Cost::argon2id(8, 1), b"sixteen bytes ok");
        let sealing = cost.key(&composed, salt);
        assert!(sealing.is_some() && cost.key(&decomposed, salt) == sealing);
        assert_eq!(cost.keys(&composed, salt).collect::<Vec<_>>(), std::slice::from_ref(&sealing));
        // What was sealed before a passphrase was composed opens as it was typed.
        let as_typed = cost.key_of("cafe\u{301} noir", salt);
        assert_eq!(cost.keys(&decomposed, salt).collect::<Vec<_>>(), [sealing, as_typed]);
    }
}
