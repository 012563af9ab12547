//! Settings: whose numbers and limits, which time zone, light or dark.

use askama::Template;
use care::Region;
use care::medicine::regions_with_limits;
use store::{Colours, Event, Sequence, Settings};
use tell::dial;

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::overtaken::{OVERTAKEN, is_overtaken, last_change};
use crate::parts::standing::Standing;
use crate::request::Form;
use crate::response::Response;
use crate::screen::Problem;
use crate::site::Site;
use crate::visitor::Visitor;

/// Light or dark, by their names in a form.
const COLOURS: [(&str, Colours, &str); 3] = [
    ("device", Colours::Device, "As this device says"),
    ("light", Colours::Light, "Light"),
    ("dark", Colours::Dark, "Dark, for the night"),
];

/// Parts of the world by which time zones are named; the others are old names
/// and offsets, which still work when they are typed.
const AREAS: [&str; 10] = [
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
];

#[derive(Template)]
#[template(path = "pages/settings.html")]
struct SettingsPage<'v> {
    frame: Frame<'v>,
    in_emergency: bool,
    is_saved: bool,
    regions: Vec<Choice<'v>>,
    /// Whose limits of painkillers there are.
    limits: Vec<Choice<'v>>,
    /// The person has chosen whose.
    has_limits: bool,
    colours: Vec<Choice<'v>>,
    time_zone: String,
    zones: Vec<String>,
    problems: Vec<Problem>,
    /// That they were changed elsewhere meanwhile.
    notice: Option<&'static str>,
    /// Where the changes ended that the page shows.
    seen: Sequence,
}

/// One of several.
struct Choice<'v> {
    value: &'v str,
    label: &'v str,
    /// More about it, after the label.
    note: &'v str,
    checked: bool,
}

const SETTINGS: &str = "/settings";

/// `GET /settings`: as they are, or as they were sent and refused.
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let mut page = page(visitor);
    let Some(form) = visitor.sent(SETTINGS) else { return page.frame.around(&page) };
    let (_, problem) = read(visitor, form)?;
    page.notice = is_overtaken(visitor, form).then_some(OVERTAKEN);
    form.text("time_zone").clone_into(&mut page.time_zone);
    for (choices, field) in
        [(&mut page.regions, "region"), (&mut page.limits, "dose_region"), (&mut page.colours, "colours")]
    {
        if let Some(given) = form.get(field) {
            for choice in choices {
                choice.checked = choice.value == given;
            }
        }
    }
    page.problems = problem.into_iter().collect();
    page.frame = page.frame.with_error(!page.problems.is_empty());
    page.frame.around(&page)
}

/// `GET /settings/saved`: where there is no page to go back to.
pub(crate) fn saved(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let page = SettingsPage { is_saved: true, ..page(visitor) };
    page.frame.around(&page)
}

fn page<'v>(visitor: &'v Visitor<'_>) -> SettingsPage<'v> {
    let book = visitor.guideline().book();
    let settings = visitor.record.settings();
    let in_emergency = Standing::of(visitor) == Standing::Emergency;
    let has_number = |region: &&Region| dial(&region.emergency).is_some();
    let (named, elsewhere): (Vec<&Region>, Vec<&Region>) = book.regions.iter().partition(has_number);
    let regions = named.into_iter().chain(elsewhere);
    let frame = Frame::new(visitor, Here::Elsewhere, "Settings").with_scripts(&["settings.js"]);
    SettingsPage {
        frame: if in_emergency { frame.without_nav() } else { frame },
        in_emergency,
        is_saved: false,
        // Where the reader is in none of them, the list has been read to its end.
        regions: regions
            .map(|region| Choice {
                value: &region.id,
                label: &region.name,
                note: &region.emergency,
                // What is only supposed is chosen by nobody.
                checked: settings.region.as_ref() == Some(&region.id),
            })
            .collect(),
        limits: regions_with_limits(visitor.guideline())
            .into_iter()
            .map(|region| Choice {
                value: &region.id,
                label: &region.name,
                note: "",
                checked: settings.dose_region.as_ref() == Some(&region.id),
            })
            .collect(),
        has_limits: settings.dose_region.is_some(),
        colours: COLOURS
            .into_iter()
            .map(|(value, colours, label)| Choice {
                value,
                label,
                note: "",
                checked: settings.colours.unwrap_or_default() == colours,
            })
            .collect(),
        time_zone: visitor.now.time_zone().iana_name().unwrap_or_default().to_owned(),
        zones: zones(visitor.site),
        problems: Vec::new(),
        notice: None,
        seen: last_change(visitor.record),
    }
}

fn zones(site: &Site<'_>) -> Vec<String> {
    let is_place = |name: &String| name.split_once('/').is_some_and(|(area, _)| AREAS.contains(&area));
    let mut names: Vec<String> = site.zones().names().into_iter().filter(is_place).collect();
    names.sort_unstable();
    names
}

