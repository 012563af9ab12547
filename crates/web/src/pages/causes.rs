//! What may lie behind the pain: an order with reasons, never a diagnosis.

use askama::Template;
use care::causes::{Band, Contributor, Pointed, RankedCause, Weighed, rank};
use care::{Answers, CauseId, Citations, Guideline, said};

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::sources::{SourceLine, source_lines};
use crate::parts::subject::Subject;
use crate::response::Response;
use crate::visitor::Visitor;

/// The questions of this page.
pub(crate) const SUBJECT: Subject = Subject {
    home: "/causes",
    question: "/causes/question",
    caption: "What may lie behind it",
    here: Here::Home,
    next: |guideline, answers, _| care::causes::next_question(guideline, answers),
};

#[derive(Template)]
#[template(path = "pages/causes.html")]
struct CausesPage<'v> {
    frame: Frame<'v>,
    /// A question would tell more.
    has_question: bool,
    /// Something that was said points to a cause.
    is_pointed: bool,
    stands_out: bool,
    /// Those it points to.
    pointed_to: Vec<Ranked<'v>>,
    others: Vec<Ranked<'v>>,
    less_likely: Vec<&'v str>,
    contributors: Vec<Helped<'v>>,
    sources: Vec<SourceLine<'v>>,
}

struct Ranked<'v> {
    name: String,
    /// How likely it is; `None` where that is not known.
    band: Option<&'static str>,
    explain: &'v str,
    marks: String,
    points_for: Vec<String>,
    points_against: Vec<String>,
    confirm: Option<&'v str>,
}

struct Helped<'v> {
    name: &'v str,
    explain: &'v str,
    marks: String,
    because: Vec<String>,
    remedies: Vec<(&'v str, &'v str)>,
    habits: Vec<(&'v str, &'v str)>,
}

/// `GET /causes`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    // Nothing about causes is shown before the danger questions are closed.
    let Some(causes) = case.manageable().and_then(rank) else { return Ok(Response::see("/outcome")) };
    let guideline = visitor.guideline();
    let citations = Citations::default();
    let describe = |ranked| describe(guideline, &case.answers, ranked, &citations);
    // In the order in which they are shown, since each numbers its sources.
    let pointed_to: Vec<Ranked<'_>> = causes
        .to_look_at()
        .into_iter()
        .map(|pointed| match pointed {
            Pointed::Ranked(ranked) => describe(ranked),
            Pointed::Unranked(id) => unranked(guideline, id, &citations),
        })
        .collect();
    let others = causes.others().filter(|ranked| ranked.band != Band::LessLikely).map(describe).collect();
    let contributors =
        causes.contributors.iter().map(|it| contributor(guideline, &case.answers, it, &citations)).collect();
    let page = CausesPage {
        frame: Frame::new(visitor, Here::Home, "What may lie behind it"),
        has_question: SUBJECT.ask(guideline, case).is_some(),
        is_pointed: causes.is_pointed(),
        stands_out: !causes.no_single_cause_stands_out,
        pointed_to,
        others,
        less_likely: causes.less_likely().map(|ranked| guideline.cause(ranked.cause).name.as_str()).collect(),
        contributors,
        sources: source_lines(guideline, &citations),
    };
    Ok(Response::page(page.render()?))
}

/// A cause that has no place in the order.
fn unranked<'g>(guideline: &'g Guideline, id: CauseId, citations: &Citations) -> Ranked<'g> {
    let cause = guideline.cause(id);
    Ranked {
        name: cause.full_name(),
        band: None,
        explain: &cause.explain,
        marks: citations.mark(&cause.sources),
        points_for: Vec::new(),
        points_against: Vec::new(),
        confirm: cause.confirm.as_deref(),
    }
}

fn describe<'g>(
    guideline: &'g Guideline,
    answers: &Answers,
    ranked: &RankedCause,
    citations: &Citations,
) -> Ranked<'g> {
    let cause = guideline.cause(ranked.cause);
    let marks = citations.mark(&cause.sources);
    let points = |weighed: &[Weighed]| {
        let point = |one: &Weighed| {
            let told: Vec<String> = one.findings.iter().map(|id| said(guideline, answers, *id)).collect();
            format!("{} {}", told.join("; "), citations.mark(&cause.evidence[one.evidence].sources))
        };
        weighed.iter().map(point).collect()
    };
    Ranked {
        name: cause.full_name(),
        band: Some(ranked.band.words()),
        explain: &cause.explain,
        marks,
        points_for: points(&ranked.answers_for),
        points_against: points(&ranked.answers_against),
        confirm: cause.confirm.as_deref(),
    }
}

fn contributor<'g>(
    guideline: &'g Guideline,
    answers: &Answers,
    contributor: &Contributor,
    citations: &Citations,
) -> Helped<'g> {
    let cause = guideline.cause(contributor.cause);
    let remedies = contributor.remedies.iter().map(|id| guideline.remedy(*id));
    Helped {
        name: &cause.name,
        explain: &cause.explain,
        marks: citations.mark(&cause.sources),
        because: contributor.because.iter().map(|id| said(guideline, answers, *id)).collect(),
        remedies: remedies.map(|remedy| (remedy.id.as_str(), remedy.name.as_str())).collect(),
        habits: contributor
            .habits
            .iter()
            .map(|id| guideline.habit(*id))
            .map(|habit| (habit.id.as_str(), habit.name.as_str()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{Person, plain_spasm};

    #[test]
    fn nothing_about_causes_is_shown_before_the_danger_questions_are_closed() {
        let mut person = Person::new();
        person.answer_next(&plain_spasm());
        assert_eq!(person.get("/causes").status, 303);
        assert_eq!(person.get("/causes/question").header("location"), Some("/causes"));
        let mut person = Person::new();
        person.answer_next(&json!({ "saddle_numbness": "yes" }));
        assert_eq!(person.get("/causes").header("location"), Some("/outcome"));
    }

    #[test]
    fn an_order_is_shown_and_further_answers_leave_the_triage_finished() {
        let mut person = Person::with_a_plain_spasm();
        assert!(person.get("/causes").text().contains("These are guesses"));
        let mut asked = 0;
        while person.get("/causes/question").header("location") != Some("/causes") {
            let case =
                crate::case::Case::at(crate::testing::guideline(), &person.record, person.now.timestamp());
            let ask = super::SUBJECT.ask(crate::testing::guideline(), &case).unwrap();
            let fields = crate::testing::answers_for(
                crate::testing::guideline(),
                &ask,
                &json!({ "did_too_much": "yes" }),
            );
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let to = format!("/causes/question/{}", crate::testing::guideline().question(ask.question).id);
            assert_eq!(person.get(&to).status, 200, "{to}");
            assert_eq!(person.post(&to, &fields).status, 303);
            // It can be opened again, and shows what was answered.
            assert!(person.get(&to).text().contains(" checked"), "{to}");
            asked += 1;
            assert!(asked < 20);
        }
        assert!(asked >= 2);
        assert!(person.record.interview().assessed.is_some());
        let page = person.get("/causes");
        assert!(page.text().contains("You said"), "{}", page.text());
        assert!(!page.text().contains("/causes/question"));
        let screens = person.record.interview().screens.clone();
        let last = format!("/causes/question/{}", screens.last().unwrap());
        let before = format!("href=\"/causes/question/{}\"", screens[screens.len() - 2]);
        assert!(person.get(&last).text().contains(&before), "{}", person.get(&last).text());
        assert!(person.record.interview().assessed.is_some());
    }
}
