//! The first page: is it dangerous? And, once that is known, what next.

use askama::Template;
use care::{Answer, OwnWords, Patient, Urgency, answer_to_json};
use store::{Event, Helped, Proposal, Restart};

use crate::case::Case;
use crate::frame::{Frame, Here, level_word};
use crate::pages::PageError;
use crate::pages::outcome::worked_out;
use crate::request::Form;
use crate::response::Response;
use crate::screen::Problem;
use crate::site::Site;
use crate::spell::Spell;
use crate::visit::Visit;

/// A longer text is sent back whole with a word of why; none of it is left out.
const LONGEST_OWN_WORDS: usize = 10_000;

#[derive(Template)]
#[template(path = "pages/start.html")]
struct StartPage<'v> {
    frame: Frame<'v>,
    /// Screens answered so far; none if the interview has not begun.
    answered: usize,
    /// What was told by another version of the book.
    notice: Option<String>,
    /// What was written before, to be changed.
    own_words: String,
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
    /// Days since the last entry of the diary; none without one.
    last_check_in: Option<i64>,
}

/// `GET /`
pub(crate) fn show(site: &Site<'_>, visit: &Visit<'_>) -> Result<Response, PageError> {
    let case = Case::of(site, visit);
    let Some(finished) = case.concluded() else {
        let written = visit.record.interview().own_words.as_ref();
        let own_words = written.map(|(text, _)| text.clone()).unwrap_or_default();
        return Ok(Response::page(start_page(site, visit, &case, own_words, Vec::new()).render()?));
    };
    if finished.urgency() == Urgency::Emergency {
        return Ok(Response::see("/outcome"));
    }
    let when = worked_out(visit);
    let last = visit.record.check_ins().last();
    let last_check_in = last.map(|entry| visit.now.timestamp().duration_since(entry.what.at).as_hours() / 24);
    let frame = Frame::new(site, visit, Here::Home, "Your back today");
    let (level, level_word) = (finished.urgency().id(), level_word(finished.urgency()));
    let page =
        HomePage { frame, level, level_word, title: care::what_to_do(finished).title, when, last_check_in };
    Ok(Response::page(page.render()?))
}

fn start_page<'v>(
    site: &'v Site<'_>,
    visit: &'v Visit<'_>,
    case: &Case<'_>,
    own_words: String,
    problems: Vec<Problem>,
) -> StartPage<'v> {
    let frame = Frame::new(site, visit, Here::Home, "Is this back spasm dangerous?");
    let answered = case.screens(site.guideline(), visit.record).len();
    let notice = case.told_before(site, visit);
    StartPage { frame: frame.with_error(!problems.is_empty()), answered, notice, own_words, problems }
}

/// `POST /start`: begins, perhaps with the person's own words.
pub(crate) fn start(site: &Site<'_>, visit: &Visit<'_>, form: &Form) -> Result<Response, PageError> {
    let text = form.text("own_words");
    let length = text.chars().count();
    if length > LONGEST_OWN_WORDS {
        let message = format!(
            "This is {length} letters long, and we read at most {LONGEST_OWN_WORDS}. Please shorten it. Nothing is lost."
        );
        let problems = vec![Problem { field: "own_words".to_owned(), message }];
        let case = Case::of(site, visit);
        let page = start_page(site, visit, &case, text.to_owned(), problems);
        return Ok(Response::refused(page.render()?));
    }
    let mut events = Vec::new();
    let interview = visit.record.interview();
    if !interview.screens.is_empty() || form.has("over") {
        let because = if form.has("new_spell") { Restart::NewSpell } else { Restart::StartOver };
        let (keeps, _) = carried_over(site, visit);
        let starts_with = std::collections::BTreeMap::new();
        events.push(Event::InterviewStarted { because, keeps, starts_with });
    }
    if !text.trim().is_empty() || interview.own_words.is_some() && form.has("own_words") {
        events.push(own_words(site, text));
    }
    Ok(Response::see("/question").after(events))
}

