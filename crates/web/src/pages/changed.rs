//! Something changed: what was it? Then the questions begin again, with what was ticked
//! before to confirm, while all that there is stays open.

use askama::Template;
use care::{Guideline, Question, QuestionId};
use store::Restart;

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::onward::{address, goes_on};
use crate::parts::overtaken::{CHANGED, answered_since};
use crate::request::Form;
use crate::response::Response;
use crate::visitor::Visitor;

/// What can have changed, as the questions that ask about it first have it. What lasts
/// changes least, so a question about it stands last.
fn what(guideline: &Guideline) -> Vec<(&str, &str)> {
    let questions = guideline.questions().map(|id| guideline.question(id));
    let mut asked: Vec<(&Question, &str)> =
        questions.filter_map(|question| Some((question, question.changed.as_deref()?))).collect();
    asked.sort_by_key(|(question, _)| question.shows.iter().any(|id| guideline.finding(*id).lasting));
    asked.into_iter().map(|(question, words)| (question.id.as_str(), words)).collect()
}

/// The value of the button for a new spasm.
const NEW_SPELL: &str = "new_spell";

#[derive(Template)]
#[template(path = "pages/changed.html")]
struct ChangedPage<'v> {
    frame: Frame<'v>,
    what: Vec<(&'v str, &'v str)>,
    new_spell: &'static str,
    /// The questions were begun again already, and where they go on.
    under_way: Option<String>,
    /// An older page was to begin them once more.
    is_overtaken: bool,
}

/// `GET /changed`: what changed?
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.case();
    if visitor.standing().concluded().is_none() {
        // Nothing was told yet that could have changed.
        return Ok(Response::see(&goes_on(visitor.guideline(), case)));
    }
    let page = ChangedPage {
        frame: Frame::new(visitor, Here::Home, "What changed?").of_interview(),
        what: what(visitor.guideline()),
        new_spell: NEW_SPELL,
        is_overtaken: visitor.sent(CHANGED).is_some(),
        under_way: case.concluded().is_none().then(|| goes_on(visitor.guideline(), case)),
    };
    page.frame.around(&page)
}

/// `POST /changed`: the questions begin again, first with what changed.
pub(crate) fn begin(visitor: &Visitor<'_>, form: &Form) -> Response {
    if let Some(said) = answered_since(visitor, CHANGED, form) {
        return said;
    }
    let guideline = visitor.guideline();
    let because = match form.text("what") {
        NEW_SPELL => Restart::NewSpell,
        _ if form.has("late") => Restart::CheckIn,
        _ => Restart::SomethingChanged,
    };
    let is_offered = |question: &QuestionId| guideline.question(*question).changed.is_some();
    let first = guideline.question_named(form.text("what")).filter(is_offered);
    let to = first.map_or_else(
        || "/question".to_owned(),
        |question: QuestionId| address(visitor.guideline(), question),
    );
    Response::see(&to).after(vec![visitor.ask_again(because)])
}

#[cfg(test)]
mod tests {
    use care::{Answer, State, Urgency};
    use jiff::SignedDuration;
    use serde_json::json;

    use crate::case::Case;
    use crate::testing::{Person, guideline, plain_spasm};

    /// Somebody who took a painkiller, wrote an entry, chose a habit and tried a step.
    fn with_a_bit_of_everything() -> Person {
        let mut person = Person::with_a_plain_spasm();
        person.post("/medicines/region", &[("dose_region", "uk")]);
        person.post("/medicines/log", &[("medicine", "nurofen_200"), ("units", "1"), ("when", "now")]);
        person.post("/diary", &[("pain_now", "5"), ("new_danger", "no")]);
        person.post("/habits/calm_time/choose", &[("time", "07:30"), ("remind", "0")]);
        person.post("/relief/heat", &[("before", "6"), ("after", "5")]);
        person.wait(SignedDuration::from_mins(30));
        person
    }

    fn stands(person: &Person) -> Urgency {
        let case = person.standing();
        case.concluded().map(care::Finished::urgency).expect("something was told")
    }

