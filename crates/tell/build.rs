//! Compiles the catalogue, `words/en.ftl`, into the enum `Message`.

#[path = "build/catalogue.rs"]
mod catalogue;

use std::path::Path;

const WORDS: &str = "words/en.ftl";

fn main() {
    println!("cargo::rerun-if-changed={WORDS}");
    if let Err(problems) = compile() {
        for problem in problems {
            println!("cargo::error={problem}");
        }
    }
}

fn compile() -> Result<(), Vec<String>> {
    let failed = |error: &dyn std::fmt::Display| vec![format!("{WORDS}: {error}")];
    let source = std::fs::read_to_string(WORDS).map_err(|error| failed(&error))?;
    let code = catalogue::compile(WORDS, &source)?;
    let folder = std::env::var_os("OUT_DIR").ok_or_else(|| failed(&"cargo names no folder for the code"))?;
    std::fs::write(Path::new(&folder).join("message.rs"), code).map_err(|error| failed(&error))
}
