//! The form of a check-in: ten seconds, most of it may be left empty.

use askama::Template;
use care::{Answer, FindingId, Guideline, QuestionId, answer_from_json};
use jiff::{Timestamp, Zoned};
use serde_json::Value;
use store::{Activity, CheckIn, NewDanger, RegionPain, Sequence, Sleep, Trigger};
use tell::Card;

use super::asked::asked_along;
use super::entries::{activity_words, sleep_words};
use super::fields::{PlaceLine, Tick};
use super::when::{Day, When};
use crate::body_map::BodyMap;
use crate::limits::{LONGEST_NOTE, LONGEST_TRIGGER};
use crate::parts::copies::days_since;
use crate::parts::fields::{Pick, Rating, Unreadable, too_long};
use crate::parts::triggers::known_triggers;
use crate::request::Form;
use crate::screen::Problem;
use crate::spell::Spell;
use crate::visitor::Visitor;

/// Triggers of the person's own are offered again from so many of the last entries.
const LAST_ENTRIES: usize = 1_000;

/// The form, ready to show.
#[derive(Debug, Template)]
#[template(path = "components/diary_form.html")]
#[expect(clippy::struct_excessive_bools, reason = "each is something that the form shows or leaves out")]
pub(crate) struct CheckInForm<'v> {
    hidden: String,
    emergency: &'v str,
    tel: Option<String>,
    is_first: bool,
    pain_now: Rating,
    pain_worst: Rating,
    function: Rating,
    /// How it has gone since it began, once there is something to say.
    course: Option<Pick>,
    /// The diary says that by itself.
    knows_course: bool,
    /// What the person could not do when they were asked last.
    still: Vec<Pick>,
    pub(super) danger: Pick,
    /// What may be new, in few words.
    signs: Card<'v>,
    /// When to get help, for whoever finds something new.
    card: Card<'v>,
    map: BodyMap<'v>,
    places: Vec<PlaceLine<'v>>,
    sleep: Pick,
    activity: Pick,
    /// Painkillers since the last entry: each with when.
    doses: Vec<String>,
    triggers: Vec<Tick>,
    own_trigger: String,
    note: String,
    when: When,
    /// The days that it may be about.
    days: Vec<Day>,
    pub(crate) problems: Vec<Problem>,
    /// It was sent after what it asks along was answered elsewhere.
    pub(crate) is_overtaken: bool,
    /// Where the record ended when the page was made.
    seen: Sequence,
    /// Whether the part that may be left out was filled in, and so is shown.
    is_more_open: bool,
}

/// A form that was filled in.
pub(crate) struct Filled {
    /// The entry.
    pub(crate) entry: CheckIn,
    /// Answers to questions of the book that it asks along: of one question each.
    pub(crate) answers: Vec<(QuestionId, Vec<(FindingId, Answer)>)>,
}

impl<'v> CheckInForm<'v> {
    /// The empty form.
    pub(crate) fn new(visitor: &'v Visitor<'_>, (signs, card): (Card<'v>, Card<'v>), hidden: String) -> Self {
        let case = visitor.standing();
        let guideline = visitor.guideline();
        let now = visitor.now.timestamp();
        let spell = Spell::seen(guideline, &case.view(visitor.record), now);
        let last = spell.as_ref().and_then(|spell| spell.entries.last());
        let since = last.map(|entry| entry.what.at);
        let emergency = crate::frame::Emergency::of(visitor.region());
        let asked = asked_along(guideline, case, spell.as_ref().map(|spell| spell.days(now)));
        let clock = tell::Clock::of(visitor.now);
        let doses = visitor.record.doses().iter().map(|dose| &dose.what);
        let day_ago = now.checked_sub(jiff::SignedDuration::from_hours(24)).unwrap_or(now);
        let doses = doses.filter(|dose| since.unwrap_or(day_ago) < dose.at && dose.at <= now);
        let could_do = spell
            .iter()
            .flat_map(|spell| spell.entries.iter().rev())
            .find_map(|entry| Some((entry.what.function?, days_since_words(visitor, entry.what.at))));
        Self {
            hidden,
            emergency: emergency.words,
            tel: emergency.tel(),
            is_first: last.is_none(),
            pain_now: Rating::pain("pain_now", "How strong is the pain now?", false)
                .given(last.map(|entry| (entry.what.pain_now, days_since_words(visitor, entry.what.at)))),
            pain_worst: Rating::pain(
                "pain_worst",
                if last.is_some() {
                    "The worst since your last entry?"
                } else {
                    "The worst in the last 24 hours?"
                },
                true,
            ),
            function: Rating::of(
                "function",
                "How much of your usual day can you do?",
                ("nothing", "all of it"),
                true,
            )
            .given(could_do),
            course: asked.course.map(|finding| Pick::of_choice(guideline, finding)),
            knows_course: spell.as_ref().is_some_and(|spell| spell.knows_start(guideline)),
            still: asked.still.iter().map(|finding| Pick::still(guideline, *finding)).collect(),
            danger: Pick::of(
                "new_danger",
                if last.is_some() {
                    "Since your last entry, is any of this new?"
                } else {
                    "Is any of this new?"
                },
                &[("no", "No, none of it"), ("yes", "Yes"), ("not sure", "I am not sure")],
            ),
            signs,
            card,
            map: BodyMap::of_places(guideline),
            places: guideline
                .book()
                .body_places
                .iter()
                .map(|place| PlaceLine { id: &place.id, label: &place.name, checked: false, pain: None })
                .collect(),
            sleep: Pick::of(
                "sleep",
                "How was the night?",
                &[
                    ("well", sleep_words(Sleep::Well)),
                    ("broken", sleep_words(Sleep::Broken)),
                    ("hardly", sleep_words(Sleep::Hardly)),
                ],
            ),
            activity: Pick::of(
                "activity",
                "How active were you?",
                &ACTIVITIES.map(|(id, kind)| (id, activity_words(kind))),
            ),
            doses: doses.map(|dose| format!("{} ({})", dose.name, clock.words(dose.at))).collect(),
            triggers: triggers_to_tick(visitor),
            own_trigger: String::new(),
            note: String::new(),
            when: When::default(),
            days: When::days(visitor.now),
            problems: Vec::new(),
            is_overtaken: false,
            seen: visitor.record.last(),
            is_more_open: false,
        }
    }

