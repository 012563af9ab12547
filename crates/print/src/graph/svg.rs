//! The graph as a drawing of our own: screens, findings, rules, levels in columns.

use askama::Template;
use care::{FindingId, Guideline, QuestionId, RuleId, Urgency};

use super::named::Named;
use crate::PrintError;

/// Height of a row of text.
const ROW: i32 = 20;
/// Space between the blocks of two screens.
const BLOCK_GAP: i32 = 14;
/// Where the columns begin.
const TOP: i32 = 150;
/// How wide a character is, on average, in the size the columns are set in.
const CHARACTER: i32 = 7;

/// One column: where it stands.
#[derive(Clone, Copy)]
struct Column {
    left: i32,
    width: i32,
}

const SCREENS: Column = Column { left: 20, width: 230 };
const FINDINGS: Column = Column { left: 370, width: 380 };
const RULES: Column = Column { left: 980, width: 270 };
const LEVELS: Column = Column { left: 1370, width: 190 };
const WIDTH: i32 = 1580;

impl Column {
    fn right(self) -> i32 {
        self.left + self.width
    }

    fn characters(self) -> usize {
        usize::try_from((self.width - 16) / CHARACTER).unwrap_or(1)
    }
}

#[derive(Template)]
#[template(path = "graph.svg", escape = "html")]
struct Drawing<'g> {
    width: i32,
    height: i32,
    version: &'g str,
    short_hash: &'g str,
    headings: [(i32, &'static str, &'static str); 4],
    nodes: Vec<Node>,
    edges: Vec<Edge>,
}

/// A box with its text.
struct Node {
    class: String,
    title: String,
    left: i32,
    top: i32,
    width: i32,
    height: i32,
    /// Each with the height of its base line.
    lines: Vec<(i32, String)>,
}

impl Node {
    fn middle(&self) -> i32 {
        self.top + self.height / 2
    }
}

/// A curve between two boxes.
struct Edge {
    class: String,
    title: String,
    path: String,
}

/// Draws the graph.
///
/// # Errors
///
/// If the template fails, which only a bug can cause.
pub fn draw(guideline: &Guideline) -> Result<String, PrintError> {
    let book = guideline.book();
    let (screens, findings, bottom) = screens_and_findings(guideline);
    let (rules, levels) = rules_and_levels(guideline, &findings, bottom);
    let boxes = Boxes { guideline, screens: &screens, findings: &findings, rules: &rules, levels: &levels };
    let edges = boxes.edges();
    let last = rules.iter().chain(&levels).map(|node| node.top + node.height).max().unwrap_or(TOP);
    let drawing = Drawing {
        width: WIDTH,
        height: bottom.max(last) + 30,
        version: &book.version,
        short_hash: book.hash.get(..12).unwrap_or(&book.hash),
        headings: [
            (SCREENS.left, "Screens", "in the order of asking"),
            (FINDINGS.left, "Findings", "a bold edge marks a danger sign"),
            (RULES.left, "Rules", "most urgent first"),
            (LEVELS.left, "Levels", "the highest one counts"),
        ],
        nodes: screens.into_iter().chain(findings).chain(rules).chain(levels).collect(),
        edges,
    };
    Ok(drawing.render()?)
}

/// Each screen beside its findings; and where the column ends.
fn screens_and_findings(guideline: &Guideline) -> (Vec<Node>, Vec<Node>, i32) {
    let mut screens = Vec::new();
    let mut findings: Vec<Option<Node>> = guideline.findings().map(|_| None).collect();
    let mut top = TOP;
    for id in guideline.questions() {
        let question = guideline.question(id);
        let block_top = top;
        for finding in &question.shows {
            findings[finding.index()] = Some(finding_node(guideline, *finding, top));
            top += ROW;
        }
        let lines = wrapped(&question.ask, SCREENS.characters(), question.shows.len());
        let (class, title) = ("screen".to_owned(), question.ask.clone());
        screens.push(node((class, title), SCREENS, block_top, top - block_top - 4, &lines));
        top += BLOCK_GAP;
    }
    // Findings that are computed, not asked.
    let placed = guideline.findings().map(|id| {
        findings[id.index()].take().unwrap_or_else(|| {
            top += ROW;
            finding_node(guideline, id, top - ROW)
        })
    });
    let placed = placed.collect();
    (screens, placed, top)
}

