//! The package for npm: ES modules, `require` too, for Node and for browsers, without a dependency.

use serde_json::json;

use super::types::{Language, types};
use super::{File, Parts, VERSION, common};

/// The same files for Node and browsers, by their names.
const SCRIPTS: [(&str, &str); 5] = [
    ("README.md", include_str!("../../npm/README.md")),
    ("browser.mjs", include_str!("../../npm/browser.mjs")),
    ("core.mjs", include_str!("../../npm/core.mjs")),
    ("node.cjs", include_str!("../../npm/node.cjs")),
    ("node.mjs", include_str!("../../npm/node.mjs")),
];

/// What is typed by hand: the functions.
const FUNCTIONS: &str = include_str!("../../npm/index.d.ts");

/// Every file of the package.
pub fn npm(parts: &Parts<'_>) -> Vec<File> {
    let typed = format!("{}\n{FUNCTIONS}", types(parts.guideline, Language::TypeScript));
    let manifest = json!({
        "name": "unclench",
        "version": VERSION,
        "description": "Triage of a back spasm by a published guideline: answers in, a certified outcome out",
        "license": "MIT OR Apache-2.0",
        "type": "module",
        "sideEffects": false,
        "engines": { "node": ">=18" },
        "exports": {
            ".": {
                "node": {
                    "import": { "types": "./index.d.ts", "default": "./node.mjs" },
                    "require": { "types": "./index.d.cts", "default": "./node.cjs" },
                },
                "default": { "types": "./index.d.ts", "default": "./browser.mjs" },
            },
            "./guideline.bin": "./guideline.bin",
            "./unclench.wasm": "./unclench.wasm",
            "./package.json": "./package.json",
        },
        "types": "./index.d.ts",
    });
    let scripts = SCRIPTS.map(|(name, text)| (name, text.as_bytes().to_vec()));
    let made = [
        ("index.d.cts", typed.clone().into_bytes()),
        ("index.d.ts", typed.into_bytes()),
        ("package.json", format!("{manifest:#}\n").into_bytes()),
    ];
    let all = scripts.into_iter().chain(made).chain(common(parts));
    all.map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}
