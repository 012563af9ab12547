//! Help before any question: five red lines, then at once what harms nobody.
//!
//! Nothing is written down here. A red line that fits leads to whom to call; "none of these"
//! is no answer to any question, for unknown is never no. What the book does not open at once
//! stays behind the questions that it needs.

use askama::Template;
use care::{Block, Guideline, Habit, Instructions, Outcome, Remedy, RemedyId, Spot, Stage};
use tell::{ToDo, to_do};

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::at_once::{RedLine, first_position, needs, open_to, red_lines};
use crate::parts::evidence::{OfStrength, by_strength};
use crate::parts::figures::Figure;
use crate::parts::pacer::Pacer;
use crate::parts::remedies::plan_of;
use crate::response::Response;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/help.html")]
struct RedLinesPage<'v> {
    frame: Frame<'v>,
    lines: Vec<RedLine<'v>>,
}

/// Whoever has an outcome has better: their own plan, or whom to call.
fn has_better(visitor: &Visitor<'_>) -> Option<Response> {
    let case = visitor.standing();
    if plan_of(case).is_some() {
        return Some(Response::see("/relief"));
    }
    case.concluded().map(|_| Response::see("/outcome"))
}

/// `GET /help`: is it one of the five?
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    if let Some(better) = has_better(visitor) {
        return Ok(better);
    }
    let page = RedLinesPage {
        frame: Frame::new(visitor, Here::Home, "Help me now"),
        lines: red_lines(visitor.guideline()).map(RedLine::of).collect(),
    };
    page.frame.around(&page)
}

#[derive(Template)]
#[template(path = "pages/help_call.html")]
struct CallPage<'v> {
    frame: Frame<'v>,
    says: &'v str,
    told: ToDo<'v>,
    say: &'v [String],
}

/// `GET /help/call/OUTCOME/NUMBER`: a red line fits.
pub(crate) fn call(visitor: &Visitor<'_>, outcome: &str, number: &str) -> Result<Response, PageError> {
    let is_wanted = |(of, at, _): &(&Outcome, usize, _)| of.id == outcome && at.to_string() == number;
    let (outcome, _, says) = red_lines(visitor.guideline()).find(is_wanted).ok_or(PageError::NotFound)?;
    let told = Instructions {
        title: &outcome.title,
        first_call: outcome.first_call,
        actions: outcome.actions.iter().map(String::as_str).collect(),
        say: Vec::new(),
        calls: Vec::new(),
        sources: Vec::new(),
    };
    let page = CallPage {
        frame: Frame::new(visitor, Here::Home, outcome.title.clone()).of_interview(),
        says,
        told: to_do(visitor.region(), outcome.urgency, &told),
        say: &outcome.say,
    };
    page.frame.around(&page)
}

#[derive(Template)]
#[template(path = "pages/help_first.html")]
struct FirstPage<'v> {
    frame: Frame<'v>,
    remedy: &'v Remedy,
    figure: Option<Figure<'v>>,
    /// What they do where they are.
    steps: Vec<&'v str>,
    /// Where the person may be, and whether they said so.
    spots: [(Spot, bool); Spot::ALL.len()],
    pacer: Option<Pacer<'v>>,
    /// What else is open at once.
    open: Vec<OpenLine<'v>>,
    /// What waits for the questions, and what it needs to know of.
    waits: Vec<(&'v str, String)>,
}

/// What is open before the questions.
struct OpenLine<'v> {
    id: &'v str,
    name: &'v str,
    figure: Option<Figure<'v>>,
}

/// `GET /help/now`, `GET /help/now/SPOT`: a position for where the person is, and the pacer.
pub(crate) fn first(visitor: &Visitor<'_>, spot: Option<&str>) -> Result<Response, PageError> {
    if let Some(better) = has_better(visitor) {
        return Ok(better);
    }
    let guideline = visitor.guideline();
    let here = match spot {
        Some(id) => Some(Spot::ALL.into_iter().find(|spot| spot.id() == id).ok_or(PageError::NotFound)?),
        None => None,
    };
    let open = open_to(visitor);
    let remedies = || open.iter().map(|id| guideline.remedy(*id));
    let picture = |remedy| Figure::of_remedy(guideline.book(), remedy, here);
    let Some((remedy, _)) = first_position(guideline, &open, here) else {
        return Ok(Response::see("/question"));
    };
    let others = remedies().filter(|other| other.id != remedy.id);
    // Who has not said where they are is told how it is done in bed, where that can be.
    let begins = here.or_else(|| remedy.from.contains(&Spot::Bed).then_some(Spot::Bed));
    let steps = remedy.steps.iter().filter(|step| step.is_for(begins));
    let page = FirstPage {
        frame: Frame::new(visitor, Here::Home, remedy.name.clone()).with_scripts(&["pacer.js"]),
        figure: Figure::of_remedy(guideline.book(), remedy, begins),
        steps: steps.map(|step| step.text.as_str()).collect(),
        spots: Spot::ALL.map(|spot| (spot, here == Some(spot))),
        pacer: remedies().find_map(|remedy| Pacer::of(remedy, false)),
        open: others
            .map(|other| OpenLine { id: &other.id, name: &other.name, figure: picture(other) })
            .collect(),
        waits: guideline
            .remedies()
            .filter(|id| guideline.remedy(*id).stage == Stage::Now && !open.contains(id))
            .map(|id| (guideline.remedy(id).name.as_str(), remedy_needs(guideline, id)))
            .collect(),
        remedy,
    };
    page.frame.around(&page)
}

