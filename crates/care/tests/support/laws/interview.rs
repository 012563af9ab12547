//! What is asked, and when it ends.

use care::{
    Advice, Answer, Answers, Ask, Finished, Guideline, Plan, RemedyId, State, Step, Urgency, advise, naive,
    next,
};

use super::{advice, is_fit, is_true};
use crate::support::Tape;
use crate::support::people::{Person, answers_worth_telling_apart, everyone, only, partial};

/// Asks one person from the beginning, and shows every step to `watch` before it is answered.
pub(crate) fn interview<'g>(
    guideline: &'g Guideline,
    person: &Person,
    watch: impl FnMut(&Answers, &Ask),
) -> Finished<'g> {
    go_on(guideline, Answers::none(guideline), person, watch)
}

fn go_on<'g>(
    guideline: &'g Guideline,
    mut answers: Answers,
    person: &Person,
    mut watch: impl FnMut(&Answers, &Ask),
) -> Finished<'g> {
    let mut asked = Vec::new();
    loop {
        match next(guideline, &answers) {
            Step::Done(finished) => return finished,
            Step::Ask(ask) => {
                assert!(!asked.contains(&ask.question), "{:?} is asked twice", ask.question);
                asked.push(ask.question);
                watch(&answers, &ask);
                for finding in ask.findings {
                    answers.set(guideline, finding, person.says(finding)).unwrap();
                }
            }
        }
    }
}

fn plan(finished: &Finished<'_>) -> Plan {
    match advise(finished) {
        Advice::GetHelpNow { .. } => Plan::default(),
        Advice::Manage { plan, .. } => plan,
    }
}

fn items(plan: &Plan) -> Vec<RemedyId> {
    let mut items: Vec<RemedyId> = plan.items.iter().map(care::PlanItem::remedy).collect();
    items.sort();
    items
}

/// Every step asks something open that applies, and none comes twice; it ends
/// at once with an emergency, and otherwise when only one outcome is possible.
pub(crate) fn an_interview_asks_only_while_it_must(guideline: &Guideline, tape: &mut Tape) {
    let person = Person::random(guideline, tape);
    let mut steps = 0;
    let finished = interview(guideline, &person, |answers, ask| {
        steps += 1;
        assert!(naive::bounds(guideline, answers).lower < Urgency::Emergency, "asks in an emergency");
        assert!(!ask.findings.is_empty());
        for finding in &ask.findings {
            assert_eq!(answers.get(*finding), None);
            assert_eq!(guideline.asked_by(*finding), Some(ask.question));
            assert!(!naive::does_not_apply(guideline, answers, *finding), "{finding:?} does not apply");
        }
    });
    assert!(steps <= guideline.questions().count());
    let bounds = finished.state().bounds();
    assert_eq!(finished.urgency(), bounds.lower);
    assert!(bounds.lower == Urgency::Emergency || bounds.lower == bounds.upper, "{bounds:?}");
}

/// Asking only what matters ends where asking everything would: same outcome,
/// same remedies. Why something is fit, and what was withheld, may be told with
/// fewer answers: a remedy whose `avoid` is known is not pursued further, so it
/// may stay unsaid that it would have been offered.
pub(crate) fn asking_everything_changes_nothing(guideline: &Guideline, tape: &mut Tape) {
    let person = Person::random(guideline, tape);
    let finished = interview(guideline, &person, |_, _| ());
    let everything = person.tells_everything(guideline);
    let Step::Done(asked_all) = next(guideline, &everything) else { panic!("nothing is open") };
    assert_eq!(finished.urgency(), asked_all.urgency());
    let (some, all) = (plan(&finished), plan(&asked_all));
    assert_eq!((finished.urgency(), items(&some)), advice(guideline, &everything));
    assert_eq!(items(&some), items(&all));
    let withheld = |plan: &Plan| -> Vec<RemedyId> { plan.withheld.iter().map(|item| item.remedy).collect() };
    assert!(withheld(&some).iter().all(|remedy| withheld(&all).contains(remedy)));
}

