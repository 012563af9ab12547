//! Learn and ask: questions in own words, what people ask, where sources differ.
//!
//! A question may be about the asker's own health, so it is posted, not kept and
//! in no title. In an emergency these pages lead back to what to do: what eases
//! a spasm must not stand where only help does.

pub(crate) mod ask;
pub(crate) mod book;
mod passage;

use askama::Template;
use care::{Disagreement, Passage};
use tell::Citations;

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::sources::{SourceLine, source_lines};
use crate::parts::standing::Standing;
use crate::parts::topic;
use crate::response::Response;
use crate::screen::Problem;
use crate::site::Site;
use crate::visitor::Visitor;

use ask::Search;
use passage::{Differ, PassageView};

/// The frame of a page of this part.
fn frame<'v>(visitor: &'v Visitor<'_>, title: impl Into<String>) -> Frame<'v> {
    let frame = Frame::new(visitor, Here::Learn, title);
    if Standing::of(visitor) == Standing::Emergency { frame.without_nav() } else { frame }
}

#[derive(Template)]
#[template(path = "pages/learn.html")]
struct LearnPage<'v> {
    frame: Frame<'v>,
    search: Search,
    topics: Vec<Topic>,
    disagreements: usize,
    sources: usize,
}

/// Questions that people ask about one thing.
struct Topic {
    title: String,
    /// The id and the words of each.
    answers: Vec<(String, String)>,
}

const LEARN: &str = "/learn";

/// `GET /learn`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let standing = Standing::of(visitor);
    if standing == Standing::Emergency {
        return Ok(Response::see("/outcome"));
    }
    let message = "Write a question first, such as: ice or heat?".to_owned();
    let problem = visitor.sent(LEARN).map(|_| Problem { field: "question".to_owned(), message });
    let search = Search { question: String::new(), problems: problem.into_iter().collect() };
    let book = visitor.guideline().book();
    let page = LearnPage {
        frame: frame(visitor, "Learn").with_error(!search.problems.is_empty()),
        search,
        topics: topics(visitor.site),
        disagreements: book.disagreements.len(),
        sources: book.whole_sources().count(),
    };
    page.frame.around(&page)
}

/// What people ask, by the page of the book that it stands on.
fn topics(site: &Site<'_>) -> Vec<Topic> {
    let mut topics: Vec<(&str, Topic)> = Vec::new();
    for answer in &site.guideline().book().answers {
        let file = answer.place.file.as_str();
        let line = (answer.id.clone(), answer.heading());
        match topics.iter_mut().find(|(known, _)| *known == file) {
            Some((_, topic)) => topic.answers.push(line),
            None => topics.push((file, Topic { title: topic::title(site, file), answers: vec![line] })),
        }
    }
    topics.into_iter().map(|(_, topic)| topic).collect()
}

#[derive(Template)]
#[template(path = "pages/answer.html")]
struct AnswerPage<'v> {
    frame: Frame<'v>,
    danger_questions: &'static str,
    topic: String,
    passage: PassageView<'v>,
    others: String,
    sources: Vec<SourceLine<'v>>,
}

/// `GET /learn/answers/ID`: one question that people ask.
pub(crate) fn answer(visitor: &Visitor<'_>, id: &str) -> Result<Response, PageError> {
    let standing = Standing::of(visitor);
    if standing == Standing::Emergency {
        return Ok(Response::see("/outcome"));
    }
    let guideline = visitor.guideline();
    let passage = Passage::named(guideline, &format!("answer.{id}")).ok_or(PageError::NotFound)?;
    let Passage::Answer(index) = passage else { return Err(PageError::NotFound) };
    let known = &guideline.book().answers[index];
    let citations = Citations::default();
    let passage = PassageView::of(visitor.site, passage, None, &citations);
    let page = AnswerPage {
        frame: frame(visitor, passage.heading.clone()),
        danger_questions: standing.danger_questions(),
        topic: topic::title(visitor.site, &known.place.file),
        others: known.asks.iter().skip(1).map(|ask| format!("“{ask}”")).collect::<Vec<_>>().join(", "),
        passage,
        sources: source_lines(guideline, &citations),
    };
    page.frame.around(&page)
}

#[derive(Template)]
#[template(path = "pages/disagreements.html")]
struct DisagreementsPage<'v> {
    frame: Frame<'v>,
    in_emergency: bool,
    /// Those on which most sources speak, about most of what we advise, in the order of the book; and
    /// all others.
    first: Vec<Differ<'v>>,
    rest: Vec<Differ<'v>>,
}

/// So many disagreements are shown first.
const FIRST_DIFFERS: usize = 5;