fn finding_node(guideline: &Guideline, id: FindingId, top: i32) -> Node {
    let finding = guideline.finding(id);
    let class = if finding.danger { "finding danger" } else { "finding" };
    let lines = wrapped(&finding.label, FINDINGS.characters(), 1);
    node((class.to_owned(), format!("{} ({})", finding.label, finding.id)), FINDINGS, top, ROW - 4, &lines)
}

/// Rules by level, most urgent first, each near the findings it depends on; and
/// each level beside its rules. Rules come back in the order of the book.
fn rules_and_levels(guideline: &Guideline, findings: &[Node], bottom: i32) -> (Vec<Node>, Vec<Node>) {
    let book = guideline.book();
    let mut order: Vec<RuleId> = guideline.rules().collect();
    order.sort_by_key(|id| {
        let rule = guideline.rule(*id);
        let mut needed = Vec::new();
        care::findings_in(book, &rule.when, &mut needed);
        let count = i32::try_from(needed.len()).unwrap_or(i32::MAX).max(1);
        let middle = needed.iter().map(|finding| findings[finding.index()].middle()).sum::<i32>() / count;
        (std::cmp::Reverse(rule.urgency), middle)
    });
    let levels_used = Urgency::ALL.len();
    let rows = i32::try_from(order.len()).unwrap_or(i32::MAX);
    let gaps = i32::try_from(levels_used).unwrap_or(0) * BLOCK_GAP * 3;
    // Spread over the height of the other columns, but never closer than a row.
    let pitch = if rows == 0 { ROW } else { ((bottom - TOP - gaps) / rows).max(ROW) };
    let mut top = TOP;
    let mut rules: Vec<(RuleId, Node)> = Vec::new();
    let mut levels = Vec::new();
    for urgency in Urgency::ALL.into_iter().rev() {
        let first = top;
        for id in order.iter().filter(|id| guideline.rule(**id).urgency == urgency) {
            let rule = guideline.rule(*id);
            let lines = wrapped(&rule.id.replace('_', " "), RULES.characters(), 1);
            let title = format!("{}: {} ({urgency})", rule.id, rule.when_text);
            rules.push((*id, node((format!("rule {urgency}"), title), RULES, top, ROW - 4, &lines)));
            top += pitch;
        }
        let height = 3 * ROW;
        let middle = i32::midpoint(first, top.max(first + height));
        levels.push(level_node(guideline, urgency, middle - height / 2, height));
        top = top.max(first + height) + 2 * BLOCK_GAP;
    }
    rules.sort_by_key(|(id, _)| *id);
    (rules.into_iter().map(|(_, node)| node).collect(), levels)
}

fn level_node(guideline: &Guideline, urgency: Urgency, top: i32, height: i32) -> Node {
    let outcome = guideline.outcome(urgency);
    let count = guideline.rules().filter(|id| guideline.rule(*id).urgency == urgency).count();
    let mut lines = vec![format!("{}: {count} rules", urgency.id().replace('_', " "))];
    lines.extend(wrapped(&outcome.title, LEVELS.characters(), 2));
    node((format!("level {urgency}"), outcome.title.clone()), LEVELS, top, height, &lines)
}

fn node((class, title): (String, String), column: Column, top: i32, height: i32, lines: &[String]) -> Node {
    let count = i32::try_from(lines.len()).unwrap_or(1);
    let first = top + (height - count * 14) / 2 + 11;
    let lines = (0..).zip(lines).map(|(index, line)| (first + index * 14, line.clone())).collect();
    Node { class, title, left: column.left, top, width: column.width, height, lines }
}

