//! `unclench graph --burden`: how much a person has to read.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, ensure};
use care::{
    Answer, Answers, Ask, FindingId, FindingKind, Guideline, QuestionId, RuleId, Step, Urgency, next,
};
use serde_json::{Map, Value, json};
use tell::Message;

use crate::exit::{BadInput, Exit};
use crate::{library, page};

/// A whole interview, as a truthful person would go through it.
pub(crate) struct Walk {
    /// The screens, in the order shown.
    pub(crate) screens: Vec<QuestionId>,
    /// Lines of options read: checklist lines, options, and "none" and "not sure"; a number is one.
    pub(crate) lines: usize,
    /// Words on these screens, buttons and all, as the pages show them.
    pub(crate) words: usize,
    /// What was answered, and nothing else.
    pub(crate) answers: Answers,
}

/// Interviews someone to whom `truth` applies; what it leaves open is answered "not sure".
pub(crate) fn walk(guideline: &Guideline, truth: &Answers) -> Walk {
    let mut walk = Walk { screens: Vec::new(), lines: 0, words: 0, answers: Answers::none(guideline) };
    for (finding, answer) in truth.iter().filter(|(finding, _)| guideline.finding(*finding).derived.is_some())
    {
        // What a diary says is known before anything is asked.
        let _ = walk.answers.set(guideline, finding, answer);
    }
    while let Step::Ask(ask) = next(guideline, &walk.answers) {
        walk.screens.push(ask.question);
        walk.lines += lines(guideline, &ask);
        walk.words += words(guideline, &ask);
        for finding in &ask.findings {
            let answer = truth.get(*finding).unwrap_or(Answer::NotSure);
            // An answer that fits in `truth` fits here too.
            let _ = walk.answers.set(guideline, *finding, answer);
        }
    }
    walk
}

fn lines(guideline: &Guideline, ask: &Ask) -> usize {
    let kinds = || ask.findings.iter().map(|id| &guideline.finding(*id).kind);
    let ticks = kinds().filter(|kind| **kind == FindingKind::YesNo).count();
    let fields: usize = kinds()
        .map(|kind| match kind {
            FindingKind::YesNo => 0,
            FindingKind::Number { .. } => 1,
            FindingKind::Choice(options) => options.len() + 1,
        })
        .sum();
    // A single yes/no shows "no" and "not sure" beside its "yes"; a checklist shows "none" and "not sure".
    fields + if ticks == 0 { 0 } else { ticks + 2 }
}

/// The words of a screen as the pages show it, with what is folded away.
///
/// Around the words of the book stand "Back", the part and number of the screen,
/// "Continue" and "Why?"; a checklist adds its last lines, a field "Not sure".
fn words(guideline: &Guideline, ask: &Ask) -> usize {
    const AROUND: &str = "Back Danger signs 1/4 Continue Why?";
    const FIELD: &str = "Not sure";
    const SCALE: &str = "0 1 2 3 4 5 6 7 8 9 10 none worst";
    let checklist = Message::NotSure.to_string();
    let question = guideline.question(ask.question);
    let mut texts = vec![AROUND, &question.ask, &question.why, question.help.as_deref().unwrap_or_default()];
    if !care::checklist(guideline, &ask.findings).is_empty() {
        texts.extend([&checklist, question.none.as_deref().unwrap_or("None of these")]);
    }
    for finding in ask.findings.iter().map(|id| guideline.finding(*id)) {
        texts.push(&finding.label);
        match &finding.kind {
            FindingKind::YesNo => {}
            FindingKind::Number { min: 0, max: 10, .. } => texts.extend([FIELD, SCALE]),
            FindingKind::Number { .. } => texts.push(FIELD),
            FindingKind::Choice(options) => {
                texts.push(FIELD);
                texts.extend(options.iter().map(|option| option.label.as_str()));
            }
        }
    }
    texts.iter().map(|text| text.split_whitespace().count()).sum()
}

