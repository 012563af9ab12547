//! Explaining what the book knows beside the triage: medicines, habits, the clinic, answers.

use care::{
    Block, BodyPlace, Checkpoint, ClassWords, ComeBackLine, Curve, CurveLine, DoseUnit, Guideline, Habit,
    KnownAnswer, Medicine, OtherMedicine, Product, Referral,
};

use crate::page;

pub(super) fn medicine(guideline: &Guideline, medicine: &Medicine) {
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
        page::point("•", format!("Never for the back: {because}"));
    }
    for (word, cautions) in [("Never if", &medicine.block), ("Ask first if", &medicine.ask_first)] {
        for caution in cautions {
            page::point(
                "•",
                format!("{word} {}: {}", caution.condition.text(guideline.book()), caution.because),
            );
        }
    }
}

pub(super) fn product(product: &Product) {
    for (ingredient, amount) in &product.contains {
        page::point(
            "•",
            format!("{amount} mg (or applications) of {ingredient} in one {}", product.unit.id()),
        );
    }
    if !product.others.is_empty() {
        page::point("•", format!("Also contains: {}", product.others.join(", ")));
    }
    if let Some(limits) = tell::medicine::limits_of(product) {
        page::point("•", format!("The pack says: {limits}"));
    }
    if let Some(note) = &product.note {
        page::point("•", note);
    }
}

pub(super) fn other_medicine(other: &OtherMedicine) {
    let names = other.names.join(", ");
    page::point(
        "•",
        format!("Counts as {}; shuts others of the kind for {} h", other.class.id(), other.shuts.get()),
    );
    page::point("•", format!("Names: {names}"));
    if let Some(note) = &other.note {
        page::point("•", note);
    }
}

pub(super) fn medicine_class(class: &ClassWords) {
    if let (Some(urgency), Some(because)) = (class.ask_first_from, &class.ask_first_because) {
        page::point("•", format!("Ask first from {urgency} on: {because}"));
    }
}

pub(super) fn come_back(guideline: &Guideline, line: &ComeBackLine) {
    for finding in &line.covers {
        page::point("•", format!("Stands for: {}", guideline.finding(*finding).label));
    }
    if let Some(short) = &line.short {
        page::point("•", format!("In few words: {short}"));
    }
    for part in &line.already {
        page::point("•", format!("Where it is there already, in place of {:?}: {}", part.says, part.instead));
    }
    if let Some(lead) = line.joins {
        let lead = &guideline.book().come_back[lead.index()];
        page::point("•", format!("Told together with: {}", lead.says));
    }
    if let Some(urgency) = line.standing {
        page::point("•", format!("On every card below {urgency}"));
    }
}

pub(super) fn habit(guideline: &Guideline, habit: &Habit) {
    page::point("•", &habit.why);
    page::point("•", format!("When: {}, {} each time", habit.schedule, habit.duration));
    for (word, condition) in [("Only if", &habit.offer), ("Not if", &habit.avoid)] {
        if let Some(condition) = condition {
            page::point("•", format!("{word}: {}", condition.text(guideline.book())));
        }
    }
    page::point("•", format!("Strength: {}", habit.strength.words()));
}

pub(super) fn referral(guideline: &Guideline, referral: &Referral) {
    page::point("•", format!("For the person: {}", referral.for_person));
    page::point("•", format!("For the clinician: {}", referral.for_clinician));
    for (word, condition) in [("Advised if", &referral.offer), ("Not if", &referral.avoid)] {
        if let Some(condition) = condition {
            page::point("•", format!("{word}: {}", condition.text(guideline.book())));
        }
    }
    for (word, evidence) in [("For it", &referral.evidence_for), ("Against it", &referral.evidence_against)] {
        if let Some(evidence) = evidence {
            page::point("•", format!("{word}: {evidence}"));
        }
    }
}

pub(super) fn answer(guideline: &Guideline, answer: &KnownAnswer) {
    page::point("•", &answer.says);
    let seen = answer.see.iter().filter_map(|id| guideline.book().block(*id)).map(Block::full_name);
    page::point("•", format!("Asked as: {}", answer.asks.join(" / ")));
    page::point("•", format!("See also: {}", seen.collect::<Vec<_>>().join(", ")));
}

pub(super) fn body_place(guideline: &Guideline, place: &BodyPlace) {
    page::point("•", format!("Belongs to: {}", guideline.finding(place.finding).id));
    page::point("•", format!("On the map: {}, {}", place.part.id(), place.side.id()));
}

pub(super) fn curve(curve: &Curve) {
    for line in &curve.lines {
        let share = |week: f64| format!("{:.2} in week {week}", line.share(week));
        let kind = match line {
            CurveLine::Points(_) => "Points",
            CurveLine::Falls { .. } => "Fit",
        };
        let shares = [1.0, 2.0, 4.0, 6.0, 12.0, 26.0, 52.0].map(share).join(", ");
        page::point("•", format!("{kind}: {shares}, of the pain at the start"));
    }
    page::point("•", format!("Below it: {}", curve.below));
    if let Some(above) = &curve.above {
        page::point("•", format!("Above it: {above}"));
    }
}

pub(super) fn checkpoint(checkpoint: &Checkpoint) {
    page::point("•", format!("Day {}: {}", checkpoint.day, checkpoint.expect));
}
