//! What a checked book refers to, it has.

use std::collections::BTreeSet;

use care::{
    AnswerSearch, Answers, BlockId, Book, BrokenBook, ComeBackLineId, Condition, DisagreementId, FindingId,
    FindingKind, Guideline, HabitId, OutcomeId, Passage, RegionId, RemedyId, RuleId, SourceId, Step, causes,
    certify, next, told,
};

use crate::support::Tape;
use crate::support::furnished::furnished;

/// Past the end of every list of a random book.
const NOWHERE: u16 = 9_999;
/// What nothing in a random book is called.
const NOBODY: &str = "nobody";

/// Whichever one reference of a whole book is broken, the book is refused.
pub(crate) fn a_broken_reference_is_refused(guideline: &Guideline, tape: &mut Tape) {
    let sound = furnished(guideline, tape);
    let blocks: Vec<BlockId> = sound.blocks().map(|(id, _)| id).collect();
    let mut breaks: Vec<Break> = blocks.iter().flat_map(|id| breaks(&sound, *id)).collect();
    breaks.extend(breaks_of_conditions(&sound));
    breaks.extend(breaks_of_words());
    let chosen: Vec<usize> = (0..12).map(|_| tape.pick(breaks.len())).collect();
    for index in chosen {
        let mut book = sound.clone();
        let (what, change) = &breaks[index];
        change(&mut book);
        let error = Guideline::new(book).err();
        let is_refused = matches!(error, Some(BrokenBook::Dangling { .. }));
        assert!(is_refused, "{what}: {error:?}");
    }
}

/// What is not refused can be used: nothing that a book refers to is missing later.
pub(crate) fn a_whole_book_answers(guideline: &Guideline, tape: &mut Tape) {
    let guideline = Guideline::new(furnished(guideline, tape)).unwrap();
    let book = guideline.book();
    for (id, block) in book.blocks() {
        assert_eq!(book.find(block.kind(), block.name()), Some(id));
        assert_eq!(id.kind(), block.kind());
        assert_eq!(id.kind().nth(u16::try_from(id.index()).unwrap()), id);
        assert_eq!(book.block_named(&block.full_name()), Some(id));
        for source in block.sources() {
            guideline.source(source);
        }
        let texts = block.texts();
        let keys: BTreeSet<String> = texts.iter().map(|text| text.key.to_string()).collect();
        assert_eq!(keys.len(), texts.len(), "{keys:?}");
    }
    for (id, condition) in book.conditions() {
        assert_eq!(book.condition(id), Some(condition));
        assert!(id.block.kind().condition_keys().iter().any(|key| key.id() == id.key.id()), "{id:?}");
        assert!(guideline.program().operand(id).is_some(), "{id:?}");
    }
    let answers = Answers::none(&guideline);
    causes::next_question(&guideline, &answers);
    if let Step::Done(finished) = next(&guideline, &answers) {
        certify(&finished);
        causes::rank(&finished);
    }
    let reply = AnswerSearch::new(&guideline).ask("does heat help where it is sore", 9);
    let all = (0..book.answers.len()).map(Passage::Answer).chain(reply.hits);
    all.for_each(|passage| drop(told(&guideline, passage)));
}

/// One way to break one reference, and what it is called.
type Break = (String, Box<dyn Fn(&mut Book)>);

fn add(all: &mut Vec<Break>, what: &str, change: impl Fn(&mut Book) + 'static) {
    all.push((what.to_owned(), Box::new(change)));
}

