//! The packages: which files each has, so that whoever unpacks one needs nothing else.

mod npm;
mod python;
mod types;
mod wheel;
mod zip;

use care::Guideline;

pub use npm::npm;
pub use python::wheel;

/// The version of the packages.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What both are made from.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'p> {
    /// The module.
    pub module: &'p [u8],
    /// The compiled book.
    pub book: &'p [u8],
    /// The same, opened.
    pub guideline: &'p Guideline,
    /// What the module is made of, and the licences it comes under.
    pub notices: &'p str,
}

/// A file of a package, with its path in it.
pub type File = (String, Vec<u8>);

/// What stands in every package beside its own.
fn common(parts: &Parts<'_>) -> [(&'static str, Vec<u8>); 5] {
    [
        ("unclench.wasm", parts.module.to_vec()),
        ("guideline.bin", parts.book.to_vec()),
        ("LICENSE-MIT", include_bytes!("../../../../LICENSE-MIT").to_vec()),
        ("LICENSE-APACHE", include_bytes!("../../../../LICENSE-APACHE").to_vec()),
        ("licences.txt", parts.notices.as_bytes().to_vec()),
    ]
}