/// `POST /settings`. What is not in the form stays as it is, so that another page
/// may ask for one of them.
pub(crate) fn change(
    visitor: &Visitor<'_>,
    form: &Form,
    is_page: impl Fn(&str) -> bool,
) -> Result<Response, PageError> {
    let (changed, problem) = read(visitor, form)?;
    let is_change = changed != Settings::default();
    if problem.is_some() || (is_change && is_overtaken(visitor, form)) {
        return Ok(Response::see(SETTINGS).carrying(form));
    }
    let to = Some(form.text("back")).filter(|path| is_page(path)).unwrap_or("/settings/saved");
    let events = if is_change { vec![Event::SettingsChanged(changed)] } else { Vec::new() };
    Ok(Response::see(to).after(events))
}

/// What a form changes, and what is wrong with what was typed.
fn read(visitor: &Visitor<'_>, form: &Form) -> Result<(Settings, Option<Problem>), PageError> {
    let book = visitor.guideline().book();
    let settings = visitor.record.settings();
    let unknown = |what: &str| PageError::BadForm(format!("it names no {what} that we know"));
    let mut changed = Settings::default();
    if let Some(region) = form.get("region") {
        let region =
            book.regions.iter().find(|known| known.id == region).ok_or_else(|| unknown("country"))?;
        changed.region = Some(region.id.clone()).filter(|id| settings.region.as_ref() != Some(id));
    }
    if let Some(limits_of) = form.get("dose_region") {
        let known = regions_with_limits(visitor.guideline()).into_iter().find(|known| known.id == limits_of);
        let known = known.ok_or_else(|| unknown("limits"))?;
        changed.dose_region =
            Some(known.id.clone()).filter(|_| settings.dose_region.as_ref() != Some(&known.id));
    }
    if let Some(colours) = form.get("colours") {
        let (_, colours, _) =
            COLOURS.into_iter().find(|(name, ..)| *name == colours).ok_or_else(|| unknown("colours"))?;
        changed.colours = Some(colours).filter(|colours| settings.colours.unwrap_or_default() != *colours);
    }
    let mut problem = None;
    let typed = form.text("time_zone");
    if !typed.is_empty() && visitor.now.time_zone().iana_name() != Some(typed) {
        let zone = visitor.site.zones().get(typed);
        if let Some(name) = zone.as_ref().and_then(jiff::tz::TimeZone::iana_name) {
            changed.time_zone = Some(name.to_owned());
            // Where it is that of the device, it follows the device as before.
            changed.zone_is_chosen = Some(form.text("zone_of_device") != name);
        } else {
            let message =
                "We do not know this time zone. Write it as Europe/London, or choose one of the list"
                    .to_owned();
            problem = Some(Problem { field: "time_zone".to_owned(), message });
        }
    }
    Ok((changed, problem))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Person;

    #[test]
    fn the_chosen_country_puts_its_number_on_every_page() {
        let mut person = Person::with_a_plain_spasm();
        let pages =
            ["/", "/outcome", "/learn", "/learn/sources", "/data", "/settings", "/emergency", "/none"];
        for path in pages {
            assert!(!person.get(path).text().contains("class=\"call\" href=\"tel:"), "{path}");
        }
        let saved = person.post("/settings", &[("region", "au")]);
        assert_eq!((saved.status, saved.header("location")), (303, Some("/settings/saved")));
        for path in pages {
            assert!(person.get(path).text().contains("class=\"call\" href=\"tel:000\""), "{path}");
        }
    }

    #[test]
    fn only_what_was_changed_is_written_down() {
        let mut person = Person::new();
        let same = [("colours", "device"), ("time_zone", "Europe/London")];
        person.post("/settings", &same);
        assert!(person.record.events().is_empty());
        person.post("/settings", &[("dose_region", "uk"), ("colours", "dark"), ("time_zone", "asia/tokyo")]);
        let expected = Settings {
            region: None,
            dose_region: Some("uk".into()),
            time_zone: Some("Asia/Tokyo".into()),
            zone_is_chosen: Some(true),
            colours: Some(Colours::Dark),
        };
        assert_eq!(*person.record.settings(), expected);
        assert!(person.get("/").text().contains("data-colours=\"dark\""));
        person.post("/settings", &[("colours", "light")]);
        assert_eq!(*person.record.settings(), Settings { colours: Some(Colours::Light), ..expected });
    }

    #[test]
    fn a_zone_that_was_chosen_stays_until_another_is_chosen() {
        let entry = [("pain_now", "4"), ("new_danger", "no"), ("time_zone", "Europe/Berlin")];
        let mut person = Person::with_a_plain_spasm();
        person.post("/settings", &[("time_zone", "Asia/Tokyo"), ("zone_of_device", "Europe/London")]);
        person.post("/diary", &entry);
        assert_eq!(person.record.settings().time_zone.as_deref(), Some("Asia/Tokyo"));
        // Back to that of the device, it follows the device again.
        person.post("/settings", &[("time_zone", "Europe/Paris"), ("zone_of_device", "Europe/Paris")]);
        person.wait(jiff::SignedDuration::from_hours(1));
        person.post("/diary", &entry);
        assert_eq!(person.record.settings().time_zone.as_deref(), Some("Europe/Berlin"));
    }

    #[test]
    fn a_time_zone_that_does_not_exist_is_refused_and_what_was_filled_in_stays() {
        let mut person = Person::new();
        let page = person.refused("/settings", &[("time_zone", "Atlantis/City"), ("region", "au")]);
        assert!(page.text().contains("<title>Error: ") && page.text().contains("value=\"Atlantis/City\""));
        assert!(page.text().contains("value=\"au\" checked"));
        assert!(person.record.events().is_empty());
    }

    #[test]
    fn a_number_is_supposed_only_where_language_and_clock_agree_and_chosen_by_nobody_else() {
        let call = |person: &Person| {
            let page = person.get("/");
            let tel = page.text().split("class=\"call\" href=\"tel:").nth(1);
            tel.map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
        };
        for (language, zone, number) in [
            ("us", "America/New_York", Some("911")),
            ("us", "Europe/London", None),
            ("us", "Etc/UTC", None),
            ("uk", "Europe/London", Some("999")),
            ("uk", "Europe/Paris", None),
            ("eu", "Europe/Paris", Some("112")),
            ("in", "Asia/Kolkata", Some("112")),
            ("anywhere", "Europe/London", None),
        ] {
            let mut person = Person::at("2026-11-24T10:00:00Z", zone);
            person.region = crate::Whereabouts::Language(language);
            assert_eq!(call(&person).as_deref(), number, "{language} in {zone}");
            let settings = person.get("/settings");
            let regions = settings.text().split("name=\"region\"").skip(1);
            assert!(regions.map(|rest| rest.split("/>").next().unwrap()).all(|tag| !tag.contains("checked")));
            let whose = if number.is_some() {
                "?<span class=\"whose__change\"> Change</span></a>"
            } else {
                "Choose your country"
            };
            assert!(person.get("/").text().contains(whose), "{language} in {zone}");
            // What was supposed becomes a choice once the person says so.
            person.post("/settings", &[("region", if language == "anywhere" { "nz" } else { language })]);
            assert!(call(&person).is_some() && !person.get("/").text().contains(" Change</span>"));
        }
    }

    #[test]
    fn settings_that_were_changed_in_another_window_are_not_overwritten() {
        let mut person = Person::new();
        person.post("/settings", &[("region", "au")]);
        let page = person.post_then("/settings", &[("seen", "0"), ("region", "uk"), ("colours", "dark")]);
        assert!(page.text().contains("changed in another window"), "{}", page.text());
        assert!(
            page.text().contains("value=\"uk\" checked") && page.text().contains("value=\"dark\" checked")
        );
        assert_eq!(person.record.settings().region.as_deref(), Some("au"));
        let seen = person.record.last().to_string();
        person.post("/settings", &[("seen", seen.as_str()), ("region", "uk")]);
        assert_eq!(person.record.settings().region.as_deref(), Some("uk"));
    }

    #[test]
    fn what_the_book_does_not_know_is_refused() {
        let mut person = Person::new();
        for (field, value) in [("region", "mars"), ("dose_region", "eu"), ("colours", "pink")] {
            assert_eq!(person.post("/settings", &[(field, value)]).status, 400, "{field}");
        }
        assert!(person.record.events().is_empty());
    }

    #[test]
    fn the_way_back_leads_to_our_own_pages_only() {
        let mut person = Person::with_a_plain_spasm();
        let mut back = |to: &str| {
            let page = person.post("/settings", &[("back", to)]);
            page.header("location").unwrap_or_default().to_owned()
        };
        assert_eq!(back("/outcome"), "/outcome");
        assert_eq!(back("/learn/sources"), "/learn/sources");
        for bad in [
            "",
            "https://example.org/",
            "//example.org",
            "/\\example.org",
            "/\t/example.org",
            "/learn//example.org",
            "javascript:alert(1)",
            "/no/such/page",
            "/data/export.json",
            "/outcome?x=1",
            "/%2f/example.org",
        ] {
            assert_eq!(back(bad), "/settings/saved", "{bad:?}");
        }
    }

    #[test]
    fn the_zones_offered_are_places_and_the_own_is_filled_in() {
        let page = Person::new().get("/settings");
        assert!(page.text().contains("name=\"time_zone\" value=\"Europe/London\""));
        assert!(page.text().contains("<option value=\"America/New_York\">"));
        assert!(!page.text().contains("<option value=\"Etc/"));
    }
}
