//! Seeds, and mutations of them, without libFuzzer: the same on every compiler.

use std::fs;
use std::path::{Path, PathBuf};

use crate::targets::Target;

/// Inputs for one target, one after the other.
pub struct Inputs {
    seeds: Vec<Vec<u8>>,
    bits: &'static [&'static str],
    random: Random,
}

/// Where the seeds of a target are.
pub fn corpus(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target)
}

impl Inputs {
    /// The seeds of a target; the same start gives the same inputs.
    ///
    /// # Panics
    ///
    /// If there are none, or they cannot be read.
    pub fn new(target: &Target, start: u64) -> Self {
        let mut paths: Vec<_> =
            fs::read_dir(corpus(target.name)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let seeds: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
        assert!(!seeds.is_empty(), "{} has no seeds", target.name);
        Self { seeds, bits: target.bits, random: Random(start.max(1)) }
    }

    /// The seeds themselves.
    pub fn seeds(&self) -> &[Vec<u8>] {
        &self.seeds
    }

    /// A seed that was changed in one to five ways.
    pub fn next(&mut self) -> Vec<u8> {
        let mut data = self.seeds[self.random.below(self.seeds.len())].clone();
        for _ in 0..=self.random.below(4) {
            mutate(&mut data, &self.seeds, self.bits, &mut self.random);
        }
        data
    }
}

fn mutate(data: &mut Vec<u8>, seeds: &[Vec<u8>], bits: &[&str], random: &mut Random) {
    let start = random.below(data.len() + 1);
    let end = (start + random.below(80)).min(data.len());
    match random.below(6) {
        0 => drop(data.drain(start..end)),
        1 => drop(data.splice(start..start, bits[random.below(bits.len())].bytes())),
        2 => drop(data.splice(start..end, bits[random.below(bits.len())].bytes())),
        3 if start < data.len() => data[start] ^= 1 << random.below(8),
        4 => {
            let copy = data[start..end].to_vec();
            let place = random.below(data.len() + 1);
            data.splice(place..place, copy);
        }
        _ => {
            let other = &seeds[random.below(seeds.len())];
            let from = random.below(other.len() + 1);
            data.truncate(start);
            data.extend_from_slice(&other[from..]);
        }
    }
}

/// Xorshift: the same numbers on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }
}
