//! The breathing pacer: a circle that grows and shrinks as the book says to breathe.
//!
//! Without scripts it is the same in words.

use care::{Pace, Remedy, Seconds};

/// What the pacer of a page goes by.
pub(crate) struct Pacer<'v> {
    /// The pace of the book, with one that is a second shorter each way and one that is longer.
    pub(crate) paces: Vec<PaceChoice>,
    /// How long it goes on, in seconds.
    pub(crate) seconds: u32,
    /// When to stop.
    pub(crate) stop_if: &'v [String],
    /// It goes with the timer of a session, which starts and stops it.
    pub(crate) is_timed: bool,
}

/// A pace that can be chosen.
pub(crate) struct PaceChoice {
    pub(crate) pace: Pace,
    pub(crate) words: &'static str,
    /// That of the book.
    pub(crate) is_usual: bool,
}

impl<'v> Pacer<'v> {
    /// The first step of a remedy that says how to breathe.
    pub(crate) fn of(remedy: &'v Remedy, is_timed: bool) -> Option<Self> {
        let (pace, timer) = remedy.steps.iter().find_map(|step| Some((step.breathe?, step.timer)))?;
        Some(Self {
            paces: paces(pace),
            seconds: timer.map_or(0, Seconds::get),
            stop_if: &remedy.stop_if,
            is_timed,
        })
    }

    /// The pace of the book.
    pub(crate) fn usual(&self) -> Option<Pace> {
        self.paces.iter().find(|choice| choice.is_usual).map(|choice| choice.pace)
    }
}

fn paces(usual: Pace) -> Vec<PaceChoice> {
    let by = |seconds: i8| {
        let changed = |of: u8| of.checked_add_signed(seconds).filter(|of| Pace::RANGE.contains(of));
        Some(Pace { breath_in: changed(usual.breath_in)?, breath_out: changed(usual.breath_out)? })
    };
    let choices = [(-1, "Shorter"), (0, "Usual"), (1, "Longer")];
    let choice = |(seconds, words)| Some(PaceChoice { pace: by(seconds)?, words, is_usual: seconds == 0 });
    choices.into_iter().filter_map(choice).collect()
}
