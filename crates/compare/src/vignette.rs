//! A person as a vignette, ready to be told in words and put among the others.

use std::fmt::Write as _;

use care::{Answer, Answers, FindingKind, Guideline, Urgency};

/// The vignette of somebody whose outcome a rule changes, for the new version of the book.
pub(crate) fn vignette(guideline: &Guideline, answers: &Answers, rule: &str, levels: [Urgency; 2]) -> String {
    let [from, to] = levels.map(Urgency::id);
    let mut text = format!(
        "# {}: {from} before, {to} now\n\nSomebody with these answers was {from} before the rule `{rule}` changed.\n\n```toml\n\
         topic = \"story\"\ncase = \"story\"\n",
        rule.replace('_', " ")
    );
    for id in guideline.findings() {
        let finding = guideline.finding(id);
        let answer = match answers.get(id) {
            // What is not named is answered with no.
            None | Some(Answer::No) => continue,
            Some(Answer::Yes) => "\"yes\"".to_owned(),
            Some(Answer::NotSure) => "\"not sure\"".to_owned(),
            Some(Answer::Number(number)) => number.to_string(),
            Some(Answer::Option(option)) => match &finding.kind {
                FindingKind::Choice(options) => {
                    let option = options.get(usize::from(option)).map_or("", |option| option.id.as_str());
                    format!("\"{option}\"")
                }
                FindingKind::YesNo | FindingKind::Number { .. } => continue,
            },
        };
        // Writing to a text cannot fail.
        let _ = writeln!(text, "answers.{} = {answer}", finding.id);
    }
    let _ = write!(text, "otherwise = \"no\"\nexpect.urgency = \"{to}\"\n```\n");
    text
}
