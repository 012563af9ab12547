//! Each theorem is seen to fail: a guideline is broken in one place, in what its text says or in
//! what decides by it, and the theorem that must notice does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use care::{Book, Comparison, Condition, Cutoff, FindingId, Guideline, Rule, Urgency};
use prove::{NUMBERS, Subject, prove};
use support::guideline;

/// Where a fault is.
#[derive(Clone, Copy, PartialEq)]
enum In {
    /// In the book itself: its text says so, and the program does it.
    TheBook,
    /// Only in what decides: the text says something else.
    TheProgram,
}

/// A fault, and the theorem that must find it.
struct Fault {
    what: &'static str,
    place: In,
    theorem: u8,
    /// What the failure must be about.
    about: &'static str,
    breaks: fn(&mut Book),
}

const FAULTS: &[Fault] = &[
    Fault {
        what: "an emergency is called a matter of days",
        place: In::TheProgram,
        theorem: 1,
        about: "rule saddle_numbness",
        breaks: |book| {
            let rule = rule(book, "saddle_numbness");
            (rule.urgency, rule.if_not_sure) = (Urgency::SeeSoon, Urgency::SeeSoon);
        },
    },
    Fault {
        what: "a danger sign that counts alone counts for nothing",
        place: In::TheProgram,
        theorem: 1,
        about: "finding weight_loss",
        breaks: |book| rule(book, "weight_loss").when = Condition::Or(Vec::new()),
    },
    Fault {
        what: "a danger sign stands under a not",
        place: In::TheBook,
        theorem: 2,
        about: "finding fever",
        breaks: |book| {
            let fever = Condition::Not(Box::new(yes(book, "fever")));
            let rule = rule(book, "bone_sore");
            rule.when = Condition::And(vec![rule.when.clone(), fever]);
        },
    },
    Fault {
        what: "not sure counts as nothing where a no would not",
        place: In::TheBook,
        theorem: 2,
        about: "finding fever",
        breaks: |book| {
            let fever = Condition::Not(Box::new(yes(book, "fever")));
            let rule = rule(book, "over_70");
            (rule.when, rule.if_not_sure) = (fever, Urgency::SelfCare);
        },
    },
    Fault {
        what: "a rule promises more than its text",
        place: In::TheProgram,
        theorem: 3,
        about: "rule meningitis_signs",
        breaks: |book| {
            let fever = yes(book, "fever");
            rule(book, "meningitis_signs").when = fever;
        },
    },
    Fault {
        what: "a rule forgets what not sure means",
        place: In::TheProgram,
        theorem: 3,
        about: "rule meningitis_signs",
        breaks: |book| rule(book, "meningitis_signs").if_not_sure = Urgency::SelfCare,
    },
    Fault {
        what: "a sign is on no screen, so that the interview ends before it was asked",
        place: In::TheBook,
        theorem: 4,
        about: "ending below the level see_soon that could still come",
        breaks: |book| {
            let sign = named(book, "weight_loss");
            for question in &mut book.questions {
                question.shows.retain(|shown| *shown != sign);
            }
        },
    },
    Fault {
        what: "a reason against a remedy is lost",
        place: In::TheProgram,
        theorem: 5,
        about: "`avoid` of remedy.heat",
        breaks: |book| {
            let heat = book.remedies.iter_mut().find(|remedy| remedy.id == "heat").unwrap();
            heat.avoid = Some(Condition::Or(Vec::new()));
        },
    },
    Fault {
        what: "a caution of a painkiller tests something else",
        place: In::TheProgram,
        theorem: 5,
        about: "`block` of medicine.ibuprofen_us",
        breaks: |book| {
            let fever = yes(book, "fever");
            let ibuprofen = book.medicines.iter_mut().find(|medicine| medicine.id == "ibuprofen_us").unwrap();
            ibuprofen.block[0].condition = fever;
        },
    },
    Fault {
        what: "a remedy is shown to people who should be seen today",
        place: In::TheProgram,
        theorem: 5,
        about: "`up_to` of remedy.self_massage",
        breaks: |book| {
            let massage = book.remedies.iter_mut().find(|remedy| remedy.id == "self_massage").unwrap();
            massage.up_to = Urgency::SameDay;
        },
    },
    Fault {
        what: "two rules together cover a third one",
        place: In::TheBook,
        theorem: 6,
        about: "rule known_nerve_finding",
        breaks: |book| {
            let both = vec![yes(book, "saddle_numbness"), yes(book, "balance_loss")];
            rule(book, "known_nerve_finding").when = Condition::Or(both);
        },
    },
    Fault {
        what: "a question on which nothing rests any more",
        place: In::TheBook,
        theorem: 6,
        about: "finding stiff_before",
        breaks: |book| {
            let stiff_before = named(book, "stiff_before");
            for rule in &mut book.rules {
                rule.when = without(&rule.when, stiff_before);
            }
        },
    },
    Fault {
        what: "the guard knows a larger limit of a day than the book",
        place: In::TheProgram,
        theorem: 7,
        about: "medicine.acetaminophen_us",
        breaks: |book| {
            let limited =
                book.medicines.iter_mut().find(|medicine| medicine.id == "acetaminophen_us").unwrap();
            limited.max_24h += limited.single_most;
        },
    },
    Fault {
        what: "the guard keeps two anti-inflammatories apart for one hour only",
        place: In::TheProgram,
        theorem: 7,
        about: "two anti-inflammatories, region.us",
        breaks: |book| {
            let shut = book.thresholds.iter_mut().find(|threshold| threshold.cutoff == Cutoff::KindShut);
            shut.unwrap().value = 1.0;
        },
    },
    Fault {
        what: "a comparison is off by one",
        place: In::TheProgram,
        theorem: 8,
        about: "`when` of rule.beyond_day_14",
        breaks: |book| {
            let Condition::Compare(finding, _, value) = rule(book, "beyond_day_14").when else { panic!() };
            rule(book, "beyond_day_14").when = Condition::Compare(finding, Comparison::Greater, value);
        },
    },
    Fault {
        what: "a sentence is lost on the way into the file",
        place: In::TheProgram,
        theorem: 8,
        about: "the book as one file",
        breaks: |book| rule(book, "fever").because.clear(),
    },
    Fault {
        what: "a part of a condition is lost",
        place: In::TheProgram,
        theorem: 8,
        about: "`when` of rule.over_70",
        breaks: |book| {
            let Condition::And(parts) = &mut rule(book, "over_70").when else { panic!() };
            parts.pop();
        },
    },
    Fault {
        what: "stress moves the level",
        place: In::TheProgram,
        theorem: 9,
        about: "rule bone_sore",
        breaks: |book| {
            let stressed = yes(book, "stressed");
            let rule = rule(book, "bone_sore");
            rule.when = Condition::Or(vec![rule.when.clone(), stressed]);
        },
    },
    Fault {
        what: "a sign to come back for has no words",
        place: In::TheBook,
        theorem: 10,
        about: "finding saddle_numbness",
        breaks: |book| {
            let sign = named(book, "saddle_numbness").index();
            book.findings[sign].come_back = None;
        },
    },
    Fault {
        what: "a change that raises the level is not noticed",
        place: In::TheProgram,
        theorem: 10,
        about: "finding weight_loss",
        breaks: |book| rule(book, "weight_loss").when = Condition::Or(Vec::new()),
    },
    Fault {
        what: "a pain that eases is worse",
        place: In::TheBook,
        theorem: 10,
        about: "finding pain_now as it falls",
        breaks: |book| {
            let less = Condition::Compare(named(book, "pain_now"), Comparison::Less, 8);
            rule(book, "bone_sore").when = less;
        },
    },
];

