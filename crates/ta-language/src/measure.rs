//! Measures how far expressions reach back and ahead.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use serde::Serialize;
use ta_core::{find_indicator, resolve, NameStyle};

use crate::meaning::{Call, Meaning};

/// Rows that an expression needs besides its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reach {
    /// The number of rows at the start without a value.
    pub lookback: usize,
    /// Rows of history after which a value no longer depends on where the series began; nothing
    /// if it depends on all rows.
    pub stable_after: Option<usize>,
    /// The number of later rows that a value depends on.
    pub lookahead: usize,
}

impl Reach {
    /// That of a constant or a column.
    pub const NONE: Self = Self { lookback: 0, stable_after: Some(0), lookahead: 0 };

    /// The smallest reach that is enough for both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let longer = |a: usize, b: Option<usize>| b.map(|b| a.max(b));
        Self {
            lookback: self.lookback.max(other.lookback),
            stable_after: self.stable_after.and_then(|own| longer(own, other.stable_after)),
            lookahead: self.lookahead.max(other.lookahead),
        }
    }

    fn after(self, inputs: Self) -> Self {
        let both = self.stable_after.zip(inputs.stable_after);
        Self {
            lookback: self.lookback + inputs.lookback,
            stable_after: both.map(|(own, inner)| own + inner),
            lookahead: self.lookahead + inputs.lookahead,
        }
    }

    /// The smallest reach that is enough for all.
    pub fn widest(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(Self::NONE, Self::or)
    }

    /// The reach of an indicator whose inputs are columns.
    pub fn of_call(call: &Call) -> Self {
        let (lookback, lookahead) = (call.request.lookback, call.request.lookahead);
        Self { lookback, stable_after: stable_after(call), lookahead }
    }

    /// The reach of a whole expression. That of an indicator is added to that of its inputs.
    pub fn of(meaning: &Meaning) -> Self {
        let inner = Self::widest(meaning.parts().into_iter().map(Self::of));
        meaning.call().map_or(inner, |call| Self::of_call(call).after(inner))
    }
}

/// The measured rows of an indicator and its parameters. Kept, because measuring takes
/// milliseconds.
fn stable_after(call: &Call) -> Option<usize> {
    static MEASURED: Mutex<Option<HashMap<String, Option<usize>>>> = Mutex::new(None);
    let request = &call.request;
    let key = format!("{} {:?}", request.id, request.params);
    let lock = || MEASURED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lock().as_ref().and_then(|all| all.get(&key).copied()) {
        return known;
    }
    let indicator = find_indicator(request.id).ok()?;
    let params = resolve(indicator, &request.params, NameStyle::Snake).ok()?;
    let rows = ta_engine::stable_after(indicator, &params);
    lock().get_or_insert_default().insert(key, rows);
    rows
}
