//! The graph in the language of Graphviz.

use std::fmt::Write;

use care::{Chapter, Condition, Guideline, Question, Urgency};

use super::named::Named;

/// The whole graph: nodes first, each before any edge that uses it.
pub fn write(guideline: &Guideline) -> String {
    let mut dot = Dot { guideline, text: String::new() };
    dot.line("digraph unclench {");
    dot.line("  rankdir=LR;");
    dot.line("  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"sans-serif\", fontsize=10];");
    dot.line("  edge [color=\"#00000080\", arrowsize=0.6];");
    let book = guideline.book();
    dot.line(&format!(
        "  label={};",
        quoted(&format!("Unclench guideline {} ({})", book.version, book.hash))
    ));
    dot.nodes();
    dot.edges();
    dot.line("}");
    dot.text
}

struct Dot<'g> {
    guideline: &'g Guideline,
    text: String,
}

impl Dot<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn node(&mut self, indent: &str, name: &str, label: &str, more: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{indent}{name} [label={}{more}];", quoted(label));
    }

    fn edge(&mut self, from: &str, to: &str, more: &str) {
        let _ = writeln!(self.text, "  {from} -> {to}{more};");
    }

    fn nodes(&mut self) {
        let book = self.guideline.book();
        for chapter in asking_order(&book.questions) {
            self.line(&format!("  subgraph cluster_{} {{", chapter.id()));
            self.line(&format!("    label={};", quoted(chapter.title())));
            for question in book.questions.iter().filter(|question| question.chapter == chapter) {
                let name = format!("question_{}", question.id);
                self.node("    ", &name, &question.ask, ", fillcolor=\"#fdf3e4\"");
            }
            self.line("  }");
        }
        for finding in &book.findings {
            let more = if finding.danger { ", penwidth=2" } else { "" };
            self.node("  ", &format!("finding_{}", finding.id), &finding.label, more);
        }
        for rule in &book.rules {
            let label = format!("{}\n{}", rule.id.replace('_', " "), rule.urgency);
            self.node("  ", &format!("rule_{}", rule.id), &label, ", shape=ellipse");
        }
        for remedy in &book.remedies {
            self.node("  ", &format!("remedy_{}", remedy.id), &remedy.name, ", shape=note, style=filled");
        }
        self.line("  { rank=same;");
        for urgency in Urgency::ALL.into_iter().rev() {
            let label = &self.guideline.outcome(urgency).title;
            self.node("    ", &format!("urgency_{urgency}"), label, ", shape=doubleoctagon");
        }
        self.line("  }");
    }

    fn edges(&mut self) {
        let book = self.guideline.book();
        for question in &book.questions {
            let name = format!("question_{}", question.id);
            for finding in &question.shows {
                let finding = format!("finding_{}", self.guideline.finding(*finding).id);
                self.edge(&name, &finding, "");
            }
            if let Some(gate) = &question.only_if {
                self.into(&gate.condition, &name, " [style=dashed, constraint=false, label=\"only if\"]");
            }
        }
        for rule in &book.rules {
            let name = format!("rule_{}", rule.id);
            self.into(&rule.when, &name, "");
            self.edge(&name, &format!("urgency_{}", rule.urgency), " [penwidth=1.5]");
        }
        for remedy in &book.remedies {
            let name = format!("remedy_{}", remedy.id);
            if let Some(offer) = &remedy.offer {
                self.into(offer, &name, " [color=\"#3a6b45\", label=\"offer\"]");
            }
            if let Some(avoid) = &remedy.avoid {
                self.into(avoid, &name, " [color=\"#a3201d\", arrowhead=tee, label=\"avoid\"]");
            }
        }
    }

    /// One edge from everything that a condition names.
    fn into(&mut self, condition: &Condition, to: &str, more: &str) {
        let named = Named::by(condition);
        for finding in named.findings {
            let from = format!("finding_{}", self.guideline.finding(finding).id);
            self.edge(&from, to, more);
        }
        for rule in named.rules {
            let from = format!("rule_{}", self.guideline.rule(rule).id);
            self.edge(&from, to, more);
        }
    }
}

/// The chapters in the order in which their first question is asked.
fn asking_order(questions: &[Question]) -> Vec<Chapter> {
    let mut chapters = Vec::new();
    for question in questions {
        if !chapters.contains(&question.chapter) {
            chapters.push(question.chapter);
        }
    }
    chapters
}

/// A text in double quotes, on lines of at most 36 characters.
fn quoted(text: &str) -> String {
    let wrapped: Vec<String> =
        text.lines().flat_map(|line| textwrap::wrap(line, 36)).map(Into::into).collect();
    let lines: Vec<String> =
        wrapped.iter().map(|line| line.replace('\\', "\\\\").replace('"', "\\\"")).collect();
    format!("\"{}\"", lines.join("\\n"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quotes_and_backslashes_stay_inside_their_text() {
        assert_eq!(quoted(r#"say "numb" \ here"#), r#""say \"numb\" \\ here""#);
    }
}
