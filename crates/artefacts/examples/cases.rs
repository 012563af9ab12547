//! Answers for other engines, with what `care` makes of them.
//!
//! `cases DIR COUNT SEED` writes the library, the `FHIRPath`, and one line for every vignette and
//! for `COUNT` random sets of answers, complete and partial; the same seed makes the same ones.
//! `cases --of` reads answers, one object a line, and answers each with such a line.

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use care::{Answer, Answers, Atom, FindingId, FindingKind, Guideline, Outlook, State};
use compiler::SourceFile;
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let guideline = compiler::compile(&texts(&root.join("guideline"), &root.join("guideline"))?)
        .map_err(|problems| format!("the book has problems: {problems:?}"))?
        .guideline;
    let [folder, count, seed] = match &arguments[..] {
        [of] if of == "--of" => return again(&guideline),
        [folder, count, seed] => [folder, count, seed],
        _ => return Err("usage: cases DIR COUNT SEED | --of".into()),
    };
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    fs::write(folder.join("unclench.cql"), artefacts::cql(&guideline))?;
    fs::write(folder.join("unclench.fhirpath.json"), artefacts::fhirpath(&guideline).to_string())?;
    let book = guideline.book();
    let screens: Vec<_> = guideline
        .questions()
        .map(|id| guideline.question(id))
        .map(|question| {
            let shows = question.shows.iter().map(|finding| &guideline.finding(*finding).id);
            json!({ "id": question.id, "findings": shows.collect::<Vec<_>>() })
        })
        .collect();
    let rules: Vec<&str> = book.rules.iter().map(|rule| rule.id.as_str()).collect();
    let head = json!({ "version": book.version, "hash": book.hash, "rules": rules, "screens": screens });
    fs::write(folder.join("book.json"), head.to_string())?;
    let mut out = std::io::BufWriter::new(fs::File::create(folder.join("cases.jsonl"))?);
    let mut told = Vec::new();
    for file in texts(&root.join("vignettes"), &root.join("vignettes"))? {
        let vignette = compiler::vignette(&file.path, &file.text, &guideline)
            .map_err(|problems| format!("{}: {problems:?}", file.path))?;
        told.push((file.path, vignette.settled_answers(&guideline)));
    }
    for (name, answers) in &told {
        writeln!(out, "{}", case(&guideline, name, answers))?;
    }
    let mut people = People { guideline: &guideline, told: &told, chance: Chance(seed.parse()?) };
    for number in 0..count.parse()? {
        let answers = people.next(number);
        writeln!(out, "{}", case(&guideline, &format!("random {number}"), &answers))?;
    }
    Ok(())
}

/// What `care` makes of the answers that come in.
fn again(guideline: &Guideline) -> Result<(), Box<dyn Error>> {
    for line in std::io::stdin().lines() {
        let answers = Answers::from_json(guideline, &serde_json::from_str(&line?)?)
            .map_err(|problems| format!("{problems:?}"))?;
        // Standard output is flushed at the end of each line.
        println!("{}", case(guideline, "again", &answers));
    }
    Ok(())
}

/// Every Markdown or TOML file below a folder.
fn texts(folder: &Path, root: &Path) -> Result<Vec<SourceFile>, Box<dyn Error>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(texts(&path, root)?);
        } else {
            let name = path.strip_prefix(root)?.to_string_lossy().into_owned();
            files.push(SourceFile { path: name, text: fs::read_to_string(&path)? });
        }
    }
    Ok(files)
}

/// Answers, and what `care` makes of them: each rule a letter.
fn case(guideline: &Guideline, name: &str, answers: &Answers) -> serde_json::Value {
    let state = State::of(guideline, answers);
    let letters = |letter: &dyn Fn(Outlook) -> char| -> String {
        guideline.rules().map(|rule| letter(state.rule(rule))).collect()
    };
    let bounds = state.bounds();
    json!({
        "id": name,
        "answers": answers.to_json(guideline),
        "fires": letters(&|rule| if rule.is_true { 't' } else if rule.is_false { 'f' } else { '-' }),
        "can_fire": letters(&|rule| if rule.can_be_true { 't' } else { 'f' }),
        "can_fail": letters(&|rule| if rule.can_be_false { 't' } else { 'f' }),
        "at_least": bounds.lower.id(),
        "at_most": bounds.upper.id(),
    })
}

/// Random people: complete or partial, healthy or with many signs, from nothing or from a vignette.
struct People<'a> {
    guideline: &'a Guideline,
    told: &'a [(String, Answers)],
    chance: Chance,
}

impl People<'_> {
    fn next(&mut self, number: usize) -> Answers {
        let guideline = self.guideline;
        // Of a thousand: how many are answered, are not sure, and are signs that are there.
        let answered = [1000, 1000, 900, 600, 250][number % 5];
        let not_sure = [0, 100, 30, 200][number / 5 % 4];
        let yes = [30, 120, 350, 600][number / 20 % 4];
        let mut answers = Answers::none(guideline);
        if number.is_multiple_of(3) && !self.told.is_empty() {
            let from = self.chance.below(self.told.len());
            answers.clone_from(&self.told[from].1);
            // Of a story most stays as it was told.
            for finding in guideline.findings() {
                match self.chance.below(1000) {
                    0..80 => answers.clear(finding),
                    80..160 => self.answer(&mut answers, finding, 200, 300),
                    _ => {}
                }
            }
            return answers;
        }
        for finding in guideline.findings() {
            if self.chance.below(1000) < answered {
                self.answer(&mut answers, finding, not_sure, yes);
            }
        }
        answers
    }

    fn answer(&mut self, answers: &mut Answers, finding: FindingId, not_sure: usize, yes: usize) {
        let chance = &mut self.chance;
        let answer = match &self.guideline.finding(finding).kind {
            _ if chance.below(1000) < not_sure => Answer::NotSure,
            FindingKind::YesNo if chance.below(1000) < yes => Answer::Yes,
            FindingKind::YesNo => Answer::No,
            FindingKind::Number { min, max, .. } => {
                // Where something turns: at a threshold, or one beside it.
                let program = self.guideline.program();
                let turns: Vec<i64> = program
                    .atoms_of(finding)
                    .filter_map(|slot| match program.atoms()[slot] {
                        Atom::AtLeast(_, turn) | Atom::Below(_, turn) => Some(turn),
                        Atom::Yes(_) | Atom::Is(..) => None,
                    })
                    .collect();
                let width = usize::try_from(max - min).unwrap_or(0) + 1;
                let anywhere = min + i64::try_from(chance.below(width)).unwrap_or(0);
                let at = if turns.is_empty() || chance.below(3) == 0 {
                    anywhere
                } else {
                    turns[chance.below(turns.len())] - i64::try_from(chance.below(3)).unwrap_or(0) + 1
                };
                Answer::Number(at.clamp(*min, *max))
            }
            FindingKind::Choice(options) => {
                Answer::Option(u16::try_from(chance.below(options.len())).unwrap_or(0))
            }
        };
        // It fits by how it was made.
        let _ = answers.set(self.guideline, finding, answer);
    }
}

/// `SplitMix64`: enough for choosing people, and the same everywhere.
struct Chance(u64);

impl Chance {
    /// A number below this one.
    fn below(&mut self, many: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % many.max(1) as u64).unwrap_or(0)
    }
}
