//! What went along with less pain, and what stood in a diary before a worse day.

use care::Strength;
use care::helped::{Estimate, RemedyHelped};
use care::triggers::TriggerSeen;

use crate::line::Paragraph;
use crate::message::Message;

/// What went along with all tries together.
pub fn helped_overall(times: u32, eased: Estimate) -> Message<'static> {
    let times = times.into();
    match Change::of(eased) {
        Change::Down { points, low, high } => Message::HelpedOverallDown { times, points, low, high },
        Change::Up { points, low, high } => Message::HelpedOverallUp { times, points, low, high },
        Change::NotClear { low, high } => Message::HelpedOverallNotClear { times, low, high },
    }
}

/// What went along with one remedy, in a sentence below its name; none where there are too
/// few tries to say.
///
/// ```
/// use care::helped::{Estimate, RemedyHelped};
/// let eased = Some(Estimate { points: 1.21, low: 0.5, high: 1.9 });
/// assert_eq!(
///     tell::remedy_helped(&RemedyHelped { remedy: "heat", times: 5, eased }).map(|said| said.to_string()),
///     Some("After this your pain went down by about 1.2 points (likely between 0.5 and 1.9) over 5 times.".into())
/// );
/// ```
pub fn remedy_helped(helped: &RemedyHelped<'_>) -> Option<Message<'static>> {
    let times = helped.times.into();
    Some(match Change::of(helped.eased?) {
        Change::Down { points, low, high } => Message::HelpedRemedyDown { times, points, low, high },
        Change::Up { points, low, high } => Message::HelpedRemedyUp { times, points, low, high },
        Change::NotClear { low, high } => Message::HelpedRemedyNotClear { times, low, high },
    })
}

type Text = std::borrow::Cow<'static, str>;

/// A change with its range, in words.
enum Change {
    Down {
        points: Text,
        low: Text,
        high: Text,
    },
    Up {
        points: Text,
        low: Text,
        high: Text,
    },
    /// The range holds zero, so that no direction is claimed.
    NotClear {
        low: Text,
        high: Text,
    },
}

impl Change {
    fn of(eased: Estimate) -> Self {
        let [points, low, high] = [eased.points, eased.low, eased.high].map(tenths);
        let text = |tenths: i64| -> Text { format!("{}.{}", tenths.abs() / 10, tenths.abs() % 10).into() };
        let way = |tenths: i64| match tenths {
            0 => Message::HelpedNoChange.to_string().into(),
            1.. => Message::HelpedDown { points: text(tenths) }.to_string().into(),
            _ => Message::HelpedUp { points: text(tenths) }.to_string().into(),
        };
        if low > 0 {
            Self::Down { points: text(points), low: text(low), high: text(high) }
        } else if high < 0 {
            Self::Up { points: text(points), low: text(high), high: text(low) }
        } else {
            Self::NotClear { low: way(low), high: way(high) }
        }
    }
}

fn tenths(points: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "points are within -10 to 10")]
    let tenths = (points * 10.0).round() as i64;
    tenths
}

/// How often the day after a trigger was worse.
///
/// ```
/// use care::triggers::{NextDay, TriggerSeen};
/// let seen = TriggerSeen {
///     trigger: "sitting for long".to_owned(),
///     days: 4,
///     with: NextDay { known: 3, higher: 2 },
///     without: NextDay { known: 6, higher: 1 },
/// };
/// assert_eq!(
///     tell::trigger_seen(&seen).to_string(),
///     "On 4 days. The next day was worse after 2 of the 3 we know of, and after 1 of 6 other days."
/// );
/// ```
pub fn trigger_seen(seen: &TriggerSeen) -> Paragraph<'static> {
    let next_day = match seen.with.known {
        0 => Message::TriggerNoDayAfter,
        known => Message::TriggerNextDay {
            known: known.into(),
            higher: seen.with.higher.into(),
            others: seen.without.known.into(),
            worse: seen.without.higher.into(),
        },
    };
    Paragraph::from(Message::TriggerDays { days: seen.days.into() }).and(next_day)
}

/// What the strength of the evidence means, in a sentence.
pub fn strength_meaning(strength: Strength) -> Message<'static> {
    match strength {
        Strength::Helps => Message::StrengthHelps,
        Strength::MayHelp => Message::StrengthMayHelp,
        Strength::Unclear => Message::StrengthUnclear,
        Strength::Untested => Message::StrengthUntested,
        Strength::NoHelp => Message::StrengthNoHelp,
    }
}

#[cfg(test)]
mod tests {
    use care::helped::Estimate;

    use super::helped_overall;

    #[test]
    fn no_direction_is_claimed_where_the_range_holds_zero() {
        let words =
            |points: f64, low: f64, high: f64| helped_overall(5, Estimate { points, low, high }).to_string();
        assert_eq!(
            words(1.31, 0.6, 2.04),
            "Over 5 tries in all your pain went down by about 1.3 points (likely between 0.6 and 2.0)."
        );
        assert_eq!(
            words(-1.31, -2.04, -0.6),
            "Over 5 tries in all your pain went up by about 1.3 points (likely between 0.6 and 2.0)."
        );
        assert_eq!(
            words(0.2, -0.5, 0.9),
            "Over 5 tries in all your pain did not clearly change (likely between 0.5 up and 0.9 down)."
        );
        assert_eq!(
            words(0.5, 0.04, 0.96),
            "Over 5 tries in all your pain did not clearly change (likely between no change and 1.0 down)."
        );
    }
}
