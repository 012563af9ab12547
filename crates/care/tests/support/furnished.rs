//! A random book with at least one block of every kind, and references of every sort.

use care::{
    AlreadyThere, AskedBefore, BlockId, BodyPart, BodyPlace, Book, CauseKind, Caution, Claim, ClassWords,
    ComeBackLine, Condition, Disagreement, DisagreementId, DoseUnit, FindingId, Guideline, HabitId, Hears,
    Joint, KnownAnswer, Medicine, MedicineClass, NotFollowed, OtherMedicine, OutcomeId, Pace, PackLimits,
    PackUnit, Picture, Place, Pose, PoseId, Position, Product, Referral, ReferralKind, Region, RegionId,
    RemedyId, Rule, RuleId, Seconds, Seen, Side, Signs, Source, SourceId, SourceKind, Spot, Topic, Urgency,
    Weight, WordClass, Words,
};

use super::Tape;
use super::books::{remedy, rule, yes};
use super::knowledge::{cause, checkpoint, contributor, curves, habit, ranked, referral};

/// The only source of a furnished book.
const SOURCE: SourceId = SourceId(0);

/// The first finding is a yes/no finding in every random book; nothing that is
/// added here is asked, so the interview stays as it was.
pub(crate) fn furnished(guideline: &Guideline, tape: &mut Tape) -> Book {
    let mut book = guideline.book().clone();
    let condition = || yes(0);
    book.sources = vec![source()];
    book.claims = vec![claim("S1-001"), claim("S1-002")];
    book.regions = vec![region()];
    book.words = words().into();
    book.remedies.push(remedy("heat", Urgency::Routine, Some(condition()), Some(condition())));
    let heat = BlockId::Remedy(RemedyId(u16::try_from(book.remedies.len() - 1).unwrap()));
    book.causes = vec![
        contributor("work", condition(), &[heat, BlockId::Habit(HabitId(0))]),
        ranked("disc", 50.0, &[(condition(), 2.0, 0.5)]),
        cause("kidney", CauseKind::Mimic),
    ];
    book.causes[1].not_likely_if = Some(condition());
    book.causes[1].goes_with = vec![care::CauseId(2)];
    book.causes[1].base_rate_sources = vec![SOURCE];
    book.causes[1].evidence[0].sources = vec![SOURCE];
    let told = book.outcomes.iter().position(|outcome| outcome.urgency == Urgency::SameDay);
    let told = OutcomeId(u16::try_from(told.unwrap()).unwrap());
    let own = rule("own", condition(), Urgency::SameDay, Urgency::SelfCare);
    book.rules.push(Rule { suspect: Some(care::CauseId(1)), tells: Some(told), ..own });
    book.rules.push(rule("through", Condition::Rule(RuleId(0)), Urgency::Routine, Urgency::SelfCare));
    book.findings[0].hears = vec![Hears { option: None, pattern: "<hurt> badly".to_owned() }].into();
    book.findings[0].heard_with = vec![FindingId(1)];
    book.habits = vec![habit("walk", Some(condition()), Some(condition()))];
    book.habits[0].for_causes = vec![care::CauseId(0)];
    let scan = referral("scan", ReferralKind::Imaging);
    book.referrals = vec![Referral { offer: Some(condition()), avoid: Some(condition()), ..scan }];
    book.come_back = vec![come_back()];
    book.medicines = vec![medicine()];
    book.products = vec![product()];
    book.other_medicines = vec![other_medicine()];
    book.medicine_classes = vec![class()];
    book.disagreements = vec![disagreement()];
    book.answers = vec![answer(RuleId(u16::try_from(tape.pick(book.rules.len())).unwrap()))];
    book.body_places = vec![BodyPlace {
        id: "back_left".to_owned(),
        place: Place::default(),
        name: "Back, left".to_owned(),
        finding: FindingId(0),
        side: Side::Left,
        part: BodyPart::LowBack,
    }];
    book.curves = curves();
    book.checkpoints = vec![checkpoint(14)];
    book.poses = vec![Pose {
        id: "lying".to_owned(),
        place: Place::default(),
        seen: Seen::Side,
        angles: [[0; 2]; Joint::ALL.len()],
        rests: Vec::new(),
        pillows: Vec::new(),
        things: Vec::new(),
    }];
    let lying = || Picture { poses: vec![PoseId(0)], alt: "Lying.".to_owned(), mark: None };
    book.remedies.iter_mut().for_each(|remedy| remedy.picture = Some(lying()));
    book.habits.iter_mut().for_each(|habit| habit.steps[0].picture = Some(lying()));
    let signs = Signs { says: "It hurts.".to_owned(), covers: vec![FindingId(0)] };
    book.remedies.iter_mut().for_each(|remedy| {
        remedy.at_once = Some(vec![signs.clone()]);
        remedy.from = Spot::ALL.to_vec();
        remedy.first_while = Some(condition());
        remedy.steps[0].breathe = Some(Pace { breath_in: 4, breath_out: 6 });
        remedy.steps[0].only_from = Some(Spot::Bed);
    });
    book.outcomes.iter_mut().for_each(|outcome| outcome.red_lines = vec![signs.clone()]);
    book.not_followed = vec![NotFollowed {
        id: "left_out".to_owned(),
        place: Place::default(),
        claims: vec!["S1-002".to_owned()],
        because: String::new(),
    }];
    cite_everywhere(&mut book);
    book
}

