//! What every page has: its title, the emergency number, the way around.

use askama::Template;
use care::{Region, State, Urgency, what_to_do};
use store::{Colours, Event, Fault, Record, Sequence};
use tell::{Clock, dial};

use crate::asking::last_answer;
use crate::incoming::told_title;
use crate::page_error::PageError;
use crate::parts::onward::goes_on;
use crate::response::Response;
use crate::spell::{last_answered, reported_new};
use crate::visit::Home;
use crate::visitor::{Visitor, Whose};

/// What the layout needs to know.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is something that the layout shows or leaves out")]
pub(crate) struct Frame<'v> {
    /// The title of the page; on the tab, before the name of the program.
    pub(crate) title: String,
    /// Where in the program the page is.
    pub(crate) here: Here,
    /// Whether the way around is shown: not before the first outcome, nor in an emergency.
    pub(crate) nav: bool,
    /// Whom to call.
    pub(crate) emergency: Emergency<'v>,
    /// The emergency numbers by country, where it is not known which is theirs: each number with
    /// the countries in which it is dialled.
    pub(crate) numbers: Vec<(&'v str, String)>,
    /// What holds while the person answers again.
    pub(crate) stands: Option<Stands>,
    /// The page is a part of the interview.
    pub(crate) is_interview: bool,
    /// Help is needed now, which the page says before all else.
    pub(crate) alarm: bool,
    /// Scripts of this page, by their names in `assets/`.
    pub(crate) scripts: &'static [&'static str],
    /// The fingerprint of the assets, which is part of their paths.
    pub(crate) assets: &'v str,
    /// The version of the book.
    pub(crate) version: &'v str,
    /// The record is in the database of this browser.
    pub(crate) is_in_browser: bool,
    /// Too much of a painkiller was taken, and help is needed: said on every page.
    pub(crate) overdose: Option<String>,
    /// What is wrong with the record: `entry 5 is missing`.
    pub(crate) faults: Vec<String>,
    /// Whether something that was sent was not kept, and not sent again.
    pub(crate) is_unkept: bool,
    whose: Whose,
    token: &'v str,
    once: &'v str,
    /// The last event that changed an answer.
    last_answer: Sequence,
    colours: Colours,
    zone: Option<&'v str>,
}

/// Too much of a painkiller, which the pages of painkillers tell by themselves.
fn overdose(visitor: &Visitor<'_>) -> Option<String> {
    if visitor.record.doses().is_empty() {
        return None;
    }
    let region = visitor.record.settings().dose_region.as_deref().unwrap_or(&visitor.region().id);
    let log = visitor.record.dose_log();
    let excess = care::medicine::overdose(visitor.guideline(), region, &log, visitor.now.timestamp())?;
    Some(tell::medicine::overdosed(&excess).to_string())
}

/// What stands around every page. It is one template and not the parent of all of them, which
/// would compile it into each: a tenth of the program that a browser fetches.
#[derive(Template)]
#[template(path = "layout.html")]
struct Layout<'f, 'v> {
    frame: &'f Frame<'v>,
    main: &'f str,
}

/// A part of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Here {
    /// Home, and the interview.
    Home,
    /// What helps right now.
    Relief,
    /// Painkillers.
    Medicines,
    /// The diary.
    Diary,
    /// Habits.
    Habits,
    /// The book.
    Learn,
    /// The record itself.
    Data,
    /// None of these.
    Elsewhere,
}

/// The emergency number of a region.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Emergency<'v> {
    /// As a person reads it: `911`, `112 or 999`.
    pub(crate) words: &'v str,
    /// What a telephone dials; none where the region is not known.
    pub(crate) dial: Option<&'v str>,
    /// The region's id.
    pub(crate) region: &'v str,
    /// The region in words.
    pub(crate) place: &'v str,
}

impl<'v> Emergency<'v> {
    /// Of a region of the book.
    pub(crate) fn of(region: &'v Region) -> Self {
        Self {
            words: &region.emergency,
            dial: dial(&region.emergency),
            region: &region.id,
            place: &region.name,
        }
    }
}

/// What holds while the person answers again.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is another sentence")]
pub(crate) struct Stands {
    /// The outcome, and when it was told.
    pub(crate) title: String,
    pub(crate) when: String,
    pub(crate) is_emergency: bool,
    /// Another version of the book told it, and this one has new questions.
    pub(crate) has_new_questions: bool,
    /// What their new answers point to, where that is more urgent.
    pub(crate) since: Option<String>,
    /// The diary said that something is new, or may be, and it was not asked about to the end.
    pub(crate) is_new_open: bool,
    /// They have answered nothing again: a question is open that was answered before.
    pub(crate) is_only_open: bool,
    /// Screens that they have answered again.
    pub(crate) answered: usize,
    /// When they began, where that is so long ago that the questions begin again.
    pub(crate) out_of_date: Option<String>,
    /// Where they go on.
    pub(crate) resume: String,
}

