//! Every target: what reads the input, and words that are likely to matter to it.

/// Something that reads input.
pub struct Target {
    /// Its name, and that of its seeds.
    pub name: &'static str,
    /// What it does with an input; it panics where something is wrong.
    pub body: fn(&[u8]),
    /// Words that a mutation puts in.
    pub bits: &'static [&'static str],
}

/// Every target.
pub const TARGETS: [Target; 10] = [
    Target { name: "compile_book", body: crate::compile_book, bits: &BOOK },
    Target { name: "read_answers", body: crate::read_answers, bits: &ANSWERS },
    Target { name: "json_lines", body: crate::json_lines, bits: &ANSWERS },
    Target { name: "form", body: crate::form, bits: &FORM },
    Target { name: "import", body: crate::import, bits: &IMPORT },
    Target { name: "fhir", body: crate::fhir, bits: &FHIR },
    Target { name: "diary", body: crate::diary, bits: &DIARY },
    Target { name: "compiled", body: crate::compiled, bits: &COMPILED },
    Target { name: "sealed_copy", body: crate::sealed_copy, bits: &SEALED_COPY },
    Target { name: "condition", body: crate::condition, bits: &CONDITION },
];

/// The target with this name.
pub fn named(name: &str) -> Option<&'static Target> {
    static ALL: [Target; 10] = TARGETS;
    ALL.iter().find(|target| target.name == name)
}

const BOOK: [&str; 26] = [
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

const ANSWERS: [&str; 22] = [
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

const FORM: [&str; 20] = [
    "&",
    "=",
    "%",
    "%00",
    "%f0%9f",
    "+",
    "once=1",
    "token=1",
    "question=danger",
    "shows=",
    "none=yes",
    "back=yes",
    "not_sure=",
    "yes=",
    "own_words=",
    "region=",
    "time_zone=Europe/London",
    "age=44",
    "\u{202e}",
    "99999999999999999999",
];

const FHIR: [&str; 20] = [
    "{",
    "}",
    "[",
    "]",
    "null",
    "-1",
    "1e999",
    "0.005",
    "\"resourceType\": \"Bundle\"",
    "\"resourceType\": \"Observation\"",
    "\"linkId\": \"",
    "\"answer\": [",
    "\"item\": [",
    "\"valueInteger\": 4",
    "\"valueBoolean\": true",
    "\"valueCoding\": {\"code\": \"Y\"}",
    "urn:unclench:diary",
    "urn:unclench:pack",
    "2026-11-24T10:00:00Z",
    "9999-12-31T23:59:59Z",
];

const IMPORT: [&str; 22] = [
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "-1",
    "1e999",
    "99999999999999999999",
    "\"kind\":",
    "\"withdrawn\"",
    "\"entry\": 1",
    "\"sequence\": 2",
    "\"at\": \"-009999-01-02T01:59:59Z\"",
    "\"checked_in\"",
    "\"dose_taken\"",
    "\\u0000",
    "\\ud800",
    "\"events\": [",
    "\"version\": 2",
];

const DIARY: [&str; 22] = [
    ",",
    ";",
    "\t",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    "\r",
    "day",
    "pain",
    "time",
    "type",
    "check-in",
    "sep=;\n",
    "\u{feff}",
    "2,5",
    "2026-11-01",
    "2026-11-01T08:00:00+01:00",
    "-1",
    "1e9",
    "NaN",
    "\u{202e}",
];

const COMPILED: [&str; 8] = [
    "\u{0}",
    "\u{1}",
    "\u{7f}",
    "\u{6}\u{6}\u{6}\u{6}\u{6}\u{6}\u{6}\u{6}",
    "unclench compiled book ",
    "unclench compiled book 1\n",
    "fever",
    "<hurt>",
];

const SEALED_COPY: [&str; 8] = [
    "unclench-sealed-record",
    "argon2id",
    "\"lanes\":4294967295",
    "\"passes\":0",
    "\"memory_kib\":131072",
    "\"version\":18446744073709551615",
    "AAAA",
    "=",
];

const CONDITION: [&str; 18] = [
    " and ",
    " or ",
    "not ",
    "(",
    ")",
    "AtLeast(2, ",
    "age",
    "fever",
    " >= ",
    " = ",
    "'lifting'",
    "-",
    "9223372036854775808",
    ",",
    "\u{1f525}",
    "\u{0}",
    "((((((((((",
    "not not not not ",
];
