//! Short codes for the lines of the paper (`3f`), and conditions written with them.

use askama::Template;
use care::{
    Answers, Book, Comparison, Condition, FindingId, FindingKind, Guideline, OptionIndex, Rule, State,
};

use crate::words::range;

/// Which code each finding has. A finding that nothing depends on has none, and
/// stays off the paper.
pub(super) struct Codes {
    codes: Vec<Option<Code>>,
}

/// Where a finding stands on the paper.
struct Code {
    number: usize,
    first_letter: usize,
    /// One, or for a choice one for each option.
    texts: Vec<String>,
}

/// A condition in codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "book/phrase.html")]
pub(super) struct Phrase {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Code(String),
    Text(String),
}

impl Codes {
    /// Numbers the boxes in the order of asking, and letters their lines.
    pub(super) fn new(guideline: &Guideline) -> Self {
        let book = guideline.book();
        let used = used(guideline);
        let mut codes: Vec<Option<Code>> = book.findings.iter().map(|_| None).collect();
        let mut number = 0;
        for question in &book.questions {
            let shown: Vec<FindingId> =
                question.shows.iter().copied().filter(|id| used.contains(id)).collect();
            if shown.is_empty() {
                continue;
            }
            number += 1;
            let mut letter = 0;
            for id in shown {
                let count = match &guideline.finding(id).kind {
                    FindingKind::Choice(options) => options.len(),
                    _ => 1,
                };
                let texts =
                    (letter..letter + count).map(|index| format!("{number}{}", letters(index))).collect();
                codes[id.index()] = Some(Code { number, first_letter: letter, texts });
                letter += count;
            }
        }
        Self { codes }
    }

    fn code(&self, id: FindingId) -> Option<&Code> {
        self.codes.get(id.index()).and_then(Option::as_ref)
    }

    /// The number of the box that shows a finding.
    pub(super) fn box_of(&self, id: FindingId) -> Option<usize> {
        self.code(id).map(|code| code.number)
    }

    /// The code of a line; a choice has none as a whole.
    pub(super) fn line(&self, id: FindingId) -> Option<&str> {
        match self.code(id)?.texts.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The code of an option of a choice.
    pub(super) fn option(&self, id: FindingId, option: OptionIndex) -> Option<&str> {
        self.code(id)?.texts.get(usize::from(option)).map(String::as_str)
    }

    /// Where the first line of a condition stands, for sorting.
    pub(super) fn rank(&self, book: &Book, condition: &Condition) -> (usize, usize) {
        let mut findings = Vec::new();
        care::findings_in(book, condition, &mut findings);
        findings
            .iter()
            .filter_map(|id| self.code(*id))
            .map(|code| (code.number, code.first_letter))
            .next()
            .unwrap_or((usize::MAX, 0))
    }

    /// A condition in codes: `3f and any of 1i, 1k`.
    pub(super) fn phrase(&self, book: &Book, condition: &Condition) -> Phrase {
        let mut pieces = Vec::new();
        self.write(book, &opened(book, condition), &mut pieces);
        Phrase { pieces }
    }

    /// The alternatives of a condition in codes, each by itself.
    pub(super) fn alternatives(&self, book: &Book, condition: &Condition) -> Vec<Phrase> {
        match opened(book, condition) {
            Condition::Or(parts) => parts.iter().map(|part| self.phrase(book, part)).collect(),
            _ => vec![self.phrase(book, condition)],
        }
    }

    /// A condition in codes, without the words "any of" before its alternatives.
    pub(super) fn list(&self, book: &Book, condition: &Condition) -> Phrase {
        let mut pieces = Vec::new();
        match opened(book, condition) {
            Condition::Or(parts) => self.join(book, &parts, ", ", &mut pieces),
            other => self.write(book, &other, &mut pieces),
        }
        Phrase { pieces }
    }

    fn write(&self, book: &Book, condition: &Condition, pieces: &mut Vec<Piece>) {
        match condition {
            Condition::Yes(id) => pieces.push(piece(book, *id, self.line(*id))),
            Condition::Is(id, option) => pieces.push(piece(book, *id, self.option(*id, *option))),
            Condition::Compare(id, comparison, value) => {
                pieces.push(piece(book, *id, self.line(*id)));
                let shown = match comparison {
                    Comparison::Equal => value.to_string(),
                    other => range(*other, *value, ""),
                };
                pieces.push(text(&format!(" is {shown}")));
            }
            Condition::And(parts) => self.write_and(book, parts, pieces),
            Condition::Or(parts) => self.write_some(book, "any of ", parts, pieces),
            Condition::AtLeast(count, parts) => {
                self.write_some(book, &format!("at least {count} of "), parts, pieces);
            }
            Condition::Not(inner) => match inner.as_ref() {
                Condition::Or(parts) => self.write_some(book, "none of ", parts, pieces),
                other => {
                    pieces.push(text("not "));
                    self.write_part(book, other, pieces);
                }
            },
            // `opened` has put its condition in its place.
            Condition::Rule(_) => {}
        }
    }

    /// A group inside an `and` needs parentheses, unless it ends the sentence.
    fn write_and(&self, book: &Book, parts: &[Condition], pieces: &mut Vec<Piece>) {
        if parts.is_empty() {
            pieces.push(text("always"));
        }
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                pieces.push(text(" and "));
            }
            if index + 1 == parts.len() || part.finding().is_some() {
                self.write(book, part, pieces);
            } else {
                self.write_part(book, part, pieces);
            }
        }
    }

    fn write_some(&self, book: &Book, lead: &str, parts: &[Condition], pieces: &mut Vec<Piece>) {
        if parts.is_empty() {
            pieces.push(text("never"));
            return;
        }
        pieces.push(text(lead));
        self.join(book, parts, ", ", pieces);
    }

    fn join(&self, book: &Book, parts: &[Condition], between: &str, pieces: &mut Vec<Piece>) {
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                pieces.push(text(between));
            }
            self.write_part(book, part, pieces);
        }
    }

    fn write_part(&self, book: &Book, part: &Condition, pieces: &mut Vec<Piece>) {
        if is_one_tick(part) {
            self.write(book, part, pieces);
        } else {
            pieces.push(text("("));
            self.write(book, part, pieces);
            pieces.push(text(")"));
        }
    }
}

