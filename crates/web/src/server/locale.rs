//! Where somebody may be, by the language of their browser: only to show an
//! emergency number that is likely right until they choose.

use hyper::{HeaderMap, header};

/// Members of the European Union without a region of their own in the book.
const EUROPEAN_UNION: [&str; 26] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IT", "LT", "LU",
    "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// The region that the languages of a browser suggest, by its id in the book.
pub(super) fn region(headers: &HeaderMap) -> String {
    let languages =
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let country = languages.split(',').find_map(|language| {
        let tag = language.split(';').next().unwrap_or_default().trim();
        let country = tag.split('-').skip(1).find(|part| part.len() == 2)?;
        Some(country.to_ascii_uppercase())
    });
    match country.as_deref() {
        Some("GB") => "uk".to_owned(),
        Some(country @ ("US" | "IE" | "AU" | "CA" | "IN" | "NZ")) => country.to_ascii_lowercase(),
        Some(country) if EUROPEAN_UNION.contains(&country) => "eu".to_owned(),
        _ => "anywhere".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_without_a_country_suggests_none() {
        let of = |languages: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, languages.parse().unwrap());
            region(&headers)
        };
        assert_eq!(of("en-US,en;q=0.9"), "us");
        assert_eq!(of("en-GB"), "uk");
        assert_eq!(of("en, de-AT;q=0.8"), "eu");
        assert_eq!(of("zh-Hans-CN"), "anywhere");
        assert_eq!(of("en"), "anywhere");
        assert_eq!(of(""), "anywhere");
    }
}
