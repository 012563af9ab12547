//! Every refusal, pinned: `bad/NAME.md` is laid over the base book and must
//! give exactly `bad/NAME.txt`; likewise each vignette in `bad_vignettes`.

mod support;

use std::fmt::Write as _;

use compiler::{compile, vignette};

#[test]
fn every_broken_book_is_refused_with_its_message() {
    support::check_fixtures("bad", |overlay| match compile(&support::lay_over(overlay)) {
        Ok(_) => support::ACCEPTED.to_owned(),
        Err(problems) => problems.to_string(),
    });
}

#[test]
fn every_broken_vignette_is_refused_with_its_message() {
    let guideline = support::base_guideline();
    support::check_fixtures("bad_vignettes", |text| match vignette("story.md", text, &guideline) {
        Ok(_) => support::ACCEPTED.to_owned(),
        Err(problems) => problems.to_string(),
    });
}

/// Each rule differs from every other in its last part only, so that all parts are looked at.
#[test]
fn a_book_of_too_many_long_rules_is_refused_soon() {
    let common: Vec<String> = (1..=100).map(|age| format!("age = {age}")).collect();
    let mut rules = String::new();
    for age in 101..=120 {
        for finding in ["bruise", "fever", "blood_thinner"] {
            write!(
                rules,
                "```toml\n[rule.long_{finding}_{age}]\nwhen = \"{} or (age = {age} and {finding})\"\n\
                 urgency = \"routine\"\nbecause = \"It may be so.\"\nsources = [\"book_2020\"]\n```\n\n",
                common.join(" or ")
            )
            .unwrap();
        }
    }
    let problems = compile(&support::lay_over(&format!("\n=== topic.md\n# Many\n\n{rules}"))).unwrap_err();
    let told = problems.to_string();
    assert_eq!(told.matches("cannot be compared with the others").count(), 1, "{told}");
}
