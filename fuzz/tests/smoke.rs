//! The fuzz targets on a stable compiler: every seed, and mutations of them
//! that are the same on every run.

use std::fs;
use std::path::Path;

/// So many that the whole takes seconds.
const MUTATIONS: usize = 3_000;

#[test]
fn compile_book_survives_its_seeds_and_their_mutations() {
    let bits = [
        "=== ",
        "=== README.md\n",
        "```toml\n",
        "```\n",
        "\n\n",
        "# ",
        "[rule.x]\n",
        "[finding.",
        "\"",
        "'",
        " and ",
        "not ",
        "(",
        ")",
        "AtLeast(2, ",
        "when = \"",
        "shows = [\"",
        "\\",
        "é",
        "\u{1f525}",
        "\r\n",
        "- [x](x.md)\n",
        "99999999999999999999",
        "> ",
        "    ",
        "<!--",
    ];
    run("compile_book", unclench_fuzz::compile_book, &bits);
}

#[test]
fn read_answers_survives_its_seeds_and_their_mutations() {
    let bits = [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "null",
        "true",
        "false",
        "-1",
        "1e999",
        "99999999999999999999",
        "\"yes\"",
        "\"no\"",
        "\"not sure\"",
        "\"fever\":",
        "\"age\":",
        "\"trigger\":",
        "\"lifting\"",
        "\\u0000",
        "\\ud800",
    ];
    run("read_answers", unclench_fuzz::read_answers, &bits);
}

fn run(target: &str, body: fn(&[u8]), bits: &[&str]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    let mut seeds: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.sort();
    let seeds: Vec<Vec<u8>> = seeds.iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(!seeds.is_empty());
    for seed in &seeds {
        body(seed);
    }
    let mut random = Random(0x5eed);
    for _ in 0..MUTATIONS {
        let mut data = seeds[random.below(seeds.len())].clone();
        for _ in 0..=random.below(4) {
            mutate(&mut data, &seeds, bits, &mut random);
        }
        body(&data);
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
