//! A condition as it is written in the book, and the findings that it rests on.

use crate::book::condition::Condition;
use crate::book::finding::FindingKind;
use crate::book::ids::FindingId;
use crate::book::whole::Book;

impl Condition {
    /// As it is written in the book.
    pub fn text(&self, book: &Book) -> String {
        let name = |finding: &FindingId| book.findings[finding.index()].id.as_str();
        let joined = |parts: &[Condition], word: &str, empty: &str| {
            let parts: Vec<String> = parts.iter().map(|part| part.text_inside(book)).collect();
            if parts.is_empty() { empty.to_owned() } else { parts.join(word) }
        };
        match self {
            Self::Yes(finding) => name(finding).to_owned(),
            Self::Compare(finding, comparison, value) => {
                format!("{} {} {value}", name(finding), comparison.symbol())
            }
            Self::Is(finding, option) => {
                let option = match &book.findings[finding.index()].kind {
                    FindingKind::Choice(options) => {
                        options.get(usize::from(*option)).map_or("", |option| &option.id)
                    }
                    FindingKind::YesNo | FindingKind::Number { .. } => "",
                };
                format!("{} = '{option}'", name(finding))
            }
            Self::AtLeast(needed, parts) => format!("AtLeast({needed}, {})", joined(parts, ", ", "")),
            Self::And(parts) => joined(parts, " and ", "true"),
            Self::Or(parts) => joined(parts, " or ", "false"),
            Self::Not(inner) => format!("not {}", inner.text_inside(book)),
            Self::Rule(rule) => book.rules[rule.index()].id.clone(),
        }
    }

    /// The same, in parentheses where it stands inside something else.
    fn text_inside(&self, book: &Book) -> String {
        match self {
            Self::And(parts) | Self::Or(parts) if parts.len() != 1 => format!("({})", self.text(book)),
            _ => self.text(book),
        }
    }
}

/// Every finding a condition depends on, through the rules it refers to.
/// The rules must not refer to each other in a circle.
pub fn findings_in(book: &Book, condition: &Condition, findings: &mut Vec<FindingId>) {
    find_in(book, condition, findings, &mut vec![false; book.rules.len()]);
}

fn find_in(book: &Book, condition: &Condition, findings: &mut Vec<FindingId>, seen: &mut [bool]) {
    condition.walk(&mut |part| {
        if let Condition::Rule(rule) = part {
            if !std::mem::replace(&mut seen[rule.index()], true) {
                find_in(book, &book.rules[rule.index()].when, findings, seen);
            }
        } else if let Some(finding) = part.finding()
            && !findings.contains(&finding)
        {
            findings.push(finding);
        }
    });
}