/// Someone without any danger sign: a typical spasm of today.
///
/// # Errors
///
/// If the book asks for other things than this story tells: then nothing that is
/// measured with it would mean anything.
pub(crate) fn uncomplicated(guideline: &Guideline) -> anyhow::Result<Answers> {
    let mut answers = all_no(guideline);
    for (name, value) in [
        ("age", json!(40)),
        ("days_since_onset", json!(0)),
        ("trigger", json!("lifting")),
        ("pain_low_back", json!("yes")),
        ("pain_now", json!(6)),
    ] {
        let finding = guideline
            .finding_named(name)
            .with_context(|| format!("the book has no `{name}`, which the uncomplicated story needs"))?;
        answers.set(guideline, finding, care::answer_from_json(guideline, finding, &value)?)?;
    }
    let outcome = care::State::of(guideline, &walk(guideline, &answers).answers).bounds().lower;
    ensure!(outcome == Urgency::SelfCare, "the uncomplicated story ends in {outcome}, not in self_care");
    Ok(answers)
}

fn all_no(guideline: &Guideline) -> Answers {
    let mut answers = Answers::none(guideline);
    for finding in guideline.findings() {
        let _ = answers.set(guideline, finding, Answer::No);
    }
    answers
}

/// The smallest stories in which a rule holds: as few findings as possible differ
/// from the uncomplicated spasm.
fn stories_for(guideline: &Guideline, base: &Answers, rule: RuleId) -> Vec<Answers> {
    let mut findings = Vec::new();
    care::findings_in(guideline.book(), &guideline.rule(rule).when, &mut findings);
    for changes in 1..=findings.len() {
        let mut stories = Vec::new();
        change(guideline, rule, &findings, changes, base, &mut stories);
        if !stories.is_empty() {
            return stories;
        }
    }
    Vec::new()
}

/// Collects every way to change exactly so many of the findings after which the rule holds.
fn change(
    guideline: &Guideline,
    rule: RuleId,
    findings: &[FindingId],
    changes: usize,
    story: &Answers,
    stories: &mut Vec<Answers>,
) {
    if changes == 0 {
        if care::State::of(guideline, story).rule(rule).is_true {
            stories.push(story.clone());
        }
        return;
    }
    for (index, finding) in findings.iter().enumerate() {
        for answer in values(guideline, *finding) {
            let mut story = story.clone();
            let _ = story.set(guideline, *finding, answer);
            change(guideline, rule, &findings[index + 1..], changes - 1, &story, stories);
        }
    }
}

/// The answers that could make a difference: yes, every threshold and the value below it, every option.
fn values(guideline: &Guideline, finding: FindingId) -> Vec<Answer> {
    match &guideline.finding(finding).kind {
        FindingKind::YesNo => vec![Answer::Yes],
        FindingKind::Number { min, max, .. } => {
            let program = guideline.program();
            let mut values: Vec<i64> = program
                .atoms_of(finding)
                .filter_map(|slot| match program.atoms()[slot] {
                    care::Atom::AtLeast(_, threshold) | care::Atom::Below(_, threshold) => {
                        Some([threshold - 1, threshold])
                    }
                    _ => None,
                })
                .flatten()
                .filter(|value| (*min..=*max).contains(value))
                .collect();
            values.sort_unstable();
            values.dedup();
            values.into_iter().map(Answer::Number).collect()
        }
        FindingKind::Choice(options) => (0..).zip(options).map(|(index, _)| Answer::Option(index)).collect(),
    }
}

/// The most screens until an emergency rule's emergency is reached; `None` if no story reaches it.
struct ToEmergency {
    rule: RuleId,
    screens: Option<usize>,
    /// It holds only for what is told in the story, which comes after the danger signs.
    needs_story: bool,
}

fn to_emergencies(guideline: &Guideline, base: &Answers) -> Vec<ToEmergency> {
    guideline
        .rules()
        .filter(|rule| guideline.rule(*rule).urgency == Urgency::Emergency)
        .map(|rule| {
            let stories = stories_for(guideline, base, rule);
            let screens = stories.iter().map(|story| {
                let mut story = story.clone();
                open_gates(guideline, &mut story);
                walk(guideline, &story).screens.len()
            });
            ToEmergency { rule, screens: screens.max(), needs_story: needs_story(guideline, base, &stories) }
        })
        .collect()
}