impl Stands {
    fn of(visitor: &Visitor<'_>) -> Option<Self> {
        let record = visitor.record;
        // An interview without an outcome of its own, after one that had one.
        if record.assessments().is_empty() {
            return None;
        }
        let under_way = visitor.case();
        if under_way.concluded().is_some() {
            return None;
        }
        let standing = visitor.standing();
        let guideline = visitor.guideline();
        let told = record.assessments().iter().max_by_key(|told| told.at)?;
        let (title, urgency, has_new_questions) = if let Some(finished) = standing.concluded() {
            (what_to_do(finished).title.to_owned(), finished.urgency(), false)
        } else {
            let told = standing.told_before(guideline, record)?;
            (told_title(guideline, &told.shown).to_owned(), told.shown.urgency, true)
        };
        // What was said since makes it what it is now.
        let is_since = urgency != told.shown.urgency && !has_new_questions;
        let when = if is_since { last_answered(record).unwrap_or(told.at) } else { told.at };
        let certain = State::of(guideline, &standing.answers).bounds().lower;
        let is_begun = record.interview().assessed.is_none();
        Some(Self {
            title,
            when: Clock::of(visitor.now).words(when),
            is_emergency: urgency == Urgency::Emergency,
            has_new_questions,
            since: (urgency < certain).then(|| guideline.outcome(certain).title.clone()),
            is_new_open: reported_new(record).is_some(),
            is_only_open: is_begun && !has_answered_since(record),
            answered: if is_begun { under_way.screens(guideline, record).len() } else { 0 },
            out_of_date: under_way.out_of_date.map(|began| Clock::of(visitor.now).words(began)),
            resume: goes_on(visitor.guideline(), under_way),
        })
    }
}

/// Whether anything was answered, or begun again, since the last outcome.
fn has_answered_since(record: &Record) -> bool {
    let is_outcome = |event: &Event| matches!(event, Event::Assessed { .. } | Event::AssessedEarlier { .. });
    let mut since =
        record.conversation().rev().map(|stored| &stored.event).take_while(|event| !is_outcome(event));
    since.any(|event| !matches!(event, Event::TakenBack { .. }))
}

impl Emergency<'_> {
    /// For a `tel:` link.
    pub(crate) fn tel(&self) -> Option<String> {
        self.dial.map(|number| number.replace(' ', ""))
    }
}

/// The emergency numbers by country, for somebody of whom it is not known where they are.
fn numbers_elsewhere<'v>(visitor: &Visitor<'v>) -> Vec<(&'v str, String)> {
    let mut numbers: Vec<(&str, String)> = Vec::new();
    if dial(&visitor.region().emergency).is_some() {
        return numbers;
    }
    for region in &visitor.guideline().book().regions {
        let Some(number) = dial(&region.emergency) else { continue };
        match numbers.iter_mut().find(|(known, _)| *known == number) {
            Some((_, places)) => *places = format!("{places}, {}", region.name),
            None => numbers.push((number, region.name.clone())),
        }
    }
    numbers
}

/// A place as it stands in a sentence: `the United Kingdom`.
fn with_article(place: &str) -> String {
    let has_article = ["United ", "European "].iter().any(|start| place.starts_with(start));
    if has_article { format!("the {place}") } else { place.to_owned() }
}

/// The level of urgency in a word or two; it stands beside the colour, which never speaks alone.
pub(crate) fn level_word(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::SelfCare => "At home",
        Urgency::Routine => "In the next weeks",
        Urgency::SeeSoon => "In the next days",
        Urgency::SameDay => "Today",
        Urgency::Emergency => "Emergency",
    }
}