/// Every reference of a block beside those of its conditions, each broken by itself.
fn breaks(book: &Book, id: BlockId) -> Vec<Break> {
    let mut all = Vec::new();
    let index = id.index();
    let nowhere = SourceId(NOWHERE);
    match id {
        BlockId::Finding(_) => of_finding(book, index, &mut all),
        BlockId::Question(_) => {
            add(&mut all, "sources", move |book| book.questions[index].sources = vec![nowhere]);
            add(&mut all, "shows", move |book| book.questions[index].shows[0] = FindingId(NOWHERE));
        }
        BlockId::Rule(_) => {
            add(&mut all, "sources", move |book| book.rules[index].sources.push(nowhere));
            add(&mut all, "claims", move |book| book.rules[index].claims.push(NOBODY.to_owned()));
            add(&mut all, "suspect", move |book| book.rules[index].suspect = Some(care::CauseId(NOWHERE)));
            add(&mut all, "tells", move |book| book.rules[index].tells = Some(OutcomeId(NOWHERE)));
        }
        BlockId::Cause(_) => of_cause(book, index, &mut all),
        BlockId::Remedy(_) => {
            add(&mut all, "sources", move |book| book.remedies[index].sources.push(nowhere));
            add(&mut all, "claims", move |book| book.remedies[index].claims.push(NOBODY.to_owned()));
            add(&mut all, "picture", move |book| {
                book.remedies[index].picture = Some(care::Picture {
                    poses: vec![care::PoseId(NOWHERE)],
                    alt: String::new(),
                    mark: None,
                });
            });
        }
        BlockId::Disagreement(_) => {
            add(&mut all, "about", move |book| book.disagreements[index].about.push(RemedyId(NOWHERE)));
            add(&mut all, "about_others", move |book| {
                book.disagreements[index].about_others.push(BlockId::Habit(HabitId(NOWHERE)));
            });
            add(&mut all, "positions", move |book| {
                book.disagreements[index].positions[1].sources = vec![nowhere];
            });
        }
        BlockId::Outcome(_) => {
            add(&mut all, "sources", move |book| book.outcomes[index].sources.push(nowhere));
            add(&mut all, "claims", move |book| book.outcomes[index].claims.push(NOBODY.to_owned()));
        }
        BlockId::ComeBack(_) => {
            add(&mut all, "sources", move |book| book.come_back[index].sources.push(nowhere));
            add(&mut all, "covers", move |book| book.come_back[index].covers.push(FindingId(NOWHERE)));
            add(&mut all, "already", move |book| {
                book.come_back[index].already[0].covers.push(FindingId(NOWHERE));
            });
            add(&mut all, "joins", move |book| book.come_back[index].joins = Some(ComeBackLineId(NOWHERE)));
        }
        BlockId::Region(_) => {
            add(&mut all, "sources", move |book| book.regions[index].sources.push(nowhere));
        }
        BlockId::Medicine(_) => of_medicine(index, &mut all),
        BlockId::Product(_) => of_product(index, &mut all),
        BlockId::OtherMedicine(_) => {
            add(&mut all, "sources", move |book| book.other_medicines[index].sources.push(nowhere));
            add(&mut all, "claims", move |book| book.other_medicines[index].claims.push(NOBODY.to_owned()));
        }
        BlockId::MedicineClass(_) => {
            add(&mut all, "sources", move |book| book.medicine_classes[index].sources.push(nowhere));
        }
        BlockId::Habit(_) => {
            add(&mut all, "sources", move |book| book.habits[index].sources.push(nowhere));
            add(&mut all, "claims", move |book| book.habits[index].claims.push(NOBODY.to_owned()));
            add(&mut all, "for_causes", move |book| {
                book.habits[index].for_causes.push(care::CauseId(NOWHERE));
            });
        }
        BlockId::Referral(_) => {
            add(&mut all, "sources", move |book| book.referrals[index].sources.push(nowhere));
            add(&mut all, "claims", move |book| book.referrals[index].claims.push(NOBODY.to_owned()));
        }
        BlockId::Answer(_) => of_answer(index, &mut all),
        BlockId::BodyPlace(_) => {
            add(&mut all, "finding", move |book| book.body_places[index].finding = FindingId(NOWHERE));
        }
        BlockId::Curve(_) => {
            add(&mut all, "sources", move |book| book.curves[index].sources.push(nowhere));
        }
        BlockId::Checkpoint(_) => {
            add(&mut all, "sources", move |book| book.checkpoints[index].sources.push(nowhere));
        }
        BlockId::Threshold(_) => {
            add(&mut all, "sources", move |book| book.thresholds[index].sources.push(nowhere));
        }
        // A pose names nothing.
        BlockId::Pose(_) => {}
        BlockId::NotFollowed(_) => {
            add(&mut all, "claims", move |book| book.not_followed[index].claims.push(NOBODY.to_owned()));
        }
    }
    all.into_iter().map(|(what, change)| (format!("{what} of {id:?}"), change)).collect()
}