    /// Fills in what was sent, and says what is wrong with it; the entry where nothing is.
    pub(crate) fn read(&mut self, guideline: &Guideline, form: &Form, now: &Zoned) -> Option<Filled> {
        let mut problems = self.fill(form);
        let at = self.when.instant(now).map_err(|problem| problems.push(problem)).unwrap_or_default();
        let pain_now = self.pain_now.points();
        if pain_now.is_none() && self.pain_now.error.is_none() {
            let message = "Choose how strong the pain is now, from 0 to 10".to_owned();
            problems.insert(0, self.pain_now.wrong(message));
        }
        let pain_worst = self.pain_worst.points();
        if let (Some(now), Some(worst)) = (pain_now, pain_worst)
            && worst < now
        {
            let message = format!("The worst cannot be less than the pain now, which is {now}");
            problems.push(self.pain_worst.wrong(message));
        }
        let new_danger = match self.danger.chosen() {
            Some("no") => NewDanger::No,
            Some("yes") => NewDanger::Yes,
            Some("not sure") => NewDanger::NotSure,
            _ if self.danger.error.is_some() => NewDanger::NotAsked,
            _ => {
                let message = "Say if any of this is new: no, yes or not sure".to_owned();
                problems.push(self.danger.wrong(message));
                NewDanger::NotAsked
            }
        };
        self.problems = problems;
        self.problems.is_empty().then(|| Filled {
            entry: self.entry(at, pain_now.unwrap_or_default(), new_danger),
            answers: self.answers(guideline),
        })
    }

    /// Fills in what was sent, and says what of it cannot be right.
    fn fill(&mut self, form: &Form) -> Vec<Problem> {
        let mut problems = Vec::new();
        for rating in [&mut self.pain_now, &mut self.pain_worst, &mut self.function] {
            problems.extend(rating.fill(form));
        }
        let picks = [&mut self.danger, &mut self.sleep, &mut self.activity];
        for pick in picks.into_iter().chain(&mut self.course).chain(&mut self.still) {
            problems.extend(pick.fill(form));
        }
        for place in &mut self.places {
            problems.extend(place.fill(form));
        }
        if form.all("place").any(|id| self.places.iter().all(|place| place.id != id)) {
            let field = self.places.first().map_or("place", |place| place.id).to_owned();
            problems.push(Problem { field, message: Unreadable::MESSAGE.to_owned() });
        }
        for words in form.all("trigger") {
            match self.triggers.iter_mut().find(|trigger| trigger.label == words) {
                Some(trigger) => trigger.checked = true,
                // One of their own, which another window has taken off the list meanwhile.
                None => self.triggers.push(Tick { cause: None, label: words.to_owned(), checked: true }),
            }
            problems.extend(too_long("own_trigger", words, LONGEST_TRIGGER));
        }
        form.text("own_trigger").clone_into(&mut self.own_trigger);
        form.text("note").clone_into(&mut self.note);
        problems.extend(too_long("own_trigger", &self.own_trigger, LONGEST_TRIGGER));
        problems.extend(too_long("note", &self.note, LONGEST_NOTE));
        self.when = When::read(form);
        // What was said of it is shown again.
        self.knows_course &= self.course.as_ref().is_none_or(|course| course.chosen().is_none());
        let is_picked = |pick: &Pick| pick.chosen().is_some();
        self.is_more_open = self.pain_worst.points().is_some()
            || self.places.iter().any(|place| place.checked)
            || self.triggers.iter().any(|trigger| trigger.checked)
            || [&self.sleep, &self.activity].into_iter().any(is_picked)
            || !self.own_trigger.is_empty()
            || !self.note.is_empty()
            || self.when.is_earlier
            || !problems.is_empty();
        problems
    }

