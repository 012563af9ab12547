//! From a catalogue in the syntax of Project Fluent to Rust: one variant of `Message` for
//! each message, its arguments the fields.
//!
//! Compiled when the crate is built, so that a message or an argument that is missing is an
//! error of the compiler, and nothing reads a catalogue while the program runs.
//!
//! Understood are texts, `{ $words }`, `{ NUMBER($days) }`, `{ "literal" }`, and choices by
//! number, `{ $days -> [one] a day *[other] { NUMBER($days) } days }`, with exact numbers,
//! `one` and `other` as keys. An argument that is chosen by or in `NUMBER` is a number, any
//! other is words; `NUMBER` writes thousands as English does. A line break is a space. All else of Fluent is refused, with its line.

use std::collections::BTreeMap;
use std::fmt::Write;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, VariantKey};

/// A catalogue that was read; `compile` makes it and `write` turns it into Rust.
struct Catalogue<'s> {
    file: &'s str,
    source: &'s str,
    problems: Vec<String>,
}

/// One message, understood.
struct Sentence<'s> {
    /// Its group in the catalogue: `The outcome`.
    room: String,
    key: &'s str,
    notes: Vec<&'s str>,
    pieces: Vec<Piece<'s>>,
    arguments: BTreeMap<&'s str, Kind>,
}

/// What an argument takes.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Words,
    Number,
}

