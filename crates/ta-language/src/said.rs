//! Error sentences that hosts show differently: a program writes an option as one of a call, a
//! shell as a flag.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Piece {
    /// Words that are the same everywhere.
    Text(String),
    /// An option of a call, and the value to give it, if any.
    Setting {
        /// The name of the option.
        setting: &'static str,
        /// The value.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<Value>,
    },
    /// The words for a program and the words for a shell.
    Words {
        /// For a program.
        program: String,
        /// For a shell.
        shell: String,
    },
}

/// Why something was refused: one sentence in parts.
#[derive(Debug, Clone, PartialEq, Serialize, Default)]
#[serde(transparent)]
pub struct Said(pub Vec<Piece>);

impl Said {
    /// An option, and its value if there is one.
    pub fn setting(setting: &'static str, value: Option<Value>) -> Self {
        Self(vec![Piece::Setting { setting, value }])
    }

    /// Different words for a program and a shell.
    pub fn words(program: impl Into<String>, shell: impl Into<String>) -> Self {
        Self(vec![Piece::Words { program: program.into(), shell: shell.into() }])
    }

    /// The sentence with more at its end.
    #[must_use]
    pub fn then(mut self, more: impl Into<Said>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// The sentence with `place: ` before it.
    #[must_use]
    pub fn within(self, place: impl Into<Said>) -> Self {
        place.into().then(": ").then(self)
    }
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self(vec![Piece::Text(text)])
    }
}

impl From<ta_core::TaError> for Said {
    fn from(error: ta_core::TaError) -> Self {
        error.to_string().into()
    }
}

/// The sentence for a program.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Text(text) | Piece::Words { program: text, .. } => f.write_str(text),
            Piece::Setting { setting, value: None } => f.write_str(setting),
            Piece::Setting { setting, value: Some(value) } => write!(f, "{setting}: {value}"),
        })
    }
}

/// The rows that a message is about.
pub fn frame() -> Said {
    Said::words("the frame", "the files")
}

/// The same as a pronoun, before a list of columns.
pub fn has() -> Said {
    Said::words("it has", "they have")
}

/// A text in quotes, as JSON writes it.
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// Texts in quotes, as a list.
pub fn in_quotes<'a>(texts: impl IntoIterator<Item = &'a str>, between: &str) -> String {
    texts.into_iter().map(quoted).collect::<Vec<_>>().join(between)
}

/// Words as a list: `a, b or c`.
pub fn either(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The message about an unknown name: what is wrong, the nearest names, and after `has` the known
/// names.
pub fn unknown_name(wrong: impl Into<Said>, name: &str, known: &[&str], has: Option<&str>) -> Said {
    let said = wrong.into().then(ta_core::hint(name, known.iter().copied()));
    match has {
        None => said,
        Some(has) if known.is_empty() => said.then(format!("; {has} none")),
        Some(has) => said.then(format!("; {has} {}", known.join(", "))),
    }
}
