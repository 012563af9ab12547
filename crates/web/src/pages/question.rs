//! The interview: one screen a page.

use std::collections::BTreeMap;

use askama::Template;
use care::{
    Answer, Answers, Ask, FindingId, Finished, OwnWords, Patient, QuestionId, Step, Urgency, advise,
    answer_to_json, certify, drop_what_no_longer_applies, next, what_to_do,
};
use serde_json::Value;
use store::{Event, Helped, Reason, Shown};

use crate::case::{Case, read_answers};
use crate::frame::{Frame, Here};
use crate::pages::PageError;
use crate::pages::diary::why_asked;
use crate::request::Form;
use crate::response::Response;
use crate::screen::{Filled, Screen};
use crate::site::Site;
use crate::visit::Visit;

/// A page with one question on it.
#[derive(Template)]
#[template(path = "pages/question.html")]
pub(crate) struct QuestionPage<'v> {
    pub(crate) frame: Frame<'v>,
    pub(crate) screen: Screen<'v>,
    /// The part of the interview, and how many screens there were.
    pub(crate) caption: String,
    /// Where the form goes.
    pub(crate) to: &'static str,
    /// Where the form to go back goes.
    pub(crate) back: &'static str,
    /// What must be known at once, from the person's own words.
    pub(crate) warning: Option<String>,
    /// What the person wrote, said back.
    pub(crate) heard: Option<Heard>,
    /// Whom "you" means, where somebody answers for another.
    pub(crate) about: Option<&'static str>,
    pub(crate) can_go_back: bool,
    /// Why the questions come now, where they did not come by themselves.
    pub(crate) notice: Option<String>,
}

/// What the person wrote in their own words, as it was understood.
pub(crate) struct Heard {
    /// One sentence; none where nothing was understood.
    said_back: Option<String>,
    not_understood: Vec<String>,
}

/// Whom the questions mean by "you".
pub(crate) fn about(visit: &Visit<'_>) -> Option<&'static str> {
    let patient = match visit.record.interview().about? {
        Helped::He => Patient::He,
        Helped::She => Patient::She,
        Helped::They => Patient::They,
    };
    patient.meant_by_you()
}

/// Said where the interview began again because something changed.
const AGAIN: &str = "Good that you came back. Please go through the danger signs again, as they are now.";

/// `GET /question`
pub(crate) fn show(site: &Site<'_>, visit: &Visit<'_>) -> Result<Response, PageError> {
    let case = Case::of(site, visit);
    match &case.step {
        Step::Ask(ask) => page(site, visit, &case, screen(site, visit, ask)),
        Step::Done(_) if case.concluded().is_some() => Ok(Response::see("/outcome")),
        Step::Done(_) => Ok(Response::see("/check")),
    }
}

/// A screen, filled in with what was answered there earlier or said in own words.
pub(crate) fn screen<'g>(site: &Site<'g>, visit: &Visit<'_>, ask: &Ask) -> Screen<'g> {
    let guideline = site.guideline();
    let before = read_answers(guideline, &visit.record.interview().before);
    let suggested: Vec<(FindingId, String)> = visit
        .record
        .interview()
        .own_words
        .iter()
        .flat_map(|(_, proposals)| proposals)
        .filter(|proposal| proposal.answer != "no")
        .filter_map(|proposal| Some((guideline.finding_named(&proposal.finding)?, proposal.words.clone())))
        .filter(|(finding, _)| guideline.finding(*finding).danger)
        .collect();
    Screen::new(guideline, guideline.question(ask.question), &ask.findings, &before, &suggested)
}

fn page(
    site: &Site<'_>,
    visit: &Visit<'_>,
    case: &Case<'_>,
    screen: Screen<'_>,
) -> Result<Response, PageError> {
    let interview = visit.record.interview();
    let is_wrong = !screen.problems.is_empty();
    let title = screen.question.ask.clone();
    let frame = Frame::new(site, visit, Here::Home, title).without_nav().with_error(is_wrong);
    let frame = frame.with_scripts(&["question.js", "body-map.js"]);
    let written = interview.own_words.as_ref().filter(|_| interview.screens.is_empty());
    let read =
        written.filter(|(text, _)| !text.is_empty()).map(|(text, _)| OwnWords::read(site.free_text(), text));
    let warning = read.as_ref().and_then(|read| read.warning(site.region(visit)));
    let heard = read.map(|read| Heard {
        said_back: read.said_back(),
        not_understood: read.not_understood().into_iter().map(ToOwned::to_owned).collect(),
    });
    let is_again = interview.began != store::Sequence::default() && interview.screens.is_empty();
    let page = QuestionPage {
        frame,
        caption: format!("{} {}", screen.question.chapter.title(), interview.screens.len() + 1),
        to: "/question",
        back: "/back",
        warning,
        heard,
        about: about(visit),
        can_go_back: !interview.screens.is_empty(),
        notice: why_asked(visit.record)
            .or_else(|| case.told_before(site, visit))
            .or_else(|| is_again.then(|| AGAIN.to_owned())),
        screen,
    };
    page.respond()
}

impl QuestionPage<'_> {
    /// The page, as one that says what is wrong where something is.
    pub(crate) fn respond(&self) -> Result<Response, PageError> {
        let html = self.render()?;
        Ok(if self.screen.problems.is_empty() { Response::page(html) } else { Response::refused(html) })
    }
}