/// What a remedy waits for.
fn remedy_needs(guideline: &Guideline, id: RemedyId) -> String {
    let remedy = guideline.remedy(id);
    needs(guideline, remedy.avoid.iter().chain(&remedy.offer))
}

#[derive(Template)]
#[template(path = "pages/help_one.html")]
struct OnePage<'v> {
    frame: Frame<'v>,
    /// The page before it.
    back: &'static str,
    /// Where it is chosen, of a habit.
    choose: Option<String>,
    name: &'v str,
    /// For whom it is not.
    not_if: Vec<&'v str>,
    whole: Option<Figure<'v>>,
    steps: Vec<(&'v str, Option<Figure<'v>>)>,
    stop_if: &'v [String],
    pacer: Option<Pacer<'v>>,
}

/// `GET /help/ID`: one remedy that is open before the questions, with its safety box.
pub(crate) fn one(visitor: &Visitor<'_>, id: &str) -> Result<Response, PageError> {
    let guideline = visitor.guideline();
    let id = guideline.remedy_named(id).ok_or(PageError::NotFound)?;
    let remedy = guideline.remedy(id);
    if has_better(visitor).is_some() {
        return Ok(Response::see(&format!("/relief/{}", remedy.id)));
    }
    if !open_to(visitor).contains(&id) {
        return Ok(Response::see("/question"));
    }
    let picture = |number| Figure::at(guideline.book(), Block::Remedy(remedy), number);
    let page = OnePage {
        frame: Frame::new(visitor, Here::Home, remedy.name.clone()).with_scripts(&["pacer.js"]),
        not_if: remedy.at_once.iter().flatten().map(|signs| signs.says.as_str()).collect(),
        whole: picture(0),
        steps: (1..).zip(&remedy.steps).map(|(number, step)| (step.text.as_str(), picture(number))).collect(),
        stop_if: &remedy.stop_if,
        pacer: Pacer::of(remedy, false),
        back: "/help/now",
        choose: None,
        name: &remedy.name,
    };
    page.frame.around(&page)
}

#[derive(Template)]
#[template(path = "pages/help_well.html")]
struct WellPage<'v> {
    frame: Frame<'v>,
    /// What is open, by what studies say of it.
    open: Vec<OfStrength<OpenLine<'v>>>,
    waits: Vec<(&'v str, String)>,
    /// Some were chosen.
    has_own: bool,
}

/// `GET /help/well`: what keeps spasms away, for whoever has no pain and answered nothing.
pub(crate) fn well<'v>(visitor: &Visitor<'v>) -> Result<Response, PageError> {
    if has_better(visitor).is_some() {
        return Ok(Response::see("/habits"));
    }
    let guideline = visitor.guideline();
    let habits = || guideline.habits().map(|id| guideline.habit(id));
    let open = by_strength(habits().filter(|habit| habit.avoid.is_none()).collect(), |habit| habit.strength);
    let line = |habit: &'v Habit| OpenLine {
        id: &habit.id,
        name: &habit.name,
        figure: Figure::first(guideline.book(), Block::Habit(habit)),
    };
    let open = open.into_iter().map(|group| group.map(line)).collect();
    let page = WellPage {
        frame: Frame::new(visitor, Here::Habits, "Staying well"),
        has_own: visitor.record.habits().values().any(|choice| choice.on),
        open,
        waits: habits()
            .filter(|habit| habit.avoid.is_some())
            .map(|habit| (habit.name.as_str(), needs(guideline, &habit.avoid)))
            .collect(),
    };
    page.frame.around(&page)
}

