//! The first page: is it dangerous? And, once that is known, what next.

use askama::Template;
use care::{OwnWords, Urgency};
use store::{Event, Helped, Record, Restart, Sequence, Stored};

use crate::asking;
use crate::events::{LONGEST_OWN_WORDS, helped_in, said_in_own_words};
use crate::frame::{Frame, Here, level_word};
use crate::incoming::told_title;
use crate::page_error::PageError;
use crate::parts::at_once::{first_position, open_to};
use crate::parts::change::NewBook;
use crate::parts::copies::{Copies, days_ago, days_since};
use crate::parts::figures::Figure;
use crate::parts::onward::rests_too_long;
use crate::parts::overtaken::answered_since;
use crate::parts::today::Today;
use crate::request::Form;
use crate::response::Response;
use crate::screen::Problem;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/start.html")]
struct StartPage<'v> {
    frame: Frame<'v>,
    /// The position that "Help me now" shows first.
    figure: Option<Figure<'v>>,
    /// Screens answered so far; none if the interview has not begun.
    answered: usize,
    /// When they were begun, where that is too long ago to go on: `3 days ago`.
    out_of_date: Option<String>,
    /// What was written before, to be changed.
    own_words: String,
    /// Whom "you" means, where somebody helps.
    about: Option<&'static str>,
    /// Where the record stood when own words were last written.
    seen: Sequence,
    /// Nothing is here yet; it may be on another phone, or in a tab.
    may_bring: bool,
    problems: Vec<Problem>,
}

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage<'v> {
    frame: Frame<'v>,
    level: &'static str,
    level_word: &'static str,
    title: &'v str,
    when: String,
    /// What today is for the person.
    today: Today<'v>,
    /// What a new version of the book says else.
    new_book: Option<NewBook<'v>>,
    /// Copies of the record, where it is time for one.
    copies: Option<Copies>,
    /// An entry of the diary was refused and not sent again yet.
    has_draft: bool,
}

/// `GET /`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    let told_before = case.told_before(visitor.guideline(), visitor.record);
    let (urgency, title) = match (case.concluded(), told_before) {
        (Some(finished), _) if finished.urgency() == Urgency::Emergency => {
            return Ok(Response::see("/outcome"));
        }
        (Some(finished), _) => (finished.urgency(), care::what_to_do(finished).title),
        // The words of then: they hold until what is new is answered.
        (None, Some(told)) if case.keeps_what_is_theirs() => {
            (told.shown.urgency, told_title(visitor.guideline(), &told.shown))
        }
        (None, _) => {
            let page = start_page(visitor);
            return page.frame.around(&page);
        }
    };
    let when = visitor.worked_out();
    let copies = Copies::of(visitor).filter(Copies::is_due);
    let frame = Frame::new(visitor, Here::Home, "Your back today").with_scripts(&["resume.js"]);
    let (level, level_word) = (urgency.id(), level_word(urgency));
    let has_draft = visitor.sent("/diary").is_some();
    let page = HomePage {
        frame,
        level,
        level_word,
        title,
        when,
        today: Today::of(visitor),
        new_book: NewBook::of(visitor),
        copies,
        has_draft,
    };
    page.frame.around(&page)
}

fn start_page<'v>(visitor: &'v Visitor<'_>) -> StartPage<'v> {
    let frame = Frame::new(visitor, Here::Home, "Is this back spasm dangerous?");
    let written = visitor.record.interview().own_words.as_ref();
    let kept = written.map(|(text, _)| text.clone()).unwrap_or_default();
    let sent = visitor.sent(HOME).map(|form| form.text("own_words").to_owned());
    let overtaken = || Problem {
        field: "own_words".to_owned(),
        message: format!(
            "Something else was written in another window: \"{kept}\". What you wrote here is not saved yet. Go on if \
             it says all"
        ),
    };
    let problem = |text: &String| too_long(text).unwrap_or_else(overtaken);
    let problems: Vec<Problem> = sent.iter().map(problem).collect();
    StartPage {
        frame: frame.with_error(!problems.is_empty()),
        figure: first_position(visitor.guideline(), &open_to(visitor), None).map(|(_, figure)| figure),
        out_of_date: visitor.case().out_of_date.map(|began| days_ago(days_since(visitor, began))),
        about: asking::about(visitor.record),
        seen: last_own_words(visitor.record),
        answered: visitor.standing().screens(visitor.guideline(), visitor.record).len(),
        own_words: sent.unwrap_or(kept),
        may_bring: visitor.record.events().is_empty(),
        problems,
    }
}

const HOME: &str = "/";

/// Where own words were last written down; before all events where nothing was.
fn last_own_words(record: &Record) -> Sequence {
    let is_words = |stored: &&Stored| matches!(stored.event, Event::OwnWords { .. });
    record.conversation().rev().find(is_words).map_or(Sequence(0), |stored| stored.sequence)
}