fn cite_everywhere(book: &mut Book) {
    let claims = || vec!["S1-001".to_owned()];
    book.findings.iter_mut().for_each(|block| (block.sources, block.claims) = (vec![SOURCE], claims()));
    book.questions.iter_mut().for_each(|block| block.sources = vec![SOURCE]);
    book.rules.iter_mut().for_each(|block| (block.sources, block.claims) = (vec![SOURCE], claims()));
    book.causes.iter_mut().for_each(|block| (block.sources, block.claims) = (vec![SOURCE], claims()));
    book.remedies.iter_mut().for_each(|block| (block.sources, block.claims) = (vec![SOURCE], claims()));
    book.outcomes.iter_mut().for_each(|block| (block.sources, block.claims) = (vec![SOURCE], claims()));
    book.habits.iter_mut().for_each(|block| (block.sources, block.claims) = (vec![SOURCE], claims()));
    book.curves.iter_mut().for_each(|block| block.sources = vec![SOURCE]);
    book.thresholds.iter_mut().for_each(|block| block.sources = vec![SOURCE]);
    book.checkpoints.iter_mut().for_each(|block| block.sources = vec![SOURCE]);
    book.referrals.iter_mut().for_each(|block| (block.sources, block.claims) = (vec![SOURCE], claims()));
}

fn source() -> Source {
    Source {
        id: "judgement".to_owned(),
        at: None,
        title: "Our own".to_owned(),
        year: None,
        link: String::new(),
        kind: SourceKind::Judgement,
        weight: Weight::Low,
    }
}

fn claim(id: &str) -> Claim {
    Claim {
        id: id.to_owned(),
        section: String::new(),
        kind: String::new(),
        statement: String::new(),
        parameters: String::new(),
        system_behaviour: String::new(),
    }
}

fn region() -> Region {
    Region {
        id: "us".to_owned(),
        place: Place::default(),
        name: "US".to_owned(),
        emergency: "911".to_owned(),
        advice: None,
        crisis: None,
        poison: None,
        maternity: None,
        abuse: None,
        sources: vec![SOURCE],
    }
}

