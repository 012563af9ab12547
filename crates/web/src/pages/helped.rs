//! What went along with less pain, and what stood in the diary before a worse day.

use askama::Template;
use care::Guideline;
use care::helped::{Estimate, FEWEST_IN_ALL, FEWEST_OF_ONE, Helped, helped};
use care::recovery::PainScore;
use care::triggers::{Day, Noted, triggers_seen};
use store::Trigger;
use tell::{Citations, Message, Paragraph};

use crate::frame::{Frame, Here};
use crate::page_error::PageError;
use crate::parts::onward::elsewhere;
use crate::parts::remedies::sessions;
use crate::parts::sources::{SourceLine, source_lines};
use crate::parts::triggers::known_triggers;
use crate::response::Response;
use crate::visitor::Visitor;

#[derive(Template)]
#[template(path = "pages/helped.html")]
struct HelpedPage<'v> {
    frame: Frame<'v>,
    times: u32,
    fewest_in_all: u32,
    fewest_of_one: u32,
    overall: Option<Message<'static>>,
    told: Vec<RemedyLine<'v>>,
    untold: Vec<RemedyLine<'v>>,
    triggers: Vec<(String, Paragraph<'static>)>,
    sources: Vec<SourceLine<'v>>,
}

/// One remedy.
struct RemedyLine<'v> {
    id: &'v str,
    name: &'v str,
    strength: &'static str,
    marks: String,
    times: u32,
    /// The change in a sentence and as a drawing; none where there are too few tries.
    eased: Option<(Message<'static>, Bar)>,
}

/// An estimate as a drawing, in units that are so many to the whole width.
#[derive(Debug, Clone, Copy)]
struct Bar {
    zero: f64,
    low: f64,
    high: f64,
    middle: f64,
}

/// The width of a drawing.
const WIDTH: f64 = 300.0;

/// `GET /helped`
pub(crate) fn show(visitor: &Visitor<'_>) -> Result<Response, PageError> {
    let case = visitor.standing();
    if !case.keeps_what_is_theirs() {
        return Ok(elsewhere(case));
    }
    let guideline = visitor.guideline();
    let sessions = sessions(visitor.record);
    let helped = helped(&sessions);
    let citations = Citations::default();
    let (told, untold) =
        lines(guideline, &helped, &citations).into_iter().partition(|line| line.eased.is_some());
    let seen = triggers_seen(&days(visitor));
    let page = HelpedPage {
        frame: Frame::new(visitor, Here::Diary, "What helped you").with_scripts(&["print.js"]),
        times: helped.times,
        fewest_in_all: FEWEST_IN_ALL,
        fewest_of_one: FEWEST_OF_ONE,
        overall: helped.overall.map(|overall| tell::helped_overall(helped.times, overall)),
        told,
        untold,
        triggers: seen
            .into_iter()
            .map(|seen| (tell::trigger_seen(&seen), seen.trigger))
            .map(|(words, name)| (name, words))
            .collect(),
        sources: source_lines(guideline, &citations),
    };
    page.frame.around(&page)
}

fn lines<'g>(guideline: &'g Guideline, helped: &Helped<'_>, citations: &Citations) -> Vec<RemedyLine<'g>> {
    let told = helped.remedies.iter().filter_map(|one| one.eased);
    let scale = Scale::of(told);
    let line = |one: &care::helped::RemedyHelped<'_>| {
        // A remedy that the book has no more is left out: it can no longer be advised.
        let remedy = guideline.remedy(guideline.remedy_named(one.remedy)?);
        Some(RemedyLine {
            id: &remedy.id,
            name: &remedy.name,
            strength: remedy.strength.words(),
            marks: citations.mark(&remedy.sources),
            times: one.times,
            eased: tell::remedy_helped(one).zip(one.eased.map(|eased| scale.bar(eased))),
        })
    };
    helped.remedies.iter().filter_map(line).collect()
}

/// From points to the drawing: all bars of a page have one scale.
struct Scale {
    from: f64,
    to: f64,
}

impl Scale {
    fn of(estimates: impl Iterator<Item = Estimate>) -> Self {
        estimates.fold(Self { from: -1.0, to: 2.0 }, |scale, estimate| Self {
            from: scale.from.min(estimate.low.floor()),
            to: scale.to.max(estimate.high.ceil()),
        })
    }

    fn bar(&self, estimate: Estimate) -> Bar {
        let across = |points: f64| {
            let share = (points - self.from) / (self.to - self.from);
            (share * WIDTH * 10.0).round() / 10.0
        };
        Bar {
            zero: across(0.0),
            low: across(estimate.low),
            high: across(estimate.high),
            middle: across(estimate.points),
        }
    }
}

/// The days of the diary, by the person's own calendar.
fn days(visitor: &Visitor<'_>) -> Vec<Day> {
    let known = known_triggers(visitor.guideline());
    let noted = |trigger: &Trigger| match trigger {
        Trigger::Known { cause, words } => Noted { key: format!("cause.{cause}"), words: words.clone() },
        // Earlier programs kept the words alone, also of those of the book.
        Trigger::Own(words) => match known.iter().find(|(_, label)| label.eq_ignore_ascii_case(words)) {
            Some((cause, label)) => Noted { key: format!("cause.{cause}"), words: label.clone() },
            None => Noted::in_words(words),
        },
    };
    let entries = visitor.record.check_ins().iter().map(|entry| &entry.what);
    entries
        .filter_map(|entry| {
            let strongest = entry.pain_worst.unwrap_or_default().max(entry.pain_now);
            Some(Day {
                on: entry.at.to_zoned(visitor.now.time_zone().clone()).date(),
                pain: PainScore::new(strongest).ok()?,
                triggers: entry.triggers.iter().map(noted).collect(),
            })
        })
        .collect()
}
