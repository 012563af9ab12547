//! Starting a new danger topic: the page and the three vignettes it cannot do without.

use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};

use crate::run::root;

/// Writes `guideline/danger/ID.md` and three vignettes to fill in, and says what is left to do.
pub(crate) fn danger(id: &str) -> anyhow::Result<()> {
    let is_id = id.starts_with(|first: char| first.is_ascii_lowercase())
        && id.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
    ensure!(is_id, "`{id}` is not snake_case");
    let root = root();
    let page = root.join(format!("guideline/danger/{id}.md"));
    write(&page, &topic_page(id))?;
    for case in ["fires", "nearly", "not_sure"] {
        write(&root.join(format!("vignettes/{id}_{case}.md")), &vignette(id, case))?;
    }
    println!("Wrote {} and three vignettes.", page.display());
    println!("Now: replace every <...>, add the page to the reading order in guideline/README.md,");
    println!("add `{id}` to a question in guideline/danger/, and run `cargo xtask test`.");
    Ok(())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    ensure!(!path.exists(), "{} exists already; ids are never reused", path.display());
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn topic_page(id: &str) -> String {
    format!(
        r#"# <Title>

<What it is and why it matters, for a clinician.>

```toml
[finding.{id}]
type = "yes_no"
danger = true
label = "<the line on the checklist>"
come_back = "<you ...>"
hears = ["<class> <another class>", "the words of how people put it"]
```

```toml
[cause.{id}]
kind = "mimic"
name = "<plain name>"
explain = "<one plain sentence>"
sources = ["<source>"]
```

<The sentence that the rule formalises.>

```toml
[rule.{id}]
when = "{id}"
urgency = "<emergency, same_day, see_soon or routine>"
if_not_sure = "<the same or lower>"
suspect = "{id}"
because = "<what was found and why it matters>"
sources = ["<source>"]
```

Not modelled: <what is left out, and why>.
"#
    )
}

fn vignette(id: &str, case: &str) -> String {
    let answer = match case {
        "fires" => "yes",
        "nearly" => "no",
        _ => "not sure",
    };
    format!(
        r#"# <A story in a few words>

<One or two sentences about one person.>

```toml
topic = "{id}"
case = "{case}"
answers.{id} = "{answer}"
answers.age = 40
answers.days_since_onset = 0
answers.trigger = "lifting"
answers.pain_low_back = "yes"
answers.pain_now = 6
expect.urgency = "<the outcome>"
```
"#
    )
}
