//! Reads words and characters of a text, and remembers what it looked for at the furthest place.

use crate::words::{is_part, is_start, RESERVED};

/// A place in a text.
pub struct Reader<'t> {
    text: &'t str,
    at: usize,
    furthest: usize,
    /// What could stand at the furthest place.
    wanted: Vec<&'static str>,
}

impl<'t> Reader<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, furthest: 0, wanted: Vec::new() }
    }

    pub fn at(&self) -> usize {
        self.at
    }

    pub fn back_to(&mut self, at: usize) {
        self.at = at;
    }

    pub fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    pub fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The furthest place where something was looked for and not found.
    pub fn furthest(&self) -> (usize, &[&'static str]) {
        (self.furthest, &self.wanted)
    }

    /// Remembers that something could stand here.
    pub fn wanted(&mut self, what: &'static str) {
        if self.at < self.furthest {
            return;
        }
        if self.at > self.furthest {
            self.furthest = self.at;
            self.wanted.clear();
        }
        self.wanted.push(what);
    }

    /// Passes white space.
    pub fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    }

    /// Passes a text if it stands here.
    pub fn pass(&mut self, text: &str) -> bool {
        let there = self.rest().starts_with(text);
        if there {
            self.at += text.len();
        }
        there
    }

    /// Passes a text if it stands here and is not the beginning of a longer word.
    pub fn pass_word(&mut self, word: &str) -> bool {
        let there = self.rest().strip_prefix(word).is_some_and(|after| !after.starts_with(is_part));
        if there {
            self.at += word.len();
        }
        there
    }

    /// Passes a sign; remembers that it could stand here if it does not.
    pub fn sign(&mut self, sign: &'static str) -> bool {
        let there = self.pass(sign);
        if !there {
            self.wanted(sign);
        }
        there
    }

    /// Passes characters and gives them.
    pub fn while_some(&mut self, is: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c| !is(c)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }

    /// A bare name that is not a word of the language.
    pub fn identifier(&mut self) -> Option<&'t str> {
        let start = self.at;
        if self.rest().starts_with(is_start) {
            let name = self.while_some(is_part);
            if !RESERVED.contains(&name) {
                return Some(name);
            }
            self.at = start;
        }
        self.wanted("a name");
        None
    }

    /// A name in backticks; two backticks in it stand for one.
    pub fn backticked(&mut self) -> Option<String> {
        let start = self.at;
        let mut name = String::new();
        if self.pass("`") {
            loop {
                name.push_str(self.while_some(|c| c != '`' && c != '\n'));
                if self.pass("``") {
                    name.push('`');
                } else if !name.is_empty() && self.pass("`") {
                    return Some(name);
                } else {
                    break;
                }
            }
        }
        self.at = start;
        self.wanted("a name");
        None
    }

    /// The digits of a number.
    pub fn number(&mut self) -> Option<&'t str> {
        let start = self.at;
        let digits = |reader: &mut Self| !reader.while_some(|c| c.is_ascii_digit()).is_empty();
        let whole = digits(self);
        let point = self.at;
        if self.pass(".") && !digits(self) {
            self.at = point;
        }
        if whole || self.at > point {
            let exponent = self.at;
            if self.pass("e") || self.pass("E") {
                let _sign = self.pass("+") || self.pass("-");
                if !digits(self) {
                    self.at = exponent;
                }
            }
            if !self.rest().starts_with(is_part) {
                return Some(&self.text[start..self.at]);
            }
        }
        self.at = start;
        self.wanted("a value");
        None
    }

    /// A text in quotes.
    pub fn string(&mut self) -> Option<String> {
        let start = self.at;
        let quote = ['"', '\''].into_iter().find(|quote| self.rest().starts_with(*quote));
        if let Some(quote) = quote {
            self.at += 1;
            if let Some(text) = self.quoted(quote) {
                return Some(text);
            }
            self.at = start;
        }
        self.wanted("a value");
        None
    }

    /// The rest of a text in quotes, after the first quote.
    fn quoted(&mut self, quote: char) -> Option<String> {
        // As UTF-16, because two escapes can make one character.
        let mut units: Vec<u16> = Vec::new();
        loop {
            let plain = self.while_some(|c| c != quote && c != '\\' && c != '\n');
            units.extend(plain.encode_utf16());
            if self.rest().starts_with(quote) {
                self.at += 1;
                return Some(String::from_utf16_lossy(&units));
            }
            units.push(self.escape()?);
        }
    }

    fn escape(&mut self) -> Option<u16> {
        let rest = self.rest().strip_prefix('\\')?;
        let made = match rest.chars().next()? {
            c @ ('"' | '\'' | '\\' | '/') => c,
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let digits = rest.get(1..5)?;
                let all = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
                let unit = u16::from_str_radix(digits, 16).ok().filter(|_| all)?;
                self.at += "\\u0000".len();
                return Some(unit);
            }
            _ => return None,
        };
        self.at += 2;
        u16::try_from(u32::from(made)).ok()
    }
}
