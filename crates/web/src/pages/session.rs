//! A guided session: one remedy, step by step, for somebody who lies on the floor.
//!
//! Without scripts it is one page: pain before, the steps with their times, pain
//! after. A script shows the same page one step at a time and runs the timers.

use askama::Template;
use care::first_hour::{self, minutes_more, turns};
use care::{Answer, Block, FindingId, Guideline, Plan, Remedy, RemedyId, Role, Seconds, Spot};
use jiff::{SignedDuration, Timestamp};
use store::{Event, Timed, Trial};
use tell::{Citations, Clock, Difference, Message, differences, said};

use crate::case::Case;
use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::fields::Rating;
use crate::parts::figures::Figure;
use crate::parts::onward::elsewhere;
use crate::parts::pacer::Pacer;
use crate::parts::remedies::{Start, length_words, pain_just_told, plan_of, start, tried, tried_words};
use crate::parts::sources::{SourceLine, source_lines};
use crate::request::Form;
use crate::response::Response;
use crate::visitor::Visitor;

/// Pauses, a timer made longer and the way to the freezer take time too.
const SLOWEST: SignedDuration = SignedDuration::from_hours(3);

/// The screen is kept awake for timers up to here; nobody watches a longer one.
const AWAKE_FOR: u32 = 60 * 60;

#[derive(Template)]
#[template(path = "pages/session.html")]
struct SessionPage<'v> {
    frame: Frame<'v>,
    remedy: &'v Remedy,
    /// For whom it is not, as it is said before any question: the answers may be of days ago.
    not_if: Vec<&'v str>,
    /// What all of it looks like.
    whole: Option<Figure<'v>>,
    marks: String,
    before: Rating,
    /// When the pain was told that stands there already.
    told: Option<String>,
    /// Where somebody may be to whom one step or another belongs, and which of them is supposed.
    spots: Vec<(Spot, bool)>,
    steps: Vec<StepView<'v>>,
    after: Rating,
    wait_between: Option<Message<'v>>,
    /// Its pause is not over: until when, and what to do meanwhile.
    wait: Option<Wait<'v>>,
    /// When it was last tried and how that went.
    tried: Option<String>,
    /// Something that is timed or repeated; the others are to read.
    is_session: bool,
    /// It leads on to the check of painkillers.
    is_about_painkillers: bool,
    /// The pain that the plan rests on.
    usual: Option<i64>,
    /// When this page was made, by the clock of the record.
    began: Timestamp,
    keep_awake: bool,
    differences: Vec<Difference<'v>>,
    sources: Vec<SourceLine<'v>>,
}

struct Wait<'v> {
    until: String,
    instead: Option<Start<'v>>,
}

/// One step.
struct StepView<'v> {
    text: &'v str,
    figure: Option<Figure<'v>>,
    timer: Option<TimerView>,
    /// Only for whoever begins there.
    only_from: Option<Spot>,
    pacer: Option<Pacer<'v>>,
}

struct TimerView {
    seconds: u32,
    words: String,
    /// By how many minutes it may be made longer.
    more: u32,
}

/// A remedy that somebody wants, and their plan.
struct Wanted<'v> {
    case: &'v Case<'v>,
    plan: Plan,
    id: RemedyId,
}

impl<'v> Wanted<'v> {
    /// None where they may have no plan: they belong elsewhere.
    fn of(visitor: &'v Visitor<'_>, id: &str) -> Result<Result<Self, Response>, PageError> {
        let id = visitor.guideline().remedy_named(id).ok_or(PageError::NotFound)?;
        let case = visitor.standing();
        Ok(match plan_of(case) {
            Some(plan) => Ok(Self { case, plan, id }),
            None => Err(elsewhere(case)),
        })
    }

    fn is_offered(&self) -> bool {
        self.plan.items.iter().any(|item| item.remedy() == self.id)
    }

    /// The pain that the plan rests on.
    fn usual(&self, guideline: &Guideline) -> Option<i64> {
        match self.case.answers.get(guideline.with_role(Role::Pain)?) {
            Some(Answer::Number(pain)) => Some(pain),
            _ => None,
        }
    }
}