impl<'v> Frame<'v> {
    /// The frame of a page.
    pub(crate) fn new(visitor: &'v Visitor<'_>, here: Here, title: impl Into<String>) -> Self {
        let settings = visitor.record.settings();
        Self {
            title: title.into(),
            here,
            nav: !visitor.record.assessments().is_empty(),
            emergency: Emergency::of(visitor.region()),
            numbers: numbers_elsewhere(visitor),
            stands: Stands::of(visitor),
            is_interview: false,
            alarm: false,
            scripts: &[],
            assets: visitor.site.assets().fingerprint(),
            version: &visitor.guideline().book().version,
            is_in_browser: *visitor.visit.home == Home::Browser,
            overdose: overdose(visitor),
            faults: visitor
                .record
                .faults()
                .iter()
                .filter(|fault| **fault != Fault::NotKept)
                .map(|fault| care::sentence_case(&fault.to_string()))
                .collect(),
            is_unkept: visitor.record.faults().contains(&Fault::NotKept),
            whose: visitor.whose(),
            token: visitor.visit.token,
            once: visitor.visit.once,
            last_answer: last_answer(visitor.record),
            colours: settings.colours.unwrap_or_default(),
            zone: settings.time_zone.as_deref(),
        }
    }

    /// With scripts of this page; every page works without.
    #[must_use]
    pub(crate) fn with_scripts(mut self, scripts: &'static [&'static str]) -> Self {
        self.scripts = scripts;
        self
    }

    /// Without the way around.
    #[must_use]
    pub(crate) fn without_nav(mut self) -> Self {
        self.nav = false;
        self
    }

    /// Of what is the person's own, also while help is needed now: that is said first then,
    /// and there is no way around.
    #[must_use]
    pub(crate) fn of_their_own(mut self, visitor: &Visitor<'_>) -> Self {
        let case = visitor.standing();
        let told = || case.told_before(visitor.guideline(), visitor.record);
        let urgency = case.concluded().map(care::Finished::urgency);
        let urgency = urgency.or_else(|| told().map(|told| told.shown.urgency));
        self.alarm = urgency == Some(Urgency::Emergency);
        self.nav &= !self.alarm;
        self
    }

    /// As a part of the interview: with the way around only while an outcome stands that is
    /// no emergency.
    #[must_use]
    pub(crate) fn of_interview(mut self) -> Self {
        self.is_interview = true;
        self.nav = self.nav && self.stands.as_ref().is_some_and(|stands| !stands.is_emergency);
        self
    }

    /// The page inside the layout.
    pub(crate) fn around(&self, page: &impl Template) -> Result<Response, PageError> {
        let main = page.render()?;
        Ok(Response::page(Layout { frame: self, main: &main }.render()?))
    }

    /// Whose number it is, as a sentence.
    pub(crate) fn whose_number(&self) -> String {
        let place = with_article(self.emergency.place);
        match self.whose {
            Whose::Chosen => format!("This is the number of {place}."),
            Whose::Supposed | Whose::Unknown => {
                format!(
                    "This is the number of {place}. We suppose that you are there, by the language and the clock of this device."
                )
            }
        }
    }

    /// Whose number it is: a guess is never silent.
    pub(crate) fn whose(&self) -> String {
        match self.whose {
            Whose::Chosen => self.emergency.place.to_owned(),
            Whose::Supposed => format!("{}?", self.emergency.place),
            Whose::Unknown => "Choose your country".to_owned(),
        }
    }

    /// That it can be changed, after that.
    pub(crate) fn whose_change(&self) -> &'static str {
        match self.whose {
            Whose::Chosen => ": change",
            Whose::Supposed => " Change",
            Whose::Unknown => "",
        }
    }

    /// Says in the title that something is wrong with the form.
    #[must_use]
    pub(crate) fn with_error(mut self, is_wrong: bool) -> Self {
        if is_wrong {
            self.title = format!("Error: {}", self.title);
        }
        self
    }

    /// The hidden fields of every form. Both tokens are hexadecimal.
    pub(crate) fn hidden(&self) -> String {
        format!(
            r#"<input type="hidden" name="token" value="{}"/><input type="hidden" name="once" value="{}"/>"#,
            self.token, self.once
        )
    }

    /// The hidden fields of a form that begins the questions again: also which answers stood
    /// there when its page was made.
    pub(crate) fn hidden_with_answers(&self) -> String {
        format!(r#"{}<input type="hidden" name="seen" value="{}"/>"#, self.hidden(), self.last_answer)
    }

    /// The value of `data-colours`.
    pub(crate) fn colours(&self) -> &'static str {
        match self.colours {
            Colours::Device => "device",
            Colours::Light => "light",
            Colours::Dark => "dark",
        }
    }

    /// The time zone of the person, if it is known.
    pub(crate) fn zone(&self) -> &str {
        self.zone.unwrap_or_default()
    }

    /// Marks the part of the program that the reader is in.
    pub(crate) fn current(&self, here: Here) -> &'static str {
        if self.here == here { r#" aria-current="page""# } else { "" }
    }
}
