//! A tree back to text, with no more parentheses than it needs.

use std::fmt;

use super::{Node, Tree};

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Name(name) => f.write_str(name),
            Node::Compare(word, comparison, value) => {
                write!(f, "{} {} {value}", word.text, comparison.symbol())
            }
            Node::Is(word, option) => write!(f, "{} = '{}'", word.text, option.text),
            Node::AtLeast(count, parts) => {
                write!(f, "AtLeast({count}")?;
                for part in parts {
                    write!(f, ", {part}")?;
                }
                f.write_str(")")
            }
            Node::And(parts) => join(f, parts, " and ", |node| matches!(node, Node::And(_) | Node::Or(_))),
            Node::Or(parts) => join(f, parts, " or ", |node| matches!(node, Node::Or(_))),
            Node::Not(inner) => {
                f.write_str("not ")?;
                part(f, inner, matches!(inner.node, Node::And(_) | Node::Or(_)))
            }
        }
    }
}

fn join(
    f: &mut fmt::Formatter<'_>,
    parts: &[Tree],
    between: &str,
    binds_looser: impl Fn(&Node) -> bool,
) -> fmt::Result {
    for (index, tree) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(between)?;
        }
        part(f, tree, binds_looser(&tree.node))?;
    }
    Ok(())
}

fn part(f: &mut fmt::Formatter<'_>, tree: &Tree, in_parentheses: bool) -> fmt::Result {
    if in_parentheses { write!(f, "({tree})") } else { write!(f, "{tree}") }
}
