//! The errors of a call; each message is one sentence for the user.

use thiserror::Error;

use crate::names::excerpt;

/// Why a request was refused.
///
/// Every message names what is wrong, the value given and what is allowed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum TaError {
    /// No indicator has this id or alias.
    #[error("unknown indicator {}{hint}", excerpt(name))]
    UnknownIndicator {
        /// The name given.
        name: String,
        /// ` (did you mean ...?)`, or empty.
        hint: String,
    },
    /// The indicator has no such parameter.
    #[error("{id}: unknown parameter {}{hint}; it takes {allowed}", excerpt(name))]
    UnknownParam {
        /// The indicator.
        id: &'static str,
        /// The name given.
        name: String,
        /// ` (did you mean ...?)`, or empty.
        hint: String,
        /// The names allowed.
        allowed: String,
    },
    /// A parameter was given under two of its names.
    #[error("{id}: {name} is given twice")]
    DuplicateParam {
        /// The indicator.
        id: &'static str,
        /// The parameter.
        name: String,
    },
    /// A parameter's value is of the wrong type or out of range.
    #[error("{id}: {name} must be {allowed}, got {given}{hint}")]
    BadParam {
        /// The indicator.
        id: &'static str,
        /// The parameter.
        name: String,
        /// What is allowed.
        allowed: String,
        /// The value given.
        given: String,
        /// ` (did you mean ...?)`, or empty.
        hint: String,
    },
    /// Each value is in range, but the values are not allowed together.
    #[error("{id}: these parameters do not go together: {params}")]
    BadCombination {
        /// The indicator.
        id: &'static str,
        /// All parameters with their values.
        params: String,
    },
    /// The values would depend on later rows, and the caller has not allowed that.
    #[error("{id} needs {rows}; if that is wanted, allow it with {allow}{instead}")]
    Lookahead {
        /// The indicator.
        id: &'static str,
        /// The number of rows, such as `2 later rows`.
        rows: String,
        /// What the user has to write to allow it.
        allow: String,
        /// The parameter whose default does not look ahead, or empty.
        instead: String,
    },
    /// A request names the wrong number of inputs.
    #[error("{id} takes {expected} inputs ({slots}), got {given}")]
    InputCount {
        /// The indicator.
        id: &'static str,
        /// The number of inputs it takes.
        expected: usize,
        /// Their names.
        slots: String,
        /// The number given.
        given: usize,
    },
    /// The inputs of one request differ in length.
    #[error("{id}: inputs must have the same length, got {lengths}")]
    InputLength {
        /// The indicator.
        id: &'static str,
        /// `name: length` of each.
        lengths: String,
    },
    /// A missing value under `missing: "error"`.
    #[error("{id}: column \"{column}\" has a missing value in row {row}")]
    MissingValue {
        /// The indicator.
        id: &'static str,
        /// The column, as the caller named it.
        column: String,
        /// The row, counted from 0.
        row: usize,
    },
    /// An option other than the indicator's parameters has a value that is not allowed.
    #[error("{name} must be {allowed}, got {given}")]
    BadOption {
        /// The option.
        name: &'static str,
        /// What is allowed.
        allowed: String,
        /// The value given.
        given: String,
    },
    /// More rows than a kernel can index.
    #[error("{id}: {rows} rows are too many, the limit is {limit}")]
    TooManyRows {
        /// The indicator.
        id: &'static str,
        /// Rows given.
        rows: usize,
        /// Rows allowed.
        limit: usize,
    },
    /// A kernel refused its input.
    #[error("{id}: {reason}")]
    Kernel {
        /// The indicator.
        id: &'static str,
        /// Its reason.
        reason: String,
    },
}
