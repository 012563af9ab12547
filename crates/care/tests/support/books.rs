//! Books made by hand, and random small ones.

use care::{
    Book, Chapter, ChoiceOption, Comparison, Condition, Cutoff, Finding, FindingId, FindingKind, Gate,
    Guideline, OptionIndex, Outcome, Place, Question, Remedy, RemedyStep, Role, Rule, RuleId, Stage,
    Strength, Threshold, Urgency, findings_in,
};

use super::Tape;

/// What a finding of this name is to the program.
const ROLES: [(&str, Role); 4] = [
    ("age", Role::Age),
    ("pregnant_or_birth", Role::Pregnancy),
    ("pain_now", Role::Pain),
    ("days_since_onset", Role::Days),
];

pub(crate) fn finding(id: &str, kind: FindingKind) -> Finding {
    Finding {
        id: id.to_owned(),
        place: Place::default(),
        kind,
        role: ROLES.iter().find(|(name, _)| *name == id).map(|(_, role)| *role),
        label: id.to_owned(),
        danger: false,
        derived: None,
        lasting: false,
        private: false,
        medicine: false,
        steady: false,
        child_up_to: None,
        come_back: Some(format!("{id} {{}}")),
        follows_up: None,
        hears: Vec::new().into(),
        heard_with: Vec::new(),
        ever: false,
        only_one: false,
        told: None,
        icd10cm: Vec::new(),
        loinc: Vec::new(),
        snomed: Vec::new(),
        sources: Vec::new(),
        claims: Vec::new(),
    }
}

pub(crate) fn yes_no(id: &str) -> Finding {
    finding(id, FindingKind::YesNo)
}

pub(crate) fn number(id: &str, min: i64, max: i64) -> Finding {
    finding(id, FindingKind::Number { unit: "points".to_owned(), min, max })
}

pub(crate) fn choice(id: &str, options: &[&str]) -> Finding {
    let option = |id: &&str| ChoiceOption { id: (*id).to_owned(), label: (*id).to_owned() };
    finding(id, FindingKind::Choice(options.iter().map(option).collect()))
}

pub(crate) fn question(id: &str, shows: &[u16]) -> Question {
    Question {
        id: id.to_owned(),
        place: Place::default(),
        ask: id.to_owned(),
        why: String::new(),
        title: None,
        help: None,
        changed: None,
        body_map: false,
        shows: shows.iter().copied().map(FindingId).collect(),
        cards: Vec::new(),
        chapter: Chapter::Danger,
        none: None,
        only_if: None,
        sources: Vec::new(),
    }
}

pub(crate) fn only_if(condition: Condition, question: Question) -> Question {
    let otherwise_no_because = "It cannot be there without it.".to_owned();
    Question { only_if: Some(Gate { condition, otherwise_no_because }), ..question }
}

pub(crate) fn rule(id: &str, when: Condition, urgency: Urgency, if_not_sure: Urgency) -> Rule {
    Rule {
        id: id.to_owned(),
        place: Place::default(),
        when_text: String::new(),
        when,
        urgency,
        if_not_sure,
        suspect: None,
        because: String::new(),
        calls: Vec::new(),
        tells: None,
        evidence: Vec::new(),
        sources: Vec::new(),
        claims: Vec::new(),
    }
}

pub(crate) fn remedy(id: &str, up_to: Urgency, offer: Option<Condition>, avoid: Option<Condition>) -> Remedy {
    Remedy {
        id: id.to_owned(),
        place: Place::default(),
        name: id.to_owned(),
        stage: Stage::Now,
        up_to,
        offer,
        avoid,
        avoid_because: None,
        why: String::new(),
        first_while: None,
        leads: false,
        picture: None,
        steps: vec![step(id)],
        gap: None,
        stop_if: Vec::new(),
        at_once: None,
        from: Vec::new(),
        painkillers: false,
        strength: Strength::Untested,
        sources: Vec::new(),
        claims: Vec::new(),
    }
}

/// A step that only says something.
pub(crate) fn step(text: &str) -> RemedyStep {
    RemedyStep { text: text.to_owned(), timer: None, breathe: None, only_from: None, picture: None }
}

