//! Answers of a block of people, by finding, and from there to bit planes.

use care::circuit::{Bits, Circuit, Told};
use care::{Answer, Atom, FindingId, FindingKind, Guideline};

/// How many chunks of 512 people a block has: 2,048 people are enough for a step to cost nothing
/// beside its work, and few enough for their values to stay in the cache.
pub const CHUNKS: usize = 4;

/// How many people a block has.
pub const PEOPLE: usize = CHUNKS * Bits::PEOPLE;

/// One column a finding that the rules rest on, one place a person.
///
/// Nothing of anybody is there in the beginning; a place that was filled and is not wanted any
/// more is opened again ([`Block::clear`]).
#[derive(Clone, Debug)]
pub struct Block {
    /// The column of each finding of the book; none where no rule rests on it.
    column_of: Vec<Option<usize>>,
    columns: Vec<Column>,
    /// What each input of the circuit tests, and in which column.
    inputs: Vec<(usize, Test)>,
    planes: Vec<Told>,
}

/// What was answered, a byte a person: the two bits of the planes, or that there is a value.
#[derive(Clone, Debug)]
struct Column {
    told: Vec<u8>,
    /// Numbers, or the place of an option; empty where there are only yes and no.
    values: Vec<i64>,
}

const NO: u8 = 0;
const OPEN: u8 = 1;
const NOT_SURE: u8 = 2;
const YES: u8 = 3;
/// Look among the values.
const VALUE: u8 = 4;

/// So far that places of one person in neighbouring columns do not fall on the same line of the
/// cache.
const STRIDE: usize = PEOPLE + 64;

#[derive(Clone, Copy, Debug)]
enum Test {
    Yes,
    AtLeast(i64),
    Below(i64),
    Is(i64),
}

impl Block {
    /// Nobody has answered anything.
    pub fn new(guideline: &Guideline, circuit: &Circuit) -> Self {
        let mut column_of = vec![None; guideline.book().findings.len()];
        let (mut columns, mut inputs) = (Vec::new(), Vec::new());
        for input in circuit.inputs() {
            let finding = input.atom.finding();
            let column = *column_of[finding.index()].get_or_insert_with(|| {
                let has_values = guideline.finding(finding).kind != FindingKind::YesNo;
                columns.push(Column {
                    told: vec![OPEN; STRIDE],
                    values: if has_values { vec![0; STRIDE] } else { Vec::new() },
                });
                columns.len() - 1
            });
            let test = match input.atom {
                Atom::Yes(_) => Test::Yes,
                Atom::AtLeast(_, least) => Test::AtLeast(least),
                Atom::Below(_, limit) => Test::Below(limit),
                Atom::Is(_, option) => Test::Is(i64::from(option)),
            };
            inputs.push((column, test));
        }
        let planes = vec![Told::OPEN; inputs.len() * CHUNKS];
        Self { column_of, columns, inputs, planes }
    }

    /// Puts an answer that fits its finding in the place of a person.
    ///
    /// # Panics
    ///
    /// If `person` is not below [`PEOPLE`].
    #[inline]
    pub fn set(&mut self, person: usize, finding: FindingId, answer: Answer) {
        let Some(column) = self.column_of[finding.index()] else { return };
        assert!(person < PEOPLE, "person {person} of a block of {PEOPLE}");
        let column = &mut self.columns[column];
        let (told, value) = match answer {
            Answer::No => (NO, 0),
            Answer::Yes => (YES, 0),
            Answer::NotSure => (NOT_SURE, 0),
            Answer::Number(number) => (VALUE, number),
            Answer::Option(option) => (VALUE, i64::from(option)),
        };
        column.told[person] = told;
        if let Some(place) = column.values.get_mut(person) {
            *place = value;
        }
    }

    /// Takes back everything that one person answered.
    pub fn clear(&mut self, person: usize) {
        for column in &mut self.columns {
            column.told[person] = OPEN;
        }
    }

    /// Makes the planes of what was answered; afterwards nobody has answered anything.
    pub fn fill_planes(&mut self) {
        for (index, (column, test)) in self.inputs.iter().enumerate() {
            let column = &self.columns[*column];
            let planes = &mut self.planes[index * CHUNKS..][..CHUNKS];
            match *test {
                Test::Yes => fill(planes, column, |told, _| told),
                Test::AtLeast(least) => fill(planes, column, |told, value| truth(told, least <= value)),
                Test::Below(limit) => fill(planes, column, |told, value| truth(told, value < limit)),
                Test::Is(option) => fill(planes, column, |told, value| truth(told, value == option)),
            }
        }
        for column in &mut self.columns {
            column.told.fill(OPEN);
        }
    }

    /// The planes of the block, as the circuit reads them.
    pub fn planes(&self) -> &[Told] {
        &self.planes
    }
}

/// The two bits of an atom: those of its finding where it has no value.
fn truth(told: u8, is_so: bool) -> u8 {
    let of_value = if is_so { YES } else { NO };
    if told == VALUE { of_value } else { told }
}

fn fill(planes: &mut [Told], column: &Column, bits: impl Fn(u8, i64) -> u8) {
    for (chunk, planes) in planes.iter_mut().enumerate() {
        for word in 0..Bits::WORDS {
            let first = chunk * Bits::PEOPLE + word * 64;
            let told = &column.told[first..first + 64];
            let (mut low, mut high) = (0, 0);
            for eight in 0..8 {
                let mut codes = [0; 8];
                if column.values.is_empty() {
                    codes.copy_from_slice(&told[8 * eight..8 * eight + 8]);
                } else {
                    let values = &column.values[first + 8 * eight..][..8];
                    for ((code, told), value) in codes.iter_mut().zip(&told[8 * eight..]).zip(values) {
                        *code = bits(*told, *value);
                    }
                }
                let codes = u64::from_le_bytes(codes);
                low |= gather(codes) << (8 * eight);
                high |= gather(codes >> 1) << (8 * eight);
            }
            planes.yes_or_open.0[word] = low;
            planes.yes_or_unsure.0[word] = high;
        }
    }
}

/// The lowest bits of eight bytes, side by side.
fn gather(bytes: u64) -> u64 {
    // The lowest bit of byte i stands at 8 i; of the factors 2^7 to 2^56 the one with 2^(56 - 7 i)
    // moves it to 56 + i, and no two meet.
    (bytes & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56
}