/// `POST /question`
pub(crate) fn answer(site: &Site<'_>, visit: &Visit<'_>, form: &Form) -> Result<Response, PageError> {
    let case = Case::of(site, visit);
    let given = match read(site, form)? {
        (question, Filled::Answers(given)) => Given { question, given },
        (_, Filled::Again(screen)) => return page(site, visit, &case, screen),
    };
    let (answered, answers) = given.event(site, &case, false);
    let mut events = vec![answered];
    let to = match next(site.guideline(), &answers) {
        Step::Ask(_) => "/question",
        Step::Done(finished) if finished.urgency() == Urgency::Emergency => {
            events.push(assessed(&finished, Reason::Interview));
            "/outcome"
        }
        Step::Done(_) => "/check",
    };
    Ok(Response::see(to).after(events))
}

/// The question that a form answers, and what was filled in.
pub(crate) fn read<'g>(site: &Site<'g>, form: &Form) -> Result<(QuestionId, Filled<'g>), PageError> {
    let guideline = site.guideline();
    let id = guideline
        .question_named(form.text("question"))
        .ok_or_else(|| PageError::BadForm("it names no question".to_owned()))?;
    let question = guideline.question(id);
    let findings: Vec<FindingId> = form
        .all("shows")
        .filter_map(|name| guideline.finding_named(name))
        .filter(|finding| question.shows.contains(finding))
        .collect();
    if findings.is_empty() {
        return Err(PageError::BadForm("it does not say what was asked".to_owned()));
    }
    Ok((id, Screen::read(guideline, question, &findings, form)))
}

/// A screen that was answered.
pub(crate) struct Given {
    pub(crate) question: QuestionId,
    pub(crate) given: Vec<(FindingId, Answer)>,
}

impl Given {
    /// The event, and the answers that the decision then rests on.
    pub(crate) fn event(&self, site: &Site<'_>, case: &Case<'_>, after_triage: bool) -> (Event, Answers) {
        let guideline = site.guideline();
        let mut answers = case.answers.clone();
        let mut named: BTreeMap<String, Value> = BTreeMap::new();
        for (finding, answer) in &self.given {
            // The form was read for these findings, so the answers fit.
            drop(answers.set(guideline, *finding, *answer));
            named
                .insert(guideline.finding(*finding).id.clone(), answer_to_json(guideline, *finding, *answer));
        }
        let dropped = drop_names(site, &mut answers);
        let question = guideline.question(self.question).id.clone();
        (Event::Answered { question, answers: named, dropped, after_triage }, answers)
    }
}

/// Takes back what no longer applies; the names of its findings.
fn drop_names(site: &Site<'_>, answers: &mut Answers) -> Vec<String> {
    let guideline = site.guideline();
    let before = answers.clone();
    drop_what_no_longer_applies(guideline, answers);
    before
        .iter()
        .filter(|(finding, _)| answers.get(*finding).is_none())
        .map(|(finding, _)| guideline.finding(finding).id.clone())
        .collect()
}

/// The event that takes a screen back, with what no longer applies without it.
pub(crate) fn taken_back(site: &Site<'_>, case: &Case<'_>, question: QuestionId) -> Event {
    let guideline = site.guideline();
    let question = guideline.question(question);
    let mut answers = case.given.clone();
    let mut findings = Vec::new();
    for finding in &question.shows {
        if answers.get(*finding).is_some() {
            answers.clear(*finding);
            findings.push(guideline.finding(*finding).id.clone());
        }
    }
    findings.extend(drop_names(site, &mut answers));
    let after_triage = matches!(question.chapter, care::Chapter::Causes | care::Chapter::Medicines);
    Event::TakenBack { question: question.id.clone(), findings, after_triage }
}

/// `POST /back`
pub(crate) fn back(site: &Site<'_>, visit: &Visit<'_>) -> Response {
    let case = Case::of(site, visit);
    let Some(question) = case.screens(site.guideline(), visit.record).pop() else {
        return Response::see("/");
    };
    Response::see("/question").after(vec![taken_back(site, &case, question)])
}