/// A threshold as the evidence has it.
fn threshold(cutoff: Cutoff) -> Threshold {
    let value = match cutoff {
        Cutoff::LikelyShare => 0.5,
        Cutoff::PossibleShare => 0.05,
        Cutoff::MostRatio => 50.0,
        Cutoff::AdultFrom => 16.0,
        Cutoff::WellUpTo => 1.0,
        Cutoff::WellDays | Cutoff::LongestSilence | Cutoff::LookBack | Cutoff::HelpNowDays => 7.0,
        Cutoff::Rise | Cutoff::DailyDoses => 2.0,
        Cutoff::RiseHours | Cutoff::KindShut => 24.0,
        Cutoff::KnownStart | Cutoff::RunsOn => 72.0,
        Cutoff::WellEarly => 14.0,
        Cutoff::WellLate => 84.0,
        Cutoff::FewestEntries => 4.0,
        Cutoff::HighPain => 5.0,
        Cutoff::LowPain | Cutoff::DaysToCompare => 3.0,
        Cutoff::LeastChange => 0.3,
        Cutoff::DaysPause => 48.0,
        Cutoff::DosesInDay => 6.0,
    };
    Threshold { cutoff, place: Place::default(), value, sources: Vec::new() }
}

/// A book of these parts, with the five outcomes and all thresholds.
pub(crate) fn book(
    findings: Vec<Finding>,
    questions: Vec<Question>,
    rules: Vec<Rule>,
    remedies: Vec<Remedy>,
) -> Book {
    let outcome = |urgency: Urgency| Outcome {
        id: urgency.id().to_owned(),
        urgency,
        place: Place::default(),
        title: urgency.to_string(),
        first_call: None,
        actions: vec![urgency.to_string()],
        also: Vec::new(),
        say: Vec::new(),
        red_lines: Vec::new(),
        sources: Vec::new(),
        claims: Vec::new(),
    };
    Book {
        version: "1".to_owned(),
        hash: "none".to_owned(),
        findings,
        questions,
        rules,
        remedies,
        outcomes: Urgency::ALL.map(outcome).into(),
        thresholds: Cutoff::ALL.map(threshold).into(),
        ..Book::default()
    }
}

pub(crate) fn guideline(book: Book) -> Guideline {
    Guideline::new(book).unwrap()
}

pub(crate) fn yes(finding: u16) -> Condition {
    Condition::Yes(FindingId(finding))
}

pub(crate) fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

pub(crate) fn compare(finding: u16, comparison: Comparison, value: i64) -> Condition {
    Condition::Compare(FindingId(finding), comparison, value)
}

/// Every condition that stands in a book.
pub(crate) fn conditions(book: &Book) -> impl Iterator<Item = &Condition> {
    let gates = book.questions.iter().filter_map(|question| question.only_if.as_ref());
    gates
        .map(|gate| &gate.condition)
        .chain(book.rules.iter().map(|rule| &rule.when))
        .chain(book.remedies.iter().flat_map(|remedy| remedy.offer.iter().chain(&remedy.avoid)))
}

/// How often a finding may be tested in a random book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tested {
    /// Wherever it likes.
    AnyTimes,
    /// Once in the whole book, gates included, in a way that it can pass and
    /// fail; a question with a gate shows one finding. Then no two conditions
    /// depend on each other, and bounds are exact.
    Once,
}

/// A random book of up to `most` findings.
///
/// It is valid as the compiler sees it: `if_not_sure` is at most `urgency`,
/// `up_to` is below emergency, and neither a danger finding nor anything that
/// is asked only because of one stands under a "not".
pub(crate) fn random(tape: &mut Tape, tested: Tested, most: usize) -> Guideline {
    let mut writer = Writer::new(tape, tested, most);
    writer.questions();
    if tested == Tested::AnyTimes && writer.tape.percent(50) {
        // Early enough for a gate to refer to it.
        let first_screen = writer.book.questions[0].shows.clone();
        writer.rule(&first_screen);
    }
    writer.gates();
    let mut everything: Vec<FindingId> = writer.book.questions.iter().flat_map(|q| q.shows.clone()).collect();
    let derived = |finding: &FindingId| writer.book.findings[finding.index()].derived.is_some();
    everything.extend((0..).map(FindingId).take(writer.book.findings.len()).filter(derived));
    for _ in 0..=writer.tape.pick(4) {
        writer.rule(&everything);
    }
    for _ in 0..writer.tape.pick(4) {
        writer.remedy(&everything);
    }
    writer.follow_ups();
    guideline(writer.book)
}