/// `GET /relief/ID`
pub(crate) fn show(visitor: &Visitor<'_>, id: &str) -> Result<Response, PageError> {
    let wanted = match Wanted::of(visitor, id)? {
        Ok(wanted) => wanted,
        Err(response) => return Ok(response),
    };
    if !wanted.is_offered() {
        return not_for_you(visitor, &wanted);
    }
    let page = page(visitor, &wanted);
    page.frame.around(&page)
}

fn page<'v>(visitor: &'v Visitor<'_>, wanted: &Wanted<'v>) -> SessionPage<'v> {
    let guideline = visitor.guideline();
    let remedy = guideline.remedy(wanted.id);
    let now = visitor.now.timestamp();
    let clock = Clock::of(visitor.now);
    let tried = tried(guideline, visitor.record);
    let citations = Citations::default();
    let marks = citations.mark(&remedy.sources);
    let about = guideline.book().disagreements.iter().filter(|found| found.about.contains(&wanted.id));
    let differences = differences(about, &citations);
    let wait = first_hour::wait_until(guideline, wanted.id, &tried, now).map(|until| Wait {
        until: clock.words(until),
        instead: start(guideline, &turns(guideline, &wanted.plan, &tried, now), None),
    });
    let picture = |number| Figure::at(guideline.book(), Block::Remedy(remedy), number);
    let steps: Vec<StepView<'_>> =
        (1..).zip(&remedy.steps).map(|(number, of)| step(remedy, of, picture(number))).collect();
    let mut spots: Vec<Spot> = remedy.steps.iter().filter_map(|step| step.only_from).collect();
    spots.sort_unstable();
    spots.dedup();
    let supposed = supposed(remedy, &spots);
    let told = pain_just_told(visitor);
    let longest = remedy.steps.iter().filter_map(|step| step.timer).map(Seconds::get).max();
    let is_session = first_hour::is_session(remedy);
    let frame = Frame::new(visitor, Here::Relief, remedy.name.clone());
    let guided =
        |frame: Frame<'v>| frame.without_nav().with_scripts(&["question.js", "pacer.js", "session.js"]);
    SessionPage {
        frame: if is_session { guided(frame) } else { frame },
        remedy,
        not_if: remedy.at_once.iter().flatten().map(|signs| signs.says.as_str()).collect(),
        whole: picture(0),
        marks,
        before: Rating::pain("before", "How strong is your pain now?", true).told(told.map(|(pain, _)| pain)),
        told: told.map(|(_, at)| clock.words(at)),
        spots: spots.into_iter().map(|spot| (spot, Some(spot) == supposed)).collect(),
        after: Rating::pain("after", "And now: how strong is your pain?", true),
        wait_between: remedy.gap.map(|gap| Message::WaitAtLeast { gap: length_words(gap.get()).into() }),
        wait,
        tried: first_hour::last(wanted.id, &tried, now).map(|last| tried_words(&clock, &last)),
        is_session,
        is_about_painkillers: remedy.painkillers,
        usual: wanted.usual(guideline),
        began: now,
        keep_awake: longest.is_some_and(|longest| longest <= AWAKE_FOR),
        steps,
        differences,
        sources: source_lines(guideline, &citations),
    }
}

/// Where somebody is supposed to be who does not say: where the same is done in one place or in
/// another, nobody is to do both. Ways that only begin elsewhere are all shown.
fn supposed(remedy: &Remedy, spots: &[Spot]) -> Option<Spot> {
    let is_timed = |step: &care::RemedyStep| step.only_from.is_some() && step.timer.is_some();
    let usual = spots.iter().copied().find(|spot| *spot == Spot::Bed).or(spots.first().copied());
    usual.filter(|_| remedy.steps.iter().any(is_timed))
}

fn step<'v>(remedy: &'v Remedy, step: &'v care::RemedyStep, figure: Option<Figure<'v>>) -> StepView<'v> {
    let timer = step.timer.map(|timer| TimerView {
        seconds: timer.get(),
        words: length_words(timer.get()),
        more: minutes_more(timer),
    });
    let pacer = step.breathe.and_then(|_| Pacer::of(remedy, true));
    StepView { text: &step.text, figure, timer, only_from: step.only_from, pacer }
}

#[derive(Template)]
#[template(path = "pages/not_for_you.html")]
struct NotForYouPage<'v> {
    frame: Frame<'v>,
    name: &'v str,
    because: String,
    said: Vec<Message<'v>>,
}

