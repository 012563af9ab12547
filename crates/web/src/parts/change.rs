//! What changed from one outcome to the next: with another entry of the diary, or with
//! another version of the book. Outcomes are compared by the ids of rules and remedies, and
//! never by their words.

use std::collections::BTreeSet;

use care::{Finished, Guideline, Urgency, Verdict, advise};
use store::{Assessment, ToldRule};
use tell::Clock;

use crate::case::Case;
use crate::events::{planned, told_rule};
use crate::frame::level_word;
use crate::incoming::told_title;
use crate::parts::topic;
use crate::visitor::Visitor;

/// What changed from one outcome to the next.
#[derive(Debug, Default)]
pub(crate) struct Change<'v> {
    /// The level before, where it was another one.
    pub(crate) before: Option<(Urgency, &'v str)>,
    /// Reasons that are new: the places of the rules in the list of reasons.
    pub(crate) new_reasons: Vec<usize>,
    /// Reasons that no longer hold, in words.
    pub(crate) gone: Vec<&'v str>,
    /// Remedies that came into the plan, and those that left it, by name.
    pub(crate) added: Vec<&'v str>,
    pub(crate) removed: Vec<&'v str>,
}

impl<'v> Change<'v> {
    /// From what was kept to what is now.
    pub(crate) fn between(before: Option<&'v Assessment>, now: &Finished<'v>) -> Self {
        let Some(before) = before else { return Self::default() };
        let guideline: &'v Guideline = now.state().guideline();
        let advice = advise(now);
        let reasons: Vec<ToldRule> = advice.because().iter().map(|why| told_rule(guideline, why)).collect();
        let plan: Vec<&str> = planned(guideline, &advice).collect();
        let name = |id: &str| guideline.remedy_named(id).map(|id| guideline.remedy(id).name.as_str());
        let told = Told::of(before);
        let is_new = |reason: &ToldRule| told.rules.as_ref().is_some_and(|told| !told.contains(reason));
        let is_gone = |reason: &ToldRule| !reasons.iter().any(|now| now.rule == reason.rule);
        // An outcome of before December 2026 does not say which words belong to which rule.
        let old = before.shown.rules.iter().flatten().zip(&before.shown.because);
        Self {
            before: (before.shown.urgency != now.urgency())
                .then_some((before.shown.urgency, told_title(guideline, &before.shown))),
            new_reasons: (0..reasons.len()).filter(|index| is_new(&reasons[*index])).collect(),
            gone: old.filter(|(rule, _)| is_gone(rule)).map(|(_, words)| words.as_str()).collect(),
            added: told.came(&plan).into_iter().filter_map(name).collect(),
            removed: told.went(&plan).into_iter().filter_map(name).collect(),
        }
    }

    /// Whether anything is another than it was.
    pub(crate) fn is_any(&self) -> bool {
        self.before.is_some()
            || !self.new_reasons.is_empty()
            || !self.gone.is_empty()
            || !self.added.is_empty()
            || !self.removed.is_empty()
    }
}

/// What an outcome was based on and brought, by ids. What is not known of one is not
/// compared.
struct Told {
    rules: Option<Vec<ToldRule>>,
    plan: Option<Vec<String>>,
}

impl Told {
    fn of(assessment: &Assessment) -> Self {
        let shown = &assessment.shown;
        if shown.rules.is_some() && shown.plan.is_some() {
            return Self { rules: shown.rules.clone(), plan: shown.plan.clone() };
        }
        let Some(certificate) = assessment.certificate.read() else {
            return Self { rules: None, plan: None };
        };
        let rules = certificate.rules.into_iter().filter_map(|of| {
            let holds = of.verdict == Verdict::Fires;
            (holds || of.verdict == Verdict::NotSure).then_some(ToldRule { rule: of.rule, holds })
        });
        Self { rules: Some(rules.collect()), plan: Some(certificate.plan.into_keys().collect()) }
    }

    /// The remedies of a plan that are new since.
    fn came<'p>(&self, plan: &[&'p str]) -> Vec<&'p str> {
        let known = self.plan.as_ref();
        let is_new = |id: &&&str| known.is_some_and(|known| !known.iter().any(|old| old == **id));
        plan.iter().filter(is_new).copied().collect()
    }

    /// The remedies that are no longer in a plan.
    fn went(&self, plan: &[&str]) -> Vec<&str> {
        let known = self.plan.iter().flatten().map(String::as_str);
        known.filter(|old| !plan.contains(old)).collect()
    }
}

/// What the book of today says else than the one that the last outcome was made with, from
/// the same answers.
pub(crate) struct NewBook<'v> {
    /// The version of then, and when it was told.
    pub(crate) version: &'v str,
    pub(crate) when: String,
    /// The level of then and of now, where they are two.
    pub(crate) levels: Option<(&'static str, &'static str)>,
    /// The topics whose rules now decide otherwise: address in the book and title.
    pub(crate) topics: BTreeSet<(&'v str, String)>,
    /// Remedies that came into the plan, and those that left it, by name.
    pub(crate) added: Vec<&'v str>,
    pub(crate) removed: Vec<&'v str>,
    /// Something that was said then is not in this book at all.
    pub(crate) is_gone: bool,
}

