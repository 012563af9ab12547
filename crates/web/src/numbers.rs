//! When to call, and whom: what the danger card and the first page of a static site say.

use care::{Book, Region, Urgency};
use tell::dial;

use crate::frame::Frame;
use crate::site::Site;

/// The numbers of a region.
pub(crate) struct RegionLine<'v> {
    /// Its name.
    pub(crate) name: &'v str,
    /// The emergency number as a person reads it.
    pub(crate) words: &'v str,
    /// The number that a telephone dials.
    pub(crate) dial: Option<&'v str>,
    /// Whom to ask where it is no emergency, and the number to dial.
    pub(crate) advice: Option<(&'v str, Option<&'v str>)>,
    /// It is where the person is.
    pub(crate) is_own: bool,
}

/// The numbers of every region that has some.
pub(crate) fn region_lines<'v>(frame: &Frame<'_>, book: &'v Book) -> Vec<RegionLine<'v>> {
    let own = frame.emergency.region;
    let regions = book.regions.iter().filter(|region| dial(&region.emergency).is_some());
    let line = |region: &'v Region| RegionLine {
        is_own: region.id == own,
        name: &region.name,
        words: &region.emergency,
        dial: dial(&region.emergency),
        advice: region.advice.as_deref().map(|words| (words, dial(words))),
    };
    regions.map(line).collect()
}

/// Each danger sign that alone is an emergency for anyone, as the screens that everyone sees word it.
pub(crate) fn danger_signs<'g>(site: &Site<'g>) -> Vec<&'g str> {
    let guideline = site.guideline();
    let asked_of_everyone = guideline.questions().filter(|id| guideline.question(*id).only_if.is_none());
    asked_of_everyone
        .flat_map(|id| guideline.question(id).shows.iter().copied())
        .filter(|finding| guideline.finding(*finding).danger)
        .filter(|finding| {
            let mut answers = care::Answers::none(guideline);
            let is_set = answers.set(guideline, *finding, care::Answer::Yes).is_ok();
            is_set && care::State::of(guideline, &answers).bounds().lower == Urgency::Emergency
        })
        .map(|finding| guideline.finding(finding).label.as_str())
        .collect()
}
