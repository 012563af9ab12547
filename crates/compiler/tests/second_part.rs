//! Causes with odds, medicines, products, habits, referrals, answers and claims come out resolved.

mod support;

use care::{
    Appropriateness, BlockKind, Condition, ConditionKey, DoseUnit, MedicineClass, ReferralKind, Seconds,
    SourceId, Urgency,
};
use compiler::{SourceFile, claimed};
use support::{compiled, lay_over};

const OVERLAY: &str = r#"
=== topic.md
# Topic

```toml
[cause.hard_work]
kind = "contributor"
name = "hard work"
explain = "Work can tire the back."
when = "trigger = 'lifting'"
helps = ["warm_pack", "walk"]
sources = ["book_2020"]
```

```toml
[cause.worn_joint]
kind = "condition"
name = "a worn joint"
explain = "It is common."
base_rate = 50
base_rate_sources = ["design_judgement"]
evidence = [{ if = "age >= 50", yes = 1.5, no = 1, sources = ["book_2020"] }]
confirm = "A doctor looks at it."
sources = ["book_2020"]
```

Walking keeps you well.

```toml
[habit.walk]
name = "Walk"
offer = "not bruise"
schedule = "FREQ=WEEKLY;BYDAY=MO,TH"
minutes = 30
why = "It keeps you well."
steps = [{ do = "Walk.", timer = "30 min" }]
strength = "helps"
for_causes = ["hard_work"]
sources = ["book_2020"]
claims = ["S1-004"]
```

One tablet, six hours apart.

```toml
[medicine.ibuprofen_anywhere]
ingredient = "ibuprofen"
name = "Ibuprofen"
region = "anywhere"
class = "nsaid"
single = { usual = 200, most = 400 }
interval = "6 h"
max_24h = 1200
max_days = 10
min_age = 12
block = [{ if = "blood_thinner", because = "You could bleed.", sources = ["book_2020"] }]
ask_first = [{ if = "age >= 75", because = "Ask first.", sources = ["design_judgement"] }]
warn = ["Take the least that helps."]
label_source = "book_2020"
sources = ["book_2020"]
```

```toml
[product.brand]
name = "Brand"
also = ["brandd"]
region = ["anywhere"]
contains = { ibuprofen = 200 }
others = ["caffeine"]
unit = "tablet"
sources = ["book_2020"]
```

A picture is seldom of use.

```toml
[referral.scan]
kind = "imaging"
name = "A scan"
for_person = "It takes a picture."
for_clinician = "Magnetic resonance imaging of the lumbosacral spine without intravenous contrast medium."
scenario = "No red flags."
modalities = { mri_without = "usually_not" }
sources = ["book_2020"]
```

```toml
[disagreement.scans]
topic = "Scans"
about = ["scan", "warm_pack"]
positions = [
  { says = "Often.", sources = ["book_2020"] },
  { says = "Seldom.", sources = ["design_judgement"] },
]
we_do = "We leave it to the doctor."
because = "It seldom helps."
```

```toml
[answer.heat]
asks = ["is heat good", "warm pack", "heat or cold", "should I warm it", "hot water bottle", "does heat help"]
says = "It helps some."
see = ["remedy.warm_pack", "referral.scan"]
danger = "fever"
disagreement = "scans"
sources = ["book_2020"]
```
"#;

fn overlaid() -> Vec<SourceFile> {
    lay_over(OVERLAY)
}