/// A part of a sentence.
enum Piece<'s> {
    Text(String),
    Argument(&'s str, Kind),
    Choice {
        by: &'s str,
        exact: Vec<(i64, Vec<Piece<'s>>)>,
        one: Option<Vec<Piece<'s>>>,
        other: Vec<Piece<'s>>,
    },
}

/// The Rust of a catalogue, or every problem with file and line.
pub(crate) fn compile(file: &str, source: &str) -> Result<String, Vec<String>> {
    let mut catalogue = Catalogue { file, source, problems: Vec::new() };
    let sentences = catalogue.read();
    if catalogue.problems.is_empty() { Ok(written(&sentences)) } else { Err(catalogue.problems) }
}

impl<'s> Catalogue<'s> {
    /// `part` is a piece of the source, which tells the line.
    fn refuse(&mut self, part: &str, why: &str) {
        let at = (part.as_ptr() as usize).saturating_sub(self.source.as_ptr() as usize);
        self.refuse_at(at, why);
    }

    fn refuse_at(&mut self, at: usize, why: &str) {
        let line = self.source.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        self.problems.push(format!("{}:{line}: {why}", self.file));
    }

    fn read(&mut self) -> Vec<Sentence<'s>> {
        let resource = fluent_syntax::parser::parse(self.source).unwrap_or_else(|(resource, errors)| {
            for error in errors {
                self.refuse_at(error.pos.start, &error.kind.to_string());
            }
            resource
        });
        let (mut room, mut sentences) = (String::new(), Vec::<Sentence<'s>>::new());
        for entry in resource.body {
            match entry {
                Entry::Message(message) => {
                    let key = message.id.name;
                    let sentence = self.sentence(&room, message);
                    if sentences.iter().any(|known| variant(known.key) == variant(key)) {
                        self.refuse(key, &format!("`{key}` is there twice"));
                    }
                    sentences.push(sentence);
                }
                Entry::Term(term) => self.refuse(term.id.name, "terms are not understood here"),
                Entry::GroupComment(comment) => room = comment.content.join(" "),
                // What could not be read was refused above.
                Entry::Comment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
            }
        }
        sentences
    }

    fn sentence(&mut self, room: &str, message: Message<&'s str>) -> Sentence<'s> {
        let key = message.id.name;
        for attribute in &message.attributes {
            self.refuse(attribute.id.name, "attributes are not understood here");
        }
        if room.is_empty() {
            self.refuse(key, "a message stands in a group, below its `## Name`");
        }
        let mut arguments = BTreeMap::new();
        // A message without words has attributes only, which are refused above.
        let pieces =
            message.value.as_ref().map(|pattern| self.pieces(pattern, &mut arguments)).unwrap_or_default();
        let notes = message.comment.map(|comment| comment.content).unwrap_or_default();
        Sentence { room: room.to_owned(), key, notes, pieces, arguments }
    }

    fn pieces(
        &mut self,
        pattern: &Pattern<&'s str>,
        arguments: &mut BTreeMap<&'s str, Kind>,
    ) -> Vec<Piece<'s>> {
        let mut pieces: Vec<Piece<'s>> = Vec::new();
        for element in &pattern.elements {
            let piece = match element {
                PatternElement::TextElement { value } => Some(Piece::Text(value.replace('\n', " "))),
                PatternElement::Placeable { expression } => self.placed(expression, arguments),
            };
            match (pieces.last_mut(), piece) {
                (Some(Piece::Text(text)), Some(Piece::Text(more))) => text.push_str(&more),
                (_, piece) => pieces.extend(piece),
            }
        }
        pieces
    }

    fn placed(
        &mut self,
        expression: &Expression<&'s str>,
        arguments: &mut BTreeMap<&'s str, Kind>,
    ) -> Option<Piece<'s>> {
        let (name, kind) = match expression {
            Expression::Inline(InlineExpression::StringLiteral { value }) => {
                return Some(Piece::Text((*value).to_owned()));
            }
            Expression::Inline(InlineExpression::VariableReference { id }) => (id.name, Kind::Words),
            Expression::Inline(InlineExpression::FunctionReference { id, arguments: given }) => {
                let [InlineExpression::VariableReference { id: number }] = given.positional.as_slice() else {
                    self.refuse(id.name, "a function takes one argument of the message here");
                    return None;
                };
                if id.name != "NUMBER" || !given.named.is_empty() {
                    self.refuse(id.name, "the only function here is NUMBER, without options");
                }
                (number.name, Kind::Number)
            }
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                self.argument(id.name, Kind::Number, arguments);
                let (mut exact, mut one, mut other) = (Vec::new(), None, Vec::new());
                for variant in variants {
                    let pieces = self.pieces(&variant.value, arguments);
                    match variant.key {
                        VariantKey::Identifier { name: "other" } if variant.default => other = pieces,
                        VariantKey::Identifier { name: "one" } if !variant.default => one = Some(pieces),
                        VariantKey::NumberLiteral { value } if !variant.default => match value.parse() {
                            Ok(number) => exact.push((number, pieces)),
                            Err(_) => self.refuse(value, "a key that is a number is a whole one here"),
                        },
                        VariantKey::Identifier { name: key } | VariantKey::NumberLiteral { value: key } => {
                            self.refuse(
                                key,
                                "a choice has whole numbers and [one] as keys, and *[other] at the end",
                            );
                        }
                    }
                }
                return Some(Piece::Choice { by: id.name, exact, one, other });
            }
            Expression::Select { .. } | Expression::Inline(_) => {
                self.refuse(first_name(expression), "this form of a placeable is not understood here");
                return None;
            }
        };
        self.argument(name, kind, arguments);
        Some(Piece::Argument(name, kind))
    }

    fn argument(&mut self, name: &'s str, kind: Kind, arguments: &mut BTreeMap<&'s str, Kind>) {
        if !name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_') {
            self.refuse(name, &format!("`${name}`: an argument is written in small letters and _"));
        }
        if arguments.insert(name, kind).is_some_and(|before| before != kind) {
            self.refuse(
                name,
                &format!("`${name}` is a number in one place and words in another; write NUMBER(${name})"),
            );
        }
    }
}

/// A piece of the source that an expression begins with, to tell its line.
fn first_name<'s>(expression: &Expression<&'s str>) -> &'s str {
    let (Expression::Inline(inline) | Expression::Select { selector: inline, .. }) = expression;
    match inline {
        InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => value,
        InlineExpression::FunctionReference { id, .. }
        | InlineExpression::MessageReference { id, .. }
        | InlineExpression::TermReference { id, .. }
        | InlineExpression::VariableReference { id } => id.name,
        InlineExpression::Placeable { expression } => first_name(expression),
    }
}

