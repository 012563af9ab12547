//! What to show to the doctor: one side with the answers, the pain and the painkillers, so that
//! nobody in pain has to tell it all again.

use askama::Template;
use care::FindingId;
use jiff::{SignedDuration, Timestamp};
use tell::{ByAnswer, Clock, Message, Words, stated};

use crate::frame::{Frame, Here, level_word};
use crate::page_error::PageError;
use crate::parts::onward::elsewhere;
use crate::response::Response;
use crate::spell::Spell;
use crate::visitor::Visitor;

/// So far back the painkillers are listed.
const TAKEN: SignedDuration = SignedDuration::from_hours(3 * 24);

/// So many of the last scores of pain are listed: those of two weeks of daily entries.
const SCORES: usize = 14;

#[derive(Template)]
#[template(path = "pages/doctor.html")]
struct DoctorPage<'v> {
    frame: Frame<'v>,
    level_word: &'static str,
    title: &'v str,
    when: String,
    /// Why that was advised.
    reasons: Vec<Words<'v>>,
    /// What is there, with the answers.
    present: Vec<Message<'v>>,
    /// What is absent, not sure and not asked, each under its title.
    others: Vec<(Message<'v>, String)>,
    /// The pain, newest last.
    pain: Vec<Message<'v>>,
    taken: Vec<String>,
}

/// `GET /doctor`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    let Some(finished) = case.concluded() else { return Ok(elsewhere(case)) };
    let (guideline, answers) = (visitor.guideline(), &case.answers);
    let told = ByAnswer::of(finished);
    let labels = |findings: &[FindingId]| -> String {
        let labels: Vec<&str> = findings.iter().map(|id| guideline.finding(*id).label.as_str()).collect();
        labels.join("; ")
    };
    let others = [
        (Message::FormNotSure, labels(&told.not_sure)),
        (Message::FormAbsent, labels(&told.danger_absent)),
        (Message::DoctorNotAsked, labels(&told.danger_not_asked)),
    ];
    let outcome = tell::outcome(finished, visitor.region());
    let decisive = outcome.decisive.into_iter().chain(outcome.others);
    let reasons = decisive.map(|why| why.line.words).collect();
    let now = visitor.now.timestamp();
    let clock = Clock::of(visitor.now);
    let is_recent = |at: Timestamp| now.duration_since(at) <= TAKEN;
    let doses = visitor.record.doses().iter().filter(|dose| is_recent(dose.what.at));
    let page = DoctorPage {
        frame: Frame::new(visitor, Here::Home, Message::DoctorTitle.to_string()).with_scripts(&["print.js"]),
        level_word: level_word(finished.urgency()),
        title: care::what_to_do(finished).title,
        when: visitor.worked_out(),
        reasons,
        present: told.present.iter().map(|finding| stated(guideline, answers, *finding)).collect(),
        others: others.into_iter().filter(|(_, labels)| !labels.is_empty()).collect(),
        pain: pain(visitor),
        taken: doses.map(|dose| format!("{}, {}", dose.what.name, clock.words(dose.what.at))).collect(),
    };
    page.frame.around(&page)
}

/// The last scores of this spell, each with its day.
fn pain<'v>(visitor: &Visitor<'v>) -> Vec<Message<'v>> {
    let case = visitor.standing();
    let view = case.view(visitor.record);
    let spell = Spell::seen(visitor.guideline(), &view, visitor.now.timestamp());
    let entries = spell.iter().flat_map(|spell| &spell.entries);
    let scored = |entry: &&store::Timed<store::CheckIn>| {
        let day = entry.what.at.to_zoned(visitor.now.time_zone().clone()).date();
        Message::DoctorPainOn {
            day: tell::day_of_week(day).to_string().into(),
            pain: entry.what.pain_now.into(),
        }
    };
    let all: Vec<Message<'v>> = entries.map(scored).collect();
    let older = all.len().saturating_sub(SCORES);
    all.into_iter().skip(older).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::Person;

    #[test]
    fn it_says_what_was_answered_and_what_was_not_and_no_private_note() {
        let mut person = Person::with_a_plain_spasm();
        person.post("/diary", &[("pain_now", "4"), ("new_danger", "no"), ("note", "SECRETNOTE")]);
        let page = person.get("/doctor");
        let text = page.text();
        assert!(text.contains("How old are you") || text.contains("44"), "{text}");
        assert!(text.contains("Danger signs asked, and absent"));
        assert!(text.contains("Tuesday 24 November: 4"));
        assert!(!text.contains("SECRETNOTE"));
    }

    #[test]
    fn it_is_there_in_an_emergency_and_never_before_an_outcome() {
        let mut person = Person::new();
        assert_eq!(person.get("/doctor").header("location"), Some("/question"));
        person.answer_next(&serde_json::json!({ "saddle_numbness": "yes" }));
        let page = person.get("/doctor");
        assert!(page.text().contains("Numb between your legs"), "{}", page.text());
        assert!(page.text().contains("not asked, which is no"));
    }
}