    #[test]
    fn it_is_asked_what_changed_and_the_question_about_it_comes_first() {
        let mut person = Person::with_a_plain_spasm();
        let page = person.get("/changed");
        assert!(page.text().contains("What changed?") && page.text().contains("Nothing changed: go back"));
        let events = person.record.events().len();
        for (id, words) in super::what(guideline()) {
            assert!(page.text().contains(words));
            let question = guideline().question_named(id).expect("it is in the book");
            assert!(guideline().question(question).only_if.is_none(), "{id} is asked of everybody");
            let mut person = Person::with_a_plain_spasm();
            let sent = person.post("/changed", &[("what", id)]);
            assert_eq!(sent.header("location"), Some(format!("/question/{id}").as_str()));
            assert_eq!(person.get(&format!("/question/{id}")).status, 200, "{id}");
        }
        assert_eq!(person.record.events().len(), events, "to look is not to begin");
        person.post("/changed", &[("what", "else")]);
        assert!(person.get("/changed").text().contains("Carry on"), "it is under way");
    }

    #[test]
    fn before_anything_was_told_nothing_can_have_changed() {
        assert_eq!(Person::new().get("/changed").header("location"), Some("/question/danger_nerves"));
    }

    #[test]
    fn all_that_there_is_stays_open_whatever_begins_the_questions_again() {
        let pages = [
            ("/", "Your back today"),
            ("/outcome", "You can look after this at home"),
            ("/medicines", "today at 16:00"),
            ("/medicines/log", "Nurofen"),
            ("/diary", "Pain 5 of 10"),
            ("/diary/entries", "Pain 5 of 10"),
            ("/habits", "Every day at 07:30"),
            ("/habits/calm_time", "07:30"),
            ("/relief", "Where are you now?"),
            ("/relief/rest_on_side", "When to stop"),
            ("/relief/heat/after", "went from 6 to 5"),
            ("/helped", "What helped you"),
            ("/causes", "What may lie behind it"),
            ("/clinic", "What to expect at a visit"),
            ("/card", "Your come-back card"),
        ];
        for (path, fields) in [
            ("/changed", &[("what", "started")][..]),
            ("/changed", &[("what", "new_spell")]),
            ("/changed", &[("late", "yes")]),
            ("/changed", &[("what", "new_spell")]),
            ("/start", &[("over", "yes")]),
            ("/start", &[("over", "yes"), ("new_spell", "yes")]),
            ("/start", &[("over", "yes")]),
            ("/diary", &[("pain_now", "5"), ("new_danger", "yes")]),
        ] {
            let mut person = with_a_bit_of_everything();
            person.post(path, fields);
            // Half of the questions are answered again.
            for _ in 0..4 {
                for (page, words) in pages {
                    let shown = person.get(page);
                    assert_eq!(
                        shown.status,
                        200,
                        "{path} {fields:?}, {page}: {:?}",
                        shown.header("location")
                    );
                    assert!(shown.text().contains(words), "{path} {fields:?}, {page}: {}", shown.text());
                    assert!(shown.text().contains("Carry on with the questions"), "{page}");
                }
                assert!(person.answer_next(&plain_spasm()));
            }
            while person.answer_next(&plain_spasm()) {}
            assert!(person.get("/").text().contains("href=\"/check\""), "confirming is offered");
            person.post("/check", &[]);
            assert!(!person.get("/").text().contains("Carry on with the questions"));
        }
    }