/// What is wrong with own words that are too long.
fn too_long(text: &str) -> Option<Problem> {
    let length = text.chars().count();
    let message = format!(
        "This is {length} letters long, and we read at most {LONGEST_OWN_WORDS}. Please shorten it. Nothing is lost."
    );
    (LONGEST_OWN_WORDS < length).then(|| Problem { field: "own_words".to_owned(), message })
}

/// `POST /start`: begins, perhaps with the person's own words.
pub(crate) fn start(visitor: &Visitor<'_>, form: &Form) -> Response {
    let text = form.text("own_words");
    if too_long(text).is_some() {
        return Response::see(HOME).carrying(form);
    }
    let mut events = Vec::new();
    let interview = visitor.record.interview();
    let kept = interview.own_words.as_ref().map(|(text, _)| text.as_str());
    let seen = form.text("seen").parse().map_or(Sequence(0), Sequence);
    // A page that was open before something was written elsewhere takes none of it away.
    let is_behind = kept.is_some_and(|kept| kept != text) && seen < last_own_words(visitor.record);
    if is_behind && form.has("own_words") {
        return if text.trim().is_empty() {
            Response::see("/question")
        } else {
            Response::see(HOME).carrying(form)
        };
    }
    if rests_too_long(visitor.case()) {
        events.push(visitor.ask_again(Restart::SomethingChanged));
    } else if form.has("over") {
        if let Some(said) = answered_since(visitor, "/start", form) {
            return said;
        }
        let because = if form.has("new_spell") { Restart::NewSpell } else { Restart::StartOver };
        events.push(visitor.ask_again(because));
    } else if !interview.screens.is_empty() && !text.is_empty() {
        // What is said now may speak against what was answered: it is asked again.
        events.push(visitor.ask_again(Restart::SomethingChanged));
    }
    let is_said = !text.trim().is_empty() || interview.own_words.is_some() && form.has("own_words");
    if is_said || form.has("about") {
        let read = OwnWords::read(visitor.site.free_text(), text);
        let about = helped(visitor, form, &read);
        events.push(said_in_own_words(visitor.guideline(), text, &read, about));
    }
    Response::see("/question").after(events)
}