/// What a theorem says of a fault, where it does not find it.
fn missed(sound: &Guideline, fault: &Fault) -> Option<String> {
    let mut book = sound.book().clone();
    (fault.breaks)(&mut book);
    assert!(book != *sound.book(), "{}: nothing was broken", fault.what);
    let broken = Guideline::new(book).unwrap();
    let text = if fault.place == In::TheBook { broken.book() } else { sound.book() };
    let report = prove(Subject { text, guideline: &broken }, fault.theorem).unwrap();
    let found: Vec<&str> = report.failures.iter().map(|failure| failure.about.as_str()).collect();
    let is_found = found.contains(&fault.about);
    (!is_found).then(|| format!("theorem {} misses: {} (it finds {found:?})", fault.theorem, fault.what))
}

#[test]
fn every_fault_is_found() {
    let sound = guideline();
    let (left, right) = FAULTS.split_at(FAULTS.len() / 2);
    let missed: Vec<String> = std::thread::scope(|scope| {
        let halves = [left, right].map(|half| {
            let sound = &sound;
            scope.spawn(move || half.iter().filter_map(|fault| missed(sound, fault)).collect::<Vec<_>>())
        });
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(NUMBERS.iter().all(|number| FAULTS.iter().any(|fault| fault.theorem == *number)));
}

/// A counterexample is a vignette that can be kept as it is, and the fault makes it fail.
#[test]
fn a_counterexample_is_a_vignette() {
    let sound = guideline();
    let mut book = sound.book().clone();
    (FAULTS[0].breaks)(&mut book);
    let broken = Guideline::new(book).unwrap();
    let report = prove(Subject { text: sound.book(), guideline: &broken }, 1).unwrap();
    let text = report.failures.iter().find_map(|failure| failure.vignette.as_ref()).unwrap();
    let kept = |guideline: &Guideline| {
        let read = compiler::vignette("counterexample.md", text, guideline);
        read.unwrap_or_else(|problems| panic!("{problems:?}\n{text}"))
    };
    assert!(!kept(&broken).check(&broken).is_empty(), "{text}");
    assert!(kept(&sound).check(&sound).is_empty(), "{text}");
    // One sign, and what everybody is asked.
    let told = text.lines().filter(|line| line.starts_with("answers.") && line.ends_with("\"yes\"")).count();
    assert_eq!(told, 1, "{text}");
}

fn named(book: &Book, id: &str) -> FindingId {
    let index = book.findings.iter().position(|finding| finding.id == id).unwrap();
    FindingId(index.try_into().unwrap())
}

fn yes(book: &Book, id: &str) -> Condition {
    Condition::Yes(named(book, id))
}

fn rule<'b>(book: &'b mut Book, id: &str) -> &'b mut Rule {
    book.rules.iter_mut().find(|rule| rule.id == id).unwrap()
}

/// The condition, in which the finding never holds.
fn without(condition: &Condition, finding: FindingId) -> Condition {
    let all = |parts: &[Condition]| parts.iter().map(|part| without(part, finding)).collect();
    match condition {
        Condition::Yes(tested) if *tested == finding => Condition::Or(Vec::new()),
        Condition::And(parts) => Condition::And(all(parts)),
        Condition::Or(parts) => Condition::Or(all(parts)),
        Condition::AtLeast(needed, parts) => Condition::AtLeast(*needed, all(parts)),
        Condition::Not(inner) => Condition::Not(Box::new(without(inner, finding))),
        other => other.clone(),
    }
}
