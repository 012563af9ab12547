//! Running the steps over a block.

#![expect(clippy::inline_always, reason = "compiled again for each width of vectors, inside its caller")]

use std::cell::Cell;
use std::hint::black_box;

use crate::book::{RuleId, Urgency};
use crate::decision::circuit::bits::{Bits, Told, Value};
use crate::decision::circuit::steps::{Circuit, Levels, Place, Read, Step};

/// The memory of one run, used again for the next block.
///
/// A block is some chunks of 512 people. Everything has its chunks side by side: input 0 of all
/// chunks, then input 1 of all chunks.
#[derive(Clone, Debug)]
pub struct Work {
    chunks: usize,
    pub(super) slots: Vec<Value>,
    /// Who is there: the last block of a cohort is seldom full.
    present: Vec<Bits>,
    lower: Vec<[Bits; LEVELS]>,
    upper: Vec<[Bits; LEVELS]>,
    /// In how many people each rule holds, over all blocks so far: a count for each word of a
    /// chunk, which are added up when somebody asks.
    counts: Vec<[u64; Bits::WORDS]>,
    /// For each rule, in whom it holds.
    fired: Vec<Bits>,
    pub(super) needs: Vec<Need>,
    pub(super) missing: Vec<Bits>,
}

/// Who needs a value to be known further, and which way.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Need {
    pub(super) becomes_true: Bits,
    pub(super) becomes_false: Bits,
}

const LEVELS: usize = Urgency::ALL.len();

