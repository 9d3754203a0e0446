//! Whether two averages agree on the direction of the trend.

use crate::{
    prelude::*,
    talib::parts::{ema, row, Part},
};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "amat",
        display_name: "Archer Moving Averages Trends",
        category: Category::Momentum,
        description: "Trend flags from a fast and a slow exponential average, each compared with \
            itself some bars earlier. A long run is marked where the fast average has risen \
            while the slow one fell (a possible bottom) or rose too (an uptrend); a short run \
            where the fast one has fallen while the slow one rose (a possible top) or fell too. \
            Both are false where one of the averages has not moved.",
        aliases: &["archer_moving_averages_trends"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            event("long", "event", "True where the averages speak for a rise."),
            event("short", "event", "True where the averages speak for a fall."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Archer Moving Averages Trends (TradingView, nhQe8QJ0), as in pandas-ta",
    }
    .indicator::<Amat>()
}

#[derive(Clone, Parameters)]
struct Amat {
    /// Bars of the fast exponential average.
    #[param(default = 8, min = 1)]
    fast_period: usize,
    /// Bars of the slow exponential average.
    #[param(default = 21, min = 1)]
    slow_period: usize,
    /// Bars back to which each average is compared.
    #[param(default = 2, min = 1)]
    run_period: usize,
}

impl Formula<1> for Amat {
    type Out = [bool; 2];

    fn lookback(&self) -> usize {
        self.fast_period.max(self.slow_period) - 1 + self.run_period
    }

    fn compute(&self, [series]: [&[f64]; 1], [long, short]: [&mut [bool]; 2]) {
        let fast = ema(series, self.fast_period);
        let slow = ema(series, self.slow_period);
        let run = self.run_period;
        for row in self.lookback()..fast.len() {
            let (rise, drift) = (fast[row] - fast[row - run], slow[row] - slow[row - run]);
            [long[row], short[row]] = flags(rise, drift);
        }
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(self.by_row(params))
    }
}

impl ByRow<1> for Amat {
    type State = Averages;

    fn start(&self) -> Averages {
        let past = Window::new(self.run_period);
        Averages {
            fast: row::ema(self.fast_period),
            slow: row::ema(self.slow_period),
            past_fast: past.clone(),
            past_slow: past,
        }
    }

    fn next(&self, state: &mut Averages, row: [f64; 1]) -> [bool; 2] {
        let rise = change(&mut state.fast, &mut state.past_fast, row);
        let drift = change(&mut state.slow, &mut state.past_slow, row);
        flags(rise, drift)
    }
}

/// The averages, and their values on the bars of a run.
#[derive(Clone, State)]
struct Averages {
    fast: Part,
    slow: Part,
    past_fast: Window,
    past_slow: Window,
}

/// The change of an average over the run.
fn change(average: &mut Part, past: &mut Window, row: [f64; 1]) -> f64 {
    let now = average.next(row);
    past.push(now).map_or(f64::NAN, |before| now - before)
}

/// The two outputs, from the changes of the fast and of the slow average.
fn flags(rise: f64, drift: f64) -> [bool; 2] {
    let moved = drift.abs() > 0.0;
    [rise > 0.0 && moved, rise < 0.0 && moved]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{kernel::Computed, testing::run};

    #[test]
    fn there_is_no_trend_while_an_average_does_not_move() {
        let out = run(
            "amat",
            json!({ "fast_period": 1, "slow_period": 1, "run_period": 2 }),
            &[&[1.0, 2.0, 3.0, 2.0, 1.0]],
        );
        let flags = |v: [bool; 3]| {
            Computed::Bool([None, None].into_iter().chain(v.map(Some)).collect::<Vec<_>>())
        };
        assert_eq!(out[0], flags([true, false, false]));
        assert_eq!(out[1], flags([false, false, true]));
    }
}