/// The page about a remedy that is not in the plan: why, and never its steps.
fn not_for_you(visitor: &Visitor<'_>, wanted: &Wanted<'_>) -> Result<Response, PageError> {
    let guideline = visitor.guideline();
    let remedy = guideline.remedy(wanted.id);
    let withheld = wanted.plan.withheld.iter().find(|withheld| withheld.remedy == wanted.id);
    let urgency = wanted.case.finished().map(care::Finished::urgency).unwrap_or_default();
    let (because, findings) = match withheld {
        Some(withheld) => (remedy.avoid_because.clone().unwrap_or_default(), withheld.because.clone()),
        None if remedy.up_to < urgency => {
            let first =
                wanted.case.finished().map(|finished| care::what_to_do(finished).title).unwrap_or_default();
            (format!("First things first: {first}. This one can wait until then."), Vec::new())
        }
        None => ("It does not fit what you told us.".to_owned(), offered_for(guideline, remedy)),
    };
    let page = NotForYouPage {
        frame: Frame::new(visitor, Here::Relief, "Not for you just now"),
        name: &remedy.name,
        because,
        said: findings.iter().map(|finding| said(guideline, &wanted.case.answers, *finding)).collect(),
    };
    page.frame.around(&page)
}

/// The findings on which it depends whether a remedy is offered.
fn offered_for(guideline: &Guideline, remedy: &Remedy) -> Vec<FindingId> {
    let mut findings = Vec::new();
    if let Some(offer) = &remedy.offer {
        care::findings_in(guideline.book(), offer, &mut findings);
    }
    findings
}

/// `POST /relief/ID`: it was done. What happened is kept even if the plan
/// changed meanwhile; what is shown next depends on the plan.
pub(crate) fn done(visitor: &Visitor<'_>, form: &Form, id: &str) -> Result<Response, PageError> {
    let guideline = visitor.guideline();
    let remedy = guideline.remedy(guideline.remedy_named(id).ok_or(PageError::NotFound)?);
    let ended = visitor.now.timestamp();
    let began = began(form.text("began"), remedy, ended);
    let event = Event::RemedyTried {
        remedy: remedy.id.clone(),
        began,
        ended,
        before: pain(form, "before")?,
        after: pain(form, "after")?,
    };
    let case = visitor.standing();
    let response = match plan_of(case) {
        Some(_) => Response::see(&format!("/relief/{}/after", remedy.id)),
        None => elsewhere(case),
    };
    // The same session in another window: it was one.
    let is_known = |known: &Timed<Trial>| (&known.what.remedy, known.what.began) == (&remedy.id, began);
    if began < ended && visitor.record.trials().iter().any(is_known) {
        return Ok(response);
    }
    Ok(response.after(vec![event]))
}

/// When the session began, as its form says: the page was made, or its first
/// button pressed. A page that lay open for longer than the session can take,
/// or a field that is no such time, says nothing; the end is then all we know.
fn began(field: &str, remedy: &Remedy, ended: Timestamp) -> Timestamp {
    let timers: u32 = remedy.steps.iter().filter_map(|step| step.timer).map(Seconds::get).sum();
    let longest = SLOWEST + SignedDuration::from_secs(timers.into());
    let is_sane = |began: &Timestamp| *began <= ended && ended.duration_since(*began) <= longest;
    field.parse().ok().filter(is_sane).unwrap_or(ended)
}