fn of_finding(book: &Book, index: usize, all: &mut Vec<Break>) {
    add(all, "sources", move |book| book.findings[index].sources.push(SourceId(NOWHERE)));
    add(all, "claims", move |book| book.findings[index].claims.push(NOBODY.to_owned()));
    add(all, "follows_up", move |book| book.findings[index].follows_up = Some(FindingId(NOWHERE)));
    add(all, "heard_with", move |book| book.findings[index].heard_with.push(FindingId(NOWHERE)));
    let hears = |pattern: &str, option| care::Hears { option, pattern: pattern.to_owned() };
    let fits = matches!(book.findings[index].kind, FindingKind::Choice(_)).then_some(0);
    for pattern in [format!("<{NOBODY}>"), "<hurt".to_owned()] {
        add(all, &format!("pattern {pattern}"), move |book| {
            book.findings[index].hears.push(hears(&pattern, fits));
        });
    }
    add(all, "option heard", move |book| book.findings[index].hears.push(hears("<hurt>", Some(9))));
}

fn of_cause(book: &Book, index: usize, all: &mut Vec<Break>) {
    add(all, "sources", move |book| book.causes[index].sources.push(SourceId(NOWHERE)));
    add(all, "base rate", move |book| book.causes[index].base_rate_sources.push(SourceId(NOWHERE)));
    add(all, "claims", move |book| book.causes[index].claims.push(NOBODY.to_owned()));
    add(all, "goes_with", move |book| book.causes[index].goes_with.push(care::CauseId(NOWHERE)));
    add(all, "helps", move |book| book.causes[index].helps.push(BlockId::Habit(HabitId(NOWHERE))));
    for evidence in 0..book.causes[index].evidence.len() {
        add(all, "evidence", move |book| {
            book.causes[index].evidence[evidence].sources = vec![SourceId(NOWHERE)];
        });
    }
}

fn of_medicine(index: usize, all: &mut Vec<Break>) {
    let nowhere = SourceId(NOWHERE);
    add(all, "sources", move |book| book.medicines[index].sources.push(nowhere));
    add(all, "label_source", move |book| book.medicines[index].label_source = nowhere);
    add(all, "block", move |book| book.medicines[index].block[0].sources = vec![nowhere]);
    add(all, "ask_first", move |book| book.medicines[index].ask_first[0].sources = vec![nowhere]);
    add(all, "claims", move |book| book.medicines[index].claims.push(NOBODY.to_owned()));
    add(all, "region", move |book| book.medicines[index].region = RegionId(NOWHERE));
    add(all, "ingredient by name", move |book| book.medicines[index].ingredient = NOBODY.into());
}

fn of_product(index: usize, all: &mut Vec<Break>) {
    let nowhere = SourceId(NOWHERE);
    add(all, "sources", move |book| book.products[index].sources.push(nowhere));
    add(all, "label_source", move |book| book.products[index].limits.label_source = Some(nowhere));
    add(all, "claims", move |book| book.products[index].claims.push(NOBODY.to_owned()));
    add(all, "regions", move |book| book.products[index].regions.push(RegionId(NOWHERE)));
    add(all, "contains", move |book| book.products[index].contains.push((NOBODY.to_owned(), 1)));
}

