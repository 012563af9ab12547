//! Everybody at once: the answers of a person as variables.

use care::{Answer, Answers, Book, Comparison, Condition, FindingId, FindingKind, Guideline};

use crate::formula::{Bit, Formulas};

/// What a person said about one finding.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// Something, "not sure" perhaps.
    pub(crate) answered: Bit,
    /// A value.
    pub(crate) sure: Bit,
    /// Which; each is true only where `sure` is.
    value: Value,
}

#[derive(Clone, Debug)]
enum Value {
    Yes(Bit),
    /// At least so much, from low to high, above the smallest value that is accepted.
    AtLeast(Vec<(i64, Bit)>),
    /// One of these; another option where none is.
    Options(Vec<(u16, Bit)>),
}

impl Told {
    /// "Not sure".
    pub(crate) fn not_sure(&self, formulas: &mut Formulas) -> Bit {
        formulas.and(self.answered, !self.sure)
    }

    /// A yes to a yes-or-no question, else never.
    pub(crate) fn yes(&self) -> Bit {
        match self.value {
            Value::Yes(yes) => yes,
            _ => Bit::NO,
        }
    }

    /// The number is at least this.
    fn reaches(&self, threshold: i64, min: i64, max: i64) -> Bit {
        let Value::AtLeast(steps) = &self.value else { return Bit::NO };
        if threshold <= min {
            self.sure
        } else if threshold > max {
            Bit::NO
        } else {
            // Every threshold of the book is among the steps.
            steps.iter().find(|(step, _)| *step == threshold).map_or(Bit::NO, |(_, bit)| *bit)
        }
    }

    /// The option was chosen.
    fn is(&self, option: u16) -> Bit {
        let Value::Options(options) = &self.value else { return Bit::NO };
        options.iter().find(|(index, _)| *index == option).map_or(Bit::NO, |(_, bit)| *bit)
    }

    /// The number is at least as high as another one, as far as any condition can tell.
    pub(crate) fn is_as_high_as(&self, formulas: &mut Formulas, other: &Self) -> Bit {
        let (Value::AtLeast(mine), Value::AtLeast(theirs)) = (&self.value, &other.value) else {
            return Bit::NO;
        };
        let reached = mine.iter().zip(theirs).map(|((_, mine), (_, theirs))| formulas.or(*mine, !*theirs));
        let reached: Vec<Bit> = reached.collect();
        formulas.all(reached)
    }

    /// Every bit of it.
    fn bits(&self) -> Vec<Bit> {
        let mut bits = vec![self.answered, self.sure];
        match &self.value {
            Value::Yes(yes) => bits.push(*yes),
            Value::AtLeast(steps) => bits.extend(steps.iter().map(|(_, bit)| *bit)),
            Value::Options(options) => bits.extend(options.iter().map(|(_, bit)| *bit)),
        }
        bits
    }

    fn of_bits(&self, bits: &[Bit]) -> Self {
        let mut rest = bits.iter().skip(2).copied();
        let mut next = || rest.next().unwrap_or(Bit::NO);
        let value = match &self.value {
            Value::Yes(_) => Value::Yes(next()),
            Value::AtLeast(steps) => Value::AtLeast(steps.iter().map(|(step, _)| (*step, next())).collect()),
            Value::Options(options) => {
                Value::Options(options.iter().map(|(index, _)| (*index, next())).collect())
            }
        };
        Self { answered: bits[0], sure: bits[1], value }
    }
}

/// What the answers to a finding can be told apart by: every test that any condition makes.
#[derive(Clone, Debug)]
pub(crate) struct Scale {
    kind: FindingKind,
    steps: Vec<i64>,
    options: Vec<u16>,
}

/// The scale of each finding, from every condition as it stands in the book.
pub(crate) fn scales(book: &Book) -> Vec<Scale> {
    let of = |kind: &FindingKind| Scale { kind: kind.clone(), steps: Vec::new(), options: Vec::new() };
    let mut scales: Vec<Scale> = book.findings.iter().map(|finding| of(&finding.kind)).collect();
    for (_, condition) in book.conditions() {
        condition.walk(&mut |part| match part {
            Condition::Compare(finding, comparison, value) => {
                let above = value.saturating_add(1);
                let thresholds = match comparison {
                    Comparison::GreaterOrEqual | Comparison::Less => vec![*value],
                    Comparison::Greater | Comparison::LessOrEqual => vec![above],
                    Comparison::Equal => vec![*value, above],
                };
                let scale = &mut scales[finding.index()];
                if let FindingKind::Number { min, max, .. } = scale.kind {
                    scale.steps.extend(thresholds.into_iter().filter(|step| min < *step && *step <= max));
                }
            }
            Condition::Is(finding, option) => scales[finding.index()].options.push(*option),
            _ => {}
        });
    }
    for scale in &mut scales {
        scale.steps.sort_unstable();
        scale.steps.dedup();
        scale.options.sort_unstable();
        scale.options.dedup();
    }
    scales
}