/// A pain score of the form; none where it was skipped.
fn pain(form: &Form, name: &str) -> Result<Option<u8>, PageError> {
    match form.text(name) {
        "" => Ok(None),
        text => {
            let points = text.parse().ok().filter(|points| *points <= care::recovery::PainScore::MAX);
            points.map(Some).ok_or_else(|| PageError::BadForm(format!("`{name}` is no number from 0 to 10")))
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use serde_json::{Value, json};

    use crate::testing::{Person, guideline, plain_spasm};

    fn with(changes: &Value) -> Person {
        let mut answers = plain_spasm();
        for (name, value) in changes.as_object().expect("it is an object") {
            answers[name] = value.clone();
        }
        Person::new().triaged(&answers)
    }

    fn hour() -> SignedDuration {
        SignedDuration::from_hours(1)
    }

    #[test]
    fn a_withheld_remedy_is_never_shown_and_says_why() {
        let person = with(&json!({ "long_illness": "yes", "numb_skin": "yes" }));
        let heat = guideline().remedy(guideline().remedy_named("heat").expect("it is in the book"));
        let page = person.get("/relief/heat");
        assert!(page.text().contains(heat.avoid_because.as_deref().expect("it has a caution")));
        assert!(page.text().contains("You said yes to: Skin that feels less"));
        for step in &heat.steps {
            assert!(!page.text().contains(&step.text), "{}", step.text);
        }
        let all = person.get("/relief");
        assert!(!all.text().contains("href=\"/relief/heat\""));
        assert!(all.text().contains("href=\"/relief/rest_on_side\""));
    }

    #[test]
    fn what_has_had_its_time_no_longer_comes_first_and_is_still_there() {
        let get_up = &guideline().remedy(guideline().remedy_named("get_up").expect("it is there")).name;
        let later = json!({ "days_since_onset": 5, "course": "easing", "pain_now": 4 });
        let unable = json!({ "days_since_onset": 5, "course": "easing", "cannot_walk_about": "yes" });
        for (person, is_first) in
            [(Person::with_a_plain_spasm(), true), (with(&later), false), (with(&unable), true)]
        {
            let start = format!("<h2 class=\"start__name\">{get_up}");
            let all = person.get("/relief");
            assert_eq!(all.text().contains(&start), is_first, "{}", all.text());
            assert!(all.text().contains("/relief/get_up"), "who needs it finds it");
        }
    }

    #[test]
    fn for_whom_it_is_not_is_said_here_as_it_is_before_any_question() {
        let (person, plan) = (Person::with_a_plain_spasm(), Person::new());
        for id in guideline().remedies() {
            let remedy = guideline().remedy(id);
            let page = person.get(&format!("/relief/{}", remedy.id));
            let lines = remedy.at_once.iter().flatten();
            for line in lines.filter(|_| page.status == 200 && page.text().contains(&remedy.steps[0].text)) {
                assert!(page.text().contains(&line.says), "{}: {}", remedy.id, line.says);
                assert!(plan.get(&format!("/help/{}", remedy.id)).text().contains(&line.says));
            }
        }
        assert!(person.get("/relief/get_up").text().contains("Not after a fall"));
    }

    #[test]
    fn not_sure_withholds_too() {
        let person = with(&json!({ "long_illness": "yes", "numb_skin": "not sure" }));
        assert!(!person.get("/relief/heat").text().contains("data-session"));
        assert!(!person.get("/relief").text().contains("href=\"/relief/heat\""));
    }

    #[test]
    fn what_is_not_offered_or_too_early_is_not_shown() {
        let late = with(&json!({ "days_since_onset": 3, "course": "easing" }));
        assert!(late.get("/relief/cold").text().contains("It does not fit what you told us"));
        assert!(!late.get("/relief/cold").text().contains("data-session"));
        assert_eq!(late.get("/relief/dancing").status, 404);
    }

    #[test]
    fn a_session_writes_one_event_with_pain_before_and_after() {
        let mut person = Person::with_a_plain_spasm();
        let began = person.now.timestamp();
        assert!(person.get("/relief/heat").text().contains(&format!("value=\"{began}\"")));
        person.wait(SignedDuration::from_mins(20));
        let fields = [("began", began.to_string()), ("before", "6".to_owned()), ("after", "4".to_owned())];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let response = person.post("/relief/heat", &fields);
        assert_eq!(response.header("location"), Some("/relief/heat/after"));
        let [trial] = person.record.trials() else { panic!("one trial") };
        assert_eq!((trial.what.began, trial.what.ended), (began, person.now.timestamp()));
        assert_eq!((trial.what.before, trial.what.after), (Some(6), Some(4)));
        let after = person.get("/relief/heat/after");
        assert!(after.text().contains("from 6 to 4, down by 2 points"));
    }

    #[test]
    fn a_double_send_counts_once() {
        let mut person = Person::with_a_plain_spasm();
        for _ in 0..2 {
            let response = person.post_once("/relief/heat", "same", &[("before", "6"), ("after", "5")]);
            assert_eq!(response.header("location"), Some("/relief/heat/after"));
        }
        assert_eq!(person.record.trials().len(), 1);
    }

    #[test]
    fn pain_may_be_skipped_but_not_made_up() {
        let mut person = Person::with_a_plain_spasm();
        assert_eq!(person.post("/relief/heat", &[("before", ""), ("after", "5")]).status, 303);
        assert_eq!(person.record.trials()[0].what.before, None);
        for wrong in ["11", "-1", "six", "5.5"] {
            assert_eq!(person.post("/relief/heat", &[("before", wrong)]).status, 400, "{wrong}");
        }
        assert_eq!(person.record.trials().len(), 1);
    }

    #[test]
    fn a_beginning_that_cannot_be_is_not_believed() {
        let mut person = Person::with_a_plain_spasm();
        let now = person.now.timestamp();
        for wrong in [now + hour(), now - hour() * 9, now - hour() * 24 * 400] {
            person.post("/relief/heat", &[("began", &wrong.to_string())]);
        }
        person.post("/relief/heat", &[("began", "yesterday")]);
        assert!(person.record.trials().iter().all(|trial| trial.what.began == now));
        // Three hours of timers and pauses can be, and eight for what is worn for eight.
        person.post("/relief/heat", &[("began", &(now - hour() * 3).to_string())]);
        person.post("/relief/heat_wrap", &[("began", &(now - hour() * 9).to_string())]);
        let last = &person.record.trials()[4..];
        assert!(last.iter().all(|trial| trial.what.began < now));
    }

    #[test]
    fn the_pause_before_doing_it_again_is_kept() {
        let mut person = Person::with_a_plain_spasm();
        person.post("/relief/heat", &[]);
        person.wait(SignedDuration::from_mins(59));
        let page = person.get("/relief/heat");
        assert!(page.text().contains("You can do this again today at 11:00"), "{}", page.text());
        assert!(!page.text().contains("data-session"));
        assert!(person.get("/relief").text().contains("Again today at 11:00"));
        person.wait(SignedDuration::from_mins(1));
        assert!(person.get("/relief/heat").text().contains("data-session"));
    }

    #[test]
    fn pain_that_was_told_within_half_an_hour_is_filled_in_and_no_older_one() {
        let is_filled_in = |person: &Person, pain: &str| {
            let page = person.get("/relief/rest_on_back");
            let field = format!("name=\"before\" value=\"{pain}\" checked");
            assert_eq!(
                page.text().contains("You told us"),
                page.text().contains(" checked"),
                "{}",
                page.text()
            );
            page.text().contains(&field)
        };
        let mut person = Person::with_a_plain_spasm();
        assert!(is_filled_in(&person, "6"), "by the interview");
        person.wait(SignedDuration::from_mins(29));
        assert!(is_filled_in(&person, "6"));
        person.wait(SignedDuration::from_mins(2));
        assert!(!is_filled_in(&person, "6"));
        person.post("/diary", &[("pain_now", "5"), ("new_danger", "no")]);
        assert!(is_filled_in(&person, "5"), "by the diary");
        person.wait(SignedDuration::from_mins(10));
        person.post("/relief/quiet_attention", &[("before", "5"), ("after", "3")]);
        assert!(is_filled_in(&person, "3"), "by the session before");
    }

    #[test]
    fn a_session_in_two_windows_is_one() {
        let mut person = Person::with_a_plain_spasm();
        let began = person.now.timestamp().to_string();
        for after in ["4", "3"] {
            person.wait(SignedDuration::from_mins(10));
            person.post("/relief/heat", &[("began", began.as_str()), ("after", after)]);
        }
        assert_eq!(person.record.trials().len(), 1);
    }

    #[test]
    fn a_session_that_was_withdrawn_has_no_pause() {
        let mut person = Person::with_a_plain_spasm();
        person.post("/relief/heat", &[]);
        let entry = person.record.trials()[0].sequence;
        let events = [
            person.record.events(),
            &[store::Stored {
                sequence: store::Sequence(person.record.last().0 + 1),
                at: person.now.timestamp(),
                once: None,
                event: store::Event::Withdrawn { entry },
            }],
        ];
        person.record = store::Record::of(events.concat());
        assert!(person.get("/relief/heat").text().contains("data-session"));
    }

    #[test]
    fn in_an_emergency_there_is_no_page_and_before_the_triage_neither() {
        let emergency = Person::new().triaged(&json!({ "saddle_numbness": "yes" }));
        for path in ["/relief", "/relief/heat", "/relief/heat/after"] {
            assert_eq!(emergency.get(path).header("location"), Some("/outcome"), "{path}");
            assert_eq!(Person::new().get(path).header("location"), Some("/question"), "{path}");
        }
        let mut unconfirmed = Person::new();
        while unconfirmed.answer_next(&plain_spasm()) {}
        assert_eq!(unconfirmed.get("/relief/heat").header("location"), Some("/check"));
    }

    #[test]
    fn what_was_done_is_kept_even_if_it_became_an_emergency_meanwhile() {
        let mut person = Person::with_a_plain_spasm();
        person.post("/changed", &[]);
        while person.answer_next(&json!({ "saddle_numbness": "yes" })) {}
        let response = person.post("/relief/heat", &[("before", "6"), ("after", "6")]);
        assert_eq!(response.header("location"), Some("/outcome"));
        assert_eq!(person.record.trials().len(), 1);
    }

    /// Every remedy of the book, shown to somebody whose plan has it.
    fn pages() -> Vec<(&'static care::Remedy, String)> {
        let people = [
            with(&json!({})),
            with(&json!({ "pain_now": 4, "pain_neck": "yes" })),
            with(&json!({ "days_since_onset": 2, "cannot_sleep": "yes", "cannot_work": "yes" })),
        ];
        let remedies = guideline().remedies().map(|id| guideline().remedy(id));
        remedies
            .filter_map(|remedy| {
                let path = format!("/relief/{}", remedy.id);
                let shown = people.iter().map(|person| person.get(&path));
                let mut shown = shown.filter(|page| page.text().contains("id=\"stop\""));
                Some((remedy, shown.next()?.text().to_owned()))
            })
            .collect()
    }

    #[test]
    fn every_timer_every_stop_and_every_pause_of_the_book_is_shown() {
        let pages = pages();
        for id in guideline().remedies() {
            let id = &guideline().remedy(id).id;
            assert!(pages.iter().any(|(remedy, _)| remedy.id == *id), "{id} is in nobody's plan here");
        }
        let escaped = |text: &str| text.replace('\'', "&#39;").replace('"', "&#34;");
        for (remedy, html) in &pages {
            for step in &remedy.steps {
                assert!(html.contains(&escaped(&step.text)), "{}: {}", remedy.id, step.text);
                let Some(timer) = step.timer else { continue };
                assert!(html.contains(&format!("data-seconds=\"{}\"", timer.get())), "{}", remedy.id);
                assert!(html.contains(&super::length_words(timer.get())), "{}", remedy.id);
            }
            for stop in &remedy.stop_if {
                assert!(html.contains(&escaped(stop)), "{}: {stop}", remedy.id);
            }
            if let Some(gap) = remedy.gap {
                let words = format!("Wait at least {}", super::length_words(gap.get()));
                assert!(html.contains(&words), "{}: {words}", remedy.id);
            }
            assert!(html.contains("href=\"/changed\""), "{}", remedy.id);
        }
    }

    #[test]
    fn the_step_on_painkillers_leads_to_their_check() {
        let person = Person::with_a_plain_spasm();
        let remedies = guideline().remedies().map(|id| guideline().remedy(id));
        let about_them: Vec<&str> =
            remedies.filter(|remedy| remedy.painkillers).map(|remedy| remedy.id.as_str()).collect();
        let [step] = about_them[..] else { panic!("one step is about painkillers: {about_them:?}") };
        let page = person.get(&format!("/relief/{step}"));
        assert!(page.text().contains("class=\"button button--wide\" href=\"/medicines\""));
    }

    #[test]
    fn warmth_and_cold_stay_below_the_twenty_minutes_of_the_book_however_often_they_are_made_longer() {
        for id in ["heat", "cold"] {
            let remedy = guideline().remedy(guideline().remedy_named(id).expect("it is in the book"));
            for timer in remedy.steps.iter().filter_map(|step| step.timer) {
                assert!(timer.get() + 60 * care::first_hour::minutes_more(timer) <= 20 * 60, "{id}");
            }
        }
    }
}
