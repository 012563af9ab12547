//! The package for Python: a wheel of Python alone, in which `wasmtime` runs the module.

use super::types::{Language, types};
use super::wheel::Wheel;
use super::{File, Parts, VERSION, common};

/// The versions of `wasmtime` whose interface this is.
const RUNTIME: &str = "wasmtime>=20";

/// The wheel, with its file name.
pub fn wheel(parts: &Parts<'_>) -> File {
    let readme = include_str!("../../python/README.md");
    let description = [
        "Metadata-Version: 2.4",
        "Name: unclench",
        &format!("Version: {VERSION}"),
        "Summary: Triage of a back spasm by a published guideline: answers in, a certified outcome out",
        "License-Expression: MIT OR Apache-2.0",
        "Requires-Python: >=3.9",
        &format!("Requires-Dist: {RUNTIME}"),
        "Description-Content-Type: text/markdown",
        "",
        readme,
    ];
    let typed = types(parts.guideline, Language::Python).into_bytes();
    let own = [
        ("__init__.py", include_bytes!("../../python/unclench/__init__.py").to_vec()),
        ("_types.py", typed),
        ("py.typed", Vec::new()),
    ];
    let mut wheel = Wheel::new("unclench", VERSION);
    for (name, bytes) in own.into_iter().chain(common(parts)) {
        wheel.put(format!("unclench/{name}"), bytes);
    }
    wheel.file(&description.join("\n"))
}