/// Whom the person helps: as they pressed it, else as their words say, else as they pressed it before.
fn helped(visitor: &Visitor<'_>, form: &Form, read: &OwnWords<'_, '_>) -> Option<Helped> {
    match form.text("about") {
        "he" => Some(Helped::He),
        "she" => Some(Helped::She),
        "they" => Some(Helped::They),
        "me" => None,
        _ => helped_in(read).or_else(|| {
            let interview = visitor.record.interview();
            let is_pressed = interview.own_words.as_ref().is_some_and(|(text, _)| {
                helped_in(&OwnWords::read(visitor.site.free_text(), text)).is_none()
            });
            interview.about.filter(|_| is_pressed)
        }),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::last_own_words;
    use crate::testing::{Person, plain_spasm};

    /// Sends a text and gives the first question after it.
    fn after(person: &mut Person, words: &str) -> String {
        let seen = last_own_words(&person.record).to_string();
        let sent = [("own_words", words), ("seen", seen.as_str())];
        assert_eq!(person.post("/start", &sent).header("location"), Some("/question"));
        person.follow(person.get("/question")).text().to_owned()
    }

    #[test]
    fn what_was_heard_is_said_back_and_what_was_not_is_left_standing() {
        let page =
            after(&mut Person::new(), "i am 45, low back pain since yesterday. the cat sat on my foot");
        assert!(page.contains("You told us: 45 years old"), "{page}");
        assert!(page.contains("since yesterday"), "{page}");
        assert!(page.contains("the cat sat on my foot"), "{page}");
        assert!(page.contains("Change it"), "{page}");
    }

    #[test]
    fn a_new_text_takes_back_what_an_earlier_one_ticked() {
        let mut person = Person::new();
        let first = after(&mut person, "my bum is numb and i cant pee");
        assert!(first.contains("This may be an emergency"), "{first}");
        assert!(!person.record.interview().before.is_empty());
        let second = after(&mut person, "low back pain");
        assert!(!second.contains("This may be an emergency"), "{second}");
        assert!(!person.record.interview().before.contains_key("saddle_numbness"));
        // The text stands on the first page, to be changed, and can be taken back whole.
        assert!(person.get("/").text().contains("low back pain</textarea>"));
        after(&mut person, "");
        assert!(person.record.interview().before.is_empty());
    }

    #[test]
    fn a_first_page_left_open_throws_no_answer_away_and_new_words_are_asked_about() {
        let mut person = Person::new();
        let answers = serde_json::json!({ "leg_weak_or_numb": "yes" });
        person.answer_next(&answers);
        person.answer_next(&answers);
        person.post("/start", &[("own_words", "")]);
        assert_eq!(person.record.interview().screens.len(), 2, "on where it was");
        person.post("/start", &[("own_words", "my bum is numb")]);
        let page = person.follow(person.get("/question"));
        for line in ["saddle_numbness", "leg_weak_or_numb"] {
            assert!(page.text().contains(&format!("value=\"{line}\" checked")), "{line}: {}", page.text());
        }
    }

    #[test]
    fn a_first_page_left_open_takes_back_no_own_words_of_another_window() {
        let mut person = Person::new();
        person.post("/start", &[("own_words", "my bum is numb and I cannot pee")]);
        // A window that was open before: with nothing in it, and with something else.
        person.post("/start", &[("own_words", ""), ("seen", "0")]);
        let page = person.follow(person.get("/question"));
        assert!(page.text().contains("This may be an emergency"), "{}", page.text());
        let page = person.refused("/start", &[("own_words", "my back is stiff"), ("seen", "0")]);
        assert!(page.text().contains("bum is numb") && page.text().contains("my back is stiff</textarea>"));
        assert!(person.record.interview().before.contains_key("saddle_numbness"));
    }

    #[test]
    fn answers_of_days_ago_become_no_outcome_of_today() {
        let mut person = Person::new();
        while person.answer_next(&plain_spasm()) {}
        person.wait(SignedDuration::from_hours(23));
        assert!(person.get("/check").text().contains("Check your answers"));
        person.wait(SignedDuration::from_hours(2));
        for page in ["/check", "/question", "/question/danger_nerves"] {
            let place = person.get(page);
            assert_eq!(person.follow(place).text().matches("so we ask again").count(), 1, "{page}");
        }
        person.post("/check", &[]);
        assert!(person.record.assessments().is_empty(), "nothing is confirmed");
        person.post("/start", &[]);
        let interview = person.record.interview();
        let lasting: Vec<&str> = interview.answers.keys().map(String::as_str).collect();
        assert_eq!(lasting, ["age"], "only what lasts counts on");
        // And it comes to an outcome of its own day.
        while person.answer_next(&plain_spasm()) {}
        person.post("/check", &[]);
        assert_eq!(person.record.assessments().len(), 1);
    }

    #[test]
    fn what_changed_is_asked_again_where_it_was_left_for_long_and_the_outcome_stands() {
        let mut person = Person::with_a_plain_spasm();
        person.post("/changed", &[]);
        person.answer_next(&plain_spasm());
        person.wait(SignedDuration::from_hours(19 * 24));
        let page = person.get("/");
        assert!(page.text().contains("You began to answer again on 24 November"), "{}", page.text());
        assert_eq!(person.get("/diary").status, 200);
        person.post("/start", &[]);
        assert!(person.record.interview().answers.is_empty());
        assert!(
            person.get("/").text().contains("Carry on with the questions")
                || person.get("/").text().contains("Answer it")
        );
    }

    #[test]
    fn the_first_page_knows_the_day() {
        let mut person = Person::with_a_plain_spasm();
        assert!(!person.get("/").text().contains("how is it today?"), "the outcome is of today");
        person.wait(SignedDuration::from_hours(24));
        assert!(person.get("/").text().contains("Check in: how is it today?"));
        person.post("/diary", &[("pain_now", "3"), ("new_danger", "no")]);
        let page = person.get("/");
        assert!(page.text().contains("Pain 3 of 10, today at 10:00. It was 6 at first."), "{}", page.text());
        assert!(!page.text().contains("how is it today?"));
        person.wait(SignedDuration::from_hours(2 * 24));
        let page = person.get("/");
        assert!(page.text().contains("Pain 3 of 10, on 25 November at 10:00."), "{}", page.text());
    }

    #[test]
    fn whoever_helps_may_say_so_before_any_question() {
        let mut person = Person::new();
        assert!(person.get("/").text().contains("For someone else"));
        person.post("/start", &[("own_words", ""), ("about", "she")]);
        assert!(person.follow(person.get("/question")).text().contains("means her."));
        assert!(person.get("/").text().contains("means her."));
        // Words that name nobody take it back as little as words that were pressed away do.
        assert!(after(&mut person, "low back pain since yesterday").contains("means her."));
        person.post("/start", &[("about", "me")]);
        assert!(!person.follow(person.get("/question")).text().contains("means her."));
        assert!(person.record.interview().answers.is_empty());
    }

    #[test]
    fn a_text_that_is_too_long_is_sent_back_whole() {
        let mut person = Person::new();
        let words = format!("{} my bum is numb", "gardening ".repeat(1_000));
        let page = person.refused("/start", &[("own_words", words.as_str())]);
        assert!(page.text().contains("my bum is numb</textarea>"));
        assert!(person.record.events().is_empty());
        // What is just short enough is read to its end.
        let words = format!("{} my bum is numb", "gardening ".repeat(990));
        assert!(after(&mut person, &words).contains("This may be an emergency"));
    }

    #[test]
    fn whoever_helps_is_told_whom_the_questions_mean_until_the_end() {
        let mut person = Person::new();
        let page = after(&mut person, "My husband is 60, his back locked up this morning");
        assert!(page.contains("means him."), "{page}");
        person.post("/start", &[("over", "yes")]);
        assert!(person.follow(person.get("/question")).text().contains("means him."));
        assert!(!after(&mut person, "My back hurts").contains("means him."));
    }
}