/// Nothing is recommended whose `avoid` is not known to be false, however the
/// interview came to its answers; what is withheld was offered, and says why.
pub(crate) fn nothing_unsafe_is_recommended(guideline: &Guideline, tape: &mut Tape) {
    let said = partial(guideline, tape);
    let finished = go_on(guideline, said, &Person::random(guideline, tape), |_, _| ());
    let answers = finished.state().answers();
    let Advice::Manage { urgency, plan, .. } = advise(&finished) else {
        assert_eq!(finished.urgency(), Urgency::Emergency);
        return;
    };
    for id in guideline.remedies() {
        let remedy = guideline.remedy(id);
        let planned = plan.items.iter().any(|item| item.remedy() == id);
        let withheld = plan.withheld.iter().any(|item| item.remedy == id);
        let offered = remedy.up_to >= urgency
            && remedy.offer.as_ref().is_none_or(|offer| is_true(guideline, answers, offer));
        assert_eq!(planned, remedy.up_to >= urgency && is_fit(guideline, answers, id), "{id:?}");
        assert_eq!(withheld, offered && !planned, "{id:?}");
    }
    for item in &plan.withheld {
        let avoid = guideline.remedy(item.remedy).avoid.as_ref().unwrap();
        let because = only(guideline, answers, &item.because);
        assert!(!naive::ends(guideline, &because, avoid).no, "{:?} does not speak against it", item.because);
    }
    for item in &plan.items {
        let named = item.fit_because(&finished);
        let because = only(guideline, answers, &named);
        assert!(is_fit(guideline, &because, item.remedy()), "{named:?} does not make it fit");
    }
}

/// Each screen can still matter: for at least one of its findings there are two
/// answers, all else being equal, that end in another outcome or another plan.
///
/// Claimed only where no two conditions depend on each other. Elsewhere a
/// question may be asked in vain: with the rules "a and b" and "not a and b" at
/// the same urgency, `a` is asked first although only `b` matters. Not claimed
/// that every finding of the screen matters, for a screen is shown whole; nor
/// that the answer which is then given changes something.
pub(crate) fn every_question_can_matter(guideline: &Guideline, tape: &mut Tape) {
    let possible = some_answers(guideline);
    let person = Person::random(guideline, tape);
    interview(guideline, &person, |answers, ask| {
        let people = everyone(guideline, answers, &possible);
        let matters = people.iter().any(|person| {
            let ends = |person: &Person| advice(guideline, &person.complete(guideline, answers));
            let end = ends(person);
            ask.findings.iter().any(|finding| {
                let others =
                    possible[finding.index()].iter().filter(|other| **other != person.says(*finding));
                others.into_iter().any(|other| ends(&person.would_say(*finding, *other)) != end)
            })
        });
        assert!(matters, "{ask:?} changes nothing after {answers:?}");
    });
}

/// Every answer but "not sure", which is never needed to show that a question matters.
fn some_answers(guideline: &Guideline) -> Vec<Vec<Answer>> {
    answers_worth_telling_apart(guideline)
        .into_iter()
        .map(|answers| answers.into_iter().filter(|answer| *answer != Answer::NotSure).collect())
        .collect()
}

/// After any change of answers, going on ends where the changed answers lead.
pub(crate) fn changing_an_answer_is_the_same_as_having_given_it(guideline: &Guideline, tape: &mut Tape) {
    let (before, after) = (Person::random(guideline, tape), Person::random(guideline, tape));
    let mut answers = interview(guideline, &before, |_, _| ()).state().answers().clone();
    for (finding, _) in answers.clone().iter() {
        answers.set(guideline, finding, after.says(finding)).unwrap();
    }
    // Whatever was said before, asking on leads to advice that fits what is said now.
    let finished = go_on(guideline, answers, &after, |_, _| ());
    let everything = after.complete(guideline, finished.state().answers());
    assert_eq!(State::of(guideline, &everything).bounds().lower, finished.urgency());
    assert_eq!((finished.urgency(), items(&plan(&finished))), advice(guideline, &everything));
}
