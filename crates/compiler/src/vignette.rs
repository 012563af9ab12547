//! A vignette: one story with its answers and what must come out.

use care::{
    Advice, Answer, Answers, FindingId, FindingKind, Guideline, RemedyId, RuleId, Step, Urgency, advise, next, reasons,
};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::SourceFile;
use crate::fields::{Fields, whole_number};
use crate::markdown;
use crate::problem::{FileId, Log, Problems, Spot};
use crate::suggest::did_you_mean;

/// One story, as its file tells it.
#[derive(Clone, Debug)]
pub struct Vignette {
    /// The heading.
    pub title: String,
    /// The paragraph below it.
    pub story: String,
    /// The danger topic, or `benign`, `story`, `relief` or `mimic`.
    pub topic: String,
    /// What it shows of its topic.
    pub case: Case,
    /// Seed claims it tests.
    pub claims: Vec<String>,
    /// What the person says when asked.
    pub answers: Vec<(FindingId, Answer)>,
    /// Whether yes/no findings that are not named are absent; else they stay unanswered.
    pub otherwise_no: bool,
    /// The outcome, or the lower bound where the interview must not finish.
    pub urgency: Urgency,
    /// Rules that must be among the reasons.
    pub because: Vec<RuleId>,
    /// Rules that must not be among the reasons.
    pub not_because: Vec<RuleId>,
    /// Remedies that must be in the plan.
    pub offers: Vec<RemedyId>,
    /// Remedies that must not be in the plan.
    pub withholds: Vec<RemedyId>,
    /// Findings that must be on the come-back card.
    pub come_back_if: Vec<FindingId>,
    /// Whether the interview must finish.
    pub finished: bool,
}

/// What a vignette shows of its topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// A rule of the topic fires.
    Fires,
    /// It is close, but none does.
    Nearly,
    /// The person cannot say.
    NotSure,
    /// Anything else.
    Story,
}

const CASES: [(&str, Case); 4] =
    [("fires", Case::Fires), ("nearly", Case::Nearly), ("not_sure", Case::NotSure), ("story", Case::Story)];

const URGENCIES: [(&str, Urgency); 5] = [
    ("self_care", Urgency::SelfCare),
    ("routine", Urgency::Routine),
    ("see_soon", Urgency::SeeSoon),
    ("same_day", Urgency::SameDay),
    ("emergency", Urgency::Emergency),
];

impl Case {
    /// The word in the file.
    pub fn id(self) -> &'static str {
        CASES.iter().find(|(_, case)| *case == self).map_or("story", |(word, _)| word)
    }
}

/// Reads a vignette.
///
/// # Errors
///
/// Every problem with its line: an unknown name, an answer that does not fit, a key that is not known.
pub fn vignette(path: &str, text: &str, guideline: &Guideline) -> Result<Vignette, Problems> {
    let files = [SourceFile { path: path.to_owned(), text: text.to_owned() }];
    let mut log = Log::new(&files);
    let file = FileId(0);
    let document = markdown::read(text, file, &mut log);
    let story = document.first_paragraph.as_ref().map(|(story, _)| story.clone()).unwrap_or_default();
    let [fence] = &document.fences[..] else {
        let spot = Spot { file, span: document.title_span };
        log.problem(&spot, "a vignette has exactly one `toml` block", "put answers and expectations into one block");
        return Err(log.into_problems());
    };
    let (root, errors) = DeTable::parse_recoverable(fence.text);
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let spot = Spot { file, span: fence.start + span.start..fence.start + span.end };
        log.problem(&spot, format!("this is not TOML: {}", error.message()), "write it as `key = value`");
    }
    let header = Spot { file, span: document.title_span };
    let mut fields = Fields::of_table(root.get_ref(), header, fence.start, "the vignette".to_owned(), &mut log);
    let reader = Reader { guideline };
    let vignette = reader.vignette(&mut fields, document.title, story);
    fields.finish();
    if log.is_empty() { Ok(vignette) } else { Err(log.into_problems()) }
}

