//! Causes, habits and referrals made by hand, and a finished interview to weigh them in.

use care::{
    Answer, Answers, BlockId, Book, Cause, CauseKind, Checkpoint, Condition, Curve, CurveLine, Edge,
    Evidence, FindingId, Finished, Guideline, Habit, Place, Recurrence, Referral, ReferralKind, Seconds,
    Step, Strength, Urgency, next,
};

use super::books::step;

pub(crate) fn cause(id: &str, kind: CauseKind) -> Cause {
    Cause {
        id: id.to_owned(),
        place: Place::default(),
        kind,
        name: id.to_owned(),
        term: None,
        explain: String::new(),
        base_rate: None,
        base_rate_sources: Vec::new(),
        evidence: Vec::new(),
        not_likely_if: None,
        goes_with: Vec::new(),
        confirm: None,
        when: None,
        daily: false,
        helps: Vec::new(),
        sources: Vec::new(),
        claims: Vec::new(),
    }
}

/// A condition that so many in 1,000 have, with `(condition, ratio if true, ratio if false)`.
pub(crate) fn ranked(id: &str, base_rate: f64, evidence: &[(Condition, f64, f64)]) -> Cause {
    let evidence = evidence
        .iter()
        .map(|(condition, yes, no)| Evidence {
            condition: condition.clone(),
            yes: *yes,
            no: *no,
            defining: false,
            sources: Vec::new(),
        })
        .collect();
    Cause { base_rate: Some(base_rate), evidence, ..cause(id, CauseKind::Condition) }
}

pub(crate) fn contributor(id: &str, when: Condition, helps: &[BlockId]) -> Cause {
    Cause { when: Some(when), helps: helps.to_vec(), ..cause(id, CauseKind::Contributor) }
}

pub(crate) fn habit(id: &str, offer: Option<Condition>, avoid: Option<Condition>) -> Habit {
    Habit {
        id: id.to_owned(),
        place: Place::default(),
        name: id.to_owned(),
        up_to: Urgency::SeeSoon,
        offer,
        avoid,
        avoid_because: None,
        schedule: Recurrence::default(),
        duration: Seconds::new(600).unwrap(),
        why: String::new(),
        picture: None,
        steps: vec![step(id)],
        strength: Strength::MayHelp,
        for_causes: Vec::new(),
        sources: Vec::new(),
        claims: Vec::new(),
    }
}

pub(crate) fn referral(id: &str, kind: ReferralKind) -> Referral {
    Referral {
        id: id.to_owned(),
        place: Place::default(),
        name: id.to_owned(),
        kind,
        up_to: Urgency::SameDay,
        offer: None,
        avoid: None,
        avoid_because: None,
        for_person: String::new(),
        for_clinician: String::new(),
        scenario: None,
        modalities: Vec::new(),
        strength: None,
        evidence_for: None,
        evidence_against: None,
        sources: Vec::new(),
        claims: Vec::new(),
    }
}

pub(crate) fn answers(guideline: &Guideline, given: &[(u16, Answer)]) -> Answers {
    let mut answers = Answers::none(guideline);
    for (finding, answer) in given {
        answers.set(guideline, FindingId(*finding), *answer).unwrap();
    }
    answers
}

/// The finished interview of someone who gave these answers, which must be enough.
pub(crate) fn finished<'g>(guideline: &'g Guideline, given: &[(u16, Answer)]) -> Finished<'g> {
    match next(guideline, &answers(guideline, given)) {
        Step::Done(finished) => finished,
        Step::Ask(ask) => panic!("still asks {ask:?}"),
    }
}

/// A book ready to decide.
pub(crate) fn guideline(book: Book) -> Guideline {
    Guideline::new(book).unwrap()
}

/// The band of the evidence.
pub(crate) fn curves() -> Vec<Curve> {
    let fast = [(0.0, 1.0), (1.0, 0.59), (2.0, 0.41), (4.0, 0.27), (6.0, 0.24), (12.0, 0.19), (26.0, 0.12)];
    let slow = [(0.0, 1.0), (1.0, 1.0), (2.0, 0.9), (4.0, 0.75), (6.0, 0.65), (12.0, 0.6), (26.0, 0.55)];
    let points = |points: &[(f64, f64)], last: f64| {
        vec![CurveLine::Points(points.iter().copied().chain([(52.0, last)]).collect())]
    };
    let falls = |stays, parts: &[(f64, f64)]| CurveLine::Falls { stays, parts: parts.to_vec() };
    let middle = vec![falls(0.0, &[(0.525, 2.25), (0.475, 36.0)]), falls(0.385, &[(0.615, 2.9)])];
    let curve = |edge: Edge, lines| Curve {
        edge,
        place: Place::default(),
        lines,
        below: format!("below {}", edge.id()),
        above: (edge == Edge::Slow).then(|| "above all".to_owned()),
        sources: Vec::new(),
    };
    vec![
        curve(Edge::Fast, points(&fast, 0.1)),
        curve(Edge::Middle, middle),
        curve(Edge::Slow, points(&slow, 0.55)),
    ]
}

pub(crate) fn checkpoint(day: u32) -> Checkpoint {
    Checkpoint {
        id: format!("day_{day}"),
        place: Place::default(),
        day,
        name: format!("day {day}"),
        expect: String::new(),
        sources: Vec::new(),
    }
}
