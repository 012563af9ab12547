//! A part of a file that is read when somebody first wants it.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Something that a file may hold packed: it is unpacked where it is first used.
///
/// In a file it is a run of bytes, so that whoever reads the file only copies them.
/// Bytes that hold nothing of this sort are read as an empty one: no program of ours
/// writes such a file, and one that was damaged on its way is refused by its hash.
#[derive(Clone)]
pub struct Deferred<T> {
    /// As it stood in the file; empty once it was changed.
    packed: Vec<u8>,
    made: OnceLock<T>,
}

/// Up to so many bytes are kept as they are.
const WORTH_DEFLATING: usize = 4_096;
/// The largest that is inflated: the words of the book are a megabyte.
const MOST_INFLATED: usize = 64 << 20;

const PLAIN: u8 = 0;
const DEFLATED: u8 = 1;

fn packed(value: &impl Serialize) -> Result<Vec<u8>, postcard::Error> {
    let bytes = postcard::to_allocvec(value)?;
    let (tag, bytes) = if bytes.len() <= WORTH_DEFLATING {
        (PLAIN, bytes)
    } else {
        (DEFLATED, miniz_oxide::deflate::compress_to_vec(&bytes, 9))
    };
    Ok([&[tag][..], &bytes].concat())
}

fn unpacked<T: DeserializeOwned>(packed: &[u8]) -> Option<T> {
    match packed.split_first()? {
        (&PLAIN, bytes) => postcard::from_bytes(bytes).ok(),
        (&DEFLATED, bytes) => {
            let inflated = miniz_oxide::inflate::decompress_to_vec_with_limit(bytes, MOST_INFLATED).ok()?;
            postcard::from_bytes(&inflated).ok()
        }
        _ => None,
    }
}

impl<T> Deferred<T> {
    /// What it is, where that is known without unpacking anything.
    pub fn known(&self) -> Option<&T> {
        self.made.get()
    }
}

impl<T> From<T> for Deferred<T> {
    fn from(value: T) -> Self {
        Self { packed: Vec::new(), made: OnceLock::from(value) }
    }
}

impl<T: Default> Default for Deferred<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T: DeserializeOwned + Default> Deref for Deferred<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.made.get_or_init(|| unpacked(&self.packed).unwrap_or_default())
    }
}

impl<T: DeserializeOwned + Default> DerefMut for Deferred<T> {
    fn deref_mut(&mut self) -> &mut T {
        let packed = std::mem::take(&mut self.packed);
        if self.made.get().is_none() {
            self.made = OnceLock::from(unpacked::<T>(&packed).unwrap_or_default());
        }
        self.made.get_mut().unwrap_or_else(|| unreachable!("it was made one line above"))
    }
}

impl<T: DeserializeOwned + Default + PartialEq> PartialEq for Deferred<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: fmt::Debug> fmt::Debug for Deferred<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.known() {
            Some(value) => value.fmt(out),
            None => write!(out, "{} bytes, not read yet", self.packed.len()),
        }
    }
}

impl<T: DeserializeOwned + Default + Serialize> Serialize for Deferred<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&packed(&**self).map_err(serde::ser::Error::custom)?)
    }
}

impl<'de, T> Deserialize<'de> for Deferred<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let packed = deserializer.deserialize_byte_buf(Bytes)?;
        Ok(Self { packed, made: OnceLock::new() })
    }
}

struct Bytes;

impl serde::de::Visitor<'_> for Bytes {
    type Value = Vec<u8>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("bytes")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_vec())
    }

    fn visit_byte_buf<E: serde::de::Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::{DEFLATED, Deferred, PLAIN};

    fn again(value: &Deferred<Vec<String>>) -> Deferred<Vec<String>> {
        postcard::from_bytes(&postcard::to_allocvec(value).unwrap()).unwrap()
    }

    #[test]
    fn it_is_the_same_and_is_read_when_it_is_wanted() {
        for many in [0, 1, 5_000] {
            let value = Deferred::from(vec!["numb".to_owned(); many]);
            let mut read = again(&value);
            assert_eq!(read.known(), None);
            assert!(read == value);
            assert_eq!(read.known().map(Vec::len), Some(many));
            read.push("weak".to_owned());
            assert_eq!(again(&read).len(), many + 1);
        }
        let mut read = again(&vec!["numb".to_owned()].into());
        read.push("weak".to_owned());
        assert_eq!(*again(&read), ["numb", "weak"]);
    }

    #[test]
    fn bytes_that_are_something_else_are_nothing() {
        let bomb = miniz_oxide::deflate::compress_to_vec(&vec![1; 100 << 20], 9);
        let bomb = [&[DEFLATED][..], &bomb].concat();
        for packed in [&[][..], &[7], &[PLAIN], &[PLAIN, 0xff, 0xff, 0x7f], &[DEFLATED, 3, 9], &bomb] {
            let bytes: Deferred<Vec<String>> =
                postcard::from_bytes(&postcard::to_allocvec(&Raw(packed)).unwrap()).unwrap();
            assert!(bytes.is_empty());
        }
    }

    /// Bytes as a file holds them.
    struct Raw<'b>(&'b [u8]);

    impl serde::Serialize for Raw<'_> {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(self.0)
        }
    }
}
