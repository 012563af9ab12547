//! Explaining what the book knows beside the triage: medicines, habits, the clinic, answers.

use care::{DoseUnit, Guideline};

use super::{claims, sources, stands};
use crate::page;

/// Each explains the block of its kind with this id, if there is one.
pub(super) const EXPLAINERS: [fn(&Guideline, &str) -> bool; 8] =
    [medicine, product, other_medicine, medicine_class, habit, referral, answer, come_back];

fn medicine(guideline: &Guideline, name: &str) -> bool {
    let Some(medicine) = guideline.book().medicines.iter().find(|other| other.id == name) else {
        return false;
    };
    page::heading(&format!("Medicine {name}: {}", medicine.name));
    stands(&medicine.place);
    let unit = match medicine.unit {
        DoseUnit::Milligrams => "mg",
        DoseUnit::Applications => "applications",
    };
    let limits = format!(
        "{} to {} {unit} at one time, at least {} apart, at most {} {unit} in 24 hours, {} days, from {} years",
        medicine.single_usual,
        medicine.single_most,
        medicine.interval,
        medicine.max_24h,
        medicine.max_days,
        medicine.min_age
    );
    page::point("•", &limits);
    if let Some(because) = &medicine.not_for_because {
        page::point("•", &format!("Never for the back: {because}"));
    }
    for (word, cautions) in [("Never if", &medicine.block), ("Ask first if", &medicine.ask_first)] {
        for caution in cautions {
            page::point(
                "•",
                &format!("{word} {}: {}", caution.condition.text(guideline.book()), caution.because),
            );
        }
    }
    claims(&medicine.claims);
    sources(guideline, &medicine.sources);
    true
}

fn product(guideline: &Guideline, name: &str) -> bool {
    let Some(product) = guideline.book().products.iter().find(|other| other.id == name) else { return false };
    page::heading(&format!("Product {name}: {}", product.name));
    stands(&product.place);
    for (ingredient, amount) in &product.contains {
        page::point("•", &format!("{amount} mg (or applications) of {ingredient} in one {}", product.unit));
    }
    if !product.others.is_empty() {
        page::point("•", &format!("Also contains: {}", product.others.join(", ")));
    }
    let limits = product.limits_words();
    if !limits.is_empty() {
        page::point("•", &format!("The pack says: {limits}"));
    }
    if let Some(note) = &product.note {
        page::point("•", note);
    }
    claims(&product.claims);
    sources(guideline, &product.sources);
    true
}

fn other_medicine(guideline: &Guideline, name: &str) -> bool {
    let Some(other) = guideline.book().other_medicines.iter().find(|other| other.id == name) else {
        return false;
    };
    page::heading(&format!("Medicine {name}: {}", other.name()));
    stands(&other.place);
    let names = other.names.join(", ");
    page::point(
        "•",
        &format!("Counts as {}; shuts others of the kind for {} h", other.class.id(), other.shuts.get()),
    );
    page::point("•", &format!("Names: {names}"));
    if let Some(note) = &other.note {
        page::point("•", note);
    }
    claims(&other.claims);
    sources(guideline, &other.sources);
    true
}

fn medicine_class(guideline: &Guideline, name: &str) -> bool {
    let Some(class) = guideline.book().medicine_classes.iter().find(|other| other.class.id() == name) else {
        return false;
    };
    page::heading(&format!("Class {name}: {}", class.name));
    stands(&class.place);
    if let (Some(urgency), Some(because)) = (class.ask_first_from, &class.ask_first_because) {
        page::point("•", &format!("Ask first from {urgency} on: {because}"));
    }
    sources(guideline, &class.sources);
    true
}

fn come_back(guideline: &Guideline, name: &str) -> bool {
    let Some(line) = guideline.book().come_back.iter().find(|other| other.id == name) else { return false };
    page::heading(&format!("Come back if {}", line.says));
    stands(&line.place);
    for finding in &line.covers {
        page::point("•", &format!("Stands for: {}", guideline.finding(*finding).label));
    }
    if let Some(urgency) = line.standing {
        page::point("•", &format!("On every card below {urgency}"));
    }
    sources(guideline, &line.sources);
    true
}

fn habit(guideline: &Guideline, name: &str) -> bool {
    let Some(habit) = guideline.book().habits.iter().find(|other| other.id == name) else { return false };
    page::heading(&format!("Habit {name}: {}", habit.name));
    stands(&habit.place);
    page::point("•", &habit.why);
    page::point("•", &format!("When: {}, {} each time", habit.schedule, habit.duration));
    for (word, condition) in [("Only if", &habit.offer), ("Not if", &habit.avoid)] {
        if let Some(condition) = condition {
            page::point("•", &format!("{word}: {}", condition.text(guideline.book())));
        }
    }
    page::point("•", &format!("Strength: {}", habit.strength.words()));
    claims(&habit.claims);
    sources(guideline, &habit.sources);
    true
}

fn referral(guideline: &Guideline, name: &str) -> bool {
    let Some(referral) = guideline.book().referrals.iter().find(|other| other.id == name) else {
        return false;
    };
    page::heading(&format!("Referral {name}: {}", referral.name));
    stands(&referral.place);
    page::point("•", &format!("For the person: {}", referral.for_person));
    page::point("•", &format!("For the clinician: {}", referral.for_clinician));
    for (word, condition) in [("Advised if", &referral.offer), ("Not if", &referral.avoid)] {
        if let Some(condition) = condition {
            page::point("•", &format!("{word}: {}", condition.text(guideline.book())));
        }
    }
    for (word, evidence) in [("For it", &referral.evidence_for), ("Against it", &referral.evidence_against)] {
        if let Some(evidence) = evidence {
            page::point("•", &format!("{word}: {evidence}"));
        }
    }
    claims(&referral.claims);
    sources(guideline, &referral.sources);
    true
}

fn answer(guideline: &Guideline, name: &str) -> bool {
    let Some(answer) = guideline.book().answers.iter().find(|other| other.id == name) else { return false };
    page::heading(&format!("Answer {name}"));
    stands(&answer.place);
    page::point("•", &answer.says);
    page::point("•", &format!("Asked as: {}", answer.asks.join(" / ")));
    page::point("•", &format!("See also: {}", answer.see.join(", ")));
    claims(&answer.claims);
    sources(guideline, &answer.sources);
    true
}