/// Whether some of these stories rest on what only the story asks.
fn needs_story(guideline: &Guideline, base: &Answers, stories: &[Answers]) -> bool {
    stories.iter().any(|story| {
        story.iter().any(|(finding, answer)| {
            let asked = guideline.asked_by(finding).map(|question| guideline.question(question).chapter);
            asked == Some(care::Chapter::Story) && base.get(finding) != Some(answer)
        })
    })
}

/// Whoever reports a sign behind a gate also says yes at the gate: the gate's line names it.
fn open_gates(guideline: &Guideline, story: &mut Answers) {
    let present: Vec<FindingId> =
        story.iter().filter(|(_, answer)| *answer == Answer::Yes).map(|(finding, _)| finding).collect();
    for finding in present {
        let gate = guideline.asked_by(finding).and_then(|id| guideline.question(id).only_if.as_ref());
        let opener = match gate.map(|gate| &gate.condition) {
            Some(care::Condition::Yes(opener)) => Some(*opener),
            // One opener is enough; the first is the line that names it.
            Some(care::Condition::Or(parts)) => parts.first().and_then(|part| match part {
                care::Condition::Yes(opener) => Some(*opener),
                _ => None,
            }),
            _ => None,
        };
        let is_open = gate.is_some_and(|gate| !care::naive::ends(guideline, story, &gate.condition).no);
        if let Some(opener) = opener.filter(|_| !is_open) {
            let _ = story.set(guideline, opener, Answer::Yes);
        }
    }
}

/// Measures and prints: screens to each emergency, the uncomplicated spasm, and
/// the distribution over the vignettes. Fails if a limit is passed.
pub(crate) fn run(guideline: &Guideline, vignettes: Option<&Path>, json: bool) -> anyhow::Result<Exit> {
    let base = uncomplicated(guideline)?;
    let mut emergencies = to_emergencies(guideline, &base);
    emergencies.sort_by_key(|emergency| std::cmp::Reverse(emergency.screens));
    let most_where = |needs_story: bool| {
        let of_kind = emergencies.iter().filter(|emergency| emergency.needs_story == needs_story);
        of_kind.filter_map(|emergency| emergency.screens).max().unwrap_or_default()
    };
    let (most, most_with_story) = (most_where(false), most_where(true));
    let names = |screens: Option<usize>| -> Vec<&str> {
        emergencies
            .iter()
            .filter(|emergency| emergency.screens == screens)
            .map(|emergency| guideline.rule(emergency.rule).id.as_str())
            .collect()
    };
    let unreached = names(None);
    let simple = walk(guideline, &base);
    let mut groups: BTreeMap<&str, Vec<Walk>> = BTreeMap::new();
    for file in library::read_vignettes(vignettes)? {
        let vignette = compiler::vignette(&file.path, &file.text, guideline)
            .map_err(|problems| BadInput::because(problems.to_string()))?;
        let group = match (vignette.expect.urgency, vignette.topic.as_str()) {
            (Urgency::Emergency, _) => "that end in an emergency",
            (_, "benign") => "of plain spasms",
            _ => "of all others",
        };
        groups.entry(group).or_default().push(walk(guideline, &vignette.settled_answers(guideline)));
    }
    ensure!(!groups.is_empty(), "there are no vignettes to measure");
    let limits_hold = unreached.is_empty()
        && most <= MOST_SCREENS_TO_EMERGENCY
        && most_with_story <= MOST_SCREENS_WITH_STORY
        && simple.screens.len() <= MOST_SCREENS_UNCOMPLICATED
        && simple.lines <= MOST_LINES_UNCOMPLICATED
        && simple.words <= MOST_WORDS_UNCOMPLICATED;
    if json {
        let rules: Map<String, Value> = emergencies
            .iter()
            .map(|emergency| (guideline.rule(emergency.rule).id.clone(), json!(emergency.screens)))
            .collect();
        let view = json!({
            "screens_to_emergency": {
                "most": most, "limit": MOST_SCREENS_TO_EMERGENCY,
                "most_with_story": most_with_story, "limit_with_story": MOST_SCREENS_WITH_STORY, "rules": rules,
            },
            "uncomplicated": {
                "screens": simple.screens.len(), "screens_limit": MOST_SCREENS_UNCOMPLICATED,
                "lines": simple.lines, "lines_limit": MOST_LINES_UNCOMPLICATED,
                "words": simple.words, "words_limit": MOST_WORDS_UNCOMPLICATED,
            },
            "vignettes": groups.iter().map(|(group, walks)| measured(group, walks)).collect::<Vec<_>>(),
            "limits_hold": limits_hold,
        });
        crate::page::json(&view)?;
    } else {
        page::heading("Screens until an emergency is reached, by rule");
        for screens in 1..=most.max(most_with_story) {
            let rules = names(Some(screens));
            page::point("•", format!("{screens}: {} rules ({})", rules.len(), rules.join(", ")));
        }
        if !unreached.is_empty() {
            page::point("!", format!("Never reached: {}", unreached.join(", ")));
        }
        page::point("•", format!("Most: {most} (limit {MOST_SCREENS_TO_EMERGENCY})"));
        page::point(
            "•",
            format!("Most where the story decides: {most_with_story} (limit {MOST_SCREENS_WITH_STORY})"),
        );
        page::heading("A typical uncomplicated spasm");
        page::point("•", format!("Screens: {} (limit {MOST_SCREENS_UNCOMPLICATED})", simple.screens.len()));
        page::point("•", format!("Lines of options: {} (limit {MOST_LINES_UNCOMPLICATED})", simple.lines));
        page::point("•", format!("Words: {} (limit {MOST_WORDS_UNCOMPLICATED})", simple.words));
        let asked: Vec<&str> = simple.screens.iter().map(|id| guideline.question(*id).id.as_str()).collect();
        page::point("•", format!("Asked: {}", asked.join(", ")));
        for (group, walks) in &groups {
            page::heading(format!("Over the {} vignettes {group}", walks.len()));
            page::point("•", format!("Screens: {}", quantile_words(&screens(walks))));
            page::point("•", format!("Lines of options: {}", quantile_words(&lines_read(walks))));
        }
    }
    Ok(if limits_hold { Exit::Ok } else { Exit::Failed })
}

