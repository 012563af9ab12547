//! The clinician's form: what was asked and answered, what to ask and examine, the imaging
//! scenario, the care ladder.

use care::clinic::{Form, FormLine, Standing, form};
use care::{Answer, Appropriateness, Chapter, FindingId, Finished, Reason, reasons, what_to_do};

use crate::citations::Citations;
use crate::line::{Line, Words};
use crate::message::Message;
use crate::said::stated;

/// The form, in the order in which it is read.
#[derive(Debug)]
pub struct ClinicForm<'g> {
    /// The level.
    pub triage: Message<'g>,
    /// The rules that count.
    pub reasons: Vec<Line<'g>>,
    /// What is there, with the answers.
    pub present: Vec<Message<'g>>,
    /// What is absent, not sure and not asked, each under its title; none is empty.
    pub others: Vec<(Message<'g>, Vec<&'g str>)>,
    /// What to ask and examine, and imaging in general, to be ticked.
    pub sections: Vec<(Message<'g>, Vec<Line<'g>>)>,
    /// The imaging scenario that fits the answers, if one is known to.
    pub scenario: Option<Scenario<'g>>,
    /// The care ladder, first rung first.
    pub ladder: Vec<Rung<'g>>,
    /// The sources, in the order in which they were cited.
    pub citations: Citations,
}

/// An imaging scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario<'g> {
    /// What it is, and what is said of it.
    pub line: Line<'g>,
    /// Which kinds of imaging fit, and which do not.
    pub modalities: Vec<Message<'g>>,
}

/// A rung of the care ladder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rung<'g> {
    /// Its name, how well it is supported, and where it stands for this person.
    pub title: Message<'g>,
    /// What a clinician reads of it.
    pub line: Line<'g>,
    /// What speaks for and against it.
    pub notes: Vec<Message<'g>>,
}

/// What the person told, by what it means to a clinician; in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByAnswer {
    /// Yes, a number or an option.
    pub present: Vec<FindingId>,
    /// Danger signs that are not there.
    pub danger_absent: Vec<FindingId>,
    /// Not sure.
    pub not_sure: Vec<FindingId>,
    /// Danger signs that nobody asked about; what does not apply was settled by another answer.
    pub danger_not_asked: Vec<FindingId>,
}

impl ByAnswer {
    /// Of a finished triage.
    pub fn of(finished: &Finished<'_>) -> Self {
        let state = finished.state();
        let guideline = state.guideline();
        let mut told = Self::default();
        for finding in guideline.findings() {
            let chapter = guideline.asked_by(finding).map(|question| guideline.question(question).chapter);
            let is_danger = guideline.finding(finding).danger || chapter == Some(Chapter::Danger);
            match state.answers().get(finding) {
                Some(Answer::No) if is_danger => told.danger_absent.push(finding),
                Some(Answer::NotSure) => told.not_sure.push(finding),
                Some(Answer::Yes | Answer::Number(_) | Answer::Option(_)) => told.present.push(finding),
                None if is_danger && !state.not_applicable(finding) => told.danger_not_asked.push(finding),
                Some(Answer::No) | None => {}
            }
        }
        told
    }

    /// Leaves out what does not pass.
    pub fn retain(&mut self, passes: impl Fn(FindingId) -> bool) {
        let all =
            [&mut self.present, &mut self.danger_absent, &mut self.not_sure, &mut self.danger_not_asked];
        for list in all {
            list.retain(|finding| passes(*finding));
        }
    }
}

/// The form of a finished triage. It is there in an emergency as well: it may travel with the
/// person.
pub fn clinic_form<'g>(finished: &Finished<'g>) -> ClinicForm<'g> {
    let (guideline, answers) = (finished.state().guideline(), finished.state().answers());
    let Form { history, examination, imaging, scenario, ladder } = form(finished);
    let told = ByAnswer::of(finished);
    let citations = Citations::default();
    let writer = Writer { finished, citations: &citations };
    let labels = |findings: &[FindingId]| -> Vec<&'g str> {
        findings.iter().map(|id| guideline.finding(*id).label.as_str()).collect()
    };
    let others = [
        (Message::FormAbsent, labels(&told.danger_absent)),
        (Message::NotSure, labels(&told.not_sure)),
        (Message::FormNotAsked, labels(&told.danger_not_asked)),
    ];
    // In the order in which they are shown, since each numbers its sources.
    let reasons = reasons(finished.state()).iter().map(|reason| writer.reason(reason)).collect();
    let sections = [
        (Message::FormHistory, history),
        (Message::FormExamination, examination),
        (Message::FormImaging, imaging),
    ];
    let sections =
        sections.map(|(title, lines)| (title, lines.iter().map(|line| writer.tick(line)).collect()));
    let scenario = scenario.map(|line| writer.scenario(&line));
    let ladder = ladder.iter().map(|line| writer.rung(line)).collect();
    ClinicForm {
        triage: Message::FormTriage { level: what_to_do(finished).title.into() },
        reasons,
        present: told.present.iter().map(|finding| stated(guideline, answers, *finding)).collect(),
        others: others.into_iter().filter(|(_, labels)| !labels.is_empty()).collect(),
        sections: sections.into(),
        scenario,
        ladder,
        citations,
    }
}