impl Scale {
    /// A new answer that may be anything; `name` is what its variables are called.
    fn any(&self, formulas: &mut Formulas, name: &str) -> Told {
        let answered = formulas.variable(format!("{name} is answered"));
        let sure = formulas.variable(format!("{name} is known"));
        formulas.fact(&[!sure, answered]);
        let value = match &self.kind {
            FindingKind::YesNo => {
                let yes = formulas.variable(name.to_owned());
                formulas.fact(&[!yes, sure]);
                Value::Yes(yes)
            }
            FindingKind::Number { .. } => {
                let mut before = sure;
                let steps = self.steps.iter().map(|step| {
                    let bit = formulas.variable(format!("{name} >= {step}"));
                    formulas.fact(&[!bit, before]);
                    before = bit;
                    (*step, bit)
                });
                Value::AtLeast(steps.collect())
            }
            FindingKind::Choice(all) => {
                let options: Vec<(u16, Bit)> = self
                    .options
                    .iter()
                    .map(|option| {
                        let id = all.get(usize::from(*option)).map_or("", |option| option.id.as_str());
                        (*option, formulas.variable(format!("{name} = {id}")))
                    })
                    .collect();
                for (index, (_, bit)) in options.iter().enumerate() {
                    formulas.fact(&[!*bit, sure]);
                    for (_, other) in &options[index + 1..] {
                        formulas.fact(&[!*bit, !*other]);
                    }
                }
                if options.len() == all.len() {
                    let any: Vec<Bit> = options.iter().map(|(_, bit)| *bit).chain([!sure]).collect();
                    formulas.fact(&any);
                }
                Value::Options(options)
            }
        };
        Told { answered, sure, value }
    }

    /// How many different answers there are, "not sure" among them.
    fn answers(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "only its size is told")]
        match &self.kind {
            FindingKind::YesNo => 3.0,
            FindingKind::Number { min, max, .. } => (max - min + 2) as f64,
            FindingKind::Choice(options) => (options.len() + 1) as f64,
        }
    }
}

/// A person whose answers may be any.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    told: Vec<Told>,
}

impl Person {
    /// Anybody: each finding unanswered, "not sure", or any value.
    pub(crate) fn anybody(book: &Book, formulas: &mut Formulas, called: &str) -> Self {
        let findings = scales(book);
        let told = findings
            .iter()
            .zip(&book.findings)
            .map(|(scale, finding)| scale.any(formulas, &format!("{called}{}", finding.id)));
        Self { told: told.collect() }
    }

    /// What they said about a finding.
    pub(crate) fn told(&self, finding: FindingId) -> &Told {
        &self.told[finding.index()]
    }

    /// The same person, who says this about a yes-or-no finding.
    pub(crate) fn who_says(&self, finding: FindingId, answer: Option<Answer>) -> Self {
        let mut person = self.clone();
        let told = &mut person.told[finding.index()];
        let bits =
            [answer.is_some(), matches!(answer, Some(Answer::Yes | Answer::No)), answer == Some(Answer::Yes)];
        *told = told.of_bits(&bits.map(Bit::constant));
        person
    }

    /// The same person, with this finding as another one told it.
    pub(crate) fn with(&self, finding: FindingId, other: &Self) -> Self {
        let mut person = self.clone();
        person.told[finding.index()] = other.told[finding.index()].clone();
        person
    }

    /// The same person, who says no to this where they said nothing; a number or a choice stays open.
    pub(crate) fn who_denies(&self, formulas: &mut Formulas, finding: FindingId) -> Self {
        let mut person = self.clone();
        let told = &mut person.told[finding.index()];
        if let Value::Yes(yes) = told.value {
            let sure = formulas.or(told.sure, !told.answered);
            *told = Told { answered: Bit::YES, sure, value: Value::Yes(yes) };
        }
        person
    }

    /// Whoever says what this person said, and about the rest what another one says.
    pub(crate) fn completed_by(&self, formulas: &mut Formulas, other: &Self) -> Self {
        let told = self.told.iter().zip(&other.told).map(|(mine, theirs)| {
            let bits: Vec<Bit> = mine
                .bits()
                .into_iter()
                .zip(theirs.bits())
                .map(|(mine_bit, their_bit)| {
                    let new = formulas.and(!mine.answered, their_bit);
                    formulas.or(mine_bit, new)
                })
                .collect();
            mine.of_bits(&bits)
        });
        Self { told: told.collect() }
    }

