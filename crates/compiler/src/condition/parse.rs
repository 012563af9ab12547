//! Text to a tree: winnow cuts it into tokens, a descent of one function for
//! each level of precedence puts them together.

use std::ops::Range;

use care::Comparison;
use winnow::ascii::multispace0;
use winnow::combinator::{alt, delimited, opt};
use winnow::error::EmptyError;
use winnow::stream::{LocatingSlice, Location};
use winnow::token::{one_of, take_while};
use winnow::{ModalResult, Parser};

use super::{Node, SyntaxError, Tree, Word};

/// How deep parentheses, `not` and `AtLeast` may nest.
///
/// Every later pass walks the tree by recursion, so this also bounds the stack.
/// The deepest condition a clinician could still read has about four levels.
pub const MAX_DEPTH: usize = 64;

/// Reads a condition.
///
/// # Errors
///
/// The first place where the text is no condition.
///
/// ```
/// use compiler::condition::parse;
/// let tree = parse("fever and not age>=65").unwrap();
/// assert_eq!(tree.to_string(), "fever and not age >= 65");
/// let error = parse("fever and").unwrap_err();
/// assert_eq!(error.span, 9..9);
/// ```
pub fn parse(text: &str) -> Result<Tree, SyntaxError> {
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, position: 0, depth: 0 };
    let tree = reader.any_of()?;
    match reader.peek() {
        Token::End => Ok(tree),
        found => {
            let help = match found {
                Token::Close => "remove it, or open a parenthesis before it",
                Token::Compare(_) => "only a number or a choice can be compared, as in `age >= 65`",
                Token::Word(word) if word.eq_ignore_ascii_case("and") => "write `and` in small letters",
                Token::Word(word) if word.eq_ignore_ascii_case("or") => "write `or` in small letters",
                _ => "join two parts with `and` or `or`",
            };
            Err(reader.unexpected("`and`, `or` or the end", help))
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token<'t> {
    Word(&'t str),
    Number(&'t str),
    Quoted(&'t str),
    Compare(Comparison),
    Open,
    Close,
    Comma,
    End,
}

fn tokens(text: &str) -> Result<Vec<(Token<'_>, Range<usize>)>, SyntaxError> {
    let mut input = LocatingSlice::new(text);
    let mut tokens = Vec::new();
    loop {
        let _: ModalResult<&str, EmptyError> = multispace0(&mut input);
        let start = input.current_token_start();
        if start == text.len() {
            tokens.push((Token::End, start..start));
            return Ok(tokens);
        }
        match token(&mut input) {
            Ok(token) => tokens.push((token, start..input.current_token_start())),
            Err(_) => return Err(no_token(text, start)),
        }
    }
}

fn token<'t>(input: &mut LocatingSlice<&'t str>) -> ModalResult<Token<'t>, EmptyError> {
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    alt((
        (one_of(|c: char| c.is_ascii_alphabetic() || c == '_'), take_while(0.., is_letter))
            .take()
            .map(Token::Word),
        (opt('-'), take_while(1.., |c: char| c.is_ascii_digit())).take().map(Token::Number),
        delimited('\'', take_while(0.., |c: char| c != '\''), '\'').map(Token::Quoted),
        alt((
            "<=".value(Comparison::LessOrEqual),
            ">=".value(Comparison::GreaterOrEqual),
            "<".value(Comparison::Less),
            ">".value(Comparison::Greater),
            "=".value(Comparison::Equal),
        ))
        .map(Token::Compare),
        '('.value(Token::Open),
        ')'.value(Token::Close),
        ','.value(Token::Comma),
    ))
    .parse_next(input)
}

fn no_token(text: &str, start: usize) -> SyntaxError {
    let rest = &text[start..];
    let first = rest.chars().next().map_or(1, char::len_utf8);
    let (length, help) = match rest.as_bytes() {
        [b'\'', ..] => (rest.len(), "close the quote: 'lifting'"),
        [b'"', ..] => (1, "write an option in single quotes: 'lifting'"),
        [b'!', b'=', ..] => (2, "write `not x = 3`"),
        [b'!', ..] => (1, "write `not`"),
        [b'&', ..] => (rest.len() - rest.trim_start_matches('&').len(), "write `and`"),
        [b'|', ..] => (rest.len() - rest.trim_start_matches('|').len(), "write `or`"),
        [b'.', ..] => (1, "numbers are whole: `age >= 65`"),
        _ => (
            first,
            "a condition has names, whole numbers, 'options', `and`, `or`, `not`, comparisons and parentheses",
        ),
    };
    SyntaxError {
        span: start..start + length,
        message: format!("`{}` has no place in a condition", &rest[..length]),
        help: help.to_owned(),
    }
}

struct Reader<'r, 't> {
    tokens: &'r [(Token<'t>, Range<usize>)],
    position: usize,
    depth: usize,
}

