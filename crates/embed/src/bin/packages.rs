//! Writes the packages; `cargo xtask packages` calls it with what it has built.

use std::path::Path;
use std::process::ExitCode;

use care::compiled;
use embed::Engine;
use embed::packages::{Parts, npm, wheel};

const USAGE: &str = "usage: packages MODULE.wasm BOOK.bin LICENCES.txt FOLDER";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let written = match arguments.as_slice() {
        [module, book, notices, folder] => write(module, book, notices, folder.as_ref()),
        _ => Err(USAGE.to_owned()),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(module: &str, book: &str, notices: &str, folder: &Path) -> Result<(), String> {
    let of = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let read = |path: &str| std::fs::read(path).map_err(|error| of(path.as_ref(), error));
    let (module, book) = (read(module)?, read(book)?);
    let notices = String::from_utf8(read(notices)?).map_err(|error| error.to_string())?;
    let engine = Engine::open(&book).map_err(|error| error.to_string())?;
    // Nothing of a package shows the pages of the book.
    let book = compiled::write(engine.guideline(), Vec::new()).map_err(|error| error.to_string())?;
    let parts = Parts { module: &module, book: &book, guideline: engine.guideline(), notices: &notices };
    let package = folder.join("package");
    std::fs::create_dir_all(&package).map_err(|error| of(&package, error))?;
    let npm = npm(&parts).into_iter().map(|(name, file)| (package.join(name), file));
    let (name, wheel) = wheel(&parts);
    for (to, file) in npm.chain([(folder.join(name), wheel)]) {
        std::fs::write(&to, file).map_err(|error| of(&to, error))?;
    }
    Ok(())
}