    /// Where a test of one finding holds; `None` where the condition is no such test.
    pub(crate) fn holds(&self, formulas: &mut Formulas, book: &Book, condition: &Condition) -> Option<Bit> {
        let finding = condition.finding()?;
        let told = self.told(finding);
        Some(match condition {
            Condition::Yes(_) => told.yes(),
            Condition::Is(_, option) => told.is(*option),
            Condition::Compare(_, comparison, value) => {
                let FindingKind::Number { min, max, .. } = book.findings[finding.index()].kind else {
                    return Some(Bit::NO);
                };
                let above = told.reaches(value.saturating_add(1), min, max);
                let from = told.reaches(*value, min, max);
                match comparison {
                    Comparison::GreaterOrEqual => from,
                    Comparison::Greater => above,
                    Comparison::Less => formulas.and(told.sure, !from),
                    Comparison::LessOrEqual => formulas.and(told.sure, !above),
                    Comparison::Equal => formulas.and(from, !above),
                }
            }
            _ => return None,
        })
    }

    /// The same tests as the compiled program names them: at least, below, is, yes.
    pub(crate) fn reaches(&self, book: &Book, finding: FindingId, threshold: i64) -> Bit {
        match book.findings[finding.index()].kind {
            FindingKind::Number { min, max, .. } => self.told(finding).reaches(threshold, min, max),
            _ => Bit::NO,
        }
    }

    /// Whether an option was chosen.
    pub(crate) fn chose(&self, finding: FindingId, option: u16) -> Bit {
        self.told(finding).is(option)
    }

    /// Where a finding was answered otherwise than with no, or than not at all.
    pub(crate) fn says_something(
        &self,
        formulas: &mut Formulas,
        finding: FindingId,
        kind: &FindingKind,
    ) -> Bit {
        let told = self.told(finding);
        match kind {
            FindingKind::YesNo => {
                let no = formulas.and(told.sure, !told.yes());
                formulas.and(told.answered, !no)
            }
            _ => told.answered,
        }
    }

    /// The bits that tell the person's answer to a finding.
    pub(crate) fn bits_of(&self, finding: FindingId) -> Vec<Bit> {
        self.told(finding).bits()
    }

    /// The bits of a finding, as they are for somebody who says this.
    #[cfg(test)]
    pub(crate) fn bits_for(&self, finding: FindingId, answer: Option<Answer>) -> Vec<(Bit, bool)> {
        let told = self.told(finding);
        let is_sure = !matches!(answer, None | Some(Answer::NotSure));
        let mut bits = vec![(told.answered, answer.is_some()), (told.sure, is_sure)];
        match &told.value {
            Value::Yes(yes) => bits.push((*yes, answer == Some(Answer::Yes))),
            Value::AtLeast(steps) => bits.extend(steps.iter().map(|(step, bit)| {
                (*bit, matches!(answer, Some(Answer::Number(number)) if number >= *step))
            })),
            Value::Options(options) => {
                bits.extend(
                    options.iter().map(|(option, bit)| (*bit, answer == Some(Answer::Option(*option)))),
                );
            }
        }
        bits
    }

    /// The person's answers where the variables are so.
    pub(crate) fn answers(&self, guideline: &Guideline, is_true: &impl Fn(Bit) -> bool) -> Answers {
        let mut answers = Answers::none(guideline);
        for (finding, told) in guideline.findings().zip(&self.told) {
            if !is_true(told.answered) {
                continue;
            }
            let answer = if is_true(told.sure) {
                match (&told.value, &guideline.finding(finding).kind) {
                    (Value::Yes(yes), _) => {
                        if is_true(*yes) {
                            Answer::Yes
                        } else {
                            Answer::No
                        }
                    }
                    (Value::AtLeast(steps), FindingKind::Number { min, .. }) => {
                        let reached = steps.iter().rev().find(|(_, bit)| is_true(*bit));
                        Answer::Number(reached.map_or(*min, |(step, _)| *step))
                    }
                    (Value::Options(options), FindingKind::Choice(all)) => {
                        let chosen = options.iter().find(|(_, bit)| is_true(*bit)).map(|(index, _)| *index);
                        let count = u16::try_from(all.len()).unwrap_or(u16::MAX);
                        let other =
                            || (0..count).find(|index| options.iter().all(|(named, _)| named != index));
                        chosen.or_else(other).map_or(Answer::NotSure, Answer::Option)
                    }
                    _ => Answer::NotSure,
                }
            } else {
                Answer::NotSure
            };
            // Every value was read off the finding itself.
            let _ = answers.set(guideline, finding, answer);
        }
        answers
    }
}

/// How many sets of answers to these findings there are, as a power of ten: each finding has
/// its values, "not sure", and where `or_none` no answer at all.
pub(crate) fn size(book: &Book, findings: impl IntoIterator<Item = FindingId>, or_none: bool) -> f64 {
    let scales = scales(book);
    let ways = |finding: FindingId| scales[finding.index()].answers() + if or_none { 1.0 } else { 0.0 };
    findings.into_iter().map(|finding| ways(finding).log10()).sum()
}
