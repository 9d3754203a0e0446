//! What a stream keeps of a key besides states and bars.

/// A key, or a free place for one.
#[derive(Debug, Clone)]
pub struct Series {
    /// The key, as the host writes it; `None` if the place is free.
    pub key: Option<String>,
    /// The number of bars so far.
    pub bars: u64,
    /// Whether the pending bar is already part of the history.
    pub closed: bool,
    /// Whether the stream holds the state after the pending bar.
    pub peeked: bool,
    /// The bars before the pending one that can be corrected: their number, and the oldest place.
    pub logged: usize,
    pub oldest: usize,
    /// The time of the bar before those that can be replaced; NaN if there is none.
    pub before: f64,
    /// The call that has updated the key last.
    pub call: u64,
}

impl Default for Series {
    fn default() -> Self {
        Self {
            key: None,
            bars: 0,
            closed: false,
            peeked: false,
            logged: 0,
            oldest: 0,
            before: f64::NAN,
            call: 0,
        }
    }
}

impl Series {
    /// Whether the newest bar is not yet part of the history.
    pub fn is_pending(&self) -> bool {
        self.bars > 0 && !self.closed
    }

    /// The place in the log of all keys of a bar of this one, counted from the oldest.
    pub fn log_place(&self, place: usize, amend: usize, row: usize) -> usize {
        place * amend + (self.oldest + row) % amend
    }
}
