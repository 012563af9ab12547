//! What holds for any text.

mod support;

use std::sync::LazyLock;

use care::{Comparison, Guideline};
use compiler::condition::{Node, Tree, Word, parse};
use compiler::{Problem, SourceFile, compile, vignette};
use proptest::prelude::*;

fn tree(node: Node) -> Tree {
    Tree { span: 0..0, node }
}

fn names() -> impl Strategy<Value = String> {
    let reserved = |name: &String| !matches!(name.as_str(), "and" | "or" | "not");
    "[a-z][a-z0-9_]{0,6}".prop_filter("no word of the language", reserved)
}

fn words() -> impl Strategy<Value = Word> {
    names().prop_map(|text| Word { span: 0..0, text })
}

fn trees() -> impl Strategy<Value = Tree> {
    let comparisons = prop::sample::select(vec![
        Comparison::Equal,
        Comparison::Less,
        Comparison::LessOrEqual,
        Comparison::Greater,
        Comparison::GreaterOrEqual,
    ]);
    let leaf = prop_oneof![
        names().prop_map(Node::Name),
        (words(), comparisons, any::<i64>())
            .prop_map(|(word, comparison, value)| Node::Compare(word, comparison, value)),
        (words(), words()).prop_map(|(word, option)| Node::Is(word, option)),
    ];
    leaf.prop_map(tree).prop_recursive(5, 40, 4, |inner| {
        let parts = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            parts().prop_map(Node::And),
            parts().prop_map(Node::Or),
            (any::<i64>(), prop::collection::vec(inner.clone(), 0..4))
                .prop_map(|(count, parts)| Node::AtLeast(count, parts)),
            inner.clone().prop_map(|inner| Node::Not(Box::new(inner))),
        ]
        .prop_map(tree)
    })
}

/// Bits of the format, to be put where they do not belong.
const BITS: [&str; 24] = [
    "```toml\n",
    "```\n",
    "\n\n",
    "# ",
    "[rule.",
    "]",
    "\"",
    "'",
    "and ",
    "not ",
    "(",
    ")",
    "AtLeast(2, ",
    "fever",
    "age >= 65",
    "\\u00e9",
    "é",
    "\u{1f525}",
    "\t",
    "\r\n",
    "- [x](help.md)\n",
    "= ",
    "999999999999999999999",
    "{",
];

/// One change to one file: which file, from where, how much is cut, what is put in.
type Change = (prop::sample::Index, prop::sample::Index, usize, String);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let bit = prop_oneof![
        prop::sample::select(BITS.to_vec()).prop_map(str::to_owned),
        any::<String>(),
        Just(String::new()),
    ];
    let change = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0_usize..60, bit);
    prop::collection::vec(change, 1..4)
}

fn change_text(text: &mut String, place: prop::sample::Index, cut: usize, bit: &str) {
    let boundaries: Vec<usize> = text.char_indices().map(|(index, _)| index).chain([text.len()]).collect();
    let start = place.index(boundaries.len());
    let end = (start + cut).min(boundaries.len() - 1);
    text.replace_range(boundaries[start]..boundaries[end], bit);
}

fn check_problem(problem: &Problem, files: &[SourceFile]) {
    let span = problem.span();
    let text = files.iter().find(|file| file.path == problem.path()).map_or("", |file| &file.text);
    assert!(text.get(span.clone()).is_some(), "{span:?} is no part of {}", problem.path());
    assert!(!problem.message().is_empty() && !problem.help().is_empty());
    assert!(!problem.message().ends_with('.'));
    assert!(problem.plain().starts_with(problem.path()));
}

static GUIDELINE: LazyLock<Guideline> = LazyLock::new(support::base_guideline);

const STORY: &str = "# A fever\n\nA man of 44 has a fever.\n\n```toml\ntopic = \"signs\"\ncase = \"fires\"\n\
    answers.age = 44\nanswers.fever = \"yes\"\nanswers.trigger = \"lifting\"\nexpect.urgency = \"same_day\"\n\
    expect.because = [\"fever\"]\nexpect.withholds = [\"warm_pack\"]\n```\n";

#[test]
fn a_vignette_is_read_and_comes_out_as_it_says() {
    let vignette = vignette("fever.md", STORY, &GUIDELINE).unwrap_or_else(|problems| panic!("{problems}"));
    assert_eq!((vignette.title.as_str(), vignette.story.as_str()), ("A fever", "A man of 44 has a fever."));
    assert_eq!(vignette.answers.len(), 3);
    assert_eq!(vignette.check(&GUIDELINE), Vec::<String>::new());
}

proptest! {
    #[test]
    fn a_printed_condition_reads_as_the_same_condition(tree in trees()) {
        prop_assert_eq!(parse(&tree.to_string()), Ok(tree));
    }

    #[test]
    fn any_text_is_a_condition_or_refused_at_a_place_inside_it(text in "\\PC{0,40}|[a-c()'=<> not,]{0,40}") {
        match parse(&text) {
            Ok(tree) => prop_assert!(text.get(tree.span).is_some()),
            Err(error) => prop_assert!(text.get(error.span).is_some()),
        }
    }

    #[test]
    fn any_broken_book_is_refused_at_places_inside_its_files(changes in changes()) {
        let mut files = support::base_book();
        for (file, place, cut, bit) in changes {
            let index = file.index(files.len());
            change_text(&mut files[index].text, place, cut, &bit);
        }
        if let Err(problems) = compile(&files) {
            problems.iter().for_each(|problem| check_problem(problem, &files));
        }
    }

    #[test]
    fn any_broken_vignette_is_refused_at_places_inside_it(changes in changes()) {
        let mut text = STORY.to_owned();
        for (_, place, cut, bit) in changes {
            change_text(&mut text, place, cut, &bit);
        }
        if let Err(problems) = vignette("fever.md", &text, &GUIDELINE) {
            let files = [SourceFile { path: "fever.md".to_owned(), text }];
            problems.iter().for_each(|problem| check_problem(problem, &files));
        }
    }
}