struct Reader<'g> {
    guideline: &'g Guideline,
}

impl Reader<'_> {
    fn vignette(&self, fields: &mut Fields<'_, '_>, title: String, story: String) -> Vignette {
        let mut vignette = Vignette {
            title,
            story,
            topic: fields.text("topic"),
            case: fields.word("case", &CASES).map_or(Case::Story, Spanned::into_inner),
            claims: fields.optional_words("claims"),
            answers: Vec::new(),
            otherwise_no: fields
                .optional_word("otherwise", &[("no", true), ("unanswered", false)])
                .is_none_or(Spanned::into_inner),
            urgency: Urgency::SelfCare,
            because: Vec::new(),
            not_because: Vec::new(),
            offers: Vec::new(),
            withholds: Vec::new(),
            come_back_if: Vec::new(),
            finished: true,
        };
        if let Some(answers) = fields.table("answers") {
            vignette.answers = self.answers(fields, answers.0);
        }
        match fields.table("expect") {
            Some(expect) => fields.nested("`expect`", expect, |fields| self.expect(fields, &mut vignette)),
            None => fields.missing("expect", "add `expect.urgency = \"...\"`"),
        }
        vignette
    }

    fn answers(&self, fields: &mut Fields<'_, '_>, table: &DeTable<'_>) -> Vec<(FindingId, Answer)> {
        let mut answers = Vec::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let Some(finding) = self.guideline.finding_named(name) else {
                let ids = self.guideline.book().findings.iter().map(|finding| finding.id.as_str());
                let help = did_you_mean(name, ids, "`unclench findings` lists them all");
                fields.problem(fields.file_span(key.span()), format!("there is no finding `{name}`"), help);
                continue;
            };
            match self.answer(finding, value.get_ref()) {
                Some(answer) => answers.push((finding, answer)),
                None => {
                    let help = care::allowed_answers(&self.guideline.finding(finding).kind);
                    fields.problem(fields.span(value), format!("`{name}` does not take this answer"), help);
                }
            }
        }
        answers
    }

    fn answer(&self, finding: FindingId, value: &DeValue<'_>) -> Option<Answer> {
        let kind = &self.guideline.finding(finding).kind;
        if let Some(number) = whole_number(value) {
            return matches!(kind, FindingKind::Number { min, max, .. } if (*min..=*max).contains(&number))
                .then_some(Answer::Number(number));
        }
        match (kind, value.as_str()?) {
            (_, "not sure") => Some(Answer::NotSure),
            (FindingKind::YesNo, "yes") => Some(Answer::Yes),
            (FindingKind::YesNo, "no") => Some(Answer::No),
            (FindingKind::Choice(options), word) => {
                (0..).zip(options).find(|(_, option)| option.id == word).map(|(index, _)| Answer::Option(index))
            }
            _ => None,
        }
    }

    fn expect(&self, fields: &mut Fields<'_, '_>, vignette: &mut Vignette) {
        let guideline = self.guideline;
        vignette.urgency = fields.word("urgency", &URGENCIES).map_or(Urgency::SelfCare, Spanned::into_inner);
        vignette.because = named(fields, "because", "rule", |name| guideline.rule_named(name));
        vignette.not_because = named(fields, "not_because", "rule", |name| guideline.rule_named(name));
        vignette.offers = named(fields, "offers", "remedy", |name| guideline.remedy_named(name));
        vignette.withholds = named(fields, "withholds", "remedy", |name| guideline.remedy_named(name));
        vignette.come_back_if = named(fields, "come_back_if", "finding", |name| guideline.finding_named(name));
        vignette.finished = if fields.has("finished") { fields.flag("finished") } else { true };
        fields.know("finished");
    }
}

/// The blocks that a list names; unknown ones are reported.
fn named<T>(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    kind: &str,
    find: impl Fn(&str) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    for name in fields.optional_texts(key) {
        match find(name.get_ref()) {
            Some(id) => found.push(id),
            None => fields.problem(
                name.span(),
                format!("there is no {kind} `{}`", name.get_ref()),
                "use the id of a block of the book",
            ),
        }
    }
    found
}

