//! Rules that refer to rules: no circles, and none that grows out of hand.

use std::ops::Range;

use care::Condition;

use crate::block::Kind;
use crate::condition::resolve::{Meaning, meaning};
use crate::problem::Log;
use crate::read::Draft;
use crate::written::Written;

/// How many tests a condition may have with the rules it refers to written out.
///
/// The largest that a page of guideline calls for has about sixty. References
/// double with each step, so without a limit thirty short rules make a billion.
const MAX_TESTS: usize = 1_000;

/// Through how many rules a condition may refer. Everything after the compiler
/// opens rules by recursion, so this bounds its stack.
const MAX_STEPS: usize = 16;

/// How large a condition is with the rules it refers to written out.
#[derive(Clone, Copy)]
struct Size {
    tests: usize,
    steps: usize,
}

/// Which rules can be reasoned about. The others have been reported: something
/// in their condition is unknown, circular or too large.
pub(super) struct Sound {
    sizes: Vec<Measured>,
}

#[derive(Clone, Copy)]
enum Measured {
    NotYet,
    Broken,
    Size(Size),
}

impl Sound {
    /// Whether everything that the condition says and refers to is sound.
    pub(super) fn contains(&self, written: &Written) -> bool {
        written
            .condition
            .as_ref()
            .and_then(|condition| self.size_of(condition))
            .is_some_and(|size| size.tests <= MAX_TESTS && size.steps <= MAX_STEPS)
    }

    fn size_of(&self, condition: &Condition) -> Option<Size> {
        let mut size = Some(Size { tests: 0, steps: 0 });
        condition.walk(&mut |part| {
            let Some(so_far) = size else { return };
            if part.finding().is_some() {
                size = Some(Size { tests: so_far.tests.saturating_add(1), ..so_far });
            }
            if let Condition::Rule(rule) = part {
                size = match self.sizes[rule.index()] {
                    Measured::Size(inner) => Some(Size {
                        tests: so_far.tests.saturating_add(inner.tests),
                        steps: so_far.steps.max(inner.steps + 1),
                    }),
                    Measured::NotYet | Measured::Broken => None,
                };
            }
        });
        size
    }
}

/// Measures every rule, those first that others refer to.
pub(super) fn check(draft: &Draft<'_>, log: &mut Log) -> Sound {
    let rules = draft.book.rules.len();
    let mut sound = Sound { sizes: vec![Measured::NotYet; rules] };
    let referred: Vec<Vec<usize>> = draft.book.rules.iter().map(|rule| referred(&rule.when)).collect();
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); rules];
    let mut waits_for: Vec<usize> = vec![0; rules];
    for (rule, others) in referred.iter().enumerate() {
        waits_for[rule] = others.len();
        for other in others {
            users[*other].push(rule);
        }
    }
    let mut ready: Vec<usize> = (0..rules).filter(|rule| waits_for[*rule] == 0).collect();
    let mut first_unmeasured = 0;
    loop {
        while let Some(rule) = ready.pop() {
            if matches!(sound.sizes[rule], Measured::NotYet) {
                sound.sizes[rule] = measure(draft, &sound, rule, log);
            }
            for user in &users[rule] {
                waits_for[*user] = waits_for[*user].saturating_sub(1);
                if waits_for[*user] == 0 && matches!(sound.sizes[*user], Measured::NotYet) {
                    ready.push(*user);
                }
            }
        }
        // What still waits is in a circle, or refers to one.
        let is_unmeasured = |rule: &usize| matches!(sound.sizes[*rule], Measured::NotYet);
        let Some(start) = (first_unmeasured..rules).find(is_unmeasured) else { break };
        first_unmeasured = start;
        let circle = circle_from(start, &referred, &sound);
        report_circle(draft, &circle, log);
        for rule in circle {
            sound.sizes[rule] = Measured::Broken;
            ready.push(rule);
        }
    }
    for written in draft.conditions.iter().filter(|written| written.kind != Kind::Rule) {
        if let Some(size) = written.condition.as_ref().and_then(|condition| sound.size_of(condition)) {
            report_size(written, size, log);
        }
    }
    sound
}

/// The rules that a condition names, each once.
fn referred(condition: &Condition) -> Vec<usize> {
    let mut rules = Vec::new();
    condition.walk(&mut |part| {
        if let Condition::Rule(rule) = part {
            rules.push(rule.index());
        }
    });
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn measure(draft: &Draft<'_>, sound: &Sound, rule: usize, log: &mut Log) -> Measured {
    let Some(written) = draft.condition(Kind::Rule, rule, "when") else { return Measured::Broken };
    let Some(size) = written.condition.as_ref().and_then(|condition| sound.size_of(condition)) else {
        return Measured::Broken;
    };
    if report_size(written, size, log) { Measured::Broken } else { Measured::Size(size) }
}

fn report_size(written: &Written, size: Size, log: &mut Log) -> bool {
    let message = if size.tests > MAX_TESTS {
        format!("this condition has more than {MAX_TESTS} tests with its rules written out")
    } else if size.steps > MAX_STEPS {
        format!("this condition refers to rules through more than {MAX_STEPS} steps")
    } else {
        return false;
    };
    log.problem(&written.whole_spot(), message, "make a simpler rule, or a derived finding");
    true
}

/// Follows unmeasured references until one comes round again.
fn circle_from(start: usize, referred: &[Vec<usize>], sound: &Sound) -> Vec<usize> {
    let mut path = vec![start];
    let mut current = start;
    loop {
        let is_unmeasured = |rule: &&usize| matches!(sound.sizes[**rule], Measured::NotYet);
        let Some(next) = referred[current].iter().find(is_unmeasured) else { return path };
        if let Some(position) = path.iter().position(|rule| rule == next) {
            return path.split_off(position);
        }
        path.push(*next);
        current = *next;
    }
}

/// Reports a circle at its first rule in reading order.
fn report_circle(draft: &Draft<'_>, circle: &[usize], log: &mut Log) {
    let first = circle.iter().copied().min().unwrap_or_default();
    let position = circle.iter().position(|rule| *rule == first).unwrap_or_default();
    let in_order: Vec<usize> = circle.iter().cycle().skip(position).take(circle.len() + 1).copied().collect();
    let ids: Vec<String> = in_order.iter().map(|rule| format!("`{}`", draft.book.rules[*rule].id)).collect();
    let Some(written) = draft.condition(Kind::Rule, first, "when") else { return };
    let mut span: Range<usize> = 0..written.text.len();
    if let (Some(tree), Some(second)) = (&written.tree, in_order.get(1)) {
        tree.names(&mut |name, name_span, _| {
            if let Some(Meaning::Rule(rule)) = meaning(name, &draft.names)
                && rule.index() == *second
            {
                span = name_span.clone();
            }
        });
    }
    let (message, help) = if circle.len() == 1 {
        let id = &draft.book.rules[first].id;
        (
            format!("the rule `{id}` refers to itself"),
            format!("if a finding is meant, add the block `[finding.{id}]`"),
        )
    } else {
        (
            format!("rules refer to each other in a circle: {}", ids.join(", ")),
            "write one of them without referring to the others".to_owned(),
        )
    };
    log.problem(&written.spot(&span), message, help);
}
