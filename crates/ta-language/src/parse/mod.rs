//! Parses texts by recursive descent.
//!
//! From loosest to tightest: `or`, `and`, `not`, comparisons, `+ -`, `* / %`, unary `-`, `**`,
//! `.field`. Every alternative is decided by its first words, so parsing takes linear time. The
//! parser is written by hand, because its errors list what could stand at the furthest place that
//! it reached, in the order in which it looked, and parser crates do not keep that.

mod grammar;
mod reader;

use grammar::Grammar;

use crate::{
    place::error_at,
    said::{either, Said},
    syntax::{Feature, Span},
    words::is_part,
};

/// Most characters of a text.
pub const MAX_LENGTH: usize = 10_000;

/// Most levels of nesting, and most operators of one kind in a row.
pub const MAX_DEPTH: usize = 50;

/// Parses one expression, perhaps with a name: `close / sma(200) as trend`.
///
/// # Errors
/// One sentence with the place, if the text is not an expression.
pub fn parse(text: &str) -> Result<Feature, Said> {
    parsed(text, Grammar::feature)
}

/// Parses expressions separated by commas: `rsi(14), macd, bbands(20, 2) as bb`.
///
/// # Errors
/// As [`parse`].
pub fn parse_list(text: &str) -> Result<Vec<Feature>, Said> {
    parsed(text, Grammar::list)
}

fn parsed<'t, T>(
    text: &'t str,
    rule: impl FnOnce(&mut Grammar<'t>) -> grammar::Found<T>,
) -> Result<T, Said> {
    // As JavaScript counts them.
    let length = text.encode_utf16().count();
    if length > MAX_LENGTH {
        let said =
            format!("an expression has at most {MAX_LENGTH} characters, this one has {length}");
        return Err(said.into());
    }
    let mut grammar = Grammar::new(text);
    let found = rule(&mut grammar).map_err(|wrong| error_at(text, wrong.at, wrong.said))?;
    match found {
        Some(found) if grammar.reader.is_at_end() => Ok(found),
        found => {
            if found.is_some() {
                grammar.reader.wanted("the end");
            }
            Err(unexpected(text, &grammar))
        }
    }
}

/// What stands at the furthest place, and what could stand there instead.
fn unexpected(text: &str, grammar: &Grammar<'_>) -> Said {
    let (start, wanted) = grammar.reader.furthest();
    let found = word_at(&text[start..]);
    let there = match found {
        "" => "the text ends".to_owned(),
        found => format!("\"{found}\" stands"),
    };
    let wanted = either(&expectations(wanted));
    let at = Span { start, end: start + found.len() };
    error_at(text, at, format!("{there} where {wanted} is expected"))
}

/// The word at the beginning of a text, or the one character.
fn word_at(rest: &str) -> &str {
    let end = match rest.find(|c| !is_part(c)).unwrap_or(rest.len()) {
        0 => rest.chars().next().map_or(0, char::len_utf8),
        end => end,
    };
    &rest[..end]
}

/// What could be there: words, then the end, then characters in quotes.
fn expectations(wanted: &[&'static str]) -> Vec<String> {
    let mut words: Vec<&str> = Vec::new();
    for word in wanted {
        let is_implied =
            |value: &str| wanted.contains(&"a value") && ["a name", "-"].contains(&value);
        // "A value" includes names and minus; "(" after a name is not worth mentioning.
        if *word != "(" && !is_implied(word) && !words.contains(word) {
            words.push(word);
        }
    }
    let is_sign = |word: &str| !word.starts_with(char::is_alphabetic);
    words.sort_by_key(|word| if is_sign(word) { 2 } else { u8::from(*word == "the end") });
    words
        .into_iter()
        .map(|word| if is_sign(word) { format!("\"{word}\"") } else { word.to_owned() })
        .collect()
}