impl<'t> Reader<'_, 't> {
    fn peek(&self) -> Token<'t> {
        self.tokens[self.position].0.clone()
    }

    fn span(&self) -> Range<usize> {
        self.tokens[self.position].1.clone()
    }

    /// Moves on; the end is never passed.
    fn advance(&mut self) -> Range<usize> {
        let span = self.span();
        self.position = (self.position + 1).min(self.tokens.len() - 1);
        span
    }

    fn accept(&mut self, token: &Token<'_>) -> bool {
        let fits = self.tokens[self.position].0 == *token;
        if fits {
            self.advance();
        }
        fits
    }

    fn unexpected(&self, wanted: &str, help: &str) -> SyntaxError {
        let found = match self.peek() {
            Token::End => "the condition ends".to_owned(),
            Token::Word(word) | Token::Number(word) => format!("found `{word}`"),
            Token::Quoted(word) => format!("found `'{word}'`"),
            Token::Compare(comparison) => format!("found `{}`", comparison.symbol()),
            Token::Open => "found `(`".to_owned(),
            Token::Close => "found `)`".to_owned(),
            Token::Comma => "found `,`".to_owned(),
        };
        let message = format!("{found} where {wanted} should stand");
        SyntaxError { span: self.span(), message, help: help.to_owned() }
    }

    fn any_of(&mut self) -> Result<Tree, SyntaxError> {
        self.joined("or", Self::all_of, Node::Or)
    }

    fn all_of(&mut self) -> Result<Tree, SyntaxError> {
        self.joined("and", Self::one, Node::And)
    }

    fn joined(
        &mut self,
        word: &str,
        part: impl Fn(&mut Self) -> Result<Tree, SyntaxError>,
        join: impl Fn(Vec<Tree>) -> Node,
    ) -> Result<Tree, SyntaxError> {
        let first = part(self)?;
        let mut parts = vec![first];
        while self.accept(&Token::Word(word)) {
            parts.push(part(self)?);
        }
        let span = parts[0].span.start..parts[parts.len() - 1].span.end;
        if parts.len() == 1 {
            // The span is kept as the part wrote it, parentheses included.
            return Ok(parts.remove(0));
        }
        Ok(Tree { span, node: join(parts) })
    }

    fn one(&mut self) -> Result<Tree, SyntaxError> {
        if self.depth == MAX_DEPTH {
            return Err(SyntaxError {
                span: self.span(),
                message: format!("the condition nests more than {MAX_DEPTH} levels deep"),
                help: "make a rule of the inner part and refer to it by its id".to_owned(),
            });
        }
        self.depth += 1;
        let tree = self.one_at_this_depth();
        self.depth -= 1;
        tree
    }

    fn one_at_this_depth(&mut self) -> Result<Tree, SyntaxError> {
        let start = self.span();
        match self.peek() {
            Token::Word("not") => {
                self.advance();
                let inner = self.one()?;
                let span = start.start..inner.span.end;
                Ok(Tree { span, node: Node::Not(Box::new(inner)) })
            }
            Token::Open => {
                self.advance();
                let inner = self.any_of()?;
                let end = self.close("close the parenthesis")?;
                Ok(Tree { span: start.start..end, ..inner })
            }
            Token::Word("AtLeast") => self.at_least(),
            Token::Word(word) if !matches!(word, "and" | "or") => self.comparison(word),
            Token::Number(_) => Err(self.unexpected("a finding", "write the finding first: `age >= 65`")),
            Token::End if start.end == 0 => {
                Err(self.unexpected("a finding or a rule", "write a condition, such as `fever`"))
            }
            _ => Err(self.unexpected(
                "a finding or a rule",
                "write the id of a yes_no finding, a comparison or a rule",
            )),
        }
    }

    fn close(&mut self, help: &str) -> Result<usize, SyntaxError> {
        if self.peek() == Token::Close {
            return Ok(self.advance().end);
        }
        Err(self.unexpected("`)`", help))
    }

    fn comparison(&mut self, name: &str) -> Result<Tree, SyntaxError> {
        let name_span = self.advance();
        let Token::Compare(comparison) = self.peek() else {
            return Ok(Tree { span: name_span, node: Node::Name(name.to_owned()) });
        };
        self.advance();
        let word = Word { span: name_span.clone(), text: name.to_owned() };
        match self.peek() {
            Token::Number(digits) => {
                let value = self.number(digits)?;
                let span = name_span.start..self.advance().end;
                Ok(Tree { span, node: Node::Compare(word, comparison, value) })
            }
            Token::Quoted(option) if comparison == Comparison::Equal => {
                let quoted = self.advance();
                let option = Word { span: quoted.start + 1..quoted.end - 1, text: option.to_owned() };
                Ok(Tree { span: name_span.start..quoted.end, node: Node::Is(word, option) })
            }
            Token::Quoted(_) => {
                Err(self.unexpected("a whole number", "an option can only be compared with `=`"))
            }
            Token::Word("yes" | "no" | "true" | "false") => Err(self.unexpected(
                "a whole number or an 'option'",
                &format!("a yes_no finding stands on its own: `{name}` or `not {name}`"),
            )),
            Token::Word(option) if comparison == Comparison::Equal => Err(self.unexpected(
                "a whole number or an 'option'",
                &format!("write an option in single quotes: `{name} = '{option}'`"),
            )),
            Token::Word(_) => Err(self.unexpected("a whole number", "write the number in digits")),
            Token::Compare(_) => Err(self.unexpected(
                "a whole number or an 'option'",
                "the comparisons are `=`, `<`, `<=`, `>` and `>=`; for unlike write `not x = 3`",
            )),
            _ => Err(self.unexpected("a whole number or an 'option'", "finish the comparison: `age >= 65`")),
        }
    }

    fn number(&self, digits: &str) -> Result<i64, SyntaxError> {
        digits.parse().map_err(|_| SyntaxError {
            span: self.span(),
            message: format!("`{digits}` is too large"),
            help: "write a number in the finding's range".to_owned(),
        })
    }

    fn at_least(&mut self) -> Result<Tree, SyntaxError> {
        let help = "write it like `AtLeast(2, a, b, c)`";
        let start = self.advance().start;
        if !self.accept(&Token::Open) {
            return Err(self.unexpected("`(`", help));
        }
        let Token::Number(digits) = self.peek() else {
            return Err(self.unexpected("a whole number", help));
        };
        let count = self.number(digits)?;
        self.advance();
        let mut parts = Vec::new();
        while self.accept(&Token::Comma) {
            parts.push(self.any_of()?);
        }
        let end = self.close(help)?;
        Ok(Tree { span: start..end, node: Node::AtLeast(count, parts) })
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[track_caller]
    fn check(text: &str, printed: &str) {
        assert_eq!(parse(text).unwrap().to_string(), printed);
    }

    #[track_caller]
    fn check_error(text: &str, marked: &str, message: &str) {
        let error = parse(text).unwrap_err();
        assert_eq!(&text[error.span.clone()], marked);
        assert_eq!(error.message, message);
    }

    #[test]
    fn not_binds_tightest_then_and_then_or() {
        check("a or b and not c", "a or b and not c");
        check("((a) or (b and (not c)))", "a or b and not c");
        check("(a or b) and c", "(a or b) and c");
        check("not (a or b)", "not (a or b)");
        check("not age >= 65 and b", "not age >= 65 and b");
    }

    #[test]
    fn comparisons_and_at_least_read_as_written() {
        check("age>=65", "age >= 65");
        check("change = -3", "change = -3");
        check("trigger='lifting'", "trigger = 'lifting'");
        check("AtLeast( 2,a,b or c )", "AtLeast(2, a, b or c)");
    }

    #[test]
    fn errors_point_at_what_does_not_fit() {
        check_error("a and", "", "the condition ends where a finding or a rule should stand");
        check_error("a b", "b", "found `b` where `and`, `or` or the end should stand");
        check_error("age == 3", "=", "found `=` where a whole number or an 'option' should stand");
        check_error("age >= 6.5", ".", "`.` has no place in a condition");
        check_error("trigger = 'lift", "'lift", "`'lift` has no place in a condition");
        check_error("a && b", "&&", "`&&` has no place in a condition");
        check_error("é", "é", "`é` has no place in a condition");
    }

    #[test]
    fn deep_nesting_is_refused_before_it_can_overflow_the_stack() {
        assert!(parse(&format!("{}a{}", "(".repeat(63), ")".repeat(63))).is_ok());
        assert!(parse(&format!("{}a{}", "(".repeat(64), ")".repeat(64))).is_err());
        assert!(parse(&"not ".repeat(1_000_000)).is_err());
        assert!(parse(&"AtLeast(1,".repeat(100_000)).is_err());
    }
}