/// `POST /changed`: something changed, so the danger questions are asked again.
pub(crate) fn changed(site: &Site<'_>, visit: &Visit<'_>, form: &Form) -> Response {
    let because = if form.has("new_spell") { Restart::NewSpell } else { Restart::SomethingChanged };
    Response::see("/question").after(vec![ask_again(site, visit, because)])
}

/// The event that begins the interview again: lasting facts stay, what was
/// ticked is shown as a starting point, and no earlier "no" is taken for granted.
pub(crate) fn ask_again(site: &Site<'_>, visit: &Visit<'_>, because: Restart) -> Event {
    let (keeps, mut starts_with) = carried_over(site, visit);
    if because == Restart::NewSpell {
        // What was ticked of another spell is no starting point for this one.
        starts_with.clear();
    }
    Event::InterviewStarted { because, keeps, starts_with }
}

type Named = std::collections::BTreeMap<String, serde_json::Value>;

fn carried_over(site: &Site<'_>, visit: &Visit<'_>) -> (Named, Named) {
    let guideline = site.guideline();
    let case = Case::of(site, visit);
    let days = Spell::of(visit.record, visit.now.timestamp()).map(|spell| spell.days(visit.now.timestamp()));
    let (mut keeps, mut starts_with) = (Named::new(), Named::new());
    for (id, answer) in case.given.iter() {
        let finding = guideline.finding(id);
        let mut value = answer_to_json(guideline, id, answer);
        if let Some(days) = days.filter(|_| finding.id == "days_since_onset" && value.is_number()) {
            // "Two days ago" was said some days ago.
            value = days.into();
        }
        // Age does not change over a spell; other lasting facts can become known, so they are asked again.
        if finding.id == "age" {
            keeps.insert(finding.id.clone(), value);
        } else if answer != Answer::No {
            starts_with.insert(finding.id.clone(), value);
        }
    }
    (keeps, starts_with)
}

fn own_words(site: &Site<'_>, text: &str) -> Event {
    let guideline = site.guideline();
    let read = OwnWords::read(site.free_text(), text);
    let proposals = read.proposals().iter().map(|proposal| Proposal {
        finding: guideline.finding(proposal.finding).id.clone(),
        answer: answer_to_json(guideline, proposal.finding, proposal.answer),
        words: text[proposal.span.clone()].to_owned(),
    });
    let about = match read.patient() {
        Patient::Writer => None,
        Patient::He => Some(Helped::He),
        Patient::She => Some(Helped::She),
        Patient::They => Some(Helped::They),
    };
    Event::OwnWords { text: text.to_owned(), proposals: proposals.collect(), about }
}

#[cfg(test)]
mod tests {
    use crate::testing::Person;

    /// Sends a text and gives the first question after it.
    fn after(person: &mut Person, words: &str) -> String {
        assert_eq!(person.post("/start", &[("own_words", words)]).header("location"), Some("/question"));
        person.get("/question").text().to_owned()
    }

    #[test]
    fn what_was_heard_is_said_back_and_what_was_not_is_left_standing() {
        let page =
            after(&mut Person::new(), "i am 45, low back pain since yesterday. the cat sat on my foot");
        assert!(page.contains("You told us: 45 years old"), "{page}");
        assert!(page.contains("since yesterday"), "{page}");
        assert!(page.contains("the cat sat on my foot"), "{page}");
        assert!(page.contains("Change what you wrote"), "{page}");
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
    fn a_text_that_is_too_long_is_sent_back_whole() {
        let mut person = Person::new();
        let words = format!("{} my bum is numb", "gardening ".repeat(1_000));
        let page = person.post("/start", &[("own_words", words.as_str())]);
        assert_eq!(page.status, 422);
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
        assert!(person.get("/question").text().contains("means him."));
        assert!(!after(&mut person, "My back hurts").contains("means him."));
    }
}
