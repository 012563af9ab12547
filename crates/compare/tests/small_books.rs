//! Each change of a small book is counted exactly: as many answer sets as there are when every
//! single one is asked of both versions.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::path::Path;

use care::{
    Advice, Answer, Answers, FindingId, FindingKind, Guideline, QuestionId, State, Step, Urgency, advise,
};
use compare::{Difference, Fate, changelog, compare, page, text};
use compiler::SourceFile;

fn files(dir: &Path, below: &Path, found: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, below, found);
        } else {
            let name = path.strip_prefix(below).unwrap().to_str().unwrap().to_owned();
            found.push(SourceFile { path: name, text: std::fs::read_to_string(&path).unwrap() });
        }
    }
}

/// The small book with some texts in the place of others.
fn book(changes: &[(&str, &str)]) -> Guideline {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/base");
    let mut found = Vec::new();
    files(&folder, &folder, &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    for (was, is) in changes {
        let file = found.iter_mut().find(|file| file.text.contains(was)).unwrap();
        file.text = file.text.replacen(was, is, 1);
    }
    compiler::compile(&found).unwrap_or_else(|problems| panic!("{problems}")).guideline
}

/// Somebody who has an answer to everything; a version hears what it asks.
fn told(guideline: &Guideline, person: &BTreeMap<String, Answer>) -> Answers {
    let mut answers = Answers::none(guideline);
    loop {
        let state = State::of(guideline, &answers);
        // One screen after the other: what opens a question is asked before it.
        let is_open = |id: &FindingId| answers.get(*id).is_none() && !state.not_applicable(*id);
        let asks = |id: QuestionId| -> Vec<FindingId> {
            guideline.question(id).shows.iter().copied().filter(is_open).collect()
        };
        let Some(open) = guideline.questions().map(asks).find(|open| !open.is_empty()) else {
            return answers;
        };
        for finding in open {
            answers.set(guideline, finding, person[&guideline.finding(finding).id]).unwrap();
        }
    }
}

/// What a version says: how urgent it is, and which remedies.
fn says(guideline: &Guideline, person: &BTreeMap<String, Answer>) -> (Urgency, Vec<String>) {
    let Step::Done(finished) = care::next(guideline, &told(guideline, person)) else {
        panic!("something is open")
    };
    let Advice::Manage { urgency, plan, .. } = advise(&finished) else {
        return (Urgency::Emergency, Vec::new());
    };
    (urgency, plan.items.iter().map(|item| guideline.remedy(item.remedy()).id.clone()).collect())
}

/// Every person there is.
fn everybody(guideline: &Guideline) -> Vec<BTreeMap<String, Answer>> {
    let mut people = vec![BTreeMap::new()];
    for finding in &guideline.book().findings {
        let answers: Vec<Answer> = match &finding.kind {
            FindingKind::YesNo => vec![Answer::Yes, Answer::No],
            FindingKind::Number { min, max, .. } => (*min..=*max).map(Answer::Number).collect(),
            FindingKind::Choice(options) => (0..).take(options.len()).map(Answer::Option).collect(),
        };
        people = people
            .into_iter()
            .flat_map(|person| {
                answers.iter().chain([&Answer::NotSure]).map(move |answer| {
                    let mut person = person.clone();
                    person.insert(finding.id.clone(), *answer);
                    person
                })
            })
            .collect();
    }
    people
}

/// Compares two versions, and each figure with what comes out when everybody is asked.
fn checked(old: &Guideline, new: &Guideline) -> Difference {
    let difference = compare(old, new).unwrap();
    let people = everybody(old);
    assert_eq!(difference.sets.to_string(), people.len().to_string());
    let mut outcomes: BTreeMap<(Urgency, Urgency), usize> = BTreeMap::new();
    let mut plans: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for person in &people {
        let ((was, before), (is, after)) = (says(old, person), says(new, person));
        if was != is {
            *outcomes.entry((was, is)).or_default() += 1;
        }
        for remedy in after.iter().filter(|remedy| !before.contains(remedy)) {
            plans.entry(format!("remedy.{remedy}")).or_default().0 += 1;
        }
        for remedy in before.iter().filter(|remedy| !after.contains(remedy)) {
            plans.entry(format!("remedy.{remedy}")).or_default().1 += 1;
        }
    }
    let counted: BTreeMap<(Urgency, Urgency), usize> = difference
        .outcomes
        .iter()
        .map(|change| ((change.from, change.to), change.sets.to_string().parse().unwrap()))
        .collect();
    assert_eq!(counted, outcomes);
    let number = |count: &compare::Count| count.to_string().parse().unwrap();
    let offered: BTreeMap<String, (usize, usize)> = difference
        .plans
        .iter()
        .map(|change| (change.what.clone(), (number(&change.more), number(&change.fewer))))
        .collect();
    assert_eq!(offered, plans);
    let all: usize = outcomes.values().sum();
    let lowered: usize = outcomes.iter().filter(|((was, is), _)| is < was).map(|(_, count)| count).sum();
    assert_eq!((number(&difference.changed), number(&difference.lowered)), (all, lowered));
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let share = all as f64 / people.len() as f64;
    assert!((difference.shares[0].changed - share).abs() < 1e-12);
    // Whatever is lower stands before whatever is higher.
    let directions: Vec<bool> = difference.outcomes.iter().map(|change| change.to < change.from).collect();
    assert!(directions.is_sorted_by(|one, next| one >= next));
    for by in difference.outcomes.iter().flat_map(|change| &change.by) {
        is_a_vignette(new, &by.example.vignette);
    }
    difference
}

/// An example is a vignette as it stands, and what it expects comes out.
fn is_a_vignette(guideline: &Guideline, text: &str) {
    let vignette =
        compiler::vignette("example.md", text, guideline).unwrap_or_else(|problems| panic!("{problems}"));
    let answers = vignette.settled_answers(guideline);
    let Step::Done(finished) = care::next(guideline, &answers) else { panic!("something is open: {text}") };
    assert_eq!(finished.urgency(), vignette.expect.urgency);
}

#[test]
fn a_threshold_that_moves_is_told_with_everybody_between() {
    let difference = checked(&book(&[]), &book(&[("age >= 65", "age >= 60")]));
    let [change] = difference.outcomes.as_slice() else { panic!("{difference:?}") };
    assert_eq!((change.from, change.to), (Urgency::SelfCare, Urgency::SeeSoon));
    // Without a fever, with a bruise and the drug or not sure of it, of these five years, however
    // it began but by lifting.
    assert_eq!(change.sets.to_string(), "20");
    let [by] = change.by.as_slice() else { panic!("{change:?}") };
    assert_eq!((by.rule.as_str(), by.is), ("old_and_bruised", Fate::Changed));
    let told: Vec<&str> = by.example.answers.iter().map(|(finding, _)| finding.as_str()).collect();
    assert!(["age", "blood_thinner", "bruise"].iter().all(|finding| told.contains(finding)), "{told:?}");
    assert!(difference.lowered.is_zero());
    assert!(text(&difference).contains("higher: self_care to see_soon, 20 answer sets"));
}

#[test]
fn a_rule_that_goes_lowers_whoever_had_it() {
    let rests_on_it = ("not AtLeast(2, old_and_bruised, bruise)", "not bruise");
    let rule = {
        let whole = std::fs::read_to_string(
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../compiler/tests/base/danger/signs.md"),
        );
        let whole = whole.unwrap();
        let start = whole.find("[rule.old_and_bruised]").unwrap();
        whole[start..start + whole[start..].find("```").unwrap()].to_owned()
    };
    // What it asked for is asked still, by a rule for nobody it was for.
    let other = "[rule.thin_and_young]\nwhen = \"bruise and age < 2 and trigger = 'lifting'\"\nurgency = \"see_soon\"\nif_not_sure = \"self_care\"\n\
                 because = \"With this drug a small fall can make you bleed.\"\nsources = [\"book_2020\"]\n";
    let difference = checked(&book(&[rests_on_it]), &book(&[rests_on_it, (&rule, other)]));
    let lowered = difference.outcomes.iter().find(|change| change.to < change.from).unwrap();
    assert_eq!((lowered.from, lowered.to), (Urgency::SeeSoon, Urgency::SelfCare));
    assert_eq!((lowered.by[0].rule.as_str(), lowered.by[0].is), ("old_and_bruised", Fate::Gone));
    assert_eq!(difference.lowered, lowered.sets);
    assert!(changelog(&difference).starts_with("- Triage, lower: `old_and_bruised` (gone)"));
}

#[test]
fn a_rule_that_is_weakened_lowers_those_it_no_longer_holds_for() {
    let was = "bruise and (age >= 65 or trigger = 'lifting')";
    let difference = checked(&book(&[]), &book(&[(was, "bruise and age >= 65 and trigger = 'lifting'")]));
    let [change] = difference.outcomes.as_slice() else { panic!("{difference:?}") };
    assert_eq!((change.from, change.to), (Urgency::SeeSoon, Urgency::SelfCare));
    assert_eq!(difference.changed, difference.lowered);
    // Its condition stands in the offer of a remedy too.
    assert!(!difference.plans.is_empty());
}

#[test]
fn a_lowered_urgency_comes_first_in_every_form() {
    let old = book(&[]);
    let new = book(&[("urgency = \"same_day\"", "urgency = \"see_soon\""), ("age >= 65", "age >= 60")]);
    let difference = checked(&old, &new);
    let first = &difference.outcomes[0];
    assert_eq!((first.from, first.to), (Urgency::SameDay, Urgency::SeeSoon));
    assert_eq!(difference.outcomes.len(), 2);
    for told in [text(&difference), page(&difference), changelog(&difference)] {
        let (lower, higher) = (told.to_lowercase().find("lower").unwrap(), told.rfind("higher").unwrap());
        assert!(lower < higher, "{told}");
    }
    assert!(serde_json::to_string(&difference).unwrap().contains("\"lowered\":\""));
}

#[test]
fn another_gate_changes_whoever_is_asked_now() {
    let difference = checked(
        &book(&[]),
        &book(&[("only_if = \"blood_thinner\"", "only_if = \"blood_thinner or age >= 65\"")]),
    );
    assert!(!difference.changed.is_zero() && difference.lowered.is_zero());
    // The rule reads as before, and holds for others.
    assert_eq!(difference.outcomes[0].by[0].was, difference.outcomes[0].by[0].now);
}

#[test]
fn other_words_change_no_outcome_and_that_is_said() {
    let new = book(&[("A fever with back pain can be a sign", "Back pain with a fever can be a sign")]);
    let difference = checked(&book(&[]), &new);
    assert!(difference.is_wording_only() && difference.texts == 1);
    assert!(text(&difference).contains("No outcome changes"));
    assert!(page(&difference).contains("No outcome changes"));
    assert!(changelog(&difference).contains("No outcome changes"));
    assert!(checked(&book(&[]), &book(&[])).texts == 0);
}

#[test]
fn a_line_of_when_to_come_back_is_told() {
    let new = book(&[("come_back = \"you get a fever\"", "come_back = \"you get a high fever\"")]);
    let difference = checked(&book(&[]), &new);
    let [line] = difference.come_back.as_slice() else { panic!("{difference:?}") };
    assert_eq!(line.line, "finding.fever");
    assert_eq!(line.now.as_deref(), Some("you get a high fever"));
    assert!(difference.changed.is_zero() && !difference.is_wording_only());
}
