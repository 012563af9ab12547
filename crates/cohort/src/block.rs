//! Answers of a block of people, one after the other, and from there to bit planes.

use care::circuit::{Bits, Circuit, Told};
use care::{Answer, Atom, FindingId, Guideline};

/// How many chunks of 512 people a block has: 2,048 people are enough for a step to cost nothing
/// beside its work, and few enough for their values to stay in the cache.
pub const CHUNKS: usize = 4;

/// How many people a block has.
pub const PEOPLE: usize = CHUNKS * Bits::PEOPLE;

/// How many people become bits at once: those of one word.
const WORD: usize = 64;

/// The planes of a block, filled person by person.
///
/// Of the last 64 people there is a row each, with a byte an input. They fit into the cache next
/// to the processor; once they are full they become one word of each plane.
#[derive(Clone, Debug)]
pub struct Block {
    /// How answers are tested, and into which input: those of one finding side by side.
    tests: Vec<(usize, Test)>,
    /// Where those of each finding of the book begin; one more than there are findings.
    tests_of: Vec<usize>,
    inputs: usize,
    /// How long a row is: eight inputs are handled at once.
    width: usize,
    rows: Vec<u8>,
    people: usize,
    planes: Vec<Told>,
}

// The two bits of an atom, as the planes have them.
const NO: u8 = 0b00;
const OPEN: u8 = 0b01;
const NOT_SURE: u8 = 0b10;
const YES: u8 = 0b11;

#[derive(Clone, Copy, Debug)]
enum Test {
    Yes,
    AtLeast(i64),
    Below(i64),
    Is(u16),
}

impl Test {
    #[inline]
    fn bits(self, answer: Answer) -> u8 {
        match self {
            // Nearly all of them, and what somebody answers nobody can guess: the bits are looked
            // up and no way through the program is chosen by them.
            Self::Yes => match answer {
                Answer::Yes => YES,
                Answer::No => NO,
                _ => NOT_SURE,
            },
            Self::AtLeast(least) => of_number(answer, |number| least <= number),
            Self::Below(limit) => of_number(answer, |number| number < limit),
            Self::Is(option) => match answer {
                Answer::Option(chosen) if chosen == option => YES,
                Answer::Option(_) => NO,
                _ => NOT_SURE,
            },
        }
    }
}

fn of_number(answer: Answer, holds: impl Fn(i64) -> bool) -> u8 {
    match answer {
        Answer::Number(number) if holds(number) => YES,
        Answer::Number(_) => NO,
        _ => NOT_SURE,
    }
}

impl Block {
    /// Nobody is there.
    pub fn new(guideline: &Guideline, circuit: &Circuit) -> Self {
        let (mut tests, mut tests_of) = (Vec::new(), vec![0]);
        for finding in guideline.findings() {
            let inputs = circuit.inputs().iter().enumerate();
            tests.extend(inputs.filter(|(_, input)| input.atom.finding() == finding).map(
                |(place, input)| {
                    let test = match input.atom {
                        Atom::Yes(_) => Test::Yes,
                        Atom::AtLeast(_, least) => Test::AtLeast(least),
                        Atom::Below(_, limit) => Test::Below(limit),
                        Atom::Is(_, option) => Test::Is(option),
                    };
                    (place, test)
                },
            ));
            tests_of.push(tests.len());
        }
        let inputs = circuit.inputs().len();
        let width = inputs.next_multiple_of(8);
        Self {
            tests,
            tests_of,
            inputs,
            width,
            rows: vec![OPEN; WORD * width],
            people: 0,
            planes: vec![Told::OPEN; inputs * CHUNKS],
        }
    }

    /// How many people are there.
    pub fn people(&self) -> usize {
        self.people
    }

    /// Adds somebody with these answers, each of which fits its finding.
    ///
    /// # Panics
    ///
    /// If [`PEOPLE`] are there already.
    #[inline]
    pub fn add(&mut self, answers: &[(FindingId, Answer)]) {
        assert!(self.people < PEOPLE, "a block has room for {PEOPLE} people");
        let first = self.people % WORD * self.width;
        let row = &mut self.rows[first..first + self.width];
        row.fill(OPEN);
        for (finding, answer) in answers {
            let tests = self.tests_of[finding.index()]..self.tests_of[finding.index() + 1];
            for (place, test) in &self.tests[tests] {
                row[*place] = test.bits(*answer);
            }
        }
        self.people += 1;
        if self.people.is_multiple_of(WORD) {
            self.turn();
        }
    }

    /// The planes of everybody who is there. The next one is the first of a new block.
    pub fn planes(&mut self) -> &[Told] {
        if !self.people.is_multiple_of(WORD) {
            self.turn();
        }
        self.people = 0;
        &self.planes
    }

    /// Makes one word of each plane from the rows.
    fn turn(&mut self) {
        let word = (self.people - 1) / WORD;
        let (chunk, word) = (word / Bits::WORDS, word % Bits::WORDS);
        for first in (0..self.inputs).step_by(8) {
            let (mut open, mut unsure) = ([0_u64; 8], [0_u64; 8]);
            for (eight, rows) in self.rows.chunks_exact(8 * self.width).enumerate() {
                let bits = |of: u32| {
                    // The bit of the first person stays at the bottom of its byte, that of the
                    // second goes one up, and so on: a byte holds eight people of one input.
                    let rows = rows.chunks_exact(self.width).zip(0..);
                    rows.fold(0, |bits, (row, person)| {
                        let mut inputs = [0; 8];
                        inputs.copy_from_slice(&row[first..first + 8]);
                        bits | (u64::from_le_bytes(inputs) >> of & 0x0101_0101_0101_0101) << person
                    })
                };
                let (low, high) = (bits(0).to_le_bytes(), bits(1).to_le_bytes());
                for input in 0..8 {
                    open[input] |= u64::from(low[input]) << (8 * eight);
                    unsure[input] |= u64::from(high[input]) << (8 * eight);
                }
            }
            for (place, input) in (first..self.inputs.min(first + 8)).enumerate() {
                let told = &mut self.planes[input * CHUNKS + chunk];
                told.yes_or_open.0[word] = open[place];
                told.yes_or_unsure.0[word] = unsure[place];
            }
        }
    }
}
