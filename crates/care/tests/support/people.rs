//! Random answers, and the ways in which they may be completed.

use care::{Answer, Answers, Condition, FindingId, FindingKind, Guideline, OptionIndex, naive};

use super::Tape;
use super::books::conditions;

/// What one person would say to every finding of the book, were it asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person(Vec<Answer>);

impl Person {
    /// One in two has few signs, or no interview on a big book would go far.
    pub(crate) fn random(guideline: &Guideline, tape: &mut Tape) -> Self {
        let few_signs = tape.percent(50);
        let answer = |answers: &Vec<Answer>| {
            if few_signs && answers[0] == Answer::No && tape.percent(95) {
                Answer::No
            } else {
                tape.one_of(answers)
            }
        };
        Self(answers_worth_telling_apart(guideline).iter().map(answer).collect())
    }

    pub(crate) fn says(&self, finding: FindingId) -> Answer {
        self.0[finding.index()]
    }

    pub(crate) fn would_say(&self, finding: FindingId, answer: Answer) -> Self {
        let mut person = self.clone();
        person.0[finding.index()] = answer;
        person
    }

    /// These answers, and this person's to every open question that applies.
    /// What does not apply stays unanswered.
    pub(crate) fn complete(&self, guideline: &Guideline, answers: &Answers) -> Answers {
        let mut answers = answers.clone();
        for question in guideline.questions() {
            for finding in &guideline.question(question).shows {
                if answers.get(*finding).is_none() && !naive::does_not_apply(guideline, &answers, *finding) {
                    answers.set(guideline, *finding, self.says(*finding)).unwrap();
                }
            }
        }
        answers
    }

    /// Asked every question that applies.
    pub(crate) fn tells_everything(&self, guideline: &Guideline) -> Answers {
        self.complete(guideline, &Answers::none(guideline))
    }
}

/// Each finding answered in about half of the cases, whether or not it applies.
pub(crate) fn partial(guideline: &Guideline, tape: &mut Tape) -> Answers {
    let mut answers = Answers::none(guideline);
    let possible = answers_worth_telling_apart(guideline);
    for finding in guideline.findings() {
        if tape.percent(50) {
            let answer = tape.one_of(&possible[finding.index()]);
            answers.set(guideline, finding, answer).unwrap();
        }
    }
    answers
}

/// Some of the questions that apply answered, as in an interview that was left early.
pub(crate) fn left_early(guideline: &Guideline, tape: &mut Tape) -> Answers {
    let mut answers = Person::random(guideline, tape).tells_everything(guideline);
    let mut questions: Vec<_> = guideline.questions().collect();
    questions.drain(..tape.pick(questions.len() + 1));
    for question in questions {
        for finding in &guideline.question(question).shows {
            answers.clear(*finding);
        }
    }
    answers
}

/// Of these answers only the ones to these findings.
pub(crate) fn only(guideline: &Guideline, answers: &Answers, findings: &[FindingId]) -> Answers {
    let mut some = Answers::none(guideline);
    for finding in findings {
        some.set(guideline, *finding, answers.get(*finding).unwrap()).unwrap();
    }
    some
}

/// For each finding, every answer that some condition could tell from the
/// others: all options, and each number at which a comparison turns, with its
/// neighbours. "No" and the smallest come first, "not sure" last.
pub(crate) fn answers_worth_telling_apart(guideline: &Guideline) -> Vec<Vec<Answer>> {
    let mut turns: Vec<Vec<i64>> = vec![Vec::new(); guideline.book().findings.len()];
    for condition in conditions(guideline.book()) {
        condition.walk(&mut |part| {
            if let Condition::Compare(finding, _, value) = part {
                turns[finding.index()].extend([value - 1, *value, value + 1]);
            }
        });
    }
    let answers = |finding: FindingId| -> Vec<Answer> {
        let mut answers = match &guideline.finding(finding).kind {
            FindingKind::YesNo => vec![Answer::No, Answer::Yes],
            FindingKind::Choice(options) => {
                (0..).take(options.len()).map(|option: OptionIndex| Answer::Option(option)).collect()
            }
            FindingKind::Number { min, max, .. } => {
                let mut values = turns[finding.index()].clone();
                values.extend([*min, *max]);
                values.retain(|value| (*min..=*max).contains(value));
                values.sort_unstable();
                values.dedup();
                values.into_iter().map(Answer::Number).collect()
            }
        };
        answers.push(Answer::NotSure);
        answers
    };
    guideline.findings().map(answers).collect()
}

/// Every person who could have given these answers, where each open finding has
/// one of the answers in `possible`.
pub(crate) fn everyone(guideline: &Guideline, answers: &Answers, possible: &[Vec<Answer>]) -> Vec<Person> {
    let mut people = vec![Person(Vec::new())];
    for finding in guideline.findings() {
        let said = answers.get(finding).map(|answer| vec![answer]);
        let possible = said.as_ref().unwrap_or(&possible[finding.index()]);
        people = people
            .into_iter()
            .flat_map(|person| {
                possible.iter().map(move |answer| Person([person.0.as_slice(), &[*answer]].concat()))
            })
            .collect();
    }
    people
}
