//! The catalogue: what is understood of it, that all of it is said, and how hard it reads.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "../build/catalogue.rs"]
mod catalogue;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use compiler::reading::{Counts, MAX_GRADE, MAX_MEDIAN};
use tell::{ENGLISH, Message};

#[test]
fn what_is_not_understood_is_refused_with_file_and_line() {
    for (source, problem) in [
        ("## Room\n\nfine = Yes\n\n-term = No\n", "en.ftl:5: terms are not understood here"),
        ("## Room\nfine = Yes\n    .title = No\n", "en.ftl:3: attributes are not understood here"),
        ("fine = Yes\n", "en.ftl:1: a message stands in a group, below its `## Name`"),
        ("## Room\nfine-one = Yes\nfine_one = No\n", "en.ftl:3: `fine_one` is there twice"),
        (
            "## Room\nfine = Yes\nfine = { other }\n",
            "en.ftl:3: this form of a placeable is not understood here",
        ),
        (
            "## Room\nfine = { DATETIME($at) }\n",
            "en.ftl:2: the only function here is NUMBER, without options",
        ),
        ("## Room\nfine = { $Name }\n", "en.ftl:2: `$Name`: an argument is written in small letters and _"),
        (
            "## Room\nfine = { $n ->\n    [one] a day\n    [few] some\n   *[other] { NUMBER($n) } days\n }\n",
            "en.ftl:4: a choice has whole numbers and [one] as keys, and *[other] at the end",
        ),
        (
            "## Room\nfine = { $n ->\n    [one] a day\n   *[other] { $n } days\n }\n",
            "en.ftl:4: `$n` is a number in one place and words in another; write NUMBER($n)",
        ),
        ("## Room\nfine = Yes\nbroken = { $a\n", "en.ftl:4: Expected a token starting with \"}\""),
    ] {
        let problems = catalogue::compile("en.ftl", source).unwrap_err();
        assert!(problems.iter().any(|found| found == problem), "{problem}: {problems:?}");
    }
}

#[test]
fn a_number_chooses_and_stands_in_its_sentence() {
    let pain = |days, spell| Message::CoursePain {
        days,
        date: "3 November".into(),
        points: 5,
        spell,
        day: "day 2".into(),
    };
    assert_eq!(pain(0, 1).to_string(), "Pain now: 5 of 10, day 2 since it began");
    assert_eq!(pain(1, 1).to_string(), "Pain yesterday: 5 of 10, day 2 since it began");
    assert_eq!(
        pain(26, 3).to_string(),
        "Pain 26 days ago, on 3 November: 5 of 10, spell 3 of this diary, day 2 since it began"
    );
}

/// Every Rust file and template below a folder, without its tests, by its path.
fn texts(folder: &Path, all: &mut BTreeMap<PathBuf, String>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let is_test =
            ["tests", "testing", "old_records"].iter().any(|part| path.file_stem().unwrap() == *part);
        if path.is_dir() && !is_test {
            texts(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "html") && !is_test {
            let text = std::fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            // A string over several lines is one sentence.
            let lines = text.split("\\\n").map(str::trim_start);
            all.insert(path, lines.collect());
        }
    }
}

/// The code and the templates of these crates.
fn code_of(crates: &[&str]) -> BTreeMap<PathBuf, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let rooms = crates.iter().flat_map(|one| ["src", "templates"].map(|room| root.join(one).join(room)));
    let mut all = BTreeMap::new();
    rooms.filter(|folder| folder.is_dir()).for_each(|folder| texts(&folder, &mut all));
    all
}

#[test]
fn every_message_is_said_somewhere() {
    let all: String = code_of(&["cli", "fhir", "report", "tell", "web"]).into_values().collect();
    for sentence in ENGLISH {
        let name: String =
            sentence.key.split('-').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
        let is_said = all
            .match_indices(&format!("Message::{name}"))
            .any(|(at, found)| !all[at + found.len()..].starts_with(|next: char| next.is_alphanumeric()));
        assert!(is_said, "nothing says `{}`", sentence.key);
    }
}

#[test]
fn what_the_catalogue_says_stands_nowhere_else() {
    let code = code_of(&["app", "care", "cli", "fhir", "report", "store", "web"]);
    for sentence in ENGLISH {
        // Shorter parts may stand in another sentence by chance.
        for part in sentence
            .words
            .split('…')
            .map(|part| part.trim_matches([' ', ':', '.', ';', ',']))
            .filter(|part| part.len() >= 24)
        {
            for (path, text) in &code {
                assert!(!text.contains(part), "{} says `{}` by itself", path.display(), sentence.key);
            }
        }
    }
}

/// As of the book: a group may read at grade 8 at most, and half of them at grade 6. What a
/// clinician reads is left out.
#[test]
fn what_the_program_says_reads_as_easily_as_the_book() {
    let mut rooms: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for sentence in ENGLISH.iter().filter(|sentence| !sentence.room.ends_with("for the clinician")) {
        rooms.entry(sentence.room).or_default().push(sentence.words);
        // One sentence by itself says little about short words; a long one is hard by itself.
        let counts = Counts::of([sentence.words]);
        let is_long = counts.words >= 12;
        assert!(!is_long || counts.grade() <= MAX_GRADE, "{}: {:.1}", sentence.key, counts.grade());
    }
    let mut grades: Vec<(f64, &str)> =
        rooms.into_iter().map(|(room, words)| (Counts::of(words).grade(), room)).collect();
    grades.sort_by(|left, right| left.0.total_cmp(&right.0));
    assert!(
        grades.last().unwrap().0 <= MAX_GRADE && grades[grades.len() / 2].0 <= MAX_MEDIAN,
        "{grades:.1?}"
    );
}
