//! What leads where: `unclench graph`, as DOT or as a drawing.

use care::Guideline;

use crate::exit::Exit;
use crate::page;

/// Prints the graph to standard output.
///
/// # Errors
///
/// If a template fails, which only a bug can cause.
pub(crate) fn run(guideline: &Guideline, svg: bool) -> anyhow::Result<Exit> {
    let graph = if svg { print::graph::svg(guideline)? } else { print::graph::dot(guideline) };
    page::data(graph.trim_end());
    Ok(Exit::Ok)
}
