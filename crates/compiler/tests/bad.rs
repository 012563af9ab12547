//! Every refusal, pinned: `bad/NAME.md` is laid over the base book and must
//! give exactly `bad/NAME.txt`; likewise each vignette in `bad_vignettes`.

mod support;

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
