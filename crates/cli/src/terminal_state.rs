//! The terminal as it was, also where a signal ends the program in the middle of a question.
//!
//! While a question is asked the terminal shows no keys and gives them one by one. Left
//! like that, it would be of no use to whoever comes back to it.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{
    SIGALRM, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU,
};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// Pasted text comes plain again, and the cursor is seen.
const PLAIN: &[u8] = b"\x1b[?2004l\x1b[?25h";

/// Every signal that ends or stops a program from outside, where it can be told of it at all.
/// A file that grows too large ends nothing: what could not be written is said.
const ENDING: [i32; 11] =
    [SIGALRM, SIGHUP, SIGINT, SIGPROF, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU];

/// What tells the server to stop.
const OF_THE_SERVER: [i32; 2] = [SIGINT, SIGTERM];

/// Whether the server decides what its signals mean.
static IS_LEFT: AtomicBool = AtomicBool::new(false);

/// From now on a signal gives the terminal back before it does what it does.
pub(crate) fn restore_on_signals() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Where no handler can be set, signals do what they always did.
        if let Ok(signals) = Signals::new(ENDING) {
            std::thread::spawn(move || wait(signals));
        }
    });
}

/// From now on the server, which asks no questions, ends by itself when it is told to stop.
pub(crate) fn leave_signals_to_the_server() {
    IS_LEFT.store(true, Ordering::Relaxed);
}

fn wait(mut signals: Signals) {
    for signal in signals.forever() {
        if IS_LEFT.load(Ordering::Relaxed) && OF_THE_SERVER.contains(&signal) {
            continue;
        }
        let was_raw = crossterm::terminal::is_raw_mode_enabled().unwrap_or_default();
        if was_raw {
            restore();
        }
        // A signal that ends the program ends it here; one that stops it comes back later.
        let _ = emulate_default_handler(signal);
        if was_raw {
            let _ = crossterm::terminal::enable_raw_mode();
        }
    }
}

fn restore() {
    let _ = crossterm::terminal::disable_raw_mode();
    // Not through the standard output: who asks the question may hold it.
    if let Ok(mut terminal) = OpenOptions::new().write(true).open("/dev/tty") {
        let _ = terminal.write_all(PLAIN);
    }
}
