//! A certificate in, whether it holds out.

use care::{Certificate, Guideline};
use serde::{Deserialize, Serialize};

/// A certificate to check.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Verify {
    /// As it came with an assessment.
    #[cfg_attr(feature = "schema", schema(value_type = crate::schema::Certificate))]
    certificate: Certificate,
}

/// Whether a certificate holds.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Verified {
    /// It does, by the separate evaluator.
    pub holds: bool,
    /// Why not.
    pub why_not: Option<String>,
}

impl Verify {
    /// Checks it again by an evaluator that shares nothing with the one that made it.
    pub fn verify(&self, guideline: &Guideline) -> Verified {
        let why_not = care::verify(guideline, &self.certificate).err();
        let why_not = why_not.map(|error| care::printable(&error.to_string()).into_owned());
        Verified { holds: why_not.is_none(), why_not }
    }
}
