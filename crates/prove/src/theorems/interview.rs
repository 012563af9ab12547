//! Theorem 4: the interview ends, and where it ends nothing more could matter.

use care::{Answer, Answers, Book, FindingId, FindingKind, Guideline, QuestionId, Step, Urgency, next};

use super::Subject;
use crate::formula::{Bit, Formulas};
use crate::machine::Machine;
use crate::meaning::{Meaning, findings, levels};
use crate::needs::Needs;
use crate::person::{Person, size};
use crate::solver::Solver;
use crate::theorem::{Fact, Theorem};

pub(super) fn theorem(subject: Subject<'_>) -> Theorem<'_> {
    let Subject { text: book, guideline } = subject;
    let mut formulas = Formulas::default();
    let person = Person::anybody(book, &mut formulas, "");
    let machine = Machine::run(guideline, &person, &mut formulas);
    let is_emergency = machine.lower(&mut formulas, Urgency::Emergency);
    let answered = |finding: FindingId| person.told(finding).answered;
    let mut needs = Needs::new(guideline, &machine);
    needs.for_urgency(&mut formulas);
    let for_urgency = needs.questions(&mut formulas, &answered);
    needs.for_plan(&mut formulas);
    let for_plan = needs.questions(&mut formulas, &answered);
    let about_urgency = formulas.any(for_urgency.clone());

    let mut theorem = Theorem::new(4, "", guideline, Formulas::default(), person.clone());
    for level in levels() {
        let may_come = machine.upper(&mut formulas, level);
        let is_certain = machine.lower(&mut formulas, level);
        let wrong = formulas.all([!is_emergency, !about_urgency, may_come, !is_certain]);
        theorem.never(format!("ending below the level {level} that could still come"), wrong);
    }
    for (atom, tested) in guideline.program().atoms().iter().enumerate() {
        // Whoever is asked is asked for something that they have not said yet.
        let needed = needs.needed(&mut formulas, atom);
        let (finding, told) = (tested.finding(), person.told(tested.finding()));
        let by = guideline.followed_up_by(finding);
        let waits = by.map_or(Bit::NO, |by| !person.told(by).answered);
        let nothing_new = formulas.all([needed, told.answered, !waits]);
        theorem.never(
            format!("a screen without a question, for {}", guideline.finding(finding).id),
            nothing_new,
        );
        let is_asked = guideline.finding(finding).derived.is_some() || guideline.asked_by(finding).is_some();
        theorem.facts.push(Fact {
            about: format!("no screen asks for {}", guideline.finding(finding).id),
            holds: is_asked,
        });
    }
    let late = asked_too_early(&mut formulas, guideline, &machine, &[&for_urgency, &for_plan]);
    let bound = longest(&mut formulas, subject, &person, is_emergency, &for_plan, &late);
    theorem.statement = format!(
        "Whatever is answered, every screen asks for something that was not answered yet, and the interview ends after \
         at most {} screens, with at most {} words of the book on them; and where it ends, either it is an emergency, or \
         nothing that is open could change the level, so that by theorem 3 the outcome is that of asking everything.",
        bound.screens, bound.words
    );
    theorem.notes.push(format!("the longest interview that was found has {} screens", bound.found));
    let late: Vec<&str> = late.iter().map(|question| guideline.question(*question).id.as_str()).collect();
    theorem.notes.push(format!(
        "asked of somebody who is not sure before what settles that is asked, so that it may turn out not to apply: {}",
        if late.is_empty() { "nothing".to_owned() } else { late.join(", ") }
    ));
    theorem.size = size(book, findings(book), true);
    theorem.is_complete = false;
    theorem.formulas = formulas;
    theorem
}

/// The questions that somebody can be shown while the answers still to come can close them.
fn asked_too_early(
    formulas: &mut Formulas,
    guideline: &Guideline,
    machine: &Machine<'_>,
    asked_for: &[&Vec<Bit>],
) -> Vec<QuestionId> {
    let mut asked_before = Bit::NO;
    let mut early = Vec::new();
    for question in guideline.questions() {
        let asked = formulas.any(asked_for.iter().map(|asked| asked[question.index()]));
        if let Some(gate) = guideline.program().gate(question) {
            let is_early = formulas.all([asked, !asked_before, machine.possible(gate).no]);
            if Solver::new().find(formulas, &[is_early]).is_some() {
                early.push(question);
            }
        }
        asked_before = formulas.or(asked_before, asked);
    }
    early
}

/// How long an interview can get.
struct Longest {
    screens: usize,
    words: usize,
    found: usize,
}

/// The most screens: as many as can have been answered without an emergency, and one more.
fn longest(
    formulas: &mut Formulas,
    subject: Subject<'_>,
    person: &Person,
    is_emergency: Bit,
    needed: &[Bit],
    late: &[QuestionId],
) -> Longest {
    let Subject { text: book, guideline } = subject;
    let mut meaning = Meaning::of(book, person);
    let mut words = Vec::new();
    let mut asked = Vec::new();
    for (question, needed) in (0..).map(QuestionId).zip(needed) {
        if *needed == Bit::NO {
            continue;
        }
        let shows = &guideline.question(question).shows;
        let mut was_asked = !is_emergency;
        for finding in shows {
            let closed = meaning.answers_unasked(formulas, *finding);
            let unasked = if late.contains(&question) { Bit::NO } else { closed };
            was_asked = formulas.all([was_asked, person.told(*finding).answered, !unasked]);
        }
        asked.push(was_asked);
        words.push(words_of(guideline.book(), question));
    }
    let (mut most, mut found) = (0, 0);
    for count in 1..=asked.len() {
        let so_many = formulas.at_least(count, &asked);
        let Some(model) = Solver::new().find(formulas, &[so_many]) else { break };
        most = count;
        found = found.max(screens(guideline, &person.answers(guideline, &|bit| model.is_true(bit))));
    }
    words.sort_unstable_by(|left, right| right.cmp(left));
    Longest { screens: most + 1, words: words.iter().take(most + 1).sum(), found }
}

/// How many screens somebody is shown to whom this applies, and who else is not sure.
fn screens(guideline: &Guideline, truth: &Answers) -> usize {
    let mut answers = Answers::none(guideline);
    let mut count = 0;
    while let Step::Ask(ask) = next(guideline, &answers) {
        count += 1;
        for finding in ask.findings {
            // Every answer was given by somebody to this finding.
            let _ = answers.set(guideline, finding, truth.get(finding).unwrap_or(Answer::NotSure));
        }
    }
    count
}

/// The words of the book on a screen, with what is folded away.
fn words_of(book: &Book, question: QuestionId) -> usize {
    let question = &book.questions[question.index()];
    let mut texts = vec![question.ask.as_str(), &question.why];
    texts.extend(question.help.as_deref());
    for finding in question.shows.iter().map(|finding| &book.findings[finding.index()]) {
        texts.push(&finding.label);
        if let FindingKind::Choice(options) = &finding.kind {
            texts.extend(options.iter().map(|option| option.label.as_str()));
        }
    }
    texts.iter().map(|text| text.split_whitespace().count()).sum()
}