/// The event of a finished triage: its certificate and what the person was told.
pub(crate) fn assessed(finished: &Finished<'_>, because: Reason) -> Event {
    let guideline = finished.state().guideline();
    let book = guideline.book();
    let advice = advise(finished);
    let told = what_to_do(finished);
    let certificate = certify(finished);
    let reasons = advice.because().iter().map(|why| why.words(guideline)).collect();
    let shown = Shown {
        guideline_version: book.version.clone(),
        guideline_hash: book.hash.clone(),
        urgency: finished.urgency(),
        title: told.title.to_owned(),
        actions: told.actions.iter().map(|action| (*action).to_owned()).collect(),
        because: reasons,
        seal: certificate.seal.clone(),
    };
    // Only maps with text keys are serialised, which cannot fail.
    let certificate = serde_json::to_value(&certificate).unwrap_or_default();
    Event::Assessed { because, shown, certificate }
}

#[cfg(test)]
mod tests {
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

    /// The words of a page as it opens, those for screen readers too; below a summary nothing is open.
    fn words(page: &crate::Response) -> usize {
        let text = page.text();
        let main = text.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
        let mut is_folded = false;
        let mut count = 0;
        for (tag, words) in main.split('<').filter_map(|part| part.split_once('>')) {
            is_folded = (is_folded || tag == "/summary") && tag != "/details";
            count += if is_folded { 0 } else { words.split_whitespace().count() };
        }
        count
    }

    #[test]
    fn an_uncomplicated_spasm_is_at_most_850_words_from_the_first_page_to_the_outcome() {
        let mut person = Person::new();
        let mut pages = vec![person.get("/")];
        loop {
            let page = person.get("/question");
            if !person.answer_next(&plain_spasm()) {
                break;
            }
            pages.push(page);
        }
        pages.push(person.get("/check"));
        let counts: Vec<usize> = pages.iter().map(words).collect();
        println!("words of each page: {counts:?}, in all {}", counts.iter().sum::<usize>());
        assert!(pages.len() <= 11 && counts.iter().sum::<usize>() <= 850, "{counts:?}");
    }

    #[test]
    fn nothing_ticked_is_never_taken_for_no() {
        let mut person = Person::new();
        let page = person.post(
            "/question",
            &[("question", "danger_nerves"), ("shows", "saddle_numbness"), ("shows", "bladder_change")],
        );
        assert_eq!(page.status, 422);
        assert!(page.text().contains("Error: "));
        assert!(person.record.events().is_empty());
    }

    #[test]
    fn not_sure_is_asked_about_line_by_line_and_then_counts() {
        let mut person = Person::new();
        let screen = [
            ("question", "danger_nerves"),
            ("shows", "saddle_numbness"),
            ("shows", "leg_weak_or_numb"),
            ("unsure_some", "yes"),
        ];
        let page = person.post("/question", &screen);
        assert!(page.text().contains("Which of these are you not sure about?"));
        assert!(person.record.events().is_empty());
        let unsure = [screen.as_slice(), &[("second_step", "yes"), ("unsure", "saddle_numbness")]].concat();
        person.post("/question", &unsure);
        let answers = &person.record.interview().answers;
        assert_eq!(
            (&answers["saddle_numbness"], &answers["leg_weak_or_numb"]),
            (&json!("not sure"), &json!("no"))
        );
    }

    #[test]
    fn a_form_sent_twice_counts_once() {
        let mut person = Person::new();
        let screen = [("question", "danger_nerves"), ("shows", "saddle_numbness"), ("none", "yes")];
        let (first, second) =
            (person.post_once("/question", "a", &screen), person.post_once("/question", "a", &screen));
        assert_eq!((first.status, second.status), (303, 303));
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
        person.post("/change", &[("question", "danger_sudden")]);
        assert!(!person.record.interview().answers.contains_key("fever"));
        let asked = "As you have a fever or feel very ill: what fits?";
        assert!(person.get("/check").text().contains(asked));
        person.answer_next(&plain_spasm());
        assert!(!person.record.interview().answers.contains_key("sepsis_signs"));
        assert!(!person.get("/check").text().contains(asked));
    }

    #[test]
    fn when_something_changed_no_earlier_no_is_taken_for_granted() {
        let mut person = Person::with_a_plain_spasm();
        person.post("/changed", &[]);
        let answers = &person.record.interview().answers;
        assert_eq!(answers.keys().collect::<Vec<_>>(), ["age"]);
        let page = person.get("/question");
        assert!(!page.text().contains("id=\"none\" name=\"none\" value=\"yes\" checked"));
    }
}