/// `GET /help/well/ID`: one habit that nothing in the book speaks against.
pub(crate) fn habit(visitor: &Visitor<'_>, id: &str) -> Result<Response, PageError> {
    let guideline = visitor.guideline();
    let habit = guideline.habits().map(|known| guideline.habit(known)).find(|habit| habit.id == id);
    let habit = habit.ok_or(PageError::NotFound)?;
    if has_better(visitor).is_some() {
        return Ok(Response::see(&format!("/habits/{}", habit.id)));
    }
    if habit.avoid.is_some() {
        return Ok(Response::see("/question"));
    }
    let picture = |number| Figure::at(guideline.book(), Block::Habit(habit), number);
    let page = OnePage {
        frame: Frame::new(visitor, Here::Habits, habit.name.clone()),
        back: "/help/well",
        choose: Some(format!("/habits/{}", habit.id)),
        name: &habit.name,
        not_if: Vec::new(),
        whole: picture(0),
        steps: (1..).zip(&habit.steps).map(|(number, step)| (step.text.as_str(), picture(number))).collect(),
        stop_if: &[],
        pacer: None,
    };
    page.frame.around(&page)
}

#[cfg(test)]
mod tests {
    use care::{Answer, Answers, FindingKind, Step, next, what_to_do};
    use serde_json::json;

    use super::*;
    use crate::testing::{Person, guideline};

    /// The words that stand on a page from its heading to a mark.
    fn words_until(page: &Response, mark: &str) -> usize {
        let main = page.text().split_once("<main").expect("it has one").1;
        let until = main.split_once(mark).unwrap_or_else(|| panic!("{mark} is not there: {main}")).0;
        let text: String = until
            .split('<')
            .filter_map(|part| part.split_once('>'))
            .map(|(_, text)| text)
            .collect::<Vec<_>>()
            .join(" ");
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
    }

    #[test]
    fn a_position_with_its_picture_comes_within_three_taps_and_ninety_words() {
        let person = Person::new();
        let first = words_until(&person.get("/"), "href=\"/help\"");
        let lines = words_until(&person.get("/help"), "href=\"/help/now\"");
        let position = words_until(&person.get("/help/now"), "<img");
        assert!(first + lines + position <= 90, "{first} + {lines} + {position}");
    }

    #[test]
    fn five_red_lines_each_lead_at_once_to_the_help_that_the_questions_would_lead_to() {
        let guideline = guideline();
        assert_eq!(red_lines(guideline).count(), 5);
        for outcome in &guideline.book().outcomes {
            for (number, signs) in (1..).zip(&outcome.red_lines) {
                let page = Person::new().get(&format!("/help/call/{}/{number}", outcome.id));
                assert!(page.text().contains(&outcome.title) && page.text().contains(&outcome.actions[0]));
                for covered in &signs.covers {
                    let mut answers = Answers::none(guideline);
                    let yes_no = |id: &care::FindingId| guideline.finding(*id).kind == FindingKind::YesNo;
                    for id in guideline.findings().filter(yes_no) {
                        let answer = if id == *covered { Answer::Yes } else { Answer::No };
                        drop(answers.set(guideline, id, answer));
                    }
                    let Step::Done(finished) = next(guideline, &answers) else {
                        panic!("{} is no emergency by itself", guideline.finding(*covered).id)
                    };
                    assert_eq!(
                        what_to_do(&finished).title,
                        outcome.title,
                        "{}",
                        guideline.finding(*covered).id
                    );
                }
            }
        }
    }

