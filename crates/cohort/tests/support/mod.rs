//! The real book, its vignettes, and people who never lived.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::panic,
    reason = "shared by tests and benchmarks, each of which uses a part"
)]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use care::{Answer, Answers, FindingId, FindingKind, Guideline};
use compiler::SourceFile;

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every text below a folder of the project.
pub fn files(folder: &str) -> Vec<SourceFile> {
    fn collect(root: &Path, dir: &Path, files: &mut Vec<SourceFile>) {
        for path in std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                collect(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.push(SourceFile { path: name, text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }
    let root = root().join(folder);
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}

static GUIDELINE: LazyLock<Guideline> = LazyLock::new(|| match compiler::compile(&files("guideline")) {
    Ok(compiled) => compiled.guideline,
    Err(problems) => panic!("{problems}"),
});

pub fn guideline() -> &'static Guideline {
    &GUIDELINE
}

/// `SplitMix64`: the same people every time, and good enough to mix answers.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }
}

/// Somebody: of a hundred answers so many are yes, not sure and open.
pub fn somebody(random: &mut Random, [yes, not_sure, open]: [u64; 3]) -> Answers {
    let guideline = guideline();
    let mut answers = Answers::none(guideline);
    for finding in guideline.findings().filter(|id| guideline.finding(*id).derived.is_none()) {
        let draw = random.below(100);
        let answer = if draw < open {
            continue;
        } else if draw < open + not_sure {
            Answer::NotSure
        } else {
            told(random, finding, draw < open + not_sure + yes)
        };
        answers.set(guideline, finding, answer).unwrap();
    }
    answers
}

fn told(random: &mut Random, finding: FindingId, is_so: bool) -> Answer {
    match &guideline().finding(finding).kind {
        FindingKind::YesNo => {
            if is_so {
                Answer::Yes
            } else {
                Answer::No
            }
        }
        FindingKind::Number { min, max, .. } => {
            let range = u64::try_from((max - min).min(120)).unwrap() + 1;
            Answer::Number(min + i64::try_from(random.below(range)).unwrap())
        }
        FindingKind::Choice(options) => {
            Answer::Option(u16::try_from(random.below(options.len() as u64)).unwrap())
        }
    }
}

/// People with much and with little, who were asked everything or hardly anything.
pub fn people(count: usize) -> Vec<Answers> {
    let kinds = [[1, 0, 0], [0, 0, 10], [8, 10, 10], [30, 20, 0], [3, 1, 60], [50, 10, 40], [0, 1, 97]];
    let mut random = Random::new(20_261_130);
    (0..count).map(|number| somebody(&mut random, kinds[number % kinds.len()])).collect()
}
