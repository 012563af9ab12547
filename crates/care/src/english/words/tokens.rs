//! Text to words: lower case, short forms written out, marks told apart.

use std::ops::Range;

use super::spellings::{with_its_g, written_out};

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A word or a number.
    Word,
    /// A pause inside a sentence.
    Comma,
    /// The end of a sentence, or of a part that stands alone.
    Stop,
    /// The end of a question.
    Question,
}

/// One word or mark, with where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// Bytes of the text; both halves of "can't" have the same.
    pub(crate) span: Range<usize>,
    /// In lower case, without accents and apostrophes; empty for marks.
    pub(crate) text: String,
    pub(crate) mark: Mark,
}

/// Splits a text. The same text always gives the same tokens.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let (start, character) = characters[at];
        if character.is_alphanumeric() {
            let length = word_length(&characters[at..]);
            let end = characters.get(at + length).map_or(text.len(), |(end, _)| *end);
            word(&text[start..end], start..end, &mut tokens);
            at += length;
            continue;
        }
        let before = at.checked_sub(1).map(|before| characters[before].1);
        let after = characters.get(at + 1).map(|(_, after)| *after);
        let mark = match character {
            '?' => Some(Mark::Question),
            '.' | '!' | ';' | ':' | '\n' | '…' => Some(Mark::Stop),
            ',' | '(' | ')' | '–' | '—' => Some(Mark::Comma),
            '-' if before == Some(' ') && after == Some(' ') => Some(Mark::Comma),
            _ => None,
        };
        let span = start..start + character.len_utf8();
        if let Some(mark) = mark {
            tokens.push(Token { span, text: String::new(), mark });
        } else if character == '/' {
            // "9/10" is said "9 of 10", "weak/numb" is said "weak or numb".
            let between = if before.is_some_and(char::is_numeric) { "of" } else { "or" };
            tokens.push(Token { span, text: between.to_owned(), mark: Mark::Word });
        } else if character == '+'
            && before.is_some_and(char::is_numeric)
            && after.is_some_and(char::is_numeric)
        {
            // "25+3 weeks".
            tokens.push(Token { span, text: "plus".to_owned(), mark: Mark::Word });
        } else if character == '&' {
            tokens.push(Token { span, text: "and".to_owned(), mark: Mark::Word });
        }
        at += 1;
    }
    own(&mut tokens);
    let may_be_unable = |token: &Token| {
        matches!(token.text.as_str(), "not" | "no" | "unable") || STOPS.contains(&token.text.as_str())
    };
    if tokens.iter().any(may_be_unable) { unable(&tokens) } else { tokens }
}

/// "Ma back" is "my back" where no mother is meant: "my ma", "ma is 80", "ma fell".
fn own(tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let owns = |token: &Token| {
            matches!(
                token.text.as_str(),
                "my" | "me" | "his" | "her" | "our" | "your" | "the" | "their" | "a"
            )
        };
        let is_owned = at > 0 && owns(&tokens[at - 1]);
        let is_thing = tokens.get(at + 1).is_some_and(|next| {
            next.mark == Mark::Word
                && !next.text.starts_with(char::is_numeric)
                && !MOTHER_DOES.contains(&next.text.as_str())
        });
        if tokens[at].text == "ma" && is_thing && !is_owned {
            "my".clone_into(&mut tokens[at].text);
        }
    }
}

/// What a "ma" before it does or is, who is then a mother.
const MOTHER_DOES: [&str; 26] = [
    "is", "was", "has", "had", "who", "fell", "keeps", "can", "could", "says", "said", "and", "will",
    "would", "does", "did", "just", "took", "takes", "got", "gets", "cannot", "hurt", "woke", "in", "she",
];

/// Ways of saying "can not".
const UNABLE: [&[&str]; 10] = [
    &["no", "fit"],
    &["not", "to", "be", "able", "to"],
    &["not", "being", "able", "to"],
    &["not", "been", "able", "to"],
    &["not", "be", "able", "to"],
    &["not", "able", "to"],
    &["no", "longer", "able", "to"],
    &["unable", "to"],
    &["not", "able"],
    &["unable"],
];

/// What keeps somebody from something.
const STOPS: [&str; 8] =
    ["stop", "stops", "stopped", "stopping", "prevent", "prevents", "prevented", "preventing"];

/// How many of these tokens say "can not", if they do: "unable to", "stops him being able to".
fn says_unable(rest: &[Token]) -> Option<usize> {
    let stands = |form: &[&str], at: usize| {
        rest.get(at..at + form.len())
            .is_some_and(|tokens| form.iter().zip(tokens).all(|(word, token)| token.text == *word))
    };
    if let Some(form) = UNABLE.iter().find(|form| stands(form, 0)) {
        return Some(form.len());
    }
    let is = |at: usize, list: &[&str]| {
        rest.get(at).is_some_and(|token: &Token| list.contains(&token.text.as_str()))
    };
    let whom = usize::from(is(1, &["you", "u", "me", "him", "her", "them", "us", "someone", "people"]));
    let from = 1 + whom + usize::from(is(1 + whom, &["from"]));
    let able: &[&str] = &["being", "able", "to"];
    (is(0, &STOPS) && stands(able, from)).then_some(from + able.len())
}

