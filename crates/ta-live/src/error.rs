//! What is refused, in one sentence each.

use ta_core::TaError;
use thiserror::Error;

/// Why a program, a bar or a snapshot is refused.
#[derive(Debug, Error, PartialEq)]
pub enum LiveError {
    /// The text is not a program.
    #[error("invalid program: {0}")]
    Program(String),
    /// An indicator refuses its arguments.
    #[error(transparent)]
    Indicator(#[from] TaError),
    /// An indicator of the program uses later rows.
    #[error("{0} needs later rows, which a stream does not have; leave it out, or use a parameter that confirms its values")]
    Lookahead(&'static str),
    /// A field is used as two types.
    #[error("{field} is used as {first} and as {second}; use it as one of them")]
    Types {
        /// The field.
        field: String,
        /// Its type.
        first: &'static str,
        /// The other type.
        second: &'static str,
    },
    /// A comparison of values of different types.
    #[error("\"{op}\" compares {left} with {right}")]
    Compared {
        /// The operator.
        op: &'static str,
        /// The type on the left.
        left: &'static str,
        /// The type on the right.
        right: &'static str,
    },
    /// An operator of arithmetic between conditions.
    #[error("\"{0}\" takes no two conditions, nor a power one as its exponent; count one as a number, as in 1 * x")]
    Conditions(&'static str),
    /// A missing value where the missing policy is `error`.
    #[error("{id}: {input} is missing in this bar, and its missing policy is \"error\"")]
    Missing {
        /// The indicator.
        id: &'static str,
        /// The input.
        input: &'static str,
    },
    /// An indicator refuses a row.
    #[error("{id}: {reason}")]
    Refused {
        /// The indicator.
        id: &'static str,
        /// Why.
        reason: String,
    },
    /// Columns of bars do not fit each other or the program.
    #[error("{bars} bars need {fields} columns of so many values each")]
    Columns {
        /// The fields of the program.
        fields: usize,
        /// The number of bars.
        bars: usize,
    },
    /// A cross-section has two bars of one key.
    #[error("there are two bars of {0} in one call; give them in two")]
    Twice(String),
    /// There is no bar to replace.
    #[error("there is no bar to replace yet; update with one first")]
    NoBar,
    /// The last bar is part of the history, because a later bar was refused after it.
    #[error(
        "the last bar cannot be replaced any more, because an indicator refused the bar after it"
    )]
    Closed,
    /// A correction reaches further back than the stream remembers.
    #[error("the bar is {back} bars back, and this stream can correct {most}; open it with a larger amend, or warm up again from corrected bars")]
    TooFarBack {
        /// How many bars back.
        back: usize,
        /// How many bars the stream remembers.
        most: usize,
    },
    /// The bytes are no snapshot, or not one of this stream.
    #[error("{0}")]
    Snapshot(String),
}

impl From<ta_saved::Damaged> for LiveError {
    fn from(damaged: ta_saved::Damaged) -> Self {
        Self::Snapshot(damaged.to_string())
    }
}