/// `outcome-could-be` is `OutcomeCouldBe`.
fn variant(key: &str) -> String {
    let capital =
        |word: &str| word.chars().take(1).flat_map(char::to_uppercase).chain(word.chars().skip(1)).collect();
    key.split(['-', '_']).map(capital).collect::<Vec<String>>().concat()
}

/// The Rust of all messages.
fn written(sentences: &[Sentence<'_>]) -> String {
    let (mut variants, mut arms, mut english) = (String::new(), String::new(), String::new());
    for sentence in sentences {
        let name = variant(sentence.key);
        for note in &sentence.notes {
            let _ = writeln!(variants, "    /// {note}\n    ///");
        }
        let wordings = wordings(&sentence.pieces);
        let shown: Vec<String> = wordings.iter().map(|words| format!("`` {words} ``")).collect();
        let _ = writeln!(variants, "    /// {}", shown.join(" / "));
        let fields: Vec<&str> = sentence.arguments.keys().copied().collect();
        let taken = if fields.is_empty() { String::new() } else { format!(" {{ {} }}", fields.join(", ")) };
        let _ = write!(variants, "    {name}");
        if !fields.is_empty() {
            variants.push_str(" {\n");
            for (argument, kind) in &sentence.arguments {
                let kind = if *kind == Kind::Number { "i64" } else { "Cow<'a, str>" };
                let _ = writeln!(
                    variants,
                    "        /// The `{argument}` of the sentence.\n        {argument}: {kind},"
                );
            }
            variants.push_str("    }");
        }
        variants.push_str(",\n");
        let _ = writeln!(
            arms,
            "            Self::{name}{taken} => {{\n{}            }}",
            steps(&sentence.pieces, 16)
        );
        for words in wordings {
            let (room, key) = (&sentence.room, sentence.key);
            let _ = writeln!(english, "    English {{ room: {room:?}, key: {key:?}, words: {words:?} }},");
        }
    }
    format!(
        "/// A sentence or a name that the program says, with what it is about.\n\
         #[derive(Clone, Debug, PartialEq, Eq)]\npub enum Message<'a> {{\n{variants}}}\n\n\
         impl fmt::Display for Message<'_> {{\n    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {{\n        \
         match self {{\n{arms}        }}\n        Ok(())\n    }}\n}}\n\n\
         /// Every sentence of the catalogue, each of its forms by itself.\n\
         pub const ENGLISH: &[English] = &[\n{english}];\n"
    )
}

/// The Rust that writes some pieces.
fn steps(pieces: &[Piece<'_>], indent: usize) -> String {
    let pad = " ".repeat(indent);
    let mut code = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => drop(writeln!(code, "{pad}f.write_str({text:?})?;")),
            Piece::Argument(name, Kind::Words) => drop(writeln!(code, "{pad}f.write_str({name})?;")),
            Piece::Argument(name, Kind::Number) => drop(writeln!(code, "{pad}number(*{name}, f)?;")),
            Piece::Choice { by, exact, one, other } => {
                let _ = writeln!(code, "{pad}match *{by} {{");
                let exact = exact.iter().map(|(number, pieces)| (number.to_string(), pieces));
                let one = one.iter().map(|pieces| ("1".to_owned(), pieces));
                for (key, pieces) in exact.chain(one).chain([("_".to_owned(), other)]) {
                    let _ = writeln!(code, "{pad}    {key} => {{\n{}{pad}    }}", steps(pieces, indent + 8));
                }
                let _ = writeln!(code, "{pad}}}");
            }
        }
    }
    code
}

/// Every form of a sentence, with `…` for its arguments.
fn wordings(pieces: &[Piece<'_>]) -> Vec<String> {
    let mut forms = vec![String::new()];
    for piece in pieces {
        let ends = match piece {
            Piece::Text(text) => vec![text.clone()],
            Piece::Argument(..) => vec!["…".to_owned()],
            Piece::Choice { exact, one, other, .. } => {
                let choices = exact.iter().map(|(_, pieces)| pieces).chain(one).chain([other]);
                choices.flat_map(|pieces| wordings(pieces)).collect()
            }
        };
        forms = forms.iter().flat_map(|form| ends.iter().map(move |end| format!("{form}{end}"))).collect();
    }
    forms
}