/// "Not being able to pee" as "can not pee".
fn unable(tokens: &[Token]) -> Vec<Token> {
    let mut said = Vec::with_capacity(tokens.len());
    let mut rest = tokens;
    while let Some(first) = rest.first() {
        if let Some(length) = says_unable(rest) {
            let span = first.span.start..rest[length - 1].span.end;
            for text in ["can", "not"] {
                said.push(Token { span: span.clone(), text: text.to_owned(), mark: Mark::Word });
            }
            rest = &rest[length..];
        } else {
            said.push(first.clone());
            rest = &rest[1..];
        }
    }
    said
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | '`' | '´')
}

/// How many characters belong to the word that starts here. "39.2" is one word, "39kg" is two.
fn word_length(characters: &[(usize, char)]) -> usize {
    let is_number = characters[0].1.is_numeric();
    let mut length = 1;
    while let Some((_, character)) = characters.get(length) {
        let next = characters.get(length + 1).map(|(_, next)| *next);
        let goes_on = if is_number {
            character.is_numeric() || (matches!(character, '.' | ',') && next.is_some_and(char::is_numeric))
        } else {
            character.is_alphabetic()
                || character.is_numeric()
                || (is_apostrophe(*character) && next.is_some_and(char::is_alphabetic))
        };
        // "4:30" is one time of day.
        let is_clock = is_number && length <= 2 && *character == ':' && next.is_some_and(char::is_numeric);
        let goes_on = goes_on || is_clock;
        if !goes_on {
            break;
        }
        length += 1;
    }
    length
}

fn word(written: &str, span: Range<usize>, tokens: &mut Vec<Token>) {
    let mut push = |text: &str| {
        tokens.push(Token { span: span.clone(), text: text.to_owned(), mark: Mark::Word });
    };
    let lower: String = written
        .chars()
        .flat_map(char::to_lowercase)
        .map(|character| match character {
            _ if is_apostrophe(character) => '\'',
            ':' => '.',
            _ => unaccented(character),
        })
        .collect();
    if let Some(base) = lower.strip_suffix("n't") {
        let base = match base {
            "ca" => "can",
            "wo" => "will",
            "sha" => "shall",
            other => other,
        };
        push(base);
        push("not");
        return;
    }
    let base = ["'s", "'m", "'ve", "'re", "'ll", "'d"].iter().find_map(|ending| lower.strip_suffix(ending));
    let plain = base.map_or_else(|| lower.replace('\'', ""), ToOwned::to_owned);
    // "Ah'm", "ah've".
    let plain = if base == Some("ah") { "i".to_owned() } else { with_its_g(plain) };
    match written_out(&plain) {
        Some(words) => words.iter().for_each(|word| push(word)),
        None => push(&plain),
    }
}

fn unaccented(character: char) -> char {
    match character {
        'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, tokens};

    fn words(text: &str) -> Vec<String> {
        let mark = |mark| match mark {
            Mark::Word => "",
            Mark::Comma => ",",
            Mark::Stop => ".",
            Mark::Question => "?",
        };
        tokens(text).into_iter().map(|token| format!("{}{}", token.text, mark(token.mark))).collect()
    }

    #[test]
    fn short_forms_are_written_out_with_and_without_the_apostrophe() {
        assert_eq!(
            words("I can’t, dont & WON'T"),
            ["i", "can", "not", ",", "do", "not", "and", "will", "not"]
        );
        assert_eq!(words("my dad's back"), ["my", "dad", "back"]);
    }

    #[test]
    fn being_kept_from_something_is_not_being_able_to() {
        assert_eq!(words("does it stop you being able to wee"), ["does", "it", "can", "not", "wee"]);
        assert_eq!(words("unable to wee"), ["can", "not", "wee"]);
        assert_eq!(words("it stops at the knee"), ["it", "stops", "at", "the", "knee"]);
    }

    #[test]
    fn words_are_read_as_they_are_spelt_elsewhere() {
        assert_eq!(words("ma heid is sair frae sleepin"), ["my", "head", "is", "sore", "from", "sleeping"]);
        assert_eq!(words("my ma is 80, ma fell"), ["my", "ma", "is", "80", ",", "ma", "fell"]);
        assert_eq!(
            words("ah'm on a statin, no fit stand"),
            ["i", "on", "a", "statin", ",", "can", "not", "stand"]
        );
    }

    #[test]
    fn numbers_stay_whole_and_units_come_off() {
        assert_eq!(words("39.2C, 9/10."), ["39.2", "c", ",", "9", "of", "10", "."]);
        assert_eq!(words("at 4:30, age: 44"), ["at", "4.30", ",", "age", ".", "44"]);
    }

    #[test]
    fn spans_are_bytes_of_the_text_as_written() {
        let text = "é numb?";
        let spans: Vec<&str> = tokens(text).into_iter().map(|token| &text[token.span]).collect();
        assert_eq!(spans, ["é", "numb", "?"]);
    }
}
