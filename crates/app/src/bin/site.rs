//! Writes the folder of the static site; `cargo xtask site` calls it with what it has built.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use app::folder::{Parts, files};

const USAGE: &str = "usage: site BASE PROGRAM.wasm BOOK.bin FOLDER [FILE ...]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let written = match arguments.as_slice() {
        [base, program, book, folder, more @ ..] => write(base, program, book, folder.as_ref(), more),
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

fn write(base: &str, program: &str, book: &str, folder: &Path, more: &[String]) -> Result<(), String> {
    let of = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let read = |path: &str| std::fs::read(path).map_err(|error| of(path.as_ref(), error));
    let name = |path: &str| {
        let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
        name.ok_or_else(|| format!("{path} is no file"))
    };
    let parts = Parts {
        base: base.to_owned(),
        program: read(program)?,
        book: read(book)?,
        more: more.iter().map(|path| Ok((name(path)?, read(path)?))).collect::<Result<_, String>>()?,
    };
    for (path, file) in files(parts).map_err(|error| error.to_string())? {
        let to: PathBuf = folder.join(path);
        if let Some(within) = to.parent() {
            std::fs::create_dir_all(within).map_err(|error| of(within, error))?;
        }
        std::fs::write(&to, file).map_err(|error| of(&to, error))?;
    }
    Ok(())
}
