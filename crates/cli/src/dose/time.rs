//! Times as they are typed.

use care::read_time;
use jiff::Zoned;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use store::EARLIEST;

use crate::exit::BadInput;

/// A time that was typed, by the clock of `now`, or now.
///
/// # Errors
///
/// A text that is no time, or one that the clock of this place shows twice or never, or one of
/// before all that a record can hold.
pub(crate) fn read_or_now(text: Option<&str>, now: Zoned) -> anyhow::Result<Zoned> {
    let Some(text) = text else { return Ok(now) };
    let at = read(text, &now)?;
    if at.timestamp() < EARLIEST {
        return Err(BadInput::because("that time is before the year 1970; is the year right?"));
    }
    Ok(at)
}

fn read(text: &str, now: &Zoned) -> anyhow::Result<Zoned> {
    // The name of a time zone is looked up in the files of this computer, so not by `care`.
    if let Ok(zoned) = text.trim().parse::<Zoned>() {
        return Ok(zoned);
    }
    let at =
        read_time(text, now).map_err(|error| BadInput::because(tell::unusable_time(&error).to_string()))?;
    // Who gives an offset reads the answer by that clock.
    let offset = Pieces::parse(text.trim()).ok().and_then(|pieces| pieces.to_numeric_offset());
    Ok(offset.map_or(at.clone(), |offset| at.with_time_zone(TimeZone::fixed(offset))))
}

/// Whether somebody says that they do not know when.
pub(crate) fn is_unknown(text: &str) -> bool {
    matches!(
        text.trim().to_lowercase().as_str(),
        "unknown" | "not sure" | "not known" | "i do not know" | "?"
    )
}