fn measured(group: &str, walks: &[Walk]) -> Value {
    let object = |quantiles: [(&str, usize); 6]| -> Value {
        quantiles
            .into_iter()
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .collect::<Map<_, _>>()
            .into()
    };
    json!({
        "group": group,
        "count": walks.len(),
        "screens": object(screens(walks)),
        "lines": object(lines_read(walks)),
    })
}

fn screens(walks: &[Walk]) -> [(&'static str, usize); 6] {
    quantiles(walks.iter().map(|walk| walk.screens.len()).collect())
}

fn lines_read(walks: &[Walk]) -> [(&'static str, usize); 6] {
    quantiles(walks.iter().map(|walk| walk.lines).collect())
}

/// Limits that the project sets itself; see ARCHITECTURE.md.
const MOST_SCREENS_TO_EMERGENCY: usize = 4;
/// An emergency that rests on how it began and how strong it is can only come after that was asked.
const MOST_SCREENS_WITH_STORY: usize = 8;
const MOST_SCREENS_UNCOMPLICATED: usize = 9;
const MOST_LINES_UNCOMPLICATED: usize = 70;
/// Of 850 for the whole way; the first page and the check of the answers take the rest,
/// and a test of the pages counts them all.
const MOST_WORDS_UNCOMPLICATED: usize = 760;

/// Least, quartiles, 90th percentile and most.
fn quantiles(mut counts: Vec<usize>) -> [(&'static str, usize); 6] {
    counts.sort_unstable();
    let at = |percent: usize| {
        let last = counts.len().saturating_sub(1);
        counts.get(last * percent / 100).copied().unwrap_or_default()
    };
    [
        ("least", at(0)),
        ("25 %", at(25)),
        ("median", at(50)),
        ("75 %", at(75)),
        ("90 %", at(90)),
        ("most", at(100)),
    ]
}

fn quantile_words(quantiles: &[(&str, usize)]) -> String {
    quantiles.iter().map(|(name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(", ")
}
