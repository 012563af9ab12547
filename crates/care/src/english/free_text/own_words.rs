//! What one text suggests, and what to ask because of it. Never an outcome.

use std::cmp::Reverse;
use std::ops::Range;

use super::{FreeText, Heard, Patient, Proposal, Sense};
use crate::book::{FindingId, FindingKind, QuestionId, Region, Rule, Urgency, findings_in};
use crate::casing::lower_first;
use crate::decision::answer::Answer;
use crate::decision::answers::Answers;
use crate::decision::guideline::Guideline;
use crate::decision::interview::{Ask, Step, next};
use crate::decision::supposed::rule_about;
use crate::decision::wording::answer_words;

/// A person's own words, read once.
///
/// None of it counts before the person confirms it on its screen.
#[derive(Debug)]
pub struct OwnWords<'r, 'g> {
    free_text: &'r FreeText<'g>,
    text: &'r str,
    heard: Heard,
    proposals: Vec<Proposal>,
}

/// Something a text mentions without saying that it is so now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside<'r> {
    /// Which finding.
    pub finding: FindingId,
    /// The words that speak of it.
    pub words: &'r str,
    /// Why it is not proposed.
    pub sense: Sense,
}

impl<'r, 'g> OwnWords<'r, 'g> {
    /// Reads a text.
    pub fn read(free_text: &'r FreeText<'g>, text: &'r str) -> Self {
        let heard = free_text.hear(text);
        let proposals = free_text.proposals_of(&heard);
        Self { free_text, text, heard, proposals }
    }

    /// What the text suggests, one proposal a finding, in reading order.
    pub fn proposals(&self) -> &[Proposal] {
        &self.proposals
    }

    /// Whom the text is about.
    pub fn patient(&self) -> Patient {
        self.heard.patient
    }

    /// The words behind a proposal.
    pub fn words_of(&self, proposal: &Proposal) -> &'r str {
        &self.text[proposal.span.clone()]
    }

    /// The proposed danger signs with the rule about each, the most urgent first.
    pub fn dangers(&self) -> Vec<(&Proposal, &'g Rule)> {
        let guideline = self.guideline();
        let mut dangers: Vec<(&Proposal, &Rule)> = self
            .free_text
            .dangers(&self.proposals)
            .filter_map(|proposal| {
                rule_about(guideline, proposal.finding).map(|rule| (proposal, guideline.rule(rule)))
            })
            .collect();
        dangers.sort_by_key(|(_, rule)| Reverse(rule.urgency));
        dangers
    }

    /// What the person must know at once, if a proposed sign would be an emergency.
    pub fn warning(&self, region: &Region) -> Option<String> {
        let dangers = self.dangers();
        let (_, rule) = dangers.first().filter(|(_, rule)| rule.urgency == Urgency::Emergency)?;
        Some(format!(
            "This may be an emergency: {} If it is so, call {} now.",
            rule.because, region.emergency
        ))
    }

    /// The question to ask next: about the most urgent sign, or else the first of the interview.
    pub fn next_question(&self) -> Option<Ask> {
        let guideline = self.guideline();
        if let Some((proposal, _)) = self.dangers().first() {
            return guideline.asked_by(proposal.finding).map(|question| opening(guideline, question));
        }
        match next(guideline, &Answers::none(guideline)) {
            Step::Ask(ask) => Some(ask),
            Step::Done(_) => None,
        }
    }

    /// What was understood, said back in one sentence for the person to check: "You told us:
    /// low back, since yesterday, pain 7 of 10." None where nothing was.
    pub fn said_back(&self) -> Option<String> {
        let guideline = self.guideline();
        let told: Vec<String> = self
            .proposals
            .iter()
            .filter(|proposal| !self.is_taken_in(proposal))
            .map(|proposal| told_words(guideline, proposal))
            .collect();
        (!told.is_empty()).then(|| format!("You told us: {}.", told.join("; ")))
    }

    /// Whether a proposal only follows from another one that is said back.
    fn is_taken_in(&self, wider: &Proposal) -> bool {
        let narrower = &self.guideline().finding(wider.finding).heard_with;
        self.proposals.iter().any(|proposal| narrower.contains(&proposal.finding))
    }

    /// The sentences of the text of which nothing was understood, as they were written.
    pub fn not_understood(&self) -> Vec<&'r str> {
        let mut heard: Vec<Range<usize>> =
            self.proposals.iter().map(|proposal| proposal.span.clone()).collect();
        heard.extend(self.heard.mentions.iter().map(|mention| mention.span.clone()));
        let is_heard = |sentence: &Range<usize>| {
            heard.iter().any(|span| span.start < sentence.end && sentence.start < span.end)
        };
        let sentences = self.heard.sentences.iter().cloned();
        sentences.filter(|sentence| !is_heard(sentence)).map(|sentence| self.text[sentence].trim()).collect()
    }

    /// What the text mentions without saying that it is so now, each finding once.
    pub fn set_aside(&self) -> Vec<SetAside<'r>> {
        let mut aside: Vec<SetAside<'r>> = Vec::new();
        for mention in &self.heard.mentions {
            let finding = mention.finding;
            let is_proposed = self.proposals.iter().any(|proposal| proposal.finding == finding);
            if !is_proposed && !aside.iter().any(|known| known.finding == finding) {
                aside.push(SetAside {
                    finding,
                    words: &self.text[mention.span.clone()],
                    sense: mention.sense,
                });
            }
        }
        aside
    }

    /// The answers to start the screens with. A line that is not ticked becomes a no only when
    /// the person confirms the screen.
    pub fn to_start_with(&self) -> impl Iterator<Item = (FindingId, Answer)> + '_ {
        self.proposals.iter().map(|proposal| (proposal.finding, proposal.answer))
    }

    fn guideline(&self) -> &'g Guideline {
        self.free_text.guideline()
    }
}

/// A proposal in a few words.
fn told_words(guideline: &Guideline, proposal: &Proposal) -> String {
    let finding = guideline.finding(proposal.finding);
    let answer = answer_words(guideline, proposal.finding, proposal.answer);
    let is_days = matches!(&finding.kind, FindingKind::Number { unit, .. } if unit == "days");
    match (&finding.told, proposal.answer) {
        (_, Answer::Number(0)) if is_days => "since today".to_owned(),
        (_, Answer::Number(1)) if is_days => "since yesterday".to_owned(),
        (Some(told), _) => told.replace("{}", &lower_first(&answer)),
        (None, Answer::Yes) => lower_first(&finding.label),
        (None, _) => format!("{} {answer}", lower_first(&finding.label)),
    }
}

/// The question itself, or the one that must be answered before it applies.
fn opening(guideline: &Guideline, question: QuestionId) -> Ask {
    let shown = guideline.question(question);
    if let Some(gate) = &shown.only_if {
        let mut findings = Vec::new();
        findings_in(guideline.book(), &gate.condition, &mut findings);
        // A gate only ever depends on what is asked earlier, so this ends.
        let before = findings.iter().filter_map(|finding| guideline.asked_by(*finding)).min();
        if let Some(before) = before.filter(|before| *before < question) {
            return opening(guideline, before);
        }
    }
    Ask { question, findings: shown.shows.clone() }
}
