//! The interview: one screen a page, and each at an address of its own.
//!
//! A question that was answered shows its answer, which holds until another one is sent.
//! So going back, by the link or by the browser, takes nothing away.

use care::{Guideline, OwnWords, QuestionId, Step, Urgency, next};
use jiff::SignedDuration;
use store::{Event, NewDanger, Reason, Restart};

use crate::asking::{Asked, Given, Taken, about, is_open, said, take};
use crate::case::Case;
use crate::events::assessed;
use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::onward::{address, goes_on, rests_too_long};
use crate::parts::question_page::{Heard, QuestionPage, Way};
use crate::request::Form;
use crate::response::Response;
use crate::visitor::Visitor;

/// Said where the interview began again because something changed.
const AGAIN: &str = "Good that you came back. Please go through the danger signs again, as they are now.";

/// So long an entry is the reason for what is asked after it.
const JUST_NOW: SignedDuration = SignedDuration::from_hours(1);

/// `GET /question`: on with the interview.
pub(crate) fn resume(visitor: &Visitor<'_>) -> String {
    goes_on(visitor.guideline(), visitor.case())
}

/// `GET /question/ID`, and `GET /question/ID/not_sure` for its second step.
pub(crate) fn show(visitor: &Visitor<'_>, id: &str, is_second_step: bool) -> Result<Response, PageError> {
    let guideline = visitor.guideline();
    let question = guideline.question_named(id).ok_or(PageError::NotFound)?;
    let case = visitor.case();
    if rests_too_long(case) {
        return Ok(Response::see(&goes_on(guideline, case)));
    }
    let is_answered = case.screens(guideline, visitor.record).contains(&question);
    if !is_answered && !is_open(guideline, case, question) {
        return Ok(Response::see(&goes_on(guideline, case)));
    }
    let to = address(guideline, question);
    match Asked::of(visitor, case, question, &to, is_second_step) {
        Some(asked) => page(visitor, question, asked),
        None if is_second_step => Ok(Response::see(&to)),
        None => Ok(Response::see(&goes_on(guideline, case))),
    }
}

fn page(visitor: &Visitor<'_>, question: QuestionId, asked: Asked<'_>) -> Result<Response, PageError> {
    let interview = visitor.record.interview();
    let Asked { screen, notice } = asked;
    let is_second_step = screen.is_second_step();
    let title = screen.asks().to_owned();
    let frame = Frame::new(visitor, Here::Home, title).of_interview().with_error(!screen.problems.is_empty());
    let screens = visitor.case().screens(visitor.guideline(), visitor.record);
    let place = screens.iter().position(|screen| *screen == question).unwrap_or(screens.len());
    let way = Way::of(visitor.guideline(), &visitor.case().answers, &screens, question);
    let is_first = place == 0 && !is_second_step;
    let written = interview.own_words.as_ref().filter(|(text, _)| is_first && !text.is_empty());
    let read = written.map(|(text, _)| OwnWords::read(visitor.site.free_text(), text));
    let warning = read.as_ref().and_then(|read| read.warning(visitor.region()));
    let heard = read.map(|read| Heard {
        said_back: read.said_back(),
        not_understood: read.not_understood().into_iter().map(ToOwned::to_owned).collect(),
    });
    let is_again = is_first && interview.began != store::Sequence::default();
    let to = address(visitor.guideline(), question);
    let page = QuestionPage {
        frame: frame.with_scripts(&["question.js", "body-map.js"]),
        caption: way.caption,
        way: Some((way.done, way.all)),
        back: match (is_second_step, place.checked_sub(1)) {
            (true, _) => to.clone(),
            (false, Some(before)) => address(visitor.guideline(), screens[before]),
            (false, None) => "/".to_owned(),
        },
        to,
        warning,
        heard,
        about: about(visitor.record),
        notice: notice.or_else(|| why_asked(visitor)).or_else(|| is_again.then(|| AGAIN.to_owned())),
        screen,
    };
    page.frame.around(&page)
}

