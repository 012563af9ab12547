//! A recurrence rule (RFC 5545) in words.

/// The days of a week, as the rules name them.
const DAYS: [(&str, &str); 7] = [
    ("MO", "Monday"),
    ("TU", "Tuesday"),
    ("WE", "Wednesday"),
    ("TH", "Thursday"),
    ("FR", "Friday"),
    ("SA", "Saturday"),
    ("SU", "Sunday"),
];

/// The recurrence rule of a habit as a person reads it; the rule itself where it
/// has parts that have no words here.
///
/// ```
/// use care::schedule_words;
/// assert_eq!(schedule_words("FREQ=DAILY"), "every day");
/// assert_eq!(schedule_words("FREQ=WEEKLY;BYDAY=MO,WE,FR"), "on Monday, Wednesday and Friday");
/// assert_eq!(schedule_words("FREQ=MONTHLY;BYMONTHDAY=1"), "on day 1 of each month");
/// assert_eq!(
///     schedule_words("FREQ=MINUTELY;INTERVAL=30;BYHOUR=9,10,11,12;BYDAY=MO,TU,WE,TH,FR"),
///     "every 30 minutes from 9:00 to 13:00, on Monday to Friday",
/// );
/// assert_eq!(schedule_words("FREQ=SECONDLY"), "FREQ=SECONDLY");
/// ```
pub fn schedule_words(rule: &str) -> String {
    in_words(rule).unwrap_or_else(|| rule.to_owned())
}

fn in_words(rule: &str) -> Option<String> {
    let mut frequency = None;
    let (mut interval, mut days, mut hours, mut month_day) = (1_u32, None, None, None);
    for part in rule.split(';') {
        let (key, value) = part.split_once('=')?;
        match key {
            "FREQ" => frequency = Some(value),
            "INTERVAL" => interval = value.parse().ok()?,
            "BYDAY" => days = Some(days_in_words(value)?),
            "BYHOUR" => hours = Some(hours_in_words(value)?),
            "BYMONTHDAY" => month_day = Some(value.parse::<u32>().ok()?),
            _ => return None,
        }
    }
    let (one, many) = match frequency? {
        "MINUTELY" => ("minute", "minutes"),
        "HOURLY" => ("hour", "hours"),
        "DAILY" => ("day", "days"),
        "WEEKLY" => ("week", "weeks"),
        "MONTHLY" => ("month", "months"),
        _ => return None,
    };
    let every = if interval == 1 { format!("every {one}") } else { format!("every {interval} {many}") };
    let hours = hours.map(|hours| format!(" {hours}")).unwrap_or_default();
    Some(match (month_day, days) {
        (Some(day), None) if one == "month" && interval == 1 => format!("on day {day} of each month{hours}"),
        (Some(_), _) => return None,
        (None, Some(days)) if one == "week" && interval == 1 => format!("on {days}{hours}"),
        (None, Some(days)) => format!("{every}{hours}, on {days}"),
        (None, None) => format!("{every}{hours}"),
    })
}

/// `Monday`, `Monday and Friday`, `Monday to Friday`.
fn days_in_words(value: &str) -> Option<String> {
    let days: Option<Vec<usize>> =
        value.split(',').map(|day| DAYS.iter().position(|(id, _)| *id == day)).collect();
    let days = days?;
    let (first, last) = (*days.first()?, *days.last()?);
    let name = |day: usize| DAYS[day].1;
    let is_run = days.len() > 3 && days.windows(2).all(|pair| pair[1] == pair[0] + 1);
    if is_run {
        return Some(format!("{} to {}", name(first), name(last)));
    }
    let names: Vec<&str> = days.iter().map(|day| name(*day)).collect();
    Some(match names.split_last()? {
        (last, []) => (*last).to_owned(),
        (last, others) => format!("{} and {last}", others.join(", ")),
    })
}

/// Hours in a row as a span of time; anything else has no words here.
fn hours_in_words(value: &str) -> Option<String> {
    let hours: Option<Vec<u32>> =
        value.split(',').map(|hour| hour.parse().ok().filter(|hour| *hour < 24)).collect();
    let hours = hours?;
    let is_run = hours.windows(2).all(|pair| pair[1] == pair[0] + 1);
    let (first, last) = (hours.first()?, hours.last()?);
    is_run.then(|| format!("from {first}:00 to {}:00", last + 1))
}
