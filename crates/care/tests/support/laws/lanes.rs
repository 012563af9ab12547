//! Many people at once.

use std::collections::HashMap;

use care::circuit::{Bits, Circuit, Keeps, Told, Work};
use care::{Answer, Answers, Atom, Bounds, Guideline, Lanes, State, Urgency, missing};

use super::is_true;
use crate::support::Tape;
use crate::support::people::{answers_worth_telling_apart, partial};

/// However a block came to its contents, each lane ends as its person would alone.
pub(crate) fn each_lane_is_a_person_alone<const W: usize>(guideline: &Guideline, tape: &mut Tape) {
    let possible = answers_worth_telling_apart(guideline);
    let mut block = Lanes::<W>::new(guideline);
    let mut people = vec![Answers::none(guideline); Lanes::<W>::COUNT];
    // Few lanes, so that what is there is often overwritten.
    let lanes = [0, 1, people.len() / 2, people.len() - 1];
    for _ in 0..40 {
        let lane = tape.one_of(&lanes);
        match tape.pick(8) {
            0..=2 => {
                people[lane] = partial(guideline, tape);
                block.load(lane, &people[lane]);
            }
            3..=5 => {
                let findings: Vec<_> = guideline.findings().collect();
                let finding = tape.one_of(&findings);
                if tape.percent(30) {
                    people[lane].clear(finding);
                } else {
                    let answer = tape.one_of(&possible[finding.index()]);
                    people[lane].set(guideline, finding, answer).unwrap();
                }
                block.set(lane, finding, people[lane].get(finding));
            }
            6 => {
                block.spread(lane);
                people = vec![people[lane].clone(); people.len()];
            }
            _ if tape.percent(50) => block.run(),
            _ => block.run_known(),
        }
    }
    block.run();
    let mut alone: HashMap<&Answers, Bounds> = HashMap::new();
    for (lane, answers) in people.iter().enumerate() {
        let expected = *alone.entry(answers).or_insert_with(|| State::of(guideline, answers).bounds());
        assert_eq!(block.bounds(lane), expected, "lane {lane}: {answers:?}");
    }
}

/// The short run counts the rules that are true, and no more.
pub(crate) fn the_short_run_counts_the_rules_that_fire(guideline: &Guideline, tape: &mut Tape) {
    let mut block = Lanes::<2>::new(guideline);
    let people: Vec<Answers> = (0..8).map(|_| partial(guideline, tape)).collect();
    for (lane, answers) in people.iter().enumerate() {
        block.load(lane * 16, answers);
    }
    block.run_known();
    for (lane, answers) in people.iter().enumerate() {
        let fired = guideline.book().rules.iter().filter(|rule| is_true(guideline, answers, &rule.when));
        let highest = fired.map(|rule| rule.urgency).max().unwrap_or(Urgency::SelfCare);
        assert_eq!(block.bounds(lane * 16).lower, highest, "{answers:?}");
    }
}

/// What 512 people told of an input: each of them what their answers say.
fn told(atom: Atom, people: &[Answers]) -> Told {
    let mut told = Told::OPEN;
    for (lane, answers) in people.iter().enumerate() {
        let (word, bit) = (lane / 64, 1 << (lane % 64));
        let is_so = match (atom, answers.get(atom.finding())) {
            (_, None) => continue,
            (_, Some(Answer::NotSure)) => None,
            (Atom::Yes(_), Some(answer)) => Some(answer == Answer::Yes),
            (Atom::AtLeast(_, least), Some(Answer::Number(number))) => Some(number >= least),
            (Atom::Below(_, limit), Some(Answer::Number(number))) => Some(number < limit),
            (Atom::Is(_, option), Some(answer)) => Some(answer == Answer::Option(option)),
            (_, Some(answer)) => panic!("{answer:?} is no number"),
        };
        if is_so != Some(true) {
            told.yes_or_open.0[word] &= !bit;
        }
        if is_so != Some(false) {
            told.yes_or_unsure.0[word] |= bit;
        }
    }
    told
}

/// However the program is laid out, each person has the bounds, the rules and the missing
/// findings that they have alone.
pub(crate) fn a_circuit_says_what_each_person_is_told_alone(guideline: &Guideline, tape: &mut Tape) {
    const CHUNKS: usize = 2;
    let few: Vec<Answers> = (0..24).map(|_| partial(guideline, tape)).collect();
    let there = Bits::PEOPLE + 1 + tape.pick(Bits::PEOPLE - 1);
    let people: Vec<Answers> = (0..there).map(|_| few[tape.pick(few.len())].clone()).collect();
    let alone: Vec<State<'_>> = people.iter().map(|answers| State::of(guideline, answers)).collect();
    let has = |bits: Bits, lane: usize| bits.0[lane % Bits::PEOPLE / 64] >> (lane % 64) & 1 != 0;
    for keeps in [Keeps::Rules, Keeps::Everything] {
        let circuit = Circuit::new(guideline, keeps);
        let planes: Vec<Told> = circuit
            .inputs()
            .iter()
            .flat_map(|input| people.chunks(Bits::PEOPLE).map(|chunk| told(input.atom, chunk)))
            .collect();
        let mut work = Work::new(&circuit, CHUNKS);
        work.set_people(there);
        // Twice: what the first run left must not be seen in the second.
        work.run(&circuit, &planes);
        work.run_and_keep_fired(&circuit, &planes);
        let (mut lower, mut upper) = (vec![0; there], vec![0; there]);
        work.lower(&mut lower);
        work.upper(&mut upper);
        for (lane, state) in alone.iter().enumerate() {
            let found = [lower[lane], upper[lane]].map(|level| Urgency::ALL[usize::from(level)]);
            assert_eq!(found, [state.bounds().lower, state.bounds().upper], "{:?}", state.answers());
        }
        for rule in guideline.rules() {
            let fired = |lane: usize| has(work.fired(rule, lane / Bits::PEOPLE), lane);
            let holds = |lane: usize| alone[lane].rule(rule).is_true;
            assert!((0..there).all(|lane| fired(lane) == holds(lane)));
            let count = (0..there).filter(|lane| holds(*lane)).count() as u64;
            assert_eq!(work.counts()[rule.index()], 2 * count, "counts are added up");
        }
        let askable = circuit.askable();
        work.find_missing(&circuit, &askable, &planes);
        for (lane, state) in alone.iter().enumerate() {
            let is_missing = |place: &usize| has(work.missing(*place, lane / Bits::PEOPLE), lane);
            let found: Vec<_> = (0..askable.len()).filter(is_missing).map(|place| askable[place]).collect();
            let expected = if keeps == Keeps::Everything { missing(state) } else { Vec::new() };
            assert_eq!(found, expected, "{:?}", state.answers());
        }
    }
}