/// Why the questions come up, where it is because of an entry that was just made. Later it may be
/// the book that asks more by now, which is said where the outcome stands.
fn why_asked(visitor: &Visitor<'_>) -> Option<String> {
    let record = visitor.record;
    let entry = record.events().iter().rev().find(|stored| matches!(stored.event, Event::CheckedIn(_)))?;
    let Event::CheckedIn(written) = &entry.event else { return None };
    let asks_more = || visitor.standing().told_before(visitor.guideline(), record).is_some();
    if visitor.now.timestamp().duration_since(entry.at) > JUST_NOW && asks_more() {
        return None;
    }
    let interview = record.interview();
    let is_answered = record.events().iter().rev().any(|stored| {
        matches!(stored.event, Event::Answered { .. })
            && stored.sequence > entry.sequence
            && stored.at > entry.at
    });
    if is_answered || interview.at > Some(entry.at) {
        return None;
    }
    let is_restarted = interview.at == Some(entry.at);
    Some(match (interview.because, written.new_danger) {
        (Restart::NewSpell, _) if is_restarted => {
            "Your entry is saved. You were well, and the pain is back. This is a new spell, so we ask from the start."
        }
        (Restart::CheckIn, NewDanger::Yes) if is_restarted => {
            "Your entry is saved. Something is new, so we go through the danger signs now. They tell how soon you need help."
        }
        (Restart::CheckIn, NewDanger::NotSure) if is_restarted => {
            "Your entry is saved. You are not sure if something is new, and we never take that as no. So we go through the danger signs."
        }
        _ => "Your entry is saved. With it there is a bit more to ask, before we can say what it changes.",
    }.to_owned())
}

/// `POST /question/ID`
pub(crate) fn answer(visitor: &Visitor<'_>, form: &Form, id: &str) -> Result<Response, PageError> {
    let question = visitor.guideline().question_named(id).ok_or(PageError::NotFound)?;
    let case = visitor.case();
    if rests_too_long(case) {
        return Ok(sent_late(visitor, question, form));
    }
    let given = match take(visitor, case, question, &address(visitor.guideline(), question), form)? {
        Taken::Given(given) => given,
        // It is answered so already: nothing is written, and what was confirmed stays so.
        Taken::Same => return Ok(Response::see(&goes_on(visitor.guideline(), case))),
        Taken::Refused(response) => return Ok(response),
    };
    Ok(gone_on(visitor.guideline(), case, &given, Vec::new()))
}

/// A screen of an interview that rested too long: the questions begin again, and what it says
/// counts in them. But for each "no", which was true when it was asked.
fn sent_late(visitor: &Visitor<'_>, question: QuestionId, form: &Form) -> Response {
    let guideline = visitor.guideline();
    let given = Given { question, given: said(guideline, question, form) };
    if given.given.is_empty() {
        return Response::see(&goes_on(guideline, visitor.case()));
    }
    let again = visitor.ask_again(Restart::SomethingChanged);
    let (now, mut record) = (visitor.now.timestamp(), visitor.record.clone());
    record.add(now, again.clone());
    gone_on(guideline, &Case::at(guideline, &record, now), &given, vec![again])
}

