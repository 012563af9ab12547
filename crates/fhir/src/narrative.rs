//! Lines as the XHTML that a person reads in another system.

use std::fmt::Write;

use serde_json::{Value, json};
use tell::Section;

/// The lines of a section, with their marks.
pub(crate) fn narrative(section: &Section<'_>) -> Value {
    let mut list = String::from("<ul>");
    for line in &section.lines {
        list.push_str("<li>");
        if let Some(mark) = line.mark.word() {
            // Writing to a text does not fail.
            let _ = write!(list, "<b>{}</b>: ", escaped(&mark.to_string()));
        }
        list.push_str(&escaped(&line.words.to_string()));
        if !line.notes.is_empty() {
            list.push_str("<ul>");
            for note in &line.notes {
                let _ = write!(list, "<li>{}</li>", escaped(&note.to_string()));
            }
            list.push_str("</ul>");
        }
        list.push_str("</li>");
    }
    list.push_str("</ul>");
    div(&list)
}

/// One sentence.
pub(crate) fn sentence(words: &str) -> Value {
    div(&format!("<p>{}</p>", escaped(words)))
}

fn div(inside: &str) -> Value {
    json!({
        "status": "generated",
        "div": format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{inside}</div>"),
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