struct Writer<'t> {
    tape: &'t mut Tape,
    tested: Tested,
    book: Book,
    /// For each finding: a danger, or asked only because of one.
    guarded: Vec<bool>,
    /// For each finding: no condition tests it yet.
    fresh: Vec<bool>,
}

impl<'t> Writer<'t> {
    fn new(tape: &'t mut Tape, tested: Tested, most: usize) -> Self {
        let count = 3 + tape.pick(most - 2);
        let mut findings: Vec<Finding> = (0..count).map(|index| random_finding(tape, index)).collect();
        for finding in findings.iter_mut().skip(1) {
            // Without a diary it is always absent, so that it cannot pass: only where exactness is not at stake.
            if tested == Tested::AnyTimes && tape.percent(15) {
                finding.derived = Some(care::Derived::NoEasingYet);
            }
        }
        let guarded = findings.iter().map(|finding| finding.danger || finding.derived.is_some()).collect();
        let book = book(findings, Vec::new(), Vec::new(), Vec::new());
        Self { tape, tested, book, guarded, fresh: vec![true; count] }
    }

    /// One to three findings a screen, not always in the order of the book.
    fn questions(&mut self) {
        let mut order: Vec<u16> = (0..).take(self.book.findings.len()).collect();
        order.retain(|index| self.book.findings[usize::from(*index)].derived.is_none());
        if self.tape.percent(50) {
            order[1..].reverse();
        }
        let mut rest = order.as_slice();
        while !rest.is_empty() {
            let (shows, later) = rest.split_at(1 + self.tape.pick(rest.len().min(3)));
            let id = format!("q{}", self.book.questions.len());
            self.book.questions.push(question(&id, shows));
            rest = later;
        }
    }

    fn gates(&mut self) {
        for index in 1..self.book.questions.len() {
            let alone = self.book.questions[index].shows.len() == 1;
            if !self.tape.percent(50) || (self.tested == Tested::Once && !alone) {
                continue;
            }
            let earlier: Vec<FindingId> =
                self.book.questions[..index].iter().flat_map(|question| question.shows.clone()).collect();
            let Some(condition) = self.condition(1, true, &earlier) else { continue };
            if self.depends_on_danger(&condition) {
                for finding in &self.book.questions[index].shows {
                    self.guarded[finding.index()] = true;
                }
            }
            let question = self.book.questions[index].clone();
            self.book.questions[index] = only_if(condition, question);
        }
    }

    /// Some "not sure" can be settled, by questions that come last.
    fn follow_ups(&mut self) {
        for index in 0..self.book.findings.len() {
            let followed = &self.book.findings[index];
            if followed.kind != FindingKind::YesNo || followed.derived.is_some() || !self.tape.percent(25) {
                continue;
            }
            let follows_up = u16::try_from(index).ok().map(FindingId);
            let own = u16::try_from(self.book.findings.len()).unwrap();
            let id = format!("u{index}");
            self.book.findings.push(Finding { follows_up, come_back: None, ..yes_no(&id) });
            self.book.questions.push(question(&id, &[own]));
        }
    }

    fn rule(&mut self, findings: &[FindingId]) {
        let Some(when) = self.condition(3, true, findings) else { return };
        let urgency = Urgency::ALL[1 + self.tape.pick(4)];
        let if_not_sure = self.tape.one_of(&Urgency::ALL[..=urgency as usize]);
        let id = format!("r{}", self.book.rules.len());
        self.book.rules.push(rule(&id, when, urgency, if_not_sure));
    }

    fn remedy(&mut self, findings: &[FindingId]) {
        let up_to = self.tape.one_of(&Urgency::ALL[..4]);
        let optional = |writer: &mut Self| {
            writer.tape.percent(75).then(|| writer.condition(2, true, findings)).flatten()
        };
        let (offer, avoid) = (optional(self), optional(self));
        let id = format!("m{}", self.book.remedies.len());
        let stage = self.tape.one_of(&Stage::ALL);
        self.book.remedies.push(Remedy { stage, ..remedy(&id, up_to, offer, avoid) });
    }

