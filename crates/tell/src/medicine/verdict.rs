//! Whether a dose may be taken, and why not, sorted for a reader.

use care::medicine::Found;
use care::{Because, DoseLevel, DoseVerdict, Guideline};

use super::amount::amount;
use super::because::because;
use super::{Told, name};
use crate::clock::Clock;
use crate::line::Words;
use crate::message::Message;

/// The verdict in a few words: `Not yet. Wait until today at 18:00`.
pub fn heading(verdict: &DoseVerdict<'_>, clock: &Clock) -> Message<'static> {
    match verdict {
        DoseVerdict::Daily { medicine } => Message::DoseForYouDaily { name: name(medicine) },
        DoseVerdict::Allowed { .. } => Message::DoseYes,
        DoseVerdict::Wait { until, .. } => Message::DoseWaitUntil { until: clock.words_after(*until).into() },
        DoseVerdict::AskFirst { not_before: Some(at), .. } => {
            Message::DoseNotBeforeAndAsk { until: clock.words_after(*at).into() }
        }
        DoseVerdict::AskFirst { not_before: None, .. } => Message::DoseAskFirst,
        DoseVerdict::Never { .. } if verdict.is_emergency() => Message::DoseGetHelpNow,
        DoseVerdict::Never { .. } => Message::DoseNo,
    }
}

/// How much and for how long, where it is allowed.
pub fn then<'g>(verdict: &DoseVerdict<'g>, found: &Found<'_>, clock: &Clock) -> Option<Words<'g>> {
    match verdict {
        DoseVerdict::Daily { medicine } => medicine.daily.as_ref().map(|daily| daily.says.as_str().into()),
        DoseVerdict::Allowed { up_to, next } => {
            let amount = amount(found, *up_to).to_string().into();
            Some(Message::DoseAtMostNow { amount, next: clock.words_after(*next).into() }.into())
        }
        _ => None,
    }
}

/// What speaks against a dose, sorted for a reader. Nothing is said twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Why<'g> {
    /// What decides.
    pub decisive: Vec<Told<'g>>,
    /// Where something must be asked first: cautions that are not settled.
    pub open: Vec<Told<'g>>,
    /// What speaks against it as well, but less.
    pub also: Vec<Told<'g>>,
    /// More was taken, or asked about, than is allowed, so the poison line belongs on the page.
    pub is_over: bool,
    /// So much that help is needed now, and the line for a crisis belongs there too.
    pub is_overdose: bool,
}

/// Why not, what decides first.
pub fn why<'g>(guideline: &'g Guideline, verdict: &DoseVerdict<'g>, clock: &Clock) -> Why<'g> {
    let mut why = Why::default();
    let Some(decisive) = verdict.because().first().map(Because::level) else { return why };
    let mut said: Vec<String> = Vec::new();
    let mut tell = |reason: &Because<'g>, lines: &mut Vec<Told<'g>>| {
        let text = because(guideline, reason, clock);
        let words = text.to_string();
        if !said.contains(&words) {
            said.push(words);
            lines.push(Told { text, sources: reason.sources(guideline) });
        }
    };
    let (open, known): (Vec<&Because<'_>>, Vec<&Because<'_>>) =
        verdict.because().iter().partition(|because| matches!(because, Because::Open { .. }));
    for because in known.iter().filter(|because| because.level() == decisive) {
        tell(because, &mut why.decisive);
    }
    if decisive == DoseLevel::AskFirst {
        for because in open {
            tell(because, &mut why.open);
        }
    }
    for because in known.iter().filter(|because| because.level() < decisive) {
        tell(because, &mut why.also);
    }
    why.is_overdose = verdict.because().iter().any(Because::is_far_over);
    let is_over = |because: &Because<'_>| matches!(because, Because::AlreadyOver { .. });
    why.is_over = why.is_overdose || verdict.because().iter().any(is_over);
    why
}
