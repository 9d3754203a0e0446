//! Volume against the usual volume at the same time of a session.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "rvol_at_time",
        display_name: "Relative Volume at Time",
        category: Category::Volume,
        description: "The volume of the session so far as a multiple of what earlier sessions had \
            after as many bars: 1 is a usual day, 2 one with twice the usual trading. Volume has \
            a shape over the day, and this takes it out, which `rvol` does not. A row whose \
            `session` differs from the row before starts a session. With `cumulative` false the \
            volume of the bar alone is compared. Of an earlier session that was shorter, all of \
            its volume counts, or with `cumulative` false nothing. Null until there have been \
            `period` sessions, and where they had no volume. It remembers the volumes of all \
            their bars.",
        aliases: &["relative_volume_at_time", "time_of_day_rvol"],
        inputs: [price("volume"), key("session")],
        outputs: line("value", "primary", Scale::Ratio, "Volume over the usual volume.")
            .with_levels(&[1.0])
            .sparse(),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source:
            "TradingView, Relative Volume at Time: volume / mean of earlier sessions at its time",
    }
    .indicator::<AtTime>()
}

#[derive(Clone, Parameters)]
struct AtTime {
    /// Earlier sessions in the average.
    #[param(default = 10, min = 1, max = 1000)]
    period: usize,
    /// Whether the volume since the session began is compared instead of that of the bar.
    #[param(default = true)]
    cumulative: bool,
}

#[derive(Clone, State)]
struct Sessions {
    /// The key of the session, NaN before the first row.
    key: f64,
    /// The values of the session by bar.
    now: Vec<f64>,
    /// Those of the sessions before, and which of them is the oldest.
    before: Vec<Vec<f64>>,
    oldest: usize,
    /// The sessions that have ended, counted up to the period.
    ended: usize,
}

impl AtTime {
    /// The average of the earlier sessions after as many bars as the session has now.
    fn usual(&self, sessions: &Sessions) -> f64 {
        let at = sessions.now.len().saturating_sub(1);
        let (mut sum, mut count) = (0.0, 0.0);
        for session in &sessions.before {
            let last = if self.cumulative { session.last() } else { None };
            if let Some(value) = session.get(at).or(last) {
                sum += value;
                count += 1.0;
            }
        }
        sum / count
    }
}

impl Recursive<2> for AtTime {
    type Out = f64;
    type State = Sessions;

    fn lookback(&self) -> usize {
        self.period
    }

    fn start(&self) -> Sessions {
        let before = vec![Vec::new(); self.period];
        Sessions { key: f64::NAN, now: Vec::new(), before, oldest: 0, ended: 0 }
    }

    fn next(&self, sessions: &mut Sessions, [volume, key]: [f64; 2]) -> f64 {
        if key != sessions.key {
            if !sessions.now.is_empty() {
                // A damaged state may have any number here.
                if let Some(oldest) = sessions.before.get_mut(sessions.oldest) {
                    std::mem::swap(oldest, &mut sessions.now);
                }
                sessions.oldest = (sessions.oldest % self.period + 1) % self.period;
                sessions.ended = sessions.ended.saturating_add(1).min(self.period);
                sessions.now.clear();
            }
            sessions.key = key;
        }
        let so_far =
            if self.cumulative { sessions.now.last().copied().unwrap_or(0.0) } else { 0.0 };
        sessions.now.push(so_far + volume);
        if sessions.ended < self.period {
            return f64::NAN;
        }
        (so_far + volume) / self.usual(sessions)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_same_bar_of_earlier_sessions_is_compared() {
        let volume = [10.0, 30.0, 20.0, 0.0, 60.0, 15.0, 20.0, 5.0];
        let session = [1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0];
        let of = |cumulative: bool| {
            let given = json!({ "period": 2, "cumulative": cumulative });
            reals("rvol_at_time", "value", given, &[&volume, &session])
        };
        assert_eq!(of(true)[5..], [Some(1.0), Some(35.0 / 30.0), Some(40.0 / 60.0)]);
        assert_eq!(of(false)[5..], [Some(1.0), Some(20.0 / 15.0), Some(5.0 / 60.0)]);
        assert_eq!(of(true)[..5], [None; 5]);
    }
}