impl Work {
    /// Room for blocks of so many chunks of 512 people.
    pub fn new(circuit: &Circuit, chunks: usize) -> Self {
        Self {
            chunks,
            slots: vec![Value::TRUE; circuit.slots() * chunks],
            present: vec![Bits::ALL; chunks],
            lower: vec![[Bits::NONE; LEVELS]; chunks],
            upper: vec![[Bits::NONE; LEVELS]; chunks],
            counts: vec![[0; Bits::WORDS]; circuit.rules()],
            fired: vec![Bits::NONE; circuit.rules() * chunks],
            needs: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// How many chunks a block has.
    pub fn chunks(&self) -> usize {
        self.chunks
    }

    /// Says how many people the next blocks hold, from the first lane on.
    pub fn set_people(&mut self, people: usize) {
        for (chunk, present) in self.present.iter_mut().enumerate() {
            for (word, bits) in present.0.iter_mut().enumerate() {
                let first = chunk * Bits::PEOPLE + word * 64;
                let there = people.saturating_sub(first).min(64);
                *bits = if there == 64 { u64::MAX } else { (1 << there) - 1 };
            }
        }
    }

    /// Works out what the rules say of everybody in a block: the bounds of the urgency, and in
    /// how many people each rule holds.
    ///
    /// # Panics
    ///
    /// If `told` has not every input of the circuit for every chunk.
    #[inline(always)]
    pub fn run(&mut self, circuit: &Circuit, told: &[Told]) {
        self.go::<false>(circuit, told);
    }

    /// The same, and keeps in whom each rule holds.
    ///
    /// # Panics
    ///
    /// As [`Work::run`].
    #[inline(always)]
    pub fn run_and_keep_fired(&mut self, circuit: &Circuit, told: &[Told]) {
        self.go::<true>(circuit, told);
    }

    #[inline(always)]
    fn go<const FIRED: bool>(&mut self, circuit: &Circuit, told: &[Told]) {
        let chunks = self.chunks;
        assert_eq!(told.len(), circuit.inputs().len() * chunks, "a block has every input");
        self.lower.fill([Bits::NONE; LEVELS]);
        self.upper.fill([Bits::NONE; LEVELS]);
        let slots = Cell::from_mut(self.slots.as_mut_slice()).as_slice_of_cells();
        let block = Block { chunks, told, slots };
        for step in circuit.steps() {
            match *step {
                Step::And { into, left, right } => block.combine::<And>(into, left, right),
                Step::Or { into, left, right } => block.combine::<Or>(into, left, right),
                Step::Gate { into, atom, gate, .. } => block.combine::<Gate>(into, as_it_is(atom), gate),
                Step::FollowUp { into, atom, by } => {
                    block.combine::<FollowUp>(into, as_it_is(atom), as_it_is(by));
                }
                Step::Rule { rule, value } => {
                    let said = circuit.levels()[rule];
                    let mut counts = self.counts[rule];
                    for chunk in 0..chunks {
                        let chunk = alone(chunk);
                        let value = block.read(value, chunk);
                        raise(said, value, &mut self.lower[chunk], &mut self.upper[chunk]);
                        let held = value.is_true & self.present[chunk];
                        for (count, word) in counts.iter_mut().zip(held.0) {
                            *count += u64::from(word.count_ones());
                        }
                        if FIRED {
                            self.fired[rule * chunks + chunk] = value.is_true;
                        }
                    }
                    self.counts[rule] = counts;
                }
            }
        }
    }

    /// In how many people each rule holds, in reading order, over all blocks so far.
    pub fn counts(&self) -> Vec<u64> {
        self.counts.iter().map(|words| words.iter().sum()).collect()
    }

    /// In whom of a chunk a rule holds, after [`Work::run_and_keep_fired`]; of lanes without
    /// people nothing is meant.
    pub fn fired(&self, rule: RuleId, chunk: usize) -> Bits {
        self.fired[rule.index() * self.chunks + chunk] & self.present[chunk]
    }

    /// Who of a chunk is there.
    pub(super) fn present(&self, chunk: usize) -> Bits {
        self.present[chunk]
    }

    /// Whose urgency is certain to be below this, in a chunk.
    pub(super) fn is_below(&self, urgency: Urgency, chunk: usize) -> Bits {
        if urgency == Urgency::SelfCare {
            return Bits::NONE;
        }
        let reached = self.lower[chunk][urgency as usize..].iter();
        !reached.fold(Bits::NONE, |any, level| any | *level)
    }

    /// The urgency of each person that is certain, as [`Urgency::ALL`] counts it.
    #[inline(always)]
    pub fn lower(&self, into: &mut [u8]) {
        levels(&self.lower, into);
    }

    /// The highest urgency of each person that is still possible.
    #[inline(always)]
    pub fn upper(&self, into: &mut [u8]) {
        levels(&self.upper, into);
    }
}

/// What a step makes of its two parts: a type each, so that each is compiled into its loop.
trait Operation {
    fn of(left: Value, right: Value) -> Value;
}

struct And;
struct Or;
/// An open atom counts as no where its gate is known to be false.
struct Gate;
/// Where an atom was answered "not sure", what was told of its follow-up counts.
struct FollowUp;

impl Operation for And {
    #[inline(always)]
    fn of(left: Value, right: Value) -> Value {
        left & right
    }
}

impl Operation for Or {
    #[inline(always)]
    fn of(left: Value, right: Value) -> Value {
        left | right
    }
}

impl Operation for Gate {
    #[inline(always)]
    fn of(atom: Value, gate: Value) -> Value {
        let atom = atom.told();
        Value::of(Told {
            yes_or_open: atom.yes_or_open & (atom.yes_or_unsure | gate.is_not_false),
            yes_or_unsure: atom.yes_or_unsure,
        })
    }
}

impl Operation for FollowUp {
    #[inline(always)]
    fn of(atom: Value, by: Value) -> Value {
        let (atom, by) = (atom.told(), by.told());
        Value::of(Told {
            yes_or_open: atom.yes_or_open | (atom.yes_or_unsure & by.yes_or_open),
            yes_or_unsure: atom.yes_or_unsure & (atom.yes_or_open | by.yes_or_unsure),
        })
    }
}

/// Keeps the compiler from taking several chunks at once: it would gather one word of each, where
/// the words of one chunk lie side by side and fill a vector by themselves.
#[inline(always)]
fn alone(chunk: usize) -> usize {
    black_box(chunk)
}

fn as_it_is(place: Place) -> Read {
    Read { place, negated: false }
}

/// What a rule adds to the bounds.
#[inline(always)]
fn raise(said: Levels, value: Value, lower: &mut [Bits; LEVELS], upper: &mut [Bits; LEVELS]) {
    lower[said.urgency as usize] |= value.is_true;
    upper[said.urgency as usize] |= value.can_be_true;
    if said.if_not_sure > Urgency::SelfCare {
        // It can no longer turn out false: at the least it stays open for ever.
        lower[said.if_not_sure as usize] |= value.never_false;
        upper[said.if_not_sure as usize] |= value.is_not_false & !value.is_true;
    }
}

/// One block, while its steps run.
#[derive(Clone, Copy)]
struct Block<'b> {
    chunks: usize,
    told: &'b [Told],
    slots: &'b [Cell<Value>],
}

/// The values of an operand, chunk by chunk. Each way in which one can lie is a type of its own,
/// so that the choice between them is made once a block and not once a chunk.
trait Values: Copy {
    fn at(self, chunk: usize) -> Value;
}

#[derive(Clone, Copy)]
struct Input<'b>(&'b [Told]);