impl Vignette {
    /// What is true of the person, so that any question can be answered:
    /// named answers, and no for other yes/no findings unless they stay unanswered.
    pub fn settled_answers(&self, guideline: &Guideline) -> Answers {
        let mut answers = Answers::none(guideline);
        if self.otherwise_no {
            for finding in guideline.findings() {
                // A number or a choice does not take "no": it stays open, and is not sure when asked.
                let _ = answers.set(guideline, finding, Answer::No);
            }
        }
        for (finding, answer) in &self.answers {
            // Each answer was checked against its finding when it was read.
            let _ = answers.set(guideline, *finding, *answer);
        }
        answers
    }

    /// Interviews the person of the story and compares what comes out with what
    /// must; one message for each difference.
    pub fn check(&self, guideline: &Guideline) -> Vec<String> {
        let truth = self.settled_answers(guideline);
        let mut answers = Answers::none(guideline);
        let finished = loop {
            match next(guideline, &answers) {
                Step::Done(finished) => break Some(finished),
                Step::Ask(ask) => {
                    let unanswered = !self.otherwise_no && ask.findings.iter().all(|id| truth.get(*id).is_none());
                    if unanswered {
                        break None;
                    }
                    for finding in ask.findings {
                        let _ = answers.set(guideline, finding, truth.get(finding).unwrap_or(Answer::NotSure));
                    }
                }
            }
        };
        let mut failures = Vec::new();
        if finished.is_some() != self.finished {
            let what = if self.finished { "does not finish" } else { "finishes" };
            failures.push(format!("the interview {what}"));
        }
        let state = care::State::of(guideline, &answers);
        if state.bounds().lower != self.urgency {
            failures.push(format!("the outcome is {}, not {}", state.bounds().lower, self.urgency));
        }
        let fired = reasons(&state);
        let fires = |rule: &RuleId| fired.iter().any(|reason| reason.rule == *rule);
        let rule_name = |rule: &RuleId| &guideline.rule(*rule).id;
        for rule in self.because.iter().filter(|rule| !fires(rule)) {
            failures.push(format!("the rule `{}` is not among the reasons", rule_name(rule)));
        }
        for rule in self.not_because.iter().filter(|rule| fires(rule)) {
            failures.push(format!("the rule `{}` is among the reasons", rule_name(rule)));
        }
        if !failures.is_empty() {
            let names: Vec<&str> = fired.iter().map(|reason| rule_name(&reason.rule).as_str()).collect();
            failures.push(format!("the reasons are: {}", names.join(", ")));
        }
        self.check_advice(guideline, finished.as_ref().map(advise).as_ref(), &mut failures);
        failures
    }

    fn check_advice(&self, guideline: &Guideline, advice: Option<&Advice>, failures: &mut Vec<String>) {
        let (plan, cards) = match advice {
            Some(Advice::Manage { plan, come_back_if, .. }) => (plan.items.as_slice(), come_back_if.as_slice()),
            Some(Advice::GetHelpNow { .. }) | None => (&[][..], &[][..]),
        };
        let is_planned = |remedy: &RemedyId| plan.iter().any(|item| item.remedy() == *remedy);
        for remedy in self.offers.iter().filter(|remedy| !is_planned(remedy)) {
            failures.push(format!("the remedy `{}` is not in the plan", guideline.remedy(*remedy).id));
        }
        for remedy in self.withholds.iter().filter(|remedy| is_planned(remedy)) {
            failures.push(format!("the remedy `{}` is in the plan", guideline.remedy(*remedy).id));
        }
        for finding in &self.come_back_if {
            if !cards.iter().any(|card| card.finding == *finding) {
                failures.push(format!("`{}` is not on the come-back card", guideline.finding(*finding).id));
            }
        }
    }
}
