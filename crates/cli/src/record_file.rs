//! The file with the record: where it is, and its passphrase.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::Context;
use care::printable;
use etcetera::BaseStrategy;
use store::{Database, OpenError, Passphrase};

use crate::exit::BadInput;
use crate::page;

/// Holds the passphrase where nobody can type it.
pub(crate) const PASSPHRASE: &str = "UNCLENCH_PASSPHRASE";

/// Names another file than the one in the folder of this platform.
const RECORD: &str = "UNCLENCH_RECORD";

/// A record that was opened.
pub(crate) struct Opened {
    pub(crate) database: Database,
    /// Whether it is sealed with a passphrase.
    pub(crate) sealed: bool,
}

/// The file that is meant: the one that is named, here or in the environment, else the one
/// in the folder where this platform keeps data of programs.
///
/// # Errors
///
/// If the person has no home folder, or the name is no name of a file.
pub(crate) fn path(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    let named = named.map(Path::to_owned);
    let set = || std::env::var_os(RECORD).filter(|path| !path.is_empty()).map(PathBuf::from);
    if let Some(path) = named.or_else(set) {
        // SQLite would take them for something else than the name of a file.
        let text = path.to_string_lossy();
        if text == ":memory:" || text.starts_with("file:") {
            let shown = printable(&text);
            return Err(BadInput::because(format!("`{shown}` names no file; write `./{shown}` if it does")));
        }
        return Ok(path);
    }
    let folders = etcetera::base_strategy::choose_native_strategy()
        .context("there is no home folder to keep a record in; name a file with --record")?;
    Ok(folders.data_dir().join("unclench").join("record.db"))
}

/// A record whose file is damaged.
pub(crate) struct Damaged {
    /// How.
    pub(crate) error: OpenError,
    /// What was given to open it.
    pub(crate) passphrase: Option<Passphrase>,
}

impl Damaged {
    /// As an error, with the way to what is left.
    pub(crate) fn unusable(&self) -> anyhow::Error {
        BadInput::because(format!(
            "{}; `unclench record export` gives what can still be read of it",
            self.error
        ))
    }
}

/// Opens a record, or makes it; asks for the passphrase if it has one. Of a damaged one it
/// gives what can still be read.
///
/// # Errors
///
/// If it cannot be opened; the message says why, and the file is as it was.
pub(crate) async fn open(path: &Path) -> anyhow::Result<Opened> {
    let damaged = match try_open(path).await? {
        Ok(opened) => return Ok(opened),
        Err(damaged) => damaged,
    };
    // Somebody may need what it still says tonight.
    let passphrase = damaged.passphrase.as_ref();
    let database = Database::open_damaged(path, passphrase).await.map_err(|_| unusable(&damaged.error))?;
    page::error(&format!(
        "{}; what can still be read of it is shown, and nothing new is kept",
        damaged.error
    ));
    Ok(Opened { database, sealed: passphrase.is_some() })
}

/// The same, and apart from it that the file is damaged, or that a newer version made it: then
/// nobody knows what else it says.
///
/// # Errors
///
/// As [`open`](fn@open), for every other reason.
pub(crate) async fn try_open(path: &Path) -> anyhow::Result<Result<Opened, Damaged>> {
    let mut passphrase = passphrase_of_environment()?;
    let mut opened = Database::open(path, passphrase.as_ref()).await;
    if matches!(opened, Err(OpenError::PassphraseNeeded { .. })) && std::io::stdin().is_terminal() {
        passphrase = Some(ask("The passphrase of your record")?);
        opened = Database::open(path, passphrase.as_ref()).await;
    }
    match opened {
        Ok(database) => Ok(Ok(Opened { database, sealed: passphrase.is_some() })),
        Err(error @ (OpenError::Damaged { .. } | OpenError::Newer { .. })) => {
            Ok(Err(Damaged { error, passphrase }))
        }
        Err(error) => Err(unusable(&error)),
    }
}

fn passphrase_of_environment() -> anyhow::Result<Option<Passphrase>> {
    let text = std::env::var(PASSPHRASE).ok().filter(|text| !text.is_empty());
    let made = text.map(Passphrase::new).transpose();
    made.map_err(|error| BadInput::because(format!("{PASSPHRASE}: {error}")))
}

fn needs_terminal() -> anyhow::Result<()> {
    if std::io::stdin().is_terminal() {
        return Ok(());
    }
    Err(BadInput::because(format!("a passphrase is needed, in a terminal or in {PASSPHRASE}")))
}

/// Asks for a passphrase that exists.
///
/// # Errors
///
/// If there is no terminal, or the person gives up.
pub(crate) fn ask(label: &str) -> anyhow::Result<Passphrase> {
    needs_terminal()?;
    #[cfg(unix)]
    crate::terminal_state::restore_on_signals();
    let typed = inquire::Password::new(label).without_confirmation().prompt()?;
    Passphrase::new(typed).map_err(|error| BadInput::because(error.to_string()))
}

/// Asks for a new passphrase, twice.
///
/// # Errors
///
/// If there is no terminal, the person gives up, or it is too short.
pub(crate) fn ask_new() -> anyhow::Result<Passphrase> {
    if let Some(given) = passphrase_of_environment()? {
        return Ok(given);
    }
    needs_terminal()?;
    #[cfg(unix)]
    crate::terminal_state::restore_on_signals();
    let typed = inquire::Password::new("A new passphrase, at least 8 characters")
        .with_help_message("there is no way back into the record without it")
        .prompt()?;
    Passphrase::new(typed).map_err(|error| BadInput::because(error.to_string()))
}

/// The passphrase of what is sealed: of the environment, or typed.
///
/// # Errors
///
/// As [`ask`].
pub(crate) fn known(label: &str) -> anyhow::Result<Passphrase> {
    match passphrase_of_environment()? {
        Some(given) => Ok(given),
        None => ask(label),
    }
}

/// An error about the file, for the person.
pub(crate) fn unusable(error: &OpenError) -> anyhow::Error {
    let how = match error {
        OpenError::PassphraseNeeded { .. } => format!(", in a terminal or in {PASSPHRASE}"),
        _ => String::new(),
    };
    BadInput::because(format!("{error}{how}"))
}