#[derive(Clone, Copy)]
struct Slot<'b>(&'b [Cell<Value>]);

#[derive(Clone, Copy)]
struct Negated<V>(V);

impl Values for Input<'_> {
    #[inline(always)]
    fn at(self, chunk: usize) -> Value {
        Value::of(self.0[chunk])
    }
}

impl Values for Slot<'_> {
    #[inline(always)]
    fn at(self, chunk: usize) -> Value {
        self.0[chunk].get()
    }
}

impl<V: Values> Values for Negated<V> {
    #[inline(always)]
    fn at(self, chunk: usize) -> Value {
        !self.0.at(chunk)
    }
}

/// Runs an expression with the values of an operand.
macro_rules! with_values {
    ($block:expr, $read:expr, $values:ident => $body:expr) => {
        match ($read.place, $read.negated) {
            (Place::Input(input), false) => {
                let $values = Input($block.input(input));
                $body
            }
            (Place::Input(input), true) => {
                let $values = Negated(Input($block.input(input)));
                $body
            }
            (Place::Slot(slot), false) => {
                let $values = Slot($block.slot(slot));
                $body
            }
            (Place::Slot(slot), true) => {
                let $values = Negated(Slot($block.slot(slot)));
                $body
            }
        }
    };
}

impl<'b> Block<'b> {
    #[inline(always)]
    fn input(self, input: u32) -> &'b [Told] {
        &self.told[input as usize * self.chunks..][..self.chunks]
    }

    #[inline(always)]
    fn slot(self, slot: u32) -> &'b [Cell<Value>] {
        &self.slots[slot as usize * self.chunks..][..self.chunks]
    }

    #[inline(always)]
    fn combine<O: Operation>(self, into: u32, left: Read, right: Read) {
        let into = self.slot(into);
        with_values!(self, left, left => with_values!(self, right, right => {
            for (chunk, into) in into.iter().enumerate() {
                let chunk = alone(chunk);
                into.set(O::of(left.at(chunk), right.at(chunk)));
            }
        }));
    }

    #[inline(always)]
    fn read(self, read: Read, chunk: usize) -> Value {
        let value = match read.place {
            Place::Input(input) => Value::of(self.told[input as usize * self.chunks + chunk]),
            Place::Slot(slot) => self.slots[slot as usize * self.chunks + chunk].get(),
        };
        if read.negated { !value } else { value }
    }
}

/// The highest level of each person, one byte a person.
#[inline(always)]
fn levels(chunks: &[[Bits; LEVELS]], into: &mut [u8]) {
    for (levels, people) in chunks.iter().zip(into.chunks_mut(Bits::PEOPLE)) {
        for (word, people) in people.chunks_mut(64).enumerate() {
            // How many of the levels above the lowest are reached is the number of the highest.
            let mut reached = [0; LEVELS];
            let mut above = 0;
            for level in (1..LEVELS).rev() {
                above |= levels[level].0[word];
                reached[level] = above;
            }
            for (byte, people) in people.chunks_mut(8).enumerate() {
                let of_eight = reached.map(|bits| spread(bits >> (8 * byte))).into_iter().sum::<u64>();
                people.copy_from_slice(&of_eight.to_le_bytes()[..people.len()]);
            }
        }
    }
}

/// The lowest eight bits, each in a byte of its own.
#[inline(always)]
fn spread(bits: u64) -> u64 {
    let alone = ((bits & 0xff) * 0x0101_0101_0101_0101) & 0x8040_2010_0804_0201;
    // In each byte one bit at most is set, in a place of its own: this carries it to the top.
    ((alone + 0x0040_6070_787c_7e7f) >> 7) & 0x0101_0101_0101_0101
}
