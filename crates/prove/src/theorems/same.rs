//! Theorem 8: the compiled program says what the text says.

use care::compiled;

use super::{Subject, name};
use crate::formula::{Bit, Formulas};
use crate::machine::Machine;
use crate::meaning::{Meaning, Side, findings};
use crate::person::{Person, size};
use crate::theorem::{Fact, Theorem};

pub(super) fn theorem(subject: Subject<'_>) -> Theorem<'_> {
    let Subject { text: book, guideline } = subject;
    let mut formulas = Formulas::default();
    let person = Person::anybody(book, &mut formulas, "");
    let machine = Machine::run(guideline, &person, &mut formulas);
    let mut meaning = Meaning::of(book, &person);
    let statement = "Whatever was answered or left open, the compiled program finds of every condition of the book \
                     what its text says: whether it is certain, whether it is ruled out, and whether either may \
                     still come; and the book as one file is the book.";
    let mut theorem = Theorem::new(8, statement, guideline, Formulas::default(), person.clone());
    for (id, condition) in book.conditions() {
        let about = format!("`{}` of {}", id.key.id(), name(book, id.block));
        let Some(operand) = guideline.program().operand(id) else {
            theorem.facts.push(Fact { about, holds: false });
            continue;
        };
        let mut differs = Bit::NO;
        for side in [Side::Known, Side::Possible] {
            let said = meaning.value(&mut formulas, condition, side);
            let done = match side {
                Side::Known => machine.known(operand),
                Side::Possible => machine.possible(operand),
            };
            for (said, done) in [(said.yes, done.yes), (said.no, done.no)] {
                let differ = formulas.differ(said, done);
                differs = formulas.or(differs, differ);
            }
        }
        theorem.never(about, differs);
    }
    let file = compiled::write(guideline, Vec::new()).ok();
    let read = file.and_then(|file| compiled::read(&file).ok());
    let holds = read.is_some_and(|(read, _)| read == *book);
    theorem.facts.push(Fact { about: "the book as one file".to_owned(), holds });
    theorem.size = size(book, findings(book), true);
    theorem.is_complete = false;
    theorem.formulas = formulas;
    theorem
}