impl<'v> NewBook<'v> {
    /// Since the last outcome of this person; none where the same book made it, where this
    /// one says the same, or has to ask more first.
    pub(crate) fn of(visitor: &'v Visitor<'_>) -> Option<Self> {
        let (guideline, record) = (visitor.guideline(), visitor.record);
        let last = record.assessments().iter().max_by_key(|told| told.at)?;
        if last.shown.guideline_hash == guideline.book().hash {
            return None;
        }
        visitor.standing().concluded()?;
        let now = Case::at_last_outcome(guideline, record, &visitor.visit.worked_out)?;
        let now = now.concluded()?;
        let advice = advise(now);
        let reasons: Vec<ToldRule> = advice.because().iter().map(|why| told_rule(guideline, why)).collect();
        let told = Told::of(last);
        let old = told.rules.as_ref()?;
        let came = reasons.iter().filter(|reason| !old.contains(reason));
        let went = old.iter().filter(|old| !reasons.iter().any(|now| now.rule == old.rule));
        let mut other = Self {
            version: &last.shown.guideline_version,
            when: Clock::of(visitor.now).words(last.at),
            levels: (last.shown.urgency != now.urgency())
                .then(|| (level_word(last.shown.urgency), level_word(now.urgency()))),
            topics: BTreeSet::new(),
            added: Vec::new(),
            removed: Vec::new(),
            is_gone: false,
        };
        for rule in came.chain(went) {
            let Some(id) = guideline.rule_named(&rule.rule) else {
                other.is_gone = true;
                continue;
            };
            let file = guideline.rule(id).place.file.as_str();
            other.topics.insert((file.trim_end_matches(".md"), topic::title(visitor.site, file)));
        }
        let plan: Vec<&str> = planned(guideline, &advice).collect();
        let name = |id: &str| guideline.remedy_named(id).map(|id| guideline.remedy(id).name.as_str());
        other.added = told.came(&plan).into_iter().filter_map(name).collect();
        let removed = told.went(&plan);
        other.removed = removed.iter().copied().filter_map(name).collect();
        other.is_gone |= other.removed.len() < removed.len();
        let is_same = other.levels.is_none()
            && other.topics.is_empty()
            && other.added.is_empty()
            && other.removed.is_empty()
            && !other.is_gone;
        (!is_same).then_some(other)
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use store::{Event, Reason};

    use crate::site::Site;
    use crate::testing::{Person, book, plain_spasm, site_of};

    const NEWS: &str = "Our advice changed since your last answers";

    /// The book with another name for one of its remedies.
    fn reworded() -> Site<'static> {
        let name = "name = \"Warmth\"";
        let mut files = book();
        let file = files.iter_mut().find(|file| file.text.contains(name)).expect("it is in the book");
        file.text = file.text.replace(name, "name = \"Something warm\"");
        let compiled = compiler::compile(&files).unwrap_or_else(|problems| panic!("{problems:?}"));
        site_of(Box::leak(Box::new(compiled.guideline)))
    }

    #[test]
    fn a_book_that_only_words_it_otherwise_is_no_news() {
        let mut person = Person::with_a_plain_spasm();
        assert!(!person.get("/").text().contains(NEWS), "the same book");
        person.site = Box::leak(Box::new(reworded()));
        assert!(!person.get("/").text().contains(NEWS), "{}", person.get("/").text());
    }

    #[test]
    fn what_another_book_says_else_is_told_by_name_until_it_is_confirmed() {
        let mut person = Person::with_a_plain_spasm();
        // The book of today, seen from an outcome that knew neither this remedy nor its rule.
        let told = person.record.assessments().last().expect("it was told").clone();
        let mut shown = (*told.shown).clone();
        let plan = shown.plan.as_mut().expect("it is named");
        let gone = plan.remove(0);
        plan.push("leeches".to_owned());
        shown.guideline_hash = "another".to_owned();
        shown.guideline_version = "2025.1".to_owned();
        shown.urgency = care::Urgency::Routine;
        let event = Event::Assessed {
            because: Reason::Interview,
            shown: shown.into(),
            certificate: told.certificate.clone(),
            came_in: false,
        };
        person.record.add(person.now.timestamp(), event);
        person.wait(SignedDuration::from_hours(50));
        let name = crate::testing::guideline();
        let name = &name.remedy(name.remedy_named(&gone).expect("it is in the book")).name;
        for path in ["/", "/outcome"] {
            let page = person.get(path);
            for words in [
                NEWS,
                "version 2025.1",
                "it was \"In the next weeks\", and is now \"At home\"",
                &format!("New in your plan: {name}."),
                "Something that we said then is no longer in the book.",
            ] {
                assert!(page.text().contains(words), "{path}, {words}: {}", page.text());
            }
        }
        let sent = person.post("/check", &[]);
        assert_eq!(sent.header("location"), Some("/outcome"));
        assert!(!person.get("/").text().contains(NEWS), "confirmed");
        let last = person.record.assessments().last().expect("it was told again");
        assert_eq!(last.shown.guideline_hash, person.site.guideline().book().hash);
    }

    #[test]
    fn a_rule_that_decides_otherwise_is_told_by_its_topic() {
        let mut answers = plain_spasm();
        answers["leg_weak_or_numb"] = serde_json::json!("yes");
        let mut person = Person::new().triaged(&answers);
        let told = person.record.assessments().last().expect("it was told").clone();
        let mut shown = (*told.shown).clone();
        let rule = shown.rules.as_mut().and_then(Vec::pop).expect("a rule held").rule;
        shown.guideline_hash = "another".to_owned();
        let event = Event::Assessed {
            because: Reason::Interview,
            shown: shown.into(),
            certificate: told.certificate.clone(),
            came_in: false,
        };
        person.record.add(person.now.timestamp(), event);
        let guideline = person.site.guideline();
        let file = &guideline.rule(guideline.rule_named(&rule).expect("it is there")).place.file;
        let link = format!("The advice on <a href=\"/learn/book/{}\">", file.trim_end_matches(".md"));
        let page = person.get("/");
        assert!(page.text().contains(NEWS) && page.text().contains(&link), "{rule}: {}", page.text());
    }
}