/// A finding that no screen shows has no code; its words stand in for it.
fn piece(book: &Book, id: FindingId, code: Option<&str>) -> Piece {
    match code {
        Some(code) => Piece::Code(code.to_owned()),
        None => text(&format!("“{}”", book.findings[id.index()].label)),
    }
}

fn text(text: &str) -> Piece {
    Piece::Text(text.to_owned())
}

/// A code alone, with nothing after it that a comma could tear off.
fn is_one_tick(condition: &Condition) -> bool {
    matches!(condition, Condition::Yes(_) | Condition::Is(..))
}

/// The condition with every rule it refers to written out.
pub(super) fn opened(book: &Book, condition: &Condition) -> Condition {
    let all = |parts: &[Condition]| parts.iter().map(|part| opened(book, part)).collect();
    match condition {
        Condition::Rule(rule) => opened(book, &book.rules[rule.index()].when),
        Condition::And(parts) => Condition::And(all(parts)),
        Condition::Or(parts) => Condition::Or(all(parts)),
        Condition::AtLeast(count, parts) => Condition::AtLeast(*count, all(parts)),
        Condition::Not(inner) => Condition::Not(Box::new(opened(book, inner))),
        Condition::Yes(_) | Condition::Compare(..) | Condition::Is(..) => condition.clone(),
    }
}

/// The rules that can fire on paper: those that wait for a diary cannot.
pub(super) fn rules(guideline: &Guideline) -> impl Iterator<Item = &Rule> {
    let nothing_said = State::of(guideline, &Answers::none(guideline));
    guideline.rules().filter(move |id| !nothing_said.rule(*id).is_false).map(|id| guideline.rule(id))
}

/// Every finding that some rule on paper or remedy depends on, and the gates before it.
fn used(guideline: &Guideline) -> Vec<FindingId> {
    let book = guideline.book();
    let remedies = book.remedies.iter().flat_map(|remedy| [&remedy.offer, &remedy.avoid]).flatten();
    let mut findings = Vec::new();
    for condition in rules(guideline).map(|rule| &rule.when).chain(remedies) {
        care::findings_in(book, condition, &mut findings);
    }
    // A gate depends on earlier questions only, so one walk from the back finds them all.
    for question in book.questions.iter().rev() {
        let Some(gate) = &question.only_if else { continue };
        if question.shows.iter().any(|id| findings.contains(id)) {
            care::findings_in(book, &gate.condition, &mut findings);
        }
    }
    findings
}

/// `a` to `z`, then `aa`, `ab`, ...
fn letters(index: usize) -> String {
    let mut letters = String::new();
    let mut rest = index;
    loop {
        letters.insert(0, char::from(b'a' + u8::try_from(rest % 26).unwrap_or_default()));
        match (rest / 26).checked_sub(1) {
            Some(more) => rest = more,
            None => return letters,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([letters(0), letters(25), letters(26), letters(53)], ["a", "z", "aa", "bb"]);
    }
}
