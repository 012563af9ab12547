//! Back from the rules to the questions: which findings could still change the urgency of whom.
//!
//! The same walk as the interview's for one person, over everybody in a block.

#![expect(clippy::inline_always, reason = "compiled again for each width of vectors, inside its caller")]

use crate::book::{FindingId, Urgency};
use crate::decision::circuit::bits::{Bits, Told, Value};
use crate::decision::circuit::steps::{Circuit, Place, Read, Step};
use crate::decision::circuit::work::{Need, Work};

impl Circuit {
    /// The findings that can be missing, in reading order.
    pub fn askable(&self) -> Vec<FindingId> {
        let inputs = self.inputs().iter();
        let mut findings: Vec<FindingId> =
            inputs.flat_map(|input| [input.asked, input.followed_up_by]).flatten().collect();
        findings.sort_unstable();
        findings.dedup();
        findings
    }
}

impl Work {
    /// Finds out which findings could still change the urgency of whom, after a run of a circuit
    /// that keeps everything; nothing is missing after a run of another.
    #[inline(always)]
    pub fn find_missing(&mut self, circuit: &Circuit, askable: &[FindingId], told: &[Told]) {
        let chunks = self.chunks();
        self.missing.clear();
        self.missing.resize(askable.len() * chunks, Bits::NONE);
        let Some(settled) = circuit.settled() else { return };
        self.needs.clear();
        self.needs.resize((circuit.slots() + circuit.inputs().len()) * chunks, Need::default());
        let place_of = |finding: Option<FindingId>| finding.and_then(|id| askable.binary_search(&id).ok());
        for chunk in 0..chunks {
            let mut walk = Walk { circuit, told, chunks, chunk, slots: &self.slots, needs: Vec::new() };
            std::mem::swap(&mut walk.needs, &mut self.needs);
            let below = Urgency::ALL.map(|urgency| self.is_below(urgency, chunk) & self.present(chunk));
            walk.back(settled, &below);
            self.needs = std::mem::take(&mut walk.needs);
        }
        for (index, (input, settled)) in circuit.inputs().iter().zip(settled).enumerate() {
            let (asked, follow_up) = (place_of(input.asked), place_of(input.followed_up_by));
            for chunk in 0..chunks {
                let walk = Walk { circuit, told, chunks, chunk, slots: &self.slots, needs: Vec::new() };
                let open = walk.value(*settled).told().open();
                let Need { becomes_true, becomes_false } = self.needs[walk.index(*settled)];
                let needed = (becomes_true | becomes_false) & open;
                // An answer that leaves its finding open is a "not sure" whose follow-up is not
                // answered yet.
                let never_asked = told[index * chunks + chunk].open();
                for (place, whom) in [(asked, needed & never_asked), (follow_up, needed & !never_asked)] {
                    if let Some(place) = place {
                        self.missing[place * chunks + chunk] |= whom;
                    }
                }
            }
        }
    }

    /// In whose records of a chunk an askable finding, by its place among them, is missing.
    pub fn missing(&self, place: usize, chunk: usize) -> Bits {
        self.missing[place * self.chunks() + chunk]
    }
}

/// One chunk, while it is walked back.
struct Walk<'w> {
    circuit: &'w Circuit,
    told: &'w [Told],
    chunks: usize,
    chunk: usize,
    slots: &'w [Value],
    needs: Vec<Need>,
}

impl Walk<'_> {
    #[inline(always)]
    fn back(&mut self, settled: &[Place], below: &[Bits; Urgency::ALL.len()]) {
        let circuit = self.circuit;
        for step in circuit.steps().iter().rev() {
            match *step {
                Step::Rule { rule, value } => {
                    let said = circuit.levels()[rule];
                    // Where "not sure" counts as much as "yes", only becoming false matters.
                    if said.urgency > said.if_not_sure {
                        self.becomes_true(value, below[said.urgency as usize]);
                    }
                    self.becomes_false(value, below[said.if_not_sure as usize]);
                }
                Step::And { into, left, right } | Step::Or { into, left, right } => {
                    let Need { becomes_true, becomes_false } = self.needs[self.index(Place::Slot(into))];
                    if (becomes_true | becomes_false) == Bits::NONE {
                        continue;
                    }
                    for part in [left, right] {
                        self.becomes_true(part, becomes_true);
                        self.becomes_false(part, becomes_false);
                    }
                }
                Step::Gate { into, atom, gate, input } => {
                    let need = self.needs[self.index(Place::Slot(into))];
                    self.add(atom, need);
                    let open = self.value(settled[input as usize]).told().open();
                    // Whether the question applies at all must be known first.
                    self.becomes_false(gate, (need.becomes_true | need.becomes_false) & open);
                }
                // Whether the "not sure" is settled shows in the atom itself, which then is open.
                Step::FollowUp { into, atom, .. } => {
                    let need = self.needs[self.index(Place::Slot(into))];
                    self.add(atom, need);
                }
            }
        }
    }

    #[inline(always)]
    fn becomes_true(&mut self, read: Read, whom: Bits) {
        let value = self.value(read.place);
        let value = if read.negated { !value } else { value };
        let turns = whom & value.can_be_true & !value.is_true;
        let index = self.index(read.place);
        let need = &mut self.needs[index];
        if read.negated {
            need.becomes_false |= turns;
        } else {
            need.becomes_true |= turns;
        }
    }

    #[inline(always)]
    fn becomes_false(&mut self, read: Read, whom: Bits) {
        self.becomes_true(Read { negated: !read.negated, ..read }, whom);
    }

    #[inline(always)]
    fn add(&mut self, place: Place, need: Need) {
        let index = self.index(place);
        let of_place = &mut self.needs[index];
        of_place.becomes_true |= need.becomes_true;
        of_place.becomes_false |= need.becomes_false;
    }

    #[inline(always)]
    fn value(&self, place: Place) -> Value {
        match place {
            Place::Input(input) => Value::of(self.told[input as usize * self.chunks + self.chunk]),
            Place::Slot(slot) => self.slots[slot as usize * self.chunks + self.chunk],
        }
    }

    /// Where the needs of a place lie: those of the slots come first.
    #[inline(always)]
    fn index(&self, place: Place) -> usize {
        let place = match place {
            Place::Slot(slot) => slot as usize,
            Place::Input(input) => self.circuit.slots() + input as usize,
        };
        place * self.chunks + self.chunk
    }
}