#[test]
fn odds_and_their_conditions_are_read() {
    let guideline = compiled(&overlaid()).guideline;
    let book = guideline.book();
    let cause = |id: &str| book.causes.iter().find(|cause| cause.id == id).unwrap();
    let trigger = guideline.finding_named("trigger").unwrap();
    assert_eq!(cause("hard_work").when, Some(Condition::Is(trigger, 0)));
    let named = |name: &str| book.block_named(name).unwrap();
    assert_eq!(cause("hard_work").helps, [named("remedy.warm_pack"), named("habit.walk")]);
    let worn = cause("worn_joint");
    assert_eq!(worn.base_rate, Some(50.0));
    assert_eq!((worn.evidence[0].yes, worn.evidence[0].no), (1.5, 1.0));
    assert_eq!(worn.evidence[0].sources, [SourceId(0)]);
    let worn_joint = book.find(BlockKind::Cause, "worn_joint").unwrap();
    assert!(guideline.program().operand(worn_joint.condition(ConditionKey::Evidence(0))).is_some());
}

#[test]
fn doses_and_boxes_are_read() {
    let guideline = compiled(&overlaid()).guideline;
    let medicine = &guideline.book().medicines[0];
    assert_eq!((medicine.class, medicine.unit), (MedicineClass::Nsaid, DoseUnit::Milligrams));
    assert_eq!((medicine.single_usual, medicine.single_most, medicine.max_24h), (200, 400, 1_200));
    assert_eq!(Some(medicine.interval), Seconds::new(6 * 3_600).ok());
    assert_eq!(
        medicine.block[0].condition,
        Condition::Yes(guideline.finding_named("blood_thinner").unwrap())
    );
    assert_eq!(medicine.ask_first[0].sources, [SourceId(1)]);
    let product = &guideline.book().products[0];
    assert_eq!(product.contains, [("ibuprofen".to_owned(), 200)]);
    assert_eq!(
        (product.regions.as_slice(), product.others.as_slice()),
        (&[guideline.region_named("anywhere").unwrap()][..], &["caffeine".to_owned()][..])
    );
}

#[test]
fn habits_referrals_and_answers_point_to_blocks_of_the_book() {
    let guideline = compiled(&overlaid()).guideline;
    let book = guideline.book();
    let habit = &book.habits[0];
    assert_eq!(Some(habit.duration), Seconds::new(1_800).ok());
    assert_eq!(
        (habit.schedule.to_string().as_str(), habit.up_to),
        ("FREQ=WEEKLY;BYDAY=MO,TH", Urgency::SeeSoon)
    );
    let referral = &book.referrals[0];
    assert_eq!((referral.kind, referral.up_to), (ReferralKind::Imaging, Urgency::SameDay));
    assert_eq!(referral.modalities, [("mri_without".to_owned(), Appropriateness::UsuallyNot)]);
    let disagreement = book.disagreements.iter().find(|disagreement| disagreement.id == "scans").unwrap();
    assert_eq!(disagreement.about, [guideline.remedy_named("warm_pack").unwrap()]);
    let named = |name: &str| book.block_named(name).unwrap();
    assert_eq!(disagreement.about_others, [named("referral.scan")]);
    let answer = &book.answers[0];
    assert_eq!(answer.danger, guideline.rule_named("fever"));
    assert_eq!(answer.see, [named("remedy.warm_pack"), named("referral.scan")]);
}

#[test]
fn claims_are_kept_with_the_blocks_that_act_on_them() {
    let guideline = compiled(&overlaid()).guideline;
    let book = guideline.book();
    assert_eq!(book.claims[0].id, "S1-004");
    let acting: Vec<String> = claimed(book)
        .iter()
        .filter(|block| block.claims().contains(&book.claims[0].id))
        .map(|block| block.full_name())
        .collect();
    assert_eq!(acting, ["rule.fever", "habit.walk"]);
}

#[test]
fn what_a_clinician_reads_is_not_measured_and_what_a_person_reads_is() {
    let graded = compiled(&overlaid()).reading.blocks;
    let referral = graded.iter().find(|block| block.id == "scan").unwrap();
    assert!(referral.counts.grade() < 6.0, "{}", referral.counts.grade());
    let medicine = graded.iter().find(|block| block.id == "ibuprofen_anywhere").unwrap();
    // Three sentences: one of each list, and the line always shown.
    assert_eq!(medicine.counts.sentences, 3);
}