/// At most so many lines; what does not fit ends in an ellipsis.
fn wrapped(text: &str, characters: usize, most: usize) -> Vec<String> {
    let lines = |width| textwrap::wrap(text, width).into_iter().map(Into::into).collect::<Vec<String>>();
    let all = lines(characters);
    if all.len() <= most {
        return all;
    }
    // Two characters less, for the ellipsis.
    let mut kept: Vec<String> = lines(characters.saturating_sub(2)).into_iter().take(most).collect();
    if let Some(last) = kept.last_mut() {
        *last = format!("{} …", last.trim_end_matches([',', ':', ';', '.']));
    }
    kept
}

struct Boxes<'g> {
    guideline: &'g Guideline,
    screens: &'g [Node],
    findings: &'g [Node],
    rules: &'g [Node],
    levels: &'g [Node],
}

impl Boxes<'_> {
    /// Edges of little weight first, so that the urgent ones lie on top.
    fn edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for id in self.guideline.questions() {
            self.screen_edges(id, &mut edges);
        }
        let mut rules: Vec<RuleId> = self.guideline.rules().collect();
        rules.sort_by_key(|id| self.guideline.rule(*id).urgency);
        for id in rules {
            self.rule_edges(id, &mut edges);
        }
        edges
    }

    fn screen_edges(&self, id: QuestionId, edges: &mut Vec<Edge>) {
        let question = self.guideline.question(id);
        let screen = &self.screens[id.index()];
        for finding in &question.shows {
            let node = &self.findings[finding.index()];
            let title = format!("{} shows {}", question.id, self.guideline.finding(*finding).id);
            // Straight across: the finding stands beside its screen.
            let from = (SCREENS.right(), node.middle());
            edges.push(Edge {
                class: "shows".into(),
                title,
                path: curve(from, (FINDINGS.left, node.middle())),
            });
        }
        let Some(gate) = &question.only_if else { return };
        let named = Named::by(&gate.condition);
        for finding in named.findings {
            let title = format!("{} opens {}", self.guideline.finding(finding).id, question.id);
            let from = (FINDINGS.left, self.findings[finding.index()].middle());
            edges.push(Edge {
                class: "gate".into(),
                title,
                path: loop_back(from, (SCREENS.right(), screen.middle())),
            });
        }
    }

    fn rule_edges(&self, id: RuleId, edges: &mut Vec<Edge>) {
        let rule = self.guideline.rule(id);
        let node = &self.rules[id.index()];
        let named = Named::by(&rule.when);
        for finding in named.findings {
            let from = (FINDINGS.right(), self.findings[finding.index()].middle());
            let title = format!("{} in {}", self.guideline.finding(finding).id, rule.id);
            let class = format!("enters {}", rule.urgency);
            edges.push(Edge { class, title, path: curve(from, (RULES.left, node.middle())) });
        }
        for other in named.rules {
            let from = (RULES.left, self.rules[other.index()].middle());
            let title = format!("{} in {}", self.guideline.rule(other).id, rule.id);
            let path = loop_back(from, (RULES.left, node.middle()));
            edges.push(Edge { class: format!("enters {}", rule.urgency), title, path });
        }
        let level = Urgency::ALL.into_iter().rev().position(|urgency| urgency == rule.urgency).unwrap_or(0);
        let to = (LEVELS.left, self.levels[level].middle());
        let title = format!("{} leads to {}", rule.id, rule.urgency);
        let path = curve((RULES.right(), node.middle()), to);
        edges.push(Edge { class: format!("leads {}", rule.urgency), title, path });
    }
}

/// A curve that leaves and arrives level.
fn curve((x1, y1): (i32, i32), (x2, y2): (i32, i32)) -> String {
    let bend = (x2 - x1) / 2;
    format!("M{x1} {y1}C{} {y1} {} {y2} {x2} {y2}", x1 + bend, x2 - bend)
}

/// A curve that leaves to the left and arrives from the right.
fn loop_back((x1, y1): (i32, i32), (x2, y2): (i32, i32)) -> String {
    let bend = 60;
    format!("M{x1} {y1}C{} {y1} {} {y2} {x2} {y2}", x1 - bend, x2 + bend)
}
