//! The fuzz targets on a stable compiler: every seed, and mutations of them
//! that are the same on every run.

use unclench_fuzz::compiled_small_book;
use unclench_fuzz::mutate::{Inputs, corpus};
use unclench_fuzz::targets::named;

/// So many that the whole takes seconds.
const MUTATIONS: usize = 3_000;

fn check(name: &str) {
    let target = named(name).unwrap();
    let mut inputs = Inputs::new(target, 0x5eed);
    for seed in inputs.seeds() {
        (target.body)(seed);
    }
    for _ in 0..MUTATIONS {
        (target.body)(&inputs.next());
    }
}

#[test]
fn compile_book_survives_its_seeds_and_their_mutations() {
    check("compile_book");
}

#[test]
fn read_answers_survives_its_seeds_and_their_mutations() {
    check("read_answers");
}

#[test]
fn json_lines_survives_its_seeds_and_their_mutations() {
    check("json_lines");
}

#[test]
fn form_survives_its_seeds_and_their_mutations() {
    check("form");
}

#[test]
fn import_survives_its_seeds_and_their_mutations() {
    check("import");
}

#[test]
fn fhir_survives_its_seeds_and_their_mutations() {
    check("fhir");
}

#[test]
fn sealed_copy_survives_its_seeds_and_their_mutations() {
    check("sealed_copy");
}

#[test]
fn diary_survives_its_seeds_and_their_mutations() {
    check("diary");
}

#[test]
fn compiled_survives_its_seeds_and_their_mutations() {
    check("compiled");
}

/// A seed of another version teaches nothing: it is written anew here.
#[test]
fn the_seed_of_compiled_is_of_this_version() {
    let file = corpus("compiled").join("small_book");
    let written = compiled_small_book();
    if std::fs::read(&file).ok().as_ref() != Some(&written) {
        std::fs::write(&file, written).unwrap();
        panic!("{} was of another version and is new now", file.display());
    }
}

#[test]
fn condition_survives_its_seeds_and_their_mutations() {
    check("condition");
}