    fn entry(&self, at: Timestamp, pain_now: u8, new_danger: NewDanger) -> CheckIn {
        let mut regions: Vec<RegionPain> = self
            .places
            .iter()
            .filter(|place| place.checked)
            .map(|place| RegionPain { region: place.id.to_owned(), pain: place.pain })
            .collect();
        // The worst place first; those without a number after the others.
        regions.sort_by_key(|place| std::cmp::Reverse(place.pain));
        let mut triggers: Vec<Trigger> =
            self.triggers.iter().filter(|trigger| trigger.checked).map(Tick::trigger).collect();
        if !self.own_trigger.is_empty() {
            // What is on the list already is the same in their own words.
            let listed =
                self.triggers.iter().find(|known| known.label.eq_ignore_ascii_case(&self.own_trigger));
            let own = listed.map_or_else(|| Trigger::Own(self.own_trigger.clone()), Tick::trigger);
            if !triggers.contains(&own) {
                triggers.push(own);
            }
        }
        CheckIn {
            at,
            pain_now,
            pain_worst: self.pain_worst.points(),
            regions,
            function: self.function.points(),
            sleep: match self.sleep.chosen() {
                Some("well") => Some(Sleep::Well),
                Some("broken") => Some(Sleep::Broken),
                Some("hardly") => Some(Sleep::Hardly),
                _ => None,
            },
            activity: self
                .activity
                .chosen()
                .and_then(|chosen| ACTIVITIES.into_iter().find(|(id, _)| *id == chosen))
                .map(|(_, activity)| activity),
            triggers,
            new_danger,
            note: self.note.clone(),
        }
    }

    /// What was answered of the questions of the book, by question.
    fn answers(&self, guideline: &Guideline) -> Vec<(QuestionId, Vec<(FindingId, Answer)>)> {
        let mut by_question: Vec<(QuestionId, Vec<(FindingId, Answer)>)> = Vec::new();
        for pick in self.course.iter().chain(&self.still) {
            let given = pick.chosen().zip(guideline.finding_named(&pick.id)).and_then(|(value, finding)| {
                let answer = answer_from_json(guideline, finding, &Value::from(value)).ok()?;
                Some((guideline.asked_by(finding)?, (finding, answer)))
            });
            let Some((question, given)) = given else { continue };
            match by_question.iter_mut().find(|(known, _)| *known == question) {
                Some((_, answers)) => answers.push(given),
                None => by_question.push((question, vec![given])),
            }
        }
        by_question
    }
}

/// When a score was given.
fn days_since_words(visitor: &Visitor<'_>, at: Timestamp) -> &'static str {
    match days_since(visitor, at) {
        0 => "Earlier today",
        1 => "Yesterday",
        _ => "Last time",
    }
}

/// The triggers to tick: those of the book, and the person's own of earlier entries.
fn triggers_to_tick(visitor: &Visitor<'_>) -> Vec<Tick> {
    let guideline = visitor.guideline();
    let known = known_triggers(guideline).into_iter();
    let mut ticks: Vec<Tick> =
        known.map(|(cause, label)| Tick { cause: Some(cause), label, checked: false }).collect();
    let most = ticks.len() + 5;
    let last = visitor.record.check_ins().iter().rev().take(LAST_ENTRIES);
    for own in last.flat_map(|entry| &entry.what.triggers) {
        let Trigger::Own(words) = own else { continue };
        let is_new = !ticks.iter().any(|known| known.label.eq_ignore_ascii_case(words));
        if is_new && ticks.len() < most {
            ticks.push(Tick { cause: None, label: words.clone(), checked: false });
        }
    }
    ticks
}

const ACTIVITIES: [(&str, Activity); 5] = [
    ("lying", Activity::Lying),
    ("sitting", Activity::Sitting),
    ("less", Activity::Less),
    ("usual", Activity::Usual),
    ("more", Activity::More),
];