    /// `None` if no finding is left that may stand here.
    fn condition(&mut self, depth: usize, positive: bool, findings: &[FindingId]) -> Option<Condition> {
        let kind = if depth == 0 { 0 } else { self.tape.pick(9) };
        match kind {
            3 | 4 => self.parts(depth, positive, findings).map(Condition::And),
            5 | 6 => self.parts(depth, positive, findings).map(Condition::Or),
            7 => {
                let parts = self.parts(depth, positive, findings)?;
                let needed = match self.tested {
                    Tested::Once => 1 + self.tape.pick(parts.len()),
                    Tested::AnyTimes => self.tape.pick(parts.len() + 2),
                };
                Some(Condition::AtLeast(needed, parts))
            }
            8 => self.condition(depth - 1, false, findings).map(not),
            2 if self.tested == Tested::AnyTimes => {
                self.reference(positive, findings).or_else(|| self.test(positive, findings))
            }
            _ => self.test(positive, findings),
        }
    }

    fn parts(&mut self, depth: usize, positive: bool, findings: &[FindingId]) -> Option<Vec<Condition>> {
        let count = 2 + self.tape.pick(2);
        let parts: Vec<Condition> =
            (0..count).filter_map(|_| self.condition(depth - 1, positive, findings)).collect();
        (!parts.is_empty()).then_some(parts)
    }

    /// A reference to a rule written before, which depends on these findings only.
    fn reference(&mut self, positive: bool, findings: &[FindingId]) -> Option<Condition> {
        let fits = |condition: &Condition| {
            let mut within = Vec::new();
            findings_in(&self.book, condition, &mut within);
            (positive || !self.depends_on_danger(condition))
                && within.iter().all(|finding| findings.contains(finding))
        };
        let references: Vec<RuleId> = (0..)
            .zip(&self.book.rules)
            .filter(|(_, rule)| fits(&rule.when))
            .map(|(index, _)| RuleId(index))
            .collect();
        (!references.is_empty()).then(|| Condition::Rule(self.tape.one_of(&references)))
    }

    fn depends_on_danger(&self, condition: &Condition) -> bool {
        let mut within = Vec::new();
        findings_in(&self.book, condition, &mut within);
        within.iter().any(|finding| self.guarded[finding.index()])
    }

    /// A test of one finding.
    fn test(&mut self, positive: bool, findings: &[FindingId]) -> Option<Condition> {
        let may_stand = |finding: &FindingId| {
            (positive || !self.guarded[finding.index()])
                && (self.tested == Tested::AnyTimes || self.fresh[finding.index()])
        };
        let findings: Vec<FindingId> = findings.iter().copied().filter(may_stand).collect();
        if findings.is_empty() {
            return None;
        }
        let finding = self.tape.one_of(&findings);
        self.fresh[finding.index()] = false;
        Some(match self.book.findings[finding.index()].kind.clone() {
            FindingKind::YesNo => Condition::Yes(finding),
            FindingKind::Choice(options) => Condition::Is(finding, self.option(options.len())),
            FindingKind::Number { min, max, .. } => {
                let comparison = self.tape.one_of(&[
                    Comparison::GreaterOrEqual,
                    Comparison::Less,
                    Comparison::Greater,
                    Comparison::LessOrEqual,
                    Comparison::Equal,
                ]);
                let (lowest, highest) = match self.tested {
                    Tested::Once => (min + 1, max - 1),
                    Tested::AnyTimes => (min - 1, max + 1),
                };
                let values: Vec<i64> = (lowest..=highest).collect();
                Condition::Compare(finding, comparison, self.tape.one_of(&values))
            }
        })
    }

    fn option(&mut self, options: usize) -> OptionIndex {
        let indices: Vec<OptionIndex> = (0..).take(options).collect();
        self.tape.one_of(&indices)
    }
}

/// The first is always a danger, so that every book has one.
fn random_finding(tape: &mut Tape, index: usize) -> Finding {
    let id = format!("f{index}");
    let kind = if index == 0 { 0 } else { tape.pick(10) };
    let finding = match kind {
        8 => {
            let min = [0, -2, 1][tape.pick(3)];
            number(&id, min, min + 4)
        }
        9 => choice(&id, &["one", "two", "three"][..2 + tape.pick(2)]),
        _ => Finding { danger: kind % 2 == 0, ..yes_no(&id) },
    };
    let come_back = finding.come_back.clone().filter(|_| !tape.percent(20));
    Finding { come_back, lasting: tape.percent(10), ..finding }
}