/// `GET /learn/disagreements`: where sources differ, and what we do.
pub(crate) fn disagreements(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let standing = Standing::of(visitor);
    let all = &visitor.guideline().book().disagreements;
    let weight = |one: &Disagreement| {
        let sources: usize = one.positions.iter().map(|side| side.sources.len()).sum();
        sources + one.about.len() + one.about_others.len()
    };
    let mut by_weight: Vec<&Disagreement> = all.iter().collect();
    by_weight.sort_by_key(|one| std::cmp::Reverse(weight(one)));
    let most = by_weight.get(..FIRST_DIFFERS).unwrap_or(&by_weight);
    let is_first = |one: &&Disagreement| most.iter().any(|first| first.id == one.id);
    let (first, rest): (Vec<&Disagreement>, Vec<&Disagreement>) = all.iter().partition(is_first);
    let told = |one| Differ::of(visitor.site, one);
    let page = DisagreementsPage {
        frame: frame(visitor, "Where sources differ").with_scripts(&["unfold.js"]),
        in_emergency: standing == Standing::Emergency,
        first: first.into_iter().map(told).collect(),
        rest: rest.into_iter().map(told).collect(),
    };
    page.frame.around(&page)
}

#[cfg(test)]
mod tests {
    use care::ProsePage;
    use jiff::tz::TimeZoneDatabase;
    use serde_json::json;

    use super::*;
    use crate::Site;
    use crate::testing::{Person, guideline};

    fn asked(question: &str) -> Response {
        Person::new().post_then("/learn/ask", &[("question", question)])
    }

    #[test]
    fn five_disagreements_stand_first_and_all_of_them_are_on_the_page() {
        let page = Person::new().get("/learn/disagreements");
        let (first, rest) = page.text().split_once("<summary>The other").expect("there are more");
        assert_eq!(first.matches("class=\"differ\"").count(), 5);
        let all = &guideline().book().disagreements;
        assert_eq!(rest.matches("class=\"differ\"").count(), all.len() - 5);
        for one in all {
            assert!(page.text().contains(&format!("id=\"{}\"", one.id)), "{}", one.id);
        }
    }

    /// Where the first of some words stands; they must all be there.
    fn place(page: &Response, words: &str) -> usize {
        page.text().find(words).unwrap_or_else(|| panic!("no {words:?} in {}", page.text()))
    }

    #[test]
    fn a_question_that_speaks_of_a_danger_sign_gets_that_first() {
        let page = asked("I am numb between my legs, what helps a back spasm?");
        let danger = place(&page, "First: Get emergency help now");
        assert!(danger < place(&page, "Call "));
        assert!(danger < place(&page, "Go through the danger questions"));
        assert!(
            place(&page, "href=\"/question\"") < place(&page, "You asked"),
            "the way to the questions first"
        );
        assert!(danger < place(&page, "aria-labelledby=\"answer\""), "the answer comes after");
    }

    #[test]
    fn a_danger_sign_is_spoken_of_even_where_the_rest_has_no_answer() {
        let page = asked("I am numb between my legs since this morning. Who won the football?");
        assert!(place(&page, "First: Get emergency help now") < place(&page, "To the rest of your question"));
    }

    #[test]
    fn a_question_without_a_danger_sign_is_answered_with_sources() {
        let page = asked("ice or heat?");
        assert_eq!(page.status, 200);
        assert!(!page.text().contains("First: "));
        place(&page, "Ice or heat for a back spasm?");
        place(&page, "[1");
        place(&page, "id=\"source-1\"");
        place(&page, "Sources do not agree here");
        place(&page, "Or did you mean");
    }

    #[test]
    fn what_the_book_does_not_know_it_says_so() {
        let page = asked("who won the football?");
        place(&page, "The book does not answer this");
        assert!(!page.text().contains("aria-labelledby=\"answer\""));
        assert!(!page.text().contains("id=\"source-1\""));
    }

    #[test]
    fn a_question_is_neither_kept_nor_in_the_title_nor_in_an_address() {
        let mut person = Person::new();
        let page = person.post_then("/learn/ask", &[("question", "can sneezing hurt my <back>?")]);
        assert!(person.record.events().is_empty());
        assert!(page.header("location").is_none());
        let title = page.text().split("</title>").next().unwrap_or_default();
        assert!(!title.contains("sneezing"));
        assert!(page.text().contains("can sneezing hurt my &#60;back&#62;?"));
    }

    #[test]
    fn an_empty_question_is_asked_for_again() {
        let page = Person::new().refused("/learn/ask", &[("question", "  ")]);
        place(&page, "<title>Error: ");
        place(&page, "href=\"#question\"");
    }

    #[test]
    fn a_dose_is_never_told_without_the_way_to_the_own_answers() {
        let page = asked("how much ibuprofen may I take?");
        assert!(place(&page, "at most. At least") < place(&page, "href=\"/medicines\""));
    }

    #[test]
    fn a_dose_is_told_by_the_label_of_the_own_country() {
        let mut person = Person::new();
        for (country, other) in [("uk", "us"), ("us", "uk")] {
            person.post("/settings", &[("dose_region", country)]);
            let page = person.post_then("/learn/ask", &[("question", "how much ibuprofen may I take?")]);
            place(&page, &format!("On the label ({})", country.to_uppercase()));
            assert!(!page.text().contains(&format!("On the label ({})", other.to_uppercase())), "{country}");
        }
    }

    #[test]
    fn what_is_not_for_everyone_says_so_before_its_steps() {
        let page = asked("how do I use heat on my back");
        let remedy =
            guideline().book().remedies.iter().find(|remedy| remedy.id == "heat").expect("it is there");
        let because = remedy.avoid_because.as_deref().expect("heat burns some");
        assert!(place(&page, because) < place(&page, &remedy.steps[0].text));
    }

