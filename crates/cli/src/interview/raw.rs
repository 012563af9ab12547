//! The terminal while it gives keys one by one: for lists to tick and for steps that are timed.

use std::io::{self, Write as _};

use crossterm::cursor::{Hide, MoveToColumn, MoveUp, Show};
use crossterm::terminal::{Clear, ClearType, disable_raw_mode, enable_raw_mode};
use crossterm::{execute, queue};

/// As long as there is one, keys come one by one and the cursor is hidden; then it is as it was.
pub(super) struct Raw;

impl Raw {
    /// # Errors
    ///
    /// If the terminal cannot be used.
    pub(super) fn begin() -> io::Result<Self> {
        enable_raw_mode()?;
        execute!(io::stdout(), Hide)?;
        Ok(Self)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        // Where this fails the terminal is gone.
        drop(execute!(io::stdout(), Show));
        drop(disable_raw_mode());
    }
}

/// Takes away what was drawn: so many lines, with the cursor in the last of them.
///
/// # Errors
///
/// If the terminal cannot be written to.
pub(super) fn wipe(lines: usize) -> io::Result<()> {
    let mut out = io::stdout();
    if let Some(up) = lines.checked_sub(1) {
        if 0 < up {
            queue!(out, MoveUp(u16::try_from(up).unwrap_or(u16::MAX)))?;
        }
        queue!(out, MoveToColumn(0), Clear(ClearType::FromCursorDown))?;
    }
    out.flush()
}