/// A kind of imaging as clinicians write it: `MRI with and without contrast`.
pub(crate) fn modality(id: &str) -> String {
    let word = |word: &str| match word {
        "xray" => "X-ray".to_owned(),
        "and" | "with" | "without" => word.to_owned(),
        abbreviation if abbreviation.len() <= 3 => abbreviation.to_uppercase(),
        other => other.to_owned(),
    };
    let words = id.split('_').map(word).collect::<Vec<_>>().join(" ");
    if words.ends_with("with") || words.ends_with("without") { words + " contrast" } else { words }
}

/// How well a kind of imaging fits a scenario.
pub fn appropriateness(of: Appropriateness) -> Message<'static> {
    match of {
        Appropriateness::Usually => Message::AppropriateUsually,
        Appropriateness::Maybe => Message::AppropriateMaybe,
        Appropriateness::UsuallyNot => Message::AppropriateUsuallyNot,
    }
}

/// What every line of the form needs.
struct Writer<'w, 'g> {
    finished: &'w Finished<'g>,
    citations: &'w Citations,
}

impl<'g> Writer<'_, 'g> {
    fn reason(&self, reason: &Reason) -> Line<'g> {
        let rule = self.finished.state().guideline().rule(reason.rule);
        let (id, level, when) =
            (rule.id.as_str().into(), reason.urgency.id().into(), rule.when_text.as_str().into());
        let words = if reason.holds {
            Message::FormRule { id, level, when }
        } else {
            Message::FormRuleNotSure { id, level, when }
        };
        Line { words: words.into(), marks: self.citations.mark(&rule.sources) }
    }

    fn tick(&self, line: &FormLine) -> Line<'g> {
        let referral = self.finished.state().guideline().referral(line.referral);
        let (name, text) = (referral.name.as_str().into(), referral.for_clinician.as_str().into());
        let words = match line.standing {
            Standing::CalledFor if line.because.is_empty() => Message::FormLine { name, text },
            standing => Message::FormLineStanding { name, standing: standing.words().into(), text },
        };
        Line { words: words.into(), marks: self.citations.mark(&referral.sources) }
    }

    fn scenario(&self, line: &FormLine) -> Scenario<'g> {
        let referral = self.finished.state().guideline().referral(line.referral);
        let scenario = referral.scenario.as_deref().unwrap_or(&referral.name);
        let words =
            Message::FormScenario { scenario: scenario.into(), text: referral.for_clinician.as_str().into() };
        let modality = |(modality, fits): &(String, Appropriateness)| Message::FormModality {
            modality: self::modality(modality).into(),
            fits: appropriateness(*fits).to_string().into(),
        };
        Scenario {
            line: Line { words: words.into(), marks: self.citations.mark(&referral.sources) },
            modalities: referral.modalities.iter().map(modality).collect(),
        }
    }

    fn rung(&self, line: &FormLine) -> Rung<'g> {
        let referral = self.finished.state().guideline().referral(line.referral);
        let (name, standing) = (referral.name.as_str().into(), line.standing.words().into());
        let title = match referral.strength {
            Some(strength) => Message::FormRungStrength { name, strength: strength.words().into(), standing },
            None => Message::FormRung { name, standing },
        };
        let caution = referral.avoid_because.as_deref().filter(|_| line.standing == Standing::Caution);
        let caution = caution.map(|because| Message::FormCaution { because: because.into() });
        let supports =
            referral.evidence_for.as_deref().map(|text| Message::EvidenceFor { text: text.into() });
        let opposes =
            referral.evidence_against.as_deref().map(|text| Message::EvidenceAgainst { text: text.into() });
        Rung {
            title,
            line: Line {
                words: Words::from(referral.for_clinician.as_str()),
                marks: self.citations.mark(&referral.sources),
            },
            notes: [caution, supports, opposes].into_iter().flatten().collect(),
        }
    }
}
