//! Where an event stands: what is sealed is sealed together with it.

/// Sealed payloads begin with this; JSON begins with a brace.
pub(crate) const SEALED: &str = "sealed:1:";

/// Where an event stands. It is sealed with it.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "seal"), expect(dead_code, reason = "only a seal looks at it"))]
pub(crate) struct Place<'a> {
    pub(crate) record: &'a str,
    pub(crate) sequence: i64,
    pub(crate) written_at: &'a str,
}