    #[test]
    fn in_an_emergency_only_help_is_shown() {
        let mut person = Person::new();
        person.answer_next(&json!({ "saddle_numbness": "yes" }));
        for path in ["/learn", "/learn/answers/ice_or_heat"] {
            assert_eq!(person.get(path).header("location"), Some("/outcome"), "{path}");
        }
        let page = person.post_then("/learn/ask", &[("question", "ice or heat?")]);
        assert!(page.text().contains("Get emergency help now") && !page.text().contains("Ice or heat"));
        // What it all stands on can still be checked, below the call for help.
        let page = person.get("/learn/sources");
        assert!(place(&page, "calls for help now") < place(&page, "<h1>"));
        assert!(!page.text().contains("aria-label=\"Main\""));
    }

    #[test]
    fn every_question_that_people_ask_has_a_page_that_says_and_cites() {
        let person = Person::new();
        let index = person.get("/learn");
        for answer in &guideline().book().answers {
            let path = format!("/learn/answers/{}", answer.id);
            place(&index, &format!("\"{path}\""));
            let page = person.get(&path);
            assert_eq!(page.status, 200, "{path}");
            assert!(page.text().contains("id=\"source-1\""), "{path} cites nothing");
            assert!(page.text().contains("class=\"marks\">["), "{path} has no marks");
        }
        assert_eq!(person.get("/learn/answers/none_such").status, 404);
    }

    #[test]
    fn every_name_that_an_answer_points_to_is_a_passage() {
        let guideline = guideline();
        for id in guideline.book().answers.iter().flat_map(|answer| &answer.see) {
            let passage = Passage::of(*id).unwrap_or_else(|| panic!("{id:?}"));
            assert_eq!(guideline.book().block_named(&passage.name(guideline)), Some(*id));
            assert!(!passage.heading(guideline).is_empty() && !passage.place(guideline).file.is_empty());
        }
    }

    #[test]
    fn every_disagreement_is_shown_with_its_positions_their_sources_and_what_we_do() {
        let page = Person::new().get("/learn/disagreements");
        let sections: Vec<&str> = page.text().split("<section class=\"differ\"").skip(1).collect();
        let disagreements = &guideline().book().disagreements;
        assert_eq!(sections.len(), disagreements.len());
        let plain = |text: &str| askama::filters::escape(text, askama::filters::Html).unwrap().to_string();
        for disagreement in disagreements {
            let id = format!(" id=\"{}\"", disagreement.id);
            let section = sections.iter().find(|section| section.starts_with(&id)).expect("it is shown");
            assert!(section.contains(&plain(&disagreement.we_do)), "{}", disagreement.id);
            assert!(section.contains(&plain(&disagreement.because)), "{}", disagreement.id);
            for position in &disagreement.positions {
                assert!(section.contains(&plain(&position.says)), "{}", disagreement.id);
                for source in &position.sources {
                    let id = &guideline().source(*source).id;
                    assert!(section.contains(&format!("/learn/sources#source-{id}")), "{id}");
                }
            }
        }
    }

    #[test]
    fn every_source_is_listed_with_its_kind_and_weight_in_words() {
        let page = Person::new().get("/learn/sources");
        let sources = &guideline().book().sources;
        for source in sources {
            place(&page, &format!("id=\"source-{}\"", source.id));
        }
        let weights = |words: &str| page.text().matches(words).count();
        let all = weights("Weighs little") + weights("Weighs some") + weights("Weighs much");
        // A place in a source is cited as that source, which is listed once.
        assert_eq!(all, guideline().book().whole_sources().count());
        assert_eq!(page.text().matches("<summary>").count(), care::SourceKind::ALL.len());
    }

    #[test]
    fn the_book_is_read_page_by_page_in_its_chapters() {
        let page = |path: &str, chapter: &str, html: &str| ProsePage {
            path: path.into(),
            chapter: chapter.into(),
            title: format!("Title of {path}"),
            html: html.into(),
        };
        let pages = vec![page("about", "About", "<p>one</p>"), page("relief/heat", "Relief", "<p>two</p>")];
        let site = Site::new(guideline(), pages, TimeZoneDatabase::bundled());
        let person = Person::new();
        let get = |path: &str| person.get_of(&site, path);
        let contents = get("/learn/book");
        assert!(place(&contents, "<summary>About") < place(&contents, "/learn/book/about"));
        assert!(place(&contents, "<summary>Relief") < place(&contents, "/learn/book/relief/heat"));
        let topic = get("/learn/book/about");
        place(&topic, "<p>one</p>");
        place(&topic, "rel=\"next\" href=\"/learn/book/relief/heat\"");
        assert_eq!(get("/learn/book/relief").status, 404);
        // An answer leads to the page of its remedy, and to no page that is not there.
        let answer = get("/learn/answers/ice_or_heat");
        place(&answer, "/learn/book/relief/heat#remedy-heat");
        assert!(!answer.text().contains("/learn/book/relief/cold"));
    }
}