fn of_answer(index: usize, all: &mut Vec<Break>) {
    add(all, "sources", move |book| book.answers[index].sources.push(SourceId(NOWHERE)));
    add(all, "claims", move |book| book.answers[index].claims.push(NOBODY.to_owned()));
    add(all, "danger", move |book| book.answers[index].danger = Some(RuleId(NOWHERE)));
    add(all, "disagreement", move |book| book.answers[index].disagreement = Some(DisagreementId(NOWHERE)));
    add(all, "see", move |book| book.answers[index].see.push(BlockId::Remedy(RemedyId(NOWHERE))));
}

/// Each condition of the book in turn tests a finding that is not there, in a way
/// that it cannot be tested, or a rule that is not there.
fn breaks_of_conditions(book: &Book) -> Vec<Break> {
    let mut all: Vec<Break> = Vec::new();
    let unfit = [
        Condition::Yes(FindingId(NOWHERE)),
        Condition::Is(FindingId(0), 0),
        Condition::Compare(FindingId(0), care::Comparison::Less, 1),
        Condition::Rule(RuleId(NOWHERE)),
    ];
    for (id, _) in book.conditions() {
        for unfit in unfit.clone() {
            let hidden = Condition::Not(Box::new(Condition::Or(vec![unfit])));
            add(&mut all, &format!("{id:?}"), move |book| *condition_mut(book, id) = hidden.clone());
        }
    }
    all
}

fn condition_mut(book: &mut Book, id: care::ConditionId) -> &mut Condition {
    use care::ConditionKey::{
        AskFirst, Avoid, Block, Evidence, FirstWhile, NotLikelyIf, Offer, OnlyIf, When,
    };
    let index = id.block.index();
    match (id.block, id.key) {
        (BlockId::Question(_), OnlyIf) => &mut book.questions[index].only_if.as_mut().unwrap().condition,
        (BlockId::Rule(_), When) => &mut book.rules[index].when,
        (BlockId::Cause(_), When) => book.causes[index].when.as_mut().unwrap(),
        (BlockId::Cause(_), NotLikelyIf) => book.causes[index].not_likely_if.as_mut().unwrap(),
        (BlockId::Cause(_), Evidence(at)) => &mut book.causes[index].evidence[usize::from(at)].condition,
        (BlockId::Remedy(_), Offer) => book.remedies[index].offer.as_mut().unwrap(),
        (BlockId::Remedy(_), Avoid) => book.remedies[index].avoid.as_mut().unwrap(),
        (BlockId::Remedy(_), FirstWhile) => book.remedies[index].first_while.as_mut().unwrap(),
        (BlockId::Habit(_), Offer) => book.habits[index].offer.as_mut().unwrap(),
        (BlockId::Habit(_), Avoid) => book.habits[index].avoid.as_mut().unwrap(),
        (BlockId::Referral(_), Offer) => book.referrals[index].offer.as_mut().unwrap(),
        (BlockId::Referral(_), Avoid) => book.referrals[index].avoid.as_mut().unwrap(),
        (BlockId::Medicine(_), Block(at)) => &mut book.medicines[index].block[usize::from(at)].condition,
        (BlockId::Medicine(_), AskFirst(at)) => {
            &mut book.medicines[index].ask_first[usize::from(at)].condition
        }
        _ => panic!("a condition of {id:?} is new here"),
    }
}

fn breaks_of_words() -> Vec<Break> {
    let mut all = Vec::new();
    add(&mut all, "class", |book| book.words.classes[0].words.push(format!("<{NOBODY}>")));
    add(&mut all, "sealed", |book| book.words.sealed.push(NOBODY.to_owned()));
    add(&mut all, "asks", |book| book.words.topics[0].asks.push(format!("<{NOBODY}>")));
    add(&mut all, "shows", |book| book.words.topics[0].shows.push(format!("remedy.{NOBODY}")));
    add(&mut all, "asks a side", |book| book.words.topics[0].asks.push(format!("[{NOBODY}] & <hurt>")));
    add(&mut all, "asked", |book| book.words.asked[0].shows.push(format!("remedy.{NOBODY}")));
    add(&mut all, "asked danger", |book| book.words.asked[0].dangers.push(format!("rule.{NOBODY}")));
    all
}
