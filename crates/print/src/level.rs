//! A level of urgency as a word with an icon. Never by colour alone.

use askama::Template;
use care::Urgency;

/// One level, ready to stand in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Template)]
#[template(path = "book/level.html")]
pub(super) struct Level {
    urgency: Urgency,
}

/// One bar of the icon: the more are filled, the sooner.
struct Bar {
    x: u8,
    y: u8,
    height: u8,
    is_filled: bool,
}

impl From<Urgency> for Level {
    fn from(urgency: Urgency) -> Self {
        Self { urgency }
    }
}

impl Level {
    /// The level in one or two words.
    pub(super) fn word(self) -> &'static str {
        match self.urgency {
            Urgency::SelfCare => "Self-care",
            Urgency::Routine => "Routine",
            Urgency::SeeSoon => "See soon",
            Urgency::SameDay => "Same day",
            Urgency::Emergency => "Emergency",
        }
    }

    /// How soon help is needed.
    pub(super) fn time(self) -> &'static str {
        match self.urgency {
            Urgency::SelfCare => "at home, with a safety net",
            Urgency::Routine => "a visit within weeks",
            Urgency::SeeSoon => "a visit within days",
            Urgency::SameDay => "speak to a clinician today",
            Urgency::Emergency => "call now",
        }
    }

    /// Whether it adds anything to the outcome.
    pub(super) fn counts(self) -> bool {
        self.urgency != Urgency::SelfCare
    }

    /// The id used in the book and in class names.
    pub(super) fn id(self) -> &'static str {
        self.urgency.id()
    }

    fn bars(self) -> impl Iterator<Item = Bar> {
        let filled = Urgency::ALL.into_iter().filter(|urgency| *urgency < self.urgency).count();
        (0..4u8).map(move |index| Bar {
            x: 5 * index,
            y: 8 - 2 * index,
            height: 4 + 2 * index,
            is_filled: usize::from(index) < filled,
        })
    }
}
