//! The missing policies.

use crate::{error::TaError, names::excerpt, options};

/// What a row with a missing input does to the rows after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Missing {
    /// The row has no value and does not enter the history of later rows.
    #[default]
    Skip,
    /// The history ends at the row: windows and recursions warm up again, running totals stop.
    Propagate,
    /// The call is refused.
    Error,
}

impl Missing {
    /// All policies with the words that callers write for them, the default first.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Skip, "skip"), (Self::Propagate, "propagate"), (Self::Error, "error")];

    /// Reads the option's value.
    ///
    /// # Errors
    /// The value is not a word of [`Missing::ALL`].
    pub fn parse(value: &str) -> Result<Self, TaError> {
        let known = Self::ALL.into_iter().find(|(_, word)| *word == value);
        known.map(|(policy, _)| policy).ok_or_else(|| TaError::BadOption {
            name: options::MISSING,
            allowed: one_of(Self::ALL.map(|(_, word)| word)),
            given: excerpt(value),
        })
    }
}

/// Writes words as `"a", "b" or "c"`.
fn one_of<const N: usize>(words: [&str; N]) -> String {
    let quoted = words.map(|word| format!("{word:?}"));
    match &quoted[..] {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        all => all.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_is_read_from_its_word_and_the_first_is_the_default() {
        for (policy, word) in Missing::ALL {
            assert_eq!(Missing::parse(word).unwrap(), policy);
        }
        assert_eq!(Missing::ALL[0].0, Missing::default());
    }

    #[test]
    fn the_error_about_another_word_lists_those_that_are_allowed() {
        assert_eq!(
            Missing::parse("drop").unwrap_err().to_string(),
            r#"missing must be "skip", "propagate" or "error", got "drop""#
        );
    }
}
