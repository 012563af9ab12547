//! A question in the person's own words, and what the book says.

use askama::Template;
use care::medicine::region_of_limits;
use care::{Against, OwnWords, Region, Reply, RuleId, Urgency, what_to_do_about};
use tell::{Citations, Message, ToDo, to_do};

use super::passage::PassageView;
use super::{LEARN, frame};
use crate::frame::{Frame, level_word};
use crate::page_error::PageError;
use crate::parts::sources::{SourceLine, source_lines};
use crate::parts::standing::Standing;
use crate::request::Form;
use crate::response::Response;
use crate::screen::Problem;
use crate::site::Site;
use crate::visitor::Visitor;

/// The first is the answer, the others are offered below it.
const MOST: usize = 4;

/// The box to ask in.
pub(super) struct Search {
    pub(super) question: String,
    pub(super) problems: Vec<Problem>,
}

#[derive(Template)]
#[template(path = "pages/ask.html")]
struct AskPage<'v> {
    frame: Frame<'v>,
    search: Search,
    is_known: bool,
    /// What the question tells of the asker, said back.
    told: Option<String>,
    has_no_source: bool,
    danger_questions: &'static str,
    danger: Option<Danger<'v>>,
    against: Vec<Warning<'v>>,
    answer: Option<PassageView<'v>>,
    others: Vec<PassageView<'v>>,
    sources: Vec<SourceLine<'v>>,
}

/// What comes before any answer: a danger sign that the question speaks of.
struct Danger<'v> {
    urgency: Urgency,
    level: &'static str,
    level_word: &'static str,
    because: Vec<(&'v str, String)>,
    first: Message<'v>,
    to_do: ToDo<'v>,
}

/// What speaks against a medicine that the question names.
struct Warning<'v> {
    heading: String,
    because: &'v str,
    marks: String,
}

/// Where the answer to a question stands.
const ANSWER: &str = "/learn/ask";

/// `POST /learn/ask`: a post, so that no question stands in an address. It is not written
/// down: it waits in memory for the page with its answer.
pub(crate) fn ask(form: &Form) -> Response {
    Response::see(if form.text("question").is_empty() { LEARN } else { ANSWER }).carrying(form)
}

/// `GET /learn/ask`: what the book says to the question that was asked.
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let Some(form) = visitor.sent(ANSWER) else { return Ok(Response::see(LEARN)) };
    let question = form.text("question").to_owned();
    let standing = Standing::of(visitor);
    if standing == Standing::Emergency {
        return Ok(Response::see("/outcome"));
    }
    let guideline = visitor.guideline();
    let reply = ask_here(visitor, &question);
    let told = OwnWords::read(visitor.site.free_text(), &question).said_back();
    let citations = Citations::default();
    let danger = Danger::of(visitor.site, visitor.region(), &reply.danger, &citations);
    let shown = danger.as_ref().map(|danger| danger.urgency);
    let warning = |row: &Against| {
        let caution = row.caution(guideline);
        let (heading, marks) = (row.heading(guideline), citations.mark(&caution.sources));
        Warning { heading, because: &caution.because, marks }
    };
    let against = reply.against.iter().map(warning).collect();
    let mut passages = reply.hits.iter().map(|hit| PassageView::of(visitor.site, *hit, shown, &citations));
    let page = AskPage {
        // The question is in no title: a title stands in the history of the browser.
        frame: frame(visitor, "What the book says"),
        search: Search { question, problems: Vec::new() },
        is_known: standing == Standing::Known,
        told,
        has_no_source: reply.has_no_source,
        danger_questions: standing.danger_questions(),
        danger,
        against,
        answer: passages.next(),
        others: passages.collect(),
        sources: source_lines(guideline, &citations),
    };
    page.frame.around(&page)
}

/// What the book says, without doses of another country, unless there is nothing else.
fn ask_here(visitor: &Visitor<'_>, question: &str) -> Reply {
    let guideline = visitor.guideline();
    let book = guideline.book();
    let named = |id: &str| book.regions.iter().find(|region| region.id == id);
    let chosen = visitor.record.settings().dose_region.as_deref().and_then(named);
    let last = visitor.record.doses().last().map(|dose| dose.what.region.as_str());
    let here = region_of_limits(guideline, chosen.unwrap_or_else(|| visitor.region()), None, last);
    visitor.site.search().ask_in(here.ok().map(|region| region.id.as_str()), question, MOST)
}

impl<'v> Danger<'v> {
    fn of(site: &'v Site<'_>, region: &'v Region, rules: &[RuleId], citations: &Citations) -> Option<Self> {
        let guideline = site.guideline();
        let urgency = guideline.rule(*rules.first()?).urgency;
        let told = what_to_do_about(guideline, rules);
        let because = |rule: &RuleId| {
            let rule = guideline.rule(*rule);
            (rule.because.as_str(), citations.mark(&rule.sources))
        };
        Some(Self {
            urgency,
            level: urgency.id(),
            level_word: level_word(urgency),
            because: rules.iter().map(because).collect(),
            first: Message::AskFirst { title: told.title.into() },
            to_do: to_do(region, urgency, &told),
        })
    }
}
