//! A person's own words: what they suggest, for confirmation. Never an outcome.

use care::{
    Answer, Ask, FreeText, Guideline, Proposal, QuestionId, Region, Rule, Sense, Step, Urgency, findings_in,
    next,
};
use serde_json::{Value, json};

use crate::exit::{BadInput, Exit};
use crate::{page, view};

/// `unclench assess --text`: proposals, and the question to ask next.
///
/// # Errors
///
/// If the text is empty.
pub(crate) fn run(guideline: &Guideline, region: &Region, text: &str, json: bool) -> anyhow::Result<Exit> {
    if text.trim().is_empty() {
        return Err(BadInput::because("there is no text; say in a sentence or two what is wrong"));
    }
    let read = Read::new(guideline, text);
    if json {
        crate::page::say!("{}", serde_json::to_string_pretty(&read.json(region))?);
    } else {
        read.show(region);
    }
    // Nothing here is confirmed, so nothing is an outcome, not even an emergency.
    Ok(Exit::Ok)
}

/// A text that was read.
pub(crate) struct Read<'g, 't> {
    guideline: &'g Guideline,
    text: &'t str,
    free_text: FreeText<'g>,
    pub(crate) proposals: Vec<Proposal>,
}

impl<'g, 't> Read<'g, 't> {
    pub(crate) fn new(guideline: &'g Guideline, text: &'t str) -> Self {
        let free_text = FreeText::new(guideline);
        let proposals = free_text.proposals(text);
        Self { guideline, text, free_text, proposals }
    }

    /// The proposed danger signs with the rule about each, the most urgent first.
    pub(crate) fn dangers(&self) -> Vec<(&Proposal, &'g Rule)> {
        let guideline = self.guideline;
        let mut dangers: Vec<(&Proposal, &Rule)> = self
            .free_text
            .dangers(&self.proposals)
            .filter_map(|proposal| {
                care::rule_about(guideline, proposal.finding).map(|rule| (proposal, guideline.rule(rule)))
            })
            .collect();
        dangers.sort_by_key(|(_, rule)| std::cmp::Reverse(rule.urgency));
        dangers
    }

    /// What the person must know at once, if a proposed sign would be an emergency.
    pub(crate) fn warning(&self, region: &Region) -> Option<String> {
        let dangers = self.dangers();
        let (_, rule) = dangers.first().filter(|(_, rule)| rule.urgency == Urgency::Emergency)?;
        Some(format!(
            "This may be an emergency: {} If it is so, call {} now.",
            rule.because, region.emergency
        ))
    }

    /// The question to ask next: about the most urgent sign, or else the first of the interview.
    fn next(&self) -> Option<Ask> {
        if let Some((proposal, _)) = self.dangers().first() {
            return self.guideline.asked_by(proposal.finding).map(|question| self.opening(question));
        }
        match next(self.guideline, &care::Answers::none(self.guideline)) {
            Step::Ask(ask) => Some(ask),
            Step::Done(_) => None,
        }
    }

    /// The question itself, or the one that must be answered before it applies.
    fn opening(&self, question: QuestionId) -> Ask {
        let shown = self.guideline.question(question);
        if let Some(gate) = &shown.only_if {
            let mut findings = Vec::new();
            findings_in(self.guideline.book(), &gate.condition, &mut findings);
            // A gate only ever depends on what is asked earlier, so this ends.
            let before = findings.iter().filter_map(|finding| self.guideline.asked_by(*finding)).min();
            if let Some(before) = before.filter(|before| *before < question) {
                return self.opening(before);
            }
        }
        Ask { question, findings: shown.shows.clone() }
    }

    /// What the text mentions without saying that it is so now, with the reason.
    fn set_aside(&self) -> Vec<(String, String, Sense)> {
        let mut aside: Vec<(String, String, Sense)> = Vec::new();
        for mention in self.free_text.mentions(self.text) {
            let is_proposed = self.proposals.iter().any(|proposal| proposal.finding == mention.finding);
            let finding = self.guideline.finding(mention.finding);
            if !is_proposed && !aside.iter().any(|(id, ..)| *id == finding.id) {
                aside.push((finding.id.clone(), self.text[mention.span].to_owned(), mention.sense));
            }
        }
        aside
    }

    fn show(&self, region: &Region) {
        if let Some(warning) = self.warning(region) {
            page::alarm(&warning);
        }
        page::heading("What we read in your words");
        if self.proposals.is_empty() {
            page::paragraph("Nothing that we know. The questions will find out.");
        }
        for proposal in &self.proposals {
            let finding = self.guideline.finding(proposal.finding);
            let answer = care::answer_words(self.guideline, proposal.finding, proposal.answer);
            let words = &self.text[proposal.span.clone()];
            page::point("•", &format!("{}: {answer}? (\"{words}\")", finding.label));
        }
        for (id, words, sense) in self.set_aside() {
            page::aside(&format!("Left aside: {id} (\"{words}\": {})", sense.words()));
        }
        page::paragraph("None of this counts until you confirm it. What you did not mention is not known.");
        if let Some(ask) = self.next() {
            page::heading("The next question");
            page::paragraph(&self.guideline.question(ask.question).ask);
            for finding in &ask.findings {
                page::point("•", &self.guideline.finding(*finding).label);
            }
        }
        page::paragraph("`unclench` asks this and the rest.");
        page::aside(&format!("In an emergency call {}.", region.emergency));
    }

    fn json(&self, region: &Region) -> Value {
        let proposals: Vec<Value> =
            self.proposals.iter().map(|proposal| self.proposal_json(proposal)).collect();
        let set_aside: Vec<Value> = self
            .set_aside()
            .into_iter()
            .map(|(id, words, sense)| json!({ "finding": id, "words": words, "because": sense.words() }))
            .collect();
        let danger: Vec<Value> = self
            .dangers()
            .into_iter()
            .map(|(proposal, rule)| {
                json!({
                    "finding": self.guideline.finding(proposal.finding).id,
                    "rule": rule.id,
                    "may_be": rule.urgency,
                    "because": rule.because,
                    "sources": view::sources(self.guideline, &rule.sources),
                })
            })
            .collect();
        json!({
            "urgency": null,
            "finished": false,
            "warning": self.warning(region),
            "danger": danger,
            "proposals": proposals,
            "set_aside": set_aside,
            "next": self.next().map(|ask| view::question(self.guideline, &ask)),
            "emergency_number": region.emergency,
        })
    }

    fn proposal_json(&self, proposal: &Proposal) -> Value {
        let finding = self.guideline.finding(proposal.finding);
        json!({
            "finding": finding.id,
            "label": finding.label,
            "answer": care::answer_to_json(self.guideline, proposal.finding, proposal.answer),
            "danger": finding.danger,
            "confirmed": false,
            "words": self.text[proposal.span.clone()],
            "from": proposal.span.start,
            "to": proposal.span.end,
            "trigger": proposal.trigger,
        })
    }
}

/// The answers to start the screens with: what was said to be there, and numbers.
///
/// A denial is left out: a line that is not ticked becomes a no only when the
/// person confirms the screen.
pub(crate) fn to_start_with(proposals: &[Proposal]) -> impl Iterator<Item = (care::FindingId, Answer)> + '_ {
    proposals
        .iter()
        .filter(|proposal| proposal.answer != Answer::No)
        .map(|proposal| (proposal.finding, proposal.answer))
}
