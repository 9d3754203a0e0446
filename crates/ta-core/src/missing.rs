//! The missing policies.

use crate::error::TaError;

/// What a row with a missing input means for the rows after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Missing {
    /// It has no value and does not enter the history.
    #[default]
    Skip,
    /// The history ends there: values come back when the window is past it.
    Propagate,
    /// The call is refused.
    Error,
}

impl Missing {
    /// Reads the option's value.
    ///
    /// # Errors
    /// The value is none of the three.
    pub fn parse(value: &str) -> Result<Self, TaError> {
        match value {
            "skip" => Ok(Self::Skip),
            "propagate" => Ok(Self::Propagate),
            "error" => Ok(Self::Error),
            _ => Err(TaError::BadOption {
                name: "missing",
                allowed: "\"skip\", \"propagate\" or \"error\"",
                given: format!("{value:?}"),
            }),
        }
    }
}
