//! The rules as a table.

use care::{Guideline, Urgency};

/// The rules of a book as CSV, one a line, the most urgent first and in the order of the book
/// among those: when it fires, what then, and what if answers are not sure.
pub fn decision_table(guideline: &Guideline) -> String {
    let book = guideline.book();
    let mut rows = vec![
        ["rule", "urgency", "when", "if_not_sure", "because", "suspect", "sources", "place"]
            .map(str::to_owned),
    ];
    for level in Urgency::ALL.into_iter().rev() {
        for rule in book.rules.iter().filter(|rule| rule.urgency == level) {
            let sources: Vec<&str> =
                rule.sources.iter().map(|source| guideline.source(*source).id.as_str()).collect();
            rows.push([
                rule.id.clone(),
                level.id().to_owned(),
                rule.when.text(book),
                rule.if_not_sure.id().to_owned(),
                rule.because.clone(),
                rule.suspect.map(|cause| guideline.cause(cause).id.clone()).unwrap_or_default(),
                sources.join(" "),
                format!("{}:{}", rule.place.file, rule.place.line),
            ]);
        }
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Every row has the same length, and a vector takes everything.
        let _ = writer.write_record(row);
    }
    writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}
