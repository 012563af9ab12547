//! A difference as one page that needs nothing from elsewhere.

use std::fmt::Write as _;

use crate::difference::{Difference, OfferChange};
use crate::told::{direction, fate, person, share};

const HEAD: &str = concat!(
    "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>",
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}",
    "code,pre{font:.9rem ui-monospace,monospace}pre{overflow:auto;padding:.75rem;border:1px solid #8886;border-radius:.4rem}",
    "section{border-left:.4rem solid #8886;padding-left:1rem;margin:1.5rem 0}section.lower{border-color:#c22}",
    "h3{margin:1rem 0 0}dl{margin:.25rem 0}dt{float:left;width:4rem}dd{margin-left:4rem}</style>"
);

/// The page.
pub fn page(difference: &Difference) -> String {
    let title = format!("Guideline {} to {}", difference.old.version, difference.new.version);
    let mut page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head>{HEAD}<title>{0}</title></head><body><h1>{0}</h1>",
        escaped(&title)
    );
    // Writing to a text cannot fail.
    if difference.is_wording_only() {
        let _ = write!(
            page,
            "<p><strong>No outcome changes.</strong> {} texts are others.</p>",
            difference.texts
        );
        return page + "</body></html>";
    }
    let _ = write!(
        page,
        "<p>{} of {} answer sets to {} findings have another outcome; <strong>{} a less urgent one</strong>.</p><ul>",
        difference.changed.about(),
        difference.sets.about(),
        difference.findings,
        difference.lowered.about()
    );
    for of in &difference.shares {
        let (changed, lowered) = (share(of.changed), share(of.lowered));
        let _ = write!(
            page,
            "<li>Of people {changed} change, {lowered} to less urgent, if {}.</li>",
            of.assuming
        );
    }
    page.push_str("</ul>");
    for change in &difference.outcomes {
        let class = if change.to < change.from { "lower" } else { "higher" };
        let _ = write!(
            page,
            "<section class=\"{class}\"><h2>{}: {} to {}</h2><p>{} answer sets.</p>",
            direction(change),
            change.from.id(),
            change.to.id(),
            change.sets.about()
        );
        for by in &change.by {
            let _ = write!(page, "<h3><code>{}</code> ({})</h3><dl>", escaped(&by.rule), fate(by.is));
            for (word, condition) in [("was", &by.was), ("now", &by.now)] {
                if let Some(condition) = condition {
                    let _ = write!(page, "<dt>{word}</dt><dd><code>{}</code></dd>", escaped(condition));
                }
            }
            let _ = write!(
                page,
                "</dl><p>{} of them, for example: {}.</p><details><summary>As a vignette</summary><pre>{}</pre></details>",
                by.sets.about(),
                escaped(&person(&by.example.answers)),
                escaped(&by.example.vignette)
            );
        }
        page.push_str("</section>");
    }
    offers(&mut page, "Plans", &difference.plans);
    offers(&mut page, "Conditions", &difference.conditions);
    let doses = difference.doses.iter().map(|change| {
        let word = if change.is_looser { "looser: " } else { "" };
        let [was, now] = [&change.was, &change.now].map(|text| text.as_deref().unwrap_or("none"));
        format!("{word}{} of {}: {was} to {now}", change.what, change.medicine)
    });
    list(&mut page, "Doses", doses.collect());
    let lines = difference.come_back.iter().map(|change| {
        let [was, now] = [&change.was, &change.now].map(|text| text.as_deref().unwrap_or("none"));
        format!("{} ({}): was {was}; now {now}", change.line, fate(change.is))
    });
    list(&mut page, "When to come back", lines.collect());
    let _ = write!(page, "<p>{} texts are others.</p></body></html>", difference.texts);
    page
}

fn offers(page: &mut String, title: &str, changes: &[OfferChange]) {
    let lines = changes.iter().map(|change| {
        let mut line = format!("{} ({})", change.what, fate(change.is));
        let sides = [
            ("for more", &change.more, &change.example_more),
            ("for fewer", &change.fewer, &change.example_fewer),
        ];
        for (word, count, example) in sides {
            if let Some(example) = example {
                let _ =
                    write!(line, "; {word}: {} answer sets, for example {}", count.about(), person(example));
            }
        }
        line
    });
    list(page, title, lines.collect());
}

fn list(page: &mut String, title: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let _ = write!(page, "<h2>{title}</h2><ul>");
    for line in lines {
        let _ = write!(page, "<li>{}</li>", escaped(&line));
    }
    page.push_str("</ul>");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
