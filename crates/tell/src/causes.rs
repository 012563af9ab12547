//! What may lie behind the pain: an order with reasons, never a diagnosis.

use care::causes::{Band, Contributor, Pointed, RankedCause, Weighed, rank};
use care::{CauseId, Finished, Habit, Remedy};

use crate::citations::Citations;
use crate::confided::Confided;
use crate::line::{Line, Point};
use crate::message::Message;
use crate::said::said;

/// The page of the causes, in the order in which it is read.
#[derive(Debug)]
pub struct PossibleCauses<'g> {
    /// What something that was said points to; these are to be looked at.
    pub pointed_to: Vec<PossibleCause<'g>>,
    /// Said above the others where nothing stands out and nothing is pointed to.
    pub none_stands_out: Option<Message<'g>>,
    /// What else it may be, most likely first.
    pub others: Vec<PossibleCause<'g>>,
    /// What may have helped to bring it on.
    pub contributors: Vec<Helped<'g>>,
    /// The few of the less likely ones that are worth a name.
    pub less_likely: Vec<&'g str>,
    /// The sources, in the order in which they were cited.
    pub citations: Citations,
}

/// A cause with what speaks for and against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleCause<'g> {
    /// Its name, with the word of the clinic.
    pub name: String,
    /// How likely it is; `None` where that is not known.
    pub band: Option<&'static str>,
    /// What it is.
    pub explain: Line<'g>,
    /// What speaks for it.
    pub points_for: Vec<Point<'g>>,
    /// What speaks against it.
    pub points_against: Vec<Point<'g>>,
    /// How a clinician would confirm it.
    pub confirm: Option<Message<'g>>,
}

/// Something that may have helped to bring the pain on.
#[derive(Clone, Debug)]
pub struct Helped<'g> {
    /// Its name.
    pub name: &'g str,
    /// What it is.
    pub explain: Line<'g>,
    /// The answers that say so.
    pub said: Vec<Message<'g>>,
    /// Remedies that act on it and are fit for this person.
    pub remedies: Vec<&'g Remedy>,
    /// Habits that do.
    pub habits: Vec<&'g Habit>,
}

/// What may lie behind it; nothing in an emergency.
pub fn possible_causes<'g>(finished: &Finished<'g>) -> Option<PossibleCauses<'g>> {
    possible_causes_of(finished, Confided::PutOn)
}

/// The same for a paper: a cause to which only what is left off points is not among those that
/// are pointed to.
pub(crate) fn possible_causes_of<'g>(
    finished: &Finished<'g>,
    confided: Confided,
) -> Option<PossibleCauses<'g>> {
    let causes = rank(finished)?;
    let guideline = finished.state().guideline();
    let citations = Citations::default();
    let describe = |ranked| describe(finished, ranked, confided, &citations);
    let shown = confided.reasons(finished);
    let is_shown = |pointed: &Pointed<'_>| {
        let cause = match pointed {
            Pointed::Ranked(ranked) => ranked.cause,
            Pointed::Unranked(id) => *id,
        };
        confided == Confided::PutOn
            || shown
                .iter()
                .filter_map(|reason| guideline.rule(reason.rule).suspect)
                .any(|suspect| suspect == cause || guideline.cause(cause).goes_with.contains(&suspect))
    };
    // In the order in which they are shown, since each numbers its sources.
    let pointed_to = causes.to_look_at().into_iter().filter(is_shown).map(|pointed| match pointed {
        Pointed::Ranked(ranked) => describe(ranked),
        Pointed::Unranked(id) => named(finished, id, &citations),
    });
    let pointed_to = pointed_to.collect();
    let others = causes.others().filter(|ranked| ranked.band != Band::LessLikely).map(describe).collect();
    let contributors = causes.contributors.iter().map(|it| helped(finished, it, &citations)).collect();
    let none = causes.no_single_cause_stands_out && !causes.is_pointed();
    Some(PossibleCauses {
        pointed_to,
        none_stands_out: none.then_some(Message::CausesNoneStandsOut),
        others,
        contributors,
        less_likely: causes.less_likely().map(|ranked| guideline.cause(ranked.cause).name.as_str()).collect(),
        citations,
    })
}

/// A cause without a place in the order.
fn named<'g>(finished: &Finished<'g>, id: CauseId, citations: &Citations) -> PossibleCause<'g> {
    let cause = finished.state().guideline().cause(id);
    PossibleCause {
        name: cause.full_name(),
        band: None,
        explain: Line { words: cause.explain.as_str().into(), marks: citations.mark(&cause.sources) },
        points_for: Vec::new(),
        points_against: Vec::new(),
        confirm: cause.confirm.as_deref().map(|how| Message::CauseConfirm { how: how.into() }),
    }
}

fn describe<'g>(
    finished: &Finished<'g>,
    ranked: &RankedCause,
    confided: Confided,
    citations: &Citations,
) -> PossibleCause<'g> {
    let (guideline, answers) = (finished.state().guideline(), finished.state().answers());
    let evidence = &guideline.cause(ranked.cause).evidence;
    let point = |weighed: &Weighed| Point {
        said: weighed.findings.iter().map(|id| said(guideline, answers, *id)).collect(),
        marks: citations.mark(&evidence[weighed.evidence].sources),
    };
    let is_shown =
        |weighed: &&Weighed| weighed.findings.iter().all(|finding| confided.shows(guideline, *finding));
    let named = named(finished, ranked.cause, citations);
    PossibleCause {
        band: Some(ranked.band.words()),
        points_for: ranked.answers_for.iter().filter(is_shown).map(point).collect(),
        points_against: ranked.answers_against.iter().filter(is_shown).map(point).collect(),
        ..named
    }
}

fn helped<'g>(finished: &Finished<'g>, contributor: &Contributor, citations: &Citations) -> Helped<'g> {
    let (guideline, answers) = (finished.state().guideline(), finished.state().answers());
    let cause = guideline.cause(contributor.cause);
    Helped {
        name: &cause.name,
        explain: Line { words: cause.explain.as_str().into(), marks: citations.mark(&cause.sources) },
        said: contributor.because.iter().map(|id| said(guideline, answers, *id)).collect(),
        remedies: contributor.remedies.iter().map(|id| guideline.remedy(*id)).collect(),
        habits: contributor.habits.iter().map(|id| guideline.habit(*id)).collect(),
    }
}
