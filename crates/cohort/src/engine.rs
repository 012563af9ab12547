//! A block of planes through the book, and what comes out for each person.

use care::circuit::{Bits, Circuit, Keeps, Told, Work};
use care::{FindingId, Guideline, Urgency};

use crate::block::{CHUNKS, PEOPLE};
use crate::width::Width;

/// The book, ready for blocks.
#[derive(Clone, Debug)]
pub struct Engine {
    circuit: Circuit,
    askable: Vec<FindingId>,
    work: Work,
    width: Width,
}

/// What comes out for the people of one block.
#[derive(Clone, Debug)]
pub struct Verdicts {
    /// The urgency that is certain.
    pub lower: Vec<Urgency>,
    /// The highest that is possible.
    pub upper: Vec<Urgency>,
    /// The rules that hold, by their place in the book.
    pub fired: Lists,
    /// The findings that could still change the urgency, by their place in the book.
    pub missing: Lists,
}

/// A list for each person, all in one piece.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// Where the list of each person begins; one more than there are people.
    pub starts: Vec<u32>,
    /// Their items, person by person, each in reading order.
    pub items: Vec<u16>,
}

impl Lists {
    /// The list of one person.
    pub fn of(&self, person: usize) -> &[u16] {
        &self.items[self.starts[person] as usize..self.starts[person + 1] as usize]
    }
}

impl Engine {
    /// Lays a book out for blocks of [`PEOPLE`].
    pub fn new(guideline: &Guideline, width: Width) -> Self {
        let circuit = Circuit::new(guideline, Keeps::Everything);
        let work = Work::new(&circuit, CHUNKS);
        Self { askable: circuit.askable(), circuit, work, width }
    }

    /// What it reads.
    pub fn circuit(&self) -> &Circuit {
        &self.circuit
    }

    /// Decides for the first people of a block.
    pub fn decide(&mut self, planes: &[Told], people: usize) -> Verdicts {
        self.work.set_people(people);
        self.width.run_in_full(&mut self.work, &self.circuit, &self.askable, planes);
        let urgencies = |fill: &dyn Fn(&mut [u8])| {
            let mut levels = vec![0; PEOPLE];
            fill(&mut levels);
            levels.truncate(people);
            levels.into_iter().map(|level| Urgency::ALL[usize::from(level)]).collect()
        };
        let work = &self.work;
        let rules = (0..u16::try_from(self.circuit.rules()).unwrap_or(u16::MAX)).map(care::RuleId);
        let fired: Vec<(u16, [Bits; CHUNKS])> =
            rules.map(|rule| (rule.0, std::array::from_fn(|chunk| work.fired(rule, chunk)))).collect();
        let missing: Vec<(u16, [Bits; CHUNKS])> = (0..)
            .zip(&self.askable)
            .map(|(place, finding)| (finding.0, std::array::from_fn(|chunk| work.missing(place, chunk))))
            .collect();
        Verdicts {
            lower: urgencies(&|levels| work.lower(levels)),
            upper: urgencies(&|levels| work.upper(levels)),
            fired: lists(&fired, people),
            missing: lists(&missing, people),
        }
    }
}

/// From a plane an item to a list a person.
fn lists(planes: &[(u16, [Bits; CHUNKS])], people: usize) -> Lists {
    let mut pairs: Vec<(u16, u16)> = Vec::new();
    let mut starts = vec![0_u32; people + 1];
    for (item, chunks) in planes {
        for (word, bits) in chunks.iter().flat_map(|chunk| chunk.0).enumerate() {
            let mut bits = bits;
            while bits != 0 {
                let person = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                if person < people {
                    starts[person + 1] += 1;
                    pairs.push((u16::try_from(person).unwrap_or(u16::MAX), *item));
                }
            }
        }
    }
    for person in 0..people {
        starts[person + 1] += starts[person];
    }
    let mut next = starts.clone();
    let mut items = vec![0; pairs.len()];
    for (person, item) in pairs {
        let place = &mut next[usize::from(person)];
        items[*place as usize] = item;
        *place += 1;
    }
    Lists { starts, items }
}
