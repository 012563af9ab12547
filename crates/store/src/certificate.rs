//! The certificate of an outcome, as a record holds it.

use std::fmt;
use std::io::{Read as _, Write as _};
use std::sync::Arc;

use care::Certificate;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A certificate that was written down: JSON, and whatever it says, so that one of an
/// earlier or later program is kept as it is.
///
/// A diary of a year has hundreds, of some 20 kB each, and a page looks at one of them at
/// most. So each is held once, packed, and shared by whatever refers to it.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptCertificate(Arc<[u8]>);

impl KeptCertificate {
    /// A certificate of this program.
    pub fn of(certificate: &Certificate) -> Self {
        // Only maps with text keys are serialised, which cannot fail.
        Self::from_json(&serde_json::to_value(certificate).unwrap_or_default())
    }

    /// A certificate as JSON.
    pub fn from_json(certificate: &Value) -> Self {
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::fast());
        // Nothing can go wrong with writing into memory.
        let _ = packed.write_all(certificate.to_string().as_bytes());
        Self(packed.finish().unwrap_or_default().into())
    }

    /// The JSON, as it was written down.
    pub fn json(&self) -> Value {
        let mut text = String::new();
        // It was packed here, so it unpacks.
        let _ = DeflateDecoder::new(&*self.0).read_to_string(&mut text);
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// The certificate; none where it is of a format that this program does not know.
    pub fn read(&self) -> Option<Certificate> {
        serde_json::from_value(self.json()).ok()
    }
}

impl fmt::Debug for KeptCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeptCertificate({})", self.json())
    }
}

impl Serialize for KeptCertificate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.json().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for KeptCertificate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|certificate| Self::from_json(&certificate))
    }
}