    #[test]
    fn nothing_is_written_down_and_nothing_counts_as_a_no() {
        let person = Person::new();
        for path in ["/help", "/help/now", "/help/now/chair"] {
            let page = person.get(path);
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.text().contains("<form"), "{path} sends nothing");
        }
        assert_eq!(person.get("/question").header("location"), Some("/question/danger_nerves"));
    }

    #[test]
    fn every_spot_has_a_position_with_a_picture_that_is_for_everybody() {
        for spot in Spot::ALL {
            let page = Person::new().get(&format!("/help/now/{}", spot.id()));
            assert!(page.text().contains("<img") && page.text().contains("data-pacer"), "{}", page.text());
            assert!(page.text().contains("aria-current"), "{}", spot.id());
        }
        assert_eq!(Person::new().get("/help/now/moon").status, 404);
    }

    #[test]
    fn words_and_picture_are_those_of_the_place_that_was_chosen() {
        for spot in Spot::ALL {
            let page = Person::new().get(&format!("/help/now/{}", spot.id()));
            let shown = guideline().remedies().map(|id| guideline().remedy(id));
            let shown = shown.into_iter().find(|remedy| {
                page.text().contains(&format!("<h1>{}</h1>", remedy.name)) && remedy.from.contains(&spot)
            });
            let remedy = shown.expect("one that begins there");
            let (own, others): (Vec<_>, Vec<_>) = (1..)
                .zip(&remedy.steps)
                .filter(|(_, step)| step.only_from.is_some())
                .partition(|(_, step)| step.only_from == Some(spot));
            assert!(!own.is_empty() && !others.is_empty(), "{}: {}", spot.id(), remedy.id);
            for (number, step) in own {
                assert!(page.text().contains(&step.text), "{}: {}", spot.id(), step.text);
                assert!(page.text().contains(&format!("/remedy/{}/{number}/", remedy.id)), "{}", spot.id());
            }
            for (number, step) in others {
                assert!(!page.text().contains(&step.text), "{}: {}", spot.id(), step.text);
                assert!(!page.text().contains(&format!("/remedy/{}/{number}/", remedy.id)), "{}", spot.id());
            }
        }
    }

    #[test]
    fn what_is_open_says_for_whom_it_is_not_and_the_rest_says_what_it_waits_for() {
        let person = Person::new();
        let first = person.get("/help/now");
        for id in guideline().remedies() {
            let remedy = guideline().remedy(id);
            let page = person.get(&format!("/help/{}", remedy.id));
            let Some(lines) = &remedy.at_once else {
                assert_eq!(page.header("location"), Some("/question"), "{}", remedy.id);
                assert_eq!(first.text().contains(&remedy.name), remedy.stage == Stage::Now, "{}", remedy.id);
                assert!(
                    remedy.stage != Stage::Now || !remedy_needs(guideline(), id).is_empty(),
                    "{}",
                    remedy.id
                );
                continue;
            };
            for line in lines.iter().map(|signs| &signs.says).chain(&remedy.stop_if) {
                assert!(page.text().contains(line.as_str()), "{line}: {}", page.text());
            }
            assert!(page.text().contains("href=\"/question\""), "the check is asked for again");
        }
    }

    #[test]
    fn what_was_said_already_closes_what_is_not_for_them() {
        let mut person = Person::new();
        assert_eq!(person.get("/help/rest_on_back").status, 200);
        while person.get("/help/rest_on_back").status == 200 {
            assert!(person.answer_next(&json!({ "age": 30, "pregnant_or_birth": "yes" })), "it is asked");
        }
        assert_eq!(person.get("/help/rest_on_side").status, 200);
        let mut person = Person::new();
        person.answer_next(&json!({ "saddle_numbness": "yes" }));
        assert_eq!(person.get("/help").header("location"), Some("/outcome"));
    }

    #[test]
    fn without_pain_every_habit_that_harms_nobody_is_open_and_the_others_say_what_they_wait_for() {
        let person = Person::new();
        assert!(person.get("/").text().contains("href=\"/help/well\""));
        let all = person.get("/help/well");
        for id in guideline().habits() {
            let habit = guideline().habit(id);
            assert!(all.text().contains(&habit.name.replace('\'', "&#39;")), "{}", habit.id);
            let page = person.get(&format!("/help/well/{}", habit.id));
            if let Some(avoid) = &habit.avoid {
                assert_eq!(page.header("location"), Some("/question"), "{}", habit.id);
                assert!(!needs(guideline(), [avoid]).is_empty());
            } else {
                assert!(page.text().contains(&habit.steps[0].text.replace('\'', "&#39;")), "{}", page.text());
                assert!(page.text().contains("href=\"/question\""), "who has pain is asked first");
            }
        }
        let triaged = Person::with_a_plain_spasm();
        assert_eq!(triaged.get("/help/well").header("location"), Some("/habits"));
    }

    #[test]
    fn where_nobody_knows_the_country_every_number_can_be_tapped() {
        let person = Person::new();
        for path in ["/help/call/emergency/1", "/emergency"] {
            let page = person.get(path);
            for region in &guideline().book().regions {
                let Some(number) = tell::dial(&region.emergency) else { continue };
                assert!(
                    page.text().contains(&format!("href=\"tel:{number}\">Call {number}")),
                    "{path}: {number}"
                );
                assert!(page.text().contains(region.name.as_str()), "{path}: {}", region.name);
            }
            assert!(page.text().contains("href=\"/settings\""), "{path}");
        }
        let mut known = Person::new();
        known.region = crate::Whereabouts::Told("uk");
        assert_eq!(known.get("/help/call/emergency/1").text().matches("Call 9").count(), 1);
    }

    #[test]
    fn who_has_a_plan_goes_by_it() {
        let person = Person::with_a_plain_spasm();
        assert_eq!(person.get("/help").header("location"), Some("/relief"));
        assert_eq!(person.get("/help/get_up").header("location"), Some("/relief/get_up"));
    }
}