fn words() -> Words {
    let class = |name: &str, words: &[&str]| WordClass {
        name: name.to_owned(),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    let topic = Topic {
        id: "warmth".to_owned(),
        asks: vec!["<hurt>".to_owned()],
        shows: vec!["remedy.heat".to_owned(), "medicine".to_owned()],
        off_topic: false,
    };
    let asked = AskedBefore {
        question: "does warmth help".to_owned(),
        shows: vec!["remedy.heat".to_owned()],
        dangers: Vec::new(),
    };
    let mut words = Words::default();
    words.asked.push(asked);
    words.classes.extend([class("hurt", &["hurt", "<sore>"]), class("sore", &["sore"])]);
    words.sealed.push("sore".to_owned());
    words.topics.push(topic);
    words
}

fn come_back() -> ComeBackLine {
    ComeBackLine {
        id: "worse".to_owned(),
        place: Place::default(),
        says: "it is worse".to_owned(),
        short: Some("worse".to_owned()),
        joins: None,
        covers: vec![FindingId(0)],
        already: vec![AlreadyThere {
            says: "it is".to_owned(),
            covers: vec![FindingId(0)],
            instead: "it gets".to_owned(),
        }],
        standing: None,
        sources: vec![SOURCE],
    }
}

fn caution() -> Caution {
    Caution { condition: yes(0), because: String::new(), sources: vec![SOURCE] }
}

fn medicine() -> Medicine {
    Medicine {
        id: "ibuprofen_us".to_owned(),
        place: Place::default(),
        ingredient: "ibuprofen".to_owned(),
        name: "Ibuprofen".to_owned(),
        also: Vec::new(),
        region: RegionId(0),
        class: MedicineClass::Nsaid,
        single_usual: 200,
        single_most: 400,
        unit: DoseUnit::Milligrams,
        interval: Seconds::new(6 * 3_600).unwrap(),
        max_24h: 1_200,
        overdose_24h: None,
        tablet: None,
        most_says: None,
        wears: None,
        daily: None,
        max_days: 10,
        min_age: 12,
        not_for_because: None,
        block: vec![caution()],
        ask_first: vec![caution()],
        warn: Vec::new(),
        label_source: SOURCE,
        label_date: None,
        sources: vec![SOURCE],
        claims: vec!["S1-001".to_owned()],
    }
}

fn product() -> Product {
    Product {
        id: "brand".to_owned(),
        place: Place::default(),
        name: "Brand".to_owned(),
        also: Vec::new(),
        regions: vec![RegionId(0)],
        contains: vec![("ibuprofen".to_owned(), 200)],
        others: Vec::new(),
        unit: PackUnit::Tablet,
        limits: PackLimits { label_source: Some(SOURCE), ..PackLimits::default() },
        note: None,
        sources: vec![SOURCE],
        claims: vec!["S1-001".to_owned()],
    }
}

fn other_medicine() -> OtherMedicine {
    OtherMedicine {
        id: "diclofenac".to_owned(),
        place: Place::default(),
        names: vec!["diclofenac".to_owned()],
        class: MedicineClass::Nsaid,
        shuts: care::Hours::DAY,
        note: None,
        sources: vec![SOURCE],
        claims: vec!["S1-001".to_owned()],
    }
}

fn class() -> ClassWords {
    ClassWords {
        class: MedicineClass::Nsaid,
        place: Place::default(),
        name: "an anti-inflammatory".to_owned(),
        ask_first_from: None,
        ask_first_because: None,
        sources: vec![SOURCE],
    }
}

fn disagreement() -> Disagreement {
    let position = |says: &str| Position { says: says.to_owned(), sources: vec![SOURCE] };
    Disagreement {
        id: "warm_or_cold".to_owned(),
        place: Place::default(),
        topic: "Heat".to_owned(),
        about: vec![RemedyId(0)],
        about_others: vec![BlockId::Habit(HabitId(0))],
        positions: vec![position("Yes."), position("No.")],
        we_do: String::new(),
        because: String::new(),
    }
}

fn answer(danger: RuleId) -> KnownAnswer {
    KnownAnswer {
        id: "is_it_heat".to_owned(),
        place: Place::default(),
        asks: vec!["does heat help".to_owned()],
        says: "Some.".to_owned(),
        see: vec![BlockId::Remedy(RemedyId(0))],
        danger: Some(danger),
        disagreement: Some(DisagreementId(0)),
        sources: vec![SOURCE],
        claims: vec!["S1-001".to_owned()],
    }
}