/// On from a screen that was answered, after what else is written down.
fn gone_on(guideline: &Guideline, case: &Case<'_>, given: &Given, mut events: Vec<Event>) -> Response {
    let (answered, answers) = given.event(guideline, case, false);
    events.push(answered);
    let to = match next(guideline, &answers) {
        Step::Ask(ask) => address(guideline, ask.question),
        Step::Done(finished) if finished.urgency() == Urgency::Emergency => {
            events.push(assessed(&finished, Reason::Interview));
            "/outcome".to_owned()
        }
        Step::Done(_) => "/check".to_owned(),
    };
    Response::see(&to).after(events)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use serde_json::json;

    use crate::testing::{Person, plain_spasm};

    #[test]
    fn a_plain_spasm_ends_at_home_with_a_plan() {
        let person = Person::with_a_plain_spasm();
        assert_eq!(person.record.assessments().len(), 1);
        let page = person.get("/outcome");
        assert_eq!(page.status, 200);
        assert!(page.text().contains("You can look after this at home"), "{}", page.text());
        assert!(page.text().contains("/relief/"));
    }

    #[test]
    fn a_danger_sign_ends_the_interview_at_once_and_shows_no_plan() {
        let mut person = Person::new();
        person.answer_next(&json!({ "saddle_numbness": "yes" }));
        assert_eq!(person.record.interview().screens.len(), 1);
        let page = person.get("/outcome");
        assert!(page.text().contains("Get emergency help now"));
        assert!(!page.text().contains("/relief/"));
        assert!(!page.text().contains("aria-label=\"Main\""));
    }

    /// The words of a page as it opens, those for screen readers too; below a summary nothing is
    /// open, and what a bar says comes when something is ticked or pressed.
    fn words(page: &crate::Response) -> usize {
        let text = page.text();
        let main = text.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
        let (mut is_folded, mut is_later) = (false, false);
        let mut count = 0;
        for (tag, words) in main.split('<').filter_map(|part| part.split_once('>')) {
            is_folded = (is_folded || tag == "/summary") && tag != "/details";
            is_later = (is_later || tag.contains("p class=\"thumb__")) && tag != "/p";
            count += if is_folded || is_later { 0 } else { words.split_whitespace().count() };
        }
        count
    }

    #[test]
    fn an_uncomplicated_spasm_is_at_most_700_words_from_the_first_page_to_the_outcome() {
        let mut person = Person::new();
        let mut pages = vec![person.get("/")];
        loop {
            let page = person.follow(person.get("/question"));
            if !person.answer_next(&plain_spasm()) {
                break;
            }
            pages.push(page);
        }
        pages.push(person.get("/check"));
        let counts: Vec<usize> = pages.iter().map(words).collect();
        println!("words of each page: {counts:?}, in all {}", counts.iter().sum::<usize>());
        assert!(pages.len() <= 9 && counts.iter().sum::<usize>() <= 700, "{counts:?}");
    }

    #[test]
    fn danger_lines_stand_in_cards_each_beside_the_place_on_the_body() {
        let mut person = Person::new();
        let mut cards = 0;
        loop {
            let page = person.follow(person.get("/question"));
            let form = page.text().split_once("<form").unwrap().1;
            for card in form.split("class=\"lines\"").skip(1) {
                let src = card.split_once("src=\"").unwrap().1.split_once('"').unwrap().0;
                let picture = person.get(src);
                assert_eq!(picture.header("content-type"), Some("image/svg+xml"), "{src}");
                assert!(picture.text().len() <= 3 * 1024, "{src}");
                let lines = card.split_once("</ul>").unwrap().0.matches("type=\"checkbox\"").count();
                assert!((3..=5).contains(&lines), "{src} has {lines} lines");
                cards += 1;
            }
            if !person.answer_next(&plain_spasm()) {
                break;
            }
        }
        assert_eq!(cards, 8);
    }

    #[test]
    fn nothing_ticked_is_never_taken_for_no() {
        let mut person = Person::new();
        let page = person.refused(
            "/question/danger_nerves",
            &[("question", "danger_nerves"), ("shows", "saddle_numbness"), ("shows", "bladder_change")],
        );
        assert!(page.text().contains("Error: "));
        assert!(person.record.events().is_empty());
    }

    #[test]
    fn a_day_is_tapped_or_written_and_of_two_that_differ_none_counts() {
        let mut person = Person::new();
        let to = "/question/started";
        let rest = [
            ("question", "started"),
            ("shows", "days_since_onset"),
            ("shows", "trigger"),
            ("shows", "pain_now"),
            ("started-trigger", "lifting"),
            ("started-pain_now", "6"),
        ];
        let days = |tapped, written| {
            let days = [("started-days_since_onset_near", tapped), ("started-days_since_onset", written)];
            [rest.as_slice(), &days].concat()
        };
        let page = person.refused(to, &days("1", "9"));
        assert!(page.text().contains("Leave one of them") && page.text().contains("value=\"9\""));
        assert!(ticked(page.text(), "started-days_since_onset_near").is_empty());
        person.refused(to, &days("", ""));
        assert!(person.record.events().is_empty());
        for (tapped, written, answer) in
            [("1", "", json!(1)), ("", "9", json!(9)), ("not sure", "", json!("not sure"))]
        {
            person.post(to, &days(tapped, written));
            assert_eq!(person.record.interview().answers["days_since_onset"], answer);
        }
        person.post(to, &days("3", ""));
        assert_eq!(ticked(person.get(to).text(), "started-days_since_onset_near"), ["3"]);
    }

    #[test]
    fn not_sure_is_asked_about_line_by_line_and_then_counts() {
        let mut person = Person::new();
        let screen = [
            ("question", "danger_nerves"),
            ("shows", "saddle_numbness"),
            ("shows", "leg_weak_or_numb"),
            ("danger_nerves-unsure_some", "yes"),
        ];
        let to = "/question/danger_nerves";
        let page = person.post_then(to, &screen);
        assert!(page.text().contains("Which of these are you not sure about?"));
        assert!(person.record.events().is_empty());
        let second = [("danger_nerves-second_step", "yes"), ("danger_nerves-unsure", "saddle_numbness")];
        person.post(to, &[screen.as_slice(), &second].concat());
        let answers = &person.record.interview().answers;
        assert_eq!(
            (&answers["saddle_numbness"], &answers["leg_weak_or_numb"]),
            (&json!("not sure"), &json!("no"))
        );
    }

    #[test]
    fn a_form_sent_twice_counts_once() {
        let mut person = Person::new();
        let to = "/question/danger_nerves";
        let screen = [
            ("question", "danger_nerves"),
            ("shows", "saddle_numbness"),
            ("danger_nerves-none", "yes"),
            ("seen", "0"),
        ];
        let (first, second) = (person.post_once(to, "a", &screen), person.post_once(to, "a", &screen));
        assert_eq!((first.status, second.status), (303, 303));
        assert_eq!(first.header("location"), second.header("location"));
        assert_eq!(person.record.events().len(), 1);
    }

    #[test]
    fn a_changed_answer_drops_what_no_longer_applies() {
        let mut answers = plain_spasm();
        answers["fever"] = json!("yes");
        let mut person = Person::new();
        while person.record.interview().screens.last().is_none_or(|last| last != "fever_detail") {
            assert!(person.answer_next(&answers));
        }
        assert!(person.record.interview().answers.contains_key("sepsis_signs"));
        let asked = "As you have a fever or feel very ill: what fits?";
        assert!(person.get("/check").text().contains(asked));
        // The answer holds until a new one is sent.
        assert!(person.get("/question/danger_sudden").text().contains("value=\"fever\" checked"));
        assert!(person.record.interview().answers.contains_key("fever"));
        person.answer_again("danger_sudden", &plain_spasm());
        assert!(!person.record.interview().answers.contains_key("sepsis_signs"));
        assert!(!person.get("/check").text().contains(asked));
    }

    /// Also while the questions are answered again and the outcome before them stands.
    #[test]
    fn what_no_longer_applies_is_not_on_the_card_of_an_outcome_that_stands() {
        let asked = "As you have a fever or feel very ill: what fits?";
        let mut answers = plain_spasm();
        answers["fever"] = json!("yes");
        let mut person = Person::new().triaged(&answers);
        assert!(person.get("/card").text().contains(asked), "{}", person.get("/card").text());
        person.post("/changed", &[]);
        person.answer_again("danger_sudden", &plain_spasm());
        assert!(person.record.interview().assessed.is_none());
        assert_eq!(person.get("/card").status, 200);
        assert!(!person.get("/card").text().contains(asked));
    }

    #[test]
    fn when_something_changed_no_earlier_no_is_taken_for_granted() {
        let mut person = Person::with_a_plain_spasm();
        person.post("/changed", &[]);
        let answers = &person.record.interview().answers;
        assert!(answers.is_empty(), "{answers:?}");
        assert_eq!(person.record.interview().before["age"], json!(44));
        let page = person.post_then("/start", &[]);
        assert!(
            page.text().contains("name=\"danger_nerves-none\" value=\"yes\" data-none"),
            "{}",
            page.text()
        );
        assert!(!page.text().contains("name=\"danger_nerves-none\" value=\"yes\" checked"));
    }

    /// The values of the fields with this name that are ticked on a page.
    fn ticked(page: &str, name: &str) -> Vec<String> {
        let tags = page.split("<input ").skip(1).filter_map(|rest| rest.split_once("/>")).map(|(tag, _)| tag);
        let value = |tag: &str| tag.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        tags.filter(|tag| tag.contains(&format!("name=\"{name}\"")) && tag.contains(" checked"))
            .map(value)
            .collect()
    }

    #[test]
    fn every_question_has_an_address_that_shows_it_with_its_own_answer() {
        let mut person = Person::new();
        let mut asked = Vec::new();
        while person.answer_next(&plain_spasm()) {
            asked.push(person.record.interview().screens.last().unwrap().clone());
        }
        let events = person.record.events().len();
        for (place, id) in asked.iter().enumerate() {
            let page = person.get(&format!("/question/{id}"));
            assert_eq!(page.status, 200, "{id}");
            let fields: Vec<&str> = page
                .text()
                .split("<input ")
                .skip(1)
                .filter(|tag| !tag.starts_with("type=\"hidden\""))
                .filter_map(|tag| tag.split(" name=\"").nth(1)?.split('"').next())
                .collect();
            assert!(
                !fields.is_empty() && fields.iter().all(|name| name.starts_with(&format!("{id}-"))),
                "{id}: {fields:?}"
            );
            let before =
                place.checked_sub(1).map_or("/".to_owned(), |before| format!("/question/{}", asked[before]));
            assert!(page.text().contains(&format!("class=\"link--back\" href=\"{before}\"")), "{id}");
            assert!(
                page.text().contains("checked") || page.text().contains("value=\"44\""),
                "{id} lost its answer"
            );
        }
        assert_eq!(person.record.events().len(), events, "a page that is read writes nothing");
    }

    #[test]
    fn going_back_takes_nothing_away_and_the_same_answer_writes_nothing() {
        let mut person = Person::with_a_plain_spasm();
        let (events, told) = (person.record.events().len(), person.record.interview().assessed);
        for id in person.record.interview().screens.clone() {
            person.answer_again(&id, &plain_spasm());
            assert_eq!(person.record.events().len(), events, "{id}");
        }
        assert_eq!(person.record.interview().assessed, told);
        assert_eq!(person.get("/question").header("location"), Some("/outcome"));
    }

    /// The form of the first screen as a page had it that was opened at `seen`.
    fn nerves(
        seen: &'static str,
        field: &'static str,
        value: &'static str,
    ) -> Vec<(&'static str, &'static str)> {
        let mut fields = vec![("question", "danger_nerves"), ("seen", seen), (field, value)];
        fields.extend(["saddle_numbness", "bladder_change", "leg_weak_or_numb"].map(|line| ("shows", line)));
        fields
    }

    const NERVES: &str = "/question/danger_nerves";

    #[test]
    fn a_page_left_open_never_takes_back_a_danger_sign_that_it_did_not_show() {
        let mut person = Person::new();
        person.post(NERVES, &nerves("0", "danger_nerves-yes", "saddle_numbness"));
        assert!(person.get("/outcome").text().contains("Get emergency help now"));
        let events = person.record.events().len();
        // The other window still shows the empty screen.
        let sent = person.post(NERVES, &nerves("0", "danger_nerves-none", "yes"));
        assert_eq!(sent.header("location"), Some(NERVES));
        assert_eq!(person.record.events().len(), events);
        let page = person.get(NERVES);
        assert!(
            page.text().contains("This was answered in another window, today at 10:00"),
            "{}",
            page.text()
        );
        assert_eq!(ticked(page.text(), "danger_nerves-yes"), ["saddle_numbness"]);
        assert!(ticked(page.text(), "danger_nerves-none").is_empty());
        assert!(person.get("/outcome").text().contains("Get emergency help now"));
        // Whoever has seen it may change it.
        let mut seen = nerves("0", "danger_nerves-none", "yes");
        seen.retain(|(name, _)| *name != "seen");
        person.post(NERVES, &seen);
        assert_eq!(person.record.interview().answers["saddle_numbness"], json!("no"));
    }

    #[test]
    fn what_is_ticked_on_a_page_of_yesterday_counts_and_what_is_denied_there_does_not() {
        let sudden = |field: &'static str, value: &'static str| {
            let lines = ["chest_or_breathing", "fever"].map(|line| ("shows", line));
            [[("question", "danger_sudden"), (field, value)].as_slice(), &lines].concat()
        };
        let to = "/question/danger_sudden";
        let half = || {
            let mut person = Person::new();
            person.post(NERVES, &nerves("0", "danger_nerves-none", "yes"));
            person.wait(SignedDuration::from_hours(25));
            person
        };
        let mut person = half();
        let sent = person.post(to, &sudden("danger_sudden-yes", "chest_or_breathing"));
        assert_eq!(sent.header("location"), Some("/outcome"));
        assert!(person.get("/outcome").text().contains("Get emergency help now"));
        let mut person = half();
        let events = person.record.events().len();
        let sent = person.post(to, &sudden("danger_sudden-none", "yes"));
        assert_eq!((sent.header("location"), person.record.events().len()), (Some("/"), events));
        // Also where the screen has still a second step, or a tick that does not go with another.
        for field in ["danger_sudden-unsure_some", "danger_sudden-none"] {
            let mut person = half();
            let mut form = sudden("danger_sudden-yes", "chest_or_breathing");
            form.push((field, "yes"));
            person.post(to, &form);
            assert!(person.get("/outcome").text().contains("Get emergency help now"), "{field}");
        }
        // What is no emergency by itself is kept, and the rest of its screen is asked.
        let mut person = half();
        person.post(to, &sudden("danger_sudden-yes", "fever"));
        assert_eq!(person.record.interview().answers["fever"], json!("yes"));
        assert_eq!(person.record.interview().answers.len(), 1);
    }

    #[test]
    fn a_danger_sign_ticked_on_a_page_left_open_is_not_lost_either() {
        let mut person = Person::new();
        person.post(NERVES, &nerves("0", "danger_nerves-none", "yes"));
        let page = person.post_then(NERVES, &nerves("0", "danger_nerves-yes", "bladder_change"));
        assert_eq!(person.record.interview().answers["bladder_change"], json!("no"), "not yet");
        assert_eq!(ticked(page.text(), "danger_nerves-yes"), ["bladder_change"]);
        // Also where the lines that it is not sure about had still to be named.
        let page = person.post_then(NERVES, &nerves("0", "danger_nerves-unsure_some", "yes"));
        assert_eq!(ticked(page.text(), "danger_nerves-unsure_some"), ["yes"]);
        assert!(page.text().contains("in another window"));
    }

    #[test]
    fn a_page_of_an_interview_that_is_over_answers_nothing_in_the_next() {
        let mut person = Person::new();
        person.post(NERVES, &nerves("0", "danger_nerves-none", "yes"));
        person.post("/start", &[("over", "yes")]);
        let page = person.post_then(NERVES, &nerves("0", "danger_nerves-none", "yes"));
        assert!(page.text().contains("begun again in another window"), "{}", page.text());
        assert!(person.record.interview().answers.is_empty());
    }

    #[test]
    fn what_was_filled_in_wrongly_is_forgotten_once_the_question_is_answered() {
        let mut person = Person::new();
        let empty: Vec<_> = nerves("0", "x", "y");
        assert!(person.refused(NERVES, &empty).text().contains("Tick every line that fits"));
        person.post(NERVES, &nerves("0", "danger_nerves-yes", "leg_weak_or_numb"));
        let page = person.get(NERVES);
        assert!(!page.text().contains("There is a problem"));
        assert_eq!(ticked(page.text(), "danger_nerves-yes"), ["leg_weak_or_numb"]);
    }

    #[test]
    fn the_second_step_has_an_address_and_the_first_keeps_its_ticks() {
        let mut person = Person::new();
        let mut fields = nerves("0", "danger_nerves-yes", "leg_weak_or_numb");
        fields.push(("danger_nerves-unsure_some", "yes"));
        let sent = person.post(NERVES, &fields);
        assert_eq!(sent.header("location"), Some("/question/danger_nerves/not_sure"));
        let page = person.get("/question/danger_nerves/not_sure");
        assert!(page.text().contains("class=\"link--back\" href=\"/question/danger_nerves\""));
        let first = person.get(NERVES);
        assert_eq!(ticked(first.text(), "danger_nerves-yes"), ["leg_weak_or_numb"]);
        assert_eq!(ticked(first.text(), "danger_nerves-unsure_some"), ["yes"]);
        fields.push(("danger_nerves-second_step", "yes"));
        let again = person.refused(NERVES, &fields);
        assert!(again.text().contains("Tick each line that you are not sure about"));
        // Without a first step there is no second.
        assert_eq!(Person::new().get("/question/danger_nerves/not_sure").header("location"), Some(NERVES));
    }

    #[test]
    fn what_is_no_question_of_the_interview_or_does_not_apply_is_not_asked() {
        let mut person = Person::new();
        assert_eq!(person.get("/question/no_such_question").status, 404);
        let later = person.get("/question/what_it_is_like");
        assert_eq!(later.header("location"), Some(NERVES), "it is asked after the triage");
        assert_eq!(person.get("/question/fever_detail").header("location"), Some(NERVES));
        person.post(NERVES, &nerves("0", "danger_nerves-yes", "saddle_numbness"));
        assert_eq!(person.get("/question/danger_sudden").header("location"), Some("/outcome"));
        assert_eq!(person.get("/question").header("location"), Some("/outcome"));
    }

    #[test]
    fn an_answer_of_an_emergency_holds_until_another_is_given_and_confirmed() {
        let mut person = Person::new();
        person.answer_next(&json!({ "saddle_numbness": "yes" }));
        for path in ["/check", NERVES] {
            assert!(person.get(path).text().contains("href=\"/question/") || path == NERVES);
        }
        assert_eq!(ticked(person.get(NERVES).text(), "danger_nerves-yes"), ["saddle_numbness"]);
        assert!(person.get("/outcome").text().contains("Get emergency help now"));
        person.answer_again("danger_nerves", &plain_spasm());
        // The other questions come, and until they are done and confirmed the outcome stands.
        assert_eq!(person.get("/question").header("location"), Some("/question/danger_sudden"));
        assert!(person.get("/question/danger_sudden").text().contains("still holds"));
        assert!(person.get("/outcome").text().contains("Get emergency help now"));
        while person.answer_next(&plain_spasm()) {}
        assert!(person.get("/outcome").text().contains("Get emergency help now"));
        person.post("/check", &[]);
        assert!(person.get("/outcome").text().contains("You can look after this at home"));
    }

    #[test]
    fn only_the_answers_that_were_seen_are_confirmed() {
        let mut person = Person::new();
        while person.answer_next(&plain_spasm()) {}
        let seen = person.record.last().to_string();
        let mut other = plain_spasm();
        other["pain_now"] = json!(3);
        person.answer_again("started", &other);
        let page = person.post_then("/check", &[("seen", seen.as_str())]);
        assert!(page.text().contains("An answer was changed in another window"), "{}", page.text());
        assert!(person.record.assessments().is_empty());
        assert_eq!(person.post("/check", &[]).header("location"), Some("/outcome"));
        assert_eq!(person.record.assessments().len(), 1);
    }
}