    #[test]
    fn what_was_ticked_and_what_lasts_is_filled_in_and_no_is_not() {
        let mut answers = plain_spasm();
        answers["leg_weak_or_numb"] = json!("yes");
        answers["bleeds_easily"] = json!("yes");
        let mut person = Person::new().triaged(&answers);
        let ticked = |person: &Person, id: &str, line: &str| {
            let page = person.get(&format!("/question/{id}"));
            assert_eq!(page.status, 200, "{id}");
            assert!(!page.text().contains(&format!("name=\"{id}-none\" value=\"yes\" checked")), "{id}");
            page.text().contains(&format!("value=\"{line}\" checked"))
        };
        person.post("/changed", &[("what", "else")]);
        assert!(ticked(&person, "danger_nerves", "leg_weak_or_numb"));
        assert!(ticked(&person, "about_you", "bleeds_easily"));
        assert!(person.get("/question/about_you").text().contains("value=\"44\""), "the age to confirm");
        assert!(person.record.interview().answers.is_empty(), "none of it counts yet");
        person.post("/changed", &[("what", "new_spell")]);
        assert!(!ticked(&person, "danger_nerves", "leg_weak_or_numb"), "another spell");
        assert!(ticked(&person, "about_you", "bleeds_easily"), "what lasts");
        // Named since, whatever begins the questions again.
        person.post("/changed", &[("what", "else")]);
        person.answer_next(&answers);
        person.post("/changed", &[("what", "new_spell")]);
        assert!(ticked(&person, "danger_nerves", "leg_weak_or_numb"));
    }

    #[test]
    fn to_begin_once_more_takes_back_no_danger_sign_that_was_named_since() {
        for (path, fields) in [
            ("/changed", &[("what", "where")][..]),
            ("/changed", &[("late", "yes")]),
            ("/diary", &[("pain_now", "5"), ("new_danger", "not sure")]),
        ] {
            let mut person = Person::with_a_plain_spasm();
            person.post("/changed", &[("what", "danger_sudden")]);
            let mut with_fever = plain_spasm();
            with_fever["fever"] = json!("yes");
            person.answer_again("danger_sudden", &with_fever);
            assert!(person.get("/").text().contains("What you said since points to"));
            person.post(path, fields);
            assert!(person.get("/").text().contains("What you said since points to"), "{path} {fields:?}");
            let page = person.get("/question/danger_sudden");
            assert!(
                page.text().contains("value=\"fever\" checked"),
                "it can be taken back where it was said"
            );
        }
    }

    #[test]
    fn what_speaks_against_a_painkiller_and_lasts_counts_on_whatever_begins_the_questions_again() {
        let tells =
            [("bleeds_easily", json!("yes")), ("pregnant_or_birth", json!("yes")), ("age", json!(14))];
        for (finding, answer) in tells {
            for (path, fields) in [
                ("/changed", &[("what", "else")][..]),
                ("/changed", &[("what", "new_spell")]),
                ("/start", &[("over", "yes")]),
            ] {
                let mut person = Person::with_a_plain_spasm();
                let mut answers = plain_spasm();
                answers[finding] = answer.clone();
                person.post("/changed", &[("what", "about_you")]);
                person.answer_again("about_you", &answers);
                person.post(path, fields);
                let id = guideline().finding_named(finding).expect("it is in the book");
                let counts = Case::at(guideline(), &person.record, person.now.timestamp())
                    .given
                    .get(id)
                    .map(|now| care::answer_to_json(guideline(), id, now));
                assert_eq!(counts, Some(answer.clone()), "{finding} after {path} {fields:?}");
            }
        }
    }

    #[test]
    fn a_page_older_than_an_answer_begins_nothing_again_and_says_so() {
        for (path, fields) in [
            ("/changed", &[("what", "else")][..]),
            ("/changed", &[("late", "yes")]),
            ("/start", &[("over", "yes")]),
        ] {
            let mut person = Person::with_a_plain_spasm();
            let seen = crate::asking::last_answer(&person.record).to_string();
            person.post("/changed", &[("what", "danger_sudden")]);
            person.answer_again("danger_sudden", &plain_spasm());
            let mut stale = fields.to_vec();
            stale.push(("seen", &seen));
            let events = person.record.events().len();
            let page = person.post_then(path, &stale);
            assert_eq!(person.record.events().len(), events);
            assert!(page.text().contains("answered in another window"), "{}", page.text());
            assert!(page.text().contains("Carry on"));
        }
    }

