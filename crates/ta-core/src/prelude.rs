//! The imports of an indicator's file.

pub(crate) use crate::formula::rowwise;
pub use crate::{
    compose::{Blocks, Composed},
    formula::{Choice, Formula, Parameters},
    indicator::Indicator,
    live::{by_row, Bank, Fixed, Recursive, State, Window},
    meta::{Category, Memory, Pane, Scale},
    native::{band, event, histogram, key, line, price, signal, slot, Native, Output},
    params::Params,
};
