//! When a habit is done: the part of RFC 5545 recurrence rules that calendars agree on.

use toml::Spanned;

use crate::fields::Fields;
use crate::suggest::did_you_mean;

const FREQUENCIES: [&str; 6] = ["MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const PARTS: [&str; 6] = ["FREQ", "INTERVAL", "BYDAY", "BYHOUR", "BYMINUTE", "BYMONTHDAY"];

/// The rule under `schedule`; empty where it is missing or is none, which is then reported.
pub(super) fn read(fields: &mut Fields<'_, '_>) -> String {
    if !fields.has("schedule") {
        fields.missing("schedule", "add `schedule = \"FREQ=DAILY\"`, a recurrence rule of RFC 5545");
    }
    let Some(text) = fields.optional_text("schedule") else { return String::new() };
    if let Err((message, help)) = check(text.get_ref()) {
        fields.problem(text.span(), message, help);
    }
    Spanned::into_inner(text)
}

/// What is wrong with a rule, and what to do about it.
fn check(rule: &str) -> Result<(), (String, String)> {
    let mut seen: Vec<&str> = Vec::new();
    for part in rule.split(';') {
        let (name, values) = part.split_once('=').ok_or_else(|| {
            (
                format!("`{part}` is no part of a schedule"),
                "write it like \"FREQ=WEEKLY;BYDAY=MO,TH\"".to_owned(),
            )
        })?;
        if !PARTS.contains(&name) {
            let help = did_you_mean(name, PARTS, format!("the parts are {}", PARTS.join(", ")));
            return Err((format!("a schedule has no part `{name}`"), help));
        }
        if seen.contains(&name) {
            return Err((format!("`{name}` is given twice"), "give each part once".to_owned()));
        }
        if seen.is_empty() && name != "FREQ" {
            return Err((
                "a schedule starts with `FREQ`".to_owned(),
                "write it like \"FREQ=DAILY\"".to_owned(),
            ));
        }
        seen.push(name);
        for value in values.split(',') {
            check_value(name, value)?;
        }
    }
    Ok(())
}

fn check_value(name: &str, value: &str) -> Result<(), (String, String)> {
    let within = |low: u32, high: u32| {
        let number: Option<u32> = value.parse().ok();
        (
            number.is_some_and(|number| (low..=high).contains(&number)),
            format!("use whole numbers from {low} to {high}"),
        )
    };
    let (is_right, help) = match name {
        "FREQ" => (FREQUENCIES.contains(&value), format!("use one of {}", FREQUENCIES.join(", "))),
        "BYDAY" => (DAYS.contains(&value), format!("the days are {}", DAYS.join(", "))),
        "INTERVAL" => within(1, 1_000),
        "BYHOUR" => within(0, 23),
        "BYMINUTE" => within(0, 59),
        _ => within(1, 31),
    };
    if is_right { Ok(()) } else { Err((format!("`{value}` is not allowed for `{name}`"), help)) }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn rules_of_the_book_are_read() {
        for rule in [
            "FREQ=DAILY",
            "FREQ=WEEKLY;BYDAY=MO,WE,FR",
            "FREQ=MONTHLY;BYMONTHDAY=1",
            "FREQ=MINUTELY;INTERVAL=30;BYHOUR=9,10;BYDAY=MO",
        ] {
            assert_eq!(check(rule), Ok(()), "{rule}");
        }
    }

    #[test]
    fn what_no_calendar_would_read_is_refused() {
        for rule in [
            "",
            "DAILY",
            "BYDAY=MO;FREQ=WEEKLY",
            "FREQ=OFTEN",
            "FREQ=WEEKLY;BYDAY=MON",
            "FREQ=DAILY;BYHOUR=24",
            "FREQ=DAILY;FREQ=WEEKLY",
            "FREQ=DAILY;INTERVAL=0",
        ] {
            assert!(check(rule).is_err(), "{rule}");
        }
    }
}