    #[test]
    fn what_is_more_urgent_is_said_at_once_and_what_is_less_urgent_waits() {
        let mut answers = plain_spasm();
        (answers["pain_now"], answers["trigger"]) = (json!(8), json!("nothing"));
        let mut person = Person::new().triaged(&answers);
        assert_eq!(stands(&person), Urgency::SeeSoon);
        person.post("/changed", &[("what", "else")]);
        while person.answer_next(&plain_spasm()) {
            assert_eq!(stands(&person), Urgency::SeeSoon, "until it is confirmed");
        }
        assert!(person.get("/outcome").text().contains("See a doctor in the next few days"));
        person.post("/check", &[]);
        assert_eq!(stands(&person), Urgency::SelfCare);
    }

    #[test]
    fn every_sign_that_is_more_urgent_by_itself_is_seen_on_every_page_at_once() {
        let plain = Person::with_a_plain_spasm();
        let case = Case::at(guideline(), &plain.record, plain.now.timestamp());
        let mut seen = 0;
        for id in guideline().findings().filter(|id| case.given.get(*id) == Some(Answer::No)) {
            let mut with = case.answers.clone();
            with.set(guideline(), id, Answer::Yes).expect("it is a yes or no");
            let certain = State::of(guideline(), &with).bounds().lower;
            if certain <= Urgency::SelfCare {
                continue;
            }
            seen += 1;
            let question = guideline().question(guideline().asked_by(id).expect("it is asked"));
            let mut person = Person::with_a_plain_spasm();
            person.post("/changed", &[("what", "else")]);
            let name = crate::screen::field_name(question, "yes");
            let finding = &guideline().finding(id).id;
            let shows = question.shows.iter().map(|id| ("shows", guideline().finding(*id).id.as_str()));
            let shows = shows.filter(|(_, id)| {
                case.given
                    .iter()
                    .any(|(known, answer)| answer == Answer::No && guideline().finding(known).id == *id)
            });
            let fields: Vec<(&str, &str)> = shows
                .chain([("question", question.id.as_str()), (name.as_str(), finding.as_str())])
                .collect();
            person.post(&format!("/question/{}", question.id), &fields);
            assert_eq!(person.record.interview().answers[finding.as_str()], json!("yes"));
            let page = person.follow(person.get("/relief"));
            if certain == Urgency::Emergency {
                assert!(page.text().contains("Call "), "{finding}: {}", page.text());
            } else {
                let is_said = page.text().contains("What you said since points to");
                let is_told = stands(&person) >= certain;
                assert!(is_said || is_told, "{finding}: {}", page.text());
            }
        }
        assert!(seen > 10, "{seen}");
    }

    #[test]
    fn a_dose_is_judged_by_what_was_said_since() {
        let mut person = with_a_bit_of_everything();
        person.wait(SignedDuration::from_hours(24));
        person.post("/changed", &[("what", "about_you")]);
        let mut answers = plain_spasm();
        answers["pregnant_or_birth"] = json!("yes");
        let ask = crate::testing::asked_on(guideline(), &person.get("/question/about_you")).expect("it asks");
        let given = crate::testing::answers_for(guideline(), &ask, &answers);
        let given: Vec<(&str, &str)> = given.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        person.post("/question/about_you", &given);
        let dose = [("medicine", "nurofen_200"), ("units", "1"), ("stop", "yes")];
        let page = person.post_then("/medicines/check", &dose);
        assert!(!page.text().contains("verdict--allowed"), "{}", page.text());
        assert!(page.text().to_lowercase().contains("pregnan"), "{}", page.text());
    }

    #[test]
    fn an_entry_made_meanwhile_is_kept_and_confirms_nothing() {
        let mut person = Person::with_a_plain_spasm();
        person.post("/changed", &[("what", "else")]);
        person.answer_next(&plain_spasm());
        let told = person.record.assessments().len();
        let sent = person.post("/diary", &[("pain_now", "3"), ("new_danger", "no")]);
        assert_eq!(sent.header("location"), Some("/diary/result"));
        assert!(person.get("/diary/result").text().contains("Pain 3 of 10"));
        assert_eq!((person.record.check_ins().len(), person.record.assessments().len()), (1, told));
        assert_eq!(person.record.interview().screens.len(), 1, "the questions go on where they were");
    }
}
